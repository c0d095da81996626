//! What people decided about names and contents, as a panel follows it.

use super::load::{Kept, SheetWithFacts};
use crate::conflict::Decided;
use crate::problem::word;
use crate::{Session, world};
use assessment::exchange::SheetFile;
use assessment::merge::{Choice, Person, Subject};
use assessment::panel::SheetFacts;
use rubric::Rubric;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{PanelRow, Tx};

/// What a person put in place of marks of a content.
#[derive(Clone)]
struct Ruling {
    /// By the code of the point.
    marks: BTreeMap<String, String>,
    by: Person,
    /// RFC 3339 in UTC.
    at: String,
    reason: String,
}

/// Marks that count in place of those of a sheet, and what is said of them: who, when and why.
pub(crate) struct Ruled {
    /// By the code of the point.
    pub marks: BTreeMap<String, String>,
    pub said: String,
    pub reason: String,
}

/// Decisions that a panel follows.
#[derive(Clone, Default)]
pub(crate) struct Names {
    units: BTreeMap<String, String>,
    people: BTreeMap<Person, Person>,
    /// Marks that a person put in place of those of a content, by sheet and digest.
    marks: BTreeMap<(String, String), Ruling>,
    /// Sheets whose contents contend, with how many there are.
    contested: BTreeMap<String, (Subject, usize)>,
    /// Who belongs to which unit, where that was found elsewhere.
    own: Vec<(Person, String)>,
}

impl Names {
    pub fn load(tx: &Tx<'_>) -> crate::Result<Self> {
        let decided = Decided::load(tx)?;
        let mut names = Self::default();
        for (_, decision) in decided.names().active() {
            match &decision.choice {
                Choice::Unit { given, .. } => {
                    names.units.insert(given.clone(), decided.names().unit(given).to_owned());
                }
                Choice::Assessor { given, .. } => {
                    names.people.insert(given.clone(), decided.person(&given.name, &given.organisation));
                }
                Choice::Side { sheet, taken: Some(taken), .. } => {
                    let marks = decided.names().marks(sheet, taken);
                    let (by, at, reason) = (decision.by.clone(), decision.at.clone(), decision.reason.clone());
                    names.marks.insert((sheet.clone(), taken.clone()), Ruling { marks, by, at, reason });
                }
                Choice::Side { .. } | Choice::Withdrawn { .. } => {}
            }
        }
        names.marks.retain(|_, ruling| !ruling.marks.is_empty());
        for one in decided.undecided(tx)? {
            names.contested.insert(one.sheet, (one.subject, one.sides));
        }
        Ok(names)
    }

    /// No decision is left to be followed; these sheets of a panel's round contend: by unit and person, with how many
    /// contents; and these people belong to these units.
    pub fn followed(row: &PanelRow, contended: Vec<(String, Person, usize)>, own: Vec<(Person, String)>) -> Self {
        let one = |(unit, assessor, sides): (String, Person, usize)| {
            let key = format!("{unit}\u{1f}{}\u{1f}{}", assessor.name, assessor.organisation);
            let subject = Subject { unit, assessor, year: row.year, stage: row.stage, rubric: row.rubric.clone() };
            (key, (subject, sides))
        };
        Self { contested: contended.into_iter().map(one).collect(), own, ..Self::default() }
    }

    /// The unit that is meant.
    pub fn unit(&self, given: &str) -> String {
        self.units.get(given).cloned().unwrap_or_else(|| given.to_owned())
    }

    /// The person who is meant.
    pub fn person(&self, given: Person) -> Person {
        self.people.get(&given).cloned().unwrap_or(given)
    }

    /// Who belongs to which unit, beside what the names of organisations say.
    pub fn own(&self) -> impl Iterator<Item = (Person, String)> {
        self.own.iter().cloned()
    }

    /// Other spellings of a unit.
    pub fn spellings<'a>(&'a self, unit: &'a str) -> impl Iterator<Item = &'a str> {
        self.units.iter().filter(move |(_, meant)| *meant == unit).map(|(given, _)| given.as_str())
    }

    /// Other spellings of a person.
    pub fn spellings_of<'a>(&'a self, person: &'a Person) -> impl Iterator<Item = &'a Person> {
        self.people.iter().filter(move |(given, meant)| *meant == person && *given != person).map(|(given, _)| given)
    }

    /// Whether the contents of a sheet contend.
    pub fn is_contested(&self, sheet: &str) -> bool {
        self.contested.contains_key(sheet)
    }

    /// The sheets of a panel's round whose contents contend: the unit, the person, how many contents.
    pub fn contested<'a>(&'a self, row: &'a PanelRow) -> impl Iterator<Item = (&'a str, &'a Person, usize)> {
        let of_round = move |subject: &Subject| {
            (subject.rubric.as_str(), subject.year, subject.stage) == (row.rubric.as_str(), row.year, row.stage)
        };
        let all = self.contested.values().filter(move |(subject, _)| of_round(subject));
        all.map(|(subject, sides)| (subject.unit.as_str(), &subject.assessor, *sides))
    }

    /// What a sheet says with the marks that a person put in place of its own; nothing where nobody did.
    pub fn decided(&self, rubric: &Rubric, sheet: &str, digest: &str, file: &str) -> Option<SheetFacts> {
        let ruling = self.ruling(sheet, digest)?;
        let mut file: SheetFile = serde_json::from_str(file).ok()?;
        file.marks.extend(ruling.marks.clone());
        let findings = file.records().findings(rubric, file.stage);
        Some(SheetFacts::of(&rubric::score(rubric, &findings)))
    }

    /// Whether a person put other marks in place of those of a content.
    pub fn has_marks(&self, sheet: &str, digest: &str) -> bool {
        self.ruling(sheet, digest).is_some()
    }

    fn ruling(&self, sheet: &str, digest: &str) -> Option<&Ruling> {
        self.marks.get(&(sheet.to_owned(), digest.to_owned()))
    }

    /// Puts a sheet under the names that are meant, and leaves out what it says while that is not decided.
    pub fn follow(&self, (mut row, facts): SheetWithFacts) -> SheetWithFacts {
        let person = self.person(Person { name: row.assessor, organisation: row.organisation });
        (row.assessor, row.organisation) = (person.name, person.organisation);
        row.unit = self.unit(&row.unit);
        let facts: Option<Arc<SheetFacts>> = facts.filter(|_| !self.is_contested(&row.sheet));
        (row, facts)
    }
}

impl Session {
    /// What a person put in place of the marks of a sheet; nothing where nobody did.
    pub(crate) fn ruled(&self, names: &Names, kept: &Kept) -> Option<Ruled> {
        let ruling = names.ruling(&kept.sheet, &kept.digest)?;
        let say = |zh, en| self.language.say(zh, en);
        let (what, between, then) = (word("results.word.ruled", self.language), say("：", ": "), say("；", "; "));
        let at = world::seconds(&ruling.at).map(|at| self.shown(at)).unwrap_or_default();
        let Person { name, organisation } = &ruling.by;
        let by = format!("{name} {organisation}");
        let said = format!("{what}{between}{}{}{at}{then}{}", by.trim_end(), say("，", ", "), ruling.reason);
        Some(Ruled { marks: ruling.marks.clone(), said, reason: ruling.reason.clone() })
    }
}
