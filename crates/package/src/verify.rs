//! Reading a package: hostile until every byte was checked. Nothing reaches the caller before that.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::archive::Archive;
use crate::encrypt::Key;
use crate::layout::{self, Kind};
use crate::proof::Proof;
use crate::trust::Standing;
use crate::{Certificate, Error, Fingerprint, Flaw, Limits, Person, Result, Sha256, Trust, Watch, canonical, cms};

/// Most flaws that are listed: nobody reads more, and a hostile package could have a text for each of its names.
pub const FLAWS_MAXIMUM: usize = 100;

/// What verification came to.
#[derive(Debug)]
pub enum Outcome {
    /// Whole, and every signature fits; whether the signers are known stands with each of them.
    Valid(Verified),
    /// Whole, and nobody signed.
    Unsigned(Verified),
    /// Damaged or hostile: every flaw that was found, up to [`FLAWS_MAXIMUM`] and how many more there are.
    Damaged(Vec<Flaw>),
    /// Whole, and a signature does not fit: someone changed the content after it was signed.
    Forged(Forgery),
    /// Written by a newer program.
    Newer {
        /// Format of the package.
        found: u64,
        /// Newest format this program reads.
        supported: u64,
    },
}

/// A signature that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Forgery {
    /// The signature's entry.
    pub signature: String,
    /// Which of the checks failed.
    pub detail: String,
}

/// Someone who signed a package.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SignerReport {
    /// Who, as the certificate says.
    pub person: Person,
    /// SHA-256 of the certificate.
    pub fingerprint: Fingerprint,
    /// When, as the signer says (unix seconds).
    pub time: i64,
    /// Whether the certificate was in force at that time.
    pub in_force: bool,
    /// Whether the office knows the signer.
    pub standing: Standing,
    /// The certificate, such as to be accepted by hand.
    #[serde(skip)]
    pub certificate: Certificate,
}

impl SignerReport {
    pub(crate) fn of(certificate: Certificate, time: i64, trust: &Trust) -> Self {
        Self {
            person: certificate.person(),
            fingerprint: certificate.fingerprint(),
            time,
            in_force: certificate.in_force(time),
            standing: trust.standing(&certificate, time),
            certificate,
        }
    }
}

/// A file of evidence inside a package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct EvidenceEntry {
    /// Its digest.
    pub sha256: Sha256,
    /// Its extension, without the dot.
    pub extension: String,
    /// Its size in bytes.
    pub size: u64,
}

/// A package every byte of which was checked.
#[derive(Debug)]
pub struct Verified {
    path: PathBuf,
    archive: Archive,
    folder: String,
    info: Vec<(String, String)>,
    texts: BTreeMap<String, Vec<u8>>,
    json: BTreeMap<String, Value>,
    sheets: BTreeMap<String, Vec<u8>>,
    evidence: BTreeMap<EvidenceEntry, usize>,
    reports: BTreeMap<String, usize>,
    digests: BTreeMap<String, Sha256>,
    content: Sha256,
    signers: Vec<SignerReport>,
}

impl Outcome {
    /// The package, when it is whole and signed.
    ///
    /// # Errors
    /// [`Error::PackageDamaged`], [`Error::PackageForged`], [`Error::PackageUnsigned`], [`Error::PackageNewer`].
    pub fn signed(self, path: &Path) -> Result<Verified> {
        match self {
            Self::Unsigned(_) => Err(Error::PackageUnsigned { path: path.display().to_string() }),
            other => other.whole(path),
        }
    }

    /// The package, when it is whole, signed or not.
    ///
    /// # Errors
    /// [`Error::PackageDamaged`], [`Error::PackageForged`], [`Error::PackageNewer`].
    pub fn whole(self, path: &Path) -> Result<Verified> {
        let path = path.display().to_string();
        match self {
            Self::Valid(verified) | Self::Unsigned(verified) => Ok(verified),
            Self::Damaged(flaws) => {
                let first = flaws.first().map(ToString::to_string).unwrap_or_default();
                let count =
                    flaws.iter().map(|flaw| if let Flaw::MoreFlaws { count } = flaw { *count } else { 1 }).sum();
                Err(Error::PackageDamaged { path, count, first })
            }
            Self::Forged(Forgery { signature, detail }) => Err(Error::PackageForged { path, signature, detail }),
            Self::Newer { found, supported } => Err(Error::PackageNewer { path, found, supported }),
        }
    }
}

impl Verified {
    /// Name of the top folder.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.folder
    }

    /// Fields of `bag-info.txt`, in order.
    #[must_use]
    pub fn info(&self) -> &[(String, String)] {
        &self.info
    }

    /// `package.json`.
    #[must_use]
    pub fn package(&self) -> &Value {
        &self.json[layout::PACKAGE]
    }

    /// `rubric.toml`, UTF-8.
    #[must_use]
    pub fn rubric(&self) -> &[u8] {
        &self.texts[layout::RUBRIC]
    }

    /// Id and canonical JSON of each sheet, by id.
    #[must_use]
    pub fn sheets(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.sheets
    }

    /// `evidence.json`, the catalogue.
    #[must_use]
    pub fn catalogue(&self) -> &Value {
        &self.json[layout::CATALOGUE]
    }

    /// `problems.json`, the list of problems, where there is one.
    #[must_use]
    pub fn problems(&self) -> Option<&Value> {
        self.json.get(layout::PROBLEMS)
    }

    /// Whether the evidence was left out by design ("sheets only").
    #[must_use]
    pub fn evidence_left_out(&self) -> bool {
        self.package()[layout::EVIDENCE_KEY] == layout::EVIDENCE_LEFT_OUT
    }

    /// The evidence inside, by digest.
    pub fn evidence(&self) -> impl Iterator<Item = &EvidenceEntry> {
        self.evidence.keys()
    }

    /// File names of the reports inside.
    pub fn reports(&self) -> impl Iterator<Item = &str> {
        self.reports.keys().map(String::as_str)
    }

    /// Who signed, by fingerprint; empty when nobody did.
    #[must_use]
    pub fn signers(&self) -> &[SignerReport] {
        &self.signers
    }

    /// SHA-256 of the tag manifest: the same content has the same digest, whoever signed it.
    #[must_use]
    pub fn content(&self) -> Sha256 {
        self.content
    }

    /// What proves the content once the package is gone.
    #[must_use]
    pub fn proof(&self) -> Proof {
        let signature = |(path, bytes): (&String, &Vec<u8>)| path.ends_with(".p7s").then(|| bytes.clone());
        Proof {
            tag_manifest: self.tag_manifest().to_vec(),
            manifest: self.texts[layout::MANIFEST].clone(),
            signatures: self.texts.iter().filter_map(signature).collect(),
        }
    }

    /// `evidence.json`, byte for byte.
    #[must_use]
    pub fn catalogue_text(&self) -> &[u8] {
        &self.texts[layout::CATALOGUE]
    }

    /// The bytes that every signature is over.
    pub(crate) fn tag_manifest(&self) -> &[u8] {
        &self.texts[layout::TAG_MANIFEST]
    }

    /// The file that was verified.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Streams a file of evidence into `sink` and checks it once more; gives its size.
    ///
    /// # Errors
    /// [`Error::EntryAbsent`]; [`Error::PackageDamaged`] when the package file changed since it was verified, after
    /// which what `sink` got must be thrown away; [`Error::FileUnwritable`] when `sink` fails.
    pub fn copy_evidence(&mut self, sha256: &Sha256, sink: &mut dyn Write, watch: &mut Watch<'_>) -> Result<u64> {
        let found = self.evidence.iter().find(|(entry, _)| entry.sha256 == *sha256);
        let index = *found.ok_or_else(|| Error::EntryAbsent { entry: sha256.to_string() })?.1;
        self.copy(index, sink, watch)
    }

    /// Streams a report into `sink`; otherwise like [`Verified::copy_evidence`].
    ///
    /// # Errors
    /// As [`Verified::copy_evidence`].
    pub fn copy_report(&mut self, name: &str, sink: &mut dyn Write, watch: &mut Watch<'_>) -> Result<u64> {
        let index = *self.reports.get(name).ok_or_else(|| Error::EntryAbsent { entry: name.to_owned() })?;
        self.copy(index, sink, watch)
    }

    fn copy(&mut self, index: usize, sink: &mut dyn Write, watch: &mut Watch<'_>) -> Result<u64> {
        let (name, size) = (self.archive.entries[index].name.to_string(), self.archive.entries[index].size);
        let path = self.path.clone();
        watch.begin(size)?;
        let mut pass = |bytes: &[u8]| sink.write_all(bytes).map_err(|e| Error::writing(Path::new(&name), &e));
        let unpacked = self.archive.unpack(index, &mut pass, &path, watch)?;
        let expected = self.digests[&name];
        let first = match unpacked {
            Ok(digest) if digest == expected => return Ok(size),
            Ok(digest) => differs(&name, &expected, &digest).to_string(),
            Err(flaw) => flaw.to_string(),
        };
        Err(Error::PackageDamaged { path: path.display().to_string(), count: 1, first })
    }
}

/// Verifies a package against the office's list of signers.
///
/// # Errors
/// [`Error::FileUnreadable`], [`Error::PackageSealed`] and [`Error::PackageCancelled`]; whatever is wrong with the
/// package itself is an [`Outcome`].
pub fn verify(path: &Path, trust: &Trust, limits: &Limits, watch: &mut Watch<'_>) -> Result<Outcome> {
    verify_with(path, &[], trust, limits, watch)
}

/// Verifies a package that may be encrypted to one of `keys`.
///
/// # Errors
/// As [`verify`]; [`Error::PackageSealed`] when none of the keys opens it.
pub fn verify_with(
    path: &Path,
    keys: &[Key],
    trust: &Trust,
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<Outcome> {
    let archive = match Archive::open(path, keys, limits)? {
        Ok(archive) => archive,
        Err(flaws) => return Ok(damaged(flaws)),
    };
    let mut reading = match Reading::of(path, archive, limits) {
        Ok(reading) => reading,
        Err(flaws) => return Ok(damaged(flaws)),
    };
    watch.begin(reading.work())?;
    if let Some(found) = reading.newer_format(watch)? {
        return Ok(Outcome::Newer { found, supported: layout::FORMAT });
    }
    reading.unpack_all(watch)?;
    reading.check_manifests();
    reading.check_evidence();
    if !reading.flaws.is_empty() {
        return Ok(damaged(reading.flaws));
    }
    let signers = match reading.signers(trust) {
        Ok(signers) => signers,
        Err(forgery) => return Ok(Outcome::Forged(forgery)),
    };
    let verified = reading.finish(signers);
    Ok(if verified.signers.is_empty() { Outcome::Unsigned(verified) } else { Outcome::Valid(verified) })
}

fn damaged(mut flaws: Vec<Flaw>) -> Outcome {
    let count = flaws.len().saturating_sub(FLAWS_MAXIMUM);
    if count > 0 {
        flaws.truncate(FLAWS_MAXIMUM);
        flaws.push(Flaw::MoreFlaws { count });
    }
    Outcome::Damaged(flaws)
}

fn differs(entry: &str, expected: &Sha256, found: &Sha256) -> Flaw {
    Flaw::DigestDiffers { entry: entry.to_owned(), expected: expected.to_string(), found: found.to_string() }
}

/// A package on its way to being verified.
struct Reading<'a> {
    path: &'a Path,
    limits: &'a Limits,
    archive: Archive,
    folder: String,
    /// Path inside the top folder of every file, with what it is and its place in the archive.
    files: BTreeMap<String, (Kind, usize)>,
    /// Texts held in memory.
    texts: BTreeMap<String, Vec<u8>>,
    /// Digest of everything that could be unpacked.
    digests: BTreeMap<String, Sha256>,
    json: BTreeMap<String, Value>,
    info: Vec<(String, String)>,
    flaws: Vec<Flaw>,
}

impl<'a> Reading<'a> {
    /// Sorts the entries by what they are; refuses names that collide or stand elsewhere.
    fn of(path: &'a Path, archive: Archive, limits: &'a Limits) -> std::result::Result<Self, Vec<Flaw>> {
        let folder = archive.entries.first().map(|entry| top(entry.name.as_str()).to_owned()).unwrap_or_default();
        let (mut flaws, mut seen, mut files) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        for (index, entry) in archive.entries.iter().enumerate() {
            let name = entry.name.to_string();
            if let Some(other) = seen.insert(entry.name.collision_key(), name.clone()) {
                flaws.push(Flaw::NameTwice { entry: name.clone(), other });
            }
            let inside = name.strip_prefix(&folder).and_then(|rest| rest.strip_prefix('/'));
            match inside {
                _ if entry.folder && top(&name) == folder => {}
                None => flaws.push(Flaw::OutsideFolder { entry: name, folder: folder.clone() }),
                Some(inside) => match Kind::of(inside) {
                    Some(kind) => drop(files.insert(inside.to_owned(), (kind, index))),
                    None => flaws.push(Flaw::EntryUnlisted { entry: inside.to_owned() }),
                },
            }
        }
        let exceeded = exceeded(&archive, &files, limits);
        if !exceeded.is_empty() {
            flaws.extend(exceeded);
            return Err(flaws);
        }
        let (texts, digests, json) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Ok(Self { path, limits, archive, folder, files, texts, digests, json, info: Vec::new(), flaws })
    }

    /// Whether the reader holds the values of a JSON file; sheets are read once more, by who knows what stands in them.
    fn is_held(path: &str) -> bool {
        [layout::PACKAGE, layout::CATALOGUE, layout::PROBLEMS].contains(&path)
    }

    /// Bytes to unpack: everything once, and `package.json` once more before.
    fn work(&self) -> u64 {
        let size = |index: usize| self.archive.entries[index].size;
        let package = self.files.get(layout::PACKAGE).map_or(0, |(_, index)| size(*index));
        self.files.values().map(|(_, index)| size(*index)).fold(package, u64::saturating_add)
    }

    /// The format of `package.json`, when it is newer than this program's; whatever else a newer format changed.
    fn newer_format(&mut self, watch: &mut Watch<'_>) -> Result<Option<u64>> {
        let Some((_, index)) = self.files.get(layout::PACKAGE) else { return Ok(None) };
        let mut bytes = Vec::new();
        let mut keep = |part: &[u8]| {
            bytes.extend_from_slice(part);
            Ok(())
        };
        let unpacked = self.archive.unpack(*index, &mut keep, self.path, watch)?;
        if unpacked.is_err() {
            return Ok(None);
        }
        let package = canonical::parse(&bytes, self.limits).unwrap_or_default();
        Ok(package[layout::FORMAT_KEY].as_u64().filter(|format| *format > layout::FORMAT))
    }

    /// Unpacks everything once: texts into memory, the rest only through the digest.
    fn unpack_all(&mut self, watch: &mut Watch<'_>) -> Result<()> {
        for (path, (kind, index)) in &self.files {
            let mut bytes = Vec::new();
            let mut keep = |part: &[u8]| {
                if kind.is_text() {
                    bytes.extend_from_slice(part);
                }
                Ok(())
            };
            match self.archive.unpack(*index, &mut keep, self.path, watch)? {
                Ok(digest) => drop(self.digests.insert(path.clone(), digest)),
                Err(flaw) => self.flaws.push(flaw),
            }
            if kind.is_text() {
                self.texts.insert(path.clone(), bytes);
            }
        }
        Ok(())
    }

    fn check_manifests(&mut self) {
        for required in [
            layout::BAGIT,
            layout::BAG_INFO,
            layout::MANIFEST,
            layout::TAG_MANIFEST,
            layout::PACKAGE,
            layout::RUBRIC,
            layout::CATALOGUE,
        ] {
            if !self.files.contains_key(required) {
                self.flaws.push(Flaw::EntryMissing { entry: required.to_owned() });
            }
        }
        let texts: Vec<String> = self.texts.keys().filter(|path| !path.ends_with(".p7s")).cloned().collect();
        let mut left = self.limits.json_values;
        for path in texts {
            self.check_text(&path, &mut left);
        }
        let tags = [layout::BAGIT, layout::BAG_INFO, layout::MANIFEST].map(str::to_owned);
        self.check_manifest(layout::TAG_MANIFEST, &tags.into());
        let payload = self.files.keys().filter(|path| layout::is_payload(path)).cloned().collect();
        self.check_manifest(layout::MANIFEST, &payload);
        self.check_info();
    }

    /// UTF-8, and canonical JSON where it is JSON.
    fn check_text(&mut self, path: &str, left: &mut usize) {
        let bytes = &self.texts[path];
        if !self.digests.contains_key(path) {
            return;
        }
        if path.ends_with(".json") {
            match canonical::parse_of(bytes, self.limits, left) {
                Ok(value) if Self::is_held(path) => drop(self.json.insert(path.to_owned(), value)),
                Ok(_) => {}
                Err(detail) => self.flaws.push(Flaw::JsonRefused { entry: path.to_owned(), detail }),
            }
        } else if std::str::from_utf8(bytes).is_err() {
            self.flaws.push(Flaw::TextUnreadable { entry: path.to_owned() });
        }
    }

    fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(self.texts.get(path)?).ok()
    }

    /// The manifest lists exactly `expected`, each with the digest that was computed.
    fn check_manifest(&mut self, manifest: &str, expected: &BTreeSet<String>) {
        let Some(text) = self.text(manifest) else { return };
        let listed = match layout::parse_manifest(manifest, text, self.limits.entries) {
            Ok(listed) => listed,
            Err(flaw) => return self.flaws.push(flaw),
        };
        for (path, digest) in &listed {
            match self.digests.get(path) {
                Some(found) if found != digest => self.flaws.push(differs(path, digest, found)),
                // Present but not unpackable: said already.
                None if !self.files.contains_key(path) => self.flaws.push(Flaw::EntryMissing { entry: path.clone() }),
                _ => {}
            }
        }
        let listed: BTreeSet<String> = listed.into_keys().collect();
        for path in listed.symmetric_difference(expected).filter(|path| self.files.contains_key(*path)) {
            self.flaws.push(Flaw::EntryUnlisted { entry: path.clone() });
        }
    }

    /// `bagit.txt` and `bag-info.txt` say what they must.
    fn check_info(&mut self) {
        let differ = |entry: &str, tag: &str, expected: &str, found: &str| Flaw::TagDiffers {
            entry: entry.to_owned(),
            tag: tag.to_owned(),
            expected: expected.to_owned(),
            found: found.to_owned(),
        };
        if let Some(text) = self.text(layout::BAGIT).filter(|text| *text != layout::BAGIT_TEXT) {
            let found: String = text.chars().take(200).collect();
            self.flaws.push(differ(layout::BAGIT, "BagIt-Version", layout::BAGIT_TEXT, &found));
        }
        let Some(text) = self.text(layout::BAG_INFO) else { return };
        let info = match layout::parse_bag_info(text, self.limits.fields) {
            Ok(info) => info,
            Err(flaw) => return self.flaws.push(flaw),
        };
        let payload = self.files.iter().filter(|(path, _)| layout::is_payload(path));
        let sizes: Vec<u64> = payload.map(|(_, (_, index))| self.archive.entries[*index].size).collect();
        let expected = layout::oxum(sizes.iter().sum(), sizes.len());
        let found: Vec<&str> = info.iter().filter(|(l, _)| l == layout::OXUM).map(|(_, v)| v.as_str()).collect();
        if found != [expected.as_str()] {
            self.flaws.push(differ(layout::BAG_INFO, layout::OXUM, &expected, &found.join(", ")));
        }
        self.info = info;
    }

    /// Evidence is named by its digest, and is what the catalogue names, all of it or none.
    fn check_evidence(&mut self) {
        let (Some(package), Some(catalogue)) = (self.json.get(layout::PACKAGE), self.json.get(layout::CATALOGUE))
        else {
            return;
        };
        let mut flaws = Vec::new();
        let refused = |detail: &str| Flaw::JsonRefused { entry: layout::PACKAGE.to_owned(), detail: detail.to_owned() };
        if package[layout::FORMAT_KEY].as_u64() != Some(layout::FORMAT) {
            flaws.push(refused("format is not 1"));
        }
        let catalogued = layout::catalogued(catalogue);
        let mut given = BTreeSet::new();
        for (path, (kind, _)) in &self.files {
            let Kind::Evidence(sha256, _) = kind else { continue };
            given.insert(*sha256);
            if !catalogued.contains(sha256) {
                flaws.push(Flaw::EvidenceUncatalogued { entry: path.clone() });
            }
            if let Some(found) = self.digests.get(path).filter(|found| *found != sha256) {
                flaws.push(differs(path, sha256, found));
            }
        }
        match package[layout::EVIDENCE_KEY].as_str() {
            Some(layout::EVIDENCE_LEFT_OUT) if given.is_empty() => {}
            Some(layout::EVIDENCE_INCLUDED) => {
                let missing = catalogued.difference(&given);
                flaws.extend(missing.map(|sha256| Flaw::EvidenceMissing { sha256: sha256.to_string() }));
            }
            _ => flaws.push(refused("evidence is neither included nor left out")),
        }
        self.flaws.extend(flaws);
    }

    /// Every signature fits the tag manifest and is named by the certificate it was made with.
    fn signers(&self, trust: &Trust) -> std::result::Result<Vec<SignerReport>, Forgery> {
        let mut signers = Vec::new();
        for (path, (kind, _)) in &self.files {
            let Kind::Signature(fingerprint) = kind else { continue };
            let forged = |detail: String| Forgery { signature: path.clone(), detail };
            let signed = cms::verify(&self.texts[path], &self.texts[layout::TAG_MANIFEST]);
            let signed = signed.map_err(|e| forged(e.to_string()))?;
            let certificate = signed.certificate;
            if certificate.fingerprint().to_string() != fingerprint.to_string() {
                return Err(forged(format!("made with certificate {}", certificate.fingerprint())));
            }
            let time = signed.time.ok_or_else(|| forged("no signing time".to_owned()))?;
            signers.push(SignerReport::of(certificate, time, trust));
        }
        Ok(signers)
    }

    fn finish(mut self, signers: Vec<SignerReport>) -> Verified {
        let (mut sheets, mut evidence, mut reports) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (path, (kind, index)) in self.files {
            match kind {
                Kind::Sheet(id) => {
                    sheets.insert(id, self.texts.remove(&path).unwrap_or_default());
                }
                Kind::Evidence(sha256, extension) => {
                    let size = self.archive.entries[index].size;
                    evidence.insert(EvidenceEntry { sha256, extension, size }, index);
                }
                Kind::Report(name) => drop(reports.insert(name, index)),
                Kind::Tag | Kind::Signature(_) | Kind::Text => {}
            }
        }
        let folder = self.folder;
        let digests = self.digests.into_iter().map(|(path, digest)| (format!("{folder}/{path}"), digest)).collect();
        Verified {
            path: self.path.to_owned(),
            archive: self.archive,
            content: Sha256::of(&self.texts[layout::TAG_MANIFEST]),
            folder,
            info: self.info,
            texts: self.texts,
            json: self.json,
            sheets,
            evidence,
            reports,
            digests,
            signers,
        }
    }
}

/// What is held in memory or takes time, and is more than the limits allow.
fn exceeded(archive: &Archive, files: &BTreeMap<String, (Kind, usize)>, limits: &Limits) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let mut bound = |entry: &str, limit: u64, found: u64| {
        if found > limit {
            flaws.push(Flaw::LimitExceeded { entry: entry.to_owned(), limit, found });
        }
    };
    let (mut texts, mut signatures) = (0_u64, 0);
    for (path, (kind, index)) in files {
        let size = archive.entries[*index].size;
        if kind.is_text() {
            texts = texts.saturating_add(size);
        }
        if matches!(kind, Kind::Signature(_)) {
            signatures += 1;
            bound(path, limits.signature, size);
        }
    }
    bound("*.json", limits.text, texts);
    bound("signatures/*", limits.signatures, signatures);
    flaws
}

/// The first segment of a path.
fn top(name: &str) -> &str {
    name.split('/').next().unwrap_or_default()
}
