//! Panels as the faces show them.

use super::said::{self, Said};
use super::{Round, groups};
use crate::outcome::{self, count};
use crate::view::{
    AgreedView, Calculation, CalculationMark, PanelCell, PanelFinding, PanelIndicator, PanelMember, PanelPerson,
    PanelSummary, PanelUnit, PanelUnitView, PanelView, PolicyChoice, PolicyView, RecusalView, TrimView,
};
use crate::{Language, World, world};
use assessment::panel::{
    Agreement, Combined, Flag, Method, Part, Per, PointResult, Policy, Sight, Standing, TOTAL, UnitResult,
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

pub(super) fn members(round: &Round) -> Vec<PanelMember> {
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
    let person = |person: &assessment::panel::Person| PanelPerson {
        name: person.name.clone(),
        organisation: person.organisation.clone(),
    };
    let sights: Vec<Sight> =
        round.units.iter().map(|unit| viewer.map_or(Sight::All, |viewer| round.panel.sight(viewer, unit))).collect();
    let all = sights.iter().all(|sight| *sight == Sight::All);
    let shown = |(unit, sight): (&UnitResult, &Sight)| sighted(result(round, unit, language), *sight, viewer, language);
    // Agreement over all units would tell of marks that must not be seen yet.
    let (agreement, agreement_units) = if all { groups::of_totals(round, language) } else { (Vec::new(), 0) };
    PanelView {
        panel: summary(&round.row, &round.rubric),
        members: members(round),
        recusals: round.panel.recusals.iter().map(recusal).collect(),
        policy: policy(&round.panel.policy),
        policy_text: said::policy(&round.panel.policy, language),
        declared: round.declared,
        choices: choices(round),
        indicators: indicators(round),
        max: show(round.rubric.total),
        step: show(round.rubric.step),
        units: round.units.iter().zip(&sights).map(shown).collect(),
        strangers: round.strangers.iter().map(stranger).collect(),
        others: round.strangers.keys().map(person).collect(),
        agreement,
        agreement_units: count(agreement_units),
        can_undo: steps.0,
        can_redo: steps.1,
    }
}

/// What each method may combine under the rubric, whatever else is declared.
fn choices(round: &Round) -> Vec<PolicyChoice> {
    let trim = Policy::new(&round.rubric).trim;
    let admits = |method: Method, per: Per| {
        // Points are rounded to what the rubric admits, whatever the step of the totals is.
        let step = round.rubric.step;
        let policy = Policy { method, per, step, trim: trim.clone(), ..Policy::new(&round.rubric) };
        policy.check(&round.rubric).is_ok()
    };
    let word = |per: Per| <&str>::from(per).to_owned();
    let choice = |method: Method| PolicyChoice {
        method: <&str>::from(method).to_owned(),
        per: [Per::Total, Per::Point].into_iter().filter(|per| admits(method, *per)).map(word).collect(),
    };
    [Method::Mean, Method::Trimmed, Method::Median, Method::Consensus].map(choice).into()
}

/// Indicators that a person would part units by: the first two levels.
fn indicators(round: &Round) -> Vec<PanelIndicator> {
    let shown = round.rubric.indicators.iter().filter(|indicator| indicator.level <= 2);
    let view = |indicator: &rubric::model::Indicator| PanelIndicator {
        code: indicator.code.clone(),
        title: indicator.title.clone(),
        level: indicator.level,
    };
    shown.map(view).collect()
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
        failing: false,
        agreed: false,
        flags: Vec::new(),
    }
}

/// Other units whose names may be spellings of this one.
fn alike(round: &Round, unit: &UnitResult) -> Option<Said> {
    let others = round.alike.get(&unit.unit)?;
    let quoted: Vec<String> = others.iter().map(|other| format!("“{other}”")).collect();
    Some(Said::AlikeUnit { others: quoted.join("、") })
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
    let agreed =
        unit.agreed.is_some() || unit.points.iter().chain(&unit.adjustments).any(|point| point.agreed.is_some());
    PanelUnit {
        unit: unit.unit.clone(),
        cells: unit.cells.iter().enumerate().map(cell).collect(),
        counted: count(unit.counted),
        spread: unit.totals.as_ref().map(|totals| show(totals.spread)),
        total: unit.total.map(show),
        grade: unit.grade.clone(),
        vetoed: unit.vetoed,
        failing: unit.grade.is_some() && unit.grade.as_ref() == round.rubric.grades.last().map(|grade| &grade.name),
        agreed,
        flags: unit
            .flags
            .iter()
            .map(|flag| said::flag(round, flag, language))
            .chain(alike(round, unit))
            .map(|said| said.remark(language))
            .collect(),
    }
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
pub(crate) struct Shown<'a> {
    pub round: &'a Round,
    pub world: &'a World,
    pub language: Language,
}

impl Shown<'_> {
    pub fn calculation(
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
            refused: None,
            mark: mark.map(show),
        }
    }

    fn point(&self, point: &PointResult) -> Calculation {
        let max = self.round.rubric.point(&point.code).map(|(_, point)| point.max).unwrap_or_default();
        let taken = point.agreed.as_ref();
        let calculation = self.calculation((&point.code, max), (&point.combined, Per::Point), taken, point.mark);
        Calculation { refused: point.refused.as_ref().map(|refused| agreed(refused, self.world)), ..calculation }
    }
}

pub(crate) fn unit(round: &Round, unit: &UnitResult, world: &World, language: Language) -> PanelUnitView {
    let shown = Shown { round, world, language };
    let rubric = &round.rubric;
    let totals = |combined: &Combined| {
        let taken = unit.agreed.as_ref();
        let calculation = shown.calculation((TOTAL, rubric.total), (combined, Per::Total), taken, unit.total);
        Calculation { refused: unit.refused.as_ref().map(|refused| agreed(refused, world)), ..calculation }
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
