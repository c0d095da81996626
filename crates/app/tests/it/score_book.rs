//! A draft that is written as a workbook, filled in and taken in again, through a session on a workspace of its own.

use crate::desk::{new_sheet, workspace};
use app::Session;
use app::localise::Target;
use app::score_book::ScoreBookReport;
use app::view::Stage;
use std::path::{Path, PathBuf};

struct Desk {
    folder: tempfile::TempDir,
    session: Session,
}

impl Desk {
    fn new() -> Self {
        let (folder, session) = workspace(None);
        Self { folder, session }
    }

    fn sheet(&mut self, assessor: &str) -> String {
        self.sheet_under("coal-2021", assessor)
    }

    fn sheet_under(&mut self, rubric: &str, assessor: &str) -> String {
        let input = new_sheet(rubric, ("汾曲矿业", 2026), Stage::SelfEvaluation, (assessor, "汾曲矿业"));
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
fn another_file_than_the_one_that_was_shown_is_refused() {
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

/// Puts values into cells of a workbook with openpyxl, as a person would: `key=value` by the hidden keys of the rows.
fn fill(book: &Path, values: &[&str]) {
    const SCRIPT: &str = r"
import sys
from openpyxl import load_workbook
book = load_workbook(sys.argv[1])
sheet = book['评分']
rows = {sheet.cell(row, 9).value: row for row in range(4, sheet.max_row + 1)}
for pair in sys.argv[2:]:
    key, value = pair.rsplit('=', 1)
    try: value = float(value)
    except ValueError: pass
    cell = sheet.cell(rows[key], 6)
    assert not cell.protection.locked, key
    cell.value = value
book.save(sys.argv[1])
";
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let environment = std::env::var_os("HENGJIAN_VENV").map_or_else(|| root.join(".venv"), PathBuf::from);
    let mut python = std::process::Command::new(environment.join("bin/python"));
    let output = python.args(["-c", SCRIPT]).arg(book).args(values).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn everything_that_is_wrong_is_said_at_once_by_cell_and_nothing_is_written() {
    let mut desk = Desk::new();
    let sheet = desk.sheet("周敏");
    let book = desk.book(&sheet, "打分.xlsx");
    let wrong = [
        "mark A2-2=1.55",
        "mark B2-6=八分",
        "part A1-2#1=0.3",
        "quantity B2-1#实际分配账号=12.5",
        "condition A1-1!1=也许",
        "mark D1-1=7",
        "part A1-1#1=扣",
    ];
    fill(&book, &wrong);
    let report = desk.import(&sheet, &book, false);
    let codes: Vec<&str> = report.faults.iter().map(|fault| fault.problem.code.as_str()).collect();
    let expected = [
        "workbook.unknown-word", // A1-1!1
        "mark.not-legal",        // A1-2#1
        "mark.off-step",         // A2-2
        "mark.bad-quantity",     // B2-1
        "workbook.not-a-number", // B2-6
        "mark.above-max",        // D1-1
    ];
    assert_eq!(codes, expected, "{:#?}", report.faults);
    assert!(report.faults.iter().all(|fault| fault.cell.starts_with("评分!F")), "{:#?}", report.faults);
    assert!(!report.applied);
    assert_eq!(desk.session.state(&sheet).unwrap().outcome.total, "0");
}

#[test]
fn what_a_person_filled_in_is_taken_with_its_marks() {
    let mut desk = Desk::new();
    let sheet = desk.sheet("周敏");
    let book = desk.book(&sheet, "打分.xlsx");
    let filled = ["mark A2-2=1.5", "part A1-1#1=扣", "condition A1-1!1=不存在", "quantity B2-1#实际分配账号=120"];
    fill(&book, &filled);
    let report = desk.import(&sheet, &book, false);
    assert!(report.applied && report.changes.len() == 4 && report.missing.is_empty(), "{report:#?}");
    let state = desk.session.state(&sheet).unwrap();
    // A1-1: 2 marks less 1, and A2-2.
    assert_eq!(state.outcome.total, "2.5");
    let again = desk.import(&sheet, &book, false);
    assert!(again.changes.is_empty(), "{again:#?}");
}

#[test]
fn a_locked_sheet_is_neither_written_as_a_workbook_nor_changed_by_one() {
    let mut desk = Desk::new();
    let sheet = desk.sheet_under("resource-2024", "周敏");
    let book = desk.book(&sheet, "打分.xlsx");
    let state = desk.session.state(&sheet).unwrap();
    for point in &state.points {
        desk.session.set_full(&sheet, &point.code).unwrap();
    }
    for limit in &state.limits {
        desk.session.set_limit(&sheet, &limit.code, Some(false)).unwrap();
    }
    desk.session.finalize(&sheet).unwrap();
    let taken = desk.session.import_score_book(&sheet, &book, false, None).unwrap_err();
    assert_eq!(taken.code(), "assessment.locked");
    let target = Target { path: &desk.folder.path().join("又.xlsx"), replace: false };
    assert_eq!(desk.session.export_score_book(&sheet, target).unwrap_err().code(), "assessment.locked");
}
