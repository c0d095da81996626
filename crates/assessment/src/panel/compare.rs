//! Where members differ about a unit: the places by how far apart the scores lie, and conditions that some found and others
//! did not.

use super::combine::twice_median;
use super::unit::SheetFacts;
use rubric::model::{Limit, Rubric};
use rust_decimal::Decimal;

/// Something that has a score of its own: an indicator with points, or an adjustment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Index of an indicator.
    Indicator(usize),
    /// Index of an adjustment.
    Adjustment(usize),
}

impl Place {
    /// All places of a rubric, in its order.
    pub fn all(rubric: &Rubric) -> impl Iterator<Item = Self> {
        let indicators = rubric.indicators.iter().enumerate().filter(|(_, indicator)| !indicator.points.is_empty());
        let adjustments = 0..rubric.adjustments.len();
        indicators.map(|(at, _)| Self::Indicator(at)).chain(adjustments.map(Self::Adjustment))
    }

    /// What a sheet gives there.
    #[must_use]
    pub fn score(self, facts: &SheetFacts) -> Option<Decimal> {
        match self {
            Self::Indicator(at) => facts.indicators.get(at).copied(),
            Self::Adjustment(at) => facts.adjustments.get(at).copied().flatten(),
        }
    }

    /// Its code.
    #[must_use]
    pub fn code(self, rubric: &Rubric) -> &str {
        match self {
            Self::Indicator(at) => &rubric.indicators[at].code,
            Self::Adjustment(at) => &rubric.adjustments[at].code,
        }
    }

    /// The conditions that act there, with their place among all of [`Rubric::limits`].
    pub fn limits(self, rubric: &Rubric) -> impl Iterator<Item = (usize, &Limit)> {
        let owns = move |code: &str| match self {
            Self::Indicator(at) => {
                let indicator = &rubric.indicators[at];
                indicator.code == code || indicator.points.iter().any(|point| point.code == code)
            }
            Self::Adjustment(at) => rubric.adjustments[at].code == code,
        };
        rubric.limits().enumerate().filter(move |(_, (of, _))| owns(of)).map(|(at, (_, limit))| (at, limit))
    }
}

/// A place where members differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Where.
    pub place: Place,
    /// The scores, in the order of the members.
    pub scores: Vec<Option<Decimal>>,
    /// How far the member's score lies from the median of the others; without a member, highest less lowest.
    pub distance: Decimal,
}

/// Places where the sheets differ, the farthest first; of equal ones the earlier in the rubric. With a member: where that
/// member's score is not the median of the others.
#[must_use]
pub fn differences(rubric: &Rubric, sheets: &[Option<&SheetFacts>], member: Option<usize>) -> Vec<Difference> {
    let of = |place: Place| {
        let scores: Vec<Option<Decimal>> = sheets.iter().map(|facts| place.score((*facts)?)).collect();
        let distance = match member {
            Some(member) => from_median(&scores, member)?,
            None => spread(&scores)?,
        };
        (!distance.is_zero()).then_some(Difference { place, scores, distance })
    };
    let mut all: Vec<Difference> = Place::all(rubric).filter_map(of).collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.distance));
    all
}

/// How far a member's value lies from the median of the others; none where there is nothing to compare.
#[must_use]
pub fn from_median(values: &[Option<Decimal>], member: usize) -> Option<Decimal> {
    let own = values.get(member).copied().flatten()?;
    let median = median_of_others(values, member)?;
    Some((own - median).abs())
}

/// The median of what the others gave.
#[must_use]
pub fn median_of_others(values: &[Option<Decimal>], member: usize) -> Option<Decimal> {
    let others = values.iter().enumerate().filter(|(at, _)| *at != member);
    let mut others: Vec<Decimal> = others.filter_map(|(_, value)| *value).collect();
    others.sort();
    (!others.is_empty()).then(|| twice_median(&others) / Decimal::TWO)
}

fn spread(values: &[Option<Decimal>]) -> Option<Decimal> {
    let all = || values.iter().flatten().copied();
    Some(all().max()? - all().min()?)
}
