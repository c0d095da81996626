//! The trace: how a score was reached, step by step, so that a person can check it by hand.

use rust_decimal::Decimal;
use serde::Serialize;

/// One step: the sentence of the source, what was found, and what that did to the mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The source's sentence that the step rests on.
    pub sentence: String,
    /// What was found.
    pub reason: Reason,
    /// What it adds or takes.
    pub amount: Option<Decimal>,
    /// The mark after this step.
    pub running: Option<Decimal>,
}

/// What was found. The texts for people are kept by the program's message catalogue, by code.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Reason {
    /// No mark yet; this is not zero.
    Unscored,
    /// Judged by degree within a range.
    Judged {
        /// The mark.
        mark: String,
        /// Full marks of the part.
        max: String,
    },
    /// The source does not say how to judge; judged by degree.
    JudgedUnstated {
        /// The mark.
        mark: String,
        /// Full marks of the part.
        max: String,
    },
    /// There is what is asked for.
    Present,
    /// There is not.
    Absent,
    /// A mark within a band.
    InBand {
        /// The mark.
        mark: String,
        /// Lower bound.
        from: String,
        /// Upper bound.
        to: String,
    },
    /// A mark entered directly, for the point as a whole.
    Direct {
        /// The mark.
        mark: String,
    },
    /// The sum of the parts was clamped to 0..max.
    Clamped {
        /// The sum.
        sum: String,
    },
    /// The sum of what stands below an indicator.
    Sum {
        /// How many points are scored.
        scored: usize,
        /// How many there are.
        points: usize,
    },
    /// A condition that was not decided; it is taken as not present.
    LimitOpen,
    /// A condition that is not present.
    LimitAbsent,
    /// A condition that takes all marks.
    LimitZero {
        /// The sum before.
        sum: String,
    },
    /// A condition that caps the sum, and the sum was above.
    LimitCap {
        /// The sum before.
        sum: String,
        /// The cap.
        cap: String,
    },
    /// A condition that caps the sum, and the sum was not above.
    LimitCapUnused {
        /// The sum before.
        sum: String,
        /// The cap.
        cap: String,
    },
    /// Points are unscored; the steps that follow count them with their highest marks.
    Provisional {
        /// How many are unscored.
        unscored: usize,
    },
    /// The total reaches a grade.
    GradeReached {
        /// The total.
        total: String,
        /// The grade.
        grade: String,
    },
    /// Few enough indicators below the line.
    FewBelow {
        /// How many.
        count: usize,
        /// How many are too many.
        limit: u32,
        /// Their codes.
        codes: String,
    },
    /// Too many indicators below the line.
    TooManyBelow {
        /// How many.
        count: usize,
        /// How many are too many.
        limit: u32,
        /// Their codes.
        codes: String,
        /// The grade that results.
        grade: String,
    },
    /// A veto that does not apply.
    VetoUnused {
        /// The indicator.
        indicator: String,
        /// Its score.
        score: String,
        /// Its full marks.
        max: String,
    },
    /// A veto that decides the conclusion.
    Vetoed {
        /// The indicator.
        indicator: String,
        /// Its score.
        score: String,
        /// Its full marks.
        max: String,
        /// The grade that results.
        grade: String,
    },
}
