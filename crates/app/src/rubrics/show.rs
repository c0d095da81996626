//! A rubric in full, for the desk.

use super::summary;
use crate::Language;
use crate::view::{
    AdjustmentView, AwardBasis, BandView, CategoryView, ConversionView, EntryItemView, GradeView, IndicatorView,
    LimitEffect, LimitView, LocalView, NoteView, PartView, PointView, QuantityView, ReadingStatus, ReadingView,
    RubricView, RuleView,
};
use rubric::Rubric;
use rubric::decimal::show;
use rubric::legal::LegalMarks;
use rubric::model::{Adjustment, Band, Base, Basis, Conversion, Effect, Indicator, Limit, Part, Point, Quantity, Rule};

/// Most marks that are offered as single choices.
const MOST_CHOICES: usize = 16;

/// A rubric in full, for the desk.
#[must_use]
pub fn view(rubric: &Rubric, language: Language) -> RubricView {
    let note = |n: &rubric::model::Note| NoteView { number: n.number.clone(), text: n.text.clone() };
    let reading = |r: &rubric::model::Reading| ReadingView {
        id: r.id.clone(),
        status: status(r.status),
        text: r.text.clone(),
        codes: r.codes.clone(),
    };
    let grade = |g: &rubric::model::Grade| GradeView {
        name: g.name.clone(),
        at_least: show(g.at_least),
        sentence: g.sentence.clone(),
    };
    RubricView {
        summary: summary(rubric),
        indicators: rubric.indicators.iter().map(|i| indicator(rubric, i, language)).collect(),
        notes: rubric.notes.iter().map(note).collect(),
        readings: rubric.readings.iter().map(reading).collect(),
        grades: rubric.grades.iter().map(grade).collect(),
        categories: rubric.categories.iter().map(category).collect(),
        quantities: rubric.quantities.iter().map(quantity).collect(),
        conversions: rubric.conversions.iter().map(|c| conversion(rubric, c)).collect(),
        adjustments: rubric.adjustments.iter().map(|a| adjustment(rubric, a)).collect(),
        local: rubric.local.as_ref().map(|l| LocalView {
            grades: l.grades,
            weights: l.weights,
            sentence: l.sentence.clone(),
        }),
    }
}

fn category(category: &rubric::model::Category) -> CategoryView {
    CategoryView { name: category.name.clone(), name_en: category.name_en.clone(), max: show(category.max) }
}

fn quantity(quantity: &Quantity) -> QuantityView {
    QuantityView {
        name: quantity.name.clone(),
        unit: quantity.unit.clone(),
        whole: quantity.whole,
        note: quantity.note.clone(),
        reading: quantity.reading.clone(),
        formula: quantity.formula.as_ref().map(|formula| formula.text().to_owned()),
    }
}

fn conversion(rubric: &Rubric, conversion: &Conversion) -> ConversionView {
    ConversionView {
        name: conversion.name.clone(),
        of: conversion.of.clone(),
        of_unit: rubric.quantity(&conversion.of).map(|quantity| quantity.unit.clone()).unwrap_or_default(),
        unit: conversion.unit.clone(),
        sentence: conversion.sentence.clone(),
        codes: conversion.codes.clone(),
    }
}

/// Names of the quantities that are recorded for parts and limits.
fn needed(rubric: &Rubric, parts: &[Part], limits: &[Limit]) -> Vec<String> {
    rubric.needed(parts, limits).into_iter().map(|quantity| quantity.name.clone()).collect()
}

fn adjustment(rubric: &Rubric, adjustment: &Adjustment) -> AdjustmentView {
    AdjustmentView {
        code: adjustment.code.clone(),
        section: adjustment.section.clone(),
        title: adjustment.title.clone(),
        text: adjustment.text.clone(),
        note: adjustment.note.clone(),
        category: adjustment.category.clone(),
        method: adjustment.method.clone(),
        acts_on: adjustment.acts_on.clone(),
        reason: adjustment.reason,
        parts: adjustment.parts.iter().map(part).collect(),
        limits: adjustment.limits.iter().map(|l| limit(&adjustment.code, l)).collect(),
        quantities: needed(rubric, &adjustment.parts, &adjustment.limits),
    }
}

fn status(status: rubric::model::ReadingStatus) -> ReadingStatus {
    match status {
        rubric::model::ReadingStatus::Printed => ReadingStatus::Printed,
        rubric::model::ReadingStatus::Forced => ReadingStatus::Forced,
        rubric::model::ReadingStatus::Inferred => ReadingStatus::Inferred,
        rubric::model::ReadingStatus::Open => ReadingStatus::Open,
    }
}

fn indicator(rubric: &Rubric, indicator: &Indicator, language: Language) -> IndicatorView {
    IndicatorView {
        code: indicator.code.clone(),
        level: indicator.level,
        parent: indicator.parent.map(|index| rubric.indicators[index].code.clone()),
        title: indicator.title.clone(),
        text: indicator.text.clone(),
        note: indicator.note.clone(),
        max: show(indicator.max),
        lead: indicator.lead.clone(),
        assisting: indicator.assisting.clone(),
        departments: indicator.departments.clone(),
        collection: indicator.collection.clone(),
        guidance: indicator.guidance.clone(),
        points: indicator.points.iter().map(|p| point(rubric, indicator, p, language)).collect(),
        limits: indicator.limits.iter().map(|l| limit(&indicator.code, l)).collect(),
        quantities: needed(rubric, &[], &indicator.limits),
    }
}

/// The printed number of a point or condition under the code of what it stands under, `（1）`; empty when that is not
/// split.
#[must_use]
pub fn label(above: &str, code: &str) -> String {
    let number = code.strip_prefix(above).and_then(|rest| rest.strip_prefix('-'));
    number.map_or_else(String::new, |number| format!("（{number}）"))
}

fn point(rubric: &Rubric, indicator: &Indicator, point: &Point, language: Language) -> PointView {
    let legal = &point.legal;
    let whole = match (rubric.step == rust_decimal::Decimal::ONE, language) {
        (true, Language::Zh) => "的整数",
        (true, Language::En) => ", whole marks",
        (false, _) => "",
    };
    PointView {
        code: point.code.clone(),
        label: label(&indicator.code, &point.code),
        title: point.title.clone(),
        text: point.text.clone(),
        note: point.note.clone(),
        max: show(point.max),
        category: point.category.clone(),
        method: point.method.clone(),
        from_full: point.base == Base::Full,
        judged: point.is_judged(),
        parts: point.parts.iter().map(part).collect(),
        limits: point.limits.iter().map(|l| limit(&point.code, l)).collect(),
        quantities: needed(rubric, &point.parts, &point.limits),
        legal: format!("{}{whole}", legal.words()),
        choices: choices(legal),
    }
}

fn choices(legal: &LegalMarks) -> Vec<String> {
    legal.choices(MOST_CHOICES).unwrap_or_default().into_iter().map(show).collect()
}

fn part(part: &Part) -> PartView {
    PartView {
        sentence: part.sentence.clone(),
        takes: part.takes,
        reading: part.reading.clone(),
        legal: part.legal.words(),
        choices: choices(&part.legal),
        rule: rule(part),
    }
}

fn rule(part: &Part) -> RuleView {
    match &part.rule {
        Rule::Award { from, to, basis } => {
            let basis = match basis {
                Basis::Graded => AwardBasis::Graded,
                Basis::Unstated => AwardBasis::Unstated,
            };
            RuleView::Award { from: show(*from), to: show(*to), basis }
        }
        Rule::Check { amount } => RuleView::Check { amount: show(*amount) },
        Rule::Count { amount, items, open, unit } => {
            RuleView::Count { amount: show(*amount), items: items.clone(), open: *open, unit: unit.clone() }
        }
        Rule::Range { from, to } => RuleView::Range { from: show(*from), to: show(*to) },
        Rule::Measure(measure) => RuleView::Measure {
            formula: measure.of.text().to_owned(),
            unit: measure.unit.clone(),
            line: show(measure.line),
            award: show(measure.award),
            every: show(measure.every),
            amount: show(measure.amount),
        },
        Rule::Band { bands, suggests, .. } => {
            RuleView::Band { bands: bands.iter().map(|b| band(part, b)).collect(), suggests: *suggests }
        }
        Rule::Entries { items, coefficients, each_most, most } => RuleView::Entries {
            items: items
                .iter()
                .map(|item| EntryItemView { name: item.name.clone(), coefficient: show(item.coefficient) })
                .collect(),
            coefficients: *coefficients,
            each_most: each_most.map(show),
            most: show(*most),
        },
        Rule::Conform { modality, .. } => RuleView::Conform { modality: <&str>::from(modality).to_owned() },
    }
}

fn band(part: &Part, band: &Band) -> BandView {
    BandView {
        from: show(band.from),
        to: show(band.to),
        sentence: band.sentence.clone(),
        when: band.when.as_ref().map(|when| when.text().to_owned()),
        choices: choices(&part.legal.between(band.from, band.to)),
    }
}

fn limit(above: &str, limit: &Limit) -> LimitView {
    let (effect, cap, conclusion) = match &limit.effect {
        Effect::Zero => (LimitEffect::Zero, None, None),
        Effect::Cap(most) => (LimitEffect::Cap, Some(show(*most)), None),
        Effect::Veto { conclusion, .. } => (LimitEffect::Veto, None, Some(conclusion.clone())),
    };
    LimitView {
        code: limit.code.clone(),
        label: label(above, &limit.code),
        title: limit.title.clone(),
        text: limit.text.clone(),
        note: limit.note.clone(),
        reading: limit.reading.clone(),
        effect,
        cap,
        conclusion,
        when: limit.when.as_ref().map(|when| when.text().to_owned()),
    }
}
