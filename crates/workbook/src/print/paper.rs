//! How much stands on a sheet of paper.

#![allow(clippy::disallowed_types, clippy::float_arithmetic, reason = "lengths on paper, not marks")]

use document::Profile;

/// Width of a half-width character, the unit of columns, in points.
const UNIT: f64 = 5.25;
/// Margins that spreadsheets print with, left and right, then above and below, both together in points.
const MARGINS: (f64, f64) = (100.8, 108.0);
/// A table of more columns is printed on its side.
const MOST_UPRIGHT: usize = 6;
/// Narrowest column in half-width characters: a short heading still stands on two lines.
const NARROWEST: u16 = 5;

/// A sheet of paper, upright or on its side.
pub struct Paper {
    pub landscape: bool,
    /// Half-width characters across.
    across: u16,
    /// Points down.
    down: f64,
    row: f64,
    line: f64,
}

impl Paper {
    pub fn of(profile: &Profile, columns: usize) -> Self {
        let landscape = columns > MOST_UPRIGHT;
        let (width, height) = (profile.paper.width, profile.paper.height);
        let (width, down) = if landscape { (height, width) } else { (width, height) };
        let across = (width - MARGINS.0) / UNIT;
        Self {
            landscape,
            across: across as u16,
            down: down - MARGINS.1,
            row: profile.spreadsheet.row_pt,
            line: profile.spreadsheet.data_pt * crate::style::LEADING,
        }
    }

    /// The columns' shares as widths in half-width characters.
    pub fn widths(&self, shares: &[u16]) -> Vec<u16> {
        let sum: u32 = shares.iter().map(|share| u32::from(*share)).sum::<u32>().max(1);
        let width = |share: &u16| u32::from(self.across) * u32::from(*share) / sum;
        shares.iter().map(|share| u16::try_from(width(share)).unwrap_or(NARROWEST).max(NARROWEST)).collect()
    }

    /// Pages that rows of so many lines take.
    pub fn pages(&self, rows: &[u32]) -> u32 {
        let height = |lines: &u32| (f64::from(*lines) * self.line).max(self.row);
        let total: f64 = rows.iter().map(height).sum();
        (total / self.down).ceil().max(1.0) as u32
    }
}
