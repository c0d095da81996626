//! Scoring one point: its parts, their sum, its limits, and a mark in place of it.

use crate::decimal::{is_small, show};
use crate::error::MarkError;
use crate::finding::{Conformity, Counted, EntryFinding, Finding, Findings, PartFinding};
use crate::formula::{Exact, Open};
use crate::legal::{LegalMarks, most_counted};
use crate::model::{
    Band, Base, Basis, Effect, EntryItem, Limit, Measure, Part, PartialStep, Point, Rounding, Rubric, Rule, Scope, Side,
};
use crate::quantities::Quantities;
use crate::score::{PointScore, check_mark};
use crate::trace::{Measurement, Reason, Step};
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Longest list of achievements of one part.
const MOST_ENTRIES: usize = 200;

/// Everything that scoring a point or an adjustment needs.
pub(crate) struct Scorer<'a> {
    pub(crate) rubric: &'a Rubric,
    pub(crate) findings: &'a Findings,
    pub(crate) quantities: Quantities<'a>,
}

/// What one part gives.
struct PartScore {
    /// Whether something is missing.
    open: bool,
    /// The steps, with amounts before the sign.
    steps: Vec<(Reason, Option<Decimal>, Option<String>)>,
    /// Whether it stands against the quantities and needs a reason.
    overridden: bool,
}

impl PartScore {
    fn open(reason: Reason) -> Self {
        Self { open: true, steps: vec![(reason, None, None)], overridden: false }
    }

    fn given(amount: Decimal, reason: Reason) -> Self {
        Self { open: false, steps: vec![(reason, Some(amount), None)], overridden: false }
    }
}

/// What parts add up to.
pub(crate) struct Sum {
    /// The sum so far.
    pub(crate) sum: Decimal,
    pub(crate) complete: bool,
    pub(crate) overridden: bool,
    pub(crate) deducted: bool,
    pub(crate) trace: Vec<Step>,
    pub(crate) missing: Vec<Step>,
}

impl Scorer<'_> {
    /// What was recorded for a point's rules, and a mark that stands in place of what follows from it.
    pub(crate) fn recorded(&self, point: &Point) -> (Cow<'_, Finding>, Option<Decimal>) {
        match self.findings.points.get(&point.code) {
            // A mark for a point of one judged part is that part's finding, so the trace can name its rule.
            Some(Finding { parts, mark: Some(mark) }) if parts.is_empty() && point.is_judged() => {
                (Cow::Owned(Finding::parts(vec![Some(PartFinding::Mark(*mark))])), None)
            }
            Some(finding) => (Cow::Borrowed(finding), finding.mark),
            None => (Cow::Owned(Finding::default()), None),
        }
    }

    pub(crate) fn point(&self, point: &Point) -> Result<PointScore, MarkError> {
        let (recorded, mark) = self.recorded(point);
        if recorded.parts.len() != point.parts.len() && !recorded.parts.is_empty() {
            let expected = point.parts.len().to_string();
            return Err(MarkError::WrongFinding { point: point.code.clone(), expected });
        }
        let mut score = self.derive(point, &recorded)?;
        if let Some(mark) = mark {
            self.replace(point, mark, &mut score)?;
        }
        Ok(score)
    }

    /// The mark that follows from findings and quantities.
    fn derive(&self, point: &Point, finding: &Finding) -> Result<PointScore, MarkError> {
        let holds_and_empties =
            |limit: &Limit| empties(&limit.effect) && matches!(self.limit(&point.code, limit), Ok((Some(true), _)));
        let emptied = point.limits.iter().any(holds_and_empties);
        if !emptied && self.is_untouched(point, finding) {
            return Ok(PointScore::unscored(point));
        }
        let sum = self.parts(&point.code, &point.parts, &finding.parts, base(point))?;
        let mut mark = sum.sum.clamp(Decimal::ZERO, point.max);
        let mut score = PointScore {
            trace: sum.trace,
            missing: sum.missing,
            deducted: sum.deducted,
            overridden: sum.overridden,
            ..PointScore::blank(point)
        };
        if mark != sum.sum && (sum.complete || emptied) {
            let reason = Reason::Clamped { sum: show(sum.sum) };
            score.trace.push(Step::amount(&point.text, reason, mark - sum.sum, mark));
        }
        score.max = if finding.parts == [Some(PartFinding::Conform(Conformity::NotApplicable))] {
            Decimal::ZERO
        } else {
            point.max
        };
        self.apply_limits(point, &mut mark, &mut score)?;
        score.derived = Some(mark).filter(|_| sum.complete || emptied);
        if emptied {
            score.missing.clear();
        }
        score.score = score.derived;
        Ok(score)
    }

    /// Applies the conditions of a point to its mark, in their order.
    fn apply_limits(&self, point: &Point, mark: &mut Decimal, score: &mut PointScore) -> Result<(), MarkError> {
        for limit in &point.limits {
            let before = *mark;
            let (present, mut steps) = self.limit(&point.code, limit)?;
            if let (None, Some(when)) = (present, &limit.when) {
                let open = when.holds(&|name| self.quantities.at(&point.code, name)).err();
                let open = open.map(|open| Step::remark(&limit.text, open_reason(open)).on(limit.reading.as_ref()));
                score.missing.extend(open);
            }
            let (after, reason) = limited(&limit.effect, present, before, Scope::Point);
            *mark = after;
            score.deducted |= after < before;
            score.vetoed |= present == Some(true) && empties(&limit.effect);
            let mut step = Step::remark(&limit.text, reason).on(limit.reading.as_ref());
            step.amount = Some(after - before).filter(|change| !change.is_zero());
            step.running = Some(after);
            score.trace.append(&mut steps);
            score.trace.push(step);
        }
        Ok(())
    }

    /// Whether nothing was recorded for a point, and no quantity recorded elsewhere decides it.
    fn is_untouched(&self, point: &Point, finding: &Finding) -> bool {
        let measured = point.parts.iter().any(|part| matches!(part.rule, Rule::Measure(_) | Rule::Band { .. }));
        finding.parts.iter().all(Option::is_none)
            && !self.findings.quantities.contains_key(&point.code)
            && !(measured && self.is_determined(point))
    }

    /// Whether every part that depends on quantities alone is determined.
    fn is_determined(&self, point: &Point) -> bool {
        point.parts.iter().all(|part| match &part.rule {
            Rule::Measure(measure) => measure.of.value(&|name| self.quantities.at(&point.code, name)).is_ok(),
            Rule::Band { bands, suggests: false, .. } => {
                matches!(self.choose(&point.code, bands), Ok(Some(band)) if band.from == band.to)
            }
            _ => false,
        })
    }

    /// Puts a mark in place of the derived one.
    fn replace(&self, point: &Point, mark: Decimal, score: &mut PointScore) -> Result<(), MarkError> {
        check_mark(self.rubric, point, mark)?;
        let note = self.findings.reasons.get(&point.code).cloned().unwrap_or_default();
        let mut mark = mark;
        match score.derived {
            Some(derived) if derived == mark => return Ok(()),
            Some(derived) => {
                let reason = Reason::Overridden { derived: show(derived), mark: show(mark), note };
                score.trace.push(Step::amount(&point.text, reason, mark - derived, mark));
                score.overridden = true;
            }
            None => {
                let reason = Reason::Direct { mark: show(mark), note };
                score.trace = vec![Step::amount(&point.text, reason, mark, mark)];
                score.overridden |= self.findings.direct_needs_reason;
                score.direct = true;
                // Whoever marks from paper need not decide the conditions, but those that are decided act.
                if point.limits.iter().any(|limit| matches!(self.limit(&point.code, limit), Ok((Some(_), _)))) {
                    self.apply_limits(point, &mut mark, score)?;
                }
            }
        }
        score.deducted = mark < point.max && point.base == Base::Full;
        score.missing.clear();
        score.score = Some(mark);
        Ok(())
    }

    /// Adds up parts from a base.
    pub(crate) fn parts(
        &self,
        code: &str,
        parts: &[Part],
        findings: &[Option<PartFinding>],
        base: Option<(Decimal, &str)>,
    ) -> Result<Sum, MarkError> {
        let mut all = Sum {
            sum: Decimal::ZERO,
            complete: true,
            overridden: false,
            deducted: false,
            trace: Vec::new(),
            missing: Vec::new(),
        };
        if let Some((max, sentence)) = base {
            all.sum = max;
            all.trace.push(Step::amount(sentence, Reason::FromFull { max: show(max) }, max, max));
        }
        for (index, part) in parts.iter().enumerate() {
            let finding = findings.get(index).and_then(Option::as_ref);
            let given = self.part(code, part, finding)?;
            all.complete &= !given.open;
            all.overridden |= given.overridden;
            for (reason, amount, sentence) in given.steps {
                let sentence = sentence.as_ref().unwrap_or(&part.sentence);
                let mut step = Step::remark(sentence, reason).on(part.reading.as_ref());
                if let Some(amount) = amount {
                    let signed = if part.takes { -amount } else { amount };
                    all.deducted |= signed.is_sign_negative() && !signed.is_zero();
                    all.sum += signed;
                    step.amount = Some(signed);
                } else if given.open {
                    all.missing.push(step.clone());
                }
                step.running = Some(all.sum);
                all.trace.push(step);
            }
        }
        Ok(all)
    }

    fn part(&self, code: &str, part: &Part, finding: Option<&PartFinding>) -> Result<PartScore, MarkError> {
        match &part.rule {
            Rule::Measure(measure) => match finding {
                None => Ok(self.measure(code, measure, part.takes)),
                Some(_) => Err(wrong(code, part)),
            },
            Rule::Band { bands, suggests, .. } => self.band(code, part, bands, *suggests, finding),
            _ => match finding {
                None => Ok(PartScore::open(Reason::Unscored)),
                Some(finding) => self.judged(code, part, finding),
            },
        }
    }

    /// A part that the assessor's finding alone decides.
    fn judged(&self, code: &str, part: &Part, finding: &PartFinding) -> Result<PartScore, MarkError> {
        let (amount, reason) = match (&part.rule, finding) {
            (Rule::Award { to, basis, .. }, PartFinding::Mark(mark)) => (*mark, judged_reason(*basis, *mark, *to)),
            (Rule::Range { from, to }, PartFinding::Mark(mark)) => {
                let reason = Reason::RangeJudged { mark: show(*mark), from: show(*from), to: show(*to) };
                (*mark, if mark.is_zero() { Reason::RangeUnused } else { reason })
            }
            (Rule::Check { amount }, PartFinding::Met(met)) => {
                (if *met { *amount } else { Decimal::ZERO }, check_reason(*met, part.takes))
            }
            (Rule::Check { .. }, PartFinding::Mark(mark)) => (*mark, check_reason(!mark.is_zero(), part.takes)),
            (Rule::Count { amount, items, open, unit }, PartFinding::Count(counted)) => {
                counted_amount(*amount, items, *open, unit, counted).ok_or_else(|| wrong(code, part))?
            }
            (Rule::Entries { .. }, PartFinding::Entries(entries)) => return self.entries(code, part, entries),
            (Rule::Conform { amount, .. }, PartFinding::Conform(conformity)) => match conformity {
                Conformity::Yes => (*amount, Reason::Conforms),
                Conformity::Partly => (Decimal::ZERO, Reason::ConformsPartly),
                Conformity::No => (Decimal::ZERO, Reason::DoesNotConform),
                Conformity::NotApplicable => (Decimal::ZERO, Reason::NotApplicable),
            },
            _ => return Err(wrong(code, part)),
        };
        if matches!(part.rule, Rule::Count { .. }) {
            return Ok(PartScore::given(amount, reason)); // clamped with the point
        }
        self.check_part(code, part, amount)?;
        Ok(PartScore::given(amount, reason))
    }

    fn check_part(&self, code: &str, part: &Part, amount: Decimal) -> Result<(), MarkError> {
        check_legal(self.rubric, code, part.legal.highest(), &part.legal, amount, &part.sentence)
    }

    /// Achievements: base × coefficient, summed and capped by item, then as a whole.
    fn entries(&self, code: &str, part: &Part, entries: &[EntryFinding]) -> Result<PartScore, MarkError> {
        let Rule::Entries { items, coefficients, each_most, most } = &part.rule else {
            return Err(wrong(code, part));
        };
        let known = |entry: &EntryFinding| usize::try_from(entry.item).is_ok_and(|item| item < items.len());
        let fits = |e: &EntryFinding| known(e) && is_small(e.base) && !e.base.is_sign_negative();
        if entries.len() > MOST_ENTRIES || !entries.iter().all(fits) {
            return Err(wrong(code, part));
        }
        if entries.is_empty() {
            return Ok(PartScore::given(Decimal::ZERO, Reason::NoEntries));
        }
        let mut steps = Vec::new();
        let mut sum = Decimal::ZERO;
        for (index, item) in items.iter().enumerate() {
            let of_item: Vec<&EntryFinding> =
                entries.iter().filter(|entry| usize::try_from(entry.item) == Ok(index)).collect();
            if of_item.is_empty() {
                continue;
            }
            let raw: Decimal = of_item.iter().map(|entry| entry.base * item.coefficient).sum();
            let amount = each_most.map_or(raw, |most| raw.min(most));
            let (list, name) = (entry_list(&of_item, item, *coefficients), item.name.clone());
            let reason = if amount == raw {
                Reason::Entries { item: name, list, sum: show(raw) }
            } else {
                Reason::EntriesCapped { item: name, list, sum: show(raw), most: show(amount) }
            };
            sum += amount;
            steps.push((reason, Some(amount), None));
        }
        if sum > *most {
            let reason = Reason::EntriesAllCapped { sum: show(sum), most: show(*most) };
            steps.push((reason, Some(*most - sum), None));
            sum = *most;
        }
        self.check_part(code, part, sum)?;
        Ok(PartScore { open: false, steps, overridden: false })
    }

    /// The band that the quantities choose; `None` where bands have no conditions.
    fn choose<'b>(&self, code: &str, bands: &'b [Band]) -> Result<Option<&'b Band>, Open> {
        if bands.iter().all(|band| band.when.is_none()) {
            return Ok(None);
        }
        for band in bands {
            let Some(when) = &band.when else {
                return Ok(Some(band));
            };
            if when.holds(&|name| self.quantities.at(code, name))? {
                return Ok(Some(band));
            }
        }
        Ok(None)
    }

    fn band(
        &self,
        code: &str,
        part: &Part,
        bands: &[Band],
        suggests: bool,
        finding: Option<&PartFinding>,
    ) -> Result<PartScore, MarkError> {
        let chosen = self.choose(code, bands);
        let mut names = BTreeSet::new();
        bands.iter().filter_map(|b| b.when.as_ref()).for_each(|when| when.names(&mut names));
        let values = self.quantities.words(code, &names);
        let mark = match finding {
            Some(PartFinding::Mark(mark)) => *mark,
            Some(_) => return Err(wrong(code, part)),
            None => {
                return Ok(match chosen {
                    Ok(Some(band)) if band.from == band.to && !suggests => {
                        let reason = band_measured(band, band.from, values);
                        PartScore::given(band.from, reason).by(band)
                    }
                    Ok(Some(band)) => {
                        let (from, to) = (show(band.from), show(band.to));
                        PartScore::open(Reason::BandOpen { from, to, values }).by(band)
                    }
                    Ok(None) => PartScore::open(Reason::Unscored),
                    Err(open) => PartScore::open(open_reason(open)),
                });
            }
        };
        self.check_part(code, part, mark)?;
        let own = bands.iter().find(|band| contains(band, mark));
        let (from, to) = own.map_or((mark, mark), |band| (band.from, band.to));
        let score = match chosen {
            Ok(Some(band)) if suggests => {
                let (from, to) = (show(band.from), show(band.to));
                PartScore::given(mark, Reason::BandSuggested { mark: show(mark), from, to, values })
            }
            Ok(Some(band)) if contains(band, mark) => PartScore::given(mark, band_measured(band, mark, values)),
            Ok(Some(band)) => {
                let note = self.findings.reasons.get(code).cloned().unwrap_or_default();
                let (from, to) = (show(band.from), show(band.to));
                let reason = Reason::BandOverridden { mark: show(mark), from, to, values, note };
                let mut score = PartScore::given(mark, reason);
                score.overridden = true;
                score
            }
            Ok(None) | Err(_) => {
                let (mark_text, from, to) = (show(mark), show(from), show(to));
                PartScore::given(mark, Reason::InBand { mark: mark_text, from, to })
            }
        };
        Ok(match own {
            Some(band) => score.by(band),
            None => score,
        })
    }

    /// The value of a formula against its line.
    fn measure(&self, code: &str, measure: &Measure, takes: bool) -> PartScore {
        let value = match measure.of.value(&|name| self.quantities.at(code, name)) {
            Ok(value) => value,
            Err(open) => return PartScore::open(open_reason(open)),
        };
        let mut names = BTreeSet::new();
        measure.of.names(&mut names);
        let of = Measurement {
            values: self.quantities.words(code, &names),
            formula: measure.of.text().to_owned(),
            value: value.related(),
            unit: measure.unit.clone(),
            line: show(measure.line),
        };
        let beyond = match measure.side {
            Side::AtLeast => Exact::from(measure.line).minus(&value),
            Side::AtMost => value.minus(&measure.line.into()),
        };
        if !beyond.is_positive() {
            return PartScore::given(measure.award, Reason::MeasureReached(of));
        }
        let most = if takes { Decimal::from(u32::MAX) } else { measure.award };
        let (lost, reason) = beyond_line(measure, of, &beyond, most, self.rubric.step);
        if takes {
            return PartScore::given(lost, reason);
        }
        // First what the line would give, then what is missing to it.
        let lost = lost.min(measure.award);
        let at_line =
            Reason::MeasureBase { line: show(measure.line), unit: measure.unit.clone(), award: show(measure.award) };
        let steps = vec![(at_line, Some(measure.award), None), (reason, Some(-lost), None)];
        PartScore { open: false, steps, overridden: false }
    }

    /// Whether a limit holds, by its quantities or by the assessor's decision, and the step that says how.
    pub(crate) fn limit(&self, place: &str, limit: &Limit) -> Result<(Option<bool>, Vec<Step>), MarkError> {
        let decided = self.findings.limits.get(&limit.code).copied();
        let Some(when) = &limit.when else {
            return Ok((decided, Vec::new()));
        };
        let Ok(holds) = when.holds(&|name| self.quantities.at(place, name)) else {
            return Ok((decided, Vec::new()));
        };
        if decided.is_some_and(|decided| decided != holds) {
            let condition = when.text().to_owned();
            return Err(MarkError::Contradicted { point: limit.code.clone(), condition });
        }
        let mut names = BTreeSet::new();
        when.names(&mut names);
        let values = self.quantities.words(place, &names);
        let reason = Reason::LimitMeasured { condition: when.text().to_owned(), values };
        Ok((Some(holds), vec![Step::remark(&limit.text, reason).on(limit.reading.as_ref())]))
    }
}

impl PartScore {
    /// The same, resting on the sentence of a band.
    fn by(mut self, band: &Band) -> Self {
        for (_, _, sentence) in &mut self.steps {
            *sentence = Some(band.sentence.clone());
        }
        self
    }
}

/// What lies beyond the line costs (at most `most`, where it is in proportion), and why.
fn beyond_line(measure: &Measure, of: Measurement, beyond: &Exact, most: Decimal, step: Decimal) -> (Decimal, Reason) {
    let (every, each, shown) = (show(measure.every), show(measure.amount), beyond.show());
    // More steps than a number holds take all marks anyway.
    let times = |up| beyond.times(measure.every, up, u32::MAX);
    let cost = |steps: u32| measure.amount * Decimal::from(steps);
    match measure.partial_step {
        PartialStep::Prorate(rounding) => {
            let half_up = rounding == Rounding::HalfUp;
            let lost = beyond.prorated(measure.every, measure.amount, step, half_up, most);
            (lost, Reason::MeasureProrated { of, beyond: shown, every, each })
        }
        PartialStep::Count => {
            let steps = times(true);
            (cost(steps), Reason::MeasureStarted { of, beyond: shown, every, steps, each })
        }
        PartialStep::Ignore => {
            let steps = times(false);
            (cost(steps), Reason::MeasureBeyond { of, beyond: shown, every, steps, each })
        }
    }
}

/// Where counting begins, with its sentence, when it is not zero.
fn base(point: &Point) -> Option<(Decimal, &str)> {
    (point.base == Base::Full).then_some((point.max, point.text.as_str()))
}

/// Whether an effect leaves nothing of a point.
fn empties(effect: &Effect) -> bool {
    matches!(effect, Effect::Zero | Effect::Veto { scope: Scope::Point, .. })
}

/// What a limit leaves of a mark, and why. A veto that takes the marks of something else (not of what it stands
/// under, `here`) leaves them all.
pub(crate) fn limited(effect: &Effect, present: Option<bool>, mark: Decimal, here: Scope) -> (Decimal, Reason) {
    let sum = show(mark);
    match (present, effect) {
        (None, _) => (mark, Reason::LimitOpen),
        (Some(false), _) => (mark, Reason::LimitAbsent),
        (Some(true), Effect::Zero) => (Decimal::ZERO, Reason::LimitZero { sum }),
        (Some(true), Effect::Cap(most)) if mark <= *most => (mark, Reason::LimitCapUnused { sum, cap: show(*most) }),
        (Some(true), Effect::Cap(most)) => (*most, Reason::LimitCap { sum, cap: show(*most) }),
        (Some(true), Effect::Veto { conclusion, scope }) => {
            let after = if *scope == here { Decimal::ZERO } else { mark };
            (after, Reason::LimitVeto { conclusion: conclusion.clone(), sum })
        }
    }
}

fn wrong(code: &str, part: &Part) -> MarkError {
    MarkError::WrongFinding { point: code.to_owned(), expected: part.legal.words() }
}

fn open_reason(open: Open) -> Reason {
    match open {
        Open::Missing(names) => Reason::QuantityMissing { names: names.into_iter().collect::<Vec<_>>().join("、") },
        Open::ZeroDenominator(formula) => Reason::ZeroDenominator { formula },
        Open::TooLarge(formula) => Reason::FormulaTooLarge { formula },
    }
}

fn contains(band: &Band, mark: Decimal) -> bool {
    band.from <= mark && mark <= band.to
}

fn band_measured(band: &Band, mark: Decimal, values: String) -> Reason {
    Reason::BandMeasured { mark: show(mark), from: show(band.from), to: show(band.to), values }
}

fn judged_reason(basis: Basis, mark: Decimal, to: Decimal) -> Reason {
    let (mark, max) = (show(mark), show(to));
    match basis {
        Basis::Graded => Reason::Judged { mark, max },
        Basis::Unstated => Reason::JudgedUnstated { mark, max },
    }
}

fn check_reason(met: bool, takes: bool) -> Reason {
    match (met, takes) {
        (true, false) => Reason::Present,
        (false, false) => Reason::Absent,
        (true, true) => Reason::Deducted,
        (false, true) => Reason::NotDeducted,
    }
}

fn counted_amount(
    amount: Decimal,
    items: &[String],
    open: bool,
    unit: &str,
    counted: &Counted,
) -> Option<(Decimal, Reason)> {
    let names: Option<Vec<&str>> = counted
        .items
        .iter()
        .map(|index| usize::try_from(*index).ok().and_then(|index| items.get(index)).map(String::as_str))
        .collect();
    let names = names?;
    let listed = u32::try_from(names.len()).ok()?;
    let number = listed.checked_add(counted.more).filter(|number| *number <= most_counted(items, open))?;
    if number == 0 {
        return Some((Decimal::ZERO, Reason::NothingCounted));
    }
    let reason = Reason::Counted { number, unit: unit.to_owned(), each: show(amount), items: names.join("、") };
    Some((amount * Decimal::from(number), reason))
}

fn entry_list(entries: &[&EntryFinding], item: &EntryItem, coefficients: bool) -> String {
    let one = |entry: &&EntryFinding| {
        let amount =
            if coefficients { format!("{} × {}", show(entry.base), show(item.coefficient)) } else { show(entry.base) };
        if entry.title.is_empty() { amount } else { format!("{} {amount}", entry.title) }
    };
    entries.iter().map(one).collect::<Vec<_>>().join("、")
}

/// Refuses a mark that is negative, above the full marks, off the step, or none that the rule gives.
pub(crate) fn check_legal(
    rubric: &Rubric,
    code: &str,
    max: Decimal,
    legal: &LegalMarks,
    mark: Decimal,
    sentence: &str,
) -> Result<(), MarkError> {
    let (point, found) = (code.to_owned(), show(mark));
    if mark.is_sign_negative() && !mark.is_zero() {
        return Err(MarkError::Negative { point, found, max: show(max) });
    }
    if mark > max {
        return Err(MarkError::AboveMax { point, found, max: show(max) });
    }
    if !legal.on_step(mark) {
        let sentence = rubric.step_sentence.clone().unwrap_or_default();
        return Err(MarkError::OffStep { point, found, step: show(rubric.step), sentence, near: legal.near(mark) });
    }
    if !legal.contains(mark) {
        let sentence = sentence.to_owned();
        return Err(MarkError::NotLegal { point, found, legal: legal.words(), sentence });
    }
    Ok(())
}
