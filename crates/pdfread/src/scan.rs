//! What stands in the bytes of a PDF, wherever it stands: more than the parser will see, never less.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Most lines of comments between two words.
const MOST_COMMENTS: usize = 64;
/// Digits of the largest number of an object; the parser can be led to any of them.
const MOST_DIGITS: usize = 10;

/// What may lead from one object to another.
#[derive(Default)]
pub struct Found {
    /// Numbers of objects that are named as the length of something.
    pub lengths: BTreeSet<u32>,
    /// Where objects that begin as a dictionary stand, by number.
    pub dictionaries: BTreeMap<u32, Vec<usize>>,
    /// Offsets at which cross-references are said to begin.
    pub sections: BTreeSet<usize>,
    /// There are more comments than any program writes, so that it is not certain what else there is.
    pub obscure: bool,
}

/// The bytes, and what makes passing over blanks and comments quick however often that is done.
pub struct Text<'a> {
    pub bytes: &'a [u8],
    line_ends: Vec<usize>,
    long_blank: Range<usize>,
    pub found: Found,
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0 | 0x0C)
}

impl<'a> Text<'a> {
    /// Looks through a PDF.
    pub fn scan(bytes: &'a [u8]) -> Self {
        let line_ends = (0..bytes.len()).filter(|at| matches!(bytes[*at], b'\r' | b'\n')).collect();
        let mut text = Self { bytes, line_ends, long_blank: 0..0, found: Found::default() };
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'/' => text.named(at + 1),
                b's' if bytes[at..].starts_with(b"startxref") => text.section(at + b"startxref".len()),
                b'0'..=b'9' => text.headed(at),
                _ => {}
            }
        }
        text
    }

    /// Number and generation of the object whose words begin at an offset, or behind it.
    pub fn header(&mut self, at: usize) -> Option<(u32, u16)> {
        let begin = self.passed(at);
        let (number, behind) = self.number(begin)?;
        let (generation, _) = self.number(behind)?;
        Some((u32::try_from(number).ok()?, u16::try_from(generation).ok()?))
    }

    fn at(&self, at: usize) -> &[u8] {
        self.bytes.get(at..).unwrap_or_default()
    }

    /// Where the next word begins, behind blanks and comments.
    fn passed(&mut self, mut at: usize) -> usize {
        let mut comments = 0;
        loop {
            match self.bytes.get(at) {
                _ if self.long_blank.contains(&at) => at = self.long_blank.end,
                Some(b'%') if comments < MOST_COMMENTS => {
                    comments += 1;
                    let next = self.line_ends.partition_point(|end| *end < at);
                    at = self.line_ends.get(next).copied().unwrap_or(self.bytes.len());
                }
                Some(byte) if is_blank(*byte) => {
                    let run = self.at(at).iter().take_while(|byte| is_blank(**byte)).count();
                    self.long_blank = at..at + run;
                    at = self.long_blank.end;
                }
                Some(b'%') => {
                    self.found.obscure = true;
                    return at;
                }
                _ => return at,
            }
        }
    }

    /// A number, and where the next word begins.
    fn number(&mut self, at: usize) -> Option<(u64, usize)> {
        let digits = self.at(at).iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = std::str::from_utf8(&self.at(at)[..digits]).ok()?.parse().ok()?;
        Some((number, self.passed(at + digits)))
    }

    /// Number of an object before `word`, and where what is behind the word begins.
    fn object(&mut self, at: usize, word: &[u8]) -> Option<(u32, usize)> {
        let (number, behind) = self.number(at)?;
        let (_, behind) = self.number(behind)?;
        let number = self.at(behind).starts_with(word).then(|| u32::try_from(number).ok())??;
        Some((number, self.passed(behind + word.len())))
    }

    /// A name behind its slash, with what it spells in hexadecimal, and where it ends.
    fn name(&self, mut at: usize) -> (Vec<u8>, usize) {
        let mut name = Vec::new();
        // No name that is looked for is longer.
        while name.len() < 8 {
            let spelled = |two: &[u8]| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok();
            match self.at(at) {
                [b'#', one, two, ..] if one.is_ascii_hexdigit() && two.is_ascii_hexdigit() => {
                    name.extend(spelled(&[*one, *two]));
                    at += 3;
                }
                [byte, ..] if byte.is_ascii_alphabetic() => {
                    name.push(*byte);
                    at += 1;
                }
                _ => break,
            }
        }
        (name, at)
    }

    fn named(&mut self, at: usize) {
        let (name, behind) = self.name(at);
        match name.as_slice() {
            b"Length" => {
                let value = self.passed(behind);
                let object = self.object(value, b"R");
                self.found.lengths.extend(object.map(|(number, _)| number));
            }
            b"Prev" | b"XRefStm" => self.section(behind),
            _ => {}
        }
    }

    fn section(&mut self, behind: usize) {
        let value = self.passed(behind);
        let value = if self.at(value).starts_with(b"+") { value + 1 } else { value };
        let offset = self.number(value).and_then(|(offset, _)| usize::try_from(offset).ok());
        self.found.sections.extend(offset);
    }

    fn headed(&mut self, at: usize) {
        let digits = self.at(at).iter().take(MOST_DIGITS + 1).take_while(|byte| byte.is_ascii_digit()).count();
        if digits <= MOST_DIGITS
            && let Some((number, behind)) = self.object(at, b"obj")
            && self.at(behind).starts_with(b"<<")
        {
            self.found.dictionaries.entry(number).or_default().push(at);
        }
    }
}
