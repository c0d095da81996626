//! The page: paper, margins, grid, page numbers and small print in the margins.

use document::{Document, Profile, StyleName};

use super::{
    styles,
    text::{empty, run, twips},
    xml::{Element, el, val},
};

/// Which pages a header or footer is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pages {
    Odd,
    Even,
}

/// A header or footer.
pub(super) struct Margin {
    pub file: &'static str,
    pub kind: &'static str,
    pages: Pages,
    pub part: Element,
}

/// From line to line in twips; rounded down, or the page's last line would not fit.
pub(super) fn line_pitch(profile: &Profile) -> i64 {
    (profile.grid.down * 20.0).floor() as i64
}

/// What the grid adds to the default size, in 1/4096 pt; rounded down, or the line's last character would not fit.
fn character_space(profile: &Profile) -> i64 {
    ((profile.grid.across - profile.style(StyleName::Body).size) * 4096.0).floor() as i64
}

/// Headers and footers.
pub(super) fn margins(document: &Document, profile: &Profile) -> Vec<Margin> {
    let digest = document.digest.as_deref();
    let footer = |file, pages| Margin { file, kind: "footer", pages, part: footer(pages, digest, profile) };
    let mut margins = vec![footer("footer1.xml", Pages::Odd), footer("footer2.xml", Pages::Even)];
    if let Some(mark) = &document.mark {
        let header = |file, pages| Margin { file, kind: "header", pages, part: header(pages, mark) };
        margins.extend([header("header1.xml", Pages::Odd), header("header2.xml", Pages::Even)]);
    }
    margins
}

/// — 1 —, one blank from the outer side.
fn footer(pages: Pages, digest: Option<&str>, profile: &Profile) -> Element {
    let blank = twips(profile.page_number.blank);
    let indent = el("w:ind").attr("w:firstLineChars", 0).attr("w:firstLine", 0);
    let (side, indent, sample) = match pages {
        Pages::Odd => ("right", indent.attr("w:rightChars", 100).attr("w:right", blank), "1"),
        Pages::Even => ("left", indent.attr("w:leftChars", 100).attr("w:left", blank), "2"),
    };
    let field = el("w:fldSimple").attr("w:instr", " PAGE ").with(run(sample, None));
    let number = empty(styles::PAGE_NUMBER).prop(indent).prop(val("w:jc", side));
    let number = number.with(run("— ", None)).with(field).with(run(" —", None));
    let across = digest.map(|text| {
        let side = if side == "left" { "right" } else { "left" };
        let frame = el("w:framePr").attr("w:wrap", "around").attr("w:vAnchor", "text").attr("w:hAnchor", "margin");
        let down = twips(profile.page_number.style.line - profile.running.style.line);
        let frame = frame.attr("w:xAlign", side).attr("w:y", down.max(1));
        empty(styles::RUNNING).prop(frame).with(run(text, None))
    });
    margin("w:ftr").all(across).with(number)
}

/// The mark at the outer side.
fn header(pages: Pages, mark: &str) -> Element {
    let side = if pages == Pages::Odd { "right" } else { "left" };
    margin("w:hdr").with(empty(styles::RUNNING).prop(val("w:jc", side)).with(run(mark, None)))
}

fn margin(name: &'static str) -> Element {
    el(name).attr("xmlns:w", super::W)
}

/// The section's properties; `relation` gives the id of a header or footer by its place in the list.
pub(super) fn properties(margins: &[Margin], relation: impl Fn(usize) -> String, profile: &Profile) -> Element {
    let reference = |(index, margin): (usize, &Margin)| {
        let name = if margin.kind == "header" { "w:headerReference" } else { "w:footerReference" };
        let kind = if margin.pages == Pages::Odd { "default" } else { "even" };
        el(name).attr("w:type", kind).attr("r:id", relation(index))
    };
    let (paper, core, number) = (profile.paper, profile.core, &profile.page_number);
    let (header, footer) = (
        core.top - profile.running.above_core - profile.running.style.line,
        paper.height - core.bottom - number.below_core - number.style.line,
    );
    let orient = if paper.width > paper.height { "landscape" } else { "portrait" };
    let size = el("w:pgSz").attr("w:w", twips(paper.width)).attr("w:h", twips(paper.height)).attr("w:orient", orient);
    let margin = el("w:pgMar")
        .attr("w:top", twips(core.top))
        .attr("w:right", twips(paper.width - core.right))
        .attr("w:bottom", twips(paper.height - core.bottom))
        .attr("w:left", twips(core.left))
        .attr("w:header", twips(header.max(0.0)))
        .attr("w:footer", twips(footer.max(0.0)))
        .attr("w:gutter", 0);
    let grid = el("w:docGrid")
        .attr("w:type", "linesAndChars")
        .attr("w:linePitch", line_pitch(profile))
        .attr("w:charSpace", character_space(profile));
    el("w:sectPr").all(margins.iter().enumerate().map(reference)).with(size).with(margin).with(grid)
}
