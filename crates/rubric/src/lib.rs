//! What a rubric (指标体系) is: reading it from text, checking it, scoring by it.
//!
//! Pure: no file, clock, randomness or floating point. Marks are exact decimals. Every outcome carries its
//! trace, the ordered steps from the source's sentences to the mark.

#![deny(clippy::float_arithmetic)]

pub mod conclusion;
pub mod decimal;
pub mod diff;
pub mod digest;
pub mod error;
pub mod finding;
pub mod formula;
pub mod legal;
pub mod local;
pub mod loss;
pub mod model;
pub mod nesting;
mod point;
mod quantities;
mod read;
pub mod schema;
pub mod score;
pub mod trace;
pub mod unchanged;
pub mod whatif;
pub mod write;

pub use diff::{Change, diff};
pub use digest::Digest;
pub use error::{MarkError, ReadError};
pub use finding::{Conformity, Counted, EntryFinding, Finding, Findings, Measured, PartFinding};
pub use local::{LocalChanges, LocalError, derive};
pub use loss::{Loss, LossKind, losses};
pub use model::Rubric;
pub use score::{Outcome, score};
pub use trace::{Reason, Step};
pub use whatif::{WhatIf, what_if};
