//! Rubrics, sheets and documents as workbooks for Excel, and figures counted from rosters: the only crate that knows
//! spreadsheets.
//!
//! A workbook is turned into the text of a rubric file with the cell of every line, and read by the one reader of
//! rubric files; so there is one set of rules, and its faults name cells (`指标!D17`). Numbers are written and read as
//! text: none passes through binary floating point. The format is described in `docs/formats/workbook.md`.

#![deny(clippy::float_arithmetic)]

pub mod error;
mod export;
mod glance;
mod grid;
mod guide;
mod import;
mod layout;
mod mapped;
mod merged;
pub mod people;
mod print;
pub mod roster;
pub mod score_book;
mod style;

pub use error::{CellFault, Error};
pub use export::{export, template};
pub use glance::{Glance, glance};
pub use grid::{MOST_BYTES, MOST_COLUMNS, MOST_ROWS};
pub use import::{Imported, import};
pub use merged::{Annex, Merged, MergedUnit, merged};
pub use print::print;
