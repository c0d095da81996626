//! Bringing a draft to another edition, and local editions, through a session on a workspace of its own.

use crate::desk::{new_sheet, workspace};
use app::localise::{Naming, Target, localise_file, localise_input};
use app::view::{GradeInput, LocalInput, MigrationReport, PointState, SheetPhase, Stage, WeightInput};
use app::{Language, Result, Session, Watch, edition};
use std::path::{Path, PathBuf};

const SMALL: &str = include_str!("../../../rubric/tests/small.toml");

/// A workspace in a folder with the old and the new edition of the small rubric.
struct Desk {
    folder: tempfile::TempDir,
    session: Session,
    old: String,
}

impl Desk {
    fn new() -> Self {
        let (folder, session) = workspace(None);
        let mut desk = Self { folder, session, old: String::new() };
        desk.old = desk.edition("old.toml", &[]);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes the small rubric with pieces replaced; gives its path.
    fn edition(&self, name: &str, changes: &[(&str, &str)]) -> String {
        let text = changes.iter().fold(SMALL.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        });
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    fn sheet(&mut self, assessor: &str) -> String {
        let input = new_sheet(&self.old, ("并州分校", 2026), Stage::SelfEvaluation, (assessor, "并州分校"));
        self.session.create_sheet(&input).unwrap()
    }

    /// A sheet with marks, a remark and a doubt on every point, and evidence.
    fn scored(&mut self) -> String {
        let id = self.sheet("周宁");
        for (point, mark) in [("A-1", "3"), ("A-2", "2"), ("B", "4")] {
            self.session.set_mark(&id, point, Some(mark)).unwrap();
            self.session.set_remark(&id, point, &format!("{point} 的意见")).unwrap();
        }
        for (file, points) in [("甲.txt", &["A-1", "A-2"][..]), ("乙.txt", &["A-2"])] {
            let path = self.path(file);
            std::fs::write(&path, file).unwrap();
            let points: Vec<String> = points.iter().map(|point| (*point).to_owned()).collect();
            let report = self.session.attach(&id, &points, &[path], &watch()).unwrap();
            assert_eq!(report.added.len(), 1, "{report:?}");
        }
        id
    }

    fn point(&mut self, sheet: &str, code: &str) -> PointState {
        let state = self.session.state(sheet).unwrap();
        state.points.into_iter().find(|point| point.code == code).unwrap()
    }
}

fn watch() -> Watch {
    Watch::new(|_, _, _| {}, std::sync::Arc::default())
}

fn code<T: std::fmt::Debug>(result: Result<T>) -> String {
    result.unwrap_err().code().to_owned()
}

/// A-1 has another band, A-2 became A-3 with another text, C is new.
const NEXT: &[(&str, &str)] = &[
    ("edition = \"1\"", "edition = \"2\""),
    ("total = 10", "total = 11"),
    ("from = 3, to = 4", "from = 4, to = 4"),
    ("from = 0, to = 2", "from = 0, to = 3"),
    ("code = \"A-2\"", "code = \"A-3\""),
    ("有制度（2分）", "有两项制度（2分）"),
    (
        "[[indicator]]\nlevel = 1 # B",
        "[[indicator]]\nlevel = 1\ncode = \"C\"\ntitle = \"丙\"\nmax = 1\ntext = \"丙\"\n[[indicator.point]]\n\
         code = \"C\"\ntitle = \"丙\"\nmax = 1\ntext = \"丙\"\nparts = [{ kind = \"check\" }]\n\
         [[indicator]]\nlevel = 1 # B",
    ),
];

#[test]
fn a_draft_comes_to_the_next_edition_and_nothing_is_lost() {
    let mut desk = Desk::new();
    let old = desk.scored();
    let before = (desk.session.state(&old).unwrap(), desk.session.catalogue(&old).unwrap());
    let next = desk.edition("next.toml", NEXT);
    let report: MigrationReport = desk.session.migrate(&old, &next).unwrap();

    assert_eq!((report.carried, report.added), (vec!["B".to_owned()], vec!["A-3".to_owned(), "C".to_owned()]));
    let [again] = &report.again[..] else { panic!("{:?}", report.again) };
    assert_eq!((again.code.as_str(), again.title.as_str(), again.mark.as_deref()), ("A-1", "等级", Some("3")));
    assert_eq!(
        again.changes,
        [
            "观测点 A-1“等级” 的评分规则 1 · 分档 1 · 下限：3 → 4",
            "观测点 A-1“等级” 的评分规则 1 · 分档 2 · 上限：2 → 3",
        ]
    );
    let [removed] = &report.removed[..] else { panic!("{:?}", report.removed) };
    assert_eq!((removed.code.as_str(), removed.mark.as_deref()), ("A-2", Some("2")));
    assert_eq!(removed.changes, ["取消观测点 A-2“有无”"]);
    let recorded: Vec<(&str, &str)> = removed.recorded.iter().map(|e| (e.kind.as_str(), e.value.as_str())).collect();
    assert_eq!(recorded, [("mark", "2"), ("remark", "A-2 的意见")]);

    let new = report.sheet;
    let (kept, changed, added) = (desk.point(&new, "B"), desk.point(&new, "A-1"), desk.point(&new, "A-3"));
    assert_eq!((kept.mark.as_deref(), kept.remark.as_str(), kept.doubt), (Some("4"), "B 的意见", false));
    assert_eq!((changed.mark.as_deref(), changed.remark.as_str(), changed.doubt), (None, "A-1 的意见", true));
    assert_eq!((added.mark.as_deref(), added.remark.as_str(), added.doubt), (None, "", false));
    let state = desk.session.state(&new).unwrap();
    assert_eq!((state.unit.as_str(), state.assessor.as_str(), state.revision), ("并州分校", "周宁", 1));
    assert_eq!(state.outcome.max, "11");

    let mut pieces = desk.session.catalogue(&new).unwrap();
    pieces.sort_by_key(|piece| std::cmp::Reverse(piece.points.len()));
    let links: Vec<(&str, Vec<String>)> = pieces.iter().map(|p| (p.name.as_str(), p.points.clone())).collect();
    assert_eq!(links, [("甲", vec!["A-1".to_owned()]), ("乙", vec![])]);
    assert_eq!((report.evidence, report.loose), (2, vec!["乙".to_owned()]));
    assert!(desk.session.check_evidence(&new, &Watch::none()).unwrap().problems.is_empty());

    let after = (desk.session.state(&old).unwrap(), desk.session.catalogue(&old).unwrap());
    assert_eq!(before, after, "the old draft is as it was");
    desk.session.set_mark(&old, "B", Some("1")).unwrap();
    assert_eq!(desk.point(&new, "B").mark.as_deref(), Some("4"));
    assert_eq!(desk.session.integrity().unwrap(), "ok");
}

#[test]
fn two_assessors_share_the_catalogue_of_the_next_edition() {
    let mut desk = Desk::new();
    let first = desk.scored();
    let second = desk.sheet("韩立群");
    let next = desk.edition("next.toml", NEXT);
    let new = desk.session.migrate(&first, &next).unwrap().sheet;
    let report = desk.session.migrate(&second, &next).unwrap();
    assert_eq!((report.carried.len(), report.again.len(), report.removed.len()), (0, 0, 0));
    assert_eq!(desk.session.catalogue(&report.sheet).unwrap(), desk.session.catalogue(&new).unwrap());
    assert_eq!(desk.session.catalogue(&new).unwrap().len(), 2);
}

#[test]
fn what_cannot_be_brought_along_is_refused() {
    let mut desk = Desk::new();
    let id = desk.scored();
    let next = desk.edition("next.toml", NEXT);
    let (old, nothing) = (desk.old.clone(), desk.path("nothing.toml").display().to_string());
    assert_eq!(code(desk.session.migrate(&id, &old)), "app.same-edition");
    assert_eq!(code(desk.session.migrate(&id, &nothing)), "app.unknown-rubric");
    assert_eq!(code(desk.session.migrate("ffff", &next)), "store.unknown-sheet");
    desk.session.migrate(&id, &next).unwrap();
    assert_eq!(code(desk.session.migrate(&id, &next)), "app.sheet-exists");
    assert_eq!(desk.session.home().unwrap().sheets.len(), 2, "a refusal leaves nothing behind");

    let other = desk.edition("other.toml", &[("edition = \"1\"", "edition = \"3\"")]);
    desk.session.finalize(&id).unwrap();
    assert_eq!(code(desk.session.migrate(&id, &other)), "app.migrate-locked");
    let reopened = desk.session.reopen(&id, "改用新版").unwrap();
    assert_eq!((reopened.revision, reopened.phase), (2, SheetPhase::Draft));
    let report = desk.session.migrate(&id, &other).unwrap();
    assert_eq!(report.carried, ["A-1", "A-2", "B"], "only the edition's name differs");
}

#[test]
fn differences_are_told_in_both_languages() {
    let desk = Desk::new();
    let next = desk.edition("next.toml", NEXT);
    let comment = desk.edition("comment.toml", &[("# A", "# other")]);
    let same = edition::diff(&desk.old, &comment, Language::Zh).unwrap();
    assert!(same.same && same.changes.is_empty() && same.text == "没有差别" && same.old.digest != same.new.digest);
    let texts = |language| -> Vec<String> {
        edition::diff(&desk.old, &next, language).unwrap().changes.into_iter().map(|change| change.text).collect()
    };
    let (zh, en) = (texts(Language::Zh), texts(Language::En));
    assert_eq!(zh.len(), en.len());
    for wanted in ["指标体系 的版本：1 → 2", "新增观测点 C“丙”", "取消观测点 A-2“有无”"]
    {
        assert!(zh.iter().any(|text| text == wanted), "{wanted}\n{zh:#?}");
    }
    for wanted in ["new point C “丙”", "point A-1 “等级”, rule 1 · band 1 · from: 3 → 4"] {
        assert!(en.iter().any(|text| text == wanted), "{wanted}\n{en:#?}");
    }
}

fn input(out: &Path) -> LocalInput {
    let grade = |name: &str, at_least: &str| GradeInput {
        name: name.to_owned(),
        name_en: name.to_owned(),
        at_least: at_least.to_owned(),
        sentence: format!("{at_least}分起为{name}"),
    };
    LocalInput {
        parent: "platform-2024".to_owned(),
        id: "platform-bz".to_owned(),
        edition: "2026".to_owned(),
        suffix: "（并州市2026版）".to_owned(),
        grades: vec![grade("优秀", "90"), grade("良好", "75"), grade("合格", "60"), grade("不合格", "0")],
        weights: vec![WeightInput { code: "1.1.3".to_owned(), max: "6".to_owned() }],
        out: out.display().to_string(),
        replace: false,
    }
}

#[test]
fn a_local_edition_is_written_and_scored_under() {
    let mut desk = Desk::new();
    let out = desk.path("本地.toml");
    let report = localise_input(&input(&out), Language::Zh).unwrap();
    assert_eq!(report.total, "总分由 100 分变为 103 分");
    assert_eq!(report.diff.new.parent.as_deref(), Some("platform-2024 2024"));
    assert_eq!(code(localise_input(&input(&out), Language::Zh)), "app.file-exists");
    localise_input(&LocalInput { replace: true, ..input(&out) }, Language::Zh).unwrap();

    desk.old = "platform-2024".to_owned();
    let id = desk.sheet("周宁");
    for (point, mark) in [("1.1.1", "2"), ("1.1.3", "2.5")] {
        desk.session.set_mark(&id, point, Some(mark)).unwrap();
    }
    let moved = desk.session.migrate(&id, &report.path).unwrap();
    assert_eq!(moved.carried, ["1.1.1"]);
    assert_eq!(moved.again.iter().map(|place| place.code.as_str()).collect::<Vec<_>>(), ["1.1.3"]);
    let state = desk.session.set_mark(&moved.sheet, "1.1.3", Some("4.1")).unwrap();
    assert_eq!((state.outcome.max.as_str(), state.outcome.total.as_str()), ("103", "6.1"));
}

#[test]
fn what_a_local_edition_cannot_be_is_refused_and_nothing_is_written() {
    let desk = Desk::new();
    let out = desk.path("local.toml");
    let weight = |code: &str, max: &str| vec![WeightInput { code: code.to_owned(), max: max.to_owned() }];
    let cases = [
        (LocalInput { parent: "oucsx-2021".to_owned(), ..input(&out) }, "local.nothing-permitted"),
        (LocalInput { id: "oucsx-2021".to_owned(), ..input(&out) }, "local.id-taken"),
        (LocalInput { suffix: String::new(), ..input(&out) }, "local.bad-naming"),
        (LocalInput { weights: weight("1.1.3", "5"), ..input(&out) }, "local.off-step"),
        (LocalInput { weights: weight("1.1.3", "五"), ..input(&out) }, "local.not-a-number"),
        (LocalInput { weights: weight("1.1", "5"), ..input(&out) }, "local.unknown-point"),
        (LocalInput { out: desk.path("no/folder.toml").display().to_string(), ..input(&out) }, "app.cannot-write"),
    ];
    for (input, wanted) in cases {
        assert_eq!(code(localise_input(&input, Language::Zh)), wanted);
    }
    let changes = desk.path("changes.toml");
    std::fs::write(&changes, "[[weight]]\ncode = \"1.1.3\"\nmax = 6\nmin = 1\n").unwrap();
    let naming = Naming { id: "a".to_owned(), edition: "b".to_owned(), suffix: "c".to_owned() };
    let target = Target { path: &out, replace: false };
    let refused = localise_file("platform-2024", naming.clone(), &changes, target, Language::Zh);
    assert_eq!(code(refused), "rubric.unknown-key");
    assert!(!out.exists());
    std::fs::write(&changes, "[[weight]]\ncode = \"1.1.3\"\nmax = 6\n").unwrap();
    localise_file("platform-2024", naming, &changes, target, Language::Zh).unwrap();
    assert!(out.exists());
}
