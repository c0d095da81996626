//! Page numbers at the foot of the pages.

use super::Sheet;
use super::lines::Line;
use crate::finding::{Fault, Findings, Place};
use crate::measure;
use crate::pdf::Pdf;

/// What people type beside a page number.
const DASHES: [char; 8] = ['—', '―', '－', '–', '-', '‐', '─', '一'];
/// The ones that are as long as a character.
const LONG_DASHES: [char; 4] = ['—', '―', '－', '─'];

pub fn check(pdf: &Pdf, sheets: &[Sheet<'_>], findings: &mut Findings<'_>) {
    let foot = findings.profile.paper.height - findings.profile.core.bottom;
    let mut numbered = false;
    for sheet in sheets {
        let below = |line: &&Line| line.y < foot;
        let found = sheet.lines.iter().filter(below).find_map(|line| Some((line, page_number(&line.text())?)));
        if let Some((line, number)) = found {
            numbered = true;
            one(pdf, sheet, line, number, findings);
        }
    }
    if !numbered && pdf.count > 1 {
        findings.add(Fault::PageNumberMissing {}, Place::Whole {});
    }
}

/// The number of a line that is only a page number.
fn page_number(text: &str) -> Option<usize> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !DASHES.contains(c)).collect();
    let bare = bare.strip_prefix('第').and_then(|rest| rest.strip_suffix('页')).unwrap_or(&bare);
    bare.parse().ok().filter(|number| *number > 0)
}

fn one(pdf: &Pdf, sheet: &Sheet<'_>, line: &Line, number: usize, findings: &mut Findings<'_>) {
    let profile = findings.profile;
    let rules = &profile.page_number;
    let place = || Place::Page { page: sheet.page.number };
    let core = profile.core;
    let odd = number % 2 == 1;
    let blank =
        if odd { sheet.page.width - (profile.paper.width - core.right) - line.end() } else { line.start() - core.left };
    // Where the margins of a page that lies across are, no rule says.
    let upright = sheet.page.width <= sheet.page.height;
    let on_side = blank < core.width() / 3.0;
    if !on_side {
        findings.add(if odd { Fault::PageNumberOddPlace {} } else { Fault::PageNumberEvenPlace {} }, place());
    } else if upright && (blank - rules.blank).abs() > rules.style.size / 2.0 {
        let characters = |points: f64| measure::characters(points / rules.style.size);
        let (found, expected) = (characters(blank), characters(rules.blank));
        findings.add(Fault::PageNumberBlank { found, expected }, place());
    }
    let Some(digit) = line.glyphs.iter().find(|glyph| glyph.text.is_ascii_digit()) else { return };
    if (digit.size - rules.style.size).abs() > profile.check.type_pt {
        let (found, expected) = (measure::size(digit.size), measure::size(rules.style.size));
        findings.add(Fault::PageNumberSize { found, expected }, place());
    }
    let font = &pdf.fonts[digit.font].name;
    if !profile.check.is_font(rules.style.latin, font) {
        let (found, expected) = (measure::name(font), profile.check.font_name(rules.style.latin).to_owned());
        findings.add(Fault::PageNumberFont { found, expected }, place());
    }
    let text = line.text();
    let text = text.trim();
    if !text.starts_with(LONG_DASHES) || !text.ends_with(LONG_DASHES) {
        // The number itself differs from page to page.
        let found = text.replace(&number.to_string(), "1");
        findings.add(Fault::PageNumberDashes { found, expected: "— 1 —".to_owned() }, place());
    }
}
