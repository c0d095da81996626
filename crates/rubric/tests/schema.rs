//! The schema says of the file's keys what the reader says.

#![allow(clippy::unwrap_used)]

use rubric::Rubric;
use rubric::error::Fault;
use serde_json::Value;
use std::collections::BTreeSet;

/// Every table and every kind of part and limit; faults of the checks do not matter here.
fn sample() -> String {
    let more = r#"
[[note]]
number = "1"
text = "x"
[[grade]]
name = "合格"
name_en = "Pass"
at_least = 0
sentence = "x"
[[grade_condition]]
kind = "few_below"
level = 1
below = 60
fewer_than = 1
grades = ["合格"]
otherwise = "合格"
sentence = "x"
[[veto]]
indicator = "A"
below = 60
conclusion = "合格"
sentence = "x"
[parent]
id = "x"
edition = "1"
digest = "x"
[[adjustment]]
code = "C4"
section = "x"
title = "x"
text = "x"
parts = [{ kind = "conform", modality = "may" }]
"#;
    format!("{}{more}", include_str!("rules.toml"))
}

/// The keys that the reader knows of the table that an unknown key is put into.
fn known_keys(text: &str) -> Option<BTreeSet<String>> {
    match Rubric::read(text).unwrap_err().remove(0).fault {
        Fault::UnknownKey { key, known } if key == "zz" => Some(known.split('、').map(str::to_owned).collect()),
        _ => None,
    }
}

fn keys(schema: &Value) -> BTreeSet<String> {
    schema["properties"].as_object().unwrap().keys().cloned().collect()
}

fn definition<'a>(schema: &'a Value, name: &str, key: &str, word: &str) -> &'a Value {
    let all = schema["$defs"][name]["oneOf"].as_array().unwrap();
    all.iter().find(|one| one["properties"][key]["enum"][0] == word).unwrap()
}

#[test]
fn the_committed_schema_is_the_one_of_the_program() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/formats/rubric.schema.json");
    let text = format!("{:#}\n", rubric::schema::schema());
    if std::env::var_os("HENGJIAN_WRITE_SCHEMAS").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), text, "run again with HENGJIAN_WRITE_SCHEMAS=1");
}

#[test]
fn tables_have_the_keys_that_the_reader_knows() {
    let schema = rubric::schema::schema();
    let properties = &schema["properties"];
    let items = |key: &str| &properties[key]["items"];
    let indicator = items("indicator");
    for (header, described) in [
        ("[source]", &properties["source"]),
        ("[local]", &properties["local"]),
        ("[parent]", &properties["parent"]),
        ("[[note]]", items("note")),
        ("[[reading]]", items("reading")),
        ("[[grade]]", items("grade")),
        ("[[grade_condition]]", items("grade_condition")),
        ("[[veto]]", items("veto")),
        ("[[category]]", items("category")),
        ("[[quantity]]", items("quantity")),
        ("[[conversion]]", items("conversion")),
        ("[[adjustment]]", items("adjustment")),
        ("[[indicator]]", indicator),
        ("[[indicator.point]]", &indicator["properties"]["point"]["items"]),
    ] {
        let text = sample().replacen(&format!("\n{header}"), &format!("\n{header}\nzz = 1\n#"), 1);
        assert_eq!(known_keys(&text).as_ref(), Some(&keys(described)), "{header}");
    }
    let root = format!("zz = 1\n{}", sample());
    assert_eq!(known_keys(&root), Some(keys(&schema)));
}

#[test]
fn parts_and_limits_have_the_keys_that_the_reader_knows() {
    let schema = rubric::schema::schema();
    for kind in ["award", "check", "count", "range", "measure", "band", "entries", "conform"] {
        let begins = format!("kind = \"{kind}\"");
        let mut known = BTreeSet::new();
        for (at, _) in sample().match_indices(&begins) {
            let mut text = sample();
            text.insert_str(at, "zz = 1, ");
            known.extend(known_keys(&text).unwrap_or_else(|| panic!("{kind}")));
        }
        assert_eq!(known, keys(definition(&schema, "part", "kind", kind)), "{kind}");
    }
    for effect in ["zero", "cap", "veto"] {
        let text = sample().replacen(&format!("effect = \"{effect}\""), &format!("effect = \"{effect}\"\nzz = 1"), 1);
        let known = known_keys(&text).unwrap_or_else(|| panic!("{effect}"));
        assert_eq!(known, keys(definition(&schema, "limit", "effect", effect)), "{effect}");
    }
}
