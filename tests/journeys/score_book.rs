//! A workbook that people fill in, in the real window: exported, filled in with openpyxl, its faults shown by cell, then
//! its changes, then written.

use crate::program::{Hengjian, judge, python_tool, text};
use crate::screen::{LIMIT, Window};
use std::path::Path;

/// Puts values into the workbook as a person would: `key=value` by the hidden keys of the rows.
const FILL: &str = r"
import sys
from openpyxl import load_workbook
book = load_workbook(sys.argv[1])
sheet = book['评分']
rows = {sheet.cell(row, 9).value: row for row in range(4, sheet.max_row + 1)}
for pair in sys.argv[3:]:
    key, value = pair.rsplit('=', 1)
    try: value = float(value)
    except ValueError: pass
    sheet.cell(rows[key], 6).value = value
book.save(sys.argv[2])
";

fn fill(from: &Path, to: &Path, values: &[&str]) {
    let (from, to) = (from.to_str().unwrap(), to.to_str().unwrap());
    judge(python_tool("python3"), &[&["-c", FILL, from, to], values].concat());
}

async fn read(window: &Window, book: &Path) {
    window.retype("score-book-path", book.to_str().unwrap()).await;
    window.click("score-book-read").await;
}

#[tokio::test]
async fn a_workbook_goes_out_and_comes_back_filled_in() {
    tokio::time::timeout(LIMIT, journey()).await.expect("the window or its driver stopped answering");
}

async fn journey() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let sheet = hengjian.new_sheet("self", "周宁", "并州分校");
    let [book, wrong, right] = ["打分.xlsx", "有错.xlsx", "填好.xlsx"].map(|name| folder.path().join(name));
    let window = Window::open(&hengjian.workspace, &book).await;
    window.click(&format!("open-{sheet}")).await;
    window.click("tab-results").await;
    window.click("score-book-export").await;
    window.retype("save-folder", folder.path().to_str().unwrap()).await;
    window.retype("save-name", "打分.xlsx").await;
    window.click("save").await;
    window.css("[data-testid=\"saved\"]").await;
    window.click("save-close").await;

    fill(&book, &wrong, &["mark 1.1.1-1=4.5", "mark 1.1.1-2=很好", "condition 4.5.3-6=不存在"]);
    window.click("score-book-import").await;
    read(&window, &wrong).await;
    for said in ["评分!F", "4.5", "很好"] {
        window.sees("score-book-faults", said).await;
    }
    window.picture("score-book-faults").await;

    fill(&book, &right, &["mark 1.1.1-1=4", "condition 4.5.3-6=不存在"]);
    read(&window, &right).await;
    window.sees("score-book-changes", "1.1.1-1").await;
    window.sees("score-book-changes", "不存在").await;
    window.picture("score-book-changes").await;
    window.click("score-book-apply").await;
    window.css("[data-testid=\"score-book-done\"]").await;
    window.click("score-book-close").await;
    window.sees("results-total", "4").await;
    window.picture("score-book").await;
    window.close(&hengjian).await;

    assert_eq!(text(&hengjian.json(&["show", &sheet])["outcome"]["total"]), "4");
}
