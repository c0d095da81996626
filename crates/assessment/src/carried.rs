//! What a sheet takes over from the last round (沿用上轮): it waits at its point and counts for nothing until a person of
//! this round confirms it.

use crate::record::{Entry, EntryKind, JOINT, Records};
use serde::{Deserialize, Serialize};

/// What waits at a point; the value of an entry of the kind [`EntryKind::Carried`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carried {
    /// Which round, in words.
    pub from: String,
    /// The mark that it came to there.
    pub mark: Option<String>,
    /// The remark there.
    pub remark: String,
    /// What was entered there.
    entries: Vec<CarriedEntry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CarriedEntry {
    kind: String,
    code: String,
    value: String,
}

impl Carried {
    /// What the records of the last round hold of a point and its conditions. A doubt was that round's and stays there.
    #[must_use]
    pub fn of(records: &Records, code: &str, limits: &[&str], from: &str, mark: &str) -> Self {
        const KINDS: [EntryKind; 5] =
            [EntryKind::Mark, EntryKind::Part, EntryKind::Quantity, EntryKind::Condition, EntryKind::Remark];
        let mut entries = Vec::new();
        for kind in KINDS {
            let here = |found: &str| match kind {
                EntryKind::Condition => limits.contains(&found),
                _ => found.split(JOINT).next() == Some(code),
            };
            entries.extend(records.of(kind).filter(|(found, _)| here(found)).map(|(found, value)| CarriedEntry {
                kind: <&str>::from(kind).to_owned(),
                code: found.to_owned(),
                value: value.to_owned(),
            }));
        }
        let remark = records.get(EntryKind::Remark, code).unwrap_or_default().to_owned();
        Self { from: from.to_owned(), mark: Some(mark.to_owned()), remark, entries }
    }

    /// The entries that confirming it makes.
    pub fn entries(&self) -> impl Iterator<Item = Entry> {
        self.entries.iter().filter_map(|entry| {
            let kind = entry.kind.parse().ok()?;
            Some(Entry { kind, code: entry.code.clone(), value: Some(entry.value.clone()) })
        })
    }

    /// The entry that lets it wait at a point.
    #[must_use]
    pub fn entry(&self, code: &str) -> Entry {
        let value = serde_json::to_string(self).expect("what is carried over is plain data");
        Entry { kind: EntryKind::Carried, code: code.to_owned(), value: Some(value) }
    }
}
