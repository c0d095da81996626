//! An encrypted package is an age file like any other, and is read like any other package.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its functions as well")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use common::{NOW, contents, judge, run, signer, unwatched, write};
use package::bag::{Contents, Evidence};
use package::encrypt::{self, Key, Recipient};
use package::verify::{Outcome, verify_with};
use package::{Error, Flaw, Limits, Trust, Watch, countersign};

/// A package and what it holds, in a folder.
fn plain(folder: &Path) -> (Contents, PathBuf) {
    let contents = contents(folder);
    let path = folder.join("p.hjp");
    write(&path, &contents, &[&signer("张燊", 1).1]).unwrap();
    (contents, path)
}

fn seal(from: &Path, to: &Path, recipients: &[Recipient]) -> package::Result<u64> {
    unwatched(|watch| encrypt::seal(from, to, recipients, watch))
}

fn open(path: &Path, keys: &[Key]) -> package::Result<Outcome> {
    unwatched(|watch| verify_with(path, keys, &Trust::default(), &Limits::default(), watch))
}

#[test]
fn age_opens_what_this_program_encrypts() {
    let folder = tempfile::tempdir().unwrap();
    let (_, path) = plain(folder.path());
    judge("age-keygen", &["-o", "their.key"], folder.path());
    let theirs: Recipient = judge("age-keygen", &["-y", "their.key"], folder.path()).trim().parse().unwrap();
    let ours = Key::generate();
    seal(&path, &folder.path().join("p.hjp.age"), &[ours.recipient(), theirs]).unwrap();
    judge("age", &["-d", "-i", "their.key", "-o", "back.hjp", "p.hjp.age"], folder.path());
    assert!(fs::read(folder.path().join("back.hjp")).unwrap() == fs::read(&path).unwrap());
    fs::write(folder.path().join("our.key"), ours.secret().as_str()).unwrap();
    judge("age", &["-d", "-i", "our.key", "-o", "again.hjp", "p.hjp.age"], folder.path());
    judge("age-keygen", &["-o", "stranger.key"], folder.path());
    assert!(!run("age", &["-d", "-i", "stranger.key", "-o", "no", "p.hjp.age"], folder.path()).0);
}

#[test]
fn what_age_encrypts_is_read_without_being_written_out() {
    let folder = tempfile::tempdir().unwrap();
    let (contents, _) = plain(folder.path());
    let key = Key::generate();
    judge("age", &["-r", &key.recipient().to_string(), "-o", "p.hjp.age", "p.hjp"], folder.path());
    let sealed = folder.path().join("p.hjp.age");
    assert!(encrypt::is_sealed(&sealed).unwrap());
    let before = fs::read_dir(folder.path()).unwrap().count();
    let Outcome::Valid(mut verified) = open(&sealed, &[Key::generate(), key]).unwrap() else { panic!() };
    let Evidence::Included(files) = &contents.evidence else { unreachable!() };
    for file in files {
        let mut copied = Vec::new();
        unwatched(|watch| verified.copy_evidence(&file.sha256, &mut copied, watch)).unwrap();
        assert_eq!(copied, fs::read(&file.path).unwrap());
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), before);
}

#[test]
fn without_the_key_nothing_is_said_but_that_it_is_encrypted() {
    let folder = tempfile::tempdir().unwrap();
    let (_, path) = plain(folder.path());
    let sealed = folder.path().join("p.hjp.age");
    seal(&path, &sealed, &[Key::generate().recipient()]).unwrap();
    for keys in [vec![], vec![Key::generate()]] {
        assert!(matches!(open(&sealed, &keys), Err(Error::PackageSealed { .. })));
    }
    assert_eq!(seal(&path, &sealed, &[]), Err(Error::RecipientMissing {}));
}

#[test]
fn a_changed_byte_anywhere_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let (_, path) = plain(folder.path());
    let (sealed, key) = (folder.path().join("p.hjp.age"), Key::generate());
    seal(&path, &sealed, &[key.recipient()]).unwrap();
    let whole = fs::read(&sealed).unwrap();
    let changed = folder.path().join("changed.hjp.age");
    // The first byte makes it another kind of file, the stanza's body leaves it without a recipient.
    let places = (encrypt::MARK.len() + 1..whole.len()).step_by(whole.len() / 97);
    for place in places {
        let mut bytes = whole.clone();
        bytes[place] ^= 1;
        fs::write(&changed, bytes).unwrap();
        let found = open(&changed, std::slice::from_ref(&key));
        assert!(matches!(found, Ok(Outcome::Damaged(_)) | Err(Error::PackageSealed { .. })), "{place}: {found:?}");
    }
    for length in [encrypt::MARK.len(), 100, 200, 300, whole.len() / 2, whole.len() - 1] {
        fs::write(&changed, &whole[..length]).unwrap();
        let found = open(&changed, std::slice::from_ref(&key));
        let cut = matches!(&found, Ok(Outcome::Damaged(flaws)) if matches!(flaws[0], Flaw::SealBroken { .. }));
        assert!(cut, "{length}: {found:?}");
    }
}

#[test]
fn a_directory_that_points_behind_the_end_is_damage() {
    let folder = tempfile::tempdir().unwrap();
    let (_, path) = plain(folder.path());
    let key = Key::generate();
    let mut bytes = fs::read(&path).unwrap();
    // The second record of the central directory, whose offset stands 42 bytes behind its mark.
    let marks: Vec<usize> =
        bytes.windows(4).enumerate().filter(|(_, w)| *w == b"PK\x01\x02").map(|(at, _)| at).collect();
    let length = u32::try_from(bytes.len()).unwrap();
    bytes[marks[1] + 42..marks[1] + 46].copy_from_slice(&(length + 7).to_le_bytes());
    fs::write(&path, &bytes).unwrap();
    let sealed = folder.path().join("p.hjp.age");
    seal(&path, &sealed, &[key.recipient()]).unwrap();
    assert!(matches!(open(&sealed, &[key]), Ok(Outcome::Damaged(_))));
}

#[test]
fn an_encrypted_package_can_be_signed_by_its_recipient() {
    let folder = tempfile::tempdir().unwrap();
    let (_, path) = plain(folder.path());
    let (sealed, key) = (folder.path().join("p.hjp.age"), [Key::generate()]);
    seal(&path, &sealed, &[key[0].recipient()]).unwrap();
    let Outcome::Valid(verified) = open(&sealed, &key).unwrap() else { panic!() };
    let signed = folder.path().join("signed.hjp");
    unwatched(|watch| countersign::add(&verified, &key, &signed, &signer("李静", 2).1, NOW, watch)).unwrap();
    assert!(matches!(open(&signed, &[]), Ok(Outcome::Valid(verified)) if verified.signers().len() == 2));
}

#[test]
fn a_stopped_encryption_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (_, path) = plain(folder.path());
    let names = fs::read_dir(folder.path()).unwrap().count();
    let cancel = AtomicBool::new(false);
    let mut progress = |done, _| cancel.store(done > 0, Ordering::Relaxed);
    let mut watch = Watch::new(&mut progress, &cancel);
    let stopped = encrypt::seal(&path, &folder.path().join("p.age"), &[Key::generate().recipient()], &mut watch);
    assert_eq!(stopped, Err(Error::PackageCancelled {}));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), names);
}

#[test]
fn keys_are_written_as_age_writes_them() {
    let key = Key::generate();
    let text = key.recipient().to_string();
    assert_eq!((text.len(), &text[..4]), (62, "age1"));
    assert_eq!(format!(" {text}\n").parse::<Recipient>().unwrap(), key.recipient());
    assert_eq!(Key::parse(&key.secret()).unwrap().recipient(), key.recipient());
    assert!(!format!("{key:?}").contains("SECRET"));
    for wrong in ["", "age1", &text[1..], &text.replace('1', "2"), key.secret().as_str(), "张燊"] {
        assert!(matches!(wrong.parse::<Recipient>(), Err(Error::RecipientUnreadable { .. })), "{wrong}");
    }
    assert!(matches!(Key::parse(&text), Err(Error::ExchangeKeyUnreadable { .. })));
}
