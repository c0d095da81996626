//! What is refused or noted about identities, offices and signers.

use serde::Serialize;

/// What keeps an identity, a certificate or a signature from being taken; its texts stand in `messages/trust.toml`.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Refused {
    /// The workspace has an office.
    #[error("there is an office: {name}")]
    OfficeExists {
        /// Its name.
        name: String,
    },
    /// The workspace has no office.
    #[error("no office here")]
    NoOffice {},
    /// The office issued no such certificate, or several.
    #[error("not issued here: {given}")]
    NotIssuedHere {
        /// What was given.
        given: String,
    },
    /// The certificate was revoked before.
    #[error("certificate of {name} was revoked at {at}")]
    AlreadyRevoked {
        /// The person.
        name: String,
        /// When, local time.
        at: String,
    },
    /// A certificate for a key that is not here.
    #[error("certificate of {name} is for no identity here")]
    NotForThisWorkspace {
        /// The person.
        name: String,
        /// The organisation.
        organisation: String,
    },
    /// The file is no request, certificate or revocation list.
    #[error("{path} is no file of identities and trust")]
    NotATrustFile {
        /// The file.
        path: String,
    },
    /// A revocation list of an office that is not accepted.
    #[error("{path} is the revocation list of {name}, who is not accepted")]
    ListOfStranger {
        /// The file.
        path: String,
        /// Who wrote it, as it says.
        name: String,
    },
    /// A revocation list older than the one that is here.
    #[error("revocation list {found} of {name} is older than {kept}")]
    ListOlder {
        /// The office.
        name: String,
        /// Number of the list that is here.
        kept: u64,
        /// Number of the list that came.
        found: u64,
    },
    /// No certificate is known by this, or several are.
    #[error("no certificate {given}")]
    UnknownCertificate {
        /// What was given.
        given: String,
    },
    /// The certificate is not for signing documents.
    #[error("certificate of {name} is not for signing")]
    NotForSigning {
        /// The person.
        name: String,
    },
    /// A certificate is not in force by this computer's clock.
    #[error("certificate of {name} is in force {from} to {until}, the clock says {now}")]
    NotInForce {
        /// The person or office.
        name: String,
        /// Begin, local time.
        from: String,
        /// End, local time.
        until: String,
        /// The clock.
        now: String,
    },
    /// A package of someone whom nobody has compared.
    #[error("{path}: {name} was not compared")]
    SignerNotAccepted {
        /// The package.
        path: String,
        /// The person.
        name: String,
        /// The organisation.
        organisation: String,
        /// SHA-256 of the certificate, in groups of four.
        fingerprint: String,
    },
    /// A certificate was revoked by the office that issued it.
    #[error("certificate of {name} was revoked at {at}")]
    SignerRevoked {
        /// The person.
        name: String,
        /// When it was revoked, local time.
        at: String,
        /// Why, in words.
        reason: String,
        /// When the signature was made, as it says.
        signed: String,
    },
    /// A signer was taken off the list.
    #[error("{name} was taken off the list at {at}")]
    SignerWithdrawn {
        /// The person.
        name: String,
        /// When, local time.
        at: String,
        /// Why, as it was noted.
        reason: String,
        /// When the signature was made, as it says.
        signed: String,
    },
    /// A signature with a certificate that is not for signing.
    #[error("certificate of {name} is not for signing")]
    SignerUnfit {
        /// The person.
        name: String,
    },
    /// A signature of a time at which the certificate was not in force.
    #[error("{name} signed at {signed}, in force {from} to {until}, the clock says {now}")]
    SignedOutOfTerm {
        /// The person.
        name: String,
        /// When the signature was made, as it says.
        signed: String,
        /// Begin, local time.
        from: String,
        /// End, local time.
        until: String,
        /// This computer's clock.
        now: String,
    },
    /// A signature of a time that has not come.
    #[error("{name} signed at {signed}, the clock says {now}")]
    SignedInFuture {
        /// The person.
        name: String,
        /// When the signature was made, as it says.
        signed: String,
        /// This computer's clock.
        now: String,
    },
    /// The workspace knows of a later time than the clock's.
    #[error("the clock says {now}, there is a record of {latest}")]
    ClockBehind {
        /// The clock.
        now: String,
        /// The latest record.
        latest: String,
    },
    /// The clock is before this program.
    #[error("the clock says {now}, before {latest}")]
    ClockBeforeProgram {
        /// The clock.
        now: String,
        /// The first day that can be.
        latest: String,
    },
}
