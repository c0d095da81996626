//! Entering marks, conditions, remarks and doubts; undo and redo. Each is saved before the call returns.

use crate::problem::Failure;
use crate::refusal::Refusal;
use crate::view::SheetState;
use crate::{Result, Session};
use assessment::{Entry, EntryKind};
use rubric::decimal::{parse, show};
use rubric::model::Point;
use rubric::score::check_mark;
use rubric::{MarkError, Rubric};
use store::{AuditNote, SheetRow};

/// Longest remark, in characters.
pub const REMARK_MAXIMUM: usize = 4000;

impl Session {
    /// Sets the mark of a point, or takes it away (未评).
    ///
    /// # Errors
    /// The rule that refuses the mark; a locked or unknown sheet; of the disk. The old mark stays.
    pub fn set_mark(&mut self, sheet: &str, point: &str, mark: Option<&str>) -> Result<SheetState> {
        let row = self.sheet(sheet)?;
        let rubric = self.rubric_of(&row)?;
        let entry = mark_entry(&rubric, point, mark)?;
        self.enter(&row, &[entry])?;
        self.state(&row.id)
    }

    /// Decides a condition, or takes the decision away.
    ///
    /// # Errors
    /// Unknown condition; a locked or unknown sheet; of the disk.
    pub fn set_limit(&mut self, sheet: &str, limit: &str, present: Option<bool>) -> Result<SheetState> {
        let row = self.sheet(sheet)?;
        let rubric = self.rubric_of(&row)?;
        let entry = limit_entry(&rubric, limit, present)?;
        self.enter(&row, &[entry])?;
        self.state(&row.id)
    }

    /// Writes the remark (意见) of a point; an empty one takes it away.
    ///
    /// # Errors
    /// Unknown point, too long; a locked or unknown sheet; of the disk.
    pub fn set_remark(&mut self, sheet: &str, point: &str, remark: &str) -> Result<SheetState> {
        let row = self.sheet(sheet)?;
        let rubric = self.rubric_of(&row)?;
        let entry = remark_entry(&rubric, point, remark)?;
        self.enter(&row, &[entry])?;
        self.state(&row.id)
    }

    /// Marks a point as doubtful (疑问), or no longer.
    ///
    /// # Errors
    /// Unknown point; a locked or unknown sheet; of the disk.
    pub fn set_doubt(&mut self, sheet: &str, point: &str, doubt: bool) -> Result<SheetState> {
        let row = self.sheet(sheet)?;
        let rubric = self.rubric_of(&row)?;
        let code = known_point(&rubric, point)?.code.clone();
        self.enter(&row, &[Entry { kind: EntryKind::Doubt, code, value: doubt.then(|| true.to_string()) }])?;
        self.state(&row.id)
    }

    /// Undoes the last change of a sheet, or redoes the last one undone; does nothing when there is none.
    ///
    /// # Errors
    /// A locked or unknown sheet; of the disk.
    pub fn step(&mut self, sheet: &str, undo: bool) -> Result<SheetState> {
        let row = self.sheet(sheet)?;
        row.phase.require_draft(&row.id, &row.assessment.unit)?;
        let now = self.now();
        let action = if undo { "undo" } else { "redo" };
        let note = AuditNote { at: now, sheet: Some(&row.id), action, ..AuditNote::default() };
        self.write(&note, |tx| {
            if let Some(entry) = tx.step(&row.id, undo)? {
                tx.put_sheet(&touched(&row, now, &entry))?;
            }
            Ok(())
        })?;
        self.state(&row.id)
    }

    /// Writes entries that were checked, all or none.
    pub(crate) fn enter(&mut self, row: &SheetRow, entries: &[Entry]) -> Result<()> {
        row.phase.require_draft(&row.id, &row.assessment.unit)?;
        let now = self.now();
        let records = self.read(|tx| Ok(tx.records(&row.id)?))?;
        let changes: Vec<(&Entry, AuditNote<'_>)> = entries
            .iter()
            .map(|entry| (entry, records.get(entry.kind, &entry.code)))
            .filter(|(entry, old)| *old != entry.value.as_deref())
            .map(|(entry, old)| (entry, entry_note(row, now, entry, old)))
            .collect();
        let Some(((last, note), rest)) = changes.split_last() else { return Ok(()) };
        self.write(note, |tx| {
            for (entry, note) in rest {
                tx.audit(note)?;
                tx.change_entry(&row.id, entry)?;
            }
            tx.change_entry(&row.id, last)?;
            Ok(tx.put_sheet(&touched(row, now, last))?)
        })
    }
}

fn entry_note<'a>(row: &'a SheetRow, at: i64, entry: &'a Entry, old: Option<&'a str>) -> AuditNote<'a> {
    let action = <&str>::from(entry.kind);
    AuditNote { at, sheet: Some(&row.id), action, target: &entry.code, old, new: entry.value.as_deref() }
}

/// The sheet's row after a change of an entry.
fn touched(row: &SheetRow, now: i64, entry: &Entry) -> SheetRow {
    let mut row = row.clone();
    row.changed_at = now;
    if entry.kind != EntryKind::Condition {
        row.last_point = Some(entry.code.clone());
    }
    row
}

fn known_point<'a>(rubric: &'a Rubric, code: &str) -> Result<&'a Point> {
    let unknown = || MarkError::UnknownCode { point: code.to_owned(), rubric: rubric.id.clone() };
    Ok(rubric.point(code).map(|(_, point)| point).ok_or_else(unknown)?)
}

/// A mark that was checked against its rule.
pub(crate) fn mark_entry(rubric: &Rubric, code: &str, mark: Option<&str>) -> Result<Entry> {
    let point = known_point(rubric, code)?;
    let value = match mark.map(str::trim).filter(|text| !text.is_empty()) {
        None => None,
        Some(text) => {
            let not_a_number =
                || MarkError::NotANumber { point: code.to_owned(), found: text.to_owned(), max: show(point.max) };
            let mark = parse(text).ok_or_else(not_a_number)?;
            check_mark(rubric, point, mark)?;
            Some(show(mark))
        }
    };
    Ok(Entry { kind: EntryKind::Mark, code: point.code.clone(), value })
}

/// A decision on a condition that there is.
pub(crate) fn limit_entry(rubric: &Rubric, code: &str, present: Option<bool>) -> Result<Entry> {
    if rubric.limit(code).is_none() {
        let unknown = MarkError::UnknownCode { point: code.to_owned(), rubric: rubric.id.clone() };
        return Err(Failure::from(unknown));
    }
    Ok(Entry { kind: EntryKind::Condition, code: code.to_owned(), value: present.map(|p| p.to_string()) })
}

/// A remark that fits.
pub(crate) fn remark_entry(rubric: &Rubric, code: &str, remark: &str) -> Result<Entry> {
    let code = known_point(rubric, code)?.code.clone();
    let text = remark.trim_end();
    let unfit = |c: char| c.is_control() && c != '\n' && c != '\t';
    if text.chars().count() > REMARK_MAXIMUM || text.chars().any(unfit) {
        let field = format!("{code} 意见 remark");
        return Err(assessment::Error::BadText { field, most: REMARK_MAXIMUM }.into());
    }
    let value = Some(text.to_owned()).filter(|text| !text.trim().is_empty());
    Ok(Entry { kind: EntryKind::Remark, code, value })
}

impl Session {
    /// Enters many marks, decisions, remarks and doubts at once, and takes marks away: all, or none when any is
    /// refused.
    ///
    /// # Errors
    /// The first refusal; a point that is to be scored and cleared; a locked or unknown sheet; of the disk.
    pub fn enter_input(&mut self, sheet: &str, input: &crate::input::Input) -> Result<SheetState> {
        let row = self.sheet(sheet)?;
        let rubric = self.rubric_of(&row)?;
        if let Some(code) = input.cleared.iter().find(|code| input.scores.contains_key(*code)) {
            return Err(Refusal::GivenTwice { point: code.clone() }.into());
        }
        let (findings, refused) = crate::input::findings(&rubric, input);
        if let Some((_, failure)) = refused.into_iter().next() {
            return Err(failure);
        }
        let outcome = rubric::score(&rubric, &findings);
        if let Some(problem) = outcome.problems.into_iter().next() {
            return Err(problem.into());
        }
        let mut entries = Vec::new();
        for point in outcome.points.iter().filter(|point| findings.points.contains_key(&point.code)) {
            // A sheet keeps one mark for a point: findings for some of its parts only are none yet.
            let mark = point.score.ok_or_else(|| Refusal::BadFinding {
                point: point.code.clone(),
                found: "null".to_owned(),
                expected: show(point.max),
            })?;
            entries.push(mark_entry(&rubric, &point.code, Some(&show(mark)))?);
        }
        for code in &input.cleared {
            entries.push(mark_entry(&rubric, code, None)?);
        }
        for (code, present) in &findings.limits {
            entries.push(limit_entry(&rubric, code, Some(*present))?);
        }
        for (code, remark) in &input.remarks {
            entries.push(remark_entry(&rubric, code, remark)?);
        }
        for code in &input.doubts {
            let code = known_point(&rubric, code)?.code.clone();
            entries.push(Entry { kind: EntryKind::Doubt, code, value: Some(true.to_string()) });
        }
        self.enter(&row, &entries)?;
        self.state(&row.id)
    }
}
