//! Use cases: the only API that a face (the window, the command line) may call.
//!
//! One file per use case. A [`Session`] holds the open workspace and the world (clock, randomness, fonts, language);
//! every call returns views, ready to be shown, or a [`Failure`] that becomes a [`Problem`] in the person's language.

pub mod assess;
mod catalogue;
mod content;
pub mod correct;
pub mod create;
mod difference;
pub mod dashboard;
pub mod documents;
pub mod edition;
pub mod evidence;
pub mod export;
pub mod format;
pub mod identity;
pub mod import;
mod hints;
pub mod home;
pub mod life;
pub mod localise;
pub mod marks;
pub mod migrate;
pub mod outcome;
pub mod problem;
mod rates;
pub mod refusal;
mod photo;
pub mod pieces;
pub mod parcels;
pub mod roster;
pub mod rubrics;
pub mod schedule;
pub mod score_book;
pub mod session;
pub mod sample;
pub mod sheets;
pub mod verify;
pub mod view;
pub mod watch;
pub mod whatif;
pub mod workbooks;
pub mod world;
pub mod writing;

pub use problem::{Exit, Failure, Language, Problem};
pub use session::Session;
pub mod tasks;
pub use verify::Verifier;
pub use watch::Watch;
pub use world::World;

/// Result of a use case.
pub type Result<T> = std::result::Result<T, Failure>;
