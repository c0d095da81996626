//! References to evidence in a text: written 〔材料：名称〕, printed （支撑材料1.1.1第3项“名称”）.

use crate::catalogue::Section;

const OPENINGS: [&str; 2] = ["〔材料：", "〔材料:"];
const CLOSING: char = '〕';

/// A text as it is printed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Resolved {
    pub text: String,
    /// Names that the catalogue does not have, once each, in their order; they stay in the text as written.
    pub unresolved: Vec<String>,
}

/// The reference to a piece, as it stands in a text.
pub(crate) fn mark(name: &str) -> String {
    format!("{}{name}{CLOSING}", OPENINGS[0])
}

/// The reference to the piece with a number, as it is printed.
fn printed(section: &Section<'_>, number: usize, name: &str) -> String {
    // Quotation marks inside of quotation marks are single ones.
    let name = name.replace('“', "‘").replace('”', "’");
    format!("（支撑材料{}第{number}项“{name}”）", section.indicator.code)
}

/// Replaces the references of a text. A piece that stands under several indicators is taken under one of `near`,
/// the indicators that the text is about, where it can be.
pub(crate) fn resolve(text: &str, catalogue: &[Section<'_>], near: &[String]) -> Resolved {
    let mut resolved = Resolved::default();
    let mut rest = text;
    while let Some((before, after)) = next_opening(rest) {
        resolved.text.push_str(before);
        let opening = &rest[before.len()..rest.len() - after.len()];
        let name = name_at(after, catalogue);
        let closed = after[name.len()..].strip_prefix(CLOSING);
        match (find(name, catalogue, near), closed) {
            (Some((section, number)), Some(tail)) => {
                resolved.text.push_str(&printed(section, number, name));
                rest = tail;
            }
            _ => {
                resolved.text.push_str(opening);
                if !resolved.unresolved.iter().any(|known| known == name) {
                    resolved.unresolved.push(name.to_owned());
                }
                rest = after;
            }
        }
    }
    resolved.text.push_str(rest);
    resolved
}

/// What stands before the next reference, and what stands behind its opening.
fn next_opening(text: &str) -> Option<(&str, &str)> {
    let found = OPENINGS.iter().filter_map(|opening| text.split_once(opening));
    found.min_by_key(|(before, _)| before.len())
}

/// The name at the beginning of a text: the longest in the catalogue that is closed there (a name may have such
/// brackets itself, as in 并分校〔2021〕7号), else up to the bracket that closes it, or to the end of the line.
fn name_at<'t>(text: &'t str, catalogue: &[Section<'_>]) -> &'t str {
    let names = catalogue.iter().flat_map(|section| &section.items).map(|item| item.fields.name.as_str());
    let fits = |name: &&str| text.strip_prefix(name).is_some_and(|rest| rest.starts_with(CLOSING));
    if let Some(longest) = names.filter(fits).map(str::len).max() {
        return &text[..longest];
    }
    let line = text.lines().next().unwrap_or_default();
    let mut depth = 0_u32;
    for (at, sign) in line.char_indices() {
        match sign {
            '〔' => depth += 1,
            CLOSING if depth == 0 => return &line[..at],
            CLOSING => depth -= 1,
            _ => {}
        }
    }
    line
}

fn find<'c, 'a>(name: &str, catalogue: &'c [Section<'a>], near: &[String]) -> Option<(&'c Section<'a>, usize)> {
    let in_section = |section: &'c Section<'a>| {
        let index = section.items.iter().position(|item| item.fields.name == name)?;
        Some((section, index + 1))
    };
    let close = catalogue.iter().filter(|section| near.contains(&section.indicator.code));
    close.chain(catalogue).find_map(in_section)
}
