//! The catalogue of evidence.

use crate::bytes::Bytes;
use crate::shell::{Answer, Shell, Task, open_with_system};
use app::view::{
    AttachReport, CatalogueState, DistributionLine, DistributionPlan, DistributionReport, EvidenceChange,
    EvidenceCheck, EvidenceVerdict, FormatView, InterviewFields, MissingList, PreviewView, SheetState,
};
use std::path::PathBuf;
use tauri::{AppHandle, Manager, State};

use_cases! {
    /// Judges pieces of evidence, or takes their verdicts away; without a note each keeps its own.
    fn set_verdict(
        sheet: String,
        items: Vec<String>,
        verdict: Option<EvidenceVerdict>,
        note: Option<String>
    ) -> SheetState {
        |session| session.set_verdict(&sheet, &items, verdict.as_ref(), note.as_deref())
    }

    /// What evidence is missing, by indicator.
    fn missing_evidence(sheet: String) -> MissingList { |session| session.missing_evidence(&sheet) }

    /// Adds a note of an interview to points.
    fn add_interview(sheet: String, points: Vec<String>, fields: InterviewFields) -> CatalogueState {
        |session| session.add_interview(&sheet, &points, &fields)
    }

    /// A note of an interview.
    fn interview(sheet: String, item: String) -> InterviewFields { |session| session.interview(&sheet, &item) }

    /// Changes a note of an interview.
    fn update_interview(sheet: String, item: String, fields: InterviewFields) -> CatalogueState {
        |session| session.update_interview(&sheet, &item, &fields)
    }

    /// Changes the catalogue: all of it, or nothing.
    fn change_evidence(sheet: String, changes: Vec<EvidenceChange>) -> CatalogueState {
        |session| session.change_evidence(&sheet, &changes)
    }

    /// Removes what interrupted copying left in the workspace.
    fn clear_leftovers() -> () { |session| session.clear_leftovers() }
}

/// Compares the file of a piece of evidence with the format; the session is free for others meanwhile.
#[tauri::command(async)]
#[specta::specta]
pub fn check_format(shell: State<'_, Shell>, sheet: String, item: String) -> Answer<FormatView> {
    let job = shell.with(|session| session.format_job(&sheet, &item))?;
    let language = job.language();
    job.run().map_err(|failure| failure.problem(language))
}

/// Looks at a piece of evidence; the session is free for others meanwhile, and a newer look ends this one.
#[tauri::command]
#[specta::specta]
pub async fn preview_evidence(window: AppHandle, sheet: String, item: String) -> Answer<PreviewView> {
    aside(window, move |shell| {
        let turn = shell.previews.turn();
        let job = shell.with(|session| session.look_job(&sheet, &item))?;
        job.look(&turn).map_err(|failure| failure.problem(job.language()))
    })
    .await
}

/// Bytes of the picture or PDF that a look opened, from one place to before another.
#[tauri::command]
#[specta::specta]
pub async fn preview_bytes(window: AppHandle, ticket: u32, from: u32, to: u32) -> Answer<Bytes> {
    aside(window, move |shell| {
        let bytes = shell.previews.bytes(ticket, from, to);
        bytes.map(Bytes).map_err(|failure| failure.problem(shell.language()))
    })
    .await
}

/// Ends the look that is under way.
#[tauri::command]
#[specta::specta]
pub fn leave_preview(shell: State<'_, Shell>) -> Answer<()> {
    shell.previews.leave();
    Ok(())
}

/// Opens a copy of a piece of evidence with the system's program; one that can run as a program only when `anyway`.
#[tauri::command]
#[specta::specta]
pub async fn open_evidence(window: AppHandle, sheet: String, item: String, anyway: bool) -> Answer<()> {
    aside(window, move |shell| {
        let job = shell.with(|session| session.look_job(&sheet, &item))?;
        let opened = job.copy(&shell.previews, anyway).and_then(|copy| open_with_system(&copy));
        opened.map_err(|failure| failure.problem(job.language()))
    })
    .await
}

/// Runs what may take seconds on a thread of its own, so that other commands are answered meanwhile.
async fn aside<T: Send + 'static>(
    window: AppHandle,
    run: impl FnOnce(&Shell) -> Answer<T> + Send + 'static,
) -> Answer<T> {
    let shown = window.clone();
    let done = tauri::async_runtime::spawn_blocking(move || run(&window.state::<Shell>())).await;
    done.unwrap_or_else(|panic| {
        let failure = app::Failure::from(app::refusal::Refusal::Defect { detail: panic.to_string() });
        Err(failure.problem(shown.state::<Shell>().language()))
    })
}

/// Copies files into the workspace and lets them support points, with progress.
#[tauri::command(async)]
#[specta::specta]
pub fn attach_evidence(
    shell: State<'_, Shell>,
    window: AppHandle,
    sheet: String,
    points: Vec<String>,
    paths: Vec<String>,
) -> Answer<AttachReport> {
    let watch = shell.watch(&window, Task::Attach);
    let paths: Vec<PathBuf> = paths.into_iter().map(PathBuf::from).collect();
    shell.with(|session| session.attach(&sheet, &points, &paths, &watch))
}

/// Whether any of these paths is a folder.
#[tauri::command(async)]
#[specta::specta]
pub fn has_folder(paths: Vec<String>) -> Answer<bool> {
    let paths: Vec<PathBuf> = paths.into_iter().map(PathBuf::from).collect();
    Ok(app::distribute::has_folder(&paths))
}

/// Says where files and the files in folders would go, with progress; changes nothing.
#[tauri::command(async)]
#[specta::specta]
pub fn plan_distribution(
    shell: State<'_, Shell>,
    window: AppHandle,
    sheet: String,
    paths: Vec<String>,
    on: Option<String>,
) -> Answer<DistributionPlan> {
    let watch = shell.watch(&window, Task::Distribute);
    let paths: Vec<PathBuf> = paths.into_iter().map(PathBuf::from).collect();
    shell.with(|session| session.plan_distribution(&sheet, &paths, on.as_deref(), &watch))
}

/// Attaches each file to its points, with progress.
#[tauri::command(async)]
#[specta::specta]
pub fn distribute(
    shell: State<'_, Shell>,
    window: AppHandle,
    sheet: String,
    lines: Vec<DistributionLine>,
) -> Answer<DistributionReport> {
    let watch = shell.watch(&window, Task::Distribute);
    shell.with(|session| session.distribute(&sheet, &lines, &watch))
}

/// Reads every file of the catalogue again, with progress.
#[tauri::command(async)]
#[specta::specta]
pub fn check_evidence(shell: State<'_, Shell>, window: AppHandle, sheet: String) -> Answer<EvidenceCheck> {
    let watch = shell.watch(&window, Task::Check);
    shell.with(|session| session.check_evidence(&sheet, &watch))
}
