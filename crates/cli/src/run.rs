//! Carrying a command out.

use crate::args::{Cli, Command, Lang, PassphraseArgs};
use crate::dashboard;
use crate::data;
use crate::decide;
use crate::edition;
use crate::evidence;
use crate::exchange;
use crate::format;
use crate::history;
use crate::identity;
use crate::inbox;
use crate::merge;
use crate::output::Output;
use crate::panel;
use crate::panel_report;
use crate::problems;
use crate::receipt;
use crate::report;
use crate::results;
use crate::rubric;
use crate::score_book;
use crate::scoring;
use crate::shelf;
use crate::signing;
use crate::tasks;
use crate::trust;
use crate::verify;
use crate::writing;
use app::refusal::Refusal;
use app::view::ExportedFile;
use app::{Failure, Language, Result, Session, Watch, World};
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
        Command::Rubric(command) => rubric::run(&output, command),
        Command::Assess { rubric, input, what_if } => scoring::assess_only(&output, rubric, input, *what_if),
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
        Command::New(args) => shelf::new(output, session, args)?,
        Command::List { removed: false } => shelf::list(output, session)?,
        Command::List { removed: true } => shelf::removed(output, session)?,
        Command::Sample => shelf::sample(output, session)?,
        Command::Correct(args) => shelf::correct(output, session, args)?,
        Command::Remove { sheets } => shelf::done(output, sheets, session.remove_sheets(sheets))?,
        Command::Restore { sheets } => shelf::done(output, sheets, session.restore_sheets(sheets))?,
        Command::Recent => shelf::recent(output, session)?,
        Command::Setting { role, language } => shelf::setting(output, session, *role, *language)?,
        Command::Show { sheet } => scoring::show(output, &session.state(sheet)?),
        Command::Dashboard { sheet } => {
            output.show(&session.dashboard(sheet)?, |figures| dashboard::lines(output, figures));
        }
        Command::WhatIf { sheet } => {
            output.show(&session.what_if(sheet)?, |answer| scoring::what_if_lines(output, answer))
        }
        Command::Score(args) => scoring::score(output, session, args)?,
        Command::ScoreBook(command) => return score_book::run(output, session, command),
        Command::Figure(args) => scoring::figure(output, session, args)?,
        Command::Write(args) => writing::write(output, session, args)?,
        Command::Panel(command) => panel::run(output, session, command)?,
        Command::PanelReport(command) => return panel_report::run(output, session, command),
        Command::Results(args) => results::run(output, session, args)?,
        Command::Data(command) => data::run(output, session, command)?,
        Command::Publish(args) => data::publish(output, session, args)?,
        Command::Problems(command) => problems::run(output, session, command)?,
        Command::Tasks(command) => tasks::run(output, session, command)?,
        Command::Evidence(command) => return evidence::run(output, session, command),
        Command::Finalize { sheet } => shelf::show_phase(output, &session.finalize(sheet)?),
        Command::Migrate { sheet, to } => edition::migrate(output, session, sheet, to)?,
        Command::Reopen { sheet, reason } => shelf::show_phase(output, &session.reopen(sheet, reason)?),
        Command::Identity(command) => identity::run(output, session, command)?,
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
        Command::Inbox(args) => return inbox::run(output, session, args),
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

/// Shows how much of a work is done, in bytes.
pub fn watch() -> Watch {
    Watch::new(Output::progress, std::sync::Arc::default())
}

/// Shows how much of a work over many files or units is done.
pub fn counting() -> Watch {
    Watch::new(Output::counted, std::sync::Arc::default())
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
