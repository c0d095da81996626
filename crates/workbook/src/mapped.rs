//! The text of a rubric file that knows the cell of each of its lines.

use crate::error::CellFault;
use crate::grid::{At, cell_name};
use rubric::ReadError;
use rubric::error::Fault;
use std::rc::Rc;

/// A cell, and the heading of its column.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub sheet: &'static str,
    pub at: At,
    pub heading: &'static str,
}

impl Place {
    pub fn name(&self) -> String {
        cell_name(self.sheet, self.at)
    }
}

/// A key of the rubric file and the cell where its value stands, or would stand.
#[derive(Clone, Debug)]
pub struct Field {
    pub key: &'static str,
    pub place: Place,
    /// The value as the file has it; `None` for a blank cell.
    pub value: Option<String>,
}

/// Keys of the file that have no column, but sheets or rows of their own.
const ROWS: &[(&str, &str)] = &[
    ("bands", "档"),
    ("items", "项"),
    ("parts", "规则"),
    ("steps", "换算为"),
    ("indicator", "指标"),
    ("limit", "条件"),
    ("kind", "类型"),
];

struct Line {
    place: Place,
    /// The keys of the table in which the line stands.
    keys: Rc<[Field]>,
}

/// The text as far as it is written.
#[derive(Default)]
pub struct Mapped {
    pub text: String,
    lines: Vec<Line>,
    keys: Option<Rc<[Field]>>,
}

impl Mapped {
    /// Opens a table, or the file itself, and writes the keys that have a value.
    pub fn table(&mut self, header: Option<&str>, fields: Vec<Field>) {
        let keys: Rc<[Field]> = fields.into();
        self.keys = Some(Rc::clone(&keys));
        let first = keys.first().map(|field| field.place).expect("every table has a column");
        if let Some(header) = header {
            self.line(first, header);
        }
        for field in keys.iter() {
            if let Some(value) = &field.value {
                self.line(field.place, &format!("{} = {value}", field.key));
            }
        }
    }

    /// Writes a list under the table that is open, with one value to a line.
    pub fn list(&mut self, key: &str, values: &[(Place, String)]) {
        let Some((first, _)) = values.first() else { return };
        self.line(*first, &format!("{key} = ["));
        values.iter().for_each(|(place, value)| self.line(*place, &format!("{value},")));
        self.line(*first, "]");
    }

    fn line(&mut self, place: Place, text: &str) {
        debug_assert!(!text.contains('\n'), "one line of the file has one cell");
        self.text.push_str(text);
        self.text.push('\n');
        let keys = self.keys.clone().unwrap_or_else(|| Rc::from([]));
        self.lines.push(Line { place, keys });
    }

    fn at(&self, line: usize) -> &Line {
        let last = self.lines.len() - 1;
        &self.lines[line.saturating_sub(1).min(last)]
    }

    /// A fault of the text as a fault of its cell.
    pub fn fault(&self, error: ReadError) -> CellFault {
        let line = self.at(error.line);
        let mut fault = error.fault;
        let first = match &fault {
            Fault::DuplicateCode { first, .. } => Some(self.at(*first).place.name()),
            _ => None,
        };
        let mut place = line.place;
        if let Fault::MissingKey { key } = &fault {
            place = line.keys.iter().find(|field| field.key == key).map_or(place, |field| field.place);
        }
        let heading = |key: &str| {
            let column = line.keys.iter().find(|field| field.key == key).map(|field| field.place.heading);
            column.or_else(|| ROWS.iter().find(|(known, _)| *known == key).map(|(_, heading)| *heading))
        };
        if let Fault::UnknownKey { known, .. } = &mut fault {
            let columns: Vec<&str> = known.split('、').filter_map(heading).collect();
            *known = columns.join("、");
        }
        if let Fault::UnknownKey { key, .. }
        | Fault::MissingKey { key }
        | Fault::WrongType { key, .. }
        | Fault::NotADecimal { key, .. }
        | Fault::TooManyDigits { key, .. }
        | Fault::OutOfRange { key, .. }
        | Fault::NotAllowed { key, .. }
        | Fault::BadFormula { key, .. } = &mut fault
            && let Some(heading) = heading(key)
        {
            heading.clone_into(key);
        }
        CellFault::Rubric { cell: place.name(), first, fault }
    }
}
