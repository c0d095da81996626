//! Problems of an assessment and their rectification (问题清单).

use crate::error::Error;
use crate::ledger::{Ledger, Line};
use crate::tx::Tx;
use assessment::rectification::{List, ListEntry};

const LEDGER: Ledger = Ledger { owner: "assessment", entries: "rectification", changes: "rectification_change" };

fn entry((key, value): Line) -> ListEntry {
    ListEntry { key, value }
}

impl Tx<'_> {
    /// The list of an assessment.
    ///
    /// # Errors
    /// Of the disk.
    pub fn rectification(&self, assessment: &str) -> Result<List, Error> {
        Ok(LEDGER.all(self, assessment)?.into_iter().map(entry).collect())
    }

    /// Sets and removes entries of the list as one act that can be undone.
    ///
    /// # Errors
    /// Of the disk.
    pub fn change_rectification(&self, assessment: &str, entries: &[ListEntry]) -> Result<(), Error> {
        let lines: Vec<Line> = entries.iter().map(|entry| (entry.key.clone(), entry.value.clone())).collect();
        LEDGER.change(self, assessment, &lines)
    }

    /// Sets and removes entries without a change that could be undone.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_rectification(&self, assessment: &str, entries: &[ListEntry]) -> Result<(), Error> {
        entries.iter().try_for_each(|entry| LEDGER.put(self, assessment, &entry.key, entry.value.as_deref()))
    }

    /// Undoes the last act on the list, or redoes the last one undone; gives what is kept now, nothing when there is no
    /// act.
    ///
    /// # Errors
    /// Of the disk.
    pub fn step_rectification(&self, assessment: &str, undo: bool) -> Result<Vec<ListEntry>, Error> {
        Ok(LEDGER.step(self, assessment, undo)?.into_iter().map(entry).collect())
    }

    /// Whether there is an act to undo, and one to redo.
    ///
    /// # Errors
    /// Of the disk.
    pub fn can_step_rectification(&self, assessment: &str) -> Result<(bool, bool), Error> {
        LEDGER.can_step(self, assessment)
    }

    /// Forgets what could be undone, as when what was found is fixed with its sheet.
    ///
    /// # Errors
    /// Of the disk.
    pub fn forget_rectification_changes(&self, assessment: &str) -> Result<(), Error> {
        LEDGER.forget(self, assessment)
    }
}
