//! The command line `hengjian`: the same use cases as the window. Nothing is computed here.

mod args;
mod output;
mod run;

use args::Cli;
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    run::run(&Cli::parse())
}
