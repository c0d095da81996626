//! Merged records in the inbox: the contents of each package that they name, and each decision by itself.

use super::parcel::Stowed;
use super::sorting::Found;
use super::spool::{Inbox, Kept};
use crate::merge::{Merging, Refused, beginning, is_record, open_decision, read_alone};
use crate::problem::Failure;
use crate::refusal::Refusal;
use crate::{Result, Verifier};
use package::Certificate;
use std::path::Path;

/// Keeps what a record holds, part by part; the inner error is of this file.
pub(super) fn keep(
    inbox: &mut Inbox,
    record: &mut Merging,
    path: &Path,
    verifier: &Verifier<'_>,
) -> Result<std::result::Result<Kept, Failure>> {
    let shown = || path.display().to_string();
    let mut kept = Kept::default();
    for (content, places) in record.packages() {
        let Some(piece) = record.piece(&content, &places)? else { continue };
        match Stowed::of_piece(&piece, verifier) {
            Ok(stowed) => {
                kept.parcels.push(inbox.keep(&stowed.text(), &piece.rubric.digest, &piece.rubric_text)?);
            }
            Err(detail) => return Ok(Err(Refusal::BadPackage { path: shown(), detail }.into())),
        }
    }
    for sealed in record.sealed()? {
        kept.decisions.push(inbox.keep_text(&sealed)?);
    }
    let empty = kept.parcels.is_empty() && kept.decisions.is_empty();
    Ok(if empty { Err(Refused::RecordEmpty { path: shown() }.into()) } else { Ok(kept) })
}

/// Gives every part of a record that is kept, one at a time: all of them may be larger than the memory.
pub(super) fn each_part(
    inbox: &mut Inbox,
    verifier: &Verifier<'_>,
    kept: &Kept,
    mut take: impl FnMut(Found) -> Result<()>,
) -> Result<()> {
    for digest in &kept.parcels {
        take(Found::Parcel(*digest, Box::new(inbox.parcel(digest, verifier)?)))?;
    }
    for digest in &kept.decisions {
        take(Found::Decision(*digest, inbox.text(digest)?))?;
    }
    Ok(())
}

/// Everybody who signed something in a merged record; nothing where the file is none.
///
/// # Errors
/// A file that cannot be read, or a record that does not hold together; of the disk.
pub(crate) fn signers(folder: &Path, path: &Path, verifier: &Verifier<'_>) -> Result<Option<Vec<Certificate>>> {
    if !is_record(&beginning(path)?) {
        return Ok(None);
    }
    let mut record = read_alone(folder, path, verifier)?;
    let mut found: Vec<Certificate> = Vec::new();
    let mut add = |certificate: Certificate| {
        if found.iter().all(|other| other.fingerprint() != certificate.fingerprint()) {
            found.push(certificate);
        }
    };
    for (content, places) in record.packages() {
        if let Some(piece) = record.piece(&content, &places)? {
            piece.proof.check(&verifier.known.trust)?.signers.into_iter().for_each(|signer| add(signer.certificate));
        }
    }
    for sealed in record.sealed()? {
        // It was opened when the record was read.
        if let Ok((_, signed)) = open_decision(&sealed) {
            add(signed.certificate);
        }
    }
    Ok(Some(found))
}
