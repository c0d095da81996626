//! The verification report: what it says, that its commands run and accept the file, and that they refuse an altered one.

use crate::program::{Hengjian, judge, list, only_file, python_tool, sample, text};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A unit's finalised sheet with a piece of evidence, exported to a folder.
fn exported(folder: &Path) -> (Hengjian, PathBuf) {
    let unit = Hengjian { workspace: folder.join("分校") };
    let sheet = unit.new_sheet("self", "周宁", "并州分校");
    let identity = unit.new_identity("周宁", "并州分校");
    unit.ok(&["score", &sheet, "--input", &sample("self-周宁.json")]);
    unit.ok(&["evidence", "add", &sheet, "--point", "1.3.1-1", &sample("evidence/校园文化墙.png")]);
    unit.ok(&["finalize", &sheet]);
    let stick = folder.join("U盘");
    unit.ok(&["export", &sheet, "--identity", &identity, "--out", stick.to_str().unwrap()]);
    (unit, stick)
}

/// Writes the report of a file; gives the record and the report's text without blanks.
fn report(unit: &Hengjian, file: &Path, out: &Path, sound: bool) -> (Value, String) {
    let arguments = ["--json", "verify", file.to_str().unwrap(), "--report", out.to_str().unwrap()];
    let output = unit.run(&arguments);
    assert_eq!(output.status.success(), sound, "{}", String::from_utf8_lossy(&output.stderr));
    let printed: String = judge("pdftotext", &["-raw", out.to_str().unwrap(), "-"]).split_whitespace().collect();
    (serde_json::from_slice(&output.stdout).unwrap(), printed)
}

fn pages(pdf: &Path) -> String {
    let said = judge("pdfinfo", &[pdf.to_str().unwrap()]);
    said.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim().to_owned()
}

/// Enters the commands of a record in the folder of its file, one after the other in one shell; says of each whether it
/// accepts: it succeeds and prints what is expected, or nothing where nothing is.
fn repeat(record: &Value, folder: &Path) -> Vec<(String, bool)> {
    let outputs = tempfile::tempdir().unwrap();
    let at = |index: usize, ending: &str| outputs.path().join(format!("{index}.{ending}"));
    let mut script = String::new();
    let commands = list(&record["commands"]);
    for (index, command) in commands.iter().enumerate() {
        let (line, out, status) = (text(&command["line"]), at(index, "out"), at(index, "status"));
        script += &format!("{{ {line}; }} >'{}' 2>&1\necho $? >'{}'\n", out.display(), status.display());
    }
    let tools = format!("{}:{}", python_tool("").display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("bash");
    shell.args(["-c", &script]).current_dir(folder).env("PATH", tools).env("LC_ALL", "C.UTF-8");
    let shell = shell.output().unwrap();
    assert!(shell.stderr.is_empty(), "{}", String::from_utf8_lossy(&shell.stderr));
    let accepts = |(index, command): (usize, &Value)| {
        let printed = String::from_utf8_lossy(&std::fs::read(at(index, "out")).unwrap()).into_owned();
        let expected = text(&command["expected"]);
        let well = std::fs::read_to_string(at(index, "status")).unwrap().trim() == "0";
        let said = if expected.is_empty() { printed.is_empty() } else { printed.contains(expected) };
        (text(&command["line"]).to_owned(), well && said)
    };
    commands.iter().enumerate().map(accepts).collect()
}

/// A folder with a copy of a file under its own name, changed by Python.
fn altered(file: &Path, folder: &Path, script: &str) -> PathBuf {
    std::fs::create_dir_all(folder).unwrap();
    let copy = folder.join(file.file_name().unwrap());
    judge(python_tool("python3"), &["-c", script, file.to_str().unwrap(), copy.to_str().unwrap()]);
    copy
}

/// The commands of which the first words are these refuse; every other one that is about something else accepts.
fn refuses(record: &Value, folder: &Path, by: &str) {
    let found = repeat(record, folder);
    assert!(found.iter().any(|(line, accepted)| line.contains(by) && !accepted), "{by}: {found:?}");
}

/// Another mark in the sheet; with `lists` the manifests are made to fit again.
const OTHER_MARK: &str = r#"
import hashlib, sys, zipfile
source, target = sys.argv[1:3]
files = {i.filename: zipfile.ZipFile(source).read(i) for i in zipfile.ZipFile(source).infolist()}
sheet = next(n for n in files if '/data/sheets/' in n)
top = sheet.split('/')[0]
files[sheet] = files[sheet].replace('"周宁"'.encode(), '"周甯"'.encode(), 1)
def fit(manifest, prefix):
    lines = [line.split('  ', 1)[1] for line in files[f'{top}/{manifest}'].decode().splitlines()]
    files[f'{top}/{manifest}'] = ''.join(f"{hashlib.sha256(files[f'{top}/{n}']).hexdigest()}  {n}\n" for n in lines).encode()
if LISTS:
    fit('manifest-sha256.txt', 'data'); fit('tagmanifest-sha256.txt', '')
with zipfile.ZipFile(target, 'w') as out:
    for name, content in files.items(): out.writestr(name, content)
"#;
const FLIP: &str =
    "import sys; b = bytearray(open(sys.argv[1], 'rb').read()); b[AT] ^= 1; open(sys.argv[2], 'wb').write(b)";

#[test]
fn the_commands_for_a_package_accept_it_and_refuse_altered_copies() {
    let folder = tempfile::tempdir().unwrap();
    let (unit, stick) = exported(folder.path());
    let package = only_file(&stick, "hjp");
    let out = folder.path().join("报告/核验报告.pdf");
    let (record, printed) = report(&unit, &package, &out, true);
    assert_eq!(pages(&out), "1");
    let signer = &record["verification"]["signers"][0];
    let fingerprint = text(&signer["fingerprint"]).replace(' ', "");
    for said in [text(&record["sha256"]), &fingerprint, "自评评估人", "并州分校", "868良好", "RFC8493", "本机的身份"]
    {
        assert!(printed.contains(said), "{said}: {printed}");
    }
    for check in list(&record["checks"]) {
        assert_eq!(check["state"], "passed", "{check}");
    }
    for command in list(&record["commands"]) {
        let line: String = text(&command["line"]).split_whitespace().collect();
        assert!(printed.contains(&line), "{line} is not on the page: {printed}");
    }
    let found = repeat(&record, &stick);
    assert!(found.len() >= 6 && found.iter().all(|(_, accepted)| *accepted), "{found:?}");

    let plain = altered(&package, &folder.path().join("改一"), &OTHER_MARK.replace("LISTS", "False"));
    let fitted = altered(&package, &folder.path().join("改二"), &OTHER_MARK.replace("LISTS", "True"));
    refuses(&record, plain.parent().unwrap(), "--check");
    refuses(&record, fitted.parent().unwrap(), "openssl cms");
    for (copy, step, verdict) in [(&plain, "逐件核对", "damaged"), (&fitted, "签名", "forged")] {
        let out = folder.path().join(format!("{verdict}.pdf"));
        let (bad, printed) = report(&unit, copy, &out, false);
        assert_eq!(text(&bad["verification"]["verdict"]), verdict);
        let failed = list(&bad["checks"]).iter().find(|check| check["state"] == "failed").unwrap();
        assert_eq!(text(&failed["name"]), step, "{bad}");
        assert!(
            printed.contains("不通过") && printed.contains("没有做到") && printed.contains("不要采用"),
            "{printed}"
        );
        assert!(!printed.contains(folder.path().to_str().unwrap()), "the file is called by its name");
        assert_eq!(pages(&out), "1");
    }
}

#[test]
fn the_commands_for_a_pdf_and_a_receipt_accept_them_and_refuse_altered_copies() {
    let folder = tempfile::tempdir().unwrap();
    let (unit, stick) = exported(folder.path());
    let pdf = only_file(&stick, "pdf");
    let (record, printed) = report(&unit, &pdf, &folder.path().join("一.pdf"), true);
    assert!(printed.contains("逐页对照通过") && printed.contains("pdfsig"), "{printed}");
    let found = repeat(&record, &stick);
    assert!(found.len() == 4 && found.iter().all(|(_, accepted)| *accepted), "{found:?}");
    let copy = altered(&pdf, &folder.path().join("改"), &FLIP.replace("AT", "1000"));
    refuses(&record, copy.parent().unwrap(), "pdfsig");
    let (_, printed) = report(&unit, &copy, &folder.path().join("二.pdf"), false);
    assert!(printed.contains("签名不通过"), "{printed}");

    let office = Hengjian { workspace: folder.path().join("办公室") };
    office.new_identity("郑国栋", "省电大评估办公室");
    let package = only_file(&stick, "hjp");
    office.ok(&["import", "--unverified", package.to_str().unwrap(), "--receipt", "郑国栋"]);
    let receipt = only_file(&stick, "hjr");
    let (record, printed) = report(&unit, &receipt, &folder.path().join("三.pdf"), true);
    assert!(printed.contains("收件人") && printed.contains("待人核对"), "{printed}");
    let found = repeat(&record, &stick);
    assert!(found.iter().all(|(_, accepted)| *accepted), "{found:?}");
    let copy = altered(&receipt, &folder.path().join("改"), &FLIP.replace("AT", "len(b) // 4"));
    refuses(&record, copy.parent().unwrap(), "openssl cms");
}

#[test]
fn a_report_of_twelve_signers_with_long_names_is_one_page_and_never_takes_the_place_of_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let (unit, stick) = exported(folder.path());
    let package = only_file(&stick, "hjp");
    for number in 2..=12 {
        let (name, organisation) =
            (format!("欧阳慕容{number:02}"), "某某省人民政府教育督导委员会办公室开放教育办学评估专家组");
        let identity = unit.new_identity(&name, organisation);
        unit.ok(&["countersign", package.to_str().unwrap(), "--identity", &identity]);
    }
    let out = folder.path().join("核验报告.pdf");
    let (record, printed) = report(&unit, &package, &out, true);
    assert_eq!(pages(&out), "1");
    let signers = list(&record["verification"]["signers"]);
    assert_eq!(signers.len(), 12);
    assert!(signers.iter().all(|one| printed.contains(&text(&one["fingerprint"]).replace(' ', ""))), "{printed}");
    let before = std::fs::read(&package).unwrap();
    let file = package.to_str().unwrap();
    let said = unit.refused(4, &["verify", file, "--report", file, "--force"]);
    assert!(said.contains("[app.file-exists]"), "{said}");
    assert!(unit.refused(4, &["verify", file, "--report", out.to_str().unwrap()]).contains("[app.file-exists]"));
    assert_eq!(std::fs::read(&package).unwrap(), before);
    assert!(unit.refused(2, &["verify", file, file, "--report", "x.pdf"]).contains("[app.report-of-several]"));
}
