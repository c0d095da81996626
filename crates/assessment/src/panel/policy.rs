//! What a panel declares before anything is reckoned.

use rubric::Rubric;
use rubric::decimal::{is_multiple, is_small, parse, show};
use rubric::model::Shape;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// How several marks become one.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantNames,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Method {
    /// 平均
    Mean,
    /// 去高低平均
    Trimmed,
    /// 中位数
    Median,
    /// 会商一致: what all gave, else what they agreed on.
    Consensus,
}

/// How a quotient is rounded where it lies in the middle between two steps.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantNames,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Rounding {
    /// GB/T 8170: to the even step (四舍六入五成双).
    HalfEven,
    /// 四舍五入
    HalfUp,
}

/// What is combined and rounded; everything else follows from it by the rubric's own sums.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantNames,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Per {
    /// Each point; the total is the sum.
    Point,
    /// The total.
    Total,
}

/// When the panel finds that a condition (扣分条件、否决) holds.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantNames,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Holds {
    /// More than half of the members found it.
    Majority,
    /// Any member found it.
    Any,
    /// All members found it.
    Unanimous,
}

/// From how many marks on how many are dropped at each end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trim {
    /// From so many marks on.
    pub from: u32,
    /// So many at each end.
    pub drop: u32,
}

/// The declared policy (合议办法).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// How several marks become one.
    pub method: Method,
    /// By panel size, ascending; below the first nothing is dropped. Only for [`Method::Trimmed`].
    pub trim: Vec<Trim>,
    /// What is combined.
    pub per: Per,
    /// How it is rounded, once.
    pub rounding: Rounding,
    /// To multiples of this.
    #[serde(serialize_with = "write", deserialize_with = "read")]
    pub step: Decimal,
    /// When a condition holds.
    pub holds: Holds,
    /// Fewer sheets than this give no result.
    pub least: u32,
    /// A mark of a point that is more of the rubric's steps than this from the median of the others is out of line.
    pub point_outlier: Option<u32>,
    /// The same for totals.
    pub total_outlier: Option<u32>,
    /// Indicators that part units with the same total, in this order; none: they share their place.
    pub ties: Vec<String>,
}

fn write<S: Serializer>(value: &Decimal, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&show(*value))
}

fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Decimal, D::Error> {
    let text = String::deserialize(from)?;
    parse(&text).ok_or_else(|| D::Error::custom(format!("{text} is not a plain decimal")))
}

/// What a policy cannot be.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, strum::VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum PolicyError {
    /// A checklist has statements, not marks.
    #[error("a checklist has no marks to combine")]
    NoMarks {
        /// The rubric's title.
        rubric: String,
    },
    /// A step that is not above 0 and small.
    #[error("{step} is no step")]
    BadStep {
        /// What was given.
        step: String,
    },
    /// Points are rounded to what the rubric does not admit.
    #[error("{step} is no multiple of the rubric's step {rubric}")]
    OffStep {
        /// What was given.
        step: String,
        /// The rubric's.
        rubric: String,
    },
    /// Where each mark is a whole number, points are agreed on, not divided.
    #[error("the rubric admits whole marks only")]
    WholeMarks {
        /// The rubric's step.
        rubric: String,
    },
    /// Members agree on points, not on totals alone.
    #[error("consensus is for points")]
    ConsensusOfTotals {},
    /// Drops that do not ascend, drop nothing, or leave nothing.
    #[error("from {from} marks on {drop} at each end")]
    BadTrim {
        /// From so many marks on.
        from: u32,
        /// So many at each end.
        drop: u32,
    },
    /// A trimmed mean without a number to drop.
    #[error("nothing to drop is declared")]
    NoTrim {},
    /// An indicator that the rubric does not have.
    #[error("{indicator} is no indicator")]
    UnknownTie {
        /// What was given.
        indicator: String,
    },
    /// Fewest sheets below 1 or above the most members.
    #[error("{least} is no number of sheets")]
    BadLeast {
        /// What was given.
        least: u32,
    },
}

impl Policy {
    /// What stands until something else is declared: totals, one dropped at each end from five on, to a tenth of the
    /// rubric's step, half to even.
    #[must_use]
    pub fn new(rubric: &Rubric) -> Self {
        Self {
            method: Method::Trimmed,
            trim: vec![Trim { from: 5, drop: 1 }],
            per: Per::Total,
            rounding: Rounding::HalfEven,
            step: rubric.step.min(Decimal::new(1, 1)),
            holds: Holds::Majority,
            least: 2,
            point_outlier: None,
            total_outlier: None,
            ties: Vec::new(),
        }
    }

    /// How many of so many marks are dropped at each end.
    #[must_use]
    pub fn dropped(&self, count: usize) -> usize {
        if self.method != Method::Trimmed {
            return 0;
        }
        let reached = self.trim.iter().rev().find(|trim| u32::try_from(count).is_ok_and(|count| trim.from <= count));
        reached.and_then(|trim| usize::try_from(trim.drop).ok()).unwrap_or_default()
    }

    /// Whether a condition holds that so many of so many members found.
    #[must_use]
    pub fn holds(&self, found: usize, of: usize) -> bool {
        match self.holds {
            Holds::Majority => found * 2 > of,
            Holds::Any => found > 0,
            Holds::Unanimous => found > 0 && found == of,
        }
    }

    /// Checks that the policy makes sense for a rubric.
    ///
    /// # Errors
    /// What does not.
    pub fn check(&self, rubric: &Rubric) -> Result<(), PolicyError> {
        if rubric.shape == Shape::Checklist {
            return Err(PolicyError::NoMarks { rubric: rubric.title.clone() });
        }
        let step = show(self.step);
        if self.step <= Decimal::ZERO || !is_small(self.step) || self.step > rubric.total {
            return Err(PolicyError::BadStep { step });
        }
        match (self.per, self.method) {
            (Per::Total, Method::Consensus) => return Err(PolicyError::ConsensusOfTotals {}),
            (Per::Point, Method::Mean | Method::Trimmed | Method::Median) if rubric.step.fract().is_zero() => {
                return Err(PolicyError::WholeMarks { rubric: show(rubric.step) });
            }
            (Per::Point, _) if !is_multiple(self.step, rubric.step) => {
                return Err(PolicyError::OffStep { step, rubric: show(rubric.step) });
            }
            _ => {}
        }
        if self.least == 0 || usize::try_from(self.least).is_ok_and(|least| least > super::MEMBERS_MAXIMUM) {
            return Err(PolicyError::BadLeast { least: self.least });
        }
        if let Some(code) = self.ties.iter().find(|code| !rubric.indicators.iter().any(|i| i.code == **code)) {
            return Err(PolicyError::UnknownTie { indicator: code.clone() });
        }
        self.check_trim()
    }

    fn check_trim(&self) -> Result<(), PolicyError> {
        if self.method == Method::Trimmed && self.trim.is_empty() {
            return Err(PolicyError::NoTrim {});
        }
        let mut before = Trim { from: 0, drop: 0 };
        for trim in &self.trim {
            let leaves = trim.from > trim.drop.saturating_mul(2);
            if trim.drop == 0 || !leaves || trim.from <= before.from || trim.drop < before.drop {
                return Err(PolicyError::BadTrim { from: trim.from, drop: trim.drop });
            }
            before = *trim;
        }
        Ok(())
    }
}
