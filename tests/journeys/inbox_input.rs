//! What offices really find on their sticks: each thing is named, with what to do, and nothing is guessed.

use crate::panel::RUBRIC;
use crate::program::{Hengjian, judge, list, only_file, text};
use app::inbox::InboxInput;
use app::view::{InboxRow, InboxView, MergeState};
use app::{Language, Session, Watch, World};
use journeys::packages::{Campaign, NOW, Which, unit};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

fn campaign() -> &'static Campaign {
    static ONE: OnceLock<Campaign> = OnceLock::new();
    ONE.get_or_init(|| Campaign::new(include_str!("../../rubrics/oucsx-2021.toml"), 4))
}

fn world() -> World {
    World::real(app::world::fonts_folder())
}

fn look(session: &mut Session, files: &[PathBuf]) -> InboxView {
    let input = InboxInput { files: files.to_vec(), unverified: true, editions: false, decisions: false };
    session.inbox(&input, &Watch::none()).unwrap()
}

fn hints(row: &InboxRow) -> Vec<&str> {
    row.sheet.hints.iter().map(|hint| hint.code.as_str()).collect()
}

fn named<'v>(view: &'v InboxView, file: &str) -> &'v InboxRow {
    view.rows.iter().find(|row| row.file == file).unwrap_or_else(|| panic!("{file}: {:?}", view.rows))
}

fn shown(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_folder_from_mail_with_stray_files_says_what_was_not_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let stick = folder.path().join("邮件附件");
    let inner = stick.join("新建文件夹/__MACOSX");
    std::fs::create_dir_all(&inner).unwrap();
    let sound = campaign().write(&stick, Which::first(0, 0));
    // A mail program gave a package another name; it is one all the same.
    std::fs::rename(campaign().write(&stick, Which::first(1, 1)), stick.join("附件1.zip")).unwrap();
    for name in
        ["Thumbs.db", "desktop.ini", "~$打分表.xlsx", ".~打分表.xlsx", ".DS_Store", "新建文件夹/__MACOSX/._并州.hjp"]
    {
        std::fs::write(stick.join(name), "x").unwrap();
    }
    for name in ["说明.docx", "打分表.pdf", "照片.JPG"] {
        std::fs::write(stick.join(name), "x").unwrap();
    }
    std::fs::write(stick.join("附件2.zip"), b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0").unwrap();
    std::fs::write(stick.join("附件3.rar"), "Rar!").unwrap();
    std::fs::write(stick.join("空的.hjp"), "").unwrap();
    std::fs::write(stick.join("花名册.xlsx"), "PK").unwrap();
    let mut office = Session::open(&folder.path().join("办公室"), world(), Language::Zh).unwrap();
    let view = look(&mut office, std::slice::from_ref(&stick));
    assert_eq!((view.files, view.others, view.sound), (6, 3, 2), "{:?}", view.rows);
    assert_eq!(named(&view, "附件1.zip").sheet.state, MergeState::Added);
    for (file, code) in [("附件2.zip", "merge.archive"), ("附件3.rar", "merge.archive")] {
        let problem = named(&view, file).sheet.problem.clone().unwrap();
        assert!(problem.code == code && problem.todo.contains("解压"), "{problem}");
    }
    assert_eq!(named(&view, "空的.hjp").sheet.state, MergeState::Damaged);
    // Nobody gets advice that does not fit.
    for row in view.rows.iter().filter(|row| !row.sound) {
        let problem = row.sheet.problem.as_ref().unwrap();
        assert!(!problem.todo.is_empty() && !problem.what.is_empty(), "{problem:?}");
    }
    // What is named by a person is looked at whatever its name says.
    let view = look(&mut office, &[stick.join("说明.docx"), stick.join("打分表.pdf"), sound]);
    let codes = |file: &str| named(&view, file).sheet.problem.as_ref().unwrap().code.clone();
    assert_eq!([codes("说明.docx"), codes("打分表.pdf")], ["merge.stray", "app.pdf-not-imported"]);
    // A folder with nothing to take says so.
    let empty = folder.path().join("空");
    std::fs::create_dir_all(&empty).unwrap();
    let input = InboxInput { files: vec![empty], ..InboxInput::default() };
    assert_eq!(office.inbox(&input, &Watch::none()).unwrap_err().code(), "merge.nothing-given");
}

#[test]
fn a_folder_that_cannot_be_read_is_named_and_the_rest_is_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let stick = folder.path().join("U盘");
    for (number, inner) in ["System Volume Information", "lost+found", "$RECYCLE.BIN"].iter().enumerate() {
        std::fs::create_dir_all(stick.join(inner)).unwrap();
        campaign().write(&stick.join(inner), Which::first(2, number));
    }
    campaign().write(&stick, Which::first(0, 0));
    let deep: PathBuf = std::iter::repeat_n("内", 26).collect();
    std::fs::create_dir_all(stick.join(&deep)).unwrap();
    let mut office = Session::open(&folder.path().join("办公室"), world(), Language::Zh).unwrap();
    let view = look(&mut office, std::slice::from_ref(&stick));
    assert_eq!((view.files, view.sound, view.rows.len()), (1, 1, 2), "{:?}", view.rows);
    let problem = named(&view, "内").sheet.problem.clone().unwrap();
    assert!(problem.code == "merge.folder-deep" && problem.place.contains("没有看"), "{problem:?}");
    let run = office.take_in(
        &InboxInput { files: vec![stick], unverified: true, ..InboxInput::default() },
        None,
        &Watch::none(),
    );
    assert_eq!(office.import_log(run.unwrap().id).unwrap().len(), 2, "the folder stands in the log");
}

#[test]
fn the_advice_fits_who_signed_and_when() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (authority, crl) = (at("office.crt"), at("revoked.crl"));
    campaign().write_office(&authority);
    campaign().write_list(&crl, 3);
    let office = Hengjian { workspace: at("办公室") };
    let heard = campaign().office.certificate().fingerprint().to_string();
    office.ok(&["trust", "accept", shown(&authority), "--heard", &heard]);
    office.ok(&["trust", "revocations", shown(&crl)]);
    let revoked = campaign().write(folder.path(), Which::first(0, 3));
    let said = office.refused(3, &["inbox", shown(&revoked), "--import"]);
    assert!(said.contains("已被撤销") && said.contains("不要采用") && !said.contains("U 盘"), "{said}");
    // Merging gives the same advice.
    let out = at("汇总");
    let said = office.refused(3, &["merge", shown(&revoked), "--out", shown(&out)]);
    assert!(said.contains("不要采用") && !said.contains("U 盘"), "{said}");
    let package = shown(&revoked);
    let said = office.refused(3, &["import", package]);
    assert!(said.contains("不要采用") && !said.contains("U 盘"), "{said}");

    // Clocks: signed after this computer's now, and before the certificate was in force.
    let sound = campaign().write(folder.path(), Which::first(1, 1));
    let early = |seconds: i64| World { now: Box::new(move || NOW - seconds), ..world() };
    let mut slow = Session::open(&at("慢"), early(2 * 86_400), Language::Zh).unwrap();
    let view = look(&mut slow, &[sound]);
    assert!(view.rows[0].sound && hints(&view.rows[0]).contains(&"clocks-differ"), "{:?}", view.rows);
}

/// A sheet under a small rubric, signed as a person signs it on a machine of their own.
fn handed_in(folder: &Path, [name, organisation]: [&str; 2], unit: &str, score: &[&str]) -> PathBuf {
    let machine = Hengjian { workspace: folder.join(format!("{name}-{organisation}")) };
    let rubric = folder.join("考务.toml");
    std::fs::write(&rubric, RUBRIC).unwrap();
    let identity = machine.new_identity(name, organisation);
    let new = ["new", "--rubric", shown(&rubric), "--unit", unit, "--year", "2026", "--stage", "review"];
    let sheet = machine.json(&[&new[..], &["--assessor", name, "--organisation", organisation]].concat());
    let sheet = text(&sheet["id"]).to_owned();
    machine.ok(&[&["score", &sheet][..], score].concat());
    machine.ok(&["finalize", &sheet]);
    let out = folder.join(format!("交出-{name}-{organisation}"));
    machine.ok(&["export", &sheet, "--identity", &identity, "--no-pdf", "--out", shown(&out)]);
    only_file(&out, "hjp")
}

#[test]
fn names_units_and_editions_are_pointed_out_and_never_guessed() {
    let folder = tempfile::tempdir().unwrap();
    let marks = ["1-1=20", "1-2=12", "2-1=18", "2-2=17", "--condition", "1-3=no"];
    let unit_name = unit(0);
    let one = handed_in(folder.path(), ["韩雪", "第一专家组"], &unit_name, &marks);
    let other = handed_in(folder.path(), ["韩雪", &unit_name], &format!("{unit_name}（本部）"), &marks);
    let office = Hengjian { workspace: folder.path().join("办公室") };
    let both = office.ok(&["inbox", shown(&one), shown(&other), "--unverified"]);
    assert!(both.contains("“韩雪”有两个身份（") && both.contains("可能是同一个人"), "{both}");
    office.ok(&["inbox", shown(&one), "--unverified", "--import"]);
    let given = [shown(&other).to_owned(), shown(&campaign().write(folder.path(), Which::first(1, 1))).to_owned()];
    let said = office.ok(&["inbox", &given[0], &given[1], "--unverified"]);
    let hints = [
        format!("“{unit_name}”和“{unit_name}（本部）”可能是同一个单位"),
        format!("这里还没有“{}”的评估", unit(1)),
        // What came earlier is compared with as well.
        "“韩雪”有两个身份（".to_owned(),
    ];
    for hint in hints {
        assert_eq!(said.matches(&hint).count(), 1, "{hint}: {said}");
    }
    let again = office.ok(&["inbox", shown(&one), "--unverified"]);
    assert!(!again.contains("两个身份"), "nothing new: {again}");
    // He scored the unit that he belongs to, once somebody said that the two names are one.
    let own = handed_in(folder.path(), ["周宁", &unit_name], &unit_name, &marks);
    let said = office.ok(&["inbox", shown(&own), "--unverified"]);
    assert!(said.contains("周宁给自己所在的并州分校打分"), "{said}");
    let taken = office.json(&["list"]);
    assert_eq!(list(&taken).len(), 1, "nothing was taken by looking: {taken:#}");
}

#[test]
fn what_is_incomplete_or_of_a_newer_program_is_not_taken_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = Session::open(&folder.path().join("办公室"), world(), Language::Zh).unwrap();
    let newer = folder.path().join("新版.hjp");
    let write = "import sys, zipfile\n\
        old, new = zipfile.ZipFile(sys.argv[1]), zipfile.ZipFile(sys.argv[2], 'w')\n\
        for info in old.infolist():\n\
        \x20   data = old.read(info)\n\
        \x20   newer = info.filename.endswith('data/package.json')\n\
        \x20   new.writestr(info, data.replace(b'\"format\":1', b'\"format\":2') if newer else data)\n\
        new.close()";
    let today = campaign().write(folder.path(), Which::first(0, 0));
    judge("python3", &["-c", write, shown(&today), shown(&newer)]);
    let incomplete = campaign().write_with(folder.path(), Which::first(1, 1), |sheet| {
        let first = sheet.marks.keys().next().cloned().unwrap();
        sheet.marks.remove(&first);
    });
    let view = look(&mut office, &[newer, incomplete]);
    let problems: Vec<_> = view.rows.iter().filter_map(|row| row.sheet.problem.clone()).collect();
    assert_eq!(problems.len(), 2, "{:?}", view.rows);
    assert_eq!(view.sound, 0);
    assert!(problems[0].code == "package.package-newer" && problems[0].todo.contains("更新本程序"), "{}", problems[0]);
    assert!(problems[1].code == "app.bad-package" && problems[1].todo.contains("重新导出"), "{}", problems[1]);
}
