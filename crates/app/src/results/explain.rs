//! How a mark of a unit came about: the panel's calculation, what each member's sheet says, and what it is made of.

use super::profile::{Scored, title};
use super::{Refused, choice, cut};
use crate::outcome;
use crate::panel::{Kept, Round, Shown, policy_word, standing};
use crate::problem::word;
use crate::view::{Calculation, MarkPart, MarkView, MemberMark, ResultsIndicator, Step};
use crate::{Language, Result, Session};
use assessment::panel::{Agreement, Combined, Method, Part, Per, SheetFacts, TOTAL, UnitResult, combine};
use rubric::decimal::show;
use rubric::{Reason, Rubric};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What a mark is given for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Total,
    Indicator(usize),
    /// Its place among all points.
    Point(usize),
    Adjustment(usize),
}

impl Place {
    fn of(rubric: &Rubric, code: &str) -> Result<Self> {
        let indicator = || rubric.indicators.iter().position(|indicator| indicator.code == code).map(Self::Indicator);
        let point = || rubric.points().position(|(_, point)| point.code == code).map(Self::Point);
        let adjustment = || rubric.adjustments.iter().position(|rule| rule.code == code).map(Self::Adjustment);
        let total = (code == TOTAL).then_some(Self::Total);
        // A point may have the code of the only indicator that it makes up: it says more.
        let found = total.or_else(point).or_else(indicator).or_else(adjustment);
        let unknown = || Refused::UnknownPlace { place: code.to_owned(), rubric: rubric.title.clone() };
        Ok(found.ok_or_else(unknown)?)
    }

    /// A sheet's mark there.
    fn mark(self, facts: &SheetFacts) -> Option<Decimal> {
        match self {
            Self::Total => Some(facts.total),
            Self::Indicator(at) => facts.indicators.get(at).copied(),
            Self::Point(at) => facts.points.get(at).copied().flatten(),
            Self::Adjustment(at) => facts.adjustments.get(at).copied().flatten(),
        }
    }

    /// The panel's mark there, where it has one of its own.
    fn result(self, unit: &UnitResult) -> Option<Decimal> {
        match self {
            Self::Total => unit.total,
            Self::Indicator(at) => unit.indicators.get(at).copied(),
            Self::Point(at) => unit.points.get(at).and_then(|point| point.mark),
            Self::Adjustment(at) => unit.adjustments.get(at).and_then(|rule| rule.mark),
        }
    }

    fn max(self, rubric: &Rubric) -> Decimal {
        match self {
            Self::Total => rubric.total,
            Self::Indicator(at) => rubric.indicators[at].max,
            Self::Point(at) => rubric.points().nth(at).map(|(_, point)| point.max).unwrap_or_default(),
            Self::Adjustment(_) => Decimal::ZERO,
        }
    }

    /// The panel's mark for show: a total exactly, what lies below it as [`cut`] says.
    fn cut(self, round: &Round, mark: Decimal) -> Decimal {
        if self == Self::Total { mark } else { cut(round, mark) }
    }

    fn text(self, rubric: &Rubric) -> String {
        match self {
            Self::Total => String::new(),
            Self::Indicator(at) => rubric.indicators[at].text.clone(),
            Self::Point(at) => rubric.points().nth(at).map(|(_, point)| point.text.clone()).unwrap_or_default(),
            Self::Adjustment(at) => rubric.adjustments[at].text.clone(),
        }
    }
}

impl Session {
    /// How a mark of a unit came about: of `total`, of an indicator, a point or an adjustment.
    ///
    /// # Errors
    /// Unknown panel, unit or code; a sheet that cannot be read; of the disk.
    pub fn mark(&mut self, panel: &str, unit: &str, code: &str) -> Result<MarkView> {
        let round = self.round(panel)?;
        let result = round.unit(unit)?;
        let place = Place::of(&round.rubric, code)?;
        let scored: BTreeMap<usize, Scored> = self.scored(&round, &result.unit)?.into_iter().collect();
        let language = self.language;
        let shown_unit = crate::panel::result(&round, result, language);
        let members = members(&round, result, place, &scored, language);
        let calculation = calculation(&Shown { round: &round, world: &self.world, language }, result, place, code);
        let mark = settled(&round, result, place);
        let total = place == Place::Total;
        Ok(MarkView {
            unit: result.unit.clone(),
            code: code.to_owned(),
            title: if total { policy_word("total-mark", language) } else { title(&round.rubric, code) },
            text: place.text(&round.rubric),
            max: show(place.max(&round.rubric)),
            mark: mark.map(|mark| show(place.cut(&round, mark))),
            grade: result.grade.clone().filter(|_| total),
            own: round.own.get(&result.unit).and_then(|facts| place.mark(facts)).map(show),
            calculation,
            members,
            parts: parts(&round, result, place),
            above: above(&round.rubric, place),
            conclusion: if total { outcome::steps(&result.conclusion, language) } else { Vec::new() },
            flags: if total { shown_unit.flags } else { Vec::new() },
        })
    }
}

/// The panel's mark: its own, or what the sheets come to. Too few of them come to nothing.
fn settled(round: &Round, unit: &UnitResult, place: Place) -> Option<Decimal> {
    let of_sheets = || combined(round, unit, place).filter(|_| unit.total.is_some());
    place.result(unit).or_else(|| of_sheets().map(|combined| combined.quotient()))
}

/// The marks of the sheets that count, made one by the policy.
fn combined(round: &Round, unit: &UnitResult, place: Place) -> Option<Combined> {
    let kept = match place {
        Place::Total => return unit.totals.clone(),
        Place::Point(at) => unit.points.get(at),
        Place::Adjustment(at) => unit.adjustments.get(at),
        Place::Indicator(_) => None,
    };
    if let Some(point) = kept {
        return Some(point.combined.clone());
    }
    let sheets = sheets(round, unit);
    let marks = super::query::counted(unit).filter_map(|member| {
        let facts = &sheets.get(member)?.as_ref()?.facts;
        Some((member, place.mark(facts)?))
    });
    combine(&marks.collect::<Vec<_>>(), &round.panel.policy, None)
}

fn sheets<'a>(round: &'a Round, unit: &UnitResult) -> &'a [Option<Kept>] {
    let at = round.units.iter().position(|result| result.unit == unit.unit);
    at.map_or(&[], |at| round.sheets[at].as_slice())
}

/// The panel's calculation. Indicators of combined points are their sums, and have none.
fn calculation(shown: &Shown<'_>, unit: &UnitResult, place: Place, code: &str) -> Option<Calculation> {
    let per = shown.round.panel.policy.per;
    let combined = combined(shown.round, unit, place)?;
    let (agreed, mark): (Option<&Agreement>, Option<Decimal>) = match (place, per) {
        (Place::Total, _) => (unit.agreed.as_ref(), unit.total),
        (Place::Point(at), Per::Point) => unit.points.get(at).map(|point| (point.agreed.as_ref(), point.mark))?,
        (Place::Adjustment(at), Per::Point) => {
            unit.adjustments.get(at).map(|rule| (rule.agreed.as_ref(), rule.mark))?
        }
        (Place::Indicator(_), Per::Point) => return None,
        (_, Per::Total) => (None, settled(shown.round, unit, place)),
    };
    let max = place.max(&shown.round.rubric);
    let of = if place == Place::Total { Per::Total } else { per };
    let mark = mark.map(|mark| place.cut(shown.round, mark));
    let mut calculation = shown.calculation((code, max), (&combined, of), agreed, mark);
    if place != Place::Total {
        calculation.title = title(&shown.round.rubric, code);
    }
    if place != Place::Total && per == Per::Total {
        // Only the total is rounded.
        if shown.round.panel.policy.method != Method::Consensus {
            calculation.steps.pop();
        }
        calculation.steps.push(word("results.word.unrounded", shown.language));
    }
    Some(calculation)
}

fn members(
    round: &Round,
    unit: &UnitResult,
    place: Place,
    scored: &BTreeMap<usize, Scored>,
    language: Language,
) -> Vec<MemberMark> {
    let sheets = sheets(round, unit);
    let combined = combined(round, unit, place);
    let part = |member: usize| {
        let mark = combined.as_ref()?.marks.iter().find(|mark| mark.member == member)?;
        (mark.part != Part::Counted).then(|| <&str>::from(mark.part).to_owned())
    };
    let of = |(at, person): (usize, &assessment::panel::Person)| {
        let kept = sheets.get(at).and_then(Option::as_ref);
        let sheet = scored.get(&at);
        MemberMark {
            name: person.name.clone(),
            organisation: person.organisation.clone(),
            standing: standing(&unit.cells[at].standing).remark(language),
            mark: kept.and_then(|kept| place.mark(&kept.facts)).map(show),
            dropped: part(at).unwrap_or_default(),
            steps: sheet.map(|sheet| steps(&round.rubric, sheet, place, language)).unwrap_or_default(),
            remark: sheet.and_then(|sheet| remark(&round.rubric, sheet, place)),
            sheet: kept.map(|kept| kept.sheet.clone()),
        }
    };
    round.panel.members.iter().enumerate().map(of).collect()
}

fn steps(rubric: &Rubric, sheet: &Scored, place: Place, language: Language) -> Vec<Step> {
    let outcome = &sheet.outcome;
    let trace = match place {
        Place::Total => &outcome.trace,
        Place::Indicator(at) => &outcome.indicators[at].trace,
        Place::Point(at) => &outcome.points[at].trace,
        Place::Adjustment(at) => match rubric.adjustments.get(at).and(outcome.adjustments.get(at)) {
            Some(score) => &score.trace,
            None => return Vec::new(),
        },
    };
    let mut steps = outcome::steps(trace, language);
    if let (Place::Point(at), Some(ruled)) = (place, &sheet.ruled) {
        let code = rubric.points().nth(at).map(|(_, point)| point.code.as_str());
        let given = trace.iter().position(|step| matches!(step.reason, Reason::Direct { .. })).unwrap_or_default();
        if let Some(step) = steps.get_mut(given).filter(|_| code.is_some_and(|code| ruled.marks.contains_key(code))) {
            step.finding.clone_from(&ruled.said);
        }
    }
    steps
}

fn remark(rubric: &Rubric, sheet: &Scored, place: Place) -> Option<String> {
    let code = match place {
        Place::Point(at) => &rubric.points().nth(at)?.1.code,
        Place::Adjustment(at) => &rubric.adjustments.get(at)?.code,
        Place::Total | Place::Indicator(_) => return None,
    };
    sheet.file.remarks.get(code).cloned()
}

/// What the mark is made of, with the panel's marks there.
fn parts(round: &Round, unit: &UnitResult, place: Place) -> Vec<MarkPart> {
    let rubric = &round.rubric;
    let part = |place: Place, code: &str| MarkPart {
        code: code.to_owned(),
        title: title(rubric, code),
        max: show(place.max(rubric)),
        mark: settled(round, unit, place).map(|mark| show(place.cut(round, mark))),
    };
    let above = match place {
        Place::Total => None,
        Place::Indicator(at) => Some(at),
        Place::Point(_) | Place::Adjustment(_) => return Vec::new(),
    };
    let below = rubric.indicators.iter().enumerate().filter(|(_, indicator)| indicator.parent == above);
    let mut parts: Vec<MarkPart> = below.map(|(at, one)| part(Place::Indicator(at), &one.code)).collect();
    if let Some(above) = above {
        let before: usize = rubric.indicators[..above].iter().map(|indicator| indicator.points.len()).sum();
        let points = rubric.indicators[above].points.iter().enumerate();
        parts.extend(points.map(|(at, point)| part(Place::Point(before + at), &point.code)));
    } else {
        let rules = rubric.adjustments.iter().enumerate();
        parts.extend(rules.map(|(at, rule)| part(Place::Adjustment(at), &rule.code)));
    }
    parts
}

/// The indicators above a place, the outermost first.
fn above(rubric: &Rubric, place: Place) -> Vec<ResultsIndicator> {
    let mut at = match place {
        Place::Total | Place::Adjustment(_) => None,
        Place::Indicator(at) => rubric.indicators[at].parent,
        Place::Point(point) => {
            let holder = rubric.points().nth(point).map(|(indicator, _)| indicator.code.as_str());
            rubric.indicators.iter().position(|indicator| Some(indicator.code.as_str()) == holder)
        }
    };
    let mut above = Vec::new();
    while let Some(here) = at {
        above.insert(0, choice(&rubric.indicators[here]));
        at = rubric.indicators[here].parent;
    }
    above
}
