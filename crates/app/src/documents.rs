//! The documents of an assessment: models with every text formatted, printed by `report` and `workbook`.

mod assignment;
mod catalogue;
mod conformance;
mod form;
mod missing;
pub(crate) mod parts;
mod problems;
mod refused;
mod reminder;
mod schedule;
mod score_report;
mod score_sheet;
pub(crate) mod seal;
mod self_report;
mod summary;
pub(crate) mod verification;
mod work_list;

use crate::export::make_folder_of;
use crate::localise::Target;
use crate::printed::{self, Print};
use crate::problem::Failure;
use crate::sheets::Opened;
use crate::tasks::Tasks;
use crate::view::{
    DepartmentTasks, DocumentFonts, DocumentFormat, DocumentOptions, DocumentView, ExportedFile, IndicatorChoice,
    RectificationView, ScheduleView, TasksView, WritingView,
};
use crate::{Language, Result, Session, mask};
use assessment::{Assignment, Phase, Stage};
use document::{Document, Profile, ScoreSheet, Seal};
use jiff::tz::TimeZone;
use report::{FontSet, Rendered};
use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::path::Path;
use std::str::FromStr;
use strum::VariantArray;

pub use refused::{Refused, Warning};

/// Name of a stage, in Chinese as the printed sheets have it.
#[must_use]
pub fn stage_name(stage: Stage, language: Language) -> &'static str {
    match (stage, language) {
        (Stage::SelfEvaluation, Language::Zh) => "自评",
        (Stage::Trial, Language::Zh) => "试评",
        (Stage::Review, Language::Zh) => "复评",
        (Stage::SelfEvaluation, Language::En) => "self-evaluation",
        (Stage::Trial, Language::En) => "trial",
        (Stage::Review, Language::En) => "review",
    }
}

/// A document of one assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Kind {
    /// 打分表
    ScoreSheet,
    /// 评分明细
    ScoreReport,
    /// 支撑材料目录
    Catalogue,
    /// 缺材料清单
    Missing,
    /// 指标任务综述
    Summary,
    /// 自评报告
    SelfReport,
    /// 任务分解表
    Assignment,
    /// 部门工作清单
    WorkList,
    /// 催办单
    Reminder,
    /// 进度安排
    Schedule,
    /// 问题清单
    Problems,
    /// 符合性评估报告
    Conformance,
}

impl Kind {
    /// Every document.
    #[must_use]
    pub fn all() -> &'static [Self] {
        Self::VARIANTS
    }

    /// The document of this name.
    ///
    /// # Errors
    /// [`Refused::UnknownDocument`].
    pub fn named(name: &str) -> std::result::Result<Self, Refused> {
        of_name(name).map_err(|known| Refused::UnknownDocument { document: name.to_owned(), known })
    }

    /// Its title in a list of documents.
    #[must_use]
    pub fn title(self, language: Language) -> &'static str {
        let (zh, en) = match self {
            Self::ScoreSheet => ("打分表", "Score sheet"),
            Self::ScoreReport => ("评分明细", "Score report"),
            Self::Catalogue => ("支撑材料目录", "Evidence catalogue"),
            Self::Missing => ("缺材料清单", "Missing evidence"),
            Self::Summary => ("指标任务综述", "Task summaries"),
            Self::SelfReport => ("自评报告", "Self-evaluation report"),
            Self::Assignment => ("任务分解表", "Task assignment"),
            Self::WorkList => ("部门工作清单", "Work lists of departments"),
            Self::Reminder => ("催办单", "Reminders"),
            Self::Schedule => ("进度安排", "Schedule"),
            Self::Problems => ("问题清单", "List of problems"),
            Self::Conformance => ("符合性评估报告", "Conformance report"),
        };
        language.say(zh, en)
    }

    /// Whether it can be made for one department.
    fn by_department(self) -> bool {
        matches!(self, Self::WorkList | Self::Reminder)
    }

    /// The formats that it is made in.
    #[must_use]
    pub fn formats(self) -> &'static [DocumentFormat] {
        use DocumentFormat::{Docx, Pdf, Xlsx};
        match self {
            Self::ScoreSheet => &[Pdf, Xlsx],
            Self::ScoreReport | Self::Conformance => &[Pdf],
            Self::Catalogue | Self::WorkList | Self::Reminder | Self::Problems => &[Pdf, Xlsx, Docx],
            Self::Summary | Self::SelfReport => &[Pdf, Docx],
            Self::Assignment | Self::Schedule | Self::Missing => &[Xlsx, Pdf],
        }
    }
}

impl DocumentFormat {
    /// Its name, which is also the ending of its files.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }
}

/// What the documents of an assessment are made from.
struct Material {
    opened: Opened,
    /// The unit's own finalised sheet, beside a review.
    own: Option<Opened>,
    writing: WritingView,
    schedule: ScheduleView,
    rectification: RectificationView,
    assignment: Assignment,
    tasks: TasksView,
    /// Of the finalised sheet, else of today, e.g. 2022年9月1日.
    date: Option<String>,
    today: Option<String>,
    seal: Option<Seal>,
}

impl Session {
    /// Every document, whether it can be made from this sheet's assessment, and what a person should know of it.
    ///
    /// # Errors
    /// Unknown sheet; of the disk.
    pub fn documents(&mut self, sheet: &str) -> Result<Vec<DocumentView>> {
        let material = self.material(sheet, None)?;
        let profile = Profile::oucsx_2021()?;
        Ok(Kind::VARIANTS.iter().map(|kind| self.document_view(*kind, &material, &profile)).collect())
    }

    fn document_view(&self, kind: Kind, material: &Material, profile: &Profile) -> DocumentView {
        let refused = self.model(kind, material, &DocumentOptions::default(), profile).err();
        let warning = |warning: &Warning| self.warned(&Failure::of("paper", warning));
        let indicators = summary::written(material).filter(|_| kind == Kind::Summary);
        let choice = |summary: &crate::view::WritingDocument| {
            Some(IndicatorChoice { code: summary.code.clone()?, title: summary.name.clone() })
        };
        let available = refused.is_none();
        DocumentView {
            id: <&str>::from(kind).to_owned(),
            title: kind.title(self.language).to_owned(),
            formats: kind.formats().to_vec(),
            available,
            warnings: if available { warnings(kind, material).iter().map(warning).collect() } else { Vec::new() },
            why_not: refused.map(|failure| self.problem(&failure)),
            indicators: indicators.filter_map(choice).collect(),
            departments: if available { departments(kind, material) } else { Vec::new() },
        }
    }

    /// A document as PDF, for the screen.
    ///
    /// # Errors
    /// As [`Session::export_document`], but for those of the file.
    pub fn preview(&mut self, sheet: &str, document: &str, options: &DocumentOptions) -> Result<Vec<u8>> {
        Ok(self.print(sheet, Kind::named(document)?, &DocumentFormat::Pdf, options)?.0)
    }

    /// Writes a document into a file.
    ///
    /// # Errors
    /// Unknown sheet, document, indicator or profile; a format that the document is not made in; nothing to print; a
    /// seal that cannot be used; a character that no font has; a file that is there, unless it may be replaced; of
    /// the disk. No partial file is left.
    pub fn export_document(
        &mut self,
        sheet: &str,
        document: &str,
        format: &DocumentFormat,
        target: Target<'_>,
        options: &DocumentOptions,
    ) -> Result<ExportedFile> {
        let kind = Kind::named(document)?;
        target.require_free()?;
        let (bytes, fonts) = self.print(sheet, kind, format, options)?;
        make_folder_of(target.path)?;
        target.write(&bytes)?;
        Ok(ExportedFile { fonts, ..self.exported(target.path, false)? })
    }

    /// The document's bytes, and the names of the fonts in them.
    fn print(
        &mut self,
        sheet: &str,
        kind: Kind,
        format: &DocumentFormat,
        options: &DocumentOptions,
    ) -> Result<(Vec<u8>, Vec<String>)> {
        self.require_offered(kind, format)?;
        if let Some(indicator) = options.indicator.as_ref().filter(|_| kind != Kind::Summary) {
            let document = kind.title(self.language).to_owned();
            return Err(Refused::NotByIndicator { document, indicator: indicator.clone() }.into());
        }
        if let Some(department) = options.department.as_ref().filter(|_| !kind.by_department()) {
            let document = kind.title(self.language).to_owned();
            return Err(Refused::NotByDepartment { document, department: department.clone() }.into());
        }
        let profile = options.profile.as_deref().map_or_else(Profile::oucsx_2021, Profile::named)?;
        let seal = options.seal.as_ref().map(|path| seal::read(Path::new(path))).transpose()?;
        let material = self.material(sheet, seal)?;
        let mut document = self.model(kind, &material, options, &profile)?;
        if kind == Kind::ScoreSheet && *format == DocumentFormat::Pdf {
            let own_look = options.seal.is_some() || options.fonts == DocumentFonts::System;
            let print = Print::new(&profile, own_look, &material.opened, &self.world.zone);
            self.tie(&mut document, (&material.opened, material.own.as_ref()), &print)?;
        }
        let carries = document.sign_off.is_some() && *format != DocumentFormat::Xlsx;
        if options.seal.is_some() && !carries {
            let (document, format) = (kind.title(self.language).to_owned(), format.name().to_uppercase());
            return Err(Refused::NoSeal { document, format }.into());
        }
        bytes_of(&document, format, &profile, || self.fonts(&options.fonts))
    }

    /// What a person should know of a document, with what to do, in one line.
    pub(crate) fn warned(&self, failure: &Failure) -> String {
        let problem = self.problem(failure);
        format!("{}{}{}", problem.what, self.language.say("；", "; "), problem.todo)
    }

    pub(crate) fn fonts(&self, fonts: &DocumentFonts) -> Result<FontSet> {
        let bundled = FontSet::load(&self.world.fonts)?;
        Ok(match fonts {
            DocumentFonts::Bundled => bundled,
            DocumentFonts::System => bundled.with_installed(),
        })
    }

    fn require_offered(&self, kind: Kind, format: &DocumentFormat) -> Result<()> {
        let document = || kind.title(self.language).to_owned();
        let refused =
            |[format, offered]: [String; 2]| Refused::FormatNotOffered { document: document(), format, offered };
        Ok(offered(kind.formats(), format).map_err(refused)?)
    }

    fn model(&self, kind: Kind, material: &Material, options: &DocumentOptions, profile: &Profile) -> Result<Document> {
        match kind {
            Kind::ScoreSheet => score_sheet::document(material, &self.world.zone, profile),
            Kind::ScoreReport => score_report::document(material, profile),
            Kind::Catalogue => catalogue::document(material, profile),
            Kind::Summary => summary::document(material, options.indicator.as_deref()),
            Kind::SelfReport => self_report::document(material),
            Kind::Assignment => assignment::document(material, profile),
            Kind::WorkList => work_list::document(material, options),
            Kind::Reminder => reminder::document(material, options),
            Kind::Missing => missing::document(material, profile),
            Kind::Schedule => schedule::document(material, profile),
            Kind::Problems => problems::document(material),
            Kind::Conformance => conformance::document(material, profile),
        }
    }

    fn material(&mut self, sheet: &str, seal: Option<Seal>) -> Result<Material> {
        let tasks = self.tasks_of(sheet)?;
        let view = tasks.view();
        let Tasks { opened, assignment, schedule, .. } = tasks;
        let id = opened.row.id.clone();
        let time = opened.row.finalised_at.unwrap_or_else(|| self.now());
        Ok(Material {
            own: self.own_sheet(&opened)?,
            writing: self.writings(&id)?,
            rectification: self.rectification(&id)?,
            schedule,
            assignment,
            tasks: view,
            today: parts::letter_date(self.now(), &self.world.zone),
            date: parts::letter_date(time, &self.world.zone),
            seal,
            opened,
        })
    }

    /// The unit's own finalised sheet beside a trial or review.
    fn own_sheet(&mut self, opened: &Opened) -> Result<Option<Opened>> {
        if opened.row.stage == Stage::SelfEvaluation {
            return Ok(None);
        }
        let own = self.read(|tx| Ok(tx.sheets_of(&opened.row.assessment.id, Stage::SelfEvaluation)?))?;
        let best = own.into_iter().filter(|own| own.phase != Phase::Draft);
        let best = best.max_by(|a, b| (a.phase, a.changed_at, &a.id).cmp(&(b.phase, b.changed_at, &b.id)));
        let own = best.map(|own| self.opened(&own.id)).transpose()?;
        // Under another edition of the rubric the marks do not stand beside these.
        Ok(own.filter(|own| own.rubric.digest == opened.rubric.digest))
    }

    /// The score sheet (附件3) as PDF, not signed.
    ///
    /// # Errors
    /// Unknown sheet; fonts that are not there; a character that no font has.
    pub fn score_sheet(&mut self, sheet: &str) -> Result<Rendered> {
        let opened = self.opened(sheet)?;
        self.render_score_sheet(&opened)
    }

    pub(crate) fn render_score_sheet(&mut self, opened: &Opened) -> Result<Rendered> {
        let mut own = self.own_sheet(opened)?;
        if let (Some(own), Some(masking)) = (&mut own, &opened.masking) {
            mask::mask(own, &self.sheet_file(&own.row)?, &masking.mask)?;
        }
        let fonts = FontSet::load(&self.world.fonts)?;
        let profile = Profile::oucsx_2021()?;
        let print = Print::new(&profile, false, opened, &self.world.zone);
        let mut document = score_sheet::score_sheet(opened, own.as_ref(), &self.world.zone).document(&profile)?;
        self.tie(&mut document, (opened, own.as_ref()), &print)?;
        Ok(report::pdf(&document, &profile, &fonts)?)
    }

    /// A finalised sheet's pages carry its data.
    fn tie(&self, document: &mut Document, (opened, own): (&Opened, Option<&Opened>), print: &Print) -> Result<()> {
        match self.printed_files(opened, own)? {
            Some(files) => printed::tie(document, opened, &files, print),
            None => Ok(()),
        }
    }
}

/// The model of a score sheet, beside a review with the unit's `own` marks.
pub(crate) fn score_sheet_of(opened: &Opened, own: Option<&Opened>, zone: &TimeZone) -> ScoreSheet {
    score_sheet::score_sheet(opened, own, zone)
}

/// The document or report of a name; else the names that there are.
pub(crate) fn of_name<K>(name: &str) -> std::result::Result<K, String>
where
    K: Copy + FromStr + VariantArray + Into<&'static str>,
{
    let known = || K::VARIANTS.iter().map(|kind| (*kind).into()).collect::<Vec<&str>>().join("、");
    name.parse().map_err(|_| known())
}

/// Whether a format is among those that something is made in; else its name and theirs.
pub(crate) fn offered(formats: &[DocumentFormat], format: &DocumentFormat) -> std::result::Result<(), [String; 2]> {
    let names = || formats.iter().map(DocumentFormat::name).collect::<Vec<_>>().join("、");
    if formats.contains(format) { Ok(()) } else { Err([format.name().to_owned(), names()]) }
}

/// A document's bytes in a format, and the names of the fonts in them; only a PDF asks for fonts.
pub(crate) fn bytes_of<F: Borrow<FontSet>>(
    document: &Document,
    format: &DocumentFormat,
    profile: &Profile,
    fonts: impl FnOnce() -> Result<F>,
) -> Result<(Vec<u8>, Vec<String>)> {
    Ok(match format {
        DocumentFormat::Pdf => {
            let rendered = report::pdf(document, profile, fonts()?.borrow())?;
            let fonts = font_names(&rendered);
            (rendered.bytes, fonts)
        }
        DocumentFormat::Docx => (report::docx(document, profile)?, Vec::new()),
        DocumentFormat::Xlsx => (workbook::print(document, profile)?, Vec::new()),
    })
}

/// The fonts that a PDF is set in, each once.
pub(crate) fn font_names(rendered: &Rendered) -> Vec<String> {
    let names: BTreeSet<&String> = rendered.fonts_used.iter().map(|font| &font.name).collect();
    names.into_iter().cloned().collect()
}

/// The departments that a document can be made for alone.
fn departments(kind: Kind, material: &Material) -> Vec<String> {
    let names = |busy: fn(&DepartmentTasks) -> bool| {
        let busy = material.tasks.departments.iter().filter(move |department| busy(department));
        busy.map(|department| department.name.clone()).collect()
    };
    match kind {
        Kind::WorkList => names(|one| !(one.points.is_empty() && one.leads.is_empty())),
        Kind::Reminder => names(|one| one.progress.missing > 0 || !one.undated.is_empty() || !one.unwritten.is_empty()),
        _ => Vec::new(),
    }
}

/// What a person should know of a document that can be made.
fn warnings(kind: Kind, material: &Material) -> Vec<Warning> {
    let opened = &material.opened;
    let unscored = opened.outcome.points.iter().filter(|point| point.score.is_none()).count();
    let of_marks = || {
        let draft = (opened.row.phase == Phase::Draft).then_some(Warning::Draft);
        draft.into_iter().chain((unscored > 0).then_some(Warning::Unscored { count: unscored }))
    };
    match kind {
        Kind::ScoreSheet | Kind::ScoreReport | Kind::Conformance => of_marks().collect(),
        Kind::Catalogue => catalogue::warnings(material),
        Kind::Problems => problems::warnings(material),
        Kind::Summary => summary::warnings(summary::written(material)),
        Kind::SelfReport => of_marks().chain(summary::warnings(self_report::report(material).into_iter())).collect(),
        Kind::Missing | Kind::Assignment | Kind::WorkList | Kind::Reminder | Kind::Schedule => Vec::new(),
    }
}
