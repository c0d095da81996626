//! A document's head: the title, under a red rule in running text, and the facts below it.

use document::{Align, Colour, Document, Form, Style, StyleName};

use crate::{
    Error,
    lines::{self, Measure},
    page::{Pages, Stroke},
};

/// The rule between head and text is red (附件5: 编排于红色分隔线下空二行位置).
const RED: Colour = Colour([255, 0, 0]);

/// Draws title and facts.
pub(crate) fn draw(document: &Document, pages: &mut Pages<'_>) -> Result<(), Error> {
    draw_title(&document.title, document.form, pages)?;
    if !document.facts.is_empty() {
        draw_facts(&document.facts, pages)?;
        pages.y += pages.profile.score_sheet.facts_below;
    }
    Ok(())
}

/// Draws a title at the head of the present page.
pub(crate) fn draw_title(title: &str, form: Form, pages: &mut Pages<'_>) -> Result<(), Error> {
    let (core, grid) = (pages.profile.core, pages.profile.grid);
    let mut style = *pages.profile.style(StyleName::Title);
    let rules = (pages.profile.letter, pages.profile.score_sheet.clone());
    match form {
        Form::Letter => {
            let width = rules.0.rule;
            let stroke = Stroke { from: (core.left, core.top), to: (core.right, core.top), width, colour: RED };
            pages.page().strokes.push(stroke);
            style = Style { line: grid.down, on_grid: true, ..style };
            pages.y += rules.0.above_title * grid.down;
        }
        Form::Sheet => pages.y += rules.1.title_above,
    }
    let broken = document::title_lines(title, core.width() / style.size).join("\n");
    for line in lines::set(&broken, &style, Measure::of(core.width()), pages.faces, "标题")? {
        pages.turn_below(style.line);
        pages.line(&line, &style, Align::Centre, (core.left, core.width()));
    }
    pages.y += match form {
        Form::Letter => rules.0.below_title * grid.down,
        Form::Sheet => rules.1.title_below,
    };
    Ok(())
}

/// Facts two by two; one that is wider than half the core takes a line, or several, of its own.
fn draw_facts(facts: &[(String, String)], pages: &mut Pages<'_>) -> Result<(), Error> {
    let core = pages.profile.core;
    let (label_style, style) = (*pages.profile.style(StyleName::FactLabel), *pages.profile.style(StyleName::Fact));
    let half = core.width() / 2.0;
    let mut right = false;
    for (label, value) in facts {
        let labels = lines::set(&format!("{label}："), &label_style, Measure::of(core.width()), pages.faces, label)?;
        let used = labels.first().map_or(0.0, lines::Line::width);
        let values = lines::set(value, &style, Measure::of(core.width() - used), pages.faces, label)?;
        let wide = values.len() > 1 || used + values.first().map_or(0.0, lines::Line::width) > half - style.cell;
        if right && !wide {
            pages.y -= style.line;
        }
        right &= !wide;
        let left = if right { core.left + half } else { core.left };
        pages.turn_below(style.line.max(label_style.line));
        for line in &labels {
            pages.line(line, &label_style, Align::Left, (left, core.width()));
        }
        pages.y -= label_style.line;
        for line in &values {
            pages.turn_below(style.line);
            pages.line(line, &style, Align::Prose, (left + used, core.width() - used));
        }
        if values.is_empty() {
            pages.y += style.line;
        }
        right = !right && !wide;
    }
    Ok(())
}
