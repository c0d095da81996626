//! Results of a panel in the window: every view, filters, order, a saved view, a mark down to its sentence, another edition.

use crate::program::{Hengjian, list, root, text};
use crate::screen::{LIMIT, Window};
use journeys::packages::{Campaign, Which};
use std::path::Path;

const PANEL: &str = "2026 复评";
const EARLIER: &str = "2025 复评";
const UNITS: usize = 7;
const RUBRIC: &str = include_str!("../../rubrics/oucsx-2021.toml");
const VIEWS: [&str; 8] = ["matrix", "ranking", "grades", "indicators", "self", "profile", "compare", "trend"];

/// A signed sheet of 并州分校 from the sample.
fn signed_sheet(office: &Hengjian, rubric: &str, (year, stage): (&str, &str), who: [&str; 2], out: &Path) {
    let new = ["new", "--rubric", rubric, "--unit", "并州分校", "--year", year, "--stage", stage];
    let sheet = office.json(&[&new[..], &["--assessor", who[0], "--organisation", who[1]]].concat());
    let sheet = text(&sheet["id"]);
    let sample = if stage == "self" { "self-周宁.json" } else { "review-孟雪琴.json" };
    office.ok(&["score", sheet, "--input", root().join("assets/sample").join(sample).to_str().unwrap()]);
    office.ok(&["finalize", sheet]);
    let identity = office.new_identity(who[0], who[1]);
    office.ok(&["export", sheet, "--out", out.to_str().unwrap(), "--identity", &identity, "--no-pdf"]);
}

/// A panel of three with sheets for seven units: one expert owes two of them; one unit evaluated itself; the year before
/// was scored by another edition, in which 1.3 stood as 1.4.
fn office(folder: &Path) -> Hengjian {
    let office = Hengjian { workspace: folder.join("办公室") };
    let campaign = Campaign::new(RUBRIC, 3);
    let stick = folder.join("U盘");
    std::fs::create_dir(&stick).unwrap();
    let due = |unit: usize, expert: usize| expert != 2 || unit < UNITS - 2;
    for unit in 0..UNITS {
        let handed = (0..3).filter(|expert| due(unit, *expert) && (unit < UNITS - 1 || *expert == 0));
        handed.for_each(|expert| drop(campaign.write(&stick, Which::first(unit, expert))));
    }
    office.ok(&["inbox", "--import", "--unverified", stick.to_str().unwrap()]);
    let members: Vec<_> = campaign.experts.iter().map(|expert| expert.certificate().person()).collect();
    office.ok(&["panel", "new", PANEL, "--rubric", "oucsx-2021", "--year", "2026"]);
    for person in &members {
        office.ok(&["panel", "member", PANEL, &person.name, "--organisation", &person.organisation]);
    }
    office.ok(&["panel", "policy", PANEL, "--method", "mean", "--step", "0.1"]);
    signed_sheet(&office, "oucsx-2021", ("2026", "self"), ["周宁", "并州分校"], &folder.join("自评"));

    let earlier = folder.join("旧版.toml");
    let text = RUBRIC.replace("edition = \"2021-10\"", "edition = \"2019\"").replace("\"1.3\"", "\"1.4\"");
    std::fs::write(&earlier, text).unwrap();
    let earlier = earlier.to_str().unwrap();
    office.ok(&["panel", "new", EARLIER, "--rubric", earlier, "--year", "2025"]);
    for name in ["韩立群", "武建国"] {
        office.ok(&["panel", "member", EARLIER, name, "--organisation", "第一专家组"]);
        signed_sheet(&office, earlier, ("2025", "review"), [name, "第一专家组"], &folder.join(name));
    }
    office
}

async fn drawn(window: &Window, view: &str) {
    window.css("[data-testid=\"office-results-view\"][aria-busy=\"false\"]").await;
    window.css("[data-testid=\"office-results-view\"]:not(:has(figure[data-drawn=\"false\"]))").await;
    window.picture(&format!("results-{view}")).await;
}

/// Each view is there and drawn; what waits for sheets is not ranked silently.
async fn views(window: &Window, theme: &str) {
    for view in VIEWS {
        window.click(&format!("view-of-{view}")).await;
        match view {
            "profile" | "compare" | "trend" => window.find(&format!("results-{view}")).await,
            table => window.find(&format!("results-{table}")).await,
        };
        drawn(window, &format!("{theme}-{view}")).await;
    }
}

async fn asks(window: &Window) {
    window.click("view-of-ranking").await;
    window.sees("results-ranking", "不排名次").await;
    window.sees("results-ranking", "差 1 份").await;
    window.click("results-complete").await;
    window.sees("results-count", "7 个单位中的 5 个").await;
    window.click("sort-unit").await;
    window.css("th[aria-sort=\"ascending\"]").await;
    window.click("saved-views").await;
    window.click("save-view").await;
    window.type_into("view-name", "已齐，按名称").await;
    window.click("view-keep").await;
    window.sees("saved-views", "已齐，按名称").await;
    window.picture("results-saved").await;
}

/// A mark is followed down to the sentence of a sheet.
async fn explains(window: &Window) {
    window.click("mark-并州分校").await;
    window.sees("mark-calculation", "÷ 3").await;
    window.picture("results-mark-total").await;
    for code in ["4", "4.5", "4.5.3", "4.5.3-4"] {
        window.click(&format!("part-{code}")).await;
        window.picture(&format!("results-at-{code}")).await;
    }
    window.css("[data-testid=\"mark-members\"] details[open] [data-testid=\"trace-step\"]").await;
    window.picture("results-mark-point").await;
    window.click("mark-close").await;
}

/// What the other edition calls 1.4 is compared once a person said that it is 1.3.
async fn declares(window: &Window) {
    window.click("view-of-trend").await;
    window.sees("edition-likely", "1.4 → 1.3").await;
    window.click("edition-accept").await;
    window.click("edition-open-2025").await;
    window.find("unmatch-1.3").await;
    drawn(window, "declared").await;
}

async fn exports(window: &Window, folder: &Path) {
    window.click("view-of-ranking").await;
    window.click("results-export").await;
    window.retype("save-folder", folder.to_str().unwrap()).await;
    window.click("save").await;
    window.sees("saved", "名次.csv").await;
    window.click("save-close").await;
}

#[tokio::test]
async fn every_view_of_a_panels_results_is_drawn_asked_explained_and_written() {
    tokio::time::timeout(LIMIT, journey()).await.expect("the window or its driver stopped answering");
}

async fn journey() {
    let folder = tempfile::tempdir().unwrap();
    let office = office(folder.path());
    let window = Window::open(&office.workspace, folder.path()).await;
    window.click("nav-office").await;
    window.click("office-results").await;
    views(&window, "light").await;
    asks(&window).await;
    explains(&window).await;
    declares(&window).await;
    exports(&window, folder.path()).await;
    window.click("toggle-theme").await;
    views(&window, "dark").await;
    window.close(&office).await;

    // The command line shows the saved view as the window wrote it.
    let written = std::fs::read_to_string(folder.path().join(format!("{PANEL} 名次.csv"))).unwrap();
    let shown = office.ok(&["results", PANEL, "--view", "已齐，按名称", "--format", "csv"]);
    assert_eq!(shown, written);
    assert_eq!(written.lines().count(), 6, "{written}");
    let years = office.json(&["results", PANEL, "--years", "--unit", "并州分校"]);
    let row = list(&years["rows"]).iter().find(|row| row["code"] == "1.3").unwrap();
    assert!(list(&row["percents"]).iter().all(|percent| !percent.is_null()), "{row}");
}
