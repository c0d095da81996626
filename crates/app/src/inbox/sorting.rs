//! Files while they are compared with what is there.

use super::book::{self, Book};
use super::spool::Origin;
use super::{InboxInput, Parcel, changed, counting};
use crate::conflict::Decided;
use crate::merge::hints;
use crate::merge::refused::Hint;
use crate::merge::{Looked, Policy, Refused, keys, not_imported, refused_row, settled};
use crate::problem::Failure;
use crate::refusal::Refusal;
use crate::view::{InboxRow, MergeHint, MergeRow, MergeState, Verdict};
use crate::{Language, Result, Verifier, world};
use assessment::Phase;
use assessment::exchange::SheetFile;
use assessment::merge::{Decision, Held, Place, Record, Standing, Subject};
use package::{Certificate, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;
use store::Tx;

/// A file that is to be compared.
pub(super) enum Found {
    /// A package, and the digest under which it is kept.
    Parcel(Sha256, Box<Parcel>),
    /// A signed decision, and the digest under which it is kept.
    Decision(Sha256, Vec<u8>),
    Other(Looked),
}

/// What the files are to what is here.
pub(super) struct Settled {
    pub rows: Vec<InboxRow>,
    /// Where each row comes from.
    pub origins: Vec<Origin>,
    pub hints: Vec<MergeHint>,
    pub books: BTreeMap<String, Book>,
}

/// The files that were compared so far.
pub(super) struct Sorting<'v, 'w> {
    pub(super) input: &'v InboxInput,
    pub(super) verifier: &'v Verifier<'w>,
    /// What people decided.
    pub(super) decided: Decided,
    /// Decisions that arrive and are not known here, by their digests.
    pub(super) arriving: BTreeMap<String, Decision>,
    /// Units that something here is about.
    units: Vec<String>,
    /// The record of each sheet that was met, what is here and what arrives.
    pub(super) records: BTreeMap<String, Record>,
    /// Revision and total of each content that arrives, by its digest.
    pub(super) totals: BTreeMap<String, (u32, String)>,
    pub(super) rows: Vec<Sorted>,
    books: BTreeMap<String, Book>,
}

/// A row until all files were met.
pub(super) struct Sorted {
    pub row: InboxRow,
    pub origin: Origin,
    /// The sheet is a draft here.
    writing: bool,
    /// Other sheets of the unit and year have another edition.
    other_edition: bool,
    /// It counted here or counts, and does not merely contend.
    known: bool,
    /// It was here already, and somebody else signed it as well.
    joins: bool,
    /// Where the row is a decision.
    pub decision: Option<Decision>,
}

impl Sorted {
    pub fn plain(row: InboxRow, origin: Origin) -> Self {
        Self { row, origin, writing: false, other_edition: false, known: false, joins: false, decision: None }
    }
}

impl<'v, 'w> Sorting<'v, 'w> {
    pub fn new(input: &'v InboxInput, verifier: &'v Verifier<'w>, tx: &Tx<'_>) -> Result<Self> {
        let (decided, units) = (Decided::load(tx)?, tx.units()?);
        let (arriving, records, totals) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let (rows, books) = (Vec::new(), BTreeMap::new());
        Ok(Self { input, verifier, decided, arriving, units, records, totals, rows, books })
    }

    pub fn take(&mut self, tx: &Tx<'_>, path: &Path, found: Found) -> Result<()> {
        match found {
            Found::Parcel(kept, parcel) => return self.parcel(tx, path, kept, &parcel),
            Found::Decision(kept, sealed) => return self.decision(path, kept, &sealed),
            Found::Other(Looked::Workbook) => return self.book(tx, path),
            Found::Other(Looked::Package(report, _)) => {
                let mut row = refused_row(path, self.problem(&not_imported(path, &report)), Some(&report));
                // What is damaged says where.
                row.problem = report.problems.first().cloned().or(row.problem);
                self.push(path, row);
            }
            Found::Other(Looked::Failed(failure)) => self.refused(path, &failure),
            Found::Other(Looked::Record) => {
                self.refused(path, &Refused::RecordEmpty { path: path.display().to_string() }.into());
            }
        }
        Ok(())
    }

    pub(super) fn refused(&mut self, path: &Path, failure: &Failure) {
        self.push(path, refused_row(path, self.problem(failure), None));
    }

    fn push(&mut self, path: &Path, sheet: MergeRow) {
        self.rows.push(Sorted::plain(plain_row(path, sheet), Origin::Nothing));
    }

    fn book(&mut self, tx: &Tx<'_>, path: &Path) -> Result<()> {
        match book::read(tx, path, self.verifier)? {
            Ok(book) => {
                self.rows.push(Sorted::plain(book.row(path, self.verifier.language()), Origin::Book));
                self.books.insert(path.display().to_string(), book);
            }
            Err(failure) => self.refused(path, &failure),
        }
        Ok(())
    }

    /// Why nothing of a sound package is taken.
    fn kept_out(&self, path: &Path, parcel: &Parcel) -> Option<Failure> {
        if parcel.content.package.masked.is_some() {
            return Some(Refusal::MaskedNotImported { path: path.display().to_string() }.into());
        }
        self.policy().refuses(path, &parcel.verdict, &parcel.problems, &parcel.signers)
    }

    pub(super) fn policy(&self) -> Policy {
        self.input.policy()
    }

    fn parcel(&mut self, tx: &Tx<'_>, path: &Path, kept: Sha256, parcel: &Parcel) -> Result<()> {
        let refused = self.kept_out(path, parcel).map(|failure| self.problem(&failure));
        let held_keys = keys(parcel.signers.iter().map(|signer| &signer.certificate))?;
        for (file, reference) in parcel.content.sheets.iter().zip(&parcel.content.package.sheets) {
            let subject = Subject::from(file);
            let hints = self.hints_of(&subject, file, parcel);
            let mut row = self.row(path, file, &reference.digest, parcel);
            row.sheet.hints = hints;
            if let Some(problem) = &refused {
                row.sheet.state =
                    if parcel.content.package.masked.is_some() { MergeState::Refused } else { MergeState::Untrusted };
                row.acceptable = parcel.verdict == Verdict::SignerUnknown;
                row.sheet.problem = Some(problem.clone());
                self.rows.push(Sorted::plain(row, Origin::Parcel(kept)));
                continue;
            }
            self.totals.insert(reference.digest.clone(), (file.revision, file.result.total.clone()));
            let place = Place { sheet: file.id.clone(), revision: file.revision, digest: reference.digest.clone() };
            let known = tx.revisions(&file.id)?.iter().any(|kept| kept.digest == reference.digest);
            let held = Held { subject, keys: held_keys.clone(), proofs: BTreeSet::new() };
            let record = self.record(tx, &file.id)?;
            let had = record.contents().get(&place).map(|held| held.keys.clone());
            let more = had.map(|keys| countersigners(parcel, &keys)).transpose()?.unwrap_or_default();
            // What came beside it in this run is not here yet: the one with more signatures is as new as the other.
            if !record.add(place, held) && (known || more.is_empty()) {
                row.sheet.state = MergeState::Same;
            }
            if !more.is_empty() {
                let hint = Hint::Countersigned { names: more.join("、") };
                row.sheet.hints.push(hint.view(self.verifier.language()));
            }
            let joins = known && !more.is_empty();
            let sorted = Sorted { known, joins, ..Sorted::plain(row, Origin::Parcel(kept)) };
            self.rows.push(self.compared(tx, sorted, file)?);
        }
        Ok(())
    }

    fn hints_of(&self, subject: &Subject, file: &SheetFile, parcel: &Parcel) -> Vec<MergeHint> {
        let (verifier, finalised) = (self.verifier, world::seconds(&file.finalised_at));
        let shown = |time| verifier.local(time);
        let mut found = hints::of_sheet(subject, finalised, &parcel.signers, verifier.now(), shown);
        found.extend(Some(Hint::OfRecord {}).filter(|_| parcel.left_behind));
        found.iter().map(|hint| hint.view(verifier.language())).collect()
    }

    /// The record of one sheet, begun with what is here and what was decided.
    pub(super) fn record(&mut self, tx: &Tx<'_>, sheet: &str) -> Result<&mut Record> {
        if !self.records.contains_key(sheet) {
            self.records.insert(sheet.to_owned(), self.decided.record_of(tx, sheet)?);
        }
        Ok(self.records.entry(sheet.to_owned()).or_default())
    }

    fn row(&self, path: &Path, file: &SheetFile, digest: &str, parcel: &Parcel) -> InboxRow {
        let names: Vec<&str> = parcel.signers.iter().map(|signer| signer.person.name.as_str()).collect();
        let sheet = MergeRow {
            path: path.display().to_string(),
            state: MergeState::Added,
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
            hints: Vec::new(),
            problem: None,
            decision: None,
        };
        let points = crate::outcome::count(file.result.points.len());
        let signed = self.signed(parcel.signers.iter().map(|signer| &signer.certificate));
        InboxRow { points, signed, ..plain_row(path, sheet) }
    }

    /// Who vouches for the signers: an office, this workspace's own list, nobody yet.
    pub(super) fn signed<'c>(&self, signers: impl Iterator<Item = &'c Certificate>) -> String {
        let zh = self.verifier.language() == Language::Zh;
        let said = |signer: &Certificate| {
            let office = self.verifier.known.trust.authority_of(signer).map(|office| office.person().name);
            let digits = signer.fingerprint().grouped();
            let short: String = digits.chars().take(9).collect();
            let issuer = Some(signer.issuer()).filter(|issuer| issuer.name != signer.person().name);
            match (office.or_else(|| issuer.map(|issuer| issuer.name)), zh) {
                (Some(office), true) => format!("{office}签发"),
                (Some(office), false) => format!("issued by {office}"),
                (None, true) => format!("自签名　指纹 {short}…"),
                (None, false) => format!("self-signed, fingerprint {short}…"),
            }
        };
        let mut all: Vec<String> = signers.map(said).collect();
        all.dedup();
        all.join(if zh { "；" } else { "; " })
    }

    /// What a sheet would change of what counts here. Its content is not held any longer than that.
    fn compared(&self, tx: &Tx<'_>, mut sorted: Sorted, file: &SheetFile) -> Result<Sorted> {
        sorted.writing = is_draft(tx, &file.id)?;
        sorted.other_edition = tx.other_edition(&file.rubric.id, &file.rubric.digest, &file.unit, file.year)?;
        let row = &mut sorted.row;
        if let Some(before) = counting(tx, file)?.filter(|_| row.sheet.state != MergeState::Same) {
            row.changed = crate::outcome::count(changed(&before, file).len());
            row.before_revision = before.revision;
            row.before = Some(before.result.total);
        }
        Ok(sorted)
    }

    /// What the sheets of one package are to what is here; nothing else arrives.
    pub fn alone(mut self, tx: &Tx<'_>, path: &Path, parcel: &Parcel) -> Result<Vec<MergeRow>> {
        self.parcel(tx, path, parcel.proof.content(), parcel)?;
        let mut rows = std::mem::take(&mut self.rows);
        rows.iter_mut().for_each(|sorted| self.settle_row(sorted));
        Ok(rows.into_iter().map(|sorted| sorted.row.sheet).collect())
    }

    /// What each sheet is to what is here and to all the others.
    pub fn settle(mut self, tx: &Tx<'_>) -> Result<Settled> {
        self.follow(tx)?;
        let mut hints = self.hints(tx)?;
        let mut rows = std::mem::take(&mut self.rows);
        for sorted in &mut rows {
            match sorted.decision.clone() {
                Some(decision) => self.settle_decision(tx, &mut sorted.row, &decision)?,
                None => self.settle_row(sorted),
            }
        }
        let on_rows: HashSet<&str> =
            rows.iter().flat_map(|sorted| &sorted.row.sheet.hints).map(|hint| hint.text.as_str()).collect();
        hints.retain(|hint| !on_rows.contains(hint.text.as_str()));
        let (rows, origins) = rows.into_iter().map(|sorted| (sorted.row, sorted.origin)).unzip();
        Ok(Settled { rows, origins, hints, books: self.books })
    }

    fn settle_row(&self, sorted: &mut Sorted) {
        let Sorted { row, writing, other_edition, known, joins, .. } = sorted;
        let sheet = &mut row.sheet;
        if row.draft {
            return;
        }
        if !sheet.unit.is_empty() {
            let unit = hints::unit(self.decided.names().unit(&sheet.unit), &self.units);
            sheet.hints.extend(unit.map(|hint| hint.view(self.verifier.language())));
        }
        let record = self.records.get(&sheet.sheet);
        let contends = || match record.and_then(|record| record.standing(&sheet.sheet)) {
            Some(Standing::Conflict { sides, .. }) => sides.iter().any(|side| side.digest == sheet.digest),
            _ => false,
        };
        match sheet.state {
            // What contends and is kept since it was met waits for a decision all the same.
            MergeState::Same if (!*known || *joins) && contends() => sheet.state = MergeState::Conflicting,
            // The content is here; its signatures are taken.
            MergeState::Same if *joins => {
                row.sound = true;
                return;
            }
            MergeState::Added => {
                if let Some(record) = record {
                    sheet.state = settled(record, &sheet.sheet, &sheet.digest);
                }
            }
            _ => return,
        }
        if *writing {
            sheet.state = MergeState::Conflicting;
            sheet.problem = Some(self.problem(&Refused::BeingWritten { unit: sheet.unit.clone() }.into()));
        } else if sheet.state == MergeState::Conflicting {
            let (unit, assessor) = (sheet.unit.clone(), sheet.assessor.clone());
            let contended = Refused::Contended { unit, assessor, revision: sheet.revision };
            sheet.problem = Some(self.problem(&contended.into()));
            row.decidable = true;
        } else if sheet.state == MergeState::Added && *other_edition {
            sheet.state = MergeState::OtherEdition;
        }
        row.sound = match row.sheet.state {
            // What does not count is kept for the record.
            MergeState::Added | MergeState::Updated | MergeState::Older | MergeState::Rejected => true,
            MergeState::OtherEdition => self.input.editions,
            _ => false,
        };
    }

    pub(super) fn problem(&self, failure: &Failure) -> crate::Problem {
        failure.problem(self.verifier.language())
    }

    /// What the sheets show together, with each other and with what is here; what was so before is no news.
    fn hints(&self, tx: &Tx<'_>) -> Result<Vec<MergeHint>> {
        let language = self.verifier.language();
        let mut all = self.decided.standing(tx)?;
        let before = hints::of_contents(&all, language);
        self.records.values().cloned().for_each(|record| all.join(record));
        Ok(hints::of_contents(&all, language).difference(&before).map(|hint| hint.view(language)).collect())
    }
}

/// The names of those who signed a package and whose keys are not among these.
fn countersigners(parcel: &Parcel, keys: &BTreeSet<String>) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for signer in &parcel.signers {
        if !keys.contains(&signer.certificate.key()?.to_string()) {
            names.push(signer.person.name.clone());
        }
    }
    Ok(names)
}

/// Whether a sheet is being written here.
pub(super) fn is_draft(tx: &Tx<'_>, sheet: &str) -> Result<bool> {
    Ok(tx.any_sheet(sheet)?.is_some_and(|here| here.phase == Phase::Draft))
}

/// A row that says nothing but what a merged file's says.
pub(super) fn plain_row(path: &Path, sheet: MergeRow) -> InboxRow {
    InboxRow {
        file: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        sheet,
        sound: false,
        acceptable: false,
        decidable: false,
        draft: false,
        before: None,
        before_revision: 0,
        changed: 0,
        points: 0,
        signed: String::new(),
    }
}
