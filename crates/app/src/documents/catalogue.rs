//! 支撑材料目录: the evidence catalogue (附件6), one table for each lowest-level indicator with evidence.

use super::form::Form;
use super::refused::{Refused, Warning};
use super::{Material, parts};
use crate::Result;
use crate::catalogue::{Section, sections};
use assessment::Medium;
use assessment::evidence::Detail;
use document::{Align, Block, Document, Profile, Table};
use rubric::Rubric;
use rubric::model::Indicator;
use store::EvidenceRow;

/// The columns of 附件6 with shares of the width.
const COLUMNS: [(&str, f64, Align); 5] = [
    ("序号", 11.0, Align::Centre),
    ("材料名称", 74.0, Align::Left),
    ("时间", 18.0, Align::Centre),
    ("类型", 12.0, Align::Centre),
    ("备注", 33.0, Align::Centre),
];
const LEVELS: [&str; 3] = ["一级指标", "二级指标", "三级指标"];
const NOTES: [&str; 2] = [
    "“类型”列中，上级文件填A，省开放大学填B，市级、县级填C，其它材料填D，图片照片类材料填E",
    "“时间”列格式：如2021.09；“备注”列填文号",
];

pub(super) fn document(material: &Material, profile: &Profile) -> Result<Document> {
    let (row, rubric) = (&material.opened.row, &material.opened.rubric);
    let sections = sections(rubric, &material.opened.evidence);
    if sections.is_empty() {
        return Err(Refused::NoEvidence { unit: row.assessment.unit.clone() }.into());
    }
    let form = Form::of(rubric);
    let ending = form.catalogue.as_deref().unwrap_or("支撑材料目录");
    let blocks =
        |section: &Section<'_>| [Block::Lines(heading(rubric, section)), Block::Table(table(section, profile))];
    let notes = Block::Notes { heading: "备注".to_owned(), paragraphs: NOTES.map(str::to_owned).to_vec() };
    Ok(Document {
        title: format!("{}{ending}", parts::subject(rubric)),
        form: document::Form::Sheet,
        body: sections.iter().flat_map(blocks).chain([notes]).collect(),
        ..Document::default()
    })
}

/// What a person should know before the catalogue is handed in.
pub(super) fn warnings(material: &Material) -> Vec<Warning> {
    let evidence = &material.opened.evidence;
    let count = |lacks: fn(&EvidenceRow) -> bool| evidence.iter().filter(|row| lacks(row)).count();
    let unplaced = count(|row| row.points.is_empty());
    let undated = count(|row| row.fields.date.is_empty());
    let untyped = count(|row| row.fields.kind.is_none());
    let mut found = Vec::new();
    found.extend((unplaced > 0).then_some(Warning::EvidenceUnplaced { count: unplaced }));
    found.extend((undated > 0).then_some(Warning::EvidenceUndated { count: undated }));
    found.extend((untyped > 0).then_some(Warning::EvidenceUntyped { count: untyped }));
    found
}

/// 一级指标：… 二级指标：… 三级指标：…（1—5条，共5条）
fn heading(rubric: &Rubric, section: &Section<'_>) -> Vec<String> {
    let above = |indicator: &&Indicator| indicator.parent.and_then(|index| rubric.indicators.get(index));
    let mut chain: Vec<&Indicator> = std::iter::successors(Some(section.indicator), above).collect();
    chain.reverse();
    let count = section.items.len();
    let said = if count == 1 { "第1条，共1条".to_owned() } else { format!("1—{count}条，共{count}条") };
    let last = chain.len() - 1;
    let line = |(at, indicator): (usize, &&Indicator)| {
        let level = LEVELS.get(at).copied().unwrap_or("指标");
        let count = if at == last { format!("（{said}）") } else { String::new() };
        format!("{level}：{}{count}", indicator.text)
    };
    chain.iter().enumerate().map(line).collect()
}

fn table(section: &Section<'_>, profile: &Profile) -> Table {
    let row = |(number, item): (usize, &&EvidenceRow)| {
        let fields = &item.fields;
        let kind = fields.kind.map_or("", <&str>::from).to_owned();
        vec![number.to_string(), name(item), fields.date.clone(), kind, remarks(section, item)]
    };
    let rows: Vec<Vec<String>> = (1..).zip(&section.items).map(row).collect();
    let place = format!("{} 支撑材料目录", section.indicator.code);
    Table { least_row: profile.catalogue_row, ..Table::plain(&COLUMNS, &rows, &place) }
}

/// 材料名称, and under it what 附件5 asks to be noted of photographs, certificates, recordings and physical items.
fn name(item: &EvidenceRow) -> String {
    let fields = &item.fields;
    let Some(rule) = fields.medium.map(Medium::rule) else { return fields.name.clone() };
    let said = |detail: &Detail| Some(format!("{}：{}", detail.zh, fields.details.get(detail.key)?));
    let noted: Vec<String> = rule.details.iter().filter_map(said).collect();
    if noted.is_empty() { fields.name.clone() } else { format!("{}\n（{}）", fields.name, noted.join("；")) }
}

/// 备注: the document number, then the pages where the points of this indicator find their support.
fn remarks(section: &Section<'_>, item: &EvidenceRow) -> String {
    let page = |point: &rubric::model::Point| Some(format!("{}见{}", point.code, item.pages.get(&point.code)?));
    let pages = section.indicator.points.iter().filter_map(page);
    let number = Some(item.fields.note.clone()).filter(|note| !note.is_empty());
    number.into_iter().chain(pages).collect::<Vec<_>>().join("\n")
}
