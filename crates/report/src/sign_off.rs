//! 落款: who signs and when, at the document's end.

use document::{Align, SignOff, SignOffRules, Style, StyleName};

use crate::{
    Error, SignatureArea,
    lines::{self, Line},
    page::{Pages, Picture},
};

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

    /// Height of name and date, with room for an electronic signature over them where there may be one.
    fn signed_height(&self) -> f64 {
        let signature = if self.room { self.rules.signature.height } else { 0.0 };
        (self.signed.len() as f64 * self.style.line).max(signature)
    }

    fn text_height(&self) -> f64 {
        self.organisation.len() as f64 * self.style.line + self.signed_height()
    }

    /// What a seal that is higher than the text needs above it.
    fn seal_above(&self) -> f64 {
        (self.seal.as_ref().map_or(0.0, Picture::height) - self.text_height()).max(0.0)
    }

    pub(crate) fn height(&self) -> f64 {
        self.rules.above + self.seal_above() + self.text_height()
    }

    /// Draws the block at the pages' position: the date indented from the right, the other lines centred over it.
    pub(crate) fn draw(&self, pages: &mut Pages<'_>) -> SignatureArea {
        let core = pages.profile.core;
        let date = self.signed.last().map_or(0.0, Line::width);
        let middle = core.right - self.rules.right - date / 2.0;
        pages.y += self.rules.above + self.seal_above();
        let centred = |line: &Line, pages: &mut Pages<'_>| {
            let left = (middle - line.width() / 2.0).min(core.right - line.width()).max(core.left);
            pages.line(line, &self.style, Align::Left, (left, line.width()));
        };
        for line in &self.organisation {
            centred(line, pages);
        }
        let (top, height) = (pages.y, self.signed_height());
        pages.y += (height - self.signed.len() as f64 * self.style.line) / 2.0;
        for line in &self.signed {
            centred(line, pages);
        }
        pages.y = top + height;
        self.stamp(pages, middle, top + height);
        let width = self.rules.signature.width.min(core.width());
        let left = (middle - width / 2.0).min(core.right - width).max(core.left);
        let paper = pages.profile.paper.height;
        SignatureArea {
            page_index: pages.list.len() - 1,
            left,
            bottom: paper - top - height,
            right: left + width,
            top: paper - top,
        }
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
