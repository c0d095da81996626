//! Documents: a plain model in, PDF or DOCX bytes out.
//!
//! No query, no clock, no file but through a [`FontSet`]: the same model, profile and fonts give the same bytes.
//! Marks never come in as numbers; every text is formatted by the caller.

mod chart;
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
mod table;

use document::{Document, Profile};

pub use docx::docx;
pub use error::Error;
pub use fonts::{FontSet, FontUse};

/// Prints a document as PDF.
///
/// # Errors
/// [`Error::CharacterMissing`] for a character that no font has, with its place; [`Error::FontUnusable`] and
/// [`Error::PdfUnwritable`].
pub fn pdf(document: &Document, profile: &Profile, fonts: &FontSet) -> Result<Rendered, Error> {
    let faces = fonts.faces();
    let profile = &*document.page_profile(profile);
    let mut pages = page::Pages::new(profile, &faces);
    let signature_area = flow::lay_out(document, &mut pages)?;
    pages.margins(document.mark.as_deref(), document.digest.as_deref())?;
    let title = document.file_title();
    let author = document.sign_off.as_ref().and_then(|s| s.organisation.as_deref()).unwrap_or("");
    let about = pdf::About { title: &title, author };
    let content = pdf::Content { about, paper: profile.paper, pages: &pages.list, bookmarks: &pages.bookmarks };
    let (bytes, roles) = pdf::write(&content, fonts)?;
    Ok(Rendered { bytes, pages: pages.list.len(), signature_area, fonts_used: fonts.uses(&roles) })
}

/// A finished document.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// Number of pages.
    pub pages: usize,
    /// Where an electronic signature is shown; none for a document without sign-off.
    pub signature_area: Option<SignatureArea>,
    /// The fonts that the document uses, for the report on what was printed.
    pub fonts_used: Vec<FontUse>,
}

/// Where the electronic signature's field is put: over name and date in the sign-off.
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
