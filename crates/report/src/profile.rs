//! The format profile: every number of a document's look, read from a file.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{Error, Role};

const OUCSX_2021: &str = include_str!("../../../assets/formats/oucsx-2021.toml");
const PT_PER_MM: f64 = 72.0 / 25.4;

/// How documents look on paper: page, type, borders. Lengths are in points once read.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The profile's name, e.g. `oucsx-2021`.
    pub name: String,
    pub(crate) paper: Size,
    pub(crate) core: Area,
    pub(crate) page_number: PageNumber,
    pub(crate) running: Running,
    pub(crate) table: TableRules,
    /// Widest gap that justification may add after a character, in em.
    pub(crate) stretch: f64,
    pub(crate) sign_off: SignOffRules,
    pub(crate) score_sheet: ScoreSheetRules,
    styles: Styles,
}

/// Width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Size {
    pub width: f64,
    pub height: f64,
}

/// A rectangle; `top` and `bottom` are counted from the paper's upper edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

impl Area {
    pub(crate) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(crate) fn height(&self) -> f64 {
        self.bottom - self.top
    }
}

/// The document grid: pitch of a character across and of a line down.
#[derive(Clone, Copy)]
struct Grid {
    across: f64,
    down: f64,
}

/// One way of setting text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
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
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PageNumber {
    pub style: Style,
    pub below_core: f64,
    pub blank: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Running {
    pub style: Style,
    pub above_core: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TableRules {
    pub border: f64,
    pub pad_across: f64,
    pub pad_down: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SignOffRules {
    pub right: f64,
    pub signature: Size,
    pub above: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ScoreSheetRules {
    pub title_above: f64,
    pub title_below: f64,
    pub facts_below: f64,
    pub after_table: f64,
    pub between_notes: f64,
    pub score: f64,
    /// Widths of the indicator columns; the first entry is for a rubric of one level.
    pub levels: Vec<Vec<f64>>,
}

/// The ways of setting text that layout asks for by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StyleName {
    Title,
    FactLabel,
    Fact,
    TableHeader,
    TableCell,
    TableRemark,
    TableSubtotal,
    TableTotal,
    Note,
    NoteHeading,
    SignOff,
}

const STYLES: [StyleName; 11] = [
    StyleName::Title,
    StyleName::FactLabel,
    StyleName::Fact,
    StyleName::TableHeader,
    StyleName::TableCell,
    StyleName::TableRemark,
    StyleName::TableSubtotal,
    StyleName::TableTotal,
    StyleName::Note,
    StyleName::NoteHeading,
    StyleName::SignOff,
];

type Styles = BTreeMap<StyleName, Style>;

impl Profile {
    /// The profile of the 2021 evaluation's 附件5, which the program carries.
    ///
    /// # Errors
    /// [`Error::ProfileInvalid`] when the file that was built in is damaged.
    pub fn oucsx_2021() -> Result<Profile, Error> {
        Profile::parse(OUCSX_2021)
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

    pub(crate) fn style(&self, name: StyleName) -> &Style {
        self.styles.get(&name).expect("check() saw every style")
    }

    fn check(&self) -> Result<(), Error> {
        if let Some(name) = STYLES.iter().find(|n| !self.styles.contains_key(n)) {
            return Err(invalid(&format!("style {name:?} is missing")));
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

fn mm(length: f64) -> f64 {
    length * PT_PER_MM
}

// The file as it is written.

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    paper: PaperFile,
    margins: MarginsFile,
    grid: GridFile,
    page_number: PageNumberFile,
    running: RunningFile,
    styles: BTreeMap<StyleName, StyleFile>,
    table: TableFile,
    text: TextFile,
    sign_off: SignOffFile,
    score_sheet: ScoreSheetFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PaperFile {
    width_mm: f64,
    height_mm: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MarginsFile {
    left_mm: f64,
    right_mm: f64,
    top_mm: f64,
    bottom_mm: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GridFile {
    characters: u16,
    lines: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StyleFile {
    font: Role,
    latin: Role,
    size_pt: f64,
    /// None: the style stands on the document grid.
    line_pt: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PageNumberFile {
    font: Role,
    latin: Role,
    size_pt: f64,
    below_core_mm: f64,
    blank_characters: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RunningFile {
    font: Role,
    latin: Role,
    size_pt: f64,
    above_core_mm: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableFile {
    border_pt: f64,
    pad_across_mm: f64,
    pad_down_mm: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextFile {
    stretch_em: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignOffFile {
    right_characters: f64,
    signature_width_mm: f64,
    signature_height_mm: f64,
    above_lines: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScoreSheetFile {
    title_above_pt: f64,
    title_below_pt: f64,
    facts_below_pt: f64,
    after_table_pt: f64,
    between_notes_pt: f64,
    score_mm: f64,
    levels_mm: Vec<Vec<f64>>,
}

impl File {
    fn profile(self) -> Profile {
        let paper = Size { width: mm(self.paper.width_mm), height: mm(self.paper.height_mm) };
        let core = Area {
            left: mm(self.margins.left_mm),
            right: paper.width - mm(self.margins.right_mm),
            top: mm(self.margins.top_mm),
            bottom: paper.height - mm(self.margins.bottom_mm),
        };
        let grid = Grid {
            across: core.width() / f64::from(self.grid.characters),
            down: core.height() / f64::from(self.grid.lines),
        };
        let styles: Styles = self.styles.into_iter().map(|(name, style)| (name, style.style(grid))).collect();
        let sign_off = styles.get(&StyleName::SignOff).map_or((0.0, 0.0), |s| (s.cell, s.line));
        Profile {
            name: self.name,
            paper,
            core,
            page_number: self.page_number.rules(),
            running: Running {
                style: one_line(self.running.font, self.running.latin, self.running.size_pt),
                above_core: mm(self.running.above_core_mm),
            },
            table: TableRules {
                border: self.table.border_pt,
                pad_across: mm(self.table.pad_across_mm),
                pad_down: mm(self.table.pad_down_mm),
            },
            stretch: self.text.stretch_em,
            sign_off: SignOffRules {
                right: self.sign_off.right_characters * sign_off.0,
                signature: Size {
                    width: mm(self.sign_off.signature_width_mm),
                    height: mm(self.sign_off.signature_height_mm),
                },
                above: self.sign_off.above_lines * sign_off.1,
            },
            score_sheet: self.score_sheet.rules(),
            styles,
        }
    }
}

impl StyleFile {
    fn style(&self, grid: Grid) -> Style {
        let (cell, line) = match self.line_pt {
            Some(line) => (self.size_pt, line),
            None => (grid.across, grid.down),
        };
        Style { font: self.font, latin: self.latin, size: self.size_pt, line, cell }
    }
}

impl PageNumberFile {
    fn rules(&self) -> PageNumber {
        PageNumber {
            style: one_line(self.font, self.latin, self.size_pt),
            below_core: mm(self.below_core_mm),
            blank: self.blank_characters * self.size_pt,
        }
    }
}

impl ScoreSheetFile {
    fn rules(self) -> ScoreSheetRules {
        ScoreSheetRules {
            title_above: self.title_above_pt,
            title_below: self.title_below_pt,
            facts_below: self.facts_below_pt,
            after_table: self.after_table_pt,
            between_notes: self.between_notes_pt,
            score: mm(self.score_mm),
            levels: self.levels_mm.iter().map(|columns| columns.iter().map(|c| mm(*c)).collect()).collect(),
        }
    }
}

/// A style whose lines are never stacked.
fn one_line(font: Role, latin: Role, size: f64) -> Style {
    Style { font, latin, size, line: size, cell: size }
}

#[cfg(test)]
mod tests {
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
