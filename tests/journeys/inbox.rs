//! The office's inbox: a file is verified once, what contends waits for a person, and everything can be seen and undone.

use crate::program::{Hengjian, judge, printed};
use crate::screen::{LIMIT, Window};
use app::inbox::InboxInput;
use app::localise::Target;
use app::view::{
    AliasKind, AliasPair, ConflictState, DecideSide, DecidedBy, DecisionKind, MergeCount, MergeState, Named,
    NewIdentity, NewSheet, OtherMark, SideKind, Stage,
};
use app::{Language, Session, Watch, World};
use journeys::packages::{Campaign, Which, unit};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Instant;

const PASSPHRASE: &str = "收件所用的通行短语";

fn campaign() -> &'static Campaign {
    static ONE: OnceLock<Campaign> = OnceLock::new();
    ONE.get_or_init(|| Campaign::new(include_str!("../../rubrics/oucsx-2021.toml"), 4))
}

fn session(folder: &Path) -> Session {
    Session::open(folder, World::real(app::world::fonts_folder()), Language::Zh).unwrap()
}

fn input(files: Vec<PathBuf>) -> InboxInput {
    InboxInput { files, unverified: true, editions: false, decisions: true }
}

fn count(counts: &[MergeCount], state: &MergeState) -> u32 {
    counts.iter().find(|count| count.state == *state).map_or(0, |count| count.count)
}

fn shown(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn decider(session: &mut Session) -> String {
    let input = NewIdentity {
        name: "何静".to_owned(),
        organisation: "示例评估办公室".to_owned(),
        passphrase: PASSPHRASE.into(),
        algorithm: app::view::Algorithm::P256,
    };
    session.create_identity(&input).unwrap().fingerprint
}

fn by(identity: &str, reason: &str) -> DecidedBy {
    DecidedBy { reason: reason.to_owned(), identity: identity.to_owned(), passphrase: PASSPHRASE.into() }
}

#[test]
fn what_was_verified_is_taken_in_whatever_the_file_is_by_then() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = session(&folder.path().join("办公室"));
    let first = campaign().write(folder.path(), Which::first(0, 0));
    let second = campaign().write(folder.path(), Which::first(1, 1));
    let files = input(vec![first.clone(), second.clone()]);
    let view = office.inbox(&files, &Watch::none()).unwrap();
    assert_eq!(view.sound, 2);
    // One stick is pulled out, the file on the other is overwritten.
    std::fs::remove_file(&first).unwrap();
    std::fs::write(&second, "PK").unwrap();
    let run = office.take_in(&files, Some(&view.digest), &Watch::none()).unwrap();
    assert_eq!(count(&run.counts, &MergeState::Added), 2, "{:?}", run.counts);
    assert_eq!(office.home().unwrap().sheets.len(), 2);
    assert!(office.check_history(&[], &Watch::none()).unwrap().sound);
    // Shown again, the file is seen as it is now.
    let view = office.inbox(&input(vec![second]), &Watch::none()).unwrap();
    assert_eq!(count(&view.counts, &MergeState::Damaged), 1);
}

#[test]
fn a_conflict_is_kept_shown_by_point_decided_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (Which::first(0, 0), Which { variant: 5, ..Which::first(0, 0) });
    let files = vec![campaign().write(folder.path(), one), campaign().write(folder.path(), other)];
    let mut office = session(&folder.path().join("办公室"));
    let identity = decider(&mut office);
    let run = office.take_in(&input(files.clone()), None, &Watch::none()).unwrap();
    assert_eq!(count(&run.counts, &MergeState::Conflicting), 2);
    assert!(office.home().unwrap().sheets.is_empty(), "nothing counts while nobody has decided");

    let waiting = office.conflicts().unwrap().conflicts;
    assert_eq!((waiting.len(), waiting[0].sides, waiting[0].state), (1, 2, ConflictState::Open));
    let sheet = waiting[0].sheet.clone();
    let view = office.conflict(&sheet[..8]).unwrap();
    assert!(
        view.sides.iter().all(|side| side.kind == SideKind::Side && !side.signed_at.is_empty()),
        "{:?}",
        view.sides
    );
    assert!(view.sides.iter().all(|side| side.signers == "周敏" && side.file.ends_with(".hjp")));
    let lines: Vec<_> = view.indicators.iter().flat_map(|one| &one.lines).filter(|line| line.differs).collect();
    assert_eq!(lines.len(), usize::try_from(view.summary.differing).unwrap());
    assert!(lines.iter().all(|line| line.cells[0] != line.cells[1]));

    // A mark that the rule refuses decides nothing.
    let taken = view.sides[1].digest.clone();
    let marked = lines.iter().find(|line| line.cells[0].mark != line.cells[1].mark).unwrap();
    let mark = |mark: &str| vec![OtherMark { code: marked.code.clone(), mark: mark.to_owned() }];
    let choice = |take: Option<&str>, marks| DecideSide { sheet: sheet.clone(), take: take.map(str::to_owned), marks };
    let refused =
        office.decide_side(&choice(Some(&taken[..10]), mark("999")), &by(&identity, "已电话核实")).unwrap_err();
    assert!(refused.code().starts_with("mark."), "{}", refused.code());
    let refused = office.decide_side(&choice(None, mark("1")), &by(&identity, "已电话核实")).unwrap_err();
    assert_eq!(refused.code(), "merge.marks-without-side");
    let decided =
        office.decide_side(&choice(Some(&taken[..10]), mark("0")), &by(&identity, "已电话核实，以乙为准")).unwrap();
    assert_eq!(decided.summary.state, ConflictState::Decided);
    assert!(decided.sides.iter().any(|side| side.digest == taken && side.taken));
    let home = office.home().unwrap().sheets;
    assert_eq!((home.len(), home[0].total.as_str()), (1, view.sides[1].total.as_str()));

    // It merges with everything else, and what was decided twice in a second has an order.
    let back =
        office.decide_side(&choice(Some(&view.sides[0].digest), Vec::new()), &by(&identity, "复查后改判")).unwrap();
    assert!(back.sides[0].taken && !back.sides[1].taken);
    assert_eq!(office.home().unwrap().sheets[0].total, view.sides[0].total);
    let out = folder.path().join("裁定.jsonl");
    office.export_decisions(&out).unwrap();
    let text = std::fs::read_to_string(&out).unwrap();
    assert_eq!(text.lines().filter(|line| line.contains("\"kind\":\"decision\",\"sealed\"")).count(), 2, "{text}");
    assert_eq!(office.undo_import(1).unwrap_err().code(), "merge.built-on");

    // Taken back, the first stands again; taken back too, the conflict is open.
    let latest = office.conflicts().unwrap().decisions[0].digest.clone();
    office.withdraw_decision(&latest[..12], &by(&identity, "裁错了")).unwrap();
    assert!(office.conflict(&sheet).unwrap().sides[1].taken);
    let first =
        office.conflicts().unwrap().decisions.into_iter().find(|one| one.active && one.kind == DecisionKind::Side);
    let view = office.withdraw_decision(&first.unwrap().digest, &by(&identity, "再核实")).unwrap();
    assert_eq!(view.conflicts[0].state, ConflictState::Open);
    assert_eq!(view.decisions.iter().filter(|one| one.active).count(), 2, "what takes back stays");
    assert!(office.check_history(&[], &Watch::none()).unwrap().sound);
    // All go back to the assessor: the same files are rejected, and nothing hides that.
    let returned = office.decide_side(&choice(None, Vec::new()), &by(&identity, "都不对")).unwrap();
    assert_eq!(returned.summary.state, ConflictState::Returned);
}

#[test]
fn a_content_about_another_unit_counts_there_once_that_is_decided() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = session(&folder.path().join("办公室"));
    let identity = decider(&mut office);
    let first = campaign().write(folder.path(), Which::first(0, 0));
    let second = Which { revision: 2, ..Which::first(0, 0) };
    let second = campaign().write_with(folder.path(), second, |sheet| sheet.unit = unit(1));
    office.take_in(&input(vec![first]), None, &Watch::none()).unwrap();
    let run = office.take_in(&input(vec![second]), None, &Watch::none()).unwrap();
    assert_eq!(count(&run.counts, &MergeState::Conflicting), 1, "{:?}", run.counts);
    let units = |office: &mut Session| -> Vec<(String, u32)> {
        office.home().unwrap().sheets.into_iter().map(|row| (row.unit, row.revision)).collect()
    };
    assert_eq!(units(&mut office), [(unit(0), 1)]);
    let sheet = office.conflicts().unwrap().conflicts[0].sheet.clone();
    let mut decide = |revision: u32| {
        let sides = office.conflict(&sheet).unwrap().sides;
        let taken = sides.iter().find(|side| side.revision == revision).unwrap().digest.clone();
        let choice = DecideSide { sheet: sheet.clone(), take: Some(taken), marks: Vec::new() };
        office.decide_side(&choice, &by(&identity, "已电话核实")).unwrap();
        units(&mut office)
    };
    assert_eq!(decide(2), [(unit(1), 2)]);
    assert_eq!(decide(1), [(unit(0), 1)], "decided otherwise, it goes back");
}

#[test]
fn names_that_are_one_are_pointed_out_recorded_and_followed() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = session(&folder.path().join("办公室"));
    let identity = decider(&mut office);
    let new = |unit: &str, assessor: &str| NewSheet {
        rubric: "oucsx-2021".to_owned(),
        unit: unit.to_owned(),
        year: 2026,
        stage: Stage::Review,
        assessor: assessor.to_owned(),
        organisation: "第一专家组".to_owned(),
    };
    office.create_sheet(&new("并州分校（本部）", "王五")).unwrap();
    let file = campaign().write(folder.path(), Which::first(0, 0));
    let hint = |office: &mut Session| {
        let view = office.inbox(&input(vec![file.clone()]), &Watch::none()).unwrap();
        view.rows[0].sheet.hints.iter().find_map(|hint| hint.alias.clone())
    };
    let pair = hint(&mut office).expect("two spellings of one unit");
    assert_eq!((pair.about, pair.one.name.as_str()), (AliasKind::Unit, "并州分校"));
    let same = AliasPair { one: pair.other.clone(), ..pair.clone() };
    assert_eq!(office.decide_names(&same, &by(&identity, "同名")).unwrap_err().code(), "merge.same-name");
    let view = office.decide_names(&pair, &by(&identity, "问过该校")).unwrap();
    assert!(view.decisions[0].text.contains("并州分校（本部）"), "{:?}", view.decisions);
    assert_eq!(hint(&mut office), None, "what was decided is not asked again");
    office.withdraw_decision(&view.decisions[0].digest, &by(&identity, "不是同一个")).unwrap();
    assert!(hint(&mut office).is_some());
    let person = |organisation: &str| Named { name: "周敏".to_owned(), organisation: organisation.to_owned() };
    let pair = AliasPair { about: AliasKind::Assessor, one: person("第一组"), other: person("第二专家组") };
    assert_eq!(office.decide_names(&pair, &by(&identity, "调组")).unwrap().decisions.len(), 3);
}

#[test]
fn a_filled_workbook_goes_into_a_draft_and_is_undone_with_its_run() {
    let folder = tempfile::tempdir().unwrap();
    let unit = Hengjian { workspace: folder.path().join("分校") };
    let sheet = unit.new_sheet("self", "周宁", "并州分校");
    unit.ok(&["score", &sheet, "1.1.1-1=4", "1.1.1-2=3"]);
    let book = folder.path().join("并州分校-自评.xlsx");
    unit.ok(&["score-book", "export", &sheet, "--out", shown(&book)]);

    let mut office = session(&folder.path().join("办公室"));
    let stray = folder.path().join("花名册.xlsx");
    std::fs::write(&stray, "PK").unwrap();
    let files = input(vec![book.clone(), stray]);
    let view = office.inbox(&files, &Watch::none()).unwrap();
    let row = view.rows.iter().find(|row| row.draft).unwrap();
    assert!(row.sound && row.sheet.state == MergeState::Added && row.changed >= 2, "{row:?}");
    assert!(row.sheet.hints.iter().any(|hint| hint.code == "unsigned-draft"));
    assert_eq!(count(&view.counts, &MergeState::Refused), 1);
    let changes = office.inbox_changes(&row.sheet.path, &row.sheet.digest).unwrap();
    assert!(changes.iter().any(|one| one.code == "1.1.1-1" && one.to.as_deref() == Some("4")), "{changes:?}");
    let run = office.take_in(&files, Some(&view.digest), &Watch::none()).unwrap();
    let sheets = office.home().unwrap().sheets;
    assert_eq!((sheets.len(), sheets[0].total.as_str(), sheets[0].unit.as_str()), (1, "7", "并州分校"));
    assert!(matches!(sheets[0].phase, app::view::SheetPhase::Draft));
    // The same again changes nothing, and finds its draft.
    let again = office.inbox(&input(vec![book]), &Watch::none()).unwrap();
    assert_eq!(count(&again.counts, &MergeState::Same), 1, "{:?}", again.rows);
    assert!(office.check_history(&[], &Watch::none()).unwrap().sound);
    office.undo_import(run.id).unwrap();
    assert!(office.home().unwrap().sheets.is_empty());
    assert!(office.check_history(&[], &Watch::none()).unwrap().sound);
}

/// Packages of which some are cut short; gives the folder.
fn batch(folder: &Path, units: usize, bad: usize) -> PathBuf {
    let stick = folder.join("一批");
    std::fs::create_dir_all(&stick).unwrap();
    let sound = campaign().write_all(&stick, units);
    for path in sound.iter().take(bad) {
        let bytes = std::fs::read(path).unwrap();
        std::fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
    }
    stick
}

#[expect(clippy::print_stdout, reason = "the times are what the large run is for")]
fn takes_the_sound_ones(units: usize, bad: u32) {
    let folder = tempfile::tempdir().unwrap();
    let stick = batch(folder.path(), units, bad.try_into().unwrap());
    let all = u32::try_from(units * 4).unwrap();
    let mut office = session(&folder.path().join("办公室"));
    let files = input(vec![stick]);
    let begun = Instant::now();
    let view = office.inbox(&files, &Watch::none()).unwrap();
    let verified = begun.elapsed();
    assert_eq!((view.files, view.sound, count(&view.counts, &MergeState::Damaged)), (all, all - bad, bad));
    let again = Instant::now();
    let view = office.inbox(&files, &Watch::none()).unwrap();
    let shown_again = again.elapsed();
    let taking = Instant::now();
    let run = office.take_in(&files, Some(&view.digest), &Watch::none()).unwrap();
    println!("{all} files: verified {verified:?}, shown again {shown_again:?}, taken in {:?}", taking.elapsed());
    assert_eq!((count(&run.counts, &MergeState::Added), count(&run.counts, &MergeState::Damaged)), (all - bad, bad));
    let (csv, xlsx) = (folder.path().join("日志.csv"), folder.path().join("日志.xlsx"));
    office.export_import_log(run.id, Target { path: &csv, replace: false }).unwrap();
    office.export_import_log(run.id, Target { path: &xlsx, replace: false }).unwrap();
    let read = "import openpyxl, csv, sys\n\
        book = openpyxl.load_workbook(sys.argv[1]).active\n\
        rows = [[cell.value for cell in row] for row in book.iter_rows()]\n\
        lines = list(csv.reader(open(sys.argv[2], encoding='utf-8-sig')))\n\
        print(sum('损坏' in [str(cell) for cell in row] for row in rows), sum(line[1] == '损坏' for line in lines), len(lines))";
    let said = judge("python3", &["-c", read, shown(&xlsx), shown(&csv)]);
    assert_eq!(said.trim(), format!("{bad} {bad} {}", all + 1), "the log lists every bad file");
    office.undo_import(run.id).unwrap();
    assert!(office.home().unwrap().sheets.is_empty());
}

#[test]
fn of_200_files_188_come_in_and_12_are_listed() {
    takes_the_sound_ones(50, 12);
}

/// `cargo test --release -p journeys --test journeys -- --ignored --nocapture inbox::of_10000`
#[test]
#[ignore = "minutes of work; docs/status.md has the figures"]
fn of_10000_files_9700_come_in_and_300_are_listed() {
    takes_the_sound_ones(2500, 300);
}

#[test]
fn the_command_line_shows_conflicts_and_decides() {
    let folder = tempfile::tempdir().unwrap();
    let office = Hengjian { workspace: folder.path().join("办公室") };
    let identity = office.new_identity("何静", "示例评估办公室");
    for variant in [0, 5] {
        campaign().write(folder.path(), Which { variant, ..Which::first(0, 0) });
    }
    // As with merging: what waits for a decision is told by the exit code, what was refused as well.
    let taken = office.ends(1, &["inbox", shown(folder.path()), "--unverified", "--import"]);
    assert!(taken.contains("冲突，待裁定 2"), "{taken}");
    let nobody = office.refused(3, &["inbox", shown(folder.path())]);
    assert!(nobody.contains("还没有核对过"), "{nobody}");
    let said = office.ok(&["conflicts"]);
    assert!(said.contains("待裁定") && said.contains("2 种内容"), "{said}");
    let sheet = said.split_whitespace().next().unwrap();
    let shown_sides = office.json(&["conflicts", sheet]);
    let side = shown_sides["sides"][0]["digest"].as_str().unwrap()[..10].to_owned();
    let given = ["--reason", "已电话核实", "--identity", &identity];
    let refused = office.run(&[&["decide", sheet][..], &given].concat());
    assert!(printed(&refused).contains("[merge.nothing-chosen]"), "{}", printed(&refused));
    office.ok(&[&["decide", sheet, "--take", &side][..], &given].concat());
    assert!(office.ok(&["conflicts"]).contains("已裁定"));
    office.ok(&[&["decide", "--same-unit", "并州分校", "并州校区"][..], &given].concat());
    let decisions = office.ok(&["conflicts", "--decisions"]);
    assert!(decisions.contains("并州校区") && decisions.contains("已电话核实"), "{decisions}");
    let digest = decisions.split_whitespace().next().unwrap();
    let back = office.ok(&[&["decide", "--withdraw", digest][..], &given].concat());
    assert!(back.contains("已收回"), "{back}");
}

/// A stick as an office gets it: two sheets, one of them twice with other marks, one file cut short.
fn stick(folder: &Path) -> PathBuf {
    let stick = folder.join("U盘");
    std::fs::create_dir_all(&stick).unwrap();
    campaign().write(&stick, Which::first(0, 0));
    campaign().write(&stick, Which::first(1, 1));
    campaign().write(&stick, Which { variant: 3, ..Which::first(1, 1) });
    let cut = campaign().write(&stick, Which::first(2, 2));
    let bytes = std::fs::read(&cut).unwrap();
    std::fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    stick
}

#[tokio::test]
async fn an_office_takes_files_in_decides_and_undoes() {
    let journey = async {
        let folder = tempfile::tempdir().unwrap();
        let office = Hengjian { workspace: folder.path().join("办公室") };
        office.new_identity("何静", "示例评估办公室");
        let crt = folder.path().join("office.crt");
        campaign().write_office(&crt);
        let stick = stick(folder.path());
        let window = Window::open(&office.workspace, &stick).await;
        window.choose_role("office").await;
        window.click("nav-office").await;
        window.find("inbox-empty").await;
        window.picture("inbox-empty").await;
        // Nobody was compared yet: everything sound is untrusted, and one may go on all the same.
        window.click("inbox-folder").await;
        window.sees("count-untrusted", "3").await;
        window.picture("inbox-untrusted").await;
        window.click("inbox-unverified").await;
        window.sees("count-added", "1").await;
        window.sees("count-conflicting", "2").await;
        window.click("count-damaged").await;
        window.click("inbox-act-details").await;
        window.sees("inbox-detail", "怎么办").await;
        window.picture("inbox-damaged").await;
        window.click("count-all").await;
        window.picture("inbox-preview").await;
        window.click("inbox-act-decide").await;
        window.find("conflict-table").await;
        window.click("use-1").await;
        window.type_into("decide-reason", "已电话核实，以乙为准").await;
        window.type_into("decide-passphrase", crate::program::PASSPHRASE).await;
        window.picture("inbox-conflict").await;
        window.click("record-decision").await;
        window.css("[data-testid='conflict-state'][data-state='decided']").await;
        window.picture("inbox-decided").await;
        window.click("conflict-back").await;
        let here = folder.path().join("汇总");
        window.click("inbox-merge").await;
        window.type_into("merge-folder", shown(&here)).await;
        window.picture("inbox-merge").await;
        window.click("merge-start").await;
        window.sees("merge-done", "2 份打分表").await;
        window.picture("inbox-merged").await;
        window.click("merge-close").await;
        window.sees("inbox-take", "1").await;
        window.click("inbox-take").await;
        window.find("inbox-done").await;
        window.picture("inbox-done").await;
        window.click("run-undo-2").await;
        window.click("undo-run").await;
        window.sees("run-2", "已撤销").await;
        window.picture("inbox-undone").await;
        window.close(&office).await;
        let said = office.ok(&["conflicts"]);
        assert!(said.contains("已裁定"), "{said}");
        // What the window wrote is what the command line writes.
        let there = folder.path().join("再汇总");
        office.refused(3, &["merge", shown(&stick), "--unverified", "--out", shown(&there)]);
        let record = |folder: &Path| std::fs::read(folder.join(app::merge::RECORD)).unwrap();
        assert_eq!(record(&here), record(&there));
    };
    tokio::time::timeout(LIMIT, journey).await.expect("the window or its driver stopped answering");
}

/// What comes by mail: a package of somebody whom nobody compared yet, a filled workbook, a decision of another office
/// about the package's sheet, and what a mail program left beside them.
fn mailed(folder: &Path) -> PathBuf {
    let mail = folder.join("邮件附件");
    std::fs::create_dir_all(&mail).unwrap();
    let one = campaign().write(&mail, Which::first(0, 0));
    let other = campaign().write(folder, Which { variant: 5, ..Which::first(0, 0) });
    let unit = Hengjian { workspace: folder.join("分校") };
    let sheet = unit.new_sheet("self", "周宁", "并州分校");
    unit.ok(&["score", &sheet, "1.1.1-1=4", "1.1.1-2=3"]);
    unit.ok(&["score-book", "export", &sheet, "--out", shown(&mail.join("并州分校-自评.xlsx"))]);
    let elsewhere = Hengjian { workspace: folder.join("省校") };
    let identity = elsewhere.new_identity("贾平", "省校评估办公室");
    elsewhere.ends(1, &["inbox", shown(&one), shown(&other), "--unverified", "--import"]);
    let conflict = elsewhere.json(&["conflicts"])["conflicts"][0]["sheet"].as_str().unwrap().to_owned();
    let sides = elsewhere.json(&["conflicts", &conflict])["sides"].clone();
    let named = one.file_name().unwrap().to_str().unwrap();
    let side = sides.as_array().unwrap().iter().find(|side| side["file"] == named).unwrap();
    let take = side["digest"].as_str().unwrap();
    let given = ["--take", take, "--reason", "已电话核实", "--identity", &identity];
    elsewhere.ok(&[&["decide", &conflict][..], &given].concat());
    elsewhere.ok(&["conflicts", "--out", shown(&mail.join("省校裁定.jsonl"))]);
    std::fs::write(mail.join("Thumbs.db"), "x").unwrap();
    std::fs::write(mail.join("说明.docx"), "x").unwrap();
    std::fs::write(mail.join("附件.zip"), "PK").unwrap();
    mail
}

#[tokio::test]
async fn an_office_compares_who_signed_and_takes_workbooks_and_decisions() {
    let journey = async {
        let folder = tempfile::tempdir().unwrap();
        let office = Hengjian { workspace: folder.path().join("办公室") };
        let mail = mailed(folder.path());
        let window = Window::open(&office.workspace, &mail).await;
        window.choose_role("office").await;
        window.click("nav-office").await;
        window.click("inbox-folder").await;
        window.sees("count-untrusted", "2").await;
        window.sees("inbox-preview", "另有 1 个别的文件没有看").await;
        window.picture("inbox-mail").await;
        // The digits that the expert reads aloud; those of somebody else are refused.
        window.click_css("[data-file$='.hjp'] [data-testid='inbox-act-accept']").await;
        let [heard, other] = [0, 1].map(|at| campaign().experts[at].certificate().fingerprint().to_string());
        window.retype("heard", &other).await;
        window.click("accept").await;
        window.css("[data-testid='accept-dialog'] [role='alert']").await;
        window.retype("heard", &heard).await;
        window.picture("inbox-accept").await;
        window.click("accept").await;
        window.sees("count-added", "2").await;
        window.sees("count-untrusted", "1").await;
        // The decision of somebody else is looked at before it counts, and taken with the workbook.
        window.click("inbox-unverified").await;
        // Whose signature fits is not yet somebody who may decide.
        window.sees("count-refused", "2").await;
        window.click_css("[data-file$='.jsonl'] [data-testid='inbox-act-details']").await;
        window.sees("inbox-preview", "不一定有权裁定").await;
        window.picture("inbox-not-chosen").await;
        window.click("inbox-decisions").await;
        window.sees("count-decision", "1").await;
        window.click_css("[data-testid='inbox-row-decision'] [data-testid='inbox-act-details']").await;
        window.sees("inbox-decision", "已电话核实").await;
        window.sees("inbox-decision", "算数").await;
        window.picture("inbox-decision").await;
        window.click("count-refused").await;
        window.css("[data-file='附件.zip']").await;
        window.click("count-all").await;
        window.click_css("[data-file$='.xlsx'] [data-testid='inbox-act-details']").await;
        window.sees("inbox-changes", "1.1.1（1）").await;
        window.picture("inbox-workbook").await;
        window.sees("inbox-take", "3").await;
        window.click("inbox-take").await;
        window.sees("inbox-done", "裁定").await;
        window.sees("decision-side", "贾平").await;
        window.picture("inbox-mail-done").await;
        window.click("run-undo-1").await;
        window.click("undo-run").await;
        window.sees("run-1", "已撤销").await;
        window.close(&office).await;
        assert!(office.json(&["list"]).as_array().unwrap().is_empty());
        assert!(office.ok(&["conflicts", "--decisions"]).contains("没有裁定"));
    };
    tokio::time::timeout(LIMIT, journey).await.expect("the window or its driver stopped answering");
}
