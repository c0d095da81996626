//! An XLSX against the format of spreadsheets.

use crate::finding::{Fault, Findings, Place};
use crate::measure;
use crate::xlsx::{Cell, Row, Sheet};
use document::{Profile, SpreadsheetRules};

/// Checks the sheets that are seen and hold something.
pub fn check(sheets: &[Sheet], findings: &mut Findings<'_>) {
    for sheet in sheets.iter().filter(|sheet| !sheet.rows.is_empty()) {
        page(sheet, findings);
        let (title, header) = heads(sheet);
        if title.is_none() && header.is_some() {
            findings.add(Fault::SheetTitleMissing {}, Place::Sheet { sheet: sheet.name.clone() });
        }
        for (index, row) in sheet.rows.iter().enumerate() {
            let part = match Some(index) {
                at if at == title => Part::Title,
                at if at == header => Part::Header,
                _ => Part::Data,
            };
            type_of(row, &part, sheet, findings);
            height(row, &part, sheet, findings);
        }
    }
}

enum Part {
    Title,
    Header,
    Data,
}

/// The title's row, which holds one cell, and the header's, the first that holds several.
fn heads(sheet: &Sheet) -> (Option<usize>, Option<usize>) {
    let header = sheet.rows.iter().position(|row| row.cells.len() > 1);
    let title = header.filter(|header| *header > 0).map(|_| 0);
    (title, header)
}

fn page(sheet: &Sheet, findings: &mut Findings<'_>) {
    let place = || Place::Sheet { sheet: sheet.name.clone() };
    let profile = findings.profile;
    let (width, height) = (measure::mm(profile.paper.width), measure::mm(profile.paper.height));
    let near = |found: f64, expected: f64| (found - expected).abs() <= profile.check.length_mm;
    let fits = |(across, down): (f64, f64)| near(across.min(down), width) && near(across.max(down), height);
    if !sheet.paper.is_some_and(fits) {
        let millimetres =
            |(across, down): (f64, f64)| format!("{} × {} mm", measure::number(across, 0), measure::number(down, 0));
        let found = sheet.paper.map_or_else(|| measure::name(""), millimetres);
        findings.add(Fault::SheetPaper { found, expected: millimetres((width, height)) }, place());
    }
    if !sheet.several_pages {
        return;
    }
    let numbered = sheet.footers.iter().filter(|footer| parts(footer).iter().any(|part| part.contains("&P")));
    if sheet.footers.is_empty() || numbered.count() < sheet.footers.len() {
        findings.add(Fault::SheetPageNumberMissing {}, place());
    } else if !sheet.footers.iter().all(|footer| parts(footer)[1].contains("&P")) {
        findings.add(Fault::SheetPageNumberPlace {}, place());
    }
    if !sheet.repeats {
        findings.add(Fault::SheetPrintTitles {}, place());
    }
}

/// The left, middle and right part of a footer; text without a code stands in the middle.
fn parts(footer: &str) -> [String; 3] {
    let mut parts = [String::new(), String::new(), String::new()];
    let mut at = 1;
    let mut rest = footer.chars();
    while let Some(c) = rest.next() {
        if c != '&' {
            parts[at].push(c);
            continue;
        }
        match rest.next() {
            Some('L') => at = 0,
            Some('C') => at = 1,
            Some('R') => at = 2,
            // The name of a font may hold any letter.
            Some('"') => while rest.next().is_some_and(|c| c != '"') {},
            Some(code) => parts[at].extend(['&', code]),
            None => {}
        }
    }
    parts
}

fn type_of(row: &Row, part: &Part, sheet: &Sheet, findings: &mut Findings<'_>) {
    let profile = findings.profile;
    let rules = profile.spreadsheet;
    for cell in &row.cells {
        let place = || Place::Cell { sheet: sheet.name.clone(), cell: cell.name.clone() };
        for fault in faults(cell, part, &rules, profile) {
            findings.add(fault, place());
        }
    }
}

fn faults(cell: &Cell, part: &Part, rules: &SpreadsheetRules, profile: &Profile) -> Vec<Fault> {
    let font = &cell.font;
    let mut faults = Vec::new();
    if !profile.check.is_font(rules.font, &font.name) {
        let (found, expected) = (measure::name(&font.name), profile.check.font_name(rules.font).to_owned());
        faults.push(match part {
            Part::Title => Fault::SheetTitleFont { found, expected },
            Part::Header => Fault::SheetHeaderFont { found, expected },
            Part::Data => Fault::SheetDataFont { found, expected },
        });
    }
    let wanted = match part {
        Part::Title => rules.title_pt,
        Part::Header => rules.header_pt,
        Part::Data => rules.data_pt,
    };
    if (font.size - wanted).abs() > profile.check.type_pt {
        let (found, expected) = (measure::size(font.size), measure::size(wanted));
        faults.push(match part {
            Part::Title => Fault::SheetTitleSize { found, expected },
            Part::Header => Fault::SheetHeaderSize { found, expected },
            Part::Data => Fault::SheetDataSize { found, expected },
        });
    }
    match part {
        Part::Title if !font.bold => faults.push(Fault::SheetTitleBold {}),
        Part::Header if !font.bold => faults.push(Fault::SheetHeaderBold {}),
        _ => {}
    }
    faults
}

/// Rows of data are about as high as the source says; where text wraps, and in the title, they may be higher.
fn height(row: &Row, part: &Part, sheet: &Sheet, findings: &mut Findings<'_>) {
    let profile = findings.profile;
    let expected = profile.spreadsheet.row_pt;
    let too_low = expected - row.height > profile.check.row_pt;
    let too_high = row.height - expected > profile.check.row_pt && !row.wraps && matches!(part, Part::Data);
    if row.height > 0.0 && (too_low || too_high) {
        let (found, expected) = (measure::points(row.height), measure::points(expected));
        let cell = row.cells.first().map_or_else(|| row.number.to_string(), |cell| cell.name.clone());
        findings.add(Fault::SheetRowHeight { found, expected }, Place::Cell { sheet: sheet.name.clone(), cell });
    }
}
