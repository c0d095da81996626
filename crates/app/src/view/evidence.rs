//! Evidence and its catalogue.

use super::{OnSiteView, SheetState};
use crate::problem::Problem;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeMap;

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

    /// What a piece is in the hand (附件5).
    pub enum EvidenceMedium {
        /// 文件资料
        Document,
        /// 照片
        Photograph,
        /// 证书、奖状、聘书
        Certificate,
        /// 录音、录像
        Recording,
        /// 实物
        Object,
    }

    /// What 附件5 asks of a medium.
    pub struct MediumView {
        /// The medium.
        pub medium: EvidenceMedium,
        /// What it is called.
        pub name: String,
        /// The source's sentence.
        pub sentence: String,
        /// Its details.
        pub details: Vec<DetailView>,
    }

    /// A detail of a medium.
    pub struct DetailView {
        /// Its key.
        pub key: String,
        /// What it is called.
        pub name: String,
        /// Whether it is asked for.
        pub asked: bool,
        /// How it is written, as an example; empty for free text.
        pub example: String,
    }

    /// The years that evidence is taken from.
    pub struct PeriodView {
        /// The first.
        pub from: i32,
        /// The last, the assessment's own.
        pub to: i32,
        /// The sentence that says so.
        pub sentence: String,
    }

    /// What a photograph itself records.
    pub struct PhotoView {
        /// When it was taken, by the camera's clock; may be empty.
        pub taken: String,
        /// Where, in degrees; may be empty.
        pub place: String,
        /// Whether something of it could still be taken over into an empty field.
        pub open: bool,
    }

    /// Something about a piece that a person should look at. It keeps nobody from anything.
    pub struct EvidenceHint {
        /// `lacking`, `outside-period`, `same-content` or `same-name`.
        pub code: String,
        /// In words.
        pub text: String,
        /// Fields and details that are lacking, by key.
        pub fields: Vec<String>,
        /// Other pieces that it is about.
        pub others: Vec<String>,
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
        /// 材料形式
        pub medium: Option<EvidenceMedium>,
        /// What 附件5 asks of the medium, by key.
        pub details: BTreeMap<String, String>,
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
        /// Where in it a point finds its support, by code.
        pub pages: BTreeMap<String, String>,
        /// What a photograph itself records.
        pub photo: Option<PhotoView>,
        /// What a person should look at.
        pub hints: Vec<EvidenceHint>,
        /// The expert who brought it; absent for the unit's own.
        pub on_site: Option<OnSiteView>,
        /// Whether its file is there.
        pub presence: Presence,
    }

    /// The catalogue after a change.
    pub struct CatalogueState {
        /// The pieces.
        pub evidence: Vec<EvidenceItem>,
        /// The sheet.
        pub state: SheetState,
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
        /// Identifiers of the pieces that these are.
        pub linked: Vec<String>,
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

    /// What interrupted copying left in the workspace.
    pub struct LeftoverView {
        /// How many files.
        pub files: u32,
        /// Their size in words.
        pub size: String,
    }

    /// What a check of the evidence found.
    pub struct EvidenceCheck {
        /// How many files were read.
        pub checked: u32,
        /// Whether the person stopped it before the last file.
        pub cancelled: bool,
        /// What is missing or changed.
        pub problems: Vec<EvidenceFlaw>,
        /// Files of interrupted copying, which belong to no piece; absent where there are none.
        pub leftovers: Option<LeftoverView>,
        /// The catalogue with what was found.
        pub evidence: Vec<EvidenceItem>,
    }
}

/// One change of the catalogue; many are made in one act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "change", rename_all = "lowercase")]
pub enum EvidenceChange {
    /// Gives a field (`name`, `date`, `kind`, `note`, `medium`) or a detail another value.
    Set {
        /// The piece.
        item: String,
        /// The field, or the key of the detail.
        field: String,
        /// The value; empty takes it away.
        value: String,
    },
    /// Lets it support one more point.
    Link {
        /// The piece.
        item: String,
        /// The point.
        point: String,
    },
    /// Lets it no longer support a point.
    Unlink {
        /// The piece.
        item: String,
        /// The point.
        point: String,
    },
    /// Says where in it a point finds its support.
    Page {
        /// The piece.
        item: String,
        /// The point.
        point: String,
        /// Such as 第3页; empty takes it away.
        page: String,
    },
    /// Takes over what the photograph records, into fields that are empty.
    Photo {
        /// The piece.
        item: String,
    },
    /// Takes it out of the catalogue.
    Remove {
        /// The piece.
        item: String,
    },
}
