//! The commands of an office: a file for each part of its page.

pub mod panel;
pub mod results;
