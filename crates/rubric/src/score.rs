//! Scoring: findings in, outcome with its trace out.
//!
//! Order (reading O15): point marks → conditions of the indicator (zero, cap) → sums upwards → conclusion.

use crate::conclusion::{Conclusion, conclude};
use crate::decimal::show;
use crate::error::MarkError;
use crate::legal::LegalMarks;
use crate::model::{Basis, Effect, Indicator, Limit, Part, Point, Rubric, Rule};
use crate::trace::{Reason, Step};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What an assessor recorded for one point.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// A mark for the point as a whole.
    Mark(Decimal),
    /// A finding for each part, in the order of the rubric; `None` where there is none yet.
    Parts(Vec<Option<PartFinding>>),
}

/// What an assessor recorded for one part of a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PartFinding {
    /// The mark of an award or a band.
    Mark(Decimal),
    /// Whether there is what a check asks for.
    Met(bool),
}

/// All that one assessor recorded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// By point code; a point that is absent here is unscored, which is not zero.
    pub points: BTreeMap<String, Finding>,
    /// By the code of a condition; one that is absent here is undecided.
    pub limits: BTreeMap<String, bool>,
}

/// Everything that follows from the findings.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Sum of all marks given.
    pub total: Decimal,
    /// The total when every unscored point gets its lowest mark.
    pub lowest: Decimal,
    /// The total when every unscored point gets its highest mark.
    pub highest: Decimal,
    /// Whether every point has a mark.
    pub complete: bool,
    /// In the order of [`Rubric::indicators`].
    pub indicators: Vec<IndicatorScore>,
    /// In the order of [`Rubric::points`].
    pub points: Vec<PointScore>,
    /// Conditions without a decision, by code.
    pub undecided: Vec<String>,
    /// Findings that were refused; the points concerned are unscored.
    pub problems: Vec<MarkError>,
    /// Grade, conditions and vetoes.
    pub conclusion: Conclusion,
}

/// The score of an indicator.
#[derive(Clone, Debug)]
pub struct IndicatorScore {
    /// Its code.
    pub code: String,
    /// Its marks so far.
    pub score: Decimal,
    /// Its marks when every unscored point gets its lowest mark.
    pub lowest: Decimal,
    /// Its marks when every unscored point gets its highest mark.
    pub highest: Decimal,
    /// Its full marks.
    pub max: Decimal,
    /// Number of points with a mark.
    pub scored: usize,
    /// Number of points.
    pub points: usize,
    /// Its sum and the conditions over it.
    pub trace: Vec<Step>,
}

/// The score of a point.
#[derive(Clone, Debug)]
pub struct PointScore {
    /// Its code.
    pub code: String,
    /// Its mark; `None` while it is unscored.
    pub score: Option<Decimal>,
    /// Its full marks.
    pub max: Decimal,
    /// How the mark was reached.
    pub trace: Vec<Step>,
}

/// Scores a sheet. Findings that break a rule are refused and listed, never rounded or moved into range.
#[must_use]
pub fn score(rubric: &Rubric, findings: &Findings) -> Outcome {
    let mut problems = unknown_codes(rubric, findings);
    let mut points = Vec::new();
    let mut ranges = Vec::new();
    for (_, point) in rubric.points() {
        let legal = LegalMarks::of_point(point, rubric.step);
        let scored = score_point(rubric, point, findings.points.get(&point.code)).unwrap_or_else(|error| {
            problems.push(error);
            unscored(point)
        });
        ranges.push((scored.score.unwrap_or(legal.lowest()), scored.score.unwrap_or(legal.highest())));
        points.push(scored);
    }
    let indicators = score_indicators(rubric, findings, &points, &ranges);
    let top = |pick: fn(&IndicatorScore) -> Decimal| -> Decimal {
        rubric.indicators.iter().zip(&indicators).filter(|(i, _)| i.parent.is_none()).map(|(_, s)| pick(s)).sum()
    };
    let open = |limit: &Limit| !findings.limits.contains_key(&limit.code);
    Outcome {
        total: top(|s| s.score),
        lowest: top(|s| s.lowest),
        highest: top(|s| s.highest),
        complete: points.iter().all(|p| p.score.is_some()),
        undecided: rubric.limits().filter(|(_, l)| open(l)).map(|(_, l)| l.code.clone()).collect(),
        conclusion: conclude(rubric, &indicators),
        indicators,
        points,
        problems,
    }
}

/// Checks one mark for a point as a whole.
///
/// # Errors
/// The rule that refuses it.
pub fn check_mark(rubric: &Rubric, point: &Point, mark: Decimal) -> Result<(), MarkError> {
    let legal = LegalMarks::of_point(point, rubric.step);
    check_legal(rubric, point, &legal, mark, &point.text)
}

fn unknown_codes(rubric: &Rubric, findings: &Findings) -> Vec<MarkError> {
    let points = findings.points.keys().filter(|code| rubric.point(code).is_none());
    let limits = findings.limits.keys().filter(|code| rubric.limit(code).is_none());
    let unknown = |code: &String| MarkError::UnknownCode { point: code.clone(), rubric: rubric.id.clone() };
    points.chain(limits).map(unknown).collect()
}

fn check_legal(
    rubric: &Rubric,
    point: &Point,
    legal: &LegalMarks,
    mark: Decimal,
    sentence: &str,
) -> Result<(), MarkError> {
    let (code, found, max) = (point.code.clone(), show(mark), show(point.max));
    if mark.is_sign_negative() && !mark.is_zero() {
        return Err(MarkError::Negative { point: code, found, max });
    }
    if mark > point.max {
        return Err(MarkError::AboveMax { point: code, found, max });
    }
    if !legal.on_step(mark) {
        let sentence = rubric.step_sentence.clone().unwrap_or_default();
        return Err(MarkError::OffStep {
            point: code,
            found,
            step: show(rubric.step),
            sentence,
            near: legal.near(mark),
        });
    }
    if !legal.contains(mark) {
        let sentence = sentence.to_owned();
        return Err(MarkError::NotLegal { point: code, found, legal: legal.words(), sentence });
    }
    Ok(())
}

fn unscored(point: &Point) -> PointScore {
    let step = Step { sentence: point.text.clone(), reason: Reason::Unscored, amount: None, running: None };
    PointScore { code: point.code.clone(), score: None, max: point.max, trace: vec![step] }
}

fn score_point(rubric: &Rubric, point: &Point, finding: Option<&Finding>) -> Result<PointScore, MarkError> {
    let parts = match finding {
        None => return Ok(unscored(point)),
        // A mark for a point of one part is that part's finding, so the trace can name its rule.
        Some(Finding::Mark(mark)) if point.parts.len() == 1 => &[Some(PartFinding::Mark(*mark))][..],
        Some(Finding::Mark(mark)) => return direct(rubric, point, *mark),
        Some(Finding::Parts(parts)) => parts,
    };
    if parts.len() != point.parts.len() {
        let expected = point.parts.len().to_string();
        return Err(MarkError::WrongFinding { point: point.code.clone(), expected });
    }
    let mut trace = Vec::new();
    let mut sum = Decimal::ZERO;
    for (part, finding) in point.parts.iter().zip(parts) {
        let (amount, reason) = match finding {
            Some(finding) => {
                let (mark, reason) = score_part(rubric, point, part, *finding)?;
                (Some(mark), reason)
            }
            None => (None, Reason::Unscored),
        };
        sum += amount.unwrap_or_default();
        trace.push(Step { sentence: part.sentence.clone(), reason, amount, running: Some(sum) });
    }
    let clamped = sum.clamp(Decimal::ZERO, point.max);
    if clamped != sum {
        let reason = Reason::Clamped { sum: show(sum) };
        let (sentence, amount) = (point.text.clone(), Some(clamped - sum));
        trace.push(Step { sentence, reason, amount, running: Some(clamped) });
    }
    let complete = parts.iter().all(Option::is_some);
    Ok(PointScore { code: point.code.clone(), score: complete.then_some(clamped), max: point.max, trace })
}

fn direct(rubric: &Rubric, point: &Point, mark: Decimal) -> Result<PointScore, MarkError> {
    check_mark(rubric, point, mark)?;
    let reason = Reason::Direct { mark: show(mark) };
    let step = Step { sentence: point.text.clone(), reason, amount: Some(mark), running: Some(mark) };
    Ok(PointScore { code: point.code.clone(), score: Some(mark), max: point.max, trace: vec![step] })
}

/// The marks that a finding for one part gives, and why.
fn score_part(
    rubric: &Rubric,
    point: &Point,
    part: &Part,
    finding: PartFinding,
) -> Result<(Decimal, Reason), MarkError> {
    let mark = match (finding, &part.rule) {
        (PartFinding::Mark(mark), _) => mark,
        (PartFinding::Met(met), Rule::Check { amount }) => {
            if met {
                *amount
            } else {
                Decimal::ZERO
            }
        }
        (PartFinding::Met(_), Rule::Award { .. } | Rule::Band { .. }) => {
            let expected = LegalMarks::of_rule(&part.rule, rubric.step).words();
            return Err(MarkError::WrongFinding { point: point.code.clone(), expected });
        }
    };
    check_legal(rubric, point, &LegalMarks::of_rule(&part.rule, rubric.step), mark, &part.sentence)?;
    Ok((mark, reason_for(&part.rule, mark)))
}

fn reason_for(rule: &Rule, mark: Decimal) -> Reason {
    match rule {
        Rule::Award { to, basis: Basis::Graded, .. } => Reason::Judged { mark: show(mark), max: show(*to) },
        Rule::Award { to, basis: Basis::Unstated, .. } => Reason::JudgedUnstated { mark: show(mark), max: show(*to) },
        Rule::Check { .. } if mark.is_zero() => Reason::Absent,
        Rule::Check { .. } => Reason::Present,
        Rule::Band { bands } => {
            let band = bands.iter().find(|b| b.from <= mark && mark <= b.to);
            let (from, to) = band.map_or((mark, mark), |b| (b.from, b.to));
            Reason::InBand { mark: show(mark), from: show(from), to: show(to) }
        }
    }
}

/// Sums from the leaves upwards, exact within the bounds of a rubric's numbers ([`crate::decimal::is_small`]); children stand behind their parents, so one pass from the end suffices.
fn score_indicators(
    rubric: &Rubric,
    findings: &Findings,
    points: &[PointScore],
    ranges: &[(Decimal, Decimal)],
) -> Vec<IndicatorScore> {
    let mut scores: Vec<IndicatorScore> = rubric.indicators.iter().map(empty_indicator).collect();
    let mut end = points.len();
    for (index, indicator) in rubric.indicators.iter().enumerate().rev() {
        let start = end - indicator.points.len();
        for (point, range) in points[start..end].iter().zip(&ranges[start..end]) {
            let score = &mut scores[index];
            score.score += point.score.unwrap_or_default();
            score.lowest += range.0;
            score.highest += range.1;
            score.scored += usize::from(point.score.is_some());
            score.points += 1;
        }
        end = start;
        close(indicator, findings, &mut scores[index]);
        if let Some(parent) = indicator.parent {
            let child = scores[index].clone();
            let above = &mut scores[parent];
            above.score += child.score;
            above.lowest += child.lowest;
            above.highest += child.highest;
            above.scored += child.scored;
            above.points += child.points;
        }
    }
    scores
}

fn empty_indicator(indicator: &Indicator) -> IndicatorScore {
    let zero = Decimal::ZERO;
    IndicatorScore {
        code: indicator.code.clone(),
        score: zero,
        lowest: zero,
        highest: zero,
        max: indicator.max,
        scored: 0,
        points: 0,
        trace: Vec::new(),
    }
}

/// Writes the sum of an indicator into its trace and applies its conditions.
fn close(indicator: &Indicator, findings: &Findings, score: &mut IndicatorScore) {
    let reason = Reason::Sum { scored: score.scored, points: score.points };
    let sum = Some(score.score);
    score.trace.push(Step { sentence: indicator.text.clone(), reason, amount: sum, running: sum });
    for limit in &indicator.limits {
        let before = score.score;
        let reason = apply(limit, findings.limits.get(&limit.code).copied(), score);
        let amount = Some(score.score - before).filter(|change| !change.is_zero());
        score.trace.push(Step { sentence: limit.text.clone(), reason, amount, running: Some(score.score) });
    }
}

fn apply(limit: &Limit, present: Option<bool>, score: &mut IndicatorScore) -> Reason {
    let sum = show(score.score);
    match (present, limit.effect) {
        (None, _) => Reason::LimitOpen,
        (Some(false), _) => Reason::LimitAbsent,
        (Some(true), Effect::Zero) => {
            cap(score, Decimal::ZERO);
            Reason::LimitZero { sum }
        }
        (Some(true), Effect::Cap(most)) => {
            let unused = score.score <= most;
            cap(score, most);
            if unused {
                Reason::LimitCapUnused { sum, cap: show(most) }
            } else {
                Reason::LimitCap { sum, cap: show(most) }
            }
        }
    }
}

fn cap(score: &mut IndicatorScore, most: Decimal) {
    score.score = score.score.min(most);
    score.lowest = score.lowest.min(most);
    score.highest = score.highest.min(most);
}
