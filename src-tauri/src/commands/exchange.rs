//! What is handed over and taken in: documents, packages, receipts, keys.

use crate::bytes::Bytes;
use crate::shell::{Answer, Shell, Task};
use app::localise::Target;
use app::view::{
    CountersignInput, CountersignReport, DocumentFormat, DocumentOptions, DocumentView, ExportInput, ExportReport,
    ExportedFile, ImportReport, KeysView, ReceiptInput, ReceiptReport, ReceiptView, VerificationView, VerifyReport,
};
use std::path::Path;
use tauri::{AppHandle, State};

use_cases! {
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
