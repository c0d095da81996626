//! The start page and the rubric library.

use super::{IdentityView, SheetPhase, Stage};
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
    }

    /// A sheet in the list.
    pub struct SheetSummary {
        /// Its identifier.
        pub id: String,
        /// The rubric's identifier.
        pub rubric: String,
        /// The rubric's title.
        pub rubric_title: String,
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
