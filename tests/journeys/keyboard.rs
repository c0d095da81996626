//! An expert who never takes a hand off the keyboard: a sheet opened, marks, a remark, a doubt, undo, finalised.

use crate::program::{Hengjian, list, sample, text};
use crate::screen::{LIMIT, Window};
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::path::Path;

/// What is still open when the expert begins.
const OPEN: [&str; 4] = ["4.5.3-1", "4.5.3-2", "4.5.3-3", "5.1.1-1"];

/// A review in which all but the open points are scored, and the unit's own evaluation beside it.
fn prepare(hengjian: &Hengjian, folder: &Path) -> String {
    let own = hengjian.new_sheet("self", "周宁", "并州分校");
    hengjian.ok(&["score", &own, "--input", &sample("self-周宁.json")]);
    let review = hengjian.new_sheet("review", "韩立群", "汾东开放大学");
    let mut input: Value =
        serde_json::from_str(&std::fs::read_to_string(sample("review-韩立群.json")).unwrap()).unwrap();
    for code in OPEN {
        assert!(input["scores"].as_object_mut().unwrap().remove(code).is_some(), "{code}");
    }
    let file = folder.join("begun.json");
    std::fs::write(&file, input.to_string()).unwrap();
    hengjian.ok(&["score", &review, "--input", file.to_str().unwrap()]);
    review
}

/// Presses keys where the keyboard is.
async fn press(window: &Window, keys: &str) {
    window.page.active_element().await.unwrap().send_keys(keys).await.unwrap();
}

/// Waits until a row is the current one and its field has the keyboard.
async fn at(window: &Window, row: &str) {
    window.css(&format!("[data-row=\"{row}\"][aria-current=true] [data-entry]:focus")).await;
}

async fn saved(window: &Window) {
    window.css("[data-testid=saved][data-state=saved]").await;
}

fn point(hengjian: &Hengjian, sheet: &str, code: &str) -> Value {
    let shown = hengjian.json(&["show", sheet]);
    list(&shown["points"]).iter().find(|point| point["code"] == code).unwrap().clone()
}

async fn score(window: &Window) {
    press(window, "g").await;
    window.css("[data-testid=jump-input]:focus").await;
    press(window, "4.5.3").await;
    window.css("[data-testid=jump-hit].is-on").await;
    window.picture("keyboard-jump").await;
    press(window, &Key::Enter.to_string()).await;
    at(window, "4.5.3-1").await;

    press(window, &format!("4{}", char::from(Key::Enter))).await;
    at(window, "4.5.3-2").await;
    press(window, &Key::F9.to_string()).await;
    window.css("[data-row=\"4.5.3-2\"] [data-testid=\"clear-4.5.3-2\"]").await;
    press(window, &Key::F3.to_string()).await;
    window.css("[data-testid=\"doubt-4.5.3-2\"][aria-pressed=true]").await;
    press(window, &Key::F2.to_string()).await;
    window.css("[data-testid=\"remark-4.5.3-2\"]:focus").await;
    press(window, "考务培训签到表齐全").await;
    press(window, &(Key::Control + char::from(Key::Enter).to_string().as_str())).await;
    at(window, "4.5.3-2").await;
    saved(window).await;
    window.picture("keyboard-scored").await;
}

/// The remark, then the doubt are taken back; the doubt comes again.
async fn undo(window: &Window) {
    press(window, &(Key::Control + "z")).await;
    window.css("[data-testid=\"remark-4.5.3-2\"][data-changed=false]:placeholder-shown").await;
    press(window, &(Key::Control + "z")).await;
    window.css("[data-testid=\"doubt-4.5.3-2\"][aria-pressed=false]").await;
    press(window, &(Key::Control + "y")).await;
    window.css("[data-testid=\"doubt-4.5.3-2\"][aria-pressed=true]").await;
    press(window, &(Key::Control + "y")).await;
    window.css("[data-testid=\"remark-4.5.3-2\"]:not(:placeholder-shown)").await;
}

/// F8 leads through what is still open, past the end to the beginning.
async fn finish(window: &Window) {
    saved(window).await;
    at(window, "4.5.3-2").await;
    press(window, &Key::F8.to_string()).await;
    at(window, "4.5.3-3").await;
    press(window, &format!("6{}", char::from(Key::Enter))).await;
    saved(window).await;
    press(window, &Key::F8.to_string()).await;
    at(window, "5.1.1-1").await;
    press(window, &Key::F9.to_string()).await;
    window.sees("count-open", "0").await;

    const PLACE: &str = "return [...document.querySelectorAll('[role=tab]')].findIndex((tab) => tab.dataset.testid === arguments[0]) + 1";
    let place = window.page.execute(PLACE, vec![json!("tab-documents")]).await.unwrap();
    press(window, &(Key::Alt + place.to_string().as_str())).await;
    window.find("finalize").await;
    window.picture("keyboard-finalise").await;
    press(window, &(Key::Control + char::from(Key::Enter).to_string().as_str())).await;
    window.sees("checks", "摘要").await;
}

#[tokio::test]
async fn a_sheet_is_scored_and_finalised_by_keyboard_alone() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let sheet = prepare(&hengjian, folder.path());
    tokio::time::timeout(LIMIT, async {
        let window = Window::open(&hengjian.workspace, folder.path()).await;
        window.find("resume-button").await;
        press(&window, &Key::Enter.to_string()).await;
        window.css("[data-row][aria-current=true] [data-entry]:focus").await;
        score(&window).await;
        undo(&window).await;
        finish(&window).await;
        window.close(&hengjian).await;
    })
    .await
    .expect("the window or its driver stopped answering");

    let shown = hengjian.json(&["show", &sheet]);
    assert_eq!(text(&shown["phase"]), "finalised");
    let first = point(&hengjian, &sheet, "4.5.3-1");
    assert_eq!(first["mark"], "4");
    let second = point(&hengjian, &sheet, "4.5.3-2");
    assert_eq!((&second["mark"], &second["doubt"]), (&json!("10"), &json!(true)));
    assert_eq!(second["remark"], "考务培训签到表齐全");
    assert_eq!(point(&hengjian, &sheet, "4.5.3-3")["mark"], "6");
}

/// While another window holds the workspace, this one says so in words, and goes on once it is free.
#[tokio::test]
async fn a_second_window_waits_in_words_for_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    hengjian.new_sheet("self", "周宁", "并州分校");
    // What another window holds while it is open.
    let lock = std::fs::File::options().write(true).open(hengjian.workspace.join("lock")).unwrap();
    lock.lock().unwrap();
    tokio::time::timeout(LIMIT, async {
        let window = Window::open(&hengjian.workspace, folder.path()).await;
        window.sees("problem", "正被另一个程序使用").await;
        window.picture("second-window").await;
        lock.unlock().unwrap();
        window.click_css("[data-testid=problem] .btn").await;
        window.find("new-assessment").await;
        window.close(&hengjian).await;
    })
    .await
    .expect("the window or its driver stopped answering");
}
