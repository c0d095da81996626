//! Documents in the real window: their pages are seen before they are exported, and a file that is there is asked for.

use crate::program::{Hengjian, judge, sample};
use crate::screen::{LIMIT, Window};
use serde_json::json;
use std::path::Path;

/// Dark and all pixels of the first page's picture, and how wide it is drawn for how wide it is shown.
const PIXELS: &str = r#"
    const canvas = document.querySelector('[data-testid="preview-page-1"] canvas');
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] < 128) dark += 1;
    return [dark, data.length / 4, canvas.width / (canvas.clientWidth * devicePixelRatio)];
"#;

/// What the catalogue is called where nobody says otherwise.
const FILE: &str = "并州分校-2022-支撑材料目录.pdf";

const DRAWN: &str = r#"return [...document.querySelectorAll('[data-testid^="preview-page-"][data-drawn="true"]')].map((page) => page.dataset.testid)"#;

async fn numbers(window: &Window, script: &str) -> Vec<f64> {
    let value = window.page.execute(script, vec![]).await.unwrap();
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

async fn drawn(window: &Window, page: usize) {
    window.css(&format!("[data-testid=\"preview-page-{page}\"][data-drawn=\"true\"]")).await;
}

async fn preview(window: &Window) {
    window.click("tab-papers").await;
    window.sees("preview-title", "打分表").await;
    drawn(window, 1).await;
    let [dark, all, fine] = numbers(window, PIXELS).await[..] else { panic!("three numbers") };
    assert!(dark > 2_000.0 && dark < all / 2.0, "{dark} of {all} pixels are dark");
    assert!((fine - 1.0).abs() < 0.02, "drawn at {fine} device pixels for each");
    assert!(window.text_of("[data-testid=\"preview-page-1\"]").await.contains("并州分校"), "no words over the page");
    window.picture("papers").await;
}

/// The last page of a long document is drawn when it is asked for, and the first ones are let go.
async fn last_page(window: &Window) {
    let pages: usize = window.text_of("[data-testid=\"preview-pages\"]").await.parse().unwrap();
    assert!(pages > 12, "{pages} pages");
    window.retype("preview-page", &format!("{pages}\u{E007}")).await;
    drawn(window, pages).await;
    let kept = window.page.execute(DRAWN, vec![]).await.unwrap();
    assert!(!kept.as_array().unwrap().contains(&json!("preview-page-1")), "{kept}");
    window.click("zoom-in").await;
    drawn(window, pages).await;
    window.picture("papers-last").await;
}

/// Exports the catalogue under the name that the window proposes.
async fn export(window: &Window, folder: &Path) {
    window.click("export-catalogue-pdf").await;
    window.retype("save-folder", folder.to_str().unwrap()).await;
    window.click("save").await;
}

#[tokio::test]
async fn pages_are_seen_before_the_export_and_nothing_is_overwritten_unasked() {
    tokio::time::timeout(LIMIT, journey()).await.expect("the window or its driver stopped answering");
}

async fn journey() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let sheet = hengjian.new_sheet("self", "周宁", "并州分校");
    hengjian.ok(&["score", &sheet, "--input", &sample("self-周宁.json")]);
    let picture = folder.path().join("校园文化墙.png");
    std::fs::copy(sample("evidence/校园文化墙.png"), &picture).unwrap();
    hengjian.ok(&["evidence", "add", &sheet, "--point", "1.1.1-3", picture.to_str().unwrap()]);

    let window = Window::open(&hengjian.workspace, &picture).await;
    window.click(&format!("open-{sheet}")).await;
    preview(&window).await;
    last_page(&window).await;
    window.sees("why-not-self-report", "还没有写").await;

    let target = folder.path().join("导出");
    export(&window, &target).await;
    window.sees("saved", FILE).await;
    window.picture("papers-exported").await;
    let pdf = target.join(FILE);
    assert!(judge("pdftotext", &[pdf.to_str().unwrap(), "-"]).contains("校园文化墙"));

    std::fs::write(&pdf, "someone's own").unwrap();
    window.click("save-close").await;
    export(&window, &target).await;
    window.sees("file-exists", FILE).await;
    assert_eq!(std::fs::read_to_string(&pdf).unwrap(), "someone's own");
    window.click("replace-file").await;
    window.sees("saved", FILE).await;
    assert!(judge("pdftotext", &[pdf.to_str().unwrap(), "-"]).contains("校园文化墙"));
    window.close(&hengjian).await;
}
