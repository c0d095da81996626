//! A piece of evidence as it is looked at inside the program.

use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// Why opening a file with the system's program needs a second thought.
    pub enum PreviewDanger {
        /// It runs as a program.
        Program,
        /// It runs as a program, and its name says otherwise.
        Disguised,
        /// An office file with macros.
        Macros,
    }

    /// Why nothing of a file is shown.
    pub enum PreviewNone {
        /// A recording of sound.
        Sound,
        /// A film.
        Film,
        /// An office file of before 2007.
        Old,
        /// Of another kind.
        Other,
    }

    /// A piece of a document as text.
    pub struct PreviewBlock {
        /// A paragraph; empty for a table.
        pub text: String,
        /// Whether the paragraph is a heading.
        pub heading: bool,
        /// The rows of a table; empty for a paragraph.
        pub rows: Vec<Vec<String>>,
    }

    /// A table as text.
    pub struct PreviewTable {
        /// The sheet's name; empty for a file that is one table.
        pub name: String,
        /// Its rows, which need not have the same number of cells.
        pub rows: Vec<Vec<String>>,
        /// Whether it has more rows, columns or text than is shown.
        pub more: bool,
    }

    /// A piece of evidence as it is looked at.
    pub struct PreviewView {
        /// What the bytes of pictures and PDFs are asked for by; it holds until the next look.
        pub ticket: u32,
        /// Why opening it outside needs a second thought.
        pub danger: Option<PreviewDanger>,
        /// What is shown.
        pub content: PreviewContent,
    }
}

/// What is shown of a piece of evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "lowercase", rename_all_fields = "camelCase")]
pub enum PreviewContent {
    /// A picture; its bytes are a JPEG.
    Picture {
        /// Width of the original in pixels, upright.
        width: u32,
        /// Height of the original in pixels, upright.
        height: u32,
        /// Width of what is shown.
        shown_width: u32,
        /// Height of what is shown.
        shown_height: u32,
        /// How many bytes there are.
        bytes: u32,
    },
    /// A PDF; its bytes are the file's.
    Pdf {
        /// How many bytes there are.
        bytes: u32,
    },
    /// A text.
    Text {
        /// Its beginning.
        text: String,
        /// The encoding that was found.
        encoding: String,
        /// Whether there is more.
        more: bool,
    },
    /// The words of a text document.
    Document {
        /// Paragraphs and tables.
        blocks: Vec<PreviewBlock>,
        /// Whether there is more.
        more: bool,
    },
    /// Tables: the sheets of a workbook, or a file of values.
    Tables {
        /// The sheets.
        tables: Vec<PreviewTable>,
        /// Whether there are more sheets.
        more: bool,
    },
    /// Nothing.
    None {
        /// Why.
        why: PreviewNone,
    },
}
