//! Results over the units of a panel.

use crate::data;
use crate::output::Output;
use crate::panel;
use crate::results_query::{EditionArgs, QueryArgs, ViewArgs};
use app::facts::Surroundings;
use app::localise::Target;
use app::results::{self, table::Table};
use app::view::{MarkView, ProfileView, RankRow, ResultsQuery, ResultsTable, ResultsView, TrendView};
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
    /// 看一个单位，或几个单位并排；可以写几个。同 --years 一起：这些单位的各项指标
    #[arg(long, value_name = "单位")]
    unit: Vec<String>,
    /// 一个单位的一个分数怎么来的：指标、观测点的编号，或 total
    #[arg(long, value_name = "编号", requires = "unit", conflicts_with = "years")]
    mark: Option<String>,
    /// 历年：同一套指标体系（或对得上的另一版）的各年
    #[arg(long)]
    years: bool,
    /// 从数据库里读已发布的：postgres://用户@localhost/数据库。打分表的依据、视图和历年只在工作区里，不能一起用
    #[arg(long, value_name = "地址", conflicts_with_all = [
        "years", "mark", "view", "save_view", "views", "rename_view", "remove_view", "map_from"
    ])]
    from: Option<String>,
    #[command(flatten)]
    query: QueryArgs,
    #[command(flatten)]
    views: ViewArgs,
    #[command(flatten)]
    editions: EditionArgs,
    /// 写到文件；已有的不覆盖
    #[arg(long, value_name = "文件")]
    out: Option<PathBuf>,
    /// 文件已有、视图已有同名的，换掉
    #[arg(long)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
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
    if args.views.run(output, session, &args.panel)? || args.editions.run(output, session, &args.panel)? {
        return Ok(());
    }
    let query = query(session, args)?;
    if let Some(name) = &args.views.save_view {
        session.save_result_view(&args.panel, name, &query, args.force)?;
    }
    if let (Some(code), Some(unit)) = (&args.mark, args.unit.first()) {
        let view = session.mark(&args.panel, unit, code)?;
        return give(output, args, &view, || Table::mark(&view, language), |view| mark_lines(output, view));
    }
    if args.table == Which::Calculations {
        return calculations(output, session, args);
    }
    match query.table {
        ResultsTable::Trend => {
            let view = session.trend_by(&args.panel, &query)?;
            give(output, args, &view, || Table::trend(&view, language), |view| trend_lines(output, view))
        }
        ResultsTable::Profile | ResultsTable::Compare => {
            let view = session.compare_by(&args.panel, &query)?;
            give(output, args, &view, || Table::profile(&view, language), profile_lines)
        }
        _ => {
            let view = session.results_by(&args.panel, &query)?;
            let table = || table(&view, &query, args.table, language);
            give(output, args, &view, table, |view| lines(output, view))
        }
    }
}

/// What is asked for: a saved view, or what the arguments say.
fn query(session: &mut Session, args: &ResultsArgs) -> Result<ResultsQuery> {
    if let Some(name) = &args.views.view {
        return Ok(session.result_view(&args.panel, name)?.query);
    }
    let table = match args.table {
        _ if args.years => ResultsTable::Trend,
        _ if !args.unit.is_empty() => ResultsTable::Compare,
        Which::Matrix | Which::Shown | Which::Calculations => ResultsTable::Matrix,
        Which::Ranking => ResultsTable::Ranking,
        Which::Grades => ResultsTable::Grades,
        Which::Indicators => ResultsTable::Indicators,
        Which::Own => ResultsTable::Own,
    };
    Ok(args.query.query(table, &args.unit))
}

/// The table of a view over all units. The matrix has two: with a line for each pair, and as it is seen.
fn table(view: &ResultsView, query: &ResultsQuery, which: Which, language: app::Language) -> Table {
    match query.table {
        ResultsTable::Matrix if which == Which::Matrix => Table::matrix(view, language),
        ResultsTable::Matrix => Table::shown(&view.panel, language),
        ResultsTable::Grades => Table::grades(view, language),
        ResultsTable::Indicators => Table::indicators(view, language),
        ResultsTable::Own => Table::own(view, language),
        _ => Table::ranking(view, language),
    }
}

fn calculations(output: &Output, session: &mut Session, args: &ResultsArgs) -> Result<()> {
    let all = session.panel(&args.panel)?.units.into_iter().map(|unit| unit.unit);
    let units = if args.unit.is_empty() { all.collect() } else { args.unit.clone() };
    let views = units.iter().map(|unit| session.panel_unit(&args.panel, unit)).collect::<Result<Vec<_>>>()?;
    let lines = |views: &Vec<_>| views.iter().flat_map(|view| panel::unit_lines(output, view)).collect();
    give(output, args, &views, || Table::calculations(&views, output.language), lines)
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

/// How a mark came about: the panel's calculation, then each sheet at the rubric's sentences.
fn mark_lines(output: &Output, view: &MarkView) -> Vec<String> {
    let dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "—".to_owned());
    let mut lines = vec![format!("{}  {} {}  {} / {}", view.unit, view.code, view.title, dash(&view.mark), view.max)];
    let steps = view.calculation.iter().flat_map(|calculation| &calculation.steps);
    lines.extend(steps.map(|step| format!("  {step}")));
    let parts = view.parts.iter();
    lines.extend(parts.map(|part| format!("  {} {}  {} / {}", part.code, part.title, dash(&part.mark), part.max)));
    for member in &view.members {
        lines.push(format!("  {}  {}  {}", member.name, dash(&member.mark), member.standing.text));
        lines.extend(member.steps.iter().map(|step| {
            format!("    {}  {}  {}", step.sentence, step.finding, step.amount.clone().unwrap_or_default())
        }));
        let remark = member.remark.iter();
        lines.extend(remark.map(|remark| format!("    {}{remark}", output.say("意见：", "Remark: "))));
    }
    lines
}

fn trend_lines(output: &Output, view: &TrendView) -> Vec<String> {
    let rounds = view.rounds.iter().map(|round| format!("{} {}", round.panel.year, round.panel.name));
    let mut lines = vec![rounds.collect::<Vec<_>>().join("  ")];
    for round in view.rounds.iter().filter(|round| !round.same_edition) {
        let codes = |all: &[app::view::ResultsIndicator]| {
            all.iter().map(|one| format!("{} {}", one.code, one.title)).collect::<Vec<_>>().join("、")
        };
        let pairs = |all: &[app::view::EditionPair]| {
            all.iter().map(|pair| format!("{}={}", pair.old, pair.new)).collect::<Vec<_>>().join("、")
        };
        let head = output.say("另一版，没有可比的：", "another edition, nothing compares with: ");
        lines.push(format!("{} {head}{}", round.panel.year, codes(&round.without)));
        for (word, all) in [
            (output.say("已声明对应：", "declared: "), &round.declared),
            (output.say("可能是同一项，声明后才比：", "may be the same, compared once declared: "), &round.likely),
        ] {
            lines.extend((!all.is_empty()).then(|| format!("  {word}{}", pairs(all))));
        }
    }
    lines.extend(view.rows.iter().map(|row| {
        let shares: Vec<String> = row.percents.iter().map(|value| percent(value.as_ref())).collect();
        let indent = if row.code.is_empty() { String::new() } else { format!("  {} {}  ", row.code, row.title) };
        let unit = if row.code.is_empty() { format!("{}  ", row.unit) } else { String::new() };
        format!("{unit}{indent}{}", shares.join("  "))
    }));
    lines
}
