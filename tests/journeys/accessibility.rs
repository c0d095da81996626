//! Every view of the real window, judged by axe-core in each theme: nothing serious may be found.

use crate::program::{Hengjian, only_file, root, text};
use crate::reports::office;
use crate::screen::{LIMIT, Window};
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Names, one a line, what keeps a person from using the view that is shown in the theme given.
const JUDGE: &str = r#"
    const [theme, done] = arguments;
    const page = document.documentElement;
    const before = page.dataset.theme;
    const show = (name) => {
        page.dataset.theme = name;
        page.classList.toggle("dark", name === "dark");
    };
    const summary = ({ id, impact, nodes }) => nodes.map(({ target, failureSummary }) =>
        `${impact} ${id}: ${target.join(" ")}: ${failureSummary.replace(/\s+/g, " ")}`);
    show(theme);
    Promise.allSettled(document.getAnimations().map((one) => one.finished))
        .then(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], resultTypes: ["violations"] }))
        .then(({ violations }) => violations.filter(({ impact }) => impact === "serious" || impact === "critical").flatMap(summary))
        .catch((error) => [`axe: ${error}`])
        .then((found) => { show(before); done(found); });
"#;

/// A window whose views are judged; what was found is kept to be told at once.
struct Judged {
    window: Window,
    found: Vec<String>,
}

impl Judged {
    async fn open(hengjian: &Hengjian) -> Self {
        let window = Window::open(&hengjian.workspace, &root().join("assets/sample/evidence/校园文化墙.png")).await;
        Self { window, found: Vec::new() }
    }

    async fn look(&mut self, view: &str) {
        let axe = std::fs::read_to_string(root().join("ui/node_modules/axe-core/axe.min.js")).unwrap();
        let known = self.window.page.execute("return typeof axe === 'object'", Vec::new()).await.unwrap();
        if known != json!(true) {
            self.window.page.execute(&format!("{axe}; window.axe = axe;"), Vec::new()).await.unwrap();
        }
        for theme in ["light", "dark", "contrast"] {
            let found: Value = self.window.page.execute_async(JUDGE, vec![json!(theme)]).await.unwrap();
            let found =
                found.as_array().unwrap().iter().map(|one| format!("{view}, {theme}: {}", one.as_str().unwrap()));
            self.found.extend(found);
        }
        self.window.picture(view).await;
    }

    /// The views that belong to no sheet.
    async fn outside(&mut self, sheet: &str) {
        self.window.find(&format!("open-{sheet}")).await;
        self.look("home").await;
        for (name, wanted) in [
            ("verify", "verify-path"),
            ("rubrics", "rubric-import"),
            ("trust", "own-steps"),
            ("home", "new-assessment"),
        ] {
            self.window.click(&format!("nav-{name}")).await;
            self.window.find(wanted).await;
            self.look(name).await;
        }
    }

    async fn dialogs(&mut self) {
        for (button, wanted) in [
            ("new-assessment", "new-assessment-dialog"),
            ("import-package", "import-dialog"),
            ("settings", "settings-dialog"),
            ("help", "help-page"),
        ] {
            self.window.click(button).await;
            self.window.find(wanted).await;
            self.look(wanted).await;
            self.window.keys("body", &Key::Escape.to_string()).await;
        }
    }

    /// The record of a signed PDF, one more signature on it, and keys of encrypted packages.
    async fn verified(&mut self, pdf: &Path) {
        self.window.click("nav-verify").await;
        self.window.retype("verify-path", pdf.to_str().unwrap()).await;
        self.window.click("verify").await;
        self.window.find("record").await;
        self.look("record").await;
        for (button, wanted) in
            [("sign-another", "sign-identity"), ("manage-keys", "keys-dialog"), ("export-record", "save-dialog")]
        {
            self.window.click(button).await;
            self.window.find(wanted).await;
            self.look(wanted).await;
            self.window.keys("body", &Key::Escape.to_string()).await;
        }
        self.window.click("nav-home").await;
    }

    async fn tab(&mut self, name: &str, wanted: &str) {
        self.window.click(&format!("tab-{name}")).await;
        self.window.css(wanted).await;
        self.look(name).await;
    }
}

/// A signed PDF of somebody else.
fn handed_over(folder: &Path) -> PathBuf {
    let other = Hengjian { workspace: folder.join("专家") };
    let sheet = text(&other.json(&["sample"])["id"]).to_owned();
    other.new_identity("孟雪琴", "第二专家组");
    other.ok(&["finalize", &sheet]);
    let out = folder.join("U盘");
    other.ok(&["export", &sheet, "--identity", "孟雪琴", "--out", out.to_str().unwrap()]);
    only_file(&out, "pdf")
}

#[tokio::test]
async fn nothing_serious_is_found_in_any_view() {
    tokio::time::timeout(LIMIT, journey()).await.expect("the window or its driver stopped answering");
}

async fn journey() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let sheet = hengjian.new_sheet("self", "周宁", "并州分校");
    let sample = root().join("assets/sample/self-周宁.json");
    hengjian.ok(&["score", &sheet, "--input", sample.to_str().unwrap()]);
    hengjian.new_identity("周宁", "并州分校");

    let mut judged = Judged::open(&hengjian).await;
    judged.window.find("role-question").await;
    judged.look("first-start").await;
    judged.window.choose_role("unit").await;
    judged.outside(&sheet).await;
    judged.dialogs().await;
    judged.verified(&handed_over(folder.path())).await;
    judged.window.click(&format!("open-{sheet}")).await;
    // Everything is scored: the sheet opens where it is finalised.
    judged.window.find("finalize").await;
    judged.window.click("tab-desk").await;
    judged.window.find("total").await;
    judged.window.click("add-evidence").await;
    judged.window.css("[data-testid^=\"evidence-\"]").await;
    judged.look("desk").await;
    for (name, wanted) in [
        ("evidence", "[data-testid=\"catalogue\"]"),
        ("writing", "[data-testid=\"outline\"]"),
        ("results", "[data-testid^=\"chart-\"]"),
        ("problems", "[data-testid=\"no-problems\"]"),
        ("papers", "[data-testid=\"papers\"]"),
        ("documents", "[data-testid=\"finalize\"]"),
        ("history", "[data-testid=\"history-table\"]"),
        ("tasks", "[data-testid=\"departments\"]"),
    ] {
        judged.tab(name, wanted).await;
    }
    for name in ["assignment", "schedule"] {
        judged.window.click(&format!("tasks-{name}")).await;
        judged.look(name).await;
    }
    let Judged { window, found } = judged;
    window.close(&hengjian).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The parts of the office's page, each with what shows that it is drawn.
async fn parts(judged: &mut Judged, state: &str, parts: [(&str, &str); 5]) {
    judged.window.click("nav-office").await;
    for (part, wanted) in parts {
        judged.window.click(&format!("office-{part}")).await;
        judged.window.find(wanted).await;
        judged.look(&format!("office-{part}-{state}")).await;
    }
}

#[tokio::test]
async fn nothing_serious_is_found_where_an_office_works() {
    tokio::time::timeout(LIMIT, office_journey()).await.expect("the window or its driver stopped answering");
}

async fn office_journey() {
    let folder = tempfile::tempdir().unwrap();
    let empty = Hengjian { workspace: folder.path().join("新办公室") };
    let mut judged = Judged::open(&empty).await;
    judged.window.choose_role("office").await;
    let nothing = [
        ("inbox", "inbox-empty"),
        ("panel", "no-panel"),
        ("results", "results-no-panel"),
        ("reports", "reports-no-panel"),
        ("data", "no-facts"),
    ];
    parts(&mut judged, "empty", nothing).await;
    let Judged { window, found } = judged;
    window.close(&empty).await;

    let office = office(folder.path());
    let window = Window::open(&office.workspace, &folder.path().join("U盘")).await;
    let mut judged = Judged { window, found };
    judged.window.choose_role("office").await;
    let filled = [
        ("inbox", "inbox-empty"),
        ("panel", "panel-about"),
        ("results", "results-ranking"),
        ("reports", "reports"),
        ("data", "publish"),
    ];
    parts(&mut judged, "filled", filled).await;
    judged.window.click("office-results").await;
    for view in ["matrix", "grades", "indicators", "self", "profile", "compare", "trend"] {
        judged.window.click(&format!("view-of-{view}")).await;
        judged.window.find(&format!("results-{view}")).await;
        judged.look(&format!("office-results-{view}")).await;
    }
    judged.window.click("office-inbox").await;
    judged.window.click("inbox-folder").await;
    judged.window.find("count-untrusted").await;
    judged.look("office-inbox-preview").await;
    let Judged { window, found } = judged;
    window.close(&office).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}
