//! Who does what until when (任务分解, 附件1; 进度安排, 附件2): departments with their points, what they still miss, and
//! reminders.
//!
//! The assignment belongs to the assessment, not to one sheet, and may be changed after a sheet was finalised. How far a
//! department is follows from the sheet that is asked about.

mod change;
mod refused;
mod reminder;

use crate::outcome::count;
use crate::schedule::{next_deadline, require_own};
use crate::sheets::Opened;
use crate::view::{
    AssignedView, DeadlineView, DepartmentProgress, DepartmentTasks, ScheduleView, TaskChange, TaskIndicator,
    TaskPoint, TasksView,
};
use crate::{Result, Session, writing};
use assessment::schedule::{read_day, show_day};
use assessment::{Assigned, Assignment, AssignmentKind};
use jiff::civil::Date;
use rubric::Rubric;
use rubric::decimal::show;
use rubric::model::{Indicator, Point};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use store::{AuditNote, EvidenceRow};

pub use refused::Refused;
pub(crate) use reminder::{Reminder, deadline_words, reminders};

/// An assessment's assignment with the sheet that says how far it is.
pub(crate) struct Tasks {
    pub opened: Opened,
    pub assignment: Assignment,
    pub schedule: ScheduleView,
    /// Indicators whose task summary is not written.
    unwritten: Vec<String>,
    steps: (bool, bool),
    today: Date,
}

impl Session {
    /// Who does what in the assessment of a sheet, and how far each department is.
    ///
    /// # Errors
    /// Unknown sheet; of the disk.
    pub fn tasks(&mut self, sheet: &str) -> Result<TasksView> {
        Ok(self.tasks_of(sheet)?.view())
    }

    /// How far each department is; the points that nobody does come last.
    ///
    /// # Errors
    /// Unknown sheet; of the disk.
    pub fn department_progress(&mut self, sheet: &str) -> Result<Vec<DepartmentProgress>> {
        let tasks = self.tasks_of(sheet)?;
        let points = tasks.points();
        let mut progress: Vec<DepartmentProgress> = tasks
            .assignment
            .departments(&tasks.opened.rubric)
            .into_iter()
            .map(|name| {
                tasks.progress(Some(name.clone()), points.iter().filter(|p| p.departments.names.contains(&name)))
            })
            .collect();
        let nobody = tasks.progress(None, points.iter().filter(|point| point.departments.names.is_empty()));
        progress.extend((nobody.points > 0).then_some(nobody));
        Ok(progress)
    }

    /// Changes the assignment of a sheet's assessment.
    ///
    /// # Errors
    /// A place, role or department that there is not; a name, text or day that does not fit; too many; an unknown
    /// sheet or one of another machine; of the disk. The old assignment stays.
    pub fn change_tasks(&mut self, sheet: &str, change: &TaskChange) -> Result<TasksView> {
        let row = self.sheet(sheet)?;
        require_own(&row)?;
        let rubric = self.rubric_of(&row)?;
        let id = &row.assessment.id;
        let old = self.read(|tx| Ok(tx.assignment(id)?))?;
        let entries = change::entries(change, &rubric, &old)?;
        let (action, target, new) = change::said(change);
        let note = AuditNote {
            at: self.now(),
            sheet: Some(&row.id),
            action,
            target: &target,
            new: new.as_deref(),
            ..AuditNote::default()
        };
        self.write(&note, |tx| match change {
            TaskChange::Undo => Ok(tx.step_assignment(id, true)?),
            TaskChange::Redo => Ok(tx.step_assignment(id, false)?),
            _ => Ok(tx.change_assignment(id, &entries)?),
        })?;
        self.tasks(&row.id)
    }

    /// The reminder (催办) of one department or of all that miss something, as a text to be sent; empty when nothing is missing.
    ///
    /// # Errors
    /// A department that there is not; unknown sheet; of the disk.
    pub fn reminder(&mut self, sheet: &str, department: Option<&str>) -> Result<String> {
        let tasks = self.tasks_of(sheet)?;
        let view = tasks.view();
        let wanted = department.map(|name| find_department(&view, name)).transpose()?;
        Ok(reminder::text(
            &tasks.opened,
            &reminders(&tasks.opened.rubric, &view, wanted.map(|one| one.name.as_str())),
            self.language,
        ))
    }

    pub(crate) fn tasks_of(&mut self, sheet: &str) -> Result<Tasks> {
        let opened = self.opened(sheet)?;
        let schedule = self.schedule(&opened.row.id)?;
        let id = opened.row.assessment.id.clone();
        let (assignment, steps, written) =
            self.read(|tx| Ok((tx.assignment(&id)?, tx.can_step_assignment(&id)?, tx.writings(&id)?)))?;
        let unwritten = writing::unwritten_summaries(&opened.rubric, &written);
        Ok(Tasks { opened, assignment, schedule, unwritten, steps, today: self.world.today() })
    }
}

/// The department of this name, in any spacing.
///
/// # Errors
/// [`Refused::UnknownDepartment`].
pub fn find_department<'a>(view: &'a TasksView, name: &str) -> std::result::Result<&'a DepartmentTasks, Refused> {
    let found = view.departments.iter().find(|one| assessment::assignment::same_department(&one.name, name));
    found.ok_or_else(|| {
        let known: Vec<&str> = view.departments.iter().map(|one| one.name.as_str()).collect();
        Refused::UnknownDepartment { name: name.to_owned(), known: known.join("、") }
    })
}

fn assigned(assigned: Assigned, code: &str) -> AssignedView {
    let from = assigned.from.filter(|from| from != code);
    AssignedView { names: assigned.names, from, own: assigned.own }
}

impl Tasks {
    pub(crate) fn view(&self) -> TasksView {
        let rubric = &self.opened.rubric;
        let points = self.points();
        let names = self.assignment.departments(rubric);
        let deadline = next_deadline(&self.schedule);
        let nobody = points.iter().filter(|point| point.departments.names.is_empty());
        let printed = |i: &Indicator| !(i.departments.is_empty() && i.lead.is_empty() && i.assisting.is_empty());
        TasksView {
            sheet: self.opened.row.id.clone(),
            writable: !self.opened.row.imported,
            changed: !self.assignment.is_empty(),
            printed: rubric.indicators.iter().any(printed),
            can_undo: self.steps.0,
            can_redo: self.steps.1,
            unassigned: nobody.map(|point| point.code.clone()).collect(),
            departments: names.into_iter().map(|name| self.department(name, &points, deadline.as_ref())).collect(),
            indicators: rubric.indicators.iter().map(|indicator| self.indicator(rubric, indicator)).collect(),
            points,
            deadline,
        }
    }

    fn indicator(&self, rubric: &Rubric, indicator: &Indicator) -> TaskIndicator {
        let role = |role| assigned(self.assignment.of_indicator(rubric, indicator, role), &indicator.code);
        TaskIndicator {
            code: indicator.code.clone(),
            departments: role(AssignmentKind::Departments),
            lead: role(AssignmentKind::Lead),
            assisting: role(AssignmentKind::Assisting),
            collection: self.assignment.collection(indicator).to_owned(),
            collection_own: self.assignment.get(AssignmentKind::Collection, &indicator.code).is_some(),
        }
    }

    fn points(&self) -> Vec<TaskPoint> {
        let rubric = &self.opened.rubric;
        let mut files: BTreeMap<&str, Vec<&EvidenceRow>> = BTreeMap::new();
        for item in &self.opened.evidence {
            item.points.iter().for_each(|code| files.entry(code).or_default().push(item));
        }
        let point = |(indicator, point): (&Indicator, &Point)| {
            let here = files.get(point.code.as_str()).map(Vec::as_slice).unwrap_or_default();
            let scored = self.opened.outcome.points.iter().find(|scored| scored.code == point.code);
            TaskPoint {
                code: point.code.clone(),
                indicator: indicator.code.clone(),
                title: point.title.clone(),
                departments: assigned(self.assignment.of_point(rubric, indicator, point), &point.code),
                collection: self.assignment.collection_of_point(indicator, point),
                collection_own: self.assignment.get(AssignmentKind::Collection, &point.code).is_some(),
                max: show(point.max),
                mark: scored.and_then(|scored| scored.score).map(show),
                evidence: count(here.len()),
                undated: count(here.iter().filter(|item| item.fields.date.is_empty()).count()),
            }
        };
        rubric.points().map(point).collect()
    }

    fn department(&self, name: String, points: &[TaskPoint], schedule: Option<&DeadlineView>) -> DepartmentTasks {
        let own: Vec<&TaskPoint> = points.iter().filter(|point| point.departments.names.contains(&name)).collect();
        let codes: Vec<String> = own.iter().map(|point| point.code.clone()).collect();
        let leads =
            |indicator: &&Indicator| self.assignment.at_indicator(indicator, AssignmentKind::Lead).contains(&name);
        let leads = self.opened.rubric.indicators.iter().filter(leads).map(|indicator| indicator.code.clone());
        let leads: Vec<String> = leads.collect();
        let fact = |kind| self.assignment.get(kind, &name).unwrap_or_default().to_owned();
        let due = read_day(&fact(AssignmentKind::Due));
        let undated = self.opened.evidence.iter().filter(|item| item.fields.date.is_empty());
        let undated = undated.filter(|item| item.points.iter().any(|code| codes.contains(code)));
        DepartmentTasks {
            person: fact(AssignmentKind::Person),
            contact: fact(AssignmentKind::Contact),
            due: due.map(show_day).unwrap_or_default(),
            deadline: due.map(|day| deadline(None, day, self.today)).or_else(|| schedule.cloned()),
            progress: self.progress(Some(name.clone()), own.into_iter()),
            undated: undated.map(|item| item.fields.name.clone()).collect(),
            unwritten: leads.iter().filter(|code| self.unwritten.contains(code)).cloned().collect(),
            points: codes,
            leads,
            name,
        }
    }

    fn progress<'a>(
        &self,
        department: Option<String>,
        points: impl Iterator<Item = &'a TaskPoint>,
    ) -> DepartmentProgress {
        let mut progress = DepartmentProgress {
            department,
            points: 0,
            scored: 0,
            with_evidence: 0,
            missing: 0,
            score: String::new(),
            max: String::new(),
        };
        let scores: BTreeMap<&str, Option<Decimal>> =
            self.opened.outcome.points.iter().map(|point| (point.code.as_str(), point.score)).collect();
        let (mut score, mut max) = (Decimal::ZERO, Decimal::ZERO);
        for point in points {
            progress.points += 1;
            progress.scored += u32::from(point.mark.is_some());
            progress.with_evidence += u32::from(point.evidence > 0);
            progress.missing += u32::from(point.evidence == 0);
            // The rubric's sums hold every one of its points, so parts of them cannot overflow.
            score = score.saturating_add(scores.get(point.code.as_str()).copied().flatten().unwrap_or_default());
            let full = self.opened.rubric.point(&point.code).map(|(_, point)| point.max);
            max = max.saturating_add(full.unwrap_or_default());
        }
        DepartmentProgress { score: show(score), max: show(max), ..progress }
    }
}

/// A day with the days that are left to it.
pub(crate) fn deadline(item: Option<String>, day: Date, today: Date) -> DeadlineView {
    DeadlineView { item, day: show_day(day), days_left: days_between(today, day) }
}

/// Days from one day to another; less than 0 backwards.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}
