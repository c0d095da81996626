//! 催办单: what each department still misses, until when, and what it is to collect.

use super::refused::Refused;
use super::work_list::{chosen, facts, head};
use super::{Material, parts};
use crate::view::DocumentOptions;
use crate::{Language, Result, tasks};
use document::{Align, Block, Document, Form, Table, chinese};
use tasks::Reminder;

/// Columns with shares of the width.
const COLUMNS: [(&str, f64, Align); 5] = [
    ("序号", 9.0, Align::Centre),
    ("所缺", 18.0, Align::Centre),
    ("编号", 16.0, Align::Centre),
    ("名称", 62.0, Align::Left),
    ("材料收集工作重点", 62.0, Align::Left),
];

pub(super) fn document(material: &Material, options: &DocumentOptions) -> Result<Document> {
    let departments = chosen(material, options)?;
    let one = options.department.as_ref().and_then(|_| departments.first()).map(|department| department.name.as_str());
    let reminders = tasks::reminders(&material.opened.rubric, &material.tasks, one);
    if reminders.is_empty() {
        let whose = one.unwrap_or(&material.opened.row.assessment.unit).to_owned();
        return Err(Refused::NothingToRemind { whose }.into());
    }
    let several = reminders.len() > 1;
    let blocks = |(number, reminder): (u32, &Reminder<'_>)| {
        let number = several.then(|| chinese(number));
        let sum = Block::Lines(vec![reminder.sum(Language::Zh)]);
        let table = Block::Table(table(reminder));
        head(number.as_deref(), reminder.department).into_iter().chain([sum, table]).collect::<Vec<_>>()
    };
    Ok(Document {
        title: format!("{}材料催办单", parts::subject(&material.opened.rubric)),
        form: Form::Sheet,
        facts: facts(material),
        body: (1..).zip(&reminders).flat_map(blocks).collect(),
        sign_off: Some(parts::sign_off(&material.opened.row.assessment.unit, material)),
        ..Document::default()
    })
}

fn table(reminder: &Reminder<'_>) -> Table {
    let text = |text: &str| text.to_owned();
    let missing = reminder.missing.iter();
    let missing = missing.map(|p| [text("支撑材料"), text(&p.code), text(&p.title), text(&p.collection)]);
    let undated = reminder.department.undated.iter();
    let undated = undated.map(|name| [text("材料的时间"), String::new(), text(name), String::new()]);
    let unwritten = reminder.unwritten.iter();
    let unwritten = unwritten.map(|(code, title)| [text("任务综述"), text(code), text(title), String::new()]);
    let rows = (1..).zip(missing.chain(undated).chain(unwritten));
    let rows: Vec<Vec<String>> =
        rows.map(|(number, cells): (usize, _)| std::iter::once(number.to_string()).chain(cells).collect()).collect();
    Table::plain(&COLUMNS, &rows, &reminder.department.name)
}
