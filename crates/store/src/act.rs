//! What a person does to a sheet in one go, and undoes and redoes in one go.

use crate::error::Error;
use crate::tx::{Tx, word};
use assessment::{Entry, EntryKind};
use rusqlite::{Row, params};
use std::cell::Cell;

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An entry of the sheet.
    Entry(EntryKind),
    /// A piece of its assessment's catalogue, kept as it stood.
    Evidence,
}

impl Subject {
    pub(crate) const EVIDENCE: &'static str = "evidence";

    fn word(self) -> &'static str {
        match self {
            Self::Entry(kind) => word(kind),
            Self::Evidence => Self::EVIDENCE,
        }
    }

    fn read(row: &Row<'_>, index: usize) -> rusqlite::Result<Self> {
        let text: String = row.get(index)?;
        if text == Self::EVIDENCE {
            return Ok(Self::Evidence);
        }
        text.parse().map(Self::Entry).map_err(|_| unreadable(index, text))
    }
}

fn unreadable(index: usize, text: String) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(index, text, rusqlite::types::Type::Text)
}

/// What is kept under a code, as it was or as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What it is about.
    pub subject: Subject,
    /// Code of the entry, or identifier of the piece.
    pub code: String,
    /// The value; `None` while there is nothing.
    pub value: Option<String>,
}

impl From<Entry> for Kept {
    fn from(Entry { kind, code, value }: Entry) -> Self {
        Self { subject: Subject::Entry(kind), code, value }
    }
}

/// One act: all its changes are undone and redone together.
#[derive(Debug)]
pub struct Act<'a> {
    pub(crate) tx: &'a Tx<'a>,
    pub(crate) sheet: &'a str,
    /// Given with the first change, so that an act that changes nothing leaves what could be redone.
    number: Cell<Option<i64>>,
}

impl<'a> Tx<'a> {
    /// Begins an act on a sheet.
    #[must_use]
    pub fn act(&'a self, sheet: &'a str) -> Act<'a> {
        Act { tx: self, sheet, number: Cell::new(None) }
    }

    /// Goes on with an act that began in an earlier transaction, as when many files are attached one by one.
    #[must_use]
    pub fn act_again(&'a self, sheet: &'a str, begun: Option<i64>) -> Act<'a> {
        Act { tx: self, sheet, number: Cell::new(begun) }
    }

    /// Undoes the last act on a sheet, or redoes the last one undone; returns what is kept now, in the order in which
    /// it was put back; nothing when there is no act.
    ///
    /// # Errors
    /// Of the disk.
    pub fn step(&self, sheet: &str, undo: bool) -> Result<Vec<Kept>, Error> {
        let sql = if undo {
            "SELECT kind, code, old FROM change WHERE sheet = ?1 AND act = \
             (SELECT max(act) FROM change WHERE sheet = ?1 AND undone = 0) ORDER BY id DESC"
        } else {
            "SELECT kind, code, new FROM change WHERE sheet = ?1 AND act = \
             (SELECT min(act) FROM change WHERE sheet = ?1 AND undone = 1) ORDER BY id"
        };
        let kept = |row: &Row<'_>| Ok(Kept { subject: Subject::read(row, 0)?, code: row.get(1)?, value: row.get(2)? });
        let back: Vec<Kept> = self.all(sql, [sheet], kept)?;
        let mark = if undo {
            "UPDATE change SET undone = 1 WHERE sheet = ?1 AND act = \
             (SELECT max(act) FROM change WHERE sheet = ?1 AND undone = 0)"
        } else {
            "UPDATE change SET undone = 0 WHERE sheet = ?1 AND act = \
             (SELECT min(act) FROM change WHERE sheet = ?1 AND undone = 1)"
        };
        self.execute(mark, [sheet])?;
        back.iter().try_for_each(|kept| self.put_back(sheet, kept))?;
        Ok(back)
    }

    fn put_back(&self, sheet: &str, Kept { subject, code, value }: &Kept) -> Result<(), Error> {
        match subject {
            Subject::Entry(kind) => {
                self.put_entry(sheet, &Entry { kind: *kind, code: code.clone(), value: value.clone() })
            }
            Subject::Evidence => {
                let assessment = self.sheet(sheet)?.assessment.id;
                let piece = value.as_deref().map(serde_json::from_str).transpose();
                let piece = piece.map_err(|error| self.failed(&unreadable(0, error.to_string())))?;
                self.put_evidence(&assessment, code, piece.as_ref())
            }
        }
    }

    /// Whether there is an act to undo, and one to redo.
    ///
    /// # Errors
    /// Of the disk.
    pub fn can_step(&self, sheet: &str) -> Result<(bool, bool), Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM change WHERE sheet = ?1 AND undone = 0), \
                   EXISTS (SELECT 1 FROM change WHERE sheet = ?1 AND undone = 1)";
        Ok(self.one(sql, [sheet], |row| Ok((row.get(0)?, row.get(1)?)))?.unwrap_or_default())
    }

    /// Forgets what could be undone, as when a sheet is locked.
    ///
    /// # Errors
    /// Of the disk.
    pub fn forget_changes(&self, sheet: &str) -> Result<(), Error> {
        self.execute("DELETE FROM change WHERE sheet = ?1", [sheet])?;
        Ok(())
    }
}

impl Act<'_> {
    /// The number of the act, once something was changed.
    #[must_use]
    pub fn begun(&self) -> Option<i64> {
        self.number.get()
    }

    /// Sets or removes an entry; an entry that is so already is no change.
    ///
    /// # Errors
    /// Of the disk.
    pub fn entry(&self, entry: &Entry) -> Result<(), Error> {
        let old: Option<String> = self.tx.one(
            "SELECT value FROM entry WHERE sheet = ?1 AND kind = ?2 AND code = ?3",
            params![self.sheet, word(entry.kind), entry.code],
            |row| row.get(0),
        )?;
        self.note(&entry.clone().into(), old.as_deref())?;
        self.tx.put_entry(self.sheet, entry)
    }

    /// Notes that something is now as given, and what it was before; what was undone earlier can no longer be redone.
    ///
    /// # Errors
    /// Of the disk.
    pub fn note(&self, now: &Kept, old: Option<&str>) -> Result<(), Error> {
        if now.value.as_deref() == old {
            return Ok(());
        }
        let number = self.number()?;
        self.tx.execute(
            "INSERT INTO change (sheet, act, kind, code, old, new) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![self.sheet, number, now.subject.word(), now.code, old, now.value],
        )?;
        Ok(())
    }

    fn number(&self) -> Result<i64, Error> {
        if let Some(number) = self.number.get() {
            return Ok(number);
        }
        self.tx.execute("DELETE FROM change WHERE sheet = ?1 AND undone = 1", [self.sheet])?;
        let last = self.tx.one("SELECT max(act) FROM change WHERE sheet = ?1", [self.sheet], |row| row.get(0))?;
        let number = last.flatten().unwrap_or(0_i64) + 1;
        self.number.set(Some(number));
        Ok(number)
    }
}
