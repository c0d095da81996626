//! Evidence is looked at in the real window: every kind on the desk and enlarged, by mouse and by keys, and what is
//! wrong with a file stands in its place.

use crate::program::{Hengjian, list, sample, text};
use crate::screen::{LIMIT, Window};
use fantoccini::key::Key;
use std::path::Path;

/// Width and height of the picture as it is drawn; nothing until it is.
const DRAWN: &str = "const image = document.querySelector('[data-testid=\"viewer-picture\"]'); return image?.complete ? [image.naturalWidth, image.naturalHeight] : [0, 0];";

/// A sheet with a piece of every kind at one point, one after the other.
fn prepare(hengjian: &Hengjian, folder: &Path) -> String {
    let sheet = hengjian.new_sheet("self", "周宁", "并州分校");
    let made = |name: &str| folder.join(name);
    let add = |file: &Path| hengjian.ok(&["evidence", "add", &sheet, "--point", "1.1.1-1", file.to_str().unwrap()]);
    std::fs::copy(sample("evidence/校园文化墙.png"), made("1 校园文化墙.png")).unwrap();
    add(&made("1 校园文化墙.png"));
    for name in ["2 目录.pdf", "3 目录.docx", "4 目录.xlsx"] {
        let out = made(name);
        hengjian.ok(&["report", &sheet, "--document", "catalogue", "--out", out.to_str().unwrap()]);
        add(&out);
    }
    std::fs::copy(sample("evidence/诚信教育活动记录.txt"), made("5 诚信教育活动记录.txt")).unwrap();
    std::fs::write(made("6 坏照片.png"), b"\x89PNG\r\n\x1a\nnothing more").unwrap();
    std::fs::write(made("7 照片.jpg"), b"MZ\x90\0\x03\0\0\0 not a picture").unwrap();
    for name in ["5 诚信教育活动记录.txt", "6 坏照片.png", "7 照片.jpg"] {
        add(&made(name));
    }
    sheet
}

async fn press(window: &Window, key: &str) {
    window.press("viewer", key).await;
}

async fn picture(window: &Window) {
    window.sees("viewer-name", "校园文化墙").await;
    window.find("viewer-picture").await;
    for _ in 0..200 {
        let size = window.page.execute(DRAWN, vec![]).await.unwrap();
        if list(&size)[0].as_u64() > Some(100) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    window.picture("preview-desk-picture").await;
    window.click("picture-right").await;
    window.click("picture-larger").await;
    press(window, " ").await;
    window.css("[data-testid=\"viewer\"][role=\"dialog\"]").await;
    window.picture("preview-large-picture").await;
}

/// From piece to piece by the arrow keys in the large view.
async fn walk(window: &Window) {
    press(window, &Key::Right.to_string()).await;
    window.sees("viewer-number", "2 / 7").await;
    window.css("[data-testid=\"preview-page-1\"][data-drawn=\"true\"]").await;
    window.picture("preview-large-pdf").await;
    press(window, &Key::Right.to_string()).await;
    window.sees("viewer-words", "校园文化墙").await;
    window.picture("preview-large-docx").await;
    press(window, &Key::Right.to_string()).await;
    window.sees("viewer-words", "校园文化墙").await;
    window.picture("preview-large-xlsx").await;
    press(window, &Key::Escape.to_string()).await;
    window.css("[data-testid=\"viewer\"][role=\"region\"]").await;
}

/// What cannot be shown says why, and what runs is not opened without a second thought.
async fn trouble(window: &Window) {
    window.click("viewer-next").await;
    window.sees("viewer-words", "诚信").await;
    window.picture("preview-desk-text").await;
    window.click("viewer-next").await;
    window.sees("viewer-problem", "是坏的").await;
    window.picture("preview-desk-broken").await;
    window.click("viewer-next").await;
    window.sees("viewer-danger", "文件名却不像").await;
    window.click("viewer-outside").await;
    window.sees("open-doubt", "会运行程序").await;
    window.picture("preview-doubt").await;
    window.click("open-not").await;
}

/// A file that changed on the disk is not shown; one that a killed copy left is shown and cleared.
async fn catalogue(window: &Window, item: &str) {
    window.click("tab-evidence").await;
    window.click_css(&format!("[data-item=\"{item}\"] [data-column=\"name\"]")).await;
    window.sees("viewer-problem", "内容与添加时不同").await;
    window.click("check-evidence").await;
    window.sees("leftovers", "1 个没有拷完的文件").await;
    window.picture("preview-catalogue").await;
    window.click("clear-leftovers").await;
    window.sees("leftovers-cleared", "已清除").await;
}

/// Changes the stored file of a piece without changing its size.
fn spoil(hengjian: &Hengjian, item: &serde_json::Value) {
    let sha256 = text(&item["sha256"]);
    let file = hengjian.workspace.join("evidence").join(&sha256[..2]).join(format!("{sha256}.txt"));
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[0] ^= 1;
    std::fs::remove_file(&file).unwrap();
    std::fs::write(&file, bytes).unwrap();
}

#[tokio::test]
async fn evidence_of_every_kind_is_looked_at_inside() {
    tokio::time::timeout(LIMIT, journey()).await.expect("the window or its driver stopped answering");
}

async fn journey() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let files = folder.path().join("材料");
    std::fs::create_dir(&files).unwrap();
    let sheet = prepare(&hengjian, &files);
    let items = hengjian.json(&["evidence", "list", &sheet]);
    let record = list(&items).iter().find(|item| text(&item["name"]).starts_with('5')).unwrap();
    let shown = hengjian.ok(&["evidence", "show", &sheet, text(&record["id"])]);
    assert!(shown.contains("诚信"), "{shown}");

    let window = Window::open(&hengjian.workspace, &files).await;
    window.click(&format!("open-{sheet}")).await;
    picture(&window).await;
    walk(&window).await;
    trouble(&window).await;
    spoil(&hengjian, record);
    let incoming = hengjian.workspace.join("evidence/incoming");
    std::fs::create_dir_all(&incoming).unwrap();
    std::fs::write(incoming.join("left"), b"half a file").unwrap();
    catalogue(&window, text(&record["id"])).await;
    window.close(&hengjian).await;
}
