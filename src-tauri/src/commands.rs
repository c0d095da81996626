//! The commands of the window, each a use case of [`app`]; a file for each part of the program, those of an office beside
//! them. The TypeScript bindings are generated from this list.

mod desk;
mod evidence;
mod exchange;
mod home;
mod rubrics;
mod trust;
mod work;

use crate::dialogs;
use crate::office::{data, inbox, merging, panel, reports, results};
use crate::shell::{Answer, Progress, Shell};
use app::Language;
use tauri::{AppHandle, State, Wry};
use tauri_specta::{Builder, collect_commands};

/// All commands.
#[expect(clippy::too_many_lines, reason = "one list, a name a line")]
pub fn all() -> Builder<Wry> {
    Builder::new().disable_serde_phases().typ::<Progress>().commands(collect_commands![
        home::home,
        home::set_role,
        home::make_sample,
        home::correct_sheet,
        home::remove_sheets,
        home::restore_sheets,
        home::show_parcel,
        home::show_written,
        rubrics::rubric,
        rubrics::diff_rubrics,
        rubrics::localise_rubric,
        rubrics::export_rubric,
        rubrics::rubric_template,
        rubrics::import_rubric,
        desk::export_score_book,
        desk::preview_score_book,
        desk::import_score_book,
        desk::table_headings,
        desk::count_rows,
        desk::set_quantity_from_table,
        desk::convert,
        home::create_sheet,
        rubrics::migrate_sheet,
        desk::open_sheet,
        desk::what_if,
        desk::dashboard,
        desk::write_picture,
        desk::set_mark,
        desk::set_part,
        desk::set_quantity,
        desk::set_full,
        desk::set_limit,
        desk::set_remark,
        desk::set_doubt,
        desk::undo,
        desk::redo,
        evidence::attach_evidence,
        evidence::has_folder,
        evidence::plan_distribution,
        evidence::distribute,
        evidence::set_verdict,
        evidence::missing_evidence,
        evidence::add_interview,
        evidence::interview,
        evidence::update_interview,
        cancel_work,
        evidence::change_evidence,
        work::writings,
        work::write_text,
        work::count_text,
        work::schedule,
        work::set_schedule,
        work::rectification,
        work::problem_draft,
        work::note_problem,
        work::note_deductions,
        work::set_found,
        work::set_plan,
        work::remove_problem,
        work::confirm_problem,
        work::set_problem_evidence,
        work::attach_to_problem,
        work::set_notified,
        work::step_rectification,
        home::last_rounds,
        home::create_sheet_from,
        desk::confirm_carried,
        work::tasks,
        work::change_tasks,
        work::department_progress,
        work::reminder,
        evidence::check_evidence,
        evidence::check_format,
        evidence::preview_evidence,
        evidence::preview_bytes,
        evidence::leave_preview,
        evidence::clear_leftovers,
        evidence::open_evidence,
        desk::finalize_sheet,
        desk::reopen_sheet,
        trust::create_identity,
        trust::trust,
        trust::trust_file,
        trust::accept,
        trust::withdraw,
        trust::take_revocation_list,
        trust::request_certificate,
        trust::import_certificate,
        trust::create_office,
        trust::hand_office_certificate,
        trust::issue_certificate,
        trust::hand_certificate,
        trust::revoke_certificate,
        trust::renew_revocation_list,
        trust::signing,
        trust::forget_passphrases,
        trust::keep_drawing,
        trust::sign_pdf,
        exchange::export_sheet,
        exchange::documents,
        exchange::preview_document,
        exchange::export_document,
        exchange::verify_file,
        exchange::verification_record,
        exchange::export_verification,
        exchange::import_package,
        exchange::countersign_package,
        exchange::names_to_mask,
        exchange::keys,
        exchange::make_key,
        exchange::add_recipient,
        exchange::remove_recipient,
        desk::history,
        desk::changes_since_signed,
        desk::check_history,
        exchange::receipts,
        exchange::give_receipt,
        exchange::take_receipt,
        inbox::inbox,
        inbox::inbox_changes,
        inbox::take_in,
        inbox::keep_contested,
        inbox::import_runs,
        inbox::import_log,
        inbox::export_import_log,
        inbox::undo_import,
        inbox::conflicts,
        inbox::conflict,
        inbox::decide_side,
        inbox::decide_names,
        inbox::withdraw_decision,
        inbox::export_decisions,
        merging::merge_files,
        panel::panels,
        panel::panel,
        panel::panel_unit,
        panel::new_panel,
        panel::set_panel_member,
        panel::set_panel_leader,
        panel::recuse,
        panel::set_panel_policy,
        panel::agree,
        panel::step_panel,
        data::facts,
        data::export_facts,
        data::publish_facts,
        data::check_server,
        data::served_results,
        reports::reports,
        reports::preview_report,
        reports::export_report,
        reports::report_texts,
        reports::set_report_text,
        reports::run_reports,
        reports::take_problems,
        results::results,
        results::unit_profile,
        results::compare_units,
        results::trend,
        results::explain_mark,
        results::match_editions,
        results::unmatch_editions,
        results::result_views,
        results::save_result_view,
        results::rename_result_view,
        results::remove_result_view,
        results::export_results,
        panel::panel_as,
        panel::panel_offers,
        panel::compare_members,
        panel::panel_agreement,
        panel::rename_panel,
        panel::remove_panel,
        panel::removed_panels,
        panel::restore_panel,
        panel::export_panel,
        set_language,
        choose_files,
        choose_folder,
    ])
}

/// Lets the person choose files, by the system's dialog; empty when they choose none.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_files(window: AppHandle, title: String, name: String, endings: Vec<String>) -> Answer<Vec<String>> {
    Ok(dialogs::files(&window, &title, &name, &endings))
}

/// Lets the person choose a folder, by the system's dialog.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_folder(window: AppHandle, title: String) -> Answer<Option<String>> {
    Ok(dialogs::folder(&window, &title))
}

/// Stops the running work.
#[tauri::command]
#[specta::specta]
pub fn cancel_work(shell: State<'_, Shell>) -> Answer<()> {
    shell.cancel();
    Ok(())
}

/// Sets the language of problems, traces and reports, and keeps it.
#[tauri::command(async)]
#[specta::specta]
pub fn set_language(shell: State<'_, Shell>, language: Language) -> Answer<()> {
    shell.set_language(language);
    shell.with(|session| session.choose_language(language))
}

#[cfg(test)]
mod tests {
    use specta_typescript::Typescript;

    /// Writes the bindings; CI fails when the committed ones differ.
    #[test]
    fn export_bindings() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/bindings.ts");
        let header = "// Generated from the commands in src-tauri by `cargo test -p window bindings`. Do not edit.\n";
        super::all().export(Typescript::default().header(header), path).unwrap();
    }
}
