//! The reports of an office (汇总表、专家组意见、反馈意见、问题清单、通报), from the results of a panel: the numbers are those
//! that the window shows, and the texts that a person has to write begin with a draft from the data.

mod annex;
mod bulletin;
mod feedback;
mod findings;
mod material;
mod merged;
mod opinion;
mod problem_list;
mod refused;
mod run;
mod texts;

use crate::documents::{bytes_of, of_name, offered, seal};
use crate::export::make_folder_of;
use crate::localise::Target;
use crate::problem::Failure;
use crate::view::{
    DocumentFonts, DocumentFormat, DocumentOptions, DocumentView, ExportedFile, ReportText, ReportUnit, ReportView,
    ReportsView,
};
use crate::{Language, Result, Session};
use document::{Document, Profile};
use material::{Material, Unit};
use report::FontSet;
use std::cell::OnceCell;
use std::path::Path;
use strum::VariantArray;

pub use refused::{Refused, Warning};

/// A report of an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Kind {
    /// 汇总表
    Merged,
    /// 专家组意见
    Opinion,
    /// 反馈意见
    Feedback,
    /// 问题清单
    ProblemList,
    /// 通报
    Bulletin,
}

impl Kind {
    /// Every report.
    #[must_use]
    pub fn all() -> &'static [Self] {
        Self::VARIANTS
    }

    /// The report of this name.
    ///
    /// # Errors
    /// [`Refused::UnknownReport`].
    pub fn named(name: &str) -> std::result::Result<Self, Refused> {
        of_name(name).map_err(|known| Refused::UnknownReport { report: name.to_owned(), known })
    }

    /// Its title in a list of reports.
    #[must_use]
    pub fn title(self, language: Language) -> &'static str {
        let (zh, en) = match self {
            Self::Merged => ("汇总表", "Merged results"),
            Self::Opinion => ("专家组意见", "Opinion of the panel"),
            Self::Feedback => ("反馈意见", "Feedback to the unit"),
            Self::ProblemList => ("问题清单", "List of problems"),
            Self::Bulletin => ("通报", "Bulletin"),
        };
        language.say(zh, en)
    }

    /// The formats that it is made in.
    #[must_use]
    pub fn formats(self) -> &'static [DocumentFormat] {
        use DocumentFormat::{Docx, Pdf, Xlsx};
        match self {
            Self::Merged | Self::ProblemList => &[Xlsx, Pdf, Docx],
            Self::Opinion | Self::Feedback | Self::Bulletin => &[Pdf, Docx],
        }
    }

    /// Whether somebody signs it, so that it may carry a seal.
    fn is_letter(self) -> bool {
        matches!(self, Self::Opinion | Self::Feedback | Self::Bulletin)
    }

    /// Whether it is about one unit.
    #[must_use]
    pub fn by_unit(self) -> bool {
        matches!(self, Self::Opinion | Self::Feedback | Self::ProblemList)
    }
}

/// How reports are set.
struct Look {
    profile: Profile,
    chosen: DocumentFonts,
    /// Read for the first PDF, kept for those after it.
    fonts: OnceCell<FontSet>,
}

impl Look {
    fn fonts(&self, session: &Session) -> Result<&FontSet> {
        if let Some(fonts) = self.fonts.get() {
            return Ok(fonts);
        }
        let fonts = session.fonts(&self.chosen)?;
        Ok(self.fonts.get_or_init(|| fonts))
    }
}

impl Session {
    /// Every report of a panel; those about one unit for the unit that is named, else for the first.
    ///
    /// # Errors
    /// Unknown panel or unit; of the disk.
    pub fn reports(&mut self, panel: &str, unit: Option<&str>) -> Result<ReportsView> {
        let material = self.report_material(panel, None)?;
        let units = material.units();
        let place = |at: &usize| {
            let result = &material.round.units[*at];
            ReportUnit {
                unit: result.unit.clone(),
                rank: material.rank(&result.unit).map(|row| row.rank),
                total: result.total.map(rubric::decimal::show),
            }
        };
        let named = unit.map(|unit| material.round.unit(unit).map(|result| result.unit.clone())).transpose()?;
        let chosen = named.or_else(|| Some(material.round.units[*units.first()?].unit.clone()));
        let about = chosen.as_deref().map(|unit| self.report_unit(&material, unit)).transpose()?;
        let view = |kind: &Kind| ReportView {
            document: self.report_view(*kind, &material, about.as_ref().filter(|_| kind.by_unit())),
            by_unit: kind.by_unit(),
        };
        let reports = Kind::VARIANTS.iter().map(view).collect();
        Ok(ReportsView { units: units.iter().map(place).collect(), unit: chosen, reports })
    }

    fn report_view(&self, kind: Kind, material: &Material, unit: Option<&Unit>) -> DocumentView {
        let refused = document(kind, material, unit).err();
        let warning = |warning: &Warning| self.warned(&Failure::of("reports", warning));
        let available = refused.is_none();
        let warnings = if available { texts::warnings(kind, material, unit, self.language) } else { Vec::new() };
        DocumentView {
            id: <&str>::from(kind).to_owned(),
            title: kind.title(self.language).to_owned(),
            formats: kind.formats().to_vec(),
            available,
            why_not: refused.map(|failure| self.problem(&failure)),
            warnings: warnings.iter().map(warning).collect(),
            indicators: Vec::new(),
            departments: Vec::new(),
        }
    }

    /// A report as PDF, for the screen.
    ///
    /// # Errors
    /// As [`Session::export_report`], but for those of the file.
    pub fn preview_report(
        &mut self,
        panel: &str,
        report: &str,
        unit: Option<&str>,
        options: &DocumentOptions,
    ) -> Result<Vec<u8>> {
        let kind = Kind::named(report)?;
        let (material, unit) = self.report_of((kind, &DocumentFormat::Pdf), panel, unit, options)?;
        let look = look(options)?;
        Ok(self.report_bytes(kind, &DocumentFormat::Pdf, (&material, unit.as_ref()), &look)?.0)
    }

    /// Writes a report into a file.
    ///
    /// # Errors
    /// Unknown panel, report, unit or profile; a format that it is not made in; no result; a seal that cannot be used;
    /// a character that no font has; a file that is there, unless it may be replaced; of the disk.
    pub fn export_report(
        &mut self,
        panel: &str,
        report: &str,
        unit: Option<&str>,
        format: &DocumentFormat,
        target: Target<'_>,
        options: &DocumentOptions,
    ) -> Result<ExportedFile> {
        let kind = Kind::named(report)?;
        target.require_free()?;
        let (material, unit) = self.report_of((kind, format), panel, unit, options)?;
        let look = look(options)?;
        let (bytes, fonts) = self.report_bytes(kind, format, (&material, unit.as_ref()), &look)?;
        make_folder_of(target.path)?;
        target.write(&bytes)?;
        Ok(ExportedFile { fonts, ..self.exported(target.path, false)? })
    }

    fn report_of(
        &mut self,
        (kind, format): (Kind, &DocumentFormat),
        panel: &str,
        unit: Option<&str>,
        options: &DocumentOptions,
    ) -> Result<(Material, Option<Unit>)> {
        let report = || kind.title(self.language).to_owned();
        if options.seal.is_some() && !(kind.is_letter() && *format != DocumentFormat::Xlsx) {
            return Err(Refused::NoSeal { report: report(), format: format.name().to_uppercase() }.into());
        }
        match unit {
            None if kind.by_unit() => return Err(Refused::UnitNeeded { report: report() }.into()),
            Some(unit) if !kind.by_unit() => {
                return Err(Refused::NotByUnit { report: report(), unit: unit.to_owned() }.into());
            }
            _ => {}
        }
        let material = self.report_material(panel, options.seal.as_deref())?;
        let unit = unit.map(|unit| self.report_unit(&material, unit)).transpose()?;
        Ok((material, unit))
    }

    /// A report's bytes, and the names of the fonts in them.
    fn report_bytes(
        &self,
        kind: Kind,
        format: &DocumentFormat,
        (material, unit): (&Material, Option<&Unit>),
        look: &Look,
    ) -> Result<(Vec<u8>, Vec<String>)> {
        let report = || kind.title(self.language).to_owned();
        let refused = |[format, offered]: [String; 2]| Refused::FormatNotOffered { report: report(), format, offered };
        offered(kind.formats(), format).map_err(refused)?;
        if kind == Kind::Merged && *format == DocumentFormat::Xlsx {
            return Ok((merged::book(material, &look.profile)?, Vec::new()));
        }
        bytes_of(&document(kind, material, unit)?, format, &look.profile, || look.fonts(self))
    }

    /// The texts of a panel's reports, those of one unit with them.
    ///
    /// # Errors
    /// Unknown panel or unit; of the disk.
    pub fn report_texts(&mut self, panel: &str, unit: Option<&str>) -> Result<Vec<ReportText>> {
        let material = self.report_material(panel, None)?;
        let unit = unit.map(|unit| self.report_unit(&material, unit)).transpose()?;
        Ok(texts::views(&material, unit.as_ref(), &self.world, self.language))
    }

    /// Writes a text of reports in place of the draft; nothing in its place lets the draft stand again.
    ///
    /// # Errors
    /// Unknown panel, unit or place; a unit that is needed; a text that is too long or no day; of the disk.
    pub fn set_report_text(
        &mut self,
        panel: &str,
        unit: Option<&str>,
        place: &str,
        text: Option<&str>,
    ) -> Result<Vec<ReportText>> {
        let material = self.report_material(panel, None)?;
        let about = unit.map(|unit| self.report_unit(&material, unit)).transpose()?;
        let change = texts::change(&material, about.as_ref(), place, text, self.now())?;
        let row = &material.round.row;
        let target = [row.name.as_str(), change.row.unit.as_str(), place].join(" ");
        let length = |text: &str| text.chars().count().to_string();
        let old = material.written(&change.row.unit, place).map(|row| length(&row.text));
        let new = (!change.is_draft).then(|| length(&change.row.text));
        let note = store::AuditNote {
            at: self.now(),
            action: "panel-text",
            target: &target,
            old: old.as_deref(),
            new: new.as_deref(),
            ..store::AuditNote::default()
        };
        if old.is_some() || new.is_some() {
            self.write(&note, |tx| match change.is_draft {
                true => Ok(tx.remove_panel_text(&row.id, &change.row.unit, place)?),
                false => Ok(tx.put_panel_text(&row.id, &change.row)?),
            })?;
        }
        self.report_texts(panel, unit)
    }

    fn report_material(&mut self, panel: &str, seal: Option<&str>) -> Result<Material> {
        let seal = seal.map(|path| seal::read(Path::new(path))).transpose()?;
        self.in_chinese(|session| Material::load(session, panel, seal))
    }

    fn report_unit(&mut self, material: &Material, unit: &str) -> Result<Unit> {
        self.in_chinese(|session| Unit::load(session, material, unit))
    }

    /// Documents are Chinese, whatever the language of the faces.
    fn in_chinese<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let language = std::mem::replace(&mut self.language, Language::Zh);
        let done = work(self);
        self.language = language;
        done
    }
}

fn look(options: &DocumentOptions) -> Result<Look> {
    let profile = options.profile.as_deref().map_or_else(Profile::oucsx_2021, Profile::named)?;
    Ok(Look { profile, chosen: options.fonts.clone(), fonts: OnceCell::new() })
}

/// A report as a model; one about a unit needs its unit.
fn document(kind: Kind, material: &Material, unit: Option<&Unit>) -> Result<Document> {
    if material.round.units.is_empty() {
        return Err(Refused::NoSheets { panel: material.round.row.name.clone() }.into());
    }
    let needed = || Refused::UnitNeeded { report: kind.title(Language::Zh).to_owned() };
    match kind {
        Kind::Merged => merged::document(material),
        Kind::Bulletin => bulletin::document(material),
        Kind::Opinion => opinion::document(material, unit.ok_or_else(needed)?),
        Kind::Feedback => feedback::document(material, unit.ok_or_else(needed)?),
        Kind::ProblemList => problem_list::document(material, unit.ok_or_else(needed)?),
    }
}
