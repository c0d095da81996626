//! Units over the years: rounds of the same rubric, whatever the edition; what does not compare is said.

use super::profile::UNITS_MAXIMUM;
use super::query::{indicator, is_under};
use super::{Refused, choice, order};
use crate::outcome::count;
use crate::panel::Round;
use crate::view::{EditionPair, ResultsIndicator, ResultsQuery, ResultsTable, TrendRound, TrendRow, TrendView};
use crate::{Result, Session};
use assessment::panel::UnitResult;
use assessment::results::{likely, mapped};
use rubric::Rubric;
use rubric::decimal::percent;
use rubric::model::Indicator;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::AuditNote;

/// A round of the rubric, and which of its indicators mean the same as in the latest.
struct Year {
    round: Arc<Round>,
    declared: Vec<(String, String)>,
    /// From places in the latest rubric to places in its own.
    map: BTreeMap<usize, usize>,
    /// Its units by name.
    units: BTreeMap<String, usize>,
}

impl Year {
    fn unit(&self, name: &str) -> Option<&UnitResult> {
        self.units.get(name).map(|at| &self.round.units[*at])
    }

    /// The share of a unit in an indicator of the latest rubric; in the total without one.
    fn share(&self, unit: &UnitResult, of: Option<usize>) -> Option<(Decimal, Decimal)> {
        match of {
            None => Some((unit.total?, self.round.rubric.total)),
            Some(at) => {
                let here = *self.map.get(&at)?;
                Some((*unit.indicators.get(here)?, self.round.rubric.indicators[here].max))
            }
        }
    }

    /// The share over all units with a result.
    fn mean(&self, of: Option<usize>) -> Option<String> {
        let shares = self.round.units.iter().filter_map(|unit| self.share(unit, of));
        let (sum, full) =
            shares.fold((Decimal::ZERO, Decimal::ZERO), |(sum, full), (score, max)| (sum + score, full + max));
        percent(sum, full)
    }
}

impl Session {
    /// The units of a panel over all rounds of its rubric and stage, whatever the edition; an indicator is compared
    /// where it means the same.
    ///
    /// # Errors
    /// As [`Session::results`].
    pub fn trend(&mut self, panel: &str) -> Result<TrendView> {
        self.trend_by(panel, &ResultsQuery { table: ResultsTable::Trend, ..ResultsQuery::default() })
    }

    /// The same for the units, the indicator and the order of a query; all indicators of units that are named.
    ///
    /// # Errors
    /// As [`Session::trend`]; too many units; an indicator or column that there is not.
    pub fn trend_by(&mut self, panel: &str, query: &ResultsQuery) -> Result<TrendView> {
        let latest = self.round(panel)?;
        if query.units.len() > UNITS_MAXIMUM {
            return Err(Refused::TooManyUnits { most: UNITS_MAXIMUM }.into());
        }
        let years = self.years(&latest)?;
        let mut rounds = Vec::new();
        for year in &years {
            rounds.push(self.trend_round(&latest, year)?);
        }
        let places = places(&latest.rubric, query)?;
        let mut rows = rows(&latest, &years, query, &places);
        if let Some(sort) = &query.sort {
            order::require(ResultsTable::Trend, &sort.column, years.len())?;
            order::by(&mut rows, sort.descending, |row| match sort.column.as_str() {
                "unit" => order::text(&row.unit),
                "code" => order::by_code(&row.code),
                column => row.percents.get(order::numbered(column)?)?.as_deref().and_then(order::number),
            });
        }
        let mean = |of: &Option<usize>| {
            let percents = years.iter().map(|year| year.mean(*of)).collect();
            row(&latest.rubric, "", *of, percents, Vec::new())
        };
        Ok(TrendView { rounds, rows, means: places.iter().map(mean).collect() })
    }

    /// Declares that indicators of an earlier round's edition (first) and of a panel's mean the same; without an old code
    /// what was declared of the new one is taken back.
    ///
    /// # Errors
    /// Unknown panels or indicators; not of one rubric, or of one edition; different levels; of the disk.
    pub fn match_editions(
        &mut self,
        panel: &str,
        earlier: &str,
        pairs: &[(Option<String>, String)],
    ) -> Result<TrendView> {
        let (one, other) = (self.panel_row(panel)?, self.panel_row(earlier)?);
        let (new, old) = (self.rubric_by_digest(&one.rubric)?, self.rubric_by_digest(&other.rubric)?);
        let names = || (one.name.clone(), other.name.clone());
        if new.id != old.id {
            let (one, other) = names();
            return Err(Refused::OtherRubric { one, other }.into());
        }
        if one.rubric == other.rubric {
            let (one, other) = names();
            return Err(Refused::SameEdition { one, other }.into());
        }
        for (from, to) in pairs {
            let level = new.indicators[indicator(&new, to)?].level;
            let Some(from) = from else { continue };
            if old.indicators[indicator(&old, from)?].level != level {
                return Err(Refused::OtherLevel { old: from.clone(), new: to.clone() }.into());
            }
        }
        let said = |pair: &(Option<String>, String)| format!("{} = {}", pair.0.as_deref().unwrap_or("—"), pair.1);
        let said = pairs.iter().map(said).collect::<Vec<_>>().join("、");
        let target = format!("{} → {}", other.name, one.name);
        let note = AuditNote {
            at: self.now(),
            action: "edition-match",
            target: &target,
            new: Some(&said),
            ..AuditNote::default()
        };
        let editions = (other.rubric.as_str(), one.rubric.as_str());
        self.write(&note, |tx| {
            for (from, to) in pairs {
                match from {
                    Some(from) => tx.put_edition_match(editions, (from, to))?,
                    None => tx.remove_edition_match(editions, to)?,
                }
            }
            Ok(())
        })?;
        self.trend(panel)
    }

    /// The rounds of the latest one's rubric and stage up to it, the earliest first.
    fn years(&mut self, latest: &Arc<Round>) -> Result<Vec<Year>> {
        let rows = self.read(|tx| Ok(tx.panels()?))?;
        let mut years = Vec::new();
        for row in rows.iter().filter(|row| row.stage == latest.row.stage) {
            let same = self.rubric_by_digest(&row.rubric)?.id == latest.rubric.id;
            if !same || (row.id != latest.row.id && row.year >= latest.row.year) {
                continue;
            }
            let round = self.round(&row.id)?;
            let declared = self.read(|tx| Ok(tx.edition_matches(&row.rubric, &latest.row.rubric)?))?;
            let map = mapped(&latest.rubric, &round.rubric, &declared).into_iter().collect();
            let units = round.units.iter().enumerate().map(|(at, unit)| (unit.unit.clone(), at)).collect();
            years.push(Year { round, declared, map, units });
        }
        let key = |year: &Year| (year.round.row.year, year.round.row.name.clone());
        years.sort_by_cached_key(key);
        Ok(years)
    }

    fn trend_round(&mut self, latest: &Round, year: &Year) -> Result<TrendRound> {
        let (new, old) = (&latest.rubric, &year.round.rubric);
        let all = new.indicators.len();
        let taken: BTreeSet<usize> = year.map.values().copied().collect();
        let left = |rubric: &Rubric, is_known: &dyn Fn(usize) -> bool| -> Vec<ResultsIndicator> {
            let open = rubric.indicators.iter().enumerate().filter(|(at, _)| !is_known(*at));
            open.map(|(_, indicator)| choice(indicator)).collect()
        };
        let pairs = |pairs: &[(String, String)]| pairs.iter().filter_map(|pair| edition_pair(old, new, pair)).collect();
        Ok(TrendRound {
            panel: self.panel_summary(&year.round.row)?,
            mapped: count(year.map.len()),
            same: year.map.len() == all && old.indicators.len() == all && old.total == new.total,
            same_edition: old.digest == new.digest,
            declared: pairs(&year.declared),
            likely: pairs(&likely(new, old, &year.declared)),
            without: left(new, &|at| year.map.contains_key(&at)),
            unused: left(old, &|at| taken.contains(&at)),
            units: count(year.round.units.iter().filter(|unit| unit.total.is_some()).count()),
        })
    }
}

fn edition_pair(old: &Rubric, new: &Rubric, (from, to): &(String, String)) -> Option<EditionPair> {
    let find = |rubric: &Rubric, code: &str| -> Option<Indicator> {
        rubric.indicators.iter().find(|indicator| indicator.code == code).cloned()
    };
    let (old, new) = (find(old, from)?, find(new, to)?);
    let other_max = old.max != new.max;
    Some(EditionPair { old: old.code, new: new.code, title: new.title, old_title: old.title, other_max })
}

/// What is followed over the years: the total and the level-1 indicators; of named units all indicators; the one that is
/// asked for and those below it.
fn places(rubric: &Rubric, query: &ResultsQuery) -> Result<Vec<Option<usize>>> {
    let all = 0..rubric.indicators.len();
    if let Some(code) = &query.indicator {
        let of = indicator(rubric, code)?;
        let named = !query.units.is_empty();
        return Ok(all.filter(|at| *at == of || (named && is_under(rubric, *at, of))).map(Some).collect());
    }
    let level = |at: &usize| match query.level {
        Some(level) => rubric.indicators[*at].level == level,
        None => !query.units.is_empty() || rubric.indicators[*at].level == 1,
    };
    Ok(std::iter::once(None).chain(all.filter(level).map(Some)).collect())
}

fn rows(latest: &Round, years: &[Year], query: &ResultsQuery, places: &[Option<usize>]) -> Vec<TrendRow> {
    let words: Vec<String> = query.search.split_whitespace().map(str::to_lowercase).collect();
    let fits = |unit: &str| {
        let name = unit.to_lowercase();
        let named = query.units.is_empty() || query.units.iter().any(|one| one.trim() == unit);
        named && words.iter().all(|word| name.contains(word.as_str()))
    };
    let names: BTreeSet<&str> = years.iter().flat_map(|year| year.units.keys()).map(String::as_str).collect();
    let mut rows = Vec::new();
    for name in names.into_iter().filter(|name| fits(name)) {
        for of in places {
            let share = |year: &Year| {
                let (score, max) = year.share(year.unit(name)?, *of)?;
                percent(score, max)
            };
            let grade = |year: &Year| year.unit(name)?.grade.clone().filter(|_| of.is_none());
            let percents = years.iter().map(share).collect();
            rows.push(row(&latest.rubric, name, *of, percents, years.iter().map(grade).collect()));
        }
    }
    rows
}

fn row(
    rubric: &Rubric,
    unit: &str,
    of: Option<usize>,
    percents: Vec<Option<String>>,
    grades: Vec<Option<String>>,
) -> TrendRow {
    let indicator = of.map(|at| &rubric.indicators[at]);
    TrendRow {
        unit: unit.to_owned(),
        code: indicator.map(|one| one.code.clone()).unwrap_or_default(),
        title: indicator.map(|one| one.title.clone()).unwrap_or_default(),
        percents,
        grades,
    }
}
