//! What stands behind the results in the 汇总表: weak indicators, self against review, agreement of the members.

use super::material::Material;
use super::merged::NONE;
use document::{Align, Table};
use workbook::Annex;

/// The tables that there is something to say in.
pub(super) fn annexes(material: &Material) -> Vec<Annex> {
    let all = [weak(material), own(material), agreement(material)];
    all.into_iter().filter(|annex| !annex.rows.is_empty()).collect()
}

/// As it is printed, under a number.
pub(super) fn table(annex: &Annex) -> (String, Table) {
    let columns: Vec<(&str, f64, Align)> =
        annex.columns.iter().map(|(head, width, align)| (head.as_str(), f64::from(*width), *align)).collect();
    (annex.name.clone(), Table::plain(&columns, &annex.rows, &annex.name))
}

fn columns<const N: usize>(of: [(&str, u16, Align); N]) -> Vec<(String, u16, Align)> {
    of.into_iter().map(|(head, width, align)| (head.to_owned(), width, align)).collect()
}

/// Indicators in which a unit is below the line, the weakest first.
fn weak(material: &Material) -> Annex {
    let results = &material.results;
    let below = format!("低于{}%的单位数", results.line);
    let row = |row: &crate::view::IndicatorRow| {
        let percent = row.percent.clone().unwrap_or_default();
        let (lowest, highest) = (row.lowest.clone(), row.highest.clone());
        let counts = [row.below.to_string(), row.units.to_string()];
        [row.code.clone(), row.title.clone(), row.max.clone(), percent, lowest, highest]
            .into_iter()
            .chain(counts)
            .collect()
    };
    Annex {
        name: "薄弱指标".to_owned(),
        columns: columns([
            ("编号", 18, Align::Centre),
            ("指标", 80, Align::Left),
            ("满分", 16, Align::Centre),
            ("得分率（%）", 22, Align::Centre),
            ("最低分", 20, Align::Centre),
            ("最高分", 20, Align::Centre),
            (&below, 26, Align::Centre),
            ("有结果的单位", 24, Align::Centre),
        ]),
        rows: results.indicators.iter().filter(|row| row.below > 0).map(row).collect(),
    }
}

/// Each unit's own total beside the panel's.
fn own(material: &Material) -> Annex {
    let row = |row: &crate::view::OwnRow| {
        let text = |mark: &Option<String>| mark.clone().unwrap_or_default();
        vec![row.unit.clone(), text(&row.own), text(&row.panel), text(&row.difference)]
    };
    Annex {
        name: "自评与合议".to_owned(),
        columns: columns([
            ("单位", 80, Align::Centre),
            ("自评总分", 30, Align::Centre),
            ("合议总分", 30, Align::Centre),
            ("合议减自评", 30, Align::Centre),
        ]),
        rows: material.results.own.iter().filter(|row| row.own.is_some()).map(row).collect(),
    }
}

/// How far the members agree on the totals.
fn agreement(material: &Material) -> Annex {
    let row = |measure: &crate::view::AgreementMeasure| {
        let value = measure.value.clone().unwrap_or_else(|| NONE.to_owned());
        vec![measure.name.clone(), value, measure.text.clone()]
    };
    Annex {
        name: "专家一致性".to_owned(),
        columns: columns([("指标", 58, Align::Centre), ("数值", 20, Align::Centre), ("说明", 150, Align::Left)]),
        rows: material.results.panel.agreement.iter().map(row).collect(),
    }
}
