//! The changes of a local edition, from tables.

use super::document::{MOST_ENTRIES, MOST_RULES, each, grade};
use super::table::Table;
use crate::error::ReadError;
use crate::local::{LocalChanges, Naming, Weight};

pub fn read(root: &Table<'_>, naming: Naming) -> Result<LocalChanges, ReadError> {
    let weight = |table: &Table<'_>| Ok(Weight { code: table.text("code")?, max: table.number("max")? });
    let changes = LocalChanges {
        naming,
        grades: each(root.tables("grade", MOST_RULES)?, grade)?,
        weights: each(root.tables("weight", MOST_ENTRIES)?, weight)?,
    };
    root.finish()?;
    Ok(changes)
}
