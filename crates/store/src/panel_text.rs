//! Texts that people write for the reports of a panel.

use crate::error::Error;
use crate::tx::Tx;
use rusqlite::params;

/// A text of a report, in place of the one that is drafted from the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelTextRow {
    /// The unit; empty for what all units share.
    pub unit: String,
    /// Where it stands, such as `opinion.strengths`.
    pub place: String,
    /// The text.
    pub text: String,
    /// The draft that it was written over: when the draft is another now, the data have changed since.
    pub draft: String,
    /// When it was written.
    pub changed_at: i64,
}

impl Tx<'_> {
    /// All texts of a panel's reports.
    ///
    /// # Errors
    /// Of the disk.
    pub fn panel_texts(&self, panel: &str) -> Result<Vec<PanelTextRow>, Error> {
        let sql = "SELECT unit, place, text, draft, changed_at FROM panel_text WHERE panel = ?1 ORDER BY unit, place";
        self.all(sql, [panel], |row| {
            Ok(PanelTextRow {
                unit: row.get(0)?,
                place: row.get(1)?,
                text: row.get(2)?,
                draft: row.get(3)?,
                changed_at: row.get(4)?,
            })
        })
    }

    /// Takes a text away, so that the draft stands again.
    ///
    /// # Errors
    /// Of the disk.
    pub fn remove_panel_text(&self, panel: &str, unit: &str, place: &str) -> Result<(), Error> {
        let sql = "DELETE FROM panel_text WHERE panel = ?1 AND unit = ?2 AND place = ?3";
        self.execute(sql, params![panel, unit, place])?;
        Ok(())
    }

    /// Keeps a text; an empty one is one that a person wants to be empty.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_panel_text(&self, panel: &str, row: &PanelTextRow) -> Result<(), Error> {
        self.execute(
            "INSERT INTO panel_text (panel, unit, place, text, draft, changed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
             ON CONFLICT (panel, unit, place) DO UPDATE SET text = ?4, draft = ?5, changed_at = ?6",
            params![panel, row.unit, row.place, row.text, row.draft, row.changed_at],
        )?;
        Ok(())
    }
}
