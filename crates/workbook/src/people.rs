//! The names in lists of names (名单): what stands below a heading that says 姓名.

use crate::error::Error;
use crate::grid::{Book, Grid, Value};
use std::collections::BTreeSet;

/// Headings below which names stand.
const HEADINGS: [&str; 12] = [
    "姓名",
    "名字",
    "联系人",
    "负责人",
    "责任人",
    "主持人",
    "教师姓名",
    "学生姓名",
    "主讲教师",
    "任课教师",
    "指导教师",
    "Name",
];
/// In how many rows from the top headings are looked for: titles and notes stand above them.
const HEADING_ROWS: u32 = 10;

/// Whether files of this ending are read as workbooks.
#[must_use]
pub fn is_table(extension: &str) -> bool {
    matches!(extension, "xlsx" | "xls" | "ods")
}

/// The names in all worksheets of a workbook, hidden ones as well.
///
/// # Errors
/// A file that cannot be read, or goes beyond the bounds.
pub fn names(bytes: &[u8], file_name: &str) -> Result<BTreeSet<String>, Error> {
    let mut book = Book::open(bytes, file_name)?;
    let sheets = book.names.clone();
    let mut found = BTreeSet::new();
    for (sheet, _) in sheets {
        found.extend(below_headings(&book.grid(&sheet)?));
    }
    Ok(found)
}

fn below_headings(grid: &Grid) -> Vec<String> {
    let headings: Vec<(u32, u32)> = grid
        .cells
        .iter()
        .filter(|((row, _), value)| *row < HEADING_ROWS && text(value).is_some_and(|text| is_heading(&text)))
        .map(|(at, _)| *at)
        .collect();
    let below = |(row, column): &(u32, u32)| headings.iter().any(|(head, of)| head < row && of == column);
    let cells = grid.cells.iter().filter(|(at, value)| below(at) && !text(value).is_some_and(|text| is_heading(&text)));
    cells.filter_map(|(_, value)| text(value)).filter(|name| is_name(name)).collect()
}

fn text(value: &Value) -> Option<String> {
    match value {
        // 张　三 is written with a blank to be as wide as three characters.
        Value::Text(text) => {
            let words: Vec<&str> = text.split_whitespace().collect();
            Some(words.join(if text.is_ascii() { " " } else { "" }))
        }
        _ => None,
    }
}

fn is_heading(text: &str) -> bool {
    HEADINGS.iter().any(|heading| text.eq_ignore_ascii_case(heading))
}

fn is_name(text: &str) -> bool {
    (2..=20).contains(&text.chars().count()) && !text.chars().any(|c| c.is_numeric() || c.is_control())
}
