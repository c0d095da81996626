//! The reports of an office, from a panel's results.

use crate::bytes::Bytes;
use crate::shell::{Answer, Shell, Task};
use app::localise::Target;
use app::view::{
    DocumentFormat, DocumentOptions, ExportedFile, RectificationView, ReportName, ReportRun, ReportRunInput,
    ReportText, ReportsView,
};
use std::path::Path;
use tauri::{AppHandle, State};

use_cases! {
    /// Every report of a panel; those about one unit for the unit that is named, else for the first.
    fn reports(panel: String, unit: Option<String>) -> ReportsView {
        |session| session.reports(&panel, unit.as_deref())
    }

    /// The pages of a report, as PDF.
    fn preview_report(panel: String, name: ReportName, options: DocumentOptions) -> Bytes {
        |session| session.preview_report(&panel, &name.report, name.unit.as_deref(), &options).map(Bytes)
    }

    /// Writes a report into a file.
    fn export_report(
        panel: String,
        name: ReportName,
        format: DocumentFormat,
        path: String,
        replace: bool,
        options: DocumentOptions
    ) -> ExportedFile {
        |session| {
            let target = Target { path: Path::new(&path), replace };
            session.export_report(&panel, &name.report, name.unit.as_deref(), &format, target, &options)
        }
    }

    /// The texts of a panel's reports, those of one unit with them.
    fn report_texts(panel: String, unit: Option<String>) -> Vec<ReportText> {
        |session| session.report_texts(&panel, unit.as_deref())
    }

    /// Writes a text of reports in place of the draft; nothing lets the draft stand again.
    fn set_report_text(panel: String, unit: Option<String>, place: String, text: Option<String>) -> Vec<ReportText> {
        |session| session.set_report_text(&panel, unit.as_deref(), &place, text.as_deref())
    }

    /// Takes the problems of an office's list on.
    fn take_problems(sheet: String, path: String) -> RectificationView {
        |session| session.take_problems(&sheet, Path::new(&path)).map(|(_, list)| list)
    }
}

/// Makes reports of all units, with progress.
#[tauri::command(async)]
#[specta::specta]
pub fn run_reports(
    shell: State<'_, Shell>,
    window: AppHandle,
    panel: String,
    input: ReportRunInput,
) -> Answer<ReportRun> {
    let watch = shell.watch(&window, Task::Export);
    shell.with(|session| session.run_reports(&panel, &input, &watch))
}
