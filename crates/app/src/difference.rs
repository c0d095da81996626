//! What a sheet has otherwise than the one that it follows: the revision before it, or the unit's own evaluation.

use crate::sheets::Opened;
use crate::view::Difference;
use assessment::exchange::SheetFile;
use assessment::{EntryKind, Records, Stage};
use rubric::{Outcome, Rubric};
use std::collections::{BTreeMap, BTreeSet};
use store::{RevisionRow, SheetRow, Tx};

/// A sheet that another one is held against, with what follows from it.
pub(crate) struct Scored<'a> {
    pub records: &'a Records,
    pub outcome: Outcome,
}

impl<'a> Scored<'a> {
    pub fn new(rubric: &Rubric, records: &'a Records, stage: Stage) -> Self {
        Self { records, outcome: rubric::score(rubric, &records.findings(rubric, stage)) }
    }
}

/// The revision before this one, with its entries; none for a first revision, or where its file is of another form.
pub(crate) fn revision_before(tx: &Tx<'_>, row: &SheetRow) -> Result<Option<(u32, Records)>, store::Error> {
    if row.revision < 2 {
        return Ok(None);
    }
    let before = tx.revisions(&row.id)?.into_iter().rfind(|kept| kept.revision < row.revision);
    let file = before.and_then(|kept| serde_json::from_str::<SheetFile>(&kept.file).ok());
    Ok(file.map(|file| (file.revision, file.records())))
}

/// The last revision before this one that somebody signed, with its digest; none where there is none, or its file is of
/// another form.
pub(crate) fn signed_before(tx: &Tx<'_>, row: &SheetRow) -> Result<Option<(SheetFile, String)>, store::Error> {
    let signed = |kept: &RevisionRow| kept.revision < row.revision && !kept.signers.is_empty();
    let before = tx.revisions(&row.id)?.into_iter().rfind(signed);
    Ok(before.and_then(|kept| Some((serde_json::from_str(&kept.file).ok()?, kept.digest))))
}

/// The rows that differ. Beside the unit's own evaluation only what both have decided counts: what is not scored yet
/// is open, not changed.
pub(crate) fn difference(opened: &Opened, own: Option<&Scored<'_>>) -> Option<Difference> {
    if let Some((revision, records)) = &opened.previous {
        let before = Scored::new(&opened.rubric, records, opened.row.stage);
        let codes = changed(opened, &before, |now, before| now != before, true);
        return Some(Difference { revision: Some(*revision), codes });
    }
    let codes = changed(opened, own?, |now, before| now.is_some() && before.is_some() && now != before, false);
    Some(Difference { revision: None, codes })
}

fn changed(
    opened: &Opened,
    before: &Scored<'_>,
    differs: impl Fn(Option<&str>, Option<&str>) -> bool,
    with_remarks: bool,
) -> Vec<String> {
    let (now, old) = (results(&opened.outcome), results(&before.outcome));
    let remark = |records: &Records, code: &str| records.get(EntryKind::Remark, code).map(str::to_owned);
    let is_changed = |code: &&str| {
        differs(now.get(code).map(String::as_str), old.get(code).map(String::as_str))
            || (with_remarks && remark(&opened.records, code) != remark(before.records, code))
    };
    let remarked = opened.records.of(EntryKind::Remark).chain(before.records.of(EntryKind::Remark));
    let codes: BTreeSet<&str> = now.keys().chain(old.keys()).copied().chain(remarked.map(|(code, _)| code)).collect();
    codes.into_iter().filter(is_changed).map(str::to_owned).collect()
}

/// Marks, decisions and amounts by code.
fn results(outcome: &Outcome) -> BTreeMap<&str, String> {
    let points = outcome.points.iter().filter_map(|p| Some((p.code.as_str(), rubric::decimal::show(p.score?))));
    let limits = outcome.limits.iter().filter_map(|l| Some((l.code.as_str(), l.present?.to_string())));
    let amounts = outcome.adjustments.iter().filter_map(|a| Some((a.code.as_str(), rubric::decimal::show(a.amount?))));
    points.chain(limits).chain(amounts).collect()
}
