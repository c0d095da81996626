//! Missing evidence (缺材料清单): what each lowest-level indicator asks to collect, and its points without a file of the
//! unit. The only place that says which point lacks evidence.

use crate::sheets::Opened;
use crate::view::{MissingIndicator, MissingList, MissingPoint};
use crate::{Result, Session};
use assessment::Verdict;
use rubric::model::Indicator;
use std::collections::{BTreeMap, BTreeSet};

/// A lowest-level indicator with points that lack evidence.
#[derive(Debug)]
pub(crate) struct Missing<'a> {
    pub indicator: &'a Indicator,
    pub points: Vec<Lack<'a>>,
}

/// A point without evidence.
#[derive(Debug)]
pub(crate) struct Lack<'a> {
    pub point: &'a rubric::model::Point,
    /// Whether it has a mark already.
    pub scored: bool,
    /// Names of pieces that experts refuted (不符): they are there, and support nothing.
    pub refuted: Vec<&'a str>,
}

/// How many pieces support each point: those of the unit that were not refuted.
pub(crate) fn support(opened: &Opened) -> BTreeMap<&str, usize> {
    let refuted = refuted(opened);
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    let supporting =
        opened.evidence.iter().filter(|piece| piece.origin.is_none() && !refuted.contains(piece.id.as_str()));
    for point in supporting.flat_map(|piece| &piece.points) {
        *found.entry(point).or_default() += 1;
    }
    found
}

fn refuted(opened: &Opened) -> BTreeSet<&str> {
    let refuted = opened.records.judgements().filter(|(_, judged)| judged.verdict == Verdict::Refuted);
    refuted.map(|(id, _)| id).collect()
}

/// The lowest-level indicators with points that lack evidence, in the order of the rubric.
pub(crate) fn missing(opened: &Opened) -> Vec<Missing<'_>> {
    let (support, refuted) = (support(opened), refuted(opened));
    let scored: BTreeSet<&str> =
        opened.outcome.points.iter().filter(|point| point.score.is_some()).map(|point| point.code.as_str()).collect();
    let refuted_at = |code: &str| -> Vec<&str> {
        let here = opened.evidence.iter().filter(|piece| piece.points.iter().any(|point| point == code));
        here.filter(|piece| refuted.contains(piece.id.as_str())).map(|piece| piece.fields.name.as_str()).collect()
    };
    let lacks = |indicator: &'_ Indicator| -> Vec<usize> {
        let without = |point: &rubric::model::Point| !support.contains_key(point.code.as_str());
        (0..indicator.points.len()).filter(|at| without(&indicator.points[*at])).collect()
    };
    let of = |indicator| Missing {
        indicator,
        points: lacks(indicator)
            .into_iter()
            .map(|at| {
                let point = &indicator.points[at];
                Lack { point, scored: scored.contains(point.code.as_str()), refuted: refuted_at(&point.code) }
            })
            .collect(),
    };
    opened.rubric.indicators.iter().map(of).filter(|missing| !missing.points.is_empty()).collect()
}

/// What to collect (责任部门和材料收集工作重点), as its lines; empty where the source asks for nothing.
pub(crate) fn asked(indicator: &Indicator) -> Vec<String> {
    let text = indicator.collection.as_deref().unwrap_or_default();
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

impl Session {
    /// What evidence is missing, by lowest-level indicator.
    ///
    /// # Errors
    /// Unknown sheet; of the disk.
    pub fn missing_evidence(&mut self, sheet: &str) -> Result<MissingList> {
        let opened = self.opened(sheet)?;
        let view = |missing: Missing<'_>| MissingIndicator {
            code: missing.indicator.code.clone(),
            title: missing.indicator.title.clone(),
            departments: missing.indicator.departments.clone(),
            asked: asked(missing.indicator),
            points: missing
                .points
                .iter()
                .map(|lack| MissingPoint {
                    code: lack.point.code.clone(),
                    title: lack.point.title.clone(),
                    scored: lack.scored,
                    refuted: lack.refuted.iter().map(|name| (*name).to_owned()).collect(),
                })
                .collect(),
        };
        Ok(MissingList { indicators: missing(&opened).into_iter().map(view).collect() })
    }
}
