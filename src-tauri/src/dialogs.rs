//! The system's dialogs. They only give paths; what is done with a path is a command's matter.

use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, FilePath};

/// Files chosen by the person; with endings, only such files are offered.
pub fn files(window: &AppHandle, title: &str, name: &str, endings: &[String]) -> Vec<String> {
    if let Some(answer) = answer_for_tests() {
        return answer;
    }
    let mut dialog = window.dialog().file().set_title(title);
    let endings: Vec<&str> = endings.iter().map(String::as_str).collect();
    if !endings.is_empty() {
        dialog = dialog.add_filter(name, &endings);
    }
    dialog.blocking_pick_files().unwrap_or_default().into_iter().filter_map(shown).collect()
}

/// A folder chosen by the person.
pub fn folder(window: &AppHandle, title: &str) -> Option<String> {
    if let Some(answer) = answer_for_tests() {
        return answer.into_iter().next();
    }
    window.dialog().file().set_title(title).blocking_pick_folder().and_then(shown)
}

fn shown(path: FilePath) -> Option<String> {
    path.into_path().ok().map(|path| path.display().to_string())
}

/// Native dialogs cannot be driven by a test: in debug builds a test answers them by a variable, one path a line.
fn answer_for_tests() -> Option<Vec<String>> {
    if !cfg!(debug_assertions) {
        return None;
    }
    let paths = std::env::var("HENGJIAN_TEST_CHOOSES").ok()?;
    Some(paths.lines().map(str::to_owned).collect())
}
