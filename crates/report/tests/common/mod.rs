//! A sheet with the real texts of the 2021 evaluation, the fonts, and the third-party programs that judge.

#![allow(dead_code, missing_docs, clippy::unwrap_used)]

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use document::{Indicator, Profile, RowKind, ScoreRow as Row, ScoreSheet, SignOff};
use report::{FontSet, Rendered};

/// Level or kind, tab, text; `1` to `3` are indicators, `*` rows, `#` the printed notes.
const SHEET: &str = include_str!("../data/score-sheet.txt");

pub fn fonts() -> &'static FontSet {
    static FONTS: OnceLock<FontSet> = OnceLock::new();
    FONTS.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts");
        FontSet::load(&folder).unwrap_or_else(|error| panic!("{error}\nrun script/fonts first"))
    })
}

pub fn profile() -> Profile {
    Profile::oucsx_2021().unwrap()
}

pub fn render(sheet: &ScoreSheet) -> Rendered {
    try_render(sheet, &profile()).unwrap()
}

pub fn try_render(sheet: &ScoreSheet, profile: &Profile) -> Result<Rendered, report::Error> {
    report::pdf(&sheet.document(profile).unwrap(), profile, fonts())
}

/// Writes the bytes to a file of this name for the judges.
pub fn file(name: &str, rendered: &Rendered) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, &rendered.bytes).unwrap();
    path
}

/// Runs a judge and returns what it says; fails when it refuses or is missing.
pub fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|e| panic!("{program}: {e}; script/bootstrap installs it"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{program} {arguments:?}: {said}{complaint}");
    said
}

/// The text that a reader copies, in drawing order, without white space.
pub fn text(path: &Path) -> String {
    squeeze(&run("pdftotext", &["-raw", path.to_str().unwrap(), "-"]))
}

pub fn argument(path: &Path) -> &str {
    path.to_str().unwrap()
}

pub fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    SHEET.lines().map(|line| line.split_once('\t').unwrap())
}

/// The sheet of 附件3 with all its texts, half of it scored.
pub fn sheet() -> ScoreSheet {
    let mut indicators: Vec<Indicator> = Vec::new();
    for (number, (kind, text)) in lines().enumerate() {
        let code = text.split(|c: char| !(c.is_ascii_digit() || c == '.')).next().unwrap().trim_end_matches('.');
        let indicator = Indicator {
            text: text.to_owned(),
            code: code.to_owned(),
            score: Some(format!("{}", 9 + number % 23)),
            rate: Some(format!("{}.5%", 60 + number % 40)),
            ..Indicator::default()
        };
        match kind {
            "1" => indicators.push(indicator),
            "2" => indicators.last_mut().unwrap().children.push(indicator),
            "3" => last_second(&mut indicators).children.push(Indicator { rate: None, ..indicator }),
            "*" => last_second(&mut indicators).children.last_mut().unwrap().rows.push(row(text, number)),
            _ => {}
        }
    }
    let facts = [
        ("单位", "国家开放大学山西分部"),
        ("年度", "2022年"),
        ("阶段", "自评"),
        ("评估人", "李喆"),
        ("所在单位", "山西开放大学评估办公室"),
        ("状态", "已定稿，第2版"),
    ];
    ScoreSheet {
        title: "国家开放大学山西分部办学评估自评打分表".to_owned(),
        mark: None,
        facts: facts.map(|(label, value)| (label.to_owned(), value.to_owned())).to_vec(),
        score_label: "自评得分".to_owned(),
        indicators,
        total: vec!["自评总分：868　自评结论等次：良好".to_owned()],
        conclusion_reasons: vec![
            "得分868，750分以上、不足900分，对应良好。".to_owned(),
            "得分低于标定分值60%的二级指标3个，少于7个；第1个一级指标得分率92.5%，不触发一票否决。".to_owned(),
        ],
        notes: lines().filter(|(kind, _)| *kind == "#").map(|(_, text)| text.to_owned()).collect(),
        sign_off: SignOff {
            organisation: Some("国家开放大学山西分部".to_owned()),
            name: Some("评估人：李喆".to_owned()),
            date: Some("2022年9月1日".to_owned()),
            signed: true,
            seal: None,
        },
        digest: Some("内容摘要 3f9a1c0e 77b2d514".to_owned()),
        ..ScoreSheet::default()
    }
}

fn last_second(indicators: &mut [Indicator]) -> &mut Indicator {
    indicators.last_mut().unwrap().children.last_mut().unwrap()
}

fn row(text: &str, number: usize) -> Row {
    let condition = text.ends_with("不得分") || text.ends_with("不得超过5分。");
    let kind = if condition {
        RowKind::Condition { state: "不存在".to_owned() }
    } else if number.is_multiple_of(17) {
        RowKind::Point { score: "未评".to_owned() }
    } else {
        RowKind::Point { score: format!("{}", number % 10) }
    };
    let remark = number.is_multiple_of(11).then(|| "查2021年度党委会议记录，落实情况较好，个别材料缺签字。".to_owned());
    Row { text: text.to_owned(), remark, kind, ..Row::default() }
}

/// A program of the tests' Python environment.
pub fn python() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let environment = std::env::var_os("HENGJIAN_VENV").map_or_else(|| root.join(".venv"), PathBuf::from);
    environment.join("bin/python")
}

/// A page as pdfplumber reads it; points from the page's upper left corner.
#[derive(serde::Deserialize)]
pub struct MeasuredPage {
    pub size: (f64, f64),
    pub chars: Vec<MeasuredChar>,
    pub lines: Vec<MeasuredLine>,
    pub images: Vec<(f64, f64, f64, f64)>,
}

#[derive(serde::Deserialize, Clone)]
pub struct MeasuredChar {
    pub text: String,
    /// The glyph's origin.
    pub x: f64,
    /// The baseline.
    pub y: f64,
    pub right: f64,
    pub font: String,
    pub size: f64,
}

#[derive(serde::Deserialize)]
pub struct MeasuredLine {
    pub from: (f64, f64),
    pub to: (f64, f64),
    pub width: f64,
    pub colour: Vec<f64>,
}

/// What another program finds in the PDF.
pub fn measured(path: &Path) -> Vec<MeasuredPage> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/measure.py");
    let said = run(argument(&python()), &[argument(&script), argument(path)]);
    serde_json::from_str(&said).unwrap()
}

impl MeasuredPage {
    /// The characters of each line by its baseline, in hundredths of a point, from the top.
    pub fn rows(&self) -> std::collections::BTreeMap<i64, Vec<&MeasuredChar>> {
        let mut rows: std::collections::BTreeMap<i64, Vec<&MeasuredChar>> = std::collections::BTreeMap::new();
        for char in &self.chars {
            rows.entry((char.y * 100.0).round() as i64).or_default().push(char);
        }
        for row in rows.values_mut() {
            row.sort_by(|a, b| a.x.total_cmp(&b.x));
        }
        rows
    }
}
