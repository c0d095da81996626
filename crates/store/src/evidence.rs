//! The catalogue of evidence.

use crate::error::Error;
use crate::files::Ingested;
use crate::rows::{self, EVIDENCE_COLUMNS, EvidenceFields, EvidenceRow};
use crate::tx::{Tx, word};
use rusqlite::params;
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

    /// Adds a piece of evidence; its file must have been noted before.
    ///
    /// # Errors
    /// Of the disk.
    pub fn add_evidence(&self, assessment: &str, row: &EvidenceRow) -> Result<(), Error> {
        let fields = &row.fields;
        self.execute(
            "INSERT INTO evidence (id, assessment, sha256, name, date, kind, note, file_name, added_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                row.id,
                assessment,
                row.sha256,
                fields.name,
                fields.date,
                fields.kind.map_or("", word),
                fields.note,
                row.file_name,
                row.added_at,
            ],
        )?;
        row.points.iter().try_for_each(|point| self.link_evidence(&row.id, point))
    }

    /// Changes the catalogue fields.
    ///
    /// # Errors
    /// Unknown piece; or of the disk.
    pub fn update_evidence(&self, id: &str, fields: &EvidenceFields) -> Result<(), Error> {
        let changed = self.execute(
            "UPDATE evidence SET name = ?2, date = ?3, kind = ?4, note = ?5 WHERE id = ?1",
            params![id, fields.name, fields.date, fields.kind.map_or("", word), fields.note],
        )?;
        known(id, changed)
    }

    /// Lets a piece support one more point.
    ///
    /// # Errors
    /// Of the disk.
    pub fn link_evidence(&self, id: &str, point: &str) -> Result<(), Error> {
        self.execute("INSERT OR IGNORE INTO evidence_point (evidence, point) VALUES (?1, ?2)", [id, point])?;
        Ok(())
    }

    /// Lets a piece no longer support a point; the piece stays in the catalogue.
    ///
    /// # Errors
    /// Of the disk.
    pub fn unlink_evidence(&self, id: &str, point: &str) -> Result<(), Error> {
        self.execute("DELETE FROM evidence_point WHERE evidence = ?1 AND point = ?2", [id, point])?;
        Ok(())
    }

    /// The assessment and content of a piece, whichever catalogue it stands in.
    ///
    /// # Errors
    /// Of the disk.
    pub fn evidence_owner(&self, id: &str) -> Result<Option<(String, String)>, Error> {
        self.one("SELECT assessment, sha256 FROM evidence WHERE id = ?1", [id], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Takes a piece out of the catalogue; its file stays in the evidence folder.
    ///
    /// # Errors
    /// Unknown piece; or of the disk.
    pub fn remove_evidence(&self, id: &str) -> Result<(), Error> {
        let changed = self.execute("DELETE FROM evidence WHERE id = ?1", [id])?;
        known(id, changed)
    }

    /// The catalogue of an assessment, by time (附件9 之3: 按时间顺序排列), name and id; without a time last.
    ///
    /// # Errors
    /// Of the disk.
    pub fn evidence(&self, assessment: &str) -> Result<Vec<EvidenceRow>, Error> {
        let sql = format!(
            "{EVIDENCE_COLUMNS} WHERE e.assessment = ?1 ORDER BY e.date = '', e.date, e.added_at, e.name, e.id"
        );
        let mut items = self.all(&sql, [assessment], rows::evidence)?;
        let links: Vec<(String, String)> = self.all(
            "SELECT p.evidence, p.point FROM evidence_point p JOIN evidence e ON e.id = p.evidence \
             WHERE e.assessment = ?1 ORDER BY p.point",
            [assessment],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let mut by_item: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (item, point) in links {
            by_item.entry(item).or_default().push(point);
        }
        for item in &mut items {
            item.points = by_item.remove(&item.id).unwrap_or_default();
        }
        Ok(items)
    }
}

fn known(id: &str, changed: usize) -> Result<(), Error> {
    if changed == 0 { Err(Error::UnknownEvidence { item: id.to_owned() }) } else { Ok(()) }
}
