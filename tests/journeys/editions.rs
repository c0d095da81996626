//! Editions by the command line: comparing, making a local one, bringing a sheet along.

use crate::program::{Hengjian, list, text};
use std::path::Path;

const CHANGES: &str = r#"
[[grade]]
name = "一级"
name_en = "First"
at_least = 90
sentence = "总分90分及以上为一级"

[[grade]]
name = "其他"
name_en = "Others"
at_least = 0
sentence = "不足90分不定级"

[[weight]]
code = "1.1.3"
max = 6
"#;

/// The arguments that derive a local edition in a folder.
fn localise<'a>(changes: &'a str, out: &'a str) -> Vec<&'a str> {
    let name = ["--id", "platform-bz", "--edition", "2026", "--suffix", "（并州市2026版）"];
    [&["rubric", "localise", "platform-2024"][..], &name, &["--changes", changes, "--out", out]].concat()
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

#[test]
fn an_office_makes_its_edition_and_brings_a_draft_along() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("ws") };
    let (changes, local) = (path(folder.path(), "改动.toml"), path(folder.path(), "本地.toml"));
    std::fs::write(&changes, CHANGES).unwrap();
    let made = hengjian.ok(&localise(&changes, &local));
    assert!(made.contains("总分由 100 分变为 103 分") && made.contains("（并州市2026版）"), "{made}");
    assert!(made.contains("观测点 1.1.3“服务案例” 的满分：3 → 6"), "{made}");
    assert!(hengjian.ok(&["rubric", "check", &local]).contains("没有问题"));
    let refused = hengjian.refused(4, &localise(&changes, &local));
    assert!(refused.contains("[app.file-exists]"), "{refused}");
    hengjian.ok(&[&localise(&changes, &local)[..], &["--force"]].concat());

    let unlike = hengjian.json(&["rubric", "diff", "platform-2024", &local]);
    let lines = list(&unlike["changes"]);
    let band = lines.iter().find(|line| line["field"] == "parts.1.bands.1.from").unwrap();
    assert_eq!((text(&band["name"]), text(&band["old"]), text(&band["new"])), ("1.1.3", "2.1", "4.1"));
    assert!(hengjian.ok(&["rubric", "diff", &local, &local]).contains("没有差别"));
    assert!(hengjian.ok(&["--lang", "en", "rubric", "diff", &local, &local]).contains("no difference"));
    assert!(!hengjian.workspace.exists(), "rubrics need no workspace");

    let unit = ["new", "--rubric", "platform-2024", "--unit", "并州平台", "--year", "2026"];
    let who = ["--stage", "self", "--assessor", "周宁", "--organisation", "并州平台"];
    let sheet = text(&hengjian.json(&[&unit[..], &who].concat())["id"]).to_owned();
    hengjian.ok(&["score", &sheet, "1.1.2=2", "1.1.3=2.5", "--remark", "1.1.3=二十三个省市"]);
    let report = hengjian.json(&["migrate", &sheet, "--to", &local]);
    assert_eq!(report["carried"], serde_json::json!(["1.1.2"]));
    let again = &list(&report["again"])[0];
    assert_eq!((text(&again["code"]), text(&again["mark"])), ("1.1.3", "2.5"));
    let state = hengjian.json(&["show", text(&report["sheet"])]);
    let point = list(&state["points"]).iter().find(|point| point["code"] == "1.1.3").unwrap();
    assert_eq!((text(&point["remark"]), &point["doubt"]), ("二十三个省市", &true.into()));
    let again = hengjian.refused(1, &["migrate", &sheet, "--to", "platform-2024"]);
    assert!(again.contains("[app.same-edition]"), "{again}");
}

#[test]
fn a_weight_that_does_not_work_is_refused_with_what_does() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("ws") };
    let (changes, local) = (path(folder.path(), "改动.toml"), path(folder.path(), "本地.toml"));
    std::fs::write(&changes, CHANGES.replace("max = 6", "max = 5")).unwrap();
    let refused = hengjian.refused(1, &localise(&changes, &local));
    assert!(
        refused.contains("1.1.3") && refused.contains("4.8、5.1") && refused.contains("[local.off-step]"),
        "{refused}"
    );
    std::fs::write(&changes, CHANGES.replace("max = 6", "max = 6\nmin = 1")).unwrap();
    let refused = hengjian.refused(1, &localise(&changes, &local));
    assert!(refused.contains("第 17 行") && refused.contains("min"), "{refused}");
    assert!(!Path::new(&local).exists());
}
