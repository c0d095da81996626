//! The sheet that says how to fill the others in.

use crate::style::{Type, lines};
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Its name.
const NAME: &str = "填写说明";

const WIDTH: u16 = 62;

const RULES: &[(&str, &str)] = &[
    (
        "只填“评分”表和“成果”表里浅黄色的格子；别的格子锁着，没有设密码。填好存盘，在衡鉴中“导入填好的工作簿”。",
        "Fill in the light yellow cells of 评分 and 成果; all others are locked, without a password. Save, and import the workbook in Hengjian.",
    ),
    (
        "没有评的留空：空着是未评，不是 0 分。原来有内容、清空了的格子，导入后回到未评。",
        "Leave blank what was not judged: blank is not 0. A cell that held a value and was emptied becomes unscored when imported.",
    ),
    (
        "没有动过的格子不改变程序里的记录，即使导出以后程序里又改过。",
        "Cells that you leave as they are change nothing, even where the program's record was changed since.",
    ),
    (
        "“可填”一列写明能填什么；有下拉箭头的从列表里选。观测点下面还有规则、数据、条件各行的，填下面各行，由程序算分；观测点这一行一般空着，直接给分的要写意见。",
        "The column 可填 says what fits. Where rules, figures and conditions follow a point, fill in those rows and the program derives the mark; a mark on the point's own row replaces it and needs a remark.",
    ),
    (
        "要逐项核对的（有、缺），填了一项就要把同一规则的各项都填上。",
        "In a list of items that are checked one by one, all items of the rule are filled in once one is.",
    ),
    (
        "成果一行一项，填在“成果”表里：类别、基数必填。一项也没有的，在“评分”表里选“没有”。",
        "Achievements go into 成果, one to a row, with kind and base. Where there is none, choose 没有 in 评分.",
    ),
    (
        "可以用公式，按算好的值读入。可以筛选、删去不归你填的行：缺的行保持原样。不要改动隐藏的列和“标识”表。",
        "Formulas are read by their values. Rows that are not yours may be filtered or deleted: what they are about stays as it is. Leave the hidden columns and sheets alone.",
    ),
    (
        "导入前先列出将要改变的各格；有错时指出是哪个单元格，一处也不写入。",
        "Before anything is imported the changes are shown; faults are named by cell, and then nothing is written.",
    ),
];

/// Writes the sheet.
pub fn write(sheet: &mut Worksheet, style: &Type) -> Result<(), XlsxError> {
    style.set_up(sheet, NAME, true)?;
    sheet.set_column_width(0, 6)?.set_column_width(1, WIDTH)?.set_column_width(2, WIDTH)?;
    sheet.merge_range(0, 0, 0, 2, "填写说明", &style.title())?;
    style.title_row(sheet, 0, 1)?;
    for (row, (zh, en)) in (1..).zip(RULES) {
        sheet.write_number_with_format(row, 0, row, &style.cell())?;
        sheet.write_string_with_format(row, 1, *zh, &style.cell())?;
        sheet.write_string_with_format(row, 2, *en, &style.cell())?;
        style.data_row(sheet, row, lines(zh, WIDTH).max(lines(en, WIDTH)))?;
    }
    sheet.protect();
    Ok(())
}
