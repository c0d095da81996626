//! Journeys through the whole program, as its users and those who check its results make them.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod accessibility;
mod assess;
mod bad_input;
mod catalogue;
mod command_line;
mod dashboards;
mod distribution;
mod editions;
mod exchange;
mod format;
mod golden;
mod held_evidence;
mod history;
mod hostile_import;
mod keyboard;
mod kill;
mod looking;
mod merge;
mod papers;
mod program;
mod receipts;
mod record;
mod rectification;
mod roles;
mod score_book;
mod screen;
mod signing;
mod six_rubrics;
mod start;
mod tasks;
mod trust;
mod usage;
mod window;
mod writing;
