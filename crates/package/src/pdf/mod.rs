//! Signatures inside a PDF: `PAdES` (`ETSI.CAdES.detached`), added by an incremental update, and judged.
//!
//! [`sign`] leaves every byte of the PDF as it is and appends. Several people may sign in turn: each signature covers
//! everything before it, and [`verify`] tells whether what came after was only further signatures.

mod appearance;
mod increment;
mod inside;
mod judge;
mod sign;

use crate::Person;
use crate::{Certificate, Fingerprint};

pub use inside::{Place, enclosed, next_field, next_place};
pub use judge::verify;
pub use sign::sign;

/// A rectangle on a page in points (1/72 inch), from the page's lower left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f32,
    /// Lower edge.
    pub bottom: f32,
    /// Right edge.
    pub right: f32,
    /// Upper edge.
    pub top: f32,
}

/// What a new signature says and where it can be clicked.
#[derive(Debug, Clone, PartialEq)]
pub struct PdfSignature {
    /// Name of the field, unique in the PDF and without dots.
    pub field_name: String,
    /// Why, such as `出具专家核验报告`.
    pub reason: String,
    /// Where, such as the place of the session; may be empty.
    pub location: String,
    /// When, in unix seconds.
    pub time: i64,
    /// Zero-based page.
    pub page_index: usize,
    /// Where on the page; without area it is not seen.
    pub rect: Rect,
    /// What is seen there: a PDF of one page, of the rectangle's size; `None` shows nothing.
    pub appearance: Option<Vec<u8>>,
}

/// What became of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PdfState {
    /// Fits, and nothing but further signatures came after it.
    Valid,
    /// Fits, but the document was changed afterwards.
    ChangedAfter,
    /// Does not fit: the signed part was altered.
    Altered,
    /// The file ends before the signed part does.
    Truncated,
    /// Not a signature of a kind that this program can judge.
    Unreadable,
}

/// One signature of a PDF.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PdfSignatureReport {
    /// Name of its field; empty when the PDF is too damaged to tell.
    pub field_name: String,
    /// What became of it.
    pub state: PdfState,
    /// Which check failed, for logs; empty when valid.
    pub detail: String,
    /// Whether it covers the whole file; true for the last signature of a sound PDF.
    pub covers_whole_file: bool,
    /// Who signed; given when the signature fits.
    pub person: Option<Person>,
    /// SHA-256 of the signer's certificate; given when the signature fits.
    pub fingerprint: Option<Fingerprint>,
    /// When, as the signer says (unix seconds).
    pub time: Option<i64>,
    /// Whether the certificate was in force at that time.
    pub in_force: bool,
    /// Why, as the signer says.
    pub reason: String,
    /// Where, as the signer says.
    pub location: String,
    /// The certificate; given when the signature fits.
    #[serde(skip)]
    pub certificate: Option<Certificate>,
}
