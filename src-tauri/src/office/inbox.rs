//! The inbox: files verified and compared, taken in as one run, undone as one; conflicts and names that people decide.

use crate::shell::{Answer, Shell, Task};
use app::inbox::InboxInput;
use app::localise::Target;
use app::view::{
    AliasPair, ConflictView, ConflictsView, DecideSide, DecidedBy, ImportRun, InboxChange, InboxView, MergeRow,
};
use std::path::{Path, PathBuf};
use tauri::{AppHandle, State};

use_cases! {
    /// The marks that a content in the inbox would change.
    fn inbox_changes(path: String, digest: String) -> Vec<InboxChange> {
        |session| session.inbox_changes(&path, &digest)
    }

    /// The latest runs of taking files in.
    fn import_runs() -> Vec<ImportRun> { |session| session.import_runs() }

    /// What became of every file of a run.
    fn import_log(run: u32) -> Vec<MergeRow> { |session| session.import_log(run) }

    /// Writes that as a workbook or as CSV, by the file's ending.
    fn export_import_log(run: u32, path: String, replace: bool) -> () {
        |session| session.export_import_log(run, Target { path: Path::new(&path), replace })
    }

    /// Undoes a run as one.
    fn undo_import(run: u32) -> ImportRun { |session| session.undo_import(run) }

    /// The conflicts here, names that may be one, and all decisions.
    fn conflicts() -> ConflictsView { |session| session.conflicts() }

    /// A conflict with all sides.
    fn conflict(sheet: String) -> ConflictView { |session| session.conflict(&sheet) }

    /// Decides a conflict.
    fn decide_side(input: DecideSide, by: DecidedBy) -> ConflictView { |session| session.decide_side(&input, &by) }

    /// Decides that two names are one.
    fn decide_names(pair: AliasPair, by: DecidedBy) -> ConflictsView { |session| session.decide_names(&pair, &by) }

    /// Takes a decision back.
    fn withdraw_decision(decision: String, by: DecidedBy) -> ConflictsView {
        |session| session.withdraw_decision(&decision, &by)
    }

    /// Writes all decisions as a record that is merged like any other file.
    fn export_decisions(path: String) -> () { |session| session.export_decisions(Path::new(&path)) }
}

/// What is in the inbox, and what of it a person chose to take.
#[derive(serde::Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct InboxChoice {
    files: Vec<String>,
    unverified: bool,
    editions: bool,
    decisions: bool,
}

fn input(InboxChoice { files, unverified, editions, decisions }: InboxChoice) -> InboxInput {
    InboxInput { files: files.into_iter().map(PathBuf::from).collect(), unverified, editions, decisions }
}

/// Verifies files and compares them with what is here, with progress. Nothing is changed.
#[tauri::command(async)]
#[specta::specta]
pub fn inbox(shell: State<'_, Shell>, window: AppHandle, choice: InboxChoice) -> Answer<InboxView> {
    let watch = shell.watch(&window, Task::Inbox);
    shell.with(|session| session.inbox(&input(choice), &watch))
}

/// Takes in what was shown and is sound, with progress.
#[tauri::command(async)]
#[specta::specta]
pub fn take_in(shell: State<'_, Shell>, window: AppHandle, choice: InboxChoice, shown: String) -> Answer<ImportRun> {
    let watch = shell.watch(&window, Task::Inbox);
    shell.with(|session| session.take_in(&input(choice), Some(&shown), &watch))
}

/// Keeps the contents of one sheet that contend, with progress: then a person can decide.
#[tauri::command(async)]
#[specta::specta]
pub fn keep_contested(
    shell: State<'_, Shell>,
    window: AppHandle,
    choice: InboxChoice,
    shown: String,
    sheet: String,
) -> Answer<ImportRun> {
    let watch = shell.watch(&window, Task::Inbox);
    shell.with(|session| session.keep_contested(&input(choice), Some(&shown), &sheet, &watch))
}
