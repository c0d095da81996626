//! What goes wrong with files of tables and with servers.

use serde::Serialize;

/// Errors of this crate. No text of them ever holds a password.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Error {
    /// A file could not be written.
    #[error("{path}: {detail}")]
    Io {
        /// The file.
        path: String,
        /// What the system says.
        detail: String,
    },
    /// The folder has files in it.
    #[error("{path} is not empty")]
    NotEmpty {
        /// The folder.
        path: String,
    },
    /// The folder that should be replaced was not made by an export.
    #[error("{path} was not made by an export")]
    NotOurs {
        /// The folder.
        path: String,
    },
    /// A number that its column cannot hold exactly.
    #[error("{table}.{column} cannot hold {value}")]
    OutOfRange {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// The number.
        value: String,
    },
    /// The person stopped the work.
    #[error("stopped")]
    Stopped,
    /// An address that cannot be read.
    #[error("bad address: {detail}")]
    BadAddress {
        /// What is wrong with it.
        detail: String,
    },
    /// A server that is reached through a network.
    #[error("{host} is not this machine")]
    NotLocal {
        /// The host.
        host: String,
    },
    /// Nobody answers.
    #[error("{server} does not answer: {detail}")]
    Unreachable {
        /// The server.
        server: String,
        /// What the system says.
        detail: String,
    },
    /// The server does not let this user in.
    #[error("{server} refuses {user}: {detail}")]
    Refused {
        /// The server.
        server: String,
        /// The user.
        user: String,
        /// What the server says.
        detail: String,
    },
    /// The user may not do this.
    #[error("{server} does not allow: {detail}")]
    NotAllowed {
        /// The server.
        server: String,
        /// What the server says.
        detail: String,
    },
    /// The server went away in the middle.
    #[error("{server} went away after {done} pieces: {detail}")]
    Gone {
        /// The server.
        server: String,
        /// How many pieces are there for good.
        done: u64,
        /// What the system says.
        detail: String,
    },
    /// The server went away while it was read.
    #[error("{server} went away while it was read: {detail}")]
    Lost {
        /// The server.
        server: String,
        /// What the system says.
        detail: String,
    },
    /// The tables were made by a newer program.
    #[error("{server} has tables of version {found}, this program knows {known}")]
    Newer {
        /// The server.
        server: String,
        /// Version found.
        found: i32,
        /// Version that this program knows.
        known: i32,
    },
    /// Nothing was ever published there.
    #[error("{server} has no results")]
    Unpublished {
        /// The server.
        server: String,
    },
    /// The server refused something else.
    #[error("{server}: {detail}")]
    Rejected {
        /// The server.
        server: String,
        /// What the server says.
        detail: String,
    },
}

impl Error {
    pub(crate) fn io(path: &std::path::Path, error: &dyn std::fmt::Display) -> Self {
        Self::Io { path: path.display().to_string(), detail: error.to_string() }
    }
}
