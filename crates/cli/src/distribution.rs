//! Distributing files by their codes, judging evidence, notes of interviews, and what is missing.

use crate::output::{Output, code};
use crate::run::{read_text, watch};
use app::view::{
    DistributionLine, DistributionPlan, EvidenceItem, EvidenceVerdict, InterviewFields, MissingList, PlacementReading,
    PlannedFile, SkipReason,
};
use app::{Exit, Result, Session};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct DistributeArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 文件和文件夹
    #[arg(value_name = "文件", required = true)]
    pub paths: Vec<PathBuf>,
    /// 名称里没有编号的放到这个指标或观测点
    #[arg(long, value_name = "编号")]
    pub on: Option<String>,
    /// 只看怎么分，不添加
    #[arg(long)]
    pub plan: bool,
}

/// What an expert found.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Found {
    /// 属实
    Genuine,
    /// 存疑
    Doubtful,
    /// 不符
    Refuted,
    /// 取消核验
    None,
}

#[derive(Debug, Args)]
pub struct VerdictArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 属实 genuine、存疑 doubtful、不符 refuted，或取消 none
    #[arg(value_name = "核验")]
    pub verdict: Found,
    /// 材料编号
    #[arg(value_name = "材料", required = true)]
    pub items: Vec<String>,
    /// 说明：查到了什么
    #[arg(long, value_name = "说明")]
    pub note: Option<String>,
}

#[derive(Debug, Args)]
pub struct InterviewArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 内容的文本文件
    #[arg(value_name = "文件")]
    pub content: PathBuf,
    /// 观测点编号，可写多次
    #[arg(long, value_name = "编号", required = true)]
    pub point: Vec<String>,
    /// 访谈对象
    #[arg(long, value_name = "人员")]
    pub persons: String,
    /// 时间，例如 2022-05-11 14:30
    #[arg(long, value_name = "时间", default_value = "")]
    pub time: String,
    /// 地点
    #[arg(long, value_name = "地点", default_value = "")]
    pub place: String,
}

/// Attaches what has a place. What needs a choice, and what could not be attached, is told and makes the call fail.
pub fn distribute(output: &Output, session: &mut Session, args: &DistributeArgs) -> Result<ExitCode> {
    let plan = session.plan_distribution(&args.sheet, &args.paths, args.on.as_deref(), &watch())?;
    if args.plan {
        output.show(&plan, |plan| plan_lines(output, plan));
        return Ok(ExitCode::SUCCESS);
    }
    let (placed, open): (Vec<&PlannedFile>, Vec<&PlannedFile>) =
        plan.files.iter().partition(|file| !file.points.is_empty());
    let line = |file: &&PlannedFile| DistributionLine { path: file.path.clone(), points: file.points.clone() };
    let lines: Vec<DistributionLine> = placed.iter().map(line).collect();
    let report = session.distribute(&args.sheet, &lines, &watch())?;
    output.show(&report, |report| {
        let mut lines = vec![format!("{} {}", output.say("添加", "added"), report.added)];
        let linked = |name| format!("{} {name}", output.say("已有，只关联：", "linked:"));
        lines.extend(report.linked.iter().map(linked));
        lines.extend(
            open.iter().map(|file| format!("{} {}", output.say("没有放：", "not placed:"), file_line(output, file))),
        );
        lines
    });
    report.refused.iter().for_each(|refused| output.problem(&refused.problem));
    let refused = (!report.refused.is_empty() || report.left > 0).then_some(Exit::Storage);
    Ok(refused.or((!open.is_empty()).then_some(Exit::Refused)).map_or(ExitCode::SUCCESS, code))
}

fn plan_lines(output: &Output, plan: &DistributionPlan) -> Vec<String> {
    let skipped = plan.skipped.iter().map(|skipped| {
        let why = match skipped.why {
            SkipReason::Hidden => output.say("隐藏文件", "hidden"),
            SkipReason::System => output.say("系统文件", "system file"),
            SkipReason::Link => output.say("链接", "link"),
            SkipReason::Empty => output.say("空文件", "empty"),
            SkipReason::Large => output.say("太大", "too large"),
            SkipReason::Unreadable => output.say("读不了", "unreadable"),
            SkipReason::Deep => output.say("文件夹太深", "too deep"),
        };
        format!("- {}  {why} {}", skipped.shown, skipped.detail).trim_end().to_owned()
    });
    plan.files.iter().map(|file| file_line(output, file)).chain(skipped).collect()
}

fn file_line(output: &Output, file: &PlannedFile) -> String {
    let why = match file.reading {
        PlacementReading::Named | PlacementReading::Dropped => String::new(),
        PlacementReading::Indicator => output.say("要选观测点", "choose a point").to_owned(),
        PlacementReading::Contradicting => output.say("编号互相矛盾", "codes contradict").to_owned(),
        PlacementReading::Unknown => format!("{} {}", output.say("没有这个编号", "no such code"), file.read),
        PlacementReading::Nothing => output.say("没有编号", "no code").to_owned(),
    };
    let points = if file.points.is_empty() { "?".to_owned() } else { file.points.join(" ") };
    let choices = file.candidates.join(" ");
    let twin = file.twin.as_ref().map(|twin| format!("{} {twin}", output.say("内容同", "same as"))).unwrap_or_default();
    format!("{points}  {}  {}  {why} {choices} {twin}", file.shown, file.size).trim_end().to_owned()
}

/// Judges pieces of evidence.
pub fn verdict(output: &Output, session: &mut Session, args: &VerdictArgs) -> Result<ExitCode> {
    let verdict = match args.verdict {
        Found::Genuine => Some(EvidenceVerdict::Genuine),
        Found::Doubtful => Some(EvidenceVerdict::Doubtful),
        Found::Refuted => Some(EvidenceVerdict::Refuted),
        Found::None => None,
    };
    let state = session.set_verdict(&args.sheet, &args.items, verdict.as_ref(), args.note.as_deref())?;
    output.show(&state.verdicts, |verdicts| {
        let word = |verdict: &EvidenceVerdict| match verdict {
            EvidenceVerdict::Genuine => output.say("属实", "genuine"),
            EvidenceVerdict::Doubtful => output.say("存疑", "doubtful"),
            EvidenceVerdict::Refuted => output.say("不符", "refuted"),
        };
        let short = |item: &str| item.get(..8).unwrap_or(item).to_owned();
        verdicts.iter().map(|v| format!("{}  {}  {}", short(&v.item), word(&v.verdict), v.note)).collect()
    });
    Ok(ExitCode::SUCCESS)
}

/// Adds a note of an interview.
pub fn interview(output: &Output, session: &mut Session, args: &InterviewArgs) -> Result<ExitCode> {
    let fields = InterviewFields {
        time: args.time.clone(),
        place: args.place.clone(),
        persons: args.persons.clone(),
        content: read_text(&args.content)?,
    };
    let after = session.add_interview(&args.sheet, &args.point, &fields)?;
    let line = |item: &EvidenceItem| {
        format!("{}  {}  {}", item.id.get(..8).unwrap_or(&item.id), item.name, item.points.join(" "))
    };
    let notes = after.evidence.into_iter().filter(|item| item.on_site.is_some()).collect::<Vec<_>>();
    output.show(&notes, |items| items.iter().map(line).collect());
    Ok(ExitCode::SUCCESS)
}

/// Lists what evidence is missing.
pub fn missing(output: &Output, session: &mut Session, sheet: &str) -> Result<ExitCode> {
    output.show(&session.missing_evidence(sheet)?, |list| missing_lines(output, list));
    Ok(ExitCode::SUCCESS)
}

fn missing_lines(output: &Output, list: &MissingList) -> Vec<String> {
    let mut lines = Vec::new();
    for indicator in &list.indicators {
        let departments = indicator.departments.join("、");
        lines.push(format!("{}  {}  {departments}", indicator.code, indicator.title).trim_end().to_owned());
        lines
            .extend(indicator.asked.iter().map(|asked| format!("  {} {asked}", output.say("要收集：", "to collect:"))));
        lines.extend(indicator.points.iter().map(|point| {
            let scored = if point.scored { output.say("（已评分）", " (scored)") } else { "" };
            let refuted = point.refuted.iter().map(|name| format!(" {} {name}", output.say("不符：", "refuted:")));
            format!("  - {}  {}{scored}{}", point.code, point.title, refuted.collect::<String>())
        }));
    }
    lines
}
