//! Problems and their rectification.

use crate::output::Output;
use crate::run::watch;
use app::view::{
    DeductionView, FoundInput, ListedProblem, PlanInput, ProblemEmphasis, ProblemProgress, RectificationView,
};
use app::{Result, Session};
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub enum ProblemsCommand {
    /// 列出问题清单，和还没有记成问题的扣分
    List {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
        /// 只列这种状态
        #[arg(long, value_enum, value_name = "状态")]
        state: Option<State>,
        /// 只列这个责任部门的
        #[arg(long, value_name = "部门")]
        department: Option<String>,
        /// 只列超期的
        #[arg(long)]
        overdue: bool,
    },
    /// 记问题；不给描述时用意见和扣分的依据，不给编号时把所有扣分都记下
    Note(NoteArgs),
    /// 填整改措施、责任部门、责任人、完成时间、状态、完成情况；没给的不变
    Set(SetArgs),
    /// 上一轮的问题看过了，状态没有变
    Confirm {
        #[command(flatten)]
        which: Which,
    },
    /// 为整改附上佐证材料，定稿和签名以后也可以
    Attach {
        #[command(flatten)]
        which: Which,
        /// 文件
        #[arg(value_name = "文件", required = true)]
        files: Vec<PathBuf>,
    },
    /// 删去一个没有固定的问题
    Remove {
        #[command(flatten)]
        which: Which,
    },
    /// 记书面通报日期，一年的期限从这一天起算；不给日期时去掉
    Notified {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
        /// 日期，例如 2022-06-10
        #[arg(value_name = "日期", default_value = "")]
        day: String,
    },
    /// 取回评估办公室发来的问题清单（PDF）里的问题；已有的不变，可以撤销
    Take {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
        /// 办公室发来的“问题清单”PDF
        #[arg(value_name = "文件")]
        file: PathBuf,
    },
    /// 撤销清单的上一次改动
    Undo {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
    },
    /// 重做撤销了的改动
    Redo {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
    },
    /// 确认沿用的上轮评分；不给编号时全部，--drop 不沿用
    Carried {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
        /// 观测点编号
        #[arg(value_name = "观测点")]
        codes: Vec<String>,
        /// 不沿用
        #[arg(long)]
        drop: bool,
    },
}

/// A problem of a sheet's list.
#[derive(Debug, Args)]
pub struct Which {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 问题编号（可只写开头几位）
    #[arg(value_name = "问题")]
    pub problem: String,
}

#[derive(Debug, Args)]
pub struct NoteArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 观测点、指标或加减分项的编号
    #[arg(value_name = "编号")]
    pub code: Option<String>,
    /// 问题描述
    #[arg(long, value_name = "文字", requires = "code")]
    pub text: Option<String>,
    /// 依据的原文
    #[arg(long, value_name = "原文", requires = "code")]
    pub basis: Option<String>,
    /// 重点或难点
    #[arg(long, value_enum, value_name = "类别", requires = "code")]
    pub emphasis: Option<Emphasis>,
}

#[derive(Debug, Args)]
pub struct SetArgs {
    #[command(flatten)]
    pub which: Which,
    /// 整改措施
    #[arg(long, value_name = "文字")]
    pub measure: Option<String>,
    /// 责任部门
    #[arg(long, value_name = "部门")]
    pub department: Option<String>,
    /// 责任人
    #[arg(long, value_name = "姓名")]
    pub person: Option<String>,
    /// 完成时间，例如 2022-12-31，最迟为通报后一年
    #[arg(long, value_name = "日期")]
    pub deadline: Option<String>,
    /// 状态
    #[arg(long, value_enum, value_name = "状态")]
    pub state: Option<State>,
    /// 完成情况
    #[arg(long, value_name = "文字")]
    pub note: Option<String>,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum State {
    /// 待整改
    Open,
    /// 整改中
    Doing,
    /// 已整改
    Done,
    /// 已核实
    Verified,
}

/// What it stands out for.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Emphasis {
    /// 重点
    Key,
    /// 难点
    Hard,
}

impl From<State> for ProblemProgress {
    fn from(state: State) -> Self {
        match state {
            State::Open => Self::Open,
            State::Doing => Self::Doing,
            State::Done => Self::Done,
            State::Verified => Self::Verified,
        }
    }
}

/// Carries a command about problems out.
pub fn run(output: &Output, session: &mut Session, command: &ProblemsCommand) -> Result<()> {
    let list = match command {
        ProblemsCommand::List { sheet, state, department, overdue } => {
            let mut list = session.rectification(sheet)?;
            let state = state.map(ProblemProgress::from);
            let of_state = |problem: &ListedProblem| state.as_ref().is_none_or(|state| problem.progress == *state);
            let of_department = |problem: &ListedProblem| department.as_ref().is_none_or(|d| problem.department == *d);
            list.problems.retain(|p| of_state(p) && of_department(p) && (!overdue || p.overdue));
            list
        }
        ProblemsCommand::Note(args) => note(session, args)?,
        ProblemsCommand::Set(args) => set(session, args)?,
        ProblemsCommand::Confirm { which } => session.confirm_problem(&which.sheet, &which.problem)?,
        ProblemsCommand::Attach { which, files } => {
            let attached = session.attach_to_problem(&which.sheet, &which.problem, files, &watch())?;
            attached.refused.iter().for_each(|refused| output.at(&refused.path, &refused.problem));
            attached.list
        }
        ProblemsCommand::Remove { which } => session.remove_problem(&which.sheet, &which.problem)?,
        ProblemsCommand::Notified { sheet, day } => session.set_notified(sheet, day)?,
        ProblemsCommand::Take { sheet, file } => session.take_problems(sheet, file)?.1,
        ProblemsCommand::Undo { sheet } => session.step_rectification(sheet, true)?,
        ProblemsCommand::Redo { sheet } => session.step_rectification(sheet, false)?,
        ProblemsCommand::Carried { sheet, codes, drop } => {
            let waiting = session.rectification(sheet)?.carried.into_iter().map(|point| point.code);
            let codes = if codes.is_empty() { waiting.collect() } else { codes.clone() };
            session.confirm_carried(sheet, &codes, !drop)?;
            session.rectification(sheet)?
        }
    };
    output.show(&list, |list| lines(output, list));
    Ok(())
}

fn note(session: &mut Session, args: &NoteArgs) -> Result<RectificationView> {
    let Some(code) = &args.code else { return session.note_deductions(&args.sheet, &[]) };
    let draft = session.problem_draft(&args.sheet, code)?;
    let emphasis = args.emphasis.map(|emphasis| match emphasis {
        Emphasis::Key => ProblemEmphasis::Key,
        Emphasis::Hard => ProblemEmphasis::Hard,
    });
    let found = FoundInput {
        code: code.clone(),
        text: args.text.clone().unwrap_or(draft.text),
        basis: args.basis.clone().unwrap_or(draft.basis),
        emphasis,
    };
    session.note_problem(&args.sheet, &found)
}

fn set(session: &mut Session, args: &SetArgs) -> Result<RectificationView> {
    let which = &args.which;
    let list = session.rectification(&which.sheet)?;
    let before = list.problems.into_iter().find(|problem| problem.id.starts_with(&which.problem));
    let empty = PlanInput {
        measure: String::new(),
        department: String::new(),
        person: String::new(),
        deadline: String::new(),
        progress: ProblemProgress::Open,
        note: String::new(),
    };
    let before = before.map_or(empty, |problem| PlanInput {
        measure: problem.measure,
        department: problem.department,
        person: problem.person,
        deadline: problem.deadline,
        progress: problem.progress,
        note: problem.note,
    });
    let plan = PlanInput {
        measure: args.measure.clone().unwrap_or(before.measure),
        department: args.department.clone().unwrap_or(before.department),
        person: args.person.clone().unwrap_or(before.person),
        deadline: args.deadline.clone().unwrap_or(before.deadline),
        progress: args.state.map_or(before.progress, ProblemProgress::from),
        note: args.note.clone().unwrap_or(before.note),
    };
    // An id that fits none or several is refused here, and then nothing of the plan above was used.
    session.set_plan(&which.sheet, &which.problem, &plan)
}

fn lines(output: &Output, list: &RectificationView) -> Vec<String> {
    let mut lines: Vec<String> = list.problems.iter().map(|problem| line(output, problem)).collect();
    if !list.deductions.is_empty() {
        let said = output.say("处扣分还没有记成问题", "deductions are no problem yet");
        lines.push(format!("{} {said}", list.deductions.len()));
        let one = |d: &DeductionView| format!("  {} {}  -{}", d.code, d.title, d.lost);
        lines.extend(list.deductions.iter().map(one));
    }
    if !list.carried.is_empty() {
        let said = output.say("个观测点沿用上轮，待确认", "points wait to be confirmed from the last round");
        lines.push(format!("{} {said}", list.carried.len()));
    }
    lines
}

fn line(output: &Output, problem: &ListedProblem) -> String {
    let state = match problem.progress {
        ProblemProgress::Open => output.say("待整改", "open"),
        ProblemProgress::Doing => output.say("整改中", "in work"),
        ProblemProgress::Done => output.say("已整改", "done"),
        ProblemProgress::Verified => output.say("已核实", "verified"),
    };
    let overdue = if problem.overdue { output.say("（超期）", " (overdue)") } else { "" };
    let id = problem.id.get(..8).unwrap_or(&problem.id);
    let text = problem.text.replace('\n', " ");
    let who = format!("{} {} {}", problem.department, problem.person, problem.deadline);
    format!("{}  {id}  {} {}  {state}{overdue}  {}  {text}", problem.number, problem.code, problem.title, who.trim())
}
