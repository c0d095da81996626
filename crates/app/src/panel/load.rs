//! The sheets of a panel's units, and what they come to. What was read and reckoned is kept until something changes.

use super::Refused;
use super::names::Names;
use crate::{Result, Session};
use assessment::exchange::SheetFile;
use assessment::merge::may_be_same;
use assessment::panel::{Handed, POLICY, Panel, Person, Policy, SheetFacts, UnitResult, judge};
use assessment::{Phase, Stage};
use rubric::Rubric;
use rubric::decimal::parse;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use store::{PanelRow, PanelSheetRow};

/// A panel with what its sheets come to.
pub(crate) struct Round {
    pub row: PanelRow,
    /// Whether somebody declared the policy.
    pub declared: bool,
    pub rubric: Arc<Rubric>,
    pub panel: Panel,
    /// All units that a sheet is about, by name.
    pub units: Vec<UnitResult>,
    /// Signed sheets of people who are no members, by person.
    pub strangers: BTreeMap<Person, BTreeSet<String>>,
    /// The units' own evaluations that are signed.
    pub own: BTreeMap<String, Arc<SheetFacts>>,
    /// The one signed sheet of each member, in the order of the units and of the members; none where there is not one.
    pub sheets: Vec<Vec<Option<Kept>>>,
    /// What people decided about names and contents.
    pub names: Names,
    /// Units whose names may be spellings of one, each with the others; none of them has a sheet of the same person.
    pub alike: BTreeMap<String, BTreeSet<String>>,
}

/// Most units whose names are compared with each other.
const NAMES_COMPARED: usize = 300;

/// Units whose names may be spellings of one. Whoever scored both knows them apart.
fn alike(units: &BTreeMap<String, ByPerson>) -> BTreeMap<String, BTreeSet<String>> {
    let mut alike: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let all: Vec<(&String, &ByPerson)> = units.iter().collect();
    for (at, (one, by)) in all.iter().enumerate().filter(|_| all.len() <= NAMES_COMPARED) {
        for (other, others) in &all[at + 1..] {
            let apart = by.keys().any(|person| others.contains_key(person));
            if !apart && may_be_same(one, other) {
                alike.entry((*one).clone()).or_default().insert((*other).clone());
                alike.entry((*other).clone()).or_default().insert((*one).clone());
            }
        }
    }
    alike
}

/// A signed sheet: where it stands, and what it says.
#[derive(Clone)]
pub(crate) struct Kept {
    pub sheet: String,
    pub digest: String,
    pub facts: Arc<SheetFacts>,
}

impl Round {
    /// What follows from the entries of a panel, the sheets of its stage and the units' own evaluations.
    pub fn of(
        row: PanelRow,
        rubric: Arc<Rubric>,
        entries: Vec<(String, String)>,
        sheets: Vec<SheetWithFacts>,
        own: Vec<SheetWithFacts>,
        names: Names,
    ) -> Self {
        let declared = entries.iter().any(|(key, _)| *key == POLICY);
        let mut panel = Panel::read(entries, Policy::new(&rubric));
        panel.rename(|unit| names.unit(unit), |person| names.person(person.clone()));
        names.own().for_each(|(person, unit)| panel.belongs(person, unit));
        let follow = |sheets: Vec<SheetWithFacts>| sheets.into_iter().map(|sheet| names.follow(sheet)).collect();
        let (mut units, own) = (by_unit(follow(sheets)), by_unit(follow(own)));
        for (unit, person, sides) in names.contested(&row) {
            units.entry(unit.to_owned()).or_default().entry(person.clone()).or_default().contested = Some(sides);
        }
        let alike = alike(&units);
        let members = &panel.members;
        let only = |sheets: ByPerson| {
            let signed = sheets.into_values().find(|sheets| !sheets.signed.is_empty())?;
            signed.only().map(|kept| Arc::clone(&kept.facts))
        };
        for unit in own.keys() {
            units.entry(unit.clone()).or_default();
        }
        let own = own.into_iter().filter_map(|(unit, sheets)| Some((unit, only(sheets)?))).collect();
        let mut strangers: BTreeMap<Person, BTreeSet<String>> = BTreeMap::new();
        let (mut results, mut kept) = (Vec::with_capacity(units.len()), Vec::with_capacity(units.len()));
        for (unit, sheets) in &units {
            let handed: Vec<Handed<'_>> =
                members.iter().map(|member| sheets.get(member).map(Sheets::handed).unwrap_or_default()).collect();
            results.push(judge(&panel, &rubric, unit, &handed));
            kept.push(members.iter().map(|member| sheets.get(member)?.only().cloned()).collect());
            for person in sheets.keys().filter(|person| !members.contains(person)) {
                strangers.entry(person.clone()).or_default().insert(unit.clone());
            }
        }
        Self { row, declared, rubric, panel, units: results, strangers, own, sheets: kept, names, alike }
    }

    /// The result of a unit.
    ///
    /// # Errors
    /// No sheet is about it; names that may be meant are told.
    pub fn unit(&self, unit: &str) -> Result<&UnitResult> {
        let unit = unit.trim();
        let found = self.units.iter().find(|result| result.unit == unit);
        let alike = || self.units.iter().map(|result| result.unit.as_str()).filter(|name| may_be_same(name, unit));
        let unknown = || {
            let alike = alike().collect::<Vec<_>>().join("、");
            let alike = if alike.is_empty() { "none-alike".to_owned() } else { alike };
            Refused::UnknownUnit { unit: unit.to_owned(), alike }
        };
        Ok(found.ok_or_else(unknown)?)
    }
}

/// What was read and reckoned.
#[derive(Default)]
pub(crate) struct Rounds {
    /// By the digest of a sheet's revision, which names its bytes.
    facts: HashMap<String, Arc<SheetFacts>>,
    /// By panel, as long as the history stands where it stood: every change adds to it.
    rounds: HashMap<String, Arc<Round>>,
    head: String,
    /// What a server has, while that is looked at.
    served: Option<Arc<Round>>,
}

/// What of a sheet's file says what it came to; the rest is passed over.
#[derive(Deserialize)]
struct Slim<'a> {
    #[serde(borrow)]
    conditions: BTreeMap<&'a str, bool>,
    #[serde(default)]
    quantities: BTreeMap<String, IgnoredAny>,
    #[serde(borrow)]
    result: SlimResult<'a>,
}

#[derive(Deserialize)]
struct SlimResult<'a> {
    #[serde(borrow)]
    total: &'a str,
    grade: Option<String>,
    #[serde(borrow)]
    indicators: HashMap<&'a str, &'a str>,
    #[serde(borrow)]
    points: HashMap<&'a str, &'a str>,
    #[serde(borrow, default)]
    adjustments: HashMap<&'a str, &'a str>,
    #[serde(borrow, default)]
    categories: HashMap<&'a str, &'a str>,
}

/// Reads a finalised sheet. What it says of its result was compared with its findings before it was taken in.
fn facts(rubric: &Rubric, file: &str) -> std::result::Result<SheetFacts, serde_json::Error> {
    let measured = rubric.limits().any(|(_, limit)| limit.when.is_some());
    match serde_json::from_str::<Slim<'_>>(file) {
        Ok(slim) if slim.quantities.is_empty() || !measured => Ok(of_slim(rubric, &slim)),
        // Conditions that figures decide do not stand in the result, and texts with escapes cannot be borrowed.
        _ => {
            let file: SheetFile = serde_json::from_str(file)?;
            let findings = file.records().findings(rubric, file.stage);
            Ok(SheetFacts::of(&rubric::score(rubric, &findings)))
        }
    }
}

fn of_slim(rubric: &Rubric, slim: &Slim<'_>) -> SheetFacts {
    let of = |marks: &HashMap<&str, &str>, code: &str| marks.get(code).and_then(|mark| parse(mark));
    let result = &slim.result;
    let indicator = |code: &str| of(&result.indicators, code).unwrap_or_default();
    SheetFacts {
        total: parse(result.total).unwrap_or(Decimal::ZERO),
        grade: result.grade.clone(),
        points: rubric.points().map(|(_, point)| of(&result.points, &point.code)).collect(),
        indicators: rubric.indicators.iter().map(|one| indicator(&one.code)).collect(),
        categories: rubric
            .categories
            .iter()
            .map(|category| of(&result.categories, &category.name).unwrap_or_default())
            .collect(),
        adjustments: rubric.adjustments.iter().map(|rule| of(&result.adjustments, &rule.code)).collect(),
        limits: rubric.limits().map(|(_, limit)| slim.conditions.get(limit.code.as_str()).copied()).collect(),
    }
}

/// A person's sheets for a unit.
#[derive(Default)]
struct Sheets {
    signed: Vec<Kept>,
    unsigned: bool,
    /// How many contents contend.
    contested: Option<usize>,
}

impl Sheets {
    fn handed(&self) -> Handed<'_> {
        if let Some(sides) = self.contested {
            return Handed::Contested(sides);
        }
        match self.signed.as_slice() {
            [] if self.unsigned => Handed::Unsigned,
            [] => Handed::Draft,
            [only] => Handed::Sheet(&only.facts),
            several => Handed::Twice(several.len()),
        }
    }

    /// The sheet, where exactly one is signed.
    fn only(&self) -> Option<&Kept> {
        self.signed.first().filter(|_| self.signed.len() == 1)
    }
}

type ByPerson = BTreeMap<Person, Sheets>;

/// A sheet, and what it says when it is signed.
pub(crate) type SheetWithFacts = (PanelSheetRow, Option<Arc<SheetFacts>>);

fn by_unit(rows: Vec<SheetWithFacts>) -> BTreeMap<String, ByPerson> {
    let mut units: BTreeMap<String, ByPerson> = BTreeMap::new();
    for (PanelSheetRow { sheet, unit, assessor, organisation, phase, digest }, facts) in rows {
        let kept = facts.zip(digest).map(|(facts, digest)| Kept { sheet, digest, facts });
        let of_person = units.entry(unit).or_default().entry(Person { name: assessor, organisation }).or_default();
        of_person.signed.extend(kept);
        of_person.unsigned |= phase == Phase::Finalised;
    }
    units
}

impl Session {
    /// A panel with what its sheets come to, as everything stands now; the one of a server while that is looked at.
    pub(crate) fn round(&mut self, panel: &str) -> Result<Arc<Round>> {
        if let Some(served) = &self.rounds.served {
            return Ok(Arc::clone(served));
        }
        let head = self.read(|tx| Ok(tx.history_head()?))?.hash;
        if self.rounds.head != head {
            self.rounds.rounds.clear();
            self.rounds.head = head;
        }
        let row = self.panel_row(panel)?;
        if let Some(round) = self.rounds.rounds.get(&row.id) {
            return Ok(Arc::clone(round));
        }
        let round = Arc::new(self.load(row)?);
        self.rounds.rounds.insert(round.row.id.clone(), Arc::clone(&round));
        Ok(round)
    }

    /// Shows what a server has in place of the panels of this workspace, until there is nothing more to be shown.
    pub(crate) fn show_served(&mut self, round: Option<Round>) {
        self.rounds.served = round.map(Arc::new);
    }

    fn load(&mut self, row: PanelRow) -> Result<Round> {
        let rubric = self.rubric_by_digest(&row.rubric)?;
        let entries = self.read(|tx| Ok(tx.panel_entries(&row.id)?))?;
        let names = self.read(Names::load)?;
        let sheets = self.sheets_with_facts(&row, &rubric, row.stage, &names)?;
        let own = self.sheets_with_facts(&row, &rubric, Stage::SelfEvaluation, &names)?;
        Ok(Round::of(row, rubric, entries, sheets, own, names))
    }

    fn sheets_with_facts(
        &mut self,
        row: &PanelRow,
        rubric: &Rubric,
        stage: Stage,
        names: &Names,
    ) -> Result<Vec<SheetWithFacts>> {
        let rows = self.read(|tx| Ok(tx.sheets_for_panel(&row.rubric, row.year, stage)?))?;
        let with_facts = |sheet: PanelSheetRow| {
            let signed = sheet.phase == Phase::Signed && sheet.digest.is_some();
            let facts = signed.then(|| self.facts(rubric, &sheet, names)).transpose()?;
            Ok((sheet, facts))
        };
        rows.into_iter().map(with_facts).collect()
    }

    fn facts(&mut self, rubric: &Rubric, row: &PanelSheetRow, names: &Names) -> Result<Arc<SheetFacts>> {
        let digest = row.digest.as_deref().unwrap_or_default();
        // What a person put in place of its marks does not stand in the sheet.
        let is_decided = names.has_marks(&row.sheet, digest);
        if let Some(facts) = self.rounds.facts.get(digest).filter(|_| !is_decided) {
            return Ok(Arc::clone(facts));
        }
        let unreadable = |detail: String| Refused::SheetUnreadable { sheet: row.sheet.clone(), detail };
        let file = self.read(|tx| Ok(tx.revision_file(&row.sheet, digest)?))?;
        let file = file.ok_or_else(|| unreadable(digest.to_owned()))?;
        if let Some(decided) = names.decided(rubric, &row.sheet, digest, &file) {
            return Ok(Arc::new(decided));
        }
        let facts = Arc::new(facts(rubric, &file).map_err(|error| unreadable(error.to_string()))?);
        self.rounds.facts.insert(digest.to_owned(), Arc::clone(&facts));
        Ok(facts)
    }
}
