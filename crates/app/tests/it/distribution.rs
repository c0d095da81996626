//! Folders distributed by their codes, experts' verdicts and what they bring themselves, and what is missing.

use app::view::{
    Algorithm, DistributionLine, DistributionPlan, EvidenceItem, EvidenceVerdict, ExportInput, ImportResult,
    InterviewFields, NewIdentity, NewSheet, OnSiteKind, PlacementReading, SheetState, Stage,
};
use app::{Language, Session, Watch, World};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

struct Office {
    folder: tempfile::TempDir,
    session: Session,
    sheet: String,
}

impl Office {
    fn new(stage: Stage) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let session = session(&folder.path().join("ws"));
        let mut office = Self { folder, session, sheet: String::new() };
        office.sheet = office.open(stage, "周敏");
        office
    }

    fn open(&mut self, stage: Stage, assessor: &str) -> String {
        let input = NewSheet {
            rubric: "oucsx-2021".to_owned(),
            unit: "并州分校".to_owned(),
            year: 2022,
            stage,
            assessor: assessor.to_owned(),
            organisation: "第二专家组".to_owned(),
        };
        self.session.create_sheet(&input).unwrap()
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    fn plan(&mut self, path: &Path, on: Option<&str>) -> DistributionPlan {
        let sheet = self.sheet.clone();
        self.session.plan_distribution(&sheet, &[path.to_owned()], on, &Watch::none()).unwrap()
    }

    fn attach(&mut self, sheet: &str, point: &str, name: &str) -> EvidenceItem {
        let path = self.file(name, &format!("{sheet} {point} {name}"));
        let report = self.session.attach(sheet, &[point.to_owned()], &[path], &Watch::none()).unwrap();
        report.evidence.into_iter().find(|item| item.id == report.added[0]).unwrap()
    }

    fn judge(&mut self, item: &str, verdict: Option<EvidenceVerdict>, note: Option<&str>) -> SheetState {
        let sheet = self.sheet.clone();
        self.session.set_verdict(&sheet, &[item.to_owned()], verdict.as_ref(), note).unwrap()
    }
}

fn session(folder: &Path) -> Session {
    let mut world = World::real(app::world::fonts_folder());
    world.now = Box::new(|| 1_661_990_400); // 2022-09-01
    Session::open(folder, world, Language::Zh).unwrap()
}

fn lines(plan: &DistributionPlan) -> Vec<DistributionLine> {
    let placed = plan.files.iter().filter(|file| !file.points.is_empty());
    placed.map(|file| DistributionLine { path: file.path.clone(), points: file.points.clone() }).collect()
}

fn of<'a>(state: &'a SheetState, code: &str) -> &'a app::view::PointState {
    state.points.iter().find(|point| point.code == code).unwrap()
}

#[test]
fn a_folder_is_planned_first_and_then_attached_by_its_codes() {
    let mut office = Office::new(Stage::SelfEvaluation);
    let sheet = office.sheet.clone();
    office.file("材料/4.5.3/（2）培训/签到表.pdf", "签到");
    office.file("材料/4.5.3-1、4.5.3-2 通知.docx", "通知");
    office.file("材料/4.5.3 教学检查/2021通知.pdf", "检查");
    office.file("材料/照片.jpg", "照片");
    office.file("材料/4.4.1-1 副本.pdf", "签到");
    office.file("材料/Thumbs.db", "x");
    let root = office.folder.path().join("材料");
    let plan = office.plan(&root, None);
    assert!(office.session.catalogue(&sheet).unwrap().is_empty(), "a plan changes nothing");
    let planned: Vec<(&str, String)> = plan.files.iter().map(|f| (f.shown.as_str(), f.points.join(" "))).collect();
    let expected = [
        ("材料/4.5.3 教学检查/2021通知.pdf", ""),
        ("材料/照片.jpg", ""),
        ("材料/4.4.1-1 副本.pdf", "4.4.1-1"),
        ("材料/4.5.3-1、4.5.3-2 通知.docx", "4.5.3-1 4.5.3-2"),
        ("材料/4.5.3/（2）培训/签到表.pdf", "4.5.3-2"),
    ];
    assert_eq!(planned, expected.map(|(shown, points)| (shown, points.to_owned())), "what needs a choice comes first");
    assert_eq!(plan.files[0].reading, PlacementReading::Indicator);
    assert_eq!(plan.files[0].candidates.len(), 5);
    assert_eq!(plan.files[4].twin.as_deref(), Some("材料/4.4.1-1 副本.pdf"));
    assert_eq!(plan.skipped.iter().map(|s| s.shown.as_str()).collect::<Vec<_>>(), ["材料/Thumbs.db"]);

    let report = office.session.distribute(&sheet, &lines(&plan), &Watch::none()).unwrap();
    assert_eq!((report.added, report.linked.len(), report.refused.len(), report.left), (2, 1, 0, 0));
    assert_eq!(of(&report.state, "4.5.3-2").evidence, 2);
    assert_eq!(of(&report.state, "4.4.1-1").evidence, 1);
    let again = office.plan(&root, None);
    assert!(again.files.iter().all(|file| file.in_catalogue != file.points.is_empty()), "{again:?}");
    // One step takes all of it back.
    let back = office.session.step(&sheet, true).unwrap();
    assert_eq!(of(&back, "4.5.3-2").evidence, 0);
    assert!(office.session.catalogue(&sheet).unwrap().is_empty());
}

#[test]
fn what_was_attached_before_a_cancel_stays_and_the_report_says_so() {
    let mut office = Office::new(Stage::SelfEvaluation);
    let sheet = office.sheet.clone();
    for number in 0..5 {
        office.file(&format!("材料/4.5.3-1 第{number}份.txt"), &format!("内容{number}"));
    }
    let plan = office.plan(&office.folder.path().join("材料"), None);
    let (cancel, seen) = (Arc::new(AtomicBool::new(false)), AtomicUsize::new(0));
    let flag = Arc::clone(&cancel);
    let watch =
        Watch::new(move |_, _, _| flag.store(seen.fetch_add(1, Ordering::Relaxed) == 2, Ordering::Relaxed), cancel);
    let report = office.session.distribute(&sheet, &lines(&plan), &watch).unwrap();
    assert_eq!((report.added, report.left, report.cancelled, report.refused.len()), (2, 3, true, 0));
    assert_eq!(report.evidence.len(), 2);
}

#[test]
fn bad_input_is_refused_before_anything_happens() {
    let mut office = Office::new(Stage::SelfEvaluation);
    let sheet = office.sheet.clone();
    let path = office.file("a.txt", "x");
    let line = |points: &[&str]| DistributionLine {
        path: path.display().to_string(),
        points: points.iter().map(|point| (*point).to_owned()).collect(),
    };
    for (given, code) in [
        (vec![], "distribution.nothing-given"),
        (vec![line(&["4.5.3-1"]), line(&[])], "distribution.no-point"),
        (vec![line(&["9.9.9"])], "mark.unknown-code"),
    ] {
        assert_eq!(office.session.distribute(&sheet, &given, &Watch::none()).unwrap_err().code(), code);
    }
    let plan = |office: &mut Office, paths: &[PathBuf], on| {
        office.session.plan_distribution(&sheet, paths, on, &Watch::none()).unwrap_err().code().to_owned()
    };
    assert_eq!(plan(&mut office, &[], None), "distribution.nothing-given");
    assert_eq!(plan(&mut office, std::slice::from_ref(&path), Some("9.9")), "distribution.unknown-place");
    assert!(office.session.catalogue(&sheet).unwrap().is_empty());
}

/// The bound of the issue: 5,000 files are planned and attached; the time is printed, not judged.
/// A folder with this many small files, each with a code in its folder's name.
fn many(office: &Office, count: usize) -> PathBuf {
    let codes = ["1.1.1-1", "2.2.1-2", "3.6.1-1", "4.5.3-2", "4.5.3-4"];
    for number in 0..count {
        office.file(&format!("材料/{}/第{number}份.txt", codes[number % codes.len()]), &format!("内容{number:05}"));
    }
    office.folder.path().join("材料")
}

#[test]
fn five_thousand_files_are_planned() {
    let mut office = Office::new(Stage::SelfEvaluation);
    let folder = many(&office, 5000);
    let plan = office.plan(&folder, None);
    assert_eq!(plan.files.iter().filter(|file| file.points.len() == 1).count(), 5000);
}

/// Few enough for a slow disk: each file is on the disk for good before the next one is taken.
#[test]
fn hundreds_of_files_are_distributed_in_one_act() {
    let mut office = Office::new(Stage::SelfEvaluation);
    let sheet = office.sheet.clone();
    let folder = many(&office, 200);
    let plan = office.plan(&folder, None);
    let report = office.session.distribute(&sheet, &lines(&plan), &Watch::none()).unwrap();
    assert_eq!((report.added, report.evidence.len()), (200, 200));
    office.session.step(&sheet, true).unwrap();
    assert!(office.session.catalogue(&sheet).unwrap().is_empty());
}

#[test]
fn verdicts_are_recorded_undone_and_counted() {
    let mut office = Office::new(Stage::SelfEvaluation);
    let own = office.sheet.clone();
    let item = office.attach(&own, "4.5.3-1", "通知.pdf");
    let refused =
        office.session.set_verdict(&own, std::slice::from_ref(&item.id), Some(&EvidenceVerdict::Genuine), None);
    assert_eq!(refused.unwrap_err().code(), "assessment.verdict-by-unit");

    office.sheet = office.open(Stage::Review, "周敏");
    let sheet = office.sheet.clone();
    let state = office.judge(&item.id, Some(EvidenceVerdict::Refuted), None);
    assert!(state.verdicts[0].lacks_note);
    assert_eq!(of(&state, "4.5.3-1").evidence, 0, "what was refuted supports nothing");
    assert_eq!(state.last_point, None, "a verdict is no place on the desk");
    let state = office.judge(&item.id, Some(EvidenceVerdict::Refuted), Some("文号与原件不一致"));
    assert_eq!((state.verdicts[0].note.as_str(), state.verdicts[0].lacks_note), ("文号与原件不一致", false));
    let state = office.judge(&item.id, Some(EvidenceVerdict::Doubtful), None);
    assert_eq!(state.verdicts[0].note, "文号与原件不一致", "the note stays");
    assert_eq!(of(&state, "4.5.3-1").evidence, 1);
    let back = office.session.step(&sheet, true).unwrap();
    assert_eq!(back.verdicts[0].verdict, EvidenceVerdict::Refuted);
    let again = office.session.step(&sheet, false).unwrap();
    assert_eq!(again.verdicts[0].verdict, EvidenceVerdict::Doubtful);
    assert!(office.judge(&item.id, None, None).verdicts.is_empty());
    let long =
        office.session.set_verdict(&sheet, &[item.id], Some(&EvidenceVerdict::Doubtful), Some(&"字".repeat(1001)));
    assert_eq!(long.unwrap_err().code(), "assessment.bad-text");
}

#[test]
fn what_experts_bring_is_theirs() {
    let mut office = Office::new(Stage::SelfEvaluation);
    let own = office.sheet.clone();
    office.attach(&own, "4.5.3-1", "通知.pdf");
    let (first, second) = (office.open(Stage::Review, "周敏"), office.open(Stage::Review, "李红"));
    let photo = office.attach(&first, "4.5.3-2", "考场.jpg");
    let shown = photo.on_site.unwrap();
    assert_eq!((shown.kind, shown.expert.as_str(), shown.own), (OnSiteKind::Photograph, "周敏", true));
    let fields = InterviewFields {
        time: "2022-05-11 14:30".to_owned(),
        place: "教务处".to_owned(),
        persons: "教务处处长".to_owned(),
        content: "问：谁来查？\n\n答：教务处。".to_owned(),
    };
    let points = ["4.5.3-2".to_owned()];
    let after = office.session.add_interview(&first, &points, &fields).unwrap();
    let note = after.evidence.iter().find(|item| item.name == "访谈记录：教务处处长").unwrap().clone();
    assert_eq!((note.date.as_str(), of(&after.state, "4.5.3-2").evidence), ("2022.05", 0));
    assert_eq!(office.session.interview(&first, &note.id).unwrap(), fields);
    let changed = InterviewFields { content: "改过".to_owned(), ..fields.clone() };
    office.session.update_interview(&first, &note.id, &changed).unwrap();
    assert_eq!(office.session.interview(&first, &note.id).unwrap(), changed);
    office.session.step(&first, true).unwrap();
    assert_eq!(office.session.interview(&first, &note.id).unwrap(), fields, "undone like everything else");

    let code = |result: app::Result<app::view::CatalogueState>| result.unwrap_err().code().to_owned();
    assert_eq!(code(office.session.update_interview(&second, &note.id, &changed)), "app.others-evidence");
    assert_eq!(code(office.session.add_interview(&own, &points, &fields)), "assessment.verdict-by-unit");
    let empty = InterviewFields { content: String::new(), ..fields };
    assert_eq!(code(office.session.add_interview(&first, &points, &empty)), "assessment.bad-text");
    let verdict = office.session.set_verdict(&first, &[note.id], Some(&EvidenceVerdict::Genuine), None);
    assert_eq!(verdict.unwrap_err().code(), "app.own-evidence");
    assert_eq!(office.session.catalogue(&own).unwrap().len(), 1, "the unit's catalogue is the unit's");
    assert_eq!(office.session.catalogue(&second).unwrap().len(), 3);
}

/// A review with verdicts and a note, signed, leaves the machine and arrives; a later revision renews the note.
#[test]
fn verdicts_and_notes_travel_with_the_sheet() {
    let mut office = Office::new(Stage::SelfEvaluation);
    let own = office.sheet.clone();
    let item = office.attach(&own, "4.5.3-1", "通知.pdf");
    office.sheet = office.open(Stage::Review, "周敏");
    let (sheet, other) = (office.sheet.clone(), office.open(Stage::Review, "李红"));
    office.attach(&other, "4.5.3-2", "别人的.jpg");
    let note = |content: &str| InterviewFields {
        time: String::new(),
        place: String::new(),
        persons: "校长".to_owned(),
        content: content.to_owned(),
    };
    let after = office.session.add_interview(&sheet, &["4.5.3-2".to_owned()], &note("第一版")).unwrap();
    let interview = after.evidence.iter().find(|item| item.name.starts_with("访谈记录")).unwrap().id.clone();
    office.judge(&item.id, Some(EvidenceVerdict::Doubtful), None);
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/sample/review-孟雪琴.json"));
    let input = app::assess::read("样例", &text.unwrap()).unwrap();
    office.session.enter_input(&sheet, &input).unwrap();
    assert_eq!(office.session.finalize(&sheet).unwrap_err().code(), "assessment.verdict-note-missing");
    office.judge(&item.id, Some(EvidenceVerdict::Doubtful), Some("缺公章"));
    let identity = NewIdentity {
        name: "周敏".to_owned(),
        organisation: "第二专家组".to_owned(),
        passphrase: "口令口令口令口令".into(),
        algorithm: Algorithm::P256,
    };
    let identity = office.session.create_identity(&identity).unwrap().fingerprint;

    let far = tempfile::tempdir().unwrap();
    let mut home = session(&far.path().join("ws"));
    for (round, content) in ["第一版", "第二版"].into_iter().enumerate() {
        if round > 0 {
            office.session.reopen(&sheet, "补充访谈").unwrap();
            office.session.update_interview(&sheet, &interview, &note(content)).unwrap();
        }
        office.session.finalize(&sheet).unwrap();
        let export = ExportInput {
            sheet: sheet.clone(),
            directory: office.folder.path().join(format!("出{round}")).display().to_string(),
            pdf: false,
            package: true,
            with_evidence: true,
            masked: None,
            recipients: Vec::new(),
            identity: identity.clone(),
            passphrase: "口令口令口令口令".into(),
            drawn: None,
        };
        let package = office.session.export(&export, &Watch::none()).unwrap().files.remove(0).path;
        let report = home.import(Path::new(&package), &Watch::none()).unwrap();
        assert_eq!(report.rows[0].result, [ImportResult::Added, ImportResult::Updated][round]);
        let state = home.state(&sheet).unwrap();
        assert_eq!((state.verdicts[0].item.as_str(), state.verdicts[0].note.as_str()), (item.id.as_str(), "缺公章"));
        assert_eq!(home.interview(&sheet, &interview).unwrap().content, content);
        assert_eq!(home.catalogue(&sheet).unwrap().len(), 2, "what another expert brought stays at home");
    }
}

#[test]
fn what_is_missing_says_what_to_collect() {
    let mut office = Office::new(Stage::SelfEvaluation);
    let sheet = office.sheet.clone();
    office.attach(&sheet, "4.5.3-1", "通知.pdf");
    let list = office.session.missing_evidence(&sheet).unwrap();
    let here = list.indicators.iter().find(|indicator| indicator.code == "4.5.3").unwrap();
    assert_eq!(
        here.points.iter().map(|point| point.code.as_str()).collect::<Vec<_>>(),
        ["4.5.3-2", "4.5.3-3", "4.5.3-4", "4.5.3-5"]
    );
    assert!(!here.asked.is_empty() && !here.departments.is_empty());
}

/// The list as a document, and the verdicts in the score report.
#[test]
fn documents_say_what_is_missing_and_what_was_found() {
    use app::localise::Target;
    use app::view::{DocumentFormat, DocumentOptions};
    let mut office = Office::new(Stage::SelfEvaluation);
    let own = office.sheet.clone();
    let item = office.attach(&own, "4.5.3-1", "通知.pdf");
    office.sheet = office.open(Stage::Review, "周敏");
    let sheet = office.sheet.clone();
    office.attach(&sheet, "4.5.3-1", "考场.jpg");
    office.session.set_mark(&sheet, "4.5.3-1", Some("3")).unwrap();
    office.judge(&item.id, Some(EvidenceVerdict::Refuted), Some("文号与原件不一致"));
    let text = |office: &mut Office, document: &str| {
        let path = office.folder.path().join(format!("{document}.pdf"));
        let target = Target { path: &path, replace: true };
        office
            .session
            .export_document(&sheet, document, &DocumentFormat::Pdf, target, &DocumentOptions::default())
            .unwrap();
        let text = std::process::Command::new("pdftotext").arg(&path).arg("-").output().unwrap().stdout;
        String::from_utf8(text).unwrap().split_whitespace().collect::<String>()
    };
    let report = text(&mut office, "score-report");
    assert!(report.contains("1.通知（不符：文号与原件不一致）"), "{report}");
    assert!(report.contains("专家现场：考场"), "{report}");
    let list = text(&mut office, "missing");
    assert!(list.contains("缺材料清单") && list.contains("缺材料：123个观测点") && list.contains("已评分"), "{list}");
    for format in [DocumentFormat::Xlsx, DocumentFormat::Pdf] {
        let path = office.folder.path().join(format!("清单.{}", format.name()));
        let target = Target { path: &path, replace: false };
        office.session.export_document(&sheet, "missing", &format, target, &DocumentOptions::default()).unwrap();
    }
}
