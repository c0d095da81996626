//! What a merged record holds, package by package: that is how a workspace takes it in.

use super::state::Merging;
use crate::Result;
use assessment::exchange::RubricRef;
use assessment::merge::Place;
use package::Sha256;
use package::proof::Proof;
use std::collections::{BTreeMap, BTreeSet};

/// What a record holds of one package.
pub(crate) struct Piece {
    pub rubric: RubricRef,
    pub rubric_text: String,
    /// Its contents, each with the bytes of its file.
    pub sheets: Vec<(Place, String)>,
    /// `evidence.json`, where the record has it.
    pub catalogue: Option<Vec<u8>>,
    pub proof: Proof,
}

impl Merging {
    /// The packages that brought what is here, each with its contents.
    pub fn packages(&self) -> BTreeMap<String, Vec<Place>> {
        let mut all: BTreeMap<String, Vec<Place>> = BTreeMap::new();
        for (place, held) in self.record.contents() {
            for content in &held.proofs {
                all.entry(content.clone()).or_default().push(place.clone());
            }
        }
        all
    }

    /// What is here of one package; nothing where the record knows neither it nor its rubric.
    pub fn piece(&mut self, content: &str, places: &[Place]) -> Result<Option<Piece>> {
        let rubric = places.first().and_then(|place| self.record.contents().get(place));
        let digest = rubric.map(|held| held.subject.rubric.clone()).unwrap_or_default();
        let (Some(scored), Some(proofs)) = (self.rubrics.get(&digest), self.proofs.get(content)) else {
            return Ok(None);
        };
        let (id, edition, rubric_text) = (scored.id.clone(), scored.edition.clone(), scored.text);
        let (tags, manifest, catalogue) = (proofs.tag_manifest, proofs.manifest, proofs.catalogue);
        let signatures: Vec<Sha256> = proofs.signatures.iter().copied().collect();
        let signatures = signatures.iter().map(|digest| self.blobs.get(digest)).collect::<Result<BTreeSet<_>>>()?;
        let mut sheets = Vec::new();
        for place in places {
            sheets.push((place.clone(), self.text(Some(place.digest.parse()?))?));
        }
        Ok(Some(Piece {
            rubric: RubricRef { id, edition, digest },
            rubric_text: self.text(Some(rubric_text))?,
            sheets,
            catalogue: catalogue.map(|digest| self.blobs.get(&digest)).transpose()?,
            proof: Proof {
                tag_manifest: self.text(tags)?.into_bytes(),
                manifest: self.text(manifest)?.into_bytes(),
                signatures,
            },
        }))
    }

    /// The signed files of all decisions, in the order of their time.
    pub fn sealed(&mut self) -> Result<Vec<Vec<u8>>> {
        let digests: Vec<String> = self.record.decisions().map(|(digest, _)| digest.to_owned()).collect();
        digests.iter().map(|digest| self.blobs.get(&digest.parse()?)).collect()
    }
}
