//! Writing a rubric as a file (format 1), in the order and style of the files that ship: what has its default is left
//! out, so that a person can hold the text against the printed table.

use crate::decimal::show;
use crate::formula::Condition;
use crate::model::{
    Adjustment, Band, Base, Effect, Indicator, Limit, Measure, Part, PartialStep, Point, Rubric, Rule, Scope, Shape,
    Side,
};
use rust_decimal::Decimal;
use std::fmt::Write as _;

/// What a `count` counts when the file does not say.
pub(crate) const COUNT_UNIT: &str = "项";

/// The full marks that stand in for a bound where nothing bounds the parts: under an adjustment.
pub(crate) fn unbounded() -> Decimal {
    Decimal::from(10_u64.pow(9)) - Decimal::ONE
}

impl Rubric {
    /// The text of a rubric file that reads back as this rubric: all but the digest, which is that of the text.
    ///
    /// Only what a file can say comes back: texts without line breaks at their ends, and none that is empty.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut file = File::default();
        file.head(self);
        file.notes(self);
        file.grades(self);
        file.figures(self);
        file.section("指标");
        for indicator in &self.indicators {
            file.indicator(indicator);
        }
        if !self.adjustments.is_empty() {
            file.section("加减分");
        }
        for adjustment in &self.adjustments {
            file.adjustment(adjustment);
        }
        file.text
    }
}

/// A text as a TOML string on one line.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '\n' => quoted.push_str("\\n"),
            '"' => quoted.push_str("\\\""),
            other => push_escaped(&mut quoted, other),
        }
    }
    quoted.push('"');
    quoted
}

/// A text as a TOML string that keeps its lines. Quotation marks are escaped only where they could end it.
fn quoted_lines(text: &str) -> String {
    let mut quoted = String::from("\"\"\"\n");
    let mut characters = text.chars().peekable();
    let mut before = '\n';
    while let Some(character) = characters.next() {
        match character {
            '\n' => quoted.push('\n'),
            '"' if before != '"' && characters.peek().is_some() => quoted.push('"'),
            '"' => quoted.push_str("\\\""),
            other => push_escaped(&mut quoted, other),
        }
        before = character;
    }
    quoted.push_str("\"\"\"");
    quoted
}

fn push_escaped(quoted: &mut String, character: char) {
    match character {
        '\\' => quoted.push_str("\\\\"),
        '\t' => quoted.push_str("\\t"),
        '\r' => quoted.push_str("\\r"),
        // A control character cannot stand in a file, a byte order mark would not be seen in it.
        other if other.is_control() || other == '\u{feff}' => {
            let _ = write!(quoted, "\\u{:04X}", u32::from(other));
        }
        other => quoted.push(other),
    }
}

fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// The word of an enum, as the file has it.
fn word(value: impl Into<&'static str>) -> String {
    quoted(value.into())
}

/// The file as far as it is written.
#[derive(Default)]
struct File {
    text: String,
}

impl File {
    /// A comment that opens a section.
    fn section(&mut self, name: &str) {
        // The name may come from the rubric; a comment ends with its line.
        let name: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let _ = writeln!(self.text, "\n# ==================== {name} ====================");
    }

    fn table(&mut self, header: &str) {
        let _ = writeln!(self.text, "\n{header}");
    }

    fn raw(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.text, "{key} = {value}");
    }

    fn text(&mut self, key: &str, text: &str) {
        let value = if text.contains('\n') { quoted_lines(text) } else { quoted(text) };
        self.raw(key, &value);
    }

    fn optional(&mut self, key: &str, text: Option<&String>) {
        text.into_iter().for_each(|text| self.text(key, text));
    }

    fn number(&mut self, key: &str, number: Decimal) {
        self.raw(key, &show(number));
    }

    /// A list, unless it is empty.
    fn texts(&mut self, key: &str, texts: &[String]) {
        if !texts.is_empty() {
            self.raw(key, &list(texts));
        }
    }

    /// A flag, when it is set.
    fn flag(&mut self, key: &str, flag: bool) {
        if flag {
            self.raw(key, "true");
        }
    }

    fn head(&mut self, rubric: &Rubric) {
        self.raw("format", "1");
        self.text("id", &rubric.id);
        self.text("edition", &rubric.edition);
        self.text("title", &rubric.title);
        self.text("title_en", &rubric.title_en);
        if rubric.shape != Shape::default() {
            self.raw("shape", &word(rubric.shape));
        }
        self.number("total", rubric.total);
        self.number("step", rubric.step);
        self.optional("step_sentence", rubric.step_sentence.as_ref());
        self.table("[source]");
        self.text("document", &rubric.source.document);
        self.optional("issuer", rubric.source.issuer.as_ref());
        self.optional("number", rubric.source.number.as_ref());
        self.optional("date", rubric.source.date.as_ref());
        self.texts("parts", &rubric.source.parts);
        if let Some(period) = &rubric.period {
            self.table("[period]");
            self.number("years", period.years.into());
            self.text("sentence", &period.sentence);
        }
        if let Some(local) = &rubric.local {
            self.table("[local]");
            self.flag("grades", local.grades);
            self.flag("weights", local.weights);
            self.text("sentence", &local.sentence);
        }
        if let Some(parent) = &rubric.parent {
            self.table("[parent]");
            self.text("id", &parent.id);
            self.text("edition", &parent.edition);
            self.text("digest", &parent.digest);
        }
    }

    fn notes(&mut self, rubric: &Rubric) {
        if !rubric.notes.is_empty() {
            self.section("说明");
        }
        for note in &rubric.notes {
            self.table("[[note]]");
            self.text("number", &note.number);
            self.text("text", &note.text);
            self.texts("printed_in", &note.printed_in);
            self.raw("on_sheet", if note.on_sheet { "true" } else { "false" });
        }
        if !rubric.readings.is_empty() {
            self.section("录入说明");
        }
        for reading in &rubric.readings {
            self.table("[[reading]]");
            self.text("id", &reading.id);
            self.raw("status", &word(reading.status));
            self.text("text", &reading.text);
            self.raw("codes", &list(&reading.codes));
        }
    }

    fn grades(&mut self, rubric: &Rubric) {
        if !rubric.grades.is_empty() {
            self.section("等次");
        }
        for grade in &rubric.grades {
            self.table("[[grade]]");
            self.text("name", &grade.name);
            self.text("name_en", &grade.name_en);
            self.number("at_least", grade.at_least);
            self.text("sentence", &grade.sentence);
        }
        for condition in &rubric.grade_conditions {
            self.table("[[grade_condition]]");
            self.raw("kind", &quoted("few_below"));
            self.number("level", condition.level.into());
            self.number("below", condition.below);
            self.number("fewer_than", condition.fewer_than.into());
            self.texts("grades", &condition.grades);
            self.text("otherwise", &condition.otherwise);
            self.text("sentence", &condition.sentence);
        }
        for veto in &rubric.vetoes {
            self.table("[[veto]]");
            self.text("indicator", &veto.indicator);
            self.number("below", veto.below);
            self.text("conclusion", &veto.conclusion);
            self.text("sentence", &veto.sentence);
        }
    }

    /// Categories, quantities and conversions.
    fn figures(&mut self, rubric: &Rubric) {
        if !rubric.categories.is_empty() {
            self.section("指标类型");
        }
        for category in &rubric.categories {
            self.table("[[category]]");
            self.text("name", &category.name);
            self.text("name_en", &category.name_en);
            self.number("max", category.max);
        }
        if !rubric.quantities.is_empty() {
            self.section("数据");
        }
        for quantity in &rubric.quantities {
            self.table("[[quantity]]");
            self.text("name", &quantity.name);
            self.text("unit", &quantity.unit);
            self.flag("whole", quantity.whole);
            if let Some(formula) = &quantity.formula {
                self.text("formula", formula.text());
            }
            self.optional("note", quantity.note.as_ref());
            self.optional("reading", quantity.reading.as_ref());
        }
        for conversion in &rubric.conversions {
            self.table("[[conversion]]");
            self.text("name", &conversion.name);
            self.text("of", &conversion.of);
            self.text("unit", &conversion.unit);
            self.text("sentence", &conversion.sentence);
            self.texts("codes", &conversion.codes);
            let step = |step: &crate::model::ConversionStep| {
                let mut inline = Inline::default();
                inline.number("at_most", step.at_most);
                inline.number("value", Some(step.value));
                inline.finish()
            };
            let steps: Vec<String> = conversion.steps.iter().map(step).collect();
            self.raw("steps", &format!("[{}]", steps.join(", ")));
        }
    }

    fn indicator(&mut self, indicator: &Indicator) {
        if indicator.level == 1 {
            self.section(&format!("{} {}", indicator.code, indicator.title));
        }
        self.table("[[indicator]]");
        self.number("level", indicator.level.into());
        self.text("code", &indicator.code);
        self.text("title", &indicator.title);
        self.number("max", indicator.max);
        self.text("text", &indicator.text);
        self.texts("lead", &indicator.lead);
        self.texts("assisting", &indicator.assisting);
        self.texts("departments", &indicator.departments);
        self.optional("collection", indicator.collection.as_ref());
        self.optional("guidance", indicator.guidance.as_ref());
        self.optional("note", indicator.note.as_ref());
        for point in &indicator.points {
            self.point(point);
        }
        self.limits("[[indicator.limit]]", &indicator.limits, Scope::Indicator);
    }

    fn point(&mut self, point: &Point) {
        self.table("[[indicator.point]]");
        self.text("code", &point.code);
        self.text("title", &point.title);
        self.number("max", point.max);
        self.text("text", &point.text);
        self.optional("note", point.note.as_ref());
        self.optional("category", point.category.as_ref());
        self.optional("method", point.method.as_ref());
        if point.base != Base::default() {
            self.raw("base", &word(point.base));
        }
        self.parts(&point.parts, &point.text, point.max);
        self.limits("[[indicator.point.limit]]", &point.limits, Scope::Point);
    }

    fn adjustment(&mut self, adjustment: &Adjustment) {
        self.table("[[adjustment]]");
        self.text("code", &adjustment.code);
        self.text("section", &adjustment.section);
        self.text("title", &adjustment.title);
        self.text("text", &adjustment.text);
        self.optional("note", adjustment.note.as_ref());
        self.optional("category", adjustment.category.as_ref());
        self.optional("method", adjustment.method.as_ref());
        self.optional("acts_on", adjustment.acts_on.as_ref());
        self.flag("reason", adjustment.reason);
        self.parts(&adjustment.parts, &adjustment.text, unbounded());
        self.limits("[[adjustment.limit]]", &adjustment.limits, Scope::Whole);
    }

    /// The parts of a leaf with this text and these full marks.
    fn parts(&mut self, parts: &[Part], text: &str, max: Decimal) {
        match parts {
            [] => {}
            [one] => self.raw("parts", &format!("[{}]", part(one, text, max, 0))),
            several => {
                let lines: Vec<String> =
                    several.iter().map(|one| format!("  {},\n", part(one, text, max, 1))).collect();
                self.raw("parts", &format!("[\n{}]", lines.concat()));
            }
        }
    }

    /// Limits under a table; `scope` is what a veto there takes the marks of.
    fn limits(&mut self, header: &str, limits: &[Limit], scope: Scope) {
        for limit in limits {
            self.table(header);
            self.text("code", &limit.code);
            self.text("title", &limit.title);
            self.text("text", &limit.text);
            self.optional("note", limit.note.as_ref());
            self.effect(&limit.effect, scope);
            if let Some(when) = &limit.when {
                self.text("when", when.text());
            }
            self.optional("reading", limit.reading.as_ref());
        }
    }

    fn effect(&mut self, effect: &Effect, default: Scope) {
        match effect {
            Effect::Zero => self.raw("effect", &quoted("zero")),
            Effect::Cap(cap) => {
                self.raw("effect", &quoted("cap"));
                self.number("cap", *cap);
            }
            Effect::Veto { conclusion, scope } => {
                self.raw("effect", &quoted("veto"));
                self.text("conclusion", conclusion);
                if *scope != default {
                    self.raw("scope", &word(*scope));
                }
            }
        }
    }
}

/// An inline table as far as it is written.
#[derive(Default)]
struct Inline {
    pairs: Vec<String>,
}

impl Inline {
    fn raw(&mut self, key: &str, value: &str) {
        self.pairs.push(format!("{key} = {value}"));
    }

    fn text(&mut self, key: &str, text: Option<&str>) {
        text.into_iter().for_each(|text| self.raw(key, &quoted(text)));
    }

    fn number(&mut self, key: &str, number: Option<Decimal>) {
        number.into_iter().for_each(|number| self.raw(key, &show(number)));
    }

    /// A number, unless it has its default.
    fn number_but(&mut self, key: &str, number: Decimal, default: Decimal) {
        self.number(key, Some(number).filter(|number| *number != default));
    }

    fn flag(&mut self, key: &str, flag: bool) {
        if flag {
            self.raw(key, "true");
        }
    }

    /// A list with one entry in each line, `depth` lists deep.
    fn lines(&mut self, key: &str, entries: &[String], depth: usize) {
        let indent = "  ".repeat(depth);
        let lines: Vec<String> = entries.iter().map(|entry| format!("{indent}  {entry},\n")).collect();
        self.raw(key, &format!("[\n{}{indent}]", lines.concat()));
    }

    fn finish(self) -> String {
        format!("{{ {} }}", self.pairs.join(", "))
    }
}

/// A part of a leaf with this text and these full marks.
fn part(part: &Part, text: &str, max: Decimal, depth: usize) -> String {
    let mut inline = Inline::default();
    inline.raw("kind", &quoted(part.rule.kind()));
    inline.flag("takes", part.takes);
    amounts(&mut inline, &part.rule, max);
    inline.text("reading", part.reading.as_deref());
    inline.text("sentence", Some(part.sentence.as_str()).filter(|sentence| *sentence != text));
    match &part.rule {
        Rule::Count { items, .. } if !items.is_empty() => {
            let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
            inline.lines("items", &items, depth);
        }
        Rule::Band { bands, .. } => {
            let bands: Vec<String> = bands.iter().map(band).collect();
            inline.lines("bands", &bands, depth);
        }
        Rule::Entries { items, coefficients, .. } => {
            let item = |item: &crate::model::EntryItem| {
                let mut inline = Inline::default();
                inline.text("name", Some(&item.name));
                inline.number("coefficient", coefficients.then_some(item.coefficient));
                inline.finish()
            };
            let items: Vec<String> = items.iter().map(item).collect();
            inline.lines("items", &items, depth);
        }
        _ => {}
    }
    inline.finish()
}

/// What a rule says besides its lists.
fn amounts(inline: &mut Inline, rule: &Rule, max: Decimal) {
    match rule {
        Rule::Award { from, to, basis } => {
            inline.number_but("from", *from, Decimal::ZERO);
            inline.number_but("to", *to, max);
            inline.raw("basis", &word(*basis));
        }
        Rule::Check { amount } => inline.number_but("amount", *amount, max),
        Rule::Count { amount, unit, open, items: _ } => {
            inline.number("amount", Some(*amount));
            inline.text("unit", Some(unit.as_str()).filter(|unit| *unit != COUNT_UNIT));
            inline.flag("open", *open);
        }
        Rule::Range { from, to } => {
            inline.number("from", Some(*from));
            inline.number("to", Some(*to));
        }
        Rule::Measure(m) => measure(inline, m),
        Rule::Band { suggests, gap, bands: _ } => {
            inline.flag("suggests", *suggests);
            inline.text("gap", gap.as_deref());
        }
        Rule::Entries { each_most, most, .. } => {
            inline.number("each_most", *each_most);
            inline.number_but("most", *most, max);
        }
        Rule::Conform { modality, amount: _ } => inline.raw("modality", &word(*modality)),
    }
}

fn measure(inline: &mut Inline, measure: &Measure) {
    inline.text("of", Some(measure.of.text()));
    inline.text("unit", Some(measure.unit.as_str()).filter(|unit| !unit.is_empty()));
    inline.number("line", Some(measure.line));
    if measure.side != Side::default() {
        inline.raw("side", &word(measure.side));
    }
    inline.number_but("award", measure.award, Decimal::ZERO);
    inline.number("every", Some(measure.every));
    inline.number("amount", Some(measure.amount));
    match measure.partial_step {
        PartialStep::Ignore => {}
        PartialStep::Count => inline.raw("partial_step", &quoted("count")),
        PartialStep::Prorate(rounding) => {
            inline.raw("partial_step", &quoted("prorate"));
            inline.raw("rounding", &word(rounding));
        }
    }
}

fn band(band: &Band) -> String {
    let mut inline = Inline::default();
    inline.number("from", Some(band.from));
    inline.number("to", Some(band.to));
    inline.text("when", band.when.as_ref().map(Condition::text));
    inline.text("sentence", Some(&band.sentence));
    inline.finish()
}
