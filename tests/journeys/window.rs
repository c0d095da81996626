//! The main job in the real window: create, score, attach, finalise, sign, export, verify.

use crate::program::{Hengjian, judge, root};
use crate::screen::{LIMIT, Window};
use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

async fn create(window: &Window) {
    window.click("new-assessment").await;
    window.click("rubric-oucsx-2021").await;
    window.type_into("unit", "汾曲分校").await;
    window.retype("year", "2022").await;
    window.click("stage-self").await;
    window.type_into("assessor", "张燊").await;
    window.type_into("organisation", "汾曲分校").await;
    window.picture("new").await;
    window.click("create").await;
    window.find("tree-1.1.1").await;
}

async fn score(window: &Window) {
    window.click("tree-1.1.1").await;
    window.type_into("mark-1.1.1-1", "4").await;
    window.press("mark-1.1.1-1", &Key::Enter.to_string()).await;
    window.sees("total", "4").await;
    window.type_into("mark-1.1.1-2", "3").await;
    window.press("mark-1.1.1-2", &Key::Enter.to_string()).await;
    window.sees("total", "7").await;
    window.click("mark-1.1.1-2").await;
    window.type_into("remark-1.1.1-2", "党委会制度齐全，校长办公会记录缺2次").await;
    window.click("mark-1.1.1-2").await;

    // A mark above full marks is refused in words, and the old one stays.
    window.retype("mark-1.1.1-1", "9").await;
    window.press("mark-1.1.1-1", &Key::Enter.to_string()).await;
    window.sees("refusal-1.1.1-1", "超过满分").await;
    window.sees("total", "7").await;
    window.picture("refused").await;
}

async fn attach(window: &Window) {
    window.click("add-evidence").await;
    window.css("[data-testid^=\"evidence-\"]").await;
    window.sees("attach-report", "1").await;
    window.picture("evidence").await;
}

/// Where a row stands on the screen, in the physical pixels that the desktop counts in.
const PLACE: &str = r#"
    const place = document.querySelector(`[data-row="${arguments[0]}"]`).getBoundingClientRect();
    return { x: (place.left + 20) * devicePixelRatio, y: (place.top + 10) * devicePixelRatio };
"#;

async fn drop_file(window: &Window, row: &str, file: &Path) {
    let position = window.page.execute(PLACE, vec![json!(row)]).await.unwrap();
    window.tell("tauri://drag-drop", json!({ "paths": [file], "position": position })).await;
    for _ in 0..600 {
        // A list that is just being drawn anew is asked again.
        let all = window.page.find_all(Locator::Css("[data-testid^=\"evidence-\"]")).await;
        if all.is_ok_and(|all| all.len() > 1) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    window.picture("dropped").await;
}

fn shown(hengjian: &Hengjian) -> Value {
    let list = hengjian.json(&["list"]);
    let id = list[0]["id"].as_str().unwrap().to_owned();
    hengjian.json(&["show", &id])
}

fn complete(hengjian: &Hengjian, sheet: &str) {
    let sample = root().join("assets/sample/self-周宁.json");
    hengjian.ok(&["score", sheet, "--input", sample.to_str().unwrap()]);
}

async fn sign(window: &Window, sheet: &str, target: &Path) {
    window.click(&format!("open-{sheet}")).await;
    window.click("tab-results").await;
    window.sees("results-total", "868").await;
    window.picture("results").await;
    window.click("tab-documents").await;
    window.click("finalize").await;
    window.sees("checks", "摘要").await;
    window.retype("identity-name", "张燊").await;
    window.retype("identity-organisation", "汾曲分校").await;
    window.type_into("identity-passphrase", "滹沱河畔 2022").await;
    window.type_into("identity-passphrase-again", "滹沱河畔 2022").await;
    window.click("create-identity").await;
    window.type_into("passphrase", "滹沱河畔 2022").await;
    window.retype("directory", target.to_str().unwrap()).await;
    window.picture("before-export").await;
    window.click("export").await;
    window.css("[data-testid=\"export-file\"]").await;
    window.picture("exported").await;
}

async fn verify(window: &Window, file: &Path, wanted: &str) {
    window.click("back").await;
    window.click("nav-verify").await;
    window.type_into("verify-path", file.to_str().unwrap()).await;
    window.click("verify").await;
    window.sees("verdict", wanted).await;
    window.picture("verified").await;
}

#[tokio::test]
async fn create_score_attach_export_verify_with_chinese_typed_in() {
    tokio::time::timeout(LIMIT, main_job()).await.expect("the window or its driver stopped answering");
}

async fn main_job() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let evidence = folder.path().join("关于2021年秋季学期考试工作的通知.txt");
    std::fs::write(&evidence, "各学习中心：请于10月15日前报送考试安排。").unwrap();

    let window = Window::open(&hengjian.workspace, &evidence).await;
    create(&window).await;
    score(&window).await;
    attach(&window).await;
    let photograph = folder.path().join("校园文化墙.png");
    std::fs::copy(root().join("assets/sample/evidence/校园文化墙.png"), &photograph).unwrap();
    drop_file(&window, "1.1.1-3", &photograph).await;
    window.close(&hengjian).await;

    let state = shown(&hengjian);
    let point = |code: &str| state["points"].as_array().unwrap().iter().find(|p| p["code"] == code).unwrap().clone();
    assert_eq!((point("1.1.1-1")["mark"].as_str(), point("1.1.1-2")["mark"].as_str()), (Some("4"), Some("3")));
    assert_eq!(point("1.1.1-2")["remark"], "党委会制度齐全，校长办公会记录缺2次");
    assert_eq!(
        (&state["unit"], &state["assessor"], &state["year"]),
        (&json!("汾曲分校"), &json!("张燊"), &json!(2022))
    );
    let sheet = state["id"].as_str().unwrap().to_owned();
    let catalogue = hengjian.json(&["evidence", "list", &sheet]);
    assert_eq!(catalogue[0]["fileName"], "关于2021年秋季学期考试工作的通知.txt");
    assert_eq!((&catalogue[1]["fileName"], &catalogue[1]["points"]), (&json!("校园文化墙.png"), &json!(["1.1.1-3"])));

    complete(&hengjian, &sheet);
    let target = folder.path().join("导出");
    let window = Window::open(&hengjian.workspace, &evidence).await;
    sign(&window, &sheet, &target).await;
    let mut files: Vec<_> = std::fs::read_dir(&target).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert_eq!(files.len(), 2, "{files:?}");
    verify(&window, &files[0], "有效").await;
    window.close(&hengjian).await;

    let pdf = files.iter().find(|file| file.extension().is_some_and(|e| e == "pdf")).unwrap();
    assert!(judge("pdfsig", &[pdf.to_str().unwrap()]).contains("Signature is Valid"));
}
