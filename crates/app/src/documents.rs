//! Documents as the report crate takes them: every text formatted, nothing left to compute.

use crate::sheets::Opened;
use crate::view::{OutcomeView, Step};
use crate::{Language, Result, Session, outcome};
use assessment::{EntryKind, Phase, Stage};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use document::{Profile, RowKind, ScoreRow as Row, ScoreSheet, SignOff};
use report::{FontSet, Rendered};
use rubric::decimal::{percent, show};
use rubric::model::{Indicator, Limit, Point, Rubric, Shape};
use rubric::score::{IndicatorScore, PointScore};
use rubric::{Outcome, PartFinding, Reason};
use rust_decimal::Decimal;

/// Name of a stage, in Chinese as the printed sheets have it.
#[must_use]
pub fn stage_name(stage: Stage, language: Language) -> &'static str {
    match (stage, language) {
        (Stage::SelfEvaluation, Language::Zh) => "自评",
        (Stage::Trial, Language::Zh) => "试评",
        (Stage::Review, Language::Zh) => "复评",
        (Stage::SelfEvaluation, Language::En) => "self-evaluation",
        (Stage::Trial, Language::En) => "trial",
        (Stage::Review, Language::En) => "review",
    }
}

impl Session {
    /// The score sheet (附件3) as PDF, not signed.
    ///
    /// # Errors
    /// Unknown sheet; fonts that are not there; a character that no font has.
    pub fn score_sheet(&mut self, sheet: &str) -> Result<Rendered> {
        let opened = self.opened(sheet)?;
        self.render_score_sheet(&opened)
    }

    pub(crate) fn render_score_sheet(&self, opened: &Opened) -> Result<Rendered> {
        let fonts = FontSet::load(&self.world.fonts)?;
        let profile = Profile::oucsx_2021()?;
        let document = score_sheet(opened, &self.world.zone).document(&profile)?;
        Ok(report::pdf(&document, &profile, &fonts)?)
    }
}

/// Digits of the sheet's digest at the foot of every page: enough to tell sheets apart beside the page number.
const DIGEST_SHOWN: usize = 32;

fn footer(digest: &str) -> String {
    format!("打分表摘要 SHA-256 {digest}…")
}

/// The model of the score sheet. The printed form is Chinese in every language of the window.
fn score_sheet(opened: &Opened, zone: &TimeZone) -> ScoreSheet {
    let (row, rubric) = (&opened.row, &opened.rubric);
    let stage = stage_name(row.stage, Language::Zh);
    let view = outcome::view(rubric, &opened.outcome, Language::Zh);
    let draft = row.phase == Phase::Draft;
    ScoreSheet {
        title: format!("{}{stage}打分表", rubric.title),
        mark: draft.then(|| "草稿，未定稿".to_owned()),
        facts: vec![
            ("单位".to_owned(), row.assessment.unit.clone()),
            ("年度".to_owned(), format!("{}年", row.assessment.year)),
            ("评估人".to_owned(), row.assessor.clone()),
            ("所在单位".to_owned(), row.organisation.clone()),
            ("版本".to_owned(), format!("第{}版", row.revision)),
            ("状态".to_owned(), if draft { "草稿" } else { "已定稿" }.to_owned()),
        ],
        score_label: format!("{stage}得分"),
        indicators: indicators(opened, None).into_iter().chain(adjustment_groups(opened)).collect(),
        total: total_lines(rubric, &view, stage),
        conclusion_reasons: conclusion_reasons(rubric, &opened.outcome, &view),
        notes: printed_notes(rubric),
        sign_off: SignOff {
            organisation: Some(row.organisation.clone()),
            name: Some(format!("评估人：{}", row.assessor)),
            date: row.finalised_at.and_then(|time| letter_date(time, zone)),
            seal: None,
        },
        digest: row.digest.as_deref().and_then(|digest| digest.get(..DIGEST_SHOWN)).map(footer),
        ..ScoreSheet::default()
    }
}

/// A date as letters carry it: full year, no leading zeros (附件5: 月、日不编虚位).
fn letter_date(time: i64, zone: &TimeZone) -> Option<String> {
    let date = Timestamp::from_second(time).ok()?.to_zoned(zone.clone());
    Some(format!("{}年{}月{}日", date.year(), date.month(), date.day()))
}

fn total_lines(rubric: &Rubric, view: &OutcomeView, stage: &str) -> Vec<String> {
    let categories = view.categories.iter().map(|c| format!("{}{}/{}", c.name, c.score, c.max)).collect::<Vec<_>>();
    let mut lines: Vec<String> = Some(categories.join("　")).filter(|line| !line.is_empty()).into_iter().collect();
    if rubric.shape == Shape::Checklist {
        lines.push(format!("应条款：适用{}条，符合{}条。", view.max, view.total));
        return lines;
    }
    match &view.grade {
        Some(grade) => lines.push(format!("{stage}总分：{}　　{stage}结论等次：{grade}", view.total)),
        None if view.complete => lines.push(format!("{stage}总分：{}", view.total)),
        None if rubric.grades.is_empty() => lines.push(format!("{stage}总分：暂计{}", view.total)),
        None => lines.push(format!("{stage}总分：暂计{}　　{stage}结论等次：未定", view.total)),
    }
    if !view.complete {
        lines.push(format!("有观测点未评，总分还可能在{}到{}之间。", view.lowest, view.highest));
    }
    lines
}

/// How adjustments changed the total, then what decided the conclusion.
fn conclusion_reasons(rubric: &Rubric, outcome: &Outcome, view: &OutcomeView) -> Vec<String> {
    let changes = |(step, _): &(&rubric::Step, &Step)| {
        let adjusts = matches!(step.reason, Reason::Adjusted { .. } | Reason::Floored { .. });
        adjusts && step.amount.is_some_and(|amount| !amount.is_zero())
    };
    let adjusted = outcome.trace.iter().zip(&view.trace).filter(changes);
    let line = |(_, step): (_, &Step)| format!("{}（{}）。", step.finding, step.amount.as_deref().unwrap_or_default());
    let chapters = rubric.indicators.iter().zip(&outcome.indicators);
    let chapters = chapters.filter(|(i, _)| rubric.shape == Shape::Checklist && i.parent.is_none()).map(chapter_line);
    adjusted.map(line).chain(chapters).chain(view.conclusion.iter().map(reason_line)).collect()
}

/// How many demands of a chapter apply and are met.
fn chapter_line((indicator, score): (&Indicator, &IndicatorScore)) -> String {
    let rate = percent(score.score, score.max).map(|rate| format!("，符合率{rate}%")).unwrap_or_default();
    format!("{}：应条款适用{}条，符合{}条{rate}。", indicator.text, show(score.max), show(score.score))
}

fn reason_line(step: &Step) -> String {
    match step.sentence.trim_end_matches('。') {
        "" => format!("{}。", step.finding.trim_end()),
        sentence => format!("{sentence}：{}。", step.finding.trim_end()),
    }
}

fn printed_notes(rubric: &Rubric) -> Vec<String> {
    rubric.notes.iter().filter(|note| note.on_sheet).map(|note| format!("{}. {}", note.number, note.text)).collect()
}

/// The indicators below `parent`, with everything below them.
fn indicators(opened: &Opened, parent: Option<usize>) -> Vec<document::Indicator> {
    let all = opened.rubric.indicators.iter().enumerate();
    all.filter(|(_, indicator)| indicator.parent == parent).map(|(index, i)| indicator(opened, index, i)).collect()
}

fn indicator(opened: &Opened, index: usize, indicator: &Indicator) -> document::Indicator {
    let scored = &opened.outcome.indicators[index];
    // A checklist has no marks to sum: its rates stand below the table, by chapter.
    let some = scored.scored > 0 && opened.rubric.shape == Shape::Score;
    let rate = percent(scored.score, scored.max).map(|rate| format!("{rate}%"));
    document::Indicator {
        text: indicator.text.clone(),
        code: indicator.code.clone(),
        max: None,
        score: (opened.rubric.shape == Shape::Score).then(|| if some { show(scored.score) } else { "未评".to_owned() }),
        rate: rate.filter(|_| some && indicator.level < 3),
        rows: rows(opened, indicator),
        children: indicators(opened, Some(index)),
    }
}

/// Marks outside of the points, under the headings that the source prints them under.
fn adjustment_groups(opened: &Opened) -> Vec<document::Indicator> {
    let mut groups: Vec<document::Indicator> = Vec::new();
    for (rule, scored) in opened.rubric.adjustments.iter().zip(&opened.outcome.adjustments) {
        if groups.last().is_none_or(|group| group.text != rule.section) {
            let (text, code) = (rule.section.clone(), rule.code.clone());
            groups.push(document::Indicator { text, code, ..document::Indicator::default() });
        }
        let state = |amount: Option<Decimal>| match amount {
            Some(amount) if amount.is_sign_positive() && !amount.is_zero() => format!("+{}", show(amount)),
            Some(amount) => show(amount),
            None => "未评".to_owned(),
        };
        let remark = opened.records.get(EntryKind::Remark, &rule.code).map(str::to_owned);
        let mut rows = Vec::new();
        if !rule.parts.is_empty() {
            let (text, kind) = (rule.text.clone(), RowKind::Point { score: state(scored.amount) });
            rows.push(Row { text, remark, kind, ..Row::default() });
        }
        rows.extend(rule.limits.iter().map(|limit| condition(opened, &rule.code, limit)));
        if let Some(group) = groups.last_mut() {
            group.rows.append(&mut rows);
        }
    }
    groups
}

/// A condition and whether it holds.
fn condition(opened: &Opened, place: &str, limit: &Limit) -> Row {
    let direct = opened.outcome.points.iter().any(|point| point.code == place && point.direct);
    let state = opened.outcome.limits.iter().find(|state| state.code == limit.code).and_then(|state| state.present);
    let state = match state {
        Some(true) => "存在",
        Some(false) => "不存在",
        None if direct => "未用", // the point was marked as a whole
        None => "未判定",
    };
    // Conditions that share a sentence are told apart by their titles.
    let text = if limit.text.contains(&limit.title) {
        limit.text.clone()
    } else {
        format!("{}：{}", limit.title, limit.text)
    };
    Row { text, kind: RowKind::Condition { state: state.to_owned() }, ..Row::default() }
}

/// What stands in the score column of a point.
fn mark(opened: &Opened, point: &Point, scored: &PointScore) -> String {
    let findings = opened.findings.points.get(&point.code).map(|finding| finding.parts.as_slice());
    if let Some([Some(PartFinding::Conform(conformity))]) = findings {
        return <&str>::from(conformity).to_owned();
    }
    scored.score.map_or_else(|| "未评".to_owned(), show)
}

/// The remark of a point; a mark in place of the derived one says so before its reason.
fn remark(opened: &Opened, scored: &PointScore) -> Option<String> {
    let remark = opened.records.get(EntryKind::Remark, &scored.code).map(str::to_owned);
    match (scored.derived, scored.score) {
        (Some(derived), Some(mark)) if derived != mark => {
            let reason = remark.unwrap_or_default();
            Some(format!("按评定得{}分，改判{}分。理由：{reason}", show(derived), show(mark)))
        }
        _ => remark,
    }
}

/// Full marks, where the texts of the source do not say them.
fn full_marks(text: &str, max: Decimal) -> Option<String> {
    let said = text.contains(&format!("{}分", show(max))) || text.contains(&format!("{}.0分", show(max)));
    (!said && !max.is_zero()).then(|| show(max))
}

fn rows(opened: &Opened, indicator: &Indicator) -> Vec<Row> {
    let mut rows = Vec::new();
    for point in &indicator.points {
        let Some(scored) = opened.outcome.points.iter().find(|scored| scored.code == point.code) else {
            continue;
        };
        let kind = RowKind::Point { score: mark(opened, point, scored) };
        let max = full_marks(&point.text, point.max);
        rows.push(Row { text: printed(point), max, remark: remark(opened, scored), kind, ..Row::default() });
        rows.extend(point.limits.iter().map(|limit| condition(opened, &point.code, limit)));
    }
    rows.extend(indicator.limits.iter().map(|limit| condition(opened, &indicator.code, limit)));
    rows
}

/// The text of a point, after its title where the source prints that in a column of its own.
fn printed(point: &Point) -> String {
    if point.text.contains(&point.title) { point.text.clone() } else { format!("{}\n{}", point.title, point.text) }
}
