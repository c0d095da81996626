//! A CAdES signature over bytes, detached or with the bytes inside: CMS `SignedData` (RFC 5652), DER, in either set of
//! algorithms.

use ::cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use ::cms::content_info::{CmsVersion, ContentInfo};
use ::cms::signed_data::{EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos};
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911::{ID_CONTENT_TYPE, ID_DATA, ID_MESSAGE_DIGEST, ID_SIGNED_DATA, ID_SIGNING_TIME};
use const_oid::db::rfc5912::ID_SHA_256;
use der::asn1::{Any, OctetString, SetOfVec};
use der::{Decode, Encode, Sequence};
use signature::Signer as _;
use spki::AlgorithmIdentifierOwned;
use x509_cert::attr::{Attribute, Attributes};
use x509_cert::ext::pkix::SubjectKeyIdentifier;
use x509_cert::time::Time;

use crate::algorithm::Value;
use crate::{Algorithm, Certificate, Error, Result, Sha256, Signer, time};

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

/// Signs `content` at `time` (unix seconds); gives DER bytes that `openssl cms -verify -binary -inform DER` accepts when
/// the key is P-256 (openssl cannot tell its CMS part the identifier that SM2 wants).
///
/// # Errors
/// [`Error::CertificateNotInForce`] at that time, [`Error::TimeOutOfRange`].
pub fn sign(content: &[u8], signer: &Signer, time: i64) -> Result<Vec<u8>> {
    check_in_force(signer, time)?;
    let when = Time::from(time::date(time)?);
    built(&signer.algorithm().digest(content), signer, Some(when), None)
}

/// Signs `content` at `time` (unix seconds) and carries it inside; gives DER bytes out of which
/// `openssl cms -verify -binary -inform DER` gives the content.
///
/// # Errors
/// As [`sign`].
pub fn seal(content: &[u8], signer: &Signer, time: i64) -> Result<Vec<u8>> {
    check_in_force(signer, time)?;
    let when = Time::from(time::date(time)?);
    built(&signer.algorithm().digest(content), signer, Some(when), Some(content))
}

/// The content that `sealed` (DER) carries, once its signature was found to fit.
///
/// # Errors
/// As [`verify`].
pub fn open(sealed: &[u8]) -> Result<(Vec<u8>, Signed)> {
    let signed = parse(sealed)?;
    let carried = signed.encap_content_info.econtent.as_ref().ok_or_else(|| unreadable("no content inside"))?;
    let content: OctetString = carried.decode_as().map_err(unreadable)?;
    let found = verify_parsed(&signed, |algorithm| Ok(algorithm.digest(content.as_bytes())))?;
    Ok((content.as_bytes().to_vec(), found))
}

/// Checks that `signature` (DER) fits `content`.
///
/// # Errors
/// [`Error::SignatureUnreadable`] when it is no signature of the kind [`sign`] makes, [`Error::SignatureUnfit`] when it
/// does not fit.
pub fn verify(signature: &[u8], content: &[u8]) -> Result<Signed> {
    verify_parsed(&detached(signature)?, |algorithm| Ok(algorithm.digest(content)))
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

/// Signs what a PDF's digest covers, at the time that the PDF says.
pub(crate) fn sign_digest(digest: &Sha256, signer: &Signer) -> Result<Vec<u8>> {
    built(digest.as_bytes(), signer, None, None)
}

fn built(digest: &[u8; 32], signer: &Signer, when: Option<Time>, inside: Option<&[u8]>) -> Result<Vec<u8>> {
    build(digest, signer, when, inside).map_err(|e| Error::encoding("signature", e))
}

/// `ESSCertIDv2`: the digest of the signer's certificate (RFC 5035); SHA-256 is the default algorithm and left out.
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

fn build(digest: &[u8; 32], signer: &Signer, when: Option<Time>, inside: Option<&[u8]>) -> der::Result<Vec<u8>> {
    let certificate = signer.certificate();
    let tbs = certificate.inner().tbs_certificate();
    let algorithm = signer.algorithm();
    let attributes = signed_attributes(algorithm, digest, certificate, when)?;
    let refused = |_| der::Error::from(der::ErrorKind::Failed);
    let Value(signature) = signer.key.try_sign(&attributes.to_der()?).map_err(refused)?;
    let info = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: tbs.issuer().clone(),
            serial_number: tbs.serial_number().clone(),
        }),
        digest_alg: algorithm.digest_identifier(),
        signed_attrs: Some(attributes),
        signature_algorithm: algorithm.signature_identifier(),
        signature: OctetString::new(signature)?,
        unsigned_attrs: None,
    };
    let signed = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![algorithm.digest_identifier()])?,
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

fn signed_attributes(
    algorithm: Algorithm,
    digest: &[u8; 32],
    certificate: &Certificate,
    when: Option<Time>,
) -> der::Result<Attributes> {
    let attribute =
        |oid, value: Any| -> der::Result<Attribute> { Ok(Attribute { oid, values: SetOfVec::try_from(vec![value])? }) };
    let certified = SigningCertificateV2 {
        certificates: vec![EssCertIdV2 {
            algorithm: (algorithm != Algorithm::P256).then(|| algorithm.digest_identifier()),
            digest: OctetString::new(algorithm.digest(certificate.der()))?,
            issuer: None,
        }],
    };
    let mut attributes = vec![
        attribute(ID_CONTENT_TYPE, Any::encode_from(&ID_DATA)?)?,
        attribute(ID_MESSAGE_DIGEST, Any::encode_from(&OctetString::new(digest.as_slice())?)?)?,
        attribute(SIGNING_CERTIFICATE_V2, Any::encode_from(&certified)?)?,
    ];
    if let Some(when) = when {
        attributes.push(attribute(ID_SIGNING_TIME, Any::encode_from(&when)?)?);
    }
    SetOfVec::try_from(attributes)
}

/// Checks that the signature of a PDF fits the digest of what it covers.
pub(crate) fn verify_digest(signature: &[u8], digest: &Sha256) -> Result<Signed> {
    verify_parsed(&detached(signature)?, |algorithm| match algorithm {
        Algorithm::P256 => Ok(*digest.as_bytes()),
        Algorithm::Sm2 => Err(unreadable("a PDF is signed with ECDSA P-256 and SHA-256")),
    })
}

fn detached(signature: &[u8]) -> Result<SignedData> {
    let signed = parse(signature)?;
    if signed.encap_content_info.econtent.is_some() {
        return Err(unreadable("not detached"));
    }
    Ok(signed)
}

/// Checks a signature over what has the digest that `digest` gives for its algorithm.
fn verify_parsed(signed: &SignedData, digest: impl FnOnce(Algorithm) -> Result<[u8; 32]>) -> Result<Signed> {
    let [info] = signed.signer_infos.0.as_slice() else {
        return Err(unreadable(format!("{} signers instead of one", signed.signer_infos.0.len())));
    };
    let algorithm = check_algorithms(signed, info)?;
    let certificate = signer_certificate(signed, &info.sid)?;
    let attributes = info.signed_attrs.as_ref().ok_or_else(|| unreadable("no signed attributes"))?;
    check_attributes(algorithm, attributes, &digest(algorithm)?, &certificate)?;
    let body = attributes.to_der().map_err(unreadable)?;
    let fits = certificate.public_key()?.fits(&info.signature_algorithm, &body, info.signature.as_bytes());
    fits.ok_or_else(|| unfit("the signature value does not belong to this key and content"))?;
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

/// One set of algorithms wherever one stands, and the version that goes with the kind of signer (RFC 5652, 5.3).
fn check_algorithms(signed: &SignedData, info: &SignerInfo) -> Result<Algorithm> {
    let algorithm = Algorithm::of_signature(&info.signature_algorithm);
    let algorithm = algorithm.filter(|algorithm| algorithm.has_digest(&info.digest_alg)).ok_or_else(|| {
        let (digest, signature) = (info.digest_alg.oid, info.signature_algorithm.oid);
        unreadable(format!("algorithms {digest} and {signature} instead of SHA-256 with ECDSA or SM3 with SM2"))
    })?;
    let version = match info.sid {
        SignerIdentifier::IssuerAndSerialNumber(_) => CmsVersion::V1,
        SignerIdentifier::SubjectKeyIdentifier(_) => CmsVersion::V3,
    };
    let mut digests = signed.digest_algorithms.iter();
    if signed.version != version || info.version != version || !digests.all(|digest| algorithm.has_digest(digest)) {
        return Err(unreadable("version or digest algorithms"));
    }
    Ok(algorithm)
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

fn check_attributes(
    algorithm: Algorithm,
    attributes: &Attributes,
    digest: &[u8; 32],
    certificate: &Certificate,
) -> Result<()> {
    let required = |oid, name: &str| single(attributes, oid)?.ok_or_else(|| unreadable(format!("no {name}")));
    let content_type: ObjectIdentifier = required(ID_CONTENT_TYPE, "content type")?.decode_as().map_err(unreadable)?;
    if content_type != ID_DATA {
        return Err(unreadable(format!("content type {content_type}")));
    }
    let claimed: OctetString = required(ID_MESSAGE_DIGEST, "message digest")?.decode_as().map_err(unreadable)?;
    if claimed.as_bytes() != digest {
        return Err(unfit("the content is not what was signed"));
    }
    let certified = required(SIGNING_CERTIFICATE_V2, "signing-certificate-v2")?;
    let certified: SigningCertificateV2 = certified.decode_as().map_err(unreadable)?;
    let first = certified.certificates.first().ok_or_else(|| unreadable("empty signing-certificate-v2"))?;
    let default = AlgorithmIdentifierOwned { oid: ID_SHA_256, parameters: None };
    if !algorithm.has_digest(first.algorithm.as_ref().unwrap_or(&default)) {
        return Err(unreadable("signing-certificate-v2 is of another algorithm"));
    }
    if first.digest.as_bytes() != algorithm.digest(certificate.der()) {
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
