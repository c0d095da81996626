//! An open workspace with the world around it.

use crate::format::Checked;
use crate::inbox::Inbox;
use crate::panel::Rounds;
use crate::problem::{Failure, Language};
use crate::rubrics::Library;
use crate::sitting::Sitting;
use crate::view::Recovered;
use crate::{Result, World};
use rubric::Rubric;
use std::path::Path;
use std::sync::Arc;
use store::{AuditNote, SheetRow, Tx, Workspace};

/// What one face works with: the workspace, the world, the rubrics, the language.
pub struct Session {
    pub(crate) workspace: Workspace,
    /// Clock, randomness, zone and fonts.
    pub world: World,
    /// Language of problems, traces and documents.
    pub language: Language,
    pub(crate) library: Library,
    pub(crate) formats: Checked,
    pub(crate) sitting: Sitting,
    pub(crate) rounds: Rounds,
    pub(crate) inbox: Inbox,
    /// What to say after a window that was ended by force.
    pub(crate) recovered: Option<Recovered>,
}

impl Session {
    /// Opens a workspace folder, making it when absent.
    ///
    /// # Errors
    /// When it is in use, read-only, damaged, or of a newer program.
    pub fn open(folder: &Path, world: World, language: Language) -> Result<Self> {
        let workspace = Workspace::open(folder)?;
        Ok(Self {
            workspace,
            world,
            language,
            library: Library::default(),
            formats: Checked::default(),
            sitting: Sitting::default(),
            rounds: Rounds::default(),
            inbox: Inbox::default(),
            recovered: None,
        })
    }

    /// Opens a workspace that is there; makes nothing.
    ///
    /// # Errors
    /// As [`Session::open`].
    pub fn open_existing(folder: &Path, world: World, language: Language) -> Result<Option<Self>> {
        let there = Workspace::exists(folder);
        there.then(|| Self::open(folder, world, language)).transpose()
    }

    /// The workspace folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.workspace.root()
    }

    /// SQLite's own check of the workspace; `ok` when it is sound.
    ///
    /// # Errors
    /// When the check cannot run.
    pub fn integrity(&self) -> Result<String> {
        Ok(self.workspace.integrity()?)
    }

    pub(crate) fn now(&self) -> i64 {
        (self.world.now)()
    }

    pub(crate) fn read<T>(&self, query: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        self.workspace.read(query)
    }

    /// One change: transaction and audit entry together.
    pub(crate) fn write<T>(&mut self, note: &AuditNote<'_>, change: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        self.workspace.write(note, change)
    }

    /// The sheet with this id, or the only one whose id begins so.
    pub(crate) fn sheet(&self, id: &str) -> Result<SheetRow> {
        self.read(|tx| Ok(tx.sheet(id)?))
    }

    /// The rubric that a sheet is scored under.
    pub(crate) fn rubric_of(&mut self, sheet: &SheetRow) -> Result<Arc<Rubric>> {
        self.rubric_by_digest(&sheet.assessment.rubric)
    }

    pub(crate) fn rubric_by_digest(&mut self, digest: &str) -> Result<Arc<Rubric>> {
        if let Some(rubric) = self.library.by_digest(digest) {
            return Ok(rubric);
        }
        let text = self.read(|tx| Ok(tx.rubric(digest)?))?.unwrap_or_default();
        self.library.add(&text, digest)
    }

    /// The texts of a failure in the session's language.
    #[must_use]
    pub fn problem(&self, failure: &Failure) -> crate::Problem {
        failure.problem(self.language)
    }
}
