//! A package is what anyone can check with unzip, bagit and openssl, and comes back as it was written.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its functions as well")]

mod common;

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use common::{NOW, Office, contents, judge, person, python_tool, read, read_trusting, run, signer, unwatched, write};
use package::bag::{self, Evidence};
use package::trust::Standing;
use package::verify::{Outcome, Verified};
use package::{Error, Sha256, Trust, Watch};

fn valid(outcome: Outcome) -> Verified {
    match outcome {
        Outcome::Valid(verified) => verified,
        other => panic!("{other:?}"),
    }
}

#[test]
fn anyone_can_check_a_package_without_this_program() {
    let folder = tempfile::tempdir().unwrap();
    let (first, one) = signer("张燊", 1);
    let (second, two) = signer("李静", 2);
    let contents = contents(folder.path());
    write(&folder.path().join("p.hjp"), &contents, &[&one, &two]).unwrap();

    let said = judge("unzip", &["-t", "p.hjp"], folder.path());
    assert!(said.contains("No errors detected"), "{said}");
    judge("unzip", &["-q", "p.hjp"], folder.path());
    judge(python_tool("bagit.py"), &["--validate", &contents.name], folder.path());

    let bag = folder.path().join(&contents.name);
    for made in [&first, &second] {
        fs::write(folder.path().join("person.pem"), &made.certificate_pem).unwrap();
        let signature = format!("signatures/{}.p7s", made.fingerprint);
        let arguments = [
            "cms",
            "-verify",
            "-binary",
            "-inform",
            "DER",
            "-in",
            &signature,
            "-content",
            "tagmanifest-sha256.txt",
            "-CAfile",
            "../person.pem",
            "-out",
            "../out",
        ];
        let said = judge("openssl", &arguments, &bag);
        assert!(said.contains("CMS Verification successful"), "{said}");
    }
    fs::write(bag.join("data/rubric.toml"), "title = 1\n").unwrap();
    assert!(!run(python_tool("bagit.py"), &["--validate", &contents.name], folder.path()).0);
}

#[test]
fn a_package_comes_back_as_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let (made, signer) = signer("张燊", 1);
    let contents = contents(folder.path());
    let path = folder.path().join("p.hjp");
    let written = write(&path, &contents, &[&signer]).unwrap();
    assert_eq!(written.bytes, fs::metadata(&path).unwrap().len());
    assert_eq!(written.entries, 13);

    let mut verified = valid(read(&path));
    assert_eq!(verified.name(), contents.name);
    assert_eq!(verified.info()[..2], contents.info[..]);
    assert_eq!(verified.package()["program"], "0.1.0");
    assert_eq!(verified.package()["format"], 1);
    assert_eq!(verified.rubric(), contents.rubric);
    assert_eq!(verified.catalogue(), &contents.catalogue);
    assert_eq!(verified.sheets().keys().collect::<Vec<_>>(), ["S-1", "S-2"]);
    assert_eq!(verified.sheets()["S-2"], contents.sheets[0].1);
    assert_eq!(verified.reports().collect::<Vec<_>>(), ["自评报告.pdf"]);
    assert!(!verified.evidence_left_out());

    let Evidence::Included(files) = &contents.evidence else { unreachable!() };
    assert_eq!(verified.evidence().count(), files.len());
    for file in files {
        let mut copied = Vec::new();
        let size = unwatched(|watch| verified.copy_evidence(&file.sha256, &mut copied, watch)).unwrap();
        assert_eq!((size, copied), (file.size, fs::read(&file.path).unwrap()));
    }
    let mut report = Vec::new();
    unwatched(|watch| verified.copy_report("自评报告.pdf", &mut report, watch)).unwrap();
    assert_eq!(report, contents.reports[0].1);
    let absent = unwatched(|watch| verified.copy_evidence(&Sha256::of(b"other"), &mut Vec::new(), watch));
    assert!(matches!(absent, Err(Error::EntryAbsent { .. })));

    let [report] = verified.signers() else { panic!("{:?}", verified.signers()) };
    assert_eq!((&report.person, report.fingerprint, report.time), (&person("张燊"), made.fingerprint, NOW));
    assert!(report.in_force);
    assert_eq!(report.standing, Standing::Unknown);
}

#[test]
fn the_office_knows_whom_it_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let ((made, one), (_, two)) = (signer("张燊", 1), signer("李静", 2));
    let path = folder.path().join("p.hjp");
    write(&path, &contents(folder.path()), &[&one, &two]).unwrap();
    let standing = |trust: &Trust| {
        let mut found: Vec<_> =
            valid(read_trusting(&path, trust)).signers().iter().map(|s| (s.person.name.clone(), s.standing)).collect();
        found.sort_by(|a, b| a.0.cmp(&b.0));
        found
    };
    let mut trust = Trust::default();
    trust.signers.insert(made.fingerprint);
    assert_eq!(standing(&trust), [("张燊".to_owned(), Standing::Known), ("李静".to_owned(), Standing::Unknown)]);
    trust.revoked.insert(made.fingerprint);
    assert_eq!(standing(&trust)[0].1, Standing::Revoked);
}

#[test]
fn a_certificate_issued_by_an_accepted_authority_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let (office, _other) = (Office::open(at, "root"), Office::open(at, "other"));
    let signer = office.issue(&signer("张燊", 1).0);
    let (from, _) = signer.certificate().period();
    let path = at.join("p.hjp");
    unwatched(|watch| bag::write(&path, &contents(at), &[&signer], from + 60, watch)).unwrap();
    for (root, standing) in
        [("root.pem", Standing::Known), ("other.pem", Standing::Unknown), ("issued.pem", Standing::Unknown)]
    {
        let authority = package::Certificate::from_pem(&fs::read_to_string(at.join(root)).unwrap()).unwrap();
        let trust = Trust { authorities: vec![authority], ..Trust::default() };
        assert_eq!(valid(read_trusting(&path, &trust)).signers()[0].standing, standing, "{root}");
    }
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let mut contents = contents(folder.path());
    let bytes = |contents: &bag::Contents, name: &str| {
        write(&folder.path().join(name), contents, &[]).unwrap();
        fs::read(folder.path().join(name)).unwrap()
    };
    let first = bytes(&contents, "a.hjp");
    contents.sheets.reverse();
    if let Evidence::Included(files) = &mut contents.evidence {
        files.reverse();
        files.push(files[0].clone());
    }
    assert_eq!(first, bytes(&contents, "b.hjp"));
    let (_, signer) = signer("张燊", 1);
    write(&folder.path().join("c.hjp"), &contents, &[&signer]).unwrap();
    let unsigned = read(&folder.path().join("a.hjp")).whole(Path::new("a")).unwrap();
    let signed = valid(read(&folder.path().join("c.hjp")));
    assert_eq!(unsigned.content(), signed.content());
    assert!(unsigned.signers().is_empty());
}

#[test]
fn a_package_without_signature_is_unsigned() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.hjp");
    write(&path, &contents(folder.path()), &[]).unwrap();
    assert!(matches!(read(&path), Outcome::Unsigned(_)));
    assert!(matches!(read(&path).signed(&path), Err(Error::PackageUnsigned { .. })));
}

#[test]
fn sheets_only_lists_evidence_as_absent_by_design() {
    let folder = tempfile::tempdir().unwrap();
    let (_, signer) = signer("张燊", 1);
    let mut contents = contents(folder.path());
    contents.evidence = Evidence::LeftOut;
    let path = folder.path().join("p.hjp");
    write(&path, &contents, &[&signer]).unwrap();
    let verified = valid(read(&path));
    assert!(verified.evidence_left_out());
    assert_eq!(verified.evidence().count(), 0);
    assert_eq!(verified.catalogue()["points"].as_array().unwrap().len(), 2);
    judge("unzip", &["-q", "p.hjp"], folder.path());
    judge(python_tool("bagit.py"), &["--validate", &contents.name], folder.path());
}

/// Names in `folder` that end in `.hjp` or are left-overs.
fn packages(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.contains(".hjp")).collect()
}

#[test]
fn evidence_that_changed_stops_the_work_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let contents = contents(folder.path());
    let target = folder.path().join("p.hjp");
    fs::write(&target, "older").unwrap();
    let Evidence::Included(files) = &contents.evidence else { unreachable!() };
    let original = fs::read(&files[0].path).unwrap();
    let mut other = original.clone();
    other[3] ^= 1;
    for changed in [other, original[1..].to_vec(), [&original[..], b"x"].concat()] {
        fs::write(&files[0].path, changed).unwrap();
        let found = write(&target, &contents, &[]).unwrap_err();
        assert!(matches!(&found, Error::EvidenceChanged { path, .. } if path.ends_with("会议记录.txt")), "{found:?}");
        assert_eq!(packages(folder.path()), ["p.hjp"]);
        assert_eq!(fs::read(&target).unwrap(), b"older");
    }
    fs::remove_file(&files[0].path).unwrap();
    assert!(matches!(write(&target, &contents, &[]), Err(Error::FileUnreadable { .. })));
    assert_eq!(packages(folder.path()), ["p.hjp"]);
}

#[test]
fn cancelling_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let contents = contents(folder.path());
    let target = folder.path().join("p.hjp");
    let cancel = AtomicBool::new(false);
    let mut reports = Vec::new();
    let mut progress = |done, total| {
        reports.push((done, total));
        cancel.store(reports.len() > 5, Ordering::Relaxed);
    };
    let found = bag::write(&target, &contents, &[], NOW, &mut Watch::new(&mut progress, &cancel)).unwrap_err();
    assert_eq!(found, Error::PackageCancelled {});
    assert!(packages(folder.path()).is_empty());
    assert!(reports.iter().all(|(done, total)| done <= total), "{reports:?}");
}

#[test]
fn progress_reaches_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.hjp");
    let contents = contents(folder.path());
    let cancel = AtomicBool::new(false);
    let mut last = (0, 1);
    let mut progress = |done, total| last = (done, total);
    bag::write(&path, &contents, &[], NOW, &mut Watch::new(&mut progress, &cancel)).unwrap();
    assert_eq!(last.0, last.1);
    let mut last = (0, 1);
    let mut progress = |done, total| last = (done, total);
    let watch = &mut Watch::new(&mut progress, &cancel);
    package::verify::verify(&path, &Trust::default(), &package::Limits::default(), watch).unwrap();
    assert_eq!(last.0, last.1);
}

#[test]
fn what_cannot_be_packed_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let good = contents(folder.path());
    let target = folder.path().join("p.hjp");
    let refused = |change: &dyn Fn(&mut bag::Contents)| {
        let mut contents = good.clone();
        change(&mut contents);
        let found = write(&target, &contents, &[]).unwrap_err();
        assert!(packages(folder.path()).is_empty());
        serde_json::to_value(&found).unwrap()["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(refused(&|c| c.name = "a/b".to_owned()), "entry-name-unusable");
    assert_eq!(refused(&|c| c.name = "..".to_owned()), "entry-name-unusable");
    assert_eq!(refused(&|c| c.sheets[0].0 = "../x".to_owned()), "entry-name-unusable");
    assert_eq!(refused(&|c| c.sheets[0].0 = "s-1".to_owned()), "entry-name-taken");
    assert_eq!(refused(&|c| c.sheets[0].0 = "S-1".to_owned()), "entry-name-taken");
    assert_eq!(refused(&|c| c.sheets[0].1.push(b' ')), "json-unusable");
    assert_eq!(refused(&|c| c.reports[0].0 = "x.exe".to_owned()), "entry-name-unusable");
    assert_eq!(refused(&|c| c.rubric = vec![0xFF]), "json-unusable");
    assert_eq!(refused(&|c| c.package = serde_json::json!([])), "json-unusable");
    assert_eq!(refused(&|c| c.info[0].1 = "a\nPayload-Oxum: 1.1".to_owned()), "bag-info-unusable");
    assert_eq!(refused(&|c| c.info[0].0 = "payload-oxum".to_owned()), "bag-info-unusable");
    assert_eq!(refused(&|c| c.evidence = Evidence::Included(Vec::new())), "evidence-not-given");
    assert_eq!(refused(&|c| c.catalogue = serde_json::json!({})), "json-unusable");
    assert_eq!(refused(&|c| c.info[0].1 = String::new()), "bag-info-unusable");
}

#[test]
fn a_text_that_compresses_too_well_is_still_readable() {
    let folder = tempfile::tempdir().unwrap();
    let mut contents = contents(folder.path());
    contents.rubric = "# \n".repeat(1 << 20).into_bytes();
    let path = folder.path().join("p.hjp");
    write(&path, &contents, &[]).unwrap();
    assert_eq!(read(&path).whole(&path).unwrap().rubric(), contents.rubric);
}
