//! The compliance sheet names tests that there are.

#![allow(missing_docs, clippy::unwrap_used)]

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// The Rust files below a folder.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_test_that_the_compliance_sheet_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    sources(&root.join("crates"), &mut files);
    sources(&root.join("tests"), &mut files);
    let mut tests = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        for (_, after) in text.split("#[test]").skip(1).filter_map(|part| part.split_once("fn ")) {
            tests.insert(after.split(['(', '<']).next().unwrap().to_owned());
        }
    }
    let sheet = std::fs::read_to_string(root.join("docs/compliance.md")).unwrap();
    let named = sheet.split('`').skip(1).step_by(2);
    let named: BTreeSet<&str> = named.filter(|n| n.matches('_').count() > 3 && !n.contains(['/', ' '])).collect();
    assert!(named.len() > 10);
    let lost: Vec<&&str> = named.iter().filter(|name| !tests.contains(**name)).collect();
    assert!(lost.is_empty(), "no such tests: {lost:?}");
}
