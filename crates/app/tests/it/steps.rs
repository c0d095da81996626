//! Undo in acts, and what a sheet has otherwise than the one before it, through a session on a workspace of its own.

use crate::desk::{new_sheet, workspace};
use app::assess::Input;
use app::view::{Difference, SheetState, Stage};
use app::{Language, Session, World};

struct Desk {
    _folder: tempfile::TempDir,
    session: Session,
}

impl Desk {
    fn new() -> Self {
        let (folder, session) = workspace(None);
        Self { _folder: folder, session }
    }

    fn sheet(&mut self, stage: Stage) -> String {
        let input = new_sheet("oucsx-2021", ("并州分校", 2026), stage, ("周敏", "第二专家组"));
        self.session.create_sheet(&input).unwrap()
    }

    fn enter(&mut self, sheet: &str, json: &str) -> SheetState {
        self.session.enter_input(sheet, &Input::read(json).unwrap()).unwrap()
    }
}

fn scored(state: &SheetState) -> Vec<(&str, &str)> {
    state.points.iter().filter_map(|p| Some((p.code.as_str(), p.mark.as_deref()?))).collect()
}

#[test]
fn an_input_with_many_marks_is_undone_and_redone_in_one_step() {
    let mut desk = Desk::new();
    let sheet = desk.sheet(Stage::SelfEvaluation);
    desk.session.set_mark(&sheet, "1.1.1-1", Some("3")).unwrap();
    let json = r#"{"scores": {"1.1.1-1": "4", "1.1.1-2": "2", "1.1.1-3": "2"}, "remarks": {"1.1.1-2": "有台账"}}"#;
    let many = desk.enter(&sheet, json);
    assert_eq!(scored(&many), [("1.1.1-1", "4"), ("1.1.1-2", "2"), ("1.1.1-3", "2")]);

    let before = desk.session.step(&sheet, true).unwrap();
    assert_eq!(scored(&before), [("1.1.1-1", "3")]);
    assert_eq!((before.can_undo, before.can_redo), (true, true));
    assert_eq!(before.points[1].remark, "");
    let again = desk.session.step(&sheet, false).unwrap();
    assert_eq!((again.points, again.can_redo), (many.points, false));
}

/// A change answers with the sheet as anyone would read it who opens the workspace now.
#[test]
fn the_answer_of_every_change_is_what_a_fresh_reading_gives() {
    type Change = fn(&mut Session, &str) -> app::Result<SheetState>;
    let changes: [Change; 10] = [
        |session, sheet| session.set_mark(sheet, "1.1.1-1", Some("3")),
        |session, sheet| session.set_full(sheet, "4.5.3-1"),
        |session, sheet| session.set_remark(sheet, "1.1.1-2", "有台账"),
        |session, sheet| session.set_doubt(sheet, "1.1.1-2", true),
        |session, sheet| session.set_mark(sheet, "1.1.1-1", None),
        |session, sheet| session.step(sheet, true),
        |session, sheet| session.step(sheet, true),
        |session, sheet| session.step(sheet, false),
        |session, sheet| session.set_mark(sheet, "1.1.1-1", Some("4")),
        |session, sheet| session.step(sheet, false),
    ];
    let mut desk = Desk::new();
    let sheet = desk.sheet(Stage::SelfEvaluation);
    let Desk { _folder, mut session } = desk;
    for (number, change) in changes.iter().enumerate() {
        let answer = change(&mut session, &sheet).unwrap();
        let root = session.root().to_owned();
        drop(session);
        session = Session::open(&root, World::real(app::world::fonts_folder()), Language::Zh).unwrap();
        assert_eq!(answer, session.desk(&sheet).unwrap().state, "change {number}");
    }
}

#[test]
fn full_marks_by_many_findings_are_one_step() {
    let mut desk = Desk::new();
    let sheet = desk.sheet(Stage::SelfEvaluation);
    let full = desk.session.set_full(&sheet, "3.1.2-1").or_else(|_| desk.session.set_full(&sheet, "1.1.1-1")).unwrap();
    assert_eq!(scored(&full).len(), 1);
    let state = desk.session.step(&sheet, true).unwrap();
    assert_eq!((scored(&state).len(), state.can_undo), (0, false));
}

#[test]
fn a_review_differs_from_the_units_own_evaluation_where_both_have_decided() {
    let mut desk = Desk::new();
    let own = desk.sheet(Stage::SelfEvaluation);
    assert_eq!(desk.session.state(&own).unwrap().difference, None, "there is nothing to hold a first sheet against");
    desk.enter(&own, r#"{"scores": {"1.1.1-1": "4", "1.1.1-2": "2", "1.1.1-3": "2"}}"#);
    let review = desk.sheet(Stage::Review);
    let state = desk.enter(&review, r#"{"scores": {"1.1.1-1": "4", "1.1.1-2": "1"}, "remarks": {"1.1.1-1": "属实"}}"#);
    assert_eq!(state.difference, Some(Difference { revision: None, codes: vec!["1.1.1-2".to_owned()] }));
}

#[test]
fn a_revision_differs_from_the_one_before_it_in_marks_and_remarks() {
    let mut desk = Desk::new();
    let sheet = desk.sheet(Stage::SelfEvaluation);
    let sample = include_str!("../../../../assets/sample/self-周宁.json");
    desk.enter(&sheet, sample);
    desk.session.finalize(&sheet).unwrap();
    desk.session.reopen(&sheet, "复核后更正").unwrap();
    assert_eq!(desk.session.state(&sheet).unwrap().difference, Some(Difference { revision: Some(1), codes: vec![] }));

    desk.session.set_mark(&sheet, "1.1.1-1", None).unwrap();
    desk.session.set_remark(&sheet, "1.1.1-3", "另附照片").unwrap();
    let state = desk.session.set_doubt(&sheet, "1.1.1-2", true).unwrap();
    let codes = vec!["1.1.1-1".to_owned(), "1.1.1-3".to_owned()];
    assert_eq!(state.difference, Some(Difference { revision: Some(1), codes }));
    assert_eq!(state.last_point.as_deref(), Some("1.1.1-2"));
}
