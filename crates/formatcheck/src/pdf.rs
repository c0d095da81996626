//! A PDF as characters with their places on the page.

mod content;
mod font;
mod unicode;

pub use font::Font;

use crate::Error;
use content::Reader;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;

/// Most pages that are looked at.
const MOST_PAGES: usize = 200;
/// Most bytes that a stream may unpack to.
const MOST_STREAM: usize = 8 << 20;
/// Most parents that a page inherits from.
const MOST_PARENTS: usize = 30;

/// What was read of a PDF.
pub struct Pdf {
    pub pages: Vec<Page>,
    /// How many pages the file has.
    pub count: usize,
    pub fonts: Vec<Font>,
}

/// A page; lengths in points, from the lower left corner as a person sees it.
#[derive(Debug, Default)]
pub struct Page {
    /// From 1.
    pub number: usize,
    pub width: f64,
    pub height: f64,
    pub glyphs: Vec<Glyph>,
    /// Vertical rules: where they stand, and between which heights.
    pub rules: Vec<Rule>,
    /// It shows a picture.
    pub picture: bool,
}

/// A character on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Where it begins.
    pub x: f64,
    /// Its baseline.
    pub y: f64,
    /// Where the next may begin.
    pub end: f64,
    pub size: f64,
    pub text: char,
    /// Index of its font.
    pub font: usize,
}

/// A vertical rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    pub x: f64,
    pub low: f64,
    pub high: f64,
}

/// Reads a PDF.
pub fn read(bytes: &[u8]) -> Result<Pdf, Error> {
    let document = pdfread::open(bytes, MOST_STREAM).map_err(|error| match error {
        pdfread::Error::Parser(lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_)) => Error::Protected {},
        other => Error::damaged(other),
    })?;
    if document.is_encrypted() {
        return Err(Error::Protected {});
    }
    let ids: Vec<ObjectId> = document.page_iter().collect();
    if ids.is_empty() {
        return Err(Error::damaged("no pages"));
    }
    let mut reader = Reader::new(&document, MOST_STREAM);
    let mut pages = Vec::new();
    for (index, id) in ids.iter().take(MOST_PAGES).enumerate() {
        let mut page = Page { number: index + 1, ..Page::default() };
        let matrix = place(&document, *id, &mut page);
        reader.page(*id, matrix, &mut page);
        pages.push(page);
    }
    Ok(Pdf { pages, count: ids.len(), fonts: reader.fonts() })
}

/// A number of an object.
pub fn number(object: &Object) -> Option<f64> {
    object.as_float().ok().map(f64::from).filter(|number| number.is_finite())
}

/// An entry of a page, or of what it inherits from.
fn inherited<'a>(document: &'a Document, page: ObjectId, key: &[u8]) -> Option<&'a Object> {
    let mut node: &Dictionary = document.get_dictionary(page).ok()?;
    for _ in 0..MOST_PARENTS {
        if let Ok(found) = node.get_deref(key, document) {
            return Some(found);
        }
        node = node.get_deref(b"Parent", document).ok()?.as_dict().ok()?;
    }
    None
}

/// Sets the page's size, and gives the matrix that brings its lower left corner to the origin.
fn place(document: &Document, id: ObjectId, page: &mut Page) -> [f64; 6] {
    let numbers = |key: &[u8]| -> Option<[f64; 4]> {
        let list = inherited(document, id, key)?.as_array().ok()?;
        let number = |object: &Object| document.dereference(object).ok().and_then(|(_, object)| number(object));
        let list: Option<Vec<f64>> = list.iter().map(number).collect();
        list?.try_into().ok()
    };
    let area = numbers(b"CropBox").or_else(|| numbers(b"MediaBox")).unwrap_or_default();
    let (left, right) = (area[0].min(area[2]), area[0].max(area[2]));
    let (low, high) = (area[1].min(area[3]), area[1].max(area[3]));
    let turn = inherited(document, id, b"Rotate").and_then(number).unwrap_or_default().rem_euclid(360.0);
    let (width, height) = (right - left, high - low);
    if turn == 90.0 || turn == 270.0 {
        (page.width, page.height) = (height, width);
    } else {
        (page.width, page.height) = (width, height);
    }
    if turn == 90.0 {
        [0.0, -1.0, 1.0, 0.0, -low, right]
    } else if turn == 180.0 {
        [-1.0, 0.0, 0.0, -1.0, right, high]
    } else if turn == 270.0 {
        [0.0, 1.0, -1.0, 0.0, high, -left]
    } else {
        [1.0, 0.0, 0.0, 1.0, -left, -low]
    }
}

/// The resources of a page, with what it inherits.
fn resources(document: &Document, page: ObjectId) -> Option<&Dictionary> {
    inherited(document, page, b"Resources")?.as_dict().ok()
}

/// The fonts of a resource dictionary by name.
fn listed<'a>(document: &'a Document, resources: &'a Dictionary, kind: &[u8]) -> BTreeMap<Vec<u8>, &'a Object> {
    let list = resources.get_deref(kind, document).and_then(Object::as_dict);
    list.map(|list| list.iter().map(|(name, object)| (name.clone(), object)).collect()).unwrap_or_default()
}
