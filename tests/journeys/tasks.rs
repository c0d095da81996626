//! Who does what until when, in the real window: a department is renamed, a point reassigned, the schedule kept, the
//! work list exported; the command line sees the same.

use crate::program::{Hengjian, judge, list, text};
use crate::screen::{LIMIT, Window};
use std::path::Path;

const OFFICE: &str = "发展规划与质量评估处（办学评估工作领导小组办公室）";
const FILE: &str = "并州分校-2022-保卫处-工作清单.pdf";

/// Renames a department and says who sees to its work.
async fn department(window: &Window) {
    window.click("department-规划办").await;
    window.sees("department-points", "1.1.1-1").await;
    window.picture("tasks-department").await;
    window.click("rename-department").await;
    window.retype("rename-to", OFFICE).await;
    window.click("rename").await;
    window.sees("department-detail", OFFICE).await;
    window.retype("department-person", "王思远").await;
    window.retype("department-due", "2022年7月1日\u{E007}").await;
    window.sees("department-detail", "2022.7.1").await;
    window.click("remind").await;
    window.find("reminder-text").await;
    window.picture("tasks-reminder").await;
}

/// Gives a point to a department of its own.
async fn point(window: &Window) {
    window.click("tasks-assignment").await;
    window.click("place-1.1.1-3").await;
    window.sees("source-departments", "同 1.1.1").await;
    window.click("choose-departments").await;
    window.type_into("query-departments", "保卫处").await;
    window.click("put-new-departments").await;
    window.sees("source-departments", "本单位改过").await;
    window.retype("place-collection", "校园安全检查记录").await;
    window.sees("collection-saving", "本单位改过").await;
    window.picture("tasks-assignment").await;
}

async fn schedule(window: &Window) {
    window.click("tasks-schedule").await;
    window.sees("standing-1", "逾期").await;
    window.find("state-1").await.select_by_value("done").await.unwrap();
    window.sees("standing-1", "已完成").await;
    window.picture("tasks-schedule").await;
}

async fn export(window: &Window, folder: &Path) {
    window.click("tasks-departments").await;
    window.click("department-保卫处").await;
    window.click("work-list-pdf").await;
    window.retype("save-folder", folder.to_str().unwrap()).await;
    window.click("save").await;
    window.sees("saved", FILE).await;
}

#[tokio::test]
async fn departments_points_and_the_schedule_are_kept_and_printed() {
    tokio::time::timeout(LIMIT, journey()).await.expect("the window or its driver stopped answering");
}

async fn journey() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let sheet = hengjian.new_sheet("self", "周宁", "并州分校");

    let window = Window::open(&hengjian.workspace, Path::new("")).await;
    window.click(&format!("open-{sheet}")).await;
    window.click("tab-tasks").await;
    department(&window).await;
    point(&window).await;
    schedule(&window).await;
    let target = folder.path().join("导出");
    export(&window, &target).await;
    let printed = judge("pdftotext", &[target.join(FILE).to_str().unwrap(), "-"]);
    assert!(printed.contains("保卫处") && printed.contains("校园安全检查记录"), "{printed}");
    window.leave(&hengjian).await;

    let tasks = hengjian.json(&["tasks", "list", &sheet]);
    let office = list(&tasks["departments"]).iter().find(|one| text(&one["name"]) == OFFICE).unwrap();
    assert_eq!((text(&office["person"]), text(&office["due"])), ("王思远", "2022.7.1"));
    hengjian.ok(&["tasks", "undo", &sheet]);
    assert!(hengjian.ok(&["tasks", "remind", &sheet, "--department", OFFICE]).contains("【催办】并州分校 2022年"));
    assert!(hengjian.refused(1, &["tasks", "department", &sheet, OFFICE, "--due", "下个月"]).contains("不是日期"));
    assert!(hengjian.ok(&["tasks", "schedule", &sheet]).contains("已完成"));
}
