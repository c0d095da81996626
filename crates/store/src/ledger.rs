//! Entries that belong to an assessment or a panel and not to a sheet, with their own undo: what is changed in one act is undone and
//! redone in one.

use crate::error::Error;
use crate::tx::Tx;
use rusqlite::{Row, params};

/// A table of entries (`owner`, `key`, `value`), and the one with their changes.
pub(crate) struct Ledger {
    /// The column that names what the entries belong to.
    pub owner: &'static str,
    pub entries: &'static str,
    pub changes: &'static str,
}

/// A key, and its value; `None` removes the entry.
pub(crate) type Line = (String, Option<String>);

fn line(row: &Row<'_>) -> rusqlite::Result<Line> {
    Ok((row.get(0)?, row.get(1)?))
}

impl Ledger {
    pub fn all(&self, tx: &Tx<'_>, of: &str) -> Result<Vec<Line>, Error> {
        let sql = format!("SELECT key, value FROM {} WHERE {} = ?1 ORDER BY key", self.entries, self.owner);
        tx.all(&sql, [of], line)
    }

    /// Sets and removes entries as one act; those that are so already are no change, and acts that were undone are
    /// forgotten.
    pub fn change(&self, tx: &Tx<'_>, of: &str, lines: &[Line]) -> Result<(), Error> {
        let (entries, changes, by) = (self.entries, self.changes, self.owner);
        let last = format!("SELECT max(act) FROM {changes} WHERE {by} = ?1 AND undone = 0");
        let last: Option<i64> = tx.one(&last, [of], |row| row.get(0))?.flatten();
        let act = last.unwrap_or_default() + 1;
        for (key, value) in lines {
            let old = format!("SELECT value FROM {entries} WHERE {by} = ?1 AND key = ?2");
            let old: Option<String> = tx.one(&old, [of, key], |row| row.get(0))?;
            if old == *value {
                continue;
            }
            tx.execute(&format!("DELETE FROM {changes} WHERE {by} = ?1 AND undone = 1"), [of])?;
            tx.execute(
                &format!("INSERT INTO {changes} ({by}, act, key, old, new) VALUES (?1, ?2, ?3, ?4, ?5)"),
                params![of, act, key, old, value],
            )?;
            self.put(tx, of, key, value.as_deref())?;
        }
        Ok(())
    }

    pub fn put(&self, tx: &Tx<'_>, of: &str, key: &str, value: Option<&str>) -> Result<(), Error> {
        let (entries, by) = (self.entries, self.owner);
        match value {
            Some(value) => tx.execute(
                &format!(
                    "INSERT INTO {entries} ({by}, key, value) VALUES (?1, ?2, ?3) \
                     ON CONFLICT ({by}, key) DO UPDATE SET value = ?3"
                ),
                params![of, key, value],
            )?,
            None => tx.execute(&format!("DELETE FROM {entries} WHERE {by} = ?1 AND key = ?2"), [of, key])?,
        };
        Ok(())
    }

    /// Undoes the last act, or redoes the last one undone; gives what is kept now, nothing when there is no act.
    pub fn step(&self, tx: &Tx<'_>, of: &str, undo: bool) -> Result<Vec<Line>, Error> {
        let (changes, by) = (self.changes, self.owner);
        let (value, end, order) = if undo { ("old", "max", "DESC") } else { ("new", "min", "ASC") };
        let act = format!("SELECT {end}(act) FROM {changes} WHERE {by} = ?1 AND undone = ?2");
        let Some(act): Option<i64> = tx.one(&act, params![of, !undo], |row| row.get(0))?.flatten() else {
            return Ok(Vec::new());
        };
        let sql = format!("SELECT key, {value} FROM {changes} WHERE {by} = ?1 AND act = ?2 ORDER BY id {order}");
        let back = tx.all(&sql, params![of, act], line)?;
        for (key, value) in &back {
            self.put(tx, of, key, value.as_deref())?;
        }
        let mark = format!("UPDATE {changes} SET undone = ?3 WHERE {by} = ?1 AND act = ?2");
        tx.execute(&mark, params![of, act, undo])?;
        Ok(back)
    }

    /// Whether there is an act to undo, and one to redo.
    pub fn can_step(&self, tx: &Tx<'_>, of: &str) -> Result<(bool, bool), Error> {
        let (changes, by) = (self.changes, self.owner);
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM {changes} WHERE {by} = ?1 AND undone = 0), \
             EXISTS (SELECT 1 FROM {changes} WHERE {by} = ?1 AND undone = 1)"
        );
        Ok(tx.one(&sql, [of], |row| Ok((row.get(0)?, row.get(1)?)))?.unwrap_or_default())
    }

    pub fn forget(&self, tx: &Tx<'_>, of: &str) -> Result<(), Error> {
        tx.execute(&format!("DELETE FROM {} WHERE {} = ?1", self.changes, self.owner), [of])?;
        Ok(())
    }
}
