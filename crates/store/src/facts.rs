//! What is handed out as facts: assessments with their signed revisions, and where these came from.

use crate::error::Error;
use crate::rows::{self, AssessmentRow, RevisionRow};
use crate::shelf::LISTED;
use crate::tx::{self, Tx};
use assessment::Phase;
use rusqlite::{Row, params};

/// An assessment that has signed sheets, with what its rubric is called.
#[derive(Clone, Debug, PartialEq)]
pub struct FactsRow {
    /// The assessment.
    pub assessment: AssessmentRow,
    /// Identifier of its rubric.
    pub rubric: String,
    /// How many signed sheets it has.
    pub sheets: u32,
}

fn facts(row: &Row<'_>) -> rusqlite::Result<FactsRow> {
    let assessment = AssessmentRow { id: row.get(0)?, rubric: row.get(1)?, unit: row.get(2)?, year: row.get(3)? };
    Ok(FactsRow { assessment, rubric: row.get(4)?, sheets: row.get(5)? })
}

impl Tx<'_> {
    /// Assessments with signed sheets, by rubric, year and unit; those of the sample are nobody's results and left out.
    ///
    /// # Errors
    /// Of the disk.
    pub fn assessments_with_facts(&self) -> Result<Vec<FactsRow>, Error> {
        let sql = format!(
            "SELECT a.id, a.rubric, a.unit, a.year, r.id, count(*) \
             FROM assessment a JOIN rubric r ON r.digest = a.rubric JOIN sheet s ON s.assessment = a.id \
             WHERE s.phase = ?1 AND {LISTED} AND a.id NOT IN (SELECT assessment FROM sample) \
             GROUP BY a.id ORDER BY r.id, a.year, a.rubric, a.unit"
        );
        self.all(&sql, params![tx::word(Phase::Signed)], facts)
    }

    /// The signed revisions of an assessment's sheets but the removed ones, and whether a sheet stands at it; by stage,
    /// assessor, sheet and revision.
    ///
    /// # Errors
    /// Of the disk.
    pub fn signed_revisions(&self, assessment: &str) -> Result<Vec<(RevisionRow, bool)>, Error> {
        let sql = format!(
            "SELECT v.sheet, v.revision, v.digest, v.file, v.signers, s.phase = ?2 AND s.digest = v.digest \
             FROM revision v JOIN sheet s ON s.id = v.sheet WHERE s.assessment = ?1 AND v.signers <> '' AND {LISTED} \
             ORDER BY s.stage, s.assessor, s.organisation, s.id, v.revision, v.digest"
        );
        self.all(&sql, params![assessment, tx::word(Phase::Signed)], |row| Ok((rows::revision(row)?, row.get(5)?)))
    }

    /// What receipts for the packages that were taken in say, as JSON, the first first.
    ///
    /// # Errors
    /// Of the disk.
    pub fn arrivals(&self) -> Result<Vec<String>, Error> {
        self.all("SELECT receipt FROM parcel WHERE imported AND receipt IS NOT NULL ORDER BY id", [], |row| row.get(0))
    }

    /// Fingerprint and text of every certificate that was met, and of this machine's identities.
    ///
    /// # Errors
    /// Of the disk.
    pub fn certificate_texts(&self) -> Result<Vec<(String, String)>, Error> {
        let sql = "SELECT fingerprint, pem FROM certificate UNION SELECT fingerprint, certificate FROM identity \
                   ORDER BY 1, 2";
        self.all(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
    }
}
