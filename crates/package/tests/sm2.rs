//! The second set of algorithms, SM2 with SM3: judged by the standard's own example and by openssl.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its functions as well")]

mod common;

use std::fs;
use std::path::Path;

use common::{
    NOW, Office, PASSPHRASE, Steps, contents, judge, pdf, person, python_tool, read, read_trusting, run, signer,
    sm2_signer, unwatched, write,
};
use der::{Decode, Encode};
use package::algorithm::SM2_SIGNER_ID;
use package::pdf::{PdfSignature, Rect};
use package::revocation::{self, Reason};
use package::trust::Standing;
use package::verify::Outcome;
use package::{Algorithm, Certificate, Error, Request, RevocationList, Revoked, Trust};
use package::{authority, cms, countersign, identity, request};
use pkcs8::EncodePrivateKey;
use signature::{Signer as _, Verifier as _};

const ID: &str = "distid:1234567812345678";
const DAY: i64 = 86_400;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// What a signature is over, as openssl's raw commands take it, with the signature and the key.
fn take_apart(signature: &[u8], certificate_pem: &str, folder: &Path) {
    let outer = ::cms::content_info::ContentInfo::from_der(signature).unwrap();
    let signed: ::cms::signed_data::SignedData = outer.content.decode_as().unwrap();
    let info = signed.signer_infos.0.as_slice().first().unwrap();
    fs::write(folder.join("attributes"), info.signed_attrs.as_ref().unwrap().to_der().unwrap()).unwrap();
    fs::write(folder.join("value"), info.signature.as_bytes()).unwrap();
    fs::write(folder.join("cert.pem"), certificate_pem).unwrap();
    judge("openssl", &["x509", "-in", "cert.pem", "-noout", "-pubkey", "-out", "key.pub"], folder);
}

fn openssl_accepts(folder: &Path) -> bool {
    let verify = ["pkeyutl", "-verify", "-rawin", "-digest", "sm3", "-pubin", "-inkey", "key.pub", "-pkeyopt", ID];
    run("openssl", &[&verify[..], &["-in", "attributes", "-sigfile", "value"]].concat(), folder).0
}

/// GM/T 0003.5-2012, appendix A.2: key, message, identifier, r and s.
#[test]
fn the_example_of_the_standard_comes_out() {
    let number = |text: &str| -> Vec<u8> {
        (0..64).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
    };
    let secret = number("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8");
    let key = sm2::SecretKey::from_slice(&secret).unwrap();
    let point = key.public_key().to_sec1_bytes();
    assert_eq!(
        hex(&point[1..]),
        "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020\
         CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
    );
    let r = number("F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3");
    let s = number("B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA");
    let value = sm2::dsa::Signature::from_slice(&[r, s].concat()).unwrap();
    let verifier = sm2::dsa::VerifyingKey::new(SM2_SIGNER_ID, key.public_key()).unwrap();
    verifier.verify(b"message digest", &value).unwrap();
    assert!(verifier.verify(b"message digesu", &value).is_err());
    assert!(sm2::dsa::VerifyingKey::new("", key.public_key()).unwrap().verify(b"message digest", &value).is_err());

    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("key.der"), key.to_pkcs8_der().unwrap().as_bytes()).unwrap();
    fs::write(at("attributes"), "message digest").unwrap();
    let ours: sm2::dsa::Signature = sm2::dsa::SigningKey::new(SM2_SIGNER_ID, &key).unwrap().sign(b"message digest");
    judge("openssl", &["pkey", "-in", "key.der", "-inform", "DER", "-pubout", "-out", "key.pub"], folder.path());
    for value in [value, ours] {
        fs::write(at("value"), value.to_der().as_bytes()).unwrap();
        assert!(openssl_accepts(folder.path()));
    }
    fs::write(at("attributes"), "message digesu").unwrap();
    assert!(!openssl_accepts(folder.path()));
}

#[test]
fn openssl_reads_key_certificate_and_request() {
    let folder = tempfile::tempdir().unwrap();
    let (made, signer) = sm2_signer("张燊", 1);
    for (name, text) in [
        ("key.pem", made.key_pem.as_str()),
        ("cert.pem", &made.certificate_pem),
        ("pass", PASSPHRASE),
        ("asked.csr", &request::write(&signer).unwrap()),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let shown = judge("openssl", &["x509", "-in", "cert.pem", "-noout", "-text"], folder.path());
    assert!(shown.contains("ASN1 OID: SM2") && shown.contains("SM2-with-SM3"), "{shown}");
    let key = judge("openssl", &["pkey", "-in", "key.pem", "-passin", "file:pass", "-pubout"], folder.path());
    assert_eq!(key, judge("openssl", &["x509", "-in", "cert.pem", "-noout", "-pubkey"], folder.path()));
    // openssl's chain building does not hand the identifier to a root: its own signature is judged raw.
    let (_, der) = der::Document::from_pem(&made.certificate_pem).unwrap();
    let parsed = x509_cert::Certificate::from_der(der.as_bytes()).unwrap();
    fs::write(folder.path().join("attributes"), parsed.tbs_certificate().to_der().unwrap()).unwrap();
    fs::write(folder.path().join("value"), parsed.signature().as_bytes().unwrap()).unwrap();
    judge("openssl", &["x509", "-in", "cert.pem", "-noout", "-pubkey", "-out", "key.pub"], folder.path());
    assert!(openssl_accepts(folder.path()));
    judge("openssl", &["req", "-in", "asked.csr", "-noout", "-verify", "-vfyopt", ID], folder.path());
    assert_eq!(signer.algorithm(), Algorithm::Sm2);
    assert_eq!(signer.certificate().algorithm(), Ok(Algorithm::Sm2));
    assert_eq!(made.fingerprint, Certificate::from_pem(&made.certificate_pem).unwrap().fingerprint());
    let asked = Request::read(request::write(&signer).unwrap().as_bytes()).unwrap();
    assert_eq!((asked.algorithm(), asked.spoken()), (Algorithm::Sm2, signer.certificate().spoken().unwrap()));
}

#[test]
fn we_read_the_request_that_openssl_writes() {
    let folder = tempfile::tempdir().unwrap();
    let in_folder = |arguments: &[&str]| judge("openssl", arguments, folder.path());
    in_folder(&["genpkey", "-algorithm", "SM2", "-out", "key.pem"]);
    let write = ["req", "-new", "-sm3", "-sigopt", ID, "-key", "key.pem", "-subj", "/O=O/CN=C", "-out", "asked.csr"];
    in_folder(&write);
    let asked = Request::read(&fs::read(folder.path().join("asked.csr")).unwrap()).unwrap();
    assert_eq!((asked.algorithm(), asked.person().name), (Algorithm::Sm2, "C".to_owned()));
    // A request by another identifier is another signature.
    let other = write.map(|word| if word == ID { "distid:8765432187654321" } else { word });
    in_folder(&other);
    let found = Request::read(&fs::read(folder.path().join("asked.csr")).unwrap());
    assert!(matches!(found, Err(Error::RequestUnfit { .. })), "{found:?}");
}

#[test]
fn openssl_accepts_the_parts_of_the_signature_and_refuses_altered_ones() {
    let folder = tempfile::tempdir().unwrap();
    let (made, signer) = sm2_signer("张燊", 1);
    let (content, signature) = (b"tag manifest", cms::sign(b"tag manifest", &signer, NOW).unwrap());
    take_apart(&signature, &made.certificate_pem, folder.path());
    assert!(openssl_accepts(folder.path()));
    fs::write(folder.path().join("content"), content).unwrap();
    let digest = judge("openssl", &["dgst", "-sm3", "-r", "content"], folder.path());
    let printed = ["cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", "s.p7s"];
    fs::write(folder.path().join("s.p7s"), &signature).unwrap();
    let printed = judge("openssl", &printed, folder.path());
    for part in ["sm3", "SM2-with-SM3", "signingCertificateV2", "signingTime"] {
        assert!(printed.contains(part), "{part} in {printed}");
    }
    let attributes = fs::read(folder.path().join("attributes")).unwrap();
    assert!(hex(&attributes).to_lowercase().contains(&digest[..64]), "{digest}");

    let mut altered = attributes;
    *altered.last_mut().unwrap() ^= 1;
    fs::write(folder.path().join("attributes"), altered).unwrap();
    assert!(!openssl_accepts(folder.path()));
    take_apart(&signature, &sm2_signer("李静", 2).0.certificate_pem, folder.path());
    assert!(!openssl_accepts(folder.path()));
}

#[test]
fn every_flipped_bit_of_a_signature_is_refused() {
    let (_, signer) = sm2_signer("张燊", 1);
    let signature = cms::sign(b"content", &signer, NOW).unwrap();
    let signed = cms::verify(&signature, b"content").unwrap();
    assert_eq!((signed.certificate.person(), signed.time), (person("张燊"), Some(NOW)));
    assert!(matches!(cms::verify(&signature, b"other"), Err(Error::SignatureUnfit { .. })));
    for at in 0..signature.len() {
        let mut flipped = signature.clone();
        flipped[at] ^= 1 << (at % 8);
        assert!(cms::verify(&flipped, b"content").is_err(), "byte {at}");
    }
    let sealed = cms::seal(b"receipt", &signer, NOW).unwrap();
    assert_eq!(cms::open(&sealed).unwrap().0, b"receipt");
}

#[test]
fn altered_r_or_s_and_another_key_are_refused() {
    let (_, signer) = sm2_signer("张燊", 1);
    let (_, other) = sm2_signer("张燊", 2);
    let signature = cms::sign(b"content", &signer, NOW).unwrap();
    let outer = ::cms::content_info::ContentInfo::from_der(&signature).unwrap();
    let signed: ::cms::signed_data::SignedData = outer.content.decode_as().unwrap();
    let value = signed.signer_infos.0.as_slice()[0].signature.clone();
    let rs = sm2::dsa::Signature::from_der(value.as_bytes()).unwrap();
    let (r, s) = (rs.r_bytes(), rs.s_bytes());
    let order = "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123";
    let order: Vec<u8> = (0..64).step_by(2).map(|at| u8::from_str_radix(&order[at..at + 2], 16).unwrap()).collect();
    let mut flipped = s;
    flipped[31] ^= 1;
    let (zero, one) = ([0; 32], [[0; 31].as_slice(), &[1]].concat());
    for (r, s) in [(&r[..], &flipped[..]), (&s, &r), (&zero, &s), (&r, &zero), (&one, &s), (&order, &s), (&r, &order)] {
        let numbers = [r, s].map(|number| der::asn1::UintRef::new(number).unwrap().to_der().unwrap()).concat();
        let forged = [&[0x30, u8::try_from(numbers.len()).unwrap()], &numbers[..]].concat();
        let mut signed = signed.clone();
        let mut infos = signed.signer_infos.0.into_vec();
        infos[0].signature = der::asn1::OctetString::new(forged).unwrap();
        signed.signer_infos = ::cms::signed_data::SignerInfos::try_from(infos).unwrap();
        let bytes = ::cms::content_info::ContentInfo {
            content_type: outer.content_type,
            content: der::Any::encode_from(&signed).unwrap(),
        };
        assert!(cms::verify(&bytes.to_der().unwrap(), b"content").is_err());
    }
    // The value of one key under the certificate of another.
    let theirs = cms::sign(b"content", &other, NOW).unwrap();
    let theirs = ::cms::content_info::ContentInfo::from_der(&theirs).unwrap();
    let mut theirs: ::cms::signed_data::SignedData = theirs.content.decode_as().unwrap();
    let mut infos = theirs.signer_infos.0.into_vec();
    infos[0].signature = value;
    theirs.signer_infos = ::cms::signed_data::SignerInfos::try_from(infos).unwrap();
    let content = der::Any::encode_from(&theirs).unwrap();
    let bytes = ::cms::content_info::ContentInfo { content_type: outer.content_type, content }.to_der().unwrap();
    assert!(matches!(cms::verify(&bytes, b"content"), Err(Error::SignatureUnfit { .. })));
}

#[test]
fn algorithms_of_the_two_sets_do_not_mix() {
    let (made, _) = sm2_signer("张燊", 1);
    let (p256, _) = signer("李静", 2);
    for (certificate, key) in [(&made, &p256), (&p256, &made)] {
        let found = identity::unlock(&certificate.certificate_pem, &key.key_pem, PASSPHRASE).unwrap_err();
        assert!(matches!(found, Error::KeyMismatch { .. }), "{found:?}");
    }
    let (_, signer) = sm2_signer("张燊", 1);
    let mut signature = cms::sign(b"content", &signer, NOW).unwrap();
    // SM3 becomes SHA-256's neighbour in the same arc: an algorithm of no set.
    let sm3 = [0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x83, 0x11];
    let at = signature.windows(sm3.len()).position(|window| window == sm3).unwrap();
    signature[at + 9] ^= 1;
    assert!(matches!(cms::verify(&signature, b"content"), Err(Error::SignatureUnreadable { .. })));
}

#[test]
fn a_pdf_is_not_signed_with_sm2() {
    let (_, signer) = sm2_signer("张燊", 1);
    let signature = PdfSignature {
        field_name: "one".to_owned(),
        reason: String::new(),
        location: String::new(),
        time: NOW,
        page_index: 0,
        rect: Rect { left: 0.0, bottom: 0.0, right: 0.0, top: 0.0 },
        appearance: None,
    };
    let found = package::pdf::sign(&pdf(false), &signer, &signature).unwrap_err();
    assert_eq!(found, Error::PdfNeedsP256 { name: "张燊".to_owned() });
}

#[test]
fn an_office_with_a_p256_root_certifies_and_revokes_an_sm2_key() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let made = authority::create(&person("评估办"), PASSPHRASE, NOW, &mut Steps(7)).unwrap();
    let root = identity::unlock(&made.certificate_pem, &made.key_pem, PASSPHRASE).unwrap();
    let (own, signer) = sm2_signer("张燊", 1);
    let asked = Request::read(request::write(&signer).unwrap().as_bytes()).unwrap();
    let issued = authority::issue(&root, &asked, &person("张燊"), 3, NOW, &mut Steps(8)).unwrap();
    let signer = identity::unlock(&issued.to_pem().unwrap(), &own.key_pem, PASSPHRASE).unwrap();
    fs::write(at("root.pem"), &made.certificate_pem).unwrap();
    fs::write(at("cert.pem"), issued.to_pem().unwrap()).unwrap();
    let when = (NOW + DAY).to_string();
    let verify = ["verify", "-x509_strict", "-attime", &when, "-CAfile", "root.pem", "cert.pem"];
    judge("openssl", &verify, folder.path());

    let path = at("p.hjp");
    write(&path, &contents(folder.path()), &[&signer]).unwrap();
    let mut trust = Trust { authorities: vec![root.certificate().clone()], ..Trust::default() };
    let standing = |trust: &Trust| match read_trusting(&path, trust) {
        Outcome::Valid(verified) => verified.signers()[0].standing,
        other => panic!("{other:?}"),
    };
    assert_eq!(standing(&Trust::default()), Standing::Unknown);
    assert_eq!(standing(&trust), Standing::Known);
    let revoked = [(issued.serial(), Revoked { at: NOW, reason: Reason::Cessation })].into();
    let list = revocation::issue(&root, 1, &revoked, NOW).unwrap();
    fs::write(at("list.crl"), list.to_pem().unwrap()).unwrap();
    assert!(trust.add_list(RevocationList::read(list.to_pem().unwrap().as_bytes()).unwrap()).is_some());
    assert_eq!(standing(&trust), Standing::Revoked);
    let check = ["verify", "-crl_check", "-attime", &when, "-CAfile", "root.pem", "-CRLfile", "list.crl", "cert.pem"];
    let (accepted, said) = run("openssl", &check, folder.path());
    assert!(!accepted && said.contains("certificate revoked"), "{said}");
    // openssl's own office issues for such a key as well.
    let theirs = Office::open(folder.path(), "office").issue_for(&own, &["-sm3", "-sigopt", ID], &["-vfyopt", ID]);
    assert_eq!(theirs.algorithm(), Algorithm::Sm2);
}

#[test]
fn a_panel_of_both_sets_signs_one_package() {
    let folder = tempfile::tempdir().unwrap();
    let (at, contents) = (|name: &str| folder.path().join(name), contents(folder.path()));
    let ((_, p256), (made, sm2)) = (signer("张燊", 1), sm2_signer("李静", 2));
    let path = at("p.hjp");
    write(&path, &contents, &[&p256]).unwrap();
    let verified = match read(&path) {
        Outcome::Valid(verified) => verified,
        other => panic!("{other:?}"),
    };
    unwatched(|watch| countersign::add(&verified, &[], &path, &sm2, NOW, watch)).unwrap();
    write(&at("together.hjp"), &contents, &[&sm2, &p256]).unwrap();
    assert!(fs::read(&path).unwrap() == fs::read(at("together.hjp")).unwrap());
    let trust = Trust { signers: [made.fingerprint].into(), ..Trust::default() };
    let standings: Vec<_> = match read_trusting(&path, &trust) {
        Outcome::Valid(verified) => verified.signers().iter().map(|s| (s.person.name.clone(), s.standing)).collect(),
        other => panic!("{other:?}"),
    };
    assert!(standings.contains(&("李静".to_owned(), Standing::Known)), "{standings:?}");
    assert!(standings.contains(&("张燊".to_owned(), Standing::Unknown)), "{standings:?}");

    judge("unzip", &["-q", "p.hjp"], folder.path());
    judge(python_tool("bagit.py"), &["--validate", &contents.name], folder.path());
    let bag = folder.path().join(&contents.name);
    let signature = fs::read(bag.join(format!("signatures/{}.p7s", made.fingerprint))).unwrap();
    take_apart(&signature, &made.certificate_pem, folder.path());
    assert!(openssl_accepts(folder.path()));
    // The commands of the format's page come to the same.
    let page = include_str!("../../../docs/formats/package.md");
    let script = page.split("```sh\n# SM2").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let script = format!("set -e\ns=signatures/{}.p7s\n#{script}", made.fingerprint);
    let said = judge("bash", &["-c", &script], &bag);
    assert!(said.contains("Signature Verified Successfully"), "{said}");
    fs::write(bag.join("tagmanifest-sha256.txt"), "changed").unwrap();
    assert!(!run("bash", &["-c", &script], &bag).0);
}
