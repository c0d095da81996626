//! How long scoring takes: a complete sheet of 1000 points with traces, the same after one change, and reading and
//! checking the rubrics. Run by `script/bench`, which compares it with a spreadsheet; prints `name microseconds` lines.

mod report;

use report::report;
use rubric::score::{rescore, score};
use rubric::{Finding, Findings, Rubric};
use std::hint::black_box;

const RUBRICS: [&str; 6] =
    ["oucsx-2021", "coal-2021", "urumqi-base", "platform-2024", "resource-2024", "gbt38856-2020"];

fn main() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rubrics");
    let texts: Vec<String> =
        RUBRICS.iter().map(|id| std::fs::read_to_string(format!("{folder}/{id}.toml")).expect("it ships")).collect();
    let rubric = Rubric::read(&texts[0]).expect("it ships sound");
    let mut findings = Findings::default();
    for (_, point) in rubric.points() {
        findings.points.insert(point.code.clone(), Finding::mark(point.max));
    }
    for (_, limit) in rubric.limits() {
        findings.limits.insert(limit.code.clone(), false);
    }
    report("score", 200, || drop(black_box(score(&rubric, black_box(&findings)))));
    let (mut outcome, mut other) = (Some(score(&rubric, &findings)), false);
    report("rescore", 2000, || {
        other = !other;
        let code = "4.5.3-1";
        let point = rubric.point(code).expect("it is in the rubric").1;
        let mark = if other { point.legal.lowest() } else { point.max };
        findings.points.insert(code.to_owned(), Finding::mark(mark));
        let before = outcome.take().expect("each run leaves one");
        outcome = Some(rescore(&rubric, &findings, before, &[code]));
        black_box(&outcome);
    });
    report("read", 20, || {
        for text in &texts {
            drop(black_box(Rubric::read(text)));
        }
    });
}
