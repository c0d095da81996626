//! Panels (专家组): who scores, who keeps away from which unit (回避), by which declared policy marks become one, and what
//! the members agreed on. What follows for a unit is in [`unit`].

pub mod combine;
pub mod compare;
pub mod policy;
pub mod unit;

pub use crate::merge::Person;
pub use combine::{Combined, Mark, Part, combine, round};
pub use policy::{Holds, Method, Per, Policy, PolicyError, Rounding, Trim};
pub use unit::{
    Cell, Finding, Flag, Handed, PointResult, SheetFacts, Standing, Unfit, UnitResult, check_agreed, judge,
};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Most members of a panel.
pub const MEMBERS_MAXIMUM: usize = 99;
/// Longest reason, in characters.
pub const REASON_MAXIMUM: usize = 1000;
/// In place of a point's code: what was agreed on is the total.
pub const TOTAL: &str = "total";

/// Key of the entry that holds the policy.
pub const POLICY: &str = "policy";

/// A mark that the members agreed on (会商).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// The agreed mark, a plain decimal.
    pub mark: String,
    /// Why.
    pub reason: String,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// What stood before by the policy; none where the members differed under consensus.
    pub before: Option<String>,
    /// The marks that counted then, by member.
    pub given: BTreeMap<String, String>,
}

/// A panel over all units of one rubric, year and stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// In the order that everything else refers to.
    pub members: Vec<Person>,
    /// The leader (组长).
    pub leader: Option<Person>,
    /// Why a member keeps away, by unit.
    pub recusals: BTreeMap<(Person, String), String>,
    /// The declared policy.
    pub policy: Policy,
    /// By unit, then by point or [`TOTAL`].
    pub agreements: BTreeMap<String, BTreeMap<String, Agreement>>,
    /// The units that a member belongs to, under the names that are meant; follows from [`Panel::rename`].
    own: BTreeMap<Person, BTreeSet<String>>,
}

/// An entry of a panel as it is kept: a key, and its value as JSON; `None` removes it.
pub type PanelEntry = (String, Option<String>);

/// Parts of a key stand behind each other with this between them; no name has it.
const BETWEEN: char = '\u{1f}';

fn key(parts: &[&str]) -> String {
    parts.join(&BETWEEN.to_string())
}

/// The entry of a member.
#[must_use]
pub fn member_entry(person: &Person, is_member: bool) -> PanelEntry {
    (key(&["member", &person.name, &person.organisation]), is_member.then(|| "true".to_owned()))
}

/// The entry of the leader.
#[must_use]
pub fn leader_entry(person: Option<&Person>) -> PanelEntry {
    ("leader".to_owned(), person.map(json))
}

/// The entry of a recusal.
#[must_use]
pub fn recusal_entry(person: &Person, unit: &str, reason: Option<&str>) -> PanelEntry {
    (key(&["recusal", &person.name, &person.organisation, unit]), reason.map(|reason| json(&reason)))
}

/// The entry of the policy.
#[must_use]
pub fn policy_entry(policy: &Policy) -> PanelEntry {
    (POLICY.to_owned(), Some(json(policy)))
}

/// The entry of an agreement.
#[must_use]
pub fn agreement_entry(unit: &str, code: &str, agreement: Option<&Agreement>) -> PanelEntry {
    (key(&["agreed", unit, code]), agreement.map(json))
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("plain data")
}

impl Panel {
    /// A panel as it is kept; entries that make no sense are left out, `policy` stands where none was declared.
    pub fn read(entries: impl IntoIterator<Item = (String, String)>, policy: Policy) -> Self {
        let mut panel = Self {
            members: Vec::new(),
            leader: None,
            recusals: BTreeMap::new(),
            policy,
            agreements: BTreeMap::new(),
            own: BTreeMap::new(),
        };
        for (key, value) in entries {
            let parts: Vec<&str> = key.split(BETWEEN).collect();
            panel.take(&parts, &value);
        }
        panel.members.sort();
        panel
    }

    fn take(&mut self, parts: &[&str], value: &str) {
        let person =
            |name: &str, organisation: &str| Person { name: name.to_owned(), organisation: organisation.to_owned() };
        match parts {
            ["member", name, organisation] => self.members.push(person(name, organisation)),
            ["leader"] => self.leader = serde_json::from_str(value).ok(),
            ["recusal", name, organisation, unit] => {
                let reason = serde_json::from_str(value).unwrap_or_default();
                self.recusals.insert((person(name, organisation), (*unit).to_owned()), reason);
            }
            [POLICY] => {
                if let Ok(policy) = serde_json::from_str(value) {
                    self.policy = policy;
                }
            }
            ["agreed", unit, code] => {
                if let Ok(agreement) = serde_json::from_str(value) {
                    self.agreements.entry((*unit).to_owned()).or_default().insert((*code).to_owned(), agreement);
                }
            }
            _ => {}
        }
    }

    /// Puts units and people under the names that are meant, where a person decided that two spellings are one: a
    /// member is one however many spellings are on the panel, and of two agreements about one place the later stands.
    pub fn rename(&mut self, unit: impl Fn(&str) -> String, person: impl Fn(&Person) -> Person) {
        let mut own: BTreeMap<Person, BTreeSet<String>> = BTreeMap::new();
        let mut shown: BTreeMap<String, String> = BTreeMap::new();
        for member in std::mem::take(&mut self.members) {
            let meant = person(&member);
            shown.insert(unit::shown(&member), unit::shown(&meant));
            let units = own.entry(meant.clone()).or_default();
            units.extend([&member, &meant].map(|person| unit(person.organisation.trim())));
        }
        self.members = own.keys().cloned().collect();
        self.own = own;
        self.leader = self.leader.as_ref().map(&person);
        let recusals = std::mem::take(&mut self.recusals).into_iter();
        self.recusals = recusals.map(|((who, about), why)| ((person(&who), unit(&about)), why)).collect();
        for (about, agreements) in std::mem::take(&mut self.agreements) {
            let kept = self.agreements.entry(unit(&about)).or_default();
            for (code, mut agreement) in agreements {
                let given = std::mem::take(&mut agreement.given).into_iter();
                agreement.given = given.map(|(who, mark)| (shown.get(&who).cloned().unwrap_or(who), mark)).collect();
                if kept.get(&code).is_none_or(|other| other.at <= agreement.at) {
                    kept.insert(code, agreement);
                }
            }
        }
    }

    /// What was agreed on for a unit.
    #[must_use]
    pub fn agreed(&self, unit: &str, code: &str) -> Option<&Agreement> {
        self.agreements.get(unit)?.get(code)
    }

    /// Notes that a member belongs to a unit, whatever the organisation is called.
    pub fn belongs(&mut self, person: Person, unit: String) {
        self.own.entry(person).or_default().insert(unit);
    }

    /// Whether a member belongs to the unit: nobody scores their own.
    #[must_use]
    pub fn is_own(&self, person: &Person, unit: &str) -> bool {
        let unit = unit.trim();
        person.organisation.trim() == unit || self.own.get(person).is_some_and(|units| units.contains(unit))
    }

    /// What a member may see of a unit (提交前互不可见).
    #[must_use]
    pub fn sight(&self, member: usize, result: &UnitResult) -> Sight {
        match result.cells.get(member).map(|cell| &cell.standing) {
            Some(Standing::Recused { .. } | Standing::OwnUnit) | None => Sight::Nothing,
            Some(Standing::Counted) => Sight::All,
            Some(_) => Sight::Own,
        }
    }
}

/// How much of a unit a member may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// The own sheet was handed in: everything.
    All,
    /// Only the own sheet, until it is handed in.
    Own,
    /// The member keeps away from this unit.
    Nothing,
}

/// How far a mark may lie from the median of the others.
pub(crate) fn limit(steps: Option<u32>, step: Decimal) -> Option<Decimal> {
    steps.map(|steps| step * Decimal::from(steps))
}
