//! Blocks to paragraphs and tables.

use document::{Align, Block, Chart, Document, Form, Profile, StyleName, Table};

use super::{
    picture::Drawing,
    sign_off, styles, table,
    text::{above, empty, hanging, paragraph, run, twips, wide},
    xml::{Element, Node, el, val},
};
use crate::flow::{COMPANY, SHORT_NOTE, numbering};

/// A body under construction.
struct Body<'a> {
    profile: &'a Profile,
    form: Form,
    content: Vec<Element>,
    /// What comes next begins on a new page.
    turn: bool,
}

/// The content of `w:body` before the section's properties.
pub(super) fn content(document: &Document, profile: &Profile, seal: Option<&Drawing>) -> Vec<Element> {
    let mut body = Body { profile, form: document.form, content: Vec::new(), turn: false };
    body.title(&document.title);
    body.facts(&document.facts);
    for block in &document.body {
        body.block(block);
    }
    body.attachments(&document.attachments);
    if let Some(sign_off) = &document.sign_off {
        body.keep_company();
        body.content.extend(sign_off::paragraphs(sign_off, seal, profile));
    }
    body.end();
    body.content
}

impl Body<'_> {
    fn push(&mut self, element: Element) {
        let mut element = element;
        let turn = std::mem::take(&mut self.turn) && !self.content.is_empty();
        if turn && element.name == "w:p" {
            element = element.prop(el("w:pageBreakBefore"));
        } else if turn {
            self.content.push(empty(styles::GAP).prop(el("w:pageBreakBefore")).prop(el("w:keepNext")));
        }
        self.content.push(element);
    }

    /// The title, under a red rule in running text.
    fn title(&mut self, title: &str) {
        if title.is_empty() {
            return;
        }
        if self.form == Form::Letter {
            self.push(empty(styles::RULE));
        }
        let room = self.profile.core.width() / self.profile.style(StyleName::Title).size;
        let lines = document::title_lines(title, room).join("\n");
        self.push(paragraph(StyleName::Title, &lines));
    }

    /// Facts two by two; one that is wider than half the core takes a paragraph of its own.
    fn facts(&mut self, facts: &[(String, String)]) {
        let profile = self.profile;
        let (label_style, style) = (profile.style(StyleName::FactLabel), profile.style(StyleName::Fact));
        let half = profile.core.width() / 2.0;
        let set = |(label, value): &(String, String)| {
            let label = format!("{label}：");
            let used = wide(&label, label_style);
            let fits = used + wide(value, style) <= half - style.cell && !value.contains('\n');
            (label, value.clone(), used, fits)
        };
        let facts: Vec<_> = facts.iter().map(set).collect();
        let mut rest = facts.as_slice();
        while let Some((first, later)) = rest.split_first() {
            let paired = later.first().filter(|second| first.3 && second.3);
            let mut line = empty(styles::id(StyleName::Fact));
            if paired.is_some() {
                let stop = el("w:tab").attr("w:val", "left").attr("w:pos", twips(half));
                line = line.prop(el("w:tabs").with(stop));
            } else {
                line = line.prop(hanging(first.2, first.2));
            }
            line = fact(line, first);
            if let Some(second) = paired {
                line = fact(line.with(el("w:r").with(el("w:tab"))), second);
            }
            self.push(line);
            rest = &rest[if paired.is_some() { 2 } else { 1 }..];
        }
        if !facts.is_empty() {
            let last = el("w:spacing").attr("w:after", twips(profile.score_sheet.facts_below));
            if let Some(line) = self.content.last_mut() {
                line.set_prop(last);
            }
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => self.push(paragraph(StyleName::heading(*level), text)),
            Block::Addressees(text) => {
                let mut line = paragraph(StyleName::Body, text);
                line.set_prop(el("w:ind").attr("w:firstLineChars", 0).attr("w:firstLine", 0));
                self.push(line);
            }
            Block::Paragraph(text) => self.push(paragraph(StyleName::Body, text)),
            Block::Lines(texts) => self.lines(texts),
            Block::Table(table) => self.table(table),
            Block::Notes { heading, paragraphs } => self.notes(heading, paragraphs),
            Block::Chart(chart) => self.chart(chart),
            Block::NewPage(title) => {
                self.turn = true;
                self.title(title);
            }
        }
    }

    /// Lines above a table; what is too long goes on under what follows the colon.
    fn lines(&mut self, texts: &[String]) {
        let style = self.profile.style(StyleName::Lines);
        for (index, text) in texts.iter().enumerate() {
            let label = text.split_inclusive('：').next().filter(|label| label.ends_with('：')).unwrap_or("");
            let indent = wide(label, style);
            let mut line = paragraph(StyleName::Lines, text).prop(hanging(indent, indent));
            if index == 0 {
                line = line.prop(above(self.profile.score_sheet.between_notes));
            }
            self.push(line);
        }
    }

    fn table(&mut self, table: &Table) {
        if let Some(caption) = &table.caption {
            self.push(paragraph(StyleName::Caption, caption));
        }
        if !table.columns.is_empty() {
            self.push(table::element(table, self.profile));
            // Two tables that follow one another would become one.
            self.push(empty(styles::GAP));
        }
    }

    fn notes(&mut self, heading: &str, paragraphs: &[String]) {
        if paragraphs.is_empty() {
            return;
        }
        let after_text = self.content.last() != Some(&empty(styles::GAP));
        let mut head = paragraph(StyleName::NoteHeading, &format!("{heading}："));
        if after_text {
            head = head.prop(above(self.profile.score_sheet.between_notes));
        }
        self.push(head);
        let style = self.profile.style(StyleName::Note);
        for text in paragraphs {
            let number = wide(numbering(text), style);
            self.push(paragraph(StyleName::Note, text).prop(hanging(number, number)));
        }
    }

    /// A chart's values: a file for editing has them as a table.
    fn chart(&mut self, chart: &Chart) {
        let (caption, line, values): (_, _, Vec<_>) = match chart {
            Chart::Radar { caption, axes } => {
                (caption, None, axes.iter().map(|axis| (&axis.label, &axis.text)).collect())
            }
            Chart::Bars { caption, bars, line } => {
                (caption, line.as_ref(), bars.iter().map(|bar| (&bar.label, &bar.text)).collect())
            }
        };
        let value = line.map_or_else(|| "数值".to_owned(), |(_, label)| format!("数值（标线 {label}）"));
        let centre = Align::Centre;
        let columns = [("序号", 1.0, centre), ("项目", 5.0, Align::Left), (value.as_str(), 2.0, centre)];
        let values = values.into_iter().enumerate();
        let rows: Vec<_> =
            values.map(|(at, (label, text))| vec![(at + 1).to_string(), label.clone(), text.clone()]).collect();
        let mut table = Table::plain(&columns, &rows, caption);
        table.caption = Some(caption.clone());
        self.table(&table);
    }

    /// 附件：1.名称; later lines and later attachments align with the first name's first character.
    fn attachments(&mut self, names: &[String]) {
        const LABEL: &str = "附件：";
        let (style, rules) = (self.profile.style(StyleName::Body), self.profile.letter);
        if !names.is_empty() {
            // Blank lines that people see as lines: a format check counts them, and so do they.
            let blank = rules.above_attachments.round() as usize;
            (0..blank).for_each(|_| self.push(empty(styles::ATTACHMENT).prop(el("w:keepNext"))));
        }
        let beginning = |index: usize| if index == 0 { LABEL } else { "" };
        let number = |index: usize| if names.len() > 1 { format!("{}.", index + 1) } else { String::new() };
        let left = |index: usize| rules.indent * style.cell + wide(LABEL, style) + wide(&number(index), style);
        let room = |index: usize| self.profile.core.width() - left(index);
        let lines = names.iter().enumerate().map(|(index, name)| (wide(name, style) / room(index)).ceil() as usize);
        let short = lines.sum::<usize>() <= SHORT_NOTE;
        for (index, name) in names.iter().enumerate() {
            let label = format!("{}{}", beginning(index), number(index));
            let line = empty(styles::ATTACHMENT).with(run(&format!("{label}{name}"), None));
            let line = line.prop(hanging(wide(&label, style), left(index)));
            let tied = short && index + 1 < names.len();
            self.push(if tied { line.prop(el("w:keepNext")) } else { line });
        }
    }

    /// The sign-off never stands alone: at least two lines of text go with it to the next page.
    fn keep_company(&mut self) {
        let style = self.profile.style(StyleName::Body);
        let mut lines = 0;
        for element in self.content.iter_mut().rev() {
            tie(element);
            if element.name == "w:tbl" {
                return;
            }
            element.set_prop(val("w:widowControl", 1));
            let width = wide(&element.plain_text(), style);
            lines += (width / self.profile.core.width()).ceil() as usize;
            if lines >= COMPANY {
                return;
            }
        }
    }

    /// A body ends with a paragraph: a program adds one of its own after a table.
    fn end(&mut self) {
        if self.content.last().is_none_or(|last| last.name != "w:p") {
            self.content.push(empty(styles::GAP));
        }
    }
}

fn fact(line: Element, (label, value, ..): &(String, String, f64, bool)) -> Element {
    line.with(run(label, Some(styles::id(StyleName::FactLabel)))).with(run(value, None))
}

/// Keeps a paragraph, or a table's last row, on one page with what follows.
fn tie(element: &mut Element) {
    if element.name == "w:p" {
        element.set_prop(el("w:keepNext"));
        return;
    }
    let rows = element.content.iter_mut().rev();
    let last = rows.filter_map(|node| match node {
        Node::Element(row) if row.name == "w:tr" => Some(row),
        _ => None,
    });
    if let Some(row) = last.take(1).next() {
        table::tie_row(row);
    }
}
