//! What each paragraph of a document is: title, heading, body, attachment note, sign-off.

use super::marks::{Mark, mark};
use super::tail::{is_attachment_note, is_attachment_page, looks_like_date};
use crate::docx::{Align, Block, Docx, Paragraph};
use crate::measure::largest_table_type;
use document::Profile;

/// Longest line of a head; a longer one is text.
const LONGEST_HEAD: usize = 60;
/// Most lines at the end among which the sign-off stands.
const LAST_LINES: usize = 8;
/// Longest name of an organisation.
const LONGEST_UNIT: usize = 40;

/// What a paragraph is.
#[derive(Clone, Debug, PartialEq)]
pub enum Role {
    Blank,
    /// Above the text, and what is centred within it: no rule speaks of it.
    Other,
    Title,
    Heading(Mark),
    Body,
    /// 附件：1.名称
    AttachmentNote,
    /// 2.名称
    MoreAttachments,
    Unit,
    Date,
}

/// A paragraph with what it is.
pub struct Part<'a> {
    pub paragraph: &'a Paragraph,
    pub text: String,
    pub role: Role,
}

/// The paragraphs of a document.
pub fn of<'a>(docx: &'a Docx, profile: &Profile) -> Vec<Part<'a>> {
    let beside_table = beside_tables(docx, profile);
    let mut parts = Vec::new();
    for (block, beside) in docx.blocks.iter().zip(beside_table) {
        let Block::Paragraph(paragraph) = block else { continue };
        let text = paragraph.text();
        let blank = text.trim().is_empty();
        let role = if beside && !blank { Role::Other } else { role(paragraph, &text) };
        parts.push(Part { paragraph, text, role });
    }
    head(&mut parts, docx);
    sign_off(&mut parts);
    note(&mut parts);
    parts
}

/// What a paragraph is by itself.
fn role(paragraph: &Paragraph, text: &str) -> Role {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return if paragraph.drawing { Role::Other } else { Role::Blank };
    }
    if paragraph.props.align == Some(Align::Centre) && !ends_sentence(trimmed) {
        return Role::Other;
    }
    if is_attachment_page(trimmed) {
        return Role::Other;
    }
    mark(trimmed).map_or(Role::Body, Role::Heading)
}

/// Whether each block is a paragraph of table type that stands beside a table: its caption, facts or notes.
fn beside_tables(docx: &Docx, profile: &Profile) -> Vec<bool> {
    let largest = largest_table_type(profile);
    let small = |block: &Block| match block {
        Block::Paragraph(paragraph) => paragraph.runs.iter().all(|run| run.size <= largest),
        Block::Table(_) => false,
    };
    let mut beside = vec![false; docx.blocks.len()];
    let mut near = false;
    for (index, block) in docx.blocks.iter().enumerate() {
        near = matches!(block, Block::Table(_)) || (near && small(block));
        beside[index] = near;
    }
    near = false;
    for (index, block) in docx.blocks.iter().enumerate().rev() {
        near = matches!(block, Block::Table(_)) || (near && small(block));
        beside[index] |= near;
    }
    beside
}

/// Finds the title among the lines before the text.
fn head(parts: &mut [Part<'_>], docx: &Docx) {
    let is_text = |part: &Part<'_>| {
        let long = part.text.chars().count() > LONGEST_HEAD;
        matches!(part.role, Role::Heading(_)) || long || ends_sentence(part.text.trim())
    };
    let first_table = docx.blocks.iter().take_while(|block| !matches!(block, Block::Table(_))).count();
    let end = parts.iter().position(is_text).unwrap_or(parts.len()).min(first_table);
    let head = &mut parts[..end];
    let is_candidate = |part: &&Part<'_>| {
        let red = part.paragraph.runs.iter().any(|run| run.red);
        let document_number = part.text.contains('〔') && part.text.contains('号');
        !(part.text.trim().is_empty() || red || document_number || part.text.trim().ends_with(['：', ':']))
    };
    let styled = |part: &&Part<'_>| matches!(part.paragraph.style.as_str(), "title" | "标题");
    let centred = |part: &&Part<'_>| part.paragraph.props.align == Some(Align::Centre);
    let largest = |list: &mut dyn Iterator<Item = &Part<'_>>| {
        list.map(size).fold(None, |most: Option<f64>, size| Some(most.map_or(size, |most| most.max(size))))
    };
    let wanted = head.iter().filter(is_candidate).find(|part| styled(part)).map(size);
    let wanted = wanted.or_else(|| largest(&mut head.iter().filter(is_candidate).filter(centred)));
    let wanted = wanted.or_else(|| largest(&mut head.iter().filter(is_candidate)));
    let is_title = |part: &Part<'_>| wanted == Some(size(part)) && is_candidate(&part);
    let Some(first) = head.iter().position(is_title) else { return };
    let count = head[first..].iter().take_while(|part| is_title(part)).count();
    for (index, part) in head.iter_mut().enumerate() {
        if (first..first + count).contains(&index) {
            part.role = Role::Title;
        } else if part.role != Role::Blank {
            part.role = Role::Other;
        }
    }
}

/// The size of a paragraph's largest type.
pub fn size(part: &Part<'_>) -> f64 {
    part.paragraph.runs.iter().map(|run| run.size).fold(0.0, f64::max)
}

/// Finds date and organisation at the end of the text, before the pages of attachments.
fn sign_off(parts: &mut [Part<'_>]) {
    let end = parts.iter().position(|part| is_attachment_page(part.text.trim())).unwrap_or(parts.len());
    let filled: Vec<usize> = (0..end).rev().filter(|at| !parts[*at].text.trim().is_empty()).take(LAST_LINES).collect();
    let Some(nth) = filled.iter().position(|at| looks_like_date(parts[*at].text.trim())) else { return };
    parts[filled[nth]].role = Role::Date;
    let Some(above) = filled.get(nth + 1).copied() else { return };
    let text = parts[above].text.trim();
    let is_name = text.chars().count() <= LONGEST_UNIT && !ends_sentence(text) && !is_attachment_note(text);
    if is_name && matches!(parts[above].role, Role::Body | Role::Other) {
        parts[above].role = Role::Unit;
    }
}

/// Finds the attachment note: 附件 after the text, and the lines that go on with it.
fn note(parts: &mut [Part<'_>]) {
    let mut within = false;
    let mut after_text = false;
    for part in parts {
        let text = part.text.trim();
        let starts = after_text && is_attachment_note(text) && matches!(part.role, Role::Body | Role::Other);
        if starts {
            part.role = Role::AttachmentNote;
        } else if within && matches!(part.role, Role::Heading(Mark { level: 3, .. })) {
            part.role = Role::MoreAttachments;
        }
        within = matches!(part.role, Role::AttachmentNote | Role::MoreAttachments);
        after_text |= matches!(part.role, Role::Body | Role::Heading(_));
    }
}

pub fn ends_sentence(text: &str) -> bool {
    text.ends_with(['。', '；', '！', '？'])
}
