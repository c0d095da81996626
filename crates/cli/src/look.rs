//! Looking at a piece of evidence, and checking all of them.

use crate::output::{Output, code};
use crate::run::watch;
use app::preview::Previews;
use app::view::{EvidenceCheck, PreviewBlock, PreviewContent, PreviewDanger, PreviewNone, PreviewTable, PreviewView};
use app::{Exit, Result, Session};
use std::process::ExitCode;

/// Prints what can be read of a piece.
pub fn show(output: &Output, session: &mut Session, sheet: &str, item: &str) -> Result<ExitCode> {
    let view = session.look_job(sheet, item)?.look(&Previews::default().turn())?;
    output.show(&view, |view| lines(output, view));
    Ok(ExitCode::SUCCESS)
}

fn lines(output: &Output, view: &PreviewView) -> Vec<String> {
    let danger = view.danger.as_ref().map(|danger| match danger {
        PreviewDanger::Program => output.say("注意：这个文件会运行程序。", "Beware: this file runs a program."),
        PreviewDanger::Disguised => output
            .say("注意：这个文件是程序，文件名却不像。", "Beware: this file is a program, though not by its name."),
        PreviewDanger::Macros => output.say("注意：这个文件里有宏。", "Beware: this file holds macros."),
    });
    let (mut lines, more) = content(output, &view.content);
    if more {
        lines.push(output.say("……（只显示前面一部分）", "… (only the beginning)").to_owned());
    }
    danger.map(str::to_owned).into_iter().chain(lines).collect()
}

/// The lines of a content, and whether there is more than they say.
fn content(output: &Output, content: &PreviewContent) -> (Vec<String>, bool) {
    match content {
        PreviewContent::Picture { width, height, .. } => {
            (vec![format!("{} {width} × {height}", output.say("图片", "picture"))], false)
        }
        PreviewContent::Pdf { .. } => (vec!["PDF".to_owned()], false),
        PreviewContent::Text { text, more, .. } => (vec![text.clone()], *more),
        PreviewContent::Document { blocks, more } => (blocks.iter().flat_map(block).collect(), *more),
        PreviewContent::Tables { tables, more } => {
            let cut = *more || tables.iter().any(|table| table.more);
            (tables.iter().flat_map(table).collect(), cut)
        }
        PreviewContent::None { why } => (vec![none(output, why).to_owned()], false),
    }
}

fn block(block: &PreviewBlock) -> Vec<String> {
    if block.rows.is_empty() { vec![block.text.clone()] } else { block.rows.iter().map(|row| row.join("\t")).collect() }
}

fn table(table: &PreviewTable) -> Vec<String> {
    let name = (!table.name.is_empty()).then(|| format!("[{}]", table.name));
    name.into_iter().chain(table.rows.iter().map(|row| row.join("\t"))).collect()
}

fn none<'a>(output: &Output, why: &PreviewNone) -> &'a str {
    match why {
        PreviewNone::Sound => output.say("录音，用系统程序打开", "sound: open it with the system's program"),
        PreviewNone::Film => output.say("录像，用系统程序打开", "a film: open it with the system's program"),
        PreviewNone::Old => {
            output.say("旧格式的 Office 文件，用系统程序打开", "an old office file: open it with the system's program")
        }
        PreviewNone::Other => {
            output.say("这种文件不能在这里看，用系统程序打开", "not shown here: open it with the system's program")
        }
    }
}

/// Checks every file, tells what interrupted copying left, and clears that when it is asked for.
pub fn check(output: &Output, session: &mut Session, sheet: &str, clear: bool) -> Result<ExitCode> {
    if clear {
        session.clear_leftovers()?;
    }
    let check = session.check_evidence(sheet, &watch())?;
    output.show(&check, |check| check_lines(output, check));
    Ok(if check.problems.is_empty() { ExitCode::SUCCESS } else { code(Exit::Integrity) })
}

fn check_lines(output: &Output, check: &EvidenceCheck) -> Vec<String> {
    let mut lines: Vec<String> =
        check.problems.iter().map(|flaw| format!("{}\n[{}]", flaw.problem, flaw.problem.code)).collect();
    let good = usize::try_from(check.checked).unwrap_or_default() - check.problems.len();
    lines.push(format!("{good} / {} {}", check.checked, output.say("件完好", "sound")));
    if let Some(left) = &check.leftovers {
        let files = output.say("个没有拷完的文件，用 --clear 清除：", "incomplete files, cleared by --clear:");
        lines.push(format!("{} {files} {}", left.files, left.size));
    }
    lines
}
