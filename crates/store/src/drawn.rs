//! Signatures drawn by hand, kept with an identity when its owner wishes.

use crate::{Error, Tx};
use rusqlite::params;
use std::collections::BTreeMap;

impl Tx<'_> {
    /// The drawings by the fingerprint of their identity.
    ///
    /// # Errors
    /// Of the disk.
    pub fn drawings(&self) -> Result<BTreeMap<String, String>, Error> {
        let pair = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        Ok(self.all("SELECT identity, drawing FROM drawn_signature", [], pair)?.into_iter().collect())
    }

    /// Keeps a drawing with an identity, or takes it away.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_drawing(&self, identity: &str, drawing: Option<&str>) -> Result<(), Error> {
        match drawing {
            Some(drawing) => self.execute(
                "INSERT OR REPLACE INTO drawn_signature (identity, drawing) VALUES (?1, ?2)",
                params![identity, drawing],
            )?,
            None => self.execute("DELETE FROM drawn_signature WHERE identity = ?1", [identity])?,
        };
        Ok(())
    }
}
