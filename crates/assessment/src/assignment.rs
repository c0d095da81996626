//! Who does what (任务分解, 附件1), where an assessment differs from what its rubric prints.
//!
//! A point is done by the departments of its indicator until it names its own; an indicator by those that the rubric
//! prints for it, else by those of the indicator above.

use rubric::Rubric;
use rubric::model::{Indicator, Point};
use std::collections::{BTreeMap, BTreeSet};

/// What an entry is about. The first four are kept by the code of an indicator or point, the others by the name of a
/// department.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum AssignmentKind {
    /// 负责部门, one to a line; empty when nobody is.
    Departments,
    /// 牵头部门, one to a line.
    Lead,
    /// 配合部门, one to a line.
    Assisting,
    /// 材料收集工作重点.
    Collection,
    /// A department that stands in the list although it may have nothing to do; its place in the list.
    Department,
    /// 专人 (附件4: 部门指定专人把关).
    Person,
    /// How to reach that person.
    Contact,
    /// The day until which the department is to be done, `2022-07-10`.
    Due,
}

impl AssignmentKind {
    /// The kinds that name departments.
    pub const ROLES: [Self; 3] = [Self::Departments, Self::Lead, Self::Assisting];
    /// The kinds that say something of a department.
    pub const FACTS: [Self; 4] = [Self::Department, Self::Person, Self::Contact, Self::Due];
}

/// One entry: what it is about, and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignmentEntry {
    /// The kind.
    pub kind: AssignmentKind,
    /// Code of an indicator or point, or name of a department.
    pub key: String,
    /// The value; `None` removes the entry.
    pub value: Option<String>,
}

/// The departments of a place, and who says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assigned {
    /// In their order.
    pub names: Vec<String>,
    /// Code of the place that names them: this one, or one above; `None` when none does.
    pub from: Option<String>,
    /// Whether the assessment says it at this very place, not the rubric and not a place above.
    pub own: bool,
}

/// All that an assessment changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignment {
    values: BTreeMap<(AssignmentKind, String), String>,
}

impl FromIterator<AssignmentEntry> for Assignment {
    fn from_iter<T: IntoIterator<Item = AssignmentEntry>>(entries: T) -> Self {
        let values = entries.into_iter().filter_map(|entry| Some(((entry.kind, entry.key), entry.value?)));
        Self { values: values.collect() }
    }
}

/// Whether two names mean one department: blanks and the width of brackets do not count.
#[must_use]
pub fn same_department(first: &str, second: &str) -> bool {
    fold(first) == fold(second)
}

fn fold(name: &str) -> String {
    let sign = |sign: char| match sign {
        '（' => '(',
        '）' => ')',
        _ => sign,
    };
    name.chars().filter(|sign| !sign.is_whitespace()).map(sign).flat_map(char::to_lowercase).collect()
}

/// A name without blanks at its ends and beside Chinese characters, and with single ones elsewhere: tables break names
/// (`马克思 主义学院`).
#[must_use]
pub fn tidy_department(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut tidy = String::new();
    for word in words {
        let latin = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_graphic());
        if latin(tidy.chars().last()) && latin(word.chars().next()) {
            tidy.push(' ');
        }
        tidy.push_str(word);
    }
    tidy
}

/// Names of a value, one to a line.
fn names(value: &str) -> Vec<String> {
    value.lines().filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn printed(indicator: &Indicator, role: AssignmentKind) -> &[String] {
    match role {
        AssignmentKind::Departments => &indicator.departments,
        AssignmentKind::Lead => &indicator.lead,
        AssignmentKind::Assisting => &indicator.assisting,
        _ => &[],
    }
}

impl Assignment {
    /// Nothing differs from the rubric.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Sets or removes an entry.
    pub fn apply(&mut self, entry: &AssignmentEntry) {
        let key = (entry.kind, entry.key.clone());
        match &entry.value {
            Some(value) => self.values.insert(key, value.clone()),
            None => self.values.remove(&key),
        };
    }

    /// Every entry, by kind and key.
    pub fn entries(&self) -> impl Iterator<Item = (AssignmentKind, &str, &str)> {
        self.values.iter().map(|((kind, key), value)| (*kind, key.as_str(), value.as_str()))
    }

    /// The value of an entry.
    #[must_use]
    pub fn get(&self, kind: AssignmentKind, key: &str) -> Option<&str> {
        self.values.get(&(kind, key.to_owned())).map(String::as_str)
    }

    /// The departments of an indicator in a role.
    #[must_use]
    pub fn of_indicator(&self, rubric: &Rubric, indicator: &Indicator, role: AssignmentKind) -> Assigned {
        let above = |indicator: &&Indicator| indicator.parent.and_then(|index| rubric.indicators.get(index));
        for (distance, place) in std::iter::successors(Some(indicator), above).enumerate() {
            let from = || Some(place.code.clone());
            if let Some(value) = self.get(role, &place.code) {
                return Assigned { names: names(value), from: from(), own: distance == 0 };
            }
            let printed = printed(place, role);
            if !printed.is_empty() {
                return Assigned { names: printed.to_vec(), from: from(), own: false };
            }
        }
        Assigned::default()
    }

    /// The departments that an indicator itself names in a role: as printed or changed, not those of one above.
    #[must_use]
    pub fn at_indicator(&self, indicator: &Indicator, role: AssignmentKind) -> Vec<String> {
        self.get(role, &indicator.code).map_or_else(|| printed(indicator, role).to_vec(), names)
    }

    /// 负责部门 of a point of an indicator.
    #[must_use]
    pub fn of_point(&self, rubric: &Rubric, indicator: &Indicator, point: &Point) -> Assigned {
        match self.get(AssignmentKind::Departments, &point.code) {
            Some(value) => Assigned { names: names(value), from: Some(point.code.clone()), own: true },
            None => Assigned { own: false, ..self.of_indicator(rubric, indicator, AssignmentKind::Departments) },
        }
    }

    /// 材料收集工作重点 of an indicator.
    #[must_use]
    pub fn collection<'a>(&'a self, indicator: &'a Indicator) -> &'a str {
        let own = self.get(AssignmentKind::Collection, &indicator.code);
        own.or(indicator.collection.as_deref()).unwrap_or_default().trim()
    }

    /// 材料收集工作重点 of a point: its own, else what its indicator's text says of its number (编号对应左侧观测点).
    #[must_use]
    pub fn collection_of_point(&self, indicator: &Indicator, point: &Point) -> String {
        if let Some(own) = self.get(AssignmentKind::Collection, &point.code) {
            return own.trim().to_owned();
        }
        let number = indicator.points.iter().position(|other| other.code == point.code).map_or(1, |at| at + 1);
        numbered(self.collection(indicator), number)
    }

    /// Every department, in the order in which the places name them, then those that were added.
    #[must_use]
    pub fn departments(&self, rubric: &Rubric) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut known = BTreeSet::new();
        let mut add = |names: Vec<String>| found.extend(names.into_iter().filter(|name| known.insert(name.clone())));
        for indicator in &rubric.indicators {
            for role in AssignmentKind::ROLES {
                add(self.at_indicator(indicator, role));
            }
            let own = |point: &Point| self.get(AssignmentKind::Departments, &point.code).map(names);
            indicator.points.iter().filter_map(own).for_each(&mut add);
        }
        let listed = self.entries().filter(|(kind, ..)| *kind == AssignmentKind::Department);
        let mut listed: Vec<(u32, String)> =
            listed.map(|(_, name, place)| (place.parse().unwrap_or(u32::MAX), name.to_owned())).collect();
        listed.sort();
        add(listed.into_iter().map(|(_, name)| name).collect());
        found
    }
}

/// The lines of a text about a number: those that begin with it, such as `（2）` or `（1）（2）`, with the lines that
/// follow, and those before the first number, which are about everything.
fn numbered(text: &str, number: usize) -> String {
    let mut about: Option<Vec<usize>> = None;
    let mut kept = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let begins = numbers(line);
        if !begins.is_empty() {
            about = Some(begins);
        }
        if about.as_ref().is_none_or(|about| about.contains(&number)) {
            kept.push(line);
        }
    }
    kept.join("\n")
}

/// The numbers in brackets that a line begins with.
fn numbers(line: &str) -> Vec<usize> {
    let mut rest = line;
    let mut found = Vec::new();
    while let Some(inner) = rest.strip_prefix(['（', '(']) {
        let Some((number, after)) = inner.split_once(['）', ')']) else { break };
        let Ok(number) = number.trim().parse() else { break };
        found.push(number);
        rest = after.trim_start();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_in_any_spacing_and_kept_without_breaks() {
        assert!(same_department("马克思 主义学院", " 马克思主义学院　"));
        assert!(same_department("学院（筹）", "学院(筹)"));
        assert!(!same_department("教务处", "学务处"));
        assert_eq!(tidy_department(" 马克思\u{3000}主义学院\n"), "马克思主义学院");
        assert_eq!(tidy_department("IT  Centre 一部"), "IT Centre一部");
    }

    #[test]
    fn a_text_is_divided_by_the_numbers_that_its_lines_begin_with() {
        let text = "总说明\n（1）规划办：规划。\n(2)（3）教务处：方案。\n续行\n（10）宣传部";
        assert_eq!(numbered(text, 1), "总说明\n（1）规划办：规划。");
        assert_eq!(numbered(text, 3), "总说明\n(2)（3）教务处：方案。\n续行");
        assert_eq!(numbered(text, 4), "总说明");
        assert_eq!(numbered("计财处\n教务处", 2), "计财处\n教务处");
        assert_eq!(numbered("（近三年）数据", 2), "（近三年）数据");
    }
}
