//! `hengjian assess`, as `docs/formats/assess.md` promises it.

use crate::command_line::{ASSESSORS, no_floats};
use crate::program::{Hengjian, RUBRIC, list, printed, sample, text};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

/// Runs `assess` on an input; gives the exit code and the outcome.
fn assess(input: &Value) -> (i32, Value) {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let mut command = hengjian.command(&["--json", "assess", "--rubric", RUBRIC, "--input", "-"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(!hengjian.workspace.exists(), "assess needs no workspace");
    let value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", printed(&output)));
    (output.status.code().unwrap(), value)
}

fn accepted(input: &Value) -> Value {
    let (code, outcome) = assess(input);
    assert_eq!((code, list(&outcome["problems"]).len()), (0, 0), "{}", outcome["problems"]);
    outcome
}

fn by_code<'a>(all: &'a Value, code: &str) -> &'a Value {
    list(all).iter().find(|one| one["code"] == code).unwrap()
}

#[test]
fn the_sample_comes_out_as_a_person_computed_it() {
    for (input, .., total) in ASSESSORS {
        let hengjian = Hengjian { workspace: Path::new("/nonexistent/工作区").to_owned() };
        let outcome = hengjian.json(&["assess", "--rubric", RUBRIC, "--input", &sample(input)]);
        no_floats(&outcome);
        let strings = ["rubric", "total", "max", "lowest", "highest", "grade"].map(|key| text(&outcome[key]));
        assert_eq!(strings, [RUBRIC, total, "1000", total, total, "良好"]);
        assert_eq!((&outcome["complete"], text(&outcome["digest"]).len()), (&true.into(), 64));
        let lists = ["indicators", "points", "vetoes", "undecided", "problems"].map(|key| list(&outcome[key]).len());
        assert_eq!(lists, [92, 123, 0, 0, 0]);
        for indicator in list(&outcome["indicators"]) {
            assert_eq!(indicator["scored"], indicator["points"]);
            assert!(!list(&indicator["trace"]).is_empty());
        }
        // The last step of each point is its mark, and the steps carry the source's sentence.
        for point in list(&outcome["points"]) {
            let last = list(&point["trace"]).last().unwrap();
            assert_eq!(last["running"], point["score"], "{point}");
            assert!(!text(&last["sentence"]).is_empty() && !text(&last["finding"]).is_empty(), "{point}");
        }
        assert!(text(&outcome["conclusion"][0]["finding"]).contains(total));
    }
    let outcome = accepted(&serde_json::from_str(&std::fs::read_to_string(sample("self-周宁.json")).unwrap()).unwrap());
    let (one, below) = (by_code(&outcome["indicators"], "1"), by_code(&outcome["indicators"], "1.1"));
    assert_eq!((text(&one["score"]), text(&one["rate"]), text(&one["percent"])), ("37", "0.925", "92.5"));
    assert_eq!((text(&below["score"]), text(&below["rate"]), text(&below["percent"])), ("13", "0.8667", "86.67"));
}

#[test]
fn what_is_not_listed_is_unscored_and_not_zero() {
    let outcome = accepted(&json!({}));
    assert_eq!((&outcome["complete"], &outcome["grade"]), (&false.into(), &Value::Null));
    assert_eq!(["total", "lowest", "highest"].map(|key| text(&outcome[key])), ["0", "0", "1000"]);
    assert_eq!(outcome["undecided"], json!(["4.1.1-3", "4.5.1-4", "4.5.3-6"]));
    assert!(list(&outcome["points"]).iter().all(|point| point["score"].is_null()));
    assert!(text(&outcome["conclusion"][0]["finding"]).contains("123 个观测点未评"));

    let outcome = accepted(&json!({ "scores": { "1.1.1-1": 3, "1.1.1-2": "0" }, "findings": { "6.2.2-1": true } }));
    let score = |code: &str| by_code(&outcome["points"], code)["score"].clone();
    assert_eq!([score("1.1.1-1"), score("1.1.1-2"), score("6.2.2-1")], ["3", "0", "5"]);
    assert_eq!(["total", "lowest", "highest"].map(|key| text(&outcome[key])), ["8", "8", "995"]);
}

#[test]
fn a_condition_takes_the_marks_of_its_indicator() {
    let scores = json!({ "4.1.1-1": "5", "4.1.1-2": "5" });
    let total = |findings: Value| {
        let outcome = accepted(&json!({ "scores": scores, "findings": findings }));
        (text(&outcome["total"]).to_owned(), by_code(&outcome["indicators"], "4.1.1").clone())
    };
    assert_eq!(total(json!({ "4.1.1-3": false })).0, "10");
    let (sum, indicator) = total(json!({ "4.1.1-3": true }));
    assert_eq!((sum.as_str(), text(&indicator["score"])), ("0", "0"));
    let step = list(&indicator["trace"]).last().unwrap();
    assert_eq!((text(&step["amount"]), text(&step["running"])), ("-10", "0"), "{step}");
    assert!(text(&step["sentence"]).contains("本项不得分"));
}

/// What is refused, with its stable code; the rest counts as usual.
const REFUSED: &[(&str, &str, &str)] = &[
    (r#"{"scores":{"1.1.1-1":"abc"}}"#, "1.1.1-1", "mark.not-a-number"),
    (r#"{"scores":{"1.1.1-1":"１"}}"#, "1.1.1-1", "mark.not-a-number"),
    (r#"{"scores":{"1.1.1-1":""}}"#, "1.1.1-1", "mark.not-a-number"),
    (r#"{"scores":{"1.1.1-1":"1e0"}}"#, "1.1.1-1", "mark.not-a-number"),
    (r#"{"scores":{"1.1.1-1":3.0}}"#, "1.1.1-1", "mark.not-a-number"),
    (r#"{"scores":{"1.1.1-1":null}}"#, "1.1.1-1", "mark.not-a-number"),
    (r#"{"scores":{"1.1.1-1":true}}"#, "1.1.1-1", "mark.not-a-number"),
    (r#"{"scores":{"1.1.1-1":"5"}}"#, "1.1.1-1", "mark.above-max"),
    (r#"{"scores":{"1.1.1-1":5}}"#, "1.1.1-1", "mark.above-max"),
    (r#"{"scores":{"1.1.1-1":"-1"}}"#, "1.1.1-1", "mark.negative"),
    (r#"{"scores":{"1.1.1-1":"2.5"}}"#, "1.1.1-1", "mark.off-step"),
    (r#"{"scores":{"2.1.1-1":"3"}}"#, "2.1.1-1", "mark.not-legal"),
    (r#"{"scores":{"9.9.9":"3"}}"#, "9.9.9", "mark.unknown-code"),
    (r#"{"scores":{"1.1.1":"3"}}"#, "1.1.1", "mark.unknown-code"),
    (r#"{"findings":{"9.9.9":true}}"#, "9.9.9", "mark.unknown-code"),
    (r#"{"findings":{"1.1.1-1":true}}"#, "1.1.1-1", "mark.wrong-finding"),
    (r#"{"findings":{"1.1.1-1":["1","2"]}}"#, "1.1.1-1", "mark.wrong-finding"),
    (r#"{"findings":{"1.1.1-1":{"a":1}}}"#, "1.1.1-1", "app.bad-finding"),
    (r#"{"findings":{"4.1.1-3":"yes"}}"#, "4.1.1-3", "app.bad-finding"),
    (r#"{"scores":{"6.2.2-1":"5"},"findings":{"6.2.2-1":true}}"#, "6.2.2-1", "app.bad-finding"),
    (r#"{"adjustments":{"特色加分":"5"}}"#, "特色加分", "app.unknown-adjustment"),
];

#[test]
fn what_is_refused_is_named_and_the_rest_counts() {
    for (input, point, code) in REFUSED {
        let mut input: Value = serde_json::from_str(input).unwrap();
        if input["scores"].is_null() {
            input["scores"] = json!({});
        }
        input["scores"]["3.4.1"] = json!("2");
        let (exit, outcome) = assess(&input);
        assert_eq!(exit, 1, "{input}");
        let [problem] = list(&outcome["problems"]) else { panic!("{input}: {}", outcome["problems"]) };
        assert_eq!((text(&problem["point"]), text(&problem["code"])), (*point, *code), "{problem}");
        let message = text(&problem["message"]);
        assert!(message.contains(point) && message.lines().count() >= 2, "{message}");
        assert_eq!(outcome["total"], "2", "nothing refused is counted: {input}");
    }
}

#[test]
fn an_input_that_cannot_be_read_is_refused_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("工作区") };
    let path = folder.path().join("打分.json").display().to_string();
    let table = [
        ("", 1, "line 1"),
        ("{\n\"scores\": {\n", 1, "line 3"),
        (r#"{"score":{}}"#, 1, "`score`"),
        (r#"{"scores":["1"]}"#, 1, "line 1"),
    ];
    for (content, code, fragment) in table {
        std::fs::write(&path, content).unwrap();
        let said = hengjian.refused(code, &["assess", "--rubric", RUBRIC, "--input", &path]);
        assert!(said.contains(fragment) && said.contains(&path) && said.ends_with("[app.bad-input]\n"), "{said}");
    }
    std::fs::write(&path, b"{\"scores\": \"\xff\"}").unwrap();
    hengjian.refused(4, &["assess", "--rubric", RUBRIC, "--input", &path]);
    let absent = folder.path().join("没有.json").display().to_string();
    let said = hengjian.refused(4, &["assess", "--rubric", RUBRIC, "--input", &absent]);
    assert!(said.contains("没有.json") && said.ends_with("[app.file-unreadable]\n"), "{said}");
    let said = hengjian.refused(1, &["assess", "--rubric", "没有", "--input", &sample("self-周宁.json")]);
    assert!(said.contains(RUBRIC) && said.ends_with("[app.unknown-rubric]\n"), "{said}");
}

/// A point as `rubric show` tells of it.
struct Point {
    code: String,
    /// Codes of the indicators of level 1 and 2 above it.
    above: [String; 2],
    max: u32,
    /// Whether it gets all or nothing.
    check: bool,
}

fn points() -> Vec<Point> {
    let hengjian = Hengjian { workspace: Path::new("/nonexistent/工作区").to_owned() };
    let rubric = hengjian.json(&["rubric", "show", RUBRIC]);
    let point = |point: &Value| {
        let code = text(&point["code"]).to_owned();
        let digits: Vec<&str> = code.split('.').collect();
        let above = [digits[0].to_owned(), format!("{}.{}", digits[0], digits[1])];
        let max = text(&point["max"]).parse().unwrap();
        Point { above, max, check: point["rule"][0]["kind"] == "check", code }
    };
    list(&rubric["points"]).iter().map(point).collect()
}

/// Complete marks: full, less what `lower` takes from single points.
fn marks(points: &[Point], lower: impl Fn(&Point) -> u32) -> Value {
    let scores = points.iter().map(|p| (p.code.clone(), json!((p.max - lower(p)).to_string())));
    let scores: Map<String, Value> = scores.collect();
    json!({ "scores": scores, "findings": { "4.1.1-3": false, "4.5.1-4": false, "4.5.3-6": false } })
}

/// Takes `most` marks from the points that `of` chooses, one point after the other; checks keep theirs.
fn taking(points: &[Point], most: u32, of: impl Fn(&Point) -> bool) -> BTreeMap<&str, u32> {
    let mut left = most;
    let mut taken = BTreeMap::new();
    for point in points.iter().filter(|point| of(point) && !point.check) {
        let part = point.max.min(left);
        taken.insert(point.code.as_str(), part);
        left -= part;
    }
    assert_eq!(left, 0, "these points do not have {most} marks");
    taken
}

/// Level-2 indicators outside indicator 1 (which vetoes), with their full marks, the largest first.
fn level_two(points: &[Point]) -> Vec<(String, u32)> {
    let mut sums: BTreeMap<String, u32> = BTreeMap::new();
    for point in points.iter().filter(|point| point.above[0] != "1") {
        *sums.entry(point.above[1].clone()).or_default() += point.max;
    }
    let mut all: Vec<(String, u32)> = sums.into_iter().collect();
    all.sort_by_key(|(_, max)| std::cmp::Reverse(*max));
    all
}

/// Marks with this total, where at most six level-2 indicators are below 60 % and none of level 1 vetoes.
fn with_total(points: &[Point], total: u32) -> Value {
    let six: Vec<String> = level_two(points).into_iter().take(6).map(|(code, _)| code).collect();
    let taken = taking(points, 1000 - total, |point| six.contains(&point.above[1]));
    marks(points, |point| taken.get(point.code.as_str()).copied().unwrap_or_default())
}

#[test]
fn grades_change_exactly_at_their_lines() {
    let points = points();
    let table =
        [(1000, "优秀"), (900, "优秀"), (899, "良好"), (750, "良好"), (749, "合格"), (600, "合格"), (599, "限期整改")];
    for (total, grade) in table {
        let outcome = accepted(&with_total(&points, total));
        assert_eq!((text(&outcome["total"]), text(&outcome["grade"])), (&*total.to_string(), grade));
        assert!(list(&outcome["vetoes"]).is_empty());
    }
}

#[test]
fn the_first_indicator_vetoes_strictly_below_sixty_percent() {
    let points = points();
    for (score, grade, vetoes) in [(24, "优秀", 0), (23, "限期整改", 1)] {
        let taken = taking(&points, 40 - score, |point| point.above[0] == "1");
        let outcome = accepted(&marks(&points, |point| taken.get(point.code.as_str()).copied().unwrap_or_default()));
        assert_eq!(text(&by_code(&outcome["indicators"], "1")["score"]), score.to_string());
        assert_eq!((text(&outcome["grade"]), list(&outcome["vetoes"]).len()), (grade, vetoes), "{score}");
    }
    // A veto that no further mark can avert is told before the sheet is complete.
    let zero: Map<String, Value> =
        points.iter().filter(|p| p.above[0] == "1").map(|p| (p.code.clone(), json!("0"))).collect();
    let outcome = accepted(&json!({ "scores": zero }));
    assert_eq!((list(&outcome["vetoes"]).len(), &outcome["grade"]), (1, &Value::Null));
    assert!(text(&outcome["vetoes"][0]["sentence"]).contains("一票否决"));
}

#[test]
fn seven_level_two_indicators_strictly_below_sixty_percent_are_too_many() {
    let points = points();
    let smallest: Vec<(String, u32)> = level_two(&points).into_iter().rev().collect();
    // As many as `count` are one mark below their 60 %, the others are on it or have full marks.
    let outcome = |count: usize| {
        let mut taken: BTreeMap<&str, u32> = BTreeMap::new();
        for (index, (code, max)) in smallest.iter().take(7).enumerate() {
            let line = (max * 60).div_ceil(100);
            let keep = if index < count { line - 1 } else { line };
            taken.extend(taking(&points, max - keep, |point| &point.above[1] == code));
        }
        accepted(&marks(&points, |point| taken.get(point.code.as_str()).copied().unwrap_or_default()))
    };
    for (count, grade) in [(0, "优秀"), (6, "优秀"), (7, "限期整改")] {
        let outcome = outcome(count);
        let below = list(&outcome["indicators"]).iter().filter(|indicator| {
            let (score, max) = (text(&indicator["score"]), text(&indicator["max"]));
            text(&indicator["code"]).matches('.').count() == 1
                && score.parse::<u32>().unwrap() * 100 < max.parse::<u32>().unwrap() * 60
        });
        assert_eq!(below.count(), count);
        assert!(text(&outcome["total"]).parse::<u32>().unwrap() >= 900);
        assert_eq!(text(&outcome["grade"]), grade, "{count}");
    }
}

#[test]
fn what_is_missing_to_more_is_said_where_it_is_asked_for() {
    let hengjian = Hengjian { workspace: Path::new("/nonexistent/工作区").to_owned() };
    let plain = ["assess", "--rubric", RUBRIC, "--input", &sample("self-周宁.json")];
    assert!(hengjian.json(&plain).get("what_if").is_none());
    let outcome = hengjian.json(&[&plain[..], &["--what-if"]].concat());
    no_floats(&outcome);
    let answer = &outcome["what_if"];
    assert_eq!(text(&answer["next"]), "距离“优秀”（900）还差 32 分");
    assert_eq!(answer["nextGrade"], json!({ "grade": "优秀", "atLeast": "900", "missing": "32" }));
    let chosen: Vec<&str> =
        list(&answer["raises"]).iter().filter(|r| r["chosen"] == true).map(|r| text(&r["code"])).collect();
    assert_eq!(chosen, ["4.2", "3.3", "4.5"], "14, 13 and 12 marks are the largest gaps, and 32 are missing");
    assert_eq!((text(&answer["total"]), &answer["provisional"]), ("868", &false.into()));
}
