//! What this crate refuses.

use serde::Serialize;

/// Why a text cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unfit {
    /// It is needed and empty.
    Empty,
    /// It is too long.
    Long,
    /// It has characters that cannot be shown.
    Control,
}

impl Unfit {
    /// What is wrong with a text that may be empty: longer than `most` characters, or with control characters other
    /// than those that it `may` have.
    #[must_use]
    pub fn of(text: &str, most: usize, may: &[char]) -> Option<Self> {
        let control = |c: char| c.is_control() && !may.contains(&c);
        let long = (text.chars().count() > most).then_some(Self::Long);
        long.or_else(|| text.contains(control).then_some(Self::Control))
    }
}

/// Refusals of the life cycle and of what a person enters besides marks.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Error {
    /// A date that is not a year and a month.
    #[error("{found} is not a year and a month")]
    BadDate {
        /// What was given.
        found: String,
    },
    /// A kind of evidence outside A to E.
    #[error("{found} is not one of A to E")]
    BadKind {
        /// What was given.
        found: String,
    },
    /// A medium of evidence that there is not.
    #[error("{found} is no medium")]
    BadMedium {
        /// What was given.
        found: String,
    },
    /// A detail of evidence that no medium has.
    #[error("{key} is no detail of evidence")]
    UnknownDetail {
        /// What was given.
        key: String,
    },
    /// A time that is none.
    #[error("{found} is not a time")]
    BadTime {
        /// What was given.
        found: String,
    },
    /// A number of minutes that is none.
    #[error("{found} is not a number of minutes")]
    BadMinutes {
        /// What was given.
        found: String,
    },
    /// A text that is needed is empty, too long, or has control characters.
    #[error("{field} is unfit: {unfit:?}")]
    BadText {
        /// Which field.
        field: String,
        /// What is wrong.
        unfit: Unfit,
        /// How long it is, in characters.
        count: usize,
        /// Longest accepted, in characters.
        most: usize,
    },
    /// A year outside 2000 to 2100.
    #[error("{found} is not a year")]
    BadYear {
        /// What was given.
        found: String,
    },
    /// A stage that is not self, trial or review.
    #[error("{found} is not a stage")]
    BadStage {
        /// What was given.
        found: String,
    },
    /// A sheet that is locked was to be changed.
    #[error("sheet {sheet} is locked")]
    Locked {
        /// The sheet.
        sheet: String,
        /// Its unit.
        unit: String,
    },
    /// A sheet that is not finalised was to be reopened.
    #[error("sheet {sheet} is a draft already")]
    NotLocked {
        /// The sheet.
        sheet: String,
    },
    /// A sheet of another machine was to be reopened.
    #[error("sheet {sheet} of {assessor} came from another machine")]
    Imported {
        /// The sheet.
        sheet: String,
        /// Its assessor.
        assessor: String,
    },
    /// A draft was to be signed.
    #[error("sheet {sheet} is not finalised")]
    NotFinalised {
        /// The sheet.
        sheet: String,
    },
    /// Points or conditions are open.
    #[error("{count} open: {open}")]
    Incomplete {
        /// How many.
        count: usize,
        /// Their codes.
        open: String,
    },
    /// A verdict on evidence was to be recorded on a unit's own sheet.
    #[error("a unit does not judge its own evidence")]
    VerdictByUnit,
    /// Verdicts that need a written note and have none.
    #[error("no note for {count} verdicts: {names}")]
    VerdictNoteMissing {
        /// How many.
        count: usize,
        /// Names of the pieces.
        names: String,
    },
    /// Marks that need a written reason and have none.
    #[error("no reason for {codes}")]
    ReasonMissing {
        /// Codes of the points and adjustments.
        codes: String,
    },
    /// A quantity recorded with different values (前后数据须能对上).
    #[error("{quantity} differs: {values}")]
    Mismatch {
        /// The quantity.
        quantity: String,
        /// Each value with its places.
        values: String,
    },
    /// A day that is none.
    #[error("{found} is not a day")]
    BadDay {
        /// What was given.
        found: String,
    },
    /// A deadline for a rectification beyond one year.
    #[error("{found} is after {latest}")]
    DeadlineLate {
        /// What was given.
        found: String,
        /// The day from which the year counts.
        from: String,
        /// The last day that may be.
        latest: String,
    },
    /// A deadline for a rectification before the problem was known.
    #[error("{found} is before {first}")]
    DeadlineEarly {
        /// What was given.
        found: String,
        /// The first day that may be.
        first: String,
    },
    /// A description of a problem was to be changed that was finalised with its sheet, or comes from an earlier round.
    #[error("problem {problem} is fixed")]
    ProblemFixed {
        /// Its place and text.
        problem: String,
        /// Who noted it.
        assessor: String,
    },
    /// A list has as many problems as it can take.
    #[error("{most} problems")]
    TooManyProblems {
        /// The most.
        most: usize,
    },
    /// A sheet file from a package that cannot be read.
    #[error("sheet file: {detail}")]
    BadSheetFile {
        /// What is wrong.
        detail: String,
    },
}
