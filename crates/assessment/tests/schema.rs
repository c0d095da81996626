//! The schema of the input is the committed one.

#![allow(clippy::unwrap_used)]

#[test]
fn the_committed_schema_is_the_one_of_the_program() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/formats/assess.schema.json");
    let text = format!("{:#}\n", assessment::input::schema());
    if std::env::var_os("HENGJIAN_WRITE_SCHEMAS").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), text, "run again with HENGJIAN_WRITE_SCHEMAS=1");
}
