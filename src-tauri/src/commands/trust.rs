//! Identities, signatures, offices, whom to trust.

use crate::shell::{Answer, Shell, Task};
use app::view::{
    AcceptInput, DrawnSignature, ExportedFile, HandedFile, IdentityView, IssueInput, NewIdentity, NewOffice,
    OfficeView, Passphrase, RevokeInput, SignPdfInput, SigningState, TrustFile, TrustView,
};
use std::path::Path;
use tauri::{AppHandle, State};

use_cases! {
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

/// Accepts a person or an office whose digits were heard, with progress.
#[tauri::command(async)]
#[specta::specta]
pub fn accept(shell: State<'_, Shell>, window: AppHandle, input: AcceptInput) -> Answer<TrustView> {
    let watch = shell.watch(&window, Task::Import);
    shell.with(|session| session.accept(&input, &watch))
}
