//! Whether the lengths of streams can be read without going from stream to stream.

use crate::Error;
use crate::scan::Text;
use lopdf::xref::{XrefEntry, decode_xref_stream_with_limit};
use lopdf::{Document, Object, Reader, Stream};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Most sections of cross-references, and most object streams that hold lengths; a PDF of ours has one section for each
/// signature.
const MOST_SECTIONS: usize = 1000;

/// Which object streams may hold an object, by its number.
type Holders = BTreeMap<u32, BTreeSet<u32>>;

/// Looks where the lengths stand.
pub fn check(bytes: &[u8], most: usize) -> Result<(), Error> {
    // The parser counts from here.
    let start = bytes.windows(5).position(|five| five == b"%PDF-").unwrap_or(0);
    let bytes = &bytes[start..];
    let mut text = Text::scan(bytes);
    let lengths = std::mem::take(&mut text.found.lengths);
    if let Some(object) = lengths.iter().find(|object| text.found.dictionaries.contains_key(object)) {
        return Err(Error::LengthElsewhere { object: *object });
    }
    if !lengths.is_empty() {
        held(&mut text, &lengths, most)?;
    }
    if text.found.obscure { Err(Error::Obscure {}) } else { Ok(()) }
}

/// Looks at the object streams in which lengths may stand.
fn held(text: &mut Text<'_>, lengths: &BTreeSet<u32>, most: usize) -> Result<(), Error> {
    let packed = packed(text, most)?;
    let mut seen = BTreeSet::new();
    for object in lengths {
        for holder in packed.get(object).into_iter().flatten() {
            if seen.insert(*holder) && (packed.contains_key(holder) || !plain(text, *holder)) {
                return Err(Error::LengthElsewhere { object: *object });
            }
            few(seen.len())?;
        }
    }
    Ok(())
}

fn few(count: usize) -> Result<(), Error> {
    if count > MOST_SECTIONS { Err(Error::TooManySections { most: MOST_SECTIONS }) } else { Ok(()) }
}

/// Every object that any section says to be inside an object stream.
fn packed(text: &mut Text<'_>, most: usize) -> Result<Holders, Error> {
    let sections = std::mem::take(&mut text.found.sections);
    few(sections.len())?;
    let mut holders = Holders::new();
    for at in sections {
        if let Some(section) = stream(text, at)
            && let Ok((xref, _)) = decode_xref_stream_with_limit(section, Some(most))
        {
            for (object, entry) in xref.entries {
                if let XrefEntry::Compressed { container, .. } = entry {
                    holders.entry(object).or_default().insert(container);
                }
            }
        }
    }
    Ok(holders)
}

/// Whether an object stream says its length itself, wherever one of this number stands.
fn plain(text: &mut Text<'_>, number: u32) -> bool {
    let places = text.found.dictionaries.remove(&number).unwrap_or_default();
    let direct = |stream: Stream| stream.dict.get(b"Length").is_ok_and(|length| length.as_i64().is_ok());
    places.len() <= MOST_SECTIONS && places.into_iter().all(|at| stream(text, at).is_none_or(direct))
}

/// The stream at an offset, read by a parser that knows of no other object.
fn stream(text: &mut Text<'_>, at: usize) -> Option<Stream> {
    let id = text.header(at)?;
    let mut document = Document::new();
    document.reference_table.insert(id.0, XrefEntry::Normal { offset: u32::try_from(at).ok()?, generation: id.1 });
    let reader = Reader {
        buffer: text.bytes,
        document,
        encryption_state: None,
        raw_objects: BTreeMap::new(),
        password: None,
        strict: false,
        max_decompressed_size: None,
    };
    match reader.get_object(id, &mut HashSet::new()) {
        Ok(Object::Stream(stream)) => Some(stream),
        _ => None,
    }
}
