//! The start page: the sheets, the packages seen, the bin, and what was chosen for the workspace.

use crate::outcome::count;
use crate::view::{Home, Recovered, RemovedSheet, Role};
use crate::{Language, Result, Session, rubrics};
use assessment::Phase;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;
use store::{AuditNote, SheetRow};

const ROLE: &str = "role";
const LANGUAGE: &str = "language";

/// What the list knows of a sheet beside the sheet itself.
pub(crate) struct Around {
    pub sample: bool,
    pub correctable: bool,
    pub siblings: u32,
}

impl Session {
    /// The start page.
    ///
    /// # Errors
    /// Of the disk.
    pub fn home(&mut self) -> Result<Home> {
        let (rows, samples) = self.read(|tx| Ok((tx.sheets()?, tx.samples()?)))?;
        let mut together: BTreeMap<String, usize> = BTreeMap::new();
        for row in &rows {
            *together.entry(row.assessment.id.clone()).or_default() += 1;
        }
        let mut sheets = Vec::new();
        for row in rows {
            let others = together.get(&row.assessment.id).map_or(0, |sheets| sheets - 1);
            let around = Around {
                sample: samples.contains(&row.assessment.id),
                correctable: correctable(&row),
                siblings: count(others),
            };
            sheets.push(self.summary(row, around)?);
        }
        Ok(Home {
            workspace: self.root().display().to_string(),
            language: self.language,
            sheets,
            rubrics: rubrics::shipped().iter().map(|loaded| rubrics::summary(&loaded.rubric)).collect(),
            identities: self.identities()?,
            role: self.role()?,
            parcels: self.parcels()?,
            removed: self.removed()?,
            recovered: self.recovered.clone(),
        })
    }

    /// The sheets that were taken off the list, the latest first.
    ///
    /// # Errors
    /// Of the disk.
    pub fn removed(&self) -> Result<Vec<RemovedSheet>> {
        let rows = self.read(|tx| Ok(tx.removed_sheets()?))?;
        let view = |(at, row): (i64, SheetRow)| RemovedSheet {
            id: row.id,
            unit: row.assessment.unit,
            year: row.assessment.year,
            stage: row.stage.into(),
            assessor: row.assessor,
            at: self.world.local(at, "%Y-%m-%d %H:%M"),
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// What the workspace's owner does in assessments; none until it was asked.
    ///
    /// # Errors
    /// Of the disk.
    pub fn role(&self) -> Result<Option<Role>> {
        self.setting(ROLE)
    }

    /// Keeps the role.
    ///
    /// # Errors
    /// Of the disk.
    pub fn set_role(&mut self, role: &Role) -> Result<()> {
        self.set(ROLE, role)
    }

    /// The language that was chosen for the workspace, if one was.
    ///
    /// # Errors
    /// Of the disk.
    pub fn chosen_language(&self) -> Result<Option<Language>> {
        self.setting(LANGUAGE)
    }

    /// Speaks a language from now on, also after the next start.
    ///
    /// # Errors
    /// Of the disk.
    pub fn choose_language(&mut self, language: Language) -> Result<()> {
        self.language = language;
        self.set(LANGUAGE, &language)
    }

    fn setting<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>> {
        let word = self.read(|tx| Ok(tx.setting(key)?))?;
        // A word of another version counts as not chosen: it is asked again.
        Ok(word.and_then(|word| serde_json::from_value(Value::String(word)).ok()))
    }

    fn set(&mut self, key: &str, value: &impl Serialize) -> Result<()> {
        let word = serde_json::to_value(value).expect("settings are words");
        let word = word.as_str().unwrap_or_default().to_owned();
        let old = self.read(|tx| Ok(tx.setting(key)?))?;
        if old.as_deref() == Some(&word) {
            return Ok(());
        }
        let note = AuditNote {
            at: self.now(),
            action: "setting",
            target: key,
            old: old.as_deref(),
            new: Some(&word),
            ..AuditNote::default()
        };
        self.write(&note, |tx| Ok(tx.put_setting(key, &word)?))
    }

    /// A window begins to work. When the one before was ended by force after something was written, the start page
    /// says up to when everything is there.
    ///
    /// # Errors
    /// Of the disk.
    pub fn begin(&mut self) -> Result<()> {
        let Some(began) = self.workspace.begin_run(self.now())? else {
            return Ok(());
        };
        let (last, listed) = self.read(|tx| Ok((tx.last_audit()?, tx.sheets()?)))?;
        self.recovered = last.filter(|last| last.at >= began).map(|last| Recovered {
            at: self.world.local(last.at, "%Y-%m-%d %H:%M"),
            sheet: last.sheet.filter(|id| listed.iter().any(|row| row.id == *id)),
        });
        Ok(())
    }

    /// The window ends by itself.
    ///
    /// # Errors
    /// Of the disk.
    pub fn end(&self) -> Result<()> {
        Ok(self.workspace.end_run()?)
    }
}

/// Only what was never finalised here can be corrected or taken away: what was finalised has a digest and signers.
pub(crate) fn correctable(row: &SheetRow) -> bool {
    row.phase == Phase::Draft && row.revision == 1 && !row.imported
}
