//! Who signs: people and an office of their own.

use crate::common::{NOW, PASSPHRASE, Steps, signer as made};
use package::pdf::{PdfSignature, Rect};
use package::revocation::Reason;
use package::{Certificate, Person, Request, Revoked, Signer, authority, cms, identity, request, revocation};
use std::collections::BTreeMap;

/// A day in seconds.
pub const DAY: i64 = 86_400;

/// A person with a certificate of their own; the same for the same number.
pub fn signer(name: &str, number: u64) -> Signer {
    made(name, number).1
}

/// A signature over a tag manifest.
pub fn signature(tag_manifest: &[u8], signer: &Signer) -> Vec<u8> {
    cms::sign(tag_manifest, signer, NOW).unwrap()
}

/// Where a person's signature stands in a bag.
pub fn signature_path(signer: &Signer) -> String {
    format!("signatures/{}.p7s", signer.certificate().fingerprint())
}

/// A PDF with a signature that nobody sees.
pub fn signed_pdf(pdf: &[u8]) -> Vec<u8> {
    let nowhere = Rect { left: 0.0, bottom: 0.0, right: 0.0, top: 0.0 };
    let signature = PdfSignature {
        field_name: "签名1".to_owned(),
        reason: "出具自评报告".to_owned(),
        location: String::new(),
        time: NOW,
        page_index: 0,
        rect: nowhere,
        appearance: None,
    };
    package::pdf::sign(pdf, &signer("周宁", 1), &signature).unwrap()
}

/// An office with its root.
pub fn office() -> Signer {
    old_office(NOW)
}

/// The same office, opened at some time.
pub fn old_office(since: i64) -> Signer {
    let name = Person { name: "并州市评估办公室".to_owned(), organisation: "并州市".to_owned(), role: None };
    let made = authority::create(&name, PASSPHRASE, since, &mut Steps(90)).unwrap();
    identity::unlock(&made.certificate_pem, &made.key_pem, PASSPHRASE).unwrap()
}

/// A person whose certificate the office issued.
pub fn issued(office: &Signer, name: &str, number: u64) -> Signer {
    let (own, by_herself) = made(name, number);
    let asked = Request::read(request::write(&by_herself).unwrap().as_bytes()).unwrap();
    let person = by_herself.certificate().person();
    let certificate: Certificate = authority::issue(office, &asked, &person, 3, NOW, &mut Steps(number + 100)).unwrap();
    identity::unlock(&certificate.to_pem().unwrap(), &own.key_pem, PASSPHRASE).unwrap()
}

/// The office's list with one person on it.
pub fn list_with(office: &Signer, person: &Signer) -> String {
    let revoked = Revoked { at: NOW - DAY, reason: Reason::KeyCompromise };
    let all = BTreeMap::from([(person.certificate().serial(), revoked)]);
    revocation::issue(office, 2, &all, NOW + DAY).unwrap().to_pem().unwrap()
}

/// The office's list of nobody.
pub fn empty_list() -> String {
    revocation::issue(&office(), 1, &BTreeMap::new(), NOW).unwrap().to_pem().unwrap()
}
