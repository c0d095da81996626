//! Chinese numerals, and the numbers of headings (附件5: 文中结构层次序数依次用“一、”“（一）”“1.”“（1）”标注).

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// A number as headings count: 一, 十, 十二, 一百零三; from 1000 on the digits one by one.
#[must_use]
pub fn chinese(number: u32) -> String {
    let digit = |place: u32| DIGITS[(number / place % 10) as usize];
    match number {
        0..10 => digit(1).to_string(),
        10..100 => {
            let tens = Some(digit(10)).filter(|_| number >= 20);
            let ones = Some(digit(1)).filter(|_| !number.is_multiple_of(10));
            tens.into_iter().chain(['十']).chain(ones).collect()
        }
        100..1000 => match number % 100 {
            0 => format!("{}百", digit(100)),
            rest @ 1..10 => format!("{}百零{}", digit(100), chinese(rest)),
            rest @ 10..20 => format!("{}百一{}", digit(100), chinese(rest)),
            rest => format!("{}百{}", digit(100), chinese(rest)),
        },
        _ => number.to_string().bytes().map(|byte| DIGITS[usize::from(byte - b'0')]).collect(),
    }
}

/// The number that Chinese numerals below 100 spell.
#[must_use]
pub fn numeral_value(numerals: &str) -> Option<u32> {
    let digit = |c: char| DIGITS.iter().position(|known| *known == c).and_then(|at| u32::try_from(at).ok());
    let (tens, ones) = match numerals.split_once('十') {
        Some(("", ones)) => (1, ones),
        Some((tens, ones)) => (digit(tens.chars().next().filter(|_| tens.chars().count() == 1)?)?, ones),
        None => (0, numerals),
    };
    let mut rest = ones.chars();
    let ones = match (rest.next(), rest.next()) {
        (None, _) if tens > 0 => 0,
        (Some(one), None) => digit(one)?,
        _ => return None,
    };
    Some(tens * 10 + ones)
}

/// The number of a heading of level 1 to 4, with the marks of its level: 一、（一）1.（1）.
#[must_use]
pub fn heading_number(level: usize, number: u32) -> String {
    match level {
        1 => format!("{}、", chinese(number)),
        2 => format!("（{}）", chinese(number)),
        3 => format!("{number}."),
        _ => format!("（{number}）"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_chinese() {
        assert_eq!([1, 10, 11, 20, 23].map(chinese), ["一", "十", "十一", "二十", "二十三"]);
        let hundreds = ["一百", "一百零九", "一百一十", "一百一十二", "二百五十", "九百九十九", "一〇二〇"];
        assert_eq!([100, 109, 110, 112, 250, 999, 1020].map(chinese), hundreds);
    }

    #[test]
    fn numerals_read_as_they_are_spelt() {
        assert!((1..100).all(|count| numeral_value(&chinese(count)) == Some(count)));
        for wrong in ["", "百", "一二", "十十", "十一二", "甲"] {
            assert_eq!(numeral_value(wrong), None, "{wrong}");
        }
    }
}
