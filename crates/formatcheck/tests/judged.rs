//! Files made by other people's programs: right ones are found right, and each fault is found where it is.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use document::Profile;
use formatcheck::{Fault, Report, check};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use strum::VariantNames;

fn profile() -> Profile {
    Profile::oucsx_2021().unwrap()
}

/// Runs a script of this folder by the Python of the third-party judges.
fn python(script: &str, folder: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let environment = std::env::var_os("HENGJIAN_VENV").map_or_else(|| root.join("../../.venv"), PathBuf::from);
    let python = environment.join("bin/python");
    let run = Command::new(&python).arg(root.join("tests").join(script)).arg(folder).output();
    let run = run.unwrap_or_else(|error| panic!("{}: {error}; run script/bootstrap", python.display()));
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

fn codes(report: &Report) -> BTreeSet<String> {
    let code = |fault| serde_json::to_value(fault).unwrap()["code"].as_str().unwrap().to_owned();
    report.findings.iter().map(|finding| code(&finding.fault)).collect()
}

/// Every case of a script has the codes that the script says, and no other.
fn every_case_of(script: &str) {
    let folder = tempfile::tempdir().unwrap();
    python(script, folder.path());
    let cases: Value = serde_json::from_slice(&std::fs::read(folder.path().join("cases.json")).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for case in cases.as_array().unwrap() {
        let file = case["file"].as_str().unwrap();
        let expected: BTreeSet<String> =
            case["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect();
        let report = check(&folder.path().join(file), &profile()).unwrap();
        if codes(&report) != expected {
            let faults: Vec<_> = report.findings.iter().map(|one| (&one.fault, &one.places)).collect();
            wrong.push(format!("{file}: expected {expected:?}, found {faults:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_fault_of_a_docx_or_xlsx_is_found_and_nothing_else() {
    every_case_of("make.py");
}

#[test]
fn each_fault_of_a_pdf_is_found_and_nothing_else() {
    every_case_of("make_pdf.py");
}

#[test]
fn every_code_is_described() {
    let described = include_str!("../../../docs/formats/format-check.md");
    let missing: Vec<_> = Fault::VARIANTS.iter().filter(|code| !described.contains(&format!("`{code}`"))).collect();
    assert!(missing.is_empty(), "docs/formats/format-check.md lacks {missing:?}");
}
