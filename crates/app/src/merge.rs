//! Merging files into one record, in any order, without a workspace (`docs/formats/merge.md`).

mod blobs;
mod decide;
pub(crate) mod hints;
mod log;
mod many;
mod pieces;
mod read;
pub(crate) mod refused;
mod state;
mod write;

use crate::export::{make_folder_of, write_beside};
use crate::problem::Failure;
use crate::refusal::Refusal;
use crate::trust::{Handed, Refused as Distrusted};
use crate::verify::kind;
use crate::view::{MergeCount, MergeReport, MergeRow, MergeState, Verdict, VerifiedKind, VerifyReport};
use crate::{Language, Problem, Result, Session, Verifier, Watch, World, handed};
use assessment::merge::{Decision, Standing};
pub(crate) use blobs::Blobs;
pub use decide::DecideInput;
pub(crate) use log::{csv, log_rows};
pub use log::{said, said_of};
pub(crate) use many::{Given, each, files, is_archive};
use package::Certificate;
use package::verify::{SignerReport, Verified};
pub(crate) use pieces::Piece;
pub(crate) use read::{is_record, open_decision, read_alone};
pub use refused::Refused;
use state::Taken;
pub(crate) use state::{Merging, keys};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Name of the merged record in its folder.
pub const RECORD: &str = "merged.jsonl";
/// Name of the log beside it.
pub const LOG: &str = "merge-log.csv";

/// What to merge.
#[derive(Clone, Debug, Default)]
pub struct MergeInput {
    /// Packages, merged records, and folders of them.
    pub files: Vec<PathBuf>,
    /// The folder for the record and the log; what is there is replaced.
    pub out: PathBuf,
    /// Certificates of offices and people who are accepted, and revocation lists of those offices.
    pub trust: Vec<PathBuf>,
    /// Takes what unknown people signed as well.
    pub unverified: bool,
}

/// Whose signatures are accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Policy {
    /// Of people who are known.
    Known,
    /// Of anybody, as long as the signature fits and is not revoked.
    Anybody,
    /// That is asked when what was signed is compared with what is there.
    Later,
}

impl Policy {
    /// Why what these people signed is not taken.
    pub(crate) fn refuses(
        self,
        path: &Path,
        verdict: &Verdict,
        problems: &[Problem],
        signers: &[SignerReport],
    ) -> Option<Failure> {
        let unknown = signers.iter().find(|signer| signer.standing != package::trust::Standing::Known);
        self.refusal(path, verdict, problems, unknown.map(|signer| &signer.certificate))
    }

    /// Why what one person signed is not taken.
    pub(crate) fn refuses_one(
        self,
        path: &Path,
        verdict: &Verdict,
        problems: &[Problem],
        signer: &Certificate,
    ) -> Option<Failure> {
        self.refusal(path, verdict, problems, Some(signer))
    }

    fn refusal(
        self,
        path: &Path,
        verdict: &Verdict,
        problems: &[Problem],
        unknown: Option<&Certificate>,
    ) -> Option<Failure> {
        match (verdict, self) {
            (_, Self::Later) | (Verdict::Trusted, _) | (Verdict::SignerUnknown, Self::Anybody) => None,
            (Verdict::SignerUnknown, Self::Known) => {
                let path = path.display().to_string();
                let (person, fingerprint) = unknown.map(|c| (c.person(), c.fingerprint().grouped()))?;
                let (name, organisation) = (person.name, person.organisation);
                Some(Distrusted::SignerNotAccepted { path, name, organisation, fingerprint }.into())
            }
            _ => {
                let said = problems.first().cloned();
                let said = said.map(|Problem { what, place, todo, .. }| (what, place, todo)).unwrap_or_default();
                let (verdict, detail, todo) = said;
                let detail = detail.trim_end_matches(['。', '.']).to_owned();
                Some(Refusal::NotImported { path: path.display().to_string(), verdict, detail, todo }.into())
            }
        }
    }
}

/// What a file is, and what verifying it found.
pub(crate) enum Looked {
    Package(Box<VerifyReport>, Option<Box<(Verified, crate::content::Content)>>),
    Record,
    Workbook,
    Failed(Failure),
}

/// The file's first bytes: enough to know its kind.
pub(crate) fn beginning(path: &Path) -> Result<Vec<u8>> {
    let mut start = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(256).read_to_end(&mut start));
    read.map_err(|error| Refusal::FileUnreadable { path: path.display().to_string(), detail: error.to_string() })?;
    Ok(start)
}

impl Verifier<'_> {
    /// Says what a file is, and verifies it when it is a package.
    pub(crate) fn look(&self, path: &Path, watch: &Watch) -> Looked {
        let looked = beginning(path).and_then(|start| {
            let spreadsheet = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
            if read::is_record(&start) {
                return Ok(Looked::Record);
            }
            if spreadsheet {
                return Ok(Looked::Workbook);
            }
            let shown = || path.display().to_string();
            let kind = kind(path).map_err(|failure| match (failure.code(), is_archive(path)) {
                ("app.unknown-file-kind", true) => Refused::Archive { path: shown() }.into(),
                ("app.unknown-file-kind", false) => Refused::Stray { path: shown() }.into(),
                _ => failure,
            })?;
            match kind {
                VerifiedKind::Package => {}
                VerifiedKind::Pdf => return Err(Refusal::PdfNotImported { path: shown() }.into()),
                VerifiedKind::Receipt => return Err(Refusal::ReceiptNotImported { path: shown() }.into()),
            }
            let (report, held) = self.package(path, watch)?;
            // A package under another name is one all the same.
            if report.verdict == Verdict::Damaged && is_archive(path) {
                return Err(Refused::Archive { path: shown() }.into());
            }
            Ok(Looked::Package(Box::new(report), held.map(Box::new)))
        });
        looked.unwrap_or_else(Looked::Failed)
    }

    /// Accepts the people and offices of these files as well, for this verifier only.
    ///
    /// # Errors
    /// A file that is neither certificate nor revocation list; a list of an office that is not among them.
    pub fn accept_files(&mut self, paths: &[PathBuf]) -> Result<()> {
        let mut lists = Vec::new();
        for path in paths {
            let shown = path.display().to_string();
            match Handed::read(&shown, &handed::read(path)?)? {
                Handed::Certificates(certificates) => {
                    let (authorities, people): (Vec<_>, Vec<_>) =
                        certificates.into_iter().partition(Certificate::is_authority);
                    // An office's certificate stands behind those that it issued: only a file of its own accepts it.
                    match people.first() {
                        Some(person) => drop(self.known.trust.signers.insert(person.fingerprint())),
                        None => self.known.trust.authorities.extend(authorities),
                    }
                }
                Handed::List(list) => lists.push((shown, list)),
                Handed::Request(_) => return Err(Distrusted::NotATrustFile { path: shown }.into()),
            }
        }
        for (path, list) in lists {
            let name = list.issuer().name;
            if self.known.trust.add_list(list).is_none() {
                return Err(Distrusted::ListOfStranger { path, name }.into());
            }
        }
        Ok(())
    }
}

impl Session {
    /// Merges files into a record; whom this workspace accepts is accepted, and what it decided is merged as well.
    ///
    /// # Errors
    /// Nothing to merge; a file of trust that cannot be read; of the disk. What is wrong with one of the files stands in
    /// the report.
    pub fn merge(&self, input: &MergeInput, watch: &Watch) -> Result<MergeReport> {
        merge_with(self.verifier()?, input, self.sealed_decisions()?, watch)
    }
}

/// Merges files into a record; nobody is known but whom the input names.
///
/// # Errors
/// As [`Session::merge`].
pub fn merge(world: &World, language: Language, input: &MergeInput, watch: &Watch) -> Result<MergeReport> {
    merge_with(Verifier::alone(world, language), input, Vec::new(), watch)
}

fn merge_with(
    mut verifier: Verifier<'_>,
    input: &MergeInput,
    decisions: Vec<(Decision, Vec<u8>)>,
    watch: &Watch,
) -> Result<MergeReport> {
    verifier.accept_files(&input.trust)?;
    let given = files(&input.files, watch)?;
    if given.is_empty() {
        return Err(Refused::NothingGiven {}.into());
    }
    let Given { files, refused, .. } = given;
    let record = input.out.join(RECORD);
    make_folder_of(&record)?;
    let policy = if input.unverified { Policy::Anybody } else { Policy::Known };
    let mut run = Run {
        verifier: &verifier,
        policy,
        folder: &input.out,
        merging: Merging::create(&input.out)?,
        rows: Vec::new(),
    };
    each(&files, watch, |path, quiet| verifier.look(path, quiet), |index, looked| run.take(&files[index], looked))?;
    refused.iter().for_each(|(folder, failure)| run.refused(folder, failure, None));
    for (decision, sealed) in decisions {
        run.merging.decision(decision, &sealed)?;
    }
    run.settle();
    let Run { mut merging, rows, .. } = run;
    merging.write(&record)?;
    let log = input.out.join(LOG);
    write_beside(&log, csv(&rows, verifier.language()).as_bytes())?;
    let conflicts = merging.record.sheets().into_iter().filter(|sheet| is_conflict(&merging, sheet)).count();
    let hints = hints::of_record(&merging, verifier.language());
    Ok(MergeReport {
        digest: handed::digest(&record)?.to_string(),
        record: record.display().to_string(),
        log: log.display().to_string(),
        files: crate::outcome::count(files.len()),
        sheets: crate::outcome::count(merging.record.sheets().len()),
        conflicts: crate::outcome::count(conflicts),
        counts: counts(&rows),
        rows,
        hints: hints.iter().map(|hint| hint.view(verifier.language())).collect(),
    })
}

fn is_conflict(merging: &Merging, sheet: &str) -> bool {
    matches!(merging.record.standing(sheet), Some(Standing::Conflict { .. }))
}

/// How many rows have each state.
pub(crate) fn counts(rows: &[MergeRow]) -> Vec<MergeCount> {
    let all = [
        MergeState::Added,
        MergeState::Updated,
        MergeState::Decision,
        MergeState::Same,
        MergeState::Older,
        MergeState::OtherEdition,
        MergeState::Rejected,
        MergeState::Conflicting,
        MergeState::Untrusted,
        MergeState::Damaged,
        MergeState::Refused,
    ];
    let count = |state: MergeState| {
        let count = crate::outcome::count(rows.iter().filter(|row| row.state == state).count());
        MergeCount { state, count }
    };
    all.into_iter().map(count).filter(|count| count.count > 0).collect()
}

/// One run over many files.
struct Run<'v, 'w> {
    verifier: &'v Verifier<'w>,
    policy: Policy,
    /// Where texts are kept meanwhile.
    folder: &'v Path,
    merging: Merging,
    rows: Vec<MergeRow>,
}

impl Run<'_, '_> {
    fn take(&mut self, path: &Path, looked: Looked) -> Result<()> {
        match looked {
            Looked::Failed(failure) => self.refused(path, &failure, None),
            Looked::Workbook => {
                let path_shown = path.display().to_string();
                self.refused(path, &Refused::WorkbookAlone { path: path_shown }.into(), None);
            }
            Looked::Record => match read::read(&mut self.merging, self.folder, path, self.verifier, self.policy) {
                Ok(brought) => {
                    brought.taken.iter().for_each(|taken| self.taken(path, taken, &[]));
                    brought.refused.iter().for_each(|failure| self.refused(path, failure, None));
                }
                Err(failure) => self.refused(path, &failure, None),
            },
            Looked::Package(report, held) => self.package(path, &report, held.map(|held| *held))?,
        }
        Ok(())
    }

    fn package(
        &mut self,
        path: &Path,
        report: &VerifyReport,
        held: Option<(Verified, crate::content::Content)>,
    ) -> Result<()> {
        let (verified, content) = match unsound(path, report, held, self.policy) {
            Ok(held) => held,
            Err(failure) => {
                self.refused(path, &failure, Some(report));
                return Ok(());
            }
        };
        for taken in self.merging.package(&verified, &content)? {
            self.taken(path, &taken, verified.signers());
        }
        Ok(())
    }

    fn taken(&mut self, path: &Path, taken: &Taken, signers: &[SignerReport]) {
        let language = self.verifier.language();
        let shown = |time| self.verifier.local(time);
        let hints = if signers.is_empty() {
            Vec::new()
        } else {
            hints::of_sheet(&taken.subject, taken.finalised_at, signers, self.verifier.now(), shown)
        };
        let names: Vec<&str> = signers.iter().map(|signer| signer.person.name.as_str()).collect();
        let (place, subject) = (&taken.place, &taken.subject);
        self.rows.push(MergeRow {
            path: path.display().to_string(),
            state: if taken.again { MergeState::Same } else { MergeState::Added },
            sheet: place.sheet.clone(),
            digest: place.digest.clone(),
            unit: subject.unit.clone(),
            year: subject.year,
            stage: Some(subject.stage.into()),
            assessor: subject.assessor.name.clone(),
            organisation: subject.assessor.organisation.clone(),
            revision: place.revision,
            total: taken.total.clone(),
            signers: names.join("、"),
            hints: hints.iter().map(|hint| hint.view(language)).collect(),
            problem: None,
            decision: None,
        });
    }

    fn refused(&mut self, path: &Path, failure: &Failure, report: Option<&VerifyReport>) {
        self.rows.push(refused_row(path, failure.problem(self.verifier.language()), report));
    }

    /// What each row is to the whole record, whatever the order in which the files came.
    fn settle(&mut self) {
        let record = &self.merging.record;
        for row in self.rows.iter_mut().filter(|row| row.state == MergeState::Added) {
            row.state = settled(record, &row.sheet, &row.digest);
        }
    }
}

/// What a content of a sheet is to the record.
pub(crate) fn settled(record: &assessment::merge::Record, sheet: &str, digest: &str) -> MergeState {
    match record.standing(sheet) {
        Some(Standing::Current(place)) if place.digest == digest => {
            let first = record.of_sheet(sheet).next();
            let first = first.is_none_or(|(first, _)| first.revision == place.revision);
            if first { MergeState::Added } else { MergeState::Updated }
        }
        Some(Standing::Conflict { sides, .. }) if sides.iter().any(|side| side.digest == digest) => {
            MergeState::Conflicting
        }
        Some(Standing::Returned) => MergeState::Rejected,
        _ if record.is_rejected(sheet, digest) => MergeState::Rejected,
        _ => MergeState::Older,
    }
}

/// Why nothing of a package that is not sound is taken, and what to do about that.
pub(crate) fn not_imported(path: &Path, report: &VerifyReport) -> Failure {
    let said = report.problems.first().map(|problem| (problem.what.clone(), problem.todo.clone()));
    let (detail, todo) = said.unwrap_or_default();
    Refusal::NotImported { path: path.display().to_string(), verdict: report.title.clone(), detail, todo }.into()
}

/// A package of which something may be taken, or why not.
pub(crate) fn unsound(
    path: &Path,
    report: &VerifyReport,
    held: Option<(Verified, crate::content::Content)>,
    policy: Policy,
) -> Result<(Verified, crate::content::Content)> {
    let shown = || path.display().to_string();
    let Some((verified, content)) = held.filter(|_| report.verdict.is_signed()) else {
        return Err(not_imported(path, report));
    };
    if content.package.masked.is_some() {
        return Err(Refusal::MaskedNotImported { path: shown() }.into());
    }
    match policy.refuses(path, &report.verdict, &report.problems, verified.signers()) {
        Some(failure) => Err(failure),
        None => Ok((verified, content)),
    }
}

/// The row of a file of which nothing is taken.
pub(crate) fn refused_row(path: &Path, problem: Problem, report: Option<&VerifyReport>) -> MergeRow {
    let verdict = report.map(|report| report.verdict.clone());
    let state = match verdict {
        Some(Verdict::SignerUnknown | Verdict::Revoked | Verdict::Unfit | Verdict::OutOfTerm | Verdict::Unsigned) => {
            MergeState::Untrusted
        }
        Some(Verdict::Damaged | Verdict::Forged) => MergeState::Damaged,
        Some(_) | None => MergeState::Refused,
    };
    let signers = report.map(|report| report.signers.iter().map(|signer| signer.name.as_str()).collect::<Vec<_>>());
    let signers = signers.unwrap_or_default().join("、");
    MergeRow { signers, problem: Some(problem), ..MergeRow::of_no_sheet(path, state) }
}
