//! A panel signs in turn: what is added is a signature, and nothing else changes.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its functions as well")]

mod common;

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use common::{NOW, contents, judge, python_tool, read, signer, unwatched, write};
use package::verify::{Outcome, Verified};
use package::{Error, Signer, Watch, countersign};

fn valid(path: &Path) -> Verified {
    match read(path) {
        Outcome::Valid(verified) | Outcome::Unsigned(verified) => verified,
        other => panic!("{other:?}"),
    }
}

fn add(from: &Path, to: &Path, signer: &Signer) -> package::Result<package::bag::Written> {
    let verified = valid(from);
    unwatched(|watch| countersign::add(&verified, &[], to, signer, NOW, watch))
}

#[test]
fn signing_in_turn_gives_the_bytes_of_signing_together() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let contents = contents(folder.path());
    let signers: Vec<Signer> = [("张燊", 1), ("李静", 2), ("王芳", 3)].map(|(name, seed)| signer(name, seed).1).into();
    let together: Vec<&Signer> = signers.iter().collect();
    write(&at("together.hjp"), &contents, &together).unwrap();
    let whole = fs::read(at("together.hjp")).unwrap();
    for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
        write(&at("turn.hjp"), &contents, &[&signers[order[0]]]).unwrap();
        for next in &order[1..] {
            let written = add(&at("turn.hjp"), &at("turn.hjp"), &signers[*next]).unwrap();
            assert_eq!(written.bytes, fs::metadata(at("turn.hjp")).unwrap().len());
        }
        assert!(fs::read(at("turn.hjp")).unwrap() == whole, "{order:?}");
    }
    assert_eq!(valid(&at("turn.hjp")).signers().len(), 3);
}

#[test]
fn strangers_accept_each_signature_of_a_panel() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let contents = contents(folder.path());
    let ((first, one), (second, two)) = (signer("张燊", 1), signer("李静", 2));
    write(&at("one.hjp"), &contents, &[&one]).unwrap();
    let before = valid(&at("one.hjp")).content();
    add(&at("one.hjp"), &at("two.hjp"), &two).unwrap();
    assert_eq!(valid(&at("two.hjp")).content(), before);
    judge("unzip", &["-q", "two.hjp"], folder.path());
    judge(python_tool("bagit.py"), &["--validate", &contents.name], folder.path());
    for made in [&first, &second] {
        fs::write(at("person.pem"), &made.certificate_pem).unwrap();
        let signature = format!("signatures/{}.p7s", made.fingerprint);
        let mut arguments = vec!["cms", "-verify", "-binary", "-inform", "DER", "-in", &signature];
        arguments.extend(["-content", "tagmanifest-sha256.txt", "-CAfile", "../person.pem", "-out", "../out"]);
        let said = judge("openssl", &arguments, &folder.path().join(&contents.name));
        assert!(said.contains("CMS Verification successful"), "{said}");
    }
}

#[test]
fn an_unsigned_package_gets_its_first_signature() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.hjp");
    write(&path, &contents(folder.path()), &[]).unwrap();
    add(&path, &path, &signer("张燊", 1).1).unwrap();
    assert!(matches!(read(&path), Outcome::Valid(verified) if verified.signers().len() == 1));
}

#[test]
fn a_bag_that_another_tool_zipped_can_be_signed() {
    let folder = tempfile::tempdir().unwrap();
    let contents = contents(folder.path());
    write(&folder.path().join("p.hjp"), &contents, &[&signer("张燊", 1).1]).unwrap();
    judge("unzip", &["-q", "p.hjp"], folder.path());
    let archive = ["-c", "import sys, shutil; shutil.make_archive('again', 'zip', '.', sys.argv[1])", &contents.name];
    judge("python3", &archive, folder.path());
    let (from, to) = (folder.path().join("again.zip"), folder.path().join("signed.hjp"));
    add(&from, &to, &signer("李静", 2).1).unwrap();
    assert_eq!(valid(&to).signers().len(), 2);
}

#[test]
fn the_same_identity_signs_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.hjp");
    let (_, one) = signer("张燊", 1);
    write(&path, &contents(folder.path()), &[&one]).unwrap();
    let before = fs::read(&path).unwrap();
    assert!(matches!(add(&path, &path, &one), Err(Error::SignedAlready { name, .. }) if name == "张燊"));
    assert!(fs::read(&path).unwrap() == before);
}

#[test]
fn a_stopped_signature_leaves_the_package_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.hjp");
    write(&path, &contents(folder.path()), &[&signer("张燊", 1).1]).unwrap();
    let (before, names) = (fs::read(&path).unwrap(), fs::read_dir(folder.path()).unwrap().count());
    let verified = valid(&path);
    let cancel = AtomicBool::new(false);
    let mut progress = |done, _| cancel.store(done > 0, Ordering::Relaxed);
    let mut watch = Watch::new(&mut progress, &cancel);
    let stopped = countersign::add(&verified, &[], &path, &signer("李静", 2).1, NOW, &mut watch);
    assert_eq!(stopped, Err(Error::PackageCancelled {}));
    assert!(fs::read(&path).unwrap() == before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), names);
}
