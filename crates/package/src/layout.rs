//! How a package is laid out: names of its entries, and the text of its tag files (RFC 8493).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;

use crate::{Fingerprint, Flaw, Sha256};

/// Newest format that this program writes and reads; stands in `package.json` under [`FORMAT_KEY`].
pub(crate) const FORMAT: u64 = 1;
/// Key of `package.json` for the format.
pub(crate) const FORMAT_KEY: &str = "format";
/// Key of `package.json` that says whether evidence files are inside.
pub(crate) const EVIDENCE_KEY: &str = "evidence";
/// Evidence files are inside.
pub(crate) const EVIDENCE_INCLUDED: &str = "included";
/// Evidence files were left out by design.
pub(crate) const EVIDENCE_LEFT_OUT: &str = "left-out";

pub(crate) const BAGIT: &str = "bagit.txt";
pub(crate) const BAGIT_TEXT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
pub(crate) const BAG_INFO: &str = "bag-info.txt";
pub(crate) const MANIFEST: &str = "manifest-sha256.txt";
pub(crate) const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
pub(crate) const PACKAGE: &str = "data/package.json";
pub(crate) const RUBRIC: &str = "data/rubric.toml";
pub(crate) const CATALOGUE: &str = "data/evidence.json";
/// Need not be there.
pub(crate) const PROBLEMS: &str = "data/problems.json";
pub(crate) const OXUM: &str = "Payload-Oxum";

/// What an entry is, by its path inside the top folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// `bagit.txt`, `bag-info.txt` or a manifest.
    Tag,
    /// `signatures/<fingerprint>.p7s`.
    Signature(Sha256),
    /// `data/package.json`, `data/rubric.toml`, `data/evidence.json` or `data/problems.json`.
    Text,
    /// `data/sheets/<id>.json`.
    Sheet(String),
    /// `data/evidence/<sha256>.<ext>`.
    Evidence(Sha256, String),
    /// `data/reports/<name>.pdf`.
    Report(String),
}

impl Kind {
    /// What stands at `path`; `None` when a package has nothing there.
    pub(crate) fn of(path: &str) -> Option<Self> {
        match path {
            BAGIT | BAG_INFO | MANIFEST | TAG_MANIFEST => return Some(Self::Tag),
            PACKAGE | RUBRIC | CATALOGUE | PROBLEMS => return Some(Self::Text),
            _ => {}
        }
        let (folder, file) = path.rsplit_once('/')?;
        let (stem, extension) = file.rsplit_once('.')?;
        match (folder, extension) {
            ("signatures", "p7s") => stem.parse().ok().map(Self::Signature),
            ("data/sheets", "json") if !stem.is_empty() => Some(Self::Sheet(stem.to_owned())),
            ("data/reports", "pdf") if !stem.is_empty() => Some(Self::Report(file.to_owned())),
            ("data/evidence", _) if is_extension(extension) => {
                stem.parse().ok().map(|digest| Self::Evidence(digest, extension.to_owned()))
            }
            _ => None,
        }
    }

    /// Whether the reader holds the entry in memory.
    pub(crate) fn is_text(&self) -> bool {
        !matches!(self, Self::Evidence(..) | Self::Report(_))
    }
}

/// Extensions of evidence: 1 to 16 lower-case letters and digits.
pub(crate) fn is_extension(text: &str) -> bool {
    let simple = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit();
    (1..=16).contains(&text.len()) && text.bytes().all(simple)
}

/// Where the signature of a certificate's holder stands.
pub(crate) fn signature(signer: &Fingerprint) -> String {
    format!("signatures/{signer}.p7s")
}

/// Whether the path belongs to the payload.
pub(crate) fn is_payload(path: &str) -> bool {
    path.starts_with("data/")
}

/// The text of a manifest: one line `<digest>  <path>` per file, in the order of paths.
pub(crate) fn manifest(files: &BTreeMap<String, Sha256>) -> String {
    let mut text = String::new();
    for (path, digest) in files {
        writeln!(text, "{digest}  {path}").expect("a String takes any text");
    }
    text
}

/// Refuses a tag file of more lines than `most`.
fn check_lines(entry: &str, text: &str, most: u64) -> Result<(), Flaw> {
    let found = text.lines().count() as u64;
    if found > most {
        return Err(Flaw::LimitExceeded { entry: entry.to_owned(), limit: most, found });
    }
    Ok(())
}

/// Reads a manifest of at most so many files; a path given twice is an unreadable line.
pub(crate) fn parse_manifest(entry: &str, text: &str, most: u64) -> Result<BTreeMap<String, Sha256>, Flaw> {
    check_lines(entry, text, most)?;
    let mut files = BTreeMap::new();
    for (index, line) in text.lines().enumerate() {
        let parsed = line.split_once("  ").and_then(|(digest, path)| Some((digest.parse().ok()?, path)));
        let added = parsed.is_some_and(|(digest, path)| files.insert(path.to_owned(), digest).is_none());
        if !added {
            return Err(Flaw::LineUnreadable { entry: entry.to_owned(), line: index + 1 });
        }
    }
    Ok(files)
}

/// Reads `bag-info.txt`: one `Label: value` a line, at most so many.
pub(crate) fn parse_bag_info(text: &str, most: u64) -> Result<Vec<(String, String)>, Flaw> {
    check_lines(BAG_INFO, text, most)?;
    let pair = |line: &str| line.split_once(": ").map(|(label, value)| (label.to_owned(), value.to_owned()));
    let lines = text.lines().enumerate().map(|(index, line)| {
        pair(line).ok_or_else(|| Flaw::LineUnreadable { entry: BAG_INFO.to_owned(), line: index + 1 })
    });
    lines.collect()
}

/// `Payload-Oxum`: bytes and number of payload files.
pub(crate) fn oxum(bytes: u64, files: usize) -> String {
    format!("{bytes}.{files}")
}

/// Every digest that stands under a key `sha256` anywhere in the catalogue.
pub(crate) fn catalogued(catalogue: &Value) -> BTreeSet<Sha256> {
    let mut digests = BTreeSet::new();
    let mut open = vec![catalogue];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(fields) => {
                let digest: Option<Sha256> =
                    fields.get("sha256").and_then(Value::as_str).and_then(|text| text.parse().ok());
                digests.extend(digest);
                open.extend(fields.values());
            }
            _ => {}
        }
    }
    digests
}
