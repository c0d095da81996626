//! What a panel's sheets come to for one unit.

use super::{Agreement, Combined, Panel, Per, Person, TOTAL, combine, limit};
use crate::merge::may_be_same;
use rubric::decimal::{is_multiple, parse, show};
use rubric::model::Rubric;
use rubric::score::{conclude_from, score_amounts};
use rubric::{Findings, Outcome, Step};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What a signed sheet says, in the order of its rubric.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetFacts {
    /// The total.
    pub total: Decimal,
    /// The grade, where the rubric has grades.
    pub grade: Option<String>,
    /// Marks of the points; none where one is unscored.
    pub points: Vec<Option<Decimal>>,
    /// Scores of the indicators.
    pub indicators: Vec<Decimal>,
    /// Scores of the categories (指标类型).
    pub categories: Vec<Decimal>,
    /// Amounts of the adjustments.
    pub adjustments: Vec<Option<Decimal>>,
    /// Decisions on conditions.
    pub limits: Vec<Option<bool>>,
}

impl SheetFacts {
    /// What an outcome says.
    #[must_use]
    pub fn of(outcome: &Outcome) -> Self {
        Self {
            total: outcome.total,
            grade: outcome.conclusion.grade.clone(),
            points: outcome.points.iter().map(|point| point.score).collect(),
            indicators: outcome.indicators.iter().map(|indicator| indicator.score).collect(),
            categories: outcome.categories.iter().map(|category| category.score).collect(),
            adjustments: outcome.adjustments.iter().map(|adjustment| adjustment.amount).collect(),
            limits: outcome.limits.iter().map(|limit| limit.present).collect(),
        }
    }

    /// How many points are unscored.
    #[must_use]
    pub fn open(&self) -> usize {
        self.points.iter().filter(|mark| mark.is_none()).count()
    }
}

/// What a member handed in for a unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Handed<'a> {
    /// Nothing.
    #[default]
    Missing,
    /// A sheet that is not finalised yet.
    Draft,
    /// A finalised sheet that nobody signed.
    Unsigned,
    /// More than one sheet: which counts, a person has to say.
    Twice(usize),
    /// A sheet of which so many signed contents contend; none when all went back to the assessor.
    Contested(usize),
    /// A signed sheet.
    Sheet(&'a SheetFacts),
}

/// Whether a member's sheet counts, and why not.
#[derive(Clone, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "kebab-case")]
pub enum Standing {
    /// It counts.
    Counted,
    /// 回避
    Recused {
        /// Why.
        reason: String,
    },
    /// The unit is the member's own; that is a recusal whether or not it was declared.
    OwnUnit,
    /// No sheet.
    Missing,
    /// Not finalised.
    Draft,
    /// Not signed.
    Unsigned,
    /// Several sheets.
    Twice {
        /// How many.
        sheets: usize,
    },
    /// Signed contents of the sheet contend, and nobody has decided.
    Contested {
        /// How many.
        sides: usize,
    },
    /// Somebody decided that no content of the sheet counts.
    Returned,
    /// Points are unscored.
    Incomplete {
        /// How many.
        open: usize,
    },
}

/// A member beside a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Whether the sheet counts.
    pub standing: Standing,
    /// Its total, where a sheet was signed.
    pub total: Option<Decimal>,
    /// Its grade.
    pub grade: Option<String>,
}

/// What a point, or an adjustment, comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct PointResult {
    /// Its code.
    pub code: String,
    /// How the marks became one.
    pub combined: Combined,
    /// What the members agreed on and is in its place.
    pub agreed: Option<Agreement>,
    /// What they agreed on and the rubric or the policy does not admit now.
    pub refused: Option<Agreement>,
    /// The mark; none while the members have to agree.
    pub mark: Option<Decimal>,
}

/// How members found a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its code.
    pub code: String,
    /// Members who found that it holds, by index.
    pub found: Vec<usize>,
    /// How many sheets counted.
    pub of: usize,
    /// What the panel finds by its policy.
    pub holds: bool,
}

/// Something to look at before the result stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Fewer sheets than the policy asks for.
    TooFew {
        /// How many count.
        counted: usize,
        /// How many are asked for.
        least: u32,
    },
    /// A mark out of line.
    Outlier {
        /// The point, or [`TOTAL`].
        code: String,
        /// Whose.
        member: usize,
        /// The mark.
        mark: Decimal,
        /// The median of the others.
        median: Decimal,
    },
    /// Members differ where they have to agree, or the mark is none that the rubric admits.
    MustAgree {
        /// The point.
        code: String,
    },
    /// An agreed mark that the rubric does not admit.
    BadAgreement {
        /// The point, or [`TOTAL`].
        code: String,
        /// The mark.
        mark: String,
    },
    /// The name of a member's organisation is like the unit's, and nobody has said whether they are one.
    MayBeOwn {
        /// Whose.
        member: usize,
    },
    /// Sheets changed since the members agreed.
    AgreedOnOthers {
        /// The point, or [`TOTAL`].
        code: String,
    },
    /// Some members found a condition and others did not.
    Split {
        /// The condition.
        code: String,
        /// How many found it.
        found: usize,
        /// Of how many.
        of: usize,
    },
    /// The counted totals lie on both sides of a grade line, those aside that were dropped at an end.
    Straddle {
        /// The line.
        line: Decimal,
    },
    /// Rounding carried the total over a grade line.
    RoundedOver {
        /// The line.
        line: Decimal,
    },
    /// What was agreed on carried the total over a grade line.
    AgreedOver {
        /// The line.
        line: Decimal,
    },
}

/// What a panel's sheets come to for one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitResult {
    /// The unit.
    pub unit: String,
    /// One for each member, in the panel's order.
    pub cells: Vec<Cell>,
    /// How many sheets count.
    pub counted: usize,
    /// The totals of the sheets that count; where each point is combined they are shown, not reckoned with.
    pub totals: Option<Combined>,
    /// What was agreed on and is in place of the total.
    pub agreed: Option<Agreement>,
    /// What was agreed on as the total and is not admitted now.
    pub refused: Option<Agreement>,
    /// Points, where each is combined.
    pub points: Vec<PointResult>,
    /// Adjustments, where points are combined.
    pub adjustments: Vec<PointResult>,
    /// Conditions that any member found.
    pub findings: Vec<Finding>,
    /// Scores of the indicators, in 28 digits where a quotient has no end.
    pub indicators: Vec<Decimal>,
    /// The total; none where there is no result yet.
    pub total: Option<Decimal>,
    /// The grade or the conclusion of a veto.
    pub grade: Option<String>,
    /// How the grade came about.
    pub conclusion: Vec<Step>,
    /// Whether a veto holds.
    pub vetoed: bool,
    /// What to look at.
    pub flags: Vec<Flag>,
}

/// Says what the sheets of a unit come to. `handed` has one element for each member, in the panel's order.
#[must_use]
pub fn judge(panel: &Panel, rubric: &Rubric, unit: &str, handed: &[Handed<'_>]) -> UnitResult {
    let standings = panel.members.iter().enumerate().map(|(member, person)| {
        let handed = handed.get(member).unwrap_or(&Handed::Missing);
        let recusal = panel.recusals.get(&(person.clone(), unit.to_owned()));
        let standing = match (recusal, handed) {
            (Some(reason), _) => Standing::Recused { reason: reason.clone() },
            _ if panel.is_own(person, unit) => Standing::OwnUnit,
            (None, handed) => standing(handed),
        };
        (standing, handed)
    });
    let (mut cells, mut counted) = (Vec::new(), Vec::new());
    for (member, (standing, handed)) in standings.enumerate() {
        let facts = match handed {
            Handed::Sheet(facts) => Some(*facts),
            _ => None,
        };
        counted.extend(facts.filter(|_| standing == Standing::Counted).map(|facts| (member, facts)));
        let (total, grade) = (facts.map(|facts| facts.total), facts.and_then(|facts| facts.grade.clone()));
        cells.push(Cell { standing, total, grade });
    }
    let sheets = Sheets { panel, rubric, unit, counted };
    let mut result = UnitResult {
        unit: unit.to_owned(),
        cells,
        counted: sheets.counted.len(),
        totals: sheets.totals(),
        agreed: None,
        refused: None,
        points: Vec::new(),
        adjustments: Vec::new(),
        findings: sheets.findings(),
        indicators: Vec::new(),
        total: None,
        grade: None,
        conclusion: Vec::new(),
        vetoed: false,
        flags: Vec::new(),
    };
    sheets.fill(&mut result);
    let counts = |(member, _): &(usize, &Person)| result.cells[*member].standing == Standing::Counted;
    let alike = panel.members.iter().enumerate().filter(counts);
    let alike = alike.filter(|(_, person)| may_be_same(&person.organisation, unit));
    let hints: Vec<Flag> = alike.map(|(member, _)| Flag::MayBeOwn { member }).collect();
    result.flags.extend(hints);
    result
}

fn standing(handed: &Handed<'_>) -> Standing {
    match handed {
        Handed::Missing => Standing::Missing,
        Handed::Draft => Standing::Draft,
        Handed::Unsigned => Standing::Unsigned,
        Handed::Twice(sheets) => Standing::Twice { sheets: *sheets },
        Handed::Contested(0) => Standing::Returned,
        Handed::Contested(sides) => Standing::Contested { sides: *sides },
        Handed::Sheet(facts) if facts.open() > 0 => Standing::Incomplete { open: facts.open() },
        Handed::Sheet(_) => Standing::Counted,
    }
}

/// The sheets of a unit that count.
struct Sheets<'a> {
    panel: &'a Panel,
    rubric: &'a Rubric,
    unit: &'a str,
    counted: Vec<(usize, &'a SheetFacts)>,
}

impl Sheets<'_> {
    fn marks(&self, of: impl Fn(&SheetFacts) -> Option<Decimal>) -> Vec<(usize, Decimal)> {
        self.counted.iter().filter_map(|(member, facts)| Some((*member, of(facts)?))).collect()
    }

    fn totals(&self) -> Option<Combined> {
        let policy = &self.panel.policy;
        let limit = limit(policy.total_outlier, self.rubric.step);
        combine(&self.marks(|facts| Some(facts.total)), policy, limit)
    }

    fn findings(&self) -> Vec<Finding> {
        let of = self.counted.len();
        let finding = |(at, (_, limit)): (usize, (&str, &rubric::model::Limit))| {
            let holds = |facts: &SheetFacts| facts.limits.get(at).copied().flatten() == Some(true);
            let found: Vec<usize> = self.counted.iter().filter(|(_, facts)| holds(facts)).map(|(m, _)| *m).collect();
            let holds = self.panel.policy.holds(found.len(), of);
            (!found.is_empty()).then(|| Finding { code: limit.code.clone(), found, of, holds })
        };
        self.rubric.limits().enumerate().filter_map(finding).collect()
    }

    /// Decisions of the panel on all conditions.
    fn limits(&self, findings: &[Finding]) -> BTreeMap<String, bool> {
        let holds = |code: &str| findings.iter().any(|finding| finding.code == code && finding.holds);
        self.rubric.limits().map(|(_, limit)| (limit.code.clone(), holds(&limit.code))).collect()
    }

    fn fill(&self, result: &mut UnitResult) {
        let policy = &self.panel.policy;
        let split = |finding: &&Finding| finding.found.len() < finding.of;
        let splits = result.findings.iter().filter(split).map(|finding| Flag::Split {
            code: finding.code.clone(),
            found: finding.found.len(),
            of: finding.of,
        });
        result.flags.extend(splits);
        if let Some(totals) = &result.totals {
            result.flags.extend(outliers(TOTAL, totals));
        }
        if result.counted < usize::try_from(policy.least).unwrap_or(usize::MAX) {
            result.flags.insert(0, Flag::TooFew { counted: result.counted, least: policy.least });
            return;
        }
        match policy.per {
            Per::Total => self.by_total(result),
            Per::Point => self.by_points(result),
        }
        if let (Some(total), Some(totals)) = (result.total, &result.totals) {
            let (lowest, highest) = (totals.kept().first(), totals.kept().last());
            let (lowest, highest) = (lowest.map_or(total, |mark| mark.value), highest.map_or(total, |mark| mark.value));
            let straddled = self.rubric.grades.iter().map(|grade| grade.at_least);
            let straddled = straddled.filter(|line| lowest < *line && *line <= highest);
            result.flags.extend(straddled.map(|line| Flag::Straddle { line }));
        }
    }

    /// Combines totals; the indicators are combined for the conclusion only, without rounding.
    fn by_total(&self, result: &mut UnitResult) {
        let Some(totals) = &result.totals else { return };
        let computed = totals.value;
        let settled = self.settled(TOTAL, totals, &mut result.flags);
        (result.agreed, result.refused) = (settled.agreed, settled.refused);
        let (Some(computed), Some(total)) = (computed, settled.mark.or(computed)) else { return };
        let quotient = |at: usize| {
            let marks = self.marks(|facts| facts.indicators.get(at).copied());
            combine(&marks, &self.panel.policy, None).map(|combined| combined.quotient()).unwrap_or_default()
        };
        result.indicators = (0..self.rubric.indicators.len()).map(quotient).collect();
        // A panel under its own limits: what takes marks has acted in each sheet already.
        let conclusion = conclude_from(self.rubric, &result.indicators, total, &self.limits(&result.findings));
        let exact = totals.quotient();
        result.flags.extend(self.crossed(exact, computed).map(|line| Flag::RoundedOver { line }));
        result.flags.extend(self.crossed(computed, total).map(|line| Flag::AgreedOver { line }));
        result.total = Some(total);
        result.vetoed = !conclusion.vetoes.is_empty();
        result.grade = conclusion.grade;
        result.conclusion = conclusion.trace;
    }

    /// Combines every point; the rest follows by the rubric's own sums and conditions.
    fn by_points(&self, result: &mut UnitResult) {
        let outlier = limit(self.panel.policy.point_outlier, self.rubric.step);
        for (at, (_, point)) in self.rubric.points().enumerate() {
            let marks = self.marks(|facts| facts.points.get(at).copied().flatten());
            let Some(combined) = combine(&marks, &self.panel.policy, outlier) else { continue };
            result.flags.extend(outliers(&point.code, &combined));
            let admitted = |mark: &Decimal| rubric::score::check_mark(self.rubric, point, *mark).is_ok();
            let computed = combined.value.filter(admitted);
            result.points.push(self.point(&point.code, combined, computed, &mut result.flags));
        }
        for (at, rule) in self.rubric.adjustments.iter().enumerate() {
            let marks = self.marks(|facts| facts.adjustments.get(at).copied().flatten());
            let Some(combined) = combine(&marks, &self.panel.policy, None) else { continue };
            let computed = combined.value;
            result.adjustments.push(self.point(&rule.code, combined, computed, &mut result.flags));
        }
        let all = || result.points.iter().chain(&result.adjustments);
        if all().any(|point| point.mark.is_none()) {
            return;
        }
        let outcome = self.outcome(result, |point| point.mark);
        if all().any(|point| point.agreed.is_some()) && all().all(|point| point.combined.value.is_some()) {
            let before = self.outcome(result, |point| point.combined.value);
            result.flags.extend(self.crossed(before.total, outcome.total).map(|line| Flag::AgreedOver { line }));
        }
        result.indicators = outcome.indicators.iter().map(|indicator| indicator.score).collect();
        result.total = Some(outcome.total);
        result.vetoed = !outcome.conclusion.vetoes.is_empty();
        result.grade = outcome.conclusion.grade;
        result.conclusion = outcome.conclusion.trace;
    }

    /// What follows from marks of the points and amounts of the adjustments.
    fn outcome(&self, result: &UnitResult, mark: impl Fn(&PointResult) -> Option<Decimal>) -> Outcome {
        let mut findings = Findings { limits: self.limits(&result.findings), ..Findings::default() };
        let marks = result.points.iter().filter_map(|point| Some((point.code.clone(), mark(point)?)));
        findings.points = marks.map(|(code, mark)| (code, rubric::Finding::mark(mark))).collect();
        let amounts = result.adjustments.iter().filter_map(|rule| Some((rule.code.clone(), mark(rule)?))).collect();
        score_amounts(self.rubric, &findings, &amounts)
    }

    /// A point or an adjustment: what was agreed on, else what was computed and is admitted.
    fn point(&self, code: &str, combined: Combined, computed: Option<Decimal>, flags: &mut Vec<Flag>) -> PointResult {
        let settled = self.settled(code, &combined, flags);
        let mark = settled.mark.or(computed);
        if mark.is_none() {
            flags.push(Flag::MustAgree { code: code.to_owned() });
        }
        PointResult { code: code.to_owned(), combined, agreed: settled.agreed, refused: settled.refused, mark }
    }

    /// What was agreed on at a place; says when the sheets have changed since, and when it is not admitted.
    fn settled(&self, code: &str, combined: &Combined, flags: &mut Vec<Flag>) -> Settled {
        let Some(agreed) = self.panel.agreed(self.unit, code) else { return Settled::default() };
        if agreed.given != given(self.panel, combined) {
            flags.push(Flag::AgreedOnOthers { code: code.to_owned() });
        }
        let fits = |mark: &Decimal| check_agreed(self.rubric, self.panel.policy.step, code, *mark).is_ok();
        match parse(&agreed.mark).filter(fits) {
            mark @ Some(_) => Settled { mark, agreed: Some(agreed.clone()), refused: None },
            None => {
                flags.push(Flag::BadAgreement { code: code.to_owned(), mark: agreed.mark.clone() });
                Settled { refused: Some(agreed.clone()), ..Settled::default() }
            }
        }
    }

    /// Grade lines between two totals.
    fn crossed(&self, one: Decimal, other: Decimal) -> impl Iterator<Item = Decimal> {
        let (low, high) = (one.min(other), one.max(other));
        self.rubric.grades.iter().map(|grade| grade.at_least).filter(move |line| low < *line && *line <= high)
    }
}

/// What members agreed on at a place.
#[derive(Default)]
struct Settled {
    mark: Option<Decimal>,
    agreed: Option<Agreement>,
    refused: Option<Agreement>,
}

/// Why a mark cannot be agreed on.
#[derive(Clone, Debug, PartialEq)]
pub enum Unfit {
    /// The point does not admit it.
    Point(rubric::MarkError),
    /// It is no multiple of the policy's step.
    Step,
    /// It lies outside of what a total, or an adjustment, can come to.
    Range {
        /// The least.
        least: Decimal,
        /// The most.
        most: Decimal,
    },
}

/// Checks a mark that members agree on for a point, an adjustment or [`TOTAL`].
///
/// # Errors
/// Why it cannot be agreed on.
pub fn check_agreed(rubric: &Rubric, step: Decimal, code: &str, mark: Decimal) -> Result<(), Unfit> {
    if let Some((_, point)) = rubric.point(code) {
        return rubric::score::check_mark(rubric, point, mark).map_err(Unfit::Point);
    }
    let adjustment = rubric.adjustment(code).map(rubric::model::Adjustment::range);
    let (least, most) = adjustment.unwrap_or_else(|| (Decimal::ZERO, rubric.highest_total()));
    match (least..=most).contains(&mark) {
        false => Err(Unfit::Range { least, most }),
        true if is_multiple(mark, step) => Ok(()),
        true => Err(Unfit::Step),
    }
}

/// A person as an agreement names them.
pub(super) fn shown(person: &Person) -> String {
    format!("{}（{}）", person.name, person.organisation)
}

/// Marks by member, as an agreement keeps them.
#[must_use]
pub fn given(panel: &Panel, combined: &Combined) -> BTreeMap<String, String> {
    let name = |member: usize| panel.members.get(member).map(shown).unwrap_or_default();
    combined.marks.iter().map(|mark| (name(mark.member), show(mark.value))).collect()
}

fn outliers<'a>(code: &'a str, combined: &'a Combined) -> impl Iterator<Item = Flag> + 'a {
    combined.outliers.iter().filter_map(move |(member, twice)| {
        let mark = combined.marks.iter().find(|mark| mark.member == *member)?.value;
        Some(Flag::Outlier { code: code.to_owned(), member: *member, mark, median: *twice / Decimal::TWO })
    })
}
