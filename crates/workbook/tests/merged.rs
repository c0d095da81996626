//! The merged table, recomputed by LibreOffice: every formula gives exactly what the panel has.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use assessment::panel::{
    Agreement, Handed, Holds, Method, Panel, Per, Person, Policy, Rounding, SheetFacts, TOTAL, Trim, UnitResult, judge,
};
use assessment::results::ranking;
use calamine::Reader;
use document::{Align, Profile};
use rubric::Rubric;
use rubric::decimal::show;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use workbook::{Annex, Merged, MergedUnit, merged};

fn run(program: &Path, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", said(&output.stdout), said(&output.stderr));
    said(&output.stdout)
}

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

fn rubric(id: &str) -> Rubric {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rubrics").join(format!("{id}.toml"));
    Rubric::read(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn person(number: usize) -> Person {
    Person { name: format!("专家{number}"), organisation: "第二专家组".to_owned() }
}

/// A sheet whose total is a few steps below the full marks, so that ties and quotients in the middle occur.
fn facts(rubric: &Rubric, dice: &mut Dice, parts: i64) -> SheetFacts {
    let off = |dice: &mut Dice, max: Decimal, most: u64| {
        let steps = i64::try_from(dice.below(most)).unwrap();
        (max - Decimal::from(steps) / Decimal::from(parts)).max(Decimal::ZERO)
    };
    let point = |point: &rubric::model::Point, dice: &mut Dice| {
        let choices = point.legal.choices(4096).unwrap_or_else(|| vec![point.legal.highest()]);
        let off = usize::try_from(dice.below(3)).unwrap().min(choices.len() - 1);
        choices[choices.len() - 1 - off]
    };
    SheetFacts {
        total: off(dice, rubric.total, 9),
        grade: None,
        points: rubric.points().map(|(_, found)| Some(point(found, dice))).collect(),
        indicators: rubric.indicators.iter().map(|indicator| off(dice, indicator.max, 5)).collect(),
        categories: vec![Decimal::ZERO; rubric.categories.len()],
        adjustments: rubric.adjustments.iter().map(|_| Some(Decimal::ZERO)).collect(),
        limits: rubric.limits().map(|_| Some(false)).collect(),
    }
}

struct Case {
    name: &'static str,
    rubric: Rubric,
    policy: Policy,
    parts: i64,
    units: usize,
}

fn policy(rubric: &Rubric, method: Method, rounding: Rounding) -> Policy {
    Policy { method, rounding, holds: Holds::Majority, ..Policy::new(rubric) }
}

fn cases() -> Vec<Case> {
    let (big, small) = (rubric("oucsx-2021"), rubric("urumqi-base"));
    let trimmed = Policy {
        trim: vec![Trim { from: 4, drop: 1 }, Trim { from: 6, drop: 2 }],
        ties: vec![big.indicators[0].code.clone(), big.indicators[1].code.clone()],
        ..policy(&big, Method::Trimmed, Rounding::HalfEven)
    };
    let mean = Policy { step: Decimal::new(5, 1), ..policy(&big, Method::Mean, Rounding::HalfUp) };
    let even = Policy { step: Decimal::new(1, 2), ..policy(&small, Method::Mean, Rounding::HalfEven) };
    let consensus = Policy { per: Per::Point, step: big.step, ..policy(&big, Method::Consensus, Rounding::HalfEven) };
    let median = policy(&big, Method::Median, Rounding::HalfEven);
    vec![
        Case { name: "去高低", rubric: big.clone(), policy: trimmed, parts: 1, units: 9 },
        Case { name: "平均", rubric: big.clone(), policy: mean, parts: 4, units: 9 },
        Case { name: "平均到分位", rubric: small, policy: even, parts: 2, units: 9 },
        Case { name: "中位数", rubric: big.clone(), policy: median, parts: 10, units: 9 },
        Case { name: "会商一致", rubric: big, policy: consensus, parts: 1, units: 2 },
    ]
}

/// The workbook of a case: seven members, some of whom have handed in nothing, one recused, one agreed total.
fn book(case: &Case) -> Vec<u8> {
    let (rubric, mut dice) = (&case.rubric, Dice(11));
    let members: Vec<Person> = (0..7).map(person).collect();
    let unit = |number: usize| format!("第{number}分校");
    let mut panel = Panel::read([], case.policy.clone());
    panel.recusals.insert((members[1].clone(), unit(1)), "曾任该校教师".to_owned());
    panel.members = members;
    if case.policy.per == Per::Total {
        let (mark, reason, at) =
            (show(rubric.total - Decimal::ONE), "复核".to_owned(), "2022-09-01T00:00:00Z".to_owned());
        let agreement = Agreement { mark, reason, at, before: None, given: BTreeMap::new() };
        panel.agreements.entry(unit(2)).or_default().insert(TOTAL.to_owned(), agreement);
    }
    let sheets: Vec<Vec<Option<SheetFacts>>> = (0..case.units)
        .map(|number| {
            let all_in = case.policy.per == Per::Point && number == 0;
            let same = facts(rubric, &mut dice, case.parts);
            let one = |dice: &mut Dice| match dice.below(6) {
                0 if !all_in => None,
                _ if all_in => Some(same.clone()),
                _ => Some(facts(rubric, dice, case.parts)),
            };
            (0..7).map(|_| one(&mut dice)).collect()
        })
        .collect();
    let results: Vec<UnitResult> = sheets
        .iter()
        .enumerate()
        .map(|(number, sheets)| {
            let handed: Vec<Handed<'_>> =
                sheets.iter().map(|facts| facts.as_ref().map_or(Handed::Missing, Handed::Sheet)).collect();
            judge(&panel, rubric, &unit(number), &handed)
        })
        .collect();
    let places = ranking(rubric, &results, &case.policy.ties);
    let rank = |at: usize| places.iter().find(|place| place.unit == at).map(|place| place.rank);
    let of = |(at, (result, sheets)): (usize, (&UnitResult, &Vec<Option<SheetFacts>>))| MergedUnit {
        standings: result.cells.iter().map(|cell| <&str>::from(&cell.standing).to_owned()).collect(),
        rank: rank(at),
        remark: String::new(),
        sheets: Vec::from_iter(sheets.iter().map(|facts| facts.as_ref().map(|facts| leak(facts)))),
        result: Box::leak(Box::new(result.clone())),
    };
    let units = results.iter().zip(&sheets).enumerate().map(of).collect();
    let input = Merged {
        title: case.name.to_owned(),
        facts: vec!["合议办法：见说明".to_owned(), "参评单位：40个".to_owned()],
        notes: vec!["总分相同的单位名次并列。".to_owned()],
        rubric,
        policy: &panel.policy,
        members: panel.members.iter().map(|person| person.name.clone()).collect(),
        units,
        annexes: vec![annex()],
    };
    let bytes = merged(&input, &Profile::oucsx_2021().unwrap()).unwrap();
    assert!(bytes == merged(&input, &Profile::oucsx_2021().unwrap()).unwrap(), "the same results, the same bytes");
    bytes
}

/// Names of units are texts whatever they look like.
fn annex() -> Annex {
    let columns = [("单位", 60), ("自评总分", 30), ("合议减自评", 30)];
    Annex {
        name: "自评与合议".to_owned(),
        columns: columns.into_iter().map(|(head, width)| (head.to_owned(), width, Align::Centre)).collect(),
        rows: vec![["=1+1", "868", "+4.5"], ["007", "812.25", ""]]
            .into_iter()
            .map(|row| row.map(str::to_owned).to_vec())
            .collect(),
    }
}

#[test]
fn annexes_are_sheets_in_which_marks_are_numbers_and_names_are_texts() {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(book(&cases()[0]))).unwrap();
    let sheet = book.worksheet_range("自评与合议").unwrap();
    let rows: Vec<Vec<String>> =
        sheet.rows().skip(3).map(|row| row.iter().map(|cell| format!("{cell:?}")).collect()).collect();
    assert_eq!(rows[0], ["String(\"=1+1\")", "Float(868.0)", "Float(4.5)"]);
    assert_eq!(rows[1], ["String(\"007\")", "Float(812.25)", "Empty"]);
}

fn leak(facts: &SheetFacts) -> &'static SheetFacts {
    Box::leak(Box::new(facts.clone()))
}

#[test]
fn every_formula_of_the_merged_table_gives_what_the_panel_has() {
    let folder = tempfile::tempdir().unwrap();
    for case in cases() {
        std::fs::write(folder.path().join(format!("{}.xlsx", case.name)), book(&case)).unwrap();
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let environment = std::env::var_os("HENGJIAN_VENV").map_or_else(|| root.join(".venv"), PathBuf::from);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/recompute.py");
    let said = run(&environment.join("bin/python"), &[script, folder.path().to_str().unwrap()]);
    assert!(said.trim().ends_with("ok"), "{said}");
}
