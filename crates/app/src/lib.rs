//! Use cases: the only API that a face (the window, the command line) may call.
//!
//! One file per use case. A [`Session`] holds the open workspace and the world (clock, randomness, fonts, language);
//! every call returns views, ready to be shown, or a [`Failure`] that becomes a [`Problem`] in the person's language.

pub mod assess;
mod catalogue;
mod content;
pub mod correct;
pub mod countersign;
pub mod create;
pub mod dashboard;
mod deliver;
mod difference;
pub mod distribute;
pub mod documents;
pub mod edition;
pub mod evidence;
pub mod export;
pub mod facts;
pub mod format;
mod handed;
mod hints;
pub mod history;
pub mod home;
pub mod identity;
pub mod import;
pub mod inbox;
pub mod life;
pub mod localise;
pub mod marks;
pub mod mask;
pub mod merge;
pub mod migrate;
mod missing;
pub mod office;
pub mod onsite;
pub mod outcome;
pub mod panel;
pub mod parcels;
mod photo;
pub mod pieces;
pub mod preview;
mod printed;
pub mod problem;
mod rates;
pub mod receipt;
pub mod recipients;
pub mod rectification;
pub mod refusal;
pub mod results;
pub mod roster;
pub mod rubrics;
pub mod sample;
pub mod schedule;
pub mod score_book;
pub mod session;
pub mod sheets;
pub mod signing;
mod sitting;
pub mod tasks;
pub mod trust;
pub mod verdicts;
pub mod verify;
pub mod view;
pub mod watch;
pub mod whatif;
pub mod workbooks;
pub mod world;
pub mod writing;

pub use problem::{Exit, Failure, Language, Problem};
pub use session::Session;
pub use verify::Verifier;
pub use watch::Watch;
pub use world::World;

/// Result of a use case.
pub type Result<T> = std::result::Result<T, Failure>;
