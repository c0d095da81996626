//! The packages that were written and taken in lately.

use crate::evidence::size;
use crate::refusal::Refusal;
use crate::view::{ImportResult, ImportRow, ParcelCount, ParcelState, ParcelView, Verdict};
use crate::{Result, Session};
use assessment::exchange::{PackageFile, SheetRef};
use assessment::receipt::Arrived;
use serde_json::Value;
use std::path::{Path, PathBuf};
use store::{ParcelRow, SheetRow};

/// How many packages the start page lists.
const LISTED: u32 = 20;

impl Session {
    /// The latest packages, each file once, the latest first.
    ///
    /// # Errors
    /// Of the disk.
    pub fn parcels(&self) -> Result<Vec<ParcelView>> {
        let rows = self.read(|tx| Ok(tx.parcels(LISTED)?))?;
        rows.into_iter().map(|row| Ok(ParcelView { arrived: self.arrival(&row)?, ..self.parcel_view(row) })).collect()
    }

    /// Where a package of the list is.
    ///
    /// # Errors
    /// Unknown number, or the file is gone; of the disk.
    pub fn parcel_path(&self, id: u32) -> Result<PathBuf> {
        let row = self.read(|tx| Ok(tx.parcel(i64::from(id))?))?;
        let path = row.map(|row| row.path).unwrap_or_default();
        if !Path::new(&path).exists() {
            return Err(Refusal::ParcelGone { path }.into());
        }
        Ok(PathBuf::from(path))
    }

    /// When what is in a package that was written here first arrived somewhere.
    fn arrival(&self, row: &ParcelRow) -> Result<Option<String>> {
        let sheets: Vec<SheetRef> = serde_json::from_str(&row.sheets).unwrap_or_default();
        let times = self.read(|tx| {
            let mut times = Vec::new();
            for sheet in sheets.iter().filter(|_| !row.imported) {
                let all = tx.receipts_of(&sheet.id)?.into_iter();
                times.extend(
                    all.filter(|(_, named)| named.digest == sheet.digest).map(|(receipt, _)| receipt.arrived_at),
                );
            }
            Ok(times)
        })?;
        Ok(times.into_iter().min().map(|time| self.world.local(time, "%Y-%m-%d %H:%M")))
    }

    fn parcel_view(&self, row: ParcelRow) -> ParcelView {
        let path = Path::new(&row.path);
        let results = [ImportResult::Added, ImportResult::Updated, ImportResult::Same, ImportResult::Conflicting];
        let counts = results.into_iter().zip(row.counts).filter(|(_, count)| *count > 0);
        ParcelView {
            id: u32::try_from(row.id).unwrap_or_default(),
            at: self.world.local(row.at, "%Y-%m-%d %H:%M"),
            imported: row.imported,
            name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            size: size(row.size),
            state: state(path, row.size),
            arrived: None,
            receipt: row.imported && row.receipt.is_some(),
            // A word of another version is as good as not looked at.
            verdict: serde_json::from_value(Value::String(row.verdict)).unwrap_or(Verdict::SignerUnknown),
            results: counts.map(|(result, count)| ParcelCount { result, count }).collect(),
            path: row.path,
            unit: row.unit,
            year: row.year,
            assessors: row.assessors,
        }
    }
}

fn state(path: &Path, size: u64) -> ParcelState {
    match std::fs::metadata(path) {
        Err(_) => ParcelState::Gone,
        Ok(now) if now.len() == size => ParcelState::Present,
        Ok(_) => ParcelState::Changed,
    }
}

/// The size of a package's file.
pub(crate) fn size_of(path: &Path) -> Result<u64> {
    let length = std::fs::metadata(path).map(|file| file.len());
    let failed =
        |error: std::io::Error| Refusal::FileUnreadable { path: path.display().to_string(), detail: error.to_string() };
    Ok(length.map_err(failed)?)
}

/// A path that still leads to the file when the program is started elsewhere.
fn place(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string()
}

fn word(verdict: &Verdict) -> String {
    serde_json::to_value(verdict).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// What is kept of a package that was written and verified.
pub(crate) fn exported(path: &Path, sheet: &SheetRow, now: i64) -> Result<ParcelRow> {
    Ok(ParcelRow {
        id: 0,
        at: now,
        imported: false,
        path: place(path),
        size: size_of(path)?,
        unit: sheet.assessment.unit.clone(),
        year: sheet.assessment.year,
        assessors: sheet.assessor.clone(),
        verdict: word(&Verdict::Trusted),
        counts: [0; 4],
        sheets: sheets_word(&[SheetRef {
            id: sheet.id.clone(),
            revision: sheet.revision,
            digest: sheet.digest.clone().unwrap_or_default(),
        }]),
        receipt: None,
    })
}

fn sheets_word(sheets: &[SheetRef]) -> String {
    serde_json::to_string(sheets).expect("plain data")
}

/// What is kept of a package that was taken in.
pub(crate) fn imported(
    path: &Path,
    size: u64,
    package: &PackageFile,
    rows: &[ImportRow],
    verdict: &Verdict,
    arrived: &Arrived,
    now: i64,
) -> ParcelRow {
    let count = |wanted: ImportResult| crate::outcome::count(rows.iter().filter(|row| row.result == wanted).count());
    let mut assessors: Vec<&str> = rows.iter().map(|row| row.assessor.as_str()).collect();
    assessors.dedup();
    ParcelRow {
        id: 0,
        at: now,
        imported: true,
        path: place(path),
        size,
        unit: package.unit.clone(),
        year: package.year,
        assessors: assessors.join("、"),
        verdict: word(verdict),
        counts: [
            count(ImportResult::Added),
            count(ImportResult::Updated),
            count(ImportResult::Same),
            count(ImportResult::Conflicting),
        ],
        sheets: sheets_word(&package.sheets),
        receipt: Some(serde_json::to_string(arrived).expect("plain data")),
    }
}
