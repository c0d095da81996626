//! The one session behind the window, and what every command needs around it.

use app::preview::Previews;
use app::{Language, Problem, Session, Watch, World};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tauri::{AppHandle, Emitter};

/// What a command answers.
pub type Answer<T> = Result<T, Problem>;

/// Progress of a long work, in KiB or in things.
#[derive(Clone, serde::Serialize, specta::Type)]
pub struct Progress {
    /// What is being done.
    task: Task,
    /// The file in work.
    name: String,
    /// How much is done.
    done: u32,
    /// How much there is in all.
    total: u32,
}

/// A long work.
#[derive(Clone, Copy, serde::Serialize, specta::Type)]
#[serde(rename_all = "lowercase")]
pub enum Task {
    /// Attaching evidence.
    Attach,
    /// Reading the evidence again.
    Check,
    /// Planning and distributing files by their codes.
    Distribute,
    /// Exporting.
    Export,
    /// Files of an inbox; they are counted.
    Inbox,
    /// Verifying or importing.
    Import,
}

impl Task {
    /// Whether its progress is a number of things.
    fn counts(self) -> bool {
        matches!(self, Self::Inbox)
    }
}

/// What the commands share.
#[derive(Default)]
pub struct Shell {
    session: Mutex<Option<Session>>,
    language: Mutex<Language>,
    cancel: Arc<AtomicBool>,
    /// What is being looked at.
    pub previews: Previews,
}

impl Shell {
    /// Runs a use case on the session, opening the workspace first when that has not succeeded yet.
    ///
    /// A panic is caught and reported as a defect; the session stays usable, since every write is one transaction.
    pub fn with<T>(&self, run: impl FnOnce(&mut Session) -> app::Result<T>) -> Result<T, Problem> {
        let mut guard = lock(&self.session);
        let session = match &mut *guard {
            Some(session) => session,
            empty => empty.insert(self.open()?),
        };
        let language = *lock(&self.language);
        session.language = language;
        let done = catch_unwind(AssertUnwindSafe(|| run(session)));
        match done {
            Ok(result) => result.map_err(|failure| failure.problem(language)),
            Err(panic) => {
                let text = panic.downcast_ref::<String>().map(String::as_str);
                let detail = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default().to_owned();
                Err(app::Failure::from(app::refusal::Refusal::Defect { detail }).problem(language))
            }
        }
    }

    /// Opens the workspace; from then on the language is the one that was chosen for it.
    fn open(&self) -> Result<Session, Problem> {
        let before = *lock(&self.language);
        let begun = open(before).and_then(|session| Ok((session.chosen_language()?, session)));
        let (chosen, mut session) = begun.map_err(|failure| failure.problem(before))?;
        if let Some(language) = chosen {
            self.set_language(language);
        }
        // On a full disk the mark cannot be set; what is there can still be read.
        session.begin().ok();
        Ok(session)
    }

    /// The window closes by itself.
    pub fn end(&self) {
        if let Some(session) = &*lock(&self.session) {
            // A mark that cannot be taken away makes the next start say that everything is there.
            session.end().ok();
        }
    }

    /// The language of problems, traces and reports.
    pub fn language(&self) -> Language {
        *lock(&self.language)
    }

    /// Sets the language of problems, traces and reports.
    pub fn set_language(&self, language: Language) {
        *lock(&self.language) = language;
    }

    /// Stops the running work.
    pub fn cancel(&self) {
        self.cancel.store(true, Ordering::Relaxed);
    }

    /// Reports the progress of a work to the window; begins with nothing stopped.
    pub fn watch(&self, window: &AppHandle, task: Task) -> Watch {
        self.cancel.store(false, Ordering::Relaxed);
        let window = window.clone();
        let report = move |name: &str, done: u64, total: u64| {
            let shift = if task.counts() { 0 } else { 10 };
            let kib = |number: u64| u32::try_from(number >> shift).unwrap_or(u32::MAX);
            let progress = Progress { task, name: name.to_owned(), done: kib(done), total: kib(total) };
            // A window that is closing needs no progress.
            let _ = window.emit("progress", progress);
        };
        Watch::new(report, Arc::clone(&self.cancel))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn open(language: Language) -> app::Result<Session> {
    let named = std::env::var_os("HENGJIAN_WORKSPACE").map(PathBuf::from);
    let folder = named.unwrap_or_else(app::world::default_workspace);
    Session::open(&folder, World::real(app::world::fonts_folder()), language)
}

/// Opens a file with the system's program.
pub fn open_with_system(path: &std::path::Path) -> app::Result<()> {
    #[cfg(target_os = "linux")]
    let program = "xdg-open";
    #[cfg(target_os = "macos")]
    let program = "open";
    #[cfg(target_os = "windows")]
    let program = "explorer";
    match Command::new(program).arg(path).spawn() {
        Ok(_) => Ok(()),
        Err(error) => {
            let (path, detail) = (path.display().to_string(), format!("{program}: {error}"));
            Err(app::refusal::Refusal::CannotOpen { path, detail }.into())
        }
    }
}

/// Shows a folder, or the one in which a file is; only ever a folder that is there.
pub fn show_folder(path: &std::path::Path) -> app::Result<()> {
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    match std::fs::read_dir(folder) {
        Ok(_) => open_with_system(folder),
        Err(error) => {
            let (path, detail) = (folder.display().to_string(), error.to_string());
            Err(app::refusal::Refusal::CannotOpen { path, detail }.into())
        }
    }
}

/// Sets a variable of this process before any thread is started.
#[cfg(target_os = "linux")]
pub fn set_before_start(name: &str, value: &str) {
    #[expect(unsafe_code, reason = "called first in main, before any thread is started")]
    unsafe {
        std::env::set_var(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::show_folder;
    use std::path::Path;

    #[test]
    fn a_folder_that_is_gone_is_told_and_not_opened() {
        for path in ["/gone/reports/opinion.pdf", "/gone/reports/"] {
            let failure = show_folder(Path::new(path)).expect_err("there is no such folder");
            assert_eq!(failure.code(), "app.cannot-open", "{path}");
        }
    }
}
