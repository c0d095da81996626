//! The workspace folder: one SQLite file, an evidence folder by SHA-256, and a lock.
//!
//! ```text
//! <workspace>/hengjian.db            WAL, synchronous=FULL, STRICT tables
//! <workspace>/evidence/ab/abcd….pdf  named by content
//! <workspace>/lock                   held while a process has the workspace open
//! <workspace>/running                there while a window is open: it says afterwards that it was ended by force
//! ```
//! The only crate that knows SQL and the evidence folder. Time and ids are arguments.

mod act;
mod assignment;
pub mod error;
mod evidence;
pub mod files;
mod ledger;
mod on_site;
mod rectification;
mod rows;
mod shelf;
mod tx;
mod workspace;
mod writing;

pub use act::{Act, Kept, Subject};
pub use error::Error;
pub use files::{Ingested, MAX_EVIDENCE_BYTES, Presence};
pub use rows::{
    AssessmentRow, EvidenceFields, EvidenceRow, IdentityRow, RevisionRow, ScheduleRow, SheetRow, WritingRow,
};
pub use shelf::{LastAudit, ParcelRow};
pub use tx::{AuditNote, Tx};
pub use workspace::Workspace;
