//! The rubric as data. Texts are the source's own, as printed.

use crate::digest::Digest;
use crate::finding::{Conformity, Counted, PartFinding};
use crate::formula::{Condition, Formula};
use crate::legal::LegalMarks;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// A rubric (指标体系): what is scored, by which rules, and what the total means.
#[derive(Clone, Debug, PartialEq)]
pub struct Rubric {
    /// Stable identifier, such as `oucsx-2021`.
    pub id: String,
    /// Edition of the rubric.
    pub edition: String,
    /// Title as printed.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// Marks to be judged, or conformity to be stated.
    pub shape: Shape,
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
    /// The years that data and evidence are taken from, where the source says so.
    pub period: Option<Period>,
    /// What a local edition may change.
    pub local: Option<Local>,
    /// The rubric that a local edition was derived from.
    pub parent: Option<Parent>,
    /// Categories of points (指标类型) with full marks of their own; empty where the source has none.
    pub categories: Vec<Category>,
    /// Facts in figures.
    pub quantities: Vec<Quantity>,
    /// Printed tables that turn a quantity into a value.
    pub conversions: Vec<Conversion>,
    /// Marks outside of the points (加分项, 扣分项), and vetoes of their own.
    pub adjustments: Vec<Adjustment>,
    /// Conditions on grades.
    pub grade_conditions: Vec<GradeCondition>,
    /// Vetoes over the whole.
    pub vetoes: Vec<Veto>,
    /// All indicators in the order of the source; a parent stands before its children.
    pub indicators: Vec<Indicator>,
    /// Digest of the file.
    pub digest: Digest,
}

/// What the leaves of a rubric are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "kebab-case")]
pub enum Shape {
    /// Points with marks.
    #[default]
    Score,
    /// Clauses with a statement of conformity.
    Checklist,
}

/// The years that data and evidence are taken from, and the sentence that says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// Whole years before the year of the assessment, which counts as well as far as it has gone.
    pub years: u32,
    /// The sentence that says so.
    pub sentence: String,
}

impl Period {
    /// The first and the last year for an assessment in `year`.
    #[must_use]
    pub fn of(&self, year: i32) -> (i32, i32) {
        (year.saturating_sub_unsigned(self.years), year)
    }
}

/// What a local edition may change, and the sentence that permits it.
#[derive(Clone, Debug, PartialEq)]
pub struct Local {
    /// Grade lines (分数梯度).
    pub grades: bool,
    /// Full marks of the points (指标分数权重).
    pub weights: bool,
    /// The sentence that permits it.
    pub sentence: String,
}

/// The rubric that a local edition was derived from.
#[derive(Clone, Debug, PartialEq)]
pub struct Parent {
    /// Its identifier.
    pub id: String,
    /// Its edition.
    pub edition: String,
    /// SHA-256 of its file.
    pub digest: String,
}

/// A category of points (指标类型).
#[derive(Clone, Debug, PartialEq)]
pub struct Category {
    /// Name as printed.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// Full marks.
    pub max: Decimal,
}

/// A fact in figures that rules refer to by its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Whether only whole numbers make sense.
    pub whole: bool,
    /// What it covers.
    pub note: Option<String>,
    /// The reading that it rests on.
    pub reading: Option<String>,
    /// How it follows from other quantities; `None` when it is recorded.
    pub formula: Option<Formula>,
}

/// A printed table that turns a quantity into a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversion {
    /// Name of the value.
    pub name: String,
    /// The quantity; zero and less is refused.
    pub of: String,
    /// Unit of the value.
    pub unit: String,
    /// The sentence that says so.
    pub sentence: String,
    /// Codes of the points where it is used.
    pub codes: Vec<String>,
    /// Ascending; the last has no bound.
    pub steps: Vec<ConversionStep>,
}

impl Conversion {
    /// The value for a quantity; `None` for zero and less, which the table does not cover. Nothing is rounded before
    /// the line is chosen (reading G6).
    #[must_use]
    pub fn value(&self, quantity: Decimal) -> Option<Decimal> {
        let covers = |step: &&ConversionStep| step.at_most.is_none_or(|most| quantity <= most);
        let step = self.steps.iter().find(covers).filter(|_| quantity > Decimal::ZERO);
        step.map(|step| step.value)
    }
}

/// One line of a conversion.
#[derive(Clone, Debug, PartialEq)]
pub struct ConversionStep {
    /// Highest quantity that it covers; `None` covers the rest.
    pub at_most: Option<Decimal>,
    /// The value.
    pub value: Decimal,
}

/// Marks outside of the points: a bonus, a deduction, a veto of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Adjustment {
    /// Stable code, such as `E3`.
    pub code: String,
    /// Heading under which it is printed.
    pub section: String,
    /// Title.
    pub title: String,
    /// Text as printed.
    pub text: String,
    /// What the source prints in addition.
    pub note: Option<String>,
    /// 指标类型 as printed.
    pub category: Option<String>,
    /// 评价方法 as printed.
    pub method: Option<String>,
    /// The category whose total it changes; `None` changes the whole. Neither goes below 0.
    pub acts_on: Option<String>,
    /// Whether an amount other than 0 needs a written reason.
    pub reason: bool,
    /// What its amount is made of.
    pub parts: Vec<Part>,
    /// Vetoes.
    pub limits: Vec<Limit>,
}

impl Adjustment {
    /// The lowest and the highest amount that its parts can come to.
    #[must_use]
    pub fn range(&self) -> (Decimal, Decimal) {
        let sum = |(low, high): (Decimal, Decimal), part: &Part| {
            let (least, most) = (part.legal.lowest(), part.legal.highest());
            if part.takes { (low - most, high - least) } else { (low + least, high + most) }
        };
        self.parts.iter().fold((Decimal::ZERO, Decimal::ZERO), sum)
    }
}

/// The document that a rubric was taken from.
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
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
    /// Its category (指标类型).
    pub category: Option<String>,
    /// 评价方法 as printed.
    pub method: Option<String>,
    /// Where counting begins.
    pub base: Base,
    /// What its mark is made of; the sum with the base is clamped to 0..max.
    pub parts: Vec<Part>,
    /// Conditions over it; they act in their order, after the sum.
    pub limits: Vec<Limit>,
    /// Every mark that it can have; follows from the rest.
    pub legal: LegalMarks,
}

impl Point {
    /// Whether a mark for the whole point is the finding for its single part.
    #[must_use]
    pub fn is_judged(&self) -> bool {
        let judged = |part: &Part| matches!(part.rule, Rule::Award { .. } | Rule::Check { .. } | Rule::Band { .. });
        self.base == Base::Zero && self.parts.len() == 1 && judged(&self.parts[0])
    }
}

/// Where the marks of a point are counted from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "kebab-case")]
pub enum Base {
    /// Marks are added up.
    #[default]
    Zero,
    /// Marks are taken from the full marks (扣分制).
    Full,
}

/// One part of a point: a sentence of the source and the rule that executes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The sentence.
    pub sentence: String,
    /// Whether it takes marks away.
    pub takes: bool,
    /// The reading that it rests on.
    pub reading: Option<String>,
    /// The rule.
    pub rule: Rule,
    /// Every amount that it can give, before the sign; follows from the rule.
    pub legal: LegalMarks,
}

impl Part {
    /// The finding that leaves most marks; `None` where quantities decide.
    #[must_use]
    pub fn best(&self) -> Option<PartFinding> {
        let best = if self.takes { self.legal.lowest() } else { self.legal.highest() };
        match &self.rule {
            Rule::Award { .. } | Rule::Range { .. } => Some(PartFinding::Mark(best)),
            Rule::Check { .. } => Some(PartFinding::Met(!self.takes)),
            Rule::Count { items, .. } => {
                let all = (0..).zip(items).map(|(index, _)| index);
                let items = if self.takes { BTreeSet::new() } else { all.collect() };
                Some(PartFinding::Count(Counted { items, more: 0 }))
            }
            Rule::Band { bands, .. } if bands.iter().all(|band| band.when.is_none()) => Some(PartFinding::Mark(best)),
            Rule::Conform { .. } => Some(PartFinding::Conform(Conformity::Yes)),
            Rule::Entries { .. } => Some(PartFinding::Entries(Vec::new())),
            Rule::Band { .. } | Rule::Measure(_) => None,
        }
    }
}

/// How a part gives (or takes) marks.
#[derive(Clone, Debug, PartialEq)]
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
    /// A whole number times an amount.
    Count {
        /// The amount for each.
        amount: Decimal,
        /// What is counted, where the source lists it.
        items: Vec<String>,
        /// Whether others than the listed ones may be counted (等).
        open: bool,
        /// What the number counts.
        unit: String,
    },
    /// Nothing, or a judged amount within bounds (酌情扣0.5-1分).
    Range {
        /// Lowest amount, above 0.
        from: Decimal,
        /// Highest amount.
        to: Decimal,
    },
    /// The value of a formula against a line, and steps beyond it.
    Measure(Measure),
    /// One of several ranges, then a mark within it; from the best to the worst.
    Band {
        /// The ranges.
        bands: Vec<Band>,
        /// The conditions only propose a band.
        suggests: bool,
        /// The reading that refuses the marks between two bands.
        gap: Option<String>,
    },
    /// A list of achievements: base × coefficient, summed by item.
    Entries {
        /// Kinds of achievement.
        items: Vec<EntryItem>,
        /// Whether the source prints coefficients; without them the base is a judged mark.
        coefficients: bool,
        /// Most for one item.
        each_most: Option<Decimal>,
        /// Most for all.
        most: Decimal,
    },
    /// A statement of conformity.
    Conform {
        /// The modality of the clause.
        modality: Modality,
        /// What conformity gives.
        amount: Decimal,
    },
}

impl Rule {
    /// The word for its kind, as rubric files have it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Award { .. } => "award",
            Self::Check { .. } => "check",
            Self::Count { .. } => "count",
            Self::Range { .. } => "range",
            Self::Measure(_) => "measure",
            Self::Band { .. } => "band",
            Self::Entries { .. } => "entries",
            Self::Conform { .. } => "conform",
        }
    }
}

/// A measure: a formula, a line, and what every step beyond the line costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// The formula.
    pub of: Formula,
    /// Unit of its value.
    pub unit: String,
    /// The line.
    pub line: Decimal,
    /// Which side of the line is good; the line itself is.
    pub side: Side,
    /// Size of a step beyond the line.
    pub every: Decimal,
    /// Marks for a step.
    pub amount: Decimal,
    /// Marks at the line; 0 for a part that takes.
    pub award: Decimal,
    /// What a part of a step counts.
    pub partial_step: PartialStep,
}

/// The good side of a line; the line itself belongs to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Side {
    /// The value must reach the line.
    #[default]
    AtLeast,
    /// The value must not go beyond the line.
    AtMost,
}

/// What a part of a step counts in rules like 每少10%扣1分.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartialStep {
    /// Nothing: only full steps.
    Ignore,
    /// A started step is a step.
    Count,
    /// Its proportion, rounded once to the rubric's step.
    Prorate(Rounding),
}

/// How a derived value is rounded, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Rounding {
    /// GB/T 8170: half to even.
    HalfEven,
    /// Half up.
    HalfUp,
}

/// A kind of achievement.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryItem {
    /// Name as printed.
    pub name: String,
    /// Its coefficient.
    pub coefficient: Decimal,
}

/// What a clause demands.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::EnumString, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(serialize_all = "snake_case")]
pub enum Modality {
    /// 应: a requirement; only this can fail.
    Shall,
    /// 可: a permission.
    May,
    /// A statement.
    Statement,
    /// An item of a list of duties (职责包括), which carries no modal verb.
    Duty,
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
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Lowest mark.
    pub from: Decimal,
    /// Highest mark.
    pub to: Decimal,
    /// The sentence that describes it.
    pub sentence: String,
    /// The condition that chooses it; `None` on the last: in all other cases.
    pub when: Option<Condition>,
}

/// A condition that carries no marks and acts on the point, indicator or adjustment under which it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// Stable code, such as `4.5.3-6`.
    pub code: String,
    /// Title without number.
    pub title: String,
    /// Text as printed.
    pub text: String,
    /// What the source prints in addition.
    pub note: Option<String>,
    /// The reading that it rests on.
    pub reading: Option<String>,
    /// What happens when it holds.
    pub effect: Effect,
    /// The condition over quantities that decides it; `None`: the assessor decides.
    pub when: Option<Condition>,
}

/// What a limit does.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Nothing is left (不得分).
    Zero,
    /// At most this is left (不得超过).
    Cap(Decimal),
    /// A veto (否决): the conclusion replaces the grade.
    Veto {
        /// The conclusion, such as `取消参评资格`.
        conclusion: String,
        /// What loses its marks.
        scope: Scope,
    },
}

/// What a veto takes the marks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Scope {
    /// The point.
    Point,
    /// The indicator.
    Indicator,
    /// Nothing: the marks stay beside the conclusion.
    Whole,
}

impl Rubric {
    /// Every point with the indicator that it belongs to, in the order of the source.
    pub fn points(&self) -> impl Iterator<Item = (&Indicator, &Point)> {
        self.indicators.iter().flat_map(|i| i.points.iter().map(move |p| (i, p)))
    }

    /// Every limit with the code of what it acts on: of points and indicators in the order of the source, then of
    /// adjustments.
    pub fn limits(&self) -> impl Iterator<Item = (&str, &Limit)> {
        self.indicators
            .iter()
            .flat_map(|i| {
                let points = i.points.iter().flat_map(|p| p.limits.iter().map(move |l| (p.code.as_str(), l)));
                points.chain(i.limits.iter().map(move |l| (i.code.as_str(), l)))
            })
            .chain(self.adjustments.iter().flat_map(|a| a.limits.iter().map(move |l| (a.code.as_str(), l))))
    }

    /// The point with this code and its indicator.
    #[must_use]
    pub fn point(&self, code: &str) -> Option<(&Indicator, &Point)> {
        self.points().find(|(_, point)| point.code == code)
    }

    /// The highest total that there can be: all marks, and the most that each adjustment adds.
    #[must_use]
    pub fn highest_total(&self) -> Decimal {
        let added = self.adjustments.iter().map(|adjustment| adjustment.range().1.max(Decimal::ZERO));
        self.total + added.sum::<Decimal>()
    }

    /// The adjustment with this code.
    #[must_use]
    pub fn adjustment(&self, code: &str) -> Option<&Adjustment> {
        self.adjustments.iter().find(|adjustment| adjustment.code == code)
    }

    /// The quantity with this name.
    #[must_use]
    pub fn quantity(&self, name: &str) -> Option<&Quantity> {
        self.quantities.iter().find(|quantity| quantity.name == name)
    }

    /// Names of the quantities to record for these parts and limits, in the order of the rubric: derived ones are
    /// replaced by what they follow from.
    #[must_use]
    pub fn needed(&self, parts: &[Part], limits: &[Limit]) -> Vec<&Quantity> {
        let mut names = named(parts, limits);
        // Formulas refer to quantities of any place in the list; each round replaces one level of them.
        while let Some(derived) = self.quantities.iter().find(|q| q.formula.is_some() && names.contains(&q.name)) {
            names.remove(&derived.name);
            derived.formula.iter().for_each(|formula| formula.names(&mut names));
        }
        self.quantities.iter().filter(|q| names.contains(&q.name)).collect()
    }

    /// The quantities that these parts and limits use, recorded and derived, in the order of the rubric.
    #[must_use]
    pub fn used(&self, parts: &[Part], limits: &[Limit]) -> Vec<&Quantity> {
        let mut names = named(parts, limits);
        let mut before = 0;
        while names.len() > before {
            before = names.len();
            let derived: Vec<&Formula> =
                self.quantities.iter().filter(|q| names.contains(&q.name)).filter_map(|q| q.formula.as_ref()).collect();
            derived.into_iter().for_each(|formula| formula.names(&mut names));
        }
        self.quantities.iter().filter(|q| names.contains(&q.name)).collect()
    }

    /// The limit with this code, and the code of what it acts on.
    #[must_use]
    pub fn limit(&self, code: &str) -> Option<(&str, &Limit)> {
        self.limits().find(|(_, limit)| limit.code == code)
    }

    /// Indicators of one level.
    pub fn level(&self, level: u32) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(move |i| i.level == level)
    }
}

/// Names of the quantities in the rules of parts and the conditions of limits.
pub(crate) fn named(parts: &[Part], limits: &[Limit]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for part in parts {
        match &part.rule {
            Rule::Measure(measure) => measure.of.names(&mut names),
            Rule::Band { bands, .. } => {
                bands.iter().filter_map(|b| b.when.as_ref()).for_each(|when| when.names(&mut names));
            }
            _ => {}
        }
    }
    limits.iter().filter_map(|l| l.when.as_ref()).for_each(|when| when.names(&mut names));
    names
}
