//! Rates of indicators as screen and paper show them: what is scored, what is still open, what lies below the line.

use rubric::Rubric;
use rubric::decimal::is_below;
use rubric::score::{IndicatorScore, PointScore};
use rust_decimal::Decimal;

/// The line that rates are compared with where the rubric names none, in percent.
const LINE: i64 = 60;

/// How much of a place is scored. Only what is complete has a rate: the rest of its marks may still come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Open,
    Begun,
    Complete,
}

impl State {
    pub fn of(indicator: &IndicatorScore) -> Self {
        match indicator.scored {
            0 => Self::Open,
            scored if scored < indicator.points => Self::Begun,
            _ => Self::Complete,
        }
    }

    pub fn of_point(point: &PointScore) -> Self {
        if point.score.is_some() { Self::Complete } else { Self::Open }
    }

    /// What stands in place of a rate.
    pub fn words(self) -> Option<&'static str> {
        match self {
            Self::Open => Some("未评"),
            Self::Begun => Some("未评完"),
            Self::Complete => None,
        }
    }
}

/// The line in percent.
pub(crate) fn line(rubric: &Rubric) -> Decimal {
    rubric.grade_conditions.first().map_or(Decimal::from(LINE), |condition| condition.below)
}

/// Whether what is completely scored lies strictly below the line.
pub(crate) fn is_low(state: State, score: Decimal, max: Decimal, line: Decimal) -> bool {
    state == State::Complete && is_below(score, max, line)
}
