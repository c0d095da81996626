//! What is seen of a signature: the page of a small PDF, taken over as the appearance of the signature's field
//! (ISO 32000-1, 12.5.5).

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::increment::Increment;
use super::sign::load;
use crate::{Error, Result};

/// Most bytes that the page's drawing may unpack to.
const CONTENT_MAXIMUM: usize = 4 << 20;
/// Most objects that it may bring along.
const OBJECTS_MAXIMUM: usize = 1000;
/// Deepest nesting of arrays and dictionaries in one of them.
const DEEPEST: usize = 40;

/// Takes the first page of a PDF over: its fonts and pictures become new objects of the increment, and it the stream
/// that draws them.
pub(super) fn import(page_pdf: &[u8], increment: &mut Increment<'_>) -> Result<Stream> {
    let document = load(page_pdf)?;
    let unreadable = |error: lopdf::Error| Error::PdfUnreadable { detail: error.to_string() };
    let page = document.page_iter().next().ok_or(Error::PdfPageMissing { page: 0, pages: 0 })?;
    let dictionary = document.get_dictionary(page).map_err(unreadable)?;
    let content = document.get_page_content_with_limit(page, CONTENT_MAXIMUM).map_err(unreadable)?;
    let sheet = dictionary.get_deref(b"MediaBox", &document).and_then(Object::as_array).map_err(unreadable)?;
    let resources = dictionary.get_deref(b"Resources", &document).and_then(Object::as_dict).map_err(unreadable)?;
    let mut taken = Taken { document: &document, ids: BTreeMap::new(), open: Vec::new() };
    let resources = taken.dictionary(resources, increment, 0)?;
    taken.finish(increment)?;
    let form = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "BBox" => sheet.clone(), "Resources" => resources,
    };
    let mut stream = Stream::new(form, content);
    // Text that does not get shorter stays as it is.
    stream.compress().ok();
    Ok(stream)
}

/// Objects that are taken over, by their old numbers.
struct Taken<'a> {
    document: &'a Document,
    ids: BTreeMap<ObjectId, ObjectId>,
    open: Vec<ObjectId>,
}

impl Taken<'_> {
    /// Takes over everything that was referred to, and what that refers to.
    fn finish(mut self, increment: &mut Increment<'_>) -> Result<()> {
        while let Some(old) = self.open.pop() {
            let object = self.document.get_object(old).map_err(|e| Error::PdfUnreadable { detail: e.to_string() })?;
            let object = self.object(object, increment, 0)?;
            increment.put(self.ids[&old], &object);
        }
        Ok(())
    }

    fn object(&mut self, object: &Object, increment: &mut Increment<'_>, deep: usize) -> Result<Object> {
        let too_much = |detail: &str| Err(Error::PdfUnreadable { detail: detail.to_owned() });
        if deep > DEEPEST {
            return too_much("an appearance that is nested too deep");
        }
        Ok(match object {
            Object::Reference(old) => match self.ids.get(old) {
                Some(new) => Object::Reference(*new),
                None if self.ids.len() == OBJECTS_MAXIMUM => return too_much("an appearance of too many objects"),
                None => {
                    let new = increment.reserve();
                    self.ids.insert(*old, new);
                    self.open.push(*old);
                    Object::Reference(new)
                }
            },
            Object::Array(items) => {
                Object::Array(items.iter().map(|item| self.object(item, increment, deep + 1)).collect::<Result<_>>()?)
            }
            Object::Dictionary(dictionary) => self.dictionary(dictionary, increment, deep + 1)?.into(),
            Object::Stream(stream) => {
                let mut dictionary = self.dictionary(&stream.dict, increment, deep + 1)?;
                dictionary.set("Length", i64::try_from(stream.content.len()).unwrap_or(i64::MAX));
                let mut copy = stream.clone();
                copy.dict = dictionary;
                copy.into()
            }
            other => other.clone(),
        })
    }

    fn dictionary(&mut self, old: &Dictionary, increment: &mut Increment<'_>, deep: usize) -> Result<Dictionary> {
        let mut new = Dictionary::new();
        for (key, value) in old {
            new.set(key.clone(), self.object(value, increment, deep + 1)?);
        }
        Ok(new)
    }
}
