//! Scoring: findings in, outcome with its trace out.
//!
//! Order (reading O15): point marks with their own conditions → conditions of the indicator (zero, cap) → sums
//! upwards → adjustments of categories and of the whole → conclusion.

mod outcome;

pub use outcome::{
    AdjustmentScore, CategoryScore, ConformityCount, IndicatorScore, LimitState, Mismatch, Outcome, PointScore,
};

use crate::conclusion::{Conclusion, conclude};
use crate::decimal::show;
use crate::error::MarkError;
use crate::finding::{Conformity, Findings, PartFinding};
use crate::model::{Adjustment, Category, Effect, Indicator, Limit, Modality, Point, Rubric, Rule, Scope, Shape};
use crate::point::{Scorer, check_legal, limited};
use crate::quantities::Quantities;
use crate::trace::{Reason, Step};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashSet};

/// Marks three ways: as given, and with unscored points at their lowest and highest.
#[derive(Clone, Copy, Default)]
pub(crate) struct Marks {
    pub(crate) given: Decimal,
    pub(crate) low: Decimal,
    pub(crate) high: Decimal,
}

impl Marks {
    fn map(self, f: impl Fn(Decimal) -> Decimal) -> Self {
        Self { given: f(self.given), low: f(self.low), high: f(self.high) }
    }

    fn plus(self, other: Self) -> Self {
        Self { given: self.given + other.given, low: self.low + other.low, high: self.high + other.high }
    }
}

/// Scores a sheet. Findings that break a rule are refused and listed, never rounded or moved into range.
#[must_use]
pub fn score(rubric: &Rubric, findings: &Findings) -> Outcome {
    score_from(rubric, findings, Vec::new(), &[], &BTreeMap::new())
}

/// Scores findings as [`score`] does, where the amounts of adjustments, by code, are known already.
#[must_use]
pub fn score_amounts(rubric: &Rubric, findings: &Findings, amounts: &BTreeMap<String, Decimal>) -> Outcome {
    score_from(rubric, findings, Vec::new(), &[], amounts)
}

/// What follows for the conclusion from indicators and a total that are known already, in the order of
/// [`Rubric::indicators`], and from the decisions on conditions.
///
/// A quotient in 28 digits compares with a line as the exact one does: one that is equal to a line is a short decimal,
/// and one that is not is further off than 28 digits can hide.
#[must_use]
pub fn conclude_from(
    rubric: &Rubric,
    indicators: &[Decimal],
    total: Decimal,
    limits: &BTreeMap<String, bool>,
) -> Conclusion {
    let known = |(indicator, score): (&Indicator, &Decimal)| IndicatorScore {
        score: *score,
        lowest: *score,
        highest: *score,
        max: indicator.max,
        ..empty_indicator(indicator)
    };
    let scores: Vec<IndicatorScore> = rubric.indicators.iter().zip(indicators).map(known).collect();
    let state = |(_, limit): (&str, &Limit)| LimitState {
        code: limit.code.clone(),
        present: limits.get(&limit.code).copied(),
        measured: false,
    };
    let states: Vec<LimitState> = rubric.limits().map(state).collect();
    conclude(rubric, &scores, &[], Marks { given: total, low: total, high: total }, &states)
}

/// Scores a sheet again after the findings of the points `changed`, conditions over them or reasons for them changed:
/// gives what [`score`] gives, in less time. When anything else changed, such as a quantity, use [`score`].
#[must_use]
pub fn rescore(rubric: &Rubric, findings: &Findings, before: Outcome, changed: &[&str]) -> Outcome {
    score_from(rubric, findings, before.points, changed, &BTreeMap::new())
}

/// Scores a sheet; points that had a mark `before` and are not among the `changed` keep it.
fn score_from(
    rubric: &Rubric,
    findings: &Findings,
    before: Vec<PointScore>,
    changed: &[&str],
    amounts: &BTreeMap<String, Decimal>,
) -> Outcome {
    let mut before = before.into_iter();
    let scorer = Scorer { rubric, findings, quantities: Quantities::new(rubric, findings) };
    let mut problems = refused_findings(rubric, findings);
    let mut points = Vec::with_capacity(128);
    let mut marks = Vec::with_capacity(128);
    for (_, point) in rubric.points() {
        let kept = before.next().filter(|kept| kept.score.is_some() && !changed.contains(&kept.code.as_str()));
        let scored = kept.map_or_else(|| scorer.point(point), Ok).unwrap_or_else(|error| {
            problems.push(error);
            PointScore::unscored(point)
        });
        marks.push(Marks {
            given: scored.score.unwrap_or_default(),
            low: scored.score.unwrap_or(point.legal.lowest()),
            high: scored.score.unwrap_or(point.legal.highest()),
        });
        points.push(scored);
    }
    let limits = limit_states(&scorer, &mut problems);
    let indicators = score_indicators(rubric, &scorer, &points, &marks);
    let adjustments = score_adjustments(&scorer, amounts, &mut problems);
    let totals = totals(rubric, &indicators, &points, &marks, &adjustments);
    Outcome {
        total: totals.marks.given,
        lowest: totals.marks.low,
        highest: totals.marks.high,
        max: top_level(rubric, &indicators).map(|s| s.max).sum(),
        complete: points.iter().all(|p| p.score.is_some()),
        undecided: undecided(rubric, &points, &adjustments, &limits),
        reasons_missing: reasons_missing(rubric, findings, &points, &adjustments),
        mismatches: scorer.quantities.mismatches(),
        conclusion: conclude(rubric, &indicators, &points, totals.marks, &limits),
        categories: totals.categories,
        trace: totals.trace,
        indicators,
        points,
        adjustments,
        limits,
        problems,
    }
}

fn score_adjustments(
    scorer: &Scorer<'_>,
    amounts: &BTreeMap<String, Decimal>,
    problems: &mut Vec<MarkError>,
) -> Vec<AdjustmentScore> {
    let open = |rule: &Adjustment, amount| AdjustmentScore { code: rule.code.clone(), amount, trace: Vec::new() };
    let mut one = |rule: &Adjustment| match amounts.get(&rule.code) {
        Some(amount) => open(rule, Some(*amount)),
        None => scorer.adjustment(rule).unwrap_or_else(|error| {
            problems.push(error);
            open(rule, None)
        }),
    };
    scorer.rubric.adjustments.iter().map(&mut one).collect()
}

/// Checks one mark for a point as a whole.
///
/// # Errors
/// The rule that refuses it.
pub fn check_mark(rubric: &Rubric, point: &Point, mark: Decimal) -> Result<(), MarkError> {
    if point.parts.iter().any(|part| matches!(part.rule, Rule::Conform { .. })) {
        // A clause of a checklist has a statement of conformity, not a mark.
        let expected = <Conformity as strum::VariantNames>::VARIANTS.join("、");
        return Err(MarkError::WrongFinding { point: point.code.clone(), expected });
    }
    check_legal(rubric, &point.code, point.max, &point.legal, mark, &point.text)
}

/// Checks a quantity that is to be recorded at a place (a point, an indicator or an adjustment).
///
/// # Errors
/// The place does not use it, or the number makes no sense.
pub fn check_quantity(rubric: &Rubric, place: &str, name: &str, value: Decimal) -> Result<(), MarkError> {
    let needed = needed_at(rubric, place);
    let Some(quantity) = needed.iter().find(|quantity| quantity.name == name) else {
        let expected = needed.iter().map(|quantity| quantity.name.as_str()).collect::<Vec<_>>().join("、");
        return Err(MarkError::UnknownQuantity { point: place.to_owned(), name: name.to_owned(), expected });
    };
    let is_negative = value.is_sign_negative() && !value.is_zero();
    if is_negative || !crate::decimal::is_small(value) || (quantity.whole && !value.fract().is_zero()) {
        return Err(MarkError::BadQuantity {
            point: place.to_owned(),
            name: name.to_owned(),
            found: show(value),
            unit: quantity.unit.clone(),
        });
    }
    Ok(())
}

/// The quantities that are recorded at a place; empty for one that is unknown.
#[must_use]
pub fn needed_at<'a>(rubric: &'a Rubric, place: &str) -> Vec<&'a crate::model::Quantity> {
    let point = rubric.point(place).map(|(_, point)| (point.parts.as_slice(), point.limits.as_slice()));
    let adjustment = rubric.adjustment(place).map(|rule| (rule.parts.as_slice(), rule.limits.as_slice()));
    // An indicator that is not split has one point with its own code: both ask for their figures there.
    let indicator = rubric.indicators.iter().find(|indicator| indicator.code == place);
    let indicator = indicator.map(|indicator| (&[][..], indicator.limits.as_slice()));
    let rules = [point, adjustment, indicator].into_iter().flatten();
    let mut needed: Vec<&'a crate::model::Quantity> = Vec::new();
    for (parts, limits) in rules {
        for quantity in rubric.needed(parts, limits) {
            if !needed.iter().any(|known| known.name == quantity.name) {
                needed.push(quantity);
            }
        }
    }
    needed
}

fn refused_findings(rubric: &Rubric, findings: &Findings) -> Vec<MarkError> {
    let mut refused = Vec::new();
    refuse_unknown(rubric, findings.points.keys(), rubric.points().map(|(_, point)| &point.code), &mut refused);
    refuse_unknown(rubric, findings.limits.keys(), rubric.limits().map(|(_, limit)| &limit.code), &mut refused);
    refuse_unknown(rubric, findings.adjustments.keys(), rubric.adjustments.iter().map(|a| &a.code), &mut refused);
    for (place, quantities) in &findings.quantities {
        let checked = quantities.iter().map(|(name, measured)| check_quantity(rubric, place, name, measured.value));
        refused.extend(checked.filter_map(Result::err));
    }
    refused
}

/// Refuses codes that the rubric does not have.
fn refuse_unknown<'a>(
    rubric: &Rubric,
    given: impl Iterator<Item = &'a String>,
    known: impl Iterator<Item = &'a String>,
    refused: &mut Vec<MarkError>,
) {
    let mut given = given.peekable();
    if given.peek().is_none() {
        return;
    }
    let known: HashSet<&String> = known.collect();
    let unknown = given.filter(|code| !known.contains(code));
    refused.extend(unknown.map(|code| MarkError::UnknownCode { point: code.clone(), rubric: rubric.id.clone() }));
}

impl Scorer<'_> {
    fn adjustment(&self, adjustment: &Adjustment) -> Result<AdjustmentScore, MarkError> {
        let open = AdjustmentScore { code: adjustment.code.clone(), amount: None, trace: Vec::new() };
        let findings = self.findings.adjustments.get(&adjustment.code).map_or(&[][..], Vec::as_slice);
        if findings.len() > adjustment.parts.len() {
            let expected = adjustment.parts.len().to_string();
            return Err(MarkError::WrongFinding { point: adjustment.code.clone(), expected });
        }
        let sum = self.parts(&adjustment.code, &adjustment.parts, findings, None)?;
        let mut trace = sum.trace;
        for limit in &adjustment.limits {
            let (present, mut steps) = self.limit(&adjustment.code, limit)?;
            trace.append(&mut steps);
            let (_, reason) = limited(&limit.effect, present, sum.sum, Scope::Point);
            trace.push(Step::remark(&limit.text, reason).on(limit.reading.as_ref()));
        }
        let is_given = sum.complete && !adjustment.parts.is_empty();
        Ok(AdjustmentScore { amount: Some(sum.sum).filter(|_| is_given), trace, ..open })
    }
}

/// Whether each condition holds; a decision against its quantities is refused once, with the point that it is over.
fn limit_states(scorer: &Scorer<'_>, problems: &mut Vec<MarkError>) -> Vec<LimitState> {
    let mut states = Vec::new();
    for (place, limit) in scorer.rubric.limits() {
        let (present, measured) = match scorer.limit(place, limit) {
            Ok((present, steps)) => (present, !steps.is_empty()),
            Err(error) => {
                if !problems.contains(&error) {
                    problems.push(error);
                }
                (None, true)
            }
        };
        states.push(LimitState { code: limit.code.clone(), present, measured });
    }
    states
}

/// Conditions without a decision. A point that was marked directly needs none but its vetoes: these act on more than
/// its mark.
fn undecided(
    rubric: &Rubric,
    points: &[PointScore],
    adjustments: &[AdjustmentScore],
    limits: &[LimitState],
) -> Vec<String> {
    let direct: BTreeMap<&str, bool> = points.iter().map(|p| (p.code.as_str(), p.direct)).collect();
    let is_open = |((place, limit), state): &((&str, &Limit), &LimitState)| {
        let needed = matches!(limit.effect, Effect::Veto { .. }) || !direct.get(place).copied().unwrap_or_default();
        state.present.is_none() && needed
    };
    let limits = rubric.limits().zip(limits).filter(is_open).map(|(_, s)| s.code.clone());
    let open = |(rule, score): &(&Adjustment, &AdjustmentScore)| score.amount.is_none() && !rule.parts.is_empty();
    let adjustments = rubric.adjustments.iter().zip(adjustments).filter(open).map(|(rule, _)| rule.code.clone());
    limits.chain(adjustments).collect()
}

fn reasons_missing(
    rubric: &Rubric,
    findings: &Findings,
    points: &[PointScore],
    adjustments: &[AdjustmentScore],
) -> Vec<String> {
    let given = |code: &str| findings.reasons.get(code).is_some_and(|reason| !reason.trim().is_empty());
    let points = points.iter().filter(|point| point.overridden).map(|point| point.code.as_str());
    let changes = |score: &AdjustmentScore| score.amount.is_some_and(|amount| !amount.is_zero());
    let of_rule = rubric.adjustments.iter().zip(adjustments);
    let adjustments = of_rule.filter(|(rule, score)| rule.reason && changes(score)).map(|(rule, _)| rule.code.as_str());
    points.chain(adjustments).filter(|code| !given(code)).map(str::to_owned).collect()
}

/// Sums from the leaves upwards, exact within the bounds of a rubric's numbers ([`crate::decimal::is_small`]);
/// children stand behind their parents, so one pass from the end suffices.
fn score_indicators(
    rubric: &Rubric,
    scorer: &Scorer<'_>,
    points: &[PointScore],
    marks: &[Marks],
) -> Vec<IndicatorScore> {
    let mut scores: Vec<IndicatorScore> = rubric.indicators.iter().map(empty_indicator).collect();
    let mut end = points.len();
    for (index, indicator) in rubric.indicators.iter().enumerate().rev() {
        let start = end - indicator.points.len();
        for at in start..end {
            let score = &mut scores[index];
            add(score, marks[at], points[at].max, usize::from(points[at].score.is_some()), 1);
            count_conformity(scorer, &indicator.points[at - start], &mut score.conformity);
        }
        end = start;
        close(rubric, indicator, scorer, &mut scores[index]);
        if let Some(parent) = indicator.parent {
            let child = scores[index].clone();
            let marks = Marks { given: child.score, low: child.lowest, high: child.highest };
            let above = &mut scores[parent];
            add(above, marks, child.max, child.scored, child.points);
            above.conformity.yes += child.conformity.yes;
            above.conformity.partly += child.conformity.partly;
            above.conformity.no += child.conformity.no;
            above.conformity.not_applicable += child.conformity.not_applicable;
        }
    }
    scores
}

fn add(score: &mut IndicatorScore, marks: Marks, max: Decimal, scored: usize, points: usize) {
    score.score += marks.given;
    score.lowest += marks.low;
    score.highest += marks.high;
    score.max += max;
    score.scored += scored;
    score.points += points;
}

fn empty_indicator(indicator: &Indicator) -> IndicatorScore {
    let zero = Decimal::ZERO;
    IndicatorScore {
        code: indicator.code.clone(),
        score: zero,
        lowest: zero,
        highest: zero,
        max: zero,
        scored: 0,
        points: 0,
        conformity: ConformityCount::default(),
        trace: Vec::new(),
    }
}

fn count_conformity(scorer: &Scorer<'_>, point: &Point, count: &mut ConformityCount) {
    if !point.parts.iter().any(|p| matches!(p.rule, Rule::Conform { modality: Modality::Shall, .. })) {
        return;
    }
    let finding = scorer.findings.points.get(&point.code).and_then(|finding| finding.parts.first());
    match finding {
        Some(Some(PartFinding::Conform(Conformity::Yes))) => count.yes += 1,
        Some(Some(PartFinding::Conform(Conformity::Partly))) => count.partly += 1,
        Some(Some(PartFinding::Conform(Conformity::No))) => count.no += 1,
        Some(Some(PartFinding::Conform(Conformity::NotApplicable))) => count.not_applicable += 1,
        _ => {}
    }
}

/// Writes the sum of an indicator into its trace and applies its conditions.
fn close(rubric: &Rubric, indicator: &Indicator, scorer: &Scorer<'_>, score: &mut IndicatorScore) {
    let reason = Reason::Sum { scored: score.scored, points: score.points };
    score.trace.push(Step::amount(&indicator.text, reason, score.score, score.score));
    for limit in &indicator.limits {
        // What is refused was reported with the states of all limits.
        let (present, mut steps) = scorer.limit(&indicator.code, limit).unwrap_or_default();
        score.trace.append(&mut steps);
        apply(limit, present, score);
    }
    // A veto under a point may take the marks of the whole indicator.
    for point in &indicator.points {
        for limit in point.limits.iter().filter(|limit| is_over_indicator(limit)) {
            if let Ok((Some(true), _)) = scorer.limit(&point.code, limit) {
                apply(limit, Some(true), score);
            }
        }
    }
    debug_assert!(rubric.shape == Shape::Checklist || score.max == indicator.max);
}

fn is_over_indicator(limit: &Limit) -> bool {
    matches!(limit.effect, Effect::Veto { scope: Scope::Indicator, .. })
}

fn apply(limit: &Limit, present: Option<bool>, score: &mut IndicatorScore) {
    let (after, reason) = limited(&limit.effect, present, score.score, Scope::Indicator);
    let mut step = Step::remark(&limit.text, reason).on(limit.reading.as_ref());
    step.amount = Some(after - score.score).filter(|change| !change.is_zero());
    step.running = Some(after);
    score.trace.push(step);
    score.score = after;
    score.lowest = limited(&limit.effect, present, score.lowest, Scope::Indicator).0;
    score.highest = limited(&limit.effect, present, score.highest, Scope::Indicator).0;
}

pub(crate) fn top_level<'a>(
    rubric: &'a Rubric,
    scores: &'a [IndicatorScore],
) -> impl Iterator<Item = &'a IndicatorScore> {
    rubric.indicators.iter().zip(scores).filter(|(i, _)| i.parent.is_none()).map(|(_, score)| score)
}

/// The totals and how they came about.
struct Totals {
    marks: Marks,
    categories: Vec<CategoryScore>,
    /// Empty where the total is nothing but the sum of the indicators.
    trace: Vec<Step>,
}

fn totals(
    rubric: &Rubric,
    indicators: &[IndicatorScore],
    points: &[PointScore],
    marks: &[Marks],
    adjustments: &[AdjustmentScore],
) -> Totals {
    let mut total = Marks::default();
    let mut trace = Vec::new();
    for score in top_level(rubric, indicators) {
        total = total.plus(Marks { given: score.score, low: score.lowest, high: score.highest });
        let text = score.trace.first().map_or("", |step| step.sentence.as_str());
        let reason = Reason::Sum { scored: score.scored, points: score.points };
        trace.push(Step::amount(text, reason, score.score, total.given));
    }
    let mut categories = Vec::new();
    for category in &rubric.categories {
        let (score, change) = score_category(rubric, category, points, marks, adjustments, &mut trace, total.given);
        categories.push(score);
        total = total.plus(change);
    }
    for (rule, score) in rubric.adjustments.iter().zip(adjustments).filter(|(rule, _)| rule.acts_on.is_none()) {
        let Some(amount) = score.amount else {
            if !rule.parts.is_empty() {
                trace.push(Step::remark(&rule.text, Reason::AdjustmentOpen));
            }
            continue;
        };
        total = total.map(|total| total + amount);
        trace.push(Step::amount(&rule.text, adjusted(rule), amount, total.given));
    }
    if total.given.is_sign_negative() && !total.given.is_zero() {
        let reason = Reason::Floored { sum: show(total.given) };
        trace.push(Step::amount("", reason, -total.given, Decimal::ZERO));
    }
    let marks = total.map(|total| total.max(Decimal::ZERO));
    if rubric.adjustments.is_empty() {
        trace.clear();
    }
    Totals { marks, categories, trace }
}

fn adjusted(rule: &Adjustment) -> Reason {
    Reason::Adjusted { adjustment: format!("{} {}", rule.code, rule.title) }
}

/// The sum of a category, its adjustments, and what these change in the total; a category never goes below 0.
fn score_category(
    rubric: &Rubric,
    category: &Category,
    points: &[PointScore],
    marks: &[Marks],
    adjustments: &[AdjustmentScore],
    total_trace: &mut Vec<Step>,
    total: Decimal,
) -> (CategoryScore, Marks) {
    let of_category = |p: &&Point| p.category.as_deref() == Some(category.name.as_str());
    let rows: Vec<usize> = rubric.points().enumerate().filter(|(_, (_, p))| of_category(p)).map(|(at, _)| at).collect();
    let sum = rows.iter().fold(Marks::default(), |sum, &at| sum.plus(marks[at]));
    let scored = rows.iter().filter(|&&at| points[at].score.is_some()).count();
    let reason = Reason::CategorySum { category: category.name.clone(), scored, points: rows.len() };
    let mut trace = vec![Step::amount(&category.name, reason, sum.given, sum.given)];
    let mut after = sum;
    for (rule, score) in rubric.adjustments.iter().zip(adjustments) {
        if rule.acts_on.as_deref() != Some(category.name.as_str()) {
            continue;
        }
        let Some(amount) = score.amount else {
            total_trace.push(Step::remark(&rule.text, Reason::AdjustmentOpen));
            continue;
        };
        let before = after;
        after = after.map(|marks| (marks + amount).max(Decimal::ZERO));
        let change = after.given - before.given;
        trace.push(Step::amount(&rule.text, adjusted(rule), change, after.given));
        total_trace.push(Step::amount(&rule.text, adjusted(rule), change, total + after.given - sum.given));
    }
    let change = Marks { given: after.given - sum.given, low: after.low - sum.low, high: after.high - sum.high };
    let score = CategoryScore {
        name: category.name.clone(),
        score: after.given,
        max: category.max,
        scored,
        points: rows.len(),
        trace,
    };
    (score, change)
}
