//! Good packages, and how one thing of them is broken.

use crate::common::{NOW, PASSPHRASE, Steps, judge, signer as made};
use crate::fuzz::archive::{Entry, archive, end};
use crate::fuzz::bag::{Bag, TAG_MANIFEST};
use crate::people::{self, DAY};
use package::{Certificate, Signer, authority, request};
use std::sync::OnceLock;

/// What stands before the first record of the directory and before the end record.
pub struct Places {
    pub directory: usize,
    pub second: usize,
    pub end: usize,
}

/// Everybody who signs, and what openssl needs to sign with.
pub struct World {
    pub folder: tempfile::TempDir,
    pub signer: Signer,
    pub office: Signer,
    pub revoked: Signer,
}

/// The same for every case.
pub fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let office = people::office();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("office.pem"), office.certificate().to_pem().unwrap()).unwrap();
        std::fs::write(folder.path().join("pass"), PASSPHRASE).unwrap();
        let (own, _) = made("周宁", 1);
        std::fs::write(folder.path().join("key.pem"), own.key_pem).unwrap();
        let decrypt = ["pkey", "-in", "key.pem", "-passin", "file:pass", "-out", "plain.pem"];
        judge("openssl", &decrypt, folder.path());
        let revoked = people::issued(&office, "马离", 3);
        World { signer: people::signer("周宁", 1), office, revoked, folder }
    })
}

/// The good bag with a signature of `signer`.
pub fn signed_by(mut bag: Bag, signer: &Signer) -> Bag {
    let signature = people::signature(&bag.0[TAG_MANIFEST], signer);
    bag.put(&people::signature_path(signer), signature);
    bag
}

/// The good bag, signed.
pub fn signed() -> Bag {
    static SIGNED: OnceLock<Bag> = OnceLock::new();
    SIGNED.get_or_init(|| signed_by(Bag::good(), &world().signer)).clone()
}

/// The good package with one lie about its archive.
pub fn lie(change: impl FnOnce(&mut Vec<Entry>)) -> Vec<u8> {
    let mut entries = signed().entries();
    change(&mut entries);
    archive(&entries)
}

/// The good package with one of its files changed behind the signature.
pub fn changed(change: impl FnOnce(&mut Bag)) -> Vec<u8> {
    let mut bag = signed();
    change(&mut bag);
    bag.archive()
}

/// The same with sums that fit, under the signature of before.
pub fn relisted(change: impl FnOnce(&mut Bag)) -> Vec<u8> {
    changed(|bag| {
        change(bag);
        bag.relist();
    })
}

/// The same with sums that fit, signed anew.
pub fn resealed(change: impl FnOnce(&mut Bag)) -> Vec<u8> {
    let mut bag = Bag::good();
    change(&mut bag);
    bag.relist();
    signed_by(bag, &world().signer).archive()
}

/// The bytes of the good archive, with the end record of ZIP64 when `wide`, and where its parts stand.
pub fn plain(wide: bool) -> (Vec<u8>, Places) {
    let mut bytes = signed().archive();
    let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let end_at = bytes.len() - 22;
    let (length, directory) = (number(end_at + 12), number(end_at + 16));
    let short = |at: usize| usize::from(u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap()));
    let second = directory + 46 + short(directory + 28) + short(directory + 30) + short(directory + 32);
    let count = short(end_at + 10);
    if wide {
        bytes.truncate(end_at);
        // Written as if there were too many entries to count; the true number goes into the wide record.
        let mut ends = end(usize::from(u16::MAX), length, directory);
        for at in [24, 32] {
            ends[at..at + 8].copy_from_slice(&(count as u64).to_le_bytes());
        }
        bytes.extend(ends);
    }
    (bytes, Places { directory, second, end: end_at })
}

/// A certificate that openssl issued for the key of `world`, under `issuer` or self-signed, with these extensions; then a
/// signature with it over the good bag. Gives the archive, and the path of the certificate.
pub struct ByOpenssl<'a> {
    pub name: &'a str,
    pub extensions: &'a str,
    /// Root and key of who issues; `None` signs itself.
    pub issuer: Option<(&'a str, &'a str)>,
    pub digest: &'a str,
}

impl ByOpenssl<'_> {
    /// Makes the certificate.
    pub fn certify(&self) -> Certificate {
        let folder = world().folder.path();
        let (certificate, subject) = (format!("{}.pem", self.name), format!("/O=O/CN={}", self.name));
        let (csr, extensions) = (format!("{}.csr", self.name), format!("{}.ext", self.name));
        std::fs::write(folder.join(&extensions), self.extensions).unwrap();
        judge("openssl", &["req", "-new", "-key", "plain.pem", "-utf8", "-subj", &subject, "-out", &csr], folder);
        let issuer = match self.issuer {
            Some((root, key)) => vec!["-CA", root, "-CAkey", key],
            None => vec!["-signkey", "plain.pem"],
        };
        let common =
            ["x509", "-req", "-in", &csr, "-days", "700", "-set_serial", "9", "-sha256", "-extfile", &extensions];
        judge("openssl", &[&common[..], &issuer, &["-out", &certificate]].concat(), folder);
        Certificate::from_pem(&std::fs::read_to_string(folder.join(&certificate)).unwrap()).unwrap()
    }

    /// Signs the good bag with the certificate in `<name>.pem`.
    pub fn sign(&self) -> Vec<u8> {
        let folder = world().folder.path();
        let (certificate, content, out) =
            (format!("{}.pem", self.name), format!("{}.txt", self.name), format!("{}.p7s", self.name));
        let mut bag = Bag::good();
        std::fs::write(folder.join(&content), &bag.0[TAG_MANIFEST]).unwrap();
        let sign = ["cms", "-sign", "-binary", "-in", &content, "-signer", &certificate, "-inkey", "plain.pem"];
        let how = ["-outform", "DER", "-md", self.digest, "-cades", "-nosmimecap", "-out", &out];
        judge("openssl", &[&sign[..], &how].concat(), folder);
        let read = Certificate::from_pem(&std::fs::read_to_string(folder.join(&certificate)).unwrap()).unwrap();
        bag.put(&format!("signatures/{}.p7s", read.fingerprint()), std::fs::read(folder.join(&out)).unwrap());
        bag.archive()
    }
}

/// A certificate of the office that was in force only long ago, in `<name>.pem`.
pub fn certify_long_ago(name: &str) {
    let world = world();
    let then = NOW - 12 * 365 * DAY;
    let (_, by_himself) = made("周宁", 1);
    let asked = package::Request::read(request::write(&by_himself).unwrap().as_bytes()).unwrap();
    let root = people::old_office(then);
    let person = by_himself.certificate().person();
    let issued = authority::issue(&root, &asked, &person, 3, then, &mut Steps(41)).unwrap();
    std::fs::write(world.folder.path().join(format!("{name}.pem")), issued.to_pem().unwrap()).unwrap();
}

/// The good package with a signature whose `r` or `s` is one more, at `number` 0 or 1.
pub fn with_other_number(number: usize) -> Vec<u8> {
    changed(|bag| {
        let path = people::signature_path(&world().signer);
        let signature = bag.0.get_mut(&path).unwrap();
        // The value is the last thing: SEQUENCE { INTEGER r, INTEGER s }.
        let start = (0..signature.len()).rev().find(|at| is_pair(&signature[*at..])).unwrap();
        let first = start + 4 + usize::from(signature[start + 3]);
        let last = if number == 0 { first - 1 } else { signature.len() - 1 };
        signature[last] ^= 1;
    })
}

/// Whether bytes are exactly a sequence of two integers.
fn is_pair(bytes: &[u8]) -> bool {
    let [0x30, length, 0x02, first, rest @ ..] = bytes else { return false };
    let second = rest.get(usize::from(*first)..).unwrap_or_default();
    let [0x02, last, tail @ ..] = second else { return false };
    usize::from(*length) + 2 == bytes.len() && tail.len() == usize::from(*last)
}
