//! Who does what: texts, schedule, tasks, problems.

use crate::shell::{Answer, Shell, Task};
use app::view::{
    DeductionView, DepartmentProgress, FoundInput, PlanInput, ProblemAttached, RectificationView, ScheduleLine,
    ScheduleView, TaskChange, TasksView, WritingCount, WritingSaved, WritingView,
};
use std::path::PathBuf;
use tauri::{AppHandle, State};

use_cases! {
    /// Everything that can be written for the assessment of a sheet, with what is written.
    fn writings(sheet: String) -> WritingView { |session| session.writings(&sheet) }

    /// Writes one text, or takes it away when it is empty.
    fn write_text(sheet: String, place: String, part: String, text: String) -> WritingSaved {
        |session| session.write_text(&sheet, &place, &part, &text)
    }

    /// Counts a text that is being written; stores nothing.
    fn count_text(sheet: String, place: String, part: String, text: String) -> WritingCount {
        |session| session.count_text(&sheet, &place, &part, &text)
    }

    /// The schedule of a sheet's assessment.
    fn schedule(sheet: String) -> ScheduleView { |session| session.schedule(&sheet) }

    /// Stores the schedule of a sheet's assessment; without lines the rubric's own stands again.
    fn set_schedule(sheet: String, lines: Vec<ScheduleLine>) -> ScheduleView {
        |session| session.set_schedule(&sheet, &lines)
    }

    /// Who does what in a sheet's assessment, and how far each department is.
    fn tasks(sheet: String) -> TasksView { |session| session.tasks(&sheet) }

    /// Changes who does what in a sheet's assessment.
    fn change_tasks(sheet: String, change: TaskChange) -> TasksView { |session| session.change_tasks(&sheet, &change) }

    /// How far each department is; the points that nobody does come last.
    fn department_progress(sheet: String) -> Vec<DepartmentProgress> { |session| session.department_progress(&sheet) }

    /// The reminder of one department, or of all that miss something, as a text to be sent.
    fn reminder(sheet: String, department: Option<String>) -> String {
        |session| session.reminder(&sheet, department.as_deref())
    }

    /// The list of problems of a sheet's assessment.
    fn rectification(sheet: String) -> RectificationView { |session| session.rectification(&sheet) }

    /// What a problem at a place would begin with.
    fn problem_draft(sheet: String, code: String) -> DeductionView { |session| session.problem_draft(&sheet, &code) }

    /// Notes a problem.
    fn note_problem(sheet: String, found: FoundInput) -> RectificationView {
        |session| session.note_problem(&sheet, &found)
    }

    /// Notes a problem for each of these deductions; for all without codes.
    fn note_deductions(sheet: String, codes: Vec<String>) -> RectificationView {
        |session| session.note_deductions(&sheet, &codes)
    }

    /// Changes what was found.
    fn set_found(sheet: String, problem: String, found: FoundInput) -> RectificationView {
        |session| session.set_found(&sheet, &problem, &found)
    }

    /// Says what is done about a problem, and how far it is.
    fn set_plan(sheet: String, problem: String, plan: PlanInput) -> RectificationView {
        |session| session.set_plan(&sheet, &problem, &plan)
    }

    /// Takes a problem off the list.
    fn remove_problem(sheet: String, problem: String) -> RectificationView {
        |session| session.remove_problem(&sheet, &problem)
    }

    /// Says that the state of a problem of an earlier round was looked at.
    fn confirm_problem(sheet: String, problem: String) -> RectificationView {
        |session| session.confirm_problem(&sheet, &problem)
    }

    /// Refers to the pieces of the catalogue that show a rectification.
    fn set_problem_evidence(sheet: String, problem: String, items: Vec<String>) -> RectificationView {
        |session| session.set_problem_evidence(&sheet, &problem, &items)
    }

    /// Notes the day of the written notice.
    fn set_notified(sheet: String, day: String) -> RectificationView {
        |session| session.set_notified(&sheet, &day)
    }

    /// Undoes or redoes a change of the list.
    fn step_rectification(sheet: String, undo: bool) -> RectificationView {
        |session| session.step_rectification(&sheet, undo)
    }
}

/// Copies files into the workspace and refers to them from a problem, with progress.
#[tauri::command(async)]
#[specta::specta]
pub fn attach_to_problem(
    shell: State<'_, Shell>,
    window: AppHandle,
    sheet: String,
    problem: String,
    paths: Vec<String>,
) -> Answer<ProblemAttached> {
    let watch = shell.watch(&window, Task::Attach);
    let paths: Vec<PathBuf> = paths.into_iter().map(PathBuf::from).collect();
    shell.with(|session| session.attach_to_problem(&sheet, &problem, &paths, &watch))
}
