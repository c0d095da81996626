//! Facts as tidy tables: written as CSV, Parquet or an SQLite copy, and published to a PostgreSQL server.
//!
//! This crate knows tables, cells, files of tables and database servers; it knows neither rubrics nor sheets nor the
//! workspace. What stands in the tables is decided by the caller, piece by piece, so that memory stays bounded.

mod cell;
mod csv;
mod error;
mod folder;
mod parquet;
pub mod server;
mod sqlite;
mod table;
pub mod tables;

pub use cell::{Cell, Row};
pub use csv::{begin as csv_begin, text as csv_text};
pub use error::Error;
pub use folder::{Export, Format, Written};
pub use table::{Column, Kind, Table};

/// Version of the tables; a later one may add tables and columns.
pub const FORMAT: u32 = 1;

/// The rubric and year that facts belong to; files are partitioned by them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Identifier of the rubric, such as `oucsx-2021`.
    pub rubric: String,
    /// The year.
    pub year: i32,
}

/// Facts that belong together: written together, replaced together, the same under one key.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// What it is, such as `sheet:<digest>`.
    pub key: String,
    /// Where it belongs; none for what holds for all, such as labels.
    pub part: Option<Part>,
    /// Its rows by table, without the columns `rubric` and `year`.
    pub rows: Vec<(&'static Table, Vec<Row>)>,
}

impl Piece {
    /// How many rows it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.iter().map(|(_, rows)| rows.len()).sum()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// SHA-256 over what it says: its part, tables and cells in their order.
    #[must_use]
    pub fn digest(&self) -> String {
        use sha2::{Digest as _, Sha256};
        let mut hash = Sha256::new();
        if let Some(part) = &self.part {
            hash.update(format!("{}\u{1f}{}\n", part.rubric, part.year));
        }
        for (table, rows) in &self.rows {
            hash.update(format!("{}\n", table.name));
            for row in rows {
                for cell in row {
                    cell.tell(&mut |bytes| hash.update(bytes));
                }
            }
        }
        folder::hex(&hash.finalize())
    }
}
