//! One page of each document as a small picture, compared with the one that was looked at and kept.
//!
//! `HENGJIAN_WRITE_GOLDEN=1` writes the pictures anew; look at them before they are committed.

use crate::program::{Hengjian, judge, root, sample, text};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Rubric, document, page.
const PAGES: [(&str, &str, u32); 11] = [
    ("oucsx-2021", "score-sheet", 1),
    ("oucsx-2021", "score-report", 1),
    ("oucsx-2021", "score-report", 3),
    ("oucsx-2021", "catalogue", 1),
    ("oucsx-2021", "summary", 1),
    ("oucsx-2021", "self-report", 1),
    ("oucsx-2021", "assignment", 1),
    ("oucsx-2021", "schedule", 1),
    ("coal-2021", "score-sheet", 1),
    ("platform-2024", "score-sheet", 1),
    ("gbt38856-2020", "score-sheet", 1),
];

/// Root mean square of the differences, as a share of black against white. Two releases of the program that makes the
/// pictures draw the edges of characters a little differently; a line that moved by a point makes 0.05 and more.
const TOLERANCE: f64 = 0.03;

/// Evidence of the sample: file, point, name, date, kind.
const EVIDENCE: [[&str; 5]; 2] = [
    ["并州分校“十四五”发展规划（节选）.txt", "1.1.1-1", "并州分校“十四五”发展规划", "2021.03", "C"],
    ["校园文化墙.png", "1.3.1-1", "校园文化墙照片", "2021.09", "E"],
];

/// The unit's own sheet of a rubric, filled.
fn filled(hengjian: &Hengjian, rubric: &str) -> String {
    let unit = ["new", "--rubric", rubric, "--unit", "并州分校", "--year", "2022", "--stage", "self"];
    let who = ["--assessor", "周宁", "--organisation", "并州分校"];
    let sheet = text(&hengjian.json(&[&unit[..], &who].concat())["id"]).to_owned();
    let input = if rubric == "oucsx-2021" { "self-周宁.json".to_owned() } else { format!("{rubric}.json") };
    hengjian.ok(&["score", &sheet, "--input", &sample(&input)]);
    if rubric == "oucsx-2021" {
        for [file, point, name, date, kind] in EVIDENCE {
            let what = ["evidence", "add", &sheet, "--point", point, "--name", name, "--date", date, "--kind", kind];
            hengjian.ok(&[&what[..], &[&sample(&format!("evidence/{file}"))]].concat());
        }
        hengjian.ok(&["write", &sheet, "--input", &sample("writing.toml")]);
    }
    sheet
}

/// A page as a small grey picture.
fn picture(pdf: &Path, page: u32, target: &Path) {
    let (page, stem) = (page.to_string(), target.with_extension(""));
    let options = ["-r", "45", "-gray", "-png", "-singlefile", "-f", &page, "-l", &page];
    judge("pdftoppm", &[&options[..], &[pdf.to_str().unwrap(), stem.to_str().unwrap()]].concat());
}

/// How far two pictures are from one another.
fn difference(kept: &Path, made: &Path) -> f64 {
    let files = [kept, made].map(|path| path.to_str().unwrap());
    // A little blur forgives what is no wider than the edge of a stroke.
    let compared = ["-blur", "0x1", "-metric", "RMSE", "-compare", "-format", "%[distortion]", "info:-"];
    let said = judge("convert", &[&files[..], &compared[..]].concat());
    said.trim().parse().unwrap_or_else(|_| panic!("{}: {said}", kept.display()))
}

/// A picture of what differs; the program that makes it says by its exit code that something does.
fn show_difference(kept: &Path, made: &Path, shown: &Path) {
    Command::new("compare").args([kept, made, shown]).output().unwrap();
}

/// How far a page is from the picture that was kept, where that is too far.
pub fn changed(name: &str, pdf: &Path, page: u32) -> Option<String> {
    let failed = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("golden");
    std::fs::create_dir_all(&failed).unwrap();
    let kept = root().join("tests/golden").join(format!("{name}.png"));
    if std::env::var_os("HENGJIAN_WRITE_GOLDEN").is_some() {
        picture(pdf, page, &kept);
        return None;
    }
    let made = failed.join(format!("{name}.png"));
    picture(pdf, page, &made);
    let far = difference(&kept, &made);
    let shown = failed.join(format!("{name}-difference.png"));
    (far > TOLERANCE).then(|| {
        show_difference(&kept, &made, &shown);
        format!("{name}: {far:.3}, see {}", shown.display())
    })
}

#[test]
fn pages_look_as_they_did_when_they_were_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let mut sheets = std::collections::BTreeMap::new();
    let mut wrong = Vec::new();
    for (rubric, document, page) in PAGES {
        let sheet = sheets.entry(rubric).or_insert_with(|| filled(&hengjian, rubric)).clone();
        let name = format!("{rubric}-{document}-{page}");
        let pdf = folder.path().join(format!("{name}.pdf"));
        hengjian.ok(&["report", &sheet, "--document", document, "--out", pdf.to_str().unwrap(), "--force"]);
        wrong.extend(changed(&name, &pdf, page));
    }
    assert!(wrong.is_empty(), "pages have changed: {wrong:#?}");
}
