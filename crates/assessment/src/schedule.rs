//! The schedule (进度安排) of an assessment, as 附件2 prints it.

use jiff::civil::Date;

/// How far a step of a schedule is, as a person says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum ScheduleState {
    /// 未开始
    #[default]
    Open,
    /// 进行中
    Doing,
    /// 已完成
    Done,
}

/// How far a step of a schedule is on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// 未开始
    Open,
    /// 进行中
    Doing,
    /// 已完成
    Done,
    /// 逾期
    Overdue,
}

/// From a day to a day, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub start: Date,
    /// The last day.
    pub end: Date,
}

impl Period {
    /// The period of a time as schedules print it: `2021.10.26`, `2021.10.8-11.30`, `2022.4.20-4.26`, `2021.12-2022.7.10`,
    /// `2022.9`, `2022年9月1日—10日`. A month without days is the whole month.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = plain(text);
        let (first, last) = match text.split_once('-') {
            Some((first, last)) => (first, Some(last)),
            None => (text.as_str(), None),
        };
        let first = numbers(first)?;
        let (year, month) = (*first.first()?, *first.get(1)?);
        if first.len() > 3 || !(1900..=2200).contains(&year) {
            return None;
        }
        let begins = (year, month, first.get(2).copied());
        let ends = match last.map(numbers) {
            None => begins,
            Some(last) => end(begins, &last?)?,
        };
        let period = Self { start: day(begins, true)?, end: day(ends, false)? };
        (period.start <= period.end).then_some(period)
    }
}

impl ScheduleState {
    /// How far a step is on a day: what a person said of it, and its dates where they say more.
    #[must_use]
    pub fn on(self, period: Option<Period>, today: Date) -> Standing {
        match (self, period) {
            (Self::Done, _) => Standing::Done,
            (_, Some(period)) if today > period.end => Standing::Overdue,
            (Self::Doing, _) => Standing::Doing,
            (Self::Open, Some(period)) if today >= period.start => Standing::Doing,
            (Self::Open, _) => Standing::Open,
        }
    }
}

/// A single day: `2022.7.10`, `2022-07-10`, `2022年7月10日`.
#[must_use]
pub fn read_day(text: &str) -> Option<Date> {
    let text = text.trim().replace('-', ".");
    let numbers = numbers(&plain(&text))?;
    match numbers[..] {
        [year, month, day] if (1900..=2200).contains(&year) => self::day((year, month, Some(day)), true),
        _ => None,
    }
}

/// A day as schedules print it, `2022.7.10`.
#[must_use]
pub fn show_day(day: Date) -> String {
    format!("{}.{}.{}", day.year(), day.month(), day.day())
}

/// One spelling of digits, stops and dashes; nothing else but what cannot be a date.
fn plain(text: &str) -> String {
    let sign = |sign: char| match sign {
        '０'..='９' => char::from_digit(u32::from(sign) - u32::from('０'), 10),
        '．' | '。' | '、' | '/' | '／' | '年' | '月' => Some('.'),
        '–' | '—' | '－' | '~' | '～' | '至' | '到' | '―' => Some('-'),
        '日' | '号' => None,
        _ if sign.is_whitespace() => None,
        _ => Some(sign),
    };
    let text: String = text.chars().filter_map(sign).collect();
    text.replace("--", "-")
}

fn numbers(text: &str) -> Option<Vec<i16>> {
    text.trim_matches('.').split('.').map(|number| number.parse().ok().filter(|number| *number > 0)).collect()
}

/// Where a period ends that is written short: what is left out is as at its beginning.
fn end((year, month, day): (i16, i16, Option<i16>), last: &[i16]) -> Option<(i16, i16, Option<i16>)> {
    Some(match *last {
        [year, month] if year >= 1900 => (year, month, None),
        [year, month, day] => (year, month, Some(day)),
        [month, day] => (year, month, Some(day)),
        [last] if day.is_some() => (year, month, Some(last)),
        [last] => (year, last, None),
        _ => return None,
    })
}

/// The day; of a month its first or last.
fn day((year, month, day): (i16, i16, Option<i16>), first: bool) -> Option<Date> {
    let date = |day: i16| Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok();
    match day {
        Some(day) => date(day),
        None if first => date(1),
        None => date(1).map(Date::last_of_month),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn times_as_the_source_prints_them() {
        let cases = [
            ("2021.10．26", date(2021, 10, 26), date(2021, 10, 26)),
            ("2021.10.8-11.30", date(2021, 10, 8), date(2021, 11, 30)),
            ("2021.12-2022.7.10", date(2021, 12, 1), date(2022, 7, 10)),
            ("2022.1-2022.3", date(2022, 1, 1), date(2022, 3, 31)),
            ("2022.4", date(2022, 4, 1), date(2022, 4, 30)),
            ("2022.4.6-16", date(2022, 4, 6), date(2022, 4, 16)),
            ("2022.9-10", date(2022, 9, 1), date(2022, 10, 31)),
            ("2022年9月1日—10日", date(2022, 9, 1), date(2022, 9, 10)),
            ("２０２４年２月", date(2024, 2, 1), date(2024, 2, 29)),
            (" 2022 . 6 . 30 ", date(2022, 6, 30), date(2022, 6, 30)),
        ];
        for (text, start, end) in cases {
            assert_eq!(Period::read(text), Some(Period { start, end }), "{text}");
        }
        for text in ["", "随时", "2022", "2022.13", "2022.2.30", "2022.9-2022.1", "6.30", "1.2.3.4", "2022.0"] {
            assert_eq!(Period::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_step_stands_by_its_dates_unless_it_is_done() {
        let period = Period::read("2022.4.6-4.16");
        let before = date(2022, 4, 5);
        assert_eq!(ScheduleState::Open.on(period, before), Standing::Open);
        assert_eq!(ScheduleState::Doing.on(period, before), Standing::Doing);
        assert_eq!(ScheduleState::Open.on(period, date(2022, 4, 16)), Standing::Doing);
        assert_eq!(ScheduleState::Doing.on(period, date(2022, 4, 17)), Standing::Overdue);
        assert_eq!(ScheduleState::Done.on(period, date(2022, 4, 17)), Standing::Done);
        assert_eq!(ScheduleState::Open.on(None, before), Standing::Open);
    }

    #[test]
    fn single_days() {
        for text in ["2022.7.10", "2022-07-10", "2022年7月10日", " 2022/7/10 "] {
            assert_eq!(read_day(text), Some(date(2022, 7, 10)), "{text}");
        }
        for text in ["", "7.10", "2022.7", "2022.7.32", "月底"] {
            assert_eq!(read_day(text), None, "{text}");
        }
        assert_eq!(show_day(date(2022, 7, 1)), "2022.7.1");
    }
}
