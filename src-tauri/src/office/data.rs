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

    /// The results of a panel on a server.
    fn served_results(server: ServerInput, panel: String) -> ResultsView {
        |session| session.served_results(&server, &Surroundings::real(), &panel)
    }
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
    let watch = shell.watch(&window, Task::Export);
    shell.with(|session| session.publish_facts(&input, &Surroundings::real(), &watch))
}

/// What a server has; it is only looked at.
#[tauri::command(async)]
#[specta::specta]
pub fn check_server(shell: State<'_, Shell>, server: ServerInput) -> Answer<ServerView> {
    server_view(&server, &Surroundings::real()).map_err(|failure| failure.problem(shell.language()))
}
