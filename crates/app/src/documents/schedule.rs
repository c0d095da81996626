//! 进度安排: the schedule (附件2).

use super::refused::Refused;
use super::{Material, parts};
use crate::Result;
use document::{Align, Block, ColumnTexts, Document, Form, Profile, Table, widths};

const HEADS: [&str; 5] = ["序号", "时间", "项目", "完成单位", "备注"];
/// The column of times, which are centred however long they are (附件5: 居中).
const TIME: usize = 1;

pub(super) fn document(material: &Material, profile: &Profile) -> Result<Document> {
    let lines = &material.schedule.lines;
    let unit = &material.opened.row.assessment.unit;
    if lines.is_empty() {
        return Err(Refused::NoSchedule { unit: unit.clone() }.into());
    }
    let rows: Vec<Vec<String>> = (1..)
        .zip(lines)
        .map(|(number, line)| {
            vec![number.to_string(), line.time.clone(), line.item.clone(), line.who.clone(), line.note.clone()]
        })
        .collect();
    let mut table = fitted(&HEADS, &rows, "进度安排", profile);
    for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells).filter(|cell| cell.column == TIME) {
        cell.paragraphs.iter_mut().for_each(|paragraph| paragraph.align = Align::Centre);
    }
    Ok(Document {
        title: format!("{}工作进度安排", parts::subject(&material.opened.rubric)),
        form: Form::Sheet,
        facts: vec![
            ("单位".to_owned(), unit.clone()),
            ("年度".to_owned(), format!("{}年", material.opened.row.assessment.year)),
        ],
        body: vec![Block::Table(table)],
        ..Document::default()
    })
}

/// A plain table of centred cells whose columns are as wide as their texts ask; long cells stand at the left.
pub(super) fn fitted(heads: &[&str], rows: &[Vec<String>], place: &str, profile: &Profile) -> Table {
    /// Longer cells read better from the left.
    const CENTRED_UP_TO: usize = 16;
    let column = |at: usize| rows.iter().filter_map(move |row| row.get(at)).map(String::as_str);
    let texts: Vec<ColumnTexts> =
        heads.iter().enumerate().map(|(at, head)| ColumnTexts::plain(head, column(at))).collect();
    let align = |at: usize| {
        let longest = column(at).map(|text| text.chars().count()).max().unwrap_or_default();
        if longest > CENTRED_UP_TO { Align::Prose } else { Align::Centre }
    };
    let widths = widths(profile, &texts, profile.core.width());
    let columns: Vec<(&str, f64, Align)> =
        heads.iter().zip(widths).enumerate().map(|(at, (head, width))| (*head, width, align(at))).collect();
    Table::plain(&columns, rows, place)
}
