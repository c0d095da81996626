//! Editions of rubrics: what differs between two, in words.

use crate::problem::{Failure, Language, word};
use crate::view::{ChangeView, RubricDiff};
use crate::{Result, rubrics};
use rubric::{Change, Rubric};
use serde::Serialize;

/// What is said about editions besides the changes; its texts stand in `messages/edition.toml`.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum Said {
    /// Stands for a value that is not there.
    Absent,
    /// Two rubrics say the same.
    Same,
    /// They do not.
    Differences { count: usize },
    /// A local edition has another total.
    TotalChanged { old: String, new: String },
    /// It has the same.
    TotalKept { new: String },
}

impl Said {
    pub(crate) fn text(&self, language: Language) -> String {
        Failure::of("edition", self).problem(language).what
    }
}

/// What differs between two rubrics, each given by id or path.
///
/// # Errors
/// Unknown, unreadable or faulty rubrics.
pub fn diff(old: &str, new: &str, language: Language) -> Result<RubricDiff> {
    let (old, new) = (rubrics::load(old)?.rubric, rubrics::load(new)?.rubric);
    Ok(difference(&old, &new, language))
}

/// What differs between two rubrics.
#[must_use]
pub fn difference(old: &Rubric, new: &Rubric, language: Language) -> RubricDiff {
    let changes = rubric::diff(old, new);
    let said = if changes.is_empty() { Said::Same } else { Said::Differences { count: changes.len() } };
    RubricDiff {
        old: rubrics::summary(old),
        new: rubrics::summary(new),
        same: changes.is_empty(),
        text: said.text(language),
        changes: changes.iter().map(|change| view(change, language)).collect(),
    }
}

fn view(change: &Change, language: Language) -> ChangeView {
    let (kind, name) = change.subject();
    let (field, old, new) = match change {
        Change::Changed { field, old, new, .. } => (Some(field.clone()), old.clone(), new.clone()),
        Change::Renumbered { old, name, .. } => (Some("code".to_owned()), Some(old.clone()), Some(name.clone())),
        Change::Added { .. } | Change::Removed { .. } | Change::Reordered { .. } => (None, None, None),
    };
    ChangeView {
        change: <&str>::from(change).to_owned(),
        kind: <&str>::from(kind).to_owned(),
        name: name.to_owned(),
        title: change.title().to_owned(),
        field,
        old,
        new,
        text: text(change, language),
    }
}

/// A change in one line.
#[must_use]
pub fn text(change: &Change, language: Language) -> String {
    let (kind, _) = change.subject();
    let kind = word(&format!("edition.kind.{}", <&str>::from(kind)), language);
    let failure = Failure::of("edition", change).with("kind", kind).with("title", quoted(change.title(), language));
    let failure = match change {
        Change::Changed { field, old, new, .. } => {
            let value = |value: &Option<String>| match value {
                Some(value) => value.replace('\n', " "),
                None => Said::Absent.text(language),
            };
            failure.with("field", path(field, language)).with("old", value(old)).with("new", value(new))
        }
        _ => failure,
    };
    failure.problem(language).what
}

/// A title in quotation marks, cut where it is a whole text.
fn quoted(title: &str, language: Language) -> String {
    const SHOWN: usize = 30;
    let mut short: String = title.chars().take(SHOWN).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if title.chars().count() > SHOWN {
        short.push('…');
    }
    match language {
        _ if short.is_empty() => short,
        Language::Zh => format!("“{short}”"),
        Language::En => format!(" “{short}”"),
    }
}

/// A path of keys in words: `评分规则 1 · 分档 2 · 下限`.
fn path(field: &str, language: Language) -> String {
    let mut words: Vec<String> = Vec::new();
    for key in field.split('.') {
        match (key.parse::<u32>(), words.last_mut()) {
            (Ok(number), Some(list)) => list.push_str(&format!(" {number}")),
            _ => words.push(word(&format!("edition.key.{key}"), language)),
        }
    }
    words.join(" · ")
}
