//! What can go wrong before anything is printed.

/// Why a profile or a model cannot be used. The texts that people read stand in `crates/app/messages/document.toml`.
#[derive(Debug, Clone, PartialEq, thiserror::Error, serde::Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Error {
    /// The format profile is not well-formed or its numbers leave no room.
    #[error("format profile: {reason}")]
    ProfileInvalid {
        /// What is wrong, with the line where known.
        reason: String,
    },
    /// There is no format profile of that name.
    #[error("no format profile {name}")]
    ProfileUnknown {
        /// The name that was asked for.
        name: String,
        /// The names that there are.
        known: String,
    },
    /// The rubric has more levels than the format has columns for.
    #[error("{depth} levels of indicators, the format has columns for {most}")]
    TooManyLevels {
        /// Levels of the rubric.
        depth: usize,
        /// Levels the profile has widths for.
        most: usize,
    },
}
