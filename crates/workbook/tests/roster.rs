//! Figures from rosters.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its functions as well")]

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use workbook::Error;
use workbook::roster::{Filter, Op, Query, count, headers};

/// 教师名单: a title row, headings in row 2, a merged department, a blank row, dates in every spelling.
fn roster(born: &[&str]) -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("旧表").unwrap().set_hidden(true);
    let sheet = book.add_worksheet().set_name("在编教师").unwrap().set_active(true);
    sheet.merge_range(0, 0, 0, 4, "教师名单", &Format::new()).unwrap();
    for (column, heading) in (0..).zip(["部门", "姓名", "类别", "职称\n（级别）", "出生年月"]) {
        sheet.write(1, column, heading).unwrap();
    }
    let people = [("甲", "在编", "正高级"), ("乙", "在编", "副高级"), ("丙", "外聘", "高级讲师"), ("丁", "在编", "")];
    for ((row, (name, kind, title)), born) in [2, 3, 5, 6].into_iter().zip(people).zip(born) {
        sheet.write(row, 1, name).unwrap().write(row, 2, kind).unwrap();
        sheet.write(row, 3, title).unwrap();
        match ExcelDateTime::parse_from_str(born) {
            Ok(date) if born.len() == 10 && born.contains('-') => {
                sheet.write_with_format(row, 4, date, &Format::new().set_num_format("yyyy/m/d")).unwrap()
            }
            _ => sheet.write(row, 4, *born).unwrap(),
        };
    }
    sheet.merge_range(2, 0, 4, 0, "教务处", &Format::new()).unwrap();
    sheet.write(5, 0, "科研处").unwrap().write(6, 0, 36.5).unwrap();
    book.save_to_buffer().unwrap()
}

const BORN: [&str; 4] = ["1976-12-31", "1977.1.1", "1976年12月", "1990-05"];

fn query(filters: &[(&str, Op, &str)]) -> Query {
    let filter = |(column, op, value): &(&str, Op, &str)| Filter {
        column: (*column).to_owned(),
        op: *op,
        value: (*value).to_owned(),
    };
    Query {
        sheet: None,
        header_row: 2,
        filters: filters.iter().map(filter).collect(),
        reference_date: Some((2021, 12, 31)),
    }
}

fn counted(filters: &[(&str, Op, &str)]) -> u32 {
    count(&roster(&BORN), "教师名单.xlsx", &query(filters)).unwrap_or_else(|error| panic!("{error}")).matching
}

fn refused(born: &[&str], filters: &[(&str, Op, &str)]) -> Error {
    count(&roster(born), "教师名单.xlsx", &query(filters)).unwrap_err()
}

#[test]
fn rows_are_counted_and_described() {
    let query = query(&[("类别", Op::Equals, "在编"), ("职称（级别）", Op::Contains, "高级")]);
    let figure = count(&roster(&BORN), "/tmp/教师名单.xlsx", &query).unwrap();
    assert_eq!((figure.matching, figure.all, figure.sheet.as_str()), (2, 4, "在编教师"));
    assert_eq!(figure.zh, "《教师名单.xlsx》工作表 在编教师：类别=在编、职称（级别）含高级，2 行（共 4 行）");
    assert_eq!(figure.en, "“教师名单.xlsx”, sheet 在编教师: 类别 = 在编, 职称（级别） contains 高级: 2 of 4 rows");
}

#[test]
fn what_is_merged_counts_for_every_row_of_it() {
    assert_eq!(counted(&[("部门", Op::Equals, "教务处")]), 2);
    assert_eq!(counted(&[("部门", Op::NotEquals, "教务处")]), 2);
    assert_eq!(counted(&[("部门", Op::AtLeast, "36.5"), ("姓名", Op::Equals, "丁")]), 1);
    assert_eq!(counted(&[("职称（级别）", Op::Equals, "")]), 1);
}

#[test]
fn forty_five_is_neither_younger_nor_older_than_forty_five() {
    let younger = count(&roster(&BORN), "a.xlsx", &query(&[("出生年月", Op::YoungerThan, "45")])).unwrap();
    assert_eq!(younger.matching, 2, "those of 1977 and 1990; both of December 1976 are 45");
    assert!(younger.zh.contains("出生年月不满45岁，截至2021-12-31，2 行"), "{}", younger.zh);
    assert_eq!(counted(&[("出生年月", Op::OlderThan, "45")]), 0);
    assert_eq!(counted(&[("出生年月", Op::OlderThan, "44")]), 4 - 2);
}

#[test]
fn a_month_that_leaves_the_age_open_is_refused() {
    let mut query = query(&[("出生年月", Op::YoungerThan, "45")]);
    query.reference_date = Some((2021, 12, 30));
    let error = count(&roster(&BORN), "a.xlsx", &query).unwrap_err();
    assert_eq!(error, Error::UnclearAge { cell: "在编教师!E6".into(), found: "1976年12月".into() });
}

#[test]
fn a_date_that_cannot_be_read_is_refused_with_its_cell() {
    for (bad, found) in [("不详", "不详"), ("", ""), ("1976", "1976"), ("2022-01-01", "2022-01-01")] {
        let error = refused(&["1976-12-31", bad, "1976.12", "1990.5"], &[("出生年月", Op::YoungerThan, "45")]);
        assert_eq!(error, Error::BadDate { cell: "在编教师!E4".into(), found: found.into() }, "{bad}");
    }
    // The row is excluded anyway, whatever its date.
    let born = ["1976-12-31", "1977.1.1", "不详", "1990.5"];
    let filters = [("出生年月", Op::YoungerThan, "45"), ("类别", Op::Equals, "在编")];
    assert_eq!(count(&roster(&born), "a.xlsx", &query(&filters)).unwrap().matching, 2);
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let heading = Error::NoSuchHeading {
        sheet: "在编教师".into(),
        heading: "学历".into(),
        known: "部门、姓名、类别、职称（级别）、出生年月".into(),
    };
    assert_eq!(refused(&BORN, &[("学历", Op::Equals, "硕士")]), heading);
    let value = Error::BadFilter { heading: "部门".into(), found: "４５".into() };
    assert_eq!(refused(&BORN, &[("部门", Op::AtLeast, "４５")]), value);
    let text = Error::NotANumber { cell: "在编教师!A3".into(), found: "教务处".into() };
    assert_eq!(refused(&BORN, &[("部门", Op::AtLeast, "45")]), text);
    let mut query = query(&[("出生年月", Op::OlderThan, "45")]);
    for date in [None, Some((2021, 2, 30)), Some((21, 1, 1))] {
        query.reference_date = date;
        assert_eq!(count(&roster(&BORN), "a.xlsx", &query).unwrap_err(), Error::NoReferenceDate {});
    }
    query.sheet = Some("没有".into());
    let sheet = Error::NoSuchSheet { sheet: "没有".into(), known: "旧表、在编教师".into() };
    assert_eq!(count(&roster(&BORN), "a.xlsx", &query).unwrap_err(), sheet);
}

#[test]
fn cells_without_a_value_are_refused() {
    let with = |result: &str| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("表").unwrap();
        sheet.write(0, 0, "类别").unwrap().write(0, 1, "类别").unwrap().write(0, 2, "人").unwrap();
        sheet.write_formula(1, 2, Formula::new("=A9").set_result(result)).unwrap();
        book.save_to_buffer().unwrap()
    };
    let mut query = query(&[("人", Op::Equals, "x")]);
    query.header_row = 1;
    let error = count(&with("#N/A"), "a.xlsx", &query).unwrap_err();
    assert_eq!(error, Error::ErrorValue { cell: "表!C2".into(), found: "#N/A".into() });
    assert_eq!(count(&with("x"), "a.xlsx", &query).unwrap().matching, 1);
    query.filters[0].column = "类别".into();
    let error = count(&with("x"), "a.xlsx", &query).unwrap_err();
    assert_eq!(error, Error::DuplicateHeading { cell: "表!B1".into(), heading: "类别".into() });
}

#[test]
fn merged_rows_of_an_opendocument_table_are_refused() {
    let ods = include_bytes!("files/full.ods");
    let query = Query { sheet: Some("数据".into()), header_row: 1, filters: Vec::new(), reference_date: None };
    assert_eq!(count(ods, "a.ods", &query).unwrap_err(), Error::MergedCells {});
}

#[test]
fn the_sheets_are_listed_with_their_headings() {
    let all = headers(&roster(&BORN), "教师名单.xlsx", 2).unwrap();
    let facts: Vec<_> = all.iter().map(|s| (s.sheet.as_str(), s.hidden, s.headings.len(), s.rows)).collect();
    assert_eq!(facts, [("旧表", true, 0, 0), ("在编教师", false, 5, 4)]);
    assert_eq!(all[1].headings[3], "职称（级别）");
}

#[test]
fn a_query_is_json() {
    let text = r#"{"filters":[{"column":"职称","op":"younger-than","value":"45"}],"reference_date":[2021,12,31]}"#;
    let query: Query = serde_json::from_str(text).unwrap();
    assert_eq!((query.header_row, query.filters[0].op), (1, Op::YoungerThan));
    assert!(serde_json::from_str::<Query>(r#"{"filter":[]}"#).is_err());
}
