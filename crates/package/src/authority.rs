//! An office's certificate authority: a root that the office makes, and certificates that the root issues. It works offline.

use rand_core::CryptoRng;
use spki::{SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef};
use x509_cert::builder::{Builder, CertificateBuilder, profile::BuilderProfile};
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, BasicConstraints, KeyUsage, KeyUsages, SubjectKeyIdentifier};
use x509_cert::ext::{Extension, ToExtension};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::time::Validity;

use crate::algorithm::{SecretKey, Value};
use crate::identity::{self, check_passphrase};
use crate::request::Request;
use crate::{Algorithm, Certificate, Error, Identity, Person, Result, Signer, cms, time};

/// Years that an office's root is in force.
pub const ROOT_YEARS: u16 = 20;
/// Most years that a certificate is issued for.
pub const YEARS_MAXIMUM: u16 = 10;
/// Seconds by which certificates begin earlier than the office's clock says: the clock of the laptop that receives one
/// may be behind, and a certificate that is not yet in force could not be used.
pub const SLACK: i64 = 86_400;

/// Makes an office's root: a new P-256 key and a self-signed certificate that may issue certificates, for keys of either
/// kind, and revocation lists.
///
/// # Errors
/// As [`identity::create`].
pub fn create<R: CryptoRng + ?Sized>(office: &Person, passphrase: &str, now: i64, rng: &mut R) -> Result<Identity> {
    check_passphrase(passphrase)?;
    let profile = Profile { subject: identity::subject(office)?, issuer: None, authority: true };
    let validity = Validity::new(time::date(now - SLACK)?.into(), time::years_later(now, ROOT_YEARS)?.into());
    let key = SecretKey::generate(Algorithm::P256, rng);
    let certificate = certify(profile, key.public().info()?, validity, &key, rng)?;
    identity::assemble(&certificate, &key, passphrase, rng)
}

/// Issues a certificate for the key of a request, in the name that the office gives, for `years` from `now` or as long
/// as the root lasts.
///
/// # Errors
/// [`Error::NotAnAuthority`], [`Error::CertificateNotInForce`] when the root is not, [`Error::TermUnusable`],
/// [`Error::PersonNameUnusable`].
pub fn issue<R: CryptoRng + ?Sized>(
    root: &Signer,
    request: &Request,
    person: &Person,
    years: u16,
    now: i64,
    rng: &mut R,
) -> Result<Certificate> {
    if years == 0 || years > YEARS_MAXIMUM {
        return Err(Error::TermUnusable { found: years, maximum: YEARS_MAXIMUM });
    }
    check_authority(root, now)?;
    let (begin, end) = root.certificate().period();
    let until = time::unix(&time::years_later(now, years)?).min(end);
    let validity = Validity::new(time::date((now - SLACK).max(begin))?.into(), time::date(until)?.into());
    let issuer = root.certificate().inner().tbs_certificate().subject().clone();
    let profile = Profile { subject: identity::subject(person)?, issuer: Some(issuer), authority: false };
    certify(profile, request.public_key().clone(), validity, &root.key, rng)
}

/// That this key may issue, and is in force.
pub(crate) fn check_authority(root: &Signer, now: i64) -> Result<()> {
    let certificate = root.certificate();
    if !certificate.is_authority() {
        let (name, fingerprint) = (certificate.person().name, certificate.fingerprint().to_string());
        return Err(Error::NotAnAuthority { name, fingerprint });
    }
    cms::check_in_force(root, now)
}

pub(crate) fn certify<R: CryptoRng + ?Sized>(
    profile: Profile,
    public: SubjectPublicKeyInfoOwned,
    validity: Validity,
    key: &SecretKey,
    rng: &mut R,
) -> Result<Certificate> {
    let failed = |e: x509_cert::builder::Error| Error::encoding("certificate", e);
    let builder = CertificateBuilder::new(profile, SerialNumber::generate(rng), validity, public).map_err(failed)?;
    Certificate::from_inner(builder.build::<_, Value>(key).map_err(failed)?)
}

/// What a certificate is for: a person signs and issues nothing, an authority issues and signs no document.
pub(crate) struct Profile {
    pub(crate) subject: Name,
    /// The authority that issues it; self-signed without.
    pub(crate) issuer: Option<Name>,
    pub(crate) authority: bool,
}

impl BuilderProfile for Profile {
    fn get_issuer(&self, subject: &Name) -> Name {
        self.issuer.as_ref().unwrap_or(subject).clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        key: SubjectPublicKeyInfoRef<'_>,
        issuer: SubjectPublicKeyInfoRef<'_>,
        tbs: &TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        let constraints = BasicConstraints { ca: self.authority, path_len_constraint: self.authority.then_some(0) };
        let usage = KeyUsage(if self.authority {
            KeyUsages::KeyCertSign | KeyUsages::CRLSign
        } else {
            KeyUsages::DigitalSignature | KeyUsages::NonRepudiation
        });
        let mut extensions = vec![
            constraints.to_extension(tbs.subject(), &[])?,
            usage.to_extension(tbs.subject(), &[])?,
            SubjectKeyIdentifier::try_from(key)?.to_extension(tbs.subject(), &[])?,
        ];
        if self.issuer.is_some() {
            extensions.push(AuthorityKeyIdentifier::try_from(issuer)?.to_extension(tbs.subject(), &[])?);
        }
        Ok(extensions)
    }
}
