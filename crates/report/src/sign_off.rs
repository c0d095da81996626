//! 落款: who signs and when, at the document's end, and the places for electronic signatures below it.

use document::{Align, SignOff, SignOffRules, Style, StyleName};

use crate::{
    Error, SignatureArea,
    lines::{self, Line},
    page::{Pages, Picture},
};

/// Rows of places that a page may offer, where it has room left.
const MOST_ROWS: u16 = 4;

/// A sign-off whose lines are broken.
pub(crate) struct SetSignOff {
    organisation: Vec<Line>,
    signed: Vec<Line>,
    style: Style,
    rules: SignOffRules,
    seal: Option<Picture>,
    room: bool,
}

impl SetSignOff {
    pub(crate) fn new(sign_off: &SignOff, pages: &Pages<'_>) -> Result<SetSignOff, Error> {
        let style = *pages.profile.style(StyleName::SignOff);
        let set = |text: &Option<String>| match text {
            Some(text) => lines::balanced(text, &style, pages.profile.core.width(), pages.faces, "落款"),
            None => Ok(Vec::new()),
        };
        let mut signed = set(&sign_off.name)?;
        signed.extend(set(&sign_off.date)?);
        let rules = pages.profile.sign_off;
        let seal = sign_off.seal.clone().map(|seal| Picture { seal, x: 0.0, y: 0.0, width: rules.seal });
        Ok(SetSignOff { organisation: set(&sign_off.organisation)?, signed, style, rules, seal, room: sign_off.signed })
    }

    fn text_height(&self) -> f64 {
        (self.organisation.len() + self.signed.len()) as f64 * self.style.line
    }

    /// Height of so many rows of places for electronic signatures, with the gap above each.
    fn rows_height(&self, rows: u16) -> f64 {
        f64::from(rows) * (self.rules.signature.height + self.rules.signature_gap)
    }

    /// Rows of places that there is always room for.
    fn rows(&self) -> u16 {
        if self.room { self.rules.signature_rows } else { 0 }
    }

    /// What a seal that is higher than the text needs above it.
    fn seal_above(&self) -> f64 {
        (self.seal.as_ref().map_or(0.0, Picture::height) - self.text_height()).max(0.0)
    }

    pub(crate) fn height(&self) -> f64 {
        self.rules.above + self.seal_above() + self.text_height() + self.rows_height(self.rows())
    }

    /// Draws the block at the pages' position: the date indented from the right, the other lines centred over it.
    /// Gives the places below it, by rows from the left.
    pub(crate) fn draw(&self, pages: &mut Pages<'_>) -> Vec<SignatureArea> {
        let core = pages.profile.core;
        let date = self.signed.last().map_or(0.0, Line::width);
        let middle = core.right - self.rules.right - date / 2.0;
        pages.y += self.rules.above + self.seal_above();
        for line in self.organisation.iter().chain(&self.signed) {
            let left = (middle - line.width() / 2.0).min(core.right - line.width()).max(core.left);
            pages.line(line, &self.style, Align::Left, (left, line.width()));
        }
        let bottom = pages.y;
        self.stamp(pages, middle, bottom);
        self.places(pages)
    }

    /// The places fill the core's width from edge to edge; where the page has room left, there are more rows than need be.
    fn places(&self, pages: &mut Pages<'_>) -> Vec<SignatureArea> {
        const ROUNDING: f64 = 0.01;
        let (core, rules) = (pages.profile.core, self.rules);
        let mut rows = self.rows();
        while rows > 0 && rows < MOST_ROWS && pages.y + self.rows_height(rows + 1) <= core.bottom + ROUNDING {
            rows += 1;
        }
        let (paper, width) = (pages.profile.paper.height, rules.signature.width);
        let count = ((core.width() + rules.signature_gap + ROUNDING) / (width + rules.signature_gap)).floor();
        let step = width + (core.width() - count * width) / (count - 1.0).max(1.0);
        let mut places = Vec::new();
        for _ in 0..rows {
            let top = pages.y + rules.signature_gap;
            let mut left = core.left;
            while left + width <= core.right + ROUNDING {
                let (right, bottom) = (left + width, top + rules.signature.height);
                let page_index = pages.list.len() - 1;
                places.push(SignatureArea { page_index, left, bottom: paper - bottom, right, top: paper - top });
                left += step;
            }
            pages.y = top + rules.signature.height;
        }
        places
    }

    /// The seal's middle stands over the date's; it reaches up over the names and never below the block.
    fn stamp(&self, pages: &mut Pages<'_>, middle: f64, bottom: f64) {
        if let Some(seal) = &self.seal {
            let left = (middle - seal.width / 2.0).min(pages.profile.core.right - seal.width);
            let placed = Picture { x: left, y: bottom - seal.height(), ..seal.clone() };
            pages.page().pictures.push(placed);
        }
    }
}
