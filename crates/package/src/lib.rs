//! Packages and signatures: the only crate that knows archives, keys, certificates and signatures.
//!
//! | module | one idea |
//! |---|---|
//! | [`algorithm`] | the two sets of algorithms: ECDSA P-256 with SHA-256, SM2 with SM3 |
//! | [`identity`] | a person's key and certificate: made, unlocked, shown |
//! | [`authority`] | an office's root, and the certificates that it issues |
//! | [`request`] | a request for a certificate (PKCS#10) |
//! | [`revocation`] | what an office no longer stands for (CRL) |
//! | [`spoken`] | a key as digits that are read aloud |
//! | [`certificate`] | who someone is: an X.509 certificate and its fingerprint |
//! | [`cms`] | a detached CAdES signature over bytes (RFC 5652) |
//! | [`pdf`] | PAdES signatures inside a PDF: added by an incremental update, and judged |
//! | [`bag`] | writing a `.hjp`: a ZIP holding one signed `BagIt` bag (RFC 8493) |
//! | [`countersign`] | one more signature on a `.hjp` that is there |
//! | [`encrypt`] | a `.hjp` encrypted to recipients (age v1) |
//! | [`verify`] | reading a `.hjp`: hostile until every byte was checked |
//! | [`proof`] | manifests and signatures, kept after the package is gone |
//! | [`trust`] | whom this office accepts; nothing is ever fetched |
//! | [`entry`] | names and digests, parsed at the edge |
//! | [`limits`] | how much a package may ask of this machine |
//! | [`canonical`] | one spelling for JSON (RFC 8785) |
//! | [`watch`] | progress and cancelling of long work |
//!
//! Time is an argument in unix seconds (UTC), randomness is an argument, and no function looks for a path by itself.

pub mod algorithm;
mod archive;
pub mod authority;
pub mod bag;
pub mod beside;
pub mod canonical;
pub mod certificate;
pub mod cms;
pub mod countersign;
pub mod encrypt;
pub mod entry;
mod error;
mod flaw;
pub mod identity;
mod layout;
pub mod limits;
pub mod pdf;
pub mod proof;
pub mod request;
pub mod revocation;
pub mod spoken;
mod time;
pub mod trust;
pub mod verify;
pub mod watch;

pub use algorithm::Algorithm;
pub use certificate::{Certificate, Fingerprint, Person};
pub use entry::{EntryName, Sha256};
pub use error::Error;
pub use flaw::{ArchivePart, Feature, Flaw};
pub use identity::{Identity, Signer};
pub use limits::Limits;
pub use request::Request;
pub use revocation::{RevocationList, Revoked};
pub use spoken::Spoken;
pub use trust::Trust;
pub use watch::Watch;

/// The source of randomness that functions of this crate ask for.
pub use rand_core::CryptoRng;

/// Result of this crate's functions.
pub type Result<T> = std::result::Result<T, Error>;
