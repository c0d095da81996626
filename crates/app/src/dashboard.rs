//! Dashboards: rates, losses by reason, and what differs from the other stage's sheet.

use crate::localise::Target;
use crate::outcome::{count, signed};
use crate::rates::{State, line};
use crate::refusal::Refusal;
use crate::sheets::Opened;
use crate::view::{
    DashboardView, DifferenceRow, LossGroup, LossPlace, LossesView, OtherSheet, RateLine, RateRow, RateState, RateView,
};
use crate::{Failure, Language, Result, Session};
use base64ct::{Base64, Encoding};
use rubric::decimal::{is_below, percent, show};
use rubric::model::Shape;
use rubric::{Loss, Outcome, Reason, Rubric};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use store::SheetRow;

/// Fewer axes are no radar.
const AXES: usize = 3;

/// The largest picture of a chart that is taken, in bytes.
const PICTURE: usize = 32 << 20;

impl Session {
    /// The figures of the dashboards of a sheet.
    ///
    /// # Errors
    /// Unknown sheet; of the disk.
    pub fn dashboard(&mut self, sheet: &str) -> Result<DashboardView> {
        let opened = self.opened(sheet)?;
        let other = self.other_stage(&opened)?;
        let departments = self.department_progress(&opened.row.id)?;
        let named = departments.iter().any(|progress| progress.department.is_some());
        let departments = if named { departments } else { Vec::new() };
        Ok(DashboardView { departments, ..view(&opened, other.as_ref(), self.language) })
    }

    /// The other stage's sheet of the same assessment, with what follows from it: the unit's own beside a trial or a
    /// review, the review (or else the trial) beside the unit's own.
    fn other_stage(&mut self, opened: &Opened) -> Result<Option<(SheetRow, Outcome)>> {
        use assessment::Stage::{Review, SelfEvaluation, Trial};
        let (row, rubric) = (&opened.row, &opened.rubric);
        let stages: &[assessment::Stage] = match row.stage {
            SelfEvaluation => &[Review, Trial],
            Trial | Review => &[SelfEvaluation],
        };
        self.read(|tx| {
            for stage in stages {
                let sheets = tx.sheets_of(&row.assessment.id, *stage)?;
                // What is signed counts before what is finalised, and that before a draft, as on the desk.
                let best = sheets
                    .into_iter()
                    .max_by(|a, b| (a.phase, a.changed_at, &a.id).cmp(&(b.phase, b.changed_at, &b.id)));
                if let Some(other) = best {
                    let findings = tx.records(&other.id)?.findings(rubric, *stage);
                    return Ok(Some((other, rubric::score(rubric, &findings))));
                }
            }
            Ok(None)
        })
    }
}

/// Writes the picture of a chart: a PNG in Base64, as the window draws it.
///
/// # Errors
/// What is no PNG; a file that is there and may not be overwritten; of the disk.
pub fn write_picture(picture: &str, target: Target<'_>) -> Result<()> {
    let unfit = |detail: String| Failure::from(Refusal::NoPicture { path: target.path.display().to_string(), detail });
    if picture.len() > PICTURE {
        return Err(unfit(format!("> {PICTURE}")));
    }
    let bytes = Base64::decode_vec(picture).map_err(|error| unfit(error.to_string()))?;
    let decoder = png::Decoder::new(std::io::Cursor::new(&bytes));
    decoder.read_info().map_err(|error| unfit(error.to_string()))?;
    target.write(&bytes)
}

fn view(opened: &Opened, other: Option<&(SheetRow, Outcome)>, language: Language) -> DashboardView {
    let (rubric, outcome) = (&opened.rubric, &opened.outcome);
    let beside = other.map(|(_, outcome)| outcome);
    let first = indicators(rubric, outcome, beside, 1);
    let second = indicators(rubric, outcome, beside, 2);
    let second_points = second.is_empty();
    let differences = other.map(|(_, other)| differences(rubric, outcome, other)).unwrap_or_default();
    let scored = |outcome: &Outcome, at: usize| outcome.points.get(at).is_some_and(|point| point.score.is_some());
    let both = |at: &usize| scored(outcome, *at) && beside.is_some_and(|other| scored(other, *at));
    DashboardView {
        sheet: opened.row.id.clone(),
        stage: opened.row.stage.into(),
        other: other.map(|(row, _)| other_view(row)),
        scored: count(outcome.points.iter().filter(|point| point.score.is_some()).count()),
        points: count(outcome.points.len()),
        checklist: rubric.shape == Shape::Checklist,
        line: RateLine {
            percent: show(line(rubric)),
            permille: permille(line(rubric), Decimal::ONE_HUNDRED),
            printed: !rubric.grade_conditions.is_empty(),
        },
        radar: first.len() >= AXES,
        first,
        second: if second_points { points(rubric, outcome, beside) } else { second },
        second_points,
        losses: losses(opened, language),
        departments: Vec::new(),
        differences,
        compared: count((0..outcome.points.len()).filter(both).count()),
    }
}

fn other_view(row: &SheetRow) -> OtherSheet {
    OtherSheet {
        sheet: row.id.clone(),
        stage: row.stage.into(),
        assessor: row.assessor.clone(),
        phase: row.phase.into(),
    }
}

/// The marks of a place.
#[derive(Clone, Copy)]
struct Marks {
    state: State,
    score: Decimal,
    highest: Decimal,
    max: Decimal,
    /// Full marks of what is scored.
    scored: Decimal,
    left: usize,
}

impl Marks {
    fn is_low(&self, line: Decimal) -> bool {
        is_below(self.highest, self.max, line)
    }

    fn rate(&self) -> RateView {
        let so_far = (self.state != State::Open).then_some((self.score, self.scored));
        let open = self.max - self.scored;
        RateView {
            state: match self.state {
                State::Open => RateState::Open,
                State::Begun => RateState::Begun,
                State::Complete => RateState::Complete,
            },
            score: show(self.score),
            max: show(self.max),
            percent: (self.state == State::Complete).then(|| percent(self.score, self.max)).flatten(),
            so_far: so_far.and_then(|(score, scored)| percent(score, scored)),
            so_far_permille: so_far.filter(|(_, of)| !of.is_zero()).map(|(score, of)| permille(score, of)),
            filled: permille(self.score, self.max),
            open: show(open),
            open_permille: permille(open, self.max),
            left: count(self.left),
        }
    }
}

/// A share in thousandths, between 0 and 1000; for drawing, never compared.
fn permille(part: Decimal, whole: Decimal) -> u32 {
    let share = (part * Decimal::ONE_THOUSAND).checked_div(whole).map(|share| share.round());
    share.and_then(|share| share.clamp(Decimal::ZERO, Decimal::ONE_THOUSAND).to_u32()).unwrap_or_default()
}

/// Indicators of a level that have marks.
fn indicators(rubric: &Rubric, outcome: &Outcome, beside: Option<&Outcome>, level: u32) -> Vec<RateRow> {
    let own = full_of_scored(rubric, outcome);
    let other = beside.map(|other| full_of_scored(rubric, other));
    let at_level = rubric.indicators.iter().enumerate().filter(|(_, indicator)| indicator.level == level);
    let row = |(at, indicator): (usize, &rubric::model::Indicator)| {
        let marks = indicator_marks(outcome, &own, at)?;
        let other = beside.zip(other.as_ref()).and_then(|(beside, full)| indicator_marks(beside, full, at));
        Some(RateRow {
            code: indicator.code.clone(),
            title: indicator.title.clone(),
            own: marks.rate(),
            other: other.map(|marks| marks.rate()),
            low: marks.is_low(line(rubric)),
        })
    };
    at_level.filter_map(row).collect()
}

fn indicator_marks(outcome: &Outcome, full: &[Decimal], at: usize) -> Option<Marks> {
    let score = outcome.indicators.get(at).filter(|score| !score.max.is_zero())?;
    Some(Marks {
        state: State::of(score),
        score: score.score,
        highest: score.highest,
        max: score.max,
        scored: full.get(at).copied().unwrap_or_default(),
        left: score.points - score.scored,
    })
}

/// Full marks of the scored points below each indicator, in their order.
fn full_of_scored(rubric: &Rubric, outcome: &Outcome) -> Vec<Decimal> {
    let mut full = vec![Decimal::ZERO; rubric.indicators.len()];
    let mut points = outcome.points.iter();
    for (at, indicator) in rubric.indicators.iter().enumerate() {
        let scored = points.by_ref().take(indicator.points.len()).filter(|point| point.score.is_some());
        full[at] += scored.map(|point| point.max).sum::<Decimal>();
    }
    // Children stand behind their parents.
    for at in (0..full.len()).rev() {
        if let Some(parent) = rubric.indicators[at].parent {
            let below = full[at];
            full[parent] += below;
        }
    }
    full
}

/// The points, for rubrics of one level.
fn points(rubric: &Rubric, outcome: &Outcome, beside: Option<&Outcome>) -> Vec<RateRow> {
    let marks = |outcome: &Outcome, at: usize| {
        let score = outcome.points.get(at).filter(|score| !score.max.is_zero())?;
        let state = State::of_point(score);
        Some(Marks {
            state,
            score: score.score.unwrap_or_default(),
            highest: score.score.unwrap_or(score.max),
            max: score.max,
            scored: score.score.map_or(Decimal::ZERO, |_| score.max),
            left: usize::from(state == State::Open),
        })
    };
    let row = |(at, (_, point)): (usize, (_, &rubric::model::Point))| {
        let own = marks(outcome, at)?;
        Some(RateRow {
            code: point.code.clone(),
            title: point.title.clone(),
            own: own.rate(),
            other: beside.and_then(|other| marks(other, at)).map(|marks| marks.rate()),
            low: own.is_low(line(rubric)),
        })
    };
    rubric.points().enumerate().filter_map(row).collect()
}

/// Points with different marks, the largest difference first.
fn differences(rubric: &Rubric, outcome: &Outcome, other: &Outcome) -> Vec<DifferenceRow> {
    let pairs = rubric.points().zip(outcome.points.iter().zip(&other.points));
    let differing = pairs.filter_map(|((_, point), (own, other))| {
        let (mark, beside) = (own.score?, other.score?);
        (mark != beside).then(|| (mark - beside, point, own.max.max(other.max), mark, beside))
    });
    let mut rows: Vec<_> = differing.collect();
    rows.sort_by_key(|(difference, ..)| Reverse(difference.abs()));
    rows.into_iter()
        .map(|(difference, point, max, own, other)| DifferenceRow {
            code: point.code.clone(),
            title: point.title.clone(),
            own: show(own),
            other: show(other),
            max: show(max),
            difference: signed(difference),
        })
        .collect()
}

/// Why marks of adjustments are missing; the texts of the other kinds stand beside it.
#[derive(Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum Outside {
    /// Marks taken beside the points.
    Adjusted,
}

fn words(kind: &impl Serialize, language: Language) -> String {
    Failure::of("loss", kind).problem(language).what
}

fn losses(opened: &Opened, language: Language) -> LossesView {
    let (rubric, outcome) = (&opened.rubric, &opened.outcome);
    let all = rubric::losses(rubric, &opened.findings, outcome);
    let sum = |of: &mut dyn Iterator<Item = Decimal>| of.sum::<Decimal>();
    let full = sum(&mut outcome.points.iter().filter(|point| point.score.is_some()).map(|point| point.max));
    let lost = sum(&mut all.iter().map(|loss| loss.amount));
    let groups = Groups { rubric, all: &all, lost, language };
    LossesView {
        full: show(full),
        lost: show(lost),
        given: show(full - lost),
        adjusted: signed(outcome.total - (full - lost)),
        total: show(outcome.total),
        by_sentence: groups.by(|loss| (loss.kind, loss.sentence.trim()), |loss| groups.sentence(loss)),
        by_kind: groups.by(|loss| loss.kind, |loss| groups.kind(loss)),
        by_indicator: groups.by(|loss| groups.indicator_of(&loss.place), |loss| groups.indicator(loss)),
        outside: outside(rubric, outcome, language),
    }
}

/// Everything that groups of losses are made from.
struct Groups<'a> {
    rubric: &'a Rubric,
    all: &'a [Loss],
    lost: Decimal,
    language: Language,
}

/// What a group says of itself: code, label, and kind in words.
type Said = (Option<String>, String, Option<String>);

impl<'a> Groups<'a> {
    /// Losses with the same key together, the biggest sum first, else in the order of the source.
    fn by<K: Ord>(&self, key: impl Fn(&'a Loss) -> K, said: impl Fn(&'a Loss) -> Said) -> Vec<LossGroup> {
        let mut order: BTreeMap<K, usize> = BTreeMap::new();
        let mut groups: Vec<Vec<&Loss>> = Vec::new();
        for loss in self.all {
            let at = *order.entry(key(loss)).or_insert(groups.len());
            if at == groups.len() {
                groups.push(Vec::new());
            }
            groups[at].push(loss);
        }
        let sum = |losses: &[&Loss]| losses.iter().map(|loss| loss.amount).sum::<Decimal>();
        groups.sort_by_key(|losses| Reverse(sum(losses)));
        let group = |losses: Vec<&'a Loss>| {
            let amount = sum(&losses);
            let (code, label, kind) = said(losses[0]);
            let places = self.places(&losses);
            let code = code.or_else(|| Some(places.first()?.code.clone()).filter(|_| places.len() == 1));
            LossGroup { code, label, kind, amount: show(amount), percent: percent(amount, self.lost), places }
        };
        groups.into_iter().map(group).collect()
    }

    /// The places of losses, each once.
    fn places(&self, losses: &[&Loss]) -> Vec<LossPlace> {
        let mut places: Vec<(&str, Decimal)> = Vec::new();
        for loss in losses {
            match places.iter_mut().find(|(code, _)| *code == loss.place) {
                Some((_, amount)) => *amount += loss.amount,
                None => places.push((&loss.place, loss.amount)),
            }
        }
        let place = |(code, amount): (&str, Decimal)| LossPlace {
            code: code.to_owned(),
            title: self.title(code),
            amount: show(amount),
        };
        places.into_iter().map(place).collect()
    }

    fn title(&self, code: &str) -> String {
        let indicator = || self.rubric.indicators.iter().find(|indicator| indicator.code == code);
        let point = self.rubric.point(code).map(|(_, point)| &point.title);
        point.or_else(|| indicator().map(|indicator| &indicator.title)).cloned().unwrap_or_default()
    }

    fn sentence(&self, loss: &Loss) -> Said {
        (None, loss.sentence.trim().to_owned(), Some(words(&loss.kind, self.language)))
    }

    fn kind(&self, loss: &Loss) -> Said {
        (None, words(&loss.kind, self.language), None)
    }

    /// The indicator that holds a point; an indicator holds itself.
    fn indicator_of(&self, place: &'a str) -> &'a str {
        self.rubric.point(place).map_or(place, |(indicator, _)| indicator.code.as_str())
    }

    fn indicator(&self, loss: &'a Loss) -> Said {
        let code = self.indicator_of(&loss.place);
        let title = self.rubric.indicators.iter().find(|indicator| indicator.code == code).map(|i| i.title.clone());
        (Some(code.to_owned()), title.unwrap_or_default(), None)
    }
}

/// What adjustments took, as the trace of the total has it.
fn outside(rubric: &Rubric, outcome: &Outcome, language: Language) -> Vec<LossGroup> {
    let taken = outcome.trace.iter().filter_map(|step| {
        let Reason::Adjusted { adjustment } = &step.reason else { return None };
        let amount = step.amount.filter(|amount| *amount < Decimal::ZERO)?;
        let rule = rubric.adjustments.iter().find(|rule| format!("{} {}", rule.code, rule.title) == *adjustment)?;
        Some((-amount, rule))
    });
    let mut taken: Vec<_> = taken.collect();
    taken.sort_by_key(|(amount, _)| Reverse(*amount));
    let group = |(amount, rule): (Decimal, &rubric::model::Adjustment)| LossGroup {
        code: Some(rule.code.clone()),
        label: rule.title.clone(),
        kind: Some(words(&Outside::Adjusted, language)),
        amount: show(amount),
        percent: None,
        places: vec![LossPlace { code: rule.code.clone(), title: rule.title.clone(), amount: show(amount) }],
    };
    taken.into_iter().map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_for_drawing_stay_on_the_chart() {
        let d = |text: &str| rubric::decimal::parse(text).unwrap();
        assert_eq!(permille(d("2"), d("3")), 667);
        assert_eq!(permille(d("4"), d("3")), 1000);
        assert_eq!(permille(d("-1"), d("3")), 0);
        assert_eq!(permille(d("1"), d("0")), 0);
    }
}
