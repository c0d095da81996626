//! How long results take: 1,000 units × 7 experts on the 1000-point rubric, from what their sheets say to totals, grades,
//! ranking, weak indicators and agreement. Run by `script/bench`; prints `name microseconds` lines.

mod report;

use assessment::agreement::{alpha, icc_2k, kendall_w};
use assessment::panel::{Handed, Method, Panel, Per, Person, Policy, SheetFacts, UnitResult, judge, member_entry};
use assessment::results::{distribution, ranking, summaries};
use report::report;
use rubric::{Finding, Findings, Rubric, score};
use rust_decimal::Decimal;
use std::hint::black_box;

const UNITS: usize = 1000;
const EXPERTS: usize = 7;
const RUNS: usize = 9;

fn main() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rubrics/oucsx-2021.toml");
    let text = std::fs::read_to_string(path).expect("it ships");
    let rubric = Rubric::read(&text).expect("it ships sound");
    // Sixty different sheets, dealt out: results do not depend on whose memory a sheet lies in.
    let sheets: Vec<SheetFacts> = (0..60).map(|number| sheet(&rubric, number)).collect();
    let total = Policy { total_outlier: Some(100), ..Policy::new(&rubric) };
    let point = Policy { method: Method::Consensus, per: Per::Point, step: Decimal::ONE, ..total.clone() };
    for (name, policy) in [("panel-totals", total), ("panel-points", point)] {
        let panel = panel(policy);
        report(name, RUNS, || drop(black_box(judged(&panel, &rubric, &sheets))));
    }
    let panel = panel(Policy::new(&rubric));
    let results = judged(&panel, &rubric, &sheets);
    report("results", RUNS, || {
        black_box(ranking(&rubric, &results, &[]));
        black_box(distribution(&rubric, &results));
        black_box(summaries(&rubric, &results, Decimal::from(60)));
    });
    let marks: Vec<Vec<Decimal>> =
        results.iter().map(|unit| unit.cells.iter().filter_map(|cell| cell.total).collect()).collect();
    let some: Vec<Vec<Option<Decimal>>> = marks.iter().map(|row| row.iter().copied().map(Some).collect()).collect();
    report("agreement", RUNS, || {
        let _ = black_box((kendall_w(&marks), icc_2k(&marks), alpha(&some)));
    });
}

fn sheet(rubric: &Rubric, number: usize) -> SheetFacts {
    let mut findings = Findings::default();
    for (at, (_, point)) in rubric.points().enumerate() {
        let less = point.max - rubric.step;
        let loses = (at * 7 + number * 13).is_multiple_of(5) && rubric::score::check_mark(rubric, point, less).is_ok();
        findings.points.insert(point.code.clone(), Finding::mark(if loses { less } else { point.max }));
    }
    for (_, limit) in rubric.limits() {
        findings.limits.insert(limit.code.clone(), number.is_multiple_of(20));
    }
    SheetFacts::of(&score(rubric, &findings))
}

fn panel(policy: Policy) -> Panel {
    let person = |at: usize| Person { name: format!("专家{at}"), organisation: format!("第{at}分校") };
    let entries = (0..EXPERTS).filter_map(|at| {
        let (key, value) = member_entry(&person(at), true);
        Some((key, value?))
    });
    Panel::read(entries, policy)
}

fn judged(panel: &Panel, rubric: &Rubric, sheets: &[SheetFacts]) -> Vec<UnitResult> {
    let unit = |at: usize| {
        let handed: Vec<Handed<'_>> =
            (0..EXPERTS).map(|expert| Handed::Sheet(&sheets[(at * 3 + expert * 11) % sheets.len()])).collect();
        judge(panel, rubric, &format!("单位{at}"), &handed)
    };
    (0..UNITS).map(unit).collect()
}
