//! Documents as plain models, and the format profiles that say how they look.
//!
//! Pure: no font, no file, no clock. Every text comes formatted; marks never come in as numbers. `report` prints a
//! [`Document`] as PDF or DOCX, `workbook` as XLSX, all by the same [`Profile`].

mod chart;
mod count;
mod error;
mod invisible;
mod model;
mod numerals;
mod outline;
mod profile;
mod rules;
mod score_sheet;
mod table;
mod title;
mod widths;

pub use chart::{Axis, Bar, Chart};
pub use count::words;
pub use error::Error;
pub use invisible::{is_invisible, is_joiner};
pub use model::{Block, Document, Enclosed, Form, PageCode, Seal, SignOff};
pub use numerals::{chinese, heading_number, numeral_value};
pub use outline::{heading_level, paragraphs};
pub use profile::{
    Area, ChartRules, Colour, Grid, LetterRules, PageNumber, Profile, Role, Running, ScoreSheetRules, SignOffRules,
    Size, Style, StyleName, TableRules,
};
pub use rules::{CheckRules, Clause, ClauseName, SpreadsheetRules};
pub use score_sheet::{Columns, Indicator, Other, Row as ScoreRow, RowKind, ScoreSheet};
pub use table::{Align, Cell, Paragraph, Row, Table};
pub use title::title_lines;
pub use widths::{CellText, ColumnTexts, widths};
