//! What a PDF of ours carries inside: files to recompute it from, and places for signatures.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object};

use super::Rect;
use super::sign::{field_names, load};
use crate::Result;

/// Most files that are read, and most bytes that one may unpack to.
const FILES_MAXIMUM: usize = 32;
const FILE_MAXIMUM: usize = 16 << 20;
/// Most places for signatures.
const PLACES_MAXIMUM: usize = 64;
/// Pages are smaller than this (ISO 32000-1, annex C), in points.
const LENGTH_MAXIMUM: f32 = 14_400.0;

/// A place on a page for a visible signature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Zero-based page.
    pub page_index: usize,
    /// Where on it.
    pub rect: Rect,
}

/// The files inside a PDF that are its data (`/AFRelationship /Data`), by name. A file that is damaged or too large is
/// empty, and so are two of one name.
///
/// # Errors
/// [`crate::Error::PdfUnreadable`], [`crate::Error::PdfTruncated`], [`crate::Error::PdfEncrypted`].
pub fn enclosed(pdf: &[u8]) -> Result<BTreeMap<String, Vec<u8>>> {
    let document = load(pdf)?;
    let listed = document.catalog().and_then(|catalog| catalog.get_deref(b"AF", &document)).and_then(Object::as_array);
    let Ok(listed) = listed else { return Ok(BTreeMap::new()) };
    let mut files = BTreeMap::new();
    for item in listed.iter().take(FILES_MAXIMUM) {
        let Ok(specification) = document.dereference(item).and_then(|(_, object)| object.as_dict()) else { continue };
        let relationship = specification.get_deref(b"AFRelationship", &document).and_then(Object::as_name);
        if relationship.is_ok_and(|name| name == b"Data")
            && let Some((name, content)) = file(&document, specification)
        {
            let twice = files.contains_key(&name);
            files.insert(name, content.ok().filter(|_| !twice).unwrap_or_default());
        }
    }
    Ok(files)
}

/// Name and content of a file specification.
fn file(document: &Document, specification: &Dictionary) -> Option<(String, lopdf::Result<Vec<u8>>)> {
    let name = specification.get_deref(b"F", document).and_then(Object::as_str).ok()?;
    let contents = specification.get_deref(b"EF", document).and_then(Object::as_dict).ok()?;
    let stream = contents.get_deref(b"F", document).and_then(Object::as_stream).ok()?;
    let content = match stream.dict.has(b"Filter") {
        true => stream.decompressed_content_with_limit(FILE_MAXIMUM),
        false => Ok(stream.content.clone()),
    };
    Some((super::sign::text(name), content))
}

/// The first place for a signature that none takes yet; none in PDFs that name no places.
///
/// # Errors
/// [`crate::Error::PdfUnreadable`], [`crate::Error::PdfTruncated`], [`crate::Error::PdfEncrypted`].
pub fn next_place(pdf: &[u8]) -> Result<Option<Place>> {
    let document = load(pdf)?;
    let pages: Vec<_> = document.page_iter().collect();
    let taken = |place: &Place| {
        let page = pages.get(place.page_index)?;
        let widgets = document.get_page_annotations(*page).unwrap_or_default();
        let mut rects = widgets.iter().filter_map(|widget| rect(widget.get_deref(b"Rect", &document).ok()?));
        Some(rects.any(|rect| overlap(rect, place.rect)))
    };
    Ok(places(&document).into_iter().find(|place| taken(place) == Some(false)))
}

/// The places for signatures that a PDF names.
pub(super) fn places(document: &Document) -> Vec<Place> {
    let listed = document.catalog().and_then(|catalog| catalog.get_deref(b"HengjianSignaturePlaces", document));
    let listed = listed.and_then(Object::as_array).map(Vec::as_slice).unwrap_or_default();
    listed.iter().take(PLACES_MAXIMUM).filter_map(place).collect()
}

/// A name for a further signature's field.
///
/// # Errors
/// [`crate::Error::PdfUnreadable`], [`crate::Error::PdfTruncated`], [`crate::Error::PdfEncrypted`].
pub fn next_field(pdf: &[u8]) -> Result<String> {
    let names = field_names(&load(pdf)?);
    let named = |number: &usize| format!("签名{number}");
    let free = (1..=names.len() + 1).find(|number| !names.values().any(|name| *name == named(number)));
    Ok(named(&free.unwrap_or(names.len() + 1)))
}

fn place(listed: &Object) -> Option<Place> {
    let [page, edges @ ..] = listed.as_array().ok()?.as_slice() else { return None };
    let page_index = usize::try_from(page.as_i64().ok()?).ok()?;
    Some(Place { page_index, rect: rect(&Object::Array(edges.to_vec()))? })
}

/// A rectangle with an area, of sane numbers.
pub(super) fn rect(edges: &Object) -> Option<Rect> {
    let edges: Option<Vec<f32>> = edges.as_array().ok()?.iter().map(|edge| edge.as_float().ok()).collect();
    let [left, bottom, right, top] = edges?.try_into().ok()?;
    let sane = [left, bottom, right, top].iter().all(|edge| edge.is_finite() && edge.abs() <= LENGTH_MAXIMUM);
    (sane && left < right && bottom < top).then_some(Rect { left, bottom, right, top })
}

/// Whether one rectangle lies in another, but for what rounding does.
pub(super) fn is_within(inner: Rect, outer: Rect) -> bool {
    const ROUNDING: f32 = 0.5;
    let across = inner.left >= outer.left - ROUNDING && inner.right <= outer.right + ROUNDING;
    across && inner.bottom >= outer.bottom - ROUNDING && inner.top <= outer.top + ROUNDING
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.left < b.right && b.left < a.right && a.bottom < b.top && b.bottom < a.top
}
