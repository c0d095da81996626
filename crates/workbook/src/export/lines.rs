//! The rows of the sheets as texts.

use crate::layout::{self, BAND, ITEM, Kind, LEVELS, Sheet, shown};
use rubric::Rubric;
use rubric::decimal::show;
use rubric::model::{Adjustment, Effect, Indicator, Limit, Measure, Part, PartialStep, Point, Rule};
use rust_decimal::Decimal;

/// A row of a sheet: its columns with their texts; blank ones are left out.
#[derive(Default)]
pub struct Line {
    pub cells: Vec<(&'static str, String)>,
    /// The level that begins in this row, and how many rows belong to it.
    pub level: Option<(usize, u32)>,
}

impl Line {
    fn text(mut self, key: &'static str, text: &str) -> Self {
        if !text.is_empty() {
            self.cells.push((key, text.to_owned()));
        }
        self
    }

    fn optional(self, key: &'static str, text: Option<&String>) -> Self {
        self.text(key, text.map_or("", String::as_str))
    }

    fn number(self, key: &'static str, number: impl Into<Option<Decimal>>) -> Self {
        self.text(key, &number.into().map(show).unwrap_or_default())
    }

    fn texts(self, key: &'static str, texts: &[String]) -> Self {
        self.text(key, &texts.join("\n"))
    }

    fn flag(self, key: &'static str, flag: bool) -> Self {
        self.text(key, if flag { shown(layout::FLAGS, "true") } else { "" })
    }

    /// A word of a column's list.
    fn word(self, sheet: &Sheet, key: &'static str, word: impl Into<&'static str>) -> Self {
        match sheet.columns[usize::from(sheet.at(key))].kind {
            Kind::Word(words) => self.text(key, shown(words, word.into())),
            _ => unreachable!("only columns with a list have words"),
        }
    }
}

/// 基本信息 of the template: what is the same in every rubric.
pub fn empty_info() -> Line {
    Line::default().text("format", "1")
}

/// 基本信息, by the keys of its rows.
pub fn info(rubric: &Rubric) -> Line {
    let source = &rubric.source;
    let mut line = empty_info()
        .text("id", &rubric.id)
        .text("edition", &rubric.edition)
        .text("title", &rubric.title)
        .text("title_en", &rubric.title_en)
        .word(&layout::INFO, "shape", rubric.shape)
        .number("total", rubric.total)
        .number("step", rubric.step)
        .optional("step_sentence", rubric.step_sentence.as_ref())
        .text("document", &source.document)
        .optional("issuer", source.issuer.as_ref())
        .optional("number", source.number.as_ref())
        .optional("date", source.date.as_ref())
        .texts("parts", &source.parts);
    if let Some(period) = &rubric.period {
        line = line.number("period_years", Decimal::from(period.years)).text("period_sentence", &period.sentence);
    }
    if let Some(local) = &rubric.local {
        line = line
            .flag("local_grades", local.grades)
            .flag("local_weights", local.weights)
            .text("local_sentence", &local.sentence);
    }
    if let Some(parent) = &rubric.parent {
        line = line
            .text("parent_id", &parent.id)
            .text("parent_edition", &parent.edition)
            .text("parent_digest", &parent.digest);
    }
    line
}

/// The rows of every other sheet.
pub fn tables(rubric: &Rubric) -> Vec<(&'static Sheet, Vec<Line>)> {
    let (rules, limits) = (rules(rubric), limits(rubric));
    let lines = [
        tree(rubric),
        rules,
        limits,
        grades(rubric),
        rubric.adjustments.iter().map(adjustment).collect(),
        quantities(rubric),
        conversions(rubric),
        categories(rubric),
        readings(rubric),
        notes(rubric),
    ];
    layout::TABLES.into_iter().zip(lines).collect()
}

/// A row for each indicator and each point; the level columns of an indicator span all that belongs to it.
fn tree(rubric: &Rubric) -> Vec<Line> {
    let indicators = &rubric.indicators;
    let mut lines = Vec::new();
    for (index, indicator) in indicators.iter().enumerate() {
        let below = indicators[index + 1..].iter().take_while(|below| below.level > indicator.level);
        let rows = 1 + indicator.points.len() + below.map(|below| 1 + below.points.len()).sum::<usize>();
        lines.push(indicator_line(indicator, u32::try_from(rows).unwrap_or(u32::MAX)));
        lines.extend(indicator.points.iter().map(point_line));
    }
    lines
}

fn indicator_line(indicator: &Indicator, rows: u32) -> Line {
    let level = usize::try_from(indicator.level).unwrap_or_default().saturating_sub(1);
    let [code, title] = LEVELS[level];
    let mut line = Line::default()
        .text(code, &indicator.code)
        .text(title, &indicator.title)
        .number("max", indicator.max)
        .text("text", &indicator.text)
        .optional("note", indicator.note.as_ref())
        .texts("lead", &indicator.lead)
        .texts("assisting", &indicator.assisting)
        .texts("departments", &indicator.departments)
        .optional("collection", indicator.collection.as_ref())
        .optional("guidance", indicator.guidance.as_ref());
    line.level = Some((level, rows));
    line
}

fn point_line(point: &Point) -> Line {
    Line::default()
        .text("code", &point.code)
        .text("title", &point.title)
        .number("max", point.max)
        .text("text", &point.text)
        .optional("note", point.note.as_ref())
        .optional("category", point.category.as_ref())
        .optional("method", point.method.as_ref())
        .word(&layout::TREE, "base", point.base)
}

fn rules(rubric: &Rubric) -> Vec<Line> {
    let points = rubric.points().map(|(_, point)| (&point.code, &point.parts));
    let adjustments = rubric.adjustments.iter().map(|adjustment| (&adjustment.code, &adjustment.parts));
    let numbered = points.chain(adjustments).flat_map(|(code, parts)| (1_u32..).zip(parts).map(move |it| (code, it)));
    numbered.flat_map(|(code, (place, part))| part_lines(code, place, part)).collect()
}

/// A part, then its bands and items.
fn part_lines(code: &str, place: u32, part: &Part) -> Vec<Line> {
    let line = Line::default()
        .text("owner", code)
        .number("place", Decimal::from(place))
        .word(&layout::RULES, "kind", part.rule.kind())
        .text("sentence", &part.sentence)
        .word(&layout::RULES, "takes", if part.takes { "true" } else { "false" })
        .optional("reading", part.reading.as_ref());
    let below = |kind| Line::default().text("kind", kind);
    let mut lines = Vec::new();
    let line = match &part.rule {
        Rule::Award { from, to, basis } => {
            line.number("from", *from).number("to", *to).word(&layout::RULES, "basis", *basis)
        }
        Rule::Check { amount } => line.number("amount", *amount),
        Rule::Count { amount, items, open, unit } => {
            lines.extend(items.iter().map(|item| below(ITEM).text("sentence", item)));
            line.number("amount", *amount).flag("open", *open).text("unit", unit)
        }
        Rule::Range { from, to } => line.number("from", *from).number("to", *to),
        Rule::Measure(measure) => measure_line(line, measure),
        Rule::Band { bands, suggests, gap } => {
            lines.extend(bands.iter().map(|band| {
                let when = band.when.as_ref().map_or("", |when| when.text());
                let line = below(BAND).text("sentence", &band.sentence).text("formula", when);
                line.number("from", band.from).number("to", band.to)
            }));
            line.flag("suggests", *suggests).optional("gap", gap.as_ref())
        }
        Rule::Entries { items, coefficients, each_most, most } => {
            lines.extend(items.iter().map(|item| {
                let coefficient = coefficients.then_some(item.coefficient);
                below(ITEM).text("sentence", &item.name).number("coefficient", coefficient)
            }));
            line.number("each_most", *each_most).number("most", *most)
        }
        Rule::Conform { modality, amount: _ } => line.word(&layout::RULES, "modality", *modality),
    };
    lines.insert(0, line);
    lines
}

fn measure_line(line: Line, measure: &Measure) -> Line {
    let (partial_step, rounding) = match measure.partial_step {
        PartialStep::Ignore => ("ignore", None),
        PartialStep::Count => ("count", None),
        PartialStep::Prorate(rounding) => ("prorate", Some(rounding)),
    };
    let line = line
        .text("formula", measure.of.text())
        .text("unit", &measure.unit)
        .number("line", measure.line)
        .word(&layout::RULES, "side", measure.side)
        .number("every", measure.every)
        .number("amount", measure.amount)
        .number("award", measure.award)
        .word(&layout::RULES, "partial_step", partial_step);
    match rounding {
        Some(rounding) => line.word(&layout::RULES, "rounding", rounding),
        None => line,
    }
}

fn limits(rubric: &Rubric) -> Vec<Line> {
    let of = |owner, code: &str, limits: &[Limit]| -> Vec<Line> {
        limits.iter().map(|limit| limit_line(owner, code, limit)).collect()
    };
    let mut lines = Vec::new();
    for indicator in &rubric.indicators {
        for point in &indicator.points {
            lines.extend(of(layout::OF_POINT, &point.code, &point.limits));
        }
        lines.extend(of(layout::OF_INDICATOR, &indicator.code, &indicator.limits));
    }
    for adjustment in &rubric.adjustments {
        lines.extend(of(layout::OF_ADJUSTMENT, &adjustment.code, &adjustment.limits));
    }
    lines
}

fn limit_line(owner: &'static str, code: &str, limit: &Limit) -> Line {
    let sheet = &layout::LIMITS;
    let line = Line::default()
        .word(sheet, "owner", owner)
        .text("owner_code", code)
        .text("code", &limit.code)
        .text("title", &limit.title)
        .text("text", &limit.text)
        .optional("note", limit.note.as_ref())
        .text("when", limit.when.as_ref().map_or("", |when| when.text()))
        .optional("reading", limit.reading.as_ref());
    match &limit.effect {
        Effect::Zero => line.word(sheet, "effect", "zero"),
        Effect::Cap(cap) => line.word(sheet, "effect", "cap").number("cap", *cap),
        Effect::Veto { conclusion, scope } => {
            line.word(sheet, "effect", "veto").text("conclusion", conclusion).word(sheet, "scope", *scope)
        }
    }
}

fn grades(rubric: &Rubric) -> Vec<Line> {
    let row = |word: &'static str| Line::default().word(&layout::GRADES, "row", word);
    let grades = rubric.grades.iter().map(|grade| {
        row(layout::GRADE)
            .text("name", &grade.name)
            .text("name_en", &grade.name_en)
            .number("at_least", grade.at_least)
            .text("sentence", &grade.sentence)
    });
    let conditions = rubric.grade_conditions.iter().map(|condition| {
        row(layout::GRADE_CONDITION)
            .number("level", Decimal::from(condition.level))
            .number("below", condition.below)
            .number("fewer_than", Decimal::from(condition.fewer_than))
            .texts("grades", &condition.grades)
            .text("otherwise", &condition.otherwise)
            .text("sentence", &condition.sentence)
    });
    let vetoes = rubric.vetoes.iter().map(|veto| {
        row(layout::VETO)
            .text("indicator", &veto.indicator)
            .number("below", veto.below)
            .text("conclusion", &veto.conclusion)
            .text("sentence", &veto.sentence)
    });
    grades.chain(conditions).chain(vetoes).collect()
}

fn adjustment(adjustment: &Adjustment) -> Line {
    Line::default()
        .text("code", &adjustment.code)
        .text("section", &adjustment.section)
        .text("title", &adjustment.title)
        .text("text", &adjustment.text)
        .optional("note", adjustment.note.as_ref())
        .optional("category", adjustment.category.as_ref())
        .optional("method", adjustment.method.as_ref())
        .optional("acts_on", adjustment.acts_on.as_ref())
        .flag("reason", adjustment.reason)
}

fn quantities(rubric: &Rubric) -> Vec<Line> {
    let line = |quantity: &rubric::model::Quantity| {
        Line::default()
            .text("name", &quantity.name)
            .text("unit", &quantity.unit)
            .flag("whole", quantity.whole)
            .text("formula", quantity.formula.as_ref().map_or("", |formula| formula.text()))
            .optional("note", quantity.note.as_ref())
            .optional("reading", quantity.reading.as_ref())
    };
    rubric.quantities.iter().map(line).collect()
}

/// A row for each step; the first of a table says which.
fn conversions(rubric: &Rubric) -> Vec<Line> {
    let mut lines = Vec::new();
    for conversion in &rubric.conversions {
        for (place, step) in conversion.steps.iter().enumerate() {
            let mut line = Line::default();
            if place == 0 {
                line = line
                    .text("name", &conversion.name)
                    .text("of", &conversion.of)
                    .text("unit", &conversion.unit)
                    .text("sentence", &conversion.sentence)
                    .texts("codes", &conversion.codes);
            }
            lines.push(line.number("at_most", step.at_most).number("value", step.value));
        }
    }
    lines
}

fn categories(rubric: &Rubric) -> Vec<Line> {
    let categories = rubric.categories.iter();
    categories.map(|c| Line::default().text("name", &c.name).text("name_en", &c.name_en).number("max", c.max)).collect()
}

fn readings(rubric: &Rubric) -> Vec<Line> {
    let line = |reading: &rubric::model::Reading| {
        Line::default()
            .text("id", &reading.id)
            .word(&layout::READINGS, "status", reading.status)
            .text("text", &reading.text)
            .texts("codes", &reading.codes)
    };
    rubric.readings.iter().map(line).collect()
}

fn notes(rubric: &Rubric) -> Vec<Line> {
    let line = |note: &rubric::model::Note| {
        Line::default()
            .text("number", &note.number)
            .text("text", &note.text)
            .texts("printed_in", &note.printed_in)
            .flag("on_sheet", note.on_sheet)
    };
    rubric.notes.iter().map(line).collect()
}
