//! Contents that contend until a person decides, and what people decided.

use crate::error::Error;
use crate::rows::{self, RevisionRow};
use crate::tx::Tx;
use rusqlite::params;

/// A package whose sheets contend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContestedPackage {
    /// Digest of its content, which names it.
    pub content: String,
    /// Where the file was.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was met.
    pub at: i64,
    /// Its texts and signatures, as JSON.
    pub body: String,
}

/// A decision that somebody signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRow {
    /// SHA-256 of the signed file.
    pub digest: String,
    /// When it was taken in.
    pub at: i64,
    /// What it says, as JSON.
    pub body: String,
    /// The signed file.
    pub sealed: Vec<u8>,
}

impl Tx<'_> {
    /// Keeps a package with its sheets that contend; what is kept already stays as it is, but for those who signed as well.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_contested(&self, package: &ContestedPackage, sheets: &[RevisionRow]) -> Result<(), Error> {
        let ContestedPackage { content, path, size, at, body } = package;
        let size = i64::try_from(*size).unwrap_or(i64::MAX);
        self.execute(
            "INSERT OR IGNORE INTO contested_package (content, path, size, at, body) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![content, path, size, at, body],
        )?;
        for row in sheets {
            self.execute(
                "INSERT OR IGNORE INTO contested (sheet, revision, digest, file, signers, package) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![row.sheet, row.revision, row.digest, row.file, row.signers.join(" "), content],
            )?;
            row.signers.iter().try_for_each(|signer| self.join_signer("contested", &row.sheet, &row.digest, signer))?;
        }
        Ok(())
    }

    /// The contents of a sheet that contend or contended, each with the digest of its package's content.
    ///
    /// # Errors
    /// Of the disk.
    pub fn contested(&self, sheet: &str) -> Result<Vec<(RevisionRow, String)>, Error> {
        let sql = "SELECT sheet, revision, digest, file, signers, package FROM contested WHERE sheet = ?1 \
                   ORDER BY revision, digest";
        self.all(sql, [sheet], contested)
    }

    /// The sheets of a package that contend or contended.
    ///
    /// # Errors
    /// Of the disk.
    pub fn contested_in(&self, package: &str) -> Result<Vec<RevisionRow>, Error> {
        let sql = "SELECT sheet, revision, digest, file, signers, package FROM contested WHERE package = ?1 \
                   ORDER BY sheet, revision";
        Ok(self.all(sql, [package], contested)?.into_iter().map(|(row, _)| row).collect())
    }

    /// Identifiers of all sheets with contents that contend or contended.
    ///
    /// # Errors
    /// Of the disk.
    pub fn contested_sheets(&self) -> Result<Vec<String>, Error> {
        self.all("SELECT DISTINCT sheet FROM contested ORDER BY sheet", [], |row| row.get(0))
    }

    /// A package whose sheets contend or contended.
    ///
    /// # Errors
    /// Of the disk.
    pub fn contested_package(&self, content: &str) -> Result<Option<ContestedPackage>, Error> {
        let sql = "SELECT content, path, size, at, body FROM contested_package WHERE content = ?1";
        self.one(sql, [content], |row| {
            let size: i64 = row.get(2)?;
            Ok(ContestedPackage {
                content: row.get(0)?,
                path: row.get(1)?,
                size: u64::try_from(size).unwrap_or_default(),
                at: row.get(3)?,
                body: row.get(4)?,
            })
        })
    }

    /// Keeps a signed decision; the same one twice is kept once.
    ///
    /// # Errors
    /// Of the disk.
    pub fn add_decision(&self, row: &DecisionRow) -> Result<(), Error> {
        let DecisionRow { digest, at, body, sealed } = row;
        self.execute(
            "INSERT OR IGNORE INTO decision (digest, at, body, sealed) VALUES (?1, ?2, ?3, ?4)",
            params![digest, at, body, sealed],
        )?;
        Ok(())
    }

    /// All decisions.
    ///
    /// # Errors
    /// Of the disk.
    pub fn decisions(&self) -> Result<Vec<DecisionRow>, Error> {
        self.all("SELECT digest, at, body, sealed FROM decision ORDER BY at, digest", [], |row| {
            Ok(DecisionRow { digest: row.get(0)?, at: row.get(1)?, body: row.get(2)?, sealed: row.get(3)? })
        })
    }
}

fn contested(row: &rusqlite::Row<'_>) -> rusqlite::Result<(RevisionRow, String)> {
    Ok((rows::revision(row)?, row.get(5)?))
}
