//! From the unit to the office, on three machines: each of the three kinds of user does the main job in the real window.

use crate::program::{Hengjian, list, only_file, root, text};
use crate::screen::{LIMIT, Window};
use fantoccini::key::Key;
use std::path::{Path, PathBuf};

/// A machine of its own, with its first start.
struct Machine {
    hengjian: Hengjian,
    folder: PathBuf,
}

impl Machine {
    fn new(of: &Path, name: &str) -> Self {
        let folder = of.join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Self { hengjian: Hengjian { workspace: folder.join("工作区") }, folder }
    }

    /// The window at its first start, once the person has said who they are.
    async fn first_start(&self, role: &str, chooses: &Path) -> Window {
        let window = Window::open(&self.hengjian.workspace, chooses).await;
        window.choose_role(role).await;
        window
    }

    /// Fills the rest of a sheet in from the sample, finalises, signs and exports it; gives the package.
    fn hand_over(&self, sheet: &str, sample: &str, who: [&str; 2]) -> PathBuf {
        let hengjian = &self.hengjian;
        let sample = root().join("assets/sample").join(sample);
        hengjian.ok(&["score", sheet, "--input", sample.to_str().unwrap()]);
        hengjian.ok(&["finalize", sheet]);
        let identity = hengjian.new_identity(who[0], who[1]);
        let out = self.folder.join("交出");
        hengjian.ok(&["export", sheet, "--out", out.to_str().unwrap(), "--identity", &identity]);
        only_file(&out, "hjp")
    }

    fn only_sheet(&self, stage: &str) -> String {
        let sheets = self.hengjian.json(&["list"]);
        let found: Vec<_> = list(&sheets).iter().filter(|sheet| sheet["stage"] == stage).collect();
        let [one] = found[..] else { panic!("{sheets}") };
        text(&one["id"]).to_owned()
    }
}

async fn create(window: &Window, stage: &str, who: [&str; 2]) {
    window.click("new-assessment").await;
    window.click("rubric-oucsx-2021").await;
    window.retype("unit", "并州分校").await;
    window.retype("year", "2022").await;
    window.click(&format!("stage-{stage}")).await;
    window.retype("assessor", who[0]).await;
    window.retype("organisation", who[1]).await;
    window.click("create").await;
    window.find("total").await;
}

async fn import(window: &Window, package: &Path) {
    window.click("import-package").await;
    window.retype("import-path", package.to_str().unwrap()).await;
    window.click("import-verify").await;
    window.click("import-unverified").await;
    window.click("import").await;
    window.find("import-report").await;
    window.click("import-close").await;
}

/// A unit's folder, as a department hands it in: the names carry the codes.
fn collected(folder: &Path) -> PathBuf {
    let folder = folder.join("收来的材料");
    for (name, words) in [
        ("1.1.1 办学方向/关于印发“十四五”发展规划的通知.txt", "各部门：现将规划印发给你们。"),
        ("1.1.1 办学方向/1.1.1-2 党委会议制度.txt", "第一条 党委会议由书记主持。"),
        ("4.5.3（2）教学检查情况通报.txt", "2021年秋季学期教学检查情况如下。"),
        ("会议照片说明.txt", "没有编号的文件。"),
    ] {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, words).unwrap();
    }
    folder
}

/// The unit begins its self-evaluation and lets a folder be distributed by the codes in its names.
async fn unit(machine: &Machine) -> PathBuf {
    let folder = collected(&machine.folder);
    let who = ["周宁", "并州分校"];
    let window = machine.first_start("unit", &folder).await;
    create(&window, "self", who).await;
    window.click("tab-evidence").await;
    window.click("add-folder").await;
    window.find("distribute-facts").await;
    window.picture("roles-unit-distribute").await;
    window.click("distribute-run").await;
    window.find("distribute-done").await;
    window.click("distribute-close").await;
    window.sees("catalogue", "4.5.3-2").await;
    window.click("tab-tasks").await;
    window.picture("roles-unit-tasks").await;
    window.close(&machine.hengjian).await;
    let sheet = machine.only_sheet("self");
    machine.hand_over(&sheet, "self-周宁.json", who)
}

/// The expert reads what the unit sent, judges a piece of evidence, marks a point with a reason.
async fn expert(machine: &Machine, package: &Path) -> PathBuf {
    let who = ["孟雪琴", "省电大评估专家组"];
    let window = machine.first_start("expert", package).await;
    import(&window, package).await;
    create(&window, "review", who).await;
    window.click("chip-all").await;
    window.keys("body", "g").await;
    window.type_into("jump-input", "1.1.1-2").await;
    window.press("jump-input", &Key::Enter.to_string()).await;
    window.click_css("[data-testid^=\"evidence-\"] button").await;
    window.click("verdict-doubtful").await;
    window.type_into("verdict-note", "制度没有落款日期，请补原件").await;
    window.type_into("mark-1.1.1-2", "2").await;
    window.press("mark-1.1.1-2", &Key::Enter.to_string()).await;
    window.sees("total", "2").await;
    window.picture("roles-expert").await;
    window.close(&machine.hengjian).await;
    let sheet = machine.only_sheet("review");
    machine.hand_over(&sheet, "review-孟雪琴.json", who)
}

/// The office takes both, sees them beside each other and prints how the marks came about.
async fn office(machine: &Machine, packages: [&Path; 2]) {
    let window = machine.first_start("office", &machine.folder).await;
    for package in packages {
        import(&window, package).await;
    }
    window.sees("parcels", "并州分校").await;
    window.picture("roles-office").await;
    let review = opener_of(&window, "孟雪琴").await;
    window.click(&review).await;
    window.click("tab-results").await;
    window.sees("results-total", "831").await;
    window.picture("roles-office-results").await;
    window.close(&machine.hengjian).await;
}

/// The button that opens the sheet of an assessor in the list.
async fn opener_of(window: &Window, assessor: &str) -> String {
    let script = "return [...document.querySelectorAll('[data-testid^=\"sheet-\"]')]
        .find((row) => row.textContent.includes(arguments[0]))?.querySelector('[data-testid^=\"open-\"]')?.dataset.testid ?? ''";
    let found = window.page.execute(script, vec![assessor.into()]).await.unwrap();
    text(&found).to_owned()
}

#[tokio::test]
async fn a_self_evaluation_goes_from_the_unit_over_the_panel_to_the_office() {
    tokio::time::timeout(LIMIT, journey()).await.expect("the window or its driver stopped answering");
}

async fn journey() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second, third] = ["分校", "专家", "评估办公室"].map(|name| Machine::new(folder.path(), name));
    let from_unit = unit(&first).await;
    let from_expert = expert(&second, &from_unit).await;
    office(&third, [&from_unit, &from_expert]).await;
}
