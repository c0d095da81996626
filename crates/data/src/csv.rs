//! CSV that spreadsheets open: UTF-8 with a byte order mark, texts that compute nothing.

use crate::folder::{Sink, Written, written};
use crate::{Cell, Error, Part, Row, Table, tables};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

/// The beginning of a table: a byte order mark, which Excel needs to read Chinese.
#[must_use]
pub fn begin() -> String {
    String::from('\u{feff}')
}

/// What a spreadsheet takes for the beginning of a formula, or passes over before one; some take the full-width signs of
/// Chinese input for the plain ones.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Writes a text in quotes. A spreadsheet would compute what begins like a formula, and names come from anybody: such a
/// text has an apostrophe before it.
pub fn text(csv: &mut String, text: &str) {
    let guard = if text.starts_with(FORMULA) { "'" } else { "" };
    write!(csv, "\"{guard}{}\"", text.replace('"', "\"\"")).expect("a String takes any text");
}

/// One file for each table.
pub(crate) struct Csv {
    root: PathBuf,
    files: BTreeMap<&'static str, Open>,
}

struct Open {
    path: PathBuf,
    file: BufWriter<File>,
    rows: u64,
}

impl Csv {
    pub(crate) fn create(root: &Path) -> Result<Self, Error> {
        let mut files = BTreeMap::new();
        for table in tables::ALL {
            let path = root.join(format!("{}.csv", table.name));
            let mut file = BufWriter::new(File::create(&path).map_err(|error| Error::io(&path, &error))?);
            let mut head = begin();
            line(&mut head, table.all_columns().map(|column| Cell::from(column.name)));
            file.write_all(head.as_bytes()).map_err(|error| Error::io(&path, &error))?;
            files.insert(table.name, Open { path, file, rows: 0 });
        }
        Ok(Self { root: root.to_owned(), files })
    }
}

/// A line; a text that is there and empty is `""`, no value is nothing.
fn line(csv: &mut String, cells: impl Iterator<Item = Cell>) {
    for (at, cell) in cells.enumerate() {
        csv.push_str(if at == 0 { "" } else { "," });
        match &cell {
            Cell::Text(value) => text(csv, value),
            other => csv.push_str(&other.plain().unwrap_or_default()),
        }
    }
    csv.push_str("\r\n");
}

impl Sink for Csv {
    fn take(&mut self, part: Option<&Part>, table: &'static Table, rows: &[Row]) -> Result<(), Error> {
        let open = self.files.get_mut(table.name).expect("a file was made for every table");
        let mut csv = String::new();
        for row in rows {
            let place = part.into_iter().flat_map(|part| [Cell::from(&part.rubric), Cell::Whole(part.year.into())]);
            line(&mut csv, place.chain(row.iter().cloned()));
        }
        open.rows += rows.len() as u64;
        open.file.write_all(csv.as_bytes()).map_err(|error| Error::io(&open.path, &error))
    }

    fn finish(self: Box<Self>) -> Result<Vec<Written>, Error> {
        let Self { root, mut files } = *self;
        let mut all = Vec::new();
        for table in tables::ALL {
            let Open { path, file, rows } = files.remove(table.name).expect("a file was made for every table");
            let file = file.into_inner().map_err(|error| Error::io(&path, &error))?;
            file.sync_all().map_err(|error| Error::io(&path, &error))?;
            all.push(written(&root, &path, Some(table), rows)?);
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_not_an_empty_text_and_no_text_computes() {
        let mut csv = String::new();
        let cells = ["=1+2".into(), "".into(), Cell::None, Cell::Whole(-3), "a\"b,c\n".into(), true.into()];
        line(&mut csv, cells.into_iter());
        assert_eq!(csv, "\"'=1+2\",\"\",,-3,\"a\"\"b,c\n\",true\r\n");
    }
}
