//! 打分表: the score sheet (附件3), in the columns that the source of its rubric prints.

use super::form::{Form, Holds, below_first_line, first_line};
use super::{Material, parts, stage_name};
use crate::sheets::Opened;
use crate::view::{OutcomeView, Step};
use crate::{Language, outcome};
use assessment::{EntryKind, Stage};
use document::{Columns, Other, RowKind, ScoreRow as Row, ScoreSheet, SignOff};
use jiff::tz::TimeZone;
use rubric::decimal::{percent, show};
use rubric::model::{Adjustment, Effect, Indicator, Limit, Point, Rubric, Shape};
use rubric::score::{AdjustmentScore, IndicatorScore, PointScore};
use rubric::{Outcome, PartFinding, Reason};
use rust_decimal::Decimal;

/// A condition whose text is longer is printed by its title.
const LONG_CONDITION: usize = 60;

/// The model of the score sheet, beside a review with the unit's `own` marks. The printed form is Chinese in every
/// language of the window.
pub(super) fn score_sheet(opened: &Opened, own: Option<&Opened>, zone: &TimeZone) -> ScoreSheet {
    let (row, rubric) = (&opened.row, &opened.rubric);
    let stage = stage_name(row.stage, Language::Zh);
    let view = outcome::view(rubric, &opened.outcome, Language::Zh);
    let form = Form::of(rubric);
    let sheet = Sheet { opened, own, form: &form };
    let (score_label, other) = sheet.score_heads();
    ScoreSheet {
        title: format!("{}{stage}打分表", parts::subject(rubric)),
        mark: parts::draft_mark(opened),
        facts: parts::facts(opened),
        columns: Columns {
            levels: form.levels.clone(),
            before: form.before.iter().map(|column| column.title.clone()).collect(),
            text: form.text.clone(),
            after: form.after.iter().map(|column| column.title.clone()).collect(),
        },
        score_label,
        other,
        indicators: sheet.indicators(None).into_iter().chain(sheet.sum()).chain(sheet.adjustments()).collect(),
        total: total_lines(rubric, &view, stage),
        conclusion_reasons: conclusion_reasons(rubric, &opened.outcome, &view),
        notes: printed_notes(rubric),
        sign_off: SignOff {
            organisation: Some(row.organisation.clone()),
            name: Some(format!("评估人：{}", row.assessor)),
            date: row.finalised_at.and_then(|time| parts::letter_date(time, zone)),
            signed: true,
            seal: None,
        },
        digest: parts::digest(opened),
    }
}

/// The sheet as a document, with a seal where one was given.
pub(super) fn document(
    material: &Material,
    zone: &TimeZone,
    profile: &document::Profile,
) -> crate::Result<document::Document> {
    let mut sheet = score_sheet(&material.opened, material.own.as_ref(), zone);
    sheet.sign_off.seal.clone_from(&material.seal);
    Ok(sheet.document(profile)?)
}

pub(super) fn total_lines(rubric: &Rubric, view: &OutcomeView, stage: &str) -> Vec<String> {
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
pub(super) fn conclusion_reasons(rubric: &Rubric, outcome: &Outcome, view: &OutcomeView) -> Vec<String> {
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

/// A sheet on its way to paper.
struct Sheet<'a> {
    opened: &'a Opened,
    own: Option<&'a Opened>,
    form: &'a Form,
}

impl Sheet<'_> {
    /// Head of the score column, and the column of the other stage: as the source prints it, or of the unit's own
    /// marks beside a review.
    fn score_heads(&self) -> (String, Option<Other>) {
        let stage = self.opened.row.stage;
        let plain = format!("{}\n得分", stage_name(stage, Language::Zh));
        match (&self.form.scores, stage) {
            (Some([own, review]), Stage::SelfEvaluation) => {
                (own.clone(), Some(Other { label: review.clone(), first: false }))
            }
            (Some([own, review]), Stage::Review) => (review.clone(), Some(Other { label: own.clone(), first: true })),
            _ => {
                let label = |usual: String| self.form.score.clone().unwrap_or(usual);
                let own = self.own.map(|own| stage_name(own.row.stage, Language::Zh));
                let own =
                    own.map(|own| self.form.score.as_ref().map_or(format!("{own}\n得分"), |s| format!("{own}\n{s}")));
                (label(plain), own.map(|label| Other { label, first: true }))
            }
        }
    }

    /// The indicators below `parent`, with everything below them.
    fn indicators(&self, parent: Option<usize>) -> Vec<document::Indicator> {
        let all = self.opened.rubric.indicators.iter().enumerate();
        all.filter(|(_, indicator)| indicator.parent == parent).map(|(index, i)| self.indicator(index, i)).collect()
    }

    fn indicator(&self, index: usize, indicator: &Indicator) -> document::Indicator {
        let scored = &self.opened.outcome.indicators[index];
        // A checklist has no marks to sum: its rates stand below the table, by chapter.
        let has_marks = self.opened.rubric.shape == Shape::Score;
        let some = scored.scored > 0 && has_marks;
        let rate = parts::rate(scored.score, scored.max);
        document::Indicator {
            text: indicator.text.clone(),
            code: indicator.code.clone(),
            max: None,
            score: has_marks.then(|| if some { show(scored.score) } else { "未评".to_owned() }),
            rate: rate.filter(|_| some && indicator.level < 3),
            rows: self.rows(indicator),
            children: self.indicators(Some(index)),
        }
    }

    fn rows(&self, indicator: &Indicator) -> Vec<Row> {
        let mut rows = Vec::new();
        for point in &indicator.points {
            let Some(scored) = score_of(self.opened, &point.code) else {
                continue;
            };
            rows.push(self.point(indicator, point, scored));
            rows.extend(point.limits.iter().map(|limit| self.condition(&point.code, limit)));
        }
        rows.extend(indicator.limits.iter().map(|limit| self.condition(&indicator.code, limit)));
        rows
    }

    fn point(&self, indicator: &Indicator, point: &Point, scored: &PointScore) -> Row {
        let form = self.form;
        // An indicator that is its own point has no title below its own.
        let itself = point.code == indicator.code;
        let before = form.before.iter().filter(|c| !(itself && c.holds == Holds::Title));
        let text = if form.shows(&[Holds::Rule]) { first_line(&point.text) } else { &point.text };
        // The titles of a checklist's points are not the standard's words.
        let titled = form.shows(&[Holds::Title, Holds::NumberedTitle, Holds::Modality]);
        let said = titled || point.text.contains(&point.title);
        Row {
            before: before.map(|column| column.holds.of(point)).collect(),
            text: if said { text.to_owned() } else { format!("{}\n{text}", point.title) },
            after: form.after.iter().map(|column| column.holds.of(point)).collect(),
            max: full_marks(&point.text, point.max).filter(|_| !form.shows(&[Holds::Max, Holds::Modality])),
            remark: remark(self.opened, scored),
            kind: RowKind::Point { score: mark(self.opened, point, scored) },
            other: self.own.and_then(|own| Some(mark(own, point, score_of(own, &point.code)?))).unwrap_or_default(),
        }
    }

    /// A condition and whether it holds.
    fn condition(&self, place: &str, limit: &Limit) -> Row {
        // Conditions that share a sentence are told apart by their titles; a long sentence stands with the point.
        let text = match &limit.effect {
            _ if limit.text.contains(&limit.title) => limit.text.clone(),
            Effect::Veto { conclusion, .. } if limit.text.chars().count() > LONG_CONDITION => {
                format!("{}：{conclusion}", limit.title)
            }
            _ => format!("{}：{}", limit.title, limit.text),
        };
        Row {
            text,
            kind: RowKind::Condition { state: condition_state(self.opened, place, limit).to_owned() },
            other: self.own.map(|own| condition_state(own, place, limit).to_owned()).unwrap_or_default(),
            ..Row::default()
        }
    }

    /// The row of the sum before adjustments, where the source prints one.
    fn sum(&self) -> Option<document::Indicator> {
        let text = self.form.sum.clone()?;
        let sum = |opened: &Opened| {
            let top = opened.rubric.indicators.iter().zip(&opened.outcome.indicators);
            let marks: Decimal = top.filter(|(indicator, _)| indicator.parent.is_none()).map(|(_, s)| s.score).sum();
            show(marks)
        };
        let max = |column: &super::form::Column| match column.holds {
            Holds::Max => show(self.opened.rubric.total),
            _ => String::new(),
        };
        let row = Row {
            after: self.form.after.iter().map(max).collect(),
            kind: RowKind::Point { score: sum(self.opened) },
            other: self.own.map(sum).unwrap_or_default(),
            ..Row::default()
        };
        Some(document::Indicator { code: text.clone(), text, rows: vec![row], ..document::Indicator::default() })
    }

    /// Marks outside of the points, under the headings that the source prints them under.
    fn adjustments(&self) -> Vec<document::Indicator> {
        let mut groups: Vec<document::Indicator> = Vec::new();
        for (rule, scored) in self.opened.rubric.adjustments.iter().zip(&self.opened.outcome.adjustments) {
            if groups.last().is_none_or(|group| group.text != rule.section) {
                let (text, code) = (rule.section.clone(), rule.code.clone());
                groups.push(document::Indicator { text, code, ..document::Indicator::default() });
            }
            let rows = self.adjustment_rows(rule, scored);
            let Some(group) = groups.last_mut() else { continue };
            if self.form.adjustments_are_indicators {
                let text = format!("{} {}", rule.code, rule.title);
                let code = rule.code.clone();
                group.children.push(document::Indicator { text, code, rows, ..document::Indicator::default() });
            } else {
                group.rows.extend(rows);
            }
        }
        groups
    }

    fn adjustment_rows(&self, rule: &Adjustment, scored: &AdjustmentScore) -> Vec<Row> {
        let amount = |opened: &Opened| {
            let all = &opened.outcome.adjustments;
            all.iter().find(|scored| scored.code == rule.code).map(|scored| adjustment_state(scored.amount))
        };
        let whole = |state| Row {
            remark: self.opened.records.get(EntryKind::Remark, &rule.code).map(str::to_owned),
            kind: state,
            other: self.own.and_then(amount).unwrap_or_default(),
            ..self.adjustment_row(rule)
        };
        let conditions = rule.limits.iter().map(|limit| self.condition(&rule.code, limit));
        match (rule.parts.is_empty(), rule.limits.as_slice()) {
            // A veto of its own: its text and its state stand in one row.
            (true, [only]) => {
                let condition = self.condition(&rule.code, only);
                vec![Row { kind: condition.kind, other: condition.other, ..self.adjustment_row(rule) }]
            }
            (true, _) => conditions.collect(),
            (false, _) => {
                let row = whole(RowKind::Point { score: adjustment_state(scored.amount) });
                std::iter::once(row).chain(conditions).collect()
            }
        }
    }

    /// The texts of an adjustment in the form's columns.
    fn adjustment_row(&self, rule: &Adjustment) -> Row {
        let none = "—".to_owned();
        let after = |column: &super::form::Column| match column.holds {
            Holds::Method => rule.method.clone().unwrap_or_default(),
            Holds::Category => rule.category.clone().unwrap_or_default(),
            Holds::Rule => below_first_line(&rule.text).to_owned(),
            _ => none.clone(),
        };
        let after = self.form.after.iter().map(after).collect();
        if self.form.adjustments_are_indicators {
            let before = vec![first_line(&rule.text).to_owned()];
            return Row { before, text: below_first_line(&rule.text).to_owned(), after, ..Row::default() };
        }
        let split = self.form.shows(&[Holds::Rule]);
        let text = if split { first_line(&rule.text) } else { &rule.text };
        Row { text: text.to_owned(), after, ..Row::default() }
    }
}

fn score_of<'a>(opened: &'a Opened, code: &str) -> Option<&'a PointScore> {
    opened.outcome.points.iter().find(|scored| scored.code == code)
}

fn adjustment_state(amount: Option<Decimal>) -> String {
    match amount {
        Some(amount) if amount.is_sign_positive() && !amount.is_zero() => format!("+{}", show(amount)),
        Some(amount) => show(amount),
        None => "未评".to_owned(),
    }
}

fn condition_state(opened: &Opened, place: &str, limit: &Limit) -> &'static str {
    let direct = opened.outcome.points.iter().any(|point| point.code == place && point.direct);
    let state = opened.outcome.limits.iter().find(|state| state.code == limit.code).and_then(|state| state.present);
    match state {
        Some(true) => "存在",
        Some(false) => "不存在",
        None if direct => "未用", // the point was marked as a whole
        None => "未判定",
    }
}

/// What stands in the score column of a point.
pub(super) fn mark(opened: &Opened, point: &Point, scored: &PointScore) -> String {
    let findings = opened.findings.points.get(&point.code).map(|finding| finding.parts.as_slice());
    if let Some([Some(PartFinding::Conform(conformity))]) = findings {
        return <&str>::from(conformity).to_owned();
    }
    scored.score.map_or_else(|| "未评".to_owned(), show)
}

/// The remark of a point; a mark in place of the derived one says so before its reason.
pub(super) fn remark(opened: &Opened, scored: &PointScore) -> Option<String> {
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
    let said = [format!("{}分", show(max)), format!("{}.0分", show(max))].iter().any(|full| has_number(text, full));
    (!said && !max.is_zero()).then(|| show(max))
}

/// Whether a text has `number` other than as the end of a longer one.
fn has_number(text: &str, number: &str) -> bool {
    let longer = |before: &str| before.ends_with(|c: char| c.is_ascii_digit() || c == '.');
    text.match_indices(number).any(|(at, _)| !longer(&text[..at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_marks_that_the_text_says_are_not_said_twice() {
        let two = Decimal::from(2);
        assert_eq!(full_marks("制度健全（2分）", two), None);
        assert_eq!(full_marks("制度健全，2.0分", two), None);
        assert_eq!(full_marks("三项共12分", two).as_deref(), Some("2"));
        assert_eq!(full_marks("三项共12分，每项2分", two), None);
    }
}
