//! 符合性评估报告: which clauses of a standard are met, for rubrics that are checklists (GB/T 38856).

use super::form::modality;
use super::refused::Refused;
use super::schedule::fitted;
use super::score_sheet::{mark, remark};
use super::{Material, parts};
use crate::Result;
use crate::sheets::Opened;
use document::{Align, Block, Document, Profile, Table};
use rubric::decimal::show;
use rubric::model::{Indicator, Point, Rubric, Shape};
use rubric::score::{IndicatorScore, PointScore};

/// Columns of the clauses with shares of the width.
const CLAUSES: [(&str, f64, Align); 5] = [
    ("条款", 18.0, Align::Centre),
    ("要点", 66.0, Align::Left),
    ("要求", 14.0, Align::Centre),
    ("符合性", 18.0, Align::Centre),
    ("说明", 32.0, Align::Left),
];

pub(super) fn document(material: &Material, profile: &Profile) -> Result<Document> {
    let opened = &material.opened;
    let (row, rubric) = (&opened.row, &opened.rubric);
    if rubric.shape != Shape::Checklist {
        return Err(Refused::NotAChecklist { rubric: rubric.title.clone() }.into());
    }
    if opened.outcome.points.iter().all(|point| point.score.is_none()) {
        return Err(Refused::NothingScored { unit: row.assessment.unit.clone() }.into());
    }
    let mut body = scope(opened);
    body.extend(method(opened));
    body.extend(results(opened, profile));
    body.extend(failures(opened, profile));
    body.extend(clauses(opened));
    Ok(Document {
        title: format!("《{}》\n符合性评估报告", rubric.title),
        mark: parts::draft_mark(opened),
        digest: parts::digest(opened),
        body,
        sign_off: Some(parts::sign_off(&row.organisation, material)),
        ..Document::default()
    })
}

fn heading(text: &str) -> Block {
    Block::Heading { level: 1, text: text.to_owned() }
}

fn scope(opened: &Opened) -> Vec<Block> {
    let (row, rubric) = (&opened.row, &opened.rubric);
    let number = rubric.source.number.as_deref().unwrap_or_default();
    let chapters: Vec<&str> = top(rubric).map(|(indicator, _)| indicator.text.as_str()).collect();
    let text = format!(
        "本报告评估{}{}年度对{number}《{}》的符合情况，评估人{}（{}）。评估范围是该标准规定要求的各章：{}。",
        row.assessment.unit,
        row.assessment.year,
        rubric.title,
        row.assessor,
        row.organisation,
        chapters.join("、"),
    );
    vec![heading("一、评估范围"), Block::Paragraph(text)]
}

/// The top-level indicators with their places.
fn top(rubric: &Rubric) -> impl Iterator<Item = (&Indicator, usize)> {
    rubric.indicators.iter().zip(0..).filter(|(indicator, _)| indicator.parent.is_none())
}

fn method(opened: &Opened) -> Vec<Block> {
    let all = opened.outcome.points.len();
    let demands = opened.rubric.points().filter(|(_, point)| modality(point) == Some("应")).count();
    let pieces = opened.evidence.len();
    let evidence = if pieces == 0 { String::new() } else { format!("评估查阅支撑材料{pieces}件。") };
    let text = format!(
        "把标准逐句、逐项列为{all}个要点，对照实际情况逐一判定为符合、部分符合、不符合或不适用。\
         其中用“应”表述的要求{demands}条，只有“应”的要求计入符合率；“可”是允许，陈述和职责只作核对。\
         不适用的要求不计。{evidence}"
    );
    vec![heading("二、评估方法"), Block::Paragraph(text)]
}

fn results(opened: &Opened, profile: &Profile) -> Vec<Block> {
    let outcome = &opened.outcome;
    let rate = parts::rate(outcome.total, outcome.max).map(|rate| format!("，符合率{rate}")).unwrap_or_default();
    let open = outcome.points.iter().filter(|point| point.score.is_none()).count();
    let open = if open == 0 { String::new() } else { format!("另有{open}个要点还没有判定。") };
    let said = format!("“应”的要求适用{}条，符合{}条{rate}。{open}", show(outcome.max), show(outcome.total));
    let row = |score: &IndicatorScore, text: &str| {
        let conformity = score.conformity;
        let counts = [conformity.yes, conformity.partly, conformity.no, conformity.not_applicable];
        let rate = parts::rate(score.score, score.max).unwrap_or_else(|| "—".to_owned());
        std::iter::once(text.to_owned()).chain(counts.map(|count| count.to_string())).chain([rate]).collect()
    };
    let rows: Vec<Vec<String>> =
        top(&opened.rubric).map(|(indicator, at)| row(&outcome.indicators[at], &indicator.text)).collect();
    let heads = ["章", "符合", "部分符合", "不符合", "不适用", "符合率"];
    let table = Table {
        caption: Some("表1　各章“应”的要求的符合情况".to_owned()),
        ..fitted(&heads, &rows, "各章结果", profile)
    };
    vec![heading("三、评估结果"), Block::Paragraph(said), Block::Table(table)]
}

/// Clauses that are not met, or only in part.
fn failures(opened: &Opened, profile: &Profile) -> Vec<Block> {
    let mut rows = Vec::new();
    for (_, point, scored) in scored(opened) {
        let state = mark(opened, point, scored);
        if state == "不符合" || state == "部分符合" {
            let remark = remark(opened, scored).unwrap_or_default();
            rows.push(vec![(rows.len() + 1).to_string(), point.code.clone(), point.text.clone(), state, remark]);
        }
    }
    let content = if rows.is_empty() {
        Block::Paragraph("没有不符合或部分符合的要点。".to_owned())
    } else {
        let table = fitted(&["序号", "条款", "要点", "符合性", "说明"], &rows, "不符合项", profile);
        Block::Table(Table { caption: Some("表2　不符合和部分符合的要点".to_owned()), ..table })
    };
    vec![heading("四、不符合项"), content]
}

fn scored(opened: &Opened) -> impl Iterator<Item = (&Indicator, &Point, &PointScore)> {
    let points = opened.rubric.points().zip(&opened.outcome.points);
    points.map(|((indicator, point), scored)| (indicator, point, scored))
}

/// Every clause, one table for each chapter.
fn clauses(opened: &Opened) -> Vec<Block> {
    let mut blocks = vec![heading("五、逐条评估")];
    for (chapter, at) in top(&opened.rubric) {
        let rows: Vec<Vec<String>> = scored(opened)
            .filter(|(indicator, ..)| chapter_of(&opened.rubric, indicator) == at)
            .map(|(_, point, scored)| {
                let remark = remark(opened, scored).unwrap_or_default();
                let demand = modality(point).unwrap_or_default().to_owned();
                vec![point.code.clone(), point.text.clone(), demand, mark(opened, point, scored), remark]
            })
            .collect();
        blocks.push(Block::Lines(vec![chapter.text.clone()]));
        blocks.push(Block::Table(Table::plain(&CLAUSES, &rows, &chapter.text)));
    }
    blocks
}

/// The place of the top-level indicator above one.
fn chapter_of(rubric: &Rubric, indicator: &Indicator) -> usize {
    let mut at = rubric.indicators.iter().position(|other| other.code == indicator.code).unwrap_or_default();
    while let Some(above) = rubric.indicators[at].parent {
        at = above;
    }
    at
}
