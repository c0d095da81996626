//! What of one rubric means the same under another, so that what was recorded can be carried over.

use crate::diff::{Change, Kind};
use crate::model::{Adjustment, Conversion, Limit, Part, Point, Quantity, Rubric, Shape};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Whether what is recorded at a point, indicator or adjustment means the same under both rubrics: it has the same
/// code, text, amounts, rules and conditions, and the figures and tables that these use are the same. Titles, methods,
/// categories and the readings' numbers do not count.
#[must_use]
pub fn is_unchanged(old: &Rubric, new: &Rubric, code: &str) -> bool {
    let (old, new) = (Bearing::of(old, code), Bearing::of(new, code));
    old.known && old == new
}

/// Codes of the points that both rubrics have and that mean the same in both, in the order of the new one.
#[must_use]
pub fn unchanged_points<'a>(old: &Rubric, new: &'a Rubric) -> Vec<&'a str> {
    new.points().map(|(_, point)| point.code.as_str()).filter(|code| is_unchanged(old, new, code)).collect()
}

/// Those of the changes between two rubrics that concern a point, indicator or adjustment: its own, those of its
/// conditions, those of the figures and tables that it uses, and those of the step.
#[must_use]
pub fn concerning<'a>(changes: &'a [Change], old: &Rubric, new: &Rubric, code: &str) -> Vec<&'a Change> {
    let both = [Bearing::of(old, code), Bearing::of(new, code)];
    let mut subjects: BTreeSet<(Kind, &str)> = BTreeSet::from([(Kind::Point, code), (Kind::Adjustment, code)]);
    for bearing in &both {
        let limits = bearing.limits().map(|limit| (Kind::Limit, limit.code.as_str()));
        let quantities = bearing.quantities.iter().map(|quantity| (Kind::Quantity, quantity.name.as_str()));
        let conversions = bearing.conversions.iter().map(|conversion| (Kind::Conversion, conversion.name.as_str()));
        subjects.extend(limits.chain(quantities).chain(conversions));
    }
    let concerns = |change: &&Change| match change {
        Change::Changed { kind: Kind::Rubric, field, .. } => field == "step" || field == "shape",
        Change::Renumbered { kind, old, name, .. } => {
            subjects.contains(&(*kind, old)) || subjects.contains(&(*kind, name))
        }
        other => subjects.contains(&other.subject()),
    };
    changes.iter().filter(concerns).collect()
}

/// What the marks of a place rest on, without what does not bear on them.
#[derive(Default, PartialEq)]
struct Bearing {
    /// Whether the rubric has a place of this code.
    known: bool,
    step: Decimal,
    shape: Shape,
    point: Option<Point>,
    adjustment: Option<Adjustment>,
    /// Conditions of the indicator.
    over: Vec<Limit>,
    /// Figures that are used, derived ones included.
    quantities: Vec<Quantity>,
    conversions: Vec<Conversion>,
}

impl Bearing {
    fn of(rubric: &Rubric, code: &str) -> Self {
        let indicator = rubric.indicators.iter().find(|indicator| indicator.code == code);
        let point = rubric.point(code).map(|(_, point)| point);
        let adjustment = rubric.adjustment(code);
        let rules: [(&[Part], &[Limit]); 3] = [
            point.map_or((&[], &[]), |point| (&point.parts, &point.limits)),
            adjustment.map_or((&[], &[]), |adjustment| (&adjustment.parts, &adjustment.limits)),
            indicator.map_or((&[], &[]), |indicator| (&[], &indicator.limits)),
        ];
        let used = rules.iter().flat_map(|(parts, limits)| rubric.used(parts, limits));
        let conversions = rubric.conversions.iter().filter(|conversion| conversion.codes.iter().any(|c| c == code));
        Self {
            known: indicator.is_some() || point.is_some() || adjustment.is_some(),
            step: rubric.step,
            shape: rubric.shape,
            point: point.map(bare_point),
            adjustment: adjustment.map(bare_adjustment),
            over: indicator.map(|indicator| bare_limits(&indicator.limits)).unwrap_or_default(),
            quantities: used.map(|quantity| Quantity { reading: None, ..quantity.clone() }).collect(),
            conversions: conversions.map(|conversion| Conversion { codes: Vec::new(), ..conversion.clone() }).collect(),
        }
    }

    fn limits(&self) -> impl Iterator<Item = &Limit> {
        let of_point = self.point.iter().flat_map(|point| &point.limits);
        let of_adjustment = self.adjustment.iter().flat_map(|adjustment| &adjustment.limits);
        of_point.chain(of_adjustment).chain(&self.over)
    }
}

fn bare_point(point: &Point) -> Point {
    Point {
        title: String::new(),
        category: None,
        method: None,
        parts: bare_parts(&point.parts),
        limits: bare_limits(&point.limits),
        ..point.clone()
    }
}

fn bare_adjustment(adjustment: &Adjustment) -> Adjustment {
    Adjustment {
        title: String::new(),
        section: String::new(),
        category: None,
        method: None,
        parts: bare_parts(&adjustment.parts),
        limits: bare_limits(&adjustment.limits),
        ..adjustment.clone()
    }
}

fn bare_parts(parts: &[Part]) -> Vec<Part> {
    parts.iter().map(|part| Part { reading: None, ..part.clone() }).collect()
}

fn bare_limits(limits: &[Limit]) -> Vec<Limit> {
    limits.iter().map(|limit| Limit { title: String::new(), reading: None, ..limit.clone() }).collect()
}
