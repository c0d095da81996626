//! Evidence and its catalogue.

use super::SheetState;
use crate::problem::Problem;
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// Type of a piece of evidence (附件6).
    pub enum EvidenceKind {
        /// 上级文件
        #[serde(rename = "A")]
        A,
        /// 省开放大学
        #[serde(rename = "B")]
        B,
        /// 市级、县级
        #[serde(rename = "C")]
        C,
        /// 其它材料
        #[serde(rename = "D")]
        D,
        /// 图片照片
        #[serde(rename = "E")]
        E,
    }

    /// Whether a file of the catalogue is there.
    pub enum Presence {
        /// There.
        Present,
        /// Not there.
        Missing,
        /// There, with another content.
        Changed,
    }

    /// The catalogue fields that a person edits.
    pub struct EvidenceFields {
        /// 材料名称
        pub name: String,
        /// 时间
        pub date: String,
        /// 类型
        pub kind: Option<EvidenceKind>,
        /// 备注/文号
        pub note: String,
    }

    /// A piece of evidence.
    pub struct EvidenceItem {
        /// Its identifier.
        pub id: String,
        /// 材料名称
        pub name: String,
        /// 时间
        pub date: String,
        /// 类型
        pub kind: Option<EvidenceKind>,
        /// 备注/文号
        pub note: String,
        /// Name of the file that was attached.
        pub file_name: String,
        /// Size in words.
        pub size: String,
        /// Size in bytes.
        pub bytes: u32,
        /// SHA-256 of the content.
        pub sha256: String,
        /// When it was attached, local time.
        pub added_at: String,
        /// The points that it supports.
        pub points: Vec<String>,
        /// Whether its file is there.
        pub presence: Presence,
    }

    /// How much a finding about a file's format weighs.
    pub enum FormatWeight {
        /// 必须改
        Must,
        /// 应当改
        Should,
        /// 提示
        Hint,
    }

    /// One rule of the format that a file does not keep.
    pub struct FormatFinding {
        /// Stable code, such as `format.margin-left`.
        pub code: String,
        /// How much it weighs.
        pub weight: FormatWeight,
        /// What is there and what should be.
        pub what: String,
        /// What to change.
        pub todo: String,
        /// Where the rule stands, e.g. 附件5 正文.
        pub clause: String,
        /// The rule as it is printed.
        pub sentence: String,
        /// The first places, in words.
        pub places: Vec<String>,
        /// How many places there are.
        pub count: u32,
    }

    /// A file compared with a format profile.
    pub struct FormatView {
        /// The file's name or path, as it was given.
        pub file: String,
        /// The kind of file: `docx`, `xlsx` or `pdf`.
        pub kind: String,
        /// The profile.
        pub profile: String,
        /// What differs, the heaviest first.
        pub findings: Vec<FormatFinding>,
        /// How many must be changed.
        pub must: u32,
        /// How many should be changed.
        pub should: u32,
        /// How many a person has to look at.
        pub hint: u32,
    }

    /// A file that was not attached.
    pub struct RefusedFile {
        /// The file.
        pub path: String,
        /// Why.
        pub problem: Problem,
    }

    /// What attaching did.
    pub struct AttachReport {
        /// Identifiers of the new pieces.
        pub added: Vec<String>,
        /// Names of files that were in the catalogue already and only got linked.
        pub duplicates: Vec<String>,
        /// Files that were not attached.
        pub refused: Vec<RefusedFile>,
        /// Whether the person stopped it.
        pub cancelled: bool,
        /// The catalogue after it.
        pub evidence: Vec<EvidenceItem>,
        /// The sheet after it.
        pub state: SheetState,
    }

    /// A piece of evidence that the check found wanting.
    pub struct EvidenceFlaw {
        /// Its identifier.
        pub item: String,
        /// Its name.
        pub name: String,
        /// Missing or changed.
        pub state: Presence,
        /// In words.
        pub problem: Problem,
    }

    /// What a check of the evidence found.
    pub struct EvidenceCheck {
        /// How many files were read.
        pub checked: u32,
        /// What is missing or changed.
        pub problems: Vec<EvidenceFlaw>,
        /// The catalogue with what was found.
        pub evidence: Vec<EvidenceItem>,
    }
}
