//! What the tests of this crate share: people, small PDFs, small packages, and the third-party judges.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::AtomicBool;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use package::bag::{self, Contents, Evidence, EvidenceFile, Written};
use package::verify::{Outcome, verify};
use package::{Algorithm, Identity, Limits, Person, Sha256, Signer, Trust, Watch, identity};
use rand_core::{TryCryptoRng, TryRng};
use serde_json::json;

/// 2025-09-12 12:00:00 UTC; certificates of the tests are in force for ten years from here, which judges look at.
pub const NOW: i64 = 1_757_678_400;
pub const PASSPHRASE: &str = "海鸥 2026 通行短语";

/// Randomness that is the same in every run (SplitMix64).
pub struct Steps(pub u64);

impl TryRng for Steps {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.try_next_u64()? >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        Ok(z ^ (z >> 31))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let step = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&step[..chunk.len()]);
        }
        Ok(())
    }
}

impl TryCryptoRng for Steps {}

pub fn person(name: &str) -> Person {
    Person {
        name: name.to_owned(), organisation: "市教育质量评估中心".to_owned(), role: Some("评估专家".to_owned())
    }
}

pub fn identity(name: &str, seed: u64) -> Identity {
    identity::create(&person(name), Algorithm::P256, PASSPHRASE, NOW, &mut Steps(seed)).unwrap()
}

pub fn signer(name: &str, seed: u64) -> (Identity, Signer) {
    unlocked(identity(name, seed))
}

pub fn sm2_signer(name: &str, seed: u64) -> (Identity, Signer) {
    unlocked(identity::create(&person(name), Algorithm::Sm2, PASSPHRASE, NOW, &mut Steps(seed)).unwrap())
}

fn unlocked(made: Identity) -> (Identity, Signer) {
    let signer = identity::unlock(&made.certificate_pem, &made.key_pem, PASSPHRASE).unwrap();
    (made, signer)
}

/// An office's certificate authority, made and run with openssl in `folder`.
pub struct Office<'a> {
    folder: &'a Path,
    name: &'a str,
}

impl<'a> Office<'a> {
    /// Makes a root: `<name>.pem` and `<name>.key`.
    pub fn open(folder: &'a Path, name: &'a str) -> Self {
        let (key, root) = (format!("{name}.key"), format!("{name}.pem"));
        judge("openssl", &["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", &key], folder);
        let made = [
            "req",
            "-x509",
            "-new",
            "-sha256",
            "-key",
            &key,
            "-days",
            "3650",
            "-utf8",
            "-subj",
            "/CN=Office",
            "-out",
            &root,
        ];
        judge("openssl", &made, folder);
        Self { folder, name }
    }

    /// Certifies a person's key (`issued.pem`) and joins both.
    pub fn issue(&self, identity: &Identity) -> Signer {
        self.issue_for(identity, &[], &[])
    }

    /// The same with further options for the request and for reading it.
    pub fn issue_for(&self, identity: &Identity, asking: &[&str], reading: &[&str]) -> Signer {
        let extensions = "basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\n";
        for (name, text) in [("key.pem", identity.key_pem.as_str()), ("pass", PASSPHRASE), ("extensions", extensions)] {
            std::fs::write(self.folder.join(name), text).unwrap();
        }
        let (key, root) = (format!("{}.key", self.name), format!("{}.pem", self.name));
        let request = [
            "req",
            "-new",
            "-key",
            "key.pem",
            "-passin",
            "file:pass",
            "-utf8",
            "-subj",
            "/O=O/CN=张燊",
            "-out",
            "request",
        ];
        judge("openssl", &[&request[..], asking].concat(), self.folder);
        let issue =
            ["x509", "-req", "-in", "request", "-CA", &root, "-CAkey", &key, "-days", "700", "-set_serial", "7"];
        let issue = [&issue[..], reading, &["-sha256", "-extfile", "extensions", "-out", "issued.pem"]].concat();
        judge("openssl", &issue, self.folder);
        let issued = std::fs::read_to_string(self.folder.join("issued.pem")).unwrap();
        identity::unlock(&issued, &identity.key_pem, PASSPHRASE).unwrap()
    }
}

/// Runs `work` with a watch that nobody looks at.
pub fn unwatched<T>(work: impl FnOnce(&mut Watch<'_>) -> T) -> T {
    let (mut progress, cancel) = (|_, _| {}, AtomicBool::new(false));
    work(&mut Watch::new(&mut progress, &cancel))
}

/// A package with two sheets, a report and two files of evidence, which are written to `folder`.
pub fn contents(folder: &Path) -> Contents {
    let files = [
        ("会议记录.txt", "txt", "九月十二日的会议记录\n".repeat(40)),
        ("照片.jpg", "jpg", "\u{ff}\u{d8} not really".to_owned()),
    ];
    let evidence: Vec<EvidenceFile> = files
        .iter()
        .map(|(name, extension, text)| {
            let path = folder.join(name);
            std::fs::write(&path, text).unwrap();
            let (extension, size) = ((*extension).to_owned(), text.len() as u64);
            EvidenceFile { sha256: Sha256::of(text.as_bytes()), extension, path, size }
        })
        .collect();
    let catalogue: Vec<_> =
        evidence.iter().map(|file| json!({"point": "A1.2", "sha256": file.sha256, "size": file.size})).collect();
    let sheet = |id: &str| {
        (id.to_owned(), package::canonical::to_vec(&json!({"id": id, "mark": "8.25", "remark": "好"})).unwrap())
    };
    Contents {
        name: "海鸥岛小学-自评-2026".to_owned(),
        info: vec![
            ("Source-Organization".to_owned(), "海鸥岛小学".to_owned()),
            ("Stage".to_owned(), "自评".to_owned()),
        ],
        package: json!({"program": "0.1.0", "stage": "self"}),
        rubric: "title = \"评分标准\"\n".as_bytes().to_vec(),
        sheets: vec![sheet("S-2"), sheet("S-1")],
        catalogue: json!({"points": catalogue}),
        problems: None,
        evidence: Evidence::Included(evidence),
        reports: vec![("自评报告.pdf".to_owned(), pdf(false))],
    }
}

pub fn write(target: &Path, contents: &Contents, signers: &[&Signer]) -> package::Result<Written> {
    unwatched(|watch| bag::write(target, contents, signers, NOW, watch))
}

pub fn read(path: &Path) -> Outcome {
    read_trusting(path, &Trust::default())
}

pub fn read_trusting(path: &Path, trust: &Trust) -> Outcome {
    unwatched(|watch| verify(path, trust, &Limits::default(), watch)).unwrap()
}

/// A one-page PDF; `modern` gives object streams and a cross-reference stream.
pub fn pdf(modern: bool) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let font = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let operations = vec![
        Operation::new("BT", vec![]),
        Operation::new("Tf", vec!["F1".into(), 24.into()]),
        Operation::new("Td", vec![72.into(), 700.into()]),
        Operation::new("Tj", vec![Object::string_literal("Report 8.25")]),
        Operation::new("ET", vec![]),
    ];
    let content = document.add_object(Stream::new(Dictionary::new(), Content { operations }.encode().unwrap()));
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    });
    let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, tree.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    if modern {
        document.save_modern(&mut bytes).unwrap()
    } else {
        document.save_to(&mut bytes).unwrap()
    }
    bytes
}

/// A Python judge from the environment that `script/bootstrap` makes.
pub fn python_tool(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let environment = std::env::var_os("HENGJIAN_VENV").map_or_else(|| root.join(".venv"), PathBuf::from);
    environment.join("bin").join(name)
}

/// Runs a judge; its absence is a failure.
pub fn run(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str], folder: &Path) -> (bool, String) {
    let program = program.as_ref();
    let output: Output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap_or_else(|e| panic!("{} is needed to judge: {e}", program.display()));
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.success(), text)
}

/// Runs a judge that must be content; gives what it said.
pub fn judge(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str], folder: &Path) -> String {
    let name = program.as_ref().display().to_string();
    let (content, text) = run(program, arguments, folder);
    assert!(content, "{name} {arguments:?}: {text}");
    text
}
