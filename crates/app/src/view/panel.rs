//! Panels: who scores, by which policy, and what their sheets come to.

use super::{Stage, Step};
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// What a new panel needs.
    pub struct NewPanel {
        /// Its name.
        pub name: String,
        /// The rubric: an identifier that ships, or a file.
        pub rubric: String,
        /// The year.
        pub year: i32,
        /// The stage; a unit's own evaluation has no panel.
        pub stage: Stage,
    }

    /// A panel in one line.
    pub struct PanelSummary {
        /// Its identifier.
        pub id: String,
        /// Its name.
        pub name: String,
        /// The rubric.
        pub rubric: String,
        /// Its title.
        pub rubric_title: String,
        /// Its edition.
        pub edition: String,
        /// The year.
        pub year: i32,
        /// The stage.
        pub stage: Stage,
    }

    /// From how many marks on how many are dropped at each end.
    pub struct TrimView {
        /// From so many marks on.
        pub from: u32,
        /// So many at each end.
        pub drop: u32,
    }

    /// The declared policy; words as in `docs/formats/panel.md`.
    pub struct PolicyView {
        /// `mean`, `trimmed`, `median` or `consensus`.
        pub method: String,
        /// What a trimmed mean drops.
        pub trim: Vec<TrimView>,
        /// `point` or `total`.
        pub per: String,
        /// `half-even` or `half-up`.
        pub rounding: String,
        /// To multiples of this.
        pub step: String,
        /// `majority`, `any` or `unanimous`.
        pub holds: String,
        /// Fewest sheets.
        pub least: u32,
        /// Steps that a mark of a point may lie from the median of the others.
        pub point_outlier: Option<u32>,
        /// The same for totals.
        pub total_outlier: Option<u32>,
        /// Indicators that part equal totals.
        pub ties: Vec<String>,
    }

    /// A member.
    pub struct PanelMember {
        /// The name.
        pub name: String,
        /// The organisation.
        pub organisation: String,
        /// Whether the member leads the panel.
        pub leader: bool,
    }

    /// Why a member keeps away from a unit.
    pub struct RecusalView {
        /// The member's name.
        pub name: String,
        /// The member's organisation.
        pub organisation: String,
        /// The unit.
        pub unit: String,
        /// Why.
        pub reason: String,
    }

    /// A state or a remark: a stable code, and its words.
    pub struct Remark {
        /// Its code, such as `own-unit`.
        pub code: String,
        /// In words.
        pub text: String,
    }

    /// A member beside a unit.
    pub struct PanelCell {
        /// Whether the sheet counts, and why not.
        pub standing: Remark,
        /// The total; none where there is no signed sheet, or where it must not be seen yet.
        pub total: Option<String>,
        /// The grade.
        pub grade: Option<String>,
        /// Whether the total was dropped (`lowest`, `highest`, `beside-middle`); empty where it counts.
        pub dropped: String,
        /// Whether the total is out of line.
        pub outlier: bool,
    }

    /// What the sheets of a unit come to.
    pub struct PanelUnit {
        /// The unit.
        pub unit: String,
        /// One for each member.
        pub cells: Vec<PanelCell>,
        /// How many sheets count.
        pub counted: u32,
        /// Highest less lowest total.
        pub spread: Option<String>,
        /// The panel's total; none while there is none.
        pub total: Option<String>,
        /// The grade, or the conclusion of a veto.
        pub grade: Option<String>,
        /// Whether a veto holds.
        pub vetoed: bool,
        /// What to look at.
        pub flags: Vec<Remark>,
    }

    /// A measure of agreement.
    pub struct AgreementMeasure {
        /// `kendall-w`, `icc2k` or `alpha`.
        pub measure: String,
        /// Its name.
        pub name: String,
        /// Three decimals; none where it cannot be reckoned.
        pub value: Option<String>,
        /// What it says, or why there is none.
        pub text: String,
    }

    /// A panel with what its sheets come to.
    pub struct PanelView {
        /// The panel.
        pub panel: PanelSummary,
        /// Its members, in the order of the cells.
        pub members: Vec<PanelMember>,
        /// Who keeps away.
        pub recusals: Vec<RecusalView>,
        /// The declared policy.
        pub policy: PolicyView,
        /// The policy in words.
        pub policy_text: String,
        /// Full marks.
        pub max: String,
        /// All units that a sheet is about.
        pub units: Vec<PanelUnit>,
        /// Assessors with sheets who are no members.
        pub strangers: Vec<Remark>,
        /// Agreement over the units that everybody scored.
        pub agreement: Vec<AgreementMeasure>,
        /// How many units that were.
        pub agreement_units: u32,
        /// Whether there is something to undo.
        pub can_undo: bool,
        /// Whether there is something to redo.
        pub can_redo: bool,
    }

    /// A member's mark in a calculation.
    pub struct CalculationMark {
        /// The member.
        pub name: String,
        /// The mark.
        pub mark: String,
        /// `counted`, `lowest`, `highest` or `beside-middle`.
        pub part: String,
    }

    /// What was agreed on, and what stood before.
    pub struct AgreedView {
        /// The agreed mark.
        pub mark: String,
        /// Why.
        pub reason: String,
        /// When.
        pub at: String,
        /// What stood before; none where members differed.
        pub before: Option<String>,
        /// The marks then, by member.
        pub given: Vec<(String, String)>,
    }

    /// How marks became one.
    pub struct Calculation {
        /// The point, or `total`.
        pub code: String,
        /// Its title.
        pub title: String,
        /// Full marks.
        pub max: String,
        /// The marks, ascending.
        pub marks: Vec<CalculationMark>,
        /// The steps, in words.
        pub steps: Vec<String>,
        /// What was agreed on.
        pub agreed: Option<AgreedView>,
        /// The mark; none while members have to agree.
        pub mark: Option<String>,
    }

    /// How members found a condition.
    pub struct PanelFinding {
        /// Its code.
        pub code: String,
        /// Its sentence.
        pub text: String,
        /// Who found it.
        pub found: Vec<String>,
        /// How many sheets counted.
        pub of: u32,
        /// Whether it holds for the panel.
        pub holds: bool,
    }

    /// A unit with every calculation.
    pub struct PanelUnitView {
        /// The panel.
        pub panel: PanelSummary,
        /// The members, in the order of the cells.
        pub members: Vec<PanelMember>,
        /// What the sheets come to.
        pub unit: PanelUnit,
        /// The totals of the sheets: the result where totals are combined.
        pub totals: Option<Calculation>,
        /// Points and adjustments, where these are combined.
        pub points: Vec<Calculation>,
        /// Conditions that a member found.
        pub findings: Vec<PanelFinding>,
        /// How the grade came about.
        pub conclusion: Vec<Step>,
    }
}
