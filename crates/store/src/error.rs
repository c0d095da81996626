//! What can go wrong with a workspace and its files.

use serde::Serialize;
use std::io;
use std::path::Path;

/// Failures of the store. Whatever fails leaves everything as it was.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Error {
    /// The disk is full.
    #[error("disk full at {path}")]
    DiskFull {
        /// Where.
        path: String,
    },
    /// The workspace cannot be written.
    #[error("{path} is read-only")]
    ReadOnly {
        /// Where.
        path: String,
    },
    /// Another process has the workspace open.
    #[error("{path} is in use")]
    InUse {
        /// The workspace.
        path: String,
    },
    /// Written by a newer program.
    #[error("{path} has schema {found}, known {known}")]
    NewerStore {
        /// The database.
        path: String,
        /// Its version.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// Not a database of this program, or damaged.
    #[error("{path}: {detail}")]
    Damaged {
        /// The database.
        path: String,
        /// SQLite's words.
        detail: String,
    },
    /// A file or folder operation failed in another way.
    #[error("{path}: {detail}")]
    Io {
        /// Where.
        path: String,
        /// The system's words.
        detail: String,
    },
    /// A file to attach does not exist.
    #[error("{path} does not exist")]
    FileMissing {
        /// The file.
        path: String,
    },
    /// A file to attach cannot be read.
    #[error("{path} cannot be read: {detail}")]
    FileUnreadable {
        /// The file.
        path: String,
        /// The system's words.
        detail: String,
    },
    /// A file ended earlier or later than it should while it was copied.
    #[error("{path} has {found} bytes, {expected} were expected")]
    FileShifted {
        /// The file.
        path: String,
        /// How many bytes it had when the copy began.
        expected: u64,
        /// How many came.
        found: u64,
    },
    /// There is no room for a file to attach.
    #[error("no room for {path} in {folder}")]
    NoRoom {
        /// The file.
        path: String,
        /// The workspace that it was to go to.
        folder: String,
    },
    /// A file to attach is empty.
    #[error("{path} is empty")]
    FileEmpty {
        /// The file.
        path: String,
    },
    /// A file to attach is larger than allowed.
    #[error("{path} has {size}, at most {most}")]
    FileTooLarge {
        /// The file.
        path: String,
        /// Its size in MiB.
        size: u64,
        /// The most, in MiB.
        most: u64,
    },
    /// A folder or device was given where a file is needed.
    #[error("{path} is not a file")]
    NotAFile {
        /// What was given.
        path: String,
    },
    /// The person stopped it.
    #[error("cancelled at {path}")]
    Cancelled {
        /// The file in work.
        path: String,
    },
    /// Copied bytes do not have the expected digest.
    #[error("{path}: expected {expected}, found {found}")]
    WrongDigest {
        /// The file.
        path: String,
        /// Expected SHA-256.
        expected: String,
        /// Found SHA-256.
        found: String,
    },
    /// No sheet has this id.
    #[error("no sheet {sheet}")]
    UnknownSheet {
        /// What was given.
        sheet: String,
    },
    /// The sheet was taken off the list.
    #[error("sheet {sheet} was removed")]
    RemovedSheet {
        /// The sheet.
        sheet: String,
        /// Its unit.
        unit: String,
    },
    /// The beginning of an id fits several sheets.
    #[error("{sheet} fits {count} sheets")]
    AmbiguousSheet {
        /// What was given.
        sheet: String,
        /// How many fit.
        count: usize,
    },
    /// No piece of evidence has this id.
    #[error("no evidence {item}")]
    UnknownEvidence {
        /// What was given.
        item: String,
    },
    /// No identity has this fingerprint or name.
    #[error("no identity {identity}")]
    UnknownIdentity {
        /// What was given.
        identity: String,
    },
}

impl Error {
    /// A failure of the file system.
    #[must_use]
    pub fn io(path: &Path, error: &io::Error) -> Self {
        let path = path.display().to_string();
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path },
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Self::ReadOnly { path },
            _ => Self::Io { path, detail: error.to_string() },
        }
    }

    /// A failure of SQLite.
    pub(crate) fn sql(path: &Path, error: &rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let (path, detail) = (path.display().to_string(), error.to_string());
        match error.sqlite_error_code() {
            Some(Code::DiskFull) => Self::DiskFull { path },
            Some(Code::ReadOnly | Code::PermissionDenied) => Self::ReadOnly { path },
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::InUse { path },
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::Damaged { path, detail },
            _ => Self::Io { path, detail },
        }
    }
}
