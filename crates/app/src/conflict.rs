//! Conflicts that people decide: which of several signed contents counts, and which names are one. Decisions are signed,
//! kept, merged with everything else, and taken back only by a later decision.

mod decide;
mod show;

pub(crate) use decide::{Settling, side};

use crate::merge::{Merging, hints};
use crate::view::{ConflictState, ConflictsView, DecisionKind, DecisionView};
use crate::{Language, Result, Session, documents, world};
use assessment::exchange::SheetFile;
use assessment::merge::{Choice, Decision, Held, Person, Place, Record, Standing, Subject};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use store::{RevisionRow, Tx};

/// What people decided here.
pub(crate) struct Decided {
    /// The decisions, without contents.
    names: Record,
}

/// A sheet about whose contents nobody has decided, or that went back to its assessor.
pub(crate) struct Undecided {
    pub sheet: String,
    /// What it is about, under the names that are meant.
    pub subject: Subject,
    /// How many contents there are; none where all went back.
    pub sides: usize,
}

impl Decided {
    pub fn load(tx: &Tx<'_>) -> Result<Self> {
        let mut names = Record::default();
        for row in tx.decisions()? {
            // They were written by this program.
            if let Ok(decision) = serde_json::from_str::<Decision>(&row.body) {
                names.decide(row.digest, decision);
            }
        }
        Ok(Self { names })
    }

    /// Adds one that arrives.
    pub fn learn(&mut self, digest: String, decision: Decision) {
        self.names.decide(digest, decision);
    }

    /// A decision by the digest of its signed file.
    pub fn known(&self, digest: &str) -> Option<&Decision> {
        self.names.decisions().find(|(known, _)| *known == digest).map(|(_, decision)| decision)
    }

    /// The sheet that a decision is about: of one that takes another back, the sheet of that one.
    pub fn sheet_of<'d>(&'d self, decision: &'d Decision) -> Option<&'d str> {
        match &decision.choice {
            Choice::Side { sheet, .. } => Some(sheet),
            // A decision names the digest of an earlier one, so there is no circle.
            Choice::Withdrawn { decision } => self.sheet_of(self.known(decision)?),
            Choice::Unit { .. } | Choice::Assessor { .. } => None,
        }
    }

    /// The sheets about whose contents somebody decided, whether they are here or not.
    pub fn sheets(&self) -> BTreeSet<String> {
        let all = self.names.decisions().filter_map(|(_, decision)| match &decision.choice {
            Choice::Side { sheet, .. } => Some(sheet.clone()),
            _ => None,
        });
        all.collect()
    }

    /// The sheets whose contents contend or were decided about.
    fn contended(&self, tx: &Tx<'_>) -> Result<BTreeSet<String>> {
        Ok(tx.contested_sheets()?.into_iter().chain(self.sheets()).collect())
    }

    /// The decisions as a record: it says which names are one.
    pub fn names(&self) -> &Record {
        &self.names
    }

    /// The record of one sheet: what is here of it, what contends, and what was decided about it.
    pub fn record_of(&self, tx: &Tx<'_>, sheet: &str) -> Result<Record> {
        let mut record = Record::default();
        for (digest, decision) in self.names.decisions() {
            let concerns = match &decision.choice {
                Choice::Side { sheet: decided, .. } => decided == sheet,
                Choice::Withdrawn { .. } => true,
                Choice::Unit { .. } | Choice::Assessor { .. } => false,
            };
            if concerns {
                record.decide(digest.to_owned(), decision.clone());
            }
        }
        for kept in tx.revisions(sheet)? {
            add(tx, &mut record, &kept)?;
        }
        for (kept, _) in tx.contested(sheet)? {
            add(tx, &mut record, &kept)?;
        }
        Ok(record)
    }

    /// The contents at which the sheets here stand, with what was decided on names.
    pub fn standing(&self, tx: &Tx<'_>) -> Result<Record> {
        let (mut record, mut signers) = (self.names.clone(), tx.standing_signers()?);
        // Few people sign many sheets.
        let mut known: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::new();
        for row in tx.sheets()? {
            let Some(digest) = row.digest else { continue };
            let signed = signers.remove(&row.id).unwrap_or_default();
            let keys = match known.get(&signed) {
                Some(keys) => keys.clone(),
                None => known.entry(signed.clone()).or_insert(tx.keys_of(&signed)?.into_iter().collect()).clone(),
            };
            let assessor = Person { name: row.assessor, organisation: row.organisation };
            let (rubric, unit, year) = (row.assessment.rubric, row.assessment.unit, row.assessment.year);
            let subject = Subject { rubric, unit, year, stage: row.stage, assessor };
            let place = Place { sheet: row.id, revision: row.revision, digest };
            record.add(place, Held { subject, keys, proofs: BTreeSet::new() });
        }
        Ok(record)
    }

    /// The content at which a sheet ought to stand, where it does not.
    pub fn due(&self, tx: &Tx<'_>, sheet: &str) -> Result<Option<Place>> {
        let record = self.record_of(tx, sheet)?;
        let Some(Standing::Current(place)) = record.standing(sheet) else { return Ok(None) };
        let here = tx.any_sheet(sheet)?.and_then(|here| here.digest);
        Ok(Some(place).filter(|place| here.as_ref() != Some(&place.digest)))
    }

    /// The person who is meant.
    pub fn person(&self, name: &str, organisation: &str) -> Person {
        let given = Person { name: name.to_owned(), organisation: organisation.to_owned() };
        self.names.assessor(&given).clone()
    }

    /// The sheets whose contents contend.
    pub fn undecided(&self, tx: &Tx<'_>) -> Result<Vec<Undecided>> {
        let mut found = Vec::new();
        for sheet in self.contended(tx)? {
            let record = self.record_of(tx, &sheet)?;
            let sides = match record.standing(&sheet) {
                Some(Standing::Conflict { sides, .. }) => sides.len(),
                Some(Standing::Returned) => 0,
                Some(Standing::Current(_)) | None => continue,
            };
            let Some((_, held)) = record.of_sheet(&sheet).last() else { continue };
            let unit = self.names.unit(&held.subject.unit).to_owned();
            let assessor = self.names.assessor(&held.subject.assessor).clone();
            found.push(Undecided { sheet, subject: Subject { unit, assessor, ..held.subject.clone() }, sides });
        }
        Ok(found)
    }
}

fn add(tx: &Tx<'_>, record: &mut Record, kept: &RevisionRow) -> Result<()> {
    let Ok(file) = serde_json::from_str::<SheetFile>(&kept.file) else { return Ok(()) };
    let place = Place { sheet: kept.sheet.clone(), revision: kept.revision, digest: kept.digest.clone() };
    let keys = tx.keys_of(&kept.signers)?.into_iter().collect();
    record.add(place, Held { subject: Subject::from(&file), keys, proofs: BTreeSet::new() });
    Ok(())
}

impl Session {
    /// The conflicts here, names that may be one, and all decisions.
    ///
    /// # Errors
    /// Of the disk.
    pub fn conflicts(&self) -> Result<ConflictsView> {
        let (decided, mut conflicts, everything) = self.read(|tx| {
            let decided = Decided::load(tx)?;
            let mut conflicts = Vec::new();
            for sheet in decided.contended(tx)? {
                conflicts.extend(show::summary(tx, &decided, &sheet, self.language)?);
            }
            let everything = decided.standing(tx)?;
            Ok((decided, conflicts, everything))
        })?;
        conflicts.sort_by_key(|one| one.state != ConflictState::Open);
        let hints = hints::of_contents(&everything, self.language);
        Ok(ConflictsView {
            conflicts,
            hints: hints.iter().map(|hint| hint.view(self.language)).collect(),
            decisions: self.decisions_of(&decided, |_| true),
        })
    }

    /// The decisions, the latest first.
    fn decisions_of(&self, decided: &Decided, wanted: impl Fn(&Choice) -> bool) -> Vec<DecisionView> {
        let active: BTreeSet<&str> = decided.names.active().into_iter().map(|(digest, _)| digest).collect();
        let all: Vec<(&str, &Decision)> =
            decided.names.decisions().filter(|(_, decision)| wanted(&decision.choice)).collect();
        let view = |(digest, decision): (&str, &Decision)| DecisionView {
            digest: digest.to_owned(),
            kind: kind(&decision.choice),
            text: words(&decision.choice, self.language),
            reason: decision.reason.clone(),
            by: format!("{} {}", decision.by.name, decision.by.organisation),
            at: world::seconds(&decision.at).map(|at| self.shown(at)).unwrap_or_default(),
            active: active.contains(digest),
            sheet: match &decision.choice {
                Choice::Side { sheet, .. } => Some(sheet.clone()),
                _ => None,
            },
        };
        all.into_iter().rev().map(view).collect()
    }

    /// Writes all decisions of this workspace as a record, which is merged like any other file.
    ///
    /// # Errors
    /// A file that is there; of the disk.
    pub fn export_decisions(&self, out: &Path) -> Result<()> {
        if out.exists() {
            return Err(crate::refusal::Refusal::FileExists { path: out.display().to_string() }.into());
        }
        crate::export::make_folder_of(out)?;
        let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut alone = Merging::create(folder)?;
        for (decision, sealed) in self.sealed_decisions()? {
            alone.decision(decision, &sealed)?;
        }
        alone.write(out)
    }

    /// All decisions with their signed files.
    pub(crate) fn sealed_decisions(&self) -> Result<Vec<(Decision, Vec<u8>)>> {
        let rows = self.read(|tx| Ok(tx.decisions()?))?;
        let read = |row: store::DecisionRow| Some((serde_json::from_str(&row.body).ok()?, row.sealed));
        Ok(rows.into_iter().filter_map(read).collect())
    }
}

pub(crate) fn kind(choice: &Choice) -> DecisionKind {
    match choice {
        Choice::Side { .. } => DecisionKind::Side,
        Choice::Unit { .. } => DecisionKind::Unit,
        Choice::Assessor { .. } => DecisionKind::Assessor,
        Choice::Withdrawn { .. } => DecisionKind::Withdrawn,
    }
}

/// A decision in words.
pub(crate) fn words(choice: &Choice, language: Language) -> String {
    let zh = language == Language::Zh;
    let short = |digest: &str| digest.chars().take(8).collect::<String>();
    match choice {
        Choice::Side { taken: Some(taken), marks, .. } => {
            let marks: Vec<String> = marks.iter().map(|(code, mark)| format!("{code} {mark}")).collect();
            let (marks, taken) = (marks.join(if zh { "、" } else { ", " }), short(taken));
            match (zh, marks.is_empty()) {
                (true, true) => format!("采用 {taken}"),
                (true, false) => format!("采用 {taken}，另记 {marks}"),
                (false, true) => format!("{taken} counts"),
                (false, false) => format!("{taken} counts, with {marks}"),
            }
        }
        Choice::Side { taken: None, .. } if zh => "都不采用，退回评估人".to_owned(),
        Choice::Side { taken: None, .. } => "none counts, back to the assessor".to_owned(),
        Choice::Unit { given, meant } if zh => format!("“{given}”就是“{meant}”"),
        Choice::Unit { given, meant } => format!("“{given}” is “{meant}”"),
        Choice::Assessor { given, meant } => {
            let [given, meant] = [given, meant].map(|person| format!("{} {}", person.name, person.organisation));
            if zh { format!("“{given}”就是“{meant}”") } else { format!("“{given}” is “{meant}”") }
        }
        Choice::Withdrawn { decision } if zh => format!("收回裁定 {}", short(decision)),
        Choice::Withdrawn { decision } => format!("decision {} taken back", short(decision)),
    }
}

/// Why contents contend, in words.
fn why_words(why: assessment::merge::Why, language: Language) -> &'static str {
    use assessment::merge::Why;
    match (why, language) {
        (Why::TwoContents, Language::Zh) => "同一版次有两种内容",
        (Why::OtherSigners, Language::Zh) => "新版少了原来的签名人",
        (Why::OtherSubject, Language::Zh) => "新版换了单位、年度、阶段、评估人或指标体系",
        (Why::TwoContents, Language::En) => "two contents under one revision",
        (Why::OtherSigners, Language::En) => "not signed by everybody who signed before",
        (Why::OtherSubject, Language::En) => "about another unit, year, stage, assessor or rubric than before",
    }
}

/// Unit, year, stage and assessor, for a history.
pub(crate) fn named(subject: &Subject) -> String {
    let stage = documents::stage_name(subject.stage, Language::Zh);
    format!("{} {} {stage} {}", subject.unit, subject.year, subject.assessor.name)
}
