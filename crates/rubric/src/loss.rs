//! Where the marks that a sheet does not have were lost: by the sentence that took them, or was not met.

use crate::finding::{Conformity, Finding, Findings, PartFinding};
use crate::model::{Part, Point, Rubric, Rule};
use crate::point::Scorer;
use crate::quantities::Quantities;
use crate::score::{Outcome, PointScore};
use crate::trace::{Reason, Step};
use rust_decimal::Decimal;
use serde::Serialize;

/// Why marks are missing. The texts for people are kept by the program's message catalogue, by code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum LossKind {
    /// A rule takes marks.
    Deducted,
    /// A figure does not reach its line.
    Measured,
    /// Judged by degree, below the highest mark.
    Judged,
    /// What is asked for is not there.
    Absent,
    /// Achievements give less than they may.
    Achievements,
    /// A condition that holds takes all marks or caps them.
    Condition,
    /// A veto that holds takes the marks.
    Veto,
    /// A lower mark stands in place of the derived one.
    Overridden,
    /// The mark was entered for the point as a whole.
    Direct,
    /// A clause is met in part.
    PartlyMet,
    /// A clause is not met.
    NotMet,
}

/// Marks that a point, or an indicator by a condition over it, does not have.
#[derive(Clone, Debug, PartialEq)]
pub struct Loss {
    /// Code of the point or indicator.
    pub place: String,
    /// Why.
    pub kind: LossKind,
    /// The source's sentence.
    pub sentence: String,
    /// How many marks; above 0. In a checklist the demand that is not met counts 1.
    pub amount: Decimal,
}

/// A reason and the most that it accounts for.
type Cause = (LossKind, String, Decimal);

/// What every scored point does not have of its full marks, and what conditions over indicators took from them.
///
/// Full marks of the scored points less all losses is the sum of the top-level indicators. Where reasons outweigh what is
/// missing (a sum that was clamped, a higher mark in place of the derived one), the first ones account for it.
#[must_use]
pub fn losses(rubric: &Rubric, findings: &Findings, outcome: &Outcome) -> Vec<Loss> {
    let scorer = Scorer { rubric, findings, quantities: Quantities::new(rubric, findings) };
    let mut losses = Vec::new();
    for ((_, point), score) in rubric.points().zip(&outcome.points) {
        at_point(&scorer, point, score, &mut losses);
    }
    for (indicator, score) in rubric.indicators.iter().zip(&outcome.indicators) {
        let causes = score.trace.iter().filter_map(by_condition);
        losses.extend(causes.map(|(kind, sentence, amount)| Loss {
            place: indicator.code.clone(),
            kind,
            sentence,
            amount,
        }));
    }
    losses
}

fn at_point(scorer: &Scorer<'_>, point: &Point, score: &PointScore, losses: &mut Vec<Loss>) {
    let Some(mark) = score.score else { return };
    let mut missing = score.max - mark;
    for (kind, sentence, most) in causes(scorer, point, score) {
        let amount = most.min(missing);
        if amount > Decimal::ZERO {
            missing -= amount;
            losses.push(Loss { place: point.code.clone(), kind, sentence, amount });
        }
    }
}

/// Reasons for a mark below the full marks, in the order in which they act; the last accounts for whatever is left.
fn causes(scorer: &Scorer<'_>, point: &Point, score: &PointScore) -> Vec<Cause> {
    let mut causes = Vec::new();
    if score.direct {
        let given = score.trace.iter().find(|step| matches!(step.reason, Reason::Direct { .. }));
        let given = given.and_then(|step| step.amount).unwrap_or_default();
        causes.push((LossKind::Direct, point.text.clone(), score.max - given));
    } else {
        causes.extend(by_parts(scorer, point));
    }
    let limits = score.trace.iter().filter_map(by_condition);
    causes.extend(limits);
    causes.extend(score.trace.iter().filter_map(|step| {
        let Reason::Overridden { .. } = step.reason else { return None };
        let amount = -step.amount?;
        (amount > Decimal::ZERO).then(|| (LossKind::Overridden, step.sentence.clone(), amount))
    }));
    causes.push(rest(point, score));
    causes
}

/// What no single reason explains: a condition that emptied a point whose parts are not all judged, else judgement.
fn rest(point: &Point, score: &PointScore) -> Cause {
    let emptied = score.trace.iter().rev().find(|step| condition(step).is_some()).filter(|_| score.vetoed);
    let (kind, sentence) = emptied
        .and_then(|step| Some((condition(step)?, step.sentence.clone())))
        .unwrap_or_else(|| (LossKind::Judged, point.text.clone()));
    (kind, sentence, score.max)
}

/// The kind of a condition that holds.
fn condition(step: &Step) -> Option<LossKind> {
    match step.reason {
        Reason::LimitZero { .. } | Reason::LimitCap { .. } => Some(LossKind::Condition),
        Reason::LimitVeto { .. } => Some(LossKind::Veto),
        _ => None,
    }
}

fn by_condition(step: &Step) -> Option<Cause> {
    let amount = -step.amount?;
    let kind = condition(step)?;
    (amount > Decimal::ZERO).then(|| (kind, step.sentence.clone(), amount))
}

/// What each rule of a point took, or did not give.
fn by_parts(scorer: &Scorer<'_>, point: &Point) -> Vec<Cause> {
    let finding = scorer.recorded(point).0;
    let parts = point.parts.iter().enumerate().filter_map(|(at, part)| {
        let found = finding.parts.get(at).cloned().unwrap_or_default();
        let sum = scorer.parts(&point.code, std::slice::from_ref(part), &[found], None).ok()?;
        let best = if part.takes { Decimal::ZERO } else { part.legal.highest() };
        let lost = best - sum.sum;
        let kind = kind(part, &finding, at);
        (sum.complete && lost > Decimal::ZERO).then(|| (kind, part.sentence.clone(), lost))
    });
    parts.collect()
}

fn kind(part: &Part, finding: &Finding, at: usize) -> LossKind {
    match &part.rule {
        Rule::Measure(_) => LossKind::Measured,
        Rule::Band { bands, .. } if bands.iter().any(|band| band.when.is_some()) => LossKind::Measured,
        Rule::Conform { .. } => match finding.parts.get(at) {
            Some(Some(PartFinding::Conform(Conformity::Partly))) => LossKind::PartlyMet,
            _ => LossKind::NotMet,
        },
        _ if part.takes => LossKind::Deducted,
        Rule::Check { .. } | Rule::Count { .. } => LossKind::Absent,
        Rule::Entries { .. } => LossKind::Achievements,
        Rule::Award { .. } | Rule::Range { .. } | Rule::Band { .. } => LossKind::Judged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decimal::show;
    use crate::score::score;

    /// What is lost at a point, as `kind amount sentence`.
    fn at(rubric: &Rubric, findings: &Findings, code: &str) -> Vec<String> {
        let outcome = score(rubric, findings);
        let all = losses(rubric, findings, &outcome).into_iter().filter(|loss| loss.place == code);
        all.map(|loss| format!("{:?} {} {}", loss.kind, show(loss.amount), loss.sentence)).collect()
    }

    fn small() -> Rubric {
        Rubric::read(include_str!("../tests/small.toml")).unwrap()
    }

    #[test]
    fn a_mark_below_the_highest_is_lost_to_the_sentence_it_was_judged_by() {
        let rubric = small();
        let (_, point) = rubric.points().find(|(_, point)| point.is_judged()).unwrap();
        let mut findings = Findings::default();
        findings.points.insert(point.code.clone(), Finding::mark(point.legal.lowest()));
        let lost = show(point.max - point.legal.lowest());
        let found = at(&rubric, &findings, &point.code);
        assert_eq!(found.len(), 1);
        assert!(found[0].contains(&format!(" {lost} {}", point.parts[0].sentence)), "{found:?}");
        findings.points.insert(point.code.clone(), Finding::mark(point.legal.highest()));
        assert_eq!(at(&rubric, &findings, &point.code), Vec::<String>::new());
    }

    #[test]
    fn an_unscored_point_loses_nothing() {
        let rubric = small();
        let findings = Findings::default();
        assert_eq!(losses(&rubric, &findings, &score(&rubric, &findings)), []);
    }
}
