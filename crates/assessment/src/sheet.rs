//! Stage and phase of a sheet, and who may do what in which phase.

use crate::error::{Error, Unfit};
use rubric::Outcome;
use serde::{Deserialize, Serialize};

/// Stage (阶段) of an assessment; each produces sheets of its own.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, strum::EnumString, strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Stage {
    /// 自评
    #[serde(rename = "self")]
    #[strum(serialize = "self")]
    SelfEvaluation,
    /// 试评
    Trial,
    /// 复评
    Review,
}

/// Phase of a sheet's life: draft → finalised → signed; reopening starts the next revision as a draft.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, strum::EnumString, strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Phase {
    /// 草稿
    Draft,
    /// 已定稿
    Finalised,
    /// 已签名
    Signed,
}

impl Phase {
    /// Refuses a change to a sheet that is locked.
    ///
    /// # Errors
    /// [`Error::Locked`] in any phase but draft.
    pub fn require_draft(self, sheet: &str, unit: &str) -> Result<(), Error> {
        match self {
            Self::Draft => Ok(()),
            Self::Finalised | Self::Signed => Err(Error::Locked { sheet: sheet.to_owned(), unit: unit.to_owned() }),
        }
    }

    /// Refuses reopening a draft.
    ///
    /// # Errors
    /// [`Error::NotLocked`] for a draft.
    pub fn require_locked(self, sheet: &str) -> Result<(), Error> {
        match self {
            Self::Draft => Err(Error::NotLocked { sheet: sheet.to_owned() }),
            Self::Finalised | Self::Signed => Ok(()),
        }
    }

    /// Refuses signing a draft.
    ///
    /// # Errors
    /// [`Error::NotFinalised`] for a draft.
    pub fn require_finalised(self, sheet: &str) -> Result<(), Error> {
        match self {
            Self::Draft => Err(Error::NotFinalised { sheet: sheet.to_owned() }),
            Self::Finalised | Self::Signed => Ok(()),
        }
    }
}

/// Codes of the points without a mark and of the conditions without a decision, in the order of the source.
#[must_use]
pub fn open_codes(outcome: &Outcome) -> Vec<String> {
    let points = outcome.points.iter().filter(|point| point.score.is_none()).map(|point| point.code.clone());
    points.chain(outcome.undecided.iter().cloned()).collect()
}

/// Refuses finalising a sheet with open points or conditions, with a mark that needs a reason and has none, or with
/// figures that contradict each other.
///
/// # Errors
/// [`Error::Incomplete`], [`Error::ReasonMissing`] or [`Error::Mismatch`] with the codes.
pub fn require_complete(outcome: &Outcome) -> Result<(), Error> {
    let open = open_codes(outcome);
    if !open.is_empty() {
        return Err(Error::Incomplete { count: open.len(), open: open.join("、") });
    }
    if !outcome.reasons_missing.is_empty() {
        return Err(Error::ReasonMissing { codes: outcome.reasons_missing.join("、") });
    }
    match outcome.mismatches.first() {
        None => Ok(()),
        Some(mismatch) => {
            let value = |(value, places): &(String, Vec<String>)| format!("{value}（{}）", places.join("、"));
            let values = mismatch.values.iter().map(value).collect::<Vec<_>>().join("、");
            Err(Error::Mismatch { quantity: mismatch.quantity.clone(), values })
        }
    }
}

/// Checks a name, unit or title: 1 to `most` characters, no control characters, no blanks around it.
///
/// # Errors
/// [`Error::BadText`] with the field's name.
pub fn name(field: &str, text: &str, most: usize) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::BadText { field: field.to_owned(), unfit: Unfit::Empty, count: 0, most });
    }
    fits(field, text, most, &[])?;
    Ok(text.to_owned())
}

/// Checks a text that may be empty: at most `most` characters, no control characters but those that it `may` have.
///
/// # Errors
/// [`Error::BadText`] with the field's name.
pub fn fits(field: &str, text: &str, most: usize, may: &[char]) -> Result<(), Error> {
    let count = text.chars().count();
    match Unfit::of(text, most, may) {
        Some(unfit) => Err(Error::BadText { field: field.to_owned(), unfit, count, most }),
        None => Ok(()),
    }
}

/// Checks the year of an assessment.
///
/// # Errors
/// [`Error::BadYear`] outside 2000 to 2100.
pub fn year(year: i32) -> Result<i32, Error> {
    if (2000..=2100).contains(&year) { Ok(year) } else { Err(Error::BadYear { found: year.to_string() }) }
}
