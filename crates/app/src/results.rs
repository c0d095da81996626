//! Results over the units of a panel: ranking, grades, weak indicators, self against panel, profiles, years.

pub mod table;

use crate::localise::Target;
use crate::outcome::{count, signed};
use crate::panel::Round;
use crate::rates::line;
use crate::view::{
    GradeCount, IndicatorRow, OwnRow, ProfileRow, ProfileView, RankRow, ResultsView, TrendRound, TrendRow, TrendView,
};
use crate::{Result, Session};
use assessment::panel::UnitResult;
use assessment::results::{IndicatorSummary, distribution, mapped, rank, ranking, summaries};
use rubric::decimal::{percent, show};
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl Session {
    /// Everything over the units of a panel.
    ///
    /// # Errors
    /// Unknown panel; a sheet that cannot be read; of the disk.
    pub fn results(&mut self, panel: &str) -> Result<ResultsView> {
        let view = self.panel(panel)?;
        let round = self.round(panel)?;
        let line = line(&round.rubric);
        Ok(ResultsView {
            panel: view,
            ranking: ranks(&round),
            unranked: round.units.iter().filter(|unit| unit.total.is_none()).map(|unit| unit.unit.clone()).collect(),
            grades: distribution(&round.rubric, &round.units)
                .into_iter()
                .map(|(grade, units)| GradeCount { grade, units: count(units) })
                .collect(),
            line: show(line),
            indicators: weakest(&round, line),
            own: round.units.iter().filter_map(|unit| own(&round, unit)).collect(),
        })
    }

    /// Units side by side, by indicator; one alone is its profile.
    ///
    /// # Errors
    /// As [`Session::results`]; a unit that no sheet is about.
    pub fn compare_units(&mut self, panel: &str, units: &[String]) -> Result<ProfileView> {
        let round = self.round(panel)?;
        let chosen = units.iter().map(|unit| round.unit(unit)).collect::<Result<Vec<_>>>()?;
        let summary = self.panel_summary(&round.row)?;
        let all = summaries(&round.rubric, &round.units, line(&round.rubric));
        Ok(ProfileView {
            panel: summary,
            units: chosen.iter().map(|unit| unit.unit.clone()).collect(),
            totals: chosen.iter().map(|unit| unit.total.map(show)).collect(),
            grades: chosen.iter().map(|unit| unit.grade.clone()).collect(),
            rows: all.iter().map(|summary| profile_row(&round, &chosen, summary)).collect(),
        })
    }

    /// The units of a panel over all rounds of its rubric and stage, whatever the edition; an indicator is compared
    /// where it means the same.
    ///
    /// # Errors
    /// As [`Session::results`].
    pub fn trend(&mut self, panel: &str) -> Result<TrendView> {
        let latest = self.round(panel)?;
        let rows = self.read(|tx| Ok(tx.panels()?))?;
        let mut rounds: Vec<Arc<Round>> = Vec::new();
        for row in rows.iter().filter(|row| row.stage == latest.row.stage) {
            let same = self.rubric_by_digest(&row.rubric)?.id == latest.rubric.id;
            if same && (row.id == latest.row.id || row.year < latest.row.year) {
                rounds.push(self.round(&row.id)?);
            }
        }
        rounds.sort_by(|one, other| (one.row.year, &one.row.name).cmp(&(other.row.year, &other.row.name)));
        let maps: Vec<BTreeMap<usize, usize>> =
            rounds.iter().map(|round| mapped(&latest.rubric, &round.rubric).into_iter().collect()).collect();
        let mut views = Vec::new();
        for (round, map) in rounds.iter().zip(&maps) {
            let all = latest.rubric.indicators.len();
            let same =
                map.len() == all && round.rubric.indicators.len() == all && round.rubric.total == latest.rubric.total;
            views.push(TrendRound { panel: self.panel_summary(&round.row)?, mapped: count(map.len()), same });
        }
        Ok(TrendView { rounds: views, rows: trend_rows(&latest, &rounds, &maps) })
    }
}

/// Writes results in the form that they were asked for.
///
/// # Errors
/// A file that is there and may not be overwritten; of the disk.
pub fn write(text: &str, target: Target<'_>) -> Result<()> {
    target.write(text.as_bytes())
}

fn ranks(round: &Round) -> Vec<RankRow> {
    let row = |place: assessment::results::Place| {
        let unit = round.units.get(place.unit)?;
        let total = unit.total?;
        Some(RankRow {
            rank: count(place.rank),
            tied: place.tied,
            unit: unit.unit.clone(),
            total: show(total),
            percent: percent(total, round.rubric.total),
            grade: unit.grade.clone(),
            vetoed: unit.vetoed,
        })
    };
    ranking(&round.rubric, &round.units, &round.panel.policy.ties).into_iter().filter_map(row).collect()
}

/// Whether the first share is smaller, without dividing; nothing of nothing comes last.
fn by_share(one: &IndicatorSummary, other: &IndicatorSummary) -> Ordering {
    match (one.full.is_zero(), other.full.is_zero()) {
        (false, false) => (one.sum * other.full).cmp(&(other.sum * one.full)),
        (one, other) => one.cmp(&other),
    }
}

fn weakest(round: &Round, line: Decimal) -> Vec<IndicatorRow> {
    let mut all = summaries(&round.rubric, &round.units, line);
    all.sort_by(|one, other| by_share(one, other).then(one.indicator.cmp(&other.indicator)));
    let row = |summary: &IndicatorSummary| {
        let indicator = &round.rubric.indicators[summary.indicator];
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
fn own(round: &Round, unit: &UnitResult) -> Option<OwnRow> {
    let own = round.own.get(&unit.unit).map(|facts| facts.total);
    own.or(unit.total)?;
    Some(OwnRow {
        unit: unit.unit.clone(),
        own: own.map(show),
        panel: unit.total.map(show),
        difference: own.zip(unit.total).map(|(own, panel)| signed(panel - own)),
    })
}

fn profile_row(round: &Round, chosen: &[&UnitResult], summary: &IndicatorSummary) -> ProfileRow {
    let at = summary.indicator;
    let indicator = &round.rubric.indicators[at];
    let score = |unit: &UnitResult| unit.indicators.get(at).copied();
    let keys: Vec<Option<Vec<Decimal>>> = round.units.iter().map(|unit| Some(vec![score(unit)?])).collect();
    let places: BTreeMap<&str, usize> =
        rank(&keys).into_iter().map(|place| (round.units[place.unit].unit.as_str(), place.rank)).collect();
    let own = |unit: &&UnitResult| round.own.get(&unit.unit)?.indicators.get(at).copied().map(show);
    ProfileRow {
        code: indicator.code.clone(),
        title: indicator.title.clone(),
        level: indicator.level,
        max: show(indicator.max),
        scores: chosen.iter().map(|unit| score(unit).map(shown)).collect(),
        percents: chosen.iter().map(|unit| percent(score(unit)?, indicator.max)).collect(),
        own: chosen.iter().map(own).collect(),
        all: percent(summary.sum, summary.full),
        ranks: chosen.iter().map(|unit| places.get(unit.unit.as_str()).map(|rank| count(*rank))).collect(),
    }
}

/// For each unit of any round its total, then the level-1 indicators of the latest rubric.
fn trend_rows(latest: &Round, rounds: &[Arc<Round>], maps: &[BTreeMap<usize, usize>]) -> Vec<TrendRow> {
    let units: BTreeSet<&str> = rounds.iter().flat_map(|round| &round.units).map(|unit| unit.unit.as_str()).collect();
    let of: Vec<BTreeMap<&str, &UnitResult>> =
        rounds.iter().map(|round| round.units.iter().map(|unit| (unit.unit.as_str(), unit)).collect()).collect();
    let first = latest.rubric.indicators.iter().enumerate().filter(|(_, indicator)| indicator.level == 1);
    let first: Vec<_> = first.collect();
    let mut rows = Vec::new();
    for unit in units {
        let total = |at: usize| percent(of[at].get(unit)?.total?, rounds[at].rubric.total);
        let row = |code: &str, title: &str, percents: Vec<Option<String>>| TrendRow {
            unit: unit.to_owned(),
            code: code.to_owned(),
            title: title.to_owned(),
            percents,
        };
        rows.push(row("", "", (0..rounds.len()).map(total).collect()));
        for (place, indicator) in &first {
            let share = |at: usize| {
                let there = maps[at].get(place)?;
                percent(*of[at].get(unit)?.indicators.get(*there)?, indicator.max)
            };
            rows.push(row(&indicator.code, &indicator.title, (0..rounds.len()).map(share).collect()));
        }
    }
    rows
}
