//! Entries as the texts of cells, and back.

use super::slots::{Inner, List, Shape, Slot};
use crate::error::Error;
use assessment::{Entry, EntryKind, Figure, Records};
use rubric::decimal::{parse, show};
use rubric::{Counted, EntryFinding, PartFinding};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The text of a cell; empty where nothing is recorded.
pub fn shown(records: &Records, slot: &Slot) -> String {
    let Some(value) = records.get(slot.kind, &slot.entry) else { return String::new() };
    let text = match slot.kind {
        EntryKind::Part => serde_json::from_str(value).ok().and_then(|finding| part_shown(&finding, slot)),
        EntryKind::Quantity => serde_json::from_str::<Figure>(value).ok().map(|figure| figure.value),
        EntryKind::Condition | EntryKind::Doubt => word(&slot.shape, value == "true"),
        EntryKind::Mark | EntryKind::Remark | EntryKind::Verdict | EntryKind::Carried => Some(value.to_owned()),
    };
    text.unwrap_or_default()
}

fn word(shape: &Shape, holds: bool) -> Option<String> {
    match shape {
        Shape::Choice(choice) => Some(choice.word(holds).to_owned()),
        Shape::Tick(word) => holds.then(|| (*word).to_owned()),
        _ => None,
    }
}

fn part_shown(finding: &PartFinding, slot: &Slot) -> Option<String> {
    match (finding, slot.inner) {
        (PartFinding::Mark(mark), _) => word(&slot.shape, !mark.is_zero()).or_else(|| Some(show(*mark))),
        (PartFinding::Met(met), _) => word(&slot.shape, *met),
        (PartFinding::Conform(conformity), _) => Some(<&str>::from(conformity).to_owned()),
        (PartFinding::Count(counted), Inner::Item(item)) => word(&slot.shape, counted.items.contains(&item)),
        (PartFinding::Count(counted), _) => Some(counted.more.to_string()),
        (PartFinding::Entries(entries), Inner::Item(item)) => {
            let bases = entries.iter().filter(|entry| entry.item == item).map(|entry| entry.base);
            bases.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add).map(show)
        }
        (PartFinding::Entries(entries), _) => word(&slot.shape, entries.is_empty()),
    }
}

/// A row of a list of achievements: kind, title, base.
pub type ListRow = [String; 3];

/// The rows of a list of achievements.
pub fn rows(records: &Records, list: &List) -> Vec<ListRow> {
    let row = |entry: &EntryFinding| {
        let kind = usize::try_from(entry.item).ok().and_then(|item| list.items.get(item));
        [kind.map(|kind| kind.name.clone()).unwrap_or_default(), entry.title.clone(), show(entry.base)]
    };
    recorded_entries(records, &list.entry).iter().map(row).collect()
}

/// The achievements that an entry records.
pub fn recorded_entries(records: &Records, entry: &str) -> Vec<EntryFinding> {
    let recorded = records.get(EntryKind::Part, entry).and_then(|value| serde_json::from_str(value).ok());
    match recorded {
        Some(PartFinding::Entries(entries)) => entries,
        _ => Vec::new(),
    }
}

/// What the cells of one entry hold now, each with its name.
pub struct Cells<'a> {
    pub slots: Vec<(&'a Slot, String, String)>,
    /// The rows of its list, for achievements that have one.
    pub rows: Vec<EntryFinding>,
}

impl Cells<'_> {
    /// The entry that they make up.
    ///
    /// # Errors
    /// A list of items of which some are left open; achievements beside the word that there are none.
    pub fn entry(&self, records: &Records) -> Result<Entry, Error> {
        let (first, _, text) = self.slots.first().expect("an entry has a cell");
        let filled = |value: String| (!text.is_empty()).then_some(value);
        let value = match first.kind {
            EntryKind::Mark | EntryKind::Remark | EntryKind::Verdict | EntryKind::Carried => filled(text.clone()),
            EntryKind::Quantity => filled(json(&Figure { value: text.clone(), source: None })),
            EntryKind::Doubt => filled(true.to_string()),
            EntryKind::Condition => filled(self.holds(first, text).to_string()),
            EntryKind::Part => self.part(first, text, records)?.map(|finding| json(&finding)),
        };
        Ok(Entry { kind: first.kind, code: first.entry.clone(), value })
    }

    fn holds(&self, slot: &Slot, text: &str) -> bool {
        matches!(slot.shape, Shape::Choice(choice) if choice.word(true) == text)
    }

    fn part(&self, first: &Slot, text: &str, records: &Records) -> Result<Option<PartFinding>, Error> {
        if first.inner == Inner::More || matches!((first.inner, &first.shape), (Inner::Item(_), Shape::Choice(_))) {
            return self.counted();
        }
        if let Inner::Item(_) = first.inner {
            return Ok(self.marks(&recorded_entries(records, &first.entry)));
        }
        Ok(match &first.shape {
            Shape::Tick(_) => return self.list(),
            _ if text.is_empty() => None,
            Shape::Choice(_) => Some(PartFinding::Met(self.holds(first, text))),
            Shape::Conformity => text.parse().ok().map(PartFinding::Conform),
            _ => parse(text).map(PartFinding::Mark),
        })
    }

    /// A count: once one cell is filled in, every item needs its word.
    fn counted(&self) -> Result<Option<PartFinding>, Error> {
        let mut counted = Counted::default();
        let mut open = None;
        let mut begun = false;
        for (slot, cell, text) in &self.slots {
            begun |= !text.is_empty();
            match slot.inner {
                Inner::Item(_) if text.is_empty() => open = open.or(Some(cell)),
                Inner::Item(item) if self.holds(slot, text) => drop(counted.items.insert(item)),
                Inner::More => counted.more = text.parse().unwrap_or_default(),
                _ => {}
            }
        }
        match open {
            Some(cell) if begun => Err(Error::HalfFilled { cell: cell.clone() }),
            _ => Ok(begun.then_some(PartFinding::Count(counted))),
        }
    }

    /// A judged mark for each kind of achievement; titles that were recorded stay.
    fn marks(&self, recorded: &[EntryFinding]) -> Option<PartFinding> {
        let filled = self.slots.iter().filter(|(_, _, text)| !text.is_empty());
        let marks: BTreeMap<Inner, Decimal> =
            filled.filter_map(|(slot, _, text)| Some((slot.inner, parse(text)?))).collect();
        let entry = |(inner, base): (&Inner, &Decimal)| {
            let Inner::Item(item) = *inner else { return None };
            let own = recorded.iter().find(|entry| entry.item == item);
            let title = own.map(|entry| entry.title.clone()).unwrap_or_default();
            (!base.is_zero()).then_some(EntryFinding { item, title, base: *base })
        };
        (!marks.is_empty()).then(|| PartFinding::Entries(marks.iter().filter_map(entry).collect()))
    }

    fn list(&self) -> Result<Option<PartFinding>, Error> {
        let (_, cell, text) = self.slots.first().expect("an entry has a cell");
        match (text.is_empty(), self.rows.is_empty()) {
            (false, false) => Err(Error::NothingButListed { cell: cell.clone() }),
            (true, true) => Ok(None),
            _ => Ok(Some(PartFinding::Entries(self.rows.clone()))),
        }
    }
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("entries are plain data")
}
