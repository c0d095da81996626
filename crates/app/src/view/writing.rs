//! Texts and the schedule of a unit.

use super::ScheduleDates;
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// Everything that can be written for the assessment of a sheet.
    pub struct WritingView {
        /// The sheet.
        pub sheet: String,
        /// Whether texts can be changed by this sheet; not when it came from another machine.
        pub writable: bool,
        /// The report, then the summaries in the order of the rubric.
        pub documents: Vec<WritingDocument>,
        /// The evidence that can be referred to, by lowest-level indicator.
        pub catalogue: Vec<WritingSection>,
    }

    /// Kind of a document that is written.
    pub enum WritingKind {
        /// 指标任务综述
        Summary,
        /// 自评报告
        Report,
    }

    /// A document that is written.
    pub struct WritingDocument {
        /// `report`, or `summary:` and the indicator's code.
        pub place: String,
        /// Its kind.
        pub kind: WritingKind,
        /// The indicator of a summary.
        pub code: Option<String>,
        /// Its level.
        pub level: Option<u32>,
        /// Title as printed.
        pub title: String,
        /// Title as the outline has it.
        pub name: String,
        /// What the source says of it.
        pub guidance: Vec<String>,
        /// Its texts in their order.
        pub texts: Vec<WritingText>,
        /// 字数 of all its texts.
        pub count: u32,
        /// Most 字数.
        pub limit: Option<u32>,
        /// Whether it is longer than that.
        pub over: bool,
    }

    /// One text of a document.
    pub struct WritingText {
        /// The part of the document.
        pub part: String,
        /// Its title.
        pub title: String,
        /// The printed headings that begin with it.
        pub headings: Vec<HeadingView>,
        /// What the source says of it.
        pub guidance: Vec<String>,
        /// Codes of the lowest-level indicators that it is about.
        pub indicators: Vec<String>,
        /// The text, with references to evidence as 〔材料：名称〕.
        pub text: String,
        /// The text with references as they are printed.
        pub printed: String,
        /// 字数 of the printed text.
        pub count: u32,
        /// Names in references that the catalogue does not have.
        pub unresolved: Vec<String>,
        /// Last change, local time.
        pub saved_at: Option<String>,
    }

    /// A printed heading with its number.
    pub struct HeadingView {
        /// From 1.
        pub level: u32,
        /// Such as `（一）办学定位`.
        pub text: String,
    }

    /// The evidence under one lowest-level indicator.
    pub struct WritingSection {
        /// Its code.
        pub code: String,
        /// Its title.
        pub title: String,
        /// In the order of the catalogue.
        pub items: Vec<WritingPiece>,
    }

    /// A piece of evidence that can be referred to.
    pub struct WritingPiece {
        /// Its identifier.
        pub id: String,
        /// Its number under the indicator, from 1.
        pub number: u32,
        /// 材料名称
        pub name: String,
        /// 时间
        pub date: String,
        /// 备注/文号
        pub note: String,
        /// The points that it supports.
        pub points: Vec<String>,
        /// The reference to be put into a text.
        pub mark: String,
    }

    /// What became of a text that was saved.
    pub struct WritingSaved {
        /// The text as it is kept.
        pub text: WritingText,
        /// 字数 of the document.
        pub total: u32,
        /// Whether the document is longer than its limit.
        pub over: bool,
        /// Local time, `22:05:41`.
        pub saved_at: String,
    }

    /// 字数 of a text that is being written.
    pub struct WritingCount {
        /// 字数 of the text as printed.
        pub count: u32,
        /// 字数 of its document.
        pub total: u32,
        /// Whether the document is longer than its limit.
        pub over: bool,
        /// Names in references that the catalogue does not have.
        pub unresolved: Vec<String>,
    }

    /// The schedule (进度安排) of an assessment.
    pub struct ScheduleView {
        /// The sheet.
        pub sheet: String,
        /// Whether it can be changed by this sheet.
        pub writable: bool,
        /// Whether it was stored; else it is the one that the source prints.
        pub own: bool,
        /// In their order.
        pub lines: Vec<ScheduleLine>,
        /// What follows from the time of each line.
        pub dates: Vec<ScheduleDates>,
    }

    /// A line of a schedule.
    pub struct ScheduleLine {
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

    /// How far a step of a schedule is, as a person says.
    #[derive(Eq, Default)]
    pub enum ScheduleState {
        /// Nothing said: by its dates.
        #[default]
        Open,
        /// 进行中
        Doing,
        /// 已完成
        Done,
    }
}
