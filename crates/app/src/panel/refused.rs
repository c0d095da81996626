//! What panels refuse.

use serde::Serialize;

/// Refusals of panels and results.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Refused {
    /// There is no panel at all.
    #[error("no panels")]
    NoPanels {},
    /// No panel, or several, fit.
    #[error("no panel {panel}")]
    UnknownPanel {
        /// What was given.
        panel: String,
        /// Names of the panels.
        known: String,
    },
    /// Another panel has the name.
    #[error("a panel is named {name}")]
    NameTaken {
        /// The name.
        name: String,
    },
    /// A unit's own evaluation has no panel.
    #[error("a self-evaluation has no panel")]
    OwnStage {
        /// The panel's name.
        name: String,
    },
    /// Who was named is no member.
    #[error("{name} is no member")]
    UnknownMember {
        /// What was given.
        name: String,
        /// Names of the members.
        known: String,
    },
    /// Several members have the name.
    #[error("several members are named {name}")]
    AmbiguousMember {
        /// The name.
        name: String,
    },
    /// Who was named is a member already.
    #[error("{name} is a member of {panel}")]
    MemberThere {
        /// The name.
        name: String,
        /// The panel.
        panel: String,
    },
    /// Who was named is a member already, under another spelling: somebody decided that the two are one person.
    #[error("{name} ({organisation}) is {member} ({belongs})")]
    SamePerson {
        /// The name that was given.
        name: String,
        /// Its organisation.
        organisation: String,
        /// The member's name.
        member: String,
        /// The member's organisation.
        belongs: String,
    },
    /// Too many members.
    #[error("more than {most} members")]
    TooManyMembers {
        /// The most.
        most: usize,
    },
    /// No recusal to take back.
    #[error("{name} is not recused from {unit}")]
    NotRecused {
        /// The member.
        name: String,
        /// The unit.
        unit: String,
    },
    /// No sheet is about the unit.
    #[error("no unit {unit}")]
    UnknownUnit {
        /// What was given.
        unit: String,
        /// Units whose names may be meant; a word where there are none.
        alike: String,
    },
    /// There are no marks at a place that could be agreed on.
    #[error("nothing to agree on at {place} of {unit}")]
    NothingToAgree {
        /// The unit.
        unit: String,
        /// The code.
        place: String,
    },
    /// A sheet that does not count is compared with nothing.
    #[error("the sheet of {name} about {unit} does not count")]
    NothingToCompare {
        /// The member.
        name: String,
        /// The unit.
        unit: String,
    },
    /// A mark that cannot be.
    #[error("{mark} is no mark for {place}")]
    BadMark {
        /// The code.
        place: String,
        /// What was given.
        mark: String,
        /// The step.
        step: String,
    },
    /// A total or an adjustment that cannot come about.
    #[error("{mark} at {place} is not between {least} and {most}")]
    MarkOutOfRange {
        /// The code.
        place: String,
        /// What was given.
        mark: String,
        /// The least that there can be.
        least: String,
        /// The most.
        most: String,
    },
    /// A word that means nothing here.
    #[error("{word} is none of {known}")]
    UnknownWord {
        /// What was given.
        word: String,
        /// What there is.
        known: String,
    },
    /// A signed sheet whose file cannot be read.
    #[error("sheet {sheet}: {detail}")]
    SheetUnreadable {
        /// The sheet.
        sheet: String,
        /// What is wrong.
        detail: String,
    },
}
