//! Taking in what was shown, in one transaction.

use super::{Inbox, InboxInput, Parcel};
use crate::import::{Arriving, Sides, take_files};
use crate::merge::{Refused, unsound};
use crate::problem::Failure;
use crate::view::{ImportRun, InboxRow, MergeRow, MergeState};
use crate::{Language, Result, Session, Verifier, Watch};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use store::{AuditNote, Tx};

/// What of the inbox is taken in, and which rows its log has.
struct Wanted<'a> {
    row: &'a dyn Fn(&InboxRow) -> bool,
    logged: &'a dyn Fn(&InboxRow) -> bool,
}

impl Session {
    /// Takes everything in that is sound, in one transaction, as one run; what contends is kept until a person decides.
    /// With `shown`, only what was shown before.
    ///
    /// # Errors
    /// What is here is not what was shown; stopped; as [`Session::inbox`]. Then nothing is changed.
    pub fn take_in(&mut self, input: &InboxInput, shown: Option<&str>, watch: &Watch) -> Result<ImportRun> {
        let wanted = |row: &InboxRow| row.sound || row.decidable;
        self.take_some(input, shown, watch, &Wanted { row: &wanted, logged: &|_| true })
    }

    /// Keeps the contents of one sheet that contend, so that a person can decide; takes nothing else in.
    ///
    /// # Errors
    /// As [`Session::take_in`].
    pub fn keep_contested(
        &mut self,
        input: &InboxInput,
        shown: Option<&str>,
        sheet: &str,
        watch: &Watch,
    ) -> Result<ImportRun> {
        let wanted = |row: &InboxRow| row.decidable && row.sheet.sheet == sheet;
        self.take_some(input, shown, watch, &Wanted { row: &wanted, logged: &wanted })
    }

    fn take_some(
        &mut self,
        input: &InboxInput,
        shown: Option<&str>,
        watch: &Watch,
        wanted: &Wanted<'_>,
    ) -> Result<ImportRun> {
        let head = self.read(|tx| Ok(tx.history_head()?))?.hash;
        let held = self.inbox.shown.as_ref();
        let fits =
            held.is_some_and(|held| Some(held.digest.as_str()) == shown && held.head == head && held.input == *input);
        if !fits {
            let view = self.inbox(input, watch)?;
            if shown.is_some_and(|shown| shown != view.digest) {
                return Err(Refused::InboxChanged {}.into());
            }
        }
        let mut inbox = std::mem::take(&mut self.inbox);
        let done = self.take_shown(&mut inbox, watch, wanted);
        self.inbox = inbox;
        done
    }

    fn take_shown(&mut self, inbox: &mut Inbox, watch: &Watch, wanted: &Wanted<'_>) -> Result<ImportRun> {
        let shown = inbox.shown.take().ok_or(Refused::InboxChanged {})?;
        let files = wanted_files(&shown.rows, wanted.row);
        let ids: Vec<[String; 2]> = files.iter().map(|_| [self.world.id(), self.world.id()]).collect();
        let (root, now, language) = (self.root().to_owned(), self.now(), self.language);
        let (known, opening) = (self.signers_known()?, self.exchange_keys()?);
        let (workspace, world) = (&mut self.workspace, &self.world);
        let verifier = Verifier::of(known, opening, world, language);
        let target = shown.files.to_string();
        let note = AuditNote { at: now, action: "import-run", target: &target, ..AuditNote::default() };
        let mut log = Log::new(&shown.rows, wanted);
        let run = workspace.write(&note, |tx| {
            let run = tx.begin_run(now, shown.files)?;
            let taking = Taking { tx, root: &root, now, language, watch, verifier: &verifier };
            for (index, path) in files.iter().enumerate() {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                if watch.step(&name, index as u64, files.len() as u64).is_break() {
                    return Err(Refused::Stopped {}.into());
                }
                let ids = [ids[index][0].as_str(), ids[index][1].as_str()];
                let done = match shown.books.get(&path.display().to_string()) {
                    Some(book) => tx.attempt(|| book.take(tx, run, ids, now))?,
                    None => taking.file(inbox, path, ids[0], &log.contended(path))?,
                };
                log.settle(path, done, language);
            }
            tx.end_run(run, &log.text())?;
            tx.run(run).map_err(Failure::from)
        });
        let run = match run {
            Ok(run) => run,
            Err(failure) => {
                // Nothing was taken in, so what was shown still stands.
                inbox.shown = Some(shown);
                return Err(failure);
            }
        };
        let run = run.ok_or_else(|| crate::refusal::Refusal::Defect { detail: "import run".to_owned() })?;
        Ok(self.run_view(&run))
    }
}

/// The files with something that is wanted, each once; of one sheet the earlier revisions first.
fn wanted_files(rows: &[InboxRow], wanted: impl Fn(&InboxRow) -> bool) -> Vec<PathBuf> {
    let mut all: Vec<(u32, &str)> =
        rows.iter().filter(|row| wanted(row)).map(|row| (row.sheet.revision, row.sheet.path.as_str())).collect();
    all.sort_by_key(|(revision, _)| *revision);
    let mut seen = BTreeSet::new();
    all.into_iter().filter(|(_, path)| seen.insert(*path)).map(|(_, path)| PathBuf::from(path)).collect()
}

/// What becomes of each file, by its path.
struct Log {
    rows: Vec<MergeRow>,
    /// The rows of each file.
    places: BTreeMap<String, Vec<usize>>,
    /// Digests of contents that contend.
    contended: BTreeMap<String, BTreeSet<String>>,
}

impl Log {
    fn new(shown: &[InboxRow], wanted: &Wanted<'_>) -> Self {
        let (mut places, mut contended) = (BTreeMap::new(), BTreeMap::new());
        let shown: Vec<&InboxRow> = shown.iter().filter(|row| (wanted.logged)(row)).collect();
        for (at, row) in shown.iter().enumerate() {
            let path = row.sheet.path.clone();
            if row.decidable {
                contended.entry(path.clone()).or_insert_with(BTreeSet::new).insert(row.sheet.digest.clone());
            }
            if (wanted.row)(row) {
                places.entry(path).or_insert_with(Vec::new).push(at);
            }
        }
        Self { rows: shown.into_iter().map(|row| row.sheet.clone()).collect(), places, contended }
    }

    fn contended(&self, path: &Path) -> BTreeSet<String> {
        self.contended.get(&path.display().to_string()).cloned().unwrap_or_default()
    }

    fn settle(&mut self, path: &Path, done: std::result::Result<(), Failure>, language: Language) {
        let Err(failure) = done else { return };
        for at in self.places.get(&path.display().to_string()).into_iter().flatten() {
            if let Some(row) = self.rows.get_mut(*at) {
                row.state = MergeState::Refused;
                row.problem = Some(failure.problem(language));
            }
        }
    }

    fn text(&self) -> String {
        serde_json::to_string(&self.rows).expect("plain data")
    }
}

/// Taking one file after another in.
struct Taking<'t, 'x> {
    tx: &'t Tx<'x>,
    root: &'t Path,
    now: i64,
    language: Language,
    watch: &'t Watch,
    verifier: &'t Verifier<'t>,
}

impl Taking<'_, '_> {
    /// The inner error is of this file; nothing of it is kept then, and the others go on.
    fn file(
        &self,
        inbox: &mut Inbox,
        path: &Path,
        id: &str,
        contended: &BTreeSet<String>,
    ) -> Result<std::result::Result<(), Failure>> {
        let Some((parcel, size)) = inbox.parcel_of(path, self.verifier)? else {
            return Ok(Err(Refused::InboxChanged {}.into()));
        };
        let brought = match self.evidence(path, &parcel) {
            Ok(brought) => brought,
            Err(failure) => return Ok(Err(failure)),
        };
        let choice = Sides { contended: contended.clone(), taken: None };
        let package = Arriving { path, size, parcel: &parcel, choice: &choice };
        let (shown, by, who) = package.said();
        let (who, new) = (Some(who.as_str()), Some(by.as_str()));
        let note = AuditNote { at: self.now, who, action: "import", target: &shown, new, ..AuditNote::default() };
        let done = self.tx.attempt(|| {
            package.take(self.tx, &note, id, self.language)?;
            Ok::<_, Failure>(self.tx.audit(&note)?)
        })?;
        // Files of a run that fails as a whole stay: they are named by their content, and belong to nobody's row.
        if done.is_ok() {
            brought.into_iter().for_each(crate::import::Brought::keep);
        }
        Ok(done)
    }

    /// Copies evidence that is not here yet. That is read from the file, so the file is verified once more, and has to
    /// hold what was shown.
    fn evidence(&self, path: &Path, parcel: &Parcel) -> Result<Option<crate::import::Brought>> {
        let left_out = parcel.content.package.evidence == assessment::exchange::EvidenceScope::LeftOut;
        if left_out || parcel.content.evidence.items.is_empty() {
            return Ok(None);
        }
        let quiet = self.watch.quiet();
        let (report, held) = self.verifier.package(path, &quiet)?;
        let (mut verified, content) = unsound(path, &report, held, crate::merge::Policy::Anybody)?;
        if verified.content() != parcel.proof.content() {
            return Err(Refused::InboxChanged {}.into());
        }
        Ok(Some(take_files(self.root, &mut verified, &content, &quiet)?))
    }
}
