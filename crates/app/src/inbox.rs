//! The office's inbox (收件): many files are verified and compared with what is there, shown, taken in as one run, and
//! that run can be undone as one. A file is verified once: what is taken in is what was shown, byte for byte.

mod arrived;
mod book;
mod log;
mod parcel;
mod record;
mod sorting;
mod spool;
mod taking;

use crate::conflict::Decided;
use crate::merge::{Given, Looked, Merging, Policy, Refused, counts, each, files, read_alone};
use crate::problem::Failure;
use crate::view::{ImportRun, InboxChange, InboxRow, InboxView, MergeCount, MergeRow, Verdict};
use crate::{Result, Session, Verifier, Watch};
use assessment::Phase;
use assessment::exchange::SheetFile;
use assessment::merge::{Decision, MarkChange, changes};
use package::Sha256;
pub(crate) use parcel::{Parcel, Stowed};
pub(crate) use record::signers as record_signers;
use sorting::{Found, Settled, Sorting};
pub(crate) use spool::Inbox;
use spool::{Origin, Seen, Shown, stamp};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use store::{AuditNote, RunClash, RunRow, Tx};

/// How many runs are listed: a line each, their logs are read when they are asked for.
const LISTED: u32 = 1000;

/// What to take in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InboxInput {
    /// Packages, filled score workbooks, merged records, and folders of them.
    pub files: Vec<PathBuf>,
    /// Takes what unknown people signed as well.
    pub unverified: bool,
    /// Takes what was scored under another edition than other sheets of the unit and year as well.
    pub editions: bool,
    /// Takes what people decided who are no identities of this workspace: signing sheets is no right to decide on them.
    pub decisions: bool,
}

impl InboxInput {
    fn policy(&self) -> Policy {
        if self.unverified { Policy::Anybody } else { Policy::Known }
    }
}

/// What looking at a file gave, before it is compared.
enum Glance {
    /// It is as it was when it was looked at last.
    Again(Seen),
    /// A sound package, and what is kept of it.
    Parcel(Box<Parcel>, String),
    /// A merged record that holds together.
    Record(Box<Merging>),
    Other(Looked),
}

impl Session {
    /// Verifies files and compares them with what is there. Nothing is changed. Files that were shown before and are
    /// the same since are not verified again.
    ///
    /// # Errors
    /// No files; a folder that cannot be read; stopped; of the disk. What is wrong with a file stands in its row.
    pub fn inbox(&mut self, input: &InboxInput, watch: &Watch) -> Result<InboxView> {
        let given = files(&input.files, watch)?;
        if given.is_empty() {
            return Err(Refused::NothingGiven {}.into());
        }
        let mut inbox = std::mem::take(&mut self.inbox);
        let done = inbox.only(&given.files, self.root()).and_then(|()| self.sort(&mut inbox, &given, input, watch));
        self.inbox = inbox;
        done
    }

    fn sort(&self, inbox: &mut Inbox, given: &Given, input: &InboxInput, watch: &Watch) -> Result<InboxView> {
        let (verifier, found) = (self.verifier()?, given.files.as_slice());
        let stamps: Vec<_> = found.iter().map(|path| stamp(path)).collect();
        let again = found
            .iter()
            .zip(&stamps)
            .filter_map(|(path, stamp)| Some((path.as_path(), inbox.seen(path, *stamp, verifier.language())?.clone())));
        let again: BTreeMap<&Path, Seen> = again.collect();
        let root = self.root();
        let look = |path: &Path, quiet: &Watch| match again.get(path) {
            Some(seen) => Glance::Again(seen.clone()),
            None => glance(&verifier, root, path, quiet),
        };
        let settled = self.read(|tx| {
            let mut sorting = Sorting::new(input, &verifier, tx)?;
            each(found, watch, look, |index, glance| {
                let path = &found[index];
                match kept(inbox, &verifier, path, stamps[index], glance)? {
                    Met::File(found) => sorting.take(tx, path, found),
                    Met::Record(kept) => {
                        record::each_part(inbox, &verifier, &kept, |part| sorting.take(tx, path, part))
                    }
                }
            })?;
            given.refused.iter().for_each(|(folder, failure)| sorting.refused(folder, failure));
            sorting.settle(tx)
        })?;
        let head = self.read(|tx| Ok(tx.history_head()?))?.hash;
        let Settled { rows, origins, hints, books } = settled;
        let sheets: Vec<MergeRow> = rows.iter().map(|row| row.sheet.clone()).collect();
        let view = InboxView {
            digest: digest(&rows, &head),
            files: crate::outcome::count(found.len()),
            others: crate::outcome::count(given.others),
            sound: crate::outcome::count(rows.iter().filter(|row| row.sound).count()),
            counts: counts(&sheets),
            hints,
            rows: rows.clone(),
        };
        let (digest, input, files) = (view.digest.clone(), input.clone(), view.files);
        inbox.shown = Some(Shown { digest, head, input, files, rows, origins, books });
        Ok(view)
    }

    /// The marks that a content in the inbox would change, by code; for a workbook the cells. The content is named by the
    /// digest of its row.
    ///
    /// # Errors
    /// What was shown is no longer held; of the disk.
    pub fn inbox_changes(&mut self, path: &str, digest: &str) -> Result<Vec<InboxChange>> {
        let mut inbox = std::mem::take(&mut self.inbox);
        let done = self.changes_of(&mut inbox, path, digest);
        self.inbox = inbox;
        done
    }

    fn changes_of(&self, inbox: &mut Inbox, path: &str, digest: &str) -> Result<Vec<InboxChange>> {
        let changed_since = || Refused::InboxChanged {};
        let shown = inbox.shown.as_ref().ok_or_else(changed_since)?;
        if let Some(book) = shown.books.get(path) {
            return Ok(book.changes.clone());
        }
        let mut rows = shown.rows.iter().zip(&shown.origins);
        let (row, origin) =
            rows.find(|(row, _)| row.sheet.path == path && row.sheet.digest == digest).ok_or_else(changed_since)?;
        let (sheet, Origin::Parcel(kept)) = (row.sheet.sheet.clone(), origin.clone()) else {
            return Ok(Vec::new());
        };
        let parcel = inbox.parcel(&kept, &self.verifier()?)?;
        let file = parcel.content.sheets.iter().find(|file| file.id == sheet).ok_or_else(changed_since)?;
        let before = self.read(|tx| counting(tx, file))?;
        Ok(before.map(|before| changed(&before, file)).unwrap_or_default())
    }

    /// The latest runs, the latest first.
    ///
    /// # Errors
    /// Of the disk.
    pub fn import_runs(&self) -> Result<Vec<ImportRun>> {
        Ok(self.read(|tx| Ok::<_, Failure>(tx.runs(LISTED)?))?.iter().map(|run| self.run_view(run)).collect())
    }

    /// What became of every file of a run.
    ///
    /// # Errors
    /// No such run; of the disk.
    pub fn import_log(&self, run: u32) -> Result<Vec<MergeRow>> {
        let log = self.read(|tx| Ok::<_, Failure>(tx.run_log(i64::from(run))?))?;
        let log = log.ok_or(Refused::UnknownRun { run })?;
        Ok(serde_json::from_str(&log).unwrap_or_default())
    }

    fn run_row(&self, run: u32) -> Result<RunRow> {
        let found = self.read(|tx| Ok::<_, Failure>(tx.run(i64::from(run))?))?;
        Ok(found.ok_or(Refused::UnknownRun { run })?)
    }

    /// Undoes a run as one: what it added goes, what it replaced is back.
    ///
    /// # Errors
    /// No such run; one that was undone; something was built on it since. Then nothing is changed.
    pub fn undo_import(&mut self, run: u32) -> Result<ImportRun> {
        let (now, number) = (self.now(), i64::from(run));
        if self.run_row(run)?.undone_at.is_some() {
            return Err(Refused::UndoneAlready { run }.into());
        }
        let target = number.to_string();
        let note = AuditNote { at: now, action: "import-undo", target: &target, ..AuditNote::default() };
        self.write(&note, |tx| {
            let (sheets, entries) = (tx.run_sheets(number)?, tx.run_entries(number)?);
            let decided = decided_by(tx, number)?;
            if let Some(clash) = tx.undo_run(number, now)? {
                return Err(built_on(run, clash).into());
            }
            // What came later may count only without these decisions: that is undone first.
            let left = Decided::load(tx)?;
            for sheet in &decided {
                let writing = tx.any_sheet(sheet)?.is_some_and(|here| here.phase == Phase::Draft);
                if !writing && left.due(tx, sheet)?.is_some() {
                    let unit = tx.any_sheet(sheet)?.map(|here| here.assessment.unit);
                    return Err(built_on(run, RunClash { place: "decision".to_owned(), unit, later: None }).into());
                }
                restore(tx, sheet)?;
            }
            for (sheet, digest) in &sheets {
                restore(tx, sheet)?;
                let (sheet, old) = (Some(sheet.as_str()), Some(digest.as_str()));
                let undone = AuditNote { at: now, sheet, action: "import-undone", target: &target, ..note.clone() };
                tx.audit(&AuditNote { old, ..undone })?;
            }
            // The values of drafts are told one by one, as when a person takes them back.
            for entry in entries.iter().rev() {
                if let Some(row) = tx.any_sheet(&entry.sheet)? {
                    tx.audit(&crate::marks::entry_note(&row, now, &entry.before, entry.now.as_deref()))?;
                }
            }
            Ok(())
        })?;
        Ok(self.run_view(&self.run_row(run)?))
    }

    fn run_view(&self, run: &RunRow) -> ImportRun {
        let counts: Vec<MergeCount> = serde_json::from_str(&run.counts).unwrap_or_default();
        ImportRun {
            id: u32::try_from(run.id).unwrap_or_default(),
            at: self.shown(run.at),
            files: run.files,
            counts,
            undone_at: run.undone_at.map(|at| self.shown(at)),
        }
    }
}

/// What the sheets of one package are to what is here.
pub(crate) fn compared(
    tx: &Tx<'_>,
    verifier: &Verifier<'_>,
    input: &InboxInput,
    path: &Path,
    parcel: &Parcel,
) -> Result<Vec<MergeRow>> {
    Sorting::new(input, verifier, tx)?.alone(tx, path, parcel)
}

fn glance(verifier: &Verifier<'_>, root: &Path, path: &Path, quiet: &Watch) -> Glance {
    match verifier.look(path, quiet) {
        Looked::Record => match read_alone(root, path, verifier) {
            Ok(record) => Glance::Record(Box::new(record)),
            Err(failure) => Glance::Other(Looked::Failed(failure)),
        },
        Looked::Package(report, Some(held)) if report.verdict.is_signed() => {
            let (verified, content) = *held;
            let parcel = Parcel::of(&verified, content, report.verdict, report.problems);
            let stowed = parcel.stowed();
            Glance::Parcel(Box::new(parcel), stowed)
        }
        other => Glance::Other(other),
    }
}

/// What was met: a file, or a record whose parts are compared one by one.
enum Met {
    File(Found),
    Record(spool::Kept),
}

/// Keeps what was found, and has it ready to be compared.
fn kept(
    inbox: &mut Inbox,
    verifier: &Verifier<'_>,
    path: &Path,
    stamp: Option<spool::Stamp>,
    glance: Glance,
) -> Result<Met> {
    Ok(Met::File(match glance {
        Glance::Again(Seen::Parcel(digest)) => Found::Parcel(digest, Box::new(inbox.parcel(&digest, verifier)?)),
        Glance::Again(Seen::Record(kept)) => return Ok(Met::Record(kept)),
        Glance::Again(Seen::Bad(report, _)) => Found::Other(Looked::Package(report, None)),
        Glance::Record(mut record) => match record::keep(inbox, &mut record, path, verifier)? {
            Ok(kept) => {
                inbox.note(path, stamp, Seen::Record(kept.clone()));
                return Ok(Met::Record(kept));
            }
            Err(failure) => Found::Other(Looked::Failed(failure)),
        },
        Glance::Parcel(parcel, stowed) => {
            let rubric = &parcel.content.rubric;
            let digest = inbox.keep(&stowed, rubric.digest.as_str(), &parcel.content.rubric_text)?;
            inbox.note(path, stamp, Seen::Parcel(digest));
            Found::Parcel(digest, parcel)
        }
        Glance::Other(looked) => {
            if let Looked::Package(report, None) = &looked
                && matches!(report.verdict, Verdict::Damaged | Verdict::Forged)
            {
                inbox.note(path, stamp, Seen::Bad(report.clone(), verifier.language()));
            }
            Found::Other(looked)
        }
    }))
}

/// Words for what was built on a run, and what to do about it.
#[cfg(test)]
pub(crate) const BUILT: [&str; 8] = [
    "built-sheet",
    "built-evidence",
    "built-list",
    "built-receipt",
    "built-package",
    "built-decision",
    "built-by-run",
    "built-since",
];

/// Why a run is not undone, in the words of people.
fn built_on(run: u32, RunClash { place, unit, later }: RunClash) -> Refused {
    let part = match place.as_str() {
        "evidence" | "evidence_point" | "blob" => "built-evidence",
        "rectification" | "rectification_change" => "built-list",
        "receipt" => "built-receipt",
        "parcel" | "contested_package" => "built-package",
        "contested" | "decision" => "built-decision",
        _ => "built-sheet",
    };
    let (part, about) = (part.to_owned(), unit.map(|unit| format!(" ({unit})")).unwrap_or_default());
    let fault = if later.is_some() { "built-by-run" } else { "built-since" };
    Refused::BuiltOn { run, part, about, fault: fault.to_owned(), later: later.unwrap_or_default() }
}

/// The sheets about which a run brought decisions.
fn decided_by(tx: &Tx<'_>, run: i64) -> Result<Vec<String>> {
    let decided = Decided::load(tx)?;
    let bodies = tx.run_decisions(run)?;
    let read = bodies.iter().filter_map(|body| serde_json::from_str::<Decision>(body).ok());
    Ok(read.filter_map(|decision| decided.sheet_of(&decision).map(str::to_owned)).collect())
}

/// What counts here of a sheet that arrives, where it is no later revision.
fn counting(tx: &Tx<'_>, file: &SheetFile) -> Result<Option<SheetFile>> {
    let here = tx.any_sheet(&file.id)?.filter(|here| here.revision <= file.revision);
    let current = here.map(|here| tx.current_revision(&here)).transpose()?.flatten();
    Ok(current.and_then(|kept| serde_json::from_str(&kept.file).ok()))
}

fn changed(before: &SheetFile, after: &SheetFile) -> Vec<InboxChange> {
    let shown = |MarkChange { code, from, to }| InboxChange { code, from, to };
    changes(&before.result, &after.result).into_iter().map(shown).collect()
}

/// Ends a run with what became of each file.
pub(crate) fn end_run(tx: &Tx<'_>, run: i64, rows: &[MergeRow]) -> Result<()> {
    let json = |value: serde_json::Result<String>| value.expect("plain data");
    let (counts, log) = (json(serde_json::to_string(&counts(rows))), json(serde_json::to_string(rows)));
    Ok(tx.end_run(run, &counts, &log)?)
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
fn digest(rows: &[InboxRow], head: &str) -> String {
    let named: Vec<_> =
        rows.iter().map(|row| (&row.sheet.path, &row.sheet.digest, &row.sheet.state, row.sound)).collect();
    Sha256::of(&serde_json::to_vec(&(named, head)).expect("plain data")).to_string()
}
