//! A profile's file as it is written: lengths in millimetres, type in points.

use super::{
    Area, ChartRules, Colour, Grid, LetterRules, PageNumber, Profile, Role, Running, ScoreSheetRules, SignOffRules,
    Size, Style, StyleName, Styles, TableRules,
};
use crate::rules::{CheckRules, SpreadsheetRules};
use serde::Deserialize;
use std::collections::BTreeMap;

const PT_PER_MM: f64 = 72.0 / 25.4;

pub(super) fn mm(length: f64) -> f64 {
    length * PT_PER_MM
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    name: String,
    paper: PaperFile,
    margins: MarginsFile,
    grid: GridFile,
    page_number: PageNumberFile,
    running: RunningFile,
    styles: BTreeMap<StyleName, StyleFile>,
    table: TableFile,
    text: TextFile,
    letter: LetterFile,
    sign_off: SignOffFile,
    score_sheet: ScoreSheetFile,
    catalogue: CatalogueFile,
    chart: ChartFile,
    spreadsheet: SpreadsheetRules,
    check: CheckRules,
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
    code_below_core_mm: f64,
    code_mm: f64,
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
    signature_gap_mm: f64,
    signature_rows: u16,
    above_lines: f64,
    seal_mm: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LetterFile {
    rule_pt: f64,
    above_title_lines: f64,
    below_title_lines: f64,
    indent_characters: f64,
    above_attachments_lines: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChartFile {
    radar_mm: f64,
    bar_mm: f64,
    labels_mm: f64,
    colour: Colour,
    low: Colour,
    axis: Colour,
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogueFile {
    row_pt: f64,
}

impl File {
    pub(super) fn profile(self) -> Profile {
        let paper = Size { width: mm(self.paper.width_mm), height: mm(self.paper.height_mm) };
        let core = Area {
            left: mm(self.margins.left_mm),
            right: paper.width - mm(self.margins.right_mm),
            top: mm(self.margins.top_mm),
            bottom: paper.height - mm(self.margins.bottom_mm),
        };
        let grid = Grid {
            characters: self.grid.characters,
            lines: self.grid.lines,
            across: core.width() / f64::from(self.grid.characters),
            down: core.height() / f64::from(self.grid.lines),
        };
        let styles: Styles = self.styles.into_iter().map(|(name, style)| (name, style.style(grid))).collect();
        let sign_off = styles.get(&StyleName::SignOff).map_or((0.0, 0.0), |s| (s.cell, s.line));
        Profile {
            name: self.name,
            paper,
            core,
            grid,
            page_number: self.page_number.rules(),
            running: Running {
                style: one_line(self.running.font, self.running.latin, self.running.size_pt),
                above_core: mm(self.running.above_core_mm),
                code_below_core: mm(self.running.code_below_core_mm),
                code: mm(self.running.code_mm),
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
                signature_gap: mm(self.sign_off.signature_gap_mm),
                signature_rows: self.sign_off.signature_rows,
                above: self.sign_off.above_lines * sign_off.1,
                seal: mm(self.sign_off.seal_mm),
            },
            letter: self.letter.rules(),
            score_sheet: self.score_sheet.rules(),
            catalogue_row: self.catalogue.row_pt,
            chart: self.chart.rules(),
            spreadsheet: self.spreadsheet,
            check: self.check,
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
        let on_grid = self.line_pt.is_none();
        Style { font: self.font, latin: self.latin, size: self.size_pt, line, cell, on_grid }
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

impl LetterFile {
    fn rules(&self) -> LetterRules {
        LetterRules {
            rule: self.rule_pt,
            above_title: self.above_title_lines,
            below_title: self.below_title_lines,
            indent: self.indent_characters,
            above_attachments: self.above_attachments_lines,
        }
    }
}

impl ChartFile {
    fn rules(&self) -> ChartRules {
        ChartRules {
            radar: mm(self.radar_mm),
            bar: mm(self.bar_mm),
            labels: mm(self.labels_mm),
            colour: self.colour,
            low: self.low,
            axis: self.axis,
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
    Style { font, latin, size, line: size, cell: size, on_grid: false }
}
