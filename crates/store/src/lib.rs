//! The workspace folder.
