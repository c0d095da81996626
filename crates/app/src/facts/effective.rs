//! What counts of a sheet by code, as it is published: of the sheet itself it stands in tables, of one whose marks
//! somebody decided it stands with the panel, as the sheet says otherwise.

use assessment::panel::SheetFacts;
use rubric::Rubric;
use rubric::decimal::{is_small, parse, show};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Values by code; decimals in their one spelling.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Effective {
    pub total: String,
    pub grade: Option<String>,
    pub points: BTreeMap<String, String>,
    pub indicators: BTreeMap<String, String>,
    pub categories: BTreeMap<String, String>,
    pub adjustments: BTreeMap<String, String>,
    pub conditions: BTreeMap<String, bool>,
}

impl Effective {
    pub fn of(rubric: &Rubric, facts: &SheetFacts) -> Self {
        let points = rubric.points().zip(&facts.points);
        let adjustments = rubric.adjustments.iter().zip(&facts.adjustments);
        let categories = rubric.categories.iter().zip(&facts.categories);
        let conditions = rubric.limits().zip(&facts.limits);
        Self {
            total: show(facts.total),
            grade: facts.grade.clone(),
            points: points.filter_map(|((_, one), mark)| Some((one.code.clone(), show((*mark)?)))).collect(),
            indicators: rubric
                .indicators
                .iter()
                .zip(&facts.indicators)
                .map(|(one, score)| (one.code.clone(), show(*score)))
                .collect(),
            categories: categories.map(|(one, score)| (one.name.clone(), show(*score))).collect(),
            adjustments: adjustments.filter_map(|(one, amount)| Some((one.code.clone(), show((*amount)?)))).collect(),
            conditions: conditions.filter_map(|((_, one), present)| Some((one.code.clone(), (*present)?))).collect(),
        }
    }

    /// A value that no rubric can give, where there is one: what is reckoned from such values would not be exact.
    pub fn unfit(&self) -> Option<&String> {
        let all = [&self.points, &self.indicators, &self.categories, &self.adjustments];
        let values = std::iter::once(&self.total).chain(all.into_iter().flat_map(BTreeMap::values));
        values.into_iter().find(|value| !parse(value).is_some_and(is_small))
    }

    pub fn facts(&self, rubric: &Rubric) -> SheetFacts {
        let of = |values: &BTreeMap<String, String>, code: &str| values.get(code).and_then(|value| parse(value));
        let score = |values: &BTreeMap<String, String>, code: &str| of(values, code).unwrap_or(Decimal::ZERO);
        SheetFacts {
            total: parse(&self.total).unwrap_or_default(),
            grade: self.grade.clone(),
            points: rubric.points().map(|(_, one)| of(&self.points, &one.code)).collect(),
            indicators: rubric.indicators.iter().map(|one| score(&self.indicators, &one.code)).collect(),
            categories: rubric.categories.iter().map(|one| score(&self.categories, &one.name)).collect(),
            adjustments: rubric.adjustments.iter().map(|one| of(&self.adjustments, &one.code)).collect(),
            limits: rubric.limits().map(|(_, one)| self.conditions.get(&one.code).copied()).collect(),
        }
    }

    pub fn written(&self) -> String {
        serde_json::to_string(self).expect("plain data")
    }
}
