//! The reports of an office from a panel's results: listed, written one by one or all in one run, and their texts.

use crate::output::Output;
use crate::report::{Fonts, Format, as_text, format_of};
use crate::run::{counting, file_line};
use app::localise::Target;
use app::refusal::Refusal;
use app::view::{DocumentFonts, DocumentFormat, DocumentOptions, ReportMade, ReportRun, ReportRunInput, ReportText};
use app::view::{ReportTextForm, ReportsView};
use app::{Result, Session};
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum PanelReportCommand {
    /// 列出各种报告、能不能出、要留意什么；给出单位时看这个单位的
    List {
        #[command(flatten)]
        which: Which,
    },
    /// 出一份报告：merged 汇总表、opinion 专家组意见、feedback 反馈意见、problem-list 问题清单、bulletin 通报
    Write(WriteArgs),
    /// 为全部单位一次生成，写到一个文件夹，附生成记录；没有生成的退出码为 1
    All(AllArgs),
    /// 列出报告里可以改的文字；给出位置和文字时改写，--draft 恢复草拟的
    Text(TextArgs),
}

/// A panel, and a unit of it.
#[derive(Debug, Args)]
pub struct Which {
    /// 专家组的名称或编号
    #[arg(value_name = "专家组")]
    panel: String,
    /// 单位
    #[arg(long, value_name = "单位")]
    unit: Option<String>,
}

/// How reports are set.
#[derive(Debug, Args)]
pub struct Look {
    /// 版式：oucsx-2021（默认）或 gbt-9704-2012
    #[arg(long, value_name = "版式")]
    profile: Option<String>,
    /// 字体：bundled 只用自带的，system 本机的优先
    #[arg(long, value_enum, value_name = "字体", default_value = "bundled")]
    fonts: Fonts,
    /// 印章图片（PNG）
    #[arg(long, value_name = "文件")]
    seal: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct WriteArgs {
    #[command(flatten)]
    which: Which,
    /// 报告名称
    #[arg(long, value_name = "报告")]
    report: String,
    /// 格式：pdf、docx、xlsx；不给时看文件的扩展名，没有扩展名的是 pdf
    #[arg(long, value_enum, value_name = "格式")]
    format: Option<Format>,
    /// 写到的文件
    #[arg(long, value_name = "文件")]
    out: PathBuf,
    /// 已有同名文件时覆盖
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    look: Look,
}

#[derive(Debug, Args)]
pub struct AllArgs {
    /// 专家组的名称或编号
    #[arg(value_name = "专家组")]
    panel: String,
    /// 写到的文件夹
    #[arg(long, value_name = "文件夹")]
    out: PathBuf,
    /// 要哪些报告；不给时全部
    #[arg(long, value_name = "报告", num_args = 1..)]
    report: Vec<String>,
    /// 要哪些格式；不给时全部
    #[arg(long, value_enum, value_name = "格式", num_args = 1..)]
    format: Vec<Format>,
    /// 已有同名文件时覆盖；不给时跳过，记在生成记录里
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    look: Look,
}

#[derive(Debug, Args)]
pub struct TextArgs {
    #[command(flatten)]
    which: Which,
    /// 位置，例如 opinion.strengths
    #[arg(value_name = "位置")]
    place: Option<String>,
    /// 文字；--file 从文件读
    #[arg(value_name = "文字", requires = "place", conflicts_with_all = ["file", "draft"])]
    text: Option<String>,
    /// 从这个文件读文字（UTF-8）
    #[arg(long, value_name = "文件", requires = "place")]
    file: Option<PathBuf>,
    /// 恢复草拟的文字
    #[arg(long, requires = "place", conflicts_with = "file")]
    draft: bool,
}

/// Carries a command about reports out.
pub fn run(output: &Output, session: &mut Session, command: &PanelReportCommand) -> Result<ExitCode> {
    match command {
        PanelReportCommand::List { which } => {
            let view = session.reports(&which.panel, which.unit.as_deref())?;
            output.show(&view, |view| lines(output, view));
        }
        PanelReportCommand::Write(args) => {
            let format = format_of(args.format, &args.out)?;
            let target = Target { path: &args.out, replace: args.force };
            let (which, options) = (&args.which, options(&args.look)?);
            let unit = which.unit.as_deref();
            let file = session.export_report(&which.panel, &args.report, unit, &format, target, &options)?;
            output.show(&file, |file| vec![file_line(file)]);
        }
        PanelReportCommand::All(args) => return all(output, session, args),
        PanelReportCommand::Text(args) => text(output, session, args)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn options(look: &Look) -> Result<DocumentOptions> {
    Ok(DocumentOptions {
        profile: look.profile.clone(),
        fonts: match look.fonts {
            Fonts::Bundled => DocumentFonts::Bundled,
            Fonts::System => DocumentFonts::System,
        },
        seal: look.seal.as_deref().map(as_text).transpose()?,
        ..DocumentOptions::default()
    })
}

fn lines(output: &Output, view: &ReportsView) -> Vec<String> {
    let about = view.unit.as_ref().map(|unit| format!("{}{unit}", output.say("单位：", "unit: ")));
    let report = |report: &app::view::ReportView| crate::report::document_lines(output, &report.document);
    about.into_iter().chain(view.reports.iter().flat_map(report)).collect()
}

fn all(output: &Output, session: &mut Session, args: &AllArgs) -> Result<ExitCode> {
    let formats: Vec<DocumentFormat> = match args.format.as_slice() {
        [] => vec![DocumentFormat::Pdf, DocumentFormat::Docx, DocumentFormat::Xlsx],
        some => some.iter().map(|format| format.document()).collect(),
    };
    let input = ReportRunInput {
        directory: as_text(&args.out)?,
        reports: args.report.clone(),
        formats,
        replace: args.force,
        options: options(&args.look)?,
    };
    let run = session.run_reports(&args.panel, &input, &counting())?;
    output.show(&run, |run| run_lines(output, run));
    Ok(if run.failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn run_lines(output: &Output, run: &ReportRun) -> Vec<String> {
    let (made, failed) = (run.made, run.failed);
    let counted = output.say("已生成", "made");
    let mut lines = vec![format!("{counted} {made}{}{failed}", output.say("，没有生成 ", ", not made "))];
    let failed = run.files.iter().filter(|file| file.problem.is_some());
    let line = |file: &ReportMade| {
        let why = file.problem.as_ref().map(|problem| problem.what.as_str()).unwrap_or_default();
        format!("  {}  {why}", file.file)
    };
    lines.extend(failed.map(line));
    lines.push(format!("{}{}", output.say("生成记录：", "log: "), run.log));
    lines
}

fn text(output: &Output, session: &mut Session, args: &TextArgs) -> Result<()> {
    let (panel, unit) = (args.which.panel.as_str(), args.which.unit.as_deref());
    let read = args.file.as_deref().map(read).transpose()?;
    let texts = match &args.place {
        None => session.report_texts(panel, unit)?,
        Some(place) => {
            let written = args.text.as_deref().or(read.as_deref());
            if written.is_some() || args.draft {
                session.set_report_text(panel, unit, place, written)?;
            }
            let mut texts = session.report_texts(panel, unit)?;
            texts.retain(|text| text.place == *place);
            texts
        }
    };
    output.show(&texts, |texts| texts.iter().flat_map(|text| text_lines(output, text)).collect());
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    let shown = path.display().to_string();
    let unreadable = |detail: String| Refusal::FileUnreadable { path: shown.clone(), detail };
    Ok(std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?)
}

fn text_lines(output: &Output, text: &ReportText) -> Vec<String> {
    let state = match (&text.saved_at, text.stale) {
        (None, _) => output.say("草拟", "draft").to_owned(),
        (Some(at), false) => format!("{} {at}", output.say("已改", "written")),
        (Some(at), true) => format!("{} {at}", output.say("已改，数据随后变了", "written, the data changed since")),
    };
    let form = match text.form {
        ReportTextForm::Day => output.say("（日期）", " (a day)"),
        ReportTextForm::Line | ReportTextForm::Prose => "",
    };
    let head = format!("{}  {}{form}  {state}", text.place, text.title);
    std::iter::once(head).chain(text.text.lines().map(|line| format!("  {line}"))).collect()
}
