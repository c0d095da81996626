//! Fonts of a PDF: whether they are in the file, and which type the format knows.

use super::Sheet;
use super::lines::Line;
use crate::finding::{Fault, Findings, Place};
use crate::measure::{self, is_chinese};
use crate::pdf::{Glyph, Pdf};
use document::{Profile, StyleName};
use std::collections::BTreeMap;
use strum::VariantArray;

/// Fewer characters of a type are a name's rare characters or a symbol.
const FEW: usize = 10;

/// Fonts that are used must be in the file and say which characters they are.
pub fn embedded(pdf: &Pdf, findings: &mut Findings<'_>) {
    let mut used: BTreeMap<usize, usize> = BTreeMap::new();
    for page in &pdf.pages {
        for glyph in &page.glyphs {
            used.entry(glyph.font).or_insert(page.number);
        }
    }
    for (index, page) in used {
        let font = &pdf.fonts[index];
        let found = measure::name(&font.name);
        if !font.embedded {
            findings.add(Fault::FontNotEmbedded { found: found.clone() }, Place::Page { page });
        }
        if !font.readable {
            findings.add(Fault::TextUnreadable { found }, Place::Page { page });
        }
    }
}

/// A font and size, the size in tenths of a point.
pub type Type = (usize, i64);

pub fn type_of(glyph: &Glyph) -> Type {
    (glyph.font, tenths(glyph.size))
}

/// Tenths of a point, so that sizes can be counted.
pub fn tenths(size: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a cast saturates, and sizes are finite")]
    let tenths = (size * 10.0).round() as i64;
    tenths
}

/// Whether a style of the profile is set in this type.
fn is_known(pdf: &Pdf, glyph: &Glyph, profile: &Profile) -> bool {
    let fits = |name: &StyleName| {
        let style = profile.style(*name);
        let near = (glyph.size - style.size).abs() <= profile.check.type_pt;
        near && profile.check.is_font(style.font, &pdf.fonts[glyph.font].name)
    };
    StyleName::VARIANTS.iter().any(fits)
}

/// Type that no style has, but for the body's, which is judged by itself, and for the margins.
pub fn foreign(pdf: &Pdf, sheets: &[Sheet<'_>], body: Option<Type>, findings: &mut Findings<'_>) {
    let profile = findings.profile;
    let core = profile.core;
    let mut met: BTreeMap<Type, (usize, Place)> = BTreeMap::new();
    for sheet in sheets {
        let within = |line: &&Line| {
            let down = sheet.page.height - line.y;
            (core.top..=core.bottom).contains(&down)
        };
        for line in sheet.lines.iter().filter(within) {
            let foreign = |glyph: &&Glyph| {
                let judged = is_chinese(glyph.text) && Some(type_of(glyph)) != body;
                judged && !is_known(pdf, glyph, profile)
            };
            for glyph in line.glyphs.iter().filter(foreign) {
                let first = || Place::Line { page: sheet.page.number, beginning: measure::beginning(&line.text()) };
                met.entry(type_of(glyph)).or_insert_with(|| (0, first())).0 += 1;
            }
        }
    }
    for ((font, size), (count, place)) in met {
        if count >= FEW {
            let size = measure::size(f64::from(i32::try_from(size).unwrap_or(i32::MAX)) / 10.0);
            let found = format!("{} {size}", measure::name(&pdf.fonts[font].name));
            findings.add(Fault::ForeignType { found }, place);
        }
    }
}
