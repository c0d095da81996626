//! Exact values: fractions, and how people see them.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::Signed;
use rust_decimal::Decimal;

/// An exact value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exact(pub(super) BigRational);

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        let scale = BigInt::from(10).pow(value.scale());
        Self(BigRational::new(BigInt::from(value.mantissa()), scale))
    }
}

impl Exact {
    /// Decimals that are shown of a value without an end.
    const SHOWN: u32 = 4;

    /// The value for people: exact where it has at most six decimals, otherwise with four, half to even, after `≈`.
    /// For display only; nothing is ever compared with what is shown.
    #[must_use]
    pub fn show(&self) -> String {
        let scaled = |places: u32| &self.0 * BigRational::from(BigInt::from(10).pow(places));
        let exact = scaled(6);
        if exact.is_integer() {
            return plain(&exact.to_integer(), 6);
        }
        format!("≈{}", plain(&half_even(&scaled(Self::SHOWN)), Self::SHOWN))
    }

    /// As [`Self::show`], after what it is to its formula: `= 65.1`, `≈ 3.8314`.
    #[must_use]
    pub fn related(&self) -> String {
        let shown = self.show();
        match shown.strip_prefix('≈') {
            Some(rounded) => format!("≈ {rounded}"),
            None => format!("= {shown}"),
        }
    }

    /// `self − other`.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        Self(&self.0 - &other.0)
    }

    /// Whether it is above zero.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.0.is_positive()
    }

    /// How many times `step` goes into it: whole times, downwards or upwards, at most `most`. `step` is above zero.
    #[must_use]
    pub fn times(&self, step: Decimal, up: bool, most: u32) -> u32 {
        let quotient = &self.0 / Self::from(step).0;
        let whole = if up { quotient.ceil() } else { quotient.floor() };
        u32::try_from(whole.to_integer()).map_or(most, |times| times.min(most))
    }

    /// `self ÷ every × amount`, rounded once to a multiple of `step`, at most `most`.
    #[must_use]
    pub fn prorated(&self, every: Decimal, amount: Decimal, step: Decimal, half_up: bool, most: Decimal) -> Decimal {
        let units = &self.0 / Self::from(every).0 * Self::from(amount).0 / Self::from(step).0;
        let whole = if half_up { units.round().to_integer() } else { half_even(&units) };
        let units = u64::try_from(whole).ok();
        let value = units.and_then(|units| Decimal::from(units).checked_mul(step));
        value.map_or(most, |value| value.min(most))
    }
}

/// Half to even, as GB/T 8170 says.
fn half_even(value: &BigRational) -> BigInt {
    let floor = value.floor().to_integer();
    let rest = value - BigRational::from(floor.clone());
    let half = BigRational::new(BigInt::from(1), BigInt::from(2));
    if rest > half || (rest == half && floor.is_odd()) { floor + 1 } else { floor }
}

/// An integer as a decimal with so many places, in its one spelling.
fn plain(value: &BigInt, places: u32) -> String {
    let digits = value.abs().to_string();
    let width = usize::try_from(places).unwrap_or(0);
    let digits = format!("{digits:0>width$}", width = width + 1);
    let (whole, fraction) = digits.split_at(digits.len() - width);
    let fraction = fraction.trim_end_matches('0');
    let sign = if value.is_negative() { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}
