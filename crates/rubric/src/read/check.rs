//! What must hold between the entries of a rubric.

use super::document::Places;
use crate::decimal::{is_multiple, show};
use crate::error::{Fault, ReadError};
use crate::legal::{LegalMarks, MOST_RUNS};
use crate::model::{
    Adjustment, Band, Effect, Indicator, Limit, Measure, Modality, Part, PartialStep, Point, Rubric, Rule, Scope,
    Shape, named,
};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Collects faults with the lines of the codes that they concern.
struct Faults<'a> {
    places: &'a Places,
    list: Vec<ReadError>,
}

impl Faults<'_> {
    fn add(&mut self, code: &str, fault: Fault) {
        self.add_at(self.places.line(code), fault);
    }

    fn add_at(&mut self, line: usize, fault: Fault) {
        self.list.push(ReadError { line, fault });
    }
}

/// All faults, in the order of the lines.
pub fn check(rubric: &Rubric, places: &Places) -> Vec<ReadError> {
    let mut faults = Faults { places, list: Vec::new() };
    if rubric.indicators.is_empty() {
        faults.add_at(places.total, Fault::MissingKey { key: "indicator".to_owned() });
    }
    check_sums(rubric, &mut faults);
    check_quantities(rubric, &mut faults);
    for (_, point) in rubric.points() {
        check_point(rubric, point, &mut faults);
    }
    for adjustment in &rubric.adjustments {
        check_adjustment(rubric, adjustment, &mut faults);
    }
    for indicator in &rubric.indicators {
        check_limits(rubric, &indicator.code, indicator.max, &indicator.limits, &mut faults);
    }
    check_codes(rubric, &mut faults);
    check_categories(rubric, &mut faults);
    check_grades(rubric, &mut faults);
    check_grade_rules(rubric, &mut faults);
    check_conversions(rubric, &mut faults);
    check_references(rubric, &mut faults);
    faults.list.sort_by_key(|error| error.line);
    faults.list
}

fn check_sums(rubric: &Rubric, faults: &mut Faults<'_>) {
    let children = |parent: Option<usize>| rubric.indicators.iter().filter(move |i| i.parent == parent);
    let total: Decimal = children(None).map(|i| i.max).sum();
    compare_sum("total", faults.places.total, (total, rubric.total), faults);
    for (index, indicator) in rubric.indicators.iter().enumerate() {
        let below: Vec<&Indicator> = children(Some(index)).collect();
        if below.is_empty() == indicator.points.is_empty() {
            faults.add(&indicator.code, Fault::NoLeaves { name: indicator.code.clone() });
            continue;
        }
        let indicators: Decimal = below.iter().map(|i| i.max).sum();
        let points: Decimal = indicator.points.iter().map(|p| p.max).sum();
        compare_sum(&indicator.code, faults.places.line(&indicator.code), (indicators + points, indicator.max), faults);
    }
}

fn compare_sum(name: &str, line: usize, (sum, expected): (Decimal, Decimal), faults: &mut Faults<'_>) {
    if sum != expected {
        let fault = Fault::WrongSum { name: name.to_owned(), sum: show(sum), expected: show(expected) };
        faults.add_at(line, fault);
    }
}

fn check_point(rubric: &Rubric, point: &Point, faults: &mut Faults<'_>) {
    let before = faults.list.len();
    let code = point.code.as_str();
    check_steps(rubric, code, std::iter::once(point.max), faults);
    check_parts(rubric, code, &point.parts, faults);
    check_limits(rubric, code, point.max, &point.limits, faults);
    check_shape(rubric, point, faults);
    if faults.list.len() > before {
        return; // what such parts add up to would only repeat it
    }
    if point.legal.is_scattered() {
        faults.add(code, Fault::ScatteredMarks { name: code.to_owned(), most: MOST_RUNS });
        return;
    }
    if point.legal.highest() != point.max || point.parts.is_empty() {
        let (reach, expected) = (show(point.legal.highest()), show(point.max));
        faults.add(code, Fault::UnreachableMax { name: code.to_owned(), reach, expected });
    }
}

/// A checklist has statements of conformity and nothing else: 1 for a demand, 0 for the rest.
fn check_shape(rubric: &Rubric, point: &Point, faults: &mut Faults<'_>) {
    let modality = |part: &Part| match part.rule {
        Rule::Conform { modality, .. } => Some(modality),
        _ => None,
    };
    let conforms: Vec<Modality> = point.parts.iter().filter_map(modality).collect();
    let name = point.code.clone();
    match (rubric.shape, conforms.as_slice()) {
        (Shape::Score, []) => {}
        (Shape::Checklist, [one]) if point.parts.len() == 1 => {
            let expected = if *one == Modality::Shall { Decimal::ONE } else { Decimal::ZERO };
            if point.max != expected {
                let (found, allowed) = (show(point.max), show(expected));
                faults.add(&point.code, Fault::OutOfRange { key: "max".to_owned(), found, allowed });
            }
        }
        (Shape::Score, _) => faults.add(&point.code, Fault::Misplaced { name, found: "conform".to_owned() }),
        (Shape::Checklist, _) => {
            faults.add(&point.code, Fault::Misplaced { name, found: "shape = \"checklist\"".to_owned() });
        }
    }
}

fn check_adjustment(rubric: &Rubric, adjustment: &Adjustment, faults: &mut Faults<'_>) {
    let (code, before) = (adjustment.code.as_str(), faults.list.len());
    check_parts(rubric, code, &adjustment.parts, faults);
    check_limits(rubric, code, Decimal::ZERO, &adjustment.limits, faults);
    let scattered = LegalMarks::of_parts(Decimal::ZERO, &adjustment.parts, rubric.step).is_none();
    if faults.list.len() == before && scattered {
        faults.add(code, Fault::ScatteredMarks { name: code.to_owned(), most: MOST_RUNS });
    }
    if adjustment.parts.is_empty() && adjustment.limits.is_empty() {
        faults.add(code, Fault::MissingKey { key: "parts".to_owned() });
    }
    for limit in adjustment.limits.iter().filter(|l| !matches!(l.effect, Effect::Veto { scope: Scope::Whole, .. })) {
        faults.add(&limit.code, Fault::Misplaced { name: limit.code.clone(), found: "effect".to_owned() });
    }
}

fn check_parts(rubric: &Rubric, code: &str, parts: &[Part], faults: &mut Faults<'_>) {
    for part in parts {
        check_part(rubric, code, part, faults);
    }
    let prorated =
        |part: &&Part| matches!(&part.rule, Rule::Measure(Measure { partial_step: PartialStep::Prorate(_), .. }));
    if parts.iter().filter(prorated).count() > 1 {
        faults.add(code, Fault::RoundedTwice { name: code.to_owned() });
    }
}

fn check_part(rubric: &Rubric, code: &str, part: &Part, faults: &mut Faults<'_>) {
    let one = |number: &Decimal| std::iter::once(*number);
    match &part.rule {
        Rule::Award { from, to, .. } | Rule::Range { from, to } => check_range(rubric, code, *from, *to, faults),
        Rule::Check { amount } | Rule::Count { amount, .. } => check_steps(rubric, code, one(amount), faults),
        Rule::Measure(measure) => {
            check_steps(rubric, code, [measure.amount, measure.award].into_iter(), faults);
            check_measure(code, part, measure, faults);
        }
        Rule::Band { bands, gap, suggests } => {
            check_bands(rubric, code, bands, gap.as_deref(), faults);
            check_conditions(code, bands, *suggests, faults);
        }
        Rule::Entries { items, each_most, most, .. } => {
            check_steps(rubric, code, one(most).chain(*each_most), faults);
            if items.is_empty() {
                faults.add(code, Fault::MissingKey { key: "items".to_owned() });
            }
        }
        Rule::Conform { .. } => {}
    }
}

/// What a part that takes gives at the line, and what a part that gives does not give beyond it.
fn check_measure(code: &str, part: &Part, measure: &Measure, faults: &mut Faults<'_>) {
    if part.takes != measure.award.is_zero() {
        let found = if part.takes { "award" } else { "award = 0" };
        faults.add(code, Fault::Misplaced { name: code.to_owned(), found: found.to_owned() });
    }
}

/// Limits lie on the step, and a cap above nothing and not above the full marks.
fn check_limits(rubric: &Rubric, code: &str, max: Decimal, limits: &[Limit], faults: &mut Faults<'_>) {
    for limit in limits {
        if let Effect::Veto { scope, .. } = limit.effect {
            let is_indicator =
                rubric.indicators.iter().any(|i| i.code == code && i.points.iter().all(|p| p.code != code));
            if scope == Scope::Point && is_indicator {
                faults.add(&limit.code, Fault::Misplaced { name: limit.code.clone(), found: "scope".to_owned() });
            }
        }
        let Effect::Cap(cap) = limit.effect else {
            continue;
        };
        check_steps(rubric, &limit.code, std::iter::once(cap), faults);
        if cap.is_zero() || cap > max {
            let (key, allowed) = (format!("{} cap", limit.code), format!("> 0, ≤ {}", show(max)));
            faults.add(&limit.code, Fault::OutOfRange { key, found: show(cap), allowed });
        }
    }
}

fn check_steps(rubric: &Rubric, code: &str, numbers: impl Iterator<Item = Decimal>, faults: &mut Faults<'_>) {
    for number in numbers.filter(|number| !is_multiple(*number, rubric.step)) {
        let (found, step) = (show(number), show(rubric.step));
        faults.add(code, Fault::OffStep { name: code.to_owned(), found, step });
    }
}

fn check_range(rubric: &Rubric, code: &str, from: Decimal, to: Decimal, faults: &mut Faults<'_>) {
    check_steps(rubric, code, [from, to].into_iter(), faults);
    if from > to {
        faults.add(code, Fault::BadRange { name: code.to_owned(), from: show(from), to: show(to) });
    }
}

/// Bands lie on the step, go down without overlap, none is empty, and marks between two of them are refused by a
/// reading.
fn check_bands(rubric: &Rubric, code: &str, bands: &[Band], gap: Option<&str>, faults: &mut Faults<'_>) {
    let name = || code.to_owned();
    if bands.is_empty() {
        faults.add(code, Fault::MissingKey { key: "bands".to_owned() });
    }
    for band in bands {
        check_range(rubric, code, band.from, band.to, faults);
    }
    for pair in bands.windows(2) {
        let (above, below) = (&pair[0], &pair[1]);
        if below.to >= above.from {
            faults.add(code, Fault::BadRange { name: name(), from: show(below.from), to: show(below.to) });
        } else if above.from - below.to > rubric.step && gap.is_none() {
            faults.add(code, Fault::BandHole { name: name(), from: show(below.to), to: show(above.from) });
        }
    }
}

/// Every band but the last has a condition, or none has; a band that is only proposed needs one.
fn check_conditions(code: &str, bands: &[Band], suggests: bool, faults: &mut Faults<'_>) {
    let conditions = bands.iter().filter(|band| band.when.is_some()).count();
    let all_but_last = bands.split_last().is_some_and(|(_, rest)| rest.iter().all(|band| band.when.is_some()));
    if (conditions > 0 && !all_but_last) || (suggests && conditions == 0) {
        faults.add(code, Fault::BandConditions { name: code.to_owned() });
    }
}

/// Names are unlike, formulas refer to quantities that exist, and none of them in a circle.
fn check_quantities(rubric: &Rubric, faults: &mut Faults<'_>) {
    let lines = &faults.places.quantities;
    let unresolved = unresolved(rubric);
    for (at, quantity) in rubric.quantities.iter().enumerate() {
        let line = lines[at];
        if let Some(first) = rubric.quantities[..at].iter().position(|other| other.name == quantity.name) {
            let fault = Fault::DuplicateCode { name: quantity.name.clone(), first: lines[first] };
            faults.add_at(line, fault);
        }
        if unresolved.contains(quantity.name.as_str()) {
            faults.add_at(line, Fault::CircularFormula { name: quantity.name.clone() });
        }
    }
}

/// Most formulas that build on one another.
const DEEPEST: usize = 8;

/// The derived quantities that build on themselves, or on too many others in a chain: those that are still open after
/// so many rounds in each of which what builds on closed ones is closed.
fn unresolved(rubric: &Rubric) -> BTreeSet<&str> {
    let derived = rubric.quantities.iter().filter_map(|q| Some((q.name.as_str(), q.formula.as_ref()?)));
    let mut open: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (name, formula) in derived {
        formula.names(open.entry(name).or_default());
    }
    for _ in 0..DEEPEST {
        let before: BTreeSet<&str> = open.keys().copied().collect();
        open.retain(|_, names| names.iter().any(|name| before.contains(name.as_str())));
    }
    open.into_keys().collect()
}

/// Entries are named by code and number, with `#` between them.
fn check_codes(rubric: &Rubric, faults: &mut Faults<'_>) {
    let points = rubric.points().map(|(_, point)| point.code.as_str());
    let limits = rubric.limits().map(|(_, limit)| limit.code.as_str());
    let others = rubric.indicators.iter().map(|i| i.code.as_str());
    let adjustments = rubric.adjustments.iter().map(|a| a.code.as_str());
    let bad = |code: &&str| code.contains('#') || code.chars().any(char::is_whitespace);
    let bad: BTreeSet<&str> = points.chain(limits).chain(others).chain(adjustments).filter(bad).collect();
    for code in bad {
        faults.add(code, Fault::BadCode { name: code.to_owned() });
    }
}

/// Each point names a category exactly when there are categories, and these sum up.
fn check_categories(rubric: &Rubric, faults: &mut Faults<'_>) {
    let known = |name: &str| rubric.categories.iter().any(|category| category.name == name);
    for (_, point) in rubric.points() {
        match &point.category {
            None if !rubric.categories.is_empty() => {
                faults.add(&point.code, Fault::MissingKey { key: "category".to_owned() });
            }
            Some(name) if !known(name) => faults.add(&point.code, Fault::UnknownReference { name: name.clone() }),
            _ => {}
        }
    }
    for (category, &line) in rubric.categories.iter().zip(&faults.places.categories) {
        let of_category = |p: &&Point| p.category.as_ref() == Some(&category.name);
        let sum = rubric.points().map(|(_, p)| p).filter(of_category).map(|p| p.max).sum();
        compare_sum(&category.name, line, (sum, category.max), faults);
    }
    let over_indicators = rubric.indicators.iter().flat_map(|i| &i.limits);
    let of_points = rubric.points().flat_map(|(_, point)| &point.limits);
    let of_points = of_points.filter(|l| matches!(l.effect, Effect::Veto { scope: Scope::Indicator, .. }));
    for limit in over_indicators.chain(of_points).filter(|_| !rubric.categories.is_empty()) {
        // What a condition over an indicator takes could not be told apart by category.
        let found = "[[category]]".to_owned();
        faults.add(&limit.code, Fault::Misplaced { name: limit.code.clone(), found });
    }
}

fn check_conversions(rubric: &Rubric, faults: &mut Faults<'_>) {
    for (conversion, &line) in rubric.conversions.iter().zip(&faults.places.conversions) {
        let bounds: Vec<Option<Decimal>> = conversion.steps.iter().map(|step| step.at_most).collect();
        let ascending = bounds.windows(2).all(|pair| match (pair[0], pair[1]) {
            (Some(low), Some(high)) => low < high,
            (Some(_), None) => true,
            (None, _) => false,
        });
        if !ascending || bounds.last().copied().flatten().is_some() || bounds.is_empty() {
            faults.add_at(line, Fault::BadConversion { name: conversion.name.clone() });
        }
    }
}

/// Every grade can be earned by a total, and conditions and vetoes can hold.
fn check_grade_rules(rubric: &Rubric, faults: &mut Faults<'_>) {
    for (condition, &line) in rubric.grade_conditions.iter().zip(&faults.places.grade_conditions) {
        let count = rubric.level(condition.level).count();
        if count > 0 && u32::try_from(count).is_ok_and(|count| count < condition.fewer_than) {
            faults.add_at(line, Fault::CannotFire { name: format!("fewer_than = {}", condition.fewer_than) });
        }
    }
    for (veto, &line) in rubric.vetoes.iter().zip(&faults.places.vetoes) {
        let lowest = rubric.indicators.iter().position(|i| i.code == veto.indicator).map(|at| lowest(rubric, at));
        let max = rubric.indicators.iter().find(|i| i.code == veto.indicator).map_or(Decimal::ZERO, |i| i.max);
        if lowest.is_some_and(|lowest| !crate::decimal::is_below(lowest, max, veto.below)) {
            faults.add_at(line, Fault::CannotFire { name: veto.indicator.clone() });
        }
    }
    let least = (0..rubric.indicators.len()).filter(|&at| rubric.indicators[at].parent.is_none());
    let least: Decimal = least.map(|at| lowest(rubric, at)).sum();
    for (at, grade) in rubric.grades.iter().enumerate() {
        let ceiling = at.checked_sub(1).map(|better| rubric.grades[better].at_least);
        if ceiling.is_some_and(|ceiling| least >= ceiling) && rubric.adjustments.is_empty() {
            faults.add_at(faults.places.grades[at], Fault::UnreachableGrade { name: grade.name.clone() });
        }
    }
}

/// The lowest marks of an indicator, without its conditions.
fn lowest(rubric: &Rubric, index: usize) -> Decimal {
    let indicator = &rubric.indicators[index];
    if indicator.limits.iter().any(|limit| matches!(limit.effect, Effect::Zero)) {
        return Decimal::ZERO;
    }
    let own: Decimal = indicator.points.iter().map(|point| point.legal.lowest()).sum();
    let children = (0..rubric.indicators.len()).filter(|&at| rubric.indicators[at].parent == Some(index));
    own + children.map(|at| lowest(rubric, at)).sum::<Decimal>()
}

fn check_grades(rubric: &Rubric, faults: &mut Faults<'_>) {
    let grades = &rubric.grades;
    let falling = (1..grades.len()).find(|&at| grades[at - 1].at_least <= grades[at].at_least);
    let last = grades.len().checked_sub(1).filter(|&at| !grades[at].at_least.is_zero());
    let highest = grades.first().filter(|grade| grade.at_least > rubric.total).map(|_| 0);
    if let Some(at) = falling.or(last).or(highest) {
        faults.add_at(faults.places.grades[at], Fault::BadGrades { name: grades[at].name.clone() });
    }
}

fn check_references(rubric: &Rubric, faults: &mut Faults<'_>) {
    let is_grade = |name: &&String| rubric.grades.iter().any(|grade| grade.name == **name);
    let is_indicator = |code: &str| rubric.indicators.iter().any(|i| i.code == code);
    let places = faults.places;
    let mut unknown = |line: usize, name: &str| {
        faults.add_at(line, Fault::UnknownReference { name: name.to_owned() });
    };
    for (veto, &line) in rubric.vetoes.iter().zip(&places.vetoes) {
        if !is_indicator(&veto.indicator) {
            unknown(line, &veto.indicator);
        }
        if !is_grade(&&veto.conclusion) {
            unknown(line, &veto.conclusion);
        }
    }
    for (condition, &line) in rubric.grade_conditions.iter().zip(&places.grade_conditions) {
        if rubric.level(condition.level).next().is_none() {
            unknown(line, &format!("level = {}", condition.level));
        }
        let grades = condition.grades.iter().chain(std::iter::once(&condition.otherwise));
        grades.filter(|name| !is_grade(name)).for_each(|name| unknown(line, name));
    }
    for (reading, &line) in rubric.readings.iter().zip(&places.readings) {
        let codes = reading.codes.iter();
        codes.filter(|code| !places.knows(code)).for_each(|code| unknown(line, code));
    }
    for (conversion, &line) in rubric.conversions.iter().zip(&places.conversions) {
        conversion.codes.iter().filter(|code| rubric.point(code).is_none()).for_each(|code| unknown(line, code));
        if rubric.quantity(&conversion.of).is_none_or(|quantity| quantity.formula.is_some()) {
            unknown(line, &conversion.of);
        }
    }
    for (quantity, &line) in rubric.quantities.iter().zip(&places.quantities) {
        let mut names = BTreeSet::new();
        quantity.formula.iter().for_each(|formula| formula.names(&mut names));
        names.iter().filter(|name| rubric.quantity(name).is_none()).for_each(|name| unknown(line, name));
        quantity.reading.iter().filter(|id| !is_reading(rubric, id)).for_each(|id| unknown(line, id));
    }
    for (code, name) in rule_references(rubric) {
        unknown(places.line(&code), &name);
    }
}

fn is_reading(rubric: &Rubric, id: &str) -> bool {
    rubric.readings.iter().any(|reading| reading.id == id)
}

/// What parts and limits refer to that does not exist, with the code where they stand.
fn rule_references(rubric: &Rubric) -> Vec<(String, String)> {
    let points = rubric.points().map(|(_, p)| (&p.code, p.parts.as_slice(), p.limits.as_slice()));
    let adjustments = rubric.adjustments.iter().map(|a| (&a.code, a.parts.as_slice(), a.limits.as_slice()));
    let indicators = rubric.indicators.iter().map(|i| (&i.code, &[][..], i.limits.as_slice()));
    let mut unknown = Vec::new();
    for (code, parts, limits) in points.chain(adjustments).chain(indicators) {
        let mut readings: Vec<&String> = limits.iter().filter_map(|limit| limit.reading.as_ref()).collect();
        for part in parts {
            readings.extend(part.reading.as_ref());
            if let Rule::Band { gap, .. } = &part.rule {
                readings.extend(gap);
            }
        }
        let names = named(parts, limits).into_iter().filter(|name| rubric.quantity(name).is_none());
        let readings = readings.into_iter().filter(|id| !is_reading(rubric, id)).cloned();
        unknown.extend(names.chain(readings).map(|name| (code.clone(), name)));
    }
    for adjustment in &rubric.adjustments {
        let acts_on = adjustment.acts_on.iter().filter(|name| rubric.categories.iter().all(|c| c.name != **name));
        unknown.extend(acts_on.map(|name| (adjustment.code.clone(), name.clone())));
    }
    unknown
}
