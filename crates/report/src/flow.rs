//! Blocks to pages: what stands below what, and where a page ends.

use document::{Align, Block, Document, Form, Profile, Style, StyleName};

use crate::{
    Error, SignatureArea,
    chart::SetChart,
    head,
    lines::{self, Line, Measure},
    page::Pages,
    sign_off::SetSignOff,
    table::SetTable,
};

/// Lines that must precede the sign-off on its page.
pub(crate) const COMPANY: usize = 2;
const ROUNDING: f64 = 0.01;
/// An attachment note of so many lines is not cut by a page's end.
pub(crate) const SHORT_NOTE: usize = 6;

/// A line on its way to a page.
pub(crate) struct FlowLine {
    pub line: Line,
    pub style: Style,
    pub align: Align,
    /// No page ends after this line.
    pub tied_to_next: bool,
    pub bookmark: Option<(usize, String)>,
    /// Room above, but not at a page's top.
    pub above: f64,
}

/// Blocks that are laid out together.
enum Part<'a> {
    Lines(Vec<FlowLine>),
    Table(SetTable<'a>),
    Chart(SetChart<'a>),
    NewPage(&'a str),
}

/// What must stand below some lines on the same page.
#[derive(Clone, Copy, Default)]
struct Follow {
    height: f64,
    /// Lines that go with it to the next page at least.
    company: usize,
}

/// Puts a document on pages; says where signatures go.
pub(crate) fn lay_out(document: &Document, pages: &mut Pages<'_>) -> Result<Vec<SignatureArea>, Error> {
    head::draw(document, pages)?;
    let parts = parts(document, pages)?;
    let sign_off = document.sign_off.as_ref().map(|s| SetSignOff::new(s, pages)).transpose()?;
    for (index, part) in parts.iter().enumerate() {
        let next = parts.get(index + 1);
        match part {
            Part::NewPage(title) => new_page(title, document.form, pages)?,
            Part::Lines(lines) => draw_lines(lines, follow(lines, next, sign_off.as_ref(), pages), pages),
            Part::Table(table) => {
                let above = index.checked_sub(1).map_or(0.0, |before| tied_height(&parts[before]));
                table.draw(pages, above, after_table(next, sign_off.as_ref(), pages));
                pages.y += pages.profile.score_sheet.after_table;
            }
            Part::Chart(chart) => {
                pages.turn_below(chart.height(pages.profile));
                chart.draw(pages)?;
                pages.y += pages.profile.score_sheet.after_table;
            }
        }
    }
    let Some(sign_off) = sign_off else { return Ok(Vec::new()) };
    pages.turn_below(sign_off.height());
    Ok(sign_off.draw(pages))
}

fn new_page(title: &str, form: Form, pages: &mut Pages<'_>) -> Result<(), Error> {
    if !pages.fresh() {
        pages.turn();
    }
    if !title.is_empty() {
        head::draw_title(title, form, pages)?;
    }
    Ok(())
}

/// What must fit below a table's last row, so that the sign-off is not alone on the next page.
fn after_table(next: Option<&Part<'_>>, sign_off: Option<&SetSignOff>, pages: &Pages<'_>) -> f64 {
    let Some(sign_off) = sign_off else { return 0.0 };
    match next {
        None => pages.profile.score_sheet.after_table + sign_off.height(),
        Some(Part::Lines(lines)) if lines.len() < COMPANY => {
            let text: f64 = lines.iter().map(|line| line.above + line.style.line).sum();
            pages.profile.score_sheet.after_table + text + sign_off.height()
        }
        _ => 0.0,
    }
}

/// Height of the lines at a part's end that stay with what follows.
fn tied_height(part: &Part<'_>) -> f64 {
    if let Part::Lines(lines) = part { tied_height_of(lines) } else { 0.0 }
}

fn tied_height_of(lines: &[FlowLine]) -> f64 {
    lines.iter().rev().take_while(|line| line.tied_to_next).map(|line| line.above + line.style.line).sum()
}

fn follow(lines: &[FlowLine], next: Option<&Part<'_>>, sign_off: Option<&SetSignOff>, pages: &Pages<'_>) -> Follow {
    let above = tied_height_of(lines);
    let tied = above > 0.0;
    match (next, sign_off) {
        (None, Some(sign_off)) => Follow { height: sign_off.height(), company: COMPANY },
        (Some(Part::Table(table)), _) if tied => Follow { height: table.beginning(above, pages), company: 1 },
        (Some(Part::Chart(chart)), _) if tied => Follow { height: chart.height(pages.profile), company: 1 },
        _ => Follow::default(),
    }
}

/// The document's blocks, neighbouring lines joined.
fn parts<'a>(document: &'a Document, pages: &Pages<'_>) -> Result<Vec<Part<'a>>, Error> {
    let mut parts: Vec<Part<'a>> = Vec::new();
    let mut place = Place::default();
    for (index, block) in document.body.iter().enumerate() {
        if let Some(mut lines) = block_lines(block, parts.last(), &mut place, pages)? {
            if let (Some(last), true) = (lines.last_mut(), empty_section(block, document.body.get(index + 1))) {
                last.tied_to_next = false;
            }
            join(&mut parts, lines);
        }
        match block {
            Block::Table(table) => {
                if let Some(caption) = &table.caption {
                    join(&mut parts, caption_lines(caption, pages)?);
                }
                parts.push(Part::Table(SetTable::new(table, pages)?));
            }
            Block::Chart(chart) => parts.extend(SetChart::pieces(chart, pages.profile).into_iter().map(Part::Chart)),
            Block::NewPage(title) => parts.push(Part::NewPage(title)),
            Block::Heading { .. }
            | Block::Addressees(_)
            | Block::Paragraph(_)
            | Block::Lines(_)
            | Block::Notes { .. } => {}
        }
    }
    if !document.attachments.is_empty() {
        join(&mut parts, attachment_lines(&document.attachments, pages)?);
    }
    Ok(parts)
}

/// A heading whose section has nothing in it does not follow the next section to its page.
fn empty_section(block: &Block, next: Option<&Block>) -> bool {
    match (block, next) {
        (Block::Heading { level, .. }, Some(Block::Heading { level: next, .. })) => next <= level,
        (Block::Heading { .. }, None) => true,
        _ => false,
    }
}

fn join(parts: &mut Vec<Part<'_>>, lines: Vec<FlowLine>) {
    match parts.last_mut() {
        Some(Part::Lines(before)) => before.extend(lines),
        _ if lines.is_empty() => {}
        _ => parts.push(Part::Lines(lines)),
    }
}

/// Where in the document a text stands, for errors.
#[derive(Default)]
struct Place {
    heading: String,
    paragraph: usize,
}

impl Place {
    fn name(&self) -> String {
        let number = format!("第{}段", self.paragraph);
        if self.heading.is_empty() { number } else { format!("“{}”{number}", self.heading) }
    }
}

/// The lines of a block that has lines.
fn block_lines(
    block: &Block,
    before: Option<&Part<'_>>,
    place: &mut Place,
    pages: &Pages<'_>,
) -> Result<Option<Vec<FlowLine>>, Error> {
    match block {
        Block::Heading { level, text } => {
            (place.heading, place.paragraph) = (text.clone(), 0);
            heading_lines(*level, text, pages).map(Some)
        }
        Block::Addressees(text) => {
            let style = *pages.profile.style(StyleName::Body);
            let set = lines::set(text, &style, justified(&style, pages.profile), pages.faces, text)?;
            Ok(Some(set.into_iter().map(|line| FlowLine { tied_to_next: true, ..plain(line, style) }).collect()))
        }
        Block::Paragraph(text) => {
            place.paragraph += 1;
            paragraph_lines(text, &place.name(), pages).map(Some)
        }
        Block::Lines(texts) => table_lines(texts, pages).map(Some),
        Block::Notes { heading, paragraphs } => {
            note_lines(heading, paragraphs, matches!(before, Some(Part::Lines(_))), pages).map(Some)
        }
        Block::Table(_) | Block::Chart(_) | Block::NewPage(_) => Ok(None),
    }
}

fn plain(line: Line, style: Style) -> FlowLine {
    FlowLine { line, style, align: Align::Prose, tied_to_next: false, bookmark: None, above: 0.0 }
}

/// Flush lines as wide as the core.
fn justified(style: &Style, profile: &Profile) -> Measure {
    Measure::justified(profile.core.width(), style, profile.stretch)
}

/// A first line indented by the profile's characters, later lines flush.
fn indented(style: &Style, profile: &Profile) -> Measure {
    let first_indent = profile.letter.indent * style.cell;
    Measure { first_indent, ..justified(style, profile) }
}

fn heading_lines(level: usize, text: &str, pages: &Pages<'_>) -> Result<Vec<FlowLine>, Error> {
    let style = *pages.profile.style(StyleName::heading(level));
    let set = lines::set(text, &style, indented(&style, pages.profile), pages.faces, text)?;
    let mut lines: Vec<FlowLine> =
        set.into_iter().map(|line| FlowLine { tied_to_next: true, ..plain(line, style) }).collect();
    if let Some(first) = lines.first_mut() {
        first.bookmark = Some((level, text.to_owned()));
    }
    Ok(lines)
}

fn paragraph_lines(text: &str, place: &str, pages: &Pages<'_>) -> Result<Vec<FlowLine>, Error> {
    let style = *pages.profile.style(StyleName::Body);
    let set = lines::set(text, &style, indented(&style, pages.profile), pages.faces, place)?;
    Ok(set.into_iter().map(|line| plain(line, style)).collect())
}

fn table_lines(texts: &[String], pages: &Pages<'_>) -> Result<Vec<FlowLine>, Error> {
    let style = *pages.profile.style(StyleName::Lines);
    let mut lines = Vec::new();
    for text in texts {
        let colon = text.find('：').map_or("", |at| &text[..at + '：'.len_utf8()]);
        let label = lines::glyphs(colon, &style, pages.faces, text)?;
        let indent = label.iter().map(|glyph| glyph.advance).sum();
        let measure = Measure { indent, ..justified(&style, pages.profile) };
        let set = lines::set(text, &style, measure, pages.faces, text)?;
        lines.extend(set.into_iter().map(|line| FlowLine { tied_to_next: true, ..plain(line, style) }));
    }
    if let Some(first) = lines.first_mut() {
        first.above = pages.profile.score_sheet.between_notes;
    }
    Ok(lines)
}

fn caption_lines(caption: &str, pages: &Pages<'_>) -> Result<Vec<FlowLine>, Error> {
    let style = *pages.profile.style(StyleName::Caption);
    let set = lines::set(caption, &style, Measure::of(pages.profile.core.width()), pages.faces, caption)?;
    Ok(set
        .into_iter()
        .map(|line| FlowLine { align: Align::Centre, tied_to_next: true, ..plain(line, style) })
        .collect())
}

/// A heading with its paragraphs in small print; nothing when there are none.
fn note_lines(
    heading: &str,
    paragraphs: &[String],
    below_lines: bool,
    pages: &Pages<'_>,
) -> Result<Vec<FlowLine>, Error> {
    if paragraphs.is_empty() {
        return Ok(Vec::new());
    }
    let width = pages.profile.core.width();
    let style = *pages.profile.style(StyleName::NoteHeading);
    let mut all = Vec::new();
    for line in lines::set(&format!("{heading}："), &style, Measure::of(width), pages.faces, heading)? {
        let above = if below_lines { pages.profile.score_sheet.between_notes } else { 0.0 };
        let bookmark = Some((1, heading.to_owned()));
        all.push(FlowLine { tied_to_next: true, bookmark, above, ..plain(line, style) });
    }
    let style = *pages.profile.style(StyleName::Note);
    for text in paragraphs {
        let number = lines::glyphs(numbering(text), &style, pages.faces, heading)?;
        let indent = number.iter().map(|g| g.advance).sum();
        let set =
            lines::set(text, &style, Measure { indent, ..justified(&style, pages.profile) }, pages.faces, heading)?;
        let count = set.len();
        for (index, line) in set.into_iter().enumerate() {
            // Two lines of a paragraph stay together at its beginning and at its end.
            let tied_to_next = index + 1 < count && (index == 0 || index + 2 == count);
            all.push(FlowLine { tied_to_next, ..plain(line, style) });
        }
    }
    Ok(all)
}

/// 附件：1.名称; later lines and later attachments align with the first name's first character.
fn attachment_lines(names: &[String], pages: &Pages<'_>) -> Result<Vec<FlowLine>, Error> {
    const PLACE: &str = "附件说明";
    let style = *pages.profile.style(StyleName::Body);
    let rules = pages.profile.letter;
    let wide = |text: &str| -> Result<f64, Error> {
        Ok(lines::glyphs(text, &style, pages.faces, PLACE)?.iter().map(|glyph| glyph.advance).sum())
    };
    let margin = rules.indent * style.cell;
    let label = "附件：";
    let mut all = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let number = if names.len() > 1 { format!("{}.", index + 1) } else { String::new() };
        let beginning = if index == 0 { label } else { "" };
        let first_indent = margin + if index == 0 { 0.0 } else { wide(label)? };
        let indent = margin + wide(label)? + wide(&number)?;
        let measure = Measure { first_indent, indent, ..justified(&style, pages.profile) };
        let set = lines::set(&format!("{beginning}{number}{name}"), &style, measure, pages.faces, PLACE)?;
        all.extend(set.into_iter().map(|line| plain(line, style)));
    }
    // A short note is read at one glance.
    let count = all.len();
    let tied = count <= SHORT_NOTE;
    all.iter_mut().take(count.saturating_sub(1)).for_each(|line: &mut FlowLine| line.tied_to_next = tied);
    if let Some(first) = all.first_mut() {
        first.above = rules.above_attachments * pages.profile.grid.down;
        first.bookmark = Some((1, "附件".to_owned()));
    }
    Ok(all)
}

/// Upper and lower edge of a line that is next at `y`.
fn edges(line: &FlowLine, y: f64, pages: &Pages<'_>) -> (f64, f64) {
    let fresh = y <= pages.profile.core.top;
    let top = if fresh { y } else { y + line.above };
    let top = if line.style.on_grid { pages.snapped(top) } else { top };
    (top, top + line.style.line)
}

/// Draws lines from the pages' position on.
fn draw_lines(lines: &[FlowLine], follow: Follow, pages: &mut Pages<'_>) {
    let mut start = 0;
    while start < lines.len() {
        let end = page_end(lines, start, follow, pages);
        for line in &lines[start..end] {
            draw_line(line, pages);
        }
        if end < lines.len() {
            pages.turn();
        }
        start = end;
    }
}

fn draw_line(line: &FlowLine, pages: &mut Pages<'_>) {
    (pages.y, _) = edges(line, pages.y, pages);
    if let Some((level, title)) = &line.bookmark {
        pages.bookmark(*level, title);
    }
    let core = pages.profile.core;
    pages.line(&line.line, &line.style, line.align, (core.left, core.width()));
}

/// The line before which the page ends that goes on with line `start`.
fn page_end(lines: &[FlowLine], start: usize, follow: Follow, pages: &Pages<'_>) -> usize {
    let count = lines.len();
    let bottom = pages.profile.core.bottom + ROUNDING;
    let mut ends = vec![pages.y];
    for line in &lines[start..] {
        let (_, y) = edges(line, ends[ends.len() - 1], pages);
        if y > bottom {
            break;
        }
        ends.push(y);
    }
    let allowed = |end: &usize| *end == 0 || *end == count || !lines[*end - 1].tied_to_next;
    // A page that already holds something may end right here.
    let least = if pages.fresh() { start + 1 } else { start };
    let end = (least..start + ends.len()).rfind(allowed);
    let end = end.unwrap_or(if pages.fresh() { (start + ends.len() - 1).max(start + 1) } else { start });
    if end < count || ends.last().is_some_and(|y| y + follow.height <= bottom) {
        return end;
    }
    // Everything fits but what must follow: the last lines go with it to the next page.
    let before = |end: &usize| *end == start || !lines[*end - 1].tied_to_next;
    (least..=count.saturating_sub(follow.company)).rfind(before).unwrap_or(end)
}

/// The number at the beginning of a paragraph, e.g. `1. `; later lines are indented by its width.
pub(crate) fn numbering(text: &str) -> &str {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mark = &text[digits..];
    let rest = mark.trim_start_matches(['.', '．', '、']).trim_start();
    if digits == 0 || rest.len() == mark.len() { "" } else { &text[..text.len() - rest.len()] }
}

#[cfg(test)]
mod tests {
    use document::{Axis, Bar, Chart, Indicator, ScoreRow, ScoreSheet, SignOff, Table};

    use super::*;
    use crate::{fonts::tests::fonts, page::Page};

    fn sheet(rows: usize, notes: usize) -> Document {
        let row =
            ScoreRow { text: "观测点的内容有两行，够长一些才行".to_owned(), ..ScoreRow::default() };
        let indicator = Indicator { text: "1.指标".to_owned(), rows: vec![row; rows], ..Indicator::default() };
        let sheet = ScoreSheet {
            title: "打分表".to_owned(),
            indicators: vec![indicator],
            total: vec!["总分：1".to_owned()],
            notes: vec!["一条说明。".to_owned(); notes],
            sign_off: sign_off(),
            ..ScoreSheet::default()
        };
        sheet.document(&Profile::oucsx_2021().unwrap()).unwrap()
    }

    fn sign_off() -> SignOff {
        SignOff {
            organisation: Some("某某大学".to_owned()),
            name: Some("张三".to_owned()),
            date: Some("2022年9月1日".to_owned()),
            signed: true,
            seal: None,
        }
    }

    /// Running text of so many lines under two headings.
    fn letter(lines: usize, attachments: usize) -> Document {
        let heading = |level, text: &str| Block::Heading { level, text: text.to_owned() };
        let mut body = vec![heading(1, "一、组织情况"), heading(2, "（一）总体情况")];
        body.extend((0..lines).map(|_| Block::Paragraph("一行正文。".to_owned())));
        let attachments = (1..=attachments).map(|n| format!("第{n}个附件")).collect();
        Document {
            title: "自评报告".to_owned(), body, attachments, sign_off: Some(sign_off()), ..Document::default()
        }
    }

    /// Checks a laid out document's sign-off: on the last page, inside the core, and not alone there.
    fn check_sign_off(document: &Document, what: &str) {
        let profile = Profile::oucsx_2021().unwrap();
        let faces = fonts().faces();
        let mut pages = Pages::new(&profile, &faces);
        let areas = lay_out(document, &mut pages).unwrap();
        let first = areas[0];
        assert!(areas.iter().all(|area| area.page_index + 1 == pages.list.len()), "{what}");
        // Organisation, name and date stand right above the places for signatures.
        let text = 3.0 * profile.style(StyleName::SignOff).line + profile.sign_off.signature_gap;
        let above = profile.paper.height - first.top - text;
        let last: &Page = &pages.list[first.page_index];
        assert!(last.runs.iter().any(|run| run.y < above), "{what}: the sign-off is alone");
        let lowest = areas.iter().map(|area| area.bottom).fold(f64::INFINITY, f64::min);
        assert!(lowest >= profile.paper.height - profile.core.bottom - 0.02, "{what}");
        for page in &pages.list {
            assert!(page.runs.iter().all(|run| run.y < profile.core.bottom), "{what}: text below the core");
        }
    }

    #[test]
    fn the_sign_off_never_stands_alone_on_a_page() {
        for rows in 1..60 {
            for notes in [0, 1, 2, 9] {
                check_sign_off(&sheet(rows, notes), &format!("{rows} rows, {notes} notes"));
            }
        }
        for lines in 1..50 {
            for attachments in [0, 1, 3] {
                check_sign_off(&letter(lines, attachments), &format!("{lines} lines, {attachments} attachments"));
            }
        }
    }

    #[test]
    fn running_text_fills_22_lines_of_the_grid_and_no_heading_ends_a_page() {
        let profile = Profile::oucsx_2021().unwrap();
        let faces = fonts().faces();
        let mut pages = Pages::new(&profile, &faces);
        lay_out(&Document { sign_off: None, ..letter(80, 0) }, &mut pages).unwrap();
        let lines = |page: &Page| {
            let mut ys: Vec<i64> = page.runs.iter().map(|run| (run.y * 100.0).round() as i64).collect();
            ys.sort_unstable();
            ys.dedup();
            ys
        };
        // Rule, two blank lines, the title, a blank line: 18 lines are left on the first page.
        assert_eq!(lines(&pages.list[0]).len(), 19);
        let second = lines(&pages.list[1]);
        assert_eq!(second.len(), 22);
        for pair in second.windows(2) {
            assert!((pair[1] - pair[0] - 3172).abs() <= 1, "{pair:?}");
        }
        for lines in 10..40 {
            let mut document = letter(lines, 0);
            document.body.push(Block::Heading { level: 1, text: "二、自评情况".to_owned() });
            document.body.push(Block::Paragraph("一行正文。".to_owned()));
            document.sign_off = None;
            let mut pages = Pages::new(&profile, &faces);
            lay_out(&document, &mut pages).unwrap();
            for page in &pages.list {
                let last = page.runs.iter().map(|run| run.y).fold(0.0, f64::max);
                let text: String = page.runs.iter().filter(|r| r.y == last).map(|run| run.text.as_str()).collect();
                assert!(!text.contains("自评情况"), "{lines} lines: a heading ends a page");
            }
        }
    }

    #[test]
    fn what_is_longer_than_a_page_or_a_line_goes_on_and_stays_inside_the_core() {
        let long = "很长的一级指标名称".repeat(8);
        let axis = |_| Axis { label: long.clone(), text: "37/40".to_owned(), rate: Some(0.9) };
        let bar =
            |n: usize| Bar { label: format!("{n} {long}"), text: "92.5%".to_owned(), rate: Some(1.0), low: false };
        let radar = Chart::Radar { caption: "图1".to_owned(), axes: (0..5).map(axis).collect() };
        let line = Some((0.6, "60%".to_owned()));
        let bars = Chart::Bars { caption: "图2".to_owned(), bars: (0..90).map(bar).collect(), line };
        let profile = Profile::oucsx_2021().unwrap();
        let faces = fonts().faces();
        for form in [Form::Letter, Form::Sheet] {
            let document = Document {
                title: "国家开放大学办学评估自评报告".repeat(40),
                form,
                facts: vec![("单位".to_owned(), "某某大学".repeat(60)); 6],
                body: vec![Block::Chart(radar.clone()), Block::Chart(bars.clone())],
                ..Document::default()
            };
            let mut pages = Pages::new(&profile, &faces);
            lay_out(&document, &mut pages).unwrap();
            let core = profile.core;
            for run in pages.list.iter().flat_map(|page| &page.runs) {
                assert!(run.y > core.top && run.y < core.bottom && run.x >= core.left - 0.01, "{run:?}");
                assert!(run.x + run.size <= core.right + 0.5, "{run:?}");
            }
            let said: String = pages.list.iter().flat_map(|page| &page.runs).map(|run| run.text.as_str()).collect();
            assert!(said.contains("图2（续）") && (0..90).all(|n| said.contains(&format!("{n}"))));
            assert_eq!(said.matches("自评报告").count(), 40, "a word of the title is cut or lost");
        }
    }

    #[test]
    fn a_heading_stands_with_its_table_however_high_the_first_rows_are() {
        let profile = Profile::oucsx_2021().unwrap();
        let faces = fonts().faces();
        for lines in [1, 10, 30, 40, 44, 46, 48, 60, 120] {
            let tall = vec!["一行".repeat(8); lines].join("\n");
            let columns = [("甲", 1.0, Align::Prose), ("乙", 1.0, Align::Prose)];
            let mut table =
                Table::plain(&columns, &[vec!["首行".to_owned(), String::new()], vec![tall, String::new()]], "表");
            table.rows[1].tied = true;
            let heading = Block::Heading { level: 1, text: "一、明细".to_owned() };
            let document =
                Document { form: Form::Sheet, body: vec![heading, Block::Table(table)], ..Document::default() };
            let mut pages = Pages::new(&profile, &faces);
            lay_out(&document, &mut pages).unwrap();
            let with = pages.list.iter().find(|page| page.runs.iter().any(|run| run.text.contains("明细")));
            assert!(!with.unwrap().strokes.is_empty(), "{lines} lines: the heading is alone");
        }
    }

    #[test]
    fn text_stays_inside_the_core_and_borders_are_drawn_once() {
        let profile = Profile::oucsx_2021().unwrap();
        let faces = fonts().faces();
        let mut pages = Pages::new(&profile, &faces);
        lay_out(&sheet(80, 9), &mut pages).unwrap();
        let core = profile.core;
        for page in &pages.list {
            for run in page.runs.iter().filter(|run| run.y < core.bottom) {
                assert!(run.x >= core.left - 0.01 && run.x < core.right, "{run:?}");
            }
            for (index, stroke) in page.strokes.iter().enumerate() {
                assert!(!page.strokes[..index].contains(stroke), "{stroke:?} is drawn twice");
                assert!(stroke.to.1 <= core.bottom + 0.01, "{stroke:?} runs out of the page");
            }
        }
    }
}
