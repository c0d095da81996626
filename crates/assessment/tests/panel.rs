//! Panels: what several sheets come to, whatever the order of their members.

#![allow(clippy::unwrap_used)]

use assessment::panel::{
    Agreement, Flag, Handed, Holds, Method, Panel, Per, Person, Policy, PolicyError, Rounding, SheetFacts, Standing,
    TOTAL, Trim, Unfit, UnitResult, agreement_entry, check_agreed, combine, judge, leader_entry, member_entry,
    policy_entry, recusal_entry, round, unit::given,
};
use proptest::prelude::*;
use rubric::decimal::show;
use rubric::{Finding, Findings, Rubric, score};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::OnceLock;

fn rubric(id: &str) -> Rubric {
    let path = format!("{}/../../rubrics/{id}.toml", env!("CARGO_MANIFEST_DIR"));
    Rubric::read(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn ouc() -> &'static Rubric {
    static ONE: OnceLock<Rubric> = OnceLock::new();
    ONE.get_or_init(|| rubric("oucsx-2021"))
}

fn d(text: &str) -> Decimal {
    rubric::decimal::parse(text).unwrap()
}

fn policy(method: Method) -> Policy {
    Policy { method, least: 1, ..Policy::new(ouc()) }
}

fn person(number: usize) -> Person {
    Person { name: format!("专家{number}"), organisation: format!("第{number}分校") }
}

fn panel(members: usize, policy: Policy) -> Panel {
    let entries = (0..members).map(|at| member_entry(&person(at), true)).map(|(key, value)| (key, value.unwrap()));
    Panel::read(entries, policy)
}

/// A complete sheet that loses so many marks, one at each of the first points that can lose one.
fn sheet(rubric: &Rubric, lost: usize, condition: Option<&str>) -> SheetFacts {
    let mut findings = Findings::default();
    let mut left = lost;
    for (_, point) in rubric.points() {
        let less = point.max - rubric.step;
        let loses = left > 0 && rubric::score::check_mark(rubric, point, less).is_ok();
        left -= usize::from(loses);
        let mark = if loses { less } else { point.max };
        findings.points.insert(point.code.clone(), Finding::mark(mark));
    }
    for (_, limit) in rubric.limits() {
        findings.limits.insert(limit.code.clone(), condition == Some(limit.code.as_str()));
    }
    SheetFacts::of(&score(rubric, &findings))
}

fn judged(panel: &Panel, sheets: &[SheetFacts]) -> UnitResult {
    let handed: Vec<Handed<'_>> = sheets.iter().map(Handed::Sheet).collect();
    judge(panel, ouc(), "并州分校", &handed)
}

/// The mockup's example: 701 839 846 848 852 lose one at each end, 2533 ÷ 3 is 844.3.
#[test]
fn the_trimmed_mean_of_the_mockup() {
    let given: Vec<(usize, Decimal)> = [846, 839, 852, 848, 701].map(Decimal::from).into_iter().enumerate().collect();
    let combined = combine(&given, &policy(Method::Trimmed), Some(d("100"))).unwrap();
    assert_eq!((combined.sum, combined.by, combined.dropped), (d("2533"), 3, 1));
    assert_eq!(combined.value, Some(d("844.3")));
    assert!(combined.is_rounded());
    // 方正 lies 146 from the median 847 of the others.
    assert_eq!(combined.outliers, [(4, d("1694"))]);
    let four = combine(&given[..4], &policy(Method::Trimmed), None).unwrap();
    assert_eq!((four.by, four.value), (4, Some(d("846.2"))), "846.25 to the even tenth, nothing dropped");
}

#[test]
fn a_middle_goes_to_the_even_step_or_up_as_declared() {
    for (sum, by, step, even, up) in [
        ("25", 2, "1", "12", "13"),
        ("27", 2, "1", "14", "14"),
        ("1.5", 10, "0.1", "0.2", "0.2"),
        ("2.5", 10, "0.1", "0.2", "0.3"),
        ("3049.99", 1, "100", "3000", "3000"),
        ("10", 3, "0.01", "3.33", "3.33"),
        ("-2.5", 10, "0.1", "-0.2", "-0.3"),
        ("0.75", 1, "0.5", "1", "1"),
        ("0", 7, "0.1", "0", "0"),
    ] {
        let rounded = |rounding| show(round(d(sum), by, d(step), rounding));
        assert_eq!(rounded(Rounding::HalfEven), even, "{sum} / {by} to {step}");
        assert_eq!(rounded(Rounding::HalfUp), up, "{sum} / {by} to {step}");
    }
}

#[test]
fn the_median_of_an_even_number_is_the_mean_of_the_two_in_the_middle() {
    let given: Vec<(usize, Decimal)> = [9, 4, 7, 6].map(Decimal::from).into_iter().enumerate().collect();
    let combined = combine(&given, &policy(Method::Median), None).unwrap();
    assert_eq!((combined.sum, combined.by, combined.value), (d("13"), 2, Some(d("6.5"))));
    let odd = combine(&given[..3], &policy(Method::Median), None).unwrap();
    assert_eq!((odd.by, odd.value), (1, Some(d("7"))));
}

#[test]
fn what_does_not_count_is_named() {
    let mut panel = panel(7, policy(Method::Mean));
    panel.recusals.insert((person(0), "并州分校".to_owned()), "曾在该校任职".to_owned());
    panel.members[1].organisation = "并州分校".to_owned();
    let whole = sheet(ouc(), 0, None);
    let mut incomplete = whole.clone();
    incomplete.points[3] = None;
    let handed = [
        Handed::Sheet(&whole),
        Handed::Sheet(&whole),
        Handed::Missing,
        Handed::Draft,
        Handed::Twice(2),
        Handed::Sheet(&incomplete),
        Handed::Unsigned,
    ];
    let result = judge(&panel, ouc(), "并州分校", &handed);
    let standings: Vec<&Standing> = result.cells.iter().map(|cell| &cell.standing).collect();
    let expected = [
        Standing::Recused { reason: "曾在该校任职".to_owned() },
        Standing::OwnUnit,
        Standing::Missing,
        Standing::Draft,
        Standing::Twice { sheets: 2 },
        Standing::Incomplete { open: 1 },
        Standing::Unsigned,
    ];
    assert_eq!(standings, expected.iter().collect::<Vec<_>>());
    assert_eq!((result.counted, result.total), (0, None));
    assert!(result.flags.contains(&Flag::TooFew { counted: 0, least: 1 }));
}

#[test]
fn a_condition_holds_as_the_panel_declared() {
    let code = ouc().limits().next().unwrap().1.code.clone();
    let sheets = [sheet(ouc(), 0, Some(&code)), sheet(ouc(), 0, None), sheet(ouc(), 0, None)];
    for (holds, wanted) in [(Holds::Majority, false), (Holds::Any, true), (Holds::Unanimous, false)] {
        let result = judged(&panel(3, Policy { holds, ..policy(Method::Mean) }), &sheets);
        assert_eq!((result.findings[0].holds, result.findings[0].found.as_slice()), (wanted, &[0][..]));
        assert!(result.flags.contains(&Flag::Split { code: code.clone(), found: 1, of: 3 }));
    }
}

#[test]
fn totals_near_a_grade_line_are_flagged_and_rounding_over_it_is_said() {
    // 899 and 900 and 900: 899.67 is 900 in whole marks.
    let policy = Policy { step: d("1"), ..policy(Method::Mean) };
    let mut sheets = [sheet(ouc(), 101, None), sheet(ouc(), 100, None), sheet(ouc(), 100, None)];
    assert_eq!(sheets[0].total, d("899"));
    let result = judged(&panel(3, policy.clone()), &sheets);
    assert_eq!((result.total, result.grade.as_deref()), (Some(d("900")), Some("优秀")));
    assert!(result.flags.contains(&Flag::Straddle { line: d("900") }));
    assert!(result.flags.contains(&Flag::RoundedOver { line: d("900") }));
    sheets[0] = sheet(ouc(), 100, None);
    assert_eq!(judged(&panel(3, policy), &sheets).flags, []);
}

#[test]
fn a_total_that_was_dropped_draws_no_grade_line_into_question() {
    let sheets = [101, 100, 100, 100, 99].map(|lost| sheet(ouc(), lost, None));
    let trimmed = Policy { trim: vec![Trim { from: 5, drop: 1 }], ..policy(Method::Trimmed) };
    assert_eq!(judged(&panel(5, trimmed), &sheets).flags, []);
    let mean = judged(&panel(5, policy(Method::Mean)), &sheets);
    assert!(mean.flags.contains(&Flag::Straddle { line: d("900") }));
}

#[test]
fn an_agreed_total_keeps_what_was_before_and_says_when_sheets_changed() {
    let mut panel = panel(3, policy(Method::Mean));
    let sheets = [sheet(ouc(), 101, None), sheet(ouc(), 101, None), sheet(ouc(), 101, None)];
    let before = judged(&panel, &sheets);
    let agreement = Agreement {
        mark: "905".to_owned(),
        reason: "复核 4.5.1 后一致同意".to_owned(),
        at: "2022-06-01T02:00:00Z".to_owned(),
        before: before.total.map(show),
        given: given(&panel, before.totals.as_ref().unwrap()),
    };
    panel.agreements.insert("并州分校".to_owned(), BTreeMap::from([(TOTAL.to_owned(), agreement.clone())]));
    let after = judged(&panel, &sheets);
    assert_eq!((after.total, after.grade.as_deref()), (Some(d("905")), Some("优秀")));
    assert_eq!(after.agreed, Some(agreement));
    assert_eq!(after.totals, before.totals, "what the sheets come to stays visible");
    assert_eq!(after.flags, [Flag::AgreedOver { line: d("900") }]);
    let changed = [sheet(ouc(), 99, None), sheets[1].clone(), sheets[2].clone()];
    assert!(judged(&panel, &changed).flags.contains(&Flag::AgreedOnOthers { code: TOTAL.to_owned() }));
}

#[test]
fn an_agreement_that_cannot_be_is_not_taken_and_not_given_out_as_agreed() {
    let mut panel = panel(3, policy(Method::Mean));
    let sheets = [sheet(ouc(), 101, None), sheet(ouc(), 101, None), sheet(ouc(), 101, None)];
    let computed = judged(&panel, &sheets);
    // More than the rubric has, below nothing, off the step of a tenth.
    for mark in ["8450", "1000.1", "-1", "845.05"] {
        let (reason, at) = ("会商".to_owned(), String::new());
        let given = given(&panel, computed.totals.as_ref().unwrap());
        let agreement = Agreement { mark: mark.to_owned(), reason, at, before: None, given };
        panel.agreements.insert("并州分校".to_owned(), BTreeMap::from([(TOTAL.to_owned(), agreement.clone())]));
        let result = judged(&panel, &sheets);
        assert_eq!((result.total, &result.grade), (computed.total, &computed.grade), "{mark}");
        assert_eq!((result.agreed, result.refused), (None, Some(agreement)), "{mark}");
        assert!(result.flags.contains(&Flag::BadAgreement { code: TOTAL.to_owned(), mark: mark.to_owned() }));
    }
}

#[test]
fn what_can_be_agreed_on_lies_within_what_can_come_about() {
    let step = d("0.1");
    assert_eq!(check_agreed(ouc(), step, TOTAL, d("1000")), Ok(()));
    let (least, most) = (d("0"), d("1000"));
    assert_eq!(check_agreed(ouc(), step, TOTAL, d("1000.1")), Err(Unfit::Range { least, most }));
    assert_eq!(check_agreed(ouc(), step, TOTAL, d("-0.1")), Err(Unfit::Range { least, most }));
    assert_eq!(check_agreed(ouc(), step, TOTAL, d("900.05")), Err(Unfit::Step));
    let coal = rubric("coal-2021");
    let mut added = coal.total;
    for rule in &coal.adjustments {
        let (least, most) = rule.range();
        added += most.max(Decimal::ZERO);
        assert_eq!(check_agreed(&coal, step, &rule.code, least), Ok(()), "{}", rule.code);
        let beyond = check_agreed(&coal, step, &rule.code, least - Decimal::ONE);
        assert_eq!(beyond, Err(Unfit::Range { least, most }), "{}", rule.code);
    }
    assert_eq!(coal.highest_total(), added);
}

#[test]
fn spellings_that_are_one_are_one_member_one_unit_and_the_later_agreement() {
    let (one, other) = (person(0), Person { organisation: "第0分校（东区）".to_owned(), ..person(0) });
    let agreed = |mark: &str, hour: usize| Agreement {
        mark: mark.to_owned(),
        reason: "会商".to_owned(),
        at: format!("2022-06-01T0{hour}:00:00Z"),
        before: None,
        given: BTreeMap::from([("专家0（第0分校（东区））".to_owned(), "8".to_owned())]),
    };
    let entries = [
        member_entry(&one, true),
        member_entry(&other, true),
        leader_entry(Some(&other)),
        recusal_entry(&other, "并州分校", Some("亲属任职")),
        agreement_entry("并州", "total", Some(&agreed("901", 2))),
        agreement_entry("并州分校", "total", Some(&agreed("902", 1))),
    ];
    let mut panel = Panel::read(entries.map(|(key, value)| (key, value.unwrap())), policy(Method::Mean));
    let unit = |unit: &str| if unit == "并州" { "并州分校".to_owned() } else { unit.to_owned() };
    panel.rename(unit, |given| if *given == other { one.clone() } else { given.clone() });
    assert_eq!((panel.members.as_slice(), panel.leader.as_ref()), (&[one.clone()][..], Some(&one)));
    assert!(panel.recusals.contains_key(&(one.clone(), "并州分校".to_owned())));
    let later = panel.agreed("并州分校", "total").unwrap();
    assert_eq!((later.mark.as_str(), later.given.keys().next().unwrap().as_str()), ("901", "专家0（第0分校）"));
    // Whichever way the organisation was written, the unit is the member's own.
    assert!(panel.is_own(&one, "第0分校") && panel.is_own(&one, "第0分校（东区）") && !panel.is_own(&one, "并州分校"));
}

#[test]
fn by_points_what_differs_is_agreed_on_and_the_rest_follows_by_the_rubric() {
    let policy = Policy { method: Method::Consensus, per: Per::Point, step: d("1"), ..policy(Method::Consensus) };
    policy.check(ouc()).unwrap();
    let mut panel = panel(2, policy);
    let sheets = [sheet(ouc(), 1, None), sheet(ouc(), 0, None)];
    let code = ouc().points().next().unwrap().1.code.clone();
    let open = judged(&panel, &sheets);
    assert_eq!((open.total, open.flags.as_slice()), (None, &[Flag::MustAgree { code: code.clone() }][..]));
    let agree = |mark: &str| Agreement {
        mark: mark.to_owned(),
        reason: "看了原始材料".to_owned(),
        at: String::new(),
        before: None,
        given: given(&panel, &open.points[0].combined),
    };
    let (good, bad) = (agree(&show(sheets[0].points[0].unwrap())), agree("0.5"));
    panel.agreements.insert("并州分校".to_owned(), BTreeMap::from([(code.clone(), good)]));
    let settled = judged(&panel, &sheets);
    assert_eq!((settled.total, settled.flags.as_slice()), (Some(d("999")), &[][..]));
    panel.agreements.insert("并州分校".to_owned(), BTreeMap::from([(code.clone(), bad)]));
    let refused = judged(&panel, &sheets);
    assert_eq!(refused.total, None);
    let point = &refused.points[0];
    assert_eq!((point.agreed.is_none(), point.refused.as_ref().map(|one| one.mark.as_str())), (true, Some("0.5")));
    assert!(refused.flags.contains(&Flag::BadAgreement { code, mark: "0.5".to_owned() }));
}

#[test]
fn a_mean_that_falls_between_two_bands_has_to_be_agreed_on() {
    let platform = rubric("platform-2024");
    let policy = Policy { method: Method::Mean, per: Per::Point, least: 1, ..Policy::new(&platform) };
    policy.check(&platform).unwrap();
    let panel = panel(2, policy);
    let mut low = sheet(&platform, 0, None);
    let high = low.clone();
    // 学情监测: 1.0 to 3.0, or 0 (reading P2).
    let at = platform.points().position(|(_, point)| point.title.contains("学情监测")).unwrap();
    let (mut one, zero) = (high, Decimal::ZERO);
    one.points[at] = Some(d("1"));
    low.points[at] = Some(zero);
    let result = judge(&panel, &platform, "某平台", &[Handed::Sheet(&low), Handed::Sheet(&one)]);
    let code = platform.points().nth(at).unwrap().1.code.clone();
    assert_eq!(result.total, None);
    assert!(result.flags.contains(&Flag::MustAgree { code }));
}

#[test]
fn a_policy_that_makes_no_sense_is_refused() {
    let good = policy(Method::Trimmed);
    assert_eq!(good.check(ouc()), Ok(()));
    let per_point = Policy { per: Per::Point, step: d("1"), ..good.clone() };
    assert!(matches!(per_point.check(ouc()), Err(PolicyError::WholeMarks { .. })));
    let step = Policy { step: d("0"), ..good.clone() };
    assert!(matches!(step.check(ouc()), Err(PolicyError::BadStep { .. })));
    let trim = Policy { trim: vec![Trim { from: 2, drop: 1 }], ..good.clone() };
    assert!(matches!(trim.check(ouc()), Err(PolicyError::BadTrim { .. })));
    let none = Policy { trim: Vec::new(), ..good.clone() };
    assert!(matches!(none.check(ouc()), Err(PolicyError::NoTrim {})));
    let total = Policy { method: Method::Consensus, ..good.clone() };
    assert!(matches!(total.check(ouc()), Err(PolicyError::ConsensusOfTotals {})));
    let list = rubric("gbt38856-2020");
    assert!(matches!(Policy::new(&list).check(&list), Err(PolicyError::NoMarks { .. })));
    let fine = rubric("platform-2024");
    let off = Policy { per: Per::Point, step: d("0.25"), ..Policy::new(&fine) };
    assert!(matches!(off.check(&fine), Err(PolicyError::OffStep { .. })));
    let tie = Policy { ties: vec!["9.9".to_owned()], ..good.clone() };
    assert!(matches!(tie.check(ouc()), Err(PolicyError::UnknownTie { .. })));
    assert!(matches!(Policy { least: 0, ..good }.check(ouc()), Err(PolicyError::BadLeast { .. })));
}

#[test]
fn a_panel_reads_what_it_wrote() {
    let declared = Policy { holds: Holds::Any, point_outlier: Some(3), ..policy(Method::Median) };
    let agreement = Agreement {
        mark: "9".to_owned(),
        reason: "会商".to_owned(),
        at: "2022-06-01T02:00:00Z".to_owned(),
        before: Some("8.5".to_owned()),
        given: BTreeMap::from([("专家0（第0分校）".to_owned(), "8".to_owned())]),
    };
    let entries = [
        member_entry(&person(1), true),
        member_entry(&person(0), true),
        leader_entry(Some(&person(1))),
        recusal_entry(&person(0), "并州分校", Some("亲属任职")),
        policy_entry(&declared),
        agreement_entry("并州分校", "1.1.1-1", Some(&agreement)),
    ];
    let read = Panel::read(entries.map(|(key, value)| (key, value.unwrap())), policy(Method::Mean));
    assert_eq!((read.members, read.leader), (vec![person(0), person(1)], Some(person(1))));
    assert_eq!((read.policy, read.recusals.len()), (declared, 1));
    assert_eq!(read.agreements["并州分校"]["1.1.1-1"], agreement);
}

fn methods() -> impl Strategy<Value = Method> {
    prop_oneof![Just(Method::Mean), Just(Method::Trimmed), Just(Method::Median)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_members_does_not_matter(
        lost in proptest::collection::vec(0_usize..120, 1..8),
        turn in 0_usize..8,
        method in methods(),
    ) {
        let sheets: Vec<SheetFacts> = lost.iter().map(|lost| sheet(ouc(), *lost, None)).collect();
        let mut turned = sheets.clone();
        turned.rotate_left(turn % sheets.len());
        turned.reverse();
        let panel = panel(sheets.len(), policy(method));
        let (one, other) = (judged(&panel, &sheets), judged(&panel, &turned));
        prop_assert_eq!(one.total, other.total);
        prop_assert_eq!(one.grade, other.grade);
        prop_assert_eq!(one.indicators, other.indicators);
    }

    #[test]
    fn a_recused_member_changes_nothing(
        lost in proptest::collection::vec(0_usize..120, 2..8),
        extra in 0_usize..120,
        method in methods(),
    ) {
        let mut sheets: Vec<SheetFacts> = lost.iter().map(|lost| sheet(ouc(), *lost, None)).collect();
        let without = judged(&panel(sheets.len(), policy(method)), &sheets);
        sheets.push(sheet(ouc(), extra, None));
        let mut with = panel(sheets.len(), policy(method));
        with.recusals.insert((person(lost.len()), "并州分校".to_owned()), "师生关系".to_owned());
        let with = judged(&with, &sheets);
        prop_assert_eq!((without.total, without.grade), (with.total, with.grade));
        prop_assert_eq!((without.indicators, without.totals), (with.indicators, with.totals));
        prop_assert_eq!(without.flags, with.flags);
    }

    #[test]
    fn what_becomes_of_marks_lies_between_them_on_the_step_and_is_rounded_once(
        tenths in proptest::collection::vec(0_u32..10_000, 1..12),
        method in methods(),
        half_up in any::<bool>(),
    ) {
        let given: Vec<(usize, Decimal)> =
            tenths.iter().map(|tenth| Decimal::new(i64::from(*tenth), 1)).enumerate().collect();
        let rounding = if half_up { Rounding::HalfUp } else { Rounding::HalfEven };
        let policy = Policy { rounding, ..policy(method) };
        let combined = combine(&given, &policy, None).unwrap();
        let value = combined.value.unwrap();
        let marks = || given.iter().map(|(_, mark)| *mark);
        prop_assert!(marks().min().unwrap() <= value && value <= marks().max().unwrap());
        prop_assert!((value % policy.step).is_zero());
        let far = (value * Decimal::from(combined.by) - combined.sum).abs() * Decimal::TWO;
        prop_assert!(far <= policy.step * Decimal::from(combined.by), "farther than half a step from the quotient");
        // Rounding what was rounded changes nothing.
        prop_assert_eq!(round(value, 1, policy.step, rounding), value);
        let equal: Vec<(usize, Decimal)> = given.iter().map(|(member, _)| (*member, given[0].1)).collect();
        prop_assert_eq!(combine(&equal, &policy, None).unwrap().value, Some(given[0].1));
    }
}
