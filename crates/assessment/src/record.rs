//! What an assessor enters on a sheet, as small named entries that can be stored, compared and undone one by one.

use rubric::decimal;
use rubric::{Finding, Findings};
use std::collections::BTreeMap;

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum EntryKind {
    /// A mark on a point; the value is a decimal.
    Mark,
    /// A decision on a condition; the value is `true` or `false`.
    Condition,
    /// A remark (意见) on a point.
    Remark,
    /// A doubt (疑问) on a point; the value is `true`.
    Doubt,
}

/// One entry: what it is about, and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The kind.
    pub kind: EntryKind,
    /// Code of the point or condition.
    pub code: String,
    /// The value; `None` removes the entry.
    pub value: Option<String>,
}

/// All entries of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    values: BTreeMap<(EntryKind, String), String>,
}

impl Records {
    /// Sets or removes an entry and returns the one that undoes it.
    pub fn apply(&mut self, entry: Entry) -> Entry {
        let key = (entry.kind, entry.code);
        let old = match entry.value {
            Some(value) => self.values.insert(key.clone(), value),
            None => self.values.remove(&key),
        };
        Entry { kind: key.0, code: key.1, value: old }
    }

    /// The value of an entry.
    #[must_use]
    pub fn get(&self, kind: EntryKind, code: &str) -> Option<&str> {
        self.values.get(&(kind, code.to_owned())).map(String::as_str)
    }

    /// All entries of a kind, by code.
    pub fn of(&self, kind: EntryKind) -> impl Iterator<Item = (&str, &str)> {
        self.values
            .iter()
            .filter(move |((k, _), _)| *k == kind)
            .map(|((_, code), value)| (code.as_str(), value.as_str()))
    }

    /// The findings that the engine scores. A value that cannot be read was refused before it was stored; one
    /// that got in otherwise is left out, so its point shows as unscored.
    #[must_use]
    pub fn findings(&self) -> Findings {
        let mark = |(code, value): (&str, &str)| Some((code.to_owned(), Finding::Mark(decimal::parse(value)?)));
        Findings {
            points: self.of(EntryKind::Mark).filter_map(mark).collect(),
            limits: self.of(EntryKind::Condition).map(|(code, value)| (code.to_owned(), value == "true")).collect(),
        }
    }
}

impl FromIterator<Entry> for Records {
    fn from_iter<T: IntoIterator<Item = Entry>>(entries: T) -> Self {
        let mut records = Self::default();
        for entry in entries {
            records.apply(entry);
        }
        records
    }
}
