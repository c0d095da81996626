//! Deciding a conflict: what a person chose, signed, as a small record of its own that is merged with the others.

use super::state::Merging;
use super::{Policy, Refused, read};
use crate::export::make_folder_of;
use crate::refusal::Refusal;
use crate::signing::Signature;
use crate::view::Passphrase;
use crate::{Result, Session, world};
use assessment::merge::{Choice, DECISION, Decision, FORMAT, Person, Standing};
use package::{canonical, cms};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use store::AuditNote;

/// What is decided, and by whom.
#[derive(Debug)]
pub struct DecideInput {
    /// The merged record with the conflict.
    pub record: PathBuf,
    /// The sheet, by its identifier or the beginning of it.
    pub sheet: String,
    /// The content that counts, by its digest or the beginning of it; none when all go back to the assessor.
    pub take: Option<String>,
    /// Why.
    pub reason: String,
    /// Who decides: an identity of this workspace.
    pub identity: String,
    /// Opens the identity's key.
    pub passphrase: Passphrase,
    /// The file for the decision.
    pub out: PathBuf,
}

impl Session {
    /// Signs what a person decided about a conflict, and writes it as a record that is merged like any other file.
    ///
    /// # Errors
    /// No such conflict or side; no reason; a file that is there; a wrong passphrase; of the disk.
    pub fn decide(&mut self, input: &DecideInput) -> Result<PathBuf> {
        let reason = input.reason.trim().to_owned();
        if reason.is_empty() {
            return Err(Refused::ReasonMissing {}.into());
        }
        if input.out.exists() {
            return Err(Refusal::FileExists { path: input.out.display().to_string() }.into());
        }
        make_folder_of(&input.out)?;
        let folder = input.out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let choice = self.choice(input, folder)?;
        let signer = self.signer(&input.identity, input.passphrase.as_str(), Signature::Content)?;
        let (person, now) = (signer.certificate().person(), self.now());
        let by = Person { name: person.name.clone(), organisation: person.organisation };
        let at = world::rfc3339(now);
        let decision = Decision { format: FORMAT, kind: DECISION.to_owned(), choice, reason, by, at };
        let body = canonical::to_vec(&serde_json::to_value(&decision).expect("plain data"))?;
        let sealed = cms::seal(&body, &signer, now)?;
        let mut alone = Merging::create(folder)?;
        alone.decision(decision.clone(), &sealed)?;
        alone.write(&input.out)?;
        let note = AuditNote {
            at: now,
            who: Some(&person.name),
            action: "decide",
            target: &input.sheet,
            ..AuditNote::default()
        };
        let note = AuditNote { new: input.take.as_deref(), reason: Some(&decision.reason), ..note };
        self.write(&note, |_| Ok(()))?;
        Ok(input.out.clone())
    }

    /// The side that is meant, and those that are not.
    fn choice(&self, input: &DecideInput, folder: &Path) -> Result<Choice> {
        let mut merging = Merging::create(folder)?;
        read::read(&mut merging, folder, &input.record, &self.verifier()?, Policy::Anybody)?;
        let named = |sheet: &&str| !input.sheet.is_empty() && sheet.starts_with(&input.sheet);
        let sheets: Vec<&str> = merging.record.sheets().into_iter().filter(named).collect();
        let standing = if let [sheet] = sheets[..] { merging.record.standing(sheet) } else { None };
        let Some(Standing::Conflict { sides, .. }) = standing else {
            return Err(Refused::NoConflict { sheet: input.sheet.clone() }.into());
        };
        let sheet = sides.first().map(|side| side.sheet.clone()).unwrap_or_default();
        let all: BTreeSet<String> = sides.into_iter().map(|side| side.digest).collect();
        let Some(given) = &input.take else {
            return Ok(Choice::Side { sheet, taken: None, rejected: all });
        };
        let fits: Vec<&String> =
            all.iter().filter(|digest| !given.is_empty() && digest.starts_with(given.as_str())).collect();
        let [taken] = fits[..] else {
            let sides = all.iter().map(|digest| digest[..12].to_owned()).collect::<Vec<_>>().join("、");
            return Err(Refused::NoSuchSide { given: given.clone(), sides }.into());
        };
        let taken = taken.clone();
        let rejected = all.into_iter().filter(|digest| *digest != taken).collect();
        Ok(Choice::Side { sheet, taken: Some(taken), rejected })
    }
}
