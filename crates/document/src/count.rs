//! 字数, as a word processor counts it.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// Counts a text: each Chinese character and each full-width mark is one, each run of other signs between blanks
/// (Latin letters, digits, half-width marks: `58.4%`, `78.2:1`) is one.
#[must_use]
pub fn words(text: &str) -> u32 {
    let mut count = 0;
    let mut in_run = false;
    for sign in text.graphemes(true) {
        match sign.chars().next().map_or(Sign::Nothing, Sign::of) {
            Sign::Full => {
                count += 1;
                in_run = false;
            }
            Sign::Half if !in_run => {
                count += 1;
                in_run = true;
            }
            Sign::Blank => in_run = false,
            Sign::Half | Sign::Nothing => {}
        }
    }
    count
}

enum Sign {
    /// Counts by itself.
    Full,
    /// Counts with its neighbours.
    Half,
    Blank,
    /// Takes no room, such as a byte order mark.
    Nothing,
}

impl Sign {
    fn of(first: char) -> Self {
        // Quotation marks, dashes, dots and circled digits are as wide as a character among Chinese; letters that
        // are (Greek, Cyrillic) still make words.
        let wide = first.width() == Some(2) || (first.width_cjk() == Some(2) && !first.is_alphabetic());
        match first {
            _ if first.is_whitespace() => Self::Blank,
            _ if wide => Self::Full,
            _ if first.width().unwrap_or(0) == 0 => Self::Nothing,
            _ => Self::Half,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn characters_and_full_width_marks_count_one_by_one() {
        let cases = [
            ("", 0),
            (" \n\t　", 0),
            ("全面加强党的领导，坚持办学方向。", 16),
            ("“十四五”", 5),
            ("——……", 4),
            ("周·宁①", 4),
            ("全角ＡＢ１２", 6),
            ("生僻字䶮㛃𬱖", 6),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn a_run_of_other_signs_is_one_word() {
        let cases = [
            ("58.4%", 1),
            ("生师比为78.2:1，在分档内", 10),
            ("2019-2021年", 2),
            ("Hengjian is a program", 4),
            ("学习网www.ouchn.cn上", 5),
            ("A B\nC", 3),
            ("αβγ тест", 2),
            ("e\u{301}te\u{301}", 1),
            ("\u{feff}字\u{200b}字", 2),
            ("👨‍👩‍👧好", 2),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text), expected, "{text}");
        }
    }
}
