//! From a workbook to a rubric: the cells become the text of a rubric file, which the one reader reads.

mod rows;
mod tree;

use crate::error::{CellFault, Error};
use crate::grid::Book;
use crate::layout::{self, Sheet};
use crate::mapped::{Field, Mapped};
use rows::Row;
use rubric::Rubric;
use rubric::write::quoted;

/// A rubric that was read from a workbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// Its file.
    pub toml: String,
    /// The rubric, under the digest of that file.
    pub rubric: Rubric,
}

/// Reads the rubric of a workbook (`.xlsx`, `.xls`, `.ods`, as the name says).
///
/// # Errors
/// At once all faults of single cells; when there is none, all faults of the sheets' structure; then the faults of the
/// rubric that they make up, as [`Rubric::read`] finds them. Each names its cell.
pub fn import(bytes: &[u8], file_name: &str) -> Result<Imported, Vec<CellFault>> {
    let tables = Tables::read(bytes, file_name).map_err(book_faults)?;
    let file = compose(&tables).map_err(book_faults)?;
    let fault = |error| file.fault(error);
    let read = Rubric::read(&file.text).map_err(|errors| errors.into_iter().map(fault).collect::<Vec<CellFault>>())?;
    let toml = read.to_toml();
    let rubric = Rubric::read(&toml).expect("what was read and written can be read");
    Ok(Imported { toml, rubric })
}

fn book_faults(errors: Vec<Error>) -> Vec<CellFault> {
    errors.into_iter().map(CellFault::from).collect()
}

/// The rows of all sheets.
struct Tables {
    info: Row,
    tables: Vec<(&'static str, Vec<Row>)>,
}

impl Tables {
    fn read(bytes: &[u8], file_name: &str) -> Result<Self, Vec<Error>> {
        let mut book = Book::open(bytes, file_name).map_err(|error| vec![error])?;
        let wanted: Vec<&'static Sheet> = std::iter::once(&layout::INFO).chain(layout::TABLES).collect();
        let wanting: Vec<Error> = wanted.iter().filter_map(|sheet| wanting(&book, sheet.name)).collect();
        if !wanting.is_empty() {
            return Err(wanting);
        }
        let mut faults = Vec::new();
        let grid = book.grid(layout::INFO.name).map_err(|error| vec![error])?;
        let info = rows::info(&grid, &mut faults);
        let mut tables = Vec::new();
        for sheet in layout::TABLES {
            let grid = book.grid(sheet.name).map_err(|error| vec![error])?;
            tables.push((sheet.name, rows::table(sheet, &grid, &mut faults)));
        }
        if faults.is_empty() { Ok(Self { info, tables }) } else { Err(faults) }
    }

    /// The rows of a sheet.
    fn of(&self, sheet: &Sheet) -> &[Row] {
        let found = self.tables.iter().find(|(name, _)| *name == sheet.name);
        found.map_or(&[], |(_, rows)| rows.as_slice())
    }
}

/// What keeps a sheet of ours from being read: a hidden one is refused, as nobody sees what would be taken from it.
fn wanting(book: &Book<'_>, name: &str) -> Option<Error> {
    let sheet = name.to_owned();
    match book.names.iter().find(|(found, _)| found == name) {
        None => Some(Error::MissingSheet { sheet }),
        Some((_, true)) => Some(Error::HiddenSheet { sheet }),
        Some((_, false)) => None,
    }
}

/// The text of the rubric file, with the cell of each line.
fn compose(tables: &Tables) -> Result<Mapped, Vec<Error>> {
    let mut file = Mapped::default();
    let mut faults = Vec::new();
    head(&tables.info, &mut file);
    for (sheet, header) in [
        (&layout::NOTES, "[[note]]"),
        (&layout::READINGS, "[[reading]]"),
        (&layout::CATEGORIES, "[[category]]"),
        (&layout::QUANTITIES, "[[quantity]]"),
    ] {
        tables.of(sheet).iter().for_each(|row| file.table(Some(header), row.all_but(&[])));
    }
    tables.of(&layout::GRADES).iter().for_each(|row| grade(row, &mut file, &mut faults));
    conversions(tables.of(&layout::CONVERSIONS), &mut file, &mut faults);
    tree::write(tables, &mut file, &mut faults);
    if faults.is_empty() { Ok(file) } else { Err(faults) }
}

fn head(info: &Row, file: &mut Mapped) {
    let fields = |keys: &[(&'static str, &str)]| -> Vec<Field> {
        keys.iter().map(|(key, column)| info.field(key, column)).collect()
    };
    let root = ["format", "id", "edition", "title", "title_en", "shape", "total", "step", "step_sentence"];
    file.table(None, root.iter().map(|key| info.field(key, key)).collect());
    let source = ["document", "issuer", "number", "date", "parts"];
    file.table(Some("[source]"), source.iter().map(|key| info.field(key, key)).collect());
    let period = fields(&[("years", "period_years"), ("sentence", "period_sentence")]);
    let local = fields(&[("grades", "local_grades"), ("weights", "local_weights"), ("sentence", "local_sentence")]);
    let parent = fields(&[("id", "parent_id"), ("edition", "parent_edition"), ("digest", "parent_digest")]);
    for (header, fields) in [("[period]", period), ("[local]", local), ("[parent]", parent)] {
        if fields.iter().any(|field| field.value.is_some()) {
            file.table(Some(header), fields);
        }
    }
}

fn grade(row: &Row, file: &mut Mapped, faults: &mut Vec<Error>) {
    let mut fields = row.all_but(&["row"]);
    let header = match row.text("row") {
        layout::GRADE => "[[grade]]",
        layout::GRADE_CONDITION => {
            fields.push(Field { key: "kind", place: row.place("row"), value: Some(quoted("few_below")) });
            "[[grade_condition]]"
        }
        layout::VETO => "[[veto]]",
        _ => return faults.push(row.no_word("row")),
    };
    file.table(Some(header), fields);
}

fn conversions(rows: &[Row], file: &mut Mapped, faults: &mut Vec<Error>) {
    let mut begun = false;
    for row in rows {
        if !row.text("name").is_empty() {
            file.table(Some("[[conversion]]"), row.all_but(&["at_most", "value"]));
            begun = true;
        } else if begun {
            faults.extend(row.surplus_but(&["at_most", "value"]));
        } else {
            faults.push(row.orphan());
        }
        if begun {
            file.table(Some("[[conversion.steps]]"), row.only(&["at_most", "value"]));
        }
    }
}
