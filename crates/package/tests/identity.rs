//! An identity can be made, opened with its passphrase only, and read by openssl.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its functions as well")]

mod common;

use common::{NOW, PASSPHRASE, Steps, judge, person, run, signer};
use package::{Algorithm, Certificate, Error, Person, cms, identity};

#[test]
fn openssl_reads_key_and_certificate() {
    let folder = tempfile::tempdir().unwrap();
    let (made, _) = signer("张燊", 1);
    std::fs::write(folder.path().join("key.pem"), &made.key_pem).unwrap();
    std::fs::write(folder.path().join("cert.pem"), &made.certificate_pem).unwrap();
    std::fs::write(folder.path().join("pass"), PASSPHRASE).unwrap();

    let plain = judge("openssl", &["pkcs8", "-in", "key.pem", "-passin", "file:pass"], folder.path());
    assert!(plain.contains("BEGIN PRIVATE KEY"), "{plain}");
    let structure = judge("openssl", &["asn1parse", "-in", "key.pem"], folder.path());
    for part in ["PBES2", "PBKDF2", "hmacWithSHA256", "aes-256-cbc", ":0927C0"] {
        assert!(structure.contains(part), "{part} in {structure}");
    }
    std::fs::write(folder.path().join("wrong"), "not the passphrase").unwrap();
    assert!(!run("openssl", &["pkcs8", "-in", "key.pem", "-passin", "file:wrong"], folder.path()).0);

    let shown = judge(
        "openssl",
        &["x509", "-in", "cert.pem", "-noout", "-text", "-nameopt", "utf8,sep_comma_plus"],
        folder.path(),
    );
    for part in [
        "Version: 3",
        "CN=张燊",
        "O=市教育质量评估中心",
        "title=评估专家",
        "Not Before: Sep 12 12:00:00 2025 GMT",
        "Not After : Sep 12 12:00:00 2035 GMT",
        "Digital Signature, Non Repudiation",
        "CA:FALSE",
        "prime256v1",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    let types = judge("openssl", &["asn1parse", "-in", "cert.pem"], folder.path());
    assert_eq!(types.matches("UTF8STRING").count(), 6, "{types}");
    let key = judge("openssl", &["pkey", "-in", "key.pem", "-passin", "file:pass", "-pubout"], folder.path());
    assert_eq!(key, judge("openssl", &["x509", "-in", "cert.pem", "-noout", "-pubkey"], folder.path()));
    let fingerprint =
        judge("openssl", &["x509", "-in", "cert.pem", "-noout", "-fingerprint", "-sha256"], folder.path());
    let fingerprint = fingerprint.trim().rsplit_once('=').unwrap().1;
    assert_eq!(fingerprint.parse::<package::Fingerprint>().unwrap(), made.fingerprint);
}

#[test]
fn a_wrong_passphrase_is_its_own_error() {
    let (made, _) = signer("李静", 2);
    for wrong in ["", "海鸥 2026 通行短", "totally different"] {
        let found = identity::unlock(&made.certificate_pem, &made.key_pem, wrong).unwrap_err();
        assert_eq!(found, Error::PassphraseWrong {}, "{wrong}");
    }
    let other = common::identity("王芳", 3);
    let found = identity::unlock(&other.certificate_pem, &made.key_pem, PASSPHRASE).unwrap_err();
    assert!(matches!(found, Error::KeyMismatch { ref name, .. } if name == "王芳"), "{found:?}");
    let found = identity::unlock(&made.certificate_pem, &made.certificate_pem, PASSPHRASE).unwrap_err();
    assert!(matches!(found, Error::KeyUnreadable { .. }), "{found:?}");
    let found = identity::unlock("", &made.key_pem, PASSPHRASE).unwrap_err();
    assert!(matches!(found, Error::CertificateUnreadable { .. }), "{found:?}");
}

#[test]
fn the_passphrase_can_be_changed() {
    let (made, _) = signer("李静", 2);
    let changed = identity::change_passphrase(&made.key_pem, PASSPHRASE, "另一个更长的短语", &mut Steps(9)).unwrap();
    assert!(identity::unlock(&made.certificate_pem, &changed, "另一个更长的短语").is_ok());
    assert_eq!(identity::unlock(&made.certificate_pem, &changed, PASSPHRASE).unwrap_err(), Error::PassphraseWrong {});
}

#[test]
fn what_cannot_stand_in_a_certificate_is_refused() {
    let create = |person: &Person, passphrase: &str, time: i64| {
        identity::create(person, Algorithm::P256, passphrase, time, &mut Steps(4)).unwrap_err()
    };
    let found = create(&person("张燊"), "七个字不够用吧", NOW);
    assert_eq!(found, Error::PassphraseTooShort { minimum: 8, found: 7 });
    for name in ["", "  ", "a\nb", &"长".repeat(65)] {
        let found = create(&person(name), PASSPHRASE, NOW);
        assert!(matches!(found, Error::PersonNameUnusable { field: "name", .. }), "{found:?}");
    }
    assert_eq!(create(&person("张燊"), PASSPHRASE, -1), Error::TimeOutOfRange { time: -1 });
    let late = 253_402_300_000; // 9999-12-31: no tenth year after it
    assert_eq!(create(&person("张燊"), PASSPHRASE, late), Error::TimeOutOfRange { time: late });
}

#[test]
fn a_leap_day_and_the_year_2050_are_written_correctly() {
    let leap = 1_835_438_400; // 2028-02-29 12:00:00 UTC
    let made = identity::create(&person("张燊"), Algorithm::P256, PASSPHRASE, leap, &mut Steps(5)).unwrap();
    let (from, until) = Certificate::from_pem(&made.certificate_pem).unwrap().period();
    assert_eq!((from, until), (leap, 2_150_971_200)); // 2038-02-28 12:00:00 UTC
    let later = 2_303_640_000; // 2042-12-31, ends after UTCTime does
    let made = identity::create(&person("张燊"), Algorithm::P256, PASSPHRASE, later, &mut Steps(6)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cert.pem"), &made.certificate_pem).unwrap();
    let types = judge("openssl", &["asn1parse", "-in", "cert.pem"], folder.path());
    assert!(types.contains("UTCTIME") && types.contains("GENERALIZEDTIME"), "{types}");
}

#[test]
fn openssl_accepts_the_detached_signature_and_so_do_we() {
    let folder = tempfile::tempdir().unwrap();
    let (made, signer) = signer("张燊", 1);
    let content = b"line one\nline two\r\n\x00 binary";
    let signature = cms::sign(content, &signer, NOW + 60).unwrap();
    std::fs::write(folder.path().join("cert.pem"), &made.certificate_pem).unwrap();
    std::fs::write(folder.path().join("content"), content).unwrap();
    std::fs::write(folder.path().join("s.p7s"), &signature).unwrap();
    let verify = [
        "cms", "-verify", "-binary", "-inform", "DER", "-in", "s.p7s", "-content", "content", "-CAfile", "cert.pem",
        "-out", "out",
    ];
    let said = judge("openssl", &verify, folder.path());
    assert!(said.contains("CMS Verification successful"), "{said}");
    let shown =
        judge("openssl", &["cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", "s.p7s"], folder.path());
    for part in ["signingTime", "signingCertificateV2", "Sep 12 12:01:00 2025 GMT", "ecdsa-with-SHA256"] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    let signed = cms::verify(&signature, content).unwrap();
    assert_eq!(signed.certificate.fingerprint(), made.fingerprint);
    assert_eq!(signed.certificate.person(), person("张燊"));
    assert_eq!(signed.time, Some(NOW + 60));
    assert!(matches!(cms::verify(&signature, b"other"), Err(Error::SignatureUnfit { .. })));
    std::fs::write(folder.path().join("content"), b"other").unwrap();
    assert!(!run("openssl", &verify, folder.path()).0);
}

#[test]
fn we_accept_what_openssl_signs_in_the_same_way() {
    let folder = tempfile::tempdir().unwrap();
    let (made, _) = signer("张燊", 1);
    for (name, text) in [
        ("key.pem", made.key_pem.as_str()),
        ("cert.pem", &made.certificate_pem),
        ("pass", PASSPHRASE),
        ("content", "abc"),
    ] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let sign = [
        "cms", "-sign", "-binary", "-cades", "-md", "sha256", "-outform", "DER", "-signer", "cert.pem", "-inkey",
        "key.pem",
    ];
    judge(
        "openssl",
        &[&sign[..], &["-passin", "file:pass", "-in", "content", "-out", "s.p7s"]].concat(),
        folder.path(),
    );
    let signature = std::fs::read(folder.path().join("s.p7s")).unwrap();
    assert_eq!(cms::verify(&signature, b"abc").unwrap().certificate.fingerprint(), made.fingerprint);
}

#[test]
fn every_flipped_bit_of_a_signature_is_refused() {
    let (_, signer) = signer("张燊", 1);
    let signature = cms::sign(b"content", &signer, NOW).unwrap();
    for at in 0..signature.len() {
        let mut flipped = signature.clone();
        flipped[at] ^= 1 << (at % 8);
        assert!(cms::verify(&flipped, b"content").is_err(), "byte {at}");
    }
    for length in 0..signature.len() {
        assert!(cms::verify(&signature[..length], b"content").is_err(), "{length} bytes");
    }
}

#[test]
fn nobody_signs_outside_the_certificate_period() {
    let (_, signer) = signer("张燊", 1);
    for time in [NOW - 1, NOW + 11 * 366 * 86_400] {
        let found = cms::sign(b"content", &signer, time).unwrap_err();
        assert!(matches!(found, Error::CertificateNotInForce { .. }), "{found:?}");
    }
}
