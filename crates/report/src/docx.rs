//! DOCX: the same model as the PDF, with real styles, so that a person goes on editing and the format holds.
//!
//! Nothing is broken into lines here but the title: the program that opens the file does that, on the grid that the
//! section asks for.

mod archive;
mod body;
mod picture;
mod section;
mod settings;
mod sign_off;
mod styles;
mod table;
mod text;
mod xml;

use document::{Document, Profile};

use self::{
    archive::Part,
    picture::Drawing,
    xml::{Element, el},
};
use crate::Error;

/// The namespace of a document's elements.
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WP: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
/// Relations that every document has before those of its margins.
const FIXED: [(&str, &str); 3] =
    [("styles", "styles.xml"), ("settings", "settings.xml"), ("fontTable", "fontTable.xml")];
const SEAL: &str = "rIdSeal";

/// Prints a document as DOCX. Control characters are left out, as in the PDF; charts become tables of their values.
///
/// # Errors
/// [`Error::DocxUnwritable`] when the seal's pixels do not fit its size.
pub fn docx(document: &Document, profile: &Profile) -> Result<Vec<u8>, Error> {
    let profile = &*document.page_profile(profile);
    let seal = document.sign_off.as_ref().and_then(|sign_off| sign_off.seal.as_ref());
    let seal = seal.map(|seal| Drawing::new(seal, profile.sign_off.seal, SEAL)).transpose()?.flatten();
    let margins = section::margins(document, profile);
    let relation = |index: usize| format!("rId{}", FIXED.len() + index + 1);
    let mut relations: Vec<(String, &str, String)> = Vec::new();
    for (index, (kind, file)) in FIXED.into_iter().chain(margins.iter().map(|m| (m.kind, m.file))).enumerate() {
        relations.push((format!("rId{}", index + 1), kind, file.to_owned()));
    }
    let mut parts = vec![
        Part::word("styles.xml", "styles", &styles::part(profile, document.form))?,
        Part::word("settings.xml", "settings", &settings::settings())?,
        Part::word("fontTable.xml", "fontTable", &settings::fonts(profile))?,
    ];
    for margin in &margins {
        parts.push(Part::word(margin.file, margin.kind, &margin.part)?);
    }
    let content = body::content(document, profile, seal.as_ref());
    if let Some(seal) = seal {
        relations.push((SEAL.to_owned(), "image", "media/seal.png".to_owned()));
        parts.push(Part { path: "word/media/seal.png".to_owned(), kind: None, bytes: seal.png });
    }
    parts.push(Part { kind: None, ..Part::word("_rels/document.xml.rels", "", &archive::relations(&relations))? });
    let body = el("w:body").all(content).with(section::properties(&margins, relation, profile));
    archive::write(&settings::core(document), &root(body), parts)
}

fn root(body: Element) -> Element {
    el("w:document").attr("xmlns:w", W).attr("xmlns:r", R).attr("xmlns:wp", WP).with(body)
}
