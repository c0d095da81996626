//! Every kind of rule on a small rubric (`rules.toml`), reckoned by hand: marks, flags, traces, what is missing.

#![allow(clippy::unwrap_used)]

use rubric::decimal::{parse, show};
use rubric::score::{check_mark, check_quantity, needed_at, rescore};
use rubric::{
    Counted, EntryFinding, Finding, Findings, MarkError, Measured, Outcome, PartFinding, Reason, Rubric, score,
};
use rust_decimal::Decimal;

const RULES: &str = include_str!("rules.toml");

fn rules() -> Rubric {
    Rubric::read(RULES).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn d(text: &str) -> Decimal {
    parse(text).unwrap()
}

fn met(met: bool) -> Option<PartFinding> {
    Some(PartFinding::Met(met))
}

fn mark(mark: &str) -> Option<PartFinding> {
    Some(PartFinding::Mark(d(mark)))
}

fn count(items: &[u32], more: u32) -> Option<PartFinding> {
    Some(PartFinding::Count(Counted { items: items.iter().copied().collect(), more }))
}

fn entries(list: &[(u32, &str)]) -> Option<PartFinding> {
    let entry = |&(item, base): &(u32, &str)| EntryFinding { item, title: String::new(), base: d(base) };
    Some(PartFinding::Entries(list.iter().map(entry).collect()))
}

#[derive(Default)]
struct Sheet(Findings);

impl Sheet {
    fn parts(mut self, code: &str, parts: &[Option<PartFinding>]) -> Self {
        self.0.points.entry(code.to_owned()).or_default().parts = parts.to_vec();
        self
    }

    fn mark(mut self, code: &str, mark: &str) -> Self {
        self.0.points.entry(code.to_owned()).or_default().mark = Some(d(mark));
        self
    }

    fn figure(mut self, place: &str, name: &str, value: &str) -> Self {
        let measured = Measured { value: d(value), source: None };
        self.0.quantities.entry(place.to_owned()).or_default().insert(name.to_owned(), measured);
        self
    }

    fn limit(mut self, code: &str, present: bool) -> Self {
        self.0.limits.insert(code.to_owned(), present);
        self
    }

    fn adjust(mut self, code: &str, parts: &[Option<PartFinding>]) -> Self {
        self.0.adjustments.insert(code.to_owned(), parts.to_vec());
        self
    }

    fn reason(mut self, code: &str, reason: &str) -> Self {
        self.0.reasons.insert(code.to_owned(), reason.to_owned());
        self
    }

    fn outcome(&self) -> Outcome {
        let outcome = score(&rules(), &self.0);
        assert!(outcome.problems.is_empty(), "{:?}", outcome.problems);
        outcome
    }

    fn problems(&self) -> Vec<MarkError> {
        score(&rules(), &self.0).problems
    }
}

fn at<'a>(outcome: &'a Outcome, code: &str) -> &'a rubric::score::PointScore {
    outcome.points.iter().find(|point| point.code == code).unwrap()
}

fn shown(outcome: &Outcome, code: &str) -> String {
    at(outcome, code).score.map_or_else(|| "-".to_owned(), show)
}

fn nothing_taken() -> [Option<PartFinding>; 3] {
    [met(false), count(&[], 0), mark("0")]
}

#[test]
fn deductions_count_down_from_the_full_marks() {
    for (parts, want, deducted) in [
        (nothing_taken(), "6", false),
        ([met(true), count(&[], 0), mark("0")], "5", true),
        ([met(false), count(&[0, 2], 1), mark("0")], "4.5", true),
        ([met(true), count(&[0], 0), mark("2")], "2.5", true),
        ([met(true), count(&[0, 1, 2], 20), mark("2")], "0", true),
    ] {
        let outcome = Sheet::default().parts("A.1", &parts).outcome();
        assert_eq!(shown(&outcome, "A.1"), want);
        assert_eq!(at(&outcome, "A.1").deducted, deducted, "{want}");
        assert!(!at(&outcome, "A.1").vetoed && !at(&outcome, "A.1").overridden && !at(&outcome, "A.1").direct);
        assert!(matches!(at(&outcome, "A.1").trace[0].reason, Reason::FromFull { .. }));
    }
}

#[test]
fn a_part_without_a_finding_leaves_the_point_open_and_says_which() {
    let outcome = Sheet::default().parts("A.1", &[met(true), None, mark("0")]).outcome();
    assert_eq!(shown(&outcome, "A.1"), "-");
    let missing = &at(&outcome, "A.1").missing;
    assert_eq!(missing.len(), 1);
    assert_eq!((missing[0].sentence.as_str(), &missing[0].reason), ("每缺一项扣0.5分", &Reason::Unscored));
    assert_eq!(at(&outcome, "A.1").trace.last().unwrap().running, Some(d("5")));
}

#[test]
fn limits_of_a_point_act_after_the_sum_in_their_order() {
    let taken = [met(true), count(&[], 0), mark("0")];
    let sheet = |zero, cap| Sheet::default().parts("A.1", &taken).limit("A.1!1", zero).limit("A.1!2", cap).outcome();
    let both = sheet(true, true);
    assert_eq!(shown(&both, "A.1"), "0");
    assert!(at(&both, "A.1").vetoed);
    let capped = sheet(false, true);
    assert_eq!(shown(&capped, "A.1"), "3");
    assert!(!at(&capped, "A.1").vetoed && at(&capped, "A.1").deducted);
    let last = at(&capped, "A.1").trace.last().unwrap();
    assert_eq!((last.amount, last.running), (Some(d("-2")), Some(d("3"))));
    let only_capped = Sheet::default().parts("A.1", &nothing_taken()).limit("A.1!2", true).outcome();
    assert!(at(&only_capped, "A.1").deducted);
    let not_capped = Sheet::default().parts("A.1", &nothing_taken()).limit("A.1!2", false).outcome();
    assert!(!at(&not_capped, "A.1").deducted);
    let neither = sheet(false, false);
    assert_eq!(shown(&neither, "A.1"), "5");
    // A cap that is not reached changes nothing, and neither does one that is met exactly.
    let lower = [met(true), count(&[], 0), mark("2")];
    let unused = Sheet::default().parts("A.1", &lower).limit("A.1!1", false).limit("A.1!2", true).outcome();
    assert!(matches!(at(&unused, "A.1").trace.last().unwrap().reason, Reason::LimitCapUnused { .. }));
    assert_eq!(shown(&unused, "A.1"), "3");
    // A condition that empties decides without any other finding.
    let alone = Sheet::default().limit("A.1!1", true).outcome();
    assert_eq!(shown(&alone, "A.1"), "0");
    assert!(at(&alone, "A.1").missing.is_empty());
    // One that is absent, and a cap, do not.
    assert_eq!(shown(&Sheet::default().limit("A.1!1", false).limit("A.1!2", true).outcome(), "A.1"), "-");
}

#[test]
fn every_legal_mark_is_told_and_no_other() {
    let rubric = rules();
    let legal = |code: &str| rubric.point(code).unwrap().1.legal.words();
    assert_eq!(legal("A.1"), "0–6");
    assert_eq!(legal("A.2"), "0、2–4");
    assert_eq!(legal("B.4"), "0–4");
    let point = rubric.point("A.2").unwrap().1;
    assert!(check_mark(&rubric, point, d("2")).is_ok());
    assert!(matches!(check_mark(&rubric, point, d("1.5")), Err(MarkError::NotLegal { .. })));
    assert!(matches!(check_mark(&rubric, point, d("2.25")), Err(MarkError::OffStep { near, .. }) if near == "2、2.5"));
    assert!(matches!(check_mark(&rubric, point, d("4.5")), Err(MarkError::AboveMax { .. })));
    assert!(matches!(check_mark(&rubric, point, d("-0.5")), Err(MarkError::Negative { .. })));
    // Many single marks are shortened, with the last one kept.
    let range = "  { kind = \"range\", takes = true, from = 0.5, to = 2, sentence = \"酌情扣0.5-2分\" },\n";
    let many = RULES.replace(range, "").replace("amount = 0.5, items", "amount = 1, items");
    let marks = Rubric::read(&many).unwrap().point("A.1").unwrap().1.legal.words();
    assert_eq!(marks, "0、1、2、…、6");
}

#[test]
fn figures_choose_a_band_and_fix_it_where_it_has_one_mark() {
    let sheet = |own: &str| Sheet::default().figure("A.3", "实有", own).figure("A.3", "应有", "100");
    let full = sheet("90").outcome();
    assert_eq!(shown(&full, "A.3"), "4");
    assert!(full.points[2].missing.is_empty());
    let open = sheet("89").outcome();
    assert_eq!(shown(&open, "A.3"), "-");
    assert!(
        matches!(&at(&open, "A.3").missing[0].reason, Reason::BandOpen { from, to, .. } if from == "1" && to == "3.5")
    );
    assert_eq!(at(&open, "A.3").missing[0].sentence, "60%-89%（1-3.5分）");
    let inside = sheet("60").mark("A.3", "3").outcome();
    assert_eq!(shown(&inside, "A.3"), "3");
    assert!(!at(&inside, "A.3").overridden && inside.reasons_missing.is_empty());
    assert!(matches!(&at(&inside, "A.3").trace[0].reason, Reason::BandMeasured { values, .. }
        if values == "实有 60、应有 100、实有率 = 60%"));
    let outside = sheet("59").mark("A.3", "1").outcome();
    assert!(at(&outside, "A.3").overridden);
    assert_eq!(outside.reasons_missing, ["A.3"]);
    assert_eq!(at(&outside, "A.3").trace[0].sentence, "60%-89%（1-3.5分）");
    let given = sheet("59").mark("A.3", "1").reason("A.3", "材料补充").outcome();
    assert!(given.reasons_missing.is_empty());
    assert!(matches!(&at(&given, "A.3").trace[0].reason, Reason::BandOverridden { note, .. } if note == "材料补充"));
    assert_eq!(sheet("59").mark("A.3", "1").reason("A.3", " ").outcome().reasons_missing, ["A.3"]);
    // Without figures the mark alone is enough.
    let alone = Sheet::default().mark("A.3", "1").outcome();
    assert!(matches!(at(&alone, "A.3").trace[0].reason, Reason::InBand { .. }));
    let zero = Sheet::default().figure("A.3", "实有", "1").figure("A.3", "应有", "0").outcome();
    assert!(matches!(at(&zero, "A.3").missing[0].reason, Reason::ZeroDenominator { .. }));
}

#[test]
fn measures_award_at_the_line_and_take_beyond_it() {
    for (own, late, want) in [
        ("80", "0", "8"),
        ("71", "0", "8"),
        ("70", "0", "7.5"),
        ("69", "0", "7.5"),
        ("60", "0", "7"),
        ("80", "1", "7"),
        ("80", "10", "7"),
        ("80", "11", "6"),
        ("20", "0", "5"),
        ("19", "0", "0"),
        ("100", "1000", "0"),
    ] {
        let outcome = Sheet::default()
            .figure("A.4", "实有", own)
            .figure("A.4", "应有", "100")
            .figure("A.4", "超时", late)
            .parts("A.4", &[None, None, met(true)])
            .outcome();
        assert_eq!(shown(&outcome, "A.4"), want, "{own} {late}");
        let limit = outcome.limits.iter().find(|limit| limit.code == "A.4!1").unwrap();
        assert_eq!((limit.present, limit.measured), (Some(own == "19"), true));
        assert_eq!(at(&outcome, "A.4").vetoed, own == "19");
    }
    let outcome = Sheet::default().figure("A.4", "实有", "1").parts("A.4", &[None, None, met(true)]).outcome();
    let names =
        |code: &str| -> Vec<Reason> { at(&outcome, code).missing.iter().map(|step| step.reason.clone()).collect() };
    let missing = |names: &str| Reason::QuantityMissing { names: names.to_owned() };
    assert_eq!(names("A.4"), [missing("应有"), missing("超时"), missing("应有")]);
}

#[test]
fn a_measure_alone_is_scored_by_its_figures_from_wherever_they_come() {
    // B.3 in proportion: 75% is half a step short, 77.5% a quarter, which is rounded half to even.
    for (own, want) in [("80", "4"), ("75", "3.5"), ("70", "3"), ("775", "4"), ("725", "3"), ("0", "0")] {
        let whole = if own.len() == 3 { "1000" } else { "100" };
        let outcome = Sheet::default().figure("A.3", "实有", own).figure("A.3", "应有", whole).outcome();
        assert_eq!(shown(&outcome, "B.3"), want, "{own}");
    }
    let differing = Sheet::default()
        .figure("A.3", "实有", "80")
        .figure("A.3", "应有", "100")
        .figure("B.3", "实有", "70")
        .figure("A.4", "实有", "80")
        .outcome();
    assert_eq!(shown(&differing, "B.3"), "3");
    let mismatch = &differing.mismatches[0];
    assert_eq!(differing.mismatches.len(), 1);
    assert_eq!(mismatch.quantity, "实有");
    let places = |list: &[&str]| list.iter().map(|place| (*place).to_owned()).collect::<Vec<_>>();
    assert_eq!(mismatch.values, [("70".to_owned(), places(&["B.3"])), ("80".to_owned(), places(&["A.3", "A.4"]))]);
    // Where others disagree and nothing was recorded here, nothing is assumed.
    let unclear =
        Sheet::default().figure("A.3", "实有", "80").figure("A.4", "实有", "70").figure("A.3", "应有", "100").outcome();
    assert_eq!(shown(&unclear, "B.3"), "-");
    assert!(Sheet::default().figure("A.3", "实有", "80").figure("A.4", "实有", "80").outcome().mismatches.is_empty());
}

#[test]
fn half_up_rounds_a_half_up() {
    let text = RULES.replace("half_even", "half_up");
    let rubric = Rubric::read(&text).unwrap();
    let sheet = Sheet::default().figure("B.3", "实有", "775").figure("B.3", "应有", "1000");
    let outcome = score(&rubric, &sheet.0);
    assert_eq!(shown(&outcome, "B.3"), "3.5"); // 0.25 of a mark is half a step: one step is taken
}

#[test]
fn achievements_are_multiplied_and_capped_by_kind_and_in_all() {
    for (list, want) in [
        (&[][..], "0"),
        (&[(0, "1")], "1.5"),
        (&[(0, "1"), (1, "1")], "2.5"),
        (&[(0, "1"), (0, "1")], "3"),
        (&[(0, "2"), (0, "1"), (1, "1.5")], "4.5"),
        (&[(0, "2"), (1, "2.5")], "5"),
        (&[(0, "2"), (1, "9")], "5"),
    ] {
        let outcome = Sheet::default().parts("B.1", &[entries(list)]).outcome();
        assert_eq!(shown(&outcome, "B.1"), want, "{list:?}");
    }
    let outcome = Sheet::default().parts("B.1", &[entries(&[(0, "2"), (1, "9")])]).outcome();
    let trace = &at(&outcome, "B.1").trace;
    assert!(matches!(&trace[0].reason, Reason::Entries { sum, .. } if sum == "3"));
    assert!(matches!(&trace[1].reason, Reason::EntriesCapped { sum, most, .. } if sum == "9" && most == "3"));
    assert!(matches!(&trace[2].reason, Reason::EntriesAllCapped { sum, most } if sum == "6" && most == "5"));
    assert_eq!(trace[2].amount, Some(d("-1")));
    let judged = Sheet::default().parts("B.2", &[entries(&[(0, "2.5"), (1, "1")])]).outcome();
    assert_eq!(shown(&judged, "B.2"), "3.5");
    assert!(matches!(&at(&judged, "B.2").trace[0].reason, Reason::Entries { list, .. } if list == "2.5"));
    let weighted = Sheet::default().parts("B.1", &[entries(&[(0, "1")])]).outcome();
    assert!(matches!(&at(&weighted, "B.1").trace[0].reason, Reason::Entries { list, .. } if list == "1 × 1.5"));
    for refused in [entries(&[(2, "1")]), entries(&[(0, "-1")]), entries(&[(0, "0.3")]), entries(&[(0, "1"); 201])] {
        assert_eq!(Sheet::default().parts("B.1", std::slice::from_ref(&refused)).problems().len(), 1, "{refused:?}");
    }
    assert!(Sheet::default().parts("B.1", &[entries(&[(1, "0"); 200])]).problems().is_empty());
}

#[test]
fn a_mark_in_place_of_findings_is_direct_and_of_a_derived_mark_an_override() {
    let direct = Sheet::default().mark("A.1", "4").outcome();
    let point = at(&direct, "A.1");
    assert!(point.direct && !point.overridden && point.deducted && point.derived.is_none());
    assert!(direct.reasons_missing.is_empty());
    assert!(matches!(point.trace.as_slice(), [step] if matches!(step.reason, Reason::Direct { .. })));
    assert!(!at(&Sheet::default().mark("A.1", "6").outcome(), "A.1").deducted);
    // Conditions of a point that was marked directly need no decision.
    assert!(!direct.undecided.iter().any(|code| code.starts_with("A.1")));
    assert!(direct.undecided.contains(&"B.4!1".to_owned()));
    let mut expert = Sheet::default().mark("A.1", "4");
    expert.0.direct_needs_reason = true;
    assert_eq!(expert.outcome().reasons_missing, ["A.1"]);
    let overridden = Sheet::default().parts("A.1", &nothing_taken()).mark("A.1", "4").outcome();
    let point = at(&overridden, "A.1");
    assert!(point.overridden && !point.direct && point.deducted);
    assert_eq!((point.derived, point.score), (Some(d("6")), Some(d("4"))));
    assert_eq!(point.trace.last().unwrap().amount, Some(d("-2")));
    assert_eq!(overridden.reasons_missing, ["A.1"]);
    let same = Sheet::default().parts("A.1", &nothing_taken()).mark("A.1", "6").outcome();
    assert!(!at(&same, "A.1").overridden && same.reasons_missing.is_empty());
    // Conditions that are decided act on a direct mark too, and a veto is asked for.
    let capped = Sheet::default().mark("A.1", "4").limit("A.1!2", true).outcome();
    assert_eq!((shown(&capped, "A.1"), at(&capped, "A.1").trace.last().unwrap().running), ("3".into(), Some(d("3"))));
    let vetoed = Sheet::default().mark("B.4", "4").limit("B.4!1", true).outcome();
    // What a condition empties can be marked otherwise, with a reason; the conclusion stays.
    assert_eq!((vetoed.reasons_missing.as_slice(), vetoed.conclusion.vetoes.len()), (&["B.4".to_owned()][..], 1));
    assert!(Sheet::default().mark("B.4", "4").outcome().undecided.contains(&"B.4!1".to_owned()));
    // A mark for a single judged rule is that rule's finding, whoever enters it.
    let mut judged = Sheet::default().mark("A.2", "3");
    judged.0.direct_needs_reason = true;
    assert!(judged.outcome().reasons_missing.is_empty());
    assert_eq!(Sheet::default().mark("A.1", "6.5").problems().len(), 1);
    assert_eq!(Sheet::default().mark("A.9", "1").problems().len(), 1);
}

#[test]
fn findings_that_a_rule_does_not_take_are_refused() {
    for (code, parts) in [
        ("A.1", vec![mark("1"), count(&[], 0), mark("0")]),
        ("A.1", vec![met(true), count(&[3], 0), mark("0")]),
        ("A.1", vec![met(true), count(&[], 1001), mark("0")]),
        ("A.1", vec![met(true), count(&[], 0), mark("2.5")]),
        ("A.1", vec![met(true), count(&[], 0), mark("0.25")]),
        ("A.1", vec![met(true), count(&[], 0), met(true)]),
        ("A.1", vec![met(true), count(&[], 0)]),
        ("A.2", vec![met(true)]),
        ("A.2", vec![mark("1")]),
        ("A.4", vec![mark("1"), None, None]),
        ("B.4", vec![met(true), count(&[], 1)]),
        ("B.4", vec![entries(&[]), None]),
    ] {
        let mut sheet = Sheet::default().parts(code, &parts);
        // `met` for a check is right; the first case gives it a mark that is none of its amounts.
        if code == "A.1" && parts[0] == mark("1") {
            sheet = Sheet::default().parts(code, &[mark("0.5"), count(&[], 0), mark("0")]);
        }
        assert_eq!(sheet.problems().len(), 1, "{code} {parts:?}");
    }
    let contradicted = Sheet::default().figure("A.4", "实有", "90").figure("A.4", "应有", "100").limit("A.4!1", true);
    assert!(contradicted.problems().iter().any(|error| matches!(error, MarkError::Contradicted { .. })));
    assert!(contradicted.0.limits.len() == 1 && contradicted.problems().len() == 1);
    let agreed = Sheet::default().figure("A.4", "实有", "90").figure("A.4", "应有", "100").limit("A.4!1", false);
    assert!(agreed.problems().is_empty());
    for (code, adjustments) in [("C1", vec![met(true), met(true)]), ("C2", vec![mark("15.5")]), ("C9", vec![met(true)])]
    {
        assert_eq!(Sheet::default().adjust(code, &adjustments).problems().len(), 1, "{code}");
    }
    assert_eq!(Sheet::default().limit("Z!1", true).problems().len(), 1);
}

#[test]
fn quantities_are_recorded_where_they_are_used() {
    let rubric = rules();
    let names = |place: &str| needed_at(&rubric, place).iter().map(|q| q.name.clone()).collect::<Vec<_>>();
    assert_eq!(names("A.4"), ["实有", "应有", "超时"]);
    assert_eq!(names("A.3"), ["实有", "应有"]);
    assert!(names("A").is_empty() && names("C1").is_empty() && names("Z").is_empty());
    let check = |place, name, value| check_quantity(&rubric, place, name, d(value));
    assert!(check("A.4", "超时", "0.5").is_ok());
    assert!(matches!(check("A.4", "实有", "0.5"), Err(MarkError::BadQuantity { .. })));
    assert!(matches!(check("A.4", "超时", "-1"), Err(MarkError::BadQuantity { .. })));
    assert!(matches!(check("A.4", "超时", "1000000000"), Err(MarkError::BadQuantity { .. })));
    assert!(matches!(check("A.4", "实有率", "1"), Err(MarkError::UnknownQuantity { .. })));
    assert!(matches!(check("A.1", "实有", "1"), Err(MarkError::UnknownQuantity { .. })));
    let mut sheet = Sheet::default();
    sheet = sheet.figure("A.1", "实有", "1");
    assert_eq!(sheet.problems().len(), 1);
}

fn filled() -> Sheet {
    let mut sheet = Sheet::default().limit("B.4!1", false);
    for code in ["A.1", "A.4", "B.1", "B.2", "B.3", "B.4", "A.2", "A.3"] {
        let max = rules().point(code).unwrap().1.max;
        sheet = sheet.mark(code, &show(max));
    }
    sheet
}

#[test]
fn totals_by_category_and_adjustments() {
    let plain = filled().outcome();
    assert!(plain.complete);
    assert_eq!((plain.total, plain.max), (d("40"), d("40")));
    assert_eq!(plain.undecided, ["C3!1", "C1", "C2"]);
    let category = |outcome: &Outcome, at: usize| (show(outcome.categories[at].score), outcome.categories[at].points);
    assert_eq!(category(&plain, 0), ("30".to_owned(), 6));
    assert_eq!(category(&plain, 1), ("10".to_owned(), 2));
    let adjusted = filled().adjust("C1", &[met(true)]).adjust("C2", &[mark("2.5")]).limit("C3!1", false).outcome();
    assert_eq!(
        (show(adjusted.total), show(adjusted.lowest), show(adjusted.highest)),
        ("39.5".into(), "39.5".into(), "39.5".into())
    );
    assert_eq!(category(&adjusted, 0).0, "27.5");
    assert!(adjusted.undecided.is_empty());
    let changes = adjusted.trace.iter().filter(|step| matches!(step.reason, Reason::Adjusted { .. }));
    assert_eq!(changes.map(|step| step.running).collect::<Vec<_>>(), [Some(d("37.5")), Some(d("39.5"))]);
    assert_eq!(adjusted.reasons_missing, ["C2"]);
    let amounts: Vec<Option<Decimal>> = adjusted.adjustments.iter().map(|a| a.amount).collect();
    assert_eq!(amounts, [Some(d("2")), Some(d("-2.5")), None]);
    let none = filled().adjust("C1", &[met(false)]).adjust("C2", &[mark("0")]).limit("C3!1", false).outcome();
    assert!(none.reasons_missing.is_empty() && none.undecided.is_empty());
    assert_eq!(none.total, d("40"));
    // A category does not go below zero, and takes no more than it has from the total.
    let little = Sheet::default().mark("A.2", "2").mark("B.1", "5").adjust("C2", &[mark("15")]).outcome();
    assert_eq!((show(little.total), category(&little, 0).0), ("5".to_owned(), "0".to_owned()));
    assert_eq!(little.categories[0].scored, 1);
    let sum: Decimal = little.trace.iter().filter_map(|step| step.amount).sum();
    assert_eq!(sum, little.total);
}

#[test]
fn vetoes_replace_the_conclusion_and_take_what_they_say() {
    let sheet = filled().adjust("C1", &[met(false)]).adjust("C2", &[mark("0")]);
    let whole = filled().limit("C3!1", true).outcome();
    assert_eq!(whole.conclusion.grade.as_deref(), Some("取消资格"));
    assert_eq!((whole.total, whole.conclusion.vetoes.len()), (d("40"), 1));
    let of_point = sheet.parts("B.4", &[met(true), mark("3")]).limit("B.4!1", true).limit("C3!1", false);
    let outcome = of_point.outcome();
    assert_eq!(outcome.conclusion.grade.as_deref(), Some("不予评定"));
    assert_eq!((shown(&outcome, "B.4"), outcome.total), ("4".to_owned(), d("40"))); // the mark in place of it
    // Of the whole indicator; categories could not tell what it takes, so such a rubric has none.
    let of_indicator = RULES.replace("conclusion = \"不予评定\"", "conclusion = \"不予评定\"\nscope = \"indicator\"");
    assert!(Rubric::read(&of_indicator).is_err());
    let tables = of_indicator.split("[[category]]").last().unwrap();
    let (head, rest) = (of_indicator.split("[[category]]").next().unwrap(), tables.split_once("max = 10\n").unwrap().1);
    let keeps = |line: &&str| !line.starts_with("category =") && !line.starts_with("acts_on =");
    let text = format!("{head}{rest}").lines().filter(keeps).collect::<Vec<_>>().join("\n");
    let rubric = Rubric::read(&text).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let outcome = score(&rubric, &of_point.0);
    assert_eq!((outcome.indicators[1].score, outcome.total), (d("0"), d("22")));
    let none = filled().limit("C3!1", false).outcome();
    assert!(none.conclusion.grade.is_none() && none.conclusion.vetoes.is_empty());
}

#[test]
fn scoring_again_after_a_change_gives_what_scoring_anew_gives() {
    let rubric = rules();
    let before = filled();
    let outcome = score(&rubric, &before.0);
    let mut after = filled();
    after.0.points.insert("A.2".into(), Finding::mark(d("2")));
    assert_eq!(rescore(&rubric, &after.0, outcome.clone(), &["A.2"]), score(&rubric, &after.0));
    after.0.points.insert("A.1".into(), Finding::mark(d("7")));
    assert_eq!(rescore(&rubric, &after.0, outcome, &["A.1", "A.2"]), score(&rubric, &after.0));
}

#[test]
fn a_printed_table_converts_without_rounding_first() {
    let rubric = rules();
    let value = |quantity: &str| rubric.conversions[0].value(d(quantity)).map(show);
    for (quantity, want) in
        [("0.5", Some("0.25")), ("15", Some("0.25")), ("15.01", Some("1")), ("0", None), ("-1", None)]
    {
        assert_eq!(value(quantity).as_deref(), want, "{quantity}");
    }
}

#[test]
fn a_sum_below_zero_is_clamped_in_a_step_of_its_own() {
    let all = [met(true), count(&[0, 1, 2], 20), mark("2")];
    let clamped = Sheet::default().parts("A.1", &all).outcome();
    let trace = &at(&clamped, "A.1").trace;
    let last = trace.iter().find(|step| step.reason == Reason::Clamped { sum: "-8.5".to_owned() }).unwrap();
    assert_eq!((last.amount, last.running), (Some(d("8.5")), Some(d("0"))));
    // While something is open the sum may still change.
    let open = Sheet::default().parts("A.1", &[None, count(&[], 20), mark("2")]).outcome();
    assert!(at(&open, "A.1").trace.iter().all(|step| !matches!(step.reason, Reason::Clamped { .. })));
    // A condition that empties closes it all the same.
    let emptied = Sheet::default().parts("A.1", &[None, count(&[], 20), mark("2")]).limit("A.1!1", true).outcome();
    assert!(at(&emptied, "A.1").trace.iter().any(|step| matches!(step.reason, Reason::Clamped { .. })));
    assert_eq!(shown(&emptied, "A.1"), "0");
}

#[test]
fn a_point_without_findings_says_so_in_one_step() {
    let outcome = Sheet::default().outcome();
    for point in &outcome.points {
        assert!(matches!(point.trace.as_slice(), [step] if step.reason == Reason::Unscored), "{}", point.code);
        assert_eq!(point.missing, point.trace);
    }
    assert_eq!((show(outcome.lowest), show(outcome.highest), outcome.complete), ("0".into(), "40".into(), false));
}

#[test]
fn steps_in_proportion_cost_their_amount() {
    let text = RULES.replace("every = 10, amount = 1, award = 4", "every = 10, amount = 2, award = 4");
    let sheet = Sheet::default().figure("B.3", "实有", "75").figure("B.3", "应有", "100");
    assert_eq!(shown(&score(&Rubric::read(&text).unwrap(), &sheet.0), "B.3"), "3");
}

#[test]
fn a_conclusion_is_provisional_while_points_are_open() {
    let grades = "[[grade]]\nname = \"合格\"\nname_en = \"Pass\"\nat_least = 24\nsentence = \"24分合格\"\n\
                  [[grade]]\nname = \"不合格\"\nname_en = \"Fail\"\nat_least = 0\nsentence = \"其余不合格\"\n";
    let rubric = Rubric::read(&RULES.replacen("[[category]]", &format!("{grades}\n[[category]]"), 1)).unwrap();
    let open = score(&rubric, &Findings::default()).conclusion;
    assert!(matches!(open.trace[0].reason, Reason::Provisional { unscored: 8 }));
    assert_eq!(
        (open.grade, open.lowest_grade.as_deref(), open.highest_grade.as_deref()),
        (None, Some("不合格"), Some("合格"))
    );
    let closed = score(&rubric, &filled().0).conclusion;
    assert!(
        matches!(&closed.trace[0].reason, Reason::GradeReached { total, grade } if total == "40" && grade == "合格")
    );
    assert_eq!(closed.grade.as_deref(), Some("合格"));
    assert_eq!(closed.trace[0].running, Some(d("40")));
    // Without grades there is nothing to be provisional about.
    assert!(score(&rules(), &Findings::default()).conclusion.trace.is_empty());
}

#[test]
fn an_indicator_asks_for_the_figures_of_its_own_conditions() {
    let quantity = "[[quantity]]\nname = \"事故\"\nunit = \"起\"\nwhole = true\n\n[[indicator]] # A\n";
    let limit = "[[indicator.limit]]\ncode = \"A!1\"\ntitle = \"事故\"\ntext = \"有事故本项不得分\"\n\
                 effect = \"zero\"\nwhen = \"事故 > 0\"\n\n[[indicator.point]] # A-2";
    let text = include_str!("small.toml").replacen("[[indicator]] # A\n", quantity, 1).replacen(
        "[[indicator.point]] # A-2",
        limit,
        1,
    );
    let rubric = Rubric::read(&text).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let names = |place: &str| needed_at(&rubric, place).iter().map(|q| q.name.clone()).collect::<Vec<_>>();
    assert_eq!((names("A"), names("B")), (vec!["事故".to_owned()], vec![]));
    let with = |number: &str| {
        let sheet = Sheet::default().mark("A-1", "4").mark("A-2", "2").figure("A", "事故", number);
        let outcome = score(&rubric, &sheet.0);
        assert!(outcome.problems.is_empty() && outcome.undecided.is_empty());
        show(outcome.indicators[0].score)
    };
    assert_eq!((with("0"), with("1")), ("6".to_owned(), "0".to_owned()));
}

#[test]
fn formulas_may_build_on_each_other_but_not_without_end() {
    let chain = |links: usize| {
        let link = |n: usize| {
            let below = if n == 0 { "超时".to_owned() } else { format!("链{}", n - 1) };
            format!("[[quantity]]\nname = \"链{n}\"\nunit = \"个\"\nformula = \"{below} + 1\"\n\n")
        };
        let links: String = (0..links).map(link).collect();
        Rubric::read(&RULES.replacen("[[conversion]]", &format!("{links}[[conversion]]"), 1))
    };
    assert!(chain(8).is_ok());
    assert!(chain(9).is_err());
    assert!(chain(400).is_err());
    assert!(chain(501).is_err());
    let circle = RULES.replace("formula = \"实有 / 应有 * 100\"", "formula = \"实有率 + 1\"");
    let faults = Rubric::read(&circle).unwrap_err();
    assert!(
        matches!(&faults[0].fault, rubric::error::Fault::CircularFormula { name } if name == "实有率"),
        "{faults:?}"
    );
}

/// Eight formulas, each of which uses the one below it eighty times, would be reckoned 80^8 times, or become a
/// number of as many digits.
#[test]
fn hostile_formulas_come_to_an_end() {
    let hostile = |operator: &str| {
        let link = |n: usize| {
            let below = if n == 0 { "超时".to_owned() } else { format!("链{}", n - 1) };
            let formula = vec![below; 80].join(operator);
            format!("[[quantity]]\nname = \"链{n}\"\nunit = \"个\"\nformula = \"{formula}\"\n\n")
        };
        let links: String = (0..8).map(link).collect();
        let text = RULES.replacen("[[conversion]]", &format!("{links}[[conversion]]"), 1);
        let rubric = Rubric::read(&text.replace("of = \"超时\", unit", "of = \"链7\", unit")).unwrap();
        let sheet = Sheet::default().figure("A.4", "超时", "7").parts("A.4", &[None, None, met(true)]);
        let outcome = score(&rubric, &sheet.0);
        at(&outcome, "A.4").missing.iter().any(|step| matches!(step.reason, Reason::FormulaTooLarge { .. }))
    };
    assert!(hostile("*"));
    assert!(!hostile("+"));
}

#[test]
fn conformity_is_counted_over_all_that_a_chapter_demands() {
    use rubric::Conformity::{No, NotApplicable, Partly, Yes};
    let rubric = Rubric::read(include_str!("../../../rubrics/gbt38856-2020.toml")).unwrap();
    let demands: Vec<String> = rubric
        .points()
        .filter(|(indicator, point)| indicator.code.starts_with("8.") && point.max == Decimal::ONE)
        .map(|(_, point)| point.code.clone())
        .collect();
    assert_eq!(demands.len(), 12);
    let mut findings = Findings::default();
    for (code, conformity) in demands.iter().zip([Yes, Yes, Yes, Partly, Partly, No, No, NotApplicable, NotApplicable])
    {
        findings.points.insert(code.clone(), Finding::parts(vec![Some(PartFinding::Conform(conformity))]));
    }
    let outcome = score(&rubric, &findings);
    let chapter = outcome.indicators.iter().find(|indicator| indicator.code == "8").unwrap();
    let count = chapter.conformity;
    assert_eq!((count.yes, count.partly, count.no, count.not_applicable), (3, 2, 2, 2));
    assert_eq!((show(chapter.score), show(chapter.max), chapter.scored), ("3".to_owned(), "10".to_owned(), 9));
    let failing = outcome.conclusion.trace.iter().find_map(|step| match &step.reason {
        Reason::SomeFail { applicable, partly, failing, codes } => {
            Some((*applicable, *partly, *failing, codes.clone()))
        }
        _ => None,
    });
    assert_eq!(failing, Some((7, 2, 2, demands[3..7].join("、"))));
    // A mark says nothing of conformity.
    findings.points.insert(demands[0].clone(), Finding::mark(Decimal::ONE));
    assert!(matches!(score(&rubric, &findings).problems.as_slice(), [MarkError::WrongFinding { .. }]));
    assert!(check_mark(&rubric, rubric.point(&demands[0]).unwrap().1, Decimal::ONE).is_err());
}
