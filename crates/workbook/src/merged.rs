//! 汇总表: what a panel's sheets come to, as a spreadsheet that recomputes it: sums, what is dropped, means, rounding,
//! shares and places are formulas over the marks of the members, and give the very numbers that the panel has.

mod formula;
mod tables;

use crate::error::Error;
use crate::export::{check_text, fixed_properties};
use crate::style::{Type, lines};
use assessment::panel::{Per, Policy, SheetFacts, UnitResult};
use document::{Align, Profile};
use formula::Whole;
use rubric::Rubric;
use rubric::decimal::show;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError};

type Drawn = Result<(), XlsxError>;

/// Names of the sheets.
const TOTALS: &str = "汇总表";
const INDICATORS: &str = "指标得分";
const GRADES: &str = "等次分布";
const SHEETS: &str = "打分明细";
const POINTS: &str = "逐点合议";

/// Most rows that a spreadsheet has.
const MOST_ROWS: usize = 1_048_000;

/// A panel's results with the sheets behind them.
#[derive(Debug)]
pub struct Merged<'a> {
    /// The title.
    pub title: String,
    /// Lines below the title.
    pub facts: Vec<String>,
    /// Lines below the table.
    pub notes: Vec<String>,
    /// The rubric.
    pub rubric: &'a Rubric,
    /// How marks become one.
    pub policy: &'a Policy,
    /// Names of the members, in the order of the results' cells.
    pub members: Vec<String>,
    /// The units in the order that they are listed in.
    pub units: Vec<MergedUnit<'a>>,
    /// Tables behind the results, a sheet each.
    pub annexes: Vec<Annex>,
}

/// A plain table; cells that are numbers are written as such.
#[derive(Debug)]
pub struct Annex {
    /// Its name.
    pub name: String,
    /// The columns: headings, widths in millimetres as they are printed, how cells stand.
    pub columns: Vec<(String, u16, Align)>,
    /// The rows, a text for each column.
    pub rows: Vec<Vec<String>>,
}

/// A unit with its sheets.
#[derive(Debug)]
pub struct MergedUnit<'a> {
    /// What its sheets come to.
    pub result: &'a UnitResult,
    /// Its place; none without a result.
    pub rank: Option<usize>,
    /// For each member, in a word, whether the sheet counts.
    pub standings: Vec<String>,
    /// For each member the signed sheet.
    pub sheets: Vec<Option<&'a SheetFacts>>,
    /// What is to be said of it.
    pub remark: String,
}

impl MergedUnit<'_> {
    /// Members whose sheets count, then the others, by index.
    fn order(&self) -> (Vec<usize>, Vec<usize>) {
        let counts = |member: &usize| self.counts(*member);
        (0..self.standings.len()).partition(counts)
    }

    fn counts(&self, member: usize) -> bool {
        self.result.cells.get(member).is_some_and(|cell| cell.standing == assessment::panel::Standing::Counted)
    }
}

/// The workbook (`.xlsx`). The same results give the same bytes.
///
/// # Errors
/// More rows than a spreadsheet has; a text that no cell can hold.
pub fn merged(merged: &Merged<'_>, profile: &Profile) -> Result<Vec<u8>, Error> {
    let points = merged.rubric.points().count() + merged.rubric.adjustments.len();
    let rows = merged.units.len() * merged.members.len().max(if merged.policy.per == Per::Point { points } else { 1 });
    if rows > MOST_ROWS {
        return Err(Error::TooManyRows {
            sheet: SHEETS.to_owned(),
            most: u32::try_from(MOST_ROWS).unwrap_or(u32::MAX),
        });
    }
    for unit in &merged.units {
        check_text(&unit.remark, || unit.result.unit.clone())?;
    }
    let failed = |error: XlsxError| Error::CannotPrint { title: merged.title.clone(), detail: error.to_string() };
    write(merged, profile).map_err(failed)
}

fn write(merged: &Merged<'_>, profile: &Profile) -> Result<Vec<u8>, XlsxError> {
    let style = &Type::of(profile);
    let mut book = Workbook::new();
    book.set_properties(&fixed_properties()?.set_title(&merged.title));
    let plan = Plan::of(merged);
    tables::totals(&mut Page::new(book.add_worksheet(), style, TOTALS)?, merged, &plan)?;
    tables::indicators(&mut Page::new(book.add_worksheet(), style, INDICATORS)?, merged, &plan)?;
    tables::grades(&mut Page::new(book.add_worksheet(), style, GRADES)?, merged, &plan)?;
    for annex in &merged.annexes {
        tables::annex(&mut Page::new(book.add_worksheet(), style, &annex.name)?, merged, annex)?;
    }
    if merged.policy.per == Per::Point {
        tables::points(&mut Page::new(book.add_worksheet(), style, POINTS)?, merged, &plan)?;
    }
    tables::sheets(&mut Page::new(book.add_worksheet(), style, SHEETS)?, merged, &plan)?;
    book.save_to_buffer()
}

/// Where everything stands, so that formulas can refer to it.
struct Plan {
    whole: Whole,
    /// First row of the units in each sheet but the last two.
    first: u32,
    /// For each unit its first row in the sheet of marks, and how many of them count.
    sheets: Vec<(u32, u32)>,
    /// For each unit its first row in the sheet of points, and how many there are.
    points: Vec<(u32, u32)>,
    /// Level-1 indicators by index.
    top: Vec<usize>,
    /// Indicators that part equal totals, by index.
    ties: Vec<usize>,
    /// Whether the members agreed on a total.
    agreed: bool,
    /// What conditions take beside the points' marks, by unit.
    effects: Vec<Decimal>,
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn at(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

impl Plan {
    fn of(merged: &Merged<'_>) -> Self {
        let rubric = merged.rubric;
        let results = || merged.units.iter().map(|unit| unit.result);
        let marks = results().flat_map(|result| {
            let combined = result.totals.iter().chain(result.points.iter().map(|point| &point.combined));
            let all = combined.chain(result.adjustments.iter().map(|point| &point.combined));
            all.flat_map(|combined| &combined.marks).map(|mark| mark.value)
        });
        let facts = merged.units.iter().flat_map(|unit| unit.sheets.iter().flatten());
        let scores = facts.flat_map(|facts| facts.indicators.iter().copied());
        let whole = Whole::of(marks.chain(scores).chain([rubric.total, rubric.step, merged.policy.step]));
        // Rows 0 to here: the title, the lines below it, the headings.
        let first = count(merged.facts.len()) + 2;
        let mut sheets = Vec::with_capacity(merged.units.len());
        let (mut row, mut point) = (2, 2);
        let mut points = Vec::new();
        for unit in &merged.units {
            let (counted, others) = unit.order();
            sheets.push((row, count(counted.len())));
            row += count(counted.len() + others.len());
            let lines = count(unit.result.points.len() + unit.result.adjustments.len());
            points.push((point, lines));
            point += lines;
        }
        let effect = |result: &UnitResult| {
            let marks = result.points.iter().chain(&result.adjustments).filter_map(|point| point.mark);
            result.total.map(|total| total - marks.sum::<Decimal>()).unwrap_or_default()
        };
        let effects = results().map(|result| if result.points.is_empty() { Decimal::ZERO } else { effect(result) });
        let top = rubric.indicators.iter().enumerate().filter(|(_, indicator)| indicator.level == 1);
        let place = |code: &String| rubric.indicators.iter().position(|indicator| indicator.code == *code);
        Self {
            whole,
            first,
            sheets,
            points,
            top: top.map(|(at, _)| at).collect(),
            ties: merged.policy.ties.iter().filter_map(place).collect(),
            agreed: results().any(|result| result.agreed.is_some()),
            effects: effects.collect(),
        }
    }

    fn last(&self, merged: &Merged<'_>) -> u32 {
        self.first + count(merged.units.len()).saturating_sub(1)
    }
}

/// A sheet that is being written.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    style: &'a Type,
    widths: Vec<u16>,
}

impl<'a> Page<'a> {
    fn new(sheet: &'a mut Worksheet, style: &'a Type, name: &str) -> Result<Self, XlsxError> {
        style.set_up(sheet, name, true)?;
        sheet.set_footer(style.page_number());
        Ok(Self { sheet, style, widths: Vec::new() })
    }

    /// Title, lines and headings with the widths of their columns; gives the first row below.
    fn head(&mut self, title: &str, facts: &[String], columns: &[(String, u16)]) -> Result<u32, XlsxError> {
        self.widths = columns.iter().map(|(_, width)| *width).collect();
        for (number, width) in (0..).zip(&self.widths) {
            self.sheet.set_column_width(number, *width)?;
        }
        self.across(0, title, &self.style.title())?;
        self.style.title_row(self.sheet, 0, 1)?;
        for (row, fact) in (1..).zip(facts) {
            self.line(row, fact)?;
        }
        let row = count(facts.len()) + 1;
        for (number, (heading, _)) in (0..).zip(columns) {
            self.sheet.write_string_with_format(row, number, heading, &self.style.header())?;
        }
        let most = columns.iter().map(|(heading, width)| lines(heading, *width)).max().unwrap_or(1);
        self.style.header_row(self.sheet, row, most)?;
        self.sheet.set_repeat_rows(row, row)?;
        self.sheet.set_freeze_panes(row + 1, 2)?;
        Ok(row + 1)
    }

    /// A text over all columns.
    fn across(&mut self, row: u32, text: &str, format: &Format) -> Drawn {
        let last = at(self.widths.len().max(2)) - 1;
        self.sheet.merge_range(row, 0, row, last, text, format).map(|_| ())
    }

    /// A line over all columns, as high as it needs.
    fn line(&mut self, row: u32, text: &str) -> Drawn {
        let most = lines(text, self.widths.iter().sum());
        self.across(row, text, &self.style.line())?;
        self.style.data_row(self.sheet, row, most)
    }

    fn centred(&self) -> Format {
        self.style.cell().set_align(FormatAlign::Center)
    }

    fn text(&mut self, (row, column): (u32, u16), text: &str) -> Drawn {
        crate::style::write(self.sheet, (row, column), text, false, &self.centred())
    }

    /// A text that is read as a sentence.
    fn prose(&mut self, (row, column): (u32, u16), text: &str) -> Drawn {
        crate::style::write(self.sheet, (row, column), text, false, &self.style.cell().set_align(FormatAlign::Left))
    }

    fn number(&mut self, (row, column): (u32, u16), number: Option<Decimal>) -> Drawn {
        let text = number.map(show).unwrap_or_default();
        crate::style::write(self.sheet, (row, column), &text, true, &self.centred())
    }

    /// A formula with what it gives, which readers show that do not compute.
    fn formula(&mut self, (row, column): (u32, u16), formula: &str, gives: &str) -> Drawn {
        let gives = if gives.is_empty() { tables::NONE } else { gives };
        let formula = Formula::new(format!("={formula}")).set_result(gives);
        self.sheet.write_formula_with_format(row, column, formula, &self.centred()).map(|_| ())
    }

    /// A row as high as its texts need.
    fn height(&mut self, row: u32, texts: &[(usize, &str)]) -> Drawn {
        let needed = |(column, text): &(usize, &str)| lines(text, self.widths.get(*column).copied().unwrap_or(8));
        let most = texts.iter().map(needed).max().unwrap_or(1);
        self.style.data_row(self.sheet, row, most)
    }
}
