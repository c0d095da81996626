//! A package as it was verified, without its file: what is taken in is what was verified, whatever the file is by then.

use crate::content::{Checked, Content, check_piece};
use crate::merge::Piece;
use crate::view::Verdict;
use crate::{Problem, Verifier};
use assessment::exchange::{EvidenceFile, EvidenceScope, FORMAT, PackageFile, SheetFile, SheetRef};
use assessment::rectification::ListFile;
use base64ct::{Base64, Encoding};
use package::proof::Proof;
use package::verify::{SignerReport, Verified};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

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
    /// It stood in a merged record: there is no file that is the package.
    pub of_record: bool,
    /// The record does not have all that the package has.
    pub left_behind: bool,
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
    #[serde(default)]
    of_record: bool,
}

impl Parcel {
    pub fn of(verified: &Verified, content: Content, verdict: Verdict, problems: Vec<Problem>) -> Self {
        let (signers, proof) = (verified.signers().to_vec(), verified.proof());
        let sheets = verified.sheets().clone();
        Self { content, signers, proof, sheets, verdict, problems, of_record: false, left_behind: false }
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
            signatures: encoded(&self.proof),
            of_record: self.of_record,
        };
        stowed.text()
    }

    /// The file, the fingerprints of its signers, and their names, for the history.
    pub fn said(&self, path: &Path) -> (String, String, String) {
        let names: Vec<&str> = self.signers.iter().map(|signer| signer.person.name.as_str()).collect();
        (path.display().to_string(), self.fingerprints().join(" "), names.join("、"))
    }

    /// The fingerprints of who signed.
    pub fn fingerprints(&self) -> Vec<String> {
        self.signers.iter().map(|signer| signer.fingerprint.to_string()).collect()
    }
}

fn encoded(proof: &Proof) -> Vec<String> {
    proof.signatures.iter().map(|bytes| Base64::encode_string(bytes)).collect()
}

impl Stowed {
    /// What a merged record has of a package: its sheets and what proves them, neither its list of problems nor its files
    /// of evidence.
    pub fn of_piece(piece: &Piece, verifier: &Verifier<'_>) -> Checked<Self> {
        let files: Vec<SheetFile> = piece.sheets.iter().map(|(_, text)| sheet(text)).collect::<Checked<_>>()?;
        let empty = || Ok(EvidenceFile { format: FORMAT, items: Vec::new() });
        let evidence = piece.catalogue.as_ref().map_or_else(empty, |bytes| serde_json::from_slice(bytes));
        let evidence: EvidenceFile = evidence.map_err(|error| format!("evidence.json: {error}"))?;
        let first = files.first().ok_or("no sheet")?;
        let reference = |(place, _): &(assessment::merge::Place, String)| SheetRef {
            id: place.sheet.clone(),
            revision: place.revision,
            digest: place.digest.clone(),
        };
        let package = PackageFile {
            format: FORMAT,
            program: String::new(),
            rubric: piece.rubric.clone(),
            unit: first.unit.clone(),
            year: first.year,
            sheets: piece.sheets.iter().map(reference).collect(),
            evidence: EvidenceScope::LeftOut,
            history: None,
            masked: None,
        };
        check_piece(&package, &files, &evidence, &*verifier.rubrics.read(&piece.rubric_text)?)?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok(Self {
            sheets: piece.sheets.iter().map(|(place, text)| (place.sheet.clone(), text.clone())).collect(),
            evidence,
            problems: None,
            tagmanifest: text(&piece.proof.tag_manifest),
            manifest: text(&piece.proof.manifest),
            signatures: encoded(&piece.proof),
            of_record: true,
            package,
        })
    }

    /// As it is kept.
    pub fn text(&self) -> String {
        serde_json::to_string(self).expect("plain data")
    }

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
        let proven = proof.check(&verifier.known.trust).map_err(|error| error.to_string())?;
        let more = |path: &String| path == "data/problems.json" || path.starts_with("data/evidence/");
        let left_behind = self.of_record && proven.files.keys().any(more);
        let signers = proven.signers;
        let signed: Vec<_> = signers.iter().map(|signer| (&signer.certificate, Some(signer.time))).collect();
        let (verdict, problems) = verifier.judged(&signed);
        // In the order in which the package names them.
        let inside = self.package.sheets.iter().filter_map(|reference| self.sheets.get(&reference.id));
        let content = Content {
            sheets: inside.map(|text| sheet(text)).collect::<Checked<_>>()?,
            rubric: verifier.rubrics.read(&rubric_text)?,
            package: self.package,
            rubric_text,
            evidence: self.evidence,
            problems: self.problems,
        };
        let sheets = self.sheets.into_iter().map(|(id, text)| (id, text.into_bytes())).collect();
        Ok(Parcel { content, signers, proof, sheets, verdict, problems, of_record: self.of_record, left_behind })
    }
}

fn sheet(text: &str) -> Checked<SheetFile> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}
