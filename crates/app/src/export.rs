//! Exporting a finalised sheet: the signed PDF and the signed package, read again before it is called done.

use crate::deliver::Delivery;
use crate::evidence::{file_of, size};
use crate::handed::plain;
use crate::localise::Target;
use crate::mask::{self, SheetText};
use crate::problem::Failure;
use crate::refusal::Refusal;
use crate::sheets::Opened;
use crate::signing::Signature;
use crate::view::{DrawnSignature, ExportInput, ExportReport, ExportedFile, Presence, Verdict, VerifyReport};
use crate::{Language, Result, Session, Watch, documents, parcels, rectification, world};
use assessment::Stage;
use assessment::exchange::{
    EvidenceEntry, EvidenceFile, EvidenceScope, FORMAT, HistoryRef, Masked, PackageFile, RubricRef, SheetRef,
};
use assessment::mask::{Mask, RULES};
use assessment::rectification::List;
use package::Signer;
use package::bag::{self, Contents, Evidence};
use report::Rendered;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use store::{AuditNote, EvidenceRow, SheetRow, files};

/// Name and version, as packages carry it.
pub(crate) const PROGRAM: &str = concat!("hengjian ", env!("CARGO_PKG_VERSION"));

impl Session {
    /// Writes the signed score sheet and the signed package of a finalised sheet into a folder, and verifies both.
    ///
    /// # Errors
    /// A draft; a wrong passphrase; missing or changed evidence; a full or write-protected disk; a result that does
    /// not verify. No partial file is left.
    pub fn export(&mut self, input: &ExportInput, watch: &Watch) -> Result<ExportReport> {
        let mut opened = self.opened(&input.sheet)?;
        opened.row.phase.require_finalised(&opened.row.id)?;
        let mut list = self.read(|tx| Ok(tx.rectification(&opened.row.assessment.id)?))?;
        rectification::exchange::pack(&mut opened, &list);
        let signer = self.signer(&input.identity, input.passphrase.as_str(), Signature::Content)?;
        let mut file = self.sheet_file(&opened.row)?;
        if let Some(names) = &input.masked {
            let hiding = Mask::new(names.iter().map(String::as_str));
            file = mask::mask(&mut opened, &file, &hiding)?;
            list = hiding.problems(&list);
        }
        let with_evidence = input.with_evidence && !opened.masked;
        if input.package && with_evidence {
            // What is in them is looked at while they are packed; when something is wrong at first sight, here as well:
            // all that is wrong is told at once.
            self.require_evidence(&opened, false).or_else(|_| self.require_evidence(&opened, true))?;
        }
        let packing = Packing { opened, file, list, with_evidence };
        let folder = Path::new(&input.directory);
        std::fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
        let staging = Staging::create(folder, &self.world.id())?;
        let written = self.write_files(&packing, &signer, input, &staging.folder, watch)?;
        let files = staging.release(&written)?;
        self.mark_signed(&packing.opened, &signer, &files)?;
        let files = files.iter().map(|path| self.exported(path, true)).collect::<Result<_>>()?;
        Ok(ExportReport { files, state: self.state(&packing.opened.row.id)? })
    }

    /// Writes what was asked for into a folder that nobody looks into yet, and reads it again.
    fn write_files(
        &mut self,
        packing: &Packing,
        signer: &Signer,
        input: &ExportInput,
        folder: &Path,
        watch: &Watch,
    ) -> Result<Vec<PathBuf>> {
        let opened = &packing.opened;
        let rendered = self.render_score_sheet(opened)?;
        let for_pdf = self.signer(&input.identity, input.passphrase.as_str(), Signature::Pdf)?;
        let signed = self.sign_score_sheet(&rendered, &for_pdf, opened.row.stage, input.drawn.as_ref())?;
        let mut written = Vec::new();
        if input.pdf {
            let path = folder.join(format!("{}.pdf", file_stem(opened, "打分表")));
            write_beside(&path, &signed)?;
            require_trusted(self.verify(&path, watch)?)?;
            written.push(path);
        }
        if input.package {
            let name = format!("{}.hjp", file_stem(opened, "交换包"));
            let recipients = self.recipients_of(&input.recipients)?;
            let contents = self.contents(packing, signed)?;
            let (now, mut changed) = (self.now(), false);
            let delivery = Delivery { folder, name: &name, recipients: &recipients };
            let delivered = self.deliver(&delivery, watch, |path, inner| {
                let done = bag::write(path, &contents, &[signer], now, inner);
                changed = matches!(done, Err(package::Error::EvidenceChanged { .. }));
                Ok(done?)
            });
            if changed {
                // Says which pieces those are, by their names.
                self.require_evidence(opened, true)?;
            }
            let (path, report) = delivered?;
            require_trusted(report)?;
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
                let signer = self.signer(identity, passphrase, Signature::Pdf)?;
                self.sign_score_sheet(&rendered, &signer, opened.row.stage, self.drawing(identity)?.as_ref())?
            }
        };
        make_folder_of(target.path)?;
        target.write(&bytes)?;
        Ok(ExportedFile { fonts, ..self.exported(target.path, signer.is_some())? })
    }

    fn sign_score_sheet(
        &self,
        rendered: &Rendered,
        signer: &Signer,
        stage: Stage,
        drawn: Option<&DrawnSignature>,
    ) -> Result<Vec<u8>> {
        let reason = format!("{}打分表签名", documents::stage_name(stage, Language::Zh));
        self.add_signature(&rendered.bytes, signer, &reason, drawn)
    }

    /// Every file is there in its size, and with its content when `thorough`.
    fn require_evidence(&self, opened: &Opened, thorough: bool) -> Result<()> {
        let mut wanting = Vec::new();
        for row in evidence_of(opened) {
            let presence: Presence = files::presence(self.root(), &file_of(row), thorough)?.into();
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

    /// The file of a sheet's current revision, as it was finalised.
    pub(crate) fn sheet_file(&self, row: &SheetRow) -> Result<SheetText> {
        let current = self.read(|tx| Ok(tx.current_revision(row)?))?;
        let lost = || Refusal::Defect { detail: format!("{} r{}", row.id, row.revision) };
        let current = current.ok_or_else(lost)?;
        Ok(SheetText { text: current.file, digest: current.digest })
    }

    fn contents(&self, packing: &Packing, pdf: Vec<u8>) -> Result<Contents> {
        let (opened, file) = (&packing.opened, &packing.file);
        let row = &opened.row;
        let (text, head) = self.read(|tx| Ok((tx.rubric(&row.assessment.rubric)?, tx.history_head()?)))?;
        let lost = || Refusal::Defect { detail: format!("{} r{}", row.id, row.revision) };
        let package = PackageFile {
            format: FORMAT,
            program: PROGRAM.to_owned(),
            rubric: RubricRef::from(&*opened.rubric),
            unit: row.assessment.unit.clone(),
            year: row.assessment.year,
            sheets: vec![SheetRef { id: row.id.clone(), revision: row.revision, digest: file.digest.clone() }],
            evidence: if packing.with_evidence { EvidenceScope::Included } else { EvidenceScope::LeftOut },
            history: (!opened.masked).then_some(HistoryRef { rows: head.rows, head: head.hash }),
            masked: opened.masked.then_some(Masked { rules: RULES }),
        };
        let mut items: Vec<EvidenceEntry> = evidence_of(opened).map(evidence_entry).collect();
        items.sort_by(|a, b| a.id.cmp(&b.id));
        let catalogue = EvidenceFile { format: FORMAT, items };
        let files = || Evidence::Included(self.evidence_files(opened));
        Ok(Contents {
            name: file_stem(opened, "交换包"),
            info: bag_info(opened),
            package: serde_json::to_value(&package).expect("plain data"),
            rubric: text.ok_or_else(lost)?.into_bytes(),
            sheets: vec![(row.id.clone(), file.text.clone().into_bytes())],
            catalogue: serde_json::to_value(&catalogue).expect("plain data"),
            problems: rectification::exchange::file(&packing.list),
            evidence: if packing.with_evidence { files() } else { Evidence::LeftOut },
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

    pub(crate) fn exported(&self, path: &Path, verified: bool) -> Result<ExportedFile> {
        exported(path, verified)
    }

    fn mark_signed(&mut self, opened: &Opened, signer: &Signer, files: &[PathBuf]) -> Result<()> {
        let fingerprint = signer.certificate().fingerprint().to_string();
        let who = signer.certificate().person().name;
        let id = &opened.row.id;
        let note = AuditNote {
            at: self.now(),
            sheet: Some(id),
            action: if opened.masked { "export-masked" } else { "sign" },
            who: Some(&who),
            target: &fingerprint,
            new: opened.row.digest.as_deref(),
            ..AuditNote::default()
        };
        let digest = opened.row.digest.clone().unwrap_or_default();
        let packages = files.iter().filter(|path| path.extension().is_some_and(|ending| ending != "pdf"));
        let parcels = packages.map(|path| parcels::exported(path, &opened.row, note.at)).collect::<Result<Vec<_>>>()?;
        self.write(&note, |tx| {
            parcels.iter().try_for_each(|parcel| tx.add_parcel(parcel).map(drop))?;
            if opened.masked {
                return Ok(());
            }
            Ok(tx.sign_revision(id, &digest, &fingerprint)?)
        })
    }
}

/// A file that was written.
pub(crate) fn exported(path: &Path, verified: bool) -> Result<ExportedFile> {
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

/// A file that was written and read again, as a stranger would, must be sound and signed by somebody known here.
fn require_trusted(report: VerifyReport) -> Result<()> {
    if report.verdict == Verdict::Trusted {
        return Ok(());
    }
    Err(Refusal::ExportUnsound { path: report.path, verdict: report.title }.into())
}

/// What goes into a package besides the documents.
struct Packing {
    opened: Opened,
    file: SheetText,
    list: List,
    with_evidence: bool,
}

/// A hidden folder beside the results: files leave it, whole and verified, by renaming; on failure it goes away.
pub(crate) struct Staging {
    pub folder: PathBuf,
    target: PathBuf,
}

impl Staging {
    pub(crate) fn create(target: &Path, id: &str) -> Result<Self> {
        let folder = target.join(format!(".{id}.part"));
        std::fs::create_dir(&folder).map_err(|error| cannot_write(target, &error))?;
        Ok(Self { folder, target: target.to_owned() })
    }

    /// Moves the files to their places.
    pub(crate) fn release(self, written: &[PathBuf]) -> Result<Vec<PathBuf>> {
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

/// `并州分校-2022-自评-周宁-r1-打分表`, without what file systems refuse.
fn file_stem(opened: &Opened, what: &str) -> String {
    let row = &opened.row;
    let stage = documents::stage_name(row.stage, Language::Zh);
    let (unit, assessor) = (plain(&row.assessment.unit), plain(&row.assessor));
    let copy = if opened.masked { "脱敏-" } else { "" };
    format!("{unit}-{}-{stage}-{assessor}-r{}-{copy}{what}", row.assessment.year, row.revision)
}

fn bag_info(opened: &Opened) -> Vec<(String, String)> {
    let row = &opened.row;
    let masked = format!("names, telephone numbers, identity numbers (rules {RULES})");
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
    .into_iter()
    .chain(opened.masked.then_some(("Hengjian-Masked", masked.as_str())))
    .map(|(label, value)| (label.to_owned(), value.to_owned()))
    .collect()
}

/// The catalogue as it stood when the sheet was finalised: what was attached later is not part of what is signed, and
/// what another expert brought travels with that expert's sheet alone.
fn evidence_of(opened: &Opened) -> impl Iterator<Item = &EvidenceRow> {
    let until = opened.row.finalised_at.unwrap_or(i64::MAX);
    let own = |row: &EvidenceRow| row.origin.as_ref().is_none_or(|origin| origin.sheet == opened.row.id);
    opened.evidence.iter().filter(move |row| row.added_at <= until && own(row))
}

pub(crate) fn evidence_entry(row: &EvidenceRow) -> EvidenceEntry {
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

pub(crate) fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
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
