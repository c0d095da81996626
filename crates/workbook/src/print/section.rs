//! What stands on one sheet: tables of the same columns, with the texts around them.

#![allow(clippy::disallowed_types, clippy::float_arithmetic, reason = "lengths on paper, not marks")]

use document::{Block, Chart, Document, Table};

/// Shares of the columns are compared and kept in thousandths of their sum.
const WHOLE: f64 = 1000.0;

/// Tables with the same columns, and what stands between them.
pub struct Section<'a> {
    /// Shares of the columns.
    pub columns: Vec<u16>,
    pub blocks: Vec<&'a Block>,
}

impl Section<'_> {
    fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
    }

    /// The caption of its first table.
    pub fn caption(&self) -> Option<&str> {
        self.tables().next()?.caption.as_deref()
    }

    /// Whether the header of its first table may stand at the head of each page: all tables have the same.
    pub fn has_one_header(&self) -> bool {
        let texts = |table: &Table| table.header.iter().map(super::table::text).collect::<Vec<_>>();
        let mut headers = self.tables().map(texts);
        headers.next().is_some_and(|first| !first.is_empty() && headers.all(|header| header == first))
    }

    /// Whether it has a single table.
    pub fn has_one_table(&self) -> bool {
        self.tables().count() == 1
    }
}

/// The body's blocks by the columns of their tables: a text stands with the table that follows it.
pub fn sections(document: &Document) -> Vec<Section<'_>> {
    let mut sections: Vec<Section<'_>> = Vec::new();
    let mut pending = Vec::new();
    for block in &document.body {
        pending.push(block);
        let Block::Table(table) = block else { continue };
        let columns = shares(table);
        match sections.last_mut() {
            Some(last) if last.columns == columns => last.blocks.append(&mut pending),
            _ => sections.push(Section { columns, blocks: std::mem::take(&mut pending) }),
        }
    }
    match sections.last_mut() {
        Some(last) => last.blocks.append(&mut pending),
        None => sections.push(Section { columns: vec![1], blocks: pending }),
    }
    sections
}

fn shares(table: &Table) -> Vec<u16> {
    let sum: f64 = table.columns.iter().sum();
    table.columns.iter().map(|share| (share / sum * WHOLE).round() as u16).collect()
}

/// What a chart shows, in words.
pub fn figures(chart: &Chart) -> Vec<String> {
    let (caption, figures): (&String, Vec<(&String, &String)>) = match chart {
        Chart::Radar { caption, axes } => (caption, axes.iter().map(|axis| (&axis.label, &axis.text)).collect()),
        Chart::Bars { caption, bars, .. } => (caption, bars.iter().map(|bar| (&bar.label, &bar.text)).collect()),
    };
    let figure = |(label, text): (&String, &String)| format!("{label}：{text}");
    std::iter::once(caption.clone()).chain(figures.into_iter().map(figure)).collect()
}
