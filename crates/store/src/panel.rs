//! Panels (专家组) of an office.

use crate::error::Error;
use crate::ledger::{Ledger, Line};
use crate::rows::word;
use crate::tx::{self, Tx};
use assessment::Stage;
use assessment::panel::PanelEntry;
use rusqlite::{Row, params};

const LEDGER: Ledger = Ledger { owner: "panel", entries: "panel_entry", changes: "panel_change" };

/// A panel over the units of one rubric, year and stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelRow {
    /// Its identifier.
    pub id: String,
    /// Its name, which no other has.
    pub name: String,
    /// Digest of the rubric.
    pub rubric: String,
    /// The year.
    pub year: i32,
    /// The stage.
    pub stage: Stage,
    /// When it was made.
    pub created_at: i64,
}

/// A finalised sheet for a panel: where it stands, and its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelSheetRow {
    /// The sheet.
    pub sheet: String,
    /// The unit.
    pub unit: String,
    /// Name of the assessor.
    pub assessor: String,
    /// The assessor's organisation.
    pub organisation: String,
    /// The phase.
    pub phase: assessment::Phase,
    /// Digest of the revision that it stands at; none for a draft.
    pub digest: Option<String>,
}

/// A sheet of any round that has panels: a rubric, a year, a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundSheetRow {
    /// Digest of the rubric.
    pub rubric: String,
    /// The year.
    pub year: i32,
    /// The stage.
    pub stage: Stage,
    /// The unit.
    pub unit: String,
    /// Name of the assessor.
    pub assessor: String,
    /// The assessor's organisation.
    pub organisation: String,
    /// The phase.
    pub phase: assessment::Phase,
}

const COLUMNS: &str = "SELECT id, name, rubric, year, stage, created_at FROM panel";

fn panel(row: &Row<'_>) -> rusqlite::Result<PanelRow> {
    Ok(PanelRow {
        id: row.get(0)?,
        name: row.get(1)?,
        rubric: row.get(2)?,
        year: row.get(3)?,
        stage: word(row, 4)?,
        created_at: row.get(5)?,
    })
}

fn sheet(row: &Row<'_>) -> rusqlite::Result<PanelSheetRow> {
    Ok(PanelSheetRow {
        sheet: row.get(0)?,
        unit: row.get(1)?,
        assessor: row.get(2)?,
        organisation: row.get(3)?,
        phase: word(row, 4)?,
        digest: row.get(5)?,
    })
}

impl Tx<'_> {
    /// Keeps a new panel.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_panel(&self, row: &PanelRow) -> Result<(), Error> {
        self.execute(
            "INSERT INTO panel (id, name, rubric, year, stage, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![row.id, row.name, row.rubric, row.year, tx::word(row.stage), row.created_at],
        )?;
        Ok(())
    }

    /// The panels of the list, the latest year first, then by name.
    ///
    /// # Errors
    /// Of the disk.
    pub fn panels(&self) -> Result<Vec<PanelRow>, Error> {
        self.panels_where("removed = 0")
    }

    /// Those that were taken off it.
    ///
    /// # Errors
    /// Of the disk.
    pub fn removed_panels(&self) -> Result<Vec<PanelRow>, Error> {
        self.panels_where("removed = 1")
    }

    fn panels_where(&self, condition: &str) -> Result<Vec<PanelRow>, Error> {
        self.all(&format!("{COLUMNS} WHERE {condition} ORDER BY year DESC, name"), [], panel)
    }

    /// Gives a panel another name.
    ///
    /// # Errors
    /// Of the disk.
    pub fn rename_panel(&self, panel: &str, name: &str) -> Result<(), Error> {
        self.execute("UPDATE panel SET name = ?2 WHERE id = ?1", [panel, name])?;
        Ok(())
    }

    /// Takes a panel off the list, or puts it back; everything of it stays.
    ///
    /// # Errors
    /// Of the disk.
    pub fn remove_panel(&self, panel: &str, removed: bool) -> Result<(), Error> {
        self.execute("UPDATE panel SET removed = ?2 WHERE id = ?1", params![panel, removed])?;
        Ok(())
    }

    /// All sheets but units' own evaluations and removed ones, by round, unit and assessor.
    ///
    /// # Errors
    /// Of the disk.
    pub fn round_sheets(&self) -> Result<Vec<RoundSheetRow>, Error> {
        let listed = crate::shelf::LISTED;
        let sql = format!(
            "SELECT a.rubric, a.year, s.stage, a.unit, s.assessor, s.organisation, s.phase \
             FROM sheet s JOIN assessment a ON a.id = s.assessment WHERE s.stage <> ?1 AND {listed} \
             ORDER BY a.year DESC, a.rubric, s.stage, a.unit, s.assessor, s.organisation"
        );
        self.all(&sql, [tx::word(Stage::SelfEvaluation)], |row| {
            Ok(RoundSheetRow {
                rubric: row.get(0)?,
                year: row.get(1)?,
                stage: word(row, 2)?,
                unit: row.get(3)?,
                assessor: row.get(4)?,
                organisation: row.get(5)?,
                phase: word(row, 6)?,
            })
        })
    }

    /// The entries of a panel.
    ///
    /// # Errors
    /// Of the disk.
    pub fn panel_entries(&self, panel: &str) -> Result<Vec<(String, String)>, Error> {
        let lines = LEDGER.all(self, panel)?;
        Ok(lines.into_iter().filter_map(|(key, value)| Some((key, value?))).collect())
    }

    /// Sets and removes entries of a panel as one act that can be undone.
    ///
    /// # Errors
    /// Of the disk.
    pub fn change_panel(&self, panel: &str, entries: &[PanelEntry]) -> Result<(), Error> {
        LEDGER.change(self, panel, entries)
    }

    /// Undoes the last act on a panel, or redoes the last one undone; gives what is kept now, nothing when there is no act.
    ///
    /// # Errors
    /// Of the disk.
    pub fn step_panel(&self, panel: &str, undo: bool) -> Result<Vec<Line>, Error> {
        LEDGER.step(self, panel, undo)
    }

    /// Whether there is an act to undo, and one to redo.
    ///
    /// # Errors
    /// Of the disk.
    pub fn can_step_panel(&self, panel: &str) -> Result<(bool, bool), Error> {
        LEDGER.can_step(self, panel)
    }

    /// The sheets of a rubric, year and stage but the removed ones, by unit and assessor.
    ///
    /// # Errors
    /// Of the disk.
    pub fn sheets_for_panel(&self, rubric: &str, year: i32, stage: Stage) -> Result<Vec<PanelSheetRow>, Error> {
        let listed = crate::shelf::LISTED;
        let sql = format!(
            "SELECT s.id, a.unit, s.assessor, s.organisation, s.phase, s.digest \
             FROM sheet s JOIN assessment a ON a.id = s.assessment \
             WHERE a.rubric = ?1 AND a.year = ?2 AND s.stage = ?3 AND {listed} \
             ORDER BY a.unit, s.assessor, s.organisation, s.id"
        );
        self.all(&sql, params![rubric, year, tx::word(stage)], sheet)
    }

    /// The file of a finalised revision.
    ///
    /// # Errors
    /// Of the disk.
    pub fn revision_file(&self, sheet: &str, digest: &str) -> Result<Option<String>, Error> {
        let sql = "SELECT file FROM revision WHERE sheet = ?1 AND digest = ?2 LIMIT 1";
        self.one(sql, [sheet, digest], |row| row.get(0))
    }
}
