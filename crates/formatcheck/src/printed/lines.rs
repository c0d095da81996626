//! Characters gathered to lines.

use crate::measure::is_chinese;
use crate::pdf::{Glyph, Page};

/// A gap this wide, in characters, parts two columns.
const COLUMN_GAP: f64 = 2.5;
/// Characters belong to one line when their baselines differ by no more of their size.
const SAME_LINE: f64 = 0.3;

/// A line, or a part of one between wide gaps.
pub struct Line {
    pub glyphs: Vec<Glyph>,
    pub y: f64,
    /// Stands between vertical rules.
    pub in_table: bool,
}

impl Line {
    pub fn text(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.text).collect()
    }

    pub fn start(&self) -> f64 {
        self.glyphs.first().map_or(0.0, |glyph| glyph.x)
    }

    pub fn end(&self) -> f64 {
        self.glyphs.last().map_or(0.0, |glyph| glyph.end)
    }

    /// The size of its largest type.
    pub fn size(&self) -> f64 {
        self.glyphs.iter().map(|glyph| glyph.size).fold(0.0, f64::max)
    }

    pub fn chinese(&self) -> impl Iterator<Item = &Glyph> {
        self.glyphs.iter().filter(|glyph| takes_a_cell(glyph.text))
    }
}

/// Chinese characters and full-width marks.
pub fn takes_a_cell(c: char) -> bool {
    is_chinese(c) || matches!(u32::from(c), 0x3001..=0x3003 | 0x3008..=0x3013 | 0xff01..=0xff60)
}

/// The lines of a page, from the top.
pub fn of(page: &Page) -> Vec<Line> {
    let mut glyphs: Vec<&Glyph> = page.glyphs.iter().filter(|glyph| !glyph.text.is_whitespace()).collect();
    glyphs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut rows: Vec<Vec<&Glyph>> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row) if (row[0].y - glyph.y).abs() <= SAME_LINE * glyph.size.max(row[0].size) => row.push(glyph),
            _ => rows.push(vec![glyph]),
        }
    }
    rows.into_iter().flat_map(|row| parts(row, page)).collect()
}

fn parts(mut row: Vec<&Glyph>, page: &Page) -> Vec<Line> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut lines: Vec<Vec<Glyph>> = Vec::new();
    for glyph in row {
        match lines.last_mut() {
            Some(line) if line.last().is_some_and(|last| glyph.x - last.end < COLUMN_GAP * glyph.size) => {
                line.push(glyph.clone());
            }
            _ => lines.push(vec![glyph.clone()]),
        }
    }
    lines.into_iter().map(|glyphs| line(glyphs, page)).collect()
}

fn line(glyphs: Vec<Glyph>, page: &Page) -> Line {
    let mut line = Line { y: glyphs[0].y, glyphs, in_table: false };
    let middle = line.y + line.size() / 3.0;
    let (start, end) = (line.start(), line.end());
    let beside = |left: bool| {
        let on_side = |x: f64| if left { x <= start + 1.0 } else { x >= end - 1.0 };
        page.rules.iter().any(|rule| rule.low <= middle && middle <= rule.high && on_side(rule.x))
    };
    line.in_table = beside(true) && beside(false);
    line
}
