//! Reminders (催办): what a department still misses, and until when.

use crate::Language;
use crate::sheets::Opened;
use crate::view::{DeadlineView, DepartmentTasks, TaskPoint, TasksView};
use rubric::Rubric;

/// Longest part of what to collect in a message, in characters.
const SHOWN: usize = 120;

/// What one department still misses.
pub(crate) struct Reminder<'a> {
    pub department: &'a DepartmentTasks,
    /// Its points without evidence.
    pub missing: Vec<&'a TaskPoint>,
    /// Code and title of the indicators that it leads whose summary is not written.
    pub unwritten: Vec<(String, String)>,
}

impl Reminder<'_> {
    /// How many things are missing.
    pub(crate) fn count(&self) -> usize {
        self.missing.len() + self.unwritten.len() + self.department.undated.len()
    }

    /// A sentence that sums up what is missing.
    pub(crate) fn sum(&self, language: Language) -> String {
        let (points, missing) = (self.department.progress.points, self.missing.len());
        let (undated, unwritten) = (self.department.undated.len(), self.unwritten.len());
        match language {
            Language::Zh => {
                let parts = [
                    (missing, format!("还缺材料的 {missing} 个")),
                    (undated, format!("未填时间的材料 {undated} 件")),
                    (unwritten, format!("未写的指标任务综述 {unwritten} 篇")),
                ];
                let said: Vec<String> =
                    parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, said)| said).collect();
                format!("负责观测点 {points} 个，{}。", said.join("，"))
            }
            Language::En => format!(
                "{points} points; {missing} without evidence, {undated} pieces without a time, {unwritten} summaries not written."
            ),
        }
    }
}

/// The reminders of one department, or of all that miss something.
pub(crate) fn reminders<'a>(rubric: &Rubric, view: &'a TasksView, department: Option<&str>) -> Vec<Reminder<'a>> {
    let wanted = view.departments.iter().filter(|one| department.is_none_or(|name| one.name == name));
    let title = |code: &String| {
        let indicator = rubric.indicators.iter().find(|indicator| indicator.code == *code);
        (code.clone(), indicator.map(|indicator| indicator.title.clone()).unwrap_or_default())
    };
    let reminder = |department: &'a DepartmentTasks| {
        let lacks = |point: &&TaskPoint| point.evidence == 0 && point.departments.names.contains(&department.name);
        let missing = view.points.iter().filter(lacks).collect();
        Reminder { department, missing, unwritten: department.unwritten.iter().map(title).collect() }
    };
    wanted.map(reminder).filter(|reminder| reminder.count() > 0).collect()
}

/// A deadline with the days that are left, in words.
pub(crate) fn deadline_words(deadline: &DeadlineView, language: Language) -> String {
    let left = deadline.days_left;
    let item = deadline.item.as_deref().map(|item| item.split_whitespace().collect::<String>());
    match language {
        Language::Zh => {
            let left = match left {
                0 => "就在今天".to_owned(),
                1.. => format!("还有 {left} 天"),
                _ => format!("已逾期 {} 天", left.unsigned_abs()),
            };
            let item = item.map(|item| format!("“{item}”")).unwrap_or_default();
            format!("{item}{}前完成，{left}", deadline.day)
        }
        Language::En => {
            let left = match left {
                0 => "today".to_owned(),
                1.. => format!("{left} days left"),
                _ => format!("{} days overdue", left.unsigned_abs()),
            };
            let item = item.map(|item| format!(" ({item})")).unwrap_or_default();
            format!("by {}{item}, {left}", deadline.day)
        }
    }
}

/// Reminders as a text to be sent; the departments are parted by an empty line.
pub(super) fn text(opened: &Opened, reminders: &[Reminder<'_>], language: Language) -> String {
    let texts: Vec<String> = reminders.iter().map(|reminder| one(opened, reminder, language)).collect();
    texts.join("\n\n")
}

fn one(opened: &Opened, reminder: &Reminder<'_>, language: Language) -> String {
    let (unit, year) = (&opened.row.assessment.unit, opened.row.assessment.year);
    let department = reminder.department;
    let say = |zh: &str, en: &str| language.say(zh, en).to_owned();
    let to = if department.person.is_empty() {
        department.name.clone()
    } else {
        format!("{} {}", department.name, department.person)
    };
    let mut lines = match language {
        Language::Zh => vec![format!("【催办】{unit} {year}年评估材料——{to}")],
        Language::En => vec![format!("Reminder: {unit}, assessment {year} – {to}")],
    };
    lines.push(reminder.sum(language));
    let colon = if language == Language::Zh { "：" } else { ": " };
    if !reminder.missing.is_empty() {
        lines.push(say("缺材料的观测点：", "Points without evidence:"));
        let point = |(number, point): (usize, &&TaskPoint)| {
            let collect = shown(&point.collection);
            let collect = if collect.is_empty() {
                String::new()
            } else {
                format!("{}{colon}{collect}", say("　收集", " – collect"))
            };
            format!("{number}. {} {}{collect}", point.code, point.title)
        };
        lines.extend((1..).zip(&reminder.missing).map(point));
    }
    if !department.undated.is_empty() {
        let names = department.undated.join(&say("、", ", "));
        lines.push(format!("{}{names}", say("未填时间的材料：", "Pieces without a time: ")));
    }
    if !reminder.unwritten.is_empty() {
        let named: Vec<String> = reminder.unwritten.iter().map(|(code, title)| format!("{code} {title}")).collect();
        lines.push(format!(
            "{}{}",
            say("未写的指标任务综述：", "Summaries not written: "),
            named.join(&say("、", ", "))
        ));
    }
    if let Some(deadline) = &department.deadline {
        lines.push(format!("{}{}", say("期限：", "Deadline: "), deadline_words(deadline, language)));
    }
    lines.join("\n")
}

/// What to collect on one line; a long text is cut short, for the whole of it stands in the work list.
fn shown(collection: &str) -> String {
    let line = collection.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        None => line,
        Some((end, _)) => format!("{}…", &line[..end]),
    }
}
