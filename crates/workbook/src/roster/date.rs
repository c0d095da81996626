//! Dates of birth as rosters write them, and ages.

use crate::grid::{Day, Value};

/// Years that a roster can have.
const YEARS: std::ops::RangeInclusive<u16> = 1900..=2100;

/// A date of birth: the first and the last day that it can be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Born {
    pub first: Day,
    pub last: Day,
}

impl Born {
    /// Reads an Excel date, `1980-05-03`, `1980.5.3`, `1980/5/3`, `1980年5月3日`, `19800503`, and the same without a day.
    pub fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Date(day) => Self::of(day.year, day.month, Some(day.day)),
            Value::Text(text) => parse(text.trim()),
            // A spreadsheet drops the last nought of 1980.10, so that it looks like January.
            Value::Number(number) if number.ends_with(".1") => None,
            Value::Number(number) => parse(number),
            _ => None,
        }
    }

    fn of(year: u16, month: u8, on: Option<u8>) -> Option<Self> {
        let first = day((year, month, on.unwrap_or(1)))?;
        let last = day((year, month, on.unwrap_or_else(|| days(year, month))))?;
        Some(Self { first, last })
    }
}

fn parse(text: &str) -> Option<Born> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) && matches!(text.len(), 6 | 8) {
        let on = text.get(6..).filter(|on| !on.is_empty()).map(str::parse).transpose().ok()?;
        return Born::of(text.get(..4)?.parse().ok()?, text.get(4..6)?.parse().ok()?, on);
    }
    let has_units = text.contains('年');
    let text = text.replace('年', "-").replace('月', if text.contains('日') { "-" } else { "" }).replace('日', "");
    let parts: Vec<&str> = text.split(['-', '.', '/']).map(str::trim).collect();
    let plain = |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let alike = has_units || ['-', '.', '/'].iter().filter(|mark| text.contains(**mark)).count() == 1;
    if !alike || !parts.iter().all(plain) || parts.first().is_none_or(|year| year.len() != 4) {
        return None;
    }
    match parts.as_slice() {
        [year, month] => Born::of(year.parse().ok()?, month.parse().ok()?, None),
        [year, month, on] => Born::of(year.parse().ok()?, month.parse().ok()?, Some(on.parse().ok()?)),
        _ => None,
    }
}

/// A day that the calendar has.
pub fn day((year, month, day): (u16, u8, u8)) -> Option<Day> {
    let exists = YEARS.contains(&year) && (1..=12).contains(&month) && (1..=days(year, month)).contains(&day);
    exists.then_some(Day { year, month, day })
}

/// Days of a month.
fn days(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Full years from a day to a later one: a birthday counts on its day, that of 29 February on 1 March.
pub fn full_years(born: Day, on: Day) -> u16 {
    let not_yet = (on.month, on.day) < (born.month, born.day);
    on.year.saturating_sub(born.year).saturating_sub(u16::from(not_yet))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let born = Born::read(&Value::Text(text.to_owned()))?;
        Some(if born.first == born.last {
            born.first.to_string()
        } else {
            format!("{}…{}", born.first, born.last.day)
        })
    }

    #[test]
    fn dates_are_read_as_rosters_write_them() {
        let whole = ["1980-05-03", "1980.5.3", "1980/05/3", "1980年5月3日", "1980年05月03日", "19800503", " 1980-5-3 "];
        for text in whole {
            assert_eq!(read(text).as_deref(), Some("1980-05-03"), "{text}");
        }
        for text in ["1980-02", "1980.2", "1980年2月", "198002", "1980/02"] {
            assert_eq!(read(text).as_deref(), Some("1980-02-01…29"), "{text}");
        }
        let refused = [
            "",
            "1980",
            "80-5-3",
            "1980-13",
            "1981-02-29",
            "1980-5-",
            "1980-5/3",
            "５月",
            "1980年",
            "不详",
            "3.5.1980",
            "1880-01",
            "1980-5-3-1",
            "198005031",
            "1980-00",
            "-1980-5",
        ];
        for text in refused {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_that_lost_its_nought_is_refused() {
        let read = |number: &str| Born::read(&Value::Number(number.to_owned())).map(|born| born.first.month);
        assert_eq!(
            [read("1980.05"), read("1980.5"), read("1980.11"), read("1980.1")],
            [Some(5), Some(5), Some(11), None]
        );
        assert_eq!([read("19800503"), read("29343"), read("1980")], [Some(5), None, None]);
    }

    #[test]
    fn a_birthday_counts_on_its_day() {
        let years = |born, on| full_years(day(born).unwrap(), day(on).unwrap());
        assert_eq!(years((1980, 5, 3), (2025, 5, 2)), 44);
        assert_eq!(years((1980, 5, 3), (2025, 5, 3)), 45);
        assert_eq!(years((1980, 2, 29), (2025, 2, 28)), 44);
        assert_eq!(years((1980, 2, 29), (2025, 3, 1)), 45);
    }
}
