//! The catalogue of evidence: fields of each medium, pages, photographs, the period, duplicates, and undo of all of it.

use crate::desk::{new_sheet, workspace};
use app::view::{AttachReport, EvidenceChange, EvidenceItem, EvidenceMedium, Stage};
use app::{Language, Session, Watch};

struct Desk {
    folder: tempfile::TempDir,
    session: Session,
    sheet: String,
}

impl Desk {
    fn new() -> Self {
        // 2022-09-01
        let (folder, session) = workspace(Some(1_661_990_400));
        let mut desk = Self { folder, session, sheet: String::new() };
        desk.sheet = desk.sheet_of(Stage::SelfEvaluation, "周宁");
        desk
    }

    fn sheet_of(&mut self, stage: Stage, assessor: &str) -> String {
        let input = new_sheet("oucsx-2021", ("并州分校", 2022), stage, (assessor, "并州分校"));
        self.session.create_sheet(&input).unwrap()
    }

    fn attach_file(&mut self, name: &str, content: &[u8], point: &str) -> AttachReport {
        let file = self.folder.path().join(name);
        std::fs::write(&file, content).unwrap();
        self.session.attach(&self.sheet, &[point.to_owned()], &[file], &Watch::none()).unwrap()
    }

    /// A new piece, by its id.
    fn attach(&mut self, name: &str, point: &str) -> String {
        self.attach_file(name, name.as_bytes(), point).added.remove(0)
    }

    fn change(&mut self, changes: &[EvidenceChange]) {
        self.session.change_evidence(&self.sheet, changes).unwrap();
    }

    fn set(&mut self, item: &str, field: &str, value: &str) {
        self.change(&[set(item, field, value)]);
    }

    fn refused(&mut self, changes: &[EvidenceChange]) -> String {
        self.session.change_evidence(&self.sheet, changes).unwrap_err().code().to_owned()
    }

    fn items(&mut self) -> Vec<EvidenceItem> {
        self.session.catalogue(&self.sheet).unwrap()
    }

    fn item(&mut self, id: &str) -> EvidenceItem {
        self.items().into_iter().find(|item| item.id == id).unwrap()
    }

    fn hint(&mut self, id: &str, code: &str) -> Option<String> {
        self.item(id).hints.into_iter().find(|hint| hint.code == code).map(|hint| hint.text)
    }

    fn step(&mut self, undo: bool) {
        self.session.step(&self.sheet, undo).unwrap();
    }
}

fn set(item: &str, field: &str, value: &str) -> EvidenceChange {
    EvidenceChange::Set { item: item.into(), field: field.into(), value: value.into() }
}

fn link(item: &str, point: &str) -> EvidenceChange {
    EvidenceChange::Link { item: item.into(), point: point.into() }
}

fn page(item: &str, point: &str, page: &str) -> EvidenceChange {
    EvidenceChange::Page { item: item.into(), point: point.into(), page: page.into() }
}

#[test]
fn each_medium_is_asked_for_its_own_details() {
    let mut desk = Desk::new();
    let photo = desk.attach("巡考.png", "1.1.1-1");
    assert_eq!(desk.hint(&photo, "lacking").unwrap(), "缺时间、类型、材料形式");
    for (field, value) in [("date", "2021.10"), ("kind", "E"), ("medium", "photograph")] {
        desk.set(&photo, field, value);
    }
    assert_eq!(desk.hint(&photo, "lacking").unwrap(), "缺地点、人物、内容、摄影者");
    for (field, value) in [("place", "太原"), ("people", "考务人员"), ("content", "巡考"), ("photographer", "李工")]
    {
        desk.set(&photo, field, value);
    }
    let whole = desk.item(&photo);
    assert_eq!((whole.hints, whole.medium), (Vec::new(), Some(EvidenceMedium::Photograph)));
    assert_eq!(whole.details["photographer"], "李工");
    desk.set(&photo, "people", "");
    assert_eq!(desk.hint(&photo, "lacking").unwrap(), "缺人物");

    let tape = desk.attach("座谈会.mp3", "1.1.1-1");
    assert_eq!(desk.item(&tape).medium, Some(EvidenceMedium::Recording), "a sound is a recording");
    desk.set(&tape, "minutes", "45分钟");
    assert_eq!(desk.item(&tape).details["minutes"], "45");
    let media = desk.session.desk(&desk.sheet).unwrap().media;
    assert!(media.iter().any(|medium| medium.sentence.contains("带长（分钟）")), "{media:?}");
}

#[test]
fn what_does_not_fit_is_refused_as_a_whole() {
    let mut desk = Desk::new();
    let item = desk.attach("规划.pdf", "1.1.1-1");
    let before = desk.items();
    for (change, code) in [
        (set(&item, "date", "2021-9"), "assessment.bad-date"),
        (set(&item, "kind", "F"), "assessment.bad-kind"),
        (set(&item, "medium", "film"), "assessment.bad-medium"),
        (set(&item, "minutes", "很长"), "assessment.bad-minutes"),
        (set(&item, "time", "去年"), "assessment.bad-time"),
        (set(&item, "colour", "红"), "assessment.unknown-detail"),
        (set(&item, "name", " "), "assessment.bad-text"),
        (set(&item, "place", &"长".repeat(201)), "assessment.bad-text"),
        (page(&item, "1.1.1-1", &"页".repeat(41)), "assessment.bad-text"),
        (page(&item, "1.1.1-2", "第3页"), "app.not-linked"),
        (link(&item, "9.9.9"), "mark.unknown-code"),
        (set("ffffffff", "note", "x"), "store.unknown-evidence"),
    ] {
        assert_eq!(desk.refused(&[set(&item, "note", "晋开大〔2021〕1号"), change.clone()]), code, "{change:?}");
        assert_eq!(desk.items(), before, "{change:?}");
    }
    let remove = EvidenceChange::Remove { item: item.clone() };
    assert_eq!(desk.refused(&[remove, set(&item, "note", "x")]), "store.unknown-evidence");
    let failure = desk.session.change_evidence(&desk.sheet, &[page(&item, "1.1.1-1", &"页".repeat(41))]).unwrap_err();
    assert_eq!(failure.problem(Language::Zh).what, "“规划 页码”没有记下");
}

#[test]
fn one_step_takes_back_all_that_one_act_did() {
    let mut desk = Desk::new();
    let ids: Vec<String> = (0..3).map(|n| desk.attach(&format!("材料{n}.pdf"), "1.1.1-1")).collect();
    let start = desk.items();
    let mut changes: Vec<EvidenceChange> = ids.iter().map(|id| set(id, "date", "2021.09")).collect();
    changes.extend([link(&ids[0], "1.1.1-2"), page(&ids[0], "1.1.1-2", "第3页"), set(&ids[1], "kind", "B")]);
    changes.push(EvidenceChange::Remove { item: ids[2].clone() });
    desk.change(&changes);
    let done = desk.items();
    assert_eq!((done.len(), done[0].pages["1.1.1-2"].as_str(), done[1].date.as_str()), (2, "第3页", "2021.09"));
    desk.step(true);
    assert_eq!(desk.items(), start, "the piece that was removed is back");
    desk.step(false);
    assert_eq!(desk.items(), done);
    desk.step(true);

    // Between marks, in the order of the person's acts; attaching is an act as well.
    desk.session.set_mark(&desk.sheet, "1.1.1-1", Some("4")).unwrap();
    desk.set(&ids[1], "note", "晋开大〔2021〕2号");
    desk.step(true);
    assert_eq!(desk.items(), start);
    desk.step(true);
    for left in [2, 1, 0] {
        desk.step(true);
        assert_eq!(desk.items().len(), left);
    }
    for _ in 0..5 {
        desk.step(false);
    }
    assert_eq!(desk.item(&ids[1]).note, "晋开大〔2021〕2号");
    assert!(
        desk.session.check_evidence(&desk.sheet, &Watch::none()).unwrap().problems.is_empty(),
        "files stayed where they were"
    );
}

#[test]
fn files_of_one_call_are_one_act() {
    let mut desk = Desk::new();
    let files: Vec<_> = (0..3).map(|n| desk.folder.path().join(format!("{n}.pdf"))).collect();
    files.iter().enumerate().for_each(|(n, file)| std::fs::write(file, n.to_string()).unwrap());
    desk.session.attach(&desk.sheet, &["1.1.1-1".to_owned()], &files, &Watch::none()).unwrap();
    desk.step(true);
    assert_eq!(desk.items().len(), 0);
    desk.step(false);
    assert_eq!(desk.items().len(), 3);
}

#[test]
fn what_another_sheet_changed_since_is_not_undone_here() {
    let mut desk = Desk::new();
    let item = desk.attach("规划.pdf", "1.1.1-1");
    desk.set(&item, "note", "一号");
    let review = desk.sheet_of(Stage::Review, "韩立群");
    desk.session.change_evidence(&review, &[set(&item, "note", "二号")]).unwrap();
    assert!(!desk.session.state(&desk.sheet).unwrap().can_undo);
    desk.step(true);
    assert_eq!(desk.item(&item).note, "二号");
}

#[test]
fn nothing_of_a_finalised_sheet_comes_back_by_undo() {
    let mut desk = Desk::new();
    let sample = format!("{}/../../assets/sample/self-周宁.json", env!("CARGO_MANIFEST_DIR"));
    let input = app::assess::read("样例", &std::fs::read_to_string(sample).unwrap()).unwrap();
    desk.session.enter_input(&desk.sheet, &input).unwrap();
    let (kept, removed) = (desk.attach("规划.pdf", "1.1.1-1"), desk.attach("草稿.pdf", "1.1.1-1"));
    let review = desk.sheet_of(Stage::Review, "韩立群");
    let remove = EvidenceChange::Remove { item: removed };
    desk.session.change_evidence(&review, &[set(&kept, "note", "一号"), remove]).unwrap();
    desk.session.finalize(&desk.sheet).unwrap();
    let before = desk.items();
    let state = desk.session.step(&review, true).unwrap();
    assert!(!state.can_undo);
    assert_eq!(desk.items(), before);
    let refused = desk.session.change_evidence(&review, &[set(&kept, "note", "二号")]).unwrap_err();
    assert_eq!(refused.code(), "app.evidence-held");
}

#[test]
fn evidence_outside_of_the_period_is_pointed_out() {
    let mut desk = Desk::new();
    let item = desk.attach("规划.pdf", "1.1.1-1");
    for (date, inside) in [("2018.12", false), ("2019.01", true), ("2022.09", true), ("2023.01", false), ("", true)] {
        desk.set(&item, "date", date);
        assert_eq!(desk.hint(&item, "outside-period").is_none(), inside, "{date}");
    }
    desk.change(&[set(&item, "medium", "certificate"), set(&item, "time", "2017年5月")]);
    assert_eq!(desk.hint(&item, "outside-period").unwrap(), "时间 2017-05 不在评估期 2019—2022 年内");
    let period = desk.session.desk(&desk.sheet).unwrap().period.unwrap();
    assert_eq!((period.from, period.to), (2019, 2022));
    assert!(period.sentence.contains("三个整年+当年"), "{}", period.sentence);
}

#[test]
fn the_same_content_and_the_same_name_are_pointed_out() {
    let mut desk = Desk::new();
    let first = desk.attach_file("通报.pdf", b"one", "1.1.1-1").added.remove(0);
    let again = desk.attach_file("通报（副本）.pdf", b"one", "1.1.1-2");
    assert_eq!((again.linked, again.duplicates), (vec![first.clone()], vec!["通报".to_owned()]));
    assert_eq!(desk.item(&first).points, ["1.1.1-1", "1.1.1-2"]);
    let other = desk.attach_file("通报.pdf", b"two", "1.1.1-2").added.remove(0);
    let hint = desk.item(&other).hints.into_iter().find(|hint| hint.code == "same-name").unwrap();
    assert_eq!((hint.text.as_str(), hint.others), ("与“通报”（1.1.1-1、1.1.1-2）同名，内容不同", vec![first]));
}

/// A picture that is nothing but a camera's record: 2021:10:15 09:32:58.
fn photograph() -> Vec<u8> {
    let mut tiff =
        b"MM\x00\x2A\x00\x00\x00\x08\x00\x01\x87\x69\x00\x04\x00\x00\x00\x01\x00\x00\x00\x1A\x00\x00\x00\x00".to_vec();
    tiff.extend(b"\x00\x01\x90\x03\x00\x02\x00\x00\x00\x14\x00\x00\x00\x2C\x00\x00\x00\x00");
    tiff.extend(b"2021:10:15 09:32:58\0");
    let mut file = b"\xFF\xD8\xFF\xE1".to_vec();
    file.extend(u16::try_from(tiff.len() + 8).unwrap().to_be_bytes());
    file.extend(b"Exif\0\0");
    file.extend(tiff);
    file.extend(b"\xFF\xD9");
    file
}

#[test]
fn a_photographs_own_record_is_offered_and_overwrites_nothing() {
    let mut desk = Desk::new();
    let item = desk.attach_file("IMG_0001.JPG", &photograph(), "1.1.1-1").added.remove(0);
    let offered = desk.item(&item);
    let photo = offered.photo.unwrap();
    assert_eq!((photo.taken.as_str(), photo.open, offered.date.as_str()), ("2021-10-15 09:32", true, ""));
    let take = EvidenceChange::Photo { item: item.clone() };
    desk.change(std::slice::from_ref(&take));
    let taken = desk.item(&item);
    assert_eq!((taken.date.as_str(), taken.details["time"].as_str()), ("2021.10", "2021-10-15 09:32"));
    assert!(!taken.photo.unwrap().open);
    desk.step(true);
    desk.change(&[set(&item, "date", "2021.09"), take]);
    assert_eq!(desk.item(&item).date, "2021.09", "what a person typed stays");

    let broken = desk.attach_file("坏.jpg", &photograph()[..40], "1.1.1-1").added.remove(0);
    assert_eq!(desk.item(&broken).photo, None);
}
