//! Results over the units of a panel: ranking, grades, weak indicators, self against panel, profiles, years.

mod explain;
mod order;
mod profile;
mod query;
mod refused;
mod saved;
pub mod table;
mod years;

use crate::localise::Target;
use crate::outcome::{count, signed};
use crate::panel::Round;
use crate::rates::line;
use crate::view::{
    GradeCount, IndicatorRow, MemberProgress, OwnRow, RankRow, ResultsIndicator, ResultsQuery, ResultsView,
};
use crate::{Result, Session};
use assessment::panel::{Per, Standing, UnitResult};
use assessment::results::{IndicatorSummary, Place, distribution, rank, ranking, summaries};
use query::Chosen;
pub use refused::Refused;
use rubric::decimal::{percent, show};
use rubric::model::Indicator;
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::path::Path;
use table::Table;

impl Session {
    /// Everything over the units of a panel.
    ///
    /// # Errors
    /// Unknown panel; a sheet that cannot be read; of the disk.
    pub fn results(&mut self, panel: &str) -> Result<ResultsView> {
        self.results_by(panel, &ResultsQuery::default())
    }

    /// The units that a query asks for, in its order. Places are those among all units: what is filtered is not ranked anew.
    ///
    /// # Errors
    /// As [`Session::results`]; an indicator, grade or column that there is not.
    pub fn results_by(&mut self, panel: &str, query: &ResultsQuery) -> Result<ResultsView> {
        let view = self.panel(panel)?;
        let round = self.round(panel)?;
        let chosen = Chosen::new(&round, query)?;
        let line = line(&round.rubric);
        let units: Vec<&UnitResult> = chosen.units.iter().map(|at| &round.units[*at]).collect();
        let (ranking, unranked) = ranks(&chosen);
        let mut results = ResultsView {
            panel: chosen.shown(view),
            query: query.clone(),
            all: count(round.units.len()),
            of: chosen.of.map(|at| choice(&round.rubric.indicators[at])),
            choices: round.rubric.indicators.iter().map(choice).collect(),
            grade_choices: query::grades(&round),
            progress: progress(&round, &units),
            ranking,
            unranked,
            grades: grades(&round, &units),
            line: show(line),
            indicators: weakest(&chosen, &units, line),
            own: units.iter().filter_map(|unit| own(&chosen, unit)).collect(),
        };
        order::sort(&mut results, &round)?;
        Ok(results)
    }

    /// The table that a query shows.
    ///
    /// # Errors
    /// As [`Session::results_by`] and the views of single units.
    pub fn results_table(&mut self, panel: &str, query: &ResultsQuery) -> Result<Table> {
        use crate::view::ResultsTable as Which;
        let language = self.language;
        Ok(match query.table {
            Which::Matrix => Table::shown(&self.results_by(panel, query)?.panel, language),
            Which::Ranking => Table::ranking(&self.results_by(panel, query)?, language),
            Which::Grades => Table::grades(&self.results_by(panel, query)?, language),
            Which::Indicators => Table::indicators(&self.results_by(panel, query)?, language),
            Which::Own => Table::own(&self.results_by(panel, query)?, language),
            Which::Profile | Which::Compare => Table::profile(&self.compare_by(panel, query)?, language),
            Which::Trend => Table::trend(&self.trend_by(panel, query)?, language),
        })
    }

    /// Writes the table that a query shows as CSV.
    ///
    /// # Errors
    /// As [`Session::results_table`]; a file that is there and may not be overwritten; of the disk.
    pub fn write_results(&mut self, panel: &str, query: &ResultsQuery, path: &Path, replace: bool) -> Result<()> {
        write(&self.results_table(panel, query)?.csv(), Target { path, replace })
    }
}

/// Writes results in the form that they were asked for.
///
/// # Errors
/// A file that is there and may not be overwritten; of the disk.
pub fn write(text: &str, target: Target<'_>) -> Result<()> {
    target.write(text.as_bytes())
}

fn choice(indicator: &Indicator) -> ResultsIndicator {
    ResultsIndicator {
        code: indicator.code.clone(),
        title: indicator.title.clone(),
        level: indicator.level,
        max: show(indicator.max),
    }
}

/// Members whose sheet is still to come, or cannot count as it is.
fn missing(unit: &UnitResult) -> usize {
    let open = |standing: &Standing| matches!(progressed(standing), Progress::Waiting | Progress::Faulty);
    unit.cells.iter().filter(|cell| open(&cell.standing)).count()
}

/// How far a member is with a unit.
#[derive(PartialEq)]
enum Progress {
    Counted,
    /// The sheet is still to come.
    Waiting,
    /// It is here and cannot count as it is.
    Faulty,
    /// None is asked for.
    Away,
}

fn progressed(standing: &Standing) -> Progress {
    match standing {
        Standing::Counted => Progress::Counted,
        Standing::Missing | Standing::Draft | Standing::Unsigned => Progress::Waiting,
        Standing::Twice { .. } | Standing::Incomplete { .. } | Standing::Contested { .. } | Standing::Returned => {
            Progress::Faulty
        }
        Standing::Recused { .. } | Standing::OwnUnit => Progress::Away,
    }
}

/// How many sheets each member handed in for these units.
fn progress(round: &Round, units: &[&UnitResult]) -> Vec<MemberProgress> {
    let of = |(member, person): (usize, &assessment::panel::Person)| {
        let standings = || units.iter().filter_map(|unit| unit.cells.get(member)).map(|cell| &cell.standing);
        let how_many = |such| count(standings().filter(|standing| progressed(standing) == such).count());
        MemberProgress {
            name: person.name.clone(),
            organisation: person.organisation.clone(),
            counted: how_many(Progress::Counted),
            waiting: how_many(Progress::Waiting),
            faulty: how_many(Progress::Faulty),
            away: how_many(Progress::Away),
        }
    };
    round.panel.members.iter().enumerate().map(of).collect()
}

/// The places of all units: by the total, or by the indicator that is looked at.
fn places(round: &Round, of: Option<usize>) -> Vec<Place> {
    match of {
        None => ranking(&round.rubric, &round.units, &round.panel.policy.ties),
        Some(at) => {
            let keys: Vec<Option<Vec<Decimal>>> =
                round.units.iter().map(|unit| Some(vec![unit.indicators.get(at).copied()?])).collect();
            rank(&keys)
        }
    }
}

/// How many of these units have each grade, and which share of those with a result.
fn grades(round: &Round, units: &[&UnitResult]) -> Vec<GradeCount> {
    let with = Decimal::from(units.iter().filter(|unit| unit.total.is_some()).count());
    let row = |(grade, units): (Option<String>, usize)| {
        let share = grade.as_ref().and_then(|_| percent(Decimal::from(units), with));
        GradeCount { grade, units: count(units), share }
    };
    distribution(&round.rubric, units).into_iter().map(row).collect()
}

/// Units with a place, and the names of those without.
fn ranks(chosen: &Chosen<'_>) -> (Vec<RankRow>, Vec<String>) {
    let round = chosen.round;
    let row = |place: Place| {
        let unit = round.units.get(place.unit).filter(|_| chosen.units.contains(&place.unit))?;
        let score = chosen.score(unit)?;
        Some(RankRow {
            rank: count(place.rank),
            tied: place.tied,
            unit: unit.unit.clone(),
            total: show(chosen.figure(score)),
            percent: percent(score, chosen.max()),
            grade: unit.grade.clone(),
            vetoed: unit.vetoed,
            missing: count(missing(unit)),
        })
    };
    let ranked = places(round, chosen.of).into_iter().filter_map(row).collect();
    let without = chosen.units.iter().map(|at| &round.units[*at]).filter(|unit| chosen.score(unit).is_none());
    (ranked, without.map(|unit| unit.unit.clone()).collect())
}

/// Whether the first share is smaller, without dividing; nothing of nothing comes last.
fn by_share(one: &IndicatorSummary, other: &IndicatorSummary) -> Ordering {
    match (one.full.is_zero(), other.full.is_zero()) {
        (false, false) => (one.sum * other.full).cmp(&(other.sum * one.full)),
        (one, other) => one.cmp(&other),
    }
}

/// Indicators of the level that is asked for, below the one that is looked at; the weakest first.
fn weakest(chosen: &Chosen<'_>, units: &[&UnitResult], line: Decimal) -> Vec<IndicatorRow> {
    let rubric = &chosen.round.rubric;
    let mut all = summaries(rubric, units, line);
    all.retain(|summary| {
        let level = chosen.query.level.is_none_or(|level| rubric.indicators[summary.indicator].level == level);
        level && chosen.of.is_none_or(|of| query::is_under(rubric, summary.indicator, of))
    });
    all.sort_by(|one, other| by_share(one, other).then(one.indicator.cmp(&other.indicator)));
    let row = |summary: &IndicatorSummary| {
        let indicator = &rubric.indicators[summary.indicator];
        IndicatorRow {
            code: indicator.code.clone(),
            title: indicator.title.clone(),
            level: indicator.level,
            max: show(indicator.max),
            percent: percent(summary.sum, summary.full),
            lowest: shown(chosen.round, summary.lowest),
            highest: shown(chosen.round, summary.highest),
            below: count(summary.below),
            units: count(summary.units),
        }
    };
    all.iter().map(row).collect()
}

/// The score of an indicator or a category for show, see [`cut`].
pub(crate) fn shown(round: &Round, score: Decimal) -> String {
    show(cut(round, score))
}

/// The score of an indicator or a category for show. Marks are shown exactly; but where totals are combined, those below
/// them are quotients that no rule rounds: of them two decimals are shown.
pub(crate) fn cut(round: &Round, score: Decimal) -> Decimal {
    if round.panel.policy.per == Per::Total { score.round_dp(2) } else { score }
}

/// Nothing where the unit neither evaluated itself nor has a result.
fn own(chosen: &Chosen<'_>, unit: &UnitResult) -> Option<OwnRow> {
    let facts = chosen.round.own.get(&unit.unit);
    let own = facts.and_then(|facts| chosen.of.map_or(Some(facts.total), |at| facts.indicators.get(at).copied()));
    let panel = chosen.score(unit);
    own.or(panel)?;
    Some(OwnRow {
        unit: unit.unit.clone(),
        own: own.map(show),
        panel: panel.map(|score| show(chosen.figure(score))),
        difference: own.zip(panel).map(|(own, panel)| signed(chosen.figure(panel - own))),
    })
}
