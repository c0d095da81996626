//! Who does what in an assessment (任务分解), with its own undo: it belongs to the assessment, not to a sheet.

use crate::error::Error;
use crate::rows;
use crate::tx::{Tx, word};
use assessment::{Assignment, AssignmentEntry};
use rusqlite::params;

impl Tx<'_> {
    /// What an assessment changed of its rubric's assignment.
    ///
    /// # Errors
    /// Of the disk.
    pub fn assignment(&self, assessment: &str) -> Result<Assignment, Error> {
        let sql = "SELECT kind, key, value FROM assignment WHERE assessment = ?1";
        let entries = self.all(sql, [assessment], rows::assignment)?;
        Ok(entries.into_iter().collect())
    }

    /// Sets and removes entries as one act that can be undone; those that are so already are no change, and acts that
    /// were undone are forgotten.
    ///
    /// # Errors
    /// Of the disk.
    pub fn change_assignment(&self, assessment: &str, entries: &[AssignmentEntry]) -> Result<(), Error> {
        let last = "SELECT max(act) FROM assignment_change WHERE assessment = ?1 AND undone = 0";
        let last: Option<i64> = self.one(last, [assessment], |row| row.get(0))?.flatten();
        let act = last.unwrap_or_default() + 1;
        for entry in entries {
            let old: Option<String> = self.one(
                "SELECT value FROM assignment WHERE assessment = ?1 AND kind = ?2 AND key = ?3",
                params![assessment, word(entry.kind), entry.key],
                |row| row.get(0),
            )?;
            if old == entry.value {
                continue;
            }
            self.execute("DELETE FROM assignment_change WHERE assessment = ?1 AND undone = 1", [assessment])?;
            self.execute(
                "INSERT INTO assignment_change (assessment, act, kind, key, old, new) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![assessment, act, word(entry.kind), entry.key, old, entry.value],
            )?;
            self.put_assignment(assessment, entry)?;
        }
        Ok(())
    }

    /// Sets or removes an entry without a change that could be undone.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_assignment(&self, assessment: &str, entry: &AssignmentEntry) -> Result<(), Error> {
        match &entry.value {
            Some(value) => self.execute(
                "INSERT INTO assignment (assessment, kind, key, value) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT (assessment, kind, key) DO UPDATE SET value = ?4",
                params![assessment, word(entry.kind), entry.key, value],
            )?,
            None => self.execute(
                "DELETE FROM assignment WHERE assessment = ?1 AND kind = ?2 AND key = ?3",
                params![assessment, word(entry.kind), entry.key],
            )?,
        };
        Ok(())
    }

    /// Undoes the last act, or redoes the last one undone; does nothing when there is none.
    ///
    /// # Errors
    /// Of the disk.
    pub fn step_assignment(&self, assessment: &str, undo: bool) -> Result<(), Error> {
        let (value, end, order) = if undo { ("old", "max", "DESC") } else { ("new", "min", "ASC") };
        let act = format!("SELECT {end}(act) FROM assignment_change WHERE assessment = ?1 AND undone = ?2");
        let Some(act): Option<i64> = self.one(&act, params![assessment, !undo], |row| row.get(0))?.flatten() else {
            return Ok(());
        };
        let sql = format!(
            "SELECT kind, key, {value} FROM assignment_change WHERE assessment = ?1 AND act = ?2 ORDER BY id {order}"
        );
        for entry in self.all(&sql, params![assessment, act], rows::assignment)? {
            self.put_assignment(assessment, &entry)?;
        }
        self.execute(
            "UPDATE assignment_change SET undone = ?3 WHERE assessment = ?1 AND act = ?2",
            params![assessment, act, undo],
        )?;
        Ok(())
    }

    /// Whether there is an act to undo, and one to redo.
    ///
    /// # Errors
    /// Of the disk.
    pub fn can_step_assignment(&self, assessment: &str) -> Result<(bool, bool), Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM assignment_change WHERE assessment = ?1 AND undone = 0), \
                   EXISTS (SELECT 1 FROM assignment_change WHERE assessment = ?1 AND undone = 1)";
        Ok(self.one(sql, [assessment], |row| Ok((row.get(0)?, row.get(1)?)))?.unwrap_or_default())
    }
}
