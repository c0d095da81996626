//! Every scoring case in `rubrics/cases` (described in `docs/formats/cases.md`), through the same door as `assess`.

#![allow(clippy::unwrap_used)]

use assessment::input::{self, Input, Refused};
use rubric::decimal::show;
use rubric::model::{Part, Point};
use rubric::{Finding, Findings, MarkError, Outcome, PartFinding, Rubric, Step};
use rust_decimal::Decimal;
use serde::Deserialize;
use std::fmt::Write as _;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rubric: String,
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    point: Option<String>,
    #[serde(default)]
    scores: toml::Table,
    #[serde(default)]
    findings: toml::Table,
    #[serde(default)]
    quantities: toml::Table,
    #[serde(default)]
    adjustments: toml::Table,
    #[serde(default)]
    remarks: toml::Table,
    fill: Option<Fill>,
    #[serde(default)]
    stage: Stage,
    score: Option<String>,
    grade: Option<String>,
    vetoes: Option<usize>,
    #[serde(default)]
    missing: Vec<String>,
    problem: Option<String>,
    #[serde(default)]
    says: Vec<String>,
    #[serde(default)]
    sentences: Vec<String>,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Fill {
    Highest,
    Lowest,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Stage {
    #[default]
    #[serde(rename = "self")]
    SelfEvaluation,
    Review,
}

/// What a case asks about: its score and the steps to it.
struct Asked {
    score: String,
    trace: Vec<Step>,
    missing: Vec<Step>,
}

/// What a step says: all words and figures of its finding, and its amount with the sign.
fn said(step: &Step) -> String {
    let reason = serde_json::to_value(&step.reason).unwrap();
    let fields = reason.as_object().unwrap().values();
    let words = fields.map(|field| field.as_str().map_or_else(|| field.to_string(), str::to_owned));
    words.chain(step.amount.map(show)).collect::<Vec<_>>().join(" ")
}

/// The stable code of a refusal, as `assess` prints it.
fn code(refused: &Refused) -> String {
    let of_mark =
        |error: &MarkError| format!("mark.{}", serde_json::to_value(error).unwrap()["code"].as_str().unwrap());
    match refused {
        Refused::Mark(error) => of_mark(error),
        Refused::BadFinding { .. } => "app.bad-finding".to_owned(),
        Refused::UnknownAdjustment { .. } => "app.unknown-adjustment".to_owned(),
    }
}

fn input(case: &Case) -> Input {
    let tables = serde_json::json!({
        "scores": case.scores, "findings": case.findings, "quantities": case.quantities,
        "adjustments": case.adjustments, "remarks": case.remarks,
    });
    Input::read(&tables.to_string()).unwrap_or_else(|error| panic!("{}: {error}", case.name))
}

/// Gives every point that the case does not name its highest or lowest mark; decides the conditions that it does not
/// name as absent, and the adjustments as nothing.
fn fill(rubric: &Rubric, fill: Fill, findings: &mut Findings) {
    let named =
        |code: &str, findings: &Findings| findings.points.contains_key(code) || findings.quantities.contains_key(code);
    for (_, point) in rubric.points().filter(|(_, point)| !named(&point.code, findings)).collect::<Vec<_>>() {
        findings.points.insert(point.code.clone(), filled(point, fill));
    }
    for (place, limit) in rubric.limits() {
        if limit.when.is_none() || !findings.quantities.contains_key(place) {
            findings.limits.entry(limit.code.clone()).or_insert(false);
        }
    }
    for adjustment in &rubric.adjustments {
        let nothing = |part: &Part| if part.takes { part.best() } else { least(part) };
        let parts = adjustment.parts.iter().map(nothing).collect();
        findings.adjustments.entry(adjustment.code.clone()).or_insert(parts);
    }
}

fn filled(point: &Point, fill: Fill) -> Finding {
    let conforms = |part: &Part| match fill {
        Fill::Highest => part.best(),
        Fill::Lowest => Some(PartFinding::Conform(rubric::Conformity::No)),
    };
    match point.parts.as_slice() {
        [part] if matches!(part.rule, rubric::model::Rule::Conform { .. }) => Finding::parts(vec![conforms(part)]),
        _ if fill == Fill::Highest => Finding::mark(point.legal.highest()),
        _ => Finding::mark(point.legal.lowest()),
    }
}

fn least(part: &Part) -> Option<PartFinding> {
    match part.best()? {
        PartFinding::Mark(_) => Some(PartFinding::Mark(part.legal.lowest())),
        PartFinding::Met(_) => Some(PartFinding::Met(false)),
        other => Some(other),
    }
}

fn asked(rubric: &Rubric, outcome: &Outcome, code: Option<&str>) -> Option<Asked> {
    let shown = |score: Option<_>| score.map_or_else(|| "-".to_owned(), show);
    let Some(code) = code else {
        let mut trace = outcome.trace.clone();
        trace.extend(outcome.conclusion.trace.clone());
        return Some(Asked { score: show(outcome.total), trace, missing: Vec::new() });
    };
    if rubric.point(code).is_some() {
        let point = outcome.points.iter().find(|point| point.code == code)?;
        let (score, trace) = (shown(point.score), point.trace.clone());
        return Some(Asked { score, trace, missing: point.missing.clone() });
    }
    let indicator = outcome.indicators.iter().find(|indicator| indicator.code == code);
    let category = outcome.categories.iter().find(|category| category.name == code);
    let adjustment = outcome.adjustments.iter().find(|adjustment| adjustment.code == code);
    let (score, trace) = indicator
        .map(|i| (show(i.score), &i.trace))
        .or_else(|| category.map(|c| (show(c.score), &c.trace)))
        .or_else(|| adjustment.map(|a| (shown(a.amount), &a.trace)))?;
    Some(Asked { score, trace: trace.clone(), missing: Vec::new() })
}

/// What losses do not explain of the marks that are missing.
fn unexplained(rubric: &Rubric, findings: &Findings, outcome: &Outcome) -> String {
    let scored = outcome.points.iter().filter(|point| point.score.is_some());
    let full: Decimal = scored.map(|point| point.max).sum();
    let top = rubric.indicators.iter().zip(&outcome.indicators).filter(|(indicator, _)| indicator.parent.is_none());
    let given: Decimal = top.map(|(_, score)| score.score).sum();
    let lost: Decimal = rubric::losses(rubric, findings, outcome).iter().map(|loss| loss.amount).sum();
    if full - lost == given { String::new() } else { format!("  {full} less {lost} is not {given}\n") }
}

/// What is wrong with a case, line by line; nothing when it comes out as it says.
fn differences(rubric: &Rubric, case: &Case) -> String {
    let (mut findings, refused) = input::findings(rubric, &input(case));
    findings.direct_needs_reason = matches!(case.stage, Stage::Review);
    if let Some(how) = case.fill {
        fill(rubric, how, &mut findings);
    }
    let outcome = rubric::score(rubric, &findings);
    let mut wrong = unexplained(rubric, &findings, &outcome);
    let mut problems: Vec<String> = refused.iter().map(|(_, refused)| code(refused)).collect();
    problems.extend(outcome.problems.iter().map(|error| code(&Refused::Mark(error.clone()))));
    let expected: Vec<&String> = case.problem.iter().collect();
    if problems.iter().collect::<Vec<_>>() != expected {
        writeln!(wrong, "  problems {problems:?}, expected {expected:?}").unwrap();
    }
    let Some(asked) = asked(rubric, &outcome, case.point.as_deref()) else {
        return format!("  there is no {:?}\n", case.point);
    };
    if case.score.as_ref().is_some_and(|score| *score != asked.score) {
        writeln!(wrong, "  score {}, expected {:?}", asked.score, case.score).unwrap();
    }
    let grade = outcome.conclusion.grade.as_ref();
    if case.grade.is_some() && case.grade.as_ref() != grade {
        writeln!(wrong, "  grade {grade:?}, expected {:?}", case.grade).unwrap();
    }
    let vetoes = outcome.conclusion.vetoes.len();
    if case.vetoes.is_some_and(|expected| expected != vetoes) {
        writeln!(wrong, "  vetoes {vetoes}, expected {:?}", case.vetoes).unwrap();
    }
    for text in case.says.iter().filter(|text| !asked.trace.iter().any(|step| said(step).contains(*text))) {
        writeln!(wrong, "  no step says {text:?}").unwrap();
    }
    for text in case.sentences.iter().filter(|text| !asked.trace.iter().any(|step| step.sentence == **text)) {
        writeln!(wrong, "  no step rests on {text:?}").unwrap();
    }
    for text in case.missing.iter().filter(|text| !asked.missing.iter().any(|step| said(step).contains(*text))) {
        writeln!(wrong, "  {text:?} is not said to be missing").unwrap();
    }
    if !wrong.is_empty() {
        for step in asked.trace {
            writeln!(wrong, "    {} | {}", step.sentence, said(&step)).unwrap();
        }
    }
    wrong
}

#[test]
fn every_case_comes_out_as_it_says() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rubrics/cases");
    let mut report = String::new();
    for id in ["oucsx-2021", "coal-2021", "urumqi-base", "platform-2024", "resource-2024", "gbt38856-2020"] {
        let rubric = std::fs::read_to_string(format!("{folder}/../{id}.toml")).unwrap();
        let rubric = Rubric::read(&rubric).unwrap();
        let text = std::fs::read_to_string(format!("{folder}/{id}.toml")).unwrap();
        let file: File = toml::from_str(&text).unwrap_or_else(|error| panic!("{id}: {error}"));
        assert_eq!(file.rubric, id);
        assert!(file.case.len() >= 15, "{id}: {} cases", file.case.len());
        for case in &file.case {
            let wrong = differences(&rubric, case);
            if !wrong.is_empty() {
                writeln!(report, "{id}: {}\n{wrong}", case.name).unwrap();
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
}
