//! Page numbers in the footers.

use super::text::blank;
use crate::docx::{Align, Docx, Paragraph, Section};
use crate::finding::{Fault, Findings, Place};
use crate::measure;

/// What people type for the dash beside a page number.
const DASHES: [char; 3] = ['—', '―', '－'];

pub fn check(docx: &Docx, findings: &mut Findings<'_>) {
    let number = |section: &Section, kind: &str| {
        let footer = section.footers.get(kind)?;
        footer.iter().find(|paragraph| paragraph.runs.iter().any(|run| run.page_field)).cloned()
    };
    let numbered =
        docx.sections.iter().any(|section| section.footers.keys().any(|kind| number(section, kind).is_some()));
    if !numbered {
        return findings.add(Fault::PageNumberMissing {}, Place::Whole {});
    }
    if !docx.odd_and_even {
        findings.add(Fault::PageNumberSame {}, Place::Whole {});
    }
    for (index, section) in docx.sections.iter().enumerate() {
        if section.restarts && index > 0 {
            findings.add(Fault::PageNumberRestarts {}, Place::Section { section: index + 1 });
        }
        if let Some(odd) = number(section, "default") {
            page_number(&odd, section, true, findings);
        }
        if let Some(even) = number(section, "even").filter(|_| docx.odd_and_even) {
            page_number(&even, section, false, findings);
        }
    }
}

fn page_number(paragraph: &Paragraph, section: &Section, odd: bool, findings: &mut Findings<'_>) {
    let profile = findings.profile;
    let place = || if odd { Place::OddFooter {} } else { Place::EvenFooter {} };
    let style = profile.page_number.style;
    let in_place = match paragraph.props.frame.as_deref() {
        Some("outside") => true,
        Some(side) => side == if odd { "right" } else { "left" },
        None => (paragraph.props.align == Some(Align::End)) == odd && paragraph.props.align != Some(Align::Centre),
    };
    if !in_place {
        findings.add(if odd { Fault::PageNumberOddPlace {} } else { Fault::PageNumberEvenPlace {} }, place());
    } else if paragraph.props.frame.is_none() {
        let found = outer_blank(paragraph, style.size, odd);
        let expected = profile.page_number.blank / style.size;
        if (found - expected).abs() > profile.check.indent_characters {
            let (found, expected) = (measure::characters(found), measure::characters(expected));
            findings.add(Fault::PageNumberBlank { found, expected }, place());
        }
    }
    let Some(run) = paragraph.runs.iter().find(|run| run.page_field) else { return };
    if !profile.check.is_font(style.latin, &run.latin) {
        let (found, expected) = (measure::name(&run.latin), profile.check.font_name(style.latin).to_owned());
        findings.add(Fault::PageNumberFont { found, expected }, place());
    }
    if (run.size - style.size).abs() > profile.check.type_pt {
        let (found, expected) = (measure::size(run.size), measure::size(style.size));
        findings.add(Fault::PageNumberSize { found, expected }, place());
    }
    let shown = shown(paragraph, section);
    if !shown.starts_with(DASHES) || !shown.ends_with(DASHES) {
        findings
            .add(Fault::PageNumberDashes { found: measure::beginning(&shown), expected: "— 1 —".to_owned() }, place());
    }
}

/// What is left blank at the outer side, in characters.
fn outer_blank(paragraph: &Paragraph, size: f64, odd: bool) -> f64 {
    let text = paragraph.text();
    let props = &paragraph.props;
    if odd {
        let typed: f64 = text.chars().rev().map_while(blank).sum();
        props.right.of(size) + typed
    } else {
        let typed: f64 = text.chars().map_while(blank).sum();
        props.left.of(size) + props.first.of(size) + typed
    }
}

/// The line as it looks on page 1.
fn shown(paragraph: &Paragraph, section: &Section) -> String {
    let mut shown = String::new();
    let mut within = false;
    for run in &paragraph.runs {
        if run.page_field && !within {
            // The program's own dashes are hyphens.
            shown.push_str(if section.dashed { "- 1 -" } else { "1" });
        } else if !run.page_field {
            shown.push_str(&run.text);
        }
        within = run.page_field;
    }
    shown.trim().to_owned()
}
