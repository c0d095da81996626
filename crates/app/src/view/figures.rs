//! Figures taken from tables.

use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// A sheet of a workbook of the catalogue.
    pub struct TableHeadings {
        /// Its name.
        pub sheet: String,
        /// Rows below the headings that are not blank.
        pub rows: u32,
        /// Its headings, from the left.
        pub headings: Vec<String>,
    }

    /// How a cell is compared with a value.
    pub enum RosterOp {
        /// The same text.
        Equals,
        /// Another text.
        NotEquals,
        /// The text holds the value.
        Contains,
        /// A number, the value included.
        AtLeast,
        /// A number, the value included.
        AtMost,
        /// A date of birth: more full years than the value.
        OlderThan,
        /// A date of birth: fewer full years than the value.
        YoungerThan,
    }

    /// What the cell of a column must hold to.
    pub struct RosterFilter {
        /// The heading of the column.
        pub column: String,
        /// How the cell is compared.
        pub op: RosterOp,
        /// What it is compared with.
        pub value: String,
    }

    /// A day.
    pub struct Day {
        /// Year.
        pub year: u16,
        /// Month, from 1.
        pub month: u8,
        /// Day, from 1.
        pub day: u8,
    }

    /// Which rows of a table count.
    pub struct RosterQuery {
        /// The sheet.
        pub sheet: String,
        /// The row of the headings, from 1.
        pub header_row: u32,
        /// What a row must hold to; all of them.
        pub filters: Vec<RosterFilter>,
        /// The day on which ages are counted.
        pub reference_date: Option<Day>,
    }

    /// How many rows of a table count.
    pub struct RosterCount {
        /// Rows that hold to all filters.
        pub matching: String,
        /// Rows that are not blank.
        pub rows: u32,
        /// What was counted, in words.
        pub words: String,
    }
}
