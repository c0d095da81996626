//! 通报: the places of all units, in a letter to all of them; units without a result are named apart.

use super::Refused;
use super::material::{Material, heading, paragraph};
use super::merged::{grades_words, mean, ranking, totals};
use super::texts::{ORGANISATION, date, text};
use crate::Result;
use document::{Block, Document, chinese, paragraphs};
use rubric::decimal::show;

pub(super) fn document(material: &Material) -> Result<Document> {
    if material.results.ranking.is_empty() {
        return Err(Refused::NoResults { panel: material.round.row.name.clone() }.into());
    }
    let (year, subject, stage) = (material.year(), material.subject(), material.stage());
    let to = text(material, None, "bulletin.to");
    let mut body: Vec<Block> = Vec::new();
    if !to.is_empty() {
        body.push(Block::Addressees(format!("{}：", to.trim_end_matches(['：', ':']))));
    }
    body.extend(paragraphs(&text(material, None, "bulletin.opening")));
    let written = |place: &str| paragraphs(&text(material, None, place));
    let sections = [
        ("总体情况", overview(material)),
        ("评估结果", results(material)),
        ("表扬", written("bulletin.praise")),
        ("主要问题", written("bulletin.problems")),
        ("工作要求", written("bulletin.requirements")),
    ];
    for (number, (title, blocks)) in (1..).zip(sections.into_iter().filter(|(_, blocks)| !blocks.is_empty())) {
        body.push(heading(1, format!("{}、{title}", chinese(number))));
        body.extend(blocks);
    }
    let organisation = Some(text(material, None, ORGANISATION)).filter(|organisation| !organisation.is_empty());
    Ok(Document {
        title: format!("关于{year}年度{subject}{stage}结果的通报"),
        body,
        sign_off: Some(material.sign_off(organisation, date(material))),
        ..Document::default()
    })
}

/// How many took part, and how they did on the whole.
fn overview(material: &Material) -> Vec<Block> {
    let totals = totals(material);
    let (all, max) = (material.round.units.len(), show(material.round.rubric.total));
    let edges = totals.iter().max().zip(totals.iter().min());
    let words = edges.zip(mean(&totals)).map(|((highest, lowest), mean)| {
        let [mean, highest, lowest] = [mean, *highest, *lowest].map(show);
        format!("平均{mean}分（满分{max}分），最高{highest}分，最低{lowest}分。")
    });
    let open = if all > totals.len() { format!("，{}个形成结果", totals.len()) } else { String::new() };
    let first = paragraph(format!("参评单位{all}个{open}，{}", words.unwrap_or_default()));
    [first].into_iter().chain(grades_words(material)).collect()
}

/// The places, what equal totals mean, and who has no result.
fn results(material: &Material) -> Vec<Block> {
    let rows = &material.results.ranking;
    let mut blocks = vec![ranking(material, "表1　各单位名次和等次")];
    if rows.iter().any(|row| row.tied) {
        blocks.push(paragraph("总分相同的单位名次并列，其后的名次空缺。".to_owned()));
    }
    if rows.iter().any(|row| row.vetoed) {
        blocks.push(paragraph("被否决的单位名次按总分照列，结论以等次一栏为准。".to_owned()));
    }
    let open = &material.results.unranked;
    if !open.is_empty() {
        let said: Vec<String> = open.iter().map(|unit| format!("{unit}（{}）", material.why(unit))).collect();
        blocks.push(paragraph(format!("下列单位尚未形成结果，不参加排名：{}。", said.join("；"))));
    }
    blocks
}
