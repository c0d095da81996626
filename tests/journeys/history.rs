//! The history: who changed what; nobody changes it, or what it speaks of, without being found; packages carry its head.

use crate::program::{Hengjian, judge, list, only_file, sample, text};
use rusqlite::Connection;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A unit with a sheet that was scored, finalised, signed and handed over.
struct Unit {
    hengjian: Hengjian,
    sheet: String,
    identity: String,
    folder: PathBuf,
}

impl Unit {
    fn new(folder: &Path) -> Self {
        let hengjian = Hengjian { workspace: folder.join("分校") };
        let sheet = hengjian.new_sheet("self", "周宁", "并州分校");
        let identity = hengjian.new_identity("周宁", "并州分校");
        hengjian.ok(&["score", &sheet, "--input", &sample("self-周宁.json")]);
        Self { hengjian, sheet, identity, folder: folder.to_owned() }
    }

    fn hand_over(&self, name: &str) -> PathBuf {
        let out = self.folder.join(name);
        self.hengjian.ok(&["finalize", &self.sheet]);
        let arguments = ["export", &self.sheet, "--out", out.to_str().unwrap(), "--identity", &self.identity];
        self.hengjian.ok(&arguments);
        only_file(&out, "hjp")
    }

    fn edit(&self, sql: &str) {
        let database = Connection::open(self.hengjian.workspace.join("hengjian.db")).unwrap();
        database.execute_batch(sql).unwrap();
    }

    /// Checks, must find something, gives what was printed.
    fn unsound(&self, against: &[&str]) -> String {
        self.hengjian.refused(3, &[&["history", "--check"], against].concat())
    }

    fn is_sound(&self) {
        let report = self.hengjian.json(&["history", "--check"]);
        assert_eq!((report["sound"].as_bool(), list(&report["problems"]).len()), (Some(true), 0), "{report}");
    }
}

fn said<'a>(lines: &'a Value, action: &str) -> Vec<&'a Value> {
    list(lines).iter().filter(|line| line["action"] == action).collect()
}

#[test]
fn every_change_says_who_what_and_why_and_an_undo_what_it_brought_back() {
    let folder = tempfile::tempdir().unwrap();
    let unit = Unit::new(folder.path());
    unit.hengjian.ok(&["score", &unit.sheet, "1.1.1-1=2"]);
    unit.hand_over("一");
    unit.hengjian.ok(&["reopen", &unit.sheet, "--reason", "漏了一份材料"]);
    unit.hengjian.ok(&["score", &unit.sheet, "1.1.1-1=3", "--remark", "1.1.1-1=补了会议记录"]);

    let lines = unit.hengjian.json(&["history", &unit.sheet]);
    let marks = said(&lines, "得分");
    let last = marks.first().unwrap();
    let shown = ["who", "target", "old", "new"].map(|key| text(&last[key]));
    assert_eq!(shown, ["周宁", "1.1.1-1", "2", "3"]);
    assert!(!text(&last["title"]).is_empty() && text(&last["hash"]).len() == 64);
    assert_eq!(text(&said(&lines, "重开")[0]["reason"]), "漏了一份材料");
    assert_eq!(text(&said(&lines, "签名并导出")[0]["who"]), "周宁");
    assert_eq!(text(&said(&lines, "意见")[0]["new"]), "补了会议记录");

    let found = unit.hengjian.json(&["history", &unit.sheet, "--find", "补了会议"]);
    assert_eq!(list(&found).len(), 1);
    let life = unit.hengjian.json(&["history", &unit.sheet, "--group", "life"]);
    assert_eq!(said(&life, "得分").len(), 0);
    assert_eq!(said(&life, "定稿").len(), 1);
    unit.is_sound();
}

#[test]
fn a_later_revision_says_what_changed_since_the_signed_one_and_cannot_say_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    let unit = Unit::new(folder.path());
    unit.hand_over("一");
    unit.hengjian.ok(&["reopen", &unit.sheet, "--reason", "复核"]);
    unit.hengjian.ok(&["score", &unit.sheet, "1.1.1-1=1"]);
    let changes = unit.hengjian.json(&["history", &unit.sheet, "--since-signed"]);
    let lines = list(&changes["lines"]);
    assert_eq!(lines.len(), 1, "{changes}");
    assert_eq!(["code", "what", "new"].map(|key| text(&lines[0][key])), ["1.1.1-1", "得分", "1"]);
    assert_eq!((changes["since"].as_u64(), text(&changes["reason"])), (Some(1), "复核"));
    assert_eq!(list(&changes["signers"])[0], "周宁");

    let second = unit.hand_over("二");
    let told = unit.hengjian.ok(&["verify", second.to_str().unwrap()]);
    assert!(told.contains("比已签名的第 1 版改 1 处"), "{told}");
    // Whoever takes it in compares what it says has changed with the sheet itself.
    unit.edit("UPDATE revision SET file = replace(file, '\"new\":\"1\"', '\"new\":\"2\"') WHERE revision = 2");
    let out = folder.path().join("三");
    let arguments = ["export", &unit.sheet, "--out", out.to_str().unwrap(), "--identity", &unit.identity];
    let refused = unit.hengjian.refused(3, &arguments);
    assert!(refused.contains("[app.export-unsound]"), "{refused}");
    assert!(unit.unsound(&[]).contains("[history.revision-changed]"));
}

#[test]
fn what_is_done_to_the_history_behind_the_program_is_found_and_named() {
    for (sql, code, wanted) in [
        ("UPDATE audit SET new = '4' WHERE id = 20", "[history.altered]", "第 20 条"),
        ("DELETE FROM audit WHERE id IN (30, 31)", "[history.missing]", "第 30–31 条"),
        ("DELETE FROM audit WHERE id > 100", "[history.missing]", "第 101–"),
        (
            "UPDATE audit SET id = -1 WHERE id = 40; UPDATE audit SET id = 40 WHERE id = 50; \
             UPDATE audit SET id = 50 WHERE id = -1",
            "[history.moved]",
            "第 40 条",
        ),
        (
            "INSERT INTO audit (at, action, target, hash) SELECT at, action, target, hash FROM audit WHERE id = 20",
            "[history.inserted]",
            "插进去",
        ),
        ("UPDATE entry SET value = '0' WHERE kind = 'mark' AND code = '1.1.1-1'", "[history.value-changed]", "1.1.1-1"),
        ("DELETE FROM entry WHERE kind = 'mark' AND code = '1.1.1-2'", "[history.value-changed]", "1.1.1-2"),
        (
            "INSERT INTO entry SELECT sheet, 'remark', '1.1.1-3', '好' FROM entry LIMIT 1",
            "[history.value-changed]",
            "1.1.1-3",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let unit = Unit::new(folder.path());
        unit.is_sound();
        unit.edit(sql);
        let told = unit.unsound(&[]);
        assert!(told.contains(code) && told.contains(wanted), "{sql}\n{told}");
    }
}

#[test]
fn a_history_that_was_rewritten_as_a_whole_does_not_agree_with_a_package_that_was_handed_over() {
    let folder = tempfile::tempdir().unwrap();
    let unit = Unit::new(folder.path());
    let package = unit.hand_over("一");
    let package = package.to_str().unwrap();
    let report = unit.hengjian.json(&["history", "--check", "--against", package]);
    assert_eq!((report["sound"].as_bool(), report["compared"][0]["same"].as_bool()), (Some(true), Some(true)));
    let head = text(
        &unit.hengjian.json(&["verify", package])[0]["facts"]
            .as_array()
            .unwrap()
            .iter()
            .find(|fact| fact["label"] == "历史")
            .unwrap()["value"],
    )
    .to_owned();
    assert!(head.contains(" 条，校验值 "), "{head}");

    // Every hash computed anew, as docs/formats/history.md says: the chain alone is whole again.
    let script = r#"
import hashlib, json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE audit SET new = '5' WHERE id = 10")
before = "0" * 64
for row in db.execute("SELECT id, at, who, sheet, action, target, old, new, reason FROM audit ORDER BY id").fetchall():
    text = json.dumps([before, *row], ensure_ascii=False, separators=(",", ":"))
    before = hashlib.sha256(text.encode()).hexdigest()
    db.execute("UPDATE audit SET hash = ? WHERE id = ?", (before, row[0]))
db.execute("UPDATE history_head SET hash = ?", (before,))
db.commit()
"#;
    judge("python3", &["-c", script, unit.hengjian.workspace.join("hengjian.db").to_str().unwrap()]);
    unit.is_sound();
    let told = unit.unsound(&["--against", package]);
    assert!(told.contains("[history.package-other]"), "{told}");

    let other = Hengjian { workspace: folder.path().join("另一台") };
    other.ok(&["import", "--unverified", package]);
    let told = other.refused(3, &["history", "--check", "--against", package]);
    assert!(told.contains("[history.package-foreign]"), "{told}");
}
