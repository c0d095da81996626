//! What tests through a session begin with: a workspace of their own, and sheets in it.

use app::view::{NewSheet, Stage};
use app::{Language, Session, World};
use std::path::Path;

/// Opens the workspace `ws` of a folder at a time of its own; else at this machine's.
pub fn open(folder: &Path, now: Option<i64>) -> Session {
    let mut world = World::real(app::world::fonts_folder());
    if let Some(now) = now {
        world.now = Box::new(move || now);
    }
    Session::open(&folder.join("ws"), world, Language::Zh).unwrap()
}

/// A new workspace in a folder that goes away.
pub fn workspace(now: Option<i64>) -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let session = open(folder.path(), now);
    (folder, session)
}

/// Whose sheet of what.
pub fn new_sheet(
    rubric: &str,
    (unit, year): (&str, i32),
    stage: Stage,
    (assessor, organisation): (&str, &str),
) -> NewSheet {
    let [rubric, unit, assessor, organisation] = [rubric, unit, assessor, organisation].map(str::to_owned);
    NewSheet { rubric, unit, year, stage, assessor, organisation }
}
