//! Carrying a command out.

use crate::args::{
    AddArgs, Cli, Command, EvidenceCommand, FigureArgs, IdentityCommand, Kind, Lang, NewArgs, PassphraseArgs,
    RubricCommand, ScoreArgs,
};
use crate::catalogue;
use crate::dashboard;
use crate::data;
use crate::decide;
use crate::distribution;
use crate::edition;
use crate::exchange;
use crate::format;
use crate::history;
use crate::inbox;
use crate::look;
use crate::merge;
use crate::output::{Output, code};
use crate::panel;
use crate::panel_report;
use crate::problems;
use crate::receipt;
use crate::report;
use crate::results;
use crate::score_book;
use crate::shelf;
use crate::signing;
use crate::tasks;
use crate::trust;
use crate::verify;
use crate::workbook;
use crate::writing;
use app::evidence::Description;
use app::refusal::Refusal;
use app::view::{
    EvidenceKind, ExportedFile, IdentityView, NewIdentity, NewSheet, RosterQuery, SheetPhase, SheetState, SheetSummary,
    Step, WhatIfView,
};
use app::{Exit, Failure, Language, Result, Session, Watch, World, assess, rubrics};
use serde_json::json;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use zeroize::Zeroizing;

/// Carries the command out and gives the exit code.
pub fn run(cli: &Cli) -> ExitCode {
    let language = match cli.lang {
        Lang::Zh => Language::Zh,
        Lang::En => Language::En,
    };
    let output = Output { json: cli.json, language };
    let done = match &cli.command {
        Command::Rubric(command) => rubric(&output, command),
        Command::Assess { rubric, input, what_if } => assess_only(&output, rubric, input, *what_if),
        Command::FormatCheck { files, profile } => format::run(&output, files, profile),
        Command::Verify(args) => verify::run(&output, &folder(cli), args),
        Command::Merge(args) => merge::run(&output, cli.workspace.as_deref(), args),
        Command::Report(args) if args.list && args.sheet.is_none() => Ok(report::names(&output)),
        command => open(cli, language).and_then(|mut session| in_workspace(&output, &mut session, command)),
    };
    done.unwrap_or_else(|failure| output.fail(&failure))
}

fn open(cli: &Cli, language: Language) -> Result<Session> {
    Session::open(&folder(cli), World::real(app::world::fonts_folder()), language)
}

fn folder(cli: &Cli) -> PathBuf {
    cli.workspace.clone().unwrap_or_else(app::world::default_workspace)
}

fn in_workspace(output: &Output, session: &mut Session, command: &Command) -> Result<ExitCode> {
    match command {
        Command::New(args) => new(output, session, args)?,
        Command::List { removed: false } => output
            .show(&session.home()?.sheets, |sheets| sheets.iter().map(|sheet| summary_line(output, sheet)).collect()),
        Command::List { removed: true } => shelf::removed(output, session)?,
        Command::Sample => shelf::sample(output, session)?,
        Command::Correct(args) => shelf::correct(output, session, args)?,
        Command::Remove { sheets } => shelf::done(output, sheets, session.remove_sheets(sheets))?,
        Command::Restore { sheets } => shelf::done(output, sheets, session.restore_sheets(sheets))?,
        Command::Recent => shelf::recent(output, session)?,
        Command::Setting { role, language } => shelf::setting(output, session, *role, *language)?,
        Command::Show { sheet } => show(output, &session.state(sheet)?),
        Command::Dashboard { sheet } => {
            output.show(&session.dashboard(sheet)?, |figures| dashboard::lines(output, figures));
        }
        Command::WhatIf { sheet } => output.show(&session.what_if(sheet)?, |answer| what_if_lines(output, answer)),
        Command::Score(args) => score(output, session, args)?,
        Command::ScoreBook(command) => return score_book::run(output, session, command),
        Command::Figure(args) => figure(output, session, args)?,
        Command::Write(args) => writing::write(output, session, args)?,
        Command::Panel(command) => panel::run(output, session, command)?,
        Command::PanelReport(command) => return panel_report::run(output, session, command),
        Command::Results(args) => results::run(output, session, args)?,
        Command::Data(command) => data::run(output, session, command)?,
        Command::Publish(args) => data::publish(output, session, args)?,
        Command::Problems(command) => problems::run(output, session, command)?,
        Command::Tasks(command) => tasks::run(output, session, command)?,
        Command::Evidence(command) => return evidence(output, session, command),
        Command::Finalize { sheet } => show_phase(output, &session.finalize(sheet)?),
        Command::Migrate { sheet, to } => edition::migrate(output, session, sheet, to)?,
        Command::Reopen { sheet, reason } => show_phase(output, &session.reopen(sheet, reason)?),
        Command::Identity(command) => identity(output, session, command)?,
        Command::Office(command) => trust::office(output, session, command)?,
        Command::Trust(command) => trust::trust(output, session, command)?,
        Command::Report(args) => report::report(output, session, args)?,
        Command::SignPdf(args) => signing::sign(output, session, args)?,
        Command::Drawing(command) => signing::drawing(output, session, command)?,
        Command::Export(args) => exchange::export(output, session, args)?,
        Command::MaskNames { sheet } => exchange::mask_names(output, session, sheet)?,
        Command::Countersign(args) => exchange::countersign(output, session, args)?,
        Command::Keys(command) => exchange::keys(output, session, command)?,
        Command::Import(args) => receipt::import(output, session, args)?,
        Command::Conflicts(args) => decide::conflicts(output, session, args)?,
        Command::Decide(args) => decide::run(output, session, args)?,
        Command::Inbox(args) => inbox::run(output, session, args)?,
        Command::Receipt(command) => receipt::run(output, session, command)?,
        Command::History(args) => return history::run(output, session, args),
        Command::Rubric(_)
        | Command::Assess { .. }
        | Command::Verify { .. }
        | Command::FormatCheck { .. }
        | Command::Merge(_) => {
            unreachable!("needs no workspace")
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub fn watch() -> Watch {
    Watch::new(Output::progress, std::sync::Arc::default())
}

fn rubric(output: &Output, command: &RubricCommand) -> Result<ExitCode> {
    match command {
        RubricCommand::List => {
            let all: Vec<_> = rubrics::shipped().iter().map(|loaded| rubrics::summary(&loaded.rubric)).collect();
            output.show(&all, |all| {
                all.iter()
                    .map(|r| format!("{}  {}  {} {}", r.id, r.title, r.total, output.say("分", "marks")))
                    .collect()
            });
            Ok(ExitCode::SUCCESS)
        }
        RubricCommand::Show { rubric } => {
            let document = rubrics::document(&rubrics::load(rubric)?.rubric, output.language);
            output.show(&document, rubric_lines);
            Ok(ExitCode::SUCCESS)
        }
        RubricCommand::Check { files } => check(output, files),
        RubricCommand::Diff { old, new } => edition::diff(output, old, new).map(|()| ExitCode::SUCCESS),
        RubricCommand::Localise(args) => edition::localise(output, args).map(|()| ExitCode::SUCCESS),
        RubricCommand::Import { book, target } => workbook::import(output, book, target),
        RubricCommand::Export { rubric, target } => workbook::export(output, rubric, target),
        RubricCommand::Template { target } => workbook::template(output, target),
    }
}

fn rubric_lines(document: &rubrics::RubricDocument) -> Vec<String> {
    let mut lines = vec![format!("{}  {}  {}", document.id, document.title, document.total)];
    for indicator in &document.indicators {
        let depth = usize::try_from(indicator.level).unwrap_or_default();
        lines.push(format!("{}{}", "  ".repeat(depth), indicator.text));
        let points = document.points.iter().filter(|point| point.parent == indicator.code);
        lines.extend(points.map(|point| format!("{}{}  {}", "  ".repeat(depth + 1), point.code, point.standard)));
        let limits = document.limits.iter().filter(|limit| limit.parent == indicator.code);
        lines.extend(
            limits.map(|limit| format!("{}{}  {}", "  ".repeat(depth + 1), limit.limit.code, limit.limit.text)),
        );
    }
    lines
}

fn check(output: &Output, files: &[String]) -> Result<ExitCode> {
    let mut worst = ExitCode::SUCCESS;
    let mut all = Vec::new();
    for file in files {
        let faults = rubrics::check(file)?;
        if !faults.is_empty() {
            worst = code(Exit::Refused);
        }
        let problems: Vec<_> = faults.iter().map(|fault| fault.problem(output.language)).collect();
        all.push((file.clone(), problems));
    }
    let value: Vec<_> = all.iter().map(|(file, problems)| json!({ "file": file, "problems": problems })).collect();
    output.show(&value, |_| {
        let mut lines = Vec::new();
        for (file, problems) in &all {
            if problems.is_empty() {
                lines.push(format!("{file}: {}", output.say("没有问题", "good")));
            }
            lines.extend(problems.iter().map(|p| format!("{}\n  {}\n  {}\n  [{}]", p.what, p.place, p.todo, p.code)));
        }
        lines
    });
    Ok(worst)
}

fn assess_only(output: &Output, rubric: &str, input: &Path, what_if: bool) -> Result<ExitCode> {
    let (name, text) = (input.display().to_string(), read_text(input)?);
    let assessed = assess::assess(rubric, &name, &text, what_if, output.language)?;
    output.show(&assessed, |a| {
        let mut lines = vec![format!("{} / {}  {}", a.total, a.max, a.grade.clone().unwrap_or_default())];
        lines.extend(a.indicators.iter().map(|i| format!("  {}  {} / {}  {}%", i.code, i.score, i.max, i.percent)));
        lines.extend(a.conclusion.iter().map(step_line));
        lines.extend(a.problems.iter().map(|p| p.message.clone()));
        lines.extend(a.what_if.iter().flat_map(|answer| what_if_lines(output, answer)));
        lines
    });
    Ok(if assessed.problems.is_empty() { ExitCode::SUCCESS } else { code(Exit::Refused) })
}

/// Counts the rows of a list of names, and records the number unless asked only to count.
fn figure(output: &Output, session: &mut Session, args: &FigureArgs) -> Result<()> {
    let path = args.query.display().to_string();
    let bad = |error: serde_json::Error| Refusal::BadInput { path, detail: error.to_string() };
    let query: RosterQuery = serde_json::from_str(&read_text(&args.query)?).map_err(bad)?;
    let counted = session.count_rows(&args.sheet, &args.item, &query)?;
    if !args.dry_run {
        session.set_quantity_from_table(&args.sheet, &args.code, &args.name, &args.item, &query)?;
    }
    output.show(&counted, |counted| vec![format!("{} = {}", args.name, counted.matching), counted.words.clone()]);
    Ok(())
}

fn what_if_lines(output: &Output, answer: &WhatIfView) -> Vec<String> {
    let gain = |code: &str, title: &str, gap: &str| format!("  {code} {title}  +{gap} {}", output.say("分", "marks"));
    let mut lines = answer.assumed.clone();
    lines.push(answer.next.clone());
    lines.extend(answer.enough.clone());
    lines.extend(answer.raises.iter().map(|raise| gain(&raise.code, &raise.title, &raise.gap)));
    for line in &answer.lines {
        lines.push(format!("{}  {}", line.sentence, line.finding));
        for lack in &line.below {
            let note = lack.note.as_ref().map(|note| format!("（{note}）")).unwrap_or_default();
            lines.push(gain(&lack.code, &lack.title, &lack.missing) + &note);
        }
    }
    let failing = answer.failing.iter();
    lines.extend(failing.map(|chapter| format!("  {} {}  {}", chapter.code, chapter.title, chapter.finding)));
    lines.push(answer.verdict.clone());
    lines.extend(answer.deciders.iter().map(|decider| {
        let code = decider.code.as_deref().unwrap_or_default();
        format!("  {code} {}  {}", decider.sentence.trim(), decider.finding)
    }));
    lines
}

pub fn read_text(path: &Path) -> Result<String> {
    let mut text = String::new();
    let read = if path == Path::new("-") {
        std::io::stdin().read_to_string(&mut text)
    } else {
        std::fs::File::open(path).and_then(|mut file| file.read_to_string(&mut text))
    };
    read.map_err(|error| Refusal::FileUnreadable { path: path.display().to_string(), detail: error.to_string() })?;
    Ok(text)
}

fn new(output: &Output, session: &mut Session, args: &NewArgs) -> Result<()> {
    let input = NewSheet {
        rubric: args.rubric.clone(),
        unit: args.unit.clone(),
        year: args.year,
        stage: shelf::stage(args.stage),
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

fn phase_word(output: &Output, phase: &SheetPhase) -> &'static str {
    match phase {
        SheetPhase::Draft => output.say("草稿", "draft"),
        SheetPhase::Finalised => output.say("已定稿", "finalised"),
        SheetPhase::Signed => output.say("已签名", "signed"),
        SheetPhase::Superseded => output.say("已被取代", "superseded"),
    }
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

fn step_line(step: &Step) -> String {
    let amount = step.amount.as_deref().unwrap_or_default();
    format!("  {}  {}  {amount}", step.sentence, step.finding).trim_end().to_owned()
}

fn show(output: &Output, state: &SheetState) {
    output.show(state, |state| {
        let outcome = &state.outcome;
        let grade = outcome.grade.clone().unwrap_or_else(|| output.say("等次未定", "grade open").to_owned());
        let mut lines = vec![
            format!("{} {}  {}（{}）r{}", state.unit, state.year, state.assessor, state.organisation, state.revision),
            format!("{} / {}  {grade}", outcome.total, outcome.max),
        ];
        for (point, entered) in outcome.points.iter().zip(&state.points) {
            let score = point.score.clone().unwrap_or_else(|| output.say("未评", "not scored").to_owned());
            lines.push(format!("{}  {score} / {}  {}", point.code, point.max, entered.remark).trim_end().to_owned());
        }
        lines.extend(outcome.conclusion.iter().map(step_line));
        if !state.open.is_empty() {
            lines.push(format!("{} {}", output.say("未完成：", "open:"), state.open.join("、")));
        }
        lines
    });
}

fn show_phase(output: &Output, state: &SheetState) {
    output.show(state, |state| {
        let digest = state.digest.clone().unwrap_or_default();
        vec![format!("{} r{} {} {digest}", state.unit, state.revision, state.outcome.total).trim_end().to_owned()]
    });
}

fn score(output: &Output, session: &mut Session, args: &ScoreArgs) -> Result<()> {
    let mut input = match &args.input {
        Some(path) => app::assess::read(&path.display().to_string(), &read_text(path)?)?,
        None => app::assess::Input::default(),
    };
    once(args.marks.iter().map(|(code, _)| code))?;
    once(args.condition.iter().map(|(code, _)| code))?;
    once(args.remark.iter().map(|(code, _)| code))?;
    let (empty, marks): (Vec<_>, Vec<_>) = args.marks.iter().partition(|(_, mark)| mark.trim().is_empty());
    input.scores.extend(marks.into_iter().map(|(point, mark)| (point.clone(), json!(mark.trim()))));
    input.cleared = empty.into_iter().map(|(point, _)| point.clone()).collect();
    input.findings.extend(args.condition.iter().map(|(limit, present)| (limit.clone(), json!(present))));
    input.remarks.extend(args.remark.iter().cloned());
    let state = session.enter_input(&args.sheet, &input)?;
    output.show(&state, |state| {
        let outcome = &state.outcome;
        vec![format!("{} / {}  {} {}", outcome.total, outcome.max, state.open.len(), output.say("项未评", "open"))]
    });
    Ok(())
}

/// Refuses a code that stands twice in one call: of two values none can be preferred.
fn once<'a>(codes: impl Iterator<Item = &'a String>) -> Result<()> {
    let mut seen = BTreeSet::new();
    for code in codes {
        if !seen.insert(code) {
            return Err(Refusal::GivenTwice { point: code.clone() }.into());
        }
    }
    Ok(())
}

fn evidence(output: &Output, session: &mut Session, command: &EvidenceCommand) -> Result<ExitCode> {
    match command {
        EvidenceCommand::Add(args) => add(output, session, args),
        EvidenceCommand::List { sheet } => {
            output.show(&session.catalogue(sheet)?, |items| items.iter().flat_map(catalogue::lines).collect());
            Ok(ExitCode::SUCCESS)
        }
        EvidenceCommand::Change(args) => catalogue::change(output, session, args),
        EvidenceCommand::Distribute(args) => distribution::distribute(output, session, args),
        EvidenceCommand::Verdict(args) => distribution::verdict(output, session, args),
        EvidenceCommand::Interview(args) => distribution::interview(output, session, args),
        EvidenceCommand::Missing { sheet } => distribution::missing(output, session, sheet),
        EvidenceCommand::Show { sheet, item } => look::show(output, session, sheet, item),
        EvidenceCommand::Check { sheet, clear } => look::check(output, session, sheet, *clear),
    }
}

pub fn add(output: &Output, session: &mut Session, args: &AddArgs) -> Result<ExitCode> {
    let report = session.attach_described(&args.sheet, &args.point, &args.files, &description(args), &watch())?;
    output.show(&report, |report| {
        let mut lines = vec![format!("{} {}", output.say("添加", "added"), report.added.len())];
        lines
            .extend(report.duplicates.iter().map(|name| format!("{} {name}", output.say("已有，只关联：", "linked:"))));
        lines
    });
    report.refused.iter().for_each(|refused| output.problem(&refused.problem));
    Ok(if report.refused.is_empty() { ExitCode::SUCCESS } else { code(Exit::Storage) })
}

/// The catalogue fields that were given.
fn description(args: &AddArgs) -> Description {
    let kind = args.kind.map(|kind| match kind {
        Kind::A => EvidenceKind::A,
        Kind::B => EvidenceKind::B,
        Kind::C => EvidenceKind::C,
        Kind::D => EvidenceKind::D,
        Kind::E => EvidenceKind::E,
    });
    Description {
        name: args.name.clone(),
        date: args.date.clone().unwrap_or_default(),
        kind,
        note: args.note.clone().unwrap_or_default(),
    }
}

fn identity(output: &Output, session: &mut Session, command: &IdentityCommand) -> Result<()> {
    let line = |i: &IdentityView| trust::identity_lines(output, i);
    match command {
        IdentityCommand::New { name, organisation, algorithm, passphrase } => {
            let passphrase = secret(passphrase, output.say("口令（至少 8 位）：", "Passphrase (at least 8): "))?;
            let made = session.create_identity(&NewIdentity {
                name: name.clone(),
                organisation: organisation.clone(),
                passphrase: passphrase.as_str().into(),
                algorithm: algorithm.view(),
            })?;
            output.show(&made, |made| vec![line(made)]);
        }
        IdentityCommand::List => output.show(&session.identities()?, |all| all.iter().map(line).collect()),
        IdentityCommand::Request { identity, out, passphrase } => {
            trust::request(output, session, identity, out, passphrase)?;
        }
        IdentityCommand::Import { file } => trust::import(output, session, file)?,
    }
    Ok(())
}

/// The passphrase: from a file's first line, the environment, or the keyboard.
pub fn secret(args: &PassphraseArgs, prompt: &str) -> Result<Zeroizing<String>> {
    if let Some(path) = &args.passphrase_file {
        let text = Zeroizing::new(read_text(path)?);
        return Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()));
    }
    if let Ok(text) = std::env::var("HENGJIAN_PASSPHRASE") {
        return Ok(Zeroizing::new(text));
    }
    let unreadable = |error: std::io::Error| {
        Failure::from(Refusal::FileUnreadable { path: "HENGJIAN_PASSPHRASE".to_owned(), detail: error.to_string() })
    };
    rpassword::prompt_password(prompt).map(Zeroizing::new).map_err(unreadable)
}

pub fn file_line(file: &ExportedFile) -> String {
    format!("{}  {}  sha256 {}", file.path, file.size, file.sha256)
}
