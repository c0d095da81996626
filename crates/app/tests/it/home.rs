//! The start page: the sample, corrections, the bin, recent packages, the role, and a window that was ended by force.

use app::view::{
    Algorithm, ExportInput, ImportResult, NewIdentity, NewSheet, ParcelState, ParcelView, Role, SheetFacts,
    SheetSummary, Stage, Verdict,
};
use app::{Language, Result, Session, Watch, World};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

fn open(folder: &Path) -> Session {
    Session::open(folder, World::real(app::world::fonts_folder()), Language::Zh).unwrap()
}

fn new(session: &mut Session, unit: &str, stage: Stage, assessor: &str) -> String {
    let input = NewSheet {
        rubric: "oucsx-2021".to_owned(),
        unit: unit.to_owned(),
        year: 2026,
        stage,
        assessor: assessor.to_owned(),
        organisation: "第二专家组".to_owned(),
    };
    session.create_sheet(&input).unwrap()
}

fn facts(unit: &str, year: i32, stage: Stage, assessor: &str) -> SheetFacts {
    let organisation = "第二专家组".to_owned();
    SheetFacts { unit: unit.to_owned(), year, stage, assessor: assessor.to_owned(), organisation }
}

fn sheet(session: &mut Session, id: &str) -> SheetSummary {
    session.home().unwrap().sheets.into_iter().find(|sheet| sheet.id == id).unwrap()
}

#[track_caller]
fn refused<T>(result: Result<T>, code: &str) -> String {
    let Err(failure) = result else { panic!("not refused, expected {code}") };
    assert_eq!(failure.code(), code);
    failure.problem(Language::Zh).to_string()
}

#[test]
fn the_sample_is_made_once_named_so_and_goes_away_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = open(folder.path());
    let own = new(&mut session, "并州分校", Stage::SelfEvaluation, "周宁");
    let id = session.make_sample().unwrap();
    assert_eq!(session.make_sample().unwrap(), id, "it is there already");
    let home = session.home().unwrap();
    let samples: Vec<&SheetSummary> = home.sheets.iter().filter(|sheet| sheet.sample).collect();
    assert_eq!(samples.len(), 3);
    assert!(samples.iter().all(|sheet| sheet.unit.contains("示例") && sheet.removable && sheet.siblings == 2));
    let totals: Vec<&str> = samples.iter().map(|sheet| sheet.total.as_str()).collect();
    assert!(["868", "812", "831"].iter().all(|total| totals.contains(total)), "{totals:?}");
    assert_eq!(session.catalogue(&id).unwrap().len(), 8);
    assert!(!session.writings(&id).unwrap().documents.is_empty());
    assert!(!folder.path().join("evidence/sample").exists(), "no copy of the files is left");
    assert_eq!(session.check_evidence(&id, &Watch::none()).unwrap().checked, 8);
    let stopped = Watch::new(|_, _, _| {}, Arc::new(AtomicBool::new(true)));
    let check = session.check_evidence(&id, &stopped).unwrap();
    assert!(check.cancelled && check.checked == 0 && check.evidence.len() == 8, "{check:?}");

    // A sample that someone finalised is still nobody's result.
    session.finalize(&id).unwrap();
    let ids: Vec<String> = samples.iter().map(|sheet| sheet.id.clone()).collect();
    session.remove_sheets(&ids).unwrap();
    let home = session.home().unwrap();
    assert_eq!((home.sheets.len(), home.removed.len()), (1, 3));
    assert_eq!(home.sheets[0].id, own);
    session.restore_sheets(&ids).unwrap();
    assert_eq!(session.home().unwrap().sheets.len(), 4);
}

#[test]
fn a_removed_draft_keeps_everything_and_nothing_works_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = open(folder.path());
    let id = new(&mut session, "并州分校", Stage::Review, "周敏");
    session.set_mark(&id, "1.1.1-1", Some("4")).unwrap();
    session.remove_sheets(std::slice::from_ref(&id)).unwrap();
    let text = refused(session.set_mark(&id, "1.1.1-1", Some("3")), "store.removed-sheet");
    assert!(text.contains("并州分校") && text.contains("回收站"), "{text}");
    drop(session);

    let mut session = open(folder.path());
    let removed = session.home().unwrap().removed;
    assert_eq!((removed.len(), removed[0].unit.as_str()), (1, "并州分校"));
    // Meanwhile the same assessor began anew: both cannot stand beside each other.
    let second = new(&mut session, "并州分校", Stage::Review, "周敏");
    refused(session.restore_sheets(std::slice::from_ref(&id)), "app.sheet-exists");
    session.remove_sheets(&[second]).unwrap();
    session.restore_sheets(std::slice::from_ref(&id)).unwrap();
    assert_eq!(sheet(&mut session, &id).total, "4");
    refused(session.restore_sheets(&[id]), "store.unknown-sheet");
}

#[test]
fn several_are_removed_all_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = open(folder.path());
    let id = new(&mut session, "并州分校", Stage::Review, "周敏");
    refused(session.remove_sheets(&[id.clone(), "ffff".to_owned()]), "store.unknown-sheet");
    assert_eq!(session.home().unwrap().sheets.len(), 1);
    let done = session.make_sample().unwrap();
    session.finalize(&done).unwrap();
    session.reopen(&done, "试").unwrap();
    assert!(!sheet(&mut session, &done).correctable, "what was finalised keeps its names");
    refused(session.correct_sheet(&done, &facts("甲", 2026, Stage::Review, "周敏")), "app.correct-locked");
}

#[test]
fn a_wrong_name_is_corrected_with_the_other_drafts_of_the_unit() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = open(folder.path());
    let own = new(&mut session, "并州分较", Stage::SelfEvaluation, "周宁");
    let review = new(&mut session, "并州分较", Stage::Review, "周敏");
    session.set_mark(&own, "1.1.1-1", Some("4")).unwrap();
    session.correct_sheet(&own, &facts("并州分校", 2025, Stage::SelfEvaluation, "周甯")).unwrap();
    let (first, second) = (sheet(&mut session, &own), sheet(&mut session, &review));
    assert_eq!(
        (first.unit.as_str(), first.year, first.assessor.as_str(), first.total.as_str()),
        ("并州分校", 2025, "周甯", "4")
    );
    assert_eq!((second.unit.as_str(), second.year, second.assessor.as_str()), ("并州分校", 2025, "周敏"));

    let text = refused(session.correct_sheet(&own, &facts(" ", 2025, Stage::Review, "周甯")), "assessment.bad-text");
    assert!(text.contains("单位"), "{text}");
    let other = new(&mut session, "并州分校", Stage::Review, "韩立群");
    session.correct_sheet(&other, &facts("并州分校", 2026, Stage::Review, "韩立群")).unwrap();
    session.correct_sheet(&other, &facts("并州分校", 2025, Stage::Review, "韩立群")).unwrap();
    assert_eq!(sheet(&mut session, &other).siblings, 2, "an empty assessment goes over to the one of that name");
    refused(session.correct_sheet(&other, &facts("并州分校", 2025, Stage::Review, "周敏")), "app.sheet-exists");
}

#[test]
fn evidence_is_not_left_behind_by_a_correction() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = open(&folder.path().join("工作区"));
    let file = folder.path().join("通知.txt");
    std::fs::write(&file, "请于10月15日前报送。").unwrap();
    new(&mut session, "并州分校", Stage::SelfEvaluation, "周宁");
    let wrong = new(&mut session, "并州分较", Stage::Review, "周敏");
    session.attach(&wrong, &["1.1.1-1".to_owned()], &[file], &Watch::none()).unwrap();
    let text =
        refused(session.correct_sheet(&wrong, &facts("并州分校", 2026, Stage::Review, "周敏")), "app.correct-held");
    assert!(text.contains("并州分较 2026") && text.contains("并州分校 2026"), "{text}");
    session.correct_sheet(&wrong, &facts("并州分较", 2026, Stage::Review, "周敏敏")).unwrap();
    session.correct_sheet(&wrong, &facts("并州总校", 2026, Stage::Review, "周敏敏")).unwrap();
    assert_eq!(session.catalogue(&wrong).unwrap().len(), 1);
}

fn export(session: &mut Session, folder: &Path) -> String {
    let id = session.make_sample().unwrap();
    session.finalize(&id).unwrap();
    let (name, organisation) = ("周宁".to_owned(), "并州分校".to_owned());
    let identity = session.create_identity(&NewIdentity {
        name,
        organisation,
        passphrase: "滹沱河畔 2022".into(),
        algorithm: Algorithm::P256,
    });
    let input = ExportInput {
        sheet: id,
        directory: folder.display().to_string(),
        pdf: true,
        package: true,
        with_evidence: false,
        masked: None,
        recipients: Vec::new(),
        identity: identity.unwrap().fingerprint,
        passphrase: "滹沱河畔 2022".into(),
        drawn: None,
    };
    let report = session.export(&input, &Watch::none()).unwrap();
    report.files.into_iter().find(|file| file.name.ends_with(".hjp")).unwrap().path
}

fn only(session: &Session) -> ParcelView {
    let mut parcels = session.parcels().unwrap();
    assert_eq!(parcels.len(), 1, "{parcels:?}");
    parcels.remove(0)
}

#[test]
fn packages_are_remembered_and_a_lost_one_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut unit = open(&folder.path().join("单位"));
    let package = export(&mut unit, &folder.path().join("U盘"));
    let written = only(&unit);
    assert_eq!((written.imported, &written.state, &written.verdict), (false, &ParcelState::Present, &Verdict::Trusted));
    assert_eq!((written.path.as_str(), written.assessors.as_str(), written.year), (package.as_str(), "周宁", 2022));

    let mut office = open(&folder.path().join("办公室"));
    office.import(Path::new(&package), &Watch::none()).unwrap();
    office.import(Path::new(&package), &Watch::none()).unwrap();
    let taken = only(&office);
    assert_eq!((taken.imported, &taken.verdict), (true, &Verdict::SignerUnknown));
    assert_eq!((taken.results.len(), &taken.results[0].result, taken.results[0].count), (1, &ImportResult::Same, 1));
    assert_eq!(office.parcel_path(taken.id).unwrap(), Path::new(&package));

    std::fs::write(&package, "另一个文件").unwrap();
    assert_eq!(only(&office).state, ParcelState::Changed);
    std::fs::remove_file(&package).unwrap();
    assert_eq!(only(&office).state, ParcelState::Gone);
    let text = refused(office.parcel_path(taken.id), "app.parcel-gone");
    assert!(text.contains("U 盘"), "{text}");
}

#[test]
fn role_and_language_are_asked_once_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = open(folder.path());
    assert_eq!((session.home().unwrap().role, session.chosen_language().unwrap()), (None, None));
    session.set_role(&Role::Office).unwrap();
    session.choose_language(Language::En).unwrap();
    drop(session);
    let session = open(folder.path());
    assert_eq!((session.role().unwrap(), session.chosen_language().unwrap()), (Some(Role::Office), Some(Language::En)));
}

#[test]
fn after_a_kill_the_next_start_says_up_to_when_everything_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = open(folder.path());
    session.begin().unwrap();
    assert_eq!(session.home().unwrap().recovered, None, "the first start");
    let id = new(&mut session, "并州分校", Stage::Review, "周敏");
    drop(session); // as a kill: nobody calls `end`

    let mut session = open(folder.path());
    session.begin().unwrap();
    let home = session.home().unwrap();
    assert_eq!(home.recovered.unwrap().sheet.as_deref(), Some(id.as_str()));
    session.end().unwrap();
    drop(session);

    let mut session = open(folder.path());
    session.begin().unwrap();
    assert_eq!(session.home().unwrap().recovered, None, "it ended by itself");
}
