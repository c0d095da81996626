//! Bad input: one clear message that says what, where and what to do, a fitting exit code, and everything as it was.

use crate::command_line::Sample;
use crate::program::{Hengjian, PASSPHRASE, RUBRIC, judge, only_file, printed, python_tool, root, sample, text};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// What is given, and what must come of it. In the arguments, `草稿` and `定稿` stand for the ids of two sheets.
struct Case(&'static [&'static str], Expected);

/// Exit code, stable code, and what the message must name in Chinese and in English.
#[derive(Clone, Copy)]
struct Expected(i32, &'static str, &'static str, &'static str);

const SCORING: &[Case] = &[
    Case(&["score", "草稿", "1.1.1-1=5"], Expected(1, "mark.above-max", "满分 4", "above full marks")),
    Case(&["score", "草稿", "1.1.1-1=-1"], Expected(1, "mark.negative", "-1 是负数", "-1 is negative")),
    Case(&["score", "草稿", "1.1.1-1=2.5"], Expected(1, "mark.off-step", "可填 2、3", "Possible: 2、3")),
    Case(&["score", "草稿", "1.1.1-1=abc"], Expected(1, "mark.not-a-number", "“abc”不是数", "“abc” is not a number")),
    Case(&["score", "草稿", "1.1.1-1=１"], Expected(1, "mark.not-a-number", "半角数字", "“１” is not a number")),
    Case(&["score", "草稿", "1.1.1-1=1e0"], Expected(1, "mark.not-a-number", "“1e0”不是数", "plain digits")),
    Case(&["score", "草稿", "9.9.9-9=1"], Expected(1, "mark.unknown-code", "没有编号 9.9.9-9", "no code 9.9.9-9")),
    Case(&["score", "草稿", "1.1.1=4"], Expected(1, "mark.unknown-code", "没有编号 1.1.1", "no code 1.1.1")),
    Case(&["score", "草稿", "2.1.1-1=3"], Expected(1, "mark.not-legal", "可填 0、5", "cannot give 3")),
    // What is right in the same call is not entered either.
    Case(&["score", "草稿", "1.1.1-2=4", "1.1.1-1=5"], Expected(1, "mark.above-max", "1.1.1-1", "1.1.1-1")),
    Case(&["score", "草稿", "1.1.1-2=4", "9.9.9="], Expected(1, "mark.unknown-code", "9.9.9", "9.9.9")),
    Case(&["score", "草稿", "1.1.1-2=4", "--remark", "9.9=好"], Expected(1, "mark.unknown-code", "9.9", "9.9")),
    Case(
        &["score", "草稿", "1.1.1-2=4", "1.1.1-2=3"],
        Expected(2, "app.given-twice", "1.1.1-2 写了两次", "given twice"),
    ),
    Case(
        &["score", "草稿", "1.1.1-2=4", "1.1.1-2="],
        Expected(2, "app.given-twice", "1.1.1-2 写了两次", "given twice"),
    ),
    Case(&["score", "草稿", "--condition", "9.9=no"], Expected(1, "mark.unknown-code", "没有编号 9.9", "no code 9.9")),
    Case(&["score", "草稿", "--input", "重复.json"], Expected(1, "app.bad-input", "1.1.1-1 写了两次", "given twice")),
    Case(&["score", "草稿", "--input", "没有.json"], Expected(4, "app.file-unreadable", "没有.json", "没有.json")),
    Case(&["score", "deadbeef", "1.1.1-1=1"], Expected(1, "store.unknown-sheet", "deadbeef", "no sheet deadbeef")),
    Case(&["score", "周宁", "1.1.1-1=1"], Expected(1, "store.unknown-sheet", "周宁", "no sheet 周宁")),
    Case(&["show", ""], Expected(1, "store.unknown-sheet", "没有打分表", "no sheet")),
];

const LIFE: &[Case] = &[
    Case(&["finalize", "草稿"], Expected(1, "assessment.incomplete", "余 1 项", "1 are open")),
    Case(&["export", "草稿", "--out", "出", "--identity", "周宁"], DRAFT),
    Case(&["report", "草稿", "--out", "出/a.pdf", "--identity", "周宁"], DRAFT),
    // The file's ending is the format where none is given.
    Case(&["report", "草稿", "--out", "a.DOCX"], Expected(2, "paper.format-not-offered", "不出 docx", "as docx")),
    Case(
        &["report", "草稿", "--out", "a.docx", "--format", "pdf"],
        Expected(2, "paper.ending-contradicts", "扩展名", "ending"),
    ),
    Case(&["reopen", "草稿", "--reason", "改"], Expected(1, "assessment.not-locked", "不用重开", "is a draft")),
    Case(&["reopen", "定稿", "--reason", " "], Expected(1, "assessment.bad-text", "重开理由", "reason")),
    Case(&["score", "定稿", "1.1.1-1=4"], LOCKED),
    Case(&["score", "定稿", "1.1.1-1="], LOCKED),
    Case(&["evidence", "add", "定稿", "--point", "1.1.1-1", "材料.txt"], LOCKED),
    Case(&["finalize", "定稿"], LOCKED),
    Case(&["export", "定稿", "--out", "出", "--identity", "周宁", "--passphrase-file", "错口令.txt"], PASSPHRASE_WRONG),
    Case(
        &["report", "定稿", "--out", "出.pdf", "--identity", "周宁", "--passphrase-file", "错口令.txt"],
        PASSPHRASE_WRONG,
    ),
    Case(
        &["export", "定稿", "--out", "出", "--identity", "王五"],
        Expected(1, "store.unknown-identity", "王五", "王五"),
    ),
    Case(
        &["identity", "new", "--name", "周宁", "--organisation", "并州分校", "--passphrase-file", "短口令.txt"],
        Expected(1, "package.passphrase-too-short", "至少要 8 个", "8 are needed"),
    ),
    Case(
        &[
            "new",
            "--rubric",
            RUBRIC,
            "--unit",
            "并州分校",
            "--year",
            "1922",
            "--stage",
            "self",
            "--assessor",
            "吴",
            "--organisation",
            "并",
        ],
        Expected(1, "assessment.bad-year", "1922", "1922"),
    ),
    Case(
        &[
            "new",
            "--rubric",
            RUBRIC,
            "--unit",
            "并州分校",
            "--year",
            "2022",
            "--stage",
            "self",
            "--assessor",
            "周宁",
            "--organisation",
            "并州分校",
        ],
        Expected(1, "app.sheet-exists", "周宁已经有", "周宁 has a sheet"),
    ),
    Case(
        &[
            "new",
            "--rubric",
            "和不对.toml",
            "--unit",
            "并",
            "--year",
            "2022",
            "--stage",
            "self",
            "--assessor",
            "吴",
            "--organisation",
            "并",
        ],
        Expected(1, "rubric.wrong-sum", "和不对.toml", "和不对.toml"),
    ),
];

const DRAFT: Expected = Expected(1, "assessment.not-finalised", "先定稿", "Finalise it first");
const LOCKED: Expected = Expected(1, "assessment.locked", "已经定稿，不能改", "is finalised and cannot be changed");
const PASSPHRASE_WRONG: Expected = Expected(1, "package.passphrase-wrong", "口令不对", "passphrase is wrong");

const EVIDENCE: &[Case] = &[
    Case(
        &["evidence", "add", "草稿", "--point", "1.1.1-1", "没有.pdf"],
        Expected(4, "store.file-missing", "没有.pdf", "no file 没有.pdf"),
    ),
    Case(
        &["evidence", "add", "草稿", "--point", "1.1.1-1", "断链.txt"],
        Expected(4, "store.file-missing", "断链.txt", "断链.txt"),
    ),
    Case(
        &["evidence", "add", "草稿", "--point", "1.1.1-1", "文件夹"],
        Expected(4, "store.not-a-file", "文件夹 不是文件", "is not a file"),
    ),
    Case(
        &["evidence", "add", "草稿", "--point", "1.1.1-1", "/dev/zero"],
        Expected(4, "store.not-a-file", "/dev/zero", "/dev/zero"),
    ),
    Case(
        &["evidence", "add", "草稿", "--point", "1.1.1-1", "空.txt"],
        Expected(4, "store.file-empty", "空.txt 是空的", "空.txt is empty"),
    ),
    Case(
        &["evidence", "add", "草稿", "--point", "1.1.1-1", "录像.mp4"],
        Expected(4, "store.file-too-large", "3072 MB", "at most 2048 MB"),
    ),
    Case(
        &["evidence", "add", "草稿", "--point", "9.9", "材料.txt"],
        Expected(1, "mark.unknown-code", "没有编号 9.9", "no code 9.9"),
    ),
    Case(
        &["evidence", "add", "草稿", "--point", "1.1.1-1", "材料.txt", "--date", "2021.13"],
        Expected(1, "assessment.bad-date", "2021.13", "2021.13"),
    ),
    Case(
        &["evidence", "add", "草稿", "--point", "1.1.1-1", "材料.txt", "空.txt", "--name", "一个名称"],
        Expected(2, "app.name-for-several", "2 个文件", "2 files"),
    ),
    Case(
        &["evidence", "add", "deadbeef", "--point", "1.1.1-1", "材料.txt"],
        Expected(1, "store.unknown-sheet", "deadbeef", "deadbeef"),
    ),
];

const FILES: &[Case] = &[
    Case(&["verify", "截断.hjp"], Expected(3, "package.archive-broken", "不是完整的交换包", "no complete package")),
    Case(&["verify", "截断.pdf"], Expected(3, "package.pdf-truncated", "结尾缺了一段", "end is missing")),
    Case(&["verify", "未签名.hjp"], Expected(3, "package.package-unsigned", "没有签名", "not signed")),
    Case(&["verify", "未签名.pdf"], Expected(3, "app.pdf-unsigned", "没有电子签名", "no electronic signature")),
    Case(
        &["verify", "改动.hjp"],
        Expected(3, "package.checksum-differs", "打分表.pdf 损坏了", "打分表.pdf is damaged"),
    ),
    Case(&["verify", "改动.pdf"], Expected(3, "app.pdf-forged", "签名后被改动过", "changed after it was signed")),
    Case(&["verify", "材料.txt"], NOT_SUCH),
    Case(&["verify", "空.hjp"], Expected(3, "package.archive-broken", "不是完整的交换包", "空.hjp")),
    Case(&["verify", "空.pdf"], Expected(3, "package.pdf-unreadable", "PDF 读不通", "空.pdf")),
    Case(&["verify", "没有.pdf"], Expected(4, "app.file-unreadable", "没有这个文件", "没有.pdf")),
    Case(&["verify", "文件夹"], Expected(4, "app.file-unreadable", "这是文件夹", "文件夹")),
    Case(&["import", "截断.hjp"], Expected(3, "app.not-imported", "不是完整的交换包", "no complete package")),
    Case(&["import", "未签名.hjp"], Expected(3, "app.not-imported", "没有签名", "not signed")),
    Case(&["import", "改动.hjp"], Expected(3, "app.not-imported", "打分表.pdf 损坏了", "打分表.pdf is damaged")),
    Case(&["import", "空.hjp"], Expected(3, "app.not-imported", "空.hjp", "空.hjp")),
    Case(&["import", "未签名.pdf"], Expected(3, "app.pdf-not-imported", "不是交换包", "not a package")),
    Case(&["import", "材料.txt"], NOT_SUCH),
    Case(&["import", "没有.hjp"], Expected(4, "app.file-unreadable", "没有这个文件", "没有.hjp")),
    Case(&["rubric", "check", "没有.toml"], Expected(4, "app.file-unreadable", "没有.toml", "没有.toml")),
    Case(
        &["rubric", "show", "没有"],
        Expected(1, "app.unknown-rubric", "内置的有：oucsx-2021", "Built in: oucsx-2021"),
    ),
];

const NOT_SUCH: Expected =
    Expected(3, "app.unknown-file-kind", "不是交换包，也不是 PDF", "neither a package nor a PDF");

/// Every file below a folder with its content, so that any change shows.
fn snapshot(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                open.push(entry.path());
            } else {
                found.insert(entry.path(), fs::read(entry.path()).unwrap());
            }
        }
    }
    found
}

/// One clear message: no inner words of the program, in the language that was asked for, a stable code at its end.
#[track_caller]
fn is_clear(output: &Output, expected: Expected, chinese: bool) {
    let Expected(exit, code, zh, en) = expected;
    let everything = printed(output);
    assert_eq!(output.status.code(), Some(exit), "{everything}");
    let said = if output.stderr.is_empty() { &output.stdout } else { &output.stderr };
    let said = String::from_utf8(said.clone()).unwrap();
    assert_eq!(said.lines().last().map(str::trim), Some(&*format!("[{code}]")), "{said}");
    assert!(said.lines().count() >= 3, "what, where, what to do:\n{said}");
    for inner in ["Err(", "Some(", "Error {", "Os {", "panicked", "unwrap()", "src/"] {
        assert!(!said.contains(inner), "{inner} in\n{said}");
    }
    assert!(said.contains(if chinese { zh } else { en }), "{said}");
    if chinese {
        assert!(!said.contains("(os error"), "{said}");
    }
}

/// Runs every case in both languages in a folder, and looks whether the workspace stayed as it was.
fn run(hengjian: &Hengjian, folder: &Path, draft: &str, locked: &str, cases: &[Case]) {
    let watched = || (snapshot(&hengjian.workspace), fs::read_dir(folder).unwrap().count());
    let before = watched();
    for Case(arguments, expected) in cases {
        let sheet = |word: &'static str| match word {
            "草稿" => draft.to_owned(),
            "定稿" => locked.to_owned(),
            other => other.to_owned(),
        };
        let arguments: Vec<String> = arguments.iter().copied().map(sheet).collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        for language in ["zh", "en"] {
            let mut command = hengjian.command(&[&["--lang", language][..], &arguments].concat());
            let output = command.current_dir(folder).output().unwrap();
            is_clear(&output, *expected, language == "zh");
            assert!(watched() == before, "{arguments:?} changed something");
        }
        let output = hengjian.command(&[&["--json"][..], &arguments].concat()).current_dir(folder).output().unwrap();
        assert_eq!(output.status.code(), Some(expected.0));
        assert!(printed(&output).contains(&format!("\"code\": \"{}\"", expected.1)), "{}", printed(&output));
    }
}

/// The sample, one sheet open at one point and one locked and exported, with bad files of every kind in `文件`.
fn bad_files() -> (Sample, PathBuf) {
    let job = Sample::new();
    let hengjian = &job.hengjian;
    hengjian.ok(&["score", &job.sheets[1], "1.1.1-1="]);
    hengjian.new_identity("周宁", "并州分校");
    let (package, pdf) = job.export(0, "好的", "周宁");
    let folder = job.path("文件");
    fs::create_dir_all(folder.join("文件夹")).unwrap();
    for (name, content) in [
        ("空.txt", ""),
        ("空.hjp", ""),
        ("空.pdf", ""),
        ("材料.txt", "会议纪要\n"),
        ("错口令.txt", "battery staple"),
        ("短口令.txt", "1234567"),
        ("重复.json", r#"{"scores": {"1.1.1-1": "4", "1.1.1-1": "3"}}"#),
    ] {
        fs::write(folder.join(name), content).unwrap();
    }
    let rubric = fs::read_to_string(root().join("rubrics/oucsx-2021.toml")).unwrap();
    fs::write(folder.join("和不对.toml"), rubric.replacen("max = 4\n", "max = 3\n", 1)).unwrap();
    std::os::unix::fs::symlink("不在", folder.join("断链.txt")).unwrap();
    // Sparse: 3 GiB long, next to nothing on the disk.
    File::create(folder.join("录像.mp4")).unwrap().set_len(3 << 30).unwrap();
    let middle = |bytes: &[u8]| bytes.len() / 2;
    // In the PDF the comment of its second line: no page says anything else for it.
    let comment = |bytes: &[u8]| bytes.iter().position(|&byte| byte == b'\n').unwrap() + 2;
    let places: [fn(&[u8]) -> usize; 2] = [middle, comment];
    for ((path, kind), place) in [(&package, "hjp"), (&pdf, "pdf")].into_iter().zip(places) {
        let mut bytes = fs::read(path).unwrap();
        fs::write(folder.join(format!("截断.{kind}")), &bytes[..bytes.len() * 2 / 3]).unwrap();
        let at = place(&bytes);
        bytes[at] ^= 1;
        fs::write(folder.join(format!("改动.{kind}")), bytes).unwrap();
    }
    let unsigned = folder.join("未签名.pdf").display().to_string();
    hengjian.ok(&["report", &job.sheets[0], "--out", &unsigned]);
    without_signature(&package, &folder.join("未签名.hjp"));
    (job, folder)
}

/// A package as it would be if nobody had signed it.
fn without_signature(package: &Path, target: &Path) {
    let script = "import sys, zipfile\n\
                  source, target = zipfile.ZipFile(sys.argv[1]), zipfile.ZipFile(sys.argv[2], 'w')\n\
                  for entry in source.infolist():\n    \
                      if '/signatures/' not in entry.filename: target.writestr(entry, source.read(entry))\n\
                  target.close()";
    let (package, target) = (package.display().to_string(), target.display().to_string());
    judge(python_tool("python"), &["-c", script, &package, &target]);
}

#[test]
fn every_refusal_is_clear_and_changes_nothing() {
    let (job, folder) = bad_files();
    for cases in [SCORING, LIFE, EVIDENCE, FILES] {
        run(&job.hengjian, &folder, &job.sheets[1], &job.sheets[0], cases);
    }
    // Verifying and importing there did not come from the workspace's own knowledge of the signer.
    let office = Hengjian { workspace: job.path("办公室") };
    office.ok(&["list"]);
    run(&office, &folder, "", "", FILES);
}

#[test]
fn the_same_is_told_of_each_file_and_the_good_ones_are_taken() {
    let job = Sample::new();
    let own = &job.sheets[0];
    for (name, content) in [("a.txt", "甲"), ("空.txt", ""), ("b.txt", "乙")] {
        fs::write(job.path(name), content).unwrap();
    }
    let files = ["a.txt", "没有.txt", "空.txt", "b.txt"];
    let arguments = [&["evidence", "add", own, "--point", "1.1.1-1"][..], &files].concat();
    let output = job.hengjian.command(&arguments).current_dir(job.folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(4));
    let said = printed(&output);
    for fragment in ["没有.txt", "空.txt", "[store.file-missing]", "[store.file-empty]", "添加 2"] {
        assert!(said.contains(fragment), "{fragment}\n{said}");
    }
    let items = job.hengjian.json(&["evidence", "list", own]);
    assert_eq!(items.as_array().unwrap().len(), 2);
}

#[test]
fn a_byte_changed_in_any_part_of_a_package_or_pdf_is_found() {
    let (job, folder) = bad_files();
    let (package, pdf) = (only_file(&job.path("好的"), "hjp"), only_file(&job.path("好的"), "pdf"));
    let package_bytes = fs::read(package).unwrap();
    let parts = stored_parts(&package_bytes);
    assert_eq!(parts.len(), 11 - 1, "tag files, payload, one signature: {parts:?}");
    // Not the first and last bits of compressed data, which are padding: with them changed it is the same content.
    let places = parts.iter().flat_map(|&(from, length)| [1, 2, 3].map(|quarter| from + length * quarter / 4));
    let pdf_bytes = fs::read(pdf).unwrap();
    let spread = (0..64).map(|step| step * (pdf_bytes.len() - 1) / 63);
    let all = places.map(|at| ("hjp", &package_bytes, at)).chain(spread.map(|at| ("pdf", &pdf_bytes, at)));
    let before = snapshot(&job.hengjian.workspace);
    for (kind, bytes, at) in all {
        let mut changed = bytes.clone();
        changed[at] ^= 0xff;
        let path = folder.join(format!("改.{kind}")).display().to_string();
        fs::write(&path, changed).unwrap();
        let reports = job.hengjian.run(&["--json", "verify", &path]);
        assert_eq!(reports.status.code(), Some(3), "{kind} at {at}\n{}", printed(&reports));
        let reports: Value = serde_json::from_slice(&reports.stdout).unwrap();
        assert!(["damaged", "forged"].contains(&text(&reports[0]["verdict"])), "{kind} at {at}: {reports}");
        if kind == "hjp" {
            job.hengjian.refused(3, &["import", &path]);
        }
    }
    assert!(snapshot(&job.hengjian.workspace) == before);
}

/// Where the data of each entry of a ZIP archive begins, and how long it is; by the headers in front of the data.
fn stored_parts(bytes: &[u8]) -> Vec<(usize, usize)> {
    let number =
        |at: usize, length: usize| bytes[at..at + length].iter().rev().fold(0, |n, b| n << 8 | usize::from(*b));
    let mut parts = Vec::new();
    let mut at = 0;
    while bytes[at..].starts_with(b"PK\x03\x04") {
        let data = at + 30 + number(at + 26, 2) + number(at + 28, 2);
        let length = number(at + 18, 4);
        parts.push((data, length));
        at = data + length;
    }
    parts
}

#[test]
fn a_faulty_rubric_file_is_refused_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let good = fs::read_to_string(root().join("rubrics/oucsx-2021.toml")).unwrap();
    let line_of = |fragment: &str| good.lines().position(|line| line == fragment).unwrap() + 1;
    let second = line_of("code = \"1.1.1-2\"");
    let table = [
        (good.replacen("code = \"1.1.1-2\"", "code = \"1.1.1-1\"", 1), second - 1, "rubric.duplicate-code", "1.1.1-1"),
        (
            good.replacen("code = \"1.1.1-2\"", "code = \"1.1.1-2\"\ncolour = 3", 1),
            second + 1,
            "rubric.unknown-key",
            "colour",
        ),
        (good.replacen("code = \"1.1.1-2\"", "code = \"1.1.1-2", 1), second, "rubric.not-toml", "expected `\"`"),
        (good.replacen("total = 1000", "total = 1001", 1), line_of("total = 1000"), "rubric.wrong-sum", "1001"),
        (good.replacen("step = 1", "step = \"一\"", 1), line_of("step = 1"), "rubric.wrong-type", "step"),
    ];
    let path = folder.path().join("指标.toml").display().to_string();
    for (content, line, code, fragment) in &table {
        fs::write(&path, content).unwrap();
        let said = hengjian.refused(1, &["rubric", "check", &path]);
        assert!(said.contains(&format!("{path} 第 {line} 行")) && said.contains(fragment), "{code}\n{said}");
        assert!(said.contains(&format!("[{code}]")), "{said}");
        let said = hengjian.refused(1, &["--lang", "en", "assess", "--rubric", &path, "--input", "/dev/null"]);
        assert!(said.contains(&format!("line {line}")) && said.ends_with(&format!("[{code}]\n")), "{said}");
    }
    // A level-3 indicator whose points sum to less is named, with the line where it begins.
    fs::write(&path, good.replacen("max = 4\n", "max = 3\n", 1)).unwrap();
    let said = hengjian.refused(1, &["rubric", "check", &path]);
    assert!(
        said.contains("1.1.1") && said.contains("14") && said.contains("15") && said.contains("[rubric.wrong-sum]"),
        "{said}"
    );
    assert!(!hengjian.workspace.exists());
}

/// A mount of its own for a test, in a namespace that needs no privilege, reached through `/proc`.
struct Mount {
    child: Child,
}

impl Mount {
    /// Runs `script` with the folder as `$0`; the mount lives as long as this value.
    fn new(script: &str, folder: &Path) -> Self {
        let script = format!("{script} && echo ready && exec cat");
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", &script]).arg(folder);
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.unwrap_or_else(|error| panic!("unshare: {error}; it is part of util-linux"));
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n", "this system lets nobody mount in a namespace of his own; see unshare(1)");
        Self { child }
    }

    /// The folder as it is seen with the mount. SQLite follows the links in such a path and ends elsewhere, so that
    /// programs have to run [`Mount::inside`].
    fn seen(&self, folder: &Path) -> PathBuf {
        PathBuf::from(format!("/proc/{}/root{}", self.child.id(), folder.display()))
    }

    /// Runs the command line where the mount is.
    fn inside(&self, hengjian: &Hengjian, arguments: &[&str]) -> Output {
        let target = self.child.id().to_string();
        let enter = ["nsenter", "--target", &target, "--user", "--mount", "--preserve-credentials"];
        through(&enter, &hengjian.command(arguments))
    }
}

/// Runs a command by another program, which takes the command as its last arguments.
fn through(program: &[&str], command: &Command) -> Output {
    let mut outer = Command::new(program[0]);
    outer.args(&program[1..]).arg(command.get_program()).args(command.get_args());
    let output = outer.env("HENGJIAN_PASSPHRASE", PASSPHRASE).stdin(Stdio::null()).output();
    output.unwrap_or_else(|error| panic!("{}: {error}; it is part of util-linux", program[0]))
}

impl Drop for Mount {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// Writes until nothing more fits.
fn fill(path: &Path) {
    let mut file = File::create(path).unwrap();
    while std::io::Write::write_all(&mut file, &[7; 512]).is_ok() {}
}

/// Runs in both languages, and must be refused.
#[track_caller]
fn refused(run: impl Fn(&[&str]) -> Output, arguments: &[&str], expected: Expected) {
    for language in ["zh", "en"] {
        let output = run(&[&["--lang", language][..], arguments].concat());
        is_clear(&output, expected, language == "zh");
    }
}

#[test]
fn a_full_disk_keeps_what_was_saved_and_takes_the_next_change_when_there_is_room() {
    let job = Sample::new();
    job.hengjian.new_identity("周宁", "并州分校");
    let (package, _) = job.export(0, "好的", "周宁");
    let (folder, package) = (job.path("小盘"), package.display().to_string());
    fs::create_dir(&folder).unwrap();
    let mount = Mount::new("mount -t tmpfs -o size=2m none \"$0\"", &folder);
    let small = Hengjian { workspace: folder.join("工作区") };
    let run = |arguments: &[&str]| mount.inside(&small, arguments);
    let ok = |arguments: &[&str]| {
        let output = run(arguments);
        assert!(output.status.success(), "{arguments:?}\n{}", printed(&output));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let unit = ["--json", "new", "--rubric", RUBRIC, "--unit", "并州分校", "--year", "2022", "--stage", "self"];
    let made = ok(&[&unit[..], &["--assessor", "周宁", "--organisation", "并州分校"]].concat());
    let sheet = text(&made["id"]);
    ok(&["--json", "score", sheet, "1.1.1-1=3"]);
    let disk = mount.seen(&folder);
    let stored = || (ok(&["--json", "show", sheet]), snapshot(&disk.join("工作区")));
    let before = stored();

    // A file that does not fit is not attached, and nothing of it stays.
    let large = job.path("录像.mp4");
    fs::write(&large, vec![1; 4 << 20]).unwrap();
    let no_room = Expected(4, "store.no-room", "磁盘满了", "disk is full");
    refused(run, &["evidence", "add", sheet, "--point", "1.1.1-1", &large.display().to_string()], no_room);
    assert!(stored() == before);

    let full = Expected(4, "store.disk-full", "磁盘满了", "disk is full");
    fill(&disk.join("填满"));
    refused(run, &["score", sheet, "1.1.1-1=4"], full);
    refused(run, &["import", "--unverified", &package], full);
    assert!(stored() == before, "what was saved can be read on a full disk");
    exports_find_it_full(&job, &mount, &folder);
    assert!(stored() == before);

    fs::remove_file(disk.join("填满")).unwrap();
    ok(&["--json", "score", sheet, "1.1.1-1=4"]);
    ok(&["--json", "import", "--unverified", &package]);
}

/// Exporting from a workspace with room to a disk without.
fn exports_find_it_full(job: &Sample, mount: &Mount, disk: &Path) {
    let (run, own) = (|arguments: &[&str]| mount.inside(&job.hengjian, arguments), &job.sheets[0]);
    let (out, pdf) = (disk.join("出").display().to_string(), disk.join("a.pdf").display().to_string());
    let full = Expected(4, "package.package-disk-full", "磁盘满了", "disk is full");
    refused(run, &["report", own, "--out", &pdf], full);
    refused(run, &["export", own, "--out", &out, "--identity", "周宁"], full);
    refused(run, &["export", own, "--out", &out, "--identity", "周宁", "--no-pdf"], full);
    let left: Vec<PathBuf> = snapshot(&mount.seen(disk)).into_keys().filter(|path| !path.ends_with("填满")).collect();
    assert!(left.iter().all(|path| path.starts_with(mount.seen(disk).join("工作区"))), "half written: {left:?}");
}

#[test]
fn a_read_only_workspace_is_left_alone() {
    let job = Sample::new();
    let (own, before) = (&job.sheets[0], snapshot(&job.hengjian.workspace));
    let folder = job.hengjian.workspace.clone();
    let mount = Mount::new("mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\"", &folder);
    let run = |arguments: &[&str]| mount.inside(&job.hengjian, arguments);
    let expected = Expected(4, "store.read-only", "这里不能写入", "cannot be written");
    let file = sample("evidence/校园文化墙.png");
    refused(run, &["score", own, "1.1.1-1=4"], expected);
    refused(run, &["evidence", "add", own, "--point", "1.1.1-1", &file], expected);
    refused(run, &["finalize", own], expected);
    refused(run, &["list"], expected);
    // The workspace may be written, the folder to export to may not.
    let other = Hengjian { workspace: job.path("另一个") };
    let id = other.new_sheet("self", "周宁", "并州分校");
    let into = folder.join("a.pdf").display().to_string();
    let output = |arguments: &[&str]| mount.inside(&other, arguments);
    refused(output, &["report", &id, "--out", &into], Expected(4, "app.cannot-write", "只读", "a.pdf"));
    assert!(snapshot(&folder) == before);
    drop(mount);
    job.hengjian.ok(&["score", own, "1.1.1-1=4"]);
}

/// Runs the command line without the power over other people's files that the superuser has.
fn as_a_plain_user(hengjian: &Hengjian, arguments: &[&str]) -> Output {
    through(&["unshare", "--user", "--map-user=1", "--map-group=1"], &hengjian.command(arguments))
}

#[test]
fn a_file_or_workspace_without_permission_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let job = Sample::new();
    let (hengjian, own) = (&job.hengjian, &job.sheets[0]);
    let file = job.path("机密.txt");
    fs::write(&file, "不给看").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    let before = snapshot(&hengjian.workspace);
    let (shown, out) = (file.display().to_string(), job.folder.path().join("工作区/lock"));
    let attach = ["evidence", "add", own, "--point", "1.1.1-1", &shown];
    is_clear(&as_a_plain_user(hengjian, &attach), Expected(4, "store.file-unreadable", "没有权限", "机密.txt"), true);
    let verify = ["--lang", "en", "import", &shown];
    is_clear(&as_a_plain_user(hengjian, &verify), Expected(4, "app.file-unreadable", "", "机密.txt"), false);
    assert!(snapshot(&hengjian.workspace) == before);

    fs::set_permissions(&out, fs::Permissions::from_mode(0o444)).unwrap();
    let refused = Expected(4, "store.read-only", "没有写入权限", "cannot be written");
    is_clear(&as_a_plain_user(hengjian, &["score", own, "1.1.1-1=4"]), refused, true);
    assert!(snapshot(&hengjian.workspace) == before);
}

#[test]
fn a_workspace_that_cannot_be_opened_is_left_alone() {
    let job = Sample::new();
    let (hengjian, own) = (&job.hengjian, &job.sheets[0]);
    let run = |arguments: &[&str]| hengjian.run(arguments);
    let before = snapshot(&hengjian.workspace);
    let lock = File::options().write(true).open(hengjian.workspace.join("lock")).unwrap();
    lock.try_lock().unwrap();
    let used = Expected(4, "store.in-use", "正被另一个程序使用", "in use by another process");
    refused(run, &["score", own, "1.1.1-1=4"], used);
    refused(run, &["list"], used);
    assert!(snapshot(&hengjian.workspace) == before);
    drop(lock);
    hengjian.ok(&["list"]);

    let database = hengjian.workspace.join("hengjian.db").display().to_string();
    let script =
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('PRAGMA user_version = 99'); c.commit()";
    judge(python_tool("python"), &["-c", script, &database]);
    let before = snapshot(&hengjian.workspace);
    let newer = Expected(4, "store.newer-store", "更新版本的衡鉴", "newer Hengjian");
    refused(run, &["score", own, "1.1.1-1=4"], newer);
    refused(run, &["show", own], newer);
    assert!(snapshot(&hengjian.workspace) == before);

    fs::write(&database, "这不是数据库。".repeat(1000)).unwrap();
    let before = snapshot(&hengjian.workspace);
    let damaged = Expected(3, "store.damaged", "数据文件是坏的", "data file is damaged");
    refused(run, &["list"], damaged);
    assert!(snapshot(&hengjian.workspace) == before);

    let file = job.path("不是文件夹.txt");
    fs::write(&file, "文字").unwrap();
    let other = Hengjian { workspace: file };
    refused(|arguments| other.run(arguments), &["list"], Expected(4, "store.io", "不是文件夹", "不是文件夹.txt"));
}
