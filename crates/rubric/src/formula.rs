//! Formulas over named quantities, and conditions that compare them. Exact: values are fractions.

use crate::decimal::parse;
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Longest formula or condition, in characters.
pub const MOST_CHARACTERS: usize = 500;

/// Longest numerator and denominator together; recorded figures have about fifty bits each.
const MOST_BITS: u64 = 1024;

/// Deepest nesting of brackets.
const DEEPEST: usize = 16;

/// An exact value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exact(BigRational);

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        let scale = BigInt::from(10).pow(value.scale());
        Self(BigRational::new(BigInt::from(value.mantissa()), scale))
    }
}

impl Exact {
    /// Decimals that are shown of a value without an end.
    const SHOWN: u32 = 4;

    /// The value for people: exact where it has at most six decimals, otherwise with four, half to even, after `≈`.
    /// For display only; nothing is ever compared with what is shown.
    #[must_use]
    pub fn show(&self) -> String {
        let scaled = |places: u32| &self.0 * BigRational::from(BigInt::from(10).pow(places));
        let exact = scaled(6);
        if exact.is_integer() {
            return plain(&exact.to_integer(), 6);
        }
        format!("≈{}", plain(&half_even(&scaled(Self::SHOWN)), Self::SHOWN))
    }

    /// As [`Self::show`], after what it is to its formula: `= 65.1`, `≈ 3.8314`.
    #[must_use]
    pub fn related(&self) -> String {
        let shown = self.show();
        match shown.strip_prefix('≈') {
            Some(rounded) => format!("≈ {rounded}"),
            None => format!("= {shown}"),
        }
    }

    /// `self − other`.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        Self(&self.0 - &other.0)
    }

    /// Whether it is above zero.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.0.is_positive()
    }

    /// How many times `step` goes into it: whole times, downwards or upwards, at most `most`. `step` is above zero.
    #[must_use]
    pub fn times(&self, step: Decimal, up: bool, most: u32) -> u32 {
        let quotient = &self.0 / Self::from(step).0;
        let whole = if up { quotient.ceil() } else { quotient.floor() };
        u32::try_from(whole.to_integer()).map_or(most, |times| times.min(most))
    }

    /// `self ÷ every × amount`, rounded once to a multiple of `step`, at most `most`.
    #[must_use]
    pub fn prorated(&self, every: Decimal, amount: Decimal, step: Decimal, half_up: bool, most: Decimal) -> Decimal {
        let units = &self.0 / Self::from(every).0 * Self::from(amount).0 / Self::from(step).0;
        let whole = if half_up { units.round().to_integer() } else { half_even(&units) };
        let units = u64::try_from(whole).ok();
        let value = units.and_then(|units| Decimal::from(units).checked_mul(step));
        value.map_or(most, |value| value.min(most))
    }
}

/// Half to even, as GB/T 8170 says.
fn half_even(value: &BigRational) -> BigInt {
    let floor = value.floor().to_integer();
    let rest = value - BigRational::from(floor.clone());
    let half = BigRational::new(BigInt::from(1), BigInt::from(2));
    if rest > half || (rest == half && floor.is_odd()) { floor + 1 } else { floor }
}

/// An integer as a decimal with so many places, in its one spelling.
fn plain(value: &BigInt, places: u32) -> String {
    let digits = value.abs().to_string();
    let width = usize::try_from(places).unwrap_or(0);
    let digits = format!("{digits:0>width$}", width = width + 1);
    let (whole, fraction) = digits.split_at(digits.len() - width);
    let fraction = fraction.trim_end_matches('0');
    let sign = if value.is_negative() { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

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

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(Decimal),
    Name(String),
    Operator(char),
    Comparison(Comparison),
    And,
    Or,
}

/// Whether a name of a quantity can stand in a formula.
#[must_use]
pub fn is_name(name: &str) -> bool {
    matches!(tokens(name).as_deref(), Ok([(Token::Name(found), _)]) if found == name)
}

/// The tokens, each with what of the text begins there.
fn tokens(text: &str) -> Result<Vec<(Token, &str)>, FormulaError> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = token(rest, first).ok_or_else(|| FormulaError { rest: rest.to_owned() })?;
        tokens.push((token, rest));
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

fn token(rest: &str, first: char) -> Option<(Token, usize)> {
    let two = |a: &str| rest.starts_with(a);
    let one = first.len_utf8();
    Some(match first {
        '+' | '-' | '*' | '/' | '(' | ')' => (Token::Operator(first), one),
        '×' => (Token::Operator('*'), one),
        '÷' => (Token::Operator('/'), one),
        '>' if two(">=") => (Token::Comparison(Comparison::AtLeast), 2),
        '<' if two("<=") => (Token::Comparison(Comparison::AtMost), 2),
        '>' => (Token::Comparison(Comparison::Above), one),
        '<' => (Token::Comparison(Comparison::Below), one),
        '≥' => (Token::Comparison(Comparison::AtLeast), one),
        '≤' => (Token::Comparison(Comparison::AtMost), one),
        '=' => (Token::Comparison(Comparison::Equal), one),
        '0'..='9' => {
            let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
            (Token::Number(parse(&rest[..end])?), end)
        }
        _ if is_part_of_name(first) && !first.is_numeric() => {
            let end = rest.find(|c| !is_part_of_name(c)).unwrap_or(rest.len());
            match &rest[..end] {
                "且" | "and" => (Token::And, end),
                "或" | "or" => (Token::Or, end),
                name => (Token::Name(name.to_owned()), end),
            }
        }
        _ => return None,
    })
}

fn is_part_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '（' | '）' | '、' | '：')
}

struct Reader<'a> {
    tokens: Vec<(Token, &'a str)>,
    at: usize,
    depth: usize,
}

type Read<T> = Result<T, FormulaError>;

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Read<Self> {
        if text.chars().count() > MOST_CHARACTERS {
            return Err(FormulaError { rest: text.chars().skip(MOST_CHARACTERS).collect() });
        }
        Ok(Self { tokens: tokens(text)?, at: 0, depth: 0 })
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn wrong<T>(&self) -> Read<T> {
        Err(FormulaError { rest: self.tokens.get(self.at).map_or("", |(_, rest)| rest).to_owned() })
    }

    fn take(&mut self, token: &Token) -> bool {
        let is_next = self.peek() == Some(token);
        self.at += usize::from(is_next);
        is_next
    }

    fn end(&self) -> Read<()> {
        if self.at == self.tokens.len() { Ok(()) } else { self.wrong() }
    }

    fn any(&mut self) -> Read<Test> {
        let mut tests = vec![self.all()?];
        while self.take(&Token::Or) {
            tests.push(self.all()?);
        }
        Ok(if tests.len() == 1 { tests.remove(0) } else { Test::Any(tests) })
    }

    fn all(&mut self) -> Read<Test> {
        let mut tests = vec![self.test()?];
        while self.take(&Token::And) {
            tests.push(self.test()?);
        }
        Ok(if tests.len() == 1 { tests.remove(0) } else { Test::All(tests) })
    }

    /// A comparison, or a condition in brackets. Both may begin with a bracket: the comparison is tried first.
    fn test(&mut self) -> Read<Test> {
        let (start, depth) = (self.at, self.depth);
        match self.comparison() {
            Ok(test) => Ok(test),
            Err(error) => {
                self.depth = depth;
                let stopped = std::mem::replace(&mut self.at, start);
                if !self.take(&Token::Operator('(')) {
                    self.at = stopped;
                    return Err(error);
                }
                self.deeper()?;
                let test = self.any()?;
                self.depth -= 1;
                if self.take(&Token::Operator(')')) { Ok(test) } else { self.wrong() }
            }
        }
    }

    fn comparison(&mut self) -> Read<Test> {
        let left = self.sum()?;
        let Some(Token::Comparison(comparison)) = self.peek().cloned() else {
            return self.wrong();
        };
        self.at += 1;
        Ok(Test::Compare(left, comparison, self.sum()?))
    }

    fn sum(&mut self) -> Read<Expression> {
        self.chain(&['+', '-'], Self::product)
    }

    fn product(&mut self) -> Read<Expression> {
        self.chain(&['*', '/'], Self::atom)
    }

    fn chain(&mut self, operators: &[char], term: fn(&mut Self) -> Read<Expression>) -> Read<Expression> {
        let first = term(self)?;
        let mut rest = Vec::new();
        while let Some(operator) = self.operator(operators) {
            rest.push((operator, term(self)?));
        }
        Ok(if rest.is_empty() { first } else { Expression::Chain(Box::new(first), rest) })
    }

    fn operator(&mut self, any_of: &[char]) -> Option<char> {
        any_of.iter().copied().find(|operator| self.take(&Token::Operator(*operator)))
    }

    fn atom(&mut self) -> Read<Expression> {
        let atom = match self.peek().cloned() {
            Some(Token::Number(number)) => Expression::Number(number),
            Some(Token::Name(name)) => Expression::Name(name),
            Some(Token::Operator('(')) => {
                self.at += 1;
                self.deeper()?;
                let inner = self.sum()?;
                self.depth -= 1;
                if self.peek() != Some(&Token::Operator(')')) {
                    return self.wrong();
                }
                inner
            }
            _ => return self.wrong(),
        };
        self.at += 1;
        Ok(atom)
    }

    fn deeper(&mut self) -> Read<()> {
        self.depth += 1;
        if self.depth > DEEPEST { self.wrong() } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
