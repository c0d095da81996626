//! An engine's outcome as views, in a language.

use crate::problem::{Language, reason};
use crate::view::{CategoryOutcome, ConformityView, IndicatorOutcome, MismatchView, OutcomeView, PointOutcome, Step};
use rubric::decimal::{percent, show};
use rubric::score::{CategoryScore, ConformityCount, IndicatorScore, Mismatch};
use rubric::{Outcome, Reason, Rubric};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The outcome as the faces show it.
#[must_use]
pub fn view(rubric: &Rubric, outcome: &Outcome, language: Language) -> OutcomeView {
    let conclusion = &outcome.conclusion;
    let taken: BTreeMap<&str, &IndicatorScore> = outcome.indicators.iter().map(|i| (i.code.as_str(), i)).collect();
    OutcomeView {
        total: show(outcome.total),
        max: show(outcome.max),
        complete: outcome.complete,
        lowest: show(outcome.lowest),
        highest: show(outcome.highest),
        grade: conclusion.grade.clone(),
        lowest_grade: conclusion.lowest_grade.clone(),
        highest_grade: conclusion.highest_grade.clone(),
        grade_failing: is_failing(rubric, outcome),
        indicators: outcome.indicators.iter().map(|i| indicator(i, language)).collect(),
        points: rubric
            .points()
            .zip(&outcome.points)
            .map(|((above, _), point)| PointOutcome {
                code: point.code.clone(),
                score: point.score.map(show),
                max: show(point.max),
                deducted: point.deducted || taken.get(above.code.as_str()).is_some_and(|i| took_marks(i)),
                vetoed: point.vetoed || taken.get(above.code.as_str()).is_some_and(|i| took_all(i)),
                overridden: point.overridden && !point.direct,
                trace: steps(&point.trace, language),
            })
            .collect(),
        categories: outcome.categories.iter().map(|c| category(c, language)).collect(),
        trace: steps(&outcome.trace, language),
        mismatches: outcome.mismatches.iter().map(mismatch).collect(),
        reasons_missing: outcome.reasons_missing.clone(),
        conclusion: steps(&conclusion.trace, language),
        vetoes: steps(&conclusion.vetoes, language),
        below_line: conclusion.below_line.clone(),
        below_line_limit: rubric.grade_conditions.first().map(|condition| condition.fewer_than),
    }
}

/// Whether even the best that the unscored points can bring is the rubric's worst grade.
#[must_use]
pub fn is_failing(rubric: &Rubric, outcome: &Outcome) -> bool {
    let best = outcome.conclusion.highest_grade.as_ref();
    let vetoed = outcome.conclusion.vetoes.iter().any(|step| matches!(step.reason, Reason::LimitVeto { .. }));
    vetoed || best.is_some() && best == rubric.grades.last().map(|grade| &grade.name)
}

fn took_marks(indicator: &IndicatorScore) -> bool {
    indicator.trace.iter().any(|s| matches!(s.reason, Reason::LimitZero { .. } | Reason::LimitCap { .. }))
}

fn took_all(indicator: &IndicatorScore) -> bool {
    indicator.trace.iter().any(|s| matches!(s.reason, Reason::LimitZero { .. }))
}

fn category(score: &CategoryScore, language: Language) -> CategoryOutcome {
    CategoryOutcome {
        name: score.name.clone(),
        score: show(score.score),
        max: show(score.max),
        scored: count(score.scored),
        points: count(score.points),
        trace: steps(&score.trace, language),
    }
}

fn mismatch(mismatch: &Mismatch) -> MismatchView {
    let value = |(value, places): &(String, Vec<String>)| format!("{value}（{}）", places.join("、"));
    MismatchView {
        quantity: mismatch.quantity.clone(),
        values: mismatch.values.iter().map(value).collect::<Vec<_>>().join("、"),
        codes: mismatch.values.iter().flat_map(|(_, places)| places.iter().cloned()).collect(),
    }
}

fn conformity(conformity: ConformityCount) -> ConformityView {
    ConformityView {
        yes: count(conformity.yes),
        partly: count(conformity.partly),
        no: count(conformity.no),
        not_applicable: count(conformity.not_applicable),
    }
}

fn indicator(score: &IndicatorScore, language: Language) -> IndicatorOutcome {
    IndicatorOutcome {
        code: score.code.clone(),
        score: show(score.score),
        max: show(score.max),
        rate: rate(score.score, score.max),
        percent: percent(score.score, score.max).unwrap_or_default(),
        scored: count(score.scored),
        points: count(score.points),
        conformity: conformity(score.conformity),
        trace: steps(&score.trace, language),
    }
}

/// Score by full marks as a decimal fraction, to four places half to even; for display, never compared.
fn rate(score: Decimal, max: Decimal) -> String {
    score.checked_div(max).map_or_else(String::new, |rate| show(rate.round_dp(4)))
}

/// A count for the screen.
#[must_use]
pub fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A trace in a language.
#[must_use]
pub fn steps(trace: &[rubric::Step], language: Language) -> Vec<Step> {
    let step = |step: &rubric::Step| Step {
        sentence: step.sentence.clone(),
        reading: step.reading.clone(),
        finding: reason(&step.reason, language),
        amount: step.amount.map(signed),
        running: step.running.map(show),
    };
    trace.iter().map(step).collect()
}

/// An amount with its sign: `+4`, `-10`, `0`.
pub(crate) fn signed(amount: Decimal) -> String {
    if amount.is_sign_positive() && !amount.is_zero() { format!("+{}", show(amount)) } else { show(amount) }
}
