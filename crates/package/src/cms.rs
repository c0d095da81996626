//! A CAdES signature over bytes, detached or with the bytes inside: CMS `SignedData` (RFC 5652), DER, ECDSA P-256 with
//! SHA-256.

use ::cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use ::cms::content_info::{CmsVersion, ContentInfo};
use ::cms::signed_data::{EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos};
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911::{ID_CONTENT_TYPE, ID_DATA, ID_MESSAGE_DIGEST, ID_SIGNED_DATA, ID_SIGNING_TIME};
use const_oid::db::rfc5912::{ECDSA_WITH_SHA_256, ID_SHA_256};
use der::asn1::{Any, OctetString, SetOfVec};
use der::{Decode, Encode, Sequence};
use p256::ecdsa::DerSignature;
use signature::{Signer as _, Verifier as _};
use spki::AlgorithmIdentifierOwned;
use x509_cert::attr::{Attribute, Attributes};
use x509_cert::ext::pkix::SubjectKeyIdentifier;
use x509_cert::time::Time;

use crate::{Certificate, Error, Result, Sha256, Signer, time};

/// `id-aa-signingCertificateV2` (RFC 5035).
const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");

/// A signature that fits its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The signer's certificate, as carried in the signature.
    pub certificate: Certificate,
    /// When the signer says to have signed (unix seconds); absent in PDF signatures, where the PDF says it.
    pub time: Option<i64>,
}

/// Signs `content` at `time` (unix seconds); gives DER bytes that `openssl cms -verify -binary -inform DER` accepts.
///
/// # Errors
/// [`Error::CertificateNotInForce`] at that time, [`Error::TimeOutOfRange`].
pub fn sign(content: &[u8], signer: &Signer, time: i64) -> Result<Vec<u8>> {
    check_in_force(signer, time)?;
    let when = Time::from(time::date(time)?);
    sign_digest(&Sha256::of(content), signer, Some(when))
}

/// Signs `content` at `time` (unix seconds) and carries it inside; gives DER bytes out of which
/// `openssl cms -verify -binary -inform DER` gives the content.
///
/// # Errors
/// As [`sign`].
pub fn seal(content: &[u8], signer: &Signer, time: i64) -> Result<Vec<u8>> {
    check_in_force(signer, time)?;
    let when = Time::from(time::date(time)?);
    let built = build(&Sha256::of(content), signer, Some(when), Some(content));
    built.map_err(|e| Error::encoding("signature", e))
}

/// The content that `sealed` (DER) carries, once its signature was found to fit.
///
/// # Errors
/// As [`verify`].
pub fn open(sealed: &[u8]) -> Result<(Vec<u8>, Signed)> {
    let signed = parse(sealed)?;
    let carried = signed.encap_content_info.econtent.as_ref().ok_or_else(|| unreadable("no content inside"))?;
    let content: OctetString = carried.decode_as().map_err(unreadable)?;
    let found = verify_parsed(&signed, &Sha256::of(content.as_bytes()))?;
    Ok((content.as_bytes().to_vec(), found))
}

/// Checks that `signature` (DER) fits `content`.
///
/// # Errors
/// [`Error::SignatureUnreadable`] when it is no signature of the kind [`sign`] makes, [`Error::SignatureUnfit`] when it
/// does not fit.
pub fn verify(signature: &[u8], content: &[u8]) -> Result<Signed> {
    verify_digest(signature, &Sha256::of(content))
}

pub(crate) fn check_in_force(signer: &Signer, at: i64) -> Result<()> {
    let certificate = signer.certificate();
    if certificate.in_force(at) {
        return Ok(());
    }
    let (from, until) = certificate.period();
    let name = certificate.person().name;
    let [time, from, until] = [at, from, until].map(time::text);
    Err(Error::CertificateNotInForce { name, time, from, until })
}

pub(crate) fn sign_digest(digest: &Sha256, signer: &Signer, when: Option<Time>) -> Result<Vec<u8>> {
    build(digest, signer, when, None).map_err(|e| Error::encoding("signature", e))
}

/// `ESSCertIDv2`: the digest of the signer's certificate (RFC 5035); SHA-256 is the default algorithm.
#[derive(Sequence)]
struct EssCertIdV2 {
    #[asn1(optional = "true")]
    algorithm: Option<AlgorithmIdentifierOwned>,
    digest: OctetString,
    #[asn1(optional = "true")]
    issuer: Option<IssuerSerial>,
}

/// `IssuerSerial`, which repeats what the digest already fixes.
#[derive(Sequence)]
struct IssuerSerial {
    issuer: Any,
    serial: Any,
}

#[derive(Sequence)]
struct SigningCertificateV2 {
    certificates: Vec<EssCertIdV2>,
}

fn build(digest: &Sha256, signer: &Signer, when: Option<Time>, inside: Option<&[u8]>) -> der::Result<Vec<u8>> {
    let certificate = signer.certificate();
    let tbs = certificate.inner().tbs_certificate();
    let sha256 = AlgorithmIdentifierOwned { oid: ID_SHA_256, parameters: None };
    let attributes = signed_attributes(digest, certificate, when)?;
    let signature: DerSignature = signer.key.sign(&attributes.to_der()?);
    let info = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: tbs.issuer().clone(),
            serial_number: tbs.serial_number().clone(),
        }),
        digest_alg: sha256.clone(),
        signed_attrs: Some(attributes),
        signature_algorithm: AlgorithmIdentifierOwned { oid: ECDSA_WITH_SHA_256, parameters: None },
        signature: OctetString::new(signature.as_bytes())?,
        unsigned_attrs: None,
    };
    let signed = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![sha256])?,
        encap_content_info: EncapsulatedContentInfo {
            econtent_type: ID_DATA,
            econtent: inside.map(|content| Any::encode_from(&OctetString::new(content)?)).transpose()?,
        },
        certificates: Some(vec![CertificateChoices::Certificate(certificate.inner().clone())].try_into()?),
        crls: None,
        signer_infos: SignerInfos::try_from(vec![info])?,
    };
    ContentInfo { content_type: ID_SIGNED_DATA, content: Any::encode_from(&signed)? }.to_der()
}

fn signed_attributes(digest: &Sha256, certificate: &Certificate, when: Option<Time>) -> der::Result<Attributes> {
    let attribute =
        |oid, value: Any| -> der::Result<Attribute> { Ok(Attribute { oid, values: SetOfVec::try_from(vec![value])? }) };
    let certified = SigningCertificateV2 {
        certificates: vec![EssCertIdV2 {
            algorithm: None,
            digest: OctetString::new(Sha256::of(certificate.der()).as_bytes().as_slice())?,
            issuer: None,
        }],
    };
    let mut attributes = vec![
        attribute(ID_CONTENT_TYPE, Any::encode_from(&ID_DATA)?)?,
        attribute(ID_MESSAGE_DIGEST, Any::encode_from(&OctetString::new(digest.as_bytes().as_slice())?)?)?,
        attribute(SIGNING_CERTIFICATE_V2, Any::encode_from(&certified)?)?,
    ];
    if let Some(when) = when {
        attributes.push(attribute(ID_SIGNING_TIME, Any::encode_from(&when)?)?);
    }
    SetOfVec::try_from(attributes)
}

pub(crate) fn verify_digest(signature: &[u8], digest: &Sha256) -> Result<Signed> {
    let signed = parse(signature)?;
    if signed.encap_content_info.econtent.is_some() {
        return Err(unreadable("not detached"));
    }
    verify_parsed(&signed, digest)
}

fn verify_parsed(signed: &SignedData, digest: &Sha256) -> Result<Signed> {
    let [info] = signed.signer_infos.0.as_slice() else {
        return Err(unreadable(format!("{} signers instead of one", signed.signer_infos.0.len())));
    };
    check_algorithms(signed, info)?;
    let certificate = signer_certificate(signed, &info.sid)?;
    let attributes = info.signed_attrs.as_ref().ok_or_else(|| unreadable("no signed attributes"))?;
    check_attributes(attributes, digest, &certificate)?;
    let body = attributes.to_der().map_err(unreadable)?;
    let value = DerSignature::from_bytes(info.signature.as_bytes()).map_err(unreadable)?;
    let key = certificate.verifying_key()?;
    key.verify(&body, &value).map_err(|_| unfit("the signature value does not belong to this key and content"))?;
    let time = match single(attributes, ID_SIGNING_TIME)? {
        Some(value) => Some(time::seconds(value.decode_as::<Time>().map_err(unreadable)?.to_unix_duration())),
        None => None,
    };
    Ok(Signed { certificate, time })
}

fn parse(signature: &[u8]) -> Result<SignedData> {
    let outer = ContentInfo::from_der(signature).map_err(unreadable)?;
    if outer.content_type != ID_SIGNED_DATA {
        return Err(unreadable(format!("content type {}", outer.content_type)));
    }
    let signed: SignedData = outer.content.decode_as().map_err(unreadable)?;
    if signed.encap_content_info.econtent_type != ID_DATA {
        return Err(unreadable("not over plain data"));
    }
    Ok(signed)
}

/// SHA-256 and ECDSA wherever an algorithm stands, and the version that goes with the kind of signer (RFC 5652, 5.3).
fn check_algorithms(signed: &SignedData, info: &SignerInfo) -> Result<()> {
    let plain = |algorithm: &AlgorithmIdentifierOwned| algorithm.parameters.as_ref().is_none_or(Any::is_null);
    let is_sha256 = |algorithm: &AlgorithmIdentifierOwned| algorithm.oid == ID_SHA_256 && plain(algorithm);
    let signature = &info.signature_algorithm;
    if !is_sha256(&info.digest_alg) || signature.oid != ECDSA_WITH_SHA_256 || !plain(signature) {
        let (digest, signature) = (info.digest_alg.oid, signature.oid);
        return Err(unreadable(format!("algorithms {digest} and {signature} instead of SHA-256 and ECDSA")));
    }
    let version = match info.sid {
        SignerIdentifier::IssuerAndSerialNumber(_) => CmsVersion::V1,
        SignerIdentifier::SubjectKeyIdentifier(_) => CmsVersion::V3,
    };
    if signed.version != version || info.version != version || !signed.digest_algorithms.iter().all(is_sha256) {
        return Err(unreadable("version or digest algorithms"));
    }
    Ok(())
}

fn signer_certificate(signed: &SignedData, sid: &SignerIdentifier) -> Result<Certificate> {
    let carried = signed.certificates.iter().flat_map(|set| set.0.iter());
    for choice in carried {
        let CertificateChoices::Certificate(certificate) = choice else { continue };
        let tbs = certificate.tbs_certificate();
        let meant = match sid {
            SignerIdentifier::IssuerAndSerialNumber(id) => {
                id.issuer == *tbs.issuer() && id.serial_number == *tbs.serial_number()
            }
            SignerIdentifier::SubjectKeyIdentifier(id) => {
                matches!(tbs.get_extension::<SubjectKeyIdentifier>(), Ok(Some((_, own))) if own == *id)
            }
        };
        if meant {
            return Certificate::from_inner(certificate.clone());
        }
    }
    Err(unreadable("the signer's certificate is not carried"))
}

fn check_attributes(attributes: &Attributes, digest: &Sha256, certificate: &Certificate) -> Result<()> {
    let required = |oid, name: &str| single(attributes, oid)?.ok_or_else(|| unreadable(format!("no {name}")));
    let content_type: ObjectIdentifier = required(ID_CONTENT_TYPE, "content type")?.decode_as().map_err(unreadable)?;
    if content_type != ID_DATA {
        return Err(unreadable(format!("content type {content_type}")));
    }
    let claimed: OctetString = required(ID_MESSAGE_DIGEST, "message digest")?.decode_as().map_err(unreadable)?;
    if claimed.as_bytes() != digest.as_bytes() {
        return Err(unfit("the content is not what was signed"));
    }
    let certified = required(SIGNING_CERTIFICATE_V2, "signing-certificate-v2")?;
    let certified: SigningCertificateV2 = certified.decode_as().map_err(unreadable)?;
    let first = certified.certificates.first().ok_or_else(|| unreadable("empty signing-certificate-v2"))?;
    if first.algorithm.as_ref().is_some_and(|a| a.oid != ID_SHA_256) {
        return Err(unreadable("signing-certificate-v2 is not SHA-256"));
    }
    if first.digest.as_bytes() != Sha256::of(certificate.der()).as_bytes() {
        return Err(unfit("the certificate is not the one that was signed with"));
    }
    Ok(())
}

/// The only value of an attribute; `None` when the attribute is absent.
fn single(attributes: &Attributes, oid: ObjectIdentifier) -> Result<Option<&Any>> {
    let mut found = attributes.iter().filter(|a| a.oid == oid);
    let Some(attribute) = found.next() else { return Ok(None) };
    match (attribute.values.as_slice(), found.next()) {
        ([value], None) => Ok(Some(value)),
        _ => Err(unreadable(format!("attribute {oid} given more than once"))),
    }
}

fn unreadable(detail: impl ToString) -> Error {
    Error::SignatureUnreadable { detail: detail.to_string() }
}

fn unfit(detail: &str) -> Error {
    Error::SignatureUnfit { detail: detail.to_owned() }
}
