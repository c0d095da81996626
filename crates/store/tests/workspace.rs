//! A workspace keeps what was acknowledged, refuses what it cannot keep, and leaves no half-done file.

#![allow(clippy::unwrap_used)]

use assessment::{Entry, EntryKind, ScheduleState, Stage};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use store::{
    AuditNote, Error, EvidenceFields, EvidenceRow, Kept, Presence, ScheduleRow, SheetRow, Workspace, WritingRow, files,
};

fn note(action: &str) -> AuditNote<'_> {
    AuditNote { at: 1, action, ..AuditNote::default() }
}

fn with_sheet(workspace: &mut Workspace) -> SheetRow {
    let made: Result<SheetRow, Error> = workspace.write(&note("new"), |tx| {
        tx.put_rubric("d1", "r", "1", "text")?;
        let assessment = tx.assessment("d1", "并州分校", 2022, "aa")?;
        let sheet = SheetRow::draft("5e11", assessment, Stage::Review, ("周敏", "第二专家组"), 1);
        tx.put_sheet(&sheet)?;
        Ok(sheet)
    });
    made.unwrap()
}

fn mark(code: &str, value: Option<&str>) -> Entry {
    Entry { kind: EntryKind::Mark, code: code.into(), value: value.map(str::to_owned) }
}

fn change(workspace: &mut Workspace, entry: &Entry) {
    let done: Result<(), Error> = workspace.write(&note("set"), |tx| tx.act("5e11").entry(entry));
    done.unwrap();
}

fn step(workspace: &mut Workspace, undo: bool) -> Vec<Kept> {
    workspace.write(&note("step"), |tx| tx.step("5e11", undo)).map_err(|e: Error| e).unwrap()
}

fn value(workspace: &Workspace, code: &str) -> Option<String> {
    let records = workspace.read(|tx| tx.records("5e11")).map_err(|e: Error| e).unwrap();
    records.get(EntryKind::Mark, code).map(str::to_owned)
}

#[test]
fn entries_survive_reopening_and_can_be_undone_and_redone_step_by_step() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = Workspace::open(folder.path()).unwrap();
    let sheet = with_sheet(&mut workspace);
    change(&mut workspace, &mark("1-1", Some("4")));
    change(&mut workspace, &mark("1-1", Some("3")));
    change(&mut workspace, &mark("1-2", Some("2")));
    drop(workspace);

    let mut workspace = Workspace::open(folder.path()).unwrap();
    assert_eq!(workspace.read(|tx| tx.sheet("5e")).map_err(|e: Error| e).unwrap(), sheet);
    assert_eq!(step(&mut workspace, true), [mark("1-2", None).into()]);
    assert_eq!(step(&mut workspace, true), [mark("1-1", Some("4")).into()]);
    assert_eq!(step(&mut workspace, true), [mark("1-1", None).into()]);
    assert_eq!(step(&mut workspace, true), []);
    assert_eq!(step(&mut workspace, false), [mark("1-1", Some("4")).into()]);
    assert_eq!(value(&workspace, "1-1").as_deref(), Some("4"));
    change(&mut workspace, &mark("1-3", Some("1")));
    assert_eq!(step(&mut workspace, false), [], "a new change ends what could be redone");
    assert_eq!(workspace.integrity().unwrap(), "ok");
}

#[test]
fn what_was_done_in_one_act_is_undone_and_redone_in_one_step() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = Workspace::open(folder.path()).unwrap();
    with_sheet(&mut workspace);
    change(&mut workspace, &mark("1-1", Some("4")));
    let many = [mark("1-1", Some("2")), mark("1-2", Some("3")), mark("1-1", Some("1"))];
    let done: Result<(), Error> = workspace.write(&note("many"), |tx| {
        let act = tx.act("5e11");
        many.iter().try_for_each(|entry| act.entry(entry))
    });
    done.unwrap();

    let back = step(&mut workspace, true);
    assert_eq!(back, [mark("1-1", Some("2")).into(), mark("1-2", None).into(), mark("1-1", Some("4")).into()]);
    assert_eq!((value(&workspace, "1-1").as_deref(), value(&workspace, "1-2")), (Some("4"), None));
    assert_eq!(step(&mut workspace, false), many.map(Kept::from));
    assert_eq!((value(&workspace, "1-1").as_deref(), value(&workspace, "1-2").as_deref()), (Some("1"), Some("3")));

    step(&mut workspace, true);
    change(&mut workspace, &mark("1-1", Some("4")));
    assert_eq!(step(&mut workspace, false).len(), 3, "what changes nothing leaves what can be redone");
}

#[test]
fn a_failed_change_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = Workspace::open(folder.path()).unwrap();
    with_sheet(&mut workspace);
    let failed: Result<(), Error> = workspace.write(&note("set"), |tx| {
        tx.act("5e11").entry(&mark("1-1", Some("4")))?;
        Err(Error::UnknownEvidence { item: "x".into() })
    });
    assert!(failed.is_err());
    assert_eq!(value(&workspace, "1-1"), None);
}

#[test]
fn a_workspace_in_use_or_from_a_newer_program_or_damaged_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let first = Workspace::open(folder.path()).unwrap();
    assert!(matches!(Workspace::open(folder.path()), Err(Error::InUse { .. })));
    drop(first);

    let database = folder.path().join("hengjian.db");
    let connection = rusqlite::Connection::open(&database).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let before = std::fs::read(&database).unwrap();
    assert!(matches!(Workspace::open(folder.path()), Err(Error::NewerStore { found: 99, .. })));
    assert_eq!(std::fs::read(&database).unwrap(), before);

    std::fs::write(&database, b"this is not a database, but it is long enough to be looked at as one").unwrap();
    assert!(matches!(Workspace::open(folder.path()), Err(Error::Damaged { .. })));

    let file = folder.path().join("file");
    std::fs::write(&file, b"x").unwrap();
    assert!(Workspace::open(&file).is_err(), "a file is no folder");
}

#[test]
fn evidence_is_stored_once_by_content_and_found_missing_or_changed() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = Workspace::open(folder.path()).unwrap();
    let assessment = with_sheet(&mut workspace).assessment.id;
    let root = folder.path();
    let take =
        |bytes: &[u8]| files::ingest(root, "通知.PDF", None, &mut &bytes[..], &mut |_| ControlFlow::Continue(()));
    let file = take(b"content").unwrap();
    assert_eq!((file.extension.as_str(), file.size), ("pdf", 7));
    assert_eq!(take(b"content").unwrap(), file);
    let row = EvidenceRow {
        id: "e1".into(),
        fields: EvidenceFields {
            name: "通知".into(),
            date: "2021.09".into(),
            kind: None,
            note: String::new(),
            medium: None,
            details: BTreeMap::new(),
        },
        file_name: "通知.PDF".into(),
        added_at: 1,
        sha256: file.sha256.clone(),
        extension: file.extension.clone(),
        size: file.size,
        points: vec!["1-1".into(), "1-2".into()],
        pages: BTreeMap::new(),
        photo: None,
        origin: None,
    };
    let added: Result<(), Error> = workspace.write(&note("add"), |tx| {
        tx.put_blob(&file)?;
        tx.write_evidence(&assessment, &row)
    });
    added.unwrap();
    assert_eq!(workspace.read(|tx| tx.evidence(&assessment)).map_err(|e: Error| e).unwrap(), [row]);

    assert_eq!(files::presence(root, &file, true).unwrap(), Presence::Present);
    let path = files::path(root, &file.sha256, &file.extension);
    std::fs::write(&path, b"CONTENT").unwrap();
    assert_eq!(files::presence(root, &file, false).unwrap(), Presence::Present, "the size alone says nothing");
    assert_eq!(files::presence(root, &file, true).unwrap(), Presence::Changed);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(files::presence(root, &file, false).unwrap(), Presence::Missing);
}

#[test]
fn a_stopped_or_empty_copy_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let _workspace = Workspace::open(folder.path()).unwrap();
    let big = vec![7_u8; 3 << 20];
    let stop = &mut |done| {
        if done > 1 << 20 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let stopped = files::ingest(folder.path(), "a.bin", None, &mut &big[..], stop);
    assert!(matches!(stopped, Err(Error::Cancelled { .. })));
    let empty = files::ingest(folder.path(), "b", None, &mut &b""[..], &mut |_| ControlFlow::Continue(()));
    assert!(matches!(empty, Err(Error::FileEmpty { .. })));
    let left: Vec<_> = std::fs::read_dir(folder.path().join("evidence/incoming")).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

/// A stick that is pulled: some bytes come, then a fault, or nothing more.
struct Pulled {
    left: usize,
    fault: bool,
}

impl std::io::Read for Pulled {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.left.min(buffer.len());
        self.left -= count;
        match count {
            0 if self.fault => Err(std::io::Error::from_raw_os_error(5)),
            _ => Ok(count),
        }
    }
}

#[test]
fn a_stick_that_is_pulled_leaves_nothing_of_the_file_behind() {
    let folder = tempfile::tempdir().unwrap();
    let _workspace = Workspace::open(folder.path()).unwrap();
    let go_on = &mut |_| ControlFlow::Continue(());
    let mut take =
        |fault, size| files::ingest(folder.path(), "录像.mp4", size, &mut Pulled { left: 3 << 20, fault }, go_on);
    assert!(matches!(take(true, None), Err(Error::FileUnreadable { .. })));
    let short = take(false, Some(4 << 20));
    assert!(matches!(short, Err(Error::FileShifted { expected: 4_194_304, found: 3_145_728, .. })), "{short:?}");
    assert_eq!(files::leftovers(folder.path()).unwrap(), files::Leftovers::default());
    assert!(take(false, Some(3 << 20)).is_ok());
}

#[test]
fn what_a_killed_copy_left_is_counted_and_cleared() {
    let folder = tempfile::tempdir().unwrap();
    let _workspace = Workspace::open(folder.path()).unwrap();
    assert_eq!(files::leftovers(folder.path()).unwrap().files, 0, "no folder yet");
    let incoming = folder.path().join("evidence/incoming");
    std::fs::create_dir_all(&incoming).unwrap();
    std::fs::write(incoming.join("a"), b"12345").unwrap();
    std::fs::write(incoming.join("b"), b"678").unwrap();
    assert_eq!(files::leftovers(folder.path()).unwrap(), files::Leftovers { files: 2, bytes: 8 });
    files::clear_leftovers(folder.path()).unwrap();
    assert_eq!(files::leftovers(folder.path()).unwrap(), files::Leftovers::default());
}

#[test]
fn sources_that_cannot_be_attached_say_why() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    assert!(matches!(files::open_source(&path("none")), Err(Error::FileMissing { .. })));
    assert!(matches!(files::open_source(folder.path()), Err(Error::NotAFile { .. })));
    std::fs::write(path("empty"), b"").unwrap();
    assert!(matches!(files::open_source(&path("empty")), Err(Error::FileEmpty { .. })));
    let large = std::fs::File::create(path("large")).unwrap();
    large.set_len(3 << 30).unwrap(); // sparse
    assert!(matches!(files::open_source(&path("large")), Err(Error::FileTooLarge { size: 3072, most: 2048, .. })));
}

#[test]
fn texts_and_the_schedule_belong_to_the_assessment_and_survive_reopening() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = Workspace::open(folder.path()).unwrap();
    let assessment = with_sheet(&mut workspace).assessment.id;
    let text = |part: &str, text: &str| WritingRow {
        place: "report".to_owned(),
        part: part.to_owned(),
        text: text.to_owned(),
        changed_at: 7,
    };
    let step = |item: &str, state| ScheduleRow {
        time: "2022.4".to_owned(),
        item: item.to_owned(),
        who: "全体系".to_owned(),
        note: String::new(),
        state,
    };
    let steps = [step("自评估", ScheduleState::Doing), step("动员大会", ScheduleState::Done)];
    let written: Result<(), Error> = workspace.write(&note("write"), |tx| {
        tx.put_writing(&assessment, &text("overall", "初稿"))?;
        tx.put_writing(&assessment, &text("overall", "第一段\n第二段"))?;
        tx.put_writing(&assessment, &text("advice", "一句"))?;
        tx.put_writing(&assessment, &text("advice", ""))?;
        tx.put_schedule(&assessment, &[step("旧", ScheduleState::Open)])?;
        tx.put_schedule(&assessment, &steps)
    });
    written.unwrap();
    drop(workspace);
    let workspace = Workspace::open(folder.path()).unwrap();
    let (texts, kept) =
        workspace.read(|tx| Ok::<_, Error>((tx.writings(&assessment)?, tx.schedule(&assessment)?))).unwrap();
    assert_eq!(texts, [text("overall", "第一段\n第二段")], "an empty text takes its row away");
    assert_eq!(kept, steps);
}
