//! What was verified last, kept until other files are looked at: nothing is verified twice, and what is taken in is what
//! was verified.

use super::book::Book;
use super::parcel::{Parcel, Stowed};
use crate::merge::Blobs;
use crate::refusal::Refusal;
use crate::view::{InboxRow, VerifyReport};
use crate::{Language, Result, Verifier};
use package::Sha256;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Name of the file in the workspace that holds the texts; only one process has a workspace open.
const FILE: &str = ".inbox.part";

/// Size and time of a file: while they are the same, it is not verified again to be shown.
pub(super) type Stamp = (u64, SystemTime);

/// The stamp of a file; none where it cannot be had.
pub(super) fn stamp(path: &Path) -> Option<Stamp> {
    let found = std::fs::metadata(path).ok()?;
    Some((found.len(), found.modified().ok()?))
}

/// What a file was found to be.
#[derive(Clone)]
pub(super) enum Seen {
    /// A sound package: the digest of what is kept of it.
    Parcel(Sha256),
    /// A merged record: the digests of what is kept of its packages and of its signed decisions.
    Record(Kept),
    /// A damaged or forged one; its report is in a language.
    Bad(Box<VerifyReport>, Language),
}

/// What is kept of a merged record.
#[derive(Clone, Default)]
pub(super) struct Kept {
    pub parcels: Vec<Sha256>,
    pub decisions: Vec<Sha256>,
}

/// Where a row comes from: what is taken in with it.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// Nothing of the file is taken.
    #[default]
    Nothing,
    /// The file is a workbook.
    Book,
    /// What is kept of a package.
    Parcel(Sha256),
    /// A signed decision that is kept.
    Decision(Sha256),
}

/// What is shown, to be taken in as it is.
pub(super) struct Shown {
    pub digest: String,
    /// Where the history stood.
    pub head: String,
    pub input: super::InboxInput,
    pub files: u32,
    pub rows: Vec<InboxRow>,
    /// Where each row comes from.
    pub origins: Vec<Origin>,
    /// Workbooks as they were read, by their paths.
    pub books: BTreeMap<String, Book>,
}

/// What the session holds of its inbox.
#[derive(Default)]
pub(crate) struct Inbox {
    texts: Option<Blobs>,
    seen: BTreeMap<PathBuf, (Stamp, Seen)>,
    /// Where the text of a rubric is, by its digest.
    rubrics: BTreeMap<String, Sha256>,
    pub(super) shown: Option<Shown>,
}

impl Inbox {
    /// Keeps what concerns these files; begins anew where nothing does.
    pub(super) fn only(&mut self, files: &[PathBuf], root: &Path) -> Result<()> {
        let mut before = std::mem::take(&mut self.seen);
        self.seen = files.iter().filter_map(|path| before.remove_entry(path)).collect();
        if self.seen.is_empty() || self.texts.is_none() {
            self.seen.clear();
            self.rubrics.clear();
            self.texts = None;
            self.texts = Some(Blobs::at(&root.join(FILE))?);
        }
        Ok(())
    }

    /// What a file was found to be, if it is the same since.
    pub(super) fn seen(&self, path: &Path, stamp: Option<Stamp>, language: Language) -> Option<&Seen> {
        let (then, seen) = self.seen.get(path)?;
        let spoken = !matches!(seen, Seen::Bad(_, spoken) if *spoken != language);
        (Some(*then) == stamp && spoken).then_some(seen)
    }

    pub(super) fn note(&mut self, path: &Path, stamp: Option<Stamp>, seen: Seen) {
        if let Some(stamp) = stamp {
            self.seen.insert(path.to_owned(), (stamp, seen));
        }
    }

    /// Keeps a parcel; gives the digest under which it is kept.
    pub(super) fn keep(&mut self, stowed: &str, rubric: &str, rubric_text: &str) -> Result<Sha256> {
        let texts = self.texts.as_mut().ok_or_else(lost)?;
        if !self.rubrics.contains_key(rubric) {
            self.rubrics.insert(rubric.to_owned(), texts.put(rubric_text.as_bytes())?);
        }
        texts.put(stowed.as_bytes())
    }

    /// A parcel that was kept.
    pub(super) fn parcel(&mut self, digest: &Sha256, verifier: &Verifier<'_>) -> Result<Parcel> {
        let texts = self.texts.as_mut().ok_or_else(lost)?;
        let stowed = Stowed::read(&texts.get(digest)?).map_err(unreadable)?;
        let rubric = self.rubrics.get(&stowed.package.rubric.digest).ok_or_else(lost)?;
        let rubric = String::from_utf8(texts.get(rubric)?).map_err(|error| unreadable(error.to_string()))?;
        Ok(stowed.open(rubric, verifier).map_err(unreadable)?)
    }

    /// The size of a file when it was verified.
    pub(super) fn size(&self, path: &Path) -> u64 {
        self.seen.get(path).map_or(0, |((size, _), _)| *size)
    }

    /// Keeps a text; gives the digest under which it is kept.
    pub(super) fn keep_text(&mut self, bytes: &[u8]) -> Result<Sha256> {
        self.texts.as_mut().ok_or_else(lost)?.put(bytes)
    }

    /// A text that was kept.
    pub(super) fn text(&mut self, digest: &Sha256) -> Result<Vec<u8>> {
        self.texts.as_mut().ok_or_else(lost)?.get(digest)
    }
}

fn lost() -> Refusal {
    Refusal::Defect { detail: "inbox".to_owned() }
}

fn unreadable(detail: String) -> Refusal {
    Refusal::Defect { detail: format!("inbox: {detail}") }
}
