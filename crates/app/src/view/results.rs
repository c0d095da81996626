//! Results over the units of a panel.

use super::{PanelSummary, PanelView};
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// A unit in the ranking.
    pub struct RankRow {
        /// From 1; equal ones share it, and the places after them are left out.
        pub rank: u32,
        /// Whether others have the same place.
        pub tied: bool,
        /// The unit.
        pub unit: String,
        /// The total.
        pub total: String,
        /// Share of the full marks in percent.
        pub percent: Option<String>,
        /// The grade, or the conclusion of a veto.
        pub grade: Option<String>,
        /// Whether a veto holds.
        pub vetoed: bool,
    }

    /// How many units have a grade.
    pub struct GradeCount {
        /// The grade; none for units without a result, or where the rubric has no grades.
        pub grade: Option<String>,
        /// How many.
        pub units: u32,
    }

    /// How all units did in an indicator.
    pub struct IndicatorRow {
        /// Its code.
        pub code: String,
        /// Its title.
        pub title: String,
        /// Its level.
        pub level: u32,
        /// Full marks.
        pub max: String,
        /// Share of the full marks over all units, in percent.
        pub percent: Option<String>,
        /// The lowest score.
        pub lowest: String,
        /// The highest score.
        pub highest: String,
        /// Units below the line.
        pub below: u32,
        /// Units with a result.
        pub units: u32,
    }

    /// A unit's own evaluation beside the panel's result.
    pub struct OwnRow {
        /// The unit.
        pub unit: String,
        /// Its own total.
        pub own: Option<String>,
        /// The panel's total.
        pub panel: Option<String>,
        /// The panel's less its own, with sign.
        pub difference: Option<String>,
    }

    /// Everything over the units of a panel.
    pub struct ResultsView {
        /// The panel, with unit × assessor.
        pub panel: PanelView,
        /// Units with a result, the highest first.
        pub ranking: Vec<RankRow>,
        /// Units without a result.
        pub unranked: Vec<String>,
        /// How many units have each grade.
        pub grades: Vec<GradeCount>,
        /// The line of weak indicators in percent.
        pub line: String,
        /// Indicators, the weakest first.
        pub indicators: Vec<IndicatorRow>,
        /// Self against panel.
        pub own: Vec<OwnRow>,
    }

    /// A unit's score in an indicator beside all units.
    pub struct ProfileRow {
        /// The indicator's code.
        pub code: String,
        /// Its title.
        pub title: String,
        /// Its level.
        pub level: u32,
        /// Full marks.
        pub max: String,
        /// The scores of the units that are compared, in their order; rounded to two decimals for show.
        pub scores: Vec<Option<String>>,
        /// Their shares in percent.
        pub percents: Vec<Option<String>>,
        /// The units' own scores.
        pub own: Vec<Option<String>>,
        /// Share over all units in percent.
        pub all: Option<String>,
        /// The places of these units in this indicator.
        pub ranks: Vec<Option<u32>>,
    }

    /// Units side by side; one alone is its profile.
    pub struct ProfileView {
        /// The panel.
        pub panel: PanelSummary,
        /// The units.
        pub units: Vec<String>,
        /// Their totals.
        pub totals: Vec<Option<String>>,
        /// Their grades.
        pub grades: Vec<Option<String>>,
        /// By indicator.
        pub rows: Vec<ProfileRow>,
    }

    /// A round among others.
    pub struct TrendRound {
        /// The panel.
        pub panel: PanelSummary,
        /// How many indicators mean the same as in the latest round.
        pub mapped: u32,
        /// Whether totals have the same full marks and every indicator means the same.
        pub same: bool,
    }

    /// A unit, or an indicator of a unit, over the rounds.
    pub struct TrendRow {
        /// The unit.
        pub unit: String,
        /// The indicator's code; empty for the total.
        pub code: String,
        /// Its title.
        pub title: String,
        /// Shares in percent in the order of the rounds; none where there is nothing that compares.
        pub percents: Vec<Option<String>>,
    }

    /// Units over the years.
    pub struct TrendView {
        /// The rounds, the earliest first.
        pub rounds: Vec<TrendRound>,
        /// Totals, and level-1 indicators where they mean the same.
        pub rows: Vec<TrendRow>,
    }
}
