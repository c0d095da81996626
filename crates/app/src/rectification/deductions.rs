//! Marks that were lost, as problems would begin with them.

use super::{mark_of, places, title_of};
use crate::Language;
use crate::outcome::steps;
use crate::sheets::Opened;
use crate::view::DeductionView;
use assessment::EntryKind;
use assessment::rectification::{List, TEXT_MAXIMUM};
use rubric::decimal::show;
use rubric::{Loss, LossKind, Step, losses};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Places that lost marks and have no problem yet, in the order of the rubric.
pub(super) fn deductions(opened: &Opened, list: &List, language: Language) -> Vec<DeductionView> {
    let lost = losses(&opened.rubric, &opened.findings, &opened.outcome);
    let noted: BTreeSet<&str> = list.problems.values().map(|problem| problem.found.code.as_str()).collect();
    let taken = opened.outcome.adjustments.iter().filter(|a| a.amount.is_some_and(|amount| amount < Decimal::ZERO));
    let codes: BTreeSet<&str> = lost.iter().map(|l| l.place.as_str()).chain(taken.map(|a| a.code.as_str())).collect();
    let places = places(&opened.rubric);
    let mut codes: Vec<&str> = codes.into_iter().filter(|code| !noted.contains(code)).collect();
    codes.sort_by_key(|code| places.get(code).copied());
    codes.into_iter().map(|code| of_place(opened, code, &lost, language)).collect()
}

/// What a problem at a place would begin with, whether or not marks were lost there.
pub(super) fn draft(opened: &Opened, code: &str, language: Language) -> DeductionView {
    of_place(opened, code, &losses(&opened.rubric, &opened.findings, &opened.outcome), language)
}

fn of_place(opened: &Opened, code: &str, losses: &[Loss], language: Language) -> DeductionView {
    let here: Vec<&Loss> = losses.iter().filter(|loss| loss.place == code).collect();
    let taken = opened.outcome.adjustments.iter().find(|a| a.code == code).and_then(|a| a.amount);
    let lost: Decimal = taken.map_or_else(|| here.iter().map(|loss| loss.amount).sum(), |amount| -amount);
    let title = title_of(&opened.rubric, code).unwrap_or_default();
    let sentence = here.first().map(|loss| loss.sentence.as_str()).or_else(|| sentence_of(opened, code));
    DeductionView {
        code: code.to_owned(),
        title: title.to_owned(),
        lost: show(lost.max(Decimal::ZERO)),
        veto: here.iter().any(|loss| loss.kind == LossKind::Veto),
        text: description(opened, code, title, language),
        basis: shortened(sentence.unwrap_or_default().trim()),
    }
}

/// The source's text of a place that lost nothing.
fn sentence_of<'a>(opened: &'a Opened, code: &str) -> Option<&'a str> {
    let rubric = &opened.rubric;
    let point = rubric.point(code).map(|(_, point)| point.text.as_str());
    let adjustment = || rubric.adjustment(code).map(|adjustment| adjustment.text.as_str());
    point.or_else(adjustment).or_else(|| rubric.indicators.iter().find(|i| i.code == code).map(|i| i.text.as_str()))
}

/// What the assessor said of a place: the remark, else what took marks in the words of the trace.
pub(crate) fn said(opened: &Opened, code: &str, language: Language) -> Option<String> {
    let remark = opened.records.get(EntryKind::Remark, code).map(str::trim).filter(|text| !text.is_empty());
    remark.map(str::to_owned).or_else(|| taken(opened, code, language))
}

/// What was said, else the title; and the mark.
fn description(opened: &Opened, code: &str, title: &str, language: Language) -> String {
    let head = said(opened, code, language).unwrap_or_else(|| title.to_owned());
    let mark = mark_of(opened, code).filter(|(mark, max)| mark < max).map(|(mark, max)| (show(mark), show(max)));
    let tail = mark.map(|(mark, max)| match language {
        Language::Zh => format!("（满分 {max} 分，得 {mark} 分）"),
        Language::En => format!(" ({mark} of {max} marks)"),
    });
    shortened(&format!("{head}{}", tail.unwrap_or_default()))
}

fn taken(opened: &Opened, code: &str, language: Language) -> Option<String> {
    let outcome = &opened.outcome;
    let point = outcome.points.iter().find(|point| point.code == code).map(|point| &point.trace);
    let indicator = || outcome.indicators.iter().find(|indicator| indicator.code == code).map(|i| &i.trace);
    let adjustment = || outcome.adjustments.iter().find(|adjustment| adjustment.code == code).map(|a| &a.trace);
    let trace = point.or_else(indicator).or_else(adjustment)?;
    let took = |step: &&Step| step.amount.is_some_and(|amount| amount < Decimal::ZERO);
    let steps = steps(&trace.iter().filter(took).cloned().collect::<Vec<Step>>(), language);
    let said: Vec<String> = steps.into_iter().map(|step| step.finding).filter(|text| !text.is_empty()).collect();
    (!said.is_empty()).then(|| said.join(if language == Language::Zh { "；" } else { "; " }))
}

/// At most as long as a problem's text may be.
pub(crate) fn shortened(text: &str) -> String {
    if text.chars().count() <= TEXT_MAXIMUM {
        return text.to_owned();
    }
    text.chars().take(TEXT_MAXIMUM - 1).chain(['…']).collect()
}
