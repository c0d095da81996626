//! The documents of an assessment, from the sample to paper; their texts read back by pdftotext.

use crate::desk::{new_sheet, workspace};
use app::documents::Kind;
use app::evidence::Description;
use app::localise::Target;
use app::view::{DocumentFormat, DocumentOptions, DocumentView, NewSheet, Stage};
use app::{Session, Watch};
use std::path::{Path, PathBuf};
use std::process::Command;

const RUBRICS: [&str; 6] =
    ["oucsx-2021", "coal-2021", "urumqi-base", "platform-2024", "resource-2024", "gbt38856-2020"];

struct Desk {
    folder: tempfile::TempDir,
    session: Session,
    sheet: String,
}

fn sample(rubric: &str) -> PathBuf {
    let name = if rubric == "oucsx-2021" { "self-周宁" } else { rubric };
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/sample").join(format!("{name}.json"))
}

impl Desk {
    fn new(rubric: &str, unit: &str) -> Self {
        // 2022-09-01
        let (folder, session) = workspace(Some(1_661_990_400));
        let mut desk = Self { folder, session, sheet: String::new() };
        desk.sheet = desk.sheet_of(rubric, unit, Stage::SelfEvaluation, "周宁");
        desk
    }

    fn sheet_of(&mut self, rubric: &str, unit: &str, stage: Stage, assessor: &str) -> String {
        let input = new_sheet(rubric, (unit, 2022), stage, (assessor, "并州分校"));
        self.session.create_sheet(&input).unwrap()
    }

    /// A sheet with the sample's findings.
    fn scored(rubric: &str) -> Self {
        let mut desk = Self::new(rubric, "并州分校");
        let sheet = desk.sheet.clone();
        desk.score(&sheet, &sample(rubric));
        desk
    }

    fn score(&mut self, sheet: &str, file: &Path) {
        let text = std::fs::read_to_string(file).unwrap();
        let input = app::assess::read("样例", &text).unwrap();
        self.session.enter_input(sheet, &input).unwrap();
    }

    fn attach(&mut self, name: &str, date: &str, point: &str) {
        let file = self.folder.path().join("材料.txt");
        std::fs::write(&file, format!("{name}{date}{point}")).unwrap();
        let description = Description { name: Some(name.to_owned()), date: date.to_owned(), ..Description::default() };
        let points = [point.to_owned()];
        let report =
            self.session.attach_described(&self.sheet, &points, &[file], &description, &Watch::none()).unwrap();
        assert_eq!(report.added.len(), 1, "{:?}", report.refused);
    }

    fn views(&mut self) -> Vec<DocumentView> {
        self.session.documents(&self.sheet).unwrap()
    }

    fn pdf(&mut self, document: &str, options: &DocumentOptions) -> Vec<u8> {
        let sheet = self.sheet.clone();
        self.session.preview(&sheet, document, options).unwrap_or_else(|failure| panic!("{document}: {failure:?}"))
    }

    /// What a reader copies from a document, without blanks.
    fn text(&mut self, document: &str, options: &DocumentOptions) -> String {
        let bytes = self.pdf(document, options);
        let file = self.folder.path().join("文书.pdf");
        std::fs::write(&file, bytes).unwrap();
        let said = Command::new("pdftotext").args([file.to_str().unwrap(), "-"]).output().unwrap();
        assert!(said.status.success());
        String::from_utf8(said.stdout).unwrap().chars().filter(|c| !c.is_whitespace()).collect()
    }

    fn refusal(&mut self, document: &str, format: &DocumentFormat, options: &DocumentOptions) -> String {
        let path = self.folder.path().join("不写.pdf");
        let sheet = self.sheet.clone();
        let target = Target { path: &path, replace: false };
        let refused = self.session.export_document(&sheet, document, format, target, options).unwrap_err();
        assert!(!path.exists(), "{document}");
        refused.code().to_owned()
    }
}

fn indicator(code: &str) -> DocumentOptions {
    DocumentOptions { indicator: Some(code.to_owned()), ..DocumentOptions::default() }
}

fn sealed(path: &Path) -> DocumentOptions {
    DocumentOptions { seal: Some(path.to_str().unwrap().to_owned()), ..DocumentOptions::default() }
}

/// Marks of one point.
fn marks(point: &str, mark: &str) -> app::assess::Input {
    let text = format!(r#"{{"scores":{{"{point}":"{mark}"}}}}"#);
    app::assess::read("一项", &text).unwrap()
}

const RED: [u8; 4] = [210, 20, 30, 255];

/// A picture of one colour.
fn picture(path: &Path, (width, height): (u32, u32), colour: [u8; 4]) {
    let file = std::fs::File::create(path).unwrap();
    let mut encoder = png::Encoder::new(std::io::BufWriter::new(file), width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::One);
    encoder.set_palette(&colour[..3]);
    encoder.set_trns(&colour[3..]);
    let row = usize::try_from(width.div_ceil(8)).unwrap();
    encoder.write_header().unwrap().write_image_data(&vec![0; row * usize::try_from(height).unwrap()]).unwrap();
}

#[test]
fn every_rubric_offers_the_documents_that_it_can_make_and_says_why_not() {
    for rubric in RUBRICS {
        let mut desk = Desk::scored(rubric);
        let checklist = rubric == "gbt38856-2020";
        let own = rubric == "oucsx-2021";
        let able = ["score-sheet", "score-report", "missing"].into_iter();
        let able = able.chain(["assignment", "work-list", "reminder", "schedule"].into_iter().filter(|_| own));
        let able: Vec<&str> = able.chain(checklist.then_some("conformance")).collect();
        for view in desk.views() {
            assert_eq!(view.available, able.contains(&view.id.as_str()), "{rubric} {}", view.id);
            assert_eq!(view.available, view.why_not.is_none());
            for format in view.formats.iter().filter(|_| view.available) {
                let path = desk.folder.path().join(format!("{}.{}", view.id, format.name()));
                let target = Target { path: &path, replace: false };
                let sheet = desk.sheet.clone();
                let made = desk.session.export_document(&sheet, &view.id, format, target, &DocumentOptions::default());
                let made = made.unwrap_or_else(|failure| panic!("{rubric} {} {failure:?}", view.id));
                assert!(std::fs::metadata(&path).unwrap().len() > 1000 && made.path == path.display().to_string());
            }
        }
    }
}

#[test]
fn score_sheets_have_the_columns_of_their_source() {
    let cases: [(&str, &[&str]); 6] = [
        ("oucsx-2021", &["一级指标", "三级指标", "观测点", "自评得分", "自评总分：868", "自评结论等次：良好"]),
        (
            "coal-2021",
            &["评价要素", "评价标准", "评价方法", "指标类型", "复评", "1.设立煤炭远教网管理机构", "E2弄虚作假"],
        ),
        ("urumqi-base", &["内容", "标准", "分值", "评分办法", "合计", "加分项"]),
        ("platform-2024", &["三级指标", "内容要求", "评估方法", "评分规则", "机构资质不符合要求：单项否决"]),
        ("resource-2024", &["三级指标", "内容要求", "评估方法", "评分规则"]),
        ("gbt38856-2020", &["条款", "要点", "要求", "5.1-1", "职责", "部分符合", "应条款：适用28条，符合23条。"]),
    ];
    for (rubric, texts) in cases {
        let said = Desk::scored(rubric).text("score-sheet", &DocumentOptions::default());
        for text in texts {
            assert!(said.contains(text), "{rubric}: {text}\n{said}");
        }
    }
}

#[test]
fn a_review_stands_beside_the_finalised_marks_of_the_unit() {
    let mut desk = Desk::scored("oucsx-2021");
    let own = desk.sheet.clone();
    let review = desk.sheet_of("oucsx-2021", "并州分校", Stage::Review, "韩立群");
    desk.score(&review, &sample("oucsx-2021").with_file_name("review-韩立群.json"));
    desk.sheet.clone_from(&review);
    let alone = desk.text("score-sheet", &DocumentOptions::default());
    assert!(alone.contains("复评得分") && !alone.contains("自评得分"), "a draft's marks are not shown");
    desk.session.finalize(&own).unwrap();
    let beside = desk.text("score-sheet", &DocumentOptions::default());
    assert!(beside.contains("复评得分") && beside.contains("自评得分") && beside.contains("复评总分：812"));
}

#[test]
fn the_score_report_tells_how_marks_were_reached() {
    let mut desk = Desk::scored("oucsx-2021");
    desk.attach("并州分校“十四五”发展规划", "2021.03", "1.1.1-1");
    let said = desk.text("score-report", &DocumentOptions::default());
    let texts = [
        "一、结论",
        "草稿，未定稿",
        "图1一级指标得分率",
        "三、得分率低于60%的指标",
        "（六）创新与服务",
        "材料：1.并州分校“十四五”发展规划（2021.03）",
        "得分4/4",
    ];
    for text in texts {
        assert!(said.contains(text), "{text}\n{said}");
    }
    let said = Desk::scored("coal-2021").text("score-report", &DocumentOptions::default());
    assert!(said.contains("五、加分和扣分") && said.contains("E3低活跃度"), "{said}");
}

#[test]
fn what_is_half_scored_is_not_called_low() {
    let mut desk = Desk::new("oucsx-2021", "并州分校");
    let sheet = desk.sheet.clone();
    desk.session.enter_input(&sheet, &marks("1.1.1-1", "0")).unwrap();
    let said = desk.text("score-report", &DocumentOptions::default());
    assert!(said.contains("没有。另有") && said.contains("没有评完，不在其中。"), "{said}");
    assert!(said.contains("未评完") && said.contains("得分0/4") && said.contains("未评（满分"), "{said}");
    assert!(!said.contains("得分未评"), "{said}");
    let said = Desk::scored("gbt38856-2020").text("score-report", &DocumentOptions::default());
    assert!(said.contains("要点依据") && !said.contains("增减") && !said.contains("累计"), "{said}");
}

#[test]
fn the_catalogue_counts_its_pieces_by_time_under_their_indicators() {
    let mut desk = Desk::scored("oucsx-2021");
    for (name, date) in [("后来的", "2021.09"), ("起初的", "2019.01"), ("没有时间的", "")] {
        desk.attach(name, date, "1.1.1-2");
    }
    let said = desk.text("catalogue", &DocumentOptions::default());
    for text in
        ["国家开放大学山西分部办学评估档案材料", "一级指标：1.办学定位", "（1—3条，共3条）", "图片照片类材料填E"]
    {
        assert!(said.contains(text), "{text}\n{said}");
    }
    let at = |text: &str| said.find(text).unwrap();
    assert!(at("起初的") < at("后来的") && at("后来的") < at("没有时间的"));
    let view = desk.views().into_iter().find(|view| view.id == "catalogue").unwrap();
    assert!(view.warnings.iter().any(|warning| warning.contains("1 件材料没有填时间")), "{:?}", view.warnings);
}

#[test]
fn texts_are_printed_below_their_headings_and_what_is_missing_is_told() {
    let mut desk = Desk::scored("oucsx-2021");
    let sheet = desk.sheet.clone();
    let write = |desk: &mut Desk, place: &str, part: &str, text: &str| {
        desk.session.write_text(&sheet, place, part, text).unwrap();
    };
    assert_eq!(desk.refusal("summary", &DocumentFormat::Pdf, &DocumentOptions::default()), "paper.no-summary");
    assert_eq!(
        desk.refusal("self-report", &DocumentFormat::Docx, &DocumentOptions::default()),
        "paper.report-unwritten"
    );
    write(&mut desk, "summary:1.1", "preface", "（一）目的\n写明目的。");
    write(&mut desk, "summary:2", "body", "现状是好的。");
    write(&mut desk, "report", "overall", "亮点有三处。");
    write(&mut desk, "report", "1.1.1", "见〔材料：没有的材料〕。");

    let one = desk.text("summary", &indicator("1.1"));
    for text in
        ["全面加强党的领导指标任务综述", "一、前言", "（一）目的", "二、正文", "三、总结", "党办", "2022年9月1日"]
    {
        assert!(one.contains(text), "{text}\n{one}");
    }
    let all = desk.text("summary", &DocumentOptions::default());
    let information = Command::new("pdfinfo").arg(desk.folder.path().join("文书.pdf")).output().unwrap();
    let information = String::from_utf8(information.stdout).unwrap();
    assert!(information.lines().any(|line| line.split_whitespace().eq(["Title:", "指标任务综述"])), "{information}");
    assert!(all.contains("体系办学指标任务综述") && all.contains("并州分校") && !all.contains("党办"), "{all}");
    assert_eq!(desk.refusal("summary", &DocumentFormat::Pdf, &indicator("1.2")), "paper.summary-unwritten");
    assert_eq!(desk.refusal("summary", &DocumentFormat::Pdf, &indicator("9.9")), "paper.unknown-summary");
    assert_eq!(desk.refusal("schedule", &DocumentFormat::Pdf, &indicator("1.1")), "paper.not-by-indicator");

    let report = desk.text("self-report", &DocumentOptions::default());
    let total = "自评总分868分（满分1000分），自评结论等次为良好。";
    for text in
        [total, "亮点有三处。", "（六）创新与服务", "三、对评估工作的意见建议", "附件：1.自评打分表2.支撑材料目录"]
    {
        assert!(report.contains(text), "{text}\n{report}");
    }
    assert!(report.find(total).unwrap() < report.find("亮点有三处。").unwrap());
    let view = desk.views().into_iter().find(|view| view.id == "self-report").unwrap();
    for text in ["个部分是空的", "没有的材料", "个部分是空的，只印标题：分部自评工作组织情况、"]
    {
        assert!(view.warnings.iter().any(|warning| warning.contains(text)), "{text} {:?}", view.warnings);
    }
    let view = desk.views().into_iter().find(|view| view.id == "summary").unwrap();
    let codes: Vec<&str> = view.indicators.iter().map(|choice| choice.code.as_str()).collect();
    assert_eq!(codes, ["1.1", "2"]);
    assert!(!view.warnings.iter().any(|warning| warning.contains("编号重复")), "{:?}", view.warnings);

    write(&mut desk, "report", "overall", "（一）主要亮点\n亮点有三处。");
    let view = desk.views().into_iter().find(|view| view.id == "self-report").unwrap();
    let repeated = "键入的标题和大纲的编号重复：（一）主要亮点；";
    assert!(view.warnings.iter().any(|warning| warning.contains(repeated)), "{:?}", view.warnings);
}

#[test]
fn assignment_schedule_and_conformance_hold_what_their_sources_ask() {
    let mut desk = Desk::scored("oucsx-2021");
    let assignment = desk.text("assignment", &DocumentOptions::default());
    for text in ["负责部门", "马克思主义学院", "总分40*60%=24分", "表中责任部门一栏列有分校、中心的"]
    {
        assert!(assignment.contains(text), "{text}\n{assignment}");
    }
    let schedule = desk.text("schedule", &DocumentOptions::default());
    assert!(
        schedule.contains("动员大会")
            && schedule.contains("2021.12-2022.7.10")
            && schedule.contains("迎接国家开放大学评估")
    );
    let conformance = Desk::scored("gbt38856-2020").text("conformance", &DocumentOptions::default());
    let texts =
        ["一、评估范围", "GB/T38856—2020", "符合率82.14%", "表2不符合和部分符合的要点", "五、逐条评估", "8.2.1-2"];
    for text in texts {
        assert!(conformance.contains(text), "{text}\n{conformance}");
    }
}

#[test]
fn the_same_assessment_gives_the_same_bytes() {
    let mut desk = Desk::scored("urumqi-base");
    for document in ["score-sheet", "score-report"] {
        let options = DocumentOptions::default();
        assert!(desk.pdf(document, &options) == desk.pdf(document, &options), "{document}");
    }
}

#[test]
fn what_cannot_be_made_is_refused_by_name() {
    let mut desk = Desk::new("oucsx-2021", "并州分校");
    let options = DocumentOptions::default();
    let cases = [
        ("score-report", DocumentFormat::Pdf, "paper.nothing-scored"),
        ("catalogue", DocumentFormat::Xlsx, "paper.no-evidence"),
        ("conformance", DocumentFormat::Pdf, "paper.not-a-checklist"),
        ("rectification", DocumentFormat::Pdf, "paper.unknown-document"),
        ("score-sheet", DocumentFormat::Docx, "paper.format-not-offered"),
        ("schedule", DocumentFormat::Docx, "paper.format-not-offered"),
    ];
    for (document, format, code) in cases {
        assert_eq!(desk.refusal(document, &format, &options), code, "{document}");
    }
    let profile = DocumentOptions { profile: Some("a4".to_owned()), ..DocumentOptions::default() };
    assert_eq!(desk.refusal("schedule", &DocumentFormat::Pdf, &profile), "document.profile-unknown");
    let other = DocumentOptions { profile: Some("gbt-9704-2012".to_owned()), ..DocumentOptions::default() };
    for kind in [Kind::ScoreSheet, Kind::Schedule] {
        assert!(!desk.pdf(<&str>::from(kind), &other).is_empty(), "an empty sheet is a form to fill in by hand");
    }
}

#[test]
fn seals_are_looked_at_before_they_are_decoded() {
    let mut desk = Desk::scored("oucsx-2021");
    let sheet = desk.sheet.clone();
    desk.session.write_text(&sheet, "summary:1", "preface", "目的。").unwrap();
    let path = desk.folder.path().join("章.png");
    let refused = |desk: &mut Desk, options: &DocumentOptions| desk.refusal("summary", &DocumentFormat::Pdf, options);
    assert_eq!(refused(&mut desk, &sealed(&path)), "app.file-unreadable");
    std::fs::write(&path, "不是图片").unwrap();
    assert_eq!(refused(&mut desk, &sealed(&path)), "paper.seal-unusable");
    picture(&path, (10_000, 10_000), RED);
    assert_eq!(refused(&mut desk, &sealed(&path)), "paper.seal-too-large");
    let unfit = [
        ((49, 60), RED, "paper.seal-too-small"),
        ((120, 79), RED, "paper.seal-oblong"),
        ((64, 64), [210, 20, 30, 0], "paper.seal-empty"),
        ((64, 64), [255, 250, 250, 255], "paper.seal-empty"),
        ((64, 64), [20, 20, 20, 255], "paper.seal-not-red"),
    ];
    for (sides, colour, code) in unfit {
        picture(&path, sides, colour);
        assert_eq!(refused(&mut desk, &sealed(&path)), code, "{sides:?} {colour:?}");
    }
    picture(&path, (64, 64), RED);
    let (with, without) = (desk.pdf("summary", &sealed(&path)), desk.pdf("summary", &DocumentOptions::default()));
    assert!(with.len() != without.len());
    assert_eq!(desk.refusal("schedule", &DocumentFormat::Pdf, &sealed(&path)), "paper.no-seal");
    assert_eq!(desk.refusal("score-sheet", &DocumentFormat::Xlsx, &sealed(&path)), "paper.no-seal");
}

#[test]
fn files_that_are_there_or_cannot_be_written_stay_as_they_are() {
    let mut desk = Desk::scored("oucsx-2021");
    let sheet = desk.sheet.clone();
    let there = desk.folder.path().join("已有.pdf");
    std::fs::write(&there, "原来的").unwrap();
    let mut export = |path: &Path, replace| {
        let target = Target { path, replace };
        let options = DocumentOptions::default();
        desk.session.export_document(&sheet, "schedule", &DocumentFormat::Pdf, target, &options)
    };
    assert_eq!(export(&there, false).unwrap_err().code(), "app.file-exists");
    assert_eq!(std::fs::read(&there).unwrap(), "原来的".as_bytes());
    export(&there, true).unwrap();
    assert!(std::fs::read(&there).unwrap().starts_with(b"%PDF"));
    // A file stands where a folder is needed.
    assert_eq!(export(&there.join("下面.pdf"), false).unwrap_err().code(), "app.cannot-write");
}

#[test]
fn many_pieces_long_names_and_foreign_scripts_are_printed_or_named() {
    // The longest name that a unit may have; a longer one is refused where it is entered.
    let unit = "长".repeat(64);
    let mut desk = Desk::new("oucsx-2021", &unit);
    let sheet = desk.sheet.clone();
    let longer = NewSheet {
        rubric: "oucsx-2021".to_owned(),
        unit: "长".repeat(400),
        year: 2022,
        stage: Stage::SelfEvaluation,
        assessor: "周宁".to_owned(),
        organisation: "并州分校".to_owned(),
    };
    assert_eq!(desk.session.create_sheet(&longer).unwrap_err().code(), "assessment.bad-text");
    desk.score(&sheet, &sample("oucsx-2021"));
    for number in 0..200 {
        desk.attach(&format!("第{number}件"), "2021.09", "1.1.1-1");
    }
    let said = desk.text("catalogue", &DocumentOptions::default());
    assert!(said.contains("（1—200条，共200条）") && said.contains("第199件"));
    assert!(desk.text("score-sheet", &DocumentOptions::default()).contains(&"长".repeat(20)));
    desk.session.write_text(&sheet, "report", "advice", "右起文字שלום。控制\u{7}字符。").unwrap();
    let problem = |desk: &mut Desk| {
        let options = DocumentOptions::default();
        let sheet = desk.sheet.clone();
        match desk.session.preview(&sheet, "self-report", &options) {
            Ok(_) => None,
            Err(failure) => Some(desk.session.problem(&failure)),
        }
    };
    let named = problem(&mut desk);
    assert!(named.as_ref().is_none_or(|problem| problem.code == "report.character-missing"), "{named:?}");
    desk.session.write_text(&sheet, "report", "advice", "意见\u{1F600}。").unwrap();
    let named = problem(&mut desk).unwrap();
    assert!(named.code == "report.character-missing" && named.what.contains("1F600"), "{named:?}");
    assert!(named.place.contains("意见建议"), "{named:?}");
}
