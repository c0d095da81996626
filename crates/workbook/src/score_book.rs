//! A sheet as a workbook that people fill in with Excel or WPS, and read back with its faults by cell.
//!
//! Every row that can be filled in has a hidden key, and beside it what was recorded when the workbook was written: so
//! rows may be filtered, moved or left out, and a cell that nobody touched changes nothing. The format is described in
//! `docs/formats/workbook.md`.

mod cells;
mod draw;
mod guide;
mod read;
mod slots;
mod validation;
mod values;

pub use draw::export;
pub use read::{Change, Reading, Target, facts, read};

use crate::error::Error;
use crate::grid::{Grid, Value};
use rubric::Rubric;
use std::collections::BTreeMap;

/// Number of the format; a workbook of a later one is refused.
const FORMAT: &str = "1";
/// The sheet that is filled in.
const SHEET: &str = "评分";
/// The sheet for achievements of several kinds.
const LIST_SHEET: &str = "成果";
/// The hidden sheet that says what the workbook belongs to.
const IDENTITY_SHEET: &str = "标识";
/// Rows in which the headings are looked for, should someone have put rows above them.
const HEADING_ROW_LIMIT: u32 = 30;
/// Most rows of a list of achievements.
const MOST_LISTED: usize = 200;

/// A column of a sheet.
struct Column {
    zh: &'static str,
    en: &'static str,
    /// In half-width characters; 0 for one that is hidden.
    width: u16,
}

const fn column(zh: &'static str, en: &'static str, width: u16) -> Column {
    Column { zh, en, width }
}

/// A sheet with one thing to fill in to a row.
struct Layout {
    name: &'static str,
    columns: &'static [Column],
    /// The columns that are filled in.
    values: [usize; 3],
    /// The column of the keys.
    key: usize,
    /// The columns of what was recorded when the workbook was written.
    exported: &'static [usize],
}

const TABLE: Layout = Layout {
    name: SHEET,
    columns: &[
        column("编号", "code", 11),
        column("项目", "item", 26),
        column("依据", "sentence", 52),
        column("满分", "max", 8),
        column("可填", "allowed", 20),
        column("填写", "value", 12),
        column("意见", "remark", 26),
        column("疑问", "doubt", 7),
        column("程序编号", "key", 0),
        column("原填写", "value before", 0),
        column("原意见", "remark before", 0),
        column("原疑问", "doubt before", 0),
    ],
    values: [5, 6, 7],
    key: 8,
    exported: &[9, 10, 11],
};

const LISTS: Layout = Layout {
    name: LIST_SHEET,
    columns: &[
        column("编号", "code", 11),
        column("项目", "item", 30),
        column("类别", "kind", 30),
        column("成果名称", "title", 56),
        column("基数", "base", 12),
        column("程序编号", "key", 0),
        column("原内容", "row before", 0),
    ],
    values: [2, 3, 4],
    key: 5,
    exported: &[6],
};

/// What a workbook belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The sheet's id.
    pub sheet: String,
    /// The unit that is assessed.
    pub unit: String,
    /// The year.
    pub year: String,
    /// The stage, in words.
    pub stage: String,
    /// The assessor.
    pub assessor: String,
    /// The rubric's identifier.
    pub rubric: String,
    /// Its edition.
    pub edition: String,
    /// SHA-256 of its file.
    pub digest: String,
}

impl Facts {
    /// The facts of a sheet under a rubric.
    #[must_use]
    pub fn of(rubric: &Rubric, sheet: &str, unit: &str, year: i32, stage: &str, assessor: &str) -> Self {
        Self {
            sheet: sheet.to_owned(),
            unit: unit.to_owned(),
            year: year.to_string(),
            stage: stage.to_owned(),
            assessor: assessor.to_owned(),
            rubric: rubric.id.clone(),
            edition: rubric.edition.clone(),
            digest: rubric.digest.as_str().to_owned(),
        }
    }

    /// As the hidden sheet has them.
    fn rows(&self) -> [(&'static str, &str); 9] {
        [
            ("format", FORMAT),
            ("sheet", &self.sheet),
            ("unit", &self.unit),
            ("year", &self.year),
            ("stage", &self.stage),
            ("assessor", &self.assessor),
            ("rubric", &self.rubric),
            ("edition", &self.edition),
            ("digest", &self.digest),
        ]
    }

    fn read(grid: &Grid) -> Result<Self, Error> {
        let text = |at| match grid.cell(at) {
            Some(Value::Text(text) | Value::Number(text)) => text.clone(),
            _ => String::new(),
        };
        let rows: BTreeMap<String, String> =
            grid.rows().into_iter().map(|row| (text((row, 0)), text((row, 1)))).collect();
        let of = |key: &str| rows.get(key).cloned().unwrap_or_default();
        match of("format").as_str() {
            FORMAT => {}
            "" => return Err(Error::NoScoreBook {}),
            found => return Err(Error::ScoreBookFormat { found: found.to_owned(), known: FORMAT.to_owned() }),
        }
        Ok(Self {
            sheet: of("sheet"),
            unit: of("unit"),
            year: of("year"),
            stage: of("stage"),
            assessor: of("assessor"),
            rubric: of("rubric"),
            edition: of("edition"),
            digest: of("digest"),
        })
    }

    /// Refuses a workbook of another rubric or sheet, unless it is taken anyway.
    fn check(&self, wanted: &Self, anyway: bool) -> Result<(), Error> {
        if anyway {
            return Ok(());
        }
        if self.digest != wanted.digest {
            let name = |facts: &Self| format!("{} {}（{:.12}）", facts.rubric, facts.edition, facts.digest);
            return Err(Error::OtherRubric { found: name(self), wanted: name(wanted) });
        }
        if self.sheet != wanted.sheet {
            let name = |facts: &Self| format!("{} {} {} {}", facts.unit, facts.year, facts.stage, facts.assessor);
            return Err(Error::OtherSheet { found: name(self), wanted: name(wanted) });
        }
        Ok(())
    }
}
