//! 部门工作清单: what each department does, how far it is, and what it is to collect.

use super::refused::Refused;
use super::{Material, parts};
use crate::view::{DepartmentTasks, DocumentOptions, TaskPoint};
use crate::{Language, Result, tasks};
use document::{Align, Block, Document, Form, Table, chinese};

/// Columns with shares of the width.
const COLUMNS: [(&str, f64, Align); 7] = [
    ("序号", 9.0, Align::Centre),
    ("编号", 15.0, Align::Centre),
    ("观测点", 66.0, Align::Left),
    ("满分", 10.0, Align::Centre),
    ("得分", 12.0, Align::Centre),
    ("支撑材料", 20.0, Align::Centre),
    ("材料收集工作重点", 74.0, Align::Left),
];
/// The column whose cell stands beside all points that are to be collected alike.
const COLLECTION: usize = 6;

pub(super) fn document(material: &Material, options: &DocumentOptions) -> Result<Document> {
    let departments = chosen(material, options)?;
    let blocks = |(number, department): (u32, &&DepartmentTasks)| {
        let page = (number > 1).then(|| Block::NewPage(String::new()));
        let number = (departments.len() > 1).then(|| chinese(number));
        page.into_iter().chain(department_blocks(material, number.as_deref(), department)).collect::<Vec<_>>()
    };
    Ok(Document {
        title: format!("{}部门工作清单", parts::subject(&material.opened.rubric)),
        form: Form::Sheet,
        wide: true,
        facts: facts(material),
        body: (1..).zip(&departments).flat_map(blocks).collect(),
        ..Document::default()
    })
}

/// The departments that a document is about: the one that was chosen, or all that do something.
pub(super) fn chosen<'m>(material: &'m Material, options: &DocumentOptions) -> Result<Vec<&'m DepartmentTasks>> {
    let all = &material.tasks.departments;
    if let Some(name) = &options.department {
        return Ok(vec![tasks::find_department(&material.tasks, name)?]);
    }
    let busy = |one: &&DepartmentTasks| !(one.points.is_empty() && one.leads.is_empty());
    let found: Vec<&DepartmentTasks> = all.iter().filter(busy).collect();
    if found.is_empty() {
        return Err(Refused::NoDepartments { rubric: material.opened.rubric.title.clone() }.into());
    }
    Ok(found)
}

/// Whose departments they are, and on which day.
pub(super) fn facts(material: &Material) -> Vec<(String, String)> {
    let assessment = &material.opened.row.assessment;
    let facts = [("单位", assessment.unit.clone()), ("年度", format!("{}年", assessment.year))];
    let today = material.today.clone().map(|day| ("统计日期", day));
    facts.into_iter().chain(today).map(|(label, value)| (label.to_owned(), value)).collect()
}

/// The heading of a department with who sees to it and until when.
pub(super) fn head(number: Option<&str>, department: &DepartmentTasks) -> [Block; 2] {
    let number = number.map(|number| format!("{number}、")).unwrap_or_default();
    let person = [department.person.as_str(), &department.contact].join(" ");
    let person = Some(person.trim()).filter(|person| !person.is_empty());
    let deadline = department.deadline.as_ref().map(|deadline| tasks::deadline_words(deadline, Language::Zh));
    let lines = person.map(|person| format!("专人：{person}")).into_iter();
    let lines = lines.chain(deadline.map(|words| format!("期限：{words}"))).collect();
    [Block::Heading { level: 1, text: format!("{number}{}", department.name) }, Block::Lines(lines)]
}

fn department_blocks(material: &Material, number: Option<&str>, department: &DepartmentTasks) -> Vec<Block> {
    let [heading, lines] = head(number, department);
    let Block::Lines(mut lines) = lines else { return Vec::new() };
    let progress = &department.progress;
    lines.push(format!(
        "负责观测点{}个，满分{}分；已评{}个，得{}分；有材料的{}个，缺材料的{}个。",
        progress.points, progress.max, progress.scored, progress.score, progress.with_evidence, progress.missing
    ));
    if !department.leads.is_empty() {
        let lead = |code: &String| {
            let unwritten = if department.unwritten.contains(code) { "（综述未写）" } else { "" };
            format!("{}{unwritten}", indicator(material, code))
        };
        let leads: Vec<String> = department.leads.iter().map(lead).collect();
        lines.push(format!("牵头指标：{}", leads.join("；")));
    }
    let points = material.tasks.points.iter().filter(|point| department.points.contains(&point.code));
    let points: Vec<&TaskPoint> = points.collect();
    let table = (!points.is_empty()).then(|| Block::Table(table(&points, &department.name)));
    [heading, Block::Lines(lines)].into_iter().chain(table).collect()
}

/// Code and title of an indicator.
pub(super) fn indicator(material: &Material, code: &str) -> String {
    let indicator = material.opened.rubric.indicators.iter().find(|indicator| indicator.code == code);
    format!("{code} {}", indicator.map(|indicator| indicator.title.as_str()).unwrap_or_default())
}

fn table(points: &[&TaskPoint], department: &str) -> Table {
    let row = |(number, point): (usize, &&TaskPoint)| {
        let evidence = match (point.evidence, point.undated) {
            (0, _) => "缺材料".to_owned(),
            (count, 0) => format!("{count}件"),
            (count, undated) => format!("{count}件，{undated}件未填时间"),
        };
        let mark = point.mark.clone().unwrap_or_else(|| "未评".to_owned());
        let (code, title) = (point.code.clone(), point.title.clone());
        vec![number.to_string(), code, title, point.max.clone(), mark, evidence, point.collection.clone()]
    };
    let rows: Vec<Vec<String>> = (1..).zip(points).map(row).collect();
    let mut table = Table::plain(&COLUMNS, &rows, department);
    let alike = |a: &TaskPoint, b: &TaskPoint| (&a.indicator, &a.collection) == (&b.indicator, &b.collection);
    let mut at = 0;
    while at < points.len() {
        let run = points[at..].iter().take_while(|point| alike(point, points[at])).count();
        for (row, kept) in table.rows[at..at + run].iter_mut().zip(0..) {
            row.cells.retain(|cell| kept == 0 || cell.column != COLLECTION);
            row.cells.iter_mut().filter(|cell| cell.column == COLLECTION).for_each(|cell| cell.rows = run);
        }
        at += run;
    }
    table
}
