//! Exact decimals: one way to read them, one way to write them.

use rust_decimal::Decimal;

/// Longest accepted spelling; no source prints more than seven characters.
const MAX_LENGTH: usize = 20;

/// Most digits before the point of a number in a rubric.
const INTEGER_DIGITS: u32 = 9;

/// Most decimals of a number in a rubric.
const DECIMALS: u32 = 6;

/// Reads a plain decimal: ASCII digits, an optional leading minus and one point (`8`, `-0.5`, `72.9`).
///
/// Returns `None` for anything else: exponents, full-width digits, signs, spaces, more than 20 characters.
/// Nothing is ever rounded.
#[must_use]
pub fn parse(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if text.len() > MAX_LENGTH || !plain(whole) || !plain(fraction) {
        return None;
    }
    Decimal::from_str_exact(text).ok().map(|d| d.normalize())
}

/// Writes a decimal in its one spelling: no trailing zeros, no minus before zero (`8.25`, `0`).
#[must_use]
pub fn show(value: Decimal) -> String {
    let value = value.normalize();
    if value.is_zero() { "0".to_owned() } else { value.to_string() }
}

/// Whether a number is small enough for a rubric: at most 9 digits before the point and 6 decimals.
///
/// A [`Decimal`] holds 28 digits. The sums over a rubric's at most 5000 points, and these times a percentage, then
/// have at most 4 + 9 + 6 + 9 of them (`4`: 5000 points; the last `9`: a percentage up to 100 with 6 decimals), and a
/// mark, spelt in at most 20 characters and not above a full mark, can be brought to the step's decimals. So sums,
/// products and remainders neither overflow nor round.
#[must_use]
pub fn is_small(value: Decimal) -> bool {
    value.abs() < Decimal::from(10_u64.pow(INTEGER_DIGITS)) && value.normalize().scale() <= DECIMALS
}

/// Whether a value is a multiple of a step; exact for numbers that [`is_small`] admits.
#[must_use]
pub fn is_multiple(value: Decimal, step: Decimal) -> bool {
    (value % step).is_zero()
}

/// `part / whole` in percent with two decimals, half to even (GB/T 8170), for display only; comparisons
/// with a line use [`is_below`]. `None` when `whole` is zero.
#[must_use]
pub fn percent(part: Decimal, whole: Decimal) -> Option<String> {
    let percent = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    Some(show(percent.round_dp(2)))
}

/// Whether `part / whole` lies strictly below `line` percent, without dividing; exact for sums over a rubric's
/// numbers (see [`is_small`]).
#[must_use]
pub fn is_below(part: Decimal, whole: Decimal, line: Decimal) -> bool {
    part * Decimal::ONE_HUNDRED < whole * line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_decimals_are_read() {
        for (text, want) in [("8", "8"), ("8.250", "8.25"), ("-0.5", "-0.5"), ("-0", "0"), ("007", "7")] {
            assert_eq!(parse(text).map(show).as_deref(), Some(want), "{text}");
        }
        let long = "1".repeat(21);
        for text in ["", " 8", "8.", ".5", "1e3", "１０", "NaN", "+3", "--1", "1,000", "0x10", "1.2.3", &long] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_largest_numbers_of_a_rubric_are_compared_exactly() {
        let d = |s| parse(s).unwrap();
        for text in ["999999999.999999", "0.000001", "-999999999"] {
            assert!(is_small(d(text)), "{text}");
        }
        for text in ["1000000000", "0.0000001", "-1000000000"] {
            assert!(!is_small(d(text)), "{text}");
        }
        let sum = d("999999999.999999") * d("5000");
        assert!(!is_below(sum, sum, d("99.999999")));
        assert!(is_below(sum - d("0.000001"), sum, Decimal::ONE_HUNDRED));
        assert!(is_multiple(d("999999999.999999"), d("0.000003")));
        assert!(!is_multiple(d("999999999.1234567891"), d("0.000001")));
    }

    #[test]
    fn a_rate_is_compared_exactly_and_shown_rounded() {
        let d = |s| parse(s).unwrap();
        assert!(!is_below(d("24"), d("40"), d("60")));
        assert!(is_below(d("23"), d("40"), d("60")));
        assert_eq!(percent(d("2"), d("3")).as_deref(), Some("66.67"));
        assert_eq!(percent(d("1"), d("0")), None);
    }
}
