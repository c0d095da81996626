//! The problems that an office found in a unit, handed over inside the PDF of the list and taken on by the unit: each
//! once, however often the file is taken in; what the unit has planned since stays.

use super::exchange;
use crate::refusal::Refusal;
use crate::view::RectificationView;
use crate::{Result, Session, reports, verify, world};
use assessment::rectification::{ListFile, PROBLEMS_MAXIMUM};
use package::pdf;
use serde::{Deserialize, Serialize};
use std::path::Path;
use store::AuditNote;

/// Name of the file inside the PDF.
pub(crate) const FILE: &str = "problem-list.json";

/// Whose problems they are, and the list as packages carry it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Handed {
    pub unit: String,
    pub year: i32,
    /// Digest of the rubric.
    pub rubric: String,
    pub list: ListFile,
}

impl Session {
    /// Takes the problems of an office's list on, as one act that can be undone; gives how many are new.
    ///
    /// # Errors
    /// A file that is no such list, or of another unit, year or rubric; too many problems; unknown sheet; of the disk.
    pub fn take_problems(&mut self, sheet: &str, path: &Path) -> Result<(u32, RectificationView)> {
        let row = self.sheet(sheet)?;
        let shown = path.display().to_string();
        let no_list = |detail: String| reports::Refused::NoList { path: shown.clone(), detail };
        let bytes = verify::read_pdf(path)?;
        let mut files = pdf::enclosed(&bytes).map_err(|error| no_list(error.to_string()))?;
        let file = files.remove(FILE).ok_or_else(|| no_list(FILE.to_owned()))?;
        let handed: Handed = serde_json::from_slice(&file).map_err(|error| no_list(error.to_string()))?;
        let own = &row.assessment;
        if (&handed.unit, handed.year, &handed.rubric) != (&own.unit, own.year, &own.rubric) {
            let (unit, year) = (handed.unit, handed.year.to_string());
            let own = format!("{} {}", own.unit, own.year);
            return Err(reports::Refused::OtherAssessment { unit, year, own }.into());
        }
        // By the rules that a package's list has to keep.
        let value = serde_json::to_value(&handed.list).map_err(|error| no_list(error.to_string()))?;
        let is_id = |id: &str| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit());
        let mut list = exchange::read(&value, is_id).map_err(no_list)?;
        let here = self.read(|tx| Ok(tx.rectification(&own.id)?))?;
        list.problems.retain(|problem| !here.problems.contains_key(&problem.id));
        if here.problems.len() + list.problems.len() > PROBLEMS_MAXIMUM {
            return Err(assessment::Error::TooManyProblems { most: PROBLEMS_MAXIMUM }.into());
        }
        let now = self.now();
        let note =
            AuditNote { at: now, sheet: Some(&row.id), action: "problem-import", target: FILE, ..AuditNote::default() };
        let taken = self.write(&note, |tx| exchange::take(tx, &own.id, &list, now))?;
        Ok((crate::outcome::count(taken), self.rectification(&row.id)?))
    }
}

/// The list as a file for a PDF.
///
/// # Errors
/// Never for plain data.
pub(crate) fn file(handed: &Handed) -> Result<Vec<u8>> {
    let failed = |error: serde_json::Error| Refusal::Defect { detail: error.to_string() };
    let value = serde_json::to_value(handed).map_err(failed)?;
    Ok(package::canonical::to_vec(&value)?)
}

/// A day's beginning, for what was noted on it.
pub(crate) fn time_of(day: &str) -> String {
    world::seconds(&format!("{day}T00:00:00Z")).map(world::rfc3339).unwrap_or_default()
}
