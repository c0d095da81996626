//! A rubric that was exported comes back the same.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its functions as well")]

use rubric::Rubric;
use workbook::{CellFault, export, import, template};

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
fn every_rubric_that_ships_comes_back_the_same() {
    for (path, text) in shipped() {
        let rubric = Rubric::read(&text).unwrap();
        let bytes = export(&rubric).unwrap_or_else(|error| panic!("{path}: {error}"));
        let imported = import(&bytes, "指标体系.xlsx").unwrap_or_else(|faults| panic!("{path}: {faults:#?}"));
        assert_eq!(Rubric::read(&imported.toml).unwrap(), imported.rubric, "{path}");
        let mut back = imported.rubric;
        back.digest = rubric.digest.clone();
        assert_eq!(back, rubric, "{path}");
        assert_eq!(export(&rubric).unwrap(), bytes, "{path}: the same bytes every time");
        if let Ok(folder) = std::env::var("HENGJIAN_TEST_WORKBOOKS") {
            std::fs::write(format!("{folder}/{}.xlsx", rubric.id), &bytes).unwrap();
            std::fs::write(format!("{folder}/template.xlsx"), template()).unwrap();
        }
    }
}

#[test]
fn the_empty_template_says_what_is_missing_first() {
    let faults = import(&template(), "模板.xlsx").unwrap_err();
    let [CellFault::Rubric { cell, fault, .. }] = faults.as_slice() else { panic!("{faults:#?}") };
    assert_eq!(cell, "基本信息!B9");
    assert_eq!(*fault, rubric::error::Fault::MissingKey { key: "最小记分单位".to_owned() });
}
