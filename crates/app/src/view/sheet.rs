//! A sheet while it is being scored.

use super::{EvidenceItem, MediumView, OutcomeView, PeriodView, RubricView, Step, VerdictState};
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// Stage of an assessment.
    pub enum Stage {
        /// 自评
        #[serde(rename = "self")]
        SelfEvaluation,
        /// 试评
        Trial,
        /// 复评
        Review,
    }

    /// Phase of a sheet's life.
    pub enum SheetPhase {
        /// 草稿
        Draft,
        /// 已定稿
        Finalised,
        /// 已签名
        Signed,
        /// 已被后一版取代
        Superseded,
    }

    /// One achievement as recorded.
    pub struct EntryView {
        /// Index of its kind, from 0.
        pub item: u32,
        /// What it is.
        pub title: String,
        /// Its base.
        pub base: String,
    }

    /// A quantity as recorded at one place.
    pub struct FigureState {
        /// The quantity.
        pub name: String,
        /// Its value; absent while it is not recorded here.
        pub value: Option<String>,
        /// What other places recorded, when they agree and this one has nothing.
        pub elsewhere: Option<String>,
        /// How a table gave it.
        pub source: Option<String>,
    }

    /// What is entered for an adjustment.
    pub struct AdjustmentState {
        /// Its code.
        pub code: String,
        /// The findings for its parts; absent where there is none.
        pub parts: Vec<Option<PartEntry>>,
        /// Quantities.
        pub quantities: Vec<FigureState>,
        /// The remark, which is also the reason.
        pub remark: String,
        /// Whether a reason is needed and missing.
        pub needs_reason: bool,
        /// What it adds or takes; absent while nothing is decided.
        pub amount: Option<String>,
        /// How the amount was reached.
        pub trace: Vec<Step>,
    }

    /// Everything for the scoring desk.
    pub struct Desk {
        /// The rubric.
        pub rubric: RubricView,
        /// What is entered and what follows.
        pub state: SheetState,
        /// The catalogue.
        pub evidence: Vec<EvidenceItem>,
        /// What is asked of each medium of evidence.
        pub media: Vec<MediumView>,
        /// The years that evidence is taken from, where the rubric says so.
        pub period: Option<PeriodView>,
    }

    /// What is entered on a sheet and what follows from it.
    pub struct SheetState {
        /// The sheet.
        pub id: String,
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
        /// From 1.
        pub revision: u32,
        /// The phase.
        pub phase: SheetPhase,
        /// Time of the last change, local, `22:05:41`.
        pub saved_at: String,
        /// Whether there is a change to undo.
        pub can_undo: bool,
        /// Whether there is a change to redo.
        pub can_redo: bool,
        /// The point or adjustment that was changed last.
        pub last_point: Option<String>,
        /// What differs from the sheet that this one follows, where there is one.
        pub difference: Option<Difference>,
        /// In the order of the source.
        pub points: Vec<PointState>,
        /// In the order of the source: of points and indicators, then of adjustments.
        pub limits: Vec<LimitState>,
        /// In the order of the source.
        pub adjustments: Vec<AdjustmentState>,
        /// Quantities recorded for conditions over indicators, by indicator code.
        pub indicator_quantities: Vec<IndicatorFigures>,
        /// What follows.
        pub outcome: OutcomeView,
        /// Points without a mark and conditions without a decision.
        pub open: Vec<String>,
        /// What the expert found of pieces of evidence, in the order of the catalogue.
        pub verdicts: Vec<VerdictState>,
        /// SHA-256 of the sheet file, once finalised.
        pub digest: Option<String>,
    }

    /// What differs from the sheet that this one follows.
    pub struct Difference {
        /// The revision that it was compared with; without one, the unit's own evaluation.
        pub revision: Option<u32>,
        /// Points, conditions and adjustments.
        pub codes: Vec<String>,
    }

    /// Quantities recorded for the conditions over an indicator.
    pub struct IndicatorFigures {
        /// Its code.
        pub code: String,
        /// The quantities.
        pub quantities: Vec<FigureState>,
    }

    /// What is entered for a point.
    pub struct PointState {
        /// Its code.
        pub code: String,
        /// The mark that counts, entered or derived; absent while unscored.
        pub mark: Option<String>,
        /// The mark that was entered for the point as a whole.
        pub entered: Option<String>,
        /// The mark that follows from the findings.
        pub derived: Option<String>,
        /// The findings for its parts; absent where there is none.
        pub parts: Vec<Option<PartEntry>>,
        /// Quantities.
        pub quantities: Vec<FigureState>,
        /// What is still missing, in words.
        pub missing: Vec<String>,
        /// Whether a reason is needed and missing.
        pub needs_reason: bool,
        /// The remark.
        pub remark: String,
        /// Whether it is doubtful.
        pub doubt: bool,
        /// How many files of the unit support it; those that the expert refuted do not.
        pub evidence: u32,
        /// The unit's own mark, beside a review.
        pub reference: Option<String>,
        /// The unit's own remark, beside a review.
        pub reference_remark: Option<String>,
    }

    /// What is decided for a condition.
    pub struct LimitState {
        /// Its code.
        pub code: String,
        /// Whether it is present; absent while undecided.
        pub present: Option<bool>,
        /// Whether quantities decided it.
        pub measured: bool,
    }

    /// One entry of a sheet, as it is kept.
    pub struct RecordedEntry {
        /// `mark`, `part`, `quantity`, `condition`, `remark` or `doubt`.
        pub kind: String,
        /// Its code; the number of a part or the name of a quantity follows after `#`.
        pub code: String,
        /// Its value.
        pub value: String,
    }
}

/// A finding for one part, as the faces send and show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum PartEntry {
    /// A mark or an amount.
    Mark {
        /// The mark.
        mark: String,
    },
    /// Yes or no.
    Met {
        /// Whether it is so.
        met: bool,
    },
    /// What was counted.
    Count {
        /// Indices of the listed items, from 0.
        items: Vec<u32>,
        /// How many besides them.
        more: u32,
    },
    /// Achievements.
    Entries {
        /// Each of them.
        entries: Vec<EntryView>,
    },
    /// How far a clause is met: 符合, 部分符合, 不符合 or 不适用.
    Conform {
        /// The statement.
        conformity: String,
    },
}
