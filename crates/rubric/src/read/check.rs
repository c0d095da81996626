//! What must hold between the entries of a rubric.

use super::document::Places;
use crate::decimal::show;
use crate::error::{Fault, ReadError};
use crate::legal::LegalMarks;
use crate::model::{Indicator, Point, Rubric, Rule};
use rust_decimal::Decimal;

/// Collects faults with the lines of the codes that they concern.
struct Faults<'a> {
    places: &'a Places,
    list: Vec<ReadError>,
}

impl Faults<'_> {
    fn add(&mut self, code: &str, fault: Fault) {
        self.list.push(ReadError { line: self.places.line(code), fault });
    }
}

/// All faults, in the order of the lines.
pub fn check(rubric: &Rubric, places: &Places) -> Vec<ReadError> {
    let mut faults = Faults { places, list: Vec::new() };
    check_sums(rubric, &mut faults);
    for (_, point) in rubric.points() {
        check_point(rubric, point, &mut faults);
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
        faults.list.push(ReadError { line, fault });
    }
}

fn check_point(rubric: &Rubric, point: &Point, faults: &mut Faults<'_>) {
    let name = || point.code.clone();
    for part in &point.parts {
        if let Rule::Band { bands } = &part.rule {
            check_bands(point, bands.iter().map(|b| (b.from, b.to)), faults);
        }
        if let Rule::Award { from, to, .. } = &part.rule {
            check_bands(point, std::iter::once((*from, *to)), faults);
        }
    }
    let legal = LegalMarks::of_point(point, rubric.step);
    for number in [point.max, legal.highest(), legal.lowest()] {
        if !legal.on_step(number) {
            let (found, step) = (show(number), show(rubric.step));
            faults.add(&point.code, Fault::OffStep { name: name(), found, step });
        }
    }
    if legal.highest() != point.max || point.parts.is_empty() {
        let (reach, expected) = (show(legal.highest()), show(point.max));
        faults.add(&point.code, Fault::UnreachableMax { name: name(), reach, expected });
    }
}

/// Ranges go down without overlap, and none is empty.
fn check_bands(point: &Point, ranges: impl Iterator<Item = (Decimal, Decimal)>, faults: &mut Faults<'_>) {
    let mut above: Option<Decimal> = None;
    for (from, to) in ranges {
        if from > to || above.is_some_and(|above| to >= above) {
            let fault = Fault::BadRange { name: point.code.clone(), from: show(from), to: show(to) };
            faults.add(&point.code, fault);
        }
        above = Some(from);
    }
}

fn check_grades(rubric: &Rubric, faults: &mut Faults<'_>) {
    let falling = rubric.grades.windows(2).find(|pair| pair[0].at_least <= pair[1].at_least);
    let last = rubric.grades.last().filter(|grade| !grade.at_least.is_zero());
    let highest = rubric.grades.first().filter(|grade| grade.at_least > rubric.total);
    if let Some(grade) = falling.map(|pair| &pair[1]).or(last).or(highest) {
        faults.add(&grade.name, Fault::BadGrades { name: grade.name.clone() });
    }
}

fn check_references(rubric: &Rubric, faults: &mut Faults<'_>) {
    let unknown = |name: &str| Fault::UnknownReference { name: name.to_owned() };
    let is_grade = |name: &str| rubric.grades.iter().any(|grade| grade.name == name);
    let is_indicator = |code: &str| rubric.indicators.iter().any(|i| i.code == code);
    for veto in rubric.vetoes.iter().filter(|veto| !is_indicator(&veto.indicator)) {
        faults.add(&veto.indicator, unknown(&veto.indicator));
    }
    let condition_grades =
        rubric.grade_conditions.iter().flat_map(|c| c.grades.iter().chain(std::iter::once(&c.otherwise)));
    for name in condition_grades.chain(rubric.vetoes.iter().map(|veto| &veto.conclusion)) {
        if !is_grade(name) {
            faults.add(name, unknown(name));
        }
    }
    let reading_codes = rubric.readings.iter().flat_map(|reading| &reading.codes);
    for code in reading_codes {
        if !faults.places.knows(code) && !is_indicator(code) {
            faults.add(code, unknown(code));
        }
    }
}
