//! Documents: a plain model in, PDF bytes out.
//!
//! No query, no clock, no file but through a [`FontSet`]: the same model, profile and fonts give the same bytes.
//! Marks never come in as numbers; every text is formatted by the caller.

mod error;
mod fonts;
mod lines;
mod page;
mod pagination;
mod pdf;
mod profile;
mod repair;
mod score_sheet;
mod sign_off;
mod table;
mod tail;

pub use error::Error;
pub use fonts::{FontSet, FontUse, Role};
pub use profile::Profile;
pub use score_sheet::{Indicator, Row, RowKind, ScoreSheet};
pub use sign_off::SignOff;

/// A finished document.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// Number of pages.
    pub pages: usize,
    /// Where an electronic signature is shown.
    pub signature_area: SignatureArea,
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
