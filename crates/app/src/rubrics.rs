//! The rubrics that ship with the program, and those that come as files.

use crate::problem::Failure;
use crate::refusal::Refusal;
use crate::view::{
    AdjustmentView, AwardBasis, BandView, CategoryView, ConversionView, EntryItemView, GradeView, IndicatorView,
    LimitEffect, LimitView, LocalView, NoteView, PartView, PointView, QuantityView, ReadingStatus, ReadingView,
    RubricSummary, RubricView, RuleView,
};
use crate::{Language, Result};
use rubric::decimal::show;
use rubric::legal::LegalMarks;
use rubric::model::{
    Adjustment, Band, Base, Basis, Conversion, Effect, GradeCondition, Indicator, Limit, Part, Point, Quantity, Rule,
    Shape, Veto,
};
use rubric::{ReadError, Rubric};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// Most marks that are offered as single choices.
const MOST_CHOICES: usize = 16;

/// The files that ship.
const SHIPPED: &[(&str, &str)] = &[
    ("oucsx-2021", include_str!("../../../rubrics/oucsx-2021.toml")),
    ("coal-2021", include_str!("../../../rubrics/coal-2021.toml")),
    ("urumqi-base", include_str!("../../../rubrics/urumqi-base.toml")),
    ("platform-2024", include_str!("../../../rubrics/platform-2024.toml")),
    ("resource-2024", include_str!("../../../rubrics/resource-2024.toml")),
    ("gbt38856-2020", include_str!("../../../rubrics/gbt38856-2020.toml")),
];

/// A rubric with the text of its file.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The rubric.
    pub rubric: Arc<Rubric>,
    /// Its file, byte for byte.
    pub text: Arc<str>,
}

/// The rubrics that ship, in their order.
pub fn shipped() -> &'static [Loaded] {
    static ALL: OnceLock<Vec<Loaded>> = OnceLock::new();
    ALL.get_or_init(|| {
        let load = |(id, text): &(&str, &str)| {
            let rubric = Rubric::read(text).unwrap_or_else(|faults| panic!("{id}: {faults:?}"));
            Loaded { rubric: Arc::new(rubric), text: Arc::from(*text) }
        };
        SHIPPED.iter().map(load).collect()
    })
}

/// The rubric with this digest, if it ships.
pub(crate) fn shipped_as(digest: &str) -> Option<&'static Loaded> {
    shipped().iter().find(|loaded| loaded.rubric.digest.as_str() == digest)
}

/// A rubric by its id, or from a file by its path.
///
/// # Errors
/// Unknown, unreadable, or faulty (the first fault, with its line).
pub fn load(id_or_path: &str) -> Result<Loaded> {
    if let Some(loaded) = shipped().iter().find(|loaded| loaded.rubric.id == id_or_path) {
        return Ok(loaded.clone());
    }
    let path = Path::new(id_or_path);
    if !path.exists() {
        let known = shipped().iter().map(|loaded| loaded.rubric.id.as_str()).collect::<Vec<_>>().join("、");
        return Err(Refusal::UnknownRubric { rubric: id_or_path.to_owned(), known }.into());
    }
    match read(read_bytes(path)?) {
        Ok(loaded) => Ok(loaded),
        Err(faults) => Err(fault(id_or_path, faults.first().expect("a refused file has a fault"))),
    }
}

fn read(bytes: Vec<u8>) -> std::result::Result<Loaded, Vec<ReadError>> {
    let text = Rubric::text(bytes).map_err(|error| vec![error])?;
    Ok(Loaded { rubric: Arc::new(Rubric::read(&text)?), text: Arc::from(text) })
}

/// All faults of a rubric file; empty when it is good.
///
/// # Errors
/// When the file cannot be read from the disk.
pub fn check(path: &str) -> Result<Vec<Failure>> {
    if shipped().iter().any(|loaded| loaded.rubric.id == path) {
        return Ok(Vec::new()); // it would not have been loaded otherwise
    }
    let faults = read(read_bytes(Path::new(path))?).err().unwrap_or_default();
    Ok(faults.iter().map(|error| fault(path, error)).collect())
}

/// The value that a rubric's printed table gives for a quantity, such as 课程学时 for a length of 31 minutes.
///
/// # Errors
/// Unknown rubric or table; a quantity that is not a number above zero.
pub fn convert(rubric: &Rubric, name: &str, quantity: &str) -> Result<String> {
    let known = || rubric.conversions.iter().map(|c| c.name.as_str()).collect::<Vec<_>>().join("、");
    let conversion = rubric.conversions.iter().find(|conversion| conversion.name == name);
    let conversion = conversion.ok_or_else(|| Refusal::UnknownConversion {
        name: name.to_owned(),
        rubric: rubric.id.clone(),
        known: known(),
    })?;
    let value = rubric::decimal::parse(quantity.trim()).and_then(|quantity| conversion.value(quantity));
    let refused = || Refusal::NotConverted {
        name: name.to_owned(),
        found: quantity.trim().to_owned(),
        of: conversion.of.clone(),
        sentence: conversion.sentence.clone(),
    };
    Ok(value.map(show).ok_or_else(refused)?)
}

/// Reads no more of a rubric file than shows that it is too large.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    read_at_most(path, Rubric::MOST_BYTES)
}

/// Reads no more of a file than shows that it is larger than `most` bytes.
pub(crate) fn read_at_most(path: &Path, most: usize) -> Result<Vec<u8>> {
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(most.saturating_add(1)).read_to_end(&mut bytes))
        .map_err(|error| Refusal::FileUnreadable { path: path.display().to_string(), detail: error.to_string() })?;
    Ok(bytes)
}

/// A fault of a file, with its name.
pub(crate) fn fault(file: &str, error: &ReadError) -> Failure {
    Failure::of("rubric", &error.fault).with("file", file).with("line", error.line)
}

/// Rubrics that were read in this session, by digest.
#[derive(Default)]
pub struct Library {
    read: BTreeMap<String, Arc<Rubric>>,
}

impl Library {
    /// A rubric that ships or was read before.
    pub(crate) fn by_digest(&self, digest: &str) -> Option<Arc<Rubric>> {
        shipped_as(digest).map(|loaded| &loaded.rubric).or_else(|| self.read.get(digest)).cloned()
    }

    /// Reads a rubric that was kept with an assessment.
    pub(crate) fn add(&mut self, text: &str, digest: &str) -> Result<Arc<Rubric>> {
        let read = Rubric::read(text).map_err(|faults| match faults.first() {
            Some(error) => fault(digest, error),
            None => Refusal::Defect { detail: digest.to_owned() }.into(),
        })?;
        let rubric = Arc::new(read);
        self.read.insert(digest.to_owned(), Arc::clone(&rubric));
        Ok(rubric)
    }
}

/// A rubric in one line.
#[must_use]
pub fn summary(rubric: &Rubric) -> RubricSummary {
    let levels = rubric.indicators.iter().map(|i| i.level).max().unwrap_or_default();
    let count = |level| u32::try_from(rubric.level(level).count()).unwrap_or(u32::MAX);
    let source = &rubric.source;
    let parts = [Some(&source.document), source.issuer.as_ref(), source.number.as_ref(), source.date.as_ref()];
    RubricSummary {
        id: rubric.id.clone(),
        edition: rubric.edition.clone(),
        title: rubric.title.clone(),
        title_en: rubric.title_en.clone(),
        digest: rubric.digest.as_str().to_owned(),
        total: show(rubric.total),
        step: show(rubric.step),
        indicators: (1..=levels).map(count).collect(),
        points: u32::try_from(rubric.points().count()).unwrap_or(u32::MAX),
        source: parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" "),
        checklist: rubric.shape == Shape::Checklist,
        parent: rubric.parent.as_ref().map(|parent| format!("{} {}", parent.id, parent.edition)),
    }
}

/// A rubric in full, for the desk.
#[must_use]
pub fn view(rubric: &Rubric, language: Language) -> RubricView {
    let note = |n: &rubric::model::Note| NoteView { number: n.number.clone(), text: n.text.clone() };
    let reading = |r: &rubric::model::Reading| ReadingView {
        id: r.id.clone(),
        status: status(r.status),
        text: r.text.clone(),
        codes: r.codes.clone(),
    };
    let grade = |g: &rubric::model::Grade| GradeView {
        name: g.name.clone(),
        at_least: show(g.at_least),
        sentence: g.sentence.clone(),
    };
    RubricView {
        summary: summary(rubric),
        indicators: rubric.indicators.iter().map(|i| indicator(rubric, i, language)).collect(),
        notes: rubric.notes.iter().map(note).collect(),
        readings: rubric.readings.iter().map(reading).collect(),
        grades: rubric.grades.iter().map(grade).collect(),
        categories: rubric.categories.iter().map(category).collect(),
        quantities: rubric.quantities.iter().map(quantity).collect(),
        conversions: rubric.conversions.iter().map(|c| conversion(rubric, c)).collect(),
        adjustments: rubric.adjustments.iter().map(|a| adjustment(rubric, a)).collect(),
        local: rubric.local.as_ref().map(|l| LocalView {
            grades: l.grades,
            weights: l.weights,
            sentence: l.sentence.clone(),
        }),
    }
}

fn category(category: &rubric::model::Category) -> CategoryView {
    CategoryView { name: category.name.clone(), name_en: category.name_en.clone(), max: show(category.max) }
}

fn quantity(quantity: &Quantity) -> QuantityView {
    QuantityView {
        name: quantity.name.clone(),
        unit: quantity.unit.clone(),
        whole: quantity.whole,
        note: quantity.note.clone(),
        reading: quantity.reading.clone(),
        formula: quantity.formula.as_ref().map(|formula| formula.text().to_owned()),
    }
}

fn conversion(rubric: &Rubric, conversion: &Conversion) -> ConversionView {
    ConversionView {
        name: conversion.name.clone(),
        of: conversion.of.clone(),
        of_unit: rubric.quantity(&conversion.of).map(|quantity| quantity.unit.clone()).unwrap_or_default(),
        unit: conversion.unit.clone(),
        sentence: conversion.sentence.clone(),
        codes: conversion.codes.clone(),
    }
}

/// Names of the quantities that are recorded for parts and limits.
fn needed(rubric: &Rubric, parts: &[Part], limits: &[Limit]) -> Vec<String> {
    rubric.needed(parts, limits).into_iter().map(|quantity| quantity.name.clone()).collect()
}

fn adjustment(rubric: &Rubric, adjustment: &Adjustment) -> AdjustmentView {
    AdjustmentView {
        code: adjustment.code.clone(),
        section: adjustment.section.clone(),
        title: adjustment.title.clone(),
        text: adjustment.text.clone(),
        note: adjustment.note.clone(),
        category: adjustment.category.clone(),
        method: adjustment.method.clone(),
        acts_on: adjustment.acts_on.clone(),
        reason: adjustment.reason,
        parts: adjustment.parts.iter().map(part).collect(),
        limits: adjustment.limits.iter().map(|l| limit(&adjustment.code, l)).collect(),
        quantities: needed(rubric, &adjustment.parts, &adjustment.limits),
    }
}

fn status(status: rubric::model::ReadingStatus) -> ReadingStatus {
    match status {
        rubric::model::ReadingStatus::Printed => ReadingStatus::Printed,
        rubric::model::ReadingStatus::Forced => ReadingStatus::Forced,
        rubric::model::ReadingStatus::Inferred => ReadingStatus::Inferred,
        rubric::model::ReadingStatus::Open => ReadingStatus::Open,
    }
}

fn indicator(rubric: &Rubric, indicator: &Indicator, language: Language) -> IndicatorView {
    IndicatorView {
        code: indicator.code.clone(),
        level: indicator.level,
        parent: indicator.parent.map(|index| rubric.indicators[index].code.clone()),
        title: indicator.title.clone(),
        text: indicator.text.clone(),
        note: indicator.note.clone(),
        max: show(indicator.max),
        lead: indicator.lead.clone(),
        assisting: indicator.assisting.clone(),
        departments: indicator.departments.clone(),
        collection: indicator.collection.clone(),
        guidance: indicator.guidance.clone(),
        points: indicator.points.iter().map(|p| point(rubric, indicator, p, language)).collect(),
        limits: indicator.limits.iter().map(|l| limit(&indicator.code, l)).collect(),
        quantities: needed(rubric, &[], &indicator.limits),
    }
}

/// The printed number of a point or condition under the code of what it stands under, `（1）`; empty when that is not
/// split.
#[must_use]
pub fn label(above: &str, code: &str) -> String {
    let number = code.strip_prefix(above).and_then(|rest| rest.strip_prefix('-'));
    number.map_or_else(String::new, |number| format!("（{number}）"))
}

fn point(rubric: &Rubric, indicator: &Indicator, point: &Point, language: Language) -> PointView {
    let legal = &point.legal;
    let whole = match (rubric.step == rust_decimal::Decimal::ONE, language) {
        (true, Language::Zh) => "的整数",
        (true, Language::En) => ", whole marks",
        (false, _) => "",
    };
    PointView {
        code: point.code.clone(),
        label: label(&indicator.code, &point.code),
        title: point.title.clone(),
        text: point.text.clone(),
        note: point.note.clone(),
        max: show(point.max),
        category: point.category.clone(),
        method: point.method.clone(),
        from_full: point.base == Base::Full,
        judged: point.is_judged(),
        parts: point.parts.iter().map(part).collect(),
        limits: point.limits.iter().map(|l| limit(&point.code, l)).collect(),
        quantities: needed(rubric, &point.parts, &point.limits),
        legal: format!("{}{whole}", legal.words()),
        choices: choices(legal),
    }
}

fn choices(legal: &LegalMarks) -> Vec<String> {
    legal.choices(MOST_CHOICES).unwrap_or_default().into_iter().map(show).collect()
}

fn part(part: &Part) -> PartView {
    PartView {
        sentence: part.sentence.clone(),
        takes: part.takes,
        reading: part.reading.clone(),
        legal: part.legal.words(),
        choices: choices(&part.legal),
        rule: rule(part),
    }
}

fn rule(part: &Part) -> RuleView {
    match &part.rule {
        Rule::Award { from, to, basis } => {
            let basis = match basis {
                Basis::Graded => AwardBasis::Graded,
                Basis::Unstated => AwardBasis::Unstated,
            };
            RuleView::Award { from: show(*from), to: show(*to), basis }
        }
        Rule::Check { amount } => RuleView::Check { amount: show(*amount) },
        Rule::Count { amount, items, open, unit } => {
            RuleView::Count { amount: show(*amount), items: items.clone(), open: *open, unit: unit.clone() }
        }
        Rule::Range { from, to } => RuleView::Range { from: show(*from), to: show(*to) },
        Rule::Measure(measure) => RuleView::Measure {
            formula: measure.of.text().to_owned(),
            unit: measure.unit.clone(),
            line: show(measure.line),
            award: show(measure.award),
            every: show(measure.every),
            amount: show(measure.amount),
        },
        Rule::Band { bands, suggests, .. } => {
            RuleView::Band { bands: bands.iter().map(|b| band(part, b)).collect(), suggests: *suggests }
        }
        Rule::Entries { items, coefficients, each_most, most } => RuleView::Entries {
            items: items
                .iter()
                .map(|item| EntryItemView { name: item.name.clone(), coefficient: show(item.coefficient) })
                .collect(),
            coefficients: *coefficients,
            each_most: each_most.map(show),
            most: show(*most),
        },
        Rule::Conform { modality, .. } => RuleView::Conform { modality: <&str>::from(modality).to_owned() },
    }
}

fn band(part: &Part, band: &Band) -> BandView {
    BandView {
        from: show(band.from),
        to: show(band.to),
        sentence: band.sentence.clone(),
        when: band.when.as_ref().map(|when| when.text().to_owned()),
        choices: choices(&part.legal.between(band.from, band.to)),
    }
}

fn limit(above: &str, limit: &Limit) -> LimitView {
    let (effect, cap, conclusion) = match &limit.effect {
        Effect::Zero => (LimitEffect::Zero, None, None),
        Effect::Cap(most) => (LimitEffect::Cap, Some(show(*most)), None),
        Effect::Veto { conclusion, .. } => (LimitEffect::Veto, None, Some(conclusion.clone())),
    };
    LimitView {
        code: limit.code.clone(),
        label: label(above, &limit.code),
        title: limit.title.clone(),
        text: limit.text.clone(),
        note: limit.note.clone(),
        reading: limit.reading.clone(),
        effect,
        cap,
        conclusion,
        when: limit.when.as_ref().map(|when| when.text().to_owned()),
    }
}

/// What `rubric show --json` prints: the tree flat, in the order of the source, with the full texts.
#[derive(Debug, Serialize)]
pub struct RubricDocument {
    /// The rubric's identifier.
    pub id: String,
    /// Its edition.
    pub edition: String,
    /// Its title.
    pub title: String,
    /// Its title in English.
    pub title_en: String,
    /// SHA-256 of its file.
    pub digest: String,
    /// Full marks.
    pub total: String,
    /// Every mark is a multiple of this.
    pub step: String,
    /// The sentence that sets the step, where there is one.
    pub step_sentence: Option<String>,
    /// Where it comes from.
    pub source: String,
    /// Indicators of all levels.
    pub indicators: Vec<IndicatorDocument>,
    /// Observation points.
    pub points: Vec<PointDocument>,
    /// Conditions over points and indicators.
    pub limits: Vec<LimitDocument>,
    /// Categories of points.
    pub categories: Vec<CategoryView>,
    /// Facts in figures.
    pub quantities: Vec<QuantityView>,
    /// Printed tables that turn a quantity into a value.
    pub conversions: Vec<ConversionView>,
    /// Marks outside of the points.
    pub adjustments: Vec<AdjustmentView>,
    /// What a local edition may change.
    pub local: Option<LocalView>,
    /// Printed notes.
    pub notes: Vec<NoteView>,
    /// Readings of open places.
    pub readings: Vec<ReadingView>,
    /// Grades from the best to the worst.
    pub grades: Vec<GradeView>,
    /// Conditions on grades.
    pub grade_conditions: Vec<GradeConditionDocument>,
    /// Vetoes over the whole.
    pub vetoes: Vec<VetoDocument>,
}

/// A condition on grades in [`RubricDocument`]: fewer than `fewer_than` indicators of `level` may lie below the line.
#[derive(Debug, Serialize)]
pub struct GradeConditionDocument {
    /// Level of the indicators that are counted.
    pub level: u32,
    /// The line, in percent of full marks; strictly below it counts.
    pub below: String,
    /// The count that is already too many.
    pub fewer_than: u32,
    /// Names of the grades that need it.
    pub grades: Vec<String>,
    /// Name of the grade when it is not met.
    pub otherwise: String,
    /// The sentence that says so.
    pub sentence: String,
}

/// A veto in [`RubricDocument`].
#[derive(Debug, Serialize)]
pub struct VetoDocument {
    /// Code of the indicator.
    pub indicator: String,
    /// The line, in percent of full marks; strictly below it the veto decides.
    pub below: String,
    /// Name of the grade that results.
    pub conclusion: String,
    /// The sentence that says so.
    pub sentence: String,
}

/// An indicator in [`RubricDocument`].
#[derive(Debug, Serialize)]
pub struct IndicatorDocument {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// 1 to 3.
    pub level: u32,
    /// Full marks.
    pub max: String,
    /// Code of the indicator above.
    pub parent: Option<String>,
    /// Its text as printed.
    pub text: String,
    /// Printed remark.
    pub note: Option<String>,
    /// Lead departments.
    pub lead: Vec<String>,
    /// Assisting departments.
    pub assisting: Vec<String>,
    /// Responsible departments.
    pub departments: Vec<String>,
    /// What to collect.
    pub collection: Option<String>,
    /// The 说明 column.
    pub guidance: Option<String>,
}

/// A point in [`RubricDocument`].
#[derive(Debug, Serialize)]
pub struct PointDocument {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Full marks.
    pub max: String,
    /// Code of the indicator above.
    pub parent: String,
    /// The standard: the text as printed.
    pub standard: String,
    /// 指标类型.
    pub category: Option<String>,
    /// 评价方法 as printed.
    pub method: Option<String>,
    /// Whether marks are taken from the full marks.
    pub from_full: bool,
    /// The rules that execute it, with their sentences.
    pub rule: Vec<PartView>,
    /// Quantities to record for it.
    pub quantities: Vec<String>,
    /// The legal marks in words.
    pub legal: String,
    /// Printed remark.
    pub note: Option<String>,
}

/// A condition in [`RubricDocument`].
#[derive(Debug, Serialize)]
pub struct LimitDocument {
    /// Code of the indicator that it acts on.
    pub parent: String,
    /// The condition.
    #[serde(flatten)]
    pub limit: LimitView,
}

/// The document of a rubric.
#[must_use]
pub fn document(rubric: &Rubric, language: Language) -> RubricDocument {
    let view = view(rubric, language);
    let mut document = RubricDocument {
        id: view.summary.id,
        edition: view.summary.edition,
        title: view.summary.title,
        title_en: view.summary.title_en,
        digest: view.summary.digest,
        total: view.summary.total,
        step: view.summary.step,
        step_sentence: rubric.step_sentence.clone(),
        source: view.summary.source,
        indicators: Vec::new(),
        points: Vec::new(),
        limits: Vec::new(),
        categories: view.categories,
        quantities: view.quantities,
        conversions: view.conversions,
        adjustments: view.adjustments,
        local: view.local,
        notes: view.notes,
        readings: view.readings,
        grades: view.grades,
        grade_conditions: rubric.grade_conditions.iter().map(grade_condition_document).collect(),
        vetoes: rubric.vetoes.iter().map(veto_document).collect(),
    };
    for indicator in view.indicators {
        let parent = || indicator.code.clone();
        for point in indicator.points {
            let over = point.limits.iter().cloned();
            document.limits.extend(over.map(|limit| LimitDocument { parent: point.code.clone(), limit }));
            document.points.push(point_document(parent(), point));
        }
        document.limits.extend(indicator.limits.into_iter().map(|limit| LimitDocument { parent: parent(), limit }));
        document.indicators.push(IndicatorDocument {
            code: indicator.code,
            title: indicator.title,
            level: indicator.level,
            max: indicator.max,
            parent: indicator.parent,
            text: indicator.text,
            note: indicator.note,
            lead: indicator.lead,
            assisting: indicator.assisting,
            departments: indicator.departments,
            collection: indicator.collection,
            guidance: indicator.guidance,
        });
    }
    document
}

fn point_document(parent: String, point: PointView) -> PointDocument {
    PointDocument {
        code: point.code,
        title: point.title,
        max: point.max,
        parent,
        standard: point.text,
        category: point.category,
        method: point.method,
        from_full: point.from_full,
        rule: point.parts,
        quantities: point.quantities,
        legal: point.legal,
        note: point.note,
    }
}

fn grade_condition_document(condition: &GradeCondition) -> GradeConditionDocument {
    GradeConditionDocument {
        level: condition.level,
        below: show(condition.below),
        fewer_than: condition.fewer_than,
        grades: condition.grades.clone(),
        otherwise: condition.otherwise.clone(),
        sentence: condition.sentence.clone(),
    }
}

fn veto_document(veto: &Veto) -> VetoDocument {
    VetoDocument {
        indicator: veto.indicator.clone(),
        below: show(veto.below),
        conclusion: veto.conclusion.clone(),
        sentence: veto.sentence.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_document_tells_what_decides_the_conclusion() {
        let rubric = &shipped()[0].rubric;
        let document = serde_json::to_value(document(rubric, Language::Zh)).unwrap();
        assert_eq!(document["title_en"], rubric.title_en);
        assert_eq!(document["step_sentence"], json!(rubric.step_sentence));
        let condition = &rubric.grade_conditions[0];
        assert_eq!(
            document["grade_conditions"],
            json!([{
                "level": 2, "below": "60", "fewer_than": 7, "grades": ["优秀", "良好", "合格"],
                "otherwise": "限期整改", "sentence": condition.sentence,
            }])
        );
        let vetoes = document["vetoes"].as_array().unwrap();
        assert_eq!(vetoes.len(), rubric.vetoes.len());
        let veto = &rubric.vetoes[0];
        let expected = json!({ "indicator": "1", "below": "60", "conclusion": "限期整改", "sentence": veto.sentence });
        assert_eq!(vetoes[0], expected);
    }

    #[test]
    fn a_file_that_is_no_text_or_too_large_is_told_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("表.toml");
        let name = path.to_str().unwrap();
        let told = |code: &str| {
            let loaded = load(name).unwrap_err();
            assert_eq!(check(name).unwrap(), std::slice::from_ref(&loaded));
            assert_eq!(loaded.code(), code);
            loaded.problem(Language::Zh)
        };
        std::fs::write(&path, b"format = 1\ntitle = \"\xd0\xa1\xb1\xed\"\n").unwrap();
        let problem = told("rubric.not-utf8");
        assert!(problem.what.contains("UTF-8") && problem.place.contains("第 2 行"), "{problem}");
        std::fs::write(&path, vec![b'#'; Rubric::MOST_BYTES + 1]).unwrap();
        assert!(told("rubric.too-large").what.contains("2 MB"));
    }
}
