//! What a sheet comes to, and how.

use super::ChapterView;
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// The score of a category.
    pub struct CategoryOutcome {
        /// Its name.
        pub name: String,
        /// Its marks so far, adjustments included.
        pub score: String,
        /// Full marks.
        pub max: String,
        /// Points with a mark.
        pub scored: u32,
        /// Points in all.
        pub points: u32,
        /// Its sum and its adjustments.
        pub trace: Vec<Step>,
    }

    /// A quantity with different values at different places.
    pub struct MismatchView {
        /// Its name.
        pub quantity: String,
        /// Each value with its places, in words.
        pub values: String,
        /// Codes of the places.
        pub codes: Vec<String>,
    }

    /// How many clauses that demand something are met.
    pub struct ConformityView {
        /// 符合
        pub yes: u32,
        /// 部分符合
        pub partly: u32,
        /// 不符合
        pub no: u32,
        /// 不适用
        pub not_applicable: u32,
    }

    /// What follows from the findings.
    pub struct OutcomeView {
        /// Marks so far.
        pub total: String,
        /// Full marks.
        pub max: String,
        /// Whether every point has a mark.
        pub complete: bool,
        /// The lowest total that is still possible.
        pub lowest: String,
        /// The highest total that is still possible.
        pub highest: String,
        /// The grade, once complete.
        pub grade: Option<String>,
        /// The grade of the lowest total.
        pub lowest_grade: Option<String>,
        /// The grade of the highest total.
        pub highest_grade: Option<String>,
        /// Whether the grade is the worst one.
        pub grade_failing: bool,
        /// In the order of the source.
        pub indicators: Vec<IndicatorOutcome>,
        /// In the order of the source.
        pub points: Vec<PointOutcome>,
        /// In the order of the source.
        pub categories: Vec<CategoryOutcome>,
        /// How adjustments changed the total; empty where there are none.
        pub trace: Vec<Step>,
        /// Quantities recorded with different values.
        pub mismatches: Vec<MismatchView>,
        /// Points and adjustments that need a reason and have none.
        pub reasons_missing: Vec<String>,
        /// Trace of the conclusion.
        pub conclusion: Vec<Step>,
        /// Vetoes that apply whatever the unscored points get.
        pub vetoes: Vec<Step>,
        /// Indicators that are below the line whatever the unscored points get.
        pub below_line: Vec<String>,
        /// How many below the line are too many.
        pub below_line_limit: Option<u32>,
    }

    /// The score of an indicator.
    pub struct IndicatorOutcome {
        /// Its code.
        pub code: String,
        /// Its marks so far.
        pub score: String,
        /// Full marks.
        pub max: String,
        /// Score by full marks as a decimal fraction, to four places half to even.
        pub rate: String,
        /// Score by full marks in percent, to two places half to even.
        pub percent: String,
        /// Points with a mark.
        pub scored: u32,
        /// Points in all.
        pub points: u32,
        /// Statements of conformity, in a checklist.
        pub conformity: ConformityView,
        /// Its sum and the conditions over it.
        pub trace: Vec<Step>,
    }

    /// The score of a point.
    pub struct PointOutcome {
        /// Its code.
        pub code: String,
        /// Its mark; absent while unscored.
        pub score: Option<String>,
        /// Full marks.
        pub max: String,
        /// Whether a deduction or a condition took marks.
        pub deducted: bool,
        /// Whether a condition took all marks.
        pub vetoed: bool,
        /// Whether another mark stands in place of the derived one.
        pub overridden: bool,
        /// How the mark was reached.
        pub trace: Vec<Step>,
    }

    /// One step of a trace.
    pub struct Step {
        /// The source's sentence.
        pub sentence: String,
        /// The reading that it rests on.
        pub reading: Option<String>,
        /// What was found.
        pub finding: String,
        /// What it adds or takes.
        pub amount: Option<String>,
        /// The mark after it.
        pub running: Option<String>,
    }

    /// What is missing to more: marks to the next grade, indicators to raise, and what decides the conclusion.
    pub struct WhatIfView {
        /// Whether something is assumed of points or conditions that are still open.
        pub provisional: bool,
        /// What is assumed, in words.
        pub assumed: Vec<String>,
        /// The total that everything here starts from.
        pub total: String,
        /// What is concluded from it; absent where nothing is concluded.
        pub conclusion: Option<String>,
        /// How far the next grade is, or why there is none, in words.
        pub next: String,
        /// The next grade; absent where there is none.
        pub next_grade: Option<NextGradeView>,
        /// The fewest indicators that reach it, or that none do, in words; absent without a next grade.
        pub enough: Option<String>,
        /// Indicators that can still gain, the largest gap first.
        pub raises: Vec<RaiseView>,
        /// Lines that indicators must reach.
        pub lines: Vec<LineView>,
        /// Whether anything decides the conclusion alone, in words.
        pub verdict: String,
        /// What holds now, what decides the conclusion first.
        pub deciders: Vec<DeciderView>,
        /// Chapters of a checklist with demands that are not met.
        pub failing: Vec<ChapterView>,
    }

    /// A grade that a higher total earns.
    pub struct NextGradeView {
        /// Its name.
        pub grade: String,
        /// Lowest total that earns it.
        pub at_least: String,
        /// Marks that are missing to it.
        pub missing: String,
    }

    /// What an indicator could still gain.
    pub struct RaiseView {
        /// Its code.
        pub code: String,
        /// Its title.
        pub title: String,
        /// By how much the total can rise through it.
        pub gap: String,
        /// Whether it is one of the fewest that reach the next grade.
        pub chosen: bool,
    }

    /// A line that indicators must reach, by a condition on grades or a veto.
    pub struct LineView {
        /// The source's sentence.
        pub sentence: String,
        /// How it stands, in words.
        pub finding: String,
        /// Whether too many lie below it.
        pub broken: bool,
        /// The indicators below it, those that miss least first.
        pub below: Vec<LackView>,
    }

    /// What an indicator misses to a line.
    pub struct LackView {
        /// Its code.
        pub code: String,
        /// Its title.
        pub title: String,
        /// Marks to the line.
        pub missing: String,
        /// Why marks alone do not bring it there; absent where they can.
        pub note: Option<String>,
    }

    /// What can decide a conclusion.
    pub enum DeciderKind {
        /// A condition on grades.
        Condition,
        /// A veto by an indicator's rate.
        Veto,
        /// A condition over a point, an indicator or an adjustment.
        Limit,
        /// An amount outside of the points.
        Adjustment,
    }

    /// Something that holds now, and what would be if it alone did not.
    pub struct DeciderView {
        /// What it is.
        pub kind: DeciderKind,
        /// Code of the limit, the adjustment or the vetoing indicator; absent for a condition on grades.
        pub code: Option<String>,
        /// The source's sentence.
        pub sentence: String,
        /// What would be without it, in words.
        pub finding: String,
        /// The total without it.
        pub total: String,
        /// The conclusion without it; absent where nothing is concluded.
        pub conclusion: Option<String>,
        /// Whether the conclusion is another one.
        pub changes: bool,
    }
}
