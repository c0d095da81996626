//! Running text of a PDF: pitch of characters and lines, margins, type.

use super::Sheet;
use super::fonts::{self, Type, tenths, type_of};
use super::lines::{Line, takes_a_cell};
use crate::finding::{Fault, Findings, Place};
use crate::measure;
use crate::pdf::Pdf;
use document::{Profile, StyleName};
use std::collections::BTreeMap;

/// A line is full when it reaches over so much of the core.
const FULL: f64 = 0.85;
/// Fewest full lines from which the body is judged.
const FEWEST_LINES: usize = 3;
/// Fewest distances from which a pitch is told.
const FEWEST_STEPS: usize = 4;
/// Part of a character's square above its baseline.
const ASCENT: f64 = 0.86;
/// A page holds at least so much of its lines to say where text begins and ends.
const FULL_PAGE: f64 = 0.8;

pub fn check(pdf: &Pdf, sheets: &[Sheet<'_>], findings: &mut Findings<'_>) {
    let all: usize = sheets.iter().flat_map(|sheet| &sheet.lines).map(|line| line.glyphs.len()).sum();
    let in_tables = sheets.iter().flat_map(|sheet| &sheet.lines).filter(|line| line.in_table);
    let in_tables: usize = in_tables.map(|line| line.glyphs.len()).sum();
    let full = full_lines(sheets, findings.profile);
    // A file that is mostly tables has no running text; what stands beside its tables is table type.
    let body = if in_tables * 2 > all || full.len() < FEWEST_LINES { None } else { most_frequent(&full) };
    if let Some(body) = body {
        type_of_body(pdf, body, &full, findings);
        characters(&full, body, findings);
        lines(sheets, body, findings);
        sides(&full, body, findings);
        ends(sheets, &full, body, findings);
        latin(pdf, &full, body, findings);
    }
    fonts::foreign(pdf, sheets, body, findings);
}

/// A full line with its page.
type Full<'a> = (usize, &'a Line);

/// The lines outside tables that reach over the core and are Chinese.
fn full_lines<'a>(sheets: &'a [Sheet<'a>], profile: &Profile) -> Vec<Full<'a>> {
    let width = profile.core.width();
    let upright = sheets.iter().filter(|sheet| sheet.page.width <= sheet.page.height);
    let table_type = measure::largest_table_type(profile);
    let all = upright.flat_map(|sheet| {
        // On a page with a table, what is set in small type belongs to it.
        let least = if sheet.lines.iter().any(|line| line.in_table) { table_type } else { 0.0 };
        let running = sheet.lines.iter().filter(move |line| line.size() > least);
        running.map(|line| (sheet.page.number, line))
    });
    let is_full = |(_, line): &Full<'_>| {
        let mostly_chinese = line.chinese().count() * 2 > line.glyphs.len();
        !line.in_table && mostly_chinese && line.end() - line.start() > width * FULL
    };
    all.filter(is_full).collect()
}

fn most_frequent(full: &[Full<'_>]) -> Option<Type> {
    let mut counts: BTreeMap<Type, usize> = BTreeMap::new();
    for glyph in full.iter().flat_map(|(_, line)| line.chinese()) {
        *counts.entry(type_of(glyph)).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(body, _)| body)
}

fn place((page, line): &Full<'_>) -> Place {
    Place::Line { page: *page, beginning: measure::beginning(&line.text()) }
}

/// The size that the counted tenths stand for.
fn points(body: Type) -> f64 {
    f64::from(i32::try_from(body.1).unwrap_or(i32::MAX)) / 10.0
}

fn type_of_body(pdf: &Pdf, body: Type, full: &[Full<'_>], findings: &mut Findings<'_>) {
    let profile = findings.profile;
    let style = profile.style(StyleName::Body);
    let Some(first) = full.iter().find(|(_, line)| line.chinese().any(|glyph| type_of(glyph) == body)) else { return };
    let name = &pdf.fonts[body.0].name;
    if !profile.check.is_font(style.font, name) {
        let (found, expected) = (measure::name(name), profile.check.font_name(style.font).to_owned());
        findings.add(Fault::BodyFont { found, expected }, place(first));
    }
    if (points(body) - style.size).abs() > profile.check.type_pt {
        let (found, expected) = (measure::size(points(body)), measure::size(style.size));
        findings.add(Fault::BodySize { found, expected }, place(first));
    }
}

/// The middle one of measures that may have some far ones among them.
fn median(mut measures: Vec<f64>) -> Option<f64> {
    measures.sort_by(f64::total_cmp);
    measures.get(measures.len() / 2).copied()
}

fn characters(full: &[Full<'_>], body: Type, findings: &mut Findings<'_>) {
    let profile = findings.profile;
    // Digits and Latin letters take what room they need, and the rest of their line is stretched to the margin.
    let whole = |line: &&Line| line.glyphs.iter().all(|glyph| takes_a_cell(glyph.text) && type_of(glyph) == body);
    let lines = full.iter().map(|(_, line)| *line).filter(whole);
    let steps: Vec<f64> = lines.flat_map(|line| line.glyphs.windows(2).map(|pair| pair[1].x - pair[0].x)).collect();
    if steps.len() < FEWEST_STEPS {
        return;
    }
    let Some(pitch) = median(steps).filter(|pitch| *pitch > 0.0) else { return };
    if (pitch - profile.grid.across).abs() > profile.check.pitch_pt {
        let found = measure::number(profile.core.width() / pitch, 1);
        let expected = profile.grid.characters.to_string();
        findings.add(Fault::GridCharacters { found, expected }, place(&full[0]));
    }
}

/// The distances of lines of body text that follow each other.
fn line_steps(sheets: &[Sheet<'_>], body: Type) -> Vec<f64> {
    let mut steps = Vec::new();
    for sheet in sheets {
        let own = |line: &&Line| !line.in_table && tenths(line.size()) == body.1;
        let baselines: Vec<f64> = sheet.lines.iter().filter(own).map(|line| line.y).collect();
        let near = baselines.windows(2).map(|pair| pair[0] - pair[1]);
        steps.extend(near.filter(|step| (points(body)..points(body) * 3.0).contains(step)));
    }
    steps
}

fn lines(sheets: &[Sheet<'_>], body: Type, findings: &mut Findings<'_>) {
    let profile = findings.profile;
    let steps = line_steps(sheets, body);
    if steps.len() < FEWEST_STEPS {
        return;
    }
    let Some(pitch) = median(steps).filter(|pitch| *pitch > 0.0) else { return };
    if (pitch - profile.grid.down).abs() > profile.check.pitch_pt {
        let found = measure::number(profile.core.height() / pitch, 1);
        findings.add(Fault::GridLines { found, expected: profile.grid.lines.to_string() }, Place::Whole {});
    }
}

/// Left and right margins, where the first of the full lines begin and the furthest end: first lines of paragraphs are
/// indented, and digits at the end of a line leave a gap.
fn sides(full: &[Full<'_>], body: Type, findings: &mut Findings<'_>) {
    let profile = findings.profile;
    let (core, paper) = (profile.core, profile.paper);
    let own: Vec<&Full<'_>> = full.iter().filter(|(_, line)| tenths(line.size()) == body.1).collect();
    let starts = own.iter().filter(|(_, line)| line.glyphs.first().is_some_and(|glyph| takes_a_cell(glyph.text)));
    let Some(left) = starts.map(|(_, line)| line.start()).min_by(f64::total_cmp) else { return };
    let one = Place::Line { page: own[0].0, beginning: measure::beginning(&own[0].1.text()) };
    if measure::mm((left - core.left).abs()) > profile.check.length_mm {
        let (found, expected) = (measure::cm(left), measure::cm(core.left));
        findings.add(Fault::MarginLeft { found, expected }, one.clone());
    }
    // A line ends where its last whole character does; that one may be wider than its cell.
    let right = own.iter().map(|(_, line)| line.end()).fold(0.0, f64::max);
    let overhang = (points(body) - profile.grid.across).max(0.0) + profile.check.pitch_pt * 2.0;
    if right > core.right + overhang || right < core.right - profile.grid.across {
        let (found, expected) = (measure::cm(paper.width - right), measure::cm(paper.width - core.right));
        findings.add(Fault::MarginRight { found, expected }, one);
    }
}

/// Upper and lower margins, from the pages that are full of text.
fn ends(sheets: &[Sheet<'_>], full: &[Full<'_>], body: Type, findings: &mut Findings<'_>) {
    let profile = findings.profile;
    let (core, paper) = (profile.core, profile.paper);
    let Some(pitch) = median(line_steps(sheets, body)) else { return };
    let room = core.height() / pitch * FULL_PAGE;
    let size = points(body);
    let around = (pitch - size) / 2.0;
    for sheet in sheets {
        let own = || full.iter().filter(|(page, line)| *page == sheet.page.number && tenths(line.size()) == body.1);
        let text = sheet.lines.iter().filter(|line| !line.in_table && tenths(line.size()) == body.1).count();
        let (Some((_, first)), Some((_, last))) = (own().next(), own().next_back()) else { continue };
        if f64::from(u32::try_from(text).unwrap_or(u32::MAX)) < room {
            continue;
        }
        let place = Place::Page { page: sheet.page.number };
        let top = sheet.page.height - first.y - size * ASCENT - around;
        // The page may begin or end with a short line that is not measured here: only too little room is certain.
        if top < core.top - pitch / 2.0 {
            let (found, expected) = (measure::cm(top), measure::cm(core.top));
            findings.add(Fault::MarginTop { found, expected }, place.clone());
        }
        let bottom = last.y - size * (1.0 - ASCENT) - around;
        if bottom < paper.height - core.bottom - pitch / 2.0 {
            let (found, expected) = (measure::cm(bottom), measure::cm(paper.height - core.bottom));
            findings.add(Fault::MarginBottom { found, expected }, place);
        }
    }
}

/// Digits and Latin letters on lines of body text.
fn latin(pdf: &Pdf, full: &[Full<'_>], body: Type, findings: &mut Findings<'_>) {
    let profile = findings.profile;
    let role = profile.style(StyleName::Body).latin;
    for one in full.iter().filter(|(_, line)| tenths(line.size()) == body.1) {
        let off = |glyph: &&crate::pdf::Glyph| {
            glyph.text.is_ascii_alphanumeric() && !profile.check.is_font(role, &pdf.fonts[glyph.font].name)
        };
        if let Some(glyph) = one.1.glyphs.iter().find(off) {
            let found = measure::name(&pdf.fonts[glyph.font].name);
            findings.add(Fault::LatinFont { found, expected: profile.check.font_name(role).to_owned() }, place(one));
        }
    }
}
