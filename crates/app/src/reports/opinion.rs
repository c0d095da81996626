//! 专家组意见: what the panel found of a unit, how the result came about, and who signs it.

use super::findings::{Doubt, Lost, doubts, lost, verdict};
use super::material::{Material, Unit, heading, paragraph, result_words, table, tight, together};
use super::texts::{date, rate, text};
use crate::Result;
use crate::view::{Calculation, PanelCell, PanelMember};
use document::{Align, Block, Cell, Document, Row, SignOff, StyleName, Table, chinese, paragraphs};
use rubric::decimal::show;
use std::cmp::Reverse;

/// So many places are listed with what the experts said.
const MOST_LOST: usize = 10;
/// Height of a line to sign on, in points.
const SIGNED_ROW: f64 = 34.0;

pub(super) fn document(material: &Material, unit: &Unit) -> Result<Document> {
    let row = unit.total(material)?;
    let mut body = vec![heading(1, "一、基本情况".to_owned())];
    body.extend(facts(material, unit));
    body.push(heading(1, "二、合议办法和结果".to_owned()));
    body.push(paragraph(format!("合议办法：{}。", tight(&material.results.panel.policy_text).trim_end_matches('。'))));
    body.extend(steps(unit));
    body.push(paragraph(format!("合议总分{}。", result_words(row, material.round.rubric.total))));
    body.push(experts(unit));
    body.push(indicators(material, unit));
    let mut sections = vec![("主要成绩", text(material, Some(unit), "opinion.strengths"), Vec::new())];
    sections.push(("主要问题", text(material, Some(unit), "opinion.problems"), details(material, unit)));
    sections.push(("不同意见", text(material, Some(unit), "opinion.differences"), Vec::new()));
    sections.push(("评估意见", text(material, Some(unit), "opinion.advice"), Vec::new()));
    sections.retain(|(_, text, tables)| !text.trim().is_empty() || !tables.is_empty());
    let mut number = 3;
    for (title, text, tables) in sections {
        body.push(heading(1, format!("{}、{title}", chinese(number))));
        body.extend(paragraphs(&text));
        body.extend(tables);
        number += 1;
    }
    // Signatures stand on one page, with the name of those who sign below them.
    body.push(Block::NewPage(String::new()));
    body.push(heading(1, format!("{}、专家组签名", chinese(number))));
    body.push(signatures(unit));
    let organisation = Some(format!("{}专家组", material.subject()));
    Ok(Document {
        title: format!("{}专家组对{}的{}意见", material.subject(), unit.name(), material.stage()),
        body,
        sign_off: Some(SignOff { signed: true, ..material.sign_off(organisation, date(material)) }),
        ..Document::default()
    })
}

fn facts(material: &Material, unit: &Unit) -> Vec<Block> {
    let (rubric, members) = (&material.round.rubric, &unit.view.members);
    let leader = members.iter().find(|member| member.leader);
    let leader = leader.map(|member| format!("，组长{}", member.name)).unwrap_or_default();
    let (year, stage) = (material.year(), material.stage());
    let mut blocks = vec![paragraph(format!(
        "专家组依据《{}》（{}）对{}{year}年度的工作进行{stage}。专家组共{}人{leader}，计分的打分表{}份。",
        rubric.title,
        rubric.edition,
        unit.name(),
        members.len(),
        unit.view.unit.counted,
    ))];
    let away = members.iter().zip(&unit.view.unit.cells).filter(|(_, cell)| cell.standing.code != "counted");
    let away: Vec<String> = away.map(|(member, cell)| format!("{}{}", member.name, why(cell))).collect();
    if !away.is_empty() {
        blocks.push(paragraph(format!("不计分的：{}。", away.join("；"))));
    }
    blocks
}

/// Why a member's sheet does not count, behind the name.
fn why(cell: &PanelCell) -> String {
    format!("（{}）", cell.standing.text.trim_end_matches('。'))
}

/// How the total came about, or the marks that were agreed on.
fn steps(unit: &Unit) -> Vec<Block> {
    let said = |calculation: &Calculation| {
        let steps: Vec<&str> = calculation.steps.iter().map(|step| step.trim_end_matches('。')).collect();
        tight(&steps.join("；"))
    };
    let totals = unit.view.totals.iter().map(|totals| paragraph(format!("总分的计算：{}。", said(totals))));
    let agreed = unit.view.points.iter().filter(|point| point.agreed.is_some());
    let agreed = agreed.map(|point| paragraph(format!("{} {}：{}。", point.code, point.title, said(point))));
    totals.chain(agreed).collect()
}

fn experts(unit: &Unit) -> Block {
    const COLUMNS: [(&str, f64, Align); 6] = [
        ("序号", 14.0, Align::Centre),
        ("专家", 22.0, Align::Centre),
        ("所在单位", 44.0, Align::Centre),
        ("总分", 20.0, Align::Centre),
        ("等次", 18.0, Align::Centre),
        ("计分情况", 38.0, Align::Centre),
    ];
    let row = |(number, (member, cell)): (usize, (&PanelMember, &PanelCell))| {
        let counted = match cell.dropped.as_str() {
            "lowest" => "去掉（最低分）".to_owned(),
            "highest" => "去掉（最高分）".to_owned(),
            "beside-middle" => "不在中间，不计".to_owned(),
            _ => cell.standing.text.clone(),
        };
        let (total, grade) = (cell.total.clone().unwrap_or_default(), cell.grade.clone().unwrap_or_default());
        vec![number.to_string(), member.name.clone(), member.organisation.clone(), total, grade, counted]
    };
    let rows: Vec<Vec<String>> = (1..).zip(unit.view.members.iter().zip(&unit.view.unit.cells)).map(row).collect();
    table("表1　各专家评分", &COLUMNS, &rows)
}

/// Level-1 indicators beside all units.
pub(super) fn indicators(material: &Material, unit: &Unit) -> Block {
    const COLUMNS: [(&str, f64, Align); 6] = [
        ("序号", 14.0, Align::Centre),
        ("一级指标", 50.0, Align::Centre),
        ("满分", 18.0, Align::Centre),
        ("得分", 20.0, Align::Centre),
        ("得分率", 22.0, Align::Centre),
        ("各单位得分率", 30.0, Align::Centre),
    ];
    let (rubric, result) = (&material.round.rubric, unit.result(material));
    let row = |(number, at): (usize, usize)| {
        let indicator = &rubric.indicators[at];
        let score = result.indicators.get(at).copied().unwrap_or_default();
        let all = material.share(&indicator.code).map(|share| format!("{share}%")).unwrap_or_default();
        let (max, own) = (show(indicator.max), rate(score, indicator.max));
        vec![number.to_string(), indicator.title.clone(), max, material.score(score), own, all]
    };
    let rows: Vec<Vec<String>> = (1..).zip(material.top()).map(row).collect();
    table("表2　一级指标得分", &COLUMNS, &rows)
}

/// Where most marks were lost, and which evidence is in doubt, with what the experts said.
fn details(material: &Material, unit: &Unit) -> Vec<Block> {
    let mut lost = lost(material, unit);
    lost.sort_by_key(|lost| Reverse(lost.amount));
    lost.truncate(MOST_LOST);
    let doubts = doubts(unit);
    let mut blocks = Vec::new();
    if !lost.is_empty() {
        blocks.push(table("表3　失分较多的观测点", &LOST, &(1..).zip(&lost).map(lost_row).collect::<Vec<_>>()));
    }
    if !doubts.is_empty() {
        let caption = format!("表{}　核验有疑问的支撑材料", blocks.len() + 3);
        let rows: Vec<Vec<String>> = (1..).zip(&doubts).map(|doubt| doubt_row(doubt, unit)).collect();
        blocks.push(table(&caption, &DOUBTS, &rows));
    }
    blocks
}

const LOST: [(&str, f64, Align); 5] = [
    ("序号", 14.0, Align::Centre),
    ("观测点", 46.0, Align::Left),
    ("满分", 14.0, Align::Centre),
    ("失分", 14.0, Align::Centre),
    ("专家意见", 66.0, Align::Left),
];

fn lost_row((number, lost): (usize, &Lost)) -> Vec<String> {
    let max = lost.max.map(show).unwrap_or_default();
    let place = format!("{} {}", lost.code, lost.title);
    let reasons = if lost.reasons.is_empty() { "—".to_owned() } else { lost.reasons.join("；") };
    vec![number.to_string(), place, max, show(lost.amount), reasons]
}

const DOUBTS: [(&str, f64, Align); 4] = [
    ("序号", 14.0, Align::Centre),
    ("材料", 56.0, Align::Left),
    ("观测点", 28.0, Align::Centre),
    ("核验意见", 56.0, Align::Left),
];

fn doubt_row((number, doubt): (usize, &Doubt), unit: &Unit) -> Vec<String> {
    let name = |member: &usize| unit.view.members.get(*member).map(|member| member.name.as_str()).unwrap_or_default();
    let said: Vec<String> = doubt
        .said
        .iter()
        .map(|(judged, note, member)| {
            let note = if note.is_empty() { String::new() } else { format!("，{note}") };
            format!("{}：{}{note}", name(member), verdict(*judged))
        })
        .collect();
    vec![number.to_string(), doubt.name.clone(), doubt.points.join("、"), said.join("\n")]
}

/// A line for each member to sign on; who keeps away does not sign.
fn signatures(unit: &Unit) -> Block {
    const PLACE: &str = "专家组签名";
    const HEADS: [(&str, f64); 4] = [("职务", 20.0), ("姓名", 26.0), ("所在单位", 52.0), ("签名", 52.0)];
    let header = HEADS.iter().enumerate();
    let header = header.map(|(at, (head, _))| Cell::of(at, head, StyleName::TableHeader, Align::Centre, PLACE));
    let mut members: Vec<(&PanelMember, &PanelCell)> = unit.view.members.iter().zip(&unit.view.unit.cells).collect();
    members.sort_by_key(|(member, _)| !member.leader);
    let row = |(member, cell): (&PanelMember, &PanelCell)| {
        let away = ["recused", "own-unit"].contains(&cell.standing.code.as_str());
        let role = if member.leader { "组长" } else { "成员" };
        let texts = [role, &member.name, &member.organisation, if away { "回避" } else { "" }];
        let cells = texts.iter().enumerate();
        let cells = cells.map(|(at, text)| Cell::of(at, text, StyleName::TableCell, Align::Centre, PLACE));
        Row { cells: cells.collect(), tied: false }
    };
    Block::Table(together(Table {
        caption: None,
        columns: HEADS.iter().map(|(_, width)| *width).collect(),
        header: header.collect(),
        rows: members.into_iter().map(row).collect(),
        least_row: SIGNED_ROW,
    }))
}
