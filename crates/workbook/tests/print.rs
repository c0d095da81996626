//! Documents as spreadsheets, judged by openpyxl and LibreOffice.

#![allow(clippy::unwrap_used, clippy::disallowed_types, reason = "a test fails by panicking; widths are no marks")]

use assessment::Records;
use document::{
    Align, Axis, Block, Cell, Chart, Document, Form, Indicator, Paragraph, Profile, Row, RowKind, ScoreRow, ScoreSheet,
    SignOff, StyleName, Table,
};
use rubric::Rubric;
use std::path::{Path, PathBuf};
use std::process::Command;
use workbook::{Error, print};

fn profile() -> Profile {
    Profile::oucsx_2021().unwrap()
}

/// Runs a program and gives what it says.
fn run(program: &Path, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", said(&output.stdout), said(&output.stderr));
    said(&output.stdout)
}

fn judge(arguments: &[&str]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let environment = std::env::var_os("HENGJIAN_VENV").map_or_else(|| root.join(".venv"), PathBuf::from);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judge.py");
    let said = run(&environment.join("bin/python"), &[&[script], arguments].concat());
    assert_eq!(said.trim(), "ok");
}

/// Pages that LibreOffice makes of a workbook.
fn pages(folder: &Path, book: &Path) -> usize {
    let own = format!("-env:UserInstallation=file://{}", folder.join("office").display());
    let to = folder.display().to_string();
    run(Path::new("soffice"), &[&own, "--headless", "--convert-to", "pdf", "--outdir", &to, book.to_str().unwrap()]);
    let pdf = book.with_extension("pdf");
    let info = run(Path::new("pdfinfo"), &[pdf.to_str().unwrap()]);
    let line = info.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap();
    assert!(info.contains("A4"), "{info}");
    line.trim().parse().unwrap()
}

fn score_sheet(points: usize) -> Document {
    let row = |number: usize| ScoreRow {
        text: format!("（{number}）学校办学定位准确，发展目标明确，符合区域经济社会发展和学习型社会建设的需要。"),
        max: Some("8".to_owned()),
        kind: RowKind::Point { score: if number.is_multiple_of(5) { "未评".to_owned() } else { "7.5".to_owned() } },
        ..ScoreRow::default()
    };
    let leaf = |number: usize| Indicator {
        text: format!("{number}.办学定位"),
        code: number.to_string(),
        score: Some("15".to_owned()),
        rows: (1..=points).map(row).collect(),
        ..Indicator::default()
    };
    let sheet = ScoreSheet {
        title: "国家开放大学山西分部办学评估自评打分表".to_owned(),
        mark: Some("草稿 & 未定稿".to_owned()),
        facts: ["单位", "年度", "阶段"].map(|label| (label.to_owned(), "汾曲分校".to_owned())).into(),
        score_label: "自评得分".to_owned(),
        indicators: vec![Indicator { text: "一级".to_owned(), children: (1..=3).map(leaf).collect(), ..leaf(9) }],
        total: vec!["自评总分：868".to_owned()],
        notes: vec!["1.每项得分必须是整数。".to_owned()],
        sign_off: SignOff {
            name: Some("评估人：周敏".to_owned()),
            date: Some("2026年9月1日".to_owned()),
            ..SignOff::default()
        },
        digest: Some("打分表摘要 SHA-256 0123…".to_owned()),
        ..ScoreSheet::default()
    };
    sheet.document(&profile()).unwrap()
}

#[test]
fn a_long_sheet_prints_by_the_rules() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("打分表.xlsx");
    let document = score_sheet(12);
    let bytes = print(&document, &profile()).unwrap();
    assert_eq!(bytes, print(&document, &profile()).unwrap(), "the same bytes every time");
    std::fs::write(&book, bytes).unwrap();
    // Title, two rows of facts, then the headings.
    judge(&["print", book.to_str().unwrap(), "4"]);
    assert!(pages(folder.path(), &book) > 1);
}

fn cell_texts(bytes: &[u8], sheet: usize) -> Vec<((u32, u32), calamine::Data)> {
    use calamine::{Reader, Xlsx};
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range_at(sheet).unwrap().unwrap();
    range.used_cells().map(|(row, column, data)| ((row as u32, column as u32), data.clone())).collect()
}

fn plain(title: &str, rows: &[[&str; 4]]) -> Document {
    let columns = [
        ("序号", 1.0, Align::Centre),
        ("材料名称", 6.0, Align::Left),
        ("时间", 2.0, Align::Centre),
        ("数量", 1.0, Align::Centre),
    ];
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.map(str::to_owned).into()).collect();
    let body = vec![
        Block::Lines(vec!["一级指标：一、办学定位".to_owned()]),
        Block::Table(Table::plain(&columns, &rows, "目录")),
    ];
    Document { title: title.to_owned(), form: Form::Sheet, body, ..Document::default() }
}

#[test]
fn amounts_are_numbers_and_dates_stay_as_they_are_spelt() {
    let document = plain(
        "目录",
        &[["1", "党委会议记录", "2021.09", "12"], ["2", "通知", "2021.10", "1.50"], ["3", "台账", "2021.1", "未定"]],
    );
    let cells = cell_texts(&print(&document, &profile()).unwrap(), 0);
    let of = |row: u32, column: u32| {
        cells.iter().find(|(at, _)| *at == (row, column)).map(|(_, data)| data.clone()).unwrap()
    };
    assert_eq!(of(3, 0), calamine::Data::Float(1.0));
    assert_eq!(of(3, 2), calamine::Data::String("2021.09".to_owned()));
    // 1.50 is spelt with its zero: the column stays text, so that nobody reads 1.5.
    assert_eq!(of(3, 3), calamine::Data::String("12".to_owned()));
}

#[test]
fn one_page_has_no_number_and_tables_of_other_columns_a_sheet_of_their_own() {
    let mut document = plain("目录[一]", &[["1", "记录", "2021.09", "12"]]);
    let one = print(&document, &profile()).unwrap();
    let footer = |bytes: &[u8]| {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes.to_vec())).unwrap();
        let mut part = zip.by_name("xl/worksheets/sheet1.xml").unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        text.contains("&amp;P")
    };
    assert!(!footer(&one));
    let wide: Vec<(&str, f64, Align)> =
        ["甲", "乙", "丙", "丁", "戊", "己", "庚"].map(|name| (name, 1.0, Align::Centre)).into();
    document.body.push(Block::Paragraph("另表。".to_owned()));
    document.body.push(Block::Table(Table::plain(&wide, &[vec!["1".to_owned(); 7]], "表")));
    let axis = |label: &str| Axis { label: label.to_owned(), text: "37/40".to_owned(), rate: Some(0.9) };
    let axes = ["定位", "管理", "成效"].map(axis).into();
    document.body.push(Block::Chart(Chart::Radar { caption: "图1".to_owned(), axes }));
    let two = print(&document, &profile()).unwrap();
    assert!(footer(&two));
    let texts: Vec<String> = cell_texts(&two, 1).into_iter().map(|(_, data)| data.to_string()).collect();
    assert!(texts.contains(&"　　另表。".to_owned()) && texts.contains(&"定位：37/40".to_owned()), "{texts:?}");
}

#[test]
fn hard_documents_are_printed_or_refused_with_their_place() {
    let empty = print(&Document::default(), &profile()).unwrap();
    assert!(cell_texts(&empty, 0).is_empty());
    let long = "很长的一格。".repeat(900);
    let strange = "名".repeat(400) + "\u{7}👍🏽 שלום /\\?*[]'&";
    let document = plain(&strange, &[["1", &long, "2021.09", "12"], ["2", &strange, "", ""]]);
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("难.xlsx");
    std::fs::write(&book, print(&document, &profile()).unwrap()).unwrap();
    assert!(pages(folder.path(), &book) > 1);
    let too_long = plain("目录", &[["1", &"字".repeat(40_000), "", ""]]);
    let refused = print(&too_long, &profile()).unwrap_err();
    assert_eq!(refused, Error::TextTooLong { cell: "目录第1行".to_owned(), most: 32_767 });
    let overlapping = |column| Cell {
        column,
        columns: 2,
        rows: 1,
        paragraphs: vec![Paragraph::new("重叠", StyleName::TableCell, Align::Centre)],
        place: String::new(),
        bookmark: None,
    };
    let row = Row { cells: vec![overlapping(0), overlapping(1)], tied: false };
    let table = Table { columns: vec![1.0, 1.0, 1.0], rows: vec![row], ..Table::default() };
    let document = Document { body: vec![Block::Table(table)], ..Document::default() };
    assert!(matches!(print(&document, &profile()), Err(Error::CannotPrint { .. })));
}

#[test]
fn a_workbook_to_be_filled_in_prints_and_locks_by_the_rules() {
    let rubric = Rubric::read(include_str!("../../../rubrics/coal-2021.toml")).unwrap();
    let facts = workbook::score_book::Facts::of(&rubric, "0123", "汾曲矿业", 2026, "自评", "周敏");
    let bytes = workbook::score_book::export(&rubric, &Records::default(), &facts, &profile()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("打分.xlsx");
    std::fs::write(&book, bytes).unwrap();
    judge(&["fill", book.to_str().unwrap()]);
    assert!(pages(folder.path(), &book) > 1);
}
