//! A small good package as its files, to be changed and put together again.

use super::archive::{Entry, archive};
use package::Sha256;
use std::collections::BTreeMap;

/// The top folder.
pub const FOLDER: &str = "并州分校-2022-自评-周宁";
/// Where the only sheet stands.
pub const SHEET: &str = "data/sheets/fbc7111cb8f67576f9b216ce4f3582d1.json";
/// Where the only piece of evidence stands.
pub const EVIDENCE: &str = "data/evidence/45a670f81a4b58436ad5ddac41b6183cd6e94129a0906ffd52dec4664f3922f1.txt";
/// What every signature is over.
pub const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";

/// Files by their path inside the top folder.
#[derive(Clone)]
pub struct Bag(pub BTreeMap<String, Vec<u8>>);

impl Bag {
    /// The good one, which nobody has signed.
    pub fn good() -> Self {
        let texts = [
            ("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
            ("bag-info.txt", include_str!("../bag/bag-info.txt")),
            ("data/package.json", include_str!("../bag/package.json")),
            ("data/rubric.toml", include_str!("../../crates/rubric/tests/small.toml")),
            ("data/evidence.json", include_str!("../bag/evidence.json")),
            ("data/problems.json", include_str!("../bag/problems.json")),
            (SHEET, include_str!("../bag/sheet.json")),
            (EVIDENCE, "九月十二日的会议记录\n"),
        ];
        let mut bag = Self(texts.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into());
        bag.relist();
        bag
    }

    /// A file's text.
    pub fn text(&self, path: &str) -> String {
        String::from_utf8_lossy(&self.0[path]).into_owned()
    }

    /// Puts a file in, or another in its place.
    pub fn put(&mut self, path: &str, content: impl AsRef<[u8]>) {
        self.0.insert(path.to_owned(), content.as_ref().to_vec());
    }

    /// Replaces a piece of a text, which must be there.
    pub fn replace(&mut self, path: &str, old: &str, new: &str) {
        let text = self.text(path);
        assert!(text.contains(old), "{path} has no {old}");
        self.put(path, text.replacen(old, new, 1));
    }

    /// Writes manifests and `Payload-Oxum` anew, as an attacker would.
    pub fn relist(&mut self) {
        let payload: Vec<usize> = self.payload().map(|(_, bytes)| bytes.len()).collect();
        let info = self.0.get("bag-info.txt").map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        if let Some(info) = info {
            let kept = info.lines().filter(|line| !line.starts_with("Payload-Oxum")).map(|line| format!("{line}\n"));
            let oxum = format!("Payload-Oxum: {}.{}\n", payload.iter().sum::<usize>(), payload.len());
            self.put("bag-info.txt", kept.collect::<String>() + &oxum);
        }
        self.put("manifest-sha256.txt", lines(self.payload()));
        self.retag();
    }

    /// Writes the tag manifest anew.
    pub fn retag(&mut self) {
        let tags = ["bagit.txt", "bag-info.txt", "manifest-sha256.txt"];
        self.put(TAG_MANIFEST, lines(self.0.iter().filter(|(path, _)| tags.contains(&path.as_str()))));
    }

    fn payload(&self) -> impl Iterator<Item = (&String, &Vec<u8>)> {
        self.0.iter().filter(|(path, _)| path.starts_with("data/"))
    }

    /// The entries of its archive.
    pub fn entries(&self) -> Vec<Entry> {
        self.0.iter().map(|(path, bytes)| Entry::new(&format!("{FOLDER}/{path}"), bytes)).collect()
    }

    /// Its archive.
    pub fn archive(&self) -> Vec<u8> {
        archive(&self.entries())
    }
}

fn lines<'a>(files: impl Iterator<Item = (&'a String, &'a Vec<u8>)>) -> String {
    files.map(|(path, bytes)| format!("{}  {path}\n", Sha256::of(bytes))).collect()
}
