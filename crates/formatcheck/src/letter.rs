//! A DOCX against the format of running text and of tables.

mod footer;
mod marks;
mod page;
mod parts;
mod table;
mod tail;
mod text;

use crate::docx::{Block, Docx};
use crate::finding::Findings;

/// Checks a document.
pub fn check(docx: &Docx, findings: &mut Findings<'_>) {
    page::check(docx, findings);
    let parts = parts::of(docx, findings.profile);
    text::check(docx, &parts, findings);
    marks::check(&parts, findings);
    tail::check(&parts, findings);
    footer::check(docx, findings);
    for block in &docx.blocks {
        if let Block::Table(table) = block {
            table::check(table, findings);
        }
    }
}
