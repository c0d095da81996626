//! Changing the catalogue of evidence: fields, links, pages and removals, many in one act that is undone as one.

use crate::evidence::TEXT_MAXIMUM;
use crate::problem::Failure;
use crate::refusal::Refusal;
use crate::view::{CatalogueState, EvidenceChange};
use crate::{Result, Session};
use assessment::evidence::{read_detail, read_page};
use assessment::{EvidenceDate, EvidenceKind, Medium, sheet};
use rubric::{MarkError, Rubric};
use std::collections::BTreeMap;
use store::{AuditNote, EvidenceRow, SheetRow};

/// A piece as it was, and as it is to be; `None` when it is taken out.
type Edit = (EvidenceRow, Option<EvidenceRow>);

impl EvidenceChange {
    fn item(&self) -> &str {
        match self {
            Self::Set { item, .. }
            | Self::Link { item, .. }
            | Self::Unlink { item, .. }
            | Self::Page { item, .. }
            | Self::Photo { item }
            | Self::Remove { item } => item,
        }
    }
}

impl Session {
    /// Changes the catalogue: all changes, or none when any is refused. They are undone and redone together.
    ///
    /// # Errors
    /// Unknown piece, field or point; an unfit value; a piece that a finalised sheet rests on; a locked or unknown
    /// sheet; of the disk.
    pub fn change_evidence(&mut self, sheet: &str, changes: &[EvidenceChange]) -> Result<CatalogueState> {
        let row = self.draft(sheet)?;
        let rubric = self.rubric_of(&row)?;
        let mut edits: BTreeMap<String, Edit> = BTreeMap::new();
        let rows = self.read(|tx| Ok(tx.catalogue(&row)?))?;
        let by_id: BTreeMap<&str, &EvidenceRow> = rows.iter().map(|row| (row.id.as_str(), row)).collect();
        for change in changes {
            let before = match by_id.get(change.item()) {
                Some(row) => (*row).clone(),
                None => self.piece(&row, change.item())?,
            };
            let (before, after) = edits.entry(before.id.clone()).or_insert_with(|| (before.clone(), Some(before)));
            *after = match after.take() {
                Some(piece) => apply(&rubric, piece, change).map_err(|failure| named(failure, before))?,
                None => return Err(store::Error::UnknownEvidence { item: change.item().to_owned() }.into()),
            };
        }
        edits.retain(|_, (before, after)| after.as_ref() != Some(&*before));
        self.require_free(&row, &edits)?;
        edits.values().try_for_each(|(before, _)| self.require_own(&row, before))?;
        self.write_edits(&row, &edits)?;
        Ok(CatalogueState { evidence: self.catalogue(&row.id)?, state: self.state(&row.id)? })
    }

    fn write_edits(&mut self, row: &SheetRow, edits: &BTreeMap<String, Edit>) -> Result<()> {
        let now = self.now();
        let told: Vec<(&String, &Edit, [Option<String>; 2])> =
            edits.iter().map(|(id, edit)| (id, edit, [Some(account(&edit.0)), edit.1.as_ref().map(account)])).collect();
        let Some(((id, edit, said), rest)) = told.split_last() else { return Ok(()) };
        self.write(&audit(row, now, id, edit, said), |tx| {
            let act = tx.act(&row.id);
            for (id, edit, said) in rest {
                tx.audit(&audit(row, now, id, edit, said))?;
                act.evidence(&row.assessment.id, id, edit.1.as_ref())?;
            }
            act.evidence(&row.assessment.id, id, edit.1.as_ref())?;
            Ok(tx.put_sheet(&SheetRow { changed_at: now, ..row.clone() })?)
        })
    }

    /// Refuses to change a piece that a finalised sheet rests on. One more point may be linked: what is signed keeps
    /// the points that it has.
    fn require_free(&self, row: &SheetRow, edits: &BTreeMap<String, Edit>) -> Result<()> {
        let sheets: Vec<SheetRow> = self.read(|tx| Ok(tx.sheets()?))?;
        let holds = |sheet: &&SheetRow, piece: &EvidenceRow| {
            sheet.assessment.id == row.assessment.id && sheet.finalised_at.is_some_and(|time| time >= piece.added_at)
        };
        let changed = edits.values().filter(|(before, after)| !only_links(before, after.as_ref()));
        let held = changed.map(|(piece, _)| (piece, sheets.iter().find(|sheet| holds(sheet, piece))));
        match held.into_iter().find_map(|(piece, sheet)| Some((piece, sheet?))) {
            None => Ok(()),
            Some((piece, sheet)) => {
                let (short, assessor) = (sheet.id.get(..8).unwrap_or_default().to_owned(), sheet.assessor.clone());
                Err(Refusal::EvidenceHeld { item: piece.id.clone(), sheet: short, assessor }.into())
            }
        }
    }
}

/// Names the piece in a refusal of one of its fields.
fn named(failure: Failure, piece: &EvidenceRow) -> Failure {
    failure.with("at", format!("{} ", piece.fields.name))
}

/// A piece in the words of the audit.
fn account(piece: &EvidenceRow) -> String {
    serde_json::to_string(&(&piece.fields, &piece.points, &piece.pages)).expect("catalogue fields are plain data")
}

fn audit<'a>(row: &'a SheetRow, at: i64, id: &'a str, edit: &Edit, said: &'a [Option<String>; 2]) -> AuditNote<'a> {
    let action = match edit {
        (_, None) => "evidence-remove",
        (before, Some(after)) if before.points.len() < after.points.len() => "evidence-link",
        (before, Some(after)) if before.points.len() > after.points.len() => "evidence-unlink",
        _ => "evidence-update",
    };
    AuditNote {
        at,
        sheet: Some(&row.id),
        action,
        target: id,
        old: said[0].as_deref(),
        new: said[1].as_deref(),
        ..AuditNote::default()
    }
}

/// Whether nothing happens to a piece but that it supports more points.
fn only_links(before: &EvidenceRow, after: Option<&EvidenceRow>) -> bool {
    after.is_some_and(|after| {
        let kept = EvidenceRow { points: before.points.clone(), ..after.clone() };
        kept == *before && before.points.iter().all(|point| after.points.contains(point))
    })
}

/// The piece after a change; `None` when it is taken out.
fn apply(rubric: &Rubric, mut piece: EvidenceRow, change: &EvidenceChange) -> Result<Option<EvidenceRow>> {
    match change {
        EvidenceChange::Set { field, value, .. } => set(&mut piece, field, value)?,
        EvidenceChange::Link { point, .. } => {
            require_point(rubric, point)?;
            if !piece.points.contains(point) {
                piece.points.push(point.clone());
                piece.points.sort();
            }
        }
        EvidenceChange::Unlink { point, .. } => {
            piece.points.retain(|code| code != point);
            piece.pages.remove(point);
        }
        EvidenceChange::Page { point, page, .. } => {
            if !piece.points.contains(point) {
                return Err(Refusal::NotLinked { name: piece.fields.name, point: point.clone() }.into());
            }
            match read_page(page)? {
                page if page.is_empty() => piece.pages.remove(point),
                page => piece.pages.insert(point.clone(), page),
            };
        }
        EvidenceChange::Photo { .. } => take_photo(&mut piece),
        EvidenceChange::Remove { .. } => return Ok(None),
    }
    Ok(Some(piece))
}

/// Refuses a code that is no point of the rubric.
pub(crate) fn require_point(rubric: &Rubric, code: &str) -> Result<()> {
    match rubric.point(code) {
        Some(_) => Ok(()),
        None => Err(MarkError::UnknownCode { point: code.to_owned(), rubric: rubric.id.clone() }.into()),
    }
}

fn set(piece: &mut EvidenceRow, field: &str, value: &str) -> Result<()> {
    let fields = &mut piece.fields;
    match field {
        "name" => fields.name = sheet::name("evidence-name", value, TEXT_MAXIMUM)?,
        "date" => fields.date = read_date(value)?,
        "kind" => fields.kind = EvidenceKind::read(value)?,
        "note" => fields.note = read_note(value)?,
        "medium" => fields.medium = Medium::read(value)?,
        key => match read_detail(key, value)? {
            text if text.is_empty() => {
                fields.details.remove(key);
            }
            text => {
                fields.details.insert(key.to_owned(), text);
            }
        },
    }
    Ok(())
}

/// 时间 in its one spelling; empty for none.
pub(crate) fn read_date(text: &str) -> Result<String> {
    Ok(EvidenceDate::read(text)?.map_or_else(String::new, |date| date.as_str().to_owned()))
}

/// 备注/文号; empty for none.
pub(crate) fn read_note(text: &str) -> Result<String> {
    match text.trim() {
        "" => Ok(String::new()),
        note => Ok(sheet::name("evidence-note", note, TEXT_MAXIMUM)?),
    }
}

/// Whether [`take_photo`] would change anything.
pub(crate) fn photo_is_open(piece: &EvidenceRow) -> bool {
    let mut after = piece.clone();
    take_photo(&mut after);
    after != *piece
}

/// Takes over what the photograph records, into fields that nobody has filled.
fn take_photo(piece: &mut EvidenceRow) {
    let Some(photo) = &piece.photo else { return };
    let fields = &mut piece.fields;
    if *fields.medium.get_or_insert(Medium::Photograph) != Medium::Photograph {
        // When a certificate was photographed is not when it was made.
        return;
    }
    if let (true, Some((year, rest))) = (fields.date.is_empty(), photo.taken.split_once('-')) {
        fields.date = format!("{year}.{}", rest.get(..2).unwrap_or_default());
    }
    fields.kind.get_or_insert(EvidenceKind::E);
    for (key, value) in [("time", &photo.taken), ("place", &photo.place)] {
        if !value.is_empty() {
            fields.details.entry(key.to_owned()).or_insert_with(|| value.clone());
        }
    }
}
