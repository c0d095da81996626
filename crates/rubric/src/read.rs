//! Reading a rubric file (format 1, described in `docs/formats/rubric.md`), with the line of every fault.

mod check;
mod document;
mod table;

use crate::error::{Fault, ReadError};
use crate::model::Rubric;
use toml::de::DeTable;

impl Rubric {
    /// Reads and checks a rubric file.
    ///
    /// # Errors
    /// Every fault found, with its line: at once all those of the checks, or the first that keeps the file from
    /// being read.
    pub fn read(text: &str) -> Result<Self, Vec<ReadError>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = table::Lines::of(text);
        let parsed = DeTable::parse(text).map_err(|error| {
            let line = lines.line(error.span().map_or(0, |span| span.start));
            vec![ReadError { line, fault: Fault::NotToml { detail: error.message().to_owned() } }]
        })?;
        let root = table::Table::root(parsed.get_ref(), &lines);
        let (rubric, places) = document::read(root, text).map_err(|error| vec![error])?;
        let faults = check::check(&rubric, &places);
        if faults.is_empty() { Ok(rubric) } else { Err(faults) }
    }
}
