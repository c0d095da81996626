//! 任务分解表: who does what (附件1), as the rubric prints it and the assessment changed it.

use super::refused::Refused;
use super::{Material, parts};
use crate::Result;
use crate::view::DepartmentTasks;
use assessment::{Assignment, AssignmentKind};
use document::{Align, Block, Cell, ColumnTexts, Document, Form, Profile, Row, StyleName, Table, widths};
use rubric::Rubric;
use rubric::model::{Indicator, Point};

/// The columns of 附件1 behind those of the indicators.
const HEADS: [&str; 6] =
    ["观测点", "责任部门和材料收集工作重点", "负责部门", "二级指标牵头部门", "一级指标牵头部门", "说明"];
const LEVELS: [&str; 3] = ["一级指标", "二级指标", "三级指标"];

pub(super) fn document(material: &Material, profile: &Profile) -> Result<Document> {
    let rubric = &material.opened.rubric;
    let busy = |one: &DepartmentTasks| !(one.points.is_empty() && one.leads.is_empty());
    if !material.tasks.departments.iter().any(busy) {
        return Err(Refused::NoDepartments { rubric: rubric.title.clone() }.into());
    }
    let notes =
        rubric.notes.iter().filter(|note| note.printed_in.is_empty() || note.printed_in.iter().any(|p| p == "附件1"));
    let notes = notes.map(|note| format!("{}. {}", note.number, note.text)).collect();
    Ok(Document {
        title: format!("{}指标任务分解", parts::subject(rubric)),
        form: Form::Sheet,
        wide: true,
        body: vec![
            Block::Table(table(&Shared { rubric, assignment: &material.assignment }, &profile.lying())),
            Block::Notes { heading: "说明".to_owned(), paragraphs: notes },
        ],
        ..Document::default()
    })
}

/// The rubric with what the assessment changed of its assignment.
struct Shared<'a> {
    rubric: &'a Rubric,
    assignment: &'a Assignment,
}

impl Shared<'_> {
    fn lead(&self, indicator: &Indicator) -> String {
        self.assignment.at_indicator(indicator, AssignmentKind::Lead).join("\n")
    }
}

fn table(shared: &Shared<'_>, profile: &Profile) -> Table {
    let rubric = shared.rubric;
    let depth = rubric.indicators.iter().map(|i| i.level).max().unwrap_or(1);
    let depth = usize::try_from(depth).unwrap_or(1).clamp(1, LEVELS.len());
    let heads: Vec<&str> = LEVELS[..depth].iter().chain(&HEADS).copied().collect();
    let chains = chains(rubric);
    let rows: Vec<Row> = (0..chains.len()).flat_map(|at| leaf_rows(shared, &chains, at, depth)).collect();
    let texts = heads.iter().enumerate().map(|(at, head)| ColumnTexts::of_rows(head, at, &rows));
    let texts: Vec<ColumnTexts> = texts.collect();
    let header = heads.iter().enumerate();
    Table {
        columns: widths(profile, &texts, profile.core.width()),
        header: header.map(|(at, head)| Cell::of(at, head, StyleName::TableHeader, Align::Centre, "表头")).collect(),
        rows,
        ..Table::default()
    }
}

/// Every lowest-level indicator behind those above it, from the top.
fn chains(rubric: &Rubric) -> Vec<Vec<&Indicator>> {
    let above = |indicator: &&Indicator| indicator.parent.and_then(|index| rubric.indicators.get(index));
    let lowest = rubric.indicators.iter().filter(|indicator| !indicator.points.is_empty());
    lowest
        .map(|lowest| {
            let mut chain: Vec<&Indicator> = std::iter::successors(Some(lowest), above).collect();
            chain.reverse();
            chain
        })
        .collect()
}

/// The rows of a lowest-level indicator: one for each point, so that a page may end between them.
fn leaf_rows(shared: &Shared<'_>, chains: &[Vec<&Indicator>], at: usize, depth: usize) -> Vec<Row> {
    let Some(lowest) = chains[at].last() else { return Vec::new() };
    let place = format!("指标 {}", lowest.code);
    let point = |point: &Point| Cell::of(depth, &point.text, StyleName::TableCell, Align::Left, &place);
    let mut rows: Vec<Row> = lowest.points.iter().map(|p| Row { cells: vec![point(p)], tied: false }).collect();
    if let Some(first) = rows.first_mut() {
        first.cells.extend(cells(shared, chains, at, depth));
    }
    let collected = |p: &Point| shared.assignment.get(AssignmentKind::Collection, &p.code).is_some();
    let collection = |p: &Point| shared.assignment.collection_of_point(lowest, p);
    let own = lowest.points.iter().any(collected);
    let texts = if own {
        lowest.points.iter().map(collection).collect()
    } else {
        vec![shared.assignment.collection(lowest).to_owned()]
    };
    beside(&mut rows, depth + 1, &texts, Align::Left, &place);
    let done = |p: &Point| shared.assignment.of_point(shared.rubric, lowest, p);
    let own = lowest.points.iter().any(|p| done(p).own);
    let of_all = shared.assignment.of_indicator(shared.rubric, lowest, AssignmentKind::Departments);
    let names = if own {
        lowest.points.iter().map(|p| done(p).names.join("\n")).collect()
    } else {
        vec![of_all.names.join("\n")]
    };
    beside(&mut rows, depth + 2, &names, Align::Centre, &place);
    rows.iter_mut().for_each(|row| row.cells.sort_by_key(|cell| cell.column));
    rows
}

/// A column beside points: a text for each of them, or one for all.
fn beside(rows: &mut [Row], column: usize, texts: &[String], align: Align, place: &str) {
    let spanned = if texts.len() == 1 { rows.len() } else { 1 };
    for (row, text) in rows.iter_mut().zip(texts) {
        row.cells.push(Cell { rows: spanned, ..Cell::of(column, text, StyleName::TableCell, align, place) });
    }
}

/// The cells beside the points that begin in a row: of its lowest-level indicator, and of those above it that begin with it.
fn cells(shared: &Shared<'_>, chains: &[Vec<&Indicator>], at: usize, depth: usize) -> Vec<Cell> {
    let chain = &chains[at];
    let Some((lowest, above)) = chain.split_last() else { return Vec::new() };
    let beginning: Vec<(usize, &Indicator, usize)> =
        above.iter().enumerate().filter_map(|(level, i)| Some((level, *i, rows_of(chains, at, level)?))).collect();
    let place = format!("指标 {}", lowest.code);
    let cell = |column: usize, rows: usize, text: &str, align| Cell {
        rows,
        ..Cell::of(column, text, StyleName::TableCell, align, &place)
    };
    let mut cells: Vec<Cell> = beginning
        .iter()
        .map(|(level, i, rows)| Cell {
            bookmark: Some((level + 1, i.text.clone())),
            ..cell(*level, *rows, &i.text, Align::Left)
        })
        .collect();
    let count = lowest.points.len();
    let own = cell(above.len(), count, &lowest.text, Align::Left);
    cells.push(Cell { columns: depth - above.len(), ..own });
    for (level, column) in [(1, depth + 3), (0, depth + 4)] {
        let begins = beginning.iter().find(|(at, ..)| *at == level);
        match begins {
            Some((_, indicator, rows)) => cells.push(cell(column, *rows, &shared.lead(indicator), Align::Centre)),
            // Nothing above on this level: the indicator's own lead, or nothing.
            None if above.len() <= level => {
                let lead = if above.len() == level { shared.lead(lowest) } else { String::new() };
                cells.push(cell(column, count, &lead, Align::Centre));
            }
            None => {}
        }
    }
    let said = beginning.iter().map(|(_, indicator, _)| *indicator).chain([*lowest]);
    let said: Vec<&str> = said.filter_map(|i| i.guidance.as_deref()).map(str::trim).collect();
    cells.push(cell(depth + 5, count, &said.join("\n"), Align::Left));
    cells
}

/// How many rows the indicator of a level spans that begins in row `at`; none when it began before.
fn rows_of(chains: &[Vec<&Indicator>], at: usize, level: usize) -> Option<usize> {
    let code = &chains[at].get(level)?.code;
    let same = |chain: &&Vec<&Indicator>| chain.get(level).is_some_and(|indicator| indicator.code == *code);
    let begins = at == 0 || !same(&&chains[at - 1]);
    begins.then(|| chains[at..].iter().take_while(same).filter_map(|chain| chain.last()).map(|i| i.points.len()).sum())
}
