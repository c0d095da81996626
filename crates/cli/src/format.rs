//! The format of people's own files.

use crate::output::{Output, code};
use app::view::{FormatFinding, FormatView};
use app::{Exit, Failure, Result, format};
use std::path::PathBuf;
use std::process::ExitCode;

/// Checks files. One that cannot be read does not hide what was found in the others.
pub fn run(output: &Output, files: &[PathBuf], profile: &str) -> Result<ExitCode> {
    let mut views = Vec::new();
    let mut failures: Vec<Failure> = Vec::new();
    for file in files {
        match format::check(file, profile, output.language) {
            Ok(view) => views.push(view),
            Err(failure) => failures.push(failure),
        }
    }
    if !views.is_empty() {
        output.show(&views, |views| views.iter().flat_map(|view| lines(output, view)).collect());
    }
    failures.iter().for_each(|failure| output.problem(&failure.problem(output.language)));
    let refused = views.iter().any(|view| view.must > 0).then_some(Exit::Refused);
    Ok(failures.first().map(Failure::exit).or(refused).map_or(ExitCode::SUCCESS, code))
}

fn lines(output: &Output, view: &FormatView) -> Vec<String> {
    let head = if view.findings.is_empty() {
        format!("{}: {}", view.file, output.say("版式合规", "the format is kept"))
    } else {
        let words = output.say("必须改 {} 处，应当改 {} 处，提示 {} 处", "{} must, {} should, {} hints");
        let counts = [view.must, view.should, view.hint];
        let text = counts.iter().fold(words.to_owned(), |text, count| text.replacen("{}", &count.to_string(), 1));
        format!("{}: {text}", view.file)
    };
    std::iter::once(head).chain(view.findings.iter().flat_map(|one| finding_lines(output, one))).collect()
}

fn finding_lines(output: &Output, finding: &FormatFinding) -> Vec<String> {
    let weight = format::weight_word(&finding.weight, output.language);
    let named = u32::try_from(finding.places.len()).unwrap_or(u32::MAX);
    let places = finding.places.join(output.say("；", "; "));
    let more = match finding.count.saturating_sub(named) {
        0 => String::new(),
        _ => output.say(" 等 {} 处", "; {} places in all").replace("{}", &finding.count.to_string()),
    };
    vec![
        format!("  [{weight}] {}", finding.what),
        format!("    {places}{more}"),
        format!("    {}", finding.todo),
        format!("    {}：{}", finding.clause, finding.sentence),
    ]
}
