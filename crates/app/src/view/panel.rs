//! Panels: who scores, by which policy, and what their sheets come to.

use super::{Stage, Step};
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// What a new panel needs.
    pub struct NewPanel {
        /// Its name.
        pub name: String,
        /// The rubric: an identifier that ships, a file, or the digest or identifier of one that the workspace has.
        pub rubric: String,
        /// The year.
        pub year: i32,
        /// The stage; a unit's own evaluation has no panel.
        pub stage: Stage,
        /// Members to begin with.
        pub members: Vec<PanelPerson>,
    }

    /// Somebody who scores.
    pub struct PanelPerson {
        /// The name.
        pub name: String,
        /// The organisation.
        pub organisation: String,
    }

    /// An assessor with sheets of a round.
    pub struct OfferedAssessor {
        /// The name.
        pub name: String,
        /// The organisation.
        pub organisation: String,
        /// How many of the sheets are signed.
        pub signed: u32,
        /// How many are not.
        pub unsigned: u32,
        /// Whether there is a panel for the round with this person as a member.
        pub member: bool,
    }

    /// A round of the workspace that may have a panel: a rubric, a year, a stage, with what is there of it.
    pub struct PanelOffer {
        /// Digest of the rubric.
        pub rubric: String,
        /// Its identifier.
        pub rubric_id: String,
        /// Its title.
        pub rubric_title: String,
        /// Its edition.
        pub edition: String,
        /// The year.
        pub year: i32,
        /// The stage.
        pub stage: Stage,
        /// Units that a sheet is about.
        pub units: u32,
        /// Signed sheets.
        pub signed: u32,
        /// Sheets that are not signed.
        pub unsigned: u32,
        /// Who scored.
        pub assessors: Vec<OfferedAssessor>,
        /// Panels that there are for it.
        pub panels: Vec<String>,
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
        /// Whether the grade is the rubric's worst.
        pub failing: bool,
        /// Whether a mark was agreed on.
        pub agreed: bool,
        /// What to look at.
        pub flags: Vec<Remark>,
    }

    /// An indicator that equal totals may be parted by.
    pub struct PanelIndicator {
        /// Its code.
        pub code: String,
        /// Its title.
        pub title: String,
        /// 1, 2 or 3.
        pub level: u32,
    }

    /// A method together with what it may combine under the rubric.
    pub struct PolicyChoice {
        /// The method.
        pub method: String,
        /// `point`, `total` or both.
        pub per: Vec<String>,
    }

    /// How far assessors agree within a part of the rubric.
    pub struct AgreementGroup {
        /// Code of the indicator; empty for a category.
        pub code: String,
        /// Title of the indicator, or name of the category.
        pub title: String,
        /// Level of the indicator; 0 for a category.
        pub level: u32,
        /// Full marks.
        pub max: String,
        /// W, ICC and alpha.
        pub measures: Vec<AgreementMeasure>,
    }

    /// A point of a place where members differ.
    pub struct ComparedPoint {
        /// Its code.
        pub code: String,
        /// Its title.
        pub title: String,
        /// Full marks.
        pub max: String,
        /// The marks, in the order of the members.
        pub marks: Vec<Option<String>>,
        /// Whether they differ.
        pub differs: bool,
        /// What members wrote, by name.
        pub remarks: Vec<(String, String)>,
    }

    /// A place where members differ: an indicator with points, or an adjustment.
    pub struct ComparedRow {
        /// Its code.
        pub code: String,
        /// Its title.
        pub title: String,
        /// Full marks; empty for an adjustment.
        pub max: String,
        /// The scores, in the order of the members.
        pub scores: Vec<Option<String>>,
        /// How far the member's score lies from the median of the others; without a member, highest less lowest.
        pub distance: String,
        /// Its points.
        pub points: Vec<ComparedPoint>,
        /// Conditions that some found and others did not.
        pub findings: Vec<PanelFinding>,
    }

    /// Where members differ about a unit, the farthest first.
    pub struct PanelComparison {
        /// The unit.
        pub unit: String,
        /// The members, in the order of the scores.
        pub members: Vec<PanelMember>,
        /// The member whose sheet is compared with the others, by place in the members.
        pub member: Option<u32>,
        /// That member's total.
        pub total: Option<String>,
        /// The median of the others' totals.
        pub median: Option<String>,
        /// The distance of the two.
        pub distance: Option<String>,
        /// The places.
        pub rows: Vec<ComparedRow>,
        /// How many places differ besides.
        pub more: u32,
        /// What the sheets say of it.
        pub reasons: Vec<String>,
        /// A text that asks the member to explain.
        pub request: Option<String>,
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
        /// Whether somebody declared it; else it is what stands until then.
        pub declared: bool,
        /// What methods may combine under the rubric.
        pub choices: Vec<PolicyChoice>,
        /// Indicators that equal totals may be parted by.
        pub indicators: Vec<PanelIndicator>,
        /// Full marks.
        pub max: String,
        /// The rubric's step.
        pub step: String,
        /// All units that a sheet is about.
        pub units: Vec<PanelUnit>,
        /// Assessors with sheets who are no members, in words.
        pub strangers: Vec<Remark>,
        /// The same people, as members would be.
        pub others: Vec<PanelPerson>,
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
        /// What was agreed on and is the mark.
        pub agreed: Option<AgreedView>,
        /// What was agreed on and is not admitted now.
        pub refused: Option<AgreedView>,
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
