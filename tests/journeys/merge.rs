//! Merging returned files: in any order, again and in stages, the record is the same to the byte.

use crate::program::{Hengjian, built, judge, printed};
use app::inbox::InboxInput;
use app::localise::Target;
use app::merge::{LOG, MergeInput, RECORD, merge};
use app::view::{MergeCount, MergeReport, MergeState};
use app::{Language, Watch, World};
use journeys::packages::{Campaign, Which};
use proptest::prelude::*;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// Number of the expert whose key was lost.
const REVOKED: usize = 3;

fn campaign() -> &'static Campaign {
    static ONE: OnceLock<Campaign> = OnceLock::new();
    ONE.get_or_init(|| Campaign::new(include_str!("../../rubrics/oucsx-2021.toml"), 4))
}

/// Everything that an office finds on its sticks.
struct Sticks {
    folder: tempfile::TempDir,
    files: Vec<PathBuf>,
}

impl Sticks {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (office, campaign) = (folder.path().join("office.crt"), campaign());
        campaign.write_office(&office);
        campaign.write_list(&folder.path().join("revoked.crl"), REVOKED);
        let stick = folder.path().join("U盘");
        std::fs::create_dir_all(stick.join("内层")).unwrap();
        let mut files = Vec::new();
        for unit in 0..2 {
            files.extend((0..2).map(|expert| campaign.write(&stick, Which::first(unit, expert))));
        }
        // A later revision, and one content under the number of another.
        files.push(campaign.write(&stick.join("内层"), Which { revision: 2, variant: 1, ..Which::first(0, 0) }));
        files.push(campaign.write(&stick.join("内层"), Which { variant: 2, ..Which::first(1, 1) }));
        Self { folder, files }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Merges these into a folder.
    fn merged(&self, files: Vec<PathBuf>, out: &str) -> (MergeReport, Vec<u8>) {
        let (out, trust) = (self.path(out), vec![self.path("office.crt"), self.path("revoked.crl")]);
        let input = MergeInput { files, out: out.clone(), trust, unverified: false };
        let world = World::real(app::world::fonts_folder());
        let report = merge(&world, Language::Zh, &input, &Watch::none()).unwrap();
        (report, std::fs::read(out.join(RECORD)).unwrap())
    }
}

#[test]
fn any_order_again_and_in_stages_gives_the_same_bytes() {
    let sticks = Sticks::new();
    let (report, expected) = sticks.merged(sticks.files.clone(), "全部");
    assert_eq!((report.files, report.sheets, report.conflicts), (6, 4, 1), "{report:?}");
    let counts = [MergeState::Added, MergeState::Updated, MergeState::Older, MergeState::Conflicting]
        .map(|state| count(&report.counts, &state));
    assert_eq!(counts, [2, 1, 1, 2]);
    let orders = Just(sticks.files.clone()).prop_shuffle();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(6));
    let given = (orders, 0..=sticks.files.len(), 0..=sticks.files.len());
    let run = runner.run(&given, |(files, cut, again)| {
        let mut all = files.clone();
        all.extend(files[..again].to_vec());
        prop_assert_eq!(&sticks.merged(all, "一次").1, &expected);
        // In stages: a merged record is a file like any other, and its signatures are checked again.
        let (first, second) = files.split_at(cut);
        let mut last = second.to_vec();
        if !first.is_empty() {
            sticks.merged(first.to_vec(), "先到的");
            last.push(sticks.path("先到的").join(RECORD));
        }
        prop_assert_eq!(&sticks.merged(last, "后到的").1, &expected);
        Ok(())
    });
    run.unwrap();
    let left: Vec<_> =
        std::fs::read_dir(sticks.path("全部")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "nothing but record and log: {left:?}");
}

/// The command line, without a workspace.
fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(built("hengjian"));
    command.env_remove("HENGJIAN_WORKSPACE").stdin(Stdio::null()).arg("merge").args(arguments).output().unwrap()
}

fn shown(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn lines(record: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(record).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_command_line_merges_what_is_sound_and_lists_the_rest() {
    let sticks = Sticks::new();
    let stick = sticks.path("U盘");
    campaign().write(&stick, Which::first(2, REVOKED));
    let copy = stick.join("再拷一份.hjp");
    std::fs::copy(&sticks.files[0], &copy).unwrap();
    let tampered = stick.join("改过的.hjp");
    let mut bytes = std::fs::read(&sticks.files[1]).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&tampered, bytes).unwrap();
    std::fs::write(stick.join("不是.hjp"), "=cmd").unwrap();
    let trust = ["--trust", shown(&sticks.path("office.crt")), "--trust", shown(&sticks.path("revoked.crl"))]
        .map(str::to_owned);
    let trust: Vec<&str> = trust.iter().map(String::as_str).collect();

    // Three orders, one of them the folder as a whole.
    let mut all = sticks.files.clone();
    all.extend([copy, tampered]);
    let mut records = Vec::new();
    for (number, files) in [vec![stick.clone()], all.clone(), all.into_iter().rev().collect()].into_iter().enumerate() {
        let out = sticks.path(&format!("汇总{number}"));
        let files: Vec<&str> = files.iter().map(|file| shown(file)).collect();
        let output = run(&[files.as_slice(), &trust, &["--out", shown(&out)]].concat());
        assert_eq!(output.status.code(), Some(3), "{}", printed(&output));
        records.push(std::fs::read(out.join(RECORD)).unwrap());
    }
    assert!(records.windows(2).all(|two| two[0] == two[1]));

    let log = std::fs::read_to_string(sticks.path("汇总0").join(LOG)).unwrap();
    assert!(log.starts_with('\u{feff}'), "Excel needs it to read Chinese");
    for wanted in ["改过的.hjp\",\"损坏", "不是.hjp\",\"损坏", "未受信任", "相同", "冲突，待裁定", "较旧的一版", "更新"]
    {
        assert!(log.contains(wanted), "{wanted}: {log}");
    }
    // Nobody accepted the office: then nothing is taken, but on purpose it is.
    let out = sticks.path("没有信任");
    let refused = run(&[shown(&stick), "--out", shown(&out)]);
    assert_eq!(lines(&out.join(RECORD)).len(), 1, "{}", printed(&refused));
    assert!(printed(&refused).contains("还没有核对过"));
    let anyway = run(&[shown(&sticks.files[0]), "--unverified", "--out", shown(&out)]);
    assert_eq!(anyway.status.code(), Some(0), "{}", printed(&anyway));
    let conflict =
        run(&[&[shown(&stick.join("内层")), shown(&sticks.files[3]), "--out", shown(&out)], trust.as_slice()].concat());
    assert_eq!(conflict.status.code(), Some(1), "a conflict, nothing refused: {}", printed(&conflict));
}

#[test]
fn anybody_can_check_the_record_without_this_program() {
    let sticks = Sticks::new();
    sticks.merged(sticks.files.clone(), "全部");
    let record = sticks.path("全部").join(RECORD);
    let check = "import base64, hashlib, json, sys\n\
        lines = [json.loads(line) for line in open(sys.argv[1], encoding='utf-8')]\n\
        of = lambda kind: [line for line in lines if line['kind'] == kind]\n\
        proofs = {line['content']: line for line in of('proof')}\n\
        for line in of('revision'):\n\
        \x20   bytes = json.dumps(line['sheet'], ensure_ascii=False, separators=(',', ':'), sort_keys=True).encode()\n\
        \x20   assert hashlib.sha256(bytes).hexdigest() == line['digest']\n\
        \x20   for name in line['proofs']:\n\
        \x20       proof = proofs[name]\n\
        \x20       assert f\"{line['digest']}  data/sheets/{line['sheet']['id']}.json\" in proof['manifest'].splitlines()\n\
        \x20       manifest = hashlib.sha256(proof['manifest'].encode()).hexdigest()\n\
        \x20       assert f'{manifest}  manifest-sha256.txt' in proof['tagmanifest'].splitlines()\n\
        open(sys.argv[2], 'w', newline='').write(proof['tagmanifest'])\n\
        open(sys.argv[3], 'wb').write(base64.b64decode(proof['signatures'][0]))\n\
        print(len(of('revision')), sum('conflict' in line['standing'] for line in of('sheet')))";
    let (content, signature) = (sticks.path("tagmanifest"), sticks.path("signature.p7s"));
    let said = judge("python3", &["-c", check, shown(&record), shown(&content), shown(&signature)]);
    assert_eq!(said.trim(), "6 1");
    let office = sticks.path("office.crt");
    let verify = ["cms", "-verify", "-binary", "-inform", "DER", "-in", shown(&signature), "-content", shown(&content)];
    let verify = [&verify[..], &["-CAfile", shown(&office), "-no_check_time", "-out", "/dev/null"]].concat();
    assert!(judge("openssl", &verify).contains("Verification successful"));
}

#[test]
fn a_record_that_was_changed_brings_nothing() {
    let sticks = Sticks::new();
    sticks.merged(sticks.files.clone(), "全部");
    let text = std::fs::read_to_string(sticks.path("全部").join(RECORD)).unwrap();
    let forged = sticks.path("改过.jsonl");
    let cases = [
        text.replacen("现场查看", "现场没看", 1),
        text.replacen("\"total\":\"", "\"total\":\"1", 1),
        text.replacen("data/sheets/", "data/sheet/", 1),
        text.replacen("\"signatures\":[\"MII", "\"signatures\":[\"MIJ", 1),
        text.replacen("{\"format\":1", "{\"format\":2", 1),
        text.replacen("\"kind\":\"revision\"", "\"kind\":\"verdict\"", 1),
        text.trim_end().to_owned(),
    ];
    for (number, case) in cases.iter().enumerate() {
        assert_ne!(*case, text, "case {number} changes something");
        std::fs::write(&forged, case).unwrap();
        let (report, bytes) = sticks.merged(vec![forged.clone()], "假的");
        assert_eq!((report.sheets, bytes.iter().filter(|byte| **byte == b'\n').count()), (0, 1), "case {number}");
        let problem = report.rows[0].problem.clone().unwrap();
        assert!(!problem.todo.is_empty() && problem.place.contains("改过.jsonl"), "{problem}");
    }
}

fn session(folder: &Path) -> app::Session {
    app::Session::open(folder, World::real(app::world::fonts_folder()), Language::Zh).unwrap()
}

fn inbox(files: Vec<PathBuf>) -> InboxInput {
    InboxInput { files, unverified: true, editions: false, decisions: false }
}

fn count(counts: &[MergeCount], state: &MergeState) -> u32 {
    counts.iter().find(|count| count.state == *state).map_or(0, |count| count.count)
}

/// Everything that can be seen of the sheets of a workspace.
fn seen(session: &mut app::Session) -> Vec<(String, u32, String)> {
    let home = session.home().unwrap();
    let mut all: Vec<_> = home
        .sheets
        .iter()
        .map(|sheet| {
            let state = session.state(&sheet.id).unwrap();
            (sheet.id.clone(), state.revision, state.outcome.total)
        })
        .collect();
    all.sort();
    all
}

#[test]
fn the_inbox_shows_first_takes_in_as_one_run_and_undoes_it() {
    let sticks = Sticks::new();
    let mut office = session(&sticks.path("办公室"));
    let first = inbox(sticks.files[..4].to_vec());
    let view = office.inbox(&first, &Watch::none()).unwrap();
    assert_eq!((view.files, view.sound, count(&view.counts, &MergeState::Added)), (4, 4, 4));
    assert!(office.home().unwrap().sheets.is_empty(), "showing changes nothing");
    let run = office.take_in(&first, Some(&view.digest), &Watch::none()).unwrap();
    assert_eq!((run.id, office.home().unwrap().sheets.len()), (1, 4));
    let before = seen(&mut office);

    // The rest: one later revision, one contending content, four that are there already, and a file that is none.
    std::fs::write(sticks.path("U盘").join("不是.hjp"), "PK").unwrap();
    let all = inbox(vec![sticks.path("U盘")]);
    let view = office.inbox(&all, &Watch::none()).unwrap();
    let states = [MergeState::Same, MergeState::Updated, MergeState::Conflicting, MergeState::Damaged];
    assert_eq!(states.map(|state| count(&view.counts, &state)), [4, 1, 1, 1], "{:?}", view.counts);
    let updated = view.rows.iter().find(|row| row.sheet.state == MergeState::Updated).unwrap();
    let changes = office.inbox_changes(&updated.sheet.path, &updated.sheet.digest).unwrap();
    assert!(!changes.is_empty() && updated.before.is_some() && updated.sound);
    assert_eq!(changes.len(), usize::try_from(updated.changed).unwrap());
    let problems: Vec<_> = view.rows.iter().filter_map(|row| row.sheet.problem.as_ref()).collect();
    assert!(problems.len() == 2 && problems.iter().all(|problem| !problem.todo.is_empty()), "{problems:?}");
    // What is taken in is what was shown.
    let stale = office.take_in(&all, Some("0"), &Watch::none()).unwrap_err();
    assert_eq!(stale.code(), "merge.inbox-changed");
    let second = office.take_in(&all, Some(&view.digest), &Watch::none()).unwrap();
    assert_eq!((second.id, count(&second.counts, &MergeState::Updated)), (2, 1));
    let after = seen(&mut office);
    assert_ne!(before, after);
    assert!(office.check_history(&[], &Watch::none()).unwrap().sound);

    // The first run cannot go while the second stands on it.
    let refused = office.undo_import(1).unwrap_err();
    assert_eq!(refused.code(), "merge.built-on");
    let said = refused.problem(Language::Zh);
    assert!(said.place.starts_with("打分表 (并州分校)") && said.todo == "先撤销第 2 次收件。", "{said:?}");
    assert_eq!(seen(&mut office), after);
    let undone = office.undo_import(2).unwrap();
    assert!(undone.undone_at.is_some());
    assert_eq!(seen(&mut office), before);
    assert_eq!(office.undo_import(2).unwrap_err().code(), "merge.undone-already");
    assert!(office.check_history(&[], &Watch::none()).unwrap().sound, "what was undone is no gap");
    office.undo_import(1).unwrap();
    assert!(office.home().unwrap().sheets.is_empty());
    assert_eq!(office.integrity().unwrap(), "ok");
    // And it all comes again.
    let again = office.take_in(&all, None, &Watch::none()).unwrap();
    assert_eq!(count(&again.counts, &MergeState::Added), 2, "{:?}: the sheet with two contents waits", again.counts);
    assert_eq!(office.home().unwrap().sheets.len(), 3);
    let log = sticks.path("日志.csv");
    office.export_import_log(again.id, Target { path: &log, replace: false }).unwrap();
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.starts_with('\u{feff}') && log.contains("不止一种内容") && log.contains("不是.hjp"), "{log}");
}

#[test]
fn of_many_files_the_sound_ones_come_in_and_the_bad_ones_are_listed() {
    let sticks = Sticks::new();
    let stick = sticks.path("一批");
    std::fs::create_dir_all(&stick).unwrap();
    let sound = campaign().write_all(&stick, 4);
    for (number, path) in sound.iter().enumerate() {
        let bytes = std::fs::read(path).unwrap();
        std::fs::write(stick.join(format!("坏的{number}.hjp")), &bytes[..bytes.len() / 2]).unwrap();
    }
    let mut office = session(&sticks.path("办公室"));
    let run = office.take_in(&inbox(vec![stick]), None, &Watch::none()).unwrap();
    let states = [MergeState::Added, MergeState::Damaged];
    assert_eq!(states.map(|state| count(&run.counts, &state)), [16, 16], "{:?}", run.counts);
    assert_eq!(office.home().unwrap().sheets.len(), 16);
    // Without registering anybody nothing comes in, and each file says why.
    let nobody = InboxInput { unverified: false, ..inbox(sound) };
    let view = session(&sticks.path("别处")).inbox(&nobody, &Watch::none()).unwrap();
    assert_eq!((view.sound, count(&view.counts, &MergeState::Untrusted)), (0, 16));
}

#[test]
fn a_decision_is_signed_and_merged_like_any_file() {
    let sticks = Sticks::new();
    sticks.merged(sticks.files.clone(), "有冲突");
    let record = sticks.path("有冲突").join(RECORD);
    let office = Hengjian { workspace: sticks.path("办公室") };
    let identity = office.new_identity("何静", "示例评估办公室");
    let conflict = lines(&record).into_iter().find_map(|line| {
        let sides = line["standing"]["conflict"]["sides"].as_array()?.clone();
        Some((line["sheet"].as_str()?.to_owned(), sides))
    });
    let (sheet, sides) = conflict.unwrap();
    let side = |at: usize| sides[at]["digest"].as_str().unwrap().to_owned();
    let decide = |take: &str, reason: &str, out: &str| {
        let out = sticks.path(out);
        let given = ["decide", shown(&record), &sheet[..8], "--take", take, "--reason", reason];
        office.run(&[&given[..], &["--identity", &identity, "--out", shown(&out)]].concat())
    };
    let refused = decide("zz", "已电话核实", "裁定.jsonl");
    assert!(printed(&refused).contains("[merge.no-such-side]"), "{}", printed(&refused));
    let refused = decide(&side(1)[..10], " ", "裁定.jsonl");
    assert!(printed(&refused).contains("[merge.reason-missing]"), "{}", printed(&refused));
    let done = decide(&side(1)[..10], "已电话核实，以后一次为准", "裁定.jsonl");
    assert!(done.status.success(), "{}", printed(&done));

    // Whoever decided must be accepted as well, and the order makes no difference.
    let mut files = sticks.files.clone();
    files.push(sticks.path("裁定.jsonl"));
    let (stranger, _) = sticks.merged(files.clone(), "没认可");
    assert_eq!(stranger.conflicts, 1);
    let trust = vec![sticks.path("office.crt")];
    let merged = |out: &str, files: &[PathBuf]| {
        let input =
            MergeInput { files: files.to_vec(), out: sticks.path(out), trust: trust.clone(), unverified: false };
        let report = session(&office.workspace).merge(&input, &Watch::none()).unwrap();
        (report.conflicts, std::fs::read(sticks.path(out).join(RECORD)).unwrap())
    };
    let (conflicts, bytes) = merged("裁定以后", &files);
    assert_eq!(conflicts, 0);
    files.reverse();
    files.insert(0, record.clone());
    assert_eq!(merged("倒过来", &files).1, bytes);
    let text = String::from_utf8(bytes).unwrap();
    let chosen = format!("\"standing\":{{\"current\":{{\"digest\":\"{}\"", side(1));
    assert!(
        text.contains(&chosen) && text.contains("已电话核实") && text.contains(&side(0)),
        "both stay in the record"
    );
    // A word of it changed, and it is none.
    let forged = std::fs::read_to_string(sticks.path("裁定.jsonl")).unwrap().replacen("已电话核实", "没电话核实", 1);
    std::fs::write(sticks.path("假裁定.jsonl"), forged).unwrap();
    files.retain(|path| !path.ends_with("裁定.jsonl"));
    files.push(sticks.path("假裁定.jsonl"));
    assert_eq!(merged("假的裁定", &files).0, 1);
}
