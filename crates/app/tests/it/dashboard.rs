//! The figures of the dashboards, through a session on a workspace of its own.

use crate::desk::{new_sheet, workspace};
use app::dashboard::write_picture;
use app::localise::Target;
use app::view::{DashboardView, LossGroup, PartEntry, RateState, SheetState, Stage};
use app::{Session, rubrics};
use rubric::Rubric;
use rubric::decimal::parse;
use rubric::model::Rule;
use rust_decimal::Decimal;

const RUBRICS: [&str; 6] =
    ["oucsx-2021", "coal-2021", "urumqi-base", "platform-2024", "resource-2024", "gbt38856-2020"];

struct Desk {
    folder: tempfile::TempDir,
    session: Session,
}

impl Desk {
    fn new() -> Self {
        let (folder, session) = workspace(None);
        Self { folder, session }
    }

    fn sheet(&mut self, rubric: &str, stage: Stage) -> String {
        let input = new_sheet(rubric, ("并州分校", 2022), stage, ("周宁", "并州分校"));
        self.session.create_sheet(&input).unwrap()
    }

    /// Scores every point, every third below full marks where its rules allow.
    fn score(&mut self, sheet: &str, rubric: &Rubric) {
        for (at, (_, point)) in rubric.points().enumerate() {
            let clause = point.parts.iter().any(|part| matches!(part.rule, Rule::Conform { .. }));
            if clause {
                let conformity = ["符合", "部分符合", "不符合", "不适用"][at % 4].to_owned();
                let entry = PartEntry::Conform { conformity };
                self.session.set_part(sheet, &point.code, 1, Some(&entry)).unwrap();
                continue;
            }
            let mark = if at % 3 == 0 { point.legal.lowest() } else { point.legal.highest() };
            self.session.set_mark(sheet, &point.code, Some(&rubric::decimal::show(mark))).unwrap();
        }
    }

    fn dashboard(&mut self, sheet: &str) -> DashboardView {
        self.session.dashboard(sheet).unwrap()
    }

    fn state(&mut self, sheet: &str) -> SheetState {
        self.session.state(sheet).unwrap()
    }
}

fn d(text: &str) -> Decimal {
    parse(text.trim_start_matches('+')).unwrap_or_else(|| panic!("{text}"))
}

fn sum(groups: &[LossGroup]) -> Decimal {
    let sum = groups.iter().map(|group| d(&group.amount)).sum();
    let places: Decimal = groups.iter().flat_map(|group| &group.places).map(|place| d(&place.amount)).sum();
    assert_eq!(sum, places);
    assert!(groups.windows(2).all(|pair| d(&pair[0].amount) >= d(&pair[1].amount)), "the biggest comes first");
    sum
}

#[test]
fn losses_and_marks_are_the_full_marks_of_every_rubric() {
    let mut desk = Desk::new();
    for id in RUBRICS {
        let rubric = rubrics::load(id).unwrap().rubric;
        let sheet = desk.sheet(id, Stage::SelfEvaluation);
        let empty = desk.dashboard(&sheet);
        assert_eq!((empty.scored, empty.losses.lost.as_str(), empty.losses.by_sentence.len()), (0, "0", 0), "{id}");
        assert!(empty.first.iter().all(|row| matches!(row.own.state, RateState::Open) && row.own.percent.is_none()));
        desk.score(&sheet, &rubric);
        let (figures, state) = (desk.dashboard(&sheet), desk.state(&sheet));
        let losses = &figures.losses;
        assert_eq!(figures.scored, figures.points, "{id}");
        assert!(d(&losses.lost) > Decimal::ZERO, "{id}");
        assert_eq!(d(&losses.full) - d(&losses.lost), d(&losses.given), "{id}");
        assert_eq!(d(&losses.full), d(&state.outcome.max), "{id}: everything is scored");
        assert_eq!(d(&losses.given) + d(&losses.adjusted), d(&state.outcome.total), "{id}");
        for groups in [&losses.by_sentence, &losses.by_kind, &losses.by_indicator] {
            assert_eq!(sum(groups), d(&losses.lost), "{id}");
        }
        for row in figures.first.iter().chain(&figures.second).filter(|_| !figures.second_points) {
            let outcome = state.outcome.indicators.iter().find(|outcome| outcome.code == row.code).unwrap();
            assert_eq!(row.own.percent.as_ref(), Some(&outcome.percent), "{id} {}", row.code);
            assert_eq!((&row.own.score, &row.own.max), (&outcome.score, &outcome.max), "{id} {}", row.code);
        }
        let low: Vec<&String> = figures.second.iter().filter(|row| row.low).map(|row| &row.code).collect();
        if figures.line.printed {
            assert_eq!(low, state.outcome.below_line.iter().collect::<Vec<_>>(), "{id}");
        }
        assert_eq!(figures.radar, figures.first.len() >= 3, "{id}");
        assert_eq!(figures.departments.is_empty(), id != "oucsx-2021", "{id}");
    }
}

#[test]
fn what_is_scored_in_part_has_a_rate_of_its_part_only() {
    let mut desk = Desk::new();
    let sheet = desk.sheet("oucsx-2021", Stage::SelfEvaluation);
    let rubric = rubrics::load("oucsx-2021").unwrap().rubric;
    let (_, first) = rubric.points().next().unwrap();
    desk.session.set_mark(&sheet, &first.code, Some("1")).unwrap();
    let figures = desk.dashboard(&sheet);
    let row = &figures.second[0];
    assert!(matches!(row.own.state, RateState::Begun));
    assert_eq!((row.own.percent.as_ref(), row.low), (None, false));
    assert_eq!(row.own.so_far, rubric::decimal::percent(Decimal::ONE, first.max));
    assert_eq!(d(&row.own.open) + first.max, d(&row.own.max));
    assert!(figures.second[1].own.so_far.is_none());
}

#[test]
fn the_other_stage_stands_beside_and_differences_are_signed() {
    let mut desk = Desk::new();
    let own = desk.sheet("oucsx-2021", Stage::SelfEvaluation);
    let review = desk.sheet("oucsx-2021", Stage::Review);
    let rubric = rubrics::load("oucsx-2021").unwrap().rubric;
    let codes: Vec<&str> = rubric.points().take(3).map(|(_, point)| point.code.as_str()).collect();
    for (at, code) in codes.iter().enumerate() {
        desk.session.set_mark(&own, code, Some("2")).unwrap();
        desk.session.set_mark(&review, code, Some(["2", "1", "0"][at])).unwrap();
    }
    let beside = desk.dashboard(&review);
    assert_eq!(beside.other.as_ref().map(|other| other.sheet.as_str()), Some(own.as_str()));
    assert_eq!(beside.compared, 3);
    let rows: Vec<(&str, &str)> = beside.differences.iter().map(|r| (r.code.as_str(), r.difference.as_str())).collect();
    assert_eq!(rows, [(codes[2], "-2"), (codes[1], "-1")]);
    assert!(beside.first.iter().all(|row| row.other.is_some()));
    let turned = desk.dashboard(&own);
    assert_eq!(turned.differences[0].difference, "+2");
    assert_eq!(turned.other.map(|other| other.sheet), Some(review));
}

#[test]
fn a_picture_is_written_once_and_only_when_it_is_one() {
    let desk = Desk::new();
    let path = desk.folder.path().join("图.png");
    let code = |picture: &str, replace| {
        write_picture(picture, Target { path: &path, replace }).map_err(|failure| failure.code().to_owned())
    };
    assert_eq!(code("bm90IGEgcGljdHVyZQ==", false), Err("app.no-picture".to_owned()));
    assert_eq!(code("不是", false), Err("app.no-picture".to_owned()));
    assert!(!path.exists());
    let png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    assert_eq!(code(png, false), Ok(()));
    assert_eq!(code(png, false), Err("app.file-exists".to_owned()));
    assert_eq!(code(png, true), Ok(()));
    assert!(std::fs::read(&path).unwrap().starts_with(b"\x89PNG"));
}
