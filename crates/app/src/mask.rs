//! Masked copies (脱敏): what an export holds with the names, telephone and identity numbers of people hidden. The rules
//! stand in `assessment::mask`.

use crate::evidence::file_of;
use crate::export::evidence_entry;
use crate::refusal::Refusal;
use crate::sheets::Opened;
use crate::{Result, Session};
use assessment::exchange::{EvidenceFile, FORMAT, SheetFile};
use assessment::mask::{Mask, NAMES_MAXIMUM, names_in};
use package::{Sha256, canonical};
use std::collections::{BTreeMap, BTreeSet};
use store::{EvidenceRow, Presence, files};
use workbook::people;

/// A sheet's file in its canonical bytes.
pub(crate) struct SheetText {
    pub text: String,
    pub digest: String,
}

/// How a sheet was masked: what hides, and the file that came of it.
pub(crate) struct Masking {
    pub mask: Mask,
    pub file: String,
}

impl Session {
    /// The names that a masked copy of a sheet would hide, for a person to look through: those that the catalogue, the
    /// list of problems and the lists of names (名单) among the evidence say to be names.
    ///
    /// # Errors
    /// Unknown sheet; of the disk.
    pub fn names_to_mask(&mut self, sheet: &str) -> Result<Vec<String>> {
        let opened = self.opened(sheet)?;
        let list = self.read(|tx| Ok(tx.rectification(&opened.row.assessment.id)?))?;
        let items = opened.evidence.iter().map(evidence_entry).collect();
        let mut names = names_in(&EvidenceFile { format: FORMAT, items }, &list);
        for row in &opened.evidence {
            names.extend(self.names_of_roster(row)?);
        }
        Ok(names.into_iter().take(NAMES_MAXIMUM).collect())
    }

    /// The names in a list of names; none in a file that is no workbook, is missing or cannot be read.
    fn names_of_roster(&self, row: &EvidenceRow) -> Result<BTreeSet<String>> {
        let is_table = people::is_table(&row.extension) && row.size <= workbook::MOST_BYTES as u64;
        if !is_table || files::presence(self.root(), &file_of(row), false)? != Presence::Present {
            return Ok(BTreeSet::new());
        }
        let bytes = std::fs::read(files::path(self.root(), &row.sha256, &row.extension));
        let named = format!("x.{}", row.extension);
        Ok(bytes.ok().and_then(|bytes| people::names(&bytes, &named).ok()).unwrap_or_default())
    }
}

/// Hides what is to be hidden in a sheet and in what stands around it; gives the sheet's file.
pub(crate) fn mask(opened: &mut Opened, file: &SheetText, mask: &Mask) -> Result<SheetText> {
    let unreadable = |error: serde_json::Error| Refusal::Defect { detail: error.to_string() };
    let file: SheetFile = serde_json::from_str(&file.text).map_err(unreadable)?;
    let file = mask.sheet(&file);
    let value = serde_json::to_value(&file).expect("a sheet's file is plain data");
    let text = String::from_utf8(canonical::to_vec(&value)?).expect("JSON is UTF-8");
    let digest = Sha256::of(text.as_bytes()).to_string();
    opened.records = file.records();
    opened.findings = opened.records.findings(&opened.rubric, opened.row.stage);
    opened.outcome = rubric::score(&opened.rubric, &opened.findings);
    opened.row.reason = file.reason;
    opened.row.previous = None;
    opened.row.digest = Some(digest.clone());
    opened.masked = true;
    opened.masking = Some(Masking { mask: mask.clone(), file: text.clone() });
    opened.evidence.iter_mut().for_each(|row| mask_row(row, mask));
    Ok(SheetText { text, digest })
}

fn mask_row(row: &mut EvidenceRow, mask: &Mask) {
    let all = |texts: &BTreeMap<String, String>| -> BTreeMap<String, String> {
        texts.iter().map(|(key, text)| (key.clone(), mask.text(text))).collect()
    };
    row.fields.name = mask.text(&row.fields.name);
    row.fields.note = mask.text(&row.fields.note);
    row.fields.details = all(&row.fields.details);
    row.pages = all(&row.pages);
    row.file_name = mask.text(&row.file_name);
}
