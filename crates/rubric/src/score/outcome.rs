//! What scoring comes to.

use crate::conclusion::Conclusion;
use crate::error::MarkError;
use crate::model::Point;
use crate::trace::{Reason, Step};
use rust_decimal::Decimal;

/// Everything that follows from the findings.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Sum of all marks given, adjustments included.
    pub total: Decimal,
    /// The total when every unscored point gets its lowest mark.
    pub lowest: Decimal,
    /// The total when every unscored point gets its highest mark.
    pub highest: Decimal,
    /// Full marks; in a checklist the demands that apply.
    pub max: Decimal,
    /// Whether every point has a mark.
    pub complete: bool,
    /// In the order of [`Rubric::indicators`].
    pub indicators: Vec<IndicatorScore>,
    /// In the order of [`Rubric::points`].
    pub points: Vec<PointScore>,
    /// In the order of [`Rubric::adjustments`].
    pub adjustments: Vec<AdjustmentScore>,
    /// In the order of [`Rubric::categories`].
    pub categories: Vec<CategoryScore>,
    /// In the order of [`Rubric::limits`].
    pub limits: Vec<LimitState>,
    /// Conditions and adjustments without a decision, by code.
    pub undecided: Vec<String>,
    /// Points and adjustments that need a written reason and have none, by code.
    pub reasons_missing: Vec<String>,
    /// Quantities recorded with different values (前后数据须能对上).
    pub mismatches: Vec<Mismatch>,
    /// Findings that were refused; the points concerned are unscored.
    pub problems: Vec<MarkError>,
    /// How sums became the total; empty where nothing but sums is in it.
    pub trace: Vec<Step>,
    /// Grade, conditions and vetoes.
    pub conclusion: Conclusion,
}

/// A quantity with different values at different places.
#[derive(Clone, Debug, PartialEq)]
pub struct Mismatch {
    /// Its name.
    pub quantity: String,
    /// Each value with the places that recorded it, ascending.
    pub values: Vec<(String, Vec<String>)>,
}

/// The score of an indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorScore {
    /// Its code.
    pub code: String,
    /// Its marks so far.
    pub score: Decimal,
    /// Its marks when every unscored point gets its lowest mark.
    pub lowest: Decimal,
    /// Its marks when every unscored point gets its highest mark.
    pub highest: Decimal,
    /// Its full marks; in a checklist the demands that apply.
    pub max: Decimal,
    /// Number of points with a mark.
    pub scored: usize,
    /// Number of points.
    pub points: usize,
    /// Statements of conformity over the clauses that demand something; all zero where the rubric has marks.
    pub conformity: ConformityCount,
    /// Its sum and the conditions over it.
    pub trace: Vec<Step>,
}

/// How many clauses that demand something are met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConformityCount {
    /// 符合
    pub yes: usize,
    /// 部分符合
    pub partly: usize,
    /// 不符合
    pub no: usize,
    /// 不适用
    pub not_applicable: usize,
}

/// The score of a point.
#[derive(Clone, Debug, PartialEq)]
pub struct PointScore {
    /// Its code.
    pub code: String,
    /// Its mark; `None` while it is unscored.
    pub score: Option<Decimal>,
    /// The mark that follows from findings, whether or not another stands in its place.
    pub derived: Option<Decimal>,
    /// Its full marks; 0 for a clause that does not apply.
    pub max: Decimal,
    /// Whether the mark was entered instead of findings.
    pub direct: bool,
    /// Whether the mark needs a written reason.
    pub overridden: bool,
    /// Whether a deduction or a condition took marks.
    pub deducted: bool,
    /// Whether a condition took all marks.
    pub vetoed: bool,
    /// How the mark was reached.
    pub trace: Vec<Step>,
    /// What is still missing.
    pub missing: Vec<Step>,
}

/// The amount of an adjustment.
#[derive(Clone, Debug, PartialEq)]
pub struct AdjustmentScore {
    /// Its code.
    pub code: String,
    /// What it adds (or takes, below 0); `None` while nothing was recorded.
    pub amount: Option<Decimal>,
    /// How the amount was reached.
    pub trace: Vec<Step>,
}

/// The score of a category.
#[derive(Clone, Debug, PartialEq)]
pub struct CategoryScore {
    /// Its name.
    pub name: String,
    /// Its marks so far, adjustments included.
    pub score: Decimal,
    /// Its full marks.
    pub max: Decimal,
    /// Number of points with a mark.
    pub scored: usize,
    /// Number of points.
    pub points: usize,
    /// Its sum and its adjustments.
    pub trace: Vec<Step>,
}

/// Whether a condition holds.
#[derive(Clone, Debug, PartialEq)]
pub struct LimitState {
    /// Its code.
    pub code: String,
    /// Whether it holds; `None` while undecided.
    pub present: Option<bool>,
    /// Whether quantities decided it.
    pub measured: bool,
}

impl PointScore {
    pub(crate) fn unscored(point: &Point) -> Self {
        let step = Step::remark(&point.text, Reason::Unscored);
        Self { missing: vec![step.clone()], trace: vec![step], ..Self::blank(point) }
    }

    /// A score without a mark and without steps.
    pub(crate) fn blank(point: &Point) -> Self {
        Self {
            code: point.code.clone(),
            score: None,
            derived: None,
            max: point.max,
            direct: false,
            overridden: false,
            deducted: false,
            vetoed: false,
            missing: Vec::new(),
            trace: Vec::new(),
        }
    }
}
