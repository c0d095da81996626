//! Exporting a finalised sheet: the signed PDF and the signed package, read again before it is called done.

use crate::evidence::{file_of, size};
use crate::localise::Target;
use crate::problem::Failure;
use crate::refusal::Refusal;
use crate::sheets::Opened;
use crate::view::{ExportInput, ExportReport, ExportedFile, Presence, Verdict};
use crate::{Language, Result, Session, Watch, documents, parcels, rectification, world};
use assessment::Stage;
use assessment::exchange::{EvidenceEntry, EvidenceFile, EvidenceScope, FORMAT, PackageFile, RubricRef, SheetRef};
use package::Signer;
use package::bag::{self, Contents, Evidence};
use package::pdf::{self, PdfSignature, Rect};
use report::{Rendered, SignatureArea};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use store::{AuditNote, EvidenceRow, files};

/// Name and version, as packages carry it.
const PROGRAM: &str = concat!("hengjian ", env!("CARGO_PKG_VERSION"));

impl Session {
    /// Writes the signed score sheet and the signed package of a finalised sheet into a folder, and verifies both.
    ///
    /// # Errors
    /// A draft; a wrong passphrase; missing or changed evidence; a full or write-protected disk; a result that does
    /// not verify. No partial file is left.
    pub fn export(&mut self, input: &ExportInput, watch: &Watch) -> Result<ExportReport> {
        let mut opened = self.opened(&input.sheet)?;
        let list = self.read(|tx| Ok(tx.rectification(&opened.row.assessment.id)?))?;
        rectification::exchange::pack(&mut opened, &list);
        opened.row.phase.require_finalised(&opened.row.id)?;
        let signer = self.signer(&input.identity, &input.passphrase)?;
        if input.package && input.with_evidence {
            self.require_sound_evidence(&opened)?;
        }
        let folder = Path::new(&input.directory);
        std::fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
        let staging = Staging::create(folder, &self.world.id())?;
        let written = self.write_files(&opened, &signer, input, &staging.folder, watch)?;
        for path in &written {
            self.require_trusted(path)?;
        }
        let files = staging.release(&written)?;
        self.mark_signed(&opened, &signer, &files)?;
        let files = files.iter().map(|path| self.exported(path, true)).collect::<Result<_>>()?;
        Ok(ExportReport { files, state: self.state(&opened.row.id)? })
    }

    /// Writes what was asked for into a folder that nobody looks into yet.
    fn write_files(
        &mut self,
        opened: &Opened,
        signer: &Signer,
        input: &ExportInput,
        folder: &Path,
        watch: &Watch,
    ) -> Result<Vec<PathBuf>> {
        let rendered = self.render_score_sheet(opened)?;
        let signed = self.sign_pdf(&rendered, signer, opened.row.stage)?;
        let mut written = Vec::new();
        if input.pdf {
            let path = folder.join(format!("{}.pdf", file_stem(opened, "打分表")));
            write_beside(&path, &signed)?;
            written.push(path);
        }
        if input.package {
            let path = folder.join(format!("{}.hjp", file_stem(opened, "交换包")));
            let contents = self.contents(opened, signed, input.with_evidence)?;
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let mut progress = |done, total| watch.report(&name, done, total);
            let mut inner = package::Watch::new(&mut progress, watch.flag());
            bag::write(&path, &contents, &[signer], self.now(), &mut inner)?;
            written.push(path);
        }
        Ok(written)
    }

    /// Writes the score sheet of a sheet in any phase as PDF; signed when a signer is given.
    ///
    /// # Errors
    /// As [`Session::export`]; a draft can be printed but not signed; a file that is there, unless it may be replaced.
    pub fn report(&mut self, sheet: &str, target: Target<'_>, signer: Option<(&str, &str)>) -> Result<ExportedFile> {
        target.require_free()?;
        let opened = self.opened(sheet)?;
        let rendered = self.render_score_sheet(&opened)?;
        let fonts = documents::font_names(&rendered);
        let bytes = match signer {
            None => rendered.bytes,
            Some((identity, passphrase)) => {
                opened.row.phase.require_finalised(&opened.row.id)?;
                let signer = self.signer(identity, passphrase)?;
                self.sign_pdf(&rendered, &signer, opened.row.stage)?
            }
        };
        make_folder_of(target.path)?;
        target.write(&bytes)?;
        Ok(ExportedFile { fonts, ..self.exported(target.path, signer.is_some())? })
    }

    fn sign_pdf(&self, rendered: &Rendered, signer: &Signer, stage: Stage) -> Result<Vec<u8>> {
        let no_place = || Refusal::Defect { detail: "the document has no sign-off".to_owned() };
        let area = rendered.signature_area.ok_or_else(no_place)?;
        let signature = PdfSignature {
            field_name: "签名1".to_owned(),
            reason: format!("{}打分表签名", documents::stage_name(stage, Language::Zh)),
            location: String::new(),
            time: self.now(),
            page_index: area.page_index,
            rect: rect(area),
        };
        Ok(pdf::sign(&rendered.bytes, signer, &signature)?)
    }

    fn require_sound_evidence(&self, opened: &Opened) -> Result<()> {
        let mut wanting = Vec::new();
        for row in evidence_of(opened) {
            let presence: Presence = files::presence(self.root(), &file_of(row), true)?.into();
            if presence != Presence::Present {
                wanting.push((row, presence));
            }
        }
        match wanting.first() {
            None => Ok(()),
            Some((row, presence)) => {
                let (name, state) = (row.fields.name.clone(), self.state_words(presence).to_owned());
                Err(Refusal::EvidenceDamaged { name, state, count: wanting.len() }.into())
            }
        }
    }

    fn contents(&self, opened: &Opened, pdf: Vec<u8>, with_evidence: bool) -> Result<Contents> {
        let row = &opened.row;
        let (revisions, list) = self.read(|tx| Ok((tx.revisions(&row.id)?, tx.rectification(&row.assessment.id)?)))?;
        let current = revisions.into_iter().rfind(|r| Some(&r.digest) == row.digest.as_ref());
        let lost = || Refusal::Defect { detail: format!("{} r{}", row.id, row.revision) };
        let current = current.ok_or_else(lost)?;
        let rubric_text = self.read(|tx| Ok(tx.rubric(&row.assessment.rubric)?))?.ok_or_else(lost)?;
        let package = PackageFile {
            format: FORMAT,
            program: PROGRAM.to_owned(),
            rubric: RubricRef::from(&*opened.rubric),
            unit: row.assessment.unit.clone(),
            year: row.assessment.year,
            sheets: vec![SheetRef { id: row.id.clone(), revision: row.revision, digest: current.digest }],
            evidence: if with_evidence { EvidenceScope::Included } else { EvidenceScope::LeftOut },
        };
        let mut items: Vec<EvidenceEntry> = evidence_of(opened).map(evidence_entry).collect();
        items.sort_by(|a, b| a.id.cmp(&b.id));
        let catalogue = EvidenceFile { format: FORMAT, items };
        Ok(Contents {
            name: file_stem(opened, "交换包"),
            info: bag_info(opened),
            package: serde_json::to_value(&package).expect("plain data"),
            rubric: rubric_text.into_bytes(),
            sheets: vec![(row.id.clone(), current.file.into_bytes())],
            catalogue: serde_json::to_value(&catalogue).expect("plain data"),
            problems: rectification::exchange::file(&list),
            evidence: if with_evidence { Evidence::Included(self.evidence_files(opened)) } else { Evidence::LeftOut },
            reports: vec![(format!("{}.pdf", file_stem(opened, "打分表")), pdf)],
        })
    }

    /// The files of the catalogue, each once.
    fn evidence_files(&self, opened: &Opened) -> Vec<bag::EvidenceFile> {
        let mut found: Vec<bag::EvidenceFile> = evidence_of(opened)
            .filter_map(|row| {
                Some(bag::EvidenceFile {
                    sha256: row.sha256.parse().ok()?,
                    extension: row.extension.clone(),
                    path: files::path(self.root(), &row.sha256, &row.extension),
                    size: row.size,
                })
            })
            .collect();
        found.sort_by_key(|file| file.sha256);
        found.dedup_by_key(|file| file.sha256);
        found
    }

    /// Reads a file that was written again, as a stranger would.
    fn require_trusted(&mut self, path: &Path) -> Result<()> {
        let report = self.verify(path, &Watch::none())?;
        if report.verdict == Verdict::Trusted {
            return Ok(());
        }
        let path = path.display().to_string();
        Err(Refusal::ExportUnsound { path, verdict: report.title }.into())
    }

    pub(crate) fn exported(&self, path: &Path, verified: bool) -> Result<ExportedFile> {
        let length = std::fs::metadata(path).map_err(|error| cannot_write(path, &error))?.len();
        Ok(ExportedFile {
            path: path.display().to_string(),
            name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            size: size(length),
            sha256: files::digest_of(path)?,
            verified,
            fonts: Vec::new(),
        })
    }

    fn mark_signed(&mut self, opened: &Opened, signer: &Signer, files: &[PathBuf]) -> Result<()> {
        let fingerprint = signer.certificate().fingerprint().to_string();
        let id = &opened.row.id;
        let note = AuditNote {
            at: self.now(),
            sheet: Some(id),
            action: "sign",
            target: &fingerprint,
            new: opened.row.digest.as_deref(),
            ..AuditNote::default()
        };
        let digest = opened.row.digest.clone().unwrap_or_default();
        let packages = files.iter().filter(|path| path.extension().is_some_and(|ending| ending == "hjp"));
        let parcels = packages.map(|path| parcels::exported(path, &opened.row, note.at)).collect::<Result<Vec<_>>>()?;
        self.write(&note, |tx| {
            parcels.iter().try_for_each(|parcel| tx.add_parcel(parcel))?;
            Ok(tx.sign_revision(id, &digest, &fingerprint)?)
        })
    }
}

/// A hidden folder beside the results: files leave it, whole and verified, by renaming; on failure it goes away.
struct Staging {
    folder: PathBuf,
    target: PathBuf,
}

impl Staging {
    fn create(target: &Path, id: &str) -> Result<Self> {
        let folder = target.join(format!(".{id}.part"));
        std::fs::create_dir(&folder).map_err(|error| cannot_write(target, &error))?;
        Ok(Self { folder, target: target.to_owned() })
    }

    /// Moves the files to their places.
    fn release(self, written: &[PathBuf]) -> Result<Vec<PathBuf>> {
        let mut placed = Vec::new();
        for path in written {
            let target = self.target.join(path.file_name().unwrap_or_default());
            std::fs::rename(path, &target).map_err(|error| cannot_write(&target, &error))?;
            placed.push(target);
        }
        if let Ok(folder) = std::fs::File::open(&self.target) {
            // Not every system lets a folder be synced; the files themselves are.
            folder.sync_all().ok();
        }
        Ok(placed)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

fn rect(area: SignatureArea) -> Rect {
    // PDF numbers are single precision here; a page has less than 1000 points.
    let point = |value: f64| value as f32;
    Rect { left: point(area.left), bottom: point(area.bottom), right: point(area.right), top: point(area.top) }
}

/// `并州分校-2022-自评-周宁-r1-打分表`, without what file systems refuse.
fn file_stem(opened: &Opened, what: &str) -> String {
    let row = &opened.row;
    let stage = documents::stage_name(row.stage, Language::Zh);
    // File systems end a name at 255 bytes; a Chinese character has three.
    let plain = |text: &str| -> String {
        let refused = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
        let kept: String = text.chars().map(|c| if refused(c) { '_' } else { c }).take(20).collect();
        let kept = kept.trim_matches(['.', ' ', '-']).to_owned();
        if kept.is_empty() { "_".to_owned() } else { kept }
    };
    let (unit, assessor) = (plain(&row.assessment.unit), plain(&row.assessor));
    format!("{unit}-{}-{stage}-{assessor}-r{}-{what}", row.assessment.year, row.revision)
}

fn bag_info(opened: &Opened) -> Vec<(String, String)> {
    let row = &opened.row;
    // The date of the content, not of the writing: the same content gives the same bytes.
    let date = world::rfc3339(row.finalised_at.unwrap_or_default());
    let stage: &str = row.stage.into();
    [
        ("Source-Organization", row.organisation.as_str()),
        ("Bagging-Date", date.get(..10).unwrap_or(&date)),
        ("External-Identifier", &row.id),
        ("Bag-Software-Agent", PROGRAM),
        ("Hengjian-Unit", &row.assessment.unit),
        ("Hengjian-Year", &row.assessment.year.to_string()),
        ("Hengjian-Stage", stage),
        ("Hengjian-Assessor", &row.assessor),
        ("Hengjian-Revision", &row.revision.to_string()),
        ("Hengjian-Rubric", &opened.rubric.id),
        ("Hengjian-Rubric-Digest", opened.rubric.digest.as_str()),
    ]
    .map(|(label, value)| (label.to_owned(), value.to_owned()))
    .into()
}

/// The catalogue as it stood when the sheet was finalised: what was attached later is not part of what is signed, and
/// what another expert brought travels with that expert's sheet alone.
fn evidence_of(opened: &Opened) -> impl Iterator<Item = &EvidenceRow> {
    let until = opened.row.finalised_at.unwrap_or(i64::MAX);
    let own = |row: &EvidenceRow| row.origin.as_ref().is_none_or(|origin| origin.sheet == opened.row.id);
    opened.evidence.iter().filter(move |row| row.added_at <= until && own(row))
}

fn evidence_entry(row: &EvidenceRow) -> EvidenceEntry {
    EvidenceEntry {
        id: row.id.clone(),
        name: row.fields.name.clone(),
        date: row.fields.date.clone(),
        kind: row.fields.kind,
        note: row.fields.note.clone(),
        medium: row.fields.medium,
        details: row.fields.details.clone(),
        file_name: row.file_name.clone(),
        extension: row.extension.clone(),
        size: row.size.to_string(),
        sha256: row.sha256.clone(),
        points: row.points.iter().cloned().collect(),
        pages: row.pages.clone(),
        origin: row.origin.clone(),
    }
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
    let path = path.display().to_string();
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => package::Error::PackageDiskFull { path }.into(),
        _ => Refusal::CannotWrite { path, detail: error.to_string() }.into(),
    }
}

/// Makes the folder that a file is to stand in.
pub(crate) fn make_folder_of(path: &Path) -> Result<()> {
    match path.parent() {
        Some(folder) => std::fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error)),
        None => Ok(()),
    }
}

/// Writes a file beside its place, syncs it and renames it; nothing is left on failure.
pub(crate) fn write_beside(path: &Path, bytes: &[u8]) -> Result<()> {
    package::beside::write(path, bytes).map_err(|error| cannot_write(path, &error))
}
