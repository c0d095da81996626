//! Styles with what they are based on.

use super::props::{ParagraphProps, RunProps, Theme};
use crate::xml::Element;
use std::collections::BTreeMap;

/// Longest chain of styles that are based on each other.
const MOST_PARENTS: usize = 30;
/// Size of type where nothing says one, in points (ECMA-376 17.3.2.38).
pub const DEFAULT_SIZE: f64 = 10.0;

/// The styles of a document.
#[derive(Debug, Default)]
pub struct Styles {
    styles: BTreeMap<String, Style>,
    run: RunProps,
    paragraph: ParagraphProps,
    default_paragraph: Option<String>,
}

#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    name: String,
    run: RunProps,
    paragraph: ParagraphProps,
    /// Width of the borders, in points, by side, where it is a table's style.
    borders: Borders,
}

/// Width of borders by side in points; nothing where none is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Borders(pub BTreeMap<String, Option<f64>>);

impl Borders {
    /// What a `tblBorders` or `tcBorders` says.
    pub fn read(borders: Option<&Element>) -> Self {
        let sides = borders.into_iter().flat_map(Element::elements).map(|side| {
            let drawn = !matches!(side.attribute("val"), None | Some("nil" | "none"));
            // Eighths of a point.
            (side.name.to_string(), drawn.then(|| side.number("sz").unwrap_or_default() / 8.0))
        });
        Self(sides.collect())
    }

    pub fn over(mut self, below: &Self) -> Self {
        for (side, width) in &below.0 {
            self.0.entry(side.clone()).or_insert(*width);
        }
        self
    }
}

impl Styles {
    pub fn read(root: Option<&Element>, theme: &Theme) -> Self {
        let Some(root) = root else { return Self::default() };
        let defaults = root.child("docDefaults");
        let default = |holder: &str, props: &str| defaults?.child(holder)?.child(props);
        let mut read = Self {
            run: RunProps::read(default("rPrDefault", "rPr"), theme),
            paragraph: ParagraphProps::read(default("pPrDefault", "pPr")),
            ..Self::default()
        };
        for style in root.all("style") {
            let Some(id) = style.attribute("styleId") else { continue };
            let is_default = matches!(style.attribute("default"), Some("1" | "true"));
            if is_default && style.attribute("type") == Some("paragraph") {
                read.default_paragraph = Some(id.to_owned());
            }
            let borders = style.child("tblPr").and_then(|props| props.child("tblBorders"));
            let one = Style {
                parent: style.value("basedOn").map(str::to_owned),
                name: style.value("name").unwrap_or_default().to_lowercase(),
                run: RunProps::read(style.child("rPr"), theme),
                paragraph: ParagraphProps::read(style.child("pPr")),
                borders: Borders::read(borders),
            };
            read.styles.insert(id.to_owned(), one);
        }
        read
    }

    /// A style and what it is based on, nearest first.
    fn chain<'a>(&'a self, id: Option<&str>) -> impl Iterator<Item = &'a Style> + use<'a> {
        let first = id.and_then(|id| self.styles.get(id));
        let parent = |style: &&'a Style| style.parent.as_ref().and_then(|parent| self.styles.get(parent));
        std::iter::successors(first, parent).take(MOST_PARENTS)
    }

    fn paragraph_chain<'a>(&'a self, id: Option<&str>) -> impl Iterator<Item = &'a Style> + use<'a> {
        let known = id.filter(|id| self.styles.contains_key(*id));
        self.chain(known.or(self.default_paragraph.as_deref()))
    }

    /// What the paragraph style, the table's style and the defaults say of a paragraph.
    pub fn paragraph(&self, id: Option<&str>, table: Option<&str>) -> ParagraphProps {
        let styles = self.paragraph_chain(id).chain(self.chain(table));
        let props = styles.fold(ParagraphProps::default(), |over, style| over.over(&style.paragraph));
        props.over(&self.paragraph)
    }

    /// What the character style, the paragraph style, the table's style and the defaults say of a run.
    pub fn run(&self, character: Option<&str>, paragraph: Option<&str>, table: Option<&str>) -> RunProps {
        let styles = self.chain(character).chain(self.paragraph_chain(paragraph)).chain(self.chain(table));
        styles.fold(RunProps::default(), |over, style| over.over(&style.run)).over(&self.run)
    }

    /// The name of a paragraph's style in lower case, e.g. `title`.
    pub fn name(&self, id: Option<&str>) -> String {
        self.paragraph_chain(id).next().map_or_else(String::new, |style| style.name.clone())
    }

    pub fn borders(&self, table: Option<&str>) -> Borders {
        self.chain(table).fold(Borders::default(), |over, style| over.over(&style.borders))
    }

    /// The size that the document's grid counts from.
    pub fn grid_size(&self) -> f64 {
        self.run(None, None, None).size.unwrap_or(DEFAULT_SIZE)
    }
}
