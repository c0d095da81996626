//! Whom this office accepts. The list is the office's own; nothing is fetched, ever.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Certificate, Fingerprint, RevocationList, Revoked};

/// Signers accepted by hand, and authorities whose certificates are accepted.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// Fingerprints of single signers, accepted after comparing them.
    pub signers: BTreeSet<Fingerprint>,
    /// Authorities (such as the office's own root) whose directly issued certificates are accepted.
    pub authorities: Vec<Certificate>,
    /// Fingerprints that are no longer accepted, whoever issued them.
    pub revoked: BTreeSet<Fingerprint>,
    /// What the authorities no longer stand for, by the authority's fingerprint; filled by [`Trust::add_list`].
    pub lists: BTreeMap<Fingerprint, RevocationList>,
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
    /// The certificate says that it is not for signing documents.
    Unfit,
}

impl Trust {
    /// Takes a list of revoked certificates in when an accepted authority wrote it; of several the latest counts.
    pub fn add_list(&mut self, list: RevocationList) -> Option<&Certificate> {
        let authority = self.authorities.iter().find(|authority| list.is_of(authority))?;
        let kept = self.lists.entry(authority.fingerprint()).or_insert_with(|| list.clone());
        if kept.number() < list.number() {
            *kept = list;
        }
        Some(authority)
    }

    /// The latest list of an accepted authority.
    #[must_use]
    pub fn list_of(&self, authority: &Certificate) -> Option<&RevocationList> {
        self.lists.get(&authority.fingerprint())
    }

    /// The accepted authority that issued a certificate.
    #[must_use]
    pub fn authority_of(&self, certificate: &Certificate) -> Option<&Certificate> {
        self.authorities.iter().find(|authority| certificate.issued_by(authority))
    }

    /// What the authority of a certificate says about having revoked it.
    #[must_use]
    pub fn revocation(&self, certificate: &Certificate) -> Option<Revoked> {
        self.list_of(self.authority_of(certificate)?)?.find(certificate)
    }

    /// Where the holder of `certificate` stands with a signature of that time (unix seconds, as the signer says).
    #[must_use]
    pub fn standing(&self, certificate: &Certificate, signed: i64) -> Standing {
        let fingerprint = certificate.fingerprint();
        let reached = self.revocation(certificate).is_some_and(|revoked| revoked.reaches(signed));
        if reached || self.revoked.contains(&fingerprint) {
            return Standing::Revoked;
        }
        if !certificate.may_sign() {
            return Standing::Unfit;
        }
        let accepted = self.signers.contains(&fingerprint) || self.authority_of(certificate).is_some();
        if accepted { Standing::Known } else { Standing::Unknown }
    }
}
