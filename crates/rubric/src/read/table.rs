//! Taking typed values out of a parsed table, each with its line; what is left over is an unknown key.

use crate::decimal;
use crate::error::{Fault, ReadError};
use rust_decimal::Decimal;
use std::cell::RefCell;
use std::str::FromStr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Where lines begin, to turn an offset into a line number.
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    pub fn of(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// The line of a byte offset, from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }
}

/// A table of the file, the keys asked for so far, and its line.
pub struct Table<'a> {
    table: &'a DeTable<'a>,
    lines: &'a Lines,
    known: RefCell<Vec<&'static str>>,
    /// Line on which the table begins.
    pub line: usize,
}

type Read<T> = Result<T, ReadError>;

impl<'a> Table<'a> {
    pub fn root(table: &'a DeTable<'a>, lines: &'a Lines) -> Self {
        Self { table, lines, known: RefCell::default(), line: 1 }
    }

    fn get(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.known.borrow_mut().push(key);
        self.table.get(key)
    }

    fn line_of(&self, value: &Spanned<DeValue<'_>>) -> usize {
        self.lines.line(value.span().start)
    }

    /// The line of a key's value, or where the table begins.
    pub fn line_of_key(&self, key: &str) -> usize {
        self.table.get(key).map_or(self.line, |value| self.line_of(value))
    }

    pub fn missing(&self, key: &str) -> ReadError {
        ReadError { line: self.line, fault: Fault::MissingKey { key: key.to_owned() } }
    }

    fn wrong_type(&self, value: &Spanned<DeValue<'_>>, key: &str, expected: &str) -> ReadError {
        let fault = Fault::WrongType { key: key.to_owned(), expected: expected.to_owned() };
        ReadError { line: self.line_of(value), fault }
    }

    pub fn text(&self, key: &'static str) -> Read<String> {
        self.optional_text(key)?.ok_or_else(|| self.missing(key))
    }

    /// A text without leading and trailing line breaks; an empty one counts as absent.
    pub fn optional_text(&self, key: &'static str) -> Read<Option<String>> {
        let Some(value) = self.get(key) else {
            return Ok(None);
        };
        let text = value.get_ref().as_str().ok_or_else(|| self.wrong_type(value, key, "text"))?;
        Ok(Some(text.trim_matches('\n').to_owned()).filter(|text| !text.is_empty()))
    }

    /// One of the words of an enum.
    pub fn word<T: FromStr + strum::VariantNames>(&self, key: &'static str) -> Read<T> {
        self.optional_word(key)?.ok_or_else(|| self.missing(key))
    }

    /// One of the words of an enum, or nothing.
    pub fn optional_word<T: FromStr + strum::VariantNames>(&self, key: &'static str) -> Read<Option<T>> {
        let Some(text) = self.optional_text(key)? else {
            return Ok(None);
        };
        T::from_str(&text).map(Some).map_err(|_| {
            let fault = Fault::NotAllowed { key: key.to_owned(), found: text, allowed: T::VARIANTS.join("、") };
            ReadError { line: self.line_of_key(key), fault }
        })
    }

    pub fn number(&self, key: &'static str) -> Read<Decimal> {
        self.optional_number(key)?.ok_or_else(|| self.missing(key))
    }

    /// A plain, non-negative decimal, read from its text, small enough for exact arithmetic.
    pub fn optional_number(&self, key: &'static str) -> Read<Option<Decimal>> {
        let Some(value) = self.get(key) else {
            return Ok(None);
        };
        let text = match value.get_ref() {
            DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
            DeValue::Float(float) => float.as_str(),
            _ => return Err(self.wrong_type(value, key, "number")),
        };
        let (key, found) = (key.to_owned(), text.to_owned());
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let fault = match decimal::parse(text) {
            Some(number) if is_plain && decimal::is_small(number) => return Ok(Some(number)),
            _ if is_plain => Fault::TooManyDigits { key, found },
            _ => Fault::NotADecimal { key, found },
        };
        Err(ReadError { line: self.line_of(value), fault })
    }

    /// A number in a range, which `allowed` describes.
    pub fn number_in(&self, key: &'static str, allowed: &str, holds: impl Fn(Decimal) -> bool) -> Read<Decimal> {
        let number = self.number(key)?;
        if holds(number) {
            return Ok(number);
        }
        let (found, allowed) = (decimal::show(number), allowed.to_owned());
        let fault = Fault::OutOfRange { key: key.to_owned(), found, allowed };
        Err(ReadError { line: self.line_of_key(key), fault })
    }

    pub fn count(&self, key: &'static str) -> Read<u32> {
        let number = self.number(key)?;
        u32::try_from(number).ok().filter(|_| number.fract().is_zero()).ok_or_else(|| ReadError {
            line: self.line_of_key(key),
            fault: Fault::WrongType { key: key.to_owned(), expected: "whole number".to_owned() },
        })
    }

    pub fn flag(&self, key: &'static str) -> Read<bool> {
        let Some(value) = self.get(key) else {
            return Ok(false);
        };
        value.get_ref().as_bool().ok_or_else(|| self.wrong_type(value, key, "true / false"))
    }

    pub fn texts(&self, key: &'static str) -> Read<Vec<String>> {
        let Some(value) = self.get(key) else {
            return Ok(Vec::new());
        };
        let expected = || self.wrong_type(value, key, "list of texts");
        let list = value.get_ref().as_array().ok_or_else(expected)?;
        list.iter().map(|item| item.get_ref().as_str().map(str::to_owned).ok_or_else(expected)).collect()
    }

    pub fn table(&self, key: &'static str) -> Read<Table<'a>> {
        self.optional_table(key)?.ok_or_else(|| self.missing(key))
    }

    pub fn optional_table(&self, key: &'static str) -> Read<Option<Table<'a>>> {
        let Some(value) = self.get(key) else {
            return Ok(None);
        };
        self.inner(value).map(Some).ok_or_else(|| self.wrong_type(value, key, "table"))
    }

    /// A list of at most `most` tables; absent is empty.
    pub fn tables(&self, key: &'static str, most: usize) -> Read<Vec<Table<'a>>> {
        let Some(value) = self.get(key) else {
            return Ok(Vec::new());
        };
        let expected = || self.wrong_type(value, key, "list of tables");
        let list = value.get_ref().as_array().ok_or_else(expected)?;
        if list.len() > most {
            let line = list.get(most).map_or(self.line, |first| self.line_of(first));
            return Err(ReadError { line, fault: Fault::TooMany { name: key.to_owned(), most } });
        }
        list.iter().map(|item| self.inner(item).ok_or_else(expected)).collect()
    }

    fn inner(&self, value: &'a Spanned<DeValue<'a>>) -> Option<Table<'a>> {
        let table = value.get_ref().as_table()?;
        Some(Table { table, lines: self.lines, known: RefCell::default(), line: self.line_of(value) })
    }

    /// To be called when everything was taken: whatever remains is unknown.
    pub fn finish(&self) -> Read<()> {
        let known = self.known.borrow();
        let unknown = self.table.keys().filter(|key| !known.contains(&key.get_ref().as_ref()));
        let Some(key) = unknown.min_by_key(|key| key.span().start) else {
            return Ok(());
        };
        let fault = Fault::UnknownKey { key: key.get_ref().to_string(), known: suggestion(key.get_ref(), &known) };
        Err(ReadError { line: self.lines.line(key.span().start), fault })
    }
}

/// The known key that shares the longest beginning with the unknown one, or all of them.
fn suggestion(key: &str, known: &[&'static str]) -> String {
    let shared = |a: &str| a.bytes().zip(key.bytes()).take_while(|(x, y)| x == y).count();
    match known.iter().max_by_key(|candidate| shared(candidate)) {
        Some(best) if shared(best) >= 3 => (*best).to_owned(),
        _ => {
            let mut all = known.to_vec();
            all.sort_unstable();
            all.dedup();
            all.join("、")
        }
    }
}
