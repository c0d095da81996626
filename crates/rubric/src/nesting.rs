//! How deep a TOML text goes, counted before the parser sees it.
//!
//! The parser follows brackets, and whoever drops its tables follows the parts of keys, by recursion. The parser's own
//! limit does not hold for text that is broken: there it also counts down for brackets that it passed over. No thread's
//! stack may depend on what a file says, so what goes deeper than any file of ours is refused here.

use std::fmt;
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

/// Most brackets inside one another; rubrics have four.
pub const MOST_BRACKETS: usize = 16;
/// Most parts of a dotted key; each makes a table inside the one before. Rubrics have one.
pub const MOST_KEY_PARTS: usize = 16;

/// A text that goes too deep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TooDeep {
    /// The line on which it does, from 1.
    pub line: usize,
}

impl fmt::Display for TooDeep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line } = self;
        write!(
            f,
            "line {line}: more than {MOST_BRACKETS} brackets or {MOST_KEY_PARTS} parts of a key inside one another"
        )
    }
}

impl std::error::Error for TooDeep {}

/// Looks whether a TOML text, whole or broken, can be given to the parser.
///
/// A bracket is closed by its own kind only, as in the parser: what it has open is always among what is open here.
///
/// # Errors
/// Where the text goes too deep.
pub fn check(text: &str) -> Result<(), TooDeep> {
    let (mut open, mut dots) = (Vec::new(), 0_usize);
    for token in Source::new(text).lex() {
        let kind = token.kind();
        match kind {
            TokenKind::Dot => dots += 1,
            TokenKind::LeftSquareBracket => open.push(TokenKind::RightSquareBracket),
            TokenKind::LeftCurlyBracket => open.push(TokenKind::RightCurlyBracket),
            _ if open.last() == Some(&kind) => _ = open.pop(),
            _ => {}
        }
        if matches!(kind, TokenKind::Newline | TokenKind::Equals | TokenKind::Comma) {
            dots = 0;
        }
        if open.len() > MOST_BRACKETS || dots >= MOST_KEY_PARTS {
            let before = &text.as_bytes()[..token.span().start()];
            return Err(TooDeep { line: 1 + before.iter().filter(|byte| **byte == b'\n').count() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_too_deep_is_refused_where_it_does() {
        let nested = |count: usize| format!("a = 1\nb = {}{}", "[".repeat(count), "]".repeat(count));
        let dotted = |count: usize| format!("a = 1\n{}b = 1\n", "\"?.\" . ".repeat(count - 1));
        assert_eq!(check(&nested(MOST_BRACKETS)), Ok(()));
        assert_eq!(check(&nested(MOST_BRACKETS + 1)), Err(TooDeep { line: 2 }));
        assert_eq!(check(&dotted(MOST_KEY_PARTS)), Ok(()));
        assert_eq!(check(&dotted(MOST_KEY_PARTS + 1)), Err(TooDeep { line: 2 }));
    }

    #[test]
    fn what_is_long_but_not_deep_passes() {
        let numbers = format!("a = [{}]\n", "1.5, [0.5], { b = 2.5 }, ".repeat(1000));
        let quoted = format!("a = \"{0}\"\nb = '''{0}'''\n# {0}\n", "[.".repeat(1000));
        let tables = "[[a.b]]\nc.d = \"1\"\n".repeat(1000);
        for text in [numbers, quoted, tables] {
            assert_eq!(check(&text), Ok(()));
        }
    }

    /// A closing bracket of the other kind closes nothing, in the parser neither.
    #[test]
    fn broken_text_cannot_hide_its_depth() {
        for piece in ["[}", "{a=[{[]", "{]", "{[]b=[", "[ [ } "] {
            assert!(check(&format!("a = {}", piece.repeat(1000))).is_err(), "{piece}");
        }
    }
}
