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
    /// The PDF could not be written; a fault of the program.
    #[error("cannot write the PDF: {reason}")]
    PdfUnwritable {
        /// What failed.
        reason: String,
    },
    /// The DOCX could not be written; a fault of the program.
    #[error("cannot write the DOCX: {reason}")]
    DocxUnwritable {
        /// What failed.
        reason: String,
    },
}
