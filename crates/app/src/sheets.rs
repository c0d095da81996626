//! The list of sheets, and one sheet with what follows from it.

use crate::difference::{self, Scored};
use crate::home::Around;
use crate::mask::Masking;
use crate::outcome::count;
use crate::view::{
    AdjustmentState, Desk, EntryView, FigureState, IndicatorFigures, LimitState, PartEntry, PeriodView, PointState,
    SheetPhase, SheetState, SheetSummary,
};
use crate::{Language, Result, Session, hints, missing, outcome, rubrics, verdicts, world};
use assessment::exchange::SheetFile;
use assessment::{Entry, EntryKind, Phase, Records, Stage};
use rubric::decimal::show;
use rubric::model::Quantity;
use rubric::score::needed_at;
use rubric::{Findings, Outcome, PartFinding, Rubric};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::{AssessmentRow, EvidenceRow, SheetRow};

/// A sheet with all that is needed to show it.
pub(crate) struct Opened {
    pub row: SheetRow,
    pub rubric: Arc<Rubric>,
    pub records: Records,
    /// The records as the engine takes them.
    pub findings: Findings,
    pub outcome: Outcome,
    pub evidence: Vec<EvidenceRow>,
    /// Whether names and numbers of people are hidden in it (脱敏).
    pub masked: bool,
    /// How it was masked here.
    pub masking: Option<Masking>,
    /// What the unit itself entered, beside a review.
    reference: Option<Records>,
    /// The revision before this one, with its entries.
    pub previous: Option<(u32, Records)>,
    steps: (bool, bool),
}

impl Opened {
    /// Puts marks in place of those of the points, by code, and scores it with them.
    pub fn put_marks(&mut self, marks: &BTreeMap<String, String>) {
        for (code, mark) in marks {
            self.records.apply(Entry { kind: EntryKind::Mark, code: code.clone(), value: Some(mark.clone()) });
        }
        self.findings = self.records.findings(&self.rubric, self.row.stage);
        self.outcome = rubric::score(&self.rubric, &self.findings);
    }

    /// A finalised sheet as its file has it, with nothing around it.
    pub(crate) fn of_file(file: &SheetFile, rubric: Arc<Rubric>, digest: &str) -> Self {
        let finalised_at = world::seconds(&file.finalised_at);
        let at = finalised_at.unwrap_or_default();
        let assessment = AssessmentRow {
            id: String::new(),
            rubric: rubric.digest.as_str().to_owned(),
            unit: file.unit.clone(),
            year: file.year,
        };
        let row = SheetRow {
            id: file.id.clone(),
            assessment,
            stage: file.stage,
            assessor: file.assessor.clone(),
            organisation: file.organisation.clone(),
            revision: file.revision,
            phase: Phase::Finalised,
            reason: file.reason.clone(),
            previous: file.previous.clone(),
            digest: Some(digest.to_owned()),
            finalised_at,
            created_at: at,
            changed_at: at,
            last_point: None,
            imported: true,
        };
        let records = file.records();
        let findings = records.findings(&rubric, row.stage);
        let outcome = rubric::score(&rubric, &findings);
        let evidence = Vec::new();
        let steps = (false, false);
        let (masked, masking, reference, previous) = (false, None, None, None);
        Self { row, rubric, records, findings, outcome, evidence, masked, masking, reference, previous, steps }
    }
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
    /// A sheet with its rubric and catalogue, for the desk.
    ///
    /// # Errors
    /// Unknown sheet; of the disk.
    pub fn desk(&mut self, sheet: &str) -> Result<Desk> {
        let opened = self.opened(sheet)?;
        let rubric = rubrics::view(&opened.rubric, self.language);
        let evidence = self.items(&opened.row, &opened.rubric, &opened.evidence)?;
        let period = opened.rubric.period.as_ref().map(|period| {
            let (from, to) = period.of(opened.row.assessment.year);
            PeriodView { from, to, sentence: period.sentence.clone() }
        });
        let media = hints::media(self.language);
        Ok(Desk { rubric, evidence, media, period, state: self.state_of(&opened) })
    }

    /// What is entered on a sheet and what follows.
    ///
    /// # Errors
    /// Unknown sheet; of the disk.
    pub fn state(&mut self, sheet: &str) -> Result<SheetState> {
        let opened = self.opened(sheet)?;
        Ok(self.state_of(&opened))
    }

    /// What a printed table of the sheet's rubric gives for a quantity.
    ///
    /// # Errors
    /// Unknown sheet or table; a quantity that is not a number above zero; of the disk.
    pub fn convert(&mut self, sheet: &str, name: &str, quantity: &str) -> Result<String> {
        let row = self.sheet(sheet)?;
        rubrics::convert(&*self.rubric_of(&row)?, name, quantity)
    }

    pub(crate) fn opened(&mut self, sheet: &str) -> Result<Opened> {
        let row = self.sheet(sheet)?;
        let rubric = self.rubric_of(&row)?;
        self.read(|tx| {
            let records = tx.records(&row.id)?;
            let evidence = tx.catalogue(&row)?;
            let reference = match row.stage {
                Stage::SelfEvaluation => None,
                Stage::Trial | Stage::Review => {
                    let own = tx.sheets_of(&row.assessment.id, Stage::SelfEvaluation)?;
                    // A signed self-evaluation counts before one that is finalised, and that before a draft.
                    let best = own.iter().max_by_key(|own| (own.phase, own.changed_at, &own.id));
                    best.map(|own| tx.records(&own.id)).transpose()?
                }
            };
            let previous = difference::revision_before(tx, &row)?;
            let steps = tx.can_step(&row.id)?;
            let findings = records.findings(&rubric, row.stage);
            let outcome = rubric::score(&rubric, &findings);
            let (masked, masking) = (false, None);
            Ok(Opened {
                row,
                rubric,
                records,
                findings,
                outcome,
                evidence,
                masked,
                masking,
                reference,
                previous,
                steps,
            })
        })
    }

    pub(crate) fn state_of(&self, opened: &Opened) -> SheetState {
        let (row, outcome) = (&opened.row, &opened.outcome);
        let own = opened.reference.as_ref();
        let own = own.map(|records| Scored::new(&opened.rubric, records, Stage::SelfEvaluation));
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
            last_point: row.last_point.clone(),
            difference: difference::difference(opened, own.as_ref()),
            points: point_states(opened, own.as_ref(), self.language),
            limits: limit_states(opened),
            adjustments: adjustment_states(opened, self.language),
            indicator_quantities: indicator_figures(opened),
            outcome: outcome::view(&opened.rubric, outcome, self.language),
            open: assessment::sheet::open_codes(outcome),
            verdicts: verdicts::states(opened),
            digest: row.digest.clone(),
        }
    }

    /// The line of a sheet in the list; `around` is what the list knows of it.
    pub(crate) fn summary(&mut self, row: SheetRow, around: Around) -> Result<SheetSummary> {
        let opened = self.opened(&row.id)?;
        let (rubric, outcome) = (&opened.rubric, &opened.outcome);
        let last = row.last_point.as_deref().and_then(|code| rubric.point(code));
        Ok(SheetSummary {
            id: row.id,
            rubric: rubric.id.clone(),
            rubric_title: rubric.title.clone(),
            edition: rubric.edition.clone(),
            sample: around.sample,
            correctable: around.correctable,
            removable: around.correctable || around.sample,
            siblings: around.siblings,
            unit: row.assessment.unit,
            year: row.assessment.year,
            stage: row.stage.into(),
            assessor: row.assessor,
            organisation: row.organisation,
            revision: row.revision,
            phase: row.phase.into(),
            scored: count(outcome.points.iter().filter(|point| point.score.is_some()).count()),
            points: count(outcome.points.len()),
            missing_evidence: count(missing_evidence(&opened)),
            total: show(outcome.total),
            max: show(outcome.max),
            grade: outcome.conclusion.grade.clone(),
            grade_failing: outcome.complete && outcome::is_failing(rubric, outcome),
            changed_at: self.world.local(row.changed_at, "%Y-%m-%d %H:%M"),
            last_point_title: last.map(|(_, point)| point.title.clone()),
            last_point: row.last_point,
        })
    }
}

/// How many points have a mark and no file.
fn missing_evidence(opened: &Opened) -> usize {
    let files = missing::support(opened);
    let scored = opened.outcome.points.iter().filter(|point| point.score.is_some());
    scored.filter(|point| !files.contains_key(point.code.as_str())).count()
}

fn point_states(opened: &Opened, own: Option<&Scored<'_>>, language: Language) -> Vec<PointState> {
    let files = missing::support(opened);
    let marks = own.map(|own| own.outcome.points.iter().filter_map(|p| Some((p.code.as_str(), show(p.score?)))));
    let marks: BTreeMap<&str, String> = marks.into_iter().flatten().collect();
    let get = |records: &Records, kind, code: &str| records.get(kind, code).map(str::to_owned);
    let mut states = Vec::new();
    for ((_, point), scored) in opened.rubric.points().zip(&opened.outcome.points) {
        let code = point.code.as_str();
        states.push(PointState {
            code: code.to_owned(),
            mark: scored.score.map(show),
            entered: get(&opened.records, EntryKind::Mark, code),
            derived: scored.derived.map(show),
            parts: part_states(opened.findings.points.get(code).map(|f| f.parts.as_slice()), point.parts.len()),
            quantities: figures(opened, code, &opened.rubric.needed(&point.parts, &point.limits)),
            missing: outcome::steps(&scored.missing, language).into_iter().map(|step| step.finding).collect(),
            needs_reason: opened.outcome.reasons_missing.contains(&point.code),
            remark: get(&opened.records, EntryKind::Remark, code).unwrap_or_default(),
            doubt: opened.records.get(EntryKind::Doubt, code).is_some(),
            evidence: count(files.get(code).copied().unwrap_or_default()),
            reference: marks.get(code).cloned(),
            reference_remark: own.and_then(|own| get(own.records, EntryKind::Remark, code)),
        });
    }
    states
}

/// The findings for so many parts; nothing is recorded where there are none.
fn part_states(findings: Option<&[Option<PartFinding>]>, parts: usize) -> Vec<Option<PartEntry>> {
    let finding = |at: usize| findings.and_then(|all| all.get(at)?.clone());
    (0..parts).map(|at| finding(at).map(part_entry)).collect()
}

fn part_entry(finding: PartFinding) -> PartEntry {
    match finding {
        PartFinding::Mark(mark) => PartEntry::Mark { mark: show(mark) },
        PartFinding::Met(met) => PartEntry::Met { met },
        PartFinding::Count(counted) => {
            PartEntry::Count { items: counted.items.into_iter().collect(), more: counted.more }
        }
        PartFinding::Entries(entries) => {
            let entry = |e: rubric::EntryFinding| EntryView { item: e.item, title: e.title, base: show(e.base) };
            PartEntry::Entries { entries: entries.into_iter().map(entry).collect() }
        }
        PartFinding::Conform(conformity) => PartEntry::Conform { conformity: <&str>::from(conformity).to_owned() },
    }
}

/// The quantities of a place: what is recorded there, and what others agree on.
fn figures(opened: &Opened, place: &str, needed: &[&Quantity]) -> Vec<FigureState> {
    let recorded = &opened.findings.quantities;
    let one = |quantity: &&Quantity| {
        let own = recorded.get(place).and_then(|figures| figures.get(&quantity.name));
        let others: BTreeSet<Decimal> =
            recorded.values().filter_map(|figures| figures.get(&quantity.name)).map(|figure| figure.value).collect();
        let agreed = others.first().filter(|_| own.is_none() && others.len() == 1);
        FigureState {
            name: quantity.name.clone(),
            value: own.map(|figure| show(figure.value)),
            elsewhere: agreed.map(|value| show(*value)),
            source: own.and_then(|figure| figure.source.clone()),
        }
    };
    needed.iter().map(one).collect()
}

fn indicator_figures(opened: &Opened) -> Vec<IndicatorFigures> {
    let with_limits = opened.rubric.indicators.iter().filter(|indicator| !indicator.limits.is_empty());
    let figures = with_limits.map(|indicator| IndicatorFigures {
        code: indicator.code.clone(),
        quantities: figures(opened, &indicator.code, &needed_at(&opened.rubric, &indicator.code)),
    });
    figures.filter(|figures| !figures.quantities.is_empty()).collect()
}

fn adjustment_states(opened: &Opened, language: Language) -> Vec<AdjustmentState> {
    let adjustments = opened.rubric.adjustments.iter().zip(&opened.outcome.adjustments);
    let state = |(rule, scored): (&rubric::model::Adjustment, &rubric::score::AdjustmentScore)| AdjustmentState {
        code: rule.code.clone(),
        parts: part_states(opened.findings.adjustments.get(&rule.code).map(Vec::as_slice), rule.parts.len()),
        quantities: figures(opened, &rule.code, &opened.rubric.needed(&rule.parts, &rule.limits)),
        remark: opened.records.get(EntryKind::Remark, &rule.code).unwrap_or_default().to_owned(),
        needs_reason: opened.outcome.reasons_missing.contains(&rule.code),
        amount: scored.amount.map(show),
        trace: outcome::steps(&scored.trace, language),
    };
    adjustments.map(state).collect()
}

fn limit_states(opened: &Opened) -> Vec<LimitState> {
    let state =
        |l: &rubric::score::LimitState| LimitState { code: l.code.clone(), present: l.present, measured: l.measured };
    opened.outcome.limits.iter().map(state).collect()
}
