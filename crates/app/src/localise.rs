//! Local editions of rubrics: derived, checked, written as a file.

use crate::edition::{Said, difference};
use crate::export::write_beside;
use crate::problem::Language;
use crate::refusal::Refusal;
use crate::view::{GradeInput, LocalInput, LocalReport, WeightInput};
use crate::{Result, rubrics};
use rubric::decimal::show;
pub use rubric::local::Naming;
use rubric::local::{LocalChanges, LocalError, Weight, number};
use rubric::model::Grade;
use rubric::{Rubric, derive};
use std::path::Path;

/// Where a local edition is written.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// The file.
    pub path: &'a Path,
    /// Whether a file that is there may be overwritten.
    pub replace: bool,
}

impl Target<'_> {
    /// Writes the file, unless it is there and may not be overwritten.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<()> {
        self.require_free()?;
        write_beside(self.path, bytes)
    }

    /// Refuses a file that is there and may not be overwritten.
    pub(crate) fn require_free(&self) -> Result<()> {
        if self.path.exists() && !self.replace {
            return Err(Refusal::FileExists { path: self.path.display().to_string() }.into());
        }
        Ok(())
    }
}

/// Derives a local edition with the changes that a file lists (`docs/formats/local.md`), and writes it.
///
/// # Errors
/// A file that cannot be read or is faulty, with the line; as [`localise`].
pub fn localise_file(
    parent: &str,
    naming: Naming,
    changes: &Path,
    target: Target<'_>,
    language: Language,
) -> Result<LocalReport> {
    let shown = changes.display().to_string();
    let text = Rubric::text(rubrics::read_bytes(changes)?).map_err(|error| rubrics::fault(&shown, &error))?;
    let changes = LocalChanges::read(&text, naming).map_err(|error| rubrics::fault(&shown, &error))?;
    localise(parent, &changes, target, language)
}

/// The same with what was entered in the window.
///
/// # Errors
/// What is not a number; as [`localise`].
pub fn localise_input(input: &LocalInput, language: Language) -> Result<LocalReport> {
    let grade = |grade: &GradeInput| {
        Ok(Grade {
            name: grade.name.clone(),
            name_en: grade.name_en.clone(),
            at_least: number(&grade.name, &grade.at_least)?,
            sentence: grade.sentence.clone(),
        })
    };
    let weight =
        |weight: &WeightInput| Ok(Weight { code: weight.code.clone(), max: number(&weight.code, &weight.max)? });
    let changes = LocalChanges {
        naming: Naming { id: input.id.clone(), edition: input.edition.clone(), suffix: input.suffix.clone() },
        grades: input.grades.iter().map(grade).collect::<std::result::Result<_, LocalError>>()?,
        weights: input.weights.iter().map(weight).collect::<std::result::Result<_, LocalError>>()?,
    };
    let target = Target { path: Path::new(&input.out), replace: input.replace };
    localise(&input.parent, &changes, target, language)
}

/// Derives a local edition of a rubric, given by id or path, and writes its file.
///
/// # Errors
/// What the parent does not permit or does not work; an id that ships; a file that is there; of the disk.
pub fn localise(parent: &str, changes: &LocalChanges, target: Target<'_>, language: Language) -> Result<LocalReport> {
    let parent = rubrics::load(parent)?.rubric;
    if rubrics::shipped().iter().any(|loaded| loaded.rubric.id == changes.naming.id) {
        return Err(LocalError::IdTaken { found: changes.naming.id.clone() }.into());
    }
    let local = derive(&parent, changes)?;
    target.write(local.to_toml().as_bytes())?;
    let total = if local.total == parent.total {
        Said::TotalKept { new: show(local.total) }
    } else {
        Said::TotalChanged { old: show(parent.total), new: show(local.total) }
    };
    Ok(LocalReport {
        path: target.path.display().to_string(),
        total: total.text(language),
        diff: difference(&parent, &local, language),
    })
}
