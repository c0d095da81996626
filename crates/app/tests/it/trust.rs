//! An office, an expert and a unit on three machines, with clocks that a test sets.

use app::view::{
    AcceptInput, Acceptance, Algorithm, CountersignInput, ExportInput, IssueInput, NewIdentity, NewOffice, Purpose,
    ReceiptInput, RevokeInput, RevokeReason, SignerTrust, Term, TrustFileKind, Verdict,
};
use app::{Language, Result, Session, Watch, World};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tempfile::TempDir;

const DAY: i64 = 86_400;
/// 2026-03-02 08:00:00 UTC
const MORNING: i64 = 1_772_438_400;
const PASSPHRASE: &str = "贺兰山下 2026";

/// A machine with its own clock.
struct Machine {
    session: Session,
    clock: Arc<AtomicI64>,
    stick: String,
}

impl Machine {
    fn new(folder: &TempDir, name: &str) -> Self {
        let clock = Arc::new(AtomicI64::new(MORNING));
        let mut world = World::real(app::world::fonts_folder());
        let shown = Arc::clone(&clock);
        world.now = Box::new(move || shown.load(Ordering::Relaxed));
        let session = Session::open(&folder.path().join(name), world, Language::Zh).unwrap();
        Self { session, clock, stick: folder.path().join("U盘").display().to_string() }
    }

    fn at(&self, time: i64) {
        self.clock.store(time, Ordering::Relaxed);
    }

    fn identity(&mut self, name: &str) -> String {
        self.session.create_identity(&new(name)).unwrap();
        self.session.trust().unwrap().identities[0].certificate.spoken.clone()
    }

    fn ask(&mut self, name: &str) -> PathBuf {
        self.session.request_certificate(name, &PASSPHRASE.into(), &self.stick).unwrap().path.into()
    }

    fn issue(&mut self, request: &Path, heard: &str) -> Result<app::view::HandedFile> {
        let asked = self.session.trust_file(request)?;
        assert_eq!(asked.kind, TrustFileKind::Request);
        self.session.issue_certificate(&IssueInput {
            path: request.display().to_string(),
            name: asked.name,
            organisation: asked.organisation,
            years: 3,
            heard: heard.to_owned(),
            passphrase: PASSPHRASE.into(),
            directory: self.stick.clone(),
        })
    }

    fn accept(&mut self, what: &str, heard: &str) -> Result<app::view::TrustView> {
        let (what, heard, note) = (what.to_owned(), heard.to_owned(), "电话".to_owned());
        self.session.accept(&AcceptInput { what, heard, note }, &Watch::none())
    }

    fn revoke(&mut self, name: &str, reason: RevokeReason) -> PathBuf {
        let (passphrase, directory) = (PASSPHRASE.into(), self.stick.clone());
        let input = RevokeInput { certificate: name.to_owned(), reason, passphrase, directory };
        self.session.revoke_certificate(&input).unwrap().path.into()
    }

    /// A finalised sheet of the sample as a signed package.
    fn package(&mut self, name: &str) -> PathBuf {
        let id = self.session.make_sample().unwrap();
        if self.session.state(&id).unwrap().digest.is_none() {
            self.session.finalize(&id).unwrap();
        }
        let input = ExportInput {
            sheet: id,
            directory: format!("{}/{}", self.stick, self.clock.load(Ordering::Relaxed)),
            pdf: true,
            package: true,
            with_evidence: false,
            masked: None,
            recipients: Vec::new(),
            identity: name.to_owned(),
            passphrase: PASSPHRASE.into(),
            drawn: None,
        };
        let report = self.session.export(&input, &Watch::none()).unwrap();
        report.files.into_iter().find(|file| file.name.ends_with(".hjp")).unwrap().path.into()
    }

    fn verdict(&mut self, file: &Path) -> (Verdict, SignerTrust) {
        let report = self.session.verify(file, &Watch::none()).unwrap();
        (report.verdict, report.signers[0].trust.clone())
    }
}

fn new(name: &str) -> NewIdentity {
    made_with(Algorithm::P256, name)
}

fn made_with(algorithm: Algorithm, name: &str) -> NewIdentity {
    let (name, organisation) = (name.to_owned(), "贺兰县教体局".to_owned());
    NewIdentity { name, organisation, passphrase: PASSPHRASE.into(), algorithm }
}

fn founded(name: &str) -> NewOffice {
    let (name, organisation) = (name.to_owned(), "贺兰县教体局".to_owned());
    NewOffice { name, organisation, passphrase: PASSPHRASE.into() }
}

#[track_caller]
fn refused<T>(result: Result<T>, code: &str) -> String {
    let Err(failure) = result else { panic!("not refused, expected {code}") };
    assert_eq!(failure.code(), code);
    failure.problem(Language::Zh).to_string()
}

/// An office that issued a certificate to an expert who uses it, and a unit.
fn three(folder: &TempDir) -> [Machine; 3] {
    let [mut office, mut expert, unit] = ["办公室", "专家", "单位"].map(|name| Machine::new(folder, name));
    let heard = expert.identity("孟雪琴");
    let request = expert.ask("孟雪琴");
    office.session.create_office(&founded("督导评估办公室")).unwrap();
    let certificate = office.issue(&request, &heard).unwrap();
    expert.session.import_certificate(Path::new(&certificate.path)).unwrap();
    [office, expert, unit]
}

#[test]
fn an_issued_certificate_is_known_wherever_the_office_is() {
    let folder = tempfile::tempdir().unwrap();
    let [mut office, mut expert, mut unit] = three(&folder);
    let view = expert.session.trust().unwrap();
    let own = &view.identities[0];
    assert_eq!(own.certificate.issuer.as_deref(), Some("督导评估办公室"));
    assert!(!own.office_accepted && own.requested.is_none());
    assert_eq!((view.identities.len(), &view.offices[0].acceptance), (1, &Acceptance::Unknown), "it came with it");

    let package = expert.package("孟雪琴");
    assert_eq!(office.verdict(&package), (Verdict::Trusted, SignerTrust::Trusted));
    assert_eq!(expert.verdict(&package), (Verdict::Trusted, SignerTrust::Own));
    assert_eq!(unit.verdict(&package), (Verdict::SignerUnknown, SignerTrust::Unknown));
    let pdf =
        package.with_file_name(package.file_name().unwrap().to_str().unwrap().replace("交换包.hjp", "打分表.pdf"));
    assert_eq!(office.verdict(&pdf).0, Verdict::Trusted);

    let text = refused(unit.session.import_accepted(&package, &Watch::none()), "trust.signer-not-accepted");
    assert!(text.contains("孟雪琴") && text.contains("核对码"), "{text}");
    let root = office.session.hand_office_certificate(&office.stick).unwrap();
    let wrong = own.certificate.spoken.clone();
    let text = refused(unit.accept(&root.path, &wrong), "package.heard-differs");
    assert!(text.contains("第 1 组"), "{text}");
    refused(unit.accept(&root.path, "12345 67890"), "package.heard-unreadable");
    let view = unit.accept(&root.path, &root.spoken).unwrap();
    assert_eq!((&view.offices[0].acceptance, view.offices[0].note.as_str()), (&Acceptance::ByHand, "电话"));
    assert_eq!(unit.verdict(&package), (Verdict::Trusted, SignerTrust::Trusted));
    assert_eq!(unit.session.import_accepted(&package, &Watch::none()).unwrap().rows.len(), 1);
    assert_eq!(unit.session.trust().unwrap().people[0].acceptance, Acceptance::ByOffice);

    let view = unit.session.withdraw("督导评估办公室", "换届").unwrap();
    assert_eq!((&view.offices[0].acceptance, view.offices[0].note.as_str()), (&Acceptance::Withdrawn, "换届"));
    assert_eq!(unit.verdict(&package).0, Verdict::SignerUnknown);
}

#[test]
fn a_signer_is_accepted_from_the_package_by_what_was_heard() {
    let folder = tempfile::tempdir().unwrap();
    let [mut expert, mut unit] = ["专家", "单位"].map(|name| Machine::new(&folder, name));
    let spoken = expert.identity("孟雪琴");
    let package = expert.package("孟雪琴");
    let path = package.display().to_string();
    refused(unit.accept(&path, &"0".repeat(30)), "package.heard-differs");
    unit.accept(&path, &spoken.replace(' ', "")).unwrap();
    assert_eq!(unit.verdict(&package), (Verdict::Trusted, SignerTrust::Trusted));
    unit.session.import_accepted(&package, &Watch::none()).unwrap();
    unit.session.withdraw("孟雪琴", "").unwrap();
    assert_eq!(unit.verdict(&package), (Verdict::Revoked, SignerTrust::Revoked));
    let text = refused(unit.session.import(&package, &Watch::none()), "app.not-imported");
    assert!(text.contains("孟雪琴已从信任名单里去掉"), "{text}");
    let fingerprint = unit.session.trust().unwrap().people[0].certificate.fingerprint.clone();
    unit.accept(&fingerprint, &fingerprint).unwrap();
    assert_eq!(unit.verdict(&package).0, Verdict::Trusted);
}

#[test]
fn revocation_reaches_who_takes_the_list_in() {
    let folder = tempfile::tempdir().unwrap();
    let [mut office, mut expert, mut unit] = three(&folder);
    let root = office.session.hand_office_certificate(&office.stick).unwrap();
    let before = expert.package("孟雪琴");
    for machine in [&office, &expert, &unit] {
        machine.at(MORNING + 10 * DAY);
    }
    let list = office.revoke("孟雪琴", RevokeReason::AffiliationChanged);
    let file = unit.session.trust_file(&list).unwrap();
    assert_eq!((file.kind, file.name.as_str(), file.known), (TrustFileKind::List, "督导评估办公室", false));
    refused(unit.session.take_revocation_list(&list), "trust.list-of-stranger");
    unit.accept(&root.path, &root.spoken).unwrap();
    let after = expert.package("孟雪琴");
    assert_eq!(unit.verdict(&after).0, Verdict::Trusted, "the list has not come yet");
    unit.session.take_revocation_list(&list).unwrap();
    assert_eq!(unit.verdict(&before).0, Verdict::Trusted, "signed before it was revoked");
    assert_eq!(unit.verdict(&after), (Verdict::Revoked, SignerTrust::Revoked));
    let text = refused(unit.session.import(&after, &Watch::none()), "app.not-imported");
    assert!(text.contains("孟雪琴的证书已被撤销"), "{text}");
    let report = unit.session.verify(&after, &Watch::none()).unwrap();
    assert!(report.problems[0].place.contains("已不在这个单位"), "{report:?}");

    let view = office.session.trust().unwrap().office.unwrap();
    assert_eq!((view.issued[0].reason.as_str(), view.list.unwrap().count), ("已不在这个单位", 1));
    let again = RevokeInput {
        certificate: "孟雪琴".to_owned(),
        reason: RevokeReason::Cessation,
        passphrase: PASSPHRASE.into(),
        directory: office.stick.clone(),
    };
    refused(office.session.revoke_certificate(&again), "trust.already-revoked");
    let renewed = office.session.renew_revocation_list(&PASSPHRASE.into(), &office.stick).unwrap();
    unit.session.take_revocation_list(Path::new(&renewed.path)).unwrap();
    let text = refused(unit.session.take_revocation_list(&list), "trust.list-older");
    assert!(text.contains("第 2 号") && text.contains("第 1 号"), "{text}");
}

#[test]
fn a_wrong_clock_is_explained_with_both_times() {
    let folder = tempfile::tempdir().unwrap();
    let [office, mut expert, mut unit] = three(&folder);
    let root = office.session.hand_office_certificate(&office.stick).unwrap();
    unit.at(MORNING - 2 * DAY);
    let text = refused(unit.accept(&root.path, &root.spoken), "trust.not-in-force");
    assert!(text.contains("本机时钟") && text.contains("2026-03-01"), "{text}");
    unit.at(MORNING);
    unit.accept(&root.path, &root.spoken).unwrap();

    // The expert's clock is a week fast: valid, and said.
    expert.at(MORNING + 7 * DAY);
    let fast = expert.package("孟雪琴");
    let report = unit.session.verify(&fast, &Watch::none()).unwrap();
    let note = report.signers[0].note.clone().unwrap();
    assert_eq!((report.verdict, note.code.as_str()), (Verdict::Trusted, "trust.signed-in-future"));
    assert!(note.place.contains("2026-03-09") && note.place.contains("2026-03-02"), "{note:?}");

    // Nobody signs outside of the certificate's time; the clock is shown.
    expert.at(MORNING - 3 * DAY);
    let clock = expert.session.clock().unwrap().problem.unwrap();
    assert_eq!(clock.code, "trust.clock-behind");
    assert!(clock.place.contains("2026-02-27") && clock.place.contains("2026-03-09"), "{clock:?}");
    expert.at(0);
    assert_eq!(expert.session.clock().unwrap().problem.unwrap().code, "trust.clock-before-program");
    assert_eq!(expert.session.trust().unwrap().identities[0].certificate.term, Term::NotYet);
    expert.at(MORNING + 3 * 365 * DAY - 20 * DAY);
    assert_eq!(expert.session.trust().unwrap().identities[0].certificate.term, Term::EndsSoon);
    expert.at(MORNING + 4 * 365 * DAY);
    assert_eq!(expert.session.trust().unwrap().identities[0].certificate.term, Term::Expired);
}

#[test]
fn what_does_not_belong_here_is_refused_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let [mut office, mut expert, mut unit] = three(&folder);
    refused(office.session.create_office(&founded("另一个办公室")), "trust.office-exists");
    refused(unit.session.hand_office_certificate(&unit.stick), "trust.no-office");
    unit.identity("周宁");
    let request = unit.ask("周宁");
    let heard = expert.session.trust().unwrap().identities[0].certificate.spoken.clone();
    refused(office.issue(&request, &heard), "package.heard-differs");
    let heard = unit.session.trust().unwrap().identities[0].certificate.spoken.clone();
    let issued = office.issue(&request, &heard).unwrap();
    let text = refused(expert.session.import_certificate(Path::new(&issued.path)), "trust.not-for-this-workspace");
    assert!(text.contains("周宁"), "{text}");
    unit.at(MORNING - 2 * DAY);
    refused(unit.session.import_certificate(Path::new(&issued.path)), "trust.not-in-force");
    unit.at(MORNING);
    unit.session.import_certificate(Path::new(&issued.path)).unwrap();
    unit.session.import_certificate(Path::new(&issued.path)).unwrap();
    assert_eq!(unit.session.trust().unwrap().identities.len(), 1);
    assert_eq!(office.session.hand_certificate("周宁", &office.stick).unwrap().path, issued.path, "the same file");
    refused(office.session.hand_certificate("没有这个人", &office.stick), "trust.not-issued-here");

    let other = folder.path().join("说明.txt");
    std::fs::write(&other, "不是证书").unwrap();
    refused(unit.session.trust_file(&other), "trust.not-a-trust-file");
    refused(unit.session.take_revocation_list(Path::new(&issued.path)), "trust.not-a-trust-file");
    refused(unit.session.trust_file(&folder.path().join("没有.crt")), "app.file-unreadable");
    let lost: String = std::fs::read_to_string(&request).unwrap().lines().take(3).collect();
    std::fs::write(&request, lost).unwrap();
    refused(office.session.trust_file(&request), "package.request-unreadable");
    assert_eq!(office.session.office_view().unwrap().unwrap().issued.len(), 2);
}

#[test]
fn a_later_revision_may_come_under_the_new_certificate_of_the_same_key() {
    let folder = tempfile::tempdir().unwrap();
    let [mut office, mut expert, mut unit] = ["办公室", "专家", "单位"].map(|name| Machine::new(&folder, name));
    let heard = expert.identity("周宁");
    let first = expert.package("周宁");
    unit.session.import(&first, &Watch::none()).unwrap();
    let request = expert.ask("周宁");
    office.session.create_office(&founded("督导评估办公室")).unwrap();
    let issued = office.issue(&request, &heard).unwrap();
    expert.session.import_certificate(Path::new(&issued.path)).unwrap();
    let id = expert.session.make_sample().unwrap();
    expert.session.reopen(&id, "复核").unwrap();
    expert.session.finalize(&id).unwrap();
    expert.at(MORNING + 60);
    let second = expert.package("周宁");
    let report = unit.session.import(&second, &Watch::none()).unwrap();
    assert_eq!(report.rows[0].result, app::view::ImportResult::Updated);
}

/// An expert with an SM2 identity finalises, signs the package with SM2 and the PDF with the P-256 certificate beside it.
#[test]
fn an_sm2_expert_finishes_the_whole_job() {
    let folder = tempfile::tempdir().unwrap();
    let [mut office, mut expert, mut unit] = ["办公室", "专家", "单位"].map(|name| Machine::new(&folder, name));
    let made = expert.session.create_identity(&made_with(Algorithm::Sm2, "孟雪琴")).unwrap();
    assert_eq!(made.algorithm, Algorithm::Sm2);
    let beside = made.pdf.clone().unwrap();
    let listed = expert.session.identities().unwrap();
    assert_eq!((listed.len(), listed[0].pdf.as_ref()), (1, Some(&beside)), "one identity to choose");
    assert_eq!(expert.session.signing().unwrap().len(), 1);
    let own = expert.session.trust().unwrap().identities;
    let kinds: Vec<_> = own.iter().map(|one| (one.purpose, one.certificate.algorithm)).collect();
    assert_eq!(kinds, [(Purpose::Content, Some(Algorithm::Sm2)), (Purpose::Pdf, Some(Algorithm::P256))]);

    let package = expert.package("孟雪琴");
    let pdf =
        package.with_file_name(package.file_name().unwrap().to_str().unwrap().replace("交换包.hjp", "打分表.pdf"));
    let signer = |machine: &mut Machine, file: &Path| {
        let report = machine.session.verify(file, &Watch::none()).unwrap();
        (report.verdict, report.signers[0].fingerprint.clone())
    };
    assert_eq!(signer(&mut expert, &package), (Verdict::Trusted, made.fingerprint.clone()));
    assert_eq!(signer(&mut expert, &pdf), (Verdict::Trusted, beside.clone()));
    assert!(expert.session.signing().unwrap()[0].open, "one passphrase opened both");
    refused(expert.session.countersign(&countersigning(&package, &beside), &Watch::none()), "signing.for-pdf-only");

    // The office issues for each of the two keys, and its P-256 root stands for the SM2 one.
    let root = office.session.create_office(&founded("督导评估办公室")).unwrap().certificate;
    for one in &own {
        let request = expert.ask(&one.certificate.fingerprint);
        assert_eq!(office.session.trust_file(&request).unwrap().algorithm, one.certificate.algorithm);
        let issued = office.issue(&request, &one.certificate.spoken).unwrap();
        expert.session.import_certificate(Path::new(&issued.path)).unwrap();
    }
    let issued = expert.session.trust().unwrap().identities;
    assert!(issued.iter().all(|one| one.certificate.issuer.as_deref() == Some("督导评估办公室")), "{issued:?}");
    assert_eq!(issued.iter().map(|one| one.purpose).collect::<Vec<_>>(), [Purpose::Content, Purpose::Pdf]);
    assert_eq!(expert.session.identities().unwrap()[0].pdf.as_ref(), Some(&issued[1].certificate.fingerprint));

    unit.accept(&office.session.hand_office_certificate(&office.stick).unwrap().path, &root.spoken).unwrap();
    expert.at(MORNING + 60);
    let package = expert.package("孟雪琴");
    assert_eq!(unit.verdict(&package), (Verdict::Trusted, SignerTrust::Trusted));
    assert_eq!(unit.session.import_accepted(&package, &Watch::none()).unwrap().rows.len(), 1);

    // A panel of both kinds on one package, and the revocation of the SM2 certificate.
    office.identity("周敏");
    let both = office.session.countersign(&countersigning(&package, "周敏"), &Watch::none()).unwrap();
    assert_eq!(both.verification.signers.len(), 2);
    assert_eq!(repeated(&office, &package), 2, "one command for each kind of signature");
    for machine in [&office, &unit] {
        machine.at(MORNING + DAY);
    }
    let list = office.revoke(&issued[0].certificate.fingerprint, RevokeReason::KeyCompromise);
    unit.session.take_revocation_list(&list).unwrap();
    let report = unit.session.verify(&package, &Watch::none()).unwrap();
    assert_eq!(report.verdict, Verdict::Revoked);
}

/// Runs the commands of a file's record that judge signatures; gives how many say what they must.
fn repeated(machine: &Machine, file: &Path) -> usize {
    let copy = tempfile::tempdir().unwrap();
    std::fs::copy(file, copy.path().join(file.file_name().unwrap())).unwrap();
    let record = machine.session.verifier().unwrap().record(file, &Watch::none()).unwrap();
    let needed = |line: &str| ["unzip", "openssl"].iter().any(|tool| line.contains(tool));
    let lines: Vec<String> =
        record.commands.iter().filter(|one| needed(&one.line)).map(|one| format!("{{ {}; }} 2>&1", one.line)).collect();
    let run = std::process::Command::new("sh").arg("-c").arg(lines.join("\n")).current_dir(copy.path()).output();
    let said = String::from_utf8(run.unwrap().stdout).unwrap();
    let judged = record.commands.iter().filter(|one| one.expected.to_lowercase().contains("successful"));
    judged.filter(|one| said.contains(&one.expected)).count()
}

fn countersigning(package: &Path, identity: &str) -> CountersignInput {
    CountersignInput {
        path: package.display().to_string(),
        identity: identity.to_owned(),
        passphrase: PASSPHRASE.into(),
        recipients: Vec::new(),
    }
}

/// Whom a unit knows by the digits of an SM2 key; receipts go both ways.
#[test]
fn an_sm2_signer_is_accepted_by_digits_and_gets_a_receipt_in_sm2() {
    let folder = tempfile::tempdir().unwrap();
    let [mut expert, mut unit] = ["专家", "单位"].map(|name| Machine::new(&folder, name));
    expert.session.create_identity(&made_with(Algorithm::Sm2, "孟雪琴")).unwrap();
    let spoken = expert.session.trust().unwrap().identities[0].certificate.spoken.clone();
    let package = expert.package("孟雪琴");
    unit.accept(&package.display().to_string(), &spoken).unwrap();
    let people = unit.session.trust().unwrap().people;
    assert_eq!((people.len(), people[0].certificate.algorithm), (1, Some(Algorithm::Sm2)));
    unit.session.import_accepted(&package, &Watch::none()).unwrap();
    unit.session.create_identity(&made_with(Algorithm::Sm2, "郑国栋")).unwrap();
    let parcel = unit.session.home().unwrap().parcels.into_iter().find(|parcel| parcel.imported).unwrap();
    let input = ReceiptInput {
        parcel: parcel.id,
        identity: "郑国栋".to_owned(),
        passphrase: PASSPHRASE.into(),
        directory: String::new(),
    };
    let receipt = PathBuf::from(unit.session.give_receipt(&input).unwrap().path);
    assert_eq!(expert.verdict(&receipt), (Verdict::SignerUnknown, SignerTrust::Unknown));
    assert_eq!(repeated(&expert, &receipt), 1);
    expert.session.take_receipt(&receipt).unwrap();
    let mut altered = std::fs::read(&receipt).unwrap();
    *altered.last_mut().unwrap() ^= 1;
    std::fs::write(&receipt, altered).unwrap();
    refused(expert.session.take_receipt(&receipt), "app.receipt-forged");
}
