//! Merging is a set union: the order, repeats and stages in which files arrive make no difference.

use assessment::Stage;
use assessment::merge::{
    Choice, DECISION, Decision, FORMAT, Held, Person, Place, Record, Standing, Subject, Why, may_be_same,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug)]
enum Piece {
    Content(Place, Held),
    Decision(String, Decision),
}

fn person(name: &str) -> Person {
    Person { name: name.to_owned(), organisation: "示例".to_owned() }
}

fn held(unit: &str, keys: &[&str]) -> Held {
    let subject = Subject {
        rubric: "r".to_owned(),
        unit: unit.to_owned(),
        year: 2026,
        stage: Stage::Review,
        assessor: person("周敏"),
    };
    Held { subject, keys: keys.iter().map(|key| (*key).to_owned()).collect(), proofs: BTreeSet::new() }
}

fn place(revision: u32, digest: &str) -> Place {
    Place { sheet: "s".to_owned(), revision, digest: digest.to_owned() }
}

fn side(at: &str, taken: Option<&str>, rejected: &[&str]) -> Decision {
    let rejected = rejected.iter().map(|digest| (*digest).to_owned()).collect();
    decision(
        at,
        Choice::Side { sheet: "s".to_owned(), taken: taken.map(str::to_owned), rejected, marks: BTreeMap::new() },
    )
}

fn decision(at: &str, choice: Choice) -> Decision {
    let (reason, by) = ("已电话核实".to_owned(), person("何静"));
    Decision { format: FORMAT, kind: DECISION.to_owned(), choice, reason, by, at: at.to_owned() }
}

fn record(contents: &[(u32, &str, &[&str])]) -> Record {
    let mut record = Record::default();
    for (revision, digest, keys) in contents {
        record.add(place(*revision, digest), held("河东分校", keys));
    }
    record
}

fn current(record: &Record) -> Option<String> {
    match record.standing("s") {
        Some(Standing::Current(place)) => Some(place.digest),
        _ => None,
    }
}

#[test]
fn a_later_signed_revision_stands_in_place_of_an_earlier_one() {
    let record = record(&[(1, "a", &["k"]), (2, "b", &["k", "l"])]);
    assert_eq!(current(&record).as_deref(), Some("b"));
    assert_eq!(record.contents().len(), 2, "both stay");
}

#[test]
fn two_contents_under_one_revision_wait_for_a_person() {
    let mut record = record(&[(1, "o", &["k"]), (2, "a", &["k"]), (2, "b", &["k"])]);
    let Some(Standing::Conflict { why, sides }) = record.standing("s") else { panic!("no conflict") };
    assert_eq!((why, sides.len()), (Why::TwoContents, 2), "what both follow is no side");
    assert!(record.decide("d1".to_owned(), side("2026-09-12T09:00:00Z", Some("b"), &["a"])));
    assert_eq!(current(&record).as_deref(), Some("b"));
    // Whoever decides anew later is heard, whichever file comes first.
    record.decide("d0".to_owned(), side("2026-09-13T09:00:00Z", Some("a"), &["b"]));
    assert_eq!(current(&record).as_deref(), Some("a"));
    record.decide("d2".to_owned(), side("2026-09-14T09:00:00Z", None, &["a", "b"]));
    assert_eq!(current(&record).as_deref(), Some("o"), "what stood before stands again");
}

#[test]
fn a_decision_is_taken_back_by_a_later_one_and_that_by_another() {
    let mut record = record(&[(2, "a", &["k"]), (2, "b", &["k"])]);
    let mut chosen = side("2026-09-12T09:00:00Z", Some("b"), &["a"]);
    if let Choice::Side { marks, .. } = &mut chosen.choice {
        marks.insert("4.5.1-1".to_owned(), "5".to_owned());
    }
    record.decide("d1".to_owned(), chosen);
    assert_eq!(record.marks("s", "b").get("4.5.1-1").map(String::as_str), Some("5"));
    assert!(record.marks("s", "a").is_empty());
    let back = |of: &str| Choice::Withdrawn { decision: of.to_owned() };
    record.decide("d2".to_owned(), decision("2026-09-13T09:00:00Z", back("d1")));
    assert!(matches!(record.standing("s"), Some(Standing::Conflict { .. })) && record.marks("s", "b").is_empty());
    record.decide("d3".to_owned(), decision("2026-09-14T09:00:00Z", back("d2")));
    assert_eq!(current(&record).as_deref(), Some("b"));
    // What is said to be earlier takes nothing back that is later.
    record.decide("d0".to_owned(), decision("2026-09-11T09:00:00Z", back("d1")));
    assert_eq!(current(&record).as_deref(), Some("b"));
    assert!(matches!(record.question("s"), Some(Standing::Conflict { .. })), "the question stays what it was");
    let same_unit = |meant: &str| Choice::Unit { given: "河东".to_owned(), meant: meant.to_owned() };
    record.decide("d4".to_owned(), decision("2026-09-15T09:00:00Z", same_unit("河东分校")));
    record.decide("d5".to_owned(), decision("2026-09-16T09:00:00Z", back("d4")));
    assert_eq!(record.unit("河东"), "河东");
}

#[test]
fn a_sheet_whose_contents_were_all_rejected_is_back_with_its_assessor() {
    let mut record = record(&[(1, "a", &["k"]), (1, "b", &["k"])]);
    record.decide("d".to_owned(), side("2026-09-12T09:00:00Z", None, &["a", "b"]));
    assert_eq!(record.standing("s"), Some(Standing::Returned));
    record.add(place(2, "c"), held("河东分校", &["k"]));
    assert_eq!(current(&record).as_deref(), Some("c"));
    assert_eq!(record.standing("t"), None);
}

#[test]
fn nobody_replaces_a_sheet_that_somebody_else_signed() {
    let stranger = record(&[(1, "a", &["k"]), (2, "b", &["x"]), (3, "c", &["x"])]);
    let Some(Standing::Conflict { why, sides }) = stranger.standing("s") else { panic!("no conflict") };
    let digests: Vec<_> = sides.iter().map(|side| side.digest.as_str()).collect();
    assert_eq!((why, digests), (Why::OtherSigners, vec!["a", "c"]));
    let mut moved = record(&[(1, "a", &["k"])]);
    moved.add(place(2, "b"), held("河西分校", &["k"]));
    assert!(matches!(moved.standing("s"), Some(Standing::Conflict { why: Why::OtherSubject, .. })));
}

#[test]
fn names_are_followed_as_people_decided() {
    let mut record = Record::default();
    let same = |given: &str, meant: &str| Choice::Unit { given: given.to_owned(), meant: meant.to_owned() };
    record.decide("1".to_owned(), decision("2026-09-12T09:00:00Z", same("河东 分校", "河东分校")));
    record.decide("2".to_owned(), decision("2026-09-12T10:00:00Z", same("河东分校", "山西河东分校")));
    assert_eq!(record.unit("河东 分校"), "山西河东分校");
    record.decide("3".to_owned(), decision("2026-09-12T11:00:00Z", same("山西河东分校", "河东 分校")));
    assert_eq!(record.unit("河东 分校"), "山西河东分校", "a circle ends where it would close");
    assert_eq!(record.unit("运城分校"), "运城分校");
    let two = [person("周敏"), Person { name: "周敏".to_owned(), organisation: "另一处".to_owned() }];
    record.decide(
        "4".to_owned(),
        decision("2026-09-12T12:00:00Z", Choice::Assessor { given: two[1].clone(), meant: two[0].clone() }),
    );
    assert_eq!(record.assessor(&two[1]), &two[0]);
}

#[test]
fn spellings_that_may_be_one_are_hinted_and_others_are_not() {
    for (one, other) in
        [("河东分校", "河东 分校"), ("第1分校(北)", "第１分校（北）"), ("河东分校", "山西开放大学河东分校")]
    {
        assert!(may_be_same(one, other) && may_be_same(other, one), "{one} {other}");
    }
    for (one, other) in [
        ("河东分校", "河东分校"),
        ("河东分校", "河西分校"),
        ("运城", "运城市"),
        ("上党分校", "上党第二分校"),
        ("上党分校", "上党第2分校"),
    ] {
        assert!(!may_be_same(one, other), "{one} {other}");
    }
}

#[test]
fn a_decision_without_reason_or_choice_is_none() {
    let good = side("2026-09-12T09:00:00Z", Some("a"), &["b"]);
    assert!(good.is_sound());
    assert!(!Decision { reason: " ".to_owned(), ..good.clone() }.is_sound());
    assert!(!Decision { format: 2, ..good }.is_sound());
    assert!(!side("2026-09-12T09:00:00Z", Some("a"), &["a", "b"]).is_sound());
    assert!(!side("2026-09-12T09:00:00Z", Some("a"), &[]).is_sound());
    let mut marks_of_nothing = side("2026-09-12T09:00:00Z", None, &["a", "b"]);
    if let Choice::Side { marks, .. } = &mut marks_of_nothing.choice {
        marks.insert("4.5.1-1".to_owned(), "5".to_owned());
    }
    assert!(!marks_of_nothing.is_sound());
}

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let content = (0..3_u8, 1..4_u32, 0..3_u8, proptest::collection::btree_set("[k-m]", 1..3), "[p-q]").prop_map(
        |(sheet, revision, digest, keys, proof)| {
            // As in life, the bytes of a content say what it is about.
            let unit = if digest == 2 && revision == 3 { "河西分校" } else { "河东分校" };
            let place = Place { sheet: format!("s{sheet}"), revision, digest: format!("{sheet}{revision}{digest}") };
            Piece::Content(place, Held { keys, proofs: [proof].into(), ..held(unit, &[]) })
        },
    );
    let decision = (0..3_u8, 0..3_u8, 1..4_u32, 0..4_u8, "[a-f]").prop_map(|(sheet, time, revision, taken, id)| {
        let digest = |n: u8| format!("{sheet}{revision}{n}");
        let rejected = (0..3).filter(|n| *n != taken).map(digest).collect();
        let taken = (taken < 3).then(|| digest(taken));
        let choice = Choice::Side { sheet: format!("s{sheet}"), taken, rejected, marks: BTreeMap::new() };
        let at = format!("2026-09-1{time}T09:00:00Z");
        // As in life, the digest of a signed decision names one decision.
        Piece::Decision(format!("{choice:?}{at}{id}"), decision(&at, choice))
    });
    // Some decisions take an earlier one back, or one that takes one back.
    let all = proptest::collection::vec(prop_oneof![3 => content, 1 => decision], 0..24);
    (all, 0..4_usize).prop_map(|(mut all, back)| {
        for number in 0..back {
            let named = all.iter().rev().find_map(|piece| match piece {
                Piece::Decision(digest, _) => Some(digest.clone()),
                Piece::Content(..) => None,
            });
            let at = format!("2026-09-2{number}T09:00:00Z");
            let taken_back = |decision| {
                Piece::Decision(format!("back {number}"), self::decision(&at, Choice::Withdrawn { decision }))
            };
            all.extend(named.map(taken_back));
        }
        all
    })
}

fn merged(pieces: &[Piece]) -> Record {
    let mut record = Record::default();
    for piece in pieces.iter().cloned() {
        match piece {
            Piece::Content(place, held) => record.add(place, held),
            Piece::Decision(digest, decision) => record.decide(digest, decision),
        };
    }
    record
}

proptest! {
    #[test]
    fn order_repeats_and_stages_make_no_difference(
        (given, shuffled) in pieces().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        cut in 0..24_usize,
        again in 0..24_usize,
    ) {
        let expected = merged(&given);
        prop_assert_eq!(&merged(&shuffled), &expected);
        let (first, second) = shuffled.split_at(cut.min(shuffled.len()));
        let mut staged = merged(second);
        staged.join(merged(first));
        staged.join(merged(&shuffled[..again.min(shuffled.len())]));
        prop_assert_eq!(&staged, &expected);
        for sheet in expected.sheets() {
            prop_assert_eq!(staged.standing(sheet), expected.standing(sheet));
            match expected.standing(sheet) {
                Some(Standing::Conflict { sides, .. }) => prop_assert!(sides.len() > 1),
                standing => prop_assert!(standing.is_some()),
            }
        }
    }
}
