//! Opens foreign PDFs.
//!
//! The parser bounds how deep one object goes, but to read a stream whose `/Length` stands in another object it reads that
//! object first, by recursion: through as many streams as there are, and through object streams in a circle. So what the
//! lengths refer to is looked at before anything is read: with [`open`] it goes three objects deep at most.

mod lengths;
mod scan;

use lopdf::{Document, LoadOptions};

/// Why a PDF was not read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The length of a stream leads to a further stream, which no program writes.
    #[error("the length of a stream stands in object {object}, which is no number")]
    LengthElsewhere {
        /// The object that is named as length.
        object: u32,
    },
    /// More cross-references, or streams that hold them, than any program writes.
    #[error("more than {most} sections of cross-references")]
    TooManySections {
        /// Most that are read.
        most: usize,
    },
    /// Comments that hide what the lengths refer to.
    #[error("too many comments in one place")]
    Obscure {},
    /// What the parser says.
    #[error(transparent)]
    Parser(#[from] lopdf::Error),
}

/// Reads a PDF of which no stream of cross-references or objects unpacks to more than `most` bytes.
///
/// # Errors
/// It is none, or its lengths lead too far.
pub fn open(bytes: &[u8], most: usize) -> Result<Document, Error> {
    lengths::check(bytes, most)?;
    Ok(Document::load_mem_with_options(bytes, LoadOptions::with_max_decompressed_size(most))?)
}

#[cfg(test)]
mod tests;
