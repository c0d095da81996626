//! What stands around the sheets: the sample, corrections, the bin, recent packages, settings.

use crate::args::{CorrectArgs, Lang, Role, Stage};
use crate::output::Output;
use app::view::{ParcelState, ParcelView, SheetFacts};
use app::{Language, Result, Session};
use serde_json::json;

/// The stage of a sheet.
pub fn stage(stage: Stage) -> app::view::Stage {
    match stage {
        Stage::SelfEvaluation => app::view::Stage::SelfEvaluation,
        Stage::Trial => app::view::Stage::Trial,
        Stage::Review => app::view::Stage::Review,
    }
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
