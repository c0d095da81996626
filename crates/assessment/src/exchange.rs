//! The files of a package that this crate gives meaning to: `package.json`, `sheets/<id>.json`, `evidence.json`.
//!
//! Decimals are strings in their one spelling; times are seconds since 1970 in UTC, written as RFC 3339 text by
//! the caller. Written as canonical JSON, so the same sheet gives the same bytes.

use crate::error::Error;
use crate::evidence::{EvidenceKind, Medium};
use crate::on_site::Origin;
use crate::record::{Entry, EntryKind, Figure, Records, joined};
use crate::sheet::Stage;
use crate::verdict::{self, Judgement};
use rubric::decimal::show;
use rubric::{Outcome, PartFinding, Rubric, decimal};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Version of the three files.
pub const FORMAT: u32 = 1;

/// Which rubric a file was written under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RubricRef {
    /// Its identifier.
    pub id: String,
    /// Its edition.
    pub edition: String,
    /// SHA-256 of its file.
    pub digest: String,
}

impl From<&Rubric> for RubricRef {
    fn from(rubric: &Rubric) -> Self {
        Self { id: rubric.id.clone(), edition: rubric.edition.clone(), digest: rubric.digest.as_str().to_owned() }
    }
}

/// `sheets/<id>.json`: one revision of one assessor's sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetFile {
    /// [`FORMAT`].
    pub format: u32,
    /// Identifier of the sheet, the same for all its revisions.
    pub id: String,
    /// From 1.
    pub revision: u32,
    /// Why the previous revision was reopened.
    pub reason: Option<String>,
    /// SHA-256 of the previous revision's file.
    pub previous: Option<String>,
    /// The rubric that it was scored under.
    pub rubric: RubricRef,
    /// The unit assessed.
    pub unit: String,
    /// The year of the assessment.
    pub year: i32,
    /// The stage.
    pub stage: Stage,
    /// Name of the assessor.
    pub assessor: String,
    /// The assessor's organisation.
    pub organisation: String,
    /// When it was finalised, RFC 3339 in UTC.
    pub finalised_at: String,
    /// Marks by point code.
    pub marks: BTreeMap<String, String>,
    /// Findings for the parts of points and adjustments, by code, then by number from 1.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub findings: BTreeMap<String, BTreeMap<String, PartFinding>>,
    /// Quantities by the code where they were recorded, then by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub quantities: BTreeMap<String, BTreeMap<String, Figure>>,
    /// Decisions by condition code.
    pub conditions: BTreeMap<String, bool>,
    /// Remarks by point code.
    pub remarks: BTreeMap<String, String>,
    /// Points marked as doubtful.
    pub doubts: BTreeSet<String>,
    /// What the expert found of pieces of evidence (核验), by their identifiers in `evidence.json`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub verdicts: BTreeMap<String, Judgement>,
    /// What followed from the findings, for readers without this program.
    pub result: ResultFile,
    /// What is otherwise than in the last signed revision; absent where none was signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<Changes>,
}

/// What a revision has otherwise than an earlier one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changes {
    /// The earlier revision.
    pub since: u32,
    /// SHA-256 of its file.
    pub digest: String,
    /// Its total.
    pub total: String,
    /// Every entry that differs, by kind and code.
    pub entries: Vec<ChangedEntry>,
}

/// An entry that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangedEntry {
    /// Word of its kind, such as `mark`.
    pub kind: String,
    /// Its code.
    pub code: String,
    /// Its value then; absent when there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// Its value now; absent when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
}

impl Changes {
    /// What `now` has otherwise than an earlier revision, whose digest is given.
    #[must_use]
    pub fn since(before: &SheetFile, digest: &str, now: &Records) -> Self {
        let then = before.records();
        let mut entries = Vec::new();
        for kind in EntryKind::ALL {
            let codes: BTreeSet<&str> = then.of(kind).chain(now.of(kind)).map(|(code, _)| code).collect();
            for code in codes {
                let (old, new) = (then.get(kind, code).map(str::to_owned), now.get(kind, code).map(str::to_owned));
                if old != new {
                    let kind = <&str>::from(kind).to_owned();
                    entries.push(ChangedEntry { kind, code: code.to_owned(), old, new });
                }
            }
        }
        Self { since: before.revision, digest: digest.to_owned(), total: before.result.total.clone(), entries }
    }
}

/// The result inside a sheet file. It is recomputed on reading and must be equal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultFile {
    /// Sum of all marks.
    pub total: String,
    /// The grade, where the rubric has grades.
    pub grade: Option<String>,
    /// Score by indicator code.
    pub indicators: BTreeMap<String, String>,
    /// Mark by point code, entered or derived from findings.
    pub points: BTreeMap<String, String>,
    /// Amounts by the code of an adjustment.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub adjustments: BTreeMap<String, String>,
    /// Scores of categories, adjustments included.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub categories: BTreeMap<String, String>,
}

impl From<&Outcome> for ResultFile {
    fn from(outcome: &Outcome) -> Self {
        Self {
            total: show(outcome.total),
            grade: outcome.conclusion.grade.clone(),
            indicators: outcome.indicators.iter().map(|i| (i.code.clone(), show(i.score))).collect(),
            points: outcome.points.iter().filter_map(|p| Some((p.code.clone(), show(p.score?)))).collect(),
            adjustments: outcome.adjustments.iter().filter_map(|a| Some((a.code.clone(), show(a.amount?)))).collect(),
            categories: outcome.categories.iter().map(|c| (c.name.clone(), show(c.score))).collect(),
        }
    }
}

impl SheetFile {
    /// Fills the findings from a sheet's entries.
    pub fn set_records(&mut self, records: &Records) {
        let owned = |kind| records.of(kind).map(|(code, value)| (code.to_owned(), value.to_owned()));
        self.marks = owned(EntryKind::Mark).collect();
        self.findings = BTreeMap::new();
        for (code, number, value) in records.joined(EntryKind::Part) {
            if let Ok(finding) = serde_json::from_str(value) {
                self.findings.entry(code.to_owned()).or_default().insert(number.to_owned(), finding);
            }
        }
        self.quantities = BTreeMap::new();
        for (code, name, value) in records.joined(EntryKind::Quantity) {
            if let Ok(figure) = serde_json::from_str(value) {
                self.quantities.entry(code.to_owned()).or_default().insert(name.to_owned(), figure);
            }
        }
        self.conditions = owned(EntryKind::Condition).map(|(code, value)| (code, value == "true")).collect();
        self.remarks = owned(EntryKind::Remark).collect();
        self.doubts = owned(EntryKind::Doubt).map(|(code, _)| code).collect();
        self.verdicts = records.judgements().map(|(id, judgement)| (id.to_owned(), judgement)).collect();
    }

    /// The findings as a sheet's entries.
    #[must_use]
    pub fn records(&self) -> Records {
        let entry = |kind, code: &String, value: String| Entry { kind, code: code.clone(), value: Some(value) };
        let json = "findings and figures are plain data";
        let marks = self.marks.iter().map(|(code, mark)| entry(EntryKind::Mark, code, mark.clone()));
        let verdicts = self
            .verdicts
            .iter()
            .map(|(id, judgement)| entry(EntryKind::Verdict, id, serde_json::to_string(judgement).expect(json)));
        let parts = self.findings.iter().flat_map(|(code, parts)| {
            let value = |finding| serde_json::to_string(finding).expect(json);
            parts.iter().map(move |(number, f)| entry(EntryKind::Part, &joined(code, number), value(f)))
        });
        let figures = self.quantities.iter().flat_map(|(code, figures)| {
            let value = |figure| serde_json::to_string(figure).expect(json);
            figures.iter().map(move |(name, f)| entry(EntryKind::Quantity, &joined(code, name), value(f)))
        });
        let conditions =
            self.conditions.iter().map(|(code, present)| entry(EntryKind::Condition, code, present.to_string()));
        let remarks = self.remarks.iter().map(|(code, text)| entry(EntryKind::Remark, code, text.clone()));
        let doubts = self.doubts.iter().map(|code| entry(EntryKind::Doubt, code, true.to_string()));
        marks.chain(parts).chain(figures).chain(conditions).chain(remarks).chain(doubts).chain(verdicts).collect()
    }

    /// Checks a file that came from elsewhere against the rubric: every mark is legal, in its one spelling, and
    /// the result is the one that follows.
    ///
    /// # Errors
    /// [`Error::BadSheetFile`] with the first thing that does not fit.
    pub fn check(&self, rubric: &Rubric) -> Result<Outcome, Error> {
        let bad = |detail: String| Error::BadSheetFile { detail };
        if self.format != FORMAT {
            return Err(bad(format!("format {}", self.format)));
        }
        if self.rubric != RubricRef::from(rubric) {
            return Err(bad(format!("rubric {} {}", self.rubric.id, self.rubric.digest)));
        }
        let one_spelling = |mark: &str| decimal::parse(mark).is_some_and(|value| show(value) == mark);
        if let Some((code, mark)) = self.marks.iter().find(|(_, mark)| !one_spelling(mark)) {
            return Err(bad(format!("marks.{code} = {mark}")));
        }
        let figures = self.quantities.iter().flat_map(|(code, figures)| figures.iter().map(move |f| (code, f)));
        if let Some((code, (name, figure))) = figures.into_iter().find(|(_, (_, figure))| !one_spelling(&figure.value))
        {
            return Err(bad(format!("quantities.{code}.{name} = {}", figure.value)));
        }
        let parts = self.findings.iter().flat_map(|(code, parts)| parts.keys().map(move |number| (code, number)));
        if let Some((code, number)) = parts.into_iter().find(|(code, number)| !is_part(rubric, code, number)) {
            return Err(bad(format!("findings.{code}.{number}")));
        }
        if let Some(id) = self.unfit_verdict() {
            return Err(bad(format!("verdicts.{id}")));
        }
        if let Some(place) = self.unfit_change() {
            return Err(bad(format!("changes {place}")));
        }
        let outcome = rubric::score(rubric, &self.records().findings(rubric, self.stage));
        if let Some(problem) = outcome.problems.first() {
            return Err(bad(problem.to_string()));
        }
        let result = ResultFile::from(&outcome);
        if result != self.result {
            return Err(bad(format!("result.total = {}, recomputed {}", self.result.total, result.total)));
        }
        Ok(outcome)
    }
}

impl SheetFile {
    /// The piece whose verdict an expert could not have recorded so.
    fn unfit_verdict(&self) -> Option<&String> {
        let own = verdict::require_expert(self.stage).is_err();
        let kept = |judgement: &Judgement| Judgement::new(judgement.verdict, &judgement.note).as_ref() == Ok(judgement);
        let fits = |judgement: &Judgement| !own && kept(judgement) && !judgement.lacks_note();
        self.verdicts.iter().find(|(_, judgement)| !fits(judgement)).map(|(id, _)| id)
    }
}

impl SheetFile {
    /// The change that is none: it comes from no earlier revision, or its value is not the one that this sheet has.
    fn unfit_change(&self) -> Option<String> {
        let changes = self.changes.as_ref()?;
        if changes.since == 0 || changes.since >= self.revision {
            return Some(format!("since {}", changes.since));
        }
        let now = self.records();
        let fits = |entry: &&ChangedEntry| {
            let kind: Option<EntryKind> = entry.kind.parse().ok();
            entry.old != entry.new && kind.is_some_and(|kind| now.get(kind, &entry.code) == entry.new.as_deref())
        };
        changes.entries.iter().find(|entry| !fits(entry)).map(|entry| format!("{} {}", entry.kind, entry.code))
    }
}

/// Whether a number names a part of a point or adjustment, in its one spelling.
fn is_part(rubric: &Rubric, code: &str, number: &str) -> bool {
    let of_point = rubric.point(code).map(|(_, point)| point.parts.len());
    let parts = of_point.or_else(|| rubric.adjustment(code).map(|adjustment| adjustment.parts.len()));
    parts.is_some_and(|parts| (1..=parts).any(|known| known.to_string() == number))
}

/// `evidence.json`: the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceFile {
    /// [`FORMAT`].
    pub format: u32,
    /// The pieces, in the order of their identifiers.
    pub items: Vec<EvidenceEntry>,
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceEntry {
    /// Its identifier.
    pub id: String,
    /// Its name (材料名称).
    pub name: String,
    /// Year and month (时间), `2021.09`, or empty.
    pub date: String,
    /// Type (类型).
    pub kind: Option<EvidenceKind>,
    /// Document number or remark (备注/文号).
    pub note: String,
    /// What it is in the hand (材料形式).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medium: Option<Medium>,
    /// What 附件5 asks of its medium, by key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub details: BTreeMap<String, String>,
    /// Name of the file that was attached.
    pub file_name: String,
    /// Ending of the stored file, without the dot; may be empty.
    pub extension: String,
    /// Size in bytes, as a decimal string.
    pub size: String,
    /// SHA-256 of the content.
    pub sha256: String,
    /// Codes of the points that it supports.
    pub points: BTreeSet<String>,
    /// The expert's sheet that it was brought with; absent for the unit's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Where in it each point finds its support, such as 第3页, by code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pages: BTreeMap<String, String>,
}

/// `package.json`: what is inside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackageFile {
    /// [`FORMAT`].
    pub format: u32,
    /// The program that wrote it.
    pub program: String,
    /// The rubric.
    pub rubric: RubricRef,
    /// The unit assessed.
    pub unit: String,
    /// The year of the assessment.
    pub year: i32,
    /// The sheets inside.
    pub sheets: Vec<SheetRef>,
    /// Whether the evidence files are inside or left out by design.
    pub evidence: EvidenceScope,
    /// Where the sender's history stood when the package was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<HistoryRef>,
    /// Says that this is a masked copy (脱敏), and by which rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub masked: Option<Masked>,
}

/// How a copy was masked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Masked {
    /// [`crate::mask::RULES`].
    pub rules: u32,
}

/// Where a history stands: its last hash stands for all of its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HistoryRef {
    /// How many rows it has.
    pub rows: i64,
    /// Hash of the last one: 64 hexadecimal digits.
    pub head: String,
}

/// A sheet named in `package.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetRef {
    /// Its identifier.
    pub id: String,
    /// Its revision.
    pub revision: u32,
    /// SHA-256 of its file.
    pub digest: String,
}

/// Whether a package carries the evidence files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceScope {
    /// All files of the catalogue are inside.
    Included,
    /// Sheets only: the files are absent by design.
    LeftOut,
}
