//! Which units are asked for, and in which figure.

use super::Refused;
use crate::Result;
use crate::panel::Round;
use crate::rates::line;
use crate::view::{PanelUnit, PanelView, ResultsQuery};
use assessment::panel::{Part, Per, Standing, UnitResult, combine};
use rubric::Rubric;
use rubric::decimal::{is_below, show};
use rust_decimal::Decimal;

/// The units of a round that a query asks for.
pub(super) struct Chosen<'a> {
    pub round: &'a Round,
    pub query: &'a ResultsQuery,
    /// Places of the units in the round, ascending.
    pub units: Vec<usize>,
    /// Place of the indicator that is looked at in place of the total.
    pub of: Option<usize>,
}

impl<'a> Chosen<'a> {
    pub fn new(round: &'a Round, query: &'a ResultsQuery) -> Result<Self> {
        let of = query.indicator.as_deref().map(|code| indicator(&round.rubric, code)).transpose()?;
        let known = grades(round);
        if let Some(unknown) = query.grades.iter().find(|grade| !known.contains(grade)) {
            let known = known.into_iter().filter(|grade| !grade.is_empty()).collect::<Vec<_>>().join("、");
            return Err(Refused::UnknownGrade { grade: unknown.clone(), known }.into());
        }
        let words: Vec<String> = query.search.split_whitespace().map(str::to_lowercase).collect();
        let fits = |unit: &UnitResult| {
            let name = unit.unit.to_lowercase();
            let grade = unit.grade.as_deref().unwrap_or_default();
            words.iter().all(|word| name.contains(word.as_str()))
                && (query.grades.is_empty() || query.grades.iter().any(|one| one == grade))
                && (!query.complete || (unit.total.is_some() && super::missing(unit) == 0))
                && (!query.below || is_weak(round, unit, of))
        };
        let units = round.units.iter().enumerate().filter(|(_, unit)| fits(unit)).map(|(at, _)| at).collect();
        Ok(Self { round, query, units, of })
    }

    /// The figure that is looked at.
    pub fn score(&self, unit: &UnitResult) -> Option<Decimal> {
        match self.of {
            None => unit.total,
            Some(at) => unit.indicators.get(at).copied(),
        }
    }

    /// The figure for show: a total exactly, what an indicator has as [`super::cut`] says.
    pub fn figure(&self, score: Decimal) -> Decimal {
        self.of.map_or(score, |_| super::cut(self.round, score))
    }

    /// Its full marks.
    pub fn max(&self) -> Decimal {
        self.of.map_or(self.round.rubric.total, |at| self.round.rubric.indicators[at].max)
    }

    /// The panel with these units only, and their marks in the figure that is looked at.
    pub fn shown(&self, view: PanelView) -> PanelView {
        let mut units = Vec::with_capacity(self.units.len());
        let mut wanted = self.units.iter().peekable();
        for (at, unit) in view.units.into_iter().enumerate() {
            if wanted.next_if(|next| **next == at).is_some() {
                units.push(match self.of {
                    None => unit,
                    Some(of) => self.in_indicator(unit, at, of),
                });
            }
        }
        let max = self.of.map_or(view.max, |_| show(self.max()));
        PanelView { units, max, ..view }
    }

    /// A unit with its members' marks in an indicator in place of the totals.
    fn in_indicator(&self, unit: PanelUnit, at: usize, of: usize) -> PanelUnit {
        let (result, sheets) = (&self.round.units[at], &self.round.sheets[at]);
        let mark = |member: usize| sheets.get(member)?.as_ref()?.facts.indicators.get(of).copied();
        let counted = counted(result);
        let marks: Vec<(usize, Decimal)> = counted.filter_map(|member| Some((member, mark(member)?))).collect();
        let policy = &self.round.panel.policy;
        let combined = combine(&marks, policy, None);
        let part = |member: usize| {
            let mark = combined.as_ref()?.marks.iter().find(|mark| mark.member == member)?;
            (policy.per == Per::Total && mark.part != Part::Counted).then(|| <&str>::from(mark.part).to_owned())
        };
        let cells = unit.cells.into_iter().enumerate().map(|(member, cell)| crate::view::PanelCell {
            total: mark(member).map(show),
            grade: None,
            dropped: part(member).unwrap_or_default(),
            outlier: false,
            ..cell
        });
        PanelUnit {
            cells: cells.collect(),
            spread: combined.as_ref().map(|combined| show(combined.spread)),
            total: self.score(result).map(|score| show(self.figure(score))),
            ..unit
        }
    }
}

/// Members whose sheets count, by index.
pub(super) fn counted(unit: &UnitResult) -> impl Iterator<Item = usize> {
    unit.cells.iter().enumerate().filter(|(_, cell)| cell.standing == Standing::Counted).map(|(at, _)| at)
}

/// Below the line in the indicator, or in any.
fn is_weak(round: &Round, unit: &UnitResult, of: Option<usize>) -> bool {
    let (rubric, line) = (&round.rubric, line(&round.rubric));
    let low =
        |at: usize| unit.indicators.get(at).is_some_and(|score| is_below(*score, rubric.indicators[at].max, line));
    of.map_or_else(|| (0..rubric.indicators.len()).any(low), low)
}

/// The place of an indicator in the rubric.
pub(super) fn indicator(rubric: &Rubric, code: &str) -> Result<usize> {
    let found = rubric.indicators.iter().position(|indicator| indicator.code == code);
    let unknown = || Refused::UnknownIndicator { indicator: code.to_owned(), rubric: rubric.title.clone() };
    Ok(found.ok_or_else(unknown)?)
}

/// Whether an indicator is another one or lies below it.
pub(super) fn is_under(rubric: &Rubric, indicator: usize, above: usize) -> bool {
    let mut at = Some(indicator);
    while let Some(here) = at {
        if here == above {
            return true;
        }
        at = rubric.indicators[here].parent;
    }
    false
}

/// Grades of the rubric and conclusions of vetoes that there are; an empty one last, for units without.
pub(super) fn grades(round: &Round) -> Vec<String> {
    let mut grades: Vec<String> = round.rubric.grades.iter().map(|grade| grade.name.clone()).collect();
    for grade in round.units.iter().filter_map(|unit| unit.grade.as_ref()) {
        if !grades.contains(grade) {
            grades.push(grade.clone());
        }
    }
    grades.push(String::new());
    grades
}
