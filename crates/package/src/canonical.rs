//! One spelling for JSON (RFC 8785), and a guard that looks at JSON before any parser does.

use serde_json::Value;

use crate::{Error, Limits, Result};

/// The canonical bytes (RFC 8785) of a value: keys sorted, no spaces, one spelling for each number and string.
///
/// # Errors
/// [`Error::EncodingFailed`] when a number has no JSON spelling.
pub fn to_vec(value: &Value) -> Result<Vec<u8>> {
    serde_json_canonicalizer::to_vec(value).map_err(|e| Error::encoding("canonical JSON", e))
}

/// Parses JSON that must already be canonical, within `limits`.
///
/// # Errors
/// In words, what is wrong.
pub fn parse(bytes: &[u8], limits: &Limits) -> std::result::Result<Value, String> {
    parse_of(bytes, limits, &mut limits.json_values.clone())
}

/// Parses one JSON of several, which have `left` values together.
pub(crate) fn parse_of(bytes: &[u8], limits: &Limits, left: &mut usize) -> std::result::Result<Value, String> {
    guard(bytes, limits, left)?;
    let value: Value = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
    // Also refuses what parsers disagree on: a key given twice, numbers beyond a double, escapes.
    let canonical = to_vec(&value).map_err(|e| e.to_string())?;
    match canonical.iter().zip(bytes).position(|(a, b)| a != b) {
        Some(at) => Err(format!("not canonical at byte {at}")),
        None if canonical.len() != bytes.len() => {
            Err(format!("not canonical: {} bytes instead of {}", bytes.len(), canonical.len()))
        }
        None => Ok(value),
    }
}

/// Counts nesting, string lengths and values without building anything.
fn guard(bytes: &[u8], limits: &Limits, left: &mut usize) -> std::result::Result<(), String> {
    let (mut depth, mut string, mut escaped) = (0_usize, None, false);
    for (at, byte) in bytes.iter().enumerate() {
        if let Some(start) = string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => string = None,
                _ if at - start > limits.json_string => {
                    return Err(format!("string at byte {start} longer than {} bytes", limits.json_string));
                }
                _ => {}
            }
            continue;
        }
        if matches!(byte, b'{' | b'[' | b',' | b':') {
            let most = limits.json_values;
            *left = left.checked_sub(1).ok_or_else(|| format!("more than {most} values at byte {at}"))?;
        }
        match byte {
            b'"' => string = Some(at),
            b'{' | b'[' => {
                depth += 1;
                if depth > limits.json_depth {
                    return Err(format!("nested deeper than {} at byte {at}", limits.json_depth));
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_one_spelling() {
        let value: Value = serde_json::from_str(r#"{ "b": "8.25", "a": [1, 2.50, "\u5206"] }"#).unwrap();
        assert_eq!(to_vec(&value).unwrap(), r#"{"a":[1,2.5,"分"],"b":"8.25"}"#.as_bytes());
    }

    #[test]
    fn what_is_not_canonical_is_refused() {
        let limits = Limits { json_depth: 3, json_string: 8, json_values: 12, ..Limits::default() };
        assert!(parse(br#"{"a":[["8.25"]],"b":"\\\""}"#, &limits).is_ok());
        for (text, reason) in [
            (r#"{"b":1,"a":1}"#, "not canonical"),
            (r#"{"a":1,"a":2}"#, "not canonical"),
            (r#"{"a": 1}"#, "not canonical"),
            (r#"{"a":1.0}"#, "not canonical"),
            (r#"{"a":12345678901234567890}"#, "not canonical"),
            (r#"{"a":"\u0041"}"#, "not canonical"),
            ("{\"a\":1}\n", "not canonical"),
            (r#"[[[["a"]]]]"#, "nested deeper"),
            (r#"["123456789"]"#, "longer than"),
            ("[0,0,0,0,0,0,0,0,0,0,0,0,0]", "more than 12 values at byte 24"),
            (r#"{"a":"#, "EOF"),
            ("", "EOF"),
            ("[NaN]", "expected"),
        ] {
            let found = parse(text.as_bytes(), &limits).unwrap_err();
            assert!(found.contains(reason), "{text}: {found}");
        }
    }
}
