//! The reports of an office: made from a panel's results on the command line and in the window, one by one and all in
//! one run; a page of each looks as it did when it was looked at.

use crate::golden::changed;
use crate::program::{Hengjian, judge, list, text};
use crate::screen::{LIMIT, Window};
use journeys::packages::{Campaign, Which, unit};
use std::path::Path;

const PANEL: &str = "2026 复评";

/// An office that took in what three experts handed over of three units, and what one of them did of a fourth.
pub fn office(folder: &Path) -> Hengjian {
    let campaign = Campaign::new(include_str!("../../rubrics/oucsx-2021.toml"), 3);
    let stick = folder.join("U盘");
    std::fs::create_dir_all(&stick).unwrap();
    campaign.write_all(&stick, 3);
    campaign.write(&stick, Which::first(3, 0));
    let hengjian = Hengjian { workspace: folder.join("工作区") };
    hengjian.ok(&["inbox", stick.to_str().unwrap(), "--import", "--unverified"]);
    hengjian.ok(&["panel", "new", PANEL, "--rubric", "oucsx-2021", "--year", "2026"]);
    let people: Vec<_> = campaign.experts.iter().map(|expert| expert.certificate().person()).collect();
    for person in &people {
        hengjian.ok(&["panel", "member", PANEL, &person.name, "--organisation", &person.organisation]);
    }
    hengjian.ok(&["panel", "leader", PANEL, &people[0].name]);
    hengjian.ok(&["panel-report", "text", PANEL, "organisation", "山西开放大学评估办公室"]);
    hengjian.ok(&["panel-report", "text", PANEL, "date", "2026年9月20日"]);
    hengjian.ok(&["panel-report", "text", PANEL, "deadline", "2026-12-31"]);
    hengjian
}

#[test]
fn every_report_looks_as_it_did_and_one_run_makes_what_can_be_made() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = office(folder.path());
    let (first, open) = (unit(0), unit(3));
    let mut wrong = Vec::new();
    for (report, unit, pages) in [
        ("merged", None, 1..=1),
        ("opinion", Some(&first), 1..=2),
        ("feedback", Some(&first), 1..=1),
        ("problem-list", Some(&first), 1..=1),
        ("bulletin", None, 1..=1),
    ] {
        let pdf = folder.path().join(format!("{report}.pdf"));
        let about = unit.map(|unit| ["--unit", unit.as_str()]).unwrap_or(["--profile", "oucsx-2021"]);
        let out = ["--report", report, "--out", pdf.to_str().unwrap()];
        hengjian.ok(&[&["panel-report", "write", PANEL][..], &out, &about].concat());
        if let Some(pictures) = std::env::var_os("HENGJIAN_TEST_PICTURES") {
            std::fs::copy(&pdf, Path::new(&pictures).join(format!("{report}.pdf"))).unwrap();
        }
        wrong.extend(pages.filter_map(|page| changed(&format!("panel-{report}-{page}"), &pdf, page)));
    }
    assert!(wrong.is_empty(), "pages have changed: {wrong:#?}");

    // The numbers on paper are those of the results.
    let total = |name: &str| {
        let panel = hengjian.json(&["panel", "show", PANEL]);
        let unit = list(&panel["units"]).iter().find(|unit| unit["unit"] == name).unwrap().clone();
        text(&unit["total"]).to_owned()
    };
    let printed = judge("pdftotext", &["-layout", folder.path().join("bulletin.pdf").to_str().unwrap(), "-"]);
    for name in [unit(0), unit(1), unit(2)] {
        let line = printed.lines().find(|line| line.contains(&name)).unwrap_or_else(|| panic!("{printed}"));
        assert!(line.split_whitespace().any(|word| word == total(&name)), "{line}");
    }

    let target = folder.path().join("报告");
    let out = ["panel-report", "all", PANEL, "--out", target.to_str().unwrap(), "--format", "pdf"];
    let said = hengjian.refused(1, &out);
    assert!(said.contains("没有生成 3") && said.contains(&open), "{said}");
    let made = target.join("专家组意见").join(format!("{first}-2026-专家组意见.pdf"));
    judge("qpdf", &["--check", made.to_str().unwrap()]);
    let again = hengjian.refused(1, &out);
    assert!(again.contains("已生成 0"), "nothing is overwritten unasked: {again}");
}

#[tokio::test]
async fn reports_are_seen_written_exported_and_made_for_all_units() {
    tokio::time::timeout(LIMIT, journey()).await.expect("the window or its driver stopped answering");
}

async fn drawn(window: &Window) {
    window.css("[data-testid=\"preview-page-1\"][data-drawn=\"true\"]").await;
}

async fn journey() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = office(folder.path());
    let window = Window::open(&hengjian.workspace, folder.path()).await;
    window.click("nav-office").await;
    window.click("office-reports").await;
    drawn(&window).await;
    window.picture("reports-merged").await;

    window.click("preview-opinion").await;
    window.sees("preview-title", "专家组意见").await;
    drawn(&window).await;
    window.picture("reports-opinion").await;
    window.click("reports-texts").await;
    window.retype("field-opinion.strengths", "领导重视，资料齐全。").await;
    window.click("reports-preview").await;
    drawn(&window).await;
    window.click("reports-texts").await;
    window.find("restore-opinion.strengths").await;
    window.picture("reports-texts").await;
    window.click("reports-preview").await;

    let target = folder.path().join("导出");
    window.click("export-opinion-pdf").await;
    window.retype("save-folder", target.to_str().unwrap()).await;
    window.click("save").await;
    window.sees("saved", "专家组意见.pdf").await;
    window.click("save-close").await;
    let pdf = std::fs::read_dir(&target).unwrap().next().unwrap().unwrap().path();
    assert!(judge("pdftotext", &[pdf.to_str().unwrap(), "-"]).contains("领导重视，资料齐全。"));
    window.find("report-sign").await;

    window.click("reports-run").await;
    window.retype("run-folder", folder.path().join("全部").to_str().unwrap()).await;
    window.click("run-xlsx").await;
    window.picture("reports-run").await;
    window.click("run-start").await;
    window.sees("run-done", "3 份没有生成").await;
    window.sees("run-files", &unit(3)).await;
    window.picture("reports-run-done").await;
    window.click("run-close").await;
    window.close(&hengjian).await;
}
