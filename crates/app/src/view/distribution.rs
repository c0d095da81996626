//! Files on their way to the points that their names speak of.

use super::{EvidenceItem, RefusedFile, SheetState};
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// What the place of a file was read from.
    pub enum PlacementReading {
        /// A code in its name or in those of its folders.
        Named,
        /// The point that it was dropped on.
        Dropped,
        /// An indicator with several points: one has to be chosen.
        Indicator,
        /// Codes that do not fit together.
        Contradicting,
        /// Something like a code that the rubric does not have.
        Unknown,
        /// Nothing.
        Nothing,
    }

    /// A file with the points that it would be attached to.
    pub struct PlannedFile {
        /// The file.
        pub path: String,
        /// The same below what was dropped.
        pub shown: String,
        /// Its size in words.
        pub size: String,
        /// Its size in bytes.
        pub bytes: u32,
        /// Codes of its points; empty while a person has to choose.
        pub points: Vec<String>,
        /// What they were read from.
        pub reading: PlacementReading,
        /// The code as it stands in the name.
        pub read: String,
        /// Codes of the points to choose from; empty when any will do.
        pub candidates: Vec<String>,
        /// The file or the piece of the catalogue that has the same content.
        pub twin: Option<String>,
        /// Whether that one is in the catalogue already.
        pub in_catalogue: bool,
    }

    /// Why a file is no evidence.
    pub enum SkipReason {
        /// A hidden file or folder.
        Hidden,
        /// A file that a system or a program keeps for itself, such as `Thumbs.db` or `~$…`.
        System,
        /// A link, which is not followed.
        Link,
        /// It has no content.
        Empty,
        /// It is larger than what can be attached.
        Large,
        /// It cannot be read.
        Unreadable,
        /// It lies too deep.
        Deep,
    }

    /// A file that is left out.
    pub struct SkippedFile {
        /// The file below what was dropped.
        pub shown: String,
        /// Why.
        pub why: SkipReason,
        /// The system's words, where there are any.
        pub detail: String,
    }

    /// Where files would go; nothing has happened yet.
    pub struct DistributionPlan {
        /// What needs a choice first, then in the order of the rubric.
        pub files: Vec<PlannedFile>,
        /// What is left out.
        pub skipped: Vec<SkippedFile>,
    }

    /// A file and the points that it is to be attached to.
    pub struct DistributionLine {
        /// The file.
        pub path: String,
        /// Codes of its points.
        pub points: Vec<String>,
    }

    /// What distributing did.
    pub struct DistributionReport {
        /// Pieces that are new.
        pub added: u32,
        /// Names of pieces that were in the catalogue already and only got linked.
        pub linked: Vec<String>,
        /// Files that were not attached.
        pub refused: Vec<RefusedFile>,
        /// Files that nobody came to, because it was stopped or the disk was full.
        pub left: u32,
        /// Whether the person stopped it.
        pub cancelled: bool,
        /// The catalogue after it.
        pub evidence: Vec<EvidenceItem>,
        /// The sheet after it.
        pub state: SheetState,
    }
}
