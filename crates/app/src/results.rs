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
use assessment::panel::{Standing, UnitResult};
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
            grades: distribution(&round.rubric, &units)
                .into_iter()
                .map(|(grade, units)| GradeCount { grade, units: count(units) })
                .collect(),
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
    let settled =
        |standing: &Standing| matches!(standing, Standing::Counted | Standing::Recused { .. } | Standing::OwnUnit);
    unit.cells.iter().filter(|cell| !settled(&cell.standing)).count()
}

/// How many sheets each member handed in for these units.
fn progress(round: &Round, units: &[&UnitResult]) -> Vec<MemberProgress> {
    let of = |(member, person): (usize, &assessment::panel::Person)| {
        let standings = || units.iter().filter_map(|unit| unit.cells.get(member)).map(|cell| &cell.standing);
        let how_many = |is: fn(&Standing) -> bool| count(standings().filter(|standing| is(standing)).count());
        MemberProgress {
            name: person.name.clone(),
            organisation: person.organisation.clone(),
            counted: how_many(|standing| *standing == Standing::Counted),
            waiting: how_many(|standing| matches!(standing, Standing::Missing | Standing::Draft | Standing::Unsigned)),
            faulty: how_many(|standing| matches!(standing, Standing::Twice { .. } | Standing::Incomplete { .. })),
            away: how_many(|standing| matches!(standing, Standing::Recused { .. } | Standing::OwnUnit)),
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
            total: shown(score),
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
            lowest: shown(summary.lowest),
            highest: shown(summary.highest),
            below: count(summary.below),
            units: count(summary.units),
        }
    };
    all.iter().map(row).collect()
}

/// A score for show: where totals are combined, those of indicators are quotients.
fn shown(score: Decimal) -> String {
    show(score.round_dp(2))
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
        panel: panel.map(shown),
        difference: own.zip(panel).map(|(own, panel)| signed((panel - own).round_dp(2))),
    })
}
