//! A PDF against the format, measured from where its characters stand.

mod body;
mod fonts;
mod lines;
mod numbers;

use crate::finding::{Fault, Findings, Place};
use crate::measure::{self, mm};
use crate::pdf::{Page, Pdf};
use lines::Line;

/// A page with its lines.
pub struct Sheet<'a> {
    pub page: &'a Page,
    pub lines: Vec<Line>,
}

/// Checks a PDF.
pub fn check(pdf: &Pdf, findings: &mut Findings<'_>) {
    let sheets: Vec<Sheet<'_>> = pdf.pages.iter().map(|page| Sheet { page, lines: lines::of(page) }).collect();
    for sheet in &sheets {
        paper(sheet.page, findings);
    }
    let scanned = sheets.iter().filter(|sheet| sheet.lines.is_empty() && sheet.page.picture);
    let scanned: Vec<&Sheet<'_>> = scanned.collect();
    if let Some(first) = scanned.first() {
        let pages = scanned.len().to_string();
        findings.add(Fault::Scanned { pages }, Place::Page { page: first.page.number });
    }
    if pdf.count > pdf.pages.len() {
        let (checked, pages) = (pdf.pages.len().to_string(), pdf.count.to_string());
        findings.add(Fault::PagesLeftOut { checked, pages }, Place::Whole {});
    }
    fonts::embedded(pdf, findings);
    if scanned.len() == sheets.len() {
        return;
    }
    body::check(pdf, &sheets, findings);
    numbers::check(pdf, &sheets, findings);
}

fn paper(page: &Page, findings: &mut Findings<'_>) {
    let paper = findings.profile.paper;
    // Programs that count in pixels or whole points are up to half a point off.
    let near = |found: f64, expected: f64| mm((found - expected).abs()) <= findings.profile.check.length_mm;
    let (short, long) = (page.width.min(page.height), page.width.max(page.height));
    if !near(short, paper.width) || !near(long, paper.height) {
        let found = measure::paper(page.width, page.height);
        let expected = measure::paper(paper.width, paper.height);
        findings.add(Fault::PaperSize { found, expected }, Place::Page { page: page.number });
    }
}
