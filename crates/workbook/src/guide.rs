//! The sheet that says how to fill the others in.

use crate::export::{body, set_up};
use crate::layout::{GUIDE, INFO, Kind, Sheet, TABLES};
use rust_xlsxwriter::{Worksheet, XlsxError};

/// What holds for all sheets, in both languages.
const RULES: &[(&str, &str)] = &[
    (
        "本工作簿是一份指标体系。按下列各表填写，存盘后在衡鉴中导入；有错时，程序指出是哪个单元格。",
        "This workbook is a rubric. Fill in the sheets below, save, and import it in Hengjian; faults are reported by cell.",
    ),
    (
        "所有分值都是文本单元格：数按写下的样子读入，不经过二进制浮点数，0.1 就是 0.1。数值单元格也收，但只收小数不超过 6 位的数；算出来的 0.30000000000000004 之类不收。",
        "All marks are text cells: a number is read as it is written and never passes through binary floating point. Numeric cells are read too when they are a decimal with at most 6 places.",
    ),
    (
        "不要改动工作表名和第一行的标题；可以另加列、另加工作表，程序不读它们。我们的工作表不能隐藏。",
        "Leave the names of the sheets and the headings in the first row as they are. Columns and sheets of your own are not read. Our sheets must not be hidden.",
    ),
    (
        "数字、编号用半角字符。标明“一行一个”的单元格里用 Alt+Enter 换行。",
        "Write numbers and codes in half-width characters. Where a cell holds a list, put each entry on a line of its own (Alt+Enter).",
    ),
    (
        "公式单元格按算好的值读入；没有算过的、出错的（#REF! 等）不收。",
        "Formulas are read by their calculated value; those without one, and errors such as #REF!, are refused.",
    ),
    (
        "“指标”表的各级编号和名称可以合并单元格，或只写在第一行；下面空着的属于上面。指标自己占一行，分值、原文、部门写在这一行；也可以不占一行，写在它的第一个观测点那一行，这时分值写在名称后面，如“办学定位（40分）”。",
        "In 指标, level cells may be merged or filled in the first row only. An indicator has a row of its own with its marks and text, or begins in the row of its first point, with its marks behind its name: 办学定位（40分）.",
    ),
    (
        "“规则”表一行一条规则：评定（在“从”“到”之间评分）、有无（得“金额”或不得）、计数（每个“金额”）、幅度（不扣，或在“从”“到”之间）、数据（公式与基准线比较）、分档（下面各行写“档”）、成果（下面各行写“项”）、符合性。编号空着的，属于上一行的编号。",
        "In 规则 each row is one rule; its bands (档) and items (项) stand in the rows below it. A blank code continues the one above.",
    ),
];

/// Writes the sheet.
pub fn write(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    set_up(sheet, GUIDE)?;
    sheet.set_column_width(0, 22)?.set_column_width(1, 70)?.set_column_width(2, 70)?;
    let mut lines: Vec<(String, String, String)> =
        vec![("衡鉴 指标体系".into(), "填写说明".into(), "How to fill it in".into())];
    lines.extend(RULES.iter().map(|(zh, en)| (String::new(), (*zh).to_owned(), (*en).to_owned())));
    for layout in std::iter::once(&INFO).chain(TABLES) {
        lines.push((layout.name.to_owned(), layout.about.0.to_owned(), layout.about.1.to_owned()));
        lines.extend(words(layout));
    }
    for (row, (name, zh, en)) in (0..).zip(&lines) {
        for (column, text) in (0..).zip([name, zh, en]) {
            let format = if row == 0 || column == 0 { body().set_bold() } else { body() };
            sheet.write_string_with_format(row, column, text, &format)?;
        }
    }
    Ok(())
}

/// The lists of words of a sheet.
fn words(layout: &Sheet) -> Vec<(String, String, String)> {
    let list = |column: &crate::layout::Column| match column.kind {
        Kind::Word(words) => {
            let zh: Vec<&str> = words.iter().map(|(zh, _)| *zh).collect();
            let en: Vec<&str> = words.iter().map(|(_, en)| *en).collect();
            Some((format!("  {}", column.zh), zh.join("、"), format!("{}: {}", column.en, en.join(", "))))
        }
        _ => None,
    };
    layout.columns.iter().filter_map(list).collect()
}
