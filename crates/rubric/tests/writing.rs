//! What is written reads back as the same rubric.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use rubric::Rubric;

/// Reads what was written; the digest is that of the new text.
fn written_and_read(rubric: &Rubric) -> Rubric {
    let text = rubric.to_toml();
    let mut read = Rubric::read(&text).unwrap_or_else(|faults| panic!("{faults:#?}\n{text}"));
    assert_eq!(read.to_toml(), text, "writing once more changes nothing");
    read.digest = rubric.digest.clone();
    read
}

fn shipped() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rubrics");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    assert_eq!(files.len(), 6);
    files
}

#[test]
fn every_rubric_that_ships_reads_back_the_same() {
    for (path, text) in shipped() {
        let rubric = Rubric::read(&text).unwrap();
        assert_eq!(written_and_read(&rubric), rubric, "{path}");
    }
}

/// Every key of the format at least once, most of them away from their defaults.
const FULL: &str = r#"
format = 1
id = "full"
edition = "1"
title = "全"
title_en = "Full"
total = 20
step = 0.5
[source]
document = "件"
[local]
weights = true
sentence = "可调"
[parent]
id = "p"
edition = "0"
digest = "00"
[[reading]]
id = "r"
status = "open"
text = "t"
[[quantity]]
name = "甲"
unit = "个"
whole = true
[[quantity]]
name = "乙"
unit = "%"
formula = "甲 / 2"
reading = "r"
[[conversion]]
name = "c"
of = "甲"
unit = "学时"
sentence = "s"
codes = ["1-1"]
steps = [{ at_most = 15, value = 0.25 }, { value = 1 }]
[[indicator]]
level = 1
code = "1"
title = "一"
max = 20
text = "一（20分）"
lead = ["甲处"]
assisting = ["乙处", "丙处"]
collection = "收"
guidance = "说"
[[indicator.point]]
code = "1-1"
title = "一一"
max = 10
text = "原文"
parts = [
  { kind = "measure", of = "乙", line = 50, every = 10, amount = 1, award = 4, side = "at_most", partial_step = "prorate", rounding = "half_up" },
  { kind = "entries", items = [{ name = "x", coefficient = 1 }, { name = "y", coefficient = 1.5 }], each_most = 2, most = 3 },
  { kind = "count", amount = 0.5, items = ["a", "b"], open = true, unit = "类", takes = true, sentence = "扣" },
  { kind = "award", from = 1, to = 3, basis = "unstated" },
]
[[indicator.point.limit]]
code = "1-1!1"
title = "否"
text = "否决"
effect = "veto"
conclusion = "取消"
scope = "indicator"
when = "甲 < 2 或 乙 > 3"
[[indicator.point]]
code = "1-2"
title = "一二"
max = 10
base = "full"
text = "原文"
parts = [
  { kind = "range", takes = true, from = 0.5, to = 1, reading = "r" },
  { kind = "band", takes = true, gap = "r", suggests = true, bands = [{ from = 5, to = 6, sentence = "好", when = "甲 >= 2" }, { from = 0, to = 1, sentence = "差" }] },
]
[[indicator.limit]]
code = "1!1"
title = "顶"
text = "封顶"
effect = "cap"
cap = 5
[[adjustment]]
code = "E"
section = "扣分项"
title = "扣"
text = "扣分"
reason = true
parts = [{ kind = "award", basis = "graded" }, { kind = "check", amount = 2 }]
"#;

#[test]
fn every_key_reads_back_the_same() {
    let rubric = Rubric::read(FULL).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert_eq!(written_and_read(&rubric), rubric);
}

#[test]
fn defaults_are_left_out() {
    let text = Rubric::read(FULL).unwrap().to_toml();
    assert!(text.contains(r#"{ kind = "award", basis = "graded" }"#), "{text}");
    for default in ["shape", "at_least\"", "takes = false", "999999999", "scope = \"whole\"", "grades = "] {
        assert!(!text.contains(default), "{default}\n{text}");
    }
}

/// Texts as a reader gives them: not empty, no line break at either end.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\"".to_owned()),
        Just("\"\"\"".to_owned()),
        Just("'''".to_owned()),
        Just("\\".to_owned()),
        Just("\\u0041".to_owned()),
        Just("\t".to_owned()),
        Just("\n".to_owned()),
        Just("\r\n".to_owned()),
        Just(" ".to_owned()),
        Just("#".to_owned()),
        Just("，（90分）≥".to_owned()),
        Just("👩\u{200d}🏫𠮷".to_owned()),
        Just("\u{feff}\u{7f}\u{85}\u{1b}\u{0}".to_owned()),
        any::<char>().prop_map(String::from),
    ];
    let trimmed = |pieces: Vec<String>| pieces.concat().trim_matches('\n').to_owned();
    prop::collection::vec(piece, 1..12).prop_map(trimmed).prop_filter("empty is absent", |text| !text.is_empty())
}

proptest! {
    #[test]
    fn every_text_reads_back_the_same(texts in prop::collection::vec(text(), 12)) {
        let mut rubric = Rubric::read(FULL).unwrap();
        let mut texts = texts.into_iter();
        let mut next = || texts.next().unwrap();
        rubric.title = next();
        rubric.step_sentence = Some(next());
        rubric.source.parts = vec![next(), "\n".to_owned(), String::new()];
        rubric.readings[0].text = next();
        let indicator = &mut rubric.indicators[0];
        indicator.title = next();
        indicator.departments = vec![next()];
        indicator.guidance = Some(next());
        indicator.points[0].text = next();
        indicator.points[0].parts[0].sentence = next();
        indicator.limits[0].text = next();
        if let rubric::model::Rule::Band { bands, .. } = &mut indicator.points[1].parts[1].rule {
            bands[0].sentence = next();
        }
        rubric.adjustments[0].note = Some(next());
        prop_assert_eq!(written_and_read(&rubric), rubric);
    }
}
