//! A sheet as a workbook that people fill in.

use crate::args::TargetArgs;
use crate::output::{Output, code};
use app::score_book::{ScoreBookChange, ScoreBookReport};
use app::{Exit, Result, Session};
use clap::Subcommand;
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum ScoreBookCommand {
    /// 导出打分表草稿，已记的内容填在里面
    Export {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
        #[command(flatten)]
        target: TargetArgs,
    },
    /// 导入填好的工作簿：列出改动并写入；有一处错就全不写入
    Import {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
        /// 填好的工作簿 .xlsx、.xls、.ods
        #[arg(value_name = "工作簿")]
        file: PathBuf,
        /// 只列出改动，不写入
        #[arg(long)]
        dry_run: bool,
        /// 另一份打分表或另一版指标体系的工作簿也照样导入
        #[arg(long)]
        anyway: bool,
    },
}

/// Writes a workbook, or takes one in.
pub fn run(output: &Output, session: &mut Session, command: &ScoreBookCommand) -> Result<ExitCode> {
    match command {
        ScoreBookCommand::Export { sheet, target } => {
            session.export_score_book(sheet, target.target())?;
            let path = target.out.display().to_string();
            output.show(&json!({ "path": path }), |_| vec![path.clone()]);
            Ok(ExitCode::SUCCESS)
        }
        ScoreBookCommand::Import { sheet, file, dry_run, anyway } => {
            let report = if *dry_run {
                session.preview_score_book(sheet, file, *anyway)?
            } else {
                session.import_score_book(sheet, file, *anyway, None)?
            };
            Ok(show(output, &report))
        }
    }
}

fn show(output: &Output, report: &ScoreBookReport) -> ExitCode {
    if output.json || report.faults.is_empty() {
        output.show(report, |report| lines(output, report));
    }
    if !output.json {
        for fault in &report.faults {
            output.at(&fault.cell, &fault.problem);
        }
    }
    if report.faults.is_empty() { ExitCode::SUCCESS } else { code(Exit::Refused) }
}

fn lines(output: &Output, report: &ScoreBookReport) -> Vec<String> {
    let blank = output.say("（空）", "(blank)");
    let value = |text: &str| if text.is_empty() { blank.to_owned() } else { text.replace('\n', " ") };
    let change = |change: &ScoreBookChange| {
        let ScoreBookChange { cell, code, label, before, after, exported } = change;
        let since = exported.as_ref().map_or_else(String::new, |exported| {
            format!("  {} {}", output.say("导出时是", "when exported:"), value(exported))
        });
        format!("{cell}  {code} {label}  {} → {}{since}", value(before), value(after))
    };
    let mut lines: Vec<String> = report.changes.iter().map(change).collect();
    if !report.missing.is_empty() {
        let kept = output.say("工作簿里没有的行，保持原样", "rows that are not in the workbook stay as they are");
        lines.push(format!("{kept}: {}", report.missing.len()));
    }
    let count = report.changes.len();
    lines.push(match (report.applied, output.language) {
        (true, app::Language::Zh) => format!("写入 {count} 处改动"),
        (true, app::Language::En) => format!("{count} changes written"),
        (false, app::Language::Zh) => format!("将改动 {count} 处，没有写入"),
        (false, app::Language::En) => format!("{count} changes, nothing written"),
    });
    lines
}
