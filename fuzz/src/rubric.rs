//! Reading a rubric. What is accepted is written, read again, scored and compared: all of that must bear it as well.

use rubric::local::Naming;
use rubric::{Findings, LocalChanges, Rubric};

/// Reads the bytes as a rubric, and as a file of local changes.
pub fn run(data: &[u8]) {
    let Ok(text) = Rubric::text(data.to_vec()) else { return };
    let naming = Naming { id: "local".to_owned(), edition: "1".to_owned(), suffix: "（地方版）".to_owned() };
    let changes = LocalChanges::read(&text, naming);
    if let Ok(changes) = &changes {
        let parent = Rubric::read(include_str!("../../crates/rubric/tests/small.toml")).expect("a good rubric");
        _ = rubric::derive(&parent, changes);
    }
    let Ok(read) = Rubric::read(&text) else { return };
    let written = read.to_toml();
    let again = Rubric::read(&written).expect("what was read and written can be read");
    assert_eq!(written, again.to_toml(), "a rubric has one spelling");
    assert!(rubric::diff(&read, &again).is_empty(), "what was written says the same");
    let nothing = Findings::default();
    let outcome = rubric::score(&read, &nothing);
    _ = rubric::losses(&read, &nothing, &outcome);
    _ = rubric::what_if(&read, &nothing, &outcome);
}
