//! Reading what stands in a body, a footer or a cell.

use super::numbering::Lists;
use super::props::{ParagraphProps, RunProps, Theme};
use super::styles::{Borders, DEFAULT_SIZE, Styles};
use super::{Block, Cell, Paragraph, Row, Run, Table};
use crate::xml::Element;

/// Deepest tables in tables that are looked into.
const MOST_TABLES_DEEP: usize = 4;

/// A reading of a part.
pub struct Reading<'a> {
    styles: &'a Styles,
    theme: &'a Theme,
    lists: Lists,
    blocks: Vec<Block>,
    sections: Vec<&'a Element>,
    paragraphs: usize,
    tables: usize,
}

impl<'a> Reading<'a> {
    pub fn new(styles: &'a Styles, theme: &'a Theme, lists: Lists) -> Self {
        Self { styles, theme, lists, blocks: Vec::new(), sections: Vec::new(), paragraphs: 0, tables: 0 }
    }

    /// The blocks and the properties of the sections.
    pub fn done(self) -> (Vec<Block>, Vec<&'a Element>) {
        (self.blocks, self.sections)
    }

    /// Reads the blocks of a container, and of containers in it that only wrap.
    pub fn blocks(&mut self, holder: &'a Element, table: Option<&str>) {
        for element in holder.elements() {
            match &*element.name {
                "p" => {
                    self.paragraphs += 1;
                    let paragraph = self.paragraph(element, table, self.paragraphs);
                    self.blocks.push(Block::Paragraph(Box::new(paragraph)));
                    if let Some(section) = element.child("pPr").and_then(|props| props.child("sectPr")) {
                        self.sections.push(section);
                    }
                }
                "tbl" => {
                    self.tables += 1;
                    let table = self.table(element, self.tables, 0);
                    self.blocks.push(Block::Table(table));
                }
                "sectPr" => self.sections.push(element),
                "sdt" | "sdtContent" | "customXml" | "smartTag" | "ins" => self.blocks(element, table),
                _ => {}
            }
        }
    }

    /// The paragraphs of a footer, with those in frames and drawings.
    pub fn paragraphs(&mut self, holder: &'a Element) -> Vec<Paragraph> {
        let mut found = Vec::new();
        self.collect(holder, &mut found);
        found
    }

    fn collect(&mut self, holder: &'a Element, found: &mut Vec<Paragraph>) {
        for element in holder.elements() {
            match &*element.name {
                "p" => {
                    found.push(self.paragraph(element, None, 0));
                    self.collect(element, found);
                }
                // The same drawing again, for programs that do not know the first way.
                "Fallback" => {}
                _ => self.collect(element, found),
            }
        }
    }

    fn paragraph(&mut self, element: &'a Element, table: Option<&str>, number: usize) -> Paragraph {
        let props = element.child("pPr");
        let style = props.and_then(|props| props.value("pStyle"));
        let merged = ParagraphProps::read(props).over(&self.styles.paragraph(style, table));
        let label = match &merged.list {
            Some(list) if list != "0" => self.lists.next(list, merged.list_level.unwrap_or_default()),
            _ => String::new(),
        };
        let mut runs = Runs { reading: self, style, table, field: Field::None, runs: Vec::new(), drawing: false };
        runs.collect(element);
        let (runs, drawing) = (runs.runs, runs.drawing);
        Paragraph { number, style: self.styles.name(style), props: merged, label, runs, drawing }
    }

    fn table(&mut self, element: &'a Element, number: usize, deep: usize) -> Table {
        let props = element.child("tblPr");
        let style = props.and_then(|props| props.value("tblStyle"));
        let own = Borders::read(props.and_then(|props| props.child("tblBorders")));
        let borders = own.over(&self.styles.borders(style));
        let mut table = Table { number, rows: Vec::new() };
        let rows = element.elements().flat_map(unwrapped).filter(|row| &*row.name == "tr");
        for row in rows {
            let header = row.child("trPr").and_then(|props| props.switch("tblHeader")).unwrap_or_default();
            let cells = row.elements().flat_map(unwrapped).filter(|cell| &*cell.name == "tc");
            let cells = cells.map(|cell| self.cell(cell, style, &borders, deep)).collect();
            table.rows.push(Row { header, cells });
        }
        table
    }

    fn cell(&mut self, element: &'a Element, style: Option<&str>, borders: &Borders, deep: usize) -> Cell {
        let props = element.child("tcPr");
        let own = Borders::read(props.and_then(|props| props.child("tcBorders"))).over(borders);
        let mut cell = Cell {
            paragraphs: Vec::new(),
            centred: props.and_then(|props| props.value("vAlign")) == Some("center"),
            borders: own.0.values().flatten().copied().collect(),
        };
        for inner in element.elements().flat_map(unwrapped) {
            match &*inner.name {
                "p" => cell.paragraphs.push(self.paragraph(inner, style, 0)),
                "tbl" if deep < MOST_TABLES_DEEP => {
                    let table = self.table(inner, 0, deep + 1);
                    let cells = table.rows.into_iter().flat_map(|row| row.cells);
                    cell.paragraphs.extend(cells.flat_map(|cell| cell.paragraphs));
                }
                _ => {}
            }
        }
        cell
    }
}

/// The element itself, or what a content control wraps.
fn unwrapped(element: &Element) -> Vec<&Element> {
    match &*element.name {
        "sdt" => element.child("sdtContent").map(|content| content.elements().collect()).unwrap_or_default(),
        _ => vec![element],
    }
}

/// Where the reading stands in a field.
#[derive(Clone, Copy, PartialEq)]
enum Field {
    None,
    /// In its instruction; whether it asks for the page number.
    Instruction(bool),
    Result(bool),
}

struct Runs<'a, 'r> {
    reading: &'r Reading<'a>,
    style: Option<&'a str>,
    table: Option<&'r str>,
    field: Field,
    runs: Vec<Run>,
    drawing: bool,
}

impl<'a> Runs<'a, '_> {
    fn collect(&mut self, holder: &'a Element) {
        for element in holder.elements() {
            match &*element.name {
                "r" => self.run(element),
                "fldSimple" => {
                    let outer = self.field;
                    self.field = Field::Result(element.attribute("instr").is_some_and(asks_page));
                    self.collect(element);
                    self.field = outer;
                }
                "hyperlink" | "ins" | "smartTag" | "sdt" | "sdtContent" | "customXml" | "dir" | "bdo" => {
                    self.collect(element);
                }
                _ => {}
            }
        }
    }

    fn run(&mut self, element: &'a Element) {
        let props = element.child("rPr");
        let character = props.and_then(|props| props.value("rStyle"));
        let below = self.reading.styles.run(character, self.style, self.table);
        let look = RunProps::read(props, self.reading.theme).over(&below);
        if look.hidden == Some(true) {
            return;
        }
        let mut text = String::new();
        for inner in element.elements() {
            match &*inner.name {
                "t" => text.push_str(&inner.text()),
                "tab" | "ptab" => text.push('\t'),
                "br" | "cr" => text.push('\n'),
                "noBreakHyphen" => text.push('-'),
                "drawing" | "pict" | "object" | "AlternateContent" => self.drawing = true,
                "fldChar" => self.turn(inner.attribute("fldCharType").unwrap_or_default()),
                "instrText" => {
                    if let Field::Instruction(page) = &mut self.field {
                        *page |= asks_page(&inner.text());
                    }
                }
                _ => {}
            }
        }
        let page_field = matches!(self.field, Field::Instruction(true) | Field::Result(true));
        if text.is_empty() && !page_field {
            return;
        }
        self.runs.push(Run {
            text,
            east: look.east.unwrap_or_default(),
            latin: look.latin.unwrap_or_default(),
            size: look.size.unwrap_or(DEFAULT_SIZE),
            red: look.colour.as_deref().is_some_and(is_red),
            page_field,
        });
    }

    fn turn(&mut self, kind: &str) {
        self.field = match (kind, self.field) {
            ("begin", _) => Field::Instruction(false),
            ("separate", Field::Instruction(page)) => Field::Result(page),
            ("end", _) => Field::None,
            (_, field) => field,
        };
    }
}

fn asks_page(instruction: &str) -> bool {
    instruction.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("page"))
}

fn is_red(colour: &str) -> bool {
    let part = |at: usize| colour.get(at..at + 2).and_then(|part| u8::from_str_radix(part, 16).ok());
    matches!((part(0), part(2), part(4)), (Some(red), Some(green), Some(blue)) if red > 160 && green < 80 && blue < 80)
}
