//! Filled score workbooks in the inbox: matched to a draft, or to the draft that they begin. They are not signed, so they
//! never become more than that.

use super::sorting::plain_row;
use crate::create::require_none;
use crate::merge::Refused;
use crate::merge::refused::Hint;
use crate::score_book::{For, filled};
use crate::view::{InboxChange, InboxRow, MergeRow, MergeState};
use crate::{Failure, Language, Problem, Result, Verifier, documents, marks, rubrics};
use assessment::{Entry, Phase, Records, Stage};
use package::Sha256;
use rubric::Rubric;
use rubric::decimal::show;
use std::path::Path;
use std::sync::Arc;
use store::{AssessmentRow, AuditNote, SheetRow, Tx};
use workbook::score_book::{self, Facts};

/// A workbook that was read.
pub(crate) struct Book {
    /// The draft; without an identifier where it is begun by this workbook.
    sheet: SheetRow,
    rubric: Arc<Rubric>,
    rubric_text: String,
    entries: Vec<Entry>,
    digest: String,
    before: Option<String>,
    total: String,
    points: usize,
    /// The cells that it changes.
    pub changes: Vec<InboxChange>,
    fault: Option<Problem>,
}

/// Reads a workbook for the draft that it belongs to; the inner error is of this file.
pub(super) fn read(tx: &Tx<'_>, path: &Path, verifier: &Verifier<'_>) -> Result<std::result::Result<Book, Failure>> {
    let name = path.display().to_string();
    let found = rubrics::read_at_most(path, workbook::MOST_BYTES).and_then(|bytes| {
        Ok((score_book::facts(&bytes, &name).map_err(|e| Failure::from(e).with("file", &name))?, bytes))
    });
    let (facts, bytes) = match found {
        Ok(found) => found,
        Err(failure) => return Ok(Err(failure)),
    };
    let Some((rubric, rubric_text)) = rubric(tx, &facts.digest, verifier)? else {
        let edition = format!("{} {}", facts.rubric, facts.edition);
        return Ok(Err(Refused::BookOfOtherEdition { path: name, edition }.into()));
    };
    let (sheet, own) = match draft(tx, &facts, &rubric)? {
        Ok(found) => found,
        Err(failure) => return Ok(Err(failure)),
    };
    let records = if sheet.id.is_empty() { Records::default() } else { tx.records(&sheet.id)? };
    let reading = For { rubric: &rubric, records: &records, row: &sheet, anyway: !own };
    let (entries, report) = filled(&bytes, &name, &reading, verifier.language());
    let mut after = records.clone();
    entries.iter().for_each(|entry| drop(after.apply(entry.clone())));
    let score = |records: &Records| rubric::score(&rubric, &records.findings(&rubric, sheet.stage));
    let outcome = score(&after);
    let kept = |text: String| Some(text).filter(|text| !text.is_empty());
    let change = |change: crate::score_book::ScoreBookChange| InboxChange {
        code: change.code,
        from: kept(change.before),
        to: kept(change.after),
    };
    let fault = report.faults.into_iter().next().map(|fault| fault.problem);
    Ok(Ok(Book {
        before: (!sheet.id.is_empty()).then(|| show(score(&records).total)),
        total: show(outcome.total),
        points: outcome.points.iter().filter(|point| point.score.is_some()).count(),
        digest: Sha256::of(&bytes).to_string(),
        changes: report.changes.into_iter().map(change).collect(),
        sheet,
        rubric,
        rubric_text,
        entries,
        fault,
    }))
}

/// A rubric that ships or that something here was scored under, with its text.
fn rubric(tx: &Tx<'_>, digest: &str, verifier: &Verifier<'_>) -> Result<Option<(Arc<Rubric>, String)>> {
    if let Some(loaded) = rubrics::shipped_as(digest) {
        return Ok(Some((Arc::clone(&loaded.rubric), loaded.text.to_string())));
    }
    let Some(text) = tx.rubric(digest)? else { return Ok(None) };
    let read = verifier.rubrics.read(&text).map_err(|detail| crate::refusal::Refusal::Defect { detail })?;
    Ok(Some((read, text)))
}

/// The draft that a workbook belongs to, and whether it was written for that very sheet. A workbook of a sheet that is not
/// here belongs to the only draft of its assessor for the unit, or begins one; nothing is guessed beyond that.
fn draft(tx: &Tx<'_>, facts: &Facts, rubric: &Rubric) -> Result<std::result::Result<(SheetRow, bool), Failure>> {
    let locked = |row: &SheetRow| -> Failure {
        Refused::BookLocked { unit: row.assessment.unit.clone(), assessor: row.assessor.clone() }.into()
    };
    if let Some(row) = tx.any_sheet(&facts.sheet)? {
        return Ok(if row.phase == Phase::Draft { Ok((row, true)) } else { Err(locked(&row)) });
    }
    let unmatched =
        || -> Failure { Refused::BookUnmatched { unit: facts.unit.clone(), assessor: facts.assessor.clone() }.into() };
    let stage = [Stage::SelfEvaluation, Stage::Trial, Stage::Review]
        .into_iter()
        .find(|stage| documents::stage_name(*stage, Language::Zh) == facts.stage);
    let (Some(stage), Ok(year)) = (stage, facts.year.parse::<i32>()) else { return Ok(Err(unmatched())) };
    let (unit, digest) = (facts.unit.as_str(), rubric.digest.as_str());
    let assessment = tx.find_assessment(digest, unit, year)?;
    let beside = assessment.as_ref().map(|found| tx.sheets_of(&found.id, stage)).transpose()?.unwrap_or_default();
    let same: Vec<&SheetRow> = beside.iter().filter(|row| row.assessor == facts.assessor).collect();
    match same.as_slice() {
        [row] if row.phase == Phase::Draft => return Ok(Ok(((*row).clone(), false))),
        [row] => return Ok(Err(locked(row))),
        [] => {}
        _ => return Ok(Err(unmatched())),
    }
    let organisation = match stage {
        Stage::SelfEvaluation => Some(facts.unit.clone()),
        // Whose sheets are here under one organisation only is known.
        _ => only(tx.sheets()?.into_iter().filter(|row| row.assessor == facts.assessor).map(|row| row.organisation)),
    };
    let Some(organisation) = organisation.filter(|_| is_plain(facts)) else { return Ok(Err(unmatched())) };
    let assessment = assessment.unwrap_or_else(|| AssessmentRow {
        id: String::new(),
        rubric: digest.to_owned(),
        unit: unit.to_owned(),
        year,
    });
    // Its identifier and time are given when it is taken in.
    Ok(Ok((SheetRow::draft("", assessment, stage, (&facts.assessor, &organisation), 0), false)))
}

/// Names as they are kept on sheets; a workbook comes from anybody.
fn is_plain(facts: &Facts) -> bool {
    let kept = |text: &str| assessment::sheet::name("name", text, crate::create::NAME_MAXIMUM);
    let year = facts.year.parse().is_ok_and(|year| assessment::sheet::year(year).is_ok());
    year && [&facts.unit, &facts.assessor].into_iter().all(|text| kept(text).as_deref() == Ok(text.as_str()))
}

fn only(mut all: impl Iterator<Item = String>) -> Option<String> {
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

impl Book {
    pub(super) fn row(&self, path: &Path, language: Language) -> InboxRow {
        let (sheet, begins) = (&self.sheet, self.sheet.id.is_empty());
        let state = match (&self.fault, self.changes.is_empty()) {
            (Some(_), _) => MergeState::Refused,
            (None, true) => MergeState::Same,
            (None, false) if begins => MergeState::Added,
            (None, false) => MergeState::Updated,
        };
        let sound = matches!(state, MergeState::Added | MergeState::Updated);
        let row = MergeRow {
            path: path.display().to_string(),
            state,
            sheet: sheet.id.clone(),
            digest: self.digest.clone(),
            unit: sheet.assessment.unit.clone(),
            year: sheet.assessment.year,
            stage: Some(sheet.stage.into()),
            assessor: sheet.assessor.clone(),
            organisation: sheet.organisation.clone(),
            revision: sheet.revision,
            total: self.total.clone(),
            signers: String::new(),
            hints: vec![Hint::UnsignedDraft {}.view(language)],
            problem: self.fault.clone(),
            decision: None,
        };
        InboxRow {
            sound,
            draft: true,
            before: self.before.clone(),
            before_revision: if begins { 0 } else { sheet.revision },
            changed: crate::outcome::count(self.changes.len()),
            points: crate::outcome::count(self.points),
            ..plain_row(path, row)
        }
    }

    /// Takes it in as part of a run; what is begun gets these identifiers.
    pub(super) fn take(&self, tx: &Tx<'_>, run: i64, ids: [&str; 2], now: i64) -> Result<()> {
        tx.in_draft(run, || {
            let row = self.row_to_fill(tx, ids, now)?;
            let records = tx.records(&row.id)?;
            let act = tx.act(&row.id);
            for entry in &self.entries {
                let old = records.get(entry.kind, &entry.code);
                if old != entry.value.as_deref() {
                    tx.audit(&marks::entry_note(&row, now, entry, old))?;
                    act.entry(entry)?;
                }
            }
            Ok(tx.put_sheet(&SheetRow { changed_at: now, ..row })?)
        })
    }

    fn row_to_fill(&self, tx: &Tx<'_>, [sheet, assessment]: [&str; 2], now: i64) -> Result<SheetRow> {
        if !self.sheet.id.is_empty() {
            return Ok(self.sheet.clone());
        }
        let (rubric, wanted) = (&self.rubric, &self.sheet.assessment);
        tx.put_rubric(rubric.digest.as_str(), &rubric.id, &rubric.edition, &self.rubric_text)?;
        let assessment = tx.assessment(rubric.digest.as_str(), &wanted.unit, wanted.year, assessment)?;
        require_none(tx, &assessment, self.sheet.stage, (&self.sheet.assessor, &self.sheet.organisation))?;
        let row = SheetRow { id: sheet.to_owned(), assessment, created_at: now, changed_at: now, ..self.sheet.clone() };
        let target = row.assessment.unit.as_str();
        tx.audit(&AuditNote { at: now, sheet: Some(sheet), action: "create", target, ..AuditNote::default() })?;
        tx.put_sheet(&row)?;
        Ok(row)
    }
}
