//! The history of a workspace: everything that was done, in its order, each row chained to the one before it.
//!
//! The hash of a row is the SHA-256 of one line of JSON: `[hash before, number, at, who, sheet, action, target, old,
//! new, reason]`. The hash before the first row is 64 zeros. So a row that is changed, taken out, put in or moved does
//! not fit what stands after it, and the last hash (the head) stands for all of them.

use crate::error::Error;
use crate::files::hex;
use crate::tx::{AuditNote, Tx};
use rusqlite::{Row, params};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// What [`Tx::check_history`] names at most; more of one history says nothing new.
pub const FAULTS_MAXIMUM: usize = 20;

/// Where a history stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryHead {
    /// How many rows it has.
    pub rows: i64,
    /// Hash of the last one, 64 hexadecimal digits.
    pub hash: String,
}

/// A row of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryRow {
    /// From 1, without gaps.
    pub number: i64,
    /// When, seconds since 1970 in UTC.
    pub at: i64,
    /// Who, as far as it is known.
    pub who: Option<String>,
    /// The sheet concerned.
    pub sheet: Option<String>,
    /// What was done, such as `mark`.
    pub action: String,
    /// To what, such as a point's code.
    pub target: String,
    /// Value before.
    pub old: Option<String>,
    /// Value after.
    pub new: Option<String>,
    /// Why, where a reason was asked for.
    pub reason: Option<String>,
    /// The hash, as it was written.
    pub hash: String,
}

/// What is wrong with a history, in the order of its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HistoryFault {
    /// Rows are gone.
    Missing {
        /// The first.
        first: i64,
        /// The last.
        last: i64,
    },
    /// Rows stand there that were not there when the rows around them were written.
    Inserted {
        /// The first.
        first: i64,
        /// The last.
        last: i64,
    },
    /// A row stands at the place of another.
    Moved {
        /// Where it stands.
        row: i64,
        /// Where it stood when it was written.
        was: i64,
    },
    /// A row is not what was written; or the row before it is not, and was given a hash that fits.
    Altered {
        /// The row.
        row: i64,
    },
}

impl HistoryFault {
    /// Where it is.
    #[must_use]
    pub fn place(&self) -> i64 {
        match self {
            Self::Missing { first, .. } | Self::Inserted { first, .. } => *first,
            Self::Moved { row, .. } | Self::Altered { row } => *row,
        }
    }
}

/// What checking a history found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryCheck {
    /// How many rows there are.
    pub rows: i64,
    /// Where it ought to stand.
    pub head: HistoryHead,
    /// The first [`FAULTS_MAXIMUM`] faults.
    pub faults: Vec<HistoryFault>,
}

const COLUMNS: &str = "SELECT id, at, who, sheet, action, target, old, new, reason, hash FROM audit";

fn row(row: &Row<'_>) -> rusqlite::Result<HistoryRow> {
    Ok(HistoryRow {
        number: row.get(0)?,
        at: row.get(1)?,
        who: row.get(2)?,
        sheet: row.get(3)?,
        action: row.get(4)?,
        target: row.get(5)?,
        old: row.get(6)?,
        new: row.get(7)?,
        reason: row.get(8)?,
        hash: row.get(9)?,
    })
}

impl HistoryRow {
    /// The hash that it has as row `number` behind a row with the hash `before`.
    fn chained(&self, number: i64, before: &str) -> String {
        let HistoryRow { at, who, sheet, action, target, old, new, reason, .. } = self;
        let said = (before, number, at, who, sheet, action, target, old, new, reason);
        hex(&Sha256::digest(serde_json::to_vec(&said).expect("texts and numbers")))
    }

    fn fits(&self, number: i64, before: &str) -> bool {
        self.chained(number, before) == self.hash
    }
}

impl Tx<'_> {
    /// Adds a row to the history. Who did it is, when the note does not say, the assessor of the sheet; on a sheet of
    /// another machine that is nobody who works here.
    ///
    /// # Errors
    /// Of the disk.
    pub fn audit(&self, note: &AuditNote<'_>) -> Result<(), Error> {
        let before = self.history_head()?;
        let who = match (note.who, note.sheet) {
            (None, Some(sheet)) => self.own_assessor(sheet)?,
            (who, _) => who.map(str::to_owned),
        };
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let mut row = HistoryRow {
            number: before.rows.max(self.last_number()?) + 1,
            at: note.at,
            who,
            sheet: owned(note.sheet),
            action: note.action.to_owned(),
            target: note.target.to_owned(),
            old: owned(note.old),
            new: owned(note.new),
            reason: owned(note.reason),
            hash: String::new(),
        };
        row.hash = row.chained(row.number, &before.hash);
        let HistoryRow { number, at, who, sheet, action, target, old, new, reason, hash } = &row;
        self.execute(
            "INSERT INTO audit (id, at, who, sheet, action, target, old, new, reason, hash) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![number, at, who, sheet, action, target, old, new, reason, hash],
        )?;
        self.head.replace(Some(HistoryHead { rows: row.number, hash: row.hash }));
        Ok(())
    }

    /// Rows that somebody else put behind the head keep their numbers, so that work goes on and they are found.
    fn last_number(&self) -> Result<i64, Error> {
        if self.head.borrow().is_some() {
            return Ok(0);
        }
        Ok(self.one("SELECT max(id) FROM audit", [], |row| row.get(0))?.flatten().unwrap_or_default())
    }

    fn own_assessor(&self, sheet: &str) -> Result<Option<String>, Error> {
        self.one("SELECT assessor FROM sheet WHERE id = ?1 AND imported = 0", [sheet], |row| row.get(0))
    }

    /// Where the history stands, with what this transaction has added.
    ///
    /// # Errors
    /// Of the disk.
    pub fn history_head(&self) -> Result<HistoryHead, Error> {
        if let Some(head) = &*self.head.borrow() {
            return Ok(head.clone());
        }
        let read = |row: &Row<'_>| Ok(HistoryHead { rows: row.get(0)?, hash: row.get(1)? });
        let head = self.one("SELECT rows, hash FROM history_head", [], read)?;
        head.ok_or_else(|| self.failed(&rusqlite::Error::QueryReturnedNoRows))
    }

    /// Keeps where the history stands; once for all that a transaction adds.
    pub(crate) fn keep_head(&self) -> Result<(), Error> {
        if let Some(head) = &*self.head.borrow() {
            self.execute("UPDATE history_head SET rows = ?1, hash = ?2", params![head.rows, head.hash])?;
        }
        Ok(())
    }

    /// Rows of the history about a sheet, or all of them: those before row `before`, the latest first, at most `most`.
    ///
    /// # Errors
    /// Of the disk.
    pub fn history(&self, sheet: Option<&str>, before: Option<i64>, most: u32) -> Result<Vec<HistoryRow>, Error> {
        let before = before.unwrap_or(i64::MAX);
        match sheet {
            Some(sheet) => {
                let sql = format!("{COLUMNS} WHERE sheet = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3");
                self.all(&sql, params![sheet, before, most], row)
            }
            None => self.all(&format!("{COLUMNS} WHERE id < ?1 ORDER BY id DESC LIMIT ?2"), params![before, most], row),
        }
    }

    /// Gives every row of the history about a sheet to `visit`, the first first, without holding them all.
    ///
    /// # Errors
    /// Of the disk.
    pub fn each_of_history(&self, sheet: &str, mut visit: impl FnMut(HistoryRow)) -> Result<(), Error> {
        let sql = format!("{COLUMNS} WHERE sheet = ?1 ORDER BY id");
        self.each(&sql, [sheet], |found| {
            visit(row(found)?);
            Ok(())
        })
    }

    /// The hash that row `number` has; none when there is no such row.
    ///
    /// # Errors
    /// Of the disk.
    pub fn history_hash(&self, number: i64) -> Result<Option<String>, Error> {
        if number == 0 {
            return Ok(Some(begin()));
        }
        self.one("SELECT hash FROM audit WHERE id = ?1", [number], |row| row.get(0))
    }

    /// Reads the whole history and names the rows that do not fit.
    ///
    /// # Errors
    /// Of the disk.
    pub fn check_history(&self) -> Result<HistoryCheck, Error> {
        let head = self.history_head()?;
        let mut walk = Walk { last: 0, hash: begin(), rows: 0, faults: Vec::new(), unfit: Vec::new() };
        self.each(&format!("{COLUMNS} ORDER BY id"), [], |found| {
            walk.step(row(found)?);
            Ok(())
        })?;
        let unfit = std::mem::take(&mut walk.unfit);
        let mut faults = std::mem::take(&mut walk.faults);
        faults.extend(self.named(&unfit, walk.last)?);
        faults.extend(walk.end(&head));
        faults.sort_by_key(HistoryFault::place);
        faults.dedup();
        faults.truncate(FAULTS_MAXIMUM);
        Ok(HistoryCheck { rows: walk.rows, head, faults })
    }

    /// What became of rows that do not fit where they stand.
    fn named(&self, unfit: &[HistoryRow], last: i64) -> Result<Vec<HistoryFault>, Error> {
        let numbers: BTreeSet<i64> =
            unfit.iter().flat_map(|row| [row.number - 1, row.number, row.number + 1]).chain([last + 1]).collect();
        let mut before: Vec<(i64, String)> = Vec::new();
        for number in &numbers {
            before.extend(self.history_hash(number - 1)?.map(|hash| (*number, hash)));
        }
        let mut faults = Vec::new();
        let mut stood = BTreeSet::new();
        for row in unfit {
            // Where it was written: behind a row that still stands there, or behind one that was moved itself.
            let place = before.iter().find(|(number, hash)| row.fits(*number, hash)).map(|(number, _)| *number);
            let behind_moved = |number: &&i64| unfit.iter().any(|other| row.fits(**number, &other.hash));
            match place.or_else(|| numbers.iter().find(behind_moved).copied()) {
                Some(was) if was != row.number => {
                    stood.insert(was);
                    faults.push(HistoryFault::Moved { row: row.number, was });
                }
                // Its own words are whole; what stood before it is named there.
                Some(_) => {}
                None => faults.push(HistoryFault::Altered { row: row.number }),
            }
        }
        let moved: BTreeSet<i64> = faults
            .iter()
            .filter(|fault| matches!(fault, HistoryFault::Moved { .. }))
            .map(HistoryFault::place)
            .collect();
        // A row took the place of one that was moved, and never stood elsewhere.
        let taken = stood.into_iter().filter(|number| *number <= last && !moved.contains(number));
        faults.extend(taken.map(|number| HistoryFault::Inserted { first: number, last: number }));
        Ok(faults)
    }
}

fn begin() -> String {
    "0".repeat(64)
}

/// One reading of the history from its first row.
struct Walk {
    last: i64,
    hash: String,
    rows: i64,
    faults: Vec<HistoryFault>,
    unfit: Vec<HistoryRow>,
}

impl Walk {
    fn step(&mut self, row: HistoryRow) {
        let follows = row.number == self.last + 1;
        if !follows {
            self.faults.push(HistoryFault::Missing { first: self.last + 1, last: row.number - 1 });
        }
        self.rows += 1;
        self.last = row.number;
        let hash = row.hash.clone();
        // Behind a gap nothing can be said of a row: the hash that it was chained to is gone.
        if follows && self.unfit.len() < FAULTS_MAXIMUM && !row.fits(row.number, &self.hash) {
            self.unfit.push(row);
        }
        self.hash = hash;
    }

    /// Compares the last row with the head that was kept.
    fn end(&self, head: &HistoryHead) -> Option<HistoryFault> {
        if self.last < head.rows {
            Some(HistoryFault::Missing { first: self.last + 1, last: head.rows })
        } else if self.last > head.rows {
            Some(HistoryFault::Inserted { first: head.rows + 1, last: self.last })
        } else {
            (self.hash != head.hash).then_some(HistoryFault::Altered { row: self.last })
        }
    }
}
