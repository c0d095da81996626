//! A PostgreSQL server that offices publish to and read from. Only this machine's own is reached, or one that a tunnel
//! brings here: this crate opens no connection through a network.

mod access;
mod publish;
mod read;
mod schema;

pub use access::{Access, password_in};
pub use publish::{Publisher, Tally};
pub use read::{Moment, Reader};

use crate::Error;
use postgres::error::SqlState;

/// What a failure of the server means.
fn said(server: &str, error: &postgres::Error) -> Error {
    let server = server.to_owned();
    let Some(db) = error.as_db_error() else {
        return Error::Gone { server, done: 0, detail: innermost(error) };
    };
    let detail = db.message().to_owned();
    match db.code() {
        code if *code == SqlState::INSUFFICIENT_PRIVILEGE => Error::NotAllowed { server, detail },
        code if *code == SqlState::ADMIN_SHUTDOWN
            || *code == SqlState::CRASH_SHUTDOWN
            || *code == SqlState::CANNOT_CONNECT_NOW =>
        {
            Error::Gone { server, done: 0, detail }
        }
        _ => Error::Rejected { server, detail },
    }
}

/// The innermost cause says most.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut inner = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    inner.to_string()
}
