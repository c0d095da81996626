//! What an assessor records: facts, from which the engine derives marks.

use crate::decimal;
use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};

/// What an assessor recorded for one point.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Finding {
    /// A finding for each part, in the order of the rubric; `None` where there is none yet. Empty: none at all.
    pub parts: Vec<Option<PartFinding>>,
    /// A mark for the point as a whole: entered directly, or in place of the derived one.
    pub mark: Option<Decimal>,
}

impl Finding {
    /// A mark for the point as a whole.
    #[must_use]
    pub fn mark(mark: Decimal) -> Self {
        Self { parts: Vec::new(), mark: Some(mark) }
    }

    /// A finding for each part.
    #[must_use]
    pub fn parts(parts: Vec<Option<PartFinding>>) -> Self {
        Self { parts, mark: None }
    }
}

/// What an assessor recorded for one part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum PartFinding {
    /// The mark of an award, a range or a band.
    #[serde(serialize_with = "write_decimal", deserialize_with = "read_decimal")]
    Mark(Decimal),
    /// Whether there is what a check asks for.
    Met(bool),
    /// What was counted.
    Count(Counted),
    /// Achievements.
    Entries(Vec<EntryFinding>),
    /// How far a clause is met.
    Conform(Conformity),
}

/// What was counted: listed items, and how many others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Counted {
    /// Indices into the rule's list, from 0.
    pub items: BTreeSet<u32>,
    /// How many besides them.
    pub more: u32,
}

/// One achievement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryFinding {
    /// Index of its kind in the rule's list, from 0.
    pub item: u32,
    /// What it is.
    #[serde(default)]
    pub title: String,
    /// Its base: a judged mark, or what the coefficient multiplies.
    #[serde(serialize_with = "write_decimal", deserialize_with = "read_decimal")]
    pub base: Decimal,
}

/// How far a clause is met.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantNames,
)]
pub enum Conformity {
    /// 符合
    #[serde(rename = "符合")]
    #[strum(serialize = "符合")]
    Yes,
    /// 部分符合
    #[serde(rename = "部分符合")]
    #[strum(serialize = "部分符合")]
    Partly,
    /// 不符合
    #[serde(rename = "不符合")]
    #[strum(serialize = "不符合")]
    No,
    /// 不适用
    #[serde(rename = "不适用")]
    #[strum(serialize = "不适用")]
    NotApplicable,
}

/// A quantity as recorded at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Its value.
    pub value: Decimal,
    /// Where it was taken from, such as a count over a list of names; for the trace.
    pub source: Option<String>,
}

/// All that one assessor recorded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// By point code; a point that is absent here is unscored, which is not zero.
    pub points: BTreeMap<String, Finding>,
    /// By the code of a condition; one that is absent here is undecided.
    pub limits: BTreeMap<String, bool>,
    /// By the code of the point, indicator or adjustment where it was recorded, then by name.
    pub quantities: BTreeMap<String, BTreeMap<String, Measured>>,
    /// Findings for the parts of adjustments, by code.
    pub adjustments: BTreeMap<String, Vec<Option<PartFinding>>>,
    /// Written reasons, by the code of a point or adjustment.
    pub reasons: BTreeMap<String, String>,
    /// Whether a mark in place of findings needs a reason (policy of the assessment); a mark in place of a derived
    /// one always does.
    pub direct_needs_reason: bool,
}

fn write_decimal<S: Serializer>(value: &Decimal, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&decimal::show(*value))
}

fn read_decimal<'de, D: Deserializer<'de>>(from: D) -> Result<Decimal, D::Error> {
    let text = String::deserialize(from)?;
    let value = decimal::parse(&text).filter(|value| decimal::is_small(*value) && decimal::show(*value) == text);
    value.ok_or_else(|| D::Error::custom(format!("{text} is not a plain decimal")))
}
