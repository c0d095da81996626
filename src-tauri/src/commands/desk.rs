//! A sheet that is scored.

use crate::shell::{Answer, Shell, Task};
use app::localise::Target;
use app::score_book::ScoreBookReport;
use app::view::{
    ChangesView, DashboardView, Desk, HistoryQuery, HistoryReport, HistoryView, PartEntry, RosterCount, RosterQuery,
    SheetState, TableHeadings, WhatIfView,
};
use std::path::Path;
use tauri::{AppHandle, State};

use_cases! {
    /// Everything for the scoring desk.
    fn open_sheet(sheet: String) -> Desk { |session| session.desk(&sheet) }

    /// What a sheet misses to the next grade, what to raise, and what decides its conclusion.
    fn what_if(sheet: String) -> WhatIfView { |session| session.what_if(&sheet) }

    /// The figures of the dashboards of a sheet.
    fn dashboard(sheet: String) -> DashboardView { |session| session.dashboard(&sheet) }

    /// Writes the picture of a chart: a PNG in Base64.
    fn write_picture(picture: String, path: String, replace: bool) -> () {
        |_session| app::dashboard::write_picture(&picture, Target { path: Path::new(&path), replace })
    }

    /// Sets the mark of a point, or takes it away.
    fn set_mark(sheet: String, point: String, mark: Option<String>) -> SheetState {
        |session| session.set_mark(&sheet, &point, mark.as_deref())
    }

    /// Records the finding for a part (from 1) of a point or an adjustment, or takes it away.
    fn set_part(sheet: String, code: String, number: u32, entry: Option<PartEntry>) -> SheetState {
        |session| session.set_part(&sheet, &code, number, entry.as_ref())
    }

    /// Records a quantity at a point, indicator or adjustment, or takes it away.
    fn set_quantity(sheet: String, code: String, name: String, value: Option<String>) -> SheetState {
        |session| session.set_quantity(&sheet, &code, &name, value.as_deref())
    }

    /// Gives a point its full marks, by findings where it has rules of its own.
    fn set_full(sheet: String, point: String) -> SheetState { |session| session.set_full(&sheet, &point) }

    /// Decides a condition, or takes the decision away.
    fn set_limit(sheet: String, limit: String, present: Option<bool>) -> SheetState {
        |session| session.set_limit(&sheet, &limit, present)
    }

    /// Writes the remark of a point.
    fn set_remark(sheet: String, point: String, remark: String) -> SheetState {
        |session| session.set_remark(&sheet, &point, &remark)
    }

    /// Marks a point as doubtful, or no longer.
    fn set_doubt(sheet: String, point: String, doubt: bool) -> SheetState {
        |session| session.set_doubt(&sheet, &point, doubt)
    }

    /// Undoes the last change.
    fn undo(sheet: String) -> SheetState { |session| session.step(&sheet, true) }

    /// Redoes the last change undone.
    fn redo(sheet: String) -> SheetState { |session| session.step(&sheet, false) }

    /// Writes a draft as a workbook to be filled in.
    fn export_score_book(sheet: String, path: String, replace: bool) -> () {
        |session| session.export_score_book(&sheet, Target { path: Path::new(&path), replace })
    }

    /// What a filled-in workbook would change, or everything that is wrong in it by cell.
    fn preview_score_book(sheet: String, path: String, anyway: bool) -> ScoreBookReport {
        |session| session.preview_score_book(&sheet, Path::new(&path), anyway)
    }

    /// Takes in the workbook whose changes were shown.
    fn import_score_book(sheet: String, path: String, anyway: bool, digest: String) -> ScoreBookReport {
        |session| session.import_score_book(&sheet, Path::new(&path), anyway, Some(&digest))
    }

    /// The sheets of a workbook of the catalogue with their headings.
    fn table_headings(sheet: String, item: String, header_row: u32) -> Vec<TableHeadings> {
        |session| session.table_headings(&sheet, &item, header_row)
    }

    /// Counts the rows of a table of the catalogue.
    fn count_rows(sheet: String, item: String, query: RosterQuery) -> RosterCount {
        |session| session.count_rows(&sheet, &item, &query)
    }

    /// Records a quantity as a count of rows of a table of the catalogue.
    fn set_quantity_from_table(sheet: String, code: String, name: String, item: String, query: RosterQuery) -> SheetState {
        |session| session.set_quantity_from_table(&sheet, &code, &name, &item, &query)
    }

    /// What a printed table of a sheet's rubric gives for a quantity.
    fn convert(sheet: String, name: String, quantity: String) -> String {
        |session| session.convert(&sheet, &name, &quantity)
    }

    /// Confirms what waits at points of the last round, or lets it go.
    fn confirm_carried(sheet: String, codes: Vec<String>, keep: bool) -> SheetState {
        |session| session.confirm_carried(&sheet, &codes, keep)
    }

    /// Locks a sheet.
    fn finalize_sheet(sheet: String) -> SheetState { |session| session.finalize(&sheet) }

    /// Starts the next revision of a locked sheet.
    fn reopen_sheet(sheet: String, reason: String) -> SheetState { |session| session.reopen(&sheet, &reason) }

    /// What was done to a sheet, the latest first.
    fn history(sheet: String, query: HistoryQuery) -> HistoryView { |session| session.history(Some(&sheet), &query) }

    /// What a sheet has otherwise than its last signed revision.
    fn changes_since_signed(sheet: String) -> Option<ChangesView> { |session| session.changes_since_signed(&sheet) }
}

/// Checks the history of the workspace, and compares it with packages that were handed over, with progress.
#[tauri::command(async)]
#[specta::specta]
pub fn check_history(shell: State<'_, Shell>, window: AppHandle, packages: Vec<String>) -> Answer<HistoryReport> {
    let watch = shell.watch(&window, Task::Check);
    let packages: Vec<&Path> = packages.iter().map(Path::new).collect();
    shell.with(|session| session.check_history(&packages, &watch))
}
