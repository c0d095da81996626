//! Figures from rosters: how many rows of a table hold to what a quantity covers (在编、高级职称、不满45岁).
//!
//! Nothing is guessed: a cell that decides and cannot be read is refused by its name.

mod date;

use crate::error::Error;
use crate::grid::{Book, Day, Grid, Value, cell_name};
use date::Born;
use rubric::decimal;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What to count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Query {
    /// The sheet; without one the first that is not hidden.
    #[serde(default)]
    pub sheet: Option<String>,
    /// The row of the headings, from 1.
    #[serde(default = "first_row")]
    pub header_row: u32,
    /// What a row must hold to; all of them.
    #[serde(default)]
    pub filters: Vec<Filter>,
    /// Year, month and day on which ages are counted.
    #[serde(default)]
    pub reference_date: Option<(u16, u8, u8)>,
}

fn first_row() -> u32 {
    1
}

/// What the cell of a column must hold to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// The heading of the column.
    pub column: String,
    /// How the cell is compared.
    pub op: Op,
    /// What it is compared with.
    pub value: String,
}

/// How a cell is compared with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Op {
    /// The same text; a blank cell is the same as an empty value.
    Equals,
    /// Another text.
    NotEquals,
    /// The text holds the value.
    Contains,
    /// A number, the value included.
    AtLeast,
    /// A number, the value included.
    AtMost,
    /// A date of birth: full years on the reference date are more than the value.
    OlderThan,
    /// A date of birth: full years on the reference date are fewer than the value; 45 is not younger than 45.
    YoungerThan,
}

/// What was counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RosterFigure {
    /// Rows that hold to all filters.
    pub matching: u32,
    /// Rows that are not blank.
    pub all: u32,
    /// The sheet that was counted.
    pub sheet: String,
    /// What was counted, in Chinese.
    pub zh: String,
    /// What was counted, in English.
    pub en: String,
}

/// A sheet of a roster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Headings {
    /// Its name.
    pub sheet: String,
    /// Whether it is hidden.
    pub hidden: bool,
    /// Its headings, from the left.
    pub headings: Vec<String>,
    /// Rows below the headings that are not blank.
    pub rows: u32,
}

/// The sheets of a roster with their headings in a row (from 1) and how many rows stand below.
///
/// # Errors
/// A file that cannot be read, or goes beyond the bounds.
pub fn headers(bytes: &[u8], file_name: &str, header_row: u32) -> Result<Vec<Headings>, Error> {
    let mut book = Book::open(bytes, file_name)?;
    let names = book.names.clone();
    let mut all = Vec::new();
    for (sheet, hidden) in names {
        let table = Table::read(&mut book, &sheet, header_row)?;
        let headings = table.headings.into_iter().map(|(_, heading)| heading).collect();
        all.push(Headings { sheet, hidden, headings, rows: count_of(table.rows.len()) });
    }
    Ok(all)
}

/// Counts the rows of a roster (`.xlsx`, `.xls`, `.ods`, as the name says) that hold to every filter. Blank rows do not
/// count.
///
/// # Errors
/// A file, sheet or heading that is not there; a filter that cannot be; a cell that would decide and cannot be read.
pub fn count(bytes: &[u8], file_name: &str, query: &Query) -> Result<RosterFigure, Error> {
    let mut book = Book::open(bytes, file_name)?;
    let sheet = choose(&book, query.sheet.as_deref())?;
    let table = Table::read(&mut book, &sheet, query.header_row)?;
    if book.merges_unknown {
        return Err(Error::MergedCells {});
    }
    let tests = query.filters.iter().map(|filter| Test::new(filter, &table, query)).collect::<Result<Vec<_>, _>>()?;
    let mut matching = 0;
    for row in &table.rows {
        matching += u32::from(holds(&tests, &table.grid, *row)?);
    }
    let all = count_of(table.rows.len());
    let (zh, en) = describe(file_name, &sheet, query, (matching, all));
    Ok(RosterFigure { matching, all, sheet, zh, en })
}

fn count_of(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

fn choose(book: &Book<'_>, wanted: Option<&str>) -> Result<String, Error> {
    let found = match wanted {
        Some(name) => book.names.iter().find(|(found, _)| found == name),
        None => book.names.iter().find(|(_, hidden)| !hidden),
    };
    found.map(|(name, _)| name.clone()).ok_or_else(|| {
        let known: Vec<&str> = book.names.iter().map(|(name, _)| name.as_str()).collect();
        Error::NoSuchSheet { sheet: wanted.unwrap_or_default().to_owned(), known: known.join("、") }
    })
}

/// A sheet with headings.
struct Table {
    grid: Grid,
    /// The row of the headings.
    at: u32,
    /// The headings by column, from the left.
    headings: Vec<(u32, String)>,
    /// The rows below them that are not blank.
    rows: Vec<u32>,
}

impl Table {
    /// Reads a sheet. What is merged counts for every row that it covers; a row with nothing of its own is blank.
    fn read(book: &mut Book<'_>, sheet: &str, header_row: u32) -> Result<Self, Error> {
        let mut grid = book.grid(sheet)?;
        let rows = grid.rows();
        book.fill_merged(&mut grid)?;
        let at = header_row.saturating_sub(1);
        let headings = grid.cells.range((at, 0)..=(at, u32::MAX));
        let headings = headings.map(|((_, column), value)| (*column, one_line(&text(value)))).collect();
        let rows = rows.into_iter().filter(|row| *row > at).collect();
        Ok(Self { grid, at, headings, rows })
    }

    /// The column under a heading.
    fn column(&self, heading: &str) -> Result<u32, Error> {
        let wanted = one_line(heading);
        let found: Vec<u32> = self.headings.iter().filter(|(_, h)| *h == wanted).map(|(column, _)| *column).collect();
        let (sheet, heading) = (self.grid.name.clone(), heading.to_owned());
        match found.as_slice() {
            [one] => Ok(*one),
            [] => {
                let known: Vec<&str> = self.headings.iter().map(|(_, heading)| heading.as_str()).collect();
                Err(Error::NoSuchHeading { sheet, heading, known: known.join("、") })
            }
            [_, second, ..] => Err(Error::DuplicateHeading { cell: cell_name(&sheet, (self.at, *second)), heading }),
        }
    }
}

/// A heading without its line breaks and the blanks around it.
fn one_line(text: &str) -> String {
    text.lines().map(str::trim).collect()
}

/// What is seen in a cell.
fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.trim().to_owned(),
        Value::Number(text) | Value::Error(text) | Value::Duration(text) => text.clone(),
        Value::Date(day) => day.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Unvalued => String::new(),
    }
}

/// A filter whose column was found and whose value was read.
struct Test {
    column: u32,
    check: Check,
}

enum Check {
    Text(Op, String),
    Number(Op, Decimal),
    Age { older: bool, years: u16, on: Day },
}

impl Test {
    fn new(filter: &Filter, table: &Table, query: &Query) -> Result<Self, Error> {
        let bad = || Error::BadFilter { heading: filter.column.clone(), found: filter.value.clone() };
        let value = filter.value.trim();
        let check = match filter.op {
            Op::Equals | Op::NotEquals | Op::Contains => Check::Text(filter.op, value.to_owned()),
            Op::AtLeast | Op::AtMost => Check::Number(filter.op, decimal::parse(value).ok_or_else(bad)?),
            Op::OlderThan | Op::YoungerThan => Check::Age {
                older: filter.op == Op::OlderThan,
                years: value.parse().map_err(|_| bad())?,
                on: query.reference_date.and_then(date::day).ok_or(Error::NoReferenceDate {})?,
            },
        };
        Ok(Self { column: table.column(&filter.column)?, check })
    }

    fn holds(&self, grid: &Grid, row: u32) -> Result<bool, Error> {
        let at = (row, self.column);
        let value = grid.cell(at);
        let cell = || cell_name(&grid.name, at);
        match value {
            Some(Value::Error(found)) => return Err(Error::ErrorValue { cell: cell(), found: found.clone() }),
            Some(Value::Unvalued) => return Err(Error::NoValue { cell: cell() }),
            _ => {}
        }
        let found = value.map(text).unwrap_or_default();
        match &self.check {
            Check::Text(Op::Equals, wanted) => Ok(found == *wanted),
            Check::Text(Op::NotEquals, wanted) => Ok(found != *wanted),
            Check::Text(_, wanted) => Ok(found.contains(wanted.as_str())),
            Check::Number(op, line) => match decimal::parse(&found) {
                Some(number) => Ok(if *op == Op::AtLeast { number >= *line } else { number <= *line }),
                None => Err(Error::NotANumber { cell: cell(), found }),
            },
            Check::Age { older, years, on } => {
                let born = value.and_then(Born::read).filter(|born| born.last <= *on);
                let Some(born) = born else { return Err(Error::BadDate { cell: cell(), found }) };
                let decided = |day: Day| {
                    let age = date::full_years(day, *on);
                    if *older { age > *years } else { age < *years }
                };
                match (decided(born.first), decided(born.last)) {
                    (a, b) if a == b => Ok(a),
                    _ => Err(Error::UnclearAge { cell: cell(), found }),
                }
            }
        }
    }
}

/// Whether a row holds to all. A cell that cannot be read does not matter where another filter excludes the row.
fn holds(tests: &[Test], grid: &Grid, row: u32) -> Result<bool, Error> {
    let mut fault = None;
    for test in tests {
        match test.holds(grid, row) {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(error) => fault = fault.or(Some(error)),
        }
    }
    fault.map_or(Ok(true), Err)
}

/// What was counted, in both languages.
fn describe(file_name: &str, sheet: &str, query: &Query, (matching, all): (u32, u32)) -> (String, String) {
    let file = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    let filters = query.filters.iter().map(words);
    let (zh, en): (Vec<String>, Vec<String>) = filters.unzip();
    let on = query.reference_date.and_then(date::day).filter(|_| query.filters.iter().any(is_age));
    let (zh_on, en_on) = on.map_or_else(Default::default, |on| (format!("，截至{on}"), format!(", on {on}")));
    let zh = if zh.is_empty() { "全部".to_owned() } else { zh.join("、") };
    let en = if en.is_empty() { "all rows".to_owned() } else { en.join(", ") };
    (
        format!("《{file}》工作表 {sheet}：{zh}{zh_on}，{matching} 行（共 {all} 行）"),
        format!("“{file}”, sheet {sheet}: {en}{en_on}: {matching} of {all} rows"),
    )
}

fn is_age(filter: &Filter) -> bool {
    matches!(filter.op, Op::OlderThan | Op::YoungerThan)
}

fn words(filter: &Filter) -> (String, String) {
    let Filter { column, op, value } = filter;
    match op {
        Op::Equals if value.trim().is_empty() => (format!("{column}为空"), format!("{column} is blank")),
        Op::NotEquals if value.trim().is_empty() => (format!("{column}不为空"), format!("{column} is not blank")),
        Op::Equals => (format!("{column}={value}"), format!("{column} = {value}")),
        Op::NotEquals => (format!("{column}≠{value}"), format!("{column} ≠ {value}")),
        Op::Contains => (format!("{column}含{value}"), format!("{column} contains {value}")),
        Op::AtLeast => (format!("{column}≥{value}"), format!("{column} ≥ {value}")),
        Op::AtMost => (format!("{column}≤{value}"), format!("{column} ≤ {value}")),
        Op::OlderThan => (format!("{column}超过{value}岁"), format!("{column} older than {value}")),
        Op::YoungerThan => (format!("{column}不满{value}岁"), format!("{column} younger than {value}")),
    }
}
