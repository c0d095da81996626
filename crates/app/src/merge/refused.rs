//! What merging refuses, and what it points out.

use serde::Serialize;

/// Refusals of merging.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Refused {
    /// No file was named, or the folders have none.
    #[error("no files")]
    NothingGiven {},
    /// Too many files.
    #[error("more than {most} files")]
    TooMany {
        /// The most.
        most: usize,
    },
    /// Folders lie too deep in one another.
    #[error("{path}: deeper than {most}")]
    FolderDeep {
        /// The folder.
        path: String,
        /// How deep they may lie.
        most: usize,
    },
    /// A folder cannot be read.
    #[error("{path}: {detail}")]
    FolderUnreadable {
        /// The folder.
        path: String,
        /// The system's words.
        detail: String,
    },
    /// The person stopped it.
    #[error("stopped")]
    Stopped {},
    /// A workbook belongs to a sheet of a workspace.
    #[error("{path} is a workbook")]
    WorkbookAlone {
        /// The file.
        path: String,
    },
    /// A merged record that does not hold together.
    #[error("{path}:{line}: {detail}")]
    BadRecord {
        /// The file.
        path: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        detail: String,
    },
    /// A merged record of a newer program.
    #[error("{path}: format {found}")]
    NewerRecord {
        /// The file.
        path: String,
        /// Its format.
        found: u32,
    },
}

/// Something that a person should look at; nothing is decided by it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum Hint {
    /// An expert scored the unit that they belong to.
    OwnUnit { assessor: String, unit: String },
    /// It was signed before it was finalised, or in the future: clocks differ.
    ClocksDiffer { signed: String, other: String },
    /// Nobody who signed has the assessor's name.
    SignedByOther { assessor: String, signers: String },
    /// Other sheets of this unit and year have another edition.
    OtherEdition { here: String, there: String },
    /// Two units may be one.
    AlikeUnits { one: String, other: String },
    /// One name, two organisations or two keys.
    AlikeAssessors { name: String, one: String, other: String },
    /// One assessor has two sheets of one unit, year and stage.
    TwoSheets { assessor: String, unit: String },
}
