//! Finalising a sheet, and reopening it as its next revision.

use crate::sheets::Opened;
use crate::view::SheetState;
use crate::{Result, Session, difference, verdicts, world};
use assessment::exchange::{Changes, FORMAT, ResultFile, RubricRef, SheetFile};
use assessment::{Phase, sheet};
use package::{Sha256, canonical};
use store::{AuditNote, RevisionRow};

/// Longest reason for reopening, in characters.
const REASON_MAXIMUM: usize = 500;

impl Session {
    /// Locks a sheet: every point has a mark, every condition is decided, and the digest of its file is fixed.
    ///
    /// # Errors
    /// Open points or conditions; a locked or unknown sheet; of the disk.
    pub fn finalize(&mut self, sheet: &str) -> Result<SheetState> {
        let opened = self.opened(sheet)?;
        let id = opened.row.id.clone();
        opened.row.phase.require_draft(&id, &opened.row.assessment.unit)?;
        sheet::require_complete(&opened.outcome)?;
        verdicts::require_notes(&opened)?;
        // What cannot be printed is told while it can still be changed.
        self.render_score_sheet(&opened)?;
        let now = self.now();
        let mut file = sheet_file(&opened, now);
        let signed = self.read(|tx| Ok(difference::signed_before(tx, &opened.row)?))?;
        file.changes = signed.map(|(before, digest)| Changes::since(&before, &digest, &file.records()));
        let value = serde_json::to_value(&file).expect("a sheet file is plain data");
        let bytes = canonical::to_vec(&value)?;
        let digest = Sha256::of(&bytes).to_string();
        let text = String::from_utf8(bytes).expect("canonical JSON is UTF-8");
        let revision = RevisionRow {
            sheet: id.clone(),
            revision: file.revision,
            digest: digest.clone(),
            file: text,
            signers: Vec::new(),
        };
        let note = AuditNote {
            at: now,
            sheet: Some(&id),
            action: "finalize",
            target: &file.unit,
            new: Some(&digest),
            ..AuditNote::default()
        };
        let mut row = opened.row;
        row.phase = Phase::Finalised;
        row.digest = Some(digest.clone());
        row.finalised_at = Some(now);
        row.changed_at = now;
        self.write(&note, |tx| {
            tx.put_revision(&revision)?;
            tx.forget_changes(&id)?;
            tx.forget_rectification_changes(&row.assessment.id)?;
            tx.forget_evidence_changes(&row.assessment.id)?;
            Ok(tx.put_sheet(&row)?)
        })?;
        self.state(&id)
    }

    /// Starts the next revision of a finalised or signed sheet, with a reason. The locked revision is kept.
    ///
    /// # Errors
    /// An unfit reason; a draft or unknown sheet; of the disk.
    pub fn reopen(&mut self, sheet: &str, reason: &str) -> Result<SheetState> {
        let mut row = self.sheet(sheet)?;
        row.phase.require_locked(&row.id)?;
        if row.imported {
            return Err(assessment::Error::Imported { sheet: row.id, assessor: row.assessor }.into());
        }
        let reason = sheet::name("reason", reason, REASON_MAXIMUM)?;
        let now = self.now();
        let id = row.id.clone();
        row.revision += 1;
        row.phase = Phase::Draft;
        row.previous = row.digest.take();
        row.reason = Some(reason.clone());
        row.finalised_at = None;
        row.changed_at = now;
        let note = AuditNote {
            at: now,
            sheet: Some(&id),
            action: "reopen",
            target: &row.assessment.unit,
            old: row.previous.as_deref(),
            reason: Some(&reason),
            ..AuditNote::default()
        };
        self.write(&note, |tx| Ok(tx.put_sheet(&row)?))?;
        self.state(&id)
    }
}

/// The file of a sheet as it stands.
fn sheet_file(opened: &Opened, now: i64) -> SheetFile {
    let row = &opened.row;
    let mut file = SheetFile {
        format: FORMAT,
        id: row.id.clone(),
        revision: row.revision,
        reason: row.reason.clone(),
        previous: row.previous.clone(),
        rubric: RubricRef::from(&*opened.rubric),
        unit: row.assessment.unit.clone(),
        year: row.assessment.year,
        stage: row.stage,
        assessor: row.assessor.clone(),
        organisation: row.organisation.clone(),
        finalised_at: world::rfc3339(now),
        marks: Default::default(),
        findings: Default::default(),
        quantities: Default::default(),
        conditions: Default::default(),
        remarks: Default::default(),
        doubts: Default::default(),
        verdicts: Default::default(),
        result: ResultFile::from(&opened.outcome),
        changes: None,
    };
    file.set_records(&opened.records);
    // A piece that was taken out of the catalogue takes its verdict with it.
    file.verdicts.retain(|id, _| opened.evidence.iter().any(|piece| piece.id == *id));
    file
}
