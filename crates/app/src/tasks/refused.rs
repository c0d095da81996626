//! Why an assignment cannot be changed. The texts that people read stand in `messages/tasks.toml`.

use serde::Serialize;

/// Refusals of changes of an assignment.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Refused {
    /// There is no department of this name.
    #[error("no department {name}")]
    UnknownDepartment {
        /// What was given.
        name: String,
        /// The departments that there are.
        known: String,
    },
    /// There is a department of this name.
    #[error("{name} exists")]
    DepartmentExists {
        /// What was given.
        name: String,
        /// The one that there is.
        known: String,
    },
    /// The rubric has no indicator or point of this code.
    #[error("no place {place}")]
    UnknownPlace {
        /// What was given.
        place: String,
        /// The rubric.
        rubric: String,
    },
    /// A point has responsible departments only; who leads is said of indicators.
    #[error("{place} is a point")]
    NotOfPoints {
        /// The point.
        place: String,
        /// Its indicator.
        indicator: String,
    },
    /// More departments than allowed.
    #[error("{count} departments, at most {most}")]
    TooMany {
        /// Of what.
        place: String,
        /// How many.
        count: usize,
        /// The most.
        most: usize,
    },
    /// A text that is no day.
    #[error("{found} is no day")]
    BadDay {
        /// The department.
        name: String,
        /// What was given.
        found: String,
    },
}
