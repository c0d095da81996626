//! Why a file cannot be checked.

use serde::Serialize;

/// A file that is not read. The texts that people read stand in `crates/app/messages/formatcheck.toml`.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Error {
    /// The disk does not give the file.
    #[error("{path}: {detail}")]
    FileUnreadable {
        /// The file.
        path: String,
        /// The system's words.
        detail: String,
    },
    /// Larger than any document that is read.
    #[error("more than {most} MB")]
    TooLarge {
        /// Most mebibytes.
        most: u64,
    },
    /// What is packed in it is larger than any document that is read.
    #[error("more than {most} MB when unpacked")]
    UnpacksTooLarge {
        /// Most mebibytes.
        most: u64,
    },
    /// A part holds more elements (cells, runs) than are read.
    #[error("a part of more than {most} elements")]
    TooLong {
        /// Most elements.
        most: usize,
    },
    /// Neither DOCX nor XLSX nor PDF.
    #[error("files of kind {extension} are not checked")]
    UnknownKind {
        /// The ending of its name.
        extension: String,
    },
    /// A file of the programs before 2007.
    #[error("an old {extension} file")]
    OldKind {
        /// The ending of its name.
        extension: String,
    },
    /// It opens only with a password.
    #[error("protected by a password")]
    Protected {},
    /// Its name promises another kind than its content has.
    #[error("named {claimed}, is {actual}")]
    Renamed {
        /// The ending of its name.
        claimed: String,
        /// The kind that the content has.
        actual: String,
    },
    /// Not well-formed.
    #[error("{detail}")]
    Damaged {
        /// What is wrong, in the reading library's words.
        detail: String,
    },
}

impl Error {
    pub(crate) fn damaged(detail: impl ToString) -> Self {
        Self::Damaged { detail: detail.to_string() }
    }
}
