//! Writing in the real window: a text, a reference to evidence, the count, and everything there after closing.

use crate::program::{Hengjian, list, sample, text};
use crate::screen::{LIMIT, Window};
use fantoccini::key::Key;
use std::path::Path;

const NAME: &str = "并州分校“十四五”发展规划";
const FIELD: &str = "text-field";

fn kept(hengjian: &Hengjian, sheet: &str, place: &str, part: &str) -> String {
    text(&hengjian.json(&["write", sheet, "--place", place, "--part", part])["text"]).to_owned()
}

async fn show(window: &Window, group: &str, key: &str) {
    window.click(group).await;
    window.click(key).await;
}

async fn write(window: &Window) {
    show(window, "text-report （一）办学定位", "text-report 1.1.1").await;
    window.type_into(FIELD, "我校坚持社会主义办学方向，见。").await;
    window.sees("count", "15").await;
    window.press(FIELD, &Key::Left.to_string()).await;

    // The reference comes in at the cursor, by mouse and by keyboard, and Ctrl+Z takes it out again.
    window.click("insert-1.1.1-1").await;
    window.sees("count", "40").await;
    window.press(FIELD, &(Key::Control + "z")).await;
    window.sees("count", "15").await;
    window.press(FIELD, &(Key::Control + "i")).await;
    window.keys("[data-insert]:focus", &Key::Enter.to_string()).await;
    window.sees("count", "40").await;
    window.css("[data-testid=saving][data-state=kept]").await;
    window.picture("writing").await;
}

#[tokio::test]
async fn a_text_with_a_reference_is_there_after_closing_the_window() {
    tokio::time::timeout(LIMIT, written()).await.expect("the window or its driver stopped answering");
}

async fn written() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let sheet = hengjian.new_sheet("self", "周宁", "并州分校");
    let file = sample("evidence/并州分校“十四五”发展规划（节选）.txt");
    hengjian.ok(&["evidence", "add", &sheet, "--point", "1.1.1-1", "--name", NAME, "--date", "2021.03", &file]);

    let window = Window::open(&hengjian.workspace, Path::new("")).await;
    window.click(&format!("open-{sheet}")).await;
    window.click("tab-writing").await;
    write(&window).await;
    // What is typed last is not saved yet when the window is asked to close.
    show(&window, "text-summary:1", "text-summary:1 preface").await;
    window.type_into(FIELD, "综述前言").await;
    window.leave(&hengjian).await;

    let expected = format!("我校坚持社会主义办学方向，见〔材料：{NAME}〕。");
    assert_eq!(kept(&hengjian, &sheet, "report", "1.1.1"), expected);
    assert_eq!(kept(&hengjian, &sheet, "summary:1", "preface"), "综述前言");
    let documents = hengjian.json(&["write", &sheet]);
    let report = &list(&documents["documents"])[0];
    let leaf = list(&report["texts"]).iter().find(|text| text["part"] == "1.1.1").unwrap();
    assert!(text(&leaf["printed"]).contains("见（支撑材料1.1.1第1项“并州分校‘十四五’发展规划”）。"));

    let window = Window::open(&hengjian.workspace, Path::new("")).await;
    window.click(&format!("open-{sheet}")).await;
    window.click("tab-writing").await;
    show(&window, "text-report （一）办学定位", "text-report 1.1.1").await;
    let shown = window.find(FIELD).await.prop("value").await.unwrap();
    assert_eq!(shown, Some(expected));
    window.close(&hengjian).await;
}
