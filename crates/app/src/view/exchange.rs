//! Identities, verification and import.

use super::{CellDifference, Passphrase};
use crate::problem::Problem;
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// An identity of this machine.
    pub struct IdentityView {
        /// SHA-256 of its certificate, in groups of four.
        pub fingerprint: String,
        /// The person.
        pub name: String,
        /// The organisation.
        pub organisation: String,
        /// End of validity, local date.
        pub valid_until: String,
        /// What it signs packages and receipts with.
        pub algorithm: Algorithm,
        /// SHA-256, in groups of four, of the certificate that PDFs are signed with, when that is another.
        pub pdf: Option<String>,
    }

    /// What a new identity needs.
    pub struct NewIdentity {
        /// The person.
        pub name: String,
        /// The organisation.
        pub organisation: String,
        /// Protects the key; not kept.
        pub passphrase: Passphrase,
        /// What the key signs with.
        pub algorithm: Algorithm,
    }

    /// What an identity signs packages and receipts with.
    #[derive(Copy, Eq)]
    pub enum Algorithm {
        /// ECDSA on P-256 with SHA-256, for PDFs as well.
        P256,
        /// SM2 with SM3 (国密); PDFs are signed with a P-256 key beside it.
        Sm2,
    }

    /// Whether this machine knows a signer.
    pub enum SignerTrust {
        /// An identity of this machine.
        Own,
        /// Accepted by this machine.
        Trusted,
        /// Not known.
        Unknown,
        /// The certificate was revoked, or taken off the list.
        Revoked,
        /// The certificate is not for signing.
        Unfit,
        /// The certificate was not in force at the time of signing.
        OutOfTerm,
    }

    /// Who signed.
    pub struct SignerView {
        /// The person.
        pub name: String,
        /// The organisation.
        pub organisation: String,
        /// SHA-256 of the certificate, in groups of four.
        pub fingerprint: String,
        /// When, local time.
        pub time: String,
        /// Whether this machine knows them.
        pub trust: SignerTrust,
        /// What they are to what they signed, such as the assessor of the sheet inside.
        pub role: Option<String>,
        /// The accepted office that issued the certificate.
        pub office: Option<String>,
        /// What to know of the time of signing, such as two clocks that differ.
        pub note: Option<Problem>,
    }

    /// Kind of a file that was verified.
    pub enum VerifiedKind {
        /// An exchange package.
        Package,
        /// A PDF.
        Pdf,
        /// A receipt for a package.
        Receipt,
    }

    /// What a person needs to know of a file first.
    pub enum Verdict {
        /// Sound, and signed by someone known.
        #[serde(rename = "trusted")]
        Trusted,
        /// Sound, and signed by someone not known.
        #[serde(rename = "signer-unknown")]
        SignerUnknown,
        /// Sound, and not signed.
        #[serde(rename = "unsigned")]
        Unsigned,
        /// Not what was written.
        #[serde(rename = "damaged")]
        Damaged,
        /// The signature does not fit.
        #[serde(rename = "forged")]
        Forged,
        /// A PDF that prints what does not follow from the data inside.
        #[serde(rename = "differs")]
        Differs,
        /// Signed with a certificate that was revoked, or taken off the list.
        #[serde(rename = "revoked")]
        Revoked,
        /// Signed with a certificate that is not for signing.
        #[serde(rename = "unfit")]
        Unfit,
        /// Signed at a time at which the certificate was not in force.
        #[serde(rename = "out-of-term")]
        OutOfTerm,
        /// Written by a newer program.
        #[serde(rename = "newer-format")]
        NewerFormat,
    }

    /// A fact with its name.
    pub struct Fact {
        /// Its name.
        pub label: String,
        /// Its value.
        pub value: String,
    }

    /// What verifying a file found.
    pub struct VerifyReport {
        /// The file.
        pub path: String,
        /// What it is.
        pub kind: VerifiedKind,
        /// What to know first.
        pub verdict: Verdict,
        /// The verdict in words.
        pub title: String,
        /// Who signed.
        pub signers: Vec<SignerView>,
        /// What is inside.
        pub facts: Vec<Fact>,
        /// Where a PDF prints what does not follow from the data inside.
        pub differences: Vec<CellDifference>,
        /// What is wrong.
        pub problems: Vec<Problem>,
    }

    /// What happened to a sheet of a package.
    pub enum ImportResult {
        /// New here.
        Added,
        /// A later revision than the one here.
        Updated,
        /// The same as here.
        Same,
        /// Another content under the same revision.
        Conflicting,
    }

    /// A sheet of a package.
    pub struct ImportRow {
        /// The sheet.
        pub sheet: String,
        /// The unit.
        pub unit: String,
        /// The assessor.
        pub assessor: String,
        /// What happened.
        pub result: ImportResult,
        /// In words.
        pub text: String,
    }

    /// What an import did.
    pub struct ImportReport {
        /// By sheet.
        pub rows: Vec<ImportRow>,
        /// New pieces of evidence.
        pub evidence_added: u32,
        /// Problems that are new or were changed later than what was here.
        pub problems: u32,
        /// Its number among the packages seen, by which a receipt can be given.
        pub parcel: u32,
        /// What verifying found before.
        pub verification: VerifyReport,
    }
}

impl Verdict {
    /// Nothing is wrong with the file, whether or not somebody signed it.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.is_signed() || matches!(self, Self::Unsigned)
    }

    /// Nothing is wrong with the file, and somebody signed it, known here or not.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        matches!(self, Self::Trusted | Self::SignerUnknown)
    }
}
