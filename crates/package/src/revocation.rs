//! The list of certificates that an office no longer stands for (CRL, RFC 5280 section 5).

use std::collections::BTreeMap;

use const_oid::AssociatedOid;
use der::{Decode, Encode};
use pkcs8::LineEnding;
use x509_cert::builder::{Builder, CrlBuilder};
use x509_cert::crl::{CertificateList, RevokedCert};
use x509_cert::ext::ToExtension;
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, CrlNumber, CrlReason};
use x509_cert::serial_number::SerialNumber;

use crate::algorithm::Value;
use crate::authority::check_authority;
use crate::certificate::unwrap_pem;
use crate::{Certificate, Error, Person, Result, Signer, time};

const LABEL: &str = "X509 CRL";
/// Most certificates on a list.
const ENTRIES_MAXIMUM: usize = 100_000;
/// Years after which an office writes its list anew even when nothing was added.
const NEXT_YEARS: u16 = 1;

/// Why a certificate was revoked.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, strum::EnumString, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Reason {
    /// Not said.
    Unspecified,
    /// Somebody else may have the key: no signature counts, whatever time it claims.
    KeyCompromise,
    /// The person no longer works for the organisation.
    AffiliationChanged,
    /// A newer certificate took its place.
    Superseded,
    /// The person no longer assesses.
    Cessation,
}

impl Reason {
    fn to_crl(self) -> CrlReason {
        match self {
            Self::Unspecified => CrlReason::Unspecified,
            Self::KeyCompromise => CrlReason::KeyCompromise,
            Self::AffiliationChanged => CrlReason::AffiliationChanged,
            Self::Superseded => CrlReason::Superseded,
            Self::Cessation => CrlReason::CessationOfOperation,
        }
    }

    fn of_crl(reason: CrlReason) -> Self {
        match reason {
            CrlReason::KeyCompromise | CrlReason::CaCompromise | CrlReason::AaCompromise => Self::KeyCompromise,
            CrlReason::AffiliationChanged => Self::AffiliationChanged,
            CrlReason::Superseded => Self::Superseded,
            CrlReason::CessationOfOperation | CrlReason::PrivilegeWithdrawn => Self::Cessation,
            _ => Self::Unspecified,
        }
    }
}

/// That a certificate was revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revoked {
    /// When (unix seconds).
    pub at: i64,
    /// Why.
    pub reason: Reason,
}

impl Revoked {
    /// Whether a signature of this time (unix seconds) no longer counts. Who has a key can claim any time: when it may
    /// be in other hands, none counts.
    #[must_use]
    pub fn reaches(&self, signed: i64) -> bool {
        self.reason == Reason::KeyCompromise || signed >= self.at
    }
}

/// An office's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevocationList {
    inner: CertificateList,
    number: u64,
    entries: BTreeMap<String, Revoked>,
}

/// Writes the list of everything that was revoked, by serial number in hexadecimal; each list has a higher number than
/// the one before it.
///
/// # Errors
/// [`Error::NotAnAuthority`], [`Error::CertificateNotInForce`] when the root is not.
pub fn issue(root: &Signer, number: u64, revoked: &BTreeMap<String, Revoked>, now: i64) -> Result<RevocationList> {
    check_authority(root, now)?;
    let encoding = |e: der::Error| Error::encoding("revocation list", e);
    let next = time::years_later(now, NEXT_YEARS)?;
    let number_part = CrlNumber::try_from(number).map_err(encoding)?;
    let entries = revoked.iter().map(|(serial, revoked)| entry(serial, revoked)).collect::<Result<Vec<_>>>()?;
    let builder = CrlBuilder::new_with_this_update(root.certificate().inner(), number_part, time::date(now)?.into())
        .map_err(encoding)?
        .with_next_update(Some(next.into()));
    // An empty list leaves the part out (RFC 5280, 5.1.2.6).
    let builder = if entries.is_empty() { builder } else { builder.with_certificates(entries.into_iter()) };
    let failed = |e: x509_cert::builder::Error| Error::encoding("revocation list", e);
    RevocationList::of(builder.build::<_, Value>(&root.key).map_err(failed)?)
}

fn entry(serial: &str, revoked: &Revoked) -> Result<RevokedCert> {
    let failed = |e: der::Error| Error::encoding("revocation list", e);
    let digits = serial.as_bytes().chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).unwrap_or_default();
        u8::from_str_radix(pair, 16).map_err(|e| Error::encoding("serial number", e))
    });
    let number = SerialNumber::new(&digits.collect::<Result<Vec<u8>>>()?).map_err(failed)?;
    let reason = revoked.reason.to_crl().to_extension(&x509_cert::name::Name::default(), &[]).map_err(failed)?;
    Ok(RevokedCert {
        serial_number: number,
        revocation_date: time::date(revoked.at)?.into(),
        // Unspecified is said by leaving the reason out (RFC 5280, 5.3.1).
        crl_entry_extensions: (revoked.reason != Reason::Unspecified).then(|| vec![reason]),
    })
}

impl RevocationList {
    /// Reads a list, PEM or DER. Whose it is remains to be asked: [`RevocationList::is_of`].
    ///
    /// # Errors
    /// [`Error::ListUnreadable`].
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let unreadable = |detail: String| Error::ListUnreadable { detail };
        let der = unwrap_pem(bytes, LABEL).map_err(unreadable)?;
        Self::of(CertificateList::from_der(&der).map_err(|e| unreadable(e.to_string()))?)
    }

    fn of(inner: CertificateList) -> Result<Self> {
        let unreadable = |detail: String| Error::ListUnreadable { detail };
        let body = &inner.tbs_cert_list;
        let mut number = 0;
        for extension in body.crl_extensions.iter().flatten() {
            if extension.extn_id == CrlNumber::OID {
                let value =
                    CrlNumber::from_der(extension.extn_value.as_bytes()).map_err(|e| unreadable(e.to_string()))?;
                let bytes = value.0.as_bytes();
                if bytes.len() > 8 {
                    return Err(unreadable("number of the list".to_owned()));
                }
                number = bytes.iter().fold(0, |number, byte| (number << 8) | u64::from(*byte));
            } else if extension.critical && extension.extn_id != AuthorityKeyIdentifier::OID {
                // Such as a list of changes only: it would be read as if it said everything.
                return Err(unreadable(format!("extension {}", extension.extn_id)));
            }
        }
        let revoked = body.revoked_certificates.as_deref().unwrap_or_default();
        if revoked.len() > ENTRIES_MAXIMUM {
            return Err(unreadable(format!("{} entries, at most {ENTRIES_MAXIMUM}", revoked.len())));
        }
        let mut entries = BTreeMap::new();
        for one in revoked {
            let reason = one.crl_entry_extensions.iter().flatten().find(|e| e.extn_id == CrlReason::OID);
            let reason = reason.map(|e| CrlReason::from_der(e.extn_value.as_bytes())).transpose();
            let reason = reason.map_err(|e| unreadable(e.to_string()))?.map_or(Reason::Unspecified, Reason::of_crl);
            let at = time::seconds(one.revocation_date.to_unix_duration());
            entries.entry(hex(one.serial_number.as_bytes())).or_insert(Revoked { at, reason });
        }
        Ok(Self { inner, number, entries })
    }

    /// The list as PEM text.
    ///
    /// # Errors
    /// [`Error::EncodingFailed`].
    pub fn to_pem(&self) -> Result<String> {
        let der = self.inner.to_der().map_err(|e| Error::encoding("revocation list", e))?;
        der::pem::encode_string(LABEL, LineEnding::LF, &der).map_err(|e| Error::encoding("revocation list", e))
    }

    /// Whether `authority` wrote this list, and may.
    #[must_use]
    pub fn is_of(&self, authority: &Certificate) -> bool {
        let body = &self.inner.tbs_cert_list;
        let named = body.issuer == *authority.inner().tbs_certificate().subject();
        let (algorithm, signature) = (&self.inner.signature_algorithm, &self.inner.signature);
        let fits = || authority.public_key().ok()?.fits(algorithm, &body.to_der().ok()?, signature.as_bytes()?);
        named && body.signature == *algorithm && authority.may_revoke() && fits().is_some()
    }

    /// Who wrote it, as it says.
    #[must_use]
    pub fn issuer(&self) -> Person {
        Person::named(&self.inner.tbs_cert_list.issuer)
    }

    /// Its number; a later list has a higher one.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// When it was written (unix seconds).
    #[must_use]
    pub fn written(&self) -> i64 {
        time::seconds(self.inner.tbs_cert_list.this_update.to_unix_duration())
    }

    /// When the office meant to have written the next one.
    #[must_use]
    pub fn next(&self) -> Option<i64> {
        let next = self.inner.tbs_cert_list.next_update.as_ref();
        next.map(|next| time::seconds(next.to_unix_duration()))
    }

    /// How many certificates are on it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing is on it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What the list says about a certificate of its authority.
    #[must_use]
    pub fn find(&self, certificate: &Certificate) -> Option<Revoked> {
        self.entries.get(&certificate.serial()).copied()
    }
}

/// A serial number as openssl writes it: without the zero that keeps it positive.
pub(crate) fn hex(serial: &[u8]) -> String {
    serial.iter().skip_while(|byte| **byte == 0).map(|byte| format!("{byte:02x}")).collect()
}
