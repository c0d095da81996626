//! Problems and their rectification, and what a new sheet takes over from the last round.

use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// How far the rectification of a problem is.
    #[derive(Eq)]
    pub enum ProblemProgress {
        /// 待整改
        Open,
        /// 整改中
        Doing,
        /// 已整改
        Done,
        /// 已核实
        Verified,
    }

    /// What a problem stands out for.
    #[derive(Eq)]
    pub enum ProblemEmphasis {
        /// 重点
        Key,
        /// 难点
        Hard,
    }

    /// What was found, as it is entered.
    pub struct FoundInput {
        /// Code of the point, indicator or adjustment.
        pub code: String,
        /// 问题描述
        pub text: String,
        /// The sentence of the rubric that it rests on.
        pub basis: String,
        /// 重点、难点
        pub emphasis: Option<ProblemEmphasis>,
    }

    /// What is done about a problem, as it is entered.
    pub struct PlanInput {
        /// 整改措施
        pub measure: String,
        /// 责任部门
        pub department: String,
        /// 责任人
        pub person: String,
        /// 完成时间, as a person writes a day; empty while there is none.
        pub deadline: String,
        /// How far it is.
        pub progress: ProblemProgress,
        /// 完成情况
        pub note: String,
    }

    /// A piece of the catalogue that shows a rectification.
    pub struct ProblemPiece {
        /// Its identifier.
        pub id: String,
        /// Its name.
        pub name: String,
        /// Whether the catalogue still has it.
        pub present: bool,
    }

    /// A problem of the list.
    pub struct ListedProblem {
        /// Its identifier.
        pub id: String,
        /// Its number in the list, from 1.
        pub number: u32,
        /// Code of the point, indicator or adjustment.
        pub code: String,
        /// Its title.
        pub title: String,
        /// Code of the top-level indicator; empty for adjustments and what this edition does not have.
        pub group: String,
        /// Whether this edition of the rubric has no such place.
        pub gone: bool,
        /// 问题描述
        pub text: String,
        /// The sentence that it rests on.
        pub basis: String,
        /// 重点、难点
        pub emphasis: Option<ProblemEmphasis>,
        /// The day when it was noted, `2022-09-01`.
        pub noted_on: String,
        /// Who noted it.
        pub noted_by: String,
        /// Whether what was found is fixed.
        pub fixed: bool,
        /// The year of the round that it comes from; absent for a problem of this round.
        pub origin: Option<i32>,
        /// Whether its state was not looked at in this round yet.
        pub unverified: bool,
        /// 整改措施
        pub measure: String,
        /// 责任部门
        pub department: String,
        /// 责任人
        pub person: String,
        /// 完成时间, `2022-09-01`, or empty.
        pub deadline: String,
        /// The last day that it may be.
        pub latest: String,
        /// Days until it is due; negative when that is past; absent when nothing is due any more.
        pub days: Option<i32>,
        /// Whether it should be done and is not.
        pub overdue: bool,
        /// Whether the deadline lies beyond the last day, as after the day of the notice was changed.
        pub late: bool,
        /// How far it is.
        pub progress: ProblemProgress,
        /// 完成情况
        pub note: String,
        /// What shows it.
        pub evidence: Vec<ProblemPiece>,
        /// Names of the fields of the plan that are still empty.
        pub lacking: Vec<String>,
    }

    /// Marks that were lost and are no problem of the list yet, at one place.
    pub struct DeductionView {
        /// Code of the point, indicator or adjustment.
        pub code: String,
        /// Its title.
        pub title: String,
        /// How many marks.
        pub lost: String,
        /// Whether a veto took them.
        pub veto: bool,
        /// The description that a problem would begin with.
        pub text: String,
        /// The sentence that it would rest on.
        pub basis: String,
    }

    /// What the last round had at a point, to be confirmed before it counts.
    pub struct CarriedPoint {
        /// Code of the point.
        pub code: String,
        /// Which round, such as `2021 年 自评 周宁`.
        pub from: String,
        /// Its mark there.
        pub mark: Option<String>,
        /// Its remark there.
        pub remark: String,
    }

    /// The list of problems of a sheet's assessment.
    pub struct RectificationView {
        /// The sheet.
        pub sheet: String,
        /// Today, `2022-09-01`.
        pub today: String,
        /// The day of the written notice (书面通报), `2022-09-01`, or empty.
        pub notified: String,
        /// The problems, in the order of the rubric.
        pub problems: Vec<ListedProblem>,
        /// Marks lost that are no problem yet, in the order of the rubric.
        pub deductions: Vec<DeductionView>,
        /// What waits to be confirmed of the last round.
        pub carried: Vec<CarriedPoint>,
        /// Departments to choose from.
        pub departments: Vec<String>,
        /// Whether there is something to undo.
        pub can_undo: bool,
        /// Whether there is something to redo.
        pub can_redo: bool,
    }

    /// What attaching files to a problem did.
    pub struct ProblemAttached {
        /// The list after it.
        pub list: RectificationView,
        /// The catalogue after it.
        pub evidence: Vec<super::EvidenceItem>,
        /// Files that were not attached.
        pub refused: Vec<super::RefusedFile>,
    }

    /// An earlier sheet of a unit that a new one can start from.
    pub struct LastRound {
        /// The sheet.
        pub sheet: String,
        /// Its year.
        pub year: i32,
        /// Its stage.
        pub stage: super::Stage,
        /// Its assessor.
        pub assessor: String,
        /// Its phase.
        pub phase: super::SheetPhase,
        /// Points with a mark whose standard is the same.
        pub points: u32,
        /// Points with a mark whose standard changed, or that are gone.
        pub changed: u32,
        /// Problems that are not verified as rectified.
        pub problems: u32,
        /// Pieces of evidence.
        pub evidence: u32,
        /// Whether both belong to one assessment, which shares problems and evidence anyway.
        pub same: bool,
    }

    /// What a new sheet took over from the last round.
    pub struct TakenOver {
        /// The new sheet.
        pub sheet: String,
        /// Points that wait to be confirmed.
        pub points: Vec<String>,
        /// Points with a mark whose standard changed, or that are gone.
        pub changed: Vec<String>,
        /// Problems that came along.
        pub problems: u32,
        /// Pieces of evidence that came along.
        pub evidence: u32,
        /// Pieces whose points this edition does not have.
        pub loose: Vec<String>,
    }
}
