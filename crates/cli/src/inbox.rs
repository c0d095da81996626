//! The office's inbox: many files shown, taken in as one run, undone as one.

use crate::output::{Output, code};
use crate::run::counting;
use app::inbox::InboxInput;
use app::localise::Target;
use app::merge::{said, said_of};
use app::view::{ImportRun, InboxChange, InboxRow, InboxView, MergeCount, MergeState};
use app::{Exit, Result, Session};
use clap::Args;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct InboxArgs {
    /// 交换包、填好的评分工作簿、汇总记录（别处的裁定、汇总过的打分表），或放着它们的文件夹
    #[arg(value_name = "文件", required_unless_present_any = ["list", "undo", "log"])]
    files: Vec<PathBuf>,
    /// 看过以后写入：完好的一次写入，其余列出原因
    #[arg(long)]
    import: bool,
    /// 签名人还没有核对过的也收，以后再核对
    #[arg(long)]
    unverified: bool,
    /// 指标体系版本与已有的不同，也收
    #[arg(long)]
    editions: bool,
    /// 别处的人作的裁定也收：先确认他们有权裁定
    #[arg(long)]
    decisions: bool,
    /// 列出以前各次收件
    #[arg(long, conflicts_with_all = ["files", "import", "undo", "log"])]
    list: bool,
    /// 撤销第几次收件
    #[arg(long, value_name = "次", conflicts_with_all = ["files", "import", "log"])]
    undo: Option<u32>,
    /// 写出第几次收件的日志，要同时给 --out
    #[arg(long, value_name = "次", conflicts_with_all = ["files", "import"], requires = "out")]
    log: Option<u32>,
    /// 日志写到的文件：.xlsx 是工作簿，其他是 CSV
    #[arg(long, value_name = "文件", requires = "log")]
    out: Option<PathBuf>,
}

/// Shows or takes in; the exit code says whether something was refused or waits for a decision, as that of merging does.
pub fn run(output: &Output, session: &mut Session, args: &InboxArgs) -> Result<ExitCode> {
    if let Some(run) = args.undo {
        output.show(&session.undo_import(run)?, |run| vec![run_line(output, run)]);
    } else if let (Some(run), Some(out)) = (args.log, &args.out) {
        session.export_import_log(run, Target { path: out, replace: false })?;
        output.show(&out.display().to_string(), |path| vec![path.clone()]);
    } else if args.list {
        output.show(&session.import_runs()?, |runs| runs.iter().map(|run| run_line(output, run)).collect());
    } else {
        let InboxArgs { unverified, editions, decisions, .. } = *args;
        let input = InboxInput { files: args.files.clone(), unverified, editions, decisions };
        return look(output, session, args, &input);
    }
    Ok(ExitCode::SUCCESS)
}

fn look(output: &Output, session: &mut Session, args: &InboxArgs, input: &InboxInput) -> Result<ExitCode> {
    if args.import {
        let run = session.take_in(input, None, &counting())?;
        output.show(&run, |run| vec![run_line(output, run)]);
        if !output.json {
            for row in session.import_log(run.id)? {
                row.problem.iter().for_each(|problem| output.at(&row.path, problem));
            }
        }
        return Ok(exit(&run.counts, args.editions));
    }
    let view = session.inbox(input, &counting())?;
    let mut changes = Vec::new();
    for row in view.rows.iter().filter(|row| row.changed > 0) {
        let key = (row.sheet.path.clone(), row.sheet.digest.clone());
        changes.push((key, session.inbox_changes(&row.sheet.path, &row.sheet.digest)?));
    }
    let shown = Shown { view, changes: changes.into_iter().collect() };
    output.show(&shown, |shown| lines(output, shown));
    Ok(exit(&shown.view.counts, args.editions))
}

fn exit(counts: &[MergeCount], editions: bool) -> ExitCode {
    let has = |states: &[MergeState]| counts.iter().any(|count| states.contains(&count.state));
    let left_out = !editions && has(&[MergeState::OtherEdition]);
    if left_out || has(&[MergeState::Untrusted, MergeState::Damaged, MergeState::Refused]) {
        code(Exit::Integrity)
    } else if has(&[MergeState::Conflicting]) {
        code(Exit::Refused)
    } else {
        ExitCode::SUCCESS
    }
}

fn counts(output: &Output, counts: &[MergeCount]) -> String {
    let each = counts.iter().map(|count| format!("{} {}", said(&count.state, output.language), count.count));
    each.collect::<Vec<_>>().join("  ")
}

fn run_line(output: &Output, run: &ImportRun) -> String {
    let files = format!("{}  {}  {} {}", run.id, run.at, run.files, output.say("个文件", "files"));
    let undone = run.undone_at.as_ref().map(|at| format!("  {} {at}", output.say("已撤销", "undone")));
    format!("{files}  {}{}", counts(output, &run.counts), undone.unwrap_or_default())
}

/// What lies in the inbox, with the marks that would change.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    view: InboxView,
    #[serde(skip)]
    changes: BTreeMap<(String, String), Vec<InboxChange>>,
}

fn lines(output: &Output, Shown { view, changes }: &Shown) -> Vec<String> {
    let of = |row: &InboxRow| changes.get(&(row.sheet.path.clone(), row.sheet.digest.clone()));
    let rows = view.rows.iter().flat_map(|row| row_lines(output, row, of(row).map_or(&[], Vec::as_slice)));
    let mut lines: Vec<String> = rows.collect();
    lines.extend(view.hints.iter().map(|hint| format!("{}  {}", output.say("提示", "note"), hint.text)));
    lines.push(counts(output, &view.counts));
    if view.others > 0 {
        let others = output.say("个别的文件没有看", "other files were not looked at");
        lines.push(format!("{} {others}", view.others));
    }
    let sound = output.say(
        "份完好，加 --import 写入；现在没有改动任何内容",
        "sound; add --import to take them in; nothing was changed",
    );
    lines.push(format!("{} {sound}", view.sound));
    lines
}

fn row_lines(output: &Output, row: &InboxRow, changes: &[InboxChange]) -> Vec<String> {
    let sheet = &row.sheet;
    let state = said(&sheet.state, output.language);
    if let Some(decision) = &sheet.decision {
        let about = [sheet.unit.as_str(), sheet.assessor.as_str(), &said_of(decision, output.language), &sheet.path];
        let about = about.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ");
        let mut lines = vec![format!("{state}  {about}")];
        lines.extend(advice(row));
        return lines;
    }
    let totals = row.before.as_ref().map(|before| format!("{before} → ")).unwrap_or_default();
    let mut lines = vec![format!(
        "{state}  {} {} {} r{} {totals}{}  {}",
        sheet.unit, sheet.year, sheet.assessor, sheet.revision, sheet.total, sheet.path
    )];
    let mark = |mark: &Option<String>| mark.clone().unwrap_or_else(|| "—".to_owned());
    lines.extend(changes.iter().map(|one| format!("  {}  {} → {}", one.code, mark(&one.from), mark(&one.to))));
    lines.extend(advice(row));
    lines
}

fn advice(InboxRow { sheet, .. }: &InboxRow) -> impl Iterator<Item = String> + '_ {
    let hints = sheet.hints.iter().map(|hint| format!("  {}", hint.text));
    hints.chain(sheet.problem.iter().map(|problem| format!("  {}；{}", problem.what, problem.todo)))
}
