//! 问题清单 of a unit: every mark that it lost, with the sentence of the rubric, and room for the plan (附件9 之9).

use super::Refused;
use super::findings::{Doubt, Lost, doubts, lost, verdict};
use super::material::{Material, Unit, quoted, table};
use super::texts::{DATE, DEADLINE, text};
use crate::Result;
use crate::rectification::deductions::shortened;
use crate::rectification::feedback::{FILE, Handed, file, time_of};
use assessment::exchange::FORMAT;
use assessment::rectification::{Day, Found, ListFile, Noted, Plan, Problem};
use document::{Align, Block, Document, Enclosed, Form};
use package::Sha256;
use rubric::decimal::show;

/// The columns with shares of the width; those of the plan are filled in by the unit.
const COLUMNS: [(&str, f64, Align); 9] = [
    ("序号", 12.0, Align::Centre),
    ("观测点", 36.0, Align::Left),
    ("存在问题", 52.0, Align::Left),
    ("评分依据", 52.0, Align::Left),
    ("失分", 13.0, Align::Centre),
    ("整改措施", 34.0, Align::Left),
    ("责任部门", 18.0, Align::Centre),
    ("责任人", 15.0, Align::Centre),
    ("完成时间", 20.0, Align::Centre),
];

pub(super) fn is_empty(material: &Material, unit: &Unit) -> bool {
    lost(material, unit).is_empty() && doubts(unit).is_empty()
}

pub(super) fn document(material: &Material, unit: &Unit) -> Result<Document> {
    let row = unit.total(material)?;
    let (lost, doubts) = (lost(material, unit), doubts(unit));
    if lost.is_empty() && doubts.is_empty() {
        return Err(Refused::NoProblems { unit: unit.name().to_owned() }.into());
    }
    let deadline = text(material, None, DEADLINE);
    let until =
        if deadline.is_empty() { "书面通报之日起一年内".to_owned() } else { deadline.replace('-', ".") };
    let facts = [
        ("单位", unit.name().to_owned()),
        ("年度", format!("{}年{}", material.year(), material.stage())),
        ("合议总分", format!("{}分", row.total)),
        ("问题", format!("{}个", lost.len() + doubts.len())),
        ("整改完成时间", until),
    ];
    let mut body = listed(&lost, &deadline.replace('-', "."));
    if !doubts.is_empty() {
        let rows: Vec<Vec<String>> = (lost.len() + 1..).zip(&doubts).map(doubt_row).collect();
        body.push(table("核验有疑问的支撑材料", &DOUBTS, &rows));
    }
    Ok(Document {
        title: format!("{}{}年度{}问题清单", unit.name(), material.year(), material.stage()),
        form: Form::Sheet,
        wide: true,
        facts: facts.map(|(label, value)| (label.to_owned(), value)).to_vec(),
        body,
        enclosed: vec![enclosed(material, unit, &lost, &doubts)?],
        ..Document::default()
    })
}

/// The problems as data, for the unit's own list.
fn enclosed(material: &Material, unit: &Unit, lost: &[Lost], doubts: &[Doubt]) -> Result<Enclosed> {
    let row = &material.round.row;
    let on = Day::read(&text(material, None, DATE))?.unwrap_or(material.today);
    let deadline = Day::read(&text(material, None, DEADLINE))?;
    let at = time_of(&on.to_string());
    let problem = |key: &str, code: &str, title: &str, text: String, basis: &str| Problem {
        id: Sha256::of([&row.id, unit.name(), key].join("\n").as_bytes()).to_string()[..32].to_owned(),
        found: Found {
            code: code.to_owned(),
            title: title.to_owned(),
            text: shortened(&text),
            basis: shortened(basis),
            emphasis: None,
        },
        plan: Plan { deadline, ..Plan::default() },
        noted: Noted { sheet: row.id.clone(), stage: row.stage, assessor: "专家组".to_owned(), on, at: at.clone() },
        origin: None,
        changed_at: at.clone(),
    };
    let of_marks = lost.iter().map(|lost| {
        let text = format!("{}（失 {} 分）", found(lost), show(lost.amount));
        problem(&lost.code, &lost.code, &lost.title, text, &lost.basis)
    });
    let of_evidence = doubts.iter().filter_map(|doubt| {
        let code = doubt.points.first()?;
        let title = material.round.rubric.point(code).map(|(_, point)| point.title.clone()).unwrap_or_default();
        let text = format!("支撑材料{}核验：{}", quoted(&doubt.name), said(doubt));
        Some(problem(&format!("{code} {}", doubt.name), code, &title, text, ""))
    });
    let mut problems: Vec<Problem> = of_marks.chain(of_evidence).collect();
    problems.sort_by(|one, other| one.id.cmp(&other.id));
    let list = ListFile { format: FORMAT, notified: Some(on), problems };
    let handed = Handed { unit: unit.name().to_owned(), year: row.year, rubric: row.rubric.clone(), list };
    Ok(Enclosed {
        name: FILE.to_owned(),
        media_type: "application/json".to_owned(),
        description: "问题清单".to_owned(),
        bytes: file(&handed)?,
    })
}

/// What the experts said of a place.
fn found(lost: &Lost) -> String {
    if lost.reasons.is_empty() {
        "酌情扣分，专家没有另写意见".to_owned()
    } else {
        lost.reasons.join("；")
    }
}

/// One table under each level-1 indicator.
fn listed(lost: &[Lost], deadline: &str) -> Vec<Block> {
    let mut body = Vec::new();
    let mut number = 1;
    for group in lost.chunk_by(|one, other| one.top == other.top) {
        let name = group[0].top.as_ref().map_or_else(|| "加减分项".to_owned(), |(_, text)| format!("一级指标：{text}"));
        body.push(Block::Lines(vec![format!("{name}（{}个问题）", group.len())]));
        let rows: Vec<Vec<String>> = (number..).zip(group).map(|(number, lost)| row(number, lost, deadline)).collect();
        number += group.len();
        body.push(Block::Table(document::Table::plain(&COLUMNS, &rows, "问题清单")));
    }
    body
}

fn row(number: usize, lost: &Lost, deadline: &str) -> Vec<String> {
    let veto = if lost.veto { "【否决】" } else { "" };
    // The title of a point often is its text.
    let place =
        if lost.basis.contains(&lost.title) { lost.code.clone() } else { format!("{} {}", lost.code, lost.title) };
    let plan = [String::new(), String::new(), String::new(), deadline.to_owned()];
    let found = [number.to_string(), place, format!("{veto}{}", found(lost)), lost.basis.clone(), show(lost.amount)];
    found.into_iter().chain(plan).collect()
}

const DOUBTS: [(&str, f64, Align); 4] = [
    ("序号", 12.0, Align::Centre),
    ("材料", 90.0, Align::Left),
    ("观测点", 40.0, Align::Centre),
    ("核验意见", 110.0, Align::Left),
];

fn doubt_row((number, doubt): (usize, &Doubt)) -> Vec<String> {
    vec![number.to_string(), doubt.name.clone(), doubt.points.join("、"), said(doubt)]
}

/// Without the names of those who judged it: the unit hears one voice.
fn said(doubt: &Doubt) -> String {
    let mut said: Vec<String> = Vec::new();
    for (judged, note, _) in &doubt.said {
        let note = if note.is_empty() { String::new() } else { format!("：{note}") };
        let one = format!("{}{note}", verdict(*judged));
        if !said.contains(&one) {
            said.push(one);
        }
    }
    said.join("；")
}
