//! The rubric as data. Texts are the source's own, as printed.

use crate::digest::Digest;
use rust_decimal::Decimal;

/// A rubric (指标体系): what is scored, by which rules, and what the total means.
#[derive(Clone, Debug)]
pub struct Rubric {
    /// Stable identifier, such as `oucsx-2021`.
    pub id: String,
    /// Edition of the rubric.
    pub edition: String,
    /// Title as printed.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// Full marks of the whole.
    pub total: Decimal,
    /// Every mark is a multiple of this.
    pub step: Decimal,
    /// The sentence that sets the step, where there is one.
    pub step_sentence: Option<String>,
    /// Where the rubric comes from.
    pub source: Source,
    /// The printed notes (说明).
    pub notes: Vec<Note>,
    /// How open places of the source were read (录入说明).
    pub readings: Vec<Reading>,
    /// From the best to the worst; empty where the source has no grades.
    pub grades: Vec<Grade>,
    /// Conditions on grades.
    pub grade_conditions: Vec<GradeCondition>,
    /// Vetoes over the whole.
    pub vetoes: Vec<Veto>,
    /// All indicators in the order of the source; a parent stands before its children.
    pub indicators: Vec<Indicator>,
    /// Digest of the file.
    pub digest: Digest,
}

/// The document that a rubric was taken from.
#[derive(Clone, Debug)]
pub struct Source {
    /// Title of the document.
    pub document: String,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Its number (文号).
    pub number: Option<String>,
    /// Its date, as printed.
    pub date: Option<String>,
    /// The parts used, such as `附件3 自评打分表`.
    pub parts: Vec<String>,
}

/// A printed note (说明).
#[derive(Clone, Debug)]
pub struct Note {
    /// Number as printed.
    pub number: String,
    /// Text as printed.
    pub text: String,
    /// Parts of the source that print it.
    pub printed_in: Vec<String>,
    /// Whether the score sheet prints it.
    pub on_sheet: bool,
}

/// How certain a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "kebab-case")]
pub enum ReadingStatus {
    /// Stands in the source.
    Printed,
    /// The only value that closes the printed sums.
    Forced,
    /// Plausible, not provable.
    Inferred,
    /// The source leaves it open; a default was taken.
    Open,
}

/// A reading (录入说明) of an open, lost or contradictory place.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Identifier, such as `O7`.
    pub id: String,
    /// How certain it is.
    pub status: ReadingStatus,
    /// What was read and why.
    pub text: String,
    /// Codes of the indicators, points and limits that it concerns.
    pub codes: Vec<String>,
}

/// A grade (等次).
#[derive(Clone, Debug)]
pub struct Grade {
    /// Name as printed.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// Lowest total that earns it.
    pub at_least: Decimal,
    /// The sentence that says so.
    pub sentence: String,
}

/// A condition on grades: fewer than `fewer_than` indicators of `level` may lie strictly below `below` percent.
#[derive(Clone, Debug)]
pub struct GradeCondition {
    /// Level of the indicators that are counted.
    pub level: u32,
    /// The line, in percent of full marks.
    pub below: Decimal,
    /// The count that is already too many.
    pub fewer_than: u32,
    /// Names of the grades that need it.
    pub grades: Vec<String>,
    /// Name of the grade when it is not met.
    pub otherwise: String,
    /// The sentence that says so.
    pub sentence: String,
}

/// A veto (一票否决) over the whole: an indicator strictly below a percentage decides the conclusion.
#[derive(Clone, Debug)]
pub struct Veto {
    /// Code of the indicator.
    pub indicator: String,
    /// The line, in percent of full marks.
    pub below: Decimal,
    /// Name of the grade that results.
    pub conclusion: String,
    /// The sentence that says so.
    pub sentence: String,
}

/// An indicator (指标) of level 1 to 3.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// 1, 2 or 3.
    pub level: u32,
    /// The source's own numbering.
    pub code: String,
    /// Index in [`Rubric::indicators`] of the indicator that it belongs to.
    pub parent: Option<usize>,
    /// Title without number and marks.
    pub title: String,
    /// Text as printed.
    pub text: String,
    /// Printed remark beside the text (注).
    pub note: Option<String>,
    /// Full marks.
    pub max: Decimal,
    /// Lead departments (牵头部门).
    pub lead: Vec<String>,
    /// Departments that assist (配合).
    pub assisting: Vec<String>,
    /// Responsible departments (负责部门).
    pub departments: Vec<String>,
    /// What to collect (责任部门和材料收集工作重点), as printed.
    pub collection: Option<String>,
    /// The 说明 column, as printed.
    pub guidance: Option<String>,
    /// Observation points, in order; only on indicators without child indicators.
    pub points: Vec<Point>,
    /// Conditions over the indicator.
    pub limits: Vec<Limit>,
}

/// An observation point (观测点): the leaf that is scored.
#[derive(Clone, Debug)]
pub struct Point {
    /// Stable code, such as `1.1.1-2`.
    pub code: String,
    /// Title without number and marks.
    pub title: String,
    /// Text as printed.
    pub text: String,
    /// What the source prints in addition (注).
    pub note: Option<String>,
    /// Full marks.
    pub max: Decimal,
    /// What its mark is made of; the sum is clamped to 0..max.
    pub parts: Vec<Part>,
}

/// One part of a point: a sentence of the source and the rule that executes it.
#[derive(Clone, Debug)]
pub struct Part {
    /// The sentence.
    pub sentence: String,
    /// The rule.
    pub rule: Rule,
}

/// How a part gives marks.
#[derive(Clone, Debug)]
pub enum Rule {
    /// The assessor's judgement within a range.
    Award {
        /// Lowest mark.
        from: Decimal,
        /// Highest mark.
        to: Decimal,
        /// What the source says about grading.
        basis: Basis,
    },
    /// The full amount or nothing (有无).
    Check {
        /// The amount.
        amount: Decimal,
    },
    /// One of several ranges, then a mark within it; from the best to the worst.
    Band {
        /// The ranges.
        bands: Vec<Band>,
    },
}

/// What the source says about how an award is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "kebab-case")]
pub enum Basis {
    /// By degree (视实际程度赋分).
    Graded,
    /// The source does not say; graded by default.
    Unstated,
}

/// A range of a band part, bounds included.
#[derive(Clone, Debug)]
pub struct Band {
    /// Lowest mark.
    pub from: Decimal,
    /// Highest mark.
    pub to: Decimal,
    /// The sentence that describes it.
    pub sentence: String,
}

/// A numbered condition that carries no marks and acts on its whole indicator.
#[derive(Clone, Debug)]
pub struct Limit {
    /// Stable code, such as `4.5.3-6`.
    pub code: String,
    /// Title without number.
    pub title: String,
    /// Text as printed.
    pub text: String,
    /// What the source prints in addition.
    pub note: Option<String>,
    /// What happens when it holds.
    pub effect: Effect,
}

/// What a limit does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The indicator gets nothing (本项不得分).
    Zero,
    /// The indicator gets at most this (不得超过).
    Cap(Decimal),
}

impl Rubric {
    /// Every point with the indicator that it belongs to, in the order of the source.
    pub fn points(&self) -> impl Iterator<Item = (&Indicator, &Point)> {
        self.indicators.iter().flat_map(|i| i.points.iter().map(move |p| (i, p)))
    }

    /// Every limit with the indicator that it acts on, in the order of the source.
    pub fn limits(&self) -> impl Iterator<Item = (&Indicator, &Limit)> {
        self.indicators.iter().flat_map(|i| i.limits.iter().map(move |l| (i, l)))
    }

    /// The point with this code and its indicator.
    #[must_use]
    pub fn point(&self, code: &str) -> Option<(&Indicator, &Point)> {
        self.points().find(|(_, point)| point.code == code)
    }

    /// The limit with this code and its indicator.
    #[must_use]
    pub fn limit(&self, code: &str) -> Option<(&Indicator, &Limit)> {
        self.limits().find(|(_, limit)| limit.code == code)
    }

    /// Indicators of one level.
    pub fn level(&self, level: u32) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(move |i| i.level == level)
    }
}
