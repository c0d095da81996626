//! Rubrics: read, compared, changed, as workbooks.

use app::localise::Target;
use app::rubrics;
use app::view::{LocalInput, LocalReport, MigrationReport, RubricDiff, RubricView};
use app::workbooks::WorkbookReport;
use std::path::Path;

use_cases! {
    /// A rubric in full, by id or path.
    fn rubric(rubric: String) -> RubricView {
        |session| Ok(rubrics::view(&rubrics::load(&rubric)?.rubric, session.language))
    }

    /// What differs between two rubrics, each by id or path.
    fn diff_rubrics(first: String, second: String) -> RubricDiff {
        |session| app::edition::diff(&first, &second, session.language)
    }

    /// Derives a local edition of a rubric and writes its file.
    fn localise_rubric(input: LocalInput) -> LocalReport {
        |session| app::localise::localise_input(&input, session.language)
    }

    /// Brings a draft to another edition, as a new sheet.
    fn migrate_sheet(sheet: String, rubric: String) -> MigrationReport {
        |session| session.migrate(&sheet, &rubric)
    }

    /// Writes a rubric, by id or path, as a workbook.
    fn export_rubric(rubric: String, path: String, replace: bool) -> () {
        |_session| app::workbooks::export(&rubric, Target { path: Path::new(&path), replace })
    }

    /// Writes the empty workbook for a rubric.
    fn rubric_template(path: String, replace: bool) -> () {
        |_session| app::workbooks::template(Target { path: Path::new(&path), replace })
    }

    /// Reads the rubric of a workbook and writes its file; what is wrong comes by cell.
    fn import_rubric(book: String, path: String, replace: bool) -> WorkbookReport {
        |session| app::workbooks::import(Path::new(&book), Target { path: Path::new(&path), replace }, session.language)
    }
}
