//! Scores and findings as JSON, described in `docs/formats/assess.md`.

use rubric::decimal::{parse, show};
use rubric::model::{Part, Point, Rule};
use rubric::{Conformity, Counted, EntryFinding, Finding, Findings, MarkError, Measured, PartFinding, Rubric};
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};
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
    /// Findings for adjustments, by code: as for a point.
    #[serde(deserialize_with = "unique")]
    pub adjustments: BTreeMap<String, Value>,
    /// Quantities by the code of the point, indicator or adjustment where they are recorded, then by name.
    #[serde(deserialize_with = "unique")]
    pub quantities: BTreeMap<String, Figures>,
    /// Remarks by point.
    #[serde(deserialize_with = "unique")]
    pub remarks: BTreeMap<String, String>,
    /// Points marked as doubtful.
    pub doubts: BTreeSet<String>,
    /// Points whose mark is taken away; not part of the file.
    #[serde(skip)]
    pub cleared: BTreeSet<String>,
}

/// Quantities by name, none of them twice.
#[derive(Debug, Default, Deserialize)]
pub struct Figures(#[serde(deserialize_with = "unique")] pub BTreeMap<String, Value>);

/// The file as a JSON Schema, draft 2020-12. Which finding fits which code is the rubric's to say.
#[must_use]
pub fn schema() -> Value {
    let number = json!({ "anyOf": [{ "type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$" }, { "type": "integer" }] });
    let counted = json!({ "type": "object", "additionalProperties": false, "properties": {
        "items": { "type": "array", "items": { "type": "string" } },
        "more": { "$ref": "#/$defs/number" },
    } });
    let entry = json!({ "type": "object", "additionalProperties": false, "required": ["item"], "properties": {
        "item": { "type": "string" },
        "title": { "type": "string" },
        "base": { "$ref": "#/$defs/number" },
    } });
    let part = json!({ "anyOf": [
        { "type": "null" },
        { "type": "boolean" },
        { "$ref": "#/$defs/number" },
        { "enum": ["", "符合", "部分符合", "不符合", "不适用"] },
        { "$ref": "#/$defs/counted" },
        { "type": "array", "items": { "$ref": "#/$defs/entry" } },
    ] });
    let parts = json!({ "anyOf": [
        { "$ref": "#/$defs/part" },
        { "type": "array", "items": { "$ref": "#/$defs/part" } },
    ] });
    let map = |of: &str| json!({ "type": "object", "additionalProperties": { "$ref": format!("#/$defs/{of}") } });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "衡鉴 评分数据 / Input of hengjian assess and score",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "scores": map("number"),
            "findings": map("parts"),
            "adjustments": map("parts"),
            "quantities": { "type": "object", "additionalProperties": map("number") },
            "remarks": { "type": "object", "additionalProperties": { "type": "string" } },
            "doubts": { "type": "array", "items": { "type": "string" }, "uniqueItems": true },
        },
        "$defs": { "number": number, "counted": counted, "entry": entry, "part": part, "parts": parts },
    })
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

/// Why something in an input is refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refused {
    /// By a rule of the rubric.
    #[error(transparent)]
    Mark(#[from] MarkError),
    /// A value that no finding of this kind has.
    #[error("{point}: {found}, expected {expected}")]
    BadFinding {
        /// The point or condition.
        point: String,
        /// What was given.
        found: String,
        /// What fits.
        expected: String,
    },
    /// The rubric has no adjustment of this name.
    #[error("no adjustment {name} in {rubric}")]
    UnknownAdjustment {
        /// What was given.
        name: String,
        /// The rubric.
        rubric: String,
    },
}

type Result<T> = std::result::Result<T, Refused>;

impl Input {
    /// Reads the file. A byte order mark before it is passed over.
    ///
    /// # Errors
    /// Not JSON, unknown keys, or wrong shapes, with line and column.
    pub fn read(text: &str) -> std::result::Result<Self, serde_json::Error> {
        serde_json::from_str(text.trim_start_matches('\u{feff}'))
    }
}

/// The findings of an input, and what is refused in it. A point that stands in `scores` and in `findings` has a mark
/// in place of the derived one; that needs a remark as its reason.
#[must_use]
pub fn findings(rubric: &Rubric, input: &Input) -> (Findings, Vec<(String, Refused)>) {
    let mut findings = Findings { reasons: input.remarks.clone(), ..Findings::default() };
    let mut refused = Vec::new();
    for (code, value) in &input.findings {
        if let Err(failure) = take_finding(rubric, code, value, &mut findings) {
            refused.push((code.clone(), failure));
        }
    }
    for (code, value) in &input.scores {
        let twice = rubric.point(code).is_some_and(|(_, p)| p.is_judged()).then(|| input.findings.get(code)).flatten();
        if let Some(found) = twice {
            // Both would be the finding of its single rule.
            findings.points.remove(code);
            let expected = "scores 与 findings 只能用一处 / either scores or findings";
            refused.push((code.clone(), bad_finding(code, found, expected)));
            continue;
        }
        if refused.iter().any(|(refused, _)| refused == code) {
            continue; // its finding was refused: the point counts as unscored
        }
        match known(rubric, code).and_then(|point| mark(code, &show(point.max), value)) {
            Ok(mark) => findings.points.entry(code.clone()).or_default().mark = Some(mark),
            Err(failure) => refused.push((code.clone(), failure)),
        }
    }
    for (code, value) in &input.adjustments {
        let taken = match rubric.adjustment(code) {
            Some(adjustment) => part_findings(code, &adjustment.parts, value),
            None => Err(Refused::UnknownAdjustment { name: code.clone(), rubric: rubric.id.clone() }),
        };
        match taken {
            Ok(parts) => drop(findings.adjustments.insert(code.clone(), parts)),
            Err(failure) => refused.push((code.clone(), failure)),
        }
    }
    for (code, Figures(quantities)) in &input.quantities {
        for (name, value) in quantities {
            match figure(rubric, code, name, value) {
                Ok(value) => {
                    let measured = Measured { value, source: None };
                    findings.quantities.entry(code.clone()).or_default().insert(name.clone(), measured);
                }
                Err(failure) => refused.push((code.clone(), failure)),
            }
        }
    }
    (findings, refused)
}

fn take_finding(rubric: &Rubric, code: &str, value: &Value, findings: &mut Findings) -> Result<()> {
    match (rubric.limit(code), value) {
        (Some(_), Value::Bool(present)) => {
            findings.limits.insert(code.to_owned(), *present);
            Ok(())
        }
        (Some(_), other) => Err(bad_finding(code, other, "true / false")),
        (None, _) => {
            let point = known(rubric, code)?;
            let parts = part_findings(code, &point.parts, value)?;
            // A mark for the single rule of a point is a mark for the point.
            let finding = match parts.as_slice() {
                [Some(PartFinding::Mark(mark))] if point.is_judged() => Finding::mark(*mark),
                _ => Finding::parts(parts),
            };
            findings.points.insert(code.to_owned(), finding);
            Ok(())
        }
    }
}

/// A quantity that is to be recorded, checked against its place.
///
/// # Errors
/// Not a number, one that makes no sense there, or a quantity that the place does not use.
pub fn figure(rubric: &Rubric, code: &str, name: &str, value: &Value) -> Result<rust_decimal::Decimal> {
    let unit = rubric.quantity(name).map(|quantity| quantity.unit.clone()).unwrap_or_default();
    let number = number(value).map_err(|found| {
        let (point, name) = (code.to_owned(), name.to_owned());
        MarkError::BadQuantity { point, name, found, unit }
    })?;
    rubric::score::check_quantity(rubric, code, name, number)?;
    Ok(number)
}

fn bad_finding(point: &str, found: &Value, expected: &str) -> Refused {
    let (point, expected) = (point.to_owned(), expected.to_owned());
    Refused::BadFinding { point, found: found.to_string(), expected }
}

/// A finding that the rule of a part does not take.
fn wrong(point: &str, expected: &str) -> Refused {
    MarkError::WrongFinding { point: point.to_owned(), expected: expected.to_owned() }.into()
}

fn known<'a>(rubric: &'a Rubric, code: &str) -> Result<&'a Point> {
    let unknown = || MarkError::UnknownCode { point: code.to_owned(), rubric: rubric.id.clone() };
    Ok(rubric.point(code).map(|(_, point)| point).ok_or_else(unknown)?)
}

/// A number: a string, or a whole JSON number. Other numbers have passed through binary floating point and are refused.
fn number(value: &Value) -> std::result::Result<rust_decimal::Decimal, String> {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let number = if value.is_f64() { None } else { parse(&text) };
    number.ok_or(text)
}

fn mark(code: &str, max: &str, value: &Value) -> Result<rust_decimal::Decimal> {
    let error = |found| MarkError::NotANumber { point: code.to_owned(), found, max: max.to_owned() };
    Ok(number(value).map_err(error)?)
}

/// Findings for the parts of a point or adjustment: one for each in a list, or the one of the only part.
fn part_findings(code: &str, parts: &[Part], value: &Value) -> Result<Vec<Option<PartFinding>>> {
    let list = match value {
        Value::Array(list) if list.is_empty() => return Ok(Vec::new()),
        Value::Array(list) => list.as_slice(),
        one => std::slice::from_ref(one),
    };
    if list.len() != parts.len() {
        return Err(wrong(code, &format!("[…] × {}", parts.len())));
    }
    parts.iter().zip(list).map(|(part, value)| part_finding(code, part, value)).collect()
}

/// Nothing recorded: `null`, or an empty text or list where that means nothing else.
fn is_nothing(part: &Part, value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty() && !matches!(part.rule, Rule::Entries { .. }),
        _ => false,
    }
}

fn part_finding(code: &str, part: &Part, value: &Value) -> Result<Option<PartFinding>> {
    if is_nothing(part, value) {
        return Ok(None);
    }
    let bad = |expected: &str| wrong(code, expected);
    let finding = match (&part.rule, value) {
        (Rule::Check { .. }, Value::Bool(met)) => PartFinding::Met(*met),
        (Rule::Conform { .. }, Value::String(word)) => {
            PartFinding::Conform(word.parse().map_err(|_| bad(&words::<Conformity>()))?)
        }
        (Rule::Count { items, .. }, _) => {
            PartFinding::Count(counted(items, value).ok_or_else(|| bad(&items_words(items)))?)
        }
        (Rule::Entries { items, .. }, _) => {
            let names: Vec<String> = items.iter().map(|item| item.name.clone()).collect();
            PartFinding::Entries(entries(&names, value).ok_or_else(|| bad(&items_words(&names)))?)
        }
        (
            Rule::Award { .. } | Rule::Range { .. } | Rule::Band { .. } | Rule::Check { .. },
            Value::String(_) | Value::Number(_),
        ) => PartFinding::Mark(mark(code, &show(part.legal.highest()), value)?),
        (_, Value::Object(_)) => return Err(bad_finding(code, value, &part.legal.words())),
        _ => return Err(wrong(code, &part.legal.words())),
    };
    Ok(Some(finding))
}

fn words<T: strum::VariantNames>() -> String {
    T::VARIANTS.join("、")
}

fn items_words(items: &[String]) -> String {
    if items.is_empty() { "0、1、2…".to_owned() } else { items.join("、") }
}

/// A number of items, or `{ "items": [names], "more": number }`.
fn counted(items: &[String], value: &Value) -> Option<Counted> {
    let count = |value: &Value| u32::try_from(number(value).ok()?).ok().filter(|_| !value.is_f64());
    let Value::Object(object) = value else {
        return Some(Counted { items: BTreeSet::new(), more: whole(value).and_then(|_| count(value))? });
    };
    if object.keys().any(|key| key != "items" && key != "more") {
        return None;
    }
    let listed = object.get("items").map_or(Some(&[][..]), |list| list.as_array().map(Vec::as_slice))?;
    let index = |name: &Value| {
        let name = name.as_str()?;
        items.iter().position(|item| item == name).and_then(|index| u32::try_from(index).ok())
    };
    let more = object.get("more").map_or(Some(0), |more| whole(more).and_then(|_| count(more)))?;
    let items: BTreeSet<u32> = listed.iter().map(index).collect::<Option<_>>()?;
    Some(Counted { items, more }).filter(|counted| counted.items.len() == listed.len())
}

/// The value when it is a whole number.
fn whole(value: &Value) -> Option<&Value> {
    number(value).is_ok_and(|number| number.fract().is_zero()).then_some(value)
}

/// `[{ "item": name, "title": text, "base": number }, …]`; title and base may be left out.
fn entries(names: &[String], value: &Value) -> Option<Vec<EntryFinding>> {
    let entry = |value: &Value| {
        let object = value.as_object()?;
        if object.keys().any(|key| !["item", "title", "base"].contains(&key.as_str())) {
            return None;
        }
        let name = object.get("item")?.as_str()?;
        let item = names.iter().position(|known| known == name).and_then(|index| u32::try_from(index).ok())?;
        let title = object.get("title").map_or(Some(""), Value::as_str)?.to_owned();
        let base = object.get("base").map_or(Ok(rust_decimal::Decimal::ONE), number).ok()?;
        Some(EntryFinding { item, title, base })
    };
    value.as_array()?.iter().map(entry).collect()
}
