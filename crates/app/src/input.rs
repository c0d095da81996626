//! Scores and findings as JSON, described in `docs/formats/assess.md`.

use crate::refusal::Refusal;
use crate::{Failure, Result};
use rubric::decimal::{parse, show};
use rubric::legal::LegalMarks;
use rubric::model::Point;
use rubric::{Finding, Findings, MarkError, PartFinding, Rubric};
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;

/// The file: marks by point, findings by point or condition, and what goes with them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Input {
    /// Mark of a point as a whole, as a string.
    #[serde(deserialize_with = "unique")]
    pub scores: BTreeMap<String, Value>,
    /// Decision on a condition (`true`, `false`); finding for a point: a mark, `true` or `false`, or one of these for
    /// each part in a list.
    #[serde(deserialize_with = "unique")]
    pub findings: BTreeMap<String, Value>,
    /// Amounts of adjustments, by name.
    #[serde(deserialize_with = "unique")]
    pub adjustments: BTreeMap<String, Value>,
    /// Remarks by point.
    #[serde(deserialize_with = "unique")]
    pub remarks: BTreeMap<String, String>,
    /// Points marked as doubtful.
    pub doubts: BTreeSet<String>,
    /// Points whose mark is taken away; not part of the file.
    #[serde(skip)]
    pub cleared: BTreeSet<String>,
}

/// A map in which no key stands twice: of two marks for one point none can be preferred.
fn unique<'de, D: Deserializer<'de>, V: Deserialize<'de>>(
    from: D,
) -> std::result::Result<BTreeMap<String, V>, D::Error> {
    struct Unique<V>(PhantomData<V>);
    impl<'de, V: Deserialize<'de>> Visitor<'de> for Unique<V> {
        type Value = BTreeMap<String, V>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Self::Value, A::Error> {
            let mut all = BTreeMap::new();
            while let Some((key, value)) = map.next_entry::<String, V>()? {
                if all.insert(key.clone(), value).is_some() {
                    return Err(A::Error::custom(format!("{key} 写了两次 / given twice")));
                }
            }
            Ok(all)
        }
    }
    from.deserialize_map(Unique(PhantomData))
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
    let twice = |code: &String| input.scores.contains_key(code) && input.findings.contains_key(code);
    for code in input.scores.keys().filter(|code| twice(code)) {
        let expected = "scores 与 findings 只能用一处 / either scores or findings";
        refused.push((code.clone(), bad_finding(code, &input.findings[code], expected)));
    }
    for (code, value) in input.scores.iter().filter(|(code, _)| !twice(code)) {
        match mark(rubric, code, value) {
            Ok(mark) => drop(findings.points.insert(code.clone(), Finding::Mark(mark))),
            Err(failure) => refused.push((code.clone(), failure)),
        }
    }
    for (code, value) in input.findings.iter().filter(|(code, _)| !twice(code)) {
        let taken = match (rubric.limit(code), value) {
            (Some(_), Value::Bool(present)) => {
                findings.limits.insert(code.clone(), *present);
                Ok(())
            }
            (Some(_), other) => Err(bad_finding(code, other, "true / false")),
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
