//! Results from a server: what was published is put together again and judged by the same rules.

use super::effective::Effective;
use super::{Refused, Surroundings};
use crate::panel::{Names, Round, SheetWithFacts};
use crate::view::{ResultsView, ServerInput};
use crate::{Failure, Language, Result, Session, world};
use assessment::panel::{
    Agreement, PanelEntry, Person, Policy, Standing, Trim, agreement_entry, leader_entry, member_entry, policy_entry,
    recusal_entry,
};
use assessment::{Phase, Stage};
use data::server::{Moment, Reader};
use data::{Part, Row, Table, tables};
use package::Sha256;
use rubric::Rubric;
use rubric::decimal::show;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
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

/// A unit, a person, and how many contents of the sheet contend.
type Contended = (String, Person, usize);

/// What a panel had before it.
struct Before {
    /// The sheets with their stages, and what the signed ones say.
    sheets: Vec<(Stage, SheetWithFacts)>,
    /// What nobody decided.
    contended: Vec<Contended>,
}

/// What is being read of one panel.
struct Source<'m, 'r> {
    moment: &'m mut Moment<'r>,
    server: String,
    part: Part,
    language: Language,
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
        let server = access.server().to_owned();
        let (part, row) = find(&mut moment, &server, panel)?;
        let mut source = Source { moment: &mut moment, server, part, language: self.language };
        let line = Line { table: &tables::PANEL, row: &row };
        let digest = line.text("rubric_digest");
        let text = source.rubric(&digest)?;
        // It is kept under its digest with those of the workspace, so it has to be that one.
        if Sha256::of(text.as_bytes()).to_string() != digest {
            return Err(source.unreadable(format!("rubric {digest}")).into());
        }
        let rubric = self.library.add(&text, &digest)?;
        let round = source.round(&line, rubric)?;
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

/// The panel with this name or identifier; of several with the name, none.
fn find(moment: &mut Moment<'_>, server: &str, given: &str) -> Result<(Part, Row)> {
    let given = given.trim();
    let all = moment.all(&tables::PANEL)?;
    let line = |row: &Row, name: &str| Line { table: &tables::PANEL, row }.text(name);
    let named = |row: &Row| format!("{}@{}", line(row, "name"), line(row, "office"));
    let fits = |(_, row): &&(Part, Row)| {
        let id = line(row, "panel");
        [line(row, "name"), named(row), id.clone()].iter().any(|name| name == given)
            || (given.len() >= 4 && id.starts_with(given))
    };
    let mut found = all.iter().filter(fits);
    if let (Some(one), None) = (found.next(), found.next()) {
        return Ok(one.clone());
    }
    let known: Vec<String> = all.iter().map(|(_, row)| named(row)).collect();
    let (panel, server) = (given.to_owned(), server.to_owned());
    Err(Refused::UnknownPanel { panel, server, known: known.join("、") }.into())
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
        Ok(self.moment.rows(table, &self.part, "panel", &[panel.to_owned()])?)
    }

    fn rubric(&mut self, digest: &str) -> Result<String> {
        let rows = self.moment.rows(&tables::RUBRIC, &self.part, "digest", &[digest.to_owned()])?;
        let text = rows.first().map(|row| Line { table: &tables::RUBRIC, row }.text("text"));
        Ok(text.ok_or_else(|| self.unreadable(format!("rubric {digest}")))?)
    }

    fn round(&mut self, panel: &Line<'_>, rubric: Arc<Rubric>) -> Result<Round> {
        let id = panel.text("panel");
        let row = PanelRow {
            id: id.clone(),
            name: panel.text("name"),
            rubric: panel.text("rubric_digest"),
            year: self.part.year,
            stage: self.word(panel, "stage")?,
            created_at: panel.time("created_at"),
        };
        let entries = self.entries(panel, &id, &rubric)?;
        let (mut sheets, mut own) = (Vec::new(), Vec::new());
        let before = self.sheets(&id, &rubric)?;
        for (stage, sheet) in before.sheets {
            if stage == row.stage {
                sheets.push(sheet);
            } else {
                own.push(sheet);
            }
        }
        // What was published follows the decisions already.
        let names = Names::followed(&row, before.contended, self.own_units(&id)?);
        Ok(Round::of(row, rubric, entries, sheets, own, names))
    }

    /// Members and the units that they belong to, under whatever spelling: that was found where decisions on names are.
    fn own_units(&mut self, panel: &str) -> Result<Vec<(Person, String)>> {
        let own: &'static str = (&Standing::OwnUnit).into();
        let rows = self.of_panel(&tables::PANEL_CELL, panel)?;
        let lines = rows.iter().map(|row| Line { table: &tables::PANEL_CELL, row });
        let of_own = lines.filter(|line| line.text("standing") == own);
        Ok(of_own.map(|line| (line.person(), line.text("unit"))).collect())
    }

    /// The entries of a panel as a workspace keeps them.
    fn entries(&mut self, panel: &Line<'_>, id: &str, rubric: &Rubric) -> Result<Vec<(String, String)>> {
        let mut entries: Vec<PanelEntry> = Vec::new();
        if panel.bool("declared") {
            let policy = self.policy(panel)?;
            let in_words = |error| self.unreadable(Failure::from(error).problem(self.language).what);
            policy.check(rubric).map_err(in_words)?;
            entries.push(policy_entry(&policy));
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
        let unread = || self.unreadable(format!("panel.trim = {}", panel.text("trim")));
        Ok(Policy {
            method: self.word(panel, "method")?,
            trim: panel.text("trim").split_whitespace().map(trim).collect::<Option<_>>().ok_or_else(unread)?,
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

    /// The sheets that a panel had before it, with their stages and what the signed ones say; and what contends.
    fn sheets(&mut self, id: &str, rubric: &Rubric) -> Result<Before> {
        let rows = self.of_panel(&tables::PANEL_SHEET, id)?;
        let lines: Vec<Line<'_>> = rows.iter().map(|row| Line { table: &tables::PANEL_SHEET, row }).collect();
        let signed = |line: &&Line<'_>| line.text("phase").parse() == Ok(Phase::Signed);
        let digests: Vec<String> = lines.iter().filter(signed).filter_map(|line| line.maybe("sheet_digest")).collect();
        let facts = self.facts(&digests)?;
        let (mut sheets, mut contended) = (Vec::new(), Vec::new());
        for line in &lines {
            if let Some(sides) = line.whole("contested") {
                contended.push((line.text("unit"), line.person(), usize::try_from(sides).unwrap_or(usize::MAX)));
                continue;
            }
            let Person { name, organisation } = line.person();
            let row = PanelSheetRow {
                sheet: line.text("sheet"),
                unit: line.text("unit"),
                assessor: name,
                organisation,
                phase: self.word(line, "phase")?,
                digest: line.maybe("sheet_digest"),
            };
            let decided = line.maybe("decided").map(|text| serde_json::from_str::<Effective>(&text)).transpose();
            let decided = decided.map_err(|error| self.unreadable(error.to_string()))?;
            let own = row.digest.as_ref().filter(|_| row.phase == Phase::Signed).and_then(|digest| facts.get(digest));
            let of_sheet = decided.as_ref().or(own);
            if let Some(value) = of_sheet.and_then(Effective::unfit) {
                return Err(self.unreadable(format!("{}: {value}", row.sheet)).into());
            }
            let of_sheet = of_sheet.map(|one| Arc::new(one.facts(rubric)));
            sheets.push((self.word(line, "stage")?, (row, of_sheet)));
        }
        // A workspace lists them so, and of several the first is the unit's own.
        sheets.sort_by(|(_, (one, _)), (_, (other, _))| {
            let key = |row: &PanelSheetRow| {
                (row.unit.clone(), row.assessor.clone(), row.organisation.clone(), row.sheet.clone())
            };
            key(one).cmp(&key(other))
        });
        Ok(Before { sheets, contended })
    }

    /// Values of sheets by code.
    fn values(
        &mut self,
        all: &mut BTreeMap<String, Effective>,
        table: &'static Table,
        code: &str,
        value: &str,
        place: fn(&mut Effective) -> &mut BTreeMap<String, String>,
    ) -> Result<()> {
        let digests: Vec<String> = all.keys().cloned().collect();
        for row in self.moment.rows(table, &self.part, "sheet_digest", &digests)? {
            let line = Line { table, row: &row };
            if let (Some(of_sheet), Some(number)) = (all.get_mut(&line.text("sheet_digest")), line.decimal(value)) {
                place(of_sheet).insert(line.text(code), show(number));
            }
        }
        Ok(())
    }

    fn facts(&mut self, digests: &[String]) -> Result<BTreeMap<String, Effective>> {
        let mut all: BTreeMap<String, Effective> = BTreeMap::new();
        for row in self.moment.rows(&tables::SHEET, &self.part, "digest", digests)? {
            let line = Line { table: &tables::SHEET, row: &row };
            let total = line.decimal("total").map(show).unwrap_or_default();
            let of_sheet = Effective { total, grade: line.maybe("grade"), ..Effective::default() };
            all.insert(line.text("digest"), of_sheet);
        }
        self.values(&mut all, &tables::MARK, "point", "mark", |one| &mut one.points)?;
        self.values(&mut all, &tables::SCORE, "indicator", "score", |one| &mut one.indicators)?;
        self.values(&mut all, &tables::CATEGORY_SCORE, "category", "score", |one| &mut one.categories)?;
        self.values(&mut all, &tables::ADJUSTMENT, "code", "amount", |one| &mut one.adjustments)?;
        for row in self.moment.rows(&tables::CONDITION, &self.part, "sheet_digest", digests)? {
            let line = Line { table: &tables::CONDITION, row: &row };
            if let Some(of_sheet) = all.get_mut(&line.text("sheet_digest")) {
                of_sheet.conditions.insert(line.text("code"), line.bool("present"));
            }
        }
        Ok(all)
    }
}
