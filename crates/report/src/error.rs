//! What can go wrong while a document is made.

/// Why a document could not be made. The texts that people read stand in `crates/app/messages/report.toml`.
#[derive(Debug, Clone, PartialEq, thiserror::Error, serde::Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Error {
    /// No font of the set has a character; it is never printed as an empty box.
    #[error("no font has {character} ({code_point}) in {place}")]
    CharacterMissing {
        /// The character itself.
        character: String,
        /// Its number, e.g. `U+E123`.
        code_point: String,
        /// Where in the document it stands, in the document's words.
        place: String,
    },
    /// A font file could not be read.
    #[error("cannot read font file {path}: {reason}")]
    FontFileUnreadable {
        /// The file.
        path: String,
        /// The system's reason.
        reason: String,
    },
    /// The bytes given for a font are not a font that can be used.
    #[error("font {name} is not usable: {reason}")]
    FontUnusable {
        /// The font's name in the list.
        name: String,
        /// What is wrong.
        reason: String,
    },
    /// The list of fonts is not well-formed or lacks a role.
    #[error("font list: {reason}")]
    FontListInvalid {
        /// What is wrong, with the line where known.
        reason: String,
    },
    /// The format profile is not well-formed or its numbers leave no room.
    #[error("format profile: {reason}")]
    ProfileInvalid {
        /// What is wrong, with the line where known.
        reason: String,
    },
    /// The rubric has more levels than the format has columns for.
    #[error("{depth} levels of indicators, the format has columns for {most}")]
    TooManyLevels {
        /// Levels of the rubric.
        depth: usize,
        /// Levels the profile has widths for.
        most: usize,
    },
    /// The PDF could not be written; a fault of the program.
    #[error("cannot write the PDF: {reason}")]
    PdfUnwritable {
        /// What failed.
        reason: String,
    },
}
