//! Writing summaries and the report.

use crate::args::WriteArgs;
use crate::output::Output;
use crate::run::read_text;
use app::view::{WritingDocument, WritingSaved, WritingText, WritingView};
use app::{Result, Session, writing};

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
