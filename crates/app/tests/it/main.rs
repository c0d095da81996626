//! What a user relies on, through sessions on workspaces of their own: one program, one module for each use case.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its functions as well")]

mod catalogue;
mod dashboard;
mod desk;
mod distribution;
mod documents;
mod editions;
mod exchange;
mod home;
mod looking;
mod office;
mod panel;
mod rectification;
mod reports;
mod results;
mod score_book;
mod signing;
mod steps;
mod tasks;
mod trust;
mod verification;
mod writing;
