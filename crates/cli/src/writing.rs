//! Writing summaries and the report.

use crate::output::Output;
use crate::run::read_text;
use app::view::{WritingDocument, WritingSaved, WritingText, WritingView};
use app::{Result, Session, writing};
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct WriteArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 文书：report 自评报告，summary:1.1 指标 1.1 的任务综述
    #[arg(long, value_name = "文书", requires = "part")]
    pub place: Option<String>,
    /// 部分：preface 前言、body 正文、summary 总结；自评报告的 organisation、overall、advice 或三级指标编号
    #[arg(long, value_name = "部分", requires = "place")]
    pub part: Option<String>,
    /// 要写入的文本文件，- 为标准输入；不给时显示已写的文字
    #[arg(long, value_name = "文件", requires = "part")]
    pub file: Option<PathBuf>,
    /// 一次写入多段文字的 TOML 文件，写法见 docs/formats/writing.md
    #[arg(long, value_name = "文件", conflicts_with = "place")]
    pub input: Option<PathBuf>,
}

/// Writes one text or the texts of a file, prints a text, or lists what can be written.
pub fn write(output: &Output, session: &mut Session, args: &WriteArgs) -> Result<()> {
    if let Some(path) = &args.input {
        let texts = writing::read_texts(&path.display().to_string(), &read_text(path)?)?;
        session.write_texts(&args.sheet, &texts)?;
    }
    let (Some(place), Some(part)) = (&args.place, &args.part) else {
        let view = session.writings(&args.sheet)?;
        output.show(&view, |view| outline(output, view));
        return Ok(());
    };
    match &args.file {
        Some(path) => {
            let saved = session.write_text(&args.sheet, place, part, &read_text(path)?)?;
            output.show(&saved, |saved| saved_lines(output, saved));
        }
        None => {
            let text = session.written_text(&args.sheet, place, part)?;
            output.show(&text, |text| vec![text.text.clone()]);
        }
    }
    Ok(())
}

fn saved_lines(output: &Output, saved: &WritingSaved) -> Vec<String> {
    let over = if saved.over { output.say("，超过上限", ", above the limit") } else { "" };
    let count = format!("{} / {} {}{over}", saved.text.count, saved.total, output.say("字", "words"));
    std::iter::once(count).chain(loose_ends(output, &saved.text)).collect()
}

/// References that lead nowhere.
fn loose_ends<'a>(output: &'a Output, text: &'a WritingText) -> impl Iterator<Item = String> + 'a {
    let said = output.say("目录里没有", "not in the catalogue");
    text.unresolved.iter().map(move |name| format!("    {said}: {name}"))
}

fn outline(output: &Output, view: &WritingView) -> Vec<String> {
    view.documents.iter().flat_map(|document| document_lines(output, document)).collect()
}

fn document_lines(output: &Output, document: &WritingDocument) -> Vec<String> {
    let limit = document.limit.map_or(String::new(), |limit| format!(" / {limit}"));
    let over = if document.over { output.say("，超过上限", ", above the limit") } else { "" };
    let words = output.say("字", "words");
    let mut lines = vec![format!("{}  {}  {}{limit} {words}{over}", document.place, document.title, document.count)];
    for text in &document.texts {
        lines.push(format!("  {}  {}  {} {words}", text.part, text.title, text.count));
        lines.extend(loose_ends(output, text));
    }
    lines
}
