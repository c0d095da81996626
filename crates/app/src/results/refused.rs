//! What results refuse.

use serde::Serialize;

/// Refusals of results, of saved views and of what is declared about editions.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Refused {
    /// A column that a table does not have.
    #[error("no column {given}")]
    UnknownColumn {
        /// What was given.
        given: String,
        /// The columns.
        known: String,
    },
    /// A grade that nobody can have.
    #[error("no grade {grade}")]
    UnknownGrade {
        /// What was given.
        grade: String,
        /// The grades.
        known: String,
    },
    /// An indicator that the rubric does not have.
    #[error("no indicator {indicator}")]
    UnknownIndicator {
        /// What was given.
        indicator: String,
        /// The rubric.
        rubric: String,
    },
    /// Neither indicator, point nor adjustment.
    #[error("no {place} in the rubric")]
    UnknownPlace {
        /// What was given.
        place: String,
        /// The rubric.
        rubric: String,
    },
    /// No saved view has the name.
    #[error("no view {view}")]
    UnknownView {
        /// What was given.
        view: String,
        /// The panel's views.
        known: String,
    },
    /// A saved view has the name.
    #[error("a view is named {view}")]
    ViewThere {
        /// The name.
        view: String,
    },
    /// Too many saved views.
    #[error("more than {most} views")]
    TooManyViews {
        /// The most.
        most: usize,
    },
    /// The view is about single units, and none was named.
    #[error("no unit was named")]
    NoUnit,
    /// Too many units side by side.
    #[error("more than {most} units")]
    TooManyUnits {
        /// The most.
        most: usize,
    },
    /// Two panels that are not rounds of one rubric.
    #[error("{one} and {other} are of different rubrics")]
    OtherRubric {
        /// A panel.
        one: String,
        /// The other.
        other: String,
    },
    /// Two panels of the very same edition: there is nothing to declare.
    #[error("{one} and {other} are of the same edition")]
    SameEdition {
        /// A panel.
        one: String,
        /// The other.
        other: String,
    },
    /// Indicators of different levels.
    #[error("{old} and {new} are of different levels")]
    OtherLevel {
        /// The code in the earlier edition.
        old: String,
        /// The code in the later one.
        new: String,
    },
}
