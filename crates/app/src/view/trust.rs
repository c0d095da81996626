//! Identities, the office, and whom the workspace accepts.

use super::{Algorithm, Passphrase};
use crate::problem::Problem;
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// How a certificate stands in time.
    pub enum Term {
        /// In force.
        InForce,
        /// In force for a few weeks more.
        EndsSoon,
        /// Not yet in force by this computer's clock.
        NotYet,
        /// No longer in force.
        Expired,
    }

    /// A certificate as people read it.
    pub struct CertificateView {
        /// SHA-256 of it, in groups of four.
        pub fingerprint: String,
        /// Thirty digits to be read aloud.
        pub spoken: String,
        /// The person or office.
        pub name: String,
        /// The organisation.
        pub organisation: String,
        /// The office that issued it; none for one that nobody vouches for.
        pub issuer: Option<String>,
        /// First day in force, local date.
        pub from: String,
        /// Last day in force, local date.
        pub until: String,
        /// How it stands now.
        pub term: Term,
        /// What its holder signs with; none for a kind of key that is not known here.
        pub algorithm: Option<Algorithm>,
    }

    /// What an identity of this workspace signs.
    #[derive(Copy, Eq)]
    pub enum Purpose {
        /// Everything.
        All,
        /// Packages and receipts, with SM2.
        Content,
        /// The PDFs of an SM2 identity, with a P-256 certificate beside that.
        Pdf,
    }

    /// An identity of this workspace.
    pub struct OwnIdentity {
        /// Its certificate.
        pub certificate: CertificateView,
        /// When a request for an office was written, local time.
        pub requested: Option<String>,
        /// Whether the office that issued the certificate is accepted here.
        pub office_accepted: bool,
        /// What it signs.
        pub purpose: Purpose,
    }

    /// How a certificate comes to be accepted, or not.
    pub enum Acceptance {
        /// Accepted by hand, after hearing its digits.
        ByHand,
        /// Issued by an accepted office.
        ByOffice,
        /// The office of this workspace.
        Own,
        /// Nobody has compared it yet.
        Unknown,
        /// Taken off the list by hand.
        Withdrawn,
        /// Revoked by the office that issued it.
        Revoked,
    }

    /// Someone on the list, or someone whose signature was met.
    pub struct TrustedView {
        /// The certificate.
        pub certificate: CertificateView,
        /// Whether it is accepted.
        pub acceptance: Acceptance,
        /// Since when, or until when; local time.
        pub since: String,
        /// What was noted, or why it is no longer accepted.
        pub note: String,
        /// The office's revocation list, when this is an office and one has come.
        pub list: Option<ListView>,
    }

    /// A revocation list.
    pub struct ListView {
        /// Its number.
        pub number: String,
        /// When it was written, local date.
        pub written: String,
        /// How many certificates are on it.
        pub count: u32,
        /// By the office's own plan a newer one should have come.
        pub overdue: bool,
    }

    /// Why a certificate is revoked.
    #[derive(Copy, Eq)]
    pub enum RevokeReason {
        /// Somebody else may have the key.
        KeyCompromise,
        /// The person no longer works there.
        AffiliationChanged,
        /// A newer certificate took its place.
        Superseded,
        /// The person no longer assesses.
        Cessation,
        /// Not said.
        Unspecified,
    }

    /// A certificate that the office of this workspace issued.
    pub struct IssuedView {
        /// The certificate.
        pub certificate: CertificateView,
        /// When it was issued, local time.
        pub at: String,
        /// When it was revoked, local time.
        pub revoked: Option<String>,
        /// Why, in words.
        pub reason: String,
    }

    /// An office to be set up; its key is P-256, which certifies keys of either kind.
    pub struct NewOffice {
        /// Its name.
        pub name: String,
        /// What it belongs to.
        pub organisation: String,
        /// Protects the key; not kept.
        pub passphrase: Passphrase,
    }

    /// The office of this workspace.
    pub struct OfficeView {
        /// Its root.
        pub certificate: CertificateView,
        /// What it issued, the latest first.
        pub issued: Vec<IssuedView>,
        /// Its latest revocation list.
        pub list: Option<ListView>,
    }

    /// This computer's clock.
    pub struct ClockView {
        /// What it says, local time with the zone.
        pub now: String,
        /// What is wrong with it, with both times.
        pub problem: Option<Problem>,
    }

    /// The page of identities and trust.
    pub struct TrustView {
        /// The clock.
        pub clock: ClockView,
        /// Identities of this workspace.
        pub identities: Vec<OwnIdentity>,
        /// The office of this workspace.
        pub office: Option<OfficeView>,
        /// Offices, accepted or not.
        pub offices: Vec<TrustedView>,
        /// People whose signatures were met or who were accepted.
        pub people: Vec<TrustedView>,
    }

    /// What a file of identities and trust is.
    pub enum TrustFileKind {
        /// A request for a certificate.
        Request,
        /// A certificate for an identity of this workspace.
        Own,
        /// An office's certificate.
        Office,
        /// Somebody else's certificate.
        Person,
        /// A revocation list.
        List,
    }

    /// A file of identities and trust, looked at and not taken in.
    pub struct TrustFile {
        /// The file.
        pub path: String,
        /// What it is.
        pub kind: TrustFileKind,
        /// Whom it names; for a list the office.
        pub name: String,
        /// The organisation.
        pub organisation: String,
        /// What the key signs with; for a list none.
        pub algorithm: Option<Algorithm>,
        /// The certificate, when it is one.
        pub certificate: Option<CertificateView>,
        /// The list, when it is one.
        pub list: Option<ListView>,
        /// What it says is here already.
        pub known: bool,
    }

    /// A file that was written to be handed over.
    pub struct HandedFile {
        /// Its path.
        pub path: String,
        /// Its name.
        pub name: String,
        /// What its owner reads aloud to who receives it; empty for what nobody compares.
        pub spoken: String,
    }

    /// A certificate to be accepted.
    pub struct AcceptInput {
        /// A file, or the fingerprint of a certificate that was met.
        pub what: String,
        /// The thirty digits that its holder read aloud, or the whole fingerprint.
        pub heard: String,
        /// What is to be noted.
        pub note: String,
    }

    /// A certificate to be issued.
    pub struct IssueInput {
        /// The request.
        pub path: String,
        /// The person.
        pub name: String,
        /// The organisation.
        pub organisation: String,
        /// Years in force.
        pub years: u16,
        /// The thirty digits that the person read aloud.
        pub heard: String,
        /// Opens the office's key.
        pub passphrase: Passphrase,
        /// The folder that the certificate is written to.
        pub directory: String,
    }

    /// A certificate to be revoked.
    pub struct RevokeInput {
        /// The certificate, by fingerprint, the beginning of one, or name.
        pub certificate: String,
        /// Why.
        pub reason: RevokeReason,
        /// Opens the office's key.
        pub passphrase: Passphrase,
        /// The folder that the list is written to.
        pub directory: String,
    }
}
