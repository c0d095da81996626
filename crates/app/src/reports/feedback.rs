//! 反馈意见: the result, the strengths and the problems of a unit, in a letter to it; the list of problems goes with it.

use super::material::{Material, Unit, heading, paragraph, result_words};
use super::texts::{ORGANISATION, date, text};
use super::{opinion, problem_list};
use crate::Result;
use document::{Block, Document, Table, chinese, paragraphs};

pub(super) fn document(material: &Material, unit: &Unit) -> Result<Document> {
    let row = unit.total(material)?;
    let (year, subject, stage) = (material.year(), material.subject(), material.stage());
    let mut body = vec![
        Block::Addressees(format!("{}：", unit.name())),
        paragraph(format!("根据{year}年度{subject}{stage}工作安排，专家组对你单位进行了{stage}，现将意见反馈如下。")),
        heading(1, "一、评估结果".to_owned()),
        paragraph(format!("你单位合议总分{}。{}", result_words(row, material.round.rubric.total), own(material, unit))),
        indicators(material, unit),
    ];
    let listed = !problem_list::is_empty(material, unit);
    let sections = ["feedback.strengths", "feedback.problems", "feedback.requirements"];
    let titles = ["主要成绩", "存在的主要问题", "整改要求"];
    let written = titles.into_iter().zip(sections.map(|place| text(material, Some(unit), place)));
    for (number, (title, text)) in (2..).zip(written.filter(|(_, text)| !text.trim().is_empty())) {
        body.push(heading(1, format!("{}、{title}", chinese(number))));
        body.extend(paragraphs(&text));
    }
    let organisation = Some(text(material, None, ORGANISATION)).filter(|organisation| !organisation.is_empty());
    Ok(Document {
        title: format!("关于{}{year}年度{subject}{stage}情况的反馈意见", unit.name()),
        body,
        attachments: if listed { vec![format!("{}问题清单", unit.name())] } else { Vec::new() },
        sign_off: Some(material.sign_off(organisation, date(material))),
        ..Document::default()
    })
}

/// The unit's own total beside the panel's.
fn own(material: &Material, unit: &Unit) -> String {
    let row = material.results.own.iter().find(|row| row.unit == unit.name());
    let Some((own, difference)) = row.and_then(|row| Some((row.own.as_ref()?, row.difference.as_ref()?))) else {
        return String::new();
    };
    let less = difference.trim_start_matches(['+', '-', '−']);
    match difference.chars().next() {
        Some('-' | '−') => format!("你单位自评{own}分，合议总分比自评低{less}分。"),
        Some('+') => format!("你单位自评{own}分，合议总分比自评高{less}分。"),
        _ => format!("你单位自评{own}分，与合议总分相同。"),
    }
}

fn indicators(material: &Material, unit: &Unit) -> Block {
    match opinion::indicators(material, unit) {
        Block::Table(table) => Block::Table(Table { caption: Some("表1　一级指标得分".to_owned()), ..table }),
        other => other,
    }
}
