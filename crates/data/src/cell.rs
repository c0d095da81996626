//! One value of a table.

use crate::{Column, Error, Kind, Table};
use rust_decimal::Decimal;

/// Decimals of [`Kind::Mark`].
pub(crate) const MARK_SCALE: u32 = 6;
/// Digits of [`Kind::Mark`].
pub(crate) const MARK_DIGITS: u32 = 18;
/// Decimals of [`Kind::Quotient`].
pub(crate) const QUOTIENT_SCALE: u32 = 28;
/// Digits of [`Kind::Quotient`].
pub(crate) const QUOTIENT_DIGITS: u32 = 38;

/// A line of a table.
pub type Row = Vec<Cell>;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// There is none.
    None,
    /// A text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// An exact decimal.
    Decimal(Decimal),
    /// Yes or no.
    Bool(bool),
    /// Seconds since 1970 in UTC.
    Time(i64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<Decimal> for Cell {
    fn from(value: Decimal) -> Self {
        Self::Decimal(value)
    }
}

impl From<bool> for Cell {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Cell {
    fn from(value: i64) -> Self {
        Self::Whole(value)
    }
}

impl From<u32> for Cell {
    fn from(value: u32) -> Self {
        Self::Whole(i64::from(value))
    }
}

impl From<usize> for Cell {
    fn from(value: usize) -> Self {
        Self::Whole(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}

impl Cell {
    /// The value as plain text; nothing where there is none. Times are RFC 3339 in UTC, decimals in their one spelling.
    #[must_use]
    pub fn plain(&self) -> Option<String> {
        match self {
            Self::None => None,
            Self::Text(text) => Some(text.clone()),
            Self::Whole(value) => Some(value.to_string()),
            Self::Decimal(value) => Some(spelt(*value)),
            Self::Bool(value) => Some(value.to_string()),
            Self::Time(seconds) => Some(time(*seconds)),
        }
    }

    /// The text; nothing where it is none.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The decimal; nothing where it is none.
    #[must_use]
    pub fn decimal(&self) -> Option<Decimal> {
        if let Self::Decimal(value) = self { Some(*value) } else { None }
    }

    /// The whole number; nothing where it is none.
    #[must_use]
    pub fn whole(&self) -> Option<i64> {
        if let Self::Whole(value) = self { Some(*value) } else { None }
    }

    /// Yes or no; nothing where it is neither.
    #[must_use]
    pub fn bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// Its bytes, so that no two rows have the same.
    pub(crate) fn tell(&self, say: &mut impl FnMut(&[u8])) {
        match self.plain() {
            None => say(b"-\n"),
            Some(text) => {
                say(format!("{}:", text.len()).as_bytes());
                say(text.as_bytes());
                say(b"\n");
            }
        }
    }
}

/// A decimal in its one spelling: no trailing zeros, no minus before zero.
fn spelt(value: Decimal) -> String {
    let value = value.normalize();
    if value.is_zero() { "0".to_owned() } else { value.to_string() }
}

/// RFC 3339 in UTC. The civil date follows from the days since 1970 (Gregorian, 400 years of 146 097 days).
fn time(seconds: i64) -> String {
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let shifted = days + 719_468;
    let (era, day) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let of_era = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * of_era + of_era / 4 - of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{date:02}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
}

/// A decimal as a whole number of its column's smallest parts. Nothing is ever rounded.
pub(crate) fn unscaled(table: &Table, column: &Column, value: Decimal) -> Result<i128, Error> {
    let (scale, digits) = match column.kind {
        Kind::Quotient => (QUOTIENT_SCALE, QUOTIENT_DIGITS),
        _ => (MARK_SCALE, MARK_DIGITS),
    };
    let normal = value.normalize();
    let parts = scale.checked_sub(normal.scale()).and_then(|more| normal.mantissa().checked_mul(10_i128.pow(more)));
    parts.filter(|parts| parts.unsigned_abs() < 10_u128.pow(digits)).ok_or_else(|| Error::OutOfRange {
        table: table.name.to_owned(),
        column: column.name.to_owned(),
        value: value.to_string(),
    })
}

/// Refuses a row with a decimal that its column cannot hold exactly.
pub(crate) fn fits(table: &Table, row: &[Cell]) -> Result<(), Error> {
    let decimals = table.columns.iter().zip(row).filter_map(|(column, cell)| Some((column, cell.decimal()?)));
    decimals.into_iter().try_for_each(|(column, value)| unscaled(table, column, value).map(|_| ()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::{MARK, RESULT_SCORE};

    fn d(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn times_have_their_zone() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_795_370_399, "2026-11-22T17:59:59Z"),
            (-1, "1969-12-31T23:59:59Z"),
        ] {
            assert_eq!(time(seconds), text);
        }
    }

    #[test]
    fn decimals_are_exact_or_refused() {
        let mark = MARK.columns.iter().find(|column| column.name == "mark").unwrap();
        assert_eq!(unscaled(&MARK, mark, d("8.25")).unwrap(), 8_250_000);
        assert_eq!(unscaled(&MARK, mark, d("-0.500")).unwrap(), -500_000);
        assert!(matches!(unscaled(&MARK, mark, d("0.0000001")), Err(Error::OutOfRange { .. })));
        assert!(matches!(unscaled(&MARK, mark, d("1000000000000")), Err(Error::OutOfRange { .. })));
        let score = RESULT_SCORE.columns.iter().find(|column| column.name == "score").unwrap();
        let third = Decimal::from(100) / Decimal::from(3);
        assert_eq!(unscaled(&RESULT_SCORE, score, third).unwrap() % 10, third.mantissa() * 100 % 10);
    }

    #[test]
    fn different_rows_have_different_bytes() {
        let bytes = |row: &[Cell]| {
            let mut all = Vec::new();
            row.iter().for_each(|cell| cell.tell(&mut |bytes| all.extend_from_slice(bytes)));
            all
        };
        assert_ne!(bytes(&["a".into(), "b".into()]), bytes(&["ab".into(), "".into()]));
        assert_ne!(bytes(&[Cell::None]), bytes(&["".into()]));
    }
}
