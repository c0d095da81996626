//! The cells of a workbook, of whatever kind of file, within bounds.

use crate::error::Error;
use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Ods, Reader, SheetVisible, Sheets, Xls, Xlsx, XlsxError};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

const MOST_MEBIBYTES: usize = 16;

/// Largest file that is read, in bytes.
pub const MOST_BYTES: usize = MOST_MEBIBYTES << 20;

/// Most rows of a sheet that is read.
pub const MOST_ROWS: u32 = 20_000;

/// Most columns of a sheet that is read.
pub const MOST_COLUMNS: u32 = 100;

/// Most mebibytes of all that is packed in a file.
const MOST_UNPACKED: u64 = 256;

/// How files begin that are no archives: old workbooks, and new ones under a password.
const COMPOUND_FILE: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text, not blank.
    Text(String),
    /// A number in its shortest spelling.
    Number(String),
    /// A date.
    Date(Day),
    /// A truth value.
    Flag(bool),
    /// An error, such as `#REF!`.
    Error(String),
    /// A duration, in whatever spelling.
    Duration(String),
    /// A formula without a value.
    Unvalued,
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Row and column, from 0.
pub type At = (u32, u32);

/// The name of a cell, as in a formula.
pub fn cell_name(sheet: &str, (row, column): At) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    let letters: String = letters.iter().rev().collect();
    format!("{sheet}!{letters}{}", row + 1)
}

/// The cells of a sheet that are not blank.
pub struct Grid {
    pub name: String,
    pub cells: BTreeMap<At, Value>,
}

impl Grid {
    pub fn cell(&self, at: At) -> Option<&Value> {
        self.cells.get(&at)
    }

    /// The rows that are not blank, in order.
    pub fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        rows
    }
}

/// An open workbook.
pub struct Book<'a> {
    sheets: Sheets<Cursor<&'a [u8]>>,
    /// Names of the worksheets, and whether they are hidden.
    pub names: Vec<(String, bool)>,
    /// Whether cells are merged over rows, where the file does not say which.
    pub merges_unknown: bool,
}

impl<'a> Book<'a> {
    /// Opens a workbook of the kind that the extension of its name says.
    pub fn open(bytes: &'a [u8], file_name: &str) -> Result<Self, Error> {
        if bytes.len() > MOST_BYTES {
            return Err(Error::TooLarge { most: MOST_MEBIBYTES });
        }
        let extension = file_name.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
        let cursor = Cursor::new(bytes);
        let mut merges_unknown = false;
        let sheets = match extension.as_str() {
            "xlsx" => {
                if !bytes.starts_with(&COMPOUND_FILE) {
                    unpack(bytes)?;
                }
                guarded(|| Xlsx::new(cursor).map(Sheets::Xlsx).map_err(|error| unreadable(error.into())))
            }
            "ods" => {
                merges_unknown = spans_rows(&unpack(bytes)?);
                guarded(|| Ods::new(cursor).map(Sheets::Ods).map_err(|error| unreadable(error.into())))
            }
            "xls" => guarded(|| Xls::new(cursor).map(Sheets::Xls).map_err(|error| unreadable(error.into()))),
            _ => Err(Error::UnknownKind { extension }),
        }?;
        let is_hidden = |sheet: &calamine::Sheet| sheet.visible != SheetVisible::Visible;
        let names = sheets.sheets_metadata().iter().map(|sheet| (sheet.name.clone(), is_hidden(sheet))).collect();
        Ok(Self { sheets, names, merges_unknown })
    }

    /// The cells of a sheet.
    pub fn grid(&mut self, name: &str) -> Result<Grid, Error> {
        let mut grid = Grid { name: name.to_owned(), cells: BTreeMap::new() };
        guarded(|| match &mut self.sheets {
            Sheets::Xlsx(xlsx) => stream(xlsx, &mut grid),
            other => copy(other, &mut grid),
        })?;
        Ok(grid)
    }

    /// The cells of the first rows and columns of a workbook that is read cell by cell, and whether there are others.
    pub fn beginning(&mut self, name: &str, rows: u32, columns: u32) -> Result<(Grid, bool), Error> {
        let mut grid = Grid { name: name.to_owned(), cells: BTreeMap::new() };
        let Sheets::Xlsx(xlsx) = &mut self.sheets else { return Ok((grid, true)) };
        let mut more = false;
        guarded(|| {
            let failed = |error: XlsxError| unreadable(error.into());
            let mut reader = xlsx.worksheet_cells_reader(name).map_err(failed)?;
            while let Some(cell) = reader.next_cell().map_err(failed)? {
                let at = cell.get_position();
                let Some(value) = value(cell.get_value().clone().into()) else { continue };
                if at.0 >= rows {
                    more = true;
                    break;
                }
                match at.1 < columns {
                    true => _ = grid.cells.insert(at, value),
                    false => more = true,
                }
            }
            Ok(())
        })?;
        Ok((grid, more))
    }

    /// Gives every cell of a merged range the value that is seen in it.
    pub fn fill_merged(&mut self, grid: &mut Grid) -> Result<(), Error> {
        let name = grid.name.as_str();
        let merged: Vec<Dimensions> = match &mut self.sheets {
            Sheets::Xlsx(xlsx) => xlsx.merge_cells_by_sheet_name(name).map_err(calamine::Error::from),
            Sheets::Xls(xls) => xls.merge_cells_by_sheet_name(name).map_err(calamine::Error::from),
            _ => Ok(Vec::new()),
        }
        .map_err(unreadable)?;
        for range in merged {
            let Some(value) = grid.cells.get(&range.start).cloned() else { continue };
            for row in range.start.0..=range.end.0.min(MOST_ROWS) {
                for column in range.start.1..=range.end.1.min(MOST_COLUMNS) {
                    grid.cells.entry((row, column)).or_insert_with(|| value.clone());
                }
            }
        }
        Ok(())
    }
}

/// Reads with a parser that panics on some damaged files: that is a damaged file, not a defect of ours.
fn guarded<T>(read: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    // What was being read is dropped with the failure, so nobody sees it half-changed.
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read));
    done.unwrap_or_else(|_| Err(Error::Unreadable { detail: "the parser gave up".to_owned() }))
}

/// Unpacks everything once, so that nothing grows without bounds later; gives the content of an OpenDocument file.
fn unpack(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let damaged = |error: zip::result::ZipError| Error::Unreadable { detail: error.to_string() };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut left = MOST_UNPACKED << 20;
    let mut content = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(damaged)?;
        let wanted = entry.name_raw() == b"content.xml";
        let mut entry = entry.take(left + 1);
        let read = if wanted {
            std::io::copy(&mut entry, &mut content)
        } else {
            std::io::copy(&mut entry, &mut std::io::sink())
        };
        let read = read.map_err(|error| Error::Unreadable { detail: error.to_string() })?;
        left = left.checked_sub(read).ok_or(Error::UnpacksTooLarge { most: MOST_UNPACKED })?;
    }
    Ok(content)
}

/// Whether a cell of an OpenDocument file spans several rows.
fn spans_rows(content: &[u8]) -> bool {
    const SPAN: &[u8] = b"table:number-rows-spanned=\"";
    let spans = content.windows(SPAN.len() + 2).filter(|window| window.starts_with(SPAN));
    spans.map(|window| &window[SPAN.len()..]).any(|value| value != b"1\"")
}

fn unreadable(error: calamine::Error) -> Error {
    use calamine::{Error as Fault, OdsError, XlsError};
    match error {
        Fault::Xlsx(XlsxError::Password) | Fault::Xls(XlsError::Password) | Fault::Ods(OdsError::Password) => {
            Error::Protected {}
        }
        other => Error::Unreadable { detail: other.to_string() },
    }
}

/// Reads cell by cell: a single cell far away must not make a sheet of millions.
fn stream(xlsx: &mut Xlsx<Cursor<&[u8]>>, grid: &mut Grid) -> Result<(), Error> {
    let failed = |error: XlsxError| unreadable(error.into());
    let mut reader = xlsx.worksheet_cells_reader(&grid.name).map_err(failed)?;
    while let Some(record) = reader.next_cell_with_formula_metadata().map_err(failed)? {
        let value = match record.value {
            DataRef::Empty => record.formula.map(|_| Value::Unvalued),
            DataRef::SharedString(text) => text_value(text),
            other => value(other.into()),
        };
        insert(grid, record.pos, value)?;
    }
    Ok(())
}

/// Takes the cells from what was read already.
fn copy<R: Reader<Cursor<B>>, B: AsRef<[u8]>>(reader: &mut R, grid: &mut Grid) -> Result<(), Error>
where
    calamine::Error: From<R::Error>,
{
    let range = reader.worksheet_range(&grid.name).map_err(|error| unreadable(error.into()))?;
    let (top, left) = range.start().unwrap_or_default();
    let mut valued = BTreeSet::new();
    for (row, column, data) in range.used_cells() {
        let at = absolute((top, left), row, column);
        valued.insert(at);
        insert(grid, at, value(data.clone()))?;
    }
    let formulas = reader.worksheet_formula(&grid.name).map_err(|error| unreadable(error.into()))?;
    let (top, left) = formulas.start().unwrap_or_default();
    for (row, column, formula) in formulas.used_cells() {
        let at = absolute((top, left), row, column);
        if !formula.is_empty() && !valued.contains(&at) {
            insert(grid, at, Some(Value::Unvalued))?;
        }
    }
    Ok(())
}

fn absolute((top, left): At, row: usize, column: usize) -> At {
    let far = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
    (top.saturating_add(far(row)), left.saturating_add(far(column)))
}

fn insert(grid: &mut Grid, at: At, value: Option<Value>) -> Result<(), Error> {
    let Some(value) = value else { return Ok(()) };
    let sheet = || grid.name.clone();
    if at.0 >= MOST_ROWS {
        return Err(Error::TooManyRows { sheet: sheet(), most: MOST_ROWS });
    }
    if at.1 >= MOST_COLUMNS {
        return Err(Error::TooManyColumns { sheet: sheet(), most: MOST_COLUMNS });
    }
    grid.cells.insert(at, value);
    Ok(())
}

fn text_value(text: &str) -> Option<Value> {
    let text = text.replace("\r\n", "\n");
    (!text.trim().is_empty()).then_some(Value::Text(text))
}

fn value(data: Data) -> Option<Value> {
    match data {
        Data::Empty => None,
        Data::String(text) => text_value(&text),
        Data::Int(number) => Some(Value::Number(number.to_string())),
        Data::Float(number) => Some(Value::Number(number.to_string())),
        Data::Bool(flag) => Some(Value::Flag(flag)),
        Data::DateTime(time) => Some(date(&time)),
        Data::DateTimeIso(text) => Some(iso_date(&text).map_or(Value::Text(text), Value::Date)),
        Data::DurationIso(text) => Some(Value::Duration(text)),
        Data::Error(error) => Some(Value::Error(error.to_string())),
    }
}

fn date(time: &ExcelDateTime) -> Value {
    if !time.is_datetime() {
        return Value::Duration(time.to_string());
    }
    let (year, month, day, ..) = time.to_ymd_hms_milli();
    Value::Date(Day { year, month, day })
}

/// A date as OpenDocument files have it, with or without a time.
fn iso_date(text: &str) -> Option<Day> {
    let date = text.split('T').next()?;
    let mut parts = date.split('-');
    let day =
        Day { year: parts.next()?.parse().ok()?, month: parts.next()?.parse().ok()?, day: parts.next()?.parse().ok()? };
    parts.next().is_none().then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_the_names_of_formulas() {
        for (at, want) in [((0, 0), "A1"), ((16, 3), "D17"), ((1, 25), "Z2"), ((1, 26), "AA2"), ((0, 99), "CV1")] {
            assert_eq!(cell_name("指标", at), format!("指标!{want}"));
        }
    }
}
