//! Reading and writing rows inside one transaction.

use crate::error::Error;
use crate::history::HistoryHead;
use crate::rows::{self, AssessmentRow, IDENTITY_COLUMNS, IdentityRow, RevisionRow, SHEET_COLUMNS, SheetRow};
use crate::shelf::LISTED;
use assessment::{Entry, EntryKind, Phase, Records, Stage};
use rusqlite::{OptionalExtension, Params, Row, Transaction, params};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What the history says about a change.
#[derive(Clone, Debug, Default)]
pub struct AuditNote<'a> {
    /// When, seconds since 1970 in UTC.
    pub at: i64,
    /// Who; `None` for the assessor of the sheet, or where it is not known.
    pub who: Option<&'a str>,
    /// The sheet concerned.
    pub sheet: Option<&'a str>,
    /// What was done, such as `set-mark`.
    pub action: &'a str,
    /// To what, such as a point's code.
    pub target: &'a str,
    /// Value before.
    pub old: Option<&'a str>,
    /// Value after.
    pub new: Option<&'a str>,
    /// Why, where a reason was asked for.
    pub reason: Option<&'a str>,
}

/// One transaction.
#[derive(Debug)]
pub struct Tx<'a> {
    transaction: &'a Transaction<'a>,
    pub(crate) root: &'a Path,
    /// Where the history stands, once this transaction has added to it.
    pub(crate) head: RefCell<Option<HistoryHead>>,
}

/// The stored word of an enum.
pub(crate) fn word<T: Into<&'static str>>(value: T) -> &'static str {
    value.into()
}

impl<'a> Tx<'a> {
    pub(crate) fn new(transaction: &'a Transaction<'a>, root: &'a Path) -> Self {
        Self { transaction, root, head: RefCell::new(None) }
    }

    pub(crate) fn failed(&self, error: &rusqlite::Error) -> Error {
        let database: PathBuf = self.root.join("hengjian.db");
        Error::sql(&database, error)
    }

    pub(crate) fn execute(&self, sql: &str, params: impl Params) -> Result<usize, Error> {
        let run = self.transaction.prepare_cached(sql).and_then(|mut statement| statement.execute(params));
        run.map_err(|error| self.failed(&error))
    }

    pub(crate) fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Error> {
        let run =
            self.transaction.prepare_cached(sql).and_then(|mut statement| statement.query_row(params, read).optional());
        run.map_err(|error| self.failed(&error))
    }

    pub(crate) fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let run =
            self.transaction.prepare_cached(sql).and_then(|mut statement| statement.query_map(params, read)?.collect());
        run.map_err(|error| self.failed(&error))
    }

    /// Gives each row to `visit`, without holding them all.
    pub(crate) fn each(
        &self,
        sql: &str,
        params: impl Params,
        mut visit: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<(), Error> {
        let run = self.transaction.prepare_cached(sql).and_then(|mut statement| {
            let mut rows = statement.query(params)?;
            while let Some(row) = rows.next()? {
                visit(row)?;
            }
            Ok(())
        });
        run.map_err(|error| self.failed(&error))
    }

    /// Keeps a rubric's file; the same digest is kept once.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_rubric(&self, digest: &str, id: &str, edition: &str, text: &str) -> Result<(), Error> {
        self.execute(
            "INSERT OR IGNORE INTO rubric (digest, id, edition, text) VALUES (?1, ?2, ?3, ?4)",
            params![digest, id, edition, text],
        )?;
        Ok(())
    }

    /// The file of a rubric, by digest.
    ///
    /// # Errors
    /// Of the disk.
    pub fn rubric(&self, digest: &str) -> Result<Option<String>, Error> {
        self.one("SELECT text FROM rubric WHERE digest = ?1", [digest], |row| row.get(0))
    }

    /// Digests of the rubrics with this identifier or digest.
    ///
    /// # Errors
    /// Of the disk.
    pub fn rubrics_named(&self, given: &str) -> Result<Vec<String>, Error> {
        let sql = "SELECT digest FROM rubric WHERE id = ?1 OR digest = ?1 ORDER BY digest";
        self.all(sql, [given], |row| row.get(0))
    }

    /// The assessment of a unit in a year under a rubric; made with `new_id` when there is none.
    ///
    /// # Errors
    /// Of the disk.
    pub fn assessment(&self, rubric: &str, unit: &str, year: i32, new_id: &str) -> Result<AssessmentRow, Error> {
        self.execute(
            "INSERT OR IGNORE INTO assessment (id, rubric, unit, year) VALUES (?1, ?2, ?3, ?4)",
            params![new_id, rubric, unit, year],
        )?;
        let id = self.one(
            "SELECT id FROM assessment WHERE rubric = ?1 AND unit = ?2 AND year = ?3",
            params![rubric, unit, year],
            |row| row.get(0),
        )?;
        let id = id.unwrap_or_else(|| new_id.to_owned());
        Ok(AssessmentRow { id, rubric: rubric.to_owned(), unit: unit.to_owned(), year })
    }

    /// Writes a sheet's row, new or changed.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_sheet(&self, sheet: &SheetRow) -> Result<(), Error> {
        self.execute(
            "INSERT INTO sheet (id, assessment, stage, assessor, organisation, revision, phase, reason, previous, \
             digest, finalised_at, created_at, changed_at, last_point, imported) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) \
             ON CONFLICT (id) DO UPDATE SET assessment = ?2, stage = ?3, assessor = ?4, organisation = ?5, revision = ?6, phase = ?7, reason = ?8, previous = ?9, digest = ?10, \
             finalised_at = ?11, changed_at = ?13, last_point = ?14",
            params![
                sheet.id,
                sheet.assessment.id,
                word(sheet.stage),
                sheet.assessor,
                sheet.organisation,
                sheet.revision,
                word(sheet.phase),
                sheet.reason,
                sheet.previous,
                sheet.digest,
                sheet.finalised_at,
                sheet.created_at,
                sheet.changed_at,
                sheet.last_point,
                sheet.imported,
            ],
        )?;
        Ok(())
    }

    /// All sheets but the removed ones, the latest change first.
    ///
    /// # Errors
    /// Of the disk.
    pub fn sheets(&self) -> Result<Vec<SheetRow>, Error> {
        self.all(&format!("{SHEET_COLUMNS} WHERE {LISTED} ORDER BY s.changed_at DESC, s.rowid DESC"), [], rows::sheet)
    }

    /// The sheet with this id, or the only one whose id begins so.
    ///
    /// # Errors
    /// None or several fit; it was removed; or of the disk.
    pub fn sheet(&self, id: &str) -> Result<SheetRow, Error> {
        let given = || id.to_owned();
        if id.is_empty() || !id.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-') {
            return Err(Error::UnknownSheet { sheet: given() });
        }
        let sql = format!("{SHEET_COLUMNS} WHERE s.id LIKE ?1 || '%' AND {LISTED}");
        let mut fits = self.all(&sql, [id], rows::sheet)?;
        if let Some(exact) = fits.iter().position(|row| row.id == id) {
            return Ok(fits.swap_remove(exact));
        }
        match fits.len() {
            0 => Err(match self.removed_sheet(id)? {
                Some(row) => Error::RemovedSheet { sheet: row.id, unit: row.assessment.unit },
                None => Error::UnknownSheet { sheet: given() },
            }),
            1 => Ok(fits.swap_remove(0)),
            count => Err(Error::AmbiguousSheet { sheet: given(), count }),
        }
    }

    /// All entries of a sheet.
    ///
    /// # Errors
    /// Of the disk.
    pub fn records(&self, sheet: &str) -> Result<Records, Error> {
        let entries = self.all("SELECT kind, code, value FROM entry WHERE sheet = ?1", [sheet], entry)?;
        Ok(entries.into_iter().collect())
    }

    /// Sets or removes an entry without a change that could be undone.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_entry(&self, sheet: &str, entry: &Entry) -> Result<(), Error> {
        let key = (sheet, word(entry.kind), &entry.code);
        match &entry.value {
            Some(value) => self.execute(
                "INSERT INTO entry (sheet, kind, code, value) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT (sheet, kind, code) DO UPDATE SET value = ?4",
                params![key.0, key.1, key.2, value],
            )?,
            None => self.execute(
                "DELETE FROM entry WHERE sheet = ?1 AND kind = ?2 AND code = ?3",
                params![key.0, key.1, key.2],
            )?,
        };
        Ok(())
    }

    /// Replaces all entries of a sheet, as when a later revision arrives.
    ///
    /// # Errors
    /// Of the disk.
    pub fn replace_entries(&self, sheet: &str, records: &Records) -> Result<(), Error> {
        self.execute("DELETE FROM entry WHERE sheet = ?1", [sheet])?;
        for kind in EntryKind::ALL {
            for (code, value) in records.of(kind) {
                self.put_entry(sheet, &Entry { kind, code: code.to_owned(), value: Some(value.to_owned()) })?;
            }
        }
        Ok(())
    }

    /// Keeps a finalised revision; one that is here already stays as it is, but for those who signed as well: a later
    /// revision needs the signatures of everybody.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_revision(&self, row: &RevisionRow) -> Result<(), Error> {
        self.execute(
            "INSERT OR IGNORE INTO revision (sheet, revision, digest, file, signers) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![row.sheet, row.revision, row.digest, row.file, row.signers.join(" ")],
        )?;
        row.signers.iter().try_for_each(|signer| self.join_signer("revision", &row.sheet, &row.digest, signer))
    }

    /// Notes who signed a content that a table holds.
    pub(crate) fn join_signer(&self, table: &str, sheet: &str, digest: &str, signer: &str) -> Result<(), Error> {
        let sql = format!(
            "UPDATE {table} SET signers = trim(signers || ' ' || ?3) \
             WHERE sheet = ?1 AND digest = ?2 AND instr(signers, ?3) = 0"
        );
        self.execute(&sql, [sheet, digest, signer])?;
        Ok(())
    }

    /// All finalised revisions of a sheet, the first first.
    ///
    /// # Errors
    /// Of the disk.
    pub fn revisions(&self, sheet: &str) -> Result<Vec<RevisionRow>, Error> {
        self.all(
            "SELECT sheet, revision, digest, file, signers FROM revision WHERE sheet = ?1 ORDER BY revision, digest",
            [sheet],
            rows::revision,
        )
    }

    /// The revision that a sheet stands at since it was finalised; none for a draft.
    ///
    /// # Errors
    /// Of the disk.
    pub fn current_revision(&self, row: &SheetRow) -> Result<Option<RevisionRow>, Error> {
        let Some(digest) = &row.digest else { return Ok(None) };
        Ok(self.revisions(&row.id)?.into_iter().rfind(|revision| revision.digest == *digest))
    }

    /// Fingerprints of the certificates that signed the content at which each finalised sheet stands, by its id.
    ///
    /// # Errors
    /// Of the disk.
    pub fn standing_signers(&self) -> Result<BTreeMap<String, Vec<String>>, Error> {
        let sql = "SELECT s.id, r.signers FROM sheet s JOIN revision r ON r.sheet = s.id AND r.digest = s.digest";
        Ok(self.all(sql, [], |row| Ok((row.get(0)?, rows::signers(row, 1)?)))?.into_iter().collect())
    }

    /// The sheets of an assessment in one stage but the removed ones, the latest change first.
    ///
    /// # Errors
    /// Of the disk.
    pub fn sheets_of(&self, assessment: &str, stage: Stage) -> Result<Vec<SheetRow>, Error> {
        let sql =
            format!("{SHEET_COLUMNS} WHERE a.id = ?1 AND s.stage = ?2 AND {LISTED} ORDER BY s.changed_at DESC, s.id");
        self.all(&sql, params![assessment, word(stage)], rows::sheet)
    }

    /// Keeps an identity.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_identity(&self, row: &IdentityRow) -> Result<(), Error> {
        self.execute(
            "INSERT OR IGNORE INTO identity (fingerprint, name, organisation, valid_until, certificate, key, pdf_of) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![row.fingerprint, row.name, row.organisation, row.valid_until, row.certificate, row.key, row.pdf_of],
        )?;
        Ok(())
    }

    /// All identities that are signed with, by name.
    ///
    /// # Errors
    /// Of the disk.
    pub fn identities(&self) -> Result<Vec<IdentityRow>, Error> {
        self.all(
            &format!("{IDENTITY_COLUMNS} WHERE replaced_by IS NULL ORDER BY name, fingerprint"),
            [],
            rows::identity,
        )
    }

    /// The identity with this fingerprint, a beginning of it, or this name, when it is the only one; by name never one
    /// that only signs another's PDFs.
    ///
    /// # Errors
    /// None or several fit; or of the disk.
    pub fn identity(&self, given: &str) -> Result<IdentityRow, Error> {
        let wanted = given.to_lowercase().replace([' ', ':', '·'], "");
        let fits = |row: &IdentityRow| {
            let named = row.name == given && row.pdf_of.is_none();
            named || (wanted.len() >= 4 && row.fingerprint.starts_with(&wanted))
        };
        let mut found: Vec<IdentityRow> = self.identities()?.into_iter().filter(fits).collect();
        match (found.pop(), found.is_empty()) {
            (Some(row), true) => Ok(row),
            _ => Err(Error::UnknownIdentity { identity: given.to_owned() }),
        }
    }

    /// Notes one more signer of a revision, if it is here.
    ///
    /// # Errors
    /// Of the disk.
    pub fn add_signer(&self, sheet: &str, digest: &str, fingerprint: &str) -> Result<(), Error> {
        self.join_signer("revision", sheet, digest, fingerprint)
    }

    /// Notes that someone signed a finalised revision; the sheet is signed from then on.
    ///
    /// # Errors
    /// Of the disk.
    pub fn sign_revision(&self, sheet: &str, digest: &str, fingerprint: &str) -> Result<(), Error> {
        self.add_signer(sheet, digest, fingerprint)?;
        self.execute("UPDATE sheet SET phase = ?2 WHERE id = ?1", params![sheet, word(Phase::Signed)])?;
        Ok(())
    }
}

fn kind(row: &Row<'_>, index: usize) -> rusqlite::Result<EntryKind> {
    let text: String = row.get(index)?;
    text.parse().map_err(|_| rusqlite::Error::InvalidColumnType(index, text, rusqlite::types::Type::Text))
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry { kind: kind(row, 0)?, code: row.get(1)?, value: Some(row.get(2)?) })
}
