//! What differs between two rubrics, such as two editions of one: entry by entry, key by key.

use crate::model::Rubric;
use crate::write::quoted;
use serde::Serialize;
use toml::de::{DeTable, DeValue};

/// What a change is about: the kinds of entry that a rubric file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, strum::IntoStaticStr, strum::VariantNames)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Kind {
    /// The rubric as a whole.
    Rubric,
    /// A printed note.
    Note,
    /// A reading.
    Reading,
    /// A grade line.
    Grade,
    /// A condition on grades.
    GradeCondition,
    /// A veto over the whole.
    Veto,
    /// A category.
    Category,
    /// A quantity.
    Quantity,
    /// A conversion.
    Conversion,
    /// An indicator.
    Indicator,
    /// A point.
    Point,
    /// A condition.
    Limit,
    /// An adjustment.
    Adjustment,
}

/// Every key that a path in [`Change::Changed`] may have, besides numbers from 1 that count in a list; `under` is the
/// indicator, point or adjustment under which an entry stands. `source.parts` are
/// the parts of the source that were used, not those of a rule.
pub const KEYS: &[&str] = &[
    "acts_on",
    "amount",
    "assisting",
    "at_least",
    "at_most",
    "award",
    "bands",
    "base",
    "basis",
    "below",
    "cap",
    "category",
    "code",
    "codes",
    "coefficient",
    "collection",
    "conclusion",
    "date",
    "departments",
    "digest",
    "document",
    "each_most",
    "edition",
    "effect",
    "every",
    "fewer_than",
    "formula",
    "from",
    "gap",
    "grades",
    "guidance",
    "id",
    "indicator",
    "issuer",
    "items",
    "kind",
    "lead",
    "level",
    "line",
    "local",
    "max",
    "method",
    "modality",
    "most",
    "name",
    "name_en",
    "note",
    "number",
    "of",
    "on_sheet",
    "open",
    "otherwise",
    "parent",
    "partial_step",
    "parts",
    "period",
    "printed_in",
    "reading",
    "reason",
    "rounding",
    "scope",
    "section",
    "sentence",
    "shape",
    "side",
    "source",
    "source.parts",
    "status",
    "step",
    "step_sentence",
    "steps",
    "suggests",
    "takes",
    "text",
    "title",
    "title_en",
    "to",
    "total",
    "under",
    "unit",
    "value",
    "weights",
    "when",
    "whole",
    "years",
];

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, strum::IntoStaticStr, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Change {
    /// An entry that only the new rubric has.
    Added {
        /// What it is.
        kind: Kind,
        /// Its code, name or number.
        name: String,
        /// Its title or text.
        title: String,
    },
    /// An entry that only the old rubric has.
    Removed {
        /// What it is.
        kind: Kind,
        /// Its code, name or number.
        name: String,
        /// Its title or text.
        title: String,
    },
    /// The same text under another code.
    Renumbered {
        /// What it is.
        kind: Kind,
        /// Its old code or number.
        old: String,
        /// Its new code or number.
        name: String,
        /// Its title or text.
        title: String,
    },
    /// Another value.
    Changed {
        /// What it is.
        kind: Kind,
        /// Its code, name or number; the new one where it was renumbered.
        name: String,
        /// Its title or text.
        title: String,
        /// The key, or a path such as `parts.1.bands.2.from`.
        field: String,
        /// The old value as the file has it; `None` when it is new.
        old: Option<String>,
        /// The new value; `None` when it is gone.
        new: Option<String>,
    },
    /// Entries that both have stand in another order.
    Reordered {
        /// What they are.
        kind: Kind,
    },
}

impl Change {
    /// What it is about: kind, and code, name or number.
    #[must_use]
    pub fn subject(&self) -> (Kind, &str) {
        match self {
            Self::Added { kind, name, .. }
            | Self::Removed { kind, name, .. }
            | Self::Renumbered { kind, name, .. }
            | Self::Changed { kind, name, .. } => (*kind, name),
            Self::Reordered { kind } => (*kind, ""),
        }
    }

    /// Title or text of what it is about; empty where that has none.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::Added { title, .. }
            | Self::Removed { title, .. }
            | Self::Renumbered { title, .. }
            | Self::Changed { title, .. } => title,
            Self::Reordered { .. } => "",
        }
    }
}

/// All differences: by kind, what is gone first, then in the order of the new rubric. Comments and layout of the
/// files do not count.
#[must_use]
pub fn diff(old: &Rubric, new: &Rubric) -> Vec<Change> {
    // Both are compared as they are written: every key of the format, and nothing twice.
    let (old, new) = (old.to_toml(), new.to_toml());
    let (old, new) = (tables(&old), tables(&new));
    let (old, new) = (entries(&old), entries(&new));
    let mut kinds: Vec<Kind> = old.iter().chain(&new).map(|entry| entry.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.into_iter().flat_map(|kind| diff_kind(kind, &of_kind(&old, kind), &of_kind(&new, kind))).collect()
}

fn of_kind<'a, 'b>(entries: &'b [Entry<'a>], kind: Kind) -> Vec<&'b Entry<'a>> {
    entries.iter().filter(|entry| entry.kind == kind).collect()
}

fn tables(text: &str) -> DeTable<'_> {
    DeTable::parse(text).expect("a rubric is written as TOML").into_inner()
}

/// An entry of a rubric file: what it is, by what it is known, and its keys.
struct Entry<'a> {
    kind: Kind,
    name: String,
    /// Code of what it stands under.
    under: Option<String>,
    /// The key of its name, which is not compared.
    key: &'static str,
    table: &'a DeTable<'a>,
}

/// The lists of the file, with the key by which their entries are known.
const LISTS: [(&str, &str, Kind); 12] = [
    ("note", "number", Kind::Note),
    ("reading", "id", Kind::Reading),
    ("grade", "name", Kind::Grade),
    ("grade_condition", "sentence", Kind::GradeCondition),
    ("veto", "indicator", Kind::Veto),
    ("category", "name", Kind::Category),
    ("quantity", "name", Kind::Quantity),
    ("conversion", "name", Kind::Conversion),
    ("indicator", "code", Kind::Indicator),
    ("point", "code", Kind::Point),
    ("limit", "code", Kind::Limit),
    ("adjustment", "code", Kind::Adjustment),
];

fn entries<'a>(root: &'a DeTable<'a>) -> Vec<Entry<'a>> {
    let mut all = vec![Entry { kind: Kind::Rubric, name: String::new(), under: None, key: "", table: root }];
    lists(root, None, &mut all);
    let mut above: Vec<String> = Vec::new();
    for entry in all.iter_mut().filter(|entry| entry.kind == Kind::Indicator) {
        let level = text(entry.table, "level").parse().unwrap_or(1);
        above.truncate(usize::saturating_sub(level, 1));
        entry.under = above.last().cloned();
        above.push(entry.name.clone());
    }
    all
}

/// Adds the entries of the lists in a table, and of the lists in these.
fn lists<'a>(table: &'a DeTable<'a>, under: Option<&str>, all: &mut Vec<Entry<'a>>) {
    for (list, key, kind) in LISTS {
        for value in table.get(list).and_then(|value| value.get_ref().as_array()).into_iter().flatten() {
            let Some(inner) = value.get_ref().as_table() else { continue };
            let name = text(inner, key);
            all.push(Entry { kind, name: name.clone(), under: under.map(str::to_owned), key, table: inner });
            lists(inner, Some(&name), all);
        }
    }
}

fn text(table: &DeTable<'_>, key: &str) -> String {
    table.get(key).map(|value| bare(value.get_ref())).unwrap_or_default()
}

impl Entry<'_> {
    /// What a person knows it by besides its name.
    fn title(&self) -> String {
        ["title", "text"].map(|key| text(self.table, key)).into_iter().find(|text| !text.is_empty()).unwrap_or_default()
    }
}

fn diff_kind(kind: Kind, old: &[&Entry<'_>], new: &[&Entry<'_>]) -> Vec<Change> {
    let has = |entries: &[&Entry<'_>], name: &str| entries.iter().any(|entry| entry.name == name);
    let mut gone: Vec<&Entry<'_>> = old.iter().copied().filter(|entry| !has(new, &entry.name)).collect();
    let mut changes = Vec::new();
    for entry in new {
        let (name, title) = (entry.name.clone(), entry.title());
        if let Some(before) = old.iter().find(|before| before.name == entry.name) {
            changes.extend(compare(before, entry));
            continue;
        }
        let printed = text(entry.table, "text");
        match gone.iter().position(|before| !printed.is_empty() && text(before.table, "text") == printed) {
            Some(at) => {
                let before = gone.remove(at);
                changes.push(Change::Renumbered { kind, old: before.name.clone(), name, title });
                changes.extend(compare(before, entry));
            }
            None => changes.push(Change::Added { kind, name, title }),
        }
    }
    let common = |entries: &[&Entry<'_>], others: &[&Entry<'_>]| {
        entries.iter().map(|e| e.name.clone()).filter(|name| has(others, name)).collect::<Vec<_>>()
    };
    if common(old, new) != common(new, old) {
        changes.push(Change::Reordered { kind });
    }
    let removed = |entry: &Entry<'_>| Change::Removed { kind, name: entry.name.clone(), title: entry.title() };
    gone.into_iter().map(removed).chain(changes).collect()
}

/// The keys in which two entries differ.
fn compare(old: &Entry<'_>, new: &Entry<'_>) -> Vec<Change> {
    let mut found = Vec::new();
    if old.under != new.under {
        found.push(Difference { field: "under".to_owned(), old: old.under.clone(), new: new.under.clone() });
    }
    let is_list = |value: Option<&DeValue<'_>>| value.is_some_and(DeValue::is_array);
    for key in keys(old.table, new.table) {
        let (before, after) = (get(old.table, key), get(new.table, key));
        let has_entries = LISTS.iter().any(|(list, ..)| *list == key) && (is_list(before) || is_list(after));
        if key != new.key && !has_entries {
            compare_values(key, before, after, &mut found);
        }
    }
    let change = |Difference { field, old, new: value }| Change::Changed {
        kind: new.kind,
        name: new.name.clone(),
        title: new.title(),
        field,
        old,
        new: value,
    };
    found.into_iter().map(change).collect()
}

/// A value that differs, by its path.
struct Difference {
    field: String,
    old: Option<String>,
    new: Option<String>,
}

fn get<'a>(table: &'a DeTable<'a>, key: &str) -> Option<&'a DeValue<'a>> {
    table.get(key).map(toml::Spanned::get_ref)
}

/// The keys of two tables, in the order of the file; those of the old one alone come last.
fn keys<'a>(old: &'a DeTable<'a>, new: &'a DeTable<'a>) -> Vec<&'a str> {
    let in_order = |table: &'a DeTable<'a>| {
        let mut keys: Vec<_> = table.keys().collect();
        keys.sort_by_key(|key| key.span().start);
        keys.into_iter().map(|key| key.get_ref().as_ref())
    };
    in_order(new).chain(in_order(old).filter(|key| !new.contains_key(*key))).collect()
}

fn compare_values(path: &str, old: Option<&DeValue<'_>>, new: Option<&DeValue<'_>>, found: &mut Vec<Difference>) {
    match (old, new) {
        // Rules of another kind are compared as a whole.
        (Some(DeValue::Table(a)), Some(DeValue::Table(b))) if text(a, "kind") == text(b, "kind") => {
            keys(a, b)
                .into_iter()
                .for_each(|key| compare_values(&format!("{path}.{key}"), get(a, key), get(b, key), found));
        }
        (Some(DeValue::Array(a)), Some(DeValue::Array(b))) if a.iter().chain(b).all(|v| v.get_ref().is_table()) => {
            for at in 0..a.len().max(b.len()) {
                let [old, new] = [a, b].map(|list| list.get(at).map(toml::Spanned::get_ref));
                compare_values(&format!("{path}.{}", at + 1), old, new, found);
            }
        }
        _ => {
            let (old, new) = (old.map(bare), new.map(bare));
            if old != new {
                found.push(Difference { field: path.to_owned(), old, new });
            }
        }
    }
}

/// A value as the file has it; a text without its quotation marks.
fn bare(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        other => shown(other),
    }
}

fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => quoted(text),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(time) => time.to_string(),
        DeValue::Array(list) => {
            let all: Vec<String> = list.iter().map(|value| shown(value.get_ref())).collect();
            format!("[{}]", all.join(", "))
        }
        DeValue::Table(table) => {
            let pair = |key: &str| format!("{key} = {}", get(table, key).map(shown).unwrap_or_default());
            let all: Vec<String> = keys(table, table).into_iter().map(pair).collect();
            format!("{{ {} }}", all.join(", "))
        }
    }
}
