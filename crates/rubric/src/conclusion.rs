//! The conclusion (评估结论): grade by thresholds, conditions on grades, vetoes, with its trace.

use crate::decimal::{is_below, show};
use crate::model::{Grade, GradeCondition, Rubric, Veto};
use crate::score::IndicatorScore;
use crate::trace::{Reason, Step};
use rust_decimal::Decimal;

/// What the scores of the indicators mean.
#[derive(Clone, Debug)]
pub struct Conclusion {
    /// The grade; `None` while points are unscored, and where the rubric has no grades.
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
#[must_use]
pub fn conclude(rubric: &Rubric, scores: &[IndicatorScore]) -> Conclusion {
    let tops = rubric.indicators.iter().zip(scores).filter(|(i, _)| i.parent.is_none());
    let unscored: usize = tops.map(|(_, s)| s.points - s.scored).sum();
    let low = judge(rubric, scores, |s| s.lowest);
    // With every point scored this is the actual score.
    let mut high = judge(rubric, scores, |s| s.highest);
    let vetoes = high.trace.iter().filter(|s| matches!(s.reason, Reason::Vetoed { .. })).cloned().collect();
    if unscored > 0 && !high.trace.is_empty() {
        let reason = Reason::Provisional { unscored };
        high.trace.insert(0, Step { sentence: String::new(), reason, amount: None, running: None });
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

/// A conclusion for one way of counting the unscored points.
struct Judgement {
    grade: Option<String>,
    trace: Vec<Step>,
    below_line: Vec<String>,
}

type Pick = fn(&IndicatorScore) -> Decimal;

fn judge(rubric: &Rubric, scores: &[IndicatorScore], pick: Pick) -> Judgement {
    let mut judgement = Judgement { grade: None, trace: Vec::new(), below_line: Vec::new() };
    let tops = rubric.indicators.iter().zip(scores).filter(|(i, _)| i.parent.is_none());
    let total: Decimal = tops.map(|(_, s)| pick(s)).sum();
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
    Step { sentence: grade.sentence.clone(), reason, amount: None, running: Some(total) }
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
    let sentence = condition.sentence.clone();
    judgement.trace.push(Step { sentence, reason, amount: None, running: None });
    judgement.below_line.extend(below);
}

fn apply_veto(scores: &[IndicatorScore], pick: Pick, veto: &Veto, judgement: &mut Judgement) {
    let Some(indicator) = scores.iter().find(|s| s.code == veto.indicator) else {
        return;
    };
    let (code, score, max) = (indicator.code.clone(), show(pick(indicator)), show(indicator.max));
    let reason = if is_below(pick(indicator), indicator.max, veto.below) {
        judgement.grade = Some(veto.conclusion.clone());
        Reason::Vetoed { indicator: code, score, max, grade: veto.conclusion.clone() }
    } else {
        Reason::VetoUnused { indicator: code, score, max }
    };
    judgement.trace.push(Step { sentence: veto.sentence.clone(), reason, amount: None, running: None });
}
