//! Text as people type it, to headings and paragraphs (附件5: 文中结构层次序数依次用“一、”“（一）”“1.”“（1）”标注).

use crate::Block;

const CHINESE_DIGITS: &str = "一二三四五六七八九十百";
/// A heading is no longer than this; a longer line that begins with a number is a paragraph.
const LONGEST_HEADING: usize = 40;
/// A line that ends like a sentence is a paragraph.
const SENTENCE_ENDS: &str = "。；！？：，";

/// The level, 1 to 4, of a line that is a heading: 一、 （一） 1. （1）.
#[must_use]
pub fn heading_level(line: &str) -> Option<usize> {
    let line = line.trim();
    if line.chars().count() > LONGEST_HEADING || line.ends_with(|c| SENTENCE_ENDS.contains(c)) {
        return None;
    }
    let chinese = |c: char| CHINESE_DIGITS.contains(c);
    let after = |text: &str, digit: fn(char) -> bool| {
        let rest = text.trim_start_matches(digit);
        (rest.len() < text.len()).then(|| rest.to_owned())
    };
    let is_chinese: fn(char) -> bool = |c| CHINESE_DIGITS.contains(c);
    let is_digit: fn(char) -> bool = |c| c.is_ascii_digit();
    let closes = |rest: Option<String>| rest.is_some_and(|r| r.strip_prefix(['）', ')']).is_some_and(has_title));
    if line.starts_with(chinese) {
        return after(line, is_chinese).and_then(|r| r.strip_prefix('、').is_some_and(has_title).then_some(1));
    }
    if let Some(inner) = line.strip_prefix(['（', '(']) {
        if closes(after(inner, is_chinese)) {
            return Some(2);
        }
        return closes(after(inner, is_digit)).then_some(4);
    }
    let rest = after(line, is_digit)?;
    let title = rest.strip_prefix(['.', '．'])?;
    // 1.5 is a number.
    (has_title(title) && !title.starts_with(is_digit)).then_some(3)
}

fn has_title(rest: &str) -> bool {
    !rest.trim().is_empty()
}

/// The blocks of a text: each line that is a heading a heading, any other that is not blank a paragraph.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Block> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let block = |line: &str| match heading_level(line) {
        Some(level) => Block::Heading { level, text: line.to_owned() },
        None => Block::Paragraph(line.to_owned()),
    };
    lines.map(block).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_numbered_short_line_is_a_heading() {
        let cases = [
            ("一、组织情况", Some(1)),
            ("十二、其他", Some(1)),
            ("（一）办学定位", Some(2)),
            ("1.全面加强党的领导", Some(3)),
            ("1. 全面加强党的领导", Some(3)),
            ("（1）制度建设", Some(4)),
            ("(2)制度建设", Some(4)),
            ("1.5倍", None),
            ("一、", None),
            ("一是加强领导", None),
            ("（见附件）", None),
            ("一、我校成立了工作组。", None),
            ("2022年9月", None),
            ("普通的一段", None),
        ];
        for (line, expected) in cases {
            assert_eq!(heading_level(line), expected, "{line}");
        }
        let long = format!("一、{}", "长".repeat(40));
        assert_eq!(heading_level(&long), None);
    }

    #[test]
    fn blank_lines_part_nothing() {
        let blocks = paragraphs("一、总体\n\n　第一段。\n第二段。\n");
        let expected = [
            Block::Heading { level: 1, text: "一、总体".to_owned() },
            Block::Paragraph("第一段。".to_owned()),
            Block::Paragraph("第二段。".to_owned()),
        ];
        assert_eq!(blocks, expected);
    }
}
