//! Rubrics as workbooks for Excel: the empty template, writing, reading with faults by cell.

use crate::localise::Target;
use crate::problem::{Failure, Problem};
use crate::view::RubricSummary;
use crate::{Language, Result, rubrics};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::path::Path;
use workbook::CellFault;

/// What became of a workbook that was to be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WorkbookReport {
    /// The rubric's file that was written; absent when there were faults.
    pub path: Option<String>,
    /// The rubric that was read; absent when there were faults.
    pub rubric: Option<RubricSummary>,
    /// Everything that is wrong, by cell.
    pub problems: Vec<Problem>,
}

/// Writes a rubric, given by id or path, as a workbook.
///
/// # Errors
/// An unknown or faulty rubric; what no workbook can say; a file that is there; of the disk.
pub fn export(rubric: &str, target: Target<'_>) -> Result<()> {
    let loaded = rubrics::load(rubric)?;
    let bytes = workbook::export(&loaded.rubric).map_err(|error| Failure::from(error).with("file", rubric))?;
    target.write(&bytes)
}

/// Writes the empty workbook, with instructions and drop-down lists.
///
/// # Errors
/// A file that is there; of the disk.
pub fn template(target: Target<'_>) -> Result<()> {
    target.write(&workbook::template())
}

/// Reads the rubric of a workbook and writes its file. When anything is wrong, nothing is written.
///
/// # Errors
/// A workbook that cannot be read from the disk; a file that is there; of the disk.
pub fn import(book: &Path, target: Target<'_>, language: Language) -> Result<WorkbookReport> {
    let bytes = rubrics::read_at_most(book, workbook::MOST_BYTES)?;
    let shown = book.display().to_string();
    match workbook::import(&bytes, &shown) {
        Ok(imported) => {
            target.write(imported.toml.as_bytes())?;
            let path = Some(target.path.display().to_string());
            Ok(WorkbookReport { path, rubric: Some(rubrics::summary(&imported.rubric)), problems: Vec::new() })
        }
        Err(faults) => {
            let problems = faults.iter().map(|fault| failure(&shown, fault).problem(language)).collect();
            Ok(WorkbookReport { path: None, rubric: None, problems })
        }
    }
}

fn failure(file: &str, fault: &CellFault) -> Failure {
    match fault {
        CellFault::Book(error) => Failure::from(error.clone()).with("file", file),
        CellFault::Rubric { cell, first, fault } => {
            let failure = Failure::of("rubric", fault).with("file", file).with("cell", cell);
            first.iter().fold(failure, |failure, first| failure.with("first", first))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rubric::error::Fault;

    #[test]
    fn a_fault_of_the_rubric_names_its_cell_instead_of_a_line() {
        let said = |fault: Fault, first: Option<&str>, language| {
            let fault = CellFault::Rubric { cell: "指标!D17".into(), first: first.map(Into::into), fault };
            failure("表.xlsx", &fault).problem(language).place
        };
        let missing = || Fault::MissingKey { key: "分值".into() };
        assert_eq!(said(missing(), None, Language::Zh), "表.xlsx 指标!D17");
        assert_eq!(said(missing(), None, Language::En), "表.xlsx 指标!D17");
        let twice = || Fault::DuplicateCode { name: "1.1".into(), first: 3 };
        assert_eq!(said(twice(), Some("指标!C5"), Language::Zh), "表.xlsx 指标!D17，指标!C5 已经用过");
        assert_eq!(said(twice(), Some("指标!C5"), Language::En), "表.xlsx 指标!D17, first in 指标!C5");
    }

    #[test]
    fn what_is_exported_is_imported_again() {
        let folder = tempfile::tempdir().unwrap();
        let (book, file) = (folder.path().join("a.xlsx"), folder.path().join("a.toml"));
        let target = |path| Target { path, replace: false };
        export("urumqi-base", target(&book)).unwrap();
        let report = import(&book, target(&file), Language::Zh).unwrap();
        assert_eq!(report.rubric.map(|rubric| rubric.id).as_deref(), Some("urumqi-base"));
        assert!(report.problems.is_empty() && rubrics::check(file.to_str().unwrap()).unwrap().is_empty());
        let there = export("urumqi-base", target(&book)).unwrap_err();
        assert_eq!(there.code(), "app.file-exists");
        let empty = folder.path().join("template.xlsx");
        template(target(&empty)).unwrap();
        let report = import(&empty, target(&folder.path().join("b.toml")), Language::Zh).unwrap();
        assert_eq!(report.problems.len(), 1);
        assert!(report.problems[0].place.ends_with("基本信息!B9"), "{:?}", report.problems);
        assert!(!folder.path().join("b.toml").exists());
    }
}
