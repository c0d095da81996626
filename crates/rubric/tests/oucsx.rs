//! The 1000-point rubric as a whole: its shape, its readings, its conclusions.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use rubric::decimal::{parse, show};
use rubric::model::{Basis, Rule};
use rubric::trace::Reason;
use rubric::{Finding, Findings, MarkError, Outcome, Rubric, score};
use rust_decimal::Decimal;

fn rubric() -> Rubric {
    Rubric::read(include_str!("../../../rubrics/oucsx-2021.toml")).unwrap()
}

fn d(text: &str) -> Decimal {
    parse(text).unwrap()
}

/// Full marks everywhere, every condition absent, then the given marks.
fn findings(rubric: &Rubric, marks: &[(&str, &str)], present: &[&str]) -> Findings {
    let mut findings = Findings::default();
    for (_, point) in rubric.points() {
        findings.points.insert(point.code.clone(), Finding::mark(point.max));
    }
    for (code, mark) in marks {
        findings.points.insert((*code).to_owned(), Finding::mark(d(mark)));
    }
    for (_, limit) in rubric.limits() {
        findings.limits.insert(limit.code.clone(), present.contains(&limit.code.as_str()));
    }
    findings
}

fn indicator(outcome: &Outcome, code: &str) -> String {
    show(outcome.indicators.iter().find(|i| i.code == code).unwrap().score)
}

#[test]
fn shape_and_sums_are_the_printed_ones() {
    let rubric = rubric();
    let count = |level| rubric.level(level).count();
    assert_eq!((count(1), count(2), count(3), rubric.points().count()), (6, 25, 61, 123));
    let level1: Vec<String> = rubric.level(1).map(|i| show(i.max)).collect();
    assert_eq!(level1, ["40", "120", "290", "340", "120", "90"]);
    assert_eq!(show(rubric.total), "1000");
    let limits: Vec<&str> = rubric.limits().map(|(_, l)| l.code.as_str()).collect();
    assert_eq!(limits, ["4.1.1-3", "4.5.1-4", "4.5.3-6"]);
}

#[test]
fn kinds_of_points_follow_reading_o5() {
    let rubric = rubric();
    let (mut graded, mut unstated, mut check, mut band) = (0, 0, 0, 0);
    for part in rubric.points().flat_map(|(_, p)| &p.parts) {
        match part.rule {
            Rule::Award { basis: Basis::Graded, .. } => graded += 1,
            Rule::Award { basis: Basis::Unstated, .. } => unstated += 1,
            Rule::Check { .. } => check += 1,
            Rule::Band { .. } => band += 1,
            ref other => panic!("{other:?}"),
        }
    }
    assert_eq!((graded, unstated, check, band), (87, 24, 4, 8));
}

#[test]
fn full_marks_are_1000_and_excellent() {
    let rubric = rubric();
    let outcome = score(&rubric, &findings(&rubric, &[], &[]));
    assert_eq!(show(outcome.total), "1000");
    assert!(outcome.complete && outcome.problems.is_empty() && outcome.undecided.is_empty());
    assert_eq!(outcome.conclusion.grade.as_deref(), Some("优秀"));
    assert!(outcome.points.iter().all(|p| p.trace.iter().all(|s| !s.sentence.is_empty())));
}

#[test]
fn thresholds_include_their_number() {
    let rubric = rubric();
    // 3.7.1 alone can take 30, 3.2.1 another 30, and so on: lower the total point by point.
    let lower = |by: u32| {
        let mut left = Decimal::from(by);
        let mut findings = findings(&rubric, &[], &[]);
        // From the back, so that level-1 no. 1 keeps its marks; one mark each, so that no level-2 falls below 60 %.
        while left > Decimal::ZERO {
            let mut changed = false;
            for (_, point) in rubric.points().collect::<Vec<_>>().into_iter().rev() {
                let legal = &point.legal;
                let Some(mark) = findings.points.get(&point.code).and_then(|finding| finding.mark) else {
                    continue;
                };
                let next = mark - Decimal::ONE;
                if left > Decimal::ZERO && next * Decimal::TEN >= point.max * d("6") && legal.contains(next) {
                    findings.points.insert(point.code.clone(), Finding::mark(next));
                    left -= Decimal::ONE;
                    changed = true;
                }
            }
            assert!(changed, "cannot go down by {by}");
        }
        let outcome = score(&rubric, &findings);
        (show(outcome.total), outcome.conclusion.grade.unwrap())
    };
    let cases =
        [(0, "1000", "优秀"), (100, "900", "优秀"), (101, "899", "良好"), (250, "750", "良好"), (251, "749", "合格")];
    for (by, total, grade) in cases {
        assert_eq!(lower(by), (total.to_owned(), grade.to_owned()));
    }
}

#[test]
fn a_level_1_score_below_60_percent_vetoes_and_exactly_60_does_not() {
    let rubric = rubric();
    // 40 full marks: 24 is exactly 60 %.
    let passes = [("1.1.1-1", "0"), ("1.1.1-2", "0"), ("1.1.1-3", "0"), ("1.1.1-4", "0"), ("1.2.1-3", "3")];
    let outcome = score(&rubric, &findings(&rubric, &passes, &[]));
    assert_eq!((indicator(&outcome, "1").as_str(), outcome.conclusion.grade.as_deref()), ("24", Some("优秀")));
    assert!(outcome.conclusion.vetoes.is_empty());

    let mut vetoed = passes;
    vetoed[4].1 = "2";
    let outcome = score(&rubric, &findings(&rubric, &vetoed, &[]));
    assert_eq!((indicator(&outcome, "1").as_str(), outcome.conclusion.grade.as_deref()), ("23", Some("限期整改")));
    assert_eq!(show(outcome.total), "983", "the score stays visible");
    assert_eq!(outcome.conclusion.vetoes.len(), 1);
}

#[test]
fn seven_level_2_indicators_below_60_percent_are_too_many() {
    let rubric = rubric();
    let zero_level_2 = |codes: &[&str]| {
        let mut findings = findings(&rubric, &[], &[]);
        for (indicator, point) in rubric.points() {
            if codes.iter().any(|code| indicator.code.starts_with(&format!("{code}."))) {
                findings.points.insert(point.code.clone(), Finding::mark(Decimal::ZERO));
            }
        }
        score(&rubric, &findings).conclusion
    };
    let six = ["2.1", "2.3", "3.1", "3.5", "3.6", "3.8"];
    let conclusion = zero_level_2(&six);
    assert_eq!(conclusion.below_line, six);
    assert_eq!(conclusion.grade.as_deref(), Some("良好"));
    let seven = ["2.1", "2.3", "3.1", "3.5", "3.6", "3.8", "4.4"];
    let conclusion = zero_level_2(&seven);
    assert_eq!(conclusion.grade.as_deref(), Some("限期整改"));
    assert!(conclusion.trace.iter().any(|s| matches!(s.reason, Reason::TooManyBelow { count: 7, .. })));
}

#[test]
fn conditions_zero_or_cap_their_whole_indicator() {
    let rubric = rubric();
    let outcome = score(&rubric, &findings(&rubric, &[], &["4.1.1-3"]));
    assert_eq!((indicator(&outcome, "4.1.1"), show(outcome.total)), ("0".into(), "970".into()));
    // The archive alone is missing: 15 is capped to 5, and both numbers are in the trace.
    let outcome = score(&rubric, &findings(&rubric, &[], &["4.5.1-4"]));
    assert_eq!((indicator(&outcome, "4.5.1"), show(outcome.total)), ("5".into(), "990".into()));
    let capped = outcome.indicators.iter().find(|i| i.code == "4.5.1").unwrap();
    assert_eq!(capped.trace[1].reason, Reason::LimitCap { sum: "15".into(), cap: "5".into() });
    assert_eq!(capped.trace[1].amount.map(show).as_deref(), Some("-10"));
    // A sum at the cap keeps its marks.
    let low = [("4.5.1-1", "3"), ("4.5.1-2", "2"), ("4.5.1-3", "0")];
    let outcome = score(&rubric, &findings(&rubric, &low, &["4.5.1-4"]));
    assert_eq!(indicator(&outcome, "4.5.1"), "5");
}

#[test]
fn marks_that_break_a_rule_are_refused_with_the_rule() {
    let rubric = rubric();
    let refuse = |code: &str, mark: &str| {
        let outcome = score(&rubric, &findings(&rubric, &[(code, mark)], &[]));
        assert!(!outcome.complete && outcome.conclusion.grade.is_none(), "{code} {mark}");
        outcome.problems.into_iter().next().unwrap()
    };
    assert!(matches!(refuse("1.1.1-1", "5"), MarkError::AboveMax { .. }));
    assert!(matches!(refuse("1.1.1-1", "-1"), MarkError::Negative { .. }));
    let MarkError::OffStep { near, sentence, .. } = refuse("1.1.1-1", "2.5") else { panic!() };
    assert_eq!((near.as_str(), sentence.contains("整数")), ("2、3", true));
    let MarkError::NotLegal { legal, .. } = refuse("2.1.1-1", "3") else { panic!() };
    assert_eq!(legal, "0、5", "有无 is full or nothing");
    let unknown = score(&rubric, &findings(&rubric, &[("9.9.9-9", "1")], &[]));
    assert!(matches!(unknown.problems[0], MarkError::UnknownCode { .. }));
}

#[test]
fn unscored_is_not_zero() {
    let rubric = rubric();
    let mut findings = findings(&rubric, &[], &[]);
    findings.points.remove("1.1.1-1");
    let outcome = score(&rubric, &findings);
    assert!(!outcome.complete);
    assert_eq!(
        (show(outcome.total), show(outcome.lowest), show(outcome.highest)),
        ("996".into(), "996".into(), "1000".into())
    );
    assert_eq!(outcome.conclusion.grade, None);
    assert_eq!(outcome.conclusion.lowest_grade, outcome.conclusion.highest_grade);
    let empty = score(&rubric, &Findings::default());
    assert_eq!((show(empty.lowest), show(empty.highest)), ("0".into(), "1000".into()));
    assert_eq!(empty.conclusion.vetoes.len(), 0, "nothing is vetoed before it is scored");
    assert_eq!(empty.undecided.len(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn totals_are_the_sums_of_their_children(seed in proptest::collection::vec(0u32..1000, 123), present in proptest::bool::ANY) {
        let rubric = rubric();
        let mut findings = Findings::default();
        for ((_, point), pick) in rubric.points().zip(&seed) {
            let marks = point.legal.choices(100).unwrap();
            let mark = marks[*pick as usize % marks.len()];
            findings.points.insert(point.code.clone(), Finding::mark(mark));
        }
        for (_, limit) in rubric.limits() {
            findings.limits.insert(limit.code.clone(), present);
        }
        let outcome = score(&rubric, &findings);
        prop_assert!(outcome.complete && outcome.problems.is_empty());
        prop_assert_eq!(outcome.lowest, outcome.total);
        prop_assert_eq!(outcome.highest, outcome.total);
        for (index, indicator) in rubric.indicators.iter().enumerate() {
            let of = |code: &str| outcome.indicators.iter().find(|i| i.code == code).unwrap();
            let children: Decimal = rubric.indicators.iter().filter(|i| i.parent == Some(index)).map(|i| of(&i.code).score).sum();
            let scored = of(&indicator.code);
            prop_assert!(scored.score >= Decimal::ZERO && scored.score <= indicator.max);
            if indicator.points.is_empty() {
                prop_assert_eq!(children, scored.score);
            }
        }
    }
}
