//! Dashboards in the real window: drawn beside the other stage's sheet, shown as tables, saved as pictures.

use crate::program::{Hengjian, judge, list, sample, text};
use crate::screen::{LIMIT, Window};
use serde_json::{Value, json};
use std::path::Path;

const FILE: &str = "并州分校2022年复评二级指标得分率.png";

/// Shares of pixels with a colour of their own on the canvases of the charts.
const DRAWN: &str = r#"
    return [...document.querySelectorAll("figure canvas")].map((canvas) => {
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        let drawn = 0;
        for (let at = 3; at < data.length; at += 4) if (data[at] > 0) drawn += 1;
        return drawn / (data.length / 4);
    });
"#;

async fn opened(window: &Window) {
    window.click("tab-results").await;
    window.css("[data-testid=\"chart-second\"][data-drawn=\"true\"]").await;
    window.css(".results:not(:has(figure[data-drawn=\"false\"]))").await;
    let shares = window.page.execute(DRAWN, vec![]).await.unwrap();
    assert!(list(&shares).iter().all(|share| share.as_f64().unwrap() > 0.01), "a chart is blank: {shares}");
}

/// The table has the figures that the command line prints.
async fn tables(window: &Window, figures: &Value) {
    window.click("table-of-second").await;
    let shown = window.text_of("[data-testid=\"card-second\"] tbody").await;
    for row in list(&figures["second"]) {
        assert!(shown.contains(text(&row["code"])), "{shown}");
        let percent = text(&row["other"]["percent"]);
        assert!(shown.contains(&format!("{percent} %")), "{percent} is not in {shown}");
    }
    window.picture("dashboards-table").await;
    window.click("chart-of-second").await;
}

async fn save(window: &Window, folder: &Path) {
    window.click("save-second").await;
    window.retype("save-folder", folder.to_str().unwrap()).await;
    window.click("save").await;
}

async fn pictures(window: &Window, folder: &Path) {
    window.click("toggle-theme").await;
    window.picture("dashboards-dark").await;
    save(window, folder).await;
    window.sees("saved", FILE).await;
    let file = folder.join(FILE);
    let bytes = std::fs::read(&file).unwrap();
    assert!(bytes.starts_with(b"\x89PNG"));
    let ground = judge("convert", &[file.to_str().unwrap(), "-format", "%[pixel:p{3,3}] %w", "info:"]);
    assert!(ground.contains("255") || ground.starts_with("white"), "{ground} is not white");
    assert!(ground.trim().ends_with("2016"), "{ground} is not twice as fine");
    std::fs::write(&file, "someone's own").unwrap();
    window.click("save-close").await;
    save(window, folder).await;
    window.sees("file-exists", FILE).await;
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "someone's own");
    window.click("save-close").await;
    window.click("toggle-theme").await;
}

#[tokio::test]
async fn charts_are_drawn_read_as_tables_and_saved_as_pictures() {
    tokio::time::timeout(LIMIT, journey()).await.expect("the window or its driver stopped answering");
}

async fn journey() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let own = hengjian.new_sheet("self", "周宁", "并州分校");
    hengjian.ok(&["score", &own, "--input", &sample("self-周宁.json")]);
    let review = hengjian.new_sheet("review", "孟雪琴", "第二专家组");
    hengjian.ok(&["score", &review, "--input", &sample("review-孟雪琴.json")]);

    let figures = hengjian.json(&["dashboard", &review]);

    let window = Window::open(&hengjian.workspace, folder.path()).await;
    window.click(&format!("open-{review}")).await;
    opened(&window).await;
    window.picture("dashboards").await;
    let ends = "document.querySelector('.results').scrollTo(0, arguments[0])";
    window.page.execute(ends, vec![json!(620)]).await.unwrap();
    window.picture("dashboards-below").await;
    window.page.execute(ends, vec![json!(0)]).await.unwrap();
    tables(&window, &figures).await;
    pictures(&window, folder.path()).await;
    window.click("losses-by-indicator").await;
    window.css("[data-testid=\"card-losses\"] [data-testid^=\"losses-\"]").await;
    window.click("result-3.6").await;
    window.css("[data-row^=\"3.6\"][aria-current=\"true\"]").await;
    window.close(&hengjian).await;
}
