//! Sheets (打分表), findings, evidence references and their life cycle.
//!
//! Pure: time and ids are arguments; nothing here reads a file or a clock.

#![deny(clippy::float_arithmetic)]

pub mod agreement;
pub mod assignment;
pub mod carried;
pub mod distribute;
pub mod error;
pub mod evidence;
pub mod exchange;
pub mod input;
pub mod mask;
pub mod merge;
pub mod on_site;
pub mod panel;
pub mod receipt;
pub mod record;
pub mod rectification;
pub mod results;
pub mod schedule;
pub mod sheet;
pub mod verdict;

pub use assignment::{Assigned, Assignment, AssignmentEntry, AssignmentKind};
pub use carried::Carried;
pub use error::{Error, Unfit};
pub use evidence::{EvidenceDate, EvidenceKind, Medium, Photo};
pub use input::Input;
pub use record::{Entry, EntryKind, Figure, Records};
pub use schedule::{Period, ScheduleState, Standing};
pub use sheet::{Phase, Stage};
pub use verdict::{Judgement, Verdict};
