//! Certificates between files, rows and what people read.

use crate::trust::Refused;
use crate::view::CertificateView;
use crate::{Result, Session};
use package::{Certificate, Fingerprint, Request, RevocationList, Trust};
use std::collections::{BTreeMap, BTreeSet};
use store::{CertificateRow, IdentityRow};

/// What this workspace knows of signers.
#[derive(Default)]
pub(crate) struct Known {
    /// Whom it accepts.
    pub trust: Trust,
    /// Its own identities, earlier certificates of them as well.
    pub own: BTreeSet<Fingerprint>,
    /// The root of its own office.
    pub own_office: Option<Fingerprint>,
    /// Who was taken off the list, when and why.
    pub withdrawn: BTreeMap<Fingerprint, (i64, String)>,
}

impl Known {
    /// Whether a certificate is on the list, as a signer, an office, or issued by one, and was not taken off.
    pub(crate) fn accepts(&self, certificate: &Certificate) -> bool {
        let fingerprint = certificate.fingerprint();
        let listed = self.trust.signers.contains(&fingerprint)
            || self.trust.authorities.iter().any(|authority| authority.fingerprint() == fingerprint)
            || self.trust.authority_of(certificate).is_some();
        listed && !self.trust.revoked.contains(&fingerprint) && self.trust.revocation(certificate).is_none()
    }
}

/// A file that was handed over.
pub(crate) enum Handed {
    Request(Request),
    Certificates(Vec<Certificate>),
    List(RevocationList),
}

impl Handed {
    /// Reads a request, certificates or a revocation list, each PEM or DER.
    pub(crate) fn read(path: &str, bytes: &[u8]) -> Result<Self> {
        let says = |label: &[u8]| bytes.windows(label.len()).any(|window| window == label);
        if says(b"CERTIFICATE REQUEST-----") {
            return Ok(Self::Request(Request::read(bytes)?));
        }
        if says(b"X509 CRL-----") {
            return Ok(Self::List(RevocationList::read(bytes)?));
        }
        if says(b"-----BEGIN CERTIFICATE-----") {
            return Ok(Self::Certificates(Certificate::read_all(bytes)?));
        }
        let certificate = Certificate::read(bytes).map(|one| Self::Certificates(vec![one]));
        let read = certificate.or_else(|_| Request::read(bytes).map(Self::Request));
        let read = read.or_else(|_| RevocationList::read(bytes).map(Self::List));
        read.map_err(|_| Refused::NotATrustFile { path: path.to_owned() }.into())
    }
}

/// Compares a certificate with what its holder read aloud: the thirty digits, or the whole fingerprint.
pub(crate) fn compare(certificate: &Certificate, heard: &str) -> Result<()> {
    let Ok(fingerprint) = heard.parse::<Fingerprint>() else {
        return Ok(certificate.spoken()?.compare(heard)?);
    };
    let (found, expected) = (fingerprint.grouped(), certificate.fingerprint().grouped());
    let pairs = found.split(' ').zip(expected.split(' ')).enumerate();
    match pairs.into_iter().find(|(_, (found, expected))| found != expected) {
        None => Ok(()),
        Some((index, (found, expected))) => {
            let (found, expected) = (found.to_owned(), expected.to_owned());
            Err(package::Error::HeardDiffers { group: index + 1, found, expected }.into())
        }
    }
}

/// A certificate as it is kept.
pub(crate) fn met(certificate: &Certificate, now: i64) -> Result<CertificateRow> {
    Ok(CertificateRow {
        fingerprint: certificate.fingerprint().to_string(),
        key: certificate.key()?.to_string(),
        pem: certificate.to_pem()?,
        met_at: now,
    })
}

/// Whether a certificate is meant by a fingerprint, the beginning of one, or a name.
pub(crate) fn fits(row: &CertificateRow, given: &str) -> bool {
    let wanted = given.to_lowercase().replace([' ', ':', '·'], "");
    let named = || Certificate::from_pem(&row.pem).is_ok_and(|certificate| certificate.person().name == given);
    (wanted.len() >= 4 && row.fingerprint.starts_with(&wanted)) || named()
}

/// The only certificate that is meant.
pub(crate) fn the_only(rows: impl Iterator<Item = CertificateRow>, given: &str) -> Option<CertificateRow> {
    let mut found = rows.filter(|row| fits(row, given));
    let first = found.next();
    first.filter(|_| found.next().is_none())
}

impl Session {
    /// Everything that this workspace knows of signers.
    pub(crate) fn signers_known(&self) -> Result<Known> {
        let (own, trusted, lists, office) =
            self.read(|tx| Ok((tx.all_identities()?, tx.trusted()?, tx.revocation_lists()?, tx.office()?)))?;
        let mut known = Known::default();
        for row in own {
            let fingerprint = Certificate::from_pem(&row.certificate)?.fingerprint();
            known.own.insert(fingerprint);
            known.trust.signers.insert(fingerprint);
        }
        if let Some(office) = office {
            let root = Certificate::from_pem(&office.certificate)?;
            known.own_office = Some(root.fingerprint());
            known.trust.authorities.push(root);
        }
        for row in trusted {
            let certificate = Certificate::from_pem(&row.certificate.pem)?;
            let fingerprint = certificate.fingerprint();
            if let Some(withdrawn) = row.withdrawn {
                known.withdrawn.insert(fingerprint, withdrawn);
                known.trust.revoked.insert(fingerprint);
            } else if row.authority {
                known.trust.authorities.push(certificate);
            } else {
                known.trust.signers.insert(fingerprint);
            }
        }
        for list in lists {
            known.trust.add_list(RevocationList::read(list.pem.as_bytes())?);
        }
        Ok(known)
    }

    /// The certificate among these whose key is that of an identity of this workspace, with the identity.
    pub(crate) fn own_among<'c>(
        &self,
        certificates: &'c [Certificate],
    ) -> Result<Option<(IdentityRow, &'c Certificate)>> {
        let mut keys = BTreeMap::new();
        for row in self.read(|tx| Ok(tx.all_identities()?))? {
            keys.insert(Certificate::from_pem(&row.certificate)?.key()?, row);
        }
        for certificate in certificates {
            if let Some(row) = certificate.key().ok().and_then(|key| keys.remove(&key)) {
                return Ok(Some((row, certificate)));
            }
        }
        Ok(None)
    }

    pub(crate) fn certificate_view(&self, certificate: &Certificate) -> Result<CertificateView> {
        let (person, issuer) = (certificate.person(), certificate.issuer());
        let (from, until) = certificate.period();
        Ok(CertificateView {
            fingerprint: certificate.fingerprint().grouped(),
            spoken: certificate.spoken()?.to_string(),
            issuer: (issuer != person).then_some(issuer.name),
            name: person.name,
            organisation: person.organisation,
            from: self.world.local(from, "%Y-%m-%d"),
            until: self.world.local(until, "%Y-%m-%d"),
            term: self.term(certificate),
            algorithm: certificate.algorithm().ok().map(Into::into),
        })
    }
}
