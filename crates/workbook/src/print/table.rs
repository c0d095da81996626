//! A table on its sheet.

use super::section::Section;
use super::{Drawn, Page};
use crate::style::{is_kept, lines, write};
use document::{Align, Cell, Row, Table};
use rubric::decimal::parse;
use rust_xlsxwriter::{Format, FormatAlign};
use std::collections::BTreeSet;

/// Lines that one row of a sheet can hold; a longer row is laid over several.
const MOST_LINES: u32 = 24;

/// Columns under such headings hold no amounts, though they may look like numbers: 2021.09.
const NO_AMOUNTS: [&str; 6] = ["时间", "日期", "编号", "年月", "文号", "期限"];

/// The text of a cell.
pub fn text(cell: &Cell) -> String {
    let texts = cell.paragraphs.iter().map(|paragraph| paragraph.text.as_str());
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Where the rows of a table come to stand.
struct Layout {
    /// First row of the sheet of each row, and the one behind the last.
    starts: Vec<u32>,
    /// Lines of each row.
    lines: Vec<u32>,
}

impl Layout {
    fn of(table: &Table, first: u32, width: &dyn Fn(&Cell) -> u16) -> Self {
        let needed = |cell: &Cell| lines(&text(cell), width(cell));
        let alone = |row: &Row| row.cells.iter().filter(|cell| cell.rows == 1).map(needed).max().unwrap_or(1);
        let mut most: Vec<u32> = table.rows.iter().map(alone).collect();
        for (at, row) in table.rows.iter().enumerate() {
            for cell in row.cells.iter().filter(|cell| cell.rows > 1) {
                let last = (at + cell.rows).min(most.len());
                let there: u32 = most[at..last].iter().sum();
                most[last - 1] += needed(cell).saturating_sub(there);
            }
        }
        let mut starts = vec![first];
        let mut next = first;
        for lines in &most {
            next += lines.div_ceil(MOST_LINES);
            starts.push(next);
        }
        Self { starts, lines: most }
    }

    /// First and last row of the sheet for so many rows of the table.
    fn span(&self, at: usize, rows: usize) -> (u32, u32) {
        let behind = (at + rows.max(1)).min(self.starts.len() - 1);
        (self.starts[at], self.starts[behind] - 1)
    }
}

impl Page<'_> {
    pub fn table(&mut self, table: &Table, section: &Section<'_>) -> Drawn {
        self.header(table, section)?;
        let widths = self.widths.clone();
        let width = |cell: &Cell| widths.iter().skip(cell.column).take(cell.columns.max(1)).sum();
        let layout = Layout::of(table, self.row, &width);
        let texts = textual(table);
        for (at, row) in table.rows.iter().enumerate() {
            for cell in &row.cells {
                let number = cell.columns == 1 && !texts.contains(&cell.column);
                let format = aligned(self.style.cell(), cell);
                self.cell(cell, layout.span(at, cell.rows), number, &format)?;
            }
        }
        for (at, most) in layout.lines.iter().enumerate() {
            let (first, last) = layout.span(at, 1);
            let each = most.div_ceil(last - first + 1);
            for row in first..=last {
                self.style.data_row(self.sheet, row, each)?;
                self.next(each);
            }
        }
        Ok(())
    }

    fn header(&mut self, table: &Table, section: &Section<'_>) -> Drawn {
        if table.header.is_empty() {
            return Ok(());
        }
        let row = self.row;
        let mut most = 1;
        for cell in &table.header {
            let width: u16 = self.widths.iter().skip(cell.column).take(cell.columns.max(1)).sum();
            most = most.max(lines(&text(cell), width));
            self.cell(cell, (row, row), false, &self.style.header())?;
        }
        self.style.header_row(self.sheet, row, most)?;
        if section.has_one_header() && !std::mem::replace(&mut self.repeats, true) {
            self.sheet.set_repeat_rows(row, row)?;
            if section.has_one_table() {
                self.sheet.set_freeze_panes(row + 1, 0)?;
            }
        }
        self.next(most);
        Ok(())
    }

    fn cell(&mut self, cell: &Cell, (first, last): (u32, u32), number: bool, format: &Format) -> Drawn {
        let column = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
        let (left, right) = (column(cell.column), column(cell.column + cell.columns.max(1) - 1));
        let text = text(cell);
        if (first, left) != (last, right) {
            self.sheet.merge_range(first, left, last, right, &text, format)?;
        }
        write(self.sheet, (first, left), &text, number, format)
    }
}

fn aligned(format: Format, cell: &Cell) -> Format {
    let centred = cell.paragraphs.first().is_none_or(|paragraph| paragraph.align == Align::Centre);
    let format = format.set_align(if centred { FormatAlign::Center } else { FormatAlign::Left });
    // A cell that goes on over a page break is read on its first page.
    if cell.rows > 1 { format.set_align(FormatAlign::Top) } else { format }
}

/// Columns whose cells stay texts although they look like numbers: by their heading, or because one of them would be
/// spelt otherwise as a number (2021.10).
fn textual(table: &Table) -> BTreeSet<usize> {
    let headed = table.header.iter().filter(|cell| NO_AMOUNTS.iter().any(|word| text(cell).contains(word)));
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    let spelt = cells.filter(|cell| parse(&text(cell)).is_some() && !is_kept(&text(cell)));
    headed.chain(spelt).map(|cell| cell.column).collect()
}
