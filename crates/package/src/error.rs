//! Everything that can stop this crate's work.

use crate::entry::NameFault;
use std::path::Path;

/// What stopped the work. What people read stands in `crates/app/messages/package.toml`.
#[derive(Debug, Clone, PartialEq, thiserror::Error, serde::Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Error {
    /// The passphrase has fewer characters than [`crate::identity::PASSPHRASE_MINIMUM`].
    #[error("passphrase has {found} characters, at least {minimum} are needed")]
    PassphraseTooShort {
        /// Characters needed.
        minimum: usize,
        /// Characters given.
        found: usize,
    },
    /// The passphrase does not open the key.
    #[error("the passphrase does not open the key")]
    PassphraseWrong {},
    /// A name of the identity is empty, too long or holds control characters.
    #[error("{field} of the identity cannot be used: {found:?} (1 to {maximum} characters, no control characters)")]
    PersonNameUnusable {
        /// `name`, `organisation` or `role`.
        field: &'static str,
        /// The text given.
        found: String,
        /// Characters allowed.
        maximum: usize,
    },
    /// A time cannot be written in a certificate or signature.
    #[error("time {time} cannot be written in a certificate or signature")]
    TimeOutOfRange {
        /// Unix seconds.
        time: i64,
    },
    /// The key file is not an encrypted PKCS#8 key that this program opens.
    #[error("key file unreadable: {detail}")]
    KeyUnreadable {
        /// What the parser said.
        detail: String,
    },
    /// The certificate file is not an X.509 certificate.
    #[error("certificate unreadable: {detail}")]
    CertificateUnreadable {
        /// What the parser said.
        detail: String,
    },
    /// The file is no request for a certificate.
    #[error("request unreadable: {detail}")]
    RequestUnreadable {
        /// What the parser said.
        detail: String,
    },
    /// A request is not signed with the key that it names.
    #[error("the request of {name} is not signed with its own key")]
    RequestUnfit {
        /// Name in the request.
        name: String,
    },
    /// The file is no revocation list.
    #[error("revocation list unreadable: {detail}")]
    ListUnreadable {
        /// What the parser said.
        detail: String,
    },
    /// A certificate is used to issue that may not.
    #[error("{name} ({fingerprint}) is no certificate authority")]
    NotAnAuthority {
        /// Name in the certificate.
        name: String,
        /// SHA-256 of the certificate.
        fingerprint: String,
    },
    /// A certificate cannot be issued for so long.
    #[error("a certificate for {found} years, 1 to {maximum}")]
    TermUnusable {
        /// Years asked for.
        found: u16,
        /// Years allowed.
        maximum: u16,
    },
    /// What was heard is not thirty digits.
    #[error("heard {digits} digits: {found:?}")]
    HeardUnreadable {
        /// What was given.
        found: String,
        /// Digits in it.
        digits: usize,
    },
    /// What was heard is another key's.
    #[error("heard another key: group {group} is {found}, expected {expected}")]
    HeardDiffers {
        /// Which group, from 1.
        group: usize,
        /// The group as heard.
        found: String,
        /// The group of the file.
        expected: String,
    },
    /// The key does not belong to the certificate.
    #[error("the key does not belong to the certificate of {name} ({fingerprint})")]
    KeyMismatch {
        /// Name in the certificate.
        name: String,
        /// SHA-256 of the certificate.
        fingerprint: String,
    },
    /// A certificate is already out of force, or not yet in force, at the time of signing.
    #[error("the certificate of {name} is not valid at the time of signing ({time}; {from} to {until})")]
    CertificateNotInForce {
        /// Name in the certificate.
        name: String,
        /// Time of signing, such as `2026-11-21T12:00:00Z`.
        time: String,
        /// Begin, likewise.
        from: String,
        /// End, likewise.
        until: String,
    },
    /// A structure could not be encoded; this is a defect of the program.
    #[error("could not encode {what}: {detail}")]
    EncodingFailed {
        /// The structure.
        what: &'static str,
        /// What the encoder said.
        detail: String,
    },
    /// The bytes are no signature (CMS `SignedData`) that this program reads.
    #[error("signature unreadable: {detail}")]
    SignatureUnreadable {
        /// What the parser said.
        detail: String,
    },
    /// The signature does not fit the content.
    #[error("signature does not fit: {detail}")]
    SignatureUnfit {
        /// Which of the checks failed.
        detail: String,
    },
    /// A PDF is to be signed with a key that no PDF reader knows.
    #[error("a PDF cannot be signed with the SM2 key of {name}")]
    PdfNeedsP256 {
        /// Name in the certificate.
        name: String,
    },
    /// The bytes are no PDF that this program reads.
    #[error("PDF unreadable: {detail}")]
    PdfUnreadable {
        /// What the parser said.
        detail: String,
    },
    /// The PDF ends before its end mark.
    #[error("PDF ends early, after {found} bytes")]
    PdfTruncated {
        /// Bytes there are.
        found: usize,
    },
    /// The PDF is encrypted.
    #[error("PDF is encrypted")]
    PdfEncrypted {},
    /// The PDF has no such page.
    #[error("PDF has {pages} pages, page index {page} was asked for")]
    PdfPageMissing {
        /// Zero-based index asked for.
        page: usize,
        /// Pages there are.
        pages: usize,
    },
    /// The PDF already has a field of this name.
    #[error("PDF already has a field {field}")]
    PdfFieldTaken {
        /// The field's name.
        field: String,
    },
    /// A value is not an object, not canonical, too deep or too long for a package.
    #[error("{name} cannot be packed: {detail}")]
    JsonUnusable {
        /// The entry it was meant for.
        name: String,
        /// What is wrong.
        detail: String,
    },
    /// A name cannot be used inside a package.
    #[error("name {name:?} cannot be used in a package: {fault:?}")]
    EntryNameUnusable {
        /// The name.
        name: String,
        /// Why.
        fault: NameFault,
    },
    /// Two entries would get the same name (also by case or Unicode normal form).
    #[error("two entries would be named {name}")]
    EntryNameTaken {
        /// The name.
        name: String,
    },
    /// A `bag-info.txt` field is empty, holds a line break, or is one that this crate writes.
    #[error("bag-info field {label:?} cannot be used")]
    BagInfoUnusable {
        /// The label.
        label: String,
    },
    /// A text is no SHA-256 digest.
    #[error("{found:?} is no SHA-256 digest")]
    DigestUnreadable {
        /// The text.
        found: String,
    },
    /// The package would exceed what a reader accepts.
    #[error("{what} is {found}, at most {limit} can be packed")]
    PackageTooLarge {
        /// Stable word: `entries`, `bytes` or the entry's name.
        what: String,
        /// The limit.
        limit: u64,
        /// What it would be.
        found: u64,
    },
    /// An evidence file is no longer what its digest says.
    #[error("evidence {path} changed: expected {expected}, found {found}")]
    EvidenceChanged {
        /// The file.
        path: String,
        /// SHA-256 or size expected.
        expected: String,
        /// SHA-256 or size found.
        found: String,
    },
    /// The catalogue names evidence that was not given to be packed.
    #[error("evidence {sha256} is in the catalogue but was not given")]
    EvidenceNotGiven {
        /// SHA-256 of the evidence.
        sha256: String,
    },
    /// The package does not hold what was asked for.
    #[error("the package does not hold {entry}")]
    EntryAbsent {
        /// What was asked for.
        entry: String,
    },
    /// The package carries a signature of this certificate already.
    #[error("{name} ({fingerprint}) signed it already")]
    SignedAlready {
        /// Name in the certificate.
        name: String,
        /// SHA-256 of the certificate, in groups of four.
        fingerprint: String,
    },
    /// The package is encrypted, and none of the keys at hand opens it.
    #[error("{path} is encrypted to somebody else")]
    PackageSealed {
        /// The package.
        path: String,
    },
    /// Nobody was named to encrypt to.
    #[error("nobody to encrypt to")]
    RecipientMissing {},
    /// A text is no recipient of the age format.
    #[error("{found:?} is no age recipient")]
    RecipientUnreadable {
        /// The text.
        found: String,
    },
    /// A kept key for encrypted packages cannot be read.
    #[error("exchange key unreadable: {detail}")]
    ExchangeKeyUnreadable {
        /// What the parser said.
        detail: String,
    },
    /// The person cancelled; nothing was left behind.
    #[error("cancelled")]
    PackageCancelled {},
    /// A file could not be read.
    #[error("cannot read {path}: {detail}")]
    FileUnreadable {
        /// The file.
        path: String,
        /// What the system said.
        detail: String,
    },
    /// A file could not be written; nothing was left behind.
    #[error("cannot write {path}: {detail}")]
    FileUnwritable {
        /// The file.
        path: String,
        /// What the system said.
        detail: String,
    },
    /// The disk is full; nothing was left behind.
    #[error("no room left for {path}")]
    PackageDiskFull {
        /// The file.
        path: String,
    },
    /// The package is damaged.
    #[error("{path} is damaged: {count} entries, first {first}")]
    PackageDamaged {
        /// The package.
        path: String,
        /// How many flaws were found.
        count: usize,
        /// The first flaw, in words for logs.
        first: String,
    },
    /// A signature of the package does not fit it.
    #[error("{path} is forged: signature {signature} does not fit: {detail}")]
    PackageForged {
        /// The package.
        path: String,
        /// The signature's entry.
        signature: String,
        /// Which of the checks failed.
        detail: String,
    },
    /// The package carries no signature.
    #[error("{path} is not signed")]
    PackageUnsigned {
        /// The package.
        path: String,
    },
    /// The package was written by a newer program.
    #[error("{path} has format {found}, this program reads up to {supported}")]
    PackageNewer {
        /// The package.
        path: String,
        /// Format of the package.
        found: u64,
        /// Newest format this program reads.
        supported: u64,
    },
}

impl Error {
    /// An `io::Error` met while reading `path`.
    pub(crate) fn reading(path: &Path, error: &std::io::Error) -> Self {
        Self::FileUnreadable { path: path.display().to_string(), detail: error.to_string() }
    }

    /// An `io::Error` met while writing `path`.
    pub(crate) fn writing(path: &Path, error: &std::io::Error) -> Self {
        let path = path.display().to_string();
        if error.kind() == std::io::ErrorKind::StorageFull {
            return Self::PackageDiskFull { path };
        }
        Self::FileUnwritable { path, detail: error.to_string() }
    }

    /// A structure that the program itself built and could not encode.
    pub(crate) fn encoding(what: &'static str, error: impl std::fmt::Display) -> Self {
        Self::EncodingFailed { what, detail: error.to_string() }
    }
}
