//! A rubric as it is read.

use super::{LocalView, RubricSummary};
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// A rubric in full.
    pub struct RubricView {
        /// The rubric in one line.
        pub summary: RubricSummary,
        /// Flat, in the order of the source.
        pub indicators: Vec<IndicatorView>,
        /// Printed notes.
        pub notes: Vec<NoteView>,
        /// Readings of open places.
        pub readings: Vec<ReadingView>,
        /// Grades from the best to the worst.
        pub grades: Vec<GradeView>,
        /// Categories of points.
        pub categories: Vec<CategoryView>,
        /// Facts in figures.
        pub quantities: Vec<QuantityView>,
        /// Printed tables that turn a quantity into a value.
        pub conversions: Vec<ConversionView>,
        /// Marks outside of the points.
        pub adjustments: Vec<AdjustmentView>,
        /// What a local edition may change.
        pub local: Option<LocalView>,
    }

    /// A category of points (指标类型).
    pub struct CategoryView {
        /// Its name.
        pub name: String,
        /// Its name in English.
        pub name_en: String,
        /// Full marks.
        pub max: String,
    }

    /// A fact in figures.
    pub struct QuantityView {
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
        /// How it follows from others; absent when it is recorded.
        pub formula: Option<String>,
    }

    /// A printed table that turns a quantity into a value.
    pub struct ConversionView {
        /// Name of the value.
        pub name: String,
        /// The quantity.
        pub of: String,
        /// Unit of the quantity.
        pub of_unit: String,
        /// Unit of the value.
        pub unit: String,
        /// The sentence.
        pub sentence: String,
        /// Codes of the points where it is used.
        pub codes: Vec<String>,
    }

    /// Marks outside of the points: a bonus, a deduction, a veto of its own.
    pub struct AdjustmentView {
        /// Its code.
        pub code: String,
        /// Heading under which it is printed.
        pub section: String,
        /// Its title.
        pub title: String,
        /// Its text as printed.
        pub text: String,
        /// Printed remark.
        pub note: Option<String>,
        /// 指标类型 as printed.
        pub category: Option<String>,
        /// 评价方法 as printed.
        pub method: Option<String>,
        /// The category whose total it changes; absent: the whole.
        pub acts_on: Option<String>,
        /// Whether an amount other than 0 needs a reason.
        pub reason: bool,
        /// The rules.
        pub parts: Vec<PartView>,
        /// Vetoes.
        pub limits: Vec<LimitView>,
        /// Quantities to record for it.
        pub quantities: Vec<String>,
    }

    /// A printed note.
    pub struct NoteView {
        /// Its number.
        pub number: String,
        /// Its text.
        pub text: String,
    }

    /// How certain a reading is.
    pub enum ReadingStatus {
        /// Stands in the source.
        Printed,
        /// The only value that closes the printed sums.
        Forced,
        /// Plausible.
        Inferred,
        /// Left open by the source.
        Open,
    }

    /// A reading (录入说明).
    pub struct ReadingView {
        /// Its identifier.
        pub id: String,
        /// How certain it is.
        pub status: ReadingStatus,
        /// Its text.
        pub text: String,
        /// The codes that it concerns.
        pub codes: Vec<String>,
    }

    /// A grade.
    pub struct GradeView {
        /// Its name.
        pub name: String,
        /// Lowest total that earns it.
        pub at_least: String,
        /// The sentence that says so.
        pub sentence: String,
    }

    /// An indicator.
    pub struct IndicatorView {
        /// Its code.
        pub code: String,
        /// 1 to 3.
        pub level: u32,
        /// Code of the indicator above.
        pub parent: Option<String>,
        /// Its title.
        pub title: String,
        /// Its text as printed.
        pub text: String,
        /// Printed remark.
        pub note: Option<String>,
        /// Full marks.
        pub max: String,
        /// Lead departments.
        pub lead: Vec<String>,
        /// Assisting departments.
        pub assisting: Vec<String>,
        /// Responsible departments.
        pub departments: Vec<String>,
        /// What to collect.
        pub collection: Option<String>,
        /// The 说明 column.
        pub guidance: Option<String>,
        /// Its points.
        pub points: Vec<PointView>,
        /// Conditions over it.
        pub limits: Vec<LimitView>,
        /// Quantities to record for the conditions.
        pub quantities: Vec<String>,
    }

    /// An observation point.
    pub struct PointView {
        /// Its code.
        pub code: String,
        /// Its printed number, `（1）`, or nothing.
        pub label: String,
        /// Its title.
        pub title: String,
        /// Its text as printed.
        pub text: String,
        /// Printed remark.
        pub note: Option<String>,
        /// Full marks.
        pub max: String,
        /// 指标类型.
        pub category: Option<String>,
        /// 评价方法 as printed.
        pub method: Option<String>,
        /// Whether marks are taken from the full marks (扣分制).
        pub from_full: bool,
        /// Whether one mark for the whole point is the finding for its single rule.
        pub judged: bool,
        /// The rules.
        pub parts: Vec<PartView>,
        /// Conditions over it.
        pub limits: Vec<LimitView>,
        /// Quantities to record for it.
        pub quantities: Vec<String>,
        /// The legal marks in words.
        pub legal: String,
        /// Every legal mark, when there are few; else empty.
        pub choices: Vec<String>,
    }

    /// A condition over an indicator.
    pub struct LimitView {
        /// Its code.
        pub code: String,
        /// Its printed number.
        pub label: String,
        /// Its title.
        pub title: String,
        /// Its text as printed.
        pub text: String,
        /// Printed remark.
        pub note: Option<String>,
        /// The reading that it rests on.
        pub reading: Option<String>,
        /// What it does.
        pub effect: LimitEffect,
        /// The cap.
        pub cap: Option<String>,
        /// The conclusion of a veto.
        pub conclusion: Option<String>,
        /// The condition over quantities that decides it; absent: the assessor decides.
        pub when: Option<String>,
    }

    /// What a condition does.
    pub enum LimitEffect {
        /// No marks.
        Zero,
        /// At most the cap.
        Cap,
        /// A veto.
        Veto,
    }

    /// What the source says about how an award is judged.
    pub enum AwardBasis {
        /// By degree.
        Graded,
        /// Nothing.
        Unstated,
    }

    /// A range of a band part.
    pub struct BandView {
        /// Lowest mark.
        pub from: String,
        /// Highest mark.
        pub to: String,
        /// The sentence.
        pub sentence: String,
        /// The condition over quantities that chooses it.
        pub when: Option<String>,
        /// Every mark in it, when there are few.
        pub choices: Vec<String>,
    }

    /// A kind of achievement.
    pub struct EntryItemView {
        /// Its name.
        pub name: String,
        /// Its coefficient.
        pub coefficient: String,
    }

    /// A rule of a point, with the sentence that it executes.
    pub struct PartView {
        /// The sentence.
        pub sentence: String,
        /// Whether it takes marks away.
        pub takes: bool,
        /// The reading that it rests on.
        pub reading: Option<String>,
        /// The amounts that it can give, in words.
        pub legal: String,
        /// Every such amount, when there are few; else empty.
        pub choices: Vec<String>,
        /// The rule.
        #[serde(flatten)]
        pub rule: RuleView,
    }

    /// A chapter of a checklist that holds demands that are not met.
    pub struct ChapterView {
        /// Its code.
        pub code: String,
        /// Its title.
        pub title: String,
        /// How many are not met, and which, in words.
        pub finding: String,
        /// Codes of the demands.
        pub points: Vec<String>,
    }
}

/// How a part gives or takes marks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "lowercase", rename_all_fields = "camelCase")]
pub enum RuleView {
    /// Judged within a range.
    Award {
        /// Lowest mark.
        from: String,
        /// Highest mark.
        to: String,
        /// What the source says about judging.
        basis: AwardBasis,
    },
    /// Full amount or nothing.
    Check {
        /// The amount.
        amount: String,
    },
    /// A whole number times an amount.
    Count {
        /// The amount for each.
        amount: String,
        /// What is counted, where the source lists it.
        items: Vec<String>,
        /// Whether others than the listed ones may be counted.
        open: bool,
        /// What the number counts.
        unit: String,
    },
    /// Nothing, or a judged amount within bounds.
    Range {
        /// Lowest amount above nothing.
        from: String,
        /// Highest amount.
        to: String,
    },
    /// A formula against a line, and steps beyond it.
    Measure {
        /// The formula.
        formula: String,
        /// Unit of its value.
        unit: String,
        /// The line.
        line: String,
        /// Marks at the line.
        award: String,
        /// Size of a step.
        every: String,
        /// Marks for a step.
        amount: String,
    },
    /// One of several ranges, then a mark within it.
    Band {
        /// The ranges, from the best to the worst.
        bands: Vec<BandView>,
        /// The conditions only propose a band.
        suggests: bool,
    },
    /// A list of achievements.
    Entries {
        /// Kinds of achievement.
        items: Vec<EntryItemView>,
        /// Whether the source prints coefficients; without them the base is a judged mark.
        coefficients: bool,
        /// Most for one kind.
        each_most: Option<String>,
        /// Most for all.
        most: String,
    },
    /// A statement of conformity.
    Conform {
        /// `shall`, `may`, `statement` or `duty`.
        modality: String,
    },
}
