//! Writing a package: a ZIP holding one signed `BagIt` bag.
//!
//! Entries stand in this order, so that a reader who gets the file in one stream knows what to expect before the
//! payload comes: `bagit.txt`, `bag-info.txt`, `manifest-sha256.txt`, `tagmanifest-sha256.txt`, the signatures by
//! fingerprint, `data/package.json`, `data/rubric.toml`, the sheets by id, `data/evidence.json`, where there are
//! problems `data/problems.json`, the reports by name, and last the evidence by digest. The digests of evidence are known before it is copied; each file is hashed again
//! while it is copied, and a difference ends the work with nothing left behind.
//!
//! Evidence is stored, the rest deflated; every entry carries the time 1980-01-01 and the mode 0644. The same content
//! gives the same bytes but for the signatures.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::Digest;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::beside::Beside;
use crate::entry::NameFault;
use crate::{EntryName, Error, Limits, Result, Sha256, Signer, Watch, canonical, cms, layout};

/// What goes into a package.
#[derive(Debug, Clone)]
pub struct Contents {
    /// Name of the one top folder, such as `海鸥岛-自评-2026`.
    pub name: String,
    /// Fields of `bag-info.txt`, in order; `Payload-Oxum` is added.
    pub info: Vec<(String, String)>,
    /// `package.json`, an object; the keys `format` and `evidence` are set by [`write`].
    pub package: Value,
    /// `rubric.toml`, the bytes exactly as scored.
    pub rubric: Vec<u8>,
    /// Id and canonical JSON of each sheet.
    pub sheets: Vec<(String, Vec<u8>)>,
    /// `evidence.json`, the catalogue; each file is named by a key `sha256`.
    pub catalogue: Value,
    /// `problems.json`, the list of problems and their rectification, where there is one.
    pub problems: Option<Value>,
    /// The evidence itself.
    pub evidence: Evidence,
    /// File name (`….pdf`) and bytes of each report.
    pub reports: Vec<(String, Vec<u8>)>,
}

/// Whether the evidence travels with the sheets.
#[derive(Debug, Clone)]
pub enum Evidence {
    /// "Sheets only": the catalogue lists what is absent by design.
    LeftOut,
    /// Every file that the catalogue names, and no other.
    Included(Vec<EvidenceFile>),
}

/// A file of evidence on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceFile {
    /// Its digest, as catalogued.
    pub sha256: Sha256,
    /// Its extension: 1 to 16 lower-case letters and digits, without the dot.
    pub extension: String,
    /// Where it is.
    pub path: PathBuf,
    /// Its size in bytes, as catalogued.
    pub size: u64,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Written {
    /// Size of the package file in bytes.
    pub bytes: u64,
    /// Number of entries in it.
    pub entries: usize,
}

/// Writes a package to `target`, signed at `now` (unix seconds) by each of `signers` (none gives an unsigned package).
///
/// # Errors
/// [`Error::EvidenceChanged`] when a file is not what its digest says, [`Error::EvidenceNotGiven`],
/// [`Error::EntryNameUnusable`], [`Error::EntryNameTaken`], [`Error::BagInfoUnusable`], [`Error::JsonUnusable`],
/// [`Error::PackageTooLarge`], [`Error::CertificateNotInForce`], [`Error::PackageCancelled`] and file errors. Whatever
/// the error, nothing is left behind and an older file at `target` is unchanged.
pub fn write(
    target: &Path,
    contents: &Contents,
    signers: &[&Signer],
    now: i64,
    watch: &mut Watch<'_>,
) -> Result<Written> {
    let plan = Plan::of(contents, signers, now)?;
    let of_disk = |e: io::Error| Error::writing(target, &e);
    let beside = Beside::create(target).map_err(of_disk)?;
    let mut archive = ZipWriter::new(BufWriter::new(Quiet::over(beside.file().map_err(of_disk)?)));
    watch.begin(plan.total())?;
    for (path, bytes) in &plan.texts {
        let size = length(bytes);
        archive.start_file(plan.name(path), options(method(bytes), size)).map_err(|e| of_disk(e.into()))?;
        archive.write_all(bytes).map_err(of_disk)?;
        watch.advance(size)?;
    }
    for (path, file) in &plan.evidence {
        let options = options(CompressionMethod::Stored, file.size);
        archive.start_file(plan.name(path), options).map_err(|e| of_disk(e.into()))?;
        copy_checked(file, &mut archive, target, watch)?;
    }
    let mut writer = archive.finish().map_err(|e| of_disk(e.into()))?;
    writer.flush().map_err(of_disk)?;
    drop(writer);
    let bytes = beside.keep().map_err(of_disk)?;
    Ok(Written { bytes, entries: plan.texts.len() + plan.evidence.len() })
}

/// A file that reports its first failure only. An archive that is given up ends itself when dropped, and would print
/// the same failure once more on its own.
pub(crate) struct Quiet<W> {
    inner: W,
    failed: bool,
}

impl<W> Quiet<W> {
    pub(crate) fn over(inner: W) -> Self {
        Self { inner, failed: false }
    }

    fn once<T>(&mut self, afterwards: T, work: impl FnOnce(&mut W) -> io::Result<T>) -> io::Result<T> {
        if self.failed {
            return Ok(afterwards);
        }
        let done = work(&mut self.inner);
        self.failed = done.is_err();
        done
    }
}

impl<W: Write> Write for Quiet<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.once(bytes.len(), |inner| inner.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.once((), Write::flush)
    }
}

impl<W: Seek> Seek for Quiet<W> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.once(0, |inner| inner.seek(to))
    }
}

/// The whole package, decided before the first byte is written.
struct Plan<'a> {
    folder: String,
    texts: Vec<(String, Vec<u8>)>,
    evidence: BTreeMap<String, &'a EvidenceFile>,
}

impl<'a> Plan<'a> {
    fn of(contents: &'a Contents, signers: &[&Signer], now: i64) -> Result<Self> {
        if contents.name.contains('/') {
            return Err(Error::EntryNameUnusable { name: contents.name.clone(), fault: NameFault::Absolute });
        }
        let payload = payload(contents)?;
        let evidence = evidence(contents)?;
        let mut digests: BTreeMap<String, Sha256> = BTreeMap::new();
        digests.extend(payload.iter().map(|(path, bytes)| (path.clone(), Sha256::of(bytes))));
        digests.extend(evidence.iter().map(|(path, file)| (path.clone(), file.sha256)));
        let bytes =
            payload.iter().map(|(_, b)| length(b)).sum::<u64>() + evidence.values().map(|f| f.size).sum::<u64>();
        let mut texts = tags(contents, &digests, bytes)?;
        let signed = signatures(&texts, signers, now)?;
        texts.extend(signed);
        texts.extend(payload);
        let plan = Self { folder: contents.name.clone(), texts, evidence };
        plan.check_names()?;
        plan.check_limits(&Limits::default())?;
        Ok(plan)
    }

    fn name(&self, path: &str) -> String {
        format!("{}/{path}", self.folder)
    }

    fn sizes(&self) -> impl Iterator<Item = (&str, u64)> {
        let texts = self.texts.iter().map(|(path, bytes)| (path.as_str(), length(bytes)));
        texts.chain(self.evidence.iter().map(|(path, file)| (path.as_str(), file.size)))
    }

    fn total(&self) -> u64 {
        self.sizes().map(|(_, size)| size).fold(0, u64::saturating_add)
    }

    fn check_names(&self) -> Result<()> {
        let mut taken = BTreeSet::new();
        for (path, _) in self.sizes() {
            let name = EntryName::to_pack(&self.name(path))?;
            if !taken.insert(name.collision_key()) {
                return Err(Error::EntryNameTaken { name: path.to_owned() });
            }
        }
        Ok(())
    }

    /// What this program writes, this program must be able to read.
    fn check_limits(&self, limits: &Limits) -> Result<()> {
        let entries = (self.texts.len() + self.evidence.len()) as u64;
        let is_report = |path: &str| path.starts_with("data/reports/");
        let texts = self.texts.iter().filter(|(path, _)| !is_report(path)).map(|(_, bytes)| length(bytes)).sum();
        // What a record holds besides its name: its own fields, and those of ZIP64.
        let directory = self.sizes().map(|(path, _)| length(self.name(path).as_bytes()) + 46 + 28).sum();
        let whole = [
            ("entries", entries, limits.entries),
            ("names", directory, limits.directory),
            ("bytes", self.total(), limits.total),
            ("texts", texts, limits.text),
        ];
        let parts = self.sizes().map(|(path, size)| (path, size, limits.entry));
        for (what, found, limit) in whole.into_iter().chain(parts) {
            if found > limit {
                return Err(Error::PackageTooLarge { what: what.to_owned(), limit, found });
            }
        }
        Ok(())
    }
}

/// Every payload file but the evidence, in its order.
fn payload(contents: &Contents) -> Result<Vec<(String, Vec<u8>)>> {
    let mut package = contents.package.clone();
    let fields = package.as_object_mut().ok_or_else(|| unusable(layout::PACKAGE, "not an object"))?;
    let evidence = match contents.evidence {
        Evidence::LeftOut => layout::EVIDENCE_LEFT_OUT,
        Evidence::Included(_) => layout::EVIDENCE_INCLUDED,
    };
    fields.insert(layout::FORMAT_KEY.to_owned(), layout::FORMAT.into());
    fields.insert(layout::EVIDENCE_KEY.to_owned(), evidence.into());
    let mut files = vec![
        (layout::PACKAGE.to_owned(), canonical::to_vec(&package)?),
        (layout::RUBRIC.to_owned(), contents.rubric.clone()),
    ];
    files.extend(sorted("data/sheets/", ".json", &contents.sheets)?);
    files.push((layout::CATALOGUE.to_owned(), canonical::to_vec(&contents.catalogue)?));
    if let Some(problems) = &contents.problems {
        files.push((layout::PROBLEMS.to_owned(), canonical::to_vec(problems)?));
    }
    files.extend(sorted("data/reports/", "", &contents.reports)?);
    let (limits, mut left) = (Limits::default(), Limits::default().json_values);
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".json")) {
        canonical::parse_of(bytes, &limits, &mut left).map_err(|detail| unusable(path, &detail))?;
    }
    if std::str::from_utf8(&contents.rubric).is_err() {
        return Err(unusable(layout::RUBRIC, "not UTF-8"));
    }
    Ok(files)
}

fn unusable(name: &str, detail: &str) -> Error {
    Error::JsonUnusable { name: name.to_owned(), detail: detail.to_owned() }
}

fn sorted(folder: &str, ending: &str, files: &[(String, Vec<u8>)]) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut sorted = BTreeMap::new();
    for (name, bytes) in files {
        let path = format!("{folder}{name}{ending}");
        if layout::Kind::of(&path).is_none() {
            return Err(Error::EntryNameUnusable { name: name.clone(), fault: NameFault::ReservedName });
        }
        if sorted.insert(path, bytes.clone()).is_some() {
            return Err(Error::EntryNameTaken { name: name.clone() });
        }
    }
    Ok(sorted)
}

/// The evidence by path; the same file given twice is packed once.
fn evidence(contents: &Contents) -> Result<BTreeMap<String, &EvidenceFile>> {
    let Evidence::Included(files) = &contents.evidence else { return Ok(BTreeMap::new()) };
    let catalogued = layout::catalogued(&contents.catalogue);
    let mut given = BTreeSet::new();
    let mut packed = BTreeMap::new();
    for file in files {
        let path = format!("data/evidence/{}.{}", file.sha256, file.extension);
        if !layout::is_extension(&file.extension) {
            return Err(Error::EntryNameUnusable { name: path, fault: NameFault::ReservedCharacter });
        }
        if !catalogued.contains(&file.sha256) {
            return Err(unusable(layout::CATALOGUE, &format!("does not name {}", file.sha256)));
        }
        given.insert(file.sha256);
        packed.insert(path, file);
    }
    match catalogued.difference(&given).next() {
        Some(sha256) => Err(Error::EvidenceNotGiven { sha256: sha256.to_string() }),
        None => Ok(packed),
    }
}

fn tags(contents: &Contents, digests: &BTreeMap<String, Sha256>, bytes: u64) -> Result<Vec<(String, Vec<u8>)>> {
    let mut info = String::new();
    for (label, value) in &contents.info {
        let broken = |text: &str| text.trim() != text || text.is_empty() || text.chars().any(char::is_control);
        if broken(label) || broken(value) || label.contains(':') || label.eq_ignore_ascii_case(layout::OXUM) {
            return Err(Error::BagInfoUnusable { label: label.clone() });
        }
        info.push_str(&format!("{label}: {value}\n"));
    }
    info.push_str(&format!("{}: {}\n", layout::OXUM, layout::oxum(bytes, digests.len())));
    let mut texts = vec![
        (layout::BAGIT.to_owned(), layout::BAGIT_TEXT.as_bytes().to_vec()),
        (layout::BAG_INFO.to_owned(), info.into_bytes()),
        (layout::MANIFEST.to_owned(), layout::manifest(digests).into_bytes()),
    ];
    let tagged = texts.iter().map(|(path, bytes)| (path.clone(), Sha256::of(bytes))).collect();
    texts.push((layout::TAG_MANIFEST.to_owned(), layout::manifest(&tagged).into_bytes()));
    Ok(texts)
}

/// One signature by each signer over the tag manifest, which is the last of `tags`.
fn signatures(tags: &[(String, Vec<u8>)], signers: &[&Signer], now: i64) -> Result<BTreeMap<String, Vec<u8>>> {
    let (_, signed) = tags.last().expect("the tag manifest was just added");
    let mut signatures = BTreeMap::new();
    for signer in signers {
        let path = layout::signature(&signer.certificate().fingerprint());
        signatures.insert(path, cms::sign(signed, signer, now)?);
    }
    Ok(signatures)
}

fn length(bytes: &[u8]) -> u64 {
    bytes.len() as u64
}

/// Deflated, unless a reader would take it for an archive bomb.
fn method(bytes: &[u8]) -> CompressionMethod {
    let limits = Limits::default();
    if length(bytes) <= Limits::RATIO_FREE {
        return CompressionMethod::Deflated;
    }
    let mut encoder = flate2::write::DeflateEncoder::new(io::sink(), flate2::Compression::default());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.try_finish()).map(|()| encoder.total_out());
    match packed {
        Ok(packed) if length(bytes) / packed.max(1) < limits.ratio / 2 => CompressionMethod::Deflated,
        _ => CompressionMethod::Stored,
    }
}

/// How every entry of a package is written: at a fixed time, readable by all.
pub(crate) fn options(method: CompressionMethod, size: u64) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644)
        .large_file(size >= u64::from(u32::MAX))
}

/// Copies a file of evidence and hashes it on the way.
fn copy_checked<W: Write + Seek>(
    file: &EvidenceFile,
    archive: &mut ZipWriter<W>,
    target: &Path,
    watch: &mut Watch<'_>,
) -> Result<()> {
    let failed = |e: io::Error| Error::reading(&file.path, &e);
    let changed = |expected: String, found: String| Error::EvidenceChanged {
        path: file.path.display().to_string(),
        expected,
        found,
    };
    let mut source = File::open(&file.path).map_err(failed)?;
    let mut hasher = sha2::Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    let mut copied = 0;
    loop {
        let count = source.read(&mut buffer).map_err(failed)?;
        if count == 0 {
            break;
        }
        copied += count as u64;
        if copied > file.size {
            return Err(changed(format!("{} bytes", file.size), "more".to_owned()));
        }
        hasher.update(&buffer[..count]);
        archive.write_all(&buffer[..count]).map_err(|e| Error::writing(target, &e))?;
        watch.advance(count as u64)?;
    }
    let found = Sha256::from_bytes(hasher.finalize().into());
    if copied != file.size {
        return Err(changed(format!("{} bytes", file.size), format!("{copied} bytes")));
    }
    if found != file.sha256 {
        return Err(changed(file.sha256.to_string(), found.to_string()));
    }
    Ok(())
}
