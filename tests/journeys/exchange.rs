//! Packages by the command line: a panel signs in turn, age opens what was encrypted, a masked copy names nobody, and a
//! schema of strangers accepts every file inside.

use crate::program::{Hengjian, PASSPHRASE, judge, judge_in, list, only_file, python_tool, root, sample, text};
use crate::screen::{LIMIT, Window};
use std::path::{Path, PathBuf};

const REMARK: &str = "1.1.1-1=联系人王建国，电话 13812345678，身份证号 110101199003074258。";

/// A unit with a finalised sheet, evidence and a problem.
fn unit(folder: &Path) -> (Hengjian, String, String) {
    let unit = Hengjian { workspace: folder.join("分校") };
    let sheet = unit.new_sheet("self", "周宁", "并州分校");
    let identity = unit.new_identity("周宁", "并州分校");
    unit.ok(&["score", &sheet, "--input", &sample("self-周宁.json"), "--remark", REMARK]);
    let roster = folder.join("教师名单.xlsx");
    let script = "import sys, openpyxl; b = openpyxl.Workbook(); s = b.active\nfor row in [['教师名单'], ['序号', '姓名', '电话'], [1, '王建国', '13812345678'], [2, '李　静', '']]: s.append(row)\nb.save(sys.argv[1])";
    judge(python_tool("python3"), &["-c", script, roster.to_str().unwrap()]);
    unit.ok(&["evidence", "add", &sheet, "--point", "1.1.1-1", roster.to_str().unwrap()]);
    unit.ok(&["problems", "note", &sheet, "1.1.1-1", "--text", "王建国的材料没有签名"]);
    unit.ok(&["finalize", &sheet]);
    (unit, sheet, identity)
}

fn export(unit: &Hengjian, sheet: &str, identity: &str, to: &Path, more: &[&str]) -> PathBuf {
    let out = to.to_str().unwrap().to_owned();
    unit.ok(&[&["export", sheet, "--identity", identity, "--out", &out][..], more].concat());
    only_file(to, if more.contains(&"--to") { "age" } else { "hjp" })
}

fn unpack(package: &Path, to: &Path) -> PathBuf {
    std::fs::create_dir_all(to).unwrap();
    judge("unzip", &["-q", package.to_str().unwrap(), "-d", to.to_str().unwrap()]);
    std::fs::read_dir(to).unwrap().next().unwrap().unwrap().path()
}

/// Judges every JSON file of an unpacked package by the schemas in docs/formats, and each with a key too many or too few.
fn judge_by_schema(bag: &Path) {
    let script = r"
import json, pathlib, sys
from jsonschema import Draft202012Validator as Schema
schemas, bag = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]) / 'data'
kinds = {'package': ['package.json'], 'evidence': ['evidence.json'], 'problems': ['problems.json']}
kinds['sheet'] = [str(p.relative_to(bag)) for p in (bag / 'sheets').glob('*.json')]
for kind, files in kinds.items():
    schema = json.loads((schemas / f'{kind}.schema.json').read_text('utf-8'))
    Schema.check_schema(schema)
    for file in files:
        value = json.loads((bag / file).read_text('utf-8'))
        found = [e.message for e in Schema(schema).iter_errors(value)]
        assert not found, (file, found)
        assert not Schema(schema).is_valid({**value, 'more': 1}), file
        assert not Schema(schema).is_valid({**value, 'format': 2}), file
        for key in schema['required']:
            assert not Schema(schema).is_valid({k: v for k, v in value.items() if k != key}), (file, key)
assert kinds['sheet']
";
    let schemas = root().join("docs/formats/package");
    judge(python_tool("python3"), &["-c", script, schemas.to_str().unwrap(), bag.to_str().unwrap()]);
}

#[test]
fn a_schema_of_strangers_accepts_what_a_package_holds() {
    let folder = tempfile::tempdir().unwrap();
    let (unit, sheet, identity) = unit(folder.path());
    let first = export(&unit, &sheet, &identity, &folder.path().join("一"), &[]);
    judge_by_schema(&unpack(&first, &folder.path().join("一/开")));
    unit.ok(&["reopen", &sheet, "--reason", "补一条意见"]);
    unit.ok(&["score", &sheet, "--remark", "1.1.1-2=另见附件"]);
    unit.ok(&["finalize", &sheet]);
    let second = export(&unit, &sheet, &identity, &folder.path().join("二"), &["--sheets-only"]);
    judge_by_schema(&unpack(&second, &folder.path().join("二/开")));
    let masked = export(&unit, &sheet, &identity, &folder.path().join("三"), &["--mask"]);
    judge_by_schema(&unpack(&masked, &folder.path().join("三/开")));
}

#[test]
fn a_masked_copy_hides_the_names_of_rosters_and_is_verified_but_not_imported() {
    let folder = tempfile::tempdir().unwrap();
    let (unit, sheet, identity) = unit(folder.path());
    let names = unit.json(&["mask-names", &sheet]);
    assert_eq!(list(&names).iter().map(text).collect::<Vec<_>>(), ["李静", "王建国"]);
    let copy = folder.path().join("副本");
    let masked = export(&unit, &sheet, &identity, &copy, &["--mask", "--keep-name", "李静"]);
    let bag = unpack(&masked, &copy.join("开"));
    let said = judge_in(&bag, "grep", &["-rlE", "脱敏|Hengjian-Masked|masked", "."]);
    assert!(said.contains("bag-info.txt") && said.contains("package.json"), "{said}");
    let texts =
        ["data/evidence.json", "data/problems.json"].map(|file| std::fs::read_to_string(bag.join(file)).unwrap());
    assert!(texts.iter().all(|text| !text.contains("王建国")));
    assert!(texts[1].contains("王**的材料没有签名"), "{}", texts[1]);
    let pdf = only_file(&copy, "pdf");
    let printed: String = judge("pdftotext", &["-layout", pdf.to_str().unwrap(), "-"]).split_whitespace().collect();
    for hidden in ["脱敏副本，不作原件", "联系人王**，电话", "138****5678", "110*************58"] {
        assert!(printed.contains(hidden), "{hidden}");
    }
    assert!(!printed.contains("王建国") && !printed.contains("13812345678"));
    judge(python_tool("bagit.py"), &["--validate", bag.to_str().unwrap()]);
    let verified = unit.ok(&["verify", masked.to_str().unwrap(), pdf.to_str().unwrap()]);
    assert!(verified.contains("脱敏副本"), "{verified}");
    let office = Hengjian { workspace: folder.path().join("办公室") };
    let said = office.refused(1, &["import", "--unverified", masked.to_str().unwrap()]);
    assert!(said.contains("脱敏副本"), "{said}");
}

#[test]
fn age_opens_a_package_and_a_panel_signs_it_in_turn() {
    let folder = tempfile::tempdir().unwrap();
    let (unit, sheet, identity) = unit(folder.path());
    let [office, expert] = ["办公室", "专家"].map(|name| Hengjian { workspace: folder.path().join(name) });
    let key = |who: &Hengjian| text(&who.json(&["keys", "new"])["own"]).to_owned();
    unit.ok(&["keys", "add", "专家", &key(&expert)]);
    expert.ok(&["keys", "add", "办公室", &key(&office)]);
    judge_in(folder.path(), "age-keygen", &["-o", "stranger.key"]);
    let theirs = judge_in(folder.path(), "age-keygen", &["-y", "stranger.key"]).trim().to_owned();

    let stick = folder.path().join("U盘");
    let sealed = export(&unit, &sheet, &identity, &stick, &["--no-pdf", "--to", "专家", "--to", &theirs]);
    let sealed = sealed.to_str().unwrap();
    let open = folder.path().join("开.hjp");
    judge_in(folder.path(), "age", &["-d", "-i", "stranger.key", "-o", open.to_str().unwrap(), sealed]);
    assert!(unit.ok(&["verify", open.to_str().unwrap()]).contains("周宁"));
    assert!(office.refused(3, &["verify", sealed]).contains("加密"));

    expert.new_identity("孟雪琴", "专家组");
    expert.new_identity("韩立群", "专家组");
    for name in ["孟雪琴", "韩立群"] {
        expert.ok(&["countersign", sealed, "--identity", name, "--to", "办公室"]);
    }
    let said = expert.refused(1, &["countersign", sealed, "--identity", "韩立群", "--to", "办公室"]);
    assert!(said.contains("已经"), "{said}");
    let imported = office.json(&["import", "--unverified", sealed]);
    let signers = list(&imported["verification"]["signers"]);
    let mut names: Vec<&str> = signers.iter().map(|signer| text(&signer["name"])).collect();
    names.sort_unstable();
    assert_eq!(names, ["周宁", "孟雪琴", "韩立群"]);
    assert!(unit.refused(3, &["verify", sealed]).contains("加密"), "it is now for the expert and the office");
}

/// Chooses in the window whom a package is encrypted to, and looks at what a masked copy would hide.
async fn choose_readers(window: &Window, key: &str) {
    window.click("mask").await;
    window.css("[data-testid=\"mask-names\"]").await;
    window.picture("masked").await;
    window.click("mask").await;
    window.click("encrypt").await;
    window.sees("sign-blocked", "还没有选加密给谁").await;
    window.click("manage-keys").await;
    window.type_into("recipient-name", "市评估办公室").await;
    window.type_into("recipient-key", key).await;
    window.click("add-recipient").await;
    window.sees("recipients", key).await;
    window.click("make-key").await;
    window.sees("own-key", "age1").await;
    window.picture("keys").await;
    window.click("keys-close").await;
    window.click("to-市评估办公室").await;
}

#[tokio::test]
async fn a_package_is_encrypted_and_signed_once_more_in_the_window() {
    tokio::time::timeout(LIMIT, encrypted_in_the_window()).await.expect("the window or its driver stopped answering");
}

async fn encrypted_in_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let (unit, sheet, _) = unit(folder.path());
    let office = Hengjian { workspace: folder.path().join("办公室") };
    let key = text(&office.json(&["keys", "new"])["own"]).to_owned();
    let stick = folder.path().join("U盘");
    let window = Window::open(&unit.workspace, folder.path()).await;
    window.click(&format!("open-{sheet}")).await;
    window.click("tab-documents").await;
    choose_readers(&window, &key).await;
    window.type_into("passphrase", PASSPHRASE).await;
    window.retype("directory", stick.to_str().unwrap()).await;
    window.click("export").await;
    window.sees("export-result", "已导出").await;
    window.picture("encrypted").await;
    window.close(&unit).await;
    let sealed = only_file(&stick, "age");
    let imported = office.json(&["import", "--unverified", sealed.to_str().unwrap()]);
    assert_eq!(text(&imported["rows"][0]["result"]), "added");

    office.new_identity("郑国栋", "市评估办公室");
    let plain = export(&unit, &sheet, "周宁", &folder.path().join("明"), &["--no-pdf"]);
    let window = Window::open(&office.workspace, folder.path()).await;
    window.click("nav-verify").await;
    window.type_into("verify-path", plain.to_str().unwrap()).await;
    window.click("verify").await;
    window.type_into("countersign-passphrase", PASSPHRASE).await;
    window.picture("countersign").await;
    window.click("countersign-sign").await;
    window.sees("countersigned", "2 个签名").await;
    window.picture("countersigned").await;
    window.close(&office).await;
    let report = unit.json(&["verify", plain.to_str().unwrap()]);
    assert_eq!(list(&report[0]["signers"]).len(), 2, "{report}");
}
