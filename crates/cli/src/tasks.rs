//! Who does what until when: shown, changed, reminded of.

use crate::output::Output;
use crate::run::read_text;
use app::schedule;
use app::view::{
    DepartmentTasks, ScheduleLine, ScheduleStanding, ScheduleState, ScheduleView, TaskChange, TaskPoint, TaskRole,
    TasksView,
};
use app::{Result, Session};
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub enum TasksCommand {
    /// 列出部门和进度；给出部门时，列出它的观测点和要收集的材料
    List {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
        /// 只看这个部门
        #[arg(long, value_name = "部门")]
        department: Option<String>,
    },
    /// 给指标或观测点分配部门，例如 1.1.1=教务处、党办；等号后留空为无人负责
    Assign(AssignArgs),
    /// 写指标或观测点的材料收集工作重点；不给文字时恢复原文
    Collect {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
        /// 指标或观测点的编号
        #[arg(value_name = "编号")]
        code: String,
        /// 文字
        #[arg(value_name = "文字")]
        text: Option<String>,
    },
    /// 添加、改名、删除部门，写专人、联系方式和期限
    Department(DepartmentArgs),
    /// 撤销上一次分工改动
    Undo {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
    },
    /// 重做撤销了的分工改动
    Redo {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
    },
    /// 全部恢复成指标体系印的分工；可以撤销
    Reset {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
    },
    /// 催办文字：各部门还缺什么、离期限几天
    Remind {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
        /// 只催这个部门
        #[arg(long, value_name = "部门")]
        department: Option<String>,
    },
    /// 进度安排：列出各项和状态，写入新的安排或某一项的状态
    Schedule(ScheduleArgs),
}

#[derive(Debug, Args)]
pub struct AssignArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 编号=部门、部门；可写多次
    #[arg(value_name = "编号=部门", required_unless_present = "inherit", value_parser = place)]
    pub places: Vec<(String, Vec<String>)>,
    /// 哪一种部门；观测点只有负责部门
    #[arg(long, value_enum, value_name = "种类", default_value = "departments")]
    pub role: Role,
    /// 这个编号恢复成原文或上级的部门；可写多次
    #[arg(long, value_name = "编号")]
    pub inherit: Vec<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Role {
    /// 负责部门
    Departments,
    /// 牵头部门
    Lead,
    /// 配合部门
    Assisting,
}

#[derive(Debug, Args)]
pub struct DepartmentArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 部门名称
    #[arg(value_name = "部门")]
    pub name: String,
    /// 添加这个部门
    #[arg(long, conflicts_with_all = ["rename", "remove"])]
    pub add: bool,
    /// 各处改成这个名称；已有这个部门时并入它
    #[arg(long, value_name = "新名称", conflicts_with = "remove")]
    pub rename: Option<String>,
    /// 各处删去这个部门
    #[arg(long, conflicts_with_all = ["person", "contact", "due"])]
    pub remove: bool,
    /// 专人；留空为没有
    #[arg(long, value_name = "姓名")]
    pub person: Option<String>,
    /// 联系方式；留空为没有
    #[arg(long, value_name = "电话")]
    pub contact: Option<String>,
    /// 完成期限，例如 2022.7.10；留空按进度安排
    #[arg(long, value_name = "年.月.日")]
    pub due: Option<String>,
}

#[derive(Debug, Args)]
pub struct ScheduleArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 序号=open|doing|done：按日期、进行中、已完成；可写多次
    #[arg(long, value_name = "序号=状态", value_parser = state)]
    pub state: Vec<(usize, ScheduleState)>,
    /// 整个换成这个 TOML 文件里的安排，- 为标准输入；写法见 docs/formats/tasks.md
    #[arg(long, value_name = "文件")]
    pub input: Option<PathBuf>,
    /// 恢复成原文的进度安排
    #[arg(long, conflicts_with_all = ["input", "state"])]
    pub restore: bool,
}

fn place(text: &str) -> std::result::Result<(String, Vec<String>), String> {
    let (code, names) = text.split_once('=').ok_or("写成 编号=部门、部门，例如 1.1.1=教务处、党办")?;
    let names = names.split(['、', '，', ',', ';', '；']).map(str::trim).filter(|name| !name.is_empty());
    Ok((code.trim().to_owned(), names.map(str::to_owned).collect()))
}

fn state(text: &str) -> std::result::Result<(usize, ScheduleState), String> {
    let wrong = || "写成 序号=open、doing 或 done，例如 3=done".to_owned();
    let (number, state) = text.split_once('=').ok_or_else(wrong)?;
    let state = match state.trim() {
        "open" => ScheduleState::Open,
        "doing" => ScheduleState::Doing,
        "done" => ScheduleState::Done,
        _ => return Err(wrong()),
    };
    Ok((number.trim().parse().map_err(|_| wrong())?, state))
}

impl From<Role> for TaskRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Departments => Self::Departments,
            Role::Lead => Self::Lead,
            Role::Assisting => Self::Assisting,
        }
    }
}

/// Runs one command.
pub fn run(output: &Output, session: &mut Session, command: &TasksCommand) -> Result<()> {
    match command {
        TasksCommand::List { sheet, department: None } => show(output, &session.tasks(sheet)?),
        TasksCommand::List { sheet, department: Some(name) } => {
            let view = session.tasks(sheet)?;
            let department = app::tasks::find_department(&view, name)?;
            output.show(department, |department| point_lines(output, &view, department));
        }
        TasksCommand::Assign(args) => assign(output, session, args)?,
        TasksCommand::Collect { sheet, code, text } => {
            let change = TaskChange::Collect { code: code.clone(), text: text.clone() };
            show(output, &session.change_tasks(sheet, &change)?);
        }
        TasksCommand::Department(args) => department(output, session, args)?,
        TasksCommand::Undo { sheet } => show(output, &session.change_tasks(sheet, &TaskChange::Undo)?),
        TasksCommand::Redo { sheet } => show(output, &session.change_tasks(sheet, &TaskChange::Redo)?),
        TasksCommand::Reset { sheet } => show(output, &session.change_tasks(sheet, &TaskChange::Reset)?),
        TasksCommand::Remind { sheet, department } => {
            let text = session.reminder(sheet, department.as_deref())?;
            let nothing = output.say("没有要催办的", "Nothing is missing");
            output.show(&text, |text| vec![if text.is_empty() { nothing.to_owned() } else { text.clone() }]);
        }
        TasksCommand::Schedule(args) => plan(output, session, args)?,
    }
    Ok(())
}

fn assign(output: &Output, session: &mut Session, args: &AssignArgs) -> Result<()> {
    let named = args.places.iter().map(|(code, names)| (code, Some(names.clone())));
    let role = args.role.into();
    for (code, names) in named.chain(args.inherit.iter().map(|code| (code, None))) {
        session.change_tasks(&args.sheet, &TaskChange::Assign { code: code.clone(), role, names })?;
    }
    show(output, &session.tasks(&args.sheet)?);
    Ok(())
}

fn department(output: &Output, session: &mut Session, args: &DepartmentArgs) -> Result<()> {
    let mut name = args.name.clone();
    if args.add {
        session.change_tasks(&args.sheet, &TaskChange::Add { name: name.clone() })?;
    }
    if let Some(to) = &args.rename {
        session.change_tasks(&args.sheet, &TaskChange::Rename { from: name.clone(), to: to.clone() })?;
        name.clone_from(to);
    }
    if args.remove {
        session.change_tasks(&args.sheet, &TaskChange::Remove { name: name.clone() })?;
    }
    if args.person.is_some() || args.contact.is_some() || args.due.is_some() {
        let view = session.tasks(&args.sheet)?;
        let old = app::tasks::find_department(&view, &name)?;
        let either = |new: &Option<String>, old: &String| new.as_ref().unwrap_or(old).clone();
        let change = TaskChange::Describe {
            name,
            person: either(&args.person, &old.person),
            contact: either(&args.contact, &old.contact),
            due: either(&args.due, &old.due),
        };
        session.change_tasks(&args.sheet, &change)?;
    }
    show(output, &session.tasks(&args.sheet)?);
    Ok(())
}

fn show(output: &Output, view: &TasksView) {
    output.show(view, |view| {
        let mut lines: Vec<String> = view.departments.iter().map(|one| department_line(output, one)).collect();
        if !view.unassigned.is_empty() {
            let said = output.say("没有负责部门的观测点", "points that nobody does");
            lines.push(format!("{said} {}: {}", view.unassigned.len(), view.unassigned.join(" ")));
        }
        lines
    });
}

fn department_line(output: &Output, department: &DepartmentTasks) -> String {
    let progress = &department.progress;
    let words = [
        (output.say("观测点", "points"), progress.points),
        (output.say("已评", "scored"), progress.scored),
        (output.say("有材料", "with evidence"), progress.with_evidence),
        (output.say("缺材料", "missing"), progress.missing),
    ];
    let counts: Vec<String> = words.iter().map(|(word, count)| format!("{word} {count}")).collect();
    let person = [&department.person, &department.contact, &department.due].map(String::as_str);
    let person = person.into_iter().filter(|text| !text.is_empty());
    std::iter::once(department.name.as_str())
        .chain(counts.iter().map(String::as_str))
        .chain(person)
        .collect::<Vec<_>>()
        .join("  ")
}

fn point_lines(output: &Output, view: &TasksView, department: &DepartmentTasks) -> Vec<String> {
    let points = view.points.iter().filter(|point| department.points.contains(&point.code));
    let mut lines = vec![department_line(output, department)];
    if !department.leads.is_empty() {
        lines.push(format!("  {} {}", output.say("牵头", "leads"), department.leads.join(" ")));
    }
    lines.extend(points.flat_map(|point| one_point(output, point)));
    lines
}

fn one_point(output: &Output, point: &TaskPoint) -> Vec<String> {
    let mark = point.mark.as_deref().unwrap_or(output.say("未评", "unscored"));
    let evidence = match point.evidence {
        0 => output.say("缺材料", "no evidence").to_owned(),
        count => format!("{count} {}", output.say("件", "pieces")),
    };
    let mut lines = vec![format!("  {}  {}  {mark}/{}  {evidence}", point.code, point.title, point.max)];
    lines.extend(point.collection.lines().map(|line| format!("      {line}")));
    lines
}

fn plan(output: &Output, session: &mut Session, args: &ScheduleArgs) -> Result<()> {
    let mut lines: Option<Vec<ScheduleLine>> = args.restore.then(Vec::new);
    if let Some(path) = &args.input {
        lines = Some(schedule::read_lines(&path.display().to_string(), &read_text(path)?)?);
    }
    if !args.state.is_empty() {
        let mut changed = match lines {
            Some(lines) => lines,
            None => session.schedule(&args.sheet)?.lines,
        };
        schedule::set_states(&mut changed, &args.state)?;
        lines = Some(changed);
    }
    let view = match lines {
        Some(lines) => session.set_schedule(&args.sheet, &lines)?,
        None => session.schedule(&args.sheet)?,
    };
    output.show(&view, |view| schedule_lines(output, view));
    Ok(())
}

fn schedule_lines(output: &Output, view: &ScheduleView) -> Vec<String> {
    let line = |(number, (line, dates)): (usize, (&ScheduleLine, _))| {
        let dates: &app::view::ScheduleDates = dates;
        let standing = match dates.standing {
            ScheduleStanding::Open => output.say("未开始", "not begun"),
            ScheduleStanding::Doing => output.say("进行中", "under way"),
            ScheduleStanding::Done => output.say("已完成", "done"),
            ScheduleStanding::Overdue => output.say("逾期", "overdue"),
        };
        let item: Vec<&str> = line.item.split_whitespace().collect();
        format!("{number:>3}  {}  {}  {}  {standing}", line.time, item.join(""), line.who)
    };
    (1..).zip(view.lines.iter().zip(&view.dates)).map(line).collect()
}
