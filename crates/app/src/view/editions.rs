//! Editions of a rubric: comparing, adapting, going over.

use super::{RecordedEntry, RubricSummary};
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// What a local edition may change.
    pub struct LocalView {
        /// Grade lines.
        pub grades: bool,
        /// Full marks of points.
        pub weights: bool,
        /// The sentence that permits it.
        pub sentence: String,
    }

    /// What differs between two rubrics.
    pub struct RubricDiff {
        /// The one.
        pub old: RubricSummary,
        /// The other.
        pub new: RubricSummary,
        /// Whether they say the same, comments and layout of the files aside.
        pub same: bool,
        /// How many differences, in words.
        pub text: String,
        /// By kind, what is gone first.
        pub changes: Vec<ChangeView>,
    }

    /// One difference.
    pub struct ChangeView {
        /// `added`, `removed`, `renumbered`, `changed` or `reordered`.
        pub change: String,
        /// What it is about, such as `point`.
        pub kind: String,
        /// Code, name or number; the new one where it changed.
        pub name: String,
        /// Title or text.
        pub title: String,
        /// The key that changed, or a path such as `parts.1.bands.2.from`.
        pub field: Option<String>,
        /// The old value; absent where there was none.
        pub old: Option<String>,
        /// The new value; absent where there is none.
        pub new: Option<String>,
        /// All of it in words.
        pub text: String,
    }

    /// What became of a draft under another edition.
    pub struct MigrationReport {
        /// The new sheet; the old one stays as it was.
        pub sheet: String,
        /// The edition that it is under.
        pub rubric: RubricSummary,
        /// Points, indicators and adjustments whose entries were carried over, by code.
        pub carried: Vec<String>,
        /// Those that changed: their remark was carried over, the rest is to be looked at again.
        pub again: Vec<MigratedPlace>,
        /// Those that are gone, with all that was recorded.
        pub removed: Vec<MigratedPlace>,
        /// Codes of the points that are new.
        pub added: Vec<String>,
        /// How many pieces of evidence came along.
        pub evidence: u32,
        /// Names of the pieces all of whose points are gone.
        pub loose: Vec<String>,
    }

    /// A point, indicator or adjustment whose entries were not carried over.
    pub struct MigratedPlace {
        /// Its code.
        pub code: String,
        /// Its title in the old edition.
        pub title: String,
        /// The mark that it had.
        pub mark: Option<String>,
        /// Everything that was recorded there.
        pub recorded: Vec<RecordedEntry>,
        /// What changed, in words.
        pub changes: Vec<String>,
    }

    /// What the window asks of a local edition. Numbers are strings.
    pub struct LocalInput {
        /// Id or path of the rubric that it is derived from.
        pub parent: String,
        /// Its id.
        pub id: String,
        /// Its edition.
        pub edition: String,
        /// What follows the parent's title.
        pub suffix: String,
        /// Grade lines, from the best to the worst; empty leaves the parent's.
        pub grades: Vec<GradeInput>,
        /// New full marks.
        pub weights: Vec<WeightInput>,
        /// The file to write.
        pub out: String,
        /// Whether a file that is there may be overwritten.
        pub replace: bool,
    }

    /// A grade line.
    pub struct GradeInput {
        /// Its name.
        pub name: String,
        /// Its name in English.
        pub name_en: String,
        /// Lowest total that earns it.
        pub at_least: String,
        /// The sentence that says so.
        pub sentence: String,
    }

    /// New full marks of a point.
    pub struct WeightInput {
        /// Code of the point.
        pub code: String,
        /// Its full marks.
        pub max: String,
    }

    /// A local edition that was written.
    pub struct LocalReport {
        /// Its file.
        pub path: String,
        /// What became of the total, in words.
        pub total: String,
        /// What differs from the parent.
        pub diff: RubricDiff,
    }
}
