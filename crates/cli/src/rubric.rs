//! Rubrics: listed, read, checked; the rest is handed on.

use crate::args::TargetArgs;
use crate::edition::{self, LocaliseArgs};
use crate::output::{Output, code};
use crate::workbook;
use app::{Exit, Result, rubrics};
use clap::Subcommand;
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum RubricCommand {
    /// 列出内置的指标体系
    List,
    /// 查看指标体系全文
    Show {
        /// 指标体系编号或文件
        #[arg(value_name = "指标体系")]
        rubric: String,
    },
    /// 检查指标体系文件
    Check {
        /// 指标体系编号或文件
        #[arg(value_name = "文件", required = true)]
        files: Vec<String>,
    },
    /// 逐条比较两个指标体系，例如前后两版
    Diff {
        /// 原来的指标体系编号或文件
        #[arg(value_name = "原版")]
        old: String,
        /// 另一个指标体系编号或文件
        #[arg(value_name = "新版")]
        new: String,
    },
    /// 按原文允许的范围改成本地版本：划等次线、调分值
    Localise(LocaliseArgs),
    /// 从 Excel 工作簿导入指标体系；有错时指出单元格
    Import {
        /// 工作簿 .xlsx、.xls、.ods
        #[arg(value_name = "工作簿")]
        book: PathBuf,
        #[command(flatten)]
        target: TargetArgs,
    },
    /// 把指标体系导出为 Excel 工作簿
    Export {
        /// 指标体系编号或文件
        #[arg(value_name = "指标体系")]
        rubric: String,
        #[command(flatten)]
        target: TargetArgs,
    },
    /// 写出空白的 Excel 工作簿，带填写说明
    Template {
        #[command(flatten)]
        target: TargetArgs,
    },
}

/// Carries out what is asked of rubrics.
pub fn run(output: &Output, command: &RubricCommand) -> Result<ExitCode> {
    match command {
        RubricCommand::List => {
            let all: Vec<_> = rubrics::shipped().iter().map(|loaded| rubrics::summary(&loaded.rubric)).collect();
            output.show(&all, |all| {
                all.iter()
                    .map(|r| format!("{}  {}  {} {}", r.id, r.title, r.total, output.say("分", "marks")))
                    .collect()
            });
            Ok(ExitCode::SUCCESS)
        }
        RubricCommand::Show { rubric } => {
            let document = rubrics::document(&rubrics::load(rubric)?.rubric, output.language);
            output.show(&document, rubric_lines);
            Ok(ExitCode::SUCCESS)
        }
        RubricCommand::Check { files } => check(output, files),
        RubricCommand::Diff { old, new } => edition::diff(output, old, new).map(|()| ExitCode::SUCCESS),
        RubricCommand::Localise(args) => edition::localise(output, args).map(|()| ExitCode::SUCCESS),
        RubricCommand::Import { book, target } => workbook::import(output, book, target),
        RubricCommand::Export { rubric, target } => workbook::export(output, rubric, target),
        RubricCommand::Template { target } => workbook::template(output, target),
    }
}

fn rubric_lines(document: &rubrics::RubricDocument) -> Vec<String> {
    let mut lines = vec![format!("{}  {}  {}", document.id, document.title, document.total)];
    for indicator in &document.indicators {
        let depth = usize::try_from(indicator.level).unwrap_or_default();
        lines.push(format!("{}{}", "  ".repeat(depth), indicator.text));
        let points = document.points.iter().filter(|point| point.parent == indicator.code);
        lines.extend(points.map(|point| format!("{}{}  {}", "  ".repeat(depth + 1), point.code, point.standard)));
        let limits = document.limits.iter().filter(|limit| limit.parent == indicator.code);
        lines.extend(
            limits.map(|limit| format!("{}{}  {}", "  ".repeat(depth + 1), limit.limit.code, limit.limit.text)),
        );
    }
    lines
}

fn check(output: &Output, files: &[String]) -> Result<ExitCode> {
    let mut worst = ExitCode::SUCCESS;
    let mut all = Vec::new();
    for file in files {
        let faults = rubrics::check(file)?;
        if !faults.is_empty() {
            worst = code(Exit::Refused);
        }
        let problems: Vec<_> = faults.iter().map(|fault| fault.problem(output.language)).collect();
        all.push((file.clone(), problems));
    }
    let value: Vec<_> = all.iter().map(|(file, problems)| json!({ "file": file, "problems": problems })).collect();
    output.show(&value, |_| {
        let mut lines = Vec::new();
        for (file, problems) in &all {
            if problems.is_empty() {
                lines.push(format!("{file}: {}", output.say("没有问题", "good")));
            }
            lines.extend(problems.iter().map(|p| format!("{}\n  {}\n  {}\n  [{}]", p.what, p.place, p.todo, p.code)));
        }
        lines
    });
    Ok(worst)
}
