//! What the reader refuses, with the line and what was expected.

#![allow(clippy::unwrap_used)]

use rubric::Rubric;
use rubric::error::Fault;

const GOOD: &str = include_str!("small.toml");

/// Replaces one piece of the good file and returns the first fault with its line's text.
fn fault(from: &str, to: &str) -> (Fault, String) {
    assert!(GOOD.contains(from), "{from}");
    let text = GOOD.replacen(from, to, 1);
    let error = Rubric::read(&text).unwrap_err().remove(0);
    let line = text.lines().nth(error.line - 1).unwrap_or_default().to_owned();
    (error.fault, line)
}

#[test]
fn the_small_rubric_is_good() {
    let rubric = Rubric::read(GOOD).unwrap();
    assert_eq!(rubric.points().count(), 3);
    assert_eq!(
        Rubric::read(&format!("\u{feff}{GOOD}")).unwrap().digest,
        rubric.digest,
        "a byte order mark changes nothing"
    );
}

#[test]
fn faults_name_the_place_and_what_is_expected() {
    let (fault_found, line) = fault("max = 6 # A", "max = 7 # A");
    assert_eq!(fault_found, Fault::WrongSum { name: "total".into(), sum: "11".into(), expected: "10".into() });
    assert_eq!(line, "total = 10");

    let (fault_found, line) = fault("max = 2 # A-2", "max = 3 # A-2");
    assert!(matches!(fault_found, Fault::WrongSum { .. }), "{fault_found:?}");
    assert_eq!(line, "[[indicator]] # A");

    let (fault_found, line) = fault("title = \"甲\"", "titel = \"甲\"");
    assert!(matches!(fault_found, Fault::MissingKey { ref key } if key == "title"), "{fault_found:?}");
    assert_eq!(line, "[[indicator]] # A");

    let (fault_found, line) = fault("text = \"甲（6分）\"", "text = \"甲（6分）\"\nguidence = \"x\"");
    assert_eq!(fault_found, Fault::UnknownKey { key: "guidence".into(), known: "guidance".into() });
    assert_eq!(line, "guidence = \"x\"");

    let (fault_found, line) = fault("code = \"A-2\"", "code = \"A-1\"");
    assert!(matches!(fault_found, Fault::DuplicateCode { .. }), "{fault_found:?}");
    assert_eq!(line, "[[indicator.point]] # A-2");
}

#[test]
fn numbers_are_plain_decimals() {
    for bad in ["1e3", "0x10", "-4", "inf", "\"4\""] {
        let (fault_found, _) = fault("max = 6 # A", &format!("max = {bad} # A"));
        assert!(matches!(fault_found, Fault::NotADecimal { .. } | Fault::WrongType { .. }), "{bad}: {fault_found:?}");
    }
}

#[test]
fn rules_must_reach_full_marks_on_the_step() {
    let (found, _) = fault("from = 3, to = 4", "from = 3, to = 3.5");
    assert!(matches!(found, Fault::OffStep { .. }), "{found:?}");
    let (found, _) = fault("from = 3, to = 4", "from = 3, to = 3");
    assert!(matches!(found, Fault::UnreachableMax { .. }), "{found:?}");
    let (found, _) = fault("from = 0, to = 2, s", "from = 0, to = 3, s");
    assert!(matches!(found, Fault::BadRange { .. }), "{found:?}");
    let (found, _) = fault("parts = [{ kind = \"award\", basis = \"graded\" }] # B", "parts = []");
    assert!(matches!(found, Fault::UnreachableMax { .. }), "{found:?}");
}

#[test]
fn references_and_grades_are_checked() {
    for (from, to) in [("indicator = \"A\"", "indicator = \"X\""), ("conclusion = \"不合格\"", "conclusion = \"差\"")]
    {
        let (found, _) = fault(from, to);
        assert!(matches!(found, Fault::UnknownReference { .. }), "{found:?}");
    }
    let (found, _) = fault("at_least = 0", "at_least = 1");
    assert!(matches!(found, Fault::BadGrades { .. }), "{found:?}");
    let (found, line) = fault("kind = \"award\"", "kind = \"awrad\"");
    assert!(matches!(found, Fault::NotAllowed { .. }), "{found:?}");
    assert!(line.contains("awrad"));
    let (found, _) = fault("format = 1", "format = 2");
    assert!(matches!(found, Fault::UnknownFormat { .. }), "{found:?}");
    let (found, _) = fault("level = 1 # B", "level = 3");
    assert!(matches!(found, Fault::WrongLevel { .. }), "{found:?}");
    let (found, _) = fault("id = \"small\"", "id = \"small");
    assert!(matches!(found, Fault::NotToml { .. }), "{found:?}");
}
