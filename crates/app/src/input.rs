//! Scores and findings as JSON, described in `docs/formats/assess.md`.

use crate::refusal::Refusal;
use crate::{Failure, Result};
use rubric::decimal::{parse, show};
use rubric::legal::LegalMarks;
use rubric::model::Point;
use rubric::{Finding, Findings, MarkError, PartFinding, Rubric};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The file: marks by point, findings by point or condition, and what goes with them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Input {
    /// Mark of a point as a whole, as a string.
    pub scores: BTreeMap<String, Value>,
    /// Decision on a condition (`true`, `false`); finding for a point: a mark, `true` or `false`, or one of these for
    /// each part in a list.
    pub findings: BTreeMap<String, Value>,
    /// Amounts of adjustments, by name.
    pub adjustments: BTreeMap<String, Value>,
    /// Remarks by point.
    pub remarks: BTreeMap<String, String>,
    /// Points marked as doubtful.
    pub doubts: BTreeSet<String>,
}

/// Reads the file; `name` is its path, for the message.
///
/// # Errors
/// Not JSON, unknown keys, or wrong shapes, with line and column.
pub fn read(name: &str, text: &str) -> Result<Input> {
    let bad = |error: serde_json::Error| Refusal::BadInput { path: name.to_owned(), detail: error.to_string() };
    Ok(serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(bad)?)
}

/// The findings of an input, and what is refused in it. A point named in both places is refused.
#[must_use]
pub fn findings(rubric: &Rubric, input: &Input) -> (Findings, Vec<(String, Failure)>) {
    let mut findings = Findings::default();
    let mut refused = Vec::new();
    for (code, value) in &input.scores {
        match mark(rubric, code, value) {
            Ok(mark) => drop(findings.points.insert(code.clone(), Finding::Mark(mark))),
            Err(failure) => refused.push((code.clone(), failure)),
        }
    }
    for (code, value) in &input.findings {
        let taken = match (rubric.limit(code), value) {
            (Some(_), Value::Bool(present)) => {
                findings.limits.insert(code.clone(), *present);
                Ok(())
            }
            (Some(_), other) => Err(bad_finding(code, other, "true / false")),
            (None, _) if findings.points.contains_key(code) => {
                Err(bad_finding(code, value, "scores 与 findings 只能用一处 / either scores or findings"))
            }
            (None, _) => {
                point_finding(rubric, code, value).map(|finding| drop(findings.points.insert(code.clone(), finding)))
            }
        };
        if let Err(failure) = taken {
            refused.push((code.clone(), failure));
        }
    }
    for name in input.adjustments.keys() {
        let refusal = Refusal::UnknownAdjustment { name: name.clone(), rubric: rubric.id.clone() };
        refused.push((name.clone(), refusal.into()));
    }
    (findings, refused)
}

fn bad_finding(point: &str, found: &Value, expected: &str) -> Failure {
    let (point, expected) = (point.to_owned(), expected.to_owned());
    Refusal::BadFinding { point, found: found.to_string(), expected }.into()
}

fn known<'a>(rubric: &'a Rubric, code: &str) -> Result<&'a Point> {
    let unknown = || MarkError::UnknownCode { point: code.to_owned(), rubric: rubric.id.clone() };
    Ok(rubric.point(code).map(|(_, point)| point).ok_or_else(unknown)?)
}

/// A mark: a string, or a whole JSON number. Other numbers have passed through binary floating point and are refused.
fn mark(rubric: &Rubric, code: &str, value: &Value) -> Result<rust_decimal::Decimal> {
    let point = known(rubric, code)?;
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_i64() => number.to_string(),
        other => other.to_string(),
    };
    let number = if value.is_f64() { None } else { parse(&text) };
    let max = show(point.max);
    Ok(number.ok_or(MarkError::NotANumber { point: code.to_owned(), found: text, max })?)
}

fn point_finding(rubric: &Rubric, code: &str, value: &Value) -> Result<Finding> {
    let point = known(rubric, code)?;
    let legal = LegalMarks::of_point(point, rubric.step).words();
    let part = |value: &Value| match value {
        Value::Null => Ok(None),
        Value::Bool(met) => Ok(Some(PartFinding::Met(*met))),
        other => mark(rubric, code, other).map(|mark| Some(PartFinding::Mark(mark))),
    };
    match value {
        Value::Array(parts) => Ok(Finding::Parts(parts.iter().map(part).collect::<Result<_>>()?)),
        Value::Object(_) | Value::Null => Err(bad_finding(code, value, &legal)),
        one => Ok(Finding::Parts(vec![part(one)?])),
    }
}
