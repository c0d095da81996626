//! A sheet as a workbook that people fill in: writing it, showing what it would change, taking it in.

use crate::documents::stage_name;
use crate::localise::Target;
use crate::marks::{limit_entry, mark_entry, part_entry, quantity_entry, remark_entry};
use crate::problem::{Failure, Problem};
use crate::refusal::Refusal;
use crate::{Language, Result, Session, rubrics};
use assessment::record::JOINT;
use assessment::{Entry, EntryKind, Records, Stage};
use document::Profile;
use package::Sha256;
use rubric::{MarkError, Rubric};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::path::Path;
use store::SheetRow;
use workbook::score_book::{self, Change, Facts, Reading};

/// What a workbook changes on a sheet, or what is wrong in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ScoreBookReport {
    /// SHA-256 of the file that was read.
    pub digest: String,
    /// The cells that change something, in the order of the rubric.
    pub changes: Vec<ScoreBookChange>,
    /// Rows that are not in the workbook; what they are about stays as it is.
    pub missing: Vec<String>,
    /// Everything that is wrong; then nothing is written.
    pub faults: Vec<ScoreBookFault>,
    /// Whether the changes were written.
    pub applied: bool,
}

/// A cell that changes something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ScoreBookChange {
    /// The cell, such as `评分!F15`.
    pub cell: String,
    /// Code of the point, indicator or adjustment.
    pub code: String,
    /// What the row is about.
    pub label: String,
    /// What is recorded; empty for nothing.
    pub before: String,
    /// What will be recorded; empty for nothing.
    pub after: String,
    /// What was recorded when the workbook was written, where it was changed in the program since.
    pub exported: Option<String>,
}

/// Something wrong in a workbook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ScoreBookFault {
    /// The cell; empty when it concerns the workbook as a whole.
    pub cell: String,
    /// What happened, where, what to do.
    pub problem: Problem,
}

impl Session {
    /// Writes a draft as a workbook to be filled in, with what is recorded.
    ///
    /// # Errors
    /// A locked or unknown sheet; a file that is there; of the disk.
    pub fn export_score_book(&mut self, sheet: &str, target: Target<'_>) -> Result<()> {
        let row = self.sheet(sheet)?;
        row.phase.require_draft(&row.id, &row.assessment.unit)?;
        let rubric = self.rubric_of(&row)?;
        let records = self.read(|tx| Ok(tx.records(&row.id)?))?;
        let profile = Profile::oucsx_2021()?;
        let bytes = score_book::export(&rubric, &records, &facts(&rubric, &row), &profile);
        target.write(&bytes.map_err(|error| Failure::from(error).with("file", target.path.display()))?)
    }

    /// What a filled-in workbook would change on a draft. Nothing is written. `anyway` takes a workbook of another
    /// sheet or rubric as well.
    ///
    /// # Errors
    /// A locked or unknown sheet; a file that cannot be read. What is wrong in it is part of the report.
    pub fn preview_score_book(&mut self, sheet: &str, file: &Path, anyway: bool) -> Result<ScoreBookReport> {
        Ok(self.read_score_book(sheet, file, anyway)?.report)
    }

    /// Takes a filled-in workbook into a draft: all of it in one transaction, or nothing when anything is wrong. With
    /// `digest`, only the file that was shown before is taken.
    ///
    /// # Errors
    /// A locked or unknown sheet; a file that cannot be read, or is not the one that was shown; of the disk.
    pub fn import_score_book(
        &mut self,
        sheet: &str,
        file: &Path,
        anyway: bool,
        digest: Option<&str>,
    ) -> Result<ScoreBookReport> {
        let Read { row, entries, mut report } = self.read_score_book(sheet, file, anyway)?;
        if digest.is_some_and(|digest| digest != report.digest) {
            return Err(Refusal::ScoreBookChanged { path: file.display().to_string() }.into());
        }
        if report.faults.is_empty() {
            self.enter(&row, &entries)?;
            report.applied = true;
        }
        Ok(report)
    }

    fn read_score_book(&mut self, sheet: &str, file: &Path, anyway: bool) -> Result<Read> {
        let row = self.sheet(sheet)?;
        row.phase.require_draft(&row.id, &row.assessment.unit)?;
        let rubric = self.rubric_of(&row)?;
        let records = self.read(|tx| Ok(tx.records(&row.id)?))?;
        let bytes = rubrics::read_at_most(file, workbook::MOST_BYTES)?;
        let name = file.display().to_string();
        let (entries, report) =
            filled(&bytes, &name, &For { rubric: &rubric, records: &records, row: &row, anyway }, self.language);
        Ok(Read { row, entries, report })
    }
}

/// The sheet that a workbook is read for.
pub(crate) struct For<'a> {
    pub rubric: &'a Rubric,
    pub records: &'a Records,
    pub row: &'a SheetRow,
    /// Takes a workbook of another sheet or rubric as well.
    pub anyway: bool,
}

/// What a filled-in workbook brings to a sheet; no entries when anything in it is wrong.
pub(crate) fn filled(bytes: &[u8], name: &str, sheet: &For<'_>, language: Language) -> (Vec<Entry>, ScoreBookReport) {
    let For { rubric, records, row, anyway } = *sheet;
    let facts = facts(rubric, row);
    let target = score_book::Target { rubric, records, facts: &facts, anyway };
    let book = Book { rubric, records, stage: row.stage, file: name, language };
    let mut report = ScoreBookReport {
        digest: Sha256::of(bytes).to_string(),
        changes: Vec::new(),
        missing: Vec::new(),
        faults: Vec::new(),
        applied: false,
    };
    let mut entries = Vec::new();
    match score_book::read(bytes, name, &target) {
        Ok(Reading { changes, entries: given, missing, faults }) => {
            report.changes = changes.into_iter().map(ScoreBookChange::from).collect();
            report.missing = missing;
            report.faults = faults.into_iter().map(|error| book.cell_fault(error)).collect();
            match book.checked(&given) {
                Ok(checked) => entries = checked,
                Err(faults) => report.faults.extend(faults),
            }
            report.faults.sort_by_cached_key(|fault| position(&fault.cell));
        }
        Err(error) => report.faults.push(book.cell_fault(error)),
    }
    (entries, report)
}

/// A workbook that was read for a sheet.
struct Read {
    row: SheetRow,
    entries: Vec<Entry>,
    report: ScoreBookReport,
}

impl From<Change> for ScoreBookChange {
    fn from(change: Change) -> Self {
        let Change { cell, code, label, before, after, exported } = change;
        Self { cell, code, label, before, after, exported }
    }
}

fn facts(rubric: &Rubric, row: &SheetRow) -> Facts {
    let assessment = &row.assessment;
    let stage = stage_name(row.stage, Language::Zh);
    Facts::of(rubric, &row.id, &assessment.unit, assessment.year, stage, &row.assessor)
}

/// Sheet, row and column of a cell, to put faults in the order in which a person meets them.
fn position(cell: &str) -> (String, u32, String) {
    let (sheet, name) = cell.split_once('!').unwrap_or_default();
    let column = name.trim_end_matches(|c: char| c.is_ascii_digit());
    (sheet.to_owned(), name[column.len()..].parse().unwrap_or_default(), column.to_owned())
}

/// What the entries of a workbook are checked against.
struct Book<'a> {
    rubric: &'a Rubric,
    records: &'a Records,
    stage: Stage,
    file: &'a str,
    language: Language,
}

impl Book<'_> {
    fn fault(&self, cell: Option<String>, failure: impl Into<Failure>) -> ScoreBookFault {
        let problem = failure.into().with("file", self.file).problem(self.language);
        ScoreBookFault { cell: cell.unwrap_or_default(), problem }
    }

    fn cell_fault(&self, error: workbook::Error) -> ScoreBookFault {
        self.fault(error.cell().map(str::to_owned), error)
    }

    /// The entries, when all of them keep the rules that entries in the window keep.
    fn checked(&self, given: &[(Entry, String)]) -> std::result::Result<Vec<Entry>, Vec<ScoreBookFault>> {
        let mut sound = Vec::new();
        let mut faults = Vec::new();
        for (entry, cell) in given {
            match check(self.rubric, entry) {
                Ok(entry) => sound.push((entry, cell.clone())),
                Err(failure) => faults.push(self.fault(Some(cell.clone()), failure)),
            }
        }
        faults.extend(self.refused(&sound));
        if faults.is_empty() { Ok(sound.into_iter().map(|(entry, _)| entry).collect()) } else { Err(faults) }
    }

    /// What is refused when the sheet is scored with the entries, by the cell that brings it about.
    fn refused(&self, given: &[(Entry, String)]) -> Vec<ScoreBookFault> {
        let before = self.problems(&mut std::iter::empty());
        let after = self.problems(&mut given.iter().map(|(entry, _)| entry));
        let new = after.into_iter().filter(|problem| !before.contains(problem));
        let fault = |problem: MarkError| {
            let concerned = || given.iter().filter(|(entry, _)| place(self.rubric, entry) == problem.point());
            let alone = |entry: &Entry| self.problems(&mut std::iter::once(entry)).contains(&problem);
            let cell = concerned().find(|(entry, _)| alone(entry)).or_else(|| concerned().next());
            let cell = cell.map(|(_, cell)| cell.clone());
            self.fault(cell, problem)
        };
        new.map(fault).collect()
    }

    fn problems(&self, entries: &mut dyn Iterator<Item = &Entry>) -> Vec<MarkError> {
        let mut records = self.records.clone();
        for entry in entries {
            records.apply(entry.clone());
        }
        rubric::score(self.rubric, &records.findings(self.rubric, self.stage)).problems
    }
}

/// The code that a refusal of an entry names.
fn place<'a>(rubric: &'a Rubric, entry: &'a Entry) -> &'a str {
    match entry.kind {
        EntryKind::Condition if rubric.limit(&entry.code).is_some() => &entry.code,
        _ => entry.code.split(JOINT).next().unwrap_or_default(),
    }
}

/// An entry that was checked by itself.
fn check(rubric: &Rubric, entry: &Entry) -> Result<Entry> {
    let Some(value) = entry.value.as_deref() else { return Ok(entry.clone()) };
    let (code, inner) = entry.code.rsplit_once(JOINT).unwrap_or((&entry.code, ""));
    let plain = "the workbook's reader writes entries in their own form";
    match entry.kind {
        EntryKind::Mark => mark_entry(rubric, &entry.code, Some(value)),
        EntryKind::Part => {
            let number = inner.parse().expect(plain);
            part_entry(rubric, code, number, Some(&serde_json::from_str(value).expect(plain)))
        }
        EntryKind::Quantity => quantity_entry(rubric, code, inner, Some(serde_json::from_str(value).expect(plain))),
        EntryKind::Condition => limit_entry(rubric, &entry.code, Some(value == "true")),
        EntryKind::Remark => remark_entry(rubric, &entry.code, value),
        EntryKind::Doubt | EntryKind::Verdict | EntryKind::Carried => Ok(entry.clone()),
    }
}
