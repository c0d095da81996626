//! The conclusion (评估结论): grade by thresholds, conditions on grades, vetoes, with its trace.

use crate::decimal::{is_below, show};
use crate::model::{Effect, Grade, GradeCondition, Rubric, Shape, Veto};
use crate::score::{IndicatorScore, LimitState, Marks, PointScore, top_level};
use crate::trace::{Reason, Step};
use rust_decimal::Decimal;

/// What the scores of the indicators mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Conclusion {
    /// The grade, or the conclusion of a veto; `None` while points are unscored, and where nothing is concluded.
    pub grade: Option<String>,
    /// The grade when every unscored point gets its lowest mark.
    pub lowest_grade: Option<String>,
    /// The grade when every unscored point gets its highest mark.
    pub highest_grade: Option<String>,
    /// Thresholds, conditions and vetoes; while points are unscored, as if they got their highest marks.
    pub trace: Vec<Step>,
    /// The steps of the vetoes that apply whatever the unscored points get.
    pub vetoes: Vec<Step>,
    /// Codes of the indicators that lie below a condition's line whatever the unscored points get.
    pub below_line: Vec<String>,
}

/// Draws the conclusion.
pub(crate) fn conclude(
    rubric: &Rubric,
    scores: &[IndicatorScore],
    points: &[PointScore],
    total: Marks,
    limits: &[LimitState],
) -> Conclusion {
    let unscored: usize = top_level(rubric, scores).map(|s| s.points - s.scored).sum();
    let mut low = judge(rubric, scores, total.low, |s| s.lowest);
    // With every point scored this is the actual score.
    let mut high = judge(rubric, scores, total.high, |s| s.highest);
    for judgement in [&mut low, &mut high] {
        apply_limits(rubric, limits, total.given, judgement);
    }
    if rubric.shape == Shape::Checklist {
        high.trace.push(conformity(rubric, scores, points));
    }
    let holds = |step: &&Step| matches!(step.reason, Reason::Vetoed { .. } | Reason::LimitVeto { .. });
    let vetoes = high.trace.iter().filter(holds).cloned().collect();
    if unscored > 0 && !high.trace.is_empty() {
        high.trace.insert(0, Step::remark("", Reason::Provisional { unscored }));
    }
    Conclusion {
        grade: high.grade.clone().filter(|_| unscored == 0),
        lowest_grade: low.grade,
        highest_grade: high.grade,
        trace: high.trace,
        vetoes,
        below_line: high.below_line,
    }
}

/// Vetoes that stand under points, indicators and adjustments.
fn apply_limits(rubric: &Rubric, limits: &[LimitState], total: Decimal, judgement: &mut Judgement) {
    for ((_, limit), state) in rubric.limits().zip(limits) {
        if let (Effect::Veto { conclusion, .. }, Some(true)) = (&limit.effect, state.present) {
            judgement.grade = Some(conclusion.clone());
            let reason = Reason::LimitVeto { conclusion: conclusion.clone(), sum: show(total) };
            judgement.trace.push(Step::remark(&limit.text, reason).on(limit.reading.as_ref()));
        }
    }
}

/// Whether any clause that demands something is not met.
fn conformity(rubric: &Rubric, scores: &[IndicatorScore], points: &[PointScore]) -> Step {
    let count = top_level(rubric, scores).fold((0, 0, 0), |(yes, partly, no), score| {
        (yes + score.conformity.yes, partly + score.conformity.partly, no + score.conformity.no)
    });
    let (yes, partly, failing) = count;
    let applicable = yes + partly + failing;
    if partly + failing == 0 {
        return Step::remark("", Reason::AllConform { applicable });
    }
    let codes = points.iter().filter(|p| fails(p)).map(|p| p.code.as_str()).collect::<Vec<_>>().join("、");
    Step::remark("", Reason::SomeFail { applicable, partly, failing, codes })
}

/// Whether a clause demands something and is not met, or only partly.
pub(crate) fn fails(point: &PointScore) -> bool {
    point.score.is_some_and(|score| score.is_zero()) && !point.max.is_zero()
}

/// A conclusion for one way of counting the unscored points.
struct Judgement {
    grade: Option<String>,
    trace: Vec<Step>,
    below_line: Vec<String>,
}

type Pick = fn(&IndicatorScore) -> Decimal;

fn judge(rubric: &Rubric, scores: &[IndicatorScore], total: Decimal, pick: Pick) -> Judgement {
    let mut judgement = Judgement { grade: None, trace: Vec::new(), below_line: Vec::new() };
    if let Some(grade) = rubric.grades.iter().find(|g| g.at_least <= total) {
        judgement.grade = Some(grade.name.clone());
        judgement.trace.push(reached(grade, total));
    }
    for condition in &rubric.grade_conditions {
        apply_condition(rubric, scores, pick, condition, &mut judgement);
    }
    for veto in &rubric.vetoes {
        apply_veto(scores, pick, veto, &mut judgement);
    }
    judgement
}

fn reached(grade: &Grade, total: Decimal) -> Step {
    let reason = Reason::GradeReached { total: show(total), grade: grade.name.clone() };
    Step { running: Some(total), ..Step::remark(&grade.sentence, reason) }
}

fn apply_condition(
    rubric: &Rubric,
    scores: &[IndicatorScore],
    pick: Pick,
    condition: &GradeCondition,
    judgement: &mut Judgement,
) {
    let of_level = rubric.indicators.iter().zip(scores).filter(|(i, _)| i.level == condition.level);
    let below: Vec<String> =
        of_level.filter(|(_, s)| is_below(pick(s), s.max, condition.below)).map(|(i, _)| i.code.clone()).collect();
    let (count, limit, codes) = (below.len(), condition.fewer_than, below.join("、"));
    let needs_it = judgement.grade.as_ref().is_some_and(|grade| condition.grades.contains(grade));
    let reason = if u32::try_from(count).is_ok_and(|count| count < limit) {
        Reason::FewBelow { count, limit, codes }
    } else {
        if needs_it {
            judgement.grade = Some(condition.otherwise.clone());
        }
        Reason::TooManyBelow { count, limit, codes, grade: condition.otherwise.clone() }
    };
    judgement.trace.push(Step::remark(&condition.sentence, reason));
    judgement.below_line.extend(below);
}

/// A score in at most six decimals, which every sum of marks has; a quotient has more.
fn shown(score: Decimal) -> String {
    show(score.round_dp(6))
}

fn apply_veto(scores: &[IndicatorScore], pick: Pick, veto: &Veto, judgement: &mut Judgement) {
    let Some(indicator) = scores.iter().find(|s| s.code == veto.indicator) else {
        return;
    };
    let (code, score, max) = (indicator.code.clone(), shown(pick(indicator)), show(indicator.max));
    let reason = if is_below(pick(indicator), indicator.max, veto.below) {
        judgement.grade = Some(veto.conclusion.clone());
        Reason::Vetoed { indicator: code, score, max, grade: veto.conclusion.clone() }
    } else {
        Reason::VetoUnused { indicator: code, score, max }
    };
    judgement.trace.push(Step::remark(&veto.sentence, reason));
}
