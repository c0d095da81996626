//! Merging: what files are to the record, and what became of them.

use super::{DecisionKind, Stage};
use crate::problem::Problem;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::path::Path;

super::views! {
    /// What a sheet in a file is to what is there.
    pub enum MergeState {
        /// No revision of the sheet was there.
        Added,
        /// A later revision of a sheet.
        Updated,
        /// What a person decided elsewhere, and nobody here knew yet.
        Decision,
        /// It is there already, byte for byte.
        Same,
        /// An earlier revision than the one that counts; it is kept in the record.
        Older,
        /// Another content claims the same place: a person decides.
        Conflicting,
        /// Scored under another edition of the rubric than other sheets of the unit and year.
        OtherEdition,
        /// A person decided that it does not count.
        Rejected,
        /// The signer is not known, was revoked, or signed out of term.
        Untrusted,
        /// The file is damaged or was changed.
        Damaged,
        /// It cannot be taken in, for the reason that is given.
        Refused,
    }

    /// Something to look at; nothing was decided by it.
    pub struct MergeHint {
        /// Its code, such as `own-unit`.
        pub code: String,
        /// In words.
        pub text: String,
        /// Names that may be one, where that can be recorded.
        #[serde(default)]
        pub alias: Option<AliasPair>,
    }

    /// What a name is of.
    #[derive(Copy, Eq)]
    pub enum AliasKind {
        /// Of a unit.
        Unit,
        /// Of an assessor.
        Assessor,
    }

    /// A name as it is written.
    pub struct Named {
        /// The name.
        pub name: String,
        /// The person's organisation; empty for a unit.
        pub organisation: String,
    }

    /// Two names that may be one.
    pub struct AliasPair {
        /// Of what.
        pub about: AliasKind,
        /// The one.
        pub one: Named,
        /// The other.
        pub other: Named,
    }

    /// A sheet in a file, or a file of which nothing was taken.
    pub struct MergeRow {
        /// The file.
        pub path: String,
        /// What it is to what is there.
        pub state: MergeState,
        /// Identifier of the sheet; empty where nothing could be read.
        pub sheet: String,
        /// Digest of the content.
        pub digest: String,
        /// The unit.
        pub unit: String,
        /// The year; 0 where nothing could be read.
        pub year: i32,
        /// The stage.
        pub stage: Option<Stage>,
        /// The assessor.
        pub assessor: String,
        /// The assessor's organisation.
        pub organisation: String,
        /// From 1; 0 where nothing could be read.
        pub revision: u32,
        /// The total.
        pub total: String,
        /// Who signed.
        pub signers: String,
        /// What to look at.
        pub hints: Vec<MergeHint>,
        /// Why it was not taken.
        pub problem: Option<Problem>,
        /// What a person decided; none for a sheet.
        #[serde(default)]
        pub decision: Option<ArrivedDecision>,
    }

    /// A decision in a file.
    pub struct ArrivedDecision {
        /// About what.
        pub kind: DecisionKind,
        /// In words.
        pub text: String,
        /// Why.
        pub reason: String,
        /// Who, with the organisation.
        pub by: String,
        /// When, local time.
        pub at: String,
        /// What it does to what is here.
        pub effect: String,
    }

    /// How many rows have a state.
    pub struct MergeCount {
        /// The state.
        pub state: MergeState,
        /// How many.
        pub count: u32,
    }

    /// What merging files came to.
    pub struct MergeReport {
        /// The merged record.
        pub record: String,
        /// The log as a table.
        pub log: String,
        /// SHA-256 of the record: the same files in any order give the same.
        pub digest: String,
        /// How many files were looked at.
        pub files: u32,
        /// How many sheets the record holds.
        pub sheets: u32,
        /// How many of them wait for a decision.
        pub conflicts: u32,
        /// What the sheets and files were, those with none left out.
        pub counts: Vec<MergeCount>,
        /// Every sheet in every file.
        pub rows: Vec<MergeRow>,
        /// What concerns the record as a whole, such as units whose names may be one.
        pub hints: Vec<MergeHint>,
    }

    /// A mark that would change.
    pub struct InboxChange {
        /// Code of the point or adjustment.
        pub code: String,
        /// The mark that counts now; none where there is none.
        pub from: Option<String>,
        /// The mark that arrives.
        pub to: Option<String>,
    }

    /// A sheet in the inbox.
    pub struct InboxRow {
        /// What it is.
        pub sheet: MergeRow,
        /// Name of the file.
        pub file: String,
        /// Whether it is taken in with the others that are sound.
        pub sound: bool,
        /// It is taken in once somebody has compared who signed it.
        pub acceptable: bool,
        /// A person has to decide between this content and another.
        pub decidable: bool,
        /// A workbook: it is taken in as a draft that nobody signed.
        pub draft: bool,
        /// The total that counts now, where there is one.
        pub before: Option<String>,
        /// The revision that counts now; 0 where there is none.
        pub before_revision: u32,
        /// How many marks would change, or cells of a workbook.
        pub changed: u32,
        /// How many points have a mark.
        pub points: u32,
        /// Who vouches for the signers, in words.
        pub signed: String,
    }

    /// What lies in the inbox, compared with what is there. Nothing was changed.
    pub struct InboxView {
        /// Names this view: what is taken in is what was shown.
        pub digest: String,
        /// How many files were looked at.
        pub files: u32,
        /// How many other files the folders hold, which were not looked at.
        pub others: u32,
        /// How many sheets would be taken in.
        pub sound: u32,
        /// What the sheets and files are, those with none left out.
        pub counts: Vec<MergeCount>,
        /// Every sheet in every file.
        pub rows: Vec<InboxRow>,
        /// What concerns several of them.
        pub hints: Vec<MergeHint>,
    }

    /// A run of taking files in.
    pub struct ImportRun {
        /// Its number.
        pub id: u32,
        /// When, local time.
        pub at: String,
        /// How many files were given.
        pub files: u32,
        /// What became of them, those with none left out.
        pub counts: Vec<MergeCount>,
        /// When it was undone, local time.
        pub undone_at: Option<String>,
    }
}

impl MergeRow {
    /// A file, or a line of one, that is about no sheet as a whole.
    pub(crate) fn of_no_sheet(path: &Path, state: MergeState) -> Self {
        Self {
            path: path.display().to_string(),
            state,
            sheet: String::new(),
            digest: String::new(),
            unit: String::new(),
            year: 0,
            stage: None,
            assessor: String::new(),
            organisation: String::new(),
            revision: 0,
            total: String::new(),
            signers: String::new(),
            hints: Vec::new(),
            problem: None,
            decision: None,
        }
    }
}
