//! The parts as one ZIP file; the same parts give the same bytes.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::xml::{Element, el};
use crate::Error;

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// One file inside the file.
pub(super) struct Part {
    /// E.g. `word/styles.xml`.
    pub path: String,
    /// The end of its content type, e.g. `styles`; none for what goes by its file name's ending.
    pub kind: Option<&'static str>,
    pub bytes: Vec<u8>,
}

impl Part {
    /// A part of the document, by its file name below `word`.
    pub(super) fn word(file: &str, kind: &'static str, content: &Element) -> Result<Part, Error> {
        Ok(Part { path: format!("word/{file}"), kind: Some(kind), bytes: bytes(content)? })
    }
}

fn bytes(content: &Element) -> Result<Vec<u8>, Error> {
    content.part().map_err(|e| Error::DocxUnwritable { reason: e.to_string() })
}

/// What a part refers to: id, kind and target.
pub(super) fn relations(list: &[(String, &str, String)]) -> Element {
    let relation = |(id, kind, target): &(String, &str, String)| {
        let kind =
            if kind.contains('/') { format!("{PACKAGE}/relationships/{kind}") } else { format!("{OFFICE}/{kind}") };
        el("Relationship").attr("Id", id).attr("Type", kind).attr("Target", target)
    };
    el("Relationships").attr("xmlns", format!("{PACKAGE}/relationships")).all(list.iter().map(relation))
}

/// The file. Its list of content types is made from the parts.
pub(super) fn write(core: &Element, document: &Element, parts: Vec<Part>) -> Result<Vec<u8>, Error> {
    let top = [
        ("rId1".to_owned(), "officeDocument", "word/document.xml".to_owned()),
        ("rId2".to_owned(), "metadata/core-properties", "docProps/core.xml".to_owned()),
    ];
    let mut all = vec![Part { path: "_rels/.rels".to_owned(), kind: None, bytes: bytes(&relations(&top))? }];
    all.push(Part::word("document.xml", "document.main", document)?);
    all.extend(parts);
    let types = bytes(&content_types(&all))?;
    all.insert(0, Part { path: "[Content_Types].xml".to_owned(), kind: None, bytes: types });
    all.push(Part { path: "docProps/core.xml".to_owned(), kind: None, bytes: bytes(core)? });
    pack(&all).map_err(|e| Error::DocxUnwritable { reason: e.to_string() })
}

fn content_types(parts: &[Part]) -> Element {
    let by_ending = |ending: &str, kind: &str| el("Default").attr("Extension", ending).attr("ContentType", kind);
    let by_name =
        |path: &str, kind: String| el("Override").attr("PartName", format!("/{path}")).attr("ContentType", kind);
    let named = parts.iter().filter_map(|part| Some(by_name(&part.path, format!("{WORD}.{}+xml", part.kind?))));
    let core = by_name("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml".to_owned());
    el("Types")
        .attr("xmlns", format!("{PACKAGE}/content-types"))
        .with(by_ending("rels", "application/vnd.openxmlformats-package.relationships+xml"))
        .with(by_ending("xml", "application/xml"))
        .with(by_ending("png", "image/png"))
        .all(named)
        .with(core)
}

fn pack(parts: &[Part]) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for part in parts {
        zip.start_file(&part.path, options)?;
        zip.write_all(&part.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
