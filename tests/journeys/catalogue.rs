//! The catalogue in the real window: what a photograph records, acts on many pieces, pages, and all of it undone by keys.

use crate::program::Hengjian;
use crate::screen::{LIMIT, Window};
use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::path::Path;

/// A picture that is nothing but a camera's record: 2021:10:15 09:32:58.
fn photograph() -> Vec<u8> {
    let mut tiff =
        b"MM\x00\x2A\x00\x00\x00\x08\x00\x01\x87\x69\x00\x04\x00\x00\x00\x01\x00\x00\x00\x1A\x00\x00\x00\x00".to_vec();
    tiff.extend(b"\x00\x01\x90\x03\x00\x02\x00\x00\x00\x14\x00\x00\x00\x2C\x00\x00\x00\x00");
    tiff.extend(b"2021:10:15 09:32:58\0");
    let mut file = b"\xFF\xD8\xFF\xE1".to_vec();
    file.extend(u16::try_from(tiff.len() + 8).unwrap().to_be_bytes());
    file.extend(b"Exif\0\0");
    file.extend(tiff);
    file.extend(b"\xFF\xD9");
    file
}

/// A sheet with a photograph and some documents; the ids of its pieces by name.
fn filled(hengjian: &Hengjian, folder: &Path) -> (String, Value) {
    let sheet = hengjian.new_sheet("self", "周宁", "并州分校");
    let add = |name: &str, bytes: &[u8], point: &str| {
        let file = folder.join(name);
        std::fs::write(&file, bytes).unwrap();
        hengjian.ok(&["evidence", "add", &sheet, file.to_str().unwrap(), "--point", point]);
    };
    add("巡考现场.jpg", &photograph(), "1.1.1-1");
    for (n, name) in ["关于做好秋季学期终结性考试工作的通知", "党委会会议纪要", "校长办公会制度"].iter().enumerate()
    {
        add(&format!("{name}.txt"), name.as_bytes(), if n == 0 { "1.1.1-1" } else { "1.1.1-2" });
    }
    add("十三五规划.txt", b"plan", "1.1.1-3");
    let list = hengjian.json(&["evidence", "list", &sheet]);
    let plan = list.as_array().unwrap().iter().find(|item| item["name"] == "十三五规划").unwrap();
    hengjian.ok(&["evidence", "change", &sheet, plan["id"].as_str().unwrap(), "--set", "date=2016.05"]);
    (sheet, list)
}

/// The catalogue by file, as the command line sees it later.
fn named<'a>(list: &'a Value, name: &str) -> &'a Value {
    list.as_array().unwrap().iter().find(|item| item["name"] == name).unwrap()
}

/// The cell of a column in the row of a piece.
fn cell(id: &str, column: &str) -> String {
    format!("[data-testid=\"catalogue-{id}\"] [data-column=\"{column}\"]")
}

async fn value(window: &Window, css: &str) -> String {
    let script = "return document.querySelector(arguments[0]).value";
    window.page.execute(script, vec![json!(css)]).await.unwrap().as_str().unwrap().to_owned()
}

async fn comes(window: &Window, css: &str, wanted: &str) {
    for _ in 0..600 {
        if value(window, css).await == wanted {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{css}: waited for “{wanted}”, saw “{}”", value(window, css).await);
}

async fn a_photograph(window: &Window, id: &str) {
    window.click_css(&cell(id, "name")).await;
    window.sees("photo-record", "照片记录的拍摄时间 2021-10-15 09:32").await;
    window.sees("hint-lacking", "地点、人物、内容、摄影者").await;
    window.picture("catalogue-photo").await;
    window.click("take-photo").await;
    comes(window, &cell(id, "date"), "2021.10").await;
    window.retype("evidence-place", "太原市").await;
    window.retype("page-1.1.1-1", "第3页\u{E007}").await;
    window.sees(&format!("catalogue-{id}"), "第3页").await;
}

async fn many(window: &Window, ids: &[&str]) {
    for id in ids {
        let check = format!("[data-testid=\"catalogue-{id}\"] input[type=checkbox]");
        window.click_css(&check).await;
    }
    window.sees("bulk-bar", "已选 3 件").await;
    window.click("bulk-B").await;
    comes(window, &cell(ids[0], "kind"), "B").await;
    let (first, last) = (cell(ids[0], "date"), cell(ids[2], "date"));
    window.click_css(&first).await;
    window.keys(&first, &format!("2021.09{}", char::from(Key::Enter))).await;
    comes(window, &first, "2021.09").await;
    window.picture("catalogue-bulk").await;
    window.click_css(&last).await;
    window.keys(&last, &(Key::Control + "d")).await;
    comes(window, &last, "2021.09").await;
}

#[tokio::test]
async fn the_catalogue_is_filled_by_table_and_undone_by_keys() {
    tokio::time::timeout(LIMIT, journey()).await.expect("the window or its driver stopped answering");
}

async fn journey() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let (sheet, list) = filled(&hengjian, folder.path());
    let id = |name: &str| named(&list, name)["id"].as_str().unwrap();
    let window = Window::open(&hengjian.workspace, folder.path()).await;
    window.click(&format!("open-{sheet}")).await;
    window.click("tab-evidence").await;
    window.css(&cell(id("巡考现场"), "name")).await;
    window.sees("hint-list", "时间 2016.05 不在评估期 2019—2022 年内").await;
    window.picture("catalogue").await;
    a_photograph(&window, id("巡考现场")).await;
    let three = [id("关于做好秋季学期终结性考试工作的通知"), id("党委会会议纪要"), id("校长办公会制度")];
    many(&window, &three).await;

    // Removing many, and the way back: one step for each act.
    window.click("bulk-remove").await;
    window.click("confirm-remove").await;
    for _ in 0..200 {
        if window.page.find_all(Locator::Css("[data-item]")).await.is_ok_and(|all| all.len() == 2) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    window.click("undo").await;
    window.css(&cell(three[1], "date")).await;
    comes(&window, &cell(three[1], "date"), "2021.09").await;
    window.click("undo").await;
    comes(&window, &cell(three[1], "date"), "").await;
    window.picture("catalogue-undone").await;
    window.leave(&hengjian).await;

    let list = hengjian.json(&["evidence", "list", &sheet]);
    let photo = named(&list, "巡考现场");
    assert_eq!((&photo["pages"]["1.1.1-1"], &photo["details"]["place"]), (&json!("第3页"), &json!("太原市")));
    assert_eq!(photo["details"]["time"], "2021-10-15 09:32");
    assert_eq!(named(&list, "党委会会议纪要")["kind"], "B");
}
