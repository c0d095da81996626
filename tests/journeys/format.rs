//! The format check of files: what the program exports keeps the format, what people bring is told what to change.

use crate::program::{Hengjian, list, sample, text};
use serde_json::Value;
use std::path::Path;

/// Texts that use each level of headings once.
const TEXTS: &str = r#"
[report]
organisation = """
（一）组织领导
2021年10月26日，并州分校成立评估工作领导小组，由校长任组长，下设8个专项小组，分别负责各项指标的自评和材料准备，每周召开一次例会。
"""
overall = """
我校对照6个一级指标、25个二级指标逐项自评，办学条件和教学管理总体较好，科研成果和服务地方的能力还有差距，需要继续努力加以改进提高。
"""
"1.1.1" = """
我校坚持社会主义办学方向，2021年3月印发发展规划，提出5项重点任务，明确责任部门和完成时限，每半年督促检查一次，做到件件有落实。
"""
advice = """
建议将近三年数据的统计口径写进指标说明。
"#;

/// Every document that the program exports, by name and format.
fn exported(hengjian: &Hengjian, sheet: &str, folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    for document in list(&hengjian.json(&["report", "--list"])) {
        let name = text(&document["id"]);
        // These need marks, or another rubric.
        if ["score-report", "summary", "conformance"].contains(&name) {
            continue;
        }
        for format in list(&document["formats"]).iter().map(text) {
            let out = folder.join(format!("{name}.{format}")).display().to_string();
            hengjian.ok(&["report", sheet, "--document", name, "--format", format, "--out", &out]);
            files.push(out);
        }
    }
    files
}

#[test]
fn what_the_program_exports_keeps_the_format() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let sheet = hengjian.new_sheet("self", "周宁", "并州分校");
    let file = sample("evidence/并州分校“十四五”发展规划（节选）.txt");
    hengjian.ok(&["evidence", "add", &sheet, "--point", "1.1.1-1", "--date", "2021.03", "--kind", "C", &file]);
    hengjian.ok(&["problems", "note", &sheet, "1.1.1-1", "--text", "规划没有分年度的任务"]);
    let texts = folder.path().join("texts.toml");
    std::fs::write(&texts, format!("{TEXTS}\"\"\"\n")).unwrap();
    hengjian.ok(&["write", &sheet, "--input", &texts.display().to_string()]);
    let files = exported(&hengjian, &sheet, folder.path());
    assert!(files.len() >= 9, "{files:?}");
    let arguments: Vec<&str> = ["--json", "format-check"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let checked = hengjian.run(&arguments);
    let views: Value = serde_json::from_slice(&checked.stdout).unwrap();
    let found: Vec<(&Value, &Value)> = list(&views)
        .iter()
        .filter(|view| !list(&view["findings"]).is_empty())
        .map(|v| (&v["file"], &v["findings"]))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
    assert!(checked.status.success() && list(&views).len() == files.len(), "{views:#?}");
}

#[test]
fn what_cannot_be_checked_is_said_and_hides_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("坏.docx"), b"PK\x03\x04 cut off").unwrap();
    std::fs::write(path("旧.doc"), [0xD0, 0xCF, 0x11, 0xE0]).unwrap();
    let said = hengjian.refused(1, &["format-check", &path("坏.docx"), &path("旧.doc")]);
    assert!(said.contains("文件已损坏") && said.contains("旧格式") && said.contains("坏.docx"), "{said}");
    let said = hengjian.refused(4, &["format-check", &path("没有.docx")]);
    assert!(said.contains("没有这个文件"), "{said}");
    let said = hengjian.refused(1, &["format-check", "--profile", "别的", &path("坏.docx")]);
    assert!(said.contains("别的"), "{said}");
    assert!(!hengjian.workspace.exists(), "checking needs no workspace");
}
