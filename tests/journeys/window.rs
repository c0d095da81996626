//! The real window, driven through `WebDriver`: create, score, attach, finalise, sign, export, verify.
//!
//! Needs a display: `script/test` runs the tests under Xvfb.

use crate::program::{Hengjian, built, judge, root};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

/// How long a state may take to come; a state that never comes fails the test.
const PATIENCE: Duration = Duration::from_secs(30);

/// `tauri-driver` with its own `WebKitWebDriver`, ended by a signal that lets both leave.
struct Driver {
    child: Child,
    address: SocketAddr,
}

impl Driver {
    fn start(workspace: &Path, chooses: &Path) -> Self {
        let (address, native) = (free_port(), free_port());
        let child = Command::new("tauri-driver")
            .args(["--port", &address.port().to_string(), "--native-port", &native.port().to_string()])
            .env("HENGJIAN_WORKSPACE", workspace)
            .env("HENGJIAN_TEST_CHOOSES", chooses)
            // What the page remembers of this person's last names and settings stays in the test's own folder.
            .envs(
                ["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"]
                    .map(|name| (name, workspace.with_extension(name))),
            )
            .spawn()
            .unwrap_or_else(|error| panic!("tauri-driver: {error}; script/bootstrap test installs it"));
        for port in [address, native] {
            wait_for(&format!("{port} to listen"), || TcpStream::connect(port).is_ok());
        }
        Self { child, address }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // SIGKILL would leave a WebKitWebDriver behind.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

fn free_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

fn wait_for(what: &str, mut done: impl FnMut() -> bool) {
    let steps = PATIENCE.as_millis() / 50;
    for _ in 0..steps {
        if done() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("waited in vain for {what}");
}

/// The window with its page.
struct Window {
    page: Client,
    driver: Driver,
}

impl Window {
    async fn open(workspace: &Path, chooses: &Path) -> Self {
        let driver = Driver::start(workspace, chooses);
        let mut wanted = serde_json::Map::new();
        wanted.insert("browserName".to_owned(), json!("wry"));
        wanted.insert("tauri:options".to_owned(), json!({ "application": built("hengjian-window") }));
        let page = ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted)
            .connect(&format!("http://{}", driver.address))
            .await
            .unwrap();
        Self { page, driver }
    }

    /// Closes the window and waits until its process has let go of the workspace.
    async fn close(self, hengjian: &Hengjian) {
        self.page.close().await.unwrap();
        drop(self.driver);
        wait_for("the window to end", || hengjian.run(&["list"]).status.success());
    }

    /// The element with this `data-testid`, once it is there.
    async fn find(&self, testid: &str) -> Element {
        self.css(&format!("[data-testid=\"{testid}\"]")).await
    }

    async fn css(&self, css: &str) -> Element {
        let found = self.page.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("{css}: {error}\n{}", self.text_of("body").await),
        }
    }

    async fn text_of(&self, css: &str) -> String {
        let script = "return document.querySelector(arguments[0])?.textContent ?? ''";
        let value = self.page.execute(script, vec![json!(css)]).await.unwrap();
        value.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    async fn click(&self, testid: &str) {
        self.find(testid).await;
        for _ in 0..200 {
            // Disabled until what it needs is there, or covered while a dialog fades.
            let element = self.find(testid).await;
            if element.is_enabled().await.unwrap_or(false) && element.click().await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.picture("stuck").await;
        panic!("{testid} cannot be clicked\n{}", self.text_of("body").await);
    }

    async fn type_into(&self, testid: &str, text: &str) {
        self.click(testid).await;
        self.find(testid).await.send_keys(text).await.unwrap();
    }

    /// Types over what stands in a field.
    async fn retype(&self, testid: &str, text: &str) {
        self.click(testid).await;
        let field = self.find(testid).await;
        field.send_keys(&(Key::Control + "a")).await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Waits until the text of an element contains something.
    async fn sees(&self, testid: &str, wanted: &str) {
        let css = format!("[data-testid=\"{testid}\"]");
        let mut seen = String::new();
        for _ in 0..600 {
            seen = self.text_of(&css).await;
            if seen.contains(wanted) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{testid}: waited for “{wanted}”, saw “{seen}”\n{}", self.text_of("body").await);
    }

    /// Picture of the whole display, when a folder is named for them. The driver's own pictures sometimes never come.
    async fn picture(&self, name: &str) {
        if let Some(folder) = std::env::var_os("HENGJIAN_TEST_PICTURES") {
            tokio::time::sleep(Duration::from_millis(300)).await;
            let path = Path::new(&folder).join(format!("{name}.png"));
            judge("import", &["-window", "root", path.to_str().unwrap()]);
        }
    }
}

async fn create(window: &Window) {
    window.click("new-assessment").await;
    window.click("rubric-oucsx-2021").await;
    window.type_into("unit", "汾曲分校").await;
    window.retype("year", "2022").await;
    window.click("stage-self").await;
    window.type_into("assessor", "张燊").await;
    window.type_into("organisation", "汾曲分校").await;
    window.picture("new").await;
    window.click("create").await;
    window.find("tree-1.1.1").await;
}

async fn score(window: &Window) {
    window.click("tree-1.1.1").await;
    window.type_into("mark-1.1.1-1", "4").await;
    window.find("mark-1.1.1-1").await.send_keys(&Key::Enter).await.unwrap();
    window.sees("total", "4").await;
    window.type_into("mark-1.1.1-2", "3").await;
    window.find("mark-1.1.1-2").await.send_keys(&Key::Enter).await.unwrap();
    window.sees("total", "7").await;
    window.click("mark-1.1.1-2").await;
    window.type_into("remark-1.1.1-2", "党委会制度齐全，校长办公会记录缺2次").await;
    window.click("mark-1.1.1-2").await;

    // A mark above full marks is refused in words, and the old one stays.
    window.retype("mark-1.1.1-1", "9").await;
    window.find("mark-1.1.1-1").await.send_keys(&Key::Enter).await.unwrap();
    window.sees("refusal-1.1.1-1", "超过满分").await;
    window.sees("total", "7").await;
    window.picture("refused").await;
}

async fn attach(window: &Window) {
    window.click("add-evidence").await;
    window.css("[data-testid^=\"evidence-\"]").await;
    window.sees("attach-report", "1").await;
    window.picture("evidence").await;
}

/// Hands the page the event that the desktop sends when a file is dropped; a real drag cannot be driven.
const DROP: &str = r#"
    const [row, path] = arguments;
    const place = document.querySelector(`[data-row="${row}"]`).getBoundingClientRect();
    const position = { x: (place.left + 20) * devicePixelRatio, y: (place.top + 10) * devicePixelRatio };
    for (const [id, listener] of window.__TAURI_INTERNALS__.callbacks) {
        listener({ event: "tauri://drag-drop", id, payload: { paths: [path], position } });
    }
"#;

async fn drop_file(window: &Window, row: &str, file: &Path) {
    window.page.execute(DROP, vec![json!(row), json!(file.to_str().unwrap())]).await.unwrap();
    for _ in 0..600 {
        let all = window.page.find_all(Locator::Css("[data-testid^=\"evidence-\"]")).await.unwrap();
        if all.len() > 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    window.picture("dropped").await;
}

fn shown(hengjian: &Hengjian) -> Value {
    let list = hengjian.json(&["list"]);
    let id = list[0]["id"].as_str().unwrap().to_owned();
    hengjian.json(&["show", &id])
}

fn complete(hengjian: &Hengjian, sheet: &str) {
    let sample = root().join("assets/sample/self-周宁.json");
    hengjian.ok(&["score", sheet, "--input", sample.to_str().unwrap()]);
}

async fn sign(window: &Window, sheet: &str, target: &Path) {
    window.click(&format!("open-{sheet}")).await;
    window.click("tab-results").await;
    window.sees("results-total", "868").await;
    window.picture("results").await;
    window.click("tab-documents").await;
    window.click("finalize").await;
    window.sees("checks", "摘要").await;
    window.retype("identity-name", "张燊").await;
    window.retype("identity-organisation", "汾曲分校").await;
    window.type_into("identity-passphrase", "滹沱河畔 2022").await;
    window.type_into("identity-passphrase-again", "滹沱河畔 2022").await;
    window.click("create-identity").await;
    window.type_into("passphrase", "滹沱河畔 2022").await;
    window.retype("directory", target.to_str().unwrap()).await;
    window.picture("before-export").await;
    window.click("export").await;
    window.css("[data-testid=\"export-file\"]").await;
    window.picture("exported").await;
}

async fn verify(window: &Window, file: &Path, wanted: &str) {
    window.click("back").await;
    window.click("nav-verify").await;
    window.type_into("verify-path", file.to_str().unwrap()).await;
    window.click("verify").await;
    window.sees("verdict", wanted).await;
    window.picture("verified").await;
}

/// A driver that stops answering must not stop the whole run.
const LIMIT: Duration = Duration::from_secs(240);

#[tokio::test]
async fn create_score_attach_export_verify_with_chinese_typed_in() {
    tokio::time::timeout(LIMIT, main_job()).await.expect("the window or its driver stopped answering");
}

async fn main_job() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let evidence = folder.path().join("关于2021年秋季学期考试工作的通知.txt");
    std::fs::write(&evidence, "各学习中心：请于10月15日前报送考试安排。").unwrap();

    let window = Window::open(&hengjian.workspace, &evidence).await;
    create(&window).await;
    score(&window).await;
    attach(&window).await;
    let photograph = folder.path().join("校园文化墙.png");
    std::fs::copy(root().join("assets/sample/evidence/校园文化墙.png"), &photograph).unwrap();
    drop_file(&window, "1.1.1-3", &photograph).await;
    window.close(&hengjian).await;

    let state = shown(&hengjian);
    let point = |code: &str| state["points"].as_array().unwrap().iter().find(|p| p["code"] == code).unwrap().clone();
    assert_eq!((point("1.1.1-1")["mark"].as_str(), point("1.1.1-2")["mark"].as_str()), (Some("4"), Some("3")));
    assert_eq!(point("1.1.1-2")["remark"], "党委会制度齐全，校长办公会记录缺2次");
    assert_eq!(
        (&state["unit"], &state["assessor"], &state["year"]),
        (&json!("汾曲分校"), &json!("张燊"), &json!(2022))
    );
    let sheet = state["id"].as_str().unwrap().to_owned();
    let catalogue = hengjian.json(&["evidence", "list", &sheet]);
    assert_eq!(catalogue[0]["fileName"], "关于2021年秋季学期考试工作的通知.txt");
    assert_eq!((&catalogue[1]["fileName"], &catalogue[1]["points"]), (&json!("校园文化墙.png"), &json!(["1.1.1-3"])));

    complete(&hengjian, &sheet);
    let target = folder.path().join("导出");
    let window = Window::open(&hengjian.workspace, &evidence).await;
    sign(&window, &sheet, &target).await;
    let mut files: Vec<_> = std::fs::read_dir(&target).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert_eq!(files.len(), 2, "{files:?}");
    verify(&window, &files[0], "有效").await;
    window.close(&hengjian).await;

    let pdf = files.iter().find(|file| file.extension().is_some_and(|e| e == "pdf")).unwrap();
    assert!(judge("pdfsig", &[pdf.to_str().unwrap()]).contains("Signature is Valid"));
}
