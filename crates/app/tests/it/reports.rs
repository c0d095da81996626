//! The reports of an office over real sheets: what they say, what a person writes in them, one run over all units.

use crate::desk::new_sheet;
use crate::office::{Office, PANEL, POINT};
use app::evidence::Description;
use app::localise::Target;
use app::reports::Kind;
use app::view::{
    Algorithm, DocumentFormat, DocumentOptions, EvidenceVerdict, NewIdentity, ReportRunInput, ReportsView,
    SignPdfInput, Stage,
};
use app::{Language, Watch};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

const NOW: i64 = 1_661_990_400; // 2022-09-01
const UNITS: [&str; 4] = ["上党分校", "并州分校", "滹沱分校", "漳源分校"];
const MEMBERS: [(&str, &str); 3] = [("周敏", "并州分校"), ("孟雪琴", "漳河职业学院"), ("韩立群", "第二专家组")];
const PASSPHRASE: &str = "一句很长的口令一二三";

impl Office {
    /// A copy of an office that is made once.
    fn of_four_units() -> Self {
        static MADE: OnceLock<tempfile::TempDir> = OnceLock::new();
        let made = MADE.get_or_init(|| Self::made().close());
        Self::copied(made.path(), NOW)
    }

    /// Four units and three members: equal totals at two units, a member of the second one, one sheet only for the last.
    fn made() -> Self {
        let mut office = Self::at(NOW);
        office.panel(PANEL, "oucsx-2021", 2022, &MEMBERS);
        office.session.set_panel_leader(PANEL, Some("韩立群")).unwrap();
        let marks = [["", "4", "4"], ["4", "3", "4"], ["", "4", "4"], ["", "", "2"]];
        for (unit, marks) in UNITS.into_iter().zip(marks) {
            for (person, mark) in MEMBERS.into_iter().zip(marks).filter(|(_, mark)| !mark.is_empty()) {
                office.remarked(unit, person, mark);
            }
        }
        office.all_signed()
    }

    fn remarked(&mut self, unit: &str, person: (&str, &str), mark: &str) {
        let draft = self.draft(unit, person, mark, &format!("{}看到的规划没有年度分解", person.0));
        if (unit, person.0) == (UNITS[0], "孟雪琴") {
            self.doubt(unit, &draft);
        }
        self.finalise(draft);
    }

    /// A piece of the unit that this sheet judges 不符.
    fn doubt(&mut self, unit: &str, sheet: &str) {
        let own = self
            .session
            .create_sheet(&new_sheet("oucsx-2021", (unit, 2022), Stage::SelfEvaluation, ("周宁", unit)))
            .unwrap();
        let file = self.folder.path().join("规划.txt");
        std::fs::write(&file, "规划").unwrap();
        let description = Description { name: Some("“十四五”规划".to_owned()), ..Description::default() };
        let points = [POINT.to_owned()];
        let added = self.session.attach_described(&own, &points, &[file], &description, &Watch::none()).unwrap().added;
        let items = [added[0].clone()];
        let refuted = EvidenceVerdict::Refuted;
        self.session.set_verdict(sheet, &items, Some(&refuted), Some("落款日期在评估之后")).unwrap();
    }

    fn sheet_of(&mut self, unit: &str, assessor: &str) -> String {
        let rows = self.session.home().unwrap().sheets;
        rows.into_iter().find(|row| row.unit == unit && row.assessor == assessor).unwrap().id
    }

    /// What a reader copies from a report, without blanks.
    fn text(&mut self, report: &str, unit: Option<&str>) -> String {
        let bytes = self.session.preview_report(PANEL, report, unit, &DocumentOptions::default());
        let bytes = bytes.unwrap_or_else(|failure| panic!("{report}: {failure:?}"));
        let file = self.folder.path().join("报告.pdf");
        if let Some(folder) = std::env::var_os("HENGJIAN_TEST_PICTURES") {
            std::fs::write(Path::new(&folder).join(format!("{report}{}.pdf", unit.unwrap_or_default())), &bytes)
                .unwrap();
        }
        std::fs::write(&file, bytes).unwrap();
        let said = Command::new("pdftotext").args([file.to_str().unwrap(), "-"]).output().unwrap();
        assert!(said.status.success());
        String::from_utf8(said.stdout).unwrap().chars().filter(|c| !c.is_whitespace()).collect()
    }

    fn write(&mut self, unit: Option<&str>, place: &str, text: Option<&str>) -> app::Result<()> {
        self.session.set_report_text(PANEL, unit, place, text).map(drop)
    }
}

fn has(said: &str, texts: &[&str]) {
    for text in texts {
        assert!(said.contains(text), "{text}\n{said}");
    }
}

fn warnings(view: &ReportsView, report: &str) -> String {
    let found = view.reports.iter().find(|one| one.document.id == report).unwrap();
    assert!(found.document.available, "{:?}", found.document.why_not);
    found.document.warnings.join("\n")
}

#[test]
fn reports_say_what_the_panel_found() {
    let mut office = Office::of_four_units();
    let view = office.session.reports(PANEL, None).unwrap();
    let units: Vec<(&str, Option<u32>)> = view.units.iter().map(|unit| (unit.unit.as_str(), unit.rank)).collect();
    assert_eq!(units, [(UNITS[0], Some(1)), (UNITS[2], Some(1)), (UNITS[1], Some(3)), (UNITS[3], None)]);
    assert_eq!(view.unit.as_deref(), Some(UNITS[0]));
    has(&warnings(&view, "bulletin"), &["1 个单位还没有结果：漳源分校", "没有写落款单位"]);
    let open = office.session.reports(PANEL, Some(UNITS[3])).unwrap();
    let why = open.reports.iter().find(|one| one.document.id == "opinion").unwrap().document.why_not.clone().unwrap();
    assert_eq!(why.code, "reports.no-result");
    assert!(why.place.contains("只有 1 份计入"), "{why:?}");

    let total =
        office.session.panel(PANEL).unwrap().units.iter().find(|unit| unit.unit == UNITS[1]).unwrap().total.clone();
    let total = total.unwrap();
    assert!(total.ends_with(".5"), "{total}");
    let merged = office.text("merged", None);
    has(
        &merged,
        &[
            "2022年度国家开放大学山西分部办学评估复评结果汇总表",
            "合议办法：去高低平均",
            &total,
            "专家一致性",
            "未形成结果：",
            "本单位",
        ],
    );
    let opinion = office.text("opinion", Some(UNITS[1]));
    let result = format!("合议总分{total}分（满分1000分，");
    has(&opinion, &["专家组对并州分校的复评意见", &result, "周敏（本单位的人，不计）", "共有"]);
    has(
        &opinion,
        &["六、评估意见", "七、专家组签名", "组长韩立群", "回避", "国家开放大学山西分部办学评估专家组2022年9月1日"],
    );
    let doubted = office.text("opinion", Some(UNITS[0]));
    has(&doubted, &["核验有疑问的支撑材料", "孟雪琴：不符，落款日期在评估之后"]);
    let list = office.text("problem-list", Some(UNITS[1]));
    has(&list, &["并州分校2022年度复评问题清单", "书面通报之日起一年内", "整改措施", "孟雪琴看到的规划没有年度"]);
    assert!(!list.contains("韩立群："), "the unit hears one voice");
    let bulletin = office.text("bulletin", None);
    has(&bulletin, &["关于2022年度国家开放大学山西分部办学评估复评结果的通报", "各参评单位：", "名次并列"]);
    has(&bulletin, &["参评单位4个，3个形成结果", "漳源分校（只有1份计入", "三、主要问题"]);
}

#[test]
fn what_a_person_writes_stands_in_the_reports_and_drafts_follow_the_data() {
    let mut office = Office::of_four_units();
    let result = "合议总分867.5分（满分1000分，";
    office.write(None, "organisation", Some(" 山西分部  评估办公室 ")).unwrap();
    office.write(None, "deadline", Some("2022年12月31日")).unwrap();
    office.write(Some(UNITS[1]), "feedback.strengths", Some("领导重视，资料齐全。")).unwrap();
    office.write(None, "bulletin.praise", Some("对上党分校予以表扬。")).unwrap();
    office.write(None, "bulletin.problems", Some("")).unwrap();
    let feedback = office.text("feedback", Some(UNITS[1]));
    has(
        &feedback,
        &["并州分校：", result, "领导重视，资料齐全。", "于2022年12月31日前完成整改", "山西分部评估办公室2022年9月1日"],
    );
    has(&feedback, &["附件：并州分校问题清单"]);
    assert!(office.text("problem-list", Some(UNITS[1])).contains("2022.12.31"));
    let bulletin = office.text("bulletin", None);
    has(&bulletin, &["三、表扬对上党分校予以表扬。", "四、工作要求"]);
    office.write(None, "bulletin.problems", None).unwrap();
    assert!(office.text("bulletin", None).contains("四、主要问题"), "the draft stands again");
    office.session.language = Language::En;
    let english = office.session.report_texts(PANEL, Some(UNITS[1])).unwrap();
    assert!(english.iter().any(|text| text.place == "opinion.advice" && text.title == "Conclusion and advice"));
    office.session.language = Language::Zh;

    // A recusal changes the marks that the text was written over.
    office.write(Some(UNITS[1]), "opinion.advice", Some("经合议，继续努力。")).unwrap();
    office.session.recuse(PANEL, "孟雪琴", UNITS[1], Some("曾任该校教师")).unwrap();
    office.session.recuse(PANEL, "孟雪琴", UNITS[0], Some("曾任该校教师")).unwrap();
    let texts = office.session.report_texts(PANEL, Some(UNITS[1])).unwrap();
    assert!(texts.iter().any(|text| text.place == "opinion.advice" && text.stale), "{texts:?}");
}

#[test]
fn what_cannot_be_written_or_made_is_refused_in_words() {
    let mut office = Office::of_four_units();
    let code = |done: app::Result<()>| done.unwrap_err().code().to_owned();
    assert_eq!(code(office.write(None, "opinion.strengths", Some("好"))), "reports.unit-needed");
    assert_eq!(code(office.write(None, "没有", Some("好"))), "reports.unknown-place");
    assert_eq!(code(office.write(None, "deadline", Some("明年"))), "assessment.bad-day");
    assert_eq!(code(office.write(None, "deadline", Some("2023-09-02"))), "assessment.deadline-late");
    assert_eq!(code(office.write(None, "deadline", Some("2022-08-31"))), "assessment.deadline-early");
    assert_eq!(code(office.write(Some("没有的"), "date", Some("2022-09-01"))), "panel.unknown-unit");
    let options = DocumentOptions::default();
    let mut export = |report: &str, unit: Option<&str>, format: &DocumentFormat, options: &DocumentOptions| {
        let path = office.folder.path().join("不写.pdf");
        let target = Target { path: &path, replace: false };
        let refused = office.session.export_report(PANEL, report, unit, format, target, options).unwrap_err();
        assert!(!path.exists(), "{report}");
        refused.code().to_owned()
    };
    let sealed = DocumentOptions { seal: Some("没有.png".to_owned()), ..DocumentOptions::default() };
    assert_eq!(export("绝密", None, &DocumentFormat::Pdf, &options), "reports.unknown-report");
    assert_eq!(export("opinion", None, &DocumentFormat::Pdf, &options), "reports.unit-needed");
    assert_eq!(export("merged", Some(UNITS[0]), &DocumentFormat::Pdf, &options), "reports.not-by-unit");
    assert_eq!(export("opinion", Some(UNITS[0]), &DocumentFormat::Xlsx, &options), "reports.format-not-offered");
    assert_eq!(export("opinion", Some(UNITS[3]), &DocumentFormat::Pdf, &options), "reports.no-result");
    assert_eq!(export("merged", None, &DocumentFormat::Pdf, &sealed), "reports.no-seal");
    assert_eq!(export("bulletin", None, &DocumentFormat::Pdf, &sealed), "app.file-unreadable");
}

#[test]
fn one_run_makes_what_can_be_made_overwrites_nothing_and_logs_the_rest() {
    let mut office = Office::of_four_units();
    let folder = office.path("报告");
    let mut input = ReportRunInput {
        directory: folder.display().to_string(),
        reports: vec!["opinion".to_owned(), "merged".to_owned()],
        formats: vec![DocumentFormat::Pdf, DocumentFormat::Xlsx],
        replace: false,
        options: DocumentOptions::default(),
    };
    let run = office.session.run_reports(PANEL, &input, &Watch::none()).unwrap();
    assert_eq!((run.made, run.failed, run.stopped, run.files.len()), (5, 1, false, 6), "{run:?}");
    let failed = run.files.iter().find(|file| file.problem.is_some()).unwrap();
    assert_eq!((failed.unit.as_str(), failed.problem.as_ref().unwrap().code.as_str()), (UNITS[3], "reports.no-result"));
    let opinion = folder.join("专家组意见/上党分校-2022-专家组意见.pdf");
    assert!(opinion.exists() && folder.join("2022 复评-2022-汇总表.xlsx").exists(), "{:?}", run.files);
    let log = std::fs::read_to_string(&run.log).unwrap();
    has(&log, &["\u{feff}\"单位\"", "没有生成", "只有 1 份计入", "专家组意见"]);

    std::fs::write(&opinion, "我改过").unwrap();
    let again = office.session.run_reports(PANEL, &input, &Watch::none()).unwrap();
    assert_eq!((again.made, again.failed), (0, 6));
    assert_ne!(again.log, run.log);
    assert_eq!(std::fs::read(&opinion).unwrap(), "我改过".as_bytes());
    input.replace = true;
    let replaced = office.session.run_reports(PANEL, &input, &Watch::none()).unwrap();
    assert_eq!((replaced.made, replaced.failed), (5, 1));
    assert!(std::fs::read(&opinion).unwrap().starts_with(b"%PDF"));

    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    let watch = Watch::new(move |_, done, _| flag.store(done >= 2048, Ordering::Relaxed), Arc::clone(&stop));
    let stopped = office.session.run_reports(PANEL, &input, &watch).unwrap();
    assert!(stopped.stopped && stopped.files.len() == 2, "{stopped:?}");
    input.reports = vec!["opinion".to_owned()];
    input.formats = vec![DocumentFormat::Xlsx];
    let nothing = office.session.run_reports(PANEL, &input, &Watch::none()).unwrap_err();
    assert_eq!(nothing.code(), "reports.nothing-to-make");

    // The opinion is signed by several in turn.
    for (number, name) in ["韩立群", "孟雪琴"].into_iter().enumerate() {
        let new = NewIdentity {
            name: name.to_owned(),
            organisation: "专家组".to_owned(),
            passphrase: PASSPHRASE.into(),
            algorithm: Algorithm::P256,
        };
        office.session.create_identity(&new).unwrap();
        let from = if number == 0 { opinion.clone() } else { office.path("签0.pdf") };
        let to = office.path(&format!("签{number}.pdf"));
        let sign = SignPdfInput {
            path: from.display().to_string(),
            target: to.display().to_string(),
            replace: false,
            identity: name.to_owned(),
            passphrase: PASSPHRASE.into(),
            reason: "专家组意见".to_owned(),
            drawn: None,
        };
        assert!(office.session.sign_pdf(&sign).unwrap().verified);
    }
    let report = office.session.verify(&office.path("签1.pdf"), &Watch::none()).unwrap();
    assert_eq!(report.signers.len(), 2, "{report:?}");
}

#[test]
fn a_unit_takes_the_list_on_once_and_keeps_what_it_planned() {
    let mut office = Office::of_four_units();
    office.write(None, "deadline", Some("2022-12-31")).unwrap();
    let path = office.path("清单.pdf");
    let target = Target { path: &path, replace: false };
    let options = DocumentOptions::default();
    let unit = Some(UNITS[0]);
    office.session.export_report(PANEL, "problem-list", unit, &DocumentFormat::Pdf, target, &options).unwrap();
    let own = office.session.home().unwrap().sheets;
    let own = own.iter().find(|sheet| sheet.stage == Stage::SelfEvaluation).unwrap().id.clone();
    let (taken, list) = office.session.take_problems(&own, &path).unwrap();
    assert!(taken > 50 && list.problems.len() == usize::try_from(taken).unwrap(), "{taken}");
    let problem = list.problems.iter().find(|problem| problem.code == "3.3.1" && !problem.basis.is_empty()).unwrap();
    assert!(problem.fixed && problem.text.contains("三年教学投入占学费收入的比例"), "{problem:?}");
    assert_eq!((problem.deadline.as_str(), list.notified.as_str()), ("2022-12-31", "2022-09-01"));
    assert!(list.problems.iter().any(|problem| problem.text.contains("核验：不符：落款日期在评估之后")));
    let again = office.session.take_problems(&own, &path).unwrap();
    assert_eq!((again.0, again.1.problems.len()), (0, list.problems.len()));
    assert_eq!(office.session.step_rectification(&own, true).unwrap().problems.len(), 0);

    let other = office
        .session
        .create_sheet(&new_sheet("oucsx-2021", (UNITS[2], 2022), Stage::SelfEvaluation, ("周宁", UNITS[2])))
        .unwrap();
    let refused = office.session.take_problems(&other, &path).unwrap_err();
    assert_eq!(refused.code(), "reports.other-assessment");
    let plain = office.path("通报.pdf");
    let target = Target { path: &plain, replace: false };
    office.session.export_report(PANEL, "bulletin", None, &DocumentFormat::Pdf, target, &options).unwrap();
    assert_eq!(office.session.take_problems(&own, &plain).unwrap_err().code(), "reports.no-list");
}

#[test]
fn every_format_of_every_report_is_made() {
    let mut office = Office::of_four_units();
    for kind in Kind::all() {
        for format in kind.formats() {
            let (name, unit) = (<&str>::from(*kind), kind.by_unit().then_some(UNITS[0]));
            let path = office.path(&format!("{name}.{}", format.name()));
            let target = Target { path: &path, replace: false };
            let options = DocumentOptions { profile: Some("gbt-9704-2012".to_owned()), ..DocumentOptions::default() };
            office.session.export_report(PANEL, name, unit, format, target, &options).unwrap();
            assert!(std::fs::metadata(&path).unwrap().len() > 1000, "{name}");
        }
    }
}

#[test]
fn reports_follow_marks_that_were_decided() {
    let mut office = Office::of_four_units();
    let id = office.sheet_of("并州分校", "孟雪琴");
    let mut office = office.decided(&id, &[(POINT, "2")]);
    let list = office.text("problem-list", Some("并州分校"));
    assert!(list.contains("裁定另记"), "{list}");
    assert!(!list.contains("王处"), "a unit is not told the names of people: {list}");
}

#[test]
fn a_sheet_that_went_back_is_named_in_the_merged_results() {
    let mut office = Office::of_four_units();
    let id = office.sheet_of("并州分校", "孟雪琴");
    let mut office = office.decided(&id, &[]);
    assert!(office.text("merged", None).contains("已退回"));
}
