//! What must hold between the entries of a rubric.

use super::document::Places;
use crate::decimal::{is_multiple, show};
use crate::error::{Fault, ReadError};
use crate::legal::LegalMarks;
use crate::model::{Effect, Indicator, Limit, Point, Rubric, Rule};
use rust_decimal::Decimal;

/// Most runs of consecutive marks of a point; more could not be listed to a person.
const MOST_RUNS: usize = 128;

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
    for (_, point) in rubric.points() {
        check_point(rubric, point, &mut faults);
    }
    for (indicator, limit) in rubric.limits() {
        check_limit(rubric, indicator, limit, &mut faults);
    }
    check_grades(rubric, &mut faults);
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
    check_steps(rubric, &point.code, std::iter::once(point.max), faults);
    for part in &point.parts {
        match &part.rule {
            Rule::Award { from, to, .. } => check_bands(rubric, point, std::iter::once((*from, *to)), faults),
            Rule::Band { bands } => check_bands(rubric, point, bands.iter().map(|b| (b.from, b.to)), faults),
            Rule::Check { amount } => check_steps(rubric, &point.code, std::iter::once(*amount), faults),
        }
    }
    if faults.list.len() > before {
        return; // what such parts add up to would only repeat it
    }
    let Some(legal) = LegalMarks::within(point, rubric.step, MOST_RUNS) else {
        faults.add(&point.code, Fault::ScatteredMarks { name: point.code.clone(), most: MOST_RUNS });
        return;
    };
    if legal.highest() != point.max || point.parts.is_empty() {
        let (reach, expected) = (show(legal.highest()), show(point.max));
        faults.add(&point.code, Fault::UnreachableMax { name: point.code.clone(), reach, expected });
    }
}

/// A cap lies on the step, above nothing and not above the full marks.
fn check_limit(rubric: &Rubric, indicator: &Indicator, limit: &Limit, faults: &mut Faults<'_>) {
    let Effect::Cap(cap) = limit.effect else {
        return;
    };
    check_steps(rubric, &limit.code, std::iter::once(cap), faults);
    if cap.is_zero() || cap > indicator.max {
        let allowed = format!("> 0, ≤ {}", show(indicator.max));
        faults.add(&limit.code, Fault::OutOfRange { key: format!("{} cap", limit.code), found: show(cap), allowed });
    }
}

fn check_steps(rubric: &Rubric, code: &str, numbers: impl Iterator<Item = Decimal>, faults: &mut Faults<'_>) {
    for number in numbers.filter(|number| !is_multiple(*number, rubric.step)) {
        let (found, step) = (show(number), show(rubric.step));
        faults.add(code, Fault::OffStep { name: code.to_owned(), found, step });
    }
}

/// Ranges lie on the step, go down without overlap, and none is empty.
fn check_bands(
    rubric: &Rubric,
    point: &Point,
    ranges: impl Iterator<Item = (Decimal, Decimal)>,
    faults: &mut Faults<'_>,
) {
    let mut above: Option<Decimal> = None;
    for (from, to) in ranges {
        check_steps(rubric, &point.code, [from, to].into_iter(), faults);
        if from > to || above.is_some_and(|above| to >= above) {
            let fault = Fault::BadRange { name: point.code.clone(), from: show(from), to: show(to) };
            faults.add(&point.code, fault);
        }
        above = Some(from);
    }
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
}
