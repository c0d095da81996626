//! Whom this office accepts. The list is the office's own; nothing is fetched, ever.

use std::collections::BTreeSet;

use crate::{Certificate, Fingerprint};

/// Signers accepted by hand, and authorities whose certificates are accepted.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// Fingerprints of single signers, accepted after comparing them.
    pub signers: BTreeSet<Fingerprint>,
    /// Authorities (such as the office's own root) whose directly issued certificates are accepted.
    pub authorities: Vec<Certificate>,
    /// Fingerprints that are no longer accepted, whoever issued them.
    pub revoked: BTreeSet<Fingerprint>,
}

/// Where a signer stands in the office's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Accepted by hand or issued by an accepted authority.
    Known,
    /// Neither; the fingerprint must be compared before it is accepted.
    Unknown,
    /// Was accepted once and no longer is.
    Revoked,
}

impl Trust {
    /// Where the holder of `certificate` stands.
    #[must_use]
    pub fn standing(&self, certificate: &Certificate) -> Standing {
        let fingerprint = certificate.fingerprint();
        if self.revoked.contains(&fingerprint) {
            return Standing::Revoked;
        }
        let accepted = self.signers.contains(&fingerprint)
            || self.authorities.iter().any(|authority| certificate.issued_by(authority));
        if accepted { Standing::Known } else { Standing::Unknown }
    }
}
