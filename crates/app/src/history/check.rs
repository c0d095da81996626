//! Checking the history: its chain, the revisions and values that it speaks of, and the packages that carry its head.

use crate::outcome::count;
use crate::problem::Failure;
use crate::view::{HistoryCompared, HistoryReport};
use crate::{Result, Session, Watch};
use assessment::exchange::{HistoryRef, PackageFile, SheetFile};
use assessment::{Entry, EntryKind, Records};
use package::Sha256;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use store::{FAULTS_MAXIMUM, HistoryFault, SheetRow, Tx};

/// What can be wrong with a history.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Fault {
    /// Lines are gone.
    #[error("lines {rows} are missing")]
    Missing {
        /// Their numbers.
        rows: String,
    },
    /// Lines were put in.
    #[error("lines {rows} were put in")]
    Inserted {
        /// Their numbers.
        rows: String,
    },
    /// A line stands at another place.
    #[error("line {row} was line {was}")]
    Moved {
        /// Where it stands.
        row: i64,
        /// Where it stood.
        was: i64,
    },
    /// A line was changed.
    #[error("line {row} was changed")]
    Altered {
        /// The line.
        row: i64,
        /// What it says now.
        says: String,
    },
    /// The file of a finalised revision is not the one that was finalised.
    #[error("revision {digest} of {sheet} was changed")]
    RevisionChanged {
        /// Unit, year and assessor.
        sheet: String,
        /// The digest that the history has.
        digest: String,
        /// The digest of the file.
        found: String,
    },
    /// A finalised revision is gone.
    #[error("revision {digest} of {sheet} is gone")]
    RevisionGone {
        /// Unit, year and assessor.
        sheet: String,
        /// The digest that the history has.
        digest: String,
    },
    /// A value is not the one that was recorded last.
    #[error("{point} of {sheet} is {found}, recorded was {recorded}")]
    ValueChanged {
        /// Unit, year and assessor.
        sheet: String,
        /// The code.
        point: String,
        /// What the history has; empty for nothing.
        recorded: String,
        /// What is there; empty for nothing.
        found: String,
    },
    /// A package has another head than the history had at that line.
    #[error("{path} has another line {rows}")]
    PackageOther {
        /// The package.
        path: String,
        /// How many lines it says there were.
        rows: i64,
    },
    /// A package says that there were more lines than there are.
    #[error("{path} has {rows} lines, here are {found}")]
    PackageLonger {
        /// The package.
        path: String,
        /// How many lines it says there were.
        rows: i64,
        /// How many there are.
        found: i64,
    },
    /// A package is not of this workspace.
    #[error("{path} was not made here")]
    PackageForeign {
        /// The package.
        path: String,
    },
    /// A package carries no history.
    #[error("{path} has no history")]
    PackageSilent {
        /// The package.
        path: String,
    },
    /// A package is not sound.
    #[error("{path}: {verdict}")]
    PackageUnsound {
        /// The package.
        path: String,
        /// What verifying said.
        verdict: String,
    },
}

/// What reading the sheets against the history came to.
#[derive(Default)]
struct Replayed {
    faults: Vec<Fault>,
    revisions: usize,
    values: usize,
}

impl Session {
    /// Checks the whole history: that every line is the one that was written and follows the one before; that the
    /// finalised revisions and the values of the sheets are those that it speaks of; and that packages which were
    /// handed over before carry a head that this history had.
    ///
    /// # Errors
    /// A package that cannot be read; of the disk. What is wrong with the history stands in the report.
    pub fn check_history(&mut self, packages: &[&Path], watch: &Watch) -> Result<HistoryReport> {
        let (chain, says) = self.read(|tx| {
            let chain = tx.check_history()?;
            let altered = chain.faults.iter().map(HistoryFault::place);
            let says = altered.map(|row| Ok((row, said(tx, row)?))).collect::<Result<BTreeMap<_, _>>>()?;
            Ok((chain, says))
        })?;
        let mut faults: Vec<Fault> = chain.faults.iter().map(|fault| chain_fault(fault, &says)).collect();
        let replayed = self.read(replay)?;
        faults.extend(replayed.faults);
        let mut compared = Vec::new();
        for path in packages {
            match self.compare(path, watch)? {
                Ok(rows) => compared.push(self.compared(path, rows, true)),
                Err(fault) => {
                    if let Fault::PackageOther { rows, .. } | Fault::PackageLonger { rows, .. } = fault {
                        compared.push(self.compared(path, rows, false));
                    }
                    faults.push(fault);
                }
            }
        }
        let problem = |fault: &Fault| Failure::of("history", fault).problem(self.language);
        Ok(HistoryReport {
            sound: faults.is_empty(),
            rows: super::number(chain.rows),
            head: chain.head.hash,
            revisions: count(replayed.revisions),
            values: count(replayed.values),
            compared,
            problems: faults.iter().take(FAULTS_MAXIMUM).map(problem).collect(),
        })
    }

    fn compared(&self, path: &Path, rows: i64, same: bool) -> HistoryCompared {
        HistoryCompared { path: path.display().to_string(), rows: super::number(rows), same }
    }

    /// Whether the history here begins with the one whose head a package carries; gives its number of lines.
    fn compare(&self, path: &Path, watch: &Watch) -> Result<std::result::Result<i64, Fault>> {
        let (report, held) = self.verifier()?.package(path, watch)?;
        let path = path.display().to_string();
        let Some((_, content)) = held.filter(|_| report.verdict.is_signed()) else {
            return Ok(Err(Fault::PackageUnsound { path, verdict: report.title }));
        };
        self.read(|tx| {
            if !is_own(tx, &content.package)? {
                return Ok(Err(Fault::PackageForeign { path }));
            }
            let Some(HistoryRef { rows, head }) = content.package.history else {
                return Ok(Err(Fault::PackageSilent { path }));
            };
            Ok(match tx.history_hash(rows)? {
                Some(hash) if hash == head => Ok(rows),
                Some(_) => Err(Fault::PackageOther { path, rows }),
                None => Err(Fault::PackageLonger { path, rows, found: tx.history_head()?.rows }),
            })
        })
    }
}

/// Whether a package was made of sheets of this workspace.
fn is_own(tx: &Tx<'_>, package: &PackageFile) -> Result<bool> {
    let own = |id: &String| Ok::<_, store::Error>(tx.any_sheet(id)?.is_some_and(|row| !row.imported));
    let found = package.sheets.iter().map(|sheet| own(&sheet.id)).collect::<std::result::Result<Vec<_>, _>>()?;
    Ok(found.into_iter().any(|own| own))
}

fn chain_fault(fault: &HistoryFault, says: &BTreeMap<i64, String>) -> Fault {
    let range = |first: i64, last: i64| if first == last { first.to_string() } else { format!("{first}–{last}") };
    match *fault {
        HistoryFault::Missing { first, last } => Fault::Missing { rows: range(first, last) },
        HistoryFault::Inserted { first, last } => Fault::Inserted { rows: range(first, last) },
        HistoryFault::Moved { row, was } => Fault::Moved { row, was },
        HistoryFault::Altered { row } => Fault::Altered { row, says: says.get(&row).cloned().unwrap_or_default() },
    }
}

/// What a line says now, in one line.
fn said(tx: &Tx<'_>, row: i64) -> Result<String> {
    let found = tx.history(None, Some(row.saturating_add(1)), 1)?.into_iter().find(|found| found.number == row);
    let Some(found) = found else { return Ok(String::new()) };
    let value =
        |text: &Option<String>| text.clone().unwrap_or_else(|| "—".to_owned()).chars().take(80).collect::<String>();
    let change = format!("{} → {}", value(&found.old), value(&found.new));
    let parts = [found.who.unwrap_or_default(), found.action, found.target, change];
    Ok(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
}

/// What the history says of one sheet.
#[derive(Default)]
struct Told {
    /// The values that were recorded last; `None` where one was taken away.
    values: BTreeMap<(EntryKind, String), Option<String>>,
    /// The revisions that were finalised here or taken in.
    digests: BTreeSet<String>,
    /// A file brought values that no line names.
    brought: bool,
}

impl Told {
    fn read(tx: &Tx<'_>, row: &SheetRow) -> Result<Self> {
        let mut told = Self::default();
        tx.each_of_history(&row.id, |said| match said.action.as_str() {
            "finalize" => told.digests.extend(said.new),
            "import-added" | "import-updated" => {
                told.values.clear();
                told.digests.extend(said.new);
                told.brought = true;
            }
            "import-undone" => {
                told.values.clear();
                told.digests.retain(|digest| Some(digest) != said.old.as_ref());
            }
            action => {
                if let Ok(kind) = action.parse::<EntryKind>() {
                    told.values.insert((kind, said.target), said.new);
                }
            }
        })?;
        Ok(told)
    }

    /// What a draft ought to hold, beside what it holds.
    fn expected(&self, records: &Records) -> Records {
        let mut expected = if self.brought { records.clone() } else { carried(records) };
        for ((kind, code), value) in &self.values {
            expected.apply(Entry { kind: *kind, code: code.clone(), value: value.clone() });
        }
        expected
    }
}

/// What waits of the last round came with the sheet; the history names it when it is confirmed.
fn carried(records: &Records) -> Records {
    let kind = EntryKind::Carried;
    let waiting = records.of(kind);
    waiting.map(|(code, value)| Entry { kind, code: code.to_owned(), value: Some(value.to_owned()) }).collect()
}

/// Compares the sheets with what the history says of them.
fn replay(tx: &Tx<'_>) -> Result<Replayed> {
    let mut replayed = Replayed::default();
    for row in tx.sheets()? {
        let told = Told::read(tx, &row)?;
        let files = revisions(tx, &row, &told.digests, &mut replayed.faults)?;
        let records = tx.records(&row.id)?;
        let fixed = row.digest.as_ref().and_then(|digest| files.get(digest));
        let fixed = fixed.and_then(|file| serde_json::from_str::<SheetFile>(file).ok()).map(|file| file.records());
        let expected = fixed.unwrap_or_else(|| told.expected(&records));
        replayed.revisions += told.digests.len();
        replayed.values += differing(&row, &records, &expected, &mut replayed.faults);
    }
    Ok(replayed)
}

/// Reads the files of the revisions that the history names; gives those that are there, by digest.
fn revisions(
    tx: &Tx<'_>,
    row: &SheetRow,
    digests: &BTreeSet<String>,
    faults: &mut Vec<Fault>,
) -> Result<BTreeMap<String, String>> {
    let kept: BTreeMap<String, String> =
        tx.revisions(&row.id)?.into_iter().map(|kept| (kept.digest, kept.file)).collect();
    for digest in digests {
        let (sheet, digest) = (named(row), digest.clone());
        match kept.get(&digest).map(|file| Sha256::of(file.as_bytes()).to_string()) {
            Some(found) if found == digest => {}
            Some(found) => faults.push(Fault::RevisionChanged { sheet, digest, found }),
            None => faults.push(Fault::RevisionGone { sheet, digest }),
        }
    }
    Ok(kept)
}

/// Names the values that are not what they ought to be; gives how many were compared. A verdict on a piece that was
/// taken out of the catalogue stays with the sheet and not in its file.
fn differing(row: &SheetRow, records: &Records, expected: &Records, faults: &mut Vec<Fault>) -> usize {
    let mut compared = 0;
    for kind in EntryKind::ALL.into_iter().filter(|kind| *kind != EntryKind::Verdict || row.digest.is_none()) {
        let codes: BTreeSet<&str> = records.of(kind).chain(expected.of(kind)).map(|(code, _)| code).collect();
        for code in codes {
            compared += 1;
            let [found, recorded] = [records, expected].map(|all| all.get(kind, code).unwrap_or_default().to_owned());
            if found != recorded {
                faults.push(Fault::ValueChanged { sheet: named(row), point: code.to_owned(), recorded, found });
            }
        }
    }
    compared
}

fn named(row: &SheetRow) -> String {
    format!("{} {} {}", row.assessment.unit, row.assessment.year, row.assessor)
}
