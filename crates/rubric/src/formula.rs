//! Formulas over named quantities, and conditions that compare them. Exact: values are fractions.

mod exact;
mod read;

pub use exact::Exact;
pub use read::is_name;

use num_traits::Zero;
use read::Reader;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Longest formula or condition, in characters.
pub const MOST_CHARACTERS: usize = 500;

/// Longest numerator and denominator together; recorded figures have about fifty bits each.
const MOST_BITS: u64 = 1024;

/// Why a value is not determined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Open {
    /// Quantities that are not recorded.
    Missing(BTreeSet<String>),
    /// A division by zero, with the formula.
    ZeroDenominator(String),
    /// A value with more digits than any figure has, with the formula.
    TooLarge(String),
}

impl Open {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Missing(mut a), Self::Missing(b)) => {
                a.extend(b);
                Self::Missing(a)
            }
            (Self::Missing(_), other) | (other, _) => other,
        }
    }
}

/// Looks a quantity up by its name.
pub type Lookup<'a> = &'a dyn Fn(&str) -> Result<Exact, Open>;

/// A formula, such as `实际分配账号 / 应配备账号 * 100`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    text: String,
    root: Expression,
}

/// A condition, such as `培训班次 < 5 或 集中培训班次 < 2`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    text: String,
    root: Test,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Expression {
    Number(Decimal),
    Name(String),
    /// A first term and what follows it from the left; in a list, so that a long sum is not a deep tree.
    Chain(Box<Expression>, Vec<(char, Expression)>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    Compare(Expression, Comparison, Expression),
    All(Vec<Test>),
    Any(Vec<Test>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    AtLeast,
    Above,
    AtMost,
    Below,
    Equal,
}

/// What is wrong with a formula or condition, in the formula's own characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaError {
    /// Where reading stopped: the rest of the text.
    pub rest: String,
}

impl Formula {
    /// Reads a formula.
    ///
    /// # Errors
    /// The place where it is not one.
    pub fn read(text: &str) -> Result<Self, FormulaError> {
        let mut reader = Reader::new(text)?;
        let root = reader.sum()?;
        reader.end()?;
        Ok(Self { text: text.to_owned(), root })
    }

    /// The text as written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Adds the names of its quantities.
    pub fn names(&self, names: &mut BTreeSet<String>) {
        self.root.names(names);
    }

    /// Its value.
    ///
    /// # Errors
    /// What is missing, or a division by zero.
    pub fn value(&self, lookup: Lookup<'_>) -> Result<Exact, Open> {
        self.root.value(lookup, &self.text)
    }
}

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    /// The place where it is not one.
    pub fn read(text: &str) -> Result<Self, FormulaError> {
        let mut reader = Reader::new(text)?;
        let root = reader.any()?;
        reader.end()?;
        Ok(Self { text: text.to_owned(), root })
    }

    /// The text as written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Adds the names of its quantities.
    pub fn names(&self, names: &mut BTreeSet<String>) {
        self.root.names(names);
    }

    /// Whether it holds. What is missing does not matter where the rest decides: one false comparison makes `且`
    /// false, one true makes `或` true.
    ///
    /// # Errors
    /// What is missing, or a division by zero.
    pub fn holds(&self, lookup: Lookup<'_>) -> Result<bool, Open> {
        self.root.holds(lookup, &self.text)
    }
}

impl Expression {
    fn names(&self, names: &mut BTreeSet<String>) {
        match self {
            Self::Number(_) => {}
            Self::Name(name) => drop(names.insert(name.clone())),
            Self::Chain(first, rest) => {
                first.names(names);
                rest.iter().for_each(|(_, term)| term.names(names));
            }
        }
    }

    fn value(&self, lookup: Lookup<'_>, text: &str) -> Result<Exact, Open> {
        match self {
            Self::Number(number) => Ok((*number).into()),
            Self::Name(name) => lookup(name),
            Self::Chain(first, rest) => {
                let terms = rest.iter().map(|(operator, term)| (*operator, term));
                terms.fold(first.value(lookup, text), |left, (operator, term)| match (left, term.value(lookup, text)) {
                    (Err(a), Err(b)) => Err(a.and(b)),
                    (Err(open), _) | (_, Err(open)) => Err(open),
                    (Ok(a), Ok(b)) => combined(a, operator, b, text),
                })
            }
        }
    }
}

/// Two values joined by an operator.
fn combined(a: Exact, operator: char, b: Exact, text: &str) -> Result<Exact, Open> {
    let value = match operator {
        '+' => a.0 + b.0,
        '-' => a.0 - b.0,
        '*' => a.0 * b.0,
        _ if b.0.is_zero() => return Err(Open::ZeroDenominator(text.to_owned())),
        _ => a.0 / b.0,
    };
    // Formulas that build on one another could otherwise square a number many times over.
    if value.numer().bits() + value.denom().bits() > MOST_BITS {
        return Err(Open::TooLarge(text.to_owned()));
    }
    Ok(Exact(value))
}

impl Test {
    fn names(&self, names: &mut BTreeSet<String>) {
        match self {
            Self::Compare(a, _, b) => {
                a.names(names);
                b.names(names);
            }
            Self::All(tests) | Self::Any(tests) => tests.iter().for_each(|test| test.names(names)),
        }
    }

    fn holds(&self, lookup: Lookup<'_>, text: &str) -> Result<bool, Open> {
        match self {
            Self::Compare(a, comparison, b) => match (a.value(lookup, text), b.value(lookup, text)) {
                (Ok(a), Ok(b)) => Ok(match comparison {
                    Comparison::AtLeast => a >= b,
                    Comparison::Above => a > b,
                    Comparison::AtMost => a <= b,
                    Comparison::Below => a < b,
                    Comparison::Equal => a == b,
                }),
                (Err(a), Err(b)) => Err(a.and(b)),
                (Err(open), _) | (_, Err(open)) => Err(open),
            },
            Self::All(tests) => decide(tests, false, lookup, text),
            Self::Any(tests) => decide(tests, true, lookup, text),
        }
    }
}

/// The first test that gives `deciding` decides; otherwise what is open is open.
fn decide(tests: &[Test], deciding: bool, lookup: Lookup<'_>, text: &str) -> Result<bool, Open> {
    let mut open: Option<Open> = None;
    for test in tests {
        match test.holds(lookup, text) {
            Ok(holds) if holds == deciding => return Ok(deciding),
            Ok(_) => {}
            Err(more) => {
                open = Some(match open.take() {
                    Some(before) => before.and(more),
                    None => more,
                });
            }
        }
    }
    open.map_or(Ok(!deciding), Err)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decimal::parse;

    fn lookup(name: &str) -> Result<Exact, Open> {
        let value = match name {
            "甲" => "1302",
            "乙" => "2000",
            "零" => "0",
            _ => return Err(Open::Missing(BTreeSet::from([name.to_owned()]))),
        };
        Ok(parse(value).unwrap().into())
    }

    #[test]
    fn a_formula_is_exact() {
        let value = |text| Formula::read(text).unwrap().value(&lookup).map(|value| value.show());
        for (text, want) in [
            ("甲 / 乙 * 100", "65.1"),
            ("甲÷乙×100", "65.1"),
            ("1 / 3 * 3", "1"),
            ("1 / 3", "≈0.3333"),
            ("2 / 3", "≈0.6667"),
            ("1 - 2 - 3", "-4"),
            ("2 * (3 + 4)", "14"),
            ("1 / 8", "0.125"),
        ] {
            assert_eq!(value(text).as_deref(), Ok(want), "{text}");
        }
        assert_eq!(value("甲 / 零"), Err(Open::ZeroDenominator("甲 / 零".to_owned())));
        assert_eq!(value("丙 + 丁"), Err(Open::Missing(["丙".to_owned(), "丁".to_owned()].into())));
    }

    #[test]
    fn a_condition_needs_only_what_decides_it() {
        let holds = |text| Condition::read(text).unwrap().holds(&lookup);
        for (text, want) in [
            ("甲 >= 1302", true),
            ("甲 > 1302", false),
            ("甲 ≥ 1302 且 甲 ≤ 1302", true),
            ("甲 ≥ 1303 或 甲 ≤ 1301", false),
            ("甲 ≥ 1301 且 甲 ≤ 1303", true),
            ("(甲 + 1) / 乙 <= 0.6515", true),
            ("丙 > 1 或 甲 < 乙", true),
            ("丙 > 1 且 甲 > 乙", false),
            ("(甲 < 乙 or 丙 = 1) and 乙 = 2000", true),
        ] {
            assert_eq!(holds(text), Ok(want), "{text}");
        }
        assert!(matches!(holds("丙 > 1 或 甲 > 乙"), Err(Open::Missing(_))));
    }

    #[test]
    fn what_is_not_a_formula_is_refused_where_it_stops() {
        let deep = format!("{}1{}", "(".repeat(40), ")".repeat(40));
        let long = "1+".repeat(300) + "1";
        for (text, rest) in [
            ("甲 +", ""),
            ("甲 乙", "乙"),
            ("1e3", "e3"),
            ("甲 ^ 2", "^ 2"),
            ("１０", "１０"),
            ("(甲", ""),
            ("--1", "--1"),
        ] {
            assert_eq!(Formula::read(text).err(), Some(FormulaError { rest: rest.to_owned() }), "{text}");
        }
        assert!(Formula::read(&deep).is_err());
        let nested = |depth: usize| format!("{}1{}", "(".repeat(depth), ")".repeat(depth));
        assert!(Formula::read(&nested(16)).is_ok());
        assert!(Formula::read(&nested(17)).is_err());
        let beside = vec!["(1)"; 40].join("+");
        assert!(Formula::read(&beside).is_ok());
        let tests = vec!["((1) > (0))"; 30].join("且");
        assert!(Condition::read(&tests).is_ok());
        assert!(Formula::read(&long).is_err());
        assert!(Condition::read("甲").is_err());
        assert!(Condition::read("甲 > 1 或").is_err());
    }

    #[test]
    fn names_are_what_a_formula_can_hold() {
        for name in ["实际分配账号", "生师比（在编在岗）", "总决算2019", "N"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "1月人数", "甲 乙", "甲-乙", "且", "or", "%"] {
            assert!(!is_name(name), "{name}");
        }
    }
}
