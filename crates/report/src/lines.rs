//! Text to lines: fonts per character, widths, and where a line may end.
//!
//! Breaks come from the Unicode line breaking algorithm. It is completed where it does not know Chinese typesetting:
//! curly quotes open and close like 「」, dashes and dots never start a line, a number keeps its unit.

use std::cell::LazyCell;

use document::{Align, Role, Style, is_invisible, is_joiner};

use unicode_linebreak::linebreaks;

use crate::{Error, fonts::Faces, page::Run};

/// Marks that the algorithm lets start a line and Chinese typesetting does not.
const NEVER_FIRST: &str = "—·～…‥–-~％%‰℃°)）]】〕}｝>》〉」』”’、，。．；：？！,.;:?!<>=≤≥＜＞";
/// Marks that never end a line.
const NEVER_LAST: &str = "（([【〔{｛《〈「『“‘￥¥$№第≥≤＞＜";
/// Characters that belong to the number before them.
const UNITS: &str =
    "年月日时分秒岁周天号个人名项条件份页篇次种类位套台间所家元角万亿千百十倍度章节级期届米克吨升㎡㎏％%‰℃°";
/// Units that another unit may follow.
const MULTIPLES: &str = "万亿千百十";
/// Curly quotes have no side in the algorithm; corner brackets of the same length have.
const QUOTES: [(char, char); 4] = [('“', '「'), ('”', '」'), ('‘', '『'), ('’', '』')];

/// Full-width glyphs are one em wide, give or take a little.
const WIDEST: f64 = 1.05;
/// Full-width marks whose right half is empty, and those whose left half is.
const CLOSING: &str = "，。、；：）》〉」』】〕”’";
const OPENING: &str = "（《〈「『【〔“‘";

/// One character, ready to be placed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Glyph {
    pub role: Role,
    pub character: char,
    /// From one glyph's cell to the next.
    pub advance: f64,
    /// The same at a line's end, where no neighbour shares an empty half.
    pub whole: f64,
    /// From the cell's left edge to the glyph's origin.
    pub inset: f64,
    /// What the font itself advances.
    pub natural: f64,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Line {
    pub glyphs: Vec<Glyph>,
    /// Room to the left of the first glyph.
    pub indent: f64,
    /// The text goes on in the next line, so this one may be justified.
    pub full: bool,
}

impl Line {
    /// Whether justification may widen the gap after a glyph: not inside a Latin word, not inside brackets' edges.
    fn stretches(&self, index: usize) -> bool {
        let (Some(glyph), Some(next)) = (self.glyphs.get(index), self.glyphs.get(index + 1)) else { return false };
        let character = glyph.character;
        (character == ' ' || !is_latin(character)) && !OPENING.contains(character) && !CLOSING.contains(next.character)
    }

    /// Whether justification would have to open gaps wider than `most`.
    fn gapes(&self, width: f64, most: f64) -> bool {
        let gaps = (0..self.glyphs.len()).filter(|index| self.stretches(*index)).count();
        self.full && width - self.width() > most * gaps as f64
    }

    /// The line pressed into `width`: full-width marks give up their empty halves, each the same part of it.
    fn squeezed(mut self, width: f64) -> Option<Line> {
        let give = |glyph: &Glyph| {
            let mark = CLOSING.contains(glyph.character) || OPENING.contains(glyph.character);
            if mark && glyph.advance > glyph.natural * 0.75 { glyph.advance / 2.0 } else { 0.0 }
        };
        // The last mark keeps its cell, which ends at the margin.
        let inner = self.glyphs.len().saturating_sub(1);
        let room: f64 = self.glyphs[..inner].iter().map(give).sum();
        let needed = self.width() - width;
        if needed > room || room <= 0.0 {
            return None;
        }
        let part = (needed / room).max(0.0);
        for glyph in &mut self.glyphs[..inner] {
            let given = give(glyph) * part;
            glyph.advance -= given;
            if OPENING.contains(glyph.character) {
                glyph.inset -= given;
            }
        }
        Some(self)
    }

    /// Width without spaces at the end and without the indent.
    pub(crate) fn width(&self) -> f64 {
        self.glyphs.iter().map(|g| g.advance).sum()
    }
}

/// Room for lines: the column's width, and what is left free in the first and the later lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Measure {
    pub width: f64,
    pub first_indent: f64,
    pub indent: f64,
    /// The widest gap that justification may add after a character; text that is not justified has no such limit.
    pub gap: f64,
}

impl Measure {
    pub(crate) fn of(width: f64) -> Measure {
        Measure { width, first_indent: 0.0, indent: 0.0, gap: f64::INFINITY }
    }

    /// For text whose full lines reach the right edge.
    pub(crate) fn justified(width: f64, style: &Style, stretch: f64) -> Measure {
        Measure { gap: stretch * style.size, ..Measure::of(width) }
    }
}

/// Letters, digits and operators that are set in the style's Latin font with their own widths.
fn is_latin(character: char) -> bool {
    let number = u32::from(character);
    (number < 0x0530 && !"·§°¤¨".contains(character))
        || (0x2070..0x20A0).contains(&number)
        || "–≥≤≠".contains(character)
}

/// Gives every character of a text its font and width. `place` names the text in an error.
pub(crate) fn glyphs(text: &str, style: &Style, faces: &Faces<'_>, place: &str) -> Result<Vec<Glyph>, Error> {
    let visible = text.chars().map(|c| if c == '\t' { ' ' } else { c });
    let visible = visible.filter(|c| !is_invisible(*c) && !is_joiner(*c));
    let mut glyphs = visible.map(|c| glyph(c, style, faces, place)).collect::<Result<Vec<_>, _>>()?;
    close_up(&mut glyphs, style);
    Ok(glyphs)
}

/// Full-width marks that follow one another share their empty halves: ）（ takes one and a half cells, not two.
fn close_up(glyphs: &mut [Glyph], style: &Style) {
    let half = style.cell / 2.0;
    let wide = |glyph: &Glyph| glyph.advance >= style.cell;
    for i in 1..glyphs.len() {
        let (before, after) = (glyphs[i - 1], glyphs[i]);
        let marks = CLOSING.contains(after.character) || OPENING.contains(after.character);
        if CLOSING.contains(before.character) && marks && wide(&before) {
            glyphs[i - 1].advance -= half;
        } else if OPENING.contains(before.character) && OPENING.contains(after.character) && wide(&after) {
            glyphs[i].advance -= half;
            glyphs[i].inset -= half;
        }
    }
}

fn glyph(character: char, style: &Style, faces: &Faces<'_>, place: &str) -> Result<Glyph, Error> {
    if character == '\n' {
        return Ok(Glyph { role: style.latin, character, advance: 0.0, whole: 0.0, inset: 0.0, natural: 0.0 });
    }
    let latin = is_latin(character);
    let asked = if latin { style.latin } else { style.font };
    let role = faces.pick(asked, character).ok_or_else(|| Error::CharacterMissing {
        character: character.to_string(),
        code_point: format!("U+{:04X}", u32::from(character)),
        place: place.to_owned(),
    })?;
    let natural = faces.advance(role, character) * style.size;
    if latin {
        return Ok(Glyph { role, character, advance: natural, whole: natural, inset: 0.0, natural });
    }
    // A wide glyph takes one cell, also where the grid is narrower than the type; a narrow one stands in its middle.
    let advance = if natural <= WIDEST * style.size { style.cell } else { natural };
    let inset = (advance - natural) / 2.0;
    Ok(Glyph { role, character, advance, whole: advance, inset, natural })
}

/// Breaks a text into lines. A line feed in the text starts a new paragraph; an empty text has no line.
pub(crate) fn set(
    text: &str,
    style: &Style,
    measure: Measure,
    faces: &Faces<'_>,
    place: &str,
) -> Result<Vec<Line>, Error> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let paragraph = paragraph.trim_end();
        let glyphs = glyphs(paragraph, style, faces, place)?;
        if !glyphs.is_empty() {
            break_paragraph(&glyphs, measure, &mut lines);
        }
    }
    Ok(lines)
}

/// Breaks a short text into lines of about one length: as few as it needs, each as narrow as that number allows.
pub(crate) fn balanced(
    text: &str,
    style: &Style,
    width: f64,
    faces: &Faces<'_>,
    place: &str,
) -> Result<Vec<Line>, Error> {
    let widest = set(text, style, Measure::of(width), faces, place)?;
    let (mut narrow, mut wide) = (0.0, width);
    while wide - narrow > style.cell / 4.0 {
        let middle = (narrow + wide) / 2.0;
        let fits = set(text, style, Measure::of(middle), faces, place)?.len() <= widest.len();
        if fits { wide = middle } else { narrow = middle }
    }
    set(text, style, Measure::of(wide), faces, place)
}

fn break_paragraph(glyphs: &[Glyph], measure: Measure, lines: &mut Vec<Line>) {
    let strict = breaks(glyphs, Unit::Kept);
    // Few paragraphs have a line that gapes.
    let loose = LazyCell::new(|| breaks(glyphs, Unit::Parted));
    let mut start = 0;
    while start < glyphs.len() {
        let indent = if start == 0 { measure.first_indent } else { measure.indent };
        let width = measure.width - indent;
        let line = |end| Line { glyphs: ended(trimmed(&glyphs[start..end])), indent, full: end < glyphs.len() };
        let end = line_end(glyphs, &strict, start, width);
        let mut chosen = (line(end), end);
        if chosen.0.gapes(width, measure.gap) {
            let parted = line_end(glyphs, &loose, start, width);
            let squeezed = next_break(&strict, end).and_then(|next| Some((line(next).squeezed(width)?, next)));
            // A compressed line keeps its words whole, so it is the better one.
            let better = squeezed.or_else(|| (parted > end).then(|| (line(parted), parted)));
            chosen = better.filter(|(line, _)| !line.gapes(width, measure.gap)).unwrap_or(chosen);
        }
        start = chosen.1;
        lines.push(chosen.0);
        while glyphs.get(start).is_some_and(|g| g.character == ' ') {
            start += 1;
        }
    }
}

/// Without spaces at the end.
fn trimmed(mut line: &[Glyph]) -> &[Glyph] {
    while let [rest @ .., last] = line
        && last.character == ' '
    {
        line = rest;
    }
    line
}

/// A line's glyphs, the last one in its whole cell.
fn ended(line: &[Glyph]) -> Vec<Glyph> {
    let mut glyphs = line.to_vec();
    if let Some(last) = glyphs.last_mut() {
        last.advance = last.whole;
    }
    glyphs
}

/// The next place after `end` where a line may end.
fn next_break(breaks: &[bool], end: usize) -> Option<usize> {
    (end..breaks.len()).find(|at| breaks[*at]).map(|at| at + 1)
}

/// The end of the line that starts at `start`: the last allowed break that fits, or, inside a word that is wider than
/// the line, the last character that fits.
fn line_end(glyphs: &[Glyph], breaks: &[bool], start: usize, width: f64) -> usize {
    const ROUNDING: f64 = 0.01;
    let mut used = 0.0;
    let mut allowed = None;
    for (at, glyph) in glyphs.iter().enumerate().skip(start) {
        used += glyph.advance;
        if used > width + ROUNDING && glyph.character != ' ' {
            return allowed.unwrap_or_else(|| at.max(start + 1));
        }
        let ended = used - glyph.advance + glyph.whole;
        if breaks[at] && (ended <= width + ROUNDING || glyph.character == ' ') {
            allowed = Some(at + 1);
        }
    }
    glyphs.len()
}

/// Whether a number keeps its unit.
#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Kept,
    /// Where the line would gape: between a number and its unit, and inside a chain of units (2021年|9月).
    Parted,
}

/// For every glyph whether a line may end after it.
fn breaks(glyphs: &[Glyph], unit: Unit) -> Vec<bool> {
    let text: String = glyphs.iter().enumerate().map(|(i, g)| sided(glyphs, i, g.character)).collect();
    let mut ends = vec![false; text.len() + 1];
    for (at, _) in linebreaks(&text) {
        ends[at] = true;
    }
    let mut at = 0;
    let mut allowed: Vec<bool> = text
        .chars()
        .map(|c| {
            at += c.len_utf8();
            ends[at]
        })
        .collect();
    let (mut in_code, mut in_quantity) = (true, false);
    for i in 1..glyphs.len() {
        let (before, after) = (glyphs[i - 1].character, glyphs[i].character);
        // A leading number stays with its title: 1.1 全面加强.
        in_code &= before.is_ascii_digit() || before == '.' || before == ' ';
        let code_and_title = in_code && before == ' ';
        // A number stays with its unit: 12万元, 3 个.
        in_quantity = before.is_ascii_digit() || (in_quantity && (before == ' ' || MULTIPLES.contains(before)));
        let number_and_unit = in_quantity && UNITS.contains(after);
        // The marks in brackets stay whole, and do not stand alone on a line: 情况（4分）.
        let marks = marks_in_brackets(&glyphs[i..]);
        let in_marks = number_and_unit && glyphs.get(i + 1).is_some_and(|next| next.character == '）');
        if number_and_unit && unit == Unit::Parted && !in_marks {
            allowed[i - 1] = !NEVER_FIRST.contains(after);
            continue;
        }
        if NEVER_FIRST.contains(after) || NEVER_LAST.contains(before) || code_and_title || number_and_unit || marks {
            allowed[i - 1] = false;
        }
    }
    allowed
}

/// Whether a text begins with marks in brackets: （4分）.
fn marks_in_brackets(glyphs: &[Glyph]) -> bool {
    let mut rest = glyphs.iter().map(|glyph| glyph.character);
    if rest.next() != Some('（') {
        return false;
    }
    let mut after = rest.skip_while(|c| c.is_ascii_digit() || *c == '.');
    after.next() == Some('分') && after.next() == Some('）')
}

/// A curly quote as a bracket with a side, an apostrophe as it is.
fn sided(glyphs: &[Glyph], at: usize, character: char) -> char {
    let neighbour = |i: Option<usize>| i.and_then(|i| glyphs.get(i)).is_some_and(|g| g.character.is_ascii_alphabetic());
    if character == '’' && neighbour(at.checked_sub(1)) && neighbour(Some(at + 1)) {
        return '\'';
    }
    QUOTES.iter().find(|(quote, _)| *quote == character).map_or(character, |(_, bracket)| *bracket)
}

/// Places a line: `left` and `width` are the column's, `top` the line's upper edge.
pub(crate) fn place(
    line: &Line,
    style: &Style,
    align: Align,
    (left, top): (f64, f64),
    (width, stretch): (f64, f64),
) -> Vec<Run> {
    let room = width - line.indent - line.width();
    let (mut x, extra) = match align {
        Align::Centre => (left + line.indent + room / 2.0, 0.0),
        Align::Left => (left + line.indent, 0.0),
        Align::Prose => (left + line.indent, justify(line, room, stretch * style.size)),
    };
    let baseline = top + (style.line - style.size) / 2.0 + ASCENT * style.size;
    let mut runs: Vec<Run> = Vec::new();
    for (index, glyph) in line.glyphs.iter().enumerate() {
        let at = x + glyph.inset;
        let joined = runs.last_mut().is_some_and(|run| run.join(glyph, at));
        if !joined {
            runs.push(Run::new(glyph, style.size, at, baseline));
        }
        x += glyph.advance + if line.stretches(index) { extra } else { 0.0 };
    }
    runs
}

/// Upper edge of the em box of Chinese fonts over the baseline, in em.
const ASCENT: f64 = 0.88;

/// What is added after each stretching glyph so that a full line ends at the right edge; nothing when it were too much.
fn justify(line: &Line, room: f64, most: f64) -> f64 {
    let gaps = (0..line.glyphs.len()).filter(|index| line.stretches(*index)).count();
    if !line.full || gaps == 0 || room <= 0.0 {
        return 0.0;
    }
    let extra = room / gaps as f64;
    if extra <= most { extra } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::tests::fonts;
    use document::{Profile, StyleName};

    /// The text of each line when a line has room for `cells` full-width characters.
    fn lines(text: &str, cells: f64) -> Vec<String> {
        let profile = Profile::oucsx_2021().unwrap();
        let style = profile.style(StyleName::TableCell);
        let set = set(text, style, Measure::of(cells * style.cell), &fonts().faces(), "测试").unwrap();
        set.iter().map(|line| line.glyphs.iter().map(|g| g.character).collect()).collect()
    }

    #[test]
    fn lines_end_where_chinese_typesetting_lets_them() {
        let cases: &[(&str, f64, &[&str])] = &[
            ("一二三四五", 3.0, &["一二三", "四五"]),
            ("一二三，四五", 3.0, &["一二", "三，四", "五"]),
            ("一二（三四）五", 3.0, &["一二", "（三", "四）五"]),
            ("一二三“四五”六", 4.0, &["一二三", "“四五”", "六"]),
            ("一二三四”五六", 4.0, &["一二三", "四”五六"]),
            ("一二三·四五", 3.0, &["一二", "三·四", "五"]),
            ("一二三～四五", 3.0, &["一二", "三～四", "五"]),
            ("一二三——四五", 4.0, &["一二", "三——四", "五"]),
            ("一二三四12,345.67万元", 6.0, &["一二三四", "12,345.67万元"]),
            ("共有一二三2025年", 6.0, &["共有一二三", "2025年"]),
            ("分值一二≥750分", 5.0, &["分值一", "二≥750分"]),
            ("一二三四五六（15分）", 7.0, &["一二三四五", "六（15分）"]),
            ("使用手机App学习", 4.5, &["使用手机", "App学习"]),
            ("1.1.1 全面加强", 2.5, &["1.1.1", "全面", "加强"]),
            ("一二\n三四", 5.0, &["一二", "三四"]),
            ("", 5.0, &[]),
            // A word that is wider than the line is cut, nothing is lost.
            ("Supercalifragilistic", 4.0, &["Supercali", "fragilistic"]),
            ("。。。。。。。", 3.0, &["。。。。。。", "。"]),
        ];
        let wrong: Vec<_> = cases.iter().map(|(text, cells, expected)| (lines(text, *cells), *expected)).collect();
        let wrong: Vec<_> = wrong.iter().filter(|(lines, expected)| lines != expected).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_line_of_the_document_grid_holds_28_characters() {
        let profile = Profile::oucsx_2021().unwrap();
        let style = profile.style(StyleName::SignOff);
        let text = "国".repeat(60);
        let set = set(&text, style, Measure::of(profile.core.width()), &fonts().faces(), "测试").unwrap();
        assert_eq!(set.iter().map(|line| line.glyphs.len()).collect::<Vec<_>>(), [28, 28, 4]);
        assert!((profile.core.height() / style.line - 22.0).abs() < 0.001);
    }

    #[test]
    fn invisible_characters_are_left_out_and_a_missing_one_is_named_with_its_place() {
        assert_eq!(lines("一\u{FEFF}二\u{200B}三\t四", 9.0), ["一二三 四"]);
        let profile = Profile::oucsx_2021().unwrap();
        let style = profile.style(StyleName::TableCell);
        let missing = set("甲\u{E123}乙", style, Measure::of(90.0), &fonts().faces(), "指标 1.1").unwrap_err();
        let expected = Error::CharacterMissing {
            character: "\u{E123}".to_owned(),
            code_point: "U+E123".to_owned(),
            place: "指标 1.1".to_owned(),
        };
        assert_eq!(missing, expected);
    }
}
