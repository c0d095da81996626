//! How fast the window is under the fingers, in the real window: `script/bench` builds and runs it on a virtual screen.
//!
//! `key`     Enter in a mark until it is saved and the total on the screen is the new one: 123 points, 500 files
//! `scroll`  frames while a tree of 1,000 nodes is scrolled
//! `files`   a sheet with 5,000 files opened, from the click to the rows
//! `start`   process until the page can be used, and memory: against an empty window in the same run

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, missing_docs)]

#[path = "../journeys/program.rs"]
#[allow(dead_code, reason = "shared with the journeys")]
mod program;
#[path = "../journeys/screen.rs"]
#[allow(dead_code, reason = "shared with the journeys")]
mod screen;

use program::{Hengjian, built, text};
use screen::Window;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Notes the time of each Enter and the time at which the foot shows what follows from it.
const LISTEN: &str = r#"
    window.times = [];
    let began = null, before = null;
    const shown = () => document.querySelector('[data-testid=total]').textContent;
    addEventListener('keydown', (event) => {
        if (event.key === 'Enter') { began = performance.now(); before = shown(); }
    }, true);
    new MutationObserver(() => {
        const saved = document.querySelector('[data-testid=saved]').dataset.state === 'saved';
        if (began === null || !saved || shown() === before) return;
        const start = began;
        began = null;
        requestAnimationFrame(() => window.times.push(performance.now() - start));
    }).observe(document.querySelector('.foot'), { subtree: true, childList: true, characterData: true, attributes: true });
"#;

/// The field that has the keyboard, and how many times were noted.
const HERE: &str = "return { field: document.activeElement?.dataset.testid ?? '', times: window.times.length }";

/// Until one more time was noted, or half a second has passed; then a pause in which the page can come to rest.
const SETTLED: &str = r#"
    const [before, done] = arguments;
    const end = performance.now() + 500;
    const look = () => window.times.length > before || performance.now() > end ? setTimeout(done, 200) : setTimeout(look, 20);
    look();
"#;

/// Scrolls the tree by a hand's turn for each frame, and gives the time of each frame.
const SCROLL: &str = r#"
    const done = arguments[arguments.length - 1];
    const tree = document.querySelector('.tree');
    const frames = [];
    let last = performance.now();
    const step = () => {
        const now = performance.now();
        frames.push(now - last);
        last = now;
        tree.scrollTop += 90;
        if (frames.length < 180) requestAnimationFrame(step);
        else done({ frames: frames.slice(1), height: tree.scrollHeight, rows: tree.querySelectorAll('[role=treeitem]').length });
    };
    requestAnimationFrame(step);
"#;

/// Opens a sheet by a click and waits for its rows.
const OPEN: &str = r#"
    const [id, done] = arguments;
    const start = performance.now();
    document.querySelector(`[data-testid="open-${id}"]`).click();
    const look = () => document.querySelector('[data-row]') ? requestAnimationFrame(() => done(performance.now() - start)) : setTimeout(look, 5);
    look();
"#;

fn of(times: &[f64], share: f64) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "few times"
    )]
    let at = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len());
    sorted[at - 1]
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

/// So many small files with contents of their own.
fn files(folder: &Path, count: usize) -> Vec<String> {
    std::fs::create_dir_all(folder).unwrap();
    let one = |number: usize| {
        let path = folder.join(format!("关于第{number}号考试工作的通知.txt"));
        std::fs::write(&path, format!("第{number}号：各学习中心请按期报送考试安排。")).unwrap();
        path.display().to_string()
    };
    (0..count).map(one).collect()
}

fn attach(hengjian: &Hengjian, sheet: &str, folder: &Path, count: usize, points: &[String]) {
    for (chunk, point) in files(folder, count).chunks(count.div_ceil(points.len()).max(1)).zip(points) {
        let mut arguments = vec!["evidence", "add", sheet, "--point", point];
        arguments.extend(chunk.iter().map(String::as_str));
        hengjian.ok(&arguments);
    }
}

fn points_of(hengjian: &Hengjian, sheet: &str) -> Vec<String> {
    let shown = hengjian.json(&["show", sheet]);
    shown["points"].as_array().unwrap().iter().map(|point| text(&point["code"]).to_owned()).collect()
}

async fn key(folder: &Path) {
    let hengjian = Hengjian { workspace: folder.join("key") };
    let own = hengjian.new_sheet("self", "张燊", "并州分校");
    hengjian.ok(&["score", &own, "--input", &program::sample("self-周宁.json")]);
    let sheet = hengjian.new_sheet("review", "周敏", "第二专家组");
    let shown = hengjian.json(&["show", &sheet]);
    let full: BTreeMap<String, String> = shown["outcome"]["points"]
        .as_array()
        .unwrap()
        .iter()
        .map(|point| (text(&point["code"]).to_owned(), text(&point["max"]).to_owned()))
        .collect();
    let points: Vec<String> = full.keys().cloned().collect();
    attach(&hengjian, &sheet, &folder.join("few"), 500, &points);
    let window = Window::open(&hengjian.workspace, folder).await;
    window.click(&format!("open-{sheet}")).await;
    window.css("[data-row] [data-entry]:focus").await;
    window.page.execute(LISTEN, vec![]).await.unwrap();
    // As an assessor walks: full marks, Enter, the next row has the keyboard. Rows whose mark is derived are stepped over.
    for _ in 0..points.len() {
        let here = window.page.execute(HERE, vec![]).await.unwrap();
        let point = text(&here["field"]).strip_prefix("mark-").and_then(|code| full.get(code));
        let keys = point.map_or("\u{e015}".to_owned(), |full| format!("{full}\u{e007}"));
        window.page.active_element().await.unwrap().send_keys(&keys).await.unwrap();
        window.page.execute_async(SETTLED, vec![here["times"].clone()]).await.unwrap();
    }
    let times = numbers(&window.page.execute("return window.times", vec![]).await.unwrap());
    window.close(&hengjian).await;
    println!(
        "key      {} marks, 123 points, 500 files   median {:.1} ms   95% {:.1} ms   goal below 50 ms",
        times.len(),
        of(&times, 0.5),
        of(&times, 0.95)
    );
}

const HEAD: &str = r#"format = 1
id = "large"
edition = "2026"
title = "千点指标体系"
title_en = "A thousand points"
total = 1000
step = 1
step_sentence = "每项得分必须是整数。"

[source]
document = "无"
parts = ["无"]

"#;

/// A rubric of 10 × 10 × 10 indicators with one point each.
fn large_rubric(path: &Path) {
    let mut text = String::from(HEAD);
    let mut indicator = |level: u32, code: &str, max: u32| {
        write!(text, "[[indicator]]\nlevel = {level}\ncode = \"{code}\"\n").unwrap();
        let name = "有效组织各教学环节并留有记录";
        write!(text, "title = \"{name}\"\nmax = {max}\ntext = \"{code} {name}（{max}分）\"\n\n").unwrap();
        if level == 3 {
            write!(text, "[[indicator.point]]\ncode = \"{code}-1\"\ntitle = \"组织情况\"\nmax = 1\n").unwrap();
            write!(text, "text = \"（1）组织情况（1分）\"\nparts = [{{ kind = \"award\", basis = \"graded\" }}]\n\n")
                .unwrap();
        }
    };
    for first in 1..=10 {
        let first = first.to_string();
        indicator(1, &first, 100);
        for second in 1..=10 {
            let second = format!("{first}.{second}");
            indicator(2, &second, 10);
            for third in 1..=10 {
                indicator(3, &format!("{second}.{third}"), 1);
            }
        }
    }
    std::fs::write(path, text).unwrap();
}

async fn scroll(folder: &Path) {
    let hengjian = Hengjian { workspace: folder.join("scroll") };
    let rubric = folder.join("large.toml");
    large_rubric(&rubric);
    let path = rubric.display().to_string();
    let who =
        ["--unit", "并州分校", "--year", "2022", "--stage", "self", "--assessor", "周宁", "--organisation", "并州分校"];
    let made = hengjian.json(&[&["new", "--rubric", &path][..], &who].concat());
    let sheet = text(&made["id"]).to_owned();
    let window = Window::open(&hengjian.workspace, folder).await;
    window.click(&format!("open-{sheet}")).await;
    window.click("chip-open").await;
    let seen = window.page.execute_async(SCROLL, vec![]).await.unwrap();
    let frames = numbers(&seen["frames"]);
    window.close(&hengjian).await;
    println!(
        "scroll   1110 nodes, {} rows drawn   median {:.1} ms   95% {:.1} ms   longest {:.1} ms for each frame",
        seen["rows"],
        of(&frames, 0.5),
        of(&frames, 0.95),
        of(&frames, 1.0)
    );
}

async fn many_files(folder: &Path) {
    let hengjian = Hengjian { workspace: folder.join("files") };
    let sheet = hengjian.new_sheet("review", "周敏", "第二专家组");
    let points = points_of(&hengjian, &sheet);
    attach(&hengjian, &sheet, &folder.join("many"), 5000, &points);
    let window = Window::open(&hengjian.workspace, folder).await;
    window.find(&format!("open-{sheet}")).await;
    let opened = window.page.execute_async(OPEN, vec![json!(sheet)]).await.unwrap();
    window.close(&hengjian).await;
    println!("files    a sheet with 5000 files opened in {:.0} ms", opened.as_f64().unwrap());
}

/// A process with all that it started, by their numbers.
fn family(of: u32) -> Vec<u32> {
    let parent = |process: u32| -> Option<u32> {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()
    };
    let all: Vec<u32> = std::fs::read_dir("/proc")
        .unwrap()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect();
    let mut found = vec![of];
    let mut at = 0;
    while let Some(&one) = found.get(at) {
        found.extend(all.iter().copied().filter(|&process| parent(process) == Some(one)));
        at += 1;
    }
    found
}

/// What the processes hold in memory, shared pages by their share, in MiB.
fn memory(processes: &[u32]) -> f64 {
    let kib = |process: &u32| -> f64 {
        let text = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
        line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or_default()
    };
    processes.iter().map(kib).sum::<f64>() / 1024.0
}

/// When a process was started, in milliseconds since 1970.
fn started(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let ticks: f64 = stat.rsplit_once(") ").unwrap().1.split(' ').nth(19).unwrap().parse().unwrap();
    let uptime = std::fs::read_to_string("/proc/uptime").unwrap();
    let up: f64 = uptime.split(' ').next().unwrap().parse().unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64();
    (now - up + ticks / 100.0) * 1000.0
}

/// Milliseconds from the start of a program to a page that can be used, and its memory a moment later.
async fn start_once(program: &Path, workspace: &Path) -> (f64, f64) {
    const INTERACTIVE: &str = "const mark = performance.getEntriesByName('interactive')[0]; return mark ? performance.timeOrigin + mark.startTime : null";
    let window = Window::open_program(program, workspace, workspace).await;
    let mut at = Value::Null;
    while at.is_null() {
        tokio::time::sleep(Duration::from_millis(20)).await;
        at = window.page.execute(INTERACTIVE, vec![]).await.unwrap();
    }
    tokio::time::sleep(Duration::from_millis(700)).await;
    let process: u32 = screen::windows_on(program, workspace).first().unwrap().parse().unwrap();
    let seen = (at.as_f64().unwrap() - started(process), memory(&family(process)));
    window.page.close().await.unwrap();
    seen
}

async fn start(folder: &Path, runs: usize) {
    let empty: PathBuf = built("hengjian-window").with_file_name("examples").join("empty");
    let ours = built("hengjian-window");
    let workspace = folder.join("start");
    let (mut own, mut peer) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        peer.push(start_once(&empty, &workspace).await);
        own.push(start_once(&ours, &workspace).await);
    }
    let median = |all: &[(f64, f64)], pick: fn(&(f64, f64)) -> f64| of(&all.iter().map(pick).collect::<Vec<_>>(), 0.5);
    for (name, unit, pick) in [("start", "ms", (|one| one.0) as fn(&(f64, f64)) -> f64), ("memory", "MiB", |one| one.1)]
    {
        let (ours, theirs) = (median(&own, pick), median(&peer, pick));
        println!(
            "{name:<8} {ours:9.1} {unit}   an empty window {theirs:9.1} {unit}   ratio {:.2}   goal at most 1.50",
            ours / theirs
        );
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let wants = |name: &str| wanted.is_empty() || wanted.iter().any(|one| one == name);
    let folder = tempfile::tempdir().unwrap();
    if wants("key") {
        key(folder.path()).await;
    }
    if wants("scroll") {
        scroll(folder.path()).await;
    }
    if wants("files") {
        many_files(folder.path()).await;
    }
    if wants("start") {
        start(folder.path(), 5).await;
    }
}
