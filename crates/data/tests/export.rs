//! Tables in a folder: whole or not at all, and nobody else's files.

#![allow(clippy::unwrap_used, missing_docs)]

use data::{Cell, Error, Export, Format, Part, Piece, tables};
use rust_decimal::Decimal;
use std::fs;
use std::path::Path;

fn piece(mark: &str) -> Piece {
    let mark = Decimal::from_str_exact(mark).unwrap();
    let row = |point: &str, mark: Cell| {
        let no = || Cell::Bool(false);
        vec!["ab12".into(), point.into(), mark, no(), no(), no(), Cell::None]
    };
    Piece {
        key: "sheet:ab12".to_owned(),
        part: Some(Part { rubric: "测/试".to_owned(), year: 2026 }),
        rows: vec![(&tables::MARK, vec![row("1.1", mark.into()), row("1.2", Cell::None)])],
    }
}

fn write(folder: &Path, format: Format, replace: bool, piece: &Piece) -> Result<Vec<data::Written>, Error> {
    let mut export = Export::begin(folder, format, replace, "7")?;
    export.take(piece)?;
    export.finish()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_number_that_does_not_fit_leaves_nothing_in_any_format() {
    for format in [Format::Csv, Format::Parquet, Format::Sqlite] {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("数据");
        let refused = write(&out, format, false, &piece("0.1234567"));
        let wanted = |error: &Error| matches!(error, Error::OutOfRange { table, value, .. } if table == "mark" && value == "0.1234567");
        assert!(refused.as_ref().is_err_and(wanted), "{refused:?}");
        assert!(names(folder.path()).is_empty());
    }
}

#[test]
fn a_rubric_s_name_is_no_path() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("数据");
    let files = write(&out, Format::Parquet, false, &piece("3.5")).unwrap();
    let mark = files.iter().find(|file| file.path.starts_with("mark/")).unwrap();
    assert_eq!(mark.path, "mark/rubric=%E6%B5%8B%2F%E8%AF%95/year=2026/part-0.parquet");
    assert_eq!(
        (mark.rows, files.iter().filter(|file| file.path.contains("/year=2026/")).count()),
        (2, tables::ALL.len() - 1)
    );
}

#[test]
fn only_an_earlier_export_is_replaced_and_only_when_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("数据");
    fs::create_dir(&out).unwrap();
    write(&out, Format::Csv, false, &piece("3.5")).unwrap();
    assert!(matches!(write(&out, Format::Csv, false, &piece("4")), Err(Error::NotEmpty { .. })));
    let text = fs::read_to_string(out.join("mark.csv")).unwrap();
    assert!(text.contains("\"测/试\",2026,\"ab12\",\"1.1\",3.5,false") && text.contains("\"1.2\",,false"), "{text}");
    write(&out, Format::Sqlite, true, &piece("4")).unwrap();
    assert_eq!(names(&out), ["datapackage.json", "hengjian-data.sqlite"]);
    fs::write(out.join("笔记.txt"), "我的").unwrap();
    assert!(matches!(write(&out, Format::Csv, true, &piece("5")), Err(Error::NotOurs { .. })));
    assert_eq!(names(&out), ["datapackage.json", "hengjian-data.sqlite", "笔记.txt"]);
    assert_eq!(names(folder.path()), ["数据"]);
}

#[test]
fn what_was_stopped_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut export = Export::begin(&folder.path().join("数据"), Format::Csv, false, "7").unwrap();
    export.take(&piece("3.5")).unwrap();
    drop(export);
    assert!(names(folder.path()).is_empty());
}

#[test]
fn what_a_killed_export_left_is_removed_by_the_next_and_a_running_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("数据");
    // As a program that was killed leaves it: nobody holds the file.
    let left = folder.path().join(".数据.3");
    fs::create_dir(&left).unwrap();
    fs::write(left.join(".held"), "").unwrap();
    fs::write(left.join("mark.csv"), "half").unwrap();
    // A person's own folder that happens to be named so.
    fs::create_dir(folder.path().join(".数据.笔记")).unwrap();
    let running = Export::begin(&out, Format::Csv, false, "5").unwrap();
    let files = write(&out, Format::Sqlite, false, &piece("3.5")).unwrap();
    assert_eq!(names(folder.path()), [".数据.5", ".数据.笔记", "数据"]);
    assert_eq!(names(&out).len(), files.len(), "nothing but the files is in it");
    // Who comes second finds that there is something now.
    assert!(matches!(running.finish(), Err(Error::NotEmpty { .. })));
    assert_eq!(names(folder.path()), [".数据.笔记", "数据"]);
}

#[test]
fn an_earlier_export_stays_until_the_new_one_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("数据");
    write(&out, Format::Csv, false, &piece("3.5")).unwrap();
    let before = fs::read(out.join("mark.csv")).unwrap();
    let mut export = Export::begin(&out, Format::Csv, true, "7").unwrap();
    export.take(&piece("4")).unwrap();
    drop(export);
    assert_eq!(fs::read(out.join("mark.csv")).unwrap(), before);
    assert!(write(&out, Format::Csv, true, &piece("0.1234567")).is_err());
    assert_eq!(fs::read(out.join("mark.csv")).unwrap(), before);
    write(&out, Format::Csv, true, &piece("4")).unwrap();
    assert_ne!(fs::read(out.join("mark.csv")).unwrap(), before);
    assert_eq!(names(folder.path()), ["数据"]);
}

#[test]
fn a_piece_s_digest_is_of_what_it_says() {
    assert_eq!(piece("3.5").digest(), piece("3.50").digest());
    assert_ne!(piece("3.5").digest(), piece("3.6").digest());
    let mut other = piece("3.5");
    other.part.as_mut().unwrap().year = 2025;
    assert_ne!(piece("3.5").digest(), other.digest());
}
