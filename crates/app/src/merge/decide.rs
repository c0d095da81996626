//! Deciding a conflict: what a person chose, signed, as a small record of its own that is merged with the others.

use super::state::Merging;
use super::{Policy, Refused, read};
use crate::conflict::side;
use crate::export::make_folder_of;
use crate::refusal::Refusal;
use crate::view::{DecidedBy, Passphrase};
use crate::{Result, Session, world};
use assessment::merge::{Choice, Standing};
use std::collections::{BTreeMap, BTreeSet};
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
        let reason = input.reason.clone();
        if input.out.exists() {
            return Err(Refusal::FileExists { path: input.out.display().to_string() }.into());
        }
        make_folder_of(&input.out)?;
        let folder = input.out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let (choice, latest) = self.choice(input, folder)?;
        let by = DecidedBy { reason, identity: input.identity.clone(), passphrase: input.passphrase.clone() };
        let (decision, sealed) = self.sealed_choice(choice, &by, latest)?;
        let (person, now) = (decision.by.clone(), self.now());
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

    /// The side that is meant, and those that are not; and when the last decision of the record was taken.
    fn choice(&self, input: &DecideInput, folder: &Path) -> Result<(Choice, Option<i64>)> {
        let mut merging = Merging::create(folder)?;
        read::read(&mut merging, folder, &input.record, &self.verifier()?, Policy::Anybody)?;
        let named = |sheet: &&str| !input.sheet.is_empty() && sheet.starts_with(&input.sheet);
        let sheets: Vec<&str> = merging.record.sheets().into_iter().filter(named).collect();
        let standing = if let [sheet] = sheets[..] { merging.record.standing(sheet) } else { None };
        let Some(Standing::Conflict { sides, .. }) = standing else {
            return Err(Refused::NoConflict { sheet: input.sheet.clone() }.into());
        };
        let latest = merging.record.decisions().last().and_then(|(_, decision)| world::seconds(&decision.at));
        let sheet = sides.first().map(|side| side.sheet.clone()).unwrap_or_default();
        let all: BTreeSet<String> = sides.into_iter().map(|side| side.digest).collect();
        Ok((side(sheet, all, input.take.as_deref(), BTreeMap::new())?, latest))
    }
}
