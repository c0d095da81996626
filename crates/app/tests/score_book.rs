//! A draft that is written as a workbook, filled in and taken in again, through a session on a workspace of its own.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its functions as well")]

use app::localise::Target;
use app::score_book::ScoreBookReport;
use app::view::{NewSheet, Stage};
use app::{Language, Session, World};
use std::path::{Path, PathBuf};

struct Desk {
    folder: tempfile::TempDir,
    session: Session,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let world = World::real(app::world::fonts_folder());
        let session = Session::open(&folder.path().join("ws"), world, Language::Zh).unwrap();
        Self { folder, session }
    }

    fn sheet(&mut self, assessor: &str) -> String {
        let input = NewSheet {
            rubric: "coal-2021".to_owned(),
            unit: "汾曲矿业".to_owned(),
            year: 2026,
            stage: Stage::SelfEvaluation,
            assessor: assessor.to_owned(),
            organisation: "汾曲矿业".to_owned(),
        };
        self.session.create_sheet(&input).unwrap()
    }

    fn book(&mut self, sheet: &str, name: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        self.session.export_score_book(sheet, Target { path: &path, replace: false }).unwrap();
        path
    }

    fn import(&mut self, sheet: &str, book: &Path, anyway: bool) -> ScoreBookReport {
        self.session.import_score_book(sheet, book, anyway, None).unwrap()
    }
}

#[test]
fn a_workbook_of_one_sheet_fills_another_only_when_told() {
    let mut desk = Desk::new();
    let (full, empty) = (desk.sheet("周敏"), desk.sheet("李岚"));
    for (code, mark) in [("A2-2", "1.5"), ("B2-6", "2")] {
        desk.session.set_mark(&full, code, Some(mark)).unwrap();
    }
    desk.session.set_limit(&full, "A1-1!1", Some(false)).unwrap();
    desk.session.set_remark(&full, "A2-2", "有台账").unwrap();
    let book = desk.book(&full, "打分.xlsx");
    let there = desk.session.export_score_book(&full, Target { path: &book, replace: false }).unwrap_err();
    assert_eq!(there.code(), "app.file-exists");
    let same = desk.import(&full, &book, false);
    assert!(same.applied && same.changes.is_empty() && same.faults.is_empty(), "{same:?}");
    let refused = desk.import(&empty, &book, false);
    assert_eq!(refused.faults[0].problem.code, "workbook.other-sheet");
    assert!(!refused.applied);
    let shown = desk.session.preview_score_book(&empty, &book, true).unwrap();
    assert_eq!((shown.changes.len(), shown.applied), (4, false));
    assert_eq!(desk.session.state(&empty).unwrap().outcome.total, "0");
    let taken = desk.session.import_score_book(&empty, &book, true, Some(&shown.digest)).unwrap();
    assert!(taken.applied && taken.changes == shown.changes);
    let (from, to) = (desk.session.state(&full).unwrap(), desk.session.state(&empty).unwrap());
    assert_eq!(from.outcome, to.outcome);
    assert_eq!(from.points, to.points);
}

#[test]
fn another_file_than_the_one_that_was_shown_and_a_locked_sheet_are_refused() {
    let mut desk = Desk::new();
    let sheet = desk.sheet("周敏");
    let book = desk.book(&sheet, "打分.xlsx");
    let shown = desk.session.preview_score_book(&sheet, &book, false).unwrap();
    desk.session.set_mark(&sheet, "A2-2", Some("1")).unwrap();
    desk.session.export_score_book(&sheet, Target { path: &book, replace: true }).unwrap();
    let changed = desk.session.import_score_book(&sheet, &book, false, Some(&shown.digest)).unwrap_err();
    assert_eq!(changed.code(), "app.score-book-changed");
    let absent = desk.session.preview_score_book(&sheet, &desk.folder.path().join("无.xlsx"), false).unwrap_err();
    assert_eq!(absent.code(), "app.file-unreadable");
}
