//! What the sheets of a unit found: where marks were lost and why, which evidence is in doubt.

use super::material::{Material, Unit};
use crate::Language;
use crate::rectification::{deductions, places};
use crate::results::cut;
use crate::verdicts::judgements;
use assessment::Verdict;
use assessment::panel::{Per, combine};
use rubric::{LossKind, losses};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Marks that a unit lost at one place, over the sheets that count.
pub(super) struct Lost {
    pub code: String,
    pub title: String,
    /// Code and text of the level-1 indicator; none for adjustments.
    pub top: Option<(String, String)>,
    /// Full marks; none where the place only takes.
    pub max: Option<Decimal>,
    /// Full marks less what the panel gives, as it is shown.
    pub amount: Decimal,
    /// What the experts said, each once.
    pub reasons: Vec<String>,
    /// The sentence of the rubric.
    pub basis: String,
    pub veto: bool,
}

/// A piece of evidence that an expert doubts.
pub(super) struct Doubt {
    pub name: String,
    pub points: Vec<String>,
    /// Verdict, note and member, in the order of the members.
    pub said: Vec<(Verdict, String, usize)>,
}

/// What is said of one place in the sheets.
#[derive(Default)]
struct Said {
    reasons: Vec<String>,
    basis: String,
    veto: bool,
    /// Sum of what conditions took there.
    taken: Decimal,
}

/// Places that lost marks, in the order of the rubric.
pub(super) fn lost(material: &Material, unit: &Unit) -> Vec<Lost> {
    let (rubric, result) = (&material.round.rubric, unit.result(material));
    let said = said(unit);
    let mut all = Vec::new();
    for (at, (_, point)) in rubric.points().enumerate() {
        let mark = match material.round.panel.policy.per {
            Per::Point => result.points.iter().find(|one| one.code == point.code).and_then(|one| one.mark),
            Per::Total => mean(material, unit, |sheet| sheet.outcome.points.get(at)?.score),
        };
        let amount = mark.map(|mark| point.max - mark).unwrap_or_default();
        all.push((point.code.as_str(), point.title.as_str(), Some(point.max), amount));
    }
    for (at, rule) in rubric.adjustments.iter().enumerate() {
        let amount = match material.round.panel.policy.per {
            Per::Point => result.adjustments.iter().find(|one| one.code == rule.code).and_then(|one| one.mark),
            Per::Total => mean(material, unit, |sheet| sheet.outcome.adjustments.get(at)?.amount),
        };
        all.push((rule.code.as_str(), rule.title.as_str(), None, -amount.unwrap_or_default()));
    }
    for (at, indicator) in rubric.indicators.iter().enumerate() {
        let taken = match material.round.panel.policy.per {
            Per::Point => beside_points(material, unit, at),
            // A point may have the code of its indicator; then its loss is listed already.
            Per::Total if rubric.point(&indicator.code).is_some() => Decimal::ZERO,
            Per::Total => said.get(&indicator.code).map(|said| said.taken / sheets(unit)).unwrap_or_default(),
        };
        all.push((indicator.code.as_str(), indicator.title.as_str(), Some(indicator.max), taken));
    }
    let places = places(rubric);
    all.retain(|(.., amount)| *amount > Decimal::ZERO);
    all.sort_by_key(|(code, ..)| places.get(code).copied());
    let one = |(code, title, max, amount): (&str, &str, Option<Decimal>, Decimal)| {
        let said = said.get(code);
        let basis = said.map(|said| said.basis.clone()).filter(|basis| !basis.is_empty());
        Lost {
            code: code.to_owned(),
            title: title.to_owned(),
            top: top(material, code),
            max,
            amount: cut(&material.round, amount),
            reasons: said.map(|said| said.reasons.clone()).unwrap_or_default(),
            basis: basis.or_else(|| sentence(material, code)).unwrap_or_default(),
            veto: said.is_some_and(|said| said.veto),
        }
    };
    all.into_iter().map(one).collect()
}

fn sheets(unit: &Unit) -> Decimal {
    Decimal::from(unit.sheets.len().max(1))
}

/// What conditions take from an indicator beside its points and the indicators below it.
fn beside_points(material: &Material, unit: &Unit, at: usize) -> Decimal {
    let (rubric, result) = (&material.round.rubric, unit.result(material));
    let Some(own) = result.indicators.get(at) else { return Decimal::ZERO };
    let codes = |code: &str| rubric.indicators[at].points.iter().any(|point| point.code == code);
    let points = result.points.iter().filter(|point| codes(&point.code)).filter_map(|point| point.mark);
    let below = rubric.indicators.iter().zip(&result.indicators).filter(|(one, _)| one.parent == Some(at));
    points.chain(below.map(|(_, score)| *score)).sum::<Decimal>() - own
}

/// The marks of the sheets that count made one as the policy says, but not rounded.
fn mean(material: &Material, unit: &Unit, mark: impl Fn(&crate::sheets::Opened) -> Option<Decimal>) -> Option<Decimal> {
    let marks: Vec<(usize, Decimal)> =
        unit.sheets.iter().filter_map(|(member, sheet)| Some((*member, mark(sheet)?))).collect();
    Some(combine(&marks, &material.round.panel.policy, None)?.quotient())
}

fn said(unit: &Unit) -> BTreeMap<String, Said> {
    let mut all: BTreeMap<String, Said> = BTreeMap::new();
    for (member, sheet) in &unit.sheets {
        let lost = losses(&sheet.rubric, &sheet.findings, &sheet.outcome);
        for loss in &lost {
            let said = all.entry(loss.place.clone()).or_default();
            if said.basis.is_empty() {
                loss.sentence.trim().clone_into(&mut said.basis);
            }
            said.veto |= loss.kind == LossKind::Veto;
            said.taken += loss.amount;
        }
        let adjusted = sheet.outcome.adjustments.iter().filter(|one| one.amount.is_some_and(|a| a < Decimal::ZERO));
        let codes: BTreeSet<&String> = lost.iter().map(|loss| &loss.place).chain(adjusted.map(|a| &a.code)).collect();
        for code in codes {
            let ruled = unit.ruled.get(member).filter(|ruled| ruled.marks.contains_key(code));
            let reasons = deductions::said(sheet, code, Language::Zh).into_iter();
            for reason in reasons.chain(ruled.map(|ruled| format!("裁定另记：{}", ruled.reason))) {
                let reason = reason.trim().trim_end_matches(['。', '；', ';']).to_owned();
                let said = all.entry(code.clone()).or_default();
                if !reason.is_empty() && !said.reasons.contains(&reason) {
                    said.reasons.push(reason);
                }
            }
        }
    }
    all
}

/// The level-1 indicator over a place.
fn top(material: &Material, code: &str) -> Option<(String, String)> {
    let rubric = &material.round.rubric;
    let group = crate::rectification::group_of(rubric, code)?;
    let top = rubric.indicators.iter().find(|indicator| indicator.code == group)?;
    Some((top.code.clone(), top.text.trim().to_owned()))
}

/// The source's text of a place.
fn sentence(material: &Material, code: &str) -> Option<String> {
    let rubric = &material.round.rubric;
    let point = rubric.point(code).map(|(_, point)| point.text.as_str());
    let text = point.or_else(|| rubric.adjustment(code).map(|rule| rule.text.as_str()))?;
    Some(text.trim().to_owned())
}

/// Evidence that an expert judged 存疑 or 不符, in the order of the catalogue.
pub(super) fn doubts(unit: &Unit) -> Vec<Doubt> {
    let mut all: Vec<(String, Doubt)> = Vec::new();
    for (member, sheet) in &unit.sheets {
        for (piece, judged) in judgements(sheet) {
            if judged.verdict == Verdict::Genuine {
                continue;
            }
            let at = all.iter().position(|(id, _)| *id == piece.id).unwrap_or_else(|| {
                let points = piece.points.to_vec();
                all.push((piece.id.clone(), Doubt { name: piece.fields.name.clone(), points, said: Vec::new() }));
                all.len() - 1
            });
            all[at].1.said.push((judged.verdict, judged.note.trim().to_owned(), *member));
        }
    }
    all.into_iter().map(|(_, doubt)| doubt).collect()
}

/// A verdict in a word.
pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Genuine => "属实",
        Verdict::Doubtful => "存疑",
        Verdict::Refuted => "不符",
    }
}
