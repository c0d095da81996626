//! Printing results: JSON, or lines for people.

use app::{Exit, Failure, Language, Problem};
use serde::Serialize;
use std::io::{self, Write};
use std::process::ExitCode;

/// Where results go, and how.
pub struct Output {
    pub json: bool,
    pub language: Language,
}

impl Output {
    /// One of two texts, by language.
    pub fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    /// Prints a value as JSON, or what `lines` makes of it.
    pub fn show<T: Serialize>(&self, value: &T, lines: impl FnOnce(&T) -> Vec<String>) {
        let text = if self.json {
            serde_json::to_string_pretty(value).unwrap_or_else(|error| error.to_string())
        } else {
            lines(value).join("\n")
        };
        // A reader that went away (`| head`) is no failure of the command.
        let _ = writeln!(io::stdout().lock(), "{text}");
    }

    /// Prints a failure and gives its exit code.
    pub fn fail(&self, failure: &Failure) -> ExitCode {
        self.problem(&failure.problem(self.language));
        code(failure.exit())
    }

    /// Prints what a person should know of something that was refused.
    pub fn problem(&self, problem: &Problem) {
        let mut stderr = io::stderr().lock();
        let _ = if self.json {
            let text = serde_json::to_string_pretty(problem).unwrap_or_default();
            writeln!(stderr, "{text}")
        } else {
            let lines = [&problem.what, &problem.place, &problem.todo].map(String::as_str);
            let lines: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
            writeln!(stderr, "{}\n[{}]", lines.join("\n  "), problem.code)
        };
    }

    /// Prints what is wrong at a place, such as a cell.
    pub fn at(&self, place: &str, problem: &Problem) {
        if !place.is_empty() {
            let _ = writeln!(io::stderr().lock(), "{place}");
        }
        self.problem(problem);
    }

    /// Reports how many bytes of a long work are done.
    pub fn progress(name: &str, done: u64, total: u64) {
        const LONG: u64 = 64 << 20;
        Self::done(name, done, total, LONG);
    }

    /// Reports how many files, units or parts of a long work are done.
    pub fn counted(name: &str, done: u64, total: u64) {
        const MANY: u64 = 100;
        Self::done(name, done, total, MANY);
    }

    /// On one line, when a person watches; the line is emptied at the end.
    fn done(name: &str, done: u64, total: u64, long: u64) {
        const EMPTY: &str = "\r\x1b[K";
        if total < long || !io::IsTerminal::is_terminal(&io::stderr()) {
            return;
        }
        let percent = done.saturating_mul(100) / total.max(1);
        let line = if done < total { format!("{percent}% {name}") } else { String::new() };
        let _ = write!(io::stderr().lock(), "{EMPTY}{line}");
    }
}

/// The exit code of a kind of failure.
pub fn code(exit: Exit) -> ExitCode {
    ExitCode::from(exit as u8)
}
