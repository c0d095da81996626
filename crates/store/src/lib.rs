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
mod contest;
mod drawn;
pub mod error;
mod evidence;
mod facts;
pub mod files;
mod history;
mod ledger;
mod on_site;
mod panel;
mod panel_text;
mod receipt;
mod recipients;
mod rectification;
mod results;
mod rows;
mod run;
mod shelf;
mod trust;
mod tx;
mod workspace;
mod writing;

pub use act::{Act, Kept, Subject};
pub use contest::{ContestedPackage, DecisionRow};
pub use error::Error;
pub use facts::FactsRow;
pub use files::{Ingested, MAX_EVIDENCE_BYTES, Presence};
pub use history::{FAULTS_MAXIMUM, HistoryCheck, HistoryFault, HistoryHead, HistoryRow};
pub use panel::{PanelRow, PanelSheetRow, RoundSheetRow};
pub use panel_text::PanelTextRow;
pub use receipt::{ReceiptRow, ReceivedRow};
pub use recipients::{ExchangeKeyRow, RecipientRow};
pub use rows::{
    AssessmentRow, EvidenceFields, EvidenceRow, IdentityRow, RevisionRow, ScheduleRow, SheetRow, WritingRow,
};
pub use run::{RunClash, RunEntry, RunRow};
pub use shelf::{LastAudit, ParcelRow};
pub use trust::{CertificateRow, IssuedRow, ListRow, OfficeRow, TrustedRow};
pub use tx::{AuditNote, Tx};
pub use workspace::Workspace;
