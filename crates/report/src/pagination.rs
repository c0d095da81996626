//! Which rows of a table stand on which page.
//!
//! Rows break between rows. A cell that spans rows is closed at the page's end and goes on at the next page's top with
//! its text repeated. Only a cell that is taller than a page is split, by lines. Heights only; nothing is drawn here.

use std::ops::Range;

/// Lines of a split cell that a page shows at least.
const FEW_LINES: usize = 3;

/// A cell's extent in rows and the heights of its lines.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Block {
    /// First row.
    pub row: usize,
    /// Rows spanned, at least one.
    pub rows: usize,
    /// Line heights where the cell begins.
    pub first: Vec<f64>,
    /// Line heights where the cell goes on after a page break.
    pub again: Vec<f64>,
}

impl Block {
    fn end(&self) -> usize {
        self.row + self.rows
    }
}

/// A table's rows as heights.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Plan {
    pub blocks: Vec<Block>,
    /// For each row, whether it must stand on the same page as the row before.
    pub tied: Vec<bool>,
    /// Room between text and border, above and below.
    pub pad: f64,
    /// No row is lower.
    pub least_row: f64,
    /// Rows of the cell that spans most.
    tallest: usize,
}

/// Room for rows on the page where the table begins and on a whole page, and what must fit below the last row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Room {
    pub first: f64,
    pub page: f64,
    pub after: f64,
    /// Room on a whole page below the lines that stand above the table.
    pub kept: f64,
}

/// The lines of one cell that one segment shows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Portion {
    /// Index into [`Plan::blocks`].
    pub block: usize,
    /// The lines are those of [`Block::again`], not of [`Block::first`].
    pub again: bool,
    pub lines: Range<usize>,
}

/// The part of a table that stands on one page. No rows: the page has no room, go on with the next.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Segment {
    pub rows: Range<usize>,
    pub heights: Vec<f64>,
    pub portions: Vec<Portion>,
}

/// Where the layout of the table stands between two segments.
struct State {
    row: usize,
    /// The row's beginning stands on the page before.
    partial: bool,
    /// Lines shown of each cell that is taller than a page.
    shown: Vec<usize>,
}

impl Plan {
    /// A plan of a table's cells, in the order of their rows, and of the rows that stay with the row before.
    pub(crate) fn new(blocks: Vec<Block>, tied: Vec<bool>, pad: f64, least_row: f64) -> Plan {
        debug_assert!(blocks.is_sorted_by_key(|block| block.row), "cells stand in the order of their rows");
        let tallest = blocks.iter().map(|block| block.rows).max().unwrap_or(1);
        Plan { blocks, tied, pad, least_row, tallest }
    }

    /// Cuts the table into segments, one for each page.
    pub(crate) fn paginate(&self, room: Room) -> Vec<Segment> {
        let mut segments = Vec::new();
        let mut state = State { row: 0, partial: false, shown: vec![0; self.blocks.len()] };
        while state.row < self.tied.len() {
            let space = if segments.is_empty() { room.first } else { room.page };
            let end = self.best_end(&state, space, room);
            let next = end.unwrap_or(state.row);
            let segment = if let Some(heights) = self.open_heights(&state, next, space, room) {
                self.segment(&mut state, heights, true, room)
            } else if let Some(end) = end {
                let heights = self.fit(&state, end, false, room);
                self.segment(&mut state, heights, false, room)
            } else if segments.is_empty() && room.first < room.page {
                Segment::default()
            } else {
                // Every part that cannot be split fits a page, so this is a page lower than one line.
                self.segment(&mut state, vec![room.page], true, room)
            };
            segments.push(segment);
        }
        segments
    }

    /// The blocks that may reach into rows from `first` to before `end`: those of a long table that cannot are not asked.
    fn near(&self, first: usize, end: usize) -> std::ops::Range<usize> {
        let before = |row: usize| self.blocks.partition_point(|block| block.row < row);
        before((first + 1).saturating_sub(self.tallest))..before(end)
    }

    /// Height of what a table begins with on a page of so much room for rows: the first row and those that stay with
    /// it, or the first row alone when they cannot stay together.
    pub(crate) fn beginning(&self, page: f64) -> f64 {
        let state = State { row: 0, partial: false, shown: vec![0; self.blocks.len()] };
        let room = Room { first: page, page, after: 0.0, kept: page };
        let height = |end: usize| self.fit(&state, end.min(self.tied.len()), false, room).iter().sum::<f64>();
        let group = height(self.group_end(0));
        if group > page { height(1) } else { group }
    }

    /// The row before which those end that stay with row `first`.
    fn group_end(&self, first: usize) -> usize {
        first + 1 + self.tied.iter().skip(first + 1).take_while(|tied| **tied).count()
    }

    /// A cell that is taller than a page; its lines flow from page to page instead of being repeated.
    fn flows(&self, block: &Block, room: Room) -> bool {
        let most = self.height(&block.first).max(self.height(&block.again));
        most > room.page
    }

    fn height(&self, lines: &[f64]) -> f64 {
        if lines.is_empty() { 0.0 } else { lines.iter().sum::<f64>() + 2.0 * self.pad }
    }

    /// The end of the segment that begins at the state's row: as many rows as fit, but rather fewer than cut cells
    /// whose repeated text would cost more room than is gained.
    fn best_end(&self, state: &State, space: f64, room: Room) -> Option<usize> {
        let count = self.tied.len();
        let mut best: Option<(f64, usize)> = None;
        for end in state.row + 1..=count {
            let used: f64 = self.fit(state, end, false, room).iter().sum();
            if used > space {
                break;
            }
            if end == count {
                // When what follows does not fit, the last rows go with it to the next page, if there are more.
                if used + room.after <= space || best.is_none() {
                    return Some(end);
                }
            } else if !self.tied[end] {
                let worth = used - self.cost_of_cut(end);
                if best.is_none_or(|(most, _)| worth >= most) {
                    best = Some((worth, end));
                }
            }
        }
        best.map(|(_, end)| end).or_else(|| self.tied_end(state, space, room))
    }

    /// The longest segment that fits when ties cannot be kept.
    fn tied_end(&self, state: &State, space: f64, room: Room) -> Option<usize> {
        let group = self.fit(state, self.group_end(state.row).min(self.tied.len()), false, room);
        if space < room.page && group.iter().sum::<f64>() <= room.kept {
            return None;
        }
        let fits = |end: &usize| self.fit(state, *end, false, room).iter().sum::<f64>() <= space;
        (state.row + 1..=self.tied.len()).take_while(fits).last()
    }

    /// Height of the texts that a page break before row `end` makes the table repeat.
    fn cost_of_cut(&self, end: usize) -> f64 {
        let near = self.near(end.saturating_sub(1), end).map(|index| &self.blocks[index]);
        near.filter(|b| b.row < end && end < b.end()).map(|b| self.height(&b.again)).sum()
    }

    /// Row heights of a segment from the state's row to `end`, tall enough for every cell's part in it.
    /// When `open`, the last row goes on over the page.
    fn fit(&self, state: &State, end: usize, open: bool, room: Room) -> Vec<f64> {
        let mut heights = vec![self.least_row; end - state.row];
        let mut cells: Vec<(Range<usize>, f64)> = Vec::new();
        for index in self.near(state.row, end) {
            let block = &self.blocks[index];
            if block.row < end && state.row < block.end() {
                let part = block.row.max(state.row) - state.row..block.end().min(end) - state.row;
                cells.push((part, self.needed(state, index, (end, open), room)));
            }
        }
        cells.sort_by_key(|(part, _)| part.len());
        for (part, needed) in cells {
            let missing = needed - heights[part.clone()].iter().sum::<f64>();
            if missing > 0.0 {
                let share = missing / part.len() as f64;
                heights[part].iter_mut().for_each(|height| *height += share);
            }
        }
        heights
    }

    /// Height that a cell needs in a segment that ends before row `end`.
    fn needed(&self, state: &State, index: usize, (end, open): (usize, bool), room: Room) -> f64 {
        let block = &self.blocks[index];
        let continued = block.row < state.row || (block.row == state.row && state.partial);
        if self.flows(block, room) {
            let rest = &block.first[state.shown[index]..];
            let goes_on = block.end() > end || (open && block.end() == end);
            return self.height(if goes_on { &rest[..rest.len().min(FEW_LINES)] } else { rest });
        }
        match (continued, block.rows) {
            (false, _) => self.height(&block.first),
            (true, 1) => 0.0,
            (true, _) => self.height(&block.again),
        }
    }

    /// Row heights of a segment that fills the page with the beginning of row `last`, when a cell in that row is taller
    /// than a page and the rows before leave room for some of it.
    fn open_heights(&self, state: &State, last: usize, space: f64, room: Room) -> Option<Vec<f64>> {
        let ends_there = |block: &Block| block.row <= last && block.end() == last + 1;
        if !self
            .near(last, last + 1)
            .any(|index| ends_there(&self.blocks[index]) && self.flows(&self.blocks[index], room))
        {
            return None;
        }
        let mut heights = self.fit(state, last + 1, true, room);
        let left = space - heights.iter().sum::<f64>();
        if left < 0.0 || self.fit(state, last + 1, false, room).iter().sum::<f64>() <= space {
            return None;
        }
        *heights.last_mut()? += left;
        Some(heights)
    }

    fn segment(&self, state: &mut State, heights: Vec<f64>, open: bool, room: Room) -> Segment {
        let end = state.row + heights.len();
        let portions = self.portions(state, end, &heights, room);
        let rows = state.row..end;
        (state.row, state.partial) = if open { (end - 1, true) } else { (end, false) };
        Segment { rows, heights, portions }
    }

    fn portions(&self, state: &mut State, end: usize, heights: &[f64], room: Room) -> Vec<Portion> {
        let mut portions = Vec::new();
        for index in self.near(state.row, end) {
            let block = &self.blocks[index];
            if block.row >= end || state.row >= block.end() {
                continue;
            }
            let continued = block.row < state.row || (block.row == state.row && state.partial);
            let flows = self.flows(block, room);
            let (again, lines) = if flows {
                let part = block.row.max(state.row) - state.row..block.end().min(end) - state.row;
                let space = heights[part].iter().sum::<f64>() - 2.0 * self.pad;
                let from = state.shown[index];
                state.shown[index] = from + lines_within(&block.first[from..], space);
                (false, from..state.shown[index])
            } else if continued {
                let again = if block.rows == 1 { 0 } else { block.again.len() };
                (true, 0..again)
            } else {
                (false, 0..block.first.len())
            };
            portions.push(Portion { block: index, again, lines });
        }
        portions
    }
}

/// How many lines fit; at least one, so that every page makes progress.
fn lines_within(lines: &[f64], space: f64) -> usize {
    const ROUNDING: f64 = 0.01;
    let mut used = 0.0;
    let fitting = lines.iter().take_while(|line| {
        used += **line;
        used <= space + ROUNDING
    });
    fitting.count().max(1).min(lines.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ROOM: Room = Room { first: 300.0, page: 500.0, after: 60.0, kept: 450.0 };

    /// A three-level table: groups of groups of rows with random heights.
    fn plans() -> impl Strategy<Value = Plan> {
        let row = (0_usize..60, any::<bool>());
        let leaf = (0_usize..12, prop::collection::vec(row, 1..6));
        prop::collection::vec((0_usize..60, prop::collection::vec(leaf, 1..4)), 0..8).prop_map(|groups| {
            let (mut blocks, mut ties) = (Vec::new(), Vec::new());
            let lines = |n: usize| vec![14.0; n];
            for (text, leaves) in groups {
                let start = ties.len();
                for (leaf_text, rows) in leaves {
                    let leaf_start = ties.len();
                    for (count, tied) in rows {
                        let row = ties.len();
                        blocks.push(Block { row, rows: 1, first: lines(count), again: Vec::new() });
                        ties.push(tied && row % 7 == 3);
                    }
                    let rows = ties.len() - leaf_start;
                    blocks.push(Block { row: leaf_start, rows, first: lines(leaf_text), again: lines(leaf_text) });
                }
                let rows = ties.len() - start;
                blocks.push(Block { row: start, rows, first: lines(text), again: lines(text + 1) });
            }
            blocks.sort_by_key(|block| block.row);
            Plan::new(blocks, ties, 3.0, 0.0)
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_row_and_every_line_stands_on_a_page_exactly_once(plan in plans()) {
            let segments = plan.paginate(ROOM);
            let mut next = 0;
            let mut shown = vec![Vec::new(); plan.blocks.len()];
            for (page, segment) in segments.iter().enumerate() {
                let space = if page == 0 { ROOM.first } else { ROOM.page };
                prop_assert!(segment.heights.iter().sum::<f64>() <= space + 0.01, "a page overflows");
                if page == 0 && segment.rows.is_empty() { continue; }
                // The next row, or one that goes on from the page before.
                prop_assert!(segment.rows.start == next || segment.rows.start + 1 == next);
                next = segment.rows.end;
                for portion in &segment.portions {
                    if !portion.again { shown[portion.block].extend(portion.lines.clone()); }
                }
            }
            prop_assert_eq!(next, plan.tied.len());
            for (block, lines) in plan.blocks.iter().zip(shown) {
                prop_assert_eq!(lines, (0..block.first.len()).collect::<Vec<_>>());
            }
        }

        #[test]
        fn every_cell_is_as_tall_as_its_text(plan in plans()) {
            for segment in plan.paginate(ROOM) {
                for portion in &segment.portions {
                    let block = &plan.blocks[portion.block];
                    let lines = if portion.again { &block.again } else { &block.first };
                    let text: f64 = lines[portion.lines.clone()].iter().sum();
                    let from = block.row.max(segment.rows.start) - segment.rows.start;
                    let to = block.end().min(segment.rows.end) - segment.rows.start;
                    prop_assert!(text <= segment.heights[from..to].iter().sum::<f64>() + 0.01);
                }
            }
        }
    }
}
