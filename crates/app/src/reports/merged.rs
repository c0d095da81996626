//! 汇总表: places, the members' totals, indicators, grades; as a spreadsheet that recomputes them.

use super::Refused;
use super::annex::{self, annexes};
use super::material::{Material, paragraph, standing, table, tight, together};
use crate::Result;
use crate::outcome::count;
use crate::view::PanelUnit;
use assessment::panel::{Rounding, UnitResult, round};
use document::{Align, Block, Document, Form, Profile, Table};
use rubric::decimal::{percent, show};
use rust_decimal::Decimal;
use workbook::{Merged, MergedUnit};

/// Most columns of members, or of indicators, beside each other.
const ACROSS: usize = 10;
/// What stands where there is no result.
pub(super) const NONE: &str = "—";
/// Means are shown to so many steps.
const STEP: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// The mean of marks, to two decimals, half to even.
pub(super) fn mean(marks: &[Decimal]) -> Option<Decimal> {
    (!marks.is_empty()).then(|| round(marks.iter().sum(), count(marks.len()), STEP, Rounding::HalfEven))
}

/// Totals of the units with a result.
pub(super) fn totals(material: &Material) -> Vec<Decimal> {
    material.round.units.iter().filter_map(|unit| unit.total).collect()
}

fn title(material: &Material) -> String {
    format!("{}年度{}{}结果汇总表", material.year(), material.subject(), material.stage())
}

/// What is to be said of a unit beside its result.
fn remark(material: &Material, unit: &PanelUnit) -> String {
    let row = material.rank(&unit.unit);
    if row.is_none() {
        return format!("未形成结果：{}", material.why(&unit.unit));
    }
    let veto = row.filter(|row| row.vetoed).map(|_| "否决".to_owned());
    // One that is not admitted now is not the total.
    let result = material.round.units.iter().find(|result| result.unit == unit.unit);
    let agreed = result.and_then(|result| result.agreed.as_ref());
    let agreed = agreed.map(|agreed| format!("会商定分：{}", agreed.reason));
    veto.into_iter().chain(agreed).collect::<Vec<_>>().join("；")
}

/// The results in the order of their places.
fn units(material: &Material) -> Vec<(&UnitResult, &PanelUnit)> {
    let of = |at: usize| {
        let result = &material.round.units[at];
        Some((result, material.shown(&result.unit)?))
    };
    material.units().into_iter().filter_map(of).collect()
}

/// The spreadsheet.
pub(super) fn book(material: &Material, profile: &Profile) -> Result<Vec<u8>> {
    let round = &material.round;
    if round.units.is_empty() || round.panel.members.is_empty() {
        return Err(Refused::NoSheets { panel: round.row.name.clone() }.into());
    }
    let unit = |(result, shown): (&'_ UnitResult, &PanelUnit)| {
        let at = round.units.iter().position(|one| one.unit == result.unit).unwrap_or_default();
        MergedUnit {
            result: &round.units[at],
            rank: material.rank(&result.unit).and_then(|row| usize::try_from(row.rank).ok()),
            standings: result.cells.iter().map(|cell| standing(&cell.standing).to_owned()).collect(),
            sheets: round.sheets[at].iter().map(|kept| kept.as_ref().map(|kept| &*kept.facts)).collect(),
            remark: remark(material, shown),
        }
    };
    let merged = Merged {
        title: title(material),
        facts: facts(material).into_iter().map(|(label, value)| format!("{label}：{value}")).collect(),
        notes: notes(material),
        rubric: &round.rubric,
        policy: &round.panel.policy,
        members: round.panel.members.iter().map(|person| person.name.clone()).collect(),
        units: units(material).into_iter().map(unit).collect(),
        annexes: annexes(material),
    };
    Ok(workbook::merged(&merged, profile)?)
}

fn facts(material: &Material) -> Vec<(String, String)> {
    let (round, results) = (&material.round, &material.results);
    let rubric = &round.rubric;
    [
        ("指标体系", format!("{}（{}）", rubric.title, rubric.edition)),
        ("年度", format!("{}年{}", round.row.year, material.stage())),
        ("参评单位", format!("{}个，有结果的{}个", round.units.len(), results.ranking.len())),
        ("满分", format!("{}分", show(rubric.total))),
        ("合议办法", tight(&results.panel.policy_text)),
    ]
    .map(|(label, value)| (label.to_owned(), value))
    .to_vec()
}

fn notes(material: &Material) -> Vec<String> {
    let mut notes = vec![
        "总分相同的单位名次并列，其后的名次空缺；没有结果的单位不参加排名。".to_owned(),
        "名次按合议总分，不按等次；被否决的单位名次照列，结论见等次一栏。".to_owned(),
    ];
    let ties = &material.round.panel.policy.ties;
    if !ties.is_empty() {
        notes[0] = format!("总分相同的单位依次比较{}的得分；没有结果的单位不参加排名。", ties.join("、"));
    }
    let any = material.results.ranking.iter().any(|row| row.vetoed);
    notes.truncate(if any { 2 } else { 1 });
    notes
}

/// The tables for paper.
pub(super) fn document(material: &Material) -> Result<Document> {
    if material.round.panel.members.is_empty() {
        return Err(Refused::NoSheets { panel: material.round.row.name.clone() }.into());
    }
    let units = units(material);
    let mut tables = vec![places(material, &units)];
    tables.extend(members(material, &units));
    tables.extend(indicators(material, &units));
    tables.push(grades(material));
    tables.extend(annexes(material).iter().map(annex::table));
    let mut body = Vec::new();
    for (number, (name, table)) in (1..).zip(tables) {
        body.push(Block::Table(together(Table { caption: Some(format!("表{number}　{name}")), ..table })));
    }
    // They are about places.
    body.insert(1, Block::Notes { heading: "说明".to_owned(), paragraphs: notes(material) });
    Ok(Document {
        title: title(material),
        form: Form::Sheet,
        wide: true,
        facts: facts(material),
        body,
        ..Document::default()
    })
}

type Named = (String, Table);

fn places(material: &Material, units: &[(&UnitResult, &PanelUnit)]) -> Named {
    const COLUMNS: [(&str, f64, Align); 9] = [
        ("序号", 10.0, Align::Centre),
        ("单位", 58.0, Align::Centre),
        ("计分份数", 16.0, Align::Centre),
        ("最低分", 18.0, Align::Centre),
        ("最高分", 18.0, Align::Centre),
        ("合议总分", 20.0, Align::Centre),
        ("得分率", 18.0, Align::Centre),
        ("名次", 12.0, Align::Centre),
        ("等次", 22.0, Align::Centre),
    ];
    let columns: Vec<(&str, f64, Align)> = COLUMNS.into_iter().chain([("备注", 46.0, Align::Left)]).collect();
    let row = |(number, (result, shown)): (usize, &(&UnitResult, &PanelUnit))| {
        let marks = result.totals.as_ref().map(|totals| totals.marks.as_slice()).unwrap_or_default();
        let edge = |mark: Option<&assessment::panel::Mark>| mark.map(|mark| show(mark.value)).unwrap_or_default();
        let place = material.rank(&result.unit);
        let share = place.and_then(|row| row.percent.as_ref()).map(|share| format!("{share}%"));
        vec![
            number.to_string(),
            result.unit.clone(),
            result.counted.to_string(),
            edge(marks.first()),
            edge(marks.last()),
            place.map_or_else(|| NONE.to_owned(), |row| row.total.clone()),
            share.unwrap_or_else(|| NONE.to_owned()),
            place.map_or_else(|| NONE.to_owned(), |row| row.rank.to_string()),
            result.grade.clone().unwrap_or_else(|| NONE.to_owned()),
            remark(material, shown),
        ]
    };
    let mut rows: Vec<Vec<String>> = (1..).zip(units).map(row).collect();
    if let Some(mean) = mean(&totals(material)) {
        let share = percent(mean, material.round.rubric.total).map(|share| format!("{share}%"));
        let texts = ["", "平均", "", "", "", &show(mean), &share.unwrap_or_default(), "", "", ""];
        rows.push(texts.map(str::to_owned).to_vec());
    }
    ("名次和等次".to_owned(), Table::plain(&columns, &rows, "名次和等次"))
}

/// Units × members, so many members beside each other; dropped marks in brackets.
fn members(material: &Material, units: &[(&UnitResult, &PanelUnit)]) -> Vec<Named> {
    let all = &material.round.panel.members;
    let chunks: Vec<Vec<usize>> = (0..all.len()).collect::<Vec<_>>().chunks(ACROSS).map(<[usize]>::to_vec).collect();
    let several = chunks.len() > 1;
    let table = |(number, members): (usize, &Vec<usize>)| {
        let names = members.iter().map(|member| (all[*member].name.as_str(), 18.0, Align::Centre));
        let columns: Vec<(&str, f64, Align)> =
            [("序号", 10.0, Align::Centre), ("单位", 48.0, Align::Centre)].into_iter().chain(names).collect();
        let row = |(number, (result, shown)): (usize, &(&UnitResult, &PanelUnit))| {
            let cell = |member: &usize| {
                let cell = &shown.cells[*member];
                match (&cell.total, cell.standing.code == "counted", cell.dropped.is_empty()) {
                    (Some(total), true, true) => total.clone(),
                    (Some(total), true, false) => format!("（{total}）"),
                    _ => standing(&result.cells[*member].standing).to_owned(),
                }
            };
            [number.to_string(), result.unit.clone()].into_iter().chain(members.iter().map(cell)).collect()
        };
        let rows: Vec<Vec<String>> = (1..).zip(units).map(row).collect();
        let part = if several { format!("（{number}）") } else { String::new() };
        (format!("各专家打分{part}，括号内的按合议办法去掉"), Table::plain(&columns, &rows, "各专家打分"))
    };
    (1..).zip(&chunks).map(table).collect()
}

/// Units × level-1 indicators, so many beside each other.
fn indicators(material: &Material, units: &[(&UnitResult, &PanelUnit)]) -> Vec<Named> {
    let rubric = &material.round.rubric;
    let top = material.top();
    let chunks: Vec<&[usize]> = top.chunks(ACROSS).collect();
    let several = chunks.len() > 1;
    let table = |(number, indicators): (usize, &&[usize])| {
        let heads: Vec<String> = indicators
            .iter()
            .map(|at| format!("{}\n（{}分）", rubric.indicators[*at].title, show(rubric.indicators[*at].max)))
            .collect();
        let heads = heads.iter().map(|head| (head.as_str(), 20.0, Align::Centre));
        let columns: Vec<(&str, f64, Align)> =
            [("序号", 10.0, Align::Centre), ("单位", 48.0, Align::Centre)].into_iter().chain(heads).collect();
        let score = |result: &UnitResult, at: &usize| {
            result.indicators.get(*at).copied().map_or_else(|| NONE.to_owned(), |score| material.score(score))
        };
        let row = |(number, (result, _)): (usize, &(&UnitResult, &PanelUnit))| {
            let scores = indicators.iter().map(|at| score(result, at));
            [number.to_string(), result.unit.clone()].into_iter().chain(scores).collect()
        };
        let mut rows: Vec<Vec<String>> = (1..).zip(units).map(row).collect();
        let share = |at: &usize| material.share(&rubric.indicators[*at].code).map(|share| format!("{share}%"));
        let shares = indicators.iter().map(|at| share(at).unwrap_or_default());
        rows.push([String::new(), "各单位得分率".to_owned()].into_iter().chain(shares).collect());
        let part = if several { format!("（{number}）") } else { String::new() };
        (format!("一级指标得分{part}"), Table::plain(&columns, &rows, "一级指标得分"))
    };
    (1..).zip(&chunks).map(table).collect()
}

fn grades(material: &Material) -> Named {
    const COLUMNS: [(&str, f64, Align); 4] = [
        ("序号", 10.0, Align::Centre),
        ("等次", 40.0, Align::Centre),
        ("单位数", 30.0, Align::Centre),
        ("占有结果的单位", 40.0, Align::Centre),
    ];
    let graded = material.results.grades.iter().filter_map(|row| Some((row.grade.as_ref()?, row)));
    let row = |(number, (grade, row)): (usize, (&String, &crate::view::GradeCount))| {
        let share = row.share.as_ref().map(|share| format!("{share}%")).unwrap_or_default();
        vec![number.to_string(), grade.clone(), row.units.to_string(), share]
    };
    let rows: Vec<Vec<String>> = (1..).zip(graded).map(row).collect();
    ("等次分布".to_owned(), Table::plain(&COLUMNS, &rows, "等次分布"))
}

/// The distribution of grades as a sentence.
pub(super) fn grades_words(material: &Material) -> Option<Block> {
    let graded = material.results.grades.iter().filter_map(|row| Some((row.grade.as_ref()?, row.units)));
    let said: Vec<String> =
        graded.filter(|(_, units)| *units > 0).map(|(grade, units)| format!("{grade}{units}个")).collect();
    (!said.is_empty()).then(|| paragraph(format!("等次分布：{}。", said.join("，"))))
}

/// Units by their places.
pub(super) fn ranking(material: &Material, caption: &str) -> Block {
    const COLUMNS: [(&str, f64, Align); 5] = [
        ("名次", 14.0, Align::Centre),
        ("单位", 70.0, Align::Centre),
        ("总分", 22.0, Align::Centre),
        ("得分率", 22.0, Align::Centre),
        ("等次", 24.0, Align::Centre),
    ];
    let row = |row: &crate::view::RankRow| {
        let share = row.percent.as_ref().map(|share| format!("{share}%")).unwrap_or_default();
        let grade = row.grade.clone().unwrap_or_default();
        vec![row.rank.to_string(), row.unit.clone(), row.total.clone(), share, grade]
    };
    let rows: Vec<Vec<String>> = material.results.ranking.iter().map(row).collect();
    table(caption, &COLUMNS, &rows)
}
