//! The list in packages: it travels with the sheets, as it stands when the package is written, and of a problem that two
//! machines have the later state counts.

use super::PIECES_MAXIMUM;
use crate::create::NAME_MAXIMUM;
use crate::sheets::Opened;
use crate::{Result, world};
use assessment::exchange::FORMAT;
use assessment::rectification::{List, ListEntry, ListFile, MAY, PROBLEMS_MAXIMUM, Problem, TEXT_MAXIMUM};
use assessment::sheet;
use serde_json::Value;
use std::collections::BTreeSet;
use store::{AuditNote, Tx};

/// `problems.json`; nothing for an empty list.
pub(crate) fn file(list: &List) -> Option<Value> {
    if list.problems.is_empty() && list.notified.is_none() {
        return None;
    }
    let problems = list.problems.values().cloned().collect();
    let file = ListFile { format: FORMAT, notified: list.notified, problems };
    Some(serde_json::to_value(&file).expect("a list is plain data"))
}

/// Lets pieces that show a rectification travel although they were attached after the sheet was finalised. They support
/// no point of what is signed.
pub(crate) fn pack(opened: &mut Opened, list: &List) {
    let Some(until) = opened.row.finalised_at else { return };
    let referred: BTreeSet<&str> =
        list.problems.values().flat_map(|problem| &problem.plan.evidence).map(|piece| piece.id.as_str()).collect();
    for piece in &mut opened.evidence {
        if piece.added_at > until && referred.contains(piece.id.as_str()) {
            piece.added_at = until;
            piece.points.clear();
            piece.pages.clear();
        }
    }
}

/// Reads `problems.json` by the rules that a person's own entries must keep.
///
/// # Errors
/// The first thing that does not fit.
pub(crate) fn read(value: &Value, is_id: impl Fn(&str) -> bool) -> std::result::Result<ListFile, String> {
    let file: ListFile = serde_json::from_value(value.clone()).map_err(|error| error.to_string())?;
    if file.format != FORMAT || file.problems.len() > PROBLEMS_MAXIMUM {
        return Err(format!("format {}, {} problems", file.format, file.problems.len()));
    }
    let mut ids = BTreeSet::new();
    for problem in &file.problems {
        let fits = check(problem, &is_id).map_err(|error| error.to_string());
        fits.and_then(|fits| if fits && ids.insert(&problem.id) { Ok(()) } else { Err(String::new()) })
            .map_err(|detail| format!("{} {detail}", problem.id))?;
    }
    Ok(file)
}

fn check(problem: &Problem, is_id: &impl Fn(&str) -> bool) -> std::result::Result<bool, assessment::Error> {
    problem.require_texts()?;
    sheet::name("assessor", &problem.noted.assessor, NAME_MAXIMUM)?;
    sheet::name("name", &problem.found.code, NAME_MAXIMUM)?;
    sheet::fits("title", &problem.found.title, TEXT_MAXIMUM, &MAY)?;
    for piece in &problem.plan.evidence {
        sheet::name("evidence-name", &piece.name, crate::evidence::TEXT_MAXIMUM)?;
    }
    let pieces = problem.plan.evidence.len() <= PIECES_MAXIMUM && problem.plan.evidence.iter().all(|p| is_id(&p.id));
    let times = [&problem.noted.at, &problem.changed_at].iter().all(|time| world::seconds(time).is_some());
    let origin = problem.origin.as_ref().is_none_or(|o| is_id(&o.problem) && sheet::year(o.year).is_ok());
    Ok(pieces && times && origin && is_id(&problem.id) && is_id(&problem.noted.sheet))
}

/// Takes a list in: what is new, and what was changed later than what is here. One act, so that a person can take it back.
/// Gives how many problems are new or changed.
pub(crate) fn take(tx: &Tx<'_>, assessment: &str, file: &ListFile, now: i64) -> Result<usize> {
    let list = tx.rectification(assessment)?;
    let time = |problem: &Problem| world::seconds(&problem.changed_at).unwrap_or_default();
    let later = |problem: &&Problem| {
        let here = list.problems.get(&problem.id);
        // A clock that runs ahead does not win for ever.
        here.is_none_or(|here| here != *problem && time(here) < time(problem).min(now))
    };
    let taken: Vec<&Problem> = file.problems.iter().filter(later).collect();
    let mut entries: Vec<ListEntry> = taken.iter().map(|problem| ListEntry::of(problem)).collect();
    for entry in &entries {
        let old = list.problems.get(&entry.key).and_then(|problem| ListEntry::of(problem).value);
        let (target, new) = (entry.key.as_str(), entry.value.as_deref());
        let old = old.as_deref();
        tx.audit(&AuditNote { at: now, action: "problem-import", target, old, new, ..AuditNote::default() })?;
    }
    if list.notified.is_none() && file.notified.is_some() {
        entries.push(ListEntry::notice(file.notified));
    }
    tx.change_rectification(assessment, &entries)?;
    Ok(taken.len())
}
