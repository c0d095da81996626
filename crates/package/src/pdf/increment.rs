//! An incremental update (ISO 32000-1, 7.5.6): new and changed objects behind a PDF that stays as it is, byte for byte.

use std::collections::BTreeMap;

use lopdf::xref::XrefType;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use crate::{Error, Result};

/// Objects to append to a PDF.
pub(super) struct Increment<'a> {
    original: &'a [u8],
    document: &'a Document,
    objects: BTreeMap<ObjectId, Vec<u8>>,
    next: u32,
}

/// The longer PDF and where the body of each appended object begins.
pub(super) struct Appended {
    pub(super) bytes: Vec<u8>,
    pub(super) bodies: BTreeMap<ObjectId, usize>,
}

impl<'a> Increment<'a> {
    pub(super) fn new(original: &'a [u8], document: &'a Document) -> Self {
        let size = document.trailer.get(b"Size").and_then(Object::as_i64).unwrap_or(0);
        let next = u32::try_from(size).unwrap_or(0).max(document.max_id.saturating_add(1));
        Self { original, document, objects: BTreeMap::new(), next }
    }

    /// A number for a new object.
    pub(super) fn reserve(&mut self) -> ObjectId {
        let id = (self.next, 0);
        self.next += 1;
        id
    }

    /// Adds or replaces an object.
    pub(super) fn put(&mut self, id: ObjectId, object: &Object) {
        let mut bytes = Vec::new();
        write_object(object, &mut bytes);
        self.objects.insert(id, bytes);
    }

    /// Adds an object that is already written out.
    pub(super) fn put_written(&mut self, id: ObjectId, bytes: Vec<u8>) {
        self.objects.insert(id, bytes);
    }

    /// Appends everything, with a cross-reference of the kind that the PDF already has.
    pub(super) fn append(mut self) -> Result<Appended> {
        let previous = start_of_cross_reference(self.original)
            .ok_or_else(|| Error::PdfUnreadable { detail: "no startxref".to_owned() })?;
        let streamed = matches!(self.document.reference_table.cross_reference_type, XrefType::CrossReferenceStream);
        let stream_id = if streamed { Some(self.reserve()) } else { None };
        let mut bytes = self.original.to_vec();
        if bytes.last() != Some(&b'\n') {
            bytes.push(b'\n');
        }
        let (mut offsets, mut bodies) = (BTreeMap::new(), BTreeMap::new());
        for (id, body) in &self.objects {
            offsets.insert(*id, bytes.len());
            bytes.extend(format!("{} {} obj\n", id.0, id.1).bytes());
            bodies.insert(*id, bytes.len());
            bytes.extend(body);
            bytes.extend(b"\nendobj\n");
        }
        let start = bytes.len();
        let mut trailer = dictionary! { "Size" => i64::from(self.next), "Prev" => previous };
        for key in [b"Root".as_slice(), b"Info", b"ID"] {
            if let Ok(value) = self.document.trailer.get(key) {
                trailer.set(key, value.clone());
            }
        }
        if let Some(id) = stream_id {
            offsets.insert(id, start);
            bytes.extend(format!("{} 0 obj\n", id.0).bytes());
            write_object(&reference_stream(&offsets, trailer)?.into(), &mut bytes);
            bytes.extend(b"\nendobj\n");
        } else {
            write_table(&offsets, &mut bytes);
            bytes.extend(b"trailer\n");
            write_object(&trailer.into(), &mut bytes);
            bytes.push(b'\n');
        }
        bytes.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
        Ok(Appended { bytes, bodies })
    }
}

/// The number behind the last `startxref`.
fn start_of_cross_reference(pdf: &[u8]) -> Option<i64> {
    let mark = b"startxref";
    let at = pdf.windows(mark.len()).rposition(|window| window == mark)? + mark.len();
    let text = std::str::from_utf8(pdf.get(at..pdf.len().min(at + 40))?).ok()?;
    text.split_whitespace().next()?.parse().ok()
}

/// Runs of objects with consecutive numbers: the first number, and the entries.
fn runs(offsets: &BTreeMap<ObjectId, usize>) -> Vec<(u32, Vec<(usize, u16)>)> {
    let mut runs: Vec<(u32, Vec<(usize, u16)>)> = Vec::new();
    for (&(number, generation), &offset) in offsets {
        match runs.last_mut() {
            Some((first, entries)) if u64::from(*first) + entries.len() as u64 == u64::from(number) => {
                entries.push((offset, generation));
            }
            _ => runs.push((number, vec![(offset, generation)])),
        }
    }
    runs
}

/// A cross-reference table (7.5.4).
fn write_table(offsets: &BTreeMap<ObjectId, usize>, bytes: &mut Vec<u8>) {
    bytes.extend(b"xref\n");
    for (first, entries) in runs(offsets) {
        bytes.extend(format!("{first} {}\n", entries.len()).bytes());
        for (offset, generation) in entries {
            bytes.extend(format!("{offset:010} {generation:05} n \n").bytes());
        }
    }
}

/// A cross-reference stream (7.5.8): kind in one byte, offset in eight, generation in two.
fn reference_stream(offsets: &BTreeMap<ObjectId, usize>, mut trailer: Dictionary) -> Result<Stream> {
    let (mut index, mut content) = (Vec::new(), Vec::new());
    for (first, entries) in runs(offsets) {
        let count = i64::try_from(entries.len()).map_err(|e| Error::encoding("cross-reference", e))?;
        index.extend([Object::Integer(i64::from(first)), Object::Integer(count)]);
        for (offset, generation) in entries {
            content.push(1);
            content.extend((offset as u64).to_be_bytes());
            content.extend(generation.to_be_bytes());
        }
    }
    trailer.set("Type", "XRef");
    trailer.set("Index", index);
    trailer.set("W", vec![1.into(), 8.into(), 2.into()]);
    Ok(Stream::new(trailer, content))
}

/// Writes an object (7.3); strings in hexadecimal.
pub(super) fn write_object(object: &Object, bytes: &mut Vec<u8>) {
    match object {
        Object::Null => bytes.extend(b"null"),
        Object::Boolean(value) => bytes.extend(value.to_string().bytes()),
        Object::Integer(value) => bytes.extend(value.to_string().bytes()),
        Object::Real(value) => bytes.extend(value.to_string().bytes()),
        Object::Name(name) => write_name(name, bytes),
        Object::String(text, _) => {
            bytes.push(b'<');
            text.iter().for_each(|byte| bytes.extend(format!("{byte:02X}").bytes()));
            bytes.push(b'>');
        }
        Object::Array(items) => {
            bytes.push(b'[');
            for item in items {
                write_object(item, bytes);
                bytes.push(b' ');
            }
            bytes.push(b']');
        }
        Object::Dictionary(dictionary) => write_dictionary(dictionary, bytes),
        Object::Reference((number, generation)) => bytes.extend(format!("{number} {generation} R").bytes()),
        Object::Stream(stream) => {
            write_dictionary(&stream.dict, bytes);
            bytes.extend(b"\nstream\n");
            bytes.extend(&stream.content);
            bytes.extend(b"\nendstream");
        }
    }
}

fn write_dictionary(dictionary: &Dictionary, bytes: &mut Vec<u8>) {
    bytes.extend(b"<<");
    for (key, value) in dictionary {
        write_name(key, bytes);
        bytes.push(b' ');
        write_object(value, bytes);
        bytes.push(b'\n');
    }
    bytes.extend(b">>");
}

fn write_name(name: &[u8], bytes: &mut Vec<u8>) {
    bytes.push(b'/');
    for &byte in name {
        if byte.is_ascii_alphanumeric() || b"-_.+".contains(&byte) {
            bytes.push(byte);
        } else {
            bytes.extend(format!("#{byte:02X}").bytes());
        }
    }
}
