//! A DOCX as paragraphs and tables with the properties that count in the end.

mod body;
mod numbering;
mod props;
mod styles;

pub use props::{Align, ParagraphProps, Spacing};

use crate::Error;
use crate::archive::Parts;
use crate::xml::Element;
use body::Reading;
use numbering::Lists;
use props::{TWIPS, Theme};
use std::collections::BTreeMap;
use styles::Styles;

/// A document.
pub struct Docx {
    pub blocks: Vec<Block>,
    pub sections: Vec<Section>,
    /// Odd and even pages have footers of their own.
    pub odd_and_even: bool,
    /// The size that the grid's character pitch is counted from.
    pub grid_size: f64,
}

/// What stands in the body.
pub enum Block {
    Paragraph(Box<Paragraph>),
    Table(Table),
}

/// A paragraph.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    /// From 1, in the body; in a footer 0.
    pub number: usize,
    /// The style's name in lower case.
    pub style: String,
    pub props: ParagraphProps,
    /// The number that the program puts before it, e.g. `（一）`.
    pub label: String,
    pub runs: Vec<Run>,
    /// It holds a picture or a drawing.
    pub drawing: bool,
}

impl Paragraph {
    /// Its text as it is read, with the number before it.
    pub fn text(&self) -> String {
        let runs: String = self.runs.iter().map(|run| run.text.as_str()).collect();
        format!("{}{runs}", self.label)
    }
}

/// Text of one look.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pub text: String,
    /// Font of Chinese characters; empty where nothing says one.
    pub east: String,
    /// Font of Latin letters and digits; empty where nothing says one.
    pub latin: String,
    /// In points.
    pub size: f64,
    pub red: bool,
    /// The page number's field.
    pub page_field: bool,
}

/// A table.
#[derive(Debug, Default)]
pub struct Table {
    /// From 1.
    pub number: usize,
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Default)]
pub struct Row {
    /// Repeated on each page.
    pub header: bool,
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Default)]
pub struct Cell {
    pub paragraphs: Vec<Paragraph>,
    /// Text stands in the middle between top and bottom.
    pub centred: bool,
    /// Widths of its borders that are drawn, in points.
    pub borders: Vec<f64>,
}

/// A stretch of pages of one layout. Lengths in points.
#[derive(Debug, Default)]
pub struct Section {
    pub width: f64,
    pub height: f64,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    pub grid: Option<Grid>,
    /// Where page numbers begin anew.
    pub restarts: bool,
    /// The program puts dashes beside the page number.
    pub dashed: bool,
    /// The paragraphs of the footers by kind: `default` (odd pages), `even`, `first`.
    pub footers: BTreeMap<String, Vec<Paragraph>>,
}

/// The document's grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// From line to line, in points.
    pub line: f64,
    /// What is added to each character's size, in points; nothing where only lines are set.
    pub spacing: Option<f64>,
}

/// Reads the parts of a DOCX.
pub fn read(parts: &mut Parts<'_>, main: &str) -> Result<Docx, Error> {
    let relations = parts.relations(main)?;
    let mut of_kind = |kind: &str| match relations.values().find(|relation| relation.kind == kind) {
        Some(relation) => parts.xml(&relation.part),
        None => Ok(None),
    };
    let theme = of_kind("theme")?.map(|root| Theme::read(&root)).unwrap_or_default();
    let styles = Styles::read(of_kind("styles")?.as_ref(), &theme);
    let lists = Lists::read(of_kind("numbering")?.as_ref());
    let odd_and_even = of_kind("settings")?.and_then(|root| root.switch("evenAndOddHeaders")).unwrap_or_default();
    let root = parts.xml(main)?.ok_or_else(|| Error::damaged(format!("no part {main}")))?;
    let body = root.child("body").ok_or_else(|| Error::damaged(format!("no body in {main}")))?;
    let mut reading = Reading::new(&styles, &theme, lists);
    reading.blocks(body, None);
    let (blocks, properties) = reading.done();
    let mut sections: Vec<Section> = Vec::new();
    for props in properties {
        let mut section = section(props);
        for reference in props.all("footerReference") {
            let kind = reference.attribute("type").unwrap_or("default").to_owned();
            let Some(relation) = reference.attribute("id").and_then(|id| relations.get(id)) else { continue };
            let Some(root) = parts.xml(&relation.part)? else { continue };
            section.footers.insert(kind, Reading::new(&styles, &theme, Lists::default()).paragraphs(&root));
        }
        inherit_footers(&mut section, sections.last());
        sections.push(section);
    }
    Ok(Docx { blocks, sections, odd_and_even, grid_size: styles.grid_size() })
}

fn section(props: &Element) -> Section {
    let points = |holder: &str, name: &str| {
        props.child(holder).and_then(|element| element.number(name)).unwrap_or_default() / TWIPS
    };
    let grid = props.child("docGrid").and_then(|grid| {
        let kind = grid.attribute("type").filter(|kind| *kind != "default")?;
        let line = grid.number("linePitch")? / TWIPS;
        // 1/4096 of a point (ECMA-376 17.6.5).
        let spacing = (kind != "lines").then(|| grid.number("charSpace").unwrap_or_default() / 4096.0);
        (line > 0.0).then_some(Grid { line, spacing })
    });
    let numbers = props.child("pgNumType");
    Section {
        width: points("pgSz", "w"),
        height: points("pgSz", "h"),
        left: points("pgMar", "left") + points("pgMar", "gutter"),
        right: points("pgMar", "right"),
        top: points("pgMar", "top").abs(),
        bottom: points("pgMar", "bottom").abs(),
        grid,
        restarts: numbers.is_some_and(|numbers| numbers.attribute("start").is_some()),
        dashed: numbers.is_some_and(|numbers| numbers.attribute("fmt") == Some("numberInDash")),
        footers: BTreeMap::new(),
    }
}

/// A section without a footer of a kind has that of the section before it.
fn inherit_footers(section: &mut Section, before: Option<&Section>) {
    for (kind, footer) in before.map(|before| &before.footers).into_iter().flatten() {
        section.footers.entry(kind.clone()).or_insert_with(|| footer.clone());
    }
}
