//! What an expert found of a piece of evidence (核验): 属实, 存疑 or 不符, with a note.

use crate::error::{Error, Unfit};
use crate::sheet::Stage;
use serde::{Deserialize, Serialize};

/// Longest note beside a verdict, in characters.
pub const NOTE_MAXIMUM: usize = 1000;

/// What was found of a piece of evidence.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, strum::EnumString, strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Verdict {
    /// 属实
    Genuine,
    /// 存疑
    Doubtful,
    /// 不符
    Refuted,
}

impl Verdict {
    /// Whether a note has to say why.
    #[must_use]
    pub fn needs_note(self) -> bool {
        self != Self::Genuine
    }

    /// Its word in the printed documents.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Self::Genuine => "属实",
            Self::Doubtful => "存疑",
            Self::Refuted => "不符",
        }
    }
}

/// A verdict as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judgement {
    /// What was found.
    pub verdict: Verdict,
    /// Why; empty when nothing was written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Judgement {
    /// A judgement with a note that fits.
    ///
    /// # Errors
    /// [`Error::BadText`] for a note that is too long or cannot be shown.
    pub fn new(verdict: Verdict, note: &str) -> Result<Self, Error> {
        let note = note.trim_end();
        match Unfit::of(note, NOTE_MAXIMUM, &['\n', '\t']) {
            None => Ok(Self { verdict, note: note.to_owned() }),
            Some(unfit) => Err(Error::BadText {
                field: "verdict-note".to_owned(),
                unfit,
                count: note.chars().count(),
                most: NOTE_MAXIMUM,
            }),
        }
    }

    /// Whether the note that its verdict needs is missing.
    #[must_use]
    pub fn lacks_note(&self) -> bool {
        self.verdict.needs_note() && self.note.trim().is_empty()
    }
}

/// Refuses judgements on a unit's own sheet: only experts judge the evidence.
///
/// # Errors
/// [`Error::VerdictByUnit`].
pub fn require_expert(stage: Stage) -> Result<(), Error> {
    if stage == Stage::SelfEvaluation { Err(Error::VerdictByUnit) } else { Ok(()) }
}
