//! The beginnings of the sheets of a workbook as text, for whoever only wants to look at it.

use crate::error::Error;
use crate::grid::{Book, Value};

/// A sheet as it is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Glance {
    /// Its name.
    pub name: String,
    /// Its rows from the first, with blank ones between.
    pub rows: Vec<Vec<String>>,
    /// Whether there is more than is shown.
    pub more: bool,
}

/// The sheets of an `.xlsx` that are not hidden, so many rows and columns of each; and whether there are more sheets.
///
/// # Errors
/// A file that cannot be read, is protected, or goes beyond the bounds of what is unpacked.
pub fn glance(bytes: &[u8], sheets: usize, rows: u32, columns: u32) -> Result<(Vec<Glance>, bool), Error> {
    let mut book = Book::open(bytes, "look.xlsx")?;
    let seen: Vec<String> = book.names.iter().filter(|(_, hidden)| !hidden).map(|(name, _)| name.clone()).collect();
    let mut found = Vec::new();
    for name in seen.iter().take(sheets) {
        let (grid, more) = book.beginning(name, rows, columns)?;
        let mut shown: Vec<Vec<String>> = Vec::new();
        for ((row, column), value) in grid.cells {
            let at = |index: u32| usize::try_from(index).unwrap_or(usize::MAX);
            shown.resize_with(shown.len().max(at(row) + 1), Vec::new);
            if let Some(cells) = shown.last_mut() {
                cells.resize_with(at(column), String::new);
                cells.push(text(value));
            }
        }
        found.push(Glance { name: name.clone(), rows: shown, more });
    }
    Ok((found, seen.len() > sheets))
}

fn text(value: Value) -> String {
    match value {
        Value::Text(text) | Value::Number(text) | Value::Error(text) | Value::Duration(text) => text,
        Value::Date(day) => day.to_string(),
        Value::Flag(flag) => flag.to_string().to_uppercase(),
        Value::Unvalued => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::{Workbook, Worksheet};

    fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
        let mut book = Workbook::new();
        fill(book.add_worksheet());
        book.add_worksheet().set_name("隐藏").unwrap().set_hidden(true);
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn sheets_are_seen_as_text_within_bounds() {
        let bytes = workbook(|sheet| {
            sheet.write(0, 0, "姓名").unwrap().write(0, 2, "人数").unwrap().write(2, 2, 12.5).unwrap();
        });
        let (sheets, more) = glance(&bytes, 5, 10, 10).unwrap();
        assert_eq!((sheets.len(), more), (1, false));
        let rows = [vec!["姓名", "", "人数"], vec![], vec!["", "", "12.5"]];
        assert_eq!(sheets[0].rows, rows);
        assert!(!sheets[0].more);
    }

    #[test]
    fn a_million_cells_are_cut_and_say_so() {
        let bytes = workbook(|sheet| {
            for row in 0..10_000 {
                for column in 0..100 {
                    sheet.write(row, column, row).unwrap();
                }
            }
        });
        let (sheets, _) = glance(&bytes, 5, 500, 40).unwrap();
        assert_eq!((sheets[0].rows.len(), sheets[0].rows[499].len(), sheets[0].more), (500, 40, true));
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        assert!(matches!(glance(b"PK\x03\x04 broken", 1, 1, 1), Err(Error::Unreadable { .. })));
    }
}
