//! Reading a rubric file (format 1, described in `docs/formats/rubric.md`), with the line of every fault.

mod check;
mod document;
mod table;

use crate::digest::Digest;
use crate::error::{Fault, ReadError};
use crate::model::Rubric;
use toml::de::DeTable;

/// Largest rubric file, in MiB; the largest known rubric has a tenth of one.
const MOST_MEBIBYTES: usize = 4;

fn too_large() -> ReadError {
    ReadError { line: 1, fault: Fault::TooLarge { most: MOST_MEBIBYTES } }
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
        if file.len() > Self::MOST_BYTES {
            return Err(vec![too_large()]);
        }
        let text = file.strip_prefix('\u{feff}').unwrap_or(file);
        let lines = table::Lines::of(text);
        let parsed = DeTable::parse(text).map_err(|error| {
            let line = lines.line(error.span().map_or(0, |span| span.start));
            vec![ReadError { line, fault: Fault::NotToml { detail: error.message().to_owned() } }]
        })?;
        let root = table::Table::root(parsed.get_ref(), &lines);
        let (rubric, places) = document::read(root, Digest::of(file)).map_err(|error| vec![error])?;
        let faults = check::check(&rubric, &places);
        if faults.is_empty() { Ok(rubric) } else { Err(faults) }
    }
}
