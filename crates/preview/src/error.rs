//! Why a file cannot be shown.

use serde::Serialize;

/// A file that is not shown. The texts that people read stand in `crates/app/messages/preview.toml`.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Error {
    /// A picture that cannot be decoded.
    #[error("{detail}")]
    BrokenPicture {
        /// What is wrong, in the decoder's words.
        detail: String,
    },
    /// A picture that would take more memory than is given to one.
    #[error("{width} × {height} pixels")]
    PictureTooLarge {
        /// Its width in pixels.
        width: u32,
        /// Its height in pixels.
        height: u32,
        /// Most megapixels of its kind.
        most: u32,
    },
    /// The person went on to something else.
    #[error("left")]
    Left {},
    /// The disk does not give the file.
    #[error("{detail}")]
    FileUnreadable {
        /// The system's words.
        detail: String,
    },
    /// It opens only with a password.
    #[error("protected by a password")]
    Protected {},
    /// Larger than any document that is shown.
    #[error("more than {most} MB")]
    TooLarge {
        /// Most mebibytes.
        most: u64,
    },
    /// What is packed in it is larger than any document that is shown.
    #[error("more than {most} MB when unpacked")]
    UnpacksTooLarge {
        /// Most mebibytes.
        most: u64,
    },
    /// A document that holds more elements than are read.
    #[error("more than {most} elements")]
    TooLong {
        /// Most elements.
        most: usize,
    },
    /// A document that is not well-formed.
    #[error("{detail}")]
    Damaged {
        /// What is wrong, in the reading library's words.
        detail: String,
    },
}

impl Error {
    pub(crate) fn broken(detail: impl ToString) -> Self {
        Self::BrokenPicture { detail: detail.to_string() }
    }
}
