//! 落款: who signs and when, at the document's end.

use crate::{
    Error, SignatureArea,
    lines::{self, Align, Line, Measure},
    page::Pages,
    profile::{SignOffRules, Style, StyleName},
};

/// The lines of the sign-off, from the top.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SignOff {
    /// Full name of the organisation.
    pub organisation: Option<String>,
    /// Name of the person who signs, e.g. 评估人：张三.
    pub name: Option<String>,
    /// E.g. 2022年9月1日.
    pub date: Option<String>,
}

/// A sign-off whose lines are broken.
pub(crate) struct SetSignOff {
    organisation: Vec<Line>,
    signed: Vec<Line>,
    style: Style,
    rules: SignOffRules,
}

impl SetSignOff {
    pub(crate) fn new(sign_off: &SignOff, pages: &Pages<'_>) -> Result<SetSignOff, Error> {
        let style = *pages.profile.style(StyleName::SignOff);
        let measure = Measure::of(pages.profile.core.width());
        let set = |text: &Option<String>| match text {
            Some(text) => lines::set(text, &style, measure, pages.faces, "落款"),
            None => Ok(Vec::new()),
        };
        let mut signed = set(&sign_off.name)?;
        signed.extend(set(&sign_off.date)?);
        Ok(SetSignOff { organisation: set(&sign_off.organisation)?, signed, style, rules: pages.profile.sign_off })
    }

    /// Room for the signature over name and date.
    fn signed_height(&self) -> f64 {
        (self.signed.len() as f64 * self.style.line).max(self.rules.signature.height)
    }

    pub(crate) fn height(&self) -> f64 {
        self.rules.above + self.organisation.len() as f64 * self.style.line + self.signed_height()
    }

    /// Draws the block at the pages' position: the date indented from the right, the other lines centred over it.
    pub(crate) fn draw(&self, pages: &mut Pages<'_>) -> SignatureArea {
        let core = pages.profile.core;
        let date = self.signed.last().map_or(0.0, Line::width);
        let middle = core.right - self.rules.right - date / 2.0;
        pages.y += self.rules.above;
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
}
