//! Documents: a plain model in, PDF or DOCX bytes out.
//!
//! No query, no clock, no file but through a [`FontSet`]: the same model, profile and fonts give the same bytes.
//! Marks never come in as numbers; every text is formatted by the caller.

mod chart;
mod code;
mod docx;
mod error;
mod flow;
mod fonts;
mod head;
mod lines;
mod page;
mod pagination;
mod pdf;
mod repair;
mod sign_off;
mod stamp;
mod table;

use document::{Document, Profile};

pub use docx::docx;
pub use error::Error;
pub use fonts::{FontSet, FontUse};
pub use stamp::{Stamp, stamp};

/// Prints a document as PDF.
///
/// # Errors
/// [`Error::CharacterMissing`] for a character that no font has, with its place; [`Error::FontUnusable`] and
/// [`Error::PdfUnwritable`].
pub fn pdf(document: &Document, profile: &Profile, fonts: &FontSet) -> Result<Rendered, Error> {
    let faces = fonts.faces();
    let profile = &*document.page_profile(profile);
    let mut pages = page::Pages::new(profile, &faces);
    let signature_areas = flow::lay_out(document, &mut pages)?;
    pages.margins(document)?;
    let title = document.file_title();
    let author = document.sign_off.as_ref().and_then(|s| s.organisation.as_deref()).unwrap_or("");
    let content = pdf::Content {
        about: pdf::About { title: &title, author },
        paper: profile.paper,
        pages: &pages.list,
        bookmarks: &pages.bookmarks,
        enclosed: &document.enclosed,
        signature_areas: &signature_areas,
    };
    let (bytes, roles) = pdf::write(&content, fonts)?;
    let (fonts_used, cells) = (fonts.uses(&roles), pages.cells);
    Ok(Rendered { bytes, pages: pages.list.len(), signature_areas, cells, fonts_used })
}

/// A finished document.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// Number of pages.
    pub pages: usize,
    /// Where electronic signatures are shown, in the order in which they are to be used; none for a document that is
    /// not signed. The PDF itself names them under `/HengjianSignaturePlaces` in its catalog.
    pub signature_areas: Vec<SignatureArea>,
    /// The cells of tables, for those who compare what is printed.
    pub cells: Vec<PrintedCell>,
    /// The fonts that the document uses, for the report on what was printed.
    pub fonts_used: Vec<FontUse>,
}

/// A cell of a table on a page. Points from the page's lower left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintedCell {
    /// The page, counted from 0.
    pub page_index: usize,
    /// What it is, e.g. 指标 1.1 观测点“制度健全”.
    pub place: String,
    /// What stands in the header above it.
    pub column: String,
    /// Left edge.
    pub left: f64,
    /// Lower edge.
    pub bottom: f64,
    /// Right edge.
    pub right: f64,
    /// Upper edge.
    pub top: f64,
}

/// Where an electronic signature is shown: below name and date in the sign-off.
/// Points from the page's lower left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SignatureArea {
    /// The page, counted from 0.
    pub page_index: usize,
    /// Left edge.
    pub left: f64,
    /// Lower edge.
    pub bottom: f64,
    /// Right edge.
    pub right: f64,
    /// Upper edge.
    pub top: f64,
}
