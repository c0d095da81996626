//! 问题清单: every problem with its plan (附件9之9: 整改计划需要跟问题一一对应，落实到具体责任人、责任部门、完成时间) and how
//! far it is.

use super::refused::{Refused, Warning};
use super::{Material, parts};
use crate::Result;
use crate::view::{ListedProblem, ProblemEmphasis, ProblemProgress};
use document::{Align, Block, Document, Form, Row, Table};
use rubric::Rubric;

/// The columns with shares of the width; fixed, since plans fill up while a list is in use.
const COLUMNS: [(&str, f64, Align); 8] = [
    ("序号", 9.0, Align::Centre),
    ("观测点", 36.0, Align::Left),
    ("存在问题及依据", 66.0, Align::Left),
    ("整改措施", 50.0, Align::Left),
    ("责任部门", 20.0, Align::Centre),
    ("责任人", 15.0, Align::Centre),
    ("完成时间", 21.0, Align::Centre),
    ("整改状态及完成情况", 34.0, Align::Left),
];
const PLACE: &str = "问题清单";

pub(super) fn document(material: &Material) -> Result<Document> {
    let opened = &material.opened;
    let list = &material.rectification;
    if list.problems.is_empty() {
        return Err(Refused::NoProblems { unit: opened.row.assessment.unit.clone() }.into());
    }
    let rows: Vec<Vec<String>> = list.problems.iter().map(row).collect();
    let mut table = Table::plain(&COLUMNS, &rows, PLACE);
    let rows = std::mem::take(&mut table.rows);
    let mut facts = vec![
        ("单位".to_owned(), opened.row.assessment.unit.clone()),
        ("年度".to_owned(), format!("{}年", opened.row.assessment.year)),
        ("问题".to_owned(), format!("{}个", list.problems.len())),
    ];
    if !list.notified.is_empty() {
        facts.push(("书面通报日期".to_owned(), list.notified.clone()));
    }
    Ok(Document {
        title: format!("{}问题清单", parts::subject(&opened.rubric)),
        form: Form::Sheet,
        wide: true,
        mark: parts::draft_mark(opened),
        facts,
        body: grouped(&opened.rubric, &list.problems, rows, &table),
        ..Document::default()
    })
}

/// One table of the same columns under each top-level indicator.
fn grouped(rubric: &Rubric, problems: &[ListedProblem], rows: Vec<Row>, columns: &Table) -> Vec<Block> {
    let mut body = Vec::new();
    let mut rest = rows.into_iter();
    for group in problems.chunk_by(|a, b| a.group == b.group && a.gone == b.gone) {
        let rows = rest.by_ref().take(group.len()).collect();
        body.push(Block::Lines(vec![format!("{}（{}个问题）", heading(rubric, &group[0]), group.len())]));
        body.push(Block::Table(Table { rows, ..columns.clone() }));
    }
    body
}

fn heading(rubric: &Rubric, problem: &ListedProblem) -> String {
    let top = rubric.indicators.iter().find(|indicator| indicator.code == problem.group);
    match top {
        Some(top) => format!("一级指标：{}", top.text.trim()),
        None if problem.gone => "本版指标体系里没有的观测点".to_owned(),
        None => "加减分项".to_owned(),
    }
}

fn row(problem: &ListedProblem) -> Vec<String> {
    let date = |text: &str| text.replace('-', ".");
    vec![
        problem.number.to_string(),
        format!("{} {}", problem.code, problem.title),
        found(problem),
        problem.measure.clone(),
        problem.department.clone(),
        problem.person.clone(),
        date(&problem.deadline),
        state(problem),
    ]
}

fn found(problem: &ListedProblem) -> String {
    let emphasis = match problem.emphasis {
        Some(ProblemEmphasis::Key) => "【重点】",
        Some(ProblemEmphasis::Hard) => "【难点】",
        None => "",
    };
    let origin = problem.origin.map(|year| format!("（{year}年提出）")).unwrap_or_default();
    // The text of the point itself stands beside it already.
    let basis = Some(problem.basis.trim()).filter(|basis| !basis.is_empty() && !basis.contains(&problem.title));
    let basis = basis.map(|basis| format!("\n依据：{basis}")).unwrap_or_default();
    format!("{emphasis}{}{origin}{basis}", problem.text)
}

/// The state, what was done, and what shows it.
fn state(problem: &ListedProblem) -> String {
    let word = match problem.progress {
        ProblemProgress::Open => "待整改",
        ProblemProgress::Doing => "整改中",
        ProblemProgress::Done => "已整改",
        ProblemProgress::Verified => "已核实",
    };
    let overdue = if problem.overdue { "（超期）" } else { "" };
    let unverified = if problem.unverified { "（上轮状态，待核实）" } else { "" };
    let pieces: Vec<&str> = problem.evidence.iter().map(|piece| piece.name.as_str()).collect();
    let pieces = if pieces.is_empty() { String::new() } else { format!("佐证材料：{}", pieces.join("、")) };
    let lines = [format!("{word}{overdue}{unverified}"), problem.note.clone(), pieces];
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// What a person should know before the list is handed on.
pub(super) fn warnings(material: &Material) -> Vec<Warning> {
    let problems = &material.rectification.problems;
    let count = |wanting: fn(&&ListedProblem) -> bool| problems.iter().filter(wanting).count();
    let (unplanned, overdue) = (count(|p| !p.lacking.is_empty()), count(|p| p.overdue));
    let deductions = material.rectification.deductions.len();
    let unplanned = (unplanned > 0).then_some(Warning::ProblemsUnplanned { count: unplanned });
    let overdue = (overdue > 0).then_some(Warning::ProblemsOverdue { count: overdue });
    let left = (deductions > 0).then_some(Warning::DeductionsUnnoted { count: deductions });
    unplanned.into_iter().chain(overdue).chain(left).collect()
}
