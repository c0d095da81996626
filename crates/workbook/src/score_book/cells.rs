//! A cell as a person filled it in, as the text that its slot shows for the same value.

use super::slots::Shape;
use crate::error::Error;
use crate::grid::{Grid, Value};
use rubric::decimal::{is_small, show};
use rust_decimal::Decimal;

/// Digits that a spreadsheet shows of a number; what lies beyond them is left by binary floating point.
const SHOWN_DIGITS: u32 = 15;

/// The text of a cell; empty when it is blank.
///
/// # Errors
/// What the slot cannot hold, with the cell.
pub fn read(shape: &Shape, value: Option<&Value>, cell: &str) -> Result<String, Error> {
    let Some(value) = value else { return Ok(String::new()) };
    match shape {
        Shape::Text => text(value, cell),
        Shape::Mark(_) | Shape::Number(_) => number(value, cell).map(show),
        Shape::Count => count(value, cell),
        Shape::Choice(_) | Shape::Conformity | Shape::Tick(_) => word(&shape.words(), value, cell),
    }
}

/// A text as it is; numbers and dates in their spelling.
pub fn text(value: &Value, cell: &str) -> Result<String, Error> {
    match value {
        Value::Text(text) => Ok(text.trim().to_owned()),
        Value::Number(number) => Ok(number.clone()),
        Value::Date(day) => Ok(day.to_string()),
        other => Err(refused(other, cell)),
    }
}

/// A number, also when it was written as a text or in full-width characters.
pub fn number(value: &Value, cell: &str) -> Result<Decimal, Error> {
    let (written, is_text) = match value {
        Value::Text(text) => (half_width(text.trim()), true),
        Value::Number(number) => (number.clone(), false),
        Value::Date(day) => return Err(Error::DateCell { cell: cell.to_owned(), found: day.to_string() }),
        other => return Err(refused(other, cell)),
    };
    let found = || written.clone();
    let read = if is_text { rubric::decimal::parse(&written) } else { shown_number(&written) };
    let number = read.ok_or_else(|| Error::NotANumber { cell: cell.to_owned(), found: found() })?;
    if is_small(number) { Ok(number) } else { Err(Error::Inexact { cell: cell.to_owned(), found: found() }) }
}

/// The number that the spreadsheet shows: `0.30000000000000004` stands there as 0.3.
fn shown_number(written: &str) -> Option<Decimal> {
    let plain = written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-');
    let number = Decimal::from_str_exact(written).ok().filter(|_| plain)?;
    number.round_sf(SHOWN_DIGITS).map(|number| number.normalize())
}

fn count(value: &Value, cell: &str) -> Result<String, Error> {
    let number = number(value, cell)?;
    let whole = number.fract().is_zero() && u32::try_from(number).is_ok();
    if whole { Ok(show(number)) } else { Err(Error::NotWhole { cell: cell.to_owned(), found: show(number) }) }
}

fn word(words: &[&str], value: &Value, cell: &str) -> Result<String, Error> {
    let found = text(value, cell)?;
    if words.contains(&found.as_str()) {
        return Ok(found);
    }
    Err(Error::UnknownWord { cell: cell.to_owned(), found, allowed: words.join("、") })
}

fn refused(value: &Value, cell: &str) -> Error {
    let cell = cell.to_owned();
    match value {
        Value::Error(found) => Error::ErrorValue { cell, found: found.clone() },
        Value::Unvalued => Error::NoValue { cell },
        Value::Flag(flag) => Error::WrongKind { cell, found: if *flag { "TRUE" } else { "FALSE" }.to_owned() },
        Value::Duration(found) | Value::Text(found) | Value::Number(found) => {
            Error::WrongKind { cell, found: found.clone() }
        }
        Value::Date(day) => Error::WrongKind { cell, found: day.to_string() },
    }
}

/// Digits, point and minus in their half-width form.
fn half_width(text: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '．' => '.',
        '－' | '−' => '-',
        other => other,
    };
    text.chars().map(narrow).collect()
}

/// What the program wrote into a hidden cell.
pub fn own(grid: &Grid, at: crate::grid::At) -> String {
    match grid.cell(at) {
        Some(Value::Text(text) | Value::Number(text)) => text.trim().to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_one_that_is_shown() {
        let read = |value: &Value| number(value, "评分!F4").map(show);
        let of = |text: &str| Value::Number(text.to_owned());
        let written = |text: &str| Value::Text(text.to_owned());
        assert_eq!(read(&of("0.1")).as_deref(), Ok("0.1"));
        assert_eq!(read(&of("0.30000000000000004")).as_deref(), Ok("0.3"));
        assert_eq!(read(&of("2.9999999999999996")).as_deref(), Ok("3"));
        assert_eq!(read(&written(" ４．５ ")).as_deref(), Ok("4.5"));
        assert_eq!(read(&written("－2")).as_deref(), Ok("-2"));
        for bad in [of("0.3333333333333333"), of("1e300"), written("8分"), written("1,000"), written("85%")] {
            assert!(read(&bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn what_is_no_value_is_refused_by_cell() {
        let cell = "评分!F4";
        let count = |text: &str| read(&Shape::Count, Some(&Value::Number(text.to_owned())), cell);
        assert_eq!(count("3").as_deref(), Ok("3"));
        assert_eq!(count("3.5"), Err(Error::NotWhole { cell: cell.into(), found: "3.5".into() }));
        assert_eq!(read(&Shape::Count, Some(&Value::Unvalued), cell), Err(Error::NoValue { cell: cell.into() }));
        let flag = read(&Shape::Conformity, Some(&Value::Flag(true)), cell);
        assert_eq!(flag, Err(Error::WrongKind { cell: cell.into(), found: "TRUE".into() }));
    }
}
