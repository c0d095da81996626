//! The words of a DOCX, for whoever only wants to read it.

use crate::archive::Parts;
use crate::docx::{self, Block, Cell, Paragraph, Table};
use crate::{ARCHIVE, COMPOUND, Error, MOST_FILE, compound, main_part};

/// A piece of a document as text.
#[derive(Clone, Debug, PartialEq)]
pub enum TextBlock {
    /// A paragraph that is not blank.
    Paragraph {
        /// Its text, with the number that the program puts before it.
        text: String,
        /// Whether it is a heading or title by its style.
        heading: bool,
    },
    /// A table: rows of cells.
    Table {
        /// Its rows.
        rows: Vec<Vec<String>>,
    },
}

/// The paragraphs and tables of a DOCX.
///
/// # Errors
/// When the file cannot be read: damaged, protected, too large, of another or an old kind.
pub fn docx_text(bytes: &[u8]) -> Result<Vec<TextBlock>, Error> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST_FILE << 20 {
        return Err(Error::TooLarge { most: MOST_FILE });
    }
    let done = std::panic::catch_unwind(|| read(bytes));
    done.unwrap_or_else(|_| Err(Error::damaged("the reading library gave up")))
}

fn read(bytes: &[u8]) -> Result<Vec<TextBlock>, Error> {
    const EXTENSION: &str = "docx";
    if bytes.starts_with(COMPOUND) {
        return Err(compound(bytes, EXTENSION));
    }
    if !bytes.starts_with(ARCHIVE) {
        return Err(Error::damaged("not an archive"));
    }
    let mut parts = Parts::open(bytes)?;
    let main = main_part(&mut parts, "word/document.xml")?;
    let main = main.ok_or_else(|| Error::damaged("no part word/document.xml"))?;
    let document = docx::read(&mut parts, &main)?;
    Ok(document.blocks.iter().filter_map(block).collect())
}

fn block(block: &Block) -> Option<TextBlock> {
    match block {
        Block::Paragraph(paragraph) => {
            let text = paragraph.text();
            let heading = paragraph.style.starts_with("heading") || paragraph.style.starts_with("title");
            (!text.trim().is_empty()).then_some(TextBlock::Paragraph { text, heading })
        }
        Block::Table(Table { rows, .. }) => {
            let rows: Vec<Vec<String>> = rows.iter().map(|row| row.cells.iter().map(cell).collect()).collect();
            (!rows.is_empty()).then_some(TextBlock::Table { rows })
        }
    }
}

fn cell(cell: &Cell) -> String {
    let paragraphs: Vec<String> = cell.paragraphs.iter().map(Paragraph::text).collect();
    paragraphs.join("\n")
}
