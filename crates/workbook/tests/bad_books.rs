//! What is wrong in a workbook is said with its cell; nothing is guessed.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_types,
    reason = "a test fails by panicking, and writes what a spreadsheet would"
)]

use calamine::{Data, Reader, Xlsx};
use rubric::Rubric;
use rubric::error::Fault;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use workbook::{CellFault, Error, MOST_BYTES, export, import};

/// A workbook as texts, to be changed and written.
struct Book {
    /// Cells by sheet, row and column, from 0.
    cells: BTreeMap<String, BTreeMap<(u32, u16), Put>>,
    names: Vec<String>,
    hidden: Option<&'static str>,
}

/// What is put into a cell.
enum Put {
    Text(String),
    Number(f64),
    Flag(bool),
    Date(&'static str),
    /// A formula with its value.
    Formula(&'static str),
}

fn full() -> Rubric {
    Rubric::read(include_str!("files/full.toml")).unwrap()
}

impl Book {
    fn of(rubric: &Rubric) -> Self {
        let mut xlsx = Xlsx::new(Cursor::new(export(rubric).unwrap())).unwrap();
        let names = xlsx.sheet_names();
        let mut cells = BTreeMap::new();
        for name in &names {
            let range = xlsx.worksheet_range(name).unwrap();
            let mut sheet = BTreeMap::new();
            for (row, column, data) in range.used_cells() {
                let Data::String(text) = data else { panic!("{data:?}: every cell is a text") };
                sheet.insert((row as u32, column as u16), Put::Text(text.clone()));
            }
            cells.insert(name.clone(), sheet);
        }
        Self { cells, names, hidden: None }
    }

    /// Puts something into a cell that is named as in a formula.
    fn put(mut self, name: &str, put: Put) -> Self {
        let (sheet, at) = place(name);
        self.cells.get_mut(sheet).unwrap().insert(at, put);
        self
    }

    fn text(self, name: &str, text: &str) -> Self {
        self.put(name, Put::Text(text.to_owned()))
    }

    fn blank(mut self, name: &str) -> Self {
        let (sheet, at) = place(name);
        self.cells.get_mut(sheet).unwrap().remove(&at).unwrap();
        self
    }

    fn blank_row(mut self, sheet: &str, row: u32) -> Self {
        self.cells.get_mut(sheet).unwrap().retain(|(found, _), _| *found != row - 1);
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let mut book = Workbook::new();
        for name in &self.names {
            let sheet = book.add_worksheet();
            sheet.set_name(name).unwrap().set_hidden(self.hidden == Some(name.as_str()));
            self.cells[name].iter().for_each(|(at, put)| write(sheet, *at, put));
        }
        book.save_to_buffer().unwrap()
    }

    fn faults(&self) -> Vec<CellFault> {
        import(&self.bytes(), "b.xlsx").unwrap_err()
    }

    /// The only fault, which is of the workbook.
    fn error(&self) -> Error {
        match self.faults().as_slice() {
            [CellFault::Book(error)] => error.clone(),
            faults => panic!("{faults:#?}"),
        }
    }

    /// The first fault, which is of the rubric.
    fn fault(&self) -> (String, Fault) {
        match self.faults().into_iter().next().unwrap() {
            CellFault::Rubric { cell, fault, .. } => (cell, fault),
            fault => panic!("{fault:?}"),
        }
    }

    fn read(&self) -> Rubric {
        import(&self.bytes(), "b.xlsx").unwrap_or_else(|faults| panic!("{faults:#?}")).rubric
    }
}

fn write(sheet: &mut Worksheet, (row, column): (u32, u16), put: &Put) {
    match put {
        Put::Text(text) => sheet.write_string(row, column, text),
        Put::Number(number) => sheet.write_number(row, column, *number),
        Put::Flag(flag) => sheet.write_boolean(row, column, *flag),
        Put::Date(date) => {
            let format = Format::new().set_num_format("yyyy-mm-dd");
            sheet.write_datetime_with_format(row, column, ExcelDateTime::parse_from_str(date).unwrap(), &format)
        }
        Put::Formula(value) => sheet.write_formula(row, column, Formula::new("=1+1").set_result(*value)),
    }
    .unwrap();
}

fn place(name: &str) -> (&str, (u32, u16)) {
    let (sheet, cell) = name.split_once('!').unwrap();
    let letter = cell.as_bytes()[0] - b'A';
    (sheet, (cell[1..].parse::<u32>().unwrap() - 1, u16::from(letter)))
}

/// A file with a text of one of its parts replaced.
fn patched(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut replaced = 0;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        let text = String::from_utf8(content).unwrap();
        replaced += text.matches(from).count();
        let name = String::from_utf8(entry.name_raw().to_vec()).unwrap();
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(text.replace(from, to).as_bytes()).unwrap();
    }
    assert_eq!(replaced, 1, "{from}");
    out.finish().unwrap().into_inner()
}

fn cell(name: &str) -> String {
    name.to_owned()
}

#[test]
fn a_workbook_that_was_typed_again_is_the_same_rubric() {
    let mut back = Book::of(&full()).read();
    back.digest = full().digest;
    assert_eq!(back, full());
}

#[test]
fn numbers_are_read_when_they_are_short_decimals() {
    let total = |put| Book::of(&full()).put("基本信息!B8", put);
    for put in [Put::Number(20.0), Put::Text(" 20.00 ".into()), Put::Formula("20")] {
        assert_eq!(total(put).read().total, full().total);
    }
    let step = Book::of(&full()).put("基本信息!B9", Put::Number(0.1)).read().step;
    assert_eq!(rubric::decimal::show(step), "0.1");
    let inexact = Error::Inexact { cell: cell("基本信息!B8"), found: "0.30000000000000004".into() };
    assert_eq!(total(Put::Number(0.1 + 0.2)).error(), inexact);
    let wide = Error::FullWidth { cell: cell("基本信息!B8"), found: "２０".into(), suggestion: "20".into() };
    assert_eq!(total(Put::Text("２０".into())).error(), wide);
    for text in ["20分", "2e1", "一", "1,000"] {
        let error = Error::NotANumber { cell: cell("基本信息!B8"), found: text.into() };
        assert_eq!(total(Put::Text(text.into())).error(), error);
    }
    let (place, fault) = total(Put::Number(-1.0)).fault();
    assert_eq!(place, "基本信息!B8");
    assert_eq!(fault, Fault::NotADecimal { key: "总分".into(), found: "-1".into() });
}

#[test]
fn cells_of_another_kind_are_refused() {
    let code = |put| Book::of(&full()).put("指标!G3", put).error();
    let at = || cell("指标!G3");
    assert_eq!(code(Put::Date("2021-01-01")), Error::DateCell { cell: at(), found: "2021-01-01".into() });
    assert_eq!(code(Put::Number(1.1)), Error::NumberForText { cell: at(), found: "1.1".into() });
    assert_eq!(code(Put::Flag(true)), Error::WrongKind { cell: at(), found: "true".into() });
    assert_eq!(code(Put::Formula("#REF!")), Error::ErrorValue { cell: at(), found: "#REF!".into() });
    let wide = Error::FullWidth { cell: at(), found: "１-1".into(), suggestion: "1-1".into() };
    assert_eq!(code(Put::Text("１-1".into())), wide);
    assert!(Book::of(&full()).put("数据!C2", Put::Flag(true)).read().quantities[0].whole);
    assert_eq!(Book::of(&full()).put("基本信息!B4", Put::Number(2021.0)).read().edition, "2021");
}

#[test]
fn a_formula_counts_by_its_value() {
    assert_eq!(
        Book::of(&full()).put("指标!H3", Put::Formula("算出的名称")).read().indicators[0].points[0].title,
        "算出的名称"
    );
    let bytes = Book::of(&full()).put("指标!H3", Put::Formula("算出的名称")).bytes();
    let bytes = patched(&bytes, "<v>算出的名称</v>", "");
    let faults = import(&bytes, "b.xlsx").unwrap_err();
    assert_eq!(faults, [CellFault::Book(Error::NoValue { cell: cell("指标!H3") })]);
    // An empty text is a value: the cell is blank.
    let bytes = Book::of(&full()).put("指标!K3", Put::Formula("")).bytes();
    assert!(import(&bytes, "b.xlsx").is_ok());
}

#[test]
fn words_are_those_of_the_lists() {
    let error = Book::of(&full()).text("规则!C2", "打分").error();
    let Error::UnknownWord { cell, found, allowed } = error else { panic!("{error:?}") };
    assert_eq!((cell.as_str(), found.as_str()), ("规则!C2", "打分"));
    assert!(allowed.starts_with("评定、有无、计数"), "{allowed}");
    assert_eq!(Book::of(&full()).text("指标!N3", "zero").read(), Book::of(&full()).read());
}

#[test]
fn sheets_and_headings_must_be_there() {
    let mut book = Book::of(&full());
    book.names.retain(|name| name != "换算" && name != "说明");
    assert_eq!(book.error(), Error::MissingSheet { sheet: "换算".into() });
    let mut book = Book::of(&full());
    book.hidden = Some("规则");
    assert_eq!(book.error(), Error::HiddenSheet { sheet: "规则".into() });
    let missing = Error::MissingHeading { sheet: "规则".into(), heading: "金额".into() };
    assert_eq!(Book::of(&full()).text("规则!F1", "数额").error(), missing);
    let twice = Error::DuplicateHeading { cell: "规则!Z1".into(), heading: "金额".into() };
    assert_eq!(Book::of(&full()).text("规则!Z1", "金额").error(), twice);
    let missing = Error::MissingHeading { sheet: "基本信息".into(), heading: "总分".into() };
    assert_eq!(Book::of(&full()).blank("基本信息!A8").error(), missing);
}

#[test]
fn what_is_not_ours_is_not_read() {
    let mut book = Book::of(&full()).text("指标!T1", "我的备注").text("指标!T3", "#");
    book = book.put("指标!T30", Put::Formula("#REF!"));
    book.names.insert(0, "草稿".to_owned());
    book.cells.insert("草稿".to_owned(), BTreeMap::from([((20_000, 200), Put::Number(0.1 + 0.2))]));
    book.hidden = Some("草稿");
    assert_eq!(book.read(), Book::of(&full()).read());
}

#[test]
fn every_fault_of_a_cell_is_said_at_once() {
    let faults = Book::of(&full()).text("基本信息!B8", "二十").text("规则!F3", "半").text("录入说明!B2", "?").faults();
    assert_eq!(faults.len(), 3, "{faults:#?}");
}

#[test]
fn the_rubrics_own_rules_name_cells_and_headings() {
    let (cell, fault) = Book::of(&full()).blank("指标!J3").fault();
    assert_eq!((cell.as_str(), fault), ("指标!J3", Fault::MissingKey { key: "原文".into() }));
    let (cell, fault) = Book::of(&full()).text("指标!I3", "9").fault();
    assert_eq!(cell, "指标!A2", "{fault}");
    assert!(matches!(fault, Fault::WrongSum { .. }), "{fault}");
    let (cell, fault) = Book::of(&full()).text("规则!I2", "丁 / 2").fault();
    assert_eq!(cell, "指标!G3", "a rule's references are reported at its point");
    assert_eq!(fault, Fault::UnknownReference { name: "丁".into() });
    let (cell, fault) = Book::of(&full()).text("规则!I2", "乙 /").fault();
    assert_eq!(cell, "规则!I2");
    assert!(matches!(fault, Fault::BadFormula { key, .. } if key == "公式或条件"));
    let (cell, fault) = Book::of(&full()).text("规则!F5", "1").text("规则!Q2", "1").fault();
    assert_eq!(cell, "规则!Q2");
    assert!(matches!(fault, Fault::UnknownKey { key, .. } if key == "单项最多"), "a measure has no such column");
    let twice = Book::of(&full()).text("指标!G4", "1-1").text("规则!A10", "1-1").text("规则!A11", "1-1");
    let faults = twice.blank("规则!B10").blank("规则!B11").faults();
    let CellFault::Rubric { cell, first, fault } = &faults[0] else { panic!("{faults:?}") };
    assert_eq!((cell.as_str(), first.as_deref()), ("指标!G4", Some("指标!G3")), "{fault}");
}

#[test]
fn rows_that_belong_to_nothing_are_refused() {
    let orphan = |name: &str| Error::Orphan { cell: cell(name) };
    assert_eq!(Book::of(&full()).blank_row("指标", 2).faults()[0], CellFault::Book(orphan("指标!G3")));
    assert_eq!(Book::of(&full()).text("指标!L20", "无主").error(), orphan("指标!L20"));
    let error = Book::of(&full()).text("规则!A15", "9-9").blank("规则!B15").error();
    assert_eq!(error, Error::UnknownCode { cell: cell("规则!A15"), found: "9-9".into() });
    let error = Book::of(&full()).text("条件!B2", "9-9").error();
    assert_eq!(error, Error::UnknownCode { cell: cell("条件!B2"), found: "9-9".into() });
    let error = Book::of(&full()).text("规则!B3", "5").error();
    assert_eq!(error, Error::Contradiction { cell: cell("规则!B3"), found: "5".into(), expected: "2".into() });
    assert_eq!(Book::of(&full()).blank("换算!A2").faults()[0], CellFault::Book(orphan("换算!B2")));
    let error = Book::of(&full()).text("换算!B3", "甲").error();
    assert_eq!(error, Error::Surplus { cell: cell("换算!B3"), heading: "数据".into() });
    let error = Book::of(&full()).text("规则!F7", "1").error();
    assert_eq!(error, Error::Surplus { cell: cell("规则!F7"), heading: "金额".into() });
    assert_eq!(
        Book::of(&full()).blank("规则!D7").error(),
        Error::Blank { cell: cell("规则!D7"), heading: "原文句子".into() }
    );
    let error = Book::of(&full()).text("规则!A7", "1-2").error();
    assert_eq!(error, Error::Contradiction { cell: cell("规则!A7"), found: "1-2".into(), expected: "1-1".into() });
    let error = Book::of(&full()).text("指标!A4", "1").text("指标!B4", "别的").error();
    assert_eq!(error, Error::Contradiction { cell: cell("指标!B4"), found: "别的".into(), expected: "一".into() });
}

#[test]
fn an_indicator_may_begin_in_the_row_of_its_first_point() {
    let drawn = |name: &str| {
        let book = Book::of(&full()).blank_row("指标", 2).text("指标!A3", "1").text("指标!B3", name);
        // Filled down instead of merged: the same indicator goes on.
        book.text("指标!A4", "1").text("指标!B4", name).text("指标!O3", "甲处")
    };
    for name in ["1.一（20分）", "1 一 (20分)", "一（20分）"] {
        let indicator = drawn(name).read().indicators.remove(0);
        assert_eq!((indicator.title.as_str(), indicator.text.as_str(), indicator.points.len()), ("一", name, 2));
        assert_eq!((indicator.max, indicator.lead), (full().total, vec!["甲处".to_owned()]));
    }
    let error = drawn("一").error();
    assert_eq!(error, Error::NoMarks { cell: cell("指标!B3"), found: "一".into() });
}

#[test]
fn bounds_hold_before_anything_is_read() {
    let far = |name: &str, at| {
        let mut book = Book::of(&full());
        book.cells.get_mut(name).unwrap().insert(at, Put::Text("x".into()));
        book.error()
    };
    assert_eq!(far("数据", (20_000, 0)), Error::TooManyRows { sheet: "数据".into(), most: 20_000 });
    assert_eq!(far("数据", (1_048_575, 16_383)), Error::TooManyRows { sheet: "数据".into(), most: 20_000 });
    assert_eq!(far("数据", (1, 100)), Error::TooManyColumns { sheet: "数据".into(), most: 100 });
    let only = |result: Result<workbook::Imported, Vec<CellFault>>| match result.unwrap_err().as_slice() {
        [CellFault::Book(error)] => error.clone(),
        faults => panic!("{faults:#?}"),
    };
    assert_eq!(only(import(&vec![0; MOST_BYTES + 1], "b.xlsx")), Error::TooLarge { most: 16 });
    assert_eq!(only(import(b"", "b.csv")), Error::UnknownKind { extension: "csv".into() });
    assert_eq!(only(import(b"", "b")), Error::UnknownKind { extension: String::new() });
    for name in ["b.xlsx", "b.xls", "b.ods"] {
        assert!(matches!(only(import(b"PK\x03\x04 not really", name)), Error::Unreadable { .. }), "{name}");
    }
}

/// 300 MiB of blanks in a file of 300 KiB.
#[test]
fn a_file_that_unpacks_without_end_is_refused() {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    out.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
    (0..300).for_each(|_| out.write_all(&vec![b' '; 1 << 20]).unwrap());
    let bytes = out.finish().unwrap().into_inner();
    assert!(bytes.len() < MOST_BYTES);
    let faults = import(&bytes, "b.xlsx").unwrap_err();
    assert_eq!(faults, [CellFault::Book(Error::UnpacksTooLarge { most: 256 })]);
}

#[test]
fn damaged_files_are_refused_and_never_panic() {
    let whole = export(&full()).unwrap();
    for (name, bytes) in [
        ("b.xlsx", whole.as_slice()),
        ("b.ods", include_bytes!("files/full.ods")),
        ("b.xls", include_bytes!("files/full.xls")),
    ] {
        for cut in 1..10 {
            assert!(import(&bytes[..bytes.len() * cut / 10], name).is_err(), "{name} {cut}");
        }
        for at in (0..bytes.len()).step_by(bytes.len() / 60) {
            let mut flipped = bytes.to_vec();
            flipped[at] ^= 0x55;
            let _ = import(&flipped, name); // what happens to be still whole is read, the rest refused
        }
    }
}

#[test]
fn a_workbook_under_a_password_says_so() {
    let faults = import(include_bytes!("files/password.xlsx"), "b.xlsx").unwrap_err();
    assert_eq!(faults, [CellFault::Book(Error::Protected {})]);
}

#[test]
fn other_programs_files_are_the_same_rubric() {
    for (name, bytes) in [
        ("full.ods", include_bytes!("files/full.ods").as_slice()),
        ("full.xls", include_bytes!("files/full.xls").as_slice()),
    ] {
        let mut back = import(bytes, name).unwrap_or_else(|faults| panic!("{name}: {faults:#?}")).rubric;
        back.digest = full().digest;
        let mut wanted = full();
        if name == "full.ods" {
            // A tab is an element of its own in an OpenDocument text, which calamine passes over.
            wanted.step_sentence = wanted.step_sentence.map(|text| text.replace('\t', ""));
        }
        assert_eq!(back, wanted, "{name}");
    }
}

#[test]
fn what_a_workbook_cannot_say_is_not_exported() {
    let mut rubric = full();
    rubric.indicators[0].text = "长".repeat(32_768);
    assert_eq!(export(&rubric).unwrap_err(), Error::TextTooLong { cell: "指标!J2".into(), most: 32_767 });
    let mut rubric = full();
    rubric.indicators[0].departments = vec!["一处\n二处".to_owned()];
    assert!(matches!(export(&rubric).unwrap_err(), Error::NotExact { .. }));
}
