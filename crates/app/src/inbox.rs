//! The office's inbox (收件): many files are verified and compared with what is there, shown, taken in as one run, and
//! that run can be undone as one.

use crate::content::Content;
use crate::import::{Arriving, take_files};
use crate::localise::Target;
use crate::merge::{Looked, Policy, Refused, counts, csv, each, files, hints, keys, refused_row, settled, unsound};
use crate::problem::Failure;
use crate::view::{
    ImportResult, ImportRun, InboxChange, InboxRow, InboxView, MergeHint, MergeRow, MergeState, VerifyReport,
};
use crate::{Language, Result, Session, Verifier, Watch, merge, world};
use assessment::exchange::SheetFile;
use assessment::merge::{Held, MarkChange, Place, Record, Subject};
use assessment::{Phase, merge::changes};
use package::Sha256;
use package::verify::Verified;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use store::{AuditNote, RevisionRow, RunRow, Tx};

/// How many runs are listed.
const LISTED: u32 = 50;

/// What to take in.
#[derive(Clone, Debug, Default)]
pub struct InboxInput {
    /// Packages, and folders of them.
    pub files: Vec<PathBuf>,
    /// Takes what unknown people signed as well.
    pub unverified: bool,
    /// Takes what was scored under another edition than other sheets of the unit and year as well.
    pub editions: bool,
}

impl InboxInput {
    fn policy(&self) -> Policy {
        if self.unverified { Policy::Anybody } else { Policy::Known }
    }
}

impl Session {
    /// Verifies files and compares them with what is there. Nothing is changed.
    ///
    /// # Errors
    /// No files; a folder that cannot be read; stopped; of the disk. What is wrong with a file stands in its row.
    pub fn inbox(&self, input: &InboxInput, watch: &Watch) -> Result<InboxView> {
        let found = files(&input.files, watch)?;
        if found.is_empty() {
            return Err(Refused::NothingGiven {}.into());
        }
        let verifier = self.verifier()?;
        let mut sorting = Sorting::new(input, &verifier);
        let look = |path: &Path, quiet: &Watch| verifier.look(path, quiet);
        self.read(|tx| each(&found, watch, look, |index, looked| sorting.take(tx, &found[index], looked)))?;
        let (rows, hints) = sorting.settle();
        let sheets: Vec<MergeRow> = rows.iter().map(|row| row.sheet.clone()).collect();
        Ok(InboxView {
            digest: digest(&rows),
            files: crate::outcome::count(found.len()),
            sound: crate::outcome::count(rows.iter().filter(|row| row.sound).count()),
            counts: counts(&sheets),
            hints,
            rows,
        })
    }

    /// Takes everything in that is sound, in one transaction, as one run. With `shown`, only what was shown before.
    ///
    /// # Errors
    /// What lies there is not what was shown; as [`Session::inbox`]. Then nothing is changed.
    pub fn take_in(&mut self, input: &InboxInput, shown: Option<&str>, watch: &Watch) -> Result<ImportRun> {
        watch.part(0, 2);
        let view = self.inbox(input, watch)?;
        if shown.is_some_and(|shown| shown != view.digest) {
            return Err(Refused::InboxChanged {}.into());
        }
        watch.part(1, 2);
        let mut log = Log::of(view);
        let chosen = log.sound_files();
        let ids: Vec<String> = chosen.iter().map(|_| self.world.id()).collect();
        let (root, now, language) = (self.root().to_owned(), self.now(), self.language);
        let (known, opening) = (self.signers_known()?, self.exchange_keys()?);
        let (workspace, world) = (&mut self.workspace, &self.world);
        let verifier = Verifier::of(known, opening, world, language);
        let target = log.files.to_string();
        let note = AuditNote { at: now, action: "import-run", target: &target, ..AuditNote::default() };
        let look = |path: &Path, quiet: &Watch| verifier.look(path, quiet);
        let run = workspace.write(&note, |tx| {
            let run = tx.begin_run(now, log.files)?;
            each(&chosen, watch, look, |index, looked| {
                let taking = Taking { tx, root: &root, now, language, policy: input.policy(), watch };
                let done = taking.file(&chosen[index], looked, &ids[index], &log);
                log.settle(&chosen[index], done?, language);
                Ok(())
            })?;
            tx.end_run(run, &log.text())?;
            tx.run(run).map_err(Failure::from)
        })?;
        watch.part(0, 0);
        let run = run.ok_or_else(|| crate::refusal::Refusal::Defect { detail: "import run".to_owned() })?;
        Ok(self.run_view(&run))
    }

    /// The latest runs, the latest first.
    ///
    /// # Errors
    /// Of the disk.
    pub fn import_runs(&self) -> Result<Vec<ImportRun>> {
        Ok(self.read(|tx| Ok::<_, Failure>(tx.runs(LISTED)?))?.iter().map(|run| self.run_view(run)).collect())
    }

    /// Undoes a run as one: what it added goes, what it replaced is back.
    ///
    /// # Errors
    /// No such run; one that was undone; something was built on it since. Then nothing is changed.
    pub fn undo_import(&mut self, run: u32) -> Result<ImportRun> {
        let (now, number) = (self.now(), i64::from(run));
        let found = self.read(|tx| Ok::<_, Failure>(tx.run(number)?))?;
        let found = found.ok_or(Refused::UnknownRun { run })?;
        if found.undone_at.is_some() {
            return Err(Refused::UndoneAlready { run }.into());
        }
        let target = number.to_string();
        let note = AuditNote { at: now, action: "import-undo", target: &target, ..AuditNote::default() };
        self.write(&note, |tx| {
            let sheets = tx.run_sheets(number)?;
            if let Some(clash) = tx.undo_run(number, now)? {
                return Err(Refused::BuiltOn { run, place: clash.place }.into());
            }
            for (sheet, digest) in &sheets {
                restore(tx, sheet)?;
                let (sheet, old) = (Some(sheet.as_str()), Some(digest.as_str()));
                tx.audit(&AuditNote {
                    at: now,
                    sheet,
                    action: "import-undone",
                    target: &target,
                    old,
                    ..AuditNote::default()
                })?;
            }
            Ok(())
        })?;
        let undone = self.read(|tx| Ok::<_, Failure>(tx.run(number)?))?;
        Ok(self.run_view(&undone.unwrap_or(found)))
    }

    /// Writes the log of a run as a table.
    ///
    /// # Errors
    /// No such run; a file that is there; of the disk.
    pub fn export_import_log(&self, run: u32, target: Target<'_>) -> Result<()> {
        let found = self.read(|tx| Ok::<_, Failure>(tx.run(i64::from(run))?))?;
        let found = found.ok_or(Refused::UnknownRun { run })?;
        target.write(csv(&logged(&found), self.language).as_bytes())
    }

    fn run_view(&self, run: &RunRow) -> ImportRun {
        ImportRun {
            id: u32::try_from(run.id).unwrap_or_default(),
            at: self.shown(run.at),
            files: run.files,
            counts: counts(&logged(run)),
            undone_at: run.undone_at.map(|at| self.shown(at)),
        }
    }
}

fn logged(run: &RunRow) -> Vec<MergeRow> {
    serde_json::from_str(&run.log).unwrap_or_default()
}

/// The entries of a sheet follow from the revision that counts again.
fn restore(tx: &Tx<'_>, sheet: &str) -> Result<()> {
    let Some(row) = tx.any_sheet(sheet)? else { return Ok(()) };
    if let Some(file) = tx.current_revision(&row)?.and_then(|kept| serde_json::from_str::<SheetFile>(&kept.file).ok()) {
        tx.replace_entries(sheet, &file.records())?;
    }
    Ok(())
}

/// What was shown, in one word.
fn digest(rows: &[InboxRow]) -> String {
    let named: Vec<_> =
        rows.iter().map(|row| (&row.sheet.path, &row.sheet.digest, &row.sheet.state, row.sound)).collect();
    Sha256::of(&serde_json::to_vec(&named).expect("plain data")).to_string()
}

/// Files while they are compared with what is there.
struct Sorting<'v, 'w> {
    input: &'v InboxInput,
    verifier: &'v Verifier<'w>,
    /// The record of each sheet that was met, what is here and what arrives.
    records: BTreeMap<String, Record>,
    rows: Vec<Sorted>,
}

/// A row until all files were met.
struct Sorted {
    row: InboxRow,
    /// The sheet is a draft here.
    writing: bool,
    /// Other sheets of the unit and year have another edition.
    other_edition: bool,
}

impl From<MergeRow> for Sorted {
    fn from(sheet: MergeRow) -> Self {
        let row = InboxRow { sheet, sound: false, before: None, changes: Vec::new() };
        Self { row, writing: false, other_edition: false }
    }
}

impl<'v, 'w> Sorting<'v, 'w> {
    fn new(input: &'v InboxInput, verifier: &'v Verifier<'w>) -> Self {
        Self { input, verifier, records: BTreeMap::new(), rows: Vec::new() }
    }

    fn refused(&mut self, path: &Path, failure: &Failure, report: Option<&VerifyReport>) {
        let sheet = refused_row(path, failure.problem(self.verifier.language()), report);
        self.rows.push(sheet.into());
    }

    fn take(&mut self, tx: &Tx<'_>, path: &Path, looked: Looked) -> Result<()> {
        let shown = || path.display().to_string();
        let failure = match looked {
            Looked::Package(report, held) => return self.package(tx, path, &report, held.map(|held| *held)),
            Looked::Failed(failure) => failure,
            Looked::Workbook => Refused::WorkbookAlone { path: shown() }.into(),
            Looked::Record => Refused::RecordNotTaken { path: shown() }.into(),
        };
        self.refused(path, &failure, None);
        Ok(())
    }

    fn package(
        &mut self,
        tx: &Tx<'_>,
        path: &Path,
        report: &VerifyReport,
        held: Option<(Verified, Content)>,
    ) -> Result<()> {
        let (verified, content) = match unsound(path, report, held, self.input.policy()) {
            Ok(held) => held,
            Err(failure) => {
                self.refused(path, &failure, Some(report));
                return Ok(());
            }
        };
        let signers = verified.signers();
        let held_keys = keys(signers.iter().map(|signer| &signer.certificate))?;
        let known = tx.units()?;
        for (file, reference) in content.sheets.into_iter().zip(&content.package.sheets) {
            let subject = Subject::from(&file);
            let place = Place { sheet: file.id.clone(), revision: file.revision, digest: reference.digest.clone() };
            let record = self.record(tx, &file.id)?;
            let again =
                !record.add(place, Held { subject: subject.clone(), keys: held_keys.clone(), proofs: BTreeSet::new() });
            let shown = |time| self.verifier.local(time);
            let mut found =
                hints::of_sheet(&subject, world::seconds(&file.finalised_at), signers, self.verifier.now(), shown);
            found.extend(hints::unit(&subject.unit, &known));
            let sheet = self.row(path, &file, &reference.digest, again, &found, signers);
            self.rows.push(compared(tx, sheet, &file)?);
        }
        Ok(())
    }

    /// The record of one sheet, begun with what is here.
    fn record(&mut self, tx: &Tx<'_>, sheet: &str) -> Result<&mut Record> {
        if !self.records.contains_key(sheet) {
            let mut record = Record::default();
            for kept in tx.revisions(sheet)? {
                add_kept(tx, &mut record, &kept)?;
            }
            self.records.insert(sheet.to_owned(), record);
        }
        Ok(self.records.entry(sheet.to_owned()).or_default())
    }

    fn row(
        &mut self,
        path: &Path,
        file: &SheetFile,
        digest: &str,
        again: bool,
        found: &[merge::refused::Hint],
        signers: &[package::verify::SignerReport],
    ) -> MergeRow {
        let language = self.verifier.language();
        let names: Vec<&str> = signers.iter().map(|signer| signer.person.name.as_str()).collect();
        MergeRow {
            path: path.display().to_string(),
            state: if again { MergeState::Same } else { MergeState::Added },
            sheet: file.id.clone(),
            digest: digest.to_owned(),
            unit: file.unit.clone(),
            year: file.year,
            stage: Some(file.stage.into()),
            assessor: file.assessor.clone(),
            organisation: file.organisation.clone(),
            revision: file.revision,
            total: file.result.total.clone(),
            signers: names.join("、"),
            hints: found.iter().map(|hint| hint.view(language)).collect(),
            problem: None,
        }
    }

    /// What each sheet is to what is here and to all the others.
    fn settle(mut self) -> (Vec<InboxRow>, Vec<MergeHint>) {
        let hints = self.hints();
        let mut rows = std::mem::take(&mut self.rows);
        for Sorted { row, writing, other_edition } in &mut rows {
            let sheet = &mut row.sheet;
            if sheet.state != MergeState::Added {
                continue;
            }
            if let Some(record) = self.records.get(&sheet.sheet) {
                sheet.state = settled(record, &sheet.sheet, &sheet.digest);
            }
            if *writing {
                sheet.state = MergeState::Conflicting;
                sheet.problem = Some(self.problem(&Refused::BeingWritten { unit: sheet.unit.clone() }.into()));
            } else if sheet.state == MergeState::Conflicting {
                let (unit, assessor) = (sheet.unit.clone(), sheet.assessor.clone());
                let contended = Refused::Contended { unit, assessor, revision: sheet.revision };
                sheet.problem = Some(self.problem(&contended.into()));
            } else if sheet.state == MergeState::Added && *other_edition {
                sheet.state = MergeState::OtherEdition;
            }
            row.sound = match row.sheet.state {
                MergeState::Added | MergeState::Updated | MergeState::Older => true,
                MergeState::OtherEdition => self.input.editions,
                _ => false,
            };
        }
        (rows.into_iter().map(|sorted| sorted.row).collect(), hints)
    }

    fn problem(&self, failure: &Failure) -> crate::Problem {
        failure.problem(self.verifier.language())
    }

    /// What several of the sheets show together.
    fn hints(&self) -> Vec<MergeHint> {
        let mut all = Record::default();
        self.records.values().cloned().for_each(|record| all.join(record));
        hints::of_contents(&all, self.verifier.language())
            .iter()
            .map(|hint| hint.view(self.verifier.language()))
            .collect()
    }
}

/// What a sheet would change of what counts here. Its content is not held any longer than that.
fn compared(tx: &Tx<'_>, sheet: MergeRow, file: &SheetFile) -> Result<Sorted> {
    let here = tx.any_sheet(&file.id)?;
    let writing = here.as_ref().is_some_and(|here| here.phase == Phase::Draft);
    let other_edition = tx.other_edition(&file.rubric.id, &file.rubric.digest, &file.unit, file.year)?;
    let current = here.as_ref().filter(|here| here.revision <= file.revision);
    let current = current.map(|here| tx.current_revision(here)).transpose()?.flatten();
    let before = current.and_then(|kept| serde_json::from_str::<SheetFile>(&kept.file).ok());
    let mut sorted = Sorted { writing, other_edition, ..sheet.into() };
    if let Some(before) = before.filter(|_| sorted.row.sheet.state != MergeState::Same) {
        let shown = |MarkChange { code, from, to }| InboxChange { code, from, to };
        sorted.row.changes = changes(&before.result, &file.result).into_iter().map(shown).collect();
        sorted.row.before = Some(before.result.total);
    }
    Ok(sorted)
}

fn add_kept(tx: &Tx<'_>, record: &mut Record, kept: &RevisionRow) -> Result<()> {
    // What was finalised here and not signed is no content that could contend.
    let Ok(file) = serde_json::from_str::<SheetFile>(&kept.file) else { return Ok(()) };
    let place = Place { sheet: kept.sheet.clone(), revision: kept.revision, digest: kept.digest.clone() };
    let keys = tx.keys_of(&kept.signers)?.into_iter().collect();
    record.add(place, Held { subject: Subject::from(&file), keys, proofs: BTreeSet::new() });
    Ok(())
}

/// What becomes of each file, by its path.
struct Log {
    files: u32,
    rows: Vec<InboxRow>,
}

impl Log {
    fn of(view: InboxView) -> Self {
        Self { files: view.files, rows: view.rows }
    }

    /// The files with something sound, each once; of one sheet the earlier revisions first.
    fn sound_files(&self) -> Vec<PathBuf> {
        let mut sound: Vec<(u32, &str)> =
            self.rows.iter().filter(|row| row.sound).map(|row| (row.sheet.revision, row.sheet.path.as_str())).collect();
        sound.sort_by_key(|(revision, _)| *revision);
        let mut seen = BTreeSet::new();
        sound.into_iter().filter(|(_, path)| seen.insert(*path)).map(|(_, path)| PathBuf::from(path)).collect()
    }

    /// The digests of the contents that were shown for a file.
    fn digests(&self, path: &Path) -> BTreeSet<&str> {
        let path = path.display().to_string();
        self.rows.iter().filter(|row| row.sheet.path == path).map(|row| row.sheet.digest.as_str()).collect()
    }

    fn settle(&mut self, path: &Path, done: std::result::Result<(), Failure>, language: Language) {
        let path = path.display().to_string();
        for row in self.rows.iter_mut().filter(|row| row.sheet.path == path && row.sound) {
            if let Err(failure) = &done {
                row.sheet.state = MergeState::Refused;
                row.sheet.problem = Some(failure.problem(language));
            }
        }
    }

    fn text(&self) -> String {
        let rows: Vec<&MergeRow> = self.rows.iter().map(|row| &row.sheet).collect();
        serde_json::to_string(&rows).expect("plain data")
    }
}

/// Taking one file after another in.
struct Taking<'t, 'x> {
    tx: &'t Tx<'x>,
    root: &'t Path,
    now: i64,
    language: Language,
    policy: Policy,
    watch: &'t Watch,
}

impl Taking<'_, '_> {
    /// The inner error is of this file; nothing of it is kept then, and the others go on.
    fn file(&self, path: &Path, looked: Looked, id: &str, log: &Log) -> Result<std::result::Result<(), Failure>> {
        let Looked::Package(report, held) = looked else {
            return Ok(Err(Refused::InboxChanged {}.into()));
        };
        let (mut verified, content) = match unsound(path, &report, held.map(|held| *held), self.policy) {
            Ok(held) => held,
            Err(failure) => return Ok(Err(failure)),
        };
        let arriving: BTreeSet<&str> = content.package.sheets.iter().map(|sheet| sheet.digest.as_str()).collect();
        if arriving != log.digests(path) {
            return Ok(Err(Refused::InboxChanged {}.into()));
        }
        let brought = match take_files(self.root, &mut verified, &content, &self.watch.quiet()) {
            Ok(brought) => brought,
            Err(failure) => return Ok(Err(failure)),
        };
        let package = Arriving { path, verified: &verified, content: &content, verdict: &report.verdict };
        let (shown, by, who) = package.said();
        let (who, new) = (Some(who.as_str()), Some(by.as_str()));
        let note = AuditNote { at: self.now, who, action: "import", target: &shown, new, ..AuditNote::default() };
        let done = self.tx.attempt(|| {
            let arrived = package.take(self.tx, &note, id, self.language)?;
            self.tx.audit(&note)?;
            let contends = arrived.rows.iter().any(|row| row.result == ImportResult::Conflicting);
            let (package, revision) =
                (&content.package, content.package.sheets.iter().map(|sheet| sheet.revision).max());
            let assessor = arrived.rows.first().map(|row| row.assessor.clone()).unwrap_or_default();
            let contended =
                || Refused::Contended { unit: package.unit.clone(), assessor, revision: revision.unwrap_or_default() };
            if contends { Err(Failure::from(contended())) } else { Ok(()) }
        })?;
        // Files of a run that fails as a whole stay: they are named by their content, and belong to nobody's row.
        if done.is_ok() {
            brought.keep();
        }
        Ok(done)
    }
}
