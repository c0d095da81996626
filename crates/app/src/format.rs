//! Comparing people's own files with a format profile: on their own, and those of the catalogue.

use crate::problem::{Failure, word};
use crate::view::{FormatFinding, FormatView, FormatWeight};
use crate::{Language, Result, Session};
use document::Profile;
use formatcheck::{Finding, Place, Report, Weight};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::files;

/// What was found of files of the catalogue in this session, by digest. Their content never changes.
pub(crate) type Checked = Arc<Mutex<Outcomes>>;
type Outcomes = BTreeMap<String, std::result::Result<Report, formatcheck::Error>>;

/// Compares a file with a profile that the program carries, by its name.
///
/// # Errors
/// An unknown profile; a file that cannot be read, is damaged, protected, or of a kind that is not checked.
pub fn check(path: &Path, profile: &str, language: Language) -> Result<FormatView> {
    let shown = path.display().to_string();
    let profile = Profile::named(profile)?;
    let report = formatcheck::check(path, &profile);
    let report = report.map_err(|error| Failure::from(error).with("file", &shown))?;
    Ok(view(&shown, &report, language))
}

/// A check of a piece of the catalogue that is yet to be done, without the session: it may take seconds, and others
/// work on the session meanwhile.
pub struct FormatJob {
    file_name: String,
    path: PathBuf,
    sha256: String,
    checked: Checked,
    language: Language,
}

impl Session {
    /// Prepares the check of a piece's file.
    ///
    /// # Errors
    /// Unknown sheet or piece; of the disk.
    pub fn format_job(&self, sheet: &str, item: &str) -> Result<FormatJob> {
        let row = self.sheet(sheet)?;
        let piece = self.piece(&row, item)?;
        Ok(FormatJob {
            path: files::path(self.root(), &piece.sha256, &piece.extension),
            file_name: piece.file_name,
            sha256: piece.sha256,
            checked: Arc::clone(&self.formats),
            language: self.language,
        })
    }
}

impl FormatJob {
    /// The language that the check answers in.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Does the check, or gives what an earlier one of the same content found.
    ///
    /// # Errors
    /// A file that cannot be read, is damaged, protected, or of a kind that is not checked.
    pub fn run(self) -> Result<FormatView> {
        let known = self.lock().get(&self.sha256).cloned();
        let outcome = match known {
            Some(outcome) => outcome,
            None => {
                let outcome = formatcheck::check(&self.path, &Profile::oucsx_2021()?);
                // The disk may give the file next time; what was found in it stays so.
                if !matches!(outcome, Err(formatcheck::Error::FileUnreadable { .. })) {
                    self.lock().insert(self.sha256.clone(), outcome.clone());
                }
                outcome
            }
        };
        let report = outcome.map_err(|error| Failure::from(error).with("file", &self.file_name))?;
        Ok(view(&self.file_name, &report, self.language))
    }

    fn lock(&self) -> MutexGuard<'_, Outcomes> {
        self.checked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn view(file: &str, report: &Report, language: Language) -> FormatView {
    let count = |weight| number(report.count(weight));
    FormatView {
        file: file.to_owned(),
        kind: report.kind.to_owned(),
        profile: report.profile.clone(),
        must: count(Weight::Must),
        should: count(Weight::Should),
        hint: count(Weight::Hint),
        findings: report.findings.iter().map(|one| finding(one, language)).collect(),
    }
}

fn finding(finding: &Finding, language: Language) -> FormatFinding {
    let said = Failure::of("format", &finding.fault).problem(language);
    FormatFinding {
        code: said.code,
        weight: match finding.weight {
            Weight::Must => FormatWeight::Must,
            Weight::Should => FormatWeight::Should,
            Weight::Hint => FormatWeight::Hint,
        },
        what: said.what,
        todo: said.todo,
        clause: finding.clause.place.clone(),
        sentence: finding.clause.text.clone(),
        places: finding.places.iter().map(|one| place(one, language)).collect(),
        count: number(finding.count),
    }
}

fn place(place: &Place, language: Language) -> String {
    Failure::of("format.place", place).problem(language).what
}

/// The word for a weight, e.g. 必须改.
#[must_use]
pub fn weight_word(weight: &FormatWeight, language: Language) -> String {
    let code = match weight {
        FormatWeight::Must => "format.weight.must",
        FormatWeight::Should => "format.weight.should",
        FormatWeight::Hint => "format.weight.hint",
    };
    word(code, language)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
