//! What holds for every rubric that ships, whatever is found.

#![allow(clippy::unwrap_used)]

use assessment::record::joined;
use assessment::{Entry, EntryKind, Figure, Records, Stage};
use proptest::prelude::*;
use rubric::decimal::{is_multiple, show};
use rubric::model::{Grade, Part, Point, Rule};
use rubric::whatif::{Cause, Decider, Next, what_if};
use rubric::{Conformity, Counted, EntryFinding, Finding, Findings, PartFinding, Rubric, score};
use rust_decimal::Decimal;
use std::cmp::Reverse;
use std::sync::OnceLock;

fn rubrics() -> &'static [Rubric] {
    static ALL: OnceLock<Vec<Rubric>> = OnceLock::new();
    ALL.get_or_init(|| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rubrics");
        let ids = ["oucsx-2021", "coal-2021", "urumqi-base", "platform-2024", "resource-2024", "gbt38856-2020"];
        let read = |id: &&str| Rubric::read(&std::fs::read_to_string(format!("{folder}/{id}.toml")).unwrap()).unwrap();
        ids.iter().map(read).collect()
    })
}

/// Throws that follow from a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound.max(1)
    }

    fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// A finding that the part's rule takes; `None` for what quantities decide.
fn finding(part: &Part, dice: &mut Dice) -> Option<PartFinding> {
    let mark = |dice: &mut Dice| {
        let marks = part.legal.choices(10_000).expect("no rule that ships has more marks");
        PartFinding::Mark(*dice.one_of(&marks))
    };
    Some(match &part.rule {
        Rule::Award { .. } | Rule::Range { .. } | Rule::Band { .. } => mark(dice),
        Rule::Check { .. } => PartFinding::Met(dice.below(2) == 1),
        Rule::Count { items, open, .. } => {
            let listed = (0..u32::try_from(items.len()).unwrap()).filter(|_| dice.below(3) == 0).collect();
            let more = if items.is_empty() || *open { u32::try_from(dice.below(4)).unwrap() } else { 0 };
            PartFinding::Count(Counted { items: listed, more })
        }
        Rule::Measure(_) => return None,
        Rule::Entries { items, .. } => {
            let entry = |dice: &mut Dice| EntryFinding {
                item: u32::try_from(dice.below(items.len())).unwrap(),
                title: String::new(),
                base: Decimal::from(u32::try_from(dice.below(4)).unwrap()),
            };
            PartFinding::Entries((0..dice.below(4)).map(|_| entry(dice)).collect())
        }
        Rule::Conform { .. } => PartFinding::Conform(*dice.one_of(&[
            Conformity::Yes,
            Conformity::Partly,
            Conformity::No,
            Conformity::NotApplicable,
        ])),
    })
}

fn entry(kind: EntryKind, code: String, value: String) -> Entry {
    Entry { kind, code, value: Some(value) }
}

fn part_entry(code: &str, number: usize, finding: &PartFinding) -> Entry {
    entry(EntryKind::Part, joined(code, &number.to_string()), serde_json::to_string(finding).unwrap())
}

/// A clause takes a statement of conformity and no mark.
fn is_clause(point: &Point) -> bool {
    point.parts.iter().any(|part| matches!(part.rule, Rule::Conform { .. }))
}

/// What a person might record at a point: findings, figures, a mark, or nothing.
fn at_point(rubric: &Rubric, point: &Point, dice: &mut Dice, entries: &mut Vec<Entry>) {
    for quantity in rubric.needed(&point.parts, &point.limits) {
        if dice.below(8) > 0 {
            let value = Decimal::from(u32::try_from(dice.below(300)).unwrap());
            let figure = Figure { value: show(value), source: None };
            let code = joined(&point.code, &quantity.name);
            entries.push(entry(EntryKind::Quantity, code, serde_json::to_string(&figure).unwrap()));
        }
    }
    let marks = point.legal.choices(10_000).unwrap();
    match dice.below(8) {
        0 => {}
        1 if !is_clause(point) => entries.push(entry(EntryKind::Mark, point.code.clone(), show(*dice.one_of(&marks)))),
        _ if point.is_judged() && !matches!(point.parts[0].rule, Rule::Check { .. }) => {
            entries.push(entry(EntryKind::Mark, point.code.clone(), show(*dice.one_of(&marks))));
        }
        _ => {
            for (at, part) in point.parts.iter().enumerate() {
                let found = finding(part, dice).filter(|_| dice.below(20) > 0);
                entries.extend(found.map(|found| part_entry(&point.code, at + 1, &found)));
            }
        }
    }
    for limit in point.limits.iter().filter(|limit| limit.when.is_none()) {
        if dice.below(3) == 0 {
            continue;
        }
        let holds = dice.below(6) == 0;
        entries.push(entry(EntryKind::Condition, limit.code.clone(), holds.to_string()));
    }
}

fn entries(rubric: &Rubric, dice: &mut Dice) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (_, point) in rubric.points() {
        at_point(rubric, point, dice, &mut entries);
    }
    for adjustment in &rubric.adjustments {
        for (at, part) in adjustment.parts.iter().enumerate() {
            if let Some(found) = finding(part, dice) {
                entries.push(part_entry(&adjustment.code, at + 1, &found));
            }
        }
    }
    entries
}

fn records(entries: &[Entry]) -> Records {
    entries.iter().cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn marks_stay_in_their_range_and_traces_add_up(seed: u64) {
        for rubric in rubrics() {
            let entries = entries(rubric, &mut Dice(seed));
            let outcome = score(rubric, &records(&entries).findings(rubric, Stage::SelfEvaluation));
            prop_assert!(outcome.problems.is_empty(), "{}: {:?}", rubric.id, outcome.problems);
            for ((_, point), scored) in rubric.points().zip(&outcome.points) {
                let Some(mark) = scored.score else { continue };
                prop_assert!(Decimal::ZERO <= mark && mark <= point.max, "{}", point.code);
                prop_assert!(is_multiple(mark, rubric.step), "{}", point.code);
                prop_assert!(point.legal.contains(mark), "{} {mark}", point.code);
                let sum: Decimal = scored.trace.iter().filter_map(|step| step.amount).sum();
                prop_assert_eq!(sum, mark, "{}: {:?}", &point.code, &scored.trace);
                let last = scored.trace.iter().rev().find_map(|step| step.running);
                prop_assert_eq!(last, Some(mark), "{}", &point.code);
                prop_assert!(scored.trace.iter().all(|step| !step.sentence.is_empty()));
            }
            prop_assert!(outcome.lowest <= outcome.highest);
            prop_assert!(!outcome.total.is_sign_negative() || outcome.total.is_zero());
        }
    }

    #[test]
    fn totals_are_the_sums_of_what_stands_below(seed: u64) {
        for rubric in rubrics() {
            let entries = entries(rubric, &mut Dice(seed));
            let outcome = score(rubric, &records(&entries).findings(rubric, Stage::SelfEvaluation));
            let mut at = 0;
            for (index, indicator) in rubric.indicators.iter().enumerate() {
                let points = &outcome.points[at..at + indicator.points.len()];
                at += indicator.points.len();
                let below = rubric.indicators.iter().zip(&outcome.indicators);
                let below: Decimal = below.filter(|(i, _)| i.parent == Some(index)).map(|(_, s)| s.score).sum();
                let own: Decimal = points.iter().filter_map(|point| point.score).sum();
                prop_assert_eq!(below + own, outcome.indicators[index].score, "{} {}", &rubric.id, &indicator.code);
            }
            for category in &outcome.categories {
                let sum: Decimal = category.trace.iter().filter_map(|step| step.amount).sum();
                prop_assert_eq!(sum, category.score);
            }
            if !rubric.adjustments.is_empty() {
                let sum: Decimal = outcome.trace.iter().filter_map(|step| step.amount).sum();
                prop_assert_eq!(sum, outcome.total, "{}", &rubric.id);
            }
        }
    }

    #[test]
    fn losses_are_what_is_missing_to_full_marks(seed: u64) {
        for rubric in rubrics() {
            let entries = entries(rubric, &mut Dice(seed));
            let findings = records(&entries).findings(rubric, Stage::SelfEvaluation);
            let outcome = score(rubric, &findings);
            let full: Decimal = outcome.points.iter().filter(|point| point.score.is_some()).map(|point| point.max).sum();
            let top = rubric.indicators.iter().zip(&outcome.indicators).filter(|(indicator, _)| indicator.parent.is_none());
            let given: Decimal = top.map(|(_, score)| score.score).sum();
            let lost = rubric::losses(rubric, &findings, &outcome);
            prop_assert!(lost.iter().all(|loss| loss.amount > Decimal::ZERO));
            prop_assert_eq!(full - lost.iter().map(|loss| loss.amount).sum::<Decimal>(), given, "{}", rubric.id);
        }
    }

    #[test]
    fn the_order_of_entries_is_irrelevant(seed: u64) {
        for rubric in rubrics() {
            let mut dice = Dice(seed);
            let mut list = entries(rubric, &mut dice);
            let before = score(rubric, &records(&list).findings(rubric, Stage::Review));
            for at in (1..list.len()).rev() {
                list.swap(at, dice.below(at + 1));
            }
            prop_assert_eq!(before, score(rubric, &records(&list).findings(rubric, Stage::Review)));
        }
    }

    #[test]
    fn one_more_deduction_never_raises_a_score(seed: u64) {
        for rubric in rubrics() {
            let mut dice = Dice(seed);
            let list = entries(rubric, &mut dice);
            let points: Vec<&Point> = rubric.points().map(|(_, p)| p).filter(|p| p.parts.iter().any(|p| p.takes)).collect();
            if points.is_empty() {
                continue;
            }
            let point = *dice.one_of(&points);
            let parts: Vec<usize> = (0..point.parts.len()).filter(|&at| point.parts[at].takes).collect();
            let at = *dice.one_of(&parts);
            let Some(best) = point.parts[at].best() else { continue };
            let Some(found) = finding(&point.parts[at], &mut dice) else { continue };
            let mark = |finding: &PartFinding| {
                let mut records = records(&list);
                records.apply(Entry { kind: EntryKind::Mark, code: point.code.clone(), value: None });
                records.apply(part_entry(&point.code, at + 1, finding));
                let outcome = score(rubric, &records.findings(rubric, Stage::SelfEvaluation));
                outcome.points.iter().find(|scored| scored.code == point.code).and_then(|scored| scored.score)
            };
            if let (Some(without), Some(with)) = (mark(&best), mark(&found)) {
                prop_assert!(with <= without, "{} {found:?}: {with} > {without}", point.code);
            }
        }
    }

    #[test]
    fn a_sheet_file_says_what_the_entries_say(seed: u64) {
        for rubric in rubrics() {
            let kept = records(&entries(rubric, &mut Dice(seed)));
            let outcome = score(rubric, &kept.findings(rubric, Stage::SelfEvaluation));
            let mut file = sheet_file(rubric, &outcome);
            file.set_records(&kept);
            let text = serde_json::to_string(&file).unwrap();
            let read: assessment::exchange::SheetFile = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(&read.records(), &kept);
            prop_assert_eq!(read.check(rubric).unwrap(), outcome);
        }
    }
}

fn sheet_file(rubric: &Rubric, outcome: &rubric::Outcome) -> assessment::exchange::SheetFile {
    use assessment::exchange::{FORMAT, ResultFile, RubricRef, SheetFile};
    SheetFile {
        format: FORMAT,
        id: "0".repeat(32),
        revision: 1,
        reason: None,
        previous: None,
        rubric: RubricRef::from(rubric),
        unit: "示例单位".to_owned(),
        year: 2022,
        stage: Stage::SelfEvaluation,
        assessor: "周宁".to_owned(),
        organisation: "示例单位".to_owned(),
        finalised_at: "2022-04-06T00:00:00Z".to_owned(),
        marks: Default::default(),
        findings: Default::default(),
        quantities: Default::default(),
        conditions: Default::default(),
        remarks: Default::default(),
        doubts: Default::default(),
        verdicts: Default::default(),
        result: ResultFile::from(outcome),
        changes: None,
    }
}

/// Random findings with some of the conditions over indicators and adjustments decided as well.
fn findings(rubric: &Rubric, seed: u64) -> Findings {
    let mut dice = Dice(seed);
    let mut findings = records(&entries(rubric, &mut dice)).findings(rubric, Stage::SelfEvaluation);
    for (_, limit) in rubric.limits().filter(|(_, limit)| limit.when.is_none()) {
        if dice.below(3) == 0 {
            findings.limits.entry(limit.code.clone()).or_insert(dice.below(2) == 0);
        }
    }
    findings
}

/// The rubric and the findings with one thing taken out, by hand.
fn without(rubric: &Rubric, findings: &Findings, decider: &Decider) -> (Rubric, Findings) {
    let (mut rubric, mut findings) = (rubric.clone(), findings.clone());
    match &decider.cause {
        Cause::Condition { .. } => rubric.grade_conditions.retain(|other| other.sentence != decider.sentence),
        Cause::Veto { indicator } => rubric.vetoes.retain(|veto| &veto.indicator != indicator),
        Cause::Limit { code } if rubric.limit(code).is_some_and(|(_, limit)| limit.when.is_none()) => {
            findings.limits.insert(code.clone(), false);
        }
        Cause::Limit { code } => {
            for point in rubric.indicators.iter_mut().flat_map(|indicator| &mut indicator.points) {
                point.limits.retain(|limit| &limit.code != code);
            }
            rubric.indicators.iter_mut().for_each(|row| row.limits.retain(|limit| &limit.code != code));
        }
        Cause::Adjustment { code } => {
            findings.adjustments.remove(code);
        }
    }
    (rubric, findings)
}

/// The findings with every scored point below these indicators at the most that its conditions leave.
fn raised(rubric: &Rubric, findings: &Findings, codes: &[&str]) -> Findings {
    let now = score(rubric, findings);
    let mut findings = findings.clone();
    for ((above, point), scored) in rubric.points().zip(&now.points) {
        let below = codes.iter().any(|code| above.code == *code || above.code.starts_with(&format!("{code}.")));
        // The conditions under points that ship leave nothing: no mark can be gained where one holds.
        let held = point
            .limits
            .iter()
            .any(|limit| now.limits.iter().any(|state| state.code == limit.code && state.present == Some(true)));
        if below && !held && scored.score.is_some() {
            findings.points.insert(point.code.clone(), Finding::mark(point.legal.highest()));
        }
    }
    findings
}

/// The rubric, with grades at 90, 75 and 60 % where it has none.
fn with_grades(rubric: &Rubric) -> Rubric {
    let mut rubric = rubric.clone();
    if rubric.grades.is_empty() {
        let grade = |percent: u32| Grade {
            name: percent.to_string(),
            name_en: percent.to_string(),
            at_least: rubric.total * Decimal::new(percent.into(), 2),
            sentence: String::new(),
        };
        rubric.grades = [90, 75, 60, 0].map(grade).to_vec();
    }
    rubric
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn without_a_decider_the_outcome_is_what_was_said(seed: u64) {
        for rubric in rubrics() {
            let findings = findings(rubric, seed);
            let now = score(rubric, &findings);
            let answer = what_if(rubric, &findings, &now);
            prop_assert!(answer.deciders.is_sorted_by_key(|decider| !decider.changes));
            for decider in &answer.deciders {
                let (rubric, findings) = without(rubric, &findings, decider);
                let after = score(&rubric, &findings);
                prop_assert_eq!(after.highest, decider.total, "{}: {:?}", &rubric.id, &decider.cause);
                prop_assert_eq!(&after.conclusion.highest_grade, &decider.conclusion, "{:?}", &decider.cause);
                prop_assert_eq!(decider.changes, decider.conclusion != now.conclusion.highest_grade);
            }
        }
    }

    #[test]
    fn raising_brings_what_was_said(seed: u64) {
        for rubric in rubrics() {
            let rubric = with_grades(rubric);
            let findings = findings(&rubric, seed);
            let now = score(&rubric, &findings);
            let answer = what_if(&rubric, &findings, &now);
            prop_assert!(answer.raises.is_sorted_by_key(|raise| Reverse(raise.gap)));
            for raise in &answer.raises {
                let after = score(&rubric, &raised(&rubric, &findings, &[&raise.code]));
                prop_assert!(after.problems.is_empty(), "{:?}", after.problems);
                prop_assert_eq!(after.highest, now.highest + raise.gap, "{} {}", &rubric.id, &raise.code);
            }
            let Next::Grade(next) = &answer.next else { continue };
            prop_assert_eq!(now.highest + next.missing, next.at_least);
            let codes: Vec<&str> = answer.raises.iter().map(|raise| raise.code.as_str()).collect();
            let Some(enough) = &answer.enough else { continue };
            let few = score(&rubric, &raised(&rubric, &findings, &codes[..enough.count - 1]));
            prop_assert!(few.highest < next.at_least, "one less does not do");
            let all = score(&rubric, &raised(&rubric, &findings, &codes[..enough.count]));
            prop_assert!(all.highest >= next.at_least);
            prop_assert_eq!((all.highest, all.conclusion.highest_grade), (enough.total, enough.conclusion.clone()));
        }
    }
}
