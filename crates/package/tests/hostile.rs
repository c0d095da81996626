//! A package is hostile until verified: every kind of damage and deceit is refused, and said by its name.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its functions as well")]

#[allow(dead_code, missing_docs, reason = "the fuzzer's own module; a part of it is used here")]
#[path = "../../../fuzz/src/archive.rs"]
mod archive;
mod common;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::OnceLock;

use archive::{Entry, archive};
use common::{contents, judge, python_tool, read, signer, unwatched, write};
use package::verify::{Outcome, verify};
use package::{Error, Flaw, Limits, Sha256, Trust};
use proptest::prelude::*;

const FOLDER: &str = "海鸥岛小学-自评-2026";

/// A signed package as its writer made it.
fn good() -> &'static [u8] {
    static GOOD: OnceLock<Vec<u8>> = OnceLock::new();
    GOOD.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let (_, signer) = signer("张燊", 1);
        let path = folder.path().join("p.hjp");
        write(&path, &contents(folder.path()), &[&signer]).unwrap();
        std::fs::read(path).unwrap()
    })
}

/// Verifies bytes as a file.
fn judged_within(bytes: &[u8], limits: &Limits) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.hjp");
    std::fs::write(&path, bytes).unwrap();
    unwatched(|watch| verify(&path, &Trust::default(), limits, watch)).unwrap()
}

fn judged(bytes: &[u8]) -> Outcome {
    judged_within(bytes, &Limits::default())
}

/// The outcome in a word; damage by the codes of its flaws.
fn told(outcome: &Outcome) -> String {
    let code = |flaw: &Flaw| serde_json::to_value(flaw).unwrap()["code"].as_str().unwrap().to_owned();
    match outcome {
        Outcome::Valid(_) => "valid".to_owned(),
        Outcome::Unsigned(_) => "unsigned".to_owned(),
        Outcome::Damaged(flaws) => flaws.iter().map(code).collect::<Vec<_>>().join(" "),
        Outcome::Forged(_) => "forged".to_owned(),
        Outcome::Newer { found, supported } => format!("newer {found} > {supported}"),
    }
}

/// The files of the good package, by path inside its folder.
fn files() -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(good())).unwrap();
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        files.insert(entry.name().unwrap().strip_prefix(&format!("{FOLDER}/")).unwrap().to_owned(), bytes);
    }
    files
}

fn entries(files: &BTreeMap<String, Vec<u8>>) -> Vec<Entry> {
    files.iter().map(|(path, bytes)| Entry::new(&format!("{FOLDER}/{path}"), bytes)).collect()
}

/// Writes manifests and Payload-Oxum anew, as an attacker would.
fn relist(files: &mut BTreeMap<String, Vec<u8>>) {
    let list = |files: &BTreeMap<String, Vec<u8>>, wanted: &dyn Fn(&str) -> bool| -> Vec<u8> {
        let lines = files.iter().filter(|(path, _)| wanted(path));
        lines.map(|(path, bytes)| format!("{}  {path}\n", Sha256::of(bytes))).collect::<String>().into_bytes()
    };
    let payload: Vec<usize> =
        files.iter().filter(|(path, _)| path.starts_with("data/")).map(|(_, b)| b.len()).collect();
    let info = String::from_utf8(files["bag-info.txt"].clone()).unwrap();
    let kept: String =
        info.lines().filter(|line| !line.starts_with("Payload-Oxum")).map(|line| format!("{line}\n")).collect();
    let info = format!("{kept}Payload-Oxum: {}.{}\n", payload.iter().sum::<usize>(), payload.len());
    files.insert("bag-info.txt".to_owned(), info.into_bytes());
    files.insert("manifest-sha256.txt".to_owned(), list(files, &|path| path.starts_with("data/")));
    let tags = ["bagit.txt", "bag-info.txt", "manifest-sha256.txt"];
    files.insert("tagmanifest-sha256.txt".to_owned(), list(files, &|path| tags.contains(&path)));
}

#[test]
fn the_same_files_in_another_archive_are_the_same_package() {
    let files = files();
    assert_eq!(told(&judged(&archive(&entries(&files)))), "valid");
    let deflated: Vec<Entry> = entries(&files).into_iter().map(Entry::deflated).collect();
    assert_eq!(told(&judged(&archive(&deflated))), "valid");
    let mut described = entries(&files);
    described.iter_mut().for_each(|entry| entry.descriptor = Some(crc32fast::hash(&entry.content)));
    assert_eq!(told(&judged(&archive(&described))), "valid");

    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("p.hjp"), good()).unwrap();
    judge("unzip", &["-q", "p.hjp"], folder.path());
    judge(python_tool("python"), &["-m", "zipfile", "-c", "again.hjp", FOLDER], folder.path());
    let again = read(&folder.path().join("again.hjp")).signed(Path::new("again.hjp")).unwrap();
    let first = read(&folder.path().join("p.hjp")).signed(Path::new("p.hjp")).unwrap();
    assert_eq!((again.content(), again.signers()), (first.content(), first.signers()));
}

/// One lie about the archive itself, and how it is called.
#[test]
fn archives_that_lie_are_refused_by_name() {
    type Lie = fn(&mut Vec<Entry>);
    let inside = |path: &str| format!("{FOLDER}/{path}");
    let name = |entry: &mut Entry, name: &str| {
        entry.name = name.as_bytes().to_vec();
        entry.local_name.clone_from(&entry.name);
    };
    for bad in ["../x", "a/../../x", "/etc/x", "a\\b", "C:/x", "a\0b", "NUL.txt", "a//b", "./a", "a/\u{202E}b"] {
        let mut lying = entries(&files());
        name(&mut lying[0], bad);
        assert_eq!(told(&judged(&archive(&lying))), "name-unsafe", "{bad:?}");
    }
    let lies: [(&str, Lie); 19] = [
        ("name-unsafe", |e| e[0].flags = 0),
        ("name-unsafe", |e| e[0].name[5] = 0xFF),
        ("not-a-file", |e| e[0].mode = 0o120_777 << 16),
        ("not-a-file", |e| e[0].mode = 0o020_666 << 16),
        ("not-a-file", |e| e[0].mode = 0o040_755 << 16),
        ("feature-refused", |e| e[0].flags |= 1),
        ("feature-refused", |e| e[0].flags |= 1 << 13),
        ("feature-refused", |e| e[0].method = 12),
        ("feature-refused", |e| e[0].comment = b"hidden".to_vec()),
        ("feature-refused", |e| e[0].extra = b"\x75\x70\x05\x00\x01\0\0\0\0".to_vec()),
        ("archive-broken", |e| e[0].extra = b"\x01".to_vec()),
        ("headers-disagree", |e| e[0].local_name[30] ^= 1),
        ("headers-disagree", |e| e[0].local_size += 1),
        ("headers-disagree", |e| e[0].descriptor = Some(7)),
        ("length-differs", |e| e[0].size += 1),
        ("stray-bytes", |e| e[0].before = b"MZ".to_vec()),
        ("stray-bytes", |e| e[1].before = b"hidden".to_vec()),
        ("archive-broken", |e| e[2].at = Some(0)),
        ("checksum-differs digest-differs", |e| e[0].content[0] ^= 1),
    ];
    for (index, (expected, lie)) in lies.into_iter().enumerate() {
        let mut lying = entries(&files());
        lie(&mut lying);
        let found = told(&judged(&archive(&lying)));
        assert_eq!(found.split(' ').next(), expected.split(' ').next(), "lie {index}: {found}");
    }
    let twins = [inside("data/RUBRIC.toml"), inside("data/rubric.toml"), inside("data/rubric.tom\u{FF4C}")];
    for twin in twins {
        let mut lying = entries(&files());
        lying.push(Entry::new(&twin, b""));
        let found = told(&judged(&archive(&lying)));
        assert!(found.contains("name-twice"), "{twin}: {found}");
    }
    let mut lying = entries(&files());
    lying.push(Entry::new("elsewhere/x.txt", b""));
    assert_eq!(told(&judged(&archive(&lying))), "outside-folder");
    let mut garbage = good().to_vec();
    garbage.extend(b"garbage");
    assert_eq!(told(&judged(&garbage)), "stray-bytes");
    assert_eq!(told(&judged(&[b"MZ", good()].concat())), "archive-broken");
    assert_eq!(told(&judged(b"")), "archive-broken");
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    let mut bomb = entries(&files());
    bomb.push(Entry::new(&format!("{FOLDER}/data/reports/b.pdf"), &vec![0; 4 << 20]).deflated());
    assert_eq!(told(&judged(&archive(&bomb))), "ratio-exceeded");
    for limits in [
        Limits { entries: 5, ..Limits::default() },
        Limits { total: 1000, ..Limits::default() },
        Limits { entry: 100, ..Limits::default() },
        Limits { text: 1000, ..Limits::default() },
    ] {
        let found = told(&judged_within(good(), &limits));
        assert!(found.starts_with("limit-exceeded"), "{found}");
    }
    let deep = Limits { json_depth: 2, ..Limits::default() };
    assert_eq!(told(&judged_within(good(), &deep)), "json-refused");
    let long = Limits { json_string: 8, ..Limits::default() };
    assert_eq!(told(&judged_within(good(), &long)), "json-refused");
    // A size in the directory that the packed bytes do not bear out.
    let mut lying = entries(&files());
    let content = vec![b'#'; 5000];
    let rubric = format!("{FOLDER}/data/rubric.toml");
    let entry = lying.iter_mut().find(|entry| entry.name == rubric.as_bytes()).unwrap();
    *entry = Entry { size: 4000, local_size: 4000, ..Entry::new(&rubric, &content).deflated() };
    let found = told(&judged(&archive(&lying)));
    assert!(found.contains("length-differs"), "{found}");
}

/// One change to the files of the bag, with or without new manifests, and what it is called.
#[test]
fn bags_that_do_not_agree_with_themselves_are_refused_by_name() {
    type Files = BTreeMap<String, Vec<u8>>;
    type Change = fn(&mut Files);
    let put: fn(&mut Files, &str, &str) =
        |files, path, text| drop(files.insert(path.to_owned(), text.as_bytes().to_vec()));
    let changes: [(&str, bool, Change); 18] = [
        ("digest-differs", false, |f| f.get_mut("data/rubric.toml").unwrap()[0] ^= 1),
        ("digest-differs", false, |f| f.get_mut("bag-info.txt").unwrap()[0] ^= 1),
        ("entry-missing tag-differs", false, |f| drop(f.remove("data/sheets/S-1.json"))),
        ("entry-missing", false, |f| drop(f.remove("data/rubric.toml"))),
        ("entry-missing", true, |f| drop(f.remove("data/rubric.toml"))),
        ("entry-missing", false, |f| drop(f.remove("manifest-sha256.txt"))),
        ("entry-missing", false, |f| drop(f.remove("tagmanifest-sha256.txt"))),
        ("entry-missing", false, |f| drop(f.remove("bagit.txt"))),
        ("entry-unlisted", false, |f| drop(f.insert("data/sheets/S-9.json".to_owned(), b"{}".to_vec()))),
        ("entry-unlisted", false, |f| drop(f.insert("data/run.exe".to_owned(), Vec::new()))),
        ("entry-unlisted", true, |f| drop(f.insert("data/run.exe".to_owned(), Vec::new()))),
        ("entry-unlisted", false, |f| drop(f.insert("fetch.txt".to_owned(), Vec::new()))),
        ("line-unreadable", false, |f| drop(f.insert("manifest-sha256.txt".to_owned(), b"x\n".to_vec()))),
        ("json-refused", true, |f| drop(f.insert("data/evidence.json".to_owned(), b"{ }".to_vec()))),
        ("json-refused", true, |f| drop(f.insert("data/package.json".to_owned(), b"{\"format\":1}".to_vec()))),
        ("text-unreadable", true, |f| drop(f.insert("data/rubric.toml".to_owned(), vec![0xFF]))),
        ("evidence-uncatalogued", true, |f| drop(f.insert("data/evidence.json".to_owned(), b"{}".to_vec()))),
        ("tag-differs", true, |f| drop(f.insert("bagit.txt".to_owned(), b"BagIt-Version: 0.97\n".to_vec()))),
    ];
    for (index, (expected, listed, change)) in changes.into_iter().enumerate() {
        let mut files = files();
        change(&mut files);
        if listed {
            relist(&mut files);
        }
        let found = told(&judged(&archive(&entries(&files))));
        assert!(found.starts_with(expected) || found.contains(expected), "change {index}: {found}");
    }
    let mut oxum = files();
    put(&mut oxum, "bag-info.txt", "Payload-Oxum: 1.1\n");
    assert!(told(&judged(&archive(&entries(&oxum)))).contains("tag-differs"));
    let mut evidence = files();
    let path =
        evidence.keys().find(|path| path.ends_with(".txt") && path.starts_with("data/evidence/")).unwrap().clone();
    evidence.remove(&path);
    relist(&mut evidence);
    assert_eq!(told(&judged(&archive(&entries(&evidence)))), "evidence-missing");
    let mut evidence = files();
    put(&mut evidence, &path, "something else");
    relist(&mut evidence);
    assert_eq!(told(&judged(&archive(&entries(&evidence)))), "digest-differs");
}

#[test]
fn all_that_is_wrong_is_listed_with_what_was_expected() {
    let mut files = files();
    files.get_mut("data/rubric.toml").unwrap().push(b'#');
    files.insert("data/sheets/S-1.json".to_owned(), b"{}".to_vec());
    let Outcome::Damaged(flaws) = judged(&archive(&entries(&files))) else { panic!() };
    let rubric = Flaw::DigestDiffers {
        entry: "data/rubric.toml".to_owned(),
        expected: Sha256::of("title = \"评分标准\"\n".as_bytes()).to_string(),
        found: Sha256::of("title = \"评分标准\"\n#".as_bytes()).to_string(),
    };
    assert!(flaws.contains(&rubric), "{flaws:?}");
    let of_sheet = |flaw: &&Flaw| matches!(flaw, Flaw::DigestDiffers { entry, .. } if entry == "data/sheets/S-1.json");
    assert_eq!(flaws.iter().filter(of_sheet).count(), 1);
    let error = Outcome::Damaged(flaws).whole(Path::new("p.hjp")).unwrap_err();
    assert!(matches!(error, Error::PackageDamaged { count: 3, .. }), "{error:?}");
}

#[test]
fn content_changed_behind_a_signature_is_forged() {
    let mut changed = files();
    let sheet = String::from_utf8(changed["data/sheets/S-1.json"].clone()).unwrap().replace("8.25", "9.25");
    changed.insert("data/sheets/S-1.json".to_owned(), sheet.into_bytes());
    relist(&mut changed);
    let outcome = judged(&archive(&entries(&changed)));
    assert_eq!(told(&outcome), "forged");
    let error = outcome.whole(Path::new("p.hjp")).unwrap_err();
    assert!(matches!(error, Error::PackageForged { ref signature, .. } if signature.ends_with(".p7s")), "{error:?}");

    let mut renamed = files();
    let path = renamed.keys().find(|path| path.ends_with(".p7s")).unwrap().clone();
    let signature = renamed.remove(&path).unwrap();
    renamed.insert(format!("signatures/{}.p7s", Sha256::of(b"someone else")), signature.clone());
    assert_eq!(told(&judged(&archive(&entries(&renamed)))), "forged");

    let mut cut = files();
    cut.insert(path.clone(), signature[..signature.len() - 1].to_vec());
    assert_eq!(told(&judged(&archive(&entries(&cut)))), "forged");

    let mut unsigned = files();
    unsigned.remove(&path);
    assert_eq!(told(&judged(&archive(&entries(&unsigned)))), "unsigned");
}

#[test]
fn a_newer_format_is_said_whatever_else_it_changed() {
    let mut newer = files();
    newer.insert("data/package.json".to_owned(), b"{\"format\":2}".to_vec());
    newer.insert("data/else.bin".to_owned(), Vec::new());
    newer.remove("data/rubric.toml");
    let outcome = judged(&archive(&entries(&newer)));
    assert_eq!(told(&outcome), "newer 2 > 1");
    let error = outcome.whole(Path::new("p.hjp")).unwrap_err();
    assert_eq!(error, Error::PackageNewer { path: "p.hjp".to_owned(), found: 2, supported: 1 });
}

#[test]
fn a_file_that_changes_after_verification_is_noticed_while_copying() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.hjp");
    std::fs::write(&path, good()).unwrap();
    let mut verified = read(&path).signed(&path).unwrap();
    let entry = verified.evidence().next().unwrap().clone();
    let mut other = good().to_vec();
    let original = files()[&format!("data/evidence/{}.{}", entry.sha256, entry.extension)].clone();
    let at = other.windows(original.len()).position(|window| window == original).unwrap();
    other[at] ^= 1;
    std::fs::write(&path, other).unwrap();
    let found = unwatched(|watch| verified.copy_evidence(&entry.sha256, &mut Vec::new(), watch));
    assert!(matches!(found, Err(Error::PackageDamaged { .. })), "{found:?}");
}

/// Refused, or exactly the content that was signed.
fn refused_or_same(bytes: &[u8]) -> bool {
    static CONTENT: OnceLock<String> = OnceLock::new();
    let content = CONTENT.get_or_init(|| judged(good()).signed(Path::new("p")).unwrap().content().to_string());
    match judged(bytes) {
        Outcome::Valid(verified) => verified.content().to_string() == *content && verified.signers().len() == 1,
        Outcome::Unsigned(_) => false,
        Outcome::Damaged(flaws) => !flaws.is_empty(),
        Outcome::Forged(_) | Outcome::Newer { .. } => true,
    }
}

#[test]
fn every_flipped_byte_is_refused_or_changes_nothing() {
    for at in (0..good().len()).step_by(3) {
        let mut flipped = good().to_vec();
        flipped[at] ^= 1 << (at % 8);
        assert!(refused_or_same(&flipped), "byte {at}");
    }
}

#[test]
fn every_truncation_is_refused() {
    for length in (0..good().len()).step_by(5) {
        assert!(matches!(judged(&good()[..length]), Outcome::Damaged(_)), "{length} bytes");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn several_wounds_are_refused_or_change_nothing(
        wounds in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..10),
    ) {
        let mut bytes = good().to_vec();
        for (at, byte) in &wounds {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        prop_assert!(refused_or_same(&bytes));
    }

    #[test]
    fn cut_and_joined_pieces_never_panic(from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        let (from, to) = (from.index(good().len()), to.index(good().len()));
        prop_assert!(refused_or_same(&[&good()[..from], &good()[to..]].concat()));
    }

    #[test]
    fn noise_is_no_package(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(matches!(judged(&bytes), Outcome::Damaged(_)));
    }
}
