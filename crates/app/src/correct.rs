//! Correcting whose sheet a draft is, and taking drafts off the list and putting them back.

use crate::create::{require_no_other, require_none};
use crate::home::correctable;
use crate::refusal::Refusal;
use crate::view::SheetFacts;
use crate::{Language, Result, Session, documents};
use assessment::sheet;
use store::{AssessmentRow, AuditNote, SheetRow, Tx};

impl Session {
    /// Corrects unit, year, stage, assessor and organisation of a draft that was never finalised. Other drafts of
    /// the same unit and year take the new unit and year along.
    ///
    /// # Errors
    /// A sheet that was finalised, signed or imported; an unfit name or year; another sheet that is in the way;
    /// of the disk. Nothing is changed then.
    pub fn correct_sheet(&mut self, sheet: &str, facts: &SheetFacts) -> Result<()> {
        let old = self.sheet(sheet)?;
        if !correctable(&old) {
            return Err(Refusal::CorrectLocked { unit: old.assessment.unit, sheet: short(&old.id) }.into());
        }
        let [unit, assessor, organisation] = self.names(&facts.unit, &facts.assessor, &facts.organisation)?;
        let year = sheet::year(facts.year)?;
        let mut row = SheetRow { stage: (&facts.stage).into(), assessor, organisation, ..old.clone() };
        row.assessment.unit = unit;
        row.assessment.year = year;
        if row == old {
            return Ok(());
        }
        row.changed_at = self.now();
        let (before, after) = (described(&old), described(&row));
        let note = AuditNote {
            at: row.changed_at,
            sheet: Some(&old.id),
            action: "correct",
            target: &old.assessment.unit,
            old: Some(&before),
            new: Some(&after),
            ..AuditNote::default()
        };
        let new_id = self.world.id();
        self.write(&note, |tx| {
            if row.assessment != old.assessment {
                row.assessment = place(tx, &old, &row.assessment, new_id)?;
            }
            let person = (row.assessor.as_str(), row.organisation.as_str());
            require_no_other(tx, &row.assessment, row.stage, person, &row.id)?;
            Ok(tx.describe_sheet(&row)?)
        })
    }

    /// Takes drafts, and sheets of the sample in any phase, off the list: all or none. Their records stay, and
    /// [`Session::restore_sheets`] puts them back.
    ///
    /// # Errors
    /// Unknown sheets; sheets that were finalised, signed or imported; of the disk.
    pub fn remove_sheets(&mut self, sheets: &[String]) -> Result<()> {
        let samples = self.read(|tx| Ok(tx.samples()?))?;
        let rows = sheets.iter().map(|sheet| self.sheet(sheet)).collect::<Result<Vec<_>>>()?;
        for row in &rows {
            if !correctable(row) && !samples.contains(&row.assessment.id) {
                let (unit, sheet) = (row.assessment.unit.clone(), short(&row.id));
                return Err(Refusal::NotRemovable { unit, sheet }.into());
            }
        }
        let now = self.now();
        self.each(&rows, "remove", |tx, row| Ok(tx.remove_sheet(&row.id, now)?))
    }

    /// Puts sheets back on the list, all or none.
    ///
    /// # Errors
    /// Sheets that were not taken off; the same assessor has another sheet there by now; of the disk.
    pub fn restore_sheets(&mut self, sheets: &[String]) -> Result<()> {
        let find = |sheet: &String| {
            let row = self.read(|tx| Ok(tx.removed_sheet(sheet)?))?;
            row.ok_or_else(|| store::Error::UnknownSheet { sheet: sheet.clone() }.into())
        };
        let rows = sheets.iter().map(find).collect::<Result<Vec<SheetRow>>>()?;
        self.each(&rows, "restore", |tx, row| {
            require_none(tx, &row.assessment, row.stage, (&row.assessor, &row.organisation))?;
            Ok(tx.restore_sheet(&row.id)?)
        })
    }

    /// One change to several sheets, in one transaction with an audit entry for each.
    fn each(
        &mut self,
        rows: &[SheetRow],
        action: &str,
        change: impl Fn(&Tx<'_>, &SheetRow) -> Result<()>,
    ) -> Result<()> {
        let now = self.now();
        let Some((last, before)) = rows.split_last() else {
            return Ok(());
        };
        let note = |row: &'_ SheetRow| (row.id.clone(), described(row));
        let (id, target) = note(last);
        let last_note = AuditNote { at: now, sheet: Some(&id), action, target: &target, ..AuditNote::default() };
        self.write(&last_note, |tx| {
            for row in before {
                change(tx, row)?;
                let (id, target) = note(row);
                tx.audit(&AuditNote { at: now, sheet: Some(&id), action, target: &target, ..AuditNote::default() })?;
            }
            change(tx, last)
        })
    }
}

/// The assessment that a corrected sheet belongs to. The one it has is renamed where that touches nothing that is
/// locked; otherwise the sheet moves, which it only can while nothing else belongs to the assessment.
fn place(tx: &Tx<'_>, old: &SheetRow, wanted: &AssessmentRow, new_id: String) -> Result<AssessmentRow> {
    let there = tx.find_assessment(&wanted.rubric, &wanted.unit, wanted.year)?;
    let free = tx.sheets_in(&old.assessment.id)?.iter().all(correctable);
    if there.is_none() && free {
        tx.rename_assessment(wanted)?;
        return Ok(wanted.clone());
    }
    if tx.assessment_holds(&old.assessment.id)? {
        let (unit, year) = (old.assessment.unit.clone(), old.assessment.year);
        return Err(Refusal::CorrectHeld { unit, year, wanted: format!("{} {}", wanted.unit, wanted.year) }.into());
    }
    Ok(tx.assessment(&wanted.rubric, &wanted.unit, wanted.year, &new_id)?)
}

fn short(id: &str) -> String {
    id.get(..8).unwrap_or(id).to_owned()
}

/// Whose sheet it is, in one line for the audit.
fn described(row: &SheetRow) -> String {
    let stage = documents::stage_name(row.stage, Language::Zh);
    format!("{} {} {stage} {}（{}）", row.assessment.unit, row.assessment.year, row.assessor, row.organisation)
}
