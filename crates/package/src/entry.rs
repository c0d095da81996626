//! Names and digests of entries, parsed at the edge: what exists in these types is safe to use.

use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;

use crate::Error;

/// Longest path inside a package, in bytes of UTF-8.
pub const PATH_MAXIMUM: usize = 1024;
/// Longest segment of a path, in bytes of UTF-8 (the limit of common file systems).
pub const SEGMENT_MAXIMUM: usize = 255;

/// Why a name is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, strum::VariantNames)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum NameFault {
    /// Nothing between two slashes, or nothing at all.
    Empty,
    /// More than [`PATH_MAXIMUM`] or [`SEGMENT_MAXIMUM`] bytes.
    TooLong,
    /// `.` or `..`: leaves or hides the folder.
    DotSegment,
    /// Starts with `/`.
    Absolute,
    /// `\`, which is a folder separator on some systems.
    Backslash,
    /// `:` (drive letter, alternate stream) or one of `<>"|?*%`.
    ReservedCharacter,
    /// NUL or another control or invisible direction character.
    ControlCharacter,
    /// Ends with a dot or space, or is a device name (`CON`, `NUL`, `COM1` …) on some systems.
    ReservedName,
    /// The bytes are no UTF-8, or the archive does not declare them as such.
    NotUtf8,
}

/// The path of an entry inside a package: relative, with `/`, safe on every file system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct EntryName(String);

impl EntryName {
    /// Parses a path.
    ///
    /// # Errors
    /// The first reason why the path is not safe everywhere.
    pub fn parse(path: &str) -> Result<Self, NameFault> {
        if path.is_empty() {
            return Err(NameFault::Empty);
        }
        if path.len() > PATH_MAXIMUM {
            return Err(NameFault::TooLong);
        }
        if path.starts_with('/') {
            return Err(NameFault::Absolute);
        }
        path.split('/').try_for_each(check_segment)?;
        Ok(Self(path.to_owned()))
    }

    /// Parses a path that a caller asked to pack.
    pub(crate) fn to_pack(path: &str) -> crate::Result<Self> {
        Self::parse(path).map_err(|fault| Error::EntryNameUnusable { name: path.to_owned(), fault })
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two names share when a file system could take one for the other: case and Unicode normal form removed.
    #[must_use]
    pub fn collision_key(&self) -> String {
        let upper: String = self.0.nfkc().collect::<String>().to_uppercase();
        upper.to_lowercase().nfkc().collect()
    }
}

impl fmt::Display for EntryName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn check_segment(segment: &str) -> Result<(), NameFault> {
    if segment.is_empty() {
        return Err(NameFault::Empty);
    }
    if segment.len() > SEGMENT_MAXIMUM {
        return Err(NameFault::TooLong);
    }
    if segment == "." || segment == ".." {
        return Err(NameFault::DotSegment);
    }
    for c in segment.chars() {
        match c {
            '\\' => return Err(NameFault::Backslash),
            ':' | '<' | '>' | '"' | '|' | '?' | '*' | '%' => return Err(NameFault::ReservedCharacter),
            // Direction marks can make a name look like another one.
            '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' => {
                return Err(NameFault::ControlCharacter);
            }
            c if c.is_control() => return Err(NameFault::ControlCharacter),
            _ => {}
        }
    }
    if segment.ends_with(['.', ' ']) || segment.starts_with(' ') || is_device_name(segment) {
        return Err(NameFault::ReservedName);
    }
    Ok(())
}

/// Names that Windows keeps for devices, with or without an extension.
fn is_device_name(segment: &str) -> bool {
    let stem = segment.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    if matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") {
        return true;
    }
    let numbered = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    numbered.is_some_and(|n| matches!(n, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"))
}

/// A SHA-256 digest; its text is 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sha256([u8; 32]);

impl Sha256 {
    /// The digest of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(<sha2::Sha256 as sha2::Digest>::digest(bytes).into())
    }

    /// The digest of everything that a reader gives.
    ///
    /// # Errors
    /// Of the reader.
    pub fn read(source: &mut dyn std::io::Read) -> std::io::Result<Self> {
        let (mut hasher, mut buffer) = (<sha2::Sha256 as sha2::Digest>::new(), vec![0; 1 << 17]);
        loop {
            match source.read(&mut buffer)? {
                0 => return Ok(Self(sha2::Digest::finalize(hasher).into())),
                count => sha2::Digest::update(&mut hasher, &buffer[..count]),
            }
        }
    }

    /// A digest that was computed elsewhere.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl FromStr for Sha256 {
    type Err = Error;

    /// Reads 64 lower-case hexadecimal digits, and nothing else: a digest has one spelling.
    fn from_str(text: &str) -> crate::Result<Self> {
        let unreadable = || Error::DigestUnreadable { found: text.chars().take(80).collect() };
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(unreadable());
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let high = hex_digit(pair[0]).ok_or_else(unreadable)?;
            let low = hex_digit(pair[1]).ok_or_else(unreadable)?;
            *byte = high << 4 | low;
        }
        Ok(Self(bytes))
    }
}

fn hex_digit(c: u8) -> Option<u8> {
    match c {
        b'0'..=b'9' => Some(c - b'0'),
        b'a'..=b'f' => Some(c - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sha256({self})")
    }
}

impl serde::Serialize for Sha256 {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Sha256 {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_names_are_accepted() {
        for name in ["bagit.txt", "data/sheets/S-1.json", "海鸥岛-自评/data/reports/自评报告（终稿）.pdf", "a b/c.d.e"]
        {
            assert_eq!(EntryName::parse(name).unwrap().as_str(), name);
        }
    }

    #[test]
    fn dangerous_names_are_refused_with_the_reason() {
        let long = "长".repeat(86);
        for (name, fault) in [
            ("", NameFault::Empty),
            ("a//b", NameFault::Empty),
            ("a/", NameFault::Empty),
            ("/etc/passwd", NameFault::Absolute),
            ("..", NameFault::DotSegment),
            ("a/../b", NameFault::DotSegment),
            ("a/./b", NameFault::DotSegment),
            ("a\\b", NameFault::Backslash),
            ("C:/x", NameFault::ReservedCharacter),
            ("a/b:c", NameFault::ReservedCharacter),
            ("a%2e", NameFault::ReservedCharacter),
            ("a\0b", NameFault::ControlCharacter),
            ("a\nb", NameFault::ControlCharacter),
            ("a\u{202E}fdp.exe", NameFault::ControlCharacter),
            ("con", NameFault::ReservedName),
            ("x/NUL.txt", NameFault::ReservedName),
            ("x/com1.tar.gz", NameFault::ReservedName),
            ("x./y", NameFault::ReservedName),
            ("x /y", NameFault::ReservedName),
            (long.as_str(), NameFault::TooLong),
        ] {
            assert_eq!(EntryName::parse(name), Err(fault), "{name:?}");
        }
    }

    #[test]
    fn names_that_a_file_system_may_confuse_share_a_key() {
        let key = |name: &str| EntryName::parse(name).unwrap().collision_key();
        assert_eq!(key("Data/A.json"), key("data/a.JSON"));
        assert_eq!(key("caf\u{e9}"), key("cafe\u{301}"));
        assert_eq!(key("stra\u{df}e"), key("STRASSE"));
        assert_ne!(key("自评"), key("他评"));
    }

    #[test]
    fn a_digest_has_one_spelling() {
        let digest = Sha256::of(b"abc");
        let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(digest.to_string(), text);
        assert_eq!(text.parse::<Sha256>().unwrap(), digest);
        for wrong in [text.to_uppercase(), text[1..].to_owned(), format!("{text} "), text.replace('b', "g")] {
            assert!(wrong.parse::<Sha256>().is_err(), "{wrong}");
        }
    }
}
