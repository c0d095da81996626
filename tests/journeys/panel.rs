//! Panels in the window: from the sheets that came in to a panel, its policy, a mark out of line, a recusal, a mark that was
//! agreed on, and the table on the disk. The rubric came with the packages.

use crate::program::{Hengjian, list, text};
use crate::screen::{LIMIT, Window};
use journeys::packages::{Campaign, unit};
use std::path::Path;

pub const RUBRIC: &str = r#"
format = 1
id = "kaowu"
edition = "2026"
title = "考务工作检查"
title_en = "Examinations"
total = 100
step = 1

[source]
document = "考务工作检查表"

[[grade]]
name = "优秀"
name_en = "Excellent"
at_least = 90
sentence = "90分以上为优秀"

[[grade]]
name = "合格"
name_en = "Pass"
at_least = 60
sentence = "60分以上为合格"

[[grade]]
name = "限期整改"
name_en = "To be put right"
at_least = 0
sentence = "其余限期整改"

[[indicator]]
level = 1
code = "1"
title = "考试组织"
max = 60
text = "1 考试组织（60分）"

[[indicator.point]]
code = "1-1"
title = "考务人员培训和持证上岗"
max = 30
text = "（1）考务人员培训和持证上岗（30分）"
parts = [{ kind = "award", basis = "graded" }]

[[indicator.point]]
code = "1-2"
title = "巡考和违规处理"
max = 30
text = "（2）巡考和违规处理（30分）"
parts = [{ kind = "award", basis = "graded" }]

[[indicator.limit]]
code = "1-3"
title = "存在严重考试违规行为的本项不得分"
text = "（3）存在严重考试违规行为的本项不得分"
effect = "zero"

[[indicator]]
level = 1
code = "2"
title = "试卷管理"
max = 40
text = "2 试卷管理（40分）"

[[indicator.point]]
code = "2-1"
title = "接收、入库、分发"
max = 20
text = "（1）接收、入库、分发（20分）"
parts = [{ kind = "award", basis = "graded" }]

[[indicator.point]]
code = "2-2"
title = "评阅和成绩登录"
max = 20
text = "（2）评阅和成绩登录（20分）"
parts = [{ kind = "award", basis = "graded" }]
"#;
/// What the fourth expert found at the first unit.
const HARSH: &str = r#"{
  "scores": { "1-1": "20", "1-2": "12", "2-1": "18", "2-2": "17" },
  "findings": { "1-3": true },
  "remarks": { "1-2": "两场考试有替考，处理没有记录。" }
}"#;
const HARSH_EXPERT: [&str; 2] = ["方正", "第三专家组"];

/// An office that took in what three experts handed over of three units, and a fourth expert's sheet of the first.
fn office(folder: &Path) -> (Hengjian, Campaign) {
    let campaign = Campaign::new(RUBRIC, 3);
    let stick = folder.join("U盘");
    std::fs::create_dir_all(&stick).unwrap();
    campaign.write_all(&stick, 3);
    let hengjian = Hengjian { workspace: folder.join("工作区") };
    hengjian.ok(&["inbox", stick.to_str().unwrap(), "--import", "--unverified"]);

    let (rubric, input) = (folder.join("考务.toml"), folder.join("打分.json"));
    std::fs::write(&rubric, RUBRIC).unwrap();
    std::fs::write(&input, HARSH).unwrap();
    let [name, organisation] = HARSH_EXPERT;
    let unit = unit(0);
    let about = ["new", "--rubric", rubric.to_str().unwrap(), "--unit", &unit, "--year", "2026", "--stage", "review"];
    let made = hengjian.json(&[&about[..], &["--assessor", name, "--organisation", organisation]].concat());
    let sheet = text(&made["id"]);
    hengjian.ok(&["score", sheet, "--input", input.to_str().unwrap()]);
    hengjian.ok(&["finalize", sheet]);
    let identity = hengjian.new_identity(name, organisation);
    hengjian.ok(&["export", sheet, "--out", folder.join("交出").to_str().unwrap(), "--identity", &identity]);
    (hengjian, campaign)
}

#[tokio::test]
async fn a_panel_is_made_of_what_came_in_and_its_marks_are_settled() {
    tokio::time::timeout(LIMIT, journey()).await.expect("the window or its driver stopped answering");
}

async fn journey() {
    let folder = tempfile::tempdir().unwrap();
    let (hengjian, campaign) = office(folder.path());
    let (first, second) = (unit(0), unit(1));
    let window = Window::open(&hengjian.workspace, folder.path()).await;
    window.click("nav-office").await;
    window.click("office-panel").await;

    // The sheets that are there lead to the first panel, with their assessors as members.
    window.sees("no-panel", "3 个单位，4 位专家，已签名 10 份").await;
    window.picture("panel-none").await;
    window.click("first-panel").await;
    window.sees("new-panel-dialog", "成员（4 位）").await;
    window.picture("panel-new").await;
    window.click("make-panel").await;
    window.sees("panel-about", "3 个单位 × 4 位专家").await;
    window.find("not-declared").await;

    declare(&window).await;
    window.sees("differences", "方正 35 分").await;
    window.sees("reasons", "方正认定“（3）存在严重考试违规行为的本项不得分”，其余 3 人没有认定").await;
    window.sees("steps", "去 1 个最低、1 个最高").await;
    window.picture("panel-outlier").await;
    window.click("compare").await;
    window.sees("compare-dialog", "两场考试有替考，处理没有记录。").await;
    window.picture("panel-compare").await;
    window.click("compare-close").await;
    window.click("request").await;
    window.sees("request-dialog", "方正（第三专家组）").await;
    window.picture("panel-request").await;
    window.click("request-close").await;

    recuse(&window, &second, &campaign.experts[1].certificate().person().name).await;
    agree(&window, &first).await;
    statistics_and_views(&window).await;
    save(&window, folder.path(), &first).await;
    window.close(&hengjian).await;

    let panel = hengjian.json(&["panel", "show", "2026 复评"]);
    let settled = list(&panel["units"]).iter().find(|row| row["unit"] == first.as_str()).unwrap();
    assert_eq!((text(&settled["total"]), text(&settled["grade"])), ("89", "合格"));
    assert_eq!(text(&list(&panel["recusals"])[0]["unit"]), second);
}

/// One dropped at each end from four sheets on; what lies more than 20 marks from the others is pointed out.
async fn declare(window: &Window) {
    window.click("policy").await;
    window.retype("trim-from-0", "4").await;
    window.retype("total-outlier", "20").await;
    window.picture("panel-policy").await;
    window.click("policy-save").await;
    window.sees("policy-text", "满 4 份两端各去 1 份").await;
}

async fn recuse(window: &Window, unit: &str, expert: &str) {
    window.click("members").await;
    window.type_into("recuse-unit", unit).await;
    window.type_into("recuse-reason", "曾在该校任教").await;
    window.click(&format!("recuse-who-{expert}")).await;
    window.click("recuse").await;
    window.sees("members-dialog", "曾在该校任教").await;
    window.picture("panel-members").await;
    window.click("members-close").await;
    window.sees(&format!("cell-{unit}-{expert}"), "回避").await;

    window.click("panel-undo").await;
    window.find("panel-redo").await;
    window.click("panel-redo").await;
    window.sees(&format!("cell-{unit}-{expert}"), "回避").await;
}

/// A mark that the members agreed on carries the total over a grade line: that is said, and what stood before stays.
async fn agree(window: &Window, unit: &str) {
    window.click(&format!("unit-{unit}")).await;
    window.sees("calculation", unit).await;
    let before = window.text_of("[data-testid=\"calculated\"]").await;
    window.click("agree-total").await;
    window.type_into("agree-mark", "八十九").await;
    window.type_into("agree-reason", "复核 1-3：违规已查处，按各人多数意见").await;
    window.click("agree-save").await;
    window.find("problem").await;
    window.picture("panel-agree").await;
    window.retype("agree-mark", "89").await;
    window.click("agree-save").await;
    window.sees("agreed", &format!("会商定为 89，原为 {before}")).await;
    window.sees(&format!("result-{unit}"), "89").await;
    window.picture("panel-agreed").await;
}

async fn statistics_and_views(window: &Window) {
    window.click("agreement").await;
    window.sees("agreement-dialog", "考试组织").await;
    window.picture("panel-agreement").await;
    window.click("agreement-close").await;
    window.click("toggle-theme").await;
    window.picture("panel-dark").await;
    window.click("toggle-theme").await;
}

async fn save(window: &Window, folder: &Path, unit: &str) {
    window.click("panel-csv").await;
    window.retype("save-folder", folder.to_str().unwrap()).await;
    window.click("save").await;
    window.sees("saved", "2026 复评.csv").await;
    window.click("save-close").await;
    let csv = std::fs::read_to_string(folder.join("2026 复评.csv")).unwrap();
    let line = csv.lines().find(|line| line.contains(unit)).unwrap_or_else(|| panic!("{csv}"));
    assert!(csv.starts_with('\u{feff}') && line.contains("（35）") && line.contains(",89,"), "{csv}");
}
