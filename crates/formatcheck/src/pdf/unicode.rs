//! The characters behind a font's codes (ToUnicode). Ranges stay ranges: a file may claim a range of four billion.

use std::collections::BTreeMap;

/// Most entries of a map.
const MOST_ENTRIES: usize = 70_000;

/// From codes to characters.
#[derive(Debug, Default)]
pub struct Unicode {
    /// From the first code of a range to its last and the first character.
    ranges: BTreeMap<u32, (u32, u32)>,
}

impl Unicode {
    /// Reads a map; what is not understood is left out.
    pub fn read(bytes: &[u8]) -> Self {
        let mut read = Self::default();
        let mut tokens = Tokens { bytes, at: 0 };
        let mut section = None;
        let mut pending: Vec<u32> = Vec::new();
        while let Some(token) = tokens.next() {
            match (token, section) {
                (Token::Word(b"beginbfchar"), _) => section = Some(2),
                (Token::Word(b"beginbfrange"), _) => section = Some(3),
                (Token::Word(word), _) if word.starts_with(b"end") => section = None,
                (Token::Hex(code), Some(wanted)) => {
                    pending.push(code);
                    if pending.len() == wanted {
                        let (first, last) = (pending[0], pending[wanted - 2]);
                        read.insert(first, last, pending[wanted - 1]);
                        pending.clear();
                    }
                    continue;
                }
                (Token::Open, Some(3)) if pending.len() == 2 => {
                    let mut code = pending[0];
                    while let Some(Token::Hex(character)) = tokens.next() {
                        read.insert(code, code, character);
                        code = code.saturating_add(1);
                    }
                }
                _ => {}
            }
            pending.clear();
        }
        read
    }

    fn insert(&mut self, first: u32, last: u32, character: u32) {
        if self.ranges.len() < MOST_ENTRIES && last >= first {
            self.ranges.insert(first, (last, character));
        }
    }

    /// The character of a code.
    pub fn character(&self, code: u32) -> Option<char> {
        let (first, (last, character)) = self.ranges.range(..=code).next_back()?;
        (code <= *last).then(|| char::from_u32(character.checked_add(code - first)?)).flatten()
    }

    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }
}

enum Token<'a> {
    /// The first character that a hexadecimal string spells in UTF-16, or its code.
    Hex(u32),
    Open,
    Word(&'a [u8]),
}

struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        let rest = self.bytes.get(self.at..)?;
        let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let rest = &rest[blank..];
        let (token, length) = match rest.first()? {
            b'<' if rest.get(1) != Some(&b'<') => {
                let length = rest.iter().position(|byte| *byte == b'>')?;
                (Token::Hex(hex(&rest[1..length])), length + 1)
            }
            b'[' => (Token::Open, 1),
            _ => {
                let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'<' | b'[' | b']' | b'/' | b'>');
                let length = rest.iter().skip(1).position(ends).map_or(rest.len(), |more| more + 1);
                (Token::Word(&rest[..length]), length)
            }
        };
        self.at += blank + length;
        Some(token)
    }
}

/// The number that up to four digits spell; of more, the character that the first two pairs of UTF-16 spell.
fn hex(digits: &[u8]) -> u32 {
    let value =
        |part: &[u8]| part.iter().filter_map(|digit| char::from(*digit).to_digit(16)).fold(0, |sum, d| sum * 16 + d);
    let digits: Vec<u8> = digits.iter().copied().filter(u8::is_ascii_hexdigit).take(8).collect();
    let high = value(&digits[..digits.len().min(4)]);
    if digits.len() == 8 && (0xd800..0xdc00).contains(&high) {
        let low = value(&digits[4..]);
        return 0x10000 + ((high - 0xd800) << 10) + (low.wrapping_sub(0xdc00) & 0x3ff);
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_found_by_code() {
        let map = Unicode::read(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n2 beginbfchar <0003> <4E00> <0004> <D842DFB7> endbfchar\n\
              2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<4E8C> <4E09>] endbfrange <00000000> <FFFFFFFF> x",
        );
        let found: Vec<Option<char>> = [3, 4, 0x11, 0x13, 0x21].map(|code| map.character(code)).into();
        assert_eq!(found, [Some('一'), Some('𠮷'), Some('B'), None, Some('三')]);
    }
}
