//! Marks: entering them, showing what follows, what would raise it; with or without a workspace.

use crate::output::{Output, code};
use crate::run::read_text;
use app::refusal::Refusal;
use app::view::{RosterQuery, SheetState, Step, WhatIfView};
use app::{Exit, Result, Session, assess};
use clap::Args;
use serde_json::json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct ScoreArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 编号=分数，例如 1.1.1-1=4；分数留空为未评
    #[arg(value_name = "编号=分数", value_parser = pair)]
    pub marks: Vec<(String, String)>,
    /// 条件编号=yes|no，例如 4.5.3-6=no
    #[arg(long, value_name = "编号=yes|no", value_parser = decision)]
    pub condition: Vec<(String, bool)>,
    /// 编号=意见
    #[arg(long, value_name = "编号=意见", value_parser = pair)]
    pub remark: Vec<(String, String)>,
    /// 评分数据 JSON 文件，- 为标准输入
    #[arg(long, value_name = "文件")]
    pub input: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct FigureArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 观测点、指标或加减分项的编号
    #[arg(value_name = "编号")]
    pub code: String,
    /// 数据名称
    #[arg(value_name = "数据")]
    pub name: String,
    /// 名单：支撑材料的编号（.xlsx、.xls、.ods）
    #[arg(long, value_name = "材料")]
    pub item: String,
    /// 怎样数：JSON 文件，- 为标准输入
    #[arg(long, value_name = "文件")]
    pub query: PathBuf,
    /// 只数，不记
    #[arg(long)]
    pub dry_run: bool,
}

fn pair(text: &str) -> std::result::Result<(String, String), String> {
    let (code, value) = text.split_once('=').ok_or("写成 编号=分数或编号=内容，例如 1.1.1-1=4")?;
    Ok((code.trim().to_owned(), value.to_owned()))
}

fn decision(text: &str) -> std::result::Result<(String, bool), String> {
    let (code, value) = pair(text)?;
    match value.trim() {
        "yes" | "存在" => Ok((code, true)),
        "no" | "不存在" => Ok((code, false)),
        _ => Err("写成 编号=yes（存在）或 编号=no（不存在）".to_owned()),
    }
}

/// Records what was given.
pub fn score(output: &Output, session: &mut Session, args: &ScoreArgs) -> Result<()> {
    let mut input = match &args.input {
        Some(path) => app::assess::read(&path.display().to_string(), &read_text(path)?)?,
        None => app::assess::Input::default(),
    };
    once(args.marks.iter().map(|(code, _)| code))?;
    once(args.condition.iter().map(|(code, _)| code))?;
    once(args.remark.iter().map(|(code, _)| code))?;
    let (empty, marks): (Vec<_>, Vec<_>) = args.marks.iter().partition(|(_, mark)| mark.trim().is_empty());
    input.scores.extend(marks.into_iter().map(|(point, mark)| (point.clone(), json!(mark.trim()))));
    input.cleared = empty.into_iter().map(|(point, _)| point.clone()).collect();
    input.findings.extend(args.condition.iter().map(|(limit, present)| (limit.clone(), json!(present))));
    input.remarks.extend(args.remark.iter().cloned());
    let state = session.enter_input(&args.sheet, &input)?;
    output.show(&state, |state| {
        let outcome = &state.outcome;
        vec![format!("{} / {}  {} {}", outcome.total, outcome.max, state.open.len(), output.say("项未评", "open"))]
    });
    Ok(())
}

/// Refuses a code that stands twice in one call: of two values none can be preferred.
fn once<'a>(codes: impl Iterator<Item = &'a String>) -> Result<()> {
    let mut seen = BTreeSet::new();
    for code in codes {
        if !seen.insert(code) {
            return Err(Refusal::GivenTwice { point: code.clone() }.into());
        }
    }
    Ok(())
}

/// Counts the rows of a list of names, and records the number unless asked only to count.
pub fn figure(output: &Output, session: &mut Session, args: &FigureArgs) -> Result<()> {
    let path = args.query.display().to_string();
    let bad = |error: serde_json::Error| Refusal::BadInput { path, detail: error.to_string() };
    let query: RosterQuery = serde_json::from_str(&read_text(&args.query)?).map_err(bad)?;
    let counted = session.count_rows(&args.sheet, &args.item, &query)?;
    if !args.dry_run {
        session.set_quantity_from_table(&args.sheet, &args.code, &args.name, &args.item, &query)?;
    }
    output.show(&counted, |counted| vec![format!("{} = {}", args.name, counted.matching), counted.words.clone()]);
    Ok(())
}

/// Only computes.
pub fn assess_only(output: &Output, rubric: &str, input: &Path, what_if: bool) -> Result<ExitCode> {
    let (name, text) = (input.display().to_string(), read_text(input)?);
    let assessed = assess::assess(rubric, &name, &text, what_if, output.language)?;
    output.show(&assessed, |a| {
        let mut lines = vec![format!("{} / {}  {}", a.total, a.max, a.grade.clone().unwrap_or_default())];
        lines.extend(a.indicators.iter().map(|i| format!("  {}  {} / {}  {}%", i.code, i.score, i.max, i.percent)));
        lines.extend(a.conclusion.iter().map(step_line));
        lines.extend(a.problems.iter().map(|p| p.message.clone()));
        lines.extend(a.what_if.iter().flat_map(|answer| what_if_lines(output, answer)));
        lines
    });
    Ok(if assessed.problems.is_empty() { ExitCode::SUCCESS } else { code(Exit::Refused) })
}

/// What is missing to the next grade, line by line.
pub fn what_if_lines(output: &Output, answer: &WhatIfView) -> Vec<String> {
    let gain = |code: &str, title: &str, gap: &str| format!("  {code} {title}  +{gap} {}", output.say("分", "marks"));
    let mut lines = answer.assumed.clone();
    lines.push(answer.next.clone());
    lines.extend(answer.enough.clone());
    lines.extend(answer.raises.iter().map(|raise| gain(&raise.code, &raise.title, &raise.gap)));
    for line in &answer.lines {
        lines.push(format!("{}  {}", line.sentence, line.finding));
        for lack in &line.below {
            let note = lack.note.as_ref().map(|note| format!("（{note}）")).unwrap_or_default();
            lines.push(gain(&lack.code, &lack.title, &lack.missing) + &note);
        }
    }
    let failing = answer.failing.iter();
    lines.extend(failing.map(|chapter| format!("  {} {}  {}", chapter.code, chapter.title, chapter.finding)));
    lines.push(answer.verdict.clone());
    lines.extend(answer.deciders.iter().map(|decider| {
        let code = decider.code.as_deref().unwrap_or_default();
        format!("  {code} {}  {}", decider.sentence.trim(), decider.finding)
    }));
    lines
}

/// A sheet with its marks and its result.
pub fn show(output: &Output, state: &SheetState) {
    output.show(state, |state| {
        let outcome = &state.outcome;
        let grade = outcome.grade.clone().unwrap_or_else(|| output.say("等次未定", "grade open").to_owned());
        let mut lines = vec![
            format!("{} {}  {}（{}）r{}", state.unit, state.year, state.assessor, state.organisation, state.revision),
            format!("{} / {}  {grade}", outcome.total, outcome.max),
        ];
        for (point, entered) in outcome.points.iter().zip(&state.points) {
            let score = point.score.clone().unwrap_or_else(|| output.say("未评", "not scored").to_owned());
            lines.push(format!("{}  {score} / {}  {}", point.code, point.max, entered.remark).trim_end().to_owned());
        }
        lines.extend(outcome.conclusion.iter().map(step_line));
        if !state.open.is_empty() {
            lines.push(format!("{} {}", output.say("未完成：", "open:"), state.open.join("、")));
        }
        lines
    });
}

fn step_line(step: &Step) -> String {
    let amount = step.amount.as_deref().unwrap_or_default();
    format!("  {}  {}  {amount}", step.sentence, step.finding).trim_end().to_owned()
}
