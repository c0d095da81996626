//! From a rubric to a workbook, and the empty template.

mod lines;
mod sheet;

pub use sheet::{body, set_up};

use crate::error::{CellFault, Error};
use crate::grid::{MOST_ROWS, cell_name};
use crate::guide;
use crate::import::import;
use crate::layout::{self, Sheet};
use lines::Line;
use rubric::Rubric;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

/// Most characters of a cell, in UTF-16 units.
const MOST_CHARACTERS: usize = 32_767;

/// Rows that the template prepares on each sheet.
const PREPARED_ROWS: u32 = 2_000;

/// The workbook of a rubric (`.xlsx`). The same rubric gives the same bytes.
///
/// # Errors
/// A text that no cell can hold, more rows than are read, and whatever else would not read back as the same rubric.
pub fn export(rubric: &Rubric) -> Result<Vec<u8>, Error> {
    let info = lines::info(rubric);
    let tables = lines::tables(rubric);
    check(&layout::INFO, std::slice::from_ref(&info))?;
    for (sheet, lines) in &tables {
        check(sheet, lines)?;
    }
    let failed = |detail: String| Error::NotExact { name: rubric.id.clone(), detail };
    let bytes = workbook(&info, &tables).map_err(|error| failed(error.to_string()))?;
    let mut back = import(&bytes, "x.xlsx").map_err(|faults| failed(first(&faults)))?.rubric;
    back.digest = rubric.digest.clone();
    if back == *rubric { Ok(bytes) } else { Err(failed(difference(&back, rubric))) }
}

/// The empty workbook, with instructions and drop-down lists (`.xlsx`).
#[must_use]
pub fn template() -> Vec<u8> {
    let tables: Vec<(&'static Sheet, Vec<Line>)> = layout::TABLES.map(|sheet| (sheet, Vec::new())).into();
    workbook(&lines::empty_info(), &tables).expect("the layout is part of the program and tested")
}

fn first(faults: &[CellFault]) -> String {
    match faults.first() {
        Some(CellFault::Book(error)) => error.to_string(),
        Some(CellFault::Rubric { cell, fault, .. }) => format!("{cell}: {fault}"),
        None => String::new(),
    }
}

/// The first line of the file in which two rubrics differ.
fn difference(back: &Rubric, rubric: &Rubric) -> String {
    let (back, rubric) = (back.to_toml(), rubric.to_toml());
    let pair = rubric.lines().zip(back.lines()).find(|(wanted, found)| wanted != found);
    pair.map_or_else(String::new, |(wanted, found)| format!("{wanted} / {found}"))
}

/// What a sheet cannot hold.
fn check(sheet: &Sheet, lines: &[Line]) -> Result<(), Error> {
    let rows = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    if rows >= MOST_ROWS {
        return Err(Error::TooManyRows { sheet: sheet.name.to_owned(), most: MOST_ROWS });
    }
    for (row, line) in (1..).zip(lines) {
        for (key, text) in &line.cells {
            check_text(text, || cell_name(sheet.name, (row, sheet.at(key).into())))?;
        }
    }
    Ok(())
}

/// Refuses a text that no cell can hold.
pub fn check_text(text: &str, cell: impl FnOnce() -> String) -> Result<(), Error> {
    if text.encode_utf16().count() > MOST_CHARACTERS {
        return Err(Error::TextTooLong { cell: cell(), most: MOST_CHARACTERS });
    }
    Ok(())
}

/// Properties with a fixed time: the same content gives the same bytes.
pub fn fixed_properties() -> Result<DocProperties, XlsxError> {
    Ok(DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2021, 1, 1)?))
}

fn workbook(info: &Line, tables: &[(&'static Sheet, Vec<Line>)]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&fixed_properties()?);
    guide::write(book.add_worksheet())?;
    sheet::info(book.add_worksheet(), info)?;
    for (layout, lines) in tables {
        sheet::table(book.add_worksheet(), layout, lines)?;
    }
    book.save_to_buffer()
}
