//! Verifying and merging many sheets-only packages of the 1000-point rubric: `merge make FOLDER NUMBER` writes them,
//! `merge run FOLDER OUT` merges them as the command line does, and says how long it took and the most memory that it
//! held. Run by `script/bench`.

#![allow(clippy::print_stdout, reason = "its results are what it prints")]

use app::merge::{MergeInput, merge};
use app::{Language, Watch, World};
use journeys::packages::Campaign;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Experts of a panel.
const EXPERTS: usize = 7;

fn make(folder: &Path, number: usize) {
    let campaign = Campaign::new(include_str!("../../rubrics/oucsx-2021.toml"), EXPERTS);
    let packages = folder.join("packages");
    std::fs::create_dir_all(&packages).expect("a writable folder");
    campaign.write_office(&folder.join("office.crt"));
    let all = (0..).flat_map(|unit| (0..EXPERTS).map(move |expert| (unit, expert))).take(number);
    for (unit, expert) in all {
        campaign.write(&packages, journeys::packages::Which::first(unit, expert));
    }
}

/// The largest resident size of this process in MiB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.unwrap_or_default() / 1024
}

fn run(folder: &Path, out: &Path) {
    let input = MergeInput {
        files: vec![folder.join("packages")],
        out: out.to_owned(),
        trust: vec![folder.join("office.crt")],
        unverified: false,
    };
    let world = World::real(app::world::fonts_folder());
    let start = Instant::now();
    let report = merge(&world, Language::Zh, &input, &Watch::none()).expect("sound packages");
    let time = start.elapsed().as_millis();
    let refused = report.rows.iter().filter(|row| row.problem.is_some()).count();
    assert_eq!((refused, report.files), (0, report.sheets), "every package brings a sheet of its own");
    println!("{} {time} {}", report.files, peak());
}

fn main() {
    let given: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match given.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", folder, number] => make(Path::new(folder), number.parse().expect("a number")),
        ["run", folder, out] => run(Path::new(folder), &PathBuf::from(out)),
        // Run with all benches: a few packages, to see that it works.
        _ => {
            let folder = tempfile::tempdir().expect("a temporary folder");
            make(folder.path(), 28);
            run(folder.path(), &folder.path().join("out"));
        }
    }
}
