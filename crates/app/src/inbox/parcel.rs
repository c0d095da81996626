//! A package as it was verified, without its file: what is taken in is what was verified, whatever the file is by then.

use crate::content::{Checked, Content};
use crate::view::Verdict;
use crate::{Problem, Verifier};
use assessment::exchange::{EvidenceFile, PackageFile, SheetFile};
use assessment::rectification::ListFile;
use base64ct::{Base64, Encoding};
use package::proof::Proof;
use package::verify::{SignerReport, Verified};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A package that was verified. Its files of evidence stay in the file.
pub(crate) struct Parcel {
    pub content: Content,
    pub signers: Vec<SignerReport>,
    pub proof: Proof,
    /// The files of its sheets, byte for byte, by their identifiers.
    pub sheets: BTreeMap<String, Vec<u8>>,
    pub verdict: Verdict,
    /// Why it is not simply trusted.
    pub problems: Vec<Problem>,
}

/// A parcel as it is kept. Its rubric stands elsewhere, as many packages have the same.
#[derive(Serialize, Deserialize)]
pub(crate) struct Stowed {
    pub package: PackageFile,
    sheets: BTreeMap<String, String>,
    evidence: EvidenceFile,
    problems: Option<ListFile>,
    tagmanifest: String,
    manifest: String,
    signatures: Vec<String>,
}

impl Parcel {
    pub fn of(verified: &Verified, content: Content, verdict: Verdict, problems: Vec<Problem>) -> Self {
        let (signers, proof) = (verified.signers().to_vec(), verified.proof());
        Self { content, signers, proof, sheets: verified.sheets().clone(), verdict, problems }
    }

    /// What is kept of it.
    pub fn stowed(&self) -> String {
        // Sheets and manifests were read as UTF-8 when they were verified.
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let stowed = Stowed {
            package: self.content.package.clone(),
            sheets: self.sheets.iter().map(|(id, bytes)| (id.clone(), text(bytes))).collect(),
            evidence: self.content.evidence.clone(),
            problems: self.content.problems.clone(),
            tagmanifest: text(&self.proof.tag_manifest),
            manifest: text(&self.proof.manifest),
            signatures: self.proof.signatures.iter().map(|bytes| Base64::encode_string(bytes)).collect(),
        };
        serde_json::to_string(&stowed).expect("plain data")
    }

    /// The fingerprints of who signed.
    pub fn fingerprints(&self) -> Vec<String> {
        self.signers.iter().map(|signer| signer.fingerprint.to_string()).collect()
    }
}

impl Stowed {
    pub fn read(text: &[u8]) -> Checked<Self> {
        serde_json::from_slice(text).map_err(|error| error.to_string())
    }

    /// The parcel again, and whether its signers are accepted as things stand now. The contents were checked before they
    /// were kept.
    pub fn open(self, rubric_text: String, verifier: &Verifier<'_>) -> Checked<Parcel> {
        let signatures = self.signatures.iter().map(|text| Base64::decode_vec(text).map_err(|error| error.to_string()));
        let proof = Proof {
            tag_manifest: self.tagmanifest.into_bytes(),
            manifest: self.manifest.into_bytes(),
            signatures: signatures.collect::<Checked<_>>()?,
        };
        let signers = proof.check(&verifier.known.trust).map_err(|error| error.to_string())?.signers;
        let signed: Vec<_> = signers.iter().map(|signer| (&signer.certificate, Some(signer.time))).collect();
        let (verdict, problems) = verifier.judged(&signed);
        let file = |text: &String| serde_json::from_str::<SheetFile>(text).map_err(|error| error.to_string());
        // In the order in which the package names them.
        let inside = self.package.sheets.iter().filter_map(|reference| self.sheets.get(&reference.id));
        let content = Content {
            sheets: inside.map(file).collect::<Checked<_>>()?,
            rubric: verifier.rubrics.read(&rubric_text)?,
            package: self.package,
            rubric_text,
            evidence: self.evidence,
            problems: self.problems,
        };
        let sheets = self.sheets.into_iter().map(|(id, text)| (id, text.into_bytes())).collect();
        Ok(Parcel { content, signers, proof, sheets, verdict, problems })
    }
}
