//! What proves that somebody signed a file of a package, once the package itself is gone: the two manifests and the
//! signatures over them. A merged record carries it, so that whoever gets the record can check it as the package was.

use std::collections::{BTreeMap, BTreeSet};

use crate::verify::SignerReport;
use crate::{Error, Limits, Result, Sha256, Trust, cms, layout};

/// Most bytes of a manifest; a package has at most 50 000 entries.
const MANIFEST_MAXIMUM: usize = 16 << 20;

/// The manifests of a package and the signatures over them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// `tagmanifest-sha256.txt`: what was signed.
    pub tag_manifest: Vec<u8>,
    /// `manifest-sha256.txt`, which the tag manifest names by its digest.
    pub manifest: Vec<u8>,
    /// The signatures, CMS in DER.
    pub signatures: BTreeSet<Vec<u8>>,
}

/// A proof whose signatures fit.
#[derive(Debug)]
pub struct Proven {
    /// Digest of every payload file, by its path such as `data/package.json`.
    pub files: BTreeMap<String, Sha256>,
    /// Who signed.
    pub signers: Vec<SignerReport>,
}

impl Proof {
    /// SHA-256 of the tag manifest: the same content has the same digest, whoever signed it.
    #[must_use]
    pub fn content(&self) -> Sha256 {
        Sha256::of(&self.tag_manifest)
    }

    /// Checks that the manifests belong together and every signature fits.
    ///
    /// # Errors
    /// [`Error::SignatureUnreadable`] and [`Error::SignatureUnfit`], also for manifests that do not belong together.
    pub fn check(&self, trust: &Trust) -> Result<Proven> {
        let tags = read(layout::TAG_MANIFEST, &self.tag_manifest)?;
        if tags.get(layout::MANIFEST) != Some(&Sha256::of(&self.manifest)) {
            return Err(Error::SignatureUnfit { detail: format!("{} is not what was signed", layout::MANIFEST) });
        }
        let files = read(layout::MANIFEST, &self.manifest)?;
        let mut signers = Vec::new();
        for signature in &self.signatures {
            let signed = cms::verify(signature, &self.tag_manifest)?;
            let time = signed.time.ok_or_else(|| unreadable("no signing time"))?;
            signers.push(SignerReport::of(signed.certificate, time, trust));
        }
        if signers.is_empty() {
            return Err(unreadable("nobody signed"));
        }
        Ok(Proven { files, signers })
    }
}

impl Proven {
    /// The digest of a sheet's file.
    #[must_use]
    pub fn sheet(&self, id: &str) -> Option<Sha256> {
        self.files.get(&format!("data/sheets/{id}.json")).copied()
    }

    /// The digest of the catalogue.
    #[must_use]
    pub fn catalogue(&self) -> Option<Sha256> {
        self.files.get(layout::CATALOGUE).copied()
    }

    /// The digest of the rubric.
    #[must_use]
    pub fn rubric(&self) -> Option<Sha256> {
        self.files.get(layout::RUBRIC).copied()
    }
}

fn read(name: &str, bytes: &[u8]) -> Result<BTreeMap<String, Sha256>> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= MANIFEST_MAXIMUM);
    let text = text.ok_or_else(|| unreadable(name))?;
    layout::parse_manifest(name, text, Limits::default().entries).map_err(unreadable)
}

fn unreadable(detail: impl ToString) -> Error {
    Error::SignatureUnreadable { detail: detail.to_string() }
}
