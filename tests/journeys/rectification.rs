//! Problems in the real window: taken over from deductions, noted on the desk, planned, undone, printed; and the next
//! round, which starts from this one.

use crate::program::{Hengjian, judge, list, sample, text};
use crate::screen::{LIMIT, Window};
use fantoccini::key::Key;
use std::path::Path;

const MEASURE: &str = "由教务处牵头，对照责任清单逐项补齐兼职教师聘用协议、教学检查记录和台账，每学期开学两周内复查一次，\
                       结果在教学工作例会上通报；学习中心同步自查。";

async fn take_over(window: &Window) {
    window.click("tab-problems").await;
    window.sees("deductions", "处扣分还没有记成问题").await;
    window.sees("no-problems", "按 F7").await;
    window.picture("problems-empty").await;
    window.click("note-all").await;
    window.find("problem-1").await;
}

/// A plan is kept field by field; a deadline beyond a year is refused in words and stays in its field.
async fn plan(window: &Window, latest: &str) {
    window.retype("measure-1", MEASURE).await;
    window.retype("department-1", "教务处").await;
    window.retype("person-1", "张明").await;
    window.retype("deadline-1", "2099-01-01").await;
    window.click("person-1").await;
    window.sees("problem-refusal-1", "超过一年").await;
    window.picture("problems-refused").await;
    window.retype("deadline-1", latest).await;
    window.click("person-1").await;
    window.click("progress-1").await;
    window.find("progress-1").await.select_by_value("doing").await.unwrap();
    window.sees("problems-doing", "1").await;
    window.picture("problems").await;
    window.click("toggle-theme").await;
    window.picture("problems-dark").await;
    window.click("toggle-theme").await;
}

/// On the desk a problem begins with what is said there.
async fn note(window: &Window) {
    window.click("tab-desk").await;
    window.click_css("article.pt.is-current [data-testid^=\"problem-\"]").await;
    window.find("note-dialog").await;
    window.retype("problem-text", "现场查看：规划没有教职工代表大会讨论的记录").await;
    window.picture("problems-note").await;
    window.click("save-problem").await;
    window.sees("point-problems", "现场查看").await;
    window.picture("problems-desk").await;
}

async fn next_round(window: &Window) {
    window.click("back").await;
    window.click("new-assessment").await;
    window.retype("unit", "并州分校").await;
    window.retype("year", "2023").await;
    window.retype("assessor", "周宁").await;
    window.retype("organisation", "并州分校").await;
    window.sees("rounds", "沿用 2022 年自评 周宁").await;
    window.picture("problems-rounds").await;
    window.click("create").await;
    window.sees("carried-note", "确认以前不计分").await;
    window.keys("body", "g").await;
    window.type_into("jump-input", "6.2.2-1").await;
    window.press("jump-input", &Key::Enter.to_string()).await;
    window.sees("point-problems", "状态待核实").await;
    window.picture("problems-carried").await;
    window.click("tab-problems").await;
    window.sees("carried", "等待确认").await;
    window.picture("problems-next").await;
}

#[tokio::test]
async fn problems_are_noted_planned_and_carried_to_the_next_round() {
    tokio::time::timeout(LIMIT, journey()).await.expect("the window or its driver stopped answering");
}

async fn journey() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let sheet = hengjian.new_sheet("self", "周宁", "并州分校");
    hengjian.ok(&["score", &sheet, "--input", &sample("self-周宁.json")]);
    let probe = hengjian.json(&["problems", "note", &sheet, "1.1.1-1"]);
    let latest = text(&list(&probe["problems"])[0]["latest"]).to_owned();
    hengjian.ok(&["problems", "undo", &sheet]);

    let window = Window::open(&hengjian.workspace, Path::new("/")).await;
    window.click(&format!("open-{sheet}")).await;
    take_over(&window).await;
    plan(&window, &latest).await;
    note(&window).await;
    window.click("tab-problems").await;
    window.click("print-problems").await;
    window.sees("preview-title", "问题清单").await;
    window.css("[data-testid=\"preview-page-1\"][data-drawn=\"true\"]").await;
    window.picture("problems-paper").await;
    next_round(&window).await;
    window.close(&hengjian).await;

    let kept = hengjian.json(&["problems", "list", &sheet, "--state", "doing"]);
    let problems = list(&kept["problems"]);
    assert_eq!(problems.len(), 1, "{kept}");
    assert_eq!((text(&problems[0]["measure"]), text(&problems[0]["deadline"])), (MEASURE, latest.as_str()));
    let pdf = folder.path().join("问题清单.pdf");
    hengjian.ok(&["report", &sheet, "--document", "problems", "--out", pdf.to_str().unwrap()]);
    let printed = judge("pdftotext", &[pdf.to_str().unwrap(), "-"]);
    assert!(printed.contains("现场查看") && printed.contains("教务处"), "{printed}");
}
