//! How far the members agree: over the totals, and within the parts of the rubric.

use super::{Round, said};
use crate::view::{AgreementGroup, AgreementMeasure};
use crate::{Language, Result, Session};
use assessment::agreement::{Measure, Why, alpha, icc_2k, kendall_w};
use assessment::panel::{SheetFacts, Standing};
use rubric::decimal::show;
use rust_decimal::Decimal;

/// Marks of the units in the order of the members; none where a sheet does not count.
type Rows = Vec<Vec<Option<Decimal>>>;

fn rows(round: &Round, mark: impl Fn(&SheetFacts) -> Option<Decimal>) -> Rows {
    let of_unit = |(unit, sheets): (&assessment::panel::UnitResult, &Vec<Option<super::load::Kept>>)| {
        let of_member = |(cell, sheet): (&assessment::panel::Cell, &Option<super::load::Kept>)| {
            let counts = cell.standing == Standing::Counted;
            sheet.as_ref().filter(|_| counts).and_then(|kept| mark(&kept.facts))
        };
        unit.cells.iter().zip(sheets).map(of_member).collect()
    };
    round.units.iter().zip(&round.sheets).map(of_unit).collect()
}

/// W and ICC over the units that every member scored, alpha over all; and how many those units are.
fn measures(rows: &Rows, language: Language) -> (Vec<AgreementMeasure>, usize) {
    let scored = rows.iter().filter(|row| !row.is_empty());
    let full: Vec<Vec<Decimal>> = scored.filter_map(|row| row.iter().copied().collect()).collect();
    let measures =
        [(Measure::KendallW, kendall_w(&full)), (Measure::Icc2k, icc_2k(&full)), (Measure::Alpha, alpha(rows))];
    let view = |(measure, value): (Measure, std::result::Result<Decimal, Why>)| {
        let (name, text) = said::measure(measure, value, language);
        let key: &'static str = measure.into();
        AgreementMeasure { measure: key.to_owned(), name, value: value.ok().map(show), text }
    };
    (measures.into_iter().map(view).collect(), full.len())
}

/// Agreement of the totals.
pub(super) fn of_totals(round: &Round, language: Language) -> (Vec<AgreementMeasure>, usize) {
    measures(&rows(round, |facts| Some(facts.total)), language)
}

impl Session {
    /// How far the members of a panel agree within each category and each indicator of the first two levels.
    ///
    /// # Errors
    /// Unknown panel; a sheet that cannot be read; of the disk.
    pub fn panel_agreement(&mut self, panel: &str) -> Result<Vec<AgreementGroup>> {
        let round = self.round(panel)?;
        let language = self.language;
        let of = |mark: &dyn Fn(&SheetFacts) -> Option<Decimal>| measures(&rows(&round, mark), language).0;
        let categories = round.rubric.categories.iter().enumerate().map(|(at, category)| AgreementGroup {
            code: String::new(),
            title: category.name.clone(),
            level: 0,
            max: show(category.max),
            measures: of(&|facts| facts.categories.get(at).copied()),
        });
        let shown = round.rubric.indicators.iter().enumerate().filter(|(_, indicator)| indicator.level <= 2);
        let indicators = shown.map(|(at, indicator)| AgreementGroup {
            code: indicator.code.clone(),
            title: indicator.title.clone(),
            level: indicator.level,
            max: show(indicator.max),
            measures: of(&|facts| facts.indicators.get(at).copied()),
        });
        Ok(categories.chain(indicators).collect())
    }
}
