//! Data out: tables in files, and results on a database server.

use crate::output::Output;
use crate::run::counting;
use app::facts::{Surroundings, server_view};
use app::view::{
    FactsChoice, FactsFormat, FactsInput, FactsReport, FactsView, PublishInput, PublishReport, ServerInput, ServerView,
};
use app::{Result, Session};
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub enum DataCommand {
    /// 有哪些指标体系、年度、专家组的数据可以导出
    List,
    /// 把全部事实写成数据表：CSV、Parquet 或 SQLite
    Export(ExportArgs),
    /// 看数据库里有什么；不改动
    Server {
        /// 数据库地址：postgres://用户@localhost/数据库；密码放在 PGPASSWORD 或密码文件里
        #[arg(value_name = "地址")]
        address: String,
    },
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(flatten)]
    choice: ChoiceArgs,
    /// 格式
    #[arg(long, value_enum, value_name = "格式")]
    format: Format,
    /// 写到的文件夹：不存在的，或空的
    #[arg(long, value_name = "文件夹")]
    out: PathBuf,
    /// 文件夹里是上次导出的数据时，换掉
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Args)]
struct ChoiceArgs {
    /// 只要这个指标体系
    #[arg(long, value_name = "编号", default_value = "")]
    rubric: String,
    /// 只要这个年度
    #[arg(long, value_name = "年")]
    year: Option<i32>,
    /// 只要这个专家组（可以写几个）
    #[arg(long, value_name = "专家组")]
    panel: Vec<String>,
}

impl ChoiceArgs {
    fn choice(&self) -> FactsChoice {
        FactsChoice { rubric: self.rubric.clone(), year: self.year, panels: self.panel.clone() }
    }
}

#[derive(Debug, Args)]
pub struct PublishArgs {
    /// 数据库地址：postgres://用户@localhost/数据库，只连本机（远处的先开隧道）；密码放在 PGPASSWORD 或密码文件里
    #[arg(long, value_name = "地址")]
    to: String,
    /// 由谁发布；不写时用本工作区办公室的名称
    #[arg(long, value_name = "名称", default_value = "")]
    office: String,
    #[command(flatten)]
    choice: ChoiceArgs,
}

/// How tables are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// 每张表一个文件，Excel 直接打开
    Csv,
    /// 按指标体系和年度分区，供 DuckDB、Spark 等查询
    Parquet,
    /// 一个 SQLite 文件
    Sqlite,
}

impl From<Format> for FactsFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Csv => Self::Csv,
            Format::Parquet => Self::Parquet,
            Format::Sqlite => Self::Sqlite,
        }
    }
}

/// A server as the command line names it: the password is never an argument of its own.
pub fn server(address: &str) -> ServerInput {
    ServerInput { address: address.to_owned(), password: "".into() }
}

/// Carries a command about data out.
pub fn run(output: &Output, session: &mut Session, command: &DataCommand) -> Result<()> {
    match command {
        DataCommand::List => output.show(&session.facts_view()?, |view| view_lines(output, view)),
        DataCommand::Export(args) => {
            let input = FactsInput {
                choice: args.choice.choice(),
                format: args.format.into(),
                directory: args.out.display().to_string(),
                replace: args.force,
            };
            output.show(&session.export_facts(&input, &counting())?, |report| report_lines(output, report));
        }
        DataCommand::Server { address } => {
            let view = server_view(&server(address), &Surroundings::real())?;
            output.show(&view, |view| server_lines(output, view));
        }
    }
    Ok(())
}

/// Publishes on a server.
pub fn publish(output: &Output, session: &mut Session, args: &PublishArgs) -> Result<()> {
    let (choice, office) = (args.choice.choice(), args.office.clone());
    let input = PublishInput { choice, server: server(&args.to), office };
    let report = session.publish_facts(&input, &Surroundings::real(), &counting())?;
    output.show(&report, |report| published_lines(output, report));
    Ok(())
}

fn view_lines(output: &Output, view: &FactsView) -> Vec<String> {
    if view.parts.is_empty() {
        return vec![output.say("还没有已签名的打分表", "no signed sheets yet").to_owned()];
    }
    let (units, sheets) = (output.say("个单位", "units"), output.say("份打分表", "sheets"));
    let part = |part: &app::view::FactsPart| {
        let head = format!("{}  {}  {}", part.rubric, part.year, part.title);
        format!("{head}  {} {units}  {} {sheets}  {}", part.units, part.sheets, part.panels.join("、"))
    };
    view.parts.iter().map(part).collect()
}

fn report_lines(output: &Output, report: &FactsReport) -> Vec<String> {
    let (files, rows) = (output.say("个文件", "files"), output.say("行", "rows"));
    let head = format!("{}  {} {files}  {} {rows}", report.directory, report.files.len(), report.rows);
    let file = |file: &app::view::FactsFile| format!("  {}  {} {rows}  sha256 {}", file.path, file.rows, file.sha256);
    std::iter::once(head).chain(report.files.iter().map(file)).collect()
}

fn server_lines(output: &Output, view: &ServerView) -> Vec<String> {
    let state = if view.published {
        output.say("已有发布的结果", "has published results")
    } else {
        output.say("还没有发布过", "nothing published yet")
    };
    let panel = |panel: &app::view::ServedPanel| {
        let id = panel.id.get(..8).unwrap_or(&panel.id);
        format!("  {id}  {}  {}  {}  {}", panel.name, panel.office, panel.rubric, panel.year)
    };
    std::iter::once(format!("{}  {state}", view.server)).chain(view.panels.iter().map(panel)).collect()
}

fn published_lines(output: &Output, report: &PublishReport) -> Vec<String> {
    let said = output.say("新增", "new");
    let (replaced, same) = (output.say("更新", "replaced"), output.say("已有", "the same"));
    let rows = output.say("行", "rows");
    vec![
        format!("{} → {}", report.office, report.server),
        format!(
            "{said} {}  {replaced} {}  {same} {}  {} {rows}",
            report.added, report.replaced, report.same, report.rows
        ),
    ]
}
