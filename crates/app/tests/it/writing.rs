//! Writing summaries, the report and the schedule, through a session on a workspace of its own.

use crate::desk::{new_sheet, workspace};
use app::evidence::Description;
use app::view::{ScheduleLine, ScheduleState, Stage, WritingDocument, WritingText, WritingView};
use app::writing::TEXT_MAXIMUM;
use app::{Session, Watch};
use std::collections::BTreeMap;

struct Desk {
    folder: tempfile::TempDir,
    session: Session,
    sheet: String,
}

impl Desk {
    fn new(rubric: &str) -> Self {
        let (folder, mut session) = workspace(None);
        let input = new_sheet(rubric, ("并州分校", 2022), Stage::SelfEvaluation, ("周宁", "并州分校"));
        let sheet = session.create_sheet(&input).unwrap();
        Self { folder, session, sheet }
    }

    fn attach(&mut self, name: &str, date: &str, points: &[&str]) {
        let file = self.folder.path().join(format!("{date}.txt"));
        std::fs::write(&file, name).unwrap();
        let points: Vec<String> = points.iter().map(ToString::to_string).collect();
        let description = Description { name: Some(name.to_owned()), date: date.to_owned(), ..Description::default() };
        let report =
            self.session.attach_described(&self.sheet, &points, &[file], &description, &Watch::none()).unwrap();
        assert_eq!(report.added.len(), 1, "{:?}", report.refused);
    }

    fn write(&mut self, place: &str, part: &str, text: &str) -> app::Result<app::view::WritingSaved> {
        self.session.write_text(&self.sheet, place, part, text)
    }

    fn view(&mut self) -> WritingView {
        self.session.writings(&self.sheet).unwrap()
    }
}

fn document<'a>(view: &'a WritingView, place: &str) -> &'a WritingDocument {
    view.documents.iter().find(|document| document.place == place).unwrap()
}

fn text<'a>(view: &'a WritingView, place: &str, part: &str) -> &'a WritingText {
    document(view, place).texts.iter().find(|text| text.part == part).unwrap()
}

#[test]
fn a_text_is_kept_with_its_count_and_an_empty_one_is_gone() {
    let mut desk = Desk::new("oucsx-2021");
    let saved =
        desk.write("summary:1.1", "preface", "占比\u{202e}为\u{200b}58.4%。\r\n第二段\u{7}\t\u{2067}完").unwrap();
    assert_eq!(saved.text.text, "占比为58.4%。\n第二段 完", "line ends, tabs and unseen signs are cleaned");
    assert_eq!((saved.text.count, saved.total, saved.over), (9, 9, false));
    desk.write("report", "overall", "总分868分。").unwrap();
    let view = desk.view();
    assert!(view.writable);
    assert_eq!(text(&view, "summary:1.1", "preface").text, "占比为58.4%。\n第二段 完");
    assert!(text(&view, "report", "overall").saved_at.is_some());
    assert_eq!(text(&view, "report", "1.1.1").saved_at, None);
    desk.write("report", "overall", " \n　").unwrap();
    assert_eq!(text(&desk.view(), "report", "overall").saved_at, None);
}

#[test]
fn a_limit_warns_and_does_not_block() {
    let mut desk = Desk::new("oucsx-2021");
    desk.write("summary:1.1", "preface", &"字".repeat(1500)).unwrap();
    assert!(!document(&desk.view(), "summary:1.1").over);
    let count = desk.session.count_text(&desk.sheet, "summary:1.1", "body", "又一字").unwrap();
    assert_eq!((count.count, count.total, count.over), (3, 1503, true));
    assert_eq!(document(&desk.view(), "summary:1.1").count, 1500, "counting stores nothing");
    assert!(desk.write("summary:1.1", "body", "又一字").unwrap().over);
    assert_eq!(document(&desk.view(), "summary:1").limit, Some(2000));
}

#[test]
fn a_reference_becomes_the_number_in_the_catalogue() {
    let mut desk = Desk::new("oucsx-2021");
    desk.attach("“十四五”发展规划", "2021.03", &["1.1.1-1", "1.2.1-1"]);
    desk.attach("转发并分校〔2021〕7号文的通知", "2020.09", &["1.1.1-2"]);
    let written = "见〔材料：“十四五”发展规划〕、〔材料:转发并分校〔2021〕7号文的通知〕和〔材料：没有的〕〔材料：未完";
    desk.write("report", "1.1.1", written).unwrap();
    let view = desk.view();
    let found = text(&view, "report", "1.1.1");
    let printed = "见（支撑材料1.1.1第2项“‘十四五’发展规划”）、（支撑材料1.1.1第1项“转发并分校〔2021〕7号文的通知”）\
                   和〔材料：没有的〕〔材料：未完";
    assert_eq!(found.printed, printed);
    assert_eq!(found.unresolved, ["没有的", "未完"]);
    // A text about 1.2.1 refers to the same piece by its number there.
    desk.write("summary:1.2", "body", "见〔材料：“十四五”发展规划〕").unwrap();
    assert_eq!(text(&desk.view(), "summary:1.2", "body").printed, "见（支撑材料1.2.1第1项“‘十四五’发展规划”）");
    let sections: Vec<(&str, usize)> = view.catalogue.iter().map(|s| (s.code.as_str(), s.items.len())).collect();
    assert_eq!(sections, [("1.1.1", 2), ("1.2.1", 1)]);
    assert_eq!(view.catalogue[0].items[1].mark, "〔材料：“十四五”发展规划〕");
}

#[test]
fn what_does_not_fit_is_refused_and_nothing_is_lost() {
    let mut desk = Desk::new("oucsx-2021");
    desk.write("report", "advice", "原来的").unwrap();
    let code = |result: app::Result<app::view::WritingSaved>| result.unwrap_err().code().to_owned();
    assert_eq!(code(desk.write("summary:9", "preface", "x")), "app.unknown-place");
    assert_eq!(code(desk.write("report", "preface", "x")), "app.unknown-part");
    let long = "字".repeat(TEXT_MAXIMUM + 1);
    assert_eq!(code(desk.write("report", "advice", &long)), "app.text-too-long");
    let both = BTreeMap::from([
        ("report".to_owned(), BTreeMap::from([("advice".to_owned(), "新的".to_owned())])),
        ("summary:9".to_owned(), BTreeMap::from([("preface".to_owned(), "x".to_owned())])),
    ]);
    assert!(desk.session.write_texts(&desk.sheet, &both).is_err());
    assert_eq!(text(&desk.view(), "report", "advice").text, "原来的");
}

#[test]
fn texts_can_be_written_after_the_sheet_is_locked() {
    let mut desk = Desk::new("oucsx-2021");
    let rubric = app::rubrics::load("oucsx-2021").unwrap().rubric;
    let points: Vec<String> = rubric.points().map(|(_, point)| point.code.clone()).collect();
    for point in &points {
        desk.session.set_full(&desk.sheet, point).unwrap();
    }
    for limit in desk.session.state(&desk.sheet).unwrap().limits {
        if limit.present.is_none() {
            desk.session.set_limit(&desk.sheet, &limit.code, Some(false)).unwrap();
        }
    }
    let finalised = desk.session.finalize(&desk.sheet).map(|_| ());
    assert!(finalised.is_ok(), "{finalised:?}");
    desk.write("report", "overall", "自评总分已定。").unwrap();
    assert_eq!(text(&desk.view(), "report", "overall").text, "自评总分已定。");
}

#[test]
fn the_schedule_begins_as_the_source_prints_it() {
    let mut desk = Desk::new("oucsx-2021");
    let view = desk.session.schedule(&desk.sheet).unwrap();
    assert_eq!((view.own, view.lines.len()), (false, 19));
    assert_eq!(
        (view.lines[0].time.as_str(), view.lines[3].item.as_str()),
        ("2021.10．26", "正在形成的材料\n（随时上报）")
    );
    let mut lines = view.lines[..2].to_vec();
    lines[0].state = ScheduleState::Done;
    let kept = desk.session.set_schedule(&desk.sheet, &lines).unwrap();
    assert_eq!((kept.own, &kept.lines), (true, &lines));
    lines[1].note = "字".repeat(501);
    let refused = desk.session.set_schedule(&desk.sheet, &lines).unwrap_err();
    assert!(desk.session.problem(&refused).what.contains("第 2 行“备注”"));
    let many = vec![lines[0].clone(); 201];
    assert_eq!(desk.session.set_schedule(&desk.sheet, &many).unwrap_err().code(), "app.schedule-too-long");
    assert_eq!(desk.session.schedule(&desk.sheet).unwrap(), kept);
    assert_eq!(desk.session.set_schedule(&desk.sheet, &[]).unwrap().lines.len(), 19, "the source's own stands again");
}

#[test]
fn a_rubric_whose_source_prints_none_has_an_empty_schedule() {
    let mut desk = Desk::new("coal-2021");
    let line = ScheduleLine {
        time: "2026.3".to_owned(),
        item: "自评".to_owned(),
        who: String::new(),
        note: String::new(),
        state: ScheduleState::Doing,
    };
    assert!(desk.session.schedule(&desk.sheet).unwrap().lines.is_empty());
    assert_eq!(desk.session.set_schedule(&desk.sheet, std::slice::from_ref(&line)).unwrap().lines, [line]);
}

#[test]
fn texts_and_schedule_come_along_to_another_edition() {
    let mut desk = Desk::new("oucsx-2021");
    let shipped = app::rubrics::load("oucsx-2021").unwrap().text;
    let newer = desk.folder.path().join("newer.toml");
    std::fs::write(&newer, shipped.replace("edition = \"2021-10\"", "edition = \"2026-10\"")).unwrap();
    desk.write("report", "1.1.1", "坚持办学方向。").unwrap();
    let lines = desk.session.schedule(&desk.sheet).unwrap().lines[..3].to_vec();
    desk.session.set_schedule(&desk.sheet, &lines).unwrap();
    let there = desk.session.migrate(&desk.sheet, newer.to_str().unwrap()).unwrap().sheet;
    assert_eq!(desk.session.written_text(&there, "report", "1.1.1").unwrap().text, "坚持办学方向。");
    assert_eq!(desk.session.schedule(&there).unwrap().lines, lines);
    assert_eq!(text(&desk.view(), "report", "1.1.1").text, "坚持办学方向。", "the old assessment keeps its own");
}
