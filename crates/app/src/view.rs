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
        /// Whether it is a conformance checklist.
        pub checklist: bool,
        /// The rubric that a local edition was derived from, in one line.
        pub parent: Option<String>,
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
        /// Categories of points.
        pub categories: Vec<CategoryView>,
        /// Facts in figures.
        pub quantities: Vec<QuantityView>,
        /// Printed tables that turn a quantity into a value.
        pub conversions: Vec<ConversionView>,
        /// Marks outside of the points.
        pub adjustments: Vec<AdjustmentView>,
        /// What a local edition may change.
        pub local: Option<LocalView>,
    }

    /// A category of points (指标类型).
    pub struct CategoryView {
        /// Its name.
        pub name: String,
        /// Its name in English.
        pub name_en: String,
        /// Full marks.
        pub max: String,
    }

    /// A fact in figures.
    pub struct QuantityView {
        /// Its name.
        pub name: String,
        /// Its unit.
        pub unit: String,
        /// Whether only whole numbers make sense.
        pub whole: bool,
        /// What it covers.
        pub note: Option<String>,
        /// The reading that it rests on.
        pub reading: Option<String>,
        /// How it follows from others; absent when it is recorded.
        pub formula: Option<String>,
    }

    /// A printed table that turns a quantity into a value.
    pub struct ConversionView {
        /// Name of the value.
        pub name: String,
        /// The quantity.
        pub of: String,
        /// Unit of the quantity.
        pub of_unit: String,
        /// Unit of the value.
        pub unit: String,
        /// The sentence.
        pub sentence: String,
        /// Codes of the points where it is used.
        pub codes: Vec<String>,
    }

    /// Marks outside of the points: a bonus, a deduction, a veto of its own.
    pub struct AdjustmentView {
        /// Its code.
        pub code: String,
        /// Heading under which it is printed.
        pub section: String,
        /// Its title.
        pub title: String,
        /// Its text as printed.
        pub text: String,
        /// Printed remark.
        pub note: Option<String>,
        /// 指标类型 as printed.
        pub category: Option<String>,
        /// 评价方法 as printed.
        pub method: Option<String>,
        /// The category whose total it changes; absent: the whole.
        pub acts_on: Option<String>,
        /// Whether an amount other than 0 needs a reason.
        pub reason: bool,
        /// The rules.
        pub parts: Vec<PartView>,
        /// Vetoes.
        pub limits: Vec<LimitView>,
        /// Quantities to record for it.
        pub quantities: Vec<String>,
    }

    /// What a local edition may change.
    pub struct LocalView {
        /// Grade lines.
        pub grades: bool,
        /// Full marks of points.
        pub weights: bool,
        /// The sentence that permits it.
        pub sentence: String,
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
        /// Quantities to record for the conditions.
        pub quantities: Vec<String>,
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
        /// 指标类型.
        pub category: Option<String>,
        /// 评价方法 as printed.
        pub method: Option<String>,
        /// Whether marks are taken from the full marks (扣分制).
        pub from_full: bool,
        /// Whether one mark for the whole point is the finding for its single rule.
        pub judged: bool,
        /// The rules.
        pub parts: Vec<PartView>,
        /// Conditions over it.
        pub limits: Vec<LimitView>,
        /// Quantities to record for it.
        pub quantities: Vec<String>,
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
        /// The reading that it rests on.
        pub reading: Option<String>,
        /// What it does.
        pub effect: LimitEffect,
        /// The cap.
        pub cap: Option<String>,
        /// The conclusion of a veto.
        pub conclusion: Option<String>,
        /// The condition over quantities that decides it; absent: the assessor decides.
        pub when: Option<String>,
    }

    /// What a condition does.
    pub enum LimitEffect {
        /// No marks.
        Zero,
        /// At most the cap.
        Cap,
        /// A veto.
        Veto,
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
        /// The condition over quantities that chooses it.
        pub when: Option<String>,
        /// Every mark in it, when there are few.
        pub choices: Vec<String>,
    }

    /// A kind of achievement.
    pub struct EntryItemView {
        /// Its name.
        pub name: String,
        /// Its coefficient.
        pub coefficient: String,
    }

    /// A rule of a point, with the sentence that it executes.
    pub struct PartView {
        /// The sentence.
        pub sentence: String,
        /// Whether it takes marks away.
        pub takes: bool,
        /// The reading that it rests on.
        pub reading: Option<String>,
        /// The amounts that it can give, in words.
        pub legal: String,
        /// Every such amount, when there are few; else empty.
        pub choices: Vec<String>,
        /// The rule.
        #[serde(flatten)]
        pub rule: RuleView,
    }

    /// One achievement as recorded.
    pub struct EntryView {
        /// Index of its kind, from 0.
        pub item: u32,
        /// What it is.
        pub title: String,
        /// Its base.
        pub base: String,
    }

    /// A quantity as recorded at one place.
    pub struct FigureState {
        /// The quantity.
        pub name: String,
        /// Its value; absent while it is not recorded here.
        pub value: Option<String>,
        /// What other places recorded, when they agree and this one has nothing.
        pub elsewhere: Option<String>,
        /// How a table gave it.
        pub source: Option<String>,
    }

    /// What is entered for an adjustment.
    pub struct AdjustmentState {
        /// Its code.
        pub code: String,
        /// The findings for its parts; absent where there is none.
        pub parts: Vec<Option<PartEntry>>,
        /// Quantities.
        pub quantities: Vec<FigureState>,
        /// The remark, which is also the reason.
        pub remark: String,
        /// Whether a reason is needed and missing.
        pub needs_reason: bool,
        /// What it adds or takes; absent while nothing is decided.
        pub amount: Option<String>,
        /// How the amount was reached.
        pub trace: Vec<Step>,
    }

    /// The score of a category.
    pub struct CategoryOutcome {
        /// Its name.
        pub name: String,
        /// Its marks so far, adjustments included.
        pub score: String,
        /// Full marks.
        pub max: String,
        /// Points with a mark.
        pub scored: u32,
        /// Points in all.
        pub points: u32,
        /// Its sum and its adjustments.
        pub trace: Vec<Step>,
    }

    /// A quantity with different values at different places.
    pub struct MismatchView {
        /// Its name.
        pub quantity: String,
        /// Each value with its places, in words.
        pub values: String,
        /// Codes of the places.
        pub codes: Vec<String>,
    }

    /// How many clauses that demand something are met.
    pub struct ConformityView {
        /// 符合
        pub yes: u32,
        /// 部分符合
        pub partly: u32,
        /// 不符合
        pub no: u32,
        /// 不适用
        pub not_applicable: u32,
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
        /// In the order of the source: of points and indicators, then of adjustments.
        pub limits: Vec<LimitState>,
        /// In the order of the source.
        pub adjustments: Vec<AdjustmentState>,
        /// Quantities recorded for conditions over indicators, by indicator code.
        pub indicator_quantities: Vec<IndicatorFigures>,
        /// What follows.
        pub outcome: OutcomeView,
        /// Points without a mark and conditions without a decision.
        pub open: Vec<String>,
        /// SHA-256 of the sheet file, once finalised.
        pub digest: Option<String>,
    }

    /// Quantities recorded for the conditions over an indicator.
    pub struct IndicatorFigures {
        /// Its code.
        pub code: String,
        /// The quantities.
        pub quantities: Vec<FigureState>,
    }

    /// What is entered for a point.
    pub struct PointState {
        /// Its code.
        pub code: String,
        /// The mark that counts, entered or derived; absent while unscored.
        pub mark: Option<String>,
        /// The mark that was entered for the point as a whole.
        pub entered: Option<String>,
        /// The mark that follows from the findings.
        pub derived: Option<String>,
        /// The findings for its parts; absent where there is none.
        pub parts: Vec<Option<PartEntry>>,
        /// Quantities.
        pub quantities: Vec<FigureState>,
        /// What is still missing, in words.
        pub missing: Vec<String>,
        /// Whether a reason is needed and missing.
        pub needs_reason: bool,
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
        /// Whether quantities decided it.
        pub measured: bool,
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
        /// In the order of the source.
        pub categories: Vec<CategoryOutcome>,
        /// How adjustments changed the total; empty where there are none.
        pub trace: Vec<Step>,
        /// Quantities recorded with different values.
        pub mismatches: Vec<MismatchView>,
        /// Points and adjustments that need a reason and have none.
        pub reasons_missing: Vec<String>,
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
        /// Statements of conformity, in a checklist.
        pub conformity: ConformityView,
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
        /// Whether a deduction or a condition took marks.
        pub deducted: bool,
        /// Whether a condition took all marks.
        pub vetoed: bool,
        /// Whether another mark stands in place of the derived one.
        pub overridden: bool,
        /// How the mark was reached.
        pub trace: Vec<Step>,
    }

    /// One step of a trace.
    pub struct Step {
        /// The source's sentence.
        pub sentence: String,
        /// The reading that it rests on.
        pub reading: Option<String>,
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

    /// A sheet of a workbook of the catalogue.
    pub struct TableHeadings {
        /// Its name.
        pub sheet: String,
        /// Rows below the headings that are not blank.
        pub rows: u32,
        /// Its headings, from the left.
        pub headings: Vec<String>,
    }

    /// How a cell is compared with a value.
    pub enum RosterOp {
        /// The same text.
        Equals,
        /// Another text.
        NotEquals,
        /// The text holds the value.
        Contains,
        /// A number, the value included.
        AtLeast,
        /// A number, the value included.
        AtMost,
        /// A date of birth: more full years than the value.
        OlderThan,
        /// A date of birth: fewer full years than the value.
        YoungerThan,
    }

    /// What the cell of a column must hold to.
    pub struct RosterFilter {
        /// The heading of the column.
        pub column: String,
        /// How the cell is compared.
        pub op: RosterOp,
        /// What it is compared with.
        pub value: String,
    }

    /// A day.
    pub struct Day {
        /// Year.
        pub year: u16,
        /// Month, from 1.
        pub month: u8,
        /// Day, from 1.
        pub day: u8,
    }

    /// Which rows of a table count.
    pub struct RosterQuery {
        /// The sheet.
        pub sheet: String,
        /// The row of the headings, from 1.
        pub header_row: u32,
        /// What a row must hold to; all of them.
        pub filters: Vec<RosterFilter>,
        /// The day on which ages are counted.
        pub reference_date: Option<Day>,
    }

    /// How much a finding about a file's format weighs.
    pub enum FormatWeight {
        /// 必须改
        Must,
        /// 应当改
        Should,
        /// 提示
        Hint,
    }

    /// One rule of the format that a file does not keep.
    pub struct FormatFinding {
        /// Stable code, such as `format.margin-left`.
        pub code: String,
        /// How much it weighs.
        pub weight: FormatWeight,
        /// What is there and what should be.
        pub what: String,
        /// What to change.
        pub todo: String,
        /// Where the rule stands, e.g. 附件5 正文.
        pub clause: String,
        /// The rule as it is printed.
        pub sentence: String,
        /// The first places, in words.
        pub places: Vec<String>,
        /// How many places there are.
        pub count: u32,
    }

    /// A file compared with a format profile.
    pub struct FormatView {
        /// The file's name or path, as it was given.
        pub file: String,
        /// The kind of file: `docx`, `xlsx` or `pdf`.
        pub kind: String,
        /// The profile.
        pub profile: String,
        /// What differs, the heaviest first.
        pub findings: Vec<FormatFinding>,
        /// How many must be changed.
        pub must: u32,
        /// How many should be changed.
        pub should: u32,
        /// How many a person has to look at.
        pub hint: u32,
    }

    /// How many rows of a table count.
    pub struct RosterCount {
        /// Rows that hold to all filters.
        pub matching: String,
        /// Rows that are not blank.
        pub rows: u32,
        /// What was counted, in words.
        pub words: String,
    }

    /// Everything that can be written for the assessment of a sheet.
    pub struct WritingView {
        /// The sheet.
        pub sheet: String,
        /// Whether texts can be changed by this sheet; not when it came from another machine.
        pub writable: bool,
        /// The report, then the summaries in the order of the rubric.
        pub documents: Vec<WritingDocument>,
        /// The evidence that can be referred to, by lowest-level indicator.
        pub catalogue: Vec<WritingSection>,
    }

    /// Kind of a document that is written.
    pub enum WritingKind {
        /// 指标任务综述
        Summary,
        /// 自评报告
        Report,
    }

    /// A document that is written.
    pub struct WritingDocument {
        /// `report`, or `summary:` and the indicator's code.
        pub place: String,
        /// Its kind.
        pub kind: WritingKind,
        /// The indicator of a summary.
        pub code: Option<String>,
        /// Its level.
        pub level: Option<u32>,
        /// Title as printed.
        pub title: String,
        /// Title as the outline has it.
        pub name: String,
        /// What the source says of it.
        pub guidance: Vec<String>,
        /// Its texts in their order.
        pub texts: Vec<WritingText>,
        /// 字数 of all its texts.
        pub count: u32,
        /// Most 字数.
        pub limit: Option<u32>,
        /// Whether it is longer than that.
        pub over: bool,
    }

    /// One text of a document.
    pub struct WritingText {
        /// The part of the document.
        pub part: String,
        /// Its title.
        pub title: String,
        /// The printed headings that begin with it.
        pub headings: Vec<HeadingView>,
        /// What the source says of it.
        pub guidance: Vec<String>,
        /// Codes of the lowest-level indicators that it is about.
        pub indicators: Vec<String>,
        /// The text, with references to evidence as 〔材料：名称〕.
        pub text: String,
        /// The text with references as they are printed.
        pub printed: String,
        /// 字数 of the printed text.
        pub count: u32,
        /// Names in references that the catalogue does not have.
        pub unresolved: Vec<String>,
        /// Last change, local time.
        pub saved_at: Option<String>,
    }

    /// A printed heading with its number.
    pub struct HeadingView {
        /// From 1.
        pub level: u32,
        /// Such as `（一）办学定位`.
        pub text: String,
    }

    /// The evidence under one lowest-level indicator.
    pub struct WritingSection {
        /// Its code.
        pub code: String,
        /// Its title.
        pub title: String,
        /// In the order of the catalogue.
        pub items: Vec<WritingPiece>,
    }

    /// A piece of evidence that can be referred to.
    pub struct WritingPiece {
        /// Its identifier.
        pub id: String,
        /// Its number under the indicator, from 1.
        pub number: u32,
        /// 材料名称
        pub name: String,
        /// 时间
        pub date: String,
        /// 备注/文号
        pub note: String,
        /// The points that it supports.
        pub points: Vec<String>,
        /// The reference to be put into a text.
        pub mark: String,
    }

    /// What became of a text that was saved.
    pub struct WritingSaved {
        /// The text as it is kept.
        pub text: WritingText,
        /// 字数 of the document.
        pub total: u32,
        /// Whether the document is longer than its limit.
        pub over: bool,
        /// Local time, `22:05:41`.
        pub saved_at: String,
    }

    /// 字数 of a text that is being written.
    pub struct WritingCount {
        /// 字数 of the text as printed.
        pub count: u32,
        /// 字数 of its document.
        pub total: u32,
        /// Whether the document is longer than its limit.
        pub over: bool,
        /// Names in references that the catalogue does not have.
        pub unresolved: Vec<String>,
    }

    /// The schedule (进度安排) of an assessment.
    pub struct ScheduleView {
        /// The sheet.
        pub sheet: String,
        /// Whether it can be changed by this sheet.
        pub writable: bool,
        /// Whether it was stored; else it is the one that the source prints.
        pub own: bool,
        /// In their order.
        pub lines: Vec<ScheduleLine>,
    }

    /// A line of a schedule.
    pub struct ScheduleLine {
        /// 时间
        pub time: String,
        /// 项目
        pub item: String,
        /// 完成单位
        pub who: String,
        /// 备注
        pub note: String,
        /// How far it is.
        pub state: ScheduleState,
    }

    /// How far a step of a schedule is.
    pub enum ScheduleState {
        /// 未开始
        Open,
        /// 进行中
        Doing,
        /// 已完成
        Done,
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

    /// What is missing to more: marks to the next grade, indicators to raise, and what decides the conclusion.
    pub struct WhatIfView {
        /// Whether something is assumed of points or conditions that are still open.
        pub provisional: bool,
        /// What is assumed, in words.
        pub assumed: Vec<String>,
        /// The total that everything here starts from.
        pub total: String,
        /// What is concluded from it; absent where nothing is concluded.
        pub conclusion: Option<String>,
        /// How far the next grade is, or why there is none, in words.
        pub next: String,
        /// The next grade; absent where there is none.
        pub next_grade: Option<NextGradeView>,
        /// The fewest indicators that reach it, or that none do, in words; absent without a next grade.
        pub enough: Option<String>,
        /// Indicators that can still gain, the largest gap first.
        pub raises: Vec<RaiseView>,
        /// Lines that indicators must reach.
        pub lines: Vec<LineView>,
        /// Whether anything decides the conclusion alone, in words.
        pub verdict: String,
        /// What holds now, what decides the conclusion first.
        pub deciders: Vec<DeciderView>,
        /// Chapters of a checklist with demands that are not met.
        pub failing: Vec<ChapterView>,
    }

    /// A grade that a higher total earns.
    pub struct NextGradeView {
        /// Its name.
        pub grade: String,
        /// Lowest total that earns it.
        pub at_least: String,
        /// Marks that are missing to it.
        pub missing: String,
    }

    /// What an indicator could still gain.
    pub struct RaiseView {
        /// Its code.
        pub code: String,
        /// Its title.
        pub title: String,
        /// By how much the total can rise through it.
        pub gap: String,
        /// Whether it is one of the fewest that reach the next grade.
        pub chosen: bool,
    }

    /// A line that indicators must reach, by a condition on grades or a veto.
    pub struct LineView {
        /// The source's sentence.
        pub sentence: String,
        /// How it stands, in words.
        pub finding: String,
        /// Whether too many lie below it.
        pub broken: bool,
        /// The indicators below it, those that miss least first.
        pub below: Vec<LackView>,
    }

    /// What an indicator misses to a line.
    pub struct LackView {
        /// Its code.
        pub code: String,
        /// Its title.
        pub title: String,
        /// Marks to the line.
        pub missing: String,
        /// Why marks alone do not bring it there; absent where they can.
        pub note: Option<String>,
    }

    /// What can decide a conclusion.
    pub enum DeciderKind {
        /// A condition on grades.
        Condition,
        /// A veto by an indicator's rate.
        Veto,
        /// A condition over a point, an indicator or an adjustment.
        Limit,
        /// An amount outside of the points.
        Adjustment,
    }

    /// Something that holds now, and what would be if it alone did not.
    pub struct DeciderView {
        /// What it is.
        pub kind: DeciderKind,
        /// Code of the limit, the adjustment or the vetoing indicator; absent for a condition on grades.
        pub code: Option<String>,
        /// The source's sentence.
        pub sentence: String,
        /// What would be without it, in words.
        pub finding: String,
        /// The total without it.
        pub total: String,
        /// The conclusion without it; absent where nothing is concluded.
        pub conclusion: Option<String>,
        /// Whether the conclusion is another one.
        pub changes: bool,
    }

    /// A chapter of a checklist that holds demands that are not met.
    pub struct ChapterView {
        /// Its code.
        pub code: String,
        /// Its title.
        pub title: String,
        /// How many are not met, and which, in words.
        pub finding: String,
        /// Codes of the demands.
        pub points: Vec<String>,
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

    /// One entry of a sheet, as it is kept.
    pub struct RecordedEntry {
        /// `mark`, `part`, `quantity`, `condition`, `remark` or `doubt`.
        pub kind: String,
        /// Its code; the number of a part or the name of a quantity follows after `#`.
        pub code: String,
        /// Its value.
        pub value: String,
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

/// How a part gives or takes marks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "lowercase", rename_all_fields = "camelCase")]
pub enum RuleView {
    /// Judged within a range.
    Award {
        /// Lowest mark.
        from: String,
        /// Highest mark.
        to: String,
        /// What the source says about judging.
        basis: AwardBasis,
    },
    /// Full amount or nothing.
    Check {
        /// The amount.
        amount: String,
    },
    /// A whole number times an amount.
    Count {
        /// The amount for each.
        amount: String,
        /// What is counted, where the source lists it.
        items: Vec<String>,
        /// Whether others than the listed ones may be counted.
        open: bool,
        /// What the number counts.
        unit: String,
    },
    /// Nothing, or a judged amount within bounds.
    Range {
        /// Lowest amount above nothing.
        from: String,
        /// Highest amount.
        to: String,
    },
    /// A formula against a line, and steps beyond it.
    Measure {
        /// The formula.
        formula: String,
        /// Unit of its value.
        unit: String,
        /// The line.
        line: String,
        /// Marks at the line.
        award: String,
        /// Size of a step.
        every: String,
        /// Marks for a step.
        amount: String,
    },
    /// One of several ranges, then a mark within it.
    Band {
        /// The ranges, from the best to the worst.
        bands: Vec<BandView>,
        /// The conditions only propose a band.
        suggests: bool,
    },
    /// A list of achievements.
    Entries {
        /// Kinds of achievement.
        items: Vec<EntryItemView>,
        /// Whether the source prints coefficients; without them the base is a judged mark.
        coefficients: bool,
        /// Most for one kind.
        each_most: Option<String>,
        /// Most for all.
        most: String,
    },
    /// A statement of conformity.
    Conform {
        /// `shall`, `may`, `statement` or `duty`.
        modality: String,
    },
}

/// A finding for one part, as the faces send and show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum PartEntry {
    /// A mark or an amount.
    Mark {
        /// The mark.
        mark: String,
    },
    /// Yes or no.
    Met {
        /// Whether it is so.
        met: bool,
    },
    /// What was counted.
    Count {
        /// Indices of the listed items, from 0.
        items: Vec<u32>,
        /// How many besides them.
        more: u32,
    },
    /// Achievements.
    Entries {
        /// Each of them.
        entries: Vec<EntryView>,
    },
    /// How far a clause is met: 符合, 部分符合, 不符合 or 不适用.
    Conform {
        /// The statement.
        conformity: String,
    },
}
