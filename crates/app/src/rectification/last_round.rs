//! A new sheet that starts from the last round: what means the same waits at its point to be confirmed and counts for
//! nothing until then (`docs/decisions/0013`); problems that are open come along with their state to be looked at.

use crate::migrate::carry_evidence;
use crate::outcome::count;
use crate::refusal::Refusal;
use crate::sheets::Opened;
use crate::view::{CarriedPoint, LastRound, NewSheet, SheetState, TakenOver};
use crate::{Result, Session, documents, rubrics, world};
use assessment::rectification::{List, ListEntry, Origin, Piece, Problem, Progress};
use assessment::{Carried, Entry, EntryKind};
use rubric::decimal::show;
use rubric::unchanged::unchanged_points;
use rubric::{MarkError, Rubric};
use std::collections::{BTreeMap, BTreeSet};
use store::{AuditNote, EvidenceRow, SheetRow, Tx};

/// Most earlier sheets that are offered.
const OFFERED: usize = 6;

/// What of a sheet comes along.
struct Plan {
    entries: Vec<Entry>,
    changed: Vec<String>,
}

impl Session {
    /// Earlier sheets of a unit that a new one can start from, the latest first: of an earlier year, or of an earlier stage
    /// of the year.
    ///
    /// # Errors
    /// Unknown or faulty rubric; of the disk.
    pub fn last_rounds(&mut self, input: &NewSheet) -> Result<Vec<LastRound>> {
        let target = rubrics::load(&input.rubric)?.rubric;
        let (unit, stage) = (input.unit.trim(), assessment::Stage::from(&input.stage));
        let before = |row: &SheetRow| {
            let of_unit = row.assessment.unit == unit;
            of_unit && (row.assessment.year, row.stage) < (input.year, stage)
        };
        let mut rows: Vec<SheetRow> = self.read(|tx| Ok(tx.sheets()?))?.into_iter().filter(before).collect();
        rows.sort_by_key(|row| std::cmp::Reverse((row.assessment.year, row.stage, row.phase, row.changed_at)));
        let mut rounds = Vec::new();
        for row in rows {
            if rounds.len() == OFFERED {
                break;
            }
            let opened = self.opened(&row.id)?;
            let plan = plan(&opened, &target);
            if !plan.entries.is_empty() {
                let list = self.read(|tx| Ok(tx.rectification(&row.assessment.id)?))?;
                let same = row.assessment.rubric == target.digest.as_str() && row.assessment.year == input.year;
                rounds.push(round(opened, &plan, &list, same));
            }
        }
        Ok(rounds)
    }

    /// Makes a sheet that starts from an earlier one.
    ///
    /// # Errors
    /// As [`Session::create_sheet`] and [`Session::take_over`].
    pub fn create_sheet_from(&mut self, input: &NewSheet, from: &str) -> Result<TakenOver> {
        let from = self.sheet(from)?;
        require_unit(&from, input.unit.trim())?;
        let sheet = self.create_sheet(input)?;
        self.take_over(&sheet, &from.id)
    }

    /// Lets a draft start from an earlier sheet of its unit. Marks, findings and remarks of points that mean the same wait
    /// there to be confirmed; the catalogue and the problems that are open come along. What the draft has already stays,
    /// and doing it twice changes nothing.
    ///
    /// # Errors
    /// A sheet of another unit; a locked or unknown sheet; of the disk.
    pub fn take_over(&mut self, sheet: &str, from: &str) -> Result<TakenOver> {
        let (to, from) = (self.opened(sheet)?, self.opened(from)?);
        let row = &to.row;
        row.phase.require_draft(&row.id, &row.assessment.unit)?;
        require_unit(&from.row, &row.assessment.unit)?;
        let plan = plan(&from, &to.rubric);
        let waiting = |entry: &&Entry| mark(&to, &entry.code).is_none();
        let entries: Vec<Entry> = plan.entries.iter().filter(waiting).cloned().collect();
        let (old, new) = (&from.row.assessment.id, &row.assessment.id);
        let other = old != new;
        let pieces: Vec<(String, &EvidenceRow)> =
            from.evidence.iter().filter(|_| other).map(|piece| (self.world.id(), piece)).collect();
        let list = self.read(|tx| Ok(tx.rectification(old)?))?;
        let open: Vec<(String, &Problem)> =
            list.problems.values().filter(|p| other && is_open(p)).map(|p| (self.world.id(), p)).collect();
        let now = self.now();
        let note = AuditNote {
            at: now,
            sheet: Some(&row.id),
            action: "take-over",
            target: &from.row.id,
            ..AuditNote::default()
        };
        let (loose, problems) = self.write(&note, |tx| {
            for entry in &entries {
                tx.put_entry(&row.id, entry)?;
            }
            let moved = SheetRow { changed_at: now, ..row.clone() };
            // What experts said of evidence was said in their round, and stays there.
            let loose = carry_evidence(tx, &moved, &pieces, &to.rubric)?;
            let problems = carry_problems(tx, &moved, &open, &from)?;
            tx.put_sheet(&moved)?;
            Ok((loose, problems))
        })?;
        Ok(TakenOver {
            sheet: row.id.clone(),
            points: entries.into_iter().map(|entry| entry.code).collect(),
            changed: plan.changed,
            problems: count(problems),
            evidence: count(pieces.len()),
            loose,
        })
    }

    /// Confirms what waits at points of the last round, or lets it go. What was entered at a point meanwhile stays.
    ///
    /// # Errors
    /// A point where nothing waits; what a rule refuses; a locked or unknown sheet; of the disk.
    pub fn confirm_carried(&mut self, sheet: &str, codes: &[String], keep: bool) -> Result<SheetState> {
        let opened = self.opened(sheet)?;
        let records = &opened.records;
        let mut entries = Vec::new();
        for code in codes {
            let waiting = carried(&opened, code);
            let unknown = || MarkError::UnknownCode { point: code.clone(), rubric: opened.rubric.id.clone() };
            let waiting = waiting.ok_or_else(unknown)?;
            let free = |entry: &Entry| records.get(entry.kind, &entry.code).is_none();
            entries.extend(waiting.entries().filter(|entry| keep && free(entry)));
            entries.push(Entry { kind: EntryKind::Carried, code: code.clone(), value: None });
        }
        self.enter(&opened.row, &entries)?;
        self.state(&opened.row.id)
    }
}

fn require_unit(from: &SheetRow, unit: &str) -> Result<()> {
    if from.assessment.unit == unit {
        return Ok(());
    }
    let (sheet, other) = (from.id.get(..8).unwrap_or(&from.id).to_owned(), from.assessment.unit.clone());
    Err(Refusal::OtherUnit { sheet, other, unit: unit.to_owned() }.into())
}

fn mark(opened: &Opened, code: &str) -> Option<String> {
    super::mark_of(opened, code).map(|(mark, _)| show(mark))
}

fn is_open(problem: &Problem) -> bool {
    problem.plan.progress != Progress::Verified
}

fn carried(opened: &Opened, code: &str) -> Option<Carried> {
    serde_json::from_str(opened.records.get(EntryKind::Carried, code)?).ok()
}

/// What waits to be confirmed: only at points without a mark of this round.
pub(super) fn waiting(opened: &Opened) -> Vec<CarriedPoint> {
    let points = opened.rubric.points().map(|(_, point)| point.code.as_str());
    let one = |code: &str| {
        let carried = carried(opened, code)?;
        Some(CarriedPoint { code: code.to_owned(), from: carried.from, mark: carried.mark, remark: carried.remark })
    };
    points.filter(|code| mark(opened, code).is_none()).filter_map(one).collect()
}

/// `2021 年 自评 周宁`
fn name(row: &SheetRow) -> String {
    let stage = documents::stage_name(row.stage, crate::Language::Zh);
    format!("{} 年 {stage} {}", row.assessment.year, row.assessor)
}

fn plan(from: &Opened, target: &Rubric) -> Plan {
    let same: BTreeSet<&str> = unchanged_points(&from.rubric, target).into_iter().collect();
    let from_name = name(&from.row);
    let mut plan = Plan { entries: Vec::new(), changed: Vec::new() };
    for (_, point) in from.rubric.points() {
        let Some(mark) = mark(from, &point.code) else { continue };
        if !same.contains(point.code.as_str()) {
            plan.changed.push(point.code.clone());
            continue;
        }
        let limits: Vec<&str> = point.limits.iter().map(|limit| limit.code.as_str()).collect();
        let carried = Carried::of(&from.records, &point.code, &limits, &from_name, &mark);
        plan.entries.push(carried.entry(&point.code));
    }
    plan
}

fn round(opened: Opened, plan: &Plan, list: &List, same: bool) -> LastRound {
    LastRound {
        points: count(plan.entries.len()),
        changed: count(plan.changed.len()),
        problems: count(list.problems.values().filter(|problem| is_open(problem)).count()),
        evidence: count(opened.evidence.len()),
        year: opened.row.assessment.year,
        stage: opened.row.stage.into(),
        phase: opened.row.phase.into(),
        assessor: opened.row.assessor,
        sheet: opened.row.id,
        same,
    }
}

/// The pieces of a catalogue by what they hold.
fn by_content(evidence: Vec<EvidenceRow>) -> BTreeMap<String, EvidenceRow> {
    evidence.into_iter().map(|piece| (piece.sha256.clone(), piece)).collect()
}

/// Brings open problems along (with their new ids), each once however often and over however many rounds it comes.
fn carry_problems(tx: &Tx<'_>, row: &SheetRow, open: &[(String, &Problem)], from: &Opened) -> Result<usize> {
    let id = &row.assessment.id;
    let there = tx.rectification(id)?;
    let known: BTreeSet<&str> =
        there.problems.values().filter_map(|p| Some(p.origin.as_ref()?.problem.as_str())).collect();
    let catalogue = by_content(tx.evidence(id)?);
    let piece = |old: &Piece| {
        let content = from.evidence.iter().find(|row| row.id == old.id).map(|row| &row.sha256);
        content
            .and_then(|sha256| catalogue.get(sha256))
            .map_or_else(|| old.clone(), |row| Piece { id: row.id.clone(), name: row.fields.name.clone() })
    };
    let mut entries = Vec::new();
    for (new_id, problem) in open {
        let first = problem.origin.as_ref().map_or((&problem.id, from.row.assessment.year), |o| (&o.problem, o.year));
        if known.contains(first.0.as_str()) {
            continue;
        }
        let mut copy = (*problem).clone();
        copy.plan.evidence = problem.plan.evidence.iter().map(piece).collect();
        copy.origin = Some(Origin { problem: first.0.clone(), year: first.1, unverified: true });
        copy.id = new_id.clone();
        copy.changed_at = world::rfc3339(row.changed_at);
        let entry = ListEntry::of(&copy);
        tx.audit(&AuditNote {
            at: row.changed_at,
            sheet: Some(&row.id),
            action: "problem-carry",
            target: new_id,
            old: Some(&problem.id),
            new: entry.value.as_deref(),
            ..AuditNote::default()
        })?;
        entries.push(entry);
    }
    tx.put_rectification(id, &entries)?;
    Ok(entries.len())
}
