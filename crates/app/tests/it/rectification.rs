//! Problems, their rectification, and starting from the last round, through a session on a workspace of its own.

use app::view::{
    Algorithm, DocumentFormat, DocumentOptions, ExportInput, FoundInput, ListedProblem, NewIdentity, NewSheet,
    PlanInput, ProblemProgress, RectificationView, Stage,
};
use app::{Language, Result, Session, Watch, World};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// 2022-05-01, 08:00 in UTC.
const MAY: i64 = 1_651_392_000;
const DAY: i64 = 86_400;
const SMALL: &str = include_str!("../../../rubric/tests/small.toml");

struct Desk {
    folder: tempfile::TempDir,
    session: Session,
    now: Arc<AtomicI64>,
    sheet: String,
}

fn session(folder: &Path, now: &Arc<AtomicI64>) -> Session {
    let mut world = World::real(app::world::fonts_folder());
    let clock = Arc::clone(now);
    world.now = Box::new(move || clock.load(Ordering::Relaxed));
    Session::open(folder, world, Language::Zh).unwrap()
}

fn input(rubric: &str, year: i32, stage: Stage) -> NewSheet {
    let [unit, assessor, organisation] = ["并州分校", "周宁", "并州分校"].map(str::to_owned);
    NewSheet { rubric: rubric.to_owned(), unit, year, stage, assessor, organisation }
}

fn code<T: std::fmt::Debug>(result: Result<T>) -> String {
    result.unwrap_err().code().to_owned()
}

fn plan(deadline: &str, progress: ProblemProgress) -> PlanInput {
    let [measure, department, person, note] = ["补签协议", "教务处", "张三", ""].map(str::to_owned);
    PlanInput { measure, department, person, deadline: deadline.to_owned(), progress, note }
}

impl Desk {
    /// A sheet of the main rubric with the sample's findings.
    fn scored() -> Self {
        let mut desk = Self::of("oucsx-2021");
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/sample/self-周宁.json");
        let text = std::fs::read_to_string(sample).unwrap();
        let sheet = desk.sheet.clone();
        desk.session.enter_input(&sheet, &app::assess::read("样例", &text).unwrap()).unwrap();
        desk
    }

    fn of(rubric: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now = Arc::new(AtomicI64::new(MAY));
        let mut session = session(&folder.path().join("ws"), &now);
        let sheet = session.create_sheet(&input(rubric, 2022, Stage::SelfEvaluation)).unwrap();
        Self { folder, session, now, sheet }
    }

    fn list(&mut self) -> RectificationView {
        self.session.rectification(&self.sheet).unwrap()
    }

    fn note(&mut self, code: &str, text: &str) -> ListedProblem {
        let before: Vec<String> = self.list().problems.into_iter().map(|problem| problem.id).collect();
        let (code, text, basis) = (code.to_owned(), text.to_owned(), String::new());
        let view = self.session.note_problem(&self.sheet, &FoundInput { code, text, basis, emphasis: None }).unwrap();
        view.problems.into_iter().find(|problem| !before.contains(&problem.id)).unwrap()
    }

    fn plan(&mut self, problem: &ListedProblem, plan: &PlanInput) -> Result<RectificationView> {
        self.session.set_plan(&self.sheet, &problem.id, plan)
    }

    fn one(&mut self, id: &str) -> ListedProblem {
        self.list().problems.into_iter().find(|problem| problem.id == id).unwrap()
    }

    fn later(&self, days: i64) {
        self.now.fetch_add(days * DAY, Ordering::Relaxed);
    }

    fn edition(&self, name: &str, changes: &[(&str, &str)]) -> String {
        let path = self.folder.path().join(name);
        let text = changes.iter().fold(SMALL.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        });
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    fn export(&mut self, sheet: &str) -> PathBuf {
        let who = NewIdentity {
            name: "周宁".to_owned(),
            organisation: "并州分校".to_owned(),
            passphrase: "测试口令一二三四".into(),
            algorithm: Algorithm::P256,
        };
        if self.session.identities().unwrap().is_empty() {
            self.session.create_identity(&who).unwrap();
        }
        let directory = self.folder.path().join(format!("出{}", self.now.load(Ordering::Relaxed)));
        let input = ExportInput {
            sheet: sheet.to_owned(),
            directory: directory.display().to_string(),
            pdf: false,
            package: true,
            with_evidence: true,
            masked: None,
            recipients: Vec::new(),
            identity: "周宁".to_owned(),
            passphrase: who.passphrase.as_str().into(),
            drawn: None,
        };
        let report = self.session.export(&input, &Watch::none()).unwrap();
        PathBuf::from(&report.files[0].path)
    }
}

#[test]
fn deductions_become_problems_in_one_act_that_can_be_undone() {
    let mut desk = Desk::scored();
    let before = desk.list();
    assert!(before.problems.is_empty() && before.deductions.len() > 3, "{}", before.deductions.len());
    let first = before.deductions[0].clone();
    assert!(!first.text.is_empty() && !first.basis.is_empty(), "{first:?}");
    assert!(first.text.contains("满分"), "{}", first.text);
    let sheet = desk.sheet.clone();
    let one = desk.session.note_deductions(&sheet, std::slice::from_ref(&first.code)).unwrap();
    assert_eq!((one.problems.len(), one.deductions.len()), (1, before.deductions.len() - 1));
    assert_eq!((one.problems[0].code.clone(), one.problems[0].text.clone()), (first.code, first.text));
    let all = desk.session.note_deductions(&sheet, &[]).unwrap();
    assert_eq!((all.problems.len(), all.deductions.len()), (before.deductions.len(), 0));
    let codes: Vec<u32> = all.problems.iter().map(|problem| problem.number).collect();
    assert_eq!(codes, (1..).take(codes.len()).collect::<Vec<u32>>());
    let undone = desk.session.step_rectification(&sheet, true).unwrap();
    assert_eq!((undone.problems.len(), undone.can_undo, undone.can_redo), (1, true, true));
    let redone = desk.session.step_rectification(&sheet, false).unwrap();
    assert_eq!(redone.problems, all.problems);
}

#[test]
fn a_problem_begins_with_the_remark_and_a_place_may_have_two() {
    let mut desk = Desk::scored();
    let sheet = desk.sheet.clone();
    let place = desk.list().deductions[0].code.clone();
    desk.session.set_remark(&sheet, &place, "兼职教师聘用协议缺三份").unwrap();
    let draft = desk.session.problem_draft(&sheet, &place).unwrap();
    assert!(draft.text.starts_with("兼职教师聘用协议缺三份（满分 "), "{}", draft.text);
    let first = desk.note(&place, &draft.text);
    desk.now.fetch_add(1, Ordering::Relaxed);
    let second = desk.note(&place, "台账不全");
    let there: Vec<ListedProblem> = desk.list().problems;
    assert_eq!(there.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(), [draft.text.as_str(), "台账不全"]);
    assert_ne!(first.id, second.id);
    // A point that lost nothing, an indicator, and a place that there is not.
    assert!(!desk.session.problem_draft(&sheet, "1.1").unwrap().text.is_empty());
    assert_eq!(code(desk.session.problem_draft(&sheet, "9.9.9")), "mark.unknown-code");
}

#[test]
fn unfit_input_is_refused_in_words_and_changes_nothing() {
    let mut desk = Desk::scored();
    let sheet = desk.sheet.clone();
    let problem = desk.note("1.1.1-1", "没有规划");
    let before = desk.list();
    assert_eq!(code(desk.plan(&problem, &plan("2023-05-02", ProblemProgress::Open))), "assessment.deadline-late");
    assert_eq!(code(desk.plan(&problem, &plan("2022-04-30", ProblemProgress::Open))), "assessment.deadline-early");
    assert_eq!(code(desk.plan(&problem, &plan("年底", ProblemProgress::Open))), "assessment.bad-day");
    let long = PlanInput { measure: "长".repeat(10_000), ..plan("", ProblemProgress::Open) };
    let failure = desk.plan(&problem, &long).unwrap_err();
    let said = desk.session.problem(&failure);
    assert_eq!(said.what, "“整改措施”没有记下");
    assert!(said.place.contains("10000 个字"), "{}", said.place);
    let empty = FoundInput { code: "1.1.1-1".into(), text: " \n".into(), basis: String::new(), emphasis: None };
    assert_eq!(code(desk.session.note_problem(&sheet, &empty)), "assessment.bad-text");
    assert_eq!(code(desk.session.set_plan(&sheet, "没有", &plan("", ProblemProgress::Open))), "app.unknown-problem");
    assert_eq!(
        code(desk.session.set_problem_evidence(&sheet, &problem.id, &["f".repeat(32)])),
        "store.unknown-evidence"
    );
    assert_eq!(desk.list().problems, before.problems);
    let late = desk.plan(&problem, &plan("2023-05-02", ProblemProgress::Open)).unwrap_err();
    let said = desk.session.problem(&late);
    assert!(said.place.contains("2022-05-01") && said.place.contains("2023-05-01"), "{}", said.place);
}

#[test]
fn the_year_counts_from_the_notice_and_what_is_late_is_marked() {
    let mut desk = Desk::scored();
    let sheet = desk.sheet.clone();
    let problem = desk.note("1.1.1-1", "没有规划");
    assert_eq!(problem.latest, "2023-05-01");
    assert_eq!(problem.lacking, ["measure", "department", "person", "deadline"]);
    assert_eq!(code(desk.session.set_notified(&sheet, "明天")), "assessment.bad-day");
    desk.session.set_notified(&sheet, "2022年6月10日").unwrap();
    desk.plan(&problem, &plan("2023.6.10", ProblemProgress::Doing)).unwrap();
    let kept = desk.one(&problem.id);
    assert_eq!((kept.deadline.as_str(), kept.overdue, kept.days, kept.late), ("2023-06-10", false, Some(405), false));
    assert!(kept.lacking.is_empty());
    desk.session.set_notified(&sheet, "").unwrap();
    assert!(desk.one(&problem.id).late, "the deadline stays and is pointed out");
    desk.later(406);
    let late = desk.one(&problem.id);
    assert_eq!((late.overdue, late.days), (true, Some(-1)));
    desk.plan(&problem, &plan("2023-06-10", ProblemProgress::Done)).unwrap();
    assert_eq!((desk.one(&problem.id).overdue, desk.one(&problem.id).days), (false, None));
}

#[test]
fn what_was_signed_stays_and_rectifying_goes_on() {
    let mut desk = Desk::scored();
    let sheet = desk.sheet.clone();
    let problem = desk.note("1.1.1-1", "没有规划");
    desk.session.finalize(&sheet).unwrap();
    let fixed = desk.one(&problem.id);
    assert!(fixed.fixed && !desk.list().can_undo, "what was noted before can no longer be taken back");
    let other = FoundInput { code: "1.1.1-1".into(), text: "改了".into(), basis: String::new(), emphasis: None };
    assert_eq!(code(desk.session.set_found(&sheet, &problem.id, &other)), "assessment.problem-fixed");
    assert_eq!(code(desk.session.remove_problem(&sheet, &problem.id)), "assessment.problem-fixed");
    desk.plan(&problem, &plan("2022-12-31", ProblemProgress::Doing)).unwrap();
    desk.session.step_rectification(&sheet, true).unwrap();
    assert_eq!(desk.one(&problem.id).progress, ProblemProgress::Open);
    desk.session.step_rectification(&sheet, false).unwrap();
    assert_eq!(desk.one(&problem.id).progress, ProblemProgress::Doing);
    // What is noted afterwards can still be changed.
    desk.later(1);
    let after = desk.note("1.1.1-2", "通报后发现");
    assert!(!after.fixed);
    desk.session.set_found(&sheet, &after.id, &FoundInput { code: "1.1.1-2".into(), ..other }).unwrap();
    assert_eq!(desk.one(&after.id).text, "改了");
    desk.session.remove_problem(&sheet, &after.id).unwrap();
    assert_eq!(desk.list().problems.len(), 1);
}

#[test]
fn evidence_that_is_gone_keeps_its_name() {
    let mut desk = Desk::scored();
    let sheet = desk.sheet.clone();
    let problem = desk.note("1.1.1-1", "没有规划");
    let file = desk.folder.path().join("整改后规划.txt");
    std::fs::write(&file, "规划").unwrap();
    let added = desk.session.attach(&sheet, &["1.1.1-1".to_owned()], &[file], &Watch::none()).unwrap().added;
    desk.session.set_problem_evidence(&sheet, &problem.id, &[added[0].clone(), added[0].clone()]).unwrap();
    let kept = desk.one(&problem.id);
    assert_eq!((kept.evidence.len(), kept.evidence[0].name.as_str()), (1, "整改后规划"));
    assert!(kept.evidence[0].present);
    desk.session.change_evidence(&sheet, &[app::view::EvidenceChange::Remove { item: added[0].clone() }]).unwrap();
    let gone = desk.one(&problem.id);
    assert!(!gone.evidence[0].present && gone.evidence[0].name == "整改后规划");
    desk.session.set_problem_evidence(&sheet, &problem.id, &[]).unwrap();
    assert!(desk.one(&problem.id).evidence.is_empty());
}

#[test]
fn the_list_travels_in_a_package_and_the_later_state_counts() {
    let mut desk = Desk::scored();
    let sheet = desk.sheet.clone();
    let problem = desk.note("1.1.1-1", "没有规划");
    desk.session.set_notified(&sheet, "2022-05-02").unwrap();
    desk.session.finalize(&sheet).unwrap();
    desk.later(1);
    let file = desk.folder.path().join("整改后规划.txt");
    std::fs::write(&file, "规划").unwrap();
    let view = desk.session.attach_to_problem(&sheet, &problem.id, &[file], &Watch::none()).unwrap();
    assert!(view.refused.is_empty(), "{:?}", view.refused);
    desk.plan(&problem, &plan("2022-12-31", ProblemProgress::Doing)).unwrap();
    let package = desk.export(&sheet);

    let mut office = session(&desk.folder.path().join("办公室"), &desk.now);
    let report = office.import(&package, &Watch::none()).unwrap();
    assert_eq!(report.problems, 1);
    let here = office.rectification(&sheet).unwrap();
    assert_eq!(here.notified, "2022-05-02");
    let arrived = &here.problems[0];
    assert_eq!((arrived.text.as_str(), &arrived.progress), ("没有规划", &ProblemProgress::Doing));
    assert!(arrived.fixed && arrived.evidence[0].present);
    let points = office.catalogue(&sheet).unwrap().into_iter().flat_map(|item| item.points).count();
    assert_eq!(points, 0, "what shows a rectification supports no point of what was signed");

    // The office verifies; the unit's older state does not undo that, its newer one is taken over and can be undone.
    desk.later(1);
    office.set_plan(&sheet, &problem.id, &plan("2022-12-31", ProblemProgress::Verified)).unwrap();
    assert_eq!(office.import(&package, &Watch::none()).unwrap().problems, 0);
    assert_eq!(office.rectification(&sheet).unwrap().problems[0].progress, ProblemProgress::Verified);
    desk.later(1);
    desk.plan(&problem, &plan("2022-11-30", ProblemProgress::Done)).unwrap();
    desk.later(1);
    let newer = desk.export(&sheet);
    assert_eq!(office.import(&newer, &Watch::none()).unwrap().problems, 1);
    assert_eq!(office.rectification(&sheet).unwrap().problems[0].deadline, "2022-11-30");
    office.step_rectification(&sheet, true).unwrap();
    assert_eq!(office.rectification(&sheet).unwrap().problems[0].progress, ProblemProgress::Verified);
}

#[test]
fn the_list_is_printed_in_every_format_and_says_what_is_wanting() {
    let mut desk = Desk::scored();
    let sheet = desk.sheet.clone();
    let view = |desk: &mut Desk| {
        let all = desk.session.documents(&desk.sheet).unwrap();
        all.into_iter().find(|document| document.id == "problems").unwrap()
    };
    let empty = view(&mut desk);
    assert!(!empty.available && empty.why_not.unwrap().code == "paper.no-problems");
    desk.session.note_deductions(&sheet, &[]).unwrap();
    let long = "兼职教师聘用协议没有逐年续签".repeat(150);
    let problem = desk.note("1.1.1-1", &long);
    desk.plan(&problem, &PlanInput { note: "已补签\n台账附后".into(), ..plan("2022-12-31", ProblemProgress::Doing) })
        .unwrap();
    let ready = view(&mut desk);
    assert!(ready.available && ready.warnings[0].contains("还没有落实"), "{:?}", ready.warnings);
    for format in ["pdf", "docx", "xlsx"] {
        let format = match format {
            "pdf" => DocumentFormat::Pdf,
            "docx" => DocumentFormat::Docx,
            _ => DocumentFormat::Xlsx,
        };
        let path = desk.folder.path().join(format!("问题清单.{}", format.name()));
        let target = app::localise::Target { path: &path, replace: false };
        let options = DocumentOptions::default();
        desk.session.export_document(&sheet, "problems", &format, target, &options).unwrap();
        let report = app::format::check(&path, "oucsx-2021", Language::Zh).unwrap();
        assert_eq!(report.must, 0, "{:#?}", report.findings);
    }
}

#[test]
fn a_new_round_starts_from_the_last_one_and_counts_nothing_before_it_is_confirmed() {
    let mut desk = Desk::scored();
    let old = desk.sheet.clone();
    let file = desk.folder.path().join("规划.txt");
    std::fs::write(&file, "规划").unwrap();
    let piece = desk.session.attach(&old, &["1.1.1-1".to_owned()], &[file], &Watch::none()).unwrap().added;
    let (open, done) = (desk.note("1.1.1-1", "没有规划"), desk.note("1.1.1-2", "已经好了"));
    desk.session.set_problem_evidence(&old, &open.id, &piece).unwrap();
    desk.plan(&open, &plan("2022-12-31", ProblemProgress::Doing)).unwrap();
    desk.plan(&done, &plan("2022-06-01", ProblemProgress::Verified)).unwrap();
    let before = desk.session.state(&old).unwrap();
    desk.later(366);

    let next = input("oucsx-2021", 2023, Stage::SelfEvaluation);
    let rounds = desk.session.last_rounds(&next).unwrap();
    assert_eq!(
        (rounds.len(), rounds[0].sheet.as_str(), rounds[0].problems, rounds[0].same),
        (1, old.as_str(), 1, false)
    );
    let taken = desk.session.create_sheet_from(&next, &old).unwrap();
    assert_eq!((taken.problems, taken.evidence, taken.changed.len()), (1, 1, 0));
    let state = desk.session.state(&taken.sheet).unwrap();
    assert_eq!(state.outcome.total, "0", "nothing counts before somebody confirms it");
    assert!(state.points.iter().all(|point| point.mark.is_none()));
    assert_eq!(code(desk.session.finalize(&taken.sheet)), "assessment.incomplete");
    let view = desk.session.rectification(&taken.sheet).unwrap();
    assert_eq!(view.carried.len(), taken.points.len());
    let carried = &view.problems[0];
    assert_eq!((carried.origin, carried.unverified, carried.fixed), (Some(2022), true, true));
    assert_eq!(carried.progress, ProblemProgress::Doing);
    assert!(carried.overdue && carried.evidence[0].present, "{carried:?}");

    // Confirming gives what was there, and one step takes it back.
    let all: Vec<String> = taken.points.clone();
    let confirmed = desk.session.confirm_carried(&taken.sheet, &all, true).unwrap();
    let marks = |state: &app::view::SheetState| -> Vec<Option<String>> {
        state.points.iter().map(|point| point.mark.clone()).collect()
    };
    assert_eq!(marks(&confirmed), marks(&before));
    assert!(desk.session.rectification(&taken.sheet).unwrap().carried.is_empty());
    desk.session.step(&taken.sheet, true).unwrap();
    assert_eq!(desk.session.rectification(&taken.sheet).unwrap().carried.len(), all.len());

    // A mark of this round stays, whatever waits.
    let point =
        view.carried.iter().find(|point| before.points.iter().any(|p| p.code == point.code && p.entered.is_some()));
    let point = point.unwrap().code.clone();
    desk.session.set_mark(&taken.sheet, &point, Some("0")).unwrap();
    desk.session.confirm_carried(&taken.sheet, std::slice::from_ref(&point), true).unwrap();
    let state = desk.session.state(&taken.sheet).unwrap();
    assert_eq!(state.points.iter().find(|p| p.code == point).unwrap().mark.as_deref(), Some("0"));

    // The state of what came along is looked at; a second sheet of the round brings nothing twice.
    let confirmed = desk.session.confirm_problem(&taken.sheet, &carried.id).unwrap();
    assert!(!confirmed.problems[0].unverified);
    let again = desk.session.take_over(&taken.sheet, &old).unwrap();
    assert_eq!((again.problems, desk.session.rectification(&taken.sheet).unwrap().problems.len()), (0, 1));
}

#[test]
fn a_review_of_the_year_shares_the_list_and_another_unit_is_refused() {
    let mut desk = Desk::scored();
    let old = desk.sheet.clone();
    desk.note("1.1.1-1", "没有规划");
    let review = input("oucsx-2021", 2022, Stage::Review);
    let rounds = desk.session.last_rounds(&review).unwrap();
    assert!(rounds[0].same);
    let taken = desk.session.create_sheet_from(&review, &old).unwrap();
    assert_eq!((taken.problems, taken.evidence), (0, 0), "they are one list and one catalogue");
    assert_eq!(desk.session.rectification(&taken.sheet).unwrap().problems.len(), 1);
    let other = NewSheet { unit: "忻城分校".to_owned(), ..input("oucsx-2021", 2023, Stage::SelfEvaluation) };
    assert!(desk.session.last_rounds(&other).unwrap().is_empty());
    assert_eq!(code(desk.session.create_sheet_from(&other, &old)), "app.other-unit");
    assert_eq!(desk.session.home().unwrap().sheets.len(), 2, "no blank sheet is left behind");
}

#[test]
fn points_of_another_edition_wait_only_where_they_mean_the_same() {
    let mut desk = Desk::of("oucsx-2021");
    let rubric = desk.edition("old.toml", &[]);
    let old = desk.session.create_sheet(&input(&rubric, 2022, Stage::SelfEvaluation)).unwrap();
    for (point, mark) in [("A-1", "3"), ("A-2", "2"), ("B", "4")] {
        desk.session.set_mark(&old, point, Some(mark)).unwrap();
    }
    desk.sheet.clone_from(&old);
    let gone = desk.note("A-2", "没有制度");
    let changes = [
        ("edition = \"1\"", "edition = \"2\""),
        ("code = \"A-2\"", "code = \"A-3\""),
        ("有制度（2分）", "有两项制度（2分）"),
    ];
    let next = desk.edition("next.toml", &changes);
    let taken = desk.session.create_sheet_from(&input(&next, 2023, Stage::SelfEvaluation), &old).unwrap();
    assert_eq!((taken.points, taken.changed), (vec!["A-1".to_owned(), "B".to_owned()], vec!["A-2".to_owned()]));
    desk.sheet = taken.sheet;
    let list = desk.list();
    let problem = &list.problems[0];
    assert!(problem.gone && problem.title == gone.title, "{problem:?}");
    let done = PlanInput { progress: ProblemProgress::Verified, ..plan("", ProblemProgress::Open) };
    desk.session.set_plan(&desk.sheet, &problem.id, &done).unwrap();
    assert!(!desk.list().problems[0].unverified, "whoever changes the state looked at it");
}
