//! Problems found while scoring, and their rectification (问题清单、整改): one list for each assessment.
//!
//! 附件9之9: 整改工作要须立行立改，在一年内完成。一年的期限，最长可按照书面通报结果时间延后一年计算。整改计划需要跟问题
//! 一一对应，落实到具体责任人、责任部门、完成时间。 What was found belongs to the sheet that found it and is fixed with it;
//! rectifying is work after that, so its part of a problem can always be changed.

use crate::error::Error;
use crate::schedule::read_day;
use crate::sheet::{self, Stage};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// Longest description, basis, measure or note of a problem, in characters. Holds a remark and what was deducted.
pub const TEXT_MAXIMUM: usize = 6000;
/// Longest name of a person or department, in characters.
pub const NAME_MAXIMUM: usize = 200;
/// Most problems of one assessment.
pub const PROBLEMS_MAXIMUM: usize = 5000;
/// What texts of a problem may hold besides what can be seen.
pub const MAY: [char; 2] = ['\n', '\t'];

/// A day, kept as `2022-09-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(Date);

impl Day {
    /// Reads a day as people write it: `2022-09-01`, `2022.9.1`, `2022/9/1` or `2022年9月1日`. An empty text is none.
    ///
    /// # Errors
    /// [`Error::BadDay`] for anything else.
    pub fn read(text: &str) -> Result<Option<Self>, Error> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let bad = || Error::BadDay { found: text.chars().take(40).collect() };
        let date = read_day(text).ok_or_else(bad)?;
        sheet::year(i32::from(date.year())).map_err(|_| bad())?;
        Ok(Some(Self(date)))
    }

    /// The same day one year later; the last of February where there is no 29th.
    #[must_use]
    pub fn one_year_later(self) -> Self {
        Self(self.0.saturating_add(1.year()))
    }

    /// Days from this one until another; negative when that is earlier.
    #[must_use]
    pub fn days_until(self, other: Self) -> i32 {
        self.0.until(other.0).map_or(0, |span| span.get_days())
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self(date)
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Self {
        day.0
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        let day = Self::read(&text)?.filter(|day| day.to_string() == text);
        day.ok_or(Error::BadDay { found: text.chars().take(40).collect() })
    }
}

/// How far the rectification of a problem is.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantNames,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Progress {
    /// 待整改
    #[default]
    Open,
    /// 整改中
    Doing,
    /// 已整改
    Done,
    /// 已核实: someone looked whether it was rectified (是否整改到位).
    Verified,
}

impl Progress {
    /// Whether somebody still has to do something until the deadline.
    #[must_use]
    pub fn is_due(self) -> bool {
        matches!(self, Self::Open | Self::Doing)
    }
}

/// What a problem stands out for; the sources know no degrees but 重点、难点 (特别是对重点、难点集中攻关).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantNames,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Emphasis {
    /// 重点
    Key,
    /// 难点
    Hard,
}

/// What was found; fixed with the sheet that found it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Found {
    /// Code of the point, indicator or adjustment.
    pub code: String,
    /// Its title, for an edition that has it no longer.
    pub title: String,
    /// 问题描述
    pub text: String,
    /// The sentence of the rubric that it rests on; may be empty.
    pub basis: String,
    /// 重点、难点
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emphasis: Option<Emphasis>,
}

/// A piece of the catalogue that shows the rectification; its name is kept for when the piece is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Piece {
    /// Its identifier in the catalogue.
    pub id: String,
    /// Its name when it was referred to.
    pub name: String,
}

/// What is done about a problem (落实到具体责任人、责任部门、完成时间).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// 整改措施
    pub measure: String,
    /// 责任人
    pub person: String,
    /// 责任部门
    pub department: String,
    /// 完成时间
    pub deadline: Option<Day>,
    /// How far it is.
    pub progress: Progress,
    /// 完成情况
    pub note: String,
    /// What shows it.
    pub evidence: Vec<Piece>,
}

impl Plan {
    /// What 附件9之9 asks for and is not there yet: the names of the fields.
    #[must_use]
    pub fn lacking(&self) -> Vec<&'static str> {
        let fields = [
            ("measure", self.measure.is_empty()),
            ("department", self.department.is_empty()),
            ("person", self.person.is_empty()),
            ("deadline", self.deadline.is_none()),
        ];
        fields.into_iter().filter(|(_, lacks)| *lacks).map(|(name, _)| name).collect()
    }
}

/// Who noted a problem, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noted {
    /// The sheet that it was noted on.
    pub sheet: String,
    /// Its stage.
    pub stage: Stage,
    /// Its assessor.
    pub assessor: String,
    /// The day, where it was noted.
    pub on: Day,
    /// The time, RFC 3339 in UTC.
    pub at: String,
}

/// Where a problem of an earlier round comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Its identifier there.
    pub problem: String,
    /// The year of that round.
    pub year: i32,
    /// Whether nobody has looked at its state in this round yet.
    pub unverified: bool,
}

/// A problem of an assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// Its identifier.
    pub id: String,
    /// What was found.
    pub found: Found,
    /// What is done about it.
    pub plan: Plan,
    /// Who noted it.
    pub noted: Noted,
    /// The earlier round that it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// When it was changed last, RFC 3339 in UTC.
    pub changed_at: String,
}

impl Problem {
    /// The last day that a deadline may be: one year after the written notice (书面通报结果时间) where there is one, else
    /// after the day when the problem was noted.
    #[must_use]
    pub fn latest(&self, notified: Option<Day>) -> Day {
        notified.unwrap_or(self.noted.on).one_year_later()
    }

    /// Refuses a deadline beyond [`Problem::latest`], or before the problem was known.
    ///
    /// # Errors
    /// [`Error::DeadlineLate`] or [`Error::DeadlineEarly`].
    pub fn require_deadline(&self, deadline: Day, notified: Option<Day>) -> Result<(), Error> {
        let (on, latest) = (self.noted.on, self.latest(notified));
        let first = notified.map_or(on, |notified| notified.min(on));
        let (found, from) = (deadline.to_string(), notified.unwrap_or(on).to_string());
        if deadline > latest {
            return Err(Error::DeadlineLate { found, from, latest: latest.to_string() });
        }
        if deadline < first {
            return Err(Error::DeadlineEarly { found, first: first.to_string() });
        }
        Ok(())
    }

    /// Checks the texts; each is named when it does not fit.
    ///
    /// # Errors
    /// [`Error::BadText`].
    pub fn require_texts(&self) -> Result<(), Error> {
        let (found, plan) = (&self.found, &self.plan);
        if found.text.trim().is_empty() {
            let (field, unfit) = ("problem".to_owned(), crate::Unfit::Empty);
            return Err(Error::BadText { field, unfit, count: 0, most: TEXT_MAXIMUM });
        }
        let texts =
            [("problem", &found.text), ("basis", &found.basis), ("measure", &plan.measure), ("progress", &plan.note)];
        texts.iter().try_for_each(|(field, text)| sheet::fits(field, text, TEXT_MAXIMUM, &MAY))?;
        let names = [("person", &plan.person), ("department", &plan.department)];
        names.iter().try_for_each(|(field, text)| sheet::fits(field, text, NAME_MAXIMUM, &[]))
    }
}

/// The list of an assessment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// When the result was given notice of in writing (书面通报结果时间).
    pub notified: Option<Day>,
    /// By identifier.
    pub problems: BTreeMap<String, Problem>,
}

/// `problems.json` of a package: the list with what was rectified so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListFile {
    /// [`crate::exchange::FORMAT`].
    pub format: u32,
    /// 书面通报结果时间.
    pub notified: Option<Day>,
    /// The problems, in the order of their identifiers.
    pub problems: Vec<Problem>,
}

/// One thing that is kept of a list: a problem under its identifier, or the day of the notice under [`NOTICE`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListEntry {
    /// Identifier, or [`NOTICE`].
    pub key: String,
    /// JSON; `None` removes it.
    pub value: Option<String>,
}

/// Key of the day of the notice.
pub const NOTICE: &str = "notified";

impl ListEntry {
    /// A problem as it is to be kept.
    #[must_use]
    pub fn of(problem: &Problem) -> Self {
        let value = serde_json::to_string(problem).expect("a problem is plain data");
        Self { key: problem.id.clone(), value: Some(value) }
    }

    /// The removal of a problem.
    #[must_use]
    pub fn removal(id: &str) -> Self {
        Self { key: id.to_owned(), value: None }
    }

    /// The day of the notice as it is to be kept.
    #[must_use]
    pub fn notice(day: Option<Day>) -> Self {
        let value = day.map(|day| serde_json::to_string(&day).expect("a day is plain data"));
        Self { key: NOTICE.to_owned(), value }
    }
}

impl FromIterator<ListEntry> for List {
    /// What cannot be read was refused before it was stored; what got in otherwise is left out.
    fn from_iter<T: IntoIterator<Item = ListEntry>>(entries: T) -> Self {
        let mut list = Self::default();
        for ListEntry { key, value } in entries {
            let Some(value) = value else { continue };
            if key == NOTICE {
                list.notified = serde_json::from_str(&value).ok();
            } else if let Ok(problem) = serde_json::from_str::<Problem>(&value) {
                list.problems.insert(key, problem);
            }
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::read(text).unwrap().unwrap()
    }

    fn problem() -> Problem {
        Problem {
            id: "1".repeat(32),
            found: Found {
                code: "4.5.1".into(),
                title: "考务".into(),
                text: "巡考记录缺两次".into(),
                basis: String::new(),
                emphasis: Some(Emphasis::Key),
            },
            plan: Plan::default(),
            noted: Noted {
                sheet: "2".repeat(32),
                stage: Stage::Review,
                assessor: "周宁".into(),
                on: day("2022-04-26"),
                at: "2022-04-26T08:00:00Z".into(),
            },
            origin: None,
            changed_at: "2022-04-26T08:00:00Z".into(),
        }
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in ["2022-09-01", "2022.9.1", "2022/9/01", " 2022年9月1日 "] {
            assert_eq!(day(text).to_string(), "2022-09-01", "{text}");
        }
        for text in ["2022", "2022-9", "2022-13-01", "2022-02-30", "22-9-1", "1999-1-1", "2022-9-1-1", "年底"] {
            assert!(Day::read(text).is_err(), "{text}");
        }
        assert_eq!(Day::read(" "), Ok(None));
        assert!(serde_json::from_str::<Day>("\"2022-9-1\"").is_err(), "files have one spelling");
    }

    #[test]
    fn a_year_counts_from_the_written_notice() {
        let problem = problem();
        let refused =
            |deadline, notified: Option<&str>| problem.require_deadline(day(deadline), notified.map(day)).err();
        assert_eq!(refused("2023-04-26", None), None);
        assert_eq!(
            refused("2023-04-27", None),
            Some(Error::DeadlineLate {
                found: "2023-04-27".into(),
                from: "2022-04-26".into(),
                latest: "2023-04-26".into()
            })
        );
        assert_eq!(refused("2023-04-27", Some("2022-06-10")), None, "最长可按照书面通报结果时间延后一年计算");
        assert!(refused("2023-06-11", Some("2022-06-10")).is_some());
        assert!(refused("2022-04-25", None).is_some(), "before it was known");
        assert_eq!(day("2024-02-29").one_year_later(), day("2025-02-28"));
    }

    #[test]
    fn long_texts_and_empty_ones_are_named() {
        let mut long = problem();
        long.found.text = "长".repeat(TEXT_MAXIMUM + 1);
        assert!(matches!(long.require_texts(), Err(Error::BadText { field, .. }) if field == "problem"));
        let mut empty = problem();
        empty.found.text = " \n".into();
        assert!(empty.require_texts().is_err());
        let mut person = problem();
        person.plan.person = "张三\u{7}".into();
        assert!(matches!(person.require_texts(), Err(Error::BadText { field, .. }) if field == "person"));
        assert_eq!(problem().plan.lacking(), ["measure", "department", "person", "deadline"]);
    }

    #[test]
    fn a_list_is_kept_by_entries() {
        let kept: List = [ListEntry::of(&problem()), ListEntry::notice(Some(day("2022-06-10")))].into_iter().collect();
        assert_eq!(kept.notified, Some(day("2022-06-10")));
        assert_eq!(kept.problems.values().collect::<Vec<_>>(), [&problem()]);
    }
}
