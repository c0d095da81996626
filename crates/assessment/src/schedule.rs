//! The schedule (进度安排) of an assessment, as 附件2 prints it.

/// How far a step of a schedule is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum ScheduleState {
    /// 未开始
    #[default]
    Open,
    /// 进行中
    Doing,
    /// 已完成
    Done,
}
