//! Data out: the same facts as CSV, Parquet and SQLite, on a database server, and asked by engines that know nothing of
//! this program.

use crate::postgres::{PASSWORD, Server};
use crate::program::{Hengjian, copy_folder, judge, list, printed, python_tool, root, text};
use crate::screen::{Window, wait_for};
use app::facts::Surroundings;
use app::view::{FactsChoice, FactsFormat, FactsInput, PublishInput, ServerInput};
use app::{Language, Session, Watch, World};
use journeys::packages::{Campaign, Which};
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

const PANEL: &str = "2026 复评";
const UNITS: usize = 12;
const EXPERTS: usize = 3;

fn campaign() -> &'static Campaign {
    static ONE: OnceLock<Campaign> = OnceLock::new();
    ONE.get_or_init(|| Campaign::new(include_str!("../../rubrics/oucsx-2021.toml"), EXPERTS))
}

/// The workspace of an office with the sheets of a panel, made once and copied for each test.
fn office(to: &Path) -> Hengjian {
    static ONE: OnceLock<tempfile::TempDir> = OnceLock::new();
    let first = ONE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let office = Hengjian { workspace: folder.path().join("办公室") };
        let campaign = campaign();
        let stick = folder.path().join("U盘");
        std::fs::create_dir(&stick).unwrap();
        campaign.write_all(&stick, UNITS);
        office.ok(&["inbox", "--import", "--unverified", stick.to_str().unwrap()]);
        office.ok(&["panel", "new", PANEL, "--rubric", "oucsx-2021", "--year", "2026"]);
        for expert in &campaign.experts {
            let person = expert.certificate().person();
            office.ok(&["panel", "member", PANEL, &person.name, "--organisation", &person.organisation]);
        }
        let names: Vec<String> = campaign.experts.iter().map(|one| one.certificate().person().name).collect();
        office.ok(&["panel", "leader", PANEL, &names[0]]);
        office.ok(&["panel", "recuse", PANEL, &names[2], "并州分校", "--reason", "=曾任该校教师"]);
        office.ok(&["panel", "policy", PANEL, "--method", "mean", "--step", "0.1", "--total-outlier", "20"]);
        let agreed = ["--mark", "801.5", "--reason", "复核 4.5.3 后一致同意"];
        office.ok(&[&["panel", "agree", PANEL, "上党分校", "total"][..], &agreed].concat());
        folder
    });
    copy_folder(&first.path().join("办公室"), to);
    Hengjian { workspace: to.to_owned() }
}

/// Every file under a folder, by its place, with its bytes.
fn all_files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for path in std::fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else {
                let place = path.strip_prefix(folder).unwrap().display().to_string();
                found.insert(place, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn export(office: &Hengjian, format: &str, out: &Path) -> Value {
    office.json(&["data", "export", "--format", format, "--out", out.to_str().unwrap()])
}

#[test]
fn the_same_facts_give_the_same_bytes_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let office = office(&folder.path().join("工作区"));
    for format in ["csv", "parquet", "sqlite"] {
        let (one, other) = (folder.path().join(format!("{format} 一")), folder.path().join(format!("{format} 二")));
        let report = export(&office, format, &one);
        export(&office, format, &other);
        let files = all_files(&one);
        assert!(files == all_files(&other), "{format}");
        for file in list(&report["files"]) {
            let path = one.join(text(&file["path"]));
            let sum = judge("sha256sum", &[path.to_str().unwrap()]);
            assert!(sum.trim_start_matches('\\').starts_with(text(&file["sha256"])), "{sum} {file}");
        }
        assert_eq!(list(&report["files"]).len(), files.len());
    }

    let recusal = std::fs::read_to_string(folder.path().join("csv 一/recusal.csv")).unwrap();
    assert!(recusal.starts_with('\u{feff}') && recusal.contains(",\"'=曾任该校教师\"\r\n"), "{recusal}");
    let marks = std::fs::read_to_string(folder.path().join("csv 一/mark.csv")).unwrap();
    let database = rusqlite::Connection::open(folder.path().join("sqlite 一/hengjian-data.sqlite")).unwrap();
    let one = |sql: &str| database.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(one("SELECT count(*) FROM sheet"), (UNITS * EXPERTS) as i64);
    assert_eq!(one("SELECT count(*) FROM mark") as usize, marks.lines().count() - 1);
    // Where each came from: every revision has its package and its signer.
    let known = "SELECT count(*) FROM sheet s WHERE EXISTS (SELECT 1 FROM package p WHERE p.sheet_digest = s.digest) \
                 AND EXISTS (SELECT 1 FROM signature g WHERE g.sheet_digest = s.digest AND g.signer = s.assessor)";
    assert_eq!(one(known), (UNITS * EXPERTS) as i64);
    assert_eq!(one("SELECT count(*) FROM sheet s JOIN standing t ON t.sheet_digest = s.digest"), one(known));

    // A folder with something in it stays as it is; an earlier export is replaced only when that is said.
    let out = folder.path().join("csv 一");
    let again = ["data", "export", "--format", "sqlite", "--out", out.to_str().unwrap()];
    let said = office.refused(4, &again);
    assert!(said.contains("文件夹里已有内容") && said.contains("data.not-empty"), "{said}");
    office.ok(&[&again[..], &["--force"]].concat());
    assert_eq!(all_files(&out).len(), 2);
    std::fs::write(out.join("别的.txt"), "我的").unwrap();
    let said = office.refused(4, &[&again[..], &["--force"]].concat());
    assert!(said.contains("data.not-ours") && out.join("别的.txt").exists(), "{said}");
    let said = office.refused(1, &["data", "export", "--format", "csv", "--out", "x", "--year", "1999"]);
    assert!(said.contains("没有可以导出的数据") && said.contains("oucsx-2021 2026"), "{said}");
    let left = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(left.into_iter().all(|name| !name.to_string_lossy().starts_with('.')), "no partial folder is left");
}

/// Prints cells of the CSV files and workbooks that compute, or that a spreadsheet would take for a formula; a number is
/// none. Then how many cells of texts there were that begin like one and do not compute.
const COMPUTING: &str = r#"
import csv, re, sys, openpyxl
guarded = 0
for path in sys.argv[1:]:
    if path.endswith('.xlsx'):
        for sheet in openpyxl.load_workbook(path):
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
                text = str(cell.value)
                if '校' in text and cell.data_type != 's':
                    print(path, cell.coordinate, text)
                guarded += cell.data_type == 's' and text[0] in '=+-@'
    else:
        for line in csv.reader(open(path, encoding='utf-8-sig', newline='')):
            for text in line:
                if text and text[0] in '=+-@\t\r\n＝＋－＠' and not re.fullmatch(r'-?[0-9.]+', text):
                    print(path, repr(text))
                guarded += text[:2] in ("'=", "'+", "'-", "'@", "'＝")
print('guarded', guarded > 20)
"#;

#[test]
fn no_table_computes_what_a_name_says() {
    let folder = tempfile::tempdir().unwrap();
    let office = office(&folder.path().join("工作区"));
    let stick = folder.path().join("U盘");
    std::fs::create_dir(&stick).unwrap();
    for (number, name) in ["=1+1校", "+2校", "-3校", "@SUM(1)校", "＝4校"].into_iter().enumerate() {
        for expert in 0..2 {
            let which = Which::first(UNITS + number, expert);
            campaign().write_with(&stick, which, |sheet| name.clone_into(&mut sheet.unit));
        }
    }
    take_in(&office, &stick);
    let (out, merged) = (folder.path().join("数据"), folder.path().join("汇总"));
    export(&office, "csv", &out);
    let mut paths: Vec<_> = all_files(&out).into_keys().filter(|path| path.ends_with(".csv")).collect();
    paths.iter_mut().for_each(|path| *path = out.join(&*path).display().to_string());
    office.run(&["merge", "--unverified", stick.to_str().unwrap(), "--out", merged.to_str().unwrap()]);
    paths.push(merged.join("merge-log.csv").display().to_string());
    let mut write = |name: &str, arguments: &[&str]| {
        let path = folder.path().join(name).display().to_string();
        office.ok(&[arguments, &["--out", &path]].concat());
        paths.push(path);
    };
    for table in ["matrix", "shown", "ranking", "grades", "indicators", "self", "calculations"] {
        write(&format!("{table}.csv"), &["results", PANEL, "--format", "csv", "--table", table]);
    }
    write("比.csv", &["results", PANEL, "--format", "csv", "--unit", "=1+1校", "--unit", "@SUM(1)校"]);
    write("总分.csv", &["results", PANEL, "--format", "csv", "--unit", "=1+1校", "--mark", "total"]);
    let run = office.json(&["inbox", "--list"]);
    let run = list(&run).iter().map(|run| run["id"].as_u64().unwrap()).max().unwrap().to_string();
    write("收件.csv", &["inbox", "--log", &run]);
    write("收件.xlsx", &["inbox", "--log", &run]);
    write("汇总表.xlsx", &["panel-report", "write", PANEL, "--report", "merged"]);
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let said = judge(python_tool("python"), &[&["-c", COMPUTING][..], &paths].concat());
    assert_eq!(said, "guarded True\n");
    // Numbers stay numbers.
    let text = std::fs::read_to_string(folder.path().join("ranking.csv")).unwrap();
    let line = text.lines().find(|line| line.contains("\"'=1+1校\"")).unwrap();
    assert!(line.split(',').any(|cell| cell.parse::<f64>().is_ok_and(|number| number > 100.0)), "{line}");
}

/// What an engine says of a Parquet set.
fn asked(python: &Path, engine: &str, set: &Path) -> Value {
    let file = |name: &str| root().join("tests/data").join(name).display().to_string();
    let queries =
        [file("query.py"), engine.to_owned(), set.display().to_string(), file("weak.sql"), file("totals.sql")];
    let queries: Vec<&str> = queries.iter().map(String::as_str).collect();
    let output = Command::new(python).args(&queries).output().unwrap();
    assert!(output.status.success(), "{}", printed(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn decimal(value: &Value) -> Decimal {
    let plain = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Decimal::from_str_exact(&plain).unwrap_or_else(|_| panic!("{value}"))
}

/// The answers of an engine are the numbers that the program shows.
fn same_numbers(office: &Hengjian, answers: &Value) {
    let ours = office.json(&["results", PANEL]);
    let (weak, totals) = (list(&answers[0]), list(&answers[1]));
    let indicators = list(&ours["indicators"]);
    assert_eq!(weak.len(), indicators.len());
    for row in indicators {
        let found = weak.iter().find(|one| one["code"] == row["code"]).unwrap();
        let share = decimal(&found["score"]) * Decimal::ONE_HUNDRED / decimal(&found["full_marks"]);
        assert_eq!(share.round_dp(2), decimal(&row["percent"]), "{row} {found}");
        assert_eq!(decimal(&found["below"]), decimal(&row["below"]), "{row} {found}");
        assert_eq!(decimal(&found["units"]), decimal(&row["units"]), "{row} {found}");
    }
    let ranking = list(&ours["ranking"]);
    assert_eq!((totals.len(), ranking.len()), (UNITS, UNITS));
    for row in ranking {
        let found = totals.iter().find(|one| one["unit"] == row["unit"]).unwrap();
        assert_eq!(decimal(&found["total"]), decimal(&row["total"]), "{row} {found}");
        assert_eq!(decimal(&found["place"]), decimal(&row["rank"]), "{row} {found}");
        assert_eq!(found["grade"], row["grade"]);
        if row["unit"] != "上党分校" {
            let mean = decimal(&found["marks"]) / decimal(&found["sheets"]);
            assert_eq!(mean.round_dp(1), decimal(&row["total"]), "the mean of the marks: {row} {found}");
        }
    }
}

#[test]
fn duckdb_finds_the_same_numbers_in_the_parquet_set() {
    let folder = tempfile::tempdir().unwrap();
    let office = office(&folder.path().join("工作区"));
    let set = folder.path().join("数据");
    export(&office, "parquet", &set);
    assert!(set.join("mark/rubric=oucsx-2021/year=2026/part-0.parquet").exists());
    same_numbers(&office, &asked(&python_tool("python"), "duckdb", &set));
}

/// Needs Java and PySpark, which `script/check-spark` installs and names.
#[test]
#[ignore = "opt-in: script/check-spark"]
fn spark_finds_the_same_numbers_in_the_parquet_set() {
    let python = std::env::var_os("HENGJIAN_SPARK_PYTHON").expect("script/check-spark says which Python has PySpark");
    let folder = tempfile::tempdir().unwrap();
    let office = office(&folder.path().join("工作区"));
    let set = folder.path().join("数据");
    export(&office, "parquet", &set);
    same_numbers(&office, &asked(Path::new(&python), "spark", &set));
}

/// The command line with the password in its environment.
fn with_password(office: &Hengjian, arguments: &[&str]) -> Command {
    let mut command = office.command(arguments);
    command.env("PGPASSWORD", PASSWORD).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[track_caller]
fn done(office: &Hengjian, arguments: &[&str]) -> Value {
    let output = with_password(office, &[&["--json"], arguments].concat()).output().unwrap();
    assert!(output.status.success(), "{arguments:?}\n{}", printed(&output));
    assert!(!printed(&output).contains(PASSWORD));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn publish(server: &Server, office: &str) -> [String; 5] {
    ["publish", "--to", &server.address(), "--office", office].map(str::to_owned)
}

fn slices(arguments: &[String]) -> Vec<&str> {
    arguments.iter().map(String::as_str).collect()
}

/// The numbers of a result, without what only a workspace has.
fn numbers(mut results: Value) -> Value {
    for key in ["canUndo", "canRedo"] {
        results["panel"][key] = Value::Null;
    }
    results
}

#[test]
fn what_is_published_is_read_back_with_the_same_numbers() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start());
    let office = office(&folder.path().join("工作区"));
    let address = server.address();
    let published = publish(&server, "并州评估办公室");
    let first = done(&office, &slices(&published));
    assert!(first["added"].as_u64().unwrap() > (UNITS * EXPERTS) as u64 && first["same"] == 0, "{first}");
    let counts = server.counts();
    let again = done(&office, &slices(&published));
    assert_eq!((&again["added"], &again["replaced"], &again["rows"]), (&0.into(), &0.into(), &0.into()));
    assert_eq!(server.counts(), counts);

    // Another machine, with nothing of its own.
    let elsewhere = Hengjian { workspace: folder.path().join("别处") };
    let ours = office.json(&["results", PANEL]);
    let served = done(&elsewhere, &["results", PANEL, "--from", &address]);
    assert_eq!(numbers(served), numbers(ours));
    for table in ["matrix", "ranking", "grades", "indicators", "self", "calculations"] {
        let shape = ["--format", "csv", "--table", table];
        let output =
            with_password(&elsewhere, &[&["results", PANEL, "--from", &address][..], &shape].concat()).output();
        let served = String::from_utf8(output.unwrap().stdout).unwrap();
        assert_eq!(served, office.ok(&[&["results", PANEL][..], &shape].concat()), "{table}");
    }
    let profile = ["results", PANEL, "--unit", "上党分校", "--unit", "河东分校"];
    let served = done(&elsewhere, &[&profile[..], &["--from", &address]].concat());
    assert_eq!(served, office.json(&profile));

    // A change of the panel takes the place of what was said before; nothing else is written.
    office.ok(&["panel", "agree", PANEL, "上党分校", "total", "--mark", "799", "--reason", "再议"]);
    let changed = done(&office, &slices(&published));
    assert_eq!((&changed["added"], &changed["replaced"]), (&0.into(), &1.into()), "{changed}");
    assert_eq!(server.counts(), counts);
    let served = done(&elsewhere, &["results", PANEL, "--from", &address]);
    assert_eq!(numbers(served), numbers(office.json(&["results", PANEL])));
    assert_eq!(server.sql("SELECT total FROM hengjian.result WHERE unit = '上党分校'"), "799.000000");
}

#[test]
fn four_offices_at_once_lose_nothing() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start());
    let names = ["甲办", "乙办", "丙办", "丁办"];
    let offices: Vec<Hengjian> = names
        .iter()
        .map(|name| {
            let office = office(&folder.path().join(name));
            office.ok(&["panel", "new", name, "--rubric", "oucsx-2021", "--year", "2026"]);
            office
        })
        .collect();
    let running: Vec<_> = names
        .iter()
        .zip(&offices)
        .map(|(name, office)| with_password(office, &slices(&publish(&server, name))).spawn().unwrap())
        .collect();
    for child in running {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", printed(&output));
    }
    let one = |sql: &str| server.sql(sql);
    assert_eq!(one("SELECT count(*) FROM hengjian.sheet"), (UNITS * EXPERTS).to_string());
    assert_eq!(one("SELECT count(*) FROM hengjian.panel"), "5");
    assert_eq!(one("SELECT count(DISTINCT office) FROM hengjian.standing"), "4");
    assert_eq!(one("SELECT count(*) FROM hengjian.standing"), (4 * UNITS * EXPERTS).to_string());
    let stray = "SELECT count(*) FROM hengjian.mark m LEFT JOIN hengjian.sheet s ON s.digest = m.sheet_digest \
                 WHERE s.digest IS NULL OR s.piece <> m.piece";
    assert_eq!(one(stray), "0");
    // Each says the same afterwards as alone, and has nothing left to write but the panel that all of them have.
    let counts = server.counts();
    for (name, office) in names.iter().zip(&offices) {
        let again = done(office, &slices(&publish(&server, name)));
        assert_eq!(again["added"], 0, "{again}");
        assert!(again["replaced"].as_u64().unwrap() <= 1, "{again}");
    }
    assert_eq!(server.counts(), counts);
}

#[test]
fn a_server_killed_in_the_middle_is_completed_by_publishing_again() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start());
    let office = office(&folder.path().join("工作区"));
    let arguments = publish(&server, "并州评估办公室");
    done(&office, &slices(&[&arguments[..], &["--panel".to_owned(), PANEL.to_owned()]].concat()));
    let whole = server.counts();
    server.sql("TRUNCATE hengjian.piece CASCADE");

    // Everything before the table of results is written.
    let mut before = String::new();
    let seen = |server: &Server| before = server.sql("SELECT count(*) FROM hengjian.piece");
    let said = killed_at(&server, "result", with_password(&office, &slices(&arguments)), seen);
    assert!(said.contains("发布到一半，数据库断开了") && said.contains("data.gone"), "{said}");
    assert!(said.contains(&format!("已写入并核实 {before} 项")) && !said.contains(PASSWORD), "{said}");

    let said = printed(&with_password(&office, &slices(&arguments)).output().unwrap());
    assert!(said.contains("数据库没有应答") && said.contains("data.unreachable"), "{said}");
    server.begin();
    assert_eq!(server.sql("SELECT count(*) FROM hengjian.piece"), before);
    assert_ne!(before, "0");
    let completed = done(&office, &slices(&arguments));
    assert_eq!(completed["same"].to_string(), before);
    assert_eq!(server.counts(), whole);
    let served = done(&office, &["results", PANEL, "--from", &server.address()]);
    assert_eq!(numbers(served), numbers(office.json(&["results", PANEL])));
}

/// What a program says that waits for a table when the server is killed; `seen` looks at the server before.
fn killed_at(server: &Server, table: &str, mut command: Command, seen: impl FnOnce(&Server)) -> String {
    let mut holder = server.holding(&format!("LOCK TABLE hengjian.{table} IN ACCESS EXCLUSIVE MODE"));
    let locks = format!("SELECT count(*) FROM pg_locks WHERE relation = 'hengjian.{table}'::regclass AND");
    wait_for("the lock", || server.sql(&format!("{locks} granted")) != "0");
    let child = command.spawn().unwrap();
    wait_for("the program", || server.sql(&format!("{locks} NOT granted")) != "0");
    seen(server);
    server.kill();
    holder.wait().unwrap();
    let output = child.wait_with_output().unwrap();
    let said = printed(&output);
    assert_eq!(output.status.code(), Some(4), "{said}");
    said
}

#[test]
fn a_server_killed_while_it_is_read_is_said_and_read_again() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start());
    let office = office(&folder.path().join("工作区"));
    done(&office, &slices(&publish(&server, "并州评估办公室")));
    let address = server.address();
    let read = ["results", PANEL, "--from", &address];
    let said = killed_at(&server, "panel_sheet", with_password(&office, &read), |_| {});
    assert!(said.contains("读到一半，数据库断开了") && said.contains("data.lost"), "{said}");
    assert!(said.contains("什么都没有改动") && !said.contains(PASSWORD), "{said}");
    server.begin();
    assert_eq!(numbers(done(&office, &read)), numbers(office.json(&["results", PANEL])));
}

/// Stops once so many units or panels are done, as the button of the window does.
fn stopping_after(most: u64) -> Watch {
    let flag = Arc::new(AtomicBool::new(false));
    let stop = Arc::clone(&flag);
    // Each counts as 1024.
    Watch::new(move |_, done, _| stop.store(done >= most << 10, Ordering::Relaxed), flag)
}

#[test]
fn what_is_stopped_halfway_leaves_no_half_and_is_completed_by_the_next_run() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start());
    let office = office(&folder.path().join("工作区"));
    let world = World::real(app::world::fonts_folder());
    let mut session = Session::open(&office.workspace, world, Language::Zh).unwrap();
    let out = folder.path().join("数据");
    let input = |format: FactsFormat, replace: bool| {
        let directory = out.display().to_string();
        FactsInput { choice: FactsChoice::default(), format, directory, replace }
    };
    for format in [FactsFormat::Csv, FactsFormat::Parquet, FactsFormat::Sqlite] {
        let stopped = session.export_facts(&input(format, false), &stopping_after(4)).unwrap_err();
        assert_eq!(stopped.code(), "data.stopped");
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["工作区"], "{format:?}");
    }
    // An earlier export that was to be replaced stays as it was.
    session.export_facts(&input(FactsFormat::Csv, false), &Watch::none()).unwrap();
    let before = all_files(&out);
    session.export_facts(&input(FactsFormat::Sqlite, true), &stopping_after(4)).unwrap_err();
    assert!(all_files(&out) == before);

    let around = Surroundings::default();
    let server_input = ServerInput { address: server.address(), password: PASSWORD.into() };
    let office = "并州评估办公室".to_owned();
    let input = PublishInput { choice: FactsChoice::default(), server: server_input, office };
    let stopped = session.publish_facts(&input, &around, &stopping_after(UNITS as u64)).unwrap_err();
    assert_eq!(stopped.code(), "data.stopped");
    // What is there is whole: every sheet with all of its marks, scores and steps.
    let there: u32 = server.sql("SELECT count(*) FROM hengjian.piece").parse().unwrap();
    assert!(there > 0);
    let points = "SELECT count(*) FROM hengjian.point";
    let halves = format!(
        "SELECT count(*) FROM hengjian.sheet s WHERE (SELECT count(*) FROM hengjian.mark m \
                 WHERE m.sheet_digest = s.digest) <> ({points}) OR NOT EXISTS (SELECT 1 FROM hengjian.step t \
                 WHERE t.sheet_digest = s.digest AND t.kind = 'conclusion')"
    );
    assert_eq!(server.sql(&halves), "0");
    let completed = session.publish_facts(&input, &around, &Watch::none()).unwrap();
    assert_eq!((completed.same, completed.replaced), (there, 0));
    assert!(completed.added > 0);
    let whole = server.counts();
    let again = session.publish_facts(&input, &around, &Watch::none()).unwrap();
    assert_eq!((again.added, again.replaced, again.rows), (0, 0, 0));
    assert_eq!(server.counts(), whole);
}

/// Decides a sheet with two contents for the one that came last, with another mark at a point; gives the code.
fn decide_for_the_later(office: &Hengjian, later: &str) -> String {
    let identity = office.new_identity("何静", "示例评估办公室");
    let conflicts = office.json(&["conflicts"]);
    let [one] = list(&conflicts["conflicts"]) else { panic!("{conflicts:#}") };
    let sheet = text(&one["sheet"]);
    let view = office.json(&["conflicts", sheet]);
    let side = list(&view["sides"]).iter().find(|side| text(&side["file"]) == later).unwrap();
    let lines = list(&view["indicators"]).iter().flat_map(|one| list(&one["lines"]));
    let marked =
        lines.into_iter().find(|line| line["differs"] == true && line["cells"][0]["mark"].is_string()).unwrap();
    let (code, other) = (text(&marked["code"]), format!("{}=0", text(&marked["code"])));
    let given = ["--mark", &other, "--reason", "与本人通电话核实", "--identity", &identity];
    office.ok(&[&["decide", sheet, "--take", &text(&side["digest"])[..12]][..], &given].concat());
    code.to_owned()
}

#[test]
fn a_decision_that_two_offices_publish_is_in_effect_in_what_is_served() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start());
    let offices = ["甲办", "乙办"].map(|name| office(&folder.path().join(name)));
    let elsewhere = Hengjian { workspace: folder.path().join("别处") };
    let address = server.address();
    let served = || numbers(done(&elsewhere, &["results", PANEL, "--from", &address]));
    let own = |office: &Hengjian| numbers(office.json(&["results", PANEL]));
    let before = own(&offices[0]);

    // A second content of a sheet comes to both: it contends, and nothing of it counts.
    let later = campaign().write(folder.path(), Which { variant: 5, ..Which::first(4, 1) });
    for office in &offices {
        // Whatever the exit code says of it: it has to be decided.
        office.run(&["inbox", "--import", "--unverified", later.to_str().unwrap()]);
    }
    done(&offices[0], &slices(&publish(&server, "甲办")));
    let open = served();
    assert_eq!(open, own(&offices[0]));
    assert_ne!(open, before);
    assert_eq!(server.sql("SELECT count(*) FROM hengjian.panel_sheet WHERE contested = 2"), "1");

    // One office decides and publishes; then the other decides the same and publishes as well.
    let name = later.file_name().unwrap().to_str().unwrap();
    let code = decide_for_the_later(&offices[0], name);
    done(&offices[0], &slices(&publish(&server, "甲办")));
    let decided = served();
    assert_eq!(decided, own(&offices[0]));
    assert!(decided != open && decided != before);
    let kept = "SELECT count(*) FROM hengjian.decision WHERE kind = 'side'";
    assert_eq!(server.sql(kept), "1");
    let said = "SELECT reason || ' ' || decided_by || ' ' || given FROM hengjian.decision WHERE kind = 'side'";
    assert_eq!(server.sql(said), format!("与本人通电话核实 何静 {{\"{code}\":\"0\"}}"));
    let counts = server.counts();
    assert_eq!(decide_for_the_later(&offices[1], name), code);
    done(&offices[1], &slices(&publish(&server, "乙办")));
    assert_eq!(served(), decided);
    assert_eq!(own(&offices[1]), decided);
    assert_eq!(server.sql(kept), "2");
    assert_eq!(server.sql("SELECT count(*) FROM hengjian.panel_sheet WHERE contested IS NOT NULL"), "0");
    // Nothing of the first office was taken away, and it has nothing more to say but who published the panel last.
    assert_ne!(server.counts(), counts);
    let again = done(&offices[0], &slices(&publish(&server, "甲办")));
    assert_eq!((&again["added"], &again["replaced"]), (&0.into(), &1.into()), "{again}");
    assert_eq!(served(), decided);

    // Taken back, the sheet contends again for whoever reads.
    let decisions = offices[0].json(&["conflicts"]);
    let digest = text(&list(&decisions["decisions"])[0]["digest"]).to_owned();
    offices[0].ok(&["decide", "--withdraw", &digest[..12], "--reason", "再核实", "--identity", "何静"]);
    done(&offices[0], &slices(&publish(&server, "甲办")));
    assert_eq!(served(), open);
}

/// Takes a package in, whatever has to be decided of it then.
fn take_in(office: &Hengjian, package: &Path) {
    office.run(&["inbox", "--import", "--unverified", package.to_str().unwrap()]);
}

fn name_of(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

#[test]
fn rows_that_stand_under_another_piece_are_taken_over() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start());
    let office = office(&folder.path().join("工作区"));
    let published = publish(&server, "并州评估办公室");
    done(&office, &slices(&published));
    let counts = || server.sql("SELECT count(*) FROM hengjian.standing");
    let before = counts();
    // As a unit whose sheets belong to another one now leaves it.
    server.sql("UPDATE hengjian.piece SET key = key || ' 旧' WHERE key LIKE 'catalogue:%并州分校'");
    let told = done(&office, &slices(&published));
    assert_eq!((&told["added"], &told["replaced"]), (&1.into(), &0.into()), "{told}");
    assert_eq!(counts(), before);
    let lost = server.sql("SELECT key FROM hengjian.piece WHERE digest = ''");
    assert!(lost.ends_with("并州分校 旧") && !lost.contains('\n'), "{lost}");
    let again = done(&office, &slices(&published));
    assert_eq!((&again["added"], &again["replaced"], &again["rows"]), (&0.into(), &0.into(), &0.into()));
}

#[test]
fn a_decision_on_a_self_evaluation_is_in_effect_in_what_is_served() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start());
    let office = office(&folder.path().join("工作区"));
    let own = |variant: u64| {
        campaign().write_with(folder.path(), Which { variant, ..Which::first(4, 1) }, |sheet| {
            sheet.stage = assessment::Stage::SelfEvaluation;
            sheet.id = "5e1f".repeat(8);
        })
    };
    take_in(&office, &own(0));
    let later = own(5);
    take_in(&office, &later);
    decide_for_the_later(&office, name_of(&later));
    done(&office, &slices(&publish(&server, "并州评估办公室")));
    let elsewhere = Hengjian { workspace: folder.path().join("别处") };
    let served = numbers(done(&elsewhere, &["results", PANEL, "--from", &server.address()]));
    let ours = numbers(office.json(&["results", PANEL]));
    let total = |results: &Value| {
        let unit = journeys::packages::unit(4);
        list(&results["own"]).iter().find(|row| row["unit"] == unit.as_str()).unwrap()["own"].clone()
    };
    assert!(total(&ours).is_string());
    assert_eq!(total(&served), total(&ours));
    assert_eq!(served, ours);
}

#[test]
fn facts_that_make_no_sense_are_refused_in_words() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start());
    let office = office(&folder.path().join("工作区"));
    done(&office, &slices(&publish(&server, "并州评估办公室")));
    let address = server.address();
    let read = ["results", PANEL, "--from", &address];
    let before = done(&office, &read);
    let one_sheet = "sheet_digest = (SELECT min(digest) FROM hengjian.sheet WHERE stage = 'review')";
    let decided = r#"{"total":"99999999999999999999"}"#;
    for (table, change, condition, shown) in [
        ("panel", "step = 0", "true", "修约间隔不能是 0"),
        ("panel", "method = 'trimmed', trim = '1:1'", "true", "满 1 份，两端各去 1 份"),
        ("panel", "method = 'trimmed', trim = '1:'", "true", "panel.trim = 1:"),
        ("panel", "least = 0", "true", "最少份数不能是 0"),
        ("panel", "ties = '9.9.9'", "true", "“9.9.9”不是"),
        ("panel", "rounding = 'up'", "true", "panel.rounding = up"),
        ("rubric", "text = text || E'\n'", "true", "rubric "),
        ("mark", "mark = 999999999999", one_sheet, "999999999999"),
        ("panel_sheet", &format!("decided = '{decided}'"), one_sheet, "99999999999999999999"),
        ("panel_sheet", "phase = 'lost'", one_sheet, "panel_sheet.phase = lost"),
    ] {
        server.sql(&format!("CREATE TABLE kept AS SELECT * FROM hengjian.{table}"));
        server.sql(&format!("UPDATE hengjian.{table} SET {change} WHERE {condition}"));
        let output = with_password(&office, &read).output().unwrap();
        let said = printed(&output);
        assert_eq!(output.status.code(), Some(3), "{change}\n{said}");
        assert!(said.contains("数据库里的数据对不上") && said.contains("facts.unreadable"), "{change}\n{said}");
        assert!(said.contains(shown), "{change}\n{said}");
        server.sql(&format!(
            "DELETE FROM hengjian.{table}; INSERT INTO hengjian.{table} SELECT * FROM kept; DROP TABLE kept"
        ));
    }
    assert_eq!(done(&office, &read), before);

    // What stands in the sheets themselves is not on the server: no file of this workspace is said to be damaged.
    let said = office.refused(2, &[&read[..], &["--unit", "上党分校", "--mark", "total"]].concat());
    assert!(said.contains("--mark") && said.contains("不能和") && said.contains("--from"), "{said}");
}

#[test]
fn what_a_server_refuses_is_said_plainly_and_never_with_the_password() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start());
    let office = office(&folder.path().join("工作区"));
    let address = server.address();
    let refused = |address: &str, password: &str, code: i32, wanted: &[&str]| {
        let publish = ["publish", "--to", address, "--office", "并州评估办公室"];
        let output = office.command(&publish).env("PGPASSWORD", password).output().unwrap();
        let said = printed(&output);
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(wanted.iter().all(|part| said.contains(part)) && !said.contains(password), "{said}");
    };
    refused(&address, "wrong-door-55", 1, &["data.refused", "不让用户“office”进入"]);
    refused("postgres://office@db.example.com/results", PASSWORD, 2, &["data.not-local", "ssh -N -L"]);
    let inside = format!("postgres://office:{PASSWORD}@10.1.2.3/results");
    refused(&inside, PASSWORD, 2, &["data.not-local"]);
    refused("mysql://localhost/results", PASSWORD, 2, &["data.bad-address"]);
    let none = address.replace("/results", "/nowhere");
    refused(&none, PASSWORD, 1, &["data.refused", "nowhere"]);
    let said = office.refused(2, &["publish", "--to", &address]);
    assert!(said.contains("facts.no-office"), "{said}");
    let said = printed(&with_password(&office, &["results", PANEL, "--from", &address]).output().unwrap());
    assert!(said.contains("data.unpublished"), "{said}");

    // The password file of the server's own tools.
    let file = folder.path().join("密码");
    std::fs::write(&file, format!("localhost:*:results:office:{PASSWORD}\n")).unwrap();
    let output =
        office.command(&slices(&publish(&server, "并州评估办公室"))).env("PGPASSFILE", &file).output().unwrap();
    assert!(output.status.success(), "{}", printed(&output));
    let said = printed(&with_password(&office, &["results", "没有的", "--from", &address]).output().unwrap());
    assert!(said.contains("facts.unknown-panel") && said.contains(PANEL), "{said}");
    server.sql("INSERT INTO hengjian.migration (version) VALUES (99)");
    refused(&address, PASSWORD, 4, &["data.newer", "99"]);
}

#[tokio::test]
async fn a_person_exports_and_publishes_in_the_window() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::start());
    let office = office(&folder.path().join("工作区"));
    office.ok(&["setting", "--role", "office"]);
    let out = folder.path().join("数据 CSV");
    let window = Window::open(&office.workspace, &out).await;
    window.click("nav-office").await;
    window.click("office-data").await;
    window.sees("export-facts", "36").await;
    window.picture("data-export").await;
    window.click("run-export").await;
    window.sees("export-facts", "写上文件夹").await;
    window.retype("facts-folder", out.to_str().unwrap()).await;
    window.click("run-export").await;
    window.sees("facts-written", "mark.csv").await;
    assert!(out.join("mark.csv").exists());
    window.picture("data-written").await;

    window.click("publish").await;
    window.retype("publish-address", &server.address()).await;
    window.retype("publish-password", "wrong-door-55").await;
    window.click("publish-check").await;
    window.sees("publish-dialog", "不让用户“office”进入").await;
    window.picture("data-refused").await;
    window.retype("publish-password", PASSWORD).await;
    window.click("publish-check").await;
    window.sees("publish-found", "还没有发布过").await;
    window.click("publish-now").await;
    window.sees("publish-dialog", "写上发布单位的名称").await;
    window.retype("publish-by", "并州评估办公室").await;
    window.click("publish-now").await;
    window.sees("published", "已发布到").await;
    window.picture("data-published").await;
    window.click("publish-close").await;

    window.click("read-server").await;
    window.retype("served-password", PASSWORD).await;
    window.click("served-check").await;
    let ours = served_results(&server, folder.path());
    let best = &list(&ours["ranking"])[0];
    window.sees("served-table-ranking", text(&best["unit"])).await;
    window.sees("served-table-ranking", text(&best["total"])).await;
    window.picture("data-served").await;
    window.click("served-matrix").await;
    window.sees("served-table-matrix", "回避").await;
    window.picture("data-served-matrix").await;
    window.close(&office).await;
}

/// The results on the server, as another machine reads them.
fn served_results(server: &Server, folder: &Path) -> Value {
    let elsewhere = Hengjian { workspace: folder.join("别处") };
    done(&elsewhere, &["results", PANEL, "--from", &server.address()])
}
