//! Views of results that were given a name, and indicators of two editions that were declared to mean the same.

use crate::error::Error;
use crate::tx::Tx;
use rusqlite::{Row, params};

fn pair(row: &Row<'_>) -> rusqlite::Result<(String, String)> {
    Ok((row.get(0)?, row.get(1)?))
}

impl Tx<'_> {
    /// The saved views of a panel: name and what is asked for, by name.
    ///
    /// # Errors
    /// Of the disk.
    pub fn result_views(&self, panel: &str) -> Result<Vec<(String, String)>, Error> {
        self.all("SELECT name, query FROM result_view WHERE panel = ?1 ORDER BY name", [panel], pair)
    }

    /// Keeps a view under a name; one that is there is replaced.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_result_view(&self, panel: &str, name: &str, query: &str) -> Result<(), Error> {
        self.execute(
            "INSERT INTO result_view (panel, name, query) VALUES (?1, ?2, ?3) \
             ON CONFLICT (panel, name) DO UPDATE SET query = ?3",
            [panel, name, query],
        )?;
        Ok(())
    }

    /// Removes a saved view.
    ///
    /// # Errors
    /// Of the disk.
    pub fn remove_result_view(&self, panel: &str, name: &str) -> Result<(), Error> {
        self.execute("DELETE FROM result_view WHERE panel = ?1 AND name = ?2", [panel, name])?;
        Ok(())
    }

    /// Codes of indicators that were declared to mean the same in two editions, the old one first.
    ///
    /// # Errors
    /// Of the disk.
    pub fn edition_matches(&self, old: &str, new: &str) -> Result<Vec<(String, String)>, Error> {
        let sql = "SELECT old_code, new_code FROM edition_match WHERE old = ?1 AND new = ?2 ORDER BY new_code";
        self.all(sql, [old, new], pair)
    }

    /// Keeps for two editions that two indicators mean the same; whatever was said of either before is replaced.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_edition_match(&self, (old, new): (&str, &str), (from, to): (&str, &str)) -> Result<(), Error> {
        self.execute(
            "DELETE FROM edition_match WHERE old = ?1 AND new = ?2 AND (old_code = ?3 OR new_code = ?4)",
            [old, new, from, to],
        )?;
        self.execute(
            "INSERT INTO edition_match (old, new, old_code, new_code) VALUES (?1, ?2, ?3, ?4)",
            params![old, new, from, to],
        )?;
        Ok(())
    }

    /// Takes back what was declared of an indicator of the new edition.
    ///
    /// # Errors
    /// Of the disk.
    pub fn remove_edition_match(&self, (old, new): (&str, &str), to: &str) -> Result<(), Error> {
        self.execute("DELETE FROM edition_match WHERE old = ?1 AND new = ?2 AND new_code = ?3", [old, new, to])?;
        Ok(())
    }
}
