//! SIGKILL at any moment, while scoring and attaching: what was acknowledged is there afterwards, and all is sound.
//!
//! The child is this test program itself, in which only [`driver`] runs. It says what it begins (`begin KEY VALUE`),
//! and after the call has returned, that it is saved (`saved KEY VALUE`). No assertion depends on time: whenever the
//! child dies, every change that it called saved must be there, and of one that it only began either all or nothing.

use crate::program::sample;
use app::view::SheetState;
use app::{Language, Session, Watch, World};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const TIMES: u64 = 50;

/// The rubric's conditions.
const CONDITIONS: &[&str] = &["4.1.1-3", "4.5.1-4", "4.5.3-6"];

/// Name the workspace, the sheet and the seed to the child.
const WORKSPACE: &str = "HENGJIAN_KILL_WORKSPACE";
const SHEET: &str = "HENGJIAN_KILL_SHEET";
const SEED: &str = "HENGJIAN_KILL_SEED";

/// Pseudo-random numbers (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % end
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[usize::try_from(self.below(all.len() as u64)).unwrap()]
    }
}

fn open(workspace: &Path) -> Session {
    let world = World::real(app::world::fonts_folder());
    Session::open(workspace, world, Language::Zh).unwrap_or_else(|failure| panic!("{failure:?}"))
}

/// What a killed process did; nothing in an ordinary run of the tests.
#[test]
fn driver() {
    let Some(workspace) = std::env::var_os(WORKSPACE).map(PathBuf::from) else { return };
    let sheet = std::env::var(SHEET).unwrap();
    let seed: u64 = std::env::var(SEED).unwrap().parse().unwrap();
    let mut session = open(&workspace);
    let mut random = Random(seed);
    let marks: Value = serde_json::from_str(&fs::read_to_string(sample("self-周宁.json")).unwrap()).unwrap();
    let marks: Vec<(&String, &str)> =
        marks["scores"].as_object().unwrap().iter().map(|(code, mark)| (code, mark.as_str().unwrap())).collect();
    // The test harness has begun a line of its own.
    let mut out = std::io::stdout();
    writeln!(out).unwrap();
    for number in 0_u64.. {
        let (point, full) = random.one_of(&marks);
        let change = match random.below(8) {
            0..4 => Change::Mark(point, if random.below(3) == 0 { "0" } else { full }),
            4 => Change::Remark(point, format!("意见{seed}-{number}")),
            5 => Change::Condition(random.one_of::<&str>(CONDITIONS), random.below(2) == 0),
            _ => Change::Attach(point, source(&workspace, seed, number, random.below(300_000))),
        };
        let (key, value) = change.words();
        // The parent has gone: so does the child.
        if writeln!(out, "begin {key} {value}").is_err() {
            return;
        }
        change.make(&mut session, &sheet);
        let _ = writeln!(out, "saved {key} {value}");
    }
}

/// A file that no other is like.
fn source(workspace: &Path, seed: u64, number: u64, size: u64) -> PathBuf {
    let path = workspace.with_file_name(format!("材料{seed}-{number}.bin"));
    let mut bytes = format!("{seed} {number}\n").into_bytes();
    bytes.resize(bytes.len() + usize::try_from(size).unwrap(), 0x5a);
    fs::write(&path, bytes).unwrap();
    path
}

enum Change<'a> {
    Mark(&'a str, &'a str),
    Remark(&'a str, String),
    Condition(&'a str, bool),
    Attach(&'a str, PathBuf),
}

impl Change<'_> {
    /// What is changed, and to what.
    fn words(&self) -> (String, String) {
        match self {
            Self::Mark(point, mark) => (format!("mark:{point}"), (*mark).to_owned()),
            Self::Remark(point, remark) => (format!("remark:{point}"), remark.clone()),
            Self::Condition(limit, present) => (format!("condition:{limit}"), present.to_string()),
            Self::Attach(point, path) => {
                (format!("evidence:{}", path.file_name().unwrap().display()), (*point).to_owned())
            }
        }
    }

    fn make(&self, session: &mut Session, sheet: &str) {
        let done = match self {
            Self::Mark(point, mark) => session.set_mark(sheet, point, Some(mark)).map(drop),
            Self::Remark(point, remark) => session.set_remark(sheet, point, remark).map(drop),
            Self::Condition(limit, present) => session.set_limit(sheet, limit, Some(*present)).map(drop),
            Self::Attach(point, path) => {
                let points = [(*point).to_owned()];
                let report = session.attach(sheet, &points, std::slice::from_ref(path), &Watch::none());
                report.map(|report| assert_eq!(report.added.len(), 1, "{:?}", report.refused))
            }
        };
        done.unwrap_or_else(|failure| panic!("{failure:?}"));
    }
}

/// What a child said: changes in their order, the last of which may only have begun.
#[derive(Default)]
struct Said {
    saved: Vec<(String, String)>,
    begun: Option<(String, String)>,
}

impl Said {
    fn take(&mut self, line: &str) {
        let words: Vec<&str> = line.split(' ').collect();
        let change = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        match words[..] {
            ["begin", key, value] => self.begun = Some(change(key, value)),
            ["saved", key, value] => {
                self.begun = None;
                self.saved.push(change(key, value));
            }
            _ => {}
        }
    }
}

/// When a child dies: after it has called so many changes saved, and begun the next when `begun`, and a while later.
struct Moment {
    enough: u64,
    begun: bool,
    spin: u64,
}

/// Runs the child, kills it at a moment, and gives what it said until then.
fn killed(workspace: &Path, sheet: &str, seed: u64, moment: &Moment) -> Said {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "kill::driver", "--nocapture", "--test-threads=1"]);
    command.env(WORKSPACE, workspace).env(SHEET, sheet).env(SEED, seed.to_string());
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut said = Said::default();
    let mut line = String::new();
    let mut alive = true;
    loop {
        if alive && said.saved.len() as u64 >= moment.enough && (said.begun.is_some() || !moment.begun) {
            (0..moment.spin).for_each(|_| std::hint::spin_loop());
            // SIGKILL; what is in the pipe by now was said before.
            child.kill().unwrap();
            alive = false;
        }
        line.clear();
        if lines.read_line(&mut line).unwrap() == 0 {
            break;
        }
        // A line that was cut off was not said.
        if let Some(whole) = line.strip_suffix('\n') {
            said.take(whole);
        }
    }
    let output = child.wait_with_output().unwrap();
    assert!(!alive, "the child ended by itself\n{}", String::from_utf8_lossy(&output.stderr));
    said
}

/// All that is entered and attached, by the same keys as the child's.
fn found(session: &mut Session, state: &SheetState) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for point in &state.points {
        all.extend(point.mark.clone().map(|mark| (format!("mark:{}", point.code), mark)));
        let remark = Some(point.remark.clone()).filter(|remark| !remark.is_empty());
        all.extend(remark.map(|remark| (format!("remark:{}", point.code), remark)));
    }
    for limit in &state.limits {
        all.extend(limit.present.map(|present| (format!("condition:{}", limit.code), present.to_string())));
    }
    for item in session.catalogue(&state.id).unwrap() {
        all.insert(format!("evidence:{}", item.file_name), item.points.join(" "));
    }
    all
}

#[test]
fn killed_fifty_times_everything_acknowledged_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("工作区");
    let sheet = crate::program::Hengjian { workspace: workspace.clone() }.new_sheet("self", "周宁", "并州分校");
    let mut random = Random(20_211_001);
    let mut expected = BTreeMap::new();
    let mut changes = 0;
    for round in 0..TIMES {
        // Every other time certainly within a change, unless that is over before the signal comes.
        let moment = Moment { enough: random.below(16), begun: round % 2 == 0, spin: 1 << random.below(18) };
        let said = killed(&workspace, &sheet, round, &moment);
        changes += said.saved.len();
        expected.extend(said.saved);

        let mut session = open(&workspace);
        assert_eq!(session.integrity().unwrap(), "ok", "round {round}");
        let history = session.check_history(&[], &Watch::none()).unwrap();
        assert!(history.sound, "round {round}: {:?}", history.problems);
        let state = session.state(&sheet).unwrap();
        let found = found(&mut session, &state);
        if let Some((key, value)) = said.begun {
            // Begun, and not called saved: done or not, never half.
            if found.get(&key) == Some(&value) {
                expected.insert(key, value);
            }
        }
        assert_eq!(found, expected, "round {round}");
        let check = session.check_evidence(&sheet, &Watch::none()).unwrap();
        assert!(check.problems.is_empty(), "round {round}: {:?}", check.problems);
    }
    let attached = expected.keys().filter(|key| key.starts_with("evidence:")).count();
    assert!(changes > 100 && attached > 10, "{changes} changes, {attached} files");
}
