//! Judging the signatures of a PDF.
//!
//! Signatures are looked for twice: as bytes (every `/ByteRange`) and as objects (every signature dictionary). What one
//! way finds and the other does not is altered. Damage therefore cannot make a signature disappear silently.

use std::collections::BTreeMap;
use std::ops::Range;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::inside::{is_within, places, rect};
use super::sign::{digest, field_names, load, text};
use super::{PdfSignatureReport, PdfState};
use crate::{Error, Result, cms, time};

/// Judges every signature of a PDF, in the order in which they were made; none gives an empty list.
///
/// # Errors
/// [`Error::PdfUnreadable`], [`Error::PdfTruncated`] and [`Error::PdfEncrypted`] when there is no signature to judge
/// and the file is no sound PDF either.
pub fn verify(pdf: &[u8]) -> Result<Vec<PdfSignatureReport>> {
    let ranges = byte_ranges(pdf);
    let document = match load(pdf) {
        Ok(document) => document,
        Err(error) if ranges.is_empty() => return Err(error),
        Err(error) => return Ok(ranges.iter().map(|range| judge_unparsed(pdf, range, &error)).collect()),
    };
    let mut dictionaries = signature_dictionaries(&document);
    let names = field_names(&document);
    let mut judged = Vec::new();
    for range in &ranges {
        let own = dictionaries.iter().position(|(_, dictionary)| range.is_of(dictionary));
        let (id, dictionary) = own.map_or((None, Dictionary::new()), |at| {
            let (id, dictionary) = dictionaries.remove(at);
            (Some(id), dictionary)
        });
        let mut report = describe(&dictionary, id.and_then(|id| field_name(&document, &names, id)));
        judge(pdf, range, &dictionary, &mut report);
        judged.push((range.end(), report));
    }
    judged.sort_by_key(|(end, _)| *end);
    check_later(pdf, &document, &mut judged);
    let mut reports: Vec<PdfSignatureReport> = judged.into_iter().map(|(_, report)| report).collect();
    for (id, dictionary) in dictionaries {
        let mut report = describe(&dictionary, field_name(&document, &names, id));
        report.detail = "no byte range of its own".to_owned();
        reports.push(report);
    }
    Ok(reports)
}

/// The four numbers of a `/ByteRange`, and where it stands.
struct ByteRange {
    at: usize,
    numbers: [usize; 4],
}

impl ByteRange {
    fn end(&self) -> usize {
        self.numbers[2].saturating_add(self.numbers[3])
    }

    fn is_of(&self, dictionary: &Dictionary) -> bool {
        let Ok(items) = dictionary.get(b"ByteRange").and_then(Object::as_array) else { return false };
        let numbers = items.iter().map(|item| item.as_i64().ok().and_then(|n| usize::try_from(n).ok()));
        numbers.eq(self.numbers.iter().copied().map(Some))
    }

    /// The part that is not signed: exactly one hexadecimal string, the signature itself.
    fn gap(&self, pdf: &[u8]) -> std::result::Result<Range<usize>, (PdfState, &'static str)> {
        let [first, start, end, _] = self.numbers;
        if self.end() > pdf.len() {
            return Err((PdfState::Truncated, "the file ends before the signed part does"));
        }
        let altered = |detail| Err((PdfState::Altered, detail));
        if first != 0 || start >= end || end - start < 2 {
            return altered("the byte range does not begin at the beginning");
        }
        let inside = pdf[start] == b'<' && pdf[end - 1] == b'>';
        if !inside || !pdf[start + 1..end - 1].iter().all(u8::is_ascii_hexdigit) || (end - start) % 2 != 0 {
            return altered("the byte range leaves out more than the signature");
        }
        if self.at >= start || self.at < 5 {
            return altered("the byte range does not cover itself");
        }
        Ok(start..end)
    }
}

/// Every `/ByteRange [a b c d]` in the bytes.
fn byte_ranges(pdf: &[u8]) -> Vec<ByteRange> {
    let mark = b"/ByteRange";
    let places = pdf.windows(mark.len()).enumerate().filter(|(_, window)| window == mark).map(|(at, _)| at);
    let parsed = places.filter_map(|at| {
        let rest = pdf[at + mark.len()..].trim_ascii_start().strip_prefix(b"[")?;
        let inside = &rest[..rest.iter().take(200).position(|byte| *byte == b']')?];
        let numbers: Option<Vec<usize>> =
            std::str::from_utf8(inside).ok()?.split_ascii_whitespace().map(|number| number.parse().ok()).collect();
        Some(ByteRange { at, numbers: numbers?.try_into().ok()? })
    });
    parsed.collect()
}

/// Every signature dictionary: by its type, or as the value of a signature field.
fn signature_dictionaries(document: &Document) -> Vec<(ObjectId, Dictionary)> {
    let is_signature = |dictionary: &Dictionary| {
        let named = dictionary.get(b"Type").and_then(Object::as_name).is_ok_and(|name| name == b"Sig");
        named || dictionary.has(b"ByteRange") || (dictionary.has(b"SubFilter") && dictionary.has(b"Contents"))
    };
    let fields = document.objects.values().filter_map(|object| object.as_dict().ok());
    let fields = fields.filter(|field| field.get(b"FT").and_then(Object::as_name).is_ok_and(|kind| kind == b"Sig"));
    let values: Vec<ObjectId> = fields.filter_map(|field| field.get(b"V").ok()?.as_reference().ok()).collect();
    let found = document.objects.iter().filter_map(|(id, object)| {
        let dictionary = object.as_dict().ok()?;
        (is_signature(dictionary) || values.contains(id)).then(|| (*id, dictionary.clone()))
    });
    found.collect()
}

/// The name of the field whose value is `signature`.
fn field_name(document: &Document, names: &BTreeMap<ObjectId, String>, signature: ObjectId) -> Option<String> {
    let holds = |id: &ObjectId| {
        let value = document.get_dictionary(*id).and_then(|field| field.get(b"V")).and_then(Object::as_reference);
        value.is_ok_and(|value| value == signature)
    };
    names.iter().find(|(id, _)| holds(id)).map(|(_, name)| name.clone())
}

/// A report of what the signature says of itself, altered until judged otherwise.
fn describe(dictionary: &Dictionary, field_name: Option<String>) -> PdfSignatureReport {
    let said = |key: &[u8]| dictionary.get(key).and_then(Object::as_str).map(text).unwrap_or_default();
    PdfSignatureReport {
        field_name: field_name.unwrap_or_default(),
        state: PdfState::Altered,
        detail: String::new(),
        covers_whole_file: false,
        person: None,
        fingerprint: None,
        time: parse_date(&said(b"M")),
        in_force: false,
        reason: said(b"Reason"),
        location: said(b"Location"),
        certificate: None,
    }
}

fn judge_unparsed(pdf: &[u8], range: &ByteRange, error: &Error) -> PdfSignatureReport {
    let mut report = describe(&Dictionary::new(), None);
    report.detail = error.to_string();
    if matches!(range.gap(pdf), Err((PdfState::Truncated, _))) || matches!(error, Error::PdfTruncated { .. }) {
        report.state = PdfState::Truncated;
    }
    report
}

/// Checks the signature value itself.
fn judge(pdf: &[u8], range: &ByteRange, dictionary: &Dictionary, report: &mut PdfSignatureReport) {
    match fits(pdf, range, dictionary) {
        Ok(signed) => {
            report.time = signed.time.or(report.time);
            report.state = PdfState::Valid;
            report.person = Some(signed.certificate.person());
            report.fingerprint = Some(signed.certificate.fingerprint());
            report.in_force = report.time.is_some_and(|time| signed.certificate.in_force(time));
            report.certificate = Some(signed.certificate);
        }
        Err((state, detail)) => {
            report.state = state;
            report.detail = detail;
        }
    }
}

fn fits(
    pdf: &[u8],
    range: &ByteRange,
    dictionary: &Dictionary,
) -> std::result::Result<cms::Signed, (PdfState, String)> {
    let gap = range.gap(pdf).map_err(|(state, detail)| (state, detail.to_owned()))?;
    let altered = |detail: &str| (PdfState::Altered, detail.to_owned());
    let digits = &pdf[gap.start + 1..gap.end - 1];
    let bytes: Option<Vec<u8>> =
        digits.chunks_exact(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect();
    let bytes = bytes.ok_or_else(|| altered("the signature is not hexadecimal"))?;
    if dictionary.get(b"Contents").and_then(Object::as_str).ok() != Some(&bytes) {
        return Err(altered("the byte range belongs to no signature of this PDF"));
    }
    let length = der_length(&bytes).filter(|length| *length <= bytes.len());
    let (der, padding) = bytes.split_at(length.ok_or_else(|| altered("the signature is cut"))?);
    if padding.iter().any(|byte| *byte != 0) {
        return Err(altered("something stands behind the signature"));
    }
    cms::verify_digest(der, &digest(&pdf[..range.end()], &gap)).map_err(|error| match error {
        Error::SignatureUnfit { detail } => (PdfState::Altered, detail),
        other => (PdfState::Unreadable, other.to_string()),
    })
}

/// Length of the DER value at the beginning, with its header.
fn der_length(bytes: &[u8]) -> Option<usize> {
    let (&first, rest) = bytes.get(1..)?.split_first()?;
    if first < 0x80 {
        return Some(2 + usize::from(first));
    }
    let count = usize::from(first & 0x7F);
    let digits = rest.get(..count).filter(|_| count <= 4)?;
    let length = digits.iter().fold(0_usize, |length, digit| length << 8 | usize::from(*digit));
    length.checked_add(2 + count)
}

/// Signatures that fit are followed by nothing, or by revisions that only add signatures.
fn check_later(pdf: &[u8], document: &Document, judged: &mut [(usize, PdfSignatureReport)]) {
    let whole = judged.iter().any(|(end, report)| *end == pdf.len() && report.state == PdfState::Valid);
    for (end, report) in judged.iter_mut().filter(|(_, report)| report.state == PdfState::Valid) {
        report.covers_whole_file = *end == pdf.len();
        if report.covers_whole_file {
            continue;
        }
        let change = match load(&pdf[..*end]) {
            _ if !whole => Some("something unsigned was appended".to_owned()),
            Ok(earlier) => change(&earlier, document),
            Err(error) => Some(format!("the signed revision cannot be read: {error}")),
        };
        if let Some(detail) = change {
            report.state = PdfState::ChangedAfter;
            report.detail = detail;
        }
    }
}

/// The first change from `earlier` to `later` that is more than a further signature. New objects need no look: they can
/// only be reached from the lists of fields and annotations, because nothing else may change and no gap may be filled.
fn change(earlier: &Document, later: &Document) -> Option<String> {
    let root = |document: &Document| document.trailer.get(b"Root").and_then(Object::as_reference).ok();
    if root(earlier) != root(later) {
        return Some("another catalog".to_owned());
    }
    let changed = earlier.objects.iter().filter(|(id, old)| later.objects.get(*id) != Some(*old));
    for (id, old) in changed {
        let same = later.objects.get(id).is_some_and(|new| only_signatures_added(later, old, new, 0));
        if !same {
            return Some(format!("object {} was changed", id.0));
        }
    }
    let filled = dangling(earlier).into_iter().find(|id| later.objects.contains_key(id));
    let filled = filled.map(|id| format!("object {}, which was missing, was added", id.0));
    filled.or_else(|| covered(earlier, later))
}

/// The first page on which a further signature shows something outside of the places that the PDF has for signatures: it
/// could paint over what was signed. A PDF that names no places leaves this to its reader.
fn covered(earlier: &Document, later: &Document) -> Option<String> {
    let places = places(earlier);
    if places.is_empty() {
        return None;
    }
    for (index, page) in later.page_iter().enumerate() {
        let before = earlier.get_page_annotations(page).map_or(0, |widgets| widgets.len());
        for widget in later.get_page_annotations(page).unwrap_or_default().into_iter().skip(before) {
            let fits = match widget.get_deref(b"Rect", later).ok().and_then(rect) {
                Some(shown) => places.iter().any(|place| place.page_index == index && is_within(shown, place.rect)),
                None => true,
            };
            if !fits {
                return Some(format!("a further signature covers something on page {}", index + 1));
            }
        }
    }
    None
}

/// References to objects that do not exist: adding such an object later would show.
fn dangling(document: &Document) -> Vec<ObjectId> {
    let mut open: Vec<&Object> = document.objects.values().collect();
    let mut missing = Vec::new();
    while let Some(object) = open.pop() {
        match object {
            Object::Array(items) => open.extend(items),
            Object::Dictionary(dictionary) => open.extend(dictionary.iter().map(|(_, value)| value)),
            Object::Stream(stream) => open.extend(stream.dict.iter().map(|(_, value)| value)),
            Object::Reference(id) if !document.objects.contains_key(id) => missing.push(*id),
            _ => {}
        }
    }
    missing
}

/// Whether `new` is `old` but for signature fields at the end of lists of fields and annotations.
fn only_signatures_added(later: &Document, old: &Object, new: &Object, depth: u8) -> bool {
    match (old, new) {
        (Object::Array(old), Object::Array(new)) => {
            new.starts_with(old) && new[old.len()..].iter().all(|item| is_signature_field(later, item))
        }
        (Object::Dictionary(old), Object::Dictionary(new)) => {
            let empty = Object::Array(Vec::new());
            let no_form = Object::Dictionary(Dictionary::new());
            let keys = old.iter().chain(new.iter()).map(|(key, _)| key);
            keys.into_iter().all(|key| match (key.as_slice(), old.get(key).ok(), new.get(key).ok()) {
                (_, old, new) if old == new => true,
                (b"SigFlags", _, Some(Object::Integer(_))) => true,
                (b"Annots" | b"Fields", old, Some(new)) => {
                    only_signatures_added(later, old.unwrap_or(&empty), new, depth)
                }
                (b"AcroForm", old, Some(new)) if depth == 0 => {
                    only_signatures_added(later, old.unwrap_or(&no_form), new, 1)
                }
                _ => false,
            })
        }
        _ => false,
    }
}

fn is_signature_field(document: &Document, item: &Object) -> bool {
    let Ok(field) = item.as_reference().and_then(|id| document.get_dictionary(id)) else { return false };
    let is = |key: &[u8], name: &[u8]| field.get(key).and_then(Object::as_name).is_ok_and(|found| found == name);
    is(b"FT", b"Sig") && is(b"Subtype", b"Widget") && field.has(b"V")
}

/// Unix seconds of a PDF date (7.9.4): `D:YYYYMMDDHHmmSS` with `Z` or an offset such as `+08'00'`.
fn parse_date(text: &str) -> Option<i64> {
    let text = text.strip_prefix("D:")?;
    let number = |range: Range<usize>| text.get(range)?.parse::<u8>().ok();
    let year = text.get(..4)?.parse().ok()?;
    let date = der::DateTime::new(year, number(4..6)?, number(6..8)?, number(8..10)?, number(10..12)?, number(12..14)?);
    let local = time::seconds(date.ok()?.unix_duration());
    let offset = || Some(i64::from(number(15..17)?) * 3600 + i64::from(number(18..20)?) * 60);
    match text.as_bytes().get(14) {
        None | Some(b'Z') => Some(local),
        Some(b'+') => Some(local - offset()?),
        Some(b'-') => Some(local + offset()?),
        Some(_) => None,
    }
}
