//! Pieces of panels: policy, members, what each sheet counted for, results; and what people decided.

use crate::panel::Round;
use crate::{Language, Result, Session, panel, world};
use assessment::Stage;
use assessment::agreement::{Measure, alpha, icc_2k, kendall_w};
use assessment::panel::{Agreement, Combined, Part as Taken, Person, Standing, TOTAL, UnitResult};
use assessment::results::ranking;
use data::{Cell, Part, Piece, Row, Table, tables};
use rubric::decimal::{parse, percent};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use store::{FactsRow, PanelRow};

impl Session {
    pub(super) fn panel_piece(&mut self, part: &Part, row: &PanelRow, office: &str) -> Result<Piece> {
        let round = self.round(&row.id)?;
        let mut sheets = Vec::new();
        for stage in [row.stage, Stage::SelfEvaluation] {
            let word: &'static str = stage.into();
            for sheet in self.read(|tx| Ok(tx.sheets_for_panel(&row.rubric, row.year, stage)?))? {
                let phase: &'static str = sheet.phase.into();
                sheets.push(vec![
                    (&row.id).into(),
                    sheet.sheet.into(),
                    word.into(),
                    sheet.unit.into(),
                    sheet.assessor.into(),
                    sheet.organisation.into(),
                    phase.into(),
                    sheet.digest.into(),
                ]);
            }
        }
        let panel = Published { id: &row.id, round: &round };
        let mut rows: Vec<(&'static Table, Vec<Row>)> = vec![
            (&tables::PANEL, vec![panel.head(office)]),
            (&tables::PANEL_MEMBER, panel.members()),
            (&tables::RECUSAL, panel.recusals()),
            (&tables::PANEL_SHEET, sheets),
            (&tables::PANEL_CELL, panel.cells()),
            (&tables::AGREEMENT, panel.agreement()),
            (&tables::DECISION, panel.agreed()),
        ];
        rows.extend(panel.calculations());
        rows.extend(panel.results());
        Ok(Piece { key: format!("panel:{}", row.id), part: Some(part.clone()), rows })
    }

    /// What people decided on sheets of these assessments.
    pub(super) fn decision_pieces(&mut self, _part: &Part, _rows: &[FactsRow]) -> Result<Vec<Piece>> {
        Ok(Vec::new())
    }
}

/// A panel on its way out.
struct Published<'a> {
    id: &'a str,
    round: &'a Round,
}

impl Published<'_> {
    /// A row that begins with the panel.
    fn row(&self, cells: impl IntoIterator<Item = Cell>) -> Row {
        std::iter::once(self.id.into()).chain(cells).collect()
    }

    fn person(&self, member: usize) -> [Cell; 2] {
        let of = |person: &Person| [(&person.name).into(), (&person.organisation).into()];
        self.round.panel.members.get(member).map_or([Cell::None, Cell::None], of)
    }

    fn head(&self, office: &str) -> Row {
        let (row, policy) = (&self.round.row, &self.round.panel.policy);
        let trim: Vec<String> = policy.trim.iter().map(|trim| format!("{}:{}", trim.from, trim.drop)).collect();
        let word = |word: &'static str| Cell::from(word);
        self.row([
            office.into(),
            (&row.name).into(),
            word(row.stage.into()),
            (&row.rubric).into(),
            self.round.declared.into(),
            word(policy.method.into()),
            word(policy.per.into()),
            word(policy.rounding.into()),
            policy.step.into(),
            word(policy.holds.into()),
            policy.least.into(),
            policy.point_outlier.into(),
            policy.total_outlier.into(),
            trim.join(" ").into(),
            policy.ties.join(" ").into(),
            Cell::Time(row.created_at),
        ])
    }

    fn members(&self) -> Vec<Row> {
        let panel = &self.round.panel;
        let member = |person: &Person| {
            let leads = panel.leader.as_ref() == Some(person);
            self.row([(&person.name).into(), (&person.organisation).into(), leads.into()])
        };
        panel.members.iter().map(member).collect()
    }

    fn recusals(&self) -> Vec<Row> {
        let recusal = |((person, unit), reason): (&(Person, String), &String)| {
            self.row([(&person.name).into(), (&person.organisation).into(), unit.into(), reason.into()])
        };
        self.round.panel.recusals.iter().map(recusal).collect()
    }

    /// Unit × member.
    fn cells(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (unit, sheets) in self.round.units.iter().zip(&self.round.sheets) {
            let shown = panel::result(self.round, unit, Language::Zh);
            for (member, cell) in unit.cells.iter().enumerate() {
                let [assessor, organisation] = self.person(member);
                let standing: &'static str = (&cell.standing).into();
                let dropped = shown.cells.get(member).map(|cell| cell.dropped.as_str()).unwrap_or_default();
                let counted = cell.standing == Standing::Counted;
                rows.push(self.row([
                    (&unit.unit).into(),
                    assessor,
                    organisation,
                    standing.into(),
                    sheets.get(member).and_then(Option::as_ref).map(|kept| &kept.digest).into(),
                    cell.total.into(),
                    cell.grade.as_ref().into(),
                    counted.then_some(if dropped.is_empty() { "counted" } else { dropped }).into(),
                    shown.cells.get(member).is_some_and(|cell| cell.outlier).into(),
                ]));
            }
        }
        rows
    }

    fn calculations(&self) -> [(&'static Table, Vec<Row>); 2] {
        let (mut heads, mut marks) = (Vec::new(), Vec::new());
        for unit in &self.round.units {
            let totals = unit.totals.iter().map(|combined| (TOTAL, combined, unit.agreed.is_some(), unit.total));
            let points = unit.points.iter().chain(&unit.adjustments);
            let points = points.map(|one| (one.code.as_str(), &one.combined, one.agreed.is_some(), one.mark));
            for (code, combined, agreed, mark) in totals.chain(points) {
                heads.push(self.calculation(unit, code, combined, agreed, mark));
                marks.extend(combined.marks.iter().map(|mark| {
                    let [assessor, organisation] = self.person(mark.member);
                    let part: &'static str = Taken::into(mark.part);
                    self.row([(&unit.unit).into(), code.into(), assessor, organisation, mark.value.into(), part.into()])
                }));
            }
        }
        [(&tables::CALCULATION, heads), (&tables::CALCULATION_MARK, marks)]
    }

    fn calculation(
        &self,
        unit: &UnitResult,
        code: &str,
        combined: &Combined,
        agreed: bool,
        mark: Option<Decimal>,
    ) -> Row {
        self.row([
            (&unit.unit).into(),
            code.into(),
            combined.sum.into(),
            combined.by.into(),
            combined.dropped.into(),
            combined.spread.into(),
            combined.value.into(),
            agreed.into(),
            mark.into(),
        ])
    }

    fn results(&self) -> [(&'static Table, Vec<Row>); 3] {
        let round = self.round;
        let places: BTreeMap<usize, (usize, bool)> = ranking(&round.rubric, &round.units, &round.panel.policy.ties)
            .into_iter()
            .map(|place| (place.unit, (place.rank, place.tied)))
            .collect();
        let (mut results, mut scores, mut flags) = (Vec::new(), Vec::new(), Vec::new());
        for (at, unit) in round.units.iter().enumerate() {
            let place = places.get(&at);
            let share = unit.total.and_then(|total| percent(total, round.rubric.total));
            results.push(self.row([
                (&unit.unit).into(),
                unit.counted.into(),
                unit.total.into(),
                share.and_then(|share| parse(&share)).into(),
                unit.grade.as_ref().into(),
                unit.vetoed.into(),
                place.map(|(rank, _)| *rank).into(),
                place.is_some_and(|(_, tied)| *tied).into(),
                round.own.get(&unit.unit).map(|own| own.total).into(),
            ]));
            for (indicator, score) in round.rubric.indicators.iter().zip(&unit.indicators) {
                scores.push(self.row([(&unit.unit).into(), (&indicator.code).into(), (*score).into()]));
            }
            let [zh, en] = [Language::Zh, Language::En].map(|language| panel::result(round, unit, language).flags);
            for (number, (zh, en)) in zh.into_iter().zip(en).enumerate() {
                let (unit, number) = ((&unit.unit).into(), (number + 1).into());
                flags.push(self.row([unit, number, zh.code.into(), zh.text.into(), en.text.into()]));
            }
        }
        [(&tables::RESULT, results), (&tables::RESULT_SCORE, scores), (&tables::FLAG, flags)]
    }

    /// Agreement of the totals.
    fn agreement(&self) -> Vec<Row> {
        let counts = |cell: &assessment::panel::Cell| cell.total.filter(|_| cell.standing == Standing::Counted);
        let all: Vec<Vec<Option<Decimal>>> =
            self.round.units.iter().map(|unit| unit.cells.iter().map(counts).collect()).collect();
        let scored = all.iter().filter(|row| !row.is_empty());
        let full: Vec<Vec<Decimal>> = scored.filter_map(|row| row.iter().copied().collect()).collect();
        let measures =
            [(Measure::KendallW, kendall_w(&full)), (Measure::Icc2k, icc_2k(&full)), (Measure::Alpha, alpha(&all))];
        let row = |(measure, value): (Measure, std::result::Result<Decimal, assessment::agreement::Why>)| {
            let measure: &'static str = measure.into();
            self.row([measure.into(), value.ok().into(), full.len().into()])
        };
        measures.into_iter().map(row).collect()
    }

    /// The marks that the members agreed on.
    fn agreed(&self) -> Vec<Row> {
        let of_unit = |(unit, all): (&String, &BTreeMap<String, Agreement>)| -> Vec<Row> {
            let row = |(code, agreement): (&String, &Agreement)| -> Row {
                vec![
                    format!("{}\u{1f}{unit}\u{1f}{code}", self.id).into(),
                    "agreed-mark".into(),
                    self.id.into(),
                    unit.into(),
                    code.into(),
                    (&agreement.mark).into(),
                    agreement.before.as_ref().into(),
                    serde_json::to_string(&agreement.given).expect("plain data").into(),
                    (&agreement.reason).into(),
                    Cell::None,
                    Cell::None,
                    world::seconds(&agreement.at).map_or(Cell::Time(0), Cell::Time),
                ]
            };
            all.iter().map(row).collect()
        };
        self.round.panel.agreements.iter().flat_map(of_unit).collect()
    }
}
