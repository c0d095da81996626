//! Evidence: attached here, the rest is handed on.

use crate::catalogue::{self, ChangeArgs};
use crate::distribution::{self, DistributeArgs, InterviewArgs, VerdictArgs};
use crate::look;
use crate::output::{Output, code};
use crate::run::watch;
use app::evidence::Description;
use app::view::EvidenceKind;
use app::{Exit, Result, Session};
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum EvidenceCommand {
    /// 添加材料文件
    Add(AddArgs),
    /// 列出材料目录
    List {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
    },
    /// 改材料目录：各项内容、关联、页码、移除；可以一次改多件
    Change(ChangeArgs),
    /// 按文件夹和文件名里的编号，把文件分到各观测点；加 --plan 只看怎么分，不添加
    Distribute(DistributeArgs),
    /// 专家核验材料：属实、存疑或不符
    Verdict(VerdictArgs),
    /// 专家添加访谈记录
    Interview(InterviewArgs),
    /// 缺材料清单：要收集什么，哪些观测点还没有材料
    Missing {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
    },
    /// 在这里看一件材料的文字和表格；图片、PDF 说明大小，其余用系统程序打开
    Show {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
        /// 材料编号
        #[arg(value_name = "材料")]
        item: String,
    },
    /// 逐个核对材料文件是否还在、有没有变
    Check {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
        /// 清除以前拷贝时中断留下的文件
        #[arg(long)]
        clear: bool,
    },
}

#[derive(Debug, Args)]
pub struct AddArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 材料文件
    #[arg(value_name = "文件", required = true)]
    pub files: Vec<PathBuf>,
    /// 支撑的观测点编号，可写多次
    #[arg(long, value_name = "编号", required = true)]
    pub point: Vec<String>,
    /// 材料名称（只添加一个文件时）
    #[arg(long, value_name = "名称")]
    pub name: Option<String>,
    /// 时间，例如 2021.09
    #[arg(long, value_name = "年.月")]
    pub date: Option<String>,
    /// 类型：A 上级文件，B 省开放大学，C 市级县级，D 其它，E 图片照片
    #[arg(long, value_name = "A-E")]
    pub kind: Option<Kind>,
    /// 备注/文号
    #[arg(long, value_name = "文号")]
    pub note: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "UPPER")]
pub enum Kind {
    A,
    B,
    C,
    D,
    E,
}

/// Carries out what is asked of evidence.
pub fn run(output: &Output, session: &mut Session, command: &EvidenceCommand) -> Result<ExitCode> {
    match command {
        EvidenceCommand::Add(args) => add(output, session, args),
        EvidenceCommand::List { sheet } => {
            output.show(&session.catalogue(sheet)?, |items| items.iter().flat_map(catalogue::lines).collect());
            Ok(ExitCode::SUCCESS)
        }
        EvidenceCommand::Change(args) => catalogue::change(output, session, args),
        EvidenceCommand::Distribute(args) => distribution::distribute(output, session, args),
        EvidenceCommand::Verdict(args) => distribution::verdict(output, session, args),
        EvidenceCommand::Interview(args) => distribution::interview(output, session, args),
        EvidenceCommand::Missing { sheet } => distribution::missing(output, session, sheet),
        EvidenceCommand::Show { sheet, item } => look::show(output, session, sheet, item),
        EvidenceCommand::Check { sheet, clear } => look::check(output, session, sheet, *clear),
    }
}

fn add(output: &Output, session: &mut Session, args: &AddArgs) -> Result<ExitCode> {
    let report = session.attach_described(&args.sheet, &args.point, &args.files, &description(args), &watch())?;
    output.show(&report, |report| {
        let mut lines = vec![format!("{} {}", output.say("添加", "added"), report.added.len())];
        lines
            .extend(report.duplicates.iter().map(|name| format!("{} {name}", output.say("已有，只关联：", "linked:"))));
        lines
    });
    report.refused.iter().for_each(|refused| output.problem(&refused.problem));
    Ok(if report.refused.is_empty() { ExitCode::SUCCESS } else { code(Exit::Storage) })
}

/// The catalogue fields that were given.
fn description(args: &AddArgs) -> Description {
    let kind = args.kind.map(|kind| match kind {
        Kind::A => EvidenceKind::A,
        Kind::B => EvidenceKind::B,
        Kind::C => EvidenceKind::C,
        Kind::D => EvidenceKind::D,
        Kind::E => EvidenceKind::E,
    });
    Description {
        name: args.name.clone(),
        date: args.date.clone().unwrap_or_default(),
        kind,
        note: args.note.clone().unwrap_or_default(),
    }
}
