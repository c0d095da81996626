//! 自评报告: the self-evaluation report (附件8).

use super::refused::Refused;
use super::summary::{has_text, headings, text_blocks};
use super::{Material, parts};
use crate::view::{WritingDocument, WritingKind, WritingText};
use crate::{Language, Result, outcome};
use assessment::Stage;
use document::{Block, Document, paragraphs};
use rubric::model::Shape;

/// The part that begins with the total.
const OVERALL: &str = "overall";

pub(super) fn document(material: &Material) -> Result<Document> {
    let unit = &material.opened.row.assessment.unit;
    let report = report(material).filter(|report| report.texts.iter().any(has_text));
    let Some(report) = report else {
        return Err(Refused::ReportUnwritten { unit: unit.clone() }.into());
    };
    Ok(Document {
        title: format!("{}{}", parts::subject(&material.opened.rubric), report.title),
        mark: parts::draft_mark(sheet(material)),
        body: report.texts.iter().flat_map(|text| blocks(material, text)).collect(),
        attachments: vec!["自评打分表".to_owned(), "支撑材料目录".to_owned()],
        sign_off: Some(parts::sign_off(unit, material)),
        ..Document::default()
    })
}

pub(super) fn report(material: &Material) -> Option<&WritingDocument> {
    material.writing.documents.iter().find(|document| document.kind == WritingKind::Report)
}

/// The unit's own sheet where there is one: the report states its total.
fn sheet(material: &Material) -> &crate::sheets::Opened {
    material.own.as_ref().unwrap_or(&material.opened)
}

fn blocks(material: &Material, text: &WritingText) -> Vec<Block> {
    if text.part != OVERALL {
        return text_blocks(text);
    }
    let total = total_sentence(material).map(Block::Paragraph);
    headings(text).into_iter().chain(total).chain(paragraphs(&text.printed)).collect()
}

/// 自评总分 and 等次 as a sentence (附件9 之7), where the sheet is a self-evaluation with marks.
fn total_sentence(material: &Material) -> Option<String> {
    let opened = sheet(material);
    let view = outcome::view(&opened.rubric, &opened.outcome, Language::Zh);
    if opened.row.stage != Stage::SelfEvaluation || view.points.iter().all(|point| point.score.is_none()) {
        return None;
    }
    if opened.rubric.shape == Shape::Checklist {
        return Some(format!("应条款适用{}条，符合{}条。", view.max, view.total));
    }
    let counted = if view.complete { "" } else { "暂计" };
    let grade = match &view.grade {
        Some(grade) => format!("，自评结论等次为{grade}"),
        None => String::new(),
    };
    Some(format!("自评总分{counted}{}分（满分{}分）{grade}。", view.total, view.max))
}
