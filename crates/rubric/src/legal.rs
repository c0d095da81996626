//! The marks that a rule can give: runs of multiples of the rubric's step.

use crate::decimal::{is_multiple, show};
use crate::model::{Base, Effect, Limit, Measure, Part, PartialStep, Rule, Scope};
use rust_decimal::Decimal;

/// Marks that are possible, as runs of consecutive multiples of the step.
#[derive(Clone, Debug, PartialEq)]
pub struct LegalMarks {
    step: Decimal,
    /// Lower and upper bound of each run, both included; ascending, with at least one step between two runs.
    runs: Vec<(Decimal, Decimal)>,
}

/// Most runs that are kept while parts are added up.
pub(crate) const MOST_RUNS: usize = 1024;

/// Most pairs of runs that are added up for one part.
const MOST_PAIRS: usize = 1 << 16;

impl LegalMarks {
    /// The marks of a point: base and parts added up, clamped to 0..max, then its limits. `None` when they fall
    /// into more than [`MOST_RUNS`] runs: a few parts with unlike marks can make millions.
    #[must_use]
    pub fn of_point(base: Base, max: Decimal, parts: &[Part], limits: &[Limit], step: Decimal) -> Option<Self> {
        let start = if base == Base::Full { max } else { Decimal::ZERO };
        let sum = Self::of_parts(start, parts, step)?.clamped(Decimal::ZERO, max);
        Some(limits.iter().fold(sum, |sum, limit| sum.with_limit(limit)))
    }

    /// What stands for marks that fall into too many runs: none at all, which the checks refuse.
    pub(crate) fn scattered(step: Decimal) -> Self {
        Self { step, runs: Vec::new() }
    }

    /// Whether the marks fell into too many runs.
    pub(crate) fn is_scattered(&self) -> bool {
        self.runs.is_empty()
    }

    /// The sums of parts, from a start.
    #[must_use]
    pub fn of_parts(start: Decimal, parts: &[Part], step: Decimal) -> Option<Self> {
        let start = Self::from_runs(step, vec![(start, start)]);
        parts.iter().try_fold(start, |sum, part| {
            let runs = part.legal.runs.iter().map(|&(from, to)| if part.takes { (-to, -from) } else { (from, to) });
            let runs: Vec<_> = runs.collect();
            if sum.runs.len().saturating_mul(runs.len()) > MOST_PAIRS {
                return None;
            }
            let pairs = runs.iter().flat_map(|b| sum.runs.iter().map(move |a| (a.0 + b.0, a.1 + b.1)));
            Some(Self::from_runs(step, pairs.collect())).filter(|sum| sum.runs.len() <= MOST_RUNS)
        })
    }

    /// The amounts of one rule, for a point of `max` marks.
    #[must_use]
    pub fn of_rule(rule: &Rule, max: Decimal, step: Decimal) -> Self {
        let nothing = (Decimal::ZERO, Decimal::ZERO);
        let runs = match rule {
            Rule::Award { from, to, .. } => vec![(*from, *to)],
            Rule::Check { amount } => vec![nothing, (*amount, *amount)],
            Rule::Count { amount, items, open, .. } => multiples(*amount, max, most_counted(items, *open)),
            Rule::Range { from, to } => vec![nothing, (*from, *to)],
            Rule::Measure(measure) => of_measure(measure, max),
            Rule::Band { bands, .. } => bands.iter().map(|band| (band.from, band.to)).collect(),
            Rule::Entries { most, .. } => vec![(Decimal::ZERO, *most)],
            Rule::Conform { amount, .. } => vec![nothing, (*amount, *amount)],
        };
        Self::from_runs(step, runs)
    }

    fn clamped(&self, low: Decimal, high: Decimal) -> Self {
        let clamp = |&(from, to): &(Decimal, Decimal)| (from.clamp(low, high), to.clamp(low, high));
        Self::from_runs(self.step, self.runs.iter().map(clamp).collect())
    }

    fn with_limit(&self, limit: &Limit) -> Self {
        let mut runs = self.runs.clone();
        match &limit.effect {
            Effect::Zero | Effect::Veto { scope: Scope::Point, .. } => runs.push((Decimal::ZERO, Decimal::ZERO)),
            Effect::Cap(cap) => runs.push((*cap, *cap)), // reached from above
            Effect::Veto { .. } => {}
        }
        Self::from_runs(self.step, runs)
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

    /// All multiples of the step within bounds.
    #[must_use]
    pub fn between(&self, from: Decimal, to: Decimal) -> Self {
        Self::from_runs(self.step, vec![(from, to)])
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

    /// The runs in digits, such as `0–9、10–19、20`; many of them are shortened to `0、0.5、1、…、8`.
    #[must_use]
    pub fn words(&self) -> String {
        const SHOWN: usize = 6;
        let run = |&(from, to): &(Decimal, Decimal)| {
            if from == to { show(from) } else { format!("{}–{}", show(from), show(to)) }
        };
        let mut words: Vec<String> = self.runs.iter().map(run).collect();
        if words.len() > SHOWN {
            words.splice(SHOWN / 2..words.len() - 1, ["…".to_owned()]);
        }
        words.join("、")
    }

    /// The nearest possible marks below and above, such as `4、5`.
    #[must_use]
    pub fn near(&self, mark: Decimal) -> String {
        let down = mark - mark % self.step;
        let around = [down, down + self.step];
        around.iter().filter(|m| self.contains(**m)).map(|m| show(*m)).collect::<Vec<_>>().join("、")
    }
}

/// Most of what can be counted by one part; nobody counts further by hand.
pub(crate) const MOST_COUNTED: u32 = 1000;

/// How many can be counted.
pub(crate) fn most_counted(items: &[String], open: bool) -> u32 {
    if items.is_empty() || open { MOST_COUNTED } else { u32::try_from(items.len()).unwrap_or(MOST_COUNTED) }
}

/// 0, `amount`, 2 × `amount`, … up to `most` times, or until `max` is passed: what lies beyond is clamped anyway.
fn multiples(amount: Decimal, max: Decimal, most: u32) -> Vec<(Decimal, Decimal)> {
    let mut runs = Vec::new();
    let mut sum = Decimal::ZERO;
    for _ in 0..=most {
        runs.push((sum, sum));
        if sum >= max {
            break;
        }
        sum += amount;
    }
    runs
}

fn of_measure(measure: &Measure, max: Decimal) -> Vec<(Decimal, Decimal)> {
    let whole = if measure.award.is_zero() { max } else { measure.award };
    if let PartialStep::Prorate(_) = measure.partial_step {
        return vec![(Decimal::ZERO, whole)];
    }
    let lost = multiples(measure.amount, whole, MOST_COUNTED).into_iter().map(|(lost, _)| lost);
    if measure.award.is_zero() {
        return lost.map(|lost| (lost, lost)).collect();
    }
    let left = lost.map(|lost| (whole - lost).max(Decimal::ZERO)).map(|left| (left, left));
    left.chain(std::iter::once((Decimal::ZERO, Decimal::ZERO))).collect()
}
