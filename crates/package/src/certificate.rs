//! Who someone is: an X.509 certificate, its names, its time in force and its fingerprint.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use const_oid::db::rfc4519;
use der::{Decode, Encode};
use pkcs8::LineEnding;
use spki::SubjectPublicKeyInfoOwned;
use x509_cert::ext::pkix::name::DirectoryString;
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage, KeyUsages};
use x509_cert::name::Name;

use crate::algorithm::PublicKey;
use crate::revocation::hex;
use crate::{Algorithm, Error, Result, Sha256, Spoken, time};

/// Most pairs of certificates whose relation is remembered.
const PAIRS_KNOWN: usize = 10_000;

/// Who a certificate names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Person {
    /// The person's name (CN).
    pub name: String,
    /// The organisation (O).
    pub organisation: String,
    /// What the person does there (title), when given.
    pub role: Option<String>,
}

impl Person {
    /// The person of an X.501 name; parts it does not give are empty.
    pub(crate) fn named(subject: &Name) -> Self {
        let text = |oid| {
            let value = subject.by_oid::<DirectoryString>(oid).ok().flatten();
            value.map(|v| v.value().into_owned())
        };
        Self {
            name: text(rfc4519::COMMON_NAME).unwrap_or_default(),
            organisation: text(rfc4519::ORGANIZATION_NAME).unwrap_or_default(),
            role: text(rfc4519::TITLE),
        }
    }
}

/// SHA-256 over the certificate's DER bytes: what two people compare by eye or over the telephone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(Sha256);

impl Fingerprint {
    /// The fingerprint in groups of four digits: `1a2b 3c4d …`.
    #[must_use]
    pub fn grouped(&self) -> String {
        let text = self.to_string();
        let groups: Vec<&str> = (0..text.len()).step_by(4).map(|at| &text[at..at + 4]).collect();
        groups.join(" ")
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Fingerprint {
    type Err = Error;

    /// Reads 64 hexadecimal digits in either case; spaces, colons and hyphens between them do not count.
    fn from_str(text: &str) -> Result<Self> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ':' | '-')).collect();
        digits.to_ascii_lowercase().parse().map(Self)
    }
}

/// An X.509 certificate.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    inner: x509_cert::Certificate,
    der: Vec<u8>,
    fingerprint: Fingerprint,
}

impl Certificate {
    /// Reads DER bytes.
    ///
    /// # Errors
    /// [`Error::CertificateUnreadable`], also when the bytes are not strictly DER.
    pub fn from_der(der: &[u8]) -> Result<Self> {
        let unreadable = |detail: String| Error::CertificateUnreadable { detail };
        let inner = x509_cert::Certificate::from_der(der).map_err(|e| unreadable(e.to_string()))?;
        let certificate = Self::from_inner(inner)?;
        if certificate.der != der {
            return Err(unreadable("not DER".to_owned()));
        }
        Ok(certificate)
    }

    /// Reads one PEM certificate.
    ///
    /// # Errors
    /// [`Error::CertificateUnreadable`].
    pub fn from_pem(pem: &str) -> Result<Self> {
        Self::read(pem.as_bytes())
    }

    /// Reads a certificate file, PEM or DER.
    ///
    /// # Errors
    /// [`Error::CertificateUnreadable`].
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let der = unwrap_pem(bytes, "CERTIFICATE").map_err(|detail| Error::CertificateUnreadable { detail })?;
        Self::from_der(&der)
    }

    /// Reads the certificates of a PEM file, in their order.
    ///
    /// # Errors
    /// [`Error::CertificateUnreadable`].
    pub fn read_all(pem: &[u8]) -> Result<Vec<Self>> {
        const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";
        let begins = pem.windows(BEGIN.len()).enumerate().filter(|(_, window)| *window == BEGIN);
        begins.map(|(at, _)| Self::read(&pem[at..])).collect()
    }

    pub(crate) fn from_inner(inner: x509_cert::Certificate) -> Result<Self> {
        let der = inner.to_der().map_err(|e| Error::CertificateUnreadable { detail: e.to_string() })?;
        let fingerprint = Fingerprint(Sha256::of(&der));
        Ok(Self { inner, der, fingerprint })
    }

    /// The DER bytes.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The certificate as PEM text.
    ///
    /// # Errors
    /// [`Error::EncodingFailed`].
    pub fn to_pem(&self) -> Result<String> {
        der::pem::encode_string("CERTIFICATE", LineEnding::LF, &self.der).map_err(|e| Error::encoding("certificate", e))
    }

    /// SHA-256 over the DER bytes.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// Whom the certificate names; parts it does not give are empty.
    #[must_use]
    pub fn person(&self) -> Person {
        Person::named(self.inner.tbs_certificate().subject())
    }

    /// Who issued it, as it says.
    #[must_use]
    pub fn issuer(&self) -> Person {
        Person::named(self.inner.tbs_certificate().issuer())
    }

    /// Its serial number, in hexadecimal.
    #[must_use]
    pub fn serial(&self) -> String {
        hex(self.inner.tbs_certificate().serial_number().as_bytes())
    }

    /// SHA-256 of the public key: it stays when an office issues a certificate for a key that had another.
    ///
    /// # Errors
    /// [`Error::CertificateUnreadable`].
    pub fn key(&self) -> Result<Sha256> {
        let key = key_digest(self.inner.tbs_certificate().subject_public_key_info());
        key.map_err(|detail| Error::CertificateUnreadable { detail })
    }

    /// What its holder reads aloud.
    ///
    /// # Errors
    /// [`Error::CertificateUnreadable`].
    pub fn spoken(&self) -> Result<Spoken> {
        Ok(Spoken::of(&self.key()?))
    }

    /// First and last second in force, in unix seconds.
    #[must_use]
    pub fn period(&self) -> (i64, i64) {
        let validity = self.inner.tbs_certificate().validity();
        let (from, until) = (validity.not_before.to_unix_duration(), validity.not_after.to_unix_duration());
        (time::seconds(from), time::seconds(until))
    }

    /// Whether the certificate is in force at `time` (unix seconds).
    #[must_use]
    pub fn in_force(&self, time: i64) -> bool {
        let (from, until) = self.period();
        from <= time && time <= until
    }

    /// Whether `authority` is a certificate authority, in force when this certificate begins, and signed this one.
    #[must_use]
    pub fn issued_by(&self, authority: &Self) -> bool {
        // The same two are asked about for every file that a person signed, and the answer costs a signature's check.
        static KNOWN: Mutex<BTreeMap<(Fingerprint, Fingerprint), bool>> = Mutex::new(BTreeMap::new());
        let pair = (self.fingerprint(), authority.fingerprint());
        let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(issued) = known().get(&pair) {
            return *issued;
        }
        let (ours, theirs) = (self.inner.tbs_certificate(), authority.inner.tbs_certificate());
        let named = ours.issuer() == theirs.subject() && authority.in_force(self.period().0);
        let issued = named && authority.is_authority() && authority.has_signed(self).is_some();
        let mut known = known();
        if known.len() >= PAIRS_KNOWN {
            known.clear();
        }
        known.insert(pair, issued);
        issued
    }

    /// Whether it may issue others: basic constraints and key usage (RFC 5280, 4.2.1.3 and 4.2.1.9).
    #[must_use]
    pub fn is_authority(&self) -> bool {
        let constraints = self.inner.tbs_certificate().get_extension::<BasicConstraints>();
        matches!(constraints, Ok(Some((_, c))) if c.ca) && self.serves(KeyUsages::KeyCertSign)
    }

    /// Whether it says that it may sign documents.
    #[must_use]
    pub fn may_sign(&self) -> bool {
        self.serves(KeyUsages::DigitalSignature) || self.serves(KeyUsages::NonRepudiation)
    }

    /// Whether it may write revocation lists.
    pub(crate) fn may_revoke(&self) -> bool {
        self.is_authority() && self.serves(KeyUsages::CRLSign)
    }

    /// Key usage; a certificate without it may be used for everything.
    fn serves(&self, usage: KeyUsages) -> bool {
        match self.inner.tbs_certificate().get_extension::<KeyUsage>() {
            Ok(Some((_, own))) => own.0.contains(usage),
            Ok(None) => true,
            Err(_) => false,
        }
    }

    fn has_signed(&self, other: &Self) -> Option<()> {
        let (body, signature) = (other.inner.tbs_certificate().to_der().ok()?, other.inner.signature().as_bytes()?);
        self.public_key().ok()?.fits(other.inner.signature_algorithm(), &body, signature)
    }

    /// What its holder signs with.
    ///
    /// # Errors
    /// [`Error::CertificateUnreadable`] when it is neither of the two.
    pub fn algorithm(&self) -> Result<Algorithm> {
        Ok(self.public_key()?.algorithm())
    }

    pub(crate) fn public_key(&self) -> Result<PublicKey> {
        let key = PublicKey::read(self.inner.tbs_certificate().subject_public_key_info());
        key.map_err(|detail| Error::CertificateUnreadable { detail })
    }

    pub(crate) fn inner(&self) -> &x509_cert::Certificate {
        &self.inner
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({:?}, {})", self.person(), self.fingerprint)
    }
}

/// The DER bytes of a file that is PEM of this kind, whatever stands before it, or DER.
pub(crate) fn unwrap_pem(bytes: &[u8], label: &str) -> std::result::Result<Vec<u8>, String> {
    const BEGIN: &[u8] = b"-----BEGIN ";
    let Some(start) = bytes.windows(BEGIN.len()).position(|window| window == BEGIN) else {
        return Ok(bytes.to_vec());
    };
    let text = std::str::from_utf8(&bytes[start..]).map_err(|e| e.to_string())?;
    let end = text.find("-----END ").ok_or("a PEM without its end")?;
    let end = text[end..].find('\n').map_or(text.len(), |line| end + line + 1);
    let (found, document) = der::Document::from_pem(&text[..end]).map_err(|e| e.to_string())?;
    if found != label {
        return Err(format!("a PEM of kind {found}"));
    }
    Ok(document.as_bytes().to_vec())
}

/// SHA-256 of a public key (`SubjectPublicKeyInfo`, DER).
pub(crate) fn key_digest(key: &SubjectPublicKeyInfoOwned) -> std::result::Result<Sha256, String> {
    Ok(Sha256::of(&key.to_der().map_err(|e| e.to_string())?))
}
