//! Figures from tables: a quantity taken from a list of names that is attached as evidence, with the mapping in the
//! trace (前后数据须能对上: the figure then follows from the unit's own list).

use crate::refusal::Refusal;
use crate::view::{RosterCount, RosterOp, RosterQuery, SheetState, TableHeadings};
use crate::{Language, Result, Session, marks};
use assessment::Figure;
use store::EvidenceRow;
use workbook::roster::{self, Filter, Op, Query};

impl Session {
    /// The sheets of a workbook of the catalogue, with the headings in a row (from 1).
    ///
    /// # Errors
    /// Unknown sheet or piece; a file that is not there or is no workbook.
    pub fn table_headings(&mut self, sheet: &str, item: &str, header_row: u32) -> Result<Vec<TableHeadings>> {
        let (row, bytes) = self.workbook(sheet, item)?;
        let all = roster::headers(&bytes, &row.file_name, header_row)?;
        let shown = all.into_iter().filter(|one| !one.hidden);
        Ok(shown.map(|one| TableHeadings { sheet: one.sheet, rows: one.rows, headings: one.headings }).collect())
    }

    /// Counts the rows of a table of the catalogue.
    ///
    /// # Errors
    /// Unknown sheet or piece; a file that is not there or is no workbook; a cell that decides and cannot be read.
    pub fn count_rows(&mut self, sheet: &str, item: &str, query: &RosterQuery) -> Result<RosterCount> {
        let (row, bytes) = self.workbook(sheet, item)?;
        let counted = roster::count(&bytes, &row.file_name, &read(query))?;
        let words = match self.language {
            Language::Zh => counted.zh,
            Language::En => counted.en,
        };
        Ok(RosterCount { matching: counted.matching.to_string(), rows: counted.all, words })
    }

    /// Records a quantity as the number of rows of a table of the catalogue that hold to a query; the trace says how,
    /// in Chinese as the documents are, with the beginning of the file's digest.
    ///
    /// # Errors
    /// As for [`Self::count_rows`] and [`Self::set_quantity`]. The old number stays.
    pub fn set_quantity_from_table(
        &mut self,
        sheet: &str,
        code: &str,
        name: &str,
        item: &str,
        query: &RosterQuery,
    ) -> Result<SheetState> {
        let (piece, bytes) = self.workbook(sheet, item)?;
        let counted = roster::count(&bytes, &piece.file_name, &read(query))?;
        let digest = piece.sha256.get(..8).unwrap_or(&piece.sha256).to_owned();
        let source = Some(format!("{}，SHA-256 {digest}…", counted.zh));
        let row = self.sheet(sheet)?;
        let rubric = self.rubric_of(&row)?;
        let figure = Figure { value: counted.matching.to_string(), source };
        let entry = marks::quantity_entry(&rubric, code, name, Some(figure))?;
        self.enter(&row, &[entry])?;
        self.state(&row.id)
    }

    /// A piece of the catalogue and its content, which is the one that was attached.
    fn workbook(&mut self, sheet: &str, item: &str) -> Result<(EvidenceRow, Vec<u8>)> {
        let (row, path) = self.sound_file(sheet, item)?;
        let unreadable = |error: std::io::Error| Refusal::FileUnreadable {
            path: path.display().to_string(),
            detail: error.to_string(),
        };
        if row.size > u64::try_from(workbook::MOST_BYTES).unwrap_or(u64::MAX) {
            return Err(workbook::Error::TooLarge { most: workbook::MOST_BYTES >> 20 }.into());
        }
        let bytes = std::fs::read(&path).map_err(unreadable)?;
        Ok((row, bytes))
    }
}

/// The query as the workbook crate takes it.
fn read(query: &RosterQuery) -> Query {
    let filter = |filter: &crate::view::RosterFilter| Filter {
        column: filter.column.clone(),
        op: op(&filter.op),
        value: filter.value.clone(),
    };
    Query {
        sheet: Some(query.sheet.clone()),
        header_row: query.header_row,
        filters: query.filters.iter().map(filter).collect(),
        reference_date: query.reference_date.as_ref().map(|date| (date.year, date.month, date.day)),
    }
}

fn op(op: &RosterOp) -> Op {
    match op {
        RosterOp::Equals => Op::Equals,
        RosterOp::NotEquals => Op::NotEquals,
        RosterOp::Contains => Op::Contains,
        RosterOp::AtLeast => Op::AtLeast,
        RosterOp::AtMost => Op::AtMost,
        RosterOp::OlderThan => Op::OlderThan,
        RosterOp::YoungerThan => Op::YoungerThan,
    }
}
