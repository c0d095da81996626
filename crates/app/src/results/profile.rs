//! Units beside each other, and one beside all: by indicator, by category, and where its marks were lost.

use super::query::counted;
use super::{Refused, order, places, shown};
use crate::outcome::{self, count};
use crate::panel::{Kept, Round, Ruled};
use crate::rates::line;
use crate::view::{
    CategoryRow, LostBy, LostMark, ProfileRow, ProfileView, ResultsQuery, ResultsSort, ResultsTable, UnitProfileView,
};
use crate::{Failure, Language, Result, Session};
use assessment::exchange::SheetFile;
use assessment::panel::{Per, UnitResult, combine};
use assessment::results::{IndicatorSummary, category_score, summaries};
use rubric::decimal::{percent, show};
use rubric::{Loss, Outcome, Rubric};
use rust_decimal::Decimal;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Most units side by side.
pub(super) const UNITS_MAXIMUM: usize = 5;

/// A member's sheet for a unit, scored anew for its reasoning.
pub(super) struct Scored {
    pub file: SheetFile,
    pub outcome: Outcome,
    pub losses: Vec<Loss>,
    /// What a person put in place of its marks; they are scored.
    pub ruled: Option<Ruled>,
}

impl Session {
    /// Units side by side, by indicator; one alone is its profile.
    ///
    /// # Errors
    /// As [`Session::results`]; none, or too many; a unit that no sheet is about.
    pub fn compare_units(&mut self, panel: &str, units: &[String]) -> Result<ProfileView> {
        let query = ResultsQuery { table: ResultsTable::Compare, units: units.to_vec(), ..ResultsQuery::default() };
        self.compare_by(panel, &query)
    }

    /// The same for the units, the level, the indicator and the order of a query.
    ///
    /// # Errors
    /// As [`Session::compare_units`]; an indicator or column that there is not.
    pub fn compare_by(&mut self, panel: &str, query: &ResultsQuery) -> Result<ProfileView> {
        let round = self.round(panel)?;
        let units = query.units.iter().map(|unit| round.unit(unit)).collect::<Result<Vec<_>>>()?;
        match units.len() {
            0 => return Err(Refused::NoUnit.into()),
            found if found > UNITS_MAXIMUM => return Err(Refused::TooManyUnits { most: UNITS_MAXIMUM }.into()),
            _ => {}
        }
        let summary = self.panel_summary(&round.row)?;
        let of = query.indicator.as_deref().map(|code| super::query::indicator(&round.rubric, code)).transpose()?;
        let mut all = summaries(&round.rubric, &round.units, line(&round.rubric));
        all.retain(|summary| {
            let level = query.level.is_none_or(|level| round.rubric.indicators[summary.indicator].level == level);
            level && of.is_none_or(|of| super::query::is_under(&round.rubric, summary.indicator, of))
        });
        let mut rows: Vec<ProfileRow> = all.iter().map(|summary| profile_row(&round, &units, summary)).collect();
        if let Some(sort) = &query.sort {
            sorted(&mut rows, sort, query.table, units.len())?;
        }
        Ok(ProfileView {
            panel: summary,
            units: units.iter().map(|unit| unit.unit.clone()).collect(),
            totals: units.iter().map(|unit| unit.total.map(show)).collect(),
            grades: units.iter().map(|unit| unit.grade.clone()).collect(),
            rows,
        })
    }

    /// A unit beside all others, with where its marks were lost.
    ///
    /// # Errors
    /// As [`Session::compare_by`]; a sheet that cannot be read.
    pub fn unit_profile(&mut self, panel: &str, query: &ResultsQuery) -> Result<UnitProfileView> {
        let profile = self.compare_by(panel, query)?;
        let round = self.round(panel)?;
        let unit = round.unit(profile.units.first().map_or("", String::as_str))?;
        let scored = self.scored(&round, &unit.unit)?;
        let place = places(&round, None).into_iter().find(|place| round.units[place.unit].unit == unit.unit);
        let with = round.units.iter().filter_map(|unit| unit.total);
        let (sum, ranked) = with.fold((Decimal::ZERO, 0_usize), |(sum, ranked), total| (sum + total, ranked + 1));
        Ok(UnitProfileView {
            profile,
            members: round.panel.members.iter().map(|member| member.name.clone()).collect(),
            unit: crate::panel::result(&round, unit, self.language),
            rank: place.map(|place| count(place.rank)),
            ranked: count(ranked),
            own: round.own.get(&unit.unit).map(|facts| show(facts.total)),
            max: show(round.rubric.total),
            percent: unit.total.and_then(|total| percent(total, round.rubric.total)),
            all: percent(sum, round.rubric.total * Decimal::from(ranked)),
            categories: categories(&round, unit),
            losses: losses(&round, &scored, self.language),
            conclusion: outcome::steps(&unit.conclusion, self.language),
        })
    }

    /// The sheets of a unit that count, scored for their reasoning; by the member's index.
    pub(super) fn scored(&mut self, round: &Round, unit: &str) -> Result<Vec<(usize, Scored)>> {
        let Some(at) = round.units.iter().position(|result| result.unit == unit) else { return Ok(Vec::new()) };
        let kept = |member: usize| Some((member, round.sheets[at].get(member)?.as_ref()?));
        let members: Vec<(usize, &Kept)> = counted(&round.units[at]).filter_map(kept).collect();
        members.into_iter().map(|(member, kept)| Ok((member, self.scored_sheet(round, kept)?))).collect()
    }

    fn scored_sheet(&mut self, round: &Round, kept: &Kept) -> Result<Scored> {
        let rubric = &round.rubric;
        let file = self.read(|tx| Ok(tx.revision_file(&kept.sheet, &kept.digest)?))?.unwrap_or_default();
        let unreadable = |error: serde_json::Error| crate::panel::Refused::SheetUnreadable {
            sheet: kept.sheet.clone(),
            detail: error.to_string(),
        };
        let mut file: SheetFile = serde_json::from_str(&file).map_err(unreadable)?;
        let ruled = self.ruled(&round.names, kept);
        file.marks.extend(ruled.iter().flat_map(|ruled| ruled.marks.clone()));
        let findings = file.records().findings(rubric, file.stage);
        let outcome = rubric::score(rubric, &findings);
        let losses = rubric::losses(rubric, &findings, &outcome);
        Ok(Scored { file, outcome, losses, ruled })
    }
}

fn sorted(rows: &mut [ProfileRow], sort: &ResultsSort, table: ResultsTable, units: usize) -> Result<()> {
    order::require(table, &sort.column, units)?;
    order::by(rows, sort.descending, |row| match sort.column.as_str() {
        "code" => order::by_code(&row.code),
        "title" => order::text(&row.title),
        "max" => order::number(&row.max),
        "all" => row.all.as_deref().and_then(order::number),
        column => row.percents.get(order::numbered(column)?)?.as_deref().and_then(order::number),
    });
    Ok(())
}

fn profile_row(round: &Round, units: &[&UnitResult], summary: &IndicatorSummary) -> ProfileRow {
    let at = summary.indicator;
    let indicator = &round.rubric.indicators[at];
    let score = |unit: &UnitResult| unit.indicators.get(at).copied();
    let place = |unit: &UnitResult| {
        let own = score(unit)?;
        Some(count(1 + round.units.iter().filter_map(score).filter(|other| *other > own).count()))
    };
    let own = |unit: &&UnitResult| round.own.get(&unit.unit)?.indicators.get(at).copied().map(show);
    ProfileRow {
        code: indicator.code.clone(),
        title: indicator.title.clone(),
        level: indicator.level,
        max: show(indicator.max),
        scores: units.iter().map(|unit| score(unit).map(|score| shown(round, score))).collect(),
        percents: units.iter().map(|unit| percent(score(unit)?, indicator.max)).collect(),
        own: units.iter().map(own).collect(),
        all: percent(summary.sum, summary.full),
        ranks: units.iter().map(|unit| place(unit)).collect(),
    }
}

/// The scores of a unit in the categories: combined as the totals are, or the sums of the points that were combined.
fn in_categories(round: &Round, at: usize) -> Option<Vec<Decimal>> {
    let unit = &round.units[at];
    unit.total?;
    let rubric = &round.rubric;
    let policy = &round.panel.policy;
    let score = |(place, category): (usize, &rubric::model::Category)| match policy.per {
        Per::Point => {
            let marks: Vec<Option<Decimal>> = unit.points.iter().map(|point| point.mark).collect();
            let amounts: Vec<Option<Decimal>> = unit.adjustments.iter().map(|rule| rule.mark).collect();
            Some(category_score(rubric, &category.name, &marks, &amounts))
        }
        Per::Total => {
            let facts = |member: usize| round.sheets[at].get(member)?.as_ref()?.facts.categories.get(place).copied();
            let marks: Vec<(usize, Decimal)> =
                counted(unit).filter_map(|member| Some((member, facts(member)?))).collect();
            Some(combine(&marks, policy, None)?.quotient())
        }
    };
    rubric.categories.iter().enumerate().map(score).collect()
}

fn categories(round: &Round, unit: &UnitResult) -> Vec<CategoryRow> {
    let rubric = &round.rubric;
    if rubric.categories.is_empty() {
        return Vec::new();
    }
    let scores: Vec<Option<Vec<Decimal>>> = (0..round.units.len()).map(|at| in_categories(round, at)).collect();
    let here = round.units.iter().position(|result| result.unit == unit.unit).and_then(|at| scores[at].clone());
    let row = |(place, category): (usize, &rubric::model::Category)| {
        let score = here.as_ref().map(|scores| scores[place]);
        let all: Vec<Decimal> = scores.iter().flatten().map(|scores| scores[place]).collect();
        let own = round.own.get(&unit.unit).and_then(|facts| facts.categories.get(place).copied());
        CategoryRow {
            name: category.name.clone(),
            max: show(category.max),
            score: score.map(|score| shown(round, score)),
            percent: score.and_then(|score| percent(score, category.max)),
            own: own.map(show),
            all: percent(all.iter().sum(), category.max * Decimal::from(all.len())),
        }
    };
    rubric.categories.iter().enumerate().map(row).collect()
}

/// What the sheets that count lost at a sentence: by member.
type LostAt<'a> = (&'a Loss, Vec<(usize, Decimal)>);

/// Lost marks of a unit by place and sentence: the mean over the sheets that count, the most first.
fn losses(round: &Round, scored: &[(usize, Scored)], language: Language) -> Vec<LostMark> {
    let mut all: BTreeMap<(&str, &str, rubric::LossKind), LostAt<'_>> = BTreeMap::new();
    for (member, sheet) in scored {
        for loss in &sheet.losses {
            let lost = all.entry((&loss.place, loss.sentence.trim(), loss.kind)).or_insert((loss, Vec::new()));
            match lost.1.last_mut().filter(|(whose, _)| whose == member) {
                Some((_, amount)) => *amount += loss.amount,
                None => lost.1.push((*member, loss.amount)),
            }
        }
    }
    let mut all: Vec<LostAt<'_>> = all.into_values().collect();
    let sum = |lost: &LostAt<'_>| lost.1.iter().map(|(_, amount)| *amount).sum::<Decimal>();
    let order = |code: &str| round.rubric.points().position(|(_, point)| point.code == code);
    all.sort_by_cached_key(|lost| (Reverse(sum(lost)), order(&lost.0.place)));
    let sheets = Decimal::from(scored.len().max(1));
    let name = |member: usize| round.panel.members.get(member).map(|person| person.name.clone()).unwrap_or_default();
    let view = |lost: &LostAt<'_>| LostMark {
        code: lost.0.place.clone(),
        title: title(&round.rubric, &lost.0.place),
        sentence: lost.0.sentence.trim().to_owned(),
        kind: Failure::of("loss", &lost.0.kind).problem(language).what,
        amount: show((sum(lost) / sheets).round_dp(2)),
        by: lost.1.iter().map(|(member, amount)| LostBy { name: name(*member), amount: show(*amount) }).collect(),
        of: count(scored.len()),
    };
    all.iter().map(view).collect()
}

/// The title of a point, indicator or adjustment.
pub(super) fn title(rubric: &Rubric, code: &str) -> String {
    let indicator = || rubric.indicators.iter().find(|indicator| indicator.code == code).map(|one| &one.title);
    let point = rubric.point(code).map(|(_, point)| &point.title);
    let adjustment = || rubric.adjustment(code).map(|rule| &rule.title);
    point.or_else(indicator).or_else(adjustment).cloned().unwrap_or_default()
}
