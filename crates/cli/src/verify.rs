//! Verifying files, on the screen and as a page (核验报告).

use crate::output::{Output, code};
use crate::run::{file_line, watch};
use app::localise::Target;
use app::refusal::Refusal;
use app::view::{CellDifference, CheckView, CommandView, ExportedFile, VerificationView, VerifyReport};
use app::{Exit, Failure, Result, Session, Verifier, World};
use clap::Args;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// 一个或多个 .hjp、.pdf、.hjr 文件
    #[arg(value_name = "文件", required = true)]
    files: Vec<PathBuf>,
    /// 列出每一项核验的结果和依据，以及不用本程序重做一遍的命令
    #[arg(long)]
    details: bool,
    /// 另写一页核验报告 PDF；只能给一个文件
    #[arg(long, value_name = "PDF")]
    report: Option<PathBuf>,
    /// 已有同名的核验报告时覆盖
    #[arg(long, requires = "report")]
    force: bool,
}

/// A record with the page that was written of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Recorded {
    #[serde(flatten)]
    record: VerificationView,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<ExportedFile>,
}

/// Verifying needs no workspace: when there is none, or another process has it, nobody is known.
pub fn run(output: &Output, workspace: &Path, args: &VerifyArgs) -> Result<ExitCode> {
    let world = || World::real(app::world::fonts_folder());
    let session = Session::open_existing(workspace, world(), output.language).ok().flatten();
    let alone = world();
    let verifier = match &session {
        Some(session) => session.verifier()?,
        None => Verifier::alone(&alone, output.language),
    };
    let sound = |report: &VerifyReport| report.verdict.is_signed();
    if let Some(out) = &args.report {
        let [file] = &args.files[..] else { return Err(Refusal::ReportOfSeveral { count: args.files.len() }.into()) };
        let (record, report) = verifier.write_record(file, Target { path: out, replace: args.force }, &watch())?;
        let sound = sound(&record.verification);
        output.show(&Recorded { record, report: Some(report) }, lines);
        return Ok(if sound { ExitCode::SUCCESS } else { code(Exit::Integrity) });
    }
    if args.details {
        let record = |file: &Path| Ok(Recorded { record: verifier.record(file, &watch())?, report: None });
        return Ok(each(output, &args.files, record, lines, |one| sound(&one.record.verification)));
    }
    let verify = |file: &Path| verifier.verify(file, &watch());
    Ok(each(output, &args.files, verify, verify_lines, sound))
}

/// One file that cannot be read does not hide what was found in the others.
fn each<T: Serialize>(
    output: &Output,
    files: &[PathBuf],
    verify: impl Fn(&Path) -> Result<T>,
    lines: impl Fn(&T) -> Vec<String>,
    sound: impl Fn(&T) -> bool,
) -> ExitCode {
    let (mut found, mut failures): (Vec<T>, Vec<Failure>) = (Vec::new(), Vec::new());
    for file in files {
        match verify(file) {
            Ok(report) => found.push(report),
            Err(failure) => failures.push(failure),
        }
    }
    if !found.is_empty() {
        output.show(&found, |found| found.iter().flat_map(lines).collect());
    }
    failures.iter().for_each(|failure| output.problem(&failure.problem(output.language)));
    let unsound = (!found.iter().all(sound)).then_some(Exit::Integrity);
    unsound.or(failures.first().map(Failure::exit)).map_or(ExitCode::SUCCESS, code)
}

fn lines(recorded: &Recorded) -> Vec<String> {
    let record = &recorded.record;
    let mut lines = verify_lines(&record.verification);
    lines.push(format!("  SHA-256 {}  {}  {}", record.sha256, record.size, record.at));
    lines.push(format!("  {}  {}", record.program, record.rules));
    lines.push(format!("  {}", record.meaning));
    let check = |one: &CheckView| format!("  [{}] {}  {}  ({})", one.outcome, one.name, one.note, one.clause);
    lines.extend(record.checks.iter().map(check));
    let command = |one: &CommandView| format!("  # {}  → {}\n  {}", one.purpose, one.expected, one.line);
    lines.extend(record.commands.iter().map(command));
    lines.extend(recorded.report.iter().map(file_line));
    lines
}

pub fn verify_lines(report: &VerifyReport) -> Vec<String> {
    let mut lines = vec![format!("{}: {}", report.path, report.title)];
    for signer in &report.signers {
        lines.push(format!("  {} {} {}\n  {}", signer.name, signer.organisation, signer.time, signer.fingerprint));
        lines.extend(signer.note.iter().map(|p| format!("  {}\n  {}\n  {}\n  [{}]", p.what, p.place, p.todo, p.code)));
    }
    lines.extend(report.facts.iter().map(|fact| format!("  {} {}", fact.label, fact.value)));
    lines.extend(report.differences.iter().map(difference_line));
    lines.extend(report.problems.iter().map(|p| format!("  {}\n  {}\n  {}\n  [{}]", p.what, p.place, p.todo, p.code)));
    lines
}

/// Where a PDF prints what does not follow from the data inside: page, cell, what stands there and what should.
fn difference_line(one: &CellDifference) -> String {
    let page = one.page.map(|page| format!("p{page} ")).unwrap_or_default();
    format!("  ≠ {page}{}  {} → {}", one.place, one.printed, one.computed)
}
