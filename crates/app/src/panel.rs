//! Panels (专家组): members, leader, recusals, policy, agreed marks, and what the sheets of their units come to.

mod compare;
mod groups;
mod load;
mod names;
mod offers;
mod refused;
mod said;
mod show;

use crate::create::NAME_MAXIMUM;
use crate::localise::Target;
use crate::results::table::Table;
use crate::view::{NewPanel, PanelPerson, PanelSummary, PanelUnitView, PanelView, PolicyView};
use crate::{Result, Session, world};
use assessment::panel::unit::given;
use assessment::panel::{
    Agreement, MEMBERS_MAXIMUM, PanelEntry, Per, Person, Policy, REASON_MAXIMUM, TOTAL, Trim, Unfit, agreement_entry,
    check_agreed, leader_entry, member_entry, policy_entry, recusal_entry,
};
use assessment::sheet;
pub(crate) use load::{Kept, Round, Rounds, SheetWithFacts};
pub(crate) use names::{Names, Ruled};
pub use refused::Refused;
use rubric::decimal::{parse, show};
#[cfg(test)]
pub(crate) use said::Said;
pub(crate) use said::{policy_word, standing};
pub(crate) use show::{Shown, result};
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use std::sync::Arc;
use store::{AuditNote, PanelRow};

impl Session {
    /// All panels of the workspace.
    ///
    /// # Errors
    /// Of the disk.
    pub fn panels(&mut self) -> Result<Vec<PanelSummary>> {
        let rows = self.read(|tx| Ok(tx.panels()?))?;
        rows.iter().map(|row| self.panel_summary(row)).collect()
    }

    pub(crate) fn panel_summary(&mut self, row: &PanelRow) -> Result<PanelSummary> {
        let rubric = self.rubric_by_digest(&row.rubric)?;
        Ok(show::summary(row, &rubric))
    }

    /// Makes a panel over the units of a rubric, year and stage.
    ///
    /// # Errors
    /// An unknown or faulty rubric, or one without marks; unfit name or year; a name that is taken; of the disk.
    pub fn new_panel(&mut self, input: &NewPanel) -> Result<PanelView> {
        let loaded = self.rubric_of_panel(&input.rubric)?;
        let name = sheet::name("name", &input.name, NAME_MAXIMUM)?;
        let year = sheet::year(input.year)?;
        let stage = assessment::Stage::from(&input.stage);
        if stage == assessment::Stage::SelfEvaluation {
            return Err(Refused::OwnStage { name }.into());
        }
        Policy::new(&loaded.rubric).check(&loaded.rubric)?;
        let members = new_members(&input.members, &self.read(Names::load)?)?;
        let entries: Vec<PanelEntry> = members.iter().map(|person| member_entry(person, true)).collect();
        let (id, now) = (self.world.id(), self.now());
        let digest = loaded.rubric.digest.as_str().to_owned();
        let row = PanelRow { id, name, rubric: digest, year, stage, created_at: now };
        let note = AuditNote { at: now, action: "panel-new", target: &row.name, ..AuditNote::default() };
        self.write(&note, |tx| {
            if tx.panels()?.iter().any(|other| other.name == row.name) {
                return Err(Refused::NameTaken { name: row.name.clone() }.into());
            }
            tx.put_rubric(&row.rubric, &loaded.rubric.id, &loaded.rubric.edition, &loaded.text)?;
            tx.put_panel(&row)?;
            if !entries.is_empty() {
                tx.change_panel(&row.id, &entries)?;
            }
            Ok(())
        })?;
        self.panel(&row.id)
    }

    /// Gives a panel another name.
    ///
    /// # Errors
    /// Unknown panel; an unfit name, or one that is taken; of the disk.
    pub fn rename_panel(&mut self, panel: &str, name: &str) -> Result<PanelView> {
        let row = self.panel_row(panel)?;
        let name = sheet::name("name", name, NAME_MAXIMUM)?;
        let now = self.now();
        let (old, new) = (Some(row.name.as_str()), Some(name.as_str()));
        let note = AuditNote { at: now, action: "panel-rename", target: &row.name, old, new, ..AuditNote::default() };
        self.write(&note, |tx| {
            if tx.panels()?.iter().any(|other| other.name == name && other.id != row.id) {
                return Err(Refused::NameTaken { name: name.clone() }.into());
            }
            Ok(tx.rename_panel(&row.id, &name)?)
        })?;
        self.panel(&row.id)
    }

    /// Takes a panel off the list; everything of it stays.
    ///
    /// # Errors
    /// Unknown panel; of the disk.
    pub fn remove_panel(&mut self, panel: &str) -> Result<Vec<PanelSummary>> {
        let row = self.panel_row(panel)?;
        let note = AuditNote { at: self.now(), action: "panel-remove", target: &row.name, ..AuditNote::default() };
        self.write(&note, |tx| Ok(tx.remove_panel(&row.id, true)?))?;
        self.panels()
    }

    /// Panels that were taken off the list.
    ///
    /// # Errors
    /// Of the disk.
    pub fn removed_panels(&mut self) -> Result<Vec<PanelSummary>> {
        let rows = self.read(|tx| Ok(tx.removed_panels()?))?;
        rows.iter().map(|row| self.panel_summary(row)).collect()
    }

    /// Puts a panel back on the list, by its name or identifier.
    ///
    /// # Errors
    /// No such panel off the list; another has its name; of the disk.
    pub fn restore_panel(&mut self, panel: &str) -> Result<PanelView> {
        let rows = self.read(|tx| Ok(tx.removed_panels()?))?;
        let row = fitting(rows, panel)?;
        let note = AuditNote { at: self.now(), action: "panel-restore", target: &row.name, ..AuditNote::default() };
        self.write(&note, |tx| {
            if tx.panels()?.iter().any(|other| other.name == row.name) {
                return Err(Refused::NameTaken { name: row.name.clone() }.into());
            }
            Ok(tx.remove_panel(&row.id, false)?)
        })?;
        self.panel(&row.id)
    }

    /// The panel with this name, this identifier, or the only one whose identifier begins so.
    pub(crate) fn panel_row(&self, given: &str) -> Result<PanelRow> {
        let rows = self.read(|tx| Ok(tx.panels()?))?;
        fitting(rows, given)
    }

    /// A panel with what its sheets come to.
    ///
    /// # Errors
    /// Unknown panel; a sheet that cannot be read; of the disk.
    pub fn panel(&mut self, panel: &str) -> Result<PanelView> {
        let round = self.round(panel)?;
        let steps = self.read(|tx| Ok(tx.can_step_panel(&round.row.id)?))?;
        Ok(show::panel(&round, steps, None, self.language))
    }

    /// The panel as one of its members may see it: nothing of others before the own sheet was handed in (提交前互不可见).
    ///
    /// # Errors
    /// As [`Session::panel`]; unknown member.
    pub fn panel_as(&mut self, panel: &str, member: &str) -> Result<PanelView> {
        let round = self.round(panel)?;
        let viewer = member_index(&round, member)?;
        Ok(show::panel(&round, (false, false), Some(viewer), self.language))
    }

    /// A unit with every calculation.
    ///
    /// # Errors
    /// Unknown panel or unit; of the disk.
    pub fn panel_unit(&mut self, panel: &str, unit: &str) -> Result<PanelUnitView> {
        let round = self.round(panel)?;
        let result = round.unit(unit)?;
        Ok(show::unit(&round, result, &self.world, self.language))
    }

    /// Adds a member, or takes one off; who leads no longer does then, and recusals go as well.
    ///
    /// # Errors
    /// Unfit names; a member who is there already, or is not; too many; of the disk.
    pub fn set_panel_member(
        &mut self,
        panel: &str,
        name: &str,
        organisation: &str,
        is_member: bool,
    ) -> Result<PanelView> {
        let round = self.round(panel)?;
        if !is_member {
            let person = round.panel.members[member_index(&round, name)?].clone();
            let entries = leaving(&round, &person);
            return self.change_panel(&round, "panel-member", &entries, (Some(&said::person(&person)), None), None);
        }
        let given = person(&PanelPerson { name: name.to_owned(), organisation: organisation.to_owned() })?;
        let person = round.names.person(given.clone());
        if round.panel.members.contains(&person) {
            return Err(match given == person {
                true => Refused::MemberThere { name: person.name, panel: round.row.name.clone() },
                false => same_person(given, person),
            }
            .into());
        }
        if round.panel.members.len() >= MEMBERS_MAXIMUM {
            return Err(Refused::TooManyMembers { most: MEMBERS_MAXIMUM }.into());
        }
        let entries = [member_entry(&person, true)];
        self.change_panel(&round, "panel-member", &entries, (None, Some(&said::person(&person))), None)
    }

    /// Says who leads the panel; nobody without a name.
    ///
    /// # Errors
    /// Unknown member; of the disk.
    pub fn set_panel_leader(&mut self, panel: &str, member: Option<&str>) -> Result<PanelView> {
        let round = self.round(panel)?;
        let index = member.map(|member| member_index(&round, member)).transpose()?;
        let leader = index.map(|index| &round.panel.members[index]);
        let (old, new) = (round.panel.leader.as_ref().map(said::person), leader.map(said::person));
        self.change_panel(&round, "panel-leader", &[leader_entry(leader)], (old.as_deref(), new.as_deref()), None)
    }

    /// Keeps a member away from a unit (回避), for a reason; without one the recusal is taken back.
    ///
    /// # Errors
    /// Unknown member; an unfit unit or reason; nothing to take back; of the disk.
    pub fn recuse(&mut self, panel: &str, member: &str, unit: &str, reason: Option<&str>) -> Result<PanelView> {
        let round = self.round(panel)?;
        let person = &round.panel.members[member_index(&round, member)?];
        let unit = sheet::name("unit", unit, NAME_MAXIMUM)?;
        let reason = reason.map(|reason| sheet::name("reason", reason, REASON_MAXIMUM)).transpose()?;
        if reason.is_none() && !round.panel.recusals.contains_key(&(person.clone(), unit.clone())) {
            return Err(Refused::NotRecused { name: person.name.clone(), unit }.into());
        }
        // It may have been declared under other spellings of the unit and the person.
        let mut entries = unrecused(&round, person, &unit);
        entries.push(recusal_entry(person, &unit, reason.as_deref()));
        let pair = format!("{} × {unit}", said::person(person));
        let change = if reason.is_some() { (None, Some(pair.as_str())) } else { (Some(pair.as_str()), None) };
        self.change_panel(&round, "panel-recuse", &entries, change, reason.as_deref())
    }

    /// Declares how marks become one.
    ///
    /// # Errors
    /// A policy that makes no sense for the rubric; of the disk.
    pub fn set_panel_policy(&mut self, panel: &str, policy: &PolicyView) -> Result<PanelView> {
        let round = self.round(panel)?;
        let policy = read_policy(policy)?;
        policy.check(&round.rubric)?;
        let (old, new) = (&round.panel.policy, &policy);
        let (old, new) = (said::policy(old, self.language), said::policy(new, self.language));
        self.change_panel(&round, "panel-policy", &[policy_entry(&policy)], (Some(&old), Some(&new)), None)
    }

    /// Keeps what the members agreed on for a point, or for the total, with what stood before; without a mark it is
    /// taken back.
    ///
    /// # Errors
    /// Unknown unit or code; a mark that the rubric does not admit; an empty reason; of the disk.
    pub fn agree(&mut self, panel: &str, unit: &str, code: &str, agreed: Option<(&str, &str)>) -> Result<PanelView> {
        let round = self.round(panel)?;
        let result = round.unit(unit)?;
        let combined = match (round.panel.policy.per, code) {
            (Per::Total, TOTAL) => result.totals.as_ref(),
            (Per::Total, _) => None,
            (Per::Point, code) => {
                let mut all = result.points.iter().chain(&result.adjustments);
                all.find(|point| point.code == code).map(|point| &point.combined)
            }
        };
        let Some(combined) = combined else {
            return Err(Refused::NothingToAgree { unit: unit.to_owned(), place: code.to_owned() }.into());
        };
        let before = round.panel.agreed(&result.unit, code);
        let (agreement, reason) = match agreed {
            None => (None, None),
            Some((mark, reason)) => {
                self.require_agreed(&round, code, mark)?;
                let reason = sheet::name("reason", reason, REASON_MAXIMUM)?;
                let agreement = Agreement {
                    mark: mark.to_owned(),
                    reason: reason.clone(),
                    at: world::rfc3339(self.now()),
                    before: combined.value.map(show),
                    given: given(&round.panel, combined),
                };
                (Some(agreement), Some(reason))
            }
        };
        let mut entries = vec![agreement_entry(&result.unit, code, agreement.as_ref())];
        // It may have been agreed on under another spelling of the unit.
        entries.extend(round.names.spellings(&result.unit).map(|spelling| agreement_entry(spelling, code, None)));
        let old = before.map(|before| before.mark.clone()).or_else(|| combined.value.map(show));
        let place = format!("{} {code} ", result.unit);
        let words = |mark: Option<String>| mark.map(|mark| format!("{place}{mark}"));
        let (old, new) = (words(old), words(agreed.map(|(mark, _)| mark.to_owned())));
        self.change_panel(&round, "panel-agree", &entries, (old.as_deref(), new.as_deref()), reason.as_deref())
    }

    fn require_agreed(&self, round: &Round, code: &str, mark: &str) -> Result<()> {
        let step = round.panel.policy.step;
        let (place, given) = (code.to_owned(), mark.to_owned());
        let value = parse(mark).filter(|value| show(*value) == mark);
        match value.map(|value| check_agreed(&round.rubric, step, code, value)) {
            Some(Ok(())) => Ok(()),
            Some(Err(Unfit::Point(error))) => Err(error.into()),
            Some(Err(Unfit::Range { least, most })) => {
                Err(Refused::MarkOutOfRange { place, mark: given, least: show(least), most: show(most) }.into())
            }
            Some(Err(Unfit::Step)) | None => Err(Refused::BadMark { place, mark: given, step: show(step) }.into()),
        }
    }

    /// Undoes the last change of a panel, or redoes the last one undone; nothing when there is none.
    ///
    /// # Errors
    /// Unknown panel; of the disk.
    pub fn step_panel(&mut self, panel: &str, undo: bool) -> Result<PanelView> {
        let row = self.panel_row(panel)?;
        let can = self.read(|tx| Ok(tx.can_step_panel(&row.id)?))?;
        let there = if undo { can.0 } else { can.1 };
        if there {
            let action = if undo { "panel-undo" } else { "panel-redo" };
            let note = AuditNote { at: self.now(), action, target: &row.name, ..AuditNote::default() };
            self.write(&note, |tx| Ok(tx.step_panel(&row.id, undo)?))?;
        }
        self.panel(&row.id)
    }

    /// Writes the table of a panel as it is shown: one line for each unit, as CSV.
    ///
    /// # Errors
    /// As [`Session::panel`]; a file that is there and may not be overwritten.
    pub fn export_panel(&mut self, panel: &str, target: Target<'_>) -> Result<()> {
        let table = Table::shown(&self.panel(panel)?, self.language);
        target.write(table.csv().as_bytes())
    }

    fn change_panel(
        &mut self,
        round: &Arc<Round>,
        action: &'static str,
        entries: &[PanelEntry],
        (old, new): (Option<&str>, Option<&str>),
        reason: Option<&str>,
    ) -> Result<PanelView> {
        let row = &round.row;
        let note = AuditNote { at: self.now(), action, target: &row.name, old, new, reason, ..AuditNote::default() };
        self.write(&note, |tx| Ok(tx.change_panel(&row.id, entries)?))?;
        self.panel(&row.id)
    }
}

/// The panel with this name, this identifier, or the only one whose identifier begins so.
fn fitting(rows: Vec<PanelRow>, given: &str) -> Result<PanelRow> {
    let given = given.trim();
    if let Some(row) = rows.iter().find(|row| row.name == given || row.id == given) {
        return Ok(row.clone());
    }
    let mut fits = rows.iter().filter(|row| given.len() >= 4 && row.id.starts_with(given));
    match (fits.next(), fits.next()) {
        (Some(row), None) => Ok(row.clone()),
        _ if rows.is_empty() => Err(Refused::NoPanels {}.into()),
        _ => {
            let known = rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>().join("、");
            Err(Refused::UnknownPanel { panel: given.to_owned(), known }.into())
        }
    }
}

/// Somebody who scores, with names that fit.
fn person(given: &PanelPerson) -> Result<Person> {
    let name = sheet::name("name", &given.name, NAME_MAXIMUM)?;
    Ok(Person { name, organisation: sheet::name("organisation", &given.organisation, NAME_MAXIMUM)? })
}

fn same_person(given: Person, member: Person) -> Refused {
    let (name, organisation) = (given.name, given.organisation);
    Refused::SamePerson { name, organisation, member: member.name, belongs: member.organisation }
}

/// The members of a new panel under the names that are meant, each once.
///
/// # Errors
/// Unfit names; two that were decided to be one person; too many.
fn new_members(given: &[PanelPerson], names: &Names) -> Result<BTreeSet<Person>> {
    let mut members: BTreeMap<Person, Person> = BTreeMap::new();
    for given in given.iter().map(person).collect::<Result<BTreeSet<_>>>()? {
        let meant = names.person(given.clone());
        if let Some(other) = members.insert(meant.clone(), given.clone()) {
            let (given, other) = if given == meant { (other, given) } else { (given, other) };
            return Err(same_person(given, other).into());
        }
    }
    if members.len() > MEMBERS_MAXIMUM {
        return Err(Refused::TooManyMembers { most: MEMBERS_MAXIMUM }.into());
    }
    Ok(members.into_keys().collect())
}

/// Takes back what keeps a person away from a unit, under every spelling of both.
fn unrecused(round: &Round, person: &Person, unit: &str) -> Vec<PanelEntry> {
    let people = || std::iter::once(person).chain(round.names.spellings_of(person));
    let units = std::iter::once(unit).chain(round.names.spellings(unit));
    units.flat_map(|unit| people().map(move |person| recusal_entry(person, unit, None))).collect()
}

/// What goes with a member: every spelling on the panel, the leadership, recusals.
fn leaving(round: &Round, person: &Person) -> Vec<PanelEntry> {
    let spellings = std::iter::once(person).chain(round.names.spellings_of(person));
    let mut entries: Vec<PanelEntry> = spellings.map(|person| member_entry(person, false)).collect();
    if round.panel.leader.as_ref() == Some(person) {
        entries.push(leader_entry(None));
    }
    let recusals = round.panel.recusals.keys().filter(|(other, _)| other == person);
    entries.extend(recusals.flat_map(|(person, unit)| unrecused(round, person, unit)));
    entries
}

/// The member with this name, or with this name and organisation as `name@organisation`.
fn member_index(round: &Round, given: &str) -> Result<usize> {
    let given = given.trim();
    let members = &round.panel.members;
    let named = |person: &Person| person.name == given || format!("{}@{}", person.name, person.organisation) == given;
    let fits = |person: &Person| named(person) || round.names.spellings_of(person).any(named);
    let mut found = members.iter().enumerate().filter(|(_, person)| fits(person)).map(|(at, _)| at);
    match (found.next(), found.next()) {
        (Some(index), None) => Ok(index),
        (None, _) => {
            let known = members.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join("、");
            Err(Refused::UnknownMember { name: given.to_owned(), known }.into())
        }
        _ => Err(Refused::AmbiguousMember { name: given.to_owned() }.into()),
    }
}

fn read_policy(view: &PolicyView) -> Result<Policy> {
    Ok(Policy {
        method: word(&view.method)?,
        trim: view.trim.iter().map(|trim| Trim { from: trim.from, drop: trim.drop }).collect(),
        per: word(&view.per)?,
        rounding: word(&view.rounding)?,
        step: parse(&view.step).ok_or_else(|| assessment::panel::PolicyError::BadStep { step: view.step.clone() })?,
        holds: word(&view.holds)?,
        least: view.least,
        point_outlier: view.point_outlier,
        total_outlier: view.total_outlier,
        ties: view.ties.clone(),
    })
}

fn word<T: FromStr + strum::VariantNames>(text: &str) -> Result<T> {
    T::from_str(text).map_err(|_| Refused::UnknownWord { word: text.to_owned(), known: T::VARIANTS.join("、") }.into())
}
