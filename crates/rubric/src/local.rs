//! Local editions: where the source permits it, an office draws grade lines and gives points other weights.

use crate::decimal::{self, is_multiple, show};
use crate::legal::LegalMarks;
use crate::model::{
    Band, Effect, Grade, Limit, Local, Measure, Parent, Part, Point, Reading, ReadingStatus, Rubric, Rule,
};
use crate::write::unbounded;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a local edition is called.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Naming {
    /// Its identifier, unlike its parent's.
    pub id: String,
    /// Its edition.
    pub edition: String,
    /// What follows the parent's title.
    pub suffix: String,
}

/// The new full marks of a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Weight {
    /// Code of the point.
    pub code: String,
    /// Its full marks.
    pub max: Decimal,
}

/// What an office changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LocalChanges {
    /// What the edition is called.
    pub naming: Naming,
    /// Grade lines in place of the parent's, from the best to the worst; empty leaves them as they are.
    pub grades: Vec<Grade>,
    /// New full marks, by point.
    pub weights: Vec<Weight>,
}

/// Why a local edition is refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum LocalError {
    /// The source permits no local edition.
    #[error("{rubric} permits no local edition")]
    NothingPermitted {
        /// The parent.
        rubric: String,
    },
    /// The source permits no grade lines of one's own.
    #[error("{rubric} permits no other grade lines: {sentence}")]
    GradesNotPermitted {
        /// The parent.
        rubric: String,
        /// What the source says.
        sentence: String,
    },
    /// The source permits no other weights.
    #[error("{rubric} permits no other weights: {sentence}")]
    WeightsNotPermitted {
        /// The parent.
        rubric: String,
        /// What the source says.
        sentence: String,
    },
    /// An identifier, edition or suffix that is empty or cannot be one.
    #[error("{field} cannot be {found:?}")]
    BadNaming {
        /// Which of them.
        field: String,
        /// What was given.
        found: String,
    },
    /// Another rubric has the identifier.
    #[error("the id {found} is taken")]
    IdTaken {
        /// The identifier.
        found: String,
    },
    /// No point has this code.
    #[error("{rubric} has no point {name}")]
    UnknownPoint {
        /// The code.
        name: String,
        /// The parent.
        rubric: String,
    },
    /// A point with two new weights.
    #[error("{name} was given twice")]
    GivenTwice {
        /// The code.
        name: String,
    },
    /// A point with a rule that has no amounts to scale.
    #[error("{name} cannot be scaled: {kind}")]
    CannotScale {
        /// The code.
        name: String,
        /// Kind of the rule.
        kind: String,
    },
    /// With the new weight an amount falls off the step.
    #[error("{name}: {found} in place of {max} falls off the step {step}, possible: {near}")]
    OffStep {
        /// The code.
        name: String,
        /// The new full marks.
        found: String,
        /// The parent's full marks.
        max: String,
        /// The step.
        step: String,
        /// The nearest full marks that work, below and above.
        near: String,
    },
    /// A number that is not a plain one.
    #[error("{name}: {found} is not a plain decimal")]
    NotANumber {
        /// The code or grade.
        name: String,
        /// What was given.
        found: String,
    },
    /// Grade lines that do not fall, do not end at 0, or that the total does not reach.
    #[error("grade lines must fall from at most {total} to 0, not so at {name}")]
    BadGrades {
        /// The grade at which it shows.
        name: String,
        /// The new total.
        total: String,
    },
    /// The edition as a whole breaks a rule of rubric files.
    #[error("the edition would not be sound: {detail}")]
    Unsound {
        /// The first fault.
        detail: String,
    },
}

/// A number of a local edition as it was typed, for a point or grade of this name.
///
/// # Errors
/// [`LocalError::NotANumber`] for what a rubric file could not have.
pub fn number(name: &str, text: &str) -> Result<Decimal, LocalError> {
    let plain = decimal::parse(text.trim()).filter(|n| decimal::is_small(*n) && *n >= Decimal::ZERO);
    plain.ok_or_else(|| LocalError::NotANumber { name: name.to_owned(), found: text.to_owned() })
}

/// Derives a local edition. Sentences stay those of the source; a reading says what was changed.
///
/// # Errors
/// What the parent does not permit, and weights or lines that do not work, with what does.
pub fn derive(parent: &Rubric, changes: &LocalChanges) -> Result<Rubric, LocalError> {
    let local = permitted(parent, changes)?;
    check_naming(parent, &changes.naming)?;
    let mut derived = parent.clone();
    let weighed = weigh(&mut derived, changes)?;
    sum_up(&mut derived);
    if !changes.grades.is_empty() {
        check_grades(&changes.grades, derived.total)?;
        derived.grades.clone_from(&changes.grades);
    }
    derived.readings.push(Reading {
        id: free_reading(parent),
        status: ReadingStatus::Open,
        text: account(parent, local, changes, &weighed, derived.total),
        codes: weighed.into_keys().collect(),
    });
    derived.id.clone_from(&changes.naming.id);
    derived.edition.clone_from(&changes.naming.edition);
    derived.title.push_str(&changes.naming.suffix);
    if !derived.title_en.ends_with(LOCAL_EN) {
        derived.title_en.push_str(LOCAL_EN);
    }
    derived.parent = Some(Parent {
        id: parent.id.clone(),
        edition: parent.edition.clone(),
        digest: parent.digest.as_str().to_owned(),
    });
    // The file as it will be written decides, with all its checks and its digest.
    Rubric::read(&derived.to_toml()).map_err(|faults| LocalError::Unsound {
        detail: faults.first().map(|error| error.fault.to_string()).unwrap_or_default(),
    })
}

/// What the English title of a local edition ends with.
const LOCAL_EN: &str = " (local edition)";

fn permitted<'a>(parent: &'a Rubric, changes: &LocalChanges) -> Result<&'a Local, LocalError> {
    let rubric = parent.id.clone();
    let Some(local) = &parent.local else {
        return Err(LocalError::NothingPermitted { rubric });
    };
    let sentence = local.sentence.clone();
    if !local.grades && !changes.grades.is_empty() {
        return Err(LocalError::GradesNotPermitted { rubric, sentence });
    }
    if !local.weights && !changes.weights.is_empty() {
        return Err(LocalError::WeightsNotPermitted { rubric, sentence });
    }
    Ok(local)
}

fn check_naming(parent: &Rubric, naming: &Naming) -> Result<(), LocalError> {
    let plain = |text: &str| !text.trim().is_empty() && !text.chars().any(char::is_control);
    let id = !naming.id.contains(char::is_whitespace) && plain(&naming.id);
    let checked = [
        ("id", &naming.id, id),
        ("edition", &naming.edition, plain(&naming.edition)),
        ("suffix", &naming.suffix, plain(&naming.suffix)),
    ];
    if let Some((field, text, _)) = checked.into_iter().find(|(.., fits)| !fits) {
        return Err(LocalError::BadNaming { field: field.to_owned(), found: text.clone() });
    }
    if naming.id == parent.id { Err(LocalError::IdTaken { found: naming.id.clone() }) } else { Ok(()) }
}

/// Gives points their new weights; what was changed: code, old and new full marks.
fn weigh(rubric: &mut Rubric, changes: &LocalChanges) -> Result<BTreeMap<String, (Decimal, Decimal)>, LocalError> {
    let mut wanted: BTreeMap<&str, Decimal> = BTreeMap::new();
    for weight in &changes.weights {
        if rubric.point(&weight.code).is_none() {
            return Err(LocalError::UnknownPoint { name: weight.code.clone(), rubric: rubric.id.clone() });
        }
        if wanted.insert(&weight.code, weight.max).is_some() {
            return Err(LocalError::GivenTwice { name: weight.code.clone() });
        }
    }
    let (step, mut weighed) = (rubric.step, BTreeMap::new());
    for point in rubric.indicators.iter_mut().flat_map(|indicator| &mut indicator.points) {
        if let Some(max) = wanted.get(point.code.as_str()).copied().filter(|max| *max != point.max) {
            weighed.insert(point.code.clone(), (point.max, max));
            *point = scaled(point, max, step)?;
        }
    }
    Ok(weighed)
}

/// A point with other full marks: every amount in proportion.
fn scaled(point: &Point, max: Decimal, step: Decimal) -> Result<Point, LocalError> {
    let units = |amount: Decimal| (amount / step).to_i128().unwrap_or_default();
    let old = units(point.max);
    let mut common = old;
    map_point(point, step, &mut |amount| {
        common = gcd(common, units(amount));
        amount
    })?;
    if old == 0 {
        return Err(LocalError::CannotScale { name: point.code.clone(), kind: show(point.max) });
    }
    // Full marks of so many steps, and multiples of them, keep every amount on the step.
    let grain = old / common;
    let whole = units(max.clamp(Decimal::ZERO, unbounded()));
    if max > unbounded() || whole == 0 || !is_multiple(max, step) || whole % grain != 0 {
        let below = whole / grain * grain;
        let near = [below, below + grain].into_iter().filter(|units| *units > 0);
        let near: Vec<String> = near.map(|units| show(Decimal::from(units) * step)).collect();
        return Err(LocalError::OffStep {
            name: point.code.clone(),
            found: show(max),
            max: show(point.max),
            step: show(step),
            near: near.join("、"),
        });
    }
    let mut new = map_point(point, step, &mut |amount| Decimal::from(units(amount) * whole / old) * step)?;
    new.max = max;
    for part in &mut new.parts {
        part.legal = LegalMarks::of_rule(&part.rule, max, step);
    }
    let legal = LegalMarks::of_point(new.base, max, &new.parts, &new.limits, step);
    new.legal = legal.unwrap_or_else(|| LegalMarks::scattered(step));
    Ok(new)
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

type Map<'a> = &'a mut dyn FnMut(Decimal) -> Decimal;

/// A point with every amount of its parts and limits put through a function.
fn map_point(point: &Point, step: Decimal, map: Map<'_>) -> Result<Point, LocalError> {
    let mut new = point.clone();
    for Part { rule, .. } in &mut new.parts {
        let kind = rule.kind();
        let cannot = || LocalError::CannotScale { name: point.code.clone(), kind: kind.to_owned() };
        map_rule(rule, step, map).ok_or_else(cannot)?;
    }
    for Limit { effect, .. } in &mut new.limits {
        if let Effect::Cap(cap) = effect {
            *cap = map(*cap);
        }
    }
    Ok(new)
}

/// `None` where the amounts follow from something else: printed coefficients, conformity.
fn map_rule(rule: &mut Rule, step: Decimal, map: Map<'_>) -> Option<()> {
    let mut each = |amounts: &mut [&mut Decimal]| amounts.iter_mut().for_each(|amount| **amount = map(**amount));
    match rule {
        Rule::Award { from, to, .. } | Rule::Range { from, to } => each(&mut [from, to]),
        Rule::Check { amount } | Rule::Count { amount, .. } => each(&mut [amount]),
        Rule::Measure(Measure { amount, award, .. }) => each(&mut [amount, award]),
        Rule::Band { bands, .. } => map_bands(bands, step, map),
        Rule::Entries { coefficients: false, each_most, most, .. } => {
            each(&mut [most]);
            each_most.iter_mut().for_each(|most| each(&mut [most]));
        }
        Rule::Entries { coefficients: true, .. } | Rule::Conform { .. } => return None,
    }
    Some(())
}

/// A lower bound one step above the band below stays there.
fn map_bands(bands: &mut [Band], step: Decimal, map: Map<'_>) {
    let mut below: Option<(Decimal, Decimal)> = None;
    for band in bands.iter_mut().rev() {
        let to = map(band.to);
        band.from = match below {
            Some((old, new)) if band.from - old == step => new + step,
            _ => map(band.from),
        };
        below = Some((band.to, to));
        band.to = to;
    }
}

/// The full marks of indicators, categories and the whole, from those of the points.
fn sum_up(rubric: &mut Rubric) {
    let mut sums = vec![Decimal::ZERO; rubric.indicators.len()];
    rubric.total = Decimal::ZERO;
    // Children stand after their parents.
    for (index, indicator) in rubric.indicators.iter_mut().enumerate().rev() {
        indicator.max = sums[index] + indicator.points.iter().map(|point| point.max).sum::<Decimal>();
        match indicator.parent {
            Some(parent) => sums[parent] += indicator.max,
            None => rubric.total += indicator.max,
        }
    }
    let points: Vec<(Option<String>, Decimal)> = rubric.points().map(|(_, p)| (p.category.clone(), p.max)).collect();
    for category in &mut rubric.categories {
        let of_category = points.iter().filter(|(name, _)| name.as_ref() == Some(&category.name));
        category.max = of_category.map(|(_, max)| max).sum();
    }
}

fn check_grades(grades: &[Grade], total: Decimal) -> Result<(), LocalError> {
    let mut ceiling: Option<Decimal> = None;
    for (at, grade) in grades.iter().enumerate() {
        let fits = ceiling.map_or(grade.at_least <= total, |above| grade.at_least < above);
        let is_last = at + 1 == grades.len();
        if !fits || (is_last && !grade.at_least.is_zero()) {
            return Err(LocalError::BadGrades { name: grade.name.clone(), total: show(total) });
        }
        ceiling = Some(grade.at_least);
    }
    Ok(())
}

/// The next free identifier of a reading about a local edition: `L1`, `L2`, …
fn free_reading(rubric: &Rubric) -> String {
    let taken = |id: &String| rubric.readings.iter().any(|reading| reading.id == *id);
    let mut ids = (1..).map(|number: u32| format!("L{number}"));
    ids.find(|id| !taken(id)).expect("a rubric has finitely many readings")
}

/// What was changed, in the language of the sources.
fn account(
    parent: &Rubric,
    local: &Local,
    changes: &LocalChanges,
    weighed: &BTreeMap<String, (Decimal, Decimal)>,
    total: Decimal,
) -> String {
    let mut text = format!(
        "本地版本。由“{}”（{}，{}）改定，依据原文“{}”。",
        parent.title, parent.id, parent.edition, local.sentence
    );
    if changes.grades.is_empty() && weighed.is_empty() {
        text.push_str("等次线和分值都没有改动。");
    }
    if !changes.grades.is_empty() {
        let line = |grade: &Grade| format!("{}{}分起", grade.name, show(grade.at_least));
        let lines: Vec<String> = changes.grades.iter().map(line).collect();
        text.push_str(&format!("等次线由本地划定：{}。", lines.join("、")));
    }
    if !weighed.is_empty() {
        let one = |(code, (old, new)): (&String, &(Decimal, Decimal))| {
            format!("{code}由{}分改为{}分", show(*old), show(*new))
        };
        let all: Vec<String> = weighed.iter().map(one).collect();
        text.push_str(&format!(
            "满分由本地调整：{}。各项规则中的分值按新旧满分之比换算，紧接下档的下限仍比下档上限高一个记分单位；\
             原文照录，其中印的分值是原来的。",
            all.join("、")
        ));
    }
    if total != parent.total {
        text.push_str(&format!("总分因此由{}分变为{}分。", show(parent.total), show(total)));
    }
    text
}
