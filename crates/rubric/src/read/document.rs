//! From tables to the model.

use super::table::Table;
use crate::digest::Digest;
use crate::error::{Fault, ReadError};
use crate::formula::{Condition, Formula, FormulaError, is_name};
use crate::legal::LegalMarks;
use crate::model::{
    Adjustment, Band, Base, Basis, Category, Conversion, ConversionStep, Effect, EntryItem, Grade, GradeCondition,
    Indicator, Limit, Local, Measure, Modality, Note, Parent, Part, PartialStep, Period, Point, Quantity, Reading,
    Rounding, Rubric, Rule, Scope, Side, Source, Veto,
};
use crate::write::{COUNT_UNIT, unbounded};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The format that this program reads.
const FORMAT: u32 = 1;

/// Most indicators, and most points and conditions in all; also most entries of a list without a bound of its own.
pub const MOST_ENTRIES: usize = 5000;

/// Most grades, conditions on grades, and vetoes; each of them looks at every indicator.
pub const MOST_RULES: usize = 100;

/// The deepest level of indicators.
const MOST_LEVELS: u32 = 3;

/// Most parts of a point.
const MOST_PARTS: usize = 16;

/// Most bands of a part, and lines of a conversion.
const MOST_BANDS: usize = 32;

/// Most quantities; formulas may build on any of them.
const MOST_QUANTITIES: usize = 500;

/// Most items that a part lists.
const MOST_ITEMS: usize = 100;

type Read<T> = Result<T, ReadError>;

/// Lines of codes, and of other named places, for the faults that the checks find.
pub struct Places {
    lines: BTreeMap<String, usize>,
    /// How many points and conditions there are so far.
    leaves: usize,
    /// The line of the full marks.
    pub total: usize,
    /// The lines of the grades, in their order.
    pub grades: Vec<usize>,
    /// The lines of the conditions on grades.
    pub grade_conditions: Vec<usize>,
    /// The lines of the vetoes.
    pub vetoes: Vec<usize>,
    /// The lines of the readings.
    pub readings: Vec<usize>,
    /// The lines of the categories.
    pub categories: Vec<usize>,
    /// The lines of the quantities.
    pub quantities: Vec<usize>,
    /// The lines of the conversions.
    pub conversions: Vec<usize>,
    /// The rubric's step, which the marks of parts depend on.
    step: Decimal,
}

impl Places {
    /// Notes where a code stands.
    fn add(&mut self, code: &str, line: usize) -> Read<()> {
        match self.lines.insert(code.to_owned(), line) {
            None => Ok(()),
            Some(first) => {
                let fault = Fault::DuplicateCode { name: code.to_owned(), first };
                Err(ReadError { line, fault })
            }
        }
    }

    /// Counts a point or a condition.
    fn add_leaf(&mut self, code: &str, table: &Table<'_>, name: &str) -> Read<()> {
        self.leaves += 1;
        if self.leaves > MOST_ENTRIES {
            let fault = Fault::TooMany { name: name.to_owned(), most: MOST_ENTRIES };
            return Err(ReadError { line: table.line, fault });
        }
        self.add(code, table.line)
    }

    /// The line of a code, or the first.
    pub fn line(&self, code: &str) -> usize {
        self.lines.get(code).copied().unwrap_or(1)
    }

    pub fn knows(&self, code: &str) -> bool {
        self.lines.contains_key(code)
    }
}

pub fn read(root: Table<'_>, digest: Digest) -> Read<(Rubric, Places)> {
    let format = root.count("format")?;
    if format != FORMAT {
        return Err(ReadError { line: root.line, fault: Fault::UnknownFormat { found: format.to_string() } });
    }
    let grades = root.tables("grade", MOST_RULES)?;
    let grade_conditions = root.tables("grade_condition", MOST_RULES)?;
    let vetoes = root.tables("veto", MOST_RULES)?;
    let readings = root.tables("reading", MOST_ENTRIES)?;
    let categories = root.tables("category", MOST_RULES)?;
    let quantities = root.tables("quantity", MOST_QUANTITIES)?;
    let conversions = root.tables("conversion", MOST_RULES)?;
    let step = root.number_in("step", "> 0", |step| !step.is_zero())?;
    let mut places = Places {
        lines: BTreeMap::new(),
        leaves: 0,
        total: root.line_of_key("total"),
        grades: lines(&grades),
        grade_conditions: lines(&grade_conditions),
        vetoes: lines(&vetoes),
        readings: lines(&readings),
        categories: lines(&categories),
        quantities: lines(&quantities),
        conversions: lines(&conversions),
        step,
    };
    let rubric = Rubric {
        id: root.text("id")?,
        edition: root.text("edition")?,
        title: root.text("title")?,
        title_en: root.text("title_en")?,
        shape: root.optional_word("shape")?.unwrap_or_default(),
        total: root.number("total")?,
        step,
        step_sentence: root.optional_text("step_sentence")?,
        source: source(&root.table("source")?)?,
        notes: each(root.tables("note", MOST_ENTRIES)?, note)?,
        readings: each(readings, reading)?,
        grades: each(grades, grade)?,
        grade_conditions: each(grade_conditions, grade_condition)?,
        vetoes: each(vetoes, veto)?,
        period: root.optional_table("period")?.map(|table| period(&table)).transpose()?,
        local: root.optional_table("local")?.map(|table| local(&table)).transpose()?,
        parent: root.optional_table("parent")?.map(|table| parent(&table)).transpose()?,
        categories: each(categories, category)?,
        quantities: each(quantities, quantity)?,
        conversions: each(conversions, conversion)?,
        indicators: indicators(root.tables("indicator", MOST_ENTRIES)?, &mut places)?,
        adjustments: adjustments(root.tables("adjustment", MOST_RULES)?, &mut places)?,
        digest,
    };
    root.finish()?;
    Ok((rubric, places))
}

/// Reads each table of a list and refuses what is left over in it.
pub fn each<T>(tables: Vec<Table<'_>>, read: impl Fn(&Table<'_>) -> Read<T>) -> Read<Vec<T>> {
    let one = |table: &Table<'_>| {
        let value = read(table)?;
        table.finish()?;
        Ok(value)
    };
    tables.iter().map(one).collect()
}

fn lines(tables: &[Table<'_>]) -> Vec<usize> {
    tables.iter().map(|table| table.line).collect()
}

/// A line in percent below which something counts as failed.
fn percent_line(table: &Table<'_>) -> Read<Decimal> {
    table.number_in("below", "> 0, ≤ 100", |line| !line.is_zero() && line <= Decimal::ONE_HUNDRED)
}

fn source(table: &Table<'_>) -> Read<Source> {
    let source = Source {
        document: table.text("document")?,
        issuer: table.optional_text("issuer")?,
        number: table.optional_text("number")?,
        date: table.optional_text("date")?,
        parts: table.texts("parts")?,
    };
    table.finish()?;
    Ok(source)
}

fn local(table: &Table<'_>) -> Read<Local> {
    let local =
        Local { grades: table.flag("grades")?, weights: table.flag("weights")?, sentence: table.text("sentence")? };
    table.finish()?;
    Ok(local)
}

fn period(table: &Table<'_>) -> Read<Period> {
    let period = Period { years: table.count("years")?, sentence: table.text("sentence")? };
    table.finish()?;
    Ok(period)
}

fn parent(table: &Table<'_>) -> Read<Parent> {
    let parent = Parent { id: table.text("id")?, edition: table.text("edition")?, digest: table.text("digest")? };
    table.finish()?;
    Ok(parent)
}

fn category(table: &Table<'_>) -> Read<Category> {
    Ok(Category { name: table.text("name")?, name_en: table.text("name_en")?, max: table.number("max")? })
}

/// A formula or condition, with the place where reading stopped.
fn parsed<T>(table: &Table<'_>, key: &'static str, read: fn(&str) -> Result<T, FormulaError>) -> Read<Option<T>> {
    let Some(text) = table.optional_text(key)? else {
        return Ok(None);
    };
    let bad = |error: FormulaError| {
        let fault = Fault::BadFormula { key: key.to_owned(), found: text.clone(), rest: error.rest };
        ReadError { line: table.line_of_key(key), fault }
    };
    read(&text).map(Some).map_err(bad)
}

/// Longest code and name of a quantity, in characters: every step of a trace repeats them.
const MOST_NAME: usize = 60;

/// Longest unit, in characters.
const MOST_UNIT: usize = 20;

/// A text that traces repeat.
fn short(table: &Table<'_>, key: &'static str, most: usize) -> Read<String> {
    let text = table.text(key)?;
    let length = text.chars().count();
    if length > most {
        let fault =
            Fault::OutOfRange { key: key.to_owned(), found: length.to_string(), allowed: format!("≤ {most}") };
        return Err(ReadError { line: table.line_of_key(key), fault });
    }
    Ok(text)
}

fn quantity(table: &Table<'_>) -> Read<Quantity> {
    let name = short(table, "name", MOST_NAME)?;
    if !is_name(&name) {
        return Err(ReadError { line: table.line_of_key("name"), fault: Fault::BadName { name } });
    }
    Ok(Quantity {
        name,
        unit: short(table, "unit", MOST_UNIT)?,
        whole: table.flag("whole")?,
        note: table.optional_text("note")?,
        reading: table.optional_text("reading")?,
        formula: parsed(table, "formula", Formula::read)?,
    })
}

fn conversion(table: &Table<'_>) -> Read<Conversion> {
    let step = |t: &Table<'_>| Ok(ConversionStep { at_most: t.optional_number("at_most")?, value: t.number("value")? });
    Ok(Conversion {
        name: table.text("name")?,
        of: table.text("of")?,
        unit: table.text("unit")?,
        sentence: table.text("sentence")?,
        codes: table.texts("codes")?,
        steps: each(table.tables("steps", MOST_BANDS)?, step)?,
    })
}

fn adjustments(tables: Vec<Table<'_>>, places: &mut Places) -> Read<Vec<Adjustment>> {
    tables.iter().map(|table| adjustment(table, places)).collect()
}

fn adjustment(table: &Table<'_>, places: &mut Places) -> Read<Adjustment> {
    let code = short(table, "code", MOST_NAME)?;
    places.add_leaf(&code, table, "adjustment")?;
    let text = table.text("text")?;
    let adjustment = Adjustment {
        code,
        section: table.text("section")?,
        title: table.text("title")?,
        note: table.optional_text("note")?,
        category: table.optional_text("category")?,
        method: table.optional_text("method")?,
        acts_on: table.optional_text("acts_on")?,
        reason: table.flag("reason")?,
        parts: each(table.tables("parts", MOST_PARTS)?, |t| part(t, &text, unbounded(), places.step))?,
        limits: limits(table, Scope::Whole, places)?,
        text,
    };
    table.finish()?;
    Ok(adjustment)
}

fn note(table: &Table<'_>) -> Read<Note> {
    Ok(Note {
        number: table.text("number")?,
        text: table.text("text")?,
        printed_in: table.texts("printed_in")?,
        on_sheet: table.flag("on_sheet")?,
    })
}

fn reading(table: &Table<'_>) -> Read<Reading> {
    Ok(Reading {
        id: table.text("id")?,
        status: table.word("status")?,
        text: table.text("text")?,
        codes: table.texts("codes")?,
    })
}

/// A grade line.
pub fn grade(table: &Table<'_>) -> Read<Grade> {
    Ok(Grade {
        name: table.text("name")?,
        name_en: table.text("name_en")?,
        at_least: table.number("at_least")?,
        sentence: table.text("sentence")?,
    })
}

/// Which rule a condition on grades executes; so far the sources have one.
#[derive(strum::EnumString, strum::VariantNames)]
#[strum(serialize_all = "snake_case")]
enum ConditionKind {
    FewBelow,
}

fn grade_condition(table: &Table<'_>) -> Read<GradeCondition> {
    let ConditionKind::FewBelow = table.word("kind")?;
    Ok(GradeCondition {
        level: level(table)?,
        below: percent_line(table)?,
        fewer_than: {
            table.number_in("fewer_than", "≥ 1", |count| count >= Decimal::ONE)?;
            table.count("fewer_than")?
        },
        grades: table.texts("grades")?,
        otherwise: table.text("otherwise")?,
        sentence: table.text("sentence")?,
    })
}

/// The level of an indicator.
fn level(table: &Table<'_>) -> Read<u32> {
    let deepest = Decimal::from(MOST_LEVELS);
    table.number_in("level", "1–3", |level| Decimal::ONE <= level && level <= deepest)?;
    table.count("level")
}

fn veto(table: &Table<'_>) -> Read<Veto> {
    Ok(Veto {
        indicator: table.text("indicator")?,
        below: percent_line(table)?,
        conclusion: table.text("conclusion")?,
        sentence: table.text("sentence")?,
    })
}

fn indicators(tables: Vec<Table<'_>>, places: &mut Places) -> Read<Vec<Indicator>> {
    let mut indicators: Vec<Indicator> = Vec::with_capacity(tables.len());
    // Indices of the ancestors of the next indicator, level 1 first.
    let mut above: Vec<usize> = Vec::new();
    for table in tables {
        let mut indicator = indicator(&table, places)?;
        let level = indicator.level;
        let depth = usize::try_from(level).unwrap_or(usize::MAX);
        if depth > above.len() + 1 {
            let expected = u32::try_from(above.len() + 1).unwrap_or(u32::MAX);
            let fault = Fault::WrongLevel { name: indicator.code, level, expected };
            return Err(ReadError { line: table.line, fault });
        }
        above.truncate(depth - 1);
        indicator.parent = above.last().copied();
        above.push(indicators.len());
        indicators.push(indicator);
    }
    Ok(indicators)
}

fn indicator(table: &Table<'_>, places: &mut Places) -> Read<Indicator> {
    let code = short(table, "code", MOST_NAME)?;
    let points = table.tables("point", MOST_ENTRIES)?;
    let points = points.iter().map(|t| point(t, places)).collect::<Read<Vec<Point>>>()?;
    // A level-3 indicator that is not split has one point with its own code: one place in the file for both.
    if !points.iter().any(|p| p.code == code) {
        places.add(&code, table.line)?;
    }
    let indicator = Indicator {
        level: level(table)?,
        code,
        parent: None,
        title: table.text("title")?,
        text: table.text("text")?,
        note: table.optional_text("note")?,
        max: table.number("max")?,
        lead: table.texts("lead")?,
        assisting: table.texts("assisting")?,
        departments: table.texts("departments")?,
        collection: table.optional_text("collection")?,
        guidance: table.optional_text("guidance")?,
        points,
        limits: limits(table, Scope::Indicator, places)?,
    };
    table.finish()?;
    Ok(indicator)
}

fn point(table: &Table<'_>, places: &mut Places) -> Read<Point> {
    let code = short(table, "code", MOST_NAME)?;
    places.add_leaf(&code, table, "point")?;
    let (text, max, step) = (table.text("text")?, table.number("max")?, places.step);
    let parts = each(table.tables("parts", MOST_PARTS)?, |t| part(t, &text, max, step))?;
    let base: Base = table.optional_word("base")?.unwrap_or_default();
    let limits = limits(table, Scope::Point, places)?;
    let legal = LegalMarks::of_point(base, max, &parts, &limits, step);
    let point = Point {
        code,
        title: table.text("title")?,
        note: table.optional_text("note")?,
        category: table.optional_text("category")?,
        method: table.optional_text("method")?,
        legal: legal.unwrap_or_else(|| LegalMarks::scattered(step)),
        text,
        max,
        base,
        parts,
        limits,
    };
    table.finish()?;
    Ok(point)
}

#[derive(strum::EnumString, strum::VariantNames)]
#[strum(serialize_all = "snake_case")]
enum PartKind {
    Award,
    Check,
    Count,
    Range,
    Measure,
    Band,
    Entries,
    Conform,
}

/// Reads a part of a point with `max` marks under a rubric with this step.
fn part(table: &Table<'_>, text: &str, max: Decimal, step: Decimal) -> Read<Part> {
    let rule = match table.word("kind")? {
        PartKind::Award => Rule::Award {
            from: table.optional_number("from")?.unwrap_or_default(),
            to: table.optional_number("to")?.unwrap_or(max),
            basis: table.word::<Basis>("basis")?,
        },
        PartKind::Check => Rule::Check { amount: table.optional_number("amount")?.unwrap_or(max) },
        PartKind::Count => Rule::Count {
            amount: above_zero(table, "amount")?,
            items: items(table)?,
            open: table.flag("open")?,
            unit: table.optional_text("unit")?.unwrap_or_else(|| COUNT_UNIT.to_owned()),
        },
        PartKind::Range => Rule::Range { from: above_zero(table, "from")?, to: table.number("to")? },
        PartKind::Measure => Rule::Measure(measure(table)?),
        PartKind::Band => Rule::Band {
            bands: each(table.tables("bands", MOST_BANDS)?, band)?,
            suggests: table.flag("suggests")?,
            gap: table.optional_text("gap")?,
        },
        PartKind::Entries => entries(table, max)?,
        PartKind::Conform => Rule::Conform { modality: table.word::<Modality>("modality")?, amount: max },
    };
    Ok(Part {
        sentence: table.optional_text("sentence")?.unwrap_or_else(|| text.to_owned()),
        takes: table.flag("takes")?,
        reading: table.optional_text("reading")?,
        legal: LegalMarks::of_rule(&rule, max, step),
        rule,
    })
}

fn above_zero(table: &Table<'_>, key: &'static str) -> Read<Decimal> {
    table.number_in(key, "> 0", |number| !number.is_zero())
}

fn items(table: &Table<'_>) -> Read<Vec<String>> {
    let items = table.texts("items")?;
    if items.len() > MOST_ITEMS {
        let fault = Fault::TooMany { name: "items".to_owned(), most: MOST_ITEMS };
        return Err(ReadError { line: table.line_of_key("items"), fault });
    }
    Ok(items)
}

fn measure(table: &Table<'_>) -> Read<Measure> {
    let of = parsed(table, "of", Formula::read)?.ok_or_else(|| table.missing("of"))?;
    let kind: PartialKind = table.optional_word("partial_step")?.unwrap_or_default();
    let partial_step = match kind {
        PartialKind::Ignore => PartialStep::Ignore,
        PartialKind::Count => PartialStep::Count,
        PartialKind::Prorate => PartialStep::Prorate(table.word::<Rounding>("rounding")?),
    };
    Ok(Measure {
        of,
        unit: table.optional_text("unit")?.unwrap_or_default(),
        line: table.number("line")?,
        side: table.optional_word::<Side>("side")?.unwrap_or_default(),
        every: above_zero(table, "every")?,
        amount: above_zero(table, "amount")?,
        award: table.optional_number("award")?.unwrap_or_default(),
        partial_step,
    })
}

#[derive(Default, strum::EnumString, strum::VariantNames)]
#[strum(serialize_all = "snake_case")]
enum PartialKind {
    #[default]
    Ignore,
    Count,
    Prorate,
}

fn entries(table: &Table<'_>, max: Decimal) -> Read<Rule> {
    let tables = table.tables("items", MOST_ITEMS)?;
    let item = |t: &Table<'_>| Ok((t.text("name")?, t.optional_number("coefficient")?));
    let items = each(tables, item)?;
    Ok(Rule::Entries {
        coefficients: items.iter().any(|(_, coefficient)| coefficient.is_some()),
        items: items
            .into_iter()
            .map(|(name, coefficient)| EntryItem { name, coefficient: coefficient.unwrap_or(Decimal::ONE) })
            .collect(),
        each_most: table.optional_number("each_most")?,
        most: table.optional_number("most")?.unwrap_or(max),
    })
}

fn band(table: &Table<'_>) -> Read<Band> {
    Ok(Band {
        from: table.number("from")?,
        to: table.number("to")?,
        sentence: table.text("sentence")?,
        when: parsed(table, "when", Condition::read)?,
    })
}

#[derive(strum::EnumString, strum::VariantNames)]
#[strum(serialize_all = "snake_case")]
enum EffectKind {
    Zero,
    Cap,
    Veto,
}

/// The limits under a table; `scope` is what a veto there takes the marks of.
fn limits(table: &Table<'_>, scope: Scope, places: &mut Places) -> Read<Vec<Limit>> {
    table.tables("limit", MOST_ENTRIES)?.iter().map(|t| limit(t, scope, places)).collect()
}

fn limit(table: &Table<'_>, scope: Scope, places: &mut Places) -> Read<Limit> {
    let code = short(table, "code", MOST_NAME)?;
    places.add_leaf(&code, table, "limit")?;
    let limit = Limit {
        code,
        title: table.text("title")?,
        text: table.text("text")?,
        note: table.optional_text("note")?,
        reading: table.optional_text("reading")?,
        when: parsed(table, "when", Condition::read)?,
        effect: match table.word("effect")? {
            EffectKind::Zero => Effect::Zero,
            EffectKind::Cap => Effect::Cap(table.number("cap")?),
            EffectKind::Veto => Effect::Veto {
                conclusion: table.text("conclusion")?,
                scope: table.optional_word("scope")?.unwrap_or(scope),
            },
        },
    };
    table.finish()?;
    Ok(limit)
}
