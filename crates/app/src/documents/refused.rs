//! Why a document cannot be made. The texts that people read stand in `messages/paper.toml`.

use serde::Serialize;

/// Refusals of documents.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Refused {
    /// There is no document of this name.
    #[error("no document {document}")]
    UnknownDocument {
        /// What was given.
        document: String,
        /// The documents that there are.
        known: String,
    },
    /// A document is not made in this format.
    #[error("{document} is not made as {format}")]
    FormatNotOffered {
        /// The document's title.
        document: String,
        /// What was asked for.
        format: String,
        /// The formats that it is made in.
        offered: String,
    },
    /// The catalogue is empty.
    #[error("no evidence for {unit}")]
    NoEvidence {
        /// The unit.
        unit: String,
    },
    /// No summary is written.
    #[error("no summary is written for {unit}")]
    NoSummary {
        /// The unit.
        unit: String,
    },
    /// The summary that was asked for is not written.
    #[error("the summary of {indicator} is not written")]
    SummaryUnwritten {
        /// Code and title.
        indicator: String,
        /// Codes of those that are.
        written: String,
    },
    /// The outline has no summary of this indicator.
    #[error("no summary of {indicator}")]
    UnknownSummary {
        /// What was given.
        indicator: String,
        /// Codes of those that can be written.
        known: String,
    },
    /// An indicator was named for a document that is not about one.
    #[error("{document} is not about one indicator")]
    NotByIndicator {
        /// The document's title.
        document: String,
        /// The indicator.
        indicator: String,
    },
    /// Nothing of the self-evaluation report is written.
    #[error("the report of {unit} is not written")]
    ReportUnwritten {
        /// The unit.
        unit: String,
    },
    /// A department was named for a document that is not about one.
    #[error("{document} is not about one department")]
    NotByDepartment {
        /// The document's title.
        document: String,
        /// The department.
        department: String,
    },
    /// Nothing is missing, so nobody is to be reminded.
    #[error("nothing is missing for {whose}")]
    NothingToRemind {
        /// The department, or the unit.
        whose: String,
    },
    /// Nobody was assigned.
    #[error("{rubric}: nobody is assigned")]
    NoDepartments {
        /// The rubric.
        rubric: String,
    },
    /// Every point has evidence.
    #[error("nothing is missing of {unit}")]
    NothingMissing {
        /// The unit.
        unit: String,
    },
    /// The list of problems is empty.
    #[error("no problems of {unit}")]
    NoProblems {
        /// The unit.
        unit: String,
    },
    /// The assessment has no schedule.
    #[error("no schedule for {unit}")]
    NoSchedule {
        /// The unit.
        unit: String,
    },
    /// Nothing on the sheet is scored.
    #[error("nothing is scored for {unit}")]
    NothingScored {
        /// The unit.
        unit: String,
    },
    /// The rubric is no checklist of clauses.
    #[error("{rubric} has marks")]
    NotAChecklist {
        /// The rubric.
        rubric: String,
    },
    /// Only the score sheet as PDF can be signed.
    #[error("{document} is not signed")]
    NotSigned {
        /// The document's title.
        document: String,
    },
    /// The file's ending names another format than was asked for.
    #[error("{path} is not named as {format}")]
    EndingContradicts {
        /// The file.
        path: String,
        /// What was asked for.
        format: String,
    },
    /// A document that carries no seal, at all or in this format.
    #[error("{document} as {format} carries no seal")]
    NoSeal {
        /// The document's title.
        document: String,
        /// The format.
        format: String,
    },
    /// A seal's file is no sound PNG picture.
    #[error("{path} is no sound PNG picture")]
    SealUnusable {
        /// The file.
        path: String,
    },
    /// A seal's picture is too small to be printed sharply.
    #[error("{path}: {width} × {height}")]
    SealTooSmall {
        /// The file.
        path: String,
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
        /// Fewest pixels of a side.
        least: u32,
    },
    /// A seal's picture is much longer than wide, or wider than long.
    #[error("{path}: {width} × {height}")]
    SealOblong {
        /// The file.
        path: String,
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
    },
    /// A seal's picture shows nothing (附件5: 不得出现空白印章).
    #[error("{path} shows nothing")]
    SealEmpty {
        /// The file.
        path: String,
    },
    /// A seal's picture is not red (附件5: 印章用红色).
    #[error("{path} is not red")]
    SealNotRed {
        /// The file.
        path: String,
    },
    /// A seal's picture is too large to be decoded.
    #[error("{path}: {width} × {height}")]
    SealTooLarge {
        /// The file.
        path: String,
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
        /// Most millions of pixels.
        most: u32,
    },
}

/// What a person should know of a document that can be made.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Warning {
    /// The sheet is a draft, so the document is marked as one.
    Draft,
    /// Points are not scored.
    Unscored {
        /// How many.
        count: usize,
    },
    /// Evidence that supports no point, so it stands nowhere in the catalogue.
    EvidenceUnplaced {
        /// How many pieces.
        count: usize,
    },
    /// Evidence without a time.
    EvidenceUndated {
        /// How many pieces.
        count: usize,
    },
    /// Evidence without a type.
    EvidenceUntyped {
        /// How many pieces.
        count: usize,
    },
    /// Parts of a text that are empty.
    TextEmpty {
        /// The document.
        document: String,
        /// How many parts.
        count: usize,
        /// Their titles.
        parts: String,
    },
    /// More parts of a text are empty than are named.
    TextsEmpty {
        /// The document.
        document: String,
        /// How many parts.
        count: usize,
        /// Titles of the first.
        parts: String,
        /// How many are not named.
        others: usize,
    },
    /// Headings that a person numbered like those of the outline.
    NumberRepeated {
        /// The document.
        document: String,
        /// The headings.
        headings: String,
    },
    /// References to evidence that is not in the catalogue.
    ReferenceLost {
        /// The document.
        document: String,
        /// The names.
        names: String,
    },
    /// Problems without measure, department, person or deadline.
    ProblemsUnplanned {
        /// How many.
        count: usize,
    },
    /// Problems that should be rectified and are not.
    ProblemsOverdue {
        /// How many.
        count: usize,
    },
    /// Places that lost marks and have no problem.
    DeductionsUnnoted {
        /// How many.
        count: usize,
    },
    /// A text that is longer than the source asks.
    TextLong {
        /// The document.
        document: String,
        /// 字数.
        count: u32,
        /// Most 字数.
        limit: u32,
    },
}
