//! 指标任务综述: the task summaries (附件7), of one indicator or of all that are written.

use super::refused::{Refused, Warning};
use super::{Kind, Material, parts};
use crate::view::{WritingDocument, WritingKind, WritingText};
use crate::{Language, Result};
use assessment::AssignmentKind;
use document::{Block, Document, paragraphs};
use std::collections::BTreeMap;

/// The summary of an indicator, or of every indicator with one, each on a page of its own.
pub(super) fn document(material: &Material, indicator: Option<&str>) -> Result<Document> {
    let unit = &material.opened.row.assessment.unit;
    let summaries = match indicator {
        Some(code) => vec![one(material, code)?],
        None => written(material).collect(),
    };
    let Some((first, others)) = summaries.split_first() else {
        return Err(Refused::NoSummary { unit: unit.clone() }.into());
    };
    let mut body = blocks(first);
    for summary in others {
        body.push(Block::NewPage(summary.title.clone()));
        body.extend(blocks(summary));
    }
    // A summary is signed by the department that leads its indicator; all of them together by the unit.
    let department = if others.is_empty() { lead(material, first) } else { None };
    Ok(Document {
        title: first.title.clone(),
        name: (!others.is_empty()).then(|| Kind::Summary.title(Language::Zh).to_owned()),
        body,
        sign_off: Some(parts::sign_off(department.as_deref().unwrap_or(unit), material)),
        ..Document::default()
    })
}

/// The summaries with any text.
pub(super) fn written(material: &Material) -> impl Iterator<Item = &WritingDocument> {
    summaries(material).filter(|document| document.texts.iter().any(has_text))
}

fn summaries(material: &Material) -> impl Iterator<Item = &WritingDocument> {
    material.writing.documents.iter().filter(|document| document.kind == WritingKind::Summary)
}

pub(super) fn has_text(text: &WritingText) -> bool {
    !text.printed.trim().is_empty()
}

fn one<'m>(material: &'m Material, code: &str) -> Result<&'m WritingDocument> {
    let is = |document: &&WritingDocument| document.code.as_deref() == Some(code);
    let codes = |documents: Vec<&WritingDocument>| {
        let codes: Vec<&str> = documents.iter().filter_map(|document| document.code.as_deref()).collect();
        if codes.is_empty() { "—".to_owned() } else { codes.join("、") }
    };
    if let Some(found) = written(material).find(is) {
        return Ok(found);
    }
    Err(match summaries(material).find(is) {
        Some(known) => {
            let indicator = format!("{code} {}", known.name);
            Refused::SummaryUnwritten { indicator, written: codes(written(material).collect()) }
        }
        None => Refused::UnknownSummary { indicator: code.to_owned(), known: codes(summaries(material).collect()) },
    }
    .into())
}

/// The lead departments of a summary's indicator.
fn lead(material: &Material, summary: &WritingDocument) -> Option<String> {
    let code = summary.code.as_deref()?;
    let indicator = material.opened.rubric.indicators.iter().find(|indicator| indicator.code == code)?;
    let lead = material.assignment.at_indicator(indicator, AssignmentKind::Lead).join("、");
    Some(lead).filter(|lead| !lead.is_empty())
}

fn blocks(summary: &WritingDocument) -> Vec<Block> {
    summary.texts.iter().flat_map(text_blocks).collect()
}

/// A text below its headings.
pub(super) fn text_blocks(text: &WritingText) -> Vec<Block> {
    let mut blocks = headings(text);
    blocks.extend(paragraphs(&text.printed));
    blocks
}

pub(super) fn headings(text: &WritingText) -> Vec<Block> {
    let heading = |heading: &crate::view::HeadingView| Block::Heading {
        level: usize::try_from(heading.level).unwrap_or(1),
        text: heading.text.clone(),
    };
    text.headings.iter().map(heading).collect()
}

/// Parts that are empty, references that lead nowhere, and texts that are too long, of the documents to be printed.
pub(super) fn warnings<'m>(documents: impl Iterator<Item = &'m WritingDocument>) -> Vec<Warning> {
    /// So many titles are named.
    const NAMED: usize = 3;
    let mut found = Vec::new();
    for written in documents {
        let document = written.title.clone();
        let empty: Vec<&str> = written.texts.iter().filter(|text| !has_text(text)).map(|t| t.title.as_str()).collect();
        if !empty.is_empty() {
            let parts = empty.iter().copied().take(NAMED).collect::<Vec<_>>().join("、");
            let (document, count) = (document.clone(), empty.len());
            found.push(match count.saturating_sub(NAMED) {
                0 => Warning::TextEmpty { document, count, parts },
                others => Warning::TextsEmpty { document, count, parts, others },
            });
        }
        let lost: Vec<&str> = written.texts.iter().flat_map(|text| &text.unresolved).map(String::as_str).collect();
        if !lost.is_empty() {
            found.push(Warning::ReferenceLost { document: document.clone(), names: lost.join("、") });
        }
        let repeated = repeated_numbers(written);
        if !repeated.is_empty() {
            found.push(Warning::NumberRepeated { document: document.clone(), headings: repeated.join("、") });
        }
        if let Some(limit) = written.limit.filter(|_| written.over) {
            found.push(Warning::TextLong { document, count: written.count, limit });
        }
    }
    found
}

/// Headings typed into a text whose number the outline has already at that level, or takes later.
fn repeated_numbers(written: &WritingDocument) -> Vec<String> {
    let number = |text: &str| -> String {
        text.trim_start_matches(['（', '(']).chars().take_while(|c| !"、.．）)".contains(*c)).collect()
    };
    let outline = written.texts.iter().flat_map(|text| {
        let typed = if has_text(text) { paragraphs(&text.printed) } else { Vec::new() };
        headings(text).into_iter().map(|block| (block, false)).chain(typed.into_iter().map(|block| (block, true)))
    });
    // Numbers are the same only under the same headings.
    let mut path: Vec<String> = Vec::new();
    let mut seen: BTreeMap<Vec<String>, Option<String>> = BTreeMap::new();
    let mut repeated = Vec::new();
    for (block, typed) in outline {
        let Block::Heading { level, text } = block else { continue };
        path.resize(level.saturating_sub(1), String::new());
        path.push(number(&text));
        let typed = typed.then_some(text);
        match seen.get(&path) {
            Some(before) => repeated.extend(before.clone().xor(typed)),
            None => drop(seen.insert(path.clone(), typed)),
        }
    }
    repeated
}
