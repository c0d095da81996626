//! Pages under construction: what stands where, and what every page carries in its margins.
//!
//! Positions are in points from the paper's upper left corner.

use document::{Align, Colour, Document, PageCode, Profile, Role, Seal, Style};

use crate::{
    Error, PrintedCell, code,
    fonts::Faces,
    lines::{self, Glyph, Line},
};

pub(crate) const BLACK: Colour = Colour([0, 0, 0]);

/// Characters of one font that follow one another at one distance.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Run {
    pub role: Role,
    pub size: f64,
    pub x: f64,
    /// The baseline.
    pub y: f64,
    /// Added after each character.
    pub spacing: f64,
    pub text: String,
    /// Where the next glyph would stand without spacing.
    next: f64,
}

impl Run {
    pub(crate) fn new(glyph: &Glyph, size: f64, x: f64, y: f64) -> Run {
        let text = glyph.character.to_string();
        Run { role: glyph.role, size, x, y, spacing: 0.0, text, next: x + glyph.natural }
    }

    /// Appends a glyph when it continues the run; says whether it did.
    pub(crate) fn join(&mut self, glyph: &Glyph, x: f64) -> bool {
        const ROUNDING: f64 = 0.002;
        let gap = x - self.next;
        let first = self.text.chars().nth(1).is_none();
        let fits = if first { gap.abs() < self.size / 2.0 } else { (gap - self.spacing).abs() < ROUNDING };
        if glyph.role != self.role || !fits {
            return false;
        }
        if first {
            self.spacing = gap;
        }
        self.text.push(glyph.character);
        self.next = x + glyph.natural;
        true
    }
}

/// A straight line, horizontal or vertical.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stroke {
    pub from: (f64, f64),
    pub to: (f64, f64),
    pub width: f64,
    pub colour: Colour,
}

/// Filled areas of one colour.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shape {
    pub rings: Vec<Vec<(f64, f64)>>,
    pub colour: Colour,
}

/// A line drawn by hand.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ink {
    pub points: Vec<(f64, f64)>,
    pub width: f64,
    pub colour: Colour,
}

/// A picture, by its upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Picture {
    pub seal: Seal,
    pub x: f64,
    pub y: f64,
    pub width: f64,
}

impl Picture {
    pub(crate) fn height(&self) -> f64 {
        self.width * f64::from(self.seal.height) / f64::from(self.seal.width.max(1))
    }
}

/// One page; later kinds are drawn over earlier ones.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Page {
    pub shapes: Vec<Shape>,
    pub strokes: Vec<Stroke>,
    pub inks: Vec<Ink>,
    pub runs: Vec<Run>,
    pub pictures: Vec<Picture>,
}

/// A bookmark: level 1 is the outermost.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bookmark {
    pub level: usize,
    pub title: String,
    pub page: usize,
    pub y: f64,
}

/// The pages of a document while they are filled from the top down.
pub(crate) struct Pages<'a> {
    pub profile: &'a Profile,
    pub faces: &'a Faces<'a>,
    pub list: Vec<Page>,
    pub bookmarks: Vec<Bookmark>,
    /// The cells of tables, where they were drawn.
    pub cells: Vec<PrintedCell>,
    /// Where the next thing goes on the last page.
    pub y: f64,
}

impl<'a> Pages<'a> {
    pub(crate) fn new(profile: &'a Profile, faces: &'a Faces<'a>) -> Pages<'a> {
        Pages {
            profile,
            faces,
            list: vec![Page::default()],
            bookmarks: Vec::new(),
            cells: Vec::new(),
            y: profile.core.top,
        }
    }

    /// Room left on the last page.
    pub(crate) fn room(&self) -> f64 {
        self.profile.core.bottom - self.y
    }

    pub(crate) fn turn(&mut self) {
        self.list.push(Page::default());
        self.y = self.profile.core.top;
    }

    /// Goes on with a new page when less than `height` is left.
    pub(crate) fn turn_below(&mut self, height: f64) {
        const ROUNDING: f64 = 0.01;
        if self.room() + ROUNDING < height && !self.fresh() {
            self.turn();
        }
    }

    /// Nothing stands on the last page yet.
    pub(crate) fn fresh(&self) -> bool {
        self.y <= self.profile.core.top
    }

    /// The line of the document grid at or below a position.
    pub(crate) fn snapped(&self, y: f64) -> f64 {
        const ROUNDING: f64 = 0.001;
        let (top, down) = (self.profile.core.top, self.profile.grid.down);
        top + ((y - top) / down - ROUNDING).ceil().max(0.0) * down
    }

    pub(crate) fn page(&mut self) -> &mut Page {
        self.list.last_mut().expect("a document starts with a page and pages are never removed")
    }

    pub(crate) fn bookmark(&mut self, level: usize, title: &str) {
        let (page, y) = (self.list.len() - 1, self.y);
        self.bookmarks.push(Bookmark { level, title: title.to_owned(), page, y });
    }

    /// Sets a line across the core, or across `width` from `left`, and goes on below it.
    pub(crate) fn line(&mut self, line: &Line, style: &Style, align: Align, (left, width): (f64, f64)) {
        let runs = lines::place(line, style, align, (left, self.y), (width, self.profile.stretch));
        self.page().runs.extend(runs);
        self.y += style.line;
    }

    /// Page numbers, and the small print above and below the core.
    pub(crate) fn margins(&mut self, document: &Document) -> Result<(), Error> {
        for index in 0..self.list.len() {
            let number = self.page_number(index)?;
            let mark = self.running(document.mark.as_deref(), "页眉", index, Corner::Head)?;
            self.list[index].runs.extend(number.into_iter().chain(mark));
            if let Some(code) = &document.code {
                self.code(code, index)?;
            } else {
                let digest = self.running(document.digest.as_deref(), "页脚", index, Corner::Foot)?;
                self.list[index].runs.extend(digest);
            }
        }
        Ok(())
    }

    /// The QR code at the foot across from the page number, and the lines beside it.
    fn code(&mut self, code: &PageCode, index: usize) -> Result<(), Error> {
        let (rules, core) = (&self.profile.running, self.profile.core);
        let text = format!("{} P{}/{}", code.text, index + 1, self.list.len());
        let modules = code::modules(&text)?;
        let (top, side) = (core.bottom + rules.code_below_core, rules.code);
        let blank = side / modules.len().max(1) as f64 * code::QUIET;
        let (mut runs, mut widest) = (Vec::new(), 0.0_f64);
        let height = code.lines.len() as f64 * rules.style.line;
        let first = top + (side - height) / 2.0;
        let set = |line: &String| lines::glyphs(line, &rules.style, self.faces, "页脚").map(natural);
        let set: Vec<Line> = code.lines.iter().map(set).collect::<Result<_, _>>()?;
        for line in &set {
            widest = widest.max(line.width());
        }
        // Odd pages have their number at the right.
        let odd = index.is_multiple_of(2);
        let (left, beside) = if odd {
            (core.left, core.left + side + blank)
        } else {
            (core.right - side, core.right - side - blank - widest)
        };
        for (at, line) in set.iter().enumerate() {
            let y = first + at as f64 * rules.style.line;
            runs.extend(lines::place(line, &rules.style, Align::Left, (beside, y), (0.0, 0.0)));
        }
        let shape = Shape { rings: code::rings(&modules, (left, top), side), colour: BLACK };
        self.list[index].shapes.push(shape);
        self.list[index].runs.extend(runs);
        Ok(())
    }

    fn page_number(&self, index: usize) -> Result<Vec<Run>, Error> {
        let rules = &self.profile.page_number;
        let glyphs = lines::glyphs(&format!("— {} —", index + 1), &rules.style, self.faces, "页码")?;
        let line = natural(glyphs);
        let x = if index.is_multiple_of(2) {
            self.profile.core.right - rules.blank - line.width()
        } else {
            self.profile.core.left + rules.blank
        };
        let y = self.profile.core.bottom + rules.below_core;
        Ok(lines::place(&line, &rules.style, Align::Left, (x, y), (0.0, 0.0)))
    }

    /// Small print: the mark at the head's outer side, the digest at the foot across from the page number.
    fn running(&self, text: Option<&str>, place: &str, index: usize, corner: Corner) -> Result<Vec<Run>, Error> {
        let Some(text) = text else {
            return Ok(Vec::new());
        };
        let rules = &self.profile.running;
        let glyphs = lines::glyphs(text, &rules.style, self.faces, place)?;
        let line = Line { glyphs, ..Line::default() };
        let odd = index.is_multiple_of(2);
        let (right, y) = match corner {
            Corner::Head => (odd, self.profile.core.top - rules.above_core - rules.style.line),
            Corner::Foot => {
                let number = &self.profile.page_number;
                let align = number.style.line - rules.style.line;
                (!odd, self.profile.core.bottom + number.below_core + align)
            }
        };
        let x = if right { self.profile.core.right - line.width() } else { self.profile.core.left };
        Ok(lines::place(&line, &rules.style, Align::Left, (x, y), (0.0, 0.0)))
    }
}

#[derive(Clone, Copy)]
enum Corner {
    Head,
    Foot,
}

/// A line whose glyphs keep the font's own widths.
fn natural(mut glyphs: Vec<Glyph>) -> Line {
    for glyph in &mut glyphs {
        (glyph.advance, glyph.inset) = (glyph.natural, 0.0);
    }
    Line { glyphs, ..Line::default() }
}
