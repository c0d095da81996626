//! A rubric as `rubric show --json` prints it.

use super::show::view;
use crate::Language;
use crate::view::{
    AdjustmentView, CategoryView, ConversionView, GradeView, LimitView, LocalView, NoteView, PartView, PointView,
    QuantityView, ReadingView,
};
use rubric::Rubric;
use rubric::decimal::show;
use rubric::model::{GradeCondition, Veto};
use serde::Serialize;

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
