//! What the PDF library leaves wrong, put right on the finished objects, and the bytes.
//!
//! The library writes header 1.3, a counter as /ID, /PageMode as a string, an empty GTS_PDFXVersion, dates, and flat
//! bookmarks sorted by name. Here the same content always gives the same bytes.

use std::collections::BTreeMap;

use document::{Enclosed, Size};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat};
use sha2::{Digest, Sha256};

use crate::{
    Error, SignatureArea,
    page::Bookmark,
    pdf::{About, Content},
};

const PRODUCER: &str = "Hengjian";

/// Repairs the document, adds its bookmarks and writes it.
pub(crate) fn finish(mut document: Document, content: &Content<'_>) -> Result<Vec<u8>, Error> {
    document.version = "1.7".to_owned();
    let catalog = root(&document, b"Root")?;
    let info = root(&document, b"Info")?;
    document.objects.insert(info, Object::Dictionary(information(&content.about)));
    let outline = outline(&mut document, content.bookmarks, content.paper);
    let files = enclose(&mut document, content.enclosed);
    let catalog = document.get_object_mut(catalog).and_then(Object::as_dict_mut).map_err(unwritable)?;
    for entry in [&b"Metadata"[..], b"OutputIntents", b"PageLayout", b"OCProperties", b"Outlines"] {
        catalog.remove(entry);
    }
    catalog.set("Lang", Object::string_literal("zh-CN"));
    let mut preferences = Dictionary::new();
    preferences.set("DisplayDocTitle", true);
    catalog.set("ViewerPreferences", preferences);
    let mode: &[u8] = if outline.is_some() { b"UseOutlines" } else { b"UseNone" };
    catalog.set("PageMode", Object::Name(mode.to_vec()));
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
    }
    if let Some((names, files)) = files {
        catalog.set("Names", names);
        catalog.set("AF", files);
    }
    if !content.signature_areas.is_empty() {
        catalog.set("HengjianSignaturePlaces", signature_places(content.signature_areas));
    }
    drop_empty_annotations(&mut document);
    document.trailer.remove(b"ID");
    document.prune_objects();
    document.renumber_objects();
    document.compress();
    write_with_identity(document)
}

/// The identity is a digest of the bytes without it.
fn write_with_identity(mut document: Document) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    document.clone().save_to(&mut bytes).map_err(unwritable)?;
    let digest = Sha256::digest(&bytes);
    let identity = Object::String(digest.as_slice()[..16].to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![identity.clone(), identity]);
    bytes.clear();
    document.save_to(&mut bytes).map_err(unwritable)?;
    Ok(bytes)
}

fn root(document: &Document, key: &[u8]) -> Result<ObjectId, Error> {
    document.trailer.get(key).and_then(Object::as_reference).map_err(unwritable)
}

fn unwritable(error: impl ToString) -> Error {
    Error::PdfUnwritable { reason: error.to_string() }
}

fn information(about: &About<'_>) -> Dictionary {
    let mut info = Dictionary::new();
    info.set("Title", utf16(about.title));
    if !about.author.is_empty() {
        info.set("Author", utf16(about.author));
    }
    info.set("Creator", utf16(PRODUCER));
    info.set("Producer", utf16(PRODUCER));
    info
}

fn drop_empty_annotations(document: &mut Document) {
    for page in document.page_iter().collect::<Vec<_>>() {
        let Ok(page) = document.get_object_mut(page).and_then(Object::as_dict_mut) else {
            continue;
        };
        if page.get(b"Annots").and_then(Object::as_array).is_ok_and(Vec::is_empty) {
            page.remove(b"Annots");
        }
    }
}

/// Puts files inside: the name tree to find them by and the list of what they are for (ISO 32000-2, 7.11.4, 14.13).
fn enclose(document: &mut Document, enclosed: &[Enclosed]) -> Option<(Dictionary, Vec<Object>)> {
    let mut sorted: Vec<&Enclosed> = enclosed.iter().collect();
    sorted.sort_by_key(|file| &file.name);
    let (mut names, mut files) = (Vec::new(), Vec::new());
    for file in sorted {
        let mut about = Dictionary::new();
        about.set("Size", i64::try_from(file.bytes.len()).unwrap_or(i64::MAX));
        let mut stream = Dictionary::new();
        stream.set("Type", Object::Name(b"EmbeddedFile".to_vec()));
        stream.set("Subtype", Object::Name(file.media_type.clone().into_bytes()));
        stream.set("Params", about);
        let content = document.add_object(Stream::new(stream, file.bytes.clone()));
        let mut contents = Dictionary::new();
        contents.set("F", content);
        contents.set("UF", content);
        let mut specification = Dictionary::new();
        specification.set("Type", Object::Name(b"Filespec".to_vec()));
        specification.set("F", Object::string_literal(file.name.as_str()));
        specification.set("UF", utf16(&file.name));
        specification.set("Desc", utf16(&file.description));
        specification.set("AFRelationship", Object::Name(b"Data".to_vec()));
        specification.set("EF", contents);
        let id = document.add_object(specification);
        names.extend([Object::string_literal(file.name.as_str()), id.into()]);
        files.push(id.into());
    }
    let mut tree = Dictionary::new();
    tree.set("Names", names);
    let mut list = Dictionary::new();
    list.set("EmbeddedFiles", tree);
    (!files.is_empty()).then_some((list, files))
}

/// Page and edges of each place for a signature, to be read by those who sign later.
#[allow(clippy::cast_possible_truncation)]
fn signature_places(areas: &[SignatureArea]) -> Vec<Object> {
    let place = |area: &SignatureArea| {
        let edges = [area.left, area.bottom, area.right, area.top].map(|edge| Object::Real(edge as f32));
        let page = i64::try_from(area.page_index).unwrap_or(i64::MAX);
        Object::Array(std::iter::once(page.into()).chain(edges).collect())
    };
    areas.iter().map(place).collect()
}

/// Text in the only encoding of PDF strings that holds every character.
fn utf16(text: &str) -> Object {
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// Writes the bookmarks as a tree by level, outermost shown, and returns the tree's root.
fn outline(document: &mut Document, bookmarks: &[Bookmark], paper: Size) -> Option<ObjectId> {
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let parents = parents(bookmarks);
    let tree = document.new_object_id();
    let ids: Vec<ObjectId> = bookmarks.iter().map(|_| document.new_object_id()).collect();
    let mut below: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (index, parent) in parents.iter().enumerate() {
        below.entry(*parent).or_default().push(index);
    }
    let children = |parent: Option<usize>| below.get(&parent).map_or(&[][..], Vec::as_slice);
    for siblings in below.values() {
        for (at, index) in siblings.iter().enumerate() {
            let bookmark = &bookmarks[*index];
            let mut item = Dictionary::new();
            item.set("Title", utf16(&bookmark.title));
            item.set("Parent", parents[*index].map_or(tree, |parent| ids[parent]));
            item.set("Dest", destination(pages.get(bookmark.page)?, paper.height - bookmark.y));
            if at > 0 {
                item.set("Prev", ids[siblings[at - 1]]);
            }
            if let Some(next) = siblings.get(at + 1) {
                item.set("Next", ids[*next]);
            }
            set_children(&mut item, children(Some(*index)), &ids, -1);
            document.objects.insert(ids[*index], Object::Dictionary(item));
        }
    }
    let mut root = Dictionary::new();
    root.set("Type", Object::Name(b"Outlines".to_vec()));
    let top = children(None);
    if top.is_empty() {
        return None;
    }
    set_children(&mut root, top, &ids, 1);
    document.objects.insert(tree, Object::Dictionary(root));
    Some(tree)
}

/// `sign` is −1 for an item that is shown closed.
fn set_children(item: &mut Dictionary, children: &[usize], ids: &[ObjectId], sign: i64) {
    if let ([first, ..], [.., last]) = (children, children) {
        item.set("First", ids[*first]);
        item.set("Last", ids[*last]);
        item.set("Count", sign * i64::try_from(children.len()).unwrap_or(i64::MAX));
    }
}

#[allow(clippy::cast_possible_truncation)]
fn destination(page: &ObjectId, y: f64) -> Object {
    let top = Object::Real(y.round() as f32);
    Object::Array(vec![(*page).into(), Object::Name(b"XYZ".to_vec()), Object::Null, top, Object::Null])
}

/// For each bookmark the one above it in the tree: the nearest before it with a lower level.
fn parents(bookmarks: &[Bookmark]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::new();
    for (index, bookmark) in bookmarks.iter().enumerate() {
        while open.last().is_some_and(|last| bookmarks[*last].level >= bookmark.level) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(index);
    }
    parents
}
