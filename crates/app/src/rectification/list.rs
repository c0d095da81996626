//! The list as it is shown and printed.

use super::is_fixed;
use crate::Language;
use crate::documents::stage_name;
use crate::outcome::count;
use crate::sheets::Opened;
use crate::view::{ListedProblem, ProblemPiece};
use assessment::rectification::{Day, List, Problem};
use rubric::Rubric;
use rubric::model::Indicator;
use std::collections::BTreeMap;
use store::SheetRow;

/// A problem with what is said of it on a day.
pub(crate) struct Shown<'a> {
    pub problem: &'a Problem,
    /// From 1, over the whole list.
    pub number: usize,
    /// Code of the top-level indicator; empty for adjustments and what the rubric does not have.
    pub group: &'a str,
    pub gone: bool,
    fixed: bool,
    latest: Day,
    days: Option<i32>,
    pieces: Vec<ProblemPiece>,
}

/// Codes of all places in the order of the source, each with its position.
pub(crate) fn places(rubric: &Rubric) -> BTreeMap<&str, usize> {
    let of_indicators =
        rubric.indicators.iter().flat_map(|i| [&i.code].into_iter().chain(i.points.iter().map(|p| &p.code)));
    let codes = of_indicators.chain(rubric.adjustments.iter().map(|adjustment| &adjustment.code));
    codes.enumerate().map(|(at, code)| (code.as_str(), at)).collect()
}

/// Code of the top-level indicator over a point or indicator.
pub(crate) fn group_of<'a>(rubric: &'a Rubric, code: &str) -> Option<&'a str> {
    let own = rubric.point(code).map(|(indicator, _)| indicator);
    let start = own.or_else(|| rubric.indicators.iter().find(|indicator| indicator.code == code))?;
    let above = |indicator: &&'a Indicator| indicator.parent.and_then(|index| rubric.indicators.get(index));
    std::iter::successors(Some(start), above).last().map(|top| top.code.as_str())
}

/// The problems in the order of the rubric, those of places that it does not have last; at one place by when they were
/// noted.
pub(crate) fn shown<'a>(opened: &'a Opened, list: &'a List, sheets: &[SheetRow], today: Day) -> Vec<Shown<'a>> {
    let places = places(&opened.rubric);
    let position = |problem: &Problem| places.get(problem.found.code.as_str()).copied().unwrap_or(usize::MAX);
    let mut problems: Vec<&Problem> = list.problems.values().collect();
    problems.sort_by_key(|problem| (position(problem), &problem.found.code, &problem.noted.at, &problem.id));
    let one = |(number, problem): (usize, &'a Problem)| {
        let latest = problem.latest(list.notified);
        let until = problem.plan.deadline.unwrap_or(latest);
        Shown {
            problem,
            number,
            group: group_of(&opened.rubric, &problem.found.code).unwrap_or_default(),
            gone: position(problem) == usize::MAX,
            fixed: is_fixed(problem, sheets),
            latest,
            days: problem.plan.progress.is_due().then(|| today.days_until(until)),
            pieces: pieces(opened, problem),
        }
    };
    (1..).zip(problems).map(one).collect()
}

fn pieces(opened: &Opened, problem: &Problem) -> Vec<ProblemPiece> {
    let one = |piece: &assessment::rectification::Piece| {
        let here = opened.evidence.iter().find(|row| row.id == piece.id);
        let name = here.map_or(&piece.name, |row| &row.fields.name);
        ProblemPiece { id: piece.id.clone(), name: name.clone(), present: here.is_some() }
    };
    problem.plan.evidence.iter().map(one).collect()
}

impl Shown<'_> {
    /// As the faces show it.
    pub fn view(self) -> ListedProblem {
        let Problem { id, found, plan, noted, origin, .. } = self.problem;
        ListedProblem {
            id: id.clone(),
            number: count(self.number),
            code: found.code.clone(),
            title: found.title.clone(),
            group: self.group.to_owned(),
            gone: self.gone,
            text: found.text.clone(),
            basis: found.basis.clone(),
            emphasis: found.emphasis.map(Into::into),
            noted_on: noted.on.to_string(),
            noted_by: format!("{} {}", stage_name(noted.stage, Language::Zh), noted.assessor),
            fixed: self.fixed,
            origin: origin.as_ref().map(|origin| origin.year),
            unverified: origin.as_ref().is_some_and(|origin| origin.unverified),
            measure: plan.measure.clone(),
            department: plan.department.clone(),
            person: plan.person.clone(),
            deadline: plan.deadline.map(|day| day.to_string()).unwrap_or_default(),
            latest: self.latest.to_string(),
            days: self.days,
            overdue: self.days.is_some_and(|days| days < 0),
            late: plan.deadline.is_some_and(|day| day > self.latest),
            progress: plan.progress.into(),
            note: plan.note.clone(),
            evidence: self.pieces,
            lacking: plan.lacking().into_iter().map(str::to_owned).collect(),
        }
    }
}
