//! Conflicts and names: what is there to decide, and deciding it.

use crate::args::PassphraseArgs;
use crate::output::Output;
use crate::run::secret;
use app::merge::DecideInput;
use app::view::{
    AliasKind, AliasPair, ConflictIndicator, ConflictState, ConflictSummary, ConflictView, ConflictsView, DecideSide,
    DecidedBy, DecisionView, Named, OtherMark,
};
use app::{Result, Session};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct ConflictsArgs {
    /// 看一份打分表的冲突：编号（可只写开头几位）
    #[arg(value_name = "打分表")]
    sheet: Option<String>,
    /// 列出所有裁定
    #[arg(long, conflicts_with = "sheet")]
    decisions: bool,
    /// 把工作区里的裁定写成文件，例如 裁定.jsonl，与别处的文件一起汇总
    #[arg(long, value_name = "文件", conflicts_with_all = ["sheet", "decisions"])]
    out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct DecideArgs {
    /// 工作区里的冲突：打分表编号（可只写开头几位）；汇总记录里的冲突：先写记录文件 merged.jsonl，再写编号
    #[arg(value_name = "打分表", num_args = 1..=2, required_unless_present_any = ["same_unit", "same_person", "withdraw"])]
    sheet: Vec<String>,
    /// 采用哪一份：它的摘要（可只写开头几位）
    #[arg(long, value_name = "摘要")]
    take: Option<String>,
    /// 都不采用，退回评估人
    #[arg(long, conflicts_with = "take")]
    return_all: bool,
    /// 采用的一份里，某个观测点另记一分：编号=分数，可以给多次
    #[arg(long, value_name = "编号=分数", requires = "take")]
    mark: Vec<String>,
    /// 两种写法是同一个单位：写成的，实指的
    #[arg(long, value_names = ["写成的", "实指的"], num_args = 2, conflicts_with_all = ["sheet", "take", "return_all"])]
    same_unit: Option<Vec<String>>,
    /// 两个身份是同一位评估人：姓名@单位，写成的在前，实指的在后
    #[arg(long, value_names = ["写成的", "实指的"], num_args = 2, conflicts_with_all = ["sheet", "take", "return_all", "same_unit"])]
    same_person: Option<Vec<String>>,
    /// 收回以前的一次裁定：它的摘要（可只写开头几位）
    #[arg(long, value_name = "摘要", conflicts_with_all = ["sheet", "take", "return_all", "same_unit", "same_person"])]
    withdraw: Option<String>,
    /// 理由
    #[arg(long, value_name = "理由")]
    reason: String,
    /// 裁定人：姓名或指纹
    #[arg(long, value_name = "身份")]
    identity: String,
    /// 汇总记录里的冲突：裁定写到的文件，例如 裁定.jsonl；与其他文件一起汇总就生效
    #[arg(long, value_name = "文件")]
    out: Option<PathBuf>,
    #[command(flatten)]
    passphrase: PassphraseArgs,
}

/// Shows what is there to decide and what was decided.
pub fn conflicts(output: &Output, session: &mut Session, args: &ConflictsArgs) -> Result<()> {
    if let Some(out) = &args.out {
        session.export_decisions(out)?;
        output.show(&json!({ "path": out.display().to_string() }), |_| vec![out.display().to_string()]);
    } else if let Some(sheet) = &args.sheet {
        output.show(&session.conflict(sheet)?, |view| conflict_lines(output, view));
    } else {
        let view = session.conflicts()?;
        output.show(&view, |view| if args.decisions { decisions(output, &view.decisions) } else { list(output, view) });
    }
    Ok(())
}

pub fn run(output: &Output, session: &mut Session, args: &DecideArgs) -> Result<()> {
    let passphrase = secret(&args.passphrase, output.say("口令：", "Passphrase: "))?;
    let by = DecidedBy {
        reason: args.reason.clone(),
        identity: args.identity.clone(),
        passphrase: passphrase.as_str().into(),
    };
    if let Some(given) = &args.withdraw {
        output.show(&session.withdraw_decision(given, &by)?, |view| decisions(output, &view.decisions));
    } else if let Some(pair) = pair(args) {
        output.show(&session.decide_names(&pair, &by)?, |view| decisions(output, &view.decisions));
    } else if let [record, sheet] = args.sheet.as_slice() {
        return in_record(output, session, args, [record, sheet], by);
    } else {
        let input = DecideSide {
            sheet: args.sheet.first().cloned().unwrap_or_default(),
            take: taken(args)?,
            marks: args.mark.iter().map(|text| other(text)).collect::<Result<_>>()?,
        };
        output.show(&session.decide_side(&input, &by)?, |view| conflict_lines(output, view));
    }
    Ok(())
}

/// Of a merged record: the decision is a file of its own.
fn in_record(
    output: &Output,
    session: &mut Session,
    args: &DecideArgs,
    [record, sheet]: [&String; 2],
    by: DecidedBy,
) -> Result<()> {
    let path = session.decide(&DecideInput {
        record: PathBuf::from(record),
        sheet: sheet.clone(),
        take: taken(args)?,
        reason: by.reason,
        identity: by.identity,
        passphrase: by.passphrase,
        out: args.out.clone().unwrap_or_else(|| PathBuf::from("裁定.jsonl")),
    })?;
    output.show(&json!({ "path": path.display().to_string() }), |_| vec![path.display().to_string()]);
    Ok(())
}

/// Nothing is sent back unless that is said.
fn taken(args: &DecideArgs) -> Result<Option<String>> {
    if args.take.is_none() && !args.return_all {
        return Err(app::merge::Refused::NothingChosen {}.into());
    }
    Ok(args.take.clone())
}

fn other(text: &str) -> Result<OtherMark> {
    let (code, mark) = text.split_once('=').unwrap_or((text, ""));
    Ok(OtherMark { code: code.trim().to_owned(), mark: mark.trim().to_owned() })
}

fn pair(args: &DecideArgs) -> Option<AliasPair> {
    let named = |text: &String, person: bool| {
        let (name, organisation) =
            if person { text.split_once('@').unwrap_or((text, "")) } else { (text.as_str(), "") };
        Named { name: name.trim().to_owned(), organisation: organisation.trim().to_owned() }
    };
    let of = |names: &Vec<String>, about| {
        let [one, other] = names.as_slice() else { return None };
        let person = about == AliasKind::Assessor;
        Some(AliasPair { about, one: named(one, person), other: named(other, person) })
    };
    let unit = args.same_unit.as_ref().and_then(|names| of(names, AliasKind::Unit));
    unit.or_else(|| args.same_person.as_ref().and_then(|names| of(names, AliasKind::Assessor)))
}

fn summary(output: &Output, one: &ConflictSummary) -> String {
    let state = match one.state {
        ConflictState::Open => output.say("待裁定", "open"),
        ConflictState::Decided => output.say("已裁定", "decided"),
        ConflictState::Returned => output.say("已退回", "returned"),
    };
    let (differing, sides) = (output.say("项不同", "differ"), output.say("种内容", "contents"));
    format!(
        "{}  {state}  {} {} {} r{}  {} {sides}，{} {differing}  {}",
        &one.sheet[..one.sheet.len().min(8)],
        one.unit,
        one.year,
        one.assessor,
        one.revision,
        one.sides,
        one.differing,
        one.why
    )
}

fn list(output: &Output, view: &ConflictsView) -> Vec<String> {
    let mut lines: Vec<String> = view.conflicts.iter().map(|one| summary(output, one)).collect();
    if lines.is_empty() {
        lines.push(output.say("没有冲突", "no conflicts").to_owned());
    }
    lines.extend(view.hints.iter().map(|hint| format!("{}  {}", output.say("提示", "note"), hint.text)));
    lines
}

fn decisions(output: &Output, all: &[DecisionView]) -> Vec<String> {
    let line = |one: &DecisionView| {
        let back = if one.active { "" } else { output.say("  已收回", "  taken back") };
        format!("{}  {}  {}  {}  {}{back}", &one.digest[..8], one.at, one.by, one.text, one.reason)
    };
    let lines: Vec<String> = all.iter().map(line).collect();
    if lines.is_empty() { vec![output.say("没有裁定", "no decisions").to_owned()] } else { lines }
}

fn conflict_lines(output: &Output, view: &ConflictView) -> Vec<String> {
    let mut lines = vec![summary(output, &view.summary)];
    for side in &view.sides {
        let taken = if side.taken { output.say("  采用", "  counts") } else { "" };
        let grade = side.grade.as_deref().unwrap_or_default();
        let (name, digest) = (&side.name, &side.digest[..side.digest.len().min(12)]);
        let signed = if side.signed_at.is_empty() { &side.finalised_at } else { &side.signed_at };
        lines.push(format!(
            "{name}  {digest}  r{}  {} {grade}  {}  {signed}  {}{taken}",
            side.revision, side.total, side.signers, side.file
        ));
    }
    lines.extend(view.indicators.iter().flat_map(|one| indicator_lines(output, view, one)));
    lines.extend(decisions(output, &view.decisions));
    lines
}

fn indicator_lines(output: &Output, view: &ConflictView, one: &ConflictIndicator) -> Vec<String> {
    let mut lines = vec![format!("{}  {}", one.code, one.sentence.lines().next().unwrap_or_default())];
    for line in one.lines.iter().filter(|line| line.differs) {
        let cells = view.sides.iter().zip(&line.cells).map(|(side, cell)| {
            let found =
                cell.present.map(|found| if found { output.say("存在", "yes") } else { output.say("不存在", "no") });
            let value = cell.mark.as_deref().or(found).unwrap_or("—");
            let remark = if cell.remark.is_empty() { String::new() } else { format!("（{}）", cell.remark) };
            format!("{} {value}{remark}", side.name)
        });
        lines.push(format!("  {}  {}", line.code, cells.collect::<Vec<_>>().join("  ")));
    }
    lines
}
