//! The log of taking files in, as a table that spreadsheets open.

use crate::view::{ArrivedDecision, MergeRow, MergeState};
use crate::{Language, documents};
use assessment::Stage;

/// A state in words.
#[must_use]
pub fn said(state: &MergeState, language: Language) -> &'static str {
    let (zh, en) = match state {
        MergeState::Added => ("新增", "added"),
        MergeState::Updated => ("更新", "updated"),
        MergeState::Decision => ("裁定", "decision"),
        MergeState::Same => ("相同", "same"),
        MergeState::Older => ("较旧的一版", "older revision"),
        MergeState::Conflicting => ("冲突，待裁定", "conflict, to be decided"),
        MergeState::OtherEdition => ("指标体系版本不同", "other edition"),
        MergeState::Rejected => ("裁定不采用", "decided against"),
        MergeState::Untrusted => ("未受信任", "not trusted"),
        MergeState::Damaged => ("损坏", "damaged"),
        MergeState::Refused => ("没有收", "refused"),
    };
    if language == Language::Zh { zh } else { en }
}

const HEADINGS: [(&str, &str); 11] = [
    ("文件", "file"),
    ("结果", "result"),
    ("单位", "unit"),
    ("年度", "year"),
    ("阶段", "stage"),
    ("评估人", "assessor"),
    ("第几版", "revision"),
    ("总分", "total"),
    ("签名人", "signed by"),
    ("说明", "reason"),
    ("怎么办", "what to do"),
];

/// Headings, and one line for each row.
pub(crate) fn log_rows(rows: &[MergeRow], language: Language) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let zh = language == Language::Zh;
    let headings = HEADINGS.iter().map(|(chinese, english)| if zh { *chinese } else { *english }).collect();
    (headings, rows.iter().map(|row| cells(row, language).into()).collect())
}

fn cells(row: &MergeRow, language: Language) -> [String; HEADINGS.len()] {
    let number = |number: i64| if number == 0 { String::new() } else { number.to_string() };
    let stage = row.stage.as_ref().map(|stage| documents::stage_name(Stage::from(stage), language).to_owned());
    let hints = row.hints.iter().map(|hint| hint.text.as_str());
    let decided = row.decision.as_ref().map(|one| said_of(one, language));
    let problem = row.problem.iter().flat_map(|problem| [problem.what.as_str(), problem.place.as_str()]);
    [
        row.path.clone(),
        said(&row.state, language).to_owned(),
        row.unit.clone(),
        number(row.year.into()),
        stage.unwrap_or_default(),
        row.assessor.clone(),
        number(row.revision.into()),
        row.total.clone(),
        row.signers.clone(),
        problem.chain(decided.as_deref()).chain(hints).collect::<Vec<_>>().join("；"),
        row.problem.as_ref().map(|problem| problem.todo.clone()).unwrap_or_default(),
    ]
}

/// A decision in one line: what, what it does, why, who and when.
#[must_use]
pub fn said_of(one: &ArrivedDecision, language: Language) -> String {
    let (decided, why) = (language.say("裁定：", "Decided: "), language.say("理由：", "Reason: "));
    let parts = [format!("{decided}{}", one.text), one.effect.clone(), format!("{why}{}", one.reason)];
    let parts = parts.into_iter().chain([format!("{} {}", one.by, one.at)]);
    parts.filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(language.say("；", "; "))
}

/// The rows as CSV with a byte order mark, which Excel needs to read Chinese.
pub(crate) fn csv(rows: &[MergeRow], language: Language) -> String {
    let (headings, lines) = log_rows(rows, language);
    let mut text = data::csv_begin();
    line(&mut text, headings.into_iter());
    lines.iter().for_each(|cells| line(&mut text, cells.iter().map(String::as_str)));
    text
}

fn line<'c>(text: &mut String, cells: impl Iterator<Item = &'c str>) {
    for (index, cell) in cells.enumerate() {
        text.push_str(if index == 0 { "" } else { "," });
        data::csv_text(text, cell);
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_keep_their_text_and_compute_nothing() {
        let mut text = String::new();
        line(&mut text, ["=1+2", "a\"b,c", "两\n行"].into_iter());
        assert_eq!(text, "\"'=1+2\",\"a\"\"b,c\",\"两\n行\"\r\n");
    }
}
