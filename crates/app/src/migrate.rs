//! Bringing a draft to another edition of its rubric: a new sheet there, and the old one stays as it was.

use crate::create::require_none;
use crate::marks::entry_note;
use crate::outcome::count;
use crate::refusal::Refusal;
use crate::sheets::Opened;
use crate::view::{MigratedPlace, MigrationReport, RecordedEntry};
use crate::{Language, Result, Session, edition, rubrics, writing};
use assessment::on_site::Origin;
use assessment::record::JOINT;
use assessment::{Entry, EntryKind, Phase, Records};
use rubric::decimal::show;
use rubric::unchanged::{concerning, is_unchanged};
use rubric::{Change, Rubric};
use std::collections::BTreeMap;
use store::{AssessmentRow, AuditNote, EvidenceRow, SheetRow, Tx};

/// What comes along, and what does not.
#[derive(Default)]
struct Plan {
    entries: Vec<Entry>,
    carried: Vec<String>,
    again: Vec<MigratedPlace>,
    removed: Vec<MigratedPlace>,
}

impl Session {
    /// Makes a sheet under another edition (a rubric by id or path) with what a draft holds. Entries of points that
    /// mean the same are carried over. Of those that changed only the remark is, and the point is marked as doubtful;
    /// what was recorded there, and at points that are gone, stands in the report. The draft itself stays. Texts and
    /// schedule come along as far as the other edition has a place for them.
    ///
    /// # Errors
    /// A locked or unknown sheet; an unknown or faulty rubric; the same edition; the assessor has a sheet there; of
    /// the disk.
    pub fn migrate(&mut self, sheet: &str, rubric: &str) -> Result<MigrationReport> {
        let opened = self.opened(sheet)?;
        let target = rubrics::load(rubric)?;
        require_movable(&opened, &target.rubric)?;
        let plan = plan(&opened, &target.rubric, self.language);
        let (digest, now) = (target.rubric.digest.as_str(), self.now());
        let (id, assessment) = (self.world.id(), self.world.id());
        let pieces: Vec<(String, &EvidenceRow)> = opened.evidence.iter().map(|row| (self.world.id(), row)).collect();
        let from = &opened.row;
        let note = AuditNote {
            at: now,
            sheet: Some(&id),
            action: "migrate",
            target: &from.id,
            old: Some(&from.assessment.rubric),
            new: Some(digest),
            ..AuditNote::default()
        };
        let loose = self.write(&note, |tx| {
            tx.put_rubric(digest, &target.rubric.id, &target.rubric.edition, &target.text)?;
            let assessment = tx.assessment(digest, &from.assessment.unit, from.assessment.year, &assessment)?;
            require_none(tx, &assessment, from.stage, (&from.assessor, &from.organisation))?;
            let row = moved(from, &id, &assessment, now, &target.rubric);
            tx.put_sheet(&row)?;
            for entry in &plan.entries {
                tx.audit(&entry_note(&row, now, entry, None))?;
                tx.put_entry(&id, entry)?;
            }
            tx.audit(&AuditNote { sheet: Some(&from.id), action: "migrate-to", target: &id, ..note.clone() })?;
            writing::carry(tx, &from.assessment.id, &row, &target.rubric)?;
            let loose = carry_evidence(tx, &row, &pieces, &target.rubric)?;
            carry_judgements(tx, &row, &pieces, &from.id, &opened.records)?;
            Ok(loose)
        })?;
        let is_new = |code: &&str| opened.rubric.point(code).is_none();
        let added = target.rubric.points().map(|(_, point)| point.code.as_str()).filter(is_new);
        Ok(MigrationReport {
            rubric: rubrics::summary(&target.rubric),
            carried: plan.carried,
            again: plan.again,
            removed: plan.removed,
            added: added.map(str::to_owned).collect(),
            evidence: count(pieces.len()),
            loose,
            sheet: id,
        })
    }
}

fn require_movable(opened: &Opened, target: &Rubric) -> Result<()> {
    let row = &opened.row;
    if row.phase != Phase::Draft {
        return Err(Refusal::MigrateLocked { sheet: row.id.clone(), unit: row.assessment.unit.clone() }.into());
    }
    if row.assessment.rubric == target.digest.as_str() {
        let (rubric, edition) = (target.id.clone(), target.edition.clone());
        return Err(Refusal::SameEdition { sheet: row.id.clone(), rubric, edition }.into());
    }
    Ok(())
}

/// The row of the new sheet.
fn moved(from: &SheetRow, id: &str, assessment: &AssessmentRow, now: i64, target: &Rubric) -> SheetRow {
    SheetRow {
        last_point: from.last_point.clone().filter(|code| target.point(code).is_some()),
        ..SheetRow::draft(id, assessment.clone(), from.stage, (&from.assessor, &from.organisation), now)
    }
}

fn plan(opened: &Opened, target: &Rubric, language: Language) -> Plan {
    let changes = rubric::diff(&opened.rubric, target);
    let mut plan = Plan::default();
    for (code, entries) in by_place(opened) {
        if is_unchanged(&opened.rubric, target, &code) {
            plan.entries.extend(entries);
            plan.carried.push(code);
        } else if is_known(target, &code) {
            let changes = words(&changes, &opened.rubric, target, &code, language);
            plan.again.push(place(opened, &code, &entries, changes));
            plan.entries.extend(kept(target, &code, entries));
        } else {
            let changes = words(&changes, &opened.rubric, target, &code, language);
            plan.removed.push(place(opened, &code, &entries, changes));
        }
    }
    plan
}

fn is_known(rubric: &Rubric, code: &str) -> bool {
    let is_indicator = rubric.indicators.iter().any(|indicator| indicator.code == code);
    is_indicator || rubric.point(code).is_some() || rubric.adjustment(code).is_some()
}

fn words(changes: &[Change], old: &Rubric, new: &Rubric, code: &str, language: Language) -> Vec<String> {
    concerning(changes, old, new, code).into_iter().map(|change| edition::text(change, language)).collect()
}

/// What is kept of the entries of a place that changed: the remark, and a doubt.
fn kept(target: &Rubric, code: &str, entries: Vec<Entry>) -> Vec<Entry> {
    let is_point = target.point(code).is_some();
    let has_remark = is_point || target.adjustment(code).is_some();
    let doubt = Entry { kind: EntryKind::Doubt, code: code.to_owned(), value: Some(true.to_string()) };
    let remarks = entries.into_iter().filter(|entry| has_remark && entry.kind == EntryKind::Remark);
    remarks.chain(is_point.then_some(doubt)).collect()
}

/// The entries by the point, indicator or adjustment that they belong to, in the order of the rubric; what belongs to
/// none comes last.
fn by_place(opened: &Opened) -> Vec<(String, Vec<Entry>)> {
    let rubric = &opened.rubric;
    let mut places: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for kind in EntryKind::ALL {
        for (code, value) in opened.records.of(kind) {
            let place = match kind {
                EntryKind::Condition => rubric.limit(code).map_or(code, |(place, _)| place),
                _ => code.split(JOINT).next().unwrap_or(code),
            };
            if kind == EntryKind::Verdict {
                continue; // It belongs to a piece, not to a place.
            }
            let entry = Entry { kind, code: code.to_owned(), value: Some(value.to_owned()) };
            places.entry(place.to_owned()).or_default().push(entry);
        }
    }
    let of_indicators = rubric.indicators.iter().flat_map(|i| i.points.iter().map(|p| &p.code).chain([&i.code]));
    let order = of_indicators.chain(rubric.adjustments.iter().map(|adjustment| &adjustment.code));
    let mut sorted: Vec<(String, Vec<Entry>)> = order.filter_map(|code| places.remove_entry(code)).collect();
    sorted.extend(places);
    sorted
}

/// A place whose entries are not carried over, with all that it holds.
fn place(opened: &Opened, code: &str, entries: &[Entry], changes: Vec<String>) -> MigratedPlace {
    let rubric = &opened.rubric;
    let of_point = rubric.point(code).map(|(_, point)| &point.title);
    let of_adjustment = rubric.adjustment(code).map(|adjustment| &adjustment.title);
    let of_indicator = rubric.indicators.iter().find(|i| i.code == code).map(|indicator| &indicator.title);
    let score = opened.outcome.points.iter().find(|point| point.code == code).and_then(|point| point.score);
    let amount = opened.outcome.adjustments.iter().find(|a| a.code == code).and_then(|a| a.amount);
    let recorded = |entry: &Entry| RecordedEntry {
        kind: <&str>::from(entry.kind).to_owned(),
        code: entry.code.clone(),
        value: entry.value.clone().unwrap_or_default(),
    };
    MigratedPlace {
        code: code.to_owned(),
        title: of_point.or(of_adjustment).or(of_indicator).cloned().unwrap_or_default(),
        mark: score.or(amount).map(show),
        recorded: entries.iter().map(recorded).collect(),
        changes,
    }
}

/// Brings the catalogue along (`pieces` with their new ids), linked to the points that still exist; a piece whose
/// content is there already is only linked. Gives the names of the pieces that lost all their points.
pub(crate) fn carry_evidence(
    tx: &Tx<'_>,
    row: &SheetRow,
    pieces: &[(String, &EvidenceRow)],
    target: &Rubric,
) -> Result<Vec<String>> {
    let there: BTreeMap<String, String> =
        tx.evidence(&row.assessment.id)?.into_iter().map(|piece| (piece.sha256, piece.id)).collect();
    let mut loose = Vec::new();
    for (id, piece) in pieces {
        let points: Vec<String> = piece.points.iter().filter(|code| target.point(code).is_some()).cloned().collect();
        if points.is_empty() && !piece.points.is_empty() {
            loose.push(piece.fields.name.clone());
        }
        let at = row.changed_at;
        let links = points.join(" ");
        tx.audit(&AuditNote {
            at,
            sheet: Some(&row.id),
            action: "evidence-attach",
            target: &links,
            new: Some(&piece.sha256),
            ..AuditNote::default()
        })?;
        match there.get(&piece.sha256) {
            Some(same) => points.iter().try_for_each(|point| tx.link_evidence(same, point))?,
            None => {
                let copy = EvidenceRow { id: id.clone(), points, added_at: at, ..(*piece).clone() };
                tx.write_evidence(&row.assessment.id, &copy)?;
            }
        }
    }
    Ok(loose)
}

/// Brings along what the expert of the sheet `from` found of the pieces, and lets the new sheet own what that expert
/// brought.
fn carry_judgements(
    tx: &Tx<'_>,
    row: &SheetRow,
    pieces: &[(String, &EvidenceRow)],
    from: &str,
    records: &Records,
) -> Result<()> {
    let here: BTreeMap<String, EvidenceRow> =
        tx.evidence(&row.assessment.id)?.into_iter().map(|piece| (piece.sha256.clone(), piece)).collect();
    for (_, old) in pieces {
        let Some(new) = here.get(&old.sha256) else { continue };
        if let Some(origin) = new.origin.clone().filter(|origin| origin.sheet == from) {
            let origin = Some(Origin { sheet: row.id.clone(), ..origin });
            tx.write_evidence(&row.assessment.id, &EvidenceRow { origin, ..new.clone() })?;
        }
        if let Some(verdict) = records.get(EntryKind::Verdict, &old.id) {
            let value = Some(verdict.to_owned());
            let entry = Entry { kind: EntryKind::Verdict, code: new.id.clone(), value };
            tx.audit(&entry_note(row, row.changed_at, &entry, None))?;
            tx.put_entry(&row.id, &entry)?;
        }
    }
    Ok(())
}
