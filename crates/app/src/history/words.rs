//! Lines of the history in a person's words.

use crate::problem::{Language, word};
use crate::view::{HistoryGroup, HistoryLine};
use assessment::rectification::Problem;
use assessment::{Carried, EntryKind, Figure, Judgement};
use rubric::decimal::show;
use rubric::{Conformity, PartFinding, Rubric};
use std::collections::BTreeMap;
use store::{EvidenceFields, EvidenceRow, HistoryRow};

/// What is done to entries of a sheet; their words, and those of the lists below, stand in `messages/did.toml`.
pub(crate) const SCORES: &[&str] =
    &["mark", "part", "quantity", "condition", "remark", "doubt", "verdict", "carried", "undo", "redo"];
/// What is done to the catalogue.
pub(crate) const EVIDENCE: &[&str] = &[
    "evidence-attach",
    "evidence-link",
    "evidence-unlink",
    "evidence-update",
    "evidence-remove",
    "interview-add",
    "interview-change",
    "leftovers-clear",
];
/// What is done to a sheet as a whole.
pub(crate) const LIFE: &[&str] = &[
    "create",
    "correct",
    "remove",
    "restore",
    "migrate",
    "migrate-to",
    "take-over",
    "sample",
    "sample-filled",
    "finalize",
    "reopen",
    "sign",
    "import",
    "import-added",
    "import-updated",
    "import-same",
    "import-conflicting",
    "import-decision",
    "decide",
    "decide-side",
    "decide-name",
    "decide-withdraw",
    "import-run",
    "import-undo",
    "import-undone",
    "receipt-give",
    "receipt-take",
    "identity-new",
    "identity-request",
    "identity-import",
    "sign-pdf",
    "export-masked",
    "countersign",
    "drawing-kept",
    "drawing-removed",
];
/// What is done around the sheets: every other action.
#[cfg(test)]
pub(crate) const WORK: &[&str] = &[
    "setting",
    "exchange-key",
    "recipient-add",
    "recipient-remove",
    "set-schedule",
    "write-text",
    "panel-new",
    "panel-rename",
    "panel-remove",
    "panel-restore",
    "panel-member",
    "panel-leader",
    "panel-recuse",
    "panel-policy",
    "panel-agree",
    "panel-text",
    "panel-undo",
    "panel-redo",
    "results-view",
    "edition-match",
    "problem-note",
    "problem-found",
    "problem-plan",
    "problem-remove",
    "problem-confirm",
    "problem-evidence",
    "problem-notified",
    "problem-undo",
    "problem-redo",
    "problem-carry",
    "problem-import",
    "assign",
    "set-collection",
    "add-department",
    "rename-department",
    "remove-department",
    "describe-department",
    "undo-assignment",
    "redo-assignment",
    "reset-assignment",
    "trust-accept",
    "trust-withdraw",
    "revocation-list",
    "office-new",
    "office-issue",
    "office-revoke",
];
/// Values that are stored as words.
#[cfg(test)]
pub(crate) const VALUES: &[&str] = &[
    "condition-true",
    "condition-false",
    "doubt-true",
    "met-true",
    "met-false",
    "items",
    "characters",
    "conform-yes",
    "conform-partly",
    "conform-no",
    "conform-none",
    "verdict-genuine",
    "verdict-doubtful",
    "verdict-refuted",
    "progress-open",
    "progress-doing",
    "progress-done",
    "progress-verified",
];

/// What a row is about; what no list names is work around the sheets.
pub(crate) fn group_of(action: &str) -> HistoryGroup {
    let lists = [(SCORES, HistoryGroup::Scores), (EVIDENCE, HistoryGroup::Evidence), (LIFE, HistoryGroup::Life)];
    let found = lists.into_iter().find(|(actions, _)| actions.contains(&action));
    found.map_or(HistoryGroup::Work, |(_, group)| group)
}

/// What a piece of evidence was: its fields, points and pages.
type Account = (EvidenceFields, Vec<String>, BTreeMap<String, String>);

/// What the words of a sheet's history are taken from.
pub(crate) struct Words<'a> {
    rubric: Option<&'a Rubric>,
    /// Names of the pieces of the catalogue, by identifier and by content.
    names: BTreeMap<&'a str, &'a str>,
    language: Language,
}

impl<'a> Words<'a> {
    pub fn new(rubric: Option<&'a Rubric>, evidence: &'a [EvidenceRow], language: Language) -> Self {
        let names = evidence.iter().flat_map(|piece| {
            let name = piece.fields.name.as_str();
            [(piece.id.as_str(), name), (piece.sha256.as_str(), name)]
        });
        Self { rubric, names: names.collect(), language }
    }

    pub fn line(&self, row: &HistoryRow, at: String) -> HistoryLine {
        let action = row.action.as_str();
        let value = |text: &Option<String>| text.as_deref().map(|text| self.value(action, text));
        let (target, title) = self.target(row);
        HistoryLine {
            number: u32::try_from(row.number).unwrap_or(u32::MAX),
            at,
            who: row.who.clone().unwrap_or_default(),
            action: self.action(action),
            group: group_of(action),
            target,
            title,
            old: value(&row.old),
            new: value(&row.new),
            reason: row.reason.clone(),
            hash: row.hash.clone(),
        }
    }

    /// What was done; an action that has no words is shown as it is.
    pub fn action(&self, action: &str) -> String {
        let code = format!("did.{action}");
        let words = word(&code, self.language);
        if words == code { action.to_owned() } else { words }
    }

    /// To what, and its name.
    fn target(&self, row: &HistoryRow) -> (String, String) {
        let known =
            |text: &Option<String>| text.as_deref().and_then(|text| self.names.get(text)).map(|n| (*n).to_owned());
        match row.action.as_str() {
            // The points, and the piece by its content.
            "evidence-attach" => (row.target.clone(), known(&row.new).unwrap_or_default()),
            action if action.starts_with("evidence-") || action.starts_with("interview-") => {
                let was = [&row.new, &row.old].into_iter().flatten().find_map(|text| account(text));
                let named = self.names.get(row.target.as_str()).map(|name| (*name).to_owned());
                (String::new(), was.map(|(fields, ..)| fields.name).or(named).unwrap_or_default())
            }
            "verdict" => (String::new(), self.named(&row.target)),
            action if action.starts_with("problem-") => {
                let problem = [&row.new, &row.old].into_iter().flatten().find_map(|text| problem(text));
                let found = problem.map(|problem| problem.found);
                found.map_or_else(Default::default, |found| (found.code, found.title))
            }
            action if is_entry(action) => self.place(&row.target),
            "finalize" | "reopen" | "create" | "set-schedule" => (String::new(), String::new()),
            // Other sheets, by the beginning of their identifiers; fingerprints likewise.
            "migrate" | "migrate-to" | "take-over" | "sign" | "receipt-give" | "receipt-take" => {
                (row.target.get(..8).unwrap_or(&row.target).to_owned(), String::new())
            }
            action if action.starts_with("import-") && action != "import-decision" => {
                let short = |text: &str| text.get(..8).unwrap_or(text).to_owned();
                (row.target.split(' ').map(short).collect::<Vec<_>>().join("、"), String::new())
            }
            _ => (row.target.clone(), String::new()),
        }
    }

    /// A code without the part or quantity under it, and the name of its row.
    pub fn place(&self, code: &str) -> (String, String) {
        let (code, inner) = code.split_once(assessment::record::JOINT).unwrap_or((code, ""));
        let rubric = self.rubric;
        let point = rubric.and_then(|rubric| rubric.point(code)).map(|(_, point)| point.title.clone());
        let other = || {
            let limit = rubric.and_then(|rubric| rubric.limit(code)).map(|(_, limit)| limit.text.clone());
            limit.or_else(|| rubric.and_then(|rubric| rubric.adjustment(code)).map(|found| found.title.clone()))
        };
        let title = point.or_else(other).unwrap_or_default();
        let inner = if inner.is_empty() { String::new() } else { format!("（{inner}）") };
        (code.to_owned(), format!("{title}{inner}"))
    }

    /// The name of a piece of evidence that is still there.
    pub fn named(&self, id: &str) -> String {
        self.names.get(id).map_or_else(|| id.get(..8).unwrap_or(id).to_owned(), |name| (*name).to_owned())
    }

    /// A value that an action left or found.
    pub fn value(&self, action: &str, text: &str) -> String {
        let raw = || text.to_owned();
        match action {
            "condition" | "doubt" => word(&format!("did.value.{action}-{text}"), self.language),
            "part" => serde_json::from_str(text).map_or_else(|_| raw(), |finding| self.finding(&finding)),
            "quantity" => serde_json::from_str::<Figure>(text).map_or_else(|_| raw(), figure),
            "verdict" => serde_json::from_str::<Judgement>(text).map_or_else(|_| raw(), |found| self.judged(&found)),
            "carried" => serde_json::from_str::<Carried>(text).map_or_else(|_| raw(), carried),
            "write-text" => format!("{text} {}", word("did.value.characters", self.language)),
            _ if action.starts_with("problem-") => problem(text).map_or_else(raw, |found| self.rectified(&found)),
            _ => account(text).map_or_else(raw, |(fields, points, _)| [fields.name, points.join("、")].join("　")),
        }
    }

    fn finding(&self, finding: &PartFinding) -> String {
        let say = |key: &str| word(&format!("did.value.{key}"), self.language);
        match finding {
            PartFinding::Mark(mark) => show(*mark),
            PartFinding::Met(met) => say(if *met { "met-true" } else { "met-false" }),
            PartFinding::Count(counted) => {
                format!("{} {}", counted.items.len() + usize::try_from(counted.more).unwrap_or_default(), say("items"))
            }
            PartFinding::Entries(entries) => {
                let lines = entries.iter().map(|entry| format!("{} {}", entry.title, show(entry.base)));
                lines.collect::<Vec<_>>().join("；")
            }
            PartFinding::Conform(conformity) => say(conform(*conformity)),
        }
    }

    fn judged(&self, judgement: &Judgement) -> String {
        let verdict = word(&format!("did.value.verdict-{}", <&str>::from(judgement.verdict)), self.language);
        if judgement.note.is_empty() { verdict } else { format!("{verdict}：{}", judgement.note) }
    }

    fn rectified(&self, problem: &Problem) -> String {
        let state = word(&format!("did.value.progress-{}", <&str>::from(problem.plan.progress)), self.language);
        let plan = [&problem.plan.measure, &problem.plan.department, &problem.plan.person];
        let deadline = problem.plan.deadline.map(|day| day.to_string());
        let said = plan.into_iter().filter(|text| !text.is_empty()).cloned().chain(deadline);
        [state].into_iter().chain(said).collect::<Vec<_>>().join("　")
    }
}

fn conform(conformity: Conformity) -> &'static str {
    match conformity {
        Conformity::Yes => "conform-yes",
        Conformity::Partly => "conform-partly",
        Conformity::No => "conform-no",
        Conformity::NotApplicable => "conform-none",
    }
}

fn is_entry(action: &str) -> bool {
    action.parse::<EntryKind>().is_ok()
}

fn account(text: &str) -> Option<Account> {
    serde_json::from_str(text).ok()
}

fn problem(text: &str) -> Option<Problem> {
    serde_json::from_str(text).ok()
}

fn figure(figure: Figure) -> String {
    match figure.source {
        Some(source) => format!("{}（{source}）", figure.value),
        None => figure.value,
    }
}

fn carried(carried: Carried) -> String {
    let mark = carried.mark.unwrap_or_default();
    format!("{} {mark} {}", carried.from, carried.remark).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// The actions that stand as such in a file or the files of a folder.
    fn noted(path: &Path, found: &mut Vec<(String, String)>) {
        if path.is_dir() {
            let entries = std::fs::read_dir(path).unwrap();
            return entries.for_each(|entry| noted(&entry.unwrap().path(), found));
        }
        let text = std::fs::read_to_string(path).unwrap();
        let after = text.split("action: \"").skip(1).filter_map(|rest| rest.split_once('"'));
        found.extend(after.map(|(action, _)| (action.to_owned(), path.display().to_string())));
    }

    #[test]
    fn every_action_that_is_noted_has_words_and_a_group() {
        let mut found = Vec::new();
        noted(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        assert!(found.len() > 15, "{found:?}");
        let known = |action: &String| [SCORES, EVIDENCE, LIFE, WORK].iter().any(|list| list.contains(&action.as_str()));
        let unknown: Vec<_> = found.iter().filter(|(action, _)| !known(action)).collect();
        assert!(unknown.is_empty(), "give them words in messages/did.toml, and a group: {unknown:?}");
    }
}
