//! The log of a run as a table: what became of every file.

use crate::localise::Target;
use crate::merge::{csv, log_rows};
use crate::{Language, Result, Session};
use document::{Align, Block, Document, Form, Profile, Table};

/// Shares of the width, by column.
const WIDTHS: [f64; 11] = [60.0, 22.0, 36.0, 14.0, 14.0, 20.0, 12.0, 14.0, 26.0, 80.0, 60.0];

impl Session {
    /// Writes the log of a run as a table: a workbook where the file's name ends so, otherwise CSV.
    ///
    /// # Errors
    /// No such run; a file that is there; of the disk.
    pub fn export_import_log(&self, run: u32, target: Target<'_>) -> Result<()> {
        let rows = self.import_log(run)?;
        let is_book = target.path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
        if !is_book {
            return target.write(csv(&rows, self.language).as_bytes());
        }
        let (headings, lines) = log_rows(&rows, self.language);
        let columns: Vec<(&str, f64, Align)> =
            headings.iter().zip(WIDTHS).map(|(heading, width)| (*heading, width, Align::Left)).collect();
        let zh = self.language == Language::Zh;
        let title = if zh { format!("第{run}次收件日志") } else { format!("Log of import {run}") };
        let document = Document {
            body: vec![Block::Table(Table::plain(&columns, &lines, &title))],
            form: Form::Sheet,
            wide: true,
            title,
            ..Document::default()
        };
        target.write(&workbook::print(&document, &Profile::oucsx_2021()?)?)
    }
}
