//! Packages that are sealed correctly and still lie: nothing of them gets in, and nothing of somebody else changes.

use crate::program::{Hengjian, root};
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// A machine with one finalised sheet and its signer.
struct Machine {
    hengjian: Hengjian,
    sheet: String,
    out: PathBuf,
}

fn machine(folder: &Path, name: &str, input: &str) -> Machine {
    let hengjian = Hengjian { workspace: folder.join(name) };
    let new = ["new", "--rubric", "oucsx-2021", "--unit", "并州分校", "--year", "2022", "--stage", "self"];
    let made = hengjian.json(&[&new[..], &["--assessor", name, "--organisation", "并州分校"]].concat());
    let sheet = made["id"].as_str().unwrap().to_owned();
    let input = root().join("assets/sample").join(input);
    hengjian.ok(&["score", &sheet, "--input", input.to_str().unwrap()]);
    hengjian.ok(&["identity", "new", "--name", name, "--organisation", "并州分校"]);
    Machine { hengjian, sheet, out: folder.join(format!("{name}-out")) }
}

impl Machine {
    fn edit(&self, sql: &str, parameters: &[&str]) {
        let database = Connection::open(self.hengjian.workspace.join("hengjian.db")).unwrap();
        database.pragma_update(None, "foreign_keys", false).unwrap();
        database.execute(sql, rusqlite::params_from_iter(parameters)).unwrap();
    }

    fn export(&self, sheet: &str, name: &str) -> PathBuf {
        self.hengjian.ok(&["export", sheet, "--out", self.out.to_str().unwrap(), "--identity", name]);
        self.package()
    }

    fn package(&self) -> PathBuf {
        let files = std::fs::read_dir(&self.out).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|path| path.extension().is_some_and(|e| e == "hjp")).max().unwrap()
    }
}

fn import(hengjian: &Hengjian, package: &Path) -> String {
    let report = hengjian.json(&["import", "--unverified", package.to_str().unwrap()]);
    report["rows"][0]["result"].as_str().unwrap().to_owned()
}

fn total(hengjian: &Hengjian, sheet: &str) -> String {
    hengjian.json(&["show", sheet])["outcome"]["total"].as_str().unwrap().to_owned()
}

#[test]
fn a_sheet_of_another_machine_cannot_be_reopened_here() {
    let folder = tempfile::tempdir().unwrap();
    let unit = machine(folder.path(), "周宁", "self-周宁.json");
    unit.hengjian.ok(&["finalize", &unit.sheet]);
    let package = unit.export(&unit.sheet, "周宁");
    let office = Hengjian { workspace: folder.path().join("office") };
    assert_eq!(import(&office, &package), "added");
    let text = office.refused(1, &["reopen", &unit.sheet, "--reason", "改一改"]);
    assert!(text.contains("[assessment.imported]"), "{text}");
    assert_eq!(total(&office, &unit.sheet), "868");
}

#[test]
fn a_later_revision_by_another_signer_is_a_conflict_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let unit = machine(folder.path(), "周宁", "self-周宁.json");
    unit.hengjian.ok(&["finalize", &unit.sheet]);
    let genuine = unit.export(&unit.sheet, "周宁");

    // Somebody else names their sheet like the unit's and calls it the ninth revision.
    let other = machine(folder.path(), "马骗", "review-韩立群.json");
    let digest = "0".repeat(64);
    for table in ["entry", "change"] {
        other.edit(&format!("UPDATE {table} SET sheet = ?1"), &[&unit.sheet]);
    }
    other.edit(
        "UPDATE sheet SET id = ?1, assessor = '周宁', revision = 9, reason = '改', previous = ?2",
        &[&unit.sheet, &digest],
    );
    other.hengjian.ok(&["finalize", &unit.sheet]);
    let forged = other.export(&unit.sheet, "马骗");

    let office = Hengjian { workspace: folder.path().join("office") };
    assert_eq!(import(&office, &genuine), "added");
    assert_eq!(import(&office, &forged), "conflicting");
    assert_eq!(total(&office, &unit.sheet), "868");
    assert_eq!(import(&office, &genuine), "same");
}

#[test]
fn a_result_that_does_not_follow_from_the_marks_does_not_leave_the_machine() {
    let folder = tempfile::tempdir().unwrap();
    let unit = machine(folder.path(), "周宁", "self-周宁.json");
    unit.hengjian.ok(&["finalize", &unit.sheet]);
    unit.edit(r#"UPDATE revision SET file = replace(file, '"total":"868"', '"total":"999"')"#, &[]);
    let out = unit.out.to_str().unwrap();
    let text = unit.hengjian.refused(3, &["export", &unit.sheet, "--out", out, "--identity", "周宁"]);
    assert!(text.contains("[app.export-unsound]"), "{text}");
    assert_eq!(std::fs::read_dir(&unit.out).unwrap().count(), 0, "nothing is left");
}

#[test]
fn an_identifier_that_could_stand_for_others_does_not_leave_the_machine() {
    let folder = tempfile::tempdir().unwrap();
    let unit = machine(folder.path(), "周宁", "self-周宁.json");
    for table in ["entry", "change"] {
        unit.edit(&format!("UPDATE {table} SET sheet = 'cc43'"), &[]);
    }
    unit.edit("UPDATE sheet SET id = 'cc43'", &[]);
    unit.hengjian.ok(&["finalize", "cc43"]);
    let out = unit.out.to_str().unwrap();
    let text = unit.hengjian.refused(3, &["export", "cc43", "--out", out, "--identity", "周宁"]);
    assert!(text.contains("[app.export-unsound]"), "{text}");
}

#[test]
fn evidence_that_a_finalised_sheet_rests_on_cannot_be_changed_through_another_sheet() {
    let folder = tempfile::tempdir().unwrap();
    let unit = machine(folder.path(), "周宁", "self-周宁.json");
    let file = folder.path().join("规划.txt");
    std::fs::write(&file, "规划").unwrap();
    unit.hengjian.ok(&["evidence", "add", &unit.sheet, "--point", "1.1.1-1", file.to_str().unwrap()]);
    unit.hengjian.ok(&["finalize", &unit.sheet]);
    unit.export(&unit.sheet, "周宁");

    // A review of the same unit may add pieces; what was signed with the self-evaluation stays as it was.
    let new = ["new", "--rubric", "oucsx-2021", "--unit", "并州分校", "--year", "2022", "--stage", "review"];
    let made = unit.hengjian.json(&[&new[..], &["--assessor", "韩立群", "--organisation", "汾东"]].concat());
    let review = made["id"].as_str().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1100)); // times are whole seconds
    let more = folder.path().join("访谈.txt");
    std::fs::write(&more, "访谈记录").unwrap();
    unit.hengjian.ok(&["evidence", "add", review, "--point", "1.1.1-2", more.to_str().unwrap()]);
    let again = unit.export(&unit.sheet, "周宁");
    let listed = unit.hengjian.ok(&["verify", again.to_str().unwrap()]);
    assert!(listed.contains("1 件，文件齐全"), "{listed}");
}

#[test]
fn verifying_needs_no_workspace_and_makes_none() {
    let folder = tempfile::tempdir().unwrap();
    let unit = machine(folder.path(), "周宁", "self-周宁.json");
    unit.hengjian.ok(&["finalize", &unit.sheet]);
    let package = unit.export(&unit.sheet, "周宁");
    let nobody = Hengjian { workspace: folder.path().join("nobody") };
    let text = nobody.ok(&["verify", package.to_str().unwrap()]);
    assert!(text.contains("签名人本机不认识"), "{text}");
    assert!(!nobody.workspace.exists());
}
