//! Merging files into one record that other offices and people without this program read.

use crate::shell::{Answer, Shell, Task};
use app::merge::MergeInput;
use app::view::MergeReport;
use std::path::PathBuf;
use tauri::{AppHandle, State};

/// Writes `merged.jsonl` and its log into a folder, with progress; whom this workspace accepts is accepted, and what was
/// decided here is in it.
#[tauri::command(async)]
#[specta::specta]
pub fn merge_files(
    shell: State<'_, Shell>,
    window: AppHandle,
    files: Vec<String>,
    folder: String,
    unverified: bool,
) -> Answer<MergeReport> {
    let watch = shell.watch(&window, Task::Inbox);
    let files = files.into_iter().map(PathBuf::from).collect();
    let input = MergeInput { files, out: PathBuf::from(folder), trust: Vec::new(), unverified };
    shell.with(|session| session.merge(&input, &watch))
}
