//! What the faces show: plain data, ready to be printed or put on the screen. Decimals are strings.

use crate::problem::{Language, Problem};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Declares the data types of this file with the derives that they all need.
macro_rules! views {
    ($($(#[$doc:meta])* pub $kind:ident $name:ident $body:tt)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
            #[serde(rename_all = "camelCase")]
            pub $kind $name $body
        )*
    };
}

views! {
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

    /// Stage of an assessment.
    pub enum Stage {
        /// 自评
        #[serde(rename = "self")]
        SelfEvaluation,
        /// 试评
        Trial,
        /// 复评
        Review,
    }

    /// Phase of a sheet's life.
    pub enum SheetPhase {
        /// 草稿
        Draft,
        /// 已定稿
        Finalised,
        /// 已签名
        Signed,
        /// 已被后一版取代
        Superseded,
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
    }

    /// A rubric in full.
    pub struct RubricView {
        /// The rubric in one line.
        pub summary: RubricSummary,
        /// Flat, in the order of the source.
        pub indicators: Vec<IndicatorView>,
        /// Printed notes.
        pub notes: Vec<NoteView>,
        /// Readings of open places.
        pub readings: Vec<ReadingView>,
        /// Grades from the best to the worst.
        pub grades: Vec<GradeView>,
    }

    /// A printed note.
    pub struct NoteView {
        /// Its number.
        pub number: String,
        /// Its text.
        pub text: String,
    }

    /// How certain a reading is.
    pub enum ReadingStatus {
        /// Stands in the source.
        Printed,
        /// The only value that closes the printed sums.
        Forced,
        /// Plausible.
        Inferred,
        /// Left open by the source.
        Open,
    }

    /// A reading (录入说明).
    pub struct ReadingView {
        /// Its identifier.
        pub id: String,
        /// How certain it is.
        pub status: ReadingStatus,
        /// Its text.
        pub text: String,
        /// The codes that it concerns.
        pub codes: Vec<String>,
    }

    /// A grade.
    pub struct GradeView {
        /// Its name.
        pub name: String,
        /// Lowest total that earns it.
        pub at_least: String,
        /// The sentence that says so.
        pub sentence: String,
    }

    /// An indicator.
    pub struct IndicatorView {
        /// Its code.
        pub code: String,
        /// 1 to 3.
        pub level: u32,
        /// Code of the indicator above.
        pub parent: Option<String>,
        /// Its title.
        pub title: String,
        /// Its text as printed.
        pub text: String,
        /// Printed remark.
        pub note: Option<String>,
        /// Full marks.
        pub max: String,
        /// Lead departments.
        pub lead: Vec<String>,
        /// Assisting departments.
        pub assisting: Vec<String>,
        /// Responsible departments.
        pub departments: Vec<String>,
        /// What to collect.
        pub collection: Option<String>,
        /// The 说明 column.
        pub guidance: Option<String>,
        /// Its points.
        pub points: Vec<PointView>,
        /// Conditions over it.
        pub limits: Vec<LimitView>,
    }

    /// An observation point.
    pub struct PointView {
        /// Its code.
        pub code: String,
        /// Its printed number, `（1）`, or nothing.
        pub label: String,
        /// Its title.
        pub title: String,
        /// Its text as printed.
        pub text: String,
        /// Printed remark.
        pub note: Option<String>,
        /// Full marks.
        pub max: String,
        /// The rules.
        pub parts: Vec<PartView>,
        /// The legal marks in words.
        pub legal: String,
        /// Every legal mark, when there are few; else empty.
        pub choices: Vec<String>,
    }

    /// A condition over an indicator.
    pub struct LimitView {
        /// Its code.
        pub code: String,
        /// Its printed number.
        pub label: String,
        /// Its title.
        pub title: String,
        /// Its text as printed.
        pub text: String,
        /// Printed remark.
        pub note: Option<String>,
        /// What it does.
        pub effect: LimitEffect,
        /// The cap.
        pub cap: Option<String>,
    }

    /// What a condition does.
    pub enum LimitEffect {
        /// No marks.
        Zero,
        /// At most the cap.
        Cap,
    }

    /// What the source says about how an award is judged.
    pub enum AwardBasis {
        /// By degree.
        Graded,
        /// Nothing.
        Unstated,
    }

    /// A range of a band part.
    pub struct BandView {
        /// Lowest mark.
        pub from: String,
        /// Highest mark.
        pub to: String,
        /// The sentence.
        pub sentence: String,
        /// Every mark in it, when there are few.
        pub choices: Vec<String>,
    }

    /// Everything for the scoring desk.
    pub struct Desk {
        /// The rubric.
        pub rubric: RubricView,
        /// What is entered and what follows.
        pub state: SheetState,
        /// The catalogue.
        pub evidence: Vec<EvidenceItem>,
    }

    /// What is entered on a sheet and what follows from it.
    pub struct SheetState {
        /// The sheet.
        pub id: String,
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
        /// Time of the last change, local, `22:05:41`.
        pub saved_at: String,
        /// Whether there is a change to undo.
        pub can_undo: bool,
        /// Whether there is a change to redo.
        pub can_redo: bool,
        /// In the order of the source.
        pub points: Vec<PointState>,
        /// In the order of the source.
        pub limits: Vec<LimitState>,
        /// What follows.
        pub outcome: OutcomeView,
        /// Points without a mark and conditions without a decision.
        pub open: Vec<String>,
        /// SHA-256 of the sheet file, once finalised.
        pub digest: Option<String>,
    }

    /// What is entered for a point.
    pub struct PointState {
        /// Its code.
        pub code: String,
        /// The mark; absent while unscored.
        pub mark: Option<String>,
        /// The remark.
        pub remark: String,
        /// Whether it is doubtful.
        pub doubt: bool,
        /// How many files support it.
        pub evidence: u32,
        /// The unit's own mark, beside a review.
        pub reference: Option<String>,
        /// The unit's own remark, beside a review.
        pub reference_remark: Option<String>,
    }

    /// What is decided for a condition.
    pub struct LimitState {
        /// Its code.
        pub code: String,
        /// Whether it is present; absent while undecided.
        pub present: Option<bool>,
    }

    /// What follows from the findings.
    pub struct OutcomeView {
        /// Marks so far.
        pub total: String,
        /// Full marks.
        pub max: String,
        /// Whether every point has a mark.
        pub complete: bool,
        /// The lowest total that is still possible.
        pub lowest: String,
        /// The highest total that is still possible.
        pub highest: String,
        /// The grade, once complete.
        pub grade: Option<String>,
        /// The grade of the lowest total.
        pub lowest_grade: Option<String>,
        /// The grade of the highest total.
        pub highest_grade: Option<String>,
        /// Whether the grade is the worst one.
        pub grade_failing: bool,
        /// In the order of the source.
        pub indicators: Vec<IndicatorOutcome>,
        /// In the order of the source.
        pub points: Vec<PointOutcome>,
        /// Trace of the conclusion.
        pub conclusion: Vec<Step>,
        /// Vetoes that apply whatever the unscored points get.
        pub vetoes: Vec<Step>,
        /// Indicators that are below the line whatever the unscored points get.
        pub below_line: Vec<String>,
        /// How many below the line are too many.
        pub below_line_limit: Option<u32>,
    }

    /// The score of an indicator.
    pub struct IndicatorOutcome {
        /// Its code.
        pub code: String,
        /// Its marks so far.
        pub score: String,
        /// Full marks.
        pub max: String,
        /// Score by full marks as a decimal fraction, to four places half to even.
        pub rate: String,
        /// Score by full marks in percent, to two places half to even.
        pub percent: String,
        /// Points with a mark.
        pub scored: u32,
        /// Points in all.
        pub points: u32,
        /// Its sum and the conditions over it.
        pub trace: Vec<Step>,
    }

    /// The score of a point.
    pub struct PointOutcome {
        /// Its code.
        pub code: String,
        /// Its mark; absent while unscored.
        pub score: Option<String>,
        /// Full marks.
        pub max: String,
        /// Whether a condition over its indicator took marks.
        pub deducted: bool,
        /// Whether a condition over its indicator took all marks.
        pub vetoed: bool,
        /// How the mark was reached.
        pub trace: Vec<Step>,
    }

    /// One step of a trace.
    pub struct Step {
        /// The source's sentence.
        pub sentence: String,
        /// What was found.
        pub finding: String,
        /// What it adds or takes.
        pub amount: Option<String>,
        /// The mark after it.
        pub running: Option<String>,
    }

    /// Type of a piece of evidence (附件6).
    pub enum EvidenceKind {
        /// 上级文件
        #[serde(rename = "A")]
        A,
        /// 省开放大学
        #[serde(rename = "B")]
        B,
        /// 市级、县级
        #[serde(rename = "C")]
        C,
        /// 其它材料
        #[serde(rename = "D")]
        D,
        /// 图片照片
        #[serde(rename = "E")]
        E,
    }

    /// Whether a file of the catalogue is there.
    pub enum Presence {
        /// There.
        Present,
        /// Not there.
        Missing,
        /// There, with another content.
        Changed,
    }

    /// The catalogue fields that a person edits.
    pub struct EvidenceFields {
        /// 材料名称
        pub name: String,
        /// 时间
        pub date: String,
        /// 类型
        pub kind: Option<EvidenceKind>,
        /// 备注/文号
        pub note: String,
    }

    /// A piece of evidence.
    pub struct EvidenceItem {
        /// Its identifier.
        pub id: String,
        /// 材料名称
        pub name: String,
        /// 时间
        pub date: String,
        /// 类型
        pub kind: Option<EvidenceKind>,
        /// 备注/文号
        pub note: String,
        /// Name of the file that was attached.
        pub file_name: String,
        /// Size in words.
        pub size: String,
        /// Size in bytes.
        pub bytes: u32,
        /// SHA-256 of the content.
        pub sha256: String,
        /// When it was attached, local time.
        pub added_at: String,
        /// The points that it supports.
        pub points: Vec<String>,
        /// Whether its file is there.
        pub presence: Presence,
    }

    /// A file that was not attached.
    pub struct RefusedFile {
        /// The file.
        pub path: String,
        /// Why.
        pub problem: Problem,
    }

    /// What attaching did.
    pub struct AttachReport {
        /// Identifiers of the new pieces.
        pub added: Vec<String>,
        /// Names of files that were in the catalogue already and only got linked.
        pub duplicates: Vec<String>,
        /// Files that were not attached.
        pub refused: Vec<RefusedFile>,
        /// Whether the person stopped it.
        pub cancelled: bool,
        /// The catalogue after it.
        pub evidence: Vec<EvidenceItem>,
        /// The sheet after it.
        pub state: SheetState,
    }

    /// A piece of evidence that the check found wanting.
    pub struct EvidenceFlaw {
        /// Its identifier.
        pub item: String,
        /// Its name.
        pub name: String,
        /// Missing or changed.
        pub state: Presence,
        /// In words.
        pub problem: Problem,
    }

    /// What a check of the evidence found.
    pub struct EvidenceCheck {
        /// How many files were read.
        pub checked: u32,
        /// What is missing or changed.
        pub problems: Vec<EvidenceFlaw>,
        /// The catalogue with what was found.
        pub evidence: Vec<EvidenceItem>,
    }

    /// An identity of this machine.
    pub struct IdentityView {
        /// SHA-256 of its certificate, in groups of four.
        pub fingerprint: String,
        /// The person.
        pub name: String,
        /// The organisation.
        pub organisation: String,
        /// End of validity, local date.
        pub valid_until: String,
    }

    /// What a new identity needs.
    pub struct NewIdentity {
        /// The person.
        pub name: String,
        /// The organisation.
        pub organisation: String,
        /// Protects the key; not kept.
        pub passphrase: String,
    }

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
        /// Whether the package holds the evidence files.
        pub with_evidence: bool,
        /// Fingerprint or name of the signer.
        pub identity: String,
        /// The signer's passphrase.
        pub passphrase: String,
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
    }

    /// What an export wrote.
    pub struct ExportReport {
        /// The files.
        pub files: Vec<ExportedFile>,
        /// The sheet after it.
        pub state: SheetState,
    }

    /// Whether this machine knows a signer.
    pub enum SignerTrust {
        /// An identity of this machine.
        Own,
        /// Accepted by this machine.
        Trusted,
        /// Not known.
        Unknown,
    }

    /// Who signed.
    pub struct SignerView {
        /// The person.
        pub name: String,
        /// The organisation.
        pub organisation: String,
        /// SHA-256 of the certificate, in groups of four.
        pub fingerprint: String,
        /// When, local time.
        pub time: String,
        /// Whether this machine knows them.
        pub trust: SignerTrust,
    }

    /// Kind of a file that was verified.
    pub enum VerifiedKind {
        /// An exchange package.
        Package,
        /// A PDF.
        Pdf,
    }

    /// What a person needs to know of a file first.
    pub enum Verdict {
        /// Sound, and signed by someone known.
        #[serde(rename = "trusted")]
        Trusted,
        /// Sound, and signed by someone not known.
        #[serde(rename = "signer-unknown")]
        SignerUnknown,
        /// Sound, and not signed.
        #[serde(rename = "unsigned")]
        Unsigned,
        /// Not what was written.
        #[serde(rename = "damaged")]
        Damaged,
        /// The signature does not fit.
        #[serde(rename = "forged")]
        Forged,
        /// Written by a newer program.
        #[serde(rename = "newer-format")]
        NewerFormat,
    }

    /// A fact with its name.
    pub struct Fact {
        /// Its name.
        pub label: String,
        /// Its value.
        pub value: String,
    }

    /// What verifying a file found.
    pub struct VerifyReport {
        /// The file.
        pub path: String,
        /// What it is.
        pub kind: VerifiedKind,
        /// What to know first.
        pub verdict: Verdict,
        /// The verdict in words.
        pub title: String,
        /// Who signed.
        pub signers: Vec<SignerView>,
        /// What is inside.
        pub facts: Vec<Fact>,
        /// What is wrong.
        pub problems: Vec<Problem>,
    }

    /// What happened to a sheet of a package.
    pub enum ImportResult {
        /// New here.
        Added,
        /// A later revision than the one here.
        Updated,
        /// The same as here.
        Same,
        /// Another content under the same revision.
        Conflicting,
    }

    /// A sheet of a package.
    pub struct ImportRow {
        /// The sheet.
        pub sheet: String,
        /// The unit.
        pub unit: String,
        /// The assessor.
        pub assessor: String,
        /// What happened.
        pub result: ImportResult,
        /// In words.
        pub text: String,
    }

    /// What an import did.
    pub struct ImportReport {
        /// By sheet.
        pub rows: Vec<ImportRow>,
        /// New pieces of evidence.
        pub evidence_added: u32,
        /// What verifying found before.
        pub verification: VerifyReport,
    }
}

/// A rule of a point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum PartView {
    /// Judged within a range.
    Award {
        /// The sentence.
        sentence: String,
        /// Lowest mark.
        from: String,
        /// Highest mark.
        to: String,
        /// What the source says about judging.
        basis: AwardBasis,
    },
    /// Full amount or nothing.
    Check {
        /// The sentence.
        sentence: String,
        /// The amount.
        amount: String,
    },
    /// One of several ranges, then a mark within it.
    Band {
        /// The sentence.
        sentence: String,
        /// The ranges, from the best to the worst.
        bands: Vec<BandView>,
    },
}
