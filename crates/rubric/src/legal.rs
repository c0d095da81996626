//! The marks that a rule can give: runs of multiples of the rubric's step.

use crate::decimal::{is_multiple, show};
use crate::model::{Point, Rule};
use rust_decimal::Decimal;

/// Marks that are possible, as runs of consecutive multiples of the step.
#[derive(Clone, Debug, PartialEq)]
pub struct LegalMarks {
    step: Decimal,
    /// Lower and upper bound of each run, both included; ascending, with at least one step between two runs.
    runs: Vec<(Decimal, Decimal)>,
}

impl LegalMarks {
    /// The marks of a point: the sums of its parts' marks, clamped to its full marks.
    #[must_use]
    pub fn of_point(point: &Point, step: Decimal) -> Self {
        Self::within(point, step, usize::MAX).expect("no list is longer than usize::MAX")
    }

    /// As [`Self::of_point`], or `None` as soon as there are more than `most` runs: a few parts with unlike marks
    /// can make millions.
    pub(crate) fn within(point: &Point, step: Decimal, most: usize) -> Option<Self> {
        let none = Self::from_runs(step, vec![(Decimal::ZERO, Decimal::ZERO)]);
        point.parts.iter().try_fold(none, |sum, part| {
            let sum = sum.plus(&Self::of_rule(&part.rule, step), point.max);
            Some(sum).filter(|sum| sum.runs.len() <= most)
        })
    }

    /// The marks of one rule.
    #[must_use]
    pub fn of_rule(rule: &Rule, step: Decimal) -> Self {
        let runs = match rule {
            Rule::Award { from, to, .. } => vec![(*from, *to)],
            Rule::Check { amount } => vec![(Decimal::ZERO, Decimal::ZERO), (*amount, *amount)],
            Rule::Band { bands } => bands.iter().map(|band| (band.from, band.to)).collect(),
        };
        Self::from_runs(step, runs)
    }

    /// Sorts runs and joins those that touch.
    fn from_runs(step: Decimal, mut runs: Vec<(Decimal, Decimal)>) -> Self {
        runs.sort();
        let mut joined: Vec<(Decimal, Decimal)> = Vec::with_capacity(runs.len());
        for (from, to) in runs {
            match joined.last_mut() {
                Some(last) if from <= last.1 + step => last.1 = last.1.max(to),
                _ => joined.push((from, to)),
            }
        }
        Self { step, runs: joined }
    }

    /// Every sum of a mark of the one and a mark of the other, at most `max`. No part takes marks away, so what
    /// reaches `max` stays there and may be cut off at once.
    fn plus(&self, other: &Self, max: Decimal) -> Self {
        // Inside, the longer list: its sums ascend, which sorting is quick with.
        let pairs = other.runs.iter().flat_map(|b| self.runs.iter().map(move |a| (a.0 + b.0, a.1 + b.1)));
        Self::from_runs(self.step, pairs.map(|(from, to)| (from.min(max), to.min(max))).collect())
    }

    /// Whether the mark is possible.
    #[must_use]
    pub fn contains(&self, mark: Decimal) -> bool {
        self.on_step(mark) && self.runs.iter().any(|&(from, to)| from <= mark && mark <= to)
    }

    /// Whether the mark is a multiple of the step.
    #[must_use]
    pub fn on_step(&self, mark: Decimal) -> bool {
        is_multiple(mark, self.step)
    }

    /// The lowest possible mark.
    #[must_use]
    pub fn lowest(&self) -> Decimal {
        self.runs.first().map_or(Decimal::ZERO, |run| run.0)
    }

    /// The highest possible mark.
    #[must_use]
    pub fn highest(&self) -> Decimal {
        self.runs.last().map_or(Decimal::ZERO, |run| run.1)
    }

    /// All marks, ascending, when there are at most `most`.
    #[must_use]
    pub fn choices(&self, most: usize) -> Option<Vec<Decimal>> {
        let mut marks = Vec::new();
        for &(from, to) in &self.runs {
            let mut mark = from;
            while mark <= to {
                if marks.len() == most {
                    return None;
                }
                marks.push(mark);
                mark += self.step;
            }
        }
        Some(marks)
    }

    /// The runs in digits, such as `0–9、10–19、20`.
    #[must_use]
    pub fn words(&self) -> String {
        let run = |&(from, to): &(Decimal, Decimal)| {
            if from == to { show(from) } else { format!("{}–{}", show(from), show(to)) }
        };
        self.runs.iter().map(run).collect::<Vec<_>>().join("、")
    }

    /// The nearest possible marks below and above, such as `4、5`.
    #[must_use]
    pub fn near(&self, mark: Decimal) -> String {
        let down = mark - mark % self.step;
        let around = [down, down + self.step];
        around.iter().filter(|m| self.contains(**m)).map(|m| show(*m)).collect::<Vec<_>>().join("、")
    }
}
