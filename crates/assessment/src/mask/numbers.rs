//! Telephone and identity numbers: found by their form, hidden but for a few digits.

use super::HIDDEN;

/// Words after which a number is somebody's, whatever its form.
const NAMED: [&str; 10] =
    ["电话", "手机", "手机号", "联系方式", "传真", "身份证", "身份证号", "证件号", "Tel", "Phone"];
/// Fewest and most digits of a number after such a word.
const NAMED_DIGITS: std::ops::RangeInclusive<usize> = 6..=18;

/// A digit of a text: where it stands, and its value.
type Digit = (usize, u32);

/// A number that was found: its digits, and how many of them are kept at either end.
struct Number {
    digits: Vec<usize>,
    kept: (usize, usize),
}

/// Hides all numbers of persons in a text.
pub(super) fn hide(chars: &mut [char]) {
    let mut at = 0;
    while at < chars.len() {
        if value(chars[at]).is_none() {
            at += 1;
            continue;
        }
        let inside = at.checked_sub(1).is_some_and(|before| is_word(chars[before]));
        let digits = digits(chars, at);
        match number(chars, &digits, at).filter(|_| !inside) {
            Some(Number { digits, kept: (first, last) }) => {
                let hidden = first..digits.len().saturating_sub(last);
                digits.get(hidden).unwrap_or_default().iter().for_each(|place| chars[*place] = HIDDEN);
                at = digits.last().map_or(at, |place| *place) + 1;
            }
            // The rest of this group is no beginning of another number.
            None => at = digits.iter().zip(at..).take_while(|((place, _), next)| place == next).count() + at,
        }
    }
}

/// The value of a digit, of full width as well.
fn value(c: char) -> Option<u32> {
    let narrow =
        if ('０'..='９').contains(&c) { u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32)? } else { c };
    narrow.to_digit(10)
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || value(c).is_some() || c == HIDDEN
}

/// The digits from `at` on, with at most one separator between two of them.
fn digits(chars: &[char], at: usize) -> Vec<Digit> {
    let separates = |c: char| matches!(c, ' ' | '\u{3000}' | '-' | '－' | '—' | ')' | '）');
    let mut found = Vec::new();
    let mut next = at;
    while let Some(c) = chars.get(next) {
        match value(*c) {
            Some(digit) => found.push((next, digit)),
            None if separates(*c) && chars.get(next + 1).is_some_and(|c| value(*c).is_some()) => {}
            None => break,
        }
        next += 1;
    }
    found
}

/// The number that the digits begin with.
fn number(chars: &[char], digits: &[Digit], at: usize) -> Option<Number> {
    let forms = [identity18, mobile, landline, identity15];
    forms.iter().find_map(|form| form(chars, digits)).or_else(|| named(chars, digits, at))
}

/// The first `count` digits, when none follows them without a separator and nothing makes a word of them.
fn first(chars: &[char], digits: &[Digit], count: usize) -> Option<Vec<usize>> {
    let places: Vec<usize> = digits.get(..count)?.iter().map(|(place, _)| *place).collect();
    let ends = chars.get(places.last()? + 1).is_none_or(|c| !is_word(*c));
    ends.then_some(places)
}

fn whole(digits: &[Digit]) -> u32 {
    digits.iter().fold(0, |number, (_, digit)| number * 10 + digit)
}

fn is_day(month: &[Digit], day: &[Digit]) -> bool {
    (1..=12).contains(&whole(month)) && (1..=31).contains(&whole(day))
}

/// 18 digits, of which the last may be an X; the seventh to fourteenth are a date of birth.
fn identity18(chars: &[char], digits: &[Digit]) -> Option<Number> {
    let born = digits.get(6..14)?;
    if !(1850..=2199).contains(&whole(&born[..4])) || !is_day(&born[4..6], &born[6..]) {
        return None;
    }
    let kept = (3, 2);
    if let Some(digits) = first(chars, digits, 18) {
        return Some(Number { digits, kept });
    }
    let mut places: Vec<usize> = digits.get(..17)?.iter().map(|(place, _)| *place).collect();
    let check = places.last()? + 1;
    let ends = chars.get(check + 1).is_none_or(|c| !is_word(*c));
    if !matches!(chars.get(check), Some('x' | 'X' | 'Ｘ')) || !ends {
        return None;
    }
    places.push(check);
    Some(Number { digits: places, kept })
}

/// 15 digits, as issued until 1999: the seventh to twelfth are a date of birth.
fn identity15(chars: &[char], digits: &[Digit]) -> Option<Number> {
    let born = digits.get(6..12)?;
    let places = first(chars, digits, 15).filter(|_| is_day(&born[2..4], &born[4..]))?;
    Some(Number { digits: places, kept: (3, 2) })
}

/// 11 digits from 13 to 19 on, with the country's code or without.
fn mobile(chars: &[char], digits: &[Digit]) -> Option<Number> {
    let plain: Vec<u32> = digits.iter().map(|(_, digit)| *digit).collect();
    let code = [&[8, 6][..], &[0, 8, 6], &[0, 0, 8, 6]].into_iter().find(|code| plain.starts_with(code));
    [0, code.map_or(0, <[u32]>::len)].into_iter().find_map(|code| {
        let is_mobile = plain.get(code) == Some(&1) && plain.get(code + 1).is_some_and(|second| *second >= 3);
        let digits = first(chars, digits, code + 11).filter(|_| is_mobile)?;
        Some(Number { digits, kept: (code + 3, 4) })
    })
}

/// An area code (010, 02x, or four digits) and 7 or 8 digits.
fn landline(chars: &[char], digits: &[Digit]) -> Option<Number> {
    let (zero, second) = (digits.first()?.1, digits.get(1)?.1);
    if zero != 0 || second == 0 {
        return None;
    }
    let area = if second <= 2 { 3 } else { 4 };
    let places = first(chars, digits, area + 8).or_else(|| first(chars, digits, area + 7))?;
    Some(Number { digits: places, kept: (area, 2) })
}

/// Whatever digits follow a word that says what they are.
fn named(chars: &[char], digits: &[Digit], at: usize) -> Option<Number> {
    let before: String = chars[at.saturating_sub(10)..at].iter().collect();
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || "：:为是号码（(".contains(c));
    let said = NAMED.iter().any(|word| before.to_lowercase().ends_with(&word.to_lowercase()));
    let places: Vec<usize> = digits.iter().map(|(place, _)| *place).collect();
    (said && NAMED_DIGITS.contains(&places.len())).then_some(Number { digits: places, kept: (0, 2) })
}

#[cfg(test)]
mod tests {
    use super::super::Mask;

    fn hidden(text: &str) -> String {
        Mask::new([]).text(text)
    }

    #[test]
    fn identity_numbers_keep_three_and_two_digits() {
        for (text, masked) in [
            ("身份证110101199003074258。", "身份证110*************58。"),
            ("11010119900307425X", "110*************5X"),
            ("110101 19900307 4258", "110*** ******** **58"),
            ("号110101900307425", "号110**********25"),
            ("１１０１０１１９９００３０７４２５８", "１１０*************５８"),
        ] {
            assert_eq!(hidden(text), masked);
        }
    }

    #[test]
    fn telephone_numbers_are_found_by_their_form() {
        for (text, masked) in [
            ("联系13812345678或13912345678", "联系138****5678或139****5678"),
            ("138 1234 5678", "138 **** 5678"),
            ("13812345678 13912345678", "138****5678 139****5678"),
            ("+86 138-1234-5678", "+86 138-****-5678"),
            ("008613812345678", "0086138****5678"),
            ("010-88886666", "010-******66"),
            ("(0851)8888666", "(0851)*****66"),
            ("电话：88886666", "电话：******66"),
            ("Tel: 8888 6666", "Tel: **** **66"),
        ] {
            assert_eq!(hidden(text), masked);
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "教发〔2021〕12号",
            "2021-10-15 09:32",
            "2021.09.01 2022.09.01",
            "得分 8.25，共 123 项、400000 元",
            "IMG13812345678",
            "a0e1381234567813812345678f00d111",
            "12345678901234567890",
            "88886666",
            "110101199013074258",
        ] {
            assert_eq!(hidden(text), text);
        }
    }
}
