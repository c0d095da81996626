//! A sheet that is written as a workbook, filled in, and read back.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_types,
    reason = "a test fails by panicking, and writes what a spreadsheet would"
)]

use assessment::record::joined;
use assessment::{Entry, EntryKind, Figure, Records};
use calamine::{Data, Reader, Xlsx};
use document::Profile;
use proptest::prelude::*;
use rubric::decimal::show;
use rubric::legal::LegalMarks;
use rubric::model::{Part, Rule};
use rubric::score::needed_at;
use rubric::{Conformity, Counted, EntryFinding, PartFinding, Rubric};
use rust_decimal::Decimal;
use rust_xlsxwriter::{Formula, Workbook};
use std::collections::BTreeMap;
use std::io::Cursor;
use workbook::Error;
use workbook::score_book::{Facts, Reading, Target, export, read};

const TABLE: &str = "评分";
const LISTS: &str = "成果";
const IDENTITY: &str = "标识";
/// Columns of the table: what is filled in, and the keys.
const VALUES: [u16; 3] = [5, 6, 7];
const KEY: u16 = 8;
const LIST_VALUES: [u16; 3] = [2, 3, 4];
const LIST_KEY: u16 = 5;

fn rubric(id: &str) -> Rubric {
    let path = format!("{}/../../rubrics/{id}.toml", env!("CARGO_MANIFEST_DIR"));
    Rubric::read(&std::fs::read_to_string(path).unwrap()).unwrap()
}

const ALL: [&str; 6] = ["coal-2021", "gbt38856-2020", "oucsx-2021", "platform-2024", "resource-2024", "urumqi-base"];

fn facts(rubric: &Rubric, sheet: &str) -> Facts {
    Facts::of(rubric, sheet, "汾曲分校", 2026, "自评", "周敏")
}

fn written(rubric: &Rubric, records: &Records) -> Vec<u8> {
    export(rubric, records, &facts(rubric, "0123"), &Profile::oucsx_2021().unwrap()).unwrap()
}

/// Reads a workbook for the sheet that it was written for.
fn back(rubric: &Rubric, records: &Records, bytes: &[u8]) -> Result<Reading, Vec<Error>> {
    let facts = facts(rubric, "0123");
    let reading = read(bytes, "表.xlsx", &Target { rubric, records, facts: &facts, anyway: false });
    let reading = reading.map_err(|error| vec![error])?;
    if reading.faults.is_empty() { Ok(reading) } else { Err(reading.faults) }
}

fn applied(records: &Records, reading: &Reading) -> Records {
    let mut after = records.clone();
    reading.entries.iter().for_each(|(entry, _)| drop(after.apply(entry.clone())));
    after
}

/// The cells of a workbook, to be changed and written again as another program would.
struct Book(BTreeMap<String, BTreeMap<(u32, u16), Put>>);

#[derive(Clone, Debug, PartialEq)]
enum Put {
    Text(String),
    Number(f64),
    Flag(bool),
    /// A formula with its value.
    Formula(&'static str),
}

fn text(text: &str) -> Option<Put> {
    Some(Put::Text(text.to_owned()))
}

impl Book {
    fn of(bytes: &[u8]) -> Self {
        let mut xlsx = Xlsx::new(Cursor::new(bytes)).unwrap();
        let mut sheets = BTreeMap::new();
        for name in [TABLE, LISTS, IDENTITY] {
            let range = xlsx.worksheet_range(name).unwrap();
            let put = |data: &Data| match data {
                Data::String(text) => Put::Text(text.clone()),
                Data::Float(number) => Put::Number(*number),
                other => panic!("{other:?}"),
            };
            let (top, left) = range.start().unwrap();
            let cells = range.used_cells();
            let cells = cells.map(|(row, column, data)| ((top + row as u32, left as u16 + column as u16), put(data)));
            sheets.insert(name.to_owned(), cells.collect());
        }
        Self(sheets)
    }

    fn sheet(&mut self, name: &str) -> &mut BTreeMap<(u32, u16), Put> {
        self.0.get_mut(name).unwrap()
    }

    fn put(&mut self, sheet: &str, at: (u32, u16), put: Option<Put>) {
        match put {
            Some(put) => drop(self.sheet(sheet).insert(at, put)),
            None => drop(self.sheet(sheet).remove(&at)),
        }
    }

    /// The rows of a sheet by their keys.
    fn keys(&self, sheet: &str, column: u16) -> BTreeMap<String, u32> {
        let of = |((row, at), put): (&(u32, u16), &Put)| match put {
            Put::Text(key) if *at == column && key.contains(' ') => Some((key.clone(), *row)),
            _ => None,
        };
        self.0[sheet].iter().filter_map(of).collect()
    }

    fn row(&self, key: &str) -> u32 {
        *self.keys(TABLE, KEY).get(key).unwrap_or_else(|| panic!("{key}: {:?}", self.keys(TABLE, KEY)))
    }

    /// Fills in the value of a row; gives the name of its cell.
    fn fill(&mut self, key: &str, put: Option<Put>) -> String {
        let row = self.row(key);
        self.put(TABLE, (row, VALUES[0]), put);
        format!("{TABLE}!F{}", row + 1)
    }

    fn bytes(&self) -> Vec<u8> {
        let mut book = Workbook::new();
        for (name, cells) in &self.0 {
            let sheet = book.add_worksheet().set_name(name).unwrap();
            for ((row, column), put) in cells {
                match put {
                    Put::Text(text) => sheet.write_string(*row, *column, text).map(drop),
                    Put::Number(number) => sheet.write_number(*row, *column, *number).map(drop),
                    Put::Flag(flag) => sheet.write_boolean(*row, *column, *flag).map(drop),
                    Put::Formula(value) => {
                        sheet.write_formula(*row, *column, Formula::new("=0.1+0.2").set_result(*value)).map(drop)
                    }
                }
                .unwrap();
            }
        }
        book.save_to_buffer().unwrap()
    }
}

/// Numbers that follow from a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most.max(1)
    }

    fn often(&mut self) -> bool {
        self.below(3) > 0
    }

    fn mark(&mut self, legal: &LegalMarks) -> Decimal {
        let marks = legal.choices(2000).unwrap_or_else(|| vec![legal.lowest(), legal.highest()]);
        marks[self.below(marks.len())]
    }

    fn finding(&mut self, part: &Part) -> Option<PartFinding> {
        Some(match &part.rule {
            Rule::Measure(_) => return None,
            Rule::Award { .. } | Rule::Range { .. } | Rule::Band { .. } => PartFinding::Mark(self.mark(&part.legal)),
            Rule::Check { .. } => PartFinding::Met(self.often()),
            Rule::Count { items, open, .. } => {
                let all = 0..u32::try_from(items.len()).unwrap();
                let more = if items.is_empty() || *open { self.below(4) } else { 0 };
                PartFinding::Count(Counted { items: all.filter(|_| self.often()).collect(), more: more as u32 })
            }
            Rule::Conform { .. } => PartFinding::Conform(match self.below(4) {
                0 => Conformity::Yes,
                1 => Conformity::Partly,
                2 => Conformity::No,
                _ => Conformity::NotApplicable,
            }),
            Rule::Entries { items, coefficients, .. } => {
                let all = 0..u32::try_from(items.len()).unwrap();
                let times = if *coefficients { 3 } else { 1 };
                let title = |item: u32| if *coefficients { format!("成果{item}") } else { String::new() };
                let entry = |item| EntryFinding { item, title: title(item), base: Decimal::new(25, 1) };
                let chosen = all.filter(|_| self.often());
                PartFinding::Entries(chosen.flat_map(|item| std::iter::repeat_n(entry(item), times)).collect())
            }
        })
    }
}

/// Entries of a rubric that a seed chooses.
fn records(rubric: &Rubric, seed: u64) -> Records {
    let mut dice = Dice(seed);
    let mut entries: Vec<(EntryKind, String, String)> = Vec::new();
    let points = rubric.points().map(|(_, point)| (&point.code, &point.parts, Some(point)));
    let adjustments = rubric.adjustments.iter().map(|adjustment| (&adjustment.code, &adjustment.parts, None));
    let indicators = rubric.indicators.iter().map(|indicator| &indicator.code);
    for (code, parts, point) in points.chain(adjustments) {
        if let Some(point) = point.filter(|point| point.is_judged() && dice.often()) {
            entries.push((EntryKind::Mark, code.clone(), show(dice.mark(&point.legal))));
        }
        for (number, part) in (1..).zip(parts).filter(|_| !point.is_some_and(rubric::model::Point::is_judged)) {
            if let Some(finding) = dice.finding(part).filter(|_| dice.often()) {
                let code = joined(code, &i32::to_string(&number));
                entries.push((EntryKind::Part, code, serde_json::to_string(&finding).unwrap()));
            }
        }
        if dice.often() {
            entries.push((EntryKind::Remark, code.clone(), "第一行\n=1+1，“引号”".to_owned()));
        }
        if point.is_some() && dice.often() {
            entries.push((EntryKind::Doubt, code.clone(), "true".to_owned()));
        }
    }
    let adjusted = rubric.adjustments.iter().map(|adjustment| &adjustment.code);
    for code in rubric.points().map(|(_, point)| &point.code).chain(indicators).chain(adjusted) {
        for quantity in needed_at(rubric, code) {
            let value = if quantity.whole { "1234" } else { "0.1" }.to_owned();
            let figure = serde_json::to_string(&Figure { value, source: None }).unwrap();
            entries.push((EntryKind::Quantity, joined(code, &quantity.name), figure));
        }
    }
    for (_, limit) in rubric.limits() {
        entries.push((EntryKind::Condition, limit.code.clone(), dice.often().to_string()));
    }
    let chosen = entries.into_iter().filter(|_| dice.often());
    chosen.map(|(kind, code, value)| Entry { kind, code, value: Some(value) }).collect()
}

fn none() -> Records {
    Records::default()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(seed in any::<u64>(), other in any::<u64>()) {
        for id in ALL {
            let rubric = rubric(id);
            let (old, new) = (records(&rubric, seed), records(&rubric, other));
            let bytes = written(&rubric, &old);
            prop_assert_eq!(&bytes, &written(&rubric, &old), "{}: the same bytes every time", id);
            // Nobody touched it.
            prop_assert_eq!(back(&rubric, &old, &bytes).unwrap(), Reading::default(), "{}", id);
            prop_assert_eq!(back(&rubric, &new, &bytes).unwrap(), Reading::default(), "{}", id);
            // Everything in it is taken into an empty sheet.
            let facts = facts(&rubric, "another");
            let target = Target { rubric: &rubric, records: &none(), facts: &facts, anyway: true };
            let reading = read(&bytes, "表.xlsx", &target).unwrap();
            prop_assert_eq!(&applied(&none(), &reading), &old, "{}", id);
            // Someone filled it in: every cell becomes what it is in another sheet's workbook.
            let (mut book, filled) = (Book::of(&bytes), Book::of(&written(&rubric, &new)));
            for (sheet, values, key) in [(TABLE, VALUES, KEY), (LISTS, LIST_VALUES, LIST_KEY)] {
                let from = filled.keys(sheet, key);
                for (key, row) in book.keys(sheet, key) {
                    let from = from.get(&key).copied();
                    for column in values {
                        let put = from.and_then(|row| filled.0[sheet].get(&(row, column)).cloned());
                        book.put(sheet, (row, column), put);
                    }
                }
            }
            let reading = back(&rubric, &old, &book.bytes()).unwrap();
            prop_assert_eq!(&applied(&old, &reading), &new, "{}", id);
        }
    }
}

#[test]
fn numbers_are_read_as_they_are_shown() {
    let rubric = rubric("coal-2021");
    let mut book = Book::of(&written(&rubric, &none()));
    book.fill("mark A2-2", Some(Put::Number(0.1)));
    book.fill("mark B2-6", text(" １．５ "));
    book.fill("mark D1-1", Some(Put::Formula("0.30000000000000004")));
    book.fill("quantity B2-1#实际分配账号", text("120"));
    let reading = back(&rubric, &none(), &book.bytes()).unwrap();
    let after = applied(&none(), &reading);
    let marks: Vec<_> = after.of(EntryKind::Mark).collect();
    assert_eq!(marks, [("A2-2", "0.1"), ("B2-6", "1.5"), ("D1-1", "0.3")]);
    assert_eq!(after.get(EntryKind::Quantity, "B2-1#实际分配账号"), Some(r#"{"value":"120"}"#));
    let change = reading.changes.iter().find(|change| change.code == "B2-6").unwrap();
    assert_eq!((change.before.as_str(), change.after.as_str(), &change.exported), ("", "1.5", &None));
}

#[test]
fn an_emptied_cell_is_unscored_and_an_untouched_one_keeps_what_was_changed_since() {
    let rubric = rubric("coal-2021");
    let mark =
        |code: &str, value: &str| Entry { kind: EntryKind::Mark, code: code.to_owned(), value: Some(value.to_owned()) };
    let old: Records = [mark("A2-2", "1"), mark("B2-6", "2"), mark("D1-1", "3")].into_iter().collect();
    let since: Records = [mark("A2-2", "1"), mark("B2-6", "2.5"), mark("D1-1", "4")].into_iter().collect();
    let mut book = Book::of(&written(&rubric, &old));
    let cell = book.fill("mark A2-2", None);
    let both = book.fill("mark D1-1", Some(Put::Number(5.0)));
    let reading = back(&rubric, &since, &book.bytes()).unwrap();
    let after: Records = [mark("B2-6", "2.5"), mark("D1-1", "5")].into_iter().collect();
    assert_eq!(applied(&since, &reading), after);
    let [emptied, contested] = reading.changes.as_slice() else { panic!("{reading:?}") };
    assert_eq!((&emptied.cell, emptied.before.as_str(), emptied.after.as_str()), (&cell, "1", ""));
    assert_eq!((&contested.cell, contested.exported.as_deref()), (&both, Some("3")));
}

#[test]
fn rows_may_be_sorted_or_deleted_as_a_whole() {
    let rubric = rubric("urumqi-base");
    let mut book = Book::of(&written(&rubric, &none()));
    let keys: Vec<String> = book.keys(TABLE, KEY).into_keys().filter(|key| key.starts_with("mark ")).collect();
    let (first, second, deleted) = (keys[0].clone(), keys[1].clone(), keys[2].clone());
    book.fill(&first, Some(Put::Number(1.0)));
    let (a, b, gone) = (book.row(&first), book.row(&second), book.row(&deleted));
    let cells = book.sheet(TABLE);
    for column in 0..12 {
        let (one, two) = (cells.remove(&(a, column)), cells.remove(&(b, column)));
        one.map(|put| cells.insert((b, column), put));
        two.map(|put| cells.insert((a, column), put));
        cells.remove(&(gone, column));
    }
    let reading = back(&rubric, &none(), &book.bytes()).unwrap();
    let code = first.strip_prefix("mark ").unwrap();
    assert_eq!(reading.changes.len(), 1);
    assert_eq!(
        (reading.changes[0].cell.clone(), reading.changes[0].code.as_str()),
        (format!("{TABLE}!F{}", b + 1), code)
    );
    assert_eq!(reading.missing.len(), 1, "{:?}", reading.missing);
    assert!(reading.missing[0].starts_with(deleted.strip_prefix("mark ").unwrap()));
}

#[test]
fn all_faults_are_said_with_their_cells() {
    let rubric = rubric("coal-2021");
    let mut book = Book::of(&written(&rubric, &none()));
    let word = book.fill("condition A1-1!1", text("也许"));
    let letters = book.fill("mark A2-2", text("优"));
    let endless = book.fill("mark B2-6", Some(Put::Number(1.0 / 3.0)));
    let flag = book.fill("part A1-1#1", Some(Put::Flag(true)));
    let half = book.fill("part B1-2#1 2", text("缺"));
    let open = book.row("part B1-2#1 1");
    let count = book.fill("part B1-1#1 +", Some(Put::Number(1.5)));
    let nothing = book.fill("part D2-1#1", text("没有"));
    let listed = book.keys(LISTS, LIST_KEY)["list D2-1#1 1"];
    book.put(LISTS, (listed, LIST_VALUES[0]), text("研究课题"));
    book.put(LISTS, (listed, LIST_VALUES[2]), Some(Put::Number(1.0)));
    let baseless = book.keys(LISTS, LIST_KEY)["list D2-2#1 1"];
    book.put(LISTS, (baseless, LIST_VALUES[1]), text("没有写类别"));
    let locked = book.row("quantity B2-1#实际分配账号");
    book.put(TABLE, (locked, VALUES[1]), text("这里没有意见"));
    let faults = back(&rubric, &none(), &book.bytes()).unwrap_err();
    let cells: Vec<String> = faults.iter().map(|fault| fault.to_string()).collect();
    let expected = [
        format!("{word}: 也许 is not one of 存在、不存在"),
        format!("{letters}: \"优\" is not a plain number"),
        format!("{endless}: 0.3333333333333333 is not a short decimal"),
        format!("{flag}: TRUE is neither text nor number"),
        format!("{TABLE}!F{}: left open in a list that was begun", open + 1),
        format!("{count}: 1.5 is no count"),
        format!("{nothing}: none, but some are listed"),
        format!("{LISTS}!C{}: 类别 is blank", baseless + 1),
        format!("{TABLE}!G{}: 意见 must be blank here", locked + 1),
    ];
    assert!(!half.is_empty() && expected.iter().all(|fault| cells.contains(fault)), "{cells:#?}\n{expected:#?}");
    assert_eq!(cells.len(), expected.len(), "{cells:#?}");
}

#[test]
fn rows_that_are_not_ours_are_refused() {
    let rubric = rubric("urumqi-base");
    let original = Book::of(&written(&rubric, &none()));
    let a = original.keys(TABLE, KEY).into_values().next().unwrap();
    let with = |change: &dyn Fn(&mut Book)| {
        let mut book = Book(original.0.clone());
        change(&mut book);
        back(&rubric, &none(), &book.bytes()).unwrap_err()
    };
    let unknown = with(&|book| book.put(TABLE, (a, KEY), text("mark 9.9")));
    assert_eq!(unknown, [Error::UnknownRow { cell: format!("{TABLE}!I{}", a + 1), found: "mark 9.9".into() }]);
    let twice = with(&|book| {
        (0..12).for_each(|column| book.put(TABLE, (900, column), original.0[TABLE].get(&(a, column)).cloned()));
    });
    assert_eq!(twice, [Error::RowTwice { cell: format!("{TABLE}!I901"), first: format!("{TABLE}!I{}", a + 1) }]);
    let inserted = with(&|book| book.put(TABLE, (900, VALUES[0]), Some(Put::Number(3.0))));
    assert_eq!(inserted, [Error::RowWithoutKey { cell: format!("{TABLE}!F901") }]);
    // The visible columns were sorted without the hidden ones.
    let moved = with(&|book| book.put(TABLE, (a, 0), text("B-7")));
    assert!(matches!(moved.as_slice(), [Error::RowMoved { .. }]), "{moved:?}");
}

#[test]
fn a_workbook_of_something_else_is_refused() {
    let (coal, urumqi) = (rubric("coal-2021"), rubric("urumqi-base"));
    let bytes = written(&coal, &none());
    let other = back(&urumqi, &none(), &bytes).unwrap_err();
    assert!(matches!(other.as_slice(), [Error::OtherRubric { .. }]), "{other:?}");
    let facts = facts(&coal, "another");
    let target = Target { rubric: &coal, records: &none(), facts: &facts, anyway: false };
    let sheet = read(&bytes, "表.xlsx", &target).unwrap_err();
    assert!(matches!(sheet, Error::OtherSheet { .. }), "{sheet:?}");
    let library = workbook::export(&coal).unwrap();
    assert_eq!(back(&coal, &none(), &library).unwrap_err(), [Error::NoScoreBook {}]);
    let mut newer = Book::of(&bytes);
    newer.put(IDENTITY, (0, 1), text("2"));
    let newer = back(&coal, &none(), &newer.bytes()).unwrap_err();
    assert_eq!(newer, [Error::ScoreBookFormat { found: "2".into(), known: "1".into() }]);
    let damaged = back(&coal, &none(), &bytes[..bytes.len() / 2]).unwrap_err();
    assert!(matches!(damaged.as_slice(), [Error::Unreadable { .. }]), "{damaged:?}");
}
