//! What follows a document's table: sections of small print and the sign-off, which never stands alone on a page.

use crate::{
    Error, SignatureArea,
    lines::{self, Align, Line, Measure},
    page::Pages,
    profile::{Style, StyleName},
    sign_off::{SetSignOff, SignOff},
};

/// Lines that must precede the sign-off on its page.
const COMPANY: usize = 2;

struct TailLine {
    line: Line,
    style: Style,
    /// No page ends after this line.
    tied_to_next: bool,
    bookmark: Option<&'static str>,
    /// Room above, but not at a page's top.
    above: f64,
}

impl TailLine {
    fn height(&self) -> f64 {
        self.above + self.style.line
    }
}

/// The small print and the sign-off, broken into lines.
pub(crate) struct Tail {
    lines: Vec<TailLine>,
    sign_off: SetSignOff,
    above: f64,
}

impl Tail {
    pub(crate) fn new(sign_off: &SignOff, pages: &Pages<'_>) -> Result<Tail, Error> {
        let above = pages.profile.score_sheet.after_table;
        Ok(Tail { lines: Vec::new(), sign_off: SetSignOff::new(sign_off, pages)?, above })
    }

    /// Adds a heading with its paragraphs; nothing when there are none.
    pub(crate) fn section(
        &mut self,
        heading: &'static str,
        paragraphs: &[String],
        pages: &Pages<'_>,
    ) -> Result<(), Error> {
        if paragraphs.is_empty() {
            return Ok(());
        }
        let width = pages.profile.core.width();
        let style = *pages.profile.style(StyleName::NoteHeading);
        for line in lines::set(&format!("{heading}："), &style, Measure::of(width), pages.faces, heading)? {
            let above = if self.lines.is_empty() { 0.0 } else { pages.profile.score_sheet.between_notes };
            self.lines.push(TailLine { line, style, tied_to_next: true, bookmark: Some(heading), above });
        }
        let style = *pages.profile.style(StyleName::Note);
        for text in paragraphs {
            let number = lines::glyphs(numbering(text), &style, pages.faces, heading)?;
            let indent = number.iter().map(|g| g.advance).sum();
            let measure = Measure { width, first_indent: 0.0, indent };
            let set = lines::set(text, &style, measure, pages.faces, heading)?;
            let count = set.len();
            for (index, line) in set.into_iter().enumerate() {
                // Two lines of a paragraph stay together at its beginning and at its end.
                let tied_to_next = index + 1 < count && (index == 0 || index + 2 == count);
                self.lines.push(TailLine { line, style, tied_to_next, bookmark: None, above: 0.0 });
            }
        }
        Ok(())
    }

    /// What must fit below the table's last row, so that the sign-off is not alone on the next page.
    pub(crate) fn height_after_table(&self) -> f64 {
        if self.lines.len() >= COMPANY {
            return 0.0;
        }
        self.above + self.lines_height(0..self.lines.len()) + self.sign_off.height()
    }

    fn lines_height(&self, range: std::ops::Range<usize>) -> f64 {
        self.lines[range].iter().map(TailLine::height).sum()
    }

    /// Draws everything from the pages' position on.
    pub(crate) fn draw(&self, pages: &mut Pages<'_>) -> SignatureArea {
        let mut start = 0;
        while start < self.lines.len() {
            let end = self.page_end(start, pages);
            for line in &self.lines[start..end] {
                self.draw_line(line, pages);
            }
            if end < self.lines.len() {
                pages.turn();
            }
            start = end;
        }
        if self.sign_off.height() > pages.room() {
            pages.turn();
        }
        self.sign_off.draw(pages)
    }

    fn draw_line(&self, line: &TailLine, pages: &mut Pages<'_>) {
        if !pages.fresh() {
            pages.y += line.above;
        }
        if let Some(title) = line.bookmark {
            pages.bookmark(1, title);
        }
        let core = pages.profile.core;
        pages.line(&line.line, &line.style, Align::Prose, (core.left, core.width()));
    }

    /// The line before which the page ends that begins with line `start`, or goes on with it.
    fn page_end(&self, start: usize, pages: &Pages<'_>) -> usize {
        let count = self.lines.len();
        let allowed = |end: &usize| *end == 0 || *end == count || !self.lines[*end - 1].tied_to_next;
        // A page that already holds something may end right here.
        let least = if pages.fresh() { start + 1 } else { start };
        let fits = |end: &usize| self.lines_height(start..*end) <= pages.room();
        let end = (least..=count).take_while(fits).filter(allowed).last();
        let end = end.unwrap_or(if pages.fresh() { start + 1 } else { start });
        if end < count || self.lines_height(start..count) + self.sign_off.height() <= pages.room() {
            return end;
        }
        // Everything fits but the sign-off: the last lines go with it to the next page.
        (least..=count.saturating_sub(COMPANY)).rfind(allowed).unwrap_or(end)
    }
}

/// The number at the beginning of a paragraph, e.g. `1. `; later lines are indented by its width.
fn numbering(text: &str) -> &str {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mark = &text[digits..];
    let rest = mark.trim_start_matches(['.', '．', '、']).trim_start();
    if digits == 0 || rest.len() == mark.len() { "" } else { &text[..text.len() - rest.len()] }
}
