//! What the workspace has that a panel may be made for.

use super::Names;
use crate::outcome::count;
use crate::rubrics::{self, Loaded};
use crate::view::{OfferedAssessor, PanelOffer};
use crate::{Result, Session};
use assessment::panel::{Panel, Person, Policy};
use assessment::{Phase, Stage};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::{PanelRow, RoundSheetRow};

/// A rubric, a year and a stage.
type Key = (String, i32, &'static str);

fn key(rubric: &str, year: i32, stage: Stage) -> Key {
    (rubric.to_owned(), year, stage.into())
}

/// Signed sheets, and those that are not.
#[derive(Clone, Copy, Default)]
struct Sheets {
    signed: usize,
    unsigned: usize,
}

impl Sheets {
    fn add(&mut self, phase: Phase) {
        match phase {
            Phase::Signed => self.signed += 1,
            Phase::Draft | Phase::Finalised => self.unsigned += 1,
        }
    }
}

/// The sheets of a round.
struct Gathered {
    first: RoundSheetRow,
    units: BTreeSet<String>,
    all: Sheets,
    by: BTreeMap<Person, Sheets>,
}

impl Gathered {
    fn new(first: RoundSheetRow) -> Self {
        Self { first, units: BTreeSet::new(), all: Sheets::default(), by: BTreeMap::new() }
    }
}

fn gathered(rows: Vec<RoundSheetRow>, names: &Names) -> Vec<(Key, Gathered)> {
    let mut rounds: Vec<(Key, Gathered)> = Vec::new();
    for row in rows {
        let key = key(&row.rubric, row.year, row.stage);
        // The rows of a round stand together.
        if rounds.last().is_none_or(|(last, _)| *last != key) {
            rounds.push((key, Gathered::new(row.clone())));
        }
        let Some((_, round)) = rounds.last_mut() else { continue };
        round.all.add(row.phase);
        round.units.insert(names.unit(&row.unit));
        let person = names.person(Person { name: row.assessor, organisation: row.organisation });
        round.by.entry(person).or_default().add(row.phase);
    }
    rounds
}

impl Session {
    /// The rounds of the workspace that a panel can be made for, the latest first, with what there is of each.
    ///
    /// # Errors
    /// Of the disk.
    pub fn panel_offers(&mut self) -> Result<Vec<PanelOffer>> {
        let (sheets, panels, names) = self.read(|tx| Ok((tx.round_sheets()?, tx.panels()?, Names::load(tx)?)))?;
        let mut offers = Vec::new();
        for (key, round) in gathered(sheets, &names) {
            let rubric = self.rubric_by_digest(&round.first.rubric)?;
            // A checklist has statements and no marks.
            if Policy::new(&rubric).check(&rubric).is_err() {
                continue;
            }
            let of_round = |row: &&PanelRow| self::key(&row.rubric, row.year, row.stage) == key;
            let rows: Vec<&PanelRow> = panels.iter().filter(of_round).collect();
            let mut members: BTreeSet<Person> = BTreeSet::new();
            for row in &rows {
                let entries = self.read(|tx| Ok(tx.panel_entries(&row.id)?))?;
                let panel = Panel::read(entries, Policy::new(&rubric));
                members.extend(panel.members.into_iter().map(|member| names.person(member)));
            }
            let assessor = |(person, sheets): (Person, Sheets)| OfferedAssessor {
                member: members.contains(&person),
                name: person.name,
                organisation: person.organisation,
                signed: count(sheets.signed),
                unsigned: count(sheets.unsigned),
            };
            offers.push(PanelOffer {
                rubric: round.first.rubric,
                rubric_id: rubric.id.clone(),
                rubric_title: rubric.title.clone(),
                edition: rubric.edition.clone(),
                year: round.first.year,
                stage: round.first.stage.into(),
                units: count(round.units.len()),
                signed: count(round.all.signed),
                unsigned: count(round.all.unsigned),
                assessors: round.by.into_iter().map(assessor).collect(),
                panels: rows.iter().map(|row| row.name.clone()).collect(),
            });
        }
        Ok(offers)
    }

    /// A rubric that the workspace has, by digest, or by its identifier where that is clear; else one that ships, or a file.
    pub(super) fn rubric_of_panel(&mut self, given: &str) -> Result<Loaded> {
        let given = given.trim();
        let ships = rubrics::shipped().iter().any(|loaded| loaded.rubric.id == given);
        let digests = if ships { Vec::new() } else { self.read(|tx| Ok(tx.rubrics_named(given)?))? };
        let [digest] = digests.as_slice() else { return rubrics::load(given) };
        let rubric = self.rubric_by_digest(digest)?;
        let text = self.read(|tx| Ok(tx.rubric(digest)?))?.unwrap_or_default();
        Ok(Loaded { rubric, text: Arc::from(text) })
    }
}
