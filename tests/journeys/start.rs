//! The first start, the sample, corrections and the bin, recent packages, the settings, and help: in the real window.

use crate::program::Hengjian;
use crate::screen::{LIMIT, Window};
use fantoccini::key::Key;
use serde_json::json;

async fn theme(window: &Window) -> String {
    let value = window.page.execute("return document.documentElement.dataset.theme", vec![]).await.unwrap();
    value.as_str().unwrap_or_default().to_owned()
}

async fn first_start(window: &Window) {
    window.find("role-question").await;
    window.picture("start-first").await;
    window.choose_role("expert").await;
    window.find("import-package").await;
    window.picture("start-expert").await;
    window.click("make-sample").await;
    window.find("tree-1.1.1").await;
    window.picture("start-sample").await;
    window.click("back").await;
    window.sees("resume", "示例").await;
    window.picture("start-home").await;
}

async fn comfort(window: &Window) {
    window.click("settings").await;
    window.click("theme-contrast").await;
    assert_eq!(theme(window).await, "contrast");
    window.click("font-125").await;
    window.picture("start-settings-contrast").await;
    window.click("font-100").await;
    window.click("role-office").await;
    window.press("role-office", &Key::Escape.to_string()).await;
    window.click("home-search").await;
    window.picture("start-home-contrast").await;
}

/// What was typed is asked for before it goes; then it is saved, and the sheet is removed and put back.
async fn correct(window: &Window, sheet: &str) {
    window.click(&format!("more-{sheet}")).await;
    window.picture("start-more").await;
    window.click(&format!("more-{sheet}-correct")).await;
    window.retype("correct-assessor", "周宁宁").await;
    window.press("correct-assessor", &Key::Escape.to_string()).await;
    window.find("discard-question").await;
    window.picture("start-discard").await;
    window.click("keep-typing").await;
    window.click("correct-save").await;
    window.sees(&format!("sheet-{sheet}"), "周宁宁").await;
    window.click(&format!("more-{sheet}")).await;
    window.click(&format!("more-{sheet}-remove")).await;
    window.sees("shelf-done", "回收站").await;
    window.picture("start-removed").await;
    window.click("shelf-undo").await;
    window.find(&format!("sheet-{sheet}")).await;
}

async fn help(window: &Window) {
    window.page.execute("document.activeElement?.blur()", vec![]).await.unwrap();
    window.keys("body", &Key::F1.to_string()).await;
    window.sees("help-page", "第一次打开").await;
    window.picture("start-help").await;
    window.type_into("help-search", "口令").await;
    window.click("help-hit").await;
    window.sees("help-page", "口令").await;
    window.picture("start-help-search").await;
    window.press("help-search", &Key::Escape.to_string()).await;
}

#[tokio::test]
async fn the_first_start_the_sample_corrections_and_help() {
    tokio::time::timeout(LIMIT, journey()).await.expect("the window or its driver stopped answering");
}

async fn journey() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let window = Window::open(&hengjian.workspace, folder.path()).await;
    first_start(&window).await;
    comfort(&window).await;
    let own = self_evaluation(&window).await;
    correct(&window, &own).await;
    help(&window).await;
    window.leave(&hengjian).await;

    assert!(!hengjian.workspace.join("running").exists(), "the window ended by itself");
    assert_eq!(hengjian.json(&["setting"]), json!({ "role": "office", "language": null }));
    let sheets = hengjian.json(&["list"]);
    let corrected = sheets.as_array().unwrap().iter().find(|sheet| sheet["id"] == own).unwrap();
    assert_eq!((&corrected["assessor"], &corrected["sample"]), (&json!("周宁宁"), &json!(true)));
}

/// The self-evaluation of the sample, by its row.
async fn self_evaluation(window: &Window) -> String {
    let script = "return [...document.querySelectorAll('[data-testid^=\"sheet-\"]')].find((row) => row.textContent.includes('周宁')).dataset.testid";
    let row = window.page.execute(script, vec![]).await.unwrap();
    row.as_str().unwrap().trim_start_matches("sheet-").to_owned()
}
