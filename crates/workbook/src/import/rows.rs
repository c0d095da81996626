//! Rows of a sheet, their cells read by the kinds of their columns.

use crate::error::Error;
use crate::grid::{At, Grid, Value, cell_name};
use crate::layout::{Column, FLAGS, Kind, Sheet, Words};
use crate::mapped::{Field, Place};
use rubric::decimal;
use rubric::write::quoted;

/// A row of a sheet; of 基本信息, all of it.
pub struct Row {
    cells: Vec<Cell>,
}

/// A cell under one of our headings.
struct Cell {
    key: &'static str,
    place: Place,
    kind: Kind,
    /// The text, number or word; nothing when it is blank.
    text: String,
    /// The value as the rubric file has it.
    value: Option<String>,
}

impl Row {
    fn cell(&self, key: &str) -> &Cell {
        self.cells.iter().find(|cell| cell.key == key).expect("keys are those of the layout")
    }

    /// The text of a cell; for words that of the rubric file.
    pub fn text(&self, key: &str) -> &str {
        &self.cell(key).text
    }

    pub fn place(&self, key: &str) -> Place {
        self.cell(key).place
    }

    /// The cell of a column under a key of the rubric file.
    pub fn field(&self, key: &'static str, column: &str) -> Field {
        let cell = self.cell(column);
        Field { key, place: cell.place, value: cell.value.clone() }
    }

    /// These columns, under their own keys.
    pub fn only(&self, keys: &[&'static str]) -> Vec<Field> {
        keys.iter().map(|key| self.field(key, key)).collect()
    }

    /// All columns but these, under their own keys.
    pub fn all_but(&self, keys: &[&str]) -> Vec<Field> {
        let wanted = self.cells.iter().filter(|cell| !keys.contains(&cell.key));
        wanted.map(|cell| self.field(cell.key, cell.key)).collect()
    }

    /// A fault for each cell that is filled in, except in these columns.
    pub fn surplus_but(&self, keys: &[&str]) -> Vec<Error> {
        let surplus = self.cells.iter().filter(|cell| cell.value.is_some() && !keys.contains(&cell.key));
        surplus.map(|cell| Error::Surplus { cell: cell.place.name(), heading: cell.place.heading.to_owned() }).collect()
    }

    /// A fault when a cell is blank.
    pub fn blank(&self, key: &str) -> Option<Error> {
        let cell = self.cell(key);
        let heading = cell.place.heading.to_owned();
        cell.value.is_none().then(|| Error::Blank { cell: cell.place.name(), heading })
    }

    /// The row belongs to nothing above it.
    pub fn orphan(&self) -> Error {
        let filled = self.cells.iter().find(|cell| cell.value.is_some());
        let place = filled.or(self.cells.first()).map(|cell| cell.place.name());
        Error::Orphan { cell: place.unwrap_or_default() }
    }

    /// A cell that needs a word of its list and has none.
    pub fn no_word(&self, key: &str) -> Error {
        let cell = self.cell(key);
        match cell.kind {
            Kind::Word(words) => unknown_word(&cell.place.name(), &cell.text, words),
            _ => self.orphan(),
        }
    }
}

/// 基本信息: a heading in the first column, its value in the second.
pub fn info(grid: &Grid, faults: &mut Vec<Error>) -> Row {
    let sheet = &crate::layout::INFO;
    let headings = grid.cells.iter().filter(|((row, column), _)| *row > 0 && *column == 0);
    let headings: Vec<(At, &Value)> = headings.map(|(at, value)| (*at, value)).collect();
    let rows = find(sheet, &headings, faults);
    let places = rows.into_iter().map(|(column, (row, _))| (column, (row, 1)));
    Row { cells: places.map(|(column, at)| cell(sheet, column, at, grid, faults)).collect() }
}

/// The rows under the headings of a sheet; what stands in other columns is not ours.
pub fn table(sheet: &'static Sheet, grid: &Grid, faults: &mut Vec<Error>) -> Vec<Row> {
    let headings: Vec<(At, &Value)> =
        grid.cells.iter().filter(|((row, _), _)| *row == 0).map(|(at, value)| (*at, value)).collect();
    let columns = find(sheet, &headings, faults);
    let row = |row: u32, faults: &mut Vec<Error>| {
        let cells = columns.iter().map(|(column, (_, at))| cell(sheet, column, (row, *at), grid, faults));
        Row { cells: cells.collect() }
    };
    let is_ours = |row: &u32| *row > 0 && columns.iter().any(|(_, (_, column))| grid.cell((*row, *column)).is_some());
    let rows: Vec<u32> = grid.rows().into_iter().filter(is_ours).collect();
    rows.into_iter().map(|at| row(at, faults)).collect()
}

/// Where each heading of a sheet stands. A heading's first line counts; the English line below it does not.
fn find(sheet: &'static Sheet, cells: &[(At, &Value)], faults: &mut Vec<Error>) -> Vec<(&'static Column, At)> {
    let mut found = Vec::new();
    for column in sheet.columns {
        let is_it = |value: &Value| match value {
            Value::Text(text) => text.lines().next().is_some_and(|line| line.trim() == column.zh),
            _ => false,
        };
        let places: Vec<At> = cells.iter().filter(|(_, value)| is_it(value)).map(|(at, _)| *at).collect();
        let heading = column.zh.to_owned();
        match places.as_slice() {
            [] => faults.push(Error::MissingHeading { sheet: sheet.name.to_owned(), heading }),
            [one] => found.push((column, *one)),
            [_, second, ..] => faults.push(Error::DuplicateHeading { cell: cell_name(sheet.name, *second), heading }),
        }
    }
    found
}

fn cell(sheet: &'static Sheet, column: &'static Column, at: At, grid: &Grid, faults: &mut Vec<Error>) -> Cell {
    let place = Place { sheet: sheet.name, at, heading: column.zh };
    let read = grid.cell(at).map(|value| read(column.kind, &place.name(), value)).transpose();
    let (text, value) = match read {
        Ok(Some((text, value))) => (text, Some(value)),
        Ok(None) => (String::new(), None),
        Err(fault) => {
            faults.push(fault);
            (String::new(), None)
        }
    };
    Cell { key: column.key, place, kind: column.kind, text, value }
}

/// The text of a cell, and its value as the rubric file has it.
fn read(kind: Kind, name: &str, value: &Value) -> Result<(String, String), Error> {
    let cell = name.to_owned();
    let text = match value {
        Value::Error(found) => return Err(Error::ErrorValue { cell, found: found.clone() }),
        Value::Unvalued => return Err(Error::NoValue { cell }),
        Value::Date(day) => return Err(Error::DateCell { cell, found: day.to_string() }),
        Value::Flag(flag) if kind == Kind::Flag => return Ok((flag.to_string(), flag.to_string())),
        Value::Flag(flag) => return Err(Error::WrongKind { cell, found: flag.to_string() }),
        Value::Duration(found) => return Err(Error::WrongKind { cell, found: found.clone() }),
        Value::Number(number) if kind == Kind::Number => return calculated(cell, number),
        Value::Number(number) if number.contains('.') => {
            return Err(Error::NumberForText { cell, found: number.clone() });
        }
        Value::Number(text) | Value::Text(text) => text,
    };
    match kind {
        Kind::Text => Ok((text.clone(), quoted(text))),
        Kind::Code => code(cell, text.trim()),
        Kind::Number => number(cell, text.trim()),
        Kind::Flag => word(&cell, text.trim(), FLAGS).map(|word| (word.to_owned(), word.to_owned())),
        Kind::Word(words) => word(&cell, text.trim(), words).map(|word| {
            let is_flag = FLAGS.iter().any(|(_, flag)| *flag == word);
            (word.to_owned(), if is_flag { word.to_owned() } else { quoted(word) })
        }),
        Kind::Texts => {
            let entries: Vec<String> = text.lines().filter(|line| !line.trim().is_empty()).map(quoted).collect();
            Ok((text.clone(), format!("[{}]", entries.join(", "))))
        }
    }
}

/// A number that the spreadsheet keeps in binary: it counts when its shortest spelling is a short decimal.
fn calculated(cell: String, found: &str) -> Result<(String, String), Error> {
    const DECIMALS: usize = 6;
    if found.split_once('.').is_some_and(|(_, fraction)| fraction.len() > DECIMALS) {
        return Err(Error::Inexact { cell, found: found.to_owned() });
    }
    number(cell, found)
}

fn number(cell: String, text: &str) -> Result<(String, String), Error> {
    if let Some(number) = decimal::parse(text) {
        let shown = decimal::show(number);
        return Ok((shown.clone(), shown));
    }
    let (found, suggestion) = (text.to_owned(), half_width(text));
    if decimal::parse(&suggestion).is_some() {
        return Err(Error::FullWidth { cell, found, suggestion });
    }
    Err(Error::NotANumber { cell, found })
}

/// A code as it is; full-width digits and letters in it would be another code.
fn code(cell: String, text: &str) -> Result<(String, String), Error> {
    let is_wide = |c: char| matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '．' | '－');
    if text.contains(is_wide) {
        return Err(Error::FullWidth { cell, found: text.to_owned(), suggestion: half_width(text) });
    }
    Ok((text.to_owned(), quoted(text)))
}

fn half_width(text: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    };
    text.chars().map(narrow).collect::<String>().trim().to_owned()
}

/// The word of the rubric file; it may itself stand in the cell.
fn word(cell: &str, text: &str, words: Words) -> Result<&'static str, Error> {
    let found = words.iter().find(|(zh, of_file)| *zh == text || *of_file == text);
    found.map(|(_, of_file)| *of_file).ok_or_else(|| unknown_word(cell, text, words))
}

fn unknown_word(cell: &str, found: &str, words: Words) -> Error {
    let allowed: Vec<&str> = words.iter().map(|(zh, _)| *zh).collect();
    Error::UnknownWord { cell: cell.to_owned(), found: found.to_owned(), allowed: allowed.join("、") }
}
