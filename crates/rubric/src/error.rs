//! What can be wrong with a rubric file, and with a mark.

use serde::Serialize;

/// A fault in a rubric file: where it is and what was expected.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct ReadError {
    /// Line in the file, from 1.
    pub line: usize,
    /// What is wrong there.
    pub fault: Fault,
}

/// The kinds of fault in a rubric file.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Fault {
    /// Not TOML.
    #[error("not TOML: {detail}")]
    NotToml {
        /// The parser's words.
        detail: String,
    },
    /// A format that this program does not know.
    #[error("format {found} is not known")]
    UnknownFormat {
        /// What the file says.
        found: String,
    },
    /// A key that the format does not have.
    #[error("unknown key {key}, expected one of {known}")]
    UnknownKey {
        /// The key.
        key: String,
        /// The nearest known key, or the list of all.
        known: String,
    },
    /// A key that is needed.
    #[error("missing key {key}")]
    MissingKey {
        /// The key.
        key: String,
    },
    /// A value of the wrong type.
    #[error("{key} must be {expected}")]
    WrongType {
        /// The key.
        key: String,
        /// What it must be.
        expected: String,
    },
    /// A number that is not a plain, non-negative decimal.
    #[error("{key}: {found} is not a plain decimal")]
    NotADecimal {
        /// The key.
        key: String,
        /// What stands there.
        found: String,
    },
    /// A file that is not UTF-8 text.
    #[error("not UTF-8")]
    NotUtf8 {},
    /// A file that is larger than any rubric.
    #[error("more than {most} MiB")]
    TooLarge {
        /// Most mebibytes.
        most: usize,
    },
    /// Brackets or keys that go deeper than those of any rubric.
    #[error("more than {brackets} brackets inside one another, or a key of more than {parts} parts")]
    TooDeep {
        /// Most brackets inside one another.
        brackets: usize,
        /// Most parts of a key.
        parts: usize,
    },
    /// A number with more digits than exact arithmetic is certain to carry.
    #[error("{key}: {found} has too many digits")]
    TooManyDigits {
        /// The key.
        key: String,
        /// What stands there.
        found: String,
    },
    /// A number outside of the range that makes sense.
    #[error("{key}: {found} is not in {allowed}")]
    OutOfRange {
        /// The key.
        key: String,
        /// What stands there.
        found: String,
        /// The range.
        allowed: String,
    },
    /// More entries than any rubric has.
    #[error("more than {most} of {name}")]
    TooMany {
        /// The key of the entries.
        name: String,
        /// How many there may be.
        most: usize,
    },
    /// The marks of a point fall into too many separate runs.
    #[error("{name}: the marks fall into more than {most} runs")]
    ScatteredMarks {
        /// The point's code.
        name: String,
        /// How many runs there may be.
        most: usize,
    },
    /// A word that is not one of the allowed ones.
    #[error("{key}: {found} is not one of {allowed}")]
    NotAllowed {
        /// The key.
        key: String,
        /// What stands there.
        found: String,
        /// The allowed words.
        allowed: String,
    },
    /// A code that occurred before.
    #[error("code {name} occurs twice, first in line {first}")]
    DuplicateCode {
        /// The code.
        name: String,
        /// Line of the first.
        first: usize,
    },
    /// An indicator's level does not follow its place.
    #[error("indicator {name} has level {level}, expected 1 to {expected}")]
    WrongLevel {
        /// The indicator's code.
        name: String,
        /// Its level.
        level: u32,
        /// The highest level possible here.
        expected: u32,
    },
    /// Children do not sum to the parent's full marks.
    #[error("{name}: children sum to {sum}, expected {expected}")]
    WrongSum {
        /// The parent's code.
        name: String,
        /// Sum of the children.
        sum: String,
        /// Full marks of the parent.
        expected: String,
    },
    /// Points and child indicators under one indicator, or neither.
    #[error("{name} needs either indicators or points under it")]
    NoLeaves {
        /// The indicator's code.
        name: String,
    },
    /// The parts of a point cannot reach its full marks.
    #[error("{name}: parts reach {reach}, expected {expected}")]
    UnreachableMax {
        /// The point's code.
        name: String,
        /// The highest mark that the parts give.
        reach: String,
        /// Full marks.
        expected: String,
    },
    /// A range whose lower bound lies above the upper one, or that overlaps its neighbour.
    #[error("{name}: range {from} to {to} is empty or overlaps")]
    BadRange {
        /// The point's code.
        name: String,
        /// Lower bound.
        from: String,
        /// Upper bound.
        to: String,
    },
    /// A number off the rubric's step.
    #[error("{name}: {found} is not a multiple of {step}")]
    OffStep {
        /// The place.
        name: String,
        /// The number.
        found: String,
        /// The step.
        step: String,
    },
    /// A name that refers to nothing.
    #[error("{name} refers to nothing")]
    UnknownReference {
        /// The name.
        name: String,
    },
    /// A formula or condition that cannot be read.
    #[error("{key}: {found} cannot be read from {rest:?} on")]
    BadFormula {
        /// The key.
        key: String,
        /// The formula.
        found: String,
        /// The rest of it, from where reading stopped.
        rest: String,
    },
    /// A name that cannot stand in a formula.
    #[error("{name} cannot be the name of a quantity")]
    BadName {
        /// The name.
        name: String,
    },
    /// A code with a character that codes cannot have.
    #[error("{name} cannot be a code")]
    BadCode {
        /// The code.
        name: String,
    },
    /// Formulas of quantities that refer to each other in a circle, or in too long a chain.
    #[error("the formulas of {name} go in a circle, or too deep")]
    CircularFormula {
        /// The quantity.
        name: String,
    },
    /// Marks on the step between two bands, and no reading that refuses them.
    #[error("{name}: no band between {from} and {to}")]
    BandHole {
        /// The point's code.
        name: String,
        /// Upper bound of the lower band.
        from: String,
        /// Lower bound of the upper band.
        to: String,
    },
    /// Conditions of bands that stand on some of them only, or never let a band be chosen.
    #[error("{name}: every band but the last needs a condition, or none has one")]
    BandConditions {
        /// The point's code.
        name: String,
    },
    /// A grade that no total earns.
    #[error("grade {name} cannot be reached")]
    UnreachableGrade {
        /// The grade.
        name: String,
    },
    /// A veto or condition that can never hold.
    #[error("{name} can never hold")]
    CannotFire {
        /// What it is.
        name: String,
    },
    /// A part of a kind that the place cannot have.
    #[error("{name} cannot have {found} here")]
    Misplaced {
        /// The code.
        name: String,
        /// The key or kind.
        found: String,
    },
    /// A value rounded from values that are rounded already.
    #[error("{name}: two prorated parts in one point would round twice")]
    RoundedTwice {
        /// The point's code.
        name: String,
    },
    /// Steps of a conversion that do not ascend, or leave something uncovered.
    #[error("conversion {name}: the steps must ascend and end without a bound")]
    BadConversion {
        /// The conversion.
        name: String,
    },
    /// Grades do not go down to zero.
    #[error("grades must go down strictly and end at 0")]
    BadGrades {
        /// The grade at which it shows.
        name: String,
    },
}

/// Why a mark or finding is refused. Nothing is rounded or moved into range.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum MarkError {
    /// Not a plain decimal.
    #[error("{point}: {found} is not a number")]
    NotANumber {
        /// The point.
        point: String,
        /// What was given.
        found: String,
        /// Full marks.
        max: String,
    },
    /// Above the full marks.
    #[error("{point}: {found} is above {max}")]
    AboveMax {
        /// The point.
        point: String,
        /// What was given.
        found: String,
        /// Full marks.
        max: String,
    },
    /// Below zero.
    #[error("{point}: {found} is negative")]
    Negative {
        /// The point.
        point: String,
        /// What was given.
        found: String,
        /// Full marks.
        max: String,
    },
    /// Not on the rubric's step.
    #[error("{point}: {found} is not a multiple of {step}")]
    OffStep {
        /// The point.
        point: String,
        /// What was given.
        found: String,
        /// The step.
        step: String,
        /// The sentence that sets it.
        sentence: String,
        /// The nearest legal marks below and above.
        near: String,
    },
    /// In the range, but not a mark that the rule can give.
    #[error("{point}: {found} is none of {legal}")]
    NotLegal {
        /// The point.
        point: String,
        /// What was given.
        found: String,
        /// The legal marks in words.
        legal: String,
        /// The sentence of the rule.
        sentence: String,
    },
    /// No point or condition has this code.
    #[error("{point} is not in the rubric {rubric}")]
    UnknownCode {
        /// The code.
        point: String,
        /// The rubric.
        rubric: String,
    },
    /// A quantity that the point does not use, or that is derived.
    #[error("{point}: {name} is not recorded here, but {expected}")]
    UnknownQuantity {
        /// The point, indicator or adjustment.
        point: String,
        /// The quantity.
        name: String,
        /// The quantities that are.
        expected: String,
    },
    /// A quantity that is not a plain number, is negative, or has decimals where it counts.
    #[error("{point}: {name} cannot be {found}")]
    BadQuantity {
        /// The point, indicator or adjustment.
        point: String,
        /// The quantity.
        name: String,
        /// What was given.
        found: String,
        /// Its unit.
        unit: String,
    },
    /// A decision on a condition that its quantities decide otherwise.
    #[error("{point}: {condition} decides")]
    Contradicted {
        /// The condition's code.
        point: String,
        /// The condition over quantities.
        condition: String,
    },
    /// A finding that does not fit the point's rule.
    #[error("{point}: the finding does not fit: {expected}")]
    WrongFinding {
        /// The point or condition.
        point: String,
        /// What was expected.
        expected: String,
    },
}

impl MarkError {
    /// Code of the point or condition that the error is about.
    #[must_use]
    pub fn point(&self) -> &str {
        match self {
            Self::NotANumber { point, .. }
            | Self::AboveMax { point, .. }
            | Self::Negative { point, .. }
            | Self::OffStep { point, .. }
            | Self::NotLegal { point, .. }
            | Self::UnknownCode { point, .. }
            | Self::UnknownQuantity { point, .. }
            | Self::BadQuantity { point, .. }
            | Self::Contradicted { point, .. }
            | Self::WrongFinding { point, .. } => point,
        }
    }
}
