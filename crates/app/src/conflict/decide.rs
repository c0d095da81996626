//! Deciding: the choice is signed, kept, and takes effect in one transaction.

use super::{Decided, named};
use crate::import::{Arriving, Sides, put_signed};
use crate::inbox::Stowed;
use crate::marks::mark_entry;
use crate::merge::Refused;
use crate::refusal::Refusal;
use crate::signing::Signature;
use crate::view::{AliasKind, AliasPair, ConflictView, ConflictsView, DecideSide, DecidedBy};
use crate::{Language, Result, Session, Verifier, world};
use assessment::Phase;
use assessment::exchange::SheetFile;
use assessment::merge::{Choice, DECISION, Decision, FORMAT, Person, Standing};
use package::{Sha256, canonical, cms};
use rubric::Rubric;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use store::{AuditNote, DecisionRow, Tx};

/// A choice among contents, by the beginnings of their digests.
pub(crate) fn side(
    sheet: String,
    all: BTreeSet<String>,
    given: Option<&str>,
    marks: BTreeMap<String, String>,
) -> Result<Choice> {
    let Some(given) = given else {
        if marks.is_empty() {
            return Ok(Choice::Side { sheet, taken: None, rejected: all, marks });
        }
        return Err(Refused::MarksWithoutSide {}.into());
    };
    let fits: Vec<&String> = all.iter().filter(|digest| !given.is_empty() && digest.starts_with(given)).collect();
    let [taken] = fits[..] else {
        let sides = all.iter().map(|digest| digest[..12].to_owned()).collect::<Vec<_>>().join("、");
        return Err(Refused::NoSuchSide { given: given.to_owned(), sides }.into());
    };
    let taken = taken.clone();
    let rejected = all.into_iter().filter(|digest| *digest != taken).collect();
    Ok(Choice::Side { sheet, taken: Some(taken), rejected, marks })
}

impl Session {
    /// Decides a conflict of this workspace; a later decision about it stands in place of an earlier one.
    ///
    /// # Errors
    /// No such conflict or side; a mark that the rules refuse; no reason; a wrong passphrase; of the disk. Then nothing
    /// is decided.
    pub fn decide_side(&mut self, input: &DecideSide, by: &DecidedBy) -> Result<ConflictView> {
        let (sheet, record, file) = self.read(|tx| {
            let decided = Decided::load(tx)?;
            let named = |sheet: &String| !input.sheet.is_empty() && sheet.starts_with(&input.sheet);
            let mut sheets: Vec<String> = tx.contested_sheets()?.into_iter().filter(named).collect();
            let none = || Refused::NoConflict { sheet: input.sheet.clone() };
            let sheet = if sheets.len() == 1 { sheets.pop() } else { None }.ok_or_else(none)?;
            let record = decided.record_of(tx, &sheet)?;
            let file = tx.contested(&sheet)?.pop().map(|(kept, _)| kept.file).ok_or_else(none)?;
            Ok((sheet, record, file))
        })?;
        let Some(Standing::Conflict { sides, .. }) = record.question(&sheet) else {
            return Err(Refused::NoConflict { sheet: input.sheet.clone() }.into());
        };
        let rubric = serde_json::from_str::<SheetFile>(&file).map(|file| file.rubric.digest).unwrap_or_default();
        let rubric = self.rubric_by_digest(&rubric)?;
        let all = sides.into_iter().map(|side| side.digest).collect();
        let choice = side(sheet.clone(), all, input.take.as_deref(), checked(&rubric, input)?)?;
        let target = record.of_sheet(&sheet).last().map(|(_, held)| named(&held.subject)).unwrap_or_default();
        self.decide_here(choice, by, "decide-side", &target, Some(&sheet))?;
        self.conflict(&sheet)
    }

    /// Decides that two names are one: of the pair, `one` is what is written and `other` what is meant.
    ///
    /// # Errors
    /// The same name twice; no reason; a wrong passphrase; of the disk. Then nothing is decided.
    pub fn decide_names(&mut self, pair: &AliasPair, by: &DecidedBy) -> Result<ConflictsView> {
        if pair.one == pair.other {
            return Err(Refused::SameName { name: pair.one.name.clone() }.into());
        }
        let person = |name: &crate::view::Named| Person {
            name: name.name.trim().to_owned(),
            organisation: name.organisation.trim().to_owned(),
        };
        let (given, meant) = (person(&pair.one), person(&pair.other));
        let target = format!("{} {} = {} {}", given.name, given.organisation, meant.name, meant.organisation);
        let choice = match pair.about {
            AliasKind::Unit => Choice::Unit { given: given.name, meant: meant.name },
            AliasKind::Assessor => Choice::Assessor { given, meant },
        };
        self.decide_here(choice, by, "decide-name", &target, None)?;
        self.conflicts()
    }

    /// Takes a decision back, given by its digest or the beginning of it; that is a decision as well, and stays.
    ///
    /// # Errors
    /// No such decision, or one that was taken back; no reason; a wrong passphrase; of the disk.
    pub fn withdraw_decision(&mut self, given: &str, by: &DecidedBy) -> Result<ConflictsView> {
        let decided = self.read(Decided::load)?;
        let fits = |digest: &str, choice: &Choice| {
            !given.is_empty() && digest.starts_with(given) && !matches!(choice, Choice::Withdrawn { .. })
        };
        let found: Vec<_> =
            decided.names().active().into_iter().filter(|(digest, one)| fits(digest, &one.choice)).collect();
        let [(digest, decision)] = found[..] else {
            return Err(Refused::UnknownDecision { given: given.to_owned() }.into());
        };
        let sheet = match &decision.choice {
            Choice::Side { sheet, .. } => Some(sheet.clone()),
            _ => None,
        };
        let target = super::words(&decision.choice, Language::Zh);
        let choice = Choice::Withdrawn { decision: digest.to_owned() };
        self.decide_here(choice, by, "decide-withdraw", &target, sheet.as_deref())?;
        self.conflicts()
    }

    /// Signs a choice. It is said to be later than every decision that it could stand against, whatever the clock says.
    pub(crate) fn sealed_choice(
        &self,
        choice: Choice,
        by: &DecidedBy,
        after: Option<i64>,
    ) -> Result<(Decision, Vec<u8>)> {
        let reason = by.reason.trim().to_owned();
        if reason.is_empty() {
            return Err(Refused::ReasonMissing {}.into());
        }
        let signer = self.signer(&by.identity, by.passphrase.as_str(), Signature::Content)?;
        let (person, now) = (signer.certificate().person(), self.now());
        let at = world::rfc3339(after.map_or(now, |after| now.max(after.saturating_add(1))));
        let who = Person { name: person.name, organisation: person.organisation };
        let decision = Decision { format: FORMAT, kind: DECISION.to_owned(), choice, reason, by: who, at };
        let body = canonical::to_vec(&serde_json::to_value(&decision).expect("plain data"))?;
        let sealed = cms::seal(&body, &signer, now)?;
        Ok((decision, sealed))
    }

    fn decide_here(
        &mut self,
        choice: Choice,
        by: &DecidedBy,
        action: &str,
        target: &str,
        sheet: Option<&str>,
    ) -> Result<()> {
        let latest = self.read(Decided::load)?.names().decisions().last().and_then(|(_, one)| world::seconds(&one.at));
        let (decision, sealed) = self.sealed_choice(choice, by, latest)?;
        let body = serde_json::to_string(&decision).expect("plain data");
        let row = DecisionRow { digest: Sha256::of(&sealed).to_string(), at: self.now(), body, sealed };
        let (now, language, id) = (self.now(), self.language, self.world.id());
        let (known, opening) = (self.signers_known()?, self.exchange_keys()?);
        let (workspace, world) = (&mut self.workspace, &self.world);
        let verifier = Verifier::of(known, opening, world, language);
        let (who, reason, new) =
            (Some(decision.by.name.as_str()), Some(decision.reason.as_str()), Some(row.digest.as_str()));
        let note = AuditNote { at: now, who, action, target, new, reason, ..AuditNote::default() };
        workspace.write(&note, |tx| {
            tx.add_decision(&row)?;
            match sheet {
                Some(sheet) => {
                    let decided = Decided::load(tx)?;
                    Settling { tx, decided: &decided, verifier: &verifier, note: &note }.settle(sheet, &id)
                }
                None => Ok(()),
            }
        })
    }
}

/// The marks of a decision, each checked by the rule of its point.
fn checked(rubric: &Rubric, input: &DecideSide) -> Result<BTreeMap<String, String>> {
    let mut marks = BTreeMap::new();
    for other in &input.marks {
        let entry = mark_entry(rubric, &other.code, Some(&other.mark))?;
        marks.extend(entry.value.map(|value| (entry.code, value)));
    }
    Ok(marks)
}

/// Makes what counts by the decisions what a sheet stands at.
pub(crate) struct Settling<'s, 'x> {
    pub tx: &'s Tx<'x>,
    pub decided: &'s Decided,
    pub verifier: &'s Verifier<'s>,
    pub note: &'s AuditNote<'s>,
}

impl Settling<'_, '_> {
    /// Settles those of these sheets that somebody decided about and that are not being written, each once; each with the
    /// id of an assessment that would be new.
    pub fn all<'i>(&self, sheets: impl Iterator<Item = (&'i str, &'i str)>) -> Result<()> {
        let about = self.decided.sheets();
        let once: BTreeMap<&str, &str> = sheets.filter(|(sheet, _)| about.contains(*sheet)).collect();
        for (sheet, id) in once {
            if self.tx.any_sheet(sheet)?.is_none_or(|here| here.phase != Phase::Draft) {
                self.settle(sheet, id)?;
            }
        }
        Ok(())
    }

    /// While nothing counts, the sheet stays as it is; whoever reads it is told that it is undecided. An assessment that
    /// is new gets the given id.
    pub fn settle(&self, sheet: &str, id: &str) -> Result<()> {
        let Some(place) = self.decided.due(self.tx, sheet)? else { return Ok(()) };
        let here = self.tx.any_sheet(sheet)?;
        if let Some(writing) = here.as_ref().filter(|here| here.phase == Phase::Draft) {
            return Err(Refused::BeingWritten { unit: writing.assessment.unit.clone() }.into());
        }
        let kept = self.tx.revisions(sheet)?.into_iter().find(|kept| kept.digest == place.digest);
        match (here, kept) {
            (Some(here), Some(kept)) => {
                let unreadable = |error: serde_json::Error| Refusal::Defect { detail: error.to_string() };
                let file: SheetFile = serde_json::from_str(&kept.file).map_err(unreadable)?;
                let (old, new) = (here.digest.as_deref(), Some(place.digest.as_str()));
                let updated = AuditNote { sheet: Some(sheet), action: "import-updated", old, new, ..self.note.clone() };
                self.tx.audit(&updated)?;
                // The content that counted since may be about something else.
                let assessment = self.tx.assessment(&file.rubric.digest, &file.unit, file.year, id)?;
                put_signed(self.tx, &assessment, &file, &place.digest, Some(&here), self.note.at)
            }
            _ => self.bring(sheet, &place.digest, id),
        }
    }

    /// Takes a content in that was kept because it contended, with its package.
    fn bring(&self, sheet: &str, digest: &str, id: &str) -> Result<()> {
        let lost = || Refusal::Defect { detail: format!("content {digest}") };
        let found = self.tx.contested(sheet)?.into_iter().find(|(kept, _)| kept.digest == digest);
        let (kept, package) = found.ok_or_else(lost)?;
        let package = self.tx.contested_package(&package)?.ok_or_else(lost)?;
        let unreadable = |detail: String| Refusal::Defect { detail };
        let stowed = Stowed::read(package.body.as_bytes()).map_err(unreadable)?;
        let rubric = self.tx.rubric(&stowed.package.rubric.digest)?.ok_or_else(lost)?;
        let parcel = stowed.open(rubric, self.verifier).map_err(unreadable)?;
        let choice = Sides { taken: Some(digest.to_owned()), ..Sides::default() };
        let arriving =
            Arriving { path: Path::new(&package.path), size: package.size, parcel: &parcel, choice: &choice };
        arriving.take(self.tx, self.note, id, self.verifier.language())?;
        // Others may have signed it since that package was kept.
        Ok(self.tx.put_revision(&kept)?)
    }
}
