//! Tables: columns, a header that is repeated, cells that span rows and columns.

use crate::StyleName;

/// Where a line stands in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Flush left, full lines stretched to the column's width within the profile's limit.
    Prose,
    /// Flush left.
    Left,
    /// Centred.
    Centre,
}

/// A piece of a cell's text in one style.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// A line feed begins a new line.
    pub text: String,
    /// How it is set.
    pub style: StyleName,
    /// Where its lines stand.
    pub align: Align,
    /// Left out where the cell goes on after a page break.
    pub once: bool,
}

impl Paragraph {
    /// A paragraph that is repeated where its cell goes on.
    #[must_use]
    pub fn new(text: &str, style: StyleName, align: Align) -> Paragraph {
        Paragraph { text: text.to_owned(), style, align, once: false }
    }
}

/// A cell, in the row where it begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Its first column, counted from 0.
    pub column: usize,
    /// Columns that it spans, at least 1.
    pub columns: usize,
    /// Rows that it spans, at least 1.
    pub rows: usize,
    /// Its texts from the top.
    pub paragraphs: Vec<Paragraph>,
    /// Names the cell in an error.
    pub place: String,
    /// Level and title of a bookmark to the cell.
    pub bookmark: Option<(usize, String)>,
}

impl Cell {
    /// A cell of one row and one column with one paragraph.
    #[must_use]
    pub fn of(column: usize, text: &str, style: StyleName, align: Align, place: &str) -> Cell {
        let paragraphs = vec![Paragraph::new(text, style, align)];
        Cell { column, columns: 1, rows: 1, paragraphs, place: place.to_owned(), bookmark: None }
    }

    /// Its texts, each on its line.
    #[must_use]
    pub fn text(&self) -> String {
        self.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect::<Vec<_>>().join("\n")
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// The cells that begin in this row, by column.
    pub cells: Vec<Cell>,
    /// The row stands on the same page as the row before.
    pub tied: bool,
}

/// A table as wide as the core.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Above the table, e.g. 表1 学生情况统计表; none when the document's title says it.
    pub caption: Option<String>,
    /// Widths of the columns as shares of their sum.
    pub columns: Vec<f64>,
    /// The header row (表头), printed again on every page.
    pub header: Vec<Cell>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Rows are at least this high, in points; 0 when their text says it.
    pub least_row: f64,
}

impl Table {
    /// A plain table: each column has a title, a width, and how its cells stand; each row has one text for each column.
    #[must_use]
    pub fn plain(columns: &[(&str, f64, Align)], rows: &[Vec<String>], place: &str) -> Table {
        let header = columns.iter().enumerate();
        let header = header.map(|(at, (title, ..))| Cell::of(at, title, StyleName::TableHeader, Align::Centre, place));
        let cell = |row: usize, at: usize, text: &str| {
            Cell::of(at, text, StyleName::TableCell, columns[at].2, &format!("{place}第{}行", row + 1))
        };
        let row = |(number, texts): (usize, &Vec<String>)| {
            let cells = texts.iter().enumerate().take(columns.len());
            Row { cells: cells.map(|(at, text)| cell(number, at, text)).collect(), tied: false }
        };
        Table {
            caption: None,
            columns: columns.iter().map(|(_, width, _)| *width).collect(),
            header: header.collect(),
            rows: rows.iter().enumerate().map(row).collect(),
            least_row: 0.0,
        }
    }
}
