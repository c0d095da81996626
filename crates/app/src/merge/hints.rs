//! Hints, never guesses: what a person should look at before the sheets count.

use super::refused::Hint;
use super::state::Merging;
use crate::trust::CLOCKS_DIFFER;
use crate::view::{AliasKind, AliasPair, Named};
use crate::{Failure, Language, documents};
use assessment::Stage;
use assessment::merge::{Record, Subject, may_be_same};
use package::verify::SignerReport;
use std::collections::{BTreeMap, BTreeSet};

/// Most different names that are compared with each other.
const NAMES_COMPARED: usize = 2000;

impl Hint {
    pub fn view(&self, language: Language) -> crate::view::MergeHint {
        let text = Failure::of("merging", self).problem(language).what;
        crate::view::MergeHint { code: <&str>::from(self).to_owned(), text, alias: self.alias() }
    }

    /// Names that may be one. Two identities of one name and one organisation are one person already.
    fn alias(&self) -> Option<AliasPair> {
        let named =
            |name: &String, organisation: &str| Named { name: name.clone(), organisation: organisation.to_owned() };
        match self {
            Self::AlikeUnits { one, other } => {
                let (one, other) = (named(one, ""), named(other, ""));
                Some(AliasPair { about: AliasKind::Unit, one, other })
            }
            Self::AlikeAssessors { name, one, other } if one != other => {
                let (one, other) = (named(name, one), named(name, other));
                Some(AliasPair { about: AliasKind::Assessor, one, other })
            }
            _ => None,
        }
    }
}

/// What one sheet shows by itself.
pub(crate) fn of_sheet(
    subject: &Subject,
    finalised_at: Option<i64>,
    signers: &[SignerReport],
    now: i64,
    shown: impl Fn(i64) -> String,
) -> Vec<Hint> {
    let mut hints = Vec::new();
    let assessor = &subject.assessor;
    if subject.stage != Stage::SelfEvaluation && assessor.organisation == subject.unit {
        hints.push(Hint::OwnUnit { assessor: assessor.name.clone(), unit: subject.unit.clone() });
    }
    for signer in signers {
        let early = finalised_at.filter(|at| signer.time + CLOCKS_DIFFER < *at);
        if let Some(other) = early.or_else(|| Some(now).filter(|now| signer.time > *now + CLOCKS_DIFFER)) {
            hints.push(Hint::ClocksDiffer { signed: shown(signer.time), other: shown(other) });
        }
    }
    if !signers.iter().any(|signer| signer.person.name == assessor.name) {
        let names: Vec<&str> = signers.iter().map(|signer| signer.person.name.as_str()).collect();
        hints.push(Hint::SignedByOther { assessor: assessor.name.clone(), signers: names.join("、") });
    }
    hints
}

/// What all sheets show together.
pub(super) fn of_record(merging: &Merging, language: Language) -> Vec<Hint> {
    let mut hints = of_contents(&merging.record, language);
    editions(merging, &mut hints);
    hints.into_iter().collect()
}

/// What contents show together: names that may be one, sheets that are two.
pub(crate) fn of_contents(record: &Record, language: Language) -> BTreeSet<Hint> {
    let mut hints = BTreeSet::new();
    units(record, &mut hints);
    assessors(record, &mut hints);
    two_sheets(record, language, &mut hints);
    hints
}

/// A unit that is not known here, and may be one that is.
pub(crate) fn unit(found: &str, known: &[String]) -> Option<Hint> {
    if known.is_empty() || known.iter().any(|name| name == found) {
        return None;
    }
    let alike = known.iter().find(|name| may_be_same(name, found));
    Some(match alike {
        // In the order of names, as in the hints of all contents: a pair is one pair.
        Some(other) => Hint::AlikeUnits { one: found.min(other).to_owned(), other: found.max(other).to_owned() },
        None => Hint::UnknownUnit { unit: found.to_owned() },
    })
}

fn units(record: &Record, hints: &mut BTreeSet<Hint>) {
    let names: BTreeSet<&str> = record.contents().values().map(|held| record.unit(&held.subject.unit)).collect();
    for (index, one) in names.iter().enumerate().filter(|_| names.len() <= NAMES_COMPARED) {
        for other in names.iter().skip(index + 1).filter(|other| may_be_same(one, other)) {
            hints.insert(Hint::AlikeUnits { one: (*one).to_owned(), other: (*other).to_owned() });
        }
    }
}

/// One name under several organisations, or with keys that have nothing in common.
fn assessors(record: &Record, hints: &mut BTreeSet<Hint>) {
    let mut seen: BTreeMap<&str, (&str, &BTreeSet<String>)> = BTreeMap::new();
    for held in record.contents().values() {
        let person = record.assessor(&held.subject.assessor);
        let (organisation, keys) = *seen.entry(&person.name).or_insert((&person.organisation, &held.keys));
        let same_key = organisation == person.organisation && !keys.is_disjoint(&held.keys);
        if !same_key && !std::ptr::eq(keys, &held.keys) {
            let (one, other) = (organisation.to_owned(), person.organisation.clone());
            hints.insert(Hint::AlikeAssessors { name: person.name.clone(), one, other });
        }
    }
}

fn two_sheets(record: &Record, language: Language, hints: &mut BTreeSet<Hint>) {
    let mut seen: BTreeMap<(&str, i32, Stage, &str), &str> = BTreeMap::new();
    for (place, held) in record.contents() {
        let subject = &held.subject;
        let (unit, person) = (record.unit(&subject.unit), record.assessor(&subject.assessor));
        let first = *seen.entry((unit, subject.year, subject.stage, &person.name)).or_insert(&place.sheet);
        if first != place.sheet {
            let unit = format!("{unit} {} {}", subject.year, documents::stage_name(subject.stage, language));
            hints.insert(Hint::TwoSheets { assessor: person.name.clone(), unit });
        }
    }
}

fn editions(merging: &Merging, hints: &mut BTreeSet<Hint>) {
    let edition = |digest: &str| merging.rubrics.get(digest).map(|scored| (scored.id.clone(), scored.edition.clone()));
    let mut seen: BTreeMap<(&str, i32), &str> = BTreeMap::new();
    for held in merging.record.contents().values() {
        let subject = &held.subject;
        let first = *seen.entry((&subject.unit, subject.year)).or_insert(&subject.rubric);
        if first == subject.rubric {
            continue;
        }
        if let (Some(here), Some(there)) = (edition(first), edition(&subject.rubric))
            && here.0 == there.0
        {
            let said = |(id, edition): (String, String)| format!("{id} {edition}");
            hints.insert(Hint::OtherEdition { here: said(here), there: said(there) });
        }
    }
}
