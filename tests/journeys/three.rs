//! A whole round on a stick: an office makes its certificate and takes requests, a unit and an expert assess, sign and hand
//! over, the office takes both packages in and gives receipts. Third parties judge every file on the way.

use crate::program::{Hengjian, PASSPHRASE, judge, judge_in, list, only_file, python_tool, sample, text};
use crate::screen::{LIMIT, Window};
use std::path::{Path, PathBuf};

const OFFICE: (&str, &str) = ("省人民政府教育督导委员会办公室", "省教育厅");

/// The three machines, and the stick between them.
struct Round {
    office: Hengjian,
    unit: Hengjian,
    expert: Hengjian,
    stick: PathBuf,
}

impl Round {
    fn new(folder: &Path) -> Self {
        let machine = |name: &str| Hengjian { workspace: folder.join(name) };
        let stick = folder.join("U盘");
        Self { office: machine("办公室"), unit: machine("分校"), expert: machine("专家"), stick }
    }

    /// A folder on the stick, as an argument.
    fn folder(&self, name: &str) -> String {
        self.stick.join(name).to_str().unwrap().to_owned()
    }

    fn only(&self, folder: &str, ending: &str) -> String {
        only_file(&self.stick.join(folder), ending).to_str().unwrap().to_owned()
    }
}

/// What somebody reads aloud of their own key.
fn digits(of: &Hengjian) -> String {
    text(&of.json(&["trust", "list"])["identities"][0]["certificate"]["spoken"]).to_owned()
}

/// A person asks, the office has not answered yet.
fn asks(round: &Round, person: &Hengjian, name: &str, organisation: &str, folder: &str) -> String {
    person.new_identity(name, organisation);
    person.ok(&["identity", "request", name, "--out", &round.folder(folder)]);
    let request = round.only(folder, "csr");
    assert!(judge("openssl", &["req", "-in", &request, "-noout", "-verify"]).contains("verify OK"));
    digits(person)
}

/// The person uses the certificate and registers the office.
fn takes(round: &Round, person: &Hengjian, folder: &str, root: &str, heard: &str) {
    let certificate = round.only(folder, "crt");
    assert!(judge("openssl", &["verify", "-x509_strict", "-CAfile", root, &certificate]).contains(": OK"));
    person.ok(&["identity", "import", &certificate]);
    person.ok(&["trust", "accept", root, "--heard", heard, "--note", "电话里听的"]);
}

/// Strangers look at what somebody handed over: the bag, each signature against the office's root, the PDF.
fn judged(round: &Round, folder: &str, root: &str) {
    let package = round.only(folder, "hjp");
    let unpacked = tempfile::tempdir().unwrap();
    judge("unzip", &["-q", &package, "-d", unpacked.path().to_str().unwrap()]);
    let bag = std::fs::read_dir(unpacked.path()).unwrap().next().unwrap().unwrap().path();
    assert!(judge(python_tool("bagit.py"), &["--validate", bag.to_str().unwrap()]).contains("is valid"));
    let signature = only_file(&bag.join("signatures"), "p7s").display().to_string();
    let verify =
        ["cms", "-verify", "-binary", "-inform", "DER", "-in", &signature, "-content", "tagmanifest-sha256.txt"];
    let said = judge_in(&bag, "openssl", &[&verify[..], &["-CAfile", root, "-out", "/dev/null"]].concat());
    assert!(said.contains("CMS Verification successful"), "{said}");
    let said = judge("pdfsig", &[&round.only(folder, "pdf")]);
    assert!(said.contains("Signature is Valid") && said.contains("Total document signed"), "{said}");
}

fn verdict(of: &Hengjian, file: &str) -> String {
    text(&of.json(&["verify", file])[0]["verdict"]).to_owned()
}

/// Assesses with a sample's marks and evidence, signs and hands over to a folder; gives the sheet.
fn assesses(
    round: &Round,
    who: &Hengjian,
    (stage, name, organisation): (&str, &str, &str),
    marks: &str,
    to: &str,
) -> String {
    let sheet = who.new_sheet(stage, name, organisation);
    who.ok(&["score", &sheet, "--input", &sample(marks)]);
    who.ok(&["evidence", "add", &sheet, "--point", "1.3.1-1", &sample("evidence/校园文化墙.png")]);
    who.ok(&["finalize", &sheet]);
    who.ok(&["export", &sheet, "--identity", name, "--out", &round.folder(to)]);
    sheet
}

#[test]
fn an_office_a_unit_and_an_expert_exchange_everything_on_a_stick() {
    let folder = tempfile::tempdir().unwrap();
    let round = Round::new(folder.path());
    let Round { office, unit, expert, .. } = &round;
    let (unit_digits, expert_digits) =
        (asks(&round, unit, "周宁", "并州分校", "单位"), asks(&round, expert, "孟雪琴", "第二专家组", "专家"));
    office.ok(&["office", "init", "--name", OFFICE.0, "--organisation", OFFICE.1]);
    for (from, heard) in [("单位", &unit_digits), ("专家", &expert_digits)] {
        office.ok(&["office", "issue", &round.only(from, "csr"), "--heard", heard, "--out", &round.folder(from)]);
    }
    let certificate = office.json(&["office", "certificate", "--out", &round.folder("办公室")]);
    let (root, heard) = (text(&certificate["path"]).to_owned(), text(&certificate["spoken"]).to_owned());
    takes(&round, unit, "单位", &root, &heard);
    takes(&round, expert, "专家", &root, &heard);

    let own = assesses(&round, unit, ("self", "周宁", "并州分校"), "self-周宁.json", "自评");
    judged(&round, "自评", &root);
    let package = round.only("自评", "hjp");
    assert_eq!((verdict(expert, &package), verdict(office, &package)), ("trusted".into(), "trusted".into()));
    expert.ok(&["import", &package]);
    expert.ok(&["history", "--check"]);
    assesses(&round, expert, ("review", "孟雪琴", "第二专家组"), "review-孟雪琴.json", "复评");
    judged(&round, "复评", &root);

    office.new_identity("郑国栋", OFFICE.1);
    for from in ["自评", "复评"] {
        let package = round.only(from, "hjp");
        let done = office.json(&["import", &package, "--receipt", "郑国栋", "--out", &round.folder(from)]);
        assert_eq!(text(&done["import"]["rows"][0]["result"]), "added");
        let receipt = round.only(from, "hjr");
        let verify = ["cms", "-verify", "-binary", "-inform", "DER", "-in", &receipt, "-noverify", "-out", "/dev/null"];
        assert!(judge("openssl", &verify).contains("Verification successful"));
    }
    assert_eq!(list(&office.json(&["list"])).len(), 2, "both sheets of the unit's year are there");
    let taken = unit.json(&["receipt", "take", &round.only("自评", "hjr")]);
    assert_eq!(taken[0]["receipts"][0]["same"], true, "what arrived is what was handed over");
    assert!(unit.json(&["recent"])[0]["arrived"].is_string());
    assert_eq!(list(&unit.json(&["receipt", "list", &own])).len(), 1);
    // The expert's receipt names no sheet of the unit.
    assert!(unit.refused(1, &["receipt", "take", &round.only("复评", "hjr")]).contains("[app.receipt-foreign]"));
    for one in [office, unit, expert] {
        one.ok(&["history", "--check"]);
    }
    let out = folder.path().join("核验报告.pdf");
    office.ok(&["verify", &round.only("复评", "hjp"), "--report", out.to_str().unwrap()]);
    let page = judge("pdftotext", &[out.to_str().unwrap(), "-"]);
    assert!(page.contains("复评评估人") && page.contains("孟雪琴"), "{page}");
}

/// The office in its window: the certificate, the request, the package with its record, the report, the receipt.
async fn office_in_its_window(round: &Round, heard: &str) {
    let window = Window::open(&round.office.workspace, &round.stick).await;
    window.choose_role("office").await;
    window.click("nav-trust").await;
    window.find("trust-page").await;
    window.picture("three-office-empty").await;
    for (field, typed) in [("founding-name", OFFICE.0), ("founding-organisation", OFFICE.1)] {
        window.retype(field, typed).await;
    }
    window.retype("founding-passphrase", PASSPHRASE).await;
    window.retype("founding-again", PASSPHRASE).await;
    window.click("create-office").await;
    window.retype("received-path", &round.only("单位", "csr")).await;
    window.click("look").await;
    window.find("received-file").await;
    window.click("received-issue").await;
    for (field, typed) in [("issue-heard", heard), ("issue-passphrase", PASSPHRASE)] {
        window.retype(field, typed).await;
    }
    window.retype("issue-directory", &round.folder("单位")).await;
    window.click("issue").await;
    window.find("handed").await;
    window.picture("three-office-issued").await;
    window.click("issue-close").await;
    window.sees("issued", "周宁").await;
    window.picture("three-office").await;
    window.close(&round.office).await;
}

/// The office looks at a file, copies a command and writes the report.
async fn office_verifies(round: &Round, out: &Path) {
    let window = Window::open(&round.office.workspace, &round.stick).await;
    window.click("nav-verify").await;
    window.retype("verify-path", &round.only("自评", "hjp")).await;
    window.click("verify").await;
    window.css("[data-testid=verdict][data-verdict=trusted]").await;
    window.css("[data-testid=checks] tr[data-state=passed]").await;
    window.picture("three-record").await;
    window.click("copy-1").await;
    window.css("[data-testid=commands] li").await;
    window.picture("three-record-copied").await;
    window.click("export-record").await;
    window.retype("save-folder", out.to_str().unwrap()).await;
    window.picture("three-record-save").await;
    window.click("save").await;
    window.sees("saved", "核验报告").await;
    window.close(&round.office).await;
}

#[tokio::test]
async fn the_office_issues_verifies_and_writes_the_report_in_its_window() {
    let folder = tempfile::tempdir().unwrap();
    let round = Round::new(folder.path());
    let journey = async {
        let heard = asks(&round, &round.unit, "周宁", "并州分校", "单位");
        office_in_its_window(&round, &heard).await;
        round.unit.ok(&["identity", "import", &round.only("单位", "crt")]);
        assesses(&round, &round.unit, ("self", "周宁", "并州分校"), "self-周宁.json", "自评");
        office_verifies(&round, folder.path()).await;
    };
    tokio::time::timeout(LIMIT, journey).await.expect("the window or its driver stopped answering");
    let said = judge("pdfinfo", &[only_file(folder.path(), "pdf").to_str().unwrap()]);
    assert!(said.lines().any(|line| line.split_whitespace().eq(["Pages:", "1"])), "{said}");
}
