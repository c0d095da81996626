//! Masking (脱敏, GB/T 38856 9.2.3): names, telephone numbers and identity numbers in a copy of what a sheet's package
//! holds. The rules stand in `docs/formats/package.md` under the number [`RULES`]; every character that is hidden becomes
//! one `*`, so a text keeps its length.

mod numbers;

use crate::exchange::{EvidenceFile, SheetFile};
use crate::rectification::List;
use rubric::PartFinding;
use std::collections::BTreeSet;

/// Number of the rules, as masked copies carry it.
pub const RULES: u32 = 1;
/// Longest name on a list, in characters.
pub const NAME_MAXIMUM: usize = 20;
/// Most names on a list.
pub const NAMES_MAXIMUM: usize = 5000;

/// What stands for a hidden character.
const HIDDEN: char = '*';
/// Details of a piece of evidence that name people.
const PEOPLE: [&str; 5] = ["people", "photographer", "author", "recorder", "keeper"];
/// Ends of what stands for people without naming one.
const NO_NAMES: [&str; 18] = [
    "教师",
    "学生",
    "师生",
    "人员",
    "全体",
    "部门",
    "中心",
    "学院",
    "委员会",
    "小组",
    "办公室",
    "等人",
    "领导",
    "单位",
    "处",
    "科",
    "室",
    "局",
];
/// What may follow a name without belonging to it.
const TITLES: [&str; 6] = ["老师", "同志", "教授", "主任", "校长", "等"];

/// Hides numbers, and the names of a list.
#[derive(Clone, Debug)]
pub struct Mask {
    /// The longest first: a name inside another one does not break it.
    names: Vec<Vec<char>>,
}

impl Mask {
    /// A mask for these names; those of one character hide nothing.
    #[must_use]
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: BTreeSet<Vec<char>> = names.into_iter().map(|name| name.trim().chars().collect()).collect();
        let mut names: Vec<Vec<char>> = names.into_iter().filter(|name| name.len() > 1).collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        Self { names }
    }

    /// The text with numbers and names hidden.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        numbers::hide(&mut chars);
        for name in &self.names {
            hide_name(&mut chars, name);
        }
        chars.into_iter().collect()
    }

    fn change(&self, text: &mut String) {
        *text = self.text(text);
    }

    /// A copy of a sheet's file. It names no revision before it, and not what changed since: by their digests a guess of a
    /// hidden name could be tested.
    #[must_use]
    pub fn sheet(&self, file: &SheetFile) -> SheetFile {
        let mut file = file.clone();
        file.previous = None;
        file.changes = None;
        file.reason.iter_mut().for_each(|text| self.change(text));
        file.remarks.values_mut().for_each(|text| self.change(text));
        file.verdicts.values_mut().for_each(|judgement| self.change(&mut judgement.note));
        file.quantities.values_mut().flat_map(|figures| figures.values_mut()).for_each(|figure| {
            figure.source.iter_mut().for_each(|text| self.change(text));
        });
        for finding in file.findings.values_mut().flat_map(|parts| parts.values_mut()) {
            if let PartFinding::Entries(entries) = finding {
                entries.iter_mut().for_each(|entry| self.change(&mut entry.title));
            }
        }
        file
    }

    /// A copy of the list of problems.
    #[must_use]
    pub fn problems(&self, list: &List) -> List {
        let mut list = list.clone();
        for problem in list.problems.values_mut() {
            let (found, plan) = (&mut problem.found, &mut problem.plan);
            let texts = [&mut found.text, &mut plan.measure, &mut plan.person, &mut plan.department, &mut plan.note];
            texts.into_iter().for_each(|text| self.change(text));
            plan.evidence.iter_mut().for_each(|piece| self.change(&mut piece.name));
        }
        list
    }
}

/// The names that the catalogue and the list of problems say to be names, for a person to look through: in the details
/// that ask for people, and who is to rectify what.
#[must_use]
pub fn names_in(catalogue: &EvidenceFile, problems: &List) -> BTreeSet<String> {
    let details = catalogue.items.iter().flat_map(|item| PEOPLE.iter().filter_map(|key| item.details.get(*key)));
    let persons = problems.problems.values().map(|problem| &problem.plan.person);
    details.chain(persons).flat_map(|text| names(text)).collect()
}

/// The names in a field that holds one or several.
#[must_use]
pub fn names(field: &str) -> Vec<String> {
    let parts = field.split(|c: char| "、，,；;/／\n\t".contains(c));
    parts.filter_map(|part| name(part.split(['（', '(']).next().unwrap_or_default())).collect()
}

fn name(part: &str) -> Option<String> {
    let mut name = part.trim();
    while let Some(rest) = TITLES.iter().find_map(|title| name.strip_suffix(title)) {
        name = rest.trim_end();
    }
    let length = name.chars().count();
    let plain = !name.chars().any(|c| c.is_numeric() || c.is_control());
    let said = (2..=NAME_MAXIMUM).contains(&length) && plain && !NO_NAMES.iter().any(|end| name.ends_with(end));
    said.then(|| name.to_owned())
}

/// Hides a name wherever it stands by itself, but for the first character of each of its words.
fn hide_name(chars: &mut [char], name: &[char]) {
    let joins =
        |c: Option<&char>, edge: &char| edge.is_ascii_alphanumeric() && c.is_some_and(char::is_ascii_alphanumeric);
    let mut at = 0;
    while let Some(window) = chars.get(at..at + name.len()) {
        let end = at + name.len();
        let before = at.checked_sub(1).and_then(|before| chars.get(before));
        let inside = joins(before, &name[0]) || joins(chars.get(end), &name[name.len() - 1]);
        if window != name || inside {
            at += 1;
            continue;
        }
        let separates = |c: char| matches!(c, ' ' | '·' | '•' | '-' | '.');
        for place in at + 1..end {
            if !separates(chars[place]) && !separates(name[place - at - 1]) {
                chars[place] = HIDDEN;
            }
        }
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_list_keep_their_first_character() {
        let mask = Mask::new(["张伟", "欧阳修远", "阳修", "阿依古丽·买买提", "John Smith", "李"]);
        for (text, hidden) in [
            ("由张伟、李静核对；张伟已签字", "由张*、李静核对；张*已签字"),
            ("欧阳修远（组长）", "欧***（组长）"),
            ("阿依古丽·买买提讲话", "阿***·买**讲话"),
            ("by John Smith.", "by J*** S****."),
            ("Johnson Smithson, xJohn Smith", "Johnson Smithson, xJohn Smith"),
            ("李静", "李静"),
            ("", ""),
        ] {
            assert_eq!(mask.text(text), hidden);
            assert_eq!(mask.text(text).chars().count(), text.chars().count());
        }
    }

    #[test]
    fn what_is_hidden_stays_hidden() {
        let mask = Mask::new(["张伟"]);
        let once = mask.text("张伟 13812345678 110101199003074258");
        assert_eq!(mask.text(&once), once);
    }

    #[test]
    fn a_field_says_who_is_in_it() {
        for (field, found) in [
            ("张伟、李静，王芳（组长）", vec!["张伟", "李静", "王芳"]),
            ("张伟老师等", vec!["张伟"]),
            ("全体教师、教务处；2021级学生", vec![]),
            ("赵 / 钱多多", vec!["钱多多"]),
            ("", vec![]),
        ] {
            assert_eq!(names(field), found, "{field}");
        }
    }
}
