//! The main job by the command line, and third parties as judges of what it wrote.

use crate::program::{Hengjian, RUBRIC, judge, judge_in, list, only_file, printed, python_tool, sample, text};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Input file, stage, assessor, organisation, and the total that a person computed by hand.
pub const ASSESSORS: [(&str, &str, &str, &str, &str); 3] = [
    ("self-周宁.json", "self", "周宁", "并州分校", "868"),
    ("review-韩立群.json", "review", "韩立群", "汾东开放大学", "812"),
    ("review-孟雪琴.json", "review", "孟雪琴", "漳河职业学院", "831"),
];

/// Full marks as exact hundredths, which no mark of the tests is finer than.
fn hundredths(mark: &str) -> u32 {
    let (whole, part) = mark.split_once('.').unwrap_or((mark, ""));
    let part = format!("{part:0<2}");
    assert_eq!(part.len(), 2, "{mark}");
    whole.parse::<u32>().unwrap() * 100 + part.parse::<u32>().unwrap()
}

/// No number that has passed through binary floating point is printed.
pub fn no_floats(value: &Value) {
    match value {
        Value::Number(number) => assert!(!number.is_f64(), "{number}"),
        Value::Array(all) => all.iter().for_each(no_floats),
        Value::Object(all) => all.values().for_each(no_floats),
        _ => {}
    }
}

fn nowhere(folder: &Path) -> Hengjian {
    Hengjian { workspace: folder.join("工作区") }
}

#[test]
fn the_rubric_is_there_in_full() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = nowhere(folder.path());
    let rows = hengjian.json(&["rubric", "list"]);
    let row = list(&rows).iter().find(|row| row["id"] == RUBRIC).unwrap();
    assert_eq!(row["indicators"], serde_json::json!([6, 25, 61]));
    assert_eq!((&row["points"], text(&row["total"])), (&Value::from(123), "1000"));
    assert!(hengjian.ok(&["rubric", "list"]).contains("国家开放大学山西分部办学评估"));

    let rubric = hengjian.json(&["rubric", "show", RUBRIC]);
    no_floats(&rubric);
    let (indicators, points) = (list(&rubric["indicators"]), list(&rubric["points"]));
    let level = |level: u64| indicators.iter().filter(|i| i["level"] == level).count();
    assert_eq!((level(1), level(2), level(3), points.len()), (6, 25, 61, 123));
    let mut below: BTreeMap<&str, u32> = BTreeMap::new();
    for leaf in indicators.iter().chain(points) {
        *below.entry(leaf["parent"].as_str().unwrap_or("")).or_default() += hundredths(text(&leaf["max"]));
    }
    assert_eq!(below[""], hundredths(text(&rubric["total"])));
    for indicator in indicators {
        assert_eq!(below[text(&indicator["code"])], hundredths(text(&indicator["max"])), "{indicator}");
        assert!(text(&indicator["text"]).contains(text(&indicator["title"])), "{indicator}");
    }
    let standard = |point: &Value| text(&point["standard"]).to_owned();
    assert!(points.iter().all(|point| !standard(point).is_empty() && !list(&point["rule"]).is_empty()));
    let [limit, ..] = list(&rubric["limits"]) else { panic!("no conditions") };
    assert!(text(&limit["text"]).ends_with("本项不得分") && text(&limit["note"]).starts_with("（注："));
    assert_eq!(standard(&points[0]), "（1）学校发展定位及发展规划体现社会主义办学方向（4分）");
    let grades: Vec<&str> = list(&rubric["grades"]).iter().map(|grade| text(&grade["atLeast"])).collect();
    assert_eq!(grades, ["900", "750", "600", "0"]);

    let lines = hengjian.ok(&["rubric", "show", RUBRIC]);
    assert!(points.iter().all(|point| lines.contains(text(&point["standard"]))));
    assert!(hengjian.ok(&["rubric", "check", RUBRIC]).contains("没有问题"));
    assert!(!hengjian.workspace.exists(), "a rubric is shown without a workspace");
}

/// A workspace with the sample's sheets, and where things stand.
pub struct Sample {
    pub folder: tempfile::TempDir,
    pub hengjian: Hengjian,
    /// Ids of the sheets, as [`ASSESSORS`].
    pub sheets: Vec<String>,
}

impl Sample {
    /// Scored sheets without evidence.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let hengjian = nowhere(folder.path());
        let sheet = |(input, stage, assessor, organisation, _): &(&str, &str, &str, &str, &str)| {
            let id = hengjian.new_sheet(stage, assessor, organisation);
            hengjian.ok(&["score", &id, "--input", &sample(input)]);
            id
        };
        let sheets = ASSESSORS.iter().map(sheet).collect();
        Self { folder, hengjian, sheets }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Finalises and exports a sheet with an identity of its assessor; gives the package and the PDF.
    pub fn export(&self, index: usize, out: &str, identity: &str) -> (PathBuf, PathBuf) {
        let (sheet, out) = (&self.sheets[index], self.path(out));
        self.hengjian.ok(&["finalize", sheet]);
        self.hengjian.ok(&["export", sheet, "--out", &out.display().to_string(), "--identity", identity]);
        (only_file(&out, "hjp"), only_file(&out, "pdf"))
    }
}

/// Every file of the sample's catalogue, at all of its points.
fn attach_the_sample(hengjian: &Hengjian, sheet: &str) {
    let table = std::fs::read_to_string(sample("evidence.tsv")).unwrap();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [file, points, name, date, kind, note] = cells[..] else { panic!("{line}") };
        let file = sample(&format!("evidence/{file}"));
        let mut arguments = vec!["evidence", "add", sheet, &file, "--name", name, "--date", date, "--kind", kind];
        arguments.extend(["--note", note]);
        arguments.extend(points.split(' ').flat_map(|point| ["--point", point]));
        let report = hengjian.json(&arguments);
        assert_eq!((list(&report["added"]).len(), list(&report["refused"]).len()), (1, 0), "{report}");
    }
}

#[test]
fn marks_remarks_and_conditions_are_entered_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = nowhere(folder.path());
    let sheet = hengjian.new_sheet("self", "周宁", "并州分校");
    let entries = ["1.1.1-1=4", "2.1.1-1=0", "--condition", "4.1.1-3=no", "--remark", "1.1.1-1=规划“十四五”已印发"];
    hengjian.ok(&[&["score", &sheet][..], &entries].concat());
    let state = hengjian.json(&["show", &sheet]);
    no_floats(&state);
    let point = |code: &str| list(&state["points"]).iter().find(|p| p["code"] == code).unwrap().clone();
    assert_eq!((&point("1.1.1-1")["mark"], &point("1.1.1-1")["remark"]), (&"4".into(), &"规划“十四五”已印发".into()));
    // Zero is a mark; no mark is none.
    assert_eq!((&point("2.1.1-1")["mark"], &point("2.1.1-2")["mark"]), (&"0".into(), &Value::Null));
    assert_eq!((&state["outcome"]["total"], &state["outcome"]["grade"]), (&"4".into(), &Value::Null));
    assert_eq!(
        list(&state["limits"])[0],
        serde_json::json!({ "code": "4.1.1-3", "present": false, "measured": false })
    );

    hengjian.ok(&["score", &sheet, "1.1.1-1=", "--remark", "1.1.1-1="]);
    let first = &hengjian.json(&["show", &sheet])["points"][0];
    assert_eq!((&first["mark"], &first["remark"]), (&Value::Null, &"".into()));
    let short = &sheet[..6];
    assert!(hengjian.ok(&["show", short]).contains("并州分校"), "the beginning of an id is enough");
}

#[test]
fn three_assessors_sheets_go_from_scores_to_the_office() {
    let job = Sample::new();
    let hengjian = &job.hengjian;
    let own = &job.sheets[0];
    attach_the_sample(hengjian, own);
    evidence_is_catalogued(&job);

    let office = Hengjian { workspace: job.path("办公室") };
    for (index, (_, _, assessor, organisation, total)) in ASSESSORS.iter().enumerate() {
        let fingerprint = hengjian.new_identity(assessor, organisation);
        let (package, pdf) = job.export(index, &format!("U盘/{assessor}"), assessor);
        package_is_what_anyone_can_check(&package, &fingerprint, &pdf);
        pdf_is_what_anyone_can_check(&package, &pdf);
        both_verify(hengjian, &package, &pdf, "trusted");
        both_verify(&office, &package, &pdf, "signer-unknown");

        let package = package.display().to_string();
        let first = office.json(&["import", "--unverified", &package]);
        let added = if index == 0 { 8 } else { 0 };
        assert_eq!((&first["rows"][0]["result"], &first["evidenceAdded"]), (&"added".into(), &added.into()), "{first}");
        let second = office.json(&["import", "--unverified", &package]);
        assert_eq!((&second["rows"][0]["result"], &second["evidenceAdded"]), (&"same".into(), &0.into()), "{second}");
        let state = office.json(&["show", &job.sheets[index]]);
        assert_eq!((&state["outcome"]["total"], &state["phase"]), (&(*total).into(), &"signed".into()));
    }
    let sheets = office.json(&["list"]);
    assert_eq!(list(&sheets).len(), 3);
    assert!(list(&sheets).iter().all(|sheet| sheet["grade"] == "良好"), "{sheets}");
    let catalogue = |hengjian: &Hengjian| -> BTreeSet<String> {
        let items = hengjian.json(&["evidence", "list", own]);
        list(&items)
            .iter()
            .map(|i| format!("{} {} {} {}", i["name"], i["fileName"], i["sha256"], i["points"]))
            .collect()
    };
    assert_eq!(catalogue(hengjian), catalogue(&office));
    assert!(office.ok(&["evidence", "check", own]).contains("8 / 8"));
    revision_two_reaches_the_office(&job, &office);
}

/// Chinese names, one file on several points, the same file twice.
fn evidence_is_catalogued(job: &Sample) {
    let (hengjian, own) = (&job.hengjian, &job.sheets[0]);
    let plan = sample("evidence/并州分校“十四五”发展规划（节选）.txt");
    let again = hengjian.json(&["evidence", "add", own, &plan, "--point", "1.2.1-1"]);
    assert_eq!((list(&again["added"]).len(), text(&again["duplicates"][0])), (0, "并州分校“十四五”发展规划"));
    let items = hengjian.json(&["evidence", "list", own]);
    assert_eq!(list(&items).len(), 8);
    let item = list(&items).iter().find(|item| item["name"] == "并州分校“十四五”发展规划").unwrap();
    assert_eq!(item["points"], serde_json::json!(["1.1.1-1", "1.1.1-2", "1.2.1-1"]));
    assert_eq!(item["fileName"], "并州分校“十四五”发展规划（节选）.txt");
    let fields = ["date", "kind", "note"].map(|field| text(&item[field]));
    assert_eq!(fields, ["2021.03", "C", "并分校〔2021〕7号"]);
    let stored = hengjian.workspace.join(format!("evidence/{0:.2}/{0}.txt", text(&item["sha256"])));
    assert_eq!(std::fs::read(stored).unwrap(), std::fs::read(plan).unwrap());
    let dates: Vec<&str> = list(&items).iter().map(|item| text(&item["date"])).collect();
    assert!(dates.is_sorted(), "the catalogue is in the order of time: {dates:?}");
    assert!(hengjian.ok(&["evidence", "check", own]).contains("8 / 8"));
}

fn both_verify(hengjian: &Hengjian, package: &Path, pdf: &Path, verdict: &str) {
    let reports = hengjian.json(&["verify", &package.display().to_string(), &pdf.display().to_string()]);
    let kinds: Vec<(&str, &str)> = list(&reports).iter().map(|r| (text(&r["kind"]), text(&r["verdict"]))).collect();
    assert_eq!(kinds, [("package", verdict), ("pdf", verdict)], "{reports}");
}

/// The bag inside a package, unpacked by `unzip` beside it.
fn unpacked(package: &Path) -> PathBuf {
    let folder = package.with_extension("拆开");
    judge("unzip", &["-q", "-o", &package.display().to_string(), "-d", &folder.display().to_string()]);
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().collect();
    assert_eq!(entries.len(), 1);
    entries.remove(0).unwrap().path()
}

/// The commands that `docs/formats/package.md` gives to those who do not have this program.
fn package_is_what_anyone_can_check(package: &Path, fingerprint: &str, pdf: &Path) {
    judge("unzip", &["-t", "-q", &package.display().to_string()]);
    let bag = unpacked(package);
    judge_in(&bag, "sha256sum", &["--quiet", "--check", "tagmanifest-sha256.txt", "manifest-sha256.txt"]);
    judge(python_tool("bagit.py"), &["--validate", &bag.display().to_string()]);

    let signature = only_file(&bag.join("signatures"), "p7s");
    assert_eq!(signature.file_stem().unwrap().to_str(), Some(fingerprint));
    let signature = signature.display().to_string();
    let verify = ["cms", "-verify", "-binary", "-inform", "DER", "-in", &signature];
    let content = ["-content", "tagmanifest-sha256.txt", "-out", "/dev/null"];
    let said = judge_in(&bag, "openssl", &[&verify[..], &content, &["-noverify", "-signer", "../签名人.pem"]].concat());
    assert!(said.contains("CMS Verification successful"), "{said}");
    let said = judge_in(&bag, "openssl", &[&verify[..], &content, &["-CAfile", "../签名人.pem"]].concat());
    assert!(said.contains("CMS Verification successful"), "{said}");
    let said = judge_in(&bag, "openssl", &["x509", "-in", "../签名人.pem", "-noout", "-fingerprint", "-sha256"]);
    assert!(said.replace(':', "").to_lowercase().contains(fingerprint), "{said}");

    let inside = only_file(&bag.join("data/reports"), "pdf");
    assert_eq!(std::fs::read(inside).unwrap(), std::fs::read(pdf).unwrap());
    let files = std::fs::read_dir(bag.join("data/evidence")).unwrap().count();
    assert_eq!(files, 8);
}

fn pdf_is_what_anyone_can_check(package: &Path, pdf: &Path) {
    let folder = pdf.parent().unwrap();
    let name = pdf.file_name().unwrap().to_str().unwrap();
    let said = judge_in(folder, "qpdf", &["--check", name]);
    assert!(!said.contains("WARNING"), "{said}");
    let said = judge_in(folder, "pdfsig", &["-nocert", name]);
    for expected in ["Signature is Valid", "ETSI.CAdES.detached", "Total document signed"] {
        assert_eq!(said.matches(expected).count(), 1, "{said}");
    }
    let signer = package.with_extension("拆开").join("签名人.pem").display().to_string();
    let arguments = ["sign", "validate", "--pretty-print", "--no-revocation-check", "--trust-replace"];
    let said = judge_in(folder, python_tool("pyhanko"), &[&arguments[..], &["--trust", &signer, name]].concat());
    assert!(said.contains("The signature is judged VALID") && !said.contains("INVALID"), "{said}");

    let found = characters(&judge_in(folder, "pdftotext", &[name, "-"]));
    let rubric = nowhere(folder).json(&["rubric", "show", RUBRIC]);
    let printed: String = list(&rubric["points"]).iter().map(|point| text(&point["standard"])).collect();
    for (character, count) in characters(&printed) {
        let there = found.get(&character).copied().unwrap_or_default();
        assert!(there >= count, "{character}: {there} in the PDF, {count} in the points");
    }
}

/// How often each Chinese character occurs.
fn characters(text: &str) -> BTreeMap<char, usize> {
    let mut found = BTreeMap::new();
    for character in text.chars().filter(|c| ('\u{3400}'..'\u{a000}').contains(c)) {
        *found.entry(character).or_default() += 1;
    }
    found
}

fn revision_two_reaches_the_office(job: &Sample, office: &Hengjian) {
    let (hengjian, own) = (&job.hengjian, &job.sheets[0]);
    let first = only_file(&job.path("U盘/周宁"), "hjp").display().to_string();
    let digest = hengjian.json(&["show", own])["digest"].clone();
    let reopened = hengjian.json(&["reopen", own, "--reason", "复核时发现 1.1.1-1 偏高"]);
    assert_eq!((&reopened["revision"], &reopened["phase"]), (&2.into(), &"draft".into()));
    assert_eq!(reopened["outcome"]["total"], "868", "marks are kept");
    hengjian.ok(&["score", own, "1.1.1-1=3"]);
    let (package, pdf) = job.export(0, "U盘/周宁二版", "周宁");
    assert!(pdf.file_name().unwrap().to_str().unwrap().contains("-r2-"), "{}", pdf.display());
    let bag = unpacked(&package);
    let file = std::fs::read_to_string(only_file(&bag.join("data/sheets"), "json")).unwrap();
    let file: Value = serde_json::from_str(&file).unwrap();
    assert_eq!((&file["revision"], &file["previous"]), (&2.into(), &digest));
    assert_eq!(file["reason"], "复核时发现 1.1.1-1 偏高");

    let import = |package: &str| office.json(&["import", "--unverified", package])["rows"][0]["result"].clone();
    assert_eq!(import(&package.display().to_string()), "updated");
    let total = || office.json(&["show", own])["outcome"]["total"].clone();
    assert_eq!(total(), "867");
    assert_eq!(import(&first), "same", "an older revision does not come back");
    assert_eq!((total(), list(&office.json(&["list"])).len()), ("867".into(), 3));
}

#[test]
fn a_draft_is_printed_without_a_signature_and_sheets_travel_without_evidence() {
    let job = Sample::new();
    let (hengjian, own) = (&job.hengjian, &job.sheets[0]);
    attach_the_sample(hengjian, own);
    let draft = job.path("草稿/打分表.pdf").display().to_string();
    hengjian.ok(&["report", own, "--out", &draft]);
    assert!(judge("pdftotext", &[&draft, "-"]).contains("草稿，未定稿"));
    assert!(hengjian.refused(3, &["verify", &draft]).contains("[app.pdf-unsigned]"));

    hengjian.new_identity("周宁", "并州分校");
    hengjian.ok(&["finalize", own]);
    let out = job.path("U盘");
    let options = ["--out", &out.display().to_string(), "--identity", "周宁", "--sheets-only", "--no-pdf"];
    let said = hengjian.json(&[&["export", own][..], &options].concat());
    assert_eq!(list(&said).len(), 1);
    let package = only_file(&out, "hjp");
    let bag = unpacked(&package);
    judge(python_tool("bagit.py"), &["--validate", &bag.display().to_string()]);
    assert!(!bag.join("data/evidence").exists());
    let office = Hengjian { workspace: job.path("办公室") };
    office.ok(&["import", "--unverified", &package.display().to_string()]);
    let catalogue = office.json(&["evidence", "list", own]);
    assert!(list(&catalogue).len() == 8 && list(&catalogue).iter().all(|item| item["presence"] == "missing"));

    // A signed PDF alone, and the passphrase from a file.
    let secret = job.path("口令.txt");
    std::fs::write(&secret, "correct horse\n其余的行不算\n").unwrap();
    let (secret, signed) = (secret.display().to_string(), job.path("签名.pdf").display().to_string());
    let arguments = ["report", own, "--out", &signed, "--identity", "周宁", "--passphrase-file", &secret];
    let output = hengjian.command(&arguments).env_remove("HENGJIAN_PASSPHRASE").output().unwrap();
    assert!(output.status.success(), "{}", printed(&output));
    hengjian.ok(&["verify", &signed]);
}

#[test]
fn evidence_that_is_gone_or_changed_is_found_and_not_exported() {
    let job = Sample::new();
    let (hengjian, own) = (&job.hengjian, &job.sheets[0]);
    attach_the_sample(hengjian, own);
    hengjian.new_identity("周宁", "并州分校");
    hengjian.ok(&["finalize", own]);
    let items = hengjian.json(&["evidence", "list", own]);
    let stored = |name: &str| {
        let digest = text(&list(&items).iter().find(|item| item["name"] == name).unwrap()["sha256"]);
        file_named(&hengjian.workspace.join("evidence").join(&digest[..2]), digest)
    };
    std::fs::remove_file(stored("校园文化墙照片")).unwrap();
    let minutes = stored("支持开放大学办学工作会议纪要");
    let mut bytes = std::fs::read(&minutes).unwrap();
    bytes[7] ^= 1;
    std::fs::write(&minutes, bytes).unwrap();

    let said = hengjian.refused(3, &["evidence", "check", own]);
    for fragment in ["校园文化墙照片”：文件不在了", "会议纪要”：内容与添加时不同", "[app.evidence-wanting]", "6 / 8"]
    {
        assert!(said.contains(fragment), "{fragment}\n{said}");
    }
    let out = job.path("出").display().to_string();
    let said = hengjian.refused(3, &["export", own, "--out", &out, "--identity", "周宁"]);
    assert!(said.contains("有 2 件材料缺失或变了") && said.ends_with("[app.evidence-damaged]\n"), "{said}");
    assert!(!job.path("出").exists());
}

/// The file in a folder that is called so, whatever its ending.
fn file_named(folder: &Path, name: &str) -> PathBuf {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.into_iter().find(|path| path.file_stem().unwrap() == name).unwrap()
}
