//! A request for a certificate (PKCS#10, RFC 2986): a person's key and name, signed with that key.

use der::{Decode, Encode};
use pkcs8::LineEnding;
use spki::SubjectPublicKeyInfoOwned;
use x509_cert::builder::{Builder, RequestBuilder};
use x509_cert::request::CertReq;

use crate::algorithm::{PublicKey, Value};
use crate::certificate::{key_digest, unwrap_pem};
use crate::{Algorithm, Error, Person, Result, Sha256, Signer, Spoken};

const LABEL: &str = "CERTIFICATE REQUEST";

/// A request whose signature fits: whoever wrote it has the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    inner: CertReq,
    key: Sha256,
    algorithm: Algorithm,
}

/// Writes a request for the key of `signer`, in the name of its certificate; gives PEM text.
///
/// # Errors
/// [`Error::EncodingFailed`].
pub fn write(signer: &Signer) -> Result<String> {
    let failed = |e: x509_cert::builder::Error| Error::encoding("request", e);
    let subject = signer.certificate().inner().tbs_certificate().subject().clone();
    let request = RequestBuilder::new(subject).map_err(failed)?;
    let request = request.build::<_, Value>(&signer.key).map_err(failed)?;
    let der = request.to_der().map_err(|e| Error::encoding("request", e))?;
    der::pem::encode_string(LABEL, LineEnding::LF, &der).map_err(|e| Error::encoding("request", e))
}

impl Request {
    /// Reads a request, PEM or DER, and checks its signature.
    ///
    /// # Errors
    /// [`Error::RequestUnreadable`], [`Error::RequestUnfit`].
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let unreadable = |detail: String| Error::RequestUnreadable { detail };
        let der = unwrap_pem(bytes, LABEL).map_err(unreadable)?;
        let inner = CertReq::from_der(&der).map_err(|e| unreadable(e.to_string()))?;
        let key = PublicKey::read(&inner.info.public_key).map_err(unreadable)?;
        if Algorithm::of_signature(&inner.algorithm) != Some(key.algorithm()) {
            return Err(unreadable(format!("algorithm {} does not go with the key", inner.algorithm.oid)));
        }
        let digest = key_digest(&inner.info.public_key).map_err(unreadable)?;
        let request = Self { key: digest, algorithm: key.algorithm(), inner };
        let fits = || {
            let (inner, body) = (&request.inner, request.inner.info.to_der().ok()?);
            key.fits(&inner.algorithm, &body, inner.signature.as_bytes()?)
        };
        match fits() {
            Some(()) => Ok(request),
            None => Err(Error::RequestUnfit { name: request.person().name }),
        }
    }

    /// Whom the request names.
    #[must_use]
    pub fn person(&self) -> Person {
        Person::named(&self.inner.info.subject)
    }

    /// SHA-256 of the public key.
    #[must_use]
    pub fn key(&self) -> Sha256 {
        self.key
    }

    /// What the key signs with.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// What the person who asks reads aloud, so that the office knows whose request it has.
    #[must_use]
    pub fn spoken(&self) -> Spoken {
        Spoken::of(&self.key)
    }

    pub(crate) fn public_key(&self) -> &SubjectPublicKeyInfoOwned {
        &self.inner.info.public_key
    }
}
