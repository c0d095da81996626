//! An office issues and revokes; openssl agrees with what we write, and we with what it writes.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its functions as well")]

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::{NOW, PASSPHRASE, Steps, judge, person, run, signer};
use package::revocation::{self, Reason};
use package::trust::Standing;
use package::{
    Certificate, Error, Identity, Person, Request, RevocationList, Revoked, Signer, Trust, authority, cms, identity,
    request,
};

const DAY: i64 = 86_400;

fn office(seed: u64) -> (Identity, Signer) {
    let name =
        Person {
            name: "贺兰县教育督导评估办公室".to_owned(), organisation: "贺兰县教育体育局".to_owned(), role: None
        };
    let made = authority::create(&name, PASSPHRASE, NOW, &mut Steps(seed)).unwrap();
    let root = identity::unlock(&made.certificate_pem, &made.key_pem, PASSPHRASE).unwrap();
    (made, root)
}

/// A person's own identity, and the certificate that `root` issues for it.
fn issued(root: &Signer, name: &str, seed: u64) -> (Identity, Certificate) {
    let (made, own) = signer(name, seed);
    let asked = Request::read(request::write(&own).unwrap().as_bytes()).unwrap();
    (made, authority::issue(root, &asked, &person(name), 3, NOW, &mut Steps(seed + 100)).unwrap())
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    files.iter().for_each(|(name, text)| std::fs::write(folder.join(name), text).unwrap());
}

fn revoked(certificate: &Certificate, at: i64, reason: Reason) -> BTreeMap<String, Revoked> {
    [(certificate.serial(), Revoked { at, reason })].into()
}

#[test]
fn openssl_follows_the_chain_from_request_to_signature() {
    let folder = tempfile::tempdir().unwrap();
    let (made, root) = office(1);
    let (own, by_herself) = signer("张燊", 2);
    let asked = request::write(&by_herself).unwrap();
    write(folder.path(), &[("root.pem", &made.certificate_pem), ("request.csr", &asked)]);

    let said = judge(
        "openssl",
        &["req", "-in", "request.csr", "-verify", "-noout", "-subject", "-nameopt", "utf8,sep_comma_plus"],
        folder.path(),
    );
    assert!(said.contains("verify OK") && said.contains("CN=张燊"), "{said}");
    let read = Request::read(asked.as_bytes()).unwrap();
    assert_eq!(read.person(), person("张燊"));
    assert_eq!(read.key(), by_herself.certificate().key().unwrap());

    let corrected = Person { organisation: "海鸥岛小学".to_owned(), ..person("张燊") };
    let certificate = authority::issue(&root, &read, &corrected, 3, NOW, &mut Steps(3)).unwrap();
    write(folder.path(), &[("issued.pem", &certificate.to_pem().unwrap())]);
    let strict = ["verify", "-x509_strict", "-policy_check", "-CAfile", "root.pem", "issued.pem"];
    assert!(judge("openssl", &strict, folder.path()).contains("issued.pem: OK"));
    let shown = ["-noout", "-text", "-nameopt", "utf8,sep_comma_plus"];
    let text = judge("openssl", &[&["x509", "-in", "root.pem"], &shown[..]].concat(), folder.path());
    for part in [
        "CA:TRUE, pathlen:0",
        "Certificate Sign, CRL Sign",
        "Not Before: Sep 11 12:00:00 2025",
        "Not After : Sep 12 12:00:00 2045",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let text = judge("openssl", &[&["x509", "-in", "issued.pem"], &shown[..]].concat(), folder.path());
    for part in [
        "CA:FALSE",
        "Digital Signature, Non Repudiation",
        "O=海鸥岛小学",
        "Authority Key Identifier",
        "Not After : Sep 12 12:00:00 2028",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }

    let issued = identity::unlock(&certificate.to_pem().unwrap(), &own.key_pem, PASSPHRASE).unwrap();
    std::fs::write(folder.path().join("s.p7s"), cms::sign(b"content", &issued, NOW + 60).unwrap()).unwrap();
    write(folder.path(), &[("content", "content")]);
    let verify = [
        "cms", "-verify", "-binary", "-inform", "DER", "-in", "s.p7s", "-content", "content", "-CAfile", "root.pem",
        "-out", "out",
    ];
    assert!(judge("openssl", &verify, folder.path()).contains("CMS Verification successful"));
}

#[test]
fn openssl_reads_the_list_and_refuses_who_stands_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let (made, root) = office(1);
    let (_, left) = issued(&root, "李静", 5);
    let (_, stays) = issued(&root, "王芳", 6);
    let empty = revocation::issue(&root, 1, &BTreeMap::new(), NOW).unwrap();
    let list =
        revocation::issue(&root, 2, &revoked(&left, NOW + DAY, Reason::AffiliationChanged), NOW + 2 * DAY).unwrap();
    let pem = |certificate: &Certificate| certificate.to_pem().unwrap();
    write(
        folder.path(),
        &[("root.pem", &made.certificate_pem), ("left.pem", &pem(&left)), ("stays.pem", &pem(&stays))],
    );
    write(folder.path(), &[("empty.crl", &empty.to_pem().unwrap()), ("list.crl", &list.to_pem().unwrap())]);

    let text = judge("openssl", &["crl", "-in", "list.crl", "-CAfile", "root.pem", "-noout", "-text"], folder.path());
    for part in [
        "verify OK",
        "Affiliation Changed",
        &left.serial().to_uppercase(),
        "Authority Key Identifier",
        "Sep 13 12:00:00 2025",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let check = |list: &str, who: &str| {
        let at = (NOW + 3 * DAY).to_string();
        run(
            "openssl",
            &["verify", "-x509_strict", "-crl_check", "-attime", &at, "-CAfile", "root.pem", "-CRLfile", list, who],
            folder.path(),
        )
    };
    for (list, who, fine) in
        [("empty.crl", "left.pem", true), ("list.crl", "stays.pem", true), ("list.crl", "left.pem", false)]
    {
        let (ok, said) = check(list, who);
        assert_eq!((ok, said.contains("certificate revoked")), (fine, !fine), "{list} {who}: {said}");
    }
    let read = RevocationList::read(list.to_pem().unwrap().as_bytes()).unwrap();
    assert_eq!((read.number(), read.len(), read.written()), (2, 1, NOW + 2 * DAY));
    assert!(read.is_of(root.certificate()) && !read.is_of(office(9).1.certificate()));
    assert!(empty.is_empty() && read.find(&stays).is_none());
}

#[test]
fn a_list_that_openssl_writes_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let (made, root) = office(1);
    let (_, left) = issued(&root, "李静", 5);
    let config = "[ca]\ndefault_ca=office\n[office]\ndatabase=index.txt\ncrlnumber=crlnumber\ndefault_md=sha256\n\
                  default_crl_days=30\ncrl_extensions=more\n[more]\nauthorityKeyIdentifier=keyid\n";
    let index =
        format!("R\t280912120000Z\t250914120000Z,keyCompromise\t{}\tunknown\t/CN=x\n", left.serial().to_uppercase());
    write(
        folder.path(),
        &[("root.pem", &made.certificate_pem), ("root.key", &made.key_pem), ("pass", PASSPHRASE), ("config", config)],
    );
    write(folder.path(), &[("index.txt", &index), ("crlnumber", "07\n"), ("index.txt.attr", "")]);
    judge(
        "openssl",
        &[
            "ca",
            "-config",
            "config",
            "-gencrl",
            "-cert",
            "root.pem",
            "-keyfile",
            "root.key",
            "-passin",
            "file:pass",
            "-out",
            "list.crl",
        ],
        folder.path(),
    );
    let read = RevocationList::read(&std::fs::read(folder.path().join("list.crl")).unwrap()).unwrap();
    assert!(read.is_of(root.certificate()));
    let found = read.find(&left).unwrap();
    assert_eq!((read.number(), found), (7, Revoked { at: NOW + 2 * DAY, reason: Reason::KeyCompromise }));
}

#[test]
fn a_request_that_openssl_writes_gets_a_certificate() {
    let folder = tempfile::tempdir().unwrap();
    let (_, root) = office(1);
    let write_key = ["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "k"];
    judge("openssl", &write_key, folder.path());
    let asks = |key: &str, form: &str| {
        judge(
            "openssl",
            &["req", "-new", "-key", key, "-utf8", "-subj", "/O=海鸥岛小学/CN=王芳", "-outform", form, "-out", "r"],
            folder.path(),
        );
        Request::read(&std::fs::read(folder.path().join("r")).unwrap())
    };
    for form in ["PEM", "DER"] {
        let asked = asks("k", form).unwrap();
        assert_eq!(asked.person().name, "王芳");
        let certificate = authority::issue(&root, &asked, &asked.person(), 1, NOW, &mut Steps(4)).unwrap();
        assert_eq!(certificate.key().unwrap(), asked.key());
        let digest = judge("sh", &["-c", "openssl pkey -in k -pubout -outform DER | sha256sum"], folder.path());
        assert!(digest.starts_with(&asked.key().to_string()), "{digest}");
    }
    judge("openssl", &["genrsa", "-out", "rsa", "2048"], folder.path());
    let found = asks("rsa", "PEM").unwrap_err();
    assert!(matches!(found, Error::RequestUnreadable { ref detail } if detail.contains("ECDSA")), "{found:?}");
}

#[test]
fn what_is_altered_or_of_another_kind_is_refused() {
    let (made, root) = office(1);
    let (_, own) = signer("张燊", 2);
    let asked = request::write(&own).unwrap();
    let der = Request::read(asked.as_bytes()).map(|_| judge_der(&asked)).unwrap();
    for at in 0..der.len() {
        let mut flipped = der.clone();
        flipped[at] ^= 1 << (at % 8);
        let found = Request::read(&flipped).unwrap_err();
        assert!(matches!(found, Error::RequestUnreadable { .. } | Error::RequestUnfit { .. }), "byte {at}: {found:?}");
        assert!(Request::read(&der[..at]).is_err(), "{at} bytes");
    }
    let found = Request::read(made.certificate_pem.as_bytes()).unwrap_err();
    assert!(matches!(found, Error::RequestUnreadable { ref detail } if detail.contains("CERTIFICATE")), "{found:?}");

    let list = revocation::issue(&root, 3, &revoked(own.certificate(), NOW, Reason::Superseded), NOW).unwrap();
    let der = judge_der(&list.to_pem().unwrap());
    for at in 0..der.len() {
        let mut flipped = der.clone();
        flipped[at] ^= 1 << (at % 8);
        let accepted = RevocationList::read(&flipped).is_ok_and(|list| list.is_of(root.certificate()));
        assert!(!accepted, "byte {at}");
    }

    let request = Request::read(asked.as_bytes()).unwrap();
    let issue = |by: &Signer, years, now| {
        authority::issue(by, &request, &person("张燊"), years, now, &mut Steps(3)).unwrap_err()
    };
    assert!(matches!(issue(&own, 3, NOW), Error::NotAnAuthority { ref name, .. } if name == "张燊"));
    assert_eq!(issue(&root, 0, NOW), Error::TermUnusable { found: 0, maximum: 10 });
    assert_eq!(issue(&root, 11, NOW), Error::TermUnusable { found: 11, maximum: 10 });
    for wrong_clock in [NOW - 2 * DAY, NOW + 21 * 366 * DAY] {
        assert!(matches!(issue(&root, 3, wrong_clock), Error::CertificateNotInForce { .. }));
        let found = revocation::issue(&root, 1, &BTreeMap::new(), wrong_clock).unwrap_err();
        assert!(matches!(found, Error::CertificateNotInForce { .. }), "{found:?}");
    }
    let late = authority::issue(&root, &request, &person("张燊"), 10, NOW + 15 * 365 * DAY, &mut Steps(3)).unwrap();
    assert_eq!(late.period().1, root.certificate().period().1);
}

/// The DER bytes of a PEM text, as openssl unpacks them.
fn judge_der(pem: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let body: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    write(folder.path(), &[("base64", &body)]);
    judge("openssl", &["base64", "-d", "-A", "-in", "base64", "-out", "der"], folder.path());
    std::fs::read(folder.path().join("der")).unwrap()
}

#[test]
fn the_digits_that_are_read_aloud_belong_to_the_key() {
    let (_, root) = office(1);
    let (own, certificate) = issued(&root, "张燊", 2);
    let spoken = certificate.spoken().unwrap();
    assert_eq!(spoken, Certificate::from_pem(&own.certificate_pem).unwrap().spoken().unwrap(), "the key is the same");
    let digest = certificate.key().unwrap();
    let first = digest.as_bytes()[..5].iter().fold(0_u64, |number, byte| number * 256 + u64::from(*byte)) % 100_000;
    let text = spoken.to_string();
    assert_eq!((text.len(), &text[..5]), (35, format!("{first:05}").as_str()));

    let wide: String =
        text.chars().map(|c| c.to_digit(10).map_or('－', |d| char::from_u32('０' as u32 + d).unwrap())).collect();
    for heard in [&text, &text.replace(' ', ""), &text.replace(' ', " - "), &wide, &format!("  {text}\n")] {
        spoken.compare(heard).unwrap();
    }
    let mut other = text.clone().into_bytes();
    other[14] = if other[14] == b'0' { b'1' } else { b'0' };
    let found = spoken.compare(std::str::from_utf8(&other).unwrap()).unwrap_err();
    assert!(
        matches!(found, Error::HeardDiffers { group: 3, ref expected, .. } if *expected == text[12..17]),
        "{found:?}"
    );
    for (heard, digits) in [("", 0), (&text[..34], 29), ("12345 6789x", 9)] {
        let found = spoken.compare(heard).unwrap_err();
        assert!(matches!(found, Error::HeardUnreadable { digits: counted, .. } if counted == digits), "{found:?}");
    }
    let second = signer("李静", 8).1.certificate().spoken().unwrap();
    assert!(second.compare(&text).is_err());
}

#[test]
fn the_list_of_trust_follows_the_office() {
    let (_, root) = office(1);
    let (_, other) = office(7);
    let (_, certificate) = issued(&root, "张燊", 2);
    let mut trust = Trust::default();
    assert_eq!(trust.standing(&certificate, NOW), Standing::Unknown);
    trust.authorities.push(root.certificate().clone());
    assert_eq!(trust.standing(&certificate, NOW), Standing::Known);
    assert_eq!(trust.standing(root.certificate(), NOW), Standing::Unfit, "a root signs no document");

    let list = |by: &Signer, number, reason| {
        revocation::issue(by, number, &revoked(&certificate, NOW + DAY, reason), NOW + DAY).unwrap()
    };
    assert!(trust.add_list(list(&other, 9, Reason::KeyCompromise)).is_none(), "of an office that is not accepted");
    assert!(trust.add_list(list(&root, 2, Reason::Cessation)).is_some());
    assert_eq!(trust.standing(&certificate, NOW), Standing::Known, "signed before");
    assert_eq!(trust.standing(&certificate, NOW + DAY), Standing::Revoked);
    trust.add_list(revocation::issue(&root, 1, &BTreeMap::new(), NOW).unwrap());
    assert_eq!(trust.standing(&certificate, NOW + DAY), Standing::Revoked, "an older list takes nothing back");
    trust.add_list(list(&root, 3, Reason::KeyCompromise));
    assert_eq!(trust.standing(&certificate, NOW), Standing::Revoked, "whatever time is claimed");
    assert_eq!(trust.revocation(&certificate).map(|r| r.reason), Some(Reason::KeyCompromise));

    let (_, alone) = signer("李静", 5);
    trust.signers.insert(alone.certificate().fingerprint());
    assert_eq!(trust.standing(alone.certificate(), NOW), Standing::Known);
    trust.revoked.insert(alone.certificate().fingerprint());
    assert_eq!(trust.standing(alone.certificate(), NOW), Standing::Revoked);
}
