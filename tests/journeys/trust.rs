//! An office, an expert and a unit exchange requests, certificates and lists through a folder, as through a stick: guided
//! in the window, by the command line, and judged by openssl.

use crate::program::{Hengjian, judge_in, list, only_file, text};
use crate::screen::{LIMIT, Window};
use std::path::{Path, PathBuf};

const SECRET: &str = "correct horse";

fn machine(folder: &Path, name: &str) -> Hengjian {
    Hengjian { workspace: folder.join(name) }
}

fn spoken(hengjian: &Hengjian) -> String {
    text(&hengjian.json(&["trust", "list"])["identities"][0]["certificate"]["spoken"]).to_owned()
}

fn path_of(file: &serde_json::Value) -> PathBuf {
    PathBuf::from(text(&file["path"]))
}

#[test]
fn openssl_agrees_with_the_office() {
    let folder = tempfile::tempdir().unwrap();
    let stick = folder.path().join("U盘");
    let out = stick.to_str().unwrap();
    let [office, expert, unit] = ["办公室", "专家", "单位"].map(|name| machine(folder.path(), name));
    expert.new_identity("孟雪琴", "第二专家组");
    let request = path_of(&expert.json(&["identity", "request", "孟雪琴", "--out", out]));
    office.ok(&["office", "init", "--name", "督导评估办公室", "--organisation", "县教体局"]);
    let digits = spoken(&expert);
    let asked = request.to_str().unwrap();
    assert!(
        office.refused(3, &["office", "issue", asked, "--heard", &"1".repeat(30), "--out", out]).contains("第 1 组")
    );
    let issued = path_of(&office.json(&["office", "issue", asked, "--heard", &digits, "--out", out]));
    let root = office.json(&["office", "certificate", "--out", out]);
    expert.ok(&["identity", "import", issued.to_str().unwrap()]);

    let [request, issued, root_file] =
        [&request, &issued, &path_of(&root)].map(|path| path.file_name().unwrap().to_str().unwrap().to_owned());
    let openssl = |arguments: &[&str]| judge_in(&stick, "openssl", arguments);
    assert!(openssl(&["req", "-in", &request, "-noout", "-verify"]).contains("verify OK"));
    assert!(openssl(&["verify", "-x509_strict", "-CAfile", &root_file, &issued]).contains(": OK"));
    let formula = format!(
        "openssl x509 -in '{issued}' -noout -pubkey | openssl pkey -pubin -outform DER | sha256sum | python3 -c \
         \"h=bytes.fromhex(input()[:64]); print(*(f'{{int.from_bytes(h[i:i+5],\\\"big\\\")%100000:05}}' for i in range(0,30,5)))\""
    );
    assert_eq!(judge_in(&stick, "sh", &["-c", &formula]).trim(), digits, "anyone can compute the digits");

    let sheet = text(&expert.json(&["sample"])["id"]).to_owned();
    expert.ok(&["finalize", &sheet]);
    expert.ok(&["export", &sheet, "--out", out, "--identity", "孟雪琴", "--sheets-only"]);
    let package = only_file(&stick, "hjp").display().to_string();
    let verdict = |who: &Hengjian| text(&who.json(&["verify", &package])[0]["verdict"]).to_owned();
    assert_eq!((verdict(&office).as_str(), verdict(&unit).as_str()), ("trusted", "signer-unknown"));
    judge_in(&stick, "unzip", &["-q", &package, "-d", "拆开"]);
    let bag = std::fs::read_dir(stick.join("拆开")).unwrap().next().unwrap().unwrap().path();
    let signature = only_file(&bag.join("signatures"), "p7s").display().to_string();
    let authority = stick.join(&root_file).display().to_string();
    let verify =
        ["cms", "-verify", "-binary", "-inform", "DER", "-in", &signature, "-content", "tagmanifest-sha256.txt"];
    let said = judge_in(&bag, "openssl", &[&verify[..], &["-CAfile", &authority, "-out", "/dev/null"]].concat());
    assert!(said.contains("CMS Verification successful"), "{said}");

    assert!(unit.refused(3, &["import", &package]).contains("[trust.signer-not-accepted]"));
    unit.ok(&["trust", "accept", &authority, "--heard", text(&root["spoken"]), "--note", "电话里听的"]);
    unit.ok(&["import", &package]);
    let revoked = ["office", "revoke", "孟雪琴", "--reason", "key-compromise", "--out", out];
    let crl = path_of(&office.json(&revoked));
    let shown = crl.file_name().unwrap().to_str().unwrap();
    assert!(openssl(&["crl", "-in", shown, "-CAfile", &root_file, "-noout", "-text"]).contains("Key Compromise"));
    unit.ok(&["trust", "revocations", crl.to_str().unwrap()]);
    assert!(unit.refused(3, &["verify", &package]).contains("[trust.signer-revoked]"));
    assert!(unit.refused(3, &["import", "--unverified", &package]).contains("[app.not-imported]"));
    assert_eq!(list(&unit.json(&["list"])).len(), 1, "what was imported stays");
}

async fn fill(window: &Window, fields: &[(&str, &str)]) {
    for (field, typed) in fields {
        window.retype(field, typed).await;
    }
}

async fn page(of: &Hengjian, role: Option<&str>, stick: &Path) -> Window {
    let window = Window::open(&of.workspace, stick).await;
    if let Some(role) = role {
        window.choose_role(role).await;
    }
    window.click("nav-trust").await;
    window.find("trust-page").await;
    window
}

async fn open_file(window: &Window, path: &Path) {
    window.retype("received-path", path.to_str().unwrap()).await;
    window.click("look").await;
    window.find("received-file").await;
}

/// The expert makes an identity and asks; gives the request and the digits on the screen.
async fn asks(expert: &Hengjian, stick: &Path) -> (PathBuf, String) {
    let window = page(expert, Some("expert"), stick).await;
    window.picture("trust-expert-empty").await;
    fill(&window, &[("identity-name", "孟雪琴"), ("identity-organisation", "省电大评估专家组")]).await;
    fill(&window, &[("identity-passphrase", SECRET), ("identity-passphrase-again", SECRET)]).await;
    window.click("create-identity").await;
    window.click("request").await;
    fill(&window, &[("hand-directory", stick.to_str().unwrap()), ("hand-passphrase", SECRET)]).await;
    window.click("hand-write").await;
    window.find("handed").await;
    window.picture("trust-expert-request").await;
    window.click("hand-close").await;
    let digits = window.text_of("[data-testid=own-facts] [data-testid=spoken]").await;
    window.close(expert).await;
    (only_file(stick, "csr"), digits)
}

/// The office sets itself up and issues; gives the certificate and the office's digits.
async fn issues(office: &Hengjian, stick: &Path, request: &Path, digits: &str) -> (PathBuf, String) {
    let window = page(office, Some("office"), stick).await;
    fill(
        &window,
        &[("founding-name", "贺兰县人民政府教育督导委员会办公室"), ("founding-organisation", "贺兰县教育体育局")],
    )
    .await;
    fill(&window, &[("founding-passphrase", SECRET), ("founding-again", SECRET)]).await;
    window.click("create-office").await;
    open_file(&window, request).await;
    window.picture("trust-office-request").await;
    window.click("received-issue").await;
    fill(&window, &[("issue-heard", &"7".repeat(30)), ("issue-passphrase", SECRET)]).await;
    fill(&window, &[("issue-directory", stick.to_str().unwrap())]).await;
    window.click("issue").await;
    window.sees("issue-dialog", "第 1 组").await;
    window.picture("trust-office-differs").await;
    fill(&window, &[("issue-heard", digits)]).await;
    window.click("issue").await;
    window.find("handed").await;
    window.picture("trust-office-issued").await;
    window.click("issue-close").await;
    window.sees("issued", "孟雪琴").await;
    let own = window.text_of("[data-testid=office-facts] [data-testid=spoken]").await;
    window.picture("trust-office").await;
    window.close(office).await;
    (only_file(stick, "crt"), own)
}

/// The expert uses the certificate and registers the office.
async fn takes(expert: &Hengjian, stick: &Path, certificate: &Path, digits: &str) {
    let window = page(expert, None, stick).await;
    open_file(&window, certificate).await;
    window.picture("trust-expert-certificate").await;
    window.click("received-import").await;
    window.click("accept-office").await;
    window.retype("heard", digits).await;
    window.picture("trust-expert-accept").await;
    window.click("accept").await;
    window.css("[data-testid=step-accept][data-state=done]").await;
    window.sees("trust-list", "贺兰县人民政府教育督导委员会办公室").await;
    window.picture("trust-expert-done").await;
    window.close(expert).await;
}

#[tokio::test]
async fn an_expert_asks_and_an_office_issues_in_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let stick = folder.path().join("U盘");
    let [office, expert] = ["办公室", "专家"].map(|name| machine(folder.path(), name));
    let walk = async {
        let (request, digits) = asks(&expert, &stick).await;
        let (certificate, own) = issues(&office, &stick, &request, &digits).await;
        takes(&expert, &stick, &certificate, &own).await;
    };
    tokio::time::timeout(LIMIT, walk).await.expect("the window or its driver stopped answering");
    let view = expert.json(&["trust", "list"]);
    assert_eq!(view["identities"][0]["officeAccepted"], true, "{view}");
}
