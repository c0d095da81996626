//! Score sheets on paper and as data: signatures in turn, what is printed against what follows, passphrases.

use app::localise::Target;
use app::view::{
    Algorithm, DocumentFonts, DocumentFormat, DocumentOptions, DrawnSignature, ExportInput, NewIdentity, NewSheet,
    SignPdfInput, Stage, Verdict, VerifyReport,
};
use app::{Language, Result, Session, Watch, World};
use lopdf::{Document, Object};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// 2022-05-01, 08:00 in UTC.
const MAY: i64 = 1_651_392_000;
const PASSPHRASE: &str = "滹沱河畔 2022";
const PANEL: [(&str, &str); 3] = [("周宁", "并州分校"), ("韩立群", "第二专家组"), ("孟雪琴", "省教育评估院")];

struct Desk {
    folder: tempfile::TempDir,
    session: Session,
    now: Arc<AtomicI64>,
    sheet: String,
}

fn drawn() -> DrawnSignature {
    let line = (0..40_u16).map(|x| [x * 20, 100 + (x % 7) * 15]).collect();
    DrawnSignature { strokes: vec![line, vec![[300, 20], [310, 220]]] }
}

fn code<T: std::fmt::Debug>(result: Result<T>) -> String {
    result.unwrap_err().code().to_owned()
}

impl Desk {
    /// The sample's self-evaluation, finalised, and the identities of a panel.
    fn finalised() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now = Arc::new(AtomicI64::new(MAY));
        let mut world = World::real(app::world::fonts_folder());
        let clock = Arc::clone(&now);
        world.now = Box::new(move || clock.load(Ordering::Relaxed));
        let mut session = Session::open(&folder.path().join("ws"), world, Language::Zh).unwrap();
        let [rubric, unit, assessor, organisation] = ["oucsx-2021", "并州分校", "周宁", "并州分校"].map(str::to_owned);
        let input = NewSheet { rubric, unit, year: 2022, stage: Stage::SelfEvaluation, assessor, organisation };
        let sheet = session.create_sheet(&input).unwrap();
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/sample/self-周宁.json");
        let text = std::fs::read_to_string(sample).unwrap();
        session.enter_input(&sheet, &app::assess::read("样例", &text).unwrap()).unwrap();
        session.finalize(&sheet).unwrap();
        for (name, organisation) in PANEL {
            let (name, organisation) = (name.to_owned(), organisation.to_owned());
            session
                .create_identity(&NewIdentity {
                    name,
                    organisation,
                    passphrase: PASSPHRASE.into(),
                    algorithm: Algorithm::P256,
                })
                .unwrap();
        }
        Self { folder, session, now, sheet }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn report(&mut self, name: &str, signer: Option<(&str, &str)>) -> PathBuf {
        let path = self.path(name);
        self.session.report(&self.sheet, Target { path: &path, replace: false }, signer).unwrap();
        path
    }

    fn sign(&mut self, from: &Path, to: &str, who: &str, passphrase: &str) -> Result<PathBuf> {
        let target = self.path(to);
        let input = SignPdfInput {
            path: from.display().to_string(),
            target: target.display().to_string(),
            replace: false,
            reason: "专家组组长签名".to_owned(),
            identity: who.to_owned(),
            passphrase: passphrase.into(),
            drawn: Some(drawn()),
        };
        self.session.sign_pdf(&input).map(|_| target)
    }

    fn verify(&mut self, path: &Path) -> VerifyReport {
        self.session.verify(path, &Watch::none()).unwrap()
    }
}

fn judge(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str], folder: &Path) -> String {
    let program = program.as_ref();
    let output = Command::new(program).args(arguments).current_dir(folder).env("LC_ALL", "C.UTF-8").output();
    let output = output.unwrap_or_else(|e| panic!("{} is needed to judge: {e}", program.display()));
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{} {arguments:?}: {said}", program.display());
    said
}

fn python_tool(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::env::var_os("HENGJIAN_VENV").map_or_else(|| root.join(".venv"), PathBuf::from).join("bin").join(name)
}

#[test]
fn a_panel_signs_in_turn_and_every_signature_stays_valid() {
    let mut desk = Desk::finalised();
    desk.session.keep_drawing("周宁", Some(&drawn())).unwrap();
    let one = desk.report("一.pdf", Some(("周宁", PASSPHRASE)));
    desk.now.fetch_add(3600, Ordering::Relaxed);
    let two = desk.sign(&one, "二.pdf", "韩立群", PASSPHRASE).unwrap();
    desk.now.fetch_add(3600, Ordering::Relaxed);
    let three = desk.sign(&two, "三.pdf", "孟雪琴", PASSPHRASE).unwrap();
    for (path, count) in [(&one, 1), (&two, 2), (&three, 3)] {
        let report = desk.verify(path);
        assert_eq!(report.verdict, Verdict::Trusted, "{report:?}");
        let names: Vec<&str> = report.signers.iter().map(|signer| signer.name.as_str()).collect();
        assert_eq!(names, PANEL.map(|(name, _)| name)[..count]);
        assert!(report.differences.is_empty() && report.problems.is_empty());
    }
    assert_eq!(code(desk.sign(&three, "四.pdf", "韩立群", PASSPHRASE)), "signing.already-signed");
    assert_eq!(code(desk.sign(&one, "三.pdf", "孟雪琴", PASSPHRASE)), "app.file-exists");
    assert!(!desk.path("四.pdf").exists());

    let folder = desk.folder.path();
    judge("qpdf", &["--check", "三.pdf"], folder);
    let said = judge("pdfsig", &["-nocert", "三.pdf"], folder);
    assert_eq!(said.matches("Signature Validation: Signature is Valid.").count(), 3, "{said}");
    assert_eq!(said.matches("Total document signed").count(), 1, "{said}");
    let mut trust = Vec::new();
    for (index, certificate) in certificates(&three).iter().enumerate() {
        std::fs::write(desk.path(&format!("person{index}.pem")), certificate).unwrap();
        trust.extend(["--trust".to_owned(), format!("person{index}.pem")]);
    }
    let mut arguments = vec!["sign", "validate", "--pretty-print", "--no-revocation-check", "--trust-replace"];
    arguments.extend(trust.iter().map(String::as_str));
    arguments.push("三.pdf");
    let said = judge(python_tool("pyhanko"), &arguments, folder);
    assert_eq!(said.matches("The signature is judged VALID").count(), 3, "{said}");
    assert!(!said.contains("INVALID") && !said.contains("suspicious"), "{said}");

    // Three blocks side by side below the date, with everything that a reader should see.
    let pages = judge("pdfinfo", &["三.pdf"], folder);
    let last = pages.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim().to_owned();
    let words: String = judge("pdftotext", &["-f", &last, "-l", &last, "-raw", "三.pdf", "-"], folder);
    let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    for (name, organisation) in PANEL {
        assert!(words.contains(name) && words.contains(organisation), "{words}");
    }
    assert_eq!(words.matches("指纹").count(), 3, "{words}");
    keep("signed", &three);
}

/// Leaves a file where a person can look at it, when asked.
fn keep(name: &str, path: &Path) {
    if let Some(folder) = std::env::var_os("HENGJIAN_TEST_PICTURES") {
        std::fs::copy(path, Path::new(&folder).join(format!("{name}.pdf"))).unwrap();
    }
}

/// The certificates of a PDF's signatures, as PEM.
fn certificates(path: &Path) -> Vec<String> {
    let reports = package::pdf::verify(&std::fs::read(path).unwrap()).unwrap();
    reports.iter().map(|report| report.certificate.as_ref().unwrap().to_pem().unwrap()).collect()
}

#[test]
fn a_passphrase_is_asked_for_once_a_sitting_and_forgotten_when_told_to_or_unused() {
    let mut desk = Desk::finalised();
    let plain = desk.report("印.pdf", None);
    assert_eq!(code(desk.sign(&plain, "一.pdf", "周宁", "")), "signing.passphrase-needed");
    assert_eq!(code(desk.sign(&plain, "一.pdf", "周宁", "不是这个口令")), "package.passphrase-wrong");
    assert!(desk.session.signing().unwrap().iter().all(|state| !state.open));
    desk.sign(&plain, "一.pdf", "周宁", PASSPHRASE).unwrap();
    desk.now.fetch_add(3 * 3600, Ordering::Relaxed);
    desk.sign(&plain, "二.pdf", "周宁", "").unwrap();
    // Another person's key stays shut.
    assert_eq!(code(desk.sign(&plain, "三.pdf", "韩立群", "")), "signing.passphrase-needed");
    assert_eq!(desk.session.signing().unwrap().iter().filter(|state| state.open).count(), 1);
    desk.session.forget_passphrases();
    assert_eq!(code(desk.sign(&plain, "三.pdf", "周宁", "")), "signing.passphrase-needed");
    desk.sign(&plain, "三.pdf", "周宁", PASSPHRASE).unwrap();
    desk.now.fetch_add(4 * 3600, Ordering::Relaxed);
    assert_eq!(code(desk.sign(&plain, "四.pdf", "周宁", "")), "signing.passphrase-needed");
    desk.sign(&plain, "四.pdf", "周宁", PASSPHRASE).unwrap();
    // A clock that was set back.
    desk.now.fetch_sub(60, Ordering::Relaxed);
    assert!(desk.session.signing().unwrap().iter().all(|state| !state.open));
    let shown = format!("{:?}", ExportInput { passphrase: PASSPHRASE.into(), ..export(&desk) });
    assert!(!shown.contains(PASSPHRASE), "{shown}");
}

fn export(desk: &Desk) -> ExportInput {
    ExportInput {
        sheet: desk.sheet.clone(),
        directory: desk.path("出").display().to_string(),
        pdf: true,
        package: true,
        with_evidence: false,
        masked: None,
        recipients: Vec::new(),
        identity: "周宁".to_owned(),
        passphrase: PASSPHRASE.into(),
        drawn: Some(drawn()),
    }
}

#[test]
fn a_drawing_is_kept_with_its_identity_only_while_it_is_wished() {
    let mut desk = Desk::finalised();
    assert_eq!(desk.session.drawing("周宁").unwrap(), None);
    let states = desk.session.keep_drawing("周宁", Some(&drawn())).unwrap();
    assert_eq!(states.iter().filter(|state| state.drawn == Some(drawn())).count(), 1);
    assert_eq!(desk.session.drawing("周宁").unwrap(), Some(drawn()));
    let slip = DrawnSignature { strokes: vec![vec![[1, 1]; 4]] };
    assert_eq!(code(desk.session.keep_drawing("周宁", Some(&slip))), "signing.drawing-empty");
    let scribble = DrawnSignature { strokes: vec![vec![[1, 1]; 30_000]] };
    assert_eq!(code(desk.session.keep_drawing("周宁", Some(&scribble))), "signing.drawing-too-large");
    assert_eq!(desk.session.drawing("周宁").unwrap(), Some(drawn()));
    desk.session.keep_drawing("周宁", None).unwrap();
    assert_eq!(desk.session.drawing("周宁").unwrap(), None);
    assert_eq!(code(desk.session.keep_drawing("无此人", None)), "store.unknown-identity");
}

/// The PDF written anew with one file inside changed.
fn with_inside(path: &Path, name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut document = Document::load(path).unwrap();
    let specifications: Vec<_> = document.objects.values().filter_map(|object| object.as_dict().ok()).collect();
    let named = |dictionary: &&&lopdf::Dictionary| {
        dictionary.get(b"F").and_then(Object::as_str).is_ok_and(|found| found == name.as_bytes())
    };
    let contents = specifications.iter().find(named).unwrap().get(b"EF").and_then(Object::as_dict).unwrap();
    let id = contents.get(b"F").and_then(Object::as_reference).unwrap();
    let stream = document.get_object_mut(id).and_then(Object::as_stream_mut).unwrap();
    let text = if stream.dict.has(b"Filter") { stream.decompressed_content().unwrap() } else { stream.content.clone() };
    let before = String::from_utf8(text).unwrap();
    let after = change(&before);
    assert_ne!(before, after);
    stream.dict.remove(b"Filter");
    stream.set_content(after.into_bytes());
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn the_result_is_recomputed_from_the_data_inside_and_every_cell_that_differs_is_named() {
    let mut desk = Desk::finalised();
    let plain = desk.report("印.pdf", None);
    let report = desk.verify(&plain);
    assert_eq!(report.verdict, Verdict::Unsigned, "{report:?}");
    let facts: Vec<&str> = report.facts.iter().map(|fact| fact.value.as_str()).collect();
    assert!(report.differences.is_empty() && facts.contains(&"所附数据和每一页印出的都与重算一致"), "{facts:?}");
    let state = desk.session.state(&desk.sheet).unwrap();
    assert!(facts.contains(&state.digest.as_deref().unwrap()), "{facts:?}");

    // The data say another total than follows from their marks; the pages were printed from the marks.
    let total = state.outcome.total.clone();
    let forged =
        with_inside(&plain, "sheet.json", |text| text.replace(&format!("\"total\":\"{total}\""), "\"total\":\"999\""));
    let path = desk.path("改总分.pdf");
    std::fs::write(&path, forged).unwrap();
    let report = desk.verify(&path);
    assert_eq!(report.verdict, Verdict::Differs);
    let first = &report.differences[0];
    let said = (first.page, first.place.as_str(), first.printed.as_str(), first.computed.as_str());
    assert_eq!(said, (None, "总分", "999", total.as_str()));
    assert_eq!(report.problems.last().unwrap().code, "signing.result-differs");

    // One mark is changed in the data: its cell, its indicators and the total on the pages are named.
    let point = state.outcome.points.iter().find(|point| point.score.as_deref() == Some("4")).unwrap().code.clone();
    let changed = with_inside(&plain, "sheet.json", |text| {
        let at = text.find("\"marks\":").unwrap();
        let (before, marks) = text.split_at(at);
        format!("{before}{}", marks.replacen(&format!("\"{point}\":\"4\""), &format!("\"{point}\":\"1\""), 1))
    });
    let path = desk.path("改分.pdf");
    std::fs::write(&path, changed).unwrap();
    let report = desk.verify(&path);
    assert_eq!(report.verdict, Verdict::Differs, "{report:?}");
    let on_page = report.differences.iter().find(|one| one.page.is_some() && one.printed == "4" && one.computed == "1");
    let on_page = on_page.unwrap_or_else(|| panic!("{:#?}", report.differences));
    assert!(on_page.place.contains("观测点") && on_page.place.contains("得分"), "{on_page:?}");
    let has = |place: &str| report.differences.iter().any(|one| one.page.is_none() && one.place == place);
    assert!(has("总分") && has(&format!("观测点 {point}")), "{:#?}", report.differences);
    assert!(report.differences.iter().any(|one| one.page.is_some() && one.place.starts_with("总分")));

    // Data that cannot be read.
    for name in ["sheet.json", "rubric.toml"] {
        let broken = with_inside(&plain, name, |text| text.chars().take(text.chars().count() / 2).collect());
        let path = desk.path(&format!("坏-{name}.pdf"));
        std::fs::write(&path, broken).unwrap();
        let report = desk.verify(&path);
        assert!(report.problems.iter().any(|problem| problem.code == "signing.data-unusable"), "{name} {report:?}");
        assert_eq!(code(desk.sign(&path, "不签.pdf", "周宁", PASSPHRASE)), "signing.not-signable");
    }
}

#[test]
fn what_was_printed_over_a_page_is_found() {
    let mut desk = Desk::finalised();
    let plain = desk.report("印.pdf", None);
    let mut document = Document::load(&plain).unwrap();
    let pages: Vec<_> = document.page_iter().collect();
    // The first page's drawing in place of the second's.
    let content = document.get_page_content(pages[0]);
    document.change_page_content(pages[1], content).unwrap();
    let path = desk.path("换页.pdf");
    document.save(&path).unwrap();
    let report = desk.verify(&path);
    assert_eq!(report.verdict, Verdict::Differs);
    assert!(report.differences.iter().all(|one| one.page == Some(2)), "{:#?}", report.differences);
}

#[test]
fn pages_with_a_look_of_their_own_still_carry_data() {
    let mut desk = Desk::finalised();
    let path = desk.path("系统字体.pdf");
    let options = DocumentOptions { fonts: DocumentFonts::System, ..DocumentOptions::default() };
    let target = Target { path: &path, replace: false };
    desk.session.export_document(&desk.sheet, "score-sheet", &DocumentFormat::Pdf, target, &options).unwrap();
    let report = desk.verify(&path);
    assert_eq!(report.verdict, Verdict::Unsigned);
    assert!(report.facts.iter().any(|fact| fact.value.contains("没有逐页对照")), "{:?}", report.facts);
}
