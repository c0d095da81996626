//! Type, indents and line pitch of title, headings and body.

use super::page::whole;
use super::parts::{Part, Role, size};
use crate::docx::{Align, Docx, Paragraph, Run, Section, Spacing};
use crate::finding::{Fault, Findings, Place};
use crate::measure::{self, is_chinese};
use document::{Profile, Style, StyleName};

pub fn check(docx: &Docx, parts: &[Part<'_>], findings: &mut Findings<'_>) {
    let has_title = parts.iter().any(|part| part.role == Role::Title);
    let has_text = parts.iter().any(|part| matches!(part.role, Role::Body | Role::Heading(_)));
    if has_text && !has_title {
        findings.add(Fault::TitleMissing {}, Place::Whole {});
    }
    for part in parts {
        match &part.role {
            Role::Title => title(part, findings),
            Role::Heading(mark) => {
                heading(part, mark.level, findings);
                indent(part, findings);
                pitch(part, docx, findings);
            }
            Role::Body => {
                body(part, &part.paragraph.runs, findings);
                indent(part, findings);
                pitch(part, docx, findings);
            }
            Role::AttachmentNote | Role::MoreAttachments | Role::Unit | Role::Date => {
                body(part, &part.paragraph.runs, findings);
            }
            Role::Blank | Role::Other => {}
        }
    }
}

fn place(part: &Part<'_>) -> Place {
    Place::Paragraph { number: part.paragraph.number, beginning: measure::beginning(&part.text) }
}

/// What of a style a text does not keep.
pub struct Off {
    /// Font of Chinese characters, found and expected.
    pub font: Option<(String, String)>,
    /// Font of Latin letters and digits.
    pub latin: Option<(String, String)>,
    /// Size.
    pub size: Option<(String, String)>,
}

impl Off {
    /// Compares the runs with a style.
    pub fn of(runs: &[Run], style: &Style, profile: &Profile) -> Self {
        let check = &profile.check;
        let chinese = |run: &&Run| run.text.contains(is_chinese);
        let latin = |run: &&Run| run.text.contains(|c: char| c.is_ascii_alphanumeric());
        let fonts = |found: &str, role| (measure::name(found), check.font_name(role).to_owned());
        let east = runs.iter().filter(chinese).find(|run| !check.is_font(style.font, &run.east));
        let west = runs.iter().filter(latin).find(|run| !check.is_font(style.latin, &run.latin));
        let filled = runs.iter().filter(|run| chinese(run) || latin(run));
        let sized = filled.into_iter().find(|run| (run.size - style.size).abs() > check.type_pt);
        Self {
            font: east.map(|run| fonts(&run.east, style.font)),
            latin: west.map(|run| fonts(&run.latin, style.latin)),
            size: sized.map(|run| (measure::size(run.size), measure::size(style.size))),
        }
    }
}

fn title(part: &Part<'_>, findings: &mut Findings<'_>) {
    let profile = findings.profile;
    let off = Off::of(&part.paragraph.runs, profile.style(StyleName::Title), profile);
    if let Some((found, expected)) = off.font {
        findings.add(Fault::TitleFont { found, expected }, place(part));
    }
    if let Some((found, expected)) = off.size {
        findings.add(Fault::TitleSize { found, expected }, place(part));
    }
    if part.paragraph.props.align != Some(Align::Centre) {
        findings.add(Fault::TitleNotCentred {}, place(part));
    }
}

fn body(part: &Part<'_>, runs: &[Run], findings: &mut Findings<'_>) {
    let profile = findings.profile;
    let off = Off::of(runs, profile.style(StyleName::Body), profile);
    if let Some((found, expected)) = off.font {
        findings.add(Fault::BodyFont { found, expected }, place(part));
    }
    if let Some((found, expected)) = off.latin {
        findings.add(Fault::LatinFont { found, expected }, place(part));
    }
    if let Some((found, expected)) = off.size {
        findings.add(Fault::BodySize { found, expected }, place(part));
    }
}

/// A heading up to its first full stop; what follows it in the same paragraph is body text.
fn heading(part: &Part<'_>, level: usize, findings: &mut Findings<'_>) {
    let profile = findings.profile;
    let (own, rest) = at_full_stop(&part.paragraph.runs);
    let off = Off::of(&own, profile.style(StyleName::heading(level)), profile);
    let level = level.to_string();
    if let Some((found, expected)) = off.font {
        findings.add(Fault::HeadingFont { level: level.clone(), found, expected }, place(part));
    }
    if let Some((found, expected)) = off.latin {
        findings.add(Fault::LatinFont { found, expected }, place(part));
    }
    if let Some((found, expected)) = off.size {
        findings.add(Fault::HeadingSize { level, found, expected }, place(part));
    }
    body(part, &rest, findings);
}

fn at_full_stop(runs: &[Run]) -> (Vec<Run>, Vec<Run>) {
    let mut own = Vec::new();
    let mut rest = Vec::new();
    for run in runs {
        if !rest.is_empty() {
            rest.push(run.clone());
        } else if let Some((head, tail)) = run.text.split_once('。') {
            own.push(Run { text: head.to_owned(), ..run.clone() });
            rest.push(Run { text: tail.to_owned(), ..run.clone() });
        } else {
            own.push(run.clone());
        }
    }
    (own, rest)
}

/// How far the first line of a paragraph is indented, in characters.
pub fn first_line(paragraph: &Paragraph, size: f64) -> f64 {
    let props = &paragraph.props;
    let text = paragraph.runs.iter().flat_map(|run| run.text.chars());
    let typed: f64 = text.map_while(blank).sum();
    props.left.of(size) + props.first.of(size) - props.hanging.of(size) + typed
}

/// How wide a blank is, in characters.
pub fn blank(c: char) -> Option<f64> {
    match c {
        '\u{3000}' | '\u{2003}' => Some(1.0),
        ' ' | '\u{a0}' | '\u{2002}' => Some(0.5),
        _ => None,
    }
}

fn indent(part: &Part<'_>, findings: &mut Findings<'_>) {
    let profile = findings.profile;
    let far = |found: f64, expected: f64| (found - expected).abs() > profile.check.indent_characters;
    let size = size(part);
    let first = first_line(part.paragraph, size);
    // A picture with its caption in one paragraph, and lines that a tabulator places, say nothing of their indent.
    if part.paragraph.drawing || part.text.starts_with('\t') {
        return;
    }
    if far(first, profile.letter.indent) {
        let (found, expected) = (measure::characters(first), measure::characters(profile.letter.indent));
        findings.add(Fault::FirstLineIndent { found, expected }, place(part));
    }
    let later = part.paragraph.props.left.of(size);
    if far(later, 0.0) {
        findings.add(Fault::LaterLines { found: measure::characters(later) }, place(part));
    }
}

/// Line pitch and the distance to other paragraphs: the page holds its lines only on the grid.
fn pitch(part: &Part<'_>, docx: &Docx, findings: &mut Findings<'_>) {
    let profile = findings.profile;
    let props = &part.paragraph.props;
    let apart = props.above.unwrap_or_default() + props.below.unwrap_or_default();
    if apart > 0.0 {
        findings.add(Fault::ParagraphSpacing { found: measure::points(apart) }, place(part));
    }
    let Some(section) = docx.sections.first() else { return };
    let Some(pitch) = line_pitch(part, section) else { return };
    let found = whole(section.height - section.top - section.bottom, pitch);
    let expected = profile.grid.lines.to_string();
    let by_grid = section.grid.is_some_and(|grid| (grid.line - pitch).abs() < f64::EPSILON);
    if found != expected && !by_grid {
        findings.add(Fault::LinePitch { pitch: measure::points(pitch), found, expected }, place(part));
    }
}

/// From line to line; nothing where only the font knows.
fn line_pitch(part: &Part<'_>, section: &Section) -> Option<f64> {
    let grid = section.grid.filter(|_| part.paragraph.props.snaps != Some(false)).map(|grid| grid.line);
    match part.paragraph.props.spacing.unwrap_or(Spacing::Lines(1.0)) {
        Spacing::Exactly(pitch) => Some(pitch),
        Spacing::Lines(lines) => grid.map(|grid| grid * lines),
        Spacing::AtLeast(pitch) => grid.map(|grid| grid.max(pitch)),
    }
}
