//! Refusals and failures as people read them: what happened, where, what to do, in their language.
//!
//! Every error of the libraries becomes a [`Failure`] with a stable code `<area>.<variant>`; its texts stand in
//! `messages/<area>.toml`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

/// Language of texts that people read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
}

impl Language {
    /// Of two texts the one in this language.
    #[must_use]
    pub const fn say<'t>(self, zh: &'t str, en: &'t str) -> &'t str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// What kind of failure it is; the command line's exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Refused by a rule, or invalid data.
    Refused = 1,
    /// The call itself is wrong.
    Usage = 2,
    /// Integrity or signature.
    Integrity = 3,
    /// File or storage.
    Storage = 4,
}

/// A refusal as a person reads it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Problem {
    /// Stable code, such as `store.disk-full`.
    pub code: String,
    /// What happened, with the object's name.
    pub what: String,
    /// Where: file, code, old and new value, and what stayed unchanged.
    pub place: String,
    /// What to do.
    pub todo: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [&self.what, &self.place, &self.todo];
        let lines: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        write!(f, "{}", lines.join("\n"))
    }
}

/// An error of any library: its code and the values of its fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    code: String,
    fields: Map<String, Value>,
}

impl Failure {
    /// Takes an error that serialises as `{ "code": …, fields … }`.
    #[must_use]
    pub fn of(area: &str, error: &impl Serialize) -> Self {
        let value = serde_json::to_value(error).expect("errors are enums with named fields of plain values");
        let Value::Object(mut fields) = value else { unreachable!("errors are tagged enums") };
        let variant = fields.remove("code").and_then(|code| code.as_str().map(str::to_owned)).unwrap_or_default();
        Self { code: format!("{area}.{variant}"), fields }
    }

    /// Adds a field that the library did not know, such as the file's name.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl ToString) -> Self {
        self.fields.insert(field.to_owned(), Value::String(value.to_string()));
        self
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// A text about a line of a rubric file, for a fault that lies in a cell of a workbook.
    fn located(&self, template: &str) -> String {
        if !self.fields.contains_key("cell") {
            return template.to_owned();
        }
        let lines = [
            ("第 {line} 行开始的一段", "{cell}"),
            (", the entry that begins at line {line}", " {cell}"),
            ("第 {line} 行", "{cell}"),
            ("line {line}", "{cell}"),
            ("第 {first} 行", "{first} "),
            ("line {first}", "{first}"),
        ];
        lines.iter().fold(template.to_owned(), |text, (line, cell)| text.replace(line, cell))
    }

    /// The kind of failure.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match message(&self.code).map(|m| m.exit) {
            Some(2) => Exit::Usage,
            Some(3) => Exit::Integrity,
            Some(4) => Exit::Storage,
            _ => Exit::Refused,
        }
    }

    /// The texts in a language.
    #[must_use]
    pub fn problem(&self, language: Language) -> Problem {
        let code = self.code.clone();
        match message(&self.code) {
            Some(message) => {
                let text = message.text(language);
                let fill = |template: &str| fill(&self.located(template), &self.fields, language);
                Problem { code, what: fill(&text.what), place: fill(&text.place), todo: fill(&text.todo) }
            }
            None => {
                let place = Value::Object(self.fields.clone()).to_string();
                Problem { what: code.clone(), code, place, todo: String::new() }
            }
        }
    }
}

/// Libraries' errors, by the area that their messages are kept under.
macro_rules! areas {
    ($($area:literal: $error:ty),* $(,)?) => {
        $(impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self::of($area, &error)
            }
        })*
    };
}

areas! {
    "mark": rubric::MarkError,
    "assessment": assessment::Error,
    "store": store::Error,
    "merge": crate::merge::Refused,
    "package": package::Error,
    "data": data::Error,
    "facts": crate::facts::Refused,
    "distribution": crate::distribute::Refused,
    "document": document::Error,
    "panel": crate::panel::Refused,
    "policy": assessment::panel::PolicyError,
    "paper": crate::documents::Refused,
    "signing": crate::signing::Refused,
    "recipients": crate::recipients::Refused,
    "results": crate::results::Refused,
    "report": report::Error,
    "reports": crate::reports::Refused,
    "tasks": crate::tasks::Refused,
    "trust": crate::trust::Refused,
    "app": crate::refusal::Refusal,
    "local": rubric::LocalError,
    "workbook": workbook::Error,
    "formatcheck": formatcheck::Error,
    "preview": preview::Error,
}

/// Texts of one code.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    /// The command line's exit code; of no meaning for trace texts.
    #[serde(default = "refused")]
    exit: u8,
    zh: Text,
    en: Text,
}

fn refused() -> u8 {
    1
}

impl Message {
    fn text(&self, language: Language) -> &Text {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}

/// The three parts of a message; a trace text has only the first.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    what: String,
    #[serde(default, rename = "where")]
    place: String,
    #[serde(default)]
    todo: String,
}

/// The catalogue files, by area.
const FILES: &[(&str, &str)] = &[
    ("app", include_str!("../messages/app.toml")),
    ("assessment", include_str!("../messages/assessment.toml")),
    ("check", include_str!("../messages/check.toml")),
    ("data", include_str!("../messages/data.toml")),
    ("did", include_str!("../messages/did.toml")),
    ("distribution", include_str!("../messages/distribution.toml")),
    ("edition", include_str!("../messages/edition.toml")),
    ("facts", include_str!("../messages/facts.toml")),
    ("format", include_str!("../messages/format.toml")),
    ("formatcheck", include_str!("../messages/formatcheck.toml")),
    ("hint", include_str!("../messages/hint.toml")),
    ("history", include_str!("../messages/history.toml")),
    ("local", include_str!("../messages/local.toml")),
    ("loss", include_str!("../messages/loss.toml")),
    ("mark", include_str!("../messages/mark.toml")),
    ("merge", include_str!("../messages/merge.toml")),
    ("merging", include_str!("../messages/merging.toml")),
    ("package", include_str!("../messages/package.toml")),
    ("document", include_str!("../messages/document.toml")),
    ("panel", include_str!("../messages/panel.toml")),
    ("panels", include_str!("../messages/panels.toml")),
    ("paper", include_str!("../messages/paper.toml")),
    ("policy", include_str!("../messages/policy.toml")),
    ("preview", include_str!("../messages/preview.toml")),
    ("recipients", include_str!("../messages/recipients.toml")),
    ("report", include_str!("../messages/report.toml")),
    ("results", include_str!("../messages/results.toml")),
    ("reports", include_str!("../messages/reports.toml")),
    ("rubric", include_str!("../messages/rubric.toml")),
    ("signing", include_str!("../messages/signing.toml")),
    ("store", include_str!("../messages/store.toml")),
    ("tasks", include_str!("../messages/tasks.toml")),
    ("trust", include_str!("../messages/trust.toml")),
    ("trace", include_str!("../messages/trace.toml")),
    ("whatif", include_str!("../messages/whatif.toml")),
    ("word", include_str!("../messages/word.toml")),
    ("workbook", include_str!("../messages/workbook.toml")),
];

/// Fields whose values are codes of words.
const WORDED: [&str; 7] = ["field", "column", "unfit", "part", "feature", "fault", "alike"];

fn catalogue() -> &'static BTreeMap<String, Message> {
    static CATALOGUE: OnceLock<BTreeMap<String, Message>> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        let mut all = BTreeMap::new();
        for (area, text) in FILES {
            let messages: BTreeMap<String, Message> =
                toml::from_str(text).expect("the catalogue is part of the program and tested");
            all.extend(messages.into_iter().map(|(code, message)| (format!("{area}.{code}"), message)));
        }
        all
    })
}

fn message(code: &str) -> Option<&'static Message> {
    catalogue().get(code)
}

/// What Linux says by number, in Chinese; its own words are English whatever the language of the window.
const SYSTEM_WORDS: &[(u32, &str)] = &[
    (2, "没有这个文件或文件夹"),
    (5, "设备读写出错"),
    (13, "没有权限"),
    (17, "已经有同名的文件"),
    (19, "设备不在了"),
    (20, "路径当中有一段不是文件夹"),
    (21, "这是文件夹，不是文件"),
    (24, "打开的文件太多"),
    (26, "文件正被使用"),
    (27, "文件太大，磁盘的格式放不下"),
    (28, "磁盘满了"),
    (30, "只读，不能写入"),
    (36, "文件名太长"),
    (39, "文件夹不是空的"),
    (40, "链接绕成了圈"),
    (122, "磁盘配额用完了"),
];

/// The system's words for a failure, in the person's language as far as they are known.
fn system_words(text: &str, language: Language) -> Option<String> {
    let number = text.strip_suffix(')')?.rsplit_once(" (os error ")?.1.parse::<u32>().ok()?;
    let (_, words) = SYSTEM_WORDS.iter().find(|(known, _)| *known == number)?;
    (cfg!(target_os = "linux") && language == Language::Zh).then(|| format!("{words}（{number}）"))
}

/// Replaces `{field}` by the field's value; absent fields become nothing.
fn fill(template: &str, fields: &Map<String, Value>, language: Language) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else { break };
        text.push_str(before);
        match fields.get(name) {
            Some(Value::String(value)) => {
                let word = message(&format!("word.{value}")).filter(|_| WORDED.contains(&name));
                let word = word.map(|word| fill(&word.text(language).what, fields, language));
                let said = word.or_else(|| system_words(value, language));
                text.push_str(&said.unwrap_or_else(|| value.clone()));
            }
            None | Some(Value::Null) => {}
            Some(value) => text.push_str(&value.to_string()),
        }
        rest = tail;
    }
    text + rest
}

/// The word for a code without fields, such as `edition.kind.point`; the code itself where there is none.
#[must_use]
pub fn word(code: &str, language: Language) -> String {
    message(code).map_or_else(|| code.to_owned(), |message| message.text(language).what.clone())
}

/// The texts of an area as they are kept, by code: placeholders stand in braces.
pub(crate) fn area(area: &str) -> Vec<(&'static str, &'static str, &'static str)> {
    let of_area = |(code, message): (&'static String, &'static Message)| {
        let code = code.strip_prefix(area)?.strip_prefix('.')?;
        Some((code, message.zh.what.as_str(), message.en.what.as_str()))
    };
    catalogue().iter().filter_map(of_area).collect()
}

/// The text of a reason in a trace.
#[must_use]
pub fn reason(reason: &rubric::Reason, language: Language) -> String {
    Failure::of("trace", reason).problem(language).what
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::VariantNames;

    /// What the program names as a field, or as wrong with one.
    const WORDS: [&str; 49] = [
        "descriptor",
        "entry-name",
        "none-alike",
        "department",
        "person",
        "contact",
        "collection",
        "name",
        "role",
        "empty",
        "long",
        "control",
        "unit",
        "assessor",
        "organisation",
        "reason",
        "title",
        "remark",
        "evidence-name",
        "evidence-note",
        "evidence-date",
        "verdict-note",
        "interview-time",
        "interview-place",
        "interview-persons",
        "interview-content",
        "evidence-kind",
        "evidence-medium",
        "evidence-picture",
        "evidence-page",
        "detail-time",
        "detail-place",
        "detail-people",
        "detail-content",
        "detail-photographer",
        "detail-author",
        "detail-issuer",
        "detail-recorder",
        "detail-minutes",
        "detail-kept",
        "detail-keeper",
        "time",
        "item",
        "who",
        "note",
        "problem",
        "basis",
        "measure",
        "progress",
    ];

    #[test]
    fn fields_are_named_in_the_persons_language_with_what_is_wrong() {
        let long = assessment::sheet::fits("remark", &"长".repeat(4001), 4000, &[]).unwrap_err();
        let failure = Failure::from(long).with("at", "1.1.1-1 ");
        let (zh, en) = (failure.problem(Language::Zh), failure.problem(Language::En));
        assert_eq!(zh.what, "“1.1.1-1 意见”没有记下");
        assert_eq!(zh.place, "它有 4001 个字，最多 4000 个；没有写入任何内容。");
        assert_eq!(en.what, "“1.1.1-1 remark” was not recorded");
        let empty = Failure::from(assessment::sheet::name("unit", " ", 64).unwrap_err()).problem(Language::Zh);
        assert_eq!((empty.what.as_str(), empty.place.as_str()), ("“单位”没有记下", "它是空的；没有写入任何内容。"));
    }

    /// Every code that has texts, by its area.
    const CODES: &[(&str, &[&str])] = &[
        ("app", crate::refusal::Refusal::VARIANTS),
        ("assessment", assessment::Error::VARIANTS),
        ("edition", rubric::Change::VARIANTS),
        ("edition", crate::edition::Said::VARIANTS),
        ("edition.kind", rubric::diff::Kind::VARIANTS),
        ("edition.key", rubric::diff::KEYS),
        ("format", formatcheck::Fault::VARIANTS),
        ("format.place", formatcheck::Place::VARIANTS),
        ("format.weight", formatcheck::Weight::VARIANTS),
        ("formatcheck", formatcheck::Error::VARIANTS),
        ("hint", crate::hints::Hint::VARIANTS),
        ("check.name", crate::verify::Step::VARIANTS),
        ("check.note", crate::verify::Step::VARIANTS),
        ("check.clause", crate::verify::Step::VARIANTS),
        ("did", crate::history::SCORES),
        ("did", crate::history::EVIDENCE),
        ("did", crate::history::LIFE),
        ("did", crate::history::WORK),
        ("did.value", crate::history::VALUES),
        ("history", crate::history::Fault::VARIANTS),
        ("local", rubric::LocalError::VARIANTS),
        ("loss", rubric::LossKind::VARIANTS),
        ("loss", crate::dashboard::Outside::VARIANTS),
        ("mark", rubric::MarkError::VARIANTS),
        ("merge", crate::merge::Refused::VARIANTS),
        ("merging", crate::merge::refused::Hint::VARIANTS),
        ("package", package::Error::VARIANTS),
        ("package", package::Flaw::VARIANTS),
        ("word", package::ArchivePart::VARIANTS),
        ("word", &crate::inbox::BUILT),
        ("word", package::Feature::VARIANTS),
        ("word", package::entry::NameFault::VARIANTS),
        ("data", data::Error::VARIANTS),
        ("facts", crate::facts::Refused::VARIANTS),
        ("distribution", crate::distribute::Refused::VARIANTS),
        ("document", document::Error::VARIANTS),
        ("panel", crate::panel::Refused::VARIANTS),
        ("panels", crate::panel::Said::VARIANTS),
        ("panels.column", crate::results::table::COLUMNS),
        ("panels.measure", assessment::agreement::Measure::VARIANTS),
        ("panels.part", &["lowest", "highest", "beside-middle"]),
        ("panels.stage", &["trial", "review"]),
        ("panels.strength", assessment::agreement::Strength::VARIANTS),
        ("panels.why", assessment::agreement::Why::VARIANTS),
        ("panels.word", assessment::panel::Method::VARIANTS),
        ("panels.word", assessment::panel::Rounding::VARIANTS),
        ("panels.word", assessment::panel::Per::VARIANTS),
        ("panels.word", assessment::panel::Holds::VARIANTS),
        ("panels.word", &["total-mark"]),
        ("policy", assessment::panel::PolicyError::VARIANTS),
        ("paper", crate::documents::Refused::VARIANTS),
        ("paper", crate::documents::Warning::VARIANTS),
        ("preview", preview::Error::VARIANTS),
        ("report", report::Error::VARIANTS),
        ("results", crate::results::Refused::VARIANTS),
        ("results.word", &["unrounded", "ruled"]),
        ("reports", crate::reports::Refused::VARIANTS),
        ("reports", crate::reports::Warning::VARIANTS),
        ("rubric", rubric::error::Fault::VARIANTS),
        ("store", store::Error::VARIANTS),
        ("tasks", crate::tasks::Refused::VARIANTS),
        ("recipients", crate::recipients::Refused::VARIANTS),
        ("signing", crate::signing::Refused::VARIANTS),
        ("trust", crate::trust::Refused::VARIANTS),
        ("trust.reason", package::revocation::Reason::VARIANTS),
        ("trace", rubric::Reason::VARIANTS),
        ("whatif", crate::whatif::Answer::VARIANTS),
        ("word", &WORDS),
        ("workbook", workbook::Error::VARIANTS),
    ];

    #[test]
    fn every_code_has_both_texts() {
        let known: Vec<String> =
            CODES.iter().flat_map(|(area, codes)| codes.iter().map(move |code| format!("{area}.{code}"))).collect();
        for code in &known {
            let message = message(code).unwrap_or_else(|| panic!("{code} has no text"));
            assert!(!message.zh.what.is_empty() && !message.en.what.is_empty(), "{code}");
            assert!(message.zh.what.chars().any(|c| c > '\u{2e80}'), "{code} has no Chinese text");
            // These areas are what was found, not refusals.
            if ![
                "check.",
                "did.",
                "trace.",
                "edition.",
                "whatif.",
                "hint.",
                "loss.",
                "merging.",
                "panels.",
                "format.place.",
                "format.weight.",
                "trust.reason.",
                "results.word.",
                "word.",
            ]
            .iter()
            .any(|area| code.starts_with(area))
            {
                assert!(!message.zh.todo.is_empty() && !message.en.todo.is_empty(), "{code} says not what to do");
            }
            for part in [&message.zh.what, &message.zh.place, &message.zh.todo] {
                assert!(!part.contains(['！', '!']) && !part.contains("系统错误"), "{code}: {part}");
            }
        }
        let extra: Vec<&String> = catalogue().keys().filter(|code| !known.contains(code)).collect();
        assert!(extra.is_empty(), "texts without a code: {extra:?}");
    }

    #[test]
    fn the_system_speaks_the_persons_language() {
        let error = std::io::Error::from_raw_os_error(28);
        let failure = Failure::from(store::Error::Io { path: "包.hjp".into(), detail: error.to_string() });
        assert_eq!(failure.problem(Language::Zh).place, "包.hjp：磁盘满了（28）；没有改动任何内容。");
        assert!(failure.problem(Language::En).place.contains("No space left on device"));
    }

    #[test]
    fn fields_are_filled_in() {
        let failure = Failure::from(store::Error::FileTooLarge { path: "课.mp4".into(), size: 3072, most: 2048 });
        let problem = failure.problem(Language::Zh);
        assert!(problem.what.contains("课.mp4") && problem.place.contains("3072"), "{problem:?}");
        assert_eq!((problem.code.as_str(), failure.exit()), ("store.file-too-large", Exit::Storage));
    }
}
