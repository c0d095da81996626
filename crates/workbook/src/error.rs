//! What can be wrong with a workbook. Cells are named as in a formula: `指标!D17`.

use serde::Serialize;

/// Why a workbook cannot be read or written, or a roster not counted.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Error {
    /// A file that is larger than any workbook of ours.
    #[error("more than {most} MiB")]
    TooLarge {
        /// Most mebibytes.
        most: usize,
    },
    /// A file that grows beyond all bounds when it is unpacked.
    #[error("more than {most} MiB when unpacked")]
    UnpacksTooLarge {
        /// Most mebibytes.
        most: u64,
    },
    /// A kind of file that is not read.
    #[error("files of kind {extension:?} are not read")]
    UnknownKind {
        /// The extension of its name.
        extension: String,
    },
    /// A file that needs a password.
    #[error("protected by a password")]
    Protected {},
    /// A file that is not what its name says, or is damaged.
    #[error("not a workbook: {detail}")]
    Unreadable {
        /// The parser's words.
        detail: String,
    },
    /// More rows than are read.
    #[error("{sheet}: more than {most} rows")]
    TooManyRows {
        /// The sheet.
        sheet: String,
        /// Most rows.
        most: u32,
    },
    /// More columns than are read.
    #[error("{sheet}: more than {most} columns")]
    TooManyColumns {
        /// The sheet.
        sheet: String,
        /// Most columns.
        most: u32,
    },
    /// A sheet of the template that is not there.
    #[error("no sheet {sheet}")]
    MissingSheet {
        /// Its name.
        sheet: String,
    },
    /// A sheet of the template that is there, but not to be seen.
    #[error("sheet {sheet} is hidden")]
    HiddenSheet {
        /// Its name.
        sheet: String,
    },
    /// A heading of the template that is not there.
    #[error("{sheet}: no heading {heading}")]
    MissingHeading {
        /// The sheet.
        sheet: String,
        /// The heading.
        heading: String,
    },
    /// A heading that stands twice.
    #[error("{cell}: {heading} stands twice")]
    DuplicateHeading {
        /// The second.
        cell: String,
        /// The heading.
        heading: String,
    },
    /// A cell with an error in place of a value.
    #[error("{cell}: {found}")]
    ErrorValue {
        /// The cell.
        cell: String,
        /// The error, such as `#REF!`.
        found: String,
    },
    /// A formula that was never calculated.
    #[error("{cell}: a formula without a value")]
    NoValue {
        /// The cell.
        cell: String,
    },
    /// A date where none is expected: the spreadsheet turned a code or a text into one.
    #[error("{cell}: turned into the date {found}")]
    DateCell {
        /// The cell.
        cell: String,
        /// The date.
        found: String,
    },
    /// A truth value or a duration where none is expected.
    #[error("{cell}: {found} is neither text nor number")]
    WrongKind {
        /// The cell.
        cell: String,
        /// What stands there.
        found: String,
    },
    /// A number with decimals where a text is expected: `1.10` may have become `1.1`.
    #[error("{cell}: the number {found} where a text is expected")]
    NumberForText {
        /// The cell.
        cell: String,
        /// The number.
        found: String,
    },
    /// A text that is not a plain number.
    #[error("{cell}: {found:?} is not a plain number")]
    NotANumber {
        /// The cell.
        cell: String,
        /// What stands there.
        found: String,
    },
    /// A number that is no short decimal, because it was calculated in binary.
    #[error("{cell}: {found} is not a short decimal")]
    Inexact {
        /// The cell.
        cell: String,
        /// The number.
        found: String,
    },
    /// Full-width digits in a number or a code.
    #[error("{cell}: {found} has full-width characters, write {suggestion}")]
    FullWidth {
        /// The cell.
        cell: String,
        /// What stands there.
        found: String,
        /// The same with half-width characters.
        suggestion: String,
    },
    /// A word that is not one of the list.
    #[error("{cell}: {found} is not one of {allowed}")]
    UnknownWord {
        /// The cell.
        cell: String,
        /// What stands there.
        found: String,
        /// The words of the list.
        allowed: String,
    },
    /// A row that continues something, and nothing stands above it.
    #[error("{cell}: belongs to nothing above it")]
    Orphan {
        /// The cell.
        cell: String,
    },
    /// A cell that contradicts another.
    #[error("{cell}: {found}, expected {expected}")]
    Contradiction {
        /// The cell.
        cell: String,
        /// What stands there.
        found: String,
        /// What follows from the others.
        expected: String,
    },
    /// A code that no row of the sheets has.
    #[error("{cell}: no code {found}")]
    UnknownCode {
        /// The cell.
        cell: String,
        /// The code.
        found: String,
    },
    /// A cell that must be blank in a row of this kind.
    #[error("{cell}: {heading} must be blank here")]
    Surplus {
        /// The cell.
        cell: String,
        /// The heading of its column.
        heading: String,
    },
    /// A cell that must be filled in, in a row of this kind.
    #[error("{cell}: {heading} is blank")]
    Blank {
        /// The cell.
        cell: String,
        /// The heading of its column.
        heading: String,
    },
    /// An indicator that begins in a row of something else, without its marks behind its name.
    #[error("{cell}: {found} names no marks")]
    NoMarks {
        /// The cell.
        cell: String,
        /// What stands there.
        found: String,
    },
    /// A text that is longer than a cell can hold.
    #[error("{cell}: more than {most} characters")]
    TextTooLong {
        /// The cell.
        cell: String,
        /// Most characters.
        most: usize,
    },
    /// A rubric that a workbook cannot say exactly.
    #[error("the workbook of {name} does not read back the same: {detail}")]
    NotExact {
        /// The rubric.
        name: String,
        /// What was found instead.
        detail: String,
    },
    /// A roster without the sheet that was asked for.
    #[error("no sheet {sheet}, but {known}")]
    NoSuchSheet {
        /// The sheet.
        sheet: String,
        /// The sheets that there are.
        known: String,
    },
    /// A roster without the heading that was asked for.
    #[error("{sheet}: no heading {heading}, but {known}")]
    NoSuchHeading {
        /// The sheet.
        sheet: String,
        /// The heading.
        heading: String,
        /// The headings that there are.
        known: String,
    },
    /// Merged cells in a roster of a kind of file that does not say which.
    #[error("merged cells")]
    MergedCells {},
    /// A document that no spreadsheet can show, such as one with cells that overlap.
    #[error("{title}: {detail}")]
    CannotPrint {
        /// Its title.
        title: String,
        /// The writer's words.
        detail: String,
    },
    /// A workbook that was not written to fill a sheet in.
    #[error("not a score book")]
    NoScoreBook {},
    /// A score book of a later program.
    #[error("score book of format {found}, known is {known}")]
    ScoreBookFormat {
        /// The format.
        found: String,
        /// The latest that is known.
        known: String,
    },
    /// A score book of another rubric or edition.
    #[error("for {found}, not {wanted}")]
    OtherRubric {
        /// Rubric, edition and digest of the workbook.
        found: String,
        /// Those of the sheet.
        wanted: String,
    },
    /// A score book of another sheet.
    #[error("for {found}, not {wanted}")]
    OtherSheet {
        /// Unit, year, stage and assessor of the workbook.
        found: String,
        /// Those of the sheet.
        wanted: String,
    },
    /// A row whose key the rubric does not have.
    #[error("{cell}: no row {found}")]
    UnknownRow {
        /// The cell of the key.
        cell: String,
        /// The key.
        found: String,
    },
    /// A row that is filled in and has no key.
    #[error("{cell}: a row without a key")]
    RowWithoutKey {
        /// The cell that is filled in.
        cell: String,
    },
    /// A row that stands twice.
    #[error("{cell}: stands at {first} already")]
    RowTwice {
        /// The cell of the second key.
        cell: String,
        /// The cell of the first.
        first: String,
    },
    /// A row whose key belongs to another row.
    #[error("{cell}: {found}, but the key is of {expected}")]
    RowMoved {
        /// The first cell of the row.
        cell: String,
        /// What stands in the row.
        found: String,
        /// What its key stands for.
        expected: String,
    },
    /// An item left open in a list that was begun.
    #[error("{cell}: left open in a list that was begun")]
    HalfFilled {
        /// The cell.
        cell: String,
    },
    /// Achievements beside the word that there are none.
    #[error("{cell}: none, but some are listed")]
    NothingButListed {
        /// The cell with the word.
        cell: String,
    },
    /// A number with decimals, or a negative one, where something is counted.
    #[error("{cell}: {found} is no count")]
    NotWhole {
        /// The cell.
        cell: String,
        /// The number.
        found: String,
    },
    /// A date that cannot be read.
    #[error("{cell}: {found:?} is not a date")]
    BadDate {
        /// The cell.
        cell: String,
        /// What stands there.
        found: String,
    },
    /// A date of birth without its day, in the very month that decides.
    #[error("{cell}: {found} has no day, and the day decides")]
    UnclearAge {
        /// The cell.
        cell: String,
        /// What stands there.
        found: String,
    },
    /// Ages without the day on which they are counted, or with one that does not exist.
    #[error("ages need a reference date")]
    NoReferenceDate {},
    /// A filter by a number whose value is none.
    #[error("{heading}: {found:?} is not a plain number")]
    BadFilter {
        /// The heading.
        heading: String,
        /// The value.
        found: String,
    },
}

impl Error {
    /// The cell that is at fault, for faults of single cells.
    #[must_use]
    pub fn cell(&self) -> Option<&str> {
        match self {
            Self::DuplicateHeading { cell, .. }
            | Self::ErrorValue { cell, .. }
            | Self::NoValue { cell, .. }
            | Self::DateCell { cell, .. }
            | Self::WrongKind { cell, .. }
            | Self::NumberForText { cell, .. }
            | Self::NotANumber { cell, .. }
            | Self::Inexact { cell, .. }
            | Self::FullWidth { cell, .. }
            | Self::UnknownWord { cell, .. }
            | Self::Orphan { cell, .. }
            | Self::Contradiction { cell, .. }
            | Self::UnknownCode { cell, .. }
            | Self::Surplus { cell, .. }
            | Self::Blank { cell, .. }
            | Self::NoMarks { cell, .. }
            | Self::TextTooLong { cell, .. }
            | Self::UnknownRow { cell, .. }
            | Self::RowWithoutKey { cell, .. }
            | Self::RowTwice { cell, .. }
            | Self::RowMoved { cell, .. }
            | Self::HalfFilled { cell, .. }
            | Self::NothingButListed { cell, .. }
            | Self::NotWhole { cell, .. }
            | Self::BadDate { cell, .. }
            | Self::UnclearAge { cell, .. } => Some(cell),
            _ => None,
        }
    }
}

/// A fault of a workbook, or of the rubric that its cells make up.
#[derive(Clone, Debug, PartialEq)]
pub enum CellFault {
    /// Of the workbook.
    Book(Error),
    /// Of the rubric.
    Rubric {
        /// The cell.
        cell: String,
        /// For a code that stands twice, the cell of the first.
        first: Option<String>,
        /// What is wrong there; keys are the headings of the columns.
        fault: rubric::error::Fault,
    },
}

impl From<Error> for CellFault {
    fn from(error: Error) -> Self {
        Self::Book(error)
    }
}
