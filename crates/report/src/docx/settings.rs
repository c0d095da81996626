//! The parts that say how the file is to be treated: settings, fonts, title and language.

use std::collections::BTreeSet;

use document::{Document, Profile, Role, StyleName};
use strum::VariantArray;

use super::xml::{Element, el, val};

/// Odd and even pages differ, every character keeps its cell, and Word lays out as its present versions do.
pub(super) fn settings() -> Element {
    let setting = |name: &str, value: &str| {
        let of_word =
            el("w:compatSetting").attr("w:name", name).attr("w:uri", "http://schemas.microsoft.com/office/word");
        of_word.attr("w:val", value)
    };
    let compat = el("w:compat")
        // A line that ends with a break of its own is not stretched.
        .with(el("w:doNotExpandShiftReturn"))
        .with(setting("compatibilityMode", "15"))
        .with(setting("overrideTableStyleFontSizeAndJustification", "1"));
    el("w:settings")
        .attr("xmlns:w", super::W)
        .with(el("w:evenAndOddHeaders"))
        .with(val("w:characterSpacingControl", "doNotCompress"))
        .with(compat)
        .with(val("w:themeFontLang", "en-US").attr("w:eastAsia", "zh-CN"))
}

/// The fonts with the other names that they go by.
pub(super) fn fonts(profile: &Profile) -> Element {
    let styles = StyleName::VARIANTS.iter().map(|name| profile.style(*name));
    let styles = styles.chain([&profile.page_number.style, &profile.running.style]);
    let roles: BTreeSet<Role> = styles.flat_map(|style| [style.font, style.latin]).collect();
    let mut told = BTreeSet::new();
    let mut fonts = el("w:fonts").attr("xmlns:w", super::W);
    for role in roles {
        let names = profile.check.fonts.get(&role).map(Vec::as_slice).unwrap_or_default();
        let Some((name, others)) = names.split_first().filter(|(name, _)| told.insert(name.as_str())) else { continue };
        let latin = matches!(role, Role::Times | Role::TimesBold);
        let font = el("w:font").attr("w:name", name).with(val("w:altName", others.join(",")));
        let charset = val("w:charset", if latin { "00" } else { "86" });
        fonts = fonts.with(font.with(charset).with(val("w:family", if latin { "roman" } else { "auto" })));
    }
    fonts
}

/// Title, author and language, and no date: the same document gives the same file.
pub(super) fn core(document: &Document) -> Element {
    let author = document.sign_off.as_ref().and_then(|s| s.organisation.as_deref()).unwrap_or("");
    el("cp:coreProperties")
        .attr("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties")
        .attr("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .with(el("dc:title").text(&document.file_title()))
        .with(el("dc:creator").text(author))
        .with(el("dc:language").text("zh-CN"))
}
