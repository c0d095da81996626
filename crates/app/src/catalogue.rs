//! The order of the evidence catalogue (附件6): the only place that says which piece has which number.

use rubric::Rubric;
use rubric::model::Indicator;
use std::collections::BTreeSet;
use store::EvidenceRow;

/// The pieces under one lowest-level indicator; the first has number 1.
#[derive(Debug)]
pub(crate) struct Section<'a> {
    pub indicator: &'a Indicator,
    pub items: Vec<&'a EvidenceRow>,
}

/// The catalogue by lowest-level indicator, in the order of the rubric; indicators without evidence are left out. A
/// piece stands under each indicator that it supports. Within an indicator by time (附件9 之3), then name; without a
/// time last. What experts brought is not the unit's and stands in no section.
pub(crate) fn sections<'a>(rubric: &'a Rubric, evidence: &'a [EvidenceRow]) -> Vec<Section<'a>> {
    let section = |indicator: &'a Indicator| {
        let codes: BTreeSet<&str> = indicator.points.iter().map(|point| point.code.as_str()).collect();
        let here =
            |row: &&EvidenceRow| row.origin.is_none() && row.points.iter().any(|point| codes.contains(point.as_str()));
        let mut items: Vec<&EvidenceRow> = evidence.iter().filter(here).collect();
        items.sort_by_key(|row| (row.fields.date.is_empty(), &row.fields.date, &row.fields.name, &row.id));
        Section { indicator, items }
    };
    rubric.indicators.iter().map(section).filter(|section| !section.items.is_empty()).collect()
}
