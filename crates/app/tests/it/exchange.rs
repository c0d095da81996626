//! Packages between people: masked copies, encryption to recipients, signatures of a panel in turn.

use app::view::{
    Algorithm, CountersignInput, EvidenceChange, ExportInput, ImportResult, NewIdentity, SheetPhase, Verdict,
};
use app::{Language, Result, Session, Watch, World};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const PASSPHRASE: &str = "滹沱河畔 2022";
const REMARK: &str = "联系人王建国，电话 13812345678，身份证号 110101199003074258，已到现场核对。";
const HIDDEN: &str = "联系人王**，电话 138****5678，身份证号 110*************58，已到现场核对。";

struct Desk {
    folder: tempfile::TempDir,
    session: Session,
    sheet: String,
}

fn open(folder: &Path) -> Session {
    Session::open(folder, World::real(app::world::fonts_folder()), Language::Zh).unwrap()
}

fn identity(session: &mut Session, name: &str) {
    let (name, organisation) = (name.to_owned(), "并州分校".to_owned());
    session
        .create_identity(&NewIdentity { name, organisation, passphrase: PASSPHRASE.into(), algorithm: Algorithm::P256 })
        .unwrap();
}

fn of(
    session: &mut Session,
    folder: &Path,
    ending: &str,
    change: impl FnOnce(&mut ExportInput),
    sheet: &str,
) -> Result<PathBuf> {
    let mut input = ExportInput {
        sheet: sheet.to_owned(),
        directory: folder.display().to_string(),
        pdf: true,
        package: true,
        with_evidence: true,
        masked: None,
        recipients: Vec::new(),
        identity: "周宁".to_owned(),
        passphrase: PASSPHRASE.into(),
        drawn: None,
    };
    change(&mut input);
    let report = session.export(&input, &Watch::none())?;
    Ok(PathBuf::from(&report.files.iter().find(|file| file.name.ends_with(ending)).unwrap().path))
}

impl Desk {
    /// A finalised sheet of the sample, whose remark names somebody.
    fn finalised() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut session = open(&folder.path().join("单位"));
        let sheet = session.make_sample().unwrap();
        session.set_remark(&sheet, "1.1.1-1", REMARK).unwrap();
        let item = session.catalogue(&sheet).unwrap()[0].id.clone();
        let (field, value) = ("people".to_owned(), "王建国、李静老师、全体教师".to_owned());
        session.change_evidence(&sheet, &[EvidenceChange::Set { item, field, value }]).unwrap();
        session.finalize(&sheet).unwrap();
        identity(&mut session, "周宁");
        Self { folder, session, sheet }
    }

    fn stick(&self) -> PathBuf {
        self.folder.path().join("U盘")
    }

    fn export(&mut self, ending: &str, change: impl FnOnce(&mut ExportInput)) -> Result<PathBuf> {
        let (stick, sheet) = (self.stick(), self.sheet.clone());
        of(&mut self.session, &stick, ending, change, &sheet)
    }

    fn other(&self, name: &str) -> Session {
        open(&self.folder.path().join(name))
    }
}

#[track_caller]
fn refused<T>(result: Result<T>, code: &str) {
    let Err(failure) = result else { panic!("not refused, expected {code}") };
    assert_eq!(failure.code(), code);
    let problem = failure.problem(Language::Zh);
    assert!(!problem.todo.is_empty() && !problem.what.contains('{') && !problem.place.contains('{'), "{problem}");
}

fn all_bytes(folder: &Path) -> Vec<u8> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { all_bytes(&path) } else { std::fs::read(path).unwrap() }).collect()
}

fn unpack(package: &Path, to: &Path) {
    let run =
        std::process::Command::new("unzip").arg("-q").arg(package).arg("-d").arg(to).env("LC_ALL", "C.UTF-8").status();
    assert!(run.unwrap().success());
}

#[test]
fn a_masked_copy_hides_people_says_so_and_is_no_original() {
    let mut desk = Desk::finalised();
    let names = || Some(vec!["王建国".to_owned()]);
    let original = desk.export(".hjp", |_| {}).unwrap();
    let masked = desk.export(".hjp", |input| input.masked = names()).unwrap();
    assert!(masked.file_name().unwrap().to_string_lossy().contains("脱敏"));
    let (plain, hidden) = (desk.folder.path().join("原件"), desk.folder.path().join("副本"));
    unpack(&original, &plain);
    unpack(&masked, &hidden);
    let text = |folder: &Path| String::from_utf8_lossy(&all_bytes(folder)).into_owned();
    assert!(text(&plain).contains(REMARK));
    let copy = text(&hidden);
    assert!(copy.contains(HIDDEN) && !copy.contains("王建国") && !copy.contains("13812345678"));
    assert!(copy.contains("Hengjian-Masked: names, telephone numbers, identity numbers (rules 1)"));
    assert!(copy.contains(r#""masked":{"rules":1}"#) && copy.contains(r#""evidence":"left-out""#));

    let report = desk.session.verify(&masked, &Watch::none()).unwrap();
    assert_eq!(report.verdict, Verdict::Trusted, "{:?}", report.problems);
    assert_eq!(report.facts[0].label, "脱敏副本");
    let mut office = desk.other("办公室");
    refused(office.import(&masked, &Watch::none()), "app.masked-not-imported");
    assert!(office.home().unwrap().sheets.is_empty());
    office.import(&original, &Watch::none()).unwrap();
    assert_eq!(office.home().unwrap().sheets.len(), 1);
}

#[test]
fn a_masked_pdf_says_so_on_its_pages_and_is_recomputed() {
    let mut desk = Desk::finalised();
    let pdf = desk.export(".pdf", |input| input.masked = Some(vec!["王建国".to_owned()])).unwrap();
    let printed = std::process::Command::new("pdftotext").arg(&pdf).arg("-").output().unwrap();
    let printed: String = String::from_utf8(printed.stdout).unwrap().split_whitespace().collect();
    assert!(printed.contains("脱敏副本，不作原件") && printed.contains("王**") && !printed.contains("王建国"));
    let report = desk.session.verify(&pdf, &Watch::none()).unwrap();
    assert_eq!((report.verdict, report.differences.len()), (Verdict::Trusted, 0), "{:?}", report.problems);
    assert!(!String::from_utf8_lossy(&std::fs::read(&pdf).unwrap()).contains("王建国"));
    // The sheet itself is not signed by a masked copy.
    assert_eq!(desk.session.state(&desk.sheet.clone()).unwrap().phase, SheetPhase::Finalised);
}

#[test]
fn the_names_to_hide_come_from_the_catalogue() {
    let mut desk = Desk::finalised();
    let sheet = desk.sheet.clone();
    let names = desk.session.names_to_mask(&sheet).unwrap();
    assert_eq!(names, ["李静", "王建国"]);
}

#[test]
fn only_its_recipients_open_an_encrypted_package() {
    let mut desk = Desk::finalised();
    let (mut office, mut stranger) = (desk.other("办公室"), desk.other("别人"));
    let key = office.make_key().unwrap().own.unwrap();
    refused(desk.session.add_recipient("办公室", "age1不是"), "package.recipient-unreadable");
    desk.session.add_recipient(" 办公室 ", &format!("{key}\n")).unwrap();
    refused(
        desk.export(".age", |input| input.recipients = vec!["没有这人".to_owned()]),
        "recipients.unknown-recipient",
    );
    assert!(std::fs::read_dir(desk.stick()).unwrap().next().is_none(), "nothing is left behind");

    let sealed = desk.export(".hjp.age", |input| {
        input.recipients = vec!["办公室".to_owned()];
        input.pdf = false;
    });
    let sealed = sealed.unwrap();
    assert_eq!(std::fs::read_dir(desk.stick()).unwrap().count(), 1);
    let leftovers = desk.folder.path().join("单位/evidence/incoming");
    assert!(std::fs::read_dir(leftovers).unwrap().next().is_none());
    let own = desk.session.verify(&sealed, &Watch::none()).unwrap();
    assert_eq!(own.verdict, Verdict::Trusted, "who sends it can read it");
    refused(stranger.verify(&sealed, &Watch::none()), "package.package-sealed");
    refused(stranger.import(&sealed, &Watch::none()), "package.package-sealed");
    let report = office.import(&sealed, &Watch::none()).unwrap();
    assert_eq!((report.rows[0].result.clone(), report.evidence_added), (ImportResult::Added, 8));

    // A new key goes on opening what the old one opened.
    let renewed = office.make_key().unwrap();
    assert_eq!((renewed.own == Some(key), renewed.older), (false, 1));
    assert!(office.verify(&sealed, &Watch::none()).is_ok());
}

#[test]
fn recipients_are_kept_by_one_name_each() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = open(folder.path());
    let keys: Vec<String> =
        (0..2).map(|n| open(&folder.path().join(n.to_string())).make_key().unwrap().own.unwrap()).collect();
    session.add_recipient("办公室", &keys[0]).unwrap();
    refused(session.add_recipient("办公室", &keys[1]), "recipients.recipient-taken");
    refused(session.add_recipient("", &keys[1]), "assessment.bad-text");
    let view = session.add_recipient("评估办公室", &keys[0]).unwrap();
    assert_eq!((view.recipients.len(), view.recipients[0].name.as_str()), (1, "评估办公室"));
    let own = session.make_key().unwrap().own.unwrap();
    refused(session.add_recipient("我", &own), "recipients.own-key");
    assert!(session.remove_recipient("评估办公室").unwrap().recipients.is_empty());
    refused(session.remove_recipient("评估办公室"), "recipients.unknown-recipient");
}

#[test]
fn a_panel_signs_one_package_in_turn() {
    let mut desk = Desk::finalised();
    let package = desk.export(".hjp", |input| input.pdf = false).unwrap();
    let mut panel = desk.other("专家");
    identity(&mut panel, "孟雪琴");
    identity(&mut panel, "韩立群");
    let input = |name: &str| CountersignInput {
        path: package.display().to_string(),
        identity: name.to_owned(),
        passphrase: PASSPHRASE.into(),
        recipients: Vec::new(),
    };
    for (name, signers) in [("孟雪琴", 2), ("韩立群", 3)] {
        let report = panel.countersign(&input(name), &Watch::none()).unwrap();
        assert_eq!(report.verification.signers.len(), signers);
        assert_eq!(report.file.path, package.display().to_string());
    }
    let before = std::fs::read(&package).unwrap();
    refused(panel.countersign(&input("孟雪琴"), &Watch::none()), "package.signed-already");
    let wrong = CountersignInput { passphrase: "不对的口令呀".into(), ..input("孟雪琴") };
    refused(panel.countersign(&wrong, &Watch::none()), "package.passphrase-wrong");
    assert_eq!(std::fs::read(&package).unwrap(), before);
    assert_eq!(std::fs::read_dir(desk.stick()).unwrap().count(), 1);
    let report = desk.other("办公室").import(&package, &Watch::none()).unwrap();
    assert_eq!((report.rows[0].result.clone(), report.verification.signers.len()), (ImportResult::Added, 3));

    let mut bytes = before;
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&package, &bytes).unwrap();
    refused(panel.countersign(&input("韩立群"), &Watch::none()), "app.not-countersigned");
    assert_eq!(std::fs::read(&package).unwrap(), bytes);
}

#[test]
fn an_encrypted_package_is_signed_and_encrypted_again() {
    let mut desk = Desk::finalised();
    let mut expert = desk.other("专家");
    identity(&mut expert, "孟雪琴");
    let key = expert.make_key().unwrap().own.unwrap();
    let sealed = desk.export(".age", |input| {
        input.recipients = vec![key];
        input.pdf = false;
    });
    let sealed = sealed.unwrap();
    let office = desk.other("办公室").make_key().unwrap().own.unwrap();
    let input = |recipients: &[&str]| CountersignInput {
        path: sealed.display().to_string(),
        identity: "孟雪琴".to_owned(),
        passphrase: PASSPHRASE.into(),
        recipients: recipients.iter().map(|&key| key.to_owned()).collect(),
    };
    refused(expert.countersign(&input(&[]), &Watch::none()), "app.countersign-sealed");
    let report = expert.countersign(&input(&[&office]), &Watch::none()).unwrap();
    assert_eq!((report.file.path.as_str(), report.verification.signers.len()), (sealed.to_str().unwrap(), 2));
    assert!(desk.other("办公室").import(&sealed, &Watch::none()).is_ok());
    refused(desk.session.verify(&sealed, &Watch::none()), "package.package-sealed");
}

#[test]
fn long_work_reports_one_way_and_stops_without_a_trace() {
    let mut desk = Desk::finalised();
    let package = desk.export(".hjp", |input| input.pdf = false).unwrap();
    let seen = Arc::new(std::sync::Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    let watch = Watch::new(move |_: &str, done, total| kept.lock().unwrap().push((done, total)), Arc::default());
    let mut office = desk.other("办公室");
    office.import(&package, &watch).unwrap();
    let steps = seen.lock().unwrap().clone();
    let before = |(done, total): (u64, u64), (next, of): (u64, u64)| done * of <= next * total;
    assert!(steps.windows(2).all(|pair| before(pair[0], pair[1])), "never goes back: {steps:?}");
    assert!(steps.iter().all(|(done, total)| done <= total));
    assert!(steps.last().is_some_and(|(done, total)| done == total), "{:?}", steps.last());

    for stop_at in [1, steps.len() / 2, steps.len() - 2] {
        let cancel = Arc::new(AtomicBool::new(false));
        let (flag, count) = (Arc::clone(&cancel), std::cell::Cell::new(0));
        let watch = Watch::new(
            move |_: &str, _, _| {
                count.set(count.get() + 1);
                flag.store(count.get() > stop_at, Ordering::Relaxed);
            },
            cancel,
        );
        let folder = desk.folder.path().join(format!("停{stop_at}"));
        let mut session = open(&folder);
        refused(session.import(&package, &watch), "package.package-cancelled");
        assert!(session.home().unwrap().sheets.is_empty());
        let files = walk(&folder.join("evidence"));
        assert_eq!(files, 0, "files of a package that was not taken in");
    }
}

fn walk(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries.map(|entry| entry.unwrap().path()).map(|path| if path.is_dir() { walk(&path) } else { 1 }).sum()
}
