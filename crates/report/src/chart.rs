//! Charts as vectors: a radar of rates, bars with a mark line.

use std::{f64::consts::TAU, ops::Range};

use document::{Align, Axis, Bar, Chart, Colour, Profile, StyleName};

use crate::{
    Error,
    lines::{self, Measure},
    page::{Pages, Shape, Stroke},
};

const RINGS: [f64; 5] = [0.2, 0.4, 0.6, 0.8, 1.0];
const HAIR: f64 = 0.4;
const THICK: f64 = 1.2;
/// Half the length of a dash of the mark line.
const DASH: f64 = 2.0;

/// A chart on its way to a page; of many bars, those that one page holds.
pub(crate) struct SetChart<'a> {
    chart: &'a Chart,
    bars: Range<usize>,
}

impl<'a> SetChart<'a> {
    /// The chart in as many pieces as it needs pages.
    pub(crate) fn pieces(chart: &'a Chart, profile: &Profile) -> Vec<SetChart<'a>> {
        let Chart::Bars { bars, .. } = chart else { return vec![SetChart { chart, bars: 0..0 }] };
        let room = profile.core.height() - profile.style(StyleName::Caption).line;
        // One bar's height is for the mark line's label.
        let most = ((room / profile.chart.bar).floor() as usize).saturating_sub(1).max(1);
        let pieces = bars.len().div_ceil(most).max(1);
        let each = bars.len().div_ceil(pieces);
        (0..pieces).map(|at| SetChart { chart, bars: at * each..bars.len().min((at + 1) * each) }).collect()
    }

    pub(crate) fn height(&self, profile: &Profile) -> f64 {
        let rules = profile.chart;
        let caption = profile.style(StyleName::Caption).line;
        caption
            + match self.chart {
                Chart::Radar { .. } => rules.radar,
                Chart::Bars { .. } => (self.bars.len() as f64 + 1.0) * rules.bar,
            }
    }

    /// Draws the chart from the pages' position on.
    pub(crate) fn draw(&self, pages: &mut Pages<'_>) -> Result<(), Error> {
        let bottom = pages.y + self.height(pages.profile);
        let caption = match self.chart {
            Chart::Radar { caption, axes } => {
                radar(axes, pages)?;
                caption.clone()
            }
            Chart::Bars { caption, bars, line } => {
                draw_bars(&bars[self.bars.clone()], line.as_ref(), pages)?;
                if self.bars.start == 0 { caption.clone() } else { format!("{caption}（续）") }
            }
        };
        let style = *pages.profile.style(StyleName::Caption);
        pages.y = bottom - style.line;
        let core = pages.profile.core;
        for line in lines::set(&caption, &style, Measure::of(core.width()), pages.faces, &caption)? {
            pages.line(&line, &style, Align::Centre, (core.left, core.width()));
        }
        pages.y = bottom;
        Ok(())
    }
}

fn radar(axes: &[Axis], pages: &mut Pages<'_>) -> Result<(), Error> {
    let (core, rules) = (pages.profile.core, pages.profile.chart);
    let style = *pages.profile.style(StyleName::Chart);
    let centre = ((core.left + core.right) / 2.0, pages.y + rules.radar / 2.0);
    // Two lines of labels stand above the upper and below the lower corner.
    let radius = rules.radar / 2.0 - 3.0 * style.line;
    let corner = |axis: usize, rate: f64| {
        let angle = TAU * axis as f64 / axes.len() as f64;
        (centre.0 + radius * rate * angle.sin(), centre.1 - radius * rate * angle.cos())
    };
    for ring in RINGS {
        let width = if ring == 1.0 { 2.0 * HAIR } else { HAIR };
        outline(&(0..axes.len()).map(|a| corner(a, ring)).collect::<Vec<_>>(), width, rules.axis, pages);
    }
    for axis in 0..axes.len() {
        let stroke = Stroke { from: centre, to: corner(axis, 1.0), width: HAIR, colour: rules.axis };
        pages.page().strokes.push(stroke);
    }
    let rates: Vec<_> = axes.iter().enumerate().map(|(at, axis)| corner(at, axis.rate.unwrap_or(0.0))).collect();
    outline(&rates, THICK, rules.colour, pages);
    pages.page().shapes.push(Shape { rings: vec![rates], colour: tint(rules.colour) });
    for (at, axis) in axes.iter().enumerate() {
        let (x, y) = corner(at, 1.0);
        let side = ((x - centre.0) / radius * 2.0).clamp(-1.0, 1.0);
        let down = (y - centre.1) / radius;
        let top = y + down * style.line * 1.4 - style.line;
        let x = x + side * style.size;
        let room = match side {
            side if side > 0.5 => core.right - x,
            side if side < -0.5 => x - core.left,
            _ => 2.0 * (core.right - x).min(x - core.left),
        };
        for (index, text) in [&axis.label, &axis.text].into_iter().enumerate() {
            let text = shortened(text, room, pages)?;
            label(&text, (x, top + index as f64 * style.line), side, pages)?;
        }
    }
    Ok(())
}

/// A line of chart text; `side` −1 ends it at `x`, 0 centres it there, 1 begins it there.
fn label(text: &str, (x, y): (f64, f64), side: f64, pages: &mut Pages<'_>) -> Result<(), Error> {
    let style = *pages.profile.style(StyleName::Chart);
    for line in lines::set(text, &style, Measure::of(pages.profile.core.width()), pages.faces, text)? {
        let left = x - line.width() * (1.0 - side) / 2.0;
        let runs = lines::place(&line, &style, Align::Left, (left, y), (line.width(), 0.0));
        pages.page().runs.extend(runs);
    }
    Ok(())
}

/// A colour thinned with white, so that the axes show through what is filled with it.
fn tint(Colour(parts): Colour) -> Colour {
    Colour(parts.map(|part| 255 - (255 - part) / 6))
}

fn outline(points: &[(f64, f64)], width: f64, colour: Colour, pages: &mut Pages<'_>) {
    for (index, from) in points.iter().enumerate() {
        let to = points[(index + 1) % points.len()];
        pages.page().strokes.push(Stroke { from: *from, to, width, colour });
    }
}

fn draw_bars(bars: &[Bar], line: Option<&(f64, String)>, pages: &mut Pages<'_>) -> Result<(), Error> {
    let (core, rules, top) = (pages.profile.core, pages.profile.chart, pages.y);
    let style = *pages.profile.style(StyleName::Chart);
    let left = core.left + rules.labels;
    // Room for the longest figure beside a full bar.
    let full = core.right - left - 5.0 * style.size;
    for (index, bar) in bars.iter().enumerate() {
        let y = top + (index as f64 + 1.0) * rules.bar;
        let text_top = y + (rules.bar - style.line) / 2.0;
        let shown = shortened(&bar.label, rules.labels - style.size, pages)?;
        label(&shown, (left - style.size / 2.0, text_top), -1.0, pages)?;
        let colour = if bar.low { rules.low } else { rules.colour };
        let (from, to) = (y + rules.bar * 0.2, y + rules.bar * 0.8);
        let right = left + full * bar.rate.unwrap_or(0.0);
        if bar.rate.is_some_and(|rate| rate > 0.0) {
            let points = vec![(left, from), (right, from), (right, to), (left, to)];
            pages.page().shapes.push(Shape { rings: vec![points], colour });
        }
        label(&bar.text, (right + style.size / 2.0, text_top), 1.0, pages)?;
    }
    let (from, to) = (top + rules.bar, top + (bars.len() as f64 + 1.0) * rules.bar);
    pages.page().strokes.push(Stroke { from: (left, from), to: (left, to), width: HAIR * 2.0, colour: rules.axis });
    if let Some((rate, text)) = line {
        let x = left + full * rate;
        let mut y = from;
        while y < to {
            let end = (y + DASH).min(to);
            pages.page().strokes.push(Stroke { from: (x, y), to: (x, end), width: HAIR * 2.0, colour: rules.low });
            y += 2.0 * DASH;
        }
        label(text, (x, from - style.line), 0.0, pages)?;
    }
    Ok(())
}

/// A label that takes one line of so much room.
fn shortened(label: &str, room: f64, pages: &Pages<'_>) -> Result<String, Error> {
    let style = *pages.profile.style(StyleName::Chart);
    let width = |glyphs: &[lines::Glyph]| glyphs.iter().map(|glyph| glyph.advance).sum::<f64>();
    let glyphs = lines::glyphs(&label.replace('\n', " "), &style, pages.faces, label)?;
    if width(&glyphs) <= room {
        return Ok(label.to_owned());
    }
    let fits = (0..glyphs.len()).rev().find(|count| width(&glyphs[..*count]) + style.size <= room).unwrap_or(0);
    Ok(glyphs[..fits].iter().map(|glyph| glyph.character).chain(['…']).collect())
}
