//! The commands of an office: a file for each part of its page.

pub mod data;
pub mod inbox;
pub mod merging;
pub mod panel;
pub mod reports;
pub mod results;
