//! The merged record as a file: JSON lines, each canonical, in an order that follows from what they hold.

use super::state::{Merging, Proofs};
use crate::export::cannot_write;
use crate::{Result, world};
use assessment::merge::{FORMAT, Place, Standing};
use base64ct::{Base64, Encoding};
use package::{Sha256, canonical};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// What the first line says besides the format.
pub(super) const KIND: &str = "merge";

/// Takes one line after another.
pub(super) struct Lines<'p> {
    path: &'p Path,
    file: BufWriter<File>,
}

impl Lines<'_> {
    fn raw(&mut self, line: &[u8]) -> Result<()> {
        let written = self.file.write_all(line).and_then(|()| self.file.write_all(b"\n"));
        written.map_err(|error| cannot_write(self.path, &error))
    }

    fn value(&mut self, value: &Value) -> Result<()> {
        self.raw(&canonical::to_vec(value)?)
    }
}

impl Merging {
    /// Writes the record; the same set gives the same bytes.
    pub fn write(&mut self, path: &Path) -> Result<()> {
        let beside = path.with_extension("part");
        let failed = |error: std::io::Error| cannot_write(path, &error);
        let mut lines = Lines { path, file: BufWriter::with_capacity(1 << 18, File::create(&beside).map_err(failed)?) };
        self.lines(&mut lines)?;
        let file = lines.file.into_inner().map_err(|error| failed(error.into_error()))?;
        file.sync_all().and_then(|()| std::fs::rename(&beside, path)).map_err(failed)
    }

    fn lines(&mut self, lines: &mut Lines<'_>) -> Result<()> {
        lines.value(&json!({ "format": FORMAT, "kind": KIND }))?;
        for (digest, scored) in &self.rubrics {
            let text = String::from_utf8_lossy(&self.blobs.get(&scored.text)?).into_owned();
            let (id, edition) = (&scored.id, &scored.edition);
            lines.value(&json!({ "digest": digest, "edition": edition, "id": id, "kind": "rubric", "text": text }))?;
        }
        let catalogues: BTreeSet<Sha256> = self.proofs.values().filter_map(|proof| proof.catalogue).collect();
        for digest in catalogues {
            let bytes = self.blobs.get(&digest)?;
            // Canonical as it stands, so it is put in as it is.
            let tail = format!(",\"digest\":\"{digest}\",\"kind\":\"catalogue\"}}");
            lines.raw(&[b"{\"catalogue\":", &bytes[..], tail.as_bytes()].concat())?;
        }
        let contents: Vec<String> = self.proofs.keys().cloned().collect();
        for content in contents {
            let line = self.proof_line(&content)?;
            lines.value(&line)?;
        }
        let places: Vec<Place> = self.record.contents().keys().cloned().collect();
        for place in &places {
            self.revision_line(place, lines)?;
        }
        self.decision_lines(lines)?;
        self.record.sheets().iter().try_for_each(|sheet| lines.value(&self.sheet_line(sheet)))
    }

    pub(super) fn text(&mut self, digest: Option<Sha256>) -> Result<String> {
        let bytes = digest.map(|digest| self.blobs.get(&digest)).transpose()?.unwrap_or_default();
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn proof_line(&mut self, content: &str) -> Result<Value> {
        let Some(Proofs { tag_manifest, manifest, catalogue, signatures, signers }) = self.proofs.get(content) else {
            return Ok(Value::Null);
        };
        let (tags, manifest, catalogue) = (*tag_manifest, *manifest, catalogue.map(|digest| digest.to_string()));
        let signer = |(time, fingerprint, name, organisation): &(i64, String, String, String)| {
            let time = world::rfc3339(*time);
            json!({ "fingerprint": fingerprint, "name": name, "organisation": organisation, "time": time })
        };
        let signers: Vec<Value> = signers.iter().map(signer).collect();
        let signatures: Vec<Sha256> = signatures.iter().copied().collect();
        let encoded = signatures.iter().map(|one| Ok(Base64::encode_string(&self.blobs.get(one)?)));
        let signatures = encoded.collect::<Result<Vec<_>>>()?;
        Ok(json!({
            "catalogue": catalogue, "content": content, "kind": "proof", "manifest": self.text(manifest)?,
            "signatures": signatures, "signers": signers, "tagmanifest": self.text(tags)?,
        }))
    }

    fn revision_line(&mut self, place: &Place, lines: &mut Lines<'_>) -> Result<()> {
        let proofs = self.record.contents().get(place).map(|held| held.proofs.clone()).unwrap_or_default();
        let digest: Sha256 = place.digest.parse()?;
        let sheet = self.blobs.get(&digest)?;
        let proofs = canonical::to_vec(&json!(proofs))?;
        let head = format!("{{\"digest\":\"{digest}\",\"kind\":\"revision\",\"proofs\":");
        lines.raw(&[head.as_bytes(), &proofs, b",\"sheet\":", &sheet, b"}"].concat())
    }

    fn decision_lines(&mut self, lines: &mut Lines<'_>) -> Result<()> {
        for (digest, decision) in self.record.decisions() {
            let sealed = Base64::encode_string(&self.blobs.get(&digest.parse()?)?);
            let decision = serde_json::to_value(decision).expect("plain data");
            lines.value(&json!({ "decision": decision, "digest": digest, "kind": "decision", "sealed": sealed }))?;
        }
        Ok(())
    }

    /// What holds of a sheet: it follows from the lines above, and is there for readers without this program.
    fn sheet_line(&self, sheet: &str) -> Value {
        let last = self.record.of_sheet(sheet).last();
        let Some((_, held)) = last else { return Value::Null };
        let (subject, stage) = (&held.subject, <&str>::from(held.subject.stage));
        let assessor = self.record.assessor(&subject.assessor);
        let standing = match self.record.standing(sheet) {
            Some(Standing::Current(place)) => {
                let marks = self.record.marks(sheet, &place.digest);
                let mut current = json!({ "digest": place.digest, "revision": place.revision });
                if !marks.is_empty() {
                    current["marks"] = json!(marks);
                }
                json!({ "current": current })
            }
            Some(Standing::Conflict { why, sides }) => {
                let side = |place: &Place| json!({ "digest": place.digest, "revision": place.revision });
                json!({ "conflict": { "sides": sides.iter().map(side).collect::<Vec<_>>(), "why": <&str>::from(why) } })
            }
            Some(Standing::Returned) | None => json!({ "returned": {} }),
        };
        json!({
            "assessor": { "name": assessor.name, "organisation": assessor.organisation }, "kind": "sheet",
            "rubric": subject.rubric, "sheet": sheet, "stage": stage, "standing": standing,
            "unit": self.record.unit(&subject.unit), "year": subject.year,
        })
    }
}
