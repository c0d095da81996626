//! Results of a panel over real sheets: who is asked for and in which order, saved views, how marks came about, years of
//! different editions.

use crate::desk::new_sheet;
use crate::office::{Office, PANEL};
use app::view::{HistoryQuery, ResultsQuery, ResultsSort, ResultsTable, Stage};
use std::path::Path;

const EARLIER: &str = "2020 复评";
const EXPERTS: [&str; 2] = ["韩立群", "孟雪琴"];
const OF: &str = "第二专家组";

fn rubric() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../rubric/tests/small.toml")).unwrap()
}

/// A unit's marks at the points A-1 and B by each expert; none where there is no sheet.
type Marks<'a> = (&'a str, [Option<(&'a str, &'a str)>; 2]);

impl Office {
    fn of_two_editions() -> Self {
        let office = Self::at(1_656_028_800); // 2022-06-24
        // In the edition before, 乙 stood under another number.
        let earlier = rubric().replace("edition = \"1\"", "edition = \"0\"").replace("code = \"B\"", "code = \"C\"");
        std::fs::write(office.path("now.toml"), rubric()).unwrap();
        std::fs::write(office.path("earlier.toml"), earlier).unwrap();
        office
    }

    fn file(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    fn round(&mut self, name: &str, file: &str, year: i32, second: &str, units: &[Marks<'_>]) {
        let rubric = self.file(file);
        self.panel(name, &rubric, year, &EXPERTS.map(|expert| (expert, OF)));
        for (unit, marks) in units {
            for (expert, marks) in EXPERTS.into_iter().zip(marks) {
                let Some((first, last)) = marks else { continue };
                self.marked(&rubric, unit, year, (Stage::Review, expert, OF), &[("A-1", first), (second, last)]);
            }
        }
    }

    fn marked(
        &mut self,
        rubric: &str,
        unit: &str,
        year: i32,
        (stage, assessor, organisation): (Stage, &str, &str),
        marks: &[(&str, &str)],
    ) {
        let new = new_sheet(rubric, (unit, year), stage, (assessor, organisation));
        let id = self.session.create_sheet(&new).unwrap();
        for (code, mark) in marks.iter().chain(&[("A-2", "2")]) {
            self.session.set_mark(&id, code, Some(mark)).unwrap();
            self.session.set_remark(&id, code, "现场核实").unwrap();
        }
        self.finalise(id);
    }

    /// Four units: two that tie, one that waits for a sheet but has a result, one with too few sheets.
    fn of_ties() -> Self {
        let mut office = Self::of_two_editions();
        let units: [Marks<'_>; 4] = [
            ("并州分校", [Some(("4", "4")), Some(("3", "4"))]),
            ("上党分校", [Some(("3", "4")), Some(("4", "4"))]),
            ("汾曲分校", [Some(("2", "1")), Some(("2", "3"))]),
            ("漳源分校", [Some(("4", "4")), None]),
        ];
        office.round(PANEL, "now.toml", 2022, "B", &units);
        let rubric = office.file("now.toml");
        let own = (Stage::SelfEvaluation, "周宁", "汾曲分校");
        office.marked(&rubric, "汾曲分校", 2022, own, &[("A-1", "4"), ("B", "4")]);
        let mut office = office.all_signed();
        let mut policy = office.session.panel(PANEL).unwrap().policy;
        policy.step = "0.1".into();
        office.session.set_panel_policy(PANEL, &policy).unwrap();
        office
    }

    fn results(&mut self, query: &ResultsQuery) -> app::view::ResultsView {
        self.session.results_by(PANEL, query).unwrap()
    }
}

fn sorted(table: ResultsTable, column: &str, descending: bool) -> ResultsQuery {
    let sort = Some(ResultsSort { column: column.into(), descending });
    ResultsQuery { table, sort, ..ResultsQuery::default() }
}

fn names(view: &app::view::ResultsView) -> Vec<&str> {
    view.panel.units.iter().map(|unit| unit.unit.as_str()).collect()
}

#[test]
fn filters_leave_places_as_they_are_and_say_what_is_not_ranked() {
    let mut office = Office::of_ties();
    let all = office.results(&ResultsQuery::default());
    let ranks = |view: &app::view::ResultsView| -> Vec<(u32, bool, String)> {
        view.ranking.iter().map(|row| (row.rank, row.tied, row.unit.clone())).collect()
    };
    let tied = |unit: &str| (1, true, unit.to_owned());
    assert_eq!(ranks(&all), [tied("上党分校"), tied("并州分校"), (3, false, "汾曲分校".to_owned())]);
    assert_eq!((all.unranked.as_slice(), all.all), (&["漳源分校".to_owned()][..], 4));
    let waiting: Vec<u32> = all.progress.iter().map(|member| member.waiting).collect();
    assert_eq!(waiting.iter().sum::<u32>(), 1, "{:?}", all.progress);

    let last = office.results(&ResultsQuery { search: "汾曲".into(), ..ResultsQuery::default() });
    assert_eq!((ranks(&last), last.unranked.len()), (vec![(3, false, "汾曲分校".to_owned())], 0), "not ranked anew");
    let complete = office.results(&ResultsQuery { complete: true, ..ResultsQuery::default() });
    assert_eq!((complete.panel.units.len(), complete.unranked.len()), (3, 0));
    let grades = office.results(&ResultsQuery { grades: vec![String::new()], ..ResultsQuery::default() });
    assert_eq!(names(&grades), ["漳源分校"]);
    let weak = ResultsQuery { indicator: Some("B".into()), below: true, ..ResultsQuery::default() };
    let weak = office.results(&weak);
    assert_eq!((names(&weak), weak.ranking[0].total.as_str()), (vec!["汾曲分校"], "2"));
    assert_eq!(weak.panel.units[0].cells.iter().map(|cell| cell.total.clone()).collect::<Vec<_>>().len(), 2);

    for (query, code) in [
        (ResultsQuery { grades: vec!["良".into()], ..ResultsQuery::default() }, "results.unknown-grade"),
        (ResultsQuery { indicator: Some("9".into()), ..ResultsQuery::default() }, "results.unknown-indicator"),
        (sorted(ResultsTable::Ranking, "colour", false), "results.unknown-column"),
        (sorted(ResultsTable::Matrix, "member-3", false), "results.unknown-column"),
    ] {
        assert_eq!(office.session.results_by(PANEL, &query).unwrap_err().code(), code);
    }
}

#[test]
fn every_view_is_sorted_by_its_columns_and_written_as_it_is_seen() {
    let mut office = Office::of_ties();
    let by_name = office.results(&sorted(ResultsTable::Matrix, "unit", false));
    assert_eq!(names(&by_name), ["并州分校", "汾曲分校", "上党分校", "漳源分校"], "by sound");
    let by_member = office.results(&sorted(ResultsTable::Matrix, "member-1", true));
    assert_eq!(names(&by_member)[3], "漳源分校", "what is not there comes last: {:?}", by_member.panel.members);
    let lowest = office.results(&sorted(ResultsTable::Ranking, "panel", false));
    assert_eq!(lowest.ranking[0].unit, "汾曲分校");
    let own = office.results(&sorted(ResultsTable::Own, "difference", false));
    assert_eq!((own.own[0].unit.as_str(), own.own[0].difference.as_deref()), ("汾曲分校", Some("-4")));
    let strong = office.results(&sorted(ResultsTable::Indicators, "percent", true));
    let shares: Vec<f64> = strong.indicators.iter().map(|row| row.percent.as_ref().unwrap().parse().unwrap()).collect();
    assert!(shares.is_sorted_by(|one, other| one >= other), "{shares:?}");

    let path = office.folder.path().join("名次.csv");
    let query = sorted(ResultsTable::Ranking, "panel", false);
    office.session.write_results(PANEL, &query, &path, false).unwrap();
    let csv = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].starts_with("\u{feff}\"名次\",\"单位\""), "{csv}");
    assert!(lines[1].contains("汾曲分校") && lines[4].contains("漳源分校"), "{csv}");
    let again = office.session.write_results(PANEL, &query, &path, false).unwrap_err();
    assert_eq!(again.code(), "app.file-exists");
    office.session.write_results(PANEL, &query, &path, true).unwrap();
}

#[test]
fn views_are_saved_renamed_and_removed_with_history() {
    let mut office = Office::of_ties();
    let query = ResultsQuery { grades: vec!["合格".into()], complete: true, ..ResultsQuery::default() };
    office.session.save_result_view(PANEL, " 已齐合格 ", &query, false).unwrap();
    let there = office.session.save_result_view(PANEL, "已齐合格", &ResultsQuery::default(), false).unwrap_err();
    assert_eq!(there.code(), "results.view-there");
    assert_eq!(office.session.result_view(PANEL, "已齐合格").unwrap().query, query, "it is as it was");
    let other = ResultsQuery { below: true, ..query.clone() };
    office.session.save_result_view(PANEL, "已齐合格", &other, true).unwrap();
    office.session.save_result_view(PANEL, "全部", &ResultsQuery::default(), false).unwrap();
    assert_eq!(office.session.rename_result_view(PANEL, "已齐合格", "全部").unwrap_err().code(), "results.view-there");
    let views = office.session.rename_result_view(PANEL, "已齐合格", "通报用").unwrap();
    assert_eq!(views.iter().map(|view| view.name.as_str()).collect::<Vec<_>>(), ["全部", "通报用"]);
    let views = office.session.remove_result_view(PANEL, "全部").unwrap();
    assert_eq!((views.len(), &views[0].query), (1, &other));
    assert_eq!(office.session.result_view(PANEL, "全部").unwrap_err().code(), "results.unknown-view");
    assert_eq!(office.session.save_result_view(PANEL, " ", &other, false).unwrap_err().code(), "assessment.bad-text");
    let asked = HistoryQuery { group: None, text: String::new(), before: None };
    let history = office.session.history(None, &asked).unwrap();
    let said: Vec<_> = history.lines.iter().filter(|line| line.action == "改结果的存好的视图").collect();
    assert_eq!(said.len(), 5, "{said:?}");
    assert_eq!((said[1].old.as_deref(), said[1].new.as_deref()), (Some("已齐合格"), Some("通报用")));
}

#[test]
fn every_mark_says_how_it_came_about() {
    let mut office = Office::of_ties();
    let total = office.session.mark(PANEL, "汾曲分校", "total").unwrap();
    // 2 + 2 + 1 and 2 + 2 + 3: the mean of 5 and 7.
    assert_eq!((total.mark.as_deref(), total.own.as_deref(), total.max.as_str()), (Some("6"), Some("10"), "10"));
    let calculation = total.calculation.unwrap();
    assert_eq!(calculation.marks.iter().map(|mark| mark.mark.as_str()).collect::<Vec<_>>(), ["5", "7"]);
    assert!(calculation.steps.iter().any(|step| step.contains("÷ 2 = 12 ÷ 2 = 6")), "{:?}", calculation.steps);
    let parts: Vec<_> = total.parts.iter().map(|part| (part.code.as_str(), part.mark.as_deref())).collect();
    assert_eq!(parts, [("A", Some("4")), ("B", Some("2"))]);
    assert!(!total.conclusion.is_empty(), "the grade says why");

    let point = office.session.mark(PANEL, "并州分校", "A-1").unwrap();
    assert_eq!((point.mark.as_deref(), point.above.len()), (Some("3.5"), 1));
    assert!(point.calculation.unwrap().steps.last().unwrap().contains("不修约"), "only the total is rounded");
    let first = point.members.iter().find(|member| member.name == EXPERTS[0]).unwrap();
    assert_eq!((first.mark.as_deref(), first.remark.as_deref()), (Some("4"), Some("现场核实")));
    assert!(first.steps.iter().any(|step| step.sentence.contains("3-4分")), "{:?}", first.steps);

    let waiting = office.session.mark(PANEL, "漳源分校", "total").unwrap();
    assert_eq!((waiting.mark, waiting.flags[0].code.as_str()), (None, "too-few"));
    assert!(waiting.members.iter().any(|member| member.standing.code == "missing" && member.mark.is_none()));
    let unknown = office.session.mark(PANEL, "汾曲分校", "Z-9").unwrap_err();
    assert_eq!(unknown.code(), "results.unknown-place");
}

#[test]
fn a_profile_stands_beside_all_and_names_the_sentences_that_took_marks() {
    let mut office = Office::of_ties();
    let query = |units: &[&str]| ResultsQuery {
        table: ResultsTable::Profile,
        units: units.iter().map(|unit| (*unit).to_owned()).collect(),
        ..ResultsQuery::default()
    };
    let view = office.session.unit_profile(PANEL, &query(&["汾曲分校"])).unwrap();
    assert_eq!(
        (view.rank, view.ranked, view.own.as_deref(), view.percent.as_deref()),
        (Some(3), 3, Some("10"), Some("60"))
    );
    // 9.5, 9.5 and 6 of 10 each.
    assert_eq!(view.all.as_deref(), Some("83.33"));
    let lost: Vec<_> = view.losses.iter().map(|loss| (loss.code.as_str(), loss.amount.as_str())).collect();
    assert_eq!(lost, [("A-1", "2"), ("B", "2")], "the order of the rubric where the amounts are the same");
    assert_eq!(view.losses[1].by.iter().map(|by| by.amount.as_str()).collect::<Vec<_>>().len(), 2);
    assert!(view.losses[0].sentence.contains("0-2分"), "{:?}", view.losses[0]);

    assert_eq!(office.session.unit_profile(PANEL, &query(&[])).unwrap_err().code(), "results.no-unit");
    let six: Vec<&str> = std::iter::repeat_n("汾曲分校", 6).collect();
    assert_eq!(office.session.compare_by(PANEL, &query(&six)).unwrap_err().code(), "results.too-many-units");
    let both = ResultsQuery {
        sort: sorted(ResultsTable::Compare, "percent-2", true).sort,
        ..query(&["汾曲分校", "并州分校"])
    };
    let both = office.session.compare_by(PANEL, &ResultsQuery { table: ResultsTable::Compare, ..both }).unwrap();
    assert_eq!(both.rows.iter().map(|row| row.code.as_str()).collect::<Vec<_>>(), ["B", "A"]);
}

#[test]
fn years_of_another_edition_compare_where_a_person_declared_it() {
    let mut office = Office::of_two_editions();
    office.round(EARLIER, "earlier.toml", 2020, "C", &[("并州分校", [Some(("3", "2")), Some(("3", "2"))])]);
    office.round(PANEL, "now.toml", 2022, "B", &[("并州分校", [Some(("4", "3")), Some(("4", "3"))])]);
    let mut office = office.all_signed();
    let shares = |view: &app::view::TrendView, code: &str| {
        let row = view.rows.iter().find(|row| row.code == code).unwrap();
        row.percents.iter().map(|share| share.clone().unwrap_or_default()).collect::<Vec<_>>()
    };
    let before = office.session.trend(PANEL).unwrap();
    assert_eq!(shares(&before, "A"), ["83.33", "100"], "the same code, title and marks");
    assert_eq!(shares(&before, "B"), ["", "75"], "not compared before it is declared");
    let round = &before.rounds[0];
    assert_eq!((round.same, round.same_edition, round.mapped), (false, false, 1));
    assert_eq!((round.without[0].code.as_str(), round.unused[0].code.as_str()), ("B", "C"));
    assert_eq!((round.likely[0].old.as_str(), round.likely[0].new.as_str()), ("C", "B"), "told, not taken for granted");

    let pair = |old: &str, new: &str| vec![(Some(old.to_owned()), new.to_owned())];
    let after = office.session.match_editions(PANEL, EARLIER, &pair("C", "B")).unwrap();
    assert_eq!(
        (shares(&after, "B"), shares(&after, "A")),
        (vec!["50".into(), "75".into()], vec!["83.33".into(), "100".into()])
    );
    assert_eq!(
        (after.rounds[0].declared.len(), after.rounds[0].likely.len(), after.rounds[0].without.len()),
        (1, 0, 0)
    );
    let means: Vec<_> = after.means.iter().map(|row| row.percents.clone()).collect();
    assert_eq!(means[0], [Some("70".to_owned()), Some("90".to_owned())], "totals");
    let back = office.session.match_editions(PANEL, EARLIER, &[(None, "B".to_owned())]).unwrap();
    assert_eq!(back.rows, before.rows);

    for (one, other, pairs, code) in [
        (PANEL, EARLIER, pair("C", "Z"), "results.unknown-indicator"),
        (PANEL, EARLIER, pair("Z", "B"), "results.unknown-indicator"),
        (PANEL, PANEL, pair("B", "B"), "results.same-edition"),
    ] {
        assert_eq!(office.session.match_editions(one, other, &pairs).unwrap_err().code(), code);
    }
    let asked = ResultsQuery { table: ResultsTable::Trend, level: Some(0), ..ResultsQuery::default() };
    assert_eq!(office.session.trend_by(PANEL, &asked).unwrap().rows.len(), 1, "the total alone");
}

#[test]
fn marks_that_were_decided_stand_in_the_steps_and_in_the_losses() {
    let office = Office::of_ties();
    let first = office.sheets[0].clone();
    let mut office = office.decided(&first, &[("A-1", "1")]);
    let point = office.session.mark(PANEL, "并州分校", "A-1").unwrap();
    let of = |view: &app::view::MarkView, name: &str| {
        view.members.iter().find(|member| member.name == name).unwrap().clone()
    };
    let member = of(&point, "韩立群");
    assert_eq!((member.mark.as_deref(), member.remark.as_deref()), (Some("1"), Some("现场核实")));
    let step = member.steps.iter().find(|step| step.finding.contains("裁定另记")).unwrap();
    assert!(step.finding.contains("王处 评估办") && step.finding.contains("2022-06-20"), "{}", step.finding);
    assert!(step.finding.ends_with("核过原件"), "{}", step.finding);
    assert!(of(&point, "孟雪琴").steps.iter().all(|step| !step.finding.contains("裁定")));
    assert_eq!(member.steps.last().unwrap().running, member.mark);
    let total = of(&office.session.mark(PANEL, "并州分校", "total").unwrap(), "韩立群");
    assert_eq!(total.mark.as_deref(), Some("7"));
    let query =
        ResultsQuery { table: ResultsTable::Profile, units: vec!["并州分校".into()], ..ResultsQuery::default() };
    let profile = office.session.unit_profile(PANEL, &query).unwrap();
    let lost = profile.losses.iter().find(|loss| loss.code == "A-1").unwrap();
    let by: Vec<(&str, &str)> = lost.by.iter().map(|by| (by.name.as_str(), by.amount.as_str())).collect();
    assert_eq!(by, [("孟雪琴", "1"), ("韩立群", "3")]);
}

#[test]
fn a_sheet_that_went_back_is_counted_among_the_faulty() {
    let office = Office::of_ties();
    let first = office.sheets[0].clone();
    let mut office = office.decided(&first, &[]);
    let all = office.results(&ResultsQuery::default());
    let at = all.progress.iter().position(|member| member.name == "韩立群").unwrap();
    assert_eq!(
        all.panel.units.iter().find(|unit| unit.unit == "并州分校").unwrap().cells[at].standing.code,
        "returned"
    );
    assert_eq!(all.progress[at].faulty, 1);
    for member in &all.progress {
        assert_eq!(member.counted + member.waiting + member.faulty + member.away, 4, "{member:?}");
    }
}

#[test]
fn every_standing_of_a_sheet_has_a_word_in_the_window() {
    for file in ["panel.zh.ts", "panel.en.ts"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/i18n").join(file);
        let text = std::fs::read_to_string(path).unwrap();
        let words = text.lines().find_map(|line| line.trim_start().strip_prefix("short: {")).unwrap();
        for code in <assessment::panel::Standing as strum::VariantNames>::VARIANTS {
            let named = [format!(" {code}: \""), format!("\"{code}\": \"")];
            assert!(named.iter().any(|name| words.contains(name)), "{file}: {code}");
        }
    }
}

#[test]
fn totals_are_shown_as_they_were_rounded_and_only_quotients_are_cut() {
    let mut office = Office::of_ties();
    let third = "吕一丁";
    office.session.set_panel_member(PANEL, third, OF, true).unwrap();
    let rubric = office.file("now.toml");
    office.marked(&rubric, "上党分校", 2022, (Stage::Review, third, OF), &[("A-1", "4"), ("B", "4")]);
    let mut office = office.all_signed();
    let mut policy = office.session.panel(PANEL).unwrap().policy;
    policy.step = "0.001".into();
    office.session.set_panel_policy(PANEL, &policy).unwrap();
    let all = office.results(&ResultsQuery::default());
    let ranked: Vec<(u32, &str)> = all.ranking.iter().map(|row| (row.rank, row.total.as_str())).collect();
    assert_eq!(ranked, [(1, "9.667"), (2, "9.5"), (3, "6")]);
    let total = office.session.mark(PANEL, "上党分校", "total").unwrap();
    assert_eq!((total.mark.as_deref(), total.calculation.unwrap().mark.as_deref()), (Some("9.667"), Some("9.667")));
    // 5.666…, which no rule rounds.
    assert_eq!(office.session.mark(PANEL, "上党分校", "A").unwrap().mark.as_deref(), Some("5.67"));
    let own = ResultsQuery { indicator: Some("A".into()), ..ResultsQuery::default() };
    assert_eq!(office.results(&own).ranking[0].total, "5.67");
}

#[test]
fn a_grade_has_its_share_of_the_units_with_a_result() {
    let office = Office::of_ties();
    let low = office.sheets[4].clone();
    let mut office = office.decided(&low, &[("A-1", "0")]);
    let shares = |view: &app::view::ResultsView| -> Vec<(Option<String>, u32, Option<String>)> {
        view.grades
            .iter()
            .filter(|row| row.units > 0)
            .map(|row| (row.grade.clone(), row.units, row.share.clone()))
            .collect()
    };
    let all = shares(&office.results(&ResultsQuery::default()));
    assert_eq!(all.last(), Some(&(None, 1, None)), "{all:?}");
    let [of_two, of_one] = ["66.67", "33.33"].map(|share| Some(share.to_owned()));
    let graded: Vec<(u32, Option<String>)> =
        all.iter().filter(|row| row.0.is_some()).map(|row| (row.1, row.2.clone())).collect();
    assert_eq!(graded, [(2, of_two), (1, of_one)]);
    let some = ResultsQuery { complete: true, search: "上党".into(), ..ResultsQuery::default() };
    assert_eq!(shares(&office.results(&some))[0].2.as_deref(), Some("100"));
}
