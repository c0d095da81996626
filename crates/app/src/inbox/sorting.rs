//! Files while they are compared with what is there.

use super::book::{self, Book};
use super::{InboxInput, Parcel, changed, counting};
use crate::conflict::Decided;
use crate::merge::hints;
use crate::merge::{Looked, Policy, Refused, keys, refused_row, settled};
use crate::problem::Failure;
use crate::refusal::Refusal;
use crate::view::{InboxRow, MergeHint, MergeRow, MergeState, Verdict};
use crate::{Language, Result, Verifier, world};
use assessment::Phase;
use assessment::exchange::SheetFile;
use assessment::merge::{Held, Place, Record, Standing, Subject};
use package::verify::SignerReport;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use store::Tx;

/// A file that is to be compared.
pub(super) enum Found {
    Parcel(Box<Parcel>),
    Other(Looked),
}

/// The files that were compared so far.
pub(super) struct Sorting<'v, 'w> {
    input: &'v InboxInput,
    verifier: &'v Verifier<'w>,
    /// What people decided.
    decided: Decided,
    /// Units that something here is about.
    units: Vec<String>,
    /// The record of each sheet that was met, what is here and what arrives.
    records: BTreeMap<String, Record>,
    rows: Vec<Sorted>,
    books: BTreeMap<String, Book>,
}

/// A row until all files were met.
struct Sorted {
    row: InboxRow,
    /// The sheet is a draft here.
    writing: bool,
    /// Other sheets of the unit and year have another edition.
    other_edition: bool,
    /// It counted here or counts, and does not merely contend.
    known: bool,
}

impl<'v, 'w> Sorting<'v, 'w> {
    pub fn new(input: &'v InboxInput, verifier: &'v Verifier<'w>, tx: &Tx<'_>) -> Result<Self> {
        let (decided, units) = (Decided::load(tx)?, tx.units()?);
        Ok(Self { input, verifier, decided, units, records: BTreeMap::new(), rows: Vec::new(), books: BTreeMap::new() })
    }

    pub fn take(&mut self, tx: &Tx<'_>, path: &Path, found: Found) -> Result<()> {
        let shown = || path.display().to_string();
        match found {
            Found::Parcel(parcel) => return self.parcel(tx, path, &parcel),
            Found::Other(Looked::Workbook) => return self.book(tx, path),
            Found::Other(Looked::Package(report, _)) => {
                let detail = report.problems.first().map(|problem| problem.what.clone()).unwrap_or_default();
                let sound = report.problems.first().cloned();
                let refused = Refusal::NotImported { path: shown(), verdict: report.title.clone(), detail };
                let mut row = refused_row(path, self.problem(&refused.into()), Some(&report));
                // What is damaged says where.
                row.problem = sound.or(row.problem);
                self.push(path, row);
            }
            Found::Other(Looked::Failed(failure)) => self.refused(path, &failure),
            Found::Other(Looked::Record) => self.refused(path, &Refused::RecordNotTaken { path: shown() }.into()),
        }
        Ok(())
    }

    fn refused(&mut self, path: &Path, failure: &Failure) {
        self.push(path, refused_row(path, self.problem(failure), None));
    }

    fn push(&mut self, path: &Path, sheet: MergeRow) {
        let row = plain_row(path, sheet);
        self.rows.push(Sorted { row, writing: false, other_edition: false, known: false });
    }

    fn book(&mut self, tx: &Tx<'_>, path: &Path) -> Result<()> {
        match book::read(tx, path, self.verifier)? {
            Ok(book) => {
                let row = book.row(path, self.verifier.language());
                self.rows.push(Sorted { row, writing: false, other_edition: false, known: false });
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

    fn policy(&self) -> Policy {
        self.input.policy()
    }

    fn parcel(&mut self, tx: &Tx<'_>, path: &Path, parcel: &Parcel) -> Result<()> {
        let refused = self.kept_out(path, parcel).map(|failure| self.problem(&failure));
        let held_keys = keys(parcel.signers.iter().map(|signer| &signer.certificate))?;
        for (file, reference) in parcel.content.sheets.iter().zip(&parcel.content.package.sheets) {
            let subject = Subject::from(file);
            let hints = self.hints_of(&subject, file, &parcel.signers);
            let mut row = self.row(path, file, &reference.digest, parcel);
            row.sheet.hints = hints;
            if let Some(problem) = &refused {
                row.sheet.state =
                    if parcel.content.package.masked.is_some() { MergeState::Refused } else { MergeState::Untrusted };
                row.acceptable = parcel.verdict == Verdict::SignerUnknown;
                row.sheet.problem = Some(problem.clone());
                self.rows.push(Sorted { row, writing: false, other_edition: false, known: false });
                continue;
            }
            let place = Place { sheet: file.id.clone(), revision: file.revision, digest: reference.digest.clone() };
            let known = tx.revisions(&file.id)?.iter().any(|kept| kept.digest == reference.digest);
            let held = Held { subject, keys: held_keys.clone(), proofs: BTreeSet::new() };
            if !self.record(tx, &file.id)?.add(place, held) {
                row.sheet.state = MergeState::Same;
            }
            self.rows.push(self.compared(tx, row, file, known)?);
        }
        Ok(())
    }

    fn hints_of(&self, subject: &Subject, file: &SheetFile, signers: &[SignerReport]) -> Vec<MergeHint> {
        let (verifier, finalised) = (self.verifier, world::seconds(&file.finalised_at));
        let shown = |time| verifier.local(time);
        let mut found = hints::of_sheet(subject, finalised, signers, verifier.now(), shown);
        found.extend(hints::unit(self.decided.names().unit(&subject.unit), &self.units));
        found.iter().map(|hint| hint.view(verifier.language())).collect()
    }

    /// The record of one sheet, begun with what is here and what was decided.
    fn record(&mut self, tx: &Tx<'_>, sheet: &str) -> Result<&mut Record> {
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
        };
        let points = crate::outcome::count(file.result.points.len());
        let signed = self.signed(&parcel.signers);
        InboxRow { points, signed, ..plain_row(path, sheet) }
    }

    /// Who vouches for the signers: an office, this workspace's own list, nobody yet.
    fn signed(&self, signers: &[SignerReport]) -> String {
        let zh = self.verifier.language() == Language::Zh;
        let said = |signer: &SignerReport| {
            let office = self.verifier.known.trust.authority_of(&signer.certificate).map(|office| office.person().name);
            let digits = signer.fingerprint.grouped();
            let short: String = digits.chars().take(9).collect();
            let issuer = Some(signer.certificate.issuer()).filter(|issuer| issuer.name != signer.person.name);
            match (office.or_else(|| issuer.map(|issuer| issuer.name)), zh) {
                (Some(office), true) => format!("{office}签发"),
                (Some(office), false) => format!("issued by {office}"),
                (None, true) => format!("自签名　指纹 {short}…"),
                (None, false) => format!("self-signed, fingerprint {short}…"),
            }
        };
        let mut all: Vec<String> = signers.iter().map(said).collect();
        all.dedup();
        all.join(if zh { "；" } else { "; " })
    }

    /// What a sheet would change of what counts here. Its content is not held any longer than that.
    fn compared(&self, tx: &Tx<'_>, mut row: InboxRow, file: &SheetFile, known: bool) -> Result<Sorted> {
        let writing = tx.any_sheet(&file.id)?.is_some_and(|here| here.phase == Phase::Draft);
        let other_edition = tx.other_edition(&file.rubric.id, &file.rubric.digest, &file.unit, file.year)?;
        if let Some(before) = counting(tx, file)?.filter(|_| row.sheet.state != MergeState::Same) {
            row.changed = crate::outcome::count(changed(&before, file).len());
            row.before_revision = before.revision;
            row.before = Some(before.result.total);
        }
        Ok(Sorted { row, writing, other_edition, known })
    }

    /// What each sheet is to what is here and to all the others.
    pub fn settle(mut self) -> (Vec<InboxRow>, Vec<MergeHint>, BTreeMap<String, Book>) {
        let hints = self.hints();
        let mut rows = std::mem::take(&mut self.rows);
        for sorted in &mut rows {
            self.settle_row(sorted);
        }
        (rows.into_iter().map(|sorted| sorted.row).collect(), hints, self.books)
    }

    fn settle_row(&self, sorted: &mut Sorted) {
        let Sorted { row, writing, other_edition, known } = sorted;
        let sheet = &mut row.sheet;
        if row.draft {
            return;
        }
        let record = self.records.get(&sheet.sheet);
        let contends = || match record.and_then(|record| record.standing(&sheet.sheet)) {
            Some(Standing::Conflict { sides, .. }) => sides.iter().any(|side| side.digest == sheet.digest),
            _ => false,
        };
        match sheet.state {
            // What contends and is kept since it was met waits for a decision all the same.
            MergeState::Same if !*known && contends() => sheet.state = MergeState::Conflicting,
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
            MergeState::Added | MergeState::Updated | MergeState::Older => true,
            MergeState::OtherEdition => self.input.editions,
            _ => false,
        };
    }

    fn problem(&self, failure: &Failure) -> crate::Problem {
        failure.problem(self.verifier.language())
    }

    /// What several of the sheets show together.
    fn hints(&self) -> Vec<MergeHint> {
        let mut all = self.decided.names().clone();
        self.records.values().cloned().for_each(|record| all.join(record));
        let language = self.verifier.language();
        hints::of_contents(&all, language).iter().map(|hint| hint.view(language)).collect()
    }
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
