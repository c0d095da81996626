//! The texts of reports: what is drafted from the data, and what a person wrote in its place.

use super::findings::{doubts, lost};
use super::material::{Material, Unit, brief, named, quoted, result_words, tight};
use super::{Kind, Refused, Warning};
use crate::documents::parts;
use crate::view::{ReportText, ReportTextForm};
use crate::writing::checked;
use crate::{Language, Result, World};
use assessment::rectification::Day;
use jiff::civil::Date;
use rubric::decimal::{is_below, percent, show};
use rust_decimal::Decimal;
use std::cmp::Reverse;
use store::PanelTextRow;

pub(super) const ORGANISATION: &str = "organisation";
pub(super) const DATE: &str = "date";
pub(super) const DEADLINE: &str = "deadline";
/// Names that a sentence lists before it only counts them.
const NAMED: usize = 6;

/// A text of reports.
struct Part {
    place: &'static str,
    /// The report; none for what several share.
    report: Option<Kind>,
    by_unit: bool,
    form: ReportTextForm,
    title: (&'static str, &'static str),
    draft: fn(&Material, Option<&Unit>) -> String,
}

/// Every text in the order in which they are written.
fn all() -> Vec<Part> {
    use ReportTextForm::{Day, Line, Prose};
    let part = |place, report, by_unit, form, title, draft| Part { place, report, by_unit, form, title, draft };
    let shared = |place, form, title, draft| part(place, None, false, form, title, draft);
    let opinion = |place, title, draft| part(place, Some(Kind::Opinion), true, Prose, title, draft);
    let feedback = |place, by_unit, title, draft| part(place, Some(Kind::Feedback), by_unit, Prose, title, draft);
    let bulletin = |place, form, title, draft| part(place, Some(Kind::Bulletin), false, form, title, draft);
    vec![
        shared(ORGANISATION, Line, ("落款单位", "Issued by"), |material, _| {
            material.office.clone().unwrap_or_default()
        }),
        shared(DATE, Day, ("成文日期", "Date"), |material, _| material.today.to_string()),
        shared(DEADLINE, Day, ("整改完成时间", "Problems to be rectified by"), |_, _| String::new()),
        opinion("opinion.strengths", ("主要成绩", "Strengths"), strengths),
        opinion("opinion.problems", ("主要问题", "Problems"), problems),
        opinion("opinion.differences", ("不同意见", "Differences of opinion"), differences),
        opinion("opinion.advice", ("评估意见", "Conclusion and advice"), advice),
        feedback("feedback.strengths", true, ("主要成绩", "Strengths"), strengths),
        feedback("feedback.problems", true, ("存在的主要问题", "Problems"), problems),
        feedback("feedback.requirements", false, ("整改要求", "What is asked"), rectify),
        bulletin("bulletin.to", Line, ("主送", "To"), |_, _| "各参评单位".to_owned()),
        bulletin("bulletin.opening", Prose, ("开头", "Opening"), opening),
        bulletin("bulletin.praise", Prose, ("表扬", "Praise"), praise),
        bulletin("bulletin.problems", Prose, ("主要问题", "Problems"), weak),
        bulletin("bulletin.requirements", Prose, ("工作要求", "What is asked"), demands),
    ]
}

impl Part {
    /// The unit that its row is kept under.
    fn key(&self, unit: Option<&Unit>) -> String {
        unit.filter(|_| self.by_unit).map(|unit| unit.name().to_owned()).unwrap_or_default()
    }

    /// What stands in the reports.
    fn text(&self, material: &Material, unit: Option<&Unit>) -> String {
        let written = material.written(&self.key(unit), self.place);
        written.map_or_else(|| (self.draft)(material, unit), |row| row.text.clone())
    }

    fn title(&self, language: Language) -> &'static str {
        if language == Language::Zh { self.title.0 } else { self.title.1 }
    }

    /// Whether a report shows it.
    fn is_of(&self, kind: Kind) -> bool {
        match (self.report, self.place) {
            (Some(report), _) => report == kind,
            (None, ORGANISATION) => matches!(kind, Kind::Feedback | Kind::Bulletin),
            (None, DEADLINE) => matches!(kind, Kind::Feedback | Kind::ProblemList),
            (None, _) => kind != Kind::Merged,
        }
    }
}

/// What stands at a place of the reports.
pub(super) fn text(material: &Material, unit: Option<&Unit>, place: &str) -> String {
    all().iter().find(|part| part.place == place).map(|part| part.text(material, unit)).unwrap_or_default()
}

/// A day as letters carry it; nothing where none was written.
pub(super) fn day(material: &Material, place: &str) -> Option<String> {
    let day = Date::from(Day::read(&text(material, None, place)).ok().flatten()?);
    Some(format!("{}年{}月{}日", day.year(), day.month(), day.day()))
}

/// The texts as the faces show them; those of units only where one is named.
pub(super) fn views(material: &Material, unit: Option<&Unit>, world: &World, language: Language) -> Vec<ReportText> {
    let view = |part: &Part| {
        let written = material.written(&part.key(unit), part.place);
        let draft = (part.draft)(material, unit);
        ReportText {
            place: part.place.to_owned(),
            report: part.report.map(|kind| <&str>::from(kind).to_owned()).unwrap_or_default(),
            title: part.title(language).to_owned(),
            form: part.form.clone(),
            by_unit: part.by_unit,
            text: written.map_or_else(|| draft.clone(), |row| row.text.clone()),
            saved_at: written.map(|row| world.local(row.changed_at, "%Y-%m-%d %H:%M")),
            stale: written.is_some_and(|row| is_stale(part, row, &draft)),
            draft,
        }
    };
    all().iter().filter(|part| unit.is_some() || !part.by_unit).map(view).collect()
}

/// Whether the data gave another draft when a text was written; today is no datum.
fn is_stale(part: &Part, row: &PanelTextRow, draft: &str) -> bool {
    part.place != DATE && row.draft != draft
}

/// A text to be kept.
pub(super) struct Change {
    pub row: PanelTextRow,
    /// Whether it is what the data give, so that nothing has to be kept.
    pub is_draft: bool,
}

/// Reads a text that a person wrote.
///
/// # Errors
/// An unknown place; a unit that is needed; a text that is too long; no day, or a deadline that may not be.
pub(super) fn change(
    material: &Material,
    unit: Option<&Unit>,
    place: &str,
    text: Option<&str>,
    now: i64,
) -> Result<Change> {
    let parts = all();
    let known = || parts.iter().map(|part| part.place).collect::<Vec<_>>().join("、");
    let unknown = || Refused::UnknownPlace { place: place.to_owned(), known: known() };
    let part = parts.iter().find(|part| part.place == place).ok_or_else(unknown)?;
    if part.by_unit && unit.is_none() {
        let report = part.report.map(|kind| kind.title(Language::Zh)).unwrap_or_default();
        return Err(Refused::UnitNeeded { report: report.to_owned() }.into());
    }
    let draft = (part.draft)(material, unit);
    let text = text.map(|text| read(material, part, text)).transpose()?;
    let is_draft = text.as_ref().is_none_or(|text| *text == draft);
    let row = PanelTextRow {
        unit: part.key(unit),
        place: place.to_owned(),
        text: text.unwrap_or_default(),
        draft,
        changed_at: now,
    };
    Ok(Change { row, is_draft })
}

fn read(material: &Material, part: &Part, text: &str) -> Result<String> {
    let text = checked(part.place, part.title.0, text)?;
    match part.form {
        ReportTextForm::Prose => Ok(text.trim_end().to_owned()),
        ReportTextForm::Line => Ok(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        ReportTextForm::Day => {
            let day = Day::read(&text)?;
            if let (DEADLINE, Some(day)) = (part.place, day) {
                require_deadline(material, day)?;
            }
            Ok(day.map(|day| day.to_string()).unwrap_or_default())
        }
    }
}

/// A deadline lies at most one year behind the date of the letter that gives notice of it (附件9 之9).
fn require_deadline(material: &Material, day: Day) -> Result<()> {
    let from = Day::read(&self::text(material, None, DATE))?.unwrap_or(material.today);
    let (found, latest) = (day.to_string(), from.one_year_later());
    if day > latest {
        return Err(
            assessment::Error::DeadlineLate { found, from: from.to_string(), latest: latest.to_string() }.into()
        );
    }
    if day < from {
        return Err(assessment::Error::DeadlineEarly { found, first: from.to_string() }.into());
    }
    Ok(())
}

/// What a person should know of a report that can be made.
pub(super) fn warnings(kind: Kind, material: &Material, unit: Option<&Unit>, language: Language) -> Vec<Warning> {
    let mut found = Vec::new();
    let unranked: Vec<&str> = material.results.unranked.iter().map(String::as_str).collect();
    if matches!(kind, Kind::Merged | Kind::Bulletin) && !unranked.is_empty() {
        found.push(Warning::Unranked { count: unranked.len(), units: named(&unranked, 3, "个") });
    }
    let empty = |place: &str| text(material, None, place).is_empty();
    if matches!(kind, Kind::Feedback | Kind::Bulletin) && empty(ORGANISATION) {
        found.push(Warning::NoOrganisation {});
    }
    if matches!(kind, Kind::Feedback | Kind::ProblemList) && empty(DEADLINE) {
        found.push(Warning::NoDeadline {});
    }
    if kind == Kind::Opinion && material.round.panel.leader.is_none() {
        found.push(Warning::NoLeader {});
    }
    let flags = unit.map(|unit| unit.view.unit.flags.as_slice()).unwrap_or_default();
    if kind == Kind::Opinion && !flags.is_empty() {
        let said: Vec<&str> = flags.iter().map(|flag| flag.text.as_str()).collect();
        found.push(Warning::Flagged { count: said.len(), flags: named(&said, 2, "处") });
    }
    let parts = all();
    let stale = parts.iter().filter(|part| part.is_of(kind)).filter(|part| {
        let row = material.written(&part.key(unit), part.place);
        row.is_some_and(|row| is_stale(part, row, &(part.draft)(material, unit)))
    });
    let stale: Vec<&str> = stale.map(|part| part.title(language)).collect();
    if !stale.is_empty() {
        found.push(Warning::TextStale { count: stale.len(), texts: stale.join("、") });
    }
    found
}

/// Level-1 indicators of a unit: title, score, full marks.
fn top<'m>(material: &'m Material, unit: &'m Unit) -> Vec<(&'m str, Decimal, Decimal)> {
    let (rubric, result) = (&material.round.rubric, unit.result(material));
    let one = |at: usize| {
        let indicator = &rubric.indicators[at];
        Some((indicator.title.as_str(), *result.indicators.get(at)?, indicator.max))
    };
    material.top().into_iter().filter_map(one).collect()
}

fn share(score: Decimal, max: Decimal) -> String {
    percent(score, max).map(|share| format!("{share}%")).unwrap_or_default()
}

/// The best level-1 indicators, and what has full marks.
fn strengths(material: &Material, unit: Option<&Unit>) -> String {
    let Some(unit) = unit else { return String::new() };
    let mut top: Vec<_> = top(material, unit).into_iter().filter(|(_, _, max)| !max.is_zero()).collect();
    top.sort_by(|(_, one, full), (_, other, all)| (other * full).cmp(&(one * all)));
    let good = top.iter().take(3).filter(|(_, score, max)| !is_below(*score, *max, material.line()));
    let good: Vec<String> = good
        .map(|(title, score, max)| {
            let share = share(*score, *max);
            format!("{}得{}分（满分{}分，得分率{share}）", quoted(title), material.score(*score), show(*max))
        })
        .collect();
    let mut lines = Vec::new();
    if !good.is_empty() {
        lines.push(format!("得分率较高的一级指标：{}。", good.join("；")));
    }
    let (rubric, result) = (&material.round.rubric, unit.result(material));
    let lowest = |at: usize| !rubric.indicators.iter().any(|one| one.parent == Some(at));
    let full = rubric.indicators.iter().enumerate().filter(|(at, indicator)| {
        lowest(*at) && !indicator.max.is_zero() && result.indicators.get(*at) == Some(&indicator.max)
    });
    let full: Vec<String> =
        full.map(|(_, indicator)| format!("{}{}", indicator.code, quoted(&brief(&indicator.title)))).collect();
    let full: Vec<&str> = full.iter().map(String::as_str).collect();
    if !full.is_empty() {
        lines.push(format!("得满分的指标：{}。", named(&full, NAMED, "项")));
    }
    lines.join("\n")
}

/// Vetoes, weak indicators, where most marks were lost, evidence in doubt.
fn problems(material: &Material, unit: Option<&Unit>) -> String {
    /// So many places are named.
    const MOST: usize = 5;
    let Some(unit) = unit else { return String::new() };
    let mut lines = Vec::new();
    for finding in unit.view.findings.iter().filter(|finding| finding.holds) {
        lines.push(format!("专家组认定：{}", sentence(&finding.text)));
    }
    let line = material.line();
    let weak = top(material, unit).into_iter().filter(|(_, score, max)| is_below(*score, *max, line));
    let weak: Vec<String> =
        weak.map(|(title, score, max)| format!("{}（得分率{}）", quoted(title), share(score, max))).collect();
    if !weak.is_empty() {
        lines.push(format!("得分率低于{}%的一级指标：{}。", show(line), weak.join("、")));
    }
    let mut lost = lost(material, unit);
    let all = lost.len();
    lost.sort_by_key(|lost| Reverse(lost.amount));
    let most: Vec<String> = lost
        .iter()
        .take(MOST)
        .map(|lost| format!("{}{}（失{}分）", lost.code, quoted(&brief(&lost.title)), show(lost.amount)))
        .collect();
    match all {
        0 => {}
        all if all > most.len() => {
            lines.push(format!("共有{all}处失分，较多的是：{}。", most.join("；")));
        }
        _ => lines.push(format!("失分：{}。", most.join("；"))),
    }
    let doubts = doubts(unit);
    let names: Vec<&str> = doubts.iter().map(|doubt| doubt.name.as_str()).collect();
    if !names.is_empty() {
        lines.push(format!("核验有疑问的支撑材料{}件：{}。", names.len(), named(&names, MOST, "件")));
    }
    if lines.is_empty() { "没有失分，也没有核验有疑问的材料。".to_owned() } else { lines.join("\n") }
}

/// A sentence with one full stop at its end.
fn sentence(text: &str) -> String {
    format!("{}。", text.trim().trim_end_matches(['。', '；', ';']))
}

/// What the panel flags, else how far the totals lie apart.
fn differences(_: &Material, unit: Option<&Unit>) -> String {
    let Some(unit) = unit else { return String::new() };
    let flags: Vec<String> = unit.view.unit.flags.iter().map(|flag| sentence(&tight(&flag.text))).collect();
    if !flags.is_empty() {
        return flags.join("\n");
    }
    let marks: Vec<&str> = unit.view.totals.iter().flat_map(|totals| &totals.marks).map(|m| m.mark.as_str()).collect();
    match (marks.first(), marks.last(), &unit.view.unit.spread) {
        (Some(lowest), Some(highest), Some(spread)) if lowest != highest => {
            format!("计分的打分表总分从{lowest}分到{highest}分，相差{spread}分，没有需要另行说明的分歧。")
        }
        _ => "各份打分表总分相同，没有分歧。".to_owned(),
    }
}

fn advice(material: &Material, unit: Option<&Unit>) -> String {
    let Some(unit) = unit else { return String::new() };
    let Ok(row) = unit.total(material) else { return String::new() };
    let result = result_words(row, material.round.rubric.total);
    let steps = unit.view.conclusion.iter().map(|step| step.finding.trim()).filter(|text| !text.is_empty());
    let vetoes: Vec<String> = if row.vetoed { steps.map(sentence).collect() } else { Vec::new() };
    let lines = [
        format!("经合议，{}总分{result}。{}", unit.name(), vetoes.concat()),
        "建议针对上述问题逐条制订整改措施，落实责任部门、责任人和完成时间。".to_owned(),
    ];
    lines.join("\n")
}

fn rectify(material: &Material, _: Option<&Unit>) -> String {
    let until = match day(material, DEADLINE) {
        Some(day) => format!("于{day}前完成整改"),
        None => "自书面通报之日起一年内完成整改".to_owned(),
    };
    format!("请对照附件逐条制订整改措施，落实责任部门、责任人和完成时间，{until}，并报送整改情况和佐证材料。")
}

fn opening(material: &Material, _: Option<&Unit>) -> String {
    let (year, subject, stage) = (material.year(), material.subject(), material.stage());
    format!("{year}年度{subject}{stage}工作已经完成，现将结果通报如下。")
}

/// Units with the best grade that was reached, where it is the rubric's best.
fn praise(material: &Material, _: Option<&Unit>) -> String {
    let Some(best) = material.round.rubric.grades.first() else { return String::new() };
    let rows = material.results.ranking.iter().filter(|row| row.grade.as_ref() == Some(&best.name) && !row.vetoed);
    let units: Vec<&str> = rows.map(|row| row.unit.as_str()).collect();
    match units.len() {
        0 => String::new(),
        count => format!("对等次为{}的{}（共{count}个单位）予以表扬。", best.name, units.join("、")),
    }
}

/// The weakest indicators over all units.
fn weak(material: &Material, _: Option<&Unit>) -> String {
    let deepest = material.round.rubric.indicators.iter().map(|indicator| indicator.level).max().unwrap_or(1);
    let rows = material.results.indicators.iter().filter(|row| row.level == deepest.min(2) && row.percent.is_some());
    let said: Vec<String> = rows
        .take(3)
        .map(|row| {
            let line = show(material.line());
            let units = if row.below > 0 { format!("，{}个单位低于{line}%", row.below) } else { String::new() };
            format!("{}（平均得分率{}%{units}）", quoted(&row.title), row.percent.as_deref().unwrap_or_default())
        })
        .collect();
    if said.is_empty() { String::new() } else { format!("各单位得分率较低的指标：{}。", said.join("、")) }
}

fn demands(material: &Material, _: Option<&Unit>) -> String {
    let until = match day(material, DEADLINE) {
        Some(day) => format!("于{day}前完成"),
        None => "自通报之日起一年内完成".to_owned(),
    };
    let open = if material.results.unranked.is_empty() { "" } else { "尚未形成结果的单位要抓紧补齐。" };
    format!("各单位要对照反馈意见和问题清单逐条整改，{until}，并报送整改情况。{open}")
}

/// The date of the reports as letters carry it.
pub(super) fn date(material: &Material) -> String {
    let today = Date::from(material.today);
    day(material, DATE).unwrap_or_else(|| format!("{}年{}月{}日", today.year(), today.month(), today.day()))
}

/// Share of full marks, `84.5%`.
pub(super) fn rate(score: Decimal, max: Decimal) -> String {
    parts::rate(score, max).unwrap_or_default()
}
