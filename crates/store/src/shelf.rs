//! What stands around the sheets: settings, the sample, sheets taken off the list, corrections, packages seen.

use crate::error::Error;
use crate::rows::{self, AssessmentRow, SHEET_COLUMNS, SheetRow};
use crate::tx::{Tx, word};
use rusqlite::{Row, params};

/// Condition of a query over `sheet s`: the sheet was not taken off the list.
pub(crate) const LISTED: &str = "s.id NOT IN (SELECT sheet FROM removed_sheet)";

/// A package that was written or taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParcelRow {
    /// Its number, from 1.
    pub id: i64,
    /// When.
    pub at: i64,
    /// Taken in, not written.
    pub imported: bool,
    /// Where the file was.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// The unit.
    pub unit: String,
    /// The year.
    pub year: i32,
    /// The assessors of its sheets.
    pub assessors: String,
    /// What verification said, in the word of its kind.
    pub verdict: String,
    /// Sheets that were new, updated, the same, in conflict.
    pub counts: [u32; 4],
    /// The sheets inside, as JSON.
    pub sheets: String,
    /// What a receipt for one that was taken in says, as JSON.
    pub receipt: Option<String>,
}

/// The last entry of the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastAudit {
    /// When.
    pub at: i64,
    /// The sheet concerned.
    pub sheet: Option<String>,
}

fn parcel(row: &Row<'_>) -> rusqlite::Result<ParcelRow> {
    let size: i64 = row.get(4)?;
    Ok(ParcelRow {
        id: row.get(0)?,
        at: row.get(1)?,
        imported: row.get(2)?,
        path: row.get(3)?,
        size: u64::try_from(size).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(4, size))?,
        unit: row.get(5)?,
        year: row.get(6)?,
        assessors: row.get(7)?,
        verdict: row.get(8)?,
        counts: [row.get(9)?, row.get(10)?, row.get(11)?, row.get(12)?],
        sheets: row.get(13)?,
        receipt: row.get(14)?,
    })
}

const PARCEL_COLUMNS: &str = "SELECT id, at, imported, path, size, unit, year, assessors, verdict, \
     added, updated, same, conflicting, sheets, receipt FROM parcel";

impl Tx<'_> {
    /// What was chosen under a key.
    ///
    /// # Errors
    /// Of the disk.
    pub fn setting(&self, key: &str) -> Result<Option<String>, Error> {
        self.one("SELECT value FROM setting WHERE key = ?1", [key], |row| row.get(0))
    }

    /// Keeps what was chosen.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_setting(&self, key: &str, value: &str) -> Result<(), Error> {
        self.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?1, ?2)", [key, value])?;
        Ok(())
    }

    /// Takes a sheet off the list; its records stay.
    ///
    /// # Errors
    /// Of the disk.
    pub fn remove_sheet(&self, sheet: &str, at: i64) -> Result<(), Error> {
        self.execute("INSERT OR IGNORE INTO removed_sheet (sheet, at) VALUES (?1, ?2)", params![sheet, at])?;
        Ok(())
    }

    /// Puts a sheet back on the list.
    ///
    /// # Errors
    /// Of the disk.
    pub fn restore_sheet(&self, sheet: &str) -> Result<(), Error> {
        self.execute("DELETE FROM removed_sheet WHERE sheet = ?1", [sheet])?;
        Ok(())
    }

    /// The sheets that were taken off the list with the time, the latest first.
    ///
    /// # Errors
    /// Of the disk.
    pub fn removed_sheets(&self) -> Result<Vec<(i64, SheetRow)>, Error> {
        let rows = self.all(
            &format!("{SHEET_COLUMNS} JOIN removed_sheet r ON r.sheet = s.id ORDER BY r.at DESC, s.id"),
            [],
            rows::sheet,
        )?;
        let time =
            |row: &SheetRow| self.one("SELECT at FROM removed_sheet WHERE sheet = ?1", [&row.id], |found| found.get(0));
        rows.into_iter().map(|row| Ok((time(&row)?.unwrap_or_default(), row))).collect()
    }

    /// The sheet off the list whose id begins so, if it is the only one.
    ///
    /// # Errors
    /// Of the disk.
    pub fn removed_sheet(&self, id: &str) -> Result<Option<SheetRow>, Error> {
        let mut found: Vec<SheetRow> =
            self.removed_sheets()?.into_iter().map(|(_, row)| row).filter(|row| row.id.starts_with(id)).collect();
        Ok(if found.len() == 1 { found.pop() } else { None })
    }

    /// The sheet with exactly this id, on the list or off it.
    ///
    /// # Errors
    /// Of the disk.
    pub fn any_sheet(&self, id: &str) -> Result<Option<SheetRow>, Error> {
        self.one(&format!("{SHEET_COLUMNS} WHERE s.id = ?1"), [id], rows::sheet)
    }

    /// All sheets of an assessment, on the list or off it.
    ///
    /// # Errors
    /// Of the disk.
    pub fn sheets_in(&self, assessment: &str) -> Result<Vec<SheetRow>, Error> {
        self.all(&format!("{SHEET_COLUMNS} WHERE a.id = ?1 ORDER BY s.id"), [assessment], rows::sheet)
    }

    /// The assessment of a unit in a year under a rubric, when there is one.
    ///
    /// # Errors
    /// Of the disk.
    pub fn find_assessment(&self, rubric: &str, unit: &str, year: i32) -> Result<Option<AssessmentRow>, Error> {
        let id: Option<String> = self.one(
            "SELECT id FROM assessment WHERE rubric = ?1 AND unit = ?2 AND year = ?3",
            params![rubric, unit, year],
            |row| row.get(0),
        )?;
        Ok(id.map(|id| AssessmentRow { id, rubric: rubric.to_owned(), unit: unit.to_owned(), year }))
    }

    /// The units that assessments are about, each once.
    ///
    /// # Errors
    /// Of the disk.
    pub fn units(&self) -> Result<Vec<String>, Error> {
        self.all("SELECT DISTINCT unit FROM assessment ORDER BY unit", [], |row| row.get(0))
    }

    /// Whether a unit has sheets of a year under another edition of a rubric.
    ///
    /// # Errors
    /// Of the disk.
    pub fn other_edition(&self, rubric: &str, digest: &str, unit: &str, year: i32) -> Result<bool, Error> {
        let sql = "SELECT 1 FROM assessment a JOIN rubric r ON r.digest = a.rubric JOIN sheet s ON s.assessment = a.id \
                   WHERE r.id = ?1 AND r.digest <> ?2 AND a.unit = ?3 AND a.year = ?4 LIMIT 1";
        Ok(self.one(sql, params![rubric, digest, unit, year], |_| Ok(()))?.is_some())
    }

    /// Whether anything but sheets belongs to an assessment: evidence, texts, a schedule and so on.
    ///
    /// # Errors
    /// Of the disk.
    pub fn assessment_holds(&self, assessment: &str) -> Result<bool, Error> {
        let tables: Vec<String> = self.all(
            "SELECT DISTINCT m.name FROM sqlite_master m, pragma_foreign_key_list(m.name) f \
             WHERE m.type = 'table' AND f.\"table\" = 'assessment' AND f.\"from\" = 'assessment' AND m.name <> 'sheet'",
            [],
            |row| row.get(0),
        )?;
        for table in tables {
            // The names come from the schema, not from a person.
            let sql = format!("SELECT 1 FROM {table} WHERE assessment = ?1 LIMIT 1");
            if self.one(&sql, [assessment], |_| Ok(()))?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Corrects the unit and the year of an assessment, for all its sheets.
    ///
    /// # Errors
    /// Of the disk.
    pub fn rename_assessment(&self, assessment: &AssessmentRow) -> Result<(), Error> {
        self.execute(
            "UPDATE assessment SET unit = ?2, year = ?3 WHERE id = ?1",
            params![assessment.id, assessment.unit, assessment.year],
        )?;
        Ok(())
    }

    /// Corrects whose sheet it is: assessment, stage, assessor, organisation, and when that was done.
    ///
    /// # Errors
    /// Of the disk.
    pub fn describe_sheet(&self, sheet: &SheetRow) -> Result<(), Error> {
        self.execute(
            "UPDATE sheet SET assessment = ?2, stage = ?3, assessor = ?4, organisation = ?5, changed_at = ?6 WHERE id = ?1",
            params![
                sheet.id,
                sheet.assessment.id,
                word(sheet.stage),
                sheet.assessor,
                sheet.organisation,
                sheet.changed_at
            ],
        )?;
        Ok(())
    }

    /// Notes that an assessment is of the sample.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_sample(&self, assessment: &str) -> Result<(), Error> {
        self.execute("INSERT OR IGNORE INTO sample (assessment) VALUES (?1)", [assessment])?;
        Ok(())
    }

    /// The assessments of the sample.
    ///
    /// # Errors
    /// Of the disk.
    pub fn samples(&self) -> Result<Vec<String>, Error> {
        self.all("SELECT assessment FROM sample ORDER BY assessment", [], |row| row.get(0))
    }

    /// Keeps that a package was written or taken in; gives its number.
    ///
    /// # Errors
    /// Of the disk.
    pub fn add_parcel(&self, row: &ParcelRow) -> Result<i64, Error> {
        let [added, updated, same, conflicting] = row.counts;
        let size = i64::try_from(row.size).unwrap_or(i64::MAX);
        self.execute(
            "INSERT INTO parcel (at, imported, path, size, unit, year, assessors, verdict, added, updated, same, \
             conflicting, sheets, receipt) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            params![
                row.at,
                row.imported,
                row.path,
                size,
                row.unit,
                row.year,
                row.assessors,
                row.verdict,
                added,
                updated,
                same,
                conflicting,
                row.sheets,
                row.receipt
            ],
        )?;
        Ok(self.one("SELECT max(id) FROM parcel", [], |row| row.get(0))?.unwrap_or_default())
    }

    /// The latest packages, each file once, the latest first.
    ///
    /// # Errors
    /// Of the disk.
    pub fn parcels(&self, most: u32) -> Result<Vec<ParcelRow>, Error> {
        let sql = format!(
            "{PARCEL_COLUMNS} WHERE id IN (SELECT max(id) FROM parcel GROUP BY path, imported) ORDER BY id DESC LIMIT ?1"
        );
        self.all(&sql, [most], parcel)
    }

    /// A package by its number.
    ///
    /// # Errors
    /// Of the disk.
    pub fn parcel(&self, id: i64) -> Result<Option<ParcelRow>, Error> {
        self.one(&format!("{PARCEL_COLUMNS} WHERE id = ?1"), [id], parcel)
    }

    /// The last entry of the audit.
    ///
    /// # Errors
    /// Of the disk.
    pub fn last_audit(&self) -> Result<Option<LastAudit>, Error> {
        self.one("SELECT at, sheet FROM audit ORDER BY id DESC LIMIT 1", [], |row| {
            Ok(LastAudit { at: row.get(0)?, sheet: row.get(1)? })
        })
    }
}
