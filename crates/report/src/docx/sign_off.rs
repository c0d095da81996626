//! 落款: the date indented from the right, the names centred over it, the seal over both.

use document::{Profile, SignOff, StyleName};

use super::{
    picture::Drawing,
    styles,
    text::{empty, paragraph, run, twips, wide},
    xml::{Element, el, val},
};

/// The paragraphs, all on one page.
pub(super) fn paragraphs(sign_off: &SignOff, seal: Option<&Drawing>, profile: &Profile) -> Vec<Element> {
    let style = profile.style(StyleName::SignOff);
    let rules = profile.sign_off;
    let last = sign_off.date.as_ref().or(sign_off.name.as_ref());
    let half = rules.right + last.map_or(0.0, |text| wide(text, style)) / 2.0;
    let texts: Vec<&String> = [&sign_off.organisation, &sign_off.name, &sign_off.date].into_iter().flatten().collect();
    let count = texts.len();
    let line = |(index, text): (usize, &&String)| {
        let indented = index + 1 == count && last.is_some();
        if indented { empty(styles::DATE).with(run(text, None)) } else { centred(text, half, profile) }
    };
    let mut set: Vec<Element> = texts.iter().enumerate().map(line).collect();
    let height = count as f64 * style.line;
    let seal_height = seal.map_or(0.0, |seal| seal.height);
    for paragraph in set.iter_mut().take(count.saturating_sub(1)) {
        paragraph.set_prop(el("w:keepNext"));
    }
    if let Some(first) = set.first_mut() {
        // The seal reaches up from the date, and not into the text.
        let room = rules.above + (seal_height - height).max(0.0);
        first.set_prop(el("w:spacing").attr("w:before", twips(room)));
    }
    if let (Some(seal), Some(last)) = (seal, set.last_mut()) {
        let left = (profile.core.width() - half - seal.width / 2.0).min(profile.core.width() - seal.width);
        let stamped = last.clone().with(seal.anchored(left, style.line - seal.height));
        *last = stamped;
    }
    set
}

/// A line whose middle stands over the date's, or flush right when it is too long for that.
fn centred(text: &str, half: f64, profile: &Profile) -> Element {
    let (core, width) = (profile.core.width(), wide(text, profile.style(StyleName::SignOff)));
    let line = paragraph(StyleName::SignOff, text);
    if width > core {
        return line.prop(val("w:jc", "left"));
    }
    if width > 2.0 * half {
        return line;
    }
    let left = twips((core - 2.0 * half).max(0.0));
    line.prop(el("w:ind").attr("w:leftChars", 0).attr("w:left", left)).prop(val("w:jc", "center"))
}
