//! Data out: tables in files, facts on a server, results read from one.

use crate::shell::{Answer, Shell, Task};
use app::facts::{Surroundings, server_view};
use app::view::{
    FactsInput, FactsReport, FactsView, PublishInput, PublishReport, ResultsView, ServerInput, ServerView,
};
use tauri::{AppHandle, State};

use_cases! {
    /// What can be handed out.
    fn facts() -> FactsView { |session| session.facts_view() }
}

/// Works on a thread of its own: the client of the server waits for answers in a way that the threads of commands forbid.
fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let done = std::thread::scope(|scope| scope.spawn(work).join());
    done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// The results of a panel on a server.
#[tauri::command(async)]
#[specta::specta]
pub fn served_results(shell: State<'_, Shell>, server: ServerInput, panel: String) -> Answer<ResultsView> {
    let shell = &*shell;
    apart(|| shell.with(|session| session.served_results(&server, &Surroundings::real(), &panel)))
}

/// Writes tables into a folder, with progress.
#[tauri::command(async)]
#[specta::specta]
pub fn export_facts(shell: State<'_, Shell>, window: AppHandle, input: FactsInput) -> Answer<FactsReport> {
    let watch = shell.watch(&window, Task::Export);
    shell.with(|session| session.export_facts(&input, &watch))
}

/// Publishes facts on a server, with progress.
#[tauri::command(async)]
#[specta::specta]
pub fn publish_facts(shell: State<'_, Shell>, window: AppHandle, input: PublishInput) -> Answer<PublishReport> {
    let (shell, watch) = (&*shell, shell.watch(&window, Task::Export));
    apart(move || shell.with(|session| session.publish_facts(&input, &Surroundings::real(), &watch)))
}

/// What a server has; it is only looked at.
#[tauri::command(async)]
#[specta::specta]
pub fn check_server(shell: State<'_, Shell>, server: ServerInput) -> Answer<ServerView> {
    apart(|| server_view(&server, &Surroundings::real())).map_err(|failure| failure.problem(shell.language()))
}
