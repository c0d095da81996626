//! Writing a score book.

use super::read::list_text;
use super::slots::{Line, List, Plan, Shape, Slot};
use super::values::{ListRow, rows, shown};
use super::{Facts, IDENTITY_SHEET, LISTS, Layout, MOST_LISTED, TABLE, guide, validation};
use crate::error::Error;
use crate::export::fixed_properties;
use crate::grid::{MOST_ROWS, cell_name};
use crate::style::{Type, lines, write};
use assessment::Records;
use document::Profile;
use rubric::Rubric;
use rust_xlsxwriter::{ProtectionOptions, Workbook, Worksheet, XlsxError};

/// Row of the headings: under the title and the facts.
const HEADINGS: u32 = 2;

/// Rows of a list beyond those that are recorded.
const SPARE_ROWS: usize = 20;

type Drawn = Result<(), XlsxError>;

/// The workbook of a sheet (`.xlsx`), with what is recorded filled in. The same sheet gives the same bytes.
///
/// # Errors
/// More rows than a workbook has, or a text that no cell can hold.
pub fn export(rubric: &Rubric, records: &Records, facts: &Facts, profile: &Profile) -> Result<Vec<u8>, Error> {
    let plan = Plan::of(rubric);
    let book = Book { rubric, records, facts, style: &Type::of(profile), plan: &plan };
    book.check()?;
    let failed = |error: XlsxError| Error::NotExact { name: rubric.id.clone(), detail: error.to_string() };
    book.write().map_err(failed)
}

/// All that the sheets are drawn from.
struct Book<'a> {
    rubric: &'a Rubric,
    records: &'a Records,
    facts: &'a Facts,
    style: &'a Type,
    plan: &'a Plan,
}

impl Book<'_> {
    /// What no sheet can hold.
    fn check(&self) -> Result<(), Error> {
        let rows = u32::try_from(self.plan.lines.len()).unwrap_or(u32::MAX);
        if rows >= MOST_ROWS - HEADINGS {
            return Err(Error::TooManyRows { sheet: TABLE.name.to_owned(), most: MOST_ROWS });
        }
        for (row, line) in (HEADINGS + 1..).zip(&self.plan.lines) {
            crate::export::check_text(&line.sentence, || cell_name(TABLE.name, (row, 2)))?;
        }
        Ok(())
    }

    fn write(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        book.set_properties(&fixed_properties()?);
        guide::write(book.add_worksheet(), self.style)?;
        self.table(book.add_worksheet())?;
        self.lists(book.add_worksheet())?;
        self.identity(book.add_worksheet())?;
        book.save_to_buffer()
    }

    fn table(&self, sheet: &mut Worksheet) -> Drawn {
        self.head(sheet, &TABLE, &self.rubric.title)?;
        for (row, line) in (HEADINGS + 1..).zip(&self.plan.lines) {
            self.line(sheet, row, line)?;
        }
        let last = HEADINGS + u32::try_from(self.plan.lines.len()).unwrap_or(u32::MAX);
        sheet.autofilter(HEADINGS, 0, last, column(TABLE.key) - 1)?;
        sheet.set_active(true);
        Ok(())
    }

    /// Title, facts, headings, and what holds for the whole sheet.
    fn head(&self, sheet: &mut Worksheet, layout: &Layout, title: &str) -> Drawn {
        let style = self.style;
        style.set_up(sheet, layout.name, true)?;
        let last = column(layout.key) - 1;
        sheet.set_footer(style.page_number());
        sheet.merge_range(0, 0, 0, last, title, &style.title())?;
        style.title_row(sheet, 0, 1)?;
        sheet.merge_range(1, 0, 1, last, &self.facts_line(), &style.line())?;
        style.data_row(sheet, 1, 1)?;
        for (at, heading) in (0..).zip(layout.columns) {
            let text = format!("{}\n{}", heading.zh, heading.en);
            sheet.write_string_with_format(HEADINGS, at, text, &style.header())?;
            if heading.width == 0 {
                sheet.set_column_hidden(at)?;
            } else {
                sheet.set_column_width(at, heading.width)?;
            }
        }
        style.header_row(sheet, HEADINGS, 2)?;
        sheet.set_freeze_panes(HEADINGS + 1, 2)?.set_repeat_rows(HEADINGS, HEADINGS)?;
        let may = ProtectionOptions {
            use_autofilter: true,
            format_columns: true,
            format_rows: true,
            ..ProtectionOptions::default()
        };
        sheet.protect_with_options(&may);
        Ok(())
    }

    fn facts_line(&self) -> String {
        let Facts { unit, year, stage, assessor, rubric, edition, .. } = self.facts;
        format!("单位：{unit}　年度：{year}　阶段：{stage}　评估人：{assessor}　指标体系：{rubric} {edition}")
    }

    fn line(&self, sheet: &mut Worksheet, row: u32, line: &Line) -> Drawn {
        let style = self.style;
        let plain = if line.level.is_some() { style.band() } else { style.cell() };
        let texts = [&line.code, &line.label, &line.sentence, &line.max, &line.hint];
        let mut most = 1;
        for (at, text) in texts.into_iter().enumerate() {
            write(sheet, (row, column(at)), text, at == 3, &plain)?;
            most = most.max(lines(text, TABLE.columns[at].width));
        }
        for (index, slot) in line.slots().into_iter().enumerate() {
            let at = TABLE.values[index];
            let Some(slot) = slot else {
                sheet.write_blank(row, column(at), &plain)?;
                continue;
            };
            let text = shown(self.records, slot);
            write(sheet, (row, column(at)), &text, is_number(&slot.shape), &style.open())?;
            most = most.max(lines(&text, TABLE.columns[at].width));
            write_own(sheet, row, column(TABLE.exported[index]), &text)?;
            self.validate(sheet, (row, at), slot, line)?;
        }
        if let Some(key) = line.key() {
            write_own(sheet, row, column(TABLE.key), &key)?;
        }
        style.data_row(sheet, row, most)
    }

    fn validate(&self, sheet: &mut Worksheet, (row, at): (u32, usize), slot: &Slot, line: &Line) -> Drawn {
        let name = cell_name("", (row, u32::from(column(at))));
        let words = slot.shape.words();
        let hint = if words.is_empty() { line.hint.clone() } else { words.join("、") };
        let cell = name.trim_start_matches('!');
        if let Some(validation) = validation::of(slot, cell, self.rubric.step, &hint)? {
            sheet.add_data_validation(row, column(at), row, column(at), &validation)?;
        }
        Ok(())
    }

    fn lists(&self, sheet: &mut Worksheet) -> Drawn {
        self.head(sheet, &LISTS, "成果逐项填写")?;
        let mut row = HEADINGS + 1;
        for (at, list) in self.plan.lists.iter().enumerate() {
            let recorded = rows(self.records, list);
            let most = (recorded.len() + SPARE_ROWS).min(MOST_LISTED);
            for number in 0..most {
                self.list_row(sheet, row, list, number, recorded.get(number))?;
                let kinds = format!("='{IDENTITY_SHEET}'!{}", kinds_range(at, list.items.len()));
                let (kind, base) = (column(LISTS.values[0]), column(LISTS.values[2]));
                sheet.add_data_validation(row, kind, row, kind, &validation::range(&kinds)?)?;
                sheet.add_data_validation(row, base, row, base, &validation::from_zero()?)?;
                row += 1;
            }
        }
        if self.plan.lists.is_empty() {
            sheet.write_string_with_format(row, 0, "这份指标体系没有要逐项填写的成果。", &self.style.line())?;
        }
        Ok(())
    }

    fn list_row(&self, sheet: &mut Worksheet, row: u32, list: &List, number: usize, own: Option<&ListRow>) -> Drawn {
        let style = self.style;
        sheet.write_string_with_format(row, 0, &list.code, &style.cell())?;
        sheet.write_string_with_format(row, 1, &list.label, &style.cell())?;
        let texts = own.cloned().unwrap_or_default();
        let mut most = lines(&list.label, LISTS.columns[1].width);
        for (index, text) in texts.iter().enumerate() {
            let at = LISTS.values[index];
            write(sheet, (row, column(at)), text, index == 2, &style.open())?;
            most = most.max(lines(text, LISTS.columns[at].width));
        }
        write_own(sheet, row, column(LISTS.key), &list.key(number))?;
        write_own(sheet, row, column(LISTS.exported[0]), &list_text(&texts))?;
        style.data_row(sheet, row, most)
    }

    /// The hidden sheet: what the workbook belongs to, and the words of long lists.
    fn identity(&self, sheet: &mut Worksheet) -> Drawn {
        sheet.set_name(IDENTITY_SHEET)?.set_hidden(true);
        for (row, (key, value)) in (0..).zip(self.facts.rows()) {
            sheet.write_string(row, 0, key)?.write_string(row, 1, value)?;
        }
        for (at, list) in (KINDS..).zip(&self.plan.lists) {
            for (row, item) in (0..).zip(&list.items) {
                sheet.write_string(row, at, &item.name)?;
            }
        }
        sheet.protect();
        Ok(())
    }
}

/// First column of the hidden sheet with the kinds of a list.
const KINDS: u16 = 3;

/// Where the kinds of a list stand on the hidden sheet.
fn kinds_range(list: usize, kinds: usize) -> String {
    let at = u32::from(KINDS) + u32::try_from(list).unwrap_or_default();
    let name = cell_name("", (0, at));
    let letters = name.trim_matches(|c: char| !c.is_ascii_alphabetic());
    format!("${letters}$1:${letters}${kinds}")
}

fn column(at: usize) -> u16 {
    u16::try_from(at).expect("a sheet has few columns")
}

fn is_number(shape: &Shape) -> bool {
    matches!(shape, Shape::Mark(_) | Shape::Number(_) | Shape::Count)
}

/// A text for the program itself.
fn write_own(sheet: &mut Worksheet, row: u32, at: u16, text: &str) -> Drawn {
    if !text.is_empty() {
        sheet.write_string(row, at, text)?;
    }
    Ok(())
}
