//! The list of sheets, and one sheet with what follows from it.

use crate::outcome::count;
use crate::view::{Desk, Home, LimitState, PointState, SheetPhase, SheetState, SheetSummary};
use crate::{Result, Session, outcome, rubrics};
use assessment::{EntryKind, Phase, Records, Stage};
use rubric::decimal::show;
use rubric::{Outcome, Rubric};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{EvidenceRow, SheetRow};

/// A sheet with all that is needed to show it.
pub(crate) struct Opened {
    pub row: SheetRow,
    pub rubric: Arc<Rubric>,
    pub records: Records,
    pub outcome: Outcome,
    pub evidence: Vec<EvidenceRow>,
    /// What the unit itself entered, beside a review.
    reference: Option<Records>,
    steps: (bool, bool),
}

impl From<Phase> for SheetPhase {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::Draft => Self::Draft,
            Phase::Finalised => Self::Finalised,
            Phase::Signed => Self::Signed,
        }
    }
}

impl Session {
    /// The start page.
    ///
    /// # Errors
    /// Of the disk.
    pub fn home(&mut self) -> Result<Home> {
        let rows = self.read(|tx| Ok(tx.sheets()?))?;
        let sheets = rows.into_iter().map(|row| self.summary(row)).collect::<Result<_>>()?;
        Ok(Home {
            workspace: self.root().display().to_string(),
            language: self.language,
            sheets,
            rubrics: rubrics::shipped().iter().map(|loaded| rubrics::summary(&loaded.rubric)).collect(),
            identities: self.identities()?,
        })
    }

    /// A sheet with its rubric and catalogue, for the desk.
    ///
    /// # Errors
    /// Unknown sheet; of the disk.
    pub fn desk(&mut self, sheet: &str) -> Result<Desk> {
        let opened = self.opened(sheet)?;
        let rubric = rubrics::view(&opened.rubric, self.language);
        Ok(Desk { rubric, evidence: self.items(&opened.evidence)?, state: self.state_of(&opened) })
    }

    /// What is entered on a sheet and what follows.
    ///
    /// # Errors
    /// Unknown sheet; of the disk.
    pub fn state(&mut self, sheet: &str) -> Result<SheetState> {
        let opened = self.opened(sheet)?;
        Ok(self.state_of(&opened))
    }

    pub(crate) fn opened(&mut self, sheet: &str) -> Result<Opened> {
        let row = self.sheet(sheet)?;
        let rubric = self.rubric_of(&row)?;
        self.read(|tx| {
            let records = tx.records(&row.id)?;
            let evidence = tx.evidence(&row.assessment.id)?;
            let reference = match row.stage {
                Stage::SelfEvaluation => None,
                Stage::Trial | Stage::Review => {
                    let own = tx.sheets_of(&row.assessment.id, Stage::SelfEvaluation)?;
                    // A signed self-evaluation counts before one that is finalised, and that before a draft.
                    let best = own.iter().max_by_key(|own| (own.phase, own.changed_at, &own.id));
                    best.map(|own| tx.records(&own.id)).transpose()?
                }
            };
            let steps = tx.can_step(&row.id)?;
            let outcome = rubric::score(&rubric, &records.findings());
            Ok(Opened { row, rubric, records, outcome, evidence, reference, steps })
        })
    }

    pub(crate) fn state_of(&self, opened: &Opened) -> SheetState {
        let (row, outcome) = (&opened.row, &opened.outcome);
        SheetState {
            id: row.id.clone(),
            unit: row.assessment.unit.clone(),
            year: row.assessment.year,
            stage: row.stage.into(),
            assessor: row.assessor.clone(),
            organisation: row.organisation.clone(),
            revision: row.revision,
            phase: row.phase.into(),
            saved_at: self.world.local(row.changed_at, "%H:%M:%S"),
            can_undo: opened.steps.0,
            can_redo: opened.steps.1,
            points: point_states(opened),
            limits: limit_states(opened),
            outcome: outcome::view(&opened.rubric, outcome, self.language),
            open: assessment::sheet::open_codes(outcome),
            digest: row.digest.clone(),
        }
    }

    fn summary(&mut self, row: SheetRow) -> Result<SheetSummary> {
        let opened = self.opened(&row.id)?;
        let (rubric, outcome) = (&opened.rubric, &opened.outcome);
        let last = row.last_point.as_deref().and_then(|code| rubric.point(code));
        Ok(SheetSummary {
            id: row.id,
            rubric: rubric.id.clone(),
            rubric_title: rubric.title.clone(),
            unit: row.assessment.unit,
            year: row.assessment.year,
            stage: row.stage.into(),
            assessor: row.assessor,
            organisation: row.organisation,
            revision: row.revision,
            phase: row.phase.into(),
            scored: count(outcome.points.iter().filter(|point| point.score.is_some()).count()),
            points: count(outcome.points.len()),
            missing_evidence: count(
                point_states(&opened).iter().filter(|p| p.mark.is_some() && p.evidence == 0).count(),
            ),
            total: show(outcome.total),
            max: show(rubric.total),
            grade: outcome.conclusion.grade.clone(),
            grade_failing: outcome.complete && outcome::is_failing(rubric, outcome),
            changed_at: self.world.local(row.changed_at, "%Y-%m-%d %H:%M"),
            last_point_title: last.map(|(_, point)| point.title.clone()),
            last_point: row.last_point,
        })
    }
}

fn point_states(opened: &Opened) -> Vec<PointState> {
    let mut files: BTreeMap<&str, usize> = BTreeMap::new();
    for point in opened.evidence.iter().flat_map(|item| &item.points) {
        *files.entry(point).or_default() += 1;
    }
    let get = |records: &Records, kind, code: &str| records.get(kind, code).map(str::to_owned);
    let state = |code: &str| PointState {
        code: code.to_owned(),
        mark: get(&opened.records, EntryKind::Mark, code),
        remark: get(&opened.records, EntryKind::Remark, code).unwrap_or_default(),
        doubt: opened.records.get(EntryKind::Doubt, code).is_some(),
        evidence: count(files.get(code).copied().unwrap_or_default()),
        reference: opened.reference.as_ref().and_then(|records| get(records, EntryKind::Mark, code)),
        reference_remark: opened.reference.as_ref().and_then(|records| get(records, EntryKind::Remark, code)),
    };
    opened.rubric.points().map(|(_, point)| state(&point.code)).collect()
}

fn limit_states(opened: &Opened) -> Vec<LimitState> {
    let present = |code: &str| opened.records.get(EntryKind::Condition, code).map(|value| value == "true");
    opened.rubric.limits().map(|(_, l)| LimitState { code: l.code.clone(), present: present(&l.code) }).collect()
}
