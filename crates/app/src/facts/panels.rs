//! Pieces of panels: policy, members, what each sheet counted for, results; and what people decided.

use super::effective::Effective;
use crate::panel::Round;
use crate::{Language, Result, Session, panel, world};
use assessment::agreement::{Measure, alpha, icc_2k, kendall_w};
use assessment::panel::{Agreement, Combined, Part as Taken, Person, Standing, TOTAL, UnitResult};
use assessment::results::ranking;
use assessment::{Phase, Stage};
use data::{Cell, Part, Piece, Row, Table, tables};
use rubric::decimal::{parse, percent};
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use store::{FactsRow, PanelRow, PanelSheetRow};

impl Session {
    pub(super) fn panel_piece(&mut self, part: &Part, row: &PanelRow, office: &str) -> Result<Piece> {
        let round = self.round(&row.id)?;
        let mut before = Vec::new();
        for stage in [row.stage, Stage::SelfEvaluation] {
            for sheet in self.read(|tx| Ok(tx.sheets_for_panel(&row.rubric, row.year, stage)?))? {
                let decided = self.decided(&round, &sheet)?;
                before.push((stage, round.names.follow((sheet, None)).0, decided));
            }
        }
        let panel = Published { id: &row.id, round: &round };
        let mut rows: Vec<(&'static Table, Vec<Row>)> = vec![
            (&tables::PANEL, vec![panel.head(office)]),
            (&tables::PANEL_MEMBER, panel.members()),
            (&tables::RECUSAL, panel.recusals()),
            (&tables::PANEL_SHEET, panel.sheets(before)),
            (&tables::PANEL_CELL, panel.cells()),
            (&tables::AGREEMENT, panel.agreement()),
            (&tables::DECISION, panel.agreed()),
        ];
        rows.extend(panel.calculations());
        rows.extend(panel.results());
        Ok(Piece { key: format!("panel:{}", row.id), part: Some(part.clone()), rows })
    }

    /// What a signed sheet says once somebody put other marks in place of its own; nothing where nobody did.
    fn decided(&self, round: &Round, row: &PanelSheetRow) -> Result<Option<String>> {
        let signed = row.digest.as_ref().filter(|_| row.phase == Phase::Signed);
        let Some(digest) = signed.filter(|digest| round.names.has_marks(&row.sheet, digest)) else { return Ok(None) };
        let file = self.read(|tx| Ok(tx.revision_file(&row.sheet, digest)?))?.unwrap_or_default();
        let facts = round.names.decided(&round.rubric, &row.sheet, digest, &file);
        Ok(facts.map(|facts| Effective::of(&round.rubric, &facts).written()))
    }

    /// What people decided on sheets of these assessments, and on names.
    pub(super) fn decision_pieces(&self, part: &Part, rows: &[FactsRow]) -> Result<Vec<Piece>> {
        let mut known = BTreeSet::new();
        for row in rows {
            known.extend(self.read(|tx| Ok(tx.sheets_in(&row.assessment.id)?))?.into_iter().map(|sheet| sheet.id));
        }
        let mut pieces = Vec::new();
        for kept in self.read(|tx| Ok(tx.decisions()?))? {
            // They were checked when they were taken in.
            let Ok(said) = serde_json::from_str::<Value>(&kept.body) else { continue };
            if said["choice"]["sheet"].as_str().is_some_and(|sheet| !known.contains(sheet)) {
                continue;
            }
            let key = format!("decision:{}:{}:{}", part.rubric, part.year, kept.digest);
            let rows: Vec<(&'static Table, Vec<Row>)> = vec![(&tables::DECISION, vec![decision(&kept.digest, &said)])];
            pieces.push(Piece { key, part: Some(part.clone()), rows });
        }
        Ok(pieces)
    }
}

/// A signed decision as a row: about a sheet `place` is the sheet, `taken` and `before` are contents; about a name
/// `before` is the spelling that was found and `taken` the one that is meant.
fn decision(digest: &str, said: &Value) -> Row {
    let choice = &said["choice"];
    let plain = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(all) => Some(all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ")),
        other => Some(other.to_string()),
    };
    let first = |names: [&str; 2]| names.iter().find_map(|name| plain(&choice[*name]));
    let at = said["at"].as_str().and_then(world::seconds);
    vec![
        digest.into(),
        choice["about"].as_str().unwrap_or_default().into(),
        Cell::None,
        Cell::None,
        plain(&choice["sheet"]).unwrap_or_default().into(),
        first(["taken", "meant"]).into(),
        first(["rejected", "given"]).into(),
        plain(&choice["marks"]).into(),
        said["reason"].as_str().unwrap_or_default().into(),
        said["by"]["name"].as_str().into(),
        said["by"]["organisation"].as_str().into(),
        Cell::Time(at.unwrap_or_default()),
    ]
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

    /// The sheets that the panel had before it, under the names that are meant, each with what somebody decided of it; who
    /// is a member is named as the member is.
    fn sheets(&self, before: Vec<(Stage, PanelSheetRow, Option<String>)>) -> Vec<Row> {
        let round = self.round;
        let as_member = |person: Person| {
            let members = round.panel.members.iter();
            let same = members.into_iter().find(|member| round.names.person((*member).clone()) == person).cloned();
            same.unwrap_or(person)
        };
        let mut rows = Vec::new();
        for (stage, mut sheet, mut decided) in before {
            if round.names.is_contested(&sheet.sheet) {
                // Nothing that it says counts until somebody decides.
                (sheet.digest, decided) = (None, None);
            }
            let (stage, phase): (&'static str, &'static str) = (stage.into(), sheet.phase.into());
            let person = as_member(Person { name: sheet.assessor, organisation: sheet.organisation });
            let place = [sheet.sheet.into(), stage.into(), sheet.unit.into()];
            let who = [person.name.into(), person.organisation.into()];
            let state = [phase.into(), sheet.digest.into(), Cell::None, decided.into()];
            rows.push(self.row(place.into_iter().chain(who).chain(state)));
        }
        for (unit, person, sides) in round.names.contested(&round.row) {
            let person = as_member(person.clone());
            let stage: &'static str = round.row.stage.into();
            let sheet = format!("contested\u{1f}{unit}\u{1f}{}\u{1f}{}", person.name, person.organisation);
            let place = [sheet.into(), stage.into(), unit.into(), person.name.into(), person.organisation.into()];
            let draft: &'static str = Phase::Draft.into();
            rows.push(self.row(place.into_iter().chain([draft.into(), Cell::None, sides.into(), Cell::None])));
        }
        rows
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
