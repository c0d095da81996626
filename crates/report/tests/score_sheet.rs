//! The score sheet, judged by programs that did not make it.

#![allow(missing_docs)]

mod common;

use common::{file, render, run, sheet, squeeze, text};

#[test]
fn the_whole_sheet_is_a_sound_pdf() {
    let rendered = render(&sheet());
    let path = file("sheet.pdf", &rendered);
    run("qpdf", &["--check", path.to_str().unwrap()]);
}
