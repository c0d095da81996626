//! Documents as spreadsheets to be printed and worked on: a plain model in, `.xlsx` out, by the format profile.

mod paper;
mod section;
mod table;

use crate::error::Error;
use crate::export::{check_text, fixed_properties};
use crate::style::{Type, lines};
use document::{Block, Document, Profile, SignOff};
use paper::Paper;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};
use section::{Section, sections};

type Drawn = Result<(), XlsxError>;

/// Most characters of a sheet's name.
const MOST_NAME: usize = 31;

/// The document as a workbook. The same document and profile give the same bytes.
///
/// Each shape of table has a sheet of its own. The header row is repeated in print, pages are numbered unless there is
/// only one. Seals are not printed, and charts as tables of their figures.
///
/// # Errors
/// A text that no cell can hold; a table whose cells overlap.
pub fn print(document: &Document, profile: &Profile) -> Result<Vec<u8>, Error> {
    let style = Type::of(profile);
    let sections = sections(document);
    check(document)?;
    let failed = |error: XlsxError| Error::CannotPrint { title: document.title.clone(), detail: error.to_string() };
    write(document, profile, &style, &sections).map_err(failed)
}

/// Refuses a text that no cell can hold.
fn check(document: &Document) -> Result<(), Error> {
    let texts = |block: &Block| -> Vec<(String, String)> {
        match block {
            Block::Table(table) => {
                let cells = table.header.iter().chain(table.rows.iter().flat_map(|row| &row.cells));
                cells.map(|cell| (cell.place.clone(), table::text(cell))).collect()
            }
            _ => Vec::new(),
        }
    };
    document.body.iter().flat_map(texts).try_for_each(|(place, text)| check_text(&text, || place))
}

fn write(document: &Document, profile: &Profile, style: &Type, sections: &[Section<'_>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let properties = fixed_properties()?.set_title(document.file_title());
    book.set_properties(&properties);
    let mut names = Vec::new();
    let mut pages = 0;
    for (at, section) in sections.iter().enumerate() {
        let sheet = book.add_worksheet();
        let mut page = Page::new(sheet, style, Paper::of(profile, section.columns.len()), &section.columns);
        let name = sheet_name(document, section, &names);
        style.set_up(page.sheet, &name, page.paper.landscape)?;
        names.push(name);
        page.columns()?;
        if at == 0 {
            page.head(document)?;
        }
        page.section(section)?;
        if at + 1 == sections.len() {
            page.tail(document)?;
        }
        pages += page.paper.pages(&page.heights);
    }
    for at in 0..sections.len() {
        margins(book.worksheet_from_index(at)?, document, style, pages > 1);
    }
    book.save_to_buffer()
}

/// The small print of a page: draft mark, digest, and the page number unless there is one page.
fn margins(sheet: &mut Worksheet, document: &Document, style: &Type, numbered: bool) {
    let plain = |text: &str| text.replace('&', "&&");
    if let Some(mark) = &document.mark {
        sheet.set_header(format!("&R{}", plain(mark)));
    }
    let digest = document.digest.as_deref().map(|digest| format!("&L&6{}", plain(digest))).unwrap_or_default();
    let number = if numbered { style.page_number() } else { String::new() };
    sheet.set_footer(digest + &number);
}

/// A name that spreadsheets take, unlike those before.
fn sheet_name(document: &Document, section: &Section<'_>, names: &[String]) -> String {
    let unfit = |c: char| c.is_control() || "[]:*?/\\'".contains(c);
    let wanted = if names.is_empty() { Some(document.title.as_str()) } else { section.caption() };
    let name: String = wanted.unwrap_or_default().chars().filter(|c| !unfit(*c)).take(MOST_NAME).collect();
    let same = |known: &String| known.to_lowercase() == name.to_lowercase();
    if name.is_empty() || names.iter().any(same) { format!("表{}", names.len() + 1) } else { name }
}

/// A sheet that is being written, from its head.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    style: &'a Type,
    paper: Paper,
    /// Widths of the columns in half-width characters.
    widths: Vec<u16>,
    /// The next row.
    row: u32,
    /// Lines of each row so far, for the number of pages.
    heights: Vec<u32>,
    /// Whether the sheet repeats a header in print.
    repeats: bool,
}

impl<'a> Page<'a> {
    fn new(sheet: &'a mut Worksheet, style: &'a Type, paper: Paper, columns: &[u16]) -> Self {
        let widths = paper.widths(columns);
        Self { sheet, style, paper, widths, row: 0, heights: Vec::new(), repeats: false }
    }

    fn columns(&mut self) -> Drawn {
        for (at, width) in (0..).zip(&self.widths) {
            self.sheet.set_column_width(at, *width)?;
        }
        Ok(())
    }

    /// A text over the whole width.
    fn line(&mut self, text: &str, format: &Format) -> Drawn {
        let most = lines(text, self.widths.iter().sum());
        let last = u16::try_from(self.widths.len()).unwrap_or(1).saturating_sub(1);
        if last == 0 {
            self.sheet.write_string_with_format(self.row, 0, text, format)?;
        } else {
            self.sheet.merge_range(self.row, 0, self.row, last, text, format)?;
        }
        self.style.data_row(self.sheet, self.row, most)?;
        self.next(most);
        Ok(())
    }

    fn next(&mut self, lines: u32) {
        self.heights.push(lines);
        self.row += 1;
    }

    fn head(&mut self, document: &Document) -> Drawn {
        let most = lines(&document.title, self.widths.iter().sum::<u16>() * 3 / 4);
        self.line(&document.title, &self.style.title())?;
        self.style.title_row(self.sheet, self.row - 1, most)?;
        for pair in document.facts.chunks(2) {
            let words: Vec<String> = pair.iter().map(|(label, value)| format!("{label}：{value}")).collect();
            self.line(&words.join("　　"), &self.style.line())?;
        }
        Ok(())
    }

    fn section(&mut self, section: &Section<'_>) -> Drawn {
        for block in &section.blocks {
            self.block(block, section)?;
        }
        Ok(())
    }

    fn block(&mut self, block: &Block, section: &Section<'_>) -> Drawn {
        let (line, bold) = (self.style.line(), self.style.line().set_bold());
        match block {
            Block::Heading { text, .. } => self.line(text, &bold),
            Block::Addressees(text) => self.line(text, &line),
            Block::Paragraph(text) => self.line(&format!("　　{text}"), &line),
            Block::Lines(texts) => texts.iter().try_for_each(|text| self.line(text, &line)),
            Block::NewPage(title) if title.is_empty() => Ok(()),
            Block::NewPage(title) => self.line(title, &self.style.title()),
            Block::Notes { heading, paragraphs } => {
                if paragraphs.is_empty() {
                    return Ok(());
                }
                self.line(&format!("{heading}："), &bold)?;
                paragraphs.iter().try_for_each(|text| self.line(text, &line))
            }
            Block::Chart(chart) => section::figures(chart).iter().try_for_each(|text| self.line(text, &line)),
            Block::Table(table) => {
                if let Some(caption) = &table.caption {
                    self.line(caption, &bold.set_align(FormatAlign::Center))?;
                }
                self.table(table, section)
            }
        }
    }

    fn tail(&mut self, document: &Document) -> Drawn {
        let line = self.style.line();
        let several = document.attachments.len() > 1;
        for (number, name) in (1..).zip(&document.attachments) {
            let label = if number == 1 { "附件：" } else { "　　　" };
            let number = if several { format!("{number}.") } else { String::new() };
            self.line(&format!("{label}{number}{name}"), &line)?;
        }
        let Some(SignOff { organisation, name, date, .. }) = &document.sign_off else { return Ok(()) };
        let right = line.set_align(FormatAlign::Right);
        [organisation, name, date].into_iter().flatten().try_for_each(|text| self.line(text, &right))
    }
}
