//! Help and usage errors are in Chinese, with exit codes 0 and 2.

use crate::program::Hengjian;

const COMMANDS: &[&[&str]] = &[
    &[],
    &["rubric"],
    &["rubric", "show"],
    &["rubric", "diff"],
    &["rubric", "localise"],
    &["rubric", "import"],
    &["rubric", "export"],
    &["rubric", "template"],
    &["new"],
    &["score"],
    &["evidence", "add"],
    &["finalize"],
    &["migrate"],
    &["reopen"],
    &["identity", "new"],
    &["identity", "request"],
    &["office", "issue"],
    &["office", "revoke"],
    &["trust", "accept"],
    &["report"],
    &["export"],
    &["import"],
    &["verify"],
    &["assess"],
];

#[test]
fn every_help_page_is_chinese() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("ws") };
    for command in COMMANDS {
        let page = hengjian.ok(&[command, &["--help"][..]].concat());
        assert!(page.contains("用法：hengjian"), "{command:?}\n{page}");
        for english in ["Usage", "Options", "OPTIONS", "Print help", "possible values", "default:"] {
            assert!(!page.contains(english), "{command:?}: {english}\n{page}");
        }
    }
    assert!(!folder.path().join("ws").exists(), "help needs no workspace");
}

#[test]
fn wrong_calls_say_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let hengjian = Hengjian { workspace: folder.path().join("ws") };
    let cases: &[(&[&str], &str)] = &[
        (&["foo"], "不认识命令“foo”"),
        (&["list", "--bar"], "不认识参数“--bar”"),
        (&["new", "--stage", "x"], "不能是“x”"),
        (&["finalize"], "缺少参数 <打分表>"),
        (&["score", "a", "b"], "写成 编号=分数"),
        (&["score", "a", "--condition", "4.5.3-6=maybe"], "4.5.3-6=maybe"),
        (&["evidence"], "缺少命令"),
        (&["rubric", "diff", "a"], "缺少参数 <新版>"),
        (&["migrate", "a"], "缺少参数 --to <指标体系>"),
        (&["rubric", "localise", "a", "--id", "b"], "缺少参数 --edition <版次>"),
        (&["rubric", "import", "a.xlsx"], "缺少参数 --out <文件>"),
    ];
    for (arguments, wanted) in cases {
        let text = hengjian.refused(2, arguments);
        assert!(text.contains(wanted) && text.contains("[usage]"), "{arguments:?}\n{text}");
    }
}
