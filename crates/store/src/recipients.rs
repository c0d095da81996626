//! Keys for encrypted packages: this workspace's own, and whom packages are encrypted to.

use crate::error::Error;
use crate::tx::Tx;
use rusqlite::{Row, params};

/// A key pair of this workspace (age X25519).
#[derive(Clone, PartialEq, Eq)]
pub struct ExchangeKeyRow {
    /// The public half, `age1…`.
    pub recipient: String,
    /// The secret half.
    pub secret: String,
    /// When it was made, seconds since 1970 in UTC.
    pub made_at: i64,
}

/// Somebody else's public half, with the name that it is known by here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientRow {
    /// The public half, `age1…`.
    pub key: String,
    /// The name.
    pub name: String,
}

impl Tx<'_> {
    /// Keeps a key pair; those before it stay, for what was encrypted to them.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_exchange_key(&self, row: &ExchangeKeyRow) -> Result<(), Error> {
        self.execute(
            "INSERT INTO exchange_key (recipient, secret, made_at) VALUES (?1, ?2, ?3)",
            params![row.recipient, row.secret, row.made_at],
        )?;
        Ok(())
    }

    /// The key pairs of this workspace, the latest first.
    ///
    /// # Errors
    /// Of the disk.
    pub fn exchange_keys(&self) -> Result<Vec<ExchangeKeyRow>, Error> {
        let read =
            |row: &Row<'_>| Ok(ExchangeKeyRow { recipient: row.get(0)?, secret: row.get(1)?, made_at: row.get(2)? });
        self.all("SELECT recipient, secret, made_at FROM exchange_key ORDER BY id DESC", [], read)
    }

    /// Keeps somebody's key under a name; a key that is here gets the new name.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_recipient(&self, row: &RecipientRow) -> Result<(), Error> {
        self.execute(
            "INSERT INTO recipient (key, name) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET name = ?2",
            params![row.key, row.name],
        )?;
        Ok(())
    }

    /// Whom packages can be encrypted to, by name.
    ///
    /// # Errors
    /// Of the disk.
    pub fn recipients(&self) -> Result<Vec<RecipientRow>, Error> {
        let read = |row: &Row<'_>| Ok(RecipientRow { key: row.get(0)?, name: row.get(1)? });
        self.all("SELECT key, name FROM recipient ORDER BY name", [], read)
    }

    /// Forgets somebody's key.
    ///
    /// # Errors
    /// Of the disk.
    pub fn remove_recipient(&self, key: &str) -> Result<(), Error> {
        self.execute("DELETE FROM recipient WHERE key = ?1", [key])?;
        Ok(())
    }
}
