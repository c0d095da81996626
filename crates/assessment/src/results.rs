//! Results over units: ranking, distribution of grades, weak indicators.

use crate::panel::UnitResult;
use rubric::decimal::is_below;
use rubric::model::{Point, Rubric};
use rust_decimal::Decimal;
use std::borrow::Borrow;
use std::collections::BTreeMap;

/// A unit's place in a ranking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index of the unit.
    pub unit: usize,
    /// From 1; units with the same keys have the same, and the places after them are left out (1, 2, 2, 4).
    pub rank: usize,
    /// Whether others have the same place.
    pub tied: bool,
}

/// Ranks units by their keys, the highest first; a later key counts where all before it are the same. Units without keys
/// have no place. Equal ones stand in the order that they came in.
#[must_use]
pub fn rank(keys: &[Option<Vec<Decimal>>]) -> Vec<Place> {
    let mut order: Vec<(usize, &Vec<Decimal>)> =
        keys.iter().enumerate().filter_map(|(unit, keys)| Some((unit, keys.as_ref()?))).collect();
    order.sort_by(|(_, one), (_, other)| other.cmp(one));
    let place = |(unit, keys): &(usize, &Vec<Decimal>)| {
        let before = order.partition_point(|(_, other)| other > keys);
        let same = order.partition_point(|(_, other)| other >= keys) - before;
        Place { unit: *unit, rank: before + 1, tied: same > 1 }
    };
    order.iter().map(place).collect()
}

/// Ranks results by their totals and then, where the panel declared it, by indicators.
#[must_use]
pub fn ranking(rubric: &Rubric, results: &[impl Borrow<UnitResult>], ties: &[String]) -> Vec<Place> {
    let place = |code: &String| rubric.indicators.iter().position(|indicator| indicator.code == *code);
    let places: Vec<usize> = ties.iter().filter_map(place).collect();
    let keys = |result: &UnitResult| {
        let total = result.total?;
        let further = places.iter().map(|at| result.indicators.get(*at).copied().unwrap_or_default());
        Some(std::iter::once(total).chain(further).collect())
    };
    rank(&results.iter().map(|result| keys(result.borrow())).collect::<Vec<_>>())
}

/// How many units have a grade; those without a result, or without a grade, under `None`.
#[must_use]
pub fn distribution(rubric: &Rubric, results: &[impl Borrow<UnitResult>]) -> Vec<(Option<String>, usize)> {
    let results: Vec<&UnitResult> = results.iter().map(Borrow::borrow).collect();
    let count = |name: Option<&str>| results.iter().filter(|result| result.grade.as_deref() == name).count();
    let mut counts: Vec<(Option<String>, usize)> =
        rubric.grades.iter().map(|grade| (Some(grade.name.clone()), count(Some(&grade.name)))).collect();
    // Conclusions of vetoes need not be grades.
    for name in results.iter().filter_map(|result| result.grade.as_ref()) {
        if !counts.iter().any(|(known, _)| known.as_ref() == Some(name)) {
            counts.push((Some(name.clone()), count(Some(name))));
        }
    }
    let none = count(None);
    counts.extend((none > 0).then_some((None, none)));
    counts
}

/// How all units did in an indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorSummary {
    /// Its place in the rubric.
    pub indicator: usize,
    /// Sum over the units.
    pub sum: Decimal,
    /// Full marks of all these units.
    pub full: Decimal,
    /// How many units have a result.
    pub units: usize,
    /// How many of them lie strictly below the line.
    pub below: usize,
    /// The lowest score.
    pub lowest: Decimal,
    /// The highest score.
    pub highest: Decimal,
}

/// How all units did in each indicator, in the order of the rubric; `line`: percent of full marks.
#[must_use]
pub fn summaries(rubric: &Rubric, results: &[impl Borrow<UnitResult>], line: Decimal) -> Vec<IndicatorSummary> {
    let summary = |(at, indicator): (usize, &rubric::model::Indicator)| {
        let score = |result: &UnitResult| result.indicators.get(at).copied();
        let scores: Vec<Decimal> = results.iter().filter_map(|result| score(result.borrow())).collect();
        IndicatorSummary {
            indicator: at,
            sum: scores.iter().sum(),
            full: indicator.max * Decimal::from(scores.len()),
            units: scores.len(),
            below: scores.iter().filter(|score| is_below(**score, indicator.max, line)).count(),
            lowest: scores.iter().min().copied().unwrap_or_default(),
            highest: scores.iter().max().copied().unwrap_or_default(),
        }
    };
    rubric.indicators.iter().enumerate().map(summary).collect()
}

/// Indicators that mean the same in two editions: those that were declared to (codes, `other`'s first), and of the rest
/// those with the same code, title and full marks. Pairs of places; a declaration that names what is not there says nothing.
#[must_use]
pub fn mapped(one: &Rubric, other: &Rubric, declared: &[(String, String)]) -> Vec<(usize, usize)> {
    let place = |rubric: &Rubric, code: &str| rubric.indicators.iter().position(|indicator| indicator.code == code);
    let said: Vec<(usize, usize)> =
        declared.iter().filter_map(|(from, to)| Some((place(one, to)?, place(other, from)?))).collect();
    let same = |(at, indicator): (usize, &rubric::model::Indicator)| {
        if let Some(pair) = said.iter().find(|(here, _)| *here == at) {
            return Some(*pair);
        }
        let there = place(other, &indicator.code).filter(|there| !said.iter().any(|(_, taken)| taken == there))?;
        let alike = &other.indicators[there];
        (alike.title == indicator.title && alike.max == indicator.max).then_some((at, there))
    };
    one.indicators.iter().enumerate().filter_map(same).collect()
}

/// Indicators that may be meant to be the same though their codes differ: the same title, level and full marks, and nothing
/// else of that title in either edition. Codes, `other`'s first; to be declared by a person, never taken for granted.
#[must_use]
pub fn likely(one: &Rubric, other: &Rubric, declared: &[(String, String)]) -> Vec<(String, String)> {
    let known = mapped(one, other, declared);
    let open = |rubric: &Rubric, known: &dyn Fn(usize) -> bool| {
        let mut titles: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, indicator) in rubric.indicators.iter().enumerate().filter(|(at, _)| !known(*at)) {
            titles.entry(indicator.title.clone()).or_default().push(at);
        }
        titles
    };
    let (here, there) = (
        open(one, &|at| known.iter().any(|(one, _)| *one == at)),
        open(other, &|at| known.iter().any(|(_, other)| *other == at)),
    );
    let mut pairs = Vec::new();
    for (title, places) in here {
        if let (&[to], Some(&[from])) = (places.as_slice(), there.get(&title).map(Vec::as_slice)) {
            let (new, old) = (&one.indicators[to], &other.indicators[from]);
            if (new.level, new.max) == (old.level, old.max) {
                pairs.push((to, (old.code.clone(), new.code.clone())));
            }
        }
    }
    pairs.sort();
    pairs.into_iter().map(|(_, codes)| codes).collect()
}

/// The score of a category from marks of the points and amounts of the adjustments, in the order of the rubric.
#[must_use]
pub fn category_score(
    rubric: &Rubric,
    category: &str,
    points: &[Option<Decimal>],
    adjustments: &[Option<Decimal>],
) -> Decimal {
    let belongs = |point: &Point| point.category.as_deref() == Some(category);
    let marks = rubric.points().zip(points).filter(|((_, point), _)| belongs(point));
    let sum: Decimal = marks.filter_map(|(_, mark)| *mark).sum();
    let acting =
        rubric.adjustments.iter().zip(adjustments).filter(|(rule, _)| rule.acts_on.as_deref() == Some(category));
    acting.filter_map(|(_, amount)| *amount).fold(sum, |score, amount| (score + amount).max(Decimal::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_totals_share_a_place_and_the_next_is_left_out() {
        let totals = [70, 90, 80, 80].map(|total| Some(vec![Decimal::from(total)]));
        let places: Vec<(usize, usize, bool)> =
            rank(&totals).into_iter().map(|place| (place.unit, place.rank, place.tied)).collect();
        assert_eq!(places, [(1, 1, false), (2, 2, true), (3, 2, true), (0, 4, false)]);
    }

    #[test]
    fn a_declared_key_parts_what_is_equal_and_no_result_has_no_place() {
        let keys = |total: i64, second: i64| Some(vec![Decimal::from(total), Decimal::from(second)]);
        let places = rank(&[keys(80, 10), None, keys(80, 12), keys(79, 40)]);
        let places: Vec<(usize, usize)> = places.into_iter().map(|place| (place.unit, place.rank)).collect();
        assert_eq!(places, [(2, 1), (0, 2), (3, 3)]);
    }

    const SMALL: &str = include_str!("../../rubric/tests/small.toml");

    #[test]
    fn a_declared_pair_is_compared_and_what_has_its_code_now_is_not() {
        let new = Rubric::read(SMALL).unwrap();
        let codes: Vec<String> = new.indicators.iter().map(|indicator| indicator.code.clone()).collect();
        let all = codes.len();
        assert_eq!(mapped(&new, &new, &[]).len(), all, "the same edition compares as a whole");
        let crossed = [(codes[0].clone(), codes[1].clone())];
        let pairs = mapped(&new, &new, &crossed);
        assert!(pairs.contains(&(1, 0)), "{pairs:?}");
        assert!(!pairs.iter().any(|(here, there)| (*here, *there) == (0, 0)), "its counterpart is taken: {pairs:?}");
        let unknown = [("9.9.9".to_owned(), codes[0].clone())];
        assert_eq!(mapped(&new, &new, &unknown).len(), all, "a declaration about nothing changes nothing");
    }
}
