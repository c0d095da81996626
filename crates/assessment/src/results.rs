//! Results over units: ranking, distribution of grades, weak indicators.

use crate::panel::UnitResult;
use rubric::decimal::is_below;
use rubric::model::Rubric;
use rust_decimal::Decimal;

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
        let same = order[before..].iter().take_while(|(_, other)| other == keys).count();
        Place { unit: *unit, rank: before + 1, tied: same > 1 }
    };
    order.iter().map(place).collect()
}

/// Ranks results by their totals and then, where the panel declared it, by indicators.
#[must_use]
pub fn ranking(rubric: &Rubric, results: &[UnitResult], ties: &[String]) -> Vec<Place> {
    let place = |code: &String| rubric.indicators.iter().position(|indicator| indicator.code == *code);
    let places: Vec<usize> = ties.iter().filter_map(place).collect();
    let keys = |result: &UnitResult| {
        let total = result.total?;
        let further = places.iter().map(|at| result.indicators.get(*at).copied().unwrap_or_default());
        Some(std::iter::once(total).chain(further).collect())
    };
    rank(&results.iter().map(keys).collect::<Vec<_>>())
}

/// How many units have a grade; those without a result, or without a grade, under `None`.
#[must_use]
pub fn distribution(rubric: &Rubric, results: &[UnitResult]) -> Vec<(Option<String>, usize)> {
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
pub fn summaries(rubric: &Rubric, results: &[UnitResult], line: Decimal) -> Vec<IndicatorSummary> {
    let summary = |(at, indicator): (usize, &rubric::model::Indicator)| {
        let scores: Vec<Decimal> = results.iter().filter_map(|result| result.indicators.get(at).copied()).collect();
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

/// Indicators that mean the same in two editions: with the same code, title and full marks. Pairs of places.
#[must_use]
pub fn mapped(one: &Rubric, other: &Rubric) -> Vec<(usize, usize)> {
    let same = |(at, indicator): (usize, &rubric::model::Indicator)| {
        let alike = |other: &rubric::model::Indicator| {
            other.code == indicator.code && other.title == indicator.title && other.max == indicator.max
        };
        Some((at, other.indicators.iter().position(alike)?))
    };
    one.indicators.iter().enumerate().filter_map(same).collect()
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
}
