//! Paper, margins and grid of the sections.

use crate::docx::{Docx, Section};
use crate::finding::{Fault, Findings, Place};
use crate::measure::{self, mm};

pub fn check(docx: &Docx, findings: &mut Findings<'_>) {
    for (index, section) in docx.sections.iter().enumerate() {
        let place = Place::Section { section: index + 1 };
        paper(section, &place, findings);
        // A wide table may lie across; its margins turn with the paper, and no rule says how.
        if section.width <= section.height {
            margins(section, &place, findings);
            grid(section, docx.grid_size, &place, findings);
        }
    }
}

fn paper(section: &Section, place: &Place, findings: &mut Findings<'_>) {
    let paper = findings.profile.paper;
    let near = |found: f64, expected: f64| mm((found - expected).abs()) <= findings.profile.check.length_mm;
    let (short, long) = (section.width.min(section.height), section.width.max(section.height));
    if !near(short, paper.width) || !near(long, paper.height) {
        let found = measure::paper(section.width, section.height);
        let expected = measure::paper(paper.width, paper.height);
        findings.add(Fault::PaperSize { found, expected }, place.clone());
    }
}

fn margins(section: &Section, place: &Place, findings: &mut Findings<'_>) {
    let profile = findings.profile;
    let (core, paper) = (profile.core, profile.paper);
    let off = |found: f64, expected: f64| {
        let far = mm((found - expected).abs()) > profile.check.length_mm;
        far.then(|| (measure::cm(found), measure::cm(expected)))
    };
    if let Some((found, expected)) = off(section.left, core.left) {
        findings.add(Fault::MarginLeft { found, expected }, place.clone());
    }
    if let Some((found, expected)) = off(section.right, paper.width - core.right) {
        findings.add(Fault::MarginRight { found, expected }, place.clone());
    }
    if let Some((found, expected)) = off(section.top, core.top) {
        findings.add(Fault::MarginTop { found, expected }, place.clone());
    }
    if let Some((found, expected)) = off(section.bottom, paper.height - core.bottom) {
        findings.add(Fault::MarginBottom { found, expected }, place.clone());
    }
}

fn grid(section: &Section, size: f64, place: &Place, findings: &mut Findings<'_>) {
    let expected = findings.profile.grid;
    let (lines, characters) = (expected.lines.to_string(), expected.characters.to_string());
    let Some(grid) = section.grid else {
        return findings.add(Fault::GridMissing { lines, characters }, place.clone());
    };
    let on_page = whole(section.height - section.top - section.bottom, grid.line);
    if on_page != lines {
        findings.add(Fault::GridLines { found: on_page, expected: lines }, place.clone());
    }
    let on_line = whole(section.width - section.left - section.right, size + grid.spacing.unwrap_or_default());
    if on_line != characters {
        findings.add(Fault::GridCharacters { found: on_line, expected: characters }, place.clone());
    }
}

/// How many of a pitch have room in a length. Lengths are stored in twentieths of a point, so the last may lack a little.
pub fn whole(length: f64, pitch: f64) -> String {
    const ROUNDED: f64 = 0.05;
    if pitch <= 0.0 {
        return "0".to_owned();
    }
    measure::number((length / pitch + ROUNDED).floor(), 0)
}
