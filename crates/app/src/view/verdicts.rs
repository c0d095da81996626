//! What experts found of the evidence, what they brought themselves, and what is missing.

use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// What an expert found of a piece of evidence.
    pub enum EvidenceVerdict {
        /// 属实
        #[serde(rename = "genuine")]
        Genuine,
        /// 存疑
        #[serde(rename = "doubtful")]
        Doubtful,
        /// 不符
        #[serde(rename = "refuted")]
        Refuted,
    }

    /// The verdict on a piece.
    pub struct VerdictState {
        /// The piece.
        pub item: String,
        /// What was found.
        pub verdict: EvidenceVerdict,
        /// Why; may be empty.
        pub note: String,
        /// Whether the note that the verdict needs is missing.
        pub lacks_note: bool,
    }

    /// What an expert brought.
    pub enum OnSiteKind {
        /// 现场照片
        #[serde(rename = "photograph")]
        Photograph,
        /// 访谈记录
        #[serde(rename = "interview")]
        Interview,
        /// Another file.
        #[serde(rename = "file")]
        File,
    }

    /// Where a piece comes from that is not the unit's.
    pub struct OnSiteView {
        /// What it is.
        pub kind: OnSiteKind,
        /// The expert; empty when that sheet is not here.
        pub expert: String,
        /// Whether it belongs to the open sheet.
        pub own: bool,
    }

    /// A note of an interview.
    pub struct InterviewFields {
        /// 时间
        pub time: String,
        /// 地点
        pub place: String,
        /// 访谈对象
        pub persons: String,
        /// 内容
        pub content: String,
    }

    /// A point without evidence.
    pub struct MissingPoint {
        /// Its code.
        pub code: String,
        /// Its title.
        pub title: String,
        /// Whether it has a mark already.
        pub scored: bool,
        /// Names of pieces that are there and were refuted.
        pub refuted: Vec<String>,
    }

    /// A lowest-level indicator with points that lack evidence.
    pub struct MissingIndicator {
        /// Its code.
        pub code: String,
        /// Its title.
        pub title: String,
        /// Responsible departments.
        pub departments: Vec<String>,
        /// What the source asks to collect, line by line.
        pub asked: Vec<String>,
        /// Its points without evidence.
        pub points: Vec<MissingPoint>,
    }

    /// What evidence is missing.
    pub struct MissingList {
        /// In the order of the rubric.
        pub indicators: Vec<MissingIndicator>,
    }
}
