//! Who does what until when: inherited, changed, undone, printed; what is missing, and reminders.

use crate::desk::{new_sheet, workspace};
use app::evidence::Description;
use app::localise::Target;
use app::view::{
    DepartmentTasks, DocumentFormat, DocumentOptions, ScheduleLine, ScheduleStanding, ScheduleState, Stage, TaskChange,
    TaskRole, TasksView,
};
use app::{Session, Watch};
use std::process::Command;

const FIRST: &str = "1.1.1-1";

struct Desk {
    folder: tempfile::TempDir,
    session: Session,
    sheet: String,
}

impl Desk {
    fn new(rubric: &str) -> Self {
        // 2022-06-24
        let (folder, mut session) = workspace(Some(1_656_028_800));
        let new = new_sheet(rubric, ("并州分校", 2022), Stage::SelfEvaluation, ("周宁", "并州分校"));
        let sheet = session.create_sheet(&new).unwrap();
        Self { folder, session, sheet }
    }

    fn view(&mut self) -> TasksView {
        self.session.tasks(&self.sheet).unwrap()
    }

    fn change(&mut self, change: &TaskChange) -> TasksView {
        self.session.change_tasks(&self.sheet, change).unwrap_or_else(|failure| panic!("{change:?}: {failure:?}"))
    }

    fn refused(&mut self, change: &TaskChange) -> String {
        let before = self.view();
        let code = self.session.change_tasks(&self.sheet, change).unwrap_err().code().to_owned();
        assert_eq!(before, self.view(), "a refusal changes nothing");
        code
    }

    fn attach(&mut self, name: &str, date: &str, point: &str) {
        let file = self.folder.path().join("材料.txt");
        std::fs::write(&file, format!("{name}{date}{point}")).unwrap();
        let description = Description { name: Some(name.to_owned()), date: date.to_owned(), ..Description::default() };
        self.session.attach_described(&self.sheet, &[point.to_owned()], &[file], &description, &Watch::none()).unwrap();
    }

    fn export(&mut self, document: &str, format: &DocumentFormat, department: Option<&str>) -> std::path::PathBuf {
        let path = self.folder.path().join(format!("{document}.{}", format.name()));
        let options = DocumentOptions { department: department.map(str::to_owned), ..DocumentOptions::default() };
        let target = Target { path: &path, replace: true };
        let made = self.session.export_document(&self.sheet, document, format, target, &options);
        made.unwrap_or_else(|failure| panic!("{document}: {failure:?}"));
        path
    }

    /// What a reader copies from a document, without blanks.
    fn text(&mut self, document: &str, department: Option<&str>) -> String {
        let path = self.export(document, &DocumentFormat::Pdf, department);
        let said = Command::new("pdftotext").args([path.to_str().unwrap(), "-"]).output().unwrap();
        String::from_utf8(said.stdout).unwrap().chars().filter(|c| !c.is_whitespace()).collect()
    }
}

fn assign(code: &str, role: TaskRole, names: Option<&[&str]>) -> TaskChange {
    let names = names.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
    TaskChange::Assign { code: code.to_owned(), role, names }
}

fn named(names: &[&str], code: &str) -> TaskChange {
    assign(code, TaskRole::Departments, Some(names))
}

fn rename(from: &str, to: &str) -> TaskChange {
    TaskChange::Rename { from: from.to_owned(), to: to.to_owned() }
}

fn department<'a>(view: &'a TasksView, name: &str) -> &'a DepartmentTasks {
    view.departments.iter().find(|one| one.name == name).unwrap_or_else(|| panic!("no {name}"))
}

fn of(view: &TasksView, code: &str) -> Vec<String> {
    view.points.iter().find(|point| point.code == code).unwrap().departments.names.clone()
}

#[test]
fn points_follow_their_indicator_until_they_are_changed() {
    let mut desk = Desk::new("oucsx-2021");
    let view = desk.view();
    assert!(view.printed && !view.changed && view.unassigned.is_empty());
    assert_eq!(of(&view, FIRST), ["规划办", "党办", "校办", "宣传部", "马克思主义学院", "教务处", "远教学院"]);
    let point = view.points.iter().find(|point| point.code == "1.1.1-2").unwrap();
    assert_eq!(point.departments.from.as_deref(), Some("1.1.1"));
    assert!(point.collection.starts_with("（2）党办、校办：党委会制度"), "{}", point.collection);
    assert!(department(&view, "党办").leads.contains(&"1.1".to_owned()));

    desk.change(&named(&["党办"], "1.1.1"));
    let view = desk.change(&named(&["规划办", " 马克思 主义学院", "马克思主义学院"], FIRST));
    assert_eq!(of(&view, FIRST), ["规划办", "马克思主义学院"], "other blanks make no other department");
    assert_eq!(of(&view, "1.1.1-2"), ["党办"]);
    let view = desk.change(&assign(FIRST, TaskRole::Departments, None));
    assert_eq!(of(&view, FIRST), ["党办"]);
    let view = desk.change(&named(&[], FIRST));
    assert_eq!(view.unassigned, [FIRST]);
    let view = desk.change(&named(&["党办"], FIRST));
    assert!(!view.points[0].departments.own, "what the indicator says needs no change of its own");
}

#[test]
fn departments_are_renamed_merged_and_removed_everywhere_and_come_back() {
    let mut desk = Desk::new("oucsx-2021");
    let start = desk.view();
    let (office, points) =
        ("发展规划与质量评估处（办学评估工作领导小组办公室）", department(&start, "教务处").points.len());
    let view = desk.change(&rename("教务处", office));
    assert_eq!(department(&view, office).points.len(), points);
    assert!(view.departments.iter().all(|one| one.name != "教务处"));
    desk.change(&TaskChange::Describe {
        name: office.to_owned(),
        person: "王思远（考务科，“<&>”）".to_owned(),
        contact: "0351-6622340".to_owned(),
        due: "2022年6月30日".to_owned(),
    });
    let view = desk.change(&rename("考试中心", office));
    assert_eq!(department(&view, office).person, "王思远（考务科，“<&>”）");
    assert_eq!(department(&view, office).deadline.as_ref().unwrap().days_left, 6);
    assert!(department(&view, office).points.len() >= points);

    let view = desk.change(&TaskChange::Remove { name: office.to_owned() });
    assert!(view.departments.iter().all(|one| one.name != office));
    for _ in 0..4 {
        desk.change(&TaskChange::Undo);
    }
    let view = desk.view();
    assert_eq!(view.departments, start.departments);
    assert!(!view.can_undo && view.can_redo && !view.changed);
    for _ in 0..4 {
        desk.change(&TaskChange::Redo);
    }
    assert!(desk.change(&TaskChange::Reset).departments == start.departments);
    let view = desk.change(&TaskChange::Undo);
    assert!(view.departments.iter().all(|one| one.name != office), "a reset can be undone");
}

#[test]
fn what_does_not_fit_is_refused_and_changes_nothing() {
    let mut desk = Desk::new("oucsx-2021");
    let add = |name: &str| TaskChange::Add { name: name.to_owned() };
    let describe = |person: &str, due: &str| TaskChange::Describe {
        name: "教务处".to_owned(),
        person: person.to_owned(),
        contact: String::new(),
        due: due.to_owned(),
    };
    let many: Vec<String> = (0..41).map(|number| format!("第{number}处")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let long = "长".repeat(61);
    let cases = [
        (add(" \u{3000}"), "assessment.bad-text"),
        (add(&long), "assessment.bad-text"),
        (add("教 务 处"), "tasks.department-exists"),
        (rename("教务处", " "), "assessment.bad-text"),
        (rename("没有处", "甲"), "tasks.unknown-department"),
        (TaskChange::Remove { name: "没有处".to_owned() }, "tasks.unknown-department"),
        (named(&["甲"], "9.9.9"), "tasks.unknown-place"),
        (named(&many, FIRST), "tasks.too-many"),
        (assign(FIRST, TaskRole::Lead, Some(&["甲"])), "tasks.not-of-points"),
        (describe("王\u{7}思远", ""), "assessment.bad-text"),
        (describe("", "下个月"), "tasks.bad-day"),
        (describe("", "2022.2.30"), "tasks.bad-day"),
        (TaskChange::Collect { code: FIRST.to_owned(), text: Some("长".repeat(5001)) }, "assessment.bad-text"),
    ];
    for (change, code) in cases {
        assert_eq!(desk.refused(&change), code, "{change:?}");
    }
}

#[test]
fn rubrics_without_departments_work_from_the_first_one_that_is_added() {
    for rubric in ["coal-2021", "urumqi-base", "platform-2024", "resource-2024", "gbt38856-2020"] {
        let mut desk = Desk::new(rubric);
        let view = desk.view();
        assert!(!view.printed && view.departments.is_empty() && view.unassigned.len() == view.points.len(), "{rubric}");
        let refused = desk.session.preview(&desk.sheet, "work-list", &DocumentOptions::default()).unwrap_err();
        assert_eq!(refused.code(), "paper.no-departments");
        desk.change(&TaskChange::Add { name: "质量处".to_owned() });
        let top = view.indicators[0].code.clone();
        let view = desk.change(&named(&["质量处"], &top));
        let points = department(&view, "质量处").progress.points;
        assert!(points > 0 && view.unassigned.len() == view.points.len() - points as usize, "{rubric}");
        for document in ["assignment", "work-list"] {
            assert!(desk.text(document, None).contains("质量处"), "{rubric} {document}");
        }
    }
}

#[test]
fn forty_departments_with_long_names_are_listed_and_printed() {
    let mut desk = Desk::new("oucsx-2021");
    let name = |number: usize| format!("山西开放大学第{number}教学与科研及社会服务综合管理办公室（筹备组）");
    for (number, point) in desk.view().points.iter().take(40).enumerate() {
        desk.change(&named(&[&name(number)], &point.code));
    }
    let view = desk.view();
    assert!(view.departments.len() > 40);
    assert_eq!(department(&view, &name(39)).points.len(), 1);
    let text = desk.text("work-list", None);
    assert!(text.contains(&name(39)) && text.contains("四十、"));
    for format in [DocumentFormat::Docx, DocumentFormat::Xlsx] {
        let path = desk.export("work-list", &format, None);
        assert!(std::fs::metadata(path).unwrap().len() > 5000);
    }
}

#[test]
fn the_printed_documents_follow_the_assignment() {
    let mut desk = Desk::new("oucsx-2021");
    desk.change(&rename("规划办", "发展改革处"));
    desk.change(&named(&["保卫处"], "1.1.1-3"));
    desk.change(&TaskChange::Collect { code: "1.1.1-3".to_owned(), text: Some("安全检查记录".to_owned()) });
    let assignment = desk.text("assignment", None);
    assert!(assignment.contains("发展改革处") && !assignment.contains("规划办党办"), "{assignment}");
    assert!(assignment.contains("保卫处") && assignment.contains("安全检查记录"));
    let list = desk.text("work-list", Some("保卫处"));
    assert!(
        list.contains("1.1.1-3")
            && list.contains("安全检查记录")
            && list.contains("缺材料")
            && !list.contains("1.1.1-1")
    );
    let all = desk.session.preview(
        &desk.sheet,
        "work-list",
        &DocumentOptions { department: Some("没有处".to_owned()), ..DocumentOptions::default() },
    );
    assert_eq!(all.unwrap_err().code(), "tasks.unknown-department");
}

#[test]
fn reminders_say_what_is_missing_until_when() {
    let mut desk = Desk::new("oucsx-2021");
    desk.change(&named(&["保卫处"], FIRST));
    desk.change(&named(&["保卫处"], "1.1.1-2"));
    desk.attach("校园安全规划", "", "1.1.1-2");
    let view = desk.view();
    let progress = &department(&view, "保卫处").progress;
    assert_eq!((progress.points, progress.with_evidence, progress.missing), (2, 1, 1));
    let text = desk.session.reminder(&desk.sheet, Some("保卫处")).unwrap();
    for part in
        ["【催办】并州分校 2022年", "1.1.1-1", "校园安全规划", "“上报二级指标任务综述”2022.6.30前完成，还有 6 天"]
    {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains("1.1.1-2 "), "what has evidence is not missing\n{text}");
    let printed = desk.text("reminder", Some("保卫处"));
    assert!(printed.contains("催办单") && printed.contains("校园安全规划") && printed.contains("还有6天"));
    desk.attach("规划", "2022.06", FIRST);
    desk.change(&named(&["保卫处"], FIRST));
    let all = desk.session.reminder(&desk.sheet, None).unwrap();
    assert!(all.contains("——教务处") && all.contains("未写的指标任务综述"), "{all}");
}

#[test]
fn the_schedule_stands_by_its_dates() {
    let mut desk = Desk::new("oucsx-2021");
    let view = desk.session.schedule(&desk.sheet).unwrap();
    let standing = |item: &str| {
        let at = view.lines.iter().position(|line| line.item.contains(item)).unwrap();
        (view.dates[at].standing, view.dates[at].days_left)
    };
    assert_eq!(standing("动员大会").0, ScheduleStanding::Overdue);
    assert_eq!(standing("正在形成的材料"), (ScheduleStanding::Doing, Some(16)));
    assert_eq!(standing("自评报告定稿"), (ScheduleStanding::Open, Some(67)));
    let line = |time: &str, state| ScheduleLine {
        time: time.to_owned(),
        item: "报送".to_owned(),
        who: String::new(),
        note: String::new(),
        state,
    };
    let lines =
        [line("随时", ScheduleState::Doing), line("2022.6.1", ScheduleState::Done), line("6月底", ScheduleState::Open)];
    let view = desk.session.set_schedule(&desk.sheet, &lines).unwrap();
    let standings: Vec<ScheduleStanding> = view.dates.iter().map(|dates| dates.standing).collect();
    assert_eq!(standings, [ScheduleStanding::Doing, ScheduleStanding::Done, ScheduleStanding::Open]);
    assert_eq!(desk.view().deadline, None);
}

#[test]
fn the_assignment_may_be_changed_after_the_sheet_was_finalised_and_progress_counts_nobodys_points() {
    let mut desk = Desk::new("oucsx-2021");
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/sample/self-周宁.json");
    let input = app::assess::read("样例", &std::fs::read_to_string(sample).unwrap()).unwrap();
    desk.session.enter_input(&desk.sheet, &input).unwrap();
    desk.session.finalize(&desk.sheet).unwrap();
    desk.change(&named(&[], FIRST));
    let progress = desk.session.department_progress(&desk.sheet).unwrap();
    let nobody = progress.last().unwrap();
    assert_eq!((nobody.department.as_ref(), nobody.points, nobody.scored), (None, 1, 1));
    assert_eq!((nobody.max.as_str(), nobody.score.is_empty()), ("4", false));
}
