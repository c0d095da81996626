//! Views of a panel's results that were given a name.

use super::Refused;
use crate::create::NAME_MAXIMUM;
use crate::view::{ResultsQuery, SavedView};
use crate::{Result, Session};
use assessment::sheet;
use store::{AuditNote, Tx};

/// Most views of a panel.
const VIEWS_MAXIMUM: usize = 200;

impl Session {
    /// The saved views of a panel, by name. One that this program cannot read is left out.
    ///
    /// # Errors
    /// Unknown panel; of the disk.
    pub fn result_views(&mut self, panel: &str) -> Result<Vec<SavedView>> {
        let row = self.panel_row(panel)?;
        let rows = self.read(|tx| Ok(tx.result_views(&row.id)?))?;
        let read =
            |(name, query): (String, String)| Some(SavedView { name, query: serde_json::from_str(&query).ok()? });
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// The saved view with a name.
    ///
    /// # Errors
    /// There is none; as [`Session::result_views`].
    pub fn result_view(&mut self, panel: &str, name: &str) -> Result<SavedView> {
        let views = self.result_views(panel)?;
        let known = views.iter().map(|view| view.name.as_str()).collect::<Vec<_>>().join("、");
        let found = views.into_iter().find(|view| view.name == name.trim());
        Ok(found.ok_or_else(|| Refused::UnknownView { view: name.to_owned(), known })?)
    }

    /// Keeps what is asked for under a name.
    ///
    /// # Errors
    /// An unfit name, or one that is taken and may not be replaced; too many views; of the disk.
    pub fn save_result_view(
        &mut self,
        panel: &str,
        name: &str,
        query: &ResultsQuery,
        replace: bool,
    ) -> Result<Vec<SavedView>> {
        let row = self.panel_row(panel)?;
        let name = sheet::name("name", name, NAME_MAXIMUM)?;
        let views = self.result_views(panel)?;
        let there = views.iter().any(|view| view.name == name);
        if there && !replace {
            return Err(Refused::ViewThere { view: name }.into());
        }
        if !there && views.len() >= VIEWS_MAXIMUM {
            return Err(Refused::TooManyViews { most: VIEWS_MAXIMUM }.into());
        }
        let text = serde_json::to_string(query).expect("plain data");
        let old = there.then_some(name.as_str());
        self.change_views(&row.name, (old, Some(&name)), |tx| Ok(tx.put_result_view(&row.id, &name, &text)?))?;
        self.result_views(panel)
    }

    /// Gives a saved view another name.
    ///
    /// # Errors
    /// There is none; an unfit name, or one that is taken; of the disk.
    pub fn rename_result_view(&mut self, panel: &str, name: &str, to: &str) -> Result<Vec<SavedView>> {
        let row = self.panel_row(panel)?;
        let view = self.result_view(panel, name)?;
        let to = sheet::name("name", to, NAME_MAXIMUM)?;
        if to == view.name {
            return self.result_views(panel);
        }
        if self.result_views(panel)?.iter().any(|other| other.name == to) {
            return Err(Refused::ViewThere { view: to }.into());
        }
        let text = serde_json::to_string(&view.query).expect("plain data");
        self.change_views(&row.name, (Some(&view.name), Some(&to)), |tx| {
            tx.remove_result_view(&row.id, &view.name)?;
            Ok(tx.put_result_view(&row.id, &to, &text)?)
        })?;
        self.result_views(panel)
    }

    /// Removes a saved view; results stay as they are.
    ///
    /// # Errors
    /// There is none; of the disk.
    pub fn remove_result_view(&mut self, panel: &str, name: &str) -> Result<Vec<SavedView>> {
        let row = self.panel_row(panel)?;
        let view = self.result_view(panel, name)?;
        self.change_views(&row.name, (Some(&view.name), None), |tx| Ok(tx.remove_result_view(&row.id, &view.name)?))?;
        self.result_views(panel)
    }

    fn change_views(
        &mut self,
        panel: &str,
        (old, new): (Option<&str>, Option<&str>),
        change: impl FnOnce(&Tx<'_>) -> Result<()>,
    ) -> Result<()> {
        let action = "results-view";
        let note = AuditNote { at: self.now(), action, target: panel, old, new, ..AuditNote::default() };
        self.write(&note, change)
    }
}
