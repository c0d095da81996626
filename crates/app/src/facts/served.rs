//! Results from a server: what was published is put together again and judged by the same rules.

use super::{Refused, Surroundings};
use crate::panel::{Round, SheetWithFacts};
use crate::view::{ResultsView, ServerInput};
use crate::{Result, Session, world};
use assessment::panel::{
    Agreement, PanelEntry, Person, Policy, SheetFacts, Trim, agreement_entry, leader_entry, member_entry, policy_entry,
    recusal_entry,
};
use assessment::{Phase, Stage};
use data::server::{Moment, Reader};
use data::{Part, Row, Table, tables};
use rubric::Rubric;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap};
use std::str::FromStr;
use std::sync::Arc;
use store::{PanelRow, PanelSheetRow};

/// A published row, asked by the names of its columns.
struct Line<'a> {
    table: &'static Table,
    row: &'a Row,
}

impl Line<'_> {
    fn cell(&self, name: &str) -> Option<&data::Cell> {
        let at = self.table.columns.iter().position(|column| column.name == name)?;
        self.row.get(at)
    }

    fn maybe(&self, name: &str) -> Option<String> {
        self.cell(name)?.text().map(str::to_owned)
    }

    fn text(&self, name: &str) -> String {
        self.maybe(name).unwrap_or_default()
    }

    fn decimal(&self, name: &str) -> Option<Decimal> {
        self.cell(name)?.decimal()
    }

    fn whole(&self, name: &str) -> Option<u32> {
        u32::try_from(self.cell(name)?.whole()?).ok()
    }

    fn bool(&self, name: &str) -> bool {
        self.cell(name).and_then(data::Cell::bool).unwrap_or_default()
    }

    fn time(&self, name: &str) -> i64 {
        match self.cell(name) {
            Some(data::Cell::Time(seconds)) => *seconds,
            _ => 0,
        }
    }

    fn person(&self) -> Person {
        Person { name: self.text("assessor"), organisation: self.text("organisation") }
    }
}

/// What is being read of one panel.
struct Source<'m, 'r> {
    moment: &'m mut Moment<'r>,
    server: String,
}

impl Session {
    /// From now on the results of this session are those of a panel on a server.
    ///
    /// # Errors
    /// No server; no such panel there; facts that do not make sense.
    pub fn look_at_server(&mut self, server: &ServerInput, around: &Surroundings, panel: &str) -> Result<()> {
        let access = around.access(server)?;
        let mut reader = Reader::open(&access)?;
        let mut moment = reader.moment()?;
        let mut source = Source { moment: &mut moment, server: access.server().to_owned() };
        let (part, row) = source.panel(panel)?;
        let line = Line { table: &tables::PANEL, row: &row };
        let digest = line.text("rubric_digest");
        let text = source.rubric(&digest)?;
        let rubric = self.library.add(&text, &digest)?;
        let round = source.round(&part, &line, rubric)?;
        self.show_served(Some(round));
        Ok(())
    }

    /// The results of a panel on a server; this session's own stay as they are.
    ///
    /// # Errors
    /// As [`Session::look_at_server`].
    pub fn served_results(&mut self, server: &ServerInput, around: &Surroundings, panel: &str) -> Result<ResultsView> {
        self.look_at_server(server, around, panel)?;
        let results = self.results(panel);
        self.show_served(None);
        results
    }
}

impl Source<'_, '_> {
    fn unreadable(&self, detail: impl Into<String>) -> Refused {
        Refused::Unreadable { server: self.server.clone(), detail: detail.into() }
    }

    fn word<T: FromStr>(&self, line: &Line<'_>, name: &str) -> Result<T> {
        let text = line.text(name);
        Ok(text.parse().map_err(|_| self.unreadable(format!("{}.{name} = {text}", line.table.name)))?)
    }

    fn of_panel(&mut self, table: &'static Table, panel: &str) -> Result<Vec<Row>> {
        let rows = self.moment.rows(table, "panel", &[panel.to_owned()])?;
        Ok(rows.into_iter().map(|(_, row)| row).collect())
    }

    /// The panel with this name or identifier; of several with the name, none.
    fn panel(&mut self, given: &str) -> Result<(Part, Row)> {
        let given = given.trim();
        let all = self.moment.all(&tables::PANEL)?;
        let line = |row: &Row, name: &str| Line { table: &tables::PANEL, row }.text(name);
        let fits = |(_, row): &&(Part, Row)| {
            let (id, name) = (line(row, "panel"), line(row, "name"));
            let named = format!("{name}@{}", line(row, "office"));
            name == given || id == given || named == given || (given.len() >= 4 && id.starts_with(given))
        };
        let mut found = all.iter().filter(fits);
        if let (Some(one), None) = (found.next(), found.next()) {
            return Ok(one.clone());
        }
        let named: Vec<String> =
            all.iter().map(|(_, row)| format!("{}@{}", line(row, "name"), line(row, "office"))).collect();
        let (panel, server) = (given.to_owned(), self.server.clone());
        Err(Refused::UnknownPanel { panel, server, known: named.join("、") }.into())
    }

    fn rubric(&mut self, digest: &str) -> Result<String> {
        let rows = self.moment.rows(&tables::RUBRIC, "digest", &[digest.to_owned()])?;
        let text = rows.first().map(|(_, row)| Line { table: &tables::RUBRIC, row }.text("text"));
        Ok(text.ok_or_else(|| self.unreadable(format!("rubric {digest}")))?)
    }

    fn round(&mut self, part: &Part, panel: &Line<'_>, rubric: Arc<Rubric>) -> Result<Round> {
        let id = panel.text("panel");
        let row = PanelRow {
            id: id.clone(),
            name: panel.text("name"),
            rubric: panel.text("rubric_digest"),
            year: part.year,
            stage: self.word(panel, "stage")?,
            created_at: panel.time("created_at"),
        };
        let entries = self.entries(panel, &id)?;
        let (mut sheets, mut own) = (Vec::new(), Vec::new());
        for (stage, sheet) in self.sheets(&id, &rubric)? {
            if stage == row.stage {
                sheets.push(sheet);
            } else {
                own.push(sheet);
            }
        }
        // What was published follows the decisions already.
        Ok(Round::of(row, rubric, entries, sheets, own, crate::panel::Names::default()))
    }

    /// The entries of a panel as a workspace keeps them.
    fn entries(&mut self, panel: &Line<'_>, id: &str) -> Result<Vec<(String, String)>> {
        let mut entries: Vec<PanelEntry> = Vec::new();
        if panel.bool("declared") {
            entries.push(policy_entry(&self.policy(panel)?));
        }
        for row in self.of_panel(&tables::PANEL_MEMBER, id)? {
            let line = Line { table: &tables::PANEL_MEMBER, row: &row };
            entries.push(member_entry(&line.person(), true));
            if line.bool("leader") {
                entries.push(leader_entry(Some(&line.person())));
            }
        }
        for row in self.of_panel(&tables::RECUSAL, id)? {
            let line = Line { table: &tables::RECUSAL, row: &row };
            entries.push(recusal_entry(&line.person(), &line.text("unit"), Some(&line.text("reason"))));
        }
        for row in self.of_panel(&tables::DECISION, id)? {
            let line = Line { table: &tables::DECISION, row: &row };
            let given = serde_json::from_str(&line.text("given"));
            let agreement = Agreement {
                mark: line.text("taken"),
                reason: line.text("reason"),
                at: world::rfc3339(line.time("decided_at")),
                before: line.maybe("before"),
                given: given.map_err(|error| self.unreadable(error.to_string()))?,
            };
            entries.push(agreement_entry(&line.text("unit"), &line.text("place"), Some(&agreement)));
        }
        Ok(entries.into_iter().filter_map(|(key, value)| Some((key, value?))).collect())
    }

    fn policy(&self, panel: &Line<'_>) -> Result<Policy> {
        let trim = |text: &str| {
            let (from, drop) = text.split_once(':')?;
            Some(Trim { from: from.parse().ok()?, drop: drop.parse().ok()? })
        };
        Ok(Policy {
            method: self.word(panel, "method")?,
            trim: panel.text("trim").split_whitespace().filter_map(trim).collect(),
            per: self.word(panel, "per")?,
            rounding: self.word(panel, "rounding")?,
            step: panel.decimal("step").unwrap_or_default(),
            holds: self.word(panel, "holds")?,
            least: panel.whole("least").unwrap_or_default(),
            point_outlier: panel.whole("point_outlier"),
            total_outlier: panel.whole("total_outlier"),
            ties: panel.text("ties").split_whitespace().map(str::to_owned).collect(),
        })
    }

    /// The sheets that a panel had before it, with their stages and what the signed ones say.
    fn sheets(&mut self, id: &str, rubric: &Rubric) -> Result<Vec<(Stage, SheetWithFacts)>> {
        let rows = self.of_panel(&tables::PANEL_SHEET, id)?;
        let lines: Vec<Line<'_>> = rows.iter().map(|row| Line { table: &tables::PANEL_SHEET, row }).collect();
        let signed = |line: &&Line<'_>| line.text("phase").parse() == Ok(Phase::Signed);
        let digests: Vec<String> = lines.iter().filter(signed).filter_map(|line| line.maybe("sheet_digest")).collect();
        let facts = self.facts(&digests, rubric)?;
        let mut sheets = Vec::new();
        for line in &lines {
            let row = PanelSheetRow {
                sheet: line.text("sheet"),
                unit: line.text("unit"),
                assessor: line.text("assessor"),
                organisation: line.text("organisation"),
                phase: self.word(line, "phase")?,
                digest: line.maybe("sheet_digest"),
            };
            let of_sheet = row.digest.as_ref().filter(|_| row.phase == Phase::Signed);
            let of_sheet = of_sheet.and_then(|digest| facts.get(digest)).cloned();
            sheets.push((self.word(line, "stage")?, (row, of_sheet)));
        }
        sheets.sort_by(|(_, (one, _)), (_, (other, _))| {
            let key = |row: &PanelSheetRow| {
                (row.unit.clone(), row.assessor.clone(), row.organisation.clone(), row.sheet.clone())
            };
            key(one).cmp(&key(other))
        });
        Ok(sheets)
    }

    /// Values of sheets by code.
    fn values(
        &mut self,
        table: &'static Table,
        (code, value): (&str, &str),
        digests: &[String],
    ) -> Result<HashMap<String, BTreeMap<String, Decimal>>> {
        let mut all: HashMap<String, BTreeMap<String, Decimal>> = HashMap::new();
        for (_, row) in self.moment.rows(table, "sheet_digest", digests)? {
            let line = Line { table, row: &row };
            if let Some(number) = line.decimal(value) {
                all.entry(line.text("sheet_digest")).or_default().insert(line.text(code), number);
            }
        }
        Ok(all)
    }

    fn facts(&mut self, digests: &[String], rubric: &Rubric) -> Result<HashMap<String, Arc<SheetFacts>>> {
        let points = self.values(&tables::MARK, ("point", "mark"), digests)?;
        let indicators = self.values(&tables::SCORE, ("indicator", "score"), digests)?;
        let categories = self.values(&tables::CATEGORY_SCORE, ("category", "score"), digests)?;
        let adjustments = self.values(&tables::ADJUSTMENT, ("code", "amount"), digests)?;
        let mut conditions: HashMap<String, BTreeMap<String, bool>> = HashMap::new();
        for (_, row) in self.moment.rows(&tables::CONDITION, "sheet_digest", digests)? {
            let line = Line { table: &tables::CONDITION, row: &row };
            let of_sheet = conditions.entry(line.text("sheet_digest")).or_default();
            of_sheet.insert(line.text("code"), line.bool("present"));
        }
        let mut facts = HashMap::new();
        for (_, row) in self.moment.rows(&tables::SHEET, "digest", digests)? {
            let line = Line { table: &tables::SHEET, row: &row };
            let digest = line.text("digest");
            let of = |all: &HashMap<String, BTreeMap<String, Decimal>>, code: &str| {
                all.get(&digest).and_then(|values| values.get(code)).copied()
            };
            let limit = |code: &str| conditions.get(&digest).and_then(|present| present.get(code)).copied();
            let of_sheet = SheetFacts {
                total: line.decimal("total").unwrap_or_default(),
                grade: line.maybe("grade"),
                points: rubric.points().map(|(_, point)| of(&points, &point.code)).collect(),
                indicators: rubric.indicators.iter().map(|one| of(&indicators, &one.code).unwrap_or_default()).collect(),
                categories: rubric.categories.iter().map(|one| of(&categories, &one.name).unwrap_or_default()).collect(),
                adjustments: rubric.adjustments.iter().map(|one| of(&adjustments, &one.code)).collect(),
                limits: rubric.limits().map(|(_, one)| limit(&one.code)).collect(),
            };
            facts.insert(digest, Arc::new(of_sheet));
        }
        Ok(facts)
    }
}
