//! Looking at evidence: what each kind of file gives, what is wrong with a file, and what is not opened unasked.

use crate::desk::{new_sheet, workspace};
use app::preview::Previews;
use app::view::{PreviewContent, PreviewDanger, PreviewNone, PreviewView, Stage};
use app::{Language, Session, Watch};
use std::path::PathBuf;

struct Desk {
    folder: tempfile::TempDir,
    session: Session,
    sheet: String,
    previews: Previews,
}

impl Desk {
    fn new() -> Self {
        let (folder, mut session) = workspace(None);
        let input = new_sheet("oucsx-2021", ("并州分校", 2022), Stage::SelfEvaluation, ("周宁", "并州分校"));
        let sheet = session.create_sheet(&input).unwrap();
        Self { folder, session, sheet, previews: Previews::default() }
    }

    fn attach(&mut self, name: &str, content: &[u8]) -> String {
        let file = self.folder.path().join(name);
        std::fs::write(&file, content).unwrap();
        let report = self.session.attach(&self.sheet, &["1.1.1-1".into()], &[file], &Watch::none()).unwrap();
        report.added.into_iter().next().unwrap()
    }

    fn look(&mut self, item: &str) -> Result<PreviewView, app::Failure> {
        let turn = self.previews.turn();
        self.session.look_job(&self.sheet, item)?.look(&turn)
    }

    /// What a file with this content gives, or the code of why it cannot be shown.
    fn looked(&mut self, name: &str, content: &[u8]) -> Result<PreviewView, String> {
        let item = self.attach(name, content);
        self.look(&item).map_err(|failure| failure.code().to_owned())
    }

    fn stored(&mut self, item: &str) -> PathBuf {
        let items = self.session.catalogue(&self.sheet).unwrap();
        let sha256 = &items.iter().find(|one| one.id == item).unwrap().sha256;
        let folder = self.session.root().join("evidence").join(&sha256[..2]);
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).next().unwrap()
    }
}

#[test]
fn texts_and_tables_are_read_in_the_encodings_of_chinese_files() {
    let mut desk = Desk::new();
    // 考试安排 in GB18030.
    let gb = b"\xbf\xbc\xca\xd4\xb0\xb2\xc5\xc5\xa3\xba\xc7\xeb\xd3\xda\xca\xae\xd4\xc2\xb1\xa8\xcb\xcd\xa1\xa3";
    let view = desk.looked("通知.txt", gb).unwrap();
    let PreviewContent::Text { text, encoding, more } = view.content else { panic!("{view:?}") };
    assert_eq!((text.as_str(), encoding.as_str(), more), ("考试安排：请于十月报送。", "gb18030", false));
    let view = desk.looked("名单.csv", "姓名,人数\n并州,12\n".as_bytes()).unwrap();
    let PreviewContent::Tables { tables, .. } = view.content else { panic!("{view:?}") };
    assert_eq!(tables[0].rows, [["姓名", "人数"], ["并州", "12"]]);
}

#[test]
fn a_very_long_text_is_cut_and_says_so() {
    let mut desk = Desk::new();
    let view = desk.looked("日志.txt", "一行文字\n".repeat(2_000_000).as_bytes()).unwrap();
    let PreviewContent::Text { text, more, .. } = view.content else { panic!("{:?}", view.danger) };
    assert!(more && text.len() <= 512 << 10, "{}", text.len());
}

#[test]
fn bytes_of_a_pdf_are_given_piece_by_piece_until_the_next_look() {
    let mut desk = Desk::new();
    let view = desk.looked("文件.pdf", b"%PDF-1.7 0123456789").unwrap();
    assert_eq!(view.content, PreviewContent::Pdf { bytes: 19 });
    assert_eq!(desk.previews.bytes(view.ticket, 9, 13).unwrap(), b"0123");
    assert_eq!(desk.previews.bytes(view.ticket, 15, 90).unwrap(), b"6789");
    desk.looked("b.txt", b"text").unwrap();
    assert_eq!(desk.previews.bytes(view.ticket, 0, 4).unwrap_err().code(), "preview.left");
}

#[test]
fn a_newer_look_ends_the_one_before() {
    let mut desk = Desk::new();
    let item = desk.attach("a.txt", b"text");
    let job = desk.session.look_job(&desk.sheet, &item).unwrap();
    let turn = desk.previews.turn();
    desk.previews.leave();
    assert_eq!(job.look(&turn).unwrap_err().code(), "preview.left");
    assert!(job.look(&desk.previews.turn()).is_ok());
}

#[test]
fn what_is_wrong_with_a_file_is_said() {
    let mut desk = Desk::new();
    let code = |found: Result<PreviewView, String>| found.unwrap_err();
    assert_eq!(code(desk.looked("坏.png", b"\x89PNG\r\n\x1a\nbroken")), "preview.broken-picture");
    assert_eq!(code(desk.looked("坏.docx", b"PK\x03\x04broken")), "preview.damaged");
    assert_eq!(code(desk.looked("坏.xlsx", b"PK\x03\x04 broken")), "preview.damaged");
    let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let locked = [&[0xD0, 0xCF, 0x11, 0xE0][..], &locked].concat();
    assert_eq!(code(desk.looked("加密.docx", &locked)), "preview.protected");

    let item = desk.attach("a.txt", b"first");
    let stored = desk.stored(&item);
    std::fs::remove_file(&stored).unwrap();
    std::fs::write(&stored, b"other").unwrap();
    let failure = desk.look(&item).unwrap_err();
    assert!(failure.problem(Language::Zh).what.contains("内容与添加时不同"));
    std::fs::remove_file(&stored).unwrap();
    assert!(desk.look(&item).unwrap_err().problem(Language::Zh).what.contains("文件不在了"));
}

#[test]
fn a_sound_file_that_is_changed_later_is_noticed() {
    let mut desk = Desk::new();
    let item = desk.attach("a.txt", b"first");
    desk.look(&item).unwrap();
    let stored = desk.stored(&item);
    std::fs::remove_file(&stored).unwrap();
    std::fs::write(&stored, b"other").unwrap();
    assert_eq!(desk.look(&item).unwrap_err().code(), "app.evidence-wanting");
}

#[test]
fn what_runs_is_opened_only_after_a_second_thought() {
    let mut desk = Desk::new();
    let cases: [(&str, &[u8], PreviewDanger, &str); 3] = [
        ("run.bat", b"del", PreviewDanger::Program, "app.executable"),
        ("照片.jpg", b"MZ\x90\0\x03\0", PreviewDanger::Disguised, "app.executable"),
        ("表.xlsm", b"PK\x05\x06 macros", PreviewDanger::Macros, "app.has-macros"),
    ];
    for (name, content, danger, code) in cases {
        let item = desk.attach(name, content);
        assert_eq!(desk.look(&item).unwrap().danger, Some(danger), "{name}");
        let job = desk.session.look_job(&desk.sheet, &item).unwrap();
        assert_eq!(job.copy(&desk.previews, false).unwrap_err().code(), code, "{name}");
        assert_eq!(std::fs::read(job.copy(&desk.previews, true).unwrap()).unwrap(), content, "{name}");
    }
    let view = desk.looked("讲话.mp3", b"ID3\x03\0").unwrap();
    assert_eq!((view.content, view.danger), (PreviewContent::None { why: PreviewNone::Sound }, None));
}

#[test]
fn files_that_vanish_before_they_are_copied_are_named_and_the_others_stay() {
    let mut desk = Desk::new();
    let there = desk.folder.path().join("在.txt");
    std::fs::write(&there, b"there").unwrap();
    let gone = desk.folder.path().join("U盘/改名了.txt");
    let report = desk.session.attach(&desk.sheet, &["1.1.1-1".into()], &[gone, there], &Watch::none()).unwrap();
    assert_eq!((report.added.len(), report.refused.len()), (1, 1));
    let problem = &report.refused[0].problem;
    assert!(problem.code == "store.file-missing" && problem.what.contains("改名了.txt"), "{problem:?}");
}

#[test]
fn what_a_killed_copy_left_is_told_and_cleared() {
    let mut desk = Desk::new();
    desk.attach("a.txt", b"text");
    let incoming = desk.session.root().join("evidence/incoming");
    std::fs::write(incoming.join("left"), b"half").unwrap();
    let left = desk.session.check_evidence(&desk.sheet, &Watch::none()).unwrap().leftovers.unwrap();
    assert_eq!((left.files, left.size.as_str()), (1, "4 B"));
    desk.session.clear_leftovers().unwrap();
    let check = desk.session.check_evidence(&desk.sheet, &Watch::none()).unwrap();
    assert!(check.leftovers.is_none() && check.problems.is_empty());
}
