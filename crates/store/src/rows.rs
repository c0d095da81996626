//! Rows as plain values.

use assessment::on_site::Origin;
use assessment::{AssignmentEntry, EvidenceKind, Medium, Phase, Photo, ScheduleState, Stage};
use rusqlite::Row;
use rusqlite::types::Type;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::str::FromStr;

/// An assessment: one unit in one year under one rubric.
#[derive(Clone, Debug, PartialEq)]
pub struct AssessmentRow {
    /// Its identifier.
    pub id: String,
    /// Digest of the rubric.
    pub rubric: String,
    /// The unit.
    pub unit: String,
    /// The year.
    pub year: i32,
}

/// A sheet with its assessment.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetRow {
    /// Its identifier.
    pub id: String,
    /// The assessment.
    pub assessment: AssessmentRow,
    /// The stage.
    pub stage: Stage,
    /// Name of the assessor.
    pub assessor: String,
    /// The assessor's organisation.
    pub organisation: String,
    /// From 1.
    pub revision: u32,
    /// The phase.
    pub phase: Phase,
    /// Why it was reopened.
    pub reason: Option<String>,
    /// Digest of the previous revision.
    pub previous: Option<String>,
    /// Digest of this revision, once finalised.
    pub digest: Option<String>,
    /// When it was finalised.
    pub finalised_at: Option<i64>,
    /// When it was made.
    pub created_at: i64,
    /// When it was changed last.
    pub changed_at: i64,
    /// Code of the point that was changed last.
    pub last_point: Option<String>,
    /// Whether it came from another machine.
    pub imported: bool,
}

impl SheetRow {
    /// The draft of a first revision, made here.
    #[must_use]
    pub fn draft(
        id: &str,
        assessment: AssessmentRow,
        stage: Stage,
        (assessor, organisation): (&str, &str),
        now: i64,
    ) -> Self {
        Self {
            id: id.to_owned(),
            assessment,
            stage,
            assessor: assessor.to_owned(),
            organisation: organisation.to_owned(),
            revision: 1,
            phase: Phase::Draft,
            reason: None,
            previous: None,
            digest: None,
            finalised_at: None,
            created_at: now,
            changed_at: now,
            last_point: None,
            imported: false,
        }
    }
}

/// A finalised revision.
#[derive(Clone, Debug, PartialEq)]
pub struct RevisionRow {
    /// The sheet.
    pub sheet: String,
    /// From 1.
    pub revision: u32,
    /// SHA-256 of the file.
    pub digest: String,
    /// The canonical sheet file.
    pub file: String,
    /// Fingerprints of who signed it.
    pub signers: Vec<String>,
}

/// The catalogue fields that a person edits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EvidenceFields {
    /// 材料名称
    pub name: String,
    /// 时间, `2021.09` or empty.
    pub date: String,
    /// 类型
    pub kind: Option<EvidenceKind>,
    /// 备注/文号
    pub note: String,
    /// 材料形式
    pub medium: Option<Medium>,
    /// What 附件5 asks of the medium, by key.
    pub details: BTreeMap<String, String>,
}

/// A piece of evidence with its file and points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvidenceRow {
    /// Its identifier.
    pub id: String,
    /// The catalogue fields.
    pub fields: EvidenceFields,
    /// Name of the file that was attached.
    pub file_name: String,
    /// When it was attached.
    pub added_at: i64,
    /// SHA-256 of the content.
    pub sha256: String,
    /// Ending of the stored file, without the dot.
    pub extension: String,
    /// Size in bytes.
    pub size: u64,
    /// Points that it supports, by code.
    pub points: Vec<String>,
    /// Where in it a point finds its support, such as 第3页, by code; not every point has one.
    pub pages: BTreeMap<String, String>,
    /// What a photograph itself records.
    pub photo: Option<Photo>,
    /// The expert who brought it; `None` for the unit's own.
    pub origin: Option<Origin>,
}

/// An identity of this machine.
#[derive(Clone, Debug, PartialEq)]
pub struct IdentityRow {
    /// SHA-256 of the certificate.
    pub fingerprint: String,
    /// The person.
    pub name: String,
    /// The organisation.
    pub organisation: String,
    /// End of validity.
    pub valid_until: i64,
    /// The certificate, PEM.
    pub certificate: String,
    /// The encrypted key, PEM.
    pub key: String,
    /// SHA-256 of the public key of the identity whose PDFs this one signs; none for one that stands by itself.
    pub pdf_of: Option<String>,
}

/// A text of an assessment.
#[derive(Clone, Debug, PartialEq)]
pub struct WritingRow {
    /// The document, such as `report` or `summary:1.1`.
    pub place: String,
    /// The part of it.
    pub part: String,
    /// The text.
    pub text: String,
    /// When it was changed last.
    pub changed_at: i64,
}

/// A line of a schedule (进度安排).
#[derive(Clone, Debug, PartialEq)]
pub struct ScheduleRow {
    /// 时间
    pub time: String,
    /// 项目
    pub item: String,
    /// 完成单位
    pub who: String,
    /// 备注
    pub note: String,
    /// How far it is.
    pub state: ScheduleState,
}

/// Columns of [`SheetRow`], in the order of [`sheet`].
pub const SHEET_COLUMNS: &str = "SELECT s.id, a.id, a.rubric, a.unit, a.year, s.stage, s.assessor, s.organisation, \
     s.revision, s.phase, s.reason, s.previous, s.digest, s.finalised_at, s.created_at, s.changed_at, s.last_point, s.imported \
     FROM sheet s JOIN assessment a ON a.id = s.assessment";

/// A word of an enum, as it was stored.
pub(crate) fn word<T: FromStr>(row: &Row<'_>, index: usize) -> rusqlite::Result<T> {
    let text: String = row.get(index)?;
    T::from_str(&text).map_err(|_| rusqlite::Error::InvalidColumnType(index, text, Type::Text))
}

pub fn sheet(row: &Row<'_>) -> rusqlite::Result<SheetRow> {
    Ok(SheetRow {
        id: row.get(0)?,
        assessment: AssessmentRow { id: row.get(1)?, rubric: row.get(2)?, unit: row.get(3)?, year: row.get(4)? },
        stage: word(row, 5)?,
        assessor: row.get(6)?,
        organisation: row.get(7)?,
        revision: row.get(8)?,
        phase: word(row, 9)?,
        reason: row.get(10)?,
        previous: row.get(11)?,
        digest: row.get(12)?,
        finalised_at: row.get(13)?,
        created_at: row.get(14)?,
        changed_at: row.get(15)?,
        last_point: row.get(16)?,
        imported: row.get(17)?,
    })
}

/// Columns of [`EvidenceRow`] without its points, in the order of [`evidence`].
pub const EVIDENCE_COLUMNS: &str = "SELECT e.id, e.name, e.date, e.kind, e.note, e.file_name, e.added_at, \
     b.sha256, b.extension, b.size, e.medium, e.details, e.photo, e.origin FROM evidence e JOIN blob b ON b.sha256 = e.sha256";

/// A word that may be absent, stored as an empty text then.
fn optional_word<T: FromStr>(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<T>> {
    let text: String = row.get(index)?;
    if text.is_empty() { Ok(None) } else { word(row, index).map(Some) }
}

/// A value stored as JSON.
fn json<T: serde::de::DeserializeOwned>(index: usize, text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text).map_err(|_| rusqlite::Error::InvalidColumnType(index, text.to_owned(), Type::Text))
}

pub fn evidence(row: &Row<'_>) -> rusqlite::Result<EvidenceRow> {
    let details: String = row.get(11)?;
    let photo: Option<String> = row.get(12)?;
    let origin: Option<String> = row.get(13)?;
    let size: i64 = row.get(9)?;
    Ok(EvidenceRow {
        id: row.get(0)?,
        fields: EvidenceFields {
            name: row.get(1)?,
            date: row.get(2)?,
            kind: optional_word(row, 3)?,
            note: row.get(4)?,
            medium: optional_word(row, 10)?,
            details: json(11, &details)?,
        },
        file_name: row.get(5)?,
        added_at: row.get(6)?,
        sha256: row.get(7)?,
        extension: row.get(8)?,
        size: u64::try_from(size).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(9, size))?,
        points: Vec::new(),
        pages: BTreeMap::new(),
        photo: photo.map(|text| json(12, &text)).transpose()?,
        origin: origin.map(|text| json(13, &text)).transpose()?,
    })
}

/// Fingerprints, as one column keeps them.
pub fn signers(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<String>> {
    let signers: String = row.get(column)?;
    Ok(signers.split_whitespace().map(str::to_owned).collect())
}

pub fn revision(row: &Row<'_>) -> rusqlite::Result<RevisionRow> {
    Ok(RevisionRow {
        sheet: row.get(0)?,
        revision: row.get(1)?,
        digest: row.get(2)?,
        file: row.get(3)?,
        signers: signers(row, 4)?,
    })
}

/// The columns that [`identity`] reads.
pub const IDENTITY_COLUMNS: &str =
    "SELECT fingerprint, name, organisation, valid_until, certificate, key, pdf_of FROM identity";

pub fn identity(row: &Row<'_>) -> rusqlite::Result<IdentityRow> {
    Ok(IdentityRow {
        fingerprint: row.get(0)?,
        name: row.get(1)?,
        organisation: row.get(2)?,
        valid_until: row.get(3)?,
        certificate: row.get(4)?,
        key: row.get(5)?,
        pdf_of: row.get(6)?,
    })
}

pub fn writing(row: &Row<'_>) -> rusqlite::Result<WritingRow> {
    Ok(WritingRow { place: row.get(0)?, part: row.get(1)?, text: row.get(2)?, changed_at: row.get(3)? })
}

pub fn schedule(row: &Row<'_>) -> rusqlite::Result<ScheduleRow> {
    Ok(ScheduleRow { time: row.get(0)?, item: row.get(1)?, who: row.get(2)?, note: row.get(3)?, state: word(row, 4)? })
}

pub fn assignment(row: &Row<'_>) -> rusqlite::Result<AssignmentEntry> {
    Ok(AssignmentEntry { kind: word(row, 0)?, key: row.get(1)?, value: row.get(2)? })
}
