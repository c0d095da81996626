//! What an assessor enters on a sheet, as small named entries that can be stored, compared and undone one by one.

use crate::sheet::Stage;
use crate::verdict::Judgement;
use rubric::{Finding, Findings, Measured, Rubric, decimal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum EntryKind {
    /// A mark on a point as a whole: its only finding, or in place of what its findings give; a decimal.
    Mark,
    /// A finding for one part of a point or adjustment; code and number from 1, joined by `#`; JSON.
    Part,
    /// A quantity recorded at a point, indicator or adjustment; code and name, joined by `#`; JSON of [`Figure`].
    Quantity,
    /// A decision on a condition; the value is `true` or `false`.
    Condition,
    /// A remark (意见) on a point.
    Remark,
    /// A doubt (疑问) on a point; the value is `true`.
    Doubt,
    /// A verdict (核验) on a piece of evidence, by its identifier; JSON of [`Judgement`].
    Verdict,
    /// What the last round had at a point (沿用上轮), until it is confirmed; JSON of [`crate::Carried`].
    Carried,
}

impl EntryKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Mark,
        Self::Part,
        Self::Quantity,
        Self::Condition,
        Self::Remark,
        Self::Doubt,
        Self::Verdict,
        Self::Carried,
    ];
}

/// Joins a code and what stands under it; no code contains the sign.
pub const JOINT: char = '#';

/// Code of an entry for a part (`number` from 1) or a quantity.
#[must_use]
pub fn joined(code: &str, inner: &str) -> String {
    format!("{code}{JOINT}{inner}")
}

/// A quantity as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Its value, a decimal.
    pub value: String,
    /// How a table gave it, in words; `None` when it was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
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

    /// All entries under codes of a kind that joins two, as (code, inner, value).
    pub fn joined(&self, kind: EntryKind) -> impl Iterator<Item = (&str, &str, &str)> {
        self.of(kind).filter_map(|(code, value)| code.rsplit_once(JOINT).map(|(code, inner)| (code, inner, value)))
    }

    /// The verdicts on pieces of evidence, by their identifiers.
    pub fn judgements(&self) -> impl Iterator<Item = (&str, Judgement)> {
        self.of(EntryKind::Verdict).filter_map(|(id, value)| Some((id, serde_json::from_str(value).ok()?)))
    }

    /// The findings that the engine scores under a rubric. A value that cannot be read was refused before it was
    /// stored; one that got in otherwise is left out, so its point shows as unscored.
    ///
    /// A direct mark needs a reason from experts, not in a self-evaluation (`docs/decisions/0007`).
    #[must_use]
    pub fn findings(&self, rubric: &Rubric, stage: Stage) -> Findings {
        let mut findings = Findings {
            direct_needs_reason: stage != Stage::SelfEvaluation,
            limits: self.of(EntryKind::Condition).map(|(code, value)| (code.to_owned(), value == "true")).collect(),
            reasons: self.of(EntryKind::Remark).map(|(code, text)| (code.to_owned(), text.to_owned())).collect(),
            ..Findings::default()
        };
        for (code, value) in self.of(EntryKind::Mark) {
            if let Some(mark) = decimal::parse(value) {
                findings.points.insert(code.to_owned(), Finding::mark(mark));
            }
        }
        for (code, number, value) in self.joined(EntryKind::Part) {
            let of_point = rubric.point(code).map(|(_, point)| point.parts.len());
            let parts = of_point.or_else(|| rubric.adjustment(code).map(|adjustment| adjustment.parts.len()));
            let index = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let (Some(parts), Some(index)) = (parts, index) else {
                continue;
            };
            let list = if of_point.is_some() {
                &mut findings.points.entry(code.to_owned()).or_default().parts
            } else {
                findings.adjustments.entry(code.to_owned()).or_default()
            };
            list.resize(parts, None);
            if let (Some(place), Ok(finding)) = (list.get_mut(index), serde_json::from_str(value)) {
                *place = Some(finding);
            }
        }
        for (code, name, value) in self.joined(EntryKind::Quantity) {
            let figure = serde_json::from_str::<Figure>(value).ok();
            let measured = figure.and_then(|f| Some(Measured { value: decimal::parse(&f.value)?, source: f.source }));
            if let Some(measured) = measured {
                findings.quantities.entry(code.to_owned()).or_default().insert(name.to_owned(), measured);
            }
        }
        findings
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
