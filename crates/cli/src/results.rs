//! Results over the units of a panel.

use crate::data;
use crate::output::Output;
use crate::panel;
use app::facts::Surroundings;
use app::localise::Target;
use app::results::{self, table::Table};
use app::view::{ProfileView, RankRow, ResultsView, TrendView};
use app::{Result, Session};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::io::Write as _;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct ResultsArgs {
    /// 专家组的名称或编号
    #[arg(value_name = "专家组")]
    panel: String,
    /// 格式：text 文字（默认），json，csv（带 BOM，Excel 直接打开）
    #[arg(long, value_enum, default_value = "text", value_name = "格式")]
    format: Format,
    /// CSV 要哪一张表
    #[arg(long, value_enum, default_value = "ranking", value_name = "表")]
    table: Which,
    /// 看一个单位，或几个单位并排；可以写几个
    #[arg(long, value_name = "单位", conflicts_with = "years")]
    unit: Vec<String>,
    /// 历年：同一套指标体系（或对得上的另一版）的各年
    #[arg(long)]
    years: bool,
    /// 从数据库里读已发布的：postgres://用户@localhost/数据库
    #[arg(long, value_name = "地址", conflicts_with = "years")]
    from: Option<String>,
    /// 写到文件；已有的不覆盖
    #[arg(long, value_name = "文件")]
    out: Option<PathBuf>,
    /// 文件已有时换掉
    #[arg(long, requires = "out")]
    force: bool,
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Csv,
}

/// Tables of results.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Which {
    /// 单位 × 专家
    Matrix,
    /// 页面上的那张：一个单位一行
    Shown,
    /// 名次
    Ranking,
    /// 等次分布
    Grades,
    /// 各指标得分率，弱的在前
    Indicators,
    /// 自评与合议
    #[value(name = "self")]
    Own,
    /// 每个分数的来历；给出 --unit 时只要这些单位的
    Calculations,
}

/// Carries the command out.
pub fn run(output: &Output, session: &mut Session, args: &ResultsArgs) -> Result<()> {
    let language = output.language;
    if let Some(address) = &args.from {
        session.look_at_server(&data::server(address), &Surroundings::real(), &args.panel)?;
    }
    if args.years {
        let view = session.trend(&args.panel)?;
        return give(output, args, &view, || Table::trend(&view, language), trend_lines);
    }
    if let Which::Calculations = args.table {
        let all = session.panel(&args.panel)?.units.into_iter().map(|unit| unit.unit);
        let units = if args.unit.is_empty() { all.collect() } else { args.unit.clone() };
        let views = units.iter().map(|unit| session.panel_unit(&args.panel, unit)).collect::<Result<Vec<_>>>()?;
        let lines = |views: &Vec<_>| views.iter().flat_map(|view| panel::unit_lines(output, view)).collect();
        return give(output, args, &views, || Table::calculations(&views, language), lines);
    }
    if !args.unit.is_empty() {
        let view = session.compare_units(&args.panel, &args.unit)?;
        return give(output, args, &view, || Table::profile(&view, language), profile_lines);
    }
    let view = session.results(&args.panel)?;
    let table = || match args.table {
        Which::Matrix | Which::Calculations => Table::matrix(&view, language),
        Which::Shown => Table::shown(&view.panel, language),
        Which::Ranking => Table::ranking(&view, language),
        Which::Grades => Table::grades(&view, language),
        Which::Indicators => Table::indicators(&view, language),
        Which::Own => Table::own(&view, language),
    };
    give(output, args, &view, table, |view| lines(output, view))
}

/// Writes a view in the format that was asked for.
fn give<T: Serialize>(
    output: &Output,
    args: &ResultsArgs,
    view: &T,
    table: impl FnOnce() -> Table,
    lines: impl FnOnce(&T) -> Vec<String>,
) -> Result<()> {
    let text = match args.format {
        Format::Csv => table().csv(),
        Format::Text if !output.json => lines(view).join("\n") + "\n",
        Format::Json | Format::Text => serde_json::to_string_pretty(view).unwrap_or_default() + "\n",
    };
    match &args.out {
        Some(path) => results::write(&text, Target { path, replace: args.force }),
        None => {
            // A reader that went away (`| head`) is no failure of the command.
            let _ = std::io::stdout().lock().write_all(text.as_bytes());
            Ok(())
        }
    }
}

fn percent(value: Option<&String>) -> String {
    value.map_or_else(|| "—".to_owned(), |value| format!("{value}%"))
}

fn lines(output: &Output, view: &ResultsView) -> Vec<String> {
    let mut lines = panel::lines(output, &view.panel);
    lines.push(output.say("名次", "Ranking").to_owned());
    let tied = |row: &RankRow| if row.tied { output.say("（并列）", " (tied)") } else { "" };
    lines.extend(view.ranking.iter().map(|row| {
        let grade = row.grade.clone().unwrap_or_default();
        format!("  {}{}  {}  {}  {}  {grade}", row.rank, tied(row), row.unit, row.total, percent(row.percent.as_ref()))
    }));
    lines.extend(view.unranked.iter().map(|unit| format!("  —  {unit}  {}", output.say("没有结果", "no result"))));
    lines.push(output.say("等次", "Grades").to_owned());
    let none = output.say("没有等次", "no grade");
    lines.extend(view.grades.iter().map(|row| format!("  {}  {}", row.grade.as_deref().unwrap_or(none), row.units)));
    let weak = output.say("得分率最低的指标", "Weakest indicators");
    lines.push(format!("{weak}（{} %）", view.line));
    let below = output.say("个单位低于线", "units below");
    lines.extend(
        view.indicators.iter().filter(|row| row.level == 2).take(10).map(|row| {
            format!("  {} {}  {}  {} {below}", row.code, row.title, percent(row.percent.as_ref()), row.below)
        }),
    );
    lines.push(output.say("自评与合议", "Self against panel").to_owned());
    let dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "—".to_owned());
    lines.extend(
        view.own
            .iter()
            .map(|row| format!("  {}  {} → {}  {}", row.unit, dash(&row.own), dash(&row.panel), dash(&row.difference))),
    );
    lines
}

fn profile_lines(view: &ProfileView) -> Vec<String> {
    let dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "—".to_owned());
    let mut lines: Vec<String> = Vec::new();
    for ((unit, total), grade) in view.units.iter().zip(&view.totals).zip(&view.grades) {
        lines.push(format!("{unit}  {}  {}", dash(total), grade.clone().unwrap_or_default()));
    }
    for row in &view.rows {
        let depth = usize::try_from(row.level).unwrap_or_default();
        let shares: Vec<String> = row.percents.iter().map(|value| percent(value.as_ref())).collect();
        let all = percent(row.all.as_ref());
        lines.push(format!("{}{} {}  {}  ({all})", "  ".repeat(depth), row.code, row.title, shares.join("  ")));
    }
    lines
}

fn trend_lines(view: &TrendView) -> Vec<String> {
    let rounds = view.rounds.iter().map(|round| format!("{} {}", round.panel.year, round.panel.name));
    let mut lines = vec![rounds.collect::<Vec<_>>().join("  ")];
    lines.extend(view.rows.iter().map(|row| {
        let shares: Vec<String> = row.percents.iter().map(|value| percent(value.as_ref())).collect();
        let indent = if row.code.is_empty() { String::new() } else { format!("  {} {}  ", row.code, row.title) };
        let unit = if row.code.is_empty() { format!("{}  ", row.unit) } else { String::new() };
        format!("{unit}{indent}{}", shares.join("  "))
    }));
    lines
}
