//! The sheets of the merged table.

use super::formula::{Whole, by, cell, dropped, fixed, sum};
use super::{Annex, Drawn, Merged, MergedUnit, POINTS, Page, Plan, SHEETS, TOTALS, at, count};
use assessment::panel::{Agreement, Combined, Method, Per, PointResult, Rounding, round};
use document::Align;
use rubric::decimal::{parse, percent, show};
use rust_decimal::Decimal;

/// What is said where the members differ and have to agree.
const OPEN: &str = "须会商";
/// What stands where there is no result.
pub const NONE: &str = "—";
/// Scores of indicators and means are shown to so many steps.
const STEP: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// The columns of the totals, by what stands in them.
struct Columns {
    members: u16,
    counted: u16,
    dropped: u16,
    sum: u16,
    by: u16,
    agreed: u16,
    effect: u16,
    total: u16,
    percent: u16,
    ties: u16,
    rank: u16,
    grade: u16,
    remark: u16,
    all: Vec<(String, u16)>,
}

impl Columns {
    fn of(merged: &Merged<'_>, plan: &Plan) -> Self {
        let mut all: Vec<(String, u16)> = vec![("序号".into(), 5), ("单位".into(), 24)];
        let mut next = |headings: Vec<(String, u16)>| {
            let first = at(all.len());
            all.extend(headings);
            first
        };
        let one = |heading: &str, width: u16| vec![(heading.to_owned(), width)];
        let per_total = merged.policy.per == Per::Total;
        let none = Vec::new;
        let tie = |index: &usize| (format!("同分比较：{}", merged.rubric.indicators[*index].code), 11);
        let members = next(merged.members.iter().map(|name| (name.clone(), 9)).collect());
        let counted = next(one("计分份数", 6));
        let dropped = next(if per_total { one("两端各去", 6) } else { none() });
        let sum = next(if per_total { one("计入之和", 10) } else { none() });
        let by = next(if per_total { one("计入份数", 6) } else { none() });
        let agreed = next(if plan.agreed { one("会商定分", 9) } else { none() });
        let effect = next(if per_total { none() } else { one("条件影响", 9) });
        let total = next(one("合议总分", 10));
        let percent = next(one("得分率（%）", 9));
        let ties = next(plan.ties.iter().map(tie).collect());
        let rank = next(one("名次", 6));
        let grade = next(one("等次", 10));
        let remark = next(one("备注", 34));
        Self { members, counted, dropped, sum, by, agreed, effect, total, percent, ties, rank, grade, remark, all }
    }
}

fn none() -> String {
    format!("\"{NONE}\"")
}

/// A cell of another sheet.
fn elsewhere(sheet: &str, row: u32, column: u16) -> String {
    format!("'{sheet}'!{}", cell(row, column))
}

fn range(row: u32, first: u16, members: usize) -> String {
    format!("{}:{}", cell(row, first), cell(row, first + at(members).saturating_sub(1)))
}

/// Units × members, totals, shares, places, grades.
pub fn totals(page: &mut Page<'_>, merged: &Merged<'_>, plan: &Plan) -> Drawn {
    let columns = Columns::of(merged, plan);
    let first = page.head(&merged.title, &merged.facts, &columns.all)?;
    for (index, unit) in merged.units.iter().enumerate() {
        unit_row(page, merged, plan, &columns, (index, unit))?;
    }
    let row = first + count(merged.units.len());
    for number in 0..at(columns.all.len()) {
        page.text((row, number), if number == 1 { "平均" } else { "" })?;
    }
    let totals = || merged.units.iter().filter_map(|unit| unit.result.total);
    mean(page, plan, (row, columns.total), (first, row - 1), totals())?;
    page.height(row, &[])?;
    for (below, note) in (1..).zip(&merged.notes) {
        page.line(row + below, note)?;
    }
    Ok(())
}

/// The mean of a column of numbers, to two decimals.
fn mean(
    page: &mut Page<'_>,
    plan: &Plan,
    (row, column): (u32, u16),
    rows: (u32, u32),
    marks: impl Iterator<Item = Decimal> + Clone,
) -> Drawn {
    let range = fixed(rows, column);
    let rounded = plan.whole_of(marks.clone()).mean(&range);
    page.formula((row, column), &format!("IF(COUNT({range})=0,\"{NONE}\",{rounded})"), &shown_mean(marks))
}

fn shown_mean(marks: impl Iterator<Item = Decimal> + Clone) -> String {
    let number = count(marks.clone().count());
    if number == 0 { String::new() } else { show(round(marks.sum(), number, STEP, Rounding::HalfEven)) }
}

impl Plan {
    fn whole_of(&self, marks: impl Iterator<Item = Decimal>) -> Whole {
        Whole::of(marks.chain([self.least()]))
    }

    /// The smallest part of a mark that occurs.
    fn least(&self) -> Decimal {
        self.whole.least()
    }
}

impl Whole {
    /// Mean of a range, to two decimals.
    fn mean(self, range: &str) -> String {
        self.rounded(&self.exact(&format!("SUM({range})")), &format!("COUNT({range})"), STEP, Rounding::HalfEven)
    }
}

fn unit_row(
    page: &mut Page<'_>,
    merged: &Merged<'_>,
    plan: &Plan,
    columns: &Columns,
    (index, unit): (usize, &MergedUnit<'_>),
) -> Drawn {
    let (row, result) = (plan.first + count(index), unit.result);
    page.number((row, 0), Some(Decimal::from(index + 1)))?;
    page.text((row, 1), &result.unit)?;
    for (member, standing) in unit.standings.iter().enumerate() {
        let place = (row, columns.members + at(member));
        match result.cells[member].total.filter(|_| unit.counts(member)) {
            Some(mark) => page.number(place, Some(mark))?,
            None => page.text(place, standing)?,
        }
    }
    let marks = range(row, columns.members, merged.members.len());
    page.formula((row, columns.counted), &format!("COUNT({marks})"), &result.counted.to_string())?;
    let total = match merged.policy.per {
        Per::Total => by_total(page, merged, plan, columns, (row, unit), &marks)?,
        Per::Point => by_points(page, plan, columns, (row, index), unit)?,
    };
    let least = format!("{}<{}", cell(row, columns.counted), merged.policy.least);
    let gives = result.total.map(show).unwrap_or_default();
    page.formula((row, columns.total), &format!("IF({least},\"{NONE}\",{total})"), &gives)?;
    let own = cell(row, columns.total);
    let share = result.total.and_then(|total| percent(total, merged.rubric.total)).unwrap_or_default();
    let shares = plan.whole.percent(&own, merged.rubric.total);
    page.formula((row, columns.percent), &format!("IF(ISNUMBER({own}),{shares},\"{NONE}\")"), &share)?;
    for (tie, index) in (0..).zip(&plan.ties) {
        // More digits than two sums over a panel can differ in.
        let value = result.indicators.get(*index).map(|score| score.round_dp(9).normalize());
        page.number((row, columns.ties + tie), value)?;
    }
    let rank = unit.rank.map(|rank| rank.to_string()).unwrap_or_default();
    page.formula((row, columns.rank), &place(merged, plan, columns, row), &rank)?;
    page.text((row, columns.grade), result.grade.as_deref().unwrap_or_default())?;
    page.prose((row, columns.remark), &unit.remark)?;
    let mut texts = vec![(1, result.unit.as_str()), (usize::from(columns.remark), unit.remark.as_str())];
    let words = unit.standings.iter().enumerate().filter(|(member, _)| !unit.counts(*member));
    texts.extend(words.map(|(member, standing)| (usize::from(columns.members) + member, standing.as_str())));
    page.height(row, &texts)
}

/// One more than the units that stand before: with a higher total, or with the same and more in what parts them.
fn place(merged: &Merged<'_>, plan: &Plan, columns: &Columns, row: u32) -> String {
    let rows = (plan.first, plan.last(merged));
    let own = cell(row, columns.total);
    let totals = fixed(rows, columns.total);
    let mut before = format!("COUNTIF({totals},\">\"&{own})");
    let mut same = format!("{totals},{own}");
    for tie in (0..).take(plan.ties.len()).map(|tie: u16| columns.ties + tie) {
        let (range, own) = (fixed(rows, tie), cell(row, tie));
        before.push_str(&format!("+COUNTIFS({same},{range},\">\"&{own})"));
        same.push_str(&format!(",{range},{own}"));
    }
    format!("IF(ISNUMBER({own}),1+{before},\"{NONE}\")")
}

fn by_total(
    page: &mut Page<'_>,
    merged: &Merged<'_>,
    plan: &Plan,
    columns: &Columns,
    (row, unit): (u32, &MergedUnit<'_>),
    marks: &str,
) -> Result<String, rust_xlsxwriter::XlsxError> {
    let policy = merged.policy;
    let [counted, drop, total, number] =
        [columns.counted, columns.dropped, columns.sum, columns.by].map(|column| cell(row, column));
    let totals = unit.result.totals.as_ref();
    let gives = |of: fn(&Combined) -> String| totals.map_or_else(|| "0".to_owned(), of);
    page.formula((row, columns.dropped), &dropped(policy, &counted), &gives(|totals| totals.dropped.to_string()))?;
    let exact = plan.whole.exact(&sum(policy, marks, &counted, &drop));
    page.formula((row, columns.sum), &exact, &gives(|totals| show(totals.sum)))?;
    page.formula((row, columns.by), &by(policy, &counted, &drop), &gives(|totals| totals.by.to_string()))?;
    let rounded = plan.whole.rounded(&total, &number, policy.step, policy.rounding);
    if !plan.agreed {
        return Ok(rounded);
    }
    let agreed = cell(row, columns.agreed);
    page.number((row, columns.agreed), unit.result.agreed.as_ref().and_then(|agreed| parse(&agreed.mark)))?;
    Ok(format!("IF(ISNUMBER({agreed}),{agreed},{rounded})"))
}

fn by_points(
    page: &mut Page<'_>,
    plan: &Plan,
    columns: &Columns,
    (row, index): (u32, usize),
    unit: &MergedUnit<'_>,
) -> Result<String, rust_xlsxwriter::XlsxError> {
    let (first, lines) = plan.points[index];
    page.number((row, columns.effect), unit.result.total.map(|_| plan.effects[index].normalize()))?;
    if lines == 0 {
        return Ok(none());
    }
    let marks = point_marks((first, lines), usize::from(columns.counted - columns.members));
    let exact = plan.whole.exact(&format!("SUM({marks})+{}", cell(row, columns.effect)));
    Ok(format!("IF(COUNTIF({marks},\"{OPEN}\")>0,\"{NONE}\",{exact})"))
}

/// Columns of the sheet of points before the members' marks.
const BEFORE: u16 = 4;
/// Columns behind them: how many, dropped, sum, by, agreed, mark.
const BEHIND: [(&str, u16); 6] =
    [("计分份数", 6), ("两端各去", 6), ("计入之和", 9), ("计入份数", 6), ("会商定分", 9), ("得分", 9)];

/// The marks of a unit in the sheet of points.
fn point_marks((first, lines): (u32, u32), members: usize) -> String {
    let column = BEFORE + at(members) + 5;
    format!("'{POINTS}'!{}", fixed((first, first + lines - 1), column))
}

/// Level-1 indicators of each unit.
pub fn indicators(page: &mut Page<'_>, merged: &Merged<'_>, plan: &Plan) -> Drawn {
    let rubric = merged.rubric;
    let heading = |index: &usize| {
        let indicator = &rubric.indicators[*index];
        (format!("{}（满分{}）", indicator.title, show(indicator.max)), 12)
    };
    let columns: Vec<(String, u16)> =
        [("序号".to_owned(), 5), ("单位".to_owned(), 24)].into_iter().chain(plan.top.iter().map(heading)).collect();
    let facts: Vec<String> = merged.facts.iter().take(1).cloned().collect();
    let first = page.head("一级指标得分", &facts, &columns)?;
    for (index, unit) in merged.units.iter().enumerate() {
        let row = first + count(index);
        page.number((row, 0), Some(Decimal::from(index + 1)))?;
        page.text((row, 1), &unit.result.unit)?;
        for (column, top) in (2..).zip(&plan.top) {
            let score = unit.result.indicators.get(*top).copied();
            let gives = score.map(|score| show(score.round_dp(super::formula::SHOWN))).unwrap_or_default();
            page.formula((row, column), &indicator(merged, plan, (index, unit), *top), &gives)?;
        }
        page.height(row, &[(1, &unit.result.unit)])?;
    }
    let row = first + count(merged.units.len());
    page.text((row, 0), "")?;
    page.text((row, 1), "平均")?;
    for (column, top) in (2..).zip(&plan.top) {
        let scores = merged.units.iter().filter_map(|unit| unit.result.indicators.get(*top));
        let scores = scores.map(|score| score.round_dp(super::formula::SHOWN));
        mean(page, plan, (row, column), (first, row - 1), scores)?;
    }
    page.height(row, &[])
}

/// The score of an indicator: from the members' sheets where totals are combined, else from the points' marks.
fn indicator(merged: &Merged<'_>, plan: &Plan, (index, unit): (usize, &MergedUnit<'_>), top: usize) -> String {
    if unit.result.indicators.is_empty() {
        return none();
    }
    if merged.policy.per == Per::Point {
        return of_points(merged, plan, (index, unit), top);
    }
    let columns = Columns::of(merged, plan);
    let row = plan.first + count(index);
    let [counted, drop, by] =
        [columns.counted, columns.dropped, columns.by].map(|column| elsewhere(TOTALS, row, column));
    let (first, lines) = plan.sheets[index];
    let column = SHEET_COLUMNS + at(plan.top.iter().position(|one| *one == top).unwrap_or_default());
    let range = format!("'{SHEETS}'!{}", fixed((first, first + lines.max(1) - 1), column));
    let exact = plan.whole.exact(&sum(merged.policy, &range, &counted, &drop));
    let rounded = plan.whole.rounded(&exact, &by, STEP, Rounding::HalfEven);
    format!("IF({counted}<{},\"{NONE}\",{rounded})", merged.policy.least)
}

/// The sum of the points below an indicator, and what conditions took from it.
fn of_points(merged: &Merged<'_>, plan: &Plan, (index, unit): (usize, &MergedUnit<'_>), top: usize) -> String {
    let (first, _) = plan.points[index];
    let below = |code: &str| {
        let above = merged.rubric.point(code).map(|(indicator, _)| indicator);
        let parents = std::iter::successors(above, |one| one.parent.and_then(|at| merged.rubric.indicators.get(at)));
        parents.last().is_some_and(|last| last.code == merged.rubric.indicators[top].code)
    };
    let own: Vec<(u32, &PointResult)> =
        (first..).zip(&unit.result.points).filter(|(_, point)| below(&point.code)).collect();
    let (Some((from, _)), Some((to, _))) = (own.first(), own.last()) else { return none() };
    let marks: Decimal = own.iter().filter_map(|(_, point)| point.mark).sum();
    let effect = unit.result.indicators.get(top).map(|score| score - marks).unwrap_or_default();
    let column = BEFORE + at(merged.members.len()) + 5;
    plan.whole.exact(&format!("SUM('{POINTS}'!{})+({})", fixed((*from, *to), column), show(effect.normalize())))
}

/// How many units have each grade.
pub fn grades(page: &mut Page<'_>, merged: &Merged<'_>, plan: &Plan) -> Drawn {
    let columns = [("等次".to_owned(), 20), ("单位数".to_owned(), 12), ("占有结果的单位（%）".to_owned(), 22)];
    let facts: Vec<String> = merged.facts.iter().take(1).cloned().collect();
    let first = page.head("等次分布", &facts, &columns)?;
    let totals = Columns::of(merged, plan);
    let rows = (plan.first, plan.last(merged));
    let range = format!("'{TOTALS}'!{}", fixed(rows, totals.grade));
    let with = format!("COUNT('{TOTALS}'!{})", fixed(rows, totals.total));
    let mut names: Vec<&str> = merged.rubric.grades.iter().map(|grade| grade.name.as_str()).collect();
    for name in merged.units.iter().filter_map(|unit| unit.result.grade.as_deref()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let all = merged.units.iter().filter(|unit| unit.result.total.is_some()).count();
    for (row, name) in (first..).zip(&names) {
        let units = merged.units.iter().filter(|unit| unit.result.grade.as_deref() == Some(name)).count();
        page.text((row, 0), name)?;
        page.formula((row, 1), &format!("COUNTIF({range},{})", cell(row, 0)), &units.to_string())?;
        let share = percent(Decimal::from(units), Decimal::from(all)).unwrap_or_default();
        let exact = Whole::of(std::iter::empty());
        let rounded = exact.rounded(&format!("({}*100)", cell(row, 1)), &with, STEP, Rounding::HalfEven);
        page.formula((row, 2), &format!("IF({with}=0,\"{NONE}\",{rounded})"), &share)?;
        page.height(row, &[])?;
    }
    Ok(())
}

/// A plain table under the first of the lines.
pub fn annex(page: &mut Page<'_>, merged: &Merged<'_>, annex: &Annex) -> Drawn {
    // Two millimetres of paper are about a character.
    let columns: Vec<(String, u16)> = annex.columns.iter().map(|(head, width, _)| (head.clone(), width / 2)).collect();
    let facts: Vec<String> = merged.facts.iter().take(1).cloned().collect();
    let first = page.head(&annex.name, &facts, &columns)?;
    for (row, texts) in (first..).zip(&annex.rows) {
        for (at, (text, (_, _, align))) in texts.iter().zip(&annex.columns).enumerate() {
            let place = (row, super::at(at));
            match (parse(text.trim_start_matches('+')), align) {
                (Some(number), Align::Centre) if at > 0 => page.number(place, Some(number))?,
                (_, Align::Left) => page.prose(place, text)?,
                _ => page.text(place, text)?,
            }
        }
        let texts: Vec<(usize, &str)> = texts.iter().map(String::as_str).enumerate().collect();
        page.height(row, &texts)?;
    }
    Ok(())
}

/// Columns of the sheet of marks before the indicators: unit, member, whether it counts, total, grade.
const SHEET_COLUMNS: u16 = 5;

/// Every member's sheet: the total, the indicators, every point. Those that count come first.
pub fn sheets(page: &mut Page<'_>, merged: &Merged<'_>, plan: &Plan) -> Drawn {
    let rubric = merged.rubric;
    let mut columns: Vec<(String, u16)> =
        [("单位", 24), ("专家", 10), ("计分", 14), ("总分", 9), ("等次", 9)].map(|(h, w)| (h.to_owned(), w)).into();
    columns.extend(plan.top.iter().map(|at| (rubric.indicators[*at].title.clone(), 11)));
    columns.extend(rubric.points().map(|(_, point)| (point.code.clone(), 8)));
    columns.extend(rubric.adjustments.iter().map(|rule| (rule.code.clone(), 8)));
    page.head("打分明细", &[], &columns)?;
    for (unit, (first, _)) in merged.units.iter().zip(&plan.sheets) {
        let (counted, others) = unit.order();
        for (row, member) in (*first..).zip(counted.into_iter().chain(others)) {
            page.text((row, 0), &unit.result.unit)?;
            page.text((row, 1), &merged.members[member])?;
            page.text((row, 2), &unit.standings[member])?;
            if let Some(facts) = unit.sheets.get(member).copied().flatten() {
                page.number((row, 3), Some(facts.total))?;
                page.text((row, 4), facts.grade.as_deref().unwrap_or_default())?;
                let top = plan.top.iter().map(|at| facts.indicators.get(*at).copied());
                let marks = top.chain(facts.points.iter().copied()).chain(facts.adjustments.iter().copied());
                for (column, mark) in (SHEET_COLUMNS..).zip(marks) {
                    page.number((row, column), mark)?;
                }
            }
            page.height(row, &[(0, &unit.result.unit), (2, &unit.standings[member])])?;
        }
    }
    Ok(())
}

/// Every point of every unit, where points are combined.
pub fn points(page: &mut Page<'_>, merged: &Merged<'_>, plan: &Plan) -> Drawn {
    let mut columns: Vec<(String, u16)> =
        [("单位", 20), ("编号", 10), ("观测点", 30), ("满分", 7)].map(|(h, w)| (h.to_owned(), w)).into();
    columns.extend(merged.members.iter().map(|name| (name.clone(), 9)));
    columns.extend(BEHIND.map(|(heading, width)| (heading.to_owned(), width)));
    page.head("逐点合议", &[], &columns)?;
    for (unit, (first, _)) in merged.units.iter().zip(&plan.points) {
        let results = unit.result.points.iter().chain(&unit.result.adjustments);
        for (row, point) in (*first..).zip(results) {
            point_row(page, merged, plan, (row, &unit.result.unit), point)?;
        }
    }
    Ok(())
}

fn point_row(
    page: &mut Page<'_>,
    merged: &Merged<'_>,
    plan: &Plan,
    (row, unit): (u32, &str),
    point: &PointResult,
) -> Drawn {
    let (policy, rubric, combined) = (merged.policy, merged.rubric, &point.combined);
    let (title, max) = match (rubric.point(&point.code), rubric.adjustment(&point.code)) {
        (Some((_, found)), _) => (found.title.as_str(), Some(found.max)),
        (None, found) => (found.map_or("", |rule| rule.title.as_str()), None),
    };
    page.text((row, 0), unit)?;
    page.text((row, 1), &point.code)?;
    page.prose((row, 2), title)?;
    page.number((row, 3), max)?;
    for member in 0..merged.members.len() {
        let mark = combined.marks.iter().find(|mark| mark.member == member).map(|mark| mark.value);
        page.number((row, BEFORE + at(member)), mark)?;
    }
    let marks = range(row, BEFORE, merged.members.len());
    let first = BEFORE + at(merged.members.len());
    let [counted, drop, total, number, agreed] = [0, 1, 2, 3, 4].map(|next| cell(row, first + next));
    page.formula((row, first), &format!("COUNT({marks})"), &combined.marks.len().to_string())?;
    page.formula((row, first + 1), &dropped(policy, &counted), &combined.dropped.to_string())?;
    page.formula((row, first + 2), &plan.whole.exact(&sum(policy, &marks, &counted, &drop)), &show(combined.sum))?;
    page.formula((row, first + 3), &by(policy, &counted, &drop), &combined.by.to_string())?;
    page.number((row, first + 4), point.agreed.as_ref().and_then(|agreed: &Agreement| parse(&agreed.mark)))?;
    let rounded = plan.whole.rounded(&total, &number, policy.step, policy.rounding);
    let computed = match policy.method {
        Method::Consensus => format!("IF(MAX({marks})=MIN({marks}),{rounded},\"{OPEN}\")"),
        Method::Mean | Method::Trimmed | Method::Median => rounded,
    };
    let place = (row, first + 5);
    match point.mark {
        Some(mark) => page.formula(place, &format!("IF(ISNUMBER({agreed}),{agreed},{computed})"), &show(mark))?,
        None => page.text(place, OPEN)?,
    }
    page.height(row, &[(0, unit), (2, title)])
}
