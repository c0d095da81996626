//! Merging files into one record.

use crate::output::{Output, code};
use crate::run::counting;
use app::merge::{self, MergeInput};
use app::view::{MergeReport, MergeRow, MergeState};
use app::{Exit, Language, Result, Session, World};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct MergeArgs {
    /// 交换包 .hjp、.hjp.age，以前的汇总记录 .jsonl，或放着它们的文件夹
    #[arg(value_name = "文件", required = true)]
    files: Vec<PathBuf>,
    /// 汇总记录和日志写到的文件夹；原有的 merged.jsonl 和 merge-log.csv 会被换掉
    #[arg(long, value_name = "文件夹")]
    out: PathBuf,
    /// 认可的办公室证书、个人证书，和这些办公室的撤销名单；给了 --workspace 时，那里认可的人也算
    #[arg(long, value_name = "文件")]
    trust: Vec<PathBuf>,
    /// 签名人还没有核对过的也收，以后再核对
    #[arg(long)]
    unverified: bool,
}

/// Merges; the exit code says whether something was refused or waits for a decision.
pub fn run(output: &Output, workspace: Option<&Path>, args: &MergeArgs) -> Result<ExitCode> {
    let input = MergeInput {
        files: args.files.clone(),
        out: args.out.clone(),
        trust: args.trust.clone(),
        unverified: args.unverified,
    };
    let world = World::real(app::world::fonts_folder());
    let report = match workspace {
        Some(folder) => match Session::open_existing(folder, world, output.language)? {
            Some(session) => session.merge(&input, &counting())?,
            None => alone(&input, output.language)?,
        },
        None => merge::merge(&world, output.language, &input, &counting())?,
    };
    output.show(&report, |report| lines(output, report));
    for row in &report.rows {
        if let Some(problem) = row.problem.as_ref().filter(|_| !output.json) {
            output.at(&row.path, problem);
        }
    }
    Ok(exit(&report))
}

fn alone(input: &MergeInput, language: Language) -> Result<MergeReport> {
    merge::merge(&World::real(app::world::fonts_folder()), language, input, &counting())
}

fn is_refused(row: &MergeRow) -> bool {
    matches!(row.state, MergeState::Untrusted | MergeState::Damaged | MergeState::Refused)
}

fn exit(report: &MergeReport) -> ExitCode {
    if report.rows.iter().any(is_refused) {
        code(Exit::Integrity)
    } else if report.conflicts > 0 {
        code(Exit::Refused)
    } else {
        ExitCode::SUCCESS
    }
}

fn lines(output: &Output, report: &MergeReport) -> Vec<String> {
    let files = format!("{} {}", report.files, output.say("个文件", "files"));
    let counts =
        report.counts.iter().map(|count| format!("{} {}", merge::said(&count.state, output.language), count.count));
    let mut lines = vec![std::iter::once(files).chain(counts).collect::<Vec<_>>().join("  ")];
    let conflicting = report.rows.iter().filter(|row| row.state == MergeState::Conflicting);
    lines.extend(conflicting.map(|row| {
        let state = merge::said(&row.state, output.language);
        format!("{state}  {} {} {} r{} {}  {}", row.unit, row.year, row.assessor, row.revision, row.total, row.path)
    }));
    lines.extend(report.hints.iter().map(|hint| format!("{}  {}", output.say("提示", "note"), hint.text)));
    lines.push(format!("{}  {} {}", report.record, report.sheets, output.say("份打分表", "sheets")));
    lines.push(format!("SHA-256 {}", report.digest));
    lines.push(report.log.clone());
    lines
}
