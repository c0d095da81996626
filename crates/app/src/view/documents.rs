//! Documents and their export.

use super::{DrawnSignature, Passphrase, SheetState};
use crate::problem::Problem;
use serde::{Deserialize, Serialize};
use specta::Type;

super::views! {
    /// What to export, where, and who signs.
    pub struct ExportInput {
        /// The sheet.
        pub sheet: String,
        /// Folder to write to.
        pub directory: String,
        /// Whether to write the score sheet as PDF.
        pub pdf: bool,
        /// Whether to write the package.
        pub package: bool,
        /// Whether the package holds the evidence files; a masked copy never does.
        pub with_evidence: bool,
        /// The names to hide in a masked copy (脱敏), beside all numbers of people; nothing for the original.
        pub masked: Option<Vec<String>>,
        /// Names or keys of those whom the package is encrypted to; nobody for a package that anyone can open.
        pub recipients: Vec<String>,
        /// Fingerprint or name of the signer.
        pub identity: String,
        /// The signer's passphrase; empty when it was given in this sitting.
        pub passphrase: Passphrase,
        /// What the signer drew by hand; shown in the score sheet's signature.
        pub drawn: Option<DrawnSignature>,
    }

    /// A file that was written.
    pub struct ExportedFile {
        /// Its path.
        pub path: String,
        /// Its name.
        pub name: String,
        /// Its size in words.
        pub size: String,
        /// SHA-256 of its content.
        pub sha256: String,
        /// Whether it was read again and found sound.
        pub verified: bool,
        /// Names of the fonts that a PDF is set in; empty for what carries no fonts.
        pub fonts: Vec<String>,
    }

    /// A format of documents.
    #[derive(Eq)]
    pub enum DocumentFormat {
        /// For reading and printing.
        Pdf,
        /// For Word and WPS.
        Docx,
        /// For Excel and WPS.
        Xlsx,
    }

    /// Which fonts a PDF is set in.
    #[derive(Eq, Default)]
    pub enum DocumentFonts {
        /// Those that the program carries: the same pages on every machine.
        #[default]
        Bundled,
        /// Those of this machine first.
        System,
    }

    /// How a document is made.
    #[derive(Default)]
    pub struct DocumentOptions {
        /// Code of the indicator, for a task summary; absent: every one that is written.
        pub indicator: Option<String>,
        /// The department, for a work list or a reminder; absent: all of them.
        pub department: Option<String>,
        /// Name of the format profile; absent: `oucsx-2021`.
        pub profile: Option<String>,
        /// The fonts.
        pub fonts: DocumentFonts,
        /// Path of a PNG picture of the seal.
        pub seal: Option<String>,
    }

    /// An indicator that a document can be made for.
    pub struct IndicatorChoice {
        /// Its code.
        pub code: String,
        /// Its title.
        pub title: String,
    }

    /// A document of an assessment.
    pub struct DocumentView {
        /// Its name, such as `score-sheet`.
        pub id: String,
        /// Its title.
        pub title: String,
        /// The formats that it is made in.
        pub formats: Vec<DocumentFormat>,
        /// Whether it can be made now.
        pub available: bool,
        /// Why it cannot.
        pub why_not: Option<Problem>,
        /// What a person should know before it is handed in.
        pub warnings: Vec<String>,
        /// The indicators that it can be made for alone.
        pub indicators: Vec<IndicatorChoice>,
        /// The departments that it can be made for alone.
        pub departments: Vec<String>,
    }

    /// What an export wrote.
    pub struct ExportReport {
        /// The files.
        pub files: Vec<ExportedFile>,
        /// The sheet after it.
        pub state: SheetState,
    }
}
