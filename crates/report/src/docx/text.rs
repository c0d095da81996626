//! Paragraphs and runs, and lengths in the units of the format.

use document::{Style, StyleName};

use super::{
    styles,
    xml::{Element, el, val},
};

/// Twentieths of a point.
pub(super) fn twips(points: f64) -> i64 {
    (points * 20.0).round() as i64
}

/// Width of a text, near enough for an indent: the fonts are only known where the file is opened.
pub(super) fn wide(text: &str, style: &Style) -> f64 {
    let wide = |character: char| match character {
        ' ' | '.' | ',' | ':' | ';' => style.size / 4.0,
        c if c.is_ascii() => style.size / 2.0,
        _ => style.cell,
    };
    text.chars().map(wide).sum()
}

/// A paragraph without text.
pub(super) fn empty(style: &'static str) -> Element {
    el("w:p").prop(val("w:pStyle", style))
}

/// A paragraph in one of the document's styles; a line feed begins a new line.
pub(super) fn paragraph(style: StyleName, text: &str) -> Element {
    empty(styles::id(style)).with(run(text, None))
}

/// A run; with a character style when it has one.
pub(super) fn run(text: &str, style: Option<&'static str>) -> Element {
    let props = el("w:rPr").all(style.map(|id| val("w:rStyle", id)));
    // Word takes “ ” — … from the Latin font unless the run asks for the Chinese one.
    let mut run = el("w:r").with(props.with(el("w:rFonts").attr("w:hint", "eastAsia")));
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            run = run.with(el("w:br"));
        }
        if !line.is_empty() {
            run = run.with(el("w:t").attr("xml:space", "preserve").text(&line.replace('\t', " ")));
        }
    }
    run
}

/// Later lines stand under what follows the first `label` points of the first line.
pub(super) fn hanging(label: f64, left: f64) -> Element {
    // Characters are said to be none, for they would win over the lengths.
    el("w:ind")
        .attr("w:leftChars", 0)
        .attr("w:left", twips(left))
        .attr("w:hangingChars", 0)
        .attr("w:hanging", twips(label))
}

/// Room above a paragraph, in points.
pub(super) fn above(points: f64) -> Element {
    el("w:spacing").attr("w:before", twips(points))
}
