//! Fonts, sizes and paper of the spreadsheets that people print.

#![allow(clippy::disallowed_types, clippy::float_arithmetic, reason = "lengths on paper, not marks")]

use document::{Profile, SpreadsheetRules};
use rubric::decimal::{parse, show};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

/// A4 in the numbering of spreadsheets.
const A4: u8 = 9;

/// How spreadsheets are set, by a format profile.
pub struct Type {
    font: String,
    rules: SpreadsheetRules,
}

/// What is filled in stands on this ground.
const OPEN: Color = Color::RGB(0x00FF_FBE6);
/// Rows that only name an indicator.
const BAND: Color = Color::RGB(0x00F2_F4F3);

/// Height of a line of text over the size of its type.
pub const LEADING: f64 = 1.36;

/// Above and below the text of a cell, in points.
const PADDING: f64 = 5.0;

/// Highest row that spreadsheets have, in points.
const HIGHEST: f64 = 409.0;

impl Type {
    pub fn of(profile: &Profile) -> Self {
        Self { font: profile.check.font_name(profile.spreadsheet.font).to_owned(), rules: profile.spreadsheet }
    }

    fn text(&self, size: f64) -> Format {
        Format::new().set_font_name(&self.font).set_font_size(size).set_align(FormatAlign::VerticalCenter)
    }

    /// The title, bold and centred.
    pub fn title(&self) -> Format {
        self.text(self.rules.title_pt).set_bold().set_align(FormatAlign::Center).set_text_wrap()
    }

    /// A heading of a column.
    pub fn header(&self) -> Format {
        self.boxed(self.rules.header_pt).set_bold().set_align(FormatAlign::Center)
    }

    /// A line outside of tables.
    pub fn line(&self) -> Format {
        self.text(self.rules.data_pt).set_text_wrap()
    }

    /// A cell of a table.
    pub fn cell(&self) -> Format {
        self.boxed(self.rules.data_pt)
    }

    /// A cell of a row that names an indicator.
    pub fn band(&self) -> Format {
        self.boxed(self.rules.data_pt).set_bold().set_background_color(BAND)
    }

    /// A cell to be filled in.
    pub fn open(&self) -> Format {
        self.boxed(self.rules.data_pt).set_unlocked().set_background_color(OPEN)
    }

    fn boxed(&self, size: f64) -> Format {
        self.text(size).set_text_wrap().set_border(FormatBorder::Thin)
    }

    /// Makes a row high enough for so many lines of data: a spreadsheet does not grow the rows of a file that it opens.
    pub fn data_row(&self, sheet: &mut Worksheet, row: u32, lines: u32) -> Result<(), XlsxError> {
        self.row(sheet, row, lines, self.rules.data_pt)
    }

    /// Makes the row of the headings high enough.
    pub fn header_row(&self, sheet: &mut Worksheet, row: u32, lines: u32) -> Result<(), XlsxError> {
        self.row(sheet, row, lines, self.rules.header_pt)
    }

    /// Makes the row of the title high enough.
    pub fn title_row(&self, sheet: &mut Worksheet, row: u32, lines: u32) -> Result<(), XlsxError> {
        self.row(sheet, row, lines, self.rules.title_pt)
    }

    fn row(&self, sheet: &mut Worksheet, row: u32, lines: u32, size: f64) -> Result<(), XlsxError> {
        let height = f64::from(lines) * size * LEADING + PADDING;
        sheet.set_row_height(row, height.clamp(self.rules.row_pt, HIGHEST)).map(|_| ())
    }

    /// What is the same on every printed sheet: name, paper, width.
    pub fn set_up(&self, sheet: &mut Worksheet, name: &str, landscape: bool) -> Result<(), XlsxError> {
        sheet.set_name(name)?.set_paper_size(A4).set_print_fit_to_pages(1, 0);
        if landscape {
            sheet.set_landscape();
        }
        Ok(())
    }

    /// The page number, centred at the foot.
    pub fn page_number(&self) -> String {
        format!("&C&\"{},Regular\"&P", self.font)
    }
}

/// Writes a value: as a number where it is one that a spreadsheet keeps exactly, so that it can check and add it.
pub fn write(
    sheet: &mut Worksheet,
    at: (u32, u16),
    text: &str,
    number: bool,
    format: &Format,
) -> Result<(), XlsxError> {
    let (row, column) = at;
    let value = text.parse::<f64>().ok().filter(|_| number && is_kept(text));
    match value {
        Some(value) => sheet.write_number_with_format(row, column, value, format)?,
        None if text.is_empty() => sheet.write_blank(row, column, format)?,
        None => sheet.write_string_with_format(row, column, text, format)?,
    };
    Ok(())
}

/// Whether a spreadsheet keeps and shows the number as it is written: it has fifteen digits.
pub fn is_kept(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    parse(text).is_some_and(|number| digits <= 15 && show(number) == text)
}

/// Lines that a text takes in a column of so many half-width characters.
pub fn lines(text: &str, width: u16) -> u32 {
    let room = u32::from(width.max(3)) - 1;
    text.lines().map(|line| half_widths(line).div_ceil(room).max(1)).sum::<u32>().max(1)
}

/// Half-width characters that a line of text takes.
fn half_widths(line: &str) -> u32 {
    line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_characters_take_two_places() {
        for (text, want) in [("", 1), ("办学定位", 1), ("办学定位明", 2), ("abc\n办学定位明", 3)] {
            assert_eq!(lines(text, 9), want, "{text}");
        }
    }

    #[test]
    fn only_numbers_that_are_kept_are_written_as_numbers() {
        for (text, want) in [("8.5", true), ("0", true), ("8.50", false), ("1e3", false), ("1234567890123456", false)] {
            assert_eq!(is_kept(text), want, "{text}");
        }
    }
}
