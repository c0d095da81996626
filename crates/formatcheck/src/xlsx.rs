//! The sheets of an XLSX with what decides how they look and print.

use crate::Error;
use crate::archive::Parts;
use crate::xml::Element;

const POINTS_PER_INCH: f64 = 72.0;
/// Height of a row where nothing says one, in points.
const DEFAULT_ROW: f64 = 15.0;
/// Width of a column where nothing says one, in characters.
const DEFAULT_COLUMN: f64 = 8.43;
/// Most columns whose width counts.
const MOST_COLUMNS: f64 = 256.0;

/// A worksheet that is seen.
pub struct Sheet {
    pub name: String,
    /// The rows that hold something.
    pub rows: Vec<Row>,
    /// Width and height of the paper in millimetres as it lies; nothing where none is set.
    pub paper: Option<(f64, f64)>,
    /// The footers of odd and even pages, with their codes.
    pub footers: Vec<String>,
    /// Rows are repeated at the head of each page.
    pub repeats: bool,
    /// It prints on more than one page.
    pub several_pages: bool,
}

/// A row that holds something.
pub struct Row {
    pub number: usize,
    /// In points.
    pub height: f64,
    pub cells: Vec<Cell>,
    /// A cell wraps its text.
    pub wraps: bool,
}

/// A cell that holds something.
pub struct Cell {
    /// E.g. B3.
    pub name: String,
    pub font: Font,
}

/// How a cell is set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Font {
    pub name: String,
    pub size: f64,
    pub bold: bool,
}

/// Reads the parts of an XLSX.
pub fn read(parts: &mut Parts<'_>, main: &str) -> Result<Vec<Sheet>, Error> {
    let book = parts.xml(main)?.ok_or_else(|| Error::damaged(format!("no part {main}")))?;
    let relations = parts.relations(main)?;
    let styles = match relations.values().find(|one| one.kind == "styles") {
        Some(one) => parts.xml(&one.part)?,
        None => None,
    };
    let formats = formats(styles.as_ref());
    let mut sheets = Vec::new();
    let listed = book.child("sheets").into_iter().flat_map(Element::elements);
    for (index, listed) in listed.enumerate() {
        let hidden = matches!(listed.attribute("state"), Some("hidden" | "veryHidden"));
        let relation = listed.attribute("id").and_then(|id| relations.get(id)).filter(|one| one.kind == "worksheet");
        let Some(relation) = relation.filter(|_| !hidden) else { continue };
        let Some(root) = parts.xml(&relation.part)? else { continue };
        let name = listed.attribute("name").unwrap_or_default().to_owned();
        sheets.push(sheet(name, &root, &formats, repeats(&book, index)));
    }
    Ok(sheets)
}

/// How cells of a format look: their font, and whether they wrap.
type Formats = Vec<(Font, bool)>;

fn formats(styles: Option<&Element>) -> Formats {
    let list = |name: &str| styles.and_then(|styles| styles.child(name)).into_iter().flat_map(Element::elements);
    let fonts: Vec<Font> = list("fonts")
        .map(|font| Font {
            name: font.value("name").unwrap_or_default().to_owned(),
            size: font.child("sz").and_then(|size| size.number("val")).unwrap_or_default(),
            bold: font.switch("b").unwrap_or_default(),
        })
        .collect();
    let format = |format: &Element| {
        let at = format.attribute("fontId").and_then(|id| id.parse::<usize>().ok()).unwrap_or_default();
        let wraps = format.child("alignment").and_then(|one| one.attribute("wrapText"));
        (fonts.get(at).cloned().unwrap_or_default(), matches!(wraps, Some("1" | "true")))
    };
    list("cellXfs").map(format).collect()
}

/// Whether a sheet, by its place in the workbook, repeats rows in print.
fn repeats(book: &Element, index: usize) -> bool {
    let names = book.child("definedNames").into_iter().flat_map(Element::elements);
    let own = |name: &&Element| name.attribute("localSheetId") == Some(index.to_string().as_str());
    let titles = names.filter(own).filter(|name| name.attribute("name") == Some("_xlnm.Print_Titles"));
    // Columns alone, such as $A:$B, repeat no header.
    titles.map(Element::text).any(|range| range.split(',').any(|one| one.chars().any(|c| c.is_ascii_digit())))
}

fn sheet(name: String, root: &Element, formats: &Formats, repeats: bool) -> Sheet {
    let default = root.child("sheetFormatPr").and_then(|props| props.number("defaultRowHeight")).unwrap_or(DEFAULT_ROW);
    let data = root.child("sheetData").into_iter().flat_map(Element::elements);
    let rows: Vec<Row> = data.enumerate().map(|(at, row)| self::row(row, at, default, formats)).collect();
    let height: f64 = rows.iter().map(|row| row.height).sum();
    let rows: Vec<Row> = rows.into_iter().filter(|row| !row.cells.is_empty()).collect();
    let setup = root.child("pageSetup");
    let paper = paper(setup);
    let footers = root.child("headerFooter").map(|footer| {
        let even = matches!(footer.attribute("differentOddEven"), Some("1" | "true"));
        let kinds = if even { &["oddFooter", "evenFooter"][..] } else { &["oddFooter"] };
        kinds.iter().map(|kind| footer.child(kind).map(Element::text).unwrap_or_default()).collect()
    });
    let several_pages = !rows.is_empty() && several_pages(root, paper, height);
    Sheet { name, rows, paper, footers: footers.unwrap_or_default(), repeats, several_pages }
}

fn row(row: &Element, at: usize, default: f64, formats: &Formats) -> Row {
    let number = row.attribute("r").and_then(|number| number.parse().ok()).unwrap_or(at + 1);
    let filled = |cell: &&Element| cell.elements().any(|inner| !inner.text().is_empty() || &*inner.name == "is");
    let format = |cell: &Element| {
        let at = cell.attribute("s").and_then(|at| at.parse::<usize>().ok()).unwrap_or_default();
        formats.get(at).cloned().unwrap_or_default()
    };
    let cells: Vec<&Element> = row.elements().filter(filled).collect();
    let cell = |cell: &&Element| Cell {
        name: cell.attribute("r").map_or_else(|| number.to_string(), str::to_owned),
        font: format(cell).0,
    };
    Row {
        number,
        height: if matches!(row.attribute("hidden"), Some("1" | "true")) {
            0.0
        } else {
            row.number("ht").unwrap_or(default)
        },
        wraps: cells.iter().any(|cell| format(cell).1),
        cells: cells.iter().map(cell).collect(),
    }
}

/// The paper in millimetres as it lies (ECMA-376 18.3.1.63).
fn paper(setup: Option<&Element>) -> Option<(f64, f64)> {
    const INCH: f64 = 25.4;
    let (width, height) = match setup?.attribute("paperSize")? {
        "1" | "2" => (8.5 * INCH, 11.0 * INCH),
        "5" => (8.5 * INCH, 14.0 * INCH),
        "8" => (297.0, 420.0),
        "9" | "10" => (210.0, 297.0),
        "11" => (148.0, 210.0),
        "12" => (257.0, 364.0),
        "13" => (182.0, 257.0),
        _ => return None,
    };
    let landscape = setup?.attribute("orientation") == Some("landscape");
    Some(if landscape { (height, width) } else { (width, height) })
}

/// Whether what a sheet holds needs more than one page.
fn several_pages(root: &Element, paper: Option<(f64, f64)>, height: f64) -> bool {
    let fits = root.child("sheetPr").and_then(|props| props.child("pageSetUpPr")?.attribute("fitToPage"));
    let setup = root.child("pageSetup");
    let pages_of = |name: &str| setup.and_then(|setup| setup.number(name)).unwrap_or(1.0);
    let (width_mm, height_mm) = paper.unwrap_or((210.0, 297.0));
    let margin = |name: &str, usual: f64| {
        let inches = root.child("pageMargins").and_then(|margins| margins.number(name)).unwrap_or(usual);
        inches * POINTS_PER_INCH
    };
    let points = |mm: f64| mm / 25.4 * POINTS_PER_INCH;
    let room_across = points(width_mm) - margin("left", 0.7) - margin("right", 0.7);
    let room_down = points(height_mm) - margin("top", 0.75) - margin("bottom", 0.75);
    let width = width(root);
    let scale = if matches!(fits, Some("1" | "true")) {
        if pages_of("fitToHeight") == 1.0 {
            return false;
        }
        let across = pages_of("fitToWidth");
        if across >= 1.0 { (room_across * across / width.max(1.0)).min(1.0) } else { 1.0 }
    } else {
        setup.and_then(|setup| setup.number("scale")).unwrap_or(100.0) / 100.0
    };
    let breaks = root.child("rowBreaks").is_some_and(|breaks| breaks.elements().next().is_some());
    breaks || height * scale > room_down || width * scale > room_across * WIDTH_ESTIMATE
}

/// Widths are stored in characters of a font that only the program knows: what is estimated may be so much too wide.
const WIDTH_ESTIMATE: f64 = 1.1;

/// Width of the columns that hold something, in points.
fn width(root: &Element) -> f64 {
    const POINTS_PER_CHARACTER: f64 = 5.25;
    let cells = root.child("sheetData").into_iter().flat_map(Element::elements);
    let used = cells.map(|row| row.elements().count()).max().unwrap_or_default();
    let used = u32::try_from(used).map_or(MOST_COLUMNS, f64::from).min(MOST_COLUMNS);
    let mut characters = 0.0;
    let mut said = 0.0;
    for column in root.child("cols").into_iter().flat_map(Element::elements) {
        let first = column.number("min").unwrap_or(1.0);
        let last = column.number("max").unwrap_or(first).min(used);
        let count = (last - first + 1.0).max(0.0);
        characters += count * column.number("width").unwrap_or(DEFAULT_COLUMN);
        said += count;
    }
    (characters + (used - said).max(0.0) * DEFAULT_COLUMN) * POINTS_PER_CHARACTER
}
