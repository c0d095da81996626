//! Decisions that were taken elsewhere, and merged records, in the inbox: in any order a workspace comes to what merging
//! the files says.

use crate::program::{Hengjian, text};
use app::inbox::InboxInput;
use app::merge::{MergeInput, RECORD, merge};
use app::view::{
    AliasKind, AliasPair, ConflictState, DecideSide, DecidedBy, DecisionKind, ImportResult, InboxView, MergeCount,
    MergeState, Named, NewIdentity,
};
use app::{Language, Session, Watch, World};
use journeys::packages::{Campaign, Which};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const PASSPHRASE: &str = "省校裁定所用的通行短语";

fn campaign() -> &'static Campaign {
    static ONE: OnceLock<Campaign> = OnceLock::new();
    ONE.get_or_init(|| Campaign::new(include_str!("../../rubrics/oucsx-2021.toml"), 2))
}

fn world() -> World {
    World::real(app::world::fonts_folder())
}

fn session(folder: &Path) -> Session {
    Session::open(folder, world(), Language::Zh).unwrap()
}

fn input(files: &[PathBuf]) -> InboxInput {
    InboxInput { files: files.to_vec(), unverified: true, editions: false, decisions: true }
}

fn look(session: &mut Session, files: &[PathBuf]) -> InboxView {
    session.inbox(&input(files), &Watch::none()).unwrap()
}

fn take(session: &mut Session, files: &[PathBuf]) -> app::view::ImportRun {
    session.take_in(&input(files), None, &Watch::none()).unwrap()
}

fn count(counts: &[MergeCount], state: &MergeState) -> u32 {
    counts.iter().find(|count| count.state == *state).map_or(0, |count| count.count)
}

/// An office elsewhere that has seen everything and decides.
struct Elsewhere {
    folder: tempfile::TempDir,
    office: Session,
    identity: String,
    packages: Vec<PathBuf>,
    /// Digests of the two contents that contend, and their sheet.
    sides: [String; 2],
    sheet: String,
}

impl Elsewhere {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let twice = [0, 5].map(|variant| campaign().write(folder.path(), Which { variant, ..Which::first(0, 0) }));
        let mut packages = twice.to_vec();
        packages.push(campaign().write(folder.path(), Which::first(1, 1)));
        packages.push(campaign().write(folder.path(), Which { revision: 2, variant: 1, ..Which::first(1, 1) }));
        let mut office = session(&folder.path().join("省校"));
        let new = NewIdentity {
            name: "何静".to_owned(),
            organisation: "省校评估办公室".to_owned(),
            passphrase: PASSPHRASE.into(),
            algorithm: app::view::Algorithm::P256,
        };
        let identity = office.create_identity(&new).unwrap().fingerprint;
        take(&mut office, &packages);
        let conflict = office.conflicts().unwrap().conflicts.remove(0);
        let sides = office.conflict(&conflict.sheet).unwrap().sides;
        let sides = [sides[0].digest.clone(), sides[1].digest.clone()];
        Self { folder, office, identity, packages, sides, sheet: conflict.sheet }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn by(&self, reason: &str) -> DecidedBy {
        DecidedBy { reason: reason.to_owned(), identity: self.identity.clone(), passphrase: PASSPHRASE.into() }
    }

    fn decides(&mut self, side: Option<usize>, reason: &str) {
        let take = side.map(|at| self.sides[at].clone());
        let input = DecideSide { sheet: self.sheet.clone(), take, marks: Vec::new() };
        self.office.decide_side(&input, &self.by(reason)).unwrap();
    }

    fn takes_back(&mut self) {
        let all = self.office.conflicts().unwrap().decisions;
        let latest = all.into_iter().find(|one| one.active && one.kind == DecisionKind::Side).unwrap();
        self.office.withdraw_decision(&latest.digest, &self.by("核实后收回")).unwrap();
    }

    fn names(&mut self) {
        let named = |name: &str| Named { name: name.to_owned(), organisation: String::new() };
        let pair = AliasPair { about: AliasKind::Unit, one: named("河东分校"), other: named("河东校区") };
        self.office.decide_names(&pair, &self.by("问过该校")).unwrap();
    }

    /// Everything that was decided so far, as a file.
    fn exported(&self, name: &str) -> PathBuf {
        let path = self.path(name);
        self.office.export_decisions(&path).unwrap();
        path
    }

    fn merged(&self, files: &[PathBuf], by: Option<&Session>) -> Vec<u8> {
        let out = self.path("汇总");
        let input = MergeInput { files: files.to_vec(), out: out.clone(), trust: Vec::new(), unverified: true };
        match by {
            Some(session) => session.merge(&input, &Watch::none()).unwrap(),
            None => merge(&world(), Language::Zh, &input, &Watch::none()).unwrap(),
        };
        std::fs::read(out.join(RECORD)).unwrap()
    }
}

/// Revision and total that count of each sheet of a record; none where nothing does.
fn standing(record: &[u8]) -> BTreeMap<String, Option<(u64, String)>> {
    let lines = record.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let lines: Vec<Value> = lines.map(|line| serde_json::from_slice(line).unwrap()).collect();
    let of = |kind: &'static str| lines.iter().filter(move |line| line["kind"] == kind);
    let content = |digest: &Value| {
        let sheet = &of("revision").find(|line| line["digest"] == *digest).unwrap()["sheet"];
        (sheet["revision"].as_u64().unwrap(), text(&sheet["result"]["total"]).to_owned())
    };
    let counts = |line: &Value| line["standing"].get("current").map(|current| content(&current["digest"]));
    of("sheet").map(|line| (text(&line["sheet"]).to_owned(), counts(line))).collect()
}

/// How a package comes in: with many by the inbox, or alone from the home page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Inbox,
    Home,
}

const WAYS: [Way; 2] = [Way::Inbox, Way::Home];

fn bring(session: &mut Session, file: &Path, way: Way) {
    if way == Way::Home && file.extension().is_some_and(|ending| ending == "hjp") {
        session.import(file, &Watch::none()).unwrap();
    } else {
        take(session, &[file.to_owned()]);
    }
}

/// A workspace that took these files one by one, whichever way, stands where the merged record does.
fn stands_as_merged(elsewhere: &Elsewhere, order: &[PathBuf], expected: &[u8]) {
    WAYS.iter().for_each(|way| brought_stands_as_merged(elsewhere, order, *way, expected));
}

fn brought_stands_as_merged(elsewhere: &Elsewhere, order: &[PathBuf], way: Way, expected: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let mut office = session(&folder.path().join("分校"));
    order.iter().for_each(|file| bring(&mut office, file, way));
    assert!(elsewhere.merged(&elsewhere.packages, Some(&office)) == expected, "{order:?}");
    let waits: Vec<String> = office.conflicts().unwrap().conflicts.into_iter().map(|one| one.sheet).collect();
    for (sheet, counts) in standing(expected) {
        match counts {
            Some(counts) => {
                let state = office.state(&sheet).unwrap();
                assert_eq!((u64::from(state.revision), state.outcome.total), counts, "{order:?}");
            }
            None => assert!(waits.contains(&sheet), "{order:?}: {waits:?}"),
        }
    }
    assert!(office.check_history(&[], &Watch::none()).unwrap().sound, "{order:?}");
    // A second time everything is known.
    let again = look(&mut office, order);
    let known =
        [MergeState::Same, MergeState::Conflicting].map(|state| count(&again.counts, &state)).iter().sum::<u32>();
    assert_eq!((again.sound, known), (0, u32::try_from(again.rows.len()).unwrap()), "{:?}", again.counts);
}

#[test]
fn packages_and_decisions_in_any_order_come_to_what_merging_says() {
    let mut elsewhere = Elsewhere::new();
    let mut records = Vec::new();
    elsewhere.decides(Some(0), "已电话核实，以先交的为准");
    records.push(vec![elsewhere.exported("一.jsonl")]);
    elsewhere.names();
    elsewhere.decides(Some(1), "复查后改判");
    records.push(vec![elsewhere.exported("二.jsonl"), records[0][0].clone()]);
    elsewhere.takes_back();
    records.push(vec![elsewhere.exported("三.jsonl"), records[1][0].clone()]);
    elsewhere.takes_back();
    records.push(vec![elsewhere.exported("四.jsonl")]);
    elsewhere.decides(None, "都不对，退回");
    records.push(vec![elsewhere.exported("五.jsonl"), records[0][0].clone()]);
    for decisions in &records {
        let all: Vec<PathBuf> = elsewhere.packages.iter().chain(decisions).cloned().collect();
        let expected = elsewhere.merged(&all, None);
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(1));
        let orders = Just(all.clone()).prop_shuffle();
        let run = runner.run(&orders, |order| {
            stands_as_merged(&elsewhere, &order, &expected);
            Ok(())
        });
        run.unwrap();
        // What was decided first, all at once.
        let first: Vec<PathBuf> = decisions.iter().chain(&elsewhere.packages).cloned().collect();
        stands_as_merged(&elsewhere, &first, &expected);
    }
}

/// Who signed the first revision has to sign the second, also when the signature came after the content, or after both.
#[test]
fn a_signature_that_comes_later_counts_as_if_it_had_come_at_once() {
    const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    let folder = tempfile::tempdir().unwrap();
    let (which, later) = (Which::first(1, 1), Which { revision: 2, variant: 1, ..Which::first(1, 1) });
    let alone = campaign().write(folder.path(), which);
    let both = campaign().write_countersigned(folder.path(), which, 0);
    let files = [alone.clone(), both.clone(), campaign().write(folder.path(), later)];
    let out = folder.path().join("汇总");
    let input = MergeInput { files: files.to_vec(), out, trust: Vec::new(), unverified: true };
    assert_eq!(merge(&world(), Language::Zh, &input, &Watch::none()).unwrap().conflicts, 1);
    for (number, (order, way)) in ORDERS.iter().flat_map(|order| WAYS.map(|way| (order, way))).enumerate() {
        let mut office = session(&folder.path().join(number.to_string()));
        order.iter().for_each(|at| bring(&mut office, &files[*at], way));
        let conflicts = office.conflicts().unwrap().conflicts;
        assert_eq!(conflicts.iter().map(|one| one.sides).collect::<Vec<_>>(), [2], "{order:?} {way:?}");
        assert!(office.check_history(&[], &Watch::none()).unwrap().sound, "{order:?} {way:?}");
    }
    let mut office = session(&folder.path().join("一次"));
    take(&mut office, &files);
    assert_eq!(office.conflicts().unwrap().conflicts.len(), 1);

    let mut office = session(&folder.path().join("撤销"));
    take(&mut office, std::slice::from_ref(&alone));
    for _ in 0..2 {
        let view = look(&mut office, std::slice::from_ref(&both));
        let row = &view.rows[0];
        assert_eq!((view.sound, &row.sheet.state, row.sheet.hints.len()), (1, &MergeState::Same, 1), "{row:?}");
        let run = take(&mut office, std::slice::from_ref(&both));
        assert_eq!(look(&mut office, std::slice::from_ref(&both)).sound, 0);
        office.undo_import(run.id).unwrap();
    }
}

#[test]
fn a_decision_is_shown_before_it_counts_waits_for_its_content_and_is_undone() {
    let mut elsewhere = Elsewhere::new();
    elsewhere.decides(Some(1), "已电话核实，以后交的为准");
    let record = elsewhere.exported("裁定.jsonl");
    let [first, second] = [elsewhere.packages[0].clone(), elsewhere.packages[1].clone()];
    let of = |path: &PathBuf| {
        let mut alone = session(&elsewhere.path("看"));
        look(&mut alone, std::slice::from_ref(path)).rows[0].sheet.digest.clone()
    };
    let (taken, other) = if of(&first) == elsewhere.sides[1] { (first, second) } else { (second, first) };
    let mut office = session(&elsewhere.path("分校"));
    // Nobody knows who decided yet: then it is not taken, like a package.
    let unknown = InboxInput { unverified: false, ..input(std::slice::from_ref(&record)) };
    let view = office.inbox(&unknown, &Watch::none()).unwrap();
    assert!(view.rows[0].acceptable && !view.rows[0].sound, "{:?}", view.rows);
    assert_eq!(count(&view.counts, &MergeState::Untrusted), 1);

    let view = look(&mut office, std::slice::from_ref(&record));
    let row = &view.rows[0];
    let decision = row.sheet.decision.clone().unwrap();
    assert!(row.sound && row.sheet.state == MergeState::Decision && decision.effect.contains("先记下"), "{row:?}");
    assert!(decision.by.contains("何静") && decision.reason.contains("已电话核实") && !decision.at.is_empty());
    assert_eq!(take(&mut office, std::slice::from_ref(&record)).id, 1);
    assert_eq!(count(&look(&mut office, std::slice::from_ref(&record)).counts, &MergeState::Same), 1);
    // The content that does not count comes: it is kept and stands nowhere.
    let view = look(&mut office, std::slice::from_ref(&other));
    assert_eq!((count(&view.counts, &MergeState::Rejected), view.sound), (1, 1));
    take(&mut office, &[other]);
    assert!(office.home().unwrap().sheets.is_empty());
    let waiting = office.conflicts().unwrap().conflicts;
    assert_eq!((waiting[0].state, waiting[0].sides), (ConflictState::Returned, 1));
    // Without the decision it would count: the decision is not undone while it is there.
    assert_eq!(office.undo_import(1).unwrap_err().code(), "merge.built-on");
    // The one that counts comes, and stands.
    take(&mut office, std::slice::from_ref(&taken));
    let sheets = office.home().unwrap().sheets;
    assert_eq!(sheets.len(), 1);
    assert_eq!(office.conflicts().unwrap().conflicts[0].state, ConflictState::Decided);
    for run in [3, 2, 1] {
        office.undo_import(run).unwrap();
    }
    assert!(office.home().unwrap().sheets.is_empty() && office.conflicts().unwrap().decisions.is_empty());
    assert!(office.check_history(&[], &Watch::none()).unwrap().sound);
    assert_eq!(office.integrity().unwrap(), "ok");

    // Everything at once: the preview says what the decision settles.
    let view = look(&mut office, &[elsewhere.packages.clone(), vec![record.clone()]].concat());
    let decided = view.rows.iter().find_map(|row| row.sheet.decision.clone()).unwrap();
    assert!(decided.effect.contains("冲突就此裁定"), "{decided:?}");
    assert_eq!(count(&view.counts, &MergeState::Conflicting), 0);
    // A word of it changed, and nothing of the file is taken.
    let forged = std::fs::read_to_string(&record).unwrap().replacen("已电话核实", "没电话核实", 1);
    let path = elsewhere.path("假.jsonl");
    std::fs::write(&path, forged).unwrap();
    let view = look(&mut office, &[path]);
    let problem = view.rows[0].sheet.problem.clone().unwrap();
    assert_eq!((problem.code.as_str(), view.sound), ("merge.bad-record", 0));
}

#[test]
fn a_package_from_the_home_page_follows_what_was_decided_and_is_undone_like_any_run() {
    let mut elsewhere = Elsewhere::new();
    elsewhere.decides(Some(0), "以先交的为准");
    let record = elsewhere.exported("裁定.jsonl");
    let contend = [&elsewhere.packages[0], &elsewhere.packages[1]];
    let mut office = session(&elsewhere.path("分校"));
    take(&mut office, &[record]);
    let said = |session: &mut Session, file: &PathBuf| session.import(file, &Watch::none()).unwrap().rows.remove(0);
    let rows = contend.map(|file| said(&mut office, file));
    let rejected = rows.iter().position(|row| row.result == ImportResult::Conflicting).unwrap();
    assert!(rows[rejected].text.contains("裁定不采用"), "{rows:?}");
    assert_eq!(rows[1 - rejected].result, ImportResult::Added);
    assert_eq!(office.home().unwrap().sheets.len(), 1);
    assert_eq!(office.conflicts().unwrap().conflicts[0].state, ConflictState::Decided);
    let runs = office.import_runs().unwrap();
    assert_eq!(runs.iter().map(|run| (run.id, run.files)).collect::<Vec<_>>(), [(3, 1), (2, 1), (1, 1)]);
    for run in [3, 2, 1] {
        office.undo_import(run).unwrap();
    }
    assert!(office.home().unwrap().sheets.is_empty());
    assert!(office.check_history(&[], &Watch::none()).unwrap().sound);
}

#[test]
fn what_a_record_holds_is_taken_like_the_packages() {
    let elsewhere = Elsewhere::new();
    let merged = elsewhere.path("别处的汇总.jsonl");
    std::fs::write(&merged, elsewhere.merged(&elsewhere.packages, None)).unwrap();
    let (mut by_packages, mut by_record) = (session(&elsewhere.path("甲")), session(&elsewhere.path("乙")));
    let view = look(&mut by_record, std::slice::from_ref(&merged));
    assert_eq!((view.files, view.rows.len()), (1, 4));
    let changed = view.rows.iter().find(|row| row.sheet.revision == 2).unwrap();
    assert!(changed.sheet.state == MergeState::Updated && changed.points > 0, "{changed:?}");
    let packages = look(&mut by_packages, &elsewhere.packages);
    assert_eq!(view.counts, packages.counts);
    take(&mut by_packages, &elsewhere.packages);
    let run = take(&mut by_record, std::slice::from_ref(&merged));
    let seen = |session: &mut Session| {
        let home = session.home().unwrap();
        let sheets: Vec<_> = home.sheets.iter().map(|sheet| (sheet.id.clone(), sheet.total.clone())).collect();
        (sheets, session.conflicts().unwrap().conflicts)
    };
    assert_eq!(seen(&mut by_record), seen(&mut by_packages));
    assert!(by_record.home().unwrap().parcels.is_empty(), "no package arrived for which a receipt could be given");
    // The packages themselves bring nothing new.
    let view = look(&mut by_record, &elsewhere.packages);
    assert_eq!((view.sound, count(&view.counts, &MergeState::Same)), (0, 2), "{:?}", view.counts);
    by_record.undo_import(run.id).unwrap();
    assert!(by_record.home().unwrap().sheets.is_empty());
    assert!(by_record.check_history(&[], &Watch::none()).unwrap().sound);
    // One that holds nothing says so.
    let empty = elsewhere.path("空.jsonl");
    std::fs::write(&empty, "{\"format\":1,\"kind\":\"merge\"}\n").unwrap();
    let view = look(&mut by_record, &[empty]);
    assert_eq!(view.rows[0].sheet.problem.as_ref().unwrap().code, "merge.record-empty");
}

#[test]
fn the_command_line_takes_a_decision_of_somebody_whose_digits_were_heard() {
    let mut elsewhere = Elsewhere::new();
    elsewhere.decides(Some(0), "已电话核实");
    let record = elsewhere.exported("裁定.jsonl");
    let record = record.to_str().unwrap();
    let office = Hengjian { workspace: elsewhere.path("分校") };
    let refused = office.refused(3, &["inbox", record, "--import"]);
    assert!(refused.contains("何静") && refused.contains("还没有核对过"), "{refused}");
    office.ok(&["trust", "accept", record, "--heard", &elsewhere.identity]);
    // Whose signature is known may sign sheets, and is not yet somebody who decides on those of others.
    let refused = office.refused(3, &["inbox", record, "--import"]);
    assert!(refused.contains("不一定有权裁定") && refused.contains("--decisions"), "{refused}");
    assert!(!office.ok(&["conflicts", "--decisions"]).contains("已电话核实"));
    let shown = office.ok(&["inbox", record, "--decisions"]);
    assert!(shown.contains("裁定") && shown.contains("先记下") && shown.contains("已电话核实"), "{shown}");
    let taken = office.ok(&["inbox", record, "--decisions", "--import"]);
    assert!(taken.contains("裁定 1"), "{taken}");
    assert!(office.ok(&["conflicts", "--decisions"]).contains("已电话核实"));
}
