//! A key as digits that one person reads aloud and another writes down.

use std::fmt;

use crate::{Error, Result, Sha256};

/// Groups of digits.
const GROUPS: usize = 6;
/// Digits of a group.
const DIGITS: usize = 5;

/// Thirty decimal digits in six groups, from the SHA-256 of a public key: each group is five bytes of it, taken as a number,
/// modulo 100 000. That is 99 bits, read aloud in a quarter of a minute; the letters of a hexadecimal fingerprint
/// (B, D, E) are what people mishear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spoken([u32; GROUPS]);

impl Spoken {
    pub(crate) fn of(key: &Sha256) -> Self {
        let mut groups = [0; GROUPS];
        for (group, bytes) in groups.iter_mut().zip(key.as_bytes().chunks_exact(DIGITS)) {
            let number = bytes.iter().fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
            *group = u32::try_from(number % 100_000).expect("below 100 000");
        }
        Self(groups)
    }

    /// Compares with what was heard. Spaces and hyphens do not count, and digits of any width are digits.
    ///
    /// # Errors
    /// [`Error::HeardUnreadable`] when that is not thirty digits, [`Error::HeardDiffers`] with the first group that does.
    pub fn compare(&self, heard: &str) -> Result<()> {
        let mut digits = String::new();
        for character in heard.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '－' | '·')) {
            let wide = u32::from(character).checked_sub(u32::from('０')).filter(|digit| *digit < 10);
            let digit = wide.or_else(|| character.to_digit(10));
            let unreadable = || Error::HeardUnreadable { found: heard.trim().to_owned(), digits: digits.len() };
            digits.push(digit.and_then(|digit| char::from_digit(digit, 10)).ok_or_else(unreadable)?);
        }
        if digits.len() != GROUPS * DIGITS {
            return Err(Error::HeardUnreadable { found: heard.trim().to_owned(), digits: digits.len() });
        }
        for (index, expected) in self.to_string().split(' ').enumerate() {
            let found = &digits[index * DIGITS..(index + 1) * DIGITS];
            if found != expected {
                return Err(Error::HeardDiffers {
                    group: index + 1,
                    found: found.to_owned(),
                    expected: expected.to_owned(),
                });
            }
        }
        Ok(())
    }
}

impl fmt::Display for Spoken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let groups = self.0.map(|group| format!("{group:05}"));
        f.write_str(&groups.join(" "))
    }
}
