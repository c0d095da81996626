//! The history of a sheet as people read it, and what it has otherwise than its last signed revision.

mod check;
mod words;

pub use check::Fault;
#[cfg(test)]
pub(crate) use words::{EVIDENCE, LIFE, SCORES, VALUES, WORK};

use crate::outcome::count;
use crate::view::{ChangeLine, ChangesView, HistoryGroup, HistoryLine, HistoryQuery, HistoryView};
use crate::{Result, Session, difference, world};
use assessment::exchange::{ChangedEntry, Changes, SheetFile};
use rubric::decimal::show;
use std::collections::BTreeMap;
use store::{HistoryRow, SheetRow, Tx};
use words::{Words, group_of};

/// How many lines one answer has.
const PAGE: usize = 200;
/// How many rows are read at once to find them.
const STEP: u32 = 500;

impl Session {
    /// The history of a sheet, or of the whole workspace: the latest lines first, those that the query wants.
    ///
    /// # Errors
    /// Unknown sheet; of the disk.
    pub fn history(&mut self, sheet: Option<&str>, query: &HistoryQuery) -> Result<HistoryView> {
        let row = sheet.map(|sheet| self.sheet(sheet)).transpose()?;
        let rubric = row.as_ref().map(|row| self.rubric_of(row)).transpose()?;
        self.read(|tx| {
            let evidence = row.as_ref().map(|row| tx.evidence(&row.assessment.id)).transpose()?.unwrap_or_default();
            let words = Words::new(rubric.as_deref(), &evidence, self.language);
            let line = |row: &HistoryRow| words.line(row, self.world.local(row.at, "%Y-%m-%d %H:%M:%S"));
            let (lines, more) = wanted_lines(tx, row.as_ref().map(|row| row.id.as_str()), query, line)?;
            let head = tx.history_head()?;
            Ok(HistoryView { lines, more, rows: number(head.rows), head: head.hash })
        })
    }

    /// What a sheet has otherwise than the last revision that somebody signed; none where none was signed before.
    ///
    /// # Errors
    /// Unknown sheet; of the disk.
    pub fn changes_since_signed(&mut self, sheet: &str) -> Result<Option<ChangesView>> {
        let opened = self.opened(sheet)?;
        let row = &opened.row;
        let signed = self.read(|tx| Ok(difference::signed_before(tx, row)?))?;
        let Some((before, digest)) = signed else { return Ok(None) };
        let records = self.finalised_records(row)?.unwrap_or_else(|| opened.records.clone());
        let changes = Changes::since(&before, &digest, &records);
        let words = Words::new(Some(&opened.rubric), &opened.evidence, self.language);
        let order: BTreeMap<&str, usize> =
            opened.rubric.points().map(|(_, point)| point.code.as_str()).zip(0..).collect();
        let mut lines: Vec<ChangeLine> = changes.entries.iter().map(|entry| change_line(&words, entry)).collect();
        lines.sort_by_key(|line| order.get(line.code.as_str()).copied().unwrap_or(usize::MAX));
        let (signers, evidence) = self.read(|tx| signed_and_since(tx, row, &digest))?;
        Ok(Some(ChangesView {
            since: changes.since,
            at: world::seconds(&before.finalised_at)
                .map_or_else(String::new, |time| self.world.local(time, "%Y-%m-%d %H:%M")),
            signers,
            digest,
            revision: row.revision,
            reason: row.reason.clone(),
            total_then: changes.total,
            total_now: show(opened.outcome.total),
            lines,
            evidence,
        }))
    }

    /// What is in the file of a sheet that is finalised: its entries as they were fixed.
    fn finalised_records(&self, row: &SheetRow) -> Result<Option<assessment::Records>> {
        let kept = self.read(|tx| Ok(tx.current_revision(row)?))?;
        Ok(kept.and_then(|kept| serde_json::from_str::<SheetFile>(&kept.file).ok()).map(|file| file.records()))
    }
}

fn number(rows: i64) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

/// Reads back from where the query begins until a page is full; whether there is more behind it.
fn wanted_lines(
    tx: &Tx<'_>,
    sheet: Option<&str>,
    query: &HistoryQuery,
    line: impl Fn(&HistoryRow) -> HistoryLine,
) -> Result<(Vec<HistoryLine>, bool)> {
    let mut before = query.before.map(i64::from);
    let mut lines = Vec::new();
    loop {
        let rows = tx.history(sheet, before, STEP)?;
        let Some(last) = rows.last() else { return Ok((lines, false)) };
        before = Some(last.number);
        let of_group =
            rows.iter().filter(|row| query.group.as_ref().is_none_or(|group| group_of(&row.action) == *group));
        let found = of_group.map(&line).filter(|line| says(line, &query.text));
        lines.extend(found);
        if lines.len() > PAGE {
            lines.truncate(PAGE);
            return Ok((lines, true));
        }
    }
}

/// Whether every word of a search stands somewhere in a line.
fn says(line: &HistoryLine, text: &str) -> bool {
    let parts = [&line.target, &line.title, &line.action, &line.who].into_iter();
    let values = [&line.old, &line.new, &line.reason].into_iter().flatten();
    let said = parts.chain(values).map(|part| part.to_lowercase()).collect::<Vec<_>>().join("\n");
    text.to_lowercase().split_whitespace().all(|word| said.contains(word))
}

fn change_line(words: &Words<'_>, entry: &ChangedEntry) -> ChangeLine {
    let (code, title) = match entry.kind.as_str() {
        "verdict" => (String::new(), words.named(&entry.code)),
        _ => words.place(&entry.code),
    };
    let value = |text: &Option<String>| text.as_deref().map(|text| words.value(&entry.kind, text));
    ChangeLine { code, title, what: words.action(&entry.kind), old: value(&entry.old), new: value(&entry.new) }
}

/// Who signed a revision, by name where the history or this machine's identities know it; and how many changes the
/// catalogue had since the revision was finalised.
fn signed_and_since(tx: &Tx<'_>, row: &SheetRow, digest: &str) -> Result<(Vec<String>, u32)> {
    let mut names: BTreeMap<String, String> =
        tx.identities()?.into_iter().map(|known| (known.fingerprint, known.name)).collect();
    let mut changes = 0;
    tx.each_of_history(&row.id, |said| {
        if said.action == "finalize" && said.new.as_deref() == Some(digest) {
            changes = 0;
        } else if group_of(&said.action) == HistoryGroup::Evidence {
            changes += 1;
        }
        if let (true, Some(who)) = (said.action == "sign", said.who) {
            names.insert(said.target, who);
        }
    })?;
    let short = |fingerprint: &String| fingerprint.get(..8).unwrap_or(fingerprint).to_owned();
    let name = |fingerprint: &String| names.get(fingerprint).cloned().unwrap_or_else(|| short(fingerprint));
    let kept = tx.revisions(&row.id)?.into_iter().find(|kept| kept.digest == digest);
    let signers = kept.map(|kept| kept.signers.iter().map(name).collect()).unwrap_or_default();
    Ok((signers, count(changes)))
}
