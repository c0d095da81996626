//! Panels over real sheets in a workspace: who counts, what follows, what is told, what can be undone.

use crate::office::{Office, PANEL, POINT};
use app::Language;
use app::results::table::Table;
use app::view::{NewPanel, NewSheet, PanelCell, PanelPerson, PolicyView, Stage};
use assessment::merge::{Choice, DECISION, Decision, FORMAT, Person};
use std::path::Path;
use store::{AuditNote, DecisionRow, Workspace};

const OWN: &str = "并州分校";
const OTHER: &str = "上党分校";
const NOW: i64 = 1_656_028_800; // 2022-06-24

impl Office {
    /// Three members, one of them of the unit 并州分校.
    fn of_three_members() -> Self {
        let mut office = Self::at(NOW);
        let members = [("韩立群", "第二专家组"), ("孟雪琴", "漳河职业学院"), ("周敏", OWN)];
        office.panel(PANEL, "oucsx-2021", 2022, &members);
        office
    }

    /// A complete sheet, with so many marks at one point; finalised.
    fn reviewed(&mut self, unit: &str, person: (&str, &str), mark: &str) -> String {
        let draft = self.draft(unit, person, mark, "现场核实");
        self.finalise(draft)
    }

    /// Both units, all members, signed; one sheet at 并州分校 is the member's own unit.
    fn all_reviewed() -> Self {
        let mut office = Self::of_three_members();
        for (unit, marks) in [(OWN, ["3", "4", "4"]), (OTHER, ["4", "4", "3"])] {
            let people = [("韩立群", "第二专家组"), ("孟雪琴", "漳河职业学院"), ("周敏", OWN)];
            for (person, mark) in people.into_iter().zip(marks) {
                office.reviewed(unit, person, mark);
            }
        }
        office.all_signed()
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
    let mut office = Office::all_reviewed();
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
    let mut office = Office::of_three_members();
    let first = office.reviewed(OTHER, ("韩立群", "第二专家组"), "4");
    office.reviewed(OTHER, ("孟雪琴", "漳河职业学院"), "3");
    office.reviewed(OTHER, ("路过的人", "别处"), "3");
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
    let mut office = Office::all_reviewed();
    let before = office.session.panel(PANEL).unwrap().units[1].total.clone();
    let refused = office.session.agree(PANEL, OWN, "total", Some(("860.55", "会商"))).unwrap_err();
    assert_eq!(refused.code(), "panel.bad-mark");
    for beyond in ["9010", "-1"] {
        let refused = office.session.agree(PANEL, OWN, "total", Some((beyond, "会商"))).unwrap_err();
        assert_eq!(refused.code(), "panel.mark-out-of-range");
    }
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
fn what_was_agreed_on_and_is_no_longer_admitted_is_shown_and_not_given_out() {
    let mut office = Office::all_reviewed();
    office.policy(|policy| policy.step = "0.01".to_owned()).unwrap();
    office.session.agree(PANEL, OWN, "total", Some(("860.05", "会商"))).unwrap();
    let view = office.policy(|policy| policy.step = "0.1".to_owned()).unwrap();
    let row = &view.units[1];
    assert_ne!(row.total.as_deref(), Some("860.05"));
    assert!(!row.agreed && row.flags.iter().any(|flag| flag.code == "bad-agreement"), "{:?}", row.flags);
    let totals = office.session.panel_unit(PANEL, OWN).unwrap().totals.unwrap();
    assert_eq!((totals.agreed.is_none(), totals.refused.map(|one| one.mark)), (true, Some("860.05".to_owned())));
    assert!(totals.steps.iter().all(|step| !step.contains("860.05")), "{:?}", totals.steps);
    let back = office.session.agree(PANEL, OWN, "total", None).unwrap();
    assert!(back.units[1].flags.iter().all(|flag| flag.code != "bad-agreement"));
}

#[test]
fn a_policy_is_checked_and_consensus_asks_for_what_differs() {
    let mut office = Office::all_reviewed();
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
    let mut office = Office::all_reviewed();
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
    let said = unknown.problem(app::Language::Zh);
    assert!(said.place.contains("名称相近的：没有"), "{said:?}");
    let trend = office.session.trend(PANEL).unwrap();
    assert_eq!((trend.rounds.len(), trend.rounds[0].same, trend.rows.len()), (1, true, 2 * 7));
}

#[test]
fn panels_that_make_no_sense_are_refused_in_words() {
    let mut office = Office::of_three_members();
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

#[test]
fn what_came_in_offers_a_panel_with_its_assessors() {
    let mut office = Office::all_reviewed();
    let offers = office.session.panel_offers().unwrap();
    let [offer] = offers.as_slice() else { panic!("{offers:?}") };
    assert_eq!((offer.units, offer.signed, offer.unsigned), (2, 6, 0));
    assert_eq!(offer.panels, [PANEL]);
    assert!(offer.assessors.iter().all(|assessor| assessor.member && assessor.signed == 2), "{offer:?}");

    // Another panel over the same sheets, with two of them.
    let members: Vec<PanelPerson> = offer.assessors[..2]
        .iter()
        .map(|one| PanelPerson { name: one.name.clone(), organisation: one.organisation.clone() })
        .collect();
    let (name, rubric) = ("复核组".to_owned(), offer.rubric.clone());
    let view = office.session.new_panel(&NewPanel { name, rubric, year: 2022, stage: Stage::Review, members }).unwrap();
    assert_eq!((view.members.len(), view.units.len(), view.declared, view.others.len()), (2, 2, false, 1));
    assert!(view.choices.iter().any(|choice| choice.method == "mean" && choice.per == ["total"]), "{:?}", view.choices);
    assert!(view.choices.iter().any(|choice| choice.method == "consensus" && choice.per == ["point"]));
    assert!(office.policy(|policy| policy.method = "mean".into()).unwrap().declared);
}

#[test]
fn a_panel_stands_on_a_rubric_that_only_the_workspace_has() {
    let mut office = Office::of_three_members();
    let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rubric/tests/small.toml");
    let file = office.folder.path().join("small.toml");
    std::fs::copy(small, &file).unwrap();
    let new = NewSheet {
        rubric: file.display().to_string(),
        unit: OWN.into(),
        year: 2022,
        stage: Stage::Review,
        assessor: "韩立群".into(),
        organisation: "第二专家组".into(),
    };
    office.session.create_sheet(&new).unwrap();
    std::fs::remove_file(&file).unwrap();
    let made = |name: &str, rubric: &str| NewPanel {
        name: name.into(),
        rubric: rubric.into(),
        year: 2022,
        stage: Stage::Review,
        members: Vec::new(),
    };
    let view = office.session.new_panel(&made("小表组", "small")).unwrap();
    assert_eq!((view.panel.rubric_title.as_str(), view.units.len()), ("小表", 1));
    let unknown = office.session.new_panel(&made("别的组", &file.display().to_string())).unwrap_err();
    assert_eq!(unknown.code(), "app.unknown-rubric");
}

#[test]
fn where_members_differ_is_told_with_what_their_sheets_say() {
    let mut office = Office::all_reviewed();
    let view = office.session.compare_members(PANEL, OTHER, Some("韩立群"), 4).unwrap();
    let row = &view.rows[0];
    assert_eq!((row.code.as_str(), row.distance.as_str(), view.more), ("1.1.1", "0.5", 0));
    let point = row.points.iter().find(|point| point.code == POINT).unwrap();
    assert_eq!(point.marks, [Some("3".to_owned()), Some("4".to_owned()), Some("4".to_owned())]);
    assert!(point.differs && point.remarks.len() == 3, "{point:?}");
    assert!(view.reasons.iter().any(|reason| reason.contains("韩立群的意见“现场核实”")), "{:?}", view.reasons);
    let request = view.request.unwrap();
    assert!(request.starts_with("韩立群（第二专家组）：") && request.contains("您 13 分，其余 12—13 分"), "{request}");
    assert!(!request.contains("孟雪琴") && !request.contains("周敏"), "nobody else is named: {request}");

    let all = office.session.compare_members(PANEL, OTHER, None, 4).unwrap();
    assert_eq!((all.rows[0].distance.as_str(), all.request, all.reasons.len()), ("1", None, 0));
    let own = office.session.compare_members(PANEL, OWN, Some("周敏"), 4).unwrap_err();
    assert_eq!(own.code(), "panel.nothing-to-compare");
}

#[test]
fn agreement_is_told_for_each_part_of_the_rubric() {
    let mut office = Office::all_reviewed();
    let groups = office.session.panel_agreement(PANEL).unwrap();
    let first = groups.iter().find(|group| group.code == "1").unwrap();
    assert_eq!((first.level, first.measures.len()), (1, 3));
    // Only one unit was scored by everybody: that is said in words, and no number is made up.
    assert!(first.measures.iter().any(|measure| measure.value.is_none() && !measure.text.is_empty()), "{first:?}");
    assert!(groups.iter().all(|group| group.level <= 2) && groups.len() > 20, "{}", groups.len());
}

#[test]
fn a_panel_is_renamed_and_goes_off_the_list_and_back() {
    let mut office = Office::all_reviewed();
    let before = office.session.panel(PANEL).unwrap();
    assert_eq!(office.session.rename_panel(PANEL, "二〇二二年复评").unwrap().panel.name, "二〇二二年复评");
    assert!(office.session.remove_panel("二〇二二年复评").unwrap().is_empty());
    assert_eq!(office.session.panel("二〇二二年复评").unwrap_err().code(), "panel.no-panels");
    let removed = office.session.removed_panels().unwrap();
    let back = office.session.restore_panel(&removed[0].id).unwrap();
    assert_eq!((back.members, back.units), (before.members, before.units), "nothing of it was lost");
    let (name, rubric) = (PANEL.to_owned(), "oucsx-2021".to_owned());
    let other = NewPanel { name, rubric, year: 2022, stage: Stage::Review, members: Vec::new() };
    office.session.new_panel(&other).unwrap();
    let taken = office.session.rename_panel("二〇二二年复评", PANEL).unwrap_err();
    assert_eq!(taken.code(), "panel.name-taken");
}

/// Decisions as the inbox keeps them, without their signed files.
fn decided(office: Office, hour: usize, choices: &[Choice]) -> Office {
    let note = AuditNote { at: 1, action: "decide", target: "", ..AuditNote::default() };
    let decide = |workspace: &mut Workspace| {
        let kept = workspace.write(&note, |tx| {
            for (number, choice) in choices.iter().enumerate() {
                let by = Person { name: "何静".into(), organisation: "示例评估办公室".into() };
                let at = format!("2022-06-24T0{hour}:00:0{number}Z");
                let (kind, reason) = (DECISION.to_owned(), "核对过".to_owned());
                let decision = Decision { format: FORMAT, kind, choice: choice.clone(), reason, by, at };
                let body = serde_json::to_string(&decision).unwrap();
                tx.add_decision(&DecisionRow { digest: format!("{hour}-{number}"), at: 1, body, sealed: Vec::new() })?;
            }
            Ok(())
        });
        kept.map_err(|error: store::Error| error).unwrap();
    };
    office.below(decide).0
}

#[test]
fn decisions_on_names_and_marks_are_followed() {
    let mut office = Office::of_three_members();
    let spelled = "上党分校（长治）";
    let person = |name: &str, organisation: &str| Person { name: name.into(), organisation: organisation.into() };
    let sheets = [
        office.reviewed(OTHER, ("韩立群", "第二专家组"), "4"),
        office.reviewed(spelled, ("孟雪琴", "漳河职院"), "3"),
        office.reviewed(OTHER, ("周敏", OWN), "4"),
    ];
    let mut office = office.signed(&sheets);
    let before = office.session.panel(PANEL).unwrap();
    assert_eq!(before.units.len(), 2);
    assert!(before.units[0].flags.iter().any(|flag| flag.code == "alike-unit"), "{:?}", before.units[0].flags);
    office.session.recuse(PANEL, "周敏", spelled, Some("曾任该校副校长")).unwrap();

    let unit = Choice::Unit { given: spelled.into(), meant: OTHER.into() };
    let (given, meant) = (person("孟雪琴", "漳河职院"), person("孟雪琴", "漳河职业学院"));
    let mut office = decided(office, 1, &[unit, Choice::Assessor { given, meant }]);
    let after = office.session.panel(PANEL).unwrap();
    let [row] = after.units.as_slice() else { panic!("{:?}", after.units) };
    assert_eq!(row.cells.iter().map(standing).collect::<Vec<_>>(), ["recused", "counted", "counted"]);
    assert!(after.others.is_empty() && row.flags.iter().all(|flag| flag.code != "alike-unit"));
    assert_eq!(office.session.recuse(PANEL, "周敏", OTHER, None).unwrap().recusals, []);

    // A mark that was decided in place of a sheet's own counts in its stead.
    let totals = |office: &mut Office| office.session.panel(PANEL).unwrap().units[0].cells[2].total.clone().unwrap();
    let own: i64 = totals(&mut office).parse().unwrap();
    let sheet = sheets[0].clone();
    let digest = |workspace: &mut Workspace| workspace.read(|tx| tx.sheet(&sheet)).unwrap().digest;
    let (office, taken) = office.below(digest);
    let marks = [(POINT.to_owned(), "2".to_owned())].into();
    let mut office = decided(office, 2, &[Choice::Side { sheet, taken, rejected: ["ab".to_owned()].into(), marks }]);
    assert_eq!(totals(&mut office).parse::<i64>().unwrap(), own - 2);
}

#[test]
fn two_identities_of_one_person_count_once() {
    let mut office = Office::of_three_members();
    let people = [("韩立群", "第二专家组"), ("孟雪琴", "漳河职院"), ("周敏", OWN)];
    let sheets = people.map(|person| office.reviewed(OTHER, person, if person.0 == "孟雪琴" { "3" } else { "4" }));
    let mut office = office.signed(&sheets);
    let view = office.session.set_panel_member(PANEL, "孟雪琴", "漳河职院", true).unwrap();
    assert_eq!((view.members.len(), view.units[0].counted), (4, 3));
    let once = view.units[0].total.clone();

    let person = |organisation: &str| Person { name: "孟雪琴".into(), organisation: organisation.into() };
    let (given, meant) = (person("漳河职院"), person("漳河职业学院"));
    let mut office = decided(office, 1, &[Choice::Assessor { given, meant }]);
    let view = office.session.panel(PANEL).unwrap();
    assert_eq!((view.members.len(), view.units[0].counted, &view.units[0].total), (3, 3, &once));
    let offers = office.session.panel_offers().unwrap();
    let offered: Vec<_> = offers[0].assessors.iter().map(|one| (one.organisation.as_str(), one.member)).collect();
    assert_eq!(offered.len(), 3, "{offered:?}");
    assert!(offered.contains(&("漳河职业学院", true)), "{offered:?}");

    let refused = office.session.set_panel_member(PANEL, "孟雪琴", "漳河职院", true).unwrap_err();
    assert_eq!(refused.code(), "panel.same-person");
    let both = ["漳河职院", "漳河职业学院"]
        .map(|organisation| PanelPerson { name: "孟雪琴".to_owned(), organisation: organisation.to_owned() });
    let (name, rubric) = ("另一组".to_owned(), "oucsx-2021".to_owned());
    let other = NewPanel { name, rubric, year: 2022, stage: Stage::Review, members: both.to_vec() };
    assert_eq!(office.session.new_panel(&other).unwrap_err().code(), "panel.same-person");
    // Whoever goes, goes under every spelling.
    let gone = office.session.set_panel_member(PANEL, "孟雪琴@漳河职院", "", false).unwrap();
    assert!(gone.members.len() == 2 && gone.members.iter().all(|member| member.name != "孟雪琴"));
}

#[test]
fn what_was_agreed_on_under_another_spelling_is_replaced_and_taken_back() {
    let mut office = Office::of_three_members();
    let spelled = "上党分校（长治）";
    let sheets = [
        office.reviewed(OTHER, ("韩立群", "第二专家组"), "4"),
        office.reviewed(spelled, ("孟雪琴", "漳河职业学院"), "3"),
    ];
    let mut office = office.signed(&sheets);
    office.policy(|policy| policy.least = 1).unwrap();
    office.session.agree(PANEL, spelled, "total", Some(("850", "会商"))).unwrap();
    let mut office = decided(office, 1, &[Choice::Unit { given: spelled.into(), meant: OTHER.into() }]);
    let total = |view: &app::view::PanelView| view.units[0].total.clone();
    assert_eq!(total(&office.session.panel(PANEL).unwrap()).as_deref(), Some("850"));
    let again = office.session.agree(PANEL, OTHER, "total", Some(("851", "再会商"))).unwrap();
    assert_eq!(total(&again).as_deref(), Some("851"));
    let back = office.session.agree(PANEL, OTHER, "total", None).unwrap();
    assert!(!back.units[0].agreed && back.units[0].flags.iter().all(|flag| flag.code != "agreed-on-others"));
}

#[test]
fn nobody_scores_their_own_unit_under_another_spelling_of_it() {
    let mut office = Office::at(NOW);
    let spelled = "上党分校（长治）";
    office.panel(PANEL, "oucsx-2021", 2022, &[("韩立群", "第二专家组"), ("梁晓东", spelled)]);
    let people = [("韩立群", "第二专家组"), ("梁晓东", spelled)];
    let sheets = people.map(|person| office.reviewed(OTHER, person, "4"));
    let mut office = office.signed(&sheets);
    let standings = |office: &mut Office| -> Vec<String> {
        let cells = office.session.panel(PANEL).unwrap().units.remove(0).cells;
        cells.iter().map(|cell| standing(cell).to_owned()).collect()
    };
    assert_eq!(standings(&mut office), ["counted", "counted"], "a likeness alone excludes nobody");
    let hinted = office.session.panel(PANEL).unwrap().units.remove(0).flags;
    assert!(hinted.iter().any(|flag| flag.code == "may-be-own" && flag.text.contains("梁晓东")), "{hinted:?}");
    let mut office = decided(office, 1, &[Choice::Unit { given: spelled.into(), meant: OTHER.into() }]);
    let view = office.session.panel(PANEL).unwrap();
    let own = view.members.iter().position(|member| member.name == "梁晓东").unwrap();
    assert_eq!(standings(&mut office)[own], "own-unit");
}
