//! Fonts of a PDF: names, widths, characters.

use super::number;
use super::unicode::Unicode;
use lopdf::{Dictionary, Document, Object};
use std::collections::BTreeMap;

/// Widths are counted in thousandths of the size.
const UNIT: f64 = 1000.0;
/// Most entries of a table of widths.
const MOST_WIDTHS: usize = 70_000;
/// A Chinese character of which nothing more is known than that it is one.
const SOME_CHINESE: char = '〓';

/// A font.
#[derive(Debug)]
pub struct Font {
    /// As the file gives it, e.g. `ABCDEF+FangSong`.
    pub name: String,
    /// The font is in the file.
    pub embedded: bool,
    /// Its codes say which characters they are.
    pub readable: bool,
    coding: Coding,
    unicode: Unicode,
    /// From the first code of a range to its last and the width.
    widths: BTreeMap<u32, (u32, f64)>,
    default_width: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Coding {
    /// One byte, about as in ASCII.
    Byte,
    /// Two bytes, with no meaning of their own.
    Identity,
    /// Two bytes that are UCS-2.
    Ucs2,
    /// One byte, or two that begin above ASCII.
    Mixed,
}

/// A code of a string: its character and width in ems, and whether it is a blank of one byte.
pub struct Code {
    pub text: char,
    pub width: f64,
    pub blank: bool,
}

impl Font {
    pub fn read(document: &Document, font: &Dictionary, most: usize) -> Self {
        let name_of = |dictionary: &Dictionary, key: &[u8]| {
            let name = dictionary.get_deref(key, document).and_then(Object::as_name);
            name.map(decoded).unwrap_or_default()
        };
        let descendant = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok();
        let descendant = descendant.and_then(|list| list.first()).and_then(|one| document.dereference(one).ok());
        let descendant = descendant.and_then(|(_, object)| object.as_dict().ok());
        let holder = descendant.unwrap_or(font);
        let descriptor = holder.get_deref(b"FontDescriptor", document).and_then(Object::as_dict).ok();
        let type3 = name_of(font, b"Subtype") == "Type3";
        let embedded = |one: &Dictionary| [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| one.has(key));
        let unicode = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream).ok();
        let unicode = unicode.and_then(|stream| stream.decompressed_content_with_limit(most).ok());
        let unicode = unicode.map(|bytes| Unicode::read(&bytes)).unwrap_or_default();
        let coding = match (descendant, name_of(font, b"Encoding").as_str()) {
            (None, _) => Coding::Byte,
            (_, name) if name.contains("UCS2") || name.contains("UTF16") => Coding::Ucs2,
            (_, name) if name.starts_with("GB") => Coding::Mixed,
            _ => Coding::Identity,
        };
        Self {
            name: name_of(font, b"BaseFont"),
            embedded: type3 || descriptor.is_some_and(embedded),
            readable: !unicode.is_empty() || coding != Coding::Identity,
            coding,
            unicode,
            widths: descendant.map_or_else(|| simple_widths(document, font), |font| cid_widths(document, font)),
            default_width: default_width(document, descendant, descriptor),
        }
    }

    /// The codes of a string.
    pub fn codes(&self, bytes: &[u8]) -> Vec<Code> {
        let mut codes = Vec::new();
        let mut rest = bytes;
        while let Some(first) = rest.first().copied() {
            let two = match self.coding {
                Coding::Byte => false,
                Coding::Identity | Coding::Ucs2 => true,
                Coding::Mixed => first > 0x80,
            };
            let second = rest.get(1).copied().filter(|_| two);
            let code = second.map_or(u32::from(first), |second| u32::from(first) << 8 | u32::from(second));
            rest = &rest[if second.is_some() { 2 } else { 1 }..];
            let text = self.unicode.character(code).unwrap_or_else(|| self.guess(code, second.is_some()));
            codes.push(Code { text, width: self.width(code), blank: second.is_none() && code == 32 });
        }
        codes
    }

    fn guess(&self, code: u32, two: bool) -> char {
        match self.coding {
            Coding::Byte | Coding::Ucs2 => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
            Coding::Mixed if two => SOME_CHINESE,
            Coding::Mixed => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
            Coding::Identity => char::REPLACEMENT_CHARACTER,
        }
    }

    fn width(&self, code: u32) -> f64 {
        let range = self.widths.range(..=code).next_back().filter(|(_, (last, _))| code <= *last);
        range.map_or(self.default_width, |(_, (_, width))| *width) / UNIT
    }
}

/// A name; programs write Chinese ones as UTF-8, or as GBK, of which only ASCII is kept.
fn decoded(name: &[u8]) -> String {
    String::from_utf8(name.to_vec())
        .unwrap_or_else(|_| name.iter().filter(|byte| byte.is_ascii_graphic()).map(|byte| char::from(*byte)).collect())
}

fn default_width(document: &Document, descendant: Option<&Dictionary>, descriptor: Option<&Dictionary>) -> f64 {
    let of = |dictionary: Option<&Dictionary>, key: &[u8]| {
        dictionary.and_then(|one| one.get_deref(key, document).ok()).and_then(number)
    };
    match descendant {
        Some(_) => of(descendant, b"DW").unwrap_or(UNIT),
        // The fonts that every reader has say no width: half a square is near enough for what is measured.
        None => of(descriptor, b"MissingWidth").filter(|width| *width > 0.0).unwrap_or(UNIT / 2.0),
    }
}

fn simple_widths(document: &Document, font: &Dictionary) -> BTreeMap<u32, (u32, f64)> {
    let first = font.get_deref(b"FirstChar", document).ok().and_then(|first| first.as_i64().ok()).unwrap_or_default();
    let first = u32::try_from(first).unwrap_or_default();
    let Ok(list) = font.get_deref(b"Widths", document).and_then(Object::as_array) else { return BTreeMap::new() };
    let widths = list.iter().take(MOST_WIDTHS).filter_map(|one| number(document.dereference(one).ok()?.1));
    (first..).zip(widths).map(|(code, width)| (code, (code, width))).collect()
}

/// The table of a composite font: `first [w w w]` or `first last w` (ISO 32000 9.7.4.3).
fn cid_widths(document: &Document, font: &Dictionary) -> BTreeMap<u32, (u32, f64)> {
    let mut widths = BTreeMap::new();
    let Ok(list) = font.get_deref(b"W", document).and_then(Object::as_array) else { return widths };
    let mut items = list.iter().filter_map(|one| Some(document.dereference(one).ok()?.1));
    let code = |object: &Object| object.as_i64().ok().and_then(|code| u32::try_from(code).ok());
    while let (Some(first), Some(next)) = (items.next().and_then(code), items.next()) {
        if let Ok(listed) = next.as_array() {
            let listed = listed.iter().filter_map(number).take(MOST_WIDTHS - widths.len().min(MOST_WIDTHS));
            widths.extend((first..).zip(listed).map(|(code, width)| (code, (code, width))));
        } else if let (Some(last), Some(width)) = (code(next), items.next().and_then(number)) {
            widths.insert(first, (last, width));
        }
        if widths.len() >= MOST_WIDTHS {
            break;
        }
    }
    widths
}
