//! What is missing to more, under the rubrics that ship.

#![allow(clippy::unwrap_used)]

use rubric::decimal::{parse, show};
use rubric::model::Rule;
use rubric::whatif::{Cause, Decider, Line, Next, WhatIf, what_if};
use rubric::{Conformity, Finding, Findings, PartFinding, Rubric, score};
use rust_decimal::Decimal;

fn read(id: &str) -> Rubric {
    let path = format!("{}/../../rubrics/{id}.toml", env!("CARGO_MANIFEST_DIR"));
    Rubric::read(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn d(text: &str) -> Decimal {
    parse(text).unwrap()
}

/// The highest mark everywhere and every condition absent.
fn full(rubric: &Rubric) -> Findings {
    let mut findings = Findings::default();
    for (_, point) in rubric.points() {
        findings.points.insert(point.code.clone(), Finding::mark(point.legal.highest()));
    }
    for (_, limit) in rubric.limits() {
        findings.limits.insert(limit.code.clone(), false);
    }
    findings
}

/// Full marks without `by` of them, taken from the back and by at most 40 % of a point, so that nothing lies below a line.
fn lowered(rubric: &Rubric, by: u32) -> Findings {
    let (mut findings, mut left) = (full(rubric), Decimal::from(by));
    for (_, point) in rubric.points().collect::<Vec<_>>().into_iter().rev() {
        let mark = (point.max - left).max((point.max * d("0.6")).ceil());
        if matches!(point.parts[0].rule, Rule::Award { .. }) && left > Decimal::ZERO {
            findings.points.insert(point.code.clone(), Finding::mark(mark));
            left -= point.max - mark;
        }
    }
    assert!(left.is_zero());
    findings
}

/// No marks for the points below these indicators.
fn emptied(rubric: &Rubric, findings: &mut Findings, codes: &[&str]) {
    for (indicator, point) in rubric.points() {
        if codes.iter().any(|code| indicator.code.starts_with(&format!("{code}."))) {
            findings.points.insert(point.code.clone(), Finding::mark(Decimal::ZERO));
        }
    }
}

fn ask(rubric: &Rubric, findings: &Findings) -> WhatIf {
    let outcome = score(rubric, findings);
    assert!(outcome.problems.is_empty(), "{:?}", outcome.problems);
    what_if(rubric, findings, &outcome)
}

fn missing(next: &Next) -> (&str, String) {
    let Next::Grade(grade) = next else { panic!("{next:?}") };
    (&grade.name, show(grade.missing))
}

fn decider<'a>(answer: &'a WhatIf, code: &str) -> &'a Decider {
    let named = |cause: &Cause| match cause {
        Cause::Veto { indicator: own } | Cause::Limit { code: own } | Cause::Adjustment { code: own } => own == code,
        Cause::Condition { .. } => false,
    };
    answer.deciders.iter().find(|decider| named(&decider.cause)).unwrap()
}

fn lacks(line: &Line) -> Vec<(&str, String)> {
    line.below.iter().map(|lack| (lack.code.as_str(), show(lack.missing))).collect()
}

#[test]
fn the_next_grade_is_as_far_as_its_line() {
    let rubric = read("oucsx-2021");
    for (by, grade, marks) in [(101, "优秀", "1"), (250, "优秀", "150"), (251, "良好", "1"), (112, "优秀", "12")]
    {
        assert_eq!(missing(&ask(&rubric, &lowered(&rubric, by)).next), (grade, marks.to_owned()), "{by}");
    }
    let at_900 = ask(&rubric, &lowered(&rubric, 100));
    assert_eq!(at_900.next, Next::Best("优秀".to_owned()));
    assert_eq!((show(at_900.total), at_900.enough), ("900".to_owned(), None));
    assert!(at_900.deciders.is_empty());
}

#[test]
fn the_largest_gaps_come_first_and_the_fewest_of_them_reach_the_line() {
    let rubric = read("oucsx-2021");
    let findings = lowered(&rubric, 250);
    let answer = ask(&rubric, &findings);
    let outcome = score(&rubric, &findings);
    let unearned: Decimal = answer.raises.iter().map(|raise| raise.gap).sum();
    assert_eq!(show(unearned), "250", "all that was taken can be gained");
    for raise in &answer.raises {
        let row = outcome.indicators.iter().find(|row| row.code == raise.code).unwrap();
        assert_eq!(row.max - row.score, raise.gap, "{}", raise.code);
    }
    assert!(answer.raises.is_sorted_by(|a, b| a.gap >= b.gap));
    let enough = answer.enough.unwrap();
    let sum = |count: usize| -> Decimal { answer.raises[..count].iter().map(|raise| raise.gap).sum() };
    assert!(sum(enough.count) >= d("150") && sum(enough.count - 1) < d("150"), "{enough:?}");
    assert_eq!(enough.total, d("750") + sum(enough.count));
    assert_eq!(enough.conclusion.as_deref(), Some("优秀"));
}

#[test]
fn unscored_points_count_with_their_highest_marks_and_that_is_said() {
    let rubric = read("oucsx-2021");
    let mut findings = lowered(&rubric, 251);
    findings.points.remove("1.1.1-1");
    findings.limits.remove("4.1.1-3");
    let answer = ask(&rubric, &findings);
    assert_eq!((answer.unscored, answer.undecided, show(answer.total).as_str()), (1, 1, "749"));
    assert_eq!(missing(&answer.next), ("良好", "1".to_owned()));
}

#[test]
fn what_lies_below_the_line_is_listed_by_what_it_misses() {
    let rubric = read("oucsx-2021");
    let mut findings = full(&rubric);
    emptied(&rubric, &mut findings, &["2.1", "2.3", "3.1", "3.5", "3.6", "3.8"]);
    // 4.4 exactly at its line: 60 % of its full marks.
    let row = rubric.indicators.iter().find(|row| row.code == "4.4").unwrap();
    let mut left = row.max * d("0.4");
    for (_, point) in rubric.points().filter(|(above, _)| above.code.starts_with("4.4.")) {
        let taken = left.min(point.max);
        findings.points.insert(point.code.clone(), Finding::mark(point.max - taken));
        left -= taken;
    }
    let answer = ask(&rubric, &findings);
    let line = &answer.lines[0];
    assert_eq!((line.below.len(), line.allowed, line.surplus()), (6, 6, 0));
    assert!(line.below.is_sorted_by(|a, b| a.missing <= b.missing) && line.below.iter().all(|lack| lack.reachable));
    assert!(answer.deciders.is_empty(), "six are allowed");

    // One mark less is the seventh.
    let marked = rubric.points().find(|(above, point)| {
        above.code.starts_with("4.4.") && findings.points[&point.code].mark > Some(Decimal::ZERO)
    });
    let finding = findings.points.get_mut(&marked.unwrap().1.code).unwrap();
    *finding = Finding::mark(finding.mark.unwrap() - Decimal::ONE);
    let answer = ask(&rubric, &findings);
    let line = &answer.lines[0];
    assert_eq!((line.surplus(), lacks(line)[0].clone()), (1, ("4.4", "1".to_owned())));
    assert_eq!(answer.conclusion.as_deref(), Some("限期整改"));
    let [condition] = answer.deciders.as_slice() else { panic!("{:?}", answer.deciders) };
    assert_eq!((&condition.cause, condition.changes), (&Cause::Condition { level: 2 }, true));
    assert_eq!((condition.total, condition.conclusion.as_deref()), (answer.total, Some("良好")));
    // Raising the largest gaps lifts one of the seven over the line on the way to the next grade.
    assert_eq!(answer.enough.unwrap().conclusion.as_deref(), Some("优秀"));
}

#[test]
fn a_veto_by_an_indicators_rate_is_one_mark_away() {
    let rubric = read("oucsx-2021");
    let mut findings = full(&rubric);
    for (code, mark) in [("1.1.1-1", "0"), ("1.1.1-2", "0"), ("1.1.1-3", "0"), ("1.1.1-4", "0"), ("1.2.1-3", "2")] {
        findings.points.insert(code.to_owned(), Finding::mark(d(mark)));
    }
    let answer = ask(&rubric, &findings);
    assert_eq!(answer.next, Next::Vetoed("限期整改".to_owned()));
    assert_eq!(lacks(&answer.lines[1]), [("1", "1".to_owned())]);
    let veto = decider(&answer, "1");
    assert_eq!((show(veto.total), veto.conclusion.as_deref(), veto.changes), ("983".to_owned(), Some("优秀"), true));
    assert_eq!(veto.sentence, "第1个一级指标得分不足60%一票否决");
}

#[test]
fn a_condition_that_empties_an_indicator_can_decide_the_grade() {
    let rubric = read("oucsx-2021");
    // The total without the condition is 901; 4.1.1 has more than one mark.
    let mut findings = lowered(&rubric, 99);
    let total = |findings: &Findings| show(score(&rubric, findings).total);
    assert_eq!(total(&findings), "901");
    findings.limits.insert("4.1.1-3".to_owned(), true);
    let answer = ask(&rubric, &findings);
    assert_eq!(answer.conclusion.as_deref(), Some("良好"));
    let limit = decider(&answer, "4.1.1-3");
    assert_eq!((show(limit.total), limit.conclusion.as_deref(), limit.changes), ("901".to_owned(), Some("优秀"), true));
    assert_eq!(answer.deciders.len(), 1);
    // What the condition takes cannot be gained by marks.
    let best: Decimal = answer.raises.iter().map(|raise| raise.gap).sum();
    let emptied = rubric.indicators.iter().find(|row| row.code == "4.1.1").unwrap().max;
    assert_eq!(answer.total + best, d("1000") - emptied);
}

#[test]
fn two_vetoes_decide_together_and_neither_alone() {
    let rubric = read("platform-2024");
    let mut findings = full(&rubric);
    findings.limits.insert("1.1.1!1".to_owned(), true);
    let answer = ask(&rubric, &findings);
    assert_eq!((answer.next.clone(), answer.enough.clone()), (Next::Vetoed("单项否决".to_owned()), None));
    let veto = decider(&answer, "1.1.1!1");
    assert!(veto.changes && veto.conclusion.is_none() && show(veto.total) == "100", "{veto:?}");
    findings.limits.insert("1.1.2!1".to_owned(), true);
    let answer = ask(&rubric, &findings);
    assert_eq!(answer.deciders.iter().map(|decider| decider.changes).collect::<Vec<_>>(), [false, false]);
    assert_eq!(decider(&answer, "1.1.2!1").conclusion.as_deref(), Some("单项否决"));
}

#[test]
fn coal_a_deduction_changes_the_total_and_a_veto_the_conclusion() {
    let rubric = read("coal-2021");
    let mut findings = full(&rubric);
    let e3 = vec![Some(PartFinding::Mark(d("12.5")))];
    findings.adjustments.insert("E3".to_owned(), e3);
    findings.limits.insert("E1!1".to_owned(), true);
    let answer = ask(&rubric, &findings);
    assert_eq!(answer.next, Next::Vetoed("取消参评资格".to_owned()));
    let codes: Vec<&Cause> = answer.deciders.iter().map(|decider| &decider.cause).collect();
    let (e1, e3) = (Cause::Limit { code: "E1!1".to_owned() }, Cause::Adjustment { code: "E3".to_owned() });
    assert_eq!(codes, [&e1, &e3], "what changes the conclusion comes first");
    assert_eq!((&answer.deciders[0].conclusion, answer.deciders[0].changes), (&None, true));
    assert_eq!(answer.deciders[0].total, answer.total);
    assert_eq!(answer.deciders[1].total - answer.total, d("12.5"));
    assert!(!answer.deciders[1].changes);
}

#[test]
fn a_rubric_without_grades_still_says_where_marks_are_left() {
    let rubric = read("urumqi-base");
    let mut findings = full(&rubric);
    let point = rubric.points().map(|(_, point)| point).find(|point| point.legal.contains(Decimal::ZERO)).unwrap();
    findings.points.insert(point.code.clone(), Finding::mark(Decimal::ZERO));
    let answer = ask(&rubric, &findings);
    assert_eq!(answer.next, Next::NoGrades);
    let [raise] = answer.raises.as_slice() else { panic!("{:?}", answer.raises) };
    assert_eq!(raise.gap, point.legal.highest());
}

#[test]
fn a_checklist_names_the_chapters_with_failing_demands() {
    let rubric = read("gbt38856-2020");
    let mut findings = Findings::default();
    let mut demands = Vec::new();
    for (indicator, point) in rubric.points() {
        findings.points.insert(point.code.clone(), Finding::parts(vec![Some(PartFinding::Conform(Conformity::Yes))]));
        if !point.max.is_zero() {
            demands.push((indicator.code.clone(), point.code.clone()));
        }
    }
    assert!(ask(&rubric, &findings).failing.is_empty());
    let chapter = |code: &str| code.split('.').next().unwrap().to_owned();
    let (first, last) = (demands.first().unwrap().clone(), demands.last().unwrap().clone());
    for (code, how) in [(&last.1, Conformity::No), (&first.1, Conformity::Partly)] {
        findings.points.insert(code.clone(), Finding::parts(vec![Some(PartFinding::Conform(how))]));
    }
    let answer = ask(&rubric, &findings);
    let failing: Vec<_> = answer.failing.iter().map(|c| (c.code.clone(), c.partly, c.no, c.points.clone())).collect();
    assert_eq!(failing, [(chapter(&first.0), 1, 0, vec![first.1]), (chapter(&last.0), 0, 1, vec![last.1])]);
    assert!(answer.raises.is_empty() && answer.next == Next::NoGrades);
}
