//! Every rubric that ships can be read, and nothing is wrong with it.

#![allow(clippy::unwrap_used)]

use rubric::Rubric;

#[test]
fn every_rubric_that_ships_is_sound() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rubrics");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let rubric = Rubric::read(&std::fs::read_to_string(&path).unwrap());
            assert!(rubric.is_ok(), "{}: {:#?}", path.display(), rubric.err());
            read += 1;
        }
    }
    assert_eq!(read, 6);
}
