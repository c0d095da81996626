//! Scoring without a workspace: rubric and findings in, outcome with its trace out.

use crate::problem::Language;
use crate::refusal::Refusal;
use crate::view::{CategoryOutcome, IndicatorOutcome, MismatchView, Step, WhatIfView};
use crate::{Failure, Result, outcome, rubrics, whatif};
pub use assessment::Input;
use assessment::input::findings;
use serde::Serialize;

/// What `assess` prints; the keys are promised in `docs/formats/assess.md`.
#[derive(Debug, Serialize)]
pub struct Assessed {
    /// The rubric's identifier.
    pub rubric: String,
    /// SHA-256 of its file.
    pub digest: String,
    /// Sum of all marks given.
    pub total: String,
    /// Full marks.
    pub max: String,
    /// Whether every point has a mark.
    pub complete: bool,
    /// The lowest total that is still possible.
    pub lowest: String,
    /// The highest total that is still possible.
    pub highest: String,
    /// The grade, once complete.
    pub grade: Option<String>,
    /// Vetoes that apply.
    pub vetoes: Vec<Step>,
    /// Conditions and adjustments without a decision, counted as not present.
    pub undecided: Vec<String>,
    /// Points and adjustments that need a written reason and have none.
    pub reasons_missing: Vec<String>,
    /// Quantities recorded with different values.
    pub mismatches: Vec<MismatchView>,
    /// How the conclusion was drawn.
    pub conclusion: Vec<Step>,
    /// Scores of the indicators.
    pub indicators: Vec<IndicatorOutcome>,
    /// Scores of the points.
    pub points: Vec<AssessedPoint>,
    /// Categories of points, where the rubric has them.
    pub categories: Vec<CategoryOutcome>,
    /// Marks outside of the points.
    pub adjustments: Vec<AssessedAdjustment>,
    /// How adjustments changed the total; empty where there are none.
    pub trace: Vec<Step>,
    /// What was refused; nothing of it was counted.
    pub problems: Vec<AssessedProblem>,
    /// What is missing to more; only where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what_if: Option<WhatIfView>,
}

/// The score of a point.
#[derive(Debug, Serialize)]
pub struct AssessedPoint {
    /// Its code.
    pub code: String,
    /// Its mark; null while unscored.
    pub score: Option<String>,
    /// Full marks.
    pub max: String,
    /// How the mark was reached.
    pub trace: Vec<Step>,
    /// What is still missing, in words.
    pub missing: Vec<String>,
}

/// The amount of an adjustment.
#[derive(Debug, Serialize)]
pub struct AssessedAdjustment {
    /// Its code.
    pub code: String,
    /// What it adds or takes; null while nothing was recorded.
    pub amount: Option<String>,
    /// How the amount was reached.
    pub trace: Vec<Step>,
}

/// A refusal.
#[derive(Debug, Serialize)]
pub struct AssessedProblem {
    /// Stable code.
    pub code: String,
    /// The point or condition.
    pub point: String,
    /// What happened, where, what to do.
    pub message: String,
}

/// Reads an input; `name` is its path, for the message.
///
/// # Errors
/// Not JSON, unknown keys, or wrong shapes, with line and column.
pub fn read(name: &str, text: &str) -> Result<Input> {
    let bad = |error: serde_json::Error| Refusal::BadInput { path: name.to_owned(), detail: error.to_string() };
    Ok(Input::read(text).map_err(bad)?)
}

/// Scores an input under a rubric; with `what_if`, says also what is missing to more.
///
/// # Errors
/// Unknown or faulty rubric, unreadable input. Refused marks are problems in the result, not errors.
pub fn assess(rubric: &str, name: &str, text: &str, what_if: bool, language: Language) -> Result<Assessed> {
    let rubric = rubrics::load(rubric)?.rubric;
    let input = read(name, text)?;
    let (findings, refused) = findings(&rubric, &input);
    let mut refused: Vec<(String, Failure)> = refused.into_iter().map(|(code, error)| (code, error.into())).collect();
    let mut scored = rubric::score(&rubric, &findings);
    let what_if = what_if.then(|| whatif::view(&rubric, &rubric::what_if(&rubric, &findings, &scored), language));
    for error in scored.problems.drain(..) {
        refused.push((error.point().to_owned(), error.into()));
    }
    let view = outcome::view(&rubric, &scored, language);
    let problem = |(point, failure): (String, Failure)| {
        let problem = failure.problem(language);
        AssessedProblem { point, message: problem.to_string(), code: problem.code }
    };
    let missing = |steps: &[rubric::Step]| -> Vec<String> {
        outcome::steps(steps, language).into_iter().map(|step| step.finding).collect()
    };
    let points = view.points.into_iter().zip(&scored.points);
    let point = |(p, scored): (crate::view::PointOutcome, &rubric::score::PointScore)| AssessedPoint {
        code: p.code,
        score: p.score,
        max: p.max,
        trace: p.trace,
        missing: missing(&scored.missing),
    };
    let adjustment = |a: &rubric::score::AdjustmentScore| AssessedAdjustment {
        code: a.code.clone(),
        amount: a.amount.map(rubric::decimal::show),
        trace: outcome::steps(&a.trace, language),
    };
    Ok(Assessed {
        rubric: rubric.id.clone(),
        digest: rubric.digest.as_str().to_owned(),
        total: view.total,
        max: view.max,
        complete: view.complete,
        lowest: view.lowest,
        highest: view.highest,
        grade: view.grade,
        vetoes: view.vetoes,
        reasons_missing: view.reasons_missing,
        mismatches: view.mismatches,
        conclusion: view.conclusion,
        indicators: view.indicators,
        points: points.map(point).collect(),
        categories: view.categories,
        adjustments: scored.adjustments.iter().map(adjustment).collect(),
        trace: view.trace,
        undecided: scored.undecided,
        problems: refused.into_iter().map(problem).collect(),
        what_if,
    })
}
