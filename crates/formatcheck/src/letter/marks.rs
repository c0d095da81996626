//! The numbers of headings: 一、（一）1.（1）, their forms and their order.

use super::parts::{Part, Role, ends_sentence};
use crate::finding::{Fault, Findings, Place};
use crate::measure;
use document::{heading_number, numeral_value};

/// The first number of each level.
const FIRST: [&str; 4] = ["一、", "（一）", "1.", "（1）"];
/// Largest number of a heading; a larger one is a year or a quantity.
const LARGEST: u32 = 99;

/// The number that a paragraph begins with.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// 1 to 4.
    pub level: usize,
    pub number: u32,
    /// As it is written.
    pub written: String,
    /// Written as the source writes it.
    pub well_formed: bool,
}

/// The number that a text begins with, however it is written.
pub fn mark(text: &str) -> Option<Mark> {
    let (opening, rest) = match text.strip_prefix(['（', '(']) {
        Some(rest) => (text.chars().next(), rest),
        None => (None, text),
    };
    let arabic = rest.starts_with(|c: char| c.is_ascii_digit());
    let is_digit = |c: char| if arabic { c.is_ascii_digit() } else { "一二三四五六七八九十".contains(c) };
    let digits = &rest[..rest.find(|c| !is_digit(c)).unwrap_or(rest.len())];
    let number = if arabic { digits.parse().ok()? } else { numeral_value(digits)? };
    let after = &rest[digits.len()..];
    let delimiter = after.chars().next()?;
    let tail = &after[delimiter.len_utf8()..];
    if number == 0 || number > LARGEST || tail.trim().is_empty() {
        return None;
    }
    let doubled = tail.starts_with(['、', '.', '．']);
    let (level, well_formed) = match (opening, arabic, delimiter) {
        (Some(open), _, '）' | ')') => (if arabic { 4 } else { 2 }, open == '（' && delimiter == '）' && !doubled),
        (None, false, '、') => (1, !doubled),
        (None, false, '.' | '．') => (1, false),
        (None, true, '.' | '．') if !tail.starts_with(|c: char| c.is_ascii_digit()) => (3, !doubled),
        (None, true, '、') => (3, false),
        (None, true, '）' | ')') => (4, false),
        _ => return None,
    };
    let length = text.len() - tail.len();
    Some(Mark { level, number, written: text[..length].to_owned(), well_formed })
}

/// Checks the numbers in their order.
pub fn check(parts: &[Part<'_>], findings: &mut Findings<'_>) {
    let mut counts: [Option<u32>; 4] = [None; 4];
    // What is centred or on a page of its own may be the title of another text, which counts anew.
    let mut another_text = false;
    for part in parts {
        let Role::Heading(mark) = &part.role else {
            another_text |= matches!(part.role, Role::Other | Role::Title);
            continue;
        };
        if another_text && mark.number == 1 && mark.level <= 2 {
            counts[mark.level - 1..].fill(None);
            another_text = false;
        }
        let place = || Place::Paragraph { number: part.paragraph.number, beginning: measure::beginning(&part.text) };
        if !mark.well_formed {
            let expected = heading_number(mark.level, mark.number);
            findings.add(Fault::HeadingMark { found: mark.written.clone(), expected }, place());
        }
        // A numbered sentence is an item of a list, which no level need stand above.
        let is_item = mark.level > 2 && ends_sentence(part.text.trim());
        let above = if is_item { 0 } else { mark.level - 1 };
        if let Some(missing) = (0..above).rev().take_while(|level| counts[*level].is_none()).last() {
            let (found, expected) = (FIRST[mark.level - 1].to_owned(), FIRST[missing].to_owned());
            findings.add(Fault::HeadingSkips { found, expected }, place());
        }
        let expected = counts[mark.level - 1].map_or(1, |before| before + 1);
        // A list within the text begins anew as often as it likes.
        let begins_anew = mark.number == 1 && mark.level > 2;
        if mark.number != expected && !begins_anew {
            let expected = heading_number(mark.level, expected);
            findings.add(Fault::HeadingOrder { found: mark.written.clone(), expected }, place());
        }
        counts[mark.level - 1] = Some(mark.number);
        counts[mark.level..].fill(None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_known_however_they_are_written() {
        let cases = [
            ("一、总体", Some((1, 1, true))),
            ("十二、其他", Some((1, 12, true))),
            ("二.总体", Some((1, 2, false))),
            ("（三）办学", Some((2, 3, true))),
            ("(三)办学", Some((2, 3, false))),
            ("（三）、办学", Some((2, 3, false))),
            ("4.加强", Some((3, 4, true))),
            ("4、加强", Some((3, 4, false))),
            ("（5）制度", Some((4, 5, true))),
            ("5）制度", Some((4, 5, false))),
            ("2022年9月", None),
            ("2022、2023两年", None),
            ("3.5倍", None),
            ("一是加强", None),
            ("（见附件）", None),
            ("一、", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let found = mark(text).map(|mark| (mark.level, mark.number, mark.well_formed));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn every_number_is_known_again_as_it_is_spelt() {
        for (level, number) in (1..=4).flat_map(|level| (1..100).map(move |number| (level, number))) {
            let text = format!("{}题", heading_number(level, number));
            let found = mark(&text).map(|mark| (mark.level, mark.number, mark.well_formed));
            assert_eq!(found, Some((level, number, true)), "{text}");
        }
    }
}
