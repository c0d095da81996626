//! The format profile: every number of a document's look, read from a file.

mod file;

use std::collections::BTreeMap;

use serde::Deserialize;
use strum::VariantArray;

use crate::Error;
use crate::rules::{CheckRules, SpreadsheetRules};
use file::File;

const OUCSX_2021: &str = include_str!("../../../assets/formats/oucsx-2021.toml");
/// The profiles that the program carries, by their names.
const BUILT_IN: [(&str, &str); 2] =
    [("oucsx-2021", OUCSX_2021), ("gbt-9704-2012", include_str!("../../../assets/formats/gbt-9704-2012.toml"))];

/// What a font is for. The files behind the roles stand in `assets/fonts/fonts.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, serde::Serialize, strum::VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 仿宋: body and table text.
    Fangsong,
    /// 楷体: second-level headings, remarks.
    Kai,
    /// 黑体: first-level headings, table headers.
    Hei,
    /// 宋体: page numbers.
    Song,
    /// 中宋: titles.
    Zhongsong,
    /// Times New Roman: Latin letters and digits.
    Times,
    /// Times New Roman, bold.
    TimesBold,
    /// Wide coverage, for rare characters in names.
    Rare,
}

/// How documents look on paper: page, type, borders. Lengths are in points once read.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The profile's name, e.g. `oucsx-2021`.
    pub name: String,
    /// The sheet of paper.
    pub paper: Size,
    /// The core (版心): where text stands.
    pub core: Area,
    /// Characters and lines of the core.
    pub grid: Grid,
    /// Page numbers.
    pub page_number: PageNumber,
    /// Small print in the margins.
    pub running: Running,
    /// Tables.
    pub table: TableRules,
    /// Widest gap that justification may add after a character, in em.
    pub stretch: f64,
    /// The head of running text.
    pub letter: LetterRules,
    /// The sign-off.
    pub sign_off: SignOffRules,
    /// Documents that are tables, and the score sheet's columns.
    pub score_sheet: ScoreSheetRules,
    /// The evidence catalogue: the least height of a row.
    pub catalogue_row: f64,
    /// Charts.
    pub chart: ChartRules,
    /// Spreadsheets.
    pub spreadsheet: SpreadsheetRules,
    /// How people's own files are checked.
    pub check: CheckRules,
    styles: Styles,
}

/// Width and height in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Across.
    pub width: f64,
    /// Down.
    pub height: f64,
}

/// A rectangle in points; `top` and `bottom` are counted from the paper's upper edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f64,
    /// Right edge.
    pub right: f64,
    /// Upper edge.
    pub top: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Area {
    /// From left to right.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// From top to bottom.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }
}

/// The document grid (每行字数、每页行数).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    /// Characters on a line.
    pub characters: u16,
    /// Lines on a page.
    pub lines: u16,
    /// From one character to the next, in points.
    pub across: f64,
    /// From one line to the next, in points.
    pub down: f64,
}

/// One way of setting text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Font of Chinese characters and full-width marks.
    pub font: Role,
    /// Font of Latin letters and digits.
    pub latin: Role,
    /// Size of the type.
    pub size: f64,
    /// From one baseline to the next.
    pub line: f64,
    /// Advance of a full-width character; on the document grid another than the size.
    pub cell: f64,
    /// The lines stand on the document grid.
    pub on_grid: bool,
}

/// Where page numbers stand, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct PageNumber {
    /// How they are set.
    pub style: Style,
    /// From the core's lower edge to the number's upper one.
    pub below_core: f64,
    /// What is left blank at the outer side.
    pub blank: f64,
}

/// Small print in the margins.
#[derive(Debug, Clone, PartialEq)]
pub struct Running {
    /// How it is set.
    pub style: Style,
    /// From its lower edge to the core's upper one.
    pub above_core: f64,
    /// From the core's lower edge to a QR code's upper one.
    pub code_below_core: f64,
    /// Side of a QR code without the blank around it.
    pub code: f64,
}

/// Borders and room in tables.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TableRules {
    /// Width of a border.
    pub border: f64,
    /// Between border and text, left and right.
    pub pad_across: f64,
    /// Between border and text, above and below.
    pub pad_down: f64,
}

/// The head of running text: the title under a red rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LetterRules {
    /// Width of the red rule.
    pub rule: f64,
    /// Blank lines of the grid between rule and title.
    pub above_title: f64,
    /// Blank lines of the grid between title and text.
    pub below_title: f64,
    /// Characters that a paragraph's first line is indented by.
    pub indent: f64,
    /// Blank lines above the attachment note.
    pub above_attachments: f64,
}

/// The sign-off's place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SignOffRules {
    /// From the date's right end to the core's right edge.
    pub right: f64,
    /// A place for an electronic signature below name and date; they stand side by side, in rows.
    pub signature: Size,
    /// Between two such places, and above them.
    pub signature_gap: f64,
    /// Rows of places for which there is always room.
    pub signature_rows: u16,
    /// Above the block.
    pub above: f64,
    /// Width of a seal.
    pub seal: f64,
}

/// Distances in documents that are tables, in points.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreSheetRules {
    /// Above the title.
    pub title_above: f64,
    /// Below the title.
    pub title_below: f64,
    /// Below the facts.
    pub facts_below: f64,
    /// Below a table or chart.
    pub after_table: f64,
    /// Between sections of small print.
    pub between_notes: f64,
    /// Width of the score column.
    pub score: f64,
    /// Widths of the indicator columns; the first entry is for a rubric of one level.
    pub levels: Vec<Vec<f64>>,
}

/// Sizes and colours of charts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChartRules {
    /// Height of a radar.
    pub radar: f64,
    /// Height of a bar with the gap below it.
    pub bar: f64,
    /// Width of the labels beside bars.
    pub labels: f64,
    /// What is drawn for marks.
    pub colour: Colour,
    /// What is drawn for marks below the line.
    pub low: Colour,
    /// Axes and mark lines.
    pub axis: Colour,
}

/// Red, green and blue, 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Colour(pub [u8; 3]);

/// The ways of setting text that layout asks for by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, strum::VariantArray)]
#[serde(rename_all = "snake_case")]
pub enum StyleName {
    /// 标题.
    Title,
    /// 正文, on the grid.
    Body,
    /// First level: 一、
    #[serde(rename = "heading_1")]
    Heading1,
    /// Second level: （一）
    #[serde(rename = "heading_2")]
    Heading2,
    /// Third level: 1.
    #[serde(rename = "heading_3")]
    Heading3,
    /// Fourth level: （1）
    #[serde(rename = "heading_4")]
    Heading4,
    /// The label of a fact below the title.
    FactLabel,
    /// A fact below the title.
    Fact,
    /// Lines above a table.
    Lines,
    /// Above a table or below a chart.
    Caption,
    /// 表头.
    TableHeader,
    /// Text in a table.
    TableCell,
    /// A remark in a table.
    TableRemark,
    /// A subtotal in a table.
    TableSubtotal,
    /// The total's row.
    TableTotal,
    /// Small print below a table.
    Note,
    /// Its heading.
    NoteHeading,
    /// 落款, on the grid.
    SignOff,
    /// Labels of charts.
    Chart,
}

impl StyleName {
    /// The style of a heading.
    #[must_use]
    pub fn heading(level: usize) -> StyleName {
        match level {
            0 | 1 => StyleName::Heading1,
            2 => StyleName::Heading2,
            3 => StyleName::Heading3,
            _ => StyleName::Heading4,
        }
    }
}

type Styles = BTreeMap<StyleName, Style>;

impl Profile {
    /// The names of the profiles that the program carries.
    pub fn built_in() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// The profile of the 2021 evaluation's 附件5, which the program carries.
    ///
    /// # Errors
    /// [`Error::ProfileInvalid`] when the file that was built in is damaged.
    pub fn oucsx_2021() -> Result<Profile, Error> {
        Profile::parse(OUCSX_2021)
    }

    /// A profile that the program carries, by its name.
    ///
    /// # Errors
    /// [`Error::ProfileUnknown`] for another name; [`Error::ProfileInvalid`] when the file that was built in is damaged.
    pub fn named(name: &str) -> Result<Profile, Error> {
        match BUILT_IN.iter().find(|(known, _)| *known == name) {
            Some((_, text)) => Profile::parse(text),
            None => {
                let known: Vec<&str> = Profile::built_in().collect();
                Err(Error::ProfileUnknown { name: name.to_owned(), known: known.join("、") })
            }
        }
    }

    /// Reads a profile from its TOML text.
    ///
    /// # Errors
    /// [`Error::ProfileInvalid`] for unknown or missing entries and for numbers that leave no room on the page.
    pub fn parse(text: &str) -> Result<Profile, Error> {
        let file: File = toml::from_str(text).map_err(|e| invalid(&e.to_string()))?;
        let profile = file.profile();
        profile.check()?;
        Ok(profile)
    }

    /// How text of a name is set.
    ///
    /// # Panics
    /// Never: reading a profile checks that it has every style.
    #[must_use]
    pub fn style(&self, name: StyleName) -> &Style {
        self.styles.get(&name).expect("check() saw every style")
    }

    /// The profile of a page that lies on its long side: turned by a quarter, so that the binding edge is at the head.
    #[must_use]
    pub fn lying(&self) -> Profile {
        let (paper, core) = (Size { width: self.paper.height, height: self.paper.width }, self.core);
        let core = Area {
            left: core.top,
            right: paper.width - (self.paper.height - core.bottom),
            top: core.left,
            bottom: paper.height - (self.paper.width - core.right),
        };
        Profile { paper, core, ..self.clone() }
    }

    /// The profile with everything but titles and running text set smaller by a factor, for a page that has to hold much:
    /// small type needs less between its lines, and a narrow row less around them.
    #[must_use]
    pub fn compact(&self, factor: f64) -> Profile {
        let running = [StyleName::Title, StyleName::Body, StyleName::SignOff];
        let running = |name: StyleName| running.contains(&name) || (1..=4).any(|n| StyleName::heading(n) == name);
        let scaled = |style: &Style| Style {
            size: style.size * factor,
            line: style.line * factor * (0.75 + factor / 4.0),
            cell: style.cell * factor,
            ..*style
        };
        let style = |(name, style): (&StyleName, &Style)| (*name, if running(*name) { *style } else { scaled(style) });
        let table = TableRules {
            pad_across: self.table.pad_across * factor,
            pad_down: self.table.pad_down * factor * factor,
            ..self.table
        };
        let score_sheet = ScoreSheetRules {
            facts_below: self.score_sheet.facts_below * factor,
            after_table: self.score_sheet.after_table * factor,
            ..self.score_sheet.clone()
        };
        Profile { styles: self.styles.iter().map(style).collect(), table, score_sheet, ..self.clone() }
    }

    fn check(&self) -> Result<(), Error> {
        if let Some(name) = StyleName::VARIANTS.iter().find(|n| !self.styles.contains_key(n)) {
            return Err(invalid(&format!("style {name:?} is missing")));
        }
        if let Some(lack) = self.check.lack() {
            return Err(invalid(&lack));
        }
        let tallest = self.styles.values().map(|s| s.line).fold(0.0, f64::max);
        if self.core.width() < 10.0 * tallest || self.core.height() < 10.0 * tallest {
            return Err(invalid("the margins leave no room"));
        }
        if self.styles.values().any(|s| s.size <= 0.0 || s.line < s.size) {
            return Err(invalid("a line is lower than its type"));
        }
        let widest_pad = 2.0 * self.table.pad_across + self.style(StyleName::TableCell).cell;
        let room = self.core.width() - self.score_sheet.score - 2.0 * widest_pad;
        let full = |columns: &Vec<f64>| columns.iter().sum::<f64>() > room || columns.iter().any(|c| *c < widest_pad);
        if self.score_sheet.score < widest_pad || self.score_sheet.levels.iter().any(full) {
            return Err(invalid("a column of the score sheet is too narrow"));
        }
        Ok(())
    }
}

fn invalid(reason: &str) -> Error {
    Error::ProfileInvalid { reason: reason.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::file::mm;
    use super::*;

    #[test]
    fn the_built_in_profile_has_the_sources_page() {
        let profile = Profile::oucsx_2021().unwrap();
        assert!((profile.core.width() - mm(148.2)).abs() < 0.01);
        assert!((profile.core.height() - mm(246.2)).abs() < 0.01);
        assert!((profile.table.border - 0.5).abs() < f64::EPSILON);
    }

    #[test]
    fn a_profile_that_leaves_no_room_or_lacks_a_style_is_refused() {
        let cases = [
            ("left_mm = 31.8", "left_mm = 190.0"),
            ("[styles.note]", "[styles.nonsense]"),
            ("score_mm = 15.2", "score_mm = 1.0"),
            ("[21.6, 24.0, 37.0]", "[60.0, 60.0, 37.0]"),
            ("size_pt = 9.0\nline_pt = 13.0", "size_pt = 19.0\nline_pt = 13.0"),
            ("border_pt = 0.5", "border_pt = \"thin\""),
        ];
        for (from, to) in cases {
            assert!(OUCSX_2021.contains(from), "{from}");
            let refused = Profile::parse(&OUCSX_2021.replace(from, to));
            assert!(matches!(refused, Err(Error::ProfileInvalid { .. })), "{to}: {refused:?}");
        }
    }
}
