//! The two sets of algorithms that identities sign with, and keys of either.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5912::{ECDSA_WITH_SHA_256, ID_SHA_256};
use p256::elliptic_curve::Generate;
use pkcs8::der::asn1::BitString;
use pkcs8::spki::{self, DynSignatureAlgorithmIdentifier, EncodePublicKey, SignatureBitStringEncoding};
use pkcs8::{AssociatedOid, DecodePrivateKey, DecodePublicKey, Document, EncodePrivateKey, PrivateKeyInfoRef};
use pkcs8::{SecretDocument, der::Decode, der::Encode};
use rand_core::CryptoRng;
use signature::{Keypair, Signer, Verifier};
use sm3::Digest;
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use crate::{Error, Result, Sha256};

/// SM3 (GM/T 0006-2012).
const SM3: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.1.401");
/// SM2 with SM3 (GM/T 0006-2012).
const SM2_WITH_SM3: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.1.501");
/// The signer's distinguishing identifier when none is agreed on (GM/T 0009-2012, 10): it goes into the value Z.
pub const SM2_SIGNER_ID: &str = "1234567812345678";

/// What an identity signs with, chosen when it is made.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    serde::Serialize,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantNames,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256: everything, PDFs as well.
    P256,
    /// SM2 with SM3 (GM/T 0003-2012, GM/T 0004-2012): packages, receipts, requests. No PDF reader knows it.
    Sm2,
}

impl Algorithm {
    /// How the algorithm of a digest is written.
    pub(crate) fn digest_identifier(self) -> AlgorithmIdentifierOwned {
        plain(match self {
            Self::P256 => ID_SHA_256,
            Self::Sm2 => SM3,
        })
    }

    /// How the algorithm of a signature is written.
    pub(crate) fn signature_identifier(self) -> AlgorithmIdentifierOwned {
        plain(match self {
            Self::P256 => ECDSA_WITH_SHA_256,
            Self::Sm2 => SM2_WITH_SM3,
        })
    }

    /// The set that an algorithm of signatures belongs to; parameters are absent or NULL.
    pub(crate) fn of_signature(identifier: &AlgorithmIdentifierOwned) -> Option<Self> {
        [Self::P256, Self::Sm2].into_iter().find(|one| is(identifier, &one.signature_identifier()))
    }

    /// Whether an algorithm of digests is this set's.
    pub(crate) fn has_digest(self, identifier: &AlgorithmIdentifierOwned) -> bool {
        is(identifier, &self.digest_identifier())
    }

    /// The digest of `bytes`.
    pub(crate) fn digest(self, bytes: &[u8]) -> [u8; 32] {
        match self {
            Self::P256 => *Sha256::of(bytes).as_bytes(),
            Self::Sm2 => sm3::Sm3::digest(bytes).into(),
        }
    }
}

fn plain(oid: ObjectIdentifier) -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned { oid, parameters: None }
}

fn is(found: &AlgorithmIdentifierOwned, wanted: &AlgorithmIdentifierOwned) -> bool {
    found.oid == wanted.oid && found.parameters.as_ref().is_none_or(der::Any::is_null)
}

/// A private key. It is wiped from memory when this is dropped.
pub(crate) enum SecretKey {
    P256(p256::ecdsa::SigningKey),
    /// Kept in the form that wipes itself; a key ready to sign lives for one signature.
    Sm2(sm2::SecretKey),
}

impl SecretKey {
    pub(crate) fn generate<R: CryptoRng + ?Sized>(algorithm: Algorithm, rng: &mut R) -> Self {
        match algorithm {
            Algorithm::P256 => Self::P256(p256::ecdsa::SigningKey::generate_from_rng(rng)),
            Algorithm::Sm2 => Self::Sm2(sm2::SecretKey::generate_from_rng(rng)),
        }
    }

    /// Reads a key (PKCS#8, DER) of either set.
    pub(crate) fn from_pkcs8(der: &[u8]) -> Result<Self> {
        let unreadable = |e: pkcs8::Error| Error::KeyUnreadable { detail: e.to_string() };
        let info = PrivateKeyInfoRef::from_der(der).map_err(|e| Error::KeyUnreadable { detail: e.to_string() })?;
        if info.algorithm.parameters_oid() == Ok(sm2::Sm2::OID) {
            return sm2::SecretKey::from_pkcs8_der(der).map(Self::Sm2).map_err(unreadable);
        }
        p256::ecdsa::SigningKey::from_pkcs8_der(der).map(Self::P256).map_err(unreadable)
    }

    pub(crate) fn to_pkcs8(&self) -> Result<SecretDocument> {
        let written = match self {
            Self::P256(key) => key.to_pkcs8_der(),
            Self::Sm2(key) => key.to_pkcs8_der(),
        };
        written.map_err(|e| Error::encoding("key", e))
    }

    pub(crate) fn public(&self) -> PublicKey {
        match self {
            Self::P256(key) => PublicKey::P256(*key.verifying_key()),
            Self::Sm2(key) => PublicKey::Sm2(key.public_key()),
        }
    }

    pub(crate) fn algorithm(&self) -> Algorithm {
        match self {
            Self::P256(_) => Algorithm::P256,
            Self::Sm2(_) => Algorithm::Sm2,
        }
    }
}

/// The DER bytes of a signature: two numbers, r and s.
pub(crate) struct Value(pub(crate) Vec<u8>);

impl SignatureBitStringEncoding for Value {
    fn to_bitstring(&self) -> pkcs8::der::Result<BitString> {
        BitString::new(0, self.0.clone())
    }
}

impl Signer<Value> for SecretKey {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Value, signature::Error> {
        match self {
            Self::P256(key) => {
                let value: p256::ecdsa::DerSignature = key.try_sign(message)?;
                Ok(Value(value.as_bytes().to_vec()))
            }
            Self::Sm2(key) => {
                let value: sm2::dsa::Signature = sm2::dsa::SigningKey::new(SM2_SIGNER_ID, key)?.try_sign(message)?;
                Ok(Value(value.to_der().as_bytes().to_vec()))
            }
        }
    }
}

impl Keypair for SecretKey {
    type VerifyingKey = PublicKey;

    fn verifying_key(&self) -> PublicKey {
        self.public()
    }
}

impl DynSignatureAlgorithmIdentifier for SecretKey {
    fn signature_algorithm_identifier(&self) -> spki::Result<AlgorithmIdentifierOwned> {
        Ok(self.algorithm().signature_identifier())
    }
}

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PublicKey {
    P256(p256::ecdsa::VerifyingKey),
    Sm2(sm2::PublicKey),
}

impl PublicKey {
    /// The key, when it is one of the two kinds.
    pub(crate) fn read(key: &SubjectPublicKeyInfoOwned) -> std::result::Result<Self, String> {
        let der = key.to_der().map_err(|e| e.to_string())?;
        let unknown = |e: spki::Error| format!("key is neither ECDSA P-256 nor SM2: {e}");
        let curve = key.algorithm.parameters.as_ref().and_then(|curve| curve.decode_as::<ObjectIdentifier>().ok());
        if curve == Some(sm2::Sm2::OID) {
            return sm2::PublicKey::from_public_key_der(&der).map(Self::Sm2).map_err(unknown);
        }
        p256::ecdsa::VerifyingKey::from_public_key_der(&der).map(Self::P256).map_err(unknown)
    }

    pub(crate) fn info(&self) -> Result<SubjectPublicKeyInfoOwned> {
        SubjectPublicKeyInfoOwned::from_key(self).map_err(|e| Error::encoding("key", e))
    }

    pub(crate) fn algorithm(&self) -> Algorithm {
        match self {
            Self::P256(_) => Algorithm::P256,
            Self::Sm2(_) => Algorithm::Sm2,
        }
    }

    /// Whether `signature` (DER), made by an algorithm that goes with this key, is over `message`.
    pub(crate) fn fits(&self, algorithm: &AlgorithmIdentifierOwned, message: &[u8], signature: &[u8]) -> Option<()> {
        if Algorithm::of_signature(algorithm) != Some(self.algorithm()) {
            return None;
        }
        match self {
            Self::P256(key) => key.verify(message, &p256::ecdsa::DerSignature::from_bytes(signature).ok()?).ok(),
            Self::Sm2(key) => {
                let value = sm2::dsa::Signature::from_der(signature).ok()?;
                sm2::dsa::VerifyingKey::new(SM2_SIGNER_ID, *key).ok()?.verify(message, &value).ok()
            }
        }
    }
}

impl EncodePublicKey for PublicKey {
    fn to_public_key_der(&self) -> spki::Result<Document> {
        match self {
            Self::P256(key) => key.to_public_key_der(),
            Self::Sm2(key) => key.to_public_key_der(),
        }
    }
}
