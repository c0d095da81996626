//! Receipts that others signed for packages of this machine.

use crate::error::Error;
use crate::tx::Tx;
use rusqlite::{Row, params};

/// A receipt, as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptRow {
    /// SHA-256 of its file.
    pub id: String,
    /// When the package arrived, as it says.
    pub arrived_at: i64,
    /// When it was taken in here.
    pub taken_at: i64,
    /// SHA-256 of the certificate that it was signed with.
    pub fingerprint: String,
    /// The file.
    pub file: Vec<u8>,
    /// What it says, canonical JSON.
    pub body: String,
}

/// A sheet that a receipt names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedRow {
    /// The sheet.
    pub sheet: String,
    /// Its revision.
    pub revision: u32,
    /// The digest that arrived.
    pub digest: String,
}

fn receipt(row: &Row<'_>) -> rusqlite::Result<ReceiptRow> {
    Ok(ReceiptRow {
        id: row.get(0)?,
        arrived_at: row.get(1)?,
        taken_at: row.get(2)?,
        fingerprint: row.get(3)?,
        file: row.get(4)?,
        body: row.get(5)?,
    })
}

impl Tx<'_> {
    /// Keeps a receipt with the sheets of this workspace that it names.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_receipt(&self, row: &ReceiptRow, sheets: &[ReceivedRow]) -> Result<(), Error> {
        let ReceiptRow { id, arrived_at, taken_at, fingerprint, file, body } = row;
        self.execute(
            "INSERT OR IGNORE INTO receipt (id, arrived_at, taken_at, fingerprint, file, body) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![id, arrived_at, taken_at, fingerprint, file, body],
        )?;
        for ReceivedRow { sheet, revision, digest } in sheets {
            self.execute(
                "INSERT OR IGNORE INTO receipt_sheet (receipt, sheet, revision, digest) VALUES (?1, ?2, ?3, ?4)",
                params![id, sheet, revision, digest],
            )?;
        }
        Ok(())
    }

    /// Whether a receipt is here already.
    ///
    /// # Errors
    /// Of the disk.
    pub fn has_receipt(&self, id: &str) -> Result<bool, Error> {
        Ok(self.one("SELECT 1 FROM receipt WHERE id = ?1", [id], |_| Ok(()))?.is_some())
    }

    /// The receipts that name a sheet, the latest first, each with what it says of that sheet.
    ///
    /// # Errors
    /// Of the disk.
    pub fn receipts_of(&self, sheet: &str) -> Result<Vec<(ReceiptRow, ReceivedRow)>, Error> {
        let sql = "SELECT r.id, r.arrived_at, r.taken_at, r.fingerprint, r.file, r.body, s.revision, s.digest \
                   FROM receipt_sheet s JOIN receipt r ON r.id = s.receipt WHERE s.sheet = ?1 \
                   ORDER BY r.arrived_at DESC, r.id, s.revision DESC";
        self.all(sql, [sheet], |row| {
            Ok((receipt(row)?, ReceivedRow { sheet: sheet.to_owned(), revision: row.get(6)?, digest: row.get(7)? }))
        })
    }
}
