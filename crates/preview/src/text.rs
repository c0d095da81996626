//! Texts in the encodings that Chinese files have.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes of a text are shown.
pub const MOST_TEXT: usize = 512 << 10;

/// A text as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The characters, lines ended by `\n`, without control characters.
    pub text: String,
    /// The encoding that was found, e.g. `GB18030`.
    pub encoding: &'static str,
}

/// Decodes the beginning of a text, whose last character may be cut in two.
#[must_use]
pub fn text(bytes: &[u8]) -> Text {
    let encoding = encoding_of(bytes);
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut text = String::new();
    // Never the last bytes: half a character at the end is then left out, not shown as a fault.
    let room = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len());
    text.reserve(room);
    let _ = decoder.decode_to_string(bytes, &mut text, false);
    Text { text: shown(&text), encoding: encoding.name() }
}

fn shown(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    lines.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = wide(bytes) {
        return encoding;
    }
    if is_utf8(bytes) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    // Every text in GBK is one in GB18030, which has all characters.
    if guess == GBK { GB18030 } else { guess }
}

/// UTF-8, the last character perhaps cut in two.
fn is_utf8(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}

/// UTF-16 without a mark: characters below 256, line ends at the least, have noughts on one side only; and what comes
/// of it must be text, since a stray nought stands in other files too.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let bytes = bytes.get(..crate::HEAD).unwrap_or(bytes);
    let noughts = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let encoding = match (noughts(0), noughts(1)) {
        (0, odd) if odd > 0 => UTF_16LE,
        (even, 0) if even > 0 => UTF_16BE,
        _ => return None,
    };
    plausible(&encoding.decode_without_bom_handling(bytes).0).then_some(encoding)
}

/// Whether these first bytes of a file are those of a text.
pub(crate) fn is_text(head: &[u8]) -> bool {
    if head.is_empty() || Encoding::for_bom(head).is_some() {
        return true;
    }
    let encoding = encoding_of(head);
    let (text, _) = encoding.decode_without_bom_handling(head);
    let strange =
        text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{1a}')).count();
    let faults = text.chars().filter(|c| *c == '\u{fffd}').count();
    let all = text.chars().count();
    // The last character of the head may be cut in two.
    strange * 100 <= all && faults <= 1
}

/// Text, and not numbers that only look like wide characters: of common scripts for the most part.
fn plausible(text: &str) -> bool {
    let common = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    let all = text.chars().count();
    text.chars().filter(common).count() * 10 >= all * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str = "各学习中心：请于10月15日前报送考试安排。\r\n联系人：张燊，电话 0351-4000000。\r\n";
    const LINES: &str = "各学习中心：请于10月15日前报送考试安排。\n联系人：张燊，电话 0351-4000000。\n";

    fn wide_bytes(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn the_encodings_of_chinese_files_are_told_apart() {
        let gb = GB18030.encode(SENTENCE).0.into_owned();
        let marked = [&[0xEF, 0xBB, 0xBF], SENTENCE.as_bytes()].concat();
        let cases = [
            (SENTENCE.as_bytes().to_vec(), "UTF-8"),
            (marked, "UTF-8"),
            (gb, "gb18030"),
            (wide_bytes(SENTENCE, true), "UTF-16LE"),
            (wide_bytes(SENTENCE, false), "UTF-16BE"),
            ([vec![0xFF, 0xFE], wide_bytes(SENTENCE, true)].concat(), "UTF-16LE"),
            ([vec![0xFE, 0xFF], wide_bytes(SENTENCE, false)].concat(), "UTF-16BE"),
        ];
        for (bytes, encoding) in cases {
            assert!(is_text(&bytes), "{encoding}");
            let read = text(&bytes);
            assert_eq!((read.encoding, read.text.as_str()), (encoding, LINES));
        }
    }

    #[test]
    fn a_text_that_is_cut_ends_at_a_whole_character() {
        assert_eq!(text(&"考试".as_bytes()[..5]).text, "考");
        let gb = GB18030.encode("各学习中心请于十月报送考试安排").0.into_owned();
        assert_eq!(text(&gb[..gb.len() - 1]).text, "各学习中心请于十月报送考试安");
    }

    #[test]
    fn control_characters_are_left_out_and_bytes_are_no_text() {
        assert_eq!(text(b"a\x1b[31mb\0c\td").text, "a[31mbc\td");
        assert!(!is_text(&[0x1f, 0x8b, 8, 0, 0, 0, 3, 7, 9, 200, 190, 1, 2]));
        assert!(!is_text(&(0..=255).cycle().take(4096).collect::<Vec<u8>>()));
    }
}
