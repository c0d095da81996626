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

/// Unix seconds of a duration since 1970.
pub(crate) fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}

/// Unix seconds as people read them, such as `2026-11-21T12:00:00Z`; what is no date stays a number.
pub(crate) fn text(time: i64) -> String {
    date(time).map_or_else(|_| time.to_string(), |date| date.to_string())
}
