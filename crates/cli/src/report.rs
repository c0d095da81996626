//! Documents of an assessment: listed and written.

use crate::args::PassphraseArgs;
use crate::output::Output;
use crate::run::{file_line, secret};
use app::documents::{Kind, Refused};
use app::localise::Target;
use app::refusal::Refusal;
use app::view::{DocumentFonts, DocumentFormat, DocumentOptions, DocumentView, ExportedFile};
use app::{Result, Session};
use clap::{Args, ValueEnum};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct ReportArgs {
    /// 打分表编号
    #[arg(value_name = "打分表", required_unless_present = "list")]
    pub sheet: Option<String>,
    /// 列出文书和格式；给出打分表时，说明哪些能出、哪些还不能
    #[arg(long)]
    pub list: bool,
    /// 文书名称，例如 score-report、catalogue；不给时是打分表
    #[arg(long, value_name = "文书", default_value = "score-sheet")]
    pub document: String,
    /// 格式：pdf、docx、xlsx；不给时看文件的扩展名，没有扩展名的是 pdf
    #[arg(long, value_enum, value_name = "格式")]
    pub format: Option<Format>,
    /// 写到的文件
    #[arg(long, value_name = "文件", required_unless_present = "list")]
    pub out: Option<PathBuf>,
    /// 已有同名文件时覆盖
    #[arg(long)]
    pub force: bool,
    /// 只出这一个指标的综述，例如 1.1；不给时出写了的每一篇
    #[arg(long, value_name = "编号")]
    pub indicator: Option<String>,
    /// 只出这一个部门的工作清单或催办单；不给时出所有部门的
    #[arg(long, value_name = "部门")]
    pub department: Option<String>,
    /// 版式，例如 gbt-9704-2012；不给时是 oucsx-2021
    #[arg(long, value_name = "版式")]
    pub profile: Option<String>,
    /// 字体：bundled 自带字体（默认，各台机器一样），system 本机字体优先
    #[arg(long, value_enum, value_name = "字体", default_value = "bundled")]
    pub fonts: Fonts,
    /// 印章图片（PNG），盖在单位名称和日期上
    #[arg(long, value_name = "文件")]
    pub seal: Option<PathBuf>,
    /// 签名人：姓名或指纹；只有打分表的 PDF 能签名
    #[arg(long, value_name = "身份", conflicts_with_all = ["list", "indicator", "department", "profile", "fonts", "seal"])]
    pub identity: Option<String>,
    #[command(flatten)]
    pub passphrase: PassphraseArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    Pdf,
    Docx,
    Xlsx,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Fonts {
    Bundled,
    System,
}

/// The documents and their formats; needs no workspace.
pub fn names(output: &Output) -> ExitCode {
    let row = |kind: &Kind| {
        let id = <&str>::from(*kind);
        json!({ "id": id, "title": kind.title(output.language), "formats": kind.formats() })
    };
    let rows: Vec<_> = Kind::all().iter().map(row).collect();
    output.show(&rows, |_| Kind::all().iter().map(|kind| name_line(output, *kind)).collect());
    ExitCode::SUCCESS
}

fn name_line(output: &Output, kind: Kind) -> String {
    let formats: Vec<&str> = kind.formats().iter().map(DocumentFormat::name).collect();
    format!("{}  {}  {}", <&str>::from(kind), kind.title(output.language), formats.join(" "))
}

/// Writes a document, or lists those of a sheet.
pub fn report(output: &Output, session: &mut Session, args: &ReportArgs) -> Result<()> {
    let sheet = args.sheet.as_deref().unwrap_or_default();
    let Some(out) = args.out.as_deref().filter(|_| !args.list) else {
        output.show(&session.documents(sheet)?, |all| all.iter().flat_map(|d| document_lines(output, d)).collect());
        return Ok(());
    };
    let file = if args.identity.is_some() { sign(output, session, args, out)? } else { write(session, args, out)? };
    let set_in = |file: &ExportedFile| format!("  {}{}", output.say("字体：", "fonts: "), file.fonts.join("、"));
    output.show(&file, |file| {
        let fonts = (!file.fonts.is_empty()).then(|| set_in(file));
        std::iter::once(file_line(file)).chain(fonts).collect()
    });
    Ok(())
}

pub fn document_lines(output: &Output, document: &DocumentView) -> Vec<String> {
    let formats: Vec<&str> = document.formats.iter().map(DocumentFormat::name).collect();
    let able = if document.available { output.say("能出", "ready") } else { output.say("还不能出", "not ready") };
    let mut lines = vec![format!("{}  {}  {}  {able}", document.id, document.title, formats.join(" "))];
    lines.extend(document.why_not.iter().map(|problem| format!("  {}\n  {}", problem.what, problem.todo)));
    lines.extend(document.warnings.iter().map(|warning| format!("  {warning}")));
    let choices = document.indicators.iter();
    lines.extend(choices.map(|choice| format!("  --indicator {}  {}", choice.code, choice.title)));
    lines
}

fn write(session: &mut Session, args: &ReportArgs, out: &Path) -> Result<ExportedFile> {
    let format = format_of(args.format, out)?;
    let options = DocumentOptions {
        indicator: args.indicator.clone(),
        department: args.department.clone(),
        profile: args.profile.clone(),
        fonts: match args.fonts {
            Fonts::Bundled => DocumentFonts::Bundled,
            Fonts::System => DocumentFonts::System,
        },
        seal: args.seal.as_deref().map(as_text).transpose()?,
    };
    let sheet = args.sheet.as_deref().unwrap_or_default();
    session.export_document(sheet, &args.document, &format, Target { path: out, replace: args.force }, &options)
}

/// The format that was asked for, else that of the file's ending, else PDF.
pub fn format_of(asked: Option<Format>, out: &Path) -> Result<DocumentFormat> {
    let asked = asked.map(Format::document);
    let ending = out.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    let formats = [DocumentFormat::Pdf, DocumentFormat::Docx, DocumentFormat::Xlsx];
    let named = formats.into_iter().find(|format| format.name() == ending);
    match (asked, named) {
        (Some(asked), Some(named)) if asked.name() != named.name() => {
            Err(Refused::EndingContradicts { path: out.display().to_string(), format: asked.name().to_owned() }.into())
        }
        (asked, named) => Ok(asked.or(named).unwrap_or(DocumentFormat::Pdf)),
    }
}

impl Format {
    /// The format as the documents know it.
    pub fn document(self) -> DocumentFormat {
        match self {
            Self::Pdf => DocumentFormat::Pdf,
            Self::Docx => DocumentFormat::Docx,
            Self::Xlsx => DocumentFormat::Xlsx,
        }
    }
}

/// A path as text; one that is no text would name another file.
pub fn as_text(path: &Path) -> Result<String> {
    let detail = || "路径不是文字 / the path is not text".to_owned();
    let unreadable = || Refusal::FileUnreadable { path: path.display().to_string(), detail: detail() };
    Ok(path.to_str().map(str::to_owned).ok_or_else(unreadable)?)
}

/// Only the score sheet as PDF has a place for a signature.
fn sign(output: &Output, session: &mut Session, args: &ReportArgs, out: &Path) -> Result<ExportedFile> {
    let kind = Kind::named(&args.document)?;
    if kind != Kind::ScoreSheet || !matches!(format_of(args.format, out)?, DocumentFormat::Pdf) {
        return Err(Refused::NotSigned { document: kind.title(output.language).to_owned() }.into());
    }
    let secret = secret(&args.passphrase, output.say("口令：", "Passphrase: "))?;
    let signer = args.identity.as_deref().map(|identity| (identity, secret.as_str()));
    let sheet = args.sheet.as_deref().unwrap_or_default();
    session.report(sheet, Target { path: out, replace: args.force }, signer)
}
