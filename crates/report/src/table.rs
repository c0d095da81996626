//! Tables: columns, a header on every page, cells that span rows and columns.

use std::collections::BTreeMap;

use document::{Align, Cell, Paragraph, Style, Table, TableRules};

use crate::{
    Error, PrintedCell,
    lines::{self, Line, Measure},
    page::{BLACK, Pages, Run, Stroke},
    pagination::{Block, Plan, Room, Segment},
};

/// What stands after a text that is repeated on the next page.
const CONTINUED: &str = "（续）";

/// A line with its style.
#[derive(Debug, Clone)]
struct SetLine {
    line: Line,
    style: Style,
    align: Align,
}

/// A cell whose text is broken into lines.
struct SetCell<'a> {
    cell: &'a Cell,
    row: usize,
    first: Vec<SetLine>,
    again: Vec<SetLine>,
}

/// A table ready to be cut into pages.
pub(crate) struct SetTable<'a> {
    edges: Vec<f64>,
    header: Vec<SetCell<'a>>,
    cells: Vec<SetCell<'a>>,
    plan: Plan,
    header_plan: Plan,
}

impl<'a> SetTable<'a> {
    /// Breaks every cell's text into lines.
    pub(crate) fn new(table: &'a Table, pages: &Pages<'_>) -> Result<SetTable<'a>, Error> {
        let edges = edges(&table.columns, pages.profile.core.width());
        let header: Vec<_> = table.header.iter().map(|c| set_cell(c, 0, &edges, pages)).collect::<Result<_, _>>()?;
        let mut cells = Vec::new();
        for (index, row) in table.rows.iter().enumerate() {
            for cell in &row.cells {
                cells.push(set_cell(cell, index, &edges, pages)?);
            }
        }
        let pad = pages.profile.table.pad_down;
        let blocks = |cells: &[SetCell<'_>]| cells.iter().map(SetCell::block).collect();
        let tied = table.rows.iter().map(|row| row.tied).collect();
        let plan = Plan::new(blocks(&cells), tied, pad, table.least_row);
        let tied = vec![false; usize::from(!header.is_empty())];
        let header_plan = Plan::new(blocks(&header), tied, pad, 0.0);
        Ok(SetTable { edges, header, cells, plan, header_plan })
    }

    /// Height of the header with the first row and those that stay with it, below lines of height `above`: less is not
    /// begun on a page.
    pub(crate) fn beginning(&self, above: f64, pages: &Pages<'_>) -> f64 {
        let (header, page) = (self.header_heights(), pages.profile.core.height());
        header + self.plan.beginning(page - header - above).min(page - header - above)
    }

    fn header_heights(&self) -> f64 {
        self.header_segments().iter().flat_map(|segment| &segment.heights).sum()
    }

    fn header_segments(&self) -> Vec<Segment> {
        self.header_plan.paginate(Room { first: f64::MAX, page: f64::MAX, after: 0.0, kept: f64::MAX })
    }
}

fn set_cell<'a>(cell: &'a Cell, row: usize, edges: &[f64], pages: &Pages<'_>) -> Result<SetCell<'a>, Error> {
    let width = edges[cell.column + cell.columns] - edges[cell.column] - 2.0 * pages.profile.table.pad_across;
    let first = set_lines(&cell.paragraphs, &cell.place, width, pages)?;
    let mut repeated: Vec<Paragraph> = cell.paragraphs.iter().filter(|p| !p.once).cloned().collect();
    if let Some(last) = repeated.last_mut() {
        last.text.push_str(CONTINUED);
    }
    let again = if cell.rows > 1 { set_lines(&repeated, &cell.place, width, pages)? } else { Vec::new() };
    Ok(SetCell { cell, row, first, again })
}

/// Left edges of the columns, and the last one's right edge, from the table's left edge.
fn edges(columns: &[f64], width: f64) -> Vec<f64> {
    let sum: f64 = columns.iter().sum();
    let mut edges = vec![0.0];
    for column in columns {
        edges.push(edges[edges.len() - 1] + column / sum * width);
    }
    edges
}

fn set_lines(paragraphs: &[Paragraph], place: &str, width: f64, pages: &Pages<'_>) -> Result<Vec<SetLine>, Error> {
    let mut all = Vec::new();
    for paragraph in paragraphs {
        let style = *pages.profile.style(paragraph.style);
        let set = match paragraph.align {
            Align::Centre => lines::balanced(&paragraph.text, &style, width, pages.faces, place)?,
            Align::Left => lines::set(&paragraph.text, &style, Measure::of(width), pages.faces, place)?,
            Align::Prose => {
                let measure = Measure::justified(width, &style, pages.profile.stretch);
                lines::set(&paragraph.text, &style, measure, pages.faces, place)?
            }
        };
        all.extend(set.into_iter().map(|line| SetLine { line, style, align: paragraph.align }));
    }
    Ok(all)
}

impl SetCell<'_> {
    fn block(&self) -> Block {
        let heights = |lines: &[SetLine]| lines.iter().map(|l| l.style.line).collect();
        Block { row: self.row, rows: self.cell.rows, first: heights(&self.first), again: heights(&self.again) }
    }
}

impl SetTable<'_> {
    /// Draws the table from the pages' present position on. `after` is the height that must follow the last row on
    /// its page, `above` that of the lines which stand right above the table.
    pub(crate) fn draw(&self, pages: &mut Pages<'_>, above: f64, after: f64) {
        let (header, header_height) = (self.header_segments(), self.header_heights());
        // A header that leaves no room for rows would keep them from ever being set.
        let page = (pages.profile.core.height() - header_height).max(pages.profile.core.height() / 4.0);
        let room = Room { first: pages.room() - header_height, page, after, kept: page - above };
        for (index, segment) in self.plan.paginate(room).iter().enumerate() {
            if index > 0 {
                pages.turn();
            }
            if segment.rows.is_empty() {
                continue;
            }
            for head in &header {
                self.draw_segment(pages, head, &self.header);
            }
            self.draw_segment(pages, segment, &self.cells);
        }
    }

    fn draw_segment(&self, pages: &mut Pages<'_>, segment: &Segment, cells: &[SetCell<'_>]) {
        let rules = pages.profile.table;
        let (left, top) = (pages.profile.core.left, pages.y);
        let across = &self.edges;
        let mut down = vec![0.0];
        for height in &segment.heights {
            down.push(down[down.len() - 1] + height);
        }
        let mut borders = Borders::default();
        for portion in &segment.portions {
            let set = &cells[portion.block];
            let columns = (set.cell.column, set.cell.column + set.cell.columns);
            let from = set.row.max(segment.rows.start) - segment.rows.start;
            let to = (set.row + set.cell.rows).min(segment.rows.end) - segment.rows.start;
            borders.frame(columns, (from, to));
            let lines = if portion.again { &set.again } else { &set.first };
            let lines = &lines[portion.lines.clone()];
            let box_left = left + across[columns.0] + rules.pad_across;
            let width = across[columns.1] - across[columns.0] - 2.0 * rules.pad_across;
            let stretch = pages.profile.stretch;
            let runs = centred(lines, (box_left, width), (top + down[from], top + down[to]), stretch);
            pages.page().runs.extend(runs);
            pages.cells.push(self.printed(
                set.cell,
                pages,
                (across[columns.0], across[columns.1]),
                (top + down[from], top + down[to]),
            ));
            if let (Some((level, title)), false, 0) = (&set.cell.bookmark, portion.again, portion.lines.start) {
                pages.y = top + down[from];
                pages.bookmark(*level, title);
            }
        }
        // The header's lower border is the first row's upper one.
        let page = pages.page();
        for stroke in borders.strokes((left, top), across, &down, &rules) {
            if !page.strokes.contains(&stroke) {
                page.strokes.push(stroke);
            }
        }
        pages.y = top + down[down.len() - 1];
    }
}

impl SetTable<'_> {
    /// A cell as it stands on the last page, with what the header says above it.
    fn printed(&self, cell: &Cell, pages: &Pages<'_>, across: (f64, f64), down: (f64, f64)) -> PrintedCell {
        let over = |head: &&SetCell<'_>| {
            (head.cell.column..head.cell.column + head.cell.columns).contains(&cell.column) && cell.columns == 1
        };
        let texts = self.header.iter().find(over).map(|head| &head.cell.paragraphs);
        let column = texts.into_iter().flatten().map(|paragraph| paragraph.text.replace('\n', "")).collect();
        let (left, paper) = (pages.profile.core.left, pages.profile.paper.height);
        PrintedCell {
            page_index: pages.list.len() - 1,
            place: cell.place.clone(),
            column,
            left: left + across.0,
            bottom: paper - down.1,
            right: left + across.1,
            top: paper - down.0,
        }
    }
}

/// Lines in the middle between `top` and `bottom`.
fn centred(lines: &[SetLine], across: (f64, f64), (top, bottom): (f64, f64), stretch: f64) -> Vec<Run> {
    let height: f64 = lines.iter().map(|l| l.style.line).sum();
    let mut y = top + (bottom - top - height) / 2.0;
    let mut runs = Vec::new();
    for SetLine { line, style, align } in lines {
        runs.extend(lines::place(line, style, *align, (across.0, y), (across.1, stretch)));
        y += style.line;
    }
    runs
}

/// Borders by grid position, so that two cells share one line.
#[derive(Default)]
struct Borders {
    /// Row edge → columns below which it runs.
    horizontal: BTreeMap<usize, Vec<usize>>,
    /// Column edge → rows beside which it runs.
    vertical: BTreeMap<usize, Vec<usize>>,
}

impl Borders {
    fn frame(&mut self, columns: (usize, usize), rows: (usize, usize)) {
        for edge in [rows.0, rows.1] {
            self.horizontal.entry(edge).or_default().extend(columns.0..columns.1);
        }
        for edge in [columns.0, columns.1] {
            self.vertical.entry(edge).or_default().extend(rows.0..rows.1);
        }
    }

    fn strokes(self, (left, top): (f64, f64), across: &[f64], down: &[f64], rules: &TableRules) -> Vec<Stroke> {
        let mut strokes = Vec::new();
        let width = rules.border;
        // Outer corners are square: horizontal lines reach over the vertical ones' half width.
        let reach = width / 2.0;
        for (edge, cells) in self.horizontal {
            let y = top + down[edge];
            for (from, to) in stretches(cells) {
                let (x1, x2) = (left + across[from] - reach, left + across[to] + reach);
                strokes.push(Stroke { from: (x1, y), to: (x2, y), width, colour: BLACK });
            }
        }
        for (edge, cells) in self.vertical {
            let x = left + across[edge];
            for (from, to) in stretches(cells) {
                strokes.push(Stroke { from: (x, top + down[from]), to: (x, top + down[to]), width, colour: BLACK });
            }
        }
        strokes
    }
}

/// Neighbouring positions joined: 0 1 2 5 → (0, 3) (5, 6).
fn stretches(mut cells: Vec<usize>) -> Vec<(usize, usize)> {
    cells.sort_unstable();
    cells.dedup();
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for cell in cells {
        match joined.last_mut() {
            Some((_, to)) if *to == cell => *to = cell + 1,
            _ => joined.push((cell, cell + 1)),
        }
    }
    joined
}
