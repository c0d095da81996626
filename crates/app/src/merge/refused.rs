//! What merging refuses, and what it points out.

use serde::Serialize;

/// Refusals of merging.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Refused {
    /// No file was named, or the folders have none.
    #[error("no files")]
    NothingGiven {},
    /// Too many files.
    #[error("more than {most} files")]
    TooMany {
        /// The most.
        most: usize,
    },
    /// Folders lie too deep in one another.
    #[error("{path}: deeper than {most}")]
    FolderDeep {
        /// The folder.
        path: String,
        /// How deep they may lie.
        most: usize,
    },
    /// A folder cannot be read.
    #[error("{path}: {detail}")]
    FolderUnreadable {
        /// The folder.
        path: String,
        /// The system's words.
        detail: String,
    },
    /// The person stopped it.
    #[error("stopped")]
    Stopped {},
    /// A workbook belongs to a sheet of a workspace.
    #[error("{path} is a workbook")]
    WorkbookAlone {
        /// The file.
        path: String,
    },
    /// An archive, in which packages may be.
    #[error("{path} is an archive")]
    Archive {
        /// The file.
        path: String,
    },
    /// A file of a kind that is not taken.
    #[error("{path} is of no kind that is taken")]
    Stray {
        /// The file.
        path: String,
    },
    /// A merged record with neither contents nor decisions.
    #[error("{path} holds nothing")]
    RecordEmpty {
        /// The file.
        path: String,
    },
    /// What is being written here is not replaced by a file.
    #[error("the sheet of {unit} is being written")]
    BeingWritten {
        /// The unit.
        unit: String,
    },
    /// Two contents claim one place.
    #[error("{unit} {assessor} r{revision} has several contents")]
    Contended {
        /// The unit.
        unit: String,
        /// The assessor.
        assessor: String,
        /// The revision that arrives.
        revision: u32,
    },
    /// The files or what is there are not as they were shown.
    #[error("not what was shown")]
    InboxChanged {},
    /// There is no such run.
    #[error("no run {run}")]
    UnknownRun {
        /// What was given.
        run: u32,
    },
    /// A run that was undone before.
    #[error("run {run} is undone")]
    UndoneAlready {
        /// The run.
        run: u32,
    },
    /// Something was built on what a run brought.
    #[error("built on run {run}: {part}{about}")]
    BuiltOn {
        /// The run.
        run: u32,
        /// What was built on, as a word.
        part: String,
        /// The unit that it is about, in brackets; empty where it is about none.
        about: String,
        /// What to do about it, as a word.
        fault: String,
        /// The later run that did; 0 where it was none.
        later: i64,
    },
    /// Nobody said that this person's decisions are to be taken.
    #[error("decision of {name} ({organisation}), which nobody chose to take")]
    DeciderNotChosen {
        /// Who decided.
        name: String,
        /// Of which organisation.
        organisation: String,
    },
    /// A decision without a reason.
    #[error("no reason")]
    ReasonMissing {},
    /// There is nothing to decide about a sheet.
    #[error("no conflict about {sheet}")]
    NoConflict {
        /// What was given.
        sheet: String,
    },
    /// None or several of the contents are meant.
    #[error("no side {given} among {sides}")]
    NoSuchSide {
        /// What was given.
        given: String,
        /// The beginnings of their digests.
        sides: String,
    },
    /// A workbook of a sheet that is locked here.
    #[error("the sheet of {assessor} for {unit} is locked")]
    BookLocked {
        /// The unit.
        unit: String,
        /// The assessor.
        assessor: String,
    },
    /// A workbook that belongs to no draft here.
    #[error("no draft of {assessor} for {unit}")]
    BookUnmatched {
        /// The unit.
        unit: String,
        /// The assessor.
        assessor: String,
    },
    /// A workbook of a rubric that is not here.
    #[error("{path} is of {edition}")]
    BookOfOtherEdition {
        /// The file.
        path: String,
        /// Identifier and edition.
        edition: String,
    },
    /// A mark in place of another that the rules do not allow, or without a content that counts.
    #[error("marks without a side")]
    MarksWithoutSide {},
    /// Neither a content nor that all go back was given.
    #[error("nothing chosen")]
    NothingChosen {},
    /// Two names that are the same.
    #[error("{name} is {name}")]
    SameName {
        /// The name.
        name: String,
    },
    /// None or several decisions are meant.
    #[error("no decision {given}")]
    UnknownDecision {
        /// What was given.
        given: String,
    },
    /// A merged record that does not hold together.
    #[error("{path}:{line}: {detail}")]
    BadRecord {
        /// The file.
        path: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        detail: String,
    },
    /// A merged record of a newer program.
    #[error("{path}: format {found}")]
    NewerRecord {
        /// The file.
        path: String,
        /// Its format.
        found: u32,
    },
}

/// Something that a person should look at; nothing is decided by it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum Hint {
    /// An expert scored the unit that they belong to.
    OwnUnit { assessor: String, unit: String },
    /// It was signed before it was finalised, or in the future: clocks differ.
    ClocksDiffer { signed: String, other: String },
    /// Nobody who signed has the assessor's name.
    SignedByOther { assessor: String, signers: String },
    /// Other sheets of this unit and year have another edition.
    OtherEdition { here: String, there: String },
    /// A unit that nothing here is about.
    UnknownUnit { unit: String },
    /// Two units may be one.
    AlikeUnits { one: String, other: String },
    /// One name, two organisations or two keys.
    AlikeAssessors { name: String, one: String, other: String },
    /// One assessor has two sheets of one unit, year and stage.
    TwoSheets { assessor: String, unit: String },
    /// A workbook has no signature: it only fills a draft.
    UnsignedDraft {},
    /// The content was there; these signed it as well.
    Countersigned { names: String },
    /// It came in a merged record, which has neither the list of problems nor the files of evidence of its package.
    OfRecord {},
}
