//! Drawing the sheets.

use super::PREPARED_ROWS;
use super::lines::Line;
use crate::layout::{self, Column, FLAGS, INFO, Kind, LEVELS, Sheet, Words};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Worksheet, XlsxError,
};

type Drawn = Result<(), XlsxError>;

/// A3: the tables are wide.
const PAPER: u8 = 8;

/// Text cells: what is typed stays as it was typed.
pub fn body() -> Format {
    Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top)
}

fn boxed() -> Format {
    body().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x00BF_BFBF))
}

fn heading() -> Format {
    boxed().set_bold().set_background_color(Color::RGB(0x00DD_E6F0)).set_align(FormatAlign::VerticalCenter)
}

/// Rows of indicators, between those of points.
fn indicator() -> Format {
    boxed().set_bold().set_background_color(Color::RGB(0x00F2_F5F9))
}

/// A heading: Chinese, and English in the line below.
fn heading_text(column: &Column) -> String {
    format!("{}\n{}", column.zh, column.en)
}

/// How every sheet is printed and named.
pub fn set_up(sheet: &mut Worksheet, name: &str) -> Drawn {
    sheet.set_name(name)?;
    sheet.set_landscape().set_paper_size(PAPER).set_print_fit_to_pages(1, 0);
    sheet.set_footer("&C&A  &P / &N");
    Ok(())
}

/// 基本信息: one entry to a row.
pub fn info(sheet: &mut Worksheet, line: &Line) -> Drawn {
    set_up(sheet, INFO.name)?;
    sheet.set_column_width(0, 34)?.set_column_width(1, 70)?;
    sheet.set_column_format(1, &body())?;
    sheet.write_string_with_format(0, 0, "项目\nitem", &heading())?;
    sheet.write_string_with_format(0, 1, "内容\nvalue", &heading())?;
    sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    for (row, column) in (1..).zip(INFO.columns) {
        sheet.write_string_with_format(row, 0, heading_text(column), &heading())?;
        let text = line.cells.iter().find(|(key, _)| *key == column.key).map_or("", |(_, text)| text.as_str());
        sheet.write_string_with_format(row, 1, text, &boxed())?;
        if let Some(words) = words(column) {
            sheet.add_data_validation(row, 1, row, 1, &choice(words)?)?;
        }
    }
    Ok(())
}

/// A sheet with one entry to a row.
pub fn table(sheet: &mut Worksheet, layout: &Sheet, lines: &[Line]) -> Drawn {
    set_up(sheet, layout.name)?;
    let rows = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    for (at, column) in (0..).zip(layout.columns) {
        sheet.set_column_width(at, column.width)?.set_column_format(at, &body())?;
        sheet.write_string_with_format(0, at, heading_text(column), &heading())?;
        if let Some(words) = words(column) {
            let last = rows.saturating_add(PREPARED_ROWS);
            sheet.add_data_validation(1, at, last, at, &choice(words)?)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    for (row, line) in (1..).zip(lines) {
        let format = if line.level.is_some() { indicator() } else { boxed() };
        let merged: &[&str] = line.level.map_or(&[], |(level, _)| &LEVELS[level]);
        for (key, text) in line.cells.iter().filter(|(key, _)| !merged.contains(key)) {
            sheet.write_string_with_format(row, layout.at(key), text, &format)?;
        }
        if let Some((level, rows)) = line.level {
            level_cells(sheet, layout, line, (row, level, rows))?;
        }
    }
    Ok(())
}

/// The cells of a level, over all rows that belong to it.
fn level_cells(sheet: &mut Worksheet, layout: &Sheet, line: &Line, (row, level, rows): (u32, usize, u32)) -> Drawn {
    for key in LEVELS[level] {
        let text = line.cells.iter().find(|(found, _)| *found == key).map_or("", |(_, text)| text.as_str());
        let at = layout.at(key);
        if rows > 1 {
            sheet.merge_range(row, at, row + rows - 1, at, text, &indicator())?;
        } else {
            sheet.write_string_with_format(row, at, text, &indicator())?;
        }
    }
    Ok(())
}

/// The words of a column's drop-down list.
fn words(column: &Column) -> Option<Words> {
    match column.kind {
        Kind::Word(words) => Some(words),
        Kind::Flag => Some(FLAGS),
        _ => None,
    }
}

fn choice(words: Words) -> Result<DataValidation, XlsxError> {
    let words: Vec<&str> = words.iter().map(|(zh, _)| *zh).collect();
    DataValidation::new()
        .allow_list_strings(&words)?
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title(layout::GUIDE)?
        .set_error_message(format!("请从列表中选择：{}", words.join("、")))
}
