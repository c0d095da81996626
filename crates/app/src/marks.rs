//! Entering marks, conditions, remarks and doubts; undo and redo. Each is saved before the call returns.

use crate::problem::Failure;
use crate::refusal::Refusal;
use crate::view::{PartEntry, SheetState};
use crate::{Result, Session};
use assessment::input::{self, Input};
use assessment::record::joined;
use assessment::sheet;
use assessment::{Entry, EntryKind, Figure, Records};
use rubric::decimal::{parse, show};
use rubric::model::{Limit, Part, Point};
use rubric::score::check_mark;
use rubric::{Counted, EntryFinding, Finding, MarkError, Measured, PartFinding, Rubric};
use serde_json::Value;
use store::{AuditNote, Kept, SheetRow, Subject};

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

    /// Records the finding for a part (`number` from 1) of a point or an adjustment, or takes it away.
    ///
    /// # Errors
    /// A finding that the rule refuses; a locked or unknown sheet; of the disk. The old finding stays.
    pub fn set_part(&mut self, sheet: &str, code: &str, number: u32, entry: Option<&PartEntry>) -> Result<SheetState> {
        let row = self.sheet(sheet)?;
        let rubric = self.rubric_of(&row)?;
        let finding = entry.map(|entry| finding(&rubric, code, number, entry)).transpose()?;
        let entry = part_entry(&rubric, code, number, finding.as_ref())?;
        self.enter(&row, &[entry])?;
        self.state(&row.id)
    }

    /// Records a quantity at a point, indicator or adjustment, or takes it away.
    ///
    /// # Errors
    /// A number that makes no sense there; a locked or unknown sheet; of the disk. The old number stays.
    pub fn set_quantity(&mut self, sheet: &str, code: &str, name: &str, value: Option<&str>) -> Result<SheetState> {
        let row = self.sheet(sheet)?;
        let rubric = self.rubric_of(&row)?;
        let figure = value.map(str::trim).filter(|text| !text.is_empty());
        let figure = figure.map(|text| Figure { value: text.to_owned(), source: None });
        let entry = quantity_entry(&rubric, code, name, figure)?;
        self.enter(&row, &[entry])?;
        self.state(&row.id)
    }

    /// Gives a point its full marks: by findings where it has rules of its own, otherwise by its mark. Parts that
    /// quantities decide keep them.
    ///
    /// # Errors
    /// Unknown point; a locked or unknown sheet; of the disk.
    pub fn set_full(&mut self, sheet: &str, point: &str) -> Result<SheetState> {
        let row = self.sheet(sheet)?;
        let rubric = self.rubric_of(&row)?;
        let point = known_point(&rubric, point)?;
        let records = self.read(|tx| Ok(tx.records(&row.id)?))?;
        let entries = full_entries(&rubric, point, &records)?;
        self.enter(&row, &entries)?;
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

    /// Undoes the last act on a sheet, or redoes the last one undone, with all that it changed; does nothing when there
    /// is none.
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
            let mut records = tx.records(&row.id)?;
            let back = tx.step(&row.id, undo)?;
            for Kept { subject, code, value } in &back {
                let Subject::Entry(kind) = *subject else { continue };
                let entry = Entry { kind, code: code.clone(), value: value.clone() };
                let old = records.apply(entry.clone()).value;
                tx.audit(&entry_note(&row, now, &entry, old.as_deref()))?;
            }
            match back.last() {
                Some(kept) => Ok(tx.put_sheet(&touched(&row, now, kept))?),
                None => Ok(()),
            }
        })?;
        self.state(&row.id)
    }

    /// Writes entries that were checked, all or none. What the sheet as a whole refuses, such as a decision that
    /// stands against recorded figures, is refused here.
    pub(crate) fn enter(&mut self, row: &SheetRow, entries: &[Entry]) -> Result<()> {
        row.phase.require_draft(&row.id, &row.assessment.unit)?;
        let now = self.now();
        let rubric = self.rubric_of(row)?;
        let records = self.read(|tx| Ok(tx.records(&row.id)?))?;
        let mut after = records.clone();
        for entry in entries {
            after.apply(entry.clone());
        }
        let problems = |records: &Records| rubric::score(&rubric, &records.findings(&rubric, row.stage)).problems;
        let refused = problems(&after);
        if !refused.is_empty() {
            // What was refused before stays as it was; only what these entries bring keeps them out.
            let before = problems(&records);
            if let Some(problem) = refused.into_iter().find(|problem| !before.contains(problem)) {
                return Err(problem.into());
            }
        }
        let changes: Vec<(&Entry, AuditNote<'_>)> = entries
            .iter()
            .map(|entry| (entry, records.get(entry.kind, &entry.code)))
            .filter(|(entry, old)| *old != entry.value.as_deref())
            .map(|(entry, old)| (entry, entry_note(row, now, entry, old)))
            .collect();
        let Some(((last, note), rest)) = changes.split_last() else { return Ok(()) };
        self.write(note, |tx| {
            let act = tx.act(&row.id);
            for (entry, note) in rest {
                tx.audit(note)?;
                act.entry(entry)?;
            }
            act.entry(last)?;
            Ok(tx.put_sheet(&touched(row, now, &(*last).clone().into()))?)
        })
    }
}

/// The audit entry for a change of an entry.
pub(crate) fn entry_note<'a>(row: &'a SheetRow, at: i64, entry: &'a Entry, old: Option<&'a str>) -> AuditNote<'a> {
    let action = <&str>::from(entry.kind);
    let (target, new) = (entry.code.as_str(), entry.value.as_deref());
    AuditNote { at, sheet: Some(&row.id), action, target, old, new, ..AuditNote::default() }
}

/// The sheet's row after a change.
fn touched(row: &SheetRow, now: i64, kept: &Kept) -> SheetRow {
    let mut row = row.clone();
    row.changed_at = now;
    if matches!(kept.subject, Subject::Entry(kind) if !matches!(kind, EntryKind::Condition | EntryKind::Verdict)) {
        let code = kept.code.split(assessment::record::JOINT).next().unwrap_or_default();
        row.last_point = Some(code.to_owned());
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

/// The parts of a point or adjustment.
fn known_parts<'a>(rubric: &'a Rubric, code: &str) -> Result<&'a [Part]> {
    match rubric.adjustment(code) {
        Some(adjustment) => Ok(&adjustment.parts),
        None => Ok(&known_point(rubric, code)?.parts),
    }
}

/// A finding as the faces send it; what does not fit the rule is refused when the sheet is scored with it.
fn finding(rubric: &Rubric, code: &str, number: u32, entry: &PartEntry) -> Result<PartFinding> {
    let decimal = |text: &str| {
        let max =
            known_parts(rubric, code).ok().and_then(|parts| parts.get(usize::try_from(number).ok()?.checked_sub(1)?));
        let max = max.map(|part| show(part.legal.highest())).unwrap_or_default();
        let found = text.trim().to_owned();
        parse(&found).ok_or_else(|| MarkError::NotANumber { point: code.to_owned(), found, max })
    };
    Ok(match entry {
        PartEntry::Mark { mark } => PartFinding::Mark(decimal(mark)?),
        PartEntry::Met { met } => PartFinding::Met(*met),
        PartEntry::Count { items, more } => {
            PartFinding::Count(Counted { items: items.iter().copied().collect(), more: *more })
        }
        PartEntry::Entries { entries } => {
            let mut findings = Vec::with_capacity(entries.len());
            for entry in entries {
                let title = entry.title.trim().to_owned();
                findings.push(EntryFinding { item: entry.item, title, base: decimal(&entry.base)? });
            }
            PartFinding::Entries(findings)
        }
        PartEntry::Conform { conformity } => PartFinding::Conform(conformity.parse().map_err(|_| {
            let expected = <rubric::Conformity as strum::VariantNames>::VARIANTS.join("、");
            MarkError::WrongFinding { point: code.to_owned(), expected }
        })?),
    })
}

/// Longest title of an achievement, in characters.
const TITLE_MAXIMUM: usize = 200;

/// Names the place of a text that does not fit.
fn at(code: &str) -> impl Fn(assessment::Error) -> Failure + '_ {
    move |error| Failure::from(error).with("at", format!("{code} "))
}

pub(crate) fn entry_title(code: &str, title: &str) -> Result<String> {
    let title = title.trim();
    sheet::fits("title", title, TITLE_MAXIMUM, &[]).map_err(at(code))?;
    Ok(title.to_owned())
}

/// A finding for a part that there is.
pub(crate) fn part_entry(rubric: &Rubric, code: &str, number: u32, finding: Option<&PartFinding>) -> Result<Entry> {
    let parts = known_parts(rubric, code)?;
    let known = usize::try_from(number).is_ok_and(|number| (1..=parts.len()).contains(&number));
    if !known {
        let expected = format!("1–{}", parts.len());
        return Err(MarkError::WrongFinding { point: code.to_owned(), expected }.into());
    }
    if let Some(PartFinding::Entries(entries)) = finding {
        for entry in entries {
            entry_title(code, &entry.title)?;
        }
    }
    let value = finding.map(|finding| serde_json::to_string(finding).expect("a finding is plain data"));
    Ok(Entry { kind: EntryKind::Part, code: joined(code, &number.to_string()), value })
}

/// A quantity that its place uses, in its one spelling.
pub(crate) fn quantity_entry(rubric: &Rubric, code: &str, name: &str, figure: Option<Figure>) -> Result<Entry> {
    let value = match figure {
        None => None,
        Some(figure) => {
            let number = input::figure(rubric, code, name, &Value::String(figure.value))?;
            let figure = Figure { value: show(number), source: figure.source };
            Some(serde_json::to_string(&figure).expect("a figure is plain data"))
        }
    };
    Ok(Entry { kind: EntryKind::Quantity, code: joined(code, name), value })
}

/// What gives a point its full marks. A condition that was decided stays as it was decided.
fn full_entries(rubric: &Rubric, point: &Point, records: &Records) -> Result<Vec<Entry>> {
    if point.is_judged() {
        return Ok(vec![mark_entry(rubric, &point.code, Some(&show(point.max)))?]);
    }
    let mut entries = vec![mark_entry(rubric, &point.code, None)?];
    for (number, part) in (1..).zip(&point.parts) {
        if let Some(best) = part.best() {
            entries.push(part_entry(rubric, &point.code, number, Some(&best))?);
        }
    }
    let decided = |limit: &Limit| records.get(EntryKind::Condition, &limit.code).is_some();
    for limit in point.limits.iter().filter(|limit| limit.when.is_none() && !decided(limit)) {
        entries.push(limit_entry(rubric, &limit.code, Some(false))?);
    }
    let findings = |entries: &[Entry]| entries.iter().cloned().collect::<Records>();
    let outcome = rubric::score(rubric, &findings(&entries).findings(rubric, assessment::Stage::SelfEvaluation));
    let reached = outcome.points.iter().find(|scored| scored.code == point.code).and_then(|scored| scored.score);
    let measured = point.parts.iter().any(|part| part.best().is_none());
    if reached != Some(point.max) && !measured {
        // Rules whose best findings do not add up to the full marks, such as achievements: the mark itself.
        return Ok(vec![mark_entry(rubric, &point.code, Some(&show(point.max)))?]);
    }
    Ok(entries)
}

/// A decision on a condition that there is.
pub(crate) fn limit_entry(rubric: &Rubric, code: &str, present: Option<bool>) -> Result<Entry> {
    if rubric.limit(code).is_none() {
        let unknown = MarkError::UnknownCode { point: code.to_owned(), rubric: rubric.id.clone() };
        return Err(Failure::from(unknown));
    }
    Ok(Entry { kind: EntryKind::Condition, code: code.to_owned(), value: present.map(|p| p.to_string()) })
}

/// A remark that fits, on a point or an adjustment.
pub(crate) fn remark_entry(rubric: &Rubric, code: &str, remark: &str) -> Result<Entry> {
    let code = match rubric.adjustment(code) {
        Some(adjustment) => adjustment.code.clone(),
        None => known_point(rubric, code)?.code.clone(),
    };
    let text = remark.trim_end();
    sheet::fits("remark", text, REMARK_MAXIMUM, &['\n', '\t']).map_err(at(&code))?;
    let value = Some(text.to_owned()).filter(|text| !text.trim().is_empty());
    Ok(Entry { kind: EntryKind::Remark, code, value })
}

impl Session {
    /// Enters many marks, decisions, remarks and doubts at once, and takes marks away: all, or none when any is
    /// refused.
    ///
    /// # Errors
    /// The first refusal; a point that is to be scored and cleared; a locked or unknown sheet; of the disk.
    pub fn enter_input(&mut self, sheet: &str, input: &Input) -> Result<SheetState> {
        let row = self.sheet(sheet)?;
        let rubric = self.rubric_of(&row)?;
        if let Some(code) = input.cleared.iter().find(|code| input.scores.contains_key(*code)) {
            return Err(Refusal::GivenTwice { point: code.clone() }.into());
        }
        let (findings, refused) = input::findings(&rubric, input);
        if let Some((_, failure)) = refused.into_iter().next() {
            return Err(failure.into());
        }
        let mut entries = Vec::new();
        for (code, finding) in &findings.points {
            entries.extend(finding_entries(&rubric, code, finding)?);
        }
        for (code, parts) in &findings.adjustments {
            entries.extend(part_entries(&rubric, code, parts)?);
        }
        for (code, quantities) in &findings.quantities {
            for (name, Measured { value, source }) in quantities {
                let figure = Figure { value: show(*value), source: source.clone() };
                entries.push(quantity_entry(&rubric, code, name, Some(figure))?);
            }
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

/// The entries of a finding for a point: what it does not name is left as it is.
fn finding_entries(rubric: &Rubric, code: &str, finding: &Finding) -> Result<Vec<Entry>> {
    let mut entries = part_entries(rubric, code, &finding.parts)?;
    if let Some(mark) = finding.mark {
        entries.push(mark_entry(rubric, code, Some(&show(mark)))?);
    }
    Ok(entries)
}

fn part_entries(rubric: &Rubric, code: &str, parts: &[Option<PartFinding>]) -> Result<Vec<Entry>> {
    let given = (1..).zip(parts).filter_map(|(number, finding)| Some((number, finding.as_ref()?)));
    given.map(|(number, finding)| part_entry(rubric, code, number, Some(finding))).collect()
}
