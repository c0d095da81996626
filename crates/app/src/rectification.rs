//! Problems found while scoring and their rectification (问题清单、整改). 附件9之9: 整改计划需要跟问题一一对应，落实到具体
//! 责任人、责任部门、完成时间。
//!
//! The list belongs to the assessment: every sheet of it shows the same one, in every phase, since rectifying begins when
//! a sheet is signed. What was found is fixed with the sheet that found it (`docs/decisions/0012`).

pub(crate) mod deductions;
pub(crate) mod exchange;
pub(crate) mod feedback;
mod last_round;
mod list;

use crate::evidence::Attached;
use crate::refusal::Refusal;
use crate::sheets::Opened;
use crate::view::{
    DeductionView, FoundInput, PlanInput, ProblemAttached, ProblemEmphasis, ProblemProgress, RectificationView,
    RefusedFile,
};
use crate::{Result, Session, Watch, world};
use assessment::Phase;
use assessment::rectification::{
    Day, Emphasis, Found, List, ListEntry, Noted, PROBLEMS_MAXIMUM, Piece, Plan, Problem, Progress,
};
use deductions::{deductions, draft};
use rubric::{MarkError, Rubric};
use std::path::PathBuf;
use store::{AuditNote, SheetRow};

pub(crate) use list::{Shown, group_of, places, shown};

/// Most pieces of evidence of one problem.
pub(crate) const PIECES_MAXIMUM: usize = 200;

/// Declares both ways between a domain enum and the one that the faces show.
macro_rules! same {
    ($domain:ident, $view:ident: $($variant:ident),*) => {
        impl From<$domain> for $view {
            fn from(value: $domain) -> Self {
                match value { $($domain::$variant => Self::$variant),* }
            }
        }
        impl From<&$view> for $domain {
            fn from(value: &$view) -> Self {
                match value { $($view::$variant => Self::$variant),* }
            }
        }
    };
}
same!(Progress, ProblemProgress: Open, Doing, Done, Verified);
same!(Emphasis, ProblemEmphasis: Key, Hard);

impl Session {
    /// The list of problems of a sheet's assessment, with the deductions that are none yet.
    ///
    /// # Errors
    /// Unknown sheet; of the disk.
    pub fn rectification(&mut self, sheet: &str) -> Result<RectificationView> {
        let opened = self.opened(sheet)?;
        let row = &opened.row;
        let (list, (can_undo, can_redo), sheets, assignment) = self.read(|tx| {
            let id = &row.assessment.id;
            let steps = tx.can_step_rectification(id)?;
            Ok((tx.rectification(id)?, steps, tx.sheets()?, tx.assignment(id)?))
        })?;
        let today = Day::from(self.world.today());
        let problems = shown(&opened, &list, &sheets, today);
        Ok(RectificationView {
            sheet: row.id.clone(),
            today: today.to_string(),
            notified: list.notified.map(|day| day.to_string()).unwrap_or_default(),
            problems: problems.into_iter().map(Shown::view).collect(),
            deductions: deductions(&opened, &list, self.language),
            carried: last_round::waiting(&opened),
            departments: assignment.departments(&opened.rubric),
            can_undo,
            can_redo,
        })
    }

    /// What a problem at a place would begin with: the remark, and the sentences that took marks.
    ///
    /// # Errors
    /// Unknown sheet or place; of the disk.
    pub fn problem_draft(&mut self, sheet: &str, code: &str) -> Result<DeductionView> {
        let opened = self.opened(sheet)?;
        title_of(&opened.rubric, code)?;
        Ok(draft(&opened, code, self.language))
    }

    /// Notes a problem; a place may have several.
    ///
    /// # Errors
    /// Unknown place; an empty or unfit text; too many; an unknown sheet; of the disk.
    pub fn note_problem(&mut self, sheet: &str, input: &FoundInput) -> Result<RectificationView> {
        let row = self.sheet(sheet)?;
        let rubric = self.rubric_of(&row)?;
        let found = found(input, title_of(&rubric, &input.code)?);
        self.note(&row, vec![found])
    }

    /// Notes a problem for each of these deductions, in one act; for every one that is none yet without codes.
    ///
    /// # Errors
    /// Unknown place; too many; an unknown sheet; of the disk.
    pub fn note_deductions(&mut self, sheet: &str, codes: &[String]) -> Result<RectificationView> {
        let opened = self.opened(sheet)?;
        let list = self.read(|tx| Ok(tx.rectification(&opened.row.assessment.id)?))?;
        let wanting = if codes.is_empty() {
            deductions(&opened, &list, self.language)
        } else {
            codes.iter().try_for_each(|code| title_of(&opened.rubric, code).map(|_| ()))?;
            codes.iter().map(|code| draft(&opened, code, self.language)).collect()
        };
        let found =
            |d: DeductionView| Found { code: d.code, title: d.title, text: d.text, basis: d.basis, emphasis: None };
        self.note(&opened.row, wanting.into_iter().map(found).collect())
    }

    fn note(&mut self, row: &SheetRow, found: Vec<Found>) -> Result<RectificationView> {
        let list = self.read(|tx| Ok(tx.rectification(&row.assessment.id)?))?;
        if list.problems.len() + found.len() > PROBLEMS_MAXIMUM {
            return Err(assessment::Error::TooManyProblems { most: PROBLEMS_MAXIMUM }.into());
        }
        let at = world::rfc3339(self.now());
        let noted = Noted {
            sheet: row.id.clone(),
            stage: row.stage,
            assessor: row.assessor.clone(),
            on: Day::from(self.world.today()),
            at: at.clone(),
        };
        let mut entries = Vec::with_capacity(found.len());
        for found in found {
            let (id, plan, noted, changed_at) = (self.world.id(), Plan::default(), noted.clone(), at.clone());
            let problem = Problem { id, found, plan, noted, origin: None, changed_at };
            problem.require_texts()?;
            entries.push(ListEntry::of(&problem));
        }
        self.keep(row, "problem-note", &list, &entries)
    }

    /// Changes what was found, while it is not fixed.
    ///
    /// # Errors
    /// A fixed or unknown problem; an empty or unfit text; an unknown place or sheet; of the disk.
    pub fn set_found(&mut self, sheet: &str, problem: &str, input: &FoundInput) -> Result<RectificationView> {
        let (row, list, mut problem) = self.free_problem(sheet, problem)?;
        let rubric = self.rubric_of(&row)?;
        // A place that the rubric lost keeps its title.
        let title = match title_of(&rubric, &input.code) {
            Ok(title) => title.to_owned(),
            Err(_) if input.code == problem.found.code => problem.found.title.clone(),
            Err(unknown) => return Err(unknown),
        };
        problem.found = found(input, &title);
        self.change(&row, "problem-found", &list, problem)
    }

    /// Takes a problem off the list, while it is not fixed.
    ///
    /// # Errors
    /// A fixed or unknown problem; an unknown sheet; of the disk.
    pub fn remove_problem(&mut self, sheet: &str, problem: &str) -> Result<RectificationView> {
        let (row, list, problem) = self.free_problem(sheet, problem)?;
        self.keep(&row, "problem-remove", &list, &[ListEntry::removal(&problem.id)])
    }

    /// Says what is done about a problem, and how far it is. A problem of an earlier round whose state changes was looked
    /// at with that.
    ///
    /// # Errors
    /// A day that is none, more than a year away or before the problem was known; unfit texts; an unknown problem or
    /// sheet; of the disk. What was there stays.
    pub fn set_plan(&mut self, sheet: &str, problem: &str, input: &PlanInput) -> Result<RectificationView> {
        let (row, list, mut problem) = self.problem_of(sheet, problem)?;
        let deadline = Day::read(&input.deadline)?;
        if let Some(deadline) = deadline.filter(|_| deadline != problem.plan.deadline) {
            problem.require_deadline(deadline, list.notified)?;
        }
        let progress = Progress::from(&input.progress);
        if let Some(origin) = problem.origin.as_mut().filter(|_| progress != problem.plan.progress) {
            origin.unverified = false;
        }
        problem.plan = Plan {
            measure: plain(&input.measure),
            person: plain(&input.person),
            department: plain(&input.department),
            deadline,
            progress,
            note: plain(&input.note),
            evidence: problem.plan.evidence,
        };
        self.change(&row, "problem-plan", &list, problem)
    }

    /// Says that somebody looked at the state of a problem of an earlier round and it is as it stands.
    ///
    /// # Errors
    /// An unknown problem or sheet; of the disk.
    pub fn confirm_problem(&mut self, sheet: &str, problem: &str) -> Result<RectificationView> {
        let (row, list, mut problem) = self.problem_of(sheet, problem)?;
        if let Some(origin) = &mut problem.origin {
            origin.unverified = false;
        }
        self.change(&row, "problem-confirm", &list, problem)
    }

    /// Refers to pieces of the catalogue that show a rectification, in place of those referred to before. Pieces that the
    /// catalogue lost keep their names until they are left out.
    ///
    /// # Errors
    /// An unknown piece, problem or sheet; too many; of the disk.
    pub fn set_problem_evidence(&mut self, sheet: &str, problem: &str, items: &[String]) -> Result<RectificationView> {
        let (row, list, mut problem) = self.problem_of(sheet, problem)?;
        if items.len() > PIECES_MAXIMUM {
            return Err(Refusal::TooManyPieces { count: items.len(), most: PIECES_MAXIMUM }.into());
        }
        let catalogue = self.read(|tx| Ok(tx.evidence(&row.assessment.id)?))?;
        let mut evidence: Vec<Piece> = Vec::with_capacity(items.len());
        for id in items {
            let here = catalogue.iter().find(|piece| piece.id == *id).map(|piece| piece.fields.name.clone());
            let before = problem.plan.evidence.iter().find(|piece| piece.id == *id).map(|piece| piece.name.clone());
            let name = here.or(before).ok_or_else(|| store::Error::UnknownEvidence { item: id.clone() })?;
            if !evidence.iter().any(|piece| piece.id == *id) {
                evidence.push(Piece { id: id.clone(), name });
            }
        }
        problem.plan.evidence = evidence;
        self.change(&row, "problem-evidence", &list, problem)
    }

    /// Copies files into the workspace and refers to them. Unlike evidence of points this can be done after signing; the
    /// pieces support no point.
    ///
    /// # Errors
    /// An unknown problem or sheet; too many; of the disk. What is wrong with a file stands in the report.
    pub fn attach_to_problem(
        &mut self,
        sheet: &str,
        problem: &str,
        paths: &[PathBuf],
        watch: &Watch,
    ) -> Result<ProblemAttached> {
        let (row, _, problem) = self.problem_of(sheet, problem)?;
        let mut items: Vec<String> = problem.plan.evidence.iter().map(|piece| piece.id.clone()).collect();
        let (mut refused, mut act) = (Vec::new(), None);
        for path in paths.iter().take_while(|_| !watch.cancelled()) {
            match self.attach_one(&row, &[], path, &store::EvidenceFields::default(), &mut act, watch) {
                Ok(Attached::Added(id) | Attached::Linked { id, .. }) => items.push(id),
                Err(failure) => {
                    let problem = self.problem(&failure);
                    refused.push(RefusedFile { path: path.display().to_string(), problem });
                }
            }
        }
        let list = self.set_problem_evidence(&row.id, &problem.id, &items)?;
        Ok(ProblemAttached { list, evidence: self.catalogue(&row.id)?, refused })
    }

    /// Notes when the result was given notice of in writing; the year of every deadline counts from there. An empty text
    /// takes the day away.
    ///
    /// # Errors
    /// A day that is none; an unknown sheet; of the disk.
    pub fn set_notified(&mut self, sheet: &str, day: &str) -> Result<RectificationView> {
        let row = self.sheet(sheet)?;
        let list = self.read(|tx| Ok(tx.rectification(&row.assessment.id)?))?;
        self.keep(&row, "problem-notified", &list, &[ListEntry::notice(Day::read(day)?)])
    }

    /// Undoes the last change of the list, or redoes the last one undone; does nothing when there is none.
    ///
    /// # Errors
    /// An unknown sheet; of the disk.
    pub fn step_rectification(&mut self, sheet: &str, undo: bool) -> Result<RectificationView> {
        let row = self.sheet(sheet)?;
        let action = if undo { "problem-undo" } else { "problem-redo" };
        let note = AuditNote { at: self.now(), sheet: Some(&row.id), action, ..AuditNote::default() };
        self.write(&note, |tx| {
            for entry in tx.step_rectification(&row.assessment.id, undo)? {
                tx.audit(&AuditNote { target: &entry.key, new: entry.value.as_deref(), ..note.clone() })?;
            }
            Ok(())
        })?;
        self.rectification(&row.id)
    }

    /// The problem with this id, or the only one whose id begins so.
    fn problem_of(&mut self, sheet: &str, given: &str) -> Result<(SheetRow, List, Problem)> {
        let row = self.sheet(sheet)?;
        let list = self.read(|tx| Ok(tx.rectification(&row.assessment.id)?))?;
        let unknown = || Refusal::UnknownProblem { problem: given.to_owned(), unit: row.assessment.unit.clone() };
        let mut fits = list.problems.values().filter(|problem| !given.is_empty() && problem.id.starts_with(given));
        let (Some(problem), None) = (fits.next().cloned(), fits.next()) else { return Err(unknown().into()) };
        Ok((row, list, problem))
    }

    fn free_problem(&mut self, sheet: &str, given: &str) -> Result<(SheetRow, List, Problem)> {
        let (row, list, problem) = self.problem_of(sheet, given)?;
        let sheets = self.read(|tx| Ok(tx.sheets()?))?;
        if is_fixed(&problem, &sheets) {
            let (problem, assessor) =
                (format!("{} {}", problem.found.code, problem.found.title), problem.noted.assessor);
            return Err(assessment::Error::ProblemFixed { problem, assessor }.into());
        }
        Ok((row, list, problem))
    }

    fn change(&mut self, row: &SheetRow, action: &str, list: &List, mut problem: Problem) -> Result<RectificationView> {
        problem.require_texts()?;
        if list.problems.get(&problem.id) == Some(&problem) {
            return self.rectification(&row.id);
        }
        problem.changed_at = world::rfc3339(self.now());
        self.keep(row, action, list, &[ListEntry::of(&problem)])
    }

    /// Writes entries as one act, each with its audit entry.
    fn keep(&mut self, row: &SheetRow, action: &str, list: &List, entries: &[ListEntry]) -> Result<RectificationView> {
        let at = self.now();
        let old = |entry: &ListEntry| list.problems.get(&entry.key).and_then(|problem| ListEntry::of(problem).value);
        let olds: Vec<Option<String>> = entries.iter().map(old).collect();
        let notes = entries.iter().zip(&olds).map(|(entry, old)| AuditNote {
            at,
            sheet: Some(&row.id),
            action,
            target: &entry.key,
            old: old.as_deref(),
            new: entry.value.as_deref(),
            ..AuditNote::default()
        });
        let notes: Vec<AuditNote<'_>> = notes.collect();
        if let Some((last, rest)) = notes.split_last() {
            self.write(last, |tx| {
                rest.iter().try_for_each(|note| tx.audit(note))?;
                Ok(tx.change_rectification(&row.assessment.id, entries)?)
            })?;
        }
        self.rectification(&row.id)
    }
}

/// Whether what was found can no longer be changed: it was finalised with its sheet, comes from another machine, or from
/// an earlier round.
fn is_fixed(problem: &Problem, sheets: &[SheetRow]) -> bool {
    let noted = world::seconds(&problem.noted.at);
    let held = |sheet: &SheetRow| sheet.imported || (sheet.phase != Phase::Draft && sheet.finalised_at >= noted);
    let sheet = sheets.iter().find(|sheet| sheet.id == problem.noted.sheet);
    problem.origin.is_some() || sheet.is_none_or(held)
}

/// Text as it is kept: lines end in one way, nothing stands behind the last.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

fn found(input: &FoundInput, title: &str) -> Found {
    Found {
        code: input.code.clone(),
        title: title.to_owned(),
        text: plain(&input.text),
        basis: plain(&input.basis),
        emphasis: input.emphasis.as_ref().map(Emphasis::from),
    }
}

/// Title of a point, indicator or adjustment.
fn title_of<'a>(rubric: &'a Rubric, code: &str) -> Result<&'a str> {
    let indicator = rubric.indicators.iter().find(|i| i.code == code).map(|indicator| &indicator.title);
    let point = rubric.point(code).map(|(_, point)| &point.title);
    let adjustment = rubric.adjustment(code).map(|adjustment| &adjustment.title);
    let unknown = || MarkError::UnknownCode { point: code.to_owned(), rubric: rubric.id.clone() };
    Ok(point.or(indicator).or(adjustment).ok_or_else(unknown)?)
}

/// The opened sheet's own mark and full marks of a point, when it is scored.
fn mark_of(opened: &Opened, code: &str) -> Option<(rust_decimal::Decimal, rust_decimal::Decimal)> {
    let point = opened.outcome.points.iter().find(|point| point.code == code)?;
    Some((point.score?, point.max))
}
