//! Taking in what was shown, in one transaction.

use super::spool::{Origin, Shown};
use super::{Inbox, InboxInput, Parcel, end_run};
use crate::conflict::{Decided, Settling, words};
use crate::import::{Arriving, Sides, take_files};
use crate::merge::{Refused, open_decision, unsound};
use crate::problem::Failure;
use crate::refusal::Refusal;
use crate::view::{ImportRun, InboxRow, MergeRow, MergeState};
use crate::{Language, Result, Session, Verifier, Watch};
use package::Sha256;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use store::{AuditNote, DecisionRow, Tx};

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
        let items = items(&shown, wanted.row);
        let ids: Vec<[String; 2]> = items.iter().map(|_| [self.world.id(), self.world.id()]).collect();
        let (root, now, language) = (self.root().to_owned(), self.now(), self.language);
        let (known, opening) = (self.signers_known()?, self.exchange_keys()?);
        let (workspace, world) = (&mut self.workspace, &self.world);
        let verifier = Verifier::of(known, opening, world, language);
        let target = shown.files.to_string();
        let note = AuditNote { at: now, action: "import-run", target: &target, ..AuditNote::default() };
        let mut log = Log::new(&shown, wanted);
        let run = workspace.write(&note, |tx| {
            let run = tx.begin_run(now, shown.files)?;
            let taking = Taking { tx, root: &root, now, language, watch, verifier: &verifier };
            for (index, item) in items.iter().enumerate() {
                if watch.step(&item.name(), index as u64, items.len() as u64).is_break() {
                    return Err(Refused::Stopped {}.into());
                }
                let ids = [ids[index][0].as_str(), ids[index][1].as_str()];
                let done = match (&item.origin, shown.books.get(&item.path)) {
                    (Origin::Book, Some(book)) => tx.attempt(|| book.take(tx, run, ids, now))?,
                    (Origin::Parcel(kept), _) => taking.parcel(inbox, item, kept, ids[0], &sides(&shown, item))?,
                    (Origin::Decision(kept), _) => {
                        taking.decision(inbox, kept, item)?;
                        Ok(())
                    }
                    (Origin::Book | Origin::Nothing, _) => continue,
                };
                log.settle(item, done, language);
            }
            taking.settle(&items, &ids, &note)?;
            end_run(tx, run, &log.rows)?;
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
        let run = run.ok_or_else(|| Refusal::Defect { detail: "import run".to_owned() })?;
        Ok(self.run_view(&run))
    }
}

/// Something that is taken in as one: a package, a workbook, a decision.
struct Item {
    path: String,
    origin: Origin,
    /// The sheets that it is about.
    sheets: BTreeSet<String>,
}

impl Item {
    fn name(&self) -> String {
        Path::new(&self.path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }
}

/// What holds something that is wanted, each once; of one sheet the earlier revisions first.
fn items(shown: &Shown, wanted: impl Fn(&InboxRow) -> bool) -> Vec<Item> {
    let rows = shown.rows.iter().zip(&shown.origins).filter(|(row, _)| wanted(row));
    let mut all: Vec<_> = rows.map(|(row, origin)| (&row.sheet, origin)).collect();
    all.sort_by_key(|(sheet, _)| sheet.revision);
    let (mut items, mut places): (Vec<Item>, BTreeMap<(&str, &Origin), usize>) = (Vec::new(), BTreeMap::new());
    for (sheet, origin) in all {
        let at = *places.entry((&sheet.path, origin)).or_insert(items.len());
        if at == items.len() {
            items.push(Item { path: sheet.path.clone(), origin: origin.clone(), sheets: BTreeSet::new() });
        }
        items[at].sheets.extend(Some(sheet.sheet.clone()).filter(|sheet| !sheet.is_empty()));
    }
    items
}

/// What the contents of an item are to what is here.
fn sides(shown: &Shown, item: &Item) -> Sides {
    let rows = shown.rows.iter().zip(&shown.origins);
    let rows = rows.filter(|(row, origin)| **origin == item.origin && row.sheet.path == item.path);
    Sides::of(rows.map(|(row, _)| &row.sheet))
}

/// What becomes of each file, by its path and the part of it.
struct Log {
    rows: Vec<MergeRow>,
    /// The rows of each item.
    places: BTreeMap<(String, Origin), Vec<usize>>,
}

impl Log {
    fn new(shown: &Shown, wanted: &Wanted<'_>) -> Self {
        let mut places = BTreeMap::new();
        let rows = shown.rows.iter().zip(&shown.origins).filter(|(row, _)| (wanted.logged)(row));
        let rows: Vec<(&InboxRow, &Origin)> = rows.collect();
        for (at, (row, origin)) in rows.iter().enumerate() {
            let item = (row.sheet.path.clone(), (*origin).clone());
            if (wanted.row)(row) {
                places.entry(item).or_insert_with(Vec::new).push(at);
            }
        }
        Self { rows: rows.into_iter().map(|(row, _)| row.sheet.clone()).collect(), places }
    }

    fn settle(&mut self, item: &Item, done: std::result::Result<(), Failure>, language: Language) {
        let Err(failure) = done else { return };
        for at in self.places.get(&(item.path.clone(), item.origin.clone())).into_iter().flatten() {
            if let Some(row) = self.rows.get_mut(*at) {
                row.state = MergeState::Refused;
                row.problem = Some(failure.problem(language));
            }
        }
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
    fn parcel(
        &self,
        inbox: &mut Inbox,
        item: &Item,
        kept: &Sha256,
        id: &str,
        choice: &Sides,
    ) -> Result<std::result::Result<(), Failure>> {
        let path = Path::new(&item.path);
        let (parcel, size) = (inbox.parcel(kept, self.verifier)?, inbox.size(path));
        let brought = match self.evidence(path, &parcel) {
            Ok(brought) => brought,
            Err(failure) => return Ok(Err(failure)),
        };
        let package = Arriving { path, size, parcel: &parcel, choice };
        let (shown, by, who) = parcel.said(path);
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

    /// Keeps a decision; what follows from it is done once everything is here.
    fn decision(&self, inbox: &mut Inbox, kept: &Sha256, item: &Item) -> Result<()> {
        let sealed = inbox.text(kept)?;
        let (decision, _) = open_decision(&sealed).map_err(|detail| Refusal::Defect { detail })?;
        let digest = kept.to_string();
        let target = words(&decision.choice, Language::Zh);
        self.tx.audit(&AuditNote {
            at: self.now,
            who: Some(&decision.by.name),
            sheet: item.sheets.first().map(String::as_str),
            action: "import-decision",
            target: &target,
            new: Some(&digest),
            reason: Some(&decision.reason),
            ..AuditNote::default()
        })?;
        let body = serde_json::to_string(&decision).expect("plain data");
        Ok(self.tx.add_decision(&DecisionRow { digest, at: self.now, body, sealed })?)
    }

    /// Makes what counts by the decisions what the sheets stand at, those that were taken in and those decided about.
    fn settle(&self, items: &[Item], ids: &[[String; 2]], note: &AuditNote<'_>) -> Result<()> {
        let decided = Decided::load(self.tx)?;
        let settling = Settling { tx: self.tx, decided: &decided, verifier: self.verifier, note };
        let of = |(item, [_, id]): (&'_ Item, &'_ [String; 2])| {
            item.sheets.iter().map(|sheet| (sheet.clone(), id.clone())).collect::<Vec<_>>()
        };
        let all: Vec<(String, String)> = items.iter().zip(ids).flat_map(of).collect();
        settling.all(all.iter().map(|(sheet, id)| (sheet.as_str(), id.as_str())))
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
