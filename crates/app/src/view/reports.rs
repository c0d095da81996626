//! The reports of an office, from a panel's results.

use super::{DocumentFormat, DocumentOptions, DocumentView};
use crate::problem::Problem;
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// Which report is meant.
    pub struct ReportName {
        /// Its name.
        pub report: String,
        /// The unit that it is about; none for a report about all of them.
        pub unit: Option<String>,
    }

    /// A report that can be made.
    pub struct ReportView {
        /// What it is called, its formats, and whether it can be made now.
        pub document: DocumentView,
        /// Whether it is about one unit.
        pub by_unit: bool,
    }

    /// A unit of a panel, for choosing.
    pub struct ReportUnit {
        /// Its name.
        pub unit: String,
        /// Its place; none without a result.
        pub rank: Option<u32>,
        /// Its total; none without a result.
        pub total: Option<String>,
    }

    /// The reports of a panel.
    pub struct ReportsView {
        /// The units, by their places.
        pub units: Vec<ReportUnit>,
        /// The unit that reports about one unit are about; none where there is no unit.
        pub unit: Option<String>,
        /// The reports.
        pub reports: Vec<ReportView>,
    }

    /// How a text is written.
    #[derive(Eq)]
    pub enum ReportTextForm {
        /// One line.
        Line,
        /// Paragraphs.
        Prose,
        /// A day.
        Day,
    }

    /// A text of reports that a person may write in place of the draft.
    pub struct ReportText {
        /// Where it stands, such as `opinion.strengths`.
        pub place: String,
        /// The report; empty for what several reports share.
        pub report: String,
        /// Its title.
        pub title: String,
        /// How it is written.
        pub form: ReportTextForm,
        /// Whether each unit has its own.
        pub by_unit: bool,
        /// What follows from the data.
        pub draft: String,
        /// What stands in the report: what was written, else the draft.
        pub text: String,
        /// When it was written, local time; none while the draft stands.
        pub saved_at: Option<String>,
        /// Whether the data gave another draft when it was written.
        pub stale: bool,
    }

    /// What to make for all units.
    pub struct ReportRunInput {
        /// The folder.
        pub directory: String,
        /// The reports; all of them without names.
        pub reports: Vec<String>,
        /// The formats; of each report those that it is made in.
        pub formats: Vec<DocumentFormat>,
        /// Whether files that are there are overwritten.
        pub replace: bool,
        /// How they are made.
        pub options: DocumentOptions,
    }

    /// What became of one file of a run.
    pub struct ReportMade {
        /// The unit; empty for what is about all of them.
        pub unit: String,
        /// The report's title.
        pub report: String,
        /// The file, below the folder of the run.
        pub file: String,
        /// Its size in words; empty when it was not made.
        pub size: String,
        /// Why it was not made.
        pub problem: Option<Problem>,
    }

    /// What a run made.
    pub struct ReportRun {
        /// The folder.
        pub directory: String,
        /// The log's file.
        pub log: String,
        /// Files that were written.
        pub made: u32,
        /// Files that were not.
        pub failed: u32,
        /// Whether the person stopped it before everything was made.
        pub stopped: bool,
        /// Every file in the order of the work.
        pub files: Vec<ReportMade>,
    }
}
