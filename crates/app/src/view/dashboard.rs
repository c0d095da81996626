//! The figures of the dashboards; charts, tables and the command line show the same.

use super::{DepartmentProgress, SheetPhase, Stage};
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// What the dashboards of a sheet show.
    pub struct DashboardView {
        /// The sheet.
        pub sheet: String,
        /// Its stage.
        pub stage: Stage,
        /// The sheet of the other stage that stands beside it.
        pub other: Option<OtherSheet>,
        /// Points with a mark.
        pub scored: u32,
        /// Points in all.
        pub points: u32,
        /// Whether rates are shares of demands that are met, not of marks.
        pub checklist: bool,
        /// The line that rates are compared with.
        pub line: RateLine,
        /// The level-1 indicators.
        pub first: Vec<RateRow>,
        /// Whether there are enough of them for a radar.
        pub radar: bool,
        /// The level-2 indicators; the points where there are none.
        pub second: Vec<RateRow>,
        /// Whether `second` holds points.
        pub second_points: bool,
        /// Where marks were lost.
        pub losses: LossesView,
        /// How far each department is; empty where nobody is named.
        pub departments: Vec<DepartmentProgress>,
        /// Points where the two sheets differ, the most first.
        pub differences: Vec<DifferenceRow>,
        /// Points that both sheets have a mark for.
        pub compared: u32,
    }

    /// The sheet of the other stage.
    pub struct OtherSheet {
        /// Its identifier.
        pub sheet: String,
        /// Its stage.
        pub stage: Stage,
        /// Its assessor.
        pub assessor: String,
        /// Its phase.
        pub phase: SheetPhase,
    }

    /// The line that rates are compared with.
    pub struct RateLine {
        /// In percent.
        pub percent: String,
        /// In thousandths.
        pub permille: u32,
        /// Whether the rubric draws it; otherwise it only helps the eye.
        pub printed: bool,
    }

    /// How much of a place is scored.
    pub enum RateState {
        /// Nothing: there is no rate, which is not a rate of 0.
        #[serde(rename = "open")]
        Open,
        /// A part.
        #[serde(rename = "begun")]
        Begun,
        /// All.
        #[serde(rename = "complete")]
        Complete,
    }

    /// An indicator, or a point, with its rates.
    pub struct RateRow {
        /// Its code.
        pub code: String,
        /// Its title.
        pub title: String,
        /// On this sheet.
        pub own: RateView,
        /// On the other sheet.
        pub other: Option<RateView>,
        /// Whether it lies below the line whatever its unscored points get.
        pub low: bool,
    }

    /// The rate of a place on one sheet.
    pub struct RateView {
        /// How much of it is scored.
        pub state: RateState,
        /// Its marks so far.
        pub score: String,
        /// Its full marks.
        pub max: String,
        /// Its rate in percent, once all of it is scored.
        pub percent: Option<String>,
        /// Its rate over what is scored, in percent; absent while nothing is.
        pub so_far: Option<String>,
        /// The same in thousandths, for drawing.
        pub so_far_permille: Option<u32>,
        /// Its marks so far in thousandths of the full marks, for drawing.
        pub filled: u32,
        /// Full marks of what is not scored.
        pub open: String,
        /// The same in thousandths of the full marks, for drawing.
        pub open_permille: u32,
        /// Points without a mark.
        pub left: u32,
    }

    /// Where marks were lost. Full marks of what is scored, less what is lost, and what adjustments change, are the total.
    pub struct LossesView {
        /// Full marks of the scored points.
        pub full: String,
        /// Marks lost.
        pub lost: String,
        /// Marks given.
        pub given: String,
        /// What adjustments change; `0` where there are none.
        pub adjusted: String,
        /// The total.
        pub total: String,
        /// By the source's sentence, the biggest first.
        pub by_sentence: Vec<LossGroup>,
        /// By the kind of reason, the biggest first.
        pub by_kind: Vec<LossGroup>,
        /// By the indicator that holds the points, the biggest first.
        pub by_indicator: Vec<LossGroup>,
        /// What adjustments took beside the points, the biggest first.
        pub outside: Vec<LossGroup>,
    }

    /// Losses that have something in common.
    pub struct LossGroup {
        /// Code of the indicator or adjustment, or of the only place of a sentence.
        pub code: Option<String>,
        /// The sentence, the kind, or the indicator's title.
        pub label: String,
        /// The kind of reason in words; absent where several are together.
        pub kind: Option<String>,
        /// Marks lost.
        pub amount: String,
        /// Their share of everything that is lost, in percent; absent for adjustments.
        pub percent: Option<String>,
        /// Where, in the order of the source.
        pub places: Vec<LossPlace>,
    }

    /// A place that lost marks.
    pub struct LossPlace {
        /// Its code.
        pub code: String,
        /// Its title.
        pub title: String,
        /// Marks lost.
        pub amount: String,
    }

    /// A point with different marks on the two sheets.
    pub struct DifferenceRow {
        /// Its code.
        pub code: String,
        /// Its title.
        pub title: String,
        /// Its mark on this sheet.
        pub own: String,
        /// Its mark on the other sheet.
        pub other: String,
        /// Its full marks.
        pub max: String,
        /// This sheet's mark less the other's, with its sign.
        pub difference: String,
    }
}
