//! What is missing to more (差多少、怎么提): marks to the next grade, the cheapest indicators to raise, and which single
//! veto, condition or adjustment decides the conclusion.
//!
//! Everything is found by scoring again, so it is exact. Unscored points count with their highest marks, as in the
//! conclusion, and undecided conditions as not present; [`WhatIf`] says how many of each were assumed so.
//!
//! “Cheapest” means two things. For a line (a condition on grades, a veto over an indicator): the fewest marks to the
//! line. For the total: the largest part of the unearned marks, so that the fewest indicators have to be touched.

use crate::conclusion::fails;
use crate::decimal::is_below;
use crate::finding::{Finding, Findings};
use crate::model::{Grade, Indicator, Point, Rubric, Scope, Shape};
use crate::point::limited;
use crate::score::{IndicatorScore, Outcome, rescore, score};
use rust_decimal::Decimal;
use std::cmp::Reverse;

/// What would have to change, and what that would bring.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIf {
    /// The total that everything here starts from: unscored points count with their highest marks.
    pub total: Decimal,
    /// What is concluded from it; `None` where nothing is concluded.
    pub conclusion: Option<String>,
    /// Number of points without a mark.
    pub unscored: usize,
    /// Number of conditions and adjustments without a decision; they count as not present.
    pub undecided: usize,
    /// The next better grade by the total.
    pub next: Next,
    /// Indicators that can still gain, those with the most unearned marks first; none in a checklist.
    pub raises: Vec<Raise>,
    /// The fewest of [`Self::raises`] that reach the next grade's line; `None` when all of them do not.
    pub enough: Option<Enough>,
    /// The lines that indicators must reach: of the conditions on grades, then of the vetoes.
    pub lines: Vec<Line>,
    /// Everything that holds now and counts against (or for) the sheet, what decides the conclusion first.
    pub deciders: Vec<Decider>,
    /// In a checklist: the chapters that hold demands that are not met, in the order of the source.
    pub failing: Vec<Chapter>,
}

/// The next better grade by the total.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// The rubric has no grades.
    NoGrades,
    /// There is none: the total earns the best one.
    Best(String),
    /// A veto stands, so no total earns another conclusion than this.
    Vetoed(String),
    /// There is one.
    Grade(NextGrade),
}

/// A grade that a higher total earns.
#[derive(Clone, Debug, PartialEq)]
pub struct NextGrade {
    /// Its name.
    pub name: String,
    /// Lowest total that earns it.
    pub at_least: Decimal,
    /// Marks that are missing to it, above 0.
    pub missing: Decimal,
}

/// What an indicator could still gain.
#[derive(Clone, Debug, PartialEq)]
pub struct Raise {
    /// Its code.
    pub code: String,
    /// By how much the total rises when every scored point below it gets the most that standing conditions leave.
    pub gap: Decimal,
}

/// The fewest indicators that reach the next grade's line, by taking the largest gap first.
#[derive(Clone, Debug, PartialEq)]
pub struct Enough {
    /// How many of [`WhatIf::raises`], from the first.
    pub count: usize,
    /// The total with all of them raised.
    pub total: Decimal,
    /// What is concluded then; conditions on grades may still hold.
    pub conclusion: Option<String>,
}

/// A line, in percent of full marks, that indicators must reach.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The condition or the veto.
    pub cause: Cause,
    /// The source's sentence.
    pub sentence: String,
    /// The line, in percent.
    pub percent: Decimal,
    /// How many indicators may lie below it.
    pub allowed: usize,
    /// The indicators below it, those that miss least first.
    pub below: Vec<Lack>,
}

impl Line {
    /// How many indicators must be raised to the line.
    #[must_use]
    pub fn surplus(&self) -> usize {
        self.below.len().saturating_sub(self.allowed)
    }
}

/// What an indicator misses to a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Lack {
    /// Its code.
    pub code: String,
    /// Marks to the line, a multiple of the rubric's step, above 0.
    pub missing: Decimal,
    /// Whether marks alone can bring it there: no standing condition keeps it below.
    pub reachable: bool,
}

/// What can decide a conclusion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A condition on grades, over the indicators of a level.
    Condition {
        /// The level.
        level: u32,
    },
    /// A veto by an indicator's rate.
    Veto {
        /// Code of the indicator.
        indicator: String,
    },
    /// A condition over a point, an indicator or an adjustment.
    Limit {
        /// Its code.
        code: String,
    },
    /// An amount outside of the points.
    Adjustment {
        /// Its code.
        code: String,
    },
}

/// Something that holds now, and what would be if it alone did not.
#[derive(Clone, Debug, PartialEq)]
pub struct Decider {
    /// What holds.
    pub cause: Cause,
    /// The source's sentence.
    pub sentence: String,
    /// The total without it.
    pub total: Decimal,
    /// The conclusion without it.
    pub conclusion: Option<String>,
    /// Number of points without a mark then: a condition that empties a point stands in place of its marks.
    pub unscored: usize,
    /// Whether the conclusion is another one.
    pub changes: bool,
}

/// A chapter of a checklist that holds demands that are not met.
#[derive(Clone, Debug, PartialEq)]
pub struct Chapter {
    /// Its code.
    pub code: String,
    /// 部分符合
    pub partly: usize,
    /// 不符合
    pub no: usize,
    /// Codes of the demands.
    pub points: Vec<String>,
}

/// Finds what is missing; `outcome` is what [`score`] made of the findings.
#[must_use]
pub fn what_if(rubric: &Rubric, findings: &Findings, outcome: &Outcome) -> WhatIf {
    let raised = Raised { rubric, findings, outcome };
    let next = next(rubric, outcome);
    let raises = if rubric.shape == Shape::Checklist { Vec::new() } else { raised.raises() };
    let enough = match &next {
        Next::Grade(grade) => raised.enough(&raises, grade.at_least),
        Next::NoGrades | Next::Best(_) | Next::Vetoed(_) => None,
    };
    let lines = raised.lines();
    WhatIf {
        total: outcome.highest,
        conclusion: outcome.conclusion.highest_grade.clone(),
        unscored: unscored(outcome),
        undecided: outcome.undecided.len(),
        deciders: deciders(rubric, findings, outcome, &lines),
        failing: failing(rubric, outcome),
        next,
        raises,
        enough,
        lines,
    }
}

fn unscored(outcome: &Outcome) -> usize {
    outcome.points.iter().filter(|point| point.score.is_none()).count()
}

fn next(rubric: &Rubric, outcome: &Outcome) -> Next {
    if let (false, Some(conclusion)) = (outcome.conclusion.vetoes.is_empty(), &outcome.conclusion.highest_grade) {
        return Next::Vetoed(conclusion.clone());
    }
    let above = |grade: &&Grade| grade.at_least > outcome.highest;
    match (rubric.grades.iter().rfind(above), rubric.grades.first()) {
        (_, None) => Next::NoGrades,
        (None, Some(best)) => Next::Best(best.name.clone()),
        (Some(grade), _) => Next::Grade(NextGrade {
            name: grade.name.clone(),
            at_least: grade.at_least,
            missing: grade.at_least - outcome.highest,
        }),
    }
}

/// Scoring again with points at the most that they can have.
struct Raised<'a> {
    rubric: &'a Rubric,
    findings: &'a Findings,
    outcome: &'a Outcome,
}

impl Raised<'_> {
    /// The rows of level 2, and the indicators of level 1 that hold points themselves.
    fn rows(&self) -> impl Iterator<Item = usize> {
        let is_row =
            |indicator: &Indicator| indicator.level == 2 || indicator.level < 2 && !indicator.points.is_empty();
        self.rubric.indicators.iter().enumerate().filter(move |(_, indicator)| is_row(indicator)).map(|(at, _)| at)
    }

    fn raises(&self) -> Vec<Raise> {
        let mut raises = Vec::new();
        for row in self.rows() {
            let code = self.rubric.indicators[row].code.clone();
            let gap = self.score(&[&code]).highest - self.outcome.highest;
            if gap > Decimal::ZERO {
                raises.push(Raise { code, gap });
            }
        }
        raises.sort_by_key(|raise| Reverse(raise.gap)); // stable: equal gaps stay in the order of the source
        raises
    }

    fn enough(&self, raises: &[Raise], line: Decimal) -> Option<Enough> {
        let codes: Vec<&str> = raises.iter().map(|raise| raise.code.as_str()).collect();
        (1..=codes.len()).find_map(|count| {
            let outcome = self.score(&codes[..count]);
            let conclusion = outcome.conclusion.highest_grade;
            (outcome.highest >= line).then_some(Enough { count, total: outcome.highest, conclusion })
        })
    }

    /// The outcome with every scored point below these indicators at its best.
    fn score(&self, codes: &[&str]) -> Outcome {
        let mut findings = self.findings.clone();
        let mut raised = Vec::new();
        for ((indicator, point), scored) in self.rubric.points().zip(&self.outcome.points) {
            let Some(mark) = scored.score.filter(|_| self.is_below(indicator, codes)) else { continue };
            let best = self.best(point);
            if best > mark {
                // A mark for a judged point is its part's finding, on which its conditions act once more.
                let best = if point.is_judged() { point.legal.highest() } else { best };
                findings.points.insert(point.code.clone(), Finding::mark(best));
                raised.push(point.code.as_str());
            }
        }
        rescore(self.rubric, &findings, self.outcome.clone(), &raised)
    }

    fn is_below(&self, indicator: &Indicator, codes: &[&str]) -> bool {
        let mut at = Some(indicator);
        while let Some(indicator) = at {
            if codes.contains(&indicator.code.as_str()) {
                return true;
            }
            at = indicator.parent.map(|parent| &self.rubric.indicators[parent]);
        }
        false
    }

    /// The most that the conditions that hold leave of a point.
    fn best(&self, point: &Point) -> Decimal {
        point
            .limits
            .iter()
            .filter(|limit| self.holds(&limit.code))
            .fold(point.legal.highest(), |mark, limit| limited(&limit.effect, Some(true), mark, Scope::Point).0)
    }

    fn holds(&self, limit: &str) -> bool {
        self.outcome.limits.iter().any(|state| state.code == limit && state.present == Some(true))
    }

    fn lines(&self) -> Vec<Line> {
        let tops: Vec<&str> = self.rubric.indicators.iter().filter(|i| i.parent.is_none()).map(|i| &*i.code).collect();
        let best = self.score(&tops);
        let conditions = self.rubric.grade_conditions.iter().map(|condition| Line {
            cause: Cause::Condition { level: condition.level },
            sentence: condition.sentence.clone(),
            percent: condition.below,
            allowed: usize::try_from(condition.fewer_than).unwrap_or(usize::MAX).saturating_sub(1),
            below: self.below(&best, condition.below, |indicator| indicator.level == condition.level),
        });
        let vetoes = self.rubric.vetoes.iter().map(|veto| Line {
            cause: Cause::Veto { indicator: veto.indicator.clone() },
            sentence: veto.sentence.clone(),
            percent: veto.below,
            allowed: 0,
            below: self.below(&best, veto.below, |indicator| indicator.code == veto.indicator),
        });
        conditions.chain(vetoes).collect()
    }

    fn below(&self, best: &Outcome, percent: Decimal, over: impl Fn(&Indicator) -> bool) -> Vec<Lack> {
        let scores = self.outcome.indicators.iter().zip(&best.indicators);
        let rows = self.rubric.indicators.iter().zip(scores).filter(|(indicator, _)| over(indicator));
        let lack = |(_, (now, best)): (&Indicator, (&IndicatorScore, &IndicatorScore))| Lack {
            code: now.code.clone(),
            missing: to_line(now, percent, self.rubric.step),
            reachable: !is_below(best.highest, best.max, percent),
        };
        let mut below: Vec<Lack> =
            rows.filter(|(_, (now, _))| is_below(now.highest, now.max, percent)).map(lack).collect();
        below.sort_by_key(|lack| lack.missing);
        below
    }
}

/// The least multiple of the step that brings a score to a line, exact for a rubric's numbers: percent are shifted by
/// two decimals, not divided.
fn to_line(now: &IndicatorScore, percent: Decimal, step: Decimal) -> Decimal {
    let missing = now.max * percent * Decimal::new(1, 2) - now.highest;
    let beyond = missing % step;
    if beyond.is_zero() { missing } else { missing - beyond + step }
}

/// Each thing that holds, with what scoring without it gives.
fn deciders(rubric: &Rubric, findings: &Findings, outcome: &Outcome, lines: &[Line]) -> Vec<Decider> {
    let decider = |cause: Cause, sentence: &str, rubric: &Rubric, findings: &Findings| {
        let after = score(rubric, findings);
        Decider {
            cause,
            sentence: sentence.to_owned(),
            total: after.highest,
            unscored: unscored(&after),
            changes: after.conclusion.highest_grade != outcome.conclusion.highest_grade,
            conclusion: after.conclusion.highest_grade,
        }
    };
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.surplus() > 0) {
        let mut without = rubric.clone();
        match at.checked_sub(rubric.grade_conditions.len()) {
            None => drop(without.grade_conditions.remove(at)),
            Some(veto) => drop(without.vetoes.remove(veto)),
        }
        found.push(decider(line.cause.clone(), &line.sentence, &without, findings));
    }
    for ((_, limit), _) in rubric.limits().zip(&outcome.limits).filter(|(_, state)| state.present == Some(true)) {
        let (without, findings) = without_limit(rubric, findings, &limit.code);
        found.push(decider(Cause::Limit { code: limit.code.clone() }, &limit.text, &without, &findings));
    }
    for (at, adjustment) in rubric.adjustments.iter().enumerate() {
        if outcome.adjustments[at].amount.is_some_and(|amount| !amount.is_zero()) {
            let (mut without, mut findings) = (rubric.clone(), findings.clone());
            without.adjustments[at].parts.clear(); // its vetoes stay: they are limits
            findings.adjustments.remove(&adjustment.code);
            let cause = Cause::Adjustment { code: adjustment.code.clone() };
            found.push(decider(cause, &adjustment.text, &without, &findings));
        }
    }
    found.sort_by_key(|decider| !decider.changes);
    found
}

/// The rubric without a limit, and the findings without a decision on it. A limit that figures decide cannot be
/// decided otherwise, so it is taken out.
fn without_limit(rubric: &Rubric, findings: &Findings, code: &str) -> (Rubric, Findings) {
    let (mut rubric, mut findings) = (rubric.clone(), findings.clone());
    for indicator in &mut rubric.indicators {
        indicator.limits.retain(|limit| limit.code != code);
        indicator.points.iter_mut().for_each(|point| point.limits.retain(|limit| limit.code != code));
    }
    rubric.adjustments.iter_mut().for_each(|adjustment| adjustment.limits.retain(|limit| limit.code != code));
    findings.limits.remove(code);
    (rubric, findings)
}

fn failing(rubric: &Rubric, outcome: &Outcome) -> Vec<Chapter> {
    if rubric.shape != Shape::Checklist {
        return Vec::new();
    }
    let mut chapters: Vec<Chapter> = Vec::new();
    let mut points = outcome.points.iter();
    for (indicator, score) in rubric.indicators.iter().zip(&outcome.indicators) {
        if indicator.parent.is_none() {
            let (code, conformity) = (score.code.clone(), score.conformity);
            chapters.push(Chapter { code, partly: conformity.partly, no: conformity.no, points: Vec::new() });
        }
        let own = points.by_ref().take(indicator.points.len()).filter(|point| fails(point));
        if let Some(chapter) = chapters.last_mut() {
            chapter.points.extend(own.map(|point| point.code.clone()));
        }
    }
    chapters.retain(|chapter| chapter.partly + chapter.no > 0);
    chapters
}
