//! The start page and the rubric library.

use super::{IdentityView, ImportResult, SheetPhase, Stage, Verdict};
use crate::problem::Language;
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// The start page.
    pub struct Home {
        /// The workspace folder.
        pub workspace: String,
        /// Language of problems and documents.
        pub language: Language,
        /// All sheets, the latest change first.
        pub sheets: Vec<SheetSummary>,
        /// The rubrics that ship.
        pub rubrics: Vec<RubricSummary>,
        /// Identities of this machine.
        pub identities: Vec<IdentityView>,
        /// What the workspace's owner does in assessments; none until it was asked.
        pub role: Option<Role>,
        /// Packages that were written and taken in, the latest first.
        pub parcels: Vec<ParcelView>,
        /// Sheets that were taken off the list, the latest first.
        pub removed: Vec<RemovedSheet>,
        /// What there is to say after a window that was ended by force.
        pub recovered: Option<Recovered>,
    }

    /// What a person does in assessments. Changes the order of the start page and what a new sheet begins with.
    pub enum Role {
        /// 自评单位
        Unit,
        /// 专家
        Expert,
        /// 评估办公室
        Office,
    }

    /// Whether a package's file is where it was.
    pub enum ParcelState {
        /// There, with its size.
        Present,
        /// There, with another size.
        Changed,
        /// Not there.
        Gone,
    }

    /// A package that was written or taken in.
    pub struct ParcelView {
        /// Its number.
        pub id: u32,
        /// When, local time.
        pub at: String,
        /// Taken in, not written.
        pub imported: bool,
        /// Where the file was.
        pub path: String,
        /// Name of the file.
        pub name: String,
        /// Its size, as people read it.
        pub size: String,
        /// The unit.
        pub unit: String,
        /// The year.
        pub year: i32,
        /// The assessors of its sheets.
        pub assessors: String,
        /// What verification said then.
        pub verdict: Verdict,
        /// What happened to its sheets, for one that was taken in.
        pub results: Vec<ParcelCount>,
        /// Whether the file is there now.
        pub state: ParcelState,
        /// For one that was written: when what is in it arrived, local time, as the first receipt says.
        pub arrived: Option<String>,
        /// Whether a receipt can be given for it.
        pub receipt: bool,
    }

    /// How many sheets of a package had one result.
    pub struct ParcelCount {
        /// The result.
        pub result: ImportResult,
        /// How many; at least one.
        pub count: u32,
    }

    /// A sheet that was taken off the list.
    pub struct RemovedSheet {
        /// Its identifier.
        pub id: String,
        /// The unit.
        pub unit: String,
        /// The year.
        pub year: i32,
        /// The stage.
        pub stage: Stage,
        /// The assessor.
        pub assessor: String,
        /// When it was removed, local time.
        pub at: String,
    }

    /// A window was ended by force after something was written.
    pub struct Recovered {
        /// Everything up to this local time is there.
        pub at: String,
        /// The sheet that was changed last.
        pub sheet: Option<String>,
    }

    /// Whose sheet it is, to be corrected.
    pub struct SheetFacts {
        /// The unit.
        pub unit: String,
        /// The year.
        pub year: i32,
        /// The stage.
        pub stage: Stage,
        /// The assessor.
        pub assessor: String,
        /// The assessor's organisation.
        pub organisation: String,
    }

    /// A sheet in the list.
    pub struct SheetSummary {
        /// Its identifier.
        pub id: String,
        /// The rubric's identifier.
        pub rubric: String,
        /// The rubric's title.
        pub rubric_title: String,
        /// The rubric's edition.
        pub edition: String,
        /// Whether it belongs to the sample.
        pub sample: bool,
        /// Whether unit, year, stage and assessor can be corrected.
        pub correctable: bool,
        /// Whether it can be taken off the list.
        pub removable: bool,
        /// Other sheets of the same unit and year under the same rubric.
        pub siblings: u32,
        /// The unit.
        pub unit: String,
        /// The year.
        pub year: i32,
        /// The stage.
        pub stage: Stage,
        /// The assessor.
        pub assessor: String,
        /// The assessor's organisation.
        pub organisation: String,
        /// From 1.
        pub revision: u32,
        /// The phase.
        pub phase: SheetPhase,
        /// Points with a mark.
        pub scored: u32,
        /// Points in all.
        pub points: u32,
        /// Points with a mark but without evidence.
        pub missing_evidence: u32,
        /// Marks so far.
        pub total: String,
        /// Full marks.
        pub max: String,
        /// The grade, once complete.
        pub grade: Option<String>,
        /// Whether the grade is the worst one.
        pub grade_failing: bool,
        /// Last change, local time.
        pub changed_at: String,
        /// Code of the point that was changed last.
        pub last_point: Option<String>,
        /// Its title.
        pub last_point_title: Option<String>,
    }

    /// What a new sheet needs.
    pub struct NewSheet {
        /// Identifier of a rubric that ships, or path of a rubric file.
        pub rubric: String,
        /// The unit.
        pub unit: String,
        /// The year.
        pub year: i32,
        /// The stage.
        pub stage: Stage,
        /// The assessor.
        pub assessor: String,
        /// The assessor's organisation.
        pub organisation: String,
    }

    /// A rubric in the library.
    pub struct RubricSummary {
        /// Its identifier.
        pub id: String,
        /// Its edition.
        pub edition: String,
        /// Its title.
        pub title: String,
        /// Its title in English.
        pub title_en: String,
        /// SHA-256 of its file.
        pub digest: String,
        /// Full marks.
        pub total: String,
        /// Every mark is a multiple of this.
        pub step: String,
        /// Number of indicators by level, level 1 first.
        pub indicators: Vec<u32>,
        /// Number of points.
        pub points: u32,
        /// Where it comes from.
        pub source: String,
        /// Whether it is a conformance checklist.
        pub checklist: bool,
        /// The rubric that a local edition was derived from, in one line.
        pub parent: Option<String>,
    }
}
