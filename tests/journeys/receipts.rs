//! Receipts: the office signs what arrived, openssl agrees, and the unit sees that its package is there.

use crate::program::{Hengjian, PASSPHRASE, judge, list, only_file, sample, text};
use crate::screen::{LIMIT, Window};
use std::path::{Path, PathBuf};

/// A unit that handed a package over, and an office.
struct Two {
    unit: Hengjian,
    sheet: String,
    package: PathBuf,
    office: Hengjian,
}

fn two(folder: &Path) -> Two {
    let unit = Hengjian { workspace: folder.join("分校") };
    let sheet = unit.new_sheet("self", "周宁", "并州分校");
    let identity = unit.new_identity("周宁", "并州分校");
    unit.ok(&["score", &sheet, "--input", &sample("self-周宁.json")]);
    unit.ok(&["finalize", &sheet]);
    let stick = folder.join("U盘");
    unit.ok(&["export", &sheet, "--out", stick.to_str().unwrap(), "--identity", &identity]);
    let office = Hengjian { workspace: folder.join("办公室") };
    office.new_identity("郑国栋", "省电大评估办公室");
    Two { unit, sheet, package: only_file(&stick, "hjp"), office }
}

#[test]
fn a_receipt_is_read_by_openssl_and_taken_in_by_the_unit() {
    let folder = tempfile::tempdir().unwrap();
    let Two { unit, sheet, package, office } = two(folder.path());
    let stick = package.parent().unwrap();
    let done = office.json(&["import", "--unverified", package.to_str().unwrap(), "--receipt", "郑国栋"]);
    let receipt = only_file(stick, "hjr");
    assert_eq!(text(&done["receipt"]["path"]), receipt.to_str().unwrap(), "beside the package");

    // Anyone can read it, and knows whose it is.
    let [file, body, signer] =
        [&receipt, &stick.join("回执.json"), &stick.join("签名人.pem")].map(|p| p.to_str().unwrap().to_owned());
    let verify =
        ["cms", "-verify", "-binary", "-inform", "DER", "-in", &file, "-noverify", "-signer", &signer, "-out", &body];
    assert!(judge("openssl", &verify).contains("Verification successful"));
    let subject = judge("openssl", &["x509", "-in", &signer, "-noout", "-subject", "-nameopt", "utf8,sep_comma_plus"]);
    assert!(subject.contains("郑国栋"), "{subject}");
    let trusted =
        ["cms", "-verify", "-binary", "-inform", "DER", "-in", &file, "-CAfile", &signer, "-out", "/dev/null"];
    assert!(judge("openssl", &trusted).contains("Verification successful"));
    let said: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&body).unwrap()).unwrap();
    let digest = text(&unit.json(&["show", &sheet])["digest"]).to_owned();
    assert_eq!(said["arrived"]["sheets"][0]["digest"], digest);
    let content = judge("unzip", &["-p", package.to_str().unwrap(), "*/tagmanifest-sha256.txt"]);
    let manifest = stick.join("tagmanifest");
    std::fs::write(&manifest, content).unwrap();
    let sum = judge("sha256sum", &[manifest.to_str().unwrap()]);
    assert!(sum.starts_with(text(&said["arrived"]["package"]["content"])), "{sum}");

    let taken = unit.json(&["receipt", "take", &file]);
    let one = &taken[0]["receipts"][0];
    assert_eq!(
        (taken[0]["fresh"].as_bool(), one["same"].as_bool(), &one["revision"]),
        (Some(true), Some(true), &1.into())
    );
    assert_eq!((text(&one["signer"]["name"]), text(&one["digest"])), ("郑国栋", digest.as_str()));
    let again = unit.json(&["receipt", "take", &file]);
    assert_eq!((again[0]["fresh"].as_bool(), list(&unit.json(&["receipt", "list", &sheet])).len()), (Some(false), 1));
    assert!(unit.json(&["recent"])[0]["arrived"].is_string(), "the list of packages says that it arrived");
    let told = unit.ok(&["verify", &file]);
    assert!(told.contains("到达时间") && told.contains(&digest), "{told}");
    unit.ok(&["history", "--check"]);
    office.ok(&["history", "--check"]);
}

#[test]
fn a_receipt_can_be_given_later_and_never_replaces_another() {
    let folder = tempfile::tempdir().unwrap();
    let Two { package, office, .. } = two(folder.path());
    office.ok(&["import", "--unverified", package.to_str().unwrap()]);
    let parcel = office.json(&["recent"])[0]["id"].to_string();
    std::fs::remove_file(&package).unwrap();
    let out = folder.path().join("带回");
    let give = ["receipt", "give", &parcel, "--identity", "郑国栋", "--out", out.to_str().unwrap()];
    let [first, second] = [office.json(&give), office.json(&give)];
    assert_ne!(first["path"], second["path"]);
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 2);
    let unknown = ["receipt", "give", "77", "--identity", "郑国栋", "--out", out.to_str().unwrap()];
    assert!(office.refused(1, &unknown).contains("[app.no-arrival]"));
}

#[test]
fn a_receipt_that_was_changed_or_is_none_or_is_for_others_is_refused_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let Two { unit, sheet, package, office } = two(folder.path());
    office.ok(&["import", "--unverified", package.to_str().unwrap(), "--receipt", "郑国栋"]);
    let receipt = only_file(package.parent().unwrap(), "hjr");
    let bytes = std::fs::read(&receipt).unwrap();
    let place = bytes.windows(5).position(|found| found == b"added").unwrap();
    let altered = folder.path().join("改过.hjr");
    let mut other = bytes.clone();
    other[place] = b'b';
    std::fs::write(&altered, &other).unwrap();
    assert!(unit.refused(3, &["receipt", "take", altered.to_str().unwrap()]).contains("[app.receipt-forged]"));
    assert!(unit.refused(3, &["verify", altered.to_str().unwrap()]).contains("[app.receipt-forged]"));
    let cut = folder.path().join("半个.hjr");
    std::fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    assert!(unit.refused(3, &["receipt", "take", cut.to_str().unwrap()]).contains("[app.no-receipt]"));
    // A signature of the same person over something else is no receipt.
    let stranger = Hengjian { workspace: folder.path().join("别人") };
    let file = receipt.to_str().unwrap();
    assert!(stranger.refused(1, &["receipt", "take", file]).contains("[app.receipt-foreign]"));
    assert!(unit.refused(1, &["import", file]).contains("[app.receipt-not-imported]"));
    assert_eq!(list(&unit.json(&["receipt", "list", &sheet])).len(), 0);
}

/// Verifies a file in the dialog of the start page.
async fn look_at(window: &Window, file: &Path) {
    window.click("import-package").await;
    window.retype("import-path", file.to_str().unwrap()).await;
    window.click("import-verify").await;
    window.find("verdict").await;
}

async fn gives(office: &Hengjian, package: &Path) {
    let window = Window::open(&office.workspace, package).await;
    look_at(&window, package).await;
    window.click_css("[data-testid=\"import-unverified\"] input").await;
    window.click("import").await;
    window.click("import-receipt").await;
    window.type_into("receipt-passphrase", PASSPHRASE).await;
    window.picture("receipts-give").await;
    window.click("sign-receipt").await;
    window.sees("receipt-written", ".hjr").await;
    window.picture("receipts-given").await;
    window.click("import-close").await;
    window.sees("parcels", "开回执").await;
    window.close(office).await;
}

async fn takes(unit: &Hengjian, sheet: &str, receipt: &Path) {
    let window = Window::open(&unit.workspace, receipt).await;
    look_at(&window, receipt).await;
    window.sees("verdict", "郑国栋").await;
    window.picture("receipts-verdict").await;
    window.click("import").await;
    window.sees("receipt-taken", "一字不差").await;
    window.picture("receipts-taken").await;
    window.click("import-close").await;
    window.sees("parcels", "已到达").await;
    window.click(&format!("open-{sheet}")).await;
    window.click("tab-documents").await;
    window.sees("receipts", "郑国栋").await;
    window.picture("receipts-sheet").await;
    window.click("tab-history").await;
    window.sees("changes", "补交了一份").await;
    window.sees("history-table", "收到回执").await;
    window.click("check-history").await;
    window.sees("history-result", "没有人动过").await;
    window.picture("history").await;
    window.type_into("history-search", "1.1.1-1").await;
    window.sees("history-table", "得分").await;
    window.close(unit).await;
}

#[tokio::test]
async fn the_office_gives_a_receipt_in_its_window_and_the_unit_sees_that_its_package_arrived() {
    let journey = async {
        let folder = tempfile::tempdir().unwrap();
        let Two { unit, sheet, package, office } = two(folder.path());
        gives(&office, &package).await;
        unit.ok(&["reopen", &sheet, "--reason", "补交了一份会议记录"]);
        unit.ok(&["score", &sheet, "1.1.1-1=2"]);
        takes(&unit, &sheet, &only_file(package.parent().unwrap(), "hjr")).await;
    };
    tokio::time::timeout(LIMIT, journey).await.expect("the window or its driver stopped answering");
}
