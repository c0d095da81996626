//! Several marks become one: whose count, what is dropped and why, division, rounding.

use super::policy::{Method, Policy, Rounding};
use rust_decimal::Decimal;

/// What became of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Part {
    /// It counts.
    Counted,
    /// Dropped as one of the lowest.
    Lowest,
    /// Dropped as one of the highest.
    Highest,
    /// Beside the middle, which alone counts.
    BesideMiddle,
}

/// A member's mark and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Index of the member in the panel's order.
    pub member: usize,
    /// The mark.
    pub value: Decimal,
    /// What became of it.
    pub part: Part,
}

/// Marks made one. The value before rounding is `sum ÷ by`, exactly.
#[derive(Clone, Debug, PartialEq)]
pub struct Combined {
    /// All marks, ascending; equal ones in the order of the members.
    pub marks: Vec<Mark>,
    /// How many were dropped at each end.
    pub dropped: usize,
    /// Sum of what counts.
    pub sum: Decimal,
    /// How many count.
    pub by: u32,
    /// The quotient, rounded once; `None` where the members differ and have to agree.
    pub value: Option<Decimal>,
    /// Highest less lowest of all marks.
    pub spread: Decimal,
    /// Members whose mark is farther from the median of the others than the policy allows, each with twice that median.
    pub outliers: Vec<(usize, Decimal)>,
}

impl Combined {
    /// The marks that were not dropped at an end, ascending.
    #[must_use]
    pub fn kept(&self) -> &[Mark] {
        &self.marks[self.dropped..self.marks.len() - self.dropped]
    }

    /// Whether rounding changed the quotient.
    #[must_use]
    pub fn is_rounded(&self) -> bool {
        self.value.is_some_and(|value| value * Decimal::from(self.by) != self.sum)
    }

    /// The quotient in 28 digits; exact where it has no more.
    #[must_use]
    pub fn quotient(&self) -> Decimal {
        self.sum / Decimal::from(self.by.max(1))
    }
}

/// `sum ÷ by`, rounded to a multiple of `step`. Signs do not matter: the amount is rounded (GB/T 8170—2008, 3.2.5).
///
/// The numbers are sums over a rubric's marks; what is compared is exact.
#[must_use]
pub fn round(sum: Decimal, by: u32, step: Decimal, rounding: Rounding) -> Decimal {
    if sum.is_sign_negative() && !sum.is_zero() {
        return -round(-sum, by, step, rounding);
    }
    let unit = step * Decimal::from(by);
    let mut steps = (sum / unit).floor();
    let mut rest = sum - steps * unit;
    if rest < Decimal::ZERO {
        // The quotient in 28 digits was rounded up to a whole number.
        steps -= Decimal::ONE;
        rest += unit;
    }
    let twice = rest + rest;
    let is_odd = !(steps % Decimal::TWO).is_zero();
    let up = twice > unit || (twice == unit && (rounding == Rounding::HalfUp || is_odd));
    let steps = if up { steps + Decimal::ONE } else { steps };
    (steps * step).normalize()
}

/// Twice the median of ascending marks: a whole step where the median may be a half one.
pub(super) fn twice_median(ascending: &[Decimal]) -> Decimal {
    let middle = ascending.len() / 2;
    match (ascending.get(middle), ascending.len() % 2) {
        (Some(mark), 1) => mark + mark,
        (Some(mark), _) => mark + ascending[middle - 1],
        (None, _) => Decimal::ZERO,
    }
}

/// Makes one of several marks; nothing of none. `limit`: how far a mark may lie from the median of the others.
#[must_use]
pub fn combine(given: &[(usize, Decimal)], policy: &Policy, limit: Option<Decimal>) -> Option<Combined> {
    let mut given = given.to_vec();
    given.sort_by(|(a, one), (b, other)| (one, a).cmp(&(other, b)));
    let (lowest, highest) = (given.first()?.1, given.last()?.1);
    let count = given.len();
    let dropped = policy.dropped(count);
    let part = |at: usize| match policy.method {
        _ if at < dropped => Part::Lowest,
        _ if at >= count - dropped => Part::Highest,
        Method::Median if at + 1 < count.div_ceil(2) || at > count / 2 => Part::BesideMiddle,
        _ => Part::Counted,
    };
    let marks: Vec<Mark> = given
        .iter()
        .enumerate()
        .map(|(at, (member, value))| Mark { member: *member, value: *value, part: part(at) })
        .collect();
    let counted = || marks.iter().filter(|mark| mark.part == Part::Counted);
    let by = u32::try_from(counted().count()).unwrap_or(u32::MAX);
    let sum: Decimal = counted().map(|mark| mark.value).sum();
    let differ = policy.method == Method::Consensus && lowest != highest;
    let value = (!differ).then(|| round(sum, by, policy.step, policy.rounding));
    let outliers = limit.map(|limit| outliers(&given, limit)).unwrap_or_default();
    Some(Combined { dropped, sum, by, value, spread: highest - lowest, outliers, marks })
}

/// Members whose mark lies farther than `limit` from the median of the others; of fewer than three marks none is out.
fn outliers(ascending: &[(usize, Decimal)], limit: Decimal) -> Vec<(usize, Decimal)> {
    let spread = ascending.last().zip(ascending.first()).map(|(high, low)| high.1 - low.1).unwrap_or_default();
    if ascending.len() < 3 || spread <= limit {
        return Vec::new();
    }
    let far = |(at, (member, value)): (usize, &(usize, Decimal))| {
        let others: Vec<Decimal> =
            ascending.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, (_, mark))| *mark).collect();
        let twice = twice_median(&others);
        ((value + value - twice).abs() > limit + limit).then_some((*member, twice))
    };
    ascending.iter().enumerate().filter_map(far).collect()
}
