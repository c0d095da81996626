//! Who does what until when: departments, the schedule, what is still missing.

use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// Who does what in the assessment of a sheet.
    pub struct TasksView {
        /// The sheet.
        pub sheet: String,
        /// Whether it can be changed by this sheet; not when it came from another machine.
        pub writable: bool,
        /// Whether anything differs from what the rubric prints.
        pub changed: bool,
        /// Whether the rubric itself names departments.
        pub printed: bool,
        /// Whether there is a change to undo.
        pub can_undo: bool,
        /// Whether there is a change to redo.
        pub can_redo: bool,
        /// In the order in which the assignment names them.
        pub departments: Vec<DepartmentTasks>,
        /// Codes of the points that no department does.
        pub unassigned: Vec<String>,
        /// In the order of the source.
        pub indicators: Vec<TaskIndicator>,
        /// In the order of the source.
        pub points: Vec<TaskPoint>,
        /// The next deadline of the schedule, else the one that passed last.
        pub deadline: Option<DeadlineView>,
    }

    /// How far a department is; a point that several departments do counts for each of them.
    pub struct DepartmentProgress {
        /// Its name; absent for the points that no department does.
        pub department: Option<String>,
        /// Points that it does.
        pub points: u32,
        /// Those with a mark.
        pub scored: u32,
        /// Those with evidence.
        pub with_evidence: u32,
        /// Those without.
        pub missing: u32,
        /// Marks of its points so far.
        pub score: String,
        /// Full marks of its points.
        pub max: String,
    }

    /// What a department does.
    pub struct DepartmentTasks {
        /// Its name.
        pub name: String,
        /// 专人; empty when nobody is named.
        pub person: String,
        /// How to reach that person.
        pub contact: String,
        /// The day until which it is to be done, `2022.7.10`; empty when the schedule's counts.
        pub due: String,
        /// Its own day, else the schedule's.
        pub deadline: Option<DeadlineView>,
        /// How far it is.
        pub progress: DepartmentProgress,
        /// Codes of its points.
        pub points: Vec<String>,
        /// Codes of the indicators that it leads.
        pub leads: Vec<String>,
        /// Codes of the indicators that it leads whose task summary is not written.
        pub unwritten: Vec<String>,
        /// Pieces of evidence of its points that have no time.
        pub undated: Vec<String>,
    }

    /// The departments of a place in a role.
    pub struct AssignedView {
        /// In their order.
        pub names: Vec<String>,
        /// Code of the place above that names them; absent when this place does, or none.
        pub from: Option<String>,
        /// Whether the assessment says it at this place, not the rubric.
        pub own: bool,
    }

    /// Who does an indicator.
    pub struct TaskIndicator {
        /// Its code.
        pub code: String,
        /// 负责部门
        pub departments: AssignedView,
        /// 牵头部门
        pub lead: AssignedView,
        /// 配合部门
        pub assisting: AssignedView,
        /// 材料收集工作重点
        pub collection: String,
        /// Whether that is the assessment's own.
        pub collection_own: bool,
    }

    /// Who does a point, and how far it is.
    pub struct TaskPoint {
        /// Its code.
        pub code: String,
        /// Code of its indicator.
        pub indicator: String,
        /// Its title.
        pub title: String,
        /// 负责部门
        pub departments: AssignedView,
        /// What to collect for it.
        pub collection: String,
        /// Whether that is the point's own.
        pub collection_own: bool,
        /// Full marks.
        pub max: String,
        /// The mark, once scored.
        pub mark: Option<String>,
        /// Pieces of evidence.
        pub evidence: u32,
        /// Those of them without a time.
        pub undated: u32,
    }

    /// A day until which something is to be done.
    pub struct DeadlineView {
        /// The line of the schedule; absent for a department's own day.
        pub item: Option<String>,
        /// The day, `2022.7.10`.
        pub day: String,
        /// Days from today; less than 0 when it has passed.
        pub days_left: i32,
    }

    /// A role of departments at a place.
    #[derive(Copy, Eq)]
    pub enum TaskRole {
        /// 负责部门
        Departments,
        /// 牵头部门
        Lead,
        /// 配合部门
        Assisting,
    }

    /// How far a step of the schedule is today.
    #[derive(Copy, Eq)]
    pub enum ScheduleStanding {
        /// 未开始
        Open,
        /// 进行中
        Doing,
        /// 已完成
        Done,
        /// 逾期
        Overdue,
    }

    /// What follows from the time of a line of the schedule.
    pub struct ScheduleDates {
        /// How far it is.
        pub standing: ScheduleStanding,
        /// Its last day, `2022.7.10`; absent when its time is no date.
        pub day: Option<String>,
        /// Days from today to its last day.
        pub days_left: Option<i32>,
    }
}

/// A change of the assignment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum TaskChange {
    /// Names the departments of an indicator or point in a role.
    Assign {
        /// Its code.
        code: String,
        /// The role; a point has only 负责部门.
        role: TaskRole,
        /// Their names; absent: those of the rubric or of the place above.
        names: Option<Vec<String>>,
    },
    /// Says what to collect for an indicator or point.
    Collect {
        /// Its code.
        code: String,
        /// The text; absent: that of the rubric or of the indicator.
        text: Option<String>,
    },
    /// Adds a department to the list.
    Add {
        /// Its name.
        name: String,
    },
    /// Renames a department everywhere; a name that is there already takes its work over.
    Rename {
        /// Its name.
        from: String,
        /// Its new name.
        to: String,
    },
    /// Takes a department out everywhere.
    Remove {
        /// Its name.
        name: String,
    },
    /// Says who sees to a department's work, and until when.
    Describe {
        /// Its name.
        name: String,
        /// 专人
        person: String,
        /// How to reach that person.
        contact: String,
        /// The day, `2022.7.10`; empty for the schedule's.
        due: String,
    },
    /// Takes the last change back.
    Undo,
    /// Does the last change that was taken back again.
    Redo,
    /// Takes everything back to what the rubric prints.
    Reset,
}
