//! Editions of rubrics: comparing them, making local ones, bringing sheets along.

use crate::args::TargetArgs;
use crate::output::Output;
use app::localise::{Naming, localise_file};
use app::view::{MigratedPlace, MigrationReport, RubricDiff, RubricSummary};
use app::{Result, Session, edition};
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct LocaliseArgs {
    /// 原版的编号或文件
    #[arg(value_name = "原版")]
    pub parent: String,
    /// 本地版本的编号
    #[arg(long, value_name = "编号")]
    pub id: String,
    /// 本地版本的版次，例如 2026
    #[arg(long, value_name = "版次")]
    pub edition: String,
    /// 接在标题后面的文字，例如（并州市2026版）
    #[arg(long, value_name = "文字")]
    pub suffix: String,
    /// 改动文件，写法见 docs/formats/local.md
    #[arg(long, value_name = "文件")]
    pub changes: PathBuf,
    #[command(flatten)]
    pub target: TargetArgs,
}

/// What differs between two rubrics.
pub fn diff(output: &Output, old: &str, new: &str) -> Result<()> {
    let found = edition::diff(old, new, output.language)?;
    output.show(&found, |found| diff_lines(output, found));
    Ok(())
}

fn diff_lines(output: &Output, diff: &RubricDiff) -> Vec<String> {
    let name = |rubric: &RubricSummary| format!("{}（{}）", rubric.id, rubric.edition);
    let mut lines = vec![format!("{} → {}: {}", name(&diff.old), name(&diff.new), diff.text)];
    if diff.same && diff.old.digest != diff.new.digest {
        let note = output.say("（两个文件只有注释或写法不同）", "(the files differ in comments or layout only)");
        lines.push(note.to_owned());
    }
    lines.extend(diff.changes.iter().map(|change| format!("  {}", change.text)));
    lines
}

/// Derives a local edition and writes its file.
pub fn localise(output: &Output, args: &LocaliseArgs) -> Result<()> {
    let naming = Naming { id: args.id.clone(), edition: args.edition.clone(), suffix: args.suffix.clone() };
    let report = localise_file(&args.parent, naming, &args.changes, args.target.target(), output.language)?;
    output.show(&report, |report| {
        let mut lines = vec![format!("{}  {}", report.path, report.diff.new.title), report.total.clone()];
        lines.extend(diff_lines(output, &report.diff));
        lines
    });
    Ok(())
}

/// Brings a draft to another edition.
pub fn migrate(output: &Output, session: &mut Session, sheet: &str, to: &str) -> Result<()> {
    let report = session.migrate(sheet, to)?;
    output.show(&report, |report| migration_lines(output, report));
    Ok(())
}

fn migration_lines(output: &Output, report: &MigrationReport) -> Vec<String> {
    let rubric = &report.rubric;
    let mut lines = vec![
        format!("{} {}  {}（{}）", output.say("新打分表", "new sheet"), report.sheet, rubric.id, rubric.edition),
        format!("{} {}", output.say("照搬的项数：", "carried over:"), report.carried.len()),
    ];
    list(&mut lines, output.say("有变动，已标疑问，请再看：", "changed, marked as doubtful:"), &report.again, output);
    list(&mut lines, output.say("新版没有，没有带过来：", "gone, not carried over:"), &report.removed, output);
    if !report.added.is_empty() {
        lines.push(format!("{} {}", output.say("新增的观测点：", "new points:"), report.added.join("、")));
    }
    lines.push(format!("{} {}", output.say("带过来的材料：", "evidence brought along:"), report.evidence));
    if !report.loose.is_empty() {
        let label = output.say("其中失去观测点的：", "of these without a point now:");
        lines.push(format!("{label} {}", report.loose.join("、")));
    }
    lines.push(output.say("原来的草稿没有动。", "The old draft is as it was.").to_owned());
    lines
}

fn list(lines: &mut Vec<String>, label: &str, places: &[MigratedPlace], output: &Output) {
    if places.is_empty() {
        return;
    }
    lines.push(label.to_owned());
    for place in places {
        let mark = place.mark.as_deref().map(|mark| format!("{} {mark}", output.say("原得分", "mark was")));
        lines.push(format!("  {} {}  {}", place.code, place.title, mark.unwrap_or_default()).trim_end().to_owned());
        let recorded = place.recorded.iter();
        lines.extend(recorded.map(|entry| format!("    {} {} {}", entry.kind, entry.code, entry.value)));
        lines.extend(place.changes.iter().map(|change| format!("    {change}")));
    }
}
