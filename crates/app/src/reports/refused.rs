//! Why a report cannot be made, and what to know of one. The texts that people read stand in `messages/reports.toml`.

use serde::Serialize;

/// Refusals of reports.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Refused {
    /// There is no report of this name.
    #[error("no report {report}")]
    UnknownReport {
        /// What was given.
        report: String,
        /// The reports that there are.
        known: String,
    },
    /// A report is not made in this format.
    #[error("{report} is not made as {format}")]
    FormatNotOffered {
        /// The report's title.
        report: String,
        /// What was asked for.
        format: String,
        /// The formats that it is made in.
        offered: String,
    },
    /// A report about one unit needs its name.
    #[error("{report} is about one unit")]
    UnitNeeded {
        /// The report's title.
        report: String,
    },
    /// A unit was named for a report about all of them.
    #[error("{report} is not about one unit")]
    NotByUnit {
        /// The report's title.
        report: String,
        /// The unit.
        unit: String,
    },
    /// No sheet is about any unit.
    #[error("{panel} has no sheets")]
    NoSheets {
        /// The panel.
        panel: String,
    },
    /// No unit has a result.
    #[error("{panel} has no results")]
    NoResults {
        /// The panel.
        panel: String,
    },
    /// The unit has no result yet.
    #[error("{unit} has no result: {why}")]
    NoResult {
        /// The unit.
        unit: String,
        /// What is missing.
        why: String,
    },
    /// Nothing was lost and no evidence was doubted.
    #[error("{unit} has no problems")]
    NoProblems {
        /// The unit.
        unit: String,
    },
    /// No text of reports stands there.
    #[error("no text {place}")]
    UnknownPlace {
        /// What was given.
        place: String,
        /// The places that there are.
        known: String,
    },
    /// None of the reports is made in any of the formats.
    #[error("nothing to make")]
    NothingToMake {},
    /// A file that is no list of problems of an office.
    #[error("{path} is no list of problems: {detail}")]
    NoList {
        /// The file.
        path: String,
        /// What is wrong.
        detail: String,
    },
    /// A list of problems of another unit, year or rubric.
    #[error("problems of {unit} {year}, not of {own}")]
    OtherAssessment {
        /// Whose they are.
        unit: String,
        /// Their year.
        year: String,
        /// Unit and year of the sheet.
        own: String,
    },
    /// A document that carries no seal, at all or in this format.
    #[error("{report} as {format} carries no seal")]
    NoSeal {
        /// The report's title.
        report: String,
        /// The format.
        format: String,
    },
}

/// What a person should know of a report that can be made.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Warning {
    /// Units without a result.
    Unranked {
        /// How many.
        count: usize,
        /// Their names, the first ones.
        units: String,
    },
    /// Nobody is named who issues it.
    NoOrganisation {},
    /// Nobody leads the panel.
    NoLeader {},
    /// Texts were written over data that have changed since.
    TextStale {
        /// How many.
        count: usize,
        /// Their titles.
        texts: String,
    },
    /// Things to look at before the result stands.
    Flagged {
        /// How many.
        count: usize,
        /// What they say.
        flags: String,
    },
    /// No day until which problems are to be rectified.
    NoDeadline {},
}
