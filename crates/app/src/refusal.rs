//! What the use cases themselves refuse.

use crate::problem::Failure;
use serde::Serialize;

/// Refusals of the use cases.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Refusal {
    /// No rubric has this id, and no file has this name.
    #[error("no rubric {rubric}")]
    UnknownRubric {
        /// What was given.
        rubric: String,
        /// The rubrics that there are.
        known: String,
    },
    /// A rubric file cannot be read from the disk.
    #[error("{path}: {detail}")]
    FileUnreadable {
        /// The file.
        path: String,
        /// The system's words.
        detail: String,
    },
    /// The input of an assessment cannot be read.
    #[error("{path}: {detail}")]
    BadInput {
        /// The file.
        path: String,
        /// What is wrong, with line and column.
        detail: String,
    },
    /// A finding in the input does not fit the point's rule or the condition.
    #[error("{point}: {found}")]
    BadFinding {
        /// The point or condition.
        point: String,
        /// What was given.
        found: String,
        /// What fits.
        expected: String,
    },
    /// The rubric has no adjustment of this name.
    #[error("no adjustment {name}")]
    UnknownAdjustment {
        /// What was given.
        name: String,
        /// The rubric.
        rubric: String,
    },
    /// The rubric has no conversion of this name.
    #[error("no conversion {name}")]
    UnknownConversion {
        /// What was given.
        name: String,
        /// The rubric.
        rubric: String,
        /// The conversions that it has.
        known: String,
    },
    /// A quantity that a conversion does not cover.
    #[error("{name}: {found}")]
    NotConverted {
        /// The conversion.
        name: String,
        /// What was given.
        found: String,
        /// The quantity.
        of: String,
        /// The sentence of the conversion.
        sentence: String,
    },
    /// The same assessor has a sheet of this stage for this unit and year.
    #[error("{assessor} has sheet {sheet}")]
    SheetExists {
        /// The unit.
        unit: String,
        /// The year.
        year: i32,
        /// The assessor.
        assessor: String,
        /// The sheet that there is.
        sheet: String,
    },
    /// A sheet was to be corrected that was finalised, signed or imported.
    #[error("sheet {sheet} cannot be corrected")]
    CorrectLocked {
        /// Its unit.
        unit: String,
        /// The sheet.
        sheet: String,
    },
    /// A sheet was to go to another unit or year, and evidence or texts belong to its assessment.
    #[error("the assessment of {unit} {year} holds more than sheets")]
    CorrectHeld {
        /// The unit that it has.
        unit: String,
        /// The year that it has.
        year: i32,
        /// The unit and year that were wanted.
        wanted: String,
    },
    /// A sheet was to be removed that was finalised, signed or imported.
    #[error("sheet {sheet} cannot be removed")]
    NotRemovable {
        /// Its unit.
        unit: String,
        /// The sheet.
        sheet: String,
    },
    /// A package is not where it was.
    #[error("{path} is gone")]
    ParcelGone {
        /// Where it was.
        path: String,
    },
    /// The list has no problem of this id.
    #[error("no problem {problem}")]
    UnknownProblem {
        /// What was given.
        problem: String,
        /// The unit.
        unit: String,
    },
    /// A problem would refer to too many pieces of evidence.
    #[error("{count} pieces, at most {most}")]
    TooManyPieces {
        /// How many.
        count: usize,
        /// The most.
        most: usize,
    },
    /// A sheet was to start from one of another unit.
    #[error("sheet {sheet} is of {other}")]
    OtherUnit {
        /// The sheet to start from.
        sheet: String,
        /// Its unit.
        other: String,
        /// The unit of the new sheet.
        unit: String,
    },
    /// A finalised or signed sheet was to be brought to another edition.
    #[error("sheet {sheet} is finalised")]
    MigrateLocked {
        /// The sheet.
        sheet: String,
        /// Its unit.
        unit: String,
    },
    /// A sheet was to be brought to the edition that it has.
    #[error("sheet {sheet} is under {rubric} {edition}")]
    SameEdition {
        /// The sheet.
        sheet: String,
        /// The rubric.
        rubric: String,
        /// Its edition.
        edition: String,
    },
    /// A page for a point that a piece does not support.
    #[error("{name} does not support {point}")]
    NotLinked {
        /// The piece.
        name: String,
        /// The point.
        point: String,
    },
    /// A file that would be overwritten.
    #[error("{path} exists")]
    FileExists {
        /// The file.
        path: String,
    },
    /// What was to be written as a picture is none.
    #[error("{path}: {detail}")]
    NoPicture {
        /// The file that was to be written.
        path: String,
        /// What is wrong with it.
        detail: String,
    },
    /// A file is neither a package nor a PDF.
    #[error("{path} is no package and no PDF")]
    UnknownFileKind {
        /// The file.
        path: String,
    },
    /// A package was not sound and nothing was imported.
    #[error("{path}: {verdict}: {detail}")]
    NotImported {
        /// The file.
        path: String,
        /// What is wrong with it, in words.
        verdict: String,
        /// The first flaw, in words.
        detail: String,
        /// What to do about that flaw.
        todo: String,
    },
    /// A masked copy was to be imported as if it were the original.
    #[error("{path} is a masked copy")]
    MaskedNotImported {
        /// The file.
        path: String,
    },
    /// A package that is not sound was to be signed.
    #[error("{path}: {verdict}: {detail}")]
    NotCountersigned {
        /// The file.
        path: String,
        /// What is wrong with it, in words.
        verdict: String,
        /// The first flaw, in words.
        detail: String,
    },
    /// An encrypted package was to be signed, and nobody was named to encrypt it to again.
    #[error("{path} is encrypted")]
    CountersignSealed {
        /// The file.
        path: String,
    },
    /// A PDF was given where a package is to be signed.
    #[error("{path} is a PDF")]
    PdfNotCountersigned {
        /// The file.
        path: String,
    },
    /// A PDF was given where a package is needed.
    #[error("{path} is a PDF")]
    PdfNotImported {
        /// The file.
        path: String,
    },
    /// A receipt was given where a package is needed.
    #[error("{path} is a receipt")]
    ReceiptNotImported {
        /// The file.
        path: String,
    },
    /// A receipt was asked for a package that was not taken in here.
    #[error("no package {parcel} was taken in")]
    NoArrival {
        /// The number that was given.
        parcel: u32,
    },
    /// A file is no receipt.
    #[error("{path} is no receipt: {detail}")]
    NoReceipt {
        /// The file.
        path: String,
        /// What does not fit.
        detail: String,
    },
    /// A receipt was changed after it was signed.
    #[error("{path} was changed after signing: {detail}")]
    ReceiptForged {
        /// The file.
        path: String,
        /// Which check failed.
        detail: String,
    },
    /// A receipt names no sheet of this workspace.
    #[error("{path} is for {unit} {year}, of which nothing is here")]
    ReceiptForeign {
        /// The file.
        path: String,
        /// The unit that it names.
        unit: String,
        /// The year.
        year: i32,
    },
    /// One name was given for several files.
    #[error("one name for {count} files")]
    NameForSeveral {
        /// How many files.
        count: usize,
    },
    /// One verification report was asked for several files.
    #[error("one report for {count} files")]
    ReportOfSeveral {
        /// How many files.
        count: usize,
    },
    /// A code was given twice in one call.
    #[error("{point} was given twice")]
    GivenTwice {
        /// The code.
        point: String,
    },
    /// A package holds something that does not fit together.
    #[error("{path}: {detail}")]
    BadPackage {
        /// The file.
        path: String,
        /// What is wrong.
        detail: String,
    },
    /// A PDF without a signature.
    #[error("{path} is not signed")]
    PdfUnsigned {
        /// The file.
        path: String,
    },
    /// A PDF that was changed after it was signed.
    #[error("{path} was changed after signing: {detail}")]
    PdfForged {
        /// The file.
        path: String,
        /// Which check failed.
        detail: String,
    },
    /// A PDF that is not whole.
    #[error("{path} is damaged: {detail}")]
    PdfDamaged {
        /// The file.
        path: String,
        /// Which check failed.
        detail: String,
    },
    /// A name has a character that no font can print.
    #[error("{field}: {code_point} cannot be printed")]
    Unprintable {
        /// Which name.
        field: String,
        /// The character.
        character: String,
        /// Its number.
        code_point: String,
    },
    /// A piece of evidence that a finalised sheet rests on was to be changed.
    #[error("{item} belongs to sheet {sheet}")]
    EvidenceHeld {
        /// The piece.
        item: String,
        /// The sheet.
        sheet: String,
        /// Its assessor.
        assessor: String,
    },
    /// A verdict was to be given on what an expert brought.
    #[error("{name} is an expert's own")]
    OwnEvidence {
        /// Name in the catalogue.
        name: String,
    },
    /// What one expert brought was to be changed by another.
    #[error("{name} belongs to {expert}")]
    OthersEvidence {
        /// Name in the catalogue.
        name: String,
        /// The expert.
        expert: String,
    },
    /// A piece was to be read as a note of an interview and is none.
    #[error("{name} is no note of an interview")]
    NoInterview {
        /// Name in the catalogue.
        name: String,
    },
    /// Evidence to be exported is missing or changed.
    #[error("{name} is {state}")]
    EvidenceDamaged {
        /// Name in the catalogue.
        name: String,
        /// Missing or changed, in words.
        state: String,
        /// How many in all.
        count: usize,
    },
    /// A piece of evidence is missing or changed.
    #[error("{path}: {name} is {state}")]
    EvidenceWanting {
        /// Name in the catalogue.
        name: String,
        /// Missing or changed, in words.
        state: String,
        /// Its file.
        path: String,
    },
    /// The result that was written does not verify.
    #[error("{path} does not verify: {verdict}")]
    ExportUnsound {
        /// The file.
        path: String,
        /// The verdict.
        verdict: String,
    },
    /// A file or folder cannot be written.
    #[error("{path}: {detail}")]
    CannotWrite {
        /// Where.
        path: String,
        /// The system's words.
        detail: String,
    },
    /// The system has no program for a file, or it cannot be started.
    #[error("{path}: {detail}")]
    CannotOpen {
        /// The file.
        path: String,
        /// The system's words.
        detail: String,
    },
    /// A file that can run as a program is not opened unasked.
    #[error("{name} can run as a program")]
    Executable {
        /// The file.
        name: String,
    },
    /// An office file with macros is not opened unasked.
    #[error("{name} has macros")]
    HasMacros {
        /// The file.
        name: String,
    },
    /// The outline of what can be written has no such document.
    #[error("no document {place}")]
    UnknownPlace {
        /// What was given.
        place: String,
        /// The documents that there are.
        known: String,
    },
    /// A document has no such part.
    #[error("no part {part} in {place}")]
    UnknownPart {
        /// The document.
        place: String,
        /// What was given.
        part: String,
        /// The parts that it has.
        known: String,
    },
    /// A text is longer than allowed.
    #[error("{place} has {count} characters, at most {most}")]
    TextTooLong {
        /// The document and part.
        place: String,
        /// Its length in characters.
        count: usize,
        /// The most.
        most: usize,
    },
    /// The texts and the schedule of an assessment were to be changed by a sheet of another machine.
    #[error("the sheet of {assessor} came from another machine")]
    WritingImported {
        /// The unit.
        unit: String,
        /// The assessor.
        assessor: String,
    },
    /// A file with texts cannot be read as such.
    #[error("{path}: {detail}")]
    BadTexts {
        /// The file.
        path: String,
        /// What is wrong.
        detail: String,
    },
    /// A schedule has more lines than allowed.
    #[error("{count} lines, at most {most}")]
    ScheduleTooLong {
        /// How many lines.
        count: usize,
        /// The most.
        most: usize,
    },
    /// A cell of a schedule is too long or has control characters.
    #[error("line {line}, {column}")]
    ScheduleCell {
        /// The line, from 1.
        line: usize,
        /// The column.
        column: String,
        /// What is wrong.
        unfit: assessment::Unfit,
        /// How long it is, in characters.
        count: usize,
        /// Longest accepted, in characters.
        most: usize,
    },
    /// A file with a schedule cannot be read as such.
    #[error("{path}: {detail}")]
    BadSchedule {
        /// The file.
        path: String,
        /// What is wrong.
        detail: String,
    },
    /// A schedule has no line of this number.
    #[error("no line {line}")]
    NoScheduleLine {
        /// What was given.
        line: usize,
        /// How many lines there are.
        count: usize,
    },
    /// A workbook is another than the one whose changes were shown.
    #[error("{path} was changed since it was shown")]
    ScoreBookChanged {
        /// The file.
        path: String,
    },
    /// The window's own state was lost by a defect; the data is safe.
    #[error("defect: {detail}")]
    Defect {
        /// What happened.
        detail: String,
    },
}

impl From<assessment::input::Refused> for Failure {
    fn from(refused: assessment::input::Refused) -> Self {
        use assessment::input::Refused;
        match refused {
            Refused::Mark(error) => error.into(),
            Refused::BadFinding { point, found, expected } => Refusal::BadFinding { point, found, expected }.into(),
            Refused::UnknownAdjustment { name, rubric } => Refusal::UnknownAdjustment { name, rubric }.into(),
        }
    }
}
