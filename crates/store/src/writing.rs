//! Texts and the schedule of an assessment.

use crate::error::Error;
use crate::rows::{self, ScheduleRow, WritingRow};
use crate::tx::{Tx, word};
use rusqlite::params;

impl Tx<'_> {
    /// All texts of an assessment, by place and part.
    ///
    /// # Errors
    /// Of the disk.
    pub fn writings(&self, assessment: &str) -> Result<Vec<WritingRow>, Error> {
        self.all(
            "SELECT place, part, text, changed_at FROM writing WHERE assessment = ?1 ORDER BY place, part",
            [assessment],
            rows::writing,
        )
    }

    /// Writes a text; an empty one takes its row away.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_writing(&self, assessment: &str, row: &WritingRow) -> Result<(), Error> {
        if row.text.is_empty() {
            self.execute(
                "DELETE FROM writing WHERE assessment = ?1 AND place = ?2 AND part = ?3",
                params![assessment, row.place, row.part],
            )?;
            return Ok(());
        }
        self.execute(
            "INSERT INTO writing (assessment, place, part, text, changed_at) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (assessment, place, part) DO UPDATE SET text = ?4, changed_at = ?5",
            params![assessment, row.place, row.part, row.text, row.changed_at],
        )?;
        Ok(())
    }

    /// The schedule of an assessment in its order; empty when none was stored.
    ///
    /// # Errors
    /// Of the disk.
    pub fn schedule(&self, assessment: &str) -> Result<Vec<ScheduleRow>, Error> {
        self.all(
            "SELECT time, item, who, note, state FROM schedule WHERE assessment = ?1 ORDER BY position",
            [assessment],
            rows::schedule,
        )
    }

    /// Replaces the schedule of an assessment.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_schedule(&self, assessment: &str, rows: &[ScheduleRow]) -> Result<(), Error> {
        self.execute("DELETE FROM schedule WHERE assessment = ?1", [assessment])?;
        for (position, row) in (1_i64..).zip(rows) {
            self.execute(
                "INSERT INTO schedule (assessment, position, time, item, who, note, state) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![assessment, position, row.time, row.item, row.who, row.note, word(row.state)],
            )?;
        }
        Ok(())
    }
}
