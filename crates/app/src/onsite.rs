//! What experts bring themselves (专家现场): their photographs and files, and notes of interviews that are typed here.

use crate::evidence::TEXT_MAXIMUM;
use crate::problem::Failure;
use crate::refusal::Refusal;
use crate::view::{CatalogueState, InterviewFields, OnSiteKind, OnSiteView};
use crate::{Result, Session};
use assessment::evidence::is_picture;
use assessment::on_site::{Interview, OnSite, Origin};
use assessment::{Medium, Stage, verdict};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use store::{AuditNote, EvidenceRow, Ingested, SheetRow, files};

/// Name of the file of a note.
const NOTE_FILE: &str = "访谈记录.txt";

impl From<OnSite> for OnSiteKind {
    fn from(kind: OnSite) -> Self {
        match kind {
            OnSite::Photograph => Self::Photograph,
            OnSite::Interview => Self::Interview,
            OnSite::File => Self::File,
        }
    }
}

impl From<&InterviewFields> for Interview {
    fn from(fields: &InterviewFields) -> Self {
        let InterviewFields { time, place, persons, content } = fields.clone();
        Self { time, place, persons, content }
    }
}

/// Where a file comes from that is attached to a sheet: experts bring their own, a unit's is the unit's.
pub(crate) fn origin_of(sheet: &SheetRow, extension: &str) -> Option<Origin> {
    let kind = if is_picture(extension) { OnSite::Photograph } else { OnSite::File };
    (sheet.stage != Stage::SelfEvaluation).then(|| Origin { sheet: sheet.id.clone(), kind })
}

impl Session {
    /// How the origin of a piece is shown; `None` for the unit's own.
    pub(crate) fn origin_view(&self, row: &SheetRow, piece: &EvidenceRow) -> Result<Option<OnSiteView>> {
        let Some(origin) = &piece.origin else { return Ok(None) };
        let own = origin.sheet == row.id;
        let expert = if own { Some(row.clone()) } else { self.read(|tx| Ok(tx.any_sheet(&origin.sheet)?))? };
        let expert = expert.map(|sheet| sheet.assessor).unwrap_or_default();
        Ok(Some(OnSiteView { kind: origin.kind.into(), expert, own }))
    }

    /// Refuses to change what another expert brought.
    pub(crate) fn require_own(&self, row: &SheetRow, piece: &EvidenceRow) -> Result<()> {
        match self.origin_view(row, piece)? {
            Some(OnSiteView { own: false, expert, .. }) => {
                Err(Refusal::OthersEvidence { name: piece.fields.name.clone(), expert }.into())
            }
            _ => Ok(()),
        }
    }

    /// Adds a note of an interview to points, as a text file of its own.
    ///
    /// # Errors
    /// A unit's own sheet; unknown points or none; persons or content missing, or a text that does not fit; a locked
    /// or unknown sheet; of the disk.
    pub fn add_interview(
        &mut self,
        sheet: &str,
        points: &[String],
        fields: &InterviewFields,
    ) -> Result<CatalogueState> {
        let row = self.draft(sheet)?;
        verdict::require_expert(row.stage)?;
        self.require_points(&row, points)?;
        if points.is_empty() {
            return Err(crate::distribute::Refused::NoPoint { path: NOTE_FILE.to_owned() }.into());
        }
        let note = Interview::from(fields).checked()?;
        let file = self.keep_note(&note)?;
        let piece = EvidenceRow {
            id: self.world.id(),
            fields: catalogue_fields(&note),
            file_name: NOTE_FILE.to_owned(),
            added_at: self.now(),
            sha256: file.sha256.clone(),
            extension: file.extension.clone(),
            size: file.size,
            points: points.to_vec(),
            pages: BTreeMap::new(),
            photo: None,
            origin: Some(Origin { sheet: row.id.clone(), kind: OnSite::Interview }),
        };
        self.put_note(&row, "interview-add", &piece, &file)
    }

    /// The note of an interview, to be read or changed.
    ///
    /// # Errors
    /// Unknown piece, or one that is no note; a missing or changed file; unknown sheet; of the disk.
    pub fn interview(&mut self, sheet: &str, item: &str) -> Result<InterviewFields> {
        let (piece, path) = self.sound_file(sheet, item)?;
        let unreadable = |detail: String| Refusal::FileUnreadable { path: path.display().to_string(), detail };
        let text = std::fs::read_to_string(&path).map_err(|error| unreadable(error.to_string()))?;
        let Interview { time, place, persons, content } = Interview::read(&text).ok_or_else(|| no_note(&piece))?;
        Ok(InterviewFields { time, place, persons, content })
    }

    /// Changes a note of an interview that this sheet's expert wrote.
    ///
    /// # Errors
    /// As [`Session::add_interview`]; an unknown piece, one that is no note, or another expert's.
    pub fn update_interview(&mut self, sheet: &str, item: &str, fields: &InterviewFields) -> Result<CatalogueState> {
        let row = self.draft(sheet)?;
        let piece = self.piece(&row, item)?;
        if piece.origin.as_ref().map(|origin| origin.kind) != Some(OnSite::Interview) {
            return Err(no_note(&piece));
        }
        self.require_own(&row, &piece)?;
        let note = Interview::from(fields).checked()?;
        let file = self.keep_note(&note)?;
        let Ingested { sha256, extension, size } = file.clone();
        let after = EvidenceRow { fields: catalogue_fields(&note), sha256, extension, size, ..piece };
        self.put_note(&row, "interview-change", &after, &file)
    }

    fn keep_note(&self, note: &Interview) -> Result<Ingested> {
        let text = note.to_text();
        let size = u64::try_from(text.len()).ok();
        Ok(files::ingest(self.root(), NOTE_FILE, size, &mut text.as_bytes(), &mut |_| ControlFlow::Continue(()))?)
    }

    fn put_note(
        &mut self,
        row: &SheetRow,
        action: &str,
        piece: &EvidenceRow,
        file: &Ingested,
    ) -> Result<CatalogueState> {
        let now = self.now();
        let note = AuditNote {
            at: now,
            sheet: Some(&row.id),
            action,
            target: &piece.id,
            new: Some(&file.sha256),
            ..AuditNote::default()
        };
        self.write(&note, |tx| {
            tx.put_blob(file)?;
            tx.act(&row.id).evidence(&row.assessment.id, &piece.id, Some(piece))?;
            Ok(tx.put_sheet(&SheetRow { changed_at: now, ..row.clone() })?)
        })?;
        Ok(CatalogueState { evidence: self.catalogue(&row.id)?, state: self.state(&row.id)? })
    }
}

fn no_note(piece: &EvidenceRow) -> Failure {
    Refusal::NoInterview { name: piece.fields.name.clone() }.into()
}

/// What the catalogue says of a note.
fn catalogue_fields(note: &Interview) -> store::EvidenceFields {
    let name = format!("访谈记录：{}", note.persons);
    store::EvidenceFields {
        name: name.chars().take(TEXT_MAXIMUM).collect(),
        date: note.month().unwrap_or_default(),
        medium: Some(Medium::Document),
        ..store::EvidenceFields::default()
    }
}
