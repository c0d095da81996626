//! Reading a rubric file (format 1, described in `docs/formats/rubric.md`), with the line of every fault.

mod check;
mod document;
mod local;
mod table;

use crate::digest::Digest;
use crate::error::{Fault, ReadError};
use crate::local::{LocalChanges, Naming};
use crate::model::Rubric;
use crate::nesting::{self, TooDeep};
use table::Table;
use toml::de::DeTable;

/// Largest rubric file, in MiB; the largest known rubric has a tenth of one. A hostile one takes some seventy times its size
/// in memory while it is read.
const MOST_MEBIBYTES: usize = 2;

fn too_large() -> ReadError {
    ReadError { line: 1, fault: Fault::TooLarge { most: MOST_MEBIBYTES } }
}

/// Reads the tables of a file. A byte order mark before it is passed over.
fn parsed<T>(file: &str, read: impl FnOnce(Table<'_>) -> Result<T, ReadError>) -> Result<T, ReadError> {
    if file.len() > Rubric::MOST_BYTES {
        return Err(too_large());
    }
    let text = file.strip_prefix('\u{feff}').unwrap_or(file);
    let lines = table::Lines::of(text);
    nesting::check(text).map_err(|TooDeep { line }| {
        let fault = Fault::TooDeep { brackets: nesting::MOST_BRACKETS, parts: nesting::MOST_KEY_PARTS };
        ReadError { line, fault }
    })?;
    let tables = DeTable::parse(text).map_err(|error| {
        let line = lines.line(error.span().map_or(0, |span| span.start));
        ReadError { line, fault: Fault::NotToml { detail: error.message().to_owned() } }
    })?;
    read(Table::root(tables.get_ref(), &lines))
}

impl LocalChanges {
    /// Reads a file of changes (described in `docs/formats/local.md`) for an edition of this name.
    ///
    /// # Errors
    /// The first fault, with its line.
    pub fn read(file: &str, naming: Naming) -> Result<Self, ReadError> {
        parsed(file, |root| local::read(&root, naming))
    }
}

impl Rubric {
    /// Size of the largest file that [`Rubric::read`] accepts, in bytes.
    pub const MOST_BYTES: usize = MOST_MEBIBYTES * 1024 * 1024;

    /// The text of a rubric file.
    ///
    /// # Errors
    /// More than [`Rubric::MOST_BYTES`] bytes, or not UTF-8, with the line of the first byte that is not.
    pub fn text(bytes: Vec<u8>) -> Result<String, ReadError> {
        if bytes.len() > Self::MOST_BYTES {
            return Err(too_large());
        }
        String::from_utf8(bytes).map_err(|error| {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = 1 + good.split(|byte| *byte == b'\n').skip(1).count();
            ReadError { line, fault: Fault::NotUtf8 {} }
        })
    }

    /// Reads and checks a rubric file. A byte order mark before it is passed over; the digest covers it.
    ///
    /// # Errors
    /// Every fault found, with its line: at once all those of the checks, or the first that keeps the file from
    /// being read.
    pub fn read(file: &str) -> Result<Self, Vec<ReadError>> {
        let (rubric, places) =
            parsed(file, |root| document::read(root, Digest::of(file))).map_err(|error| vec![error])?;
        let faults = check::check(&rubric, &places);
        if faults.is_empty() { Ok(rubric) } else { Err(faults) }
    }
}
