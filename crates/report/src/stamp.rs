//! What a reader sees of an electronic signature: a block with name, organisation, time, fingerprint and what was drawn
//! by hand. It is a page of its own, which becomes the appearance of the signature's field.

use document::{Align, Colour, Role, Size, Style};

use crate::{
    Error, FontSet, SignatureArea,
    fonts::Faces,
    lines::{self, Line, Measure},
    page::{BLACK, Ink, Page, Stroke},
    pdf,
};

/// What a signature shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stamp<'a> {
    /// The person.
    pub name: &'a str,
    /// The organisation.
    pub organisation: &'a str,
    /// When, as people read it.
    pub time: &'a str,
    /// SHA-256 of the certificate, in groups with spaces between them.
    pub fingerprint: &'a str,
    /// Lines drawn by hand, as points to the right and down in any unit; without them the name is written large.
    pub drawing: &'a [Vec<(f64, f64)>],
}

/// Between the block's edge and what stands in it.
const EDGE: f64 = 4.0;
/// How much of the block's width the drawing takes.
const DRAWN: f64 = 0.44;
const FRAME: Colour = Colour([110, 120, 124]);
const PEN: f64 = 1.15;
const FINGERPRINT: f64 = 5.6;
const FINGERPRINT_LINE: f64 = 6.8;
/// Groups of the fingerprint on a line.
const GROUPS: usize = 8;
/// What stands for a character that no font has: the certificate holds the name in full.
const UNKNOWN: char = '？';

/// Prints a signature's block as a page of the size of its place.
///
/// # Errors
/// [`Error::FontUnusable`] and [`Error::PdfUnwritable`].
pub fn stamp(stamp: &Stamp<'_>, place: SignatureArea, fonts: &FontSet) -> Result<Vec<u8>, Error> {
    let faces = fonts.faces();
    let paper = Size { width: place.right - place.left, height: place.top - place.bottom };
    let mut block = Block { page: Page::default(), faces: &faces };
    let bottom = block.fingerprint(stamp.fingerprint, paper)?;
    let middle = EDGE + (paper.width - 2.0 * EDGE) * DRAWN;
    let left = (EDGE, middle - EDGE);
    if stamp.drawing.iter().all(Vec::is_empty) {
        block.name(stamp.name, left, bottom)?;
    } else {
        block.draw(stamp.drawing, left, (EDGE, bottom - EDGE));
    }
    block.texts(stamp, (middle + EDGE / 2.0, paper.width - EDGE), bottom)?;
    block.frame(paper, bottom);
    let content = pdf::Content {
        about: pdf::About { title: stamp.name, author: "" },
        paper,
        pages: &[block.page],
        bookmarks: &[],
        enclosed: &[],
        signature_areas: &[],
    };
    Ok(pdf::write(&content, fonts)?.0)
}

struct Block<'a> {
    page: Page,
    faces: &'a Faces<'a>,
}

impl Block<'_> {
    fn stroke(&mut self, from: (f64, f64), to: (f64, f64), width: f64) {
        self.page.strokes.push(Stroke { from, to, width, colour: FRAME });
    }

    fn frame(&mut self, paper: Size, bottom: f64) {
        const WIDTH: f64 = 0.5;
        let (left, top) = (WIDTH / 2.0, WIDTH / 2.0);
        let (right, low) = (paper.width - left, paper.height - top);
        for (from, to) in [
            ((left, top), (right, top)),
            ((right, top), (right, low)),
            ((right, low), (left, low)),
            ((left, low), (left, top)),
        ] {
            self.stroke(from, to, WIDTH);
        }
        self.stroke((EDGE, bottom), (paper.width - EDGE, bottom), WIDTH / 2.0);
    }

    /// The fingerprint at the block's foot, on two lines; gives the upper edge of its part.
    fn fingerprint(&mut self, fingerprint: &str, paper: Size) -> Result<f64, Error> {
        let style = plain(Role::Song, FINGERPRINT, FINGERPRINT_LINE);
        let groups: Vec<&str> = fingerprint.split(' ').collect();
        let lines: Vec<String> = groups.chunks(GROUPS).map(|groups| groups.join(" ")).collect();
        let top = paper.height - EDGE / 2.0 - lines.len() as f64 * FINGERPRINT_LINE;
        let label = self.set("指纹", &style, f64::INFINITY)?;
        let indent = label.first().map_or(0.0, Line::width) + FINGERPRINT / 2.0;
        self.place(&label, &style, Align::Left, (EDGE, top), indent);
        for (at, line) in lines.iter().enumerate() {
            let set = self.set(line, &style, f64::INFINITY)?;
            self.place(&set, &style, Align::Left, (EDGE + indent, top + at as f64 * FINGERPRINT_LINE), indent);
        }
        Ok(top - EDGE / 4.0)
    }

    /// The name, written large in place of a drawing.
    fn name(&mut self, name: &str, (left, right): (f64, f64), bottom: f64) -> Result<(), Error> {
        let (lines, style) = self.fit(name, Role::Kai, &[22.0, 18.0, 14.0, 11.0, 9.0, 7.0], (right - left, 3))?;
        let top = (bottom - lines.len() as f64 * style.line) / 2.0;
        self.place(&lines, &style, Align::Centre, (left, top), right - left);
        Ok(())
    }

    /// Name, organisation and time, one below the other in the middle of the height.
    fn texts(&mut self, stamp: &Stamp<'_>, (left, right): (f64, f64), bottom: f64) -> Result<(), Error> {
        let width = right - left;
        let name = self.fit(stamp.name, Role::Hei, &[9.0, 8.0, 7.0, 6.0], (width, 2))?;
        let organisation = self.fit(stamp.organisation, Role::Fangsong, &[7.5, 6.5, 5.5], (width, 3))?;
        let time = self.fit(stamp.time, Role::Fangsong, &[7.5, 6.5, 5.5], (width, 1))?;
        let parts = [name, organisation, time];
        let height: f64 = parts.iter().map(|(lines, style)| lines.len() as f64 * style.line).sum();
        let mut y = ((bottom - height) / 2.0).max(EDGE / 4.0);
        for (lines, style) in parts {
            self.place(&lines, &style, Align::Left, (left, y), width);
            y += lines.len() as f64 * style.line;
        }
        Ok(())
    }

    /// The drawing, as large as its place lets it be.
    fn draw(&mut self, drawing: &[Vec<(f64, f64)>], (left, right): (f64, f64), (top, bottom): (f64, f64)) {
        let all = || drawing.iter().flatten();
        let (x, y) = (range(all().map(|point| point.0)), range(all().map(|point| point.1)));
        let (width, height) = (right - left, bottom - top);
        let scale = (width / (x.1 - x.0).max(1.0)).min(height / (y.1 - y.0).max(1.0));
        let (dx, dy) = ((width - (x.1 - x.0) * scale) / 2.0, (height - (y.1 - y.0) * scale) / 2.0);
        let put = |point: &(f64, f64)| (left + dx + (point.0 - x.0) * scale, top + dy + (point.1 - y.0) * scale);
        for line in drawing.iter().filter(|line| !line.is_empty()) {
            let points = smooth(smooth(line.iter().map(put).collect()));
            self.page.inks.push(Ink { points, width: PEN, colour: BLACK });
        }
    }

    /// A text in the largest type in which it takes no more than so many lines; in the smallest it is cut.
    fn fit(
        &self,
        text: &str,
        font: Role,
        sizes: &[f64],
        (width, most): (f64, usize),
    ) -> Result<(Vec<Line>, Style), Error> {
        let mut smallest = plain(font, FINGERPRINT, FINGERPRINT);
        for size in sizes {
            smallest = plain(font, *size, *size * 1.25);
            let lines = self.set(text, &smallest, width)?;
            if lines.len() <= most {
                return Ok((lines, smallest));
            }
        }
        let mut kept: Vec<char> = text.chars().collect();
        loop {
            kept.pop();
            let shorter: String = kept.iter().chain(&['…']).collect();
            let lines = self.set(&shorter, &smallest, width)?;
            if lines.len() <= most || kept.is_empty() {
                return Ok((lines, smallest));
            }
        }
    }

    fn set(&self, text: &str, style: &Style, width: f64) -> Result<Vec<Line>, Error> {
        let known = |c: char| c.is_whitespace() || self.faces.pick(style.font, c).is_some();
        let text: String = text.chars().map(|c| if known(c) { c } else { UNKNOWN }).collect();
        lines::set(&text, style, Measure::of(width), self.faces, "签名")
    }

    fn place(&mut self, lines: &[Line], style: &Style, align: Align, (left, top): (f64, f64), width: f64) {
        for (at, line) in lines.iter().enumerate() {
            let y = top + at as f64 * style.line;
            self.page.runs.extend(lines::place(line, style, align, (left, y), (width, 0.0)));
        }
    }
}

fn plain(font: Role, size: f64, line: f64) -> Style {
    Style { font, latin: Role::Times, size, line, cell: size, on_grid: false }
}

fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| (least.min(value), most.max(value)))
}

/// Cuts the corners of a line (Chaikin), so that a slow screen's few points look like ink.
fn smooth(points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let between = |a: (f64, f64), b: (f64, f64), part: f64| (a.0 + (b.0 - a.0) * part, a.1 + (b.1 - a.1) * part);
    match points.as_slice() {
        [] => points,
        // A dot is a line without length: its round ends show.
        [dot] => vec![*dot, *dot],
        [first, .., last] => {
            let mut cut = vec![*first];
            for pair in points.windows(2) {
                cut.extend([between(pair[0], pair[1], 0.25), between(pair[0], pair[1], 0.75)]);
            }
            cut.push(*last);
            cut
        }
    }
}
