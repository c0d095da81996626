//! A person's identity: a key that a passphrase opens, and the certificate that goes with it.

use std::fmt;

use const_oid::ObjectIdentifier;
use const_oid::db::rfc4519;
use der::asn1::{Any, Utf8StringRef};
use der::{Decode, Encode};
use pkcs8::der::asn1::OctetString;
use pkcs8::pkcs5::pbes2::{Kdf, Parameters};
use pkcs8::pkcs5::{self, EncryptionScheme};
use pkcs8::{EncryptedPrivateKeyInfoOwned, LineEnding, SecretDocument};
use rand_core::CryptoRng;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};
use x509_cert::time::Validity;

use crate::algorithm::SecretKey;
use crate::authority::{self, Profile};
use crate::{Algorithm, Certificate, Error, Fingerprint, Person, Result, time};

/// Fewest characters of a passphrase.
pub const PASSPHRASE_MINIMUM: usize = 8;
/// Most characters of a name in a certificate (X.520 upper bound).
pub const NAME_MAXIMUM: usize = 64;
/// Years that a self-signed certificate is in force.
pub const YEARS: u16 = 10;

/// Most rounds that a key file may ask for: a hostile one shall not keep the program busy for hours.
const ROUNDS_MAXIMUM: u32 = 10_000_000;
const KEY_LABEL: &str = "ENCRYPTED PRIVATE KEY";

/// A new identity, ready to be stored in two files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The self-signed certificate, PEM.
    pub certificate_pem: String,
    /// The key, PKCS#8 PEM, encrypted by PBES2 (PBKDF2-HMAC-SHA256 with 600 000 rounds, AES-256-CBC).
    pub key_pem: String,
    /// SHA-256 of the certificate.
    pub fingerprint: Fingerprint,
}

/// Makes an identity: a new key of that kind and a self-signed certificate in force for [`YEARS`] from `now` (unix
/// seconds).
///
/// # Errors
/// [`Error::PassphraseTooShort`], [`Error::PersonNameUnusable`], [`Error::TimeOutOfRange`].
pub fn create<R: CryptoRng + ?Sized>(
    person: &Person,
    algorithm: Algorithm,
    passphrase: &str,
    now: i64,
    rng: &mut R,
) -> Result<Identity> {
    check_passphrase(passphrase)?;
    let key = SecretKey::generate(algorithm, rng);
    let validity = Validity::new(time::date(now)?.into(), time::years_later(now, YEARS)?.into());
    let profile = Profile { subject: subject(person)?, issuer: None, authority: false };
    let certificate = authority::certify(profile, key.public().info()?, validity, &key, rng)?;
    assemble(&certificate, &key, passphrase, rng)
}

/// A new key and its certificate as the files that are stored.
pub(crate) fn assemble<R: CryptoRng + ?Sized>(
    certificate: &Certificate,
    key: &SecretKey,
    passphrase: &str,
    rng: &mut R,
) -> Result<Identity> {
    let secret = key.to_pkcs8()?;
    Ok(Identity {
        certificate_pem: certificate.to_pem()?,
        key_pem: encrypt(&secret, passphrase, rng)?,
        fingerprint: certificate.fingerprint(),
    })
}

/// Opens a key with its passphrase and joins it to its certificate.
///
/// # Errors
/// [`Error::PassphraseWrong`], [`Error::KeyUnreadable`], [`Error::CertificateUnreadable`], [`Error::KeyMismatch`].
pub fn unlock(certificate_pem: &str, key_pem: &str, passphrase: &str) -> Result<Signer> {
    let certificate = Certificate::from_pem(certificate_pem)?;
    let secret = decrypt(key_pem, passphrase)?;
    let key = SecretKey::from_pkcs8(secret.as_bytes())?;
    if certificate.public_key()? != key.public() {
        return Err(Error::KeyMismatch {
            name: certificate.person().name,
            fingerprint: certificate.fingerprint().to_string(),
        });
    }
    Ok(Signer { key, certificate })
}

/// Encrypts the key again under a new passphrase; the certificate stays as it is.
///
/// # Errors
/// [`Error::PassphraseTooShort`] for the new one, [`Error::PassphraseWrong`] for the old one, [`Error::KeyUnreadable`].
pub fn change_passphrase<R: CryptoRng + ?Sized>(key_pem: &str, old: &str, new: &str, rng: &mut R) -> Result<String> {
    check_passphrase(new)?;
    encrypt(&decrypt(key_pem, old)?, new, rng)
}

/// An opened key with its certificate. The key is wiped from memory when this is dropped.
pub struct Signer {
    pub(crate) key: SecretKey,
    certificate: Certificate,
}

impl Signer {
    /// The certificate that goes into every signature.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// What it signs with.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.key.algorithm()
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({:?})", self.certificate)
    }
}

pub(crate) fn check_passphrase(passphrase: &str) -> Result<()> {
    let found = passphrase.chars().count();
    if found < PASSPHRASE_MINIMUM {
        return Err(Error::PassphraseTooShort { minimum: PASSPHRASE_MINIMUM, found });
    }
    Ok(())
}

fn encrypt<R: CryptoRng + ?Sized>(secret: &SecretDocument, passphrase: &str, mut rng: &mut R) -> Result<String> {
    let failed = |e: pkcs5::Error| Error::encoding("key", e);
    let parameters = Parameters::generate_pbkdf2(&mut rng).map_err(failed)?;
    let encrypted = parameters.encrypt(passphrase, secret.as_bytes()).map_err(failed)?;
    let info = EncryptedPrivateKeyInfoOwned {
        encryption_algorithm: parameters.into(),
        encrypted_data: OctetString::new(encrypted).map_err(|e| Error::encoding("key", e))?,
    };
    let der = info.to_der().map_err(|e| Error::encoding("key", e))?;
    der::pem::encode_string(KEY_LABEL, LineEnding::LF, &der).map_err(|e| Error::encoding("key", e))
}

fn decrypt(key_pem: &str, passphrase: &str) -> Result<SecretDocument> {
    let unreadable = |detail: String| Error::KeyUnreadable { detail };
    let (label, document) = der::Document::from_pem(key_pem).map_err(|e| unreadable(e.to_string()))?;
    if label != KEY_LABEL {
        return Err(unreadable(format!("a PEM of kind {label}")));
    }
    let info = EncryptedPrivateKeyInfoOwned::from_der(document.as_bytes()).map_err(|e| unreadable(e.to_string()))?;
    if let EncryptionScheme::Pbes2(Parameters { kdf: Kdf::Pbkdf2(kdf), .. }) = &info.encryption_algorithm
        && kdf.iteration_count > ROUNDS_MAXIMUM
    {
        return Err(unreadable(format!("{} rounds, at most {ROUNDS_MAXIMUM}", kdf.iteration_count)));
    }
    // A wrong passphrase shows as wrong padding or, once in 256 times, as bytes that are no key.
    info.decrypt(passphrase).map_err(|e| match e {
        pkcs8::Error::EncryptedPrivateKey(pkcs5::Error::DecryptFailed) | pkcs8::Error::Asn1(_) => {
            Error::PassphraseWrong {}
        }
        other => unreadable(other.to_string()),
    })
}

/// X.501 name with UTF-8 strings: O, CN and, when given, title.
pub(crate) fn subject(person: &Person) -> Result<Name> {
    let mut parts = vec![
        (rfc4519::ORGANIZATION_NAME, "organisation", person.organisation.as_str()),
        (rfc4519::COMMON_NAME, "name", person.name.as_str()),
    ];
    if let Some(role) = &person.role {
        parts.push((rfc4519::TITLE, "role", role));
    }
    let mut sequence = RdnSequence::default();
    for (oid, field, text) in parts {
        sequence.push(part(oid, field, text)?);
    }
    let der = sequence.to_der().map_err(|e| Error::encoding("name", e))?;
    Name::from_der(&der).map_err(|e| Error::encoding("name", e))
}

fn part(oid: ObjectIdentifier, field: &'static str, text: &str) -> Result<RelativeDistinguishedName> {
    let length = text.chars().count();
    if text.trim().is_empty() || length > NAME_MAXIMUM || text.chars().any(char::is_control) {
        return Err(Error::PersonNameUnusable { field, found: text.to_owned(), maximum: NAME_MAXIMUM });
    }
    let failed = |e: der::Error| Error::encoding("name", e);
    let value = Any::from(Utf8StringRef::new(text).map_err(failed)?);
    let mut part = RelativeDistinguishedName::default();
    part.insert(AttributeTypeAndValue { oid, value }).map_err(failed)?;
    Ok(part)
}
