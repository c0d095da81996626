//! Editions: what differs, what stays the same, and local editions.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its functions as well")]

use rubric::diff::{KEYS, Kind, diff};
use rubric::local::{LocalChanges, LocalError, Naming, Weight, derive};
use rubric::unchanged::{concerning, is_unchanged, unchanged_points};
use rubric::{Change, Rubric, decimal};

const SMALL: &str = include_str!("small.toml");

fn shipped(id: &str) -> Rubric {
    let path = format!("{}/../../rubrics/{id}.toml", env!("CARGO_MANIFEST_DIR"));
    Rubric::read(&std::fs::read_to_string(path).unwrap()).unwrap()
}

const SHIPPED: [&str; 6] =
    ["oucsx-2021", "coal-2021", "urumqi-base", "platform-2024", "resource-2024", "gbt38856-2020"];

/// The small rubric with some pieces replaced.
fn small(changes: &[(&str, &str)]) -> Rubric {
    let text = changes.iter().fold(SMALL.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    });
    Rubric::read(&text).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// A change in one line: `kind name field: old → new`.
fn line(change: &Change) -> String {
    let none = || "–".to_owned();
    let (kind, name) = change.subject();
    let kind: &str = kind.into();
    match change {
        Change::Added { .. } => format!("+ {kind} {name}"),
        Change::Removed { .. } => format!("- {kind} {name}"),
        Change::Renumbered { old, .. } => format!("{kind} {old} → {name}"),
        Change::Reordered { .. } => format!("{kind} reordered"),
        Change::Changed { field, old, new, .. } => {
            let value = |value: &Option<String>| value.clone().unwrap_or_else(none);
            format!("{kind} {name} {field}: {} → {}", value(old), value(new)).replace("  ", " ")
        }
    }
}

/// Pieces of the small rubric with what replaces them, and the differences that follow.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);

#[test]
fn differences_are_named() {
    let more = "[[indicator]]\nlevel = 1 # B";
    let note = "[[note]]\nnumber = \"1\"\ntext = \"注\"\n\n[[grade]]\nname = \"合格\"";
    let cases: &[Case<'_>] = &[
        (&[], &[]),
        (&[("# A", "# other comment")], &[]),
        (&[("edition = \"1\"", "edition = \"2\"")], &["rubric edition: 1 → 2"]),
        (&[("title = \"甲\"", "title = \"甲甲\"")], &["indicator A title: 甲 → 甲甲"]),
        (
            &[("from = 3, to = 4", "from = 4, to = 4"), ("to = 2,", "to = 3,")],
            &["point A-1 parts.1.bands.1.from: 3 → 4", "point A-1 parts.1.bands.2.to: 2 → 3"],
        ),
        (
            &[("kind = \"award\", basis = \"graded\"", "kind = \"check\"")],
            &["point B parts.1: { kind = \"award\", basis = \"graded\" } → { kind = \"check\" }"],
        ),
        (&[("at_least = 6", "at_least = 7")], &["grade 合格 at_least: 6 → 7"]),
        (&[("below = 60", "below = 50")], &["veto A below: 60 → 50"]),
        (&[("step_sentence = \"每项得分必须是整数。\"\n", "")], &["rubric step_sentence: 每项得分必须是整数。 → –"]),
        (&[("code = \"A-2\"", "code = \"A-3\"")], &["point A-2 → A-3"]),
        (&[("code = \"A-2\"", "code = \"A-3\""), ("有制度（2分）", "有制度（两分）")], &["- point A-2", "+ point A-3"]),
        (
            &[("max = 4\ntext = \"乙（4分）\"", "max = 4\nlead = [\"教务处\"]\ntext = \"乙（4分）\"")],
            &["indicator B lead: – → [\"教务处\"]"],
        ),
        (&[("[[grade]]\nname = \"合格\"", note)], &["+ note 1"]),
        (
            &[(
                more,
                "[[indicator.limit]]\ncode = \"A!1\"\ntitle = \"无\"\ntext = \"无\"\neffect = \"zero\"\n[[indicator]]\nlevel = 1 # B",
            )],
            &["+ limit A!1"],
        ),
    ];
    for (changes, want) in cases {
        let (old, new) = (small(&[]), small(changes));
        assert_eq!(diff(&old, &new).iter().map(line).collect::<Vec<_>>(), *want, "{changes:?}");
    }
}

#[test]
fn order_counts() {
    let mut new = small(&[]);
    new.indicators.swap(0, 1);
    assert_eq!(
        diff(&small(&[]), &new).iter().map(line).collect::<Vec<_>>(),
        ["indicator reordered", "point reordered"]
    );
}

#[test]
fn what_is_added_one_way_is_removed_the_other() {
    for (a, b) in [("oucsx-2021", "coal-2021"), ("platform-2024", "resource-2024")] {
        let (a, b) = (shipped(a), shipped(b));
        let (there, back) = (diff(&a, &b), diff(&b, &a));
        let names = |changes: &[Change], added: bool| {
            let fits =
                |c: &&Change| matches!((c, added), (Change::Added { .. }, true) | (Change::Removed { .. }, false));
            let mut names: Vec<(Kind, String)> =
                changes.iter().filter(fits).map(|c| (c.subject().0, c.subject().1.to_owned())).collect();
            names.sort();
            names
        };
        assert_eq!(names(&there, true), names(&back, false));
        assert!(!there.is_empty());
    }
}

#[test]
fn every_key_of_a_path_is_known() {
    let known = |path: &str| path.split('.').all(|key| key.parse::<u32>().is_ok() || KEYS.contains(&key));
    for a in SHIPPED.map(shipped) {
        assert_eq!(diff(&a, &a), []);
        for b in SHIPPED.map(shipped) {
            for change in diff(&a, &b) {
                if let Change::Changed { field, .. } = &change {
                    assert!(known(field), "{field}");
                }
            }
        }
        let text = a.to_toml();
        let keys = text.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key.trim());
        for key in keys.filter(|key| key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')) {
            assert!(KEYS.contains(&key) || key == "format", "{key}");
        }
    }
}

#[test]
fn points_stay_the_same_by_what_bears_on_them() {
    let with_figures = |formula: &str, note: &str| {
        let quantities = format!(
            "[[quantity]]\nname = \"总数\"\nunit = \"个\"\n\n[[quantity]]\nname = \"比率\"\nunit = \"%\"\n{note}formula = \"{formula}\"\n\n[[indicator]] # A"
        );
        small(&[
            ("[[indicator]] # A", &quantities),
            ("{ from = 3, to = 4,", "{ from = 3, to = 4, when = \"比率 > 50\","),
        ])
    };
    let figures = with_figures("总数 * 2", "");
    let cases: Vec<(Rubric, Rubric, &[&str])> = vec![
        (small(&[]), small(&[]), &["A-1", "A-2", "B"]),
        (small(&[]), small(&[("title = \"等级\"", "title = \"分级\"")]), &["A-1", "A-2", "B"]),
        (small(&[]), small(&[("text = \"有制度（2分）\"", "text = \"有规章（2分）\"")]), &["A-1", "B"]),
        (small(&[]), small(&[("from = 3, to = 4", "from = 4, to = 4"), ("to = 2,", "to = 3,")]), &["A-2", "B"]),
        (small(&[]), small(&[("code = \"A-2\"", "code = \"A-3\"")]), &["A-1", "B"]),
        (small(&[]), small(&[("step = 1", "step = 0.5"), ("from = 3,", "from = 2.5,")]), &[]),
        (figures.clone(), with_figures("总数 * 2", "note = \"全部\"\n"), &["A-2", "B"]),
        (figures.clone(), with_figures("总数 * 3", ""), &["A-2", "B"]),
        (figures.clone(), figures, &["A-1", "A-2", "B"]),
    ];
    for (old, new, want) in &cases {
        assert_eq!(unchanged_points(old, new), *want);
    }
    let (old, new, _) = &cases[7];
    let changes = diff(old, new);
    let lines = |code: &str| concerning(&changes, old, new, code).into_iter().map(line).collect::<Vec<_>>();
    assert_eq!(lines("A-1"), ["quantity 比率 formula: 总数 * 2 → 总数 * 3"]);
    assert_eq!(lines("A-2"), [""; 0]);
    assert!(!is_unchanged(old, new, "C"), "what neither has is not the same");
}

fn naming() -> Naming {
    Naming { id: "local".into(), edition: "2026".into(), suffix: "（并州市）".into() }
}

fn changes(text: &str) -> LocalChanges {
    LocalChanges::read(text, naming()).unwrap()
}

fn weights(all: &[(&str, &str)]) -> LocalChanges {
    let weight = |(code, max): &(&str, &str)| Weight { code: (*code).into(), max: decimal::parse(max).unwrap() };
    LocalChanges { naming: naming(), weights: all.iter().map(weight).collect(), ..LocalChanges::default() }
}

/// The differences without those of the name.
fn rules(old: &Rubric, new: &Rubric) -> Vec<String> {
    let named = |change: &&Change| {
        let (kind, name) = change.subject();
        kind != Kind::Rubric && (kind, name) != (Kind::Reading, "L1")
    };
    diff(old, new).iter().filter(named).map(line).collect()
}

const GRADES: &str = "
[[grade]]
name = \"一级\"
name_en = \"First\"
at_least = 90
sentence = \"90分以上\"
[[grade]]
name = \"二级\"
name_en = \"Second\"
at_least = 75
sentence = \"75分以上\"
[[grade]]
name = \"三级\"
name_en = \"Third\"
at_least = 60
sentence = \"60分以上\"
[[grade]]
name = \"不定级\"
name_en = \"None\"
at_least = 0
sentence = \"不足60分\"
";

#[test]
fn an_office_draws_grade_lines() {
    let parent = shipped("platform-2024");
    let local = derive(&parent, &changes(GRADES)).unwrap();
    assert_eq!(rules(&parent, &local), ["+ grade 一级", "+ grade 二级", "+ grade 三级", "+ grade 不定级"]);
    assert_eq!((local.id.as_str(), local.edition.as_str()), ("local", "2026"));
    assert_eq!(local.title, format!("{}（并州市）", parent.title));
    let above = local.parent.as_ref().unwrap();
    assert_eq!((above.id.as_str(), above.digest.as_str()), ("platform-2024", parent.digest.as_str()));
    let reading = local.readings.last().unwrap();
    assert!(reading.id == "L1" && reading.text.contains("二级75分起") && reading.codes.is_empty(), "{reading:?}");
    assert_eq!(Rubric::read(&local.to_toml()).unwrap(), local, "the digest is that of the file as it is written");
    assert_eq!(unchanged_points(&parent, &local).len(), parent.points().count());

    let again = LocalChanges { naming: Naming { id: "again".into(), ..naming() }, ..LocalChanges::default() };
    assert_eq!(derive(&local, &again).unwrap().readings.last().unwrap().id, "L2");
}

#[test]
fn weights_scale_every_amount() {
    let parent = shipped("platform-2024");
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "1.1.3",
            "6",
            &[
                "indicator 1 max: 20 → 23",
                "indicator 1.1 max: 11 → 14",
                "point 1.1.3 max: 3 → 6",
                "point 1.1.3 parts.1.bands.1.from: 2.1 → 4.1",
                "point 1.1.3 parts.1.bands.1.to: 3 → 6",
                "point 1.1.3 parts.1.bands.2.to: 2 → 4",
            ],
        ),
        (
            "2.4.1",
            "2.5",
            &[
                "indicator 2 max: 45 → 42.5",
                "indicator 2.4 max: 13 → 10.5",
                "point 2.4.1 max: 5 → 2.5",
                "point 2.4.1 parts.1.bands.1.from: 3.1 → 1.6",
                "point 2.4.1 parts.1.bands.1.to: 5 → 2.5",
                "point 2.4.1 parts.1.bands.2.from: 1 → 0.5",
                "point 2.4.1 parts.1.bands.2.to: 3 → 1.5",
            ],
        ),
        ("1.1.1", "0.3", &["indicator 1 max: 20 → 18.3", "indicator 1.1 max: 11 → 9.3", "point 1.1.1 max: 2 → 0.3"]),
        ("1.1.1", "2", &[]),
    ];
    for (code, max, want) in cases {
        let local = derive(&parent, &weights(&[(code, max)])).unwrap();
        assert_eq!(rules(&parent, &local), *want, "{code} {max}");
        let sum = local.points().map(|(_, point)| point.max).sum();
        assert_eq!(local.total, sum, "the total follows");
    }
    let local = derive(&parent, &weights(&[("1.1.3", "6"), ("1.1.1", "4")])).unwrap();
    let reading = local.readings.last().unwrap();
    assert_eq!(reading.codes, ["1.1.1", "1.1.3"]);
    assert!(
        reading.text.contains("1.1.3由3分改为6分") && reading.text.contains("由100分变为105分"),
        "{}",
        reading.text
    );
}

/// A rubric with every kind of amount, on a step of 0.5.
const KINDS: &str = r#"
format = 1
id = "kinds"
edition = "1"
title = "各种规则"
title_en = "Kinds"
total = 14
step = 0.5
[source]
document = "件"
[local]
weights = true
sentence = "可调整分数权重。"
[[category]]
name = "基础型"
name_en = "basic"
max = 14
[[quantity]]
name = "甲"
unit = "个"
[[indicator]]
level = 1
code = "1"
title = "一"
max = 14
text = "一"
[[indicator.point]]
code = "1-1"
title = "一一"
max = 10
category = "基础型"
text = "原文"
parts = [
  { kind = "measure", of = "甲", line = 50, every = 10, amount = 1, award = 4 },
  { kind = "entries", items = [{ name = "x" }], each_most = 2, most = 3 },
  { kind = "range", takes = true, from = 1, to = 2 },
  { kind = "count", amount = 0.5, takes = true },
  { kind = "award", from = 1, to = 3, basis = "unstated" },
]
[[indicator.point.limit]]
code = "1-1!1"
title = "顶"
text = "封顶"
effect = "cap"
cap = 5
[[indicator.point]]
code = "1-2"
title = "一二"
max = 4
category = "基础型"
text = "原文"
parts = [{ kind = "entries", items = [{ name = "x", coefficient = 2 }] }]
"#;

#[test]
fn every_kind_of_amount_is_scaled_or_refused() {
    let parent = Rubric::read(KINDS).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let local = derive(&parent, &weights(&[("1-1", "20")])).unwrap();
    assert_eq!(
        rules(&parent, &local),
        [
            "category 基础型 max: 14 → 24",
            "indicator 1 max: 14 → 24",
            "point 1-1 max: 10 → 20",
            "point 1-1 parts.1.award: 4 → 8",
            "point 1-1 parts.1.amount: 1 → 2",
            "point 1-1 parts.2.each_most: 2 → 4",
            "point 1-1 parts.2.most: 3 → 6",
            "point 1-1 parts.3.from: 1 → 2",
            "point 1-1 parts.3.to: 2 → 4",
            "point 1-1 parts.4.amount: 0.5 → 1",
            "point 1-1 parts.5.from: 1 → 2",
            "point 1-1 parts.5.to: 3 → 6",
            "limit 1-1!1 cap: 5 → 10",
        ]
    );
    let refused = |code: &str, max: &str| derive(&parent, &weights(&[(code, max)])).unwrap_err();
    let near = |max: &str| match refused("1-1", max) {
        LocalError::OffStep { near, .. } => near,
        other => panic!("{other}"),
    };
    assert_eq!((near("15"), near("3"), near("10.25")), ("10、20".into(), "10".into(), "10、20".into()));
    assert_eq!(refused("1-2", "8"), LocalError::CannotScale { name: "1-2".into(), kind: "entries".into() });
}

#[test]
fn what_does_not_work_is_refused_with_what_does() {
    let parent = shipped("platform-2024");
    let refused = |changes: &LocalChanges| derive(&parent, changes).unwrap_err();
    for (max, want) in [("3.15", "3、3.3"), ("4", "3.9、4.2"), ("0", "0.3"), ("-3", "0.3"), ("0.3000001", "0.3、0.6")]
    {
        match refused(&weights(&[("1.1.3", max)])) {
            LocalError::OffStep { near, .. } => assert_eq!(near, want, "{max}"),
            other => panic!("{max}: {other}"),
        }
    }
    assert!(matches!(refused(&weights(&[("1.1.3", "3000000000")])), LocalError::OffStep { .. }));
    assert!(matches!(refused(&weights(&[("9.9", "1")])), LocalError::UnknownPoint { .. }));
    assert!(matches!(refused(&weights(&[("1.1.1", "1"), ("1.1.1", "3")])), LocalError::GivenTwice { .. }));
    for (from, to, name) in [("= 90", "= 70", "二级"), ("= 90", "= 101", "一级"), ("= 0\n", "= 1\n", "不定级")] {
        let found = refused(&changes(&GRADES.replacen(from, to, 1)));
        assert_eq!(found, LocalError::BadGrades { name: name.into(), total: "100".into() });
    }
    for (naming, field) in [
        (Naming { id: "a b".into(), ..naming() }, "id"),
        (Naming { edition: String::new(), ..naming() }, "edition"),
        (Naming { suffix: "\n".into(), ..naming() }, "suffix"),
    ] {
        let found = refused(&LocalChanges { naming, ..LocalChanges::default() });
        assert!(matches!(&found, LocalError::BadNaming { field: named, .. } if named == field), "{found}");
    }
    let same = LocalChanges { naming: Naming { id: parent.id.clone(), ..naming() }, ..LocalChanges::default() };
    assert!(matches!(refused(&same), LocalError::IdTaken { .. }));
    let faulty = LocalChanges::read("[[weight]]\ncode = \"1.1.1\"\nmax = -1\n", naming()).unwrap_err();
    assert_eq!(faulty.line, 3);
}

#[test]
fn nothing_is_changed_that_the_source_does_not_permit() {
    let nothing = LocalChanges { naming: naming(), ..LocalChanges::default() };
    for id in ["oucsx-2021", "gbt38856-2020"] {
        let found = derive(&shipped(id), &nothing).unwrap_err();
        assert_eq!(found, LocalError::NothingPermitted { rubric: id.into() });
    }
    let kinds = Rubric::read(KINDS).unwrap();
    let grades = changes(GRADES);
    let (rubric, sentence) = ("kinds".to_owned(), "可调整分数权重。".to_owned());
    assert_eq!(derive(&kinds, &grades), Err(LocalError::GradesNotPermitted { rubric, sentence }));
    let mut lines_only = shipped("platform-2024");
    lines_only.local.as_mut().unwrap().weights = false;
    assert!(matches!(derive(&lines_only, &weights(&[("1.1.1", "1")])), Err(LocalError::WeightsNotPermitted { .. })));
}

#[test]
fn without_changes_the_rules_are_the_same() {
    let nothing = LocalChanges { naming: naming(), ..LocalChanges::default() };
    for id in ["platform-2024", "resource-2024"] {
        let parent = shipped(id);
        let local = derive(&parent, &nothing).unwrap();
        assert_eq!(rules(&parent, &local), [""; 0]);
        assert_eq!(
            (&local.indicators, &local.adjustments, &local.grades),
            (&parent.indicators, &parent.adjustments, &parent.grades)
        );
    }
}
