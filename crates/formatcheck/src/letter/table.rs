//! Tables: type of header and cells, borders, places of text.

use super::text::Off;
use crate::docx::{Align, Cell, Row, Table};
use crate::finding::{Fault, Findings, Place};
use crate::measure;
use document::StyleName;

/// A table with fewer rows or columns is a means of layout.
const LEAST: usize = 2;
/// The ways in which the format sets text of a table below its header.
const CELL_STYLES: [StyleName; 4] =
    [StyleName::TableCell, StyleName::TableRemark, StyleName::TableSubtotal, StyleName::TableTotal];

pub fn check(table: &Table, findings: &mut Findings<'_>) {
    let columns = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    if table.rows.len() < LEAST || columns < LEAST {
        return;
    }
    let whole = Place::Table { table: table.number };
    let headers = table.rows.iter().take_while(|row| row.header).count().max(1);
    let long = table.rows.len() >= usize::from(findings.profile.grid.lines);
    if long && !table.rows[0].header {
        findings.add(Fault::TableHeaderRepeat {}, whole.clone());
    }
    let header = table.rows.iter().take(headers).flat_map(|row| &row.cells);
    if !header.map(text).any(|text| text.contains("序号")) {
        findings.add(Fault::TableNumberColumn {}, whole);
    }
    for (index, row) in table.rows.iter().enumerate() {
        let beginning = row.cells.iter().map(text).find(|text| !text.trim().is_empty()).unwrap_or_default();
        let beginning = measure::beginning(&beginning);
        let place = Place::Row { table: table.number, row: index + 1, beginning };
        row_type(row, index < headers, &place, findings);
        row_look(row, &place, findings);
    }
}

fn text(cell: &Cell) -> String {
    cell.paragraphs.iter().map(|paragraph| paragraph.text()).collect()
}

fn row_type(row: &Row, header: bool, place: &Place, findings: &mut Findings<'_>) {
    let profile = findings.profile;
    let styles = if header { &[StyleName::TableHeader][..] } else { &CELL_STYLES };
    for paragraph in row.cells.iter().flat_map(|cell| &cell.paragraphs) {
        let fits = |name: &StyleName| {
            let off = Off::of(&paragraph.runs, profile.style(*name), profile);
            off.font.is_none() && off.latin.is_none() && off.size.is_none()
        };
        if styles.iter().any(fits) {
            continue;
        }
        let off = Off::of(&paragraph.runs, profile.style(styles[0]), profile);
        if let Some((found, expected)) = off.font {
            let fault = if header {
                Fault::TableHeaderFont { found, expected }
            } else {
                Fault::TableCellFont { found, expected }
            };
            findings.add(fault, place.clone());
        }
        if let Some((found, expected)) = off.latin {
            findings.add(Fault::TableLatinFont { found, expected }, place.clone());
        }
        if let Some((found, expected)) = off.size {
            findings.add(Fault::TableSize { found, expected }, place.clone());
        }
    }
}

fn row_look(row: &Row, place: &Place, findings: &mut Findings<'_>) {
    let profile = findings.profile;
    let expected = profile.table.border;
    let widths: Vec<f64> = row.cells.iter().flat_map(|cell| cell.borders.iter().copied()).collect();
    let off = widths.iter().find(|width| (*width - expected).abs() > profile.check.border_pt);
    let found = off.map(|width| measure::points(*width)).or_else(|| widths.is_empty().then(|| measure::name("")));
    if let Some(found) = found {
        findings.add(Fault::TableBorder { found, expected: measure::points(expected) }, place.clone());
    }
    let is_short = |text: &str| (1..=profile.check.short_cell_characters).contains(&text.trim().chars().count());
    let across = |cell: &Cell| cell.paragraphs.iter().all(|one| one.props.align == Some(Align::Centre));
    let off = |cell: &&Cell| {
        let text = text(cell);
        !text.trim().is_empty() && (!cell.centred || (is_short(&text) && !across(cell)))
    };
    if row.cells.iter().any(|cell| off(&cell)) {
        findings.add(Fault::TableNotCentred {}, place.clone());
    }
}
