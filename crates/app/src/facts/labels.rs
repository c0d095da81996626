//! Words of the codes that stand in the tables.

use crate::documents::stage_name;
use crate::{Language, problem};
use assessment::Stage;
use data::{Cell, Piece, Row, tables};

/// Words kept in the catalogue: domain, the catalogue's area, and codes; all of an area where none are named.
const AREAS: &[(&str, &str, &[&str])] = &[
    ("step", "trace", &[]),
    ("measure", "panels.measure", &[]),
    ("part", "panels.part", &[]),
    ("policy", "panels.word", &[]),
];

fn row(domain: &str, code: &str, zh: impl Into<Cell>, en: impl Into<Cell>) -> Row {
    vec![domain.into(), code.into(), zh.into(), en.into()]
}

/// All words, in both languages.
pub fn piece() -> Piece {
    let mut rows = Vec::new();
    for (domain, area, codes) in AREAS {
        let all = problem::area(area).into_iter().filter(|(code, _, _)| codes.is_empty() || codes.contains(code));
        rows.extend(all.map(|(code, zh, en)| row(domain, code, zh, en)));
    }
    for stage in [Stage::SelfEvaluation, Stage::Trial, Stage::Review] {
        let code: &'static str = stage.into();
        rows.push(row("stage", code, stage_name(stage, Language::Zh), stage_name(stage, Language::En)));
    }
    for (code, zh, en) in [
        ("counted", "计入", "counts"),
        ("recused", "回避", "recused"),
        ("own-unit", "本单位的人", "belongs to the unit"),
        ("missing", "未交", "not handed in"),
        ("draft", "草稿", "draft"),
        ("unsigned", "未签名", "not signed"),
        ("twice", "不止一份", "several sheets"),
        ("incomplete", "未评完", "incomplete"),
        ("contested", "有冲突", "contents contend"),
        ("returned", "已退回", "sent back"),
    ] {
        rows.push(row("standing", code, zh, en));
    }
    for (code, zh, en) in
        [("draft", "草稿", "draft"), ("finalised", "已定稿", "finalised"), ("signed", "已签名", "signed")]
    {
        rows.push(row("phase", code, zh, en));
    }
    for (code, zh, en) in
        [("genuine", "属实", "genuine"), ("doubtful", "存疑", "doubtful"), ("refuted", "不符", "refuted")]
    {
        rows.push(row("verdict", code, zh, en));
    }
    for (code, zh, en) in [
        ("agreed-mark", "会商一致的分数", "mark agreed on"),
        ("side", "冲突：采用哪一份", "conflict: which content counts"),
        ("unit", "单位名称的写法", "how a unit is spelled"),
        ("assessor", "评估人姓名的写法", "how an assessor is spelled"),
    ] {
        rows.push(row("decision", code, zh, en));
    }
    rows.sort_by(|one, other| one.iter().map(Cell::plain).cmp(other.iter().map(Cell::plain)));
    Piece { key: "labels".to_owned(), part: None, rows: vec![(&tables::LABEL, rows)] }
}
