//! A change of the assignment as the entries that make it.

use super::refused::Refused;
use crate::Result;
use crate::view::{TaskChange, TaskRole};
use assessment::assignment::{same_department, tidy_department};
use assessment::schedule::read_day;
use assessment::sheet::{fits, name as needed};
use assessment::{Assignment, AssignmentEntry, AssignmentKind};
use rubric::Rubric;
use rubric::model::{Indicator, Point};

/// Longest name of a department, in characters.
const NAME_MAXIMUM: usize = 60;
/// Longest name of a person, or way to reach one.
const PERSON_MAXIMUM: usize = 100;
/// Longest text of what to collect.
const COLLECTION_MAXIMUM: usize = 5_000;
/// Most departments of one place.
const PLACE_MAXIMUM: usize = 40;
/// Most departments of an assessment.
const DEPARTMENTS_MAXIMUM: usize = 200;

impl From<TaskRole> for AssignmentKind {
    fn from(role: TaskRole) -> Self {
        match role {
            TaskRole::Departments => Self::Departments,
            TaskRole::Lead => Self::Lead,
            TaskRole::Assisting => Self::Assisting,
        }
    }
}

/// An indicator or a point of one.
#[derive(Clone, Copy)]
enum Place<'a> {
    Indicator(&'a Indicator),
    Point(&'a Indicator, &'a Point),
}

fn place<'a>(rubric: &'a Rubric, code: &str) -> std::result::Result<Place<'a>, Refused> {
    let indicator = rubric.indicators.iter().find(|indicator| indicator.code == code).map(Place::Indicator);
    let found = indicator.or_else(|| rubric.point(code).map(|(indicator, point)| Place::Point(indicator, point)));
    found.ok_or_else(|| Refused::UnknownPlace { place: code.to_owned(), rubric: rubric.title.clone() })
}

fn entry(kind: AssignmentKind, key: &str, value: Option<String>) -> AssignmentEntry {
    AssignmentEntry { kind, key: key.to_owned(), value }
}

/// What the audit says of a change: the action, to what, and the new value.
pub(super) fn said(change: &TaskChange) -> (&'static str, String, Option<String>) {
    match change {
        TaskChange::Assign { code, names, .. } => {
            ("assign", code.clone(), names.as_ref().map(|names| names.join("、")))
        }
        TaskChange::Collect { code, text } => ("set-collection", code.clone(), text.clone()),
        TaskChange::Add { name } => ("add-department", name.clone(), None),
        TaskChange::Rename { from, to } => ("rename-department", from.clone(), Some(to.clone())),
        TaskChange::Remove { name } => ("remove-department", name.clone(), None),
        TaskChange::Describe { name, person, contact, due } => {
            ("describe-department", name.clone(), Some([person.as_str(), contact, due].join("；")))
        }
        TaskChange::Undo => ("undo-assignment", String::new(), None),
        TaskChange::Redo => ("redo-assignment", String::new(), None),
        TaskChange::Reset => ("reset-assignment", String::new(), None),
    }
}

/// The entries that make a change; none for a step back or forth.
pub(super) fn entries(change: &TaskChange, rubric: &Rubric, old: &Assignment) -> Result<Vec<AssignmentEntry>> {
    let known = old.departments(rubric);
    let found = match change {
        TaskChange::Assign { code, role, names } => vec![assign(rubric, old, &known, (code, *role), names.as_deref())?],
        TaskChange::Collect { code, text } => vec![collect(rubric, code, text.as_deref())?],
        TaskChange::Add { name } => vec![add(old, &known, name)?],
        TaskChange::Rename { from, to } => rename(rubric, old, &known, from, to)?,
        TaskChange::Remove { name } => {
            let name = find(&known, name)?;
            let facts = AssignmentKind::FACTS.map(|kind| entry(kind, name, None));
            replaced(rubric, old, name, None).into_iter().chain(facts).collect()
        }
        TaskChange::Describe { name, person, contact, due } => describe(find(&known, name)?, person, contact, due)?,
        TaskChange::Reset => old.entries().map(|(kind, key, _)| entry(kind, key, None)).collect(),
        TaskChange::Undo | TaskChange::Redo => Vec::new(),
    };
    let found = match change {
        TaskChange::Assign { .. } => keeping(rubric, old, &known, found),
        _ => found,
    };
    within(rubric, old, &found)?;
    Ok(found)
}

/// A department that no place names any longer stays in the list, with its person.
fn keeping(
    rubric: &Rubric,
    old: &Assignment,
    known: &[String],
    mut found: Vec<AssignmentEntry>,
) -> Vec<AssignmentEntry> {
    let left = after(old, &found).departments(rubric);
    let lost = known.iter().filter(|name| !left.contains(name));
    let number = next_number(old);
    found.extend((number..).zip(lost).map(|(number, name)| listed(name, number)));
    found
}

fn after(old: &Assignment, entries: &[AssignmentEntry]) -> Assignment {
    let mut after = old.clone();
    entries.iter().for_each(|entry| after.apply(entry));
    after
}

fn within(rubric: &Rubric, old: &Assignment, entries: &[AssignmentEntry]) -> Result<()> {
    let count = after(old, entries).departments(rubric).len();
    if count > DEPARTMENTS_MAXIMUM {
        let place = rubric.title.clone();
        return Err(Refused::TooMany { place, count, most: DEPARTMENTS_MAXIMUM }.into());
    }
    Ok(())
}

fn listed(name: &str, number: u32) -> AssignmentEntry {
    entry(AssignmentKind::Department, name, Some(number.to_string()))
}

/// The number behind those of all departments that were added.
fn next_number(old: &Assignment) -> u32 {
    let added = old.entries().filter(|(kind, ..)| *kind == AssignmentKind::Department);
    added.filter_map(|(.., number)| number.parse::<u32>().ok()).max().unwrap_or_default().saturating_add(1)
}

fn find<'a>(known: &'a [String], name: &str) -> std::result::Result<&'a str, Refused> {
    let found = known.iter().find(|other| same_department(other, name));
    let all = || known.join("、");
    found.map(String::as_str).ok_or_else(|| Refused::UnknownDepartment { name: name.trim().to_owned(), known: all() })
}

/// A name as it is kept: that of the department which it means, else tidied.
fn checked(known: &[String], name: &str) -> Result<String> {
    let tidy = tidy_department(name);
    needed("department", &tidy, NAME_MAXIMUM)?;
    Ok(known.iter().find(|other| same_department(other, &tidy)).cloned().unwrap_or(tidy))
}

fn assign(
    rubric: &Rubric,
    old: &Assignment,
    known: &[String],
    (code, role): (&str, TaskRole),
    names: Option<&[String]>,
) -> Result<AssignmentEntry> {
    let at = place(rubric, code)?;
    if let (Place::Point(indicator, _), TaskRole::Lead | TaskRole::Assisting) = (at, role) {
        return Err(Refused::NotOfPoints { place: code.to_owned(), indicator: indicator.code.clone() }.into());
    }
    let kind = role.into();
    let Some(given) = names else { return Ok(entry(kind, code, None)) };
    let mut names: Vec<String> = Vec::new();
    for name in given {
        let name = checked(known, name)?;
        if !names.iter().any(|other| same_department(other, &name)) {
            names.push(name);
        }
    }
    if names.len() > PLACE_MAXIMUM {
        return Err(Refused::TooMany { place: code.to_owned(), count: names.len(), most: PLACE_MAXIMUM }.into());
    }
    // What stands without a change of this place needs none.
    let without = after(old, &[entry(kind, code, None)]);
    let inherited = match at {
        Place::Indicator(indicator) => without.of_indicator(rubric, indicator, kind).names,
        Place::Point(indicator, point) => without.of_point(rubric, indicator, point).names,
    };
    Ok(entry(kind, code, (names != inherited).then(|| names.join("\n"))))
}

fn collect(rubric: &Rubric, code: &str, text: Option<&str>) -> Result<AssignmentEntry> {
    let printed = match place(rubric, code)? {
        Place::Indicator(indicator) => indicator.collection.as_deref().unwrap_or_default(),
        Place::Point(..) => "",
    };
    let text = text.map(|text| text.replace("\r\n", "\n").trim().to_owned());
    if let Some(text) = &text {
        fits("collection", text, COLLECTION_MAXIMUM, &['\n', '\t'])?;
    }
    let own = text.filter(|text| text != printed.trim());
    Ok(entry(AssignmentKind::Collection, code, own))
}

fn add(old: &Assignment, known: &[String], name: &str) -> Result<AssignmentEntry> {
    let checked = checked(known, name)?;
    if known.contains(&checked) {
        return Err(Refused::DepartmentExists { name: name.trim().to_owned(), known: checked }.into());
    }
    Ok(listed(&checked, next_number(old)))
}

/// Every place that names a department names another, or none, in its stead.
fn replaced(rubric: &Rubric, old: &Assignment, name: &str, by: Option<&str>) -> Vec<AssignmentEntry> {
    let change = |names: Vec<String>| {
        let mut changed: Vec<String> = Vec::new();
        for other in names {
            let other = if other == name { by.map(str::to_owned) } else { Some(other) };
            changed.extend(other.filter(|other| !changed.contains(other)));
        }
        changed.join("\n")
    };
    let has = |names: &Vec<String>| names.iter().any(|other| other == name);
    let mut found = Vec::new();
    for indicator in &rubric.indicators {
        for role in AssignmentKind::ROLES {
            let names = old.at_indicator(indicator, role);
            found.extend(has(&names).then(|| entry(role, &indicator.code, Some(change(names)))));
        }
        for point in &indicator.points {
            let own = old.of_point(rubric, indicator, point);
            let changed = own.own && has(&own.names);
            found.extend(changed.then(|| entry(AssignmentKind::Departments, &point.code, Some(change(own.names)))));
        }
    }
    found
}

fn rename(rubric: &Rubric, old: &Assignment, known: &[String], from: &str, to: &str) -> Result<Vec<AssignmentEntry>> {
    let from = find(known, from)?;
    // Other blanks or brackets of the same name are a new spelling of it.
    let others: Vec<String> = known.iter().filter(|name| *name != from).cloned().collect();
    let to = checked(&others, to)?;
    if to == from {
        return Ok(Vec::new());
    }
    let mut found = replaced(rubric, old, from, Some(&to));
    for kind in AssignmentKind::FACTS {
        let Some(value) = old.get(kind, from) else { continue };
        found.push(entry(kind, from, None));
        // A department that takes the work over keeps its own person.
        if old.get(kind, &to).is_none() {
            found.push(entry(kind, &to, Some(value.to_owned())));
        }
    }
    Ok(found)
}

fn describe(name: &str, person: &str, contact: &str, due: &str) -> Result<Vec<AssignmentEntry>> {
    let text = |field: &str, text: &str| -> Result<Option<String>> {
        let text = text.trim();
        fits(field, text, PERSON_MAXIMUM, &[])?;
        Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
    };
    let due = due.trim();
    let day = read_day(due);
    if day.is_none() && !due.is_empty() {
        return Err(Refused::BadDay { name: name.to_owned(), found: due.to_owned() }.into());
    }
    Ok(vec![
        entry(AssignmentKind::Person, name, text("person", person)?),
        entry(AssignmentKind::Contact, name, text("contact", contact)?),
        entry(AssignmentKind::Due, name, day.map(|day| day.to_string())),
    ])
}
