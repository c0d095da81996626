//! Results over the units of a panel.

use super::{Calculation, PanelSummary, PanelUnit, PanelView, Remark, Step};
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// Which view of the results is looked at.
    #[derive(Copy, Default, Eq)]
    pub enum ResultsTable {
        /// Unit × assessor.
        Matrix,
        /// The ranking.
        #[default]
        Ranking,
        /// How many units have each grade.
        Grades,
        /// Indicators over all units.
        Indicators,
        /// Self against panel.
        #[serde(rename = "self")]
        Own,
        /// One unit.
        Profile,
        /// Units side by side.
        Compare,
        /// Over the years.
        Trend,
    }

    /// By which column rows are sorted.
    pub struct ResultsSort {
        /// The column, as the headings of the tables are named in `docs/formats/panel.md`.
        pub column: String,
        /// The highest first.
        pub descending: bool,
    }

    /// What of the results is asked for; kept as a saved view.
    #[derive(Default)]
    pub struct ResultsQuery {
        /// The view.
        pub table: ResultsTable,
        /// Words that the unit's name has.
        pub search: String,
        /// Grades that count; all when empty. An empty one stands for no grade.
        pub grades: Vec<String>,
        /// Only units with a result that wait for nobody's sheet.
        pub complete: bool,
        /// In place of the total the score of this indicator.
        pub indicator: Option<String>,
        /// Only units below the line in that indicator; in any indicator when none is chosen.
        pub below: bool,
        /// Indicators of this level only.
        pub level: Option<u32>,
        /// Units that are looked at, for the views that are about single ones.
        pub units: Vec<String>,
        /// How rows are sorted; each view has an order of its own.
        pub sort: Option<ResultsSort>,
    }

    /// A saved view.
    pub struct SavedView {
        /// Its name.
        pub name: String,
        /// What it asks for.
        pub query: ResultsQuery,
    }

    /// An indicator that can be chosen.
    pub struct ResultsIndicator {
        /// Its code.
        pub code: String,
        /// Its title.
        pub title: String,
        /// Its level.
        pub level: u32,
        /// Full marks.
        pub max: String,
    }

    /// How many sheets a member handed in for the units that are shown.
    pub struct MemberProgress {
        /// The member.
        pub name: String,
        /// The organisation.
        pub organisation: String,
        /// Sheets that count.
        pub counted: u32,
        /// Nothing, a draft, or a sheet that nobody signed.
        pub waiting: u32,
        /// Several sheets, or points unscored.
        pub faulty: u32,
        /// Units that the member keeps away from.
        pub away: u32,
    }

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
        /// Members whose sheet is still to come, or cannot count as it is.
        pub missing: u32,
    }

    /// How many units have a grade.
    pub struct GradeCount {
        /// The grade; none for units without a result, or where the rubric has no grades.
        pub grade: Option<String>,
        /// How many.
        pub units: u32,
        /// Which share of the units with a result, in percent, two decimals; none where there is no grade.
        pub share: Option<String>,
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
        /// The panel, with unit × assessor. Where an indicator is asked for, marks and results are those in it.
        pub panel: PanelView,
        /// What was asked for.
        pub query: ResultsQuery,
        /// How many units there are in all.
        pub all: u32,
        /// The indicator that is looked at in place of the total.
        pub of: Option<ResultsIndicator>,
        /// The indicators of the rubric.
        pub choices: Vec<ResultsIndicator>,
        /// Grades that can be asked for; an empty one stands for units without any.
        pub grade_choices: Vec<String>,
        /// Who handed in what.
        pub progress: Vec<MemberProgress>,
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

    /// A category of points (指标类型).
    pub struct CategoryRow {
        /// Its name.
        pub name: String,
        /// Full marks.
        pub max: String,
        /// The score; rounded to two decimals for show.
        pub score: Option<String>,
        /// Its share in percent.
        pub percent: Option<String>,
        /// The unit's own score.
        pub own: Option<String>,
        /// Share over all units in percent.
        pub all: Option<String>,
    }

    /// What a member's sheet lost at a sentence.
    pub struct LostBy {
        /// The member.
        pub name: String,
        /// Marks lost.
        pub amount: String,
    }

    /// Marks that a unit does not have, and the sentence of the rubric that took them.
    pub struct LostMark {
        /// The point, or the indicator that a condition is over.
        pub code: String,
        /// Its title.
        pub title: String,
        /// The rubric's sentence.
        pub sentence: String,
        /// The kind of reason in words.
        pub kind: String,
        /// The mean over the sheets that count, to two decimals for show.
        pub amount: String,
        /// Whose sheets lost them, in the order of the members.
        pub by: Vec<LostBy>,
        /// How many sheets count.
        pub of: u32,
    }

    /// A unit's profile.
    pub struct UnitProfileView {
        /// The unit beside all, by indicator.
        pub profile: ProfileView,
        /// Its members, in the order of the cells.
        pub members: Vec<String>,
        /// What its sheets come to.
        pub unit: PanelUnit,
        /// Its place; none without a result.
        pub rank: Option<u32>,
        /// How many units have a place.
        pub ranked: u32,
        /// The unit's own total.
        pub own: Option<String>,
        /// Full marks.
        pub max: String,
        /// Its share of the full marks in percent.
        pub percent: Option<String>,
        /// The mean share over all units in percent.
        pub all: Option<String>,
        /// By category; empty where the rubric has none.
        pub categories: Vec<CategoryRow>,
        /// Lost marks, the most first.
        pub losses: Vec<LostMark>,
        /// How the grade came about.
        pub conclusion: Vec<Step>,
    }

    /// A member's mark with its reasoning.
    pub struct MemberMark {
        /// The member.
        pub name: String,
        /// The organisation.
        pub organisation: String,
        /// Whether the sheet counts.
        pub standing: Remark,
        /// The mark; none where there is no signed sheet, or nothing was scored.
        pub mark: Option<String>,
        /// Why it does not count in the calculation (`lowest`, …); empty where it does.
        pub dropped: String,
        /// The rubric's sentences with what they gave.
        pub steps: Vec<Step>,
        /// The member's remark.
        pub remark: Option<String>,
        /// The sheet.
        pub sheet: Option<String>,
    }

    /// What a mark is made of.
    pub struct MarkPart {
        /// Code of the indicator, point or adjustment.
        pub code: String,
        /// Its title.
        pub title: String,
        /// Full marks.
        pub max: String,
        /// The mark; rounded to two decimals for show.
        pub mark: Option<String>,
    }

    /// How a mark of a unit came about.
    pub struct MarkView {
        /// The unit.
        pub unit: String,
        /// `total`, or the code of an indicator, point or adjustment.
        pub code: String,
        /// Its title.
        pub title: String,
        /// The rubric's own text; empty for the total.
        pub text: String,
        /// Full marks.
        pub max: String,
        /// The mark; none while there is no result.
        pub mark: Option<String>,
        /// The grade; for the total only.
        pub grade: Option<String>,
        /// The unit's own mark.
        pub own: Option<String>,
        /// The panel's calculation; none where the mark is the sum of its parts, or nothing counts.
        pub calculation: Option<Calculation>,
        /// The members' marks.
        pub members: Vec<MemberMark>,
        /// What it is made of.
        pub parts: Vec<MarkPart>,
        /// Codes above it, the outermost first.
        pub above: Vec<ResultsIndicator>,
        /// How the grade came about; for the total only.
        pub conclusion: Vec<Step>,
        /// What to look at.
        pub flags: Vec<Remark>,
    }

    /// An indicator of one edition beside one of another.
    pub struct EditionPair {
        /// The code in the earlier edition.
        pub old: String,
        /// The code in the later one.
        pub new: String,
        /// The title in the later one.
        pub title: String,
        /// The title in the earlier one.
        pub old_title: String,
        /// Whether full marks differ: then only shares can be compared.
        pub other_max: bool,
    }

    /// A round among others.
    pub struct TrendRound {
        /// The panel.
        pub panel: PanelSummary,
        /// How many indicators mean the same as in the latest round.
        pub mapped: u32,
        /// Whether totals have the same full marks and every indicator means the same.
        pub same: bool,
        /// Whether it is of the very edition of the latest round.
        pub same_edition: bool,
        /// Indicators that were declared to mean the same.
        pub declared: Vec<EditionPair>,
        /// Indicators that may be meant to: to be declared by a person.
        pub likely: Vec<EditionPair>,
        /// Indicators of the latest round that nothing here compares with.
        pub without: Vec<ResultsIndicator>,
        /// Indicators of this round that nothing in the latest compares with.
        pub unused: Vec<ResultsIndicator>,
        /// Units with a result.
        pub units: u32,
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
        /// The grades in the order of the rounds, beside totals.
        pub grades: Vec<Option<String>>,
    }

    /// Units over the years.
    pub struct TrendView {
        /// The rounds, the earliest first.
        pub rounds: Vec<TrendRound>,
        /// Totals, and level-1 indicators where they mean the same; all indicators of units that were asked for.
        pub rows: Vec<TrendRow>,
        /// The same over all units of each round.
        pub means: Vec<TrendRow>,
    }
}
