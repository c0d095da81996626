//! The parts of a zipped document, unpacked within bounds.

use crate::Error;
use crate::xml::{self, Element};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// Most mebibytes of all parts that are unpacked.
const MOST_UNPACKED: u64 = 96;
/// Most entries of an archive.
const MOST_ENTRIES: usize = 20_000;

/// An open archive.
pub struct Parts<'a> {
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Parts<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        let archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(Error::damaged)?;
        if archive.len() > MOST_ENTRIES {
            return Err(Error::damaged(format!("{} entries", archive.len())));
        }
        Ok(Self { archive, left: MOST_UNPACKED << 20 })
    }

    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The bytes of a part.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let entry = self.archive.by_index(index).map_err(Error::damaged)?;
        if entry.encrypted() {
            return Err(Error::Protected {});
        }
        let mut bytes = Vec::new();
        let read = entry.take(self.left + 1).read_to_end(&mut bytes).map_err(Error::damaged)?;
        let read = u64::try_from(read).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(read).ok_or(Error::UnpacksTooLarge { most: MOST_UNPACKED })?;
        Ok(Some(bytes))
    }

    /// The root of a part that is XML.
    pub fn xml(&mut self, name: &str) -> Result<Option<Element>, Error> {
        self.bytes(name)?.map(|bytes| xml::read(&bytes)).transpose()
    }

    /// What a part refers to: the targets by relationship id, as names of parts.
    pub fn relations(&mut self, part: &str) -> Result<BTreeMap<String, Relation>, Error> {
        let at = part.rfind('/').map_or(0, |slash| slash + 1);
        let (folder, name) = part.split_at(at);
        let Some(root) = self.xml(&format!("{folder}_rels/{name}.rels"))? else { return Ok(BTreeMap::new()) };
        let relation = |one: &Element| {
            let target = one.attribute("Target")?;
            let part = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("{folder}{target}"),
            };
            let kind = one.attribute("Type").and_then(|kind| kind.rsplit('/').next()).unwrap_or_default().to_owned();
            Some((one.attribute("Id")?.to_owned(), Relation { kind, part }))
        };
        Ok(root.elements().filter_map(relation).collect())
    }
}

/// What a part refers to.
pub struct Relation {
    /// The last word of the relationship's type, e.g. `footer`.
    pub kind: String,
    /// The name of the part.
    pub part: String,
}
