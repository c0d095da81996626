//! Tables: fixed columns, a header on every page, merged cells, thin borders.

use document::{Align, Cell, Paragraph, Profile, StyleName, Table};

use super::{
    styles,
    text::{empty, paragraph, twips},
    xml::{Element, el, val},
};

/// What stands at a place of a row.
enum Place<'a> {
    Begins(&'a Cell),
    /// A cell of a row above goes on.
    GoesOn,
    Nothing,
}

/// A cell that reaches down into later rows.
#[derive(Clone, Copy, Default)]
struct Reaching {
    rows: usize,
    columns: usize,
}

/// How a row is set.
#[derive(Clone, Copy)]
struct Look {
    /// Printed again on every page.
    header: bool,
    /// Least height in points; 0 when the text says it.
    least: f64,
    /// Text of so many characters is centred.
    short: usize,
}

/// The table.
pub(super) fn element(table: &Table, profile: &Profile) -> Element {
    let short = profile.check.short_cell_characters;
    let widths = widths(&table.columns, profile.core.width());
    let total: i64 = widths.iter().sum();
    let props = el("w:tblPr")
        .with(val("w:tblStyle", styles::TABLE))
        .with(el("w:tblW").attr("w:w", total).attr("w:type", "dxa"))
        .with(styles::borders(profile))
        .with(el("w:tblLayout").attr("w:type", "fixed"))
        .with(styles::cell_margins(profile));
    let grid = el("w:tblGrid").all(widths.iter().map(|width| el("w:gridCol").attr("w:w", width)));
    let mut element = el("w:tbl").with(props).with(grid);
    if !table.header.is_empty() {
        let mut none = vec![Reaching::default(); widths.len()];
        let header: Vec<Cell> = table.header.iter().map(|cell| Cell { rows: 1, ..cell.clone() }).collect();
        let mut row = row(&places(&header, &mut none), &widths, Look { header: true, least: 0.0, short });
        // A header never ends a page.
        tie_row(&mut row);
        element = element.with(row);
    }
    let mut reaching = vec![Reaching::default(); widths.len()];
    for (index, cells) in table.rows.iter().enumerate() {
        let places = places(&cells.cells, &mut reaching);
        let mut row = row(&places, &widths, Look { header: false, least: table.least_row, short });
        if table.rows.get(index + 1).is_some_and(|next| next.tied) {
            tie_row(&mut row);
        }
        element = element.with(row);
    }
    element
}

/// Keeps a row on one page with what follows.
pub(super) fn tie_row(row: &mut Element) {
    row.each("w:p", &mut |paragraph| paragraph.set_prop(el("w:keepNext")));
}

/// The columns in twips, together exactly as wide as the core.
fn widths(shares: &[f64], width: f64) -> Vec<i64> {
    let sum: f64 = shares.iter().sum();
    let mut reached = 0.0;
    let mut edge = 0;
    let mut widths = Vec::new();
    for share in shares {
        reached += share;
        let next = twips(width * reached / sum);
        widths.push(next - edge);
        edge = next;
    }
    widths
}

/// What stands in a row from the left, with the column where it begins and the columns that it takes.
fn places<'a>(cells: &'a [Cell], reaching: &mut [Reaching]) -> Vec<(usize, usize, Place<'a>)> {
    let mut places = Vec::new();
    let mut column = 0;
    while column < reaching.len() {
        let begins = cells.iter().find(|cell| cell.column == column);
        let from_above = reaching[column];
        let (columns, place) = match begins {
            _ if from_above.rows > 0 => {
                reaching[column].rows -= 1;
                (from_above.columns, Place::GoesOn)
            }
            Some(cell) => {
                let columns = cell.columns.clamp(1, reaching.len() - column);
                reaching[column] = Reaching { rows: cell.rows.saturating_sub(1), columns };
                (columns, Place::Begins(cell))
            }
            None => (1, Place::Nothing),
        };
        places.push((column, columns, place));
        column += columns;
    }
    places
}

fn row(places: &[(usize, usize, Place<'_>)], widths: &[i64], look: Look) -> Element {
    let Look { header, least, short } = look;
    let height = (least > 0.0).then(|| val("w:trHeight", twips(least)).attr("w:hRule", "atLeast"));
    let props = el("w:trPr").with(el("w:cantSplit")).all(height).all(header.then(|| el("w:tblHeader")));
    let cells = places.iter().map(|(column, columns, place)| {
        let width: i64 = widths[*column..column + columns].iter().sum();
        cell(place, width, *columns, short)
    });
    el("w:tr").with(props).all(cells)
}

fn cell(place: &Place<'_>, width: i64, columns: usize, short: usize) -> Element {
    let merge = match place {
        Place::Begins(cell) if cell.rows > 1 => Some(val("w:vMerge", "restart")),
        Place::GoesOn => Some(el("w:vMerge")),
        Place::Begins(_) | Place::Nothing => None,
    };
    let props = el("w:tcPr")
        .with(el("w:tcW").attr("w:w", width).attr("w:type", "dxa"))
        .all((columns > 1).then(|| val("w:gridSpan", columns)))
        .all(merge)
        .with(val("w:vAlign", "center"));
    let paragraphs = match place {
        Place::Begins(cell) if !cell.paragraphs.is_empty() => {
            let characters: usize = cell.paragraphs.iter().map(|p| p.text.chars().count()).sum();
            let mut set: Vec<Element> = cell.paragraphs.iter().map(|p| set(p, characters <= short)).collect();
            if let (Some((level, _)), Some(first)) = (&cell.bookmark, set.first_mut()) {
                first.set_prop(val("w:outlineLvl", level.saturating_sub(1).min(8)));
            }
            set
        }
        _ => vec![empty(styles::id(StyleName::TableCell))],
    };
    el("w:tc").with(props).all(paragraphs)
}

/// Short text is centred in any case (附件5: 中部居中).
fn set(text: &Paragraph, short: bool) -> Element {
    let set = paragraph(text.style, &text.text);
    match text.align {
        Align::Left if !short => set.prop(val("w:jc", "left")),
        Align::Prose if !short => set.prop(val("w:jc", "both")),
        // As the styles of tables have it.
        _ => set,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_together_as_wide_as_the_core() {
        for shares in [vec![1.0, 1.0, 1.0], vec![0.7, 3.3, 0.11, 9.0], vec![1.0; 37]] {
            assert_eq!(widths(&shares, 420.094).iter().sum::<i64>(), twips(420.094), "{shares:?}");
        }
    }

    #[test]
    fn every_row_covers_every_column_once() {
        let cell = |column, columns, rows| Cell {
            columns,
            rows,
            ..Cell::of(column, "字", StyleName::TableCell, Align::Centre, "表")
        };
        let rows = [vec![cell(0, 2, 2), cell(3, 1, 1)], vec![cell(2, 5, 1)], vec![]];
        let mut reaching = vec![Reaching::default(); 4];
        for row in &rows {
            let places = places(row, &mut reaching);
            assert_eq!(places.iter().map(|place| place.1).sum::<usize>(), 4);
        }
    }
}
