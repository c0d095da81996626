//! What an input file says twice or wrongly is refused, and nothing of it counts.

#![allow(clippy::unwrap_used)]

use assessment::Input;
use assessment::input::{Refused, findings};
use rubric::{MarkError, Rubric, score};

fn coal() -> Rubric {
    Rubric::read(include_str!("../../../rubrics/coal-2021.toml")).unwrap()
}

#[test]
fn nothing_is_said_twice() {
    for twice in [
        r#"{"scores":{"A2-2":"1","A2-2":"2"}}"#,
        r#"{"quantities":{"B2-1":{"应配备账号":"2000","应配备账号":"1302"}}}"#,
        r#"{"quantities":{"B2-1":{},"B2-1":{}}}"#,
    ] {
        assert!(Input::read(twice).unwrap_err().to_string().contains("given twice"), "{twice}");
    }
    let items = r#"{"findings":{"B1-1":[{"items":["经费管理制度","经费管理制度"]}]}}"#;
    let (_, refused) = findings(&coal(), &Input::read(items).unwrap());
    assert!(matches!(refused.as_slice(), [(code, Refused::Mark(MarkError::WrongFinding { .. }))] if code == "B1-1"));
}

#[test]
fn a_point_whose_finding_is_refused_gets_no_mark_from_the_same_file() {
    let input = Input::read(r#"{"scores":{"B1-1":"8"},"findings":{"B1-1":"nonsense"}}"#).unwrap();
    let rubric = coal();
    let (taken, refused) = findings(&rubric, &input);
    assert_eq!(refused.len(), 1);
    assert!(taken.points.is_empty());
    let outcome = score(&rubric, &taken);
    assert!(outcome.points.iter().all(|point| point.score.is_none()));
}
