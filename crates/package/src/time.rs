//! Unix seconds to calendar dates and back, in UTC.

use std::time::Duration;

use der::DateTime;

use crate::{Error, Result};

/// The calendar date and time of unix seconds; from 1970 to 9999.
pub(crate) fn date(time: i64) -> Result<DateTime> {
    let out_of_range = || Error::TimeOutOfRange { time };
    let seconds = u64::try_from(time).map_err(|_| out_of_range())?;
    DateTime::from_unix_duration(Duration::from_secs(seconds)).map_err(|_| out_of_range())
}

/// The same date and time some years on (29 February becomes 28).
pub(crate) fn years_later(now: i64, years: u16) -> Result<DateTime> {
    let from = date(now)?;
    let out_of_range = |_| Error::TimeOutOfRange { time: now };
    let on = |day| {
        let (year, month) = (from.year() + years, from.month());
        DateTime::new(year, month, day, from.hour(), from.minutes(), from.seconds())
    };
    on(from.day()).or_else(|_| on(28)).map_err(out_of_range)
}

/// Unix seconds of a calendar date and time.
pub(crate) fn unix(date: &DateTime) -> i64 {
    seconds(date.unix_duration())
}

/// Unix seconds of a duration since 1970.
pub(crate) fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}

/// Unix seconds as people read them, such as `2026-11-21T12:00:00Z`; what is no date stays a number.
pub(crate) fn text(time: i64) -> String {
    date(time).map_or_else(|_| time.to_string(), |date| date.to_string())
}
