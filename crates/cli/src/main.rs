//! The command line `hengjian`: the same use cases as the window. Nothing is computed here.

mod args;
mod catalogue;
mod dashboard;
mod data;
mod decide;
mod distribution;
mod edition;
mod evidence;
mod exchange;
mod format;
mod history;
mod identity;
mod inbox;
mod look;
mod merge;
mod output;
mod panel;
mod panel_report;
mod problems;
mod receipt;
mod report;
mod results;
mod results_query;
mod rubric;
mod run;
mod score_book;
mod scoring;
mod shelf;
mod signing;
mod tasks;
mod trust;
mod usage;
mod verify;
mod workbook;
mod writing;

use args::Cli;
use clap::error::ErrorKind;
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    match usage::parse::<Cli>() {
        Ok(cli) => run::run(&cli),
        Err(asked) if matches!(asked.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            // A reader that went away is no failure.
            let _ = write!(std::io::stdout(), "{}", usage::page(&asked));
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{}", usage::explain(&error));
            output::code(app::Exit::Usage)
        }
    }
}
