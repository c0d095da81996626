//! The attachment note and the sign-off.

use super::parts::{Part, Role, size};
use super::text::{blank, first_line};
use crate::docx::Align;
use crate::finding::{Fault, Findings, Place};
use crate::measure;

/// Longest line that is a date: 二〇二二年十二月三十一日, with room for blanks.
const LONGEST_DATE: usize = 16;

/// 附件 alone on its line, at the head of an attachment.
pub fn is_attachment_page(text: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || c.is_whitespace() || "一二三四五六七八九十：:-—".contains(c);
    text.strip_prefix("附件").is_some_and(|rest| rest.chars().all(number))
}

/// 附件 with a name after it.
pub fn is_attachment_note(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("附件") else { return false };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    rest.starts_with(['：', ':']) && rest.chars().nth(1).is_some()
}

/// A line that is only a date, however it is written.
pub fn looks_like_date(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digit = |c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九十".contains(c);
    let numbers = text.split(|c| !digit(c)).filter(|part| !part.is_empty()).count();
    let marks: String = text.chars().filter(|c| !digit(*c)).collect();
    numbers == 3
        && text.chars().count() <= LONGEST_DATE
        && matches!(marks.as_str(), "年月日" | "年月" | ".." | "．．" | "--" | "//")
}

/// The date as the source writes it: 2022年9月1日.
fn spelt(text: &str) -> Option<String> {
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|known| known == c);
    let arabic = |part: &str| -> Option<u32> {
        if let Ok(number) = part.parse() {
            return Some(number);
        }
        let zeros = part.replace(['○', '零'], "〇");
        document::numeral_value(&zeros).or_else(|| {
            let digits: Option<Vec<usize>> = zeros.chars().map(digit).collect();
            digits?
                .into_iter()
                .try_fold(0_u32, |sum, digit| sum.checked_mul(10)?.checked_add(u32::try_from(digit).ok()?))
        })
    };
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_digit = |c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九十".contains(c);
    let parts: Option<Vec<u32>> = text.split(|c| !is_digit(c)).filter(|part| !part.is_empty()).map(arabic).collect();
    match *parts?.as_slice() {
        [year, month, day] => {
            let year = if year < 100 { 2000 + year } else { year };
            Some(format!("{year}年{month}月{day}日"))
        }
        _ => None,
    }
}

pub fn check(parts: &[Part<'_>], findings: &mut Findings<'_>) {
    for (index, part) in parts.iter().enumerate() {
        match part.role {
            Role::AttachmentNote => {
                let blank_above = index.checked_sub(1).is_none_or(|above| parts[above].role == Role::Blank);
                let several = parts.get(index + 1).is_some_and(|next| next.role == Role::MoreAttachments);
                note(part, blank_above, several, findings);
            }
            Role::MoreAttachments => ending(part, findings),
            Role::Date => date(part, findings),
            _ => {}
        }
        if part.text.contains("此页无正文") {
            findings.add(Fault::EmptyPageNote {}, place(part));
        }
    }
    let has_text = parts.iter().any(|part| part.role == Role::Body);
    let date = parts.iter().find(|part| part.role == Role::Date);
    match date {
        None if has_text => findings.add(Fault::SignOffMissing {}, Place::Whole {}),
        Some(date) if !parts.iter().any(|part| part.role == Role::Unit) => {
            findings.add(Fault::UnitMissing {}, place(date));
        }
        _ => {}
    }
}

fn place(part: &Part<'_>) -> Place {
    Place::Paragraph { number: part.paragraph.number, beginning: measure::beginning(&part.text) }
}

fn note(part: &Part<'_>, blank_above: bool, several: bool, findings: &mut Findings<'_>) {
    let profile = findings.profile;
    let text = part.text.trim();
    let rest = text.strip_prefix("附件").unwrap_or(text);
    let numbered_before = rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    if !numbered_before && !rest.starts_with('：') {
        findings.add(Fault::AttachmentColon { found: measure::beginning(text) }, place(part));
    }
    let name = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == '：' || c == ':');
    let after_colon = rest.split_once(['：', ':']).map_or("", |(_, name)| name.trim_start());
    let number = after_colon.trim_start_matches(|c: char| c.is_ascii_digit());
    let well_numbered = number.len() < after_colon.len() && number.starts_with(['.', '．']);
    let badly_numbered = number.len() < after_colon.len() && number.starts_with(['、', '）', ')']);
    if numbered_before || badly_numbered || (several && !well_numbered) {
        let expected = format!("附件：1.{}", measure::beginning(name.trim_start_matches(['、', '）', ')', '.', '．'])));
        findings.add(Fault::AttachmentNumber { found: measure::beginning(text), expected }, place(part));
    }
    if !blank_above && profile.letter.above_attachments > 0.0 {
        findings.add(Fault::AttachmentBlankLine {}, place(part));
    }
    let indent = first_line(part.paragraph, size(part));
    if (indent - profile.letter.indent).abs() > profile.check.indent_characters {
        let (found, expected) = (measure::characters(indent), measure::characters(profile.letter.indent));
        findings.add(Fault::AttachmentIndent { found, expected }, place(part));
    }
    ending(part, findings);
}

fn ending(part: &Part<'_>, findings: &mut Findings<'_>) {
    let last = part.text.trim().chars().last();
    if let Some(mark) = last.filter(|c| "。；，、.;,".contains(*c)) {
        findings.add(Fault::AttachmentEnding { found: mark.to_string() }, place(part));
    }
}

fn date(part: &Part<'_>, findings: &mut Findings<'_>) {
    let profile = findings.profile;
    let text = part.text.trim();
    let expected = spelt(text).unwrap_or_else(|| "2022年9月1日".to_owned());
    if text != expected {
        findings.add(Fault::DateForm { found: measure::beginning(text), expected }, place(part));
    }
    // Only a date at the right says how far from the edge it stands; one that spaces place does not.
    if part.paragraph.props.align != Some(Align::End) {
        return;
    }
    let size = size(part);
    let typed: f64 = part.text.chars().rev().map_while(blank).sum();
    let right = part.paragraph.props.right.of(size) + typed;
    let expected = profile.sign_off.right / profile.grid.across;
    if (right - expected).abs() > profile.check.indent_characters {
        let (found, expected) = (measure::characters(right), measure::characters(expected));
        findings.add(Fault::DateIndent { found, expected }, place(part));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_known_however_they_are_written() {
        let cases = [
            ("2022年9月1日", Some("2022年9月1日")),
            ("2022年09月01日", Some("2022年9月1日")),
            ("二〇二二年九月十一日", Some("2022年9月11日")),
            ("二○二二年十二月三十一日", Some("2022年12月31日")),
            ("22年9月1日", Some("2022年9月1日")),
            ("2022.9.1", Some("2022年9月1日")),
            ("2022-09-01", Some("2022年9月1日")),
            ("2022年9月", None),
            ("到2022年9月1日止", None),
            ("1.2.3", Some("2001年2月3日")),
        ];
        for (text, expected) in cases {
            let found = looks_like_date(text).then(|| spelt(text)).flatten();
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn attachments_are_told_from_their_note() {
        assert!(is_attachment_page("附件") && is_attachment_page("附件1") && is_attachment_page("附件 2："));
        assert!(!is_attachment_page("附件：1.名单") && is_attachment_note("附件：1.名单"));
        assert!(is_attachment_note("附件1：名单") && is_attachment_note("附件:名单"));
        assert!(!is_attachment_note("附件齐全。") && !is_attachment_note("附件："));
    }
}
