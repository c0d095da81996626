//! Conflicts: contents that claim one place, point by point, and what people decided.

use super::{MergeHint, Passphrase, Stage};
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// Where a conflict stands.
    #[derive(Copy, Eq)]
    pub enum ConflictState {
        /// Nobody has decided.
        Open,
        /// A person decided which content counts.
        Decided,
        /// A person sent all of them back to the assessor.
        Returned,
    }

    /// A conflict in one line.
    pub struct ConflictSummary {
        /// Identifier of the sheet.
        pub sheet: String,
        /// The unit.
        pub unit: String,
        /// The year.
        pub year: i32,
        /// The stage.
        pub stage: Stage,
        /// The assessor.
        pub assessor: String,
        /// The assessor's organisation.
        pub organisation: String,
        /// The revision that is claimed.
        pub revision: u32,
        /// Why the contents contend, in words.
        pub why: String,
        /// How many contents there are.
        pub sides: u32,
        /// How many points differ between them.
        pub differing: u32,
        /// Where it stands.
        pub state: ConflictState,
    }

    /// What a decision is about.
    #[derive(Copy, Eq)]
    pub enum DecisionKind {
        /// Which content of a sheet counts.
        Side,
        /// Two names of one unit.
        Unit,
        /// Two names of one person.
        Assessor,
        /// An earlier decision, which is taken back.
        Withdrawn,
    }

    /// What a person decided.
    pub struct DecisionView {
        /// SHA-256 of the signed file.
        pub digest: String,
        /// About what.
        pub kind: DecisionKind,
        /// In words.
        pub text: String,
        /// Why.
        pub reason: String,
        /// Who, with the organisation.
        pub by: String,
        /// When, local time.
        pub at: String,
        /// Whether it counts: no later decision takes it back.
        pub active: bool,
        /// The sheet that it is about.
        pub sheet: Option<String>,
    }

    /// The conflicts of a workspace, names that may be one, and all decisions.
    pub struct ConflictsView {
        /// Those that wait first.
        pub conflicts: Vec<ConflictSummary>,
        /// Names here that may be one.
        pub hints: Vec<MergeHint>,
        /// The latest first.
        pub decisions: Vec<DecisionView>,
    }

    /// What a column of a conflict is.
    #[derive(Copy, Eq)]
    pub enum SideKind {
        /// The unit's own evaluation, to compare with.
        Own,
        /// What counts here now, to compare with.
        Current,
        /// One of the contents.
        Side,
    }

    /// A column: one of the contents, or what it is compared with.
    pub struct ConflictSide {
        /// What it is.
        pub kind: SideKind,
        /// Its name, such as 甲.
        pub name: String,
        /// Digest of the content.
        pub digest: String,
        /// Its revision.
        pub revision: u32,
        /// Name of the file that brought it; empty where that is not known.
        pub file: String,
        /// Who signed.
        pub signers: String,
        /// When it was signed; empty where that is not known.
        pub signed_at: String,
        /// When it was finalised.
        pub finalised_at: String,
        /// Its total.
        pub total: String,
        /// Its grade.
        pub grade: Option<String>,
        /// Whether it counts by a decision.
        pub taken: bool,
    }

    /// A point, adjustment or condition on one of the sides.
    pub struct ConflictCell {
        /// The mark.
        pub mark: Option<String>,
        /// Of a condition: whether it was found.
        pub present: Option<bool>,
        /// The remark.
        pub remark: String,
        /// How many pieces of evidence are named.
        pub evidence: u32,
    }

    /// A point, adjustment or condition on all sides.
    pub struct ConflictLine {
        /// Its code.
        pub code: String,
        /// The source's sentence.
        pub sentence: String,
        /// Full marks; none for a condition.
        pub max: Option<String>,
        /// The marks that it can have, in words; none where another mark cannot be recorded.
        pub legal: Option<String>,
        /// Whether the contents differ.
        pub differs: bool,
        /// In the order of the sides.
        pub cells: Vec<ConflictCell>,
    }

    /// The score of an indicator on one of the sides.
    pub struct ConflictScore {
        /// The score.
        pub score: String,
        /// How it came about.
        pub trace: String,
    }

    /// An indicator in which the contents differ.
    pub struct ConflictIndicator {
        /// Its code.
        pub code: String,
        /// The source's sentence.
        pub sentence: String,
        /// Full marks.
        pub max: String,
        /// Its points and conditions.
        pub lines: Vec<ConflictLine>,
        /// In the order of the sides.
        pub scores: Vec<ConflictScore>,
    }

    /// A conflict with all sides.
    pub struct ConflictView {
        /// In one line.
        pub summary: ConflictSummary,
        /// What it is compared with, then the contents.
        pub sides: Vec<ConflictSide>,
        /// Where they differ.
        pub indicators: Vec<ConflictIndicator>,
        /// What was decided about it, the latest first.
        pub decisions: Vec<DecisionView>,
    }

    /// Another mark in place of that of the content that counts.
    pub struct OtherMark {
        /// Code of the point.
        pub code: String,
        /// The mark.
        pub mark: String,
    }

    /// What a person decides about a conflict.
    pub struct DecideSide {
        /// The sheet, by its identifier or the beginning of it.
        pub sheet: String,
        /// The content that counts, by its digest or the beginning of it; none when all go back to the assessor.
        pub take: Option<String>,
        /// Marks in place of those of that content.
        pub marks: Vec<OtherMark>,
    }

    /// Who decides, and why.
    pub struct DecidedBy {
        /// Why.
        pub reason: String,
        /// An identity of this workspace.
        pub identity: String,
        /// Opens its key; may be empty when it is open already.
        pub passphrase: Passphrase,
    }
}
