//! 缺材料清单: the points without evidence, with what their indicators ask to collect.

use super::refused::Refused;
use super::schedule::fitted;
use super::{Material, parts};
use crate::Result;
use crate::missing::{Lack, Missing, missing};
use document::{Block, Document, Form, Profile};

const HEADS: [&str; 5] = ["序号", "观测点", "要收集的材料", "负责部门", "备注"];

pub(super) fn document(material: &Material, profile: &Profile) -> Result<Document> {
    let opened = &material.opened;
    let unit = &opened.row.assessment.unit;
    let list = missing(opened);
    if list.is_empty() {
        return Err(Refused::NothingMissing { unit: unit.clone() }.into());
    }
    let lines =
        list.iter().flat_map(|missing| (0..).zip(&missing.points).map(move |(at, lack)| (missing, lack, at == 0)));
    let rows: Vec<Vec<String>> =
        (1..).zip(lines).map(|(number, (missing, lack, first))| row(number, missing, lack, first)).collect();
    let count = format!("{}个观测点", rows.len());
    Ok(Document {
        title: format!("{}缺材料清单", parts::subject(&opened.rubric)),
        form: Form::Sheet,
        facts: vec![
            ("单位".to_owned(), unit.clone()),
            ("年度".to_owned(), format!("{}年", opened.row.assessment.year)),
            ("缺材料".to_owned(), count),
        ],
        body: vec![Block::Table(fitted(&HEADS, &rows, "缺材料清单", profile))],
        ..Document::default()
    })
}

/// A point; what its indicator asks to collect stands beside the first of them.
fn row(number: usize, missing: &Missing<'_>, lack: &Lack<'_>, first: bool) -> Vec<String> {
    let asked = crate::missing::asked(missing.indicator).join("\n");
    let scored = lack.scored.then(|| "已评分".to_owned());
    let refuted = (!lack.refuted.is_empty()).then(|| format!("核验不符：{}", lack.refuted.join("、")));
    let remark: Vec<String> = scored.into_iter().chain(refuted).collect();
    vec![
        number.to_string(),
        format!("{} {}", lack.point.code, lack.point.title),
        if first || asked.is_empty() { asked } else { "同上".to_owned() },
        missing.indicator.departments.join("、"),
        remark.join("；"),
    ]
}
