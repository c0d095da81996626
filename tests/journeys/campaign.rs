//! A whole campaign of an evaluation office: it makes its rubric, its certificate and its panel; experts come back with
//! sheets of which one is altered, one stands twice, one has two contents and one is signed with a lost key; whatever
//! the order in which they are merged, the record is the same to the byte.

use crate::program::{Hengjian, copy_folder, judge, list, only_file, printed, root, text};
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

const PANEL: &str = "2026 运营服务质量评估";
const UNITS: [&str; 5] = ["并州平台", "河东平台", "上党平台", "雁门平台", "漳源平台"];
const EXPERTS: [&str; 3] = ["周敏", "陈立", "李维"];
/// Signed once, and lost the key since.
const FORMER: &str = "郝宁";
const ORGANISATION: &str = "第二专家组";
const GRADES: &str = r#"
[[grade]]
name = "一级"
name_en = "First"
at_least = 85
sentence = "总分85分及以上为一级"

[[grade]]
name = "二级"
name_en = "Second"
at_least = 83
sentence = "总分83分及以上、不足85分为二级"

[[grade]]
name = "不定级"
name_en = "None"
at_least = 0
sentence = "不足83分不定级"
"#;

/// The office, the machines of its experts, and what goes between them.
struct Campaign {
    office: Hengjian,
    folder: PathBuf,
}

impl Campaign {
    fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    fn machine(&self, name: &str) -> Hengjian {
        Hengjian { workspace: self.folder.join("电脑").join(name) }
    }

    fn rubric(&self) -> String {
        self.path("平台2026版.toml")
    }

    /// The office's own edition with grades, and its certificate.
    fn founded(folder: &Path) -> Self {
        let campaign =
            Self { office: Hengjian { workspace: folder.join("电脑/办公室") }, folder: folder.to_owned() };
        fs::write(folder.join("等次.toml"), GRADES).unwrap();
        let (changes, rubric) = (campaign.path("等次.toml"), campaign.rubric());
        let named = ["--id", "platform-bz", "--edition", "2026", "--suffix", "（并州2026版）"];
        let files = ["--changes", changes.as_str(), "--out", rubric.as_str()];
        campaign.office.ok(&[&["rubric", "localise", "platform-2024"][..], &named, &files].concat());
        campaign.office.ok(&["office", "init", "--name", "并州评估办公室", "--organisation", "并州人社局"]);
        campaign.office.ok(&["office", "certificate", "--out", &campaign.path("证书")]);
        campaign
    }

    /// An expert asks for a certificate, hears the digits of the office and gets one.
    fn admitted(&self, name: &str) {
        let (expert, folder) = (self.machine(name), format!("证书/{name}"));
        expert.new_identity(name, ORGANISATION);
        expert.ok(&["identity", "request", name, "--out", &self.path(&folder)]);
        let heard = text(&expert.json(&["trust", "list"])["identities"][0]["certificate"]["spoken"]).to_owned();
        let request = only_file(&self.folder.join(&folder), "csr").display().to_string();
        self.office.ok(&["office", "issue", &request, "--heard", &heard, "--out", &self.path(&folder)]);
        expert.ok(&["identity", "import", &only_file(&self.folder.join(&folder), "crt").display().to_string()]);
    }

    /// An expert's sheet of a unit with all its marks, not finalised yet.
    fn scored(&self, expert: usize, unit: usize) -> (Hengjian, String) {
        let name = EXPERTS.get(expert).copied().unwrap_or(FORMER);
        let machine = self.machine(name);
        let new = ["new", "--rubric", &self.rubric(), "--unit", UNITS[unit], "--year", "2026"];
        let who = ["--stage", "review", "--assessor", name, "--organisation", ORGANISATION];
        let sheet = text(&machine.json(&[&new[..], &who].concat())["id"]).to_owned();
        let input = self.path(&format!("{name}-{}.json", UNITS[unit]));
        fs::write(&input, marks(expert, unit).to_string()).unwrap();
        machine.ok(&["score", &sheet, "--input", &input]);
        (machine, sheet)
    }

    /// Finalises, signs and hands over to a folder of the office's.
    fn handed_over(&self, machine: &Hengjian, sheet: &str, name: &str, to: &str) {
        machine.ok(&["finalize", sheet]);
        machine.ok(&["export", sheet, "--identity", name, "--no-pdf", "--out", &self.path(to)]);
    }

    /// All files that came back, and those of them that are not as they should be.
    fn returned(&self) -> Vec<PathBuf> {
        for name in EXPERTS.into_iter().chain([FORMER]) {
            self.admitted(name);
        }
        std::thread::scope(|scope| {
            for (expert, name) in EXPERTS.into_iter().enumerate() {
                scope.spawn(move || {
                    for unit in 0..UNITS.len() {
                        let (machine, sheet) = self.scored(expert, unit);
                        if (expert, unit) == TWICE {
                            self.contended(name, &sheet);
                        }
                        self.handed_over(&machine, &sheet, name, &format!("收件/{name}/{unit}"));
                    }
                });
            }
        });
        let (machine, sheet) = self.scored(EXPERTS.len(), 1);
        self.handed_over(&machine, &sheet, FORMER, &format!("收件/{FORMER}"));
        self.office.ok(&["office", "revoke", FORMER, "--reason", "key-compromise", "--out", &self.path("证书")]);

        let of = |expert: usize, unit: usize| self.folder.join(format!("收件/{}/{unit}", EXPERTS[expert]));
        let altered = only_file(&of(ALTERED.0, ALTERED.1), "hjp");
        let mut bytes = fs::read(&altered).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&altered, bytes).unwrap();
        fs::copy(only_file(&of(1, 0), "hjp"), self.folder.join("收件/再发一次.hjp")).unwrap();
        packages(&self.folder.join("收件"))
    }

    /// The expert goes on with a copy of his folder on another computer and comes to another mark there.
    fn contended(&self, name: &str, sheet: &str) {
        let copied = self.machine(&format!("{name}的笔记本"));
        copy_folder(&self.machine(name).workspace, &copied.workspace);
        copied.ok(&["score", sheet, "2.1.2=3.2", "--remark", "2.1.2=抽查的学习记录里有三人未核验"]);
        self.handed_over(&copied, sheet, name, &format!("收件/{name}的笔记本"));
    }

    /// The office takes what the expert's own computer says, and signs that.
    fn decided(&self, record: &[u8]) {
        self.office.new_identity("何静", "并州人社局");
        let (sheet, own) = self.own_side(record);
        let (record, out) = (self.path("汇总一/merged.jsonl"), self.path("裁定.jsonl"));
        let given = ["--take", &own, "--reason", "与周敏通电话核实", "--identity", "何静", "--out", &out];
        self.office.ok(&[&["decide", &record, &sheet][..], &given].concat());
    }

    /// The sheet with two contents, and the digest of the one on the expert's own computer.
    fn own_side(&self, record: &[u8]) -> (String, String) {
        let (sheet, sides) = conflict(record);
        let own = self.total(TWICE.0, TWICE.1).to_string();
        let own = sides.into_iter().find(|(_, total)| *total == own).unwrap();
        (sheet, own.0)
    }

    /// A unit's total as the expert's own machine reckons it.
    fn total(&self, expert: usize, unit: usize) -> Decimal {
        let sheets = self.machine(EXPERTS[expert]).json(&["list"]);
        let sheet = list(&sheets).iter().find(|sheet| sheet["unit"] == UNITS[unit]).unwrap();
        text(&sheet["total"]).parse().unwrap()
    }

    /// The office takes in what is sound, and decides in its workspace what has two contents.
    fn taken_in(&self, files: &[PathBuf]) {
        let input: Vec<&str> = files.iter().map(|file| file.to_str().unwrap()).collect();
        // One of them is damaged and one is of nobody whom the office knows.
        let taken = self.office.ends(3, &[&["--json", "inbox", "--import"][..], &input].concat());
        let taken: Value = serde_json::from_str(&taken).unwrap();
        let count = |state: &str| {
            list(&taken["counts"])
                .iter()
                .find(|count| count["state"] == state)
                .map_or(0, |n| n["count"].as_u64().unwrap())
        };
        let counts = ["added", "same", "conflicting", "untrusted", "damaged"].map(count);
        assert_eq!(counts, [13, 1, 2, 1, 1], "{taken:#}");
        let record = fs::read(self.folder.join("汇总一/merged.jsonl")).unwrap();
        let (sheet, own) = self.own_side(&record);
        let given = ["--take", &own, "--reason", "与周敏通电话核实", "--identity", "何静"];
        self.office.ok(&[&["decide", &sheet][..], &given].concat());
    }

    /// What the office hands out says the same as the window.
    fn reported(&self, units: &[Value]) {
        for (report, kind) in [("bulletin", "pdf"), ("merged", "pdf"), ("merged", "xlsx")] {
            let out = self.path(&format!("{report}.{kind}"));
            self.office.ok(&["panel-report", "write", PANEL, "--report", report, "--out", &out]);
        }
        for report in ["bulletin", "merged"] {
            let printed = judge("pdftotext", &["-layout", &self.path(&format!("{report}.pdf")), "-"]);
            for unit in units {
                let (name, total) = (text(&unit["unit"]), text(&unit["total"]));
                let stands = |line: &str| line.contains(name) && line.split_whitespace().any(|word| word == total);
                assert!(printed.lines().any(stands), "{report}: {name} {total}\n{printed}");
            }
        }
    }

    /// The panel with its leader, who keeps away from whom, and the declared policy.
    fn empanelled(&self) {
        let panel = |arguments: &[&str]| self.office.ok(&[&["panel", arguments[0], PANEL], &arguments[1..]].concat());
        panel(&["new", "--rubric", &self.rubric(), "--year", "2026"]);
        for name in EXPERTS {
            panel(&["member", name, "--organisation", ORGANISATION]);
        }
        panel(&["leader", EXPERTS[0]]);
        panel(&["recuse", EXPERTS[RECUSED.0], UNITS[RECUSED.1], "--reason", "曾任该平台顾问"]);
        panel(&["policy", "--method", "mean", "--per", "total", "--step", "0.1", "--rounding", "half-even"]);
    }

    /// Merges files in this order into a folder; the record's bytes.
    fn merged(&self, files: &[PathBuf], out: &str, exit: i32) -> Vec<u8> {
        let out = self.path(out);
        let files: Vec<&str> = files.iter().map(|file| file.to_str().unwrap()).collect();
        let output = self.office.run(&[&["merge", "--out", &out][..], &files].concat());
        assert_eq!(output.status.code(), Some(exit), "{}", printed(&output));
        fs::read(Path::new(&out).join("merged.jsonl")).unwrap()
    }
}

/// Expert and unit of the sheet that comes with two contents.
const TWICE: (usize, usize) = (0, 3);
/// Expert and unit that have to do with each other.
const RECUSED: (usize, usize) = (1, 2);

/// Expert and unit of the sheet whose file was altered on the way.
const ALTERED: (usize, usize) = (2, 4);

/// The marks that an expert gives a unit: the sample's, some of them lower by tenths.
fn marks(expert: usize, unit: usize) -> Value {
    let sample = fs::read_to_string(root().join("assets/sample/platform-2024.json")).unwrap();
    let mut input: Value = serde_json::from_str(&sample).unwrap();
    for (number, code) in ["2.1.1", "2.3.2", "3.1.1", "3.1.2"].into_iter().enumerate() {
        let tenths = i64::try_from(40 - (expert * 2 + unit * (number + 1)) % 9).unwrap();
        input["scores"][code] = json!(Decimal::new(tenths, 1).normalize().to_string());
    }
    input
}

fn packages(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            found.extend(packages(&entry));
        } else if entry.extension().is_some_and(|ending| ending == "hjp") {
            found.push(entry);
        }
    }
    found.sort();
    found
}

fn lines(record: &[u8], kind: &str) -> Vec<Value> {
    let lines = std::str::from_utf8(record).unwrap().lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(|line| line["kind"] == kind).collect()
}

/// The sheets of a record that somebody has to decide.
fn contended(record: &[u8]) -> Vec<Value> {
    lines(record, "sheet").into_iter().filter(|line| line["standing"]["conflict"].is_object()).collect()
}

/// The one sheet with two contents: its number, and the digest and total of each.
fn conflict(record: &[u8]) -> (String, Vec<(String, String)>) {
    let [sheet] = &contended(record)[..] else { panic!("one conflict is expected") };
    let number = text(&sheet["sheet"]).to_owned();
    let contents = lines(record, "revision").into_iter().filter(|line| line["sheet"]["id"] == number.as_str());
    let sides =
        contents.map(|line| (text(&line["digest"]).to_owned(), text(&line["sheet"]["result"]["total"]).to_owned()));
    let sides = sides.collect();
    (number, sides)
}

/// The mean of what counts, to one decimal by GB/T 8170.
fn mean(totals: &[Decimal]) -> Decimal {
    let sum: Decimal = totals.iter().sum();
    (sum / Decimal::from(totals.len())).round_dp_with_strategy(1, RoundingStrategy::MidpointNearestEven)
}

#[test]
fn an_office_merges_in_any_order_decides_and_reports() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = Campaign::founded(folder.path());
    let files = campaign.returned();
    assert_eq!(files.len(), 18);

    let mut backwards = files.clone();
    backwards.reverse();
    let mut turned = files.clone();
    turned.rotate_left(7);
    let record = campaign.merged(&files, "汇总一", 3);
    assert!(record == campaign.merged(&backwards, "汇总二", 3) && record == campaign.merged(&turned, "汇总三", 3));
    let log = fs::read_to_string(campaign.folder.join("汇总一/merge-log.csv")).unwrap();
    for (wanted, times) in [("损坏", 1), ("未受信任", 1), ("相同", 1), ("冲突，待裁定", 2)] {
        assert_eq!(log.matches(&format!(",\"{wanted}\",")).count(), times, "{wanted}: {log}");
    }

    campaign.decided(&record);
    let decision = campaign.folder.join("裁定.jsonl");
    let with_it = |files: &[PathBuf]| [files, std::slice::from_ref(&decision)].concat();
    let settled = campaign.merged(&with_it(&files), "汇总四", 3);
    assert!(settled == campaign.merged(&with_it(&turned), "汇总五", 3), "a decision comes at any place");
    assert!(contended(&settled).is_empty());

    campaign.taken_in(&files);
    campaign.empanelled();
    let panel = campaign.office.json(&["panel", "show", PANEL]);
    let units = list(&panel["units"]);
    assert_eq!(units.len(), UNITS.len());
    for unit in units {
        let number = UNITS.iter().position(|name| unit["unit"] == *name).unwrap();
        let counted = (0..EXPERTS.len()).filter(|&expert| ![RECUSED, ALTERED].contains(&(expert, number)));
        let totals: Vec<Decimal> = counted.map(|expert| campaign.total(expert, number)).collect();
        assert_eq!(unit["counted"], totals.len(), "{unit:#}");
        assert_eq!(text(&unit["total"]).parse::<Decimal>().unwrap(), mean(&totals), "{unit:#}");
    }
    campaign.reported(units);
    campaign.office.ok(&["history", "--check"]);
}
