//! What was done: listed, compared with the last signed revision, checked.

use crate::output::{Output, code};
use crate::run::watch;
use app::view::{ChangeLine, ChangesView, HistoryGroup, HistoryLine, HistoryQuery, HistoryReport};
use app::{Exit, Result, Session};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct HistoryArgs {
    /// 打分表编号；不给时是整个工作区的
    #[arg(value_name = "打分表")]
    sheet: Option<String>,
    /// 只看一类：scores 打分，evidence 材料，life 定稿签名交换，work 任务问题写作
    #[arg(long, value_enum, value_name = "类别")]
    group: Option<Group>,
    /// 只看含有这些字的，例如编号、姓名
    #[arg(long, value_name = "文字", default_value = "")]
    find: String,
    /// 比上一次签名的一版改了什么
    #[arg(long, requires = "sheet", conflicts_with_all = ["group", "find", "check"])]
    since_signed: bool,
    /// 核对：一条不少、一条不改、次序不变，打分表与历史相符；不符时退出码为 3
    #[arg(long, conflicts_with_all = ["sheet", "group", "find"])]
    check: bool,
    /// 核对时，另与交出去的交换包比
    #[arg(long, value_name = "交换包", requires = "check")]
    against: Vec<PathBuf>,
}

/// What a line is about.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Group {
    Scores,
    Evidence,
    Life,
    Work,
}

impl From<Group> for HistoryGroup {
    fn from(group: Group) -> Self {
        match group {
            Group::Scores => Self::Scores,
            Group::Evidence => Self::Evidence,
            Group::Life => Self::Life,
            Group::Work => Self::Work,
        }
    }
}

pub fn run(output: &Output, session: &mut Session, args: &HistoryArgs) -> Result<ExitCode> {
    match &args.sheet {
        Some(sheet) if args.since_signed => {
            output.show(&session.changes_since_signed(sheet)?, |changes| change_lines(output, changes.as_ref()));
            Ok(ExitCode::SUCCESS)
        }
        _ if args.check => check(output, session, &args.against),
        sheet => {
            let lines = all(session, sheet.as_deref(), args)?;
            output.show(&lines, |lines| lines.iter().map(line).collect());
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Every line that is wanted, the latest first.
fn all(session: &mut Session, sheet: Option<&str>, args: &HistoryArgs) -> Result<Vec<HistoryLine>> {
    let mut query = HistoryQuery { group: args.group.map(HistoryGroup::from), text: args.find.clone(), before: None };
    let mut lines = Vec::new();
    loop {
        let page = session.history(sheet, &query)?;
        lines.extend(page.lines);
        query.before = lines.last().map(|line| line.number);
        if !page.more {
            return Ok(lines);
        }
    }
}

fn line(line: &HistoryLine) -> String {
    let place = [line.target.as_str(), line.title.as_str()].join(" ");
    let reason = line.reason.as_deref().map(|reason| format!("（{reason}）")).unwrap_or_default();
    let change = change(line.old.as_deref(), line.new.as_deref());
    let text =
        format!("{}  {}  {}  {}  {}  {change}{reason}", line.number, line.at, line.who, line.action, place.trim());
    text.trim_end().to_owned()
}

fn change(old: Option<&str>, new: Option<&str>) -> String {
    match (old, new) {
        (None, None) => String::new(),
        (None, Some(new)) => new.to_owned(),
        (old, new) => format!("{} → {}", old.unwrap_or("—"), new.unwrap_or("—")),
    }
}

fn change_lines(output: &Output, changes: Option<&ChangesView>) -> Vec<String> {
    let Some(changes) = changes else {
        return vec![output.say("以前没有签过名的一版", "No earlier revision was signed").to_owned()];
    };
    let signers = changes.signers.join("、");
    let head = format!("r{} {signers} {} → r{}", changes.since, changes.at, changes.revision);
    let total = format!("{} {} → {}", output.say("总分", "total"), changes.total_then, changes.total_now);
    let said = |line: &ChangeLine| {
        let place = [line.code.as_str(), line.title.as_str()].join(" ");
        format!("  {}  {}  {}", place.trim(), line.what, change(line.old.as_deref(), line.new.as_deref()))
    };
    let reason = changes.reason.iter().map(|reason| format!("{}{reason}", output.say("理由：", "reason: ")));
    let evidence = (changes.evidence > 0)
        .then(|| format!("{} {}", output.say("材料目录改动", "changes of the catalogue"), changes.evidence));
    [head].into_iter().chain(reason).chain([total]).chain(changes.lines.iter().map(said)).chain(evidence).collect()
}

fn check(output: &Output, session: &mut Session, against: &[PathBuf]) -> Result<ExitCode> {
    let packages: Vec<&Path> = against.iter().map(PathBuf::as_path).collect();
    let report = session.check_history(&packages, &watch())?;
    output.show(&report, |report| check_lines(output, report));
    Ok(if report.sound { ExitCode::SUCCESS } else { code(Exit::Integrity) })
}

fn check_lines(output: &Output, report: &HistoryReport) -> Vec<String> {
    let mut lines: Vec<String> =
        report.problems.iter().map(|problem| format!("{problem}\n[{}]", problem.code)).collect();
    if report.sound {
        lines.push(output.say("历史完整，没有人动过", "The history is whole; nobody touched it").to_owned());
    }
    let [rows, revisions, values] = [report.rows, report.revisions, report.values];
    lines.push(match output.language {
        app::Language::Zh => format!("{rows} 条；核对了定稿 {revisions} 版、记录 {values} 项\n校验值 {}", report.head),
        app::Language::En => {
            format!("{rows} lines; {revisions} finalised revisions and {values} values compared\nhash {}", report.head)
        }
    });
    lines.extend(report.compared.iter().map(|package| {
        let said = if package.same {
            output.say("与交出时相符", "agrees with what was handed over")
        } else {
            output.say("与交出时不符", "does not agree with what was handed over")
        };
        format!("{}: {said}（{}）", package.path, package.rows)
    }));
    lines
}
