//! What stands around the sheets: new ones, the list, the sample, corrections, the bin, recent packages, settings.

use crate::args::{Lang, Stage};
use crate::output::Output;
use app::view::{NewSheet, ParcelState, ParcelView, SheetFacts, SheetPhase, SheetState, SheetSummary};
use app::{Language, Result, Session};
use clap::{Args, ValueEnum};
use serde_json::json;

#[derive(Debug, Args)]
pub struct NewArgs {
    /// 沿用上一轮的打分表：标准没变的观测点等待确认，没核实的问题带过来
    #[arg(long, value_name = "打分表")]
    pub from: Option<String>,
    /// 指标体系编号或文件
    #[arg(long, value_name = "指标体系")]
    pub rubric: String,
    /// 被评单位
    #[arg(long, value_name = "单位")]
    pub unit: String,
    /// 年度
    #[arg(long, value_name = "年")]
    pub year: i32,
    /// 阶段：self 自评，trial 试评，review 复评
    #[arg(long, value_enum, value_name = "阶段")]
    pub stage: Stage,
    /// 评估人
    #[arg(long, value_name = "姓名")]
    pub assessor: String,
    /// 评估人所在单位
    #[arg(long, value_name = "单位")]
    pub organisation: String,
}

#[derive(Debug, Args)]
pub struct CorrectArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 被评单位
    #[arg(long, value_name = "单位")]
    pub unit: Option<String>,
    /// 评估年度
    #[arg(long, value_name = "年度")]
    pub year: Option<i32>,
    /// 阶段
    #[arg(long, value_enum, value_name = "阶段")]
    pub stage: Option<Stage>,
    /// 打分人
    #[arg(long, value_name = "姓名")]
    pub assessor: Option<String>,
    /// 打分人所在单位
    #[arg(long, value_name = "单位")]
    pub organisation: Option<String>,
}

/// What a person does in assessments.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Role {
    /// 自评单位
    Unit,
    /// 专家
    Expert,
    /// 评估办公室
    Office,
}

/// The stage of a sheet.
pub fn stage(stage: Stage) -> app::view::Stage {
    match stage {
        Stage::SelfEvaluation => app::view::Stage::SelfEvaluation,
        Stage::Trial => app::view::Stage::Trial,
        Stage::Review => app::view::Stage::Review,
    }
}

/// Makes a sheet, or one that follows another.
pub fn new(output: &Output, session: &mut Session, args: &NewArgs) -> Result<()> {
    let input = NewSheet {
        rubric: args.rubric.clone(),
        unit: args.unit.clone(),
        year: args.year,
        stage: stage(args.stage),
        assessor: args.assessor.clone(),
        organisation: args.organisation.clone(),
    };
    if let Some(from) = &args.from {
        let taken = session.create_sheet_from(&input, from)?;
        output.show(&taken, |taken| {
            let new = format!("{} {}", output.say("新建打分表", "new sheet"), taken.sheet);
            let said = output.say("待确认的观测点", "points to be confirmed");
            let changed = output.say("标准有变、要重新评的", "of another standard, to be scored anew");
            let points = format!("{said} {}  {changed} {}", taken.points.len(), taken.changed.join(" "));
            vec![new, points, format!("{} {}", output.say("带来的问题", "problems"), taken.problems)]
        });
        return Ok(());
    }
    let id = session.create_sheet(&input)?;
    output.show(&json!({ "id": id }), |_| vec![format!("{} {id}", output.say("新建打分表", "new sheet"))]);
    Ok(())
}

/// The sheets of the workspace.
pub fn list(output: &Output, session: &mut Session) -> Result<()> {
    output.show(&session.home()?.sheets, |sheets| sheets.iter().map(|sheet| summary_line(output, sheet)).collect());
    Ok(())
}

fn summary_line(output: &Output, sheet: &SheetSummary) -> String {
    let short = sheet.id.get(..8).unwrap_or(&sheet.id);
    let grade = sheet.grade.clone().unwrap_or_else(|| "—".to_owned());
    format!(
        "{short}  {} {}  {} {}  {}  {}/{}  {}/{}  {grade}",
        sheet.unit,
        sheet.year,
        app::documents::stage_name((&sheet.stage).into(), output.language),
        sheet.assessor,
        phase_word(output, &sheet.phase),
        sheet.scored,
        sheet.points,
        sheet.total,
        sheet.max
    )
}

fn phase_word(output: &Output, phase: &SheetPhase) -> &'static str {
    match phase {
        SheetPhase::Draft => output.say("草稿", "draft"),
        SheetPhase::Finalised => output.say("已定稿", "finalised"),
        SheetPhase::Signed => output.say("已签名", "signed"),
        SheetPhase::Superseded => output.say("已被取代", "superseded"),
    }
}

/// A sheet whose phase changed.
pub fn show_phase(output: &Output, state: &SheetState) {
    output.show(state, |state| {
        let digest = state.digest.clone().unwrap_or_default();
        vec![format!("{} r{} {} {digest}", state.unit, state.revision, state.outcome.total).trim_end().to_owned()]
    });
}

/// Makes the sample.
pub fn sample(output: &Output, session: &mut Session) -> Result<()> {
    let id = session.make_sample()?;
    output.show(&json!({ "id": id }), |_| vec![format!("{} {id}", output.say("示例", "sample"))]);
    Ok(())
}

/// Corrects what was given and leaves the rest.
pub fn correct(output: &Output, session: &mut Session, args: &CorrectArgs) -> Result<()> {
    let now = session.state(&args.sheet)?;
    let facts = SheetFacts {
        unit: args.unit.clone().unwrap_or(now.unit),
        year: args.year.unwrap_or(now.year),
        stage: args.stage.map_or(now.stage, stage),
        assessor: args.assessor.clone().unwrap_or(now.assessor),
        organisation: args.organisation.clone().unwrap_or(now.organisation),
    };
    session.correct_sheet(&args.sheet, &facts)?;
    let state = session.state(&args.sheet)?;
    output.show(&state, |state| {
        let stage = app::documents::stage_name((&state.stage).into(), output.language);
        vec![format!("{} {}  {stage}  {}（{}）", state.unit, state.year, state.assessor, state.organisation)]
    });
    Ok(())
}

/// Says which sheets were moved.
pub fn done(output: &Output, sheets: &[String], result: Result<()>) -> Result<()> {
    result?;
    output.show(&json!({ "sheets": sheets }), |_| sheets.to_vec());
    Ok(())
}

/// The sheets in the bin.
pub fn removed(output: &Output, session: &Session) -> Result<()> {
    output.show(&session.removed()?, |rows| {
        let line = |row: &app::view::RemovedSheet| {
            let short = row.id.get(..8).unwrap_or(&row.id);
            let stage = app::documents::stage_name((&row.stage).into(), output.language);
            format!("{short}  {} {}  {stage}  {}  {}", row.unit, row.year, row.assessor, row.at)
        };
        rows.iter().map(line).collect()
    });
    Ok(())
}

/// The packages that were written and taken in lately.
pub fn recent(output: &Output, session: &Session) -> Result<()> {
    output.show(&session.parcels()?, |rows| rows.iter().map(|row| parcel_line(output, row)).collect());
    Ok(())
}

fn parcel_line(output: &Output, row: &ParcelView) -> String {
    let direction = if row.imported { output.say("导入", "imported") } else { output.say("导出", "exported") };
    let state = match row.state {
        ParcelState::Present => "",
        ParcelState::Changed => output.say("（文件变了）", "(the file changed)"),
        ParcelState::Gone => output.say("（不在原处了）", "(gone)"),
    };
    format!("{}  {direction}  {} {}  {}  {}{state}", row.at, row.unit, row.year, row.assessors, row.path)
}

/// Shows the settings after changing what was given.
pub fn setting(output: &Output, session: &mut Session, role: Option<Role>, language: Option<Lang>) -> Result<()> {
    if let Some(role) = role {
        session.set_role(&match role {
            Role::Unit => app::view::Role::Unit,
            Role::Expert => app::view::Role::Expert,
            Role::Office => app::view::Role::Office,
        })?;
    }
    if let Some(language) = language {
        session.choose_language(match language {
            Lang::Zh => Language::Zh,
            Lang::En => Language::En,
        })?;
    }
    let now = json!({ "role": session.role()?, "language": session.chosen_language()? });
    output.show(&now, |now| {
        let line = |(key, value): (&String, &serde_json::Value)| {
            format!("{key}  {}", value.as_str().unwrap_or(output.say("未选", "not chosen")))
        };
        now.as_object().into_iter().flatten().map(line).collect()
    });
    Ok(())
}
