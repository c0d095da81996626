//! Exact decimals: one way to read them, one way to write them.

use rust_decimal::Decimal;

/// Longest accepted spelling; no source prints more than seven characters.
const MAX_LENGTH: usize = 20;

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

/// `part / whole` in percent with two decimals, half to even (GB/T 8170), for display only; comparisons
/// with a line use [`is_below`]. `None` when `whole` is zero.
#[must_use]
pub fn percent(part: Decimal, whole: Decimal) -> Option<String> {
    let percent = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    Some(show(percent.round_dp(2)))
}

/// Whether `part / whole` lies strictly below `line` percent, without dividing.
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
    fn a_rate_is_compared_exactly_and_shown_rounded() {
        let d = |s| parse(s).unwrap();
        assert!(!is_below(d("24"), d("40"), d("60")));
        assert!(is_below(d("23"), d("40"), d("60")));
        assert_eq!(percent(d("2"), d("3")).as_deref(), Some("66.67"));
        assert_eq!(percent(d("1"), d("0")), None);
    }
}
