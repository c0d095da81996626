//! Adding a signature: a signature dictionary, a clickable widget, and a place for the CMS that the digest leaves out.

use std::collections::BTreeMap;
use std::ops::Range;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use sha2::Digest;

use super::increment::{Increment, write_object};
use super::{PdfSignature, Rect};
use crate::{Algorithm, Error, Result, Sha256, Signer, cms, time};

/// Bytes kept free for the CMS: about 1.5 KB are used, more with long names.
const RESERVED: usize = 8192;
/// Bytes that one stream of objects may unpack to; more is an attack.
const UNPACKED_MAXIMUM: usize = 64 << 20;
const BYTE_RANGE: &[u8] = b"/ByteRange[0 0000000000 0000000000 0000000000]";
const CONTENTS: &[u8] = b"/Contents<";
/// Annotation flags (ISO 32000-1, 12.5.3): print and locked.
const PRINT_AND_LOCKED: i64 = 132;
/// Signature flags (12.7.2): signatures exist, append only.
const SIGNED_APPEND_ONLY: i64 = 3;

/// Signs a PDF: gives the same bytes with the signature appended.
///
/// # Errors
/// [`Error::PdfUnreadable`], [`Error::PdfTruncated`], [`Error::PdfEncrypted`], [`Error::PdfPageMissing`],
/// [`Error::PdfFieldTaken`], [`Error::CertificateNotInForce`], [`Error::TimeOutOfRange`], [`Error::PdfNeedsP256`].
pub fn sign(pdf: &[u8], signer: &Signer, signature: &PdfSignature) -> Result<Vec<u8>> {
    if signer.algorithm() != Algorithm::P256 {
        return Err(Error::PdfNeedsP256 { name: signer.certificate().person().name });
    }
    cms::check_in_force(signer, signature.time)?;
    let document = load(pdf)?;
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let page = *pages
        .get(signature.page_index)
        .ok_or(Error::PdfPageMissing { page: signature.page_index, pages: pages.len() })?;
    let mut update = Update { document: &document, changed: BTreeMap::new() };
    let mut increment = Increment::new(pdf, &document);
    let (value, widget, appearance) = (increment.reserve(), increment.reserve(), increment.reserve());
    update.add_field(&signature.field_name, widget)?;
    update.append(page, b"Annots", widget)?;
    for (id, object) in &update.changed {
        increment.put(*id, object);
    }
    let shown = match &signature.appearance {
        Some(page) => super::appearance::import(page, &mut increment)?,
        None => empty_appearance(signature.rect),
    };
    increment.put(appearance, &shown.into());
    increment.put(widget, &field(signature, page, value, appearance).into());
    increment.put_written(value, dictionary(signature, signer)?);
    let appended = increment.append()?;
    let body = appended.bodies[&value];
    fill(appended.bytes, body, signer)
}

/// Parses a PDF that is whole and not encrypted.
pub(super) fn load(pdf: &[u8]) -> Result<Document> {
    let unreadable = |detail: String| Error::PdfUnreadable { detail };
    if !pdf.starts_with(b"%PDF-") {
        return Err(unreadable("does not begin with %PDF-".to_owned()));
    }
    if !pdf.trim_ascii_end().ends_with(b"%%EOF") {
        return Err(Error::PdfTruncated { found: pdf.len() });
    }
    let document = pdfread::open(pdf, UNPACKED_MAXIMUM).map_err(|e| unreadable(e.to_string()))?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(Error::PdfEncrypted {});
    }
    Ok(document)
}

/// Objects of a PDF that change because a signature is added.
struct Update<'a> {
    document: &'a Document,
    changed: BTreeMap<ObjectId, Object>,
}

impl Update<'_> {
    fn object(&self, id: ObjectId) -> Result<Object> {
        let found = self.changed.get(&id).map_or_else(|| self.document.get_object(id), Ok);
        found.cloned().map_err(|e| Error::PdfUnreadable { detail: e.to_string() })
    }

    fn dictionary(&self, id: ObjectId) -> Result<Dictionary> {
        match self.object(id)? {
            Object::Dictionary(dictionary) => Ok(dictionary),
            _ => Err(Error::PdfUnreadable { detail: format!("object {} is no dictionary", id.0) }),
        }
    }

    /// Adds `item` to the array under `key` of dictionary `holder`; the array may stand elsewhere.
    fn append(&mut self, holder: ObjectId, key: &[u8], item: ObjectId) -> Result<()> {
        let mut dictionary = self.dictionary(holder)?;
        if let Ok(Object::Reference(id)) = dictionary.get(key) {
            let id = *id;
            let Object::Array(mut items) = self.object(id)? else {
                return Err(Error::PdfUnreadable { detail: format!("object {} is no array", id.0) });
            };
            items.push(Object::Reference(item));
            self.changed.insert(id, Object::Array(items));
            return Ok(());
        }
        push(&mut dictionary, key, item);
        self.changed.insert(holder, Object::Dictionary(dictionary));
        Ok(())
    }

    /// Adds the field to the form (12.7), which is made when there is none.
    fn add_field(&mut self, name: &str, widget: ObjectId) -> Result<()> {
        if field_names(self.document).values().any(|taken| taken == name) {
            return Err(Error::PdfFieldTaken { field: name.to_owned() });
        }
        let root = self.document.trailer.get(b"Root").and_then(Object::as_reference);
        let root = root.map_err(|e| Error::PdfUnreadable { detail: e.to_string() })?;
        let mut catalog = self.dictionary(root)?;
        match catalog.get(b"AcroForm") {
            Ok(Object::Reference(form)) => {
                let form = *form;
                let mut dictionary = self.dictionary(form)?;
                dictionary.set("SigFlags", SIGNED_APPEND_ONLY);
                self.changed.insert(form, dictionary.into());
                self.append(form, b"Fields", widget)
            }
            Ok(Object::Dictionary(form)) if matches!(form.get(b"Fields"), Ok(Object::Reference(_))) => {
                let fields = form.get(b"Fields").and_then(Object::as_reference);
                let fields = fields.map_err(|e| Error::PdfUnreadable { detail: e.to_string() })?;
                let Object::Array(mut items) = self.object(fields)? else {
                    return Err(Error::PdfUnreadable { detail: "fields are no array".to_owned() });
                };
                items.push(Object::Reference(widget));
                self.changed.insert(fields, Object::Array(items));
                Ok(())
            }
            form => {
                let mut form = form.and_then(Object::as_dict).cloned().unwrap_or_default();
                form.set("SigFlags", SIGNED_APPEND_ONLY);
                push(&mut form, b"Fields", widget);
                catalog.set("AcroForm", form);
                self.changed.insert(root, catalog.into());
                Ok(())
            }
        }
    }
}

fn push(dictionary: &mut Dictionary, key: &[u8], item: ObjectId) {
    let mut items = dictionary.get(key).and_then(Object::as_array).cloned().unwrap_or_default();
    items.push(Object::Reference(item));
    dictionary.set(key, items);
}

/// Full names of the form's fields without kids, by object.
pub(super) fn field_names(document: &Document) -> BTreeMap<ObjectId, String> {
    let mut names = BTreeMap::new();
    let form = document.catalog().and_then(|catalog| document.get_dict_in_dict(catalog, b"AcroForm"));
    let fields = form.and_then(|form| form.get(b"Fields")).and_then(|fields| document.dereference(fields));
    let top = fields.ok().and_then(|(_, fields)| fields.as_array().ok()).cloned().unwrap_or_default();
    let mut open: Vec<(Object, String)> = top.into_iter().map(|field| (field, String::new())).collect();
    while let Some((field, parent)) = open.pop() {
        let Ok(id) = field.as_reference() else { continue };
        let Ok(dictionary) = document.get_dictionary(id) else { continue };
        let own = dictionary.get(b"T").and_then(Object::as_str).map(text).unwrap_or_default();
        let name = if parent.is_empty() { own } else { format!("{parent}.{own}") };
        // A field met twice is a loop.
        if names.insert(id, name.clone()).is_none()
            && let Ok(kids) = dictionary.get(b"Kids").and_then(Object::as_array)
        {
            open.extend(kids.iter().map(|kid| (kid.clone(), name.clone())));
        }
    }
    names
}

/// Text of a PDF string (7.9.2.2): UTF-16 with its mark, or one byte a character.
pub(super) fn text(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(wide) => {
            let units: Vec<u16> = wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        None => bytes.iter().copied().map(char::from).collect(),
    }
}

fn utf16(text: &str) -> Object {
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// An appearance that draws nothing.
fn empty_appearance(rect: Rect) -> Stream {
    let size = vec![0.into(), 0.into(), (rect.right - rect.left).into(), (rect.top - rect.bottom).into()];
    let form = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "BBox" => size, "Resources" => Dictionary::new(),
    };
    Stream::new(form, Vec::new())
}

/// The field and its widget in one dictionary (12.5.6.19).
fn field(signature: &PdfSignature, page: ObjectId, value: ObjectId, appearance: ObjectId) -> Dictionary {
    let rect = signature.rect;
    dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "FT" => "Sig",
        "T" => utf16(&signature.field_name),
        "F" => PRINT_AND_LOCKED,
        "Rect" => vec![rect.left.into(), rect.bottom.into(), rect.right.into(), rect.top.into()],
        "P" => page,
        "V" => value,
        "AP" => dictionary! { "N" => appearance },
    }
}

/// The signature dictionary (12.8.1), written out by hand because its places are filled in later.
fn dictionary(signature: &PdfSignature, signer: &Signer) -> Result<Vec<u8>> {
    let when = time::date(signature.time)?;
    let (year, month, day) = (when.year(), when.month(), when.day());
    let (hour, minute, second) = (when.hour(), when.minutes(), when.seconds());
    let mut bytes = b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached".to_vec();
    bytes.extend(format!("/M(D:{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}Z)").bytes());
    let name = signer.certificate().person().name;
    for (key, value) in [("/Name", &name), ("/Reason", &signature.reason), ("/Location", &signature.location)] {
        if !value.is_empty() {
            bytes.extend(key.bytes());
            write_object(&utf16(value), &mut bytes);
        }
    }
    bytes.extend(BYTE_RANGE);
    bytes.extend(CONTENTS);
    bytes.resize(bytes.len() + 2 * RESERVED, b'0');
    bytes.extend(b">>>");
    Ok(bytes)
}

/// Fills in the byte range, hashes what it covers, and fills in the CMS.
fn fill(mut pdf: Vec<u8>, body: usize, signer: &Signer) -> Result<Vec<u8>> {
    let find = |mark: &[u8]| pdf[body..].windows(mark.len()).position(|window| window == mark).map(|at| body + at);
    let places = find(BYTE_RANGE).zip(find(CONTENTS));
    let (range, contents) = places.ok_or_else(|| Error::encoding("signature dictionary", "places not found"))?;
    let gap = contents + CONTENTS.len() - 1..contents + CONTENTS.len() + 2 * RESERVED + 1;
    let (start, end, rest) = (gap.start, gap.end, pdf.len() - gap.end);
    let text = format!("/ByteRange[0 {start:010} {end:010} {rest:010}]");
    pdf[range..range + BYTE_RANGE.len()].copy_from_slice(text.as_bytes());
    let cms = cms::sign_digest(&digest(&pdf, &gap), signer)?;
    if cms.len() > RESERVED {
        return Err(Error::encoding("signature", format!("{} bytes, {RESERVED} reserved", cms.len())));
    }
    let hex: String = cms.iter().map(|byte| format!("{byte:02x}")).collect();
    pdf[start + 1..start + 1 + hex.len()].copy_from_slice(hex.as_bytes());
    Ok(pdf)
}

/// SHA-256 of everything but the gap.
pub(super) fn digest(pdf: &[u8], gap: &Range<usize>) -> Sha256 {
    let mut hasher = sha2::Sha256::new();
    hasher.update(&pdf[..gap.start]);
    hasher.update(&pdf[gap.end..]);
    Sha256::from_bytes(hasher.finalize().into())
}
