//! Signed PDFs satisfy third-party judges, several signatures stay valid, and no damage passes or panics.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its functions as well")]

mod common;

use common::{NOW, Office, judge, pdf, python_tool, run, signer};
use lopdf::{Document, Object};
use package::pdf::{PdfSignature, PdfSignatureReport, PdfState, Rect, sign, verify};
use package::{Error, Identity, Signer};
use proptest::prelude::*;

fn signature(field: &str, time: i64) -> PdfSignature {
    PdfSignature {
        field_name: field.to_owned(),
        reason: "出具专家核验报告".to_owned(),
        location: "广州".to_owned(),
        time,
        page_index: 0,
        rect: Rect { left: 72.0, bottom: 100.5, right: 272.0, top: 160.0 },
        appearance: None,
    }
}

struct Signed {
    people: Vec<(Identity, Signer)>,
    original: Vec<u8>,
    once: Vec<u8>,
    twice: Vec<u8>,
}

fn signed(modern: bool) -> Signed {
    let people = vec![signer("张燊", 1), signer("李静", 2)];
    let original = pdf(modern);
    let once = sign(&original, &people[0].1, &signature("专家签名-1", NOW + 60)).unwrap();
    let twice = sign(&once, &people[1].1, &signature("专家签名-2", NOW + 120)).unwrap();
    Signed { people, original, once, twice }
}

fn states(reports: &[PdfSignatureReport]) -> Vec<PdfState> {
    reports.iter().map(|report| report.state).collect()
}

#[test]
fn a_signature_tells_who_when_why_and_where() {
    for modern in [false, true] {
        let signed = signed(modern);
        assert_eq!(verify(&signed.original).unwrap(), []);
        let reports = verify(&signed.once).unwrap();
        let [report] = reports.as_slice() else { panic!("{reports:?}") };
        assert_eq!(report.state, PdfState::Valid, "{report:?}");
        assert!(report.covers_whole_file && report.in_force);
        assert_eq!(report.person.as_ref().unwrap().name, "张燊");
        assert_eq!(report.fingerprint, Some(signed.people[0].0.fingerprint));
        assert_eq!(report.time, Some(NOW + 60));
        let said = (report.field_name.as_str(), report.reason.as_str(), report.location.as_str());
        assert_eq!(said, ("专家签名-1", "出具专家核验报告", "广州"));
        assert!(signed.once.starts_with(&signed.original));
    }
}

#[test]
fn two_signatures_in_turn_are_both_valid() {
    for modern in [false, true] {
        let reports = verify(&signed(modern).twice).unwrap();
        assert_eq!(states(&reports), [PdfState::Valid, PdfState::Valid], "{reports:?}");
        assert_eq!(reports.iter().map(|r| r.covers_whole_file).collect::<Vec<_>>(), [false, true]);
        assert_eq!(reports.iter().map(|r| r.time.unwrap()).collect::<Vec<_>>(), [NOW + 60, NOW + 120]);
    }
}

#[test]
fn third_parties_find_both_signatures_valid() {
    for modern in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let signed = signed(modern);
        for (index, (identity, _)) in signed.people.iter().enumerate() {
            std::fs::write(folder.path().join(format!("person{index}.pem")), &identity.certificate_pem).unwrap();
        }
        for (name, bytes, count) in [("once.pdf", &signed.once, 1), ("twice.pdf", &signed.twice, 2)] {
            std::fs::write(folder.path().join(name), bytes).unwrap();
            let said = judge("qpdf", &["--check", name], folder.path());
            assert!(!said.contains("WARNING"), "{said}");

            let said = judge("pdfsig", &["-nocert", name], folder.path());
            assert_eq!(said.matches("Signature Validation: Signature is Valid.").count(), count, "{said}");
            assert_eq!(said.matches("Signature Type: ETSI.CAdES.detached").count(), count, "{said}");
            assert_eq!(said.matches("Total document signed").count(), 1, "{said}");
            assert!(said.contains("张燊") && said.contains("Sep 12 2025 12:01:00"), "{said}");

            let mut arguments = vec!["sign", "validate", "--pretty-print", "--no-revocation-check", "--trust-replace"];
            arguments.extend(["--trust", "person0.pem", "--trust", "person1.pem", name]);
            let said = judge(python_tool("pyhanko"), &arguments, folder.path());
            assert_eq!(said.matches("The signature is judged VALID").count(), count, "{said}");
            assert!(!said.contains("INVALID") && !said.contains("suspicious"), "{said}");
        }
    }
}

/// pdfsig takes its trust from a database of authorities; a self-signed certificate of a person is none.
#[test]
fn pdfsig_trusts_a_signer_whom_the_office_certified() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::open(folder.path(), "root");
    let signer = office.issue(&signer("张燊", 1).0);
    let (from, _) = signer.certificate().period();
    let bytes = sign(&pdf(false), &signer, &signature("专家签名-1", from + 60)).unwrap();
    std::fs::write(folder.path().join("signed.pdf"), bytes).unwrap();
    judge("certutil", &["-N", "-d", "sql:.", "--empty-password"], folder.path());
    judge("certutil", &["-A", "-d", "sql:.", "-n", "office", "-t", "CT,C,C", "-a", "-i", "root.pem"], folder.path());
    let said = judge("pdfsig", &["-nssdir", "sql:.", "signed.pdf"], folder.path());
    assert!(said.contains("Signature Validation: Signature is Valid."), "{said}");
    assert!(said.contains("Certificate Validation: Certificate is Trusted."), "{said}");
    assert!(said.contains("Total document signed"), "{said}");
}

#[test]
fn third_parties_agree_that_a_changed_byte_is_no_longer_signed() {
    let folder = tempfile::tempdir().unwrap();
    let signed = signed(false);
    let mut altered = signed.once.clone();
    let at = altered.windows(11).position(|window| window == b"Report 8.25").unwrap();
    altered[at + 7] = b'9';
    std::fs::write(folder.path().join("altered.pdf"), &altered).unwrap();
    let said = run("pdfsig", &["-nocert", "altered.pdf"], folder.path()).1;
    assert!(said.contains("Digest Mismatch"), "{said}");
    let reports = verify(&altered).unwrap();
    assert_eq!(states(&reports), [PdfState::Altered]);
    assert_eq!(reports[0].person, None);
}

#[test]
fn fields_can_be_clicked_where_they_were_put() {
    let document = Document::load_mem(&signed(false).twice).unwrap();
    let page = document.page_iter().next().unwrap();
    let widgets = document.get_page_annotations(page).unwrap();
    assert_eq!(widgets.len(), 2);
    let rect: Vec<f32> =
        widgets[0].get(b"Rect").unwrap().as_array().unwrap().iter().map(|n| n.as_float().unwrap()).collect();
    assert_eq!(rect, [72.0, 100.5, 272.0, 160.0]);
    assert!(widgets[0].get(b"AP").is_ok());
}

#[test]
fn what_cannot_be_signed_is_refused() {
    let (_, signer) = signer("张燊", 1);
    let original = pdf(false);
    let refused = |pdf: &[u8], change: &dyn Fn(&mut PdfSignature)| {
        let mut asked = signature("专家签名-1", NOW);
        change(&mut asked);
        sign(pdf, &signer, &asked).unwrap_err()
    };
    let once = sign(&original, &signer, &signature("专家签名-1", NOW)).unwrap();
    assert_eq!(refused(&once, &|_| {}), Error::PdfFieldTaken { field: "专家签名-1".to_owned() });
    assert_eq!(refused(&original, &|s| s.page_index = 1), Error::PdfPageMissing { page: 1, pages: 1 });
    assert!(matches!(refused(&original, &|s| s.time = NOW - 1), Error::CertificateNotInForce { .. }));
    assert!(matches!(refused(b"", &|_| {}), Error::PdfUnreadable { .. }));
    let half = &original[..original.len() / 2];
    assert_eq!(refused(half, &|_| {}), Error::PdfTruncated { found: half.len() });
}

/// Appends a revision in which `change` was made.
fn revise(pdf: &[u8], change: impl Fn(&mut Document)) -> Vec<u8> {
    let previous = Document::load_mem(pdf).unwrap();
    let mut revision = lopdf::IncrementalDocument::create_from(pdf.to_vec(), previous);
    let page = revision.get_prev_documents().page_iter().next().unwrap();
    revision.opt_clone_object_to_new_document(page).unwrap();
    change(&mut revision.new_document);
    let mut bytes = Vec::new();
    revision.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn changes_after_signing_are_said_even_when_someone_signs_them() {
    let signed = signed(false);
    let stray = [&signed.twice[..], b"\n%%EOF\n"].concat();
    assert_eq!(states(&verify(&stray).unwrap()), [PdfState::ChangedAfter; 2]);

    let moved = revise(&signed.once, |document| {
        let page =
            document.objects.values_mut().filter_map(|o| o.as_dict_mut().ok()).find(|d| d.has_type(b"Page")).unwrap();
        page.set("MediaBox", vec![0.into(), 0.into(), 100.into(), Object::Integer(100)]);
    });
    assert_eq!(states(&verify(&moved).unwrap()), [PdfState::ChangedAfter]);
    let covered = sign(&moved, &signed.people[1].1, &signature("专家签名-2", NOW + 120)).unwrap();
    assert_eq!(states(&verify(&covered).unwrap()), [PdfState::ChangedAfter, PdfState::Valid]);
}

#[test]
fn every_flipped_byte_is_noticed() {
    for modern in [false, true] {
        let signed = signed(modern);
        let good = verify(&signed.twice).unwrap();
        let gaps = gaps(&signed.twice);
        let mut places: Vec<usize> = (0..signed.twice.len()).step_by(211).collect();
        places.extend((0..signed.twice.len()).filter(|at| !gaps.iter().any(|gap| gap.contains(at))).step_by(11));
        for at in places {
            let mut flipped = signed.twice.clone();
            flipped[at] ^= 1 << (at % 8);
            // `a` or `A` in the last signature, which no other one covers: the same signature.
            let only_case = flipped[at].eq_ignore_ascii_case(&signed.twice[at]) && gaps[1].contains(&at);
            match verify(&flipped) {
                Err(_) => {}
                Ok(reports) if only_case => assert_eq!(reports, good),
                Ok(reports) => {
                    let sound = reports.len() == 2 && reports.iter().all(|report| report.state == PdfState::Valid);
                    assert!(!sound && !reports.is_empty(), "byte {at} of {}: {reports:?}", flipped.len());
                }
            }
        }
    }
}

/// Where the signatures themselves stand.
fn gaps(pdf: &[u8]) -> Vec<std::ops::Range<usize>> {
    let mark = b"/Contents<";
    let places = pdf.windows(mark.len()).enumerate().filter(|(_, window)| window == mark);
    places
        .map(|(at, _)| {
            at + mark.len()..at + mark.len() + pdf[at + mark.len()..].iter().position(|b| *b == b'>').unwrap()
        })
        .collect()
}

#[test]
fn every_truncation_is_noticed() {
    let signed = signed(false);
    let gaps = gaps(&signed.twice);
    let inside = |length: &usize| gaps.iter().any(|gap| gap.contains(length));
    for length in (0..signed.twice.len()).filter(|length| !inside(length) || length % 397 == 0) {
        match verify(&signed.twice[..length]) {
            // Cut exactly between two revisions, what is left is what there was.
            Ok(reports) if reports.is_empty() => {
                assert_eq!(signed.twice[..length].trim_ascii_end(), signed.original.trim_ascii_end())
            }
            Ok(reports) => {
                let sound = reports.iter().all(|report| report.state == PdfState::Valid);
                assert!(!sound || signed.twice[..length] == signed.once, "{length}: {reports:?}");
            }
            Err(_) => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn noise_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..600), header in any::<bool>()) {
        let mut pdf = if header { b"%PDF-1.7\n".to_vec() } else { Vec::new() };
        pdf.extend(bytes);
        pdf.extend(b"/ByteRange [0 10 20 30] startxref\n9\n%%EOF");
        let _ = verify(&pdf);
    }

    #[test]
    fn several_wounds_never_panic(seed in any::<u64>(), count in 1_usize..12) {
        let mut pdf = wounded_base();
        let mut step = seed | 1;
        for _ in 0..count {
            step = step.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(step >> 33).unwrap() % pdf.len();
            pdf[at] = (step >> 24) as u8;
        }
        let _ = verify(&pdf);
    }
}

/// Values inside one another without end, and a stream that unpacks to far more than it holds.
#[test]
fn bombs_in_a_pdf_do_no_harm() {
    let (_, signer) = signer("张燊", 1);
    for (open, close) in [("[", "]"), ("<</A ", ">>"), ("(", ")")] {
        let nested = format!("{}1{}", open.repeat(200_000), close.repeat(200_000));
        let mut bytes = pdf(false);
        let end = bytes.windows(9).rposition(|window| window == b"startxref").unwrap();
        let tail = bytes.split_off(end);
        bytes.extend(format!("9 0 obj\n{nested}\nendobj\n").bytes());
        let table = bytes.len();
        bytes.extend(format!("xref\n9 1\n{:010} 00000 n \ntrailer\n<</Size 10/Root 5 0 R/X {nested}>>\n", end).bytes());
        bytes.extend(format!("startxref\n{table}\n%%EOF\n").bytes());
        let _ = verify(&bytes);
        let _ = sign(&bytes, &signer, &signature("a", NOW));
        bytes.truncate(end);
        bytes.extend(tail);
        assert_eq!(verify(&bytes), Ok(Vec::new()));
    }
    let bomb =
        lopdf::Stream::new(lopdf::dictionary! { "Type" => "ObjStm", "N" => 1, "First" => 4 }, vec![b' '; 1 << 28]);
    let mut document = Document::load_mem(&pdf(true)).unwrap();
    let mut bomb = bomb;
    bomb.compress().unwrap();
    document.add_object(bomb);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    let _ = verify(&bytes);
}

/// Signed once for all cases.
fn wounded_base() -> Vec<u8> {
    static BASE: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    BASE.get_or_init(|| signed(true).twice).clone()
}

/// A PDF that names one place for signatures, on its first page.
fn with_place() -> Vec<u8> {
    let mut document = Document::load_mem(&pdf(false)).unwrap();
    let place = vec![0.into(), 72.0_f32.into(), 100.0_f32.into(), 272.0_f32.into(), 160.0_f32.into()];
    document.catalog_mut().unwrap().set("HengjianSignaturePlaces", vec![Object::Array(place)]);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_further_signature_may_not_paint_over_what_was_signed() {
    let (first, second) = (signer("张燊", 1).1, signer("李静", 2).1);
    let place = package::pdf::next_place(&with_place()).unwrap().unwrap();
    let inside = PdfSignature { rect: place.rect, ..signature("签名1", NOW + 60) };
    let once = sign(&with_place(), &first, &inside).unwrap();
    // Its place is taken now; one that is not seen can still be added.
    assert_eq!(package::pdf::next_place(&once).unwrap(), None);
    assert_eq!(package::pdf::next_field(&once).unwrap(), "签名2");
    let nowhere = Rect { left: 0.0, bottom: 0.0, right: 0.0, top: 0.0 };
    let unseen = PdfSignature { rect: nowhere, ..signature("签名2", NOW + 120) };
    assert_eq!(states(&verify(&sign(&once, &second, &unseen).unwrap()).unwrap()), [PdfState::Valid; 2]);
    let over = PdfSignature { rect: Rect { top: 400.0, ..place.rect }, ..unseen };
    let reports = verify(&sign(&once, &second, &over).unwrap()).unwrap();
    assert_eq!(states(&reports), [PdfState::ChangedAfter, PdfState::Valid], "{reports:?}");
    assert!(reports[0].detail.contains("covers"), "{reports:?}");
}

#[test]
fn an_appearance_that_is_no_page_is_refused() {
    let (_, signer) = signer("张燊", 1);
    let shown = |appearance: &[u8]| PdfSignature { appearance: Some(appearance.to_vec()), ..signature("签名1", NOW) };
    assert!(matches!(sign(&pdf(false), &signer, &shown(b"%PDF-1.7")), Err(Error::PdfTruncated { .. })));
    let signed = sign(&pdf(false), &signer, &shown(&pdf(false))).unwrap();
    assert_eq!(states(&verify(&signed).unwrap()), [PdfState::Valid]);
}
