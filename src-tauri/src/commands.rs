//! The commands of the window, each a use case of [`app`]. The TypeScript bindings are generated from this list.

use crate::bytes::Bytes;
use crate::dialogs;
use crate::office::{data, inbox, panel, reports, results};
use crate::shell::{Answer, Progress, Shell, Task, open_with_system};
use app::localise::Target;
use app::score_book::ScoreBookReport;
use app::view::{AcceptInput, HandedFile, IssueInput, OfficeView, Passphrase, RevokeInput, TrustFile, TrustView};
use app::view::{
    AttachReport, CatalogueState, DashboardView, DepartmentProgress, Desk, DistributionLine, DistributionPlan,
    DistributionReport, DocumentFormat, DocumentOptions, DocumentView, EvidenceChange, EvidenceCheck, EvidenceVerdict,
    ExportInput, ExportReport, ExportedFile, FormatView, Home, IdentityView, ImportReport, InterviewFields, LocalInput,
    LocalReport, MigrationReport, MissingList, NewIdentity, NewOffice, NewSheet, PartEntry, PreviewView, Role,
    RosterCount, RosterQuery, RubricDiff, RubricView, ScheduleLine, ScheduleView, SheetFacts, SheetState,
    TableHeadings, TaskChange, TasksView, VerificationView, VerifyReport, WhatIfView, WritingCount, WritingSaved,
    WritingView,
};
use app::view::{ChangesView, HistoryQuery, HistoryReport, HistoryView, ReceiptInput, ReceiptReport, ReceiptView};
use app::view::{CountersignInput, CountersignReport, KeysView};
use app::view::{DeductionView, FoundInput, LastRound, PlanInput, ProblemAttached, RectificationView, TakenOver};
use app::view::{DrawnSignature, SignPdfInput, SigningState};
use app::workbooks::WorkbookReport;
use app::{Language, rubrics};
use std::path::{Path, PathBuf};
use tauri::{AppHandle, Manager, State, Wry};
use tauri_specta::{Builder, collect_commands};

/// All commands.
#[expect(clippy::too_many_lines, reason = "one list, a name a line")]
pub fn all() -> Builder<Wry> {
    Builder::new().disable_serde_phases().typ::<Progress>().commands(collect_commands![
        home,
        set_role,
        make_sample,
        correct_sheet,
        remove_sheets,
        restore_sheets,
        show_parcel,
        rubric,
        diff_rubrics,
        localise_rubric,
        export_rubric,
        rubric_template,
        import_rubric,
        export_score_book,
        preview_score_book,
        import_score_book,
        table_headings,
        count_rows,
        set_quantity_from_table,
        convert,
        create_sheet,
        migrate_sheet,
        open_sheet,
        what_if,
        dashboard,
        write_picture,
        set_mark,
        set_part,
        set_quantity,
        set_full,
        set_limit,
        set_remark,
        set_doubt,
        undo,
        redo,
        attach_evidence,
        has_folder,
        plan_distribution,
        distribute,
        set_verdict,
        missing_evidence,
        add_interview,
        interview,
        update_interview,
        cancel_work,
        change_evidence,
        writings,
        write_text,
        count_text,
        schedule,
        set_schedule,
        rectification,
        problem_draft,
        note_problem,
        note_deductions,
        set_found,
        set_plan,
        remove_problem,
        confirm_problem,
        set_problem_evidence,
        attach_to_problem,
        set_notified,
        step_rectification,
        last_rounds,
        create_sheet_from,
        confirm_carried,
        tasks,
        change_tasks,
        department_progress,
        reminder,
        check_evidence,
        check_format,
        preview_evidence,
        preview_bytes,
        leave_preview,
        clear_leftovers,
        open_evidence,
        finalize_sheet,
        reopen_sheet,
        create_identity,
        trust,
        trust_file,
        accept,
        withdraw,
        take_revocation_list,
        request_certificate,
        import_certificate,
        create_office,
        hand_office_certificate,
        issue_certificate,
        hand_certificate,
        revoke_certificate,
        renew_revocation_list,
        signing,
        forget_passphrases,
        keep_drawing,
        sign_pdf,
        export_sheet,
        documents,
        preview_document,
        export_document,
        verify_file,
        verification_record,
        export_verification,
        import_package,
        countersign_package,
        names_to_mask,
        keys,
        make_key,
        add_recipient,
        remove_recipient,
        history,
        changes_since_signed,
        check_history,
        receipts,
        give_receipt,
        take_receipt,
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

use_cases! {
    /// What was done to a sheet, the latest first.
    fn history(sheet: String, query: HistoryQuery) -> HistoryView { |session| session.history(Some(&sheet), &query) }

    /// What a sheet has otherwise than its last signed revision.
    fn changes_since_signed(sheet: String) -> Option<ChangesView> { |session| session.changes_since_signed(&sheet) }

    /// The receipts that name a sheet, the latest first.
    fn receipts(sheet: String) -> Vec<ReceiptView> { |session| session.receipts(&sheet) }

    /// Signs a receipt for a package that was taken in.
    fn give_receipt(input: ReceiptInput) -> ExportedFile { |session| session.give_receipt(&input) }

    /// Takes a receipt in.
    fn take_receipt(path: String) -> ReceiptReport { |session| session.take_receipt(Path::new(&path)) }

    /// The names that a masked copy of a sheet would hide.
    fn names_to_mask(sheet: String) -> Vec<String> { |session| session.names_to_mask(&sheet) }

    /// This workspace's key for encrypted packages, and those of others.
    fn keys() -> KeysView { |session| session.keys() }

    /// Makes a key for this workspace.
    fn make_key() -> KeysView { |session| session.make_key() }

    /// Keeps somebody's key under a name.
    fn add_recipient(name: String, key: String) -> KeysView { |session| session.add_recipient(&name, &key) }

    /// Forgets somebody's key.
    fn remove_recipient(recipient: String) -> KeysView { |session| session.remove_recipient(&recipient) }

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

    /// Earlier sheets that a new one can start from.
    fn last_rounds(input: NewSheet) -> Vec<LastRound> { |session| session.last_rounds(&input) }

    /// Makes a sheet that starts from an earlier one.
    fn create_sheet_from(input: NewSheet, from: String) -> TakenOver {
        |session| session.create_sheet_from(&input, &from)
    }

    /// Confirms what waits at points of the last round, or lets it go.
    fn confirm_carried(sheet: String, codes: Vec<String>, keep: bool) -> SheetState {
        |session| session.confirm_carried(&sheet, &codes, keep)
    }

    /// The start page.
    fn home() -> Home { |session| session.home() }

    /// Keeps what the workspace's owner does in assessments.
    fn set_role(role: Role) -> () { |session| session.set_role(&role) }

    /// Makes the sample, or finds it, and returns the id of its self-evaluation.
    fn make_sample() -> String { |session| session.make_sample() }

    /// Corrects unit, year, stage and assessor of a draft.
    fn correct_sheet(sheet: String, facts: SheetFacts) -> () { |session| session.correct_sheet(&sheet, &facts) }

    /// Takes drafts off the list, all or none; they can be put back.
    fn remove_sheets(sheets: Vec<String>) -> () { |session| session.remove_sheets(&sheets) }

    /// Puts sheets back on the list, all or none.
    fn restore_sheets(sheets: Vec<String>) -> () { |session| session.restore_sheets(&sheets) }

    /// Shows the folder of a package of the list.
    fn show_parcel(id: u32) -> () {
        |session| {
            let path = session.parcel_path(id)?;
            open_with_system(path.parent().unwrap_or(&path))
        }
    }

    /// A rubric in full, by id or path.
    fn rubric(rubric: String) -> RubricView {
        |session| Ok(rubrics::view(&rubrics::load(&rubric)?.rubric, session.language))
    }

    /// What differs between two rubrics, each by id or path.
    fn diff_rubrics(first: String, second: String) -> RubricDiff {
        |session| app::edition::diff(&first, &second, session.language)
    }

    /// Derives a local edition of a rubric and writes its file.
    fn localise_rubric(input: LocalInput) -> LocalReport {
        |session| app::localise::localise_input(&input, session.language)
    }

    /// Brings a draft to another edition, as a new sheet.
    fn migrate_sheet(sheet: String, rubric: String) -> MigrationReport {
        |session| session.migrate(&sheet, &rubric)
    }

    /// Writes a rubric, by id or path, as a workbook.
    fn export_rubric(rubric: String, path: String, replace: bool) -> () {
        |_session| app::workbooks::export(&rubric, Target { path: Path::new(&path), replace })
    }

    /// Writes the empty workbook for a rubric.
    fn rubric_template(path: String, replace: bool) -> () {
        |_session| app::workbooks::template(Target { path: Path::new(&path), replace })
    }

    /// Reads the rubric of a workbook and writes its file; what is wrong comes by cell.
    fn import_rubric(book: String, path: String, replace: bool) -> WorkbookReport {
        |session| app::workbooks::import(Path::new(&book), Target { path: Path::new(&path), replace }, session.language)
    }

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

    /// Makes a sheet and returns its id.
    fn create_sheet(input: NewSheet) -> String { |session| session.create_sheet(&input) }

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

    /// Undoes the last change.
    fn undo(sheet: String) -> SheetState { |session| session.step(&sheet, true) }

    /// Redoes the last change undone.
    fn redo(sheet: String) -> SheetState { |session| session.step(&sheet, false) }

    /// Changes the catalogue: all of it, or nothing.
    fn change_evidence(sheet: String, changes: Vec<EvidenceChange>) -> CatalogueState {
        |session| session.change_evidence(&sheet, &changes)
    }

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

    /// Removes what interrupted copying left in the workspace.
    fn clear_leftovers() -> () { |session| session.clear_leftovers() }

    /// Locks a sheet.
    fn finalize_sheet(sheet: String) -> SheetState { |session| session.finalize(&sheet) }

    /// Starts the next revision of a locked sheet.
    fn reopen_sheet(sheet: String, reason: String) -> SheetState { |session| session.reopen(&sheet, &reason) }

    /// Every document, whether it can be made, and what a person should know of it.
    fn documents(sheet: String) -> Vec<DocumentView> { |session| session.documents(&sheet) }

    /// The pages of a document, as PDF.
    fn preview_document(sheet: String, document: String, options: DocumentOptions) -> Bytes {
        |session| session.preview(&sheet, &document, &options).map(Bytes)
    }

    /// Writes a document into a file.
    fn export_document(
        sheet: String,
        document: String,
        format: DocumentFormat,
        path: String,
        replace: bool,
        options: DocumentOptions
    ) -> ExportedFile {
        |session| {
            let target = Target { path: Path::new(&path), replace };
            session.export_document(&sheet, &document, &format, target, &options)
        }
    }

    /// What is known of each identity when somebody is to sign.
    fn signing() -> Vec<SigningState> { |session| session.signing() }

    /// Forgets the passphrases of this sitting.
    fn forget_passphrases() -> () {
        |session| {
            session.forget_passphrases();
            Ok(())
        }
    }

    /// Keeps a drawn signature with an identity, or takes it away.
    fn keep_drawing(identity: String, drawn: Option<DrawnSignature>) -> Vec<SigningState> {
        |session| session.keep_drawing(&identity, drawn.as_ref())
    }

    /// Adds a further signature to a PDF, in another file.
    fn sign_pdf(input: SignPdfInput) -> ExportedFile { |session| session.sign_pdf(&input) }

    /// The page of identities and trust.
    fn trust() -> TrustView { |session| session.trust() }

    /// What a file of identities and trust is.
    fn trust_file(path: String) -> TrustFile { |session| session.trust_file(Path::new(&path)) }

    /// Takes somebody off the list.
    fn withdraw(who: String, reason: String) -> TrustView { |session| session.withdraw(&who, &reason) }

    /// Takes an office's revocation list in.
    fn take_revocation_list(path: String) -> TrustView { |session| session.take_revocation_list(Path::new(&path)) }

    /// Writes a request for a certificate.
    fn request_certificate(identity: String, passphrase: Passphrase, directory: String) -> HandedFile {
        |session| session.request_certificate(&identity, &passphrase, &directory)
    }

    /// Takes the certificate in that an office issued.
    fn import_certificate(path: String) -> TrustView { |session| session.import_certificate(Path::new(&path)) }

    /// Sets an office up.
    fn create_office(input: NewOffice) -> OfficeView { |session| session.create_office(&input) }

    /// Writes the office's certificate.
    fn hand_office_certificate(directory: String) -> HandedFile { |session| session.hand_office_certificate(&directory) }

    /// Issues a certificate for a request.
    fn issue_certificate(input: IssueInput) -> HandedFile { |session| session.issue_certificate(&input) }

    /// Writes a certificate that was issued once more.
    fn hand_certificate(certificate: String, directory: String) -> HandedFile {
        |session| session.hand_certificate(&certificate, &directory)
    }

    /// Revokes a certificate.
    fn revoke_certificate(input: RevokeInput) -> HandedFile { |session| session.revoke_certificate(&input) }

    /// Signs the revocation list anew.
    fn renew_revocation_list(passphrase: Passphrase, directory: String) -> HandedFile {
        |session| session.renew_revocation_list(&passphrase, &directory)
    }

    /// Makes an identity.
    fn create_identity(input: NewIdentity) -> IdentityView { |session| session.create_identity(&input) }
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

/// Writes the signed PDF and package, with progress.
#[tauri::command(async)]
#[specta::specta]
pub fn export_sheet(shell: State<'_, Shell>, window: AppHandle, input: ExportInput) -> Answer<ExportReport> {
    let watch = shell.watch(&window, Task::Export);
    shell.with(|session| session.export(&input, &watch))
}

/// Verifies a package or a PDF, with progress.
#[tauri::command(async)]
#[specta::specta]
pub fn verify_file(shell: State<'_, Shell>, window: AppHandle, path: String) -> Answer<VerifyReport> {
    let watch = shell.watch(&window, Task::Import);
    shell.with(|session| session.verify(Path::new(&path), &watch))
}

/// Verifies a file and gives the record of it: each check, and the commands that repeat it; with progress.
#[tauri::command(async)]
#[specta::specta]
pub fn verification_record(shell: State<'_, Shell>, window: AppHandle, path: String) -> Answer<VerificationView> {
    let watch = shell.watch(&window, Task::Import);
    shell.with(|session| session.verifier()?.record(Path::new(&path), &watch))
}

/// Verifies a file and writes the record as a page, with progress.
#[tauri::command(async)]
#[specta::specta]
pub fn export_verification(
    shell: State<'_, Shell>,
    window: AppHandle,
    path: String,
    target: String,
    replace: bool,
) -> Answer<ExportedFile> {
    let watch = shell.watch(&window, Task::Import);
    let target = Target { path: Path::new(&target), replace };
    shell.with(|session| Ok(session.verifier()?.write_record(Path::new(&path), target, &watch)?.1))
}

/// Adds a signature to a package, with progress.
#[tauri::command(async)]
#[specta::specta]
pub fn countersign_package(
    shell: State<'_, Shell>,
    window: AppHandle,
    input: CountersignInput,
) -> Answer<CountersignReport> {
    let watch = shell.watch(&window, Task::Export);
    shell.with(|session| session.countersign(&input, &watch))
}

/// Imports a package, with progress; of a signer whom nobody has compared only when that is said.
#[tauri::command(async)]
#[specta::specta]
pub fn import_package(
    shell: State<'_, Shell>,
    window: AppHandle,
    path: String,
    unverified: bool,
) -> Answer<ImportReport> {
    let (watch, path) = (shell.watch(&window, Task::Import), Path::new(&path));
    shell.with(|session| if unverified { session.import(path, &watch) } else { session.import_accepted(path, &watch) })
}

/// Accepts a person or an office whose digits were heard, with progress.
#[tauri::command(async)]
#[specta::specta]
pub fn accept(shell: State<'_, Shell>, window: AppHandle, input: AcceptInput) -> Answer<TrustView> {
    let watch = shell.watch(&window, Task::Import);
    shell.with(|session| session.accept(&input, &watch))
}

/// Checks the history of the workspace, and compares it with packages that were handed over, with progress.
#[tauri::command(async)]
#[specta::specta]
pub fn check_history(shell: State<'_, Shell>, window: AppHandle, packages: Vec<String>) -> Answer<HistoryReport> {
    let watch = shell.watch(&window, Task::Check);
    let packages: Vec<&Path> = packages.iter().map(Path::new).collect();
    shell.with(|session| session.check_history(&packages, &watch))
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
