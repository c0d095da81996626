//! The merged record while it grows: what was signed stays in a file, what is needed to decide stays in the memory.

use super::blobs::Blobs;
use crate::content::Content;
use crate::{Result, world};
use assessment::exchange::{RubricRef, SheetFile};
use assessment::merge::{Decision, Held, Place, Record, Subject};
use package::proof::{Proof, Proven};
use package::verify::{SignerReport, Verified};
use package::{Certificate, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What proves the contents of one package, by the digests of its texts.
#[derive(Default)]
pub(super) struct Proofs {
    pub tag_manifest: Option<Sha256>,
    pub manifest: Option<Sha256>,
    /// `evidence.json`.
    pub catalogue: Option<Sha256>,
    pub signatures: BTreeSet<Sha256>,
    /// For readers without this program; what they say follows from the signatures.
    pub signers: BTreeSet<(i64, String, String, String)>,
}

/// A rubric that something was scored under.
pub(super) struct Scored {
    pub id: String,
    pub edition: String,
    pub text: Sha256,
}

/// The merged record with its texts.
pub(crate) struct Merging {
    pub record: Record,
    pub(super) blobs: Blobs,
    pub(super) rubrics: BTreeMap<String, Scored>,
    pub(super) proofs: BTreeMap<String, Proofs>,
}

/// What one sheet of a file is to the record.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    pub place: Place,
    /// The record had it already.
    pub again: bool,
    pub subject: Subject,
    pub total: String,
    pub finalised_at: Option<i64>,
}

impl Merging {
    /// An empty record; its texts are kept in a folder until they are written.
    pub fn create(folder: &Path) -> Result<Self> {
        let blobs = Blobs::create(folder)?;
        Ok(Self { record: Record::default(), blobs, rubrics: BTreeMap::new(), proofs: BTreeMap::new() })
    }

    /// Adds a package that was verified.
    pub fn package(&mut self, verified: &Verified, content: &Content) -> Result<Vec<Taken>> {
        self.rubric(&RubricRef::from(&*content.rubric), content.rubric_text.as_bytes())?;
        let proof = self.proof(&verified.proof(), verified.signers(), Some(verified.catalogue_text()))?;
        let keys = keys(verified.signers().iter().map(|signer| &signer.certificate))?;
        let mut taken = Vec::new();
        for file in &content.sheets {
            let bytes = verified.sheets().get(&file.id).map(Vec::as_slice).unwrap_or_default();
            taken.push(self.content(file, bytes, &keys, [proof.clone()].into())?);
        }
        Ok(taken)
    }

    /// Adds everything that another record holds.
    pub fn join(&mut self, mut other: Self) -> Result<()> {
        for digest in other.blobs.digests() {
            if !self.blobs.has(&digest) {
                self.blobs.put(&other.blobs.get(&digest)?)?;
            }
        }
        for (digest, scored) in other.rubrics {
            self.rubrics.entry(digest).or_insert(scored);
        }
        for (content, proofs) in other.proofs {
            let kept = self.proofs.entry(content).or_default();
            kept.tag_manifest = kept.tag_manifest.or(proofs.tag_manifest);
            kept.manifest = kept.manifest.or(proofs.manifest);
            kept.catalogue = kept.catalogue.or(proofs.catalogue);
            kept.signatures.extend(proofs.signatures);
            kept.signers.extend(proofs.signers);
        }
        self.record.join(other.record);
        Ok(())
    }

    pub fn rubric(&mut self, rubric: &RubricRef, text: &[u8]) -> Result<()> {
        if !self.rubrics.contains_key(&rubric.digest) {
            let text = self.blobs.put(text)?;
            let scored = Scored { id: rubric.id.clone(), edition: rubric.edition.clone(), text };
            self.rubrics.insert(rubric.digest.clone(), scored);
        }
        Ok(())
    }

    /// Adds what proves the contents of a package; gives its name.
    pub fn proof(&mut self, proof: &Proof, signers: &[SignerReport], catalogue: Option<&[u8]>) -> Result<String> {
        let content = proof.content().to_string();
        let tag_manifest = self.blobs.put(&proof.tag_manifest)?;
        let manifest = self.blobs.put(&proof.manifest)?;
        let catalogue = catalogue.map(|bytes| self.blobs.put(bytes)).transpose()?;
        let signatures = proof.signatures.iter().map(|bytes| self.blobs.put(bytes)).collect::<Result<Vec<_>>>()?;
        let kept = self.proofs.entry(content.clone()).or_default();
        kept.tag_manifest = Some(tag_manifest);
        kept.manifest = Some(manifest);
        kept.catalogue = kept.catalogue.or(catalogue);
        kept.signatures.extend(signatures);
        let named = |signer: &SignerReport| {
            let (person, fingerprint) = (signer.person.clone(), signer.fingerprint.to_string());
            (signer.time, fingerprint, person.name, person.organisation)
        };
        kept.signers.extend(signers.iter().map(named));
        Ok(content)
    }

    /// Adds a content whose proofs were checked.
    pub fn content(
        &mut self,
        file: &SheetFile,
        bytes: &[u8],
        keys: &BTreeSet<String>,
        proofs: BTreeSet<String>,
    ) -> Result<Taken> {
        let digest = self.blobs.put(bytes)?.to_string();
        let place = Place { sheet: file.id.clone(), revision: file.revision, digest };
        let subject = Subject::from(file);
        let held = Held { subject: subject.clone(), keys: keys.clone(), proofs };
        let again = !self.record.add(place.clone(), held);
        let finalised_at = world::seconds(&file.finalised_at);
        Ok(Taken { place, again, subject, total: file.result.total.clone(), finalised_at })
    }

    /// Adds a signed decision; says whether it is new.
    pub fn decision(&mut self, decision: Decision, sealed: &[u8]) -> Result<bool> {
        let digest = self.blobs.put(sealed)?;
        Ok(self.record.decide(digest.to_string(), decision))
    }
}

/// SHA-256 of the public keys of these certificates: they stay when an office issues a certificate for a key.
pub(crate) fn keys<'c>(certificates: impl Iterator<Item = &'c Certificate>) -> Result<BTreeSet<String>> {
    certificates.map(|certificate| Ok(certificate.key()?.to_string())).collect()
}

/// The keys of everybody who signed what a proof is of.
pub(super) fn proven_keys(proven: &Proven) -> Result<BTreeSet<String>> {
    keys(proven.signers.iter().map(|signer| &signer.certificate))
}
