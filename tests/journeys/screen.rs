//! The real window, driven through `WebDriver`, on a display of its own.

use crate::program::{Hengjian, built, judge};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A driver that stops answering must not stop the whole run.
pub const LIMIT: Duration = Duration::from_secs(240);

/// How long a state may take to come; a state that never comes fails the test.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often is looked for it.
const STEP: Duration = Duration::from_millis(50);
const STEPS: u128 = PATIENCE.as_millis() / STEP.as_millis();

/// Width and height of a display in pixels, unless `HENGJIAN_TEST_SCREEN` says otherwise (`1920x1080`).
const SCREEN: &str = "1366x768";

/// A display for one window: on a shared one, a window that comes or goes takes the keyboard from the others, and what
/// closes when it loses the keyboard, such as an open list, closes.
struct Display {
    server: Child,
    name: String,
}

impl Display {
    fn start() -> Self {
        let size = std::env::var("HENGJIAN_TEST_SCREEN").unwrap_or_else(|_| SCREEN.to_owned());
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", &format!("{size}x24")])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("Xvfb: {error}; script/bootstrap test installs it"));
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        assert!(!number.is_empty(), "Xvfb ended at once");
        Self { server, name: format!(":{}", number.trim()) }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // SIGKILL would leave the lock of its number behind.
        let _ = Command::new("kill").arg(self.server.id().to_string()).status();
        let _ = self.server.wait();
    }
}

/// `tauri-driver` with its own `WebKitWebDriver`, ended by a signal that lets both leave.
struct Driver {
    child: Child,
    address: SocketAddr,
    workspace: PathBuf,
    display: Display,
}

impl Driver {
    fn start(workspace: &Path, chooses: &Path) -> Self {
        let display = Display::start();
        let (address, native) = (free_port(), free_port());
        let child = Command::new("tauri-driver")
            .args(["--port", &address.port().to_string(), "--native-port", &native.port().to_string()])
            .env("DISPLAY", &display.name)
            .env_remove("WAYLAND_DISPLAY")
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
        Self { child, address, workspace: workspace.to_owned(), display }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // SIGKILL would leave a WebKitWebDriver behind.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
        // A WebKitWebDriver that is ended while it closes its session leaves the window open.
        for window in windows_on(&built("hengjian-window"), &self.workspace) {
            let _ = Command::new("kill").args(["-KILL", &window]).status();
        }
    }
}

/// The process numbers of the windows of a program that were started with this workspace.
pub fn windows_on(program: &Path, workspace: &Path) -> Vec<String> {
    let variable = format!("HENGJIAN_WORKSPACE={}", workspace.display());
    let started = |process: &Path| {
        std::fs::read_link(process.join("exe")).is_ok_and(|exe| exe == program)
            && std::fs::read(process.join("environ"))
                .is_ok_and(|environ| environ.split(|&byte| byte == 0).any(|one| one == variable.as_bytes()))
    };
    let processes = std::fs::read_dir("/proc").unwrap().flatten().map(|entry| entry.path());
    processes
        .filter(|process| started(process))
        .map(|process| process.file_name().unwrap().display().to_string())
        .collect()
}

fn free_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

pub fn wait_for(what: &str, mut done: impl FnMut() -> bool) {
    for _ in 0..STEPS {
        if done() {
            return;
        }
        std::thread::sleep(STEP);
    }
    panic!("waited in vain for {what}");
}

/// Calls those who listen to an event of the desktop.
const TELL: &str = r#"
    const [event, payload] = arguments;
    const heard = window.__internal_unstable_listeners_object_id__?.[event] ?? {};
    for (const id of Object.getOwnPropertyNames(heard)) {
        const { handlerId } = heard[id];
        if (handlerId !== undefined) window.__TAURI_INTERNALS__.runCallback(handlerId, { event, id, payload });
    }
"#;

/// Remembers whether the next click reaches an element.
const WATCH: &str = "
    const [element] = arguments;
    window.journeyHit = null;
    const seen = (event) => (window.journeyHit = event.composedPath().includes(element));
    document.addEventListener('click', seen, { capture: true, once: true });
";

/// The elements with this `data-testid`.
fn marked(testid: &str) -> String {
    format!("[data-testid=\"{testid}\"]")
}

/// The window with its page.
pub struct Window {
    /// The page, for what has no step of its own here.
    pub page: Client,
    driver: Driver,
}

impl Window {
    pub async fn open(workspace: &Path, chooses: &Path) -> Self {
        Self::open_program(&built("hengjian-window"), workspace, chooses).await
    }

    /// The same with another program than ours.
    pub async fn open_program(program: &Path, workspace: &Path, chooses: &Path) -> Self {
        let driver = Driver::start(workspace, chooses);
        let mut wanted = serde_json::Map::new();
        wanted.insert("browserName".to_owned(), json!("wry"));
        wanted.insert("tauri:options".to_owned(), json!({ "application": program }));
        let page = ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted)
            .connect(&format!("http://{}", driver.address))
            .await
            .unwrap();
        Self { page, driver }
    }

    /// Closes the window and waits until its process has let go of the workspace.
    pub async fn close(self, hengjian: &Hengjian) {
        // The driver answers with an error that says nothing when the window is gone before its answer.
        let _ = self.page.close().await;
        drop(self.driver);
        wait_for("the window to end", || hengjian.run(&["list"]).status.success());
    }

    /// Tells the page what the desktop would: a real drag or the window's cross cannot be driven here.
    pub async fn tell(&self, event: &str, payload: Value) {
        self.told(event, payload).await.unwrap();
    }

    async fn told(&self, event: &str, payload: Value) -> Result<Value, CmdError> {
        self.page.execute(TELL, vec![json!(event), payload]).await
    }

    /// Closes the window as a person does: it saves what is being typed first. Waits as [`Window::close`] does.
    pub async fn leave(self, hengjian: &Hengjian) {
        // As in `close`, the window may be gone before the answer.
        let _ = self.told("tauri://close-requested", Value::Null).await;
        wait_for("the window to end", || hengjian.run(&["list"]).status.success());
        drop(self.driver);
    }

    /// The element with this `data-testid`, once it is there.
    pub async fn find(&self, testid: &str) -> Element {
        self.css(&marked(testid)).await
    }

    pub async fn css(&self, css: &str) -> Element {
        let found = self.page.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("{css}: {error}\n{}", self.text_of("body").await),
        }
    }

    pub async fn text_of(&self, css: &str) -> String {
        let script = "return document.querySelector(arguments[0])?.textContent ?? ''";
        let value = self.page.execute(script, vec![json!(css)]).await.unwrap();
        value.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub async fn click(&self, testid: &str) {
        self.click_css(&marked(testid)).await;
    }

    /// Clicks once it is there, enabled, and nothing lies over it.
    pub async fn click_css(&self, css: &str) {
        for _ in 0..STEPS {
            // Disabled until what it needs is there, covered while a dialog fades, or just drawn anew.
            let element = self.css(css).await;
            if element.is_enabled().await.unwrap_or(false) && self.hits(element).await {
                return;
            }
            tokio::time::sleep(STEP).await;
        }
        self.picture("stuck").await;
        panic!("{css} cannot be clicked\n{}", self.text_of("body").await);
    }

    /// Whether a click came to the element: what is drawn above it meanwhile moves it away under the pointer.
    async fn hits(&self, element: Element) -> bool {
        let Ok(this) = serde_json::to_value(&element) else { return false };
        if self.page.execute(WATCH, vec![this]).await.is_err() || element.click().await.is_err() {
            return false;
        }
        // A click that closes the window leaves nobody to ask.
        self.page.execute("return window.journeyHit", Vec::new()).await.map_or(true, |hit| hit == json!(true))
    }

    /// Sends keys to an element, which gets the keyboard by that.
    pub async fn keys(&self, css: &str, keys: &str) {
        let mut refused = None;
        for _ in 0..STEPS {
            // A row that was drawn anew between finding and typing is found again; no key had reached it.
            match self.css(css).await.send_keys(keys).await {
                Ok(()) => return,
                Err(error) => refused = Some(error),
            }
            tokio::time::sleep(STEP).await;
        }
        panic!("{css} takes no keys: {refused:?}\n{}", self.text_of("body").await);
    }

    pub async fn press(&self, testid: &str, keys: &str) {
        self.keys(&marked(testid), keys).await;
    }

    /// Answers the question of the first start; what stood under it has moved up then.
    pub async fn choose_role(&self, role: &str) {
        self.click(&format!("first-role-{role}")).await;
        for _ in 0..STEPS {
            if self.page.find_all(Locator::Css(&marked("role-question"))).await.is_ok_and(|all| all.is_empty()) {
                return;
            }
            tokio::time::sleep(STEP).await;
        }
        panic!("the question stays\n{}", self.text_of("body").await);
    }

    pub async fn type_into(&self, testid: &str, text: &str) {
        self.click(testid).await;
        self.press(testid, text).await;
    }

    /// Types over what stands in a field.
    pub async fn retype(&self, testid: &str, text: &str) {
        self.click(testid).await;
        self.press(testid, &(Key::Control + "a")).await;
        self.press(testid, text).await;
    }

    /// Waits until the text of an element contains something.
    pub async fn sees(&self, testid: &str, wanted: &str) {
        let css = marked(testid);
        let mut seen = String::new();
        for _ in 0..STEPS {
            seen = self.text_of(&css).await;
            if seen.contains(wanted) {
                return;
            }
            tokio::time::sleep(STEP).await;
        }
        panic!("{testid}: waited for “{wanted}”, saw “{seen}”\n{}", self.text_of("body").await);
    }

    /// Picture of the whole display, when a folder is named for them. The driver's own pictures sometimes never come.
    pub async fn picture(&self, name: &str) {
        if let Some(folder) = std::env::var_os("HENGJIAN_TEST_PICTURES") {
            tokio::time::sleep(Duration::from_millis(300)).await;
            let path = Path::new(&folder).join(format!("{name}.png"));
            judge("import", &["-display", &self.driver.display.name, "-window", "root", path.to_str().unwrap()]);
        }
    }
}
