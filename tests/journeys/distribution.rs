//! A folder is distributed by the codes in its names, in the dialog and by the command line; evidence is judged where it
//! is seen, and many pieces at once; what experts bring and what is missing.

use crate::program::{Hengjian, list, text};
use crate::screen::{LIMIT, Window};
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const SYSTEM: &str = "1.1.1-2 关于印发《并州分校党委会议制度与校长办公会议制度（2019年修订）》的通知及全文.txt";
const TOLD: &str = "关于印发并州分校“十四五”事业发展规划纲要（2021—2025年）并组织学习贯彻的通知.txt";
const PHOTOS: [&str; 3] =
    ["2021年秋季学期开学典礼照片说明.txt", "教师节座谈会照片说明.txt", "阳光招生宣传现场照片说明.txt"];

/// What departments handed in: files with codes, with a code that leaves a choice, with codes that contradict each
/// other or do not exist, without any, with the same content, and what is no evidence.
fn collected(folder: &Path) -> PathBuf {
    let folder = folder.join("各部门交来的材料");
    let photos = PHOTOS.map(|name| (format!("宣传部/{name}"), name));
    let files = [
        (format!("党政办/1.1.1 办学方向/{SYSTEM}"), "第一条 党委会议由书记主持。"),
        (format!("党政办/1.1.1 办学方向/{TOLD}"), "各部门：现将规划印发给你们。"),
        (
            "教务处/4.5.3（2）2021年秋季学期期末终结性考试巡考与教学检查情况的通报及整改落实汇总表.txt".to_owned(),
            "通报",
        ),
        (
            "教务处/4.5.3-1、4.5.3-2 教学检查制度汇编（含期初、期中、期末教学检查的组织与反馈办法）.txt".to_owned(),
            "制度",
        ),
        ("教务处/4.5.3 教学检查/2.2.1-1 机构设置批复.txt".to_owned(), "编号"),
        ("教务处/9.9.9 没有这个指标的材料.txt".to_owned(), "指标"),
        ("教务处/2.2.1-1 党委会议制度副本.txt".to_owned(), "第一条 党委会议由书记主持。"),
        ("教务处/空文件.txt".to_owned(), ""),
        ("教务处/.~锁定.txt".to_owned(), "锁"),
    ];
    let all = files.iter().map(|(path, words)| (path.as_str(), *words));
    for (path, words) in all.chain(photos.iter().map(|(path, name)| (path.as_str(), *name))) {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, words).unwrap();
    }
    folder
}

fn catalogue(hengjian: &Hengjian, sheet: &str) -> Vec<Value> {
    list(&hengjian.json(&["evidence", "list", sheet])).to_vec()
}

async fn count(page: &Client, css: &str, wanted: usize) {
    let mut seen = usize::MAX;
    for _ in 0..600 {
        seen = page.find_all(Locator::Css(css)).await.map_or(seen, |all| all.len());
        if seen == wanted {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{css}: waited for {wanted}, saw {seen}");
}

/// Gives an unplaced file a point by typing its code, then the other files of its folder the same.
async fn place_photos(window: &Window) {
    let line = format!("[data-testid=\"plan-{}\"]", PHOTOS[0]);
    window.click_css(&format!("{line} [data-testid=\"plan-choose\"]")).await;
    let field = format!("{line} input[role=combobox]");
    window.keys(&field, "3.1.1-1").await;
    window.picture("distribution-choice").await;
    window.keys(&field, &Key::Enter.to_string()).await;
    window.sees(&format!("plan-{}", PHOTOS[0]), "已选定").await;
    window.click("distribute-facts").await;
    // The list that was closed fades away over it.
    window.click_css(&format!("{line} [data-testid=\"plan-beside\"]")).await;
    window.sees(&format!("plan-{}", PHOTOS[2]), "已选定").await;
}

#[tokio::test]
async fn a_folder_is_distributed_in_its_dialog_and_taken_back() {
    tokio::time::timeout(LIMIT, distributing()).await.expect("the window or its driver stopped answering");
}

async fn distributing() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let sheet = hengjian.new_sheet("self", "周宁", "并州分校");
    let window = Window::open(&hengjian.workspace, &collected(folder.path())).await;
    window.click(&format!("open-{sheet}")).await;
    window.click("tab-evidence").await;
    window.click("add-folder").await;
    window.sees("distribute-facts", "已分好 4 件").await;
    window.sees("distribute-facts", "跳过 2 个").await;
    window.picture("distribution-plan").await;
    place_photos(&window).await;
    let out = format!("[data-testid=\"plan-{SYSTEM}\"] input[type=checkbox]");
    window.click_css(&out).await;
    window.sees("distribute-facts", "去掉 1 件").await;
    window.picture("distribution-chosen").await;
    window.click("distribute-run").await;
    window.sees("distribute-done", "添加了 6 件").await;
    window.picture("distribution-done").await;
    window.click("distribute-close").await;
    count(&window.page, "[data-testid=\"catalogue\"] [data-item]", 6).await;
    window.picture("distribution-catalogue").await;
    window.click("undo").await;
    count(&window.page, "[data-testid=\"catalogue\"] [data-item]", 0).await;
    window.click("redo").await;
    count(&window.page, "[data-testid=\"catalogue\"] [data-item]", 6).await;
    window.close(&hengjian).await;

    let pieces = catalogue(&hengjian, &sheet);
    assert_eq!(pieces.len(), 6);
    assert!(pieces.iter().all(|piece| text(&piece["fileName"]) != SYSTEM), "it was left out");
    let at = |code: &str| pieces.iter().filter(|piece| list(&piece["points"]).contains(&json!(code))).count();
    assert_eq!((at("3.1.1-1"), at("4.5.3-2")), (3, 2));
}

/// Pieces of the unit, at the first point and elsewhere, and a review's sheet.
fn handed_in(hengjian: &Hengjian, folder: &Path) -> String {
    let own = hengjian.new_sheet("self", "周宁", "并州分校");
    for (number, name) in [
        "办学指导思想与发展定位的决定",
        "“十四五”发展规划及年度分解任务",
        "党委理论学习中心组学习计划",
        "师生思想政治状况调研报告",
        "立德树人工作要点",
        "校史馆建设方案",
    ]
    .iter()
    .enumerate()
    {
        let file = folder.join(format!("{name}.txt"));
        std::fs::write(&file, format!("{name}\n\n一、总体要求\n\n坚持社会主义办学方向。\n")).unwrap();
        let point = if number < 4 { "1.1.1-1" } else { "1.1.1-2" };
        hengjian.ok(&["evidence", "add", &own, file.to_str().unwrap(), "--point", point]);
    }
    hengjian.new_sheet("review", "孟雪琴", "省电大评估专家组")
}

/// How much of an element is seen, in pixels.
async fn seen_height(window: &Window, css: &str) -> f64 {
    let script = "return document.querySelector(arguments[0]).getBoundingClientRect().height";
    window.page.execute(script, vec![json!(css)]).await.unwrap().as_f64().unwrap()
}

#[tokio::test]
async fn evidence_is_judged_where_it_is_seen() {
    tokio::time::timeout(LIMIT, judging()).await.expect("the window or its driver stopped answering");
}

async fn judging() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let sheet = handed_in(&hengjian, folder.path());
    let window = Window::open(&hengjian.workspace, folder.path()).await;
    window.click(&format!("open-{sheet}")).await;
    window.sees("viewer-words", "总体要求").await;
    window.picture("judging-desk").await;
    window.click("verdict-doubtful").await;
    window.type_into("verdict-note", "没有落款日期，请补原件").await;
    window.picture("judging-desk-note").await;
    assert!(seen_height(&window, "[data-testid=\"pane-cards\"]").await > 120.0, "the list beside the preview");
    window.click("viewer-next").await;
    window.click("verdict-refuted").await;
    window.click("viewer-size").await;
    window.click("verdict-genuine").await;
    window.picture("judging-large").await;
    window.click("viewer-size").await;

    window.click("tab-evidence").await;
    window.sees("verdict-counts", "已核验 2 / 6").await;
    window.click("choose-all").await;
    window.picture("judging-bulk").await;
    window.click("bulk-genuine").await;
    window.sees("verdict-counts", "已核验 6 / 6").await;
    window.click("undo").await;
    window.sees("verdict-counts", "已核验 2 / 6").await;
    window.click_css("[data-item] [data-column=\"name\"]").await;
    window.find("viewer").await;
    window.find("verdict-genuine").await;
    window.picture("judging-catalogue").await;
    window.close(&hengjian).await;

    let state = hengjian.json(&["show", &sheet]);
    let verdicts = list(&state["verdicts"]);
    assert_eq!(verdicts.len(), 2);
    assert!(verdicts.iter().any(|one| one["verdict"] == "doubtful" && one["note"] == "没有落款日期，请补原件"));
}

#[test]
fn a_folder_is_distributed_by_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let sheet = hengjian.new_sheet("self", "周宁", "并州分校");
    let from = collected(folder.path());
    let from = from.to_str().unwrap();
    let plan = hengjian.json(&["evidence", "distribute", &sheet, from, "--plan"]);
    let placed = list(&plan["files"]).iter().filter(|file| !list(&file["points"]).is_empty()).count();
    assert_eq!((list(&plan["files"]).len(), placed, list(&plan["skipped"]).len()), (10, 4, 2));
    assert!(catalogue(&hengjian, &sheet).is_empty(), "a plan changes nothing");
    let told = hengjian.refused(1, &["evidence", "distribute", &sheet, from]);
    assert!(told.contains("添加 3") && told.contains("已有，只关联") && told.contains(PHOTOS[1]), "{told}");
    let unplaced = format!("{from}/宣传部");
    hengjian.ok(&["evidence", "distribute", &sheet, &unplaced, "--on", "3.1.1-1"]);
    let at = |piece: &Value| list(&piece["points"]).contains(&json!("3.1.1-1"));
    assert_eq!(catalogue(&hengjian, &sheet).iter().filter(|piece| at(piece)).count(), 3);
    hengjian.refused(1, &["evidence", "distribute", &sheet, from, "--on", "9.9.9"]);
}

#[test]
fn the_command_line_judges_notes_interviews_and_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let sheet = handed_in(&hengjian, folder.path());
    let pieces = catalogue(&hengjian, &sheet);
    let ids: Vec<&str> = pieces.iter().map(|piece| text(&piece["id"])).collect();
    let judged = hengjian.ok(&["evidence", "verdict", &sheet, "refuted", ids[0], ids[1], "--note", "没有盖章"]);
    assert_eq!(judged.matches("不符  没有盖章").count(), 2, "{judged}");
    let missing = hengjian.json(&["evidence", "missing", &sheet]);
    let points = list(&missing["indicators"]).iter().flat_map(|one| list(&one["points"]));
    assert!(points.clone().any(|point| point["code"] == "4.5.3-2"));
    assert!(points.clone().all(|point| point["code"] != "1.1.1-2"), "what was not judged counts");
    let words = folder.path().join("访谈.txt");
    std::fs::write(&words, "问：谁来查？\n答：教务处。\n").unwrap();
    let note = ["--point", "4.5.3-2", "--persons", "教务处处长", "--time", "2022-05-11 14:30"];
    let noted = hengjian.ok(&[&["evidence", "interview", &sheet, words.to_str().unwrap()], &note[..]].concat());
    assert!(noted.contains("教务处处长") && noted.contains("4.5.3-2"), "{noted}");
    assert!(
        hengjian.ok(&["evidence", "missing", &sheet]).contains("4.5.3-2"),
        "what an expert brings is not the unit's"
    );
    let cleared = hengjian.ok(&["evidence", "verdict", &sheet, "none", ids[0]]);
    assert_eq!(cleared.matches("不符").count(), 1);

    let unknown = hengjian.refused(1, &["evidence", "verdict", &sheet, "genuine", "zzzz"]);
    assert!(unknown.contains("zzzz"), "{unknown}");
    let own =
        text(&list(&hengjian.json(&["list"])).iter().find(|one| one["stage"] == "self").unwrap()["id"]).to_owned();
    let by_unit = hengjian.refused(1, &["evidence", "verdict", &own, "genuine", ids[0]]);
    assert!(by_unit.contains("自评打分表里不能核验材料"), "{by_unit}");
}
