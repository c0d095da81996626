//! The catalogue of evidence.

use crate::act::{Act, Kept, Subject};
use crate::error::Error;
use crate::files::Ingested;
use crate::rows::{self, EVIDENCE_COLUMNS, EvidenceRow};
use crate::tx::{Tx, word};
use rusqlite::{Row, params};
use serde::Serialize;
use std::collections::BTreeMap;

impl Tx<'_> {
    /// Notes a file that stands in the evidence folder.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_blob(&self, file: &Ingested) -> Result<(), Error> {
        let size = i64::try_from(file.size).unwrap_or(i64::MAX);
        self.execute(
            "INSERT OR IGNORE INTO blob (sha256, extension, size) VALUES (?1, ?2, ?3)",
            params![file.sha256, file.extension, size],
        )?;
        Ok(())
    }

    /// Writes a piece of evidence, new or changed; its file must have been noted before.
    ///
    /// # Errors
    /// Of the disk.
    pub fn write_evidence(&self, assessment: &str, row: &EvidenceRow) -> Result<(), Error> {
        let fields = &row.fields;
        self.execute(
            "INSERT INTO evidence (id, assessment, sha256, name, date, kind, note, medium, details, photo, file_name, \
             added_at, origin) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) \
             ON CONFLICT (id) DO UPDATE SET sha256 = ?3, name = ?4, date = ?5, kind = ?6, note = ?7, medium = ?8, \
             details = ?9, photo = ?10, origin = ?13",
            params![
                row.id,
                assessment,
                row.sha256,
                fields.name,
                fields.date,
                fields.kind.map_or("", word),
                fields.note,
                fields.medium.map_or("", word),
                json(&fields.details),
                row.photo.as_ref().map(json),
                row.file_name,
                row.added_at,
                row.origin.as_ref().map(json),
            ],
        )?;
        self.execute("DELETE FROM evidence_point WHERE evidence = ?1", [&row.id])?;
        let page = |point: &String| row.pages.get(point).map_or("", String::as_str);
        row.points.iter().try_for_each(|point| self.put_link(&row.id, point, page(point)))
    }

    /// Makes a piece what it is given as, or takes it out of the catalogue; its file stays in the evidence folder.
    ///
    /// # Errors
    /// Of the disk.
    pub fn put_evidence(&self, assessment: &str, id: &str, row: Option<&EvidenceRow>) -> Result<(), Error> {
        match row {
            Some(row) => self.write_evidence(assessment, row),
            None => self.execute("DELETE FROM evidence WHERE id = ?1", [id]).map(drop),
        }
    }

    fn put_link(&self, id: &str, point: &str, page: &str) -> Result<(), Error> {
        self.execute(
            "INSERT OR IGNORE INTO evidence_point (evidence, point, page) VALUES (?1, ?2, ?3)",
            [id, point, page],
        )?;
        Ok(())
    }

    /// Lets a piece support one more point.
    ///
    /// # Errors
    /// Of the disk.
    pub fn link_evidence(&self, id: &str, point: &str) -> Result<(), Error> {
        self.put_link(id, point, "")
    }

    /// The assessment and content of a piece, whichever catalogue it stands in.
    ///
    /// # Errors
    /// Of the disk.
    pub fn evidence_owner(&self, id: &str) -> Result<Option<(String, String)>, Error> {
        self.one("SELECT assessment, sha256 FROM evidence WHERE id = ?1", [id], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// The catalogue of an assessment, by time (附件9 之3: 按时间顺序排列), name and id; without a time last.
    ///
    /// # Errors
    /// Of the disk.
    pub fn evidence(&self, assessment: &str) -> Result<Vec<EvidenceRow>, Error> {
        let sql = format!(
            "{EVIDENCE_COLUMNS} WHERE e.assessment = ?1 ORDER BY e.date = '', e.date, e.added_at, e.name, e.id"
        );
        let items = self.all(&sql, [assessment], rows::evidence)?;
        let links: Vec<Link> = self.all(
            "SELECT p.evidence, p.point, p.page FROM evidence_point p JOIN evidence e ON e.id = p.evidence \
             WHERE e.assessment = ?1 ORDER BY p.point",
            [assessment],
            link,
        )?;
        Ok(linked(items, links))
    }

    /// A piece as it stands, whichever catalogue it stands in.
    ///
    /// # Errors
    /// Of the disk.
    pub fn piece(&self, id: &str) -> Result<Option<EvidenceRow>, Error> {
        let Some(row) = self.one(&format!("{EVIDENCE_COLUMNS} WHERE e.id = ?1"), [id], rows::evidence)? else {
            return Ok(None);
        };
        let links: Vec<Link> = self.all(
            "SELECT evidence, point, page FROM evidence_point WHERE evidence = ?1 ORDER BY point",
            [id],
            link,
        )?;
        Ok(linked(vec![row], links).pop())
    }

    /// Forgets what could be undone of an assessment's catalogue, on all its sheets: once a sheet is finalised, its
    /// evidence does not change behind it.
    ///
    /// # Errors
    /// Of the disk.
    pub fn forget_evidence_changes(&self, assessment: &str) -> Result<(), Error> {
        self.execute(
            "DELETE FROM change WHERE kind = ?1 AND sheet IN (SELECT id FROM sheet WHERE assessment = ?2)",
            [Subject::EVIDENCE, assessment],
        )?;
        Ok(())
    }
}

impl Act<'_> {
    /// Makes a piece of the sheet's catalogue what it is given as, or takes it out. What another sheet did to the
    /// piece before can no longer be undone there: it would undo this as well.
    ///
    /// # Errors
    /// Of the disk.
    pub fn evidence(&self, assessment: &str, id: &str, row: Option<&EvidenceRow>) -> Result<(), Error> {
        let old = self.tx.piece(id)?.as_ref().map(json);
        let now = Kept { subject: Subject::Evidence, code: id.to_owned(), value: row.map(json) };
        if now.value == old {
            return Ok(());
        }
        self.note(&now, old.as_deref())?;
        self.tx.execute(
            "DELETE FROM change WHERE kind = ?1 AND code = ?2 AND sheet <> ?3",
            [Subject::EVIDENCE, id, self.sheet],
        )?;
        self.tx.put_evidence(assessment, id, row)
    }
}

/// A piece, a point that it supports, and the page.
type Link = (String, String, String);

fn link(row: &Row<'_>) -> rusqlite::Result<Link> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

fn linked(mut items: Vec<EvidenceRow>, links: Vec<Link>) -> Vec<EvidenceRow> {
    let mut by_item: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (item, point, page) in links {
        by_item.entry(item).or_default().push((point, page));
    }
    for item in &mut items {
        for (point, page) in by_item.remove(&item.id).unwrap_or_default() {
            if !page.is_empty() {
                item.pages.insert(point.clone(), page);
            }
            item.points.push(point);
        }
    }
    items
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("catalogue fields are plain data")
}
