//! Each of the six rubrics from the sample's findings to a signed package on another machine, as a workbook and back,
//! and before judges that know nothing of this program.

use crate::program::{Hengjian, judge, list, only_file, python_tool, root, sample, text};
use serde_json::Value;
use std::path::Path;

/// Rubric, level-1 and level-2 indicators, points, full marks, total and full marks of the sample.
type Shape = (&'static str, &'static [u64], u64, &'static str, (&'static str, &'static str));

const RUBRICS: [Shape; 6] = [
    ("oucsx-2021", &[6, 25], 123, "1000", ("868", "1000")),
    ("coal-2021", &[4, 12], 32, "120", ("97.8", "120")),
    ("urumqi-base", &[7], 15, "100", ("96.5", "100")),
    ("platform-2024", &[4, 11], 31, "100", ("82.4", "100")),
    ("resource-2024", &[4, 11], 23, "100", ("91.1", "100")),
    ("gbt38856-2020", &[6, 15, 25], 109, "29", ("23", "28")),
];

fn input_of(rubric: &str) -> String {
    let name = if rubric == "oucsx-2021" { "self-周宁".to_owned() } else { rubric.to_owned() };
    sample(&format!("{name}.json"))
}

fn machine(folder: &Path, name: &str) -> Hengjian {
    Hengjian { workspace: folder.join(name) }
}

#[test]
fn every_rubric_has_the_shape_of_its_source_and_scores_the_sample() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = machine(folder.path(), "工作区");
    let rows = hengjian.json(&["rubric", "list"]);
    assert_eq!(list(&rows).len(), RUBRICS.len());
    for (id, levels, points, total, (scored, max)) in RUBRICS {
        let row = list(&rows).iter().find(|row| row["id"] == id).unwrap();
        let found: Vec<u64> = list(&row["indicators"]).iter().map(|count| count.as_u64().unwrap()).collect();
        assert_eq!(&found[..levels.len()], levels, "{id}");
        assert_eq!((row["points"].as_u64(), text(&row["total"])), (Some(points), total), "{id}");
        hengjian.ok(&["rubric", "check", id]);
        let outcome = hengjian.json(&["assess", "--rubric", id, "--input", &input_of(id)]);
        assert_eq!((text(&outcome["total"]), text(&outcome["max"])), (scored, max), "{id}");
        assert_eq!((&outcome["complete"], list(&outcome["undecided"]).len()), (&Value::Bool(true), 0), "{id}");
        for point in list(&outcome["points"]) {
            assert!(!list(&point["trace"]).is_empty(), "{id} {point}");
            assert!(list(&point["trace"]).iter().all(|step| !text(&step["sentence"]).is_empty()), "{id} {point}");
        }
    }
}

#[test]
fn findings_figures_and_adjustments_travel_in_a_package() {
    let folder = tempfile::tempdir().unwrap();
    let unit = machine(folder.path(), "单位");
    unit.new_identity("周宁", "示例矿业集团");
    for (id, _, _, _, (scored, _)) in RUBRICS.into_iter().skip(1) {
        let unit_name = ["new", "--rubric", id, "--unit", "示例矿业集团", "--year", "2022", "--stage", "self"];
        let who = ["--assessor", "周宁", "--organisation", "示例矿业集团"];
        let sheet = text(&unit.json(&[&unit_name[..], &who].concat())["id"]).to_owned();
        unit.ok(&["score", &sheet, "--input", &input_of(id)]);
        let state = unit.json(&["finalize", &sheet]);
        assert_eq!(text(&state["outcome"]["total"]), scored, "{id}");
        let out = folder.path().join(id);
        unit.ok(&["export", &sheet, "--out", out.to_str().unwrap(), "--identity", "周宁"]);
        let (package, pdf) = (only_file(&out, "hjp"), only_file(&out, "pdf"));
        judge("qpdf", &["--check", pdf.to_str().unwrap()]);
        let other = machine(folder.path(), &format!("办公室-{id}"));
        other.ok(&["import", "--unverified", package.to_str().unwrap()]);
        let arrived = other.json(&["show", &sheet]);
        assert_eq!(arrived["outcome"], state["outcome"], "{id}");
        assert_eq!(arrived["points"], state["points"], "{id}");
        assert_eq!(arrived["adjustments"], state["adjustments"], "{id}");
    }
}

#[test]
fn a_mark_against_the_findings_needs_its_reason_and_figures_must_agree() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = machine(folder.path(), "工作区");
    let who = ["--assessor", "李维", "--organisation", "专家组", "--stage", "review"];
    let new = ["new", "--rubric", "coal-2021", "--unit", "示例矿业集团", "--year", "2022"];
    let sheet = text(&hengjian.json(&[&new[..], &who].concat())["id"]).to_owned();
    hengjian.ok(&["score", &sheet, "--input", &input_of("coal-2021")]);
    let write = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    };
    hengjian.ok(&["score", &sheet, "--input", &write("改判.json", r#"{"scores":{"B2-1":"1.5"}}"#)]);
    let said = hengjian.refused(1, &["finalize", &sheet]);
    assert!(said.contains("B2-1") && said.contains("[assessment.reason-missing]"), "{said}");
    let reason = write("理由.json", r#"{"remarks":{"B2-1":"后台导出的账号数含停用账号。"}}"#);
    hengjian.ok(&["score", &sheet, "--input", &reason]);
    let differing = write("数据.json", r#"{"quantities":{"B2-4":{"注册学员":"1300"}}}"#);
    hengjian.ok(&["score", &sheet, "--input", &differing]);
    let said = hengjian.refused(1, &["finalize", &sheet]);
    assert!(said.contains("注册学员") && said.contains("1300（B2-4）") && said.contains("1302（B2-3）"), "{said}");
    let agreed = write("一致.json", r#"{"quantities":{"B2-4":{"注册学员":"1302"}}}"#);
    hengjian.ok(&["score", &sheet, "--input", &agreed]);
    hengjian.ok(&["finalize", &sheet]);
    let pdf = folder.path().join("打分表.pdf");
    hengjian.ok(&["report", &sheet, "--out", pdf.to_str().unwrap()]);
    let printed: String = judge("pdftotext", &["-layout", pdf.to_str().unwrap(), "-"]).split_whitespace().collect();
    assert!(printed.contains("改判1.5分"), "{printed}");
}

#[test]
fn a_schema_of_strangers_accepts_the_rubrics_and_inputs_and_refuses_wrong_ones() {
    let script = r#"
import json, pathlib, sys, tomllib
from jsonschema import Draft202012Validator as Schema
root = pathlib.Path(sys.argv[1])
rubric = Schema(json.loads((root / "docs/formats/rubric.schema.json").read_text("utf-8")))
given = Schema(json.loads((root / "docs/formats/assess.schema.json").read_text("utf-8")))
files = sorted((root / "rubrics").glob("*.toml"))
assert len(files) == 6
for file in files:
    rubric.validate(tomllib.loads(file.read_text("utf-8")))
broken = tomllib.loads(files[0].read_text("utf-8"))
broken["indicator"][0]["titel"] = "x"
assert not rubric.is_valid(broken)
samples = sorted((root / "assets/sample").glob("*.json"))
assert len(samples) == 8
for file in samples:
    given.validate(json.loads(file.read_text("utf-8")))
for wrong in ({"score": {}}, {"scores": {"1": 1.5}}, {"scores": {"1": "1e3"}}, {"findings": {"1": {"a": 1}}}):
    assert not given.is_valid(wrong), wrong
"#;
    judge(python_tool("python3"), &["-c", script, root().to_str().unwrap()]);
}

#[test]
fn a_rubric_goes_through_excel_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = machine(folder.path(), "工作区");
    let script = r"
import sys
from openpyxl import load_workbook
book = load_workbook(sys.argv[1])
assert '指标' in book.sheetnames and '规则' in book.sheetnames, book.sheetnames
words = [v for sheet in book for v in sheet.data_validations.dataValidation]
assert words, 'no drop-downs'
assert any(sheet.merged_cells.ranges for sheet in book), 'no merged level cells'
";
    for (id, ..) in RUBRICS {
        let book = folder.path().join(format!("{id}.xlsx")).display().to_string();
        let file = folder.path().join(format!("{id}.toml")).display().to_string();
        hengjian.ok(&["rubric", "export", id, "--out", &book]);
        if id == "coal-2021" {
            judge(python_tool("python3"), &["-c", script, &book]);
        }
        hengjian.ok(&["rubric", "import", &book, "--out", &file]);
        let (mut before, mut after) =
            (hengjian.json(&["rubric", "show", id]), hengjian.json(&["rubric", "show", &file]));
        for document in [&mut before, &mut after] {
            document["digest"] = Value::Null; // another file, the same rubric
        }
        assert_eq!(before, after, "{id}");
    }
}

#[test]
fn figures_come_from_the_units_own_list_of_names() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = machine(folder.path(), "工作区");
    let sheet = hengjian.new_sheet("self", "周宁", "并州分校");
    let book = folder.path().join("教师名单.xlsx").display().to_string();
    let script = r#"
import sys, datetime
from openpyxl import Workbook
book = Workbook(); sheet = book.active; sheet.title = "教师"
sheet.append(["姓名", "类别", "职称", "出生年月"])
rows = [("甲", "专职", "教授", datetime.date(1980, 5, 1)), ("乙", "兼职", "讲师", "1977.08"), ("丙", "专职", "副教授", "1990年5月")]
for row in rows: sheet.append(row)
sheet.append([None] * 4)
book.save(sys.argv[1])
"#;
    judge(python_tool("python3"), &["-c", script, &book]);
    hengjian.ok(&["evidence", "add", &sheet, "--point", "3.2.2", &book]);
    let item = text(&list(&hengjian.json(&["evidence", "list", &sheet]))[0]["id"]).to_owned();
    let query = |filters: &str| {
        let path = folder.path().join("查询.json").display().to_string();
        let date = r#"{"year":2022,"month":9,"day":1}"#;
        let query = format!(r#"{{"sheet":"教师","headerRow":1,"filters":[{filters}],"referenceDate":{date}}}"#);
        std::fs::write(&path, query).unwrap();
        path
    };
    let figure = |name: &str, filters: &str| {
        let path = query(filters);
        let counted = hengjian.json(&["figure", &sheet, "3.2.2", name, "--item", &item, "--query", &path]);
        text(&counted["matching"]).to_owned()
    };
    let young = r#"{"column":"出生年月","op":"youngerThan","value":"45"}"#;
    assert_eq!(figure("专兼职教师数", ""), "3");
    assert_eq!(figure("高级职称教师数", r#"{"column":"职称","op":"contains","value":"教授"}"#), "2");
    // Born in August 1977: 45 on the first of September 2022, and 45 is not younger than 45.
    assert_eq!(figure("中青年教师数", young), "2");
    let state = hengjian.json(&["show", &sheet]);
    let point = list(&state["points"]).iter().find(|point| point["code"] == "3.2.2").unwrap();
    let source = list(&point["quantities"]).iter().find(|figure| figure["name"] == "高级职称教师数").unwrap();
    assert_eq!(text(&source["value"]), "2");
    assert!(text(&source["source"]).contains("教师名单.xlsx") && text(&source["source"]).contains("教授"), "{source}");
    let path = query(r#"{"column":"学历","op":"equals","value":"研究生"}"#);
    let said =
        hengjian.refused(1, &["figure", &sheet, "3.2.2", "研究生以上学历教师数", "--item", &item, "--query", &path]);
    assert!(said.contains("学历"), "{said}");
}
