//! Documents as the report crate takes them: every text formatted, nothing left to compute.

use crate::sheets::Opened;
use crate::view::{OutcomeView, Step};
use crate::{Language, Result, Session, outcome};
use assessment::{EntryKind, Phase, Stage};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use report::{FontSet, Profile, Rendered, Row, RowKind, ScoreSheet, SignOff};
use rubric::decimal::{percent, show};
use rubric::model::{Indicator, Rubric};

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
        let model = score_sheet(opened, &self.world.zone);
        Ok(model.render(&Profile::oucsx_2021()?, &fonts)?)
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
        indicators: indicators(opened, None),
        total: total_lines(&view, stage),
        conclusion_reasons: view.conclusion.iter().map(reason_line).collect(),
        notes: printed_notes(rubric),
        sign_off: SignOff {
            organisation: Some(row.organisation.clone()),
            name: Some(format!("评估人：{}", row.assessor)),
            date: row.finalised_at.and_then(|time| letter_date(time, zone)),
        },
        digest: row.digest.as_deref().and_then(|digest| digest.get(..DIGEST_SHOWN)).map(footer),
    }
}

/// A date as letters carry it: full year, no leading zeros (附件5: 月、日不编虚位).
fn letter_date(time: i64, zone: &TimeZone) -> Option<String> {
    let date = Timestamp::from_second(time).ok()?.to_zoned(zone.clone());
    Some(format!("{}年{}月{}日", date.year(), date.month(), date.day()))
}

fn total_lines(view: &OutcomeView, stage: &str) -> Vec<String> {
    match &view.grade {
        Some(grade) => vec![format!("{stage}总分：{}　　{stage}结论等次：{grade}", view.total)],
        None if view.complete => vec![format!("{stage}总分：{}", view.total)],
        None => vec![
            format!("{stage}总分：暂计{}　　{stage}结论等次：未定", view.total),
            format!("有观测点未评，总分还可能在{}到{}之间。", view.lowest, view.highest),
        ],
    }
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
fn indicators(opened: &Opened, parent: Option<usize>) -> Vec<report::Indicator> {
    let all = opened.rubric.indicators.iter().enumerate();
    all.filter(|(_, indicator)| indicator.parent == parent).map(|(index, i)| indicator(opened, index, i)).collect()
}

fn indicator(opened: &Opened, index: usize, indicator: &Indicator) -> report::Indicator {
    let scored = &opened.outcome.indicators[index];
    let some = scored.scored > 0;
    let rate = percent(scored.score, scored.max).map(|rate| format!("{rate}%"));
    report::Indicator {
        text: indicator.text.clone(),
        code: indicator.code.clone(),
        max: None,
        score: Some(if some { show(scored.score) } else { "未评".to_owned() }),
        rate: rate.filter(|_| some && indicator.level < 3),
        rows: rows(opened, indicator),
        children: indicators(opened, Some(index)),
    }
}

fn rows(opened: &Opened, indicator: &Indicator) -> Vec<Row> {
    let remark = |code: &str| opened.records.get(EntryKind::Remark, code).map(str::to_owned);
    let point = |point: &rubric::model::Point| {
        let mark = opened.outcome.points.iter().find(|scored| scored.code == point.code).and_then(|p| p.score);
        let score = mark.map_or_else(|| "未评".to_owned(), show);
        Row { text: point.text.clone(), max: None, remark: remark(&point.code), kind: RowKind::Point { score } }
    };
    let limit = |limit: &rubric::model::Limit| {
        let state = match opened.records.get(EntryKind::Condition, &limit.code) {
            Some("true") => "存在",
            Some(_) => "不存在",
            None => "未判定",
        };
        let kind = RowKind::Condition { state: state.to_owned() };
        Row { text: limit.text.clone(), max: None, remark: None, kind }
    };
    indicator.points.iter().map(point).chain(indicator.limits.iter().map(limit)).collect()
}
