//! Reading a merged record: as hostile as a package, and checked like one, line by line.

use super::state::{Merging, Taken, proven_keys};
use super::write::KIND;
use super::{Policy, Refused};
use crate::content::{Checked, check_sheet};
use crate::{Failure, Result, Verifier, world};
use assessment::exchange::{RubricRef, SheetFile};
use assessment::merge::{Decision, FORMAT};
use base64ct::{Base64, Encoding};
use package::cms::{self, Signed};
use package::proof::{Proof, Proven};
use package::{Limits, Sha256, canonical};
use rubric::Rubric;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

/// Longest line, in bytes.
const LINE_MAXIMUM: u64 = 64 << 20;
/// Longest string in a line, in bytes: a manifest of a package with much evidence.
const STRING_MAXIMUM: usize = 32 << 20;
/// Most rubrics, catalogues and proofs that are held while one file is read.
const HELD_MAXIMUM: usize = 200_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    format: u32,
    #[expect(dead_code, reason = "the kind was looked at")]
    kind: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RubricLine {
    digest: String,
    edition: String,
    id: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogueLine {
    catalogue: Value,
    digest: Sha256,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProofLine {
    catalogue: Option<Sha256>,
    content: String,
    manifest: String,
    signatures: Vec<String>,
    #[expect(dead_code, reason = "follows from the signatures")]
    signers: Value,
    tagmanifest: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RevisionLine {
    digest: Sha256,
    proofs: BTreeSet<String>,
    sheet: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DecisionLine {
    decision: Decision,
    digest: Sha256,
    sealed: String,
}

/// What a file brought: sheets, or what is wrong with some of it.
#[derive(Default)]
pub(super) struct Brought {
    pub taken: Vec<Taken>,
    pub refused: Vec<Failure>,
    pub decisions: usize,
}

/// What a record that is being read has said so far.
struct Reader<'v, 'w> {
    verifier: &'v Verifier<'w>,
    policy: Policy,
    path: &'v Path,
    rubrics: BTreeMap<String, Arc<Rubric>>,
    catalogues: BTreeMap<Sha256, Vec<u8>>,
    proofs: BTreeMap<String, (Proof, Proven, Option<Sha256>)>,
    found: Brought,
}

/// Adds a merged record that somebody wrote: every signature in it is checked again.
///
/// # Errors
/// A file that cannot be read, or does not hold together: then nothing of it is added. What people signed who are not
/// accepted is part of what is given back.
pub(super) fn read(
    merging: &mut Merging,
    folder: &Path,
    path: &Path,
    verifier: &Verifier<'_>,
    policy: Policy,
) -> Result<Brought> {
    let mut alone = Merging::create(folder)?;
    let mut brought = read_into(&mut alone, path, verifier, policy)?;
    for taken in &mut brought.taken {
        taken.again = merging.record.contents().contains_key(&taken.place);
    }
    merging.join(alone)?;
    Ok(brought)
}

/// A merged record by itself: every signature in it is checked, whether who signed is accepted is asked later.
///
/// # Errors
/// A file that cannot be read, or does not hold together.
pub(crate) fn read_alone(folder: &Path, path: &Path, verifier: &Verifier<'_>) -> Result<Merging> {
    let mut alone = Merging::create(folder)?;
    read_into(&mut alone, path, verifier, Policy::Later)?;
    Ok(alone)
}

/// A signed decision, with who signed it and when.
pub(crate) fn open_decision(sealed: &[u8]) -> Checked<(Decision, Signed)> {
    let (body, signed) = cms::open(sealed).map_err(|error| error.to_string())?;
    let decision: Decision = serde_json::from_slice(&body).map_err(|error| error.to_string())?;
    let person = signed.certificate.person();
    let by = (&decision.by.name, &decision.by.organisation) == (&person.name, &person.organisation);
    let time = world::seconds(&decision.at).is_some_and(|at| world::rfc3339(at) == decision.at);
    if by && time && decision.is_sound() { Ok((decision, signed)) } else { Err(Sha256::of(sealed).to_string()) }
}

fn read_into(merging: &mut Merging, path: &Path, verifier: &Verifier<'_>, policy: Policy) -> Result<Brought> {
    let unreadable = |error: std::io::Error| {
        Failure::from(crate::refusal::Refusal::FileUnreadable {
            path: path.display().to_string(),
            detail: error.to_string(),
        })
    };
    let mut file = BufReader::with_capacity(1 << 18, std::fs::File::open(path).map_err(unreadable)?);
    let mut reader = Reader {
        verifier,
        policy,
        path,
        rubrics: BTreeMap::new(),
        catalogues: BTreeMap::new(),
        proofs: BTreeMap::new(),
        found: Brought::default(),
    };
    for number in 1_u64.. {
        let mut line = Vec::new();
        let length = (&mut file).take(LINE_MAXIMUM).read_until(b'\n', &mut line).map_err(unreadable)?;
        if length == 0 {
            break;
        }
        let bad = |detail: String| Refused::BadRecord { path: path.display().to_string(), line: number, detail };
        if line.pop() != Some(b'\n') {
            return Err(bad("ends early".to_owned()).into());
        }
        let limits = Limits { json_string: STRING_MAXIMUM, ..Limits::default() };
        let value = canonical::parse(&line, &limits).map_err(bad)?;
        reader.line(merging, value, number).map_err(|fault| fault.at(path, number))?;
    }
    Ok(reader.found)
}

/// Why a line ends the reading.
enum Fault {
    Line(String),
    Failure(Failure),
}

impl Fault {
    fn at(self, path: &Path, line: u64) -> Failure {
        match self {
            Self::Line(detail) => Refused::BadRecord { path: path.display().to_string(), line, detail }.into(),
            Self::Failure(failure) => failure,
        }
    }
}

impl From<String> for Fault {
    fn from(detail: String) -> Self {
        Self::Line(detail)
    }
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

fn of<T: serde::de::DeserializeOwned>(mut value: Value) -> Checked<T> {
    if let Value::Object(fields) = &mut value {
        fields.remove("kind");
    }
    serde_json::from_value(value).map_err(|error| error.to_string())
}

impl Reader<'_, '_> {
    fn line(&mut self, merging: &mut Merging, value: Value, number: u64) -> std::result::Result<(), Fault> {
        let kind = value["kind"].as_str().unwrap_or_default().to_owned();
        if number == 1 {
            let head: Head = serde_json::from_value(value).map_err(|error| error.to_string())?;
            let path = self.path.display().to_string();
            return match (kind.as_str(), head.format) {
                (KIND, FORMAT) => Ok(()),
                (KIND, found) if found > FORMAT => Err(Failure::from(Refused::NewerRecord { path, found }).into()),
                _ => Err(format!("kind {kind}").into()),
            };
        }
        match kind.as_str() {
            "rubric" => self.rubric(merging, of(value)?),
            "catalogue" => self.catalogue(of(value)?),
            "proof" => self.proof(of(value)?),
            "revision" => self.revision(merging, of(value)?),
            "decision" => self.decision(merging, of(value)?),
            // What follows from the other lines is computed anew.
            "sheet" => Ok(()),
            other => Err(format!("kind {other}").into()),
        }
    }

    fn room(&self) -> Checked<()> {
        let held = self.rubrics.len() + self.catalogues.len() + self.proofs.len();
        if held < HELD_MAXIMUM { Ok(()) } else { Err(format!("more than {HELD_MAXIMUM} lines of proof")) }
    }

    fn rubric(&mut self, merging: &mut Merging, line: RubricLine) -> std::result::Result<(), Fault> {
        self.room()?;
        let rubric = self.verifier.rubrics.read(&line.text)?;
        let reference = RubricRef { id: line.id, edition: line.edition, digest: line.digest };
        if reference != RubricRef::from(&*rubric) {
            return Err(format!("rubric {}", reference.digest).into());
        }
        merging.rubric(&reference, line.text.as_bytes())?;
        self.rubrics.insert(reference.digest, rubric);
        Ok(())
    }

    fn catalogue(&mut self, line: CatalogueLine) -> std::result::Result<(), Fault> {
        self.room()?;
        let bytes = canonical::to_vec(&line.catalogue).map_err(Failure::from)?;
        if Sha256::of(&bytes) != line.digest {
            return Err(format!("catalogue {}", line.digest).into());
        }
        self.catalogues.insert(line.digest, bytes);
        Ok(())
    }

    /// Whoever signed must be accepted, as with a package; what only others signed is left out.
    fn proof(&mut self, line: ProofLine) -> std::result::Result<(), Fault> {
        self.room()?;
        let decoded = line.signatures.iter().map(|text| Base64::decode_vec(text).map_err(|error| error.to_string()));
        let proof = Proof {
            tag_manifest: line.tagmanifest.into_bytes(),
            manifest: line.manifest.into_bytes(),
            signatures: decoded.collect::<Checked<_>>()?,
        };
        if proof.content().to_string() != line.content {
            return Err(format!("content {}", line.content).into());
        }
        let proven = proof.check(&self.verifier.known.trust).map_err(|error| error.to_string())?;
        if proven.catalogue() != line.catalogue {
            return Err(format!("catalogue of {}", line.content).into());
        }
        let signed: Vec<_> = proven.signers.iter().map(|signer| (&signer.certificate, Some(signer.time))).collect();
        let (verdict, problems) = self.verifier.judged(&signed);
        if let Some(refused) = self.policy.refuses(self.path, &verdict, &problems, &proven.signers) {
            self.found.refused.push(refused);
            return Ok(());
        }
        self.proofs.insert(line.content, (proof, proven, line.catalogue));
        Ok(())
    }

    fn revision(&mut self, merging: &mut Merging, line: RevisionLine) -> std::result::Result<(), Fault> {
        let bytes = canonical::to_vec(&line.sheet).map_err(Failure::from)?;
        let file: SheetFile = serde_json::from_value(line.sheet).map_err(|error| error.to_string())?;
        if Sha256::of(&bytes) != line.digest {
            return Err(format!("digest {}", line.digest).into());
        }
        let Some(rubric) = self.rubrics.get(&file.rubric.digest) else {
            return Err(format!("rubric {} of sheet {}", file.rubric.digest, file.id).into());
        };
        check_sheet(&file, rubric, false)?;
        let digest: Sha256 = file.rubric.digest.parse().map_err(Failure::from)?;
        let (mut keys, mut names) = (BTreeSet::new(), BTreeSet::new());
        for name in &line.proofs {
            let Some((proof, proven, catalogue)) = self.proofs.get(name) else { continue };
            if proven.sheet(&file.id) != Some(line.digest) || proven.rubric() != Some(digest) {
                return Err(format!("{name} is no proof of sheet {}", file.id).into());
            }
            let catalogue = catalogue.and_then(|digest| self.catalogues.get(&digest)).map(Vec::as_slice);
            merging.proof(proof, &proven.signers, catalogue)?;
            keys.extend(proven_keys(proven)?);
            names.insert(name.clone());
        }
        // Without a proof whose signers are accepted it is left out; the proof itself said why.
        if !names.is_empty() {
            self.found.taken.push(merging.content(&file, &bytes, &keys, names)?);
        }
        Ok(())
    }

    fn decision(&mut self, merging: &mut Merging, line: DecisionLine) -> std::result::Result<(), Fault> {
        let sealed = Base64::decode_vec(&line.sealed).map_err(|error| error.to_string())?;
        let (decision, signed) = open_decision(&sealed)?;
        if Sha256::of(&sealed) != line.digest || decision != line.decision {
            return Err(format!("decision {}", line.digest).into());
        }
        let (verdict, problems) = self.verifier.judged(&[(&signed.certificate, signed.time)]);
        if let Some(refused) = self.policy.refuses_one(self.path, &verdict, &problems, &signed.certificate) {
            self.found.refused.push(refused);
            return Ok(());
        }
        self.found.decisions += usize::from(merging.decision(decision, &sealed)?);
        Ok(())
    }
}

/// Whether a file is a merged record, by its first bytes.
pub(crate) fn is_record(start: &[u8]) -> bool {
    start.starts_with(b"{\"format\":") && start.windows(14).any(|bytes| bytes == b"\"kind\":\"merge\"")
}
