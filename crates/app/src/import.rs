//! Importing a package: all of it in one transaction, after all of it was verified.

use crate::conflict::{Decided, Settling};
use crate::content::Content;
use crate::inbox::{self, InboxInput, Parcel};
use crate::outcome::count;
use crate::rectification::exchange;
use crate::refusal::Refusal;
use crate::trust::{Refused, met};
use crate::verify::kind;
use crate::view::{
    ImportReport, ImportResult, ImportRow, MergeRow, MergeState, SignerTrust, SignerView, VerifiedKind, VerifyReport,
};
use crate::{Language, Result, Session, Verifier, Watch, parcels, receipt};
use assessment::Phase;
use assessment::exchange::{EvidenceEntry, SheetFile};
use package::verify::Verified;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use store::{AuditNote, ContestedPackage, EvidenceRow, Ingested, RevisionRow, SheetRow, Tx, files};

impl Session {
    /// Verifies a package and takes its sheets and evidence in, when everybody who signed it is accepted here.
    ///
    /// # Errors
    /// A signer whom nobody has compared; as [`Session::import`].
    pub fn import_accepted(&mut self, path: &Path, watch: &Watch) -> Result<ImportReport> {
        self.import_of(path, true, watch)
    }

    /// Verifies a package and takes its sheets and evidence in, even when nobody has compared who signed it. The same
    /// package twice changes nothing.
    ///
    /// # Errors
    /// Whatever keeps the package from being sound and signed; content that does not fit together; of the disk.
    pub fn import(&mut self, path: &Path, watch: &Watch) -> Result<ImportReport> {
        self.import_of(path, false, watch)
    }

    fn import_of(&mut self, path: &Path, accepted: bool, watch: &Watch) -> Result<ImportReport> {
        require_package(path)?;
        watch.part(0, 2);
        let (verification, held) = self.verifier()?.package(path, watch)?;
        let Some((mut verified, content)) = held.filter(|_| verification.verdict.is_signed()) else {
            return Err(crate::merge::not_imported(path, &verification));
        };
        if content.package.masked.is_some() {
            return Err(Refusal::MaskedNotImported { path: path.display().to_string() }.into());
        }
        if accepted {
            require_accepted(path, &verification)?;
        }
        watch.part(1, 2);
        let brought = take_files(self.root(), &mut verified, &content, watch)?;
        watch.part(0, 0);
        let parcel = Parcel::of(&verified, content, verification.verdict.clone(), Vec::new());
        let Arrived { rows, evidence_added, problems, parcel } = self.take_alone(path, &parcel, accepted)?;
        brought.keep();
        Ok(ImportReport { rows, evidence_added, problems, parcel, verification })
    }

    /// Takes one package in, as a run of the inbox with one file.
    fn take_alone(&mut self, path: &Path, parcel: &Parcel, accepted: bool) -> Result<Arrived> {
        let (ids, now, language) = ([self.world.id(), self.world.id()], self.now(), self.language);
        let size = parcels::size_of(path)?;
        let input =
            InboxInput { files: vec![path.to_owned()], unverified: !accepted, editions: true, decisions: false };
        let (known, opening) = (self.signers_known()?, self.exchange_keys()?);
        let (workspace, world) = (&mut self.workspace, &self.world);
        let verifier = Verifier::of(known, opening, world, language);
        let (shown, by, who) = parcel.said(path);
        let (who, new) = (Some(who.as_str()), Some(by.as_str()));
        let note = AuditNote { at: now, who, action: "import", target: &shown, new, ..AuditNote::default() };
        workspace.write(&note, |tx| {
            let run = tx.begin_run(now, 1)?;
            let found = inbox::compared(tx, &verifier, &input, path, parcel)?;
            let choice = Sides::of(&found);
            let taken = Arriving { path, size, parcel, choice: &choice }.take(tx, &note, &ids[0], language)?;
            let decided = Decided::load(tx)?;
            let settling = Settling { tx, decided: &decided, verifier: &verifier, note: &note };
            settling.all(found.iter().map(|row| (row.sheet.as_str(), ids[1].as_str())))?;
            inbox::end_run(tx, run, &found)?;
            Ok(taken)
        })
    }
}

/// A package that was verified, on its way into the workspace.
pub(crate) struct Arriving<'p> {
    pub path: &'p Path,
    pub size: u64,
    pub parcel: &'p Parcel,
    pub choice: &'p Sides,
}

/// What the contents of a package are to what is here, to all that arrives beside them, and to what was decided.
#[derive(Default)]
pub(crate) struct Sides {
    /// What each is, by its digest. What is not named stands nowhere: it is kept.
    pub states: BTreeMap<String, MergeState>,
    /// A person decided that it counts.
    pub taken: Option<String>,
}

impl Sides {
    /// As rows of an inbox say.
    pub fn of<'r>(rows: impl IntoIterator<Item = &'r MergeRow>) -> Self {
        let states = rows.into_iter().map(|row| (row.digest.clone(), row.state.clone())).collect();
        Self { states, taken: None }
    }

    /// Whether a content stays where it is, if it is here.
    fn keeps(&self, digest: &str) -> bool {
        self.taken.as_deref() != Some(digest) && self.states.get(digest) != Some(&MergeState::Conflicting)
    }

    /// What comes of a content where a sheet stands here, or none.
    fn result(&self, file: &SheetFile, digest: &str, here: Option<&SheetRow>) -> ImportResult {
        use MergeState::{Added, Older, OtherEdition, Updated};
        let state = self.states.get(digest);
        match (here, state) {
            _ if self.taken.as_deref() == Some(digest) => here.map_or(ImportResult::Added, |_| ImportResult::Updated),
            (None, Some(Added | Updated | Older | OtherEdition)) => ImportResult::Added,
            (Some(here), Some(Older)) if here.revision >= file.revision => ImportResult::Same,
            (Some(_), Some(Added | Updated | Older | OtherEdition)) => ImportResult::Updated,
            _ => ImportResult::Conflicting,
        }
    }
}

/// What a package brought.
pub(crate) struct Arrived {
    pub rows: Vec<ImportRow>,
    pub evidence_added: u32,
    pub problems: u32,
    pub parcel: u32,
}

impl Arriving<'_> {
    /// Takes everything in; the files of evidence are there already. An assessment that is new gets the given id.
    pub fn take(&self, tx: &Tx<'_>, note: &AuditNote<'_>, assessment_id: &str, language: Language) -> Result<Arrived> {
        let (content, now) = (&self.parcel.content, note.at);
        for signer in &self.parcel.signers {
            tx.meet_certificate(&met(&signer.certificate, now)?)?;
        }
        let (package, rubric, shown) = (&content.package, &content.rubric, self.path.display().to_string());
        let digest = rubric.digest.as_str();
        tx.put_rubric(digest, &rubric.id, &rubric.edition, &content.rubric_text)?;
        let assessment = tx.assessment(digest, &package.unit, package.year, assessment_id)?;
        let mut rows = Vec::new();
        for (file, arrived) in content.sheets.iter().zip(self.revisions()) {
            let state = self.choice.states.get(&arrived.digest).cloned();
            let result = take_sheet(tx, &assessment, file, &arrived, self.choice, note)?;
            if result == ImportResult::Conflicting {
                self.contest(tx, arrived, now)?;
            }
            rows.push(row(file, result, state.as_ref(), language));
        }
        // Pieces of contents that contend come with the one that counts; their files are held for that.
        let waits = rows.iter().all(|row| row.result == ImportResult::Conflicting);
        let evidence_added = match waits {
            true => hold_files(tx, content)?,
            false => take_catalogue(tx, &shown, &assessment.id, content, &newer(&rows), now)?,
        };
        let parcel = if self.parcel.of_record { 0 } else { self.note(tx, &rows, now)? };
        let list = content.problems.as_ref().filter(|_| !waits);
        let problems = list.map(|list| exchange::take(tx, &assessment.id, list, now)).transpose()?;
        Ok(Arrived { rows, evidence_added, problems: count(problems.unwrap_or_default()), parcel })
    }

    /// Notes that the file arrived, so that a receipt can be given.
    fn note(&self, tx: &Tx<'_>, rows: &[ImportRow], now: i64) -> Result<u32> {
        let (path, size, content) = (self.path, self.size, &self.parcel.content);
        let arrived = receipt::arrived(path, size, self.parcel.proof.content(), content, rows, now);
        let parcel = parcels::imported(path, size, &content.package, rows, &self.parcel.verdict, &arrived, now);
        Ok(u32::try_from(tx.add_parcel(&parcel)?).unwrap_or_default())
    }

    /// Its sheets as they are kept.
    fn revisions(&self) -> impl Iterator<Item = RevisionRow> + '_ {
        let (content, signers) = (&self.parcel.content, self.parcel.fingerprints());
        content.sheets.iter().zip(&content.package.sheets).map(move |(file, reference)| {
            let body = self.parcel.sheets.get(&file.id).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            RevisionRow {
                sheet: file.id.clone(),
                revision: file.revision,
                digest: reference.digest.clone(),
                file: body.unwrap_or_default(),
                signers: signers.clone(),
            }
        })
    }

    /// Keeps a content that contends, with the package that proves it, until a person decides. What is being written
    /// here is no content yet.
    fn contest(&self, tx: &Tx<'_>, arrived: RevisionRow, now: i64) -> Result<()> {
        if tx.any_sheet(&arrived.sheet)?.is_some_and(|here| here.phase == Phase::Draft) {
            return Ok(());
        }
        let package = ContestedPackage {
            content: self.parcel.proof.content().to_string(),
            path: self.path.display().to_string(),
            size: self.size,
            at: now,
            body: self.parcel.stowed(),
        };
        Ok(tx.put_contested(&package, &[arrived])?)
    }
}

/// Copies the evidence into the evidence folder: files come before rows.
pub(crate) fn take_files(root: &Path, verified: &mut Verified, inside: &Content, watch: &Watch) -> Result<Brought> {
    let names: BTreeMap<&str, &str> =
        inside.evidence.items.iter().map(|item| (item.sha256.as_str(), item.name.as_str())).collect();
    let mut wanted = Vec::new();
    for entry in verified.evidence() {
        let (sha256, extension) = (entry.sha256.to_string(), entry.extension.clone());
        let file = Ingested { sha256, extension, size: entry.size };
        let there = files::presence(root, &file, false)? == store::Presence::Present;
        if let Some(name) = names.get(file.sha256.as_str()).filter(|_| !there) {
            wanted.push((entry.sha256, file, (*name).to_owned()));
        }
    }
    let total = wanted.iter().map(|(_, file, _)| file.size).fold(0, u64::saturating_add);
    let (mut brought, mut copied) = (Brought::default(), 0);
    for (sha256, file, shown) in wanted {
        let name = format!("{}.{}", file.sha256, file.extension);
        let mut incoming = files::Incoming::create(root, &name)?;
        let mut progress = |done, _| watch.report(&shown, copied + done, total);
        let mut inner = package::Watch::new(&mut progress, watch.flag());
        verified.copy_evidence(&sha256, &mut incoming, &mut inner)?;
        let found = incoming.finish()?;
        brought.0.push(files::path(root, &found.sha256, &found.extension));
        if found.sha256 != file.sha256 {
            return Err(store::Error::WrongDigest { path: name, expected: file.sha256, found: found.sha256 }.into());
        }
        copied += file.size;
    }
    Ok(brought)
}

/// Files that an import brought. They go again when it is not finished: no row will name them.
#[derive(Default)]
pub(crate) struct Brought(Vec<PathBuf>);

impl Brought {
    /// What was brought stays.
    pub fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for Brought {
    fn drop(&mut self) {
        self.0.iter().for_each(|path| drop(std::fs::remove_file(path)));
    }
}

/// Refuses what is taken in elsewhere, or not at all.
fn require_package(path: &Path) -> Result<()> {
    let shown = path.display().to_string();
    match kind(path)? {
        VerifiedKind::Package => Ok(()),
        VerifiedKind::Pdf => Err(Refusal::PdfNotImported { path: shown }.into()),
        VerifiedKind::Receipt => Err(Refusal::ReceiptNotImported { path: shown }.into()),
    }
}

/// Refuses a package of somebody whom nobody has compared.
fn require_accepted(path: &Path, verification: &VerifyReport) -> Result<()> {
    let unknown = verification.signers.iter().find(|signer| signer.trust == SignerTrust::Unknown);
    let Some(SignerView { name, organisation, fingerprint, .. }) = unknown.cloned() else { return Ok(()) };
    Err(Refused::SignerNotAccepted { path: path.display().to_string(), name, organisation, fingerprint }.into())
}

/// Takes one revision of a sheet in. What is being written on this machine, or was not signed yet, is never replaced by
/// a file; else what it is to what is here says what comes of it.
fn take_sheet(
    tx: &Tx<'_>,
    assessment: &store::AssessmentRow,
    file: &SheetFile,
    arrived: &RevisionRow,
    choice: &Sides,
    note: &AuditNote<'_>,
) -> Result<ImportResult> {
    let now = note.at;
    let here = tx.any_sheet(&file.id)?;
    let kept = tx.revisions(&file.id)?;
    let latest = kept.iter().max_by_key(|row| row.revision);
    let own =
        latest.is_some_and(|row| row.signers.is_empty()) || here.as_ref().is_some_and(|row| row.phase == Phase::Draft);
    let result = match choice.result(file, &arrived.digest, here.as_ref()) {
        _ if choice.keeps(&arrived.digest) && kept.iter().any(|row| row.digest == arrived.digest) => ImportResult::Same,
        _ if own => ImportResult::Conflicting,
        result => result,
    };
    let word = match result {
        ImportResult::Added => "import-added",
        ImportResult::Updated => "import-updated",
        ImportResult::Same => "import-same",
        ImportResult::Conflicting => "import-conflicting",
    };
    tx.audit(&AuditNote {
        sheet: Some(&file.id),
        action: word,
        target: &arrived.signers.join(" "),
        old: here.as_ref().and_then(|row| row.digest.as_deref()),
        new: Some(&arrived.digest),
        ..note.clone()
    })?;
    if matches!(result, ImportResult::Added | ImportResult::Updated) {
        put_signed(tx, assessment, file, &arrived.digest, here.as_ref(), now)?;
    }
    if result != ImportResult::Conflicting {
        // A sheet of the sample that was signed and removed comes back with its package.
        tx.restore_sheet(&file.id)?;
        tx.put_revision(arrived)?;
    }
    Ok(result)
}

/// Makes a signed content the one that a sheet stands at.
pub(crate) fn put_signed(
    tx: &Tx<'_>,
    assessment: &store::AssessmentRow,
    file: &SheetFile,
    digest: &str,
    here: Option<&SheetRow>,
    now: i64,
) -> Result<()> {
    tx.put_sheet(&SheetRow {
        id: file.id.clone(),
        assessment: assessment.clone(),
        stage: file.stage,
        assessor: file.assessor.clone(),
        organisation: file.organisation.clone(),
        revision: file.revision,
        phase: Phase::Signed,
        reason: file.reason.clone(),
        previous: file.previous.clone(),
        digest: Some(digest.to_owned()),
        finalised_at: crate::world::seconds(&file.finalised_at),
        created_at: here.map_or(now, |row| row.created_at),
        changed_at: now,
        last_point: None,
        imported: here.is_none_or(|row| row.imported),
    })?;
    Ok(tx.replace_entries(&file.id, &file.records())?)
}

/// Takes the pieces in that are not here; `newer` are the sheets that arrived in a later revision.
fn take_catalogue(
    tx: &Tx<'_>,
    path: &str,
    assessment: &str,
    inside: &Content,
    newer: &BTreeSet<&str>,
    now: i64,
) -> Result<u32> {
    // What was signed elsewhere holds pieces that are here as well.
    tx.forget_evidence_changes(assessment)?;
    // What arrives with a finalised sheet is held by it, as on the machine that it comes from.
    let finalised = inside.sheets.iter().filter_map(|sheet| crate::world::seconds(&sheet.finalised_at)).min();
    let at = finalised.unwrap_or(now);
    let mut added = 0;
    for item in &inside.evidence.items {
        let size = item.size.parse().unwrap_or_default();
        let file = Ingested { sha256: item.sha256.clone(), extension: item.extension.clone(), size };
        match tx.evidence_owner(&item.id)? {
            Some((owner, sha256)) if owner == assessment && sha256 == item.sha256 => {
                item.points.iter().try_for_each(|point| tx.link_evidence(&item.id, point))?;
            }
            // An expert's own note may read otherwise in a later revision of the same sheet.
            Some((owner, _)) if owner == assessment && is_renewed(tx, item, newer)? => {
                tx.put_blob(&file)?;
                tx.write_evidence(assessment, &evidence_row(item, size, at))?;
            }
            Some(_) => {
                let detail = format!("evidence.json {}", item.id);
                return Err(Refusal::BadPackage { path: path.to_owned(), detail }.into());
            }
            None => {
                tx.put_blob(&file)?;
                tx.write_evidence(assessment, &evidence_row(item, size, at))?;
                added += 1;
            }
        }
    }
    Ok(added)
}

/// Notes the files of pieces that are not taken in yet.
fn hold_files(tx: &Tx<'_>, inside: &Content) -> Result<u32> {
    for item in &inside.evidence.items {
        let size = item.size.parse().unwrap_or_default();
        tx.put_blob(&Ingested { sha256: item.sha256.clone(), extension: item.extension.clone(), size })?;
    }
    Ok(0)
}

/// The sheets that arrived in a later revision.
fn newer(rows: &[ImportRow]) -> BTreeSet<&str> {
    rows.iter().filter(|row| row.result == ImportResult::Updated).map(|row| row.sheet.as_str()).collect()
}

/// Whether a piece was brought with a sheet whose later revision arrives, here as there.
fn is_renewed(tx: &Tx<'_>, item: &EvidenceEntry, newer: &BTreeSet<&str>) -> Result<bool> {
    let here = tx.piece(&item.id)?.and_then(|piece| piece.origin);
    Ok(here == item.origin && here.is_some_and(|origin| newer.contains(origin.sheet.as_str())))
}

fn evidence_row(item: &EvidenceEntry, size: u64, now: i64) -> EvidenceRow {
    EvidenceRow {
        id: item.id.clone(),
        fields: store::EvidenceFields {
            name: item.name.clone(),
            date: item.date.clone(),
            kind: item.kind,
            note: item.note.clone(),
            medium: item.medium,
            details: item.details.clone(),
        },
        file_name: item.file_name.clone(),
        added_at: now,
        sha256: item.sha256.clone(),
        extension: item.extension.clone(),
        size,
        points: item.points.iter().cloned().collect(),
        pages: item.pages.clone(),
        photo: None,
        origin: item.origin.clone(),
    }
}

fn row(file: &SheetFile, result: ImportResult, state: Option<&MergeState>, language: Language) -> ImportRow {
    let (zh, en) = match (&result, state) {
        (_, Some(MergeState::Rejected)) => {
            ("已经裁定不采用，只留作记录，没有改动", "decided against; kept for the record, nothing was changed")
        }
        (ImportResult::Added, _) => ("新增", "added"),
        (ImportResult::Updated, _) => ("更新为较新的一版", "updated to the later revision"),
        (ImportResult::Same, Some(MergeState::Older)) => {
            ("比已有的旧，只留作记录，没有改动", "older than what is here; kept for the record, nothing was changed")
        }
        (ImportResult::Same, _) => ("已经有了，没有改动", "already here, unchanged"),
        (ImportResult::Conflicting, _) => (
            "冲突：内容不同，或不是原来签名的人签的；保留本机的，没有改动，到“收件”裁定",
            "conflict: another content, or signed by others than before; kept what is here; decide in the inbox",
        ),
    };
    ImportRow {
        sheet: file.id.clone(),
        unit: file.unit.clone(),
        assessor: file.assessor.clone(),
        result,
        text: if language == Language::Zh { zh } else { en }.to_owned(),
    }
}
