//! Reading formulas and conditions: tokens, then what they are by the usual order of operations.

use super::{Comparison, Expression, FormulaError, MOST_CHARACTERS, Test};
use crate::decimal::parse;
use rust_decimal::Decimal;

/// Deepest nesting of brackets.
const DEEPEST: usize = 16;

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

pub(super) struct Reader<'a> {
    tokens: Vec<(Token, &'a str)>,
    at: usize,
    depth: usize,
}

type Read<T> = Result<T, FormulaError>;

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Read<Self> {
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

    pub(super) fn end(&self) -> Read<()> {
        if self.at == self.tokens.len() { Ok(()) } else { self.wrong() }
    }

    pub(super) fn any(&mut self) -> Read<Test> {
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

    pub(super) fn sum(&mut self) -> Read<Expression> {
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
