//! Panels over real sheets in a workspace: who counts, what follows, what is told, what can be undone.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its functions as well")]

use app::results::table::Table;
use app::view::{NewPanel, NewSheet, PanelCell, PolicyView, Stage};
use app::{Language, Session, World};
use std::path::{Path, PathBuf};
use store::{AuditNote, Workspace};

const PANEL: &str = "2022 复评";
const OWN: &str = "并州分校";
const OTHER: &str = "上党分校";
/// Scores differ at this point only.
const POINT: &str = "1.1.1-1";

struct Office {
    folder: tempfile::TempDir,
    session: Session,
}

fn session(folder: &Path) -> Session {
    let mut world = World::real(app::world::fonts_folder());
    world.now = Box::new(|| 1_656_028_800); // 2022-06-24
    Session::open(folder, world, Language::Zh).unwrap()
}

impl Office {
    /// Three members, one of them of the unit 并州分校; each with a sheet for both units, some of them signed.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let session = session(&folder.path().join("ws"));
        let mut office = Self { folder, session };
        let new = NewPanel {
            name: PANEL.into(),
            rubric: "oucsx-2021".into(),
            year: 2022,
            stage: Stage::Review,
            members: Vec::new(),
        };
        office.session.new_panel(&new).unwrap();
        for (name, organisation) in [("韩立群", "第二专家组"), ("孟雪琴", "漳河职业学院"), ("周敏", OWN)]
        {
            office.session.set_panel_member(PANEL, name, organisation, true).unwrap();
        }
        office
    }

    fn workspace(&self) -> PathBuf {
        self.folder.path().join("ws")
    }

    /// A complete sheet, with so many marks at one point; finalised.
    fn sheet(&mut self, unit: &str, (assessor, organisation): (&str, &str), mark: &str) -> String {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/sample/self-周宁.json");
        let text = std::fs::read_to_string(sample).unwrap();
        let new = NewSheet {
            rubric: "oucsx-2021".into(),
            unit: unit.into(),
            year: 2022,
            stage: Stage::Review,
            assessor: assessor.into(),
            organisation: organisation.into(),
        };
        let id = self.session.create_sheet(&new).unwrap();
        let state = self.session.enter_input(&id, &app::assess::read("样例", &text).unwrap()).unwrap();
        for point in state.points.iter().filter(|point| point.needs_reason) {
            self.session.set_remark(&id, &point.code, "现场核实").unwrap();
        }
        self.session.set_mark(&id, POINT, Some(mark)).unwrap();
        self.session.set_remark(&id, POINT, "现场核实").unwrap();
        self.session.finalize(&id).unwrap();
        id
    }

    /// Signs sheets as an import of signed packages leaves them.
    fn signed(self, sheets: &[String]) -> Self {
        let path = self.workspace();
        let Self { folder, session: open } = self;
        drop(open);
        let mut workspace = Workspace::open(&path).unwrap();
        for sheet in sheets {
            let note = AuditNote { at: 1, sheet: Some(sheet), action: "sign", target: sheet, ..AuditNote::default() };
            let signed = workspace.write(&note, |tx| {
                let digest = tx.sheet(sheet)?.digest.unwrap();
                tx.sign_revision(sheet, &digest, "ab")
            });
            signed.map_err(|error: store::Error| error).unwrap();
        }
        drop(workspace);
        Self { session: session(&path), folder }
    }

    /// Both units, all members, signed; one sheet at 并州分校 is the member's own unit.
    fn complete() -> Self {
        let mut office = Self::new();
        let mut sheets = Vec::new();
        for (unit, marks) in [(OWN, ["3", "4", "4"]), (OTHER, ["4", "4", "3"])] {
            let people = [("韩立群", "第二专家组"), ("孟雪琴", "漳河职业学院"), ("周敏", OWN)];
            for (person, mark) in people.into_iter().zip(marks) {
                sheets.push(office.sheet(unit, person, mark));
            }
        }
        office.signed(&sheets)
    }

    fn policy(&mut self, change: impl FnOnce(&mut PolicyView)) -> app::Result<app::view::PanelView> {
        let mut policy = self.session.panel(PANEL)?.policy;
        change(&mut policy);
        self.session.set_panel_policy(PANEL, &policy)
    }
}

fn standing(cell: &PanelCell) -> &str {
    &cell.standing.code
}

#[test]
fn who_does_not_count_is_named_and_recusal_and_undo_act_at_once() {
    let mut office = Office::complete();
    let view = office.session.panel(PANEL).unwrap();
    assert_eq!(view.members.iter().map(|m| m.name.as_str()).collect::<Vec<_>>(), ["周敏", "孟雪琴", "韩立群"]);
    let units: Vec<&str> = view.units.iter().map(|unit| unit.unit.as_str()).collect();
    assert_eq!(units, [OTHER, OWN]);
    assert_eq!(view.units[1].cells.iter().map(standing).collect::<Vec<_>>(), ["own-unit", "counted", "counted"]);
    assert_eq!((view.units[0].counted, view.units[1].counted), (3, 2));
    // 3 of one and 4 of the other are a half; the rest of the sheets is the same.
    let (all, own) = (view.units[0].total.clone().unwrap(), view.units[1].total.clone().unwrap());
    assert!(own.ends_with(".5") && all.contains('.'), "{own} {all}");

    let recused = office.session.recuse(PANEL, "周敏", OTHER, Some("曾任该校副校长")).unwrap();
    assert_eq!(standing(&recused.units[0].cells[0]), "recused");
    assert_eq!(recused.units[0].cells[0].standing.text, "回避：曾任该校副校长");
    assert!(!recused.units[0].total.clone().unwrap().contains('.'), "two sheets that say the same");
    let undone = office.session.step_panel(PANEL, true).unwrap();
    assert_eq!((undone.recusals.len(), undone.units[0].total.clone()), (0, Some(all)));
    let redone = office.session.step_panel(PANEL, false).unwrap();
    assert_eq!(redone.recusals[0].reason, "曾任该校副校长");
    let history = office
        .session
        .history(None, &app::view::HistoryQuery { group: None, text: String::new(), before: None })
        .unwrap();
    assert!(
        history.lines.iter().any(|line| line.action == "记回避" && line.reason.as_deref() == Some("曾任该校副校长"))
    );
}

#[test]
fn nobody_sees_others_before_handing_in_and_unsigned_sheets_do_not_count() {
    let mut office = Office::new();
    let first = office.sheet(OTHER, ("韩立群", "第二专家组"), "4");
    office.sheet(OTHER, ("孟雪琴", "漳河职业学院"), "3");
    office.sheet(OTHER, ("路过的人", "别处"), "3");
    let mut office = office.signed(&[first]);
    let view = office.session.panel(PANEL).unwrap();
    assert_eq!(view.units[0].cells.iter().map(standing).collect::<Vec<_>>(), ["missing", "unsigned", "counted"]);
    assert_eq!(view.units[0].flags[0].code, "too-few");
    assert_eq!((view.units[0].total.clone(), view.strangers.len()), (None, 1));
    assert!(view.strangers[0].text.contains("路过的人"), "{:?}", view.strangers);

    let blind = office.session.panel_as(PANEL, "孟雪琴").unwrap();
    assert_eq!(blind.units[0].cells.iter().map(standing).collect::<Vec<_>>(), ["hidden", "unsigned", "hidden"]);
    assert!(blind.units[0].cells.iter().all(|cell| cell.total.is_none()) && blind.agreement.is_empty());
    let handed_in = office.session.panel_as(PANEL, "韩立群").unwrap();
    assert_eq!(handed_in.units[0], view.units[0]);
}

#[test]
fn what_is_agreed_on_keeps_what_stood_before_and_can_be_taken_back() {
    let mut office = Office::complete();
    let before = office.session.panel(PANEL).unwrap().units[1].total.clone();
    let refused = office.session.agree(PANEL, OWN, "total", Some(("860.55", "会商"))).unwrap_err();
    assert_eq!(refused.code(), "panel.bad-mark");
    assert_eq!(
        office.session.agree(PANEL, OWN, POINT, Some(("3", "会商"))).unwrap_err().code(),
        "panel.nothing-to-agree"
    );
    assert_eq!(
        office.session.agree(PANEL, OWN, "total", Some(("860", " "))).unwrap_err().code(),
        "assessment.bad-text"
    );
    office.session.agree(PANEL, OWN, "total", Some(("901", "复核原始材料后一致同意"))).unwrap();
    let unit = office.session.panel_unit(PANEL, OWN).unwrap();
    let totals = unit.totals.unwrap();
    let agreed = totals.agreed.unwrap();
    assert_eq!((totals.mark.as_deref(), agreed.before), (Some("901"), before.clone()));
    assert_eq!((agreed.given.len(), agreed.reason.as_str()), (2, "复核原始材料后一致同意"));
    assert!(unit.unit.flags.iter().any(|flag| flag.code == "agreed-over"), "{:?}", unit.unit.flags);
    let back = office.session.agree(PANEL, OWN, "total", None).unwrap();
    assert_eq!(back.units[1].total, before);
}

#[test]
fn a_policy_is_checked_and_consensus_asks_for_what_differs() {
    let mut office = Office::complete();
    assert_eq!(office.policy(|policy| policy.per = "point".into()).unwrap_err().code(), "policy.whole-marks");
    assert_eq!(office.policy(|policy| policy.method = "vote".into()).unwrap_err().code(), "panel.unknown-word");
    let consensus = office.policy(|policy| {
        policy.method = "consensus".into();
        policy.per = "point".into();
        policy.step = "1".into();
    });
    let view = consensus.unwrap();
    assert!(view.policy_text.starts_with("会商一致，按观测点，修约到 1"), "{}", view.policy_text);
    assert_eq!(view.units[1].total, None);
    let open: Vec<&str> = view.units[1].flags.iter().map(|flag| flag.code.as_str()).collect();
    assert_eq!(open, ["must-agree"]);
    let settled = office.session.agree(PANEL, OWN, POINT, Some(("4", "看了会议纪要"))).unwrap();
    assert!(settled.units[1].total.is_some(), "{:?}", settled.units[1]);
    let unit = office.session.panel_unit(PANEL, OWN).unwrap();
    let point = unit.points.iter().find(|point| point.code == POINT).unwrap();
    assert!(point.steps.iter().any(|step| step.contains("从 3 到 4，不一致")), "{:?}", point.steps);
    assert!(point.steps.last().unwrap().contains("会商定为 4"), "{:?}", point.steps);
}

#[test]
fn results_rank_and_are_given_as_tables() {
    let mut office = Office::complete();
    let results = office.session.results(PANEL).unwrap();
    let ranks: Vec<(u32, &str)> = results.ranking.iter().map(|row| (row.rank, row.unit.as_str())).collect();
    assert_eq!(ranks, [(1, OTHER), (2, OWN)], "{:?}", results.ranking);
    assert_eq!(results.grades.iter().map(|grade| grade.units).sum::<u32>(), 2);
    let shares: Vec<f64> =
        results.indicators.iter().map(|row| row.percent.as_ref().unwrap().parse().unwrap()).collect();
    assert!(shares.is_sorted(), "the weakest first: {shares:?}");
    let csv = Table::ranking(&results, Language::Zh).csv();
    assert!(csv.starts_with("\u{feff}\"名次\",\"单位\",\"合议分\""), "{csv}");
    assert_eq!(csv.lines().count(), 3);
    assert_eq!(Table::matrix(&results, Language::En).lines.len(), 6);
    let profile = office.session.compare_units(PANEL, &[OWN.into(), OTHER.into()]).unwrap();
    assert_eq!(profile.rows[0].ranks, [Some(2), Some(1)]);
    let unknown = office.session.compare_units(PANEL, &["井州分校".into()]).unwrap_err();
    assert_eq!(unknown.code(), "panel.unknown-unit");
    let trend = office.session.trend(PANEL).unwrap();
    assert_eq!((trend.rounds.len(), trend.rounds[0].same, trend.rows.len()), (1, true, 2 * 7));
}

#[test]
fn panels_that_make_no_sense_are_refused_in_words() {
    let mut office = Office::new();
    let new = |name: &str, rubric: &str, stage| NewPanel {
        name: name.into(),
        rubric: rubric.into(),
        year: 2022,
        stage,
        members: Vec::new(),
    };
    let mut refused = |new: &NewPanel| office.session.new_panel(new).unwrap_err().code().to_owned();
    assert_eq!(refused(&new(PANEL, "oucsx-2021", Stage::Review)), "panel.name-taken");
    assert_eq!(refused(&new("自评组", "oucsx-2021", Stage::SelfEvaluation)), "panel.own-stage");
    assert_eq!(refused(&new("清单组", "gbt38856-2020", Stage::Review)), "policy.no-marks");
    assert_eq!(refused(&new(" ", "oucsx-2021", Stage::Review)), "assessment.bad-text");
    let code = |result: app::Result<app::view::PanelView>| result.unwrap_err().code().to_owned();
    assert_eq!(code(office.session.panel("没有的")), "panel.unknown-panel");
    assert_eq!(code(office.session.set_panel_member(PANEL, "韩立群", "第二专家组", true)), "panel.member-there");
    assert_eq!(code(office.session.set_panel_leader(PANEL, Some("路人"))), "panel.unknown-member");
    assert_eq!(code(office.session.recuse(PANEL, "周敏", OTHER, None)), "panel.not-recused");
    office.session.set_panel_member(PANEL, "周敏", "另一所学校", true).unwrap();
    assert_eq!(code(office.session.set_panel_leader(PANEL, Some("周敏"))), "panel.ambiguous-member");
    let led = office.session.set_panel_leader(PANEL, Some("周敏@并州分校")).unwrap();
    assert!(led.members.iter().any(|member| member.leader && member.organisation == OWN));
    let gone = office.session.set_panel_member(PANEL, "周敏@并州分校", "", false).unwrap();
    assert!(gone.members.iter().all(|member| !member.leader) && gone.members.len() == 3);
}
