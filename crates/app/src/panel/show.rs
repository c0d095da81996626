//! Panels as the faces show them.

use super::Round;
use super::said::{self, Said};
use crate::outcome::{self, count};
use crate::view::{
    AgreedView, AgreementMeasure, Calculation, CalculationMark, PanelCell, PanelFinding, PanelMember, PanelSummary,
    PanelUnit, PanelUnitView, PanelView, PolicyView, RecusalView, TrimView,
};
use crate::{Language, World, world};
use assessment::agreement::{Measure, alpha, icc_2k, kendall_w};
use assessment::panel::{
    Agreement, Combined, Flag, Part, Per, PointResult, Policy, Sight, Standing, TOTAL, UnitResult,
};
use rubric::Rubric;
use rubric::decimal::show;
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use store::PanelRow;

pub(crate) fn summary(row: &PanelRow, rubric: &Rubric) -> PanelSummary {
    PanelSummary {
        id: row.id.clone(),
        name: row.name.clone(),
        rubric: rubric.id.clone(),
        rubric_title: rubric.title.clone(),
        edition: rubric.edition.clone(),
        year: row.year,
        stage: row.stage.into(),
    }
}

fn policy(policy: &Policy) -> PolicyView {
    let word = |word: &'static str| word.to_owned();
    PolicyView {
        method: word(policy.method.into()),
        trim: policy.trim.iter().map(|trim| TrimView { from: trim.from, drop: trim.drop }).collect(),
        per: word(policy.per.into()),
        rounding: word(policy.rounding.into()),
        step: show(policy.step),
        holds: word(policy.holds.into()),
        least: policy.least,
        point_outlier: policy.point_outlier,
        total_outlier: policy.total_outlier,
        ties: policy.ties.clone(),
    }
}

fn members(round: &Round) -> Vec<PanelMember> {
    let leads = |person: &assessment::panel::Person| round.panel.leader.as_ref() == Some(person);
    let member = |person: &assessment::panel::Person| PanelMember {
        name: person.name.clone(),
        organisation: person.organisation.clone(),
        leader: leads(person),
    };
    round.panel.members.iter().map(member).collect()
}

/// The whole panel; for a member, what that member may see.
pub(crate) fn panel(round: &Round, steps: (bool, bool), viewer: Option<usize>, language: Language) -> PanelView {
    let recusal = |((person, unit), reason): (&(assessment::panel::Person, String), &String)| RecusalView {
        name: person.name.clone(),
        organisation: person.organisation.clone(),
        unit: unit.clone(),
        reason: reason.clone(),
    };
    let stranger = |(person, units): (&assessment::panel::Person, &BTreeSet<String>)| {
        let units = units.iter().map(String::as_str).collect::<Vec<_>>().join("、");
        let (name, organisation) = (person.name.clone(), person.organisation.clone());
        Said::Stranger { name, organisation, units }.remark(language)
    };
    let sights: Vec<Sight> =
        round.units.iter().map(|unit| viewer.map_or(Sight::All, |viewer| round.panel.sight(viewer, unit))).collect();
    let all = sights.iter().all(|sight| *sight == Sight::All);
    let shown = |(unit, sight): (&UnitResult, &Sight)| sighted(result(round, unit, language), *sight, viewer, language);
    // Agreement over all units would tell of marks that must not be seen yet.
    let (agreement, agreement_units) = if all { agreement(round, language) } else { (Vec::new(), 0) };
    PanelView {
        panel: summary(&round.row, &round.rubric),
        members: members(round),
        recusals: round.panel.recusals.iter().map(recusal).collect(),
        policy: policy(&round.panel.policy),
        policy_text: said::policy(&round.panel.policy, language),
        max: show(round.rubric.total),
        units: round.units.iter().zip(&sights).map(shown).collect(),
        strangers: round.strangers.iter().map(stranger).collect(),
        agreement,
        agreement_units: count(agreement_units),
        can_undo: steps.0,
        can_redo: steps.1,
    }
}

/// What may be seen of a unit.
fn sighted(unit: PanelUnit, sight: Sight, viewer: Option<usize>, language: Language) -> PanelUnit {
    if sight == Sight::All {
        return unit;
    }
    let hide = |(at, cell): (usize, PanelCell)| {
        if sight == Sight::Own && viewer == Some(at) {
            return PanelCell { outlier: false, dropped: String::new(), ..cell };
        }
        PanelCell {
            standing: Said::Hidden.remark(language),
            total: None,
            grade: None,
            dropped: String::new(),
            outlier: false,
        }
    };
    PanelUnit {
        unit: unit.unit,
        cells: unit.cells.into_iter().enumerate().map(hide).collect(),
        counted: 0,
        spread: None,
        total: None,
        grade: None,
        vetoed: false,
        flags: Vec::new(),
    }
}

pub(crate) fn result(round: &Round, unit: &UnitResult, language: Language) -> PanelUnit {
    let of_total = |member: usize| unit.totals.as_ref()?.marks.iter().find(|mark| mark.member == member);
    let combines = round.panel.policy.per == Per::Total;
    let far = |member: usize| {
        unit.flags
            .iter()
            .any(|flag| matches!(flag, Flag::Outlier { code, member: whose, .. } if code == TOTAL && *whose == member))
    };
    let cell = |(member, cell): (usize, &assessment::panel::Cell)| PanelCell {
        standing: said::standing(&cell.standing).remark(language),
        total: cell.total.map(show),
        grade: cell.grade.clone(),
        dropped: of_total(member)
            .filter(|mark| combines && mark.part != Part::Counted)
            .map(|mark| <&str>::from(mark.part).to_owned())
            .unwrap_or_default(),
        outlier: cell.standing == Standing::Counted && far(member),
    };
    PanelUnit {
        unit: unit.unit.clone(),
        cells: unit.cells.iter().enumerate().map(cell).collect(),
        counted: count(unit.counted),
        spread: unit.totals.as_ref().map(|totals| show(totals.spread)),
        total: unit.total.map(show),
        grade: unit.grade.clone(),
        vetoed: unit.vetoed,
        flags: unit.flags.iter().map(|flag| said::flag(round, flag, language).remark(language)).collect(),
    }
}

/// Agreement of the totals: W and ICC over the units that every member scored, alpha over all.
fn agreement(round: &Round, language: Language) -> (Vec<AgreementMeasure>, usize) {
    let marks = |unit: &UnitResult| -> Vec<Option<Decimal>> {
        let counts = |cell: &assessment::panel::Cell| cell.total.filter(|_| cell.standing == Standing::Counted);
        unit.cells.iter().map(counts).collect()
    };
    let rows: Vec<Vec<Option<Decimal>>> = round.units.iter().map(marks).collect();
    let scored = rows.iter().filter(|row| !row.is_empty());
    let full: Vec<Vec<Decimal>> = scored.filter_map(|row| row.iter().copied().collect()).collect();
    let measures =
        [(Measure::KendallW, kendall_w(&full)), (Measure::Icc2k, icc_2k(&full)), (Measure::Alpha, alpha(&rows))];
    let view = |(measure, value): (Measure, Result<Decimal, assessment::agreement::Why>)| {
        let (name, text) = said::measure(measure, value, language);
        let key: &'static str = measure.into();
        AgreementMeasure { measure: key.to_owned(), name, value: value.ok().map(show), text }
    };
    (measures.into_iter().map(view).collect(), full.len())
}

fn agreed(agreement: &Agreement, world: &World) -> AgreedView {
    AgreedView {
        mark: agreement.mark.clone(),
        reason: agreement.reason.clone(),
        at: world::seconds(&agreement.at).map(|at| world.local(at, "%Y-%m-%d %H:%M")).unwrap_or_default(),
        before: agreement.before.clone(),
        given: agreement.given.clone().into_iter().collect(),
    }
}

/// Everything that a calculation is shown with.
struct Shown<'a> {
    round: &'a Round,
    world: &'a World,
    language: Language,
}

impl Shown<'_> {
    fn calculation(
        &self,
        (code, max): (&str, Decimal),
        (combined, per): (&Combined, Per),
        agreement: Option<&Agreement>,
        mark: Option<Decimal>,
    ) -> Calculation {
        let policy = &self.round.panel.policy;
        let name = |member: usize| self.round.panel.members.get(member).map(|person| person.name.clone());
        let marks = combined.marks.iter().map(|mark| CalculationMark {
            name: name(mark.member).unwrap_or_default(),
            mark: show(mark.value),
            part: <&str>::from(mark.part).to_owned(),
        });
        let mut steps = said::steps(policy, combined, per, self.language);
        steps.extend(agreement.map(|agreement| {
            let (mark, reason) = (agreement.mark.clone(), agreement.reason.clone());
            let before = agreement.before.clone().unwrap_or_else(|| "—".to_owned());
            Said::Agreed { mark, before, reason }.text(self.language)
        }));
        Calculation {
            code: code.to_owned(),
            title: said::title(&self.round.rubric, code, self.language),
            max: show(max),
            marks: marks.collect(),
            steps,
            agreed: agreement.map(|agreement| agreed(agreement, self.world)),
            mark: mark.map(show),
        }
    }

    fn point(&self, point: &PointResult) -> Calculation {
        let max = self.round.rubric.point(&point.code).map(|(_, point)| point.max).unwrap_or_default();
        self.calculation((&point.code, max), (&point.combined, Per::Point), point.agreed.as_ref(), point.mark)
    }
}

pub(crate) fn unit(round: &Round, unit: &UnitResult, world: &World, language: Language) -> PanelUnitView {
    let shown = Shown { round, world, language };
    let rubric = &round.rubric;
    let totals = |combined: &Combined| {
        shown.calculation((TOTAL, rubric.total), (combined, Per::Total), unit.agreed.as_ref(), unit.total)
    };
    let text = |code: &str| rubric.limits().find(|(_, limit)| limit.code == code).map(|(_, limit)| limit.text.clone());
    let name = |member: &usize| round.panel.members.get(*member).map(|person| person.name.clone()).unwrap_or_default();
    let finding = |finding: &assessment::panel::Finding| PanelFinding {
        code: finding.code.clone(),
        text: text(&finding.code).unwrap_or_default(),
        found: finding.found.iter().map(name).collect(),
        of: count(finding.of),
        holds: finding.holds,
    };
    PanelUnitView {
        panel: summary(&round.row, rubric),
        members: members(round),
        unit: result(round, unit, language),
        totals: unit.totals.as_ref().map(totals),
        points: unit.points.iter().chain(&unit.adjustments).map(|point| shown.point(point)).collect(),
        findings: unit.findings.iter().map(finding).collect(),
        conclusion: outcome::steps(&unit.conclusion, language),
    }
}
