//! What differs from the format: which rule, where, what is there and what should be.

use document::{Clause, ClauseName, Profile};
use serde::Serialize;

/// Most different findings that are kept.
const MOST_FINDINGS: usize = 200;
/// Most places that are named for a finding.
const MOST_PLACES: usize = 5;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, strum::VariantNames)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Weight {
    /// 必须改: the source says it flatly, and the file shows it for certain.
    Must,
    /// 应当改: the source says 一般, 原则上 or 左右, or the text had to be interpreted.
    Should,
    /// 提示: a person has to look.
    Hint,
}

/// The findings about a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The kind of file: `docx`, `xlsx` or `pdf`.
    pub kind: &'static str,
    /// The name of the profile.
    pub profile: String,
    /// The heaviest first, then as they were met.
    pub findings: Vec<Finding>,
}

impl Report {
    /// How many findings have a weight.
    #[must_use]
    pub fn count(&self, weight: Weight) -> usize {
        self.findings.iter().filter(|finding| finding.weight == weight).count()
    }
}

/// One rule that is not kept, at one or more places.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What is wrong.
    pub fault: Fault,
    /// How much it weighs.
    pub weight: Weight,
    /// The sentence of the source.
    pub clause: Clause,
    /// The first places.
    pub places: Vec<Place>,
    /// How many places there are.
    pub count: usize,
}

/// Where something is.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[expect(missing_docs, reason = "numbers are from 1, beginnings the first characters of the text")]
pub enum Place {
    /// The file as a whole.
    Whole {},
    /// A section (节) of a DOCX.
    Section { section: usize },
    /// A paragraph.
    Paragraph { number: usize, beginning: String },
    /// A table.
    Table { table: usize },
    /// A row of a table.
    Row { table: usize, row: usize, beginning: String },
    /// The footer of odd pages.
    OddFooter {},
    /// The footer of even pages.
    EvenFooter {},
    /// A page of a PDF.
    Page { page: usize },
    /// A line on a page of a PDF.
    Line { page: usize, beginning: String },
    /// A sheet of a workbook.
    Sheet { sheet: String },
    /// A cell of a workbook.
    Cell { sheet: String, cell: String },
}

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident { $($field:ident),* } $clause:ident $weight:ident;)*) => {
        /// What is wrong, with what is there and what should be. Lengths, sizes and fonts come spelt.
        #[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames)]
        #[serde(tag = "code", rename_all = "kebab-case")]
        #[strum(serialize_all = "kebab-case")]
        #[expect(missing_docs, reason = "found and expected are what is there and what should be")]
        pub enum Fault {
            $($(#[$doc])* $name { $($field: String),* },)*
        }

        impl Fault {
            /// The sentence of the source that it breaks.
            #[must_use]
            pub fn clause(&self) -> ClauseName {
                match self { $(Self::$name { .. } => ClauseName::$clause,)* }
            }

            /// How much it weighs.
            #[must_use]
            pub fn weight(&self) -> Weight {
                match self { $(Self::$name { .. } => Weight::$weight,)* }
            }
        }
    };
}

faults! {
    /// The paper is another.
    PaperSize { found, expected } Grid Must;
    /// The left margin is another.
    MarginLeft { found, expected } Page Must;
    /// The right margin is another.
    MarginRight { found, expected } Page Must;
    /// The upper margin is another.
    MarginTop { found, expected } Page Must;
    /// The lower margin is another.
    MarginBottom { found, expected } Page Must;
    /// The document has no grid.
    GridMissing { lines, characters } Grid Must;
    /// A page holds another number of lines.
    GridLines { found, expected } Grid Must;
    /// A line holds another number of characters.
    GridCharacters { found, expected } Grid Must;
    /// A paragraph's own line pitch leaves the grid.
    LinePitch { pitch, found, expected } Grid Must;
    /// A paragraph keeps a distance above or below that the grid does not know.
    ParagraphSpacing { found } Grid Should;
    /// No title was recognised.
    TitleMissing {} Title Hint;
    /// The title's font is another.
    TitleFont { found, expected } Title Should;
    /// The title's size is another.
    TitleSize { found, expected } Title Should;
    /// The title is not centred.
    TitleNotCentred {} Title Should;
    /// Body text is in another font.
    BodyFont { found, expected } Body Must;
    /// Body text is of another size.
    BodySize { found, expected } Body Must;
    /// The first line is indented otherwise.
    FirstLineIndent { found, expected } Body Must;
    /// Later lines do not stand at the margin.
    LaterLines { found } Body Must;
    /// A heading is in another font.
    HeadingFont { level, found, expected } Headings Must;
    /// A heading is of another size.
    HeadingSize { level, found, expected } Headings Must;
    /// A number is written otherwise.
    HeadingMark { found, expected } Headings Should;
    /// A number does not follow the one before.
    HeadingOrder { found, expected } Headings Should;
    /// A level is left out.
    HeadingSkips { found, expected } Headings Should;
    /// Latin letters or digits are in another font.
    LatinFont { found, expected } Digits Must;
    /// After 附件 stands no full-width colon.
    AttachmentColon { found } Attachments Should;
    /// Several attachments are not numbered 1. 2.
    AttachmentNumber { found, expected } Attachments Should;
    /// An attachment's name ends with a punctuation mark.
    AttachmentEnding { found } Attachments Should;
    /// No blank line above the attachment note.
    AttachmentBlankLine {} Attachments Should;
    /// The attachment note is indented otherwise.
    AttachmentIndent { found, expected } Attachments Should;
    /// No date and organisation at the end.
    SignOffMissing {} SignOff Hint;
    /// No organisation above the date.
    UnitMissing {} SignOff Hint;
    /// The date is written otherwise.
    DateForm { found, expected } Date Must;
    /// The date stands elsewhere.
    DateIndent { found, expected } Date Should;
    /// 此页无正文.
    EmptyPageNote {} SignOff Should;
    /// No page numbers.
    PageNumberMissing {} PageNumber Should;
    /// Odd and even pages have the same footer.
    PageNumberSame {} PageNumber Should;
    /// The number of an odd page is not at the right.
    PageNumberOddPlace {} PageNumber Should;
    /// The number of an even page is not at the left.
    PageNumberEvenPlace {} PageNumber Should;
    /// Not one character is left blank beside the number.
    PageNumberBlank { found, expected } PageNumber Should;
    /// The number is in another font.
    PageNumberFont { found, expected } PageNumber Should;
    /// The number is of another size.
    PageNumberSize { found, expected } PageNumber Should;
    /// No dash at each side of the number.
    PageNumberDashes { found, expected } PageNumber Should;
    /// Numbers begin anew.
    PageNumberRestarts {} PageNumber Should;
    /// A long table does not repeat its header.
    TableHeaderRepeat {} Practice Hint;
    /// A table has no column 序号.
    TableNumberColumn {} Table Hint;
    /// A table's header is in another font.
    TableHeaderFont { found, expected } Table Must;
    /// A table's text is in another font.
    TableCellFont { found, expected } Table Must;
    /// A table's Latin letters or digits are in another font.
    TableLatinFont { found, expected } Table Must;
    /// A table's text is of another size.
    TableSize { found, expected } Table Must;
    /// A table's borders are of another width.
    TableBorder { found, expected } Table Must;
    /// A table's text is not centred.
    TableNotCentred {} Table Should;
    /// A sheet prints on another paper.
    SheetPaper { found, expected } Grid Must;
    /// A sheet has no title row.
    SheetTitleMissing {} Spreadsheet Hint;
    /// A sheet's title is in another font.
    SheetTitleFont { found, expected } Spreadsheet Should;
    /// A sheet's title is of another size.
    SheetTitleSize { found, expected } Spreadsheet Should;
    /// A sheet's title is not bold.
    SheetTitleBold {} Spreadsheet Should;
    /// A sheet's header is in another font.
    SheetHeaderFont { found, expected } Spreadsheet Should;
    /// A sheet's header is of another size.
    SheetHeaderSize { found, expected } Spreadsheet Should;
    /// A sheet's header is not bold.
    SheetHeaderBold {} Spreadsheet Should;
    /// A sheet's data are in another font.
    SheetDataFont { found, expected } Spreadsheet Should;
    /// A sheet's data are of another size.
    SheetDataSize { found, expected } Spreadsheet Should;
    /// A row is of another height.
    SheetRowHeight { found, expected } Spreadsheet Hint;
    /// A sheet of several pages has no page numbers.
    SheetPageNumberMissing {} SpreadsheetPages Must;
    /// A sheet's page number is not at the foot's centre.
    SheetPageNumberPlace {} SpreadsheetPages Must;
    /// A sheet of several pages does not repeat its header.
    SheetPrintTitles {} Practice Hint;
    /// Type that the format does not know.
    ForeignType { found } Body Should;
    /// A font is not in the file.
    FontNotEmbedded { found } Practice Hint;
    /// The text of a font cannot be read.
    TextUnreadable { found } Practice Hint;
    /// Pages are pictures.
    Scanned { pages } Practice Hint;
    /// Only the first pages were checked.
    PagesLeftOut { checked, pages } Practice Hint;
}

/// The findings as they are met.
pub struct Findings<'a> {
    pub profile: &'a Profile,
    list: Vec<Finding>,
}

impl<'a> Findings<'a> {
    pub fn new(profile: &'a Profile) -> Self {
        Self { profile, list: Vec::new() }
    }

    /// Notes a fault; the same one at another place is one more place.
    pub fn add(&mut self, fault: Fault, place: Place) {
        if let Some(known) = self.list.iter_mut().find(|finding| finding.fault == fault) {
            if known.places.last() != Some(&place) {
                known.count += 1;
                if known.places.len() < MOST_PLACES {
                    known.places.push(place);
                }
            }
        } else if self.list.len() < MOST_FINDINGS {
            let weight = fault.weight();
            let clause = self.profile.check.clause(fault.clause()).clone();
            self.list.push(Finding { fault, weight, clause, places: vec![place], count: 1 });
        }
    }

    pub fn report(mut self, kind: &'static str) -> Report {
        self.list.sort_by_key(|finding| finding.weight);
        Report { kind, profile: self.profile.name.clone(), findings: self.list }
    }
}
